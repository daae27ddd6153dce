//! Eigenvalues of a real symmetric tridiagonal matrix by implicit QL steps with Wilkinson's shifts: A. Dubrulle, R. S.
//! Martin and J. H. Wilkinson, "The implicit QL algorithm" (1968), with the tests of LAPACK's `dsteqr`.

use crate::fault::Outcome;
use crate::interrupt;

/// Steps for one value after which the iteration is given up; two are common.
const MOST_STEPS: usize = 60;

/// Makes the diagonal of a tridiagonal matrix its eigenvalues, ascending, and uses up what stands beside it; false if the
/// steps do not converge. Squares of the numbers do not overflow. It can be interrupted.
pub(super) fn eigenvalues(diagonal: &mut [f64], beside: &mut [f64]) -> Outcome<bool> {
    let mut first = 0;
    while first < diagonal.len() {
        let last = end_of_block(diagonal, beside, first);
        // Small values are found first, where the steps begin.
        if diagonal[last].abs() < diagonal[first].abs() {
            diagonal[first..=last].reverse();
            beside[first..last].reverse();
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
                step(diagonal, beside, k, end);
            }
        }
        first = last + 1;
    }
    diagonal.sort_by(f64::total_cmp);
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

/// One step on the rows from `start` to `end`.
fn step(d: &mut [f64], e: &mut [f64], start: usize, end: usize) {
    let half = (d[start + 1] - d[start]) / (2.0 * e[start]);
    let root = half.hypot(1.0);
    let mut g = d[end] - d[start] + e[start] / (half + root.copysign(half));
    let (mut sine, mut cosine, mut p) = (1.0, 1.0, 0.0);
    for i in (start..end).rev() {
        let (f, b) = (sine * e[i], cosine * e[i]);
        let r = (f * f + g * g).sqrt();
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
    }
    d[start] -= p;
    e[start] = g;
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
