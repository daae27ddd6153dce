//! Functions of a square matrix: powers, exponential, logarithm, square root, sine and cosine and their like.

use super::schur::complex_schur;
use super::solve::multiplied;
use super::spectral::hermitian_eigen;
use super::{Dense, Scalar, array, either, inv, norms, not_finite, quotient, scans};
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::interrupt;
use crate::kernel::blocked::Lu;
use crate::kernel::product::product;
use crate::value::{Array, Complex64, Elements, Form, Value};
use nalgebra::{ComplexField, DMatrix};

/// `A ^ p` of a square matrix. A whole p multiplies (or inverts first), any other goes by the eigenvalues.
pub fn power(a: &Value, p: &Value) -> Outcome<Value> {
    let dense = Dense::square(a, "^")?;
    let whole = match p {
        Value::Bool(p) => Some(i64::from(p.get())),
        Value::Int(p) => Some(*p),
        Value::Float(p) if p.get() == p.get().trunc() && p.get().abs() < 1e15 => Some(p.get() as i64),
        _ => None,
    };
    match (whole, p) {
        (Some(p), _) if p < 0 => whole_power(&inv(a)?, p.unsigned_abs()),
        (Some(n), Value::Float(_)) => whole_power(&dense.into_value(Form::Matrix), n.unsigned_abs()),
        (Some(n), _) => whole_power(a, n.unsigned_abs()),
        (None, Value::Float(p)) => fractional_power(dense, p.get()),
        (None, Value::Complex(z)) => {
            let logarithm = log_of(dense)?.0.map(|x| x * z.z);
            Ok(real_if_possible(exp_of(logarithm, "^")?, false))
        }
        _ => Err(Fault::method("a matrix is raised to a number")),
    }
}

/// By repeated squaring.
fn whole_power(a: &Value, mut n: u64) -> Outcome<Value> {
    let Value::Array(array) = a else { return Err(Fault::method("a matrix is raised to a number")) };
    let mut base = array.elements().clone();
    if n == 0 {
        return Ok(Value::array(Array::new(Form::Matrix, identity_like(&base))));
    }
    let mut result: Option<Elements> = None;
    loop {
        interrupt::check()?;
        if n & 1 == 1 {
            result = Some(match result {
                Some(sofar) => product(&sofar, &base)?,
                None => base.clone(),
            });
        }
        n >>= 1;
        if n == 0 {
            break;
        }
        base = product(&base, &base)?;
    }
    Ok(Value::array(Array::new(Form::Matrix, result.unwrap_or(base))))
}

fn identity_like(elements: &Elements) -> Elements {
    let size = elements.shape().0;
    match elements {
        Elements::Float(_) => Elements::Float(DMatrix::identity(size, size)),
        Elements::Complex(_) => Elements::Complex(DMatrix::identity(size, size)),
        Elements::Bool(_) => Elements::Bool(DMatrix::from_fn(size, size, |i, j| i == j)),
        Elements::Int(_) | Elements::Any(..) => Elements::Int(DMatrix::identity(size, size)),
    }
}

fn fractional_power(dense: Dense, p: f64) -> Outcome<Value> {
    if is_hermitian(&dense) {
        return either!(dense, m => of_hermitian(m, "^", |x| if x < 0.0 {
            complex_power(x, p)
        } else {
            Complex64::new(x.powf(p), 0.0)
        }));
    }
    let (logarithm, is_real) = log_of(dense)?;
    Ok(real_if_possible(exp_of(logarithm.map(|x| x * p), "^")?, is_real))
}

fn complex_power(x: f64, p: f64) -> Complex64 {
    crate::value::scalar::complex_power(Complex64::new(x, 0.0), Complex64::new(p, 0.0))
}

/// The matrix exponential.
pub fn matrix_exp(a: &Value) -> Outcome<Value> {
    either!(Dense::square(a, "exp")?, m => Ok(array(exp_of(m, "exp")?, Form::Matrix)))
}

/// The principal square root: its eigenvalues have no negative real part.
pub fn matrix_sqrt(a: &Value) -> Outcome<Value> {
    let dense = Dense::square(a, "sqrt")?;
    if is_hermitian(&dense) {
        return either!(dense, m => of_hermitian(m, "sqrt", |x| Complex64::new(x, 0.0).sqrt()));
    }
    let (root, is_real) = sqrt_of(dense)?;
    Ok(real_if_possible(root, is_real))
}

/// The principal logarithm.
pub fn matrix_log(a: &Value) -> Outcome<Value> {
    let dense = Dense::square(a, "log")?;
    if is_hermitian(&dense) {
        return either!(dense, m => of_hermitian(m, "log", |x| Complex64::new(x, 0.0).ln()));
    }
    let (logarithm, is_real) = log_of(dense)?;
    Ok(real_if_possible(logarithm, is_real))
}

