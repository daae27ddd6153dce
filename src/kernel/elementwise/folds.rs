//! Sums, extremes and counts of a block, in lanes that run beside each other.

use super::loops::find;

/// Sums that run beside each other, so that additions need not wait for each other. Their number is the same for all
/// levels, and so is the order of all additions.
const LANES: usize = 32;

/// The sum of a few thousand floats. Few are added in order; more in lanes.
#[inline(always)]
pub(super) fn sum_in_lanes(items: &[f64]) -> f64 {
    if items.len() < LANES / 2 {
        // -0.0 is what leaves every float as it is.
        return items.iter().fold(-0.0, |sum, x| sum + x);
    }
    let lanes = in_lanes(items, -0.0, |sum, x| sum + x);
    folded(lanes, |x, y| x + y)
}

/// The largest float; NaN if there is one, -Inf if there are no elements. 0.0 is larger than -0.0.
#[inline(always)]
pub(super) fn largest_in_lanes(items: &[f64]) -> f64 {
    extreme_in_lanes(items, f64::NEG_INFINITY, 0.0, |best, x| if x > best { x } else { best })
}

/// The smallest float; NaN if there is one, Inf if there are no elements. -0.0 is smaller than 0.0.
#[inline(always)]
pub(super) fn smallest_in_lanes(items: &[f64]) -> f64 {
    extreme_in_lanes(items, f64::INFINITY, -0.0, |best, x| if x < best { x } else { best })
}

/// The extreme that comparisons find, and what they don't see: NaN in lanes of its own, so that neither waits for the
/// other, and afterwards which zero.
#[inline(always)]
fn extreme_in_lanes(items: &[f64], start: f64, wanted_zero: f64, better: impl Fn(f64, f64) -> f64) -> f64 {
    let (mut best, mut nans) = ([start; LANES], [0.0; LANES]);
    let mut see = |part: &[f64]| {
        for ((best, nan), x) in best.iter_mut().zip(&mut nans).zip(part) {
            *best = better(*best, *x);
            *nan = if x.is_nan() { *x } else { *nan };
        }
    };
    let mut chunks = items.chunks_exact(LANES);
    for chunk in &mut chunks {
        see(chunk);
    }
    see(chunks.remainder());
    let extreme = folded(best, better);
    if find(&nans, |x: f64| x.is_nan()) {
        f64::NAN
    } else if extreme == 0.0 && find(items, |x: f64| x.to_bits() == wanted_zero.to_bits()) {
        wanted_zero
    } else {
        extreme
    }
}

/// The exact sum of up to 2^31 integers: of their upper and lower halves.
#[inline(always)]
pub(super) fn int_sum_by_halves(items: &[i64]) -> i128 {
    let (mut upper, mut lower) = (0_i64, 0_i64);
    for x in items {
        upper += x >> 32;
        lower += x & 0xffff_ffff;
    }
    (i128::from(upper) << 32) + i128::from(lower)
}

/// How many are true. Bytes are added to bytes for as long as they have room.
#[inline(always)]
pub(super) fn count_of_true(items: &[bool]) -> i64 {
    const WIDTH: usize = 64;
    let mut count = 0;
    for part in items.chunks(WIDTH * 255) {
        let mut lanes = [0_u8; WIDTH];
        let mut chunks = part.chunks_exact(WIDTH);
        for chunk in &mut chunks {
            for (lane, x) in lanes.iter_mut().zip(chunk) {
                *lane += u8::from(*x);
            }
        }
        count += lanes.iter().map(|lane| i64::from(*lane)).sum::<i64>();
        count += chunks.remainder().iter().map(|x| i64::from(*x)).sum::<i64>();
    }
    count
}

#[inline(always)]
fn in_lanes(items: &[f64], start: f64, f: impl Fn(f64, f64) -> f64) -> [f64; LANES] {
    let mut lanes = [start; LANES];
    let mut chunks = items.chunks_exact(LANES);
    for chunk in &mut chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = f(*lane, *x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane = f(*lane, *x);
    }
    lanes
}

/// Lanes put together as a tree.
#[inline(always)]
fn folded(mut lanes: [f64; LANES], f: impl Fn(f64, f64) -> f64) -> f64 {
    let mut half = LANES / 2;
    while half > 0 {
        for k in 0..half {
            lanes[k] = f(lanes[k], lanes[k + half]);
        }
        half /= 2;
    }
    lanes[0]
}
