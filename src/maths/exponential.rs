//! e, 2 and 10 to the x, for one float and for a float and a rest; hyperbolic functions.
//!
//! x = n ln 2 + r with |r| ≤ ln 2 / 2, and the polynomial for (e^r - 1 - r) / r² is the minimax one of degree 10 (Remez's
//! algorithm with 300 bits, its first coefficient 1/2 exactly), off by 2^-60 of e^r.

use super::{ROUNDER, quotient, quotient_parts, select};
use std::f64::consts::{LN_2, LN_10, LOG2_E};

/// What the floats nearest to ln 2 and ln 10 lack.
const LN_2_REST: f64 = 2.3190468138462996e-17;
const LN_10_REST: f64 = -2.1707562233822494e-16;

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

/// Is 2 to the x a normal float, and no special one?
#[inline(always)]
pub fn exp2_is_ordinary(x: f64) -> bool {
    x.abs() <= 1020.0
}

/// 2 to the x where [`exp2_is_ordinary`] says so.
#[inline(always)]
pub fn exp2_core(x: f64) -> f64 {
    let (p, turns) = exp2_parts(x);
    scaled(p, turns)
}

/// 2 to the x, for every float.
#[inline(always)]
pub fn exp2_careful(x: f64) -> f64 {
    let x = select(x > 1025.0, 1025.0, x);
    let x = select(x < -1100.0, -1100.0, x);
    let (p, turns) = exp2_parts(x);
    carefully_scaled(p, turns)
}

#[inline(always)]
fn exp2_parts(x: f64) -> (f64, f64) {
    let turns = x + ROUNDER;
    let r = x - (turns - ROUNDER);
    let whole = r * LN_2;
    (exp_reduced(whole, r.mul_add(LN_2_REST, r.mul_add(LN_2, -whole))), turns)
}

/// Is 10 to the x a normal float, and no special one?
#[inline(always)]
pub fn exp10_is_ordinary(x: f64) -> bool {
    x.abs() <= 307.0
}

/// 10 to the x where [`exp10_is_ordinary`] says so.
#[inline(always)]
pub fn exp10_core(x: f64) -> f64 {
    let (high, low) = times_ln_10(x);
    exp_of_sum(high, low)
}

/// 10 to the x, for every float.
#[inline(always)]
pub fn exp10_careful(x: f64) -> f64 {
    let (high, low) = times_ln_10(x);
    exp_of_sum_carefully(high, low)
}

#[inline(always)]
fn times_ln_10(x: f64) -> (f64, f64) {
    let high = x * LN_10;
    (high, x.mul_add(LN_10_REST, x.mul_add(LN_10, -high)))
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
    let Reduced { r, square, cube, tail, rest, small } = reduced(n.mul_add(-LN_2, high), n.mul_add(-LN_2_REST, low));
    let one = 1.0 + r;
    let sum = one + square;
    let sum_rest = ((1.0 - one) + r) + ((one - sum) + square);
    (sum + tail.mul_add(cube, rest.mul_add(sum, sum_rest + small)), turns)
}

/// What e to the r + rest is made of where the result is to be the nearest float nearly always: powers of ten must be the
/// floats that they are written as. It is
/// 1 + r + square + cube * tail + small, times 1 + rest.
struct Reduced {
    r: f64,
    square: f64,
    cube: f64,
    tail: f64,
    rest: f64,
    /// Of square and tail.
    small: f64,
}

/// e to the whole + rest, which is reduced.
#[inline(always)]
fn exp_reduced(whole: f64, rest: f64) -> f64 {
    let (one, above) = exp_reduced_parts(whole, rest);
    one + above
}

