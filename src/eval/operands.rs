//! Building binary operators: which form their operands travel in, and which of them are read without a call.

use super::arithmetic::{self, Binary, FastBinary, Mul, On, Operator};
use super::assign::AssignLocal;
use super::divide::{DivideBy, Divisor, Quotient, Remainder, Wanted};
use super::kind::{Carried, Kind};
use super::node::{BoxNode, Condition, Node};
use super::read::{Computed, Constant, Operand, ReadGlobal, ReadLocal, Simple, Widened};
use crate::op::BinaryOp;
use crate::source::Span;
use crate::value::Value;
use std::marker::PhantomData;

/// What an operator is built from.
pub enum Built {
    Constant(Constant),
    Local(ReadLocal),
    Global(ReadGlobal),
    Product(Box<Product>),
    Remainder(DivideBy<Remainder, ReadLocal>),
    Computed(BoxNode),
}

/// `x * y` of two locals, or of a literal and a local, both integers or both floats.
pub struct Product {
    lhs: Factor,
    rhs: ReadLocal,
    at: At,
}

enum Factor {
    Constant(Constant),
    Local(ReadLocal),
}

/// `lhs op rhs`
pub struct Operation {
    pub op: BinaryOp,
    pub lhs: Built,
    pub rhs: Built,
    pub at: At,
}

/// Where an operator and its expression stand.
#[derive(Clone, Copy)]
pub struct At {
    pub op_span: Span,
    pub span: Span,
}

/// Where a result goes: to the node that asks for it, or into the slot of a local by an assignment.
#[derive(Clone, Copy)]
pub enum Goal {
    Asker,
    Local(usize, Span),
}

impl Goal {
    fn node<T: Carried, V: Operand<T> + Node>(self, value: V) -> BoxNode {
        match self {
            Goal::Asker => Box::new(value),
            Goal::Local(slot, span) => assign::<T, V>(slot, Node::kind(&value), value, span),
        }
    }
}

fn assign<T: Carried, V: Operand<T>>(slot: usize, kind: Kind, value: V, span: Span) -> BoxNode {
    Box::new(AssignLocal { slot, value, kind, span, form: PhantomData })
}

/// Makes a node of an operand, whatever its type turns out to be.
trait Taker<T> {
    fn take<A: Operand<T>>(self, operand: A) -> BoxNode;
}

impl Built {
    /// The node that brings it to its goal.
    pub fn node(self, goal: Goal) -> BoxNode {
        match self {
            Built::Constant(node) => goal.node::<Value, _>(node),
            Built::Local(node) => goal.node::<Value, _>(node),
            Built::Global(node) => goal.node::<Value, _>(node),
            Built::Product(product) => binary(product.operation(), goal),
            Built::Remainder(node) => goal.node::<i64, _>(node),
            Built::Computed(node) => match goal {
                Goal::Asker => node,
                Goal::Local(slot, span) => assign::<Value, _>(slot, node.kind(), Computed(node), span),
            },
        }
    }

    /// Hands over a local or a literal as it is, with `TERMS` a product of them too; anything else as a node, which costs
    /// a call when it runs.
    fn give<T: Carried, const TERMS: bool>(self, taker: impl Taker<T>) -> BoxNode
    where
        Mul: On<T, Result = T>,
    {
        match self {
            Built::Local(node) => taker.take(node),
            Built::Constant(node) => taker.take(in_its_form::<T>(node)),
            Built::Product(product) if TERMS => product.give(taker),
            other => taker.take(Computed(other.node(Goal::Asker))),
        }
    }

    /// The operand for a node that finds out when it runs which one it is. It has the form's kind.
    pub fn simple<T: Carried>(self) -> Simple<T> {
        match self {
            Built::Local(node) => Simple::Local(node),
            Built::Constant(node) => Simple::Constant(in_its_form(node)),
            other => Simple::Computed(Computed(other.node(Goal::Asker))),
        }
    }

