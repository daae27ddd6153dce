//! Square roots of complex numbers, without overflow on the way.

use crate::value::Complex64;

/// The exponent of the power of two in a finite number other than zero.
fn exponent(x: f64) -> i32 {
    const HIDDEN: i32 = 1075;
    let bits = ((x.to_bits() >> 52) & 0x7ff) as i32;
    if bits == 0 {
        // Denormal: the leading bit says how small it is.
        return -HIDDEN + (64 - (x.to_bits() << 1 >> 1).leading_zeros() as i32);
    }
    bits - 1023
}

/// `x * 2^k`, in two steps so that neither power overflows.
fn scaled(x: f64, k: i32) -> f64 {
    let half = k / 2;
    x * 2f64.powi(half) * 2f64.powi(k - half)
}

/// The sum of the squares as `s * 4^k`, so that it neither overflows nor underflows.
pub fn sum_of_squares(x: f64, y: f64) -> (f64, i32) {
    const SMALL: f64 = f64::from_bits(1) / (2.0 * f64::EPSILON * f64::EPSILON);
    let sum = x * x + y * y;
    if !sum.is_finite() && (x.is_infinite() || y.is_infinite()) {
        return (f64::INFINITY, 0);
    }
    if !(sum.is_infinite() || (sum == 0.0 && (x != 0.0 || y != 0.0)) || sum < SMALL) {
        return (sum, 0);
    }
    let largest = x.abs().max(y.abs());
    let k = if largest == 0.0 { 0 } else { exponent(largest) };
    let (x, y) = (scaled(x, -k), scaled(y, -k));
    (x * x + y * y, k)
}

/// The principal square root.
pub fn complex_sqrt(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x == 0.0 && y == 0.0 {
        return Complex64::new(0.0, y);
    }
    let (mut size, k) = sum_of_squares(x, y);
    if x.is_finite() {
        size = scaled(x.abs(), -k) + size.sqrt();
    }
    let k = if k % 2 != 0 {
        (k - 1) / 2
    } else {
        size += size;
        k / 2 - 1
    };
    // sqrt((abs(z) + abs(x)) / 2)
    let size = scaled(size.sqrt(), k);
    if size == 0.0 {
        return Complex64::new(size, y);
    }
    let other = if y.is_finite() { y / size / 2.0 } else { y };
    if x < 0.0 { Complex64::new(other.abs(), size.copysign(y)) } else { Complex64::new(size, other) }
}
