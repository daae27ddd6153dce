//! A fused elementwise expression as a short list of steps, each a kernel that runs over one block of elements.
//!
//! A block's intermediate results stay in registers: arrays of [`BLOCK`] elements that fit into the fastest cache. The
//! last step writes the destination. A step that fails (overflow, a root of a negative number) only says that some
//! element of the block did; whoever runs the program finds out which and why by evaluating the block's elements one
//! at a time.

use super::elementwise::{Kernel1, Kernel2, KernelChoose, Operand, Output, Test, as_output};
use crate::fault::Outcome;
use crate::interrupt;
use crate::value::Range;
use std::mem::MaybeUninit;

/// Elements of a block: a register of floats is 2 KiB. Between 128 and 512 the speed is the same.
pub const BLOCK: usize = 256;

/// Blocks between two looks at the interrupt flag.
const BLOCKS_PER_CHECK: usize = 256;

/// What a program reads.
pub struct Input<'a> {
    /// The elements.
    pub data: Data<'a>,
    /// How they lie in the result.
    pub layout: Layout,
}

/// The elements of an input, column by column.
#[derive(Clone, Copy)]
pub enum Data<'a> {
    Bool(&'a [bool]),
    Int(&'a [i64]),
    Float(&'a [f64]),
    Range(&'a Range),
    /// What stands in the destination before it is overwritten, block by block.
    Destination,
}

/// How an input's elements lie in the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One for each element of the result.
    Whole,
    /// One column, used for every column of a result with that many rows.
    Column,
    /// One row, used for every row of a result of `rows` rows.
    Row { rows: usize },
}

/// Where a program writes.
pub struct Target<'a> {
    items: AnyOutput<'a>,
    /// All elements can be read, as [`Data::Destination`].
    initialised: bool,
}

/// Output elements of any type.
pub enum AnyOutput<'a> {
    Bool(Output<'a, bool>),
    Int(Output<'a, i64>),
    Float(Output<'a, f64>),
}

impl<'a> Target<'a> {
    /// The elements of a new array.
    pub fn fresh<T: Cell>(items: Output<'a, T>) -> Target<'a> {
        Target { items: T::any_output(items), initialised: false }
    }

    /// The elements of an array that already exists.
    pub fn existing<T: Cell>(items: &'a mut [T]) -> Target<'a> {
        Target { items: T::any_output(as_output(items)), initialised: true }
    }

    fn len(&self) -> usize {
        match &self.items {
            AnyOutput::Bool(out) => out.len(),
            AnyOutput::Int(out) => out.len(),
            AnyOutput::Float(out) => out.len(),
        }
    }
}

/// An operand of a step.
#[derive(Clone, Copy)]
pub enum Source<T> {
    /// The input with this number; it has the layout [`Layout::Whole`].
    Input(usize),
    /// The register of the type with this number.
    Register(usize),
    Constant(T),
}

/// Where a step writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The register of the type with this number; never one that the step reads.
    Register(usize),
    Destination,
}

/// The types of registers.
pub trait Cell: Copy + Default + Send + Sync + 'static {
    /// The registers of this type.
    fn registers(registers: &Registers) -> &[Register<Self>];
    /// The registers of this type, to change.
    fn registers_mut(registers: &mut Registers) -> &mut [Register<Self>];
    /// The elements of an input of this type.
    fn slice<'a>(data: &Data<'a>) -> Option<&'a [Self]>;
    /// The destination, if it has this type.
    fn target<'m>(target: &'m mut Target<'_>) -> Option<&'m mut [MaybeUninit<Self>]>;
    /// A destination of this type.
    fn any_output(items: Output<'_, Self>) -> AnyOutput<'_>;
    /// Element `k` of a range.
    fn of_range(range: &Range, k: usize) -> Self;
}

macro_rules! cell {
    ($t:ty, $field:ident, $variant:ident, |$range:ident, $k:ident| $element:expr) => {
        impl Cell for $t {
            fn registers(registers: &Registers) -> &[Register<Self>] {
                &registers.$field
            }
            fn registers_mut(registers: &mut Registers) -> &mut [Register<Self>] {
                &mut registers.$field
            }
            fn slice<'a>(data: &Data<'a>) -> Option<&'a [Self]> {
                if let Data::$variant(items) = data { Some(items) } else { None }
            }
            fn target<'m>(target: &'m mut Target<'_>) -> Option<&'m mut [MaybeUninit<Self>]> {
                if let AnyOutput::$variant(items) = &mut target.items { Some(items) } else { None }
            }
            fn any_output(items: Output<'_, Self>) -> AnyOutput<'_> {
                AnyOutput::$variant(items)
            }
            fn of_range($range: &Range, $k: usize) -> Self {
                $element
            }
        }
    };
}
cell!(bool, bools, Bool, |range, k| range.get_float(k) != 0.0);
cell!(i64, ints, Int, |range, k| match range {
    // Wraps only where the element itself would not fit, and a range has no such elements.
    Range::Int { start, step, .. } => start.wrapping_add(step.wrapping_mul(k as i64)),
    Range::Float { .. } => range.get_float(k) as i64,
});
cell!(f64, floats, Float, |range, k| range.get_float(k));

/// A block's worth of elements, aligned to a cache line.
#[derive(Default)]
pub struct Register<T> {
    items: Vec<T>,
    start: usize,
}

impl<T: Cell> Register<T> {
    const LINE: usize = 64;

    fn new(len: usize) -> Register<T> {
        let items = vec![T::default(); len + Self::LINE / size_of::<T>()];
        let start = items.as_ptr().align_offset(Self::LINE).min(items.len() - len);
        Register { items, start }
    }
}

/// The registers of a running program.
pub struct Registers {
    bools: Vec<Register<bool>>,
    ints: Vec<Register<i64>>,
    floats: Vec<Register<f64>>,
}

/// How many registers of each type a program needs.
#[derive(Clone, Copy, Default)]
pub struct RegisterCounts {
    pub bools: usize,
    pub ints: usize,
    pub floats: usize,
}

impl RegisterCounts {
    fn allocate(self, len: usize) -> Registers {
        Registers {
            bools: (0..self.bools).map(|_| Register::new(len)).collect(),
            ints: (0..self.ints).map(|_| Register::new(len)).collect(),
            floats: (0..self.floats).map(|_| Register::new(len)).collect(),
        }
    }
}

/// What the steps of a running program share: all that can be read.
struct Reader<'m> {
    inputs: &'m [Input<'m>],
    registers: Registers,
    /// First element of the block.
    start: usize,
    /// Elements of the block.
    len: usize,
}

