//! Index and field nodes. One or two integers into an array of numbers are served on the spot.

use super::assign::IndexNodes;
use super::call::{Item, items};
use super::kind::Carried;
use super::node::{BoxNode, Frame, Node, Run};
use super::offers;
use super::read::{Few, Object, Operand, Simple};
use super::vm::Vm;
use crate::codes::Code;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::Span;
use crate::value::{Elements, Range, Value, index};
use nalgebra::{DMatrix, Scalar};
use std::rc::Rc;

/// One or two indices as they were computed.
pub enum At<const N: usize> {
    /// Integers.
    Numbers([i64; N]),
    Values(Few<N>),
}

impl<const N: usize> At<N> {
    /// Looks at them as values.
    pub fn with_values<R>(&self, look: impl FnOnce(&[Value]) -> R) -> R {
        match self {
            At::Numbers(numbers) => look(&numbers.map(Value::Int)),
            At::Values(values) => look(values),
        }
    }
}

/// A form that indices travel in.
pub trait IndexForm: Carried {
    /// Computes indices, in order.
    fn at<const N: usize>(indices: &[Simple<Self>; N], frame: &mut Frame, vm: &Vm) -> Run<At<N>>;
}

impl IndexForm for i64 {
    #[inline(always)]
    fn at<const N: usize>(indices: &[Simple<i64>; N], frame: &mut Frame, vm: &Vm) -> Run<At<N>> {
        let mut numbers = [0; N];
        for (number, index) in numbers.iter_mut().zip(indices) {
            *number = index.get(frame, vm)?;
        }
        Ok(At::Numbers(numbers))
    }
}

impl IndexForm for Value {
    #[inline(always)]
    fn at<const N: usize>(indices: &[Simple; N], frame: &mut Frame, vm: &Vm) -> Run<At<N>> {
        let mut numbers = [0; N];
        for k in 0..N {
            match indices[k].get(frame, vm)? {
                Value::Int(number) => numbers[k] = number,
                other => return others(numbers, k, other, indices, frame, vm),
            }
        }
        Ok(At::Numbers(numbers))
    }
}

/// The indices of which those before number `k` are integers, and that one is not.
#[inline(never)]
fn others<const N: usize>(
    numbers: [i64; N],
    k: usize,
    other: Value,
    indices: &[Simple; N],
    frame: &mut Frame,
    vm: &Vm,
) -> Run<At<N>> {
    let mut values = Few::new();
    numbers[..k].iter().enumerate().for_each(|(k, number)| values.put(k, Value::Int(*number)));
    values.put(k, other);
    for (k, index) in indices.iter().enumerate().skip(k + 1) {
        values.put(k, index.get(frame, vm)?);
    }
    Ok(At::Values(values))
}

/// The place from 0 that one or two numbers from 1 have in a matrix, column by column. A single one may be too large.
#[inline(always)]
pub fn place<const N: usize>(at: &[i64; N], (rows, cols): (usize, usize)) -> Option<usize> {
    let from_0 = |number: i64| (number as usize).wrapping_sub(1);
    match at.as_slice() {
        [k] => Some(from_0(*k)),
        [i, j] => {
            let (i, j) = (from_0(*i), from_0(*j));
            (i < rows && j < cols).then(|| i + j * rows)
        }
        _ => None,
    }
}

/// The element at one or two integers of an array, if there is one and it needs no memory.
#[inline(always)]
fn element<const N: usize>(object: &Value, at: &[i64; N]) -> Option<Value> {
    fn entry<'a, T: Scalar, const N: usize>(m: &'a DMatrix<T>, at: &[i64; N]) -> Option<&'a T> {
        m.as_slice().get(place(at, m.shape())?)
    }
    let Value::Array(array) = object else { return None };
    // SAFETY: copying an element reaches no array; at most it counts a reference to another one.
    unsafe {
        array.look(|elements| {
            if let Elements::Float(m) = elements {
                return entry(m, at).map(|x| Value::float(*x));
            }
            if let Elements::Int(m) = elements {
                return entry(m, at).map(|x| Value::Int(*x));
            }
            // Out of the way: a jump by a table for all of them takes longer.
            other_element(elements, place(at, elements.shape())?)
        })
    }
}

#[inline(never)]
fn other_element(elements: &Elements, k: usize) -> Option<Value> {
    match elements {
        Elements::Bool(m) => m.as_slice().get(k).map(|x| Value::bool(*x)),
        Elements::Int(m) => m.as_slice().get(k).map(|x| Value::Int(*x)),
        Elements::Float(m) => m.as_slice().get(k).map(|x| Value::float(*x)),
        Elements::Complex(_) => None,
        Elements::Any(m, _) => m.as_slice().get(k).cloned(),
    }
}

/// `object[i]`, `object[i, j]`
pub struct IndexFew<A, T, const N: usize> {
    pub object: A,
    pub indices: [Simple<T>; N],
    pub span: Span,
}