/// The same as a sum of two, not rounded. Sums are kept with what rounding takes from them, so that the result is within
/// 0.62 units in the last place.
#[inline(always)]
fn exp_reduced_parts(whole: f64, rest: f64) -> (f64, f64) {
    let r = whole + rest;
    let rest = (whole - r) + rest;
    let one = 1.0 + r;
    let below = (1.0 - one) + r;
    (one, tail(r).mul_add(r * r, rest.mul_add(one, below)))
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

/// The parts of e to the whole + rest. The minimax polynomial begins with 1/2 and
/// 1/6 and is off by 2^-63.
#[inline(always)]
fn reduced(whole: f64, rest: f64) -> Reduced {
    const SIXTH: f64 = 1.0 / 6.0;
    const SIXTH_REST: f64 = 9.25185853854297e-18;
    let r = whole + rest;
    let half = 0.5 * r;
    let square = half * r;
    let r2 = square + square;
    let r4 = r2 * r2;
    let a0 = r.mul_add(0.04166666666666641, SIXTH);
    let a1 = r.mul_add(0.0013888888889052146, 0.008333333333327253);
    let a2 = r.mul_add(2.480158696454488e-5, 0.00019841269875058007);
    let a3 = r.mul_add(2.7557592504405e-7, 2.755725336137926e-6);
    let a4 = r.mul_add(2.0814869914522447e-9, 2.5106319710561076e-8);
    let tail = a4.mul_add(r4, a3.mul_add(r2, a2)).mul_add(r4, a1.mul_add(r2, a0));
    let cube = r * r2;
    let small = cube.mul_add(SIXTH_REST, half.mul_add(r, -square));
    Reduced { r, square, cube, tail, rest: (whole - r) + rest, small }
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

/// e^y - 1 and what rounding has taken from it, for y from -700 to 700.
#[inline(always)]
fn expm1_parts(y: f64) -> (f64, f64) {
    let turns = y.mul_add(LOG2_E, ROUNDER);
    let n = turns - ROUNDER;
    let Reduced { r, square, cube, tail, rest, small } = reduced(n.mul_add(-LN_2, y), n * -LN_2_REST);
    // 2^n (1 + r + square + …) - 1
    let power = power_of_two(turns);
    let (a, b, c) = (power - 1.0, power * r, power * square);
    let first = a + b;
    let high = first + c;
    let low = ((a - first) + b) + ((first - high) + c);
    let low = power.mul_add(tail.mul_add(cube, rest.mul_add(r, rest) + small), low);
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

/// May [`expm1_core`], [`sinh_core`] and [`cosh_core`] be used?
#[inline(always)]
pub fn expm1_is_ordinary(x: f64) -> bool {
    x.abs() <= 700.0
}

/// e^x - 1 where [`expm1_is_ordinary`] says so.
#[inline(always)]
pub fn expm1_core(x: f64) -> f64 {
    // -0.0 is added to 0.0 on the way.
    expm1_parts(x).0.copysign(x)
}

/// e^x - 1, for every float.
#[inline(always)]
pub fn expm1_careful(x: f64) -> f64 {
    let far = select(x < 0.0, -1.0, exp_careful(x));
    select(expm1_is_ordinary(x), expm1_core(x), far)
}

/// The hyperbolic sine where [`expm1_is_ordinary`] says so: (E + E / (E + 1)) / 2 with E = e^|x| - 1.
#[inline(always)]
pub fn sinh_core(x: f64) -> f64 {
    let (high, low) = expm1_parts(x.abs());
    let below = high + 1.0;
    let (q, q_rest) = quotient_parts(high, low, below, (high - (below - 1.0)) + low);
    let sum = high + q;
    (0.5 * (sum + (((high - sum) + q) + (q_rest + low)))).copysign(x)
}

/// The hyperbolic sine, for every float.
#[inline(always)]
pub fn sinh_careful(x: f64) -> f64 {
    select(expm1_is_ordinary(x), sinh_core(x), half_exp(x.abs()).copysign(x))
}

/// The hyperbolic cosine where [`expm1_is_ordinary`] says so.
#[inline(always)]
pub fn cosh_core(x: f64) -> f64 {
    let size = x.abs();
    let turns = size.mul_add(LOG2_E, ROUNDER);
    let n = turns - ROUNDER;
    let (one, above) = exp_reduced_parts(n.mul_add(-LN_2, size), n * -LN_2_REST);
    let (p, half_power) = (one + above, 0.5 * power_of_two(turns));
    let (half, half_rest) = (p * half_power, ((one - p) + above) * half_power);
    // Half of e^-|x|, which is the smaller one, and what its rounding has left.
    let q = 0.25 / half;
    let q_rest = (4.0 * q) * q.mul_add(-half_rest, q.mul_add(-half, 0.25));
    let sum = half + q;
    sum + (((half - sum) + q) + (half_rest + q_rest))
}

/// The hyperbolic cosine, for every float.
#[inline(always)]
pub fn cosh_careful(x: f64) -> f64 {
    select(expm1_is_ordinary(x), cosh_core(x), half_exp(x.abs()))
}

/// Half of e to the x, which may be too large itself.
#[inline(always)]
fn half_exp(x: f64) -> f64 {
    let high = x - LN_2;
    exp_of_sum_carefully(high, ((x - high) - LN_2) - LN_2_REST)
}
