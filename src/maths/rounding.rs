//! Rounding, to whole numbers and to digits; signs; the larger and the smaller of two floats.

use super::{power, select};

/// The nearest integer, halves to the even one.
pub fn round(x: f64) -> f64 {
    x.round_ties_even()
}

/// The factor that `digits` places after the point are moved by.
pub fn scale_of_digits(digits: i64, base: f64) -> f64 {
    power(base, digits.clamp(-400, 400).unsigned_abs() as f64)
}

/// Rounds to places after the point (before it, where they are negative) by a rounding to whole numbers. Julia's rule: the
/// scale is a power of the base, and what cannot be scaled stays as it is.
pub fn round_to_digits(f: impl Fn(f64) -> f64, x: f64, digits: i64, base: f64) -> f64 {
    let scale = scale_of_digits(digits, base);
    let rounded = if digits >= 0 { f(x * scale) / scale } else { f(x / scale) * scale };
    if rounded.is_finite() {
        rounded
    } else if digits < 0 && x.is_finite() {
        // The scale itself is beyond the floats: x is nothing against it.
        match f(0.5f64.copysign(x) * f64::MIN_POSITIVE) {
            near if near == 0.0 => near,
            away => away * f64::INFINITY,
        }
    } else {
        x
    }
}

/// Rounds to so many digits, from the first that is not zero on.
pub fn round_to_significant(f: impl Fn(f64) -> f64, x: f64, digits: i64, base: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let before_point = (x.abs().ln() / base.ln()).floor() as i64 + 1;
    // The logarithm of a power of the base may come out a little too small.
    let before_point = if base.powi(before_point as i32) <= x.abs() { before_point + 1 } else { before_point };
    round_to_digits(f, x, digits.min(400) - before_point, base)
}

/// -1, 0 or 1; a zero and NaN are what they are.
#[inline(always)]
pub fn sign(x: f64) -> f64 {
    select((x == 0.0) | x.is_nan(), x, 1.0_f64.copysign(x))
}

/// The larger float; NaN if one is. 0.0 is larger than -0.0.
#[inline(always)]
pub fn larger(x: f64, y: f64) -> f64 {
    let first = (x > y) | ((x == y) & x.is_sign_positive());
    select(x.is_nan() | y.is_nan(), f64::NAN, select(first, x, y))
}

/// The smaller float; NaN if one is. -0.0 is smaller than 0.0.
#[inline(always)]
pub fn smaller(x: f64, y: f64) -> f64 {
    -larger(-x, -y)
}
