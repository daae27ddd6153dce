//! Programs kept for the next time: an expression in a loop mostly meets arrays of the same size and types again, and
//! compiling it takes longer than computing a hundred elements.

use super::compile::{Again, CellType, Compiled, Inlined};
use super::{Formula, run_existing, run_fresh};
use crate::fault::Outcome;
use crate::kernel::program::{Data, End, Input, Layout, Program};
use crate::value::{Array, Complex64, Elements, Form, FunctionKind, Host, Range, Value};
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
    /// What the names stand for in the formula that it computes, if it computes one.
    values: Vec<Value>,
    again: Again,
    form: Form,
    rows: usize,
    cols: usize,
    result: CellType,
}

/// What a leaf must be for a program that was compiled for another one.
enum Expected {
    /// An array of the result's form and size, with elements of this type.
    Array(CellType),
    /// A range with as many elements, integers or not.
    Range { ints: bool },
    /// The array that is written.
    Destination,
    /// The same number or function.
    Same(Value),
    /// A function with the body of this one of those that were inlined.
    Inlined(usize),
}

impl Expected {
    fn of(leaf: &Value, array: &Array, destination: Option<&Rc<Array>>, again: &Again) -> Option<Expected> {
        match leaf {
            Value::Array(leaf) if destination.is_some_and(|d| Rc::ptr_eq(d, leaf)) => Some(Expected::Destination),
            Value::Array(leaf) if is_alike(leaf, array.form(), array.shape()) => {
                CellType::of(&leaf.elements()).map(Expected::Array)
            }
            Value::Range(range) if array.form() == Form::Vector && range.len() == array.len() => {
                Some(Expected::Range { ints: has_ints(range) })
            }
            Value::Function(function) => {
                let place = again.inlined.iter().position(|inlined| Rc::ptr_eq(&inlined.function, function));
                Some(place.map_or_else(|| Expected::Same(leaf.clone()), Expected::Inlined))
            }
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => Some(Expected::Same(leaf.clone())),
            _ => None,
        }
    }
}

fn has_ints(range: &Range) -> bool {
    match range {
        Range::Int { .. } => true,
        Range::Float { .. } => false,
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
        (Value::Complex(a), Value::Complex(b)) => {
            let bits = |z: Complex64| (z.re.to_bits(), z.im.to_bits());
            a.integral == b.integral && bits(a.z) == bits(b.z)
        }
        (Value::Type(a), Value::Type(b)) => a == b,
        (Value::Function(a), Value::Function(b)) => match (&a.kind, &b.kind) {
            (FunctionKind::Builtin(a), FunctionKind::Builtin(b)) => std::ptr::eq(*a, *b),
            _ => Rc::ptr_eq(a, b),
        },
        _ => false,
    }
}

/// Does the function compute what it did?
fn is_unchanged(inlined: &Inlined, function: &Value, host: &dyn Host) -> bool {
    host.formula(function, inlined.args).is_some_and(|now| {
        Rc::ptr_eq(&now.body, &inlined.formula.body) && are_same(&now.values, &inlined.formula.values)
    })
}

fn are_same(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
}

/// Elements that a program reads.
type Borrowed<'a> = SmallVec<[Option<Ref<'a, Elements>>; 6]>;

impl Known {
    /// A program that ran, if it can run again. `array` has the result's form and size.
    pub fn new(
        compiled: Compiled<'_>,
        formula: Option<&Formula>,
        leaves: &[Value],
        array: &Array,
        destination: Option<&Rc<Array>>,
    ) -> Option<Box<Known>> {
        let Compiled { program, result, again, .. } = compiled;
        let again = again?;
        let leaves = leaves.iter().map(|leaf| Expected::of(leaf, array, destination, &again)).collect::<Option<_>>()?;
        let values = formula.map(|formula| formula.values.clone()).unwrap_or_default();
        let (rows, cols) = array.shape();
        Some(Box::new(Known { program, leaves, values, again, form: array.form(), rows, cols, result }))
    }

