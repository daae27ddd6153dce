//! Indexing and indexed assignment: `A[i, j]`, `A[:, 2]`, `A[mask]`, `A[2:end] .= v`.

use super::Value;
use crate::fault::Outcome;

/// `object[indices...]` for every kind of object and index; scalar indices drop their dimension.
/// Faults carry `Part::Argument(k)` labels for the index at fault.
pub fn get(_object: &Value, _indices: &[Value]) -> Outcome<Value> {
    unimplemented!()
}

/// `object[indices...] = value`, in place.
pub fn set(_object: &Value, _indices: &[Value], _value: &Value) -> Outcome<()> {
    unimplemented!()
}

/// What `end` means as index number `position` of `count`; `begin` is 1.
pub fn last(_object: &Value, _position: usize, _count: usize) -> Outcome<i64> {
    unimplemented!()
}
