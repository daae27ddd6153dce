//! The tables that the prompt shows: an expression in every system, and both products in all of them.

use super::infer;
use super::kind::{Kind, Shape};
use super::systems::SYSTEMS;
use super::translate;
use crate::error::Diagnostic;
use crate::op::BinaryOp;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name};
use crate::teach::Page;
use crate::value::{Screen, Style};
use std::rc::Rc;

/// An expression in every system, for a screen. `known` gives the kinds of names that have values.
pub fn everywhere(expr: &Expr, known: &dyn Fn(&str) -> Option<Kind>, screen: Screen) -> String {
    let mut page = page(screen);
    let assumed = assumed(expr, known);
    if !assumed.is_empty() {
        page.text(&format!("where {assumed}"));
        page.blank();
    }
    let rows: Vec<[String; 2]> =
        SYSTEMS.iter().map(|system| [system.title().to_string(), cell(translate(expr, system, known))]).collect();
    page.table(&rows);
    page.finish()
}

/// The matrix product and the Hadamard product in every system, for a screen.
pub fn products(screen: Screen) -> String {
    let name = |text: &str| Box::new(Expr::leaf(ExprKind::Name(Rc::from(text)), Span::default()));
    let product = |dotted: bool| {
        let op_span = Span::default();
        let kind =
            ExprKind::Binary { op: BinaryOp::Mul, dotted, op_span, juxtaposed: false, lhs: name("A"), rhs: name("B") };
        Expr::new(kind, Span::default(), 2)
    };
    let (whole, each) = (product(false), product(true));
    let none = |_: &str| None;
    let mut rows = vec![["system".to_string(), "matrix product".to_string(), "Hadamard product".to_string()]];
    rows.push(["hlang".to_string(), "A * B".to_string(), "A .* B".to_string()]);
    rows.extend(SYSTEMS.iter().map(|system| {
        [system.title().to_string(), cell(translate(&whole, system, &none)), cell(translate(&each, system, &none))]
    }));
    let mut page = page(screen);
    page.table(&rows);
    page.finish()
}

/// Notation is written as it is, in every style: there is no APL in ASCII.
fn page(screen: Screen) -> Page {
    Page::new(Screen { style: Style::Julia, ..screen })
}

fn cell(translation: Result<String, Box<Diagnostic>>) -> String {
    match translation {
        Ok(text) => text,
        Err(diagnostic) => {
            let message = &diagnostic.message;
            format!("– {}", message.split_once(" has ").map_or(message.as_str(), |(_, what)| what))
        }
    }
}

/// `A is a matrix, x is a vector`: what names without a value are taken for.
fn assumed(expr: &Expr, known: &dyn Fn(&str) -> Option<Kind>) -> String {
    let of = |shape: Shape| match shape {
        Shape::Number => Some("a number"),
        Shape::Vector => Some("a vector"),
        Shape::Row => Some("a row"),
        Shape::Matrix => Some("a matrix"),
        Shape::Text | Shape::Function | Shape::Other => None,
    };
    let mut kinds: Vec<(&'static str, Vec<Name>)> = Vec::new();
    for binding in infer::bindings(expr, known) {
        let Some(kind) = of(binding.kind.shape).filter(|_| known(&binding.name).is_none()) else { continue };
        match kinds.iter_mut().find(|(named, _)| *named == kind) {
            Some((_, names)) => names.push(binding.name),
            None => kinds.push((kind, vec![binding.name])),
        }
    }
    let parts = kinds.iter().map(|(kind, names)| match names.as_slice() {
        [one] => format!("{one} is {kind}"),
        many => format!(
            "{} are {}",
            many.join(if many.len() == 2 { " and " } else { ", " }),
            kind.strip_prefix("a ").map_or_else(String::new, plural)
        ),
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn plural(word: &str) -> String {
    if word == "matrix" { "matrices".to_string() } else { format!("{word}s") }
}
