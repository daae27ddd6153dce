//! Operators on complex numbers. A real operand stays real until the last moment, so that signs of zeros and
//! infinities come out as on paper.

use super::overflow;
use crate::fault::Outcome;
use crate::maths;
use crate::op::BinaryOp;
use crate::value::{Complex64, Value};

/// A complex number or a real one beside a complex one.
#[derive(Clone, Copy)]
pub struct Operand {
    /// The number; of a real one the imaginary part is zero.
    pub z: Complex64,
    /// Without an imaginary part.
    pub real: bool,
    /// Made of integers.
    pub integral: bool,
}

/// A complex number that shows as integers if `integral`.
pub(super) fn value(z: Complex64, integral: bool) -> Value {
    // Integers have no negative zero.
    if integral { Value::complex_int(Complex64::new(z.re + 0.0, z.im + 0.0)) } else { Value::complex(z) }
}

/// Arithmetic of complex numbers; `None` for an operator that has no meaning for them. `exponent` is the right operand
/// if it is an integer.
pub(super) fn on_complex(op: BinaryOp, x: Operand, y: Operand, exponent: Option<i64>) -> Option<Outcome<Value>> {
    let integral = x.integral && y.integral;
    let result = match op {
        BinaryOp::Add => whole(op, sum(x, y), integral),
        BinaryOp::Sub => whole(op, difference(x, y), integral),
        BinaryOp::Mul => whole(op, product(x, y), integral),
        BinaryOp::Div => Ok(Value::complex(quotient(x, y))),
        BinaryOp::Pow => match exponent {
            Some(n) => whole(op, integer_power(x.z, n), x.integral && n >= 0),
            None => Ok(Value::complex(power(x.z, y.z))),
        },
        _ => return None,
    };
    Some(result)
}

/// Whole parts are exact up to 2^53; beyond that they would be wrong.
fn whole(op: BinaryOp, z: Complex64, integral: bool) -> Outcome<Value> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if integral && !(z.re.abs() <= EXACT && z.im.abs() <= EXACT) {
        let what = format!("a part of the result of `{}`", op.text());
        return Err(overflow(&what, "complex numbers of floats have room: `1.0 + 2.0im`"));
    }
    Ok(value(z, integral))
}

/// `x + y`
#[inline]
pub fn sum(x: Operand, y: Operand) -> Complex64 {
    let im = match (x.real, y.real) {
        (true, _) => y.z.im,
        (_, true) => x.z.im,
        (false, false) => x.z.im + y.z.im,
    };
    Complex64::new(x.z.re + y.z.re, im)
}

/// `x - y`
#[inline]
pub fn difference(x: Operand, y: Operand) -> Complex64 {
    let im = match (x.real, y.real) {
        (true, _) => -y.z.im,
        (_, true) => x.z.im,
        (false, false) => x.z.im - y.z.im,
    };
    // An integer zero has no sign.
    let im = if x.integral && y.integral { im + 0.0 } else { im };
    Complex64::new(x.z.re - y.z.re, im)
}

/// `x * y`
#[inline]
pub fn product(x: Operand, y: Operand) -> Complex64 {
    if x.real {
        return scaled(y, x.z.re);
    }
    if y.real {
        return scaled(x, y.z.re);
    }
    let z = x.z * y.z;
    if x.integral && y.integral { Complex64::new(z.re + 0.0, z.im + 0.0) } else { z }
}

/// `z * by`. The zero of the unit `im` stays zero even times infinity: `Inf * im`.
fn scaled(z: Operand, by: f64) -> Complex64 {
    let is_unit = z.integral && z.z.re == 0.0 && z.z.im == 1.0;
    let re = if is_unit && !by.is_finite() { 0.0_f64.copysign(by) } else { z.z.re * by };
    Complex64::new(re, z.z.im * by)
}

/// `x / y`, scaled so that no intermediate square overflows.
pub fn divide(x: Complex64, y: Complex64) -> Complex64 {
    if y.im == 0.0 {
        return Complex64::new(x.re / y.re, x.im / y.re);
    }
    if y.re.abs() >= y.im.abs() {
        let ratio = y.im / y.re;
        let scale = y.re + y.im * ratio;
        Complex64::new((x.re + x.im * ratio) / scale, (x.im - x.re * ratio) / scale)
    } else {
        let ratio = y.re / y.im;
        let scale = y.re * ratio + y.im;
        Complex64::new((x.re * ratio + x.im) / scale, (x.im * ratio - x.re) / scale)
    }
}

