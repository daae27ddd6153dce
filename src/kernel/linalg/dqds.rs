//! The singular values of a bidiagonal matrix, each to nearly all its digits, by the differential quotient-difference
//! algorithm with shifts: K. V. Fernando and B. N. Parlett, "Accurate singular values and differential qd algorithms"
//! (1994); shifts and tests are those of LAPACK's `dlasq3` and `dlasq4`: B. N. Parlett and O. A. Marques, "An
//! implementation of the dqds algorithm (positive case)" (2000).
//!
//! It works on the squares `q` of the diagonal and `e` of what stands above it. A step with the shift `s` makes of them
//! those of a matrix whose squared singular values are less by s, and the last `e` smaller; a shift that is too large
//! shows in a negative number and is taken back.

use crate::fault::Outcome;
use crate::interrupt;

/// What one square may be of another to count as zero: (100 ε)².
const NEGLIGIBLE: f64 = 1e4 * f64::EPSILON * f64::EPSILON;
/// The same for what is no square.
const TINY: f64 = 100.0 * f64::EPSILON;
/// Steps for one value after which the iteration is given up; three or four are common.
const MOST_STEPS: usize = 100;
/// Shifts that are tried in one step; then it is done without one, which never fails.
const MOST_TRIES: usize = 3;

/// The singular values of the upper bidiagonal matrix with that diagonal and that above it, the largest first; `None` if
/// the steps do not converge. All numbers are finite. It can be interrupted.
pub(super) fn singular_values(diagonal: &[f64], above: &[f64]) -> Outcome<Option<Vec<f64>>> {
    let size = diagonal.len();
    let largest = diagonal.iter().chain(above).fold(0.0_f64, |largest, x| largest.max(x.abs()));
    if largest == 0.0 {
        return Ok(Some(vec![0.0; size]));
    }
    let square = |x: &f64| (x / largest) * (x / largest);
    let mut now = Squares { q: diagonal.iter().map(square).collect(), e: above.iter().map(square).collect() };
    now.e.push(0.0);
    let mut search = Search { before: now.clone(), now, values: Vec::with_capacity(size), blocks: Vec::new() };
    search.turn_if_growing(0, size - 1);
    // Two steps without a shift show where it falls apart.
    for _ in 0..2 {
        search.plain_step(0, size - 1);
        search.accept();
    }
    search.blocks.push(Block::new(0, size - 1, 0.0));
    while let Some(block) = search.blocks.pop() {
        if !search.find(block)? {
            return Ok(None);
        }
    }
    let mut values = search.values;
    values.iter_mut().for_each(|x| *x = x.sqrt() * largest);
    values.sort_by(|a, b| b.total_cmp(a));
    Ok(Some(values))
}

#[derive(Clone)]
struct Squares {
    q: Vec<f64>,
    e: Vec<f64>,
}

/// The rows from `first` to `last`, and what has been taken from the squares of their values: `shift + rest`.
struct Block {
    first: usize,
    last: usize,
    shift: f64,
    rest: f64,
    /// Of the last step, while rows have only been split off at the end since.
    bounds: Option<Bounds>,
    /// The part of the least `d` that is tried as a shift where nothing more is known.
    fraction: f64,
}

impl Block {
    fn new(first: usize, last: usize, shift: f64) -> Block {
        Block { first, last, shift, rest: 0.0, bounds: None, fraction: 0.0 }
    }

    /// Counts one more shift; what rounding takes from the sum is kept.
    fn add(&mut self, shift: f64) {
        let (larger, smaller) = if shift < self.shift { (self.shift, shift) } else { (shift, self.shift) };
        let smaller = smaller + self.rest;
        self.shift = larger + smaller;
        self.rest = smaller - (self.shift - larger);
    }
}

/// Of the numbers `d` of a step, which are no less than the smallest square:
#[derive(Clone, Copy)]
struct Bounds {
    /// the least of all, of all but the last, of all but the last two,
    least: [f64; 3],
    /// the last, the one before it, the one before that.
    last: [f64; 3],
}

impl Bounds {
    fn of(first: f64) -> Bounds {
        Bounds { least: [first; 3], last: [first; 3] }
    }

    fn add(&mut self, d: f64) {
        self.least = [self.least[0].min(d), self.least[0], self.least[1]];
        self.last = [d, self.last[0], self.last[1]];
    }

