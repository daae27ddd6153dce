//! Concatenation: `[A B; C D]`, `vcat`, `hcat`.

use super::Value;
use crate::fault::Outcome;

/// `[a; b; c]`
pub fn vcat(_items: &[Value]) -> Outcome<Value> {
    unimplemented!()
}

/// `[a b c]`
pub fn hcat(_items: &[Value]) -> Outcome<Value> {
    unimplemented!()
}

/// `[a b; c d]`. Faults carry `Part::Argument(k)` labels, k counting the items row by row.
pub fn hvcat(_rows: &[Vec<Value>]) -> Outcome<Value> {
    unimplemented!()
}
