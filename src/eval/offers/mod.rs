//! Errors of operations, with the operands labelled and lines that would have worked: each is tried on the real operands
//! before it is offered.

mod around;
mod calls;
mod conditions;
mod operators;
mod places;

pub use calls::{CallPlaces, call};
pub use conditions::{condition, logic, undefined};
pub use operators::{binary, broadcast, unary};
pub use places::{assign_index, index};

use super::vm::Vm;
use crate::error::Diagnostic;
use crate::fault::{Fault, Outcome};
use crate::kernel::broadcast::{Dotted, broadcast as run_broadcast};
use crate::kernel::operators as arithmetic;
use crate::library;
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::value::display::{describe, repr};
use crate::value::function::Arguments;
use crate::value::{Array, Value};

/// Elements of operands up to which lines are tried: an error must not take long.
const MOST_ELEMENTS: usize = 100_000;

/// Elements of a result up to which a line is tried.
const MOST_RESULT: usize = 1_000_000;

/// Offers that a report shows at most.
const MOST_OFFERS: usize = 3;

/// Longest text of a number that an offer gives; of longer values the type is said.
const LONGEST_RESULT: usize = 48;

/// Longest text of an operand that offers repeat; longer ones are called by a letter.
const LONGEST_NAME: usize = 16;

/// A line that may work, and how to try it.
struct Candidate<'a> {
    code: String,
    /// What the line means, where its result alone does not say: `the inner product`.
    meaning: &'static str,
    attempt: Box<dyn FnOnce() -> Outcome<Value> + 'a>,
}

impl<'a> Candidate<'a> {
    fn new(code: String, attempt: impl FnOnce() -> Outcome<Value> + 'a) -> Candidate<'a> {
        Candidate { code, meaning: "", attempt: Box::new(attempt) }
    }

    fn meaning(self, meaning: &'static str) -> Candidate<'a> {
        Candidate { meaning, ..self }
    }
}

/// An operand as offers write it.
struct Operand<'a> {
    value: &'a Value,
    /// Its own text where that is short, else a letter.
    name: String,
    span: Span,
    /// The letter stands for a longer text, which its label says.
    lettered: bool,
}

impl<'a> Operand<'a> {
    fn new(vm: &Vm, value: &'a Value, span: Span, letters: [&str; 2]) -> Operand<'a> {
        let text = vm.text(span);
        if is_atom(&text) {
            return Operand { value, name: text, span, lettered: false };
        }
        let letter = if is_vector(value) { letters[1] } else { letters[0] };
        Operand { value, name: letter.to_string(), span, lettered: true }
    }

    /// What it is, under its text; with the letter that the offers call it by.
    fn label(&self, diagnostic: Diagnostic) -> Diagnostic {
        let what = match around::vectors_of(self.value) {
            Some(vectors) => format!("a vector of {} vectors", vectors.len()),
            None => describe(self.value),
        };
        if self.lettered && !diagnostic.offers.is_empty() {
            let label = format!("{what} ({} below)", self.name);
            return diagnostic.letter(self.span, self.name.as_str()).label(self.span, label);
        }
        diagnostic.label(self.span, what)
    }
}

/// A name, a number, a short string, the adjoint of a name: what can stand beside an operator as it is.
fn is_atom(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == '!' || c == '′';
    let short = text.chars().count() <= LONGEST_NAME;
    let quoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).is_some_and(|t| !t.contains('"'));
    let word = text.strip_suffix('\'').unwrap_or(text);
    short && (quoted || (!word.is_empty() && word.chars().all(plain)))
}

fn is_vector(value: &Value) -> bool {
    match value {
        Value::Array(array) => array.is_vector(),
        Value::Range(_) => true,
        _ => false,
    }
}

fn is_array(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Range(_))
}

fn is_matrix(value: &Value) -> bool {
    is_array(value) && !is_vector(value)
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(array) => array.len(),
        Value::Range(range) => range.len(),
        _ => 1,
    }
}

fn is_square(value: &Value) -> bool {
    let square = |array: &Array| !array.is_vector() && array.shape().0 == array.shape().1;
    matches!(value, Value::Array(array) if square(array))
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_))
}

/// What a tried line gives, in a few words: the size of an array, a scalar itself.
fn outcome(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Range(_) => describe(value),
        _ => {
            let text = repr(value);
            if text.chars().count() <= LONGEST_RESULT { text } else { describe(value) }
        }
    }
}

/// Tries the candidates and adds those that work. Words of advice give way to lines that were tried.
fn offer(mut diagnostic: Diagnostic, candidates: Vec<Candidate<'_>>) -> Diagnostic {
    for Candidate { code, meaning, attempt } in candidates {
        if diagnostic.offers.len() == MOST_OFFERS {
            break;
        }
        if let Ok(value) = attempt() {
            let gives = outcome(&value);
            let gives = if meaning.is_empty() { gives } else { format!("{gives}, {meaning}") };
            diagnostic = diagnostic.offer(code, gives);
        }
    }
    if !diagnostic.offers.is_empty() {
        diagnostic.hints.clear();
    }
    diagnostic
}

fn adjoint(a: &Value) -> Outcome<Value> {
    arithmetic::unary(UnaryOp::Adjoint, a)
}

/// A product of values whose result stays small.
fn product(a: &Value, b: &Value) -> Outcome<Value> {
    let (rows, cols) = (shape(a).0, shape(b).1);
    if rows.saturating_mul(cols).saturating_mul(shape(a).1.max(1)) > MOST_RESULT * 10 {
        return Err(Fault::Passing);
    }
    arithmetic::binary(BinaryOp::Mul, a, b)
}

fn shape(value: &Value) -> (usize, usize) {
    match value {
        Value::Array(array) => array.shape(),
        Value::Range(range) => (range.len(), 1),
        _ => (1, 1),
    }
}

fn pairwise(vm: &Vm, op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    let ((r1, c1), (r2, c2)) = (shape(a), shape(b));
    if r1.max(r2).saturating_mul(c1.max(c2)) > MOST_RESULT {
        return Err(Fault::Passing);
    }
    let tree = Dotted::Binary(op, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
    run_broadcast(&tree, &[a.clone(), b.clone()], vm)
}

fn builtin(vm: &Vm, name: &str, arg: &Value) -> Outcome<Value> {
    builtin_of(vm, name, std::slice::from_ref(arg))
}

fn builtin_of(vm: &Vm, name: &str, args: &[Value]) -> Outcome<Value> {
    let builtin = library::builtin(name).ok_or(Fault::Passing)?;
    library::call(builtin, &Arguments { name, positional: args, keyword: &[] }, vm)
}
