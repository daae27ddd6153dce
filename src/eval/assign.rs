//! Assignment nodes: to slots, variables, globals, indexed places and tuples of them.

use super::arithmetic;
use super::call::{Item, items};
use super::index::{At, IndexFew, IndexForm};
use super::kind::{Carried, Kind};
use super::node::{BoxNode, Flow, Frame, Node, Run, put, release};
use super::read::{Object, Operand, Simple};
use super::vm::Vm;
use crate::codes::Code;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::op::BinaryOp;
use crate::resolve::CONSTANT_RULE;
use crate::resolve::code::Global;
use crate::source::Span;
use crate::value::iterate::Cursor;
use crate::value::{Elements, Value, Variable, index};
use nalgebra::{DMatrix, Scalar};
use std::marker::PhantomData;
use std::rc::Rc;

/// What a value is put in.
pub enum Store {
    Local(usize),
    /// The slot holds a variable that functions share.
    Shared(usize),
    /// The place is for the error if it is a constant.
    Global(Rc<Global>, Span),
    Index {
        object: BoxNode,
        indices: IndexNodes,
    },
    Tuple(Vec<Store>, Span),
    /// `rest...`, the last of a tuple.
    Rest(Box<Store>),
    /// `(; a, b) = …`
    Fields(Vec<(Rc<str>, Store)>, Span),
    /// `_`
    Nothing,
}

impl Store {
    /// Puts a value in.
    #[inline(always)]
    pub fn store(&self, value: Value, frame: &mut Frame, vm: &Vm) -> Run<()> {
        match self {
            Store::Local(slot) => put(&mut frame[*slot], value),
            Store::Global(global, _) if !global.constant.get() => global.variable.set(value),
            _ => return self.store_elsewhere(value, frame, vm),
        }
        Ok(())
    }

    /// What a plain name holds now.
    pub(super) fn current(&self, frame: &Frame) -> Option<Value> {
        match self {
            Store::Local(slot) => Some(frame[*slot].clone()),
            Store::Shared(slot) => match &frame[*slot] {
                Value::Variable(variable) => Some(variable.get()),
                _ => None,
            },
            Store::Global(global, _) => Some(global.variable.get()),
            Store::Index { .. } | Store::Tuple(..) | Store::Rest(_) | Store::Fields(..) | Store::Nothing => None,
        }
    }

    #[inline(never)]
    fn store_elsewhere(&self, value: Value, frame: &mut Frame, vm: &Vm) -> Run<()> {
        match self {
            Store::Local(slot) => put(&mut frame[*slot], value),
            Store::Shared(slot) => set_shared(&mut frame[*slot], value),
            Store::Global(global, span) => return set_global(global, value, *span, vm),
            Store::Index { object, indices } => {
                let object = object.eval(frame, vm)?;
                let at = indices.eval(&object, frame, vm)?;
                return indices.set(&object, &at, &value, vm);
            }
            Store::Tuple(targets, span) => return take_apart(&value, targets, *span, frame, vm),
            Store::Rest(target) => return target.store(value, frame, vm),
            Store::Fields(fields, span) => {
                for (name, target) in fields {
                    let field = super::index::field(&value, name, *span, vm)?;
                    target.store(field, frame, vm)?;
                }
            }
            Store::Nothing => {}
        }
        Ok(())
    }
}

/// A function may have been written before a `const` fixed the name that it assigns.
fn set_global(global: &Global, value: Value, span: Span, vm: &Vm) -> Run<()> {
    if global.constant.get() {
        let message = format!("{} is a constant", global.name);
        return Err(vm.throw(
            Diagnostic::new(ErrorKind::ErrorException, message, span).code(Code::Constant).rule(CONSTANT_RULE),
        ));
    }
    global.variable.set(value);
    Ok(())
}

/// Sets the variable that a slot holds; the first assignment makes it.
fn set_shared(slot: &mut Value, value: Value) {
    match slot {
        Value::Variable(variable) => variable.set(value),
        _ => *slot = Value::Variable(Rc::new(Variable::new(value))),
    }
}

fn take_apart(value: &Value, targets: &[Store], span: Span, frame: &mut Frame, vm: &Vm) -> Run<()> {
    let mut cursor = match Cursor::new(value) {
        Ok(cursor) => cursor,
        Err(fault) => return Err(vm.fault(fault, crate::error::Places::at(span))),
    };
    // All values first: `a, b = b, a` and a generator that reads what is assigned.
    let mut values = Vec::with_capacity(targets.len());
    for (k, target) in targets.iter().enumerate() {
        if let Store::Rest(_) = target {
            let mut rest = Vec::new();
            while let Some(item) = vm.at(cursor.next(vm), span)? {
                rest.push(item);
            }
            values.push(match value {
                Value::Tuple(_) => Value::tuple(rest),
                _ => Value::array(vm.at(crate::value::promote::collect(rest), span)?),
            });
            break;
        }
        match vm.at(cursor.next(vm), span)? {
            Some(item) => values.push(item),
            None => return Err(too_few(vm, k, targets.len(), span)),
        }
    }
    for (target, value) in targets.iter().zip(values) {
        target.store(value, frame, vm)?;
    }
    Ok(())
}

