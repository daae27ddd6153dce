//! `@law`: the parts of a law are functions of its names, which are called here.

use super::node::{BoxNode, Frame, Run};
use super::vm::Vm;
use crate::error::Diagnostic;
use crate::fault::{Fault, Outcome};
use crate::law::{self, Evaluate, Law};
use crate::source::Span;
use crate::teach;
use crate::value::{Host, Style, Value};
use crate::warning;
use std::cell::RefCell;
use std::rc::Rc;

/// Says whether a law holds, and gives it as a Bool.
pub fn check(law: &Rc<Law>, parts: &[BoxNode], span: Span, frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let functions = parts.iter().map(|part| part.eval(frame, vm)).collect::<Run<Vec<_>>>()?;
    let parts = Parts { law, functions, vm, last: RefCell::new(None) };
    // Doubts about single cases are nobody's concern: only the warnings from before are kept.
    let warnings = warning::take();
    let checked = law::check(law, &parts);
    drop(warning::take());
    warnings.into_iter().for_each(warning::warn);
    if let (Err(fault), Some(last)) = (&checked, parts.last.take())
        && fault.report().is_some_and(|report| report.kind == last.kind && report.message == last.message)
    {
        return Err(vm.throw(*last));
    }
    let (text, holds) = vm.at(checked, span)?;
    vm.write(&if vm.screen().style == Style::Plain { teach::ascii(&text) } else { text });
    Ok(Value::bool(holds))
}

struct Parts<'a> {
    law: &'a Law,
    functions: Vec<Value>,
    vm: &'a Vm,
    /// The last error of a part, with its place.
    last: RefCell<Option<Box<Diagnostic>>>,
}

impl Evaluate for Parts<'_> {
    fn value(&self, part: usize, names: &[Value]) -> Outcome<Value> {
        let result = self.vm.call(&self.functions[part], &names[..self.law.parts[part].takes]);
        let Err(Fault::Passing) = result else { return result };
        let raised = self.vm.take_raised();
        if self.vm.ends_program(&raised) {
            self.vm.throw(*raised);
            return Err(Fault::Passing);
        }
        self.vm.keep_thrown_value(None);
        let fault = Fault::new(raised.kind, raised.message.as_str());
        *self.last.borrow_mut() = Some(raised);
        Err(fault)
    }
}
