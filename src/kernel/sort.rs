//! Sorting: stable, NaN last, fast on numbers.

use crate::fault::Outcome;
use crate::value::Value;
use std::cmp::Ordering;

/// A sorted copy of a vector (or range); `rev` for descending order. Equal elements keep their order either way.
pub fn sort(_vector: &Value, _rev: bool) -> Outcome<Value> {
    unimplemented!()
}

/// A copy of a matrix with its columns (`dims` 1) or rows (2) sorted.
pub fn sort_dims(_matrix: &Value, _dims: usize, _rev: bool) -> Outcome<Value> {
    unimplemented!()
}

/// The indices, from 1, that would sort a vector.
pub fn sortperm(_vector: &Value, _rev: bool) -> Outcome<Value> {
    unimplemented!()
}

/// The places, from 0, that would sort a vector; with `permute` this sorts by keys.
pub fn order(_keys: &Value, _rev: bool) -> Outcome<Vec<usize>> {
    unimplemented!()
}

/// The places, from 0, of `count` things in the order of a comparison that may fail.
pub fn order_by(_count: usize, _cmp: &mut dyn FnMut(usize, usize) -> Outcome<Ordering>) -> Outcome<Vec<usize>> {
    unimplemented!()
}

/// The elements of a vector at these places (from 0), as a new vector of the same element type.
pub fn permute(_vector: &Value, _places: &[usize]) -> Outcome<Value> {
    unimplemented!()
}

/// Sorts values by a comparison that may fail, such as a call of the user's function. Stable.
pub fn sort_by(_items: &mut Vec<Value>, _cmp: &mut dyn FnMut(&Value, &Value) -> Outcome<Ordering>) -> Outcome<()> {
    unimplemented!()
}

/// Are the elements of a vector in ascending (or descending) order?
pub fn is_sorted(_vector: &Value, _rev: bool) -> Outcome<bool> {
    unimplemented!()
}

/// The elements in the opposite order: of a vector, range, tuple or string; of a matrix along `dims`, or of all
/// elements without it.
pub fn reverse(_of: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}
