//! Eigenvalues of Hermitian matrices, of small ones by nalgebra, which never ends on NaN, of large ones by their
//! tridiagonal form and faer; and signs of vectors that do not depend on the way of computing.
//!
//! Vectors that are determined up to their sign (eigenvectors, singular vectors, the basis of a null space) get the one
//! for which the element of largest absolute value is positive; of several equally large ones the last. A complex vector
//! is turned until its first such element is real and positive.

use super::{Scalar, about_one, householder, no_convergence, not_finite, scans, tridiagonal};
use crate::fault::Outcome;
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

/// From this size on eigenvalues and vectors are found faster by the tridiagonal form than by nalgebra: at 16 that took
/// 12 µs and this 16, at 33 55 and 72, at 64 300 and 277.
const BLOCKED: usize = 56;
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
        let (matrix, scale) = about_one(matrix);
        let found = if with_vectors { T::hermitian_eigen(matrix)? } else { values_alone(matrix)? };
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
    let (mut diagonal, mut beside) = T::tridiagonal(matrix)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Complex64;

    /// The vectors give the matrix back, whatever its scale.
    fn assert_eigen<T: Scalar>(name: &str, matrix: &DMatrix<T>) {
        let (size, largest) = (matrix.nrows(), matrix.iter().map(|x| x.modulus()).fold(f64::MIN_POSITIVE, f64::max));
        let (values, vectors) = hermitian_eigen(matrix.clone(), "eigen").expect("finite");
        let (alone, _) = hermitian_parts(matrix.clone(), "eigvals", false).expect("finite");
        let of_columns = DMatrix::from_fn(size, size, |i, j| vectors[(i, j)].scale(values[j]));
        let rest = matrix * &vectors - of_columns;
        let most = |m: &DMatrix<T>| m.iter().map(|x| x.modulus()).fold(0.0, f64::max);
        let slight = 1e-14 * size as f64;
        assert!(most(&rest) <= slight * largest, "{name} leaves {:e} of {size} rows", most(&rest) / largest);
        let gram = vectors.adjoint() * &vectors - DMatrix::identity(size, size);
        assert!(most(&gram) <= slight, "{name} of {size} rows: {:e}", most(&gram));
        assert!(values.is_sorted(), "{name} of {size} rows");
        let differs = values.iter().zip(&alone).any(|(x, y)| (x - y).abs() > slight * largest);
        assert!(!differs, "{name} of {size} rows: values alone are others");
    }

    #[test]
    fn matrices_of_every_kind_and_scale() {
        for size in [1, 2, 3, 63, 64, 65, 66, 200, 300] {
            let wave = DMatrix::from_fn(size, size, |i, j| ((i * j) as f64).sin() + ((i + j) as f64).cos());
            let turned =
                DMatrix::from_fn(size, size, |i, j| Complex64::new(((i * j) as f64).sin(), i as f64 - j as f64));
            for scale in [1.0, 1e-8, 1e-20, 1e20, 1e-160, 1e160] {
                assert_eigen(&format!("waves of {scale:e}"), &(&wave * scale));
                assert_eigen(&format!("complex numbers of {scale:e}"), &turned.map(|z| z.scale(scale)));
            }
            assert_eigen("zeros", &DMatrix::<f64>::zeros(size, size));
            assert_eigen("the identity", &DMatrix::<f64>::identity(size, size));
            assert_eigen("ones", &DMatrix::from_element(size, size, 1.0));
            assert_eigen(
                "a diagonal",
                &DMatrix::from_fn(size, size, |i, j| if i == j { (i % 7) as f64 - 3.0 } else { 0.0 }),
            );
            assert_eigen("few values", &DMatrix::from_fn(size, size, |i, j| f64::from(u8::from(i % 5 == j % 5))));
            assert_eigen("Hilbert", &DMatrix::from_fn(size, size, |i, j| 1.0 / (i + j + 1) as f64));
        }
    }
}
