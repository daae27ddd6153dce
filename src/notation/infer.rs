//! The kinds of names that nobody has given a value: what their letters suggest, unless that cannot be.

use super::kind::{Kind, Shape};
use super::systems::JULIA;
use super::write::{Binding, Writer};
use crate::law::{self, free_names};
use crate::library;
use crate::syntax::ast::{Expr, Name};

/// How many choices of kinds are tried.
const MOST_TRIED: usize = 300;

/// What the letter of a name suggests: `A` is a matrix, `x` a vector, `n` a number.
pub fn usual(name: &str) -> Kind {
    candidates(name).first().copied().unwrap_or(Kind::OTHER)
}

/// The kinds that a name may have, the likeliest first.
fn candidates(name: &str) -> Vec<Kind> {
    law::Kind::of_letter(name)
        .into_iter()
        .map(|kind| match kind {
            law::Kind::Number | law::Kind::Count => Kind::of(Shape::Number),
            law::Kind::Vector => Kind::of(Shape::Vector),
            law::Kind::Matrix => Kind::of(Shape::Matrix),
        })
        .collect()
}

/// What the names of an expression stand for: `known` kinds, or those nearest to the usual ones for which every
/// operation has operands that could fit.
pub fn bindings(expr: &Expr, known: &dyn Fn(&str) -> Option<Kind>) -> Vec<Binding> {
    let (mut bound, mut free) = (Vec::new(), Vec::new());
    for name in free_names(expr) {
        match known(&name) {
            Some(kind) => bound.push(binding(&name, kind)),
            None if library::constant(&name).is_none() && library::builtin(&name).is_none() => free.push(name),
            None => {}
        }
    }
    bound.extend(fitted(&free, &|names| conflicts(expr, &bound, names)));
    bound
}

/// Kinds of names with the fewest conflicts; among those, the likeliest.
pub fn fitted(names: &[Name], conflicts: &dyn Fn(Vec<Binding>) -> usize) -> Vec<Binding> {
    let candidates: Vec<Vec<Kind>> = names.iter().map(|name| candidates(name)).collect();
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    for kinds in &candidates {
        // With many names only the usual kinds can be tried.
        let tried = if choices.len() * kinds.len() > MOST_TRIED { 1 } else { kinds.len() };
        choices = choices.iter().flat_map(|front| (0..tried).map(move |k| [front.as_slice(), &[k]].concat())).collect();
    }
    choices.sort_by_key(|choice| (choice.iter().filter(|k| **k > 0).count(), choice.iter().sum::<usize>()));
    let of = |choice: &[usize]| -> Vec<Binding> {
        choice.iter().zip(&candidates).zip(names).map(|((k, kinds), name)| binding(name, kinds[*k])).collect()
    };
    let mut best: Option<(usize, Vec<Binding>)> = None;
    for choice in &choices {
        let count = conflicts(of(choice));
        if best.as_ref().is_none_or(|(least, _)| count < *least) {
            best = Some((count, of(choice)));
        }
        if count == 0 {
            break;
        }
    }
    best.map_or_else(Vec::new, |(_, names)| names)
}

/// How many operations of an expression have operands that could never fit.
fn conflicts(expr: &Expr, bound: &[Binding], names: Vec<Binding>) -> usize {
    let all = bound.iter().cloned().chain(names).collect();
    let writer = Writer::new(&JULIA, all, &usual);
    // What Julia has not is told when it is written.
    drop(writer.expr(expr));
    writer.conflicts.get()
}

/// A name with its kind.
pub fn binding(name: &Name, kind: Kind) -> Binding {
    Binding { name: name.clone(), kind, text: None, gives: None }
}
