//! `@test`, `@test_throws` and `@testset`: what a program checks about itself. A test that fails is an error, except in a
//! test set and under `hlang test`, where it is reported and the run goes on.

use super::arithmetic;
use super::node::{BoxNode, Flow, Frame, Node, Run, Thrown};
use super::vm::Vm;
use crate::error::{Diagnostic, Label};
use crate::fault::ErrorKind;
use crate::op::BinaryOp;
use crate::source::Span;
use crate::value::display::{describe, print_text, repr};
use crate::value::{Host, Type, Value};
use std::cell::Cell;
use std::fmt;

/// Longest value that a failed test shows whole.
const LONGEST_VALUE: usize = 40;

/// What `@test` tests.
pub enum Tested {
    Condition(BoxNode),
    /// `lhs op rhs`: a failure shows both sides.
    Comparison {
        op: BinaryOp,
        op_span: Span,
        lhs: BoxNode,
        rhs: BoxNode,
    },
}

/// The tests of a session.
#[derive(Default)]
pub struct Tests {
    passed: Cell<usize>,
    failed: Cell<usize>,
    /// Does every failed test let the run go on, as `hlang test` wants it?
    going_on: Cell<bool>,
    /// Test sets around the place that is running.
    sets: Cell<usize>,
}

impl Tests {
    /// From now on no failed test ends the run.
    pub fn go_on(&self) {
        self.going_on.set(true);
    }

    /// The tests so far.
    pub fn counts(&self) -> TestCounts {
        TestCounts { passed: self.passed.get(), failed: self.failed.get() }
    }

    fn collects(&self) -> bool {
        self.going_on.get() || self.sets.get() > 0
    }
}

/// How many tests have passed and failed; shown as `12 passed, 1 failed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCounts {
    pub passed: usize,
    pub failed: usize,
}

impl fmt::Display for TestCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TestCounts { passed: 0, failed: 0 } => f.write_str("no tests"),
            TestCounts { passed, failed: 0 } => write!(f, "{passed} passed"),
            TestCounts { passed, failed } => write!(f, "{passed} passed, {failed} failed"),
        }
    }
}

/// `@test cond`
pub fn test(cond: &Tested, text: &str, frame: &mut Frame, vm: &Vm) -> Run<Value> {
    match holds(cond, text, frame, vm) {
        Ok(None) => Ok(passed(vm)),
        Ok(Some(failure)) => failed(failure, vm),
        Err(Thrown) => broken(vm),
    }
}

/// `@test_throws Kind expr`
pub fn test_throws(kind: &dyn Node, body: &dyn Node, text: &str, frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let expected = kind.eval(frame, vm)?;
    let failure = |message: String| Box::new(Diagnostic::new(ErrorKind::TestFailure, message, body.span()));
    let Err(Thrown) = body.eval(frame, vm) else {
        return failed(failure(format!("`{text}` raises no error")), vm);
    };
    let raised = error_on_its_way(vm)?;
    let fits = match &expected {
        Value::Type(ty) => match &**ty {
            Type::Error(kind) => raised.kind == *kind,
            Type::Exception | Type::Any => true,
            _ => false,
        },
        Value::Error(error) => error.kind == raised.kind && error.message == raised.message,
        Value::Str(part) => raised.message.contains(part.as_str()),
        _ => false,
    };
    // A value that was thrown is no error, and nobody will ask for it any more.
    vm.keep_thrown_value(None);
    if fits {
        return Ok(passed(vm));
    }
    let wanted = match &expected {
        Value::Str(part) => format!("an error that says {part:?}"),
        other => print_text(other),
    };
    let message = format!("`{text}` raises {}, not {wanted}", raised.kind.name());
    failed(Box::new(failure(message).hint(format!("the error says: {}", raised.message))), vm)
}

