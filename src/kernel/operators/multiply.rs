//! Products, quotients and powers of arrays: `A * B`, `A / B`, `A \ b`, `A ^ n`.

use super::{binary, elementwise, faults, is_number};
use crate::fault::Outcome;
use crate::kernel::{linalg, product};
use crate::op::BinaryOp;
use crate::value::factorization::Factorization;
use crate::value::promote::as_array;
use crate::value::{Array, Elements, Form, Value, scalar};
use std::rc::Rc;

/// `a * b` where one side is an array, a range or `I`.
pub(super) fn multiply(a: &Value, b: &Value) -> Outcome<Value> {
    match (a, b) {
        (Value::Scaling(x), Value::Scaling(y)) => Ok(Value::Scaling(Rc::new(binary(BinaryOp::Mul, x, y)?))),
        (Value::Scaling(x), _) if is_number(b) => Ok(Value::Scaling(Rc::new(binary(BinaryOp::Mul, x, b)?))),
        (_, Value::Scaling(y)) if is_number(a) => Ok(Value::Scaling(Rc::new(binary(BinaryOp::Mul, a, y)?))),
        (Value::Scaling(x), Value::Array(_) | Value::Range(_)) => scale(BinaryOp::Mul, b, x),
        (Value::Array(_) | Value::Range(_), Value::Scaling(y)) => scale(BinaryOp::Mul, &as_matrix(a)?, y),
        (Value::Array(_) | Value::Range(_), _) if is_number(b) => scale(BinaryOp::Mul, a, b),
        (_, Value::Array(_) | Value::Range(_)) if is_number(a) => scale(BinaryOp::Mul, b, a),
        _ => match (as_array(a)?, as_array(b)?) {
            (Some(left), Some(right)) => multiply_arrays(a, b, &left, &right),
            _ => Err(scalar::undefined(BinaryOp::Mul, a, b)),
        },
    }
}

/// Every element with a number; ranges stay ranges with a real one.
fn scale(op: BinaryOp, array: &Value, by: &Value) -> Outcome<Value> {
    match (array, by) {
        (Value::Range(range), Value::Bool(_) | Value::Int(_) | Value::Float(_)) => {
            if op == BinaryOp::Mul {
                range.scaled(by)
            } else {
                range.divided(by)
            }
        }
        (Value::Range(range), _) => elementwise::scaled(op, &range.to_array()?, by),
        (Value::Array(array), _) => elementwise::scaled(op, array, by),
        _ => Err(scalar::undefined(op, array, by)),
    }
}

/// A vector as the matrix of one column, which `I` can stand to the right of.
fn as_matrix(value: &Value) -> Outcome<Value> {
    Ok(match as_array(value)? {
        Some(array) if array.is_vector() => Value::array(Array::new(Form::Matrix, array.elements().clone())),
        _ => value.clone(),
    })
}

fn is_row(form: Form) -> bool {
    matches!(form, Form::AdjointVector | Form::TransposeVector)
}

fn multiply_arrays(a: &Value, b: &Value, left: &Array, right: &Array) -> Outcome<Value> {
    if left.shape().1 != right.shape().0 || (left.is_vector() && right.is_vector()) {
        return Err(faults::inner_sizes_differ(a, b, left, right));
    }
    let (x, y) = (left.elements(), right.elements());
    if is_row(left.form()) && right.is_vector() {
        return linalg::plain_dot(&x, &y);
    }
    let form = form_of_product(left.form(), right.form());
    Ok(Value::array(Array::new(form, product::product(&x, &y)?)))
}

fn form_of_product(left: Form, right: Form) -> Form {
    if right == Form::Vector {
        Form::Vector
    } else if is_row(left) && !is_row(right) {
        left
    } else {
        Form::Matrix
    }
}