    /// What it gives.
    pub fn kind(&self) -> Kind {
        match self {
            Built::Constant(node) => node.kind(),
            Built::Local(node) => node.kind(),
            Built::Global(node) => node.kind(),
            Built::Product(product) => product.rhs.kind(),
            Built::Remainder(node) => node.kind(),
            Built::Computed(node) => node.kind(),
        }
    }

    fn literal(&self) -> Option<i64> {
        match self {
            Built::Constant(Constant { value: Value::Int(x), .. }) => Some(*x),
            _ => None,
        }
    }

    /// An integer, as a float.
    fn widened(self) -> Built {
        match self {
            Built::Constant(Constant { value: Value::Int(x), span }) => {
                Built::Constant(Constant { value: Value::float(x as f64), span })
            }
            other => Built::Computed(Box::new(Widened(other.node(Goal::Asker)))),
        }
    }
}

impl Product {
    fn operation(self) -> Operation {
        let lhs = match self.lhs {
            Factor::Constant(lhs) => Built::Constant(lhs),
            Factor::Local(lhs) => Built::Local(lhs),
        };
        Operation { op: BinaryOp::Mul, lhs, rhs: Built::Local(self.rhs), at: self.at }
    }

    fn give<T: Carried>(self, taker: impl Taker<T>) -> BoxNode
    where
        Mul: On<T, Result = T>,
    {
        let Product { lhs, rhs, at } = self;
        match lhs {
            Factor::Constant(lhs) => taker.take(of::<Mul, T, _, _>(in_its_form(lhs), rhs, at)),
            Factor::Local(lhs) => taker.take(of::<Mul, T, _, _>(lhs, rhs, at)),
        }
    }
}

impl Operation {
    /// The literal that an integer is divided by.
    fn divisor(&self) -> Option<Divisor> {
        if self.lhs.kind() == Kind::Int { self.rhs.literal().and_then(Divisor::new) } else { None }
    }

    /// An integer beside a float becomes one where the result and the error are the same.
    fn widened(self) -> Operation {
        // Of a comparison only what is the same number as a float: comparing is exact.
        let exact = |side: &Built| side.literal().is_some_and(arithmetic::is_exact);
        let (lhs, rhs) = match self.op {
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div | BinaryOp::Rem => (true, true),
            BinaryOp::Pow => (false, true),
            op if op.is_comparison() => (exact(&self.lhs), exact(&self.rhs)),
            _ => (false, false),
        };
        match (self.lhs.kind(), self.rhs.kind()) {
            (Kind::Int, Kind::Float) if lhs => Operation { lhs: self.lhs.widened(), ..self },
            (Kind::Float, Kind::Int) if rhs => Operation { rhs: self.rhs.widened(), ..self },
            _ => self,
        }
    }
}

/// A binary operator as an operand of another one.
pub fn operand(operation: Operation) -> Built {
    let operation = operation.widened();
    let kind = operation.rhs.kind();
    let of_numbers = operation.lhs.kind() == kind && matches!(kind, Kind::Int | Kind::Float);
    let divisor = operation.divisor();
    let Operation { op, lhs, rhs, at } = operation;
    match (op, lhs, rhs, divisor) {
        (BinaryOp::Mul, Built::Local(lhs), Built::Local(rhs), _) if of_numbers => {
            Built::Product(Box::new(Product { lhs: Factor::Local(lhs), rhs, at }))
        }
        (BinaryOp::Mul, Built::Constant(lhs), Built::Local(rhs), _) if of_numbers => {
            Built::Product(Box::new(Product { lhs: Factor::Constant(lhs), rhs, at }))
        }
        (BinaryOp::Rem, Built::Local(lhs), _, Some(by)) => Built::Remainder(DivideBy::new(lhs, by, at.span)),
        (op, lhs, rhs, _) => Built::Computed(binary(Operation { op, lhs, rhs, at }, Goal::Asker)),
    }
}

/// Makes a node around a condition, whatever its type turns out to be.
pub trait Decided {
    fn by(self, condition: impl Condition) -> BoxNode;
}