/// `@testset "name" begin … end`. The outermost one says how many tests passed, and is an error if one failed.
pub fn test_set(name: Option<&dyn Node>, body: &dyn Node, span: Span, frame: &mut Frame, vm: &Vm) -> Run<Value> {
    let name = name.map(|node| node.eval(frame, vm)).transpose()?;
    let name = name.map_or_else(|| "test set".to_string(), |name| print_text(&name));
    let tests = &vm.tests;
    let before = tests.counts();
    tests.sets.set(tests.sets.get() + 1);
    let result = body.eval(frame, vm);
    // An error outside `@test` ends the set, not the run.
    let result = if let Err(Thrown) = result { broken(vm) } else { Ok(Value::Nothing) };
    tests.sets.set(tests.sets.get() - 1);
    result?;
    if tests.sets.get() > 0 {
        return Ok(Value::Nothing);
    }
    let TestCounts { passed, failed } = tests.counts();
    let counts = TestCounts { passed: passed - before.passed, failed: failed - before.failed };
    vm.write(&format!("{name}: {counts}\n"));
    if counts.failed == 0 || tests.going_on.get() {
        return Ok(Value::Nothing);
    }
    let message = format!("{name}: {} of {} tests failed", counts.failed, counts.passed + counts.failed);
    Err(vm.throw(Diagnostic::new(ErrorKind::TestFailure, message, head(span, vm))))
}

/// The first line of a test set's text.
fn head(span: Span, vm: &Vm) -> Span {
    let length = vm.text(span).lines().next().map_or(0, str::len);
    Span::new(span.source, span.start as usize, span.start as usize + length)
}

fn passed(vm: &Vm) -> Value {
    vm.tests.passed.set(vm.tests.passed.get() + 1);
    Value::Nothing
}

#[cold]
fn failed(failure: Box<Diagnostic>, vm: &Vm) -> Run<Value> {
    vm.tests.failed.set(vm.tests.failed.get() + 1);
    if !vm.tests.collects() {
        return Err(vm.throw_again(failure));
    }
    vm.report(&failure);
    Ok(Value::Nothing)
}

/// A test that ended in an error has failed.
#[cold]
fn broken(vm: &Vm) -> Run<Value> {
    let raised = error_on_its_way(vm)?;
    failed(raised, vm)
}

/// The error that is on its way; a `return`, Ctrl-C or `exit` goes on.
fn error_on_its_way(vm: &Vm) -> Run<Box<Diagnostic>> {
    let flow = vm.take_unwinding();
    if flow != Flow::Next {
        return Err(vm.unwind(flow));
    }
    let raised = vm.take_raised();
    if vm.ends_program(&raised) { Err(vm.throw_again(raised)) } else { Ok(raised) }
}

/// What is wrong with the tested expression, if anything is.
fn holds(cond: &Tested, text: &str, frame: &mut Frame, vm: &Vm) -> Run<Option<Box<Diagnostic>>> {
    let failure = |span| Diagnostic::new(ErrorKind::TestFailure, format!("`{text}` is false"), span);
    match cond {
        Tested::Condition(cond) => {
            let holds = cond.cond(frame, vm)?;
            Ok((!holds).then(|| Box::new(failure(cond.span()).note("false"))))
        }
        Tested::Comparison { op, op_span, lhs, rhs } => {
            let (left, right) = (lhs.eval(frame, vm)?, rhs.eval(frame, vm)?);
            let places = [*op_span, lhs.span(), rhs.span()];
            match arithmetic::binary(vm, *op, &left, &right, places)? {
                Value::Bool(holds) if holds.get() => Ok(None),
                Value::Bool(_) => {
                    let sides = [(lhs.span(), short(&left)), (rhs.span(), short(&right))];
                    let mut failure = failure(*op_span).note("false");
                    // Of a literal the text says already what it is.
                    let told = sides.into_iter().filter(|(span, text)| vm.text(*span) != *text);
                    failure.labels = told.map(|(span, text)| Label { span, text }).collect();
                    Ok(Some(Box::new(failure)))
                }
                other => Err(vm.not_a_condition(&other, lhs.span().to(rhs.span()))),
            }
        }
    }
}

/// A value in a few words.
fn short(value: &Value) -> String {
    let text = repr(value);
    if text.chars().count() <= LONGEST_VALUE && !text.contains('\n') { text } else { describe(value) }
}
