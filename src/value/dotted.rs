//! Elementwise expressions as data: a maximal tree of dots, and the body of a function that is nothing but arithmetic.

use super::Value;
use crate::op::{BinaryOp, UnaryOp};
use std::any::Any;
use std::cell::OnceCell;
use std::rc::Rc;

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
    /// `c ? x : y` in a function's body.
    If(Box<[Dotted; 3]>),
    /// `f.(x, y; k = v)`: `function` and keyword values are leaves; keyword values are not broadcast.
    Call { function: usize, args: Vec<Dotted>, keyword: Vec<(Rc<str>, usize)> },
}

/// What a function computes from its arguments, if its body is an expression without effects: operators, `? :`, calls
/// of functions, names of its own for intermediate results.
#[derive(Clone)]
pub struct Formula {
    /// The body, shared by all calls.
    pub body: Rc<FormulaBody>,
    /// What the names that are not its own stand for now.
    pub values: Vec<Value>,
}

/// The body of a formula. Leaves 0, 1, … are the arguments, after them comes what is inside.
pub struct FormulaBody {
    /// The further leaves. A step uses only leaves before its own.
    pub inside: Vec<Inside>,
    /// The value of the whole.
    pub result: Dotted,
    /// What the kernels keep of it for the next time.
    pub kept: OnceCell<Box<dyn Any>>,
}

/// A leaf of a formula that is no argument.
pub enum Inside {
    /// The value with this number of those that come with a call.
    Value(usize),
    /// An intermediate result.
    Step(Dotted),
}
