//! e to the x, and what is made of it: for one float, and for a float and a rest.
//!
//! x = n ln 2 + r with |r| ≤ ln 2 / 2, and the polynomial for (e^r - 1 - r) / r² is the minimax one of degree 10 (Remez's
//! algorithm with 300 bits, its first coefficient 1/2 exactly), off by 2^-60 of e^r.

use super::{ROUNDER, quotient, select};
use std::f64::consts::{LN_2, LOG2_E};

/// What the float nearest to ln 2 lacks.
const LN_2_REST: f64 = 2.3190468138462996e-17;

/// Beyond these the result is infinite or zero anyway, and its exponent stays in its field.
const LEAST: f64 = -750.0;
const MOST: f64 = 710.0;

/// Is e to the x a normal float, and no special one?
#[inline(always)]
pub fn exp_is_ordinary(x: f64) -> bool {
    x.abs() <= 708.0
}

/// e to the x where [`exp_is_ordinary`] says so.
#[inline(always)]
pub fn exp_core(x: f64) -> f64 {
    let (p, turns) = exp_parts(x);
    scaled(p, turns)
}

/// e to the x, for every float.
#[inline(always)]
pub fn exp_careful(x: f64) -> f64 {
    let x = select(x > MOST, MOST, x);
    let x = select(x < LEAST, LEAST, x);
    let (p, turns) = exp_parts(x);
    carefully_scaled(p, turns)
}

/// e to the high + low where `high` is as [`exp_is_ordinary`] says.
#[inline(always)]
pub(super) fn exp_of_sum(high: f64, low: f64) -> f64 {
    let (p, turns) = exp_parts_of_sum(high, low);
    scaled(p, turns)
}

/// e to the high + low, for every float.
#[inline(always)]
pub(super) fn exp_of_sum_carefully(high: f64, low: f64) -> f64 {
    let far = !(LEAST..=MOST).contains(&high);
    let high = select(high > MOST, MOST, high);
    let high = select(high < LEAST, LEAST, high);
    let (p, turns) = exp_parts_of_sum(high, select(far, 0.0, low));
    carefully_scaled(p, turns)
}

/// The power of e as p * 2^n; n + [`ROUNDER`] is what comes second.
#[inline(always)]
fn exp_parts(x: f64) -> (f64, f64) {
    let turns = x.mul_add(LOG2_E, ROUNDER);
    let n = turns - ROUNDER;
    (exp_reduced(n.mul_add(-LN_2, x), n * -LN_2_REST), turns)
}

#[inline(always)]
fn exp_parts_of_sum(high: f64, low: f64) -> (f64, f64) {
    let turns = high.mul_add(LOG2_E, ROUNDER);
    let n = turns - ROUNDER;
    (exp_reduced(n.mul_add(-LN_2, high), n.mul_add(-LN_2_REST, low)), turns)
}

/// e to the whole + rest, which is reduced. Sums are kept with what rounding takes from them, so that the result is within
/// 0.62 units in the last place.
#[inline(always)]
fn exp_reduced(whole: f64, rest: f64) -> f64 {
    let r = whole + rest;
    let rest = (whole - r) + rest;
    let one = 1.0 + r;
    let below = (1.0 - one) + r;
    one + tail(r).mul_add(r * r, rest.mul_add(one, below))
}

/// (e^r - 1 - r) / r², in Estrin's order, which has short chains of dependent operations.
#[inline(always)]
fn tail(r: f64) -> f64 {
    let r2 = r * r;
    let r4 = r2 * r2;
    let a0 = r.mul_add(0.16666666666666682, 0.5);
    let a1 = r.mul_add(0.008333333333317051, 0.041666666666666095);
    let a2 = r.mul_add(0.00019841269896339925, 0.0013888888889115347);
    let a3 = r.mul_add(2.75572349062314e-6, 2.4801586926986022e-5);
    let a4 = r.mul_add(2.511202128626744e-8, 2.755758167473736e-7);
    let b0 = a1.mul_add(r2, a0);
    let b1 = a3.mul_add(r2, a2);
    let b2 = r2.mul_add(2.082664904981641e-9, a4);
    b2.mul_add(r4, b1).mul_add(r4, b0)
}

/// p * 2^n where that is a normal float: n, which stands in the low bits, is added to the exponent.
#[inline(always)]
fn scaled(p: f64, turns: f64) -> f64 {
    f64::from_bits(p.to_bits().wrapping_add(turns.to_bits() << 52))
}

/// p * 2^n with the power as two factors, so that results below the normal floats are rounded once, by the last product.
#[inline(always)]
fn carefully_scaled(p: f64, turns: f64) -> f64 {
    let n = turns - ROUNDER;
    let half = n * 0.5 + ROUNDER;
    let rest = (n - (half - ROUNDER)) + ROUNDER;
    p * power_of_two(half) * power_of_two(rest)
}

/// 2^n for a small n, given as n + [`ROUNDER`].
#[inline(always)]
fn power_of_two(turns: f64) -> f64 {
    f64::from_bits(turns.to_bits().wrapping_add(1023) << 52)
}

/// e^y - 1 and what rounding has taken from it, for y from 0 to 40.
#[inline(always)]
fn expm1_parts(y: f64) -> (f64, f64) {
    let turns = y.mul_add(LOG2_E, ROUNDER);
    let n = turns - ROUNDER;
    let whole = n.mul_add(-LN_2, y);
    let r = n.mul_add(-LN_2_REST, whole);
    let rest = n.mul_add(-LN_2_REST, whole - r);
    let tail = tail(r).mul_add(r * r, rest);
    // 2^n (1 + r + tail) - 1
    let power = power_of_two(turns);
    let (a, b) = (power - 1.0, power * r);
    let high = a + b;
    let low = power.mul_add(tail, (a - high) + b);
    let sum = high + low;
    (sum, (high - sum) + low)
}

/// The hyperbolic tangent, for every float: E / (E + 2) with E = e^2|x| - 1.
#[inline(always)]
pub fn tanh_core(x: f64) -> f64 {
    let y = 2.0 * x.abs();
    let (high, low) = expm1_parts(select(y > 40.0, 40.0, y));
    let below = high + 2.0;
    quotient(high, low, below, (high - (below - 2.0)) + low).copysign(x)
}
