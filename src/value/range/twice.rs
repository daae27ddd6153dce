//! Float ranges in twice the precision, so that element k of `0:0.1:1` is the float nearest to the decimal k/10.
//!
//! A range is kept as a reference element and a step, each an unevaluated sum of two floats. The high part of the step
//! ends in as many zero bits as the largest multiplier has digits, so that `k * step` is exact there. Where start, step
//! and stop are fractions of small integers (nearly always: `0.1` is 1/10), everything is computed from the fractions.

/// The largest integer up to which every integer is a float.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// A number as the unevaluated sum of two floats, the second far smaller than the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Twice {
    hi: f64,
    lo: f64,
}

/// Two floats, `big` the larger one, as a sum whose high part is the rounded sum.
fn fast_sum(big: f64, little: f64) -> Twice {
    let hi = big + little;
    Twice { hi, lo: (big - hi) + little }
}

/// The exact sum of two floats.
fn exact_sum(x: f64, y: f64) -> Twice {
    if y.abs() > x.abs() { fast_sum(y, x) } else { fast_sum(x, y) }
}

/// The exact product of two floats.
fn exact_product(x: f64, y: f64) -> Twice {
    let hi = x * y;
    if hi == 0.0 || !hi.is_finite() { Twice { hi, lo: hi } } else { fast_sum(hi, x.mul_add(y, -hi)) }
}

/// The float with its last `bits` bits cleared.
fn without_low_bits(x: f64, bits: u32) -> f64 {
    f64::from_bits(x.to_bits() & (u64::MAX << bits.min(63)))
}

impl Twice {
    fn new(x: f64) -> Twice {
        Twice { hi: x, lo: 0.0 }
    }

    /// An integer of up to 106 bits, exactly.
    fn from_integer(n: i128) -> Twice {
        let hi = without_low_bits(n as f64, 27);
        fast_sum(hi, (n - hi as i128) as f64)
    }

    fn ratio(numerator: i128, denominator: i128) -> Twice {
        Twice::from_integer(numerator).over(Twice::from_integer(denominator))
    }

    fn over(self, by: Twice) -> Twice {
        let hi = self.hi / by.hi;
        if hi == 0.0 || !hi.is_finite() {
            return Twice { hi, lo: hi };
        }
        let back = exact_product(hi, by.hi);
        let lo = ((((self.hi - back.hi) - back.lo) + self.lo) - hi * by.lo) / by.hi;
        fast_sum(hi, lo)
    }

    fn times(self, by: f64) -> Twice {
        let product = exact_product(self.hi, by);
        if product.hi == 0.0 || !product.hi.is_finite() {
            return product;
        }
        fast_sum(product.hi, self.lo * by + product.lo)
    }

    fn plus(self, other: Twice) -> Twice {
        let hi = self.hi + other.hi;
        let lo = if self.hi.abs() > other.hi.abs() {
            (((self.hi - hi) + other.hi) + other.lo) + self.lo
        } else {
            (((other.hi - hi) + self.hi) + self.lo) + other.lo
        };
        fast_sum(hi, lo)
    }

    fn negated(self) -> Twice {
        Twice { hi: -self.hi, lo: -self.lo }
    }

    /// The same number with the last `bits` bits of the high part moved into the low part.
    fn split(self, bits: u32) -> Twice {
        let hi = without_low_bits(self.hi, bits);
        Twice { hi, lo: (self.hi - hi) + self.lo }
    }

    fn value(self) -> f64 {
        self.hi + self.lo
    }
}

/// Where a float range's elements come from: element number `offset` (from 0) is `reference`, the others are steps away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    reference: Twice,
    step: Twice,
    offset: usize,
}

/// The element of `len` nearest to a number. Lengths above 2^53 are no floats: the last one is found among the integers.
fn place(number: f64, len: usize) -> usize {
    (number.max(0.0) as usize).min(len.saturating_sub(1))
}

/// Zero bits that the step needs so that its multiples are exact.
fn multiplier_bits(len: usize, offset: usize) -> u32 {
    if len < 2 {
        return 0;
    }
    let largest = offset.max(len - 1 - offset) as f64;
    (largest.log2().ceil() as u32 + 1).min(27)
}

