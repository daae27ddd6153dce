//! Logarithms: as floats, and as a sum of two for powers.

use super::{ROUNDER, select};

const TWO_54: f64 = 18014398509481984.0;

/// Is x a normal float above zero?
#[inline(always)]
pub fn log_is_ordinary(x: f64) -> bool {
    (f64::MIN_POSITIVE..=f64::MAX).contains(&x)
}

/// The natural logarithm where [`log_is_ordinary`] says so.
#[inline(always)]
pub fn log_core(x: f64) -> f64 {
    let (m, e) = mantissa_and_exponent(x);
    log_reduced(m, e)
}

/// The natural logarithm, for every float; NaN below zero.
#[inline(always)]
pub fn log_careful(x: f64) -> f64 {
    carefully(x, log_reduced)
}

/// The logarithm to base 2 where [`log_is_ordinary`] says so.
#[inline(always)]
pub fn log2_core(x: f64) -> f64 {
    let (m, e) = mantissa_and_exponent(x);
    log2_reduced(m, e)
}

/// The logarithm to base 2, for every float; NaN below zero.
#[inline(always)]
pub fn log2_careful(x: f64) -> f64 {
    carefully(x, log2_reduced)
}

/// The logarithm to base 10 where [`log_is_ordinary`] says so.
#[inline(always)]
pub fn log10_core(x: f64) -> f64 {
    let (m, e) = mantissa_and_exponent(x);
    log10_reduced(m, e)
}

/// The logarithm to base 10, for every float; NaN below zero.
#[inline(always)]
pub fn log10_careful(x: f64) -> f64 {
    carefully(x, log10_reduced)
}

/// Is 1 + x above zero and finite, with room?
#[inline(always)]
pub fn log1p_is_ordinary(x: f64) -> bool {
    (x > -1.0) & (x <= 1e300)
}

/// log(1 + x) where [`log1p_is_ordinary`] says so: log(u) + c / u, where u is the rounded sum and c what it lacks.
#[inline(always)]
pub fn log1p_core(x: f64) -> f64 {
    let u = 1.0 + x;
    let of_x = u - 1.0;
    let c = (1.0 - (u - of_x)) + (x - of_x);
    let (m, e) = mantissa_and_exponent(u);
    let (near, near_rest) = log_of_mantissa(m);
    // -0.0 is added to 0.0 on the way.
    with_exponent(near, near_rest + c / u, e).copysign(x)
}

/// log(1 + x), for every float; NaN below -1.
#[inline(always)]
pub fn log1p_careful(x: f64) -> f64 {
    let special = select(x == -1.0, f64::NEG_INFINITY, f64::NAN);
    select(log1p_is_ordinary(x), log1p_core(x), select(x > 1.0, log_careful(x), special))
}

/// A logarithm of mantissa and exponent, for every float.
#[inline(always)]
fn carefully(x: f64, reduced: impl Fn(f64, f64) -> f64) -> f64 {
    let subnormal = x < f64::MIN_POSITIVE;
    let (m, e) = mantissa_and_exponent(select(subnormal, x * TWO_54, x));
    let y = reduced(m, e - select(subnormal, 54.0, 0.0));
    let y = select(x == f64::INFINITY, f64::INFINITY, y);
    let y = select(x == 0.0, f64::NEG_INFINITY, y);
    select(x >= 0.0, y, f64::NAN)
}

/// x = 2^e * m with m between sqrt(1/2) and sqrt(2), for a normal float above zero.
#[inline(always)]
fn mantissa_and_exponent(x: f64) -> (f64, f64) {
    const ROOT_OF_HALF: u64 = 0x3fe6a09e667f3bcd;
    // The bias makes the shift an unsigned one: AVX2 has no signed shift of 64 bits.
    let biased = x.to_bits().wrapping_sub(ROOT_OF_HALF).wrapping_add(1 << 63);
    let m = f64::from_bits((biased & ((1 << 52) - 1)) + ROOT_OF_HALF);
    let e = f64::from_bits((biased >> 52) | ROUNDER.to_bits()) - (ROUNDER + 2048.0);
    (m, e)
}

/// e ln 2 + log(m).
#[inline(always)]
fn log_reduced(m: f64, e: f64) -> f64 {
    let (near, near_rest) = log_of_mantissa(m);
    with_exponent(near, near_rest, e)
}

/// e ln 2 + near + near_rest.
#[inline(always)]
fn with_exponent(near: f64, near_rest: f64, e: f64) -> f64 {
    // ln 2 in two parts: products of the first with small integers are exact.
    const LN_2_HIGH: f64 = 6.93147180369123816490e-01;
    const LN_2_LOW: f64 = 1.90821492927058770002e-10;
    let far = e * LN_2_HIGH;
    let sum = far + near;
    sum + (((far - sum) + near) + e.mul_add(LN_2_LOW, near_rest))
}

