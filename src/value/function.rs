//! What a function value is: a builtin, a function of the program, or functions put together; and the [`Host`] that
//! builtins reach the world through.

use super::dotted::Formula;
use super::{Complex64, Screen, Type, Value};
use crate::fault::{Fault, Outcome};
use std::any::Any;
use std::rc::Rc;

/// A function as a value.
pub struct Function {
    /// What it is called: `sin`, `f`, `#1` for a nameless one.
    pub name: Rc<str>,
    /// What a call does.
    pub kind: FunctionKind,
}

/// The kinds of functions.
pub enum FunctionKind {
    /// Declared in `library/`.
    Builtin(&'static Builtin),
    /// Defined by the program; the evaluator knows what is inside.
    User(Box<dyn Any>),
    /// `f ∘ g`
    Composed(Value, Value),
    /// `==(2)`, `Base.Fix2`-like: the operator with its right operand given.
    Partial(Value, Value),
    /// An operator as a value: `+`, `.*` has `dotted`; without `op` and `unary` it is `:`.
    Operator { op: Option<crate::op::BinaryOp>, unary: Option<crate::op::UnaryOp>, dotted: bool },
}

/// A builtin function: declared once, as data beside its function. Name, parameters and number of arguments come from
/// the signature; help, completion, the reference page and the examples' test read the same entry.
pub struct Builtin {
    /// `norm(A, p = 2)`; several forms are separated by ` | `, the first gives the name. `rest...` takes any number,
    /// keyword parameters follow a `;`.
    pub sig: &'static str,
    /// One sentence.
    pub doc: &'static str,
    /// Longer help; may be empty.
    pub more: &'static str,
    /// What a call does.
    pub run: Run,
    /// Lines that are run as tests and shown in the help.
    pub examples: &'static [Example],
}

/// How a builtin is run.
pub enum Run {
    /// Called once with its arguments.
    Call(Call),
    /// The same, where a loop may call it millions of times.
    Quick(Quick, Call),
    /// A function of one number: `f(x)`, and `f.(A)` in a kernel.
    Scalar(&'static Scalar),
    /// A function of two numbers: `f(x, y)`, and `f.(A, B)` in a kernel.
    Scalar2(&'static Scalar2),
}

/// A function of one number, by type of number: `f(x)`, `f.(x)` and the fused kernel all use these pointers.
pub struct Scalar {
    /// On an integer; a Bool is used as one.
    pub int: OnInt,
    /// On a float.
    pub float: OnFloat,
    /// On a complex number.
    pub complex: OnComplex,
    /// Which floats are refused with a `DomainError`.
    pub domain: Option<Domain>,
    /// The block kernel that gives the same bits as the pointers, many elements at a time.
    pub kernel: Option<crate::op::MathKernel>,
    /// On a value that is no number, without a dot: the matrix function of a square matrix (`exp`), a string's method.
    pub other: Option<fn(&Value) -> Outcome<Value>>,
    /// Of a complex number of integers the result is made of integers too: `real`, `conj`, `abs2`.
    pub integral: bool,
    /// Of a Bool the result is a Bool: `abs(true)`.
    pub keeps_bool: bool,
    /// Calls with anything but one positional argument: `round(x, digits = 2)`, `log(b, x)`. The pointers above hold
    /// only for a call with exactly one positional argument and no keyword.
    pub more: Option<Call>,
}

/// How a builtin is called with all its arguments.
pub type Call = fn(&Arguments<'_>, &dyn Host) -> Outcome<Value>;

/// How a builtin serves the commonest arguments on the spot: so many of them, and no keyword. All else is left to its
/// [`Call`], which also finds what is wrong. No code of the program runs in it.
pub struct Quick {
    /// How many arguments it takes.
    pub arguments: usize,
    /// On the first argument, which may stand in a variable, and the others.
    pub run: fn(&Value, &[Value]) -> Option<Value>,
    /// The result of every such call, on the spot or not.
    pub gives: Gives,
}

/// What a call gives whatever its arguments are, unless it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    Bool,
    Int,
    /// That depends on them.
    Anything,
}

/// What a scalar function does with an integer.
pub enum OnInt {
    /// Converts it to a float.
    ViaFloat,
    ToInt(fn(i64) -> Outcome<i64>),
    ToBool(fn(i64) -> bool),
    /// Refuses it.
    No,
}

/// What a scalar function does with a float.
pub enum OnFloat {
    ToFloat(fn(f64) -> f64),
    ToBool(fn(f64) -> bool),
    /// Refuses it.
    No,
}

/// What a scalar function does with a complex number.
pub enum OnComplex {
    ToComplex(fn(Complex64) -> Complex64),
    ToFloat(fn(Complex64) -> f64),
    ToBool(fn(Complex64) -> bool),
    /// Refuses it.
    No,
}

/// A function of two numbers, by the type that both are promoted to.
pub struct Scalar2 {
    /// On two integers; Bools are used as integers.
    pub int: OnInt2,
    /// On two floats.
    pub float: OnFloat2,
    /// On two complex numbers.
    pub complex: Option<fn(Complex64, Complex64) -> Complex64>,
    /// On values that are no numbers, without a dot.
    pub other: Option<fn(&Value, &Value) -> Outcome<Value>>,
    /// The block kernel that gives the same bits as the pointers, many elements at a time.
    pub kernel: Option<crate::op::PairKernel>,
    /// Of two Bools the result is a Bool: `max(true, false)`.
    pub keeps_bool: bool,
    /// Calls with anything but two positional arguments: `max(a, b, c)`.
    pub more: Option<Call>,
}

/// What a function of two numbers does with integers.
pub enum OnInt2 {
    ViaFloat,
    ToInt(fn(i64, i64) -> Outcome<i64>),
    ToBool(fn(i64, i64) -> bool),
    No,
}

/// What a function of two numbers does with floats.
pub enum OnFloat2 {
    ToFloat(fn(f64, f64) -> f64),
    ToBool(fn(f64, f64) -> bool),
    No,
}

/// Where a scalar function is defined.
pub struct Domain {
    /// True for the arguments that are allowed (NaN always is).
    pub allows: fn(f64) -> bool,
    /// What to say: `sqrt of a negative number is complex: sqrt(complex(x))`.
    pub hint: &'static str,
}

/// A line of the help that is run as a test.
pub enum Example {
    /// The line and what the prompt shows for it.
    Shows(&'static str, &'static str),
    /// The line and a part of the error's message.
    Fails(&'static str, &'static str),
    /// A line that is run, without looking at the result (random numbers, times).
    Runs(&'static str),
}

/// Arguments of a call to a builtin.
pub struct Arguments<'a> {
    /// Name that the user called, for messages.
    pub name: &'a str,
    /// In order.
    pub positional: &'a [Value],
    /// By name.
    pub keyword: &'a [(Rc<str>, Value)],
}

impl<'a> Arguments<'a> {
    /// The keyword argument with this name.
    pub fn keyword(&self, name: &str) -> Option<&'a Value> {
        self.keyword.iter().find(|(k, _)| &**k == name).map(|(_, v)| v)
    }
}

/// The world as builtins see it; the evaluator implements it.
pub trait Host {
    /// Calls a function value. A failure inside the user's code comes back as [`crate::fault::Fault::Passing`].
    fn call(&self, function: &Value, args: &[Value]) -> Outcome<Value>;

