//! Where the smallest or the largest of many numbers stands.

use super::numbers::{largest, smallest};
use crate::value::Elements;
use std::cmp::Ordering;

/// Elements that are looked at together: whether one of them is it takes no branch for each.
const SEEN_TOGETHER: usize = 256;

/// Elements of which it can be found by a kernel.
trait Extreme: Copy + PartialEq + Sized {
    /// The element that is wanted, of at least one: NaN rather than anything.
    fn best(items: &[Self], wanted: Ordering) -> Self;
    /// Is it that element, or another that cannot be told apart from it?
    fn is(self, best: Self) -> bool;
    /// Is it that element, or one of a few more? Many of these tests the compiler makes at once.
    #[inline(always)]
    fn may_be(self, best: Self) -> bool {
        self == best
    }
}

impl Extreme for bool {
    fn best(items: &[bool], wanted: Ordering) -> bool {
        items.contains(&(wanted == Ordering::Greater)) == (wanted == Ordering::Greater)
    }

    fn is(self, best: bool) -> bool {
        self == best
    }
}

impl Extreme for i64 {
    fn best(items: &[i64], wanted: Ordering) -> i64 {
        let first = items.first().copied().unwrap_or(0);
        match wanted {
            Ordering::Greater => items.iter().fold(first, |best, x| best.max(*x)),
            Ordering::Less | Ordering::Equal => items.iter().fold(first, |best, x| best.min(*x)),
        }
    }

    fn is(self, best: i64) -> bool {
        self == best
    }
}

impl Extreme for f64 {
    fn best(items: &[f64], wanted: Ordering) -> f64 {
        match wanted {
            Ordering::Greater => largest(items),
            Ordering::Less | Ordering::Equal => smallest(items),
        }
    }

    fn is(self, best: f64) -> bool {
        // Zeros are told apart by their sign; one NaN is as good as another.
        self.to_bits() == best.to_bits() || (self.is_nan() && best.is_nan())
    }

    #[inline(always)]
    fn may_be(self, best: f64) -> bool {
        (self == best) | self.is_nan()
    }
}

/// The first place, from 0, of the largest (`Greater`) or the smallest element; the first NaN if there is one. `None` if
/// there are no elements.
fn place_of_extreme<T: Extreme>(items: &[T], wanted: Ordering) -> Option<usize> {
    if items.is_empty() {
        return None;
    }
    let best = T::best(items, wanted);
    let mut before = 0;
    for part in items.chunks(SEEN_TOGETHER) {
        if part.iter().fold(false, |found, x| found | x.may_be(best))
            && let Some(k) = part.iter().position(|x| x.is(best))
        {
            return Some(before + k);
        }
        before += part.len();
    }
    None
}

/// The same for the elements of an array from number `first` on, `len` of them; `None` also where they are no real numbers
/// of one type.
pub fn place_in(elements: &Elements, first: usize, len: usize, wanted: Ordering) -> Option<usize> {
    match elements {
        Elements::Bool(m) => place_of_extreme(&m.as_slice()[first..first + len], wanted),
        Elements::Int(m) => place_of_extreme(&m.as_slice()[first..first + len], wanted),
        Elements::Float(m) => place_of_extreme(&m.as_slice()[first..first + len], wanted),
        Elements::Complex(_) | Elements::Any(..) => None,
    }
}
