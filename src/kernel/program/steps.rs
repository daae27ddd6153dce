//! The steps of programs: a kernel, a test, a function called for every element, with operands and a place.

use super::{Cell, Data, Input, Layout, Machine, Place, Saved, Source, Step};
use crate::kernel::elementwise::{Kernel1, Kernel2, KernelChoose, KernelFused, Output, Test, Update};
use std::mem::MaybeUninit;

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

    fn in_place(&self, old: Saved) -> Option<Box<dyn Step>> {
        let kernel = self.kernel.in_place?;
        match (self.a, self.b) {
            (Source::Register(k), other) if A::saved(k) == old => {
                Some(Box::new(Updating { kernel: kernel.left, other }))
            }
            (other, Source::Register(k)) if B::saved(k) == old => {
                Some(Box::new(Updating { kernel: kernel.right, other }))
            }
            _ => None,
        }
    }
}

/// A kernel of two operands, of which one is the destination.
struct Updating<T, S> {
    kernel: Update<T, S>,
    other: Source<S>,
}

impl<T: Cell, S: Cell> Step for Updating<T, S> {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        // SAFETY: as for `Unary`.
        machine.update(|reader, items| unsafe { (self.kernel)(items, reader.operand(self.other)) });
        false
    }

    fn redirect(&mut self, _: Place) {}
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

/// A product and a third operand in one go.
pub struct Fused {
    pub kernel: KernelFused,
    pub a: Source<f64>,
    pub b: Source<f64>,
    pub c: Source<f64>,
    pub to: Place,
}

impl Step for Fused {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        machine.write(self.to, |reader, out| {
            let (a, b, c) = (reader.operand(self.a), reader.operand(self.b), reader.operand(self.c));
            // SAFETY: as for `Unary`.
            unsafe { (self.kernel.blocks)(a, b, c, out) };
            false
        })
    }
    redirect!();

    fn in_place(&self, old: Saved) -> Option<Box<dyn Step>> {
        let Fused { kernel, a, b, .. } = *self;
        matches!(self.c, Source::Register(k) if f64::saved(k) == old).then(|| Box::new(FusedInto { kernel, a, b }) as _)
    }
}

/// A product that is put together with the destination.
struct FusedInto {
    kernel: KernelFused,
    a: Source<f64>,
    b: Source<f64>,
}

impl Step for FusedInto {
    fn run(&self, machine: &mut Machine<'_, '_>) -> bool {
        // SAFETY: as for `Unary`.
        machine.update(|reader, items| unsafe {
            (self.kernel.in_place)(reader.operand(self.a), reader.operand(self.b), items)
        });
        false
    }

    fn redirect(&mut self, _: Place) {}
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

pub(super) fn copy<T: Cell>(items: &[T], out: Output<'_, T>) {
    // SAFETY: `MaybeUninit<T>` is laid out as `T`, and what is initialised may be taken for what need not be.
    let items = unsafe { &*(items as *const [T] as *const [MaybeUninit<T>]) };
    out[..items.len()].copy_from_slice(items);
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
