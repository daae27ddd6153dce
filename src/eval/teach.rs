//! `@explain` and `@compare`: the values are computed here, once each, and explained by [`crate::teach`].

use super::function::UserFunction;
use super::node::{BoxNode, Frame, Node, Run};
use super::vm::Vm;
use crate::source::Span;
use crate::syntax::ast::Expr;
use crate::teach::{self, Desk, Trace};
use crate::value::{Host, Value};
use std::rc::Rc;

/// A part of an explained expression.
pub struct Traced {
    pub node: BoxNode,
}

impl Node for Traced {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let value = self.node.eval(frame, vm)?;
        if let Some(trace) = vm.traces.borrow_mut().last_mut() {
            trace.record(self.node.span(), &value);
        }
        Ok(value)
    }
    fn span(&self) -> Span {
        self.node.span()
    }
}

/// `@explain expr`: the value, after its explanation. What was computed before an error is explained too.
pub fn explain(expr: &Expr, node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<Value> {
    vm.traces.borrow_mut().push(Trace::default());
    let result = node.eval(frame, vm);
    let trace = vm.traces.borrow_mut().pop().unwrap_or_default();
    vm.write(&with_desk(vm, |desk| teach::explain(expr, &trace, desk)));
    result
}

/// `@compare A B`
pub fn compare(compared: &[(Rc<str>, BoxNode); 2], frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let [(left, a), (right, b)] = compared;
    let (a, b) = (a.eval(frame, vm)?, b.eval(frame, vm)?);
    vm.write(&teach::compare([(left, &a), (right, &b)], vm));
    Ok(Value::Nothing)
}

fn with_desk<T>(vm: &Vm, write: impl FnOnce(&Desk<'_>) -> T) -> T {
    let text = |span| vm.text(span);
    let definition = |function: &Value, count: usize| {
        let method = UserFunction::of(function)?.method(count)?;
        Some(vm.text(method.span()))
    };
    write(&Desk { text: &text, definition: &definition, screen: vm.screen() })
}