    /// The elements of the leaves, if they are what the program was compiled for.
    fn borrow<'a>(
        &self,
        leaves: &'a [Value],
        destination: Option<&Rc<Array>>,
        host: &dyn Host,
    ) -> Option<Borrowed<'a>> {
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
                        && CellType::of(&elements) == Some(*wanted);
                    Some(fits.then_some(elements)?)
                }
                (Expected::Destination, Value::Array(leaf)) if is_destination(leaf) => None,
                (Expected::Range { ints }, Value::Range(range))
                    if range.len() == self.rows && has_ints(range) == *ints =>
                {
                    None
                }
                (Expected::Same(value), leaf) if is_same(value, leaf) => None,
                (Expected::Inlined(k), function) if is_unchanged(&self.again.inlined[*k], function, host) => None,
                _ => return None,
            };
            borrowed.push(elements);
        }
        // Names in the functions' bodies may stand for something else by now.
        let leaf = |k: usize| self.leaves.iter().any(|expected| matches!(expected, Expected::Inlined(n) if *n == k));
        let inlined = self.again.inlined.iter().enumerate().filter(|(k, _)| !leaf(*k));
        let unchanged = |(_, inlined): (usize, &Inlined)| {
            is_unchanged(inlined, &Value::Function(Rc::clone(&inlined.function)), host)
        };
        inlined.into_iter().all(unchanged).then_some(borrowed)
    }

    fn inputs<'a>(&self, leaves: &'a [Value], borrowed: &'a Borrowed<'_>) -> SmallVec<[Input<'a>; 6]> {
        let data = |leaf: &usize| match (borrowed[*leaf].as_deref(), &leaves[*leaf]) {
            (Some(Elements::Bool(m)), _) => Data::Bool(m.as_slice()),
            (Some(Elements::Int(m)), _) => Data::Int(m.as_slice()),
            (Some(Elements::Float(m)), _) => Data::Float(m.as_slice()),
            (Some(Elements::Complex(m)), _) => Data::Complex(m.as_slice()),
            (_, Value::Range(range)) => Data::Range(range),
            _ => Data::Destination,
        };
        self.again.inputs.iter().map(|leaf| Input { data: data(leaf), layout: Layout::Whole }).collect()
    }

    /// The value for these leaves; `None` if the program is not for them, or fails.
    fn run(&self, formula: Option<&Formula>, leaves: &[Value], host: &dyn Host) -> Outcome<Option<Value>> {
        if !are_same(&self.values, formula.map_or(&[], |formula| &formula.values)) {
            return Ok(None);
        }
        let Some(borrowed) = self.borrow(leaves, None, host) else { return Ok(None) };
        let inputs = self.inputs(leaves, &borrowed);
        let elements = run_fresh(&self.program, self.result, &inputs, self.rows, self.cols)?;
        Ok(elements.ok().map(|elements| Value::array(Array::new(self.form, elements))))
    }

    /// Writes the destination; `None` if the program is not for it or the leaves.
    fn run_into(&self, array: &Rc<Array>, leaves: &[Value], host: &dyn Host) -> Outcome<Option<End>> {
        if !is_alike(array, self.form, (self.rows, self.cols)) || CellType::of(&array.elements()) != Some(self.result) {
            return Ok(None);
        }
        let Some(borrowed) = self.borrow(leaves, Some(array), host) else { return Ok(None) };
        run_existing(&self.program, &self.inputs(leaves, &borrowed), array)
    }
}

/// Programs for other leaves in a row after which it is not tried again.
const MOST_MISSES: u8 = 8;

impl Kept {
    /// What is kept with a formula, for all who compute its values for an array.
    pub(super) fn with_formula(formula: &Formula) -> Option<&Kept> {
        formula.body.kept.get_or_init(|| Box::new(Kept::default())).downcast_ref()
    }

    /// The value of the expression, or of a formula for the leaves, if the program that is kept gives it.
    pub(super) fn run(&self, formula: Option<&Formula>, leaves: &[Value], host: &dyn Host) -> Outcome<Option<Value>> {
        self.with(|known| known.run(formula, leaves, host))
    }

    /// Writes the destination, if the program that is kept can.
    pub(super) fn run_into(&self, array: &Rc<Array>, leaves: &[Value], host: &dyn Host) -> Outcome<Option<End>> {
        self.with(|known| known.run_into(array, leaves, host))
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
