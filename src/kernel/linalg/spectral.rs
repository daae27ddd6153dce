//! Eigenvalues of Hermitian matrices, of small ones by nalgebra, which never ends on NaN, of large ones by faer; and signs
//! of vectors that do not depend on the way of computing.
//!
//! Vectors that are determined up to their sign (eigenvectors, singular vectors, the basis of a null space) get the one
//! for which the element of largest absolute value is positive; of several equally large ones the last. A complex vector
//! is turned until its first such element is real and positive.

use super::{Scalar, householder, no_convergence, not_finite, scans, tamed, tridiagonal};
use crate::fault::Outcome;
use crate::kernel::blocked;
use nalgebra::DMatrix;
use nalgebra::linalg::SymmetricEigen;

/// Steps for a row after which an iteration is given up; matrices that converge need about two.
const MOST_STEPS: usize = 1000;

/// Orthonormal columns beside given ones, until there are as many columns as rows; the new ones with the normal sign.
pub(super) fn completed<T: Scalar>(basis: &DMatrix<T>) -> Outcome<DMatrix<T>> {
    let mut all = householder::complete(basis)?;
    normalize_signs(&mut all, basis.ncols());
    Ok(all)
}

/// From this size on faer finds eigenvalues and vectors of Hermitian matrices faster than nalgebra: at 16 nalgebra took
/// 10 µs of its 17, at 64 they were level, at 256 faer was 2.2 times as fast.
const BLOCKED: usize = 64;
/// From this size on values alone are found faster by the tridiagonal form.
const BLOCKED_VALUES: usize = 24;

/// Eigenvalues, ascending, and orthonormal eigenvectors of a Hermitian matrix.
pub(super) fn hermitian_eigen<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<(Vec<f64>, DMatrix<T>)> {
    hermitian_parts(matrix, name, true)
}

/// The same; the vectors mean nothing if they are not wanted.
pub(super) fn hermitian_parts<T: Scalar>(
    matrix: DMatrix<T>,
    name: &str,
    with_vectors: bool,
) -> Outcome<(Vec<f64>, DMatrix<T>)> {
    let size = matrix.nrows();
    if size == 0 {
        return Ok((Vec::new(), matrix));
    }
    check_finite(&matrix, name)?;
    let (values, mut vectors) = if size < if with_vectors { BLOCKED } else { BLOCKED_VALUES } {
        unblocked_eigen(matrix).ok_or_else(|| no_convergence(name))?
    } else {
        let (matrix, scale) = tamed(matrix);
        let found = if with_vectors { blocked::hermitian(matrix)? } else { values_alone(matrix)? };
        let (values, vectors) = found.ok_or_else(|| no_convergence(name))?;
        (values.into_iter().map(|x| x * scale).collect(), vectors)
    };
    normalize_signs(&mut vectors, 0);
    Ok((values, vectors))
}

fn unblocked_eigen<T: Scalar>(matrix: DMatrix<T>) -> Option<(Vec<f64>, DMatrix<T>)> {
    let size = matrix.nrows();
    let found = SymmetricEigen::try_new(matrix, f64::EPSILON, MOST_STEPS * size)?;
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|a, b| found.eigenvalues[*a].total_cmp(&found.eigenvalues[*b]));
    let values = order.iter().map(|k| found.eigenvalues[*k]).collect();
    Some((values, found.eigenvectors.select_columns(&order)))
}

/// By the tridiagonal form; vectors without rows.
fn values_alone<T: Scalar>(matrix: DMatrix<T>) -> Outcome<Option<(Vec<f64>, DMatrix<T>)>> {
    let size = matrix.nrows();
    let (mut diagonal, mut beside) = blocked::tridiagonal(matrix)?;
    let converges = tridiagonal::eigenvalues(&mut diagonal, &mut beside)?;
    Ok(converges.then(|| (diagonal, DMatrix::zeros(0, size))))
}

/// Gives the columns from `first` on their normal sign.
pub(super) fn normalize_signs<T: Scalar>(m: &mut DMatrix<T>, first: usize) {
    for k in first..m.ncols() {
        let mut column = m.column_mut(k);
        let phase = normal_phase(column.as_slice());
        column.iter_mut().for_each(|x| *x = with_phase(*x, phase));
    }
}

/// `x * phase`, without negative zeros.
pub(super) fn with_phase<T: Scalar>(x: T, phase: T) -> T {
    x * phase + T::zero()
}

/// The number of absolute value 1 that gives a vector its normal sign.
pub(super) fn normal_phase<T: Scalar>(v: &[T]) -> T {
    // No absolute value is larger than the sum of its parts: few are computed.
    let part = scans::largest(v);
    let largest = v.iter().filter(|x| x.norm1() >= part).map(|x| x.modulus()).fold(0.0, f64::max);
    // Elements that differ by rounding only count as equally large.
    let least = largest * (1.0 - 1e-9);
    let is_large = |x: &&T| x.norm1() >= least && x.modulus() >= least;
    let is_real = v.iter().all(|x| x.imaginary() == 0.0);
    let pivot = if is_real { v.iter().rfind(is_large) } else { v.iter().find(is_large) };
    match pivot {
        Some(x) if !x.is_zero() => x.conjugate().unscale(x.modulus()),
        _ => T::one(),
    }
}

/// A fault if a number is NaN or infinite: the iterations would never end.
pub(super) fn check_finite<T: Scalar>(matrix: &DMatrix<T>, name: &str) -> Outcome<()> {
    if scans::is_finite(matrix.as_slice()) { Ok(()) } else { Err(not_finite(name)) }
}