#[cold]
fn too_few(vm: &Vm, have: usize, want: usize, span: Span) -> crate::eval::node::Thrown {
    let values = if have == 1 { "1 value".to_string() } else { format!("{have} values") };
    vm.throw(
        Diagnostic::new(ErrorKind::BoundsError, format!("{want} names on the left, {values} on the right"), span)
            .code(Code::TooFewValues)
            .rule("each name on the left takes one value"),
    )
}

/// `x = value` for a local, where the value travels in a known form.
pub struct AssignLocal<T, V> {
    pub slot: usize,
    pub value: V,
    pub kind: Kind,
    pub span: Span,
    pub form: PhantomData<T>,
}

impl<T: Carried, V: Operand<T>> AssignLocal<T, V> {
    #[inline(always)]
    fn run(&self, frame: &mut Frame, vm: &Vm) -> Run<()> {
        let value = self.value.get(frame, vm)?;
        put(&mut frame[self.slot], value.value());
        Ok(())
    }
}

impl<T: Carried, V: Operand<T>> Node for AssignLocal<T, V> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.run(frame, vm)?;
        Ok(frame[self.slot].clone())
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        self.run(frame, vm)?;
        Ok(Flow::Next)
    }
    fn kind(&self) -> Kind {
        self.kind
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// Parameters that are taken apart before the body runs.
pub struct Unpack {
    pub params: Vec<(usize, Store)>,
    pub body: BoxNode,
}

impl Node for Unpack {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        for (slot, target) in &self.params {
            let value = frame[*slot].clone();
            target.store(value, frame, vm)?;
        }
        self.body.eval(frame, vm)
    }
    fn span(&self) -> Span {
        self.body.span()
    }
}

/// `target = value` for everything else.
pub struct Assign {
    pub target: Store,
    pub value: BoxNode,
    pub span: Span,
}

impl Node for Assign {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let value = self.value.eval(frame, vm)?;
        self.target.store(value.clone(), frame, vm)?;
        Ok(value)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        let value = self.value.eval(frame, vm)?;
        self.target.store(value, frame, vm)?;
        Ok(Flow::Next)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `const c = value`: an assignment that fixes what it assigns.
pub struct AssignConstant {
    pub globals: Vec<Rc<Global>>,
    pub assign: BoxNode,
    pub span: Span,
}

impl Node for AssignConstant {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let were: Vec<bool> = self.globals.iter().map(|global| global.constant.replace(false)).collect();
        let result = self.assign.eval(frame, vm);
        for (global, was) in self.globals.iter().zip(were) {
            global.constant.set(was || result.is_ok());
        }
        result
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// The indices of a place.
pub struct IndexNodes {
    /// Where the object is kept for `end`.
    pub keep: Option<usize>,
    pub items: Vec<Item>,
    pub span: Span,
}

impl IndexNodes {
    /// Evaluates the indices.
    pub(super) fn eval(&self, object: &Value, frame: &mut Frame, vm: &Vm) -> Run<Vec<Value>> {
        if let Some(keep) = self.keep {
            put(&mut frame[keep], object.clone());
        }
        let values = items(&self.items, frame, vm);
        if let Some(keep) = self.keep {
            put(&mut frame[keep], Value::Undefined);
        }
        values
    }

    /// The element at the indices, or what else they choose.
    pub(super) fn get(&self, object: &Value, at: &[Value], vm: &Vm) -> Run<Value> {
        index::get(object, at).map_err(|fault| super::offers::index(vm, object, at, fault, self.span, &self.spans()))
    }

    fn set(&self, object: &Value, at: &[Value], value: &Value, vm: &Vm) -> Run<()> {
        index::set(object, at, value)
            .map_err(|fault| super::offers::assign_index(vm, object, at, value, fault, self.span, &self.spans()))
    }

