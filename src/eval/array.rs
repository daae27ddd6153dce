//! Nodes that make collections: brackets, tuples, comprehensions, generators.

use super::assign::Store;
use super::call::{Item, KeywordNode, items, keywords};
use super::control::Fresh;
use super::formula::FormulaCode;
use super::node::{BoxNode, Frame, Node, Run, Thrown};
use super::probe::{Probe, element_type, sample};
use super::vm::Vm;
use crate::error::{Diagnostic, Label, Places};
use crate::fault::{ErrorKind, Fault};
use crate::kernel::broadcast;
use crate::source::Span;
use crate::value::iterate::{self, Cursor};
use crate::value::{Form, Lazy, Tuple, Type, Value, array, concat, index, promote};
use std::rc::Rc;

/// `(a, b...)`
pub struct MakeTuple {
    pub items: Vec<Item>,
    pub span: Span,
}

impl Node for MakeTuple {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        Ok(Value::tuple(items(&self.items, frame, vm)?))
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `(a = 1, b = 2)`
pub struct MakeNamedTuple {
    pub fields: Vec<KeywordNode>,
    pub span: Span,
}

impl Node for MakeNamedTuple {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        Ok(Value::Tuple(Rc::new(Tuple::named(keywords(&self.fields, frame, vm)?))))
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `[a, b]`, `T[a, b]`
pub struct MakeVector {
    pub eltype: Option<BoxNode>,
    pub items: Vec<Item>,
    pub span: Span,
}

impl Node for MakeVector {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let eltype = self.eltype.as_ref().map(|t| t.eval(frame, vm)).transpose()?;
        let values = items(&self.items, frame, vm)?;
        match eltype {
            Some(eltype) => typed_vector(values, &eltype, self.span, vm),
            None => vm.at(promote::literal_vector(values).map(Value::array), self.span),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// A vector of the type that a value names.
pub fn typed_vector(values: Vec<Value>, eltype: &Value, span: Span, vm: &Vm) -> Run<Value> {
    let Value::Type(ty) = eltype else {
        let message = format!("{} is not a type", vm.describe(eltype));
        return Err(vm.error(ErrorKind::MethodError, message, span));
    };
    vm.at(promote::typed_vector(values, ty).map(Value::array), span)
}

/// `[a b; c d]`
pub struct MakeRows {
    pub eltype: Option<BoxNode>,
    pub rows: Vec<Vec<Item>>,
    pub span: Span,
}

impl MakeRows {
    /// Rows of different widths are labelled each with its own; other faults at the items.
    #[cold]
    fn ragged(&self, fault: Fault, widths: &[usize], vm: &Vm) -> Thrown {
        let Fault::Raised(report) = fault else { return Thrown };
        let spans: Vec<Span> = self.rows.iter().flatten().map(|i| i.node.span()).collect();
        let places = Places { operator: self.span, left: None, right: None, arguments: &spans };
        let mut diagnostic = Diagnostic::from_report(*report, places);
        if widths.windows(2).any(|pair| pair[0] != pair[1]) {
            let row = |items: &[Item]| Some(items.first()?.node.span().to(items.last()?.node.span()));
            let spans = self.rows.iter().filter_map(|items| row(items));
            let counted = |n: usize| if n == 1 { "1 column".to_string() } else { format!("{n} columns") };
            diagnostic.labels = spans.zip(widths).map(|(span, width)| Label { span, text: counted(*width) }).collect();
        }
        vm.throw(diagnostic)
    }
}

/// Columns that a value takes in a row.
fn columns(value: &Value) -> usize {
    match value {
        Value::Array(array) => array.shape().1,
        _ => 1,
    }
}

impl Node for MakeRows {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let eltype = self.eltype.as_ref().map(|t| t.eval(frame, vm)).transpose()?;
        let mut rows = self.rows.iter().map(|row| items(row, frame, vm)).collect::<Run<Vec<_>>>()?;
        let widths: Vec<usize> = rows.iter().map(|row| row.iter().map(columns).sum()).collect();
        let joined = match rows.as_mut_slice() {
            // One item in every row as written: what a splat spreads stands below each other, `[v...; 1]`, and `[r;]`
            // of a range is a vector.
            rows if self.rows.iter().all(|row| row.len() == 1) => {
                let column: Vec<Value> = rows.iter_mut().flat_map(std::mem::take).collect();
                concat::vcat(&column)
            }
            [row] => concat::hcat(row),
            rows => concat::hvcat(rows),
        };
        let joined = joined.map_err(|fault| self.ragged(fault, &widths, vm))?;
        match eltype {
            Some(eltype) => convert(joined, &eltype, self.span, vm),
            None => Ok(joined),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// The same array with elements of the type that a value names.
fn convert(value: Value, eltype: &Value, span: Span, vm: &Vm) -> Run<Value> {
    let (Value::Type(ty), Value::Array(array)) = (eltype, &value) else { return Ok(value) };
    let converted = promote::convert_elements(&array.elements(), ty);
    let elements = vm.at(converted, span)?;
    Ok(Value::array(crate::value::Array::new(array.form(), elements)))
}

/// One `for` of a comprehension.
pub struct LoopNodes {
    pub clauses: Vec<(Store, BoxNode)>,
    pub filter: Option<BoxNode>,
    pub fresh: Vec<Fresh>,
}

/// `[body for … if …]`
pub struct Comprehension {
    pub eltype: Option<BoxNode>,
    pub loops: Vec<LoopNodes>,
    pub body: BoxNode,
    /// Whether the body may be run on a sample.
    pub probe: Option<Probe>,
    /// The body as a function of the loop's variables, if it is nothing but arithmetic.
    pub formula: Option<FormulaCode>,
    /// The condition as such a function.
    pub filter: Option<FormulaCode>,
    pub span: Span,
}

impl Comprehension {
    /// One `for` and those inside it.
    fn gather(&self, depth: usize, out: &mut Vec<Value>, frame: &mut Frame, vm: &Vm) -> Run<()> {
        let Some(this) = self.loops.get(depth) else {
            let item = self.body.eval(frame, vm)?;
            return vm.at(array::push(out, item), self.span);
        };
        let iterables = this.clauses.iter().map(|(_, node)| node.eval(frame, vm)).collect::<Run<Vec<_>>>()?;
        self.rounds(depth, iterables.as_slice(), out, frame, vm)
    }

    fn rounds(&self, depth: usize, over: &[Value], out: &mut Vec<Value>, frame: &mut Frame, vm: &Vm) -> Run<()> {
        let this = &self.loops[depth];
        let span = |k: usize| this.clauses[k].1.span();
        match over {
            [only] => {
                let mut cursor = vm.at(Cursor::new(only), span(0))?;
                while let Some(value) = vm.at(cursor.next(vm), span(0))? {
                    self.round(depth, &[value], out, frame, vm)?;
                }
            }
            [inner, outer] => {
                // The first clause runs fastest: columns of a matrix.
                let inner = vm.at(iterate::elements(inner, vm), span(0))?;
                let mut cursor = vm.at(Cursor::new(outer), span(1))?;
                while let Some(second) = vm.at(cursor.next(vm), span(1))? {
                    // There may be nothing inside that asks.
                    vm.poll(&self.span)?;
                    for first in &inner {
                        self.round(depth, &[first.clone(), second.clone()], out, frame, vm)?;
                    }
                }
            }
            _ => return Err(vm.error(ErrorKind::ArgumentError, "arrays have at most two dimensions", self.span)),
        }
        Ok(())
    }

    #[inline(always)]
    fn round(&self, depth: usize, values: &[Value], out: &mut Vec<Value>, frame: &mut Frame, vm: &Vm) -> Run<()> {
        vm.poll(&self.span)?;
        let this = &self.loops[depth];
        this.fresh.iter().for_each(|f| f.apply(frame));
        for ((target, _), value) in this.clauses.iter().zip(values) {
            target.store(value.clone(), frame, vm)?;
        }
        if let Some(filter) = &this.filter
            && !filter.cond(frame, vm)?
        {
            return Ok(());
        }
        self.gather(depth + 1, out, frame, vm)
    }

    /// The element type of a result without elements.
    fn type_of_none(&self, over: &[Value], frame: &mut Frame, vm: &Vm) -> Option<Type> {
        let [only] = self.loops.as_slice() else { return None };
        if !self.probe.as_ref().is_some_and(Probe::may_run) {
            return None;
        }
        let samples = over.iter().map(|v| sample(&element_type(v)?)).collect::<Option<Vec<_>>>()?;
        only.fresh.iter().for_each(|f| f.apply(frame));
        let mut pairs = only.clauses.iter().zip(samples);
        let stored = pairs.try_for_each(|((target, _), value)| target.store(value, frame, vm));
        match stored.and_then(|()| self.body.eval(frame, vm)) {
            Ok(value) => Some(value.type_of()),
            Err(Thrown) => {
                vm.forget_raised();
                None
            }
        }
    }

    /// The whole result, where a kernel can compute it.
    fn computed(&self, over: &[Value], frame: &Frame, vm: &Vm) -> Run<Option<Value>> {
        let now = |code: &Option<FormulaCode>| code.as_ref()?.now(|slot| frame[slot].clone());
        let Some(formula) = now(&self.formula) else { return Ok(None) };
        if self.loops[0].filter.is_none() {
            return vm.at(broadcast::computed(&formula, over, vm), self.span);
        }
        // Formulas have no effects: the condition may be asked for all elements first.
        let ([only @ (Value::Array(_) | Value::Range(_))], Some(filter)) = (over, now(&self.filter)) else {
            return Ok(None);
        };
        let selected = || match broadcast::computed(&filter, over, vm)? {
            Some(Value::Array(mask)) if mask.eltype() == Type::Bool => {
                broadcast::computed(&formula, &[index::get(only, &[Value::Array(mask)])?], vm)
            }
            _ => Ok(None),
        };
        vm.at(selected(), self.span)
    }

    /// Rows, columns and form of the result, where it is not simply a vector.
    fn shape(&self, over: &[Value]) -> Option<(usize, usize, Form)> {
        if self.loops.len() > 1 || self.loops[0].filter.is_some() {
            return None;
        }
        match over {
            [only] => iterate::shape(only),
            [first, second] => {
                let (first, second) = (iterate::shape(first)?, iterate::shape(second)?);
                Some((first.0.saturating_mul(first.1), second.0.saturating_mul(second.1), Form::Matrix))
            }
            _ => None,
        }
    }
}

impl Node for Comprehension {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let eltype = self.eltype.as_ref().map(|t| t.eval(frame, vm)).transpose()?;
        let first = &self.loops[0];
        let over = first.clauses.iter().map(|(_, node)| node.eval(frame, vm)).collect::<Run<Vec<_>>>()?;
        if let Some(values) = self.computed(&over, frame, vm)? {
            return Ok(values);
        }
        let shape = self.shape(&over);
        let mut out = match shape {
            Some((rows, cols, _)) => vm.at(array::element_count(rows, cols).and_then(array::reserve), self.span)?,
            None => Vec::new(),
        };
        self.rounds(0, &over, &mut out, frame, vm)?;
        let shape = shape.filter(|(rows, cols, _)| rows * cols == out.len());
        let eltype = match eltype {
            None if out.is_empty() => self.type_of_none(&over, frame, vm).map(Value::type_of_name),
            eltype => eltype,
        };
        let array = match (&eltype, shape) {
            (None, Some((rows, cols, form))) if form != Form::Vector => {
                promote::collect_shaped(out, rows, cols, Form::Matrix)
            }
            (None, _) => promote::collect(out),
            (Some(eltype), _) => {
                let vector = typed_vector(out, eltype, self.span, vm)?;
                return Ok(match (vector, shape) {
                    (Value::Array(array), Some((rows, cols, form))) if form != Form::Vector => {
                        let elements = array.elements().clone().reshaped(rows, cols);
                        Value::array(crate::value::Array::new(Form::Matrix, elements))
                    }
                    (vector, _) => vector,
                });
            }
        };
        vm.at(array.map(Value::array), self.span)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// A generator as a value.
pub enum MakeLazy {
    Map { function: BoxNode, over: Box<MakeLazy> },
    Filter { function: BoxNode, over: Box<MakeLazy> },
    Product(Vec<BoxNode>),
    Flatten(Box<MakeLazy>),
    Over(BoxNode),
}

impl MakeLazy {
    fn value(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let lazy = match self {
            MakeLazy::Over(node) => return node.eval(frame, vm),
            MakeLazy::Map { function, over } => Lazy::Map(function.eval(frame, vm)?, over.value(frame, vm)?),
            MakeLazy::Filter { function, over } => Lazy::Filter(function.eval(frame, vm)?, over.value(frame, vm)?),
            MakeLazy::Product(nodes) => {
                Lazy::Product(nodes.iter().map(|n| n.eval(frame, vm)).collect::<Run<Vec<_>>>()?)
            }
            MakeLazy::Flatten(over) => Lazy::Flatten(over.value(frame, vm)?),
        };
        Ok(Value::Iterator(Rc::new(lazy)))
    }
}

/// A generator with its place.
pub struct Generator {
    pub lazy: MakeLazy,
    pub span: Span,
}

impl Node for Generator {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.lazy.value(frame, vm)
    }
    fn span(&self) -> Span {
        self.span
    }
}
