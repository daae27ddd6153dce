//! What a node of the running tree is: the ways to run it, and how control leaves it.

use super::kind::{Carried, Kind};
use super::vm::Vm;
use crate::source::Span;
use crate::value::Value;

/// The values of a function's locals: a window of the value stack. What lies behind it is free for callees.
pub type Frame = [Value];

/// An error, a `return`, `break` or `continue` on its way out. Of no size, so that a result still travels in two
/// registers: what is thrown waits in the [`Vm`].
#[derive(Debug)]
pub struct Thrown;

/// What running gives.
pub type Run<T> = Result<T, Thrown>;

const _: () = assert!(size_of::<Run<Value>>() == 16, "a result travels in two registers");

/// How a statement ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The next statement follows.
    Next,
    Break,
    Continue,
    /// The function returns; the value waits in the [`Vm`].
    Return,
}

/// A node of the tree that runs.
pub trait Node {
    /// Runs it for its value.
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value>;

    /// Runs it as a statement: its value is not wanted, and control may leave it.
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        release(self.eval(frame, vm)?);
        Ok(Flow::Next)
    }

    /// Runs it as a condition. The error for what is no Bool points at its [`Node::span`].
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        let value = self.eval(frame, vm)?;
        vm.truth(value, self.span())
    }

    /// Runs a node of kind Int.
    fn int(&self, frame: &mut Frame, vm: &Vm) -> Run<i64> {
        self.eval(frame, vm).map(Carried::known)
    }

    /// Runs a node of kind Float.
    fn float(&self, frame: &mut Frame, vm: &Vm) -> Run<f64> {
        self.eval(frame, vm).map(Carried::known)
    }

    /// What it gives.
    fn kind(&self) -> Kind {
        Kind::Any
    }

    /// The text that it was made from.
    fn span(&self) -> Span;
}

/// A node on the heap.
pub type BoxNode = Box<dyn Node>;

/// What an `if` or a loop asks.
pub trait Condition: 'static {
    fn holds(&self, frame: &mut Frame, vm: &Vm) -> Run<bool>;
}

impl Condition for BoxNode {
    #[inline(always)]
    fn holds(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        self.cond(frame, vm)
    }
}

/// Overwrites a slot. Scalars, by far the commonest, need no drop.
#[inline(always)]
pub fn put(slot: &mut Value, value: Value) {
    release(std::mem::replace(slot, value));
}

/// Drops a value that is nearly always a scalar.
#[inline(always)]
pub fn release(value: Value) {
    if value.is_plain() {
        std::mem::forget(value);
    } else {
        drop(value);
    }
}
