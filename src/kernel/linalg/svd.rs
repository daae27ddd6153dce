//! The singular value decomposition: one-sided Jacobi, which is exact to rounding for every matrix and always ends; for
//! large matrices nalgebra's, which is faster but wrong for some of deficient rank, so that its answer is checked.

use super::solve::multiplied;
use super::{Scalar, householder, no_convergence, spectral, tamed};
use crate::fault::Outcome;
use crate::interrupt;
use nalgebra::DMatrix;
use nalgebra::linalg::SVD;

/// `U * Diagonal(values) * Vt`, thin: as many values as the smaller side, the largest first.
pub struct Svd<T: nalgebra::Scalar> {
    pub u: DMatrix<T>,
    pub values: Vec<f64>,
    pub vt: DMatrix<T>,
}

/// Up to this smaller side Jacobi is fast enough.
const SMALL: usize = 48;

/// Jacobi converges quadratically: ten sweeps are many.
const MOST_SWEEPS: usize = 60;

/// The thin singular value decomposition. `name` is the function that asked, for the faults.
pub fn svd<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<Svd<T>> {
    let (rows, cols) = matrix.shape();
    if rows == 0 || cols == 0 {
        return Ok(Svd { u: DMatrix::zeros(rows, 0), values: Vec::new(), vt: DMatrix::zeros(0, cols) });
    }
    spectral::check_finite(&matrix, name)?;
    let (matrix, scale) = tamed(matrix);
    let mut found = match fast(&matrix)? {
        Some(found) => found,
        None => jacobi(matrix, name)?,
    };
    found.values.iter_mut().for_each(|x| *x *= scale);
    normalize_signs(&mut found);
    Ok(found)
}

/// Gives the columns of V, which are the rows of `vt`, their normal signs, and those of U the same.
fn normalize_signs<T: Scalar>(found: &mut Svd<T>) {
    for k in 0..found.values.len() {
        let right: Vec<T> = found.vt.row(k).iter().map(|x| x.conjugate()).collect();
        let phase = spectral::normal_phase(&right);
        found.vt.row_mut(k).iter_mut().for_each(|x| *x = spectral::with_phase(*x, phase.conjugate()));
        found.u.column_mut(k).iter_mut().for_each(|x| *x = spectral::with_phase(*x, phase));
    }
}

/// nalgebra's answer for a large matrix, if it is right.
fn fast<T: Scalar>(matrix: &DMatrix<T>) -> Outcome<Option<Svd<T>>> {
    let (rows, cols) = matrix.shape();
    if rows.min(cols) <= SMALL {
        return Ok(None);
    }
    let steps = spectral::most_steps(rows.max(cols));
    let Some(SVD { u: Some(u), v_t: Some(vt), singular_values }) =
        SVD::try_new(matrix.clone(), true, true, 5.0 * f64::EPSILON, steps)
    else {
        return Ok(None);
    };
    let mut scaled = u.clone();
    for (k, value) in singular_values.iter().enumerate() {
        scaled.column_mut(k).scale_mut(*value);
    }
    let distance = (multiplied(&scaled, &vt)? - matrix).norm();
    let skewness = |product: DMatrix<T>| (&product - DMatrix::<T>::identity(product.nrows(), product.ncols())).norm();
    let tolerance = 1e-13 * rows.max(cols) as f64;
    let is_right = distance <= tolerance * matrix.norm()
        && skewness(multiplied(&u.adjoint(), &u)?) <= tolerance
        && skewness(multiplied(&vt, &vt.adjoint())?) <= tolerance;
    Ok(is_right.then(|| Svd { u, values: singular_values.iter().copied().collect(), vt }))
}

/// Rotates pairs of columns until all are orthogonal: their lengths are then the singular values.
fn jacobi<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<Svd<T>> {
    if matrix.nrows() < matrix.ncols() {
        let turned = jacobi(matrix.adjoint(), name)?;
        return Ok(Svd { u: turned.vt.adjoint(), values: turned.values, vt: turned.u.adjoint() });
    }
    if matrix.nrows() > matrix.ncols() {
        let (q, r) = householder::qr(matrix)?;
        let inner = jacobi(r, name)?;
        return Ok(Svd { u: multiplied(&q, &inner.u)?, ..inner });
    }
    let size = matrix.ncols();
    // Columns shorter than this are rounding errors of the longer ones, and have no direction of their own.
    let noise = matrix.norm() * f64::EPSILON;
    let (mut w, mut v) = (matrix, DMatrix::<T>::identity(size, size));
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
    let mut u = w.select_columns(&order);
    complete(&mut u, &values, noise);
    Ok(Svd { u, values, vt: v.select_columns(&order).adjoint() })
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
            let tangent = zeta.signum() / (zeta.abs() + zeta.hypot(1.0));
            let cosine = 1.0 / tangent.hypot(1.0);
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
