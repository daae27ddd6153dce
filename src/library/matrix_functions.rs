//! Functions of square matrices, as `exp(A)` without a dot: the power series with A in it, not the function of every
//! element.

use super::scalar::not_square;
use crate::fault::Outcome;
use crate::kernel::{linalg, operators};
use crate::op::BinaryOp;
use crate::value::Value;
use crate::value::array::{Array, Elements};

/// The matrix exponential.
pub fn exp(a: &Value) -> Outcome<Value> {
    linalg::matrix_exp(square("exp", a)?)
}

/// The principal square root.
pub fn sqrt(a: &Value) -> Outcome<Value> {
    linalg::matrix_sqrt(square("sqrt", a)?)
}

/// The principal logarithm.
pub fn log(a: &Value) -> Outcome<Value> {
    linalg::matrix_log(square("log", a)?)
}

/// The matrix sine.
pub fn sin(a: &Value) -> Outcome<Value> {
    linalg::matrix_sin(square("sin", a)?)
}

/// The matrix cosine.
pub fn cos(a: &Value) -> Outcome<Value> {
    linalg::matrix_cos(square("cos", a)?)
}

/// tan(A) = cos(A) \ sin(A)
pub fn tan(a: &Value) -> Outcome<Value> {
    let a = square("tan", a)?;
    linalg::solve(&linalg::matrix_cos(a)?, &linalg::matrix_sin(a)?)
}

/// cosh(A) = (exp(A) + exp(-A)) / 2
pub fn cosh(a: &Value) -> Outcome<Value> {
    half_of_exponentials(BinaryOp::Add, square("cosh", a)?)
}

/// sinh(A) = (exp(A) - exp(-A)) / 2
pub fn sinh(a: &Value) -> Outcome<Value> {
    half_of_exponentials(BinaryOp::Sub, square("sinh", a)?)
}

/// tanh(A) = cosh(A) \ sinh(A)
pub fn tanh(a: &Value) -> Outcome<Value> {
    let a = square("tanh", a)?;
    linalg::solve(&half_of_exponentials(BinaryOp::Add, a)?, &half_of_exponentials(BinaryOp::Sub, a)?)
}

/// The matrix inverse sine.
pub fn asin(a: &Value) -> Outcome<Value> {
    linalg::matrix_asin(square("asin", a)?)
}

/// The matrix inverse cosine.
pub fn acos(a: &Value) -> Outcome<Value> {
    linalg::matrix_acos(square("acos", a)?)
}

/// The matrix inverse tangent.
pub fn atan(a: &Value) -> Outcome<Value> {
    linalg::matrix_atan(square("atan", a)?)
}

/// The matrix inverse hyperbolic sine.
pub fn asinh(a: &Value) -> Outcome<Value> {
    linalg::matrix_asinh(square("asinh", a)?)
}

/// The matrix inverse hyperbolic cosine.
pub fn acosh(a: &Value) -> Outcome<Value> {
    linalg::matrix_acosh(square("acosh", a)?)
}

/// The matrix inverse hyperbolic tangent.
pub fn atanh(a: &Value) -> Outcome<Value> {
    linalg::matrix_atanh(square("atanh", a)?)
}

/// sec(A) = inv(cos(A))
pub fn sec(a: &Value) -> Outcome<Value> {
    linalg::inv(&cos(square("sec", a)?)?)
}

/// csc(A) = inv(sin(A))
pub fn csc(a: &Value) -> Outcome<Value> {
    linalg::inv(&sin(square("csc", a)?)?)
}

/// cot(A) = inv(tan(A))
pub fn cot(a: &Value) -> Outcome<Value> {
    linalg::inv(&tan(square("cot", a)?)?)
}

/// sech(A) = inv(cosh(A))
pub fn sech(a: &Value) -> Outcome<Value> {
    linalg::inv(&cosh(square("sech", a)?)?)
}

/// csch(A) = inv(sinh(A))
pub fn csch(a: &Value) -> Outcome<Value> {
    linalg::inv(&sinh(square("csch", a)?)?)
}

/// coth(A) = inv(tanh(A))
pub fn coth(a: &Value) -> Outcome<Value> {
    linalg::inv(&tanh(square("coth", a)?)?)
}

fn half_of_exponentials(op: BinaryOp, a: &Value) -> Outcome<Value> {
    let negative = operators::binary(BinaryOp::Mul, &Value::float(-1.0), a)?;
    let sum = operators::binary(op, &linalg::matrix_exp(a)?, &linalg::matrix_exp(&negative)?)?;
    operators::binary(BinaryOp::Mul, &Value::float(0.5), &sum)
}

fn square<'a>(name: &str, a: &'a Value) -> Outcome<&'a Value> {
    match a {
        Value::Array(array) if is_square_matrix(array) => Ok(a),
        _ => Err(not_square(name, a)),
    }
}

fn is_square_matrix(array: &Array) -> bool {
    let (rows, cols) = array.shape();
    !array.is_vector() && rows == cols && !matches!(&*array.elements(), Elements::Any(..))
}
