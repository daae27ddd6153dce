//! Systems of equations, inverses, determinants, rank.

use super::{Dense, Scalar, adjoint, array, both, either, label_operand, norms, svd};
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::kernel::product::gemm;
use crate::value::display::describe;
use crate::value::{Array, Form, Value};
use nalgebra::DMatrix;

/// `A \ b`: the solution of `A*X = b`; least squares, of least norm, where A is not square or a vector.
pub fn solve(a: &Value, b: &Value) -> Outcome<Value> {
    let (left, right) = (Dense::of(a, "\\", 0)?, Dense::of(b, "\\", 1)?);
    let ((rows, cols), (count, _)) = (left.shape(), right.shape());
    if rows != count {
        return Err(rows_differ(a, b, rows, count));
    }
    let is_vector = |value: &Value| match value {
        Value::Array(array) => array.is_vector(),
        Value::Range(_) => true,
        _ => false,
    };
    let is_square = rows == cols && !is_vector(a);
    let found = both!(left, right, |m, b| if is_square {
        Scalar::pack(solve_square(&m, b).map_err(|fault| describe_singular(fault, a))?)
    } else {
        Scalar::pack(least_squares(m, b)?)
    });
    Ok(match (is_vector(a), is_vector(b)) {
        (true, true) => either!(found, m => m[(0, 0)].value()),
        (true, false) => found.into_value(Form::AdjointVector),
        (false, true) => found.into_value(Form::Vector),
        (false, false) => found.into_value(Form::Matrix),
    })
}

/// `A / B`: the solution of `X*B = A`.
pub fn solve_right(a: &Value, b: &Value) -> Outcome<Value> {
    let (left, right) = (Dense::of(a, "/", 0)?, Dense::of(b, "/", 1)?);
    let ((_, cols), (_, count)) = (left.shape(), right.shape());
    if cols != count {
        let fault = Fault::dimension(format!("columns of the left ({cols}) ≠ columns of the right ({count})"))
            .rule("`A / B` solves X*B = A, where A and B have as many columns");
        return Err(label_operand(label_operand(fault, 0, &describe(a)), 1, &describe(b)));
    }
    // X*B = A is B'*X' = A'.
    let turned = solve(&adjoint(b)?, &adjoint(a)?)?;
    match &turned {
        Value::Array(_) => Ok(plain(&adjoint(&turned)?)),
        number => adjoint(number),
    }
}

/// The array as a plain matrix, unless it is a row from a vector.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(array) if matches!(array.form(), Form::AdjointMatrix | Form::TransposeMatrix) => {
            Value::array(Array::new(Form::Matrix, array.elements().clone()))
        }
        other => other.clone(),
    }
}

/// The solution for a square matrix: by substitution if it is triangular, else by elimination with pivots.
fn solve_square<T: Scalar>(a: &DMatrix<T>, b: DMatrix<T>) -> Outcome<DMatrix<T>> {
    let (upper, lower) = (is_upper(a), is_lower(a));
    if upper || lower {
        if a.diagonal().iter().any(|x| x.is_zero()) {
            return Err(singular());
        }
        let found = if upper { a.solve_upper_triangular(&b) } else { a.solve_lower_triangular(&b) };
        return found.ok_or_else(singular);
    }
    let lu = a.clone().lu();
    if lu.u().diagonal().iter().any(|x| x.is_zero()) {
        return Err(singular());
    }
    lu.solve(&b).ok_or_else(singular)
}

/// The X of least norm that brings `A*X` nearest to b.
fn least_squares<T: Scalar>(a: DMatrix<T>, b: DMatrix<T>) -> Outcome<DMatrix<T>> {
    let (rows, cols) = a.shape();
    if rows == 0 || cols == 0 {
        return Ok(DMatrix::zeros(cols, b.ncols()));
    }
    if rows > cols {
        let qr = a.clone().qr();
        let r = qr.r();
        let tolerance = a.norm() * 16.0 * f64::EPSILON * rows as f64;
        if r.diagonal().iter().all(|x| x.modulus() > tolerance) {
            let mut reduced = b;
            qr.q_tr_mul(&mut reduced);
            let reduced = reduced.rows(0, cols).into_owned();
            return r.solve_upper_triangular(&reduced).ok_or_else(singular);
        }
    }
    gemm_owned(&pseudo_inverse(a, "\\")?, &b)
}

fn gemm_owned<T: Scalar>(a: &DMatrix<T>, b: &DMatrix<T>) -> Outcome<DMatrix<T>> {
    gemm(a.as_view(), b.as_view(), T::zero(), T::one())
}

fn is_upper<T: Scalar>(a: &DMatrix<T>) -> bool {
    (0..a.ncols()).all(|j| (j + 1..a.nrows()).all(|i| a[(i, j)].is_zero()))
}

fn is_lower<T: Scalar>(a: &DMatrix<T>) -> bool {
    (0..a.ncols()).all(|j| (0..j).all(|i| a[(i, j)].is_zero()))
}

/// The inverse of a square matrix or number.
pub fn inv(a: &Value) -> Outcome<Value> {
    match a {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => {
            crate::value::scalar::binary(crate::op::BinaryOp::Div, &Value::Int(1), a)
        }
        Value::Scaling(scale) => Ok(Value::Scaling(std::rc::Rc::new(inv(scale)?))),
        _ => either!(Dense::square(a, "inv")?, m => {
            let identity = DMatrix::identity(m.nrows(), m.nrows());
            let found = solve_square(&m, identity).map_err(|fault| describe_singular(fault, a))?;
            Ok(array(found, Form::Matrix))
        }),
    }
}

