//! Elementary functions of complex numbers, with the signs of zeros and the infinities that the branch cuts ask for
//! (W. Kahan, "Branch cuts for complex elementary functions", 1987), which textbook formulas lose.

use super::angles;
use crate::maths;
use crate::value::Complex64;
pub use crate::value::scalar::complex_sqrt as sqrt;
use crate::value::scalar::sum_of_squares;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LN_2, LN_10, PI};

const NAN: f64 = f64::NAN;

/// Beyond it the hyperbolic tangent is 1 to the last bit: a quarter of `asinh` of the largest float.
const ALMOST_ONE: f64 = 177.6;

fn of(re: f64, im: f64) -> Complex64 {
    Complex64::new(re, im)
}

/// `1 + z`, whose imaginary part keeps its sign.
fn one_plus(z: Complex64) -> Complex64 {
    of(1.0 + z.re, z.im)
}

/// `1 - z`, likewise.
fn one_minus(z: Complex64) -> Complex64 {
    of(1.0 - z.re, -z.im)
}

/// `e ^ z`
pub fn exp(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_nan() {
        return of(x, if y == 0.0 { y } else { x });
    }
    if !y.is_finite() {
        return at_endless_angle(x, y, 0.0);
    }
    let size = maths::exp(x);
    if y == 0.0 { of(size, y) } else { of(size * maths::cos(y), size * maths::sin(y)) }
}

/// `exp` where the imaginary part is no finite number; `limit` is subtracted at minus infinity.
fn at_endless_angle(x: f64, y: f64, limit: f64) -> Complex64 {
    if x == f64::INFINITY {
        of(-x, NAN)
    } else if x == f64::NEG_INFINITY {
        of(-limit, 0f64.copysign(y))
    } else {
        of(NAN, NAN)
    }
}

/// `e ^ z - 1`
pub fn expm1(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_nan() {
        return of(x, if y == 0.0 { y } else { x });
    }
    if !y.is_finite() {
        return at_endless_angle(x, y, 1.0);
    }
    let less_one = x.exp_m1();
    if y == 0.0 {
        return of(less_one, y);
    }
    let size = less_one + 1.0;
    if !size.is_finite() {
        return of(size * maths::cos(y), size * maths::sin(y));
    }
    let half = maths::sin(0.5 * y);
    of(less_one - 2.0 * size * half * half, size * maths::sin(y))
}

/// `2 ^ z`
pub fn exp2(z: Complex64) -> Complex64 {
    turned(z.re.exp2(), z.im * LN_2)
}

/// `10 ^ z`
pub fn exp10(z: Complex64) -> Complex64 {
    turned(maths::power(10.0, z.re), z.im * LN_10)
}

/// The number with this absolute value and angle.
fn turned(size: f64, angle: f64) -> Complex64 {
    of(size * maths::cos(angle), size * maths::sin(angle))
}

/// The principal logarithm.
pub fn log(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    let (sum, k) = sum_of_squares(x, y);
    let (small, large) = if x.abs() < y.abs() { (x.abs(), y.abs()) } else { (y.abs(), x.abs()) };
    let size = if k == 0 && 0.5 < large * large && (large <= 1.25 || sum < 3.0) {
        // Near the unit circle the digits are in the difference to 1.
        ((large - 1.0) * (large + 1.0) + small * small).ln_1p() / 2.0
    } else {
        maths::log(sum) / 2.0 + f64::from(k) * LN_2
    };
    of(size, y.atan2(x))
}

/// The logarithm to base 2.
pub fn log2(z: Complex64) -> Complex64 {
    log(z) / LN_2
}

/// The logarithm to base 10.
pub fn log10(z: Complex64) -> Complex64 {
    log(z) / LN_10
}

/// `log(1 + z)`
pub fn log1p(z: Complex64) -> Complex64 {
    if z.re.is_nan() {
        return of(z.re, z.re);
    }
    if z.re.is_infinite() {
        let angle = if z.re > 0.0 { 0.0 } else { PI };
        return of(f64::INFINITY, if z.im.is_finite() { f64::copysign(angle, z.im) } else { NAN });
    }
    if z.im.is_infinite() {
        return log(z);
    }
    let u = one_plus(z);
    if u.re == 1.0 && u.im == 0.0 {
        z
    } else if u.re <= 0.0 {
        log(u)
    } else {
        log(u) * z / of(u.re - 1.0, u.im)
    }
}

