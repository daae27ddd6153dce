//! Index and field nodes. One or two integers into an array of numbers are served on the spot.

use super::assign::IndexNodes;
use super::call::{Item, items};
use super::node::{BoxNode, Frame, Node, Run};
use super::offers;
use super::read::{Few, Object, Operand};
use super::vm::Vm;
use crate::codes::Code;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::Span;
use crate::value::{Elements, Range, Value, index};
use std::rc::Rc;

/// The place from 0 of row i and column j (from 1) in column-major order.
#[inline(always)]
pub fn linear(i: i64, j: i64, rows: usize, cols: usize) -> Option<usize> {
    let (i, j) = ((i as usize).wrapping_sub(1), (j as usize).wrapping_sub(1));
    (i < rows && j < cols).then(|| i + j * rows)
}

/// The element at one or two integers of an array of numbers.
#[inline(always)]
fn element(object: &Value, at: &[Value]) -> Option<Value> {
    let Value::Array(array) = object else { return None };
    let elements = array.elements();
    let k = match at {
        [Value::Int(i)] => (*i as usize).wrapping_sub(1),
        [Value::Int(i), Value::Int(j)] => {
            let (rows, cols) = elements.shape();
            linear(*i, *j, rows, cols)?
        }
        _ => return None,
    };
    match &*elements {
        Elements::Float(m) => m.as_slice().get(k).map(|x| Value::float(*x)),
        Elements::Int(m) => m.as_slice().get(k).map(|x| Value::Int(*x)),
        Elements::Bool(m) => m.as_slice().get(k).map(|x| Value::bool(*x)),
        Elements::Any(m, _) => m.as_slice().get(k).cloned(),
        Elements::Complex(_) => None,
    }
}

/// `object[indices]` with the fast cases left to the nodes.
#[cold]
#[inline(never)]
pub fn get(object: &Value, at: &[Value], vm: &Vm, span: Span, spans: &[Span]) -> Run<Value> {
    index::get(object, at).map_err(|fault| offers::index(vm, object, at, fault, span, spans))
}

/// `object[i]`, `object[i, j]`
pub struct IndexFew<A, I, const N: usize> {
    pub object: A,
    pub indices: [I; N],
    pub span: Span,
}

impl<A: Object, I: Operand, const N: usize> Node for IndexFew<A, I, N> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let held = self.object.hold(frame, vm)?;
        let mut at = Few::new();
        at.fill(&self.indices, frame, vm)?;
        let object = self.object.look(&held, frame, vm)?;
        if let Some(value) = element(object, &at) {
            return Ok(value);
        }
        let spans = self.indices.each_ref().map(|i| i.span());
        get(object, &at, vm, self.span, &spans)
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
        if let Some(value) = element(&object, &at) {
            return Ok(value);
        }
        let spans: Vec<Span> = self.indices.items.iter().map(|i: &Item| i.node.span()).collect();
        get(&object, &at, vm, self.span, &spans)
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
