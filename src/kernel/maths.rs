//! Mathematical functions of one float, with the same bits whether they are called alone or by a block kernel.
//!
//! The cores have no branches, so that a loop over them is vectorised, and no fused multiply-add, so that every
//! instruction set gives the same bits: `exp(x) == exp.([x])[1]` on every machine. Reduction is Cody and Waite's, the
//! polynomials of `log`, `sin` and `cos` are fdlibm's; results are within 1 ulp of the C library's, those of `tanh` within 2.

// The constants have fdlibm's digits, so that they can be compared with it.
#![allow(clippy::excessive_precision)]

/// Adding and subtracting it rounds a float to an integer, which then stands in the low bits of the sum: 1.5 * 2^52.
const ROUNDER: f64 = 6755399441055744.0;
/// ln 2 in two parts: products of the first with small integers are exact.
const LN2_HIGH: f64 = 6.93147180369123816490e-01;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
/// The largest argument that `sin_core` and `cos_core` reduce exactly enough.
const TRIG_MAX: f64 = 1.0e6;

/// e to the x.
pub fn exp(x: f64) -> f64 {
    exp_core(x)
}

/// The natural logarithm; NaN below zero.
pub fn log(x: f64) -> f64 {
    log_core(x)
}

/// The sine.
pub fn sin(x: f64) -> f64 {
    if has_core(x) { sin_core(x) } else { x.sin() }
}

/// The cosine.
pub fn cos(x: f64) -> f64 {
    if has_core(x) { cos_core(x) } else { x.cos() }
}

/// The tangent.
pub fn tan(x: f64) -> f64 {
    x.tan()
}

/// The hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    tanh_core(x)
}

/// The nearest integer, halves to the even one.
pub fn round(x: f64) -> f64 {
    x.round_ties_even()
}

/// Both are computed: a select, not a branch.
#[inline(always)]
fn select(condition: bool, a: f64, b: f64) -> f64 {
    if condition { a } else { b }
}

/// May `sin_core` and `cos_core` be used? Not for NaN, infinities and huge arguments.
#[inline(always)]
pub(super) fn has_core(x: f64) -> bool {
    x.abs() <= TRIG_MAX
}

/// e to the x, for every float.
#[inline(always)]
pub(super) fn exp_core(x: f64) -> f64 {
    // Beyond these the result is infinite or zero anyway, and the exponent below stays in its field.
    let x = select(x > 710.0, 710.0, x);
    let x = select(x < -750.0, -750.0, x);
    let n = (x * std::f64::consts::LOG2_E + ROUNDER) - ROUNDER;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    // e^r = 1 + r + r²q(r): Taylor to r^13, in Estrin's order, which has short chains of dependent operations.
    let r2 = r * r;
    let r4 = r2 * r2;
    let r8 = r4 * r4;
    let a0 = r * (1.0 / 6.0) + 0.5;
    let a1 = r * (1.0 / 120.0) + 1.0 / 24.0;
    let a2 = r * (1.0 / 5040.0) + 1.0 / 720.0;
    let a3 = r * (1.0 / 362880.0) + 1.0 / 40320.0;
    let a4 = r * (1.0 / 39916800.0) + 1.0 / 3628800.0;
    let a5 = r * (1.0 / 6227020800.0) + 1.0 / 479001600.0;
    let b0 = a1 * r2 + a0;
    let b1 = a3 * r2 + a2;
    let b2 = a5 * r2 + a4;
    let q = b2 * r8 + (b1 * r4 + b0);
    let p = 1.0 + (q * r2 + r);
    // 2^n as two factors, so that results below the normal floats are rounded once, by the last product.
    let half = n * 0.5 + ROUNDER;
    let rest = (n - (half - ROUNDER)) + ROUNDER;
    let power = |bits: u64| f64::from_bits(bits.wrapping_add(1023) << 52);
    p * power(half.to_bits()) * power(rest.to_bits())
}

/// The natural logarithm, for every float.
#[inline(always)]
pub(super) fn log_core(x: f64) -> f64 {
    const TWO_54: f64 = 18014398509481984.0;
    let subnormal = x < f64::MIN_POSITIVE;
    let bits = select(subnormal, x * TWO_54, x).to_bits();
    // x = 2^e * m with m between sqrt(1/2) and sqrt(2). The bias makes the shift an unsigned one: AVX2 has no signed
    // shift of 64 bits.
    let biased = bits.wrapping_sub(0x3fe6a09e667f3bcd).wrapping_add(1 << 63) >> 52;
    let m = f64::from_bits(bits.wrapping_sub(biased.wrapping_sub(2048) << 52));
    let e = f64::from_bits(biased | ROUNDER.to_bits()) - (ROUNDER + 2048.0) - select(subnormal, 54.0, 0.0);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = w * (w * (w * 1.531383769920937332e-01 + 2.222219843214978396e-01) + 3.999999999940941908e-01);
    let even = z
        * (w * (w * (w * 1.479819860511658591e-01 + 1.818357216161805012e-01) + 2.857142874366239149e-01)
            + 6.666666666666735130e-01);
    let r = even + odd;
    let half_square = 0.5 * f * f;
    let y = e * LN2_HIGH - ((half_square - (s * (half_square + r) + e * LN2_LOW)) - f);
    let y = select(x == f64::INFINITY, f64::INFINITY, y);
    let y = select(x == 0.0, f64::NEG_INFINITY, y);
    select(x >= 0.0, y, f64::NAN)
}

