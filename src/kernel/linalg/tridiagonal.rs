//! Eigenvalues of a real symmetric tridiagonal matrix by implicit QL steps with Wilkinson's shifts: A. Dubrulle, R. S.
//! Martin and J. H. Wilkinson, "The implicit QL algorithm" (1968), with the tests of LAPACK's `dsteqr`.

use crate::fault::Outcome;
use crate::interrupt;
use pulp::{Arch, Simd, WithSimd};
use std::ops::Range;

/// Steps for one value after which the iteration is given up; two are common.
const MOST_STEPS: usize = 60;

/// Makes the diagonal of a tridiagonal matrix its eigenvalues, ascending, and uses up what stands beside it; false if the
/// steps do not converge. Squares of the numbers do not overflow. It can be interrupted.
pub(super) fn eigenvalues(diagonal: &mut [f64], beside: &mut [f64]) -> Outcome<bool> {
    let converges = iterate(diagonal, beside, &mut NoVectors)?;
    diagonal.sort_by(f64::total_cmp);
    Ok(converges)
}

/// The same for a small matrix, the eigenvalues in any order, and multiplies as many columns, of which an identity matrix
/// is made into eigenvectors.
pub(super) fn eigen<const ROWS: usize>(
    diagonal: &mut [f64],
    beside: &mut [f64],
    columns: &mut [[f64; ROWS]],
) -> Outcome<bool> {
    iterate(diagonal, beside, &mut Columns { columns, rotations: Vec::new(), arch: Arch::new() })
}

/// What happens to eigenvectors when the matrix changes.
trait Vectors {
    /// Rows and columns of the matrix are put in the reverse order.
    fn reverse(&mut self, columns: Range<usize>);
    /// A rotation of column i and the next.
    fn rotate(&mut self, i: usize, cosine: f64, sine: f64);
    /// The end of a step.
    fn finish_step(&mut self);
}

struct NoVectors;

impl Vectors for NoVectors {
    fn reverse(&mut self, _: Range<usize>) {}
    fn rotate(&mut self, _: usize, _: f64, _: f64) {}
    fn finish_step(&mut self) {}
}

/// Columns of a few rows each, and the rotations of a step.
struct Columns<'a, const ROWS: usize> {
    columns: &'a mut [[f64; ROWS]],
    rotations: Vec<(usize, f64, f64)>,
    arch: Arch,
}

impl<const ROWS: usize> Vectors for Columns<'_, ROWS> {
    fn reverse(&mut self, columns: Range<usize>) {
        self.columns[columns].reverse();
    }

    fn rotate(&mut self, i: usize, cosine: f64, sine: f64) {
        self.rotations.push((i, cosine, sine));
    }

    fn finish_step(&mut self) {
        self.arch.dispatch(Turn { columns: self.columns, rotations: &self.rotations });
        self.rotations.clear();
    }
}

/// Rotations of pairs of columns.
struct Turn<'a, const ROWS: usize> {
    columns: &'a mut [[f64; ROWS]],
    rotations: &'a [(usize, f64, f64)],
}

impl<const ROWS: usize> WithSimd for Turn<'_, ROWS> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for (i, cosine, sine) in self.rotations {
            let [left, right] = &mut self.columns[*i..i + 2] else { continue };
            let (left, right) = (S::as_mut_simd_f64s(left).0, S::as_mut_simd_f64s(right).0);
            let (cosine, sine) = (simd.splat_f64s(*cosine), simd.splat_f64s(*sine));
            for (x, y) in left.iter_mut().zip(right) {
                let (before, other) = (*x, *y);
                *x = simd.sub_f64s(simd.mul_f64s(cosine, before), simd.mul_f64s(sine, other));
                *y = simd.mul_add_e_f64s(sine, before, simd.mul_f64s(cosine, other));
            }
        }
    }
}

/// Makes the diagonal its eigenvalues in any order.
fn iterate(diagonal: &mut [f64], beside: &mut [f64], vectors: &mut impl Vectors) -> Outcome<bool> {
    let mut first = 0;
    while first < diagonal.len() {
        let last = end_of_block(diagonal, beside, first);
        // Small values are found first, where the steps begin.
        if diagonal[last].abs() < diagonal[first].abs() {
            diagonal[first..=last].reverse();
            beside[first..last].reverse();
            vectors.reverse(first..last + 1);
        }
        for k in first..last {
            let mut steps = 0;
            loop {
                interrupt::check()?;
                let end = end_of_block(&diagonal[..=last], beside, k);
                if end == k {
                    break;
                }
                if end < last {
                    beside[end] = 0.0;
                }
                steps += 1;
                if steps > MOST_STEPS {
                    return Ok(false);
                }
                step(diagonal, beside, k..end, vectors);
                vectors.finish_step();
            }
        }
        first = last + 1;
    }
    Ok(true)
}

