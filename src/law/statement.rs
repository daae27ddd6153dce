//! A law as it is written: sides, relations, conditions, and the names that it is about.

use super::names::{self, Meaning};
use super::sets::Set;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::op::BinaryOp;
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{Expr, ExprKind, Name};

/// How a law is written, for messages.
pub const USAGE: &str = "@law A * B == B * A where A in diagonal";

/// Laws with more operations are only evaluated as a whole.
const MOST_OPERATIONS: usize = 64;

/// A law, taken apart.
pub struct Law {
    /// As it is written, without its conditions.
    pub text: String,
    /// What stands after the first `where`; may be empty.
    pub condition_text: String,
    /// The names that stand for any value, in the order in which they appear; after them those that `where` defines.
    pub names: Vec<Name>,
    /// How many of the names are free.
    pub free: usize,
    /// Names around the law that keep their values.
    pub kept: Vec<Name>,
    /// Which sets a name is in.
    pub members: Vec<(usize, Set)>,
    /// Every expression that is evaluated.
    pub parts: Vec<Part>,
    /// The parts that define the names after the free ones, in order.
    pub definitions: Vec<usize>,
    /// The parts that must be true for a case to count.
    pub conditions: Vec<usize>,
    /// The parts that are compared.
    pub sides: Vec<usize>,
    /// What stands between them; none where one part says it all: `issymmetric(A + A')`.
    pub relations: Vec<BinaryOp>,
    /// The set that the one side is claimed to be in: `A ⊙ B in psd`.
    pub belongs: Option<Set>,
}

/// An expression of a law: as a function of the first so many of the law's names.
pub struct Part {
    pub expr: Expr,
    /// As it is written.
    pub text: String,
    /// How many of the names it takes.
    pub takes: usize,
    /// Which names it reads.
    pub uses: Vec<usize>,
}

/// What a law is read from.
pub struct Reader<'a> {
    /// The text of a span.
    pub text: &'a dyn Fn(Span) -> String,
    /// What a name means where the law stands.
    pub meaning: &'a dyn Fn(&Name) -> Meaning,
}

type Read<T> = Result<T, Box<Diagnostic>>;

