//! Kinds of values that are known before a node runs, and the forms in which results travel between nodes.

use super::node::{Frame, Node, Run};
use super::vm::Vm;
use crate::resolve::code::Global;
use crate::value::function::Gives;
use crate::value::{Builtin, Function, FunctionKind, Value};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

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

    /// The kind of what a builtin always gives.
    pub fn given(gives: Gives) -> Kind {
        match gives {
            Gives::Bool => Kind::Bool,
            Gives::Int => Kind::Int,
            Gives::Anything => Kind::Any,
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

/// A global that holds a function of the library, which nodes were built for.
pub struct Trusted {
    global: Rc<Global>,
    function: Rc<Function>,
}

impl Trusted {
    /// Does the global still hold it?
    #[inline(always)]
    pub fn holds(&self) -> bool {
        self.global.variable.is_function(Rc::as_ptr(&self.function))
    }
}

/// What is known of a frame while its nodes are built: the kinds of its slots, learnt from the assignments, and the
/// functions that are trusted to stay what they are.
pub struct SlotKinds {
    kinds: Vec<Cell<Kind>>,
    learnt: Cell<bool>,
    /// `None` where nobody looks whether they stay.
    trusted: Option<RefCell<Vec<Trusted>>>,
}

/// Times that nodes are built in the hope that nothing new is learnt; then any slot may hold anything.
const MOST_ROUNDS: usize = 8;

impl SlotKinds {
    /// Builds nodes again and again until they assign nothing that they did not know of. Slots begin with the kinds
    /// given; the others hold nothing until an assignment is seen. What was built is right for as long as the globals that
    /// it trusts hold what they hold now, for which a running body does not look; there are none unless `trusting`.
    pub fn settle<T>(
        slots: usize,
        known: &[Kind],
        trusting: bool,
        build: impl Fn(&SlotKinds) -> T,
    ) -> (T, Vec<Trusted>) {
        let known = known.iter().copied().chain(std::iter::repeat(Kind::Never));
        let this = SlotKinds {
            kinds: known.take(slots).map(Cell::new).collect(),
            learnt: Cell::new(false),
            trusted: trusting.then(RefCell::default),
        };
        let trusted = |this: SlotKinds| this.trusted.map(RefCell::into_inner).unwrap_or_default();
        for _ in 0..MOST_ROUNDS {
            let built = build(&this);
            if !this.learnt.replace(false) {
                return (built, trusted(this));
            }
        }
        this.kinds.iter().for_each(|kind| kind.set(Kind::Any));
        let built = build(&this);
        (built, trusted(this))
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

    /// The function of the library that a global holds now, if nodes may be built for it.
    pub fn of_library(&self, global: &Global) -> Option<&'static Builtin> {
        self.trusted.as_ref()?;
        let Value::Function(function) = global.variable.get() else { return None };
        if let FunctionKind::Builtin(builtin) = &function.kind { Some(builtin) } else { None }
    }

    /// From now on it is taken for granted that a global holds the function that it holds now.
    pub fn trust(&self, global: &Rc<Global>) {
        let (Some(trusted), Value::Function(function)) = (&self.trusted, global.variable.get()) else { return };
        let mut trusted = trusted.borrow_mut();
        if !trusted.iter().any(|known| Rc::ptr_eq(&known.global, global)) {
            trusted.push(Trusted { global: global.clone(), function });
        }
    }
}
