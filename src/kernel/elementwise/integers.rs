//! Products and quotients of integers, with loops that are vectorised where all operands of a part are small.

use super::loops::{find, map, zip};
use super::{Operand, Output};
use std::mem::MaybeUninit;

/// Elements that are looked at, and then computed while they are in the cache.
const TOGETHER: usize = 1024;

/// 1.5 * 2^52: the sum with an integer up to 2^51 in size has it in its low bits.
const ROUNDER: f64 = 6755399441055744.0;

/// Products. Where all factors have 32 bits none has more than 64, and none need be looked at.
#[inline(always)]
pub(super) fn multiply(a: Operand<'_, i64>, b: Operand<'_, i64>, out: Output<'_, i64>) -> bool {
    let is_small = |x: i64| x == i64::from(x as i32);
    in_parts(a, b, out, is_small, is_small, i64::wrapping_mul, i64::overflowing_mul)
}

/// What is computed of quotients and rests.
#[derive(Clone, Copy)]
pub(super) enum Division {
    /// `div`, `÷`
    Quotient,
    /// `rem`, `%`
    Rest,
    /// `fld`
    Floor,
    /// `mod`
    Modulo,
}

/// Quotients or rests; a division by zero fails, and a quotient of more than 64 bits.
#[inline(always)]
pub(super) fn divide(a: Operand<'_, i64>, b: Operand<'_, i64>, out: Output<'_, i64>, what: Division) -> bool {
    let is_small = |x: i64| (x.wrapping_add(1 << 51) as u64) < 1 << 52;
    let divides = |y: i64| is_small(y) & (y != 0);
    let small = |x: i64, y: i64| {
        let quotient = small_quotient(x, y);
        of_quotient(x, y, quotient, what)
    };
    in_parts(a, b, out, is_small, divides, small, |x, y| divided(x, y, what))
}

/// One quotient or rest, and whether it failed.
#[inline(always)]
pub(super) fn divided(x: i64, y: i64, what: Division) -> (i64, bool) {
    match (x.checked_div(y), what) {
        (Some(quotient), what) => (of_quotient(x, y, quotient, what), false),
        // The quotient of the smallest integer by -1 has 65 bits, and leaves nothing.
        (None, Division::Rest | Division::Modulo) => (0, y == 0),
        (None, Division::Quotient | Division::Floor) => (0, true),
    }
}

/// The quotient of integers of 52 bits, by floats. Unless it is whole it lies further from the next integer than rounding
/// takes it, so that the integer before it is the right one.
#[inline(always)]
fn small_quotient(x: i64, y: i64) -> i64 {
    let bits = ROUNDER.to_bits() as i64;
    let float = |n: i64| f64::from_bits(n.wrapping_add(bits) as u64) - ROUNDER;
    ((float(x) / float(y)).trunc() + ROUNDER).to_bits().wrapping_sub(bits as u64) as i64
}

#[inline(always)]
fn of_quotient(x: i64, y: i64, quotient: i64, what: Division) -> i64 {
    let rest = x.wrapping_sub(quotient.wrapping_mul(y));
    let is_below = (rest != 0) & ((rest < 0) != (y < 0));
    match what {
        Division::Quotient => quotient,
        Division::Rest => rest,
        Division::Floor => quotient - i64::from(is_below),
        Division::Modulo => rest + if is_below { y } else { 0 },
    }
}

/// Part by part, in one way where all operands are small and in another elsewhere.
#[inline(always)]
fn in_parts(
    a: Operand<'_, i64>,
    b: Operand<'_, i64>,
    out: Output<'_, i64>,
    left_is_small: impl Fn(i64) -> bool,
    right_is_small: impl Fn(i64) -> bool,
    small: impl Fn(i64, i64) -> i64,
    any: impl Fn(i64, i64) -> (i64, bool),
) -> bool {
    let mut failed = false;
    for (number, out) in out.chunks_mut(TOGETHER).enumerate() {
        let (start, count) = (number * TOGETHER, out.len());
        let (a, b) = (a.part(start, count), b.part(start, count));
        failed |= if all(a, &left_is_small) && all(b, &right_is_small) {
            pairs(a, b, out, |x, y| (small(x, y), false))
        } else {
            pairs(a, b, out, &any)
        };
    }
    failed
}

#[inline(always)]
fn all(operand: Operand<'_, i64>, holds: impl Fn(i64) -> bool) -> bool {
    match operand {
        Operand::Constant(x) => holds(x),
        Operand::Block(items) => !find(items, |x| !holds(x)),
    }
}

/// A loop for each kind of operands, so that none has a branch inside.
#[inline(always)]
fn pairs(a: Operand<'_, i64>, b: Operand<'_, i64>, out: Output<'_, i64>, f: impl Fn(i64, i64) -> (i64, bool)) -> bool {
    match (a, b) {
        (Operand::Block(a), Operand::Block(b)) => zip(a, b, out, f),
        (Operand::Block(a), Operand::Constant(y)) => map(a, out, |x| f(x, y)),
        (Operand::Constant(x), Operand::Block(b)) => map(b, out, |y| f(x, y)),
        (Operand::Constant(x), Operand::Constant(y)) => {
            let (result, failed) = f(x, y);
            out.fill(MaybeUninit::new(result));
            failed
        }
    }
}
