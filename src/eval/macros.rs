//! The macros: showing, timing, asserting, formatted printing.

use super::call::{Item, items};
use super::law;
use super::node::{BoxNode, Frame, Node, Run};
use super::teach;
use super::test::{self, Tested};
use super::vm::Vm;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::law::Law;
use crate::source::Span;
use crate::syntax::ast::{Expr, Name};
use crate::value::array::Made;
use crate::value::display::{print_text, repr};
use crate::value::stream::stream_first;
use crate::value::{Host, Value, format};
use std::rc::Rc;
use std::time::Instant;

/// A macro with its parts.
pub enum MacroNode {
    Show(Vec<(Rc<str>, BoxNode)>),
    Time(BoxNode),
    Elapsed(BoxNode),
    Assert { cond: BoxNode, text: Rc<str>, message: Option<BoxNode> },
    Test { cond: Tested, text: Rc<str> },
    TestThrows { kind: BoxNode, body: BoxNode, text: Rc<str> },
    TestSet { name: Option<BoxNode>, body: BoxNode },
    Printf(Vec<Item>),
    Sprintf(Vec<Item>),
    Explain { expr: Rc<Expr>, node: BoxNode },
    Compare([(Rc<str>, BoxNode); 2]),
    Law { law: Rc<Law>, parts: Vec<BoxNode> },
    Notation { expr: Option<Rc<Expr>>, names: Vec<(Name, BoxNode)> },
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
            MacroNode::Test { cond, text } => test::test(cond, text, frame, vm),
            MacroNode::TestThrows { kind, body, text } => test::test_throws(&**kind, &**body, text, frame, vm),
            MacroNode::TestSet { name, body } => test::test_set(name.as_deref(), &**body, self.span, frame, vm),
            MacroNode::Printf(args) => {
                let values = items(args, frame, vm)?;
                let (stream, values) = stream_first(&values);
                let text = self.formatted(values, vm)?;
                vm.at(stream.write(&text, vm), self.span)?;
                Ok(Value::Nothing)
            }
            MacroNode::Notation { expr, names } => teach::notation(expr.as_deref(), names, frame, vm),
            MacroNode::Law { law, parts } => law::check(law, parts, self.span, frame, vm),
            MacroNode::Sprintf(args) => Ok(Value::str(self.formatted(&items(args, frame, vm)?, vm)?)),
            MacroNode::Explain { expr, node } => teach::explain(expr, &**node, frame, vm),
            MacroNode::Compare(compared) => teach::compare(compared, frame, vm),
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

/// The value, after a line with the time and with the arrays that were made for it.
fn time(node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let (start, before) = (Instant::now(), Made::so_far());
    let value = node.eval(frame, vm)?;
    let (seconds, made) = (start.elapsed().as_secs_f64(), Made::so_far().since(before));
    let arrays = match made.arrays {
        0 => String::new(),
        1 => format!(" (1 array: {})", amount(made.bytes)),
        arrays => format!(" ({arrays} arrays: {})", amount(made.bytes)),
    };
    vm.write(&format!("{seconds:>10.6} seconds{arrays}\n"));
    Ok(value)
}

/// `96 bytes`, `7.629 MiB`
fn amount(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match UNITS.iter().find(|(size, _)| bytes >= *size) {
        Some((size, unit)) => format!("{:.3} {unit}", bytes as f64 / *size as f64),
        None => format!("{bytes} bytes"),
    }
}

impl Macro {
    fn formatted(&self, values: &[Value], vm: &Vm) -> Run<String> {
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
}
