//! Systems of equations, inverses, determinants.

use super::subspaces::{Tolerance, numerical_rank};
use super::{
    Dense, Scalar, adjoint, array, both, either, factors, householder, label_operand, not_numbers, svd, tamed,
};
use crate::codes::Code;
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::kernel::blocked::{Factor, Lu, Triangle, multiply, solve_triangular};
use crate::value::compare::equal;
use crate::value::display::describe;
use crate::value::factorization::Factorization;
use crate::value::{Array, Complex64, Form, Value};
use crate::warning;
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
        Scalar::pack(solve_square(m, b).map_err(|fault| describe_singular(fault, a))?)
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
            .code(Code::SolveSizes)
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
pub(super) fn solve_square<T: Scalar>(a: DMatrix<T>, b: DMatrix<T>) -> Outcome<DMatrix<T>> {
    if let Some(triangle) = triangle_of(&a) {
        regular_triangle(&a, triangle)?;
        return solve_triangular(&a, triangle, b);
    }
    let (lu, size, scale) = factorized(a)?;
    let n = b.nrows();
    warn_of_condition(n, size * inverse_size(n, |vectors| lu.solve(&vectors))?);
    let found = lu.solve(&b)?;
    Ok(if scale == 1.0 { found } else { found.unscale(scale) })
}

/// The triangle outside of which a matrix is zero; of a diagonal one the upper.
fn triangle_of<T: Scalar>(a: &DMatrix<T>) -> Option<Triangle> {
    if is_upper(a) {
        return Some(Triangle::Upper);
    }
    is_lower(a).then_some(Triangle::Lower)
}

/// A fault if a triangular matrix is singular, a warning if it nearly is. The size of a row does not matter for
/// substitution: the condition is that of the matrix with rows of length 1.
fn regular_triangle<T: Scalar>(a: &DMatrix<T>, triangle: Triangle) -> Outcome<()> {
    if a.diagonal().iter().any(|x| x.is_zero()) {
        return Err(singular());
    }
    let n = a.nrows();
    let lengths: Vec<f64> = a.row_iter().map(|row| row.norm()).collect();
    let size = inverse_size(n, |mut vectors| {
        vectors.row_iter_mut().zip(&lengths).for_each(|(mut row, length)| row.scale_mut(*length));
        solve_triangular(a, triangle, vectors)
    })?;
    warn_of_condition(n, (n as f64).sqrt() * size);
    Ok(())
}

/// The factors of a matrix that was divided by a number, its Frobenius norm, and that number; a fault if it is singular.
fn factorized<T: Scalar>(a: DMatrix<T>) -> Outcome<(Lu<T>, f64, f64)> {
    let (tame, scale) = tamed(a);
    let size = tame.norm();
    let lu = Lu::of(tame)?;
    if lu.is_singular() { Err(singular()) } else { Ok((lu, size, scale)) }
}

/// Warns if rounding errors may be multiplied until no digit is left.
fn warn_of_condition(n: usize, condition: f64) {
    if condition > 1.0 / f64::EPSILON {
        warning::warn(format!(
            "this {n}×{n} matrix is nearly singular (condition number about {condition:.0e}): the result may have no correct digit"
        ));
    }
}

/// Nearly the Frobenius norm of the inverse that `solve` applies to columns of n elements: of vectors of ones with random
/// signs, its images have this length in the mean square (M. F. Hutchinson, 1990).
fn inverse_size<T: Scalar>(n: usize, solve: impl FnOnce(DMatrix<T>) -> Outcome<DMatrix<T>>) -> Outcome<f64> {
    const VECTORS: usize = 3;
    let mut signs = 0x9e37_79b9_7f4a_7c15_u64;
    let vectors = DMatrix::from_fn(n, VECTORS, |_, _| {
        signs ^= signs << 13;
        signs ^= signs >> 7;
        signs ^= signs << 17;
        if signs >> 63 == 0 { T::one() } else { -T::one() }
    });
    Ok(solve(vectors)?.norm() / (VECTORS as f64).sqrt())
}

/// The X of least norm that brings `A*X` nearest to b.
fn least_squares<T: Scalar>(a: DMatrix<T>, b: DMatrix<T>) -> Outcome<DMatrix<T>> {
    let (rows, cols) = a.shape();
    if rows == 0 || cols == 0 {
        return Ok(DMatrix::zeros(cols, b.ncols()));
    }
    if rows > cols {
        let tolerance = a.norm() * 16.0 * f64::EPSILON * rows as f64;
        let (q, r) = householder::qr(a.clone())?;
        if r.diagonal().iter().all(|x| x.modulus() > tolerance) {
            return solve_triangular(&r, Triangle::Upper, multiply(Factor::from(&q).adjoint(), (&b).into())?);
        }
    }
    multiplied(&pseudo_inverse(a, Tolerance::default(), "\\")?, &b)
}