/// Makes a node around a comparison: one of a local with a local or a literal, the commonest, costs no call.
pub fn condition(operation: Operation, decided: impl Decided) -> BoxNode {
    let operation = operation.widened();
    match operation.op {
        BinaryOp::Eq => comparison::<arithmetic::Eq>(operation, decided),
        BinaryOp::Ne => comparison::<arithmetic::Ne>(operation, decided),
        BinaryOp::Lt => comparison::<arithmetic::Lt>(operation, decided),
        BinaryOp::Le => comparison::<arithmetic::Le>(operation, decided),
        BinaryOp::Gt => comparison::<arithmetic::Gt>(operation, decided),
        BinaryOp::Ge => comparison::<arithmetic::Ge>(operation, decided),
        _ => decided.by(binary(operation, Goal::Asker)),
    }
}

fn comparison<O>(operation: Operation, decided: impl Decided) -> BoxNode
where
    O: Operator + On<i64, Result = bool> + On<f64, Result = bool>,
{
    let kinds = (operation.lhs.kind(), operation.rhs.kind());
    let Operation { op, lhs, rhs, at } = operation;
    match (kinds, lhs, rhs) {
        ((Kind::Int, Kind::Int), Built::Local(lhs), Built::Local(rhs)) => decided.by(of::<O, i64, _, _>(lhs, rhs, at)),
        ((Kind::Int, Kind::Int), Built::Local(lhs), Built::Constant(rhs)) => {
            decided.by(of::<O, i64, _, _>(lhs, in_its_form(rhs), at))
        }
        ((Kind::Int, Kind::Int), Built::Remainder(lhs), Built::Constant(rhs)) => {
            decided.by(of::<O, i64, _, _>(lhs, in_its_form(rhs), at))
        }
        ((Kind::Float, Kind::Float), Built::Local(lhs), Built::Local(rhs)) => {
            decided.by(of::<O, f64, _, _>(lhs, rhs, at))
        }
        ((Kind::Float, Kind::Float), Built::Local(lhs), Built::Constant(rhs)) => {
            decided.by(of::<O, f64, _, _>(lhs, in_its_form(rhs), at))
        }
        (_, lhs, rhs) => decided.by(binary(Operation { op, lhs, rhs, at }, Goal::Asker)),
    }
}

/// The node of a binary operator.
pub fn binary(operation: Operation, goal: Goal) -> BoxNode {
    let operation = operation.widened();
    if operation.lhs.kind() == Kind::Never || operation.rhs.kind() == Kind::Never {
        return general(operation, Kind::Never, goal);
    }
    match operation.op {
        BinaryOp::Add => fast::<arithmetic::Add, true>(operation, goal),
        BinaryOp::Sub => fast::<arithmetic::Sub, true>(operation, goal),
        BinaryOp::Mul => fast::<Mul, false>(operation, goal),
        BinaryOp::Div => fast::<arithmetic::Div, false>(operation, goal),
        BinaryOp::IntDiv => division::<arithmetic::IntDiv, Quotient>(operation, goal),
        BinaryOp::Rem => division::<arithmetic::Rem, Remainder>(operation, goal),
        BinaryOp::Pow => fast::<arithmetic::Pow, false>(operation, goal),
        BinaryOp::Eq => fast::<arithmetic::Eq, true>(operation, goal),
        BinaryOp::Ne => fast::<arithmetic::Ne, true>(operation, goal),
        BinaryOp::Lt => fast::<arithmetic::Lt, false>(operation, goal),
        BinaryOp::Le => fast::<arithmetic::Le, false>(operation, goal),
        BinaryOp::Gt => fast::<arithmetic::Gt, false>(operation, goal),
        BinaryOp::Ge => fast::<arithmetic::Ge, false>(operation, goal),
        _ => general(operation, Kind::Any, goal),
    }
}

