//! The upper bidiagonal B of a real matrix `U * B * V'`, without U and V: what singular values need.
//!
//! Two reflections in every step clear a column and a row. One pass over the rest of the matrix serves both, as in G. W.
//! Howell, J. W. Demmel, C. T. Fulton, S. Hammarling and K. Marmol, "Cache efficient bidiagonalization using BLAS 2.5
//! operators" (2008): a column is brought up to date with the step before and multiplied with the new left reflection,
//! which gives its element of the row, and with that it is added to the product of the matrix and the row.

use crate::fault::Outcome;
use crate::interrupt;
use pulp::{Arch, Simd, WithSimd};
use std::array::from_fn;

/// The diagonal of B and what stands above it, of a matrix given column by column, which is used up. It has at least as
/// many rows as columns, and squares that do not overflow. It can be interrupted.
pub(super) fn bidiagonal(a: &mut [f64], rows: usize, cols: usize) -> Outcome<(Vec<f64>, Vec<f64>)> {
    debug_assert!(rows >= cols && a.len() == rows * cols, "the caller turns wide matrices");
    let (mut diagonal, mut above) = (vec![0.0; cols], vec![0.0; cols.saturating_sub(1)]);
    let arch = Arch::new();
    let mut step = Step::new(rows, cols);
    for k in 0..cols {
        interrupt::check()?;
        let column = &mut a[k * rows + k..(k + 1) * rows];
        step.bring_up_to_date(column, k);
        let (first, below) = column.split_first_mut().expect("there are at least as many rows as columns");
        let left = Reflection::of(*first, dot(below, below));
        diagonal[k] = left.beta;
        if k + 1 == cols {
            break;
        }
        step.u[k + 1..].iter_mut().zip(&*below).for_each(|(u, x)| *u = x * left.scale);
        step.take_row(a, k);
        step.tau_inverse = left.tau_inverse;
        arch.dispatch(Pass { columns: &mut a[(k + 1) * rows..], step: &mut step, k });
        above[k] = step.finish(&a[(k + 1) * rows..(k + 2) * rows], k);
    }
    Ok((diagonal, above))
}

/// `I - v * v' / tau` with `v = (1, scale * rest)`, which takes a vector with the given `rest` to `beta` times the first
/// axis.
pub(super) struct Reflection {
    pub(super) beta: f64,
    pub(super) tau_inverse: f64,
    pub(super) scale: f64,
}

impl Reflection {
    /// By the first element and the sum of the squares of the others.
    pub(super) fn of(first: f64, rest: f64) -> Reflection {
        if rest == 0.0 {
            return Reflection { beta: first, tau_inverse: 0.0, scale: 0.0 };
        }
        // The sign that avoids cancellation.
        let beta = -(first * first + rest).sqrt().copysign(first);
        let scale = 1.0 / (first - beta);
        Reflection { beta, tau_inverse: 2.0 / (1.0 + rest * scale * scale), scale }
    }
}

/// The vectors of a step, each as long as the rows or the columns. What is not yet done to the matrix is to subtract
/// `before * y' + z * v'`.
struct Step {
    rows: usize,
    before: Vec<f64>,
    z: Vec<f64>,
    y: Vec<f64>,
    v: Vec<f64>,
    /// The left reflection of this step without its leading 1, and 1 / tau.
    u: Vec<f64>,
    tau_inverse: f64,
    /// The row that is cleared.
    row: Vec<f64>,
    /// The matrix times that row.
    product: Vec<f64>,
}

impl Step {
    fn new(rows: usize, cols: usize) -> Step {
        let (of_rows, of_cols) = (vec![0.0; rows], vec![0.0; cols]);
        Step {
            rows,
            before: of_rows.clone(),
            z: of_rows.clone(),
            y: of_cols.clone(),
            v: of_cols.clone(),
            u: of_rows.clone(),
            tau_inverse: 0.0,
            row: of_cols,
            product: of_rows,
        }
    }

    fn bring_up_to_date(&self, column: &mut [f64], k: usize) {
        let (y, v) = (self.y[k], self.v[k]);
        column.iter_mut().zip(&self.before[k..]).zip(&self.z[k..]).for_each(|((x, u), z)| *x -= u * y + z * v);
    }

