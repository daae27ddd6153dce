//! Elementary functions of floats, with the same bits whether they are called alone or by a kernel of blocks, on every machine.
//!
//! For each function `f` there is an `f_core` for ordinary arguments, without branches, so that a loop over it is vectorised;
//! `f_is_ordinary`, which says where it holds; and an `f_careful` for every argument, which gives the core's bits where the
//! core holds. All are within one unit in the last place, most results are the nearest float. They use fused
//! multiply-add, which rounds once wherever it runs: as an instruction where the processor has it (the functions here and
//! the kernels are compiled for that), else as a slow function of the C library with the same results.

// The constants of fdlibm have its digits, so that they can be compared with it.
#![allow(clippy::excessive_precision)]

mod exponential;
mod inverse;
mod logarithm;
mod power;
mod roots;
mod rounding;
mod trigonometry;

pub(crate) use exponential::{
    cosh_careful, cosh_core, exp_careful, exp_core, exp_is_ordinary, exp2_careful, exp2_core, exp2_is_ordinary,
    exp10_careful, exp10_core, exp10_is_ordinary, expm1_careful, expm1_core, expm1_is_ordinary, sinh_careful,
    sinh_core, tanh_core,
};
pub(crate) use inverse::{acos_core, asin_core, atan_core, atan2_core};
pub(crate) use logarithm::{
    log_careful, log_core, log_is_ordinary, log1p_careful, log1p_core, log1p_is_ordinary, log2_careful, log2_core,
    log10_careful, log10_core,
};
pub(crate) use power::{base_log, power_is_ordinary, power_log, power_of_log, power_of_log_carefully};
pub use power::{power, power_is_complex};
pub(crate) use roots::{cbrt_core, hypot_core};
pub use rounding::{larger, round, round_to_digits, round_to_significant, scale_of_digits, sign, smaller};
pub(crate) use trigonometry::{angle_is_ordinary, cos_careful, cos_core, sin_careful, sin_core, tan_careful, tan_core};

/// Adding and subtracting it rounds a float to an integer, which then stands in the low bits of the sum: 1.5 * 2^52.
const ROUNDER: f64 = 6755399441055744.0;

/// Declares functions that are compiled twice, and run with the fused instruction where the processor has it.
macro_rules! fused {
    ($($(#[$doc:meta])* $visible:vis fn $name:ident($($x:ident),+) = $body:expr;)*) => {$(
        $(#[$doc])*
        #[inline]
        $visible fn $name($($x: f64),+) -> f64 {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "fma")]
                fn compiled_for_it($($x: f64),+) -> f64 {
                    $body
                }
                if is_x86_feature_detected!("fma") {
                    // SAFETY: the processor has the only feature that the function asks for.
                    return unsafe { compiled_for_it($($x),+) };
                }
            }
            $body
        }
    )*};
}
use fused;

fused! {
    /// e to the x.
    pub fn exp(x) = if exp_is_ordinary(x) { exp_core(x) } else { exp_careful(x) };
    /// 2 to the x.
    pub fn exp2(x) = if exp2_is_ordinary(x) { exp2_core(x) } else { exp2_careful(x) };
    /// 10 to the x.
    pub fn exp10(x) = if exp10_is_ordinary(x) { exp10_core(x) } else { exp10_careful(x) };
    /// e to the x, less 1.
    pub fn expm1(x) = if expm1_is_ordinary(x) { expm1_core(x) } else { expm1_careful(x) };
    /// The natural logarithm; NaN below zero.
    pub fn log(x) = if log_is_ordinary(x) { log_core(x) } else { log_careful(x) };
    /// The logarithm to base 2; NaN below zero.
    pub fn log2(x) = if log_is_ordinary(x) { log2_core(x) } else { log2_careful(x) };
    /// The logarithm to base 10; NaN below zero.
    pub fn log10(x) = if log_is_ordinary(x) { log10_core(x) } else { log10_careful(x) };
    /// The natural logarithm of 1 + x; NaN below -1.
    pub fn log1p(x) = if log1p_is_ordinary(x) { log1p_core(x) } else { log1p_careful(x) };
    /// The sine.
    pub fn sin(x) = sin_careful(x);
    /// The cosine.
    pub fn cos(x) = cos_careful(x);
    /// The tangent.
    pub fn tan(x) = tan_careful(x);
    /// The angle whose sine is x; NaN beyond 1.
    pub fn asin(x) = asin_core(x);
    /// The angle whose cosine is x; NaN beyond 1.
    pub fn acos(x) = acos_core(x);
    /// The angle whose tangent is x.
    pub fn atan(x) = atan_core(x);
    /// The angle of the point (x, y), between -π and π.
    pub fn atan2(y, x) = atan2_core(y, x);
    /// The hyperbolic sine.
    pub fn sinh(x) = if expm1_is_ordinary(x) { sinh_core(x) } else { sinh_careful(x) };
    /// The hyperbolic cosine.
    pub fn cosh(x) = if expm1_is_ordinary(x) { cosh_core(x) } else { cosh_careful(x) };
    /// The hyperbolic tangent.
    pub fn tanh(x) = tanh_core(x);
    /// The cube root.
    pub fn cbrt(x) = cbrt_core(x);
    /// The length of the vector (x, y).
    pub fn hypot(x, y) = hypot_core(x, y);
}

/// Both are computed: a select, not a branch.
#[inline(always)]
fn select(condition: bool, a: f64, b: f64) -> f64 {
    if condition { a } else { b }
}

/// The quotient of two floats, each with a rest that rounding has taken from it: a float's quotient, corrected by what it
/// leaves.
#[inline(always)]
fn quotient(above: f64, above_rest: f64, below: f64, below_rest: f64) -> f64 {
    let (q, rest) = quotient_parts(above, above_rest, below, below_rest);
    q + rest
}

/// The same, not rounded: a float's quotient and its correction.
#[inline(always)]
fn quotient_parts(above: f64, above_rest: f64, below: f64, below_rest: f64) -> (f64, f64) {
    let inverse = 1.0 / below;
    let q = above * inverse;
    let remainder = q.mul_add(-below, above) + q.mul_add(-below_rest, above_rest);
    (q, remainder * inverse)
}

#[cfg(test)]
mod tests;