/// The last row of the block that hangs together from row `first` on.
fn end_of_block(diagonal: &[f64], beside: &[f64], first: usize) -> usize {
    const SQUARE: f64 = f64::EPSILON * f64::EPSILON / 4.0;
    let hangs = |k: &usize| {
        let square = beside[*k] * beside[*k];
        square > SQUARE * diagonal[*k].abs() * diagonal[k + 1].abs() + f64::MIN_POSITIVE
    };
    (first..diagonal.len() - 1).find(|k| !hangs(k)).unwrap_or(diagonal.len() - 1)
}

/// One step on the rows from the start to the end of a range, that included.
fn step(d: &mut [f64], e: &mut [f64], Range { start, end }: Range<usize>, vectors: &mut impl Vectors) {
    let half = (d[start + 1] - d[start]) / (2.0 * e[start]);
    let root = half.hypot(1.0);
    let mut g = d[end] - d[start] + e[start] / (half + root.copysign(half));
    let (mut sine, mut cosine, mut p) = (1.0, 1.0, 0.0);
    for i in (start..end).rev() {
        let (f, b) = (sine * e[i], cosine * e[i]);
        let r = length(f, g);
        if i + 1 < end {
            e[i + 1] = r;
        }
        if r == 0.0 {
            // The block falls apart here.
            d[i + 1] -= p;
            return;
        }
        (sine, cosine) = (f / r, g / r);
        g = d[i + 1] - p;
        let r = (d[i] - g) * sine + 2.0 * cosine * b;
        p = sine * r;
        d[i + 1] = g + p;
        g = cosine * r - b;
        vectors.rotate(i, cosine, sine);
    }
    d[start] -= p;
    e[start] = g;
}

/// The square root of the sum of the squares, which may vanish: rotations must keep lengths however small the numbers.
fn length(a: f64, b: f64) -> f64 {
    const ORDINARY: f64 = f64::MIN_POSITIVE / f64::EPSILON;
    let square = a * a + b * b;
    if square > ORDINARY { square.sqrt() } else { a.hypot(b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of eigenvalues below x, from the signs of the pivots of `A - x*I`.
    fn count_below(diagonal: &[f64], beside: &[f64], x: f64) -> usize {
        let (mut pivot, mut count) = (1.0, 0);
        for (d, e) in diagonal.iter().zip(std::iter::once(&0.0).chain(beside)) {
            pivot = d - x - e * e / pivot;
            pivot = if pivot == 0.0 { f64::MIN_POSITIVE } else { pivot };
            count += usize::from(pivot < 0.0);
        }
        count
    }

    /// Are there as many values below slightly more and slightly less than each as there should be?
    fn assert_values(diagonal: &[f64], beside: &[f64]) {
        let (mut found, mut e) = (diagonal.to_vec(), beside.to_vec());
        assert!(eigenvalues(&mut found, &mut e).expect("nobody interrupts"), "{diagonal:?}");
        let largest = diagonal.iter().chain(beside).fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let slight = 1e-14 * diagonal.len() as f64 * largest + f64::MIN_POSITIVE;
        for (k, x) in found.iter().enumerate() {
            assert!(count_below(diagonal, beside, x - slight) <= k, "{x} is too large, number {k} of {found:?}");
            assert!(count_below(diagonal, beside, x + slight) > k, "{x} is too small, number {k} of {found:?}");
        }
    }

    #[test]
    fn matrices_of_every_kind() {
        for n in [1_usize, 2, 3, 4, 7, 30, 65] {
            let at = |f: fn(f64) -> f64| (0..n).map(|k| f(k as f64)).collect::<Vec<_>>();
            let beside = |f: fn(f64) -> f64| at(f)[1..].to_vec();
            assert_values(&at(|_| 2.0), &beside(|_| -1.0));
            assert_values(&at(|_| 0.0), &beside(|_| 1.0));
            assert_values(&at(|_| 0.0), &beside(|_| 0.0));
            assert_values(&at(|k| (k - 7.0).abs()), &beside(|_| 1.0));
            assert_values(&at(|k| 0.5_f64.powf(k)), &beside(|k| 0.3 * 0.5_f64.powf(k)));
            assert_values(&at(|k| 2_f64.powf(k)), &beside(|k| 0.3 * 2_f64.powf(k)));
            assert_values(&at(|k| (3.0 * k).sin()), &beside(|k| (5.0 * k).cos()));
            assert_values(&at(|k| k % 3.0), &beside(|k| k % 2.0));
            assert_values(&at(|k| (3.0 * k).sin() * 1e-90), &beside(|k| (5.0 * k).cos() * 1e-90));
        }
    }
}
