//! Safe doors to nalgebra's eigenvalue iterations: finite matrices only, and a bound on the steps.

use super::{Scalar, no_convergence, not_finite};
use crate::fault::Outcome;
use crate::value::Complex64;
use nalgebra::DMatrix;
use nalgebra::linalg::{Schur, SymmetricEigen};

/// Steps after which an iteration is given up; matrices that converge need about two per row.
pub(super) fn most_steps(size: usize) -> usize {
    1000 + 100 * size
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
    Ok((values, found.eigenvectors.select_columns(&order)))
}

/// `Q` and upper triangular `T` with `A = Q * T * Q'`, complex.
pub fn complex_schur(matrix: DMatrix<Complex64>, name: &str) -> Outcome<(DMatrix<Complex64>, DMatrix<Complex64>)> {
    let size = matrix.nrows();
    if size == 0 {
        return Ok((matrix.clone(), matrix));
    }
    check_finite(&matrix, name)?;
    if let Some(found) = Schur::try_new(matrix.clone(), f64::EPSILON, most_steps(size)) {
        return Ok(found.unpack());
    }
    // The iteration stands still on some symmetric patterns, a cyclic permutation for one: turned, they have none.
    let uneven = |i: usize, j: usize| Complex64::new(((1 + i + 3 * j * j) as f64).sin(), 0.0);
    let turn = DMatrix::from_fn(size, size, uneven).qr().q();
    let turned = turn.adjoint() * matrix * &turn;
    let found = Schur::try_new(turned, f64::EPSILON, most_steps(size)).ok_or_else(|| no_convergence(name))?;
    let (q, t) = found.unpack();
    Ok((turn * q, t))
}

/// A fault if a number is NaN or infinite: the iterations would never end.
pub(super) fn check_finite<T: Scalar>(matrix: &DMatrix<T>, name: &str) -> Outcome<()> {
    if matrix.iter().all(|x| x.is_finite()) { Ok(()) } else { Err(not_finite(name)) }
}
