//! A session: variables, output and the one door for evaluating text.

pub use crate::eval::{Console, TestCounts};

use crate::error::Diagnostic;
use crate::eval::{self, Vm};
use crate::interrupt;
use crate::library;
use crate::source::{Sources, Span};
use crate::syntax::{
    self,
    ast::{Program, Statement},
};
use crate::value::{Array, Host, Screen, Type, Value};
use std::cell::Ref;

/// A method of a function of the program.
pub struct Definition {
    /// `f(x, y = 2)`
    pub head: String,
    /// The whole definition in the text.
    pub span: Span,
}

/// The script's arguments.
const ARGS: &str = "ARGS";

/// Names that a session has without the program or the library.
const PROVIDED: &[&str] = &[ARGS];

/// Variables, output and settings of one run of hlang.
pub struct Session {
    vm: Vm,
}

impl Session {
    /// A fresh session that writes to `console`.
    pub fn new(console: Box<dyn Console>, screen: Screen) -> Session {
        let mut session = Session { vm: Vm::new(console, screen) };
        session.set_args(&[]);
        session
    }

    /// Puts the script's arguments in `ARGS`.
    pub fn set_args(&mut self, args: &[String]) {
        let args = args.iter().map(|a| Value::str(a.as_str())).collect();
        self.vm.globals.borrow_mut().provide(ARGS, Value::array(Array::vector_of(args, Type::String)));
    }

    /// Parses and runs a whole text; gives the last statement's value if it is to be shown (not nothing, no `;` after it).
    pub fn eval(&mut self, name: &str, text: &str) -> Result<Option<Value>, Box<Diagnostic>> {
        // A Ctrl-C that came while nothing ran is forgotten.
        interrupt::clear();
        let program = self.parse(name, text)?;
        let mut shown = None;
        for statement in &program.statements {
            let value = self.run(statement)?;
            shown = (statement.shown && !matches!(value, Value::Nothing)).then_some(value);
        }
        Ok(shown)
    }

    /// Parses a text without running it, for running it statement by statement.
    pub fn parse(&mut self, name: &str, text: &str) -> Result<Program, Box<Diagnostic>> {
        let source = self.vm.sources.borrow_mut().add(name, text);
        syntax::parse(text, source)
    }

    /// Runs one statement of a parsed text.
    pub fn run(&mut self, statement: &Statement) -> Result<Value, Box<Diagnostic>> {
        let result = eval::run(&statement.expr, &self.vm);
        self.vm.show_warnings();
        result
    }

    /// Keeps an input of the prompt that has succeeded, for `history`.
    pub fn remember(&mut self, input: &str) {
        self.vm.inputs.borrow_mut().push(input.into());
    }

    /// Binds `ans` to a value, as the prompt does after each shown result.
    pub fn set_ans(&mut self, value: Value) {
        self.vm.globals.borrow_mut().set("ans", value);
    }

    /// Writes what `display` shows for a value, with a newline, to the console.
    pub fn display(&mut self, value: &Value) {
        let text = crate::value::display::display_text(value, self.vm.screen());
        self.vm.write(&text);
        self.vm.write("\n");
    }

    /// Would more text complete this input?
    pub fn is_incomplete(&self, text: &str) -> bool {
        syntax::is_incomplete(text)
    }

    /// Every text that was read, for showing diagnostics.
    pub fn sources(&self) -> Ref<'_, Sources> {
        self.vm.sources.borrow()
    }

    /// How results are displayed.
    pub fn screen(&self) -> Screen {
        self.vm.screen()
    }

    /// Changes how results are displayed.
    pub fn set_screen(&mut self, screen: Screen) {
        self.vm.set_screen(screen);
    }

    /// From now on a `@test` that fails is reported to the console, and the program goes on.
    pub fn go_on_after_tests(&mut self) {
        self.vm.go_on_after_tests();
    }

    /// How many `@test`s have passed and failed.
    pub fn tests(&self) -> TestCounts {
        self.vm.tests()
    }

    /// The status that the program asked to end with by `exit(n)`.
    pub fn exit_status(&self) -> Option<i32> {
        self.vm.exit_status()
    }

    /// What a variable of the program holds.
    pub fn variable(&self, name: &str) -> Option<Value> {
        self.vm.globals.borrow().own(name).map(|global| global.variable.get())
    }

    /// Does a name stand for something: a variable, or what the library has?
    pub fn knows(&self, name: &str) -> bool {
        let builtin = || library::builtin(name).is_some() || library::constant(name).is_some();
        self.vm.globals.borrow().own(name).is_some()
            || builtin()
            || library::MODULES.contains(&name)
            || PROVIDED.contains(&name)
    }

    /// Are quiet notes wanted at the prompt?
    pub fn notes(&self) -> bool {
        self.vm.notes()
    }

    /// Forgets a variable of the program; false if there is none.
    pub fn forget(&mut self, name: &str) -> bool {
        self.vm.globals.borrow_mut().forget(name)
    }

    /// The methods of the program's function under a name, in the order of the text.
    pub fn definitions(&self, name: &str) -> Vec<Definition> {
        let value = self.variable(name);
        let function = value.as_ref().and_then(eval::UserFunction::of);
        let methods = function.map_or_else(Vec::new, eval::UserFunction::definitions);
        methods.into_iter().map(|(head, span)| Definition { head, span }).collect()
    }

    /// Names of the program's variables, for completion and suggestions.
    pub fn names(&self) -> Vec<String> {
        self.vm.globals.borrow().own_globals().map(|g| g.name.to_string()).collect()
    }
}

/// The stack of the thread that a session runs on: room for deep recursion; only what is used is ever touched.
const STACK: usize = 1 << 30;

/// Runs work on a thread whose stack is large enough for deep recursion, and gives its result.
pub fn on_large_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let begin = move || {
        eval::set_stack_size(STACK);
        work()
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(begin).expect("a thread can be started");
    match thread.join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
