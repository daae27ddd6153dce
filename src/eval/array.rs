//! Nodes that make collections: brackets, tuples, comprehensions, generators.

use super::assign::Store;
use super::call::{Item, items};
use super::control::Fresh;
use super::formula::FormulaCode;
use super::node::{BoxNode, Frame, Node, Run};
use super::vm::Vm;
use crate::error::Places;
use crate::fault::ErrorKind;
use crate::kernel::broadcast;
use crate::source::Span;
use crate::value::iterate::{self, Cursor};
use crate::value::{Form, Lazy, Tuple, Value, concat, promote};
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
    pub names: Rc<Vec<Rc<str>>>,
    pub values: Vec<BoxNode>,
    pub span: Span,
}

impl Node for MakeNamedTuple {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let items = self.values.iter().map(|v| v.eval(frame, vm)).collect::<Run<Vec<_>>>()?;
        Ok(Value::Tuple(Rc::new(Tuple { items, names: Some(self.names.clone()) })))
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

impl Node for MakeRows {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let eltype = self.eltype.as_ref().map(|t| t.eval(frame, vm)).transpose()?;
        let mut rows = self.rows.iter().map(|row| items(row, frame, vm)).collect::<Run<Vec<_>>>()?;
        let joined = match rows.as_mut_slice() {
            [row] => concat::hcat(row),
            rows if rows.iter().all(|row| row.len() == 1) => {
                let column: Vec<Value> = rows.iter_mut().filter_map(Vec::pop).collect();
                concat::vcat(&column)
            }
            rows => concat::hvcat(rows),
        };
        let joined = joined.map_err(|fault| {
            let spans: Vec<Span> = self.rows.iter().flatten().map(|i| i.node.span()).collect();
            vm.fault(fault, Places { operator: self.span, left: None, right: None, arguments: &spans })
        })?;
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
    /// The body as a function of the loop's variables, if it is nothing but arithmetic.
    pub formula: Option<FormulaCode>,
    pub span: Span,
}

impl Comprehension {
    /// One `for` and those inside it.
    fn gather(&self, depth: usize, out: &mut Vec<Value>, frame: &mut Frame, vm: &Vm) -> Run<()> {
        let Some(this) = self.loops.get(depth) else {
            out.push(self.body.eval(frame, vm)?);
            return Ok(());
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
        vm.poll(self.span)?;
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

    /// The whole result, where a kernel can compute it.
    fn computed(&self, over: &[Value], frame: &Frame, vm: &Vm) -> Run<Option<Value>> {
        let Some(formula) = self.formula.as_ref().and_then(|f| f.now(|slot| frame[slot].clone())) else {
            return Ok(None);
        };
        vm.at(broadcast::computed(&formula, over, vm), self.span)
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
                Some((first.0 * first.1, second.0 * second.1, Form::Matrix))
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
        let mut out = Vec::new();
        self.rounds(0, &over, &mut out, frame, vm)?;
        let shape = shape.filter(|(rows, cols, _)| rows * cols == out.len());
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
