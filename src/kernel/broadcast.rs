//! Broadcasting: a dotted expression as one loop over blocks, without temporary arrays.

use crate::fault::Outcome;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::{Host, Value};

/// A maximal dotted expression. Leaves are numbered; their values are computed before the loop.
#[derive(Clone, Debug, PartialEq)]
pub enum Dotted {
    /// The value with this number: an array, a range, a scalar.
    Leaf(usize),
    /// A literal: `2` in `x .^ 2`.
    Constant(Value),
    /// `.-x`, `.!x`, `.√x`; never the adjoint.
    Unary(UnaryOp, Box<Dotted>),
    /// `x .* y`; for `.=>`, `.∘`, `.|>` too.
    Binary(BinaryOp, Box<Dotted>, Box<Dotted>),
    /// `x .&& y`
    And(Box<Dotted>, Box<Dotted>),
    /// `x .|| y`
    Or(Box<Dotted>, Box<Dotted>),
    /// `f.(x, y; k = v)`: `function` and keyword values are leaves; keyword values are not broadcast.
    Call { function: usize, args: Vec<Dotted>, keyword: Vec<(std::rc::Rc<str>, usize)> },
}

/// The value of a dotted expression. A fault's `Part::Argument(k)` labels mean leaf k.
pub fn broadcast(_tree: &Dotted, _leaves: &[Value], _host: &dyn Host) -> Outcome<Value> {
    unimplemented!()
}

/// `destination .= tree`: writes into the array, whose size and element type stay.
pub fn broadcast_into(_destination: &Value, _tree: &Dotted, _leaves: &[Value], _host: &dyn Host) -> Outcome<()> {
    unimplemented!()
}

/// `destination[indices...] .= tree`
pub fn broadcast_into_index(
    _destination: &Value,
    _indices: &[Value],
    _tree: &Dotted,
    _leaves: &[Value],
    _host: &dyn Host,
) -> Outcome<()> {
    unimplemented!()
}
