//! The tridiagonal T of a real symmetric matrix `Q * T * Q'`, and Q as reflections.
//!
//! The reflection of every step clears a column and a row, and makes `A - v * w' - w * v'` of the matrix, with w from the
//! product `A * v` (LAPACK's `dsytd2`). One pass over the rest of the matrix brings it up to date with the step before and
//! multiplies it. Only the lower triangle is read.

use super::bidiagonal::{Reflection, dot};
use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::threads;
use pulp::{Arch, Simd, WithSimd};
use std::ops::Range;

/// Columns that share what is read of the vectors. Groups begin at multiples of it, where columns of most matrices are
/// aligned.
const GROUP: usize = 4;
/// The size from which the columns of a pass are divided in two parts, however many threads there are: what they add up
/// depends on it.
const DIVIDED: usize = 384;

/// Sums of squares below it count as zero: they have lost digits, and a reflection made of them keeps no lengths.
const NOTHING: f64 = f64::MIN_POSITIVE / f64::EPSILON;

/// T, and the reflections.
pub(super) struct Reduced {
    pub(super) diagonal: Vec<f64>,
    /// What stands above and below the diagonal.
    pub(super) beside: Vec<f64>,
    /// The reflection of step k is `I - v * v' / tau` where v has 1 in row k + 1, and below it what stands there in column
    /// k of the matrix; tau is infinite if there is nothing to do.
    pub(super) tau: Vec<f64>,
}

/// Reduces a matrix given column by column, whose squares neither overflow nor vanish. It can be interrupted.
pub(super) fn reduce(a: &mut [f64], size: usize) -> Outcome<Reduced> {
    debug_assert_eq!(a.len(), size * size, "the matrix is square");
    let count = size.saturating_sub(1);
    let mut reduced = Reduced { diagonal: vec![0.0; size], beside: vec![0.0; count], tau: vec![0.0; count] };
    mirror_squares(a, size);
    let mut step = Step::new(size);
    for k in 0..size {
        interrupt::check()?;
        let column = &mut a[k * size + k..(k + 1) * size];
        step.bring_up_to_date(column, k);
        reduced.diagonal[k] = column[0];
        let [_, first, below @ ..] = column else { break };
        let squares = dot(below, below);
        let reflection = Reflection::of(*first, if squares < NOTHING { 0.0 } else { squares });
        reduced.beside[k] = reflection.beta;
        reduced.tau[k] = 1.0 / reflection.tau_inverse;
        below.iter_mut().for_each(|x| *x *= reflection.scale);
        if reflection.tau_inverse != 0.0 {
            step.v[k + 1] = 1.0;
            step.v[k + 2..].copy_from_slice(below);
            step.multiply(a, k + 1);
            step.finish(k + 1, reflection.tau_inverse);
        }
    }
    Ok(reduced)
}

/// Makes the squares on the diagonal where groups begin symmetric: they are multiplied as they stand.
fn mirror_squares(a: &mut [f64], size: usize) {
    for j in 0..size {
        for i in j / GROUP * GROUP..j {
            a[j * size + i] = a[i * size + j];
        }
    }
}

/// The vectors of a step, zero in the rows of columns that change no more. What is not yet done to the matrix is to subtract
/// `before * w' + w * before'`.
struct Step {
    before: Vec<f64>,
    w: Vec<f64>,
    /// The reflection of this step.
    v: Vec<f64>,
    /// The matrix times v.
    product: Vec<f64>,
    /// What each part of the columns adds to it.
    sums: [Vec<f64>; 2],
}

impl Step {
    fn new(size: usize) -> Step {
        let zeros = || vec![0.0; size];
        Step { before: zeros(), w: zeros(), v: zeros(), product: zeros(), sums: [zeros(), zeros()] }
    }

    /// Does to column k what is to do, the last that changes it.
    fn bring_up_to_date(&mut self, column: &mut [f64], k: usize) {
        let (of_before, of_w) = (self.before[k], self.w[k]);
        let vectors = self.before[k..].iter().zip(&self.w[k..]);
        column.iter_mut().zip(vectors).for_each(|(x, (v, w))| *x -= v * of_w + w * of_before);
        for vector in [&mut self.before, &mut self.w, &mut self.v] {
            vector[k] = 0.0;
        }
    }

    /// Brings the columns from number `first` on up to date, and multiplies them with v.
    fn multiply(&mut self, a: &mut [f64], first: usize) {
        let Step { before, w, v, product, sums: [sums, other_sums] } = self;
        let (size, is_backward) = (v.len(), first.is_multiple_of(2));
        let start = first / GROUP * GROUP;
        let middle = if size - start < DIVIDED { size } else { middle(start, size) };
        let task = Task { before, w, v, is_backward };
        let (columns, others) = a[start * size..].split_at_mut((middle - start) * size);
        let (inner, other_inner) = product[start..].split_at_mut(middle - start);
        let left = Pass { task: &task, columns, first: start, inner, sums };
        let right = Pass { task: &task, columns: others, first: middle, inner: other_inner, sums: other_sums };
        let arch = Arch::new();
        if middle == size {
            arch.dispatch(left);
        } else {
            threads::join(|| arch.dispatch(left), || arch.dispatch(right));
            product[middle..].iter_mut().zip(&other_sums[middle..]).for_each(|(x, sum)| *x += sum);
        }
        product[first..].iter_mut().zip(&sums[first..]).for_each(|(x, sum)| *x += sum);
    }