    fn is_valid(&self) -> bool {
        self.least[0] >= 0.0 && !self.last[0].is_nan()
    }
}

struct Search {
    now: Squares,
    /// As they were before the last step; the next one writes here.
    before: Squares,
    /// Squares of values that are found.
    values: Vec<f64>,
    blocks: Vec<Block>,
}

impl Search {
    /// Finds the values of a block but for parts that it falls into, which are left as blocks; false if it does not
    /// converge.
    fn find(&mut self, mut block: Block) -> Outcome<bool> {
        self.turn_if_growing(block.first, block.last);
        let mut steps = 0;
        loop {
            interrupt::check()?;
            let last = block.last;
            if !self.split_off(&mut block) {
                return Ok(true);
            }
            let found = last - block.last;
            if self.split(&mut block) || (found > 0 && self.turn_if_growing(block.first, block.last)) {
                block.bounds = None;
            }
            steps = if found > 0 { 0 } else { steps + 1 };
            if steps > MOST_STEPS {
                return Ok(false);
            }
            self.step(&mut block, found);
        }
    }

    /// Takes values off the end of a block as long as they show; false if none is left.
    fn split_off(&mut self, block: &mut Block) -> bool {
        let (q, e) = (&self.now.q, &self.now.e);
        loop {
            let (last, shift) = (block.last, block.shift);
            if last == block.first {
                self.values.push(q[last] + shift);
                return false;
            }
            if e[last - 1] <= NEGLIGIBLE * (shift + q[last]) {
                self.values.push(q[last] + shift);
                block.last -= 1;
            } else if last == block.first + 1 {
                self.values.extend(of_two(q[last - 1], e[last - 1], q[last]).map(|x| x + shift));
                return false;
            } else if e[last - 2] <= NEGLIGIBLE * shift {
                self.values.extend(of_two(q[last - 1], e[last - 1], q[last]).map(|x| x + shift));
                block.last -= 2;
            } else {
                return true;
            }
        }
    }

    /// Leaves what stands before a negligible `e` as a block for later; true if there was one.
    fn split(&mut self, block: &mut Block) -> bool {
        let (now, before) = (&self.now, &self.before);
        // A step makes `d + e` its `q`: where that shows no more than d, the e that it had was nothing against d.
        let was_nothing = |j: usize| block.bounds.is_some() && before.e[j] <= NEGLIGIBLE * now.q[j];
        let is_negligible = |j: &usize| now.e[*j] <= NEGLIGIBLE * block.shift || was_nothing(*j);
        let Some(j) = (block.first..block.last).rev().find(is_negligible) else { return false };
        // Whichever of the two is the present one when its turn comes.
        let rows = block.first..=j;
        self.before.q[rows.clone()].copy_from_slice(&self.now.q[rows.clone()]);
        self.before.e[rows.clone()].copy_from_slice(&self.now.e[rows]);
        self.blocks.push(Block::new(block.first, j, block.shift));
        block.first = j + 1;
        true
    }

    /// Turns a block that grows downwards: the smallest values are found last, at its end. The matrix turned about its
    /// other diagonal has the same values.
    fn turn_if_growing(&mut self, first: usize, last: usize) -> bool {
        let is_growing = 1.5 * self.now.q[first] < self.now.q[last];
        if is_growing {
            for squares in [&mut self.now, &mut self.before] {
                squares.q[first..=last].reverse();
                squares.e[first..last].reverse();
            }
        }
        is_growing
    }

    /// One step, with the largest shift that is found to be good.
    fn step(&mut self, block: &mut Block, found: usize) {
        let (first, last) = (block.first, block.last);
        let mut shift = self.first_shift(block, found);
        let mut tries = 0;
        let bounds = loop {
            if shift <= 0.0 {
                shift = 0.0;
                break self.plain_step(first, last);
            }
            let mut bounds = self.shifted_step(first, last, shift);
            if bounds.is_valid() {
                break bounds;
            }
            let ([least, other_least, _], [d, other_d, _]) = (bounds.least, bounds.last);
            tries += 1;
            if tries > MOST_TRIES || d.is_nan() {
                shift = 0.0;
            } else if other_least <= 0.0 {
                shift *= 0.25;
            } else if self.before.e[last - 1] < TINY * (block.shift + other_d) && d.abs() < TINY * block.shift {
                // It is zero but for rounding.
                self.before.q[last] = 0.0;
                bounds.least[0] = 0.0;
                break bounds;
            } else {
                shift = (shift + least) * (1.0 - 2.0 * f64::EPSILON);
            }
        };
        self.accept();
        block.add(shift);
        block.bounds = Some(bounds);
    }

