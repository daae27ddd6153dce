//! Dense linear algebra: solving, inverses, determinants, norms, matrix functions, products by blocks; every bridge to
//! nalgebra's decompositions is here. Empty and non-finite matrices are turned away first, because nalgebra does not:
//! it panics on the ones and loops for ever on the others.

mod bidiagonal;
mod dqds;
mod eigen;
mod equations;
mod factors;
mod functions;
mod householder;
mod norms;
mod products;
mod scans;
mod schur;
mod solve;
mod spectral;
mod subspaces;
mod svd;
mod symmetric;
mod transposed;
mod tridiagonal;

pub use eigen::{eigen, eigvals};
pub use equations::{lyap, sylvester};
pub use factors::{
    cholesky, factorize, hessenberg_parts, is_positive_definite, lu, qr, schur_parts, solve_factored, svd_parts,
    svdvals, whole as factored_matrix,
};
pub use functions::{
    matrix_acos, matrix_acosh, matrix_asin, matrix_asinh, matrix_atan, matrix_atanh, matrix_cos, matrix_exp,
    matrix_log, matrix_sin, matrix_sqrt, power,
};
pub use norms::{norm, opnorm};
pub(crate) use products::plain_dot;
pub use products::{cross, dot, kron, tr};
pub use solve::{det, inv, logabsdet, logdet, pinv, solve, solve_right};
pub use subspaces::{Tolerance, cond, gram_schmidt, is_unitary, nullspace, orth, rank};
pub use svd::{Svd, svd};
pub(crate) use transposed::transposed;
pub use transposed::{adjoint, adjoint_form, permuted, transpose};

use crate::codes::Code;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::kernel::blocked::{self, Number, quotient};
use crate::value::array::dense as storage;
use crate::value::display::{describe, with_article};
use crate::value::promote::{Numeric, as_array, as_numeric, to_complexes, to_floats};
use crate::value::{Array, Complex64, Element, Form, Value};
use nalgebra::DMatrix;
use symmetric::Reduced;

/// The two kinds of numbers that decompositions work on.
pub trait Scalar: Number + Element {
    /// The matrix under its kind.
    fn pack(matrix: DMatrix<Self>) -> Dense;
    /// The real and imaginary parts, one after the other.
    fn parts(items: &[Self]) -> &[f64];
    /// The absolute values of the upper bidiagonal B with `A = U * B * V'`: its diagonal, and what stands above it. A has at
    /// least as many rows as columns.
    fn bidiagonal(matrix: DMatrix<Self>) -> Outcome<(Vec<f64>, Vec<f64>)>;
    /// A real tridiagonal matrix with the eigenvalues of a Hermitian one that has a row: its diagonal, and what stands beside
    /// it.
    fn tridiagonal(matrix: DMatrix<Self>) -> Outcome<(Vec<f64>, Vec<f64>)>;
    /// Eigenvalues, ascending, and orthonormal eigenvectors of a Hermitian matrix with a row and elements about 1, with signs
    /// as they come; `None` if the steps do not converge.
    fn hermitian_eigen(matrix: DMatrix<Self>) -> Outcome<Option<(Vec<f64>, DMatrix<Self>)>>;
    /// The thin QR factorisation with LAPACK's signs by the faster way, if that has them for this matrix.
    fn blocked_qr(matrix: &DMatrix<Self>) -> Outcome<Option<(DMatrix<Self>, DMatrix<Self>)>>;
    /// `Q` and an upper Hessenberg `H` with `A = Q * H * Q'`, and Q without rows if it is not wanted.
    fn blocked_hessenberg(matrix: DMatrix<Self>, with_vectors: bool) -> Outcome<(DMatrix<Self>, DMatrix<Self>)>;
    /// The number as a value.
    fn value(self) -> Value {
        self.to_value()
    }
}