/// The sine of a matrix.
pub fn matrix_sin(a: &Value) -> Outcome<Value> {
    let (plus, minus, is_real) = exponentials(a, "sin")?;
    let two_i = Complex64::new(0.0, 2.0);
    Ok(real_if_possible((plus - minus).map(|z| z / two_i), is_real))
}

/// The cosine of a matrix.
pub fn matrix_cos(a: &Value) -> Outcome<Value> {
    let (plus, minus, is_real) = exponentials(a, "cos")?;
    Ok(real_if_possible((plus + minus).map(|z| z / 2.0), is_real))
}

/// `exp(im*A)`, `exp(-im*A)`, and whether A is real.
fn exponentials(a: &Value, name: &str) -> Outcome<(DMatrix<Complex64>, DMatrix<Complex64>, bool)> {
    let dense = Dense::square(a, name)?;
    let is_real = matches!(dense, Dense::Real(_));
    let turned = dense.into_complex().map(|z| z * Complex64::new(0.0, 1.0));
    let plus = exp_of(turned.clone(), name)?;
    let minus = if is_real { plus.map(|z| z.conj()) } else { exp_of(-turned, name)? };
    Ok((plus, minus, is_real))
}

fn is_hermitian(dense: &Dense) -> bool {
    either!(dense, m => scans::is_hermitian(m))
}

/// What is different between the inverse trigonometric and hyperbolic functions.
struct Inverse {
    name: &'static str,
    /// The function of a number.
    each: fn(Complex64) -> Complex64,
    /// The function of an upper triangular matrix.
    triangular: fn(&DMatrix<Complex64>) -> Outcome<DMatrix<Complex64>>,
    /// Is it real for this real number?
    is_real: fn(f64) -> bool,
}

/// The inverse sine of a matrix.
pub fn matrix_asin(a: &Value) -> Outcome<Value> {
    let triangular = |t: &DMatrix<Complex64>| {
        let root = triangular_sqrt(&(identity(t) - multiplied(t, t)?))?;
        Ok(triangular_log(&(t * IM + root))? * -IM)
    };
    Inverse { name: "asin", each: Complex64::asin, triangular, is_real: |x| x.abs() <= 1.0 }.of(a)
}

/// The inverse cosine of a matrix.
pub fn matrix_acos(a: &Value) -> Outcome<Value> {
    let triangular = |t: &DMatrix<Complex64>| {
        let root = triangular_sqrt(&(identity(t) - multiplied(t, t)?))?;
        Ok(triangular_log(&(t + root * IM))? * -IM)
    };
    Inverse { name: "acos", each: Complex64::acos, triangular, is_real: |x| x.abs() <= 1.0 }.of(a)
}

/// The inverse tangent of a matrix.
pub fn matrix_atan(a: &Value) -> Outcome<Value> {
    let triangular = |t: &DMatrix<Complex64>| {
        let (above, below) = (triangular_log(&(identity(t) + t * IM))?, triangular_log(&(identity(t) - t * IM))?);
        Ok((above - below) * (-IM * 0.5))
    };
    Inverse { name: "atan", each: Complex64::atan, triangular, is_real: |_| true }.of(a)
}

/// The inverse hyperbolic sine of a matrix.
pub fn matrix_asinh(a: &Value) -> Outcome<Value> {
    let triangular = |t: &DMatrix<Complex64>| {
        let root = triangular_sqrt(&(identity(t) + multiplied(t, t)?))?;
        triangular_log(&(t + root))
    };
    Inverse { name: "asinh", each: Complex64::asinh, triangular, is_real: |_| true }.of(a)
}

/// The inverse hyperbolic cosine of a matrix.
pub fn matrix_acosh(a: &Value) -> Outcome<Value> {
    let triangular = |t: &DMatrix<Complex64>| {
        let (less, more) = (triangular_sqrt(&(t - identity(t)))?, triangular_sqrt(&(t + identity(t)))?);
        triangular_log(&(t + multiplied(&less, &more)?))
    };
    Inverse { name: "acosh", each: Complex64::acosh, triangular, is_real: |x| x >= 1.0 }.of(a)
}

/// The inverse hyperbolic tangent of a matrix.
pub fn matrix_atanh(a: &Value) -> Outcome<Value> {
    let triangular = |t: &DMatrix<Complex64>| {
        let (above, below) = (triangular_log(&(identity(t) + t))?, triangular_log(&(identity(t) - t))?);
        Ok((above - below) * Complex64::new(0.5, 0.0))
    };
    Inverse { name: "atanh", each: Complex64::atanh, triangular, is_real: |x| x.abs() < 1.0 }.of(a)
}