    /// Makes w of this step, whose vectors begin in row `first`.
    fn finish(&mut self, first: usize, tau_inverse: f64) {
        let (v, product) = (&self.v[first..], &self.product[first..]);
        let part = dot(product, v) * tau_inverse / 2.0;
        let elements = self.w[first..].iter_mut().zip(product).zip(v);
        elements.for_each(|((w, x), v)| *w = (x - part * v) * tau_inverse);
        std::mem::swap(&mut self.before, &mut self.v);
    }
}

/// The column, the first of a group, that has about as many elements of the lower triangle before as behind it.
fn middle(start: usize, size: usize) -> usize {
    let width = (size - start) as f64 * (1.0 - std::f64::consts::FRAC_1_SQRT_2);
    start + width as usize / GROUP * GROUP
}

/// What is done to all columns.
struct Task<'a> {
    before: &'a [f64],
    w: &'a [f64],
    v: &'a [f64],
    is_backward: bool,
}

/// A pass over columns from number `first` on, with which a group begins.
struct Pass<'a> {
    task: &'a Task<'a>,
    columns: &'a mut [f64],
    first: usize,
    /// To every column what stands below its group times v.
    inner: &'a mut [f64],
    /// The columns, from the first row of their group on, times their elements of v.
    sums: &'a mut [f64],
}

impl WithSimd for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Pass { task, columns, first, inner, sums } = self;
        sums[first..].fill(0.0);
        let (rows, count) = (task.v.len(), inner.len());
        let groups = count.div_ceil(GROUP);
        for g in 0..groups {
            // Every second pass begins with what the one before has left in the cache.
            let from = GROUP * if task.is_backward { groups - 1 - g } else { g };
            let to = (from + GROUP).min(count);
            let (columns, inner) = (&mut columns[from * rows..to * rows], &mut inner[from..to]);
            inner.fill(0.0);
            let (from, to) = (first + from, first + to);
            if to == from + GROUP {
                work::<S, true>(simd, task, columns, from..to, inner, &mut sums[from..to]);
                work::<S, false>(simd, task, columns, to..rows, inner, &mut sums[to..]);
            } else {
                corner(task, columns, from, sums);
            }
        }
    }
}

/// What a pass does to the last columns if they are no whole group; their square begins in row `from`.
fn corner(task: &Task<'_>, columns: &mut [f64], from: usize, sums: &mut [f64]) {
    for (column, c) in columns.chunks_exact_mut(task.v.len()).zip(from..) {
        for r in from..task.v.len() {
            column[r] -= task.before[r] * task.w[c] + task.w[r] * task.before[c];
            sums[r] += column[r] * task.v[c];
        }
    }
}

