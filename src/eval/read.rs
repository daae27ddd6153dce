//! Reading: literals, locals, variables that functions share, globals. The same things as operands of an operator.

use super::node::{BoxNode, Frame, Node, Run};
use super::vm::Vm;
use crate::resolve::code::Global;
use crate::source::Span;
use crate::value::Value;
use std::rc::Rc;

/// What an operator takes: known at compile time, so that reading a slot or a literal costs no call.
pub trait Operand: 'static {
    /// Its value.
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<Value>;
    /// The text that it was made from.
    fn span(&self) -> Span;
}

/// A literal.
pub struct Constant {
    pub value: Value,
    pub span: Span,
}

/// A local variable.
pub struct ReadLocal {
    pub slot: usize,
    pub name: Rc<str>,
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

impl Operand for Constant {
    #[inline(always)]
    fn get(&self, _: &mut Frame, _: &Vm) -> Run<Value> {
        Ok(self.value.clone())
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl Operand for ReadLocal {
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        match &frame[self.slot] {
            Value::Int(x) => Ok(Value::Int(*x)),
            Value::Float(x) => Ok(Value::Float(*x)),
            Value::Undefined => Err(vm.undefined(&self.name, self.span)),
            other => Ok(other.clone()),
        }
    }
    fn span(&self) -> Span {
        self.span
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

impl Operand for Computed {
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.0.eval(frame, vm)
    }
    fn span(&self) -> Span {
        self.0.span()
    }
}

macro_rules! operand_is_node {
    ($($t:ty),*) => {$(
        impl Node for $t {
            fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
                self.get(frame, vm)
            }
            fn span(&self) -> Span {
                self.span
            }
        }
    )*};
}
operand_is_node!(Constant, ReadLocal, ReadGlobal);

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
