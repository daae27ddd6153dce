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

/// From this size on faer's way to the tridiagonal form is faster than all of nalgebra's.
const BLOCKED: usize = 24;
/// From this size on faer finds the eigenvectors of the tridiagonal form faster, by dividing, than QL steps do.
const DIVIDED: usize = 128;

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
    let (values, mut vectors) = if size < BLOCKED {
        unblocked_eigen(matrix).ok_or_else(|| no_convergence(name))?
    } else {
        let (matrix, scale) = tamed(matrix);
        let found = if with_vectors && size >= DIVIDED {
            blocked::hermitian(matrix)?
        } else {
            stepwise_eigen(matrix, with_vectors)?
        };
        let (values, vectors) = found.ok_or_else(|| no_convergence(name))?;
        (values.into_iter().map(|x| x * scale).collect(), vectors)
    };
    normalize_signs(&mut vectors, 0);
    Ok((values, vectors))
}

fn unblocked_eigen<T: Scalar>(matrix: DMatrix<T>) -> Option<(Vec<f64>, DMatrix<T>)> {
    let size = matrix.nrows();
    let found = SymmetricEigen::try_new(matrix, f64::EPSILON, MOST_STEPS * size)?;
    Some(ascending(found.eigenvalues.as_slice(), &found.eigenvectors))
}

/// By the tridiagonal form; vectors without rows if they are not wanted.
fn stepwise_eigen<T: Scalar>(matrix: DMatrix<T>, with_vectors: bool) -> Outcome<Option<(Vec<f64>, DMatrix<T>)>> {
    let mut form = blocked::tridiagonal(matrix, with_vectors)?;
    let converges = tridiagonal::diagonalize(&mut form.diagonal, &mut form.beside, &mut form.q)?;
    Ok(converges.then(|| ascending(&form.diagonal, &form.q)))
}

/// The values in ascending order, and their vectors.
fn ascending<T: Scalar>(values: &[f64], vectors: &DMatrix<T>) -> (Vec<f64>, DMatrix<T>) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    (order.iter().map(|k| values[*k]).collect(), vectors.select_columns(&order))
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
