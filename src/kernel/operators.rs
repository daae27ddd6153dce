//! Operators on whole values, as linear algebra defines them: the meaning of every operator without a dot.

use crate::fault::Outcome;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::Value;
use std::cmp::Ordering;

/// `a op b` without a dot, for every operator but `∘`, `|>` and `=>`, which the evaluator knows.
/// Faults label `Part::Left`, `Part::Right` (sizes or types) and `Part::Operator` (what does not fit).
pub fn binary(_op: BinaryOp, _a: &Value, _b: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// `op a` without a dot, and the postfix adjoint.
pub fn unary(_op: UnaryOp, _a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// `a == b` for any two values.
pub fn equal(_a: &Value, _b: &Value) -> bool {
    unimplemented!()
}

/// `isequal(a, b)`: as `==`, but NaN equals itself and 0.0 differs from -0.0.
pub fn is_equal(_a: &Value, _b: &Value) -> bool {
    unimplemented!()
}

/// `a === b`: the same array, or scalars of the same type and value.
pub fn identical(_a: &Value, _b: &Value) -> bool {
    unimplemented!()
}

/// The order of `isless`, that `sort` follows: NaN last, strings by character, tuples by element.
pub fn order(_a: &Value, _b: &Value) -> Outcome<Ordering> {
    unimplemented!()
}