    fn accept(&mut self) {
        std::mem::swap(&mut self.now, &mut self.before);
    }

    /// A step without a shift, in which nothing cancels.
    fn plain_step(&mut self, first: usize, last: usize) -> Bounds {
        let (from, to) = (&self.now, &mut self.before);
        let mut d = from.q[first];
        let mut bounds = Bounds::of(d);
        for j in first..last {
            let (e, next) = (from.e[j], from.q[j + 1]);
            to.q[j] = d + e;
            if e <= NEGLIGIBLE * d {
                to.e[j] = 0.0;
                d = next;
            } else {
                let quotient = next / to.q[j];
                to.e[j] = e * quotient;
                d *= quotient;
            }
            bounds.add(d);
        }
        to.q[last] = d;
        bounds
    }

    /// A step; if its bounds are not valid, nothing of it is.
    fn shifted_step(&mut self, first: usize, last: usize, shift: f64) -> Bounds {
        let count = last - first;
        let (q, e) = (&self.now.q[first + 1..=last], &self.now.e[first..last]);
        let (to_q, to_e) = (&mut self.before.q[first..last], &mut self.before.e[first..last]);
        let (early, mut d) = (count.saturating_sub(2), self.now.q[first] - shift);
        let mut least = d;
        let mut advance = |j: usize, d: f64| {
            to_q[j] = d + e[j];
            let quotient = q[j] / to_q[j];
            to_e[j] = e[j] * quotient;
            d * quotient - shift
        };
        for j in 0..early {
            d = advance(j, d);
            least = if d < least { d } else { least };
        }
        let mut bounds = Bounds { least: [least; 3], last: [d; 3] };
        for j in early..count {
            d = advance(j, d);
            bounds.add(d);
        }
        self.before.q[last] = d;
        bounds
    }

    /// The shift to try first, after `found` values were split off at the end since the last step.
    fn first_shift(&self, block: &mut Block, found: usize) -> f64 {
        let Some(bounds) = block.bounds.filter(|bounds| bounds.least[0] > 0.0) else { return 0.0 };
        if block.last < block.first + 3 {
            return if found > 2 { 0.0 } else { 0.25 * bounds.least[found] };
        }
        let known = match found {
            0 => self.shift_in_course(block, bounds),
            1 | 2 => Some(self.shift_after_find(block, bounds, found)),
            _ => Some(0.0),
        };
        let Some(shift) = known else {
            block.fraction = if block.fraction == 0.0 { 0.25 } else { block.fraction + (1.0 - block.fraction) / 3.0 };
            return block.fraction * bounds.least[0];
        };
        block.fraction = 0.0;
        shift
    }

    /// `total + term + term * e/q + …` upwards from row `from`, as far as it matters; `None` if it grows.
    fn series(&self, first: usize, from: usize, total: f64, mut term: f64, most: f64) -> Option<f64> {
        let mut total = total + term;
        for j in (first..=from).rev() {
            let (e, q, old) = (self.now.e[j], self.now.q[j], term);
            if term == 0.0 {
                break;
            }
            if e > q {
                return None;
            }
            term *= e / q;
            total += term;
            if 100.0 * term.max(old) < total || most < total {
                break;
            }
        }
        Some(total)
    }

