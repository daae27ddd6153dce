//! Operators on whole values, as linear algebra defines them: the meaning of every operator without a dot.

mod approx;
mod elementwise;
mod faults;
mod multiply;
mod sets;

pub use crate::value::compare::{equal, identical, is_equal, order};
pub use approx::approx;
pub use multiply::multiply_adjoints;

use crate::fault::Outcome;
use crate::kernel::linalg;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::function::{Function, FunctionKind};
use crate::value::{Array, Form, Value, scalar};
use std::rc::Rc;

/// `a op b` without a dot, for every operator but `∘`, `|>` and `=>`, which the evaluator knows.
/// Faults label `Part::Left`, `Part::Right` (sizes or types) and `Part::Operator` (what does not fit).
pub fn binary(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    use BinaryOp::*;
    match op {
        Eq => Ok(Value::bool(equal(a, b))),
        Ne => Ok(Value::bool(!equal(a, b))),
        In => sets::contains(op, b, a).map(Value::bool),
        NotIn => sets::contains(op, b, a).map(|found| Value::bool(!found)),
        Contains => sets::contains(op, a, b).map(Value::bool),
        NotContains => sets::contains(op, a, b).map(|found| Value::bool(!found)),
        Subset => sets::is_subset(op, a, b).map(Value::bool),
        NotSubset => sets::is_subset(op, a, b).map(|holds| Value::bool(!holds)),
        Union => sets::union(a, b),
        Intersect => sets::intersection(a, b),
        Approx => approx(a, b, None, 0.0).map(Value::bool),
        NotApprox => approx(a, b, None, 0.0).map(|holds| Value::bool(!holds)),
        _ if is_plain(a) && is_plain(b) => scalar::binary(op, a, b),
        Add | Sub => elementwise::add(op, a, b),
        Mul => multiply::multiply(a, b),
        Div => multiply::divide(a, b),
        LeftDiv => multiply::left_divide(a, b),
        Pow => multiply::power(a, b),
        Dot => linalg::dot(a, b),
        Cross => linalg::cross(a, b),
        Kron => linalg::kron(a, b),
        Hadamard | HadamardDiv => elementwise::hadamard(op, a, b),
        Identical | NotIdentical | Isa | Pair | Compose | Pipe | PipeLeft => scalar::binary(op, a, b),
        IntDiv | Rem | Rational | Lt | Le | Gt | Ge | And | Or | Xor | ShiftLeft | ShiftRight | ShiftRightUnsigned => {
            Err(faults::needs_dot(op, a, b))
        }
    }
}

/// `op a` without a dot, and the postfix adjoint.
pub fn unary(op: UnaryOp, a: &Value) -> Outcome<Value> {
    match (op, a) {
        (UnaryOp::Adjoint, _) => linalg::adjoint(a),
        (UnaryOp::Not, Value::Function(_)) => Ok(negated_function(a)),
        (UnaryOp::Neg, Value::Scaling(scale)) => Ok(Value::Scaling(Rc::new(unary(op, scale)?))),
        (UnaryOp::Plus, Value::Scaling(_) | Value::Range(_)) => Ok(a.clone()),
        (UnaryOp::Neg, Value::Range(range)) => range.negated(),
        (UnaryOp::Neg, Value::Array(array)) => elementwise::negated(array),
        (UnaryOp::Plus, Value::Array(array)) => elementwise::unchanged(array),
        (UnaryOp::Sqrt, Value::Array(array)) if !array.is_vector() => linalg::matrix_sqrt(a),
        (UnaryOp::Not | UnaryOp::BitNot | UnaryOp::Sqrt | UnaryOp::Cbrt, Value::Array(_) | Value::Range(_)) => {
            Err(faults::prefix_needs_dot(op, a))
        }
        _ => scalar::unary(op, a),
    }
}

/// `!f`: the function that is true where f is false.
fn negated_function(f: &Value) -> Value {
    let name = match f {
        Value::Function(f) => format!("!{}", f.name),
        _ => "!".to_string(),
    };
    let not = FunctionKind::Operator { op: None, unary: Some(UnaryOp::Not), dotted: false };
    let not = Value::Function(Rc::new(Function { name: Rc::from("!"), kind: not }));
    Value::Function(Rc::new(Function { name: Rc::from(name), kind: FunctionKind::Composed(not, f.clone()) }))
}

/// Neither array nor range nor `I`.
fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Range(_) | Value::Scaling(_))
}

/// A number.
fn is_number(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_))
}

/// The form that a result keeps: a row stays one, an adjoint matrix becomes a plain one.
fn kept_form(array: &Array) -> Form {
    match array.form() {
        Form::AdjointMatrix | Form::TransposeMatrix => Form::Matrix,
        Form::Vector => Form::Vector,
        Form::Matrix => Form::Matrix,
        Form::AdjointVector => Form::AdjointVector,
        Form::TransposeVector => Form::TransposeVector,
    }
}

#[cfg(test)]
mod tests;
