//! Sums, products, extrema and scans of arrays, ranges and tuples, of everything or along a dimension.

use crate::fault::Outcome;
use crate::op::BinaryOp;
use crate::value::Value;

/// The sum of all elements, or along dimension `dims` (1 or 2); a Bool counts as an integer.
pub fn sum(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// The product of all elements, or along a dimension.
pub fn prod(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// The smallest element, or along a dimension; NaN if there is one.
pub fn minimum(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// The largest element, or along a dimension; NaN if there is one.
pub fn maximum(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// `(minimum, maximum)`; along a dimension an array of such pairs.
pub fn extrema(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// Is any element true? Elements must be Bools.
pub fn any(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// Are all elements true? Elements must be Bools.
pub fn all(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// How many elements are true; elements must be Bools.
pub fn count(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// The arithmetic mean.
pub fn mean(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// Sums of the first 1, 2, … elements; `dims` is needed for a matrix.
pub fn cumsum(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// Products of the first 1, 2, … elements; `dims` is needed for a matrix.
pub fn cumprod(_over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}

/// `a[1] op a[2] op …` from the left, or along a dimension: `reduce(+, v)`, `foldl(-, v)`.
pub fn fold(_op: BinaryOp, _over: &Value, _dims: Option<usize>) -> Outcome<Value> {
    unimplemented!()
}
