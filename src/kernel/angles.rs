//! Functions of angles in degrees and in multiples of π, hyperbolic ones and inverses: where the formula that defines one
//! would lose digits, another one is taken.

use crate::maths;
use std::f64::consts::{FRAC_PI_2, PI};

/// π/180 in two parts.
const DEGREE: f64 = 0.017453292519943295;
const DEGREE_REST: f64 = 2.9486522708701687e-19;

/// sin(π*x): the angle is reduced to at most π/4 before π comes in, so that whole and half numbers are exact.
pub fn sinpi(x: f64) -> f64 {
    let r = x % 2.0;
    let r = if r > 1.0 {
        r - 2.0
    } else if r < -1.0 {
        r + 2.0
    } else {
        r
    };
    let (sign, a) = (r.signum(), r.abs());
    let folded = if a > 0.5 { 1.0 - a } else { a };
    let value = if folded >= 0.25 { maths::cos(PI * (0.5 - folded)) } else { maths::sin(PI * folded) };
    if folded == 0.0 { value.copysign(x) } else { sign * value }
}

/// cos(π*x), as [`sinpi`].
pub fn cospi(x: f64) -> f64 {
    let a = (x % 2.0).abs();
    let a = if a > 1.0 { 2.0 - a } else { a };
    let (sign, folded) = if a > 0.5 { (-1.0, 1.0 - a) } else { (1.0, a) };
    if folded == 0.5 {
        return 0.0;
    }
    let value = if folded > 0.25 { maths::sin(PI * (0.5 - folded)) } else { maths::cos(PI * folded) };
    sign * value
}

/// The sine of an angle in degrees; multiples of 30 are exact.
pub fn sind(x: f64) -> f64 {
    let r = x % 360.0;
    let a = r.abs();
    if a <= 45.0 {
        sine_of_degrees(r)
    } else if a <= 135.0 {
        cosine_of_degrees(90.0 - a).copysign(r)
    } else if a == 180.0 {
        0_f64.copysign(r)
    } else if a < 225.0 {
        sine_of_degrees((180.0 - a) * r.signum())
    } else if a <= 315.0 {
        -cosine_of_degrees(270.0 - a).copysign(r)
    } else {
        sine_of_degrees(r - 360_f64.copysign(r))
    }
}

/// The cosine of an angle in degrees; multiples of 30 are exact.
pub fn cosd(x: f64) -> f64 {
    let a = (x % 360.0).abs();
    if a <= 45.0 {
        cosine_of_degrees(a)
    } else if a < 135.0 {
        sine_of_degrees(90.0 - a)
    } else if a <= 225.0 {
        -cosine_of_degrees(180.0 - a)
    } else if a < 315.0 {
        sine_of_degrees(a - 270.0)
    } else {
        cosine_of_degrees(360.0 - a)
    }
}

/// The tangent of an angle in degrees.
pub fn tand(x: f64) -> f64 {
    let r = x % 180.0;
    let a = r.abs();
    match a {
        // The signs of zero and infinity come from those of sine and cosine.
        0.0 | 90.0 => sind(x) / cosd(x),
        45.0 => 1_f64.copysign(r),
        135.0 => -1_f64.copysign(r),
        _ if a < 45.0 => tangent_of_degrees(r),
        _ if a < 135.0 => (1.0 / tangent_of_degrees(90.0 - a)).copysign(if a < 90.0 { r } else { -r }),
        _ => tangent_of_degrees(r - 180_f64.copysign(r)),
    }
}

/// An angle up to 45 degrees in radians, and what rounding has taken from it.
fn radians(degrees: f64) -> (f64, f64) {
    let product = degrees * DEGREE;
    (product, degrees.mul_add(DEGREE, -product) + degrees * DEGREE_REST)
}

fn sine_of_degrees(x: f64) -> f64 {
    if x.abs() == 30.0 {
        return 0.5_f64.copysign(x);
    }
    let (angle, rest) = radians(x);
    maths::sin(angle) + rest * maths::cos(angle)
}

fn cosine_of_degrees(x: f64) -> f64 {
    let (angle, rest) = radians(x);
    maths::cos(angle) - rest * maths::sin(angle)
}

fn tangent_of_degrees(x: f64) -> f64 {
    let (angle, rest) = radians(x);
    let tangent = maths::tan(angle);
    tangent + rest * (1.0 + tangent * tangent)
}

/// The angle whose secant is x, |x| ≥ 1; near 1 the cosine 1/x has lost the digits that matter.
pub fn asec(x: f64) -> f64 {
    match x.abs() {
        size if size > 2.0 || size.is_nan() => (1.0 / x).acos(),
        size => {
            let angle = ((size - 1.0) * (size + 1.0)).sqrt().atan();
            if x < 0.0 { PI - angle } else { angle }
        }
    }
}

/// The angle whose cosecant is x, |x| ≥ 1.
pub fn acsc(x: f64) -> f64 {
    match x.abs() {
        size if size > 2.0 || size.is_nan() => (1.0 / x).asin(),
        size => (FRAC_PI_2 - asec(size)).copysign(x),
    }
}

/// The inverse hyperbolic sine. That of the standard library overflows for large x.
pub fn asinh(x: f64) -> f64 {
    libm::asinh(x)
}

/// The inverse hyperbolic cosine. That of the standard library loses digits near 1, and overflows for large x.
pub fn acosh(x: f64) -> f64 {
    libm::acosh(x)
}

/// The inverse hyperbolic tangent. That of the standard library loses digits near -1.
pub fn atanh(x: f64) -> f64 {
    libm::atanh(x)
}

/// The hyperbolic cotangent.
pub fn coth(x: f64) -> f64 {
    (1.0 + 2.0 / (2.0 * x.abs()).exp_m1()).copysign(x)
}

/// The number from 0 on whose hyperbolic secant is x, 0 ≤ x ≤ 1.
pub fn asech(x: f64) -> f64 {
    if x < 0.5 {
        return acosh(1.0 / x);
    }
    // 1/x less 1, without rounding it first.
    let above = (1.0 - x) / x;
    (above + (above * (2.0 + above)).sqrt()).ln_1p()
}

/// The number whose hyperbolic cotangent is x, |x| ≥ 1.
pub fn acoth(x: f64) -> f64 {
    match x.abs() {
        size if size < 2.0 => (0.5 * (2.0 / (size - 1.0)).ln_1p()).copysign(x),
        _ => atanh(1.0 / x),
    }
}
