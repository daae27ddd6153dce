//! The singular value decomposition: of small matrices by one-sided Jacobi, which is exact to rounding for every matrix
//! and always ends; of large ones by faer.

use super::solve::multiplied;
use super::transposed::adjoint_of;
use super::{Scalar, dqds, householder, no_convergence, spectral, tamed};
use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::blocked;
use nalgebra::DMatrix;

/// `U * Diagonal(values) * V'`, thin: as many values as the smaller side, the largest first.
pub struct Svd<T: nalgebra::Scalar> {
    pub u: DMatrix<T>,
    pub values: Vec<f64>,
    pub v: DMatrix<T>,
}

/// Up to this smaller side Jacobi is the faster way.
const SMALL: usize = 8;

/// Jacobi converges quadratically: ten sweeps are many.
const MOST_SWEEPS: usize = 60;

/// The thin singular value decomposition. `name` is the function that asked, for the faults.
pub fn svd<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<Svd<T>> {
    let (rows, cols) = matrix.shape();
    if rows == 0 || cols == 0 {
        return Ok(Svd { u: DMatrix::zeros(rows, 0), values: Vec::new(), v: DMatrix::zeros(cols, 0) });
    }
    spectral::check_finite(&matrix, name)?;
    let (matrix, scale) = tamed(matrix);
    let mut found = if rows.min(cols) <= SMALL {
        jacobi(matrix, name, true)?
    } else {
        let (u, values, v) = blocked::singular(matrix, true)?.ok_or_else(|| no_convergence(name))?;
        Svd { u, values, v }
    };
    found.values.iter_mut().for_each(|x| *x *= scale);
    normalize_signs(&mut found);
    Ok(found)
}

/// The singular values alone, the largest first.
pub fn singular_values<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<Vec<f64>> {
    if matrix.is_empty() {
        return Ok(Vec::new());
    }
    spectral::check_finite(&matrix, name)?;
    let (matrix, scale) = tamed(matrix);
    let matrix = if matrix.nrows() < matrix.ncols() { adjoint_of(&matrix)? } else { matrix };
    let (rows, cols) = matrix.shape();
    let found = if cols <= SMALL {
        Some(jacobi(matrix, name, false)?.values)
    } else if rows > 2 * cols {
        // A QR factorisation goes first.
        blocked::singular(matrix, false)?.map(|(_, values, _)| values)
    } else {
        let (diagonal, above) = T::bidiagonal(matrix)?;
        dqds::singular_values(&diagonal, &above)?
    };
    let mut values = found.ok_or_else(|| no_convergence(name))?;
    values.iter_mut().for_each(|x| *x *= scale);
    Ok(values)
}

/// Gives the columns of V their normal signs, and those of U the same.
fn normalize_signs<T: Scalar>(found: &mut Svd<T>) {
    for k in 0..found.values.len() {
        let phase = spectral::normal_phase(found.v.column(k).as_slice());
        for mut column in [found.v.column_mut(k), found.u.column_mut(k)] {
            column.iter_mut().for_each(|x| *x = spectral::with_phase(*x, phase));
        }
    }
}

/// Rotates pairs of columns until all are orthogonal: their lengths are then the singular values. Without vectors U and V
/// mean nothing.
fn jacobi<T: Scalar>(matrix: DMatrix<T>, name: &str, with_vectors: bool) -> Outcome<Svd<T>> {
    if matrix.nrows() < matrix.ncols() {
        let turned = jacobi(adjoint_of(&matrix)?, name, with_vectors)?;
        return Ok(Svd { u: turned.v, values: turned.values, v: turned.u });
    }
    if matrix.nrows() > matrix.ncols() {
        let (q, r) = householder::qr(matrix)?;
        let inner = jacobi(r, name, with_vectors)?;
        return Ok(if with_vectors { Svd { u: multiplied(&q, &inner.u)?, ..inner } } else { inner });
    }
    let size = matrix.ncols();
    // Columns shorter than this are rounding errors of the longer ones, and have no direction of their own.
    let noise = matrix.norm() * f64::EPSILON;
    // Rows that are not there need not be rotated.
    let (mut w, mut v) = (matrix, DMatrix::<T>::identity(if with_vectors { size } else { 0 }, size));
    let mut sweeps = 0;
    while sweep(&mut w, &mut v, noise)? {
        sweeps += 1;
        if sweeps == MOST_SWEEPS {
            return Err(no_convergence(name));
        }
    }
    let lengths: Vec<f64> = (0..size).map(|k| w.column(k).norm()).collect();
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|a, b| lengths[*b].total_cmp(&lengths[*a]));
    let values: Vec<f64> = order.iter().map(|k| lengths[*k]).collect();
    if !with_vectors {
        return Ok(Svd { u: w, values, v });
    }
    let mut u = w.select_columns(&order);
    complete(&mut u, &values, noise);
    Ok(Svd { u, values, v: v.select_columns(&order) })
}

/// One pass over all pairs; true if one was not orthogonal yet.
fn sweep<T: Scalar>(w: &mut DMatrix<T>, v: &mut DMatrix<T>, noise: f64) -> Outcome<bool> {
    let size = w.ncols();
    let tolerance = f64::EPSILON * size.max(4) as f64;
    let mut rotated = false;
    for p in 0..size {
        interrupt::check()?;
        for q in p + 1..size {
            let (a, b) = (w.column(p).norm(), w.column(q).norm());
            let c = w.column(p).dotc(&w.column(q));
            let size_of_c = c.modulus();
            if a.min(b) <= noise || size_of_c <= tolerance * a * b {
                continue;
            }
            rotated = true;
            let zeta = (b - a) * (b + a) / (2.0 * size_of_c);
            // No square overflows: the columns are longer than noise.
            let tangent = zeta.signum() / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
            let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
            let sine = c.unscale(size_of_c).scale(cosine * tangent);
            rotate(w, p, q, cosine, sine);
            rotate(v, p, q, cosine, sine);
        }
    }
    Ok(rotated)
}

/// Turns the columns p and q against each other; `sine` carries the phase of their inner product.
fn rotate<T: Scalar>(m: &mut DMatrix<T>, p: usize, q: usize, cosine: f64, sine: T) {
    for i in 0..m.nrows() {
        let (x, y) = (m[(i, p)], m[(i, q)]);
        m[(i, p)] = x.scale(cosine) - y * sine.conjugate();
        m[(i, q)] = x * sine + y.scale(cosine);
    }
}

/// Makes unit vectors of the columns; those that are noise become whatever is orthogonal to the others.
fn complete<T: Scalar>(u: &mut DMatrix<T>, lengths: &[f64], noise: f64) {
    let size = u.nrows();
    let mut axis = 0;
    for (k, length) in lengths.iter().enumerate() {
        if *length > noise {
            u.column_mut(k).unscale_mut(*length);
            continue;
        }
        // The columns before this one leave room for at least one of the axes.
        while axis < size {
            let mut candidate = nalgebra::DVector::<T>::zeros(size);
            candidate[axis] = T::one();
            axis += 1;
            for _ in 0..2 {
                for j in 0..k {
                    let part = u.column(j).dotc(&candidate);
                    candidate.axpy(-part, &u.column(j), T::one());
                }
            }
            let length = candidate.norm();
            if length > 1e-3 / size as f64 {
                candidate.unscale_mut(length);
                u.set_column(k, &candidate);
                break;
            }
        }
    }
}