impl Anchor {
    /// Element number `k` from 0; `k` may lie outside the range.
    #[inline]
    pub fn element(&self, k: i64) -> f64 {
        let away = (k - self.offset as i64) as f64;
        let sum = exact_sum(self.reference.hi, away * self.step.hi);
        sum.hi + (sum.lo + (away * self.step.lo + self.reference.lo))
    }

    /// The numbers that it is made of, for storing it: both parts of the reference and of the step, and the offset.
    pub fn parts(&self) -> ([f64; 4], usize) {
        ([self.reference.hi, self.reference.lo, self.step.hi, self.step.lo], self.offset)
    }

    /// The anchor with these parts.
    pub fn from_parts([hi, lo, step_hi, step_lo]: [f64; 4], offset: usize) -> Anchor {
        Anchor { reference: Twice { hi, lo }, step: Twice { hi: step_hi, lo: step_lo }, offset }
    }

    /// The step as a float.
    pub fn step(&self) -> f64 {
        self.step.value()
    }

    /// From a start and a step taken literally.
    pub fn literal(start: f64, step: f64, bits: u32) -> Anchor {
        Anchor { reference: Twice::new(start), step: Twice::new(step).split(bits), offset: 0 }
    }

    /// From a start and a step, read as fractions where they are fractions of small integers.
    pub fn stepped(start: f64, step: f64, len: usize) -> Anchor {
        let fractions = Fraction::of(start).zip(Fraction::of(step));
        let common = fractions.and_then(|(start, step)| common_denominator(start.denominator, step.denominator));
        match common {
            Some(den) if (start * den as f64).abs() <= MAX_EXACT && (step * den as f64).abs() <= MAX_EXACT => {
                Anchor::of_fractions(round(start * den as f64), round(step * den as f64), len, den)
            }
            _ => Anchor::literal(start, step, 0),
        }
    }

    /// `start:step:stop`, with its number of elements; `None` where there are more than an integer can count.
    pub fn colon(start: f64, step: f64, stop: f64) -> Option<(Anchor, usize)> {
        if let Some(found) = Anchor::colon_of_fractions(start, step, stop) {
            return Some(found);
        }
        let steps = (stop - start) / step;
        let len = if steps < 0.0 {
            0
        } else {
            let steps = steps.round_ties_even();
            if steps >= MAX_EXACT || steps.is_nan() {
                return None;
            }
            let len = steps as usize + 1;
            let last = start + (len - 1) as f64 * step;
            let overshot = (start < stop && stop < last) || (start > stop && stop > last);
            len - usize::from(overshot)
        };
        Some((Anchor::literal(start, step, 0), len))
    }

    fn colon_of_fractions(start: f64, step: f64, stop: f64) -> Option<(Anchor, usize)> {
        let (from, by, to) = (Fraction::of(start)?, Fraction::of(step)?, Fraction::of(stop)?);
        let den = common_denominator(from.denominator, by.denominator)?;
        if (start * den as f64).abs() > MAX_EXACT || (step * den as f64).abs() > MAX_EXACT {
            return None;
        }
        let (start_n, step_n) = (round(start * den as f64), round(step * den as f64));
        let per_step = i128::from(step_n) * i128::from(to.denominator);
        if per_step == 0 {
            return None;
        }
        let span = i128::from(den) * i128::from(to.numerator) - i128::from(to.denominator) * i128::from(start_n);
        let len = usize::try_from(((span + per_step) / per_step).max(0)).ok()?;
        let between = |a: f64, x: f64, b: f64| (a <= x && x <= b) || (b <= x && x <= a);
        let makes_sense = between(start, start + (len as f64 - 1.0) * step, stop + step / 2.0)
            && !between(start, start + len as f64 * step, stop);
        makes_sense.then(|| (Anchor::of_fractions(start_n, step_n, len, den), len))
    }