const IM: Complex64 = Complex64::new(0.0, 1.0);

fn identity(t: &DMatrix<Complex64>) -> DMatrix<Complex64> {
    DMatrix::identity(t.nrows(), t.ncols())
}

impl Inverse {
    /// By the eigenvalues of a Hermitian matrix and the Schur form of any other.
    fn of(&self, a: &Value) -> Outcome<Value> {
        let dense = Dense::square(a, self.name)?;
        if is_hermitian(&dense) {
            let each = |x: f64| {
                let image = (self.each)(Complex64::new(x, 0.0));
                if (self.is_real)(x) { Complex64::new(image.re, 0.0) } else { image }
            };
            return either!(dense, m => of_hermitian(m, self.name, each));
        }
        let was_real = matches!(dense, Dense::Real(_));
        let (q, t) = complex_schur(dense.into_complex(), self.name)?;
        let is_real = was_real && t.diagonal().iter().all(|z| z.im != 0.0 || (self.is_real)(z.re));
        let image = (self.triangular)(&t)?;
        Ok(real_if_possible(multiplied(&multiplied(&q, &image)?, &q.adjoint())?, is_real))
    }
}

/// A function of a Hermitian matrix, by its eigenvalues.
fn of_hermitian<T: Scalar>(m: DMatrix<T>, name: &str, f: impl Fn(f64) -> Complex64) -> Outcome<Value> {
    let (values, vectors) = hermitian_eigen(m, name)?;
    // Eigenvalues that are zero but for rounding may come out below it.
    let noise = values.iter().fold(0.0_f64, |a, b| a.max(b.abs())) * values.len() as f64 * f64::EPSILON;
    let images: Vec<Complex64> = values.iter().map(|x| f(if *x < 0.0 && -x <= noise { 0.0 } else { *x })).collect();
    if images.iter().all(|z| z.im == 0.0) {
        let mut scaled = vectors.clone();
        for (k, z) in images.iter().enumerate() {
            scaled.column_mut(k).scale_mut(z.re);
        }
        return Ok(array(multiplied(&scaled, &vectors.adjoint())?, Form::Matrix));
    }
    let vectors = T::pack(vectors).into_complex();
    let mut scaled = vectors.clone();
    for (k, z) in images.iter().enumerate() {
        scaled.column_mut(k).iter_mut().for_each(|x| *x *= z);
    }
    Ok(array(multiplied(&scaled, &vectors.adjoint())?, Form::Matrix))
}

/// The exponential: scaled down by a power of two, a Padé fraction of degree 13, squared up again.
fn exp_of<T: Scalar>(mut a: DMatrix<T>, name: &str) -> Outcome<DMatrix<T>> {
    const PADE: [f64; 14] = [
        64_764_752_532_480_000.0,
        32_382_376_266_240_000.0,
        7_771_770_303_897_600.0,
        1_187_353_796_428_800.0,
        129_060_195_264_000.0,
        10_559_470_521_600.0,
        670_442_572_800.0,
        33_522_128_640.0,
        1_323_241_920.0,
        40_840_800.0,
        960_960.0,
        16_380.0,
        182.0,
        1.0,
    ];
    let size = a.nrows();
    if !a.iter().all(|x| x.is_finite()) {
        return Err(not_finite(name));
    }
    let largest_column = (0..size).map(|j| a.column(j).iter().map(|x| x.modulus()).sum::<f64>()).fold(0.0, f64::max);
    // More than 1030 halvings make nothing of the largest float.
    let squarings = if largest_column > 5.4 { (largest_column / 5.4).log2().ceil().min(1030.0) as i32 } else { 0 };
    a.scale_mut(0.5_f64.powi(squarings));
    let identity = DMatrix::<T>::identity(size, size);
    let a2 = multiplied(&a, &a)?;
    let a4 = multiplied(&a2, &a2)?;
    let a6 = multiplied(&a2, &a4)?;
    let sum = |c6: f64, c4: f64, c2: f64, c0: f64| a6.scale(c6) + a4.scale(c4) + a2.scale(c2) + identity.scale(c0);
    let high_odd = multiplied(&a6, &sum(PADE[13], PADE[11], PADE[9], 0.0))?;
    let odd = multiplied(&a, &(high_odd + sum(PADE[7], PADE[5], PADE[3], PADE[1])))?;
    let even = multiplied(&a6, &sum(PADE[12], PADE[10], PADE[8], 0.0))? + sum(PADE[6], PADE[4], PADE[2], PADE[0]);
    let mut result = regular_quotient(&even - &odd, &(even + odd), name)?;
    for _ in 0..squarings {
        interrupt::check()?;
        result = multiplied(&result, &result)?;
    }
    Ok(result)
}