/// `x / y`
#[inline]
pub fn quotient(x: Operand, y: Operand) -> Complex64 {
    if y.real { x.z / y.z.re } else { divide(x.z, y.z) }
}

/// `z ^ n`
pub fn integer_power(z: Complex64, n: i64) -> Complex64 {
    const ONE: Complex64 = Complex64::new(1.0, 0.0);
    natural_power(if n < 0 { divide(ONE, z) } else { z }, n.unsigned_abs())
}

/// `z ^ n` by squaring: exact where the parts are small integers.
fn natural_power(z: Complex64, mut n: u64) -> Complex64 {
    let (mut base, mut result) = (z, Complex64::new(1.0, 0.0));
    while n > 0 {
        if n & 1 == 1 {
            result *= base;
        }
        n >>= 1;
        if n > 0 {
            base *= base;
        }
    }
    result
}

/// `x ^ y`, the principal value. Signs of zeros and infinite angles follow the branch cut along the negative reals.
pub fn power(x: Complex64, y: Complex64) -> Complex64 {
    if y.im == 0.0 {
        let p = y.re;
        if p == p.trunc() && p.abs() < f64::from(i32::MAX) {
            return whole_power(x, p);
        }
        if x.im == 0.0 {
            return real_power(x, p);
        }
        return at_angle(maths::power(x.re.hypot(x.im), p), p * x.im.atan2(x.re));
    }
    if x.im == 0.0 {
        if x.re == 0.0 {
            return if y.re > 0.0 { x } else { NAN };
        }
        if x.re > 0.0 {
            return at_angle(maths::power(x.re, y.re), y.im * x.re.ln());
        }
    }
    let radius = x.re.hypot(x.im);
    let angle = if x.im == 0.0 { std::f64::consts::PI.copysign(x.im) } else { x.im.atan2(x.re) };
    at_angle(maths::power(radius, y.re) * (-y.im * angle).exp(), y.re * angle + y.im * radius.ln())
}

const NAN: Complex64 = Complex64::new(f64::NAN, f64::NAN);

/// `x ^ p` for a whole `p`.
fn whole_power(x: Complex64, p: f64) -> Complex64 {
    if p == 0.0 {
        let zero = 0f64.copysign(p);
        return Complex64::new(1.0, if x.im.is_sign_negative() { -zero } else { zero });
    }
    let n = p.abs() as u64;
    if x.im != 0.0 || x.im.is_nan() {
        return natural_power(if p < 0.0 { divide(Complex64::new(1.0, 0.0), x) } else { x }, n);
    }
    if p < 0.0 && x.re == 0.0 {
        return NAN;
    }
    let (base, im) = if p < 0.0 { (1.0 / x.re, -x.im) } else { (x.re, x.im) };
    let flips = n.is_multiple_of(2) && x.re.is_sign_negative();
    Complex64::new(maths::power(base, n as f64), if flips { -im } else { im })
}

/// `x ^ p` for a real `x` and a `p` that is not whole.
fn real_power(x: Complex64, p: f64) -> Complex64 {
    if x.re == 0.0 {
        return if p > 0.0 { x } else { NAN };
    }
    if x.re > 0.0 {
        return Complex64::new(maths::power(x.re, p), if p.is_sign_negative() { -x.im } else { x.im });
    }
    let size = maths::power(-x.re, p);
    if p.is_finite() {
        let (cos, sin) = half_turns(p);
        let sin = if x.im.is_sign_negative() { -sin } else { sin };
        return Complex64::new(size * cos, size * sin);
    }
    if size == 0.0 { Complex64::new(0.0, 0.0) } else { NAN }
}

/// Cosine and sine of `π*p`, exact at the quarters of the circle.
fn half_turns(p: f64) -> (f64, f64) {
    let r = p.rem_euclid(2.0);
    match r {
        0.0 => (1.0, 0.0),
        0.5 => (0.0, 1.0),
        1.0 => (-1.0, 0.0),
        1.5 => (0.0, -1.0),
        _ => ((r * std::f64::consts::PI).cos(), (r * std::f64::consts::PI).sin()),
    }
}

/// The number with this absolute value and angle; an angle without end leaves only zero certain.
fn at_angle(size: f64, angle: f64) -> Complex64 {
    if angle.is_finite() {
        Complex64::new(size * angle.cos(), size * angle.sin())
    } else if size == 0.0 {
        Complex64::new(0.0, 0.0)
    } else {
        NAN
    }
}
