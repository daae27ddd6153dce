//! The loops that kernels are made of, without branches inside: each is compiled into every kernel that uses it, for the
//! kernel's instruction set.

use super::{Operand, Output};
use std::mem::MaybeUninit;

/// Calls a kernel that sees the whole block, with the types that a bare closure lacks.
#[inline(always)]
pub(super) fn run<A, R>(f: impl Fn(&[A], Output<'_, R>) -> bool, a: &[A], out: Output<'_, R>) -> bool {
    f(a, out)
}

#[inline(always)]
pub(super) fn map<A: Copy, R>(a: &[A], out: Output<'_, R>, f: impl Fn(A) -> (R, bool)) -> bool {
    let mut failed = false;
    for (out, a) in out.iter_mut().zip(a) {
        let (result, fails) = f(*a);
        out.write(result);
        failed |= fails;
    }
    failed
}

#[inline(always)]
pub(super) fn zip<A: Copy, B: Copy, R>(a: &[A], b: &[B], out: Output<'_, R>, f: impl Fn(A, B) -> (R, bool)) -> bool {
    let mut failed = false;
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        let (result, fails) = f(*a, *b);
        out.write(result);
        failed |= fails;
    }
    failed
}

/// A loop for each kind of operands, so that none has a branch inside.
#[inline(always)]
pub(super) fn choose<T: Copy>(mask: &[bool], a: Operand<'_, T>, b: Operand<'_, T>, out: Output<'_, T>) {
    match (a, b) {
        (Operand::Constant(a), Operand::Constant(b)) => map(mask, out, |m| (if m { a } else { b }, false)),
        (Operand::Constant(a), Operand::Block(b)) => zip(mask, b, out, |m, b| (if m { a } else { b }, false)),
        (Operand::Block(a), Operand::Constant(b)) => zip(mask, a, out, |m, a| (if m { a } else { b }, false)),
        (Operand::Block(a), Operand::Block(b)) => {
            for (((out, m), a), b) in out.iter_mut().zip(mask).zip(a).zip(b) {
                out.write(if *m { *a } else { *b });
            }
            false
        }
    };
}

#[inline(always)]
pub(super) fn update<T: Copy, S: Copy>(items: &mut [T], others: Operand<'_, S>, f: impl Fn(T, S) -> T) {
    match others {
        Operand::Constant(other) => items.iter_mut().for_each(|item| *item = f(*item, other)),
        Operand::Block(others) => items.iter_mut().zip(others).for_each(|(item, other)| *item = f(*item, *other)),
    }
}

#[inline(always)]
pub(super) fn fused_in_place(a: Operand<'_, f64>, b: Operand<'_, f64>, c: &mut [f64], f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Operand::Block(a), Operand::Block(b)) => {
            for ((c, a), b) in c.iter_mut().zip(a).zip(b) {
                *c = f(*a * *b, *c);
            }
        }
        (Operand::Constant(a), Operand::Block(b)) | (Operand::Block(b), Operand::Constant(a)) => {
            update(c, Operand::Block(b), |c, b| f(a * b, c));
        }
        (Operand::Constant(a), Operand::Constant(b)) => update(c, Operand::Constant(a * b), |c, product| f(product, c)),
    }
}

/// A loop for each kind of operands, as above.
#[inline(always)]
pub(super) fn fused(
    a: Operand<'_, f64>,
    b: Operand<'_, f64>,
    c: Operand<'_, f64>,
    out: Output<'_, f64>,
    f: impl Fn(f64, f64) -> f64,
) {
    match (a, b, c) {
        (Operand::Block(a), Operand::Block(b), Operand::Block(c)) => {
            for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
                out.write(f(*a * *b, *c));
            }
            false
        }
        (Operand::Block(a), Operand::Block(b), Operand::Constant(c)) => zip(a, b, out, |a, b| (f(a * b, c), false)),
        (Operand::Constant(a), Operand::Block(b), Operand::Block(c))
        | (Operand::Block(b), Operand::Constant(a), Operand::Block(c)) => zip(b, c, out, |b, c| (f(a * b, c), false)),
        (Operand::Constant(a), Operand::Block(b), Operand::Constant(c))
        | (Operand::Block(b), Operand::Constant(a), Operand::Constant(c)) => map(b, out, |b| (f(a * b, c), false)),
        (Operand::Constant(a), Operand::Constant(b), Operand::Block(c)) => map(c, out, |c| (f(a * b, c), false)),
        (Operand::Constant(a), Operand::Constant(b), Operand::Constant(c)) => {
            out.fill(MaybeUninit::new(f(a * b, c)));
            false
        }
    };
}

#[inline(always)]
pub(super) fn find<A: Copy>(a: &[A], f: impl Fn(A) -> bool) -> bool {
    let mut found = false;
    for a in a {
        found |= f(*a);
    }
    found
}

/// A function by its core where all arguments are ordinary ones, else by the careful form, which gives the same bits for
/// those that are: an element's result never depends on its neighbours.
#[inline(always)]
pub(super) fn by_kind(
    a: &[f64],
    out: Output<'_, f64>,
    is_ordinary: impl Fn(f64) -> bool,
    core: impl Fn(f64) -> f64,
    careful: impl Fn(f64) -> f64,
) -> bool {
    if find(a, |x| !is_ordinary(x)) { map(a, out, |x| (careful(x), false)) } else { map(a, out, |x| (core(x), false)) }
}