/// What a pass does to some rows of a group: its square on the diagonal, or what stands below that, where every element
/// also stands for its mirror image.
#[inline(always)]
fn work<S: Simd, const IS_SQUARE: bool>(
    simd: S,
    task: &Task<'_>,
    columns: &mut [f64],
    rows: Range<usize>,
    inner: &mut [f64],
    sums: &mut [f64],
) {
    // The columns of the group are in the rows of its square, which end where those below begin.
    let j = if IS_SQUARE { rows.start } else { rows.start - GROUP };
    let (before, before_left) = S::as_simd_f64s(&task.before[rows.clone()]);
    let (w, w_left) = S::as_simd_f64s(&task.w[rows.clone()]);
    let (v, v_left) = S::as_simd_f64s(&task.v[rows.clone()]);
    let (sums, sums_left) = S::as_mut_simd_f64s(sums);
    let (pair, other_pair) = columns.split_at_mut(2 * task.v.len());
    let ((a, b), (c, d)) = (pair.split_at_mut(task.v.len()), other_pair.split_at_mut(task.v.len()));
    let (a, b) = (S::as_mut_simd_f64s(&mut a[rows.clone()]), S::as_mut_simd_f64s(&mut b[rows.clone()]));
    let (c, d) = (S::as_mut_simd_f64s(&mut c[rows.clone()]), S::as_mut_simd_f64s(&mut d[rows]));
    let (mut whole, left) = ([a.0, b.0, c.0, d.0], [a.1, b.1, c.1, d.1]);
    // Slices of one length: no index is looked at twice.
    let count = before.len();
    let (w, v, sums) = (&w[..count], &v[..count], &mut sums[..count]);
    // Loops here and no closures, which would not be compiled for the processor.
    let zero = simd.splat_f64s(0.0);
    let (mut of_before, mut of_w, mut of_v, mut parts) = ([zero; GROUP], [zero; GROUP], [zero; GROUP], [zero; GROUP]);
    for c in 0..GROUP {
        whole[c] = &mut std::mem::take(&mut whole[c])[..count];
        of_before[c] = simd.splat_f64s(-task.before[j + c]);
        of_w[c] = simd.splat_f64s(-task.w[j + c]);
        of_v[c] = simd.splat_f64s(task.v[j + c]);
    }
    for i in 0..count {
        let (before, w, v, mut sum) = (before[i], w[i], v[i], sums[i]);
        for c in 0..GROUP {
            let x = simd.mul_add_e_f64s(before, of_w[c], whole[c][i]);
            let x = simd.mul_add_e_f64s(w, of_before[c], x);
            whole[c][i] = x;
            sum = simd.mul_add_e_f64s(x, of_v[c], sum);
            if !IS_SQUARE {
                parts[c] = simd.mul_add_e_f64s(x, v, parts[c]);
            }
        }
        sums[i] = sum;
    }
    for c in 0..GROUP {
        inner[c] += simd.reduce_sum_f64s(parts[c]);
        for (i, x) in left[c].iter_mut().enumerate() {
            *x -= before_left[i] * task.w[j + c] + w_left[i] * task.before[j + c];
            sums_left[i] += *x * task.v[j + c];
            if !IS_SQUARE {
                inner[c] += *x * v_left[i];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::DMatrix;

    /// `Q * T * Q'` from the reflections.
    fn put_together(a: &DMatrix<f64>, reduced: &Reduced) -> DMatrix<f64> {
        let size = a.nrows();
        let mut whole = DMatrix::from_fn(size, size, |i, j| match i.abs_diff(j) {
            0 => reduced.diagonal[i],
            1 => reduced.beside[i.min(j)],
            _ => 0.0,
        });
        for (k, tau) in reduced.tau.iter().enumerate().rev() {
            let v =
                DMatrix::from_fn(size, 1, |i, _| if i > k + 1 { a[(i, k)] } else { f64::from(u8::from(i == k + 1)) });
            let reflection = DMatrix::identity(size, size) - &v * v.transpose() / *tau;
            whole = &reflection * whole * &reflection;
        }
        whole
    }

    #[test]
    fn reflections_give_the_matrix_back() {
        for size in [1, 2, 3, 4, 5, 8, 11, 30, 65, 130] {
            let wave = DMatrix::from_fn(size, size, |i, j| ((i * j) as f64).sin() + ((i + j) as f64).cos());
            for a in [
                wave,
                DMatrix::identity(size, size),
                DMatrix::zeros(size, size),
                DMatrix::from_element(size, size, 1.0),
            ] {
                // What stands above the diagonal is not read.
                let mut reflections = a.clone();
                reflections.fill_upper_triangle(f64::NAN, 1);
                let reduced = reduce(reflections.as_mut_slice(), size).expect("nobody interrupts");
                let found = put_together(&reflections, &reduced);
                assert!((found - &a).amax() <= 1e-14 * size as f64, "{size} rows, beginning with {}", a[(0, 0)]);
            }
        }
    }

    /// What does not depend on Q: the sums of the diagonal, of all squares, and of all squares of `A * A`.
    #[test]
    fn two_parts_are_as_good_as_one() {
        let size = DIVIDED + 50;
        let a = DMatrix::from_fn(size, size, |i, j| ((i * j) as f64).sin() + ((i + j) as f64).cos());
        let Reduced { diagonal, beside, .. } = reduce(a.clone().as_mut_slice(), size).expect("nobody interrupts");
        let t = DMatrix::from_fn(size, size, |i, j| match i.abs_diff(j) {
            0 => diagonal[i],
            1 => beside[i.min(j)],
            _ => 0.0,
        });
        let invariants = |m: &DMatrix<f64>| [m.trace(), m.norm_squared(), (m * m).norm_squared()];
        for (found, wanted) in invariants(&t).into_iter().zip(invariants(&a)) {
            assert!((found - wanted).abs() <= 1e-12 * wanted.abs().max(a.norm()), "{found}, not {wanted}");
        }
    }

    #[test]
    fn processors_of_all_kinds_agree() {
        let size = 13;
        let at = |seed: u32| (0..size as u32).map(|k| f64::from((k + 1) * seed % 47).sin()).collect::<Vec<_>>();
        let (before, w, v) = (at(31), at(17), at(11));
        let task = Task { before: &before, w: &w, v: &v, is_backward: true };
        let run = |arch: Arch| {
            let mut columns: Vec<f64> = (0..size * size).map(|k| (k as f64).cos()).collect();
            let (mut inner, mut sums) = (vec![0.0; size], vec![0.0; size]);
            arch.dispatch(Pass { task: &task, columns: &mut columns, first: 0, inner: &mut inner, sums: &mut sums });
            [columns, inner, sums]
        };
        for (found, wanted) in run(Arch::new()).iter().zip(run(Arch::Scalar)) {
            assert!(found.iter().zip(&wanted).all(|(x, y)| (x - y).abs() < 1e-13), "{found:?} {wanted:?}");
        }
    }
}
