//! Bessel functions of real order: J and Y, and the modified ones I and K.
//!
//! For an order ν the functions are found at the order μ = ν - n nearest to zero, and then at ν by recurrence, which is
//! stable upwards for Y and K, and for J while the order is below x; beyond, J and I follow from the ratio of two
//! neighbours (a continued fraction) and the Wronskian. At μ they come from the series of N. M. Temme (J. Comput. Phys.
//! 19 and 21, 1975 and 1976) for small x, from the continued fractions of Steed (A. R. Barnett et al., Comput. Phys.
//! Commun. 8, 1974) between, and for J and Y of large x from Hankel's expansion.

use nalgebra::Complex;
use std::f64::consts::{FRAC_PI_2, LN_2, PI};

/// Orders beyond are not computed: the time that a value takes grows with the order.
pub const LARGEST_ORDER: f64 = 1e6;

/// Below, the power series; their terms would cancel beyond.
const SERIES_TO: f64 = 2.0;
/// From here on Hankel's expansion has every digit for the orders that it is used for.
const HANKEL_FROM: f64 = 25.0;
/// No sum or fraction here needs nearly as many terms; it ends the loop for NaN.
const MOST_TERMS: usize = 10_000_000;

/// J of order `nu`, up to [`LARGEST_ORDER`] in size. NaN for negative x, unless the order is whole.
pub fn besselj(nu: f64, x: f64) -> f64 {
    if x < 0.0 {
        return of_negative(nu, |nu| besselj(nu, -x));
    }
    if nu < 0.0 {
        let (sin, cos) = sin_cos_pi(-nu);
        return combined(cos, || besselj(-nu, x), -sin, || bessely(-nu, x));
    }
    match x {
        0.0 => {
            if nu == 0.0 {
                1.0
            } else {
                0.0
            }
        }
        f64::INFINITY => 0.0,
        x if x * x < nu + 1.0 && nu < 50.0 => power_series(nu, x, -1.0),
        x => ordinary(nu, x).0,
    }
}

/// Y of order `nu`, for x from 0 on.
pub fn bessely(nu: f64, x: f64) -> f64 {
    if x < 0.0 {
        return f64::NAN;
    }
    if nu < 0.0 {
        let (sin, cos) = sin_cos_pi(-nu);
        return combined(sin, || besselj(-nu, x), cos, || bessely(-nu, x));
    }
    match x {
        0.0 => f64::NEG_INFINITY,
        f64::INFINITY => 0.0,
        x => ordinary(nu, x).1,
    }
}

/// I of order `nu`. NaN for negative x, unless the order is whole.
pub fn besseli(nu: f64, x: f64) -> f64 {
    if x < 0.0 {
        return of_negative(nu, |nu| besseli(nu, -x));
    }
    if nu < 0.0 {
        let sin = sin_cos_pi(-nu).0;
        return combined(1.0, || besseli(-nu, x), sin / FRAC_PI_2, || besselk(-nu, x));
    }
    match x {
        0.0 => {
            if nu == 0.0 {
                1.0
            } else {
                0.0
            }
        }
        // Larger than every float: I is near exp(x - nu²/2x) / sqrt(2πx).
        x if x > 2000.0 && x > nu => f64::INFINITY,
        x if x * x < 4.0 * (nu + 1.0) && nu < 50.0 => power_series(nu, x, 1.0),
        x => {
            // The factor exp(x) may overflow where the product does not.
            let half = (x / 2.0).exp();
            modified(nu, x).0 * half * half
        }
    }
}

/// K of order `nu`, for x from 0 on.
pub fn besselk(nu: f64, x: f64) -> f64 {
    match x {
        0.0 => f64::INFINITY,
        f64::INFINITY => 0.0,
        x if x < 0.0 => f64::NAN,
        x => {
            let half = (-x / 2.0).exp();
            modified(nu.abs(), x).1 * half * half
        }
    }
}

/// The value at -x from that at x: defined for whole orders, with the sign of (-1)^nu.
fn of_negative(nu: f64, at_positive: impl Fn(f64) -> f64) -> f64 {
    if nu != nu.floor() {
        return f64::NAN;
    }
    if nu % 2.0 == 0.0 { at_positive(nu) } else { -at_positive(nu) }
}

