//! Kinds of values that are known before a node runs, and the forms in which results travel between nodes.

use super::node::{Frame, Node, Run};
use super::vm::Vm;
use crate::value::Value;
use std::cell::Cell;

/// What a node gives, or a slot holds, whenever it gives or holds anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing that is known of yet: the kind of a slot before the first assignment is seen.
    Never,
    Bool,
    Int,
    Float,
    /// Any value.
    Any,
}

impl Kind {
    /// The kind of a value.
    #[inline(always)]
    pub fn of(value: &Value) -> Kind {
        match value {
            Value::Bool(_) => Kind::Bool,
            Value::Int(_) => Kind::Int,
            Value::Float(_) => Kind::Float,
            _ => Kind::Any,
        }
    }

    /// The kind of what is of one of two kinds.
    pub fn or(self, other: Kind) -> Kind {
        match (self, other) {
            (Kind::Never, kind) | (kind, Kind::Never) => kind,
            (a, b) if a == b => a,
            _ => Kind::Any,
        }
    }
}

/// A form in which results travel: any value, or a number or truth value of a known kind as the machine has it.
pub trait Carried: Clone + 'static {
    /// What travels in this form.
    const KIND: Kind;
    /// Runs a node of this kind.
    fn run(node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<Self>;
    /// What a slot holds, unless it is undefined. A slot of this kind holds nothing else.
    fn read(slot: &Value) -> Option<Self>;
    /// As any value.
    fn value(self) -> Value;
    /// The value of a node of this kind.
    #[inline(always)]
    fn known(value: Value) -> Self {
        let this = Self::read(&value).expect("a node gives what its kind says");
        // Only a plain value is of a known kind: nothing to drop.
        std::mem::forget(value);
        this
    }
}

impl Carried for Value {
    const KIND: Kind = Kind::Any;
    #[inline(always)]
    fn run(node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        node.eval(frame, vm)
    }
    #[inline(always)]
    fn read(slot: &Value) -> Option<Value> {
        match slot {
            Value::Int(x) => Some(Value::Int(*x)),
            Value::Float(x) => Some(Value::Float(*x)),
            Value::Undefined => None,
            other => Some(other.clone()),
        }
    }
    #[inline(always)]
    fn value(self) -> Value {
        self
    }
    #[inline(always)]
    fn known(value: Value) -> Value {
        value
    }
}

impl Carried for i64 {
    const KIND: Kind = Kind::Int;
    #[inline(always)]
    fn run(node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<i64> {
        node.int(frame, vm)
    }
    #[inline(always)]
    fn read(slot: &Value) -> Option<i64> {
        if let Value::Int(x) = slot { Some(*x) } else { None }
    }
    #[inline(always)]
    fn value(self) -> Value {
        Value::Int(self)
    }
}

impl Carried for f64 {
    const KIND: Kind = Kind::Float;
    #[inline(always)]
    fn run(node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<f64> {
        node.float(frame, vm)
    }
    #[inline(always)]
    fn read(slot: &Value) -> Option<f64> {
        if let Value::Float(x) = slot { Some(x.get()) } else { None }
    }
    #[inline(always)]
    fn value(self) -> Value {
        Value::float(self)
    }
}

impl Carried for bool {
    const KIND: Kind = Kind::Bool;
    #[inline(always)]
    fn run(node: &dyn Node, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        node.cond(frame, vm)
    }
    #[inline(always)]
    fn read(slot: &Value) -> Option<bool> {
        if let Value::Bool(x) = slot { Some(x.get()) } else { None }
    }
    #[inline(always)]
    fn value(self) -> Value {
        Value::bool(self)
    }
}

/// The kinds of the slots of a frame, learnt from the assignments while its nodes are built.
pub struct SlotKinds {
    kinds: Vec<Cell<Kind>>,
    learnt: Cell<bool>,
}

/// Times that nodes are built in the hope that nothing new is learnt; then any slot may hold anything.
const MOST_ROUNDS: usize = 8;

impl SlotKinds {
    /// Builds nodes again and again until they assign nothing that they did not know of. Slots begin with the kinds
    /// given; the others hold nothing until an assignment is seen.
    pub fn settle<T>(slots: usize, known: &[Kind], build: impl Fn(&SlotKinds) -> T) -> T {
        let known = known.iter().copied().chain(std::iter::repeat(Kind::Never));
        let this = SlotKinds { kinds: known.take(slots).map(Cell::new).collect(), learnt: Cell::new(false) };
        for _ in 0..MOST_ROUNDS {
            let built = build(&this);
            if !this.learnt.replace(false) {
                return built;
            }
        }
        this.kinds.iter().for_each(|kind| kind.set(Kind::Any));
        build(&this)
    }

    /// What a slot holds.
    pub fn get(&self, slot: usize) -> Kind {
        self.kinds[slot].get()
    }

    /// A slot is assigned this.
    pub fn learn(&self, slot: usize, kind: Kind) {
        let before = self.kinds[slot].get();
        let after = before.or(kind);
        self.kinds[slot].set(after);
        self.learnt.set(self.learnt.get() || after != before);
    }
}