    /// Where the indices stand.
    pub(super) fn spans(&self) -> Vec<Span> {
        self.items.iter().map(|item| item.node.span()).collect()
    }
}

/// A form in which a value may be on its way into an array.
pub trait Stored: Carried {
    /// Puts it in the place that one or two numbers name, if the array holds such values as they are.
    fn store<const N: usize>(&self, elements: &mut Elements, at: &[i64; N]) -> bool;
}

impl Stored for i64 {
    #[inline(always)]
    fn store<const N: usize>(&self, elements: &mut Elements, at: &[i64; N]) -> bool {
        if let Elements::Float(m) = elements {
            return put_at(m, at, *self as f64);
        }
        if let Elements::Int(m) = elements { put_at(m, at, *self) } else { false }
    }
}

impl Stored for f64 {
    #[inline(always)]
    fn store<const N: usize>(&self, elements: &mut Elements, at: &[i64; N]) -> bool {
        if let Elements::Float(m) = elements { put_at(m, at, *self) } else { false }
    }
}

impl Stored for Value {
    #[inline(always)]
    fn store<const N: usize>(&self, elements: &mut Elements, at: &[i64; N]) -> bool {
        if let Value::Float(x) = self {
            return x.get().store(elements, at);
        }
        if let Value::Int(x) = self {
            return x.store(elements, at);
        }
        match (self, elements) {
            (Value::Bool(x), Elements::Bool(m)) => put_at(m, at, x.get()),
            _ => false,
        }
    }
}

#[inline(always)]
fn put_at<T: Scalar, const N: usize>(m: &mut DMatrix<T>, at: &[i64; N], value: T) -> bool {
    let shape = m.shape();
    match super::index::place(at, shape).and_then(|k| m.as_mut_slice().get_mut(k)) {
        Some(slot) => {
            *slot = value;
            true
        }
        None => false,
    }
}

impl<A: Object, T: IndexForm, const N: usize> IndexFew<A, T, N> {
    /// Puts a value in the place at indices that are computed.
    #[inline(always)]
    fn write<V: Stored>(&self, object: &Value, at: &At<N>, value: &V, vm: &Vm) -> Run<()> {
        if let (At::Numbers(numbers), Value::Array(array)) = (at, object) {
            // SAFETY: a number is written over a number, which reaches no array.
            let stored = unsafe { array.change(|elements| value.store(elements, numbers)) };
            if stored == Some(true) {
                return Ok(());
            }
        }
        self.write_others(object, at, value.clone().value(), vm)
    }

    #[inline(never)]
    fn write_others(&self, object: &Value, at: &At<N>, value: Value, vm: &Vm) -> Run<()> {
        at.with_values(|at| {
            index::set(object, at, &value).map_err(|fault| {
                super::offers::assign_index(vm, object, at, &value, fault, self.span, &self.index_spans())
            })
        })
    }
}

/// `object[i] = value`, `object[i, j] = value`
pub struct AssignFew<A, T, V, const N: usize> {
    pub place: IndexFew<A, T, N>,
    pub value: Simple<V>,
    pub span: Span,
}

impl<A: Object, T: IndexForm, V: Stored, const N: usize> AssignFew<A, T, V, N> {
    #[inline(always)]
    fn run(&self, frame: &mut Frame, vm: &Vm) -> Run<V> {
        let value = self.value.get(frame, vm)?;
        let held = self.place.object.hold(frame, vm)?;
        let at = T::at(&self.place.indices, frame, vm)?;
        self.place.write(self.place.object.look(&held, frame, vm)?, &at, &value, vm)?;
        Ok(value)
    }
}

impl<A: Object, T: IndexForm, V: Stored, const N: usize> Node for AssignFew<A, T, V, N> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.run(frame, vm).map(Carried::value)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        release(self.run(frame, vm)?.value());
        Ok(Flow::Next)
    }
    fn kind(&self) -> Kind {
        V::KIND
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `object[i] op= value`, `object[i, j] op= value`: object and indices are computed once.
pub struct UpdateFew<A, T, const N: usize> {
    pub place: IndexFew<A, T, N>,
    pub op: BinaryOp,
    pub op_span: Span,
    pub value: Simple,
    pub span: Span,
}

impl<A: Object, T: IndexForm, const N: usize> Node for UpdateFew<A, T, N> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let place = &self.place;
        let held = place.object.hold(frame, vm)?;
        let at = T::at(&place.indices, frame, vm)?;
        let old = place.read(place.object.look(&held, frame, vm)?, &at, vm)?;
        let right = self.value.get(frame, vm)?;
        let new = match arithmetic::quickly(self.op, &old, &right) {
            Some(new) => new,
            None => {
                let places = [self.op_span, place.span, self.value.span()];
                arithmetic::binary(vm, self.op, &old, &right, places)?
            }
        };
        place.write(place.object.look(&held, frame, vm)?, &at, &new, vm)?;
        Ok(new)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        release(self.eval(frame, vm)?);
        Ok(Flow::Next)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `object[indices] = value`
pub struct AssignIndex {
    pub object: BoxNode,
    pub indices: IndexNodes,
    pub value: BoxNode,
    pub span: Span,
}

impl Node for AssignIndex {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let value = self.value.eval(frame, vm)?;
        let object = self.object.eval(frame, vm)?;
        let at = self.indices.eval(&object, frame, vm)?;
        self.indices.set(&object, &at, &value, vm)?;
        Ok(value)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `object[indices] op= value`: object and indices are computed once.
pub struct UpdateIndex {
    pub object: BoxNode,
    pub indices: IndexNodes,
    pub op: BinaryOp,
    pub op_span: Span,
    pub value: BoxNode,
    pub span: Span,
}

impl Node for UpdateIndex {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let object = self.object.eval(frame, vm)?;
        let at = self.indices.eval(&object, frame, vm)?;
        let old = self.indices.get(&object, &at, vm)?;
        let right = self.value.eval(frame, vm)?;
        let places = [self.op_span, self.indices.span, self.value.span()];
        let new = arithmetic::binary(vm, self.op, &old, &right, places)?;
        self.indices.set(&object, &at, &new, vm)?;
        Ok(new)
    }
    fn span(&self) -> Span {
        self.span
    }
}
