//! Products of a matrix of floats, or of its transpose, and a vector. They wait for memory: every column is read once, as
//! it stands, and groups of columns share what is read of the vectors.

use super::threads;
use crate::fault::Outcome;
use crate::interrupt;
use crate::value::array::reserve;
use pulp::{Arch, Simd, WithSimd};
use std::array::from_fn;
use std::ops::Range;

/// Rows or columns at a time, whose sums stay in the nearest cache.
const TOGETHER: usize = 4096;

/// Elements that are done in order: some 5 microseconds. Where there are more, threads share them: with two of them 256
/// rows and columns took 0.8 of the time that one took, 512 took 0.7 and 1000 took 0.65.
const IN_ORDER: usize = 1 << 16;

/// Columns that share what is read of the vectors.
const GROUP: usize = 4;

/// The matrix times the vector, or its transpose times the vector; `items` is the matrix, column by column. It can be
/// interrupted.
pub fn by_vector(items: &[f64], (rows, cols): (usize, usize), transposed: bool, vector: &[f64]) -> Outcome<Vec<f64>> {
    let count = if transposed { cols } else { rows };
    let mut sums = reserve(count)?;
    sums.resize(count, 0.0);
    let product = Product { arch: Arch::new(), items, rows, transposed, vector };
    product.add(&Block { rows: 0..rows, cols: 0..cols }, &mut sums);
    interrupt::check()?;
    Ok(sums)
}

struct Product<'a> {
    arch: Arch,
    items: &'a [f64],
    rows: usize,
    transposed: bool,
    vector: &'a [f64],
}

/// Some rows and columns of the matrix.
struct Block {
    rows: Range<usize>,
    cols: Range<usize>,
}

impl Block {
    fn elements(&self) -> usize {
        self.rows.len() * self.cols.len()
    }

    fn left_and_right(&self) -> [Block; 2] {
        halves(&self.cols).map(|cols| Block { rows: self.rows.clone(), cols })
    }

    fn upper_and_lower(&self) -> [Block; 2] {
        halves(&self.rows).map(|rows| Block { rows, cols: self.cols.clone() })
    }
}

/// The first has a multiple of eight.
fn halves(range: &Range<usize>) -> [Range<usize>; 2] {
    let middle = range.start + (range.len() / 2).next_multiple_of(8);
    [range.start..middle, middle..range.end]
}

impl Product<'_> {
    /// Adds what a block gives to its sums: one to each of its columns if the matrix is transposed, else one to each of its
    /// rows. How it is divided does not depend on the threads.
    fn add(&self, block: &Block, sums: &mut [f64]) {
        if interrupt::requested() {
            return;
        }
        if block.rows.len() > TOGETHER {
            self.add_halves(block, block.upper_and_lower(), self.transposed, sums);
        } else if block.cols.len() > TOGETHER || block.elements() > IN_ORDER {
            self.add_halves(block, block.left_and_right(), !self.transposed, sums);
        } else {
            self.arch.dispatch(InOrder { product: self, block, sums });
        }
    }

    fn add_halves(&self, whole: &Block, [first, second]: [Block; 2], both_to_all: bool, sums: &mut [f64]) {
        let worthwhile = whole.elements() > IN_ORDER;
        if both_to_all {
            let mut others = vec![0.0; sums.len()];
            threads::join_if(worthwhile, || self.add(&first, sums), || self.add(&second, &mut others));
            sums.iter_mut().zip(others).for_each(|(sum, x)| *sum += x);
        } else {
            let (sums, others) = sums.split_at_mut(if self.transposed { first.cols.len() } else { first.rows.len() });
            threads::join_if(worthwhile, || self.add(&first, sums), || self.add(&second, others));
        }
    }
}

/// A block that is done column by column.
struct InOrder<'a> {
    product: &'a Product<'a>,
    block: &'a Block,
    sums: &'a mut [f64],
}

impl WithSimd for InOrder<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let InOrder { product, block: Block { rows, cols }, sums } = self;
        let column = |j: usize| &product.items[j * product.rows..][rows.clone()];
        let grouped = cols.end - cols.len() % GROUP;
        if product.transposed {
            let vector = &product.vector[rows.clone()];
            for (j, sums) in (cols.start..grouped).step_by(GROUP).zip(sums.chunks_exact_mut(GROUP)) {
                let found = inner_products(simd, from_fn::<_, GROUP, _>(|c| column(j + c)), vector);
                sums.iter_mut().zip(found).for_each(|(sum, x)| *sum += x);
            }
            for j in grouped..cols.end {
                let [found] = inner_products(simd, [column(j)], vector);
                sums[j - cols.start] += found;
            }
        } else {
            for j in (cols.start..grouped).step_by(GROUP) {
                add_multiples(simd, from_fn(|c| column(j + c)), from_fn(|c| product.vector[j + c]), sums);
            }
            for j in grouped..cols.end {
                sums.iter_mut().zip(column(j)).for_each(|(sum, x)| *sum += x * product.vector[j]);
            }
        }
    }
}