impl Scalar for f64 {
    fn pack(matrix: DMatrix<f64>) -> Dense {
        Dense::Real(matrix)
    }
    fn parts(items: &[f64]) -> &[f64] {
        items
    }
    fn bidiagonal(mut matrix: DMatrix<f64>) -> Outcome<(Vec<f64>, Vec<f64>)> {
        let (rows, cols) = matrix.shape();
        bidiagonal::bidiagonal(matrix.as_mut_slice(), rows, cols)
    }
    fn tridiagonal(mut matrix: DMatrix<f64>) -> Outcome<(Vec<f64>, Vec<f64>)> {
        let size = matrix.nrows();
        let reduced = symmetric::reduce(matrix.as_mut_slice(), size)?;
        Ok((reduced.diagonal, reduced.beside))
    }
    fn hermitian_eigen(mut matrix: DMatrix<f64>) -> Outcome<Option<(Vec<f64>, DMatrix<f64>)>> {
        let size = matrix.nrows();
        let Reduced { diagonal, beside, tau } = symmetric::reduce(matrix.as_mut_slice(), size)?;
        let Some((values, mut vectors)) = blocked::tridiagonal_eigen(diagonal, beside)? else { return Ok(None) };
        blocked::apply_reflections(&matrix, &tau, &mut vectors)?;
        Ok(Some((values, vectors)))
    }
    fn blocked_qr(matrix: &DMatrix<f64>) -> Outcome<Option<(DMatrix<f64>, DMatrix<f64>)>> {
        blocked::qr(matrix.clone())
    }
    fn blocked_hessenberg(matrix: DMatrix<f64>, with_vectors: bool) -> Outcome<(DMatrix<f64>, DMatrix<f64>)> {
        blocked::hessenberg(matrix, with_vectors)
    }
}

impl Scalar for Complex64 {
    fn pack(matrix: DMatrix<Complex64>) -> Dense {
        Dense::Complex(matrix)
    }
    fn parts(items: &[Complex64]) -> &[f64] {
        // SAFETY: a complex number is laid out as its two parts, with nothing between them.
        unsafe { std::slice::from_raw_parts(items.as_ptr().cast(), 2 * items.len()) }
    }
    fn bidiagonal(matrix: DMatrix<Complex64>) -> Outcome<(Vec<f64>, Vec<f64>)> {
        blocked::bidiagonal(matrix)
    }
    fn tridiagonal(matrix: DMatrix<Complex64>) -> Outcome<(Vec<f64>, Vec<f64>)> {
        blocked::tridiagonal(matrix)
    }
    fn hermitian_eigen(matrix: DMatrix<Complex64>) -> Outcome<Option<(Vec<f64>, DMatrix<Complex64>)>> {
        blocked::hermitian(matrix)
    }
    /// faer makes the diagonal of R not real, as LAPACK does, but whatever the reflections give.
    fn blocked_qr(_: &DMatrix<Complex64>) -> Outcome<Option<(DMatrix<Complex64>, DMatrix<Complex64>)>> {
        Ok(None)
    }
    /// faer's is for real matrices only here: it would be built for this alone.
    fn blocked_hessenberg(
        matrix: DMatrix<Complex64>,
        with_vectors: bool,
    ) -> Outcome<(DMatrix<Complex64>, DMatrix<Complex64>)> {
        let (q, h) = householder::hessenberg(matrix)?;
        Ok((if with_vectors { q } else { DMatrix::zeros(0, h.ncols()) }, h))
    }
}

/// A matrix of floats, real or complex.
#[derive(Clone, Debug, PartialEq)]
pub enum Dense {
    Real(DMatrix<f64>),
    Complex(DMatrix<Complex64>),
}

/// Runs the same code on a matrix of either kind.
macro_rules! either {
    ($dense:expr, $m:ident => $body:expr) => {
        match $dense {
            $crate::kernel::linalg::Dense::Real($m) => $body,
            $crate::kernel::linalg::Dense::Complex($m) => $body,
        }
    };
}
/// Runs the same code on two matrices of one kind; the second is a `Dense` too.
macro_rules! both {
    ($a:expr, $b:expr, |$x:ident, $y:ident| $body:expr) => {
        match ($a, $b) {
            ($crate::kernel::linalg::Dense::Real($x), $crate::kernel::linalg::Dense::Real($y)) => $body,
            (a, b) => {
                let ($x, $y) = (a.into_complex(), b.into_complex());
                $body
            }
        }
    };
}
pub(crate) use {both, either};