    /// Calls a function value with keyword arguments.
    fn call_with(&self, function: &Value, args: &[Value], keyword: &[(Rc<str>, Value)]) -> Outcome<Value>;

    /// The type that a function gives for arguments of these types, where it can be found out without being seen.
    fn result_type(&self, _function: &Value, _arguments: &[Type]) -> Option<Type> {
        None
    }

    /// What a function of the program computes from this many arguments, if it is nothing but arithmetic. Kernels then
    /// go through whole arrays instead of calling it for every element.
    fn formula(&self, _function: &Value, _args: usize) -> Option<Formula> {
        None
    }

    /// Writes text to the program's output.
    fn write(&self, text: &str);

    /// Writes text to where errors are written, after everything that was written before.
    fn write_error(&self, text: &str);

    /// Sends on its way what was written to the program's output.
    fn flush(&self);

    /// Reads a line of the program's input, without its end; `None` at the end.
    fn read_line(&self) -> Outcome<Option<String>>;

    /// Ends the program with a status, as `exit(n)` does.
    fn exit(&self, status: i32) -> crate::fault::Fault;

    /// Throws a value, as `throw` does: an error value as that error, anything else as it is.
    fn throw(&self, value: &Value) -> crate::fault::Fault;

    /// Throws again the error that the `catch` block around the call handles.
    fn rethrow(&self) -> crate::fault::Fault;

