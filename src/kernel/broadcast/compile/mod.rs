//! Compiles a dotted expression whose leaves are numbers, and whose functions are known, to a [`Program`].
//!
//! Types are known before the loop: each operand is a Bool, an integer, a float or a complex number of floats, converted
//! block by block where the operation asks for it. What has no program (strings, functions with effects) gives `None`
//! and goes the general way.

mod complex;
mod formula;
mod functions;
mod operand;
mod operations;

use super::shape::{Kind, Shape, Shapes};
use super::{Dotted, Formula};
use crate::kernel::elementwise::{Kernel1, Kernel2, KernelFused, Kernels, Test, as_output, kernels};
use crate::kernel::program::{
    Binary, Check, CheckEach, Data, Each, EachPair, Fill, Fused, Guard, Input, Layout, Load, Place, Program,
    RegisterCounts, Saved, Source, Step, Traits, Unary,
};
use crate::value::{Array, Complex64, Elements, Function, Host, Range, Value};
use formula::Frame;
pub(super) use operand::CellType;
use operand::{Operand, Pools, Typed};
use std::cell::Ref;
use std::marker::PhantomData;
use std::rc::Rc;

/// A compiled expression with what it reads.
pub(super) struct Compiled<'a> {
    pub program: Program,
    pub inputs: Vec<Input<'a>>,
    /// How it can run for other leaves, if it can.
    pub again: Option<Again>,
    pub result: CellType,
    /// Integers were raised to powers that are not known to be positive; if the program fails, the result may be floats.
    pub has_int_powers: bool,
}

/// What a program needs to know to run again, for other arrays of the same size and types.
#[derive(Default)]
pub(super) struct Again {
    /// The leaves that the inputs are.
    pub inputs: Vec<usize>,
    /// Functions of the program whose bodies have become part of it, as they were.
    pub inlined: Vec<Inlined>,
}

/// A function and what it computed from so many arguments.
pub(super) struct Inlined {
    pub function: Rc<Function>,
    pub args: usize,
    pub formula: Formula,
}

/// The elements of the leaves, borrowed for as long as the program runs. No function of the user runs meanwhile.
pub(super) struct Borrowed<'a> {
    elements: Vec<Option<Ref<'a, Elements>>>,
}

impl<'a> Borrowed<'a> {
    /// Borrows all arrays but the destination, which the caller borrows itself.
    pub fn new(leaves: &'a [Value], destination: Option<&Rc<Array>>) -> Borrowed<'a> {
        let borrow = |leaf: &'a Value| match leaf {
            Value::Array(array) if !destination.is_some_and(|d| Rc::ptr_eq(d, array)) => Some(array.elements()),
            _ => None,
        };
        Borrowed { elements: leaves.iter().map(borrow).collect() }
    }
}