impl Dense {
    /// The numbers of a value: an array's, a range's as a column, a number's as a 1×1 matrix. `name` is the function's or
    /// operator's, for the `MethodError` where the value holds no numbers; `argument` counts from 0.
    pub fn of(value: &Value, name: &str, argument: usize) -> Outcome<Dense> {
        if let Some(array) = as_array(value)? {
            let (rows, cols) = array.shape();
            let elements = array.elements();
            let Some(numbers) = as_numeric(&elements)? else { return Err(not_numbers(value, name, argument)) };
            return Ok(match Numeric::of(&numbers) {
                Some(Numeric::Complex) => Dense::Complex(storage(rows, cols, to_complexes(&numbers)?.into_owned())),
                _ => Dense::Real(storage(rows, cols, to_floats(&numbers)?.into_owned())),
            });
        }
        match value {
            Value::Complex(x) => Ok(Dense::Complex(storage(1, 1, vec![x.z]))),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
                Ok(Dense::Real(storage(1, 1, vec![crate::value::promote::to_float(value)?])))
            }
            _ => Err(not_numbers(value, name, argument)),
        }
    }

    /// The matrix of a function that takes square ones only.
    pub fn square(value: &Value, name: &str) -> Outcome<Dense> {
        let is_matrix = match value {
            Value::Array(array) => !array.is_vector() && array.shape().0 == array.shape().1,
            Value::Range(_) => false,
            _ => return Err(not_numbers(value, name, 0)),
        };
        if is_matrix { Dense::of(value, name, 0) } else { Err(not_square(value, name)) }
    }

    /// The matrix of a function that takes square ones, and numbers as 1×1 matrices.
    pub fn square_or_number(value: &Value, name: &str) -> Outcome<Dense> {
        match value {
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => Dense::of(value, name, 0),
            _ => Dense::square(value, name),
        }
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        either!(self, m => m.shape())
    }

    /// Are all numbers finite?
    pub fn is_finite(&self) -> bool {
        either!(self, m => scans::is_finite(m.as_slice()))
    }

    /// The same numbers as complex ones.
    pub fn into_complex(self) -> DMatrix<Complex64> {
        match self {
            Dense::Real(m) => m.map(|x| Complex64::new(x, 0.0)),
            Dense::Complex(m) => m,
        }
    }

    /// The numbers as an array of the given form.
    pub fn into_value(self, form: Form) -> Value {
        either!(self, m => array(m, form))
    }
}

/// The matrix, divided by its largest element if that is so large or small that products of elements overflow or vanish
/// (a quotient of complex numbers makes such products), and the divisor.
fn tamed<T: Scalar>(mut m: DMatrix<T>) -> (DMatrix<T>, f64) {
    let largest = scans::largest(m.as_slice());
    if largest == 0.0 || !largest.is_finite() || (1e-100..1e100).contains(&largest) {
        return (m, 1.0);
    }
    m.unscale_mut(largest);
    (m, largest)
}

/// The matrix divided by a power of two, so that its largest element is about 1, and the divisor: faer leaves out what is
/// small beside 1, not beside the matrix.
fn about_one<T: Scalar>(mut m: DMatrix<T>) -> (DMatrix<T>, f64) {
    let largest = scans::largest(m.as_slice());
    if largest == 0.0 || !largest.is_finite() {
        return (m, 1.0);
    }
    let scale = largest.log2().floor().exp2();
    m.unscale_mut(scale);
    (m, scale)
}

/// A matrix of numbers as an array.
fn array<T: Scalar>(matrix: DMatrix<T>, form: Form) -> Value {
    Value::array(Array::new(form, T::wrap(matrix)))
}

/// Labels an operand, of an operator as its side, of a call as its argument.
fn label_operand(fault: Fault, argument: usize, text: &str) -> Fault {
    let side = if argument == 0 { Part::Left } else { Part::Right };
    fault.label(side, text).label(Part::Argument(argument), text)
}

#[cold]
fn not_numbers(value: &Value, name: &str, argument: usize) -> Fault {
    let what = describe(value);
    label_operand(
        Fault::method(format!("`{name}` takes numbers and arrays of numbers, not {}", with_article(&what))),
        argument,
        &what,
    )
}

/// A function for square matrices got another.
#[cold]
pub(crate) fn not_square(value: &Value, name: &str) -> Fault {
    let what = describe(value);
    let fault = Fault::dimension(format!("`{name}` needs a square matrix, and this is {}", with_article(&what)))
        .code(Code::NotSquare);
    label_operand(fault, 0, &what).rule("a square matrix has as many rows as columns")
}

/// NaN or Inf where a decomposition would never end.
#[cold]
fn not_finite(name: &str) -> Fault {
    Fault::argument(format!("`{name}` cannot work with NaN or Inf, and the matrix holds some"))
        .hint("isfinite.(A) shows where")
}

/// A decomposition gave up.
#[cold]
fn no_convergence(name: &str) -> Fault {
    Fault::new(ErrorKind::ErrorException, format!("`{name}` did not converge for this matrix"))
}

#[cfg(test)]
mod factor_tests;
#[cfg(test)]
mod tests;
