//! Membership and set operations: `∈`, `⊆`, `∪`, `∩`.

use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::op::BinaryOp;
use crate::value::display::describe;
use crate::value::promote::{self, Numeric};
use crate::value::{Elements, Range, Type, Value, compare, scalar};
use std::collections::HashSet;

/// Is the item one of the collection's elements?
pub(super) fn contains(op: BinaryOp, collection: &Value, item: &Value) -> Outcome<bool> {
    match collection {
        Value::Array(array) => match (&*array.elements(), item) {
            (Elements::Int(m), Value::Int(x)) => Ok(compare::any_element(m.as_slice(), |y| y == *x)),
            (Elements::Float(m), Value::Float(x)) => Ok(compare::any_element(m.as_slice(), |y| x.get() == y)),
            (elements, _) => Ok((0..elements.len()).any(|k| compare::equal(&elements.value(k), item))),
        },
        Value::Range(range) => Ok(range_contains(range, item)),
        Value::Tuple(tuple) => Ok(tuple.items.iter().any(|x| compare::equal(x, item))),
        Value::Str(text) => match item {
            Value::Str(part) if part.chars().count() == 1 => Ok(text.contains(part.as_str())),
            Value::Str(_) => {
                Err(scalar::undefined(op, item, collection).hint("`occursin(part, text)` looks for a part of a string"))
            }
            _ => Ok(false),
        },
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => Ok(compare::equal(collection, item)),
        other => Err(not_a_collection(op, other)),
    }
}

fn range_contains(range: &Range, item: &Value) -> bool {
    match item {
        Value::Int(x) => range.contains_int(*x),
        Value::Bool(x) => range.contains_int(x.get().into()),
        Value::Float(x) => range.contains(x.get()),
        Value::Complex(z) => z.z.im == 0.0 && range.contains(z.z.re),
        _ => false,
    }
}

/// Is every element of `a` one of `b`?
pub(super) fn is_subset(op: BinaryOp, a: &Value, b: &Value) -> Outcome<bool> {
    let members = Members::of(items(op, b)?);
    for item in items(op, a)? {
        interrupt::check()?;
        if !members.has(&item) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The different elements of both, in order.
pub(super) fn union(a: &Value, b: &Value) -> Outcome<Value> {
    let mut all = items(BinaryOp::Union, a)?;
    all.extend(items(BinaryOp::Union, b)?);
    distinct(all, &eltype(a, b), |_| true)
}

/// The different elements of `a` that are in `b` too, in order.
pub(super) fn intersection(a: &Value, b: &Value) -> Outcome<Value> {
    let members = Members::of(items(BinaryOp::Intersect, b)?);
    distinct(items(BinaryOp::Intersect, a)?, &eltype(a, b), |item| members.has(item))
}

/// The element type that holds the elements of both.
fn eltype(a: &Value, b: &Value) -> Type {
    let of = |value: &Value| match value {
        Value::Array(array) => array.eltype(),
        Value::Range(range) => range.eltype(),
        Value::Tuple(tuple) => tuple.items.iter().map(Value::type_of).fold(Type::Bottom, |x, y| promote::join(&x, &y)),
        Value::Str(_) => Type::String,
        other => other.type_of(),
    };
    match (Numeric::of_type(&of(a)), Numeric::of_type(&of(b))) {
        (Some(x), Some(y)) => x.max(y).to_type(),
        _ => promote::join(&of(a), &of(b)),
    }
}

fn distinct(items: Vec<Value>, eltype: &Type, keep: impl Fn(&Value) -> bool) -> Outcome<Value> {
    let mut seen = Members::default();
    let mut result = Vec::new();
    for item in items {
        interrupt::check()?;
        if keep(&item) && seen.insert(&item) {
            result.push(item);
        }
    }
    promote::typed_vector(result, eltype).map(Value::array)
}

/// Values that were seen: numbers and strings by hash, anything else one by one.
#[derive(Default)]
struct Members {
    numbers: HashSet<u64>,
    texts: HashSet<String>,
    others: Vec<Value>,
}

impl Members {
    fn of(items: Vec<Value>) -> Members {
        let mut members = Members::default();
        for item in &items {
            members.insert(item);
        }
        members
    }

    /// Adds the value; false if it was there.
    fn insert(&mut self, item: &Value) -> bool {
        match (number_key(item), item) {
            (Some(key), _) => self.numbers.insert(key),
            (None, Value::Str(text)) => self.texts.insert(text.to_string()),
            _ => {
                let is_new = !self.has(item);
                if is_new {
                    self.others.push(item.clone());
                }
                is_new
            }
        }
    }

    fn has(&self, item: &Value) -> bool {
        match (number_key(item), item) {
            (Some(key), _) => self.numbers.contains(&key),
            (None, Value::Str(text)) => self.texts.contains(text.as_str()),
            _ => self.others.iter().any(|other| compare::is_equal(other, item)),
        }
    }
}

/// The same for numbers that are equal. Integers that no float holds exactly go the slow way.
fn number_key(value: &Value) -> Option<u64> {
    match value {
        Value::Bool(x) => Some(f64::from(u8::from(x.get())).to_bits()),
        Value::Int(x) if x.unsigned_abs() < 1 << 53 => Some((*x as f64).to_bits()),
        Value::Complex(z) if z.z.im == 0.0 => number_key(&Value::float(z.z.re)),
        Value::Float(x) if x.get().is_nan() => Some(f64::NAN.to_bits()),
        Value::Float(x) if x.get().abs() < 9e15 => Some(x.get().to_bits()),
        _ => None,
    }
}

fn items(op: BinaryOp, value: &Value) -> Outcome<Vec<Value>> {
    match value {
        Value::Array(array) => {
            let elements = array.elements();
            Ok((0..elements.len()).map(|k| elements.value(k)).collect())
        }
        Value::Range(range) => {
            let mut items = crate::value::array::reserve(range.len())?;
            items.extend((0..range.len()).map(|k| range.get(k)));
            Ok(items)
        }
        Value::Tuple(tuple) => Ok(tuple.items.clone()),
        Value::Str(text) => Ok(text.chars().map(Value::str).collect()),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => Ok(vec![value.clone()]),
        other => Err(not_a_collection(op, other)),
    }
}

#[cold]
fn not_a_collection(op: BinaryOp, value: &Value) -> Fault {
    let what = describe(value);
    let fault = Fault::method(format!("`{}` does not look into {what}", op.text())).label(Part::Right, what);
    match value {
        Value::Iterator(_) => fault.hint("`collect` makes a vector of it"),
        _ => fault.rule("arrays, ranges, tuples and strings have elements"),
    }
}
