//! Operators on complex numbers. A real operand stays real until the last moment, so that signs of zeros and
//! infinities come out as on paper.

use super::{float_power, overflow};
use crate::fault::Outcome;
use crate::op::BinaryOp;
use crate::value::{Complex64, Value};

/// A complex number or a real one beside a complex one.
#[derive(Clone, Copy)]
pub(super) struct Operand {
    pub z: Complex64,
    /// Without an imaginary part.
    pub real: bool,
    /// Made of integers.
    pub integral: bool,
}

/// A complex number that shows as integers if `integral`.
pub(super) fn value(z: Complex64, integral: bool) -> Value {
    if integral { Value::complex_int(z) } else { Value::complex(z) }
}

/// Arithmetic of complex numbers; `None` for an operator that has no meaning for them. `exponent` is the right operand
/// if it is an integer.
pub(super) fn on_complex(op: BinaryOp, x: Operand, y: Operand, exponent: Option<i64>) -> Option<Outcome<Value>> {
    let integral = x.integral && y.integral;
    let result = match op {
        BinaryOp::Add => whole(op, sum(x, y), integral),
        BinaryOp::Sub => whole(op, difference(x, y), integral),
        BinaryOp::Mul => whole(op, product(x, y), integral),
        BinaryOp::Div if y.real => Ok(Value::complex(x.z / y.z.re)),
        BinaryOp::Div => Ok(Value::complex(divide(x.z, y.z))),
        BinaryOp::Pow => match exponent {
            Some(n) if n >= 0 => whole(op, integer_power(x.z, n.unsigned_abs()), x.integral),
            Some(n) => Ok(Value::complex(divide(Complex64::new(1.0, 0.0), integer_power(x.z, n.unsigned_abs())))),
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

fn sum(x: Operand, y: Operand) -> Complex64 {
    let im = match (x.real, y.real) {
        (true, _) => y.z.im,
        (_, true) => x.z.im,
        (false, false) => x.z.im + y.z.im,
    };
    Complex64::new(x.z.re + y.z.re, im)
}

fn difference(x: Operand, y: Operand) -> Complex64 {
    let im = match (x.real, y.real) {
        (true, _) => -y.z.im,
        (_, true) => x.z.im,
        (false, false) => x.z.im - y.z.im,
    };
    // An integer zero has no sign.
    let im = if x.integral && y.integral { im + 0.0 } else { im };
    Complex64::new(x.z.re - y.z.re, im)
}

fn product(x: Operand, y: Operand) -> Complex64 {
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

/// `z ^ n` by squaring: exact where the parts are small integers.
fn integer_power(z: Complex64, mut n: u64) -> Complex64 {
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

/// `x ^ y`, the principal value.
pub fn power(x: Complex64, y: Complex64) -> Complex64 {
    if y.im == 0.0 {
        let whole = y.re == y.re.trunc() && y.re.abs() < 1e6;
        if whole {
            let positive = integer_power(x, y.re.abs() as u64);
            return if y.re < 0.0 { divide(Complex64::new(1.0, 0.0), positive) } else { positive };
        }
        if x.im == 0.0 && x.re >= 0.0 {
            return Complex64::new(float_power(x.re, y.re), 0.0);
        }
    }
    if x.re == 0.0 && x.im == 0.0 {
        return if y.re > 0.0 { Complex64::new(0.0, 0.0) } else { Complex64::new(f64::NAN, f64::NAN) };
    }
    let (radius, angle) = (x.re.hypot(x.im), x.im.atan2(x.re));
    let log_radius = radius.ln();
    let size = if y.im == 0.0 { radius.powf(y.re) } else { (y.re * log_radius - y.im * angle).exp() };
    let turn = y.re * angle + y.im * log_radius;
    Complex64::new(size * turn.cos(), size * turn.sin())
}