    /// `start/den`, `(start + step)/den`, …
    fn of_fractions(start: i64, step: i64, len: usize, den: i64) -> Anchor {
        let exactly = |n: i128| Twice::ratio(n, i128::from(den));
        if len < 2 || step == 0 {
            return Anchor { reference: exactly(start.into()), step: exactly(step.into()), offset: 0 };
        }
        // The reference is the element nearest to zero: it loses least when the others are added to it.
        let nearest = (-(start as f64) / step as f64).round_ties_even();
        let offset = place(nearest, len);
        let reference = i128::from(start) + offset as i128 * i128::from(step);
        Anchor { reference: exactly(reference), step: exactly(step.into()).split(multiplier_bits(len, offset)), offset }
    }

    /// `len` numbers from `start` to `stop`, both exact; `len` is at least 2 and the ends are finite and differ.
    pub fn linear(start: f64, stop: f64, len: usize) -> Anchor {
        let fractions = Fraction::approximating(start).zip(Fraction::approximating(stop));
        let common = fractions.and_then(|(a, b)| common_denominator(a.denominator, b.denominator));
        if let Some(den) = common {
            let (a, b) = (start * den as f64, stop * den as f64);
            if a.abs() <= MAX_EXACT && b.abs() <= MAX_EXACT {
                let (start_n, stop_n) = (round(a), round(b));
                if start_n as f64 / den as f64 == start && stop_n as f64 / den as f64 == stop {
                    return Anchor::linear_of_fractions(start_n, stop_n, len, den);
                }
            }
        }
        Anchor::linear_of_floats(start, stop, len)
    }

    fn linear_of_fractions(start: i64, stop: i64, len: usize, den: i64) -> Anchor {
        let (first, last, gaps) = (i128::from(start), i128::from(stop), (len - 1) as i128);
        let zero_at = -(start as f64) / (stop as f64 - start as f64);
        let offset = place((zero_at * (len - 1) as f64).round_ties_even(), len);
        let denominator = gaps * i128::from(den);
        let reference = (gaps - offset as i128) * first + offset as i128 * last;
        Anchor {
            reference: Twice::ratio(reference, denominator),
            step: Twice::ratio(last - first, denominator).split(multiplier_bits(len, offset)),
            offset,
        }
    }

    fn linear_of_floats(start: f64, stop: f64, len: usize) -> Anchor {
        let gaps = (len - 1) as f64;
        let (mut span, mut parts) = (stop - start, 1.0);
        if !span.is_finite() {
            (span, parts) = (stop / len as f64 - start / len as f64, len as f64);
        }
        let zero_at = (-(start / span) / parts * gaps).round_ties_even();
        let (offset, reference, step) = if zero_at > 0.0 && zero_at < gaps {
            let t = zero_at / gaps;
            let reference = (1.0 - t) * start + t * stop;
            let nearer_start = zero_at < gaps - zero_at;
            let step = if nearer_start { (reference - start) / zero_at } else { (stop - reference) / (gaps - zero_at) };
            (zero_at, reference, step)
        } else if zero_at <= 0.0 {
            (0.0, start, span / gaps * parts)
        } else {
            (gaps, stop, span / gaps * parts)
        };
        let place = place(offset, len);
        let bits = multiplier_bits(len, place);
        // Both ends are met exactly: what rounding left over goes into the low parts. The step is kept small enough
        // that no multiple of it overflows.
        let (largest, multiplier) = (f64::MAX.next_down(), offset.max(gaps - offset));
        let least = (-(largest + reference) / multiplier).max((-largest + reference) / multiplier);
        let most = ((largest - reference) / multiplier).min((largest + reference) / multiplier);
        let step_hi = without_low_bits(step.max(least).min(most), bits);
        let first = exact_sum(-offset * step_hi, reference);
        let last = exact_sum((gaps - offset) * step_hi, reference);
        let (a, b) = ((start - first.hi) - first.lo, (stop - last.hi) - last.lo);
        let step_lo = (b - a) / gaps;
        Anchor {
            reference: Twice { hi: reference, lo: a + offset * step_lo },
            step: Twice { hi: step_hi, lo: step_lo },
            offset: place,
        }
    }