    /// Takes row k, brought up to date, out of the matrix. The rows above the next, from a multiple of eight on, count
    /// for nothing from now on, so that a pass may begin there.
    fn take_row(&mut self, a: &[f64], k: usize) {
        let (u, z) = (self.before[k], self.z[k]);
        let columns = a.chunks_exact(self.rows).zip(&mut self.row).zip(self.y.iter().zip(&self.v)).skip(k + 1);
        columns.for_each(|((column, x), (y, v))| *x = column[k] - (u * y + z * v));
        for vector in [&mut self.before, &mut self.u, &mut self.z] {
            vector[first_row(k)..=k].fill(0.0);
        }
    }

    /// Makes the right reflection of the row and what it leaves to do, and gives the element above the diagonal; `first`
    /// is column k + 1.
    fn finish(&mut self, first: &[f64], k: usize) -> f64 {
        let rest = &self.row[k + 2..];
        let right = Reflection::of(self.row[k + 1], dot(rest, rest));
        self.v[k + 1] = 1.0;
        self.v[k + 2..].iter_mut().zip(rest).for_each(|(v, x)| *v = x * right.scale);
        let inner = dot(&self.y[k + 1..], &self.v[k + 1..]);
        let (beta, scale, tau_inverse) = (right.beta, right.scale, right.tau_inverse);
        let vectors = self.product[k + 1..].iter().zip(&first[k + 1..]).zip(&self.u[k + 1..]);
        for (z, ((product, first), u)) in self.z[k + 1..].iter_mut().zip(vectors) {
            *z = ((product - first * beta) * scale - u * inner) * tau_inverse;
        }
        std::mem::swap(&mut self.u, &mut self.before);
        beta
    }
}

/// The row where the pass of step k begins: columns of most matrices are aligned there.
fn first_row(k: usize) -> usize {
    (k + 1) & !7
}

/// A pass over the columns behind column k.
struct Pass<'a> {
    columns: &'a mut [f64],
    step: &'a mut Step,
    k: usize,
}

/// Columns that share what is read of the vectors.
const GROUP: usize = 4;

impl WithSimd for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Pass { columns, step, k } = self;
        let (rows, from) = (step.rows, first_row(k));
        step.product[from..].fill(0.0);
        let count = columns.len() / rows;
        let groups = count / GROUP;
        for g in 0..groups {
            // Every second pass begins with what the one before has left in the cache.
            let j = GROUP * if k % 2 == 1 { groups - 1 - g } else { g };
            let mut rest = &mut columns[j * rows..(j + GROUP) * rows];
            let group: [&mut [f64]; GROUP] = from_fn(|_| {
                let (column, others) = std::mem::take(&mut rest).split_at_mut(rows);
                rest = others;
                &mut column[from..]
            });
            work(simd, group, step, k + 1 + j, from);
        }
        for j in GROUP * groups..count {
            work(simd, [&mut columns[j * rows + from..(j + 1) * rows]], step, k + 1 + j, from);
        }
    }
}

/// What a pass does to the columns from number `j` on, given from row `from` on.
#[inline(always)]
fn work<S: Simd, const COUNT: usize>(simd: S, columns: [&mut [f64]; COUNT], step: &mut Step, j: usize, from: usize) {
    let (before, before_left) = S::as_simd_f64s(&step.before[from..]);
    let (z, z_left) = S::as_simd_f64s(&step.z[from..]);
    let (u, u_left) = S::as_simd_f64s(&step.u[from..]);
    let (product, product_left) = S::as_mut_simd_f64s(&mut step.product[from..]);
    let mut columns = columns.map(|column| S::as_mut_simd_f64s(column));
    let (y, v): ([f64; COUNT], [f64; COUNT]) = (from_fn(|c| -step.y[j + c]), from_fn(|c| -step.v[j + c]));
    let (all_y, all_v) = (y.map(|x| simd.splat_f64s(x)), v.map(|x| simd.splat_f64s(x)));
    let mut sums = [simd.splat_f64s(0.0); COUNT];
    // Slices of one length: no index is looked at twice.
    let count = before.len();
    let (z, u, product) = (&z[..count], &u[..count], &mut product[..count]);
    columns.iter_mut().for_each(|(whole, _)| *whole = &mut std::mem::take(whole)[..count]);
    for i in 0..count {
        let (before, z, u) = (before[i], z[i], u[i]);
        for c in 0..COUNT {
            let x = simd.mul_add_e_f64s(before, all_y[c], columns[c].0[i]);
            let x = simd.mul_add_e_f64s(z, all_v[c], x);
            columns[c].0[i] = x;
            sums[c] = simd.mul_add_e_f64s(u, x, sums[c]);
        }
    }
    let mut factors = [0.0; COUNT];
    for c in 0..COUNT {
        let mut sum = simd.reduce_sum_f64s(sums[c]);
        for (i, x) in columns[c].1.iter_mut().enumerate() {
            *x += before_left[i] * y[c] + z_left[i] * v[c];
            sum += u_left[i] * *x;
        }
        step.y[j + c] = (sum + step.row[j + c]) * step.tau_inverse;
        step.row[j + c] -= step.y[j + c];
        factors[c] = step.row[j + c];
    }
    let all_factors = factors.map(|x| simd.splat_f64s(x));
    for (i, product) in product.iter_mut().enumerate() {
        for c in 0..COUNT {
            *product = simd.mul_add_e_f64s(columns[c].0[i], all_factors[c], *product);
        }
    }
    for (i, sum) in product_left.iter_mut().enumerate() {
        for c in 0..COUNT {
            *sum += columns[c].1[i] * factors[c];
        }
    }
}