/// log(m), not rounded. With f = m - 1 and s = f / (2 + f) it is f - f²/2 + s (f²/2 + R(s²)), R as in fdlibm; the large terms
/// are kept with what rounding takes from them, so that the logarithm is within 0.6 units in the last place.
#[inline(always)]
fn log_of_mantissa(m: f64) -> (f64, f64) {
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let a0 = z.mul_add(3.999999999940941908e-01, 6.666666666666735130e-01);
    let a1 = z.mul_add(2.222219843214978396e-01, 2.857142874366239149e-01);
    let a2 = z.mul_add(1.531383769920937332e-01, 1.818357216161805012e-01);
    let a3 = w.mul_add(1.479819860511658591e-01, a2);
    let r = a3.mul_add(w, a1).mul_add(w, a0);
    let half = 0.5 * f;
    let square = half * f;
    let square_rest = half.mul_add(f, -square);
    let near = f - square;
    let near_rest = ((f - near) - square) - square_rest;
    (near, s.mul_add(r.mul_add(z, square), near_rest))
}

#[inline(always)]
fn log2_reduced(m: f64, e: f64) -> f64 {
    to_base(m, e, [1.0, 0.0], [std::f64::consts::LOG2_E, 2.0355273740931033e-17])
}

#[inline(always)]
fn log10_reduced(m: f64, e: f64) -> f64 {
    // The first part of log10(2) has 42 bits.
    const LOG10_2: [f64; 2] = [0.30102999566395283, 2.8363394551044964e-14];
    to_base(m, e, LOG10_2, [std::f64::consts::LOG10_E, 1.098319650216765e-17])
}

/// e * two + log(m) * unit, both constants in two parts; exact where the logarithm is a float.
#[inline(always)]
fn to_base(m: f64, e: f64, two: [f64; 2], unit: [f64; 2]) -> f64 {
    let (near, near_rest) = log_of_mantissa(m);
    let high = near + near_rest;
    let low = (near - high) + near_rest;
    let product = high * unit[0];
    let product_rest = low.mul_add(unit[0], high.mul_add(unit[1], high.mul_add(unit[0], -product)));
    let far = e * two[0];
    let sum = far + product;
    sum + (((far - sum) + product) + e.mul_add(two[1], product_rest))
}

/// The logarithm of a float above zero as a sum of two, off by 2^-67 of it. log(m) = 2s + s³ (2/3 + s² T(s²)) with
/// s = (m - 1) / (m + 1); T is the minimax polynomial of degree 7, and all but T has twice the digits of a float.
#[inline(always)]
pub(super) fn log_parts(x: f64) -> (f64, f64) {
    const TWO_THIRDS: f64 = 0.6666666666666666;
    const TWO_THIRDS_REST: f64 = 3.700743415417188e-17;
    // ln 2 in two parts, the first with 42 bits.
    const LN_2_HIGH: f64 = 0.6931471805598903;
    const LN_2_LOW: f64 = 5.497923018708371e-14;
    let subnormal = x < f64::MIN_POSITIVE;
    let (m, e) = mantissa_and_exponent(select(subnormal, x * TWO_54, x));
    let e = e - select(subnormal, 54.0, 0.0);
    let f = m - 1.0;
    let below = m + 1.0;
    let below_rest = m - (below - 1.0);
    let inverse = 1.0 / below;
    let s = f * inverse;
    let s_rest = s.mul_add(-below_rest, s.mul_add(-below, f)) * inverse;
    let z = s * s;
    let z_rest = (s + s).mul_add(s_rest, s.mul_add(s, -z));
    let w = z * z;
    let a0 = z.mul_add(0.285714285714451, 0.3999999999999998);
    let a1 = z.mul_add(0.18181818869963765, 0.22222222217539303);
    let a2 = z.mul_add(0.13336316490179234, 0.15384556895057883);
    let a3 = z.mul_add(0.11988855449304694, 0.11674837408880197);
    let t = a3.mul_add(w, a2).mul_add(w * w, a1.mul_add(w, a0));
    let product = z * t;
    let product_rest = z_rest.mul_add(t, z.mul_add(t, -product));
    let c = TWO_THIRDS + product;
    let c_rest = ((TWO_THIRDS - c) + product) + (product_rest + TWO_THIRDS_REST);
    let cube = s * z;
    let cube_rest = s_rest.mul_add(z, s.mul_add(z_rest, s.mul_add(z, -cube)));
    let q = cube * c;
    let q_rest = cube_rest.mul_add(c, cube.mul_add(c_rest, cube.mul_add(c, -q)));
    let twice = s + s;
    let near = twice + q;
    let near_rest = ((twice - near) + q) + (q_rest + (s_rest + s_rest));
    let far = e * LN_2_HIGH;
    let sum = far + near;
    let sum_rest = ((far - sum) + near) + e.mul_add(LN_2_LOW, near_rest);
    let high = sum + sum_rest;
    (high, (sum - high) + sum_rest)
}