fn general(operation: Operation, kind: Kind, goal: Goal) -> BoxNode {
    let Operation { op, lhs, rhs, at: At { op_span, span } } = operation;
    let (lhs, rhs) = (lhs.node(Goal::Asker), rhs.node(Goal::Asker));
    Built::Computed(Box::new(Binary { op, lhs, rhs, kind, op_span, span })).node(goal)
}

/// An integer divided by a literal needs no division.
fn division<O: Operator, W: Wanted>(operation: Operation, goal: Goal) -> BoxNode {
    let Some(by) = operation.divisor() else { return fast::<O, false>(operation, goal) };
    operation.lhs.give::<i64, true>(Division::<W> { by, span: operation.at.span, goal, wanted: PhantomData })
}

/// Chooses the form of the operands. With `TERMS` the operator computes products and remainders of locals itself.
fn fast<O: Operator, const TERMS: bool>(operation: Operation, goal: Goal) -> BoxNode {
    let Operation { lhs, rhs, at, .. } = operation;
    let kinds = (lhs.kind(), rhs.kind());
    let exponent = rhs.literal();
    match kinds {
        // Of two integers a power is an integer only if the exponent is not negative.
        (Kind::Int, Kind::Int) if O::OP != BinaryOp::Pow || exponent.is_some_and(|n| n >= 0) => {
            let left = Left::<O, TERMS>::new(rhs, at, goal);
            match lhs {
                Built::Remainder(lhs) if TERMS => Taker::<i64>::take(left, lhs),
                lhs => lhs.give::<i64, TERMS>(left),
            }
        }
        (Kind::Float, Kind::Float) => lhs.give::<f64, TERMS>(Left::<O, TERMS>::new(rhs, at, goal)),
        _ => {
            let left = Left::<O, false>::new(rhs, at, goal);
            match lhs {
                Built::Global(lhs) => Taker::<Value>::take(left, lhs),
                lhs => lhs.give::<Value, false>(left),
            }
        }
    }
}

/// Waits for the left operand.
struct Left<O, const TERMS: bool> {
    rhs: Built,
    at: At,
    goal: Goal,
    op: PhantomData<O>,
}

impl<O, const TERMS: bool> Left<O, TERMS> {
    fn new(rhs: Built, at: At, goal: Goal) -> Left<O, TERMS> {
        Left { rhs, at, goal, op: PhantomData }
    }
}

impl<O: Operator + On<T>, T: Carried, const TERMS: bool> Taker<T> for Left<O, TERMS>
where
    Mul: On<T, Result = T>,
{
    fn take<A: Operand<T>>(self, lhs: A) -> BoxNode {
        self.rhs.give::<T, TERMS>(Right::<O, A> { lhs, at: self.at, goal: self.goal, op: PhantomData })
    }
}

/// Has the left operand and waits for the right one.
struct Right<O, A> {
    lhs: A,
    at: At,
    goal: Goal,
    op: PhantomData<O>,
}

impl<O: Operator + On<T>, T: Carried, A: Operand<T>> Taker<T> for Right<O, A> {
    fn take<B: Operand<T>>(self, rhs: B) -> BoxNode {
        self.goal.node(of::<O, T, A, B>(self.lhs, rhs, self.at))
    }
}

/// Waits for what is divided.
struct Division<W> {
    by: Divisor,
    span: Span,
    goal: Goal,
    wanted: PhantomData<W>,
}

impl<W: Wanted> Taker<i64> for Division<W> {
    fn take<A: Operand<i64>>(self, lhs: A) -> BoxNode {
        self.goal.node(DivideBy::<W, A>::new(lhs, self.by, self.span))
    }
}

fn of<O: Operator + On<T>, T: Carried, A: Operand<T>, B: Operand<T>>(
    lhs: A,
    rhs: B,
    At { op_span, span }: At,
) -> FastBinary<O, T, A, B> {
    FastBinary { lhs, rhs, op_span, span, op: PhantomData }
}

fn in_its_form<T: Carried>(constant: Constant) -> Constant<T> {
    Constant { value: T::known(constant.value), span: constant.span }
}
