//! Arithmetic and comparison of two scalars: promotion, checked integers, complex numbers, strings.

use super::Value;
use crate::fault::Outcome;
use crate::op::{BinaryOp, UnaryOp};

/// A binary operator on two scalars (numbers, strings, tuples, nothing: anything but arrays and ranges).
pub fn binary(_op: BinaryOp, _a: &Value, _b: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// A prefix operator on a scalar.
pub fn unary(_op: UnaryOp, _a: &Value) -> Outcome<Value> {
    unimplemented!()
}
