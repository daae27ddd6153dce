//! A session: variables, output and the one door for evaluating text.

use crate::error::Diagnostic;
use crate::source::Sources;
use crate::syntax::ast::{Program, Statement};
use crate::value::{Screen, Value};

/// Where a session's output goes and its input comes from.
pub trait Console {
    /// Writes text to the program's output.
    fn write(&mut self, text: &str);
    /// Reads a line of input without its end; `None` at the end of input.
    fn read_line(&mut self) -> std::io::Result<Option<String>>;
}

/// Variables, output and settings of one run of hlang.
pub struct Session {
    _private: (),
}

impl Session {
    /// A fresh session that writes to `console`.
    pub fn new(_console: Box<dyn Console>, _screen: Screen) -> Session {
        unimplemented!()
    }

    /// Puts the script's arguments in `ARGS`.
    pub fn set_args(&mut self, _args: &[String]) {
        unimplemented!()
    }

    /// Parses and runs a whole text; gives the last statement's value if it is to be shown (not nothing, no `;` after it).
    pub fn eval(&mut self, _name: &str, _text: &str) -> Result<Option<Value>, Box<Diagnostic>> {
        unimplemented!()
    }

    /// Parses a text without running it, for running it statement by statement.
    pub fn parse(&mut self, _name: &str, _text: &str) -> Result<Program, Box<Diagnostic>> {
        unimplemented!()
    }

    /// Runs one statement of a parsed text.
    pub fn run(&mut self, _statement: &Statement) -> Result<Value, Box<Diagnostic>> {
        unimplemented!()
    }

    /// Binds `ans` to a value, as the prompt does after each shown result.
    pub fn set_ans(&mut self, _value: Value) {
        unimplemented!()
    }

    /// Writes what `display` shows for a value, with a newline, to the console.
    pub fn display(&mut self, _value: &Value) {
        unimplemented!()
    }

    /// Would more text complete this input?
    pub fn is_incomplete(&self, _text: &str) -> bool {
        unimplemented!()
    }

    /// Every text that was read, for showing diagnostics.
    pub fn sources(&self) -> &Sources {
        unimplemented!()
    }

    /// How results are displayed.
    pub fn screen(&self) -> Screen {
        unimplemented!()
    }

    /// Changes how results are displayed.
    pub fn set_screen(&mut self, _screen: Screen) {
        unimplemented!()
    }

    /// The status that the program asked to end with by `exit(n)`.
    pub fn exit_status(&self) -> Option<i32> {
        unimplemented!()
    }

    /// Names of the program's variables, for completion and suggestions.
    pub fn names(&self) -> Vec<String> {
        unimplemented!()
    }
}

/// Runs work on a thread whose stack is large enough for deep recursion, and gives its result.
pub fn on_large_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    const STACK: usize = 1 << 30;
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread can be started");
    match thread.join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
