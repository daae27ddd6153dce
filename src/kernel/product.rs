//! Matrix products of every pair of element types.

use super::blocked::{Factor, Number, multiply};
use super::by_vector::by_vector;
use super::linalg::transposed;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::Elements;
use crate::value::array::{dense, element_count, reserve};
use crate::value::promote::{Numeric, as_numeric, to_complexes, to_floats, to_ints};
use std::borrow::Cow;

/// Multiplications of integers between two looks at whether the user wants to stop.
const PANEL_WORK: usize = 1 << 27;

/// One side of a product: elements, or their adjoint, which is formed of integers only.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub elements: &'a Elements,
    pub is_adjoint: bool,
}

impl<'a> From<&'a Elements> for Side<'a> {
    fn from(elements: &'a Elements) -> Side<'a> {
        Side { elements, is_adjoint: false }
    }
}

impl Side<'_> {
    /// Rows and columns.
    pub fn shape(self) -> (usize, usize) {
        let (rows, cols) = self.elements.shape();
        if self.is_adjoint { (cols, rows) } else { (rows, cols) }
    }

    fn factor<'b, T: Number>(self, items: &'b [T]) -> Factor<'b, T> {
        let factor = Factor::new(items, self.elements.shape());
        if self.is_adjoint { factor.adjoint() } else { factor }
    }

    fn integers<'b>(self, numbers: &'b Elements) -> Outcome<Cow<'b, [i64]>> {
        let items = to_ints(numbers)?;
        if !self.is_adjoint {
            return Ok(items);
        }
        let (rows, cols) = numbers.shape();
        Ok(Cow::Owned(transposed(&items, rows, cols, |x| x)?))
    }
}

/// The product of an `m×k` and a `k×n` matrix; the caller has compared the sizes. Products of Bools are integers.
/// An `OverflowError` where an integer does not fit.
pub fn product(a: &Elements, b: &Elements) -> Outcome<Elements> {
    product_of_sides(a.into(), b.into())
}

/// The same, where either side may be an adjoint.
pub fn product_of_sides(left: Side<'_>, right: Side<'_>) -> Outcome<Elements> {
    let (Some(a), Some(b)) = (as_numeric(left.elements)?, as_numeric(right.elements)?) else {
        return Err(no_numbers(left.elements, right.elements));
    };
    let ((rows, inner), (_, cols)) = (left.shape(), right.shape());
    debug_assert_eq!(inner, right.shape().0, "the caller compares the sizes");
    match Numeric::of(&a).max(Numeric::of(&b)) {
        Some(Numeric::Complex) => {
            let (a, b) = (to_complexes(&a)?, to_complexes(&b)?);
            multiply(left.factor(&a), right.factor(&b)).map(Elements::Complex)
        }
        Some(Numeric::Float) => {
            let (a, b) = (to_floats(&a)?, to_floats(&b)?);
            let items = match (rows, cols) {
                (_, 1) => by_vector(&a, left.elements.shape(), left.is_adjoint, &b)?,
                // `x' * A` has the elements of `A' * x`.
                (1, _) => by_vector(&b, right.elements.shape(), !right.is_adjoint, &a)?,
                _ => return multiply(left.factor(&a), right.factor(&b)).map(Elements::Float),
            };
            Ok(Elements::Float(dense(rows, cols, items)))
        }
        Some(Numeric::Bool | Numeric::Int) | None => {
            let items = integer_product(&left.integers(&a)?, &right.integers(&b)?, rows, inner, cols)?;
            Ok(Elements::Int(dense(rows, cols, items)))
        }
    }
}

/// A product of integers, column by column. Overflow is looked for only where the sizes of the numbers allow it.
fn integer_product(a: &[i64], b: &[i64], rows: usize, inner: usize, cols: usize) -> Outcome<Vec<i64>> {
    let largest = |items: &[i64]| items.iter().map(|x| x.unsigned_abs()).max().unwrap_or(0);
    let bound = u128::from(largest(a)) * u128::from(largest(b));
    let is_safe = bound.checked_mul(inner as u128).is_some_and(|bound| bound <= i64::MAX as u128);
    let count = element_count(rows, cols)?;
    let mut result = reserve::<i64>(count)?;
    result.resize(count, 0);
    if rows == 0 || inner == 0 {
        return Ok(result);
    }
    let mut work = 0_usize;
    for (to, factors) in result.chunks_exact_mut(rows).zip(b.chunks_exact(inner)) {
        for (column, factor) in a.chunks_exact(rows).zip(factors) {
            if is_safe {
                for (sum, x) in to.iter_mut().zip(column) {
                    *sum = sum.wrapping_add(x.wrapping_mul(*factor));
                }
            } else {
                for (sum, x) in to.iter_mut().zip(column) {
                    let term = x.checked_mul(*factor);
                    *sum = term.and_then(|term| sum.checked_add(term)).ok_or_else(overflow)?;
                }
            }
        }
        work += rows.saturating_mul(inner);
        if work >= PANEL_WORK {
            work = 0;
            interrupt::check()?;
        }
    }
    Ok(result)
}

#[cold]
fn overflow() -> Fault {
    Fault::overflow("an element of the product does not fit into an Int64")
        .rule("an Int64 holds whole numbers up to 9223372036854775807")
        .hint("floats have room, with 16 digits: `float(A) * B`")
}

#[cold]
fn no_numbers(a: &Elements, b: &Elements) -> Fault {
    let mut fault = Fault::method("the elements cannot be multiplied as a matrix")
        .rule("matrix products are for arrays of numbers");
    for (part, elements) in [(Part::Left, a), (Part::Right, b)] {
        if matches!(elements, Elements::Any(..)) {
            fault = fault.label(part, "does not hold numbers only");
        }
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::ErrorKind;
    use crate::value::Complex64;

    fn ints(rows: usize, cols: usize, items: &[i64]) -> Elements {
        Elements::Int(dense(rows, cols, items.to_vec()))
    }

    #[test]
    fn types_are_promoted() {
        let a = ints(2, 2, &[1, 3, 2, 4]);
        let floats = Elements::Float(dense(2, 1, vec![0.5, 1.0]));
        assert_eq!(product(&a, &a), Ok(ints(2, 2, &[7, 15, 10, 22])));
        assert_eq!(product(&a, &floats), Ok(Elements::Float(dense(2, 1, vec![2.5, 5.5]))));
        let bools = Elements::Bool(dense(1, 2, vec![true, true]));
        assert_eq!(product(&bools, &a), Ok(ints(1, 2, &[4, 6])));
        let unit = Elements::Complex(dense(1, 1, vec![Complex64::new(0.0, 1.0)]));
        assert_eq!(product(&unit, &unit), Ok(Elements::Complex(dense(1, 1, vec![Complex64::new(-1.0, 0.0)]))));
    }

    #[test]
    fn empty_and_overflowing() {
        assert_eq!(product(&ints(2, 0, &[]), &ints(0, 1, &[])), Ok(ints(2, 1, &[0, 0])));
        assert_eq!(product(&ints(0, 2, &[]), &ints(2, 0, &[1; 0])), Ok(ints(0, 0, &[])));
        let huge = ints(1, 1, &[i64::MAX]);
        let fault = product(&huge, &ints(1, 1, &[2])).expect_err("too large");
        assert_eq!(fault.report().map(|r| r.kind), Some(ErrorKind::OverflowError));
        assert_eq!(product(&huge, &ints(1, 1, &[-1])), Ok(ints(1, 1, &[-i64::MAX])));
    }
}