/// The hyperbolic tangent, for every float: the rational function of Cephes for small ones, where a quotient of powers
/// would cancel.
#[inline(always)]
pub(super) fn tanh_core(x: f64) -> f64 {
    let z = x * x;
    let above = (z * -9.64399179425052238628e-1 - 9.92877231001918586564e1) * z - 1.61468768441708447952e3;
    let below = ((z + 1.12811678491632931402e2) * z + 2.23548839060100448583e3) * z + 4.84406305325125486048e3;
    let near = x + x * (z * (above / below));
    let size = x.abs();
    let far = 1.0 - 2.0 / (exp_core(2.0 * size) + 1.0);
    // -0.0 is added to 0.0 above.
    select(size < 0.625, near, far).copysign(x)
}

/// Sine and cosine of the argument reduced to a quarter turn around zero, and the number of quarter turns (in the low
/// bits). Only for arguments that [`has_core`] allows.
#[inline(always)]
fn sin_cos_quarter(x: f64) -> (f64, f64, u64) {
    // pi/2 in three parts of 33, 33 and 53 bits.
    const FIRST: f64 = 1.57079632673412561417e+00;
    const SECOND: f64 = 6.07710050630396597660e-11;
    const THIRD: f64 = 2.02226624879595063154e-21;
    let turns = x * std::f64::consts::FRAC_2_PI + ROUNDER;
    let n = turns - ROUNDER;
    let r0 = x - n * FIRST;
    let w = n * SECOND;
    let r1 = r0 - w;
    let w2 = n * THIRD - ((r0 - r1) - w);
    // The reduced argument is high + low.
    let high = r1 - w2;
    let low = (r1 - high) - w2;
    let z = high * high;
    let v = z * high;
    let sin_tail = z
        * (z * (z * (z * 1.58969099521155010221e-10 + -2.50507602534068634195e-08) + 2.75573137070700676789e-06)
            + -1.98412698298579493134e-04)
        + 8.33333333332248946124e-03;
    let sin = high - ((z * (0.5 * low - v * sin_tail) - low) - v * -1.66666666666666324348e-01);
    let cos_tail = z
        * (z * (z
            * (z * (z * (z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09)
                + -2.75573143513906633035e-07)
                + 2.48015872894767294178e-05)
            + -1.38888888888741095749e-03)
            + 4.16666666666666019037e-02);
    let half_z = 0.5 * z;
    let one = 1.0 - half_z;
    let cos = one + (((1.0 - one) - half_z) + (z * cos_tail - high * low));
    (sin, cos, turns.to_bits())
}

/// The sine, where [`has_core`] holds.
#[inline(always)]
pub(super) fn sin_core(x: f64) -> f64 {
    let (sin, cos, quarter) = sin_cos_quarter(x);
    let magnitude = select(quarter & 1 == 0, sin, cos);
    f64::from_bits(magnitude.to_bits() ^ ((quarter & 2) << 62))
}

/// The cosine, where [`has_core`] holds.
#[inline(always)]
pub(super) fn cos_core(x: f64) -> f64 {
    let (sin, cos, quarter) = sin_cos_quarter(x);
    let magnitude = select(quarter & 1 == 0, cos, sin);
    f64::from_bits(magnitude.to_bits() ^ ((quarter.wrapping_add(1) & 2) << 62))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in floats that can be represented; equal infinities and NaN with NaN are at no distance.
    fn ulps(a: f64, b: f64) -> u64 {
        if a == b || (a.is_nan() && b.is_nan()) {
            return 0;
        }
        if a.is_nan() || b.is_nan() || a.is_infinite() || b.is_infinite() {
            return u64::MAX;
        }
        let ordered = |x: f64| if x < 0.0 { -((x.to_bits() << 1 >> 1) as i128) } else { x.to_bits() as i128 };
        (ordered(a) - ordered(b)).unsigned_abs() as u64
    }

    /// Floats of every exponent and sign, from a small generator.
    fn floats(count: usize) -> impl Iterator<Item = f64> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        (0..count).map(move |_| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            f64::from_bits(state ^ (state >> 29))
        })
    }

    const SPECIAL: [f64; 22] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        std::f64::consts::PI,
        1e-300,
        5e-324,
        -5e-324,
        f64::MIN_POSITIVE,
        709.7,
        709.79,
        -745.0,
        -745.2,
        -708.5,
        1e6,
        1e6 + 0.1,
        1e22,
        f64::MAX,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];

    fn close(name: &str, ours: fn(f64) -> f64, theirs: fn(f64) -> f64, arguments: impl Iterator<Item = f64>) {
        // The C library's own tanh is not exact to one.
        let most = if name == "tanh" { 2 } else { 1 };
        for x in arguments {
            let (a, b) = (ours(x), theirs(x));
            assert!(ulps(a, b) <= most, "{name}({x:e}) gives {a:e}, the C library {b:e}");
        }
    }

    #[test]
    fn the_cores_are_near_the_c_library() {
        let scaled = |scale: f64| (0..20_000).map(move |k| (f64::from(k) - 10_000.0) * scale);
        for (name, ours, theirs) in [
            ("exp", exp as fn(f64) -> f64, f64::exp as fn(f64) -> f64),
            ("log", log, f64::ln),
            ("sin", sin, f64::sin),
            ("cos", cos, f64::cos),
            ("tanh", tanh, f64::tanh),
        ] {
            close(name, ours, theirs, SPECIAL.into_iter());
            close(name, ours, theirs, floats(50_000));
            close(name, ours, theirs, scaled(0.0731));
            close(name, ours, theirs, scaled(1e-5));
            close(name, ours, theirs, scaled(std::f64::consts::FRAC_PI_2));
        }
    }

    #[test]
    fn whole_arguments_have_their_exact_results() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(log(1.0), 0.0);
        assert_eq!(cos(0.0), 1.0);
        assert!(sin(-0.0).is_sign_negative() && sin(-0.0) == 0.0);
        assert_eq!(round(2.5), 2.0);
    }
}
