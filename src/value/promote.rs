//! Which array holds given values: promotion for literals, joining of types for what is collected.

use super::{Array, Value};
use crate::fault::Outcome;

/// The vector that the literal `[a, b, c]` makes: numbers are promoted to one type.
pub fn literal_vector(_items: Vec<Value>) -> Outcome<Array> {
    unimplemented!()
}

/// The vector that collecting makes (comprehensions, `map`, `f.(x)` by element): types are joined as Julia does, so that
/// integers among floats stay themselves under the element type `Real`.
pub fn collect(_items: Vec<Value>) -> Outcome<Array> {
    unimplemented!()
}
