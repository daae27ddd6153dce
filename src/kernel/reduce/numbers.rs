//! Reductions of slices of numbers.

use crate::fault::{Fault, Outcome};
use crate::kernel::elementwise::kernels;

/// Floats that are added without splitting them into halves first.
const SUMMED_AT_ONCE: usize = 1024;

/// The number of true elements.
pub fn count(items: &[bool]) -> i64 {
    items.iter().map(|x| i64::from(*x)).sum()
}

/// The sum of integers. Partial sums may be larger than the result.
pub fn sum_ints(items: &[i64]) -> Outcome<i64> {
    i64::try_from(exact_sum(items)).map_err(|_| too_large("the sum"))
}

/// The sum of integers, however large.
pub fn exact_sum(items: &[i64]) -> i128 {
    let kernel = kernels().int_sum;
    // SAFETY: the kernels of `kernels()` are for this processor.
    items.chunks(1 << 20).map(|items| unsafe { kernel(items) }).sum()
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
        let half = (items.len() / 2).next_multiple_of(SUMMED_AT_ONCE);
        return sum_floats(&items[..half]) + sum_floats(&items[half..]);
    }
    // SAFETY: the kernels of `kernels()` are for this processor.
    unsafe { (kernels().sum)(items) }
}

/// The largest float; NaN if there is one.
pub fn largest(items: &[f64]) -> f64 {
    // SAFETY: as above.
    unsafe { (kernels().largest)(items) }
}

/// The smallest float; NaN if there is one.
pub fn smallest(items: &[f64]) -> f64 {
    // SAFETY: as above.
    unsafe { (kernels().smallest)(items) }
}

/// A result that is no Int64.
#[cold]
pub fn too_large(what: &str) -> Fault {
    Fault::overflow(format!("{what} does not fit into an Int64"))
        .rule("an Int64 holds whole numbers up to 9223372036854775807")
        .hint("floats have room, with 16 digits: `float.(x)`")
}