/// The expression that is compiled.
#[derive(Clone, Copy)]
pub(super) enum Root<'a> {
    Tree(&'a Dotted),
    /// A formula of the leaves.
    Formula(&'a Formula),
}

/// What calling a function for an element takes, in steps of simple arithmetic.
const CALL_WEIGHT: usize = 10;

/// What is compiled, and for which result.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub root: Root<'a>,
    pub leaves: &'a [Value],
    pub borrowed: &'a Borrowed<'a>,
    pub shapes: &'a Shapes,
    /// Who knows the functions of the program.
    pub host: &'a dyn Host,
    /// Of the array that is written.
    pub result: Shape,
    /// The array that is written, if it exists already, and its type.
    pub destination: Option<(&'a Rc<Array>, CellType)>,
    /// Powers of integers are floats.
    pub float_powers: bool,
    /// The destination is a value so far, which the program must not convert its own to.
    pub folds: bool,
}

/// The program for a task, if it has one.
pub(super) fn compile(task: Task<'_>) -> Option<Compiled<'_>> {
    let mut compiler = Compiler {
        task,
        kernels: kernels(),
        inputs: Vec::with_capacity(task.leaves.len()),
        again: Some(Again::default()),
        steps: Vec::with_capacity(8),
        pools: Pools::default(),
        loaded: vec![None; task.leaves.len()],
        saved: None,
        saved_reads: 0,
        written: None,
        product: None,
        has_int_powers: false,
        traits: Traits::default(),
        frames: Vec::new(),
        guards: Vec::new(),
        held: Vec::new(),
    };
    if let Some((array, _)) = task.destination {
        compiler.load_destinations(array);
    }
    let mut result = match task.root {
        Root::Tree(tree) => compiler.tree(tree)?,
        Root::Formula(formula) => {
            let args = (0..task.leaves.len()).map(|k| compiler.leaf(k)).collect::<Option<Vec<_>>>()?;
            compiler.formula(None, formula, &args)?
        }
    };
    if let (Some((_, real)), false) = (task.destination, task.folds) {
        result = compiler.convert(result, real)?;
    }
    match result {
        Operand::Bool(source) => compiler.finish(source, compiler.kernels.copy_bool),
        Operand::Int(source) => compiler.finish(source, compiler.kernels.copy_int),
        Operand::Float(source) => compiler.finish(source, compiler.kernels.copy_float),
        Operand::Complex(source) => compiler.finish(source, compiler.kernels.copy_complex),
        Operand::Whole(_) => return None,
    }
    let pools = &compiler.pools;
    // The step of a program of one has none to read.
    let registers = match compiler.steps.len() {
        1 => RegisterCounts::default(),
        _ => RegisterCounts {
            bools: pools.bools.count,
            ints: pools.ints.count,
            floats: pools.floats.count,
            complexes: pools.complexes.count,
        },
    };
    Some(Compiled {
        program: Program::new(compiler.steps, registers, compiler.saved, compiler.traits),
        inputs: compiler.inputs,
        again: compiler.again,
        result: result.cell_type(),
        has_int_powers: compiler.has_int_powers,
    })
}

/// A product of floats that a step computes.
#[derive(Clone, Copy)]
struct Product {
    a: Source<f64>,
    b: Source<f64>,
    /// The register that it is put in.
    register: usize,
    /// How many steps there were when its step was the last.
    steps: usize,
}

struct Compiler<'a> {
    task: Task<'a>,
    kernels: &'static Kernels,
    inputs: Vec<Input<'a>>,
    again: Option<Again>,
    steps: Vec<Box<dyn Step>>,
    pools: Pools,
    /// Leaves that are operands already. Their registers stay taken.
    loaded: Vec<Option<Operand>>,
    saved: Option<Saved>,
    /// How often the copy of the destination is an operand.
    saved_reads: usize,
    /// The register that the last step writes, if that step may write the destination instead.
    written: Option<(CellType, usize)>,
    product: Option<Product>,
    has_int_powers: bool,
    traits: Traits,
    /// The formulas that are being compiled, the innermost last.
    frames: Vec<Frame>,
    /// Where the present part of the expression counts.
    guards: Vec<Guard>,
    /// Operands that are read again later.
    held: Vec<Operand>,
}

impl<'a> Compiler<'a> {
    fn tree(&mut self, tree: &Dotted) -> Option<Operand> {
        match tree {
            Dotted::Leaf(k) => self.leaf(*k),
            Dotted::Constant(value) => Operand::constant(value),
            Dotted::Unary(op, a) => {
                let a = self.tree(a)?;
                self.unary(*op, a)
            }
            Dotted::Binary(op, a, b) => {
                let (a, b) = (self.tree(a)?, self.tree(b)?);
                self.binary(*op, a, b)
            }
            Dotted::And(a, b) => self.logic(a, b, true),
            Dotted::Or(a, b) => self.logic(a, b, false),
            Dotted::If(parts) => self.choice(parts),
            Dotted::Call { function, args, keyword } if keyword.is_empty() => {
                let function = self.function(*function)?;
                if let [ty @ Dotted::Leaf(_), x] = &args[..]
                    && let Some(result) = self.rounded_to_type(&function, ty, x)
                {
                    return Some(result);
                }
                let mut operands = Vec::with_capacity(args.len());
                for arg in args {
                    operands.push(self.tree(arg)?);
                }
                self.call(&function, &operands)
            }
            Dotted::Call { function, args, keyword } => {
                let function = self.function(*function)?;
                self.call_with(&function, args, keyword)
            }
        }
    }

    fn leaf(&mut self, k: usize) -> Option<Operand> {
        let known = match self.frames.last() {
            Some(frame) => Some(frame.operand(k)?),
            None => self.loaded[k],
        };
        if let Some(operand) = known {
            self.saved_reads += usize::from(self.saved.is_some() && operand.saved() == self.saved);
            return Some(operand);
        }
        let shape = self.task.shapes.leaves[k];
        let operand = match &self.task.leaves[k] {
            Value::Array(array) => self.array(k, array, shape)?,
            Value::Range(range) => {
                let input = self.input(k, Data::Range(range), self.layout(shape));
                match **range {
                    Range::Int { .. } => self.load::<i64>(input),
                    Range::Float { .. } => self.load::<f64>(input),
                }
            }
            Value::Reference(held) => {
                self.again = None;
                Operand::constant(&held.get())?
            }
            other if shape.kind == Kind::Scalar => Operand::constant(other)?,
            _ => return None,
        };
        self.loaded[k] = Some(operand);
        Some(operand)
    }

    /// The destination's block is copied first of all, where it is also read: the steps after it can then be fused.
    fn load_destinations(&mut self, destination: &Rc<Array>) {
        let is_it = |leaf: &Value| matches!(leaf, Value::Array(array) if Rc::ptr_eq(array, destination));
        let leaves = (0..self.task.leaves.len()).filter(|k| is_it(&self.task.leaves[*k]));
        for (number, k) in leaves.enumerate() {
            self.leaf(k);
            // Each leaf has a copy of its own.
            self.saved_reads += number;
        }
    }

    fn array(&mut self, k: usize, array: &'a Rc<Array>, shape: Shape) -> Option<Operand> {
        let task = self.task;
        let layout = self.layout(shape);
        let Some(elements) = &task.borrowed.elements[k] else {
            // It is the destination itself.
            let (_, real) = task.destination.filter(|(d, _)| Rc::ptr_eq(d, array) && layout == Layout::Whole)?;
            let input = self.input(k, Data::Destination, Layout::Whole);
            return Some(self.load_destination(input, real));
        };
        if let (Some(1), false) = (shape.count(), layout == Layout::Whole) {
            self.again = None;
            return Operand::constant(&elements.value(0));
        }
        let data = match &**elements {
            Elements::Bool(m) => Data::Bool(m.as_slice()),
            Elements::Int(m) => Data::Int(m.as_slice()),
            Elements::Float(m) => Data::Float(m.as_slice()),
            Elements::Complex(m) => Data::Complex(m.as_slice()),
            Elements::Any(..) => return None,
        };
        let input = self.input(k, data, layout);
        Some(match (data, layout) {
            (Data::Bool(_), Layout::Whole) => Operand::Bool(Source::Input(input)),
            (Data::Int(_), Layout::Whole) => Operand::Int(Source::Input(input)),
            (Data::Float(_), Layout::Whole) => Operand::Float(Source::Input(input)),
            (Data::Complex(_), Layout::Whole) => Operand::Complex(Source::Input(input)),
            (Data::Bool(_), _) => self.load::<bool>(input),
            (Data::Int(_), _) => self.load::<i64>(input),
            (Data::Complex(_), _) => self.load::<Complex64>(input),
            (Data::Float(_), _) | (Data::Range(_) | Data::Destination, _) => self.load::<f64>(input),
        })
    }

    fn layout(&self, shape: Shape) -> Layout {
        let result = self.task.result;
        if shape.same_size(result) {
            Layout::Whole
        } else if shape.cols == 1 {
            Layout::Column
        } else {
            Layout::Row { rows: result.rows }
        }
    }

    fn input(&mut self, leaf: usize, data: Data<'a>, layout: Layout) -> usize {
        match (&mut self.again, layout) {
            (Some(again), Layout::Whole) => again.inputs.push(leaf),
            (_, Layout::Whole | Layout::Column | Layout::Row { .. }) => self.again = None,
        }
        self.inputs.push(Input { data, layout });
        self.inputs.len() - 1
    }

    fn load<T: Typed>(&mut self, input: usize) -> Operand {
        let register = T::pool(&mut self.pools).take();
        self.traits.weight += 1;
        self.steps.push(Box::new(Load::<T> { input, to: Place::Register(register), element: PhantomData }));
        // The register is used again wherever the leaf is: the destination cannot take its place.
        self.written = None;
        T::operand(Source::Register(register))
    }

    fn load_destination(&mut self, input: usize, real: CellType) -> Operand {
        let operand = match real {
            CellType::Bool => self.load::<bool>(input),
            CellType::Int => self.load::<i64>(input),
            CellType::Float => self.load::<f64>(input),
            CellType::Complex => self.load::<Complex64>(input),
        };
        self.saved = operand.saved();
        operand
    }

    /// Gives a register back, unless it is kept.
    fn free<T: Typed>(&mut self, source: Source<T>) {
        let Source::Register(register) = source else { return };
        let kept = self.is_kept::<T>(register);
        let pool = T::pool(&mut self.pools);
        if !kept && !pool.free.contains(&register) {
            pool.free.push(register);
        }
    }

    /// Does a leaf, an argument or a guard keep this register?
    fn is_kept<T: Typed>(&self, register: usize) -> bool {
        let is_same = |operand: &Operand| match operand {
            Operand::Bool(Source::Register(k)) => T::TYPE == CellType::Bool && *k == register,
            Operand::Int(Source::Register(k)) => T::TYPE == CellType::Int && *k == register,
            Operand::Float(Source::Register(k)) => T::TYPE == CellType::Float && *k == register,
            Operand::Complex(Source::Register(k)) => T::TYPE == CellType::Complex && *k == register,
            Operand::Bool(_) | Operand::Int(_) | Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_) => false,
        };
        let framed = self.frames.iter().any(|frame| frame.operands().any(is_same));
        let guarded = T::TYPE == CellType::Bool && self.guards.iter().any(|guard| guard.register() == Some(register));
        let held = self.held.iter().any(is_same);
        framed || guarded || held || self.loaded.iter().flatten().any(is_same)
    }

    /// A step of one operand; its register is taken before the operand's is given back.
    fn step<A: Typed, R: Typed>(&mut self, a: Source<A>, step: impl FnOnce(Place) -> Box<dyn Step>) -> Operand {
        let register = R::pool(&mut self.pools).take();
        // Integers overflow, and conversions need not be exact.
        self.traits.can_fail |= R::TYPE == CellType::Int || (A::TYPE == CellType::Float && R::TYPE == CellType::Bool);
        self.traits.weight += 1;
        self.steps.push(step(Place::Register(register)));
        self.written = Some((R::TYPE, register));
        self.free(a);
        R::operand(Source::Register(register))
    }

    fn single<A: Typed, R: Typed>(&mut self, kernel: Kernel1<A, R>, a: Source<A>) -> Option<Operand> {
        if let Source::Constant(a) = a {
            let mut result = [R::default()];
            // SAFETY: the kernel is one of `kernels()`, which are for this processor.
            let failed = unsafe { kernel(&[a], as_output(&mut result)) };
            return (!failed).then(|| R::operand(Source::Constant(result[0])));
        }
        Some(self.step::<A, R>(a, |to| Box::new(Unary { kernel, a, to })))
    }

    fn pair<A: Typed, B: Typed, R: Typed>(
        &mut self,
        kernel: Kernel2<A, B, R>,
        a: Source<A>,
        b: Source<B>,
    ) -> Option<Operand> {
        if let (Source::Constant(a), Source::Constant(b)) = (a, b) {
            let mut result = [R::default()];
            // SAFETY: as above.
            let failed = unsafe { (kernel.blocks)(&[a], &[b], as_output(&mut result)) };
            return (!failed).then(|| R::operand(Source::Constant(result[0])));
        }
        let result = self.step::<A, R>(a, |to| Box::new(Binary { kernel, a, b, to }));
        self.free(b);
        Some(result)
    }

    /// Remembers that the last step computes this product.
    fn keep_product(&mut self, a: Source<f64>, b: Source<f64>, result: Operand) {
        if let Operand::Float(Source::Register(register)) = result {
            self.product = Some(Product { a, b, register, steps: self.steps.len() });
        }
    }

    /// Is the first operand the product that the last step computes, wanted here and nowhere else?
    fn is_product(&self, product: Source<f64>, other: Source<f64>) -> bool {
        let is_register = |source, k| matches!(source, Source::Register(register) if register == k);
        self.product.is_some_and(|p| {
            p.steps == self.steps.len()
                && is_register(product, p.register)
                && !is_register(other, p.register)
                && !self.is_kept::<f64>(p.register)
        })
    }

    /// The step of a product becomes one that takes a third operand in. Its register is none that it reads: it was taken
    /// before those of the factors were given back.
    fn fuse(&mut self, kernel: KernelFused, product: Source<f64>, c: Source<f64>) -> Option<Operand> {
        let Product { a, b, register, .. } = self.product.take()?;
        self.steps.pop();
        self.traits.weight += 1;
        self.steps.push(Box::new(Fused { kernel, a, b, c, to: Place::Register(register) }));
        self.written = Some((CellType::Float, register));
        self.free(c);
        Some(Operand::Float(product))
    }

    /// Fails where the test finds an element, of those that count.
    fn check<A: Typed>(&mut self, test: Test<A>, allows: fn(A) -> bool, a: Source<A>) -> Option<()> {
        if !self.guards.is_empty() {
            return self.check_each(allows, a);
        }
        if let Source::Constant(a) = a {
            // SAFETY: as above.
            return (!unsafe { test(&[a]) }).then_some(());
        }
        self.traits = Traits { weight: self.traits.weight + 1, can_fail: true };
        self.steps.push(Box::new(Check { test, a }));
        self.written = None;
        Some(())
    }

    fn check_each<A: Typed>(&mut self, allows: fn(A) -> bool, a: Source<A>) -> Option<()> {
        if let Source::Constant(a) = a {
            return allows(a).then_some(());
        }
        self.traits = Traits { weight: self.traits.weight + 2, can_fail: true };
        self.steps.push(Box::new(CheckEach { allows, a, guards: self.guards.clone() }));
        self.written = None;
        Some(())
    }

    fn each<A: Typed, R: Typed>(
        &mut self,
        a: Source<A>,
        function: impl Fn(A) -> (R, bool) + Send + Sync + 'static,
    ) -> Option<Operand> {
        if let Source::Constant(a) = a {
            let (result, failed) = function(a);
            return (!failed).then(|| R::operand(Source::Constant(result)));
        }
        self.traits = Traits { weight: self.traits.weight + CALL_WEIGHT, can_fail: true };
        Some(self.step::<A, R>(a, |to| Box::new(Each { function, a, to })))
    }

    fn each_pair<A: Typed, B: Typed, R: Typed>(
        &mut self,
        a: Source<A>,
        b: Source<B>,
        function: impl Fn(A, B) -> (R, bool) + Send + Sync + 'static,
    ) -> Option<Operand> {
        if let (Source::Constant(a), Source::Constant(b)) = (a, b) {
            let (result, failed) = function(a, b);
            return (!failed).then(|| R::operand(Source::Constant(result)));
        }
        self.traits = Traits { weight: self.traits.weight + CALL_WEIGHT, can_fail: true };
        let result = self.step::<A, R>(a, |to| Box::new(EachPair { function, a, b, to }));
        self.free(b);
        Some(result)
    }

    /// Makes the last step write the destination.
    fn finish<T: Typed>(&mut self, source: Source<T>, copy: Kernel1<T, T>) {
        let to = Place::Destination;
        match (source, self.steps.last_mut()) {
            (Source::Constant(value), _) => self.steps.push(Box::new(Fill { value, to })),
            (Source::Register(k), Some(step)) if self.written == Some((T::TYPE, k)) => {
                // The destination is copied for the one step that reads it, and for nothing else.
                let alone = self.saved_reads == 1 && !self.traits.can_fail;
                match self.saved.filter(|_| alone).and_then(|old| step.in_place(old)) {
                    None => step.redirect(to),
                    Some(updating) => {
                        *step = updating;
                        self.steps.remove(0);
                        self.saved = None;
                    }
                }
            }
            (a, _) => self.steps.push(Box::new(Unary { kernel: copy, a, to })),
        }
    }
}
