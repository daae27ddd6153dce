//! The natural logarithm: as a float, and as a sum of two for powers.

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
    let subnormal = x < f64::MIN_POSITIVE;
    let (m, e) = mantissa_and_exponent(select(subnormal, x * TWO_54, x));
    let y = log_reduced(m, e - select(subnormal, 54.0, 0.0));
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

/// e ln 2 + log(m). With f = m - 1 and s = f / (2 + f), log(m) = f - f²/2 + s (f²/2 + R(s²)), R as in fdlibm; the large terms
/// are kept with what rounding takes from them, so that the result is within 0.6 units in the last place.
#[inline(always)]
fn log_reduced(m: f64, e: f64) -> f64 {
    // ln 2 in two parts: products of the first with small integers are exact.
    const LN_2_HIGH: f64 = 6.93147180369123816490e-01;
    const LN_2_LOW: f64 = 1.90821492927058770002e-10;
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
    let far = e * LN_2_HIGH;
    let sum = far + near;
    let sum_rest = ((far - sum) + near) + e.mul_add(LN_2_LOW, near_rest);
    sum + s.mul_add(r.mul_add(z, square), sum_rest)
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