/// The sum of the products of elements, in lanes.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    let ((a, a_left), (b, b_left)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (x, y) in a.iter().zip(b) {
        (0..LANES).for_each(|l| sums[l] += x[l] * y[l]);
    }
    let left: f64 = a_left.iter().zip(b_left).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f64>() + left
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::DMatrix;

    /// What does not depend on U and V: the sums of all squares, and of all squares of `A' * A`.
    fn invariants(m: &DMatrix<f64>) -> [f64; 2] {
        [m.norm_squared(), (m.transpose() * m).norm_squared()]
    }

    fn parts_of(mut a: DMatrix<f64>) -> (Vec<f64>, Vec<f64>) {
        let (rows, cols) = a.shape();
        bidiagonal(a.as_mut_slice(), rows, cols).expect("nobody interrupts")
    }

    #[test]
    fn reflections_keep_what_they_should() {
        for (rows, cols) in [(1, 1), (2, 1), (3, 3), (9, 8), (23, 17), (40, 40)] {
            let a = DMatrix::from_fn(rows, cols, |i, j| ((i * 7 + j * 13) % 11) as f64 - 4.5 + f64::from(i == j));
            let (diagonal, above) = parts_of(a.clone());
            let b = DMatrix::from_fn(cols, cols, |i, j| match j.wrapping_sub(i) {
                0 => diagonal[i],
                1 => above[i],
                _ => 0.0,
            });
            for (found, wanted) in invariants(&b).into_iter().zip(invariants(&a)) {
                assert!((found - wanted).abs() <= 1e-13 * wanted, "{rows}×{cols}: {found}, not {wanted}");
            }
        }
    }

    #[test]
    fn zeros_and_ones_stay_finite() {
        for a in [DMatrix::zeros(6, 4), DMatrix::from_element(6, 4, 1.0), DMatrix::identity(6, 4)] {
            let (diagonal, above) = parts_of(a);
            assert!(diagonal.iter().chain(&above).all(|x| x.is_finite()), "{diagonal:?} {above:?}");
        }
    }

    #[test]
    fn processors_of_all_kinds_agree() {
        let a: Vec<f64> = (0..13 * 10).map(|k| f64::from(k * 31 % 47).sin()).collect();
        let run = |arch: Arch| {
            let (mut a, mut step) = (a.clone(), Step::new(13, 10));
            step.u.iter_mut().enumerate().skip(1).for_each(|(k, x)| *x = 1.0 / k as f64);
            step.tau_inverse = 0.75;
            step.take_row(&a, 0);
            arch.dispatch(Pass { columns: &mut a[13..], step: &mut step, k: 0 });
            (step.finish(&a[13..26], 0), step.z, step.y)
        };
        let ((wanted, z, y), (found, fast_z, fast_y)) = (run(Arch::Scalar), run(Arch::new()));
        assert!((found - wanted).abs() < 1e-14, "{found}, not {wanted}");
        let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-13);
        assert!(near(&z, &fast_z) && near(&y, &fast_y), "{z:?} {fast_z:?}\n{y:?} {fast_y:?}");
    }
}
