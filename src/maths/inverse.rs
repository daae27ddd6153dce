//! Angles from their sines, cosines and tangents: the ranges and polynomials are fdlibm's, large terms are kept with what
//! rounding takes from them.

use super::select;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// What the floats nearest to π/2, π/4 and π lack.
const FRAC_PI_2_REST: f64 = 6.123233995736766e-17;
const FRAC_PI_4_REST: f64 = 3.061616997868383e-17;
const PI_REST: f64 = 1.2246467991473532e-16;

/// The angle whose tangent is x, for every float. With c one of 0, 1/2, 1, 3/2, ∞ it is that of c and that of
/// t = (x - c) / (1 + c x), which is at most 7/16.
#[inline(always)]
pub fn atan_core(x: f64) -> f64 {
    let size = x.abs();
    // From here on the angle is π/2, and infinity would be no number below.
    let size = select(size > 1e18, 1e18, size);
    let (a, b, c, far) = (size >= 7.0 / 16.0, size >= 11.0 / 16.0, size >= 19.0 / 16.0, size >= 39.0 / 16.0);
    let by_range = |of: [f64; 5]| select(far, of[4], select(c, of[3], select(b, of[2], select(a, of[1], of[0]))));
    let center = by_range([0.0, 0.5, 1.0, 1.5, 0.0]);
    let angle = by_range([0.0, 0.4636476090008061, FRAC_PI_4, 0.982793723247329, FRAC_PI_2]);
    let angle_rest = by_range([0.0, 2.2698777452961687e-17, FRAC_PI_4_REST, 1.3903311031230998e-17, FRAC_PI_2_REST]);
    let sum = center.mul_add(size, 1.0);
    let above = select(far, -1.0, size - center);
    let below = select(far, size, sum);
    let below_rest = select(far, 0.0, center.mul_add(size, 1.0 - sum));
    let inverse = 1.0 / below;
    let t = above * inverse;
    let t_rest = t.mul_add(-below_rest, t.mul_add(-below, above)) * inverse;
    let (z, tail) = atan_tail(t);
    let sum = angle + t;
    let rest = ((angle - sum) + t) + (angle_rest + z.mul_add(-t_rest, t_rest));
    (sum + tail.mul_add(-t, rest)).copysign(x)
}

/// The square of a tangent up to 7/16 in size, and what its angle lacks of it, as a part of it.
#[inline(always)]
fn atan_tail(t: f64) -> (f64, f64) {
    let z = t * t;
    let w = z * z;
    let even = w.mul_add(1.62858201153657823623e-02, 4.97687799461593236017e-02);
    let even = even.mul_add(w, 6.66107313738753120669e-02);
    let even = even.mul_add(w, 9.09088713343650656196e-02);
    let even = even.mul_add(w, 1.42857142725034663711e-01);
    let even = even.mul_add(w, 3.33333333333329318027e-01);
    let odd = w.mul_add(-3.65315727442169155270e-02, -5.83357013379057348645e-02);
    let odd = odd.mul_add(w, -7.69187620504482999495e-02);
    let odd = odd.mul_add(w, -1.11111104054623557880e-01);
    let odd = odd.mul_add(w, -1.99999999998764832476e-01);
    (z, odd.mul_add(z, even) * z)
}

/// Beyond these sizes a quotient's parts may be no normal floats, and both are scaled by a power of two.
const HUGE: f64 = 8.452712498170644e270;
const TINY: f64 = 1.1830521861667747e-271;
const SCALE: f64 = 1.6069380442589903e60;