/// `A \\ B`, where A is regular unless its numbers overflowed.
fn regular_quotient<T: Scalar>(a: DMatrix<T>, b: &DMatrix<T>, name: &str) -> Outcome<DMatrix<T>> {
    let lu = Lu::of(a)?;
    if lu.is_singular() { Err(not_finite(name)) } else { lu.solve(b) }
}

/// The square root by the Schur form, and whether it is real.
fn sqrt_of(dense: Dense) -> Outcome<(DMatrix<Complex64>, bool)> {
    let was_real = matches!(dense, Dense::Real(_));
    let (q, t) = complex_schur(dense.into_complex(), "sqrt")?;
    let is_real = was_real && has_no_negative_eigenvalue(&t);
    let root = triangular_sqrt(&t)?;
    Ok((multiplied(&multiplied(&q, &root)?, &q.adjoint())?, is_real))
}

/// The eigenvalues of a triangular matrix avoid the negative real axis, so that roots and logarithms of a real matrix are
/// real.
fn has_no_negative_eigenvalue(t: &DMatrix<Complex64>) -> bool {
    let scale = t.diagonal().iter().map(|z| z.modulus()).fold(0.0, f64::max) * f64::EPSILON * 100.0;
    t.diagonal().iter().all(|z| z.re >= -scale || z.im.abs() > scale)
}

/// The upper triangular root of an upper triangular matrix, column by column.
fn triangular_sqrt(t: &DMatrix<Complex64>) -> Outcome<DMatrix<Complex64>> {
    let size = t.nrows();
    let mut root = DMatrix::<Complex64>::zeros(size, size);
    for j in 0..size {
        interrupt::check()?;
        root[(j, j)] = t[(j, j)].sqrt();
        for i in (0..j).rev() {
            let inner: Complex64 = (i + 1..j).map(|k| root[(i, k)] * root[(k, j)]).sum();
            let below = root[(i, i)] + root[(j, j)];
            let above = t[(i, j)] - inner;
            if below.modulus() == 0.0 && above.modulus() != 0.0 {
                return Err(Fault::new(ErrorKind::SingularException, "the matrix has no square root"));
            }
            root[(i, j)] = if above.modulus() == 0.0 { Complex64::new(0.0, 0.0) } else { quotient(above, below) };
        }
    }
    Ok(root)
}

/// The logarithm, and whether it is real.
fn log_of(dense: Dense) -> Outcome<(DMatrix<Complex64>, bool)> {
    let was_real = matches!(dense, Dense::Real(_));
    let (q, t) = complex_schur(dense.into_complex(), "log")?;
    let is_real = was_real && has_no_negative_eigenvalue(&t);
    let logarithm = triangular_log(&t)?;
    Ok((multiplied(&multiplied(&q, &logarithm)?, &q.adjoint())?, is_real))
}

/// The logarithm of an upper triangular matrix: square roots until it is near the identity, a series, and doubled back.
fn triangular_log(t: &DMatrix<Complex64>) -> Outcome<DMatrix<Complex64>> {
    let size = t.nrows();
    if t.diagonal().iter().any(|z| z.modulus() == 0.0) {
        return Err(Fault::new(ErrorKind::SingularException, "a singular matrix has no logarithm"));
    }
    let identity = identity(t);
    let away = |t: &DMatrix<Complex64>| {
        norms::of_sizes(
            size * size,
            || (t - &identity).iter().map(|z| z.modulus()).collect::<Vec<_>>().into_iter(),
            2.0,
        )
    };
    let mut root = t.clone();
    let mut roots = 0;
    while away(&root) > 0.25 && roots < 60 {
        root = triangular_sqrt(&root)?;
        roots += 1;
    }
    // log(T) = 2 * atanh((T - I) / (T + I)), whose series has the odd powers only.
    let quotient = regular_quotient(&root + &identity, &(&root - &identity), "log")?;
    let square = multiplied(&quotient, &quotient)?;
    let (mut term, mut sum) = (quotient.clone(), quotient);
    for k in 1..14 {
        term = multiplied(&term, &square)?;
        sum += term.scale(1.0 / f64::from(2 * k + 1));
    }
    let mut logarithm = sum.scale(2.0_f64.powi(roots + 1));
    for k in 0..size {
        logarithm[(k, k)] = t[(k, k)].ln();
    }
    Ok(logarithm)
}

/// A matrix of numbers that are known to be real, as such.
fn real_if_possible(m: DMatrix<Complex64>, is_real: bool) -> Value {
    if is_real { array(m.map(|z| z.re), Form::Matrix) } else { array(m, Form::Matrix) }
}
