//! Reductions of slices of numbers.

use crate::fault::{Fault, Outcome};
use crate::kernel::elementwise::{Fold, kernels};
use crate::kernel::threads;
use crate::value::Complex64;

/// Floats that are added without splitting them into halves first.
const SUMMED_AT_ONCE: usize = 1024;

/// Floats of which the extremes are found before going on to the next ones.
const SEEN_AT_ONCE: usize = 1 << 14;

/// The number of true elements.
pub fn count(items: &[bool]) -> i64 {
    // SAFETY: the kernels of `kernels()` are for this processor.
    in_parts(items, |items| unsafe { (kernels().bool_sum)(items) }, |x, y| x + y)
}

/// The sum of integers. Partial sums may be larger than the result.
pub fn sum_ints(items: &[i64]) -> Outcome<i64> {
    int_sum(exact_sum(items))
}

/// An exact sum as an Int64.
pub fn int_sum(exact: i128) -> Outcome<i64> {
    i64::try_from(exact).map_err(|_| too_large("the sum"))
}

/// The sum of integers, however large.
pub fn exact_sum(items: &[i64]) -> i128 {
    let kernel = kernels().int_sum;
    // SAFETY: the kernels of `kernels()` are for this processor.
    let sum = |items: &[i64]| items.chunks(1 << 20).map(|items| unsafe { kernel(items) }).sum::<i128>();
    in_parts(items, sum, |x, y| x + y)
}

/// `start + (start + step) + …`
pub fn sum_of_range(start: i64, step: i64, len: usize) -> Outcome<i64> {
    let n = len as i128;
    let ends = 2 * i128::from(start) + i128::from(step) * (n - 1).max(0);
    let sum = n.checked_mul(ends).map(|twice| twice / 2);
    sum.and_then(|sum| i64::try_from(sum).ok()).ok_or_else(|| too_large("the sum"))
}

/// The product of integers. A zero makes it zero, however large the others are.
pub fn product_of_ints(items: &[i64]) -> Outcome<i64> {
    match items.iter().try_fold(1_i64, |product, x| product.checked_mul(*x)) {
        Some(product) => Ok(product),
        None if items.contains(&0) => Ok(0),
        None => Err(too_large("the product")),
    }
}

/// The sum of floats: halves are summed apart, so that the error grows with the logarithm of their number only. The
/// order of additions depends on nothing but the number of elements.
pub fn sum_floats(items: &[f64]) -> f64 {
    if items.is_empty() {
        return 0.0;
    }
    if items.len() > SUMMED_AT_ONCE {
        let (left, right) = items.split_at((items.len() / 2).next_multiple_of(SUMMED_AT_ONCE));
        if items.len() < threads::WORTHWHILE {
            return sum_floats(left) + sum_floats(right);
        }
        let (left, right) = threads::join(|| sum_floats(left), || sum_floats(right));
        return left + right;
    }
    // SAFETY: the kernels of `kernels()` are for this processor.
    unsafe { (kernels().sum)(items) }
}

/// The sum of complex numbers, as [`sum_floats`].
pub fn sum_complexes(items: &[Complex64]) -> Complex64 {
    /// Sums beside each other.
    const LANES: usize = 8;
    if items.len() > SUMMED_AT_ONCE {
        let (left, right) = items.split_at((items.len() / 2).next_multiple_of(SUMMED_AT_ONCE));
        if items.len() < threads::WORTHWHILE / 2 {
            return sum_complexes(left) + sum_complexes(right);
        }
        let (left, right) = threads::join(|| sum_complexes(left), || sum_complexes(right));
        return left + right;
    }
    if items.len() < LANES {
        return items.iter().sum();
    }
    let mut lanes = [Complex64::new(0.0, 0.0); LANES];
    for part in items.chunks(LANES) {
        lanes.iter_mut().zip(part).for_each(|(lane, z)| *lane += z);
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// The largest float; NaN if there is one.
pub fn largest(items: &[f64]) -> f64 {
    extreme(items, kernels().largest)
}

fn extreme(items: &[f64], kernel: Fold<f64, f64>) -> f64 {
    // SAFETY: the kernels of `kernels()` are for this processor.
    let whole = move |items: &[f64]| unsafe { kernel(items) };
    // Where the extreme is zero the kernel goes through its elements again: they should be in the cache.
    let parts = move |items: &[f64]| {
        let mut parts = items.chunks(SEEN_AT_ONCE).map(whole);
        let first = parts.next().unwrap_or_else(|| whole(&[]));
        parts.fold(first, |x, y| whole(&[x, y]))
    };
    in_parts(items, parts, |x, y| whole(&[x, y]))
}

/// The larger of two floats: NaN if one is, and 0.0 rather than -0.0.
#[inline(always)]
pub fn larger(x: f64, y: f64) -> f64 {
    // Where they are equal, the sign is that of both zeros together.
    let equal = f64::from_bits(x.to_bits() & y.to_bits());
    let best = if x > y { x } else { y };
    let best = if x == y { equal } else { best };
    if x.is_nan() { x } else { best }
}

/// The smaller of two floats: NaN if one is, and -0.0 rather than 0.0.
#[inline(always)]
pub fn smaller(x: f64, y: f64) -> f64 {
    let equal = f64::from_bits(x.to_bits() | y.to_bits());
    let best = if x < y { x } else { y };
    let best = if x == y { equal } else { best };
    if x.is_nan() { x } else { best }
}

/// The smallest float; NaN if there is one.
pub fn smallest(items: &[f64]) -> f64 {
    extreme(items, kernels().smallest)
}

/// Reduces the halves of many elements at once, in an order that only their number decides.
fn in_parts<T: Sync, R: Send>(
    items: &[T],
    whole: impl Fn(&[T]) -> R + Copy + Sync,
    both: impl Fn(R, R) -> R + Copy + Sync,
) -> R {
    if items.len() < threads::WORTHWHILE {
        return whole(items);
    }
    let (left, right) = items.split_at(items.len() / 2);
    let (left, right) = threads::join(|| in_parts(left, whole, both), || in_parts(right, whole, both));
    both(left, right)
}

/// A result that is no Int64.
#[cold]
pub fn too_large(what: &str) -> Fault {
    Fault::overflow(format!("{what} does not fit into an Int64"))
        .rule("an Int64 holds whole numbers up to 9223372036854775807")
        .hint("floats have room, with 16 digits: `float.(x)`")
}
