//! What is decided before the loop: operations that keep a range a range, and iterators that are collected.

use super::Dotted;
use crate::fault::Outcome;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::{Array, Form, Host, Range, Value, iterate, promote};
use std::rc::Rc;

/// A tree with its leaves, ready for the loop.
pub(super) struct Prepared {
    pub tree: Dotted,
    pub leaves: Vec<Value>,
}

/// Folds `2 .* (1:3) .+ 1` to a range and collects iterators. `None` if there is nothing to do.
pub(super) fn prepare(tree: &Dotted, leaves: &[Value], host: &dyn Host) -> Outcome<Option<Prepared>> {
    if !leaves.iter().any(|leaf| matches!(leaf, Value::Range(_) | Value::Iterator(_))) {
        return Ok(None);
    }
    let mut prepared = Prepared { tree: Dotted::Constant(Value::Nothing), leaves: leaves.to_vec() };
    for leaf in &mut prepared.leaves {
        if let Value::Iterator(_) = leaf {
            *leaf = collected(leaf, host)?;
        }
    }
    prepared.tree = fold(tree, &mut prepared.leaves)?;
    Ok(Some(prepared))
}

/// An iterator's elements in an array of its shape.
fn collected(iterator: &Value, host: &dyn Host) -> Outcome<Value> {
    let array = promote::collect(iterate::elements(iterator, host)?)?;
    match iterate::shape(iterator) {
        Some((rows, cols, form)) if form != Form::Vector && rows.checked_mul(cols) == Some(array.len()) => {
            let elements = array.elements().clone().reshaped(rows, cols);
            Ok(Value::array(Array::new(form, elements)))
        }
        _ => Ok(Value::array(array)),
    }
}

fn fold(tree: &Dotted, leaves: &mut Vec<Value>) -> Outcome<Dotted> {
    let folded = match tree {
        Dotted::Leaf(_) | Dotted::Constant(_) => return Ok(tree.clone()),
        Dotted::Unary(op, a) => {
            let a = fold(a, leaves)?;
            match unary(*op, value(&a, leaves))? {
                Some(result) => return Ok(new_leaf(result, leaves)),
                None => Dotted::Unary(*op, Box::new(a)),
            }
        }
        Dotted::Binary(op, a, b) => {
            let (a, b) = (fold(a, leaves)?, fold(b, leaves)?);
            match binary(*op, value(&a, leaves), value(&b, leaves))? {
                Some(result) => return Ok(new_leaf(result, leaves)),
                None => Dotted::Binary(*op, Box::new(a), Box::new(b)),
            }
        }
        Dotted::And(a, b) => Dotted::And(Box::new(fold(a, leaves)?), Box::new(fold(b, leaves)?)),
        Dotted::Or(a, b) => Dotted::Or(Box::new(fold(a, leaves)?), Box::new(fold(b, leaves)?)),
        Dotted::If(parts) => {
            let [condition, then, other] = &**parts;
            Dotted::If(Box::new([fold(condition, leaves)?, fold(then, leaves)?, fold(other, leaves)?]))
        }
        Dotted::Call { function, args, keyword } => {
            let args = args.iter().map(|arg| fold(arg, leaves)).collect::<Outcome<_>>()?;
            Dotted::Call { function: *function, args, keyword: keyword.clone() }
        }
    };
    Ok(folded)
}

/// The value of a tree that is one value.
fn value<'a>(tree: &'a Dotted, leaves: &'a [Value]) -> Option<&'a Value> {
    match tree {
        Dotted::Leaf(k) => Some(&leaves[*k]),
        Dotted::Constant(value) => Some(value),
        Dotted::Unary(..) | Dotted::Binary(..) | Dotted::And(..) | Dotted::Or(..) | Dotted::If(_) => None,
        Dotted::Call { .. } => None,
    }
}

fn new_leaf(value: Value, leaves: &mut Vec<Value>) -> Dotted {
    leaves.push(value);
    Dotted::Leaf(leaves.len() - 1)
}

/// `.-r`, `.+r`
fn unary(op: UnaryOp, a: Option<&Value>) -> Outcome<Option<Value>> {
    match (op, a) {
        (UnaryOp::Neg, Some(Value::Range(r))) => r.negated().map(Some),
        (UnaryOp::Plus, Some(Value::Range(r))) => Ok(Some(Value::Range(Rc::clone(r)))),
        _ => Ok(None),
    }
}

/// `r .+ x`, `x .* r`, `r .- s` and the like, of ranges and real numbers.
fn binary(op: BinaryOp, a: Option<&Value>, b: Option<&Value>) -> Outcome<Option<Value>> {
    let (Some(a), Some(b)) = (a, b) else { return Ok(None) };
    let is_real = |v: &Value| matches!(v, Value::Bool(_) | Value::Int(_) | Value::Float(_));
    match (a, b) {
        (Value::Range(r), x) if is_real(x) => match op {
            BinaryOp::Add => r.shifted(x).map(Some),
            BinaryOp::Sub => match negative(x) {
                Some(x) => r.shifted(&x).map(Some),
                None => Ok(None),
            },
            BinaryOp::Mul => r.scaled(x).map(Some),
            BinaryOp::Div => r.divided(x).map(Some),
            _ => Ok(None),
        },
        (x, Value::Range(r)) if is_real(x) => match op {
            BinaryOp::Add => r.shifted(x).map(Some),
            BinaryOp::Sub => match r.negated()? {
                Value::Range(r) => r.shifted(x).map(Some),
                _ => Ok(None),
            },
            BinaryOp::Mul => r.scaled(x).map(Some),
            BinaryOp::LeftDiv => r.divided(x).map(Some),
            _ => Ok(None),
        },
        (Value::Range(r), Value::Range(s)) if r.len() == s.len() => sum(op, r, s),
        _ => Ok(None),
    }
}

fn sum(op: BinaryOp, r: &Range, s: &Range) -> Outcome<Option<Value>> {
    match op {
        BinaryOp::Add => r.plus(s).map(Some),
        BinaryOp::Sub => match s.negated()? {
            Value::Range(s) => r.plus(&s).map(Some),
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// `-x` of a real number, if it fits.
fn negative(x: &Value) -> Option<Value> {
    match x {
        Value::Bool(x) => Some(Value::Int(-i64::from(x.get()))),
        Value::Int(x) => x.checked_neg().map(Value::Int),
        Value::Float(x) => Some(Value::float(-x.get())),
        _ => None,
    }
}
