//! Going through a value one element at a time, as `for` does.

use super::{Host, Value};
use crate::fault::Outcome;

/// A place in an iteration. Holds the value, never a borrow of its elements.
pub struct Cursor {
    _private: (),
}

impl Cursor {
    /// Before the first element; a fault if the value cannot be iterated.
    pub fn new(_over: &Value) -> Outcome<Cursor> {
        unimplemented!()
    }

    /// The next element. Lazy iterators call their functions through the host.
    pub fn next(&mut self, _host: &dyn Host) -> Outcome<Option<Value>> {
        unimplemented!()
    }
}

/// All elements, in order.
pub fn elements(_over: &Value, _host: &dyn Host) -> Outcome<Vec<Value>> {
    unimplemented!()
}

/// Rows and columns that collecting a value gives, where its shape is known beforehand (`None`: a vector of unknown
/// length); used by comprehensions and `collect`.
pub fn shape(_over: &Value) -> Option<(usize, usize, super::Form)> {
    unimplemented!()
}
