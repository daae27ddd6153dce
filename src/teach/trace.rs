//! The parts that an expression is computed from, and the values that they had.

use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Field};
use crate::value::{Array, Value};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Elements of an array up to which its state is kept, whatever is done to it later.
const MOST_KEPT: usize = 1 << 14;

/// The values that parts of an expression had when they were computed.
#[derive(Default)]
pub struct Trace {
    values: HashMap<Span, Value>,
}

impl Trace {
    /// Keeps the value of a part, as it is now.
    pub fn record(&mut self, span: Span, value: &Value) {
        let value = match value {
            Value::Array(array) if array.len() <= MOST_KEPT => Value::Array(kept(array)),
            other => other.clone(),
        };
        self.values.insert(span, value);
    }

    /// The value of a part: of a literal what it says, of anything else what was recorded.
    pub fn value(&self, expr: &Expr) -> Option<Value> {
        self.values.get(&expr.span).cloned().or_else(|| literal(expr))
    }

    /// Was it computed on its own? A literal never is, nor what stands inside a dotted expression.
    pub fn recorded(&self, expr: &Expr) -> bool {
        self.values.contains_key(&expr.span)
    }
}

fn kept(array: &Rc<Array>) -> Rc<Array> {
    Rc::new(array.copy())
}

fn literal(expr: &Expr) -> Option<Value> {
    match &expr.kind {
        ExprKind::Bool(x) => Some(Value::bool(*x)),
        ExprKind::Int(x) => Some(Value::Int(*x)),
        ExprKind::Float(x) => Some(Value::float(*x)),
        ExprKind::Unary { operand, op: crate::op::UnaryOp::Neg, .. } => match operand.kind {
            ExprKind::Int(x) => x.checked_neg().map(Value::Int),
            ExprKind::Float(x) => Some(Value::float(-x)),
            _ => None,
        },
        _ => None,
    }
}

/// Where the values of an expression and of all its parts come from.
pub fn places(expr: &Expr) -> HashSet<Span> {
    let mut found = HashSet::from([expr.span]);
    if let ExprKind::Call { callee, .. } = &expr.kind {
        found.insert(callee.span);
    }
    for part in parts(expr) {
        found.extend(places(part));
    }
    found
}

/// The expressions that are computed at most once each before this one, in order. What is run again and again, as the
/// body of a function or a loop is, is no part.
pub fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Unary { operand, .. } => vec![operand],
        ExprKind::Binary { lhs, rhs, .. } => vec![lhs, rhs],
        ExprKind::Chain { first, rest } => {
            std::iter::once(&**first).chain(rest.iter().map(|comparison| &comparison.rhs)).collect()
        }
        ExprKind::And(a, b) | ExprKind::Or(a, b) => vec![a, b],
        ExprKind::Ternary { cond, then, other } => vec![cond, then, other],
        ExprKind::Range { start, step, stop } => {
            std::iter::once(&**start).chain(step.as_deref()).chain(std::iter::once(&**stop)).collect()
        }
        ExprKind::Call { args, .. } => {
            args.positional.iter().map(spread).chain(args.keyword.iter().map(Field::value)).collect()
        }
        ExprKind::Index { object, args } => std::iter::once(&**object).chain(args.iter().map(spread)).collect(),
        ExprKind::Field { object, .. } => vec![object],
        ExprKind::Tuple(items) | ExprKind::Vector { items, .. } => items.iter().map(spread).collect(),
        ExprKind::Rows { rows, .. } => rows.iter().flatten().map(spread).collect(),
        ExprKind::Assign { value, .. } => vec![value],
        ExprKind::Block(items) => items.iter().collect(),
        ExprKind::Comprehension { generator, .. } => match generator.loops.as_slice() {
            [only] if only.clauses.len() == 1 => vec![&only.clauses[0].iterable],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn spread(item: &Expr) -> &Expr {
    match &item.kind {
        ExprKind::Splat(inner) => inner,
        _ => item,
    }
}