/// `a * f() + b * g()`, where an infinite part with the factor zero does not count.
fn combined(a: f64, f: impl Fn() -> f64, b: f64, g: impl Fn() -> f64) -> f64 {
    let part = |factor: f64, value: &dyn Fn() -> f64| if factor == 0.0 { 0.0 } else { factor * value() };
    part(a, &f) + part(b, &g)
}

/// The sine and cosine of πx, exact at multiples of a half.
fn sin_cos_pi(x: f64) -> (f64, f64) {
    let quarter = (2.0 * x).round();
    let (sin, cos) = (PI * (x - quarter / 2.0)).sin_cos();
    match quarter.rem_euclid(4.0) as u8 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

/// The order nearest to zero that is `nu` less a whole number, and that number.
fn reduced(nu: f64) -> (f64, usize) {
    let steps = (nu + 0.5).floor();
    (nu - steps, steps as usize)
}

/// Does a term not change a sum any more? One that is NaN will not either.
fn is_negligible(term: f64, sum: f64) -> bool {
    term.is_nan() || term.abs() <= f64::EPSILON / 4.0 * sum.abs()
}

/// The sum of (sign·x²/4)^k / (k! Γ(ν+k+1)), times (x/2)^ν.
fn power_series(nu: f64, x: f64, sign: f64) -> f64 {
    let square = sign * x * x / 4.0;
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..MOST_TERMS {
        term *= square / (k as f64 * (nu + k as f64));
        sum += term;
        if is_negligible(term, sum) {
            break;
        }
    }
    sum * (x / 2.0).powf(nu) / libm::tgamma(nu + 1.0)
}

/// J and Y of an order from 0 on, for finite x above 0.
fn ordinary(nu: f64, x: f64) -> (f64, f64) {
    let (mu, steps) = reduced(nu);
    let [(mut j, mut j1), (mut y, mut y1)] = if x < SERIES_TO {
        let (y, y1) = temme(mu, x, Kind::Ordinary);
        // J at μ from Wronskian and ratio, as for every order above x.
        let j = beyond_turning_point(mu, x, y, y1);
        let j1 = beyond_turning_point(mu + 1.0, x, y1, 2.0 * (mu + 1.0) / x * y1 - y);
        [(j, j1), (y, y1)]
    } else if x < HANKEL_FROM {
        steed(mu, x)
    } else {
        let (low, high) = (hankel(mu, x), hankel(mu + 1.0, x));
        [(low.0, high.0), (low.1, high.1)]
    };
    for k in 0..steps {
        let factor = 2.0 * (mu + (k + 1) as f64) / x;
        (j, j1) = (j1, factor * j1 - j);
        (y, y1) = (y1, factor * y1 - y);
        if y == f64::NEG_INFINITY {
            return (0.0, y);
        }
    }
    if nu > x {
        j = beyond_turning_point(nu, x, y, y1);
    }
    (j, y)
}

/// J from Y at the same order and the next: by J_{ν+1}/J_ν and J_{ν+1} Y_ν - J_ν Y_{ν+1} = 2/(πx).
fn beyond_turning_point(nu: f64, x: f64, y: f64, y1: f64) -> f64 {
    if y1 == f64::NEG_INFINITY {
        return 0.0;
    }
    2.0 / (PI * x) / (ratio(nu, x, -1.0) * y - y1)
}

/// The ratio of the functions of order ν+1 and ν, of J with sign -1, of I with sign 1, by a continued fraction: it
/// converges after about x terms.
fn ratio(nu: f64, x: f64, sign: f64) -> f64 {
    let tiny = f64::MIN_POSITIVE * 1e10;
    // Lentz's method.
    let (mut f, mut c, mut d) = (tiny, tiny, 0.0);
    for k in 1..MOST_TERMS {
        let b = 2.0 * (nu + k as f64) / x;
        let a = if k == 1 { 1.0 } else { sign };
        let (below, next) = (b + a * d, b + a / c);
        d = 1.0 / if below == 0.0 { tiny } else { below };
        c = if next == 0.0 { tiny } else { next };
        f *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    f
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Ordinary,
    Modified,
}

/// The coefficients of 1/Γ(z) = z + γz² + … (M. Abramowitz and I. A. Stegun, 6.1.34), from the first power on.
const RECIPROCAL_GAMMA: [f64; 24] = [
    1.0,
    0.577_215_664_901_532_9,
    -0.655_878_071_520_253_9,
    -0.042_002_635_034_095_24,
    0.166_538_611_382_291_5,
    -0.042_197_734_555_544_34,
    -0.009_621_971_527_876_974,
    0.007_218_943_246_663_1,
    -0.001_165_167_591_859_065_2,
    -0.000_215_241_674_114_950_97,
    0.000_128_050_282_388_116_18,
    -2.013_485_478_078_824e-5,
    -1.250_493_482_142_670_6e-6,
    1.133_027_231_981_696e-6,
    -2.056_338_416_977_607e-7,
    6.116_095_104_481_416e-9,
    5.002_007_644_469_223e-9,
    -1.181_274_570_487_02e-9,
    1.043_426_711_691_100_5e-10,
    7.782_263_439_905_071e-12,
    -3.696_805_618_642_206e-12,
    5.100_370_287_454_476e-13,
    -2.058_326_053_566_507e-14,
    -5.348_122_539_423_018e-15,
];

/// Y (or K) of the orders μ and μ+1, |μ| ≤ 1/2, by Temme's series in powers of x².
fn temme(mu: f64, x: f64, kind: Kind) -> (f64, f64) {
    // Γ₁ = (1/Γ(1-μ) - 1/Γ(1+μ)) / 2μ and Γ₂ = their mean; both are even.
    let even = |from: usize| {
        let coefficients = RECIPROCAL_GAMMA[from..].iter().step_by(2).rev();
        coefficients.fold(0.0, |sum, c| sum * mu * mu + c)
    };
    let (gamma1, gamma2) = (-even(1), even(0));
    let (upper, lower) = (1.0 / (gamma2 - mu * gamma1), 1.0 / (gamma2 + mu * gamma1));
    let log = LN_2 - x.ln();
    let sigma = mu * log;
    let quotient = |sin: f64, x: f64| if x == 0.0 { 1.0 } else { sin / x };
    let front = 1.0 / quotient((PI * mu).sin(), PI * mu);
    let (scale, half, square) = match kind {
        Kind::Ordinary => (2.0 / PI, 1.0 / PI, -x * x / 4.0),
        Kind::Modified => (1.0, 0.5, x * x / 4.0),
    };
    let mut f = scale * front * (sigma.cosh() * gamma1 + quotient(sigma.sinh(), sigma) * log * gamma2);
    let (mut p, mut q) = (half * sigma.exp() * upper, half * (-sigma).exp() * lower);
    let r = match kind {
        Kind::Ordinary => PI * PI * mu / 2.0 * quotient((PI * mu / 2.0).sin(), PI * mu / 2.0).powi(2),
        Kind::Modified => 0.0,
    };
    let (mut c, mut sum, mut sum1) = (1.0, f + r * q, p);
    for k in 1..MOST_TERMS {
        let k = k as f64;
        f = (k * f + p + q) / (k * k - mu * mu);
        p /= k - mu;
        q /= k + mu;
        c *= square / k;
        let term = c * (f + r * q);
        sum += term;
        sum1 += c * (p - k * (f + r * q));
        if is_negligible(term, sum) {
            break;
        }
    }
    match kind {
        Kind::Ordinary => (-sum, -2.0 / x * sum1),
        Kind::Modified => (sum, 2.0 / x * sum1),
    }
}

/// J and Y of the orders μ and μ+1, |μ| ≤ 1/2, for x of middle size: J up to a factor by recurrence downwards, the
/// logarithmic derivative p + iq of J + iY by a continued fraction, and both sizes by the Wronskian.
fn steed(mu: f64, x: f64) -> [(f64, f64); 2] {
    // From an order so far above x, the start does not matter; j grows by less than 10^80.
    let (mut above, mut j) = (0.0, 1e-100);
    for k in (0..x as usize + 40).rev() {
        (above, j) = (j, 2.0 * (mu + (k + 1) as f64) / x * j - above);
    }
    let derivative = mu / x * j - above;
    let (p, q) = logarithmic_derivative(mu, x);
    let y = (p * j - derivative) / q;
    let size = (2.0 / (PI * x * q * (j * j + y * y))).sqrt();
    let y_derivative = q * j + p * y;
    [(j * size, above * size), (y * size, (mu / x * y - y_derivative) * size)]
}

/// (J' + iY') / (J + iY) as real and imaginary part.
fn logarithmic_derivative(mu: f64, x: f64) -> (f64, f64) {
    let mut f = Complex::new(0.0, 0.0);
    // From the end: a fixed number of terms is enough for x ≥ 2.
    for k in (1..=160).rev() {
        let k = f64::from(k);
        let a = (k - 0.5).powi(2) - mu * mu;
        f = Complex::new(a, 0.0) / (Complex::new(2.0 * x, 2.0 * k) + f);
    }
    let i = Complex::new(0.0, 1.0);
    let found = Complex::new(-0.5 / x, 1.0) + i / x * f;
    (found.re, found.im)
}

/// J and Y of a small order for large x, by Hankel's expansion in powers of 1/x.
fn hankel(mu: f64, x: f64) -> (f64, f64) {
    let square = 4.0 * mu * mu;
    let (mut p, mut q, mut term) = (1.0, 0.0, 1.0);
    for k in 1..100 {
        let odd = f64::from(2 * k - 1);
        let next = term * (square - odd * odd) / (8.0 * x * f64::from(k));
        if f64::abs(next) < f64::EPSILON / 8.0 || f64::abs(next) > f64::abs(term) {
            break;
        }
        term = next;
        match k % 4 {
            0 => p += term,
            1 => q += term,
            2 => p -= term,
            _ => q -= term,
        }
    }
    // The angle x - (μ/2 + 1/4)π as a difference of angles: the difference itself would round.
    let ((sin_x, cos_x), (sin, cos)) = (x.sin_cos(), sin_cos_pi(mu / 2.0 + 0.25));
    let (c, s) = (cos_x * cos + sin_x * sin, sin_x * cos - cos_x * sin);
    let size = (2.0 / (PI * x)).sqrt();
    (size * (p * c - q * s), size * (p * s + q * c))
}

/// I·exp(-x) and K·exp(x) of an order from 0 on, for finite x above 0.
fn modified(nu: f64, x: f64) -> (f64, f64) {
    let (mu, steps) = reduced(nu);
    let (mut k, mut k1) = if x < SERIES_TO {
        let (k, k1) = temme(mu, x, Kind::Modified);
        (k * x.exp(), k1 * x.exp())
    } else {
        steed_modified(mu, x)
    };
    for step in 0..steps {
        (k, k1) = (k1, 2.0 * (mu + (step + 1) as f64) / x * k1 + k);
        if k == f64::INFINITY {
            return (0.0, k);
        }
    }
    (1.0 / (x * (k1 + ratio(nu, x, 1.0) * k)), k)
}

/// K·exp(x) of the orders μ and μ+1, |μ| ≤ 1/2, for x ≥ 2, by Steed's continued fraction and the sum that goes with it.
fn steed_modified(mu: f64, x: f64) -> (f64, f64) {
    let a1 = 0.25 - mu * mu;
    let mut b = 2.0 * (1.0 + x);
    let mut d = 1.0 / b;
    let (mut h, mut step) = (d, d);
    let (mut q1, mut q2) = (0.0, 1.0);
    let (mut q, mut c, mut a) = (a1, a1, -a1);
    let mut s = 1.0 + q * step;
    for k in 2..MOST_TERMS {
        let k = k as f64;
        a -= 2.0 * (k - 1.0);
        c = -a * c / k;
        let next = (q1 - b * q2) / a;
        (q1, q2) = (q2, next);
        q += c * next;
        b += 2.0;
        d = 1.0 / (b + a * d);
        step *= b * d - 1.0;
        h += step;
        let term = q * step;
        s += term;
        if is_negligible(term, s) {
            break;
        }
    }
    let size = (PI / (2.0 * x)).sqrt() / s;
    (size, size * (mu + x + 0.5 - a1 * h) / x)
}
