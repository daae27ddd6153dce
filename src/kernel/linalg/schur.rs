//! The Schur form, by Francis' double QR steps on the Hessenberg form, with the shifts and tests of LAPACK's `dlahqr`.
//! nalgebra's has no exceptional shifts and stands still on permutations and on matrices of low rank.

use super::householder::{self, Axis, Reflection};
use super::{Scalar, no_convergence, quotient, scans, spectral, tamed};
use crate::fault::Outcome;
use crate::interrupt;
use crate::value::Complex64;
use nalgebra::DMatrix;
use std::ops::Range;

/// Steps for one eigenvalue after which the iteration is given up; two or three are common.
const MOST_STEPS: usize = 120;
/// From this size on faer's way to the Hessenberg form is the faster one.
const BLOCKED: usize = 24;
/// Steps after which what is small against the whole matrix counts as zero.
const PATIENCE: usize = 40;

/// `Z` and `T` with `A = Z * T * Z'`: T is upper triangular but for 2×2 blocks of a real matrix with complex eigenvalues.
/// `name` is the function that asked, for the faults.
pub(super) fn schur<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<(DMatrix<T>, DMatrix<T>)> {
    iterated(matrix, name, true)
}

/// A matrix with the diagonal blocks of T; what else is in it means nothing.
pub(super) fn schur_blocks<T: Scalar>(matrix: DMatrix<T>, name: &str) -> Outcome<DMatrix<T>> {
    Ok(iterated(matrix, name, false)?.1)
}

/// Z and T, or no rows of Z and the diagonal blocks of T.
fn iterated<T: Scalar>(matrix: DMatrix<T>, name: &str, is_whole: bool) -> Outcome<(DMatrix<T>, DMatrix<T>)> {
    let size = matrix.nrows();
    spectral::check_finite(&matrix, name)?;
    if super::solve::is_upper(&matrix) {
        return Ok((DMatrix::identity(size, size), matrix));
    }
    let (matrix, scale) = tamed(matrix);
    let (mut z, mut t) = if size < BLOCKED {
        let (z, t) = householder::hessenberg(matrix)?;
        (if is_whole { z } else { DMatrix::zeros(0, size) }, t)
    } else {
        T::blocked_hessenberg(matrix, is_whole)?
    };
    let whole = scans::largest(t.as_slice());
    let (mut end, mut steps) = (size, 0);
    while end > 1 {
        interrupt::check()?;
        let start = start_of_block(&mut t, end, if steps > PATIENCE { whole } else { 0.0 });
        if end - start > 2 {
            steps += 1;
            if steps > MOST_STEPS {
                return Err(no_convergence(name));
            }
            let window = if is_whole { 0..size } else { start..end };
            step(&mut z, &mut t, start, end, steps, window);
            continue;
        }
        if end - start == 2 {
            split(&mut z, &mut t, start, if is_whole { 0..size } else { start..end });
        }
        (end, steps) = (start, 0);
    }
    t.scale_mut(scale);
    Ok((z, t))
}

/// The first row of the last block before `end` that hangs together; elements between blocks become zero. `whole` is a
/// size against which an element is negligible besides its neighbours.
fn start_of_block<T: Scalar>(t: &mut DMatrix<T>, end: usize, whole: f64) -> usize {
    let mut start = end - 1;
    while start > 0 {
        let (above, below) = (t[(start - 1, start - 1)].norm1(), t[(start, start)].norm1());
        let beside = t[(start, start - 1)].norm1();
        if beside <= f64::EPSILON * (above + below).max(whole) || beside < f64::MIN_POSITIVE / f64::EPSILON {
            t[(start, start - 1)] = T::zero();
            break;
        }
        start -= 1;
    }
    start
}

/// A double step on the rows from `start` to before `end`, at least three: two shifts at once, so that the pair of
/// complex shifts of a real matrix needs no complex numbers. `window` are the rows and columns of T that are wanted.
fn step<T: Scalar>(
    z: &mut DMatrix<T>,
    t: &mut DMatrix<T>,
    start: usize,
    end: usize,
    steps: usize,
    window: Range<usize>,
) {
    let mut axis = Axis::from(first_column(t, start, end, steps));
    for k in start..end - 1 {
        let size = (end - k).min(3);
        if k > start {
            axis = t.column(k - 1).as_slice()[k..k + size].iter().copied().collect();
        }
        let reflection = Reflection::of(&axis, k);
        if k > start {
            t[(k, k - 1)] = reflection.beta;
            (1..size).for_each(|i| t[(k + i, k - 1)] = T::zero());
        }
        reflection.turn(z, t, k..window.end, window.start..(k + 4).min(end));
    }
}

/// The direction of the first column of `(T - a*I) * (T - b*I)`, with the shifts a and b.
fn first_column<T: Scalar>(t: &DMatrix<T>, start: usize, end: usize, steps: usize) -> [T; 3] {
    let (h11, h12) = (t[(start, start)], t[(start, start + 1)]);
    let (h21, h22, h32) = (t[(start + 1, start)], t[(start + 1, start + 1)], t[(start + 2, start + 1)]);
    let (m, n) = (end - 2, end - 1);
    // (h11 - a) * (h11 - b), and h11 + h22 - a - b.
    let (product, sum) = if steps.is_multiple_of(10) {
        // Shifts out of the common way, where the usual ones go in circles.
        let (size, center) = if steps.is_multiple_of(20) {
            (t[(n, m)].modulus() + t[(m, m - 1)].modulus(), t[(n, n)])
        } else {
            (h21.modulus() + h32.modulus(), h11)
        };
        let center = center + T::from_real(0.75 * size);
        ((h11 - center) * (h11 - center) + T::from_real(0.4375 * size * size), h11 - center + h22 - center)
    } else {
        let half = (t[(m, m)] - t[(n, n)]) * T::from_real(0.5);
        match (half * half + t[(m, n)] * t[(n, m)]).try_sqrt() {
            Some(root) => {
                // The eigenvalue of the last block that is nearer to its corner, twice.
                let (near, far) = (half - root, half + root);
                let shift = t[(n, n)] + if near.modulus() < far.modulus() { near } else { far };
                ((h11 - shift) * (h11 - shift), h11 - shift + h22 - shift)
            }
            None => {
                let (r, s) = (t[(n, n)] - h11, t[(m, m)] - h11);
                (r * s - t[(m, n)] * t[(n, m)], h22 - h11 - r - s)
            }
        }
    };
    [quotient(product, h21) + h12, sum, h32]
}

