//! Safe doors to nalgebra's iterative decompositions: finite matrices only, and a bound on the steps.

use super::{Scalar, no_convergence, not_finite};
use crate::fault::Outcome;
use crate::value::Complex64;
use nalgebra::DMatrix;
use nalgebra::linalg::{SVD, Schur, SymmetricEigen};

/// Steps after which an iteration is given up; matrices that converge need about two per row.
fn most_steps(size: usize) -> usize {
    1000 + 100 * size
}

/// `U * Diagonal(values) * Vt`, thin: as many values as the smaller side, the largest first.
pub struct Svd<T: nalgebra::Scalar> {
    pub u: DMatrix<T>,
    pub values: Vec<f64>,
    pub vt: DMatrix<T>,
}

/// The thin singular value decomposition. `name` is the function that asked, for the faults.
pub fn svd<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<Svd<T>> {
    let (rows, cols) = matrix.shape();
    if rows == 0 || cols == 0 {
        let (u, vt) = (DMatrix::zeros(rows, 0), DMatrix::zeros(0, cols));
        return Ok(Svd { u, values: Vec::new(), vt });
    }
    check_finite(&matrix, name)?;
    let steps = most_steps(rows.max(cols));
    let found = SVD::try_new(matrix, true, true, 5.0 * f64::EPSILON, steps).ok_or_else(|| no_convergence(name))?;
    match (found.u, found.v_t) {
        (Some(u), Some(vt)) => Ok(Svd { u, values: found.singular_values.iter().copied().collect(), vt }),
        _ => Err(no_convergence(name)),
    }
}

/// Eigenvalues, ascending, and orthonormal eigenvectors of a Hermitian matrix.
pub(super) fn hermitian_eigen<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<(Vec<f64>, DMatrix<T>)> {
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
pub(super) fn complex_schur(
    matrix: DMatrix<Complex64>,
    name: &str,
) -> Outcome<(DMatrix<Complex64>, DMatrix<Complex64>)> {
    let size = matrix.nrows();
    if size == 0 {
        return Ok((matrix.clone(), matrix));
    }
    check_finite(&matrix, name)?;
    let found = Schur::try_new(matrix, f64::EPSILON, most_steps(size)).ok_or_else(|| no_convergence(name))?;
    Ok(found.unpack())
}

fn check_finite<T: Scalar>(matrix: &DMatrix<T>, name: &str) -> Outcome<()> {
    if matrix.iter().all(|x| x.is_finite()) { Ok(()) } else { Err(not_finite(name)) }
}
