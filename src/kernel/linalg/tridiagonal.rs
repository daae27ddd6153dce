//! Eigenvalues and eigenvectors of a real symmetric tridiagonal matrix by implicit QL steps with Wilkinson's shifts: A.
//! Dubrulle, R. S. Martin and J. H. Wilkinson, "The implicit QL algorithm" (1968), with the tests of LAPACK's `dsteqr`.

use super::Scalar;
use crate::fault::Outcome;
use crate::interrupt;
use nalgebra::DMatrix;
use pulp::Arch;

/// Steps for one value after which the iteration is given up; two are common.
const MOST_STEPS: usize = 60;

/// A rotation of the columns `first` and `second`.
struct Rotation {
    first: usize,
    second: usize,
    cosine: f64,
    sine: f64,
}

/// Makes the diagonal of a tridiagonal matrix its eigenvalues, as they come, and multiplies `vectors` (which has as many
/// columns, and perhaps no rows) with its eigenvectors; false if the steps do not converge. Squares of the numbers do not
/// overflow. It can be interrupted.
pub(super) fn diagonalize<T: Scalar>(
    diagonal: &mut [f64],
    beside: &mut [f64],
    vectors: &mut DMatrix<T>,
) -> Outcome<bool> {
    let mut rotations = Vec::new();
    let mut first = 0;
    while first < diagonal.len() {
        let last = end_of_block(diagonal, beside, first);
        // Small values are found first, where the steps begin.
        let is_turned = diagonal[last].abs() < diagonal[first].abs();
        let turn = |diagonal: &mut [f64], beside: &mut [f64]| {
            if is_turned {
                diagonal[first..=last].reverse();
                beside[first..last].reverse();
            }
        };
        turn(diagonal, beside);
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
                rotations.clear();
                step(diagonal, beside, k, end, |i, cosine, sine| {
                    let (first, second) =
                        if is_turned { (last - (i - first), last - (i + 1 - first)) } else { (i, i + 1) };
                    rotations.push(Rotation { first, second, cosine, sine });
                });
                if !vectors.is_empty() {
                    rotate(vectors, &rotations);
                }
            }
        }
        turn(diagonal, beside);
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

/// One step on the rows from `start` to `end`; `rotated` gets the first column, the cosine and the sine of every rotation.
fn step(d: &mut [f64], e: &mut [f64], start: usize, end: usize, mut rotated: impl FnMut(usize, f64, f64)) {
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
        rotated(i, cosine, sine);
    }
    d[start] -= p;
    e[start] = g;
}

/// Applies rotations one after the other.
fn rotate<T: Scalar>(vectors: &mut DMatrix<T>, rotations: &[Rotation]) {
    let height = vectors.nrows();
    let items = vectors.as_mut_slice();
    Arch::new().dispatch(|| {
        for Rotation { first, second, cosine, sine } in rotations {
            let (left, right) = (first.min(second) * height, first.max(second) * height);
            let (before, from_right) = items.split_at_mut(right);
            let (lower, upper) = (&mut before[left..left + height], &mut from_right[..height]);
            let (x, y) = if first < second { (lower, upper) } else { (upper, lower) };
            for (x, y) in x.iter_mut().zip(y) {
                let (old_x, old_y) = (*x, *y);
                *y = old_x.scale(*sine) + old_y.scale(*cosine);
                *x = old_x.scale(*cosine) - old_y.scale(*sine);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix whose eigenvalues and vectors are given.
    fn assert_eigen(diagonal: &[f64], beside: &[f64]) {
        let size = diagonal.len();
        let a = DMatrix::from_fn(size, size, |i, j| match i.abs_diff(j) {
            0 => diagonal[i],
            1 => beside[i.min(j)],
            _ => 0.0,
        });
        let (mut values, mut e, mut vectors) = (diagonal.to_vec(), beside.to_vec(), DMatrix::identity(size, size));
        assert!(diagonalize(&mut values, &mut e, &mut vectors).expect("nobody interrupts"), "{diagonal:?}");
        let unit = vectors.transpose() * &vectors - DMatrix::identity(size, size);
        assert!(unit.norm() < 1e-13 * size as f64, "{unit}");
        let mut scaled = vectors.clone();
        scaled.column_iter_mut().zip(&values).for_each(|(mut x, value)| x *= *value);
        let distance = (&a * &vectors - scaled).norm();
        assert!(distance <= 1e-14 * size as f64 * a.norm(), "{distance} for {diagonal:?} {beside:?}");
        let (mut alone, mut e) = (diagonal.to_vec(), beside.to_vec());
        let mut none = DMatrix::<f64>::zeros(0, size);
        assert!(diagonalize(&mut alone, &mut e, &mut none).expect("nobody interrupts"));
        assert_eq!(alone, values, "vectors do not change the values");
    }

    #[test]
    fn matrices_of_every_kind() {
        for n in [1_usize, 2, 3, 4, 7, 30, 65] {
            let at = |f: fn(f64) -> f64| (0..n).map(|k| f(k as f64)).collect::<Vec<_>>();
            let beside = |f: fn(f64) -> f64| at(f)[1..].to_vec();
            assert_eigen(&at(|_| 2.0), &beside(|_| -1.0));
            assert_eigen(&at(|_| 0.0), &beside(|_| 1.0));
            assert_eigen(&at(|_| 0.0), &beside(|_| 0.0));
            assert_eigen(&at(|k| (k - 7.0).abs()), &beside(|_| 1.0));
            assert_eigen(&at(|k| 0.5_f64.powf(k)), &beside(|k| 0.3 * 0.5_f64.powf(k)));
            assert_eigen(&at(|k| 2_f64.powf(k)), &beside(|k| 0.3 * 2_f64.powf(k)));
            assert_eigen(&at(|k| (3.0 * k).sin()), &beside(|k| (5.0 * k).cos()));
            assert_eigen(&at(|k| k % 3.0), &beside(|k| k % 2.0));
            assert_eigen(&at(|k| (3.0 * k).sin() * 1e-90), &beside(|k| (5.0 * k).cos() * 1e-90));
        }
    }
}
