//! Operators without a dot. Two integers or two floats are served on the spot; everything else is the kernel's.

use super::node::{BoxNode, Frame, Node, Run};
use super::offers;
use super::read::Operand;
use super::vm::Vm;
use crate::kernel::operators;
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::value::Value;
use crate::value::scalar::{float_power, integer_power};
use std::marker::PhantomData;

/// An operator with its fast cases. `None` sends the operands the slow way, which also finds the error.
pub trait Fast: 'static {
    const OP: BinaryOp;
    fn int(a: i64, b: i64) -> Option<Value>;
    fn float(a: f64, b: f64) -> Option<Value>;
}

macro_rules! fast {
    ($name:ident, |$a:ident, $b:ident| $int:expr, $float:expr) => {
        pub struct $name;
        impl Fast for $name {
            const OP: BinaryOp = BinaryOp::$name;
            #[inline(always)]
            fn int($a: i64, $b: i64) -> Option<Value> {
                $int
            }
            #[inline(always)]
            #[allow(unused_variables)]
            fn float($a: f64, $b: f64) -> Option<Value> {
                $float
            }
        }
    };
}
fast!(Add, |a, b| a.checked_add(b).map(Value::Int), Some(Value::float(a + b)));
fast!(Sub, |a, b| a.checked_sub(b).map(Value::Int), Some(Value::float(a - b)));
fast!(Mul, |a, b| a.checked_mul(b).map(Value::Int), Some(Value::float(a * b)));
fast!(Div, |a, b| Some(Value::float(a as f64 / b as f64)), Some(Value::float(a / b)));
fast!(IntDiv, |a, b| a.checked_div(b).map(Value::Int), None);
fast!(Rem, |a, b| a.checked_rem(b).map(Value::Int), Some(Value::float(a % b)));
fast!(
    Pow,
    |a, b| if b < 0 { None } else { integer_power(a, b).ok().map(Value::Int) },
    // A negative base may ask for a complex result.
    if a >= 0.0 || b == b.trunc() { Some(Value::float(float_power(a, b))) } else { None }
);
fast!(Eq, |a, b| Some(Value::bool(a == b)), Some(Value::bool(a == b)));
fast!(Ne, |a, b| Some(Value::bool(a != b)), Some(Value::bool(a != b)));
fast!(Lt, |a, b| Some(Value::bool(a < b)), Some(Value::bool(a < b)));
fast!(Le, |a, b| Some(Value::bool(a <= b)), Some(Value::bool(a <= b)));
fast!(Gt, |a, b| Some(Value::bool(a > b)), Some(Value::bool(a > b)));
fast!(Ge, |a, b| Some(Value::bool(a >= b)), Some(Value::bool(a >= b)));

/// `lhs op rhs` for an operator with fast cases.
pub struct FastBinary<O, A, B> {
    pub lhs: A,
    pub rhs: B,
    pub op_span: Span,
    pub span: Span,
    pub op: PhantomData<O>,
}

impl<O: Fast, A: Operand, B: Operand> FastBinary<O, A, B> {
    #[inline(always)]
    fn value(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let a = self.lhs.get(frame, vm)?;
        let b = self.rhs.get(frame, vm)?;
        let fast = match (&a, &b) {
            (Value::Int(x), Value::Int(y)) => O::int(*x, *y),
            (Value::Float(x), Value::Float(y)) => O::float(x.get(), y.get()),
            _ => None,
        };
        match fast {
            Some(value) => {
                // Both are plain: nothing to drop.
                std::mem::forget((a, b));
                Ok(value)
            }
            None => mixed::<O>(vm, a, b, [self.op_span, self.lhs.span(), self.rhs.span()]),
        }
    }
}

