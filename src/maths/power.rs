//! Powers: e to the y log(x), where logarithm and product have twice the digits of a float.

use super::exponential::{exp_is_ordinary, exp_of_sum, exp_of_sum_carefully};
use super::logarithm::log_parts;
use super::{fused, select};

/// `x ^ y`; NaN for a negative number to a fractional power. Small whole powers are products, so that `x^2 == x*x`.
#[inline]
pub fn power(x: f64, y: f64) -> f64 {
    if y == 2.0 {
        x * x
    } else if y == 3.0 {
        x * x * x
    } else if y == 1.0 {
        x
    } else if y == -1.0 {
        1.0 / x
    } else {
        by_logarithm(x, y)
    }
}

fused! {
    fn by_logarithm(x, y) = {
        let log = power_log(base_log(x), y);
        if power_is_ordinary(x, y, log.0) { power_of_log(log) } else { power_of_log_carefully(x, y, log) }
    };
}

/// Is the power a complex number: that of a negative number, and fractional?
#[inline(always)]
pub fn power_is_complex(x: f64, y: f64) -> bool {
    (x < 0.0) & (x > f64::NEG_INFINITY) & (y.trunc() != y) & !y.is_nan()
}

/// The logarithm of a base's absolute value as a sum of two, which means nothing for zero, infinity and NaN.
#[inline(always)]
pub fn base_log(x: f64) -> (f64, f64) {
    log_parts(x.abs())
}

/// The logarithm of a power, from that of its base.
#[inline(always)]
pub fn power_log((log, log_rest): (f64, f64), y: f64) -> (f64, f64) {
    let high = y * log;
    (high, y.mul_add(log_rest, y.mul_add(log, -high)))
}

/// Is the power with this logarithm a normal float, and e to the logarithm all there is to it?
#[inline(always)]
pub fn power_is_ordinary(x: f64, y: f64, log: f64) -> bool {
    (x > 0.0) & (x < f64::INFINITY) & exp_is_ordinary(log) & (y != 2.0) & (y != 3.0) & (y != -1.0)
}

/// The power from its logarithm, where [`power_is_ordinary`] says so.
#[inline(always)]
pub fn power_of_log((high, low): (f64, f64)) -> f64 {
    exp_of_sum(high, low)
}

/// The power from its logarithm, for all floats: that of [`power`], with special values as C has them.
#[inline(always)]
pub fn power_of_log_carefully(x: f64, y: f64, (high, low): (f64, f64)) -> f64 {
    let size = x.abs();
    let high = select(size == 0.0, y * f64::NEG_INFINITY, high);
    let high = select(size == f64::INFINITY, y * f64::INFINITY, high);
    let power = exp_of_sum_carefully(high, low);
    let power = select((size == 1.0) | (y == 0.0), 1.0, power);
    let half = y * 0.5;
    let odd = (y == y.trunc()) & (half != half.trunc());
    let power = select(x.is_sign_negative() & odd, -power, power);
    let unknown = (x.is_nan() & (y != 0.0)) | (y.is_nan() & (x != 1.0));
    let power = select(unknown | power_is_complex(x, y), f64::NAN, power);
    let power = select(y == 2.0, x * x, power);
    let power = select(y == 3.0, x * x * x, power);
    select(y == -1.0, 1.0 / x, power)
}