    /// A shift from the end of the matrix, while no value was split off; `None` if the least `d` was not near the end.
    fn shift_in_course(&self, block: &Block, bounds: Bounds) -> Option<f64> {
        /// The largest sum that tells something.
        const MOST: f64 = 0.563;
        let Bounds { least: [least, second_least, third_least], last: [d, second_d, third_d] } = bounds;
        let (first, n) = (block.first, block.last);
        let (q, e) = (&self.now.q, &self.now.e);
        if least == d && second_least == second_d {
            let beside = q[n].sqrt() * e[n - 1].sqrt();
            let above = q[n - 1].sqrt() * e[n - 2].sqrt();
            let center = q[n - 1] + e[n - 1];
            let far = 0.75 * third_least - center;
            let gap = center - d - if far > 0.0 && far > above { above / far * above } else { beside + above };
            if gap > 0.0 && gap > beside {
                return Some((d - beside / gap * beside).max(0.5 * least));
            }
            let circle = if d > beside { d - beside } else { 0.0 };
            let circle = if center > beside + above { circle.min(center - (beside + above)) } else { circle };
            return Some(circle.max(least / 3.0));
        }
        let (old_q, old_e) = (&self.before.q, &self.before.e);
        let sum = if least == d {
            let term = e[n - 1] / q[n - 1];
            if term > 1.0 { None } else { self.series(first, n - 2, 0.0, term, MOST) }
        } else if least == second_d {
            let (start, term) = (old_e[n - 1] / old_q[n], e[n - 2] / q[n - 2]);
            if start > 1.0 || term > 1.0 { None } else { self.series(first, n - 3, start, term, MOST) }
        } else if least == third_d {
            let (near, start) = (old_e[n - 1] / old_q[n], old_e[n - 2] / old_q[n - 1]);
            let start = if near > 1.0 || start > 1.0 { f64::INFINITY } else { start * (1.0 + near) };
            if n > first + 3 && start <= MOST {
                self.series(first, n - 4, start, e[n - 3] / q[n - 3], MOST)
            } else {
                Some(start)
            }
        } else {
            return None;
        };
        Some(match sum.map(|sum| 1.05 * sum) {
            Some(sum) if sum < MOST => least * (1.0 - sum.sqrt()) / (1.0 + sum),
            _ => 0.25 * least,
        })
    }

    /// A shift for what is left, after one or two values were split off.
    fn shift_after_find(&self, block: &Block, bounds: Bounds, found: usize) -> f64 {
        let n = block.last;
        let (q, e) = (&self.now.q, &self.now.e);
        let (least, d) = (bounds.least[found], bounds.last[found]);
        if least != d {
            return 0.25 * least;
        }
        let far = if found == 1 {
            if bounds.least[2] != bounds.last[2] {
                return 0.5 * least;
            }
            0.5 * bounds.least[2]
        } else {
            if 2.0 * e[n - 1] >= q[n - 1] {
                return 0.25 * least;
            }
            q[n - 1] + e[n - 2] - q[n - 2].sqrt() * e[n - 2].sqrt()
        };
        let (third, term) = (least / 3.0, e[n - 1] / q[n - 1]);
        let sum = if term > 1.0 { None } else { self.series(block.first, n - 2, 0.0, term, f64::INFINITY) };
        let Some(sum) = sum else { return third };
        let angle = (1.05 * sum).sqrt();
        let quotient = least / (1.0 + angle * angle);
        let gap = far - quotient;
        let part = if gap > 0.0 && gap > angle * quotient { quotient * (angle / gap) * angle } else { angle };
        third.max(quotient * (1.0 - 1.01 * part))
    }
}