    /// Every element multiplied.
    pub fn scaled(&self, by: f64, len: usize) -> Anchor {
        let bits = multiplier_bits(len, self.offset);
        Anchor { reference: self.reference.times(by), step: self.step.times(by).split(bits), ..*self }
    }

    /// Every element divided.
    pub fn divided(&self, by: f64, len: usize) -> Anchor {
        let (by, bits) = (Twice::new(by), multiplier_bits(len, self.offset));
        Anchor { reference: self.reference.over(by), step: self.step.over(by).split(bits), ..*self }
    }

    /// A number added to every element.
    pub fn shifted(&self, by: f64) -> Anchor {
        let sum = exact_sum(self.reference.hi, by);
        Anchor { reference: fast_sum(sum.hi, sum.lo + self.reference.lo), ..*self }
    }

    /// Every element negated.
    pub fn negated(&self) -> Anchor {
        Anchor { reference: self.reference.negated(), step: self.step.negated(), ..*self }
    }

    /// The elements from the last to the first.
    pub fn reversed(&self, len: usize) -> Anchor {
        let offset = len.saturating_sub(1).saturating_sub(self.offset);
        Anchor { step: self.step.negated(), offset, ..*self }
    }

    /// Two ranges of `len` elements added.
    pub fn plus(&self, other: &Anchor, len: usize) -> Anchor {
        let offset = ((self.offset + other.offset) as f64 / 2.0).round_ties_even() as usize;
        let at = |a: &Anchor| a.precise_element(offset as i64);
        let reference = at(self).plus(at(other));
        Anchor { reference, step: self.step.plus(other.step).split(multiplier_bits(len, offset)), offset }
    }

    /// The elements `first`, `first + by`, … (from 0), `len` of them.
    pub fn sliced(&self, first: i64, by: i64, len: usize) -> Anchor {
        let wanted = ((self.offset as i64 - first) as f64 / by as f64).round_ties_even();
        let offset = place(wanted, len);
        let step = match by {
            1 => self.step,
            _ => self.step.times(by as f64).split(multiplier_bits(len, offset)),
        };
        Anchor { reference: self.precise_element(first + offset as i64 * by), step, offset }
    }

    fn precise_element(&self, k: i64) -> Twice {
        let away = (k - self.offset as i64) as f64;
        if away == 0.0 {
            return self.reference;
        }
        let sum = exact_sum(self.reference.hi, away * self.step.hi);
        exact_sum(sum.hi, sum.lo + (away * self.step.lo + self.reference.lo))
    }
}

/// A fraction of integers that are not too large to compute with.
#[derive(Clone, Copy)]
struct Fraction {
    numerator: i64,
    denominator: i64,
}

impl Fraction {
    /// The fraction of small integers whose nearest float is x, if there is one.
    fn of(x: f64) -> Option<Fraction> {
        Fraction::approximating(x).filter(|f| f.numerator as f64 / f.denominator as f64 == x)
    }

    /// The fraction of integers up to 2^24 that comes nearest to x, by continued fractions.
    fn approximating(x: f64) -> Option<Fraction> {
        const LIMIT: i64 = 1 << 24;
        let (mut a, mut b, mut c, mut d) = (1_i64, 0_i64, 0_i64, 1_i64);
        let mut rest = x;
        while rest.abs() <= LIMIT as f64 {
            let whole = rest.trunc() as i64;
            rest -= whole as f64;
            (a, c) = (whole * a + c, a);
            (b, d) = (whole * b + d, b);
            if a.abs().max(b.abs()) > LIMIT {
                (a, b) = (c, d);
                break;
            }
            if a as f64 / b as f64 == x {
                break;
            }
            rest = 1.0 / rest;
        }
        (b != 0).then_some(Fraction { numerator: a, denominator: b })
    }
}

/// The least common multiple of two denominators.
fn common_denominator(a: i64, b: i64) -> Option<i64> {
    let (mut x, mut y) = (a.abs(), b.abs());
    while y != 0 {
        (x, y) = (y, x % y);
    }
    if x == 0 { None } else { a.checked_mul(b / x) }
}

fn round(x: f64) -> i64 {
    x.round_ties_even() as i64
}