/// `a * b`
pub(super) fn multiplied<T: Scalar>(a: &DMatrix<T>, b: &DMatrix<T>) -> Outcome<DMatrix<T>> {
    multiply(a.into(), b.into())
}

/// Is everything below the diagonal zero?
pub(super) fn is_upper<T: Scalar>(a: &DMatrix<T>) -> bool {
    (0..a.ncols()).all(|j| (j + 1..a.nrows()).all(|i| a[(i, j)].is_zero()))
}

/// Is everything above the diagonal zero?
pub(super) fn is_lower<T: Scalar>(a: &DMatrix<T>) -> bool {
    (0..a.ncols()).all(|j| (0..j).all(|i| a[(i, j)].is_zero()))
}

/// The inverse of a square matrix, factorised or not, or of a number.
pub fn inv(a: &Value) -> Outcome<Value> {
    match a {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => {
            crate::value::scalar::binary(crate::op::BinaryOp::Div, &Value::Int(1), a)
        }
        Value::Scaling(scale) => Ok(Value::Scaling(std::rc::Rc::new(inv(scale)?))),
        Value::Tuple(_) => match Factorization::of(a) {
            Some(kind) => inv(&factors::whole(kind, a)?),
            None => Err(not_numbers(a, "inv", 0)),
        },
        _ => either!(Dense::square(a, "inv")?, m => {
            Ok(array(inverse(m).map_err(|fault| describe_singular(fault, a))?, Form::Matrix))
        }),
    }
}

fn inverse<T: Scalar>(m: DMatrix<T>) -> Outcome<DMatrix<T>> {
    if triangle_of(&m).is_some() {
        let identity = DMatrix::identity(m.nrows(), m.nrows());
        return solve_square(m, identity);
    }
    let (lu, size, scale) = factorized(m)?;
    let found = lu.inverse()?;
    warn_of_condition(found.nrows(), size * found.norm());
    Ok(if scale == 1.0 { found } else { found.unscale(scale) })
}

/// The determinant, a float or a complex number; also of a factorised matrix.
pub fn det(a: &Value) -> Outcome<Value> {
    if matches!(a, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_)) {
        return Ok(a.clone());
    }
    if let Value::Scaling(scale) = a {
        let plain = [0, 1].iter().any(|n| equal(scale, &Value::Int(*n)));
        return if plain { Ok((**scale).clone()) } else { Err(det_of_scaling()) };
    }
    if let Some(kind) = Factorization::of(a) {
        return factors::det_factored(kind, a);
    }
    either!(Dense::square(a, "det")?, m => Ok(determinant(m)?.value()))
}

#[cold]
fn det_of_scaling() -> Fault {
    Fault::argument("the determinant of a multiple of `I` depends on its size, which it has not")
        .rule("only I and 0I have a determinant, 1 and 0")
        .hint("`det(2I(3))` is of a 3×3 matrix")
}

fn determinant<T: Scalar>(m: DMatrix<T>) -> Outcome<T> {
    if triangle_of(&m).is_some() {
        return Ok(m.diagonal().iter().fold(T::one(), |product, x| product * *x));
    }
    let determinant = Lu::of(m)?.determinant();
    // A product of small pivots that vanishes must not show as -0.0.
    Ok(if determinant == T::zero() { T::zero() } else { determinant })
}

/// The logarithm of the determinant's absolute value, and its sign (a number of absolute value 1, or zero).
pub fn logabsdet(a: &Value) -> Outcome<(f64, Value)> {
    either!(Dense::square_or_number(a, "logabsdet")?, m => {
        let (log, sign) = log_determinant(m)?;
        Ok((log, sign.value()))
    })
}

/// As sums of logarithms, which neither overflow nor vanish.
fn log_determinant<T: Scalar>(m: DMatrix<T>) -> Outcome<(f64, T)> {
    let lu = Lu::of(m)?;
    if lu.is_singular() {
        return Ok((f64::NEG_INFINITY, T::zero()));
    }
    let sign = T::from_real(lu.sign());
    Ok(lu.pivots().fold((0.0, sign), |(log, sign), x| {
        let size = x.modulus();
        (log + size.ln(), sign * x.unscale(size))
    }))
}

/// The logarithm of the determinant; a `DomainError` for a negative one.
pub fn logdet(a: &Value) -> Outcome<Value> {
    let whole = match Factorization::of(a) {
        Some(kind) => factors::whole(kind, a)?,
        None => a.clone(),
    };
    match logabsdet(&whole)? {
        (log, Value::Complex(sign)) => Ok(Value::complex(Complex64::new(log, sign.z.arg()))),
        (_, Value::Float(sign)) if sign.get() < 0.0 => {
            let fault = Fault::domain("the determinant is negative, and has no real logarithm");
            Err(label_operand(fault, 0, &describe(a))
                .hint("logabsdet(A) gives the logarithm of its size, and its sign"))
        }
        (log, _) => Ok(Value::float(log)),
    }
}

