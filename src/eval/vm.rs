//! What a running program shares: the error on its way, the value stack, output, settings. It is also the [`Host`] of the
//! builtins.

use super::function::{self, UNPLACED, UserFunction};
use super::kind::Carried;
use super::node::{Flow, Frame, Run, Thrown};
use super::test::{TestCounts, Tests};
use crate::error::{At, Call, Diagnostic, Places};
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::resolve::Globals;
use crate::source::{Sources, Span};
use crate::teach::Trace;
use crate::value::display::describe;
use crate::value::dotted::Formula;
use crate::value::{Host, Screen, Type, Value};
use crate::warning;
use rand::Rng;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Where a session's output goes and its input comes from.
pub trait Console {
    /// Writes text to the program's output.
    fn write(&mut self, text: &str);
    /// Writes text to where errors are written, after everything that was written before.
    fn write_error(&mut self, text: &str);
    /// Sends on its way what was written.
    fn flush(&mut self);
    /// Reads a line of input without its end; `None` at the end of input.
    fn read_line(&mut self) -> std::io::Result<Option<String>>;
    /// Shows a long text so that the user can move in it, where there is a way.
    fn page(&mut self, text: &str) {
        self.write(text);
    }
    /// Shows an error that does not stop the program: a test that failed.
    fn report(&mut self, diagnostic: &Diagnostic, sources: &Sources, screen: Screen);
    /// Shows a warning, which is one line.
    fn warn(&mut self, text: &str);
}

/// Values in a piece of the value stack. A call that finds too little room left takes another piece.
const SEGMENT: usize = 1 << 14;

/// Values in a piece for a call that stands deep in others.
const SMALL_SEGMENT: usize = 64;

/// Pieces that are kept for later calls.
const MOST_SPARE: usize = 16;

/// Room on the machine's stack that is kept free for builtins and error reports.
const STACK_MARGIN: usize = 1 << 20;

/// The machine stack that a thread is taken to have if nobody said more.
const DEFAULT_STACK: usize = 2 << 20;

thread_local! {
    /// Lowest address that evaluation may reach on this thread's stack; 0 until known.
    static STACK_FLOOR: Cell<usize> = const { Cell::new(0) };
}

/// Says how large the stack of the present thread is; called where the thread begins.
pub fn set_stack_size(bytes: usize) {
    STACK_FLOOR.set(stack_pointer().saturating_sub(bytes.saturating_sub(STACK_MARGIN)));
}

#[inline(always)]
fn stack_pointer() -> usize {
    let here = 0u8;
    std::ptr::from_ref(&here).addr()
}

/// The state of a running session.
pub struct Vm {
    /// The error that was thrown.
    raised: RefCell<Option<Box<Diagnostic>>>,
    /// Errors that `catch` blocks are handling, innermost last, and what `catch e` bound.
    handled: RefCell<Vec<(Diagnostic, Value)>>,
    /// The value that `throw` was given, where it is no error.
    thrown_value: RefCell<Option<Value>>,
    /// What is on its way out of an expression, when it is no error.
    unwinding: Cell<Flow>,
    /// The value of the `return` that is on its way.
    returned: RefCell<Value>,
    stack_floor: Cell<usize>,
    /// Pieces of the value stack that no call uses, and how many are in use.
    segments: RefCell<Vec<Box<[Value]>>>,
    segments_in_use: Cell<usize>,
    console: RefCell<Box<dyn Console>>,
    screen: Cell<Screen>,
    random: RefCell<Xoshiro256PlusPlus>,
    exit: Cell<Option<i32>>,
    /// Are quiet notes wanted?
    notes: Cell<bool>,
    /// The `@test`s so far.
    pub(super) tests: Tests,
    /// What the `@explain`s around this place keep, innermost last.
    pub(super) traces: RefCell<Vec<Trace>>,
    /// Sources whose statements are running, innermost last.
    pub(super) running: RefCell<Vec<u32>>,
    /// The inputs of the prompt that have succeeded.
    pub inputs: RefCell<Vec<Rc<str>>>,
    /// Every text that was read.
    pub sources: RefCell<Sources>,
    /// The session's globals.
    pub globals: RefCell<Globals>,
}

