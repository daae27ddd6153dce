//! Sine, cosine and tangent of angles that are reduced to a quarter turn around zero by products with three parts of π/2
//! (Cody and Waite), the first exact by fused multiply-add; the polynomials are fdlibm's.

use super::{ROUNDER, quotient, select};

/// The largest angle that is reduced exactly enough.
const LARGEST: f64 = 1.0e9;

/// May [`sin_core`], [`cos_core`] and [`tan_core`] be used? Not for NaN, infinities and huge angles.
#[inline(always)]
pub fn angle_is_ordinary(x: f64) -> bool {
    x.abs() <= LARGEST
}

/// The sine where [`angle_is_ordinary`] says so.
#[inline(always)]
pub fn sin_core(x: f64) -> f64 {
    let angle = reduced(x);
    let ((sin, sin_rest), (cos, cos_rest)) = (sine(angle), cosine(angle));
    let size = select(angle.quarters & 1 == 0, (sin + sin_rest).copysign(sin), cos + cos_rest);
    f64::from_bits(size.to_bits() ^ ((angle.quarters & 2) << 62))
}

/// The cosine where [`angle_is_ordinary`] says so.
#[inline(always)]
pub fn cos_core(x: f64) -> f64 {
    let angle = reduced(x);
    let ((sin, sin_rest), (cos, cos_rest)) = (sine(angle), cosine(angle));
    let size = select(angle.quarters & 1 == 0, cos + cos_rest, sin + sin_rest);
    f64::from_bits(size.to_bits() ^ ((angle.quarters.wrapping_add(1) & 2) << 62))
}

/// The tangent where [`angle_is_ordinary`] says so: of odd quarter turns it is the cosine over the sine.
#[inline(always)]
pub fn tan_core(x: f64) -> f64 {
    let angle = reduced(x);
    let ((sin, sin_rest), (cos, cos_rest)) = (sum(sine(angle)), sum(cosine(angle)));
    let odd = angle.quarters & 1 != 0;
    let size = quotient(
        select(odd, cos, sin),
        select(odd, cos_rest, sin_rest),
        select(odd, sin, cos),
        select(odd, sin_rest, cos_rest),
    );
    size.copysign(f64::from_bits(angle.r.to_bits() ^ (angle.quarters << 63)))
}

/// The sine, for every float: the C library's where the core has no answer.
#[inline(always)]
pub fn sin_careful(x: f64) -> f64 {
    if angle_is_ordinary(x) { sin_core(x) } else { x.sin() }
}

/// The cosine, as [`sin_careful`].
#[inline(always)]
pub fn cos_careful(x: f64) -> f64 {
    if angle_is_ordinary(x) { cos_core(x) } else { x.cos() }
}

/// The tangent, as [`sin_careful`].
#[inline(always)]
pub fn tan_careful(x: f64) -> f64 {
    if angle_is_ordinary(x) { tan_core(x) } else { x.tan() }
}

/// x = quarters * π/2 + r + rest; only the low bits of `quarters` count.
#[derive(Clone, Copy)]
struct Angle {
    r: f64,
    rest: f64,
    square: f64,
    quarters: u64,
}

#[inline(always)]
fn reduced(x: f64) -> Angle {
    // π/2 in three parts of 53 bits.
    const FIRST: f64 = std::f64::consts::FRAC_PI_2;
    const SECOND: f64 = 6.123233995736766e-17;
    const THIRD: f64 = -1.4973849048591698e-33;
    let turns = x.mul_add(std::f64::consts::FRAC_2_PI, ROUNDER);
    let n = turns - ROUNDER;
    // The difference of x and the product has at most 53 bits: both are whole multiples of 2^-52 or of x's last bit.
    let first = n.mul_add(-FIRST, x);
    let second = n * SECOND;
    let r = first - second;
    let rest = ((first - r) - second) - n.mul_add(SECOND, -second);
    Angle { r, rest: n.mul_add(-THIRD, rest), square: r * r, quarters: turns.to_bits() }
}

/// The sine of a reduced angle as r and what is added to it.
#[inline(always)]
fn sine(Angle { r, rest, square: z, .. }: Angle) -> (f64, f64) {
    let w = z * z;
    let a0 = z.mul_add(8.33333333332248946124e-03, -1.66666666666666324348e-01);
    let a1 = z.mul_add(2.75573137070700676789e-06, -1.98412698298579493134e-04);
    let a2 = z.mul_add(1.58969099521155010221e-10, -2.50507602534068634195e-08);
    let tail = a2.mul_add(w, a1).mul_add(w, a0);
    let cos = z.mul_add(-0.5, 1.0);
    (r, (r * z).mul_add(tail, rest * cos))
}

/// The cosine of a reduced angle as 1 - r²/2, rounded, and what is added to it.
#[inline(always)]
fn cosine(Angle { r, rest, square: z, .. }: Angle) -> (f64, f64) {
    let w = z * z;
    let a0 = z.mul_add(-1.38888888888741095749e-03, 4.16666666666666019037e-02);
    let a1 = z.mul_add(-2.75573143513906633035e-07, 2.48015872894767294178e-05);
    let a2 = z.mul_add(-1.13596475577881948265e-11, 2.08757232129817482790e-09);
    let tail = a2.mul_add(w, a1).mul_add(w, a0);
    let one = z.mul_add(-0.5, 1.0);
    let square_rest = r.mul_add(r, -z);
    let one_rest = square_rest.mul_add(-0.5, z.mul_add(-0.5, 1.0 - one));
    (one, w.mul_add(tail, r.mul_add(-rest, one_rest)))
}

/// A sum of two, the second smaller, rounded, and what rounding has taken from it.
#[inline(always)]
fn sum((a, b): (f64, f64)) -> (f64, f64) {
    let sum = a + b;
    (sum, (a - sum) + b)
}