impl<T: Scalar> Reflection<T> {
    /// Turns `T` to `H' * T * H`, where only some columns and then some rows change or are wanted, and `Z` to `Z * H`.
    fn turn(&self, z: &mut DMatrix<T>, t: &mut DMatrix<T>, columns: Range<usize>, rows: Range<usize>) {
        self.apply_left(t, columns, self.tau.conjugate());
        self.apply_right(t, rows);
        let all = 0..z.nrows();
        self.apply_right(z, all);
    }
}

/// Makes the block in the rows `start` and `start + 1` triangular, if its eigenvalues are numbers of its kind. `window`
/// are the rows and columns of T that are wanted.
fn split<T: Scalar>(z: &mut DMatrix<T>, t: &mut DMatrix<T>, start: usize, window: Range<usize>) {
    let (a, b) = (t[(start, start)], t[(start, start + 1)]);
    let (c, d) = (t[(start + 1, start)], t[(start + 1, start + 1)]);
    let size = block_size([a, b, c, d].map(|x| x.modulus()));
    let (half, beside, below) = ((a - d).unscale(size) * T::from_real(0.5), b.unscale(size), c.unscale(size));
    let Some(root) = (half * half + beside * below).try_sqrt() else { return };
    // The eigenvector to the eigenvalue that is farther from d, in which nothing cancels.
    let (plus, minus) = (half + root, half - root);
    let away = if plus.modulus() > minus.modulus() { plus } else { minus };
    Reflection::of(&[away, below], start).turn(z, t, start..window.end, window.start..start + 2);
    t[(start + 1, start)] = T::zero();
    // The eigenvalues are known better than the rotation gives them.
    t[(start, start)] = d + away.scale(size);
    t[(start + 1, start + 1)] = if away.is_zero() { d } else { d - quotient(beside * below, away).scale(size) };
}

/// A power of two near the largest of some sizes: numbers divided by it have squares that neither overflow nor vanish.
fn block_size(sizes: [f64; 4]) -> f64 {
    let largest = sizes.into_iter().fold(f64::MIN_POSITIVE, f64::max);
    largest.log2().floor().exp2()
}

/// `Q` and upper triangular `T` with `A = Q * T * Q'`, complex.
pub(super) fn complex_schur(
    matrix: DMatrix<Complex64>,
    name: &str,
) -> Outcome<(DMatrix<Complex64>, DMatrix<Complex64>)> {
    if matrix.iter().all(|z| z.im == 0.0) {
        let (z, t) = schur(matrix.map(|z| z.re), name)?;
        return Ok(triangular_schur(&z, &t));
    }
    schur(matrix, name)
}

/// The complex Schur form from the real one.
pub(super) fn triangular_schur(z: &DMatrix<f64>, t: &DMatrix<f64>) -> (DMatrix<Complex64>, DMatrix<Complex64>) {
    let mut z = z.map(|x| Complex64::new(x, 0.0));
    let mut t = t.map(|x| Complex64::new(x, 0.0));
    for k in 1..t.nrows() {
        if t[(k, k - 1)].re != 0.0 {
            let all = 0..t.nrows();
            split(&mut z, &mut t, k - 1, all);
        }
    }
    (z, t)
}

/// The two eigenvalues of the block in rows and columns k - 1 and k of a real matrix; a complex pair is
/// exactly conjugate, the one above the real axis first.
fn eigenvalues_of_block(t: &DMatrix<f64>, k: usize) -> (Complex64, Complex64) {
    let (a, b, c, d) = (t[(k - 1, k - 1)], t[(k - 1, k)], t[(k, k - 1)], t[(k, k)]);
    let size = block_size([a, b, c, d].map(f64::abs));
    let [a, b, c, d] = [a, b, c, d].map(|x| x / size);
    let (middle, half) = (0.5 * (a + d), 0.5 * (a - d));
    let square = half * half + b * c;
    if square < 0.0 {
        let height = (-square).sqrt() * size;
        return (Complex64::new(middle * size, height), Complex64::new(middle * size, -height));
    }
    let far = half + square.sqrt().copysign(half);
    let (first, second) = (d + far, if far == 0.0 { d } else { d - b * c / far });
    (Complex64::new(first * size, 0.0), Complex64::new(second * size, 0.0))
}

/// The eigenvalues in the order of the diagonal of a real Schur form.
pub(super) fn eigenvalues_of_real_schur(t: &DMatrix<f64>) -> Vec<Complex64> {
    let mut values = Vec::with_capacity(t.nrows());
    let mut k = 0;
    while k < t.nrows() {
        if k + 1 < t.nrows() && t[(k + 1, k)] != 0.0 {
            let (first, second) = eigenvalues_of_block(t, k + 1);
            values.extend([first, second]);
            k += 2;
        } else {
            values.push(Complex64::new(t[(k, k)], 0.0));
            k += 1;
        }
    }
    values
}
