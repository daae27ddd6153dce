//! What a node of the running tree is: three ways to run it, and how control leaves it.

use super::vm::Vm;
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
        self.eval(frame, vm)?;
        Ok(Flow::Next)
    }

    /// Runs it as a condition. The error for what is no Bool points at [`Node::condition_span`].
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        match self.eval(frame, vm)? {
            Value::Bool(b) => Ok(b.get()),
            other => Err(vm.not_a_condition(&other, self.span())),
        }
    }

    /// Runs it and puts its value in a slot: one call instead of two.
    fn store(&self, frame: &mut Frame, vm: &Vm, slot: usize) -> Run<()> {
        let value = self.eval(frame, vm)?;
        put(&mut frame[slot], value);
        Ok(())
    }

    /// The text that it was made from.
    fn span(&self) -> crate::source::Span;
}

/// A node on the heap.
pub type BoxNode = Box<dyn Node>;

/// Overwrites a slot. Scalars, by far the commonest, need no drop.
#[inline(always)]
pub fn put(slot: &mut Value, value: Value) {
    let old = std::mem::replace(slot, value);
    if old.is_plain() {
        std::mem::forget(old);
    } else {
        drop(old);
    }
}
