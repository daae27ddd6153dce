//! The macros: showing, timing, asserting, testing, formatted printing.

use super::call::{Item, items};
use super::node::{BoxNode, Frame, Node, Run, Thrown};
use super::vm::Vm;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::Span;
use crate::value::display::{print_text, repr};
use crate::value::{Host, Type, Value, format};
use std::rc::Rc;
use std::time::Instant;

/// A macro with its parts.
pub enum MacroNode {
    Show(Vec<(Rc<str>, BoxNode)>),
    Time(BoxNode),
    Elapsed(BoxNode),
    Assert { cond: BoxNode, text: Rc<str>, message: Option<BoxNode> },
    Test { cond: BoxNode, text: Rc<str> },
    TestThrows { kind: BoxNode, body: BoxNode, text: Rc<str> },
    Printf(Vec<Item>),
    Sprintf(Vec<Item>),
}

/// A macro at its place.
pub struct Macro {
    pub node: MacroNode,
    pub span: Span,
}

impl Node for Macro {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        match &self.node {
            MacroNode::Show(shown) => show(shown, frame, vm),
            MacroNode::Time(node) => time(&**node, frame, vm),
            MacroNode::Elapsed(node) => {
                let start = Instant::now();
                node.eval(frame, vm)?;
                Ok(Value::float(start.elapsed().as_secs_f64()))
            }
            MacroNode::Assert { cond, text, message } => self.assert(&**cond, text, message.as_ref(), frame, vm),
            MacroNode::Test { cond, text } => self.test(&**cond, text, frame, vm),
            MacroNode::TestThrows { kind, body, text } => self.test_throws(&**kind, &**body, text, frame, vm),
            MacroNode::Printf(args) => {
                let text = self.formatted(args, frame, vm)?;
                vm.write(&text);
                Ok(Value::Nothing)
            }
            MacroNode::Sprintf(args) => Ok(Value::str(self.formatted(args, frame, vm)?)),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `x = 1`, a line for each; the value of the last.
fn show(shown: &[(Rc<str>, BoxNode)], frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let mut last = Value::Nothing;
    for (text, node) in shown {
        last = node.eval(frame, vm)?;
        vm.write(&format!("{text} = {}\n", repr(&last)));
    }
    Ok(last)
}

fn time(node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let start = Instant::now();
    let value = node.eval(frame, vm)?;
    vm.write(&format!("{:>10.6} seconds\n", start.elapsed().as_secs_f64()));
    Ok(value)
}

impl Macro {
    fn formatted(&self, args: &[Item], frame: &mut Frame, vm: &Vm) -> Run<String> {
        let values = items(args, frame, vm)?;
        match values.split_first() {
            Some((Value::Str(spec), rest)) => vm.at(format::format(spec, rest), self.span),
            _ => Err(vm.error(ErrorKind::ArgumentError, "the first argument is the format, a string", self.span)),
        }
    }

    fn assert(&self, cond: &dyn Node, text: &str, message: Option<&BoxNode>, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        if cond.cond(frame, vm)? {
            return Ok(Value::Nothing);
        }
        let message = match message {
            Some(node) => print_text(&node.eval(frame, vm)?),
            None => text.to_string(),
        };
        Err(vm.throw(Diagnostic::new(ErrorKind::AssertionError, message, cond.span()).note("this is false")))
    }

    fn test(&self, cond: &dyn Node, text: &str, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        if cond.cond(frame, vm)? {
            vm.count_test(true);
            return Ok(Value::Nothing);
        }
        vm.count_test(false);
        Err(vm
            .throw(Diagnostic::new(ErrorKind::TestFailure, format!("test failed: {text}"), cond.span()).note("false")))
    }

    fn test_throws(&self, kind: &dyn Node, body: &dyn Node, text: &str, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let expected = kind.eval(frame, vm)?;
        let Err(Thrown) = body.eval(frame, vm) else {
            vm.count_test(false);
            let message = format!("test failed: {text} raises no error");
            return Err(vm.throw(Diagnostic::new(ErrorKind::TestFailure, message, body.span())));
        };
        let raised = vm.take_raised();
        let fits = match &expected {
            Value::Type(ty) => match &**ty {
                Type::Error(kind) => raised.kind == *kind,
                Type::Exception => true,
                _ => false,
            },
            Value::Error(error) => error.kind == raised.kind && error.message == raised.message,
            Value::Str(part) => raised.message.contains(part.as_str()),
            _ => false,
        };
        vm.count_test(fits);
        if fits {
            return Ok(Value::Nothing);
        }
        let message = format!("test failed: {text} raises {}", raised.kind.name());
        Err(vm.throw(Diagnostic::new(ErrorKind::TestFailure, message, body.span()).hint(raised.message)))
    }
}
