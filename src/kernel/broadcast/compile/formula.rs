//! Functions of the program inside a program: the body is compiled with the arguments in place of its parameters. Both
//! sides of a choice are computed, and one is taken.

use super::{CellType, Compiler, Guard, Inlined, Operand, Source, Typed};
use crate::kernel::broadcast::Dotted;
use crate::kernel::elementwise::KernelChoose;
use crate::kernel::program::Choose;
use crate::value::dotted::{Formula, Inside};
use crate::value::{Function, Value};
use std::rc::Rc;

/// Steps of a program. Functions of functions of functions may be longer than it is worth.
const MOST_STEPS: usize = 400;

/// A formula whose body is being compiled.
pub(super) struct Frame {
    /// Its function, if it is one's.
    function: Option<Rc<Function>>,
    leaves: Vec<Leaf>,
}

/// A leaf of a formula.
enum Leaf {
    /// An argument or an intermediate result. Its register stays taken.
    Operand(Operand),
    Value(Value),
}

impl Frame {
    pub fn operand(&self, k: usize) -> Option<Operand> {
        match &self.leaves[k] {
            Leaf::Operand(operand) => Some(*operand),
            Leaf::Value(Value::Reference(held)) => Operand::constant(&held.get()),
            Leaf::Value(value) => Operand::constant(value),
        }
    }

    fn value(&self, k: usize) -> Option<Value> {
        match &self.leaves[k] {
            Leaf::Operand(_) => None,
            Leaf::Value(value) => Some(value.clone()),
        }
    }

    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        self.leaves.iter().filter_map(|leaf| if let Leaf::Operand(operand) = leaf { Some(operand) } else { None })
    }
}

impl Compiler<'_> {
    /// The function that a leaf is.
    pub(super) fn function(&self, k: usize) -> Option<Value> {
        match self.frames.last() {
            Some(frame) => frame.value(k),
            None => Some(self.task.leaves[k].clone()),
        }
    }

    /// A call of a function of the program, if it has a formula and does not call itself.
    pub(super) fn inline(&mut self, function: &Rc<Function>, args: &[Operand]) -> Option<Operand> {
        let calls_itself =
            self.frames.iter().any(|frame| frame.function.as_ref().is_some_and(|f| Rc::ptr_eq(f, function)));
        if calls_itself || self.steps.len() > MOST_STEPS {
            return None;
        }
        let formula = self.task.host.formula(&Value::Function(Rc::clone(function)), args.len())?;
        if let Some(again) = &mut self.again {
            let formula = formula.clone();
            again.inlined.push(Inlined { function: Rc::clone(function), args: args.len(), formula });
        }
        self.formula(Some(Rc::clone(function)), &formula, args)
    }

    /// The body of a formula for its arguments, whose registers are given back.
    pub(super) fn formula(
        &mut self,
        function: Option<Rc<Function>>,
        formula: &Formula,
        args: &[Operand],
    ) -> Option<Operand> {
        // What reads an argument is the body: handing it over is not another time.
        let handed_over = args.iter().filter(|arg| self.saved.is_some() && arg.saved() == self.saved).count();
        self.saved_reads = self.saved_reads.saturating_sub(handed_over);
        let leaves = args.iter().map(|arg| Leaf::Operand(*arg)).collect();
        self.frames.push(Frame { function, leaves });
        for inside in &formula.body.inside {
            let leaf = match inside {
                Inside::Value(k) => Leaf::Value(formula.values[*k].clone()),
                Inside::Step(tree) => Leaf::Operand(self.tree(tree)?),
            };
            self.frames.last_mut()?.leaves.push(leaf);
        }
        let result = self.tree(&formula.body.result)?;
        let frame = self.frames.pop()?;
        for operand in frame.operands().filter(|operand| !operand.is_same_register(result)) {
            self.free_operand(*operand);
        }
        Some(result)
    }

    /// `a && b`, `a || b`
    pub(super) fn logic(&mut self, a: &Dotted, b: &Dotted, and: bool) -> Option<Operand> {
        let Operand::Bool(a) = self.tree(a)? else { return None };
        if let Source::Constant(a) = a {
            return if a == and { self.tree(b) } else { Some(Operand::Bool(Source::Constant(a))) };
        }
        self.guards.push(Guard { mask: a, counts: and });
        let b = self.tree(b);
        self.guards.pop();
        let kernel = if and { self.kernels.and } else { self.kernels.or };
        match b? {
            Operand::Bool(b) => self.pair(kernel, a, b),
            Operand::Int(_) | Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_) => None,
        }
    }

    /// `c ? a : b`
    pub(super) fn choice(&mut self, parts: &[Dotted; 3]) -> Option<Operand> {
        let [condition, then, other] = parts;
        let Operand::Bool(mask) = self.tree(condition)? else { return None };
        if let Source::Constant(holds) = mask {
            return self.tree(if holds { then } else { other });
        }
        self.guards.push(Guard { mask, counts: true });
        let a = self.tree(then);
        self.guards.pop();
        self.guards.push(Guard { mask, counts: false });
        let b = self.tree(other);
        self.guards.pop();
        self.choose(mask, a?, b?)
    }

    /// Elements of one operand or the other; both have one type.
    pub(super) fn choose(&mut self, mask: Source<bool>, a: Operand, b: Operand) -> Option<Operand> {
        let k = self.kernels;
        match (a, b) {
            (Operand::Bool(a), Operand::Bool(b)) => self.chosen(k.choose_bool, mask, a, b),
            (Operand::Int(a), Operand::Int(b)) => self.chosen(k.choose_int, mask, a, b),
            (Operand::Float(a), Operand::Float(b)) => self.chosen(k.choose_float, mask, a, b),
            (Operand::Complex(a), Operand::Complex(b)) => self.chosen(k.choose_complex, mask, a, b),
            _ => None,
        }
    }

    fn chosen<T: Typed>(
        &mut self,
        kernel: KernelChoose<T>,
        mask: Source<bool>,
        a: Source<T>,
        b: Source<T>,
    ) -> Option<Operand> {
        if let Source::Constant(holds) = mask {
            return Some(T::operand(if holds { a } else { b }));
        }
        let result = self.step::<bool, T>(mask, |to| Box::new(Choose { kernel, mask, a, b, to }));
        self.free(a);
        self.free(b);
        Some(result)
    }

    pub(super) fn free_operand(&mut self, operand: Operand) {
        match operand {
            Operand::Bool(source) => self.free(source),
            Operand::Int(source) => self.free(source),
            Operand::Float(source) => self.free(source),
            Operand::Complex(source) => self.free(source),
            Operand::Whole(_) => {}
        }
    }
}

impl Operand {
    fn register(self) -> Option<(CellType, usize)> {
        match self {
            Operand::Bool(Source::Register(k))
            | Operand::Int(Source::Register(k))
            | Operand::Float(Source::Register(k))
            | Operand::Complex(Source::Register(k)) => Some((self.cell_type(), k)),
            Operand::Bool(_) | Operand::Int(_) | Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_) => None,
        }
    }

    fn is_same_register(self, other: Operand) -> bool {
        self.register().is_some() && self.register() == other.register()
    }
}