    /// Runs a file, relative to the file that is running, and gives its last value.
    fn include(&self, path: &str) -> Outcome<Value>;

    /// A uniform number of 64 random bits, from the session's generator.
    fn random(&self) -> u64;

    /// Starts the session's generator again from a seed.
    fn seed(&self, seed: u64);

    /// The variables that the program has assigned outside of functions, by name.
    fn variables(&self) -> Vec<(Rc<str>, Value)> {
        Vec::new()
    }

    /// Gives each of these variables of the program, outside of functions, its value; none, if one of them is constant.
    fn assign(&self, _variables: Vec<(String, Value)>) -> Outcome<()> {
        Err(Fault::argument("there are no variables here"))
    }

    /// The inputs of the prompt that have succeeded so far; none where there is no prompt.
    fn inputs(&self) -> Vec<Rc<str>> {
        Vec::new()
    }

    /// Shows a long text so that the user can move in it, where there is a way; writes it elsewhere.
    fn page(&self, text: &str) {
        self.write(text);
    }

    /// How results are displayed now.
    fn screen(&self) -> Screen;

    /// Changes how results are displayed.
    fn set_screen(&self, screen: Screen);

    /// Turns the quiet notes of the prompt on or off.
    fn set_notes(&self, _on: bool) {}
}

/// Written one after the other in a table: `Scalar::real(f64::sinh).complex(Complex64::sinh)`.
impl Scalar {
    /// A function of floats; integers are converted and complex numbers refused.
    pub const fn real(f: fn(f64) -> f64) -> Scalar {
        Scalar::new(OnInt::ViaFloat, OnFloat::ToFloat(f), OnComplex::No)
    }

    /// A test of integers and floats.
    pub const fn test(int: fn(i64) -> bool, float: fn(f64) -> bool) -> Scalar {
        Scalar::new(OnInt::ToBool(int), OnFloat::ToBool(float), OnComplex::No)
    }

    /// What it does with each type of number.
    pub const fn new(int: OnInt, float: OnFloat, complex: OnComplex) -> Scalar {
        Scalar {
            int,
            float,
            complex,
            domain: None,
            kernel: None,
            other: None,
            integral: false,
            keeps_bool: false,
            more: None,
        }
    }

    /// On an integer it gives an integer.
    pub const fn int(self, f: fn(i64) -> Outcome<i64>) -> Scalar {
        Scalar { int: OnInt::ToInt(f), ..self }
    }

    /// On a complex number it gives a complex number.
    pub const fn complex(self, f: fn(Complex64) -> Complex64) -> Scalar {
        Scalar { complex: OnComplex::ToComplex(f), ..self }
    }

    /// On a complex number it gives a float.
    pub const fn complex_to_float(self, f: fn(Complex64) -> f64) -> Scalar {
        Scalar { complex: OnComplex::ToFloat(f), ..self }
    }

    /// On a complex number it is a test.
    pub const fn complex_test(self, f: fn(Complex64) -> bool) -> Scalar {
        Scalar { complex: OnComplex::ToBool(f), ..self }
    }

    /// Only these floats are allowed.
    pub const fn domain(self, allows: fn(f64) -> bool, hint: &'static str) -> Scalar {
        Scalar { domain: Some(Domain { allows, hint }), ..self }
    }

    /// There is a block kernel for it.
    pub const fn kernel(self, kernel: crate::op::MathKernel) -> Scalar {
        Scalar { kernel: Some(kernel), ..self }
    }

    /// On values that are no numbers.
    pub const fn other(self, f: fn(&Value) -> Outcome<Value>) -> Scalar {
        Scalar { other: Some(f), ..self }
    }