/// The direction of the point (x, y), for all floats. Of the smaller coordinate over the larger, which is at most 1, the
/// angle is that of c, one of 0, 1/2 and 1, and the rest's, as in [`atan_core`]; it lies on one side or the other of 0,
/// π/2 or π.
#[inline(always)]
pub fn atan2_core(y: f64, x: f64) -> f64 {
    let (a, b) = (y.abs(), x.abs());
    let steep = a > b;
    let (low, high) = (select(steep, b, a), select(steep, a, b));
    let infinite = high == f64::INFINITY;
    let low = select(infinite, select(low == f64::INFINITY, 1.0, 0.0), low);
    let high = select(infinite | (high == 0.0), 1.0, high);
    let scale = select(high > HUGE, 1.0 / SCALE, select(high < TINY, SCALE, 1.0));
    let (low, high) = (low * scale, high * scale);
    let (half, whole) = (low >= high * (7.0 / 16.0), low >= high * (11.0 / 16.0));
    let by_range = |of: [f64; 3]| select(whole, of[2], select(half, of[1], of[0]));
    let center = by_range([0.0, 0.5, 1.0]);
    let angle = by_range([0.0, 0.4636476090008061, FRAC_PI_4]);
    let angle_rest = by_range([0.0, 2.2698777452961687e-17, FRAC_PI_4_REST]);
    // Both products are exact, and so is the difference.
    let above = low - center * high;
    let below = center.mul_add(low, high);
    let below_rest = center.mul_add(low, high - below);
    let t = above / below;
    let t_rest = t.mul_add(-below_rest, t.mul_add(-below, above)) / below;
    let (z, tail) = atan_tail(t);
    let back = x.is_sign_negative();
    let from = select(steep, FRAC_PI_2, select(back, PI, 0.0));
    let from_rest = select(steep, FRAC_PI_2_REST, select(back, PI_REST, 0.0));
    let side = select(steep != back, -1.0, 1.0);
    let center = side.mul_add(angle, from);
    let center_rest = side.mul_add(angle, from - center) + side.mul_add(angle_rest, from_rest);
    let sum = side.mul_add(t, center);
    let rest = side.mul_add(t, center - sum) + (center_rest + side * z.mul_add(-t_rest, t_rest));
    let direction = (sum + (side * tail).mul_add(-t, rest)).copysign(y);
    select(x.is_nan() | y.is_nan(), f64::NAN, direction)
}

/// The angle whose sine is x, for every float; NaN beyond 1.
#[inline(always)]
pub fn asin_core(x: f64) -> f64 {
    let size = x.abs();
    let Half { near, root, root_rest, above } = half(size);
    let small = above.mul_add(size, size);
    let twice = 2.0 * root;
    let sum = FRAC_PI_2 - twice;
    let rest = ((FRAC_PI_2 - sum) - twice) + (FRAC_PI_2_REST - 2.0 * above.mul_add(root, root_rest));
    select(near, small, sum + rest).copysign(x)
}

/// The angle whose cosine is x, for every float; NaN beyond 1.
#[inline(always)]
pub fn acos_core(x: f64) -> f64 {
    let Half { near, root, root_rest, above } = half(x.abs());
    let twice = 2.0 * root;
    let twice_rest = 2.0 * above.mul_add(root, root_rest);
    let negative = x < 0.0;
    // The angle is `from` less what follows, or for x above 1/2 what follows.
    let from = select(near, FRAC_PI_2, select(negative, PI, 0.0));
    let from_rest = select(near, FRAC_PI_2_REST, select(negative, PI_REST, 0.0));
    let (less, less_rest) = (select(near, x, twice), select(near, above * x, twice_rest));
    let positive = !near & !negative;
    let (less, less_rest) = (select(positive, -less, less), select(positive, -less_rest, less_rest));
    let sum = from - less;
    sum + (((from - sum) - less) + (from_rest - less_rest))
}

/// For sines up to 1/2, asin(x) = x + x * above. Beyond, it is π/2 - 2 asin(root) with root = √((1 - x) / 2).
struct Half {
    near: bool,
    root: f64,
    root_rest: f64,
    above: f64,
}

#[inline(always)]
fn half(size: f64) -> Half {
    let near = size <= 0.5;
    let z = select(near, size * size, (1.0 - size) * 0.5);
    let root = z.sqrt();
    let root_rest = select(z > 0.0, root.mul_add(-root, z) * 0.5 / root, 0.0);
    let p = z.mul_add(3.47933107596021167570e-05, 7.91534994289814532176e-04);
    let p = p.mul_add(z, -4.00555345006794114027e-02);
    let p = p.mul_add(z, 2.01212532134862925881e-01);
    let p = p.mul_add(z, -3.25565818622400915405e-01);
    let p = p.mul_add(z, 1.66666666666666657415e-01);
    let q = z.mul_add(7.70381505559019352791e-02, -6.88283971605453293030e-01);
    let q = q.mul_add(z, 2.02094576023350569471e+00);
    let q = q.mul_add(z, -2.40339491173441421878e+00);
    let q = q.mul_add(z, 1.0);
    Half { near, root, root_rest, above: z * p / q }
}
