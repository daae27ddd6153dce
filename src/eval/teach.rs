//! `@explain`, `@compare` and `@notation`: the values are computed here, once each, and explained by [`crate::teach`] and
//! [`crate::notation`].

use super::function::UserFunction;
use super::node::{BoxNode, Frame, Node, Run};
use super::vm::Vm;
use crate::notation::{self, Kind};
use crate::source::Span;
use crate::syntax::ast::{Expr, Name};
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

/// `@notation expr`, `@notation`: nothing is evaluated, but the kinds of variables decide what operators mean.
pub fn notation(expr: Option<&Expr>, names: &[(Name, BoxNode)], frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let Some(expr) = expr else {
        vm.write(&notation::products(vm.screen()));
        return Ok(Value::Nothing);
    };
    let mut kept = Vec::with_capacity(names.len());
    for (name, node) in names {
        kept.push((name, Kind::of_value(&node.eval(frame, vm)?)));
    }
    let known = |name: &str| {
        let local = kept.iter().find(|(kept, _)| &***kept == name).map(|(_, kind)| *kind);
        let global = || vm.globals.borrow().own(name).map(|global| Kind::of_value(&global.variable.get()));
        local.or_else(global)
    };
    vm.write(&notation::everywhere(expr, &known, vm.screen()));
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