/// `a' * b`, `a * b'` or `a' * b'`, without forming an adjoint: the flags say which side stands under one. `None` where
/// that is no gain, or a mistake: the adjoint and the product one after the other do the same, or say what is wrong.
pub fn multiply_adjoints(
    (a, a_is_adjoint): (&Value, bool),
    (b, b_is_adjoint): (&Value, bool),
) -> Option<Outcome<Value>> {
    let (Value::Array(left), Value::Array(right)) = (a, b) else { return None };
    let (x, y) = (left.elements(), right.elements());
    let are_floats = |elements: &Elements| matches!(elements, Elements::Float(_) | Elements::Complex(_));
    if !are_floats(&x) || !are_floats(&y) {
        return None;
    }
    let left_form = if a_is_adjoint { linalg::adjoint_form(left.form()) } else { left.form() };
    let right_form = if b_is_adjoint { linalg::adjoint_form(right.form()) } else { right.form() };
    let left = product::Side { elements: &x, is_adjoint: a_is_adjoint };
    let right = product::Side { elements: &y, is_adjoint: b_is_adjoint };
    let is_inner = is_row(left_form) && right_form == Form::Vector;
    let are_vectors = left_form == Form::Vector && right_form == Form::Vector;
    if left.shape().1 != right.shape().0 || are_vectors {
        return None;
    }
    if is_inner {
        return (a_is_adjoint && !b_is_adjoint).then(|| linalg::dot(a, b));
    }
    let elements = product::product_of_sides(left, right);
    Some(elements.map(|elements| Value::array(Array::new(form_of_product(left_form, right_form), elements))))
}

/// `a / b` where one side is an array, a range or `I`.
pub(super) fn divide(a: &Value, b: &Value) -> Outcome<Value> {
    match (a, b) {
        (Value::Scaling(x), Value::Scaling(y)) => Ok(Value::Scaling(Rc::new(binary(BinaryOp::Div, x, y)?))),
        (Value::Scaling(x), _) if is_number(b) => Ok(Value::Scaling(Rc::new(binary(BinaryOp::Div, x, b)?))),
        (_, Value::Scaling(y)) if is_number(a) => Ok(Value::Scaling(Rc::new(binary(BinaryOp::Div, a, y)?))),
        (Value::Array(_) | Value::Range(_), Value::Scaling(y)) => scale(BinaryOp::Div, &as_matrix(a)?, y),
        (Value::Scaling(x), Value::Array(_)) => scale(BinaryOp::Mul, &linalg::inv(b)?, x),
        (Value::Array(_) | Value::Range(_), _) if is_number(b) => scale(BinaryOp::Div, a, b),
        (Value::Array(_), Value::Array(right)) if !right.is_vector() => linalg::solve_right(a, b),
        (Value::Array(_) | Value::Range(_), Value::Array(_) | Value::Range(_)) => Err(faults::division_by_array(a, b)),
        (_, Value::Array(_) | Value::Range(_)) if is_number(a) => Err(faults::division_by_array(a, b)),
        _ => Err(scalar::undefined(BinaryOp::Div, a, b)),
    }
}

/// `a \ b` where one side is an array, a range or `I`.
pub(super) fn left_divide(a: &Value, b: &Value) -> Outcome<Value> {
    if let Some(kind) = Factorization::of(a) {
        return linalg::solve_factored(kind, a, b);
    }
    match (a, b) {
        _ if is_number(a) => divide(b, a),
        (Value::Scaling(_), Value::Scaling(_)) => divide(b, a),
        (Value::Scaling(x), Value::Array(_) | Value::Range(_)) => scale(BinaryOp::Div, b, x),
        (Value::Array(_), Value::Scaling(y)) => scale(BinaryOp::Mul, &linalg::inv(a)?, y),
        (Value::Array(_) | Value::Range(_), Value::Array(_) | Value::Range(_)) => linalg::solve(a, b),
        _ => Err(scalar::undefined(BinaryOp::LeftDiv, a, b)),
    }
}

/// `a ^ b` where one side is an array, a range or `I`.
pub(super) fn power(a: &Value, b: &Value) -> Outcome<Value> {
    match (a, b) {
        (Value::Scaling(x), _) if is_number(b) => Ok(Value::Scaling(Rc::new(binary(BinaryOp::Pow, x, b)?))),
        (Value::Array(array), _) if is_number(b) && is_square(array) => linalg::power(a, b),
        (Value::Array(_) | Value::Range(_), _) if is_number(b) => Err(faults::power_of(a, b)),
        (_, Value::Array(array)) if is_number(a) && is_square(array) => power_of_number(a, b),
        _ => Err(scalar::undefined(BinaryOp::Pow, a, b)),
    }
}

fn is_square(array: &Array) -> bool {
    let (rows, cols) = array.shape();
    !array.is_vector() && rows == cols
}

/// `2 ^ A` is `exp(log(2) * A)`.
fn power_of_number(a: &Value, b: &Value) -> Outcome<Value> {
    let logarithm = crate::value::promote::to_complex(a)?.ln();
    let factor = if logarithm.im == 0.0 { Value::float(logarithm.re) } else { Value::complex(logarithm) };
    linalg::matrix_exp(&scale(BinaryOp::Mul, b, &factor)?)
}