/// The determinant, a float or a complex number.
pub fn det(a: &Value) -> Outcome<Value> {
    if matches!(a, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_)) {
        return Ok(a.clone());
    }
    either!(Dense::square(a, "det")?, m => Ok(determinant(m).value()))
}

fn determinant<T: Scalar>(m: DMatrix<T>) -> T {
    if is_upper(&m) || is_lower(&m) {
        return m.diagonal().iter().fold(T::one(), |product, x| product * *x);
    }
    let determinant = m.lu().determinant();
    // A zero pivot under an odd permutation must not show as -0.0.
    if determinant == T::zero() { T::zero() } else { determinant }
}

/// The numerical rank.
pub fn rank(a: &Value) -> Outcome<Value> {
    let dense = Dense::of(a, "rank", 0)?;
    either!(dense, m => Ok(Value::Int(numerical_rank(m, "rank")? as i64)))
}

/// Singular values above the rounding error of the largest.
fn numerical_rank<T: Scalar>(m: DMatrix<T>, name: &str) -> Outcome<usize> {
    let relative = m.nrows().min(m.ncols()) as f64 * f64::EPSILON;
    let values = svd(m, name)?.values;
    let tolerance = values.first().map_or(0.0, |largest| largest * relative);
    Ok(values.iter().filter(|x| **x > tolerance).count())
}

/// The Moore–Penrose pseudo-inverse; of a vector a row.
pub fn pinv(a: &Value) -> Outcome<Value> {
    match a {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => {
            let inverse = inv(a)?;
            let is_finite = Dense::of(&inverse, "pinv", 0)?.is_finite();
            Ok(if is_finite { inverse } else { Value::float(0.0) })
        }
        Value::Scaling(_) => inv(a),
        _ => {
            let form = match a {
                Value::Array(array) if !array.is_vector() => match array.form() {
                    Form::AdjointVector | Form::TransposeVector => Form::Vector,
                    _ => Form::Matrix,
                },
                _ => Form::AdjointVector,
            };
            either!(Dense::of(a, "pinv", 0)?, m => Ok(array(pseudo_inverse(m, "pinv")?, form)))
        }
    }
}

fn pseudo_inverse<T: Scalar>(m: DMatrix<T>, name: &str) -> Outcome<DMatrix<T>> {
    let relative = m.nrows().min(m.ncols()) as f64 * f64::EPSILON;
    let mut found = svd(m, name)?;
    let tolerance = found.values.first().map_or(0.0, |largest| largest * relative);
    for (k, value) in found.values.iter().enumerate() {
        let factor = if *value > tolerance { 1.0 / value } else { 0.0 };
        found.u.column_mut(k).scale_mut(factor);
    }
    gemm_owned(&found.vt.adjoint(), &found.u.adjoint())
}

#[cold]
fn rows_differ(a: &Value, b: &Value, rows: usize, count: usize) -> Fault {
    let fault = Fault::dimension(format!("rows of the left ({rows}) ≠ rows of the right ({count})"))
        .rule("`A \\ b` solves A*X = b, where A and b have as many rows");
    label_operand(label_operand(fault, 0, &describe(a)), 1, &describe(b))
}

#[cold]
fn singular() -> Fault {
    Fault::new(ErrorKind::SingularException, "the matrix is singular").hint("pinv(A) is defined for every matrix")
}

/// Says why a singular matrix is one: its rank, and for a small one the row that depends on another.
#[cold]
fn describe_singular(fault: Fault, a: &Value) -> Fault {
    const SMALL: usize = 8;
    let is_singular = fault.report().is_some_and(|r| r.kind == ErrorKind::SingularException);
    let Ok(dense) = Dense::of(a, "inv", 0) else { return fault };
    if !is_singular || !dense.is_finite() {
        return fault;
    }
    let size = dense.shape().0;
    let dependence = if size <= SMALL { either!(&dense, m => dependent_row(m)) } else { None };
    let rank = either!(dense, m => numerical_rank(m, "rank"));
    let message = match rank {
        Ok(rank) => format!("the matrix is singular: rank {rank} of {size}"),
        Err(_) => "the matrix is singular".to_string(),
    };
    let fault = Fault::new(ErrorKind::SingularException, message)
        .rule("only a matrix whose rows are independent has an inverse")
        .hint("pinv(A) is defined for every matrix");
    let fault = label_operand(fault, 0, &describe(a));
    match dependence {
        Some(text) => fault.hint(text),
        None => fault,
    }
}

/// `row 2 = 2 × row 1`, or a row of zeros.
fn dependent_row<T: Scalar>(m: &DMatrix<T>) -> Option<String> {
    for i in 0..m.nrows() {
        if m.row(i).iter().all(|x| x.is_zero()) {
            return Some(format!("row {} is zero", i + 1));
        }
        for k in 0..i {
            let pivot = (0..m.ncols()).find(|j| !m[(k, *j)].is_zero())?;
            let factor = m[(i, pivot)] / m[(k, pivot)];
            let residue = || (0..m.ncols()).map(|j| (m[(i, j)] - factor * m[(k, j)]).modulus());
            let scale = norms::of_sizes(
                m.ncols(),
                || m.row(i).iter().map(|x| x.modulus()).collect::<Vec<_>>().into_iter(),
                2.0,
            );
            let is_multiple = norms::of_sizes(m.ncols(), residue, 2.0) <= 1e-14 * scale;
            if is_multiple && factor.imaginary() == 0.0 {
                let times = factor.real();
                let times = if times == 1.0 { String::new() } else { format!("{times} × ") };
                return Some(format!("row {} = {times}row {}", i + 1, k + 1));
            }
        }
    }
    None
}