/// The sine.
pub fn sin(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x == 0.0 {
        return of(x, y.sinh());
    }
    if !x.is_finite() {
        return of(NAN, if y == 0.0 || y.is_infinite() { y } else { NAN });
    }
    of(maths::sin(x) * y.cosh(), maths::cos(x) * y.sinh())
}

/// `x`, with the other sign if `by` is negative.
fn flipped(x: f64, by: f64) -> f64 {
    if by.is_sign_negative() { -x } else { x }
}

/// The cosine.
pub fn cos(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x == 0.0 {
        return of(y.cosh(), if y.is_nan() { x } else { -flipped(x, y) });
    }
    if x.is_finite() {
        return of(maths::cos(x) * y.cosh(), -maths::sin(x) * y.sinh());
    }
    if y == 0.0 {
        of(NAN, if x.is_nan() { 0.0 } else { -flipped(y, x) })
    } else if y.is_infinite() {
        of(f64::INFINITY, NAN)
    } else {
        of(NAN, NAN)
    }
}

/// The tangent.
pub fn tan(z: Complex64) -> Complex64 {
    back(tanh(of(-z.im, z.re)))
}

/// `w / im`, as the circular functions are made from the hyperbolic ones of `im * z`.
fn back(w: Complex64) -> Complex64 {
    of(w.im, -w.re)
}

/// The arc sine.
pub fn asin(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_infinite() && y.is_infinite() {
        return of(FRAC_PI_4.copysign(x), y);
    }
    if y.is_nan() && x.is_infinite() {
        return of(y, f64::INFINITY);
    }
    let angle = if x == 0.0 {
        x
    } else if x.is_finite() {
        x.atan2((sqrt(one_minus(z)) * sqrt(one_plus(z))).re)
    } else {
        FRAC_PI_2 * if x.is_nan() { NAN } else { x.signum() }
    };
    let height = (sqrt(one_minus(z).conj()) * sqrt(one_plus(z))).im;
    of(angle, angles::asinh(height.copysign(y)))
}

/// The arc cosine.
pub fn acos(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_nan() {
        return of(x, if y.is_infinite() { -y } else { x });
    }
    if y.is_nan() {
        return match x {
            _ if x.is_infinite() => of(y, x.abs()),
            0.0 => of(FRAC_PI_2, y),
            _ => of(y, y),
        };
    }
    if x == 0.0 && y == 0.0 {
        return of(FRAC_PI_2, -y);
    }
    if x == f64::INFINITY && y == 0.0 && y.is_sign_positive() {
        return of(y, -x);
    }
    if x == f64::NEG_INFINITY && y == 0.0 && y.is_sign_negative() {
        return of(PI, -x);
    }
    let angle = 2.0 * sqrt(one_minus(z)).re.atan2(sqrt(one_plus(z)).re);
    let height = angles::asinh((sqrt(one_plus(z).conj()) * sqrt(one_minus(z))).im);
    of(if x.is_infinite() && y.is_infinite() { angle - FRAC_PI_4 * x.signum() } else { angle }, height)
}

/// The arc tangent.
pub fn atan(z: Complex64) -> Complex64 {
    back(atanh(of(-z.im, z.re)))
}

/// The hyperbolic sine.
pub fn sinh(z: Complex64) -> Complex64 {
    let w = sin(of(z.im, z.re));
    of(w.im, w.re)
}

/// The hyperbolic cosine.
pub fn cosh(z: Complex64) -> Complex64 {
    cos(of(z.im, -z.re))
}

/// The hyperbolic tangent.
pub fn tanh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_nan() && y == 0.0 {
        return of(x, y);
    }
    if x.abs() > ALMOST_ONE {
        let turn = if y.is_finite() { maths::sin(2.0 * y.abs()) } else { 1.0 };
        return of(1f64.copysign(x), 0f64.copysign(y * turn));
    }
    let t = maths::tan(y);
    let s = x.sinh();
    let cosh = (1.0 + s * s).sqrt();
    if t.is_infinite() {
        return of(cosh / s, 1.0 / t);
    }
    let beta = 1.0 + t * t;
    of(beta * cosh * s, t) / (1.0 + beta * s * s)
}

