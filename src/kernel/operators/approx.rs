//! `≈`: equal up to rounding.

use super::{elementwise, faults, is_number};
use crate::fault::Outcome;
use crate::kernel::linalg;
use crate::op::BinaryOp;
use crate::value::promote::{as_array, to_float};
use crate::value::{Array, Elements, Form, Value, compare, scalar};

/// `isapprox(a, b)`: numbers within `rtol` of the larger or `atol`; arrays whose difference has such a norm. Without
/// `rtol` it is the root of the machine's precision, or 0 for integers and where `atol` is given.
pub fn approx(a: &Value, b: &Value, rtol: Option<f64>, atol: f64) -> Outcome<bool> {
    let default = if atol > 0.0 { 0.0 } else { f64::EPSILON.sqrt() };
    if is_number(a) && is_number(b) {
        let exact = is_whole(a) && is_whole(b);
        return Ok(compare::approx(a, b, rtol.unwrap_or(if exact { 0.0 } else { default }), atol));
    }
    let (left, right) = match (as_array(a)?, as_array(b)?) {
        (Some(left), Some(right)) => (left, right),
        _ if matches!(a, Value::Scaling(_)) || matches!(b, Value::Scaling(_)) => {
            return approx_identity(a, b, rtol, atol);
        }
        _ => return Err(scalar::undefined(BinaryOp::Approx, a, b)),
    };
    if left.shape() != right.shape() {
        return Err(faults::sizes_differ(BinaryOp::Approx, a, b, &left, &right));
    }
    let exact = holds_integers(&left) && holds_integers(&right);
    let rtol = rtol.unwrap_or(if exact { 0.0 } else { default });
    let (x, y) = (left.elements(), right.elements());
    let difference = elementwise::combine(BinaryOp::Sub, &x, &y)?;
    let norm = |value: &Value| linalg::norm(value, 2.0).and_then(|n| to_float(&n));
    let distance = norm(&Value::array(Array::new(Form::Matrix, difference)))?;
    if distance.is_finite() {
        return Ok(distance <= atol.max(rtol * norm(a)?.max(norm(b)?)));
    }
    Ok((0..x.len()).all(|k| compare::approx(&x.value(k), &y.value(k), rtol, atol)))
}

/// `I ≈ A`, which is true of A near the identity of its size.
fn approx_identity(a: &Value, b: &Value, rtol: Option<f64>, atol: f64) -> Outcome<bool> {
    let full = |scale: &Value, size: usize| {
        let items = (0..size * size).map(|k| if k % (size + 1) == 0 { scale.clone() } else { Value::Int(0) });
        crate::value::promote::literal_matrix(items.collect(), size, size).map(Value::array)
    };
    match (a, b) {
        (Value::Scaling(x), Value::Scaling(y)) => approx(x, y, rtol, atol),
        (Value::Scaling(scale), Value::Array(m)) | (Value::Array(m), Value::Scaling(scale)) => {
            let (rows, cols) = m.shape();
            if rows != cols || m.is_vector() {
                return Err(faults::not_square_for_identity(a, b));
            }
            approx(&Value::Array(m.clone()), &full(scale, rows)?, rtol, atol)
        }
        _ => Err(scalar::undefined(BinaryOp::Approx, a, b)),
    }
}

fn is_whole(value: &Value) -> bool {
    match value {
        Value::Complex(z) => z.integral,
        _ => matches!(value, Value::Bool(_) | Value::Int(_)),
    }
}

fn holds_integers(array: &Array) -> bool {
    matches!(&*array.elements(), Elements::Bool(_) | Elements::Int(_))
}
