//! What comes of each row of a matrix when its elements are put together column by column, as they stand in memory.

use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::threads;
use std::ops::Range;

/// Columns that are put together one after the other.
const COLUMNS_IN_ORDER: usize = 16;

/// Rows whose columns are put together at a time: what there is of them stays in the nearest cache.
const ROWS_TOGETHER: usize = 4096;

/// The columns of a matrix, and how their elements are put together.
pub(super) struct Columns<'a, T, S, B> {
    /// The elements, column by column.
    pub items: &'a [T],
    pub rows: usize,
    /// Makes a start of an element.
    pub start: S,
    /// Makes one of two.
    pub both: B,
}

impl<T: Copy + Sync, S: Sync, B: Sync> Columns<'_, T, S, B> {
    /// Of each row one, in an empty list with room for the rows. There is at least one column.
    pub fn put_together<A: Copy + Send>(&self, rows: &mut Vec<A>) -> Outcome<()>
    where
        S: Fn(T) -> A,
        B: Fn(A, A) -> A,
    {
        rows.extend(self.items[..self.rows].iter().map(|x| (self.start)(*x)));
        self.add_to(rows, 0, 1..self.items.len() / self.rows);
        interrupt::check()
    }

    /// Puts the columns of a range to what there is of the rows from `first` on; the halves of many columns apart, so that
    /// rounding errors grow with the logarithm of their number. The order does not depend on the threads.
    fn add_to<A: Copy + Send>(&self, band: &mut [A], first: usize, cols: Range<usize>)
    where
        S: Fn(T) -> A,
        B: Fn(A, A) -> A,
    {
        let worthwhile = band.len().saturating_mul(cols.len()) >= threads::WORTHWHILE;
        if band.len() > ROWS_TOGETHER {
            let middle = band.len() / 2;
            let (upper, lower) = band.split_at_mut(middle);
            let upper = || self.add_to(upper, first, cols.clone());
            let lower = || self.add_to(lower, first + middle, cols.clone());
            threads::join_if(worthwhile, upper, lower);
            return;
        }
        if cols.len() <= COLUMNS_IN_ORDER {
            return self.add_few(band, first, cols);
        }
        let middle = cols.start + cols.len() / 2;
        let mut right: Vec<A> = self.column(middle, first, band.len()).iter().map(|x| (self.start)(*x)).collect();
        threads::join_if(
            worthwhile,
            || self.add_to(band, first, cols.start..middle),
            || self.add_to(&mut right, first, middle + 1..cols.end),
        );
        band.iter_mut().zip(right).for_each(|(so_far, x)| *so_far = (self.both)(*so_far, x));
    }

    fn column(&self, col: usize, first: usize, rows: usize) -> &[T] {
        &self.items[col * self.rows + first..][..rows]
    }

    /// Puts a few columns to what there is, in order.
    fn add_few<A: Copy>(&self, band: &mut [A], first: usize, cols: Range<usize>)
    where
        S: Fn(T) -> A,
        B: Fn(A, A) -> A,
    {
        if interrupt::requested() {
            return;
        }
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has these instructions.
            return unsafe { self.add_few_avx2(band, first, cols) };
        }
        self.add_in_order(band, first, cols);
    }

    /// The same, compiled for wider registers.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn add_few_avx2<A: Copy>(&self, band: &mut [A], first: usize, cols: Range<usize>)
    where
        S: Fn(T) -> A,
        B: Fn(A, A) -> A,
    {
        self.add_in_order(band, first, cols);
    }

    /// Four columns go to what there is of a row before the next row has its turn.
    #[inline(always)]
    fn add_in_order<A: Copy>(&self, band: &mut [A], first: usize, mut cols: Range<usize>)
    where
        S: Fn(T) -> A,
        B: Fn(A, A) -> A,
    {
        let len = band.len();
        let column = |col: usize| self.column(col, first, len);
        let put = |so_far: A, x: &T| (self.both)(so_far, (self.start)(*x));
        while cols.len() >= 4 {
            let [a, b, c, d] = [0, 1, 2, 3].map(|k| column(cols.start + k));
            let rows = a.iter().zip(b).zip(c).zip(d);
            for (so_far, (((a, b), c), d)) in band.iter_mut().zip(rows) {
                *so_far = put(put(put(put(*so_far, a), b), c), d);
            }
            cols.start += 4;
        }
        for col in cols {
            band.iter_mut().zip(column(col)).for_each(|(so_far, x)| *so_far = put(*so_far, x));
        }
    }
}