/// The squared singular values of two rows.
fn of_two(q1: f64, e: f64, q2: f64) -> [f64; 2] {
    let (larger, smaller) = if q2 > q1 { (q2, q1) } else { (q1, q2) };
    let half = 0.5 * ((larger - smaller) + e);
    if e <= smaller * NEGLIGIBLE || half == 0.0 {
        return [larger, smaller];
    }
    let part = smaller * (e / half);
    let part = if part <= half {
        smaller * (e / (half * (1.0 + (1.0 + part / half).sqrt())))
    } else {
        smaller * (e / (half + half.sqrt() * (half + part).sqrt()))
    };
    let sum = larger + (part + e);
    [sum, smaller * (larger / sum)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(diagonal: &[f64], above: &[f64]) -> Vec<f64> {
        singular_values(diagonal, above).expect("nobody interrupts").expect("it converges")
    }

    /// The number of squared singular values below x: of negative pivots in the stationary qd algorithm.
    fn count_below(diagonal: &[f64], above: &[f64], x: f64) -> usize {
        let squares = diagonal.iter().map(|q| q * q).zip(std::iter::once(0.0).chain(above.iter().map(|e| e * e)));
        let (mut s, mut pivot, mut count) = (0.0, 1.0, 0);
        for (q, e) in squares {
            s = if f64::is_infinite(s) { e } else { s * (e / pivot) } - x;
            pivot = if s + q == 0.0 { f64::MIN_POSITIVE } else { s + q };
            count += usize::from(pivot < 0.0);
        }
        count
    }

    /// Are there as many values below slightly more and slightly less than each as there should be?
    fn assert_values(diagonal: &[f64], above: &[f64], tolerance: f64) {
        let found = values(diagonal, above);
        assert_eq!(found.len(), diagonal.len());
        assert!(found.windows(2).all(|pair| pair[0] >= pair[1]), "{found:?}");
        for (k, x) in found.iter().enumerate().filter(|(_, x)| **x > 0.0) {
            let (less, more) = (x * (1.0 - tolerance), x * (1.0 + tolerance));
            let larger = found.len() - 1 - k;
            assert!(count_below(diagonal, above, less * less) <= larger, "{x} is too large, number {k}");
            assert!(count_below(diagonal, above, more * more) > larger, "{x} is too small, number {k}");
        }
    }

    #[test]
    fn values_of_two_rows() {
        // The squares are the roots of x^2 - (a^2 + b^2 + c^2) x + a^2 c^2.
        let found = values(&[3.0, 2.0], &[1.0]);
        let root = (14.0_f64 * 14.0 - 4.0 * 36.0).sqrt();
        assert!((found[0] - ((14.0 + root) / 2.0).sqrt()).abs() < 1e-15);
        assert!((found[1] - ((14.0 - root) / 2.0).sqrt()).abs() < 1e-15);
        assert_eq!(values(&[-7.0], &[]), [7.0]);
        assert_eq!(values(&[0.0; 3], &[0.0; 2]), [0.0; 3]);
        assert_eq!(values(&[2.0, -3.0, 1.0], &[0.0; 2]), [3.0, 2.0, 1.0]);
    }

    #[test]
    fn small_values_have_all_their_digits() {
        let graded = |n: i32, base: f64| {
            let at = |k: i32| base.powi(k);
            ((0..n).map(at).collect::<Vec<_>>(), (1..n).map(|k| 0.3 * at(k)).collect::<Vec<_>>())
        };
        for (n, base) in [(12, 0.1), (64, 0.9), (65, 1.1), (30, 1e-4), (30, 1e5), (200, 0.99)] {
            let (diagonal, above) = graded(n, base);
            assert_values(&diagonal, &above, 1e-13);
        }
    }

    #[test]
    fn nasty_matrices() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut noise = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for n in [2, 3, 4, 5, 9, 33, 150] {
            let random: Vec<f64> = (0..n).map(|_| noise() - 0.5).collect();
            let other: Vec<f64> = (1..n).map(|_| noise() - 0.5).collect();
            let wild: Vec<f64> = random.iter().map(|x| 10_f64.powf(20.0 * x)).collect();
            let other_wild: Vec<f64> = other.iter().map(|x| 10_f64.powf(20.0 * x)).collect();
            let zigzag: Vec<f64> = (0..n).map(|k| if k % 2 == 0 { 1e-8 } else { 1.0 }).collect();
            let with_zeros: Vec<f64> = (0..n).map(|k| if k % 3 == 1 { 0.0 } else { k as f64 + 1.0 }).collect();
            assert_values(&random, &other, 1e-12);
            assert_values(&wild, &other_wild, 1e-12);
            assert_values(&random, &other_wild, 1e-12);
            assert_values(&zigzag, &zigzag[1..], 1e-12);
            assert_values(&vec![1.0; n], &vec![1.0; n - 1], 1e-12);
            assert_values(&vec![1e-150; n], &vec![1e-150; n - 1], 1e-12);
            let singular = values(&with_zeros, &vec![1.0; n - 1]);
            let zeros = with_zeros.iter().filter(|x| **x == 0.0).count().min(1);
            assert!(singular.iter().filter(|x| **x < 1e-12).count() >= zeros, "{singular:?}");
            assert_eq!(values(&vec![0.0; n], &vec![1.0; n - 1]).iter().filter(|x| **x == 0.0).count(), 1);
        }
    }
}
