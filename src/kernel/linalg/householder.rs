//! Householder reflections with LAPACK's signs, and what they make: the QR factorisation and the Hessenberg form.

use super::{Scalar, norms};
use crate::fault::Outcome;
use crate::interrupt;
use nalgebra::DMatrix;
use pulp::Arch;
use smallvec::{SmallVec, smallvec};
use std::ops::Range;

/// A vector of few elements; the reflections of a QR step have three.
pub(super) type Axis<T> = SmallVec<[T; 3]>;

/// `H = I - tau * v * v'`, which takes `x` to `beta` times the first axis when its adjoint is applied. It works on the
/// rows (or columns) from `first` on.
pub(super) struct Reflection<T> {
    first: usize,
    v: Axis<T>,
    pub tau: T,
    pub beta: T,
}

impl<T: Scalar> Reflection<T> {
    /// The reflection of a vector that is not empty; none is needed (`tau` is zero) if it points along the axis.
    pub fn of(x: &[T], first: usize) -> Reflection<T> {
        let alpha = x[0];
        let squares: f64 = x[1..].iter().map(|x| x.modulus_squared()).sum();
        let square = squares + alpha.modulus_squared();
        let size = if squares > 1e-200 && square < 1e200 {
            square.sqrt()
        } else {
            let rest = norms::of_sizes(x.len() - 1, || x[1..].iter().map(|x| x.modulus()), 2.0);
            if rest == 0.0 && alpha.imaginary() == 0.0 {
                return Reflection { first, v: Axis::new(), tau: T::zero(), beta: alpha };
            }
            alpha.modulus().hypot(rest)
        };
        if !(1e-100..1e100).contains(&size) && size.is_finite() {
            // Brought near 1, because a quotient of complex numbers squares them.
            let scaled: Axis<T> = x.iter().map(|x| x.unscale(size)).collect();
            let found = Reflection::of(&scaled, first);
            return Reflection { beta: found.beta.scale(size), ..found };
        }
        // The sign that avoids cancellation in alpha - beta.
        let beta = T::from_real(-size.copysign(alpha.real()));
        let scale = alpha - beta;
        let mut v: Axis<T> = x.iter().map(|x| *x / scale).collect();
        v[0] = T::one();
        Reflection { first, v, tau: (beta - alpha) / beta, beta }
    }

    /// `m = H * m` with this `tau`, in some columns; with the conjugate one, `H' * m`.
    pub fn apply_left(&self, m: &mut DMatrix<T>, columns: Range<usize>, tau: T) {
        if tau.is_zero() {
            return;
        }
        let height = m.nrows();
        let items = &mut m.as_mut_slice()[columns.start * height..columns.end * height];
        if let [_, v1, v2] = self.v[..] {
            return left_of_three(items, height, self.first, [v1, v2], tau);
        }
        for column in items.chunks_exact_mut(height) {
            let rows = &mut column[self.first..];
            let inner: T = rows.iter().zip(&self.v).fold(T::zero(), |sum, (x, v)| sum + v.conjugate() * *x);
            rows.iter_mut().zip(&self.v).for_each(|(x, v)| *x -= tau * inner * *v);
        }
    }

    /// `m = m * H`, in some rows.
    pub fn apply_right(&self, m: &mut DMatrix<T>, rows: Range<usize>) {
        if self.tau.is_zero() || rows.is_empty() {
            return;
        }
        let height = m.nrows();
        let items = &mut m.as_mut_slice()[self.first * height..];
        let tau = self.tau;
        if let [_, v1, v2] = self.v[..] {
            return Arch::new().dispatch(|| right_of_three(items, height, rows, [v1, v2], tau));
        }
        // Without memory of its own for a small matrix.
        let mut inner: SmallVec<[T; 8]> = smallvec![T::zero(); rows.len()];
        for (column, v) in items.chunks_exact(height).zip(&self.v) {
            inner.iter_mut().zip(&column[rows.clone()]).for_each(|(sum, x)| *sum += *x * *v);
        }
        for (column, v) in items.chunks_exact_mut(height).zip(&self.v) {
            let factor = tau * v.conjugate();
            column[rows.clone()].iter_mut().zip(&inner).for_each(|(x, sum)| *x -= *sum * factor);
        }
    }
}