/// The inverse of the hyperbolic sine.
pub fn asinh(z: Complex64) -> Complex64 {
    back(asin(of(-z.im, z.re)))
}

/// The inverse of the hyperbolic cosine.
pub fn acosh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_nan() || y.is_nan() {
        return of(if x.is_infinite() || y.is_infinite() { f64::INFINITY } else { NAN }, NAN);
    }
    if x == f64::NEG_INFINITY && y == 0.0 && y.is_sign_negative() {
        return of(f64::INFINITY, -PI);
    }
    let below = of(x - 1.0, y);
    let size = angles::asinh((sqrt(below.conj()) * sqrt(one_plus(z))).re);
    let angle = 2.0 * sqrt(below).im.atan2(sqrt(one_plus(z)).re);
    let both = x.is_infinite() && y.is_infinite();
    of(size, if both { angle - FRAC_PI_4 * y.signum() * x.signum() } else { angle })
}

/// The inverse of the hyperbolic tangent.
pub fn atanh(z: Complex64) -> Complex64 {
    let large = f64::MAX.sqrt() / 4.0;
    let small = 1.0 / large;
    let (x, y) = (z.re, z.im);
    if x.abs() > large || y.abs() > large {
        if y.is_infinite() {
            return of(0f64.copysign(x), FRAC_PI_2.copysign(y));
        }
        let re = if x.is_infinite() { 0f64.copysign(x) } else { z.inv().re };
        return of(re, if y.is_nan() { y } else { FRAC_PI_2.copysign(y) });
    }
    let sign = 1f64.copysign(x);
    let (x, y) = (x * sign, y * sign);
    let (re, im) = if x == 1.0 && y == 0.0 {
        (f64::INFINITY, y)
    } else if x == 1.0 {
        let beyond = y.abs() + small;
        let re = maths::log((4.0 + y * y).sqrt().sqrt() / beyond.sqrt());
        (re, (FRAC_PI_2 + (beyond / 2.0).atan()).copysign(y) / 2.0)
    } else {
        let square = (y.abs() + small) * (y.abs() + small);
        let re = if x == 0.0 { x } else { (4.0 * x / ((1.0 - x) * (1.0 - x) + square)).ln_1p() / 4.0 };
        (re, (2.0 * y).atan2((1.0 - x) * (1.0 + x) - square) / 2.0)
    };
    of(sign * re, sign * im)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: Complex64, re: f64, im: f64) -> bool {
        let same = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a - b).abs() <= 1e-15 * b.abs().max(1.0);
        same(got.re, re) && same(got.im, im)
    }

    #[test]
    fn roots_near_the_ends_of_the_floats() {
        assert!(close(sqrt(of(-4.0, -0.0)), 0.0, -2.0));
        assert!(close(sqrt(of(f64::INFINITY, -5.0)), f64::INFINITY, -0.0));
        assert!(close(sqrt(of(0.0, 2e300)), 1e150, 1e150));
        assert!(close(log(of(1e-320, 0.0)), 1e-320f64.ln(), 0.0));
    }

    #[test]
    fn inverses_undo() {
        for z in [of(0.3, 0.4), of(-2.0, 1.0), of(1.5, -0.2)] {
            for (f, inverse) in [
                (sin as fn(Complex64) -> Complex64, asin as fn(Complex64) -> Complex64),
                (cos, acos),
                (tan, atan),
                (sinh, asinh),
                (cosh, acosh),
                (tanh, atanh),
                (exp, log),
                (expm1, log1p),
            ] {
                assert!((f(inverse(z)) - z).norm() < 1e-14, "{z}");
            }
        }
    }

    #[test]
    fn infinities_have_limits() {
        assert!(close(tanh(of(f64::INFINITY, 5.0)), 1.0, -0.0));
        assert!(close(asin(of(f64::INFINITY, 5.0)), FRAC_PI_2, f64::INFINITY));
        assert!(close(exp(of(f64::NEG_INFINITY, f64::INFINITY)), -0.0, 0.0));
    }
}