impl Vm {
    /// A fresh state that writes to `console`.
    pub fn new(console: Box<dyn Console>, screen: Screen) -> Vm {
        Vm {
            raised: RefCell::new(None),
            handled: RefCell::new(Vec::new()),
            thrown_value: RefCell::new(None),
            unwinding: Cell::new(Flow::Next),
            returned: RefCell::new(Value::Nothing),
            stack_floor: Cell::new(0),
            segments: RefCell::new(Vec::new()),
            segments_in_use: Cell::new(0),
            console: RefCell::new(console),
            screen: Cell::new(screen),
            random: RefCell::new(Xoshiro256PlusPlus::seed_from_u64(fresh_seed())),
            exit: Cell::new(None),
            notes: Cell::new(true),
            tests: Tests::default(),
            traces: RefCell::new(Vec::new()),
            running: RefCell::new(Vec::new()),
            inputs: RefCell::new(Vec::new()),
            sources: RefCell::new(Sources::default()),
            globals: RefCell::new(Globals::default()),
        }
    }

    /// Runs the top of a program in a fresh frame.
    pub(super) fn run_top(
        &self,
        slots: usize,
        run: impl FnOnce(&mut Frame) -> Run<Value>,
    ) -> Result<Value, Box<Diagnostic>> {
        if STACK_FLOOR.get() == 0 {
            set_stack_size(DEFAULT_STACK);
        }
        self.stack_floor.set(STACK_FLOOR.get());
        let result = self.with_segment(slots, run);
        result.map_err(|Thrown| self.take_raised())
    }

    /// The error that was thrown; a `break` or `return` that nothing took is one too.
    pub(super) fn take_raised(&self) -> Box<Diagnostic> {
        self.unwinding.set(Flow::Next);
        self.raised.borrow_mut().take().unwrap_or_else(|| {
            Box::new(Diagnostic::new(
                ErrorKind::ParseError,
                "`return`, `break` and `continue` stand inside a function or loop",
                Span::default(),
            ))
        })
    }

    /// Forgets an error that nobody needs to know of.
    pub(super) fn forget_raised(&self) {
        self.unwinding.set(Flow::Next);
        *self.raised.borrow_mut() = None;
    }

    /// Runs with a frame in a piece of the value stack of its own.
    pub(super) fn with_segment<T>(&self, slots: usize, run: impl FnOnce(&mut Frame) -> T) -> T {
        let spare = self.segments.borrow_mut().pop().filter(|s| s.len() > slots);
        let depth = self.segments_in_use.get();
        // A recursion through builtins takes a piece for every call: deep down the pieces are small.
        let room = if depth < MOST_SPARE { SEGMENT } else { SMALL_SEGMENT };
        let mut segment = spare.unwrap_or_else(|| new_segment(slots + room));
        self.segments_in_use.set(depth + 1);
        let result = run(&mut segment);
        self.segments_in_use.set(depth);
        segment[..slots].fill(Value::Undefined);
        if depth < MOST_SPARE {
            self.segments.borrow_mut().push(segment);
        }
        result
    }

    /// Is there room left on the machine's stack for another call?
    #[inline(always)]
    pub(super) fn has_stack(&self) -> bool {
        stack_pointer() > self.stack_floor.get()
    }

    /// Throws an error.
    #[cold]
    #[inline(never)]
    pub(super) fn throw(&self, diagnostic: Diagnostic) -> Thrown {
        *self.raised.borrow_mut() = Some(Box::new(diagnostic));
        Thrown
    }

    /// Throws again what was caught.
    pub(super) fn throw_again(&self, diagnostic: Box<Diagnostic>) -> Thrown {
        *self.raised.borrow_mut() = Some(diagnostic);
        Thrown
    }

    /// Throws an error of a kind at a place.
    #[cold]
    #[inline(never)]
    pub(super) fn error(&self, kind: ErrorKind, message: impl Into<String>, span: Span) -> Thrown {
        self.throw(Diagnostic::new(kind, message, span))
    }

    /// Throws a fault at its places; what is already on its way stays as it is.
    #[cold]
    #[inline(never)]
    pub(super) fn fault(&self, fault: Fault, places: Places<'_>) -> Thrown {
        match fault {
            Fault::Raised(report) => self.throw(Diagnostic::from_report(*report, places)),
            Fault::Passing => self.passing(places.operator),
        }
    }

    /// An error of called user code comes through a builtin that was called at a place: so its call was made there.
    #[cold]
    #[inline(never)]
    pub(super) fn passing(&self, span: Span) -> Thrown {
        if let Some(call) = self.raised.borrow_mut().as_mut().and_then(|diagnostic| diagnostic.calls.last_mut())
            && call.span == UNPLACED
        {
            call.span = span;
        }
        Thrown
    }

    /// Places the fault of a result.
    #[inline(always)]
    pub(super) fn at<T>(&self, result: Outcome<T>, span: Span) -> Run<T> {
        match result.at(span) {
            Ok(value) => Ok(value),
            Err(Some(diagnostic)) => Err(self.throw(*diagnostic)),
            Err(None) => Err(self.passing(span)),
        }
    }