    /// Complex numbers of integers stay made of integers.
    pub const fn integral(self) -> Scalar {
        Scalar { integral: true, ..self }
    }

    /// Bools stay Bools.
    pub const fn keeps_bool(self) -> Scalar {
        Scalar { keeps_bool: true, ..self }
    }

    /// With more arguments, or keywords.
    pub const fn more(self, f: Call) -> Scalar {
        Scalar { more: Some(f), ..self }
    }
}

impl Scalar2 {
    /// A function of two floats; integers are converted.
    pub const fn real(f: fn(f64, f64) -> f64) -> Scalar2 {
        Scalar2 {
            int: OnInt2::ViaFloat,
            float: OnFloat2::ToFloat(f),
            complex: None,
            other: None,
            kernel: None,
            keeps_bool: false,
            more: None,
        }
    }

    /// A function of two integers that refuses floats.
    pub const fn whole(f: fn(i64, i64) -> Outcome<i64>) -> Scalar2 {
        Scalar2 {
            int: OnInt2::ToInt(f),
            float: OnFloat2::No,
            complex: None,
            other: None,
            kernel: None,
            keeps_bool: false,
            more: None,
        }
    }

    /// On two integers it gives an integer.
    pub const fn int(self, f: fn(i64, i64) -> Outcome<i64>) -> Scalar2 {
        Scalar2 { int: OnInt2::ToInt(f), ..self }
    }

    /// There is a block kernel for it.
    pub const fn kernel(self, kernel: crate::op::PairKernel) -> Scalar2 {
        Scalar2 { kernel: Some(kernel), ..self }
    }

    /// On values that are no numbers.
    pub const fn other(self, f: fn(&Value, &Value) -> Outcome<Value>) -> Scalar2 {
        Scalar2 { other: Some(f), ..self }
    }

    /// Bools stay Bools.
    pub const fn keeps_bool(self) -> Scalar2 {
        Scalar2 { keeps_bool: true, ..self }
    }

    /// With another number of arguments, or keywords.
    pub const fn more(self, f: Call) -> Scalar2 {
        Scalar2 { more: Some(f), ..self }
    }
}

impl Function {
    /// A builtin as a value.
    pub fn builtin(builtin: &'static Builtin) -> Function {
        Function { name: Rc::from(builtin.name()), kind: FunctionKind::Builtin(builtin) }
    }
}

impl Builtin {
    /// The name that the signature begins with.
    pub fn name(&self) -> &'static str {
        // Asked at every call; a search for one of three patterns takes longer.
        let end = self.sig.bytes().position(|byte| matches!(byte, b'(' | b' ' | b'|'));
        &self.sig[..end.unwrap_or(self.sig.len())]
    }
}

/// A world for unit tests, in which nothing works but calls.
#[cfg(test)]
pub struct CallsOnly(pub fn(&Value, &[Value]) -> Outcome<Value>);

#[cfg(test)]
impl Host for CallsOnly {
    fn call(&self, function: &Value, args: &[Value]) -> Outcome<Value> {
        (self.0)(function, args)
    }
    fn call_with(&self, function: &Value, args: &[Value], _: &[(Rc<str>, Value)]) -> Outcome<Value> {
        (self.0)(function, args)
    }
    fn write(&self, _: &str) {}
    fn write_error(&self, _: &str) {}
    fn flush(&self) {}
    fn read_line(&self) -> Outcome<Option<String>> {
        Ok(None)
    }
    fn exit(&self, _: i32) -> crate::fault::Fault {
        crate::fault::Fault::Passing
    }
    fn throw(&self, _: &Value) -> crate::fault::Fault {
        crate::fault::Fault::Passing
    }
    fn rethrow(&self) -> crate::fault::Fault {
        crate::fault::Fault::Passing
    }
    fn include(&self, _: &str) -> Outcome<Value> {
        Ok(Value::Nothing)
    }
    fn random(&self) -> u64 {
        0
    }
    fn seed(&self, _: u64) {}
    fn screen(&self) -> Screen {
        Screen { rows: 24, cols: 80, style: super::Style::Julia, digits: super::Digits::Usual }
    }
    fn set_screen(&self, _: Screen) {}
}
