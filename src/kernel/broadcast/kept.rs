//! Programs kept for the next time: an expression in a loop mostly meets arrays of the same size and types again, and
//! compiling it takes longer than computing a hundred elements.

use super::compile::{Compiled, Real};
use super::{run_existing, run_fresh};
use crate::fault::Outcome;
use crate::kernel::program::{Data, End, Input, Layout, Program};
use crate::value::{Array, Elements, Form, FunctionKind, Value};
use smallvec::SmallVec;
use std::cell::{Cell, Ref};
use std::rc::Rc;

/// The program that one expression last ran, if it can run again.
#[derive(Default)]
pub struct Kept {
    known: Cell<Option<Box<Known>>>,
    /// How many were kept since one was of use.
    misses: Cell<u8>,
}

/// A program with what it is right for.
pub(super) struct Known {
    program: Program,
    /// What every leaf must be.
    leaves: Vec<Expected>,
    /// The leaves that its inputs are.
    inputs: Vec<usize>,
    form: Form,
    rows: usize,
    cols: usize,
    result: Real,
}

/// What a leaf must be for a program that was compiled for another one.
enum Expected {
    /// An array of the result's form and size, with elements of this type.
    Array(Real),
    /// The array that is written.
    Destination,
    /// The same number or function.
    Same(Value),
}

fn real(elements: &Elements) -> Option<Real> {
    match elements {
        Elements::Bool(_) => Some(Real::Bool),
        Elements::Int(_) => Some(Real::Int),
        Elements::Float(_) => Some(Real::Float),
        Elements::Complex(_) | Elements::Any(..) => None,
    }
}

impl Expected {
    fn of(leaf: &Value, array: &Array, destination: Option<&Rc<Array>>) -> Option<Expected> {
        match leaf {
            Value::Array(leaf) if destination.is_some_and(|d| Rc::ptr_eq(d, leaf)) => Some(Expected::Destination),
            Value::Array(leaf) if is_alike(leaf, array.form(), array.shape()) => {
                real(&leaf.elements()).map(Expected::Array)
            }
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Function(_) => Some(Expected::Same(leaf.clone())),
            _ => None,
        }
    }
}

fn is_alike(array: &Array, form: Form, shape: (usize, usize)) -> bool {
    array.form() == form && array.shape() == shape
}

/// The same number, to the bit, or the same function.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.get() == b.get(),
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a.get().to_bits() == b.get().to_bits(),
        (Value::Function(a), Value::Function(b)) => match (&a.kind, &b.kind) {
            (FunctionKind::Builtin(a), FunctionKind::Builtin(b)) => std::ptr::eq(*a, *b),
            _ => Rc::ptr_eq(a, b),
        },
        _ => false,
    }
}

/// Elements that a program reads.
type Borrowed<'a> = SmallVec<[Option<Ref<'a, Elements>>; 6]>;

impl Known {
    /// A program that ran, if it can run again. `array` has the result's form and size.
    pub fn new(
        compiled: Compiled<'_>,
        leaves: &[Value],
        array: &Array,
        destination: Option<&Rc<Array>>,
    ) -> Option<Box<Known>> {
        let inputs = compiled.again?;
        let leaves = leaves.iter().map(|leaf| Expected::of(leaf, array, destination)).collect::<Option<_>>()?;
        let (rows, cols) = array.shape();
        let Compiled { program, result, .. } = compiled;
        Some(Box::new(Known { program, leaves, inputs, form: array.form(), rows, cols, result }))
    }

    /// The elements of the leaves, if they are what the program was compiled for.
    fn borrow<'a>(&self, leaves: &'a [Value], destination: Option<&Rc<Array>>) -> Option<Borrowed<'a>> {
        let mut borrowed = Borrowed::new();
        if leaves.len() != self.leaves.len() {
            return None;
        }
        for (leaf, expected) in leaves.iter().zip(&self.leaves) {
            let is_destination = |leaf: &Rc<Array>| destination.is_some_and(|d| Rc::ptr_eq(d, leaf));
            let elements = match (expected, leaf) {
                (Expected::Array(wanted), Value::Array(leaf)) if !is_destination(leaf) => {
                    let elements = leaf.elements();
                    let fits = leaf.form() == self.form
                        && elements.shape() == (self.rows, self.cols)
                        && real(&elements) == Some(*wanted);
                    Some(fits.then_some(elements)?)
                }
                (Expected::Destination, Value::Array(leaf)) if is_destination(leaf) => None,
                (Expected::Same(value), leaf) if is_same(value, leaf) => None,
                (Expected::Array(_) | Expected::Destination | Expected::Same(_), _) => return None,
            };
            borrowed.push(elements);
        }
        Some(borrowed)
    }

    fn inputs<'a>(&self, borrowed: &'a Borrowed<'_>) -> SmallVec<[Input<'a>; 6]> {
        let data = |leaf: &usize| match borrowed[*leaf].as_deref() {
            Some(Elements::Bool(m)) => Data::Bool(m.as_slice()),
            Some(Elements::Int(m)) => Data::Int(m.as_slice()),
            Some(Elements::Float(m)) => Data::Float(m.as_slice()),
            Some(Elements::Complex(_) | Elements::Any(..)) | None => Data::Destination,
        };
        self.inputs.iter().map(|leaf| Input { data: data(leaf), layout: Layout::Whole }).collect()
    }

    /// The value for these leaves; `None` if the program is not for them, or fails.
    fn run(&self, leaves: &[Value]) -> Outcome<Option<Value>> {
        let Some(borrowed) = self.borrow(leaves, None) else { return Ok(None) };
        let inputs = self.inputs(&borrowed);
        let elements = run_fresh(&self.program, self.result, &inputs, self.rows, self.cols)?;
        Ok(elements.ok().map(|elements| Value::array(Array::new(self.form, elements))))
    }

    /// Writes the destination; `None` if the program is not for it or the leaves.
    fn run_into(&self, array: &Rc<Array>, leaves: &[Value]) -> Outcome<Option<End>> {
        if !is_alike(array, self.form, (self.rows, self.cols)) || real(&array.elements()) != Some(self.result) {
            return Ok(None);
        }
        let Some(borrowed) = self.borrow(leaves, Some(array)) else { return Ok(None) };
        run_existing(&self.program, &self.inputs(&borrowed), array)
    }
}

/// Programs for other leaves in a row after which it is not tried again.
const MOST_MISSES: u8 = 8;

impl Kept {
    /// The value of the expression, if the program that is kept gives it.
    pub(super) fn run(&self, leaves: &[Value]) -> Outcome<Option<Value>> {
        self.with(|known| known.run(leaves))
    }

    /// Writes the destination, if the program that is kept can.
    pub(super) fn run_into(&self, array: &Rc<Array>, leaves: &[Value]) -> Outcome<Option<End>> {
        self.with(|known| known.run_into(array, leaves))
    }

    fn with<R>(&self, run: impl FnOnce(&Known) -> Outcome<Option<R>>) -> Outcome<Option<R>> {
        let Some(known) = self.known.take() else { return Ok(None) };
        let result = run(&known);
        if let Ok(Some(_)) = result {
            self.misses.set(0);
            self.known.set(Some(known));
        }
        result
    }

    /// Keeps a program, unless others were kept in vain.
    pub(super) fn put(&self, known: impl FnOnce() -> Option<Box<Known>>) {
        let misses = self.misses.get();
        if misses < MOST_MISSES {
            self.misses.set(misses + 1);
            self.known.set(known());
        }
    }
}