    /// Lets an interrupt out at a place; asked at every turn of a loop and every call.
    #[inline(always)]
    pub(super) fn poll(&self, span: &Span) -> Run<()> {
        if crate::interrupt::requested() {
            return Err(self.interrupted(*span));
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn interrupted(&self, span: Span) -> Thrown {
        self.error(ErrorKind::InterruptException, "interrupted", span)
    }

    /// A value as a condition; the error for what is no Bool points at its place.
    #[inline(always)]
    pub(super) fn truth(&self, value: Value, span: Span) -> Run<bool> {
        match bool::read(&value) {
            Some(truth) => {
                // A Bool is plain: nothing to drop.
                std::mem::forget(value);
                Ok(truth)
            }
            None => Err(self.not_a_condition(&value, span)),
        }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn not_a_condition(&self, value: &Value, span: Span) -> Thrown {
        self.throw(super::offers::condition(self, value, span))
    }

    /// Sends a `return`, `break` or `continue` out of an expression, past its operators.
    pub(super) fn unwind(&self, flow: Flow) -> Thrown {
        self.unwinding.set(flow);
        Thrown
    }

    /// What is on its way out, if it is no error; asking takes it.
    pub(super) fn take_unwinding(&self) -> Flow {
        self.unwinding.replace(Flow::Next)
    }

    /// Keeps the value of a `return`.
    pub(super) fn set_returned(&self, value: Value) {
        *self.returned.borrow_mut() = value;
    }

    /// Takes the value of the `return` that has arrived.
    pub(super) fn take_returned(&self) -> Value {
        self.returned.replace(Value::Nothing)
    }

    /// Notes a call that the error on its way came through, up to a number of them.
    pub(super) fn note_call(&self, call: Call, most: usize) {
        if let Some(diagnostic) = self.raised.borrow_mut().as_mut()
            && diagnostic.calls.len() < most
        {
            diagnostic.calls.push(call);
        }
    }

    /// Adds to the error on its way, if it points at this place.
    pub(super) fn amend(&self, span: Span, change: impl FnOnce(Diagnostic) -> Diagnostic) {
        let mut raised = self.raised.borrow_mut();
        if let Some(diagnostic) = raised.take_if(|d| d.span == span) {
            *raised = Some(Box::new(change(*diagnostic)));
        }
    }

    /// Keeps the error that a `catch` block handles, and its value, for `rethrow`.
    pub(super) fn enter_catch(&self, diagnostic: Diagnostic, value: Value) {
        self.handled.borrow_mut().push((diagnostic, value));
    }

    /// The end of the `catch` block.
    pub(super) fn leave_catch(&self) {
        self.handled.borrow_mut().pop();
    }

    /// Takes the value that `throw` was given.
    pub(super) fn take_thrown_value(&self) -> Option<Value> {
        self.thrown_value.borrow_mut().take()
    }

    /// Ctrl-C and `exit` are for the whole program: nothing catches them.
    pub(super) fn ends_program(&self, diagnostic: &Diagnostic) -> bool {
        self.exit.get().is_some() || diagnostic.kind == ErrorKind::InterruptException
    }

    /// Keeps the value that `throw` was given until it is caught.
    pub(super) fn keep_thrown_value(&self, value: Option<Value>) {
        *self.thrown_value.borrow_mut() = value;
    }

    /// Tells the user of a failed test; the run goes on.
    pub(super) fn report(&self, diagnostic: &Diagnostic) {
        self.console.borrow_mut().report(diagnostic, &self.sources.borrow(), self.screen());
    }

    /// Shows what was doubtful since the last time.
    pub(crate) fn show_warnings(&self) {
        for text in warning::take() {
            self.console.borrow_mut().warn(&text);
        }
    }

    /// The text that a span covers.
    pub(super) fn text(&self, span: Span) -> String {
        self.sources.borrow().text(span).to_string()
    }

    /// Lets the program go on after a `@test` that failed.
    pub fn go_on_after_tests(&self) {
        self.tests.go_on();
    }

    /// How many `@test`s have passed and failed.
    pub fn tests(&self) -> TestCounts {
        self.tests.counts()
    }

    /// Are quiet notes wanted?
    pub fn notes(&self) -> bool {
        self.notes.get()
    }

    /// The status that the program asked to end with.
    pub fn exit_status(&self) -> Option<i32> {
        self.exit.get()
    }

    /// Undefined variable: with the nearest names that there are.
    #[cold]
    #[inline(never)]
    pub(super) fn undefined(&self, name: &str, span: Span) -> Thrown {
        self.throw(super::offers::undefined(self, name, span))
    }

    /// What a value is, in a few words.
    pub(super) fn describe(&self, value: &Value) -> String {
        describe(value)
    }
}

fn new_segment(len: usize) -> Box<[Value]> {
    std::iter::repeat_with(|| Value::Undefined).take(len).collect()
}

/// A seed that differs from run to run.
fn fresh_seed() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}

impl Host for Vm {
    fn call(&self, function: &Value, args: &[Value]) -> Outcome<Value> {
        function::call_value(self, function, args, &[])
    }

    fn call_with(&self, function: &Value, args: &[Value], keyword: &[(Rc<str>, Value)]) -> Outcome<Value> {
        function::call_value(self, function, args, keyword)
    }

    fn result_type(&self, function: &Value, arguments: &[Type]) -> Option<Type> {
        super::probe::result_type(self, function, arguments)
    }

    fn formula(&self, function: &Value, args: usize) -> Option<Formula> {
        UserFunction::of(function)?.method(args)?.formula()
    }

    fn write(&self, text: &str) {
        self.console.borrow_mut().write(text);
    }

    fn write_error(&self, text: &str) {
        self.console.borrow_mut().write_error(text);
    }

    fn flush(&self) {
        self.console.borrow_mut().flush();
    }

    fn read_line(&self) -> Outcome<Option<String>> {
        let line = self.console.borrow_mut().read_line();
        crate::interrupt::check()?;
        line.map_err(|e| Fault::new(ErrorKind::SystemError, format!("the input cannot be read: {e}")))
    }

    fn exit(&self, status: i32) -> Fault {
        self.exit.set(Some(status));
        Fault::new(ErrorKind::InterruptException, "exit")
    }

    fn throw(&self, value: &Value) -> Fault {
        if let Value::Error(error) = value {
            // The error that is being handled keeps its place and its calls.
            let same = |known: &Value| matches!(known, Value::Error(known) if Rc::ptr_eq(known, error));
            if self.handled.borrow().last().is_some_and(|(_, known)| same(known)) {
                return self.rethrow();
            }
            if !error.fields.is_empty() {
                self.keep_thrown_value(Some(value.clone()));
            }
            return Fault::new(error.kind, error.message.as_str());
        }
        *self.thrown_value.borrow_mut() = Some(value.clone());
        Fault::new(ErrorKind::ErrorException, crate::value::display::print_text(value))
    }

    fn rethrow(&self) -> Fault {
        match self.handled.borrow().last() {
            Some((diagnostic, value)) => {
                *self.raised.borrow_mut() = Some(Box::new(diagnostic.clone()));
                let told = matches!(value, Value::Error(error) if error.fields.is_empty());
                self.keep_thrown_value((!told).then(|| value.clone()));
                Fault::Passing
            }
            None => Fault::new(ErrorKind::ErrorException, "rethrow() is called inside a catch block"),
        }
    }

    fn include(&self, path: &str) -> Outcome<Value> {
        super::include::include(self, path)
    }

    fn random(&self) -> u64 {
        self.random.borrow_mut().next_u64()
    }

    fn seed(&self, seed: u64) {
        *self.random.borrow_mut() = Xoshiro256PlusPlus::seed_from_u64(seed);
    }

    fn variables(&self) -> Vec<(Rc<str>, Value)> {
        let globals = self.globals.borrow();
        let assigned = globals.own_globals().map(|global| (global.name.clone(), global.variable.get()));
        let mut variables: Vec<_> = assigned.filter(|(_, value)| !matches!(value, Value::Undefined)).collect();
        variables.sort_by(|(a, _), (b, _)| a.cmp(b));
        variables
    }

    fn assign(&self, variables: Vec<(String, Value)>) -> Outcome<()> {
        let mut globals = self.globals.borrow_mut();
        let is_constant = |name: &str| globals.own(name).is_some_and(|global| global.constant.get());
        if let Some((name, _)) = variables.iter().find(|(name, _)| is_constant(name)) {
            return Err(Fault::new(ErrorKind::ErrorException, format!("{name} is a constant"))
                .rule(crate::resolve::CONSTANT_RULE));
        }
        for (name, value) in variables {
            globals.set(&name, value);
        }
        Ok(())
    }

    fn inputs(&self) -> Vec<Rc<str>> {
        self.inputs.borrow().clone()
    }

    fn page(&self, text: &str) {
        self.console.borrow_mut().page(text);
    }

    fn screen(&self) -> Screen {
        self.screen.get()
    }

    fn set_screen(&self, screen: Screen) {
        self.screen.set(screen);
    }

    fn set_notes(&self, on: bool) {
        self.notes.set(on);
    }
}
