//! A fused elementwise expression as a short list of steps, each a kernel that runs over one block of elements.
//!
//! A block's intermediate results stay in registers: arrays of [`BLOCK`] elements that fit into the fastest cache. The
//! last step writes the destination. A step that fails (overflow, a root of a negative number) only says that some
//! element of the block did; whoever runs the program finds out which and why by evaluating the block's elements one
//! at a time.

mod steps;
mod stream;

pub use steps::{Binary, Check, CheckEach, Choose, Each, EachPair, Fill, Fused, Guard, Load, Unary};

use super::elementwise::{Operand, Output, as_output};
use super::threads;
use crate::fault::Outcome;
use crate::interrupt;
use crate::value::{Complex64, Range};
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicUsize, Ordering};
use steps::copy;
use stream::{end_of_stream, streamed};

/// Elements of a block: a register of floats is 2 KiB. Between 128 and 512 the speed is the same.
pub const BLOCK: usize = 256;

/// Elements of a fold between two looks at the interrupt flag.
const ELEMENTS_PER_CHECK: usize = 4096;

/// Blocks between two looks at the interrupt flag.
const BLOCKS_PER_CHECK: usize = 256;

/// Bytes of a result from which on it is written past the cache.
const STREAMED: usize = 32 << 20;

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
    Complex(&'a [Complex64]),
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
    Complex(Output<'a, Complex64>),
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

    /// Parts of so many elements, the last perhaps shorter, with the numbers of their first elements.
    fn split(self, length: usize) -> Vec<(usize, Target<'a>)> {
        fn parts<'a, T: Cell>(
            items: Output<'a, T>,
            length: usize,
            initialised: bool,
        ) -> impl Iterator<Item = (usize, Target<'a>)> {
            let target = move |items| Target { items: T::any_output(items), initialised };
            items.chunks_mut(length).enumerate().map(move |(k, items)| (k * length, target(items)))
        }
        let initialised = self.initialised;
        match self.items {
            AnyOutput::Bool(items) => parts(items, length, initialised).collect(),
            AnyOutput::Int(items) => parts(items, length, initialised).collect(),
            AnyOutput::Float(items) => parts(items, length, initialised).collect(),
            AnyOutput::Complex(items) => parts(items, length, initialised).collect(),
        }
    }

    /// Bytes.
    fn size(&self) -> usize {
        match &self.items {
            AnyOutput::Bool(out) => size_of_val(*out),
            AnyOutput::Int(out) => size_of_val(*out),
            AnyOutput::Float(out) => size_of_val(*out),
            AnyOutput::Complex(out) => size_of_val(*out),
        }
    }

    fn len(&self) -> usize {
        match &self.items {
            AnyOutput::Bool(out) => out.len(),
            AnyOutput::Int(out) => out.len(),
            AnyOutput::Float(out) => out.len(),
            AnyOutput::Complex(out) => out.len(),
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
    /// A register of this type with a copy of the destination.
    fn saved(register: usize) -> Saved;
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
            fn saved(register: usize) -> Saved {
                Saved::$variant(register)
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
cell!(Complex64, complexes, Complex, |range, k| Complex64::new(range.get_float(k), 0.0));

/// A block's worth of elements, aligned to a cache line.
#[derive(Default)]
pub struct Register<T> {
    items: Vec<T>,
    start: usize,
}

impl<T: Cell> Register<T> {
    const LINE: usize = 64;

    fn new() -> Register<T> {
        let items = vec![T::default(); BLOCK + Self::LINE / size_of::<T>()];
        let start = items.as_ptr().align_offset(Self::LINE).min(items.len() - BLOCK);
        Register { items, start }
    }
}

/// The registers of a running program.
#[derive(Default)]
pub struct Registers {
    bools: Vec<Register<bool>>,
    ints: Vec<Register<i64>>,
    floats: Vec<Register<f64>>,
    complexes: Vec<Register<Complex64>>,
}

thread_local! {
    /// Registers that the thread's last program left: for small arrays they cost more to make than to use.
    static LEFT: std::cell::Cell<Registers> = std::cell::Cell::default();
}

/// How many registers of each type a program needs.
#[derive(Clone, Copy, Default)]
pub struct RegisterCounts {
    pub bools: usize,
    pub ints: usize,
    pub floats: usize,
    pub complexes: usize,
}

impl RegisterCounts {
    /// At least so many; a program that runs meanwhile on this thread makes its own.
    fn take(self) -> Registers {
        fn fill<T: Cell>(registers: &mut Vec<Register<T>>, count: usize) {
            while registers.len() < count {
                registers.push(Register::new());
            }
        }
        let mut registers = LEFT.take();
        fill(&mut registers.bools, self.bools);
        fill(&mut registers.ints, self.ints);
        fill(&mut registers.floats, self.floats);
        fill(&mut registers.complexes, self.complexes);
        registers
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
    #[inline(always)]
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
    /// Number of the target's first element in the whole result.
    origin: usize,
    /// The result is too large for the cache: it is written past it.
    streams: bool,
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
                let start = start - self.origin;
                let out = &mut items[start..start + len];
                if self.streams {
                    streamed(out, |block| kernel(&self.reader, block))
                } else {
                    kernel(&self.reader, out)
                }
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

    /// The same step as one that writes over the destination, if it reads this copy of it.
    fn in_place(&self, _old: Saved) -> Option<Box<dyn Step>> {
        None
    }
}

impl Machine<'_, '_> {
    /// Copies the destination's block to a register before it is overwritten.
    fn load_destination<T: Cell>(&mut self, to: Place) {
        let (start, len) = (self.reader.start - self.origin, self.reader.len);
        let Place::Register(k) = to else { return };
        assert!(self.target.initialised, "only an array that already exists is an input of its own");
        let items = T::target(&mut self.target).expect("the destination has the type that it was compiled for");
        let register = &mut T::registers_mut(&mut self.reader.registers)[k];
        let block = &mut register.items[register.start..register.start + len];
        // SAFETY: `initialised` says that all elements can be read; only initialised ones are written since.
        block.copy_from_slice(unsafe { &*(&raw const items[start..start + len] as *const [T]) });
    }

    /// Changes the destination's block.
    fn update<T: Cell>(&mut self, change: impl FnOnce(&Reader<'_>, &mut [T])) {
        let (start, len) = (self.reader.start - self.origin, self.reader.len);
        assert!(self.target.initialised, "only an array that already exists is changed");
        let items = T::target(&mut self.target).expect("the destination has the type that it was compiled for");
        // SAFETY: `initialised` says that all elements can be read.
        change(&self.reader, unsafe { &mut *(&raw mut items[start..start + len] as *mut [T]) });
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Bool(usize),
    Int(usize),
    Float(usize),
    Complex(usize),
}

/// An elementwise expression, compiled.
pub struct Program {
    steps: Vec<Box<dyn Step>>,
    registers: RegisterCounts,
    saved: Option<Saved>,
    traits: Traits,
}

/// What is known of a program beforehand.
#[derive(Clone, Copy, Default)]
pub struct Traits {
    /// Time for an element, in steps of simple arithmetic.
    pub weight: usize,
    /// A step may fail.
    pub can_fail: bool,
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

/// Elements of the parts that threads take from a result of `count`: a few for each thread, as the others may be busy.
fn part_length(count: usize) -> usize {
    const LEAST: usize = 1 << 13;
    (count / (4 * threads::count())).max(LEAST).next_multiple_of(BLOCK)
}

impl Program {
    /// A program of steps, the last of which writes the destination.
    pub fn new(steps: Vec<Box<dyn Step>>, registers: RegisterCounts, saved: Option<Saved>, traits: Traits) -> Program {
        Program { steps, registers, saved, traits }
    }

    /// Runs over the whole target, all of whose elements are written unless it fails.
    pub fn run(&self, inputs: &[Input<'_>], target: Target<'_>) -> Outcome<End> {
        let count = target.len();
        let failed = AtomicUsize::new(usize::MAX);
        let streams = !target.initialised && target.size() >= STREAMED;
        // Blocks after one that fails must stand as before where they are read again.
        let in_order = self.saved.is_some() && self.traits.can_fail;
        // Elements are read and written too, not only computed.
        let weight = (self.traits.weight + inputs.len()).div_ceil(2);
        if in_order || threads::count() == 1 || weight.saturating_mul(count) < threads::WORTHWHILE {
            self.run_part(inputs, 0, target, streams, &failed);
        } else {
            let parts = target.split(part_length(count));
            threads::for_each(parts, |(start, part)| self.run_part(inputs, start, part, streams, &failed));
        }
        interrupt::check()?;
        match failed.into_inner() {
            usize::MAX => Ok(End::Done),
            block => Ok(End::Failed { block }),
        }
    }

    /// Runs for the inputs' elements at these places, one after the other, and each time over `so_far`: the destination,
    /// which the program reads too. `seen` is given every value. The place where it failed, if it did: `so_far` is then
    /// what it was before.
    pub fn fold<T: Cell>(
        &self,
        inputs: &[Input<'_>],
        so_far: &mut T,
        places: impl Iterator<Item = usize>,
        mut seen: impl FnMut(T),
    ) -> Outcome<Option<usize>> {
        let reader = Reader { inputs, registers: self.registers.take(), start: 0, len: 1 };
        let target = Target::existing(std::slice::from_mut(so_far));
        let mut machine = Machine { reader, target, origin: 0, streams: false };
        let mut failed = None;
        for (number, place) in places.enumerate() {
            if number % ELEMENTS_PER_CHECK == 0 {
                interrupt::check()?;
            }
            machine.reader.start = place;
            machine.origin = place;
            if self.steps.iter().any(|step| step.run(&mut machine)) {
                self.restore(&mut machine);
                failed = Some(place);
                break;
            }
            machine.update::<T>(|_, items| seen(items[0]));
        }
        LEFT.set(machine.reader.registers);
        Ok(failed)
    }

    /// Runs over the part of a result that begins at element `origin`. The first block that fails is put in `failed`;
    /// blocks after it need not be run.
    fn run_part(&self, inputs: &[Input<'_>], origin: usize, target: Target<'_>, streams: bool, failed: &AtomicUsize) {
        let count = target.len();
        let registers = self.registers.take();
        let reader = Reader { inputs, registers, start: 0, len: 0 };
        let mut machine = Machine { reader, target, origin, streams };
        let length = self.block_length(streams);
        for (number, start) in (origin..origin + count).step_by(length).enumerate() {
            let asked = number % BLOCKS_PER_CHECK == BLOCKS_PER_CHECK - 1 && interrupt::requested();
            if asked || start > failed.load(Ordering::Relaxed) {
                break;
            }
            machine.reader.start = start;
            machine.reader.len = length.min(origin + count - start);
            for step in &self.steps {
                if step.run(&mut machine) {
                    self.restore(&mut machine);
                    failed.fetch_min(start, Ordering::Relaxed);
                    break;
                }
            }
        }
        if streams {
            end_of_stream();
        }
        LEFT.set(machine.reader.registers);
    }

    /// Elements that the steps take at once. Without intermediate results nothing need fit into the fastest cache.
    fn block_length(&self, streams: bool) -> usize {
        let RegisterCounts { bools, ints, floats, complexes } = self.registers;
        let alone = bools + ints + floats + complexes == 0 && !streams && !self.traits.can_fail;
        if alone { 16 * BLOCK } else { BLOCK }
    }

    fn restore(&self, machine: &mut Machine<'_, '_>) {
        match self.saved {
            Some(Saved::Bool(k)) => machine.restore_destination::<bool>(k),
            Some(Saved::Int(k)) => machine.restore_destination::<i64>(k),
            Some(Saved::Float(k)) => machine.restore_destination::<f64>(k),
            Some(Saved::Complex(k)) => machine.restore_destination::<Complex64>(k),
            None => {}
        }
    }
}
