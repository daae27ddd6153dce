//! Reading: literals, locals, variables that functions share, globals. The same things as operands of an operator.

use super::kind::{Carried, Kind};
use super::node::{BoxNode, Frame, Node, Run, Thrown, put};
use super::vm::Vm;
use crate::resolve::code::Global;
use crate::source::Span;
use crate::value::Value;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::rc::Rc;

/// What an operator takes: known when the tree is built, so that reading a slot or a literal costs no call.
pub trait Operand<T = Value>: 'static {
    /// Its value.
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<T>;
    /// The text that it was made from.
    fn span(&self) -> Span;
}

/// A few values on the machine's stack: arguments, indices. They are nearly always scalars, which are dropped without a
/// call. Filled in place: a list that is returned would be copied.
pub struct Few<const N: usize>(ManuallyDrop<[Value; N]>);

impl<const N: usize> Few<N> {
    /// Nothing yet.
    #[inline(always)]
    pub fn new() -> Few<N> {
        Few(ManuallyDrop::new([const { Value::Undefined }; N]))
    }

    /// Takes the values of operands, in order.
    #[inline(always)]
    pub fn fill<I: Operand>(&mut self, operands: &[I; N], frame: &mut Frame, vm: &Vm) -> Run<()> {
        for (value, operand) in self.0.iter_mut().zip(operands) {
            put(value, operand.get(frame, vm)?);
        }
        Ok(())
    }

    /// Takes the values of all operands but the first.
    #[inline(always)]
    pub fn fill_rest<I: Operand>(&mut self, operands: &[I; N], frame: &mut Frame, vm: &Vm) -> Run<()> {
        for (value, operand) in self.0[1..].iter_mut().zip(&operands[1..]) {
            put(value, operand.get(frame, vm)?);
        }
        Ok(())
    }

    /// Puts a value in a place.
    #[inline(always)]
    pub fn put(&mut self, k: usize, value: Value) {
        put(&mut self.0[k], value);
    }

    /// Moves the values to the first slots of a frame.
    #[inline(always)]
    pub fn move_to(&mut self, frame: &mut Frame) {
        for (slot, value) in frame.iter_mut().zip(self.0.iter_mut()) {
            put(slot, std::mem::replace(value, Value::Undefined));
        }
    }
}

impl<const N: usize> Deref for Few<N> {
    type Target = [Value];
    #[inline(always)]
    fn deref(&self) -> &[Value] {
        &*self.0
    }
}

impl<const N: usize> Drop for Few<N> {
    #[inline(always)]
    fn drop(&mut self) {
        for value in self.0.iter_mut() {
            put(value, Value::Undefined);
        }
    }
}

/// What is indexed: held while the indices are computed, and then looked at. Where no index can change a variable, a
/// local need not be held: its array is not counted.
pub trait Object: Operand {
    type Held;
    /// Takes hold of it.
    fn hold(&self, frame: &mut Frame, vm: &Vm) -> Run<Self::Held>;
    /// What is held.
    fn look<'a>(&self, held: &'a Self::Held, frame: &'a Frame, vm: &Vm) -> Run<&'a Value>;
}

impl Object for ReadLocal {
    type Held = ();
    #[inline(always)]
    fn hold(&self, _: &mut Frame, _: &Vm) -> Run<()> {
        Ok(())
    }
    #[inline(always)]
    fn look<'a>(&self, (): &(), frame: &'a Frame, vm: &Vm) -> Run<&'a Value> {
        match &frame[self.slot] {
            Value::Undefined => Err(self.undefined(vm)),
            value => Ok(value),
        }
    }
}

impl Object for Computed {
    type Held = Value;
    #[inline(always)]
    fn hold(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.get(frame, vm)
    }
    #[inline(always)]
    fn look<'a>(&self, held: &'a Value, _: &'a Frame, _: &Vm) -> Run<&'a Value> {
        Ok(held)
    }
}

/// A literal.
pub struct Constant<T = Value> {
    pub value: T,
    pub span: Span,
}

/// A local variable.
pub struct ReadLocal {
    pub slot: usize,
    pub name: Rc<str>,
    pub kind: Kind,
    pub span: Span,
}

/// A local variable that functions share: the slot holds the variable.
pub struct ReadShared {
    pub slot: usize,
    pub name: Rc<str>,
    pub span: Span,
}

/// A global.
pub struct ReadGlobal {
    pub global: Rc<Global>,
    pub span: Span,
}

/// Any other expression.
pub struct Computed(pub BoxNode);

/// Any of them, found out when it runs: where many operands would make too many types of nodes.
pub enum Simple<T = Value> {
    Local(ReadLocal),
    Constant(Constant<T>),
    Computed(Computed),
}

impl<T: Carried> Operand<T> for Simple<T> {
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<T> {
        match self {
            Simple::Local(local) => local.get(frame, vm),
            Simple::Constant(constant) => constant.get(frame, vm),
            Simple::Computed(node) => node.get(frame, vm),
        }
    }
    fn span(&self) -> Span {
        match self {
            Simple::Local(local) => local.span,
            Simple::Constant(constant) => constant.span,
            Simple::Computed(node) => node.0.span(),
        }
    }
}

impl<T: Carried> Operand<T> for Constant<T> {
    #[inline(always)]
    fn get(&self, _: &mut Frame, _: &Vm) -> Run<T> {
        Ok(self.value.clone())
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<T: Carried> Operand<T> for ReadLocal {
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<T> {
        match T::read(&frame[self.slot]) {
            Some(value) => Ok(value),
            None => Err(self.undefined(vm)),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl ReadLocal {
    #[cold]
    #[inline(never)]
    fn undefined(&self, vm: &Vm) -> Thrown {
        vm.undefined(&self.name, self.span)
    }
}

impl Operand for ReadGlobal {
    #[inline(always)]
    fn get(&self, _: &mut Frame, vm: &Vm) -> Run<Value> {
        match self.global.variable.get() {
            Value::Undefined => Err(vm.undefined(&self.global.name, self.span)),
            value => Ok(value),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<T: Carried> Operand<T> for Computed {
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<T> {
        T::run(&*self.0, frame, vm)
    }
    fn span(&self) -> Span {
        self.0.span()
    }
}

impl Node for Constant {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.get(frame, vm)
    }
    fn kind(&self) -> Kind {
        Kind::of(&self.value)
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl Node for ReadLocal {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.get(frame, vm)
    }
    fn int(&self, frame: &mut Frame, vm: &Vm) -> Run<i64> {
        self.get(frame, vm)
    }
    fn float(&self, frame: &mut Frame, vm: &Vm) -> Run<f64> {
        self.get(frame, vm)
    }
    fn kind(&self) -> Kind {
        self.kind
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl Node for ReadGlobal {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.get(frame, vm)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// An integer where a float is taken.
pub struct Widened(pub BoxNode);

impl Node for Widened {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.float(frame, vm).map(Value::float)
    }
    fn float(&self, frame: &mut Frame, vm: &Vm) -> Run<f64> {
        Ok(self.0.int(frame, vm)? as f64)
    }
    fn kind(&self) -> Kind {
        Kind::Float
    }
    fn span(&self) -> Span {
        self.0.span()
    }
}

impl Node for ReadShared {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        match &frame[self.slot] {
            Value::Variable(variable) => match variable.get() {
                Value::Undefined => Err(vm.undefined(&self.name, self.span)),
                value => Ok(value),
            },
            _ => Err(vm.undefined(&self.name, self.span)),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}