impl Reader<'_> {
    /// The block of a source that is no constant.
    #[inline]
    fn block<T: Cell>(&self, source: Source<T>) -> &[T] {
        match source {
            Source::Input(k) => {
                let items = T::slice(&self.inputs[k].data).expect("inputs have the type that they were compiled for");
                &items[self.start..self.start + self.len]
            }
            Source::Register(k) => {
                let register = &T::registers(&self.registers)[k];
                &register.items[register.start..register.start + self.len]
            }
            Source::Constant(_) => unreachable!("constants are folded, or the scalar operand of a kernel of two"),
        }
    }
}

impl Reader<'_> {
    /// The elements of any source.
    fn operand<T: Cell>(&self, source: Source<T>) -> Operand<'_, T> {
        if let Source::Constant(x) = source { Operand::Constant(x) } else { Operand::Block(self.block(source)) }
    }
}

/// A running program.
pub struct Machine<'m, 'd> {
    reader: Reader<'m>,
    target: Target<'d>,
}

impl Machine<'_, '_> {
    /// Runs a kernel on a place: the whole block is written.
    #[inline]
    fn write<T: Cell>(&mut self, place: Place, kernel: impl FnOnce(&Reader<'_>, Output<'_, T>) -> bool) -> bool {
        let (start, len) = (self.reader.start, self.reader.len);
        match place {
            Place::Register(k) => {
                // Taken out while it is written, so that the others can be read.
                let mut register = std::mem::take(&mut T::registers_mut(&mut self.reader.registers)[k]);
                let block = &mut register.items[register.start..register.start + len];
                let failed = kernel(&self.reader, as_output(block));
                T::registers_mut(&mut self.reader.registers)[k] = register;
                failed
            }
            Place::Destination => {
                let items = T::target(&mut self.target).expect("the destination has the program's type");
                kernel(&self.reader, &mut items[start..start + len])
            }
        }
    }
}

/// One kernel with its operands and its place.
pub trait Step: Send + Sync {
    /// Runs over the block; true if an element failed.
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool;

    /// Writes elsewhere than planned.
    fn redirect(&mut self, place: Place);
}

macro_rules! redirect {
    () => {
        fn redirect(&mut self, place: Place) {
            self.to = place;
        }
    };
}

/// A kernel of one operand.
pub struct Unary<A, R> {
    pub kernel: Kernel1<A, R>,
    pub a: Source<A>,
    pub to: Place,
}

impl<A: Cell, R: Cell> Step for Unary<A, R> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        // SAFETY: the kernel is one of `kernels()`, which are for this processor.
        machine.write(self.to, |reader, out| unsafe { (self.kernel)(reader.block(self.a), out) })
    }
    redirect!();
}

/// A kernel of two operands, at most one of them a constant.
pub struct Binary<A, B, R> {
    pub kernel: Kernel2<A, B, R>,
    pub a: Source<A>,
    pub b: Source<B>,
    pub to: Place,
}

