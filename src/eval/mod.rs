//! Running resolved code: a tree of nodes that walks itself.

mod arithmetic;
mod array;
mod assign;
mod broadcast;
mod build;
mod call;
mod control;
mod function;
mod index;
mod macros;
mod make_function;
mod node;
mod offers;
mod read;
mod text;
mod vm;

pub use function::UserFunction;
pub use vm::{Console, Vm, set_stack_size};

use crate::error::Diagnostic;
use crate::resolve::code::TopCode;
use crate::value::Value;

/// Runs a statement of the top level and gives its value.
pub fn run(code: TopCode, vm: &Vm) -> Result<Value, Box<Diagnostic>> {
    let node = build::top(&code);
    vm.run_top(code.slots, |frame| node.eval(frame, vm))
}
