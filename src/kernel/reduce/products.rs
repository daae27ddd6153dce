//! Sums of products of floats: inner products, squares, and what variances and covariances are made of.

use super::numbers::sum_floats;
use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::threads;
use crate::value::array::reserve;
use nalgebra::DMatrix;

/// Products that are added without splitting them into halves first.
const SUMMED_AT_ONCE: usize = 1024;

/// Sums that run beside each other, so that additions need not wait for each other.
const LANES: usize = 32;

/// Fewer products are added in order.
const FEW: usize = 16;

/// The sum of `(x[k] - a) * (y[k] - b)` for two lists of one length. Halves are summed apart, so that the error grows with
/// the logarithm of their length only; the order of additions depends on nothing but that length.
pub fn product_sum((x, a): (&[f64], f64), (y, b): (&[f64], f64)) -> f64 {
    if x.len() <= SUMMED_AT_ONCE {
        return block((x, a), (y, b));
    }
    let middle = (x.len() / 2).next_multiple_of(SUMMED_AT_ONCE);
    let ((x1, x2), (y1, y2)) = (x.split_at(middle), y.split_at(middle));
    let (left, right) = (|| product_sum((x1, a), (y1, b)), || product_sum((x2, a), (y2, b)));
    let (left, right) = if x.len() < threads::WORTHWHILE { (left(), right()) } else { threads::join(left, right) };
    left + right
}

fn block(x: (&[f64], f64), y: (&[f64], f64)) -> f64 {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has these instructions.
        return unsafe { block_avx2(x, y) };
    }
    in_lanes(x, y)
}

/// The same, compiled for wider registers. Products are rounded before they are added, as everywhere.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn block_avx2(x: (&[f64], f64), y: (&[f64], f64)) -> f64 {
    in_lanes(x, y)
}

#[inline(always)]
fn in_lanes((x, a): (&[f64], f64), (y, b): (&[f64], f64)) -> f64 {
    let add = |sum: f64, (x, y): (&f64, &f64)| sum + (x - a) * (y - b);
    if x.len() < FEW {
        return x.iter().zip(y).fold(0.0, add);
    }
    let mut lanes = [0.0; LANES];
    let (x_chunks, y_chunks) = (x.chunks_exact(LANES), y.chunks_exact(LANES));
    let rest = x_chunks.remainder().iter().zip(y_chunks.remainder());
    for (x, y) in x_chunks.zip(y_chunks) {
        for (lane, pair) in lanes.iter_mut().zip(x.iter().zip(y)) {
            *lane = add(*lane, pair);
        }
    }
    for (lane, pair) in lanes.iter_mut().zip(rest) {
        *lane = add(*lane, pair);
    }
    let mut half = LANES / 2;
    while half > 0 {
        for k in 0..half {
            lanes[k] += lanes[k + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// The sum of the squares of the distances from a center.
pub fn squares_around(items: &[f64], center: f64) -> f64 {
    product_sum((items, center), (items, center))
}

/// The arithmetic mean; NaN of no numbers.
pub fn average(items: &[f64]) -> f64 {
    sum_floats(items) / items.len() as f64
}

/// For each column of a matrix the sum of the squares of the distances from its mean.
pub fn squares_of_columns(m: &DMatrix<f64>) -> Outcome<Vec<f64>> {
    let (rows, cols) = m.shape();
    let mut sums = reserve(cols)?;
    sums.resize(cols, 0.0);
    if rows > 0 {
        let work = |(items, sums): (&[f64], &mut [f64])| {
            for (column, sum) in items.chunks_exact(rows).zip(sums) {
                if !interrupt::requested() {
                    *sum = squares_around(column, average(column));
                }
            }
        };
        shared(m.as_slice(), rows, &mut sums, work);
    }
    interrupt::check()?;
    Ok(sums)
}

/// The columns of a matrix, each less its mean.
pub fn centered_columns(m: &DMatrix<f64>) -> Outcome<Vec<f64>> {
    let rows = m.nrows();
    let mut items = reserve(m.len())?;
    items.extend_from_slice(m.as_slice());
    if rows > 0 {
        threads::for_lines(&mut items, rows, |part| {
            for column in part.chunks_exact_mut(rows) {
                let mean = average(column);
                column.iter_mut().for_each(|x| *x -= mean);
            }
        });
    }
    interrupt::check()?;
    Ok(items)
}

/// The squares of the distances of a matrix's elements from the means of their rows.
pub fn squares_around_rows(m: &DMatrix<f64>, means: &[f64]) -> Outcome<Vec<f64>> {
    let rows = m.nrows();
    let mut squares = reserve(m.len())?;
    squares.extend_from_slice(m.as_slice());
    if rows > 0 {
        let columns = |items: &mut [f64]| {
            for column in items.chunks_exact_mut(rows) {
                column.iter_mut().zip(means).for_each(|(x, mean)| *x = (*x - mean) * (*x - mean));
            }
        };
        threads::for_lines(&mut squares, rows, columns);
    }
    interrupt::check()?;
    Ok(squares)
}

/// Columns and what is to be written for each of them, in parts that threads share.
fn shared<'a>(items: &'a [f64], rows: usize, to: &'a mut [f64], work: impl Fn((&'a [f64], &'a mut [f64])) + Sync) {
    if items.len() < threads::WORTHWHILE {
        return work((items, to));
    }
    let together = threads::lines_together(rows);
    threads::for_each(items.chunks(rows * together).zip(to.chunks_mut(together)).collect(), work);
}