impl<A: Cell, B: Cell, R: Cell> Step for Binary<A, B, R> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        // SAFETY: the kernels are of `kernels()`, which are for this processor.
        machine.write(self.to, |reader, out| unsafe {
            match (self.a, self.b) {
                (Source::Constant(a), b) => (self.kernel.left_scalar)(a, reader.block(b), out),
                (a, Source::Constant(b)) => (self.kernel.right_scalar)(reader.block(a), b, out),
                (a, b) => (self.kernel.blocks)(reader.block(a), reader.block(b), out),
            }
        })
    }
    redirect!();
}

/// A test of a block: nothing is written, the step fails if the test finds an element.
pub struct Check<A> {
    pub test: Test<A>,
    pub a: Source<A>,
}

impl<A: Cell> Step for Check<A> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        // SAFETY: as for `Unary`.
        unsafe { (self.test)(machine.reader.block(self.a)) }
    }

    fn redirect(&mut self, _: Place) {}
}

/// Elements that count, where an expression has parts that are computed everywhere and used here and there only.
#[derive(Clone, Copy)]
pub struct Guard {
    /// True or false for each element,
    pub mask: Source<bool>,
    /// and what it is where the element counts.
    pub counts: bool,
}

impl Guard {
    /// The register that it reads.
    pub fn register(self) -> Option<usize> {
        if let Source::Register(k) = self.mask { Some(k) } else { None }
    }
}

/// A test called for every element: the step fails where it does not hold for one that counts.
pub struct CheckEach<A> {
    pub allows: fn(A) -> bool,
    pub a: Source<A>,
    pub guards: Vec<Guard>,
}

impl<A: Cell> Step for CheckEach<A> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        let reader = &machine.reader;
        let counts = |k: usize| self.guards.iter().all(|guard| reader.operand(guard.mask).get(k) == guard.counts);
        reader.block(self.a).iter().enumerate().any(|(k, a)| !(self.allows)(*a) && counts(k))
    }

    fn redirect(&mut self, _: Place) {}
}

/// A function called for every element, which gives its result and whether it failed.
pub struct Each<F, A> {
    pub function: F,
    pub a: Source<A>,
    pub to: Place,
}

impl<F: Fn(A) -> (R, bool) + Send + Sync, A: Cell, R: Cell> Step for Each<F, A> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        machine.write(self.to, |reader, out| {
            let mut failed = false;
            for (out, a) in out.iter_mut().zip(reader.block(self.a)) {
                let (result, fails) = (self.function)(*a);
                out.write(result);
                failed |= fails;
            }
            failed
        })
    }
    redirect!();
}

/// A function called for every pair of elements, which gives its result and whether it failed.
pub struct EachPair<F, A, B> {
    pub function: F,
    pub a: Source<A>,
    pub b: Source<B>,
    pub to: Place,
}

impl<F: Fn(A, B) -> (R, bool) + Send + Sync, A: Cell, B: Cell, R: Cell> Step for EachPair<F, A, B> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        machine.write(self.to, |reader, out| {
            let a = reader.operand(self.a);
            let b = reader.operand(self.b);
            let mut failed = false;
            for (k, out) in out.iter_mut().enumerate() {
                let (a, b) = (a.get(k), b.get(k));
                let (result, fails) = (self.function)(a, b);
                out.write(result);
                failed |= fails;
            }
            failed
        })
    }
    redirect!();
}

/// One or the other, by a mask.
pub struct Choose<T> {
    pub kernel: KernelChoose<T>,
    pub mask: Source<bool>,
    pub a: Source<T>,
    pub b: Source<T>,
    pub to: Place,
}

impl<T: Cell> Step for Choose<T> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        machine.write(self.to, |reader, out| {
            let (mask, a, b) = (reader.block(self.mask), reader.operand(self.a), reader.operand(self.b));
            // SAFETY: as for `Unary`.
            unsafe { (self.kernel)(mask, a, b, out) };
            false
        })
    }
    redirect!();
}

/// The same value everywhere.
pub struct Fill<T> {
    pub value: T,
    pub to: Place,
}

impl<T: Cell> Step for Fill<T> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        machine.write(self.to, |_, out| {
            out.fill(MaybeUninit::new(self.value));
            false
        })
    }
    redirect!();
}

/// The block of an input that is no plain slice with the result's layout: a range, a row or column that is repeated.
pub struct Load<T> {
    pub input: usize,
    pub to: Place,
    pub element: std::marker::PhantomData<fn() -> T>,
}

