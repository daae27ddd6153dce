//! Dense linear algebra: solving, inverses, determinants, norms, products by blocks; every bridge to nalgebra's
//! decompositions is here. Empty and non-finite matrices are turned away first, because nalgebra does not.

use crate::fault::Outcome;
use crate::value::Value;

/// `A \ b`: the solution of `A*X = b`; least squares, of least norm, where A is not square.
pub fn solve(_a: &Value, _b: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// `A / B`: the solution of `X*B = A`.
pub fn solve_right(_a: &Value, _b: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The inverse of a square matrix or number.
pub fn inv(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The determinant, a float or a complex number.
pub fn det(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The sum of the diagonal.
pub fn tr(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The p-norm of the elements, as of one long vector (p = 2 for a matrix: Frobenius).
pub fn norm(_a: &Value, _p: f64) -> Outcome<Value> {
    unimplemented!()
}

/// The operator norm of a matrix for p = 1, 2 or Inf.
pub fn opnorm(_a: &Value, _p: f64) -> Outcome<Value> {
    unimplemented!()
}

/// The numerical rank.
pub fn rank(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The Moore–Penrose pseudo-inverse; of a vector a row.
pub fn pinv(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The inner product, conjugating the left side.
pub fn dot(_a: &Value, _b: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The Kronecker product.
pub fn kron(_a: &Value, _b: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The cross product of two 3-vectors.
pub fn cross(_a: &Value, _b: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// `A ^ p` of a square matrix.
pub fn power(_a: &Value, _p: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// The matrix exponential.
pub fn matrix_exp(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// `transpose(A)`, without conjugation.
pub fn transpose(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}

/// `A'`: transposed and conjugated.
pub fn adjoint(_a: &Value) -> Outcome<Value> {
    unimplemented!()
}