/// Adds multiples of four columns to the sums.
#[inline(always)]
fn add_multiples<S: Simd>(simd: S, columns: [&[f64]; GROUP], factors: [f64; GROUP], sums: &mut [f64]) {
    let (sums, sums_left) = S::as_mut_simd_f64s(sums);
    let ([a, b, c, d], left) = registers::<S, GROUP>(columns);
    let [by_a, by_b, by_c, by_d] = factors.map(|x| simd.splat_f64s(x));
    // No index that would be looked at: it took 1.5 of the time.
    for ((((sum, a), b), c), d) in sums.iter_mut().zip(a).zip(b).zip(c).zip(d) {
        let two = simd.mul_add_e_f64s(*b, by_b, simd.mul_add_e_f64s(*a, by_a, *sum));
        *sum = simd.mul_add_e_f64s(*d, by_d, simd.mul_add_e_f64s(*c, by_c, two));
    }
    for (column, factor) in left.iter().zip(factors) {
        sums_left.iter_mut().zip(*column).for_each(|(sum, x)| *sum += x * factor);
    }
}

/// The inner products of columns and a vector.
#[inline(always)]
fn inner_products<S: Simd, const COUNT: usize>(simd: S, columns: [&[f64]; COUNT], vector: &[f64]) -> [f64; COUNT] {
    let (vector, vector_left) = S::as_simd_f64s(vector);
    let (wide, left) = registers::<S, COUNT>(columns);
    // Slices of one length: no index is looked at twice.
    let wide = wide.map(|column| &column[..vector.len()]);
    let mut sums = [simd.splat_f64s(0.0); COUNT];
    for (i, x) in vector.iter().enumerate() {
        for c in 0..COUNT {
            sums[c] = simd.mul_add_e_f64s(wide[c][i], *x, sums[c]);
        }
    }
    from_fn(|c| {
        let rest: f64 = left[c].iter().zip(vector_left).map(|(x, y)| x * y).sum();
        simd.reduce_sum_f64s(sums[c]) + rest
    })
}

/// The columns as registers, and what is left of them.
#[inline(always)]
fn registers<S: Simd, const COUNT: usize>(columns: [&[f64]; COUNT]) -> ([&[S::f64s]; COUNT], [&[f64]; COUNT]) {
    let parts = columns.map(|column| S::as_simd_f64s(column));
    (parts.map(|(wide, _)| wide), parts.map(|(_, left)| left))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small integers, whose sums are exact in every order.
    fn integers(count: usize, step: usize) -> Vec<f64> {
        (0..count).map(|k| (k * step % 7) as f64 - 3.0).collect()
    }

    #[test]
    fn every_size_and_way() {
        let sizes = [0, 1, 2, 3, 4, 5, 8, 13, 64, 257, 4096, 4099];
        for (rows, cols) in sizes.into_iter().flat_map(|rows| sizes.map(|cols| (rows, cols))) {
            if rows * cols > 1 << 19 {
                continue;
            }
            let items = integers(rows * cols, 5);
            let (across, down) = (integers(cols, 3), integers(rows, 2));
            let row = |i: usize| (0..cols).map(|j| items[j * rows + i] * across[j]).sum::<f64>();
            let column = |j: usize| (0..rows).map(|i| items[j * rows + i] * down[i]).sum::<f64>();
            let by_rows = by_vector(&items, (rows, cols), false, &across).expect("nobody interrupts");
            let by_columns = by_vector(&items, (rows, cols), true, &down).expect("nobody interrupts");
            assert_eq!(by_rows, (0..rows).map(row).collect::<Vec<_>>(), "{rows}×{cols}");
            assert_eq!(by_columns, (0..cols).map(column).collect::<Vec<_>>(), "{rows}×{cols} transposed");
        }
    }

    #[test]
    fn what_is_not_finite_stays() {
        let items = [f64::INFINITY, 1.0, f64::NAN, 2.0];
        let found = by_vector(&items, (2, 2), false, &[0.0, 1.0]).expect("nobody interrupts");
        assert!(found[0].is_nan() && found[1] == 2.0, "{found:?}");
    }
}