impl<T: Cell> Step for Load<T> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        if let Data::Destination = machine.reader.inputs[self.input].data {
            machine.load_destination::<T>(self.to);
            return false;
        }
        machine.write(self.to, |reader, out| {
            let Input { data, layout } = &reader.inputs[self.input];
            match (T::slice(data), data) {
                (Some(items), _) => expand(items, *layout, reader.start, out),
                (None, Data::Range(range)) => {
                    for (k, out) in out.iter_mut().enumerate() {
                        let k = reader.start + k;
                        let element = match layout {
                            Layout::Whole => k,
                            Layout::Column => k % range.len(),
                            Layout::Row { rows } => k / rows,
                        };
                        out.write(T::of_range(range, element));
                    }
                }
                (None, _) => unreachable!("inputs have the type that they were compiled for"),
            }
            false
        })
    }
    redirect!();
}

fn copy<T: Cell>(items: &[T], out: Output<'_, T>) {
    for (out, item) in out.iter_mut().zip(items) {
        out.write(*item);
    }
}

/// Writes the part of a result from element `start` on, where a row or column is repeated.
fn expand<T: Cell>(items: &[T], layout: Layout, start: usize, out: Output<'_, T>) {
    let mut done = 0;
    while done < out.len() {
        let (left, k) = (out.len() - done, start + done);
        let run = match layout {
            Layout::Whole => {
                copy(&items[k..k + left], &mut out[done..]);
                left
            }
            Layout::Column => {
                let row = k % items.len();
                let run = left.min(items.len() - row);
                copy(&items[row..row + run], &mut out[done..]);
                run
            }
            Layout::Row { rows } => {
                let run = left.min(rows - k % rows);
                out[done..done + run].fill(MaybeUninit::new(items[k / rows]));
                run
            }
        };
        done += run;
    }
}

impl Machine<'_, '_> {
    /// Copies the destination's block to a register before it is overwritten.
    fn load_destination<T: Cell>(&mut self, to: Place) {
        let (start, len) = (self.reader.start, self.reader.len);
        let Place::Register(k) = to else { return };
        assert!(self.target.initialised, "only an array that already exists is an input of its own");
        let items = T::target(&mut self.target).expect("the destination has the type that it was compiled for");
        let register = &mut T::registers_mut(&mut self.reader.registers)[k];
        let block = &mut register.items[register.start..register.start + len];
        for (copy, item) in block.iter_mut().zip(&items[start..start + len]) {
            // SAFETY: `initialised` says that all elements can be read; only initialised ones are written since.
            *copy = unsafe { item.assume_init() };
        }
    }

    /// Puts the destination's block back as it was.
    fn restore_destination<T: Cell>(&mut self, from: usize) {
        self.write::<T>(Place::Destination, |reader, out| {
            copy(reader.block(Source::Register(from)), out);
            false
        });
    }
}

/// The register that a program keeps a copy of the destination's old block in.
#[derive(Clone, Copy)]
pub enum Saved {
    Bool(usize),
    Int(usize),
    Float(usize),
}

/// An elementwise expression, compiled.
pub struct Program {
    steps: Vec<Box<dyn Step>>,
    registers: RegisterCounts,
    saved: Option<Saved>,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Done,
    /// An element of the block that starts here failed. Where the destination is also an input, the block stands in it
    /// as before; the blocks before it are written.
    Failed {
        block: usize,
    },
}

impl Program {
    /// A program of steps, the last of which writes the destination.
    pub fn new(steps: Vec<Box<dyn Step>>, registers: RegisterCounts, saved: Option<Saved>) -> Program {
        Program { steps, registers, saved }
    }

    /// Runs over the whole target, all of whose elements are written unless it fails.
    pub fn run(&self, inputs: &[Input<'_>], target: Target<'_>) -> Outcome<End> {
        let count = target.len();
        let registers = self.registers.allocate(count.min(BLOCK));
        let reader = Reader { inputs, registers, start: 0, len: 0 };
        let mut machine = Machine { reader, target };
        for (number, start) in (0..count).step_by(BLOCK).enumerate() {
            if number % BLOCKS_PER_CHECK == BLOCKS_PER_CHECK - 1 {
                interrupt::check()?;
            }
            machine.reader.start = start;
            machine.reader.len = BLOCK.min(count - start);
            for step in &self.steps {
                if step.run(&mut machine) {
                    self.restore(&mut machine);
                    return Ok(End::Failed { block: start });
                }
            }
        }
        Ok(End::Done)
    }

    fn restore(&self, machine: &mut Machine<'_, '_>) {
        match self.saved {
            Some(Saved::Bool(k)) => machine.restore_destination::<bool>(k),
            Some(Saved::Int(k)) => machine.restore_destination::<i64>(k),
            Some(Saved::Float(k)) => machine.restore_destination::<f64>(k),
            None => {}
        }
    }
}