/// `H * m` for the reflection of three rows from `first` on along `(1, v1, v2)`, as QR steps make one after another: `items`
/// are the columns, of `rows` elements, that change.
fn left_of_three<T: Scalar>(items: &mut [T], rows: usize, first: usize, [v1, v2]: [T; 2], tau: T) {
    let (w1, w2) = (v1.conjugate(), v2.conjugate());
    for column in items.chunks_exact_mut(rows) {
        let [x0, x1, x2] = &mut column[first..first + 3] else { continue };
        let part = tau * (*x0 + w1 * *x1 + w2 * *x2);
        *x0 -= part;
        *x1 -= part * v1;
        *x2 -= part * v2;
    }
}

/// `m * H` likewise for the first three columns of `items`, of `height` elements, in some rows.
#[inline(always)]
fn right_of_three<T: Scalar>(items: &mut [T], height: usize, rows: Range<usize>, [v1, v2]: [T; 2], tau: T) {
    let (w1, w2) = (v1.conjugate(), v2.conjugate());
    let (c0, rest) = items.split_at_mut(height);
    let (c1, c2) = rest.split_at_mut(height);
    for ((x0, x1), x2) in c0[rows.clone()].iter_mut().zip(&mut c1[rows.clone()]).zip(&mut c2[rows]) {
        let part = tau * (*x0 + *x1 * v1 + *x2 * v2);
        *x0 -= part;
        *x1 -= part * w1;
        *x2 -= part * w2;
    }
}

/// `Q` with orthonormal columns and upper triangular `R`, both thin, with `A = Q * R`.
pub(super) fn qr<T: Scalar>(a: DMatrix<T>) -> Outcome<(DMatrix<T>, DMatrix<T>)> {
    let (rows, cols) = a.shape();
    let size = rows.min(cols);
    if let Some(found) = T::blocked_qr(&a)? {
        return Ok(found);
    }
    let (reflections, r) = reduce(a)?;
    let q = product_of(&reflections, DMatrix::identity(rows, size))?;
    Ok((q, r.rows(0, size).into_owned()))
}

/// Orthonormal columns beside given ones, until there are as many columns as rows.
pub(super) fn complete<T: Scalar>(basis: &DMatrix<T>) -> Outcome<DMatrix<T>> {
    let (rows, cols) = basis.shape();
    let (reflections, _) = reduce(basis.clone())?;
    let mut all = product_of(&reflections, DMatrix::identity(rows, rows))?;
    all.columns_mut(0, cols).copy_from(basis);
    Ok(all)
}

/// The reflections that make a matrix upper triangular, and what they make of it.
fn reduce<T: Scalar>(mut a: DMatrix<T>) -> Outcome<(Vec<Reflection<T>>, DMatrix<T>)> {
    let size = a.nrows().min(a.ncols());
    let mut reflections = Vec::with_capacity(size);
    for k in 0..size {
        interrupt::check()?;
        let reflection = Reflection::of(&a.column(k).as_slice()[k..], k);
        let columns = k + 1..a.ncols();
        reflection.apply_left(&mut a, columns, reflection.tau.conjugate());
        clear_below(&mut a, k, k, reflection.beta);
        reflections.push(reflection);
    }
    Ok((reflections, a))
}

/// The product of the reflections times `m`.
fn product_of<T: Scalar>(reflections: &[Reflection<T>], mut m: DMatrix<T>) -> Outcome<DMatrix<T>> {
    for reflection in reflections.iter().rev() {
        interrupt::check()?;
        let columns = 0..m.ncols();
        reflection.apply_left(&mut m, columns, reflection.tau);
    }
    Ok(m)
}

/// `Q` and `H`, zero below the first subdiagonal, with `A = Q * H * Q'`; A is square.
pub(super) fn hessenberg<T: Scalar>(mut a: DMatrix<T>) -> Outcome<(DMatrix<T>, DMatrix<T>)> {
    let size = a.nrows();
    let mut reflections = Vec::with_capacity(size);
    for k in 0..size.saturating_sub(1) {
        interrupt::check()?;
        let reflection = Reflection::of(&a.column(k).as_slice()[k + 1..], k + 1);
        reflection.apply_right(&mut a, 0..size);
        reflection.apply_left(&mut a, k + 1..size, reflection.tau.conjugate());
        clear_below(&mut a, k, k + 1, reflection.beta);
        reflections.push(reflection);
    }
    Ok((product_of(&reflections, DMatrix::identity(size, size))?, a))
}

/// Column k as its reflection leaves it: `beta` in row `row` and zeros below.
fn clear_below<T: Scalar>(a: &mut DMatrix<T>, k: usize, row: usize, beta: T) {
    let mut column = a.column_mut(k);
    column[row] = beta;
    column.as_mut_slice()[row + 1..].fill(T::zero());
}
