//! Cube roots, and the length of a vector of two components.

use super::select;

/// 2^-(k/3) for a rest of exponents.
const CBRT_OF_HALF: [f64; 3] = [1.0, 0.7937005259840998, 0.6299605249474366];

/// The smallest normal float is 2^-1022; what is below is scaled by 2^54, and its root by 2^-18.
const TINY_SCALE: f64 = 18014398509481984.0;
const TINY_ROOT: f64 = 3.814697265625e-06;

/// The cube root, for every float. The inverse root of the significand, by a polynomial and one step of Halley's method,
/// gives the root to 44 digits; what its cube, in two parts, lacks gives the rest.
#[inline(always)]
pub fn cbrt_core(x: f64) -> f64 {
    let size = x.abs();
    let tiny = size < f64::MIN_POSITIVE;
    let bits = select(tiny, size * TINY_SCALE, size).to_bits();
    // The exponent and its bias, 3 * 341, are divided by three, the exponent by a product that is exact below 2^15.
    let exponent = bits >> 52;
    let third = (exponent * 21846) >> 16;
    let rest = exponent - 3 * third;
    let significand = bits & 0x000f_ffff_ffff_ffff;
    let m = f64::from_bits(significand | (1023 << 52));
    let y = f64::from_bits(significand | ((1023 + rest) << 52));
    let p = m.mul_add(0.027782801018546195, -0.21636185469221342);
    let p = p.mul_add(m, 0.684652707731717);
    let p = p.mul_add(m, -1.1623973573073125);
    let p = p.mul_add(m, 1.6662787377307344);
    let inverse = p * select(rest == 0, CBRT_OF_HALF[0], select(rest == 1, CBRT_OF_HALF[1], CBRT_OF_HALF[2]));
    let lacks = (y * inverse).mul_add(-(inverse * inverse), 1.0);
    let inverse = (inverse * lacks).mul_add(lacks.mul_add(2.0 / 9.0, 1.0 / 3.0), inverse);
    let slope = inverse * inverse;
    let root = y * slope;
    let square = root * root;
    let square_rest = root.mul_add(root, -square);
    let residue = square_rest.mul_add(root, square.mul_add(root, -y));
    let root = (slope * (1.0 / 3.0)).mul_add(-residue, root);
    let root = root * f64::from_bits((third + 682) << 52);
    let root = select(tiny, root * TINY_ROOT, root).copysign(x);
    select((size > 0.0) & (size < f64::INFINITY), root, x)
}

/// Beyond these lengths a square may be no normal float, and both components are scaled by a power of two.
const LONG: f64 = 3.273390607896142e150;
const SHORT: f64 = 3.4395525670743494e-136;
const SCALE: f64 = 4.149515568880993e180;

/// The length of the vector (x, y), for all floats, without overflow on the way: the root of the sum of squares, corrected
/// by what its square lacks. C. Borges, "An improved algorithm for hypot(a, b)" (2019).
#[inline(always)]
pub fn hypot_core(x: f64, y: f64) -> f64 {
    let (x, y) = (x.abs(), y.abs());
    let (a, b) = (select(x > y, x, y), select(x > y, y, x));
    let scale = select(a > LONG, 1.0 / SCALE, select(a < SHORT, SCALE, 1.0));
    let back = select(a > LONG, SCALE, select(a < SHORT, 1.0 / SCALE, 1.0));
    let (a, b) = (a * scale, b * scale);
    let (above, below) = (a * a, b * b);
    let length = a.mul_add(a, below).sqrt();
    let square = length * length;
    let rest = (-b).mul_add(b, square - above) + length.mul_add(length, -square) - a.mul_add(a, -above);
    let corrected = (length - rest / (2.0 * length)) * back;
    let corrected = select(a == 0.0, b, corrected);
    select((x == f64::INFINITY) | (y == f64::INFINITY), f64::INFINITY, corrected)
}
