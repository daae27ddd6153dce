//! Running resolved code: a tree of nodes that walks itself.

mod arithmetic;
mod array;
mod assign;
mod bodies;
mod broadcast;
mod build;
mod call;
mod control;
mod divide;
mod formula;
mod function;
mod include;
mod index;
mod kind;
mod law;
mod macros;
mod make_function;
mod node;
mod number_call;
mod offers;
mod operands;
mod probe;
mod read;
mod teach;
mod test;
mod text;
mod vm;

pub use function::UserFunction;
pub use test::TestCounts;
pub use vm::{Console, Vm, set_stack_size};

use crate::error::Diagnostic;
use crate::resolve;
use crate::syntax::ast::Expr;
use crate::value::Value;

/// Resolves and runs a statement of the top level; gives its value.
pub fn run(statement: &Expr, vm: &Vm) -> Result<Value, Box<Diagnostic>> {
    let code = resolve::resolve(statement, &mut vm.globals.borrow_mut(), &vm.sources.borrow())?;
    let node = build::top(&code);
    vm.running.borrow_mut().push(statement.span.source);
    let result = vm.run_top(code.slots, |frame| node.eval(frame, vm));
    vm.running.borrow_mut().pop();
    result
}
