//! Safe doors to nalgebra's iterative decompositions: finite matrices only, a bound on the steps, and signs that do not
//! depend on the way of computing.
//!
//! Vectors that are determined up to their sign (eigenvectors, singular vectors, the basis of a null space) get the one
//! for which the element of largest absolute value is positive; of several equally large ones the last. A complex vector
//! is turned until its first such element is real and positive.

use super::{Scalar, householder, no_convergence, not_finite};
use crate::fault::Outcome;
use crate::value::Complex64;
use nalgebra::DMatrix;
use nalgebra::linalg::{Schur, SymmetricEigen};

/// Steps after which an iteration is given up; matrices that converge need about two per row.
pub(super) fn most_steps(size: usize) -> usize {
    1000 + 100 * size
}

/// Orthonormal columns beside given ones, until there are as many columns as rows; the new ones with the normal sign.
pub(super) fn completed<T: Scalar>(basis: &DMatrix<T>) -> Outcome<DMatrix<T>> {
    let mut all = householder::complete(basis)?;
    normalize_signs(&mut all, basis.ncols());
    Ok(all)
}

/// Eigenvalues, ascending, and orthonormal eigenvectors of a Hermitian matrix.
pub fn hermitian_eigen<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<(Vec<f64>, DMatrix<T>)> {
    let size = matrix.nrows();
    if size == 0 {
        return Ok((Vec::new(), matrix));
    }
    check_finite(&matrix, name)?;
    let found = SymmetricEigen::try_new(matrix, f64::EPSILON, most_steps(size)).ok_or_else(|| no_convergence(name))?;
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|a, b| found.eigenvalues[*a].total_cmp(&found.eigenvalues[*b]));
    let values = order.iter().map(|k| found.eigenvalues[*k]).collect();
    let mut vectors = found.eigenvectors.select_columns(&order);
    normalize_signs(&mut vectors, 0);
    Ok((values, vectors))
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
    // Elements that differ by rounding only count as equally large.
    let least = v.iter().map(|x| x.modulus()).fold(0.0, f64::max) * (1.0 - 1e-9);
    let is_large = |x: &&T| x.modulus() >= least;
    let is_real = v.iter().all(|x| x.imaginary() == 0.0);
    let pivot = if is_real { v.iter().rfind(is_large) } else { v.iter().find(is_large) };
    match pivot {
        Some(x) if !x.is_zero() => x.conjugate().unscale(x.modulus()),
        _ => T::one(),
    }
}

/// `Z` and `T` with `A = Z * T * Z'`: T is upper triangular but for 2×2 blocks of a real matrix with complex eigenvalues.
pub(super) fn schur<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<(DMatrix<T>, DMatrix<T>)> {
    let size = matrix.nrows();
    check_finite(&matrix, name)?;
    if super::solve::is_upper(&matrix) {
        return Ok((DMatrix::identity(size, size), matrix));
    }
    if let Some(found) = Schur::try_new(matrix.clone(), f64::EPSILON, most_steps(size)) {
        return Ok(found.unpack());
    }
    // The iteration stands still on some symmetric patterns, a cyclic permutation for one: turned, they have none.
    let uneven = |i: usize, j: usize| T::from_real(((1 + i + 3 * j * j) as f64).sin());
    let turn = DMatrix::from_fn(size, size, uneven).qr().q();
    let turned = turn.adjoint() * matrix * &turn;
    let found = Schur::try_new(turned, f64::EPSILON, most_steps(size)).ok_or_else(|| no_convergence(name))?;
    let (z, t) = found.unpack();
    Ok((turn * z, t))
}

/// `Q` and upper triangular `T` with `A = Q * T * Q'`, complex.
pub fn complex_schur(matrix: DMatrix<Complex64>, name: &str) -> Outcome<(DMatrix<Complex64>, DMatrix<Complex64>)> {
    if matrix.iter().all(|z| z.im == 0.0) {
        let (z, t) = schur(matrix.map(|z| z.re), name)?;
        return Ok(triangular_schur(&z, &t));
    }
    schur(matrix, name)
}

/// The complex Schur form from the real one: a rotation for each block on the diagonal.
pub(super) fn triangular_schur(z: &DMatrix<f64>, t: &DMatrix<f64>) -> (DMatrix<Complex64>, DMatrix<Complex64>) {
    let mut z = z.map(|x| Complex64::new(x, 0.0));
    let mut t = t.map(|x| Complex64::new(x, 0.0));
    for k in (1..t.nrows()).rev() {
        let below = t[(k, k - 1)];
        if below.re == 0.0 {
            continue;
        }
        let (value, _) = eigenvalues_of_block(&t, k);
        let away = value - t[(k, k)];
        let length = away.norm().hypot(below.norm());
        let (cos, sin) = (away / length, below / length);
        let rotated = |x: Complex64, y: Complex64, cos: Complex64| (cos * x + sin * y, cos.conj() * y - sin * x);
        for j in k - 1..t.ncols() {
            (t[(k - 1, j)], t[(k, j)]) = rotated(t[(k - 1, j)], t[(k, j)], cos.conj());
        }
        for i in 0..=k {
            (t[(i, k - 1)], t[(i, k)]) = rotated(t[(i, k - 1)], t[(i, k)], cos);
        }
        for i in 0..z.nrows() {
            (z[(i, k - 1)], z[(i, k)]) = rotated(z[(i, k - 1)], z[(i, k)], cos);
        }
        t[(k, k - 1)] = Complex64::new(0.0, 0.0);
    }
    (z, t)
}

/// The two eigenvalues of the block in rows and columns k - 1 and k of a matrix that is real there; a complex pair is
/// exactly conjugate, the one above the real axis first.
fn eigenvalues_of_block(t: &DMatrix<Complex64>, k: usize) -> (Complex64, Complex64) {
    let (a, b, c, d) = (t[(k - 1, k - 1)].re, t[(k - 1, k)].re, t[(k, k - 1)].re, t[(k, k)].re);
    let (middle, half) = (0.5 * (a + d), 0.5 * (a - d));
    let square = half * half + b * c;
    if square < 0.0 {
        let (above, below) = ((-square).sqrt(), -(-square).sqrt());
        return (Complex64::new(middle, above), Complex64::new(middle, below));
    }
    let far = half + square.sqrt().copysign(half);
    let (first, second) = (d + far, if far == 0.0 { d } else { d - b * c / far });
    (Complex64::new(first, 0.0), Complex64::new(second, 0.0))
}

/// The eigenvalues in the order of the diagonal of a real Schur form.
pub(super) fn eigenvalues_of_real_schur(t: &DMatrix<f64>) -> Vec<Complex64> {
    let complex = t.map(|x| Complex64::new(x, 0.0));
    let mut values = Vec::with_capacity(t.nrows());
    let mut k = 0;
    while k < t.nrows() {
        if k + 1 < t.nrows() && t[(k + 1, k)] != 0.0 {
            let (first, second) = eigenvalues_of_block(&complex, k + 1);
            values.extend([first, second]);
            k += 2;
        } else {
            values.push(complex[(k, k)]);
            k += 1;
        }
    }
    values
}

/// A fault if a number is NaN or infinite: the iterations would never end.
pub(super) fn check_finite<T: Scalar>(matrix: &DMatrix<T>, name: &str) -> Outcome<()> {
    if matrix.iter().all(|x| x.is_finite()) { Ok(()) } else { Err(not_finite(name)) }
}