impl<A: Object, T: IndexForm, const N: usize> IndexFew<A, T, N> {
    /// The element of an object at indices that are computed.
    #[inline(always)]
    pub fn read(&self, object: &Value, at: &At<N>, vm: &Vm) -> Run<Value> {
        if let At::Numbers(numbers) = at
            && let Some(value) = element(object, numbers)
        {
            return Ok(value);
        }
        self.read_others(object, at, vm)
    }

    #[inline(never)]
    fn read_others(&self, object: &Value, at: &At<N>, vm: &Vm) -> Run<Value> {
        at.with_values(|at| {
            index::get(object, at).map_err(|fault| offers::index(vm, object, at, fault, self.span, &self.index_spans()))
        })
    }

    /// Where the indices stand.
    pub fn index_spans(&self) -> [Span; N] {
        self.indices.each_ref().map(Operand::span)
    }
}

impl<A: Object, T: IndexForm, const N: usize> Node for IndexFew<A, T, N> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let held = self.object.hold(frame, vm)?;
        let at = T::at(&self.indices, frame, vm)?;
        self.read(self.object.look(&held, frame, vm)?, &at, vm)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `object[indices…]` in general.
pub struct Index {
    pub object: BoxNode,
    pub indices: IndexNodes,
    pub span: Span,
}

impl Node for Index {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let object = self.object.eval(frame, vm)?;
        // `T[]` is an empty vector of a type.
        if let Value::Type(_) = &object {
            let values = items(&self.indices.items, frame, vm)?;
            return super::array::typed_vector(values, &object, self.span, vm);
        }
        let at = self.indices.eval(&object, frame, vm)?;
        self.indices.get(&object, &at, vm)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `end` in an index.
pub struct End {
    pub object: usize,
    pub position: usize,
    pub count: usize,
    pub span: Span,
}

impl Node for End {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let last = index::last(&frame[self.object], self.position, self.count);
        vm.at(last, self.span).map(Value::Int)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `Vector{Int}`
pub struct TypeParameters {
    pub of: BoxNode,
    pub parameters: Vec<Item>,
    pub span: Span,
}

impl Node for TypeParameters {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let of = self.of.eval(frame, vm)?;
        let parameters = items(&self.parameters, frame, vm)?;
        vm.at(crate::library::parametrised(&of, &parameters), self.span)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `object.name`
pub struct Field {
    pub object: BoxNode,
    pub name: Rc<str>,
    pub name_span: Span,
    pub span: Span,
}

impl Node for Field {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let object = self.object.eval(frame, vm)?;
        field(&object, &self.name, self.name_span, vm)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// The field of a value.
pub fn field(object: &Value, name: &str, span: Span, vm: &Vm) -> Run<Value> {
    let found = match (object, name) {
        (Value::Tuple(tuple), _) => tuple.field(name),
        (Value::Pair(pair), "first") => Some(pair.0.clone()),
        (Value::Pair(pair), "second") => Some(pair.1.clone()),
        (Value::Complex(c), "re") => Some(complex_part(c.z.re, c.integral)),
        (Value::Complex(c), "im") => Some(complex_part(c.z.im, c.integral)),
        (Value::Error(error), _) => error.field(name),
        (Value::CartesianIndex(index), "I") => Some(Value::tuple(vec![Value::Int(index[0]), Value::Int(index[1])])),
        (Value::Range(range), _) => range_field(range, name),
        _ => None,
    };
    found.ok_or_else(|| no_field(object, name, span, vm))
}

fn complex_part(x: f64, integral: bool) -> Value {
    if integral { Value::Int(x as i64) } else { Value::float(x) }
}

fn range_field(range: &Range, name: &str) -> Option<Value> {
    match name {
        "start" => Some(range.first()),
        "stop" => Some(range.last()),
        "step" => Some(range.step()),
        "len" => Some(Value::Int(range.len() as i64)),
        _ => None,
    }
}

#[cold]
fn no_field(object: &Value, name: &str, span: Span, vm: &Vm) -> super::node::Thrown {
    let what = vm.describe(object);
    let diagnostic = Diagnostic::new(ErrorKind::ErrorException, format!("{what} has no field `{name}`"), span)
        .code(Code::UnknownField);
    let diagnostic = match object {
        Value::Tuple(tuple) => match &tuple.names {
            Some(names) => diagnostic.hint(format!("its fields are {}", names.join(", "))),
            None => diagnostic.rule("only named tuples have fields"),
        },
        Value::Array(_) => {
            let diagnostic = diagnostic.rule("functions are called with the array: `sum(A)`, not `A.sum`");
            match (name, crate::library::foreign::lookup(name)) {
                ("T", _) => diagnostic.hint("the transpose is written A'"),
                (_, Some(foreign)) => {
                    diagnostic.hint(format!("{}'s `{name}` is written {} here", foreign.system, foreign.here))
                }
                (_, None) => diagnostic,
            }
        }
        _ => diagnostic,
    };
    vm.throw(diagnostic)
}
