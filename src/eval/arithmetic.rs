//! Operators without a dot. Two integers or two floats are served on the spot; everything else is the kernel's.

use super::kind::{Carried, Kind};
use super::node::{BoxNode, Condition, Frame, Node, Run};
use super::offers;
use super::read::Operand;
use super::vm::Vm;
use crate::kernel::operators;
use crate::maths;
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::value::Value;
use crate::value::scalar::integer_power;
use std::marker::PhantomData;

/// An operator with fast cases.
pub trait Operator: On<i64> + On<f64> {
    const OP: BinaryOp;
}

/// An operator on two operands that travel in one form. `None` sends them the slow way, which also finds the error.
pub trait On<T>: 'static {
    type Result: Carried;
    fn apply(a: &T, b: &T) -> Option<Self::Result>;
}

impl<O: Operator> On<Value> for O {
    type Result = Value;
    #[inline(always)]
    fn apply(a: &Value, b: &Value) -> Option<Value> {
        match (a, b) {
            (Value::Int(x), Value::Int(y)) => O::apply(x, y).map(Carried::value),
            (Value::Float(x), Value::Float(y)) => O::apply(&x.get(), &y.get()).map(Carried::value),
            _ => None,
        }
    }
}

macro_rules! operator {
    ($name:ident, |$a:ident, $b:ident| $int:ty: $on_int:expr, $float:ty: $on_float:expr) => {
        pub struct $name;
        impl Operator for $name {
            const OP: BinaryOp = BinaryOp::$name;
        }
        impl On<i64> for $name {
            type Result = $int;
            #[inline(always)]
            fn apply(&$a: &i64, &$b: &i64) -> Option<$int> {
                $on_int
            }
        }
        impl On<f64> for $name {
            type Result = $float;
            #[inline(always)]
            #[allow(unused_variables)]
            fn apply(&$a: &f64, &$b: &f64) -> Option<$float> {
                $on_float
            }
        }
    };
}
operator!(Add, |a, b| i64: a.checked_add(b), f64: Some(a + b));
operator!(Sub, |a, b| i64: a.checked_sub(b), f64: Some(a - b));
operator!(Mul, |a, b| i64: a.checked_mul(b), f64: Some(a * b));
operator!(Div, |a, b| f64: Some(a as f64 / b as f64), f64: Some(a / b));
operator!(IntDiv, |a, b| i64: a.checked_div(b), f64: None);
operator!(Rem, |a, b| i64: a.checked_rem(b), f64: Some(a % b));
operator!(
    Pow,
    // A negative exponent gives a float, a negative base with a fraction is an error.
    |a, b| i64: if b < 0 { None } else { integer_power(a, b).ok() },
    f64: if a >= 0.0 || b == b.trunc() { Some(maths::power(a, b)) } else { None }
);
operator!(Eq, |a, b| bool: Some(a == b), bool: Some(a == b));
operator!(Ne, |a, b| bool: Some(a != b), bool: Some(a != b));
operator!(Lt, |a, b| bool: Some(a < b), bool: Some(a < b));
operator!(Le, |a, b| bool: Some(a <= b), bool: Some(a <= b));
operator!(Gt, |a, b| bool: Some(a > b), bool: Some(a > b));
operator!(Ge, |a, b| bool: Some(a >= b), bool: Some(a >= b));

/// `lhs op rhs` for an operator with fast cases, on operands that travel in one form.
pub struct FastBinary<O, T, A, B> {
    pub lhs: A,
    pub rhs: B,
    pub op_span: Span,
    pub span: Span,
    pub op: PhantomData<(O, T)>,
}

impl<T: Carried, O: Operator + On<T>, A: Operand<T>, B: Operand<T>> FastBinary<O, T, A, B> {
    const KIND: Kind = <O as On<T>>::Result::KIND;

    /// Out of the way, so that the fast cases keep what they need in registers.
    #[inline(never)]
    fn slow(&self, a: T, b: T, vm: &Vm) -> Run<<O as On<T>>::Result> {
        let (a, b) = (a.value(), b.value());
        let value = match mixed::<O>(&a, &b) {
            Some(value) => value,
            None => binary(vm, O::OP, &a, &b, [self.op_span, self.lhs.span(), self.rhs.span()])?,
        };
        Ok(Carried::known(value))
    }
}