/// The Moore–Penrose pseudo-inverse; of a vector a row.
pub fn pinv(a: &Value, tolerance: Tolerance) -> Outcome<Value> {
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
            either!(Dense::of(a, "pinv", 0)?, m => Ok(array(pseudo_inverse(m, tolerance, "pinv")?, form)))
        }
    }
}

fn pseudo_inverse<T: Scalar>(m: DMatrix<T>, tolerance: Tolerance, name: &str) -> Outcome<DMatrix<T>> {
    let shape = m.shape();
    let mut found = svd(m, name)?;
    let limit = found.values.first().map_or(0.0, |largest| tolerance.of(shape, *largest));
    for (k, value) in found.values.iter().enumerate() {
        let factor = if *value > limit { 1.0 / value } else { 0.0 };
        found.u.column_mut(k).scale_mut(factor);
    }
    multiply((&found.v).into(), Factor::from(&found.u).adjoint())
}

#[cold]
fn rows_differ(a: &Value, b: &Value, rows: usize, count: usize) -> Fault {
    let fault = Fault::dimension(format!("rows of the left ({rows}) ≠ rows of the right ({count})"))
        .code(Code::SolveSizes)
        .rule("`A \\ b` solves A*X = b, where A and b have as many rows");
    label_operand(label_operand(fault, 0, &describe(a)), 1, &describe(b))
}

#[cold]
pub(super) fn singular() -> Fault {
    Fault::new(ErrorKind::SingularException, "the matrix is singular").hint("pinv(A) is defined for every matrix")
}

/// Says why a singular matrix is one: its rank, and for a small one the row that depends on another.
#[cold]
pub(super) fn describe_singular(fault: Fault, a: &Value) -> Fault {
    const SMALL: usize = 8;
    let is_singular = fault.report().is_some_and(|r| r.kind == ErrorKind::SingularException);
    let Ok(dense) = Dense::of(a, "inv", 0) else { return fault };
    if !is_singular || !dense.is_finite() {
        return fault;
    }
    let size = dense.shape().0;
    let dependence = if size <= SMALL { either!(&dense, m => dependent_row(m)) } else { None };
    let rank = either!(dense, m => numerical_rank(m, Tolerance::default(), "rank"));
    let message = match rank {
        Ok(rank) => format!("the matrix is singular: rank {rank} of {size}"),
        Err(_) => "the matrix is singular".to_string(),
    };
    let fault = Fault::new(ErrorKind::SingularException, message)
        .rule("a matrix has an inverse, and A*x = b one solution, only if its rows are independent")
        .hint("pinv(A) is defined for every matrix; pinv(A) * b is the shortest x that brings A*x nearest to b");
    let fault = label_operand(fault, 0, &describe(a));
    match dependence {
        Some(text) => fault.hint(text),
        None => fault,
    }
}

/// `row 2 = 2 × row 1`, `row 3 = row 1 + row 2`, or a row of zeros.
fn dependent_row<T: Scalar>(m: &DMatrix<T>) -> Option<String> {
    let single = |i: usize| (0..i).find_map(|k| combination(m, i, &[k]));
    let zero = |i: usize| m.row(i).iter().all(|x| x.is_zero()).then(|| format!("row {} is zero", i + 1));
    let of_all = |i: usize| combination(m, i, &(0..i).collect::<Vec<_>>());
    (0..m.nrows()).find_map(|i| zero(i).or_else(|| single(i))).or_else(|| (1..m.nrows()).find_map(of_all))
}

/// Row i as a sum of multiples of other rows, if it is one.
fn combination<T: Scalar>(m: &DMatrix<T>, i: usize, others: &[usize]) -> Option<String> {
    let (row, basis) = (m.rows(i, 1).transpose(), m.select_rows(others).transpose());
    let factors = multiplied(&pseudo_inverse(basis.clone(), Tolerance::default(), "rank").ok()?, &row).ok()?;
    if (multiplied(&basis, &factors).ok()? - &row).norm() > 1e-13 * row.norm() {
        return None;
    }
    let mut text = String::new();
    for (k, factor) in others.iter().zip(factors.iter()) {
        if factor.modulus() < 1e-12 {
            continue;
        }
        // Rounded, so that a factor of two reads as one.
        let rounded = (factor.real() * 1e10).round() / 1e10;
        if factor.imaginary() != 0.0 || (rounded - factor.real()).abs() > 1e-12 * rounded.abs() {
            return None;
        }
        let sign = match (text.is_empty(), rounded < 0.0) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        let times = if rounded.abs() == 1.0 { String::new() } else { format!("{} × ", rounded.abs()) };
        text.push_str(&format!("{sign}{times}row {}", k + 1));
    }
    (!text.is_empty()).then(|| format!("row {} = {text}", i + 1))
}