impl<O: Fast, A: Operand, B: Operand> Node for FastBinary<O, A, B> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.value(frame, vm)
    }
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        match self.value(frame, vm)? {
            Value::Bool(b) => Ok(b.get()),
            other => Err(vm.not_a_condition(&other, self.span)),
        }
    }
    fn store(&self, frame: &mut Frame, vm: &Vm, slot: usize) -> Run<()> {
        let value = self.value(frame, vm)?;
        super::node::put(&mut frame[slot], value);
        Ok(())
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// An integer with a float is nearly as common as two of a kind.
#[inline(never)]
fn mixed<O: Fast>(vm: &Vm, a: Value, b: Value, spans: [Span; 3]) -> Run<Value> {
    // Comparisons of an integer with a float are exact, which converting is not.
    let exact = |x: i64| !O::OP.is_comparison() || x.unsigned_abs() <= 1 << 53;
    let fast = match (&a, &b) {
        (Value::Int(x), Value::Float(y)) if exact(*x) => O::float(*x as f64, y.get()),
        (Value::Float(x), Value::Int(y)) if exact(*y) => O::float(x.get(), *y as f64),
        _ => None,
    };
    match fast {
        Some(value) => Ok(value),
        None => binary(vm, O::OP, &a, &b, spans),
    }
}

/// `a op b` for any values; spans are those of the operator and the operands.
pub fn binary(vm: &Vm, op: BinaryOp, a: &Value, b: &Value, spans: [Span; 3]) -> Run<Value> {
    match op {
        BinaryOp::Pipe => super::function::call_at(vm, b, std::slice::from_ref(a), spans[2]),
        BinaryOp::PipeLeft => super::function::call_at(vm, a, std::slice::from_ref(b), spans[1]),
        BinaryOp::Compose => Ok(super::function::compose(a, b)),
        _ => operators::binary(op, a, b).map_err(|fault| offers::binary(vm, op, a, b, fault, spans)),
    }
}

/// `lhs op rhs` for an operator without fast cases.
pub struct Binary {
    pub op: BinaryOp,
    pub lhs: BoxNode,
    pub rhs: BoxNode,
    pub op_span: Span,
    pub span: Span,
}

impl Node for Binary {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let a = self.lhs.eval(frame, vm)?;
        let b = self.rhs.eval(frame, vm)?;
        binary(vm, self.op, &a, &b, [self.op_span, self.lhs.span(), self.rhs.span()])
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `op operand`, and the adjoint.
pub struct Unary {
    pub op: UnaryOp,
    pub operand: BoxNode,
    pub op_span: Span,
    pub span: Span,
}

impl Unary {
    #[inline(always)]
    fn value(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let a = self.operand.eval(frame, vm)?;
        match (self.op, &a) {
            (UnaryOp::Not, Value::Bool(b)) => return Ok(Value::bool(!b.get())),
            (UnaryOp::Neg, Value::Float(x)) => return Ok(Value::float(-x.get())),
            (UnaryOp::Neg, Value::Int(x)) if *x != i64::MIN => return Ok(Value::Int(-x)),
            _ => {}
        }
        unary(vm, self.op, &a, [self.op_span, self.operand.span()])
    }
}

/// `op a` for any value; spans are those of the operator and the operand.
fn unary(vm: &Vm, op: UnaryOp, a: &Value, spans: [Span; 2]) -> Run<Value> {
    operators::unary(op, a).map_err(|fault| offers::unary(vm, op, a, fault, spans))
}

impl Node for Unary {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.value(frame, vm)
    }
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        match self.value(frame, vm)? {
            Value::Bool(b) => Ok(b.get()),
            other => Err(vm.not_a_condition(&other, self.span)),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// A factor of a product, and the `'` it stands under, if it does.
pub struct Side {
    pub node: BoxNode,
    /// The spans of the `'` and of the factor with it.
    pub adjoint: Option<(Span, Span)>,
}

impl Side {
    /// The text of the factor with its `'`.
    fn span(&self) -> Span {
        self.adjoint.map_or_else(|| self.node.span(), |(_, span)| span)
    }

    /// The factor's value, from the one without the `'`.
    fn formed(&self, value: Value, vm: &Vm) -> Run<Value> {
        let Some((op_span, _)) = self.adjoint else { return Ok(value) };
        unary(vm, UnaryOp::Adjoint, &value, [op_span, self.node.span()])
    }
}

/// `a' * b`, `a * b'` or `a' * b'`: the adjoint is read from where the matrix stands.
pub struct AdjointProduct {
    pub lhs: Side,
    pub rhs: Side,
    pub op_span: Span,
    pub span: Span,
}

impl Node for AdjointProduct {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let a = self.lhs.node.eval(frame, vm)?;
        // What is no array may have no adjoint, and says so before the other factor runs.
        let waits = matches!(a, Value::Array(_));
        let a = if waits { a } else { self.lhs.formed(a, vm)? };
        let b = self.rhs.node.eval(frame, vm)?;
        let spans = [self.op_span, self.lhs.span(), self.rhs.span()];
        let left = (&a, waits && self.lhs.adjoint.is_some());
        let right = (&b, self.rhs.adjoint.is_some());
        if let Some(product) = operators::multiply_adjoints(left, right) {
            return product.map_err(|fault| offers::binary(vm, BinaryOp::Mul, &a, &b, fault, spans));
        }
        let a = if waits { self.lhs.formed(a, vm)? } else { a };
        let b = self.rhs.formed(b, vm)?;
        binary(vm, BinaryOp::Mul, &a, &b, spans)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `a < b <= c`: each operand is computed once, and only as far as needed.
pub struct Chain {
    pub first: BoxNode,
    pub rest: Vec<(BinaryOp, Span, BoxNode)>,
    pub span: Span,
}

impl Node for Chain {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        Ok(Value::bool(self.cond(frame, vm)?))
    }
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        let mut left = self.first.eval(frame, vm)?;
        let mut left_span = self.first.span();
        for (op, op_span, node) in &self.rest {
            let right = node.eval(frame, vm)?;
            match binary(vm, *op, &left, &right, [*op_span, left_span, node.span()])? {
                Value::Bool(b) if b.get() => {}
                Value::Bool(_) => return Ok(false),
                other => return Err(vm.not_a_condition(&other, self.span)),
            }
            left = right;
            left_span = node.span();
        }
        Ok(true)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `start:step:stop`
pub struct MakeRange {
    pub start: BoxNode,
    pub step: Option<BoxNode>,
    pub stop: BoxNode,
    pub span: Span,
}

impl Node for MakeRange {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let start = self.start.eval(frame, vm)?;
        let step = self.step.as_ref().map(|s| s.eval(frame, vm)).transpose()?;
        let stop = self.stop.eval(frame, vm)?;
        if let (Value::Int(a), None, Value::Int(b)) = (&start, &step, &stop) {
            let range = crate::value::Range::between(*a, *b);
            return vm.at(range.map(|r| Value::Range(std::rc::Rc::new(r))), self.span);
        }
        let range = crate::value::Range::from_values(&start, step.as_ref(), &stop);
        vm.at(range.map(|r| Value::Range(std::rc::Rc::new(r))), self.span)
    }
    fn span(&self) -> Span {
        self.span
    }
}