impl<T: Carried, O: Operator + On<T>, A: Operand<T>, B: Operand<T>> Operand<<O as On<T>>::Result>
    for FastBinary<O, T, A, B>
{
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<<O as On<T>>::Result> {
        let a = self.lhs.get(frame, vm)?;
        let b = self.rhs.get(frame, vm)?;
        match <O as On<T>>::apply(&a, &b) {
            Some(result) => {
                // Both are plain: nothing to drop.
                std::mem::forget((a, b));
                Ok(result)
            }
            None => self.slow(a, b, vm),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<T: Carried, O: Operator + On<T>, A: Operand<T>, B: Operand<T>> Node for FastBinary<O, T, A, B> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.get(frame, vm).map(Carried::value)
    }
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        // Only a form that may be asked for gets code of its own: there are many operators.
        let value = match Self::KIND {
            Kind::Bool | Kind::Any => self.get(frame, vm)?.value(),
            Kind::Int | Kind::Float | Kind::Never => self.eval(frame, vm)?,
        };
        vm.truth(value, self.span)
    }
    fn int(&self, frame: &mut Frame, vm: &Vm) -> Run<i64> {
        let value = if Self::KIND == Kind::Int { self.get(frame, vm)?.value() } else { self.eval(frame, vm)? };
        Ok(Carried::known(value))
    }
    fn float(&self, frame: &mut Frame, vm: &Vm) -> Run<f64> {
        let value = if Self::KIND == Kind::Float { self.get(frame, vm)?.value() } else { self.eval(frame, vm)? };
        Ok(Carried::known(value))
    }
    fn kind(&self) -> Kind {
        Self::KIND
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<T: Carried, O: Operator + On<T, Result = bool>, A: Operand<T>, B: Operand<T>> Condition
    for FastBinary<O, T, A, B>
{
    #[inline(always)]
    fn holds(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        self.get(frame, vm)
    }
}

/// An integer with a float is nearly as common as two of a kind.
#[inline(always)]
fn mixed<O: Operator>(a: &Value, b: &Value) -> Option<Value> {
    // Comparisons of an integer with a float are exact, which converting is not.
    let exact = |x: i64| !O::OP.is_comparison() || is_exact(x);
    match (a, b) {
        (Value::Int(x), Value::Float(y)) if exact(*x) => O::apply(&(*x as f64), &y.get()).map(Carried::value),
        (Value::Float(x), Value::Int(y)) if exact(*y) => O::apply(&x.get(), &(*y as f64)).map(Carried::value),
        _ => None,
    }
}

/// `a op b` where an operator has a fast case for two numbers.
#[inline(always)]
pub fn quickly(op: BinaryOp, a: &Value, b: &Value) -> Option<Value> {
    match op {
        BinaryOp::Add => quick::<Add>(a, b),
        BinaryOp::Sub => quick::<Sub>(a, b),
        BinaryOp::Mul => quick::<Mul>(a, b),
        BinaryOp::Div => quick::<Div>(a, b),
        _ => None,
    }
}

#[inline(always)]
fn quick<O: Operator>(a: &Value, b: &Value) -> Option<Value> {
    <O as On<Value>>::apply(a, b).or_else(|| mixed::<O>(a, b))
}

/// Is this integer the same number as a float?
pub fn is_exact(x: i64) -> bool {
    x.unsigned_abs() <= 1 << 53
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

/// `lhs op rhs` for any operator.
pub struct Binary {
    pub op: BinaryOp,
    pub lhs: BoxNode,
    pub rhs: BoxNode,
    pub kind: Kind,
    pub op_span: Span,
    pub span: Span,
}

impl Node for Binary {
    fn kind(&self) -> Kind {
        self.kind
    }
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
    fn kind(&self) -> Kind {
        match (self.op, self.operand.kind()) {
            (UnaryOp::Neg, kind @ (Kind::Int | Kind::Float | Kind::Never)) => kind,
            (UnaryOp::Not, kind @ (Kind::Bool | Kind::Never)) => kind,
            _ => Kind::Any,
        }
    }
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.value(frame, vm)
    }
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        let value = self.value(frame, vm)?;
        vm.truth(value, self.span)
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
    fn kind(&self) -> Kind {
        Kind::Bool
    }
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

impl MakeRange {
    /// What its elements are, where all its parts are numbers of one kind.
    pub fn element_kind(&self) -> Kind {
        let kind = self.start.kind().or(self.stop.kind());
        match self.step.as_ref().map_or(kind, |step| kind.or(step.kind())) {
            kind @ (Kind::Int | Kind::Float | Kind::Never) => kind,
            // A range of Bools has integers.
            Kind::Bool | Kind::Any => Kind::Any,
        }
    }
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