impl Reader<'_> {
    /// Reads the arguments of `@law`.
    pub fn law(&self, args: &[Expr], span: Span) -> Read<Law> {
        let Some((claim, clauses)) = args.split_first() else {
            return Err(misused("a law says what it claims", span));
        };
        let claim = inside(claim);
        let clauses = conditions(clauses)?;
        let belongs = self.claimed_set(claim);
        let (first, sides, relations) = match belongs {
            Some((element, _)) => (element, Vec::new(), Vec::new()),
            None => claimed(claim),
        };
        let mut law = Law {
            text: (self.text)(claim.span),
            condition_text: clauses
                .first()
                .zip(clauses.last())
                .map_or_else(String::new, |(first, last)| (self.text)(first.span.to(last.span))),
            names: Vec::new(),
            free: 0,
            kept: Vec::new(),
            members: Vec::new(),
            parts: Vec::new(),
            definitions: Vec::new(),
            conditions: Vec::new(),
            sides: Vec::new(),
            relations,
            belongs: belongs.map(|(_, set)| set),
        };
        let named = if law.belongs.is_some() { first } else { claim };
        self.collect_names(&mut law, named, &clauses);
        let mut defined = law.free;
        for clause in &clauses {
            if let Some((_, value)) = definition(clause) {
                let part = self.part(&law, value, defined);
                let number = law.push(part);
                law.definitions.push(number);
                defined += 1;
            }
        }
        for (k, clause) in clauses.iter().enumerate() {
            self.condition(&mut law, clause, &clauses[k + 1..])?;
        }
        for side in std::iter::once(first).chain(sides) {
            let part = self.part(&law, side, law.names.len());
            let number = law.push(part);
            law.sides.push(number);
        }
        let defined = &law.names[law.free..];
        let alone = |e: &&Expr| names::free_names(e).iter().all(|name| !defined.contains(name));
        let operations = names::operations(claim);
        let few = if operations.len() <= MOST_OPERATIONS { operations } else { Vec::new() };
        let inner = few.into_iter().filter(alone).map(|e| self.part(&law, e, law.free));
        let inner: Vec<Part> = inner.filter(|part| !part.uses.is_empty()).collect();
        law.parts.extend(inner);
        Ok(law)
    }

    /// `A ⊙ B in psd`: what is claimed to be in which set.
    fn claimed_set<'e>(&self, claim: &'e Expr) -> Option<(&'e Expr, Set)> {
        match &claim.kind {
            ExprKind::Binary { op: BinaryOp::In, dotted: false, lhs, rhs, .. } => {
                let name = rhs.as_name().filter(|name| (self.meaning)(name) == Meaning::Free)?;
                Some((&**lhs, Set::named(name)?))
            }
            _ => None,
        }
    }

    fn collect_names(&self, law: &mut Law, claim: &Expr, clauses: &[&Expr]) {
        let defined: Vec<Name> = clauses.iter().filter_map(|clause| Some(definition(clause)?.0.clone())).collect();
        let values = clauses.iter().filter_map(|clause| Some(definition(clause)?.1));
        for name in std::iter::once(claim).chain(values).flat_map(names::free_names) {
            if defined.contains(&name) || law.names.contains(&name) || law.kept.contains(&name) {
                continue;
            }
            match (self.meaning)(&name) {
                Meaning::Free => law.names.push(name),
                Meaning::Kept => law.kept.push(name),
                Meaning::Known => {}
            }
        }
        law.free = law.names.len();
        law.names.extend(defined);
    }

    fn part(&self, law: &Law, expr: &Expr, takes: usize) -> Part {
        let named = names::free_names(expr);
        let uses = (0..takes).filter(|k| named.contains(&law.names[*k])).collect();
        Part { expr: expr.clone(), text: (self.text)(expr.span), takes, uses }
    }

    fn condition(&self, law: &mut Law, clause: &Expr, later: &[&Expr]) -> Read<()> {
        if definition(clause).is_some() {
            return Ok(());
        }
        if let Some((name, set)) = self.membership(law, clause, later)? {
            law.members.push((name, set));
            return Ok(());
        }
        let part = self.part(law, clause, law.names.len());
        let number = law.push(part);
        law.conditions.push(number);
        Ok(())
    }

    /// `A in psd`, `issymmetric(A)`, and the `A` of `A, B in psd`.
    fn membership(&self, law: &Law, clause: &Expr, later: &[&Expr]) -> Read<Option<(usize, Set)>> {
        let free = |expr: &Expr| law.names[..law.free].iter().position(|name| expr.as_name() == Some(name));
        match &clause.kind {
            ExprKind::Name(_) => match (free(clause), later.split_first()) {
                (Some(name), Some((next, later))) => Ok(self.membership(law, next, later)?.map(|(_, set)| (name, set))),
                _ => Err(misused("a condition says something about the names of the law", clause.span)),
            },
            ExprKind::Binary { op: BinaryOp::In, dotted: false, lhs, rhs, .. } => match (free(lhs), rhs.as_name()) {
                (Some(name), Some(set)) => match Set::named(set) {
                    Some(set) => Ok(Some((name, set))),
                    None if (self.meaning)(set) == Meaning::Free => Err(unknown_set(set, rhs.span)),
                    None => Ok(None),
                },
                _ => Ok(None),
            },
            ExprKind::Call { callee, args, dotted: false } => match (callee.as_name(), args.positional.as_slice()) {
                (Some(function), [only]) => Ok(free(only).zip(Set::tested_by(function))),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }
}

impl Law {
    fn push(&mut self, part: Part) -> usize {
        self.parts.push(part);
        self.parts.len() - 1
    }

    /// The sets that a name is in.
    pub fn sets_of(&self, name: usize) -> Vec<Set> {
        self.members.iter().filter(|(member, _)| *member == name).map(|(_, set)| *set).collect()
    }
}

/// The sides of a comparison or of a chain of them, and what stands between; else the claim alone.
fn claimed(claim: &Expr) -> (&Expr, Vec<&Expr>, Vec<BinaryOp>) {
    match &claim.kind {
        ExprKind::Binary { op, dotted: false, lhs, rhs, .. } if op.is_comparison() => (&**lhs, vec![&**rhs], vec![*op]),
        ExprKind::Chain { first, rest } if rest.iter().all(|step| !step.dotted) => {
            (&**first, rest.iter().map(|step| &step.rhs).collect(), rest.iter().map(|step| step.op).collect())
        }
        _ => (claim, Vec::new(), Vec::new()),
    }
}

/// The conditions: what stands after each `where`, separated by commas.
fn conditions(rest: &[Expr]) -> Read<Vec<&Expr>> {
    let mut clauses = Vec::new();
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let is_where = word.as_name().is_some_and(|name| &**name == "where");
        let clause = rest.next().filter(|_| is_where);
        let clause = clause.ok_or_else(|| misused("conditions stand after `where`, separated by commas", word.span))?;
        match &clause.kind {
            ExprKind::Tuple(items) => clauses.extend(items),
            _ => clauses.push(clause),
        }
    }
    Ok(clauses)
}

/// What parentheses hold.
fn inside(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Block(items) if items.len() == 1 => inside(&items[0]),
        _ => expr,
    }
}

/// `J = ones(2, 3)`
fn definition(clause: &Expr) -> Option<(&Name, &Expr)> {
    match &clause.kind {
        ExprKind::Assign { target, op: None, dotted: false, value, .. } => Some((target.as_name()?, &**value)),
        _ => None,
    }
}

#[cold]
fn misused(message: &str, span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(ErrorKind::ParseError, message, span).hint(format!("it is written like this: {USAGE}")))
}

#[cold]
fn unknown_set(name: &str, span: Span) -> Box<Diagnostic> {
    let error = Diagnostic::new(ErrorKind::UndefVarError, format!("@law knows no set `{name}`"), span);
    let near = suggest::nearest(name, Set::NAMES.iter().map(|(known, _)| *known), 2);
    let names: Vec<&str> = Set::NAMES.iter().map(|(known, _)| *known).collect();
    Box::new(match suggest::question(&near) {
        Some(question) => error.hint(question),
        None => error.hint(format!("the sets are {}", names.join(", "))),
    })
}
