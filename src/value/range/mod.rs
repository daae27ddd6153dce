//! Ranges: `a:b`, `a:s:b`, `range(a, b, length = n)`. Lazy vectors of integers or floats.

mod twice;

pub use twice::Anchor;

use super::array::reserve;
use super::{Array, Type, Value};
use crate::fault::{Fault, Outcome, Part};
use std::rc::Rc;

/// A range that gives its elements without storing them.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// `start:step:…` of `len` integers. `unit` if it was made without a step, and shows as `a:b`.
    Int { start: i64, step: i64, len: usize, unit: bool },
    /// Floats from `start` to `stop`, which is the last element: element k of `len` is exact where `start` and `step`
    /// are short decimals, because it is computed from `anchor`.
    Float { start: f64, step: f64, stop: f64, len: usize, anchor: Anchor },
}

impl Range {
    /// `a:b` of integers; empty if `b < a`.
    pub fn unit(start: i64, stop: i64) -> Range {
        let len = if stop < start { 0 } else { (stop as i128 - start as i128 + 1).min(usize::MAX as i128) as usize };
        Range::Int { start, step: 1, len, unit: true }
    }

    /// `a:b` of any integers; a fault where it has more elements than an Int64 can count.
    pub fn between(start: i64, stop: i64) -> Outcome<Range> {
        counted(Range::unit(start, stop))
    }

    /// The colon operator: `start:stop`, `start:step:stop`. Integers stay integers, otherwise all are floats.
    /// Faults label the start as argument 0, then the step if there is one, then the stop.
    pub fn from_values(start: &Value, step: Option<&Value>, stop: &Value) -> Outcome<Range> {
        let stop_part = Part::Argument(if step.is_some() { 2 } else { 1 });
        let from = Bound::of(start, Part::Argument(0))?;
        let by = step.map(|s| Bound::of(s, Part::Argument(1))).transpose()?;
        let to = Bound::of(stop, stop_part)?;
        match (from, by, to) {
            (Bound::Int(from), None, Bound::Int(to)) => Range::between(from, to),
            (Bound::Int(from), Some(Bound::Int(by)), Bound::Int(to)) => Range::integers(from, by, to),
            (from, by, to) => Range::floats(from.float(), by.map_or(1.0, Bound::float), to.float()),
        }
    }

    fn integers(start: i64, step: i64, stop: i64) -> Outcome<Range> {
        if step == 0 {
            return Err(zero_step());
        }
        let steps = (i128::from(stop) - i128::from(start)) / i128::from(step);
        let runs_away = (step > 0) != (stop >= start) && stop != start;
        let len = if runs_away { 0 } else { (steps + 1) as usize };
        counted(Range::Int { start, step, len, unit: false })
    }

    fn floats(start: f64, step: f64, stop: f64) -> Outcome<Range> {
        if step == 0.0 {
            return Err(zero_step());
        }
        for (k, x) in [start, step, stop].into_iter().enumerate() {
            if !x.is_finite() {
                return Err(Fault::argument(format!("a range needs finite numbers, and {x} is not"))
                    .label(Part::Argument(k), x.to_string()));
            }
        }
        let (anchor, len) = Anchor::colon(start, step, stop).ok_or_else(too_long)?;
        Ok(Range::anchored(anchor, len))
    }

    /// `len` numbers from `start` by `step`: `range(1, step = 2, length = 5)`. Integers if both are.
    pub fn stepped(start: &Value, step: &Value, len: usize) -> Outcome<Range> {
        match (Bound::of(start, Part::Argument(0))?, Bound::of(step, Part::Argument(1))?) {
            (Bound::Int(start), Bound::Int(step)) => {
                let gaps = len.saturating_sub(1) as i128;
                let last = i128::from(start) + gaps * i128::from(step);
                if step == 0 {
                    return Err(zero_step());
                }
                if i64::try_from(last).is_err() {
                    return Err(Fault::overflow("the last element of the range does not fit into 64 bits"));
                }
                Ok(Range::Int { start, step, len, unit: false })
            }
            (start, step) => {
                let (start, step) = (start.float(), step.float());
                Ok(Range::anchored(Anchor::stepped(start, step, len), len))
            }
        }
    }

    /// `len` floats from `start` to `stop`, evenly spaced and with both ends exact: `range(0, 1, length = 5)`.
    pub fn linear(start: f64, stop: f64, len: usize) -> Outcome<Range> {
        if !start.is_finite() || !stop.is_finite() {
            return Err(Fault::argument(format!("start and stop must be finite, got {start} and {stop}")));
        }
        if len < 2 {
            if len == 1 && start != stop {
                return Err(Fault::argument(format!(
                    "a range of length 1 cannot both start at {start} and stop at {stop}"
                )));
            }
            return Ok(Range::anchored(Anchor::literal(start, start - stop, 0), len));
        }
        if start == stop {
            return Ok(Range::anchored(Anchor::literal(start, 0.0, 0), len));
        }
        Ok(Range::anchored(Anchor::linear(start, stop, len), len))
    }

    /// `len` floats from an anchor.
    pub fn anchored(anchor: Anchor, len: usize) -> Range {
        Range::Float {
            start: anchor.element(0),
            step: anchor.step(),
            stop: anchor.element(len as i64 - 1),
            len,
            anchor,
        }
    }

    /// Number of elements.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            Range::Int { len, .. } | Range::Float { len, .. } => *len,
        }
    }

    /// No elements?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element number `k` from 0. Outside the range it is the number that would stand there.
    #[inline]
    pub fn get(&self, k: usize) -> Value {
        match self {
            Range::Int { start, step, .. } => Value::Int(int_element(*start, *step, k as i64)),
            Range::Float { anchor, .. } => Value::float(anchor.element(k as i64)),
        }
    }

    /// Element number `k` from 0 as a float.
    #[inline]
    pub fn get_float(&self, k: usize) -> f64 {
        match self {
            Range::Int { start, step, .. } => int_element(*start, *step, k as i64) as f64,
            Range::Float { anchor, .. } => anchor.element(k as i64),
        }
    }

    /// The first element; of an empty range where it would begin.
    pub fn first(&self) -> Value {
        match self {
            Range::Int { start, .. } => Value::Int(*start),
            Range::Float { start, .. } => Value::float(*start),
        }
    }

    /// The last element; of an empty range the number before its start, as it is shown (`1:0`).
    pub fn last(&self) -> Value {
        match self {
            Range::Int { start, step, len: 0, .. } => Value::Int(start.saturating_sub(step.signum())),
            Range::Int { start, step, len, .. } => Value::Int(int_element(*start, *step, *len as i64 - 1)),
            Range::Float { stop, .. } => Value::float(*stop),
        }
    }

    /// The difference of neighbours.
    pub fn step(&self) -> Value {
        match self {
            Range::Int { step, .. } => Value::Int(*step),
            Range::Float { step, .. } => Value::float(*step),
        }
    }

    /// The element type.
    pub fn eltype(&self) -> Type {
        match self {
            Range::Int { .. } => Type::Int64,
            Range::Float { .. } => Type::Float64,
        }
    }

    /// Is the number one of the elements?
    pub fn contains(&self, x: f64) -> bool {
        match self {
            Range::Int { start, step, len, .. } => {
                if x != x.trunc() || x.abs() > 9.3e18 {
                    return false;
                }
                let away = x as i128 - i128::from(*start);
                let step = i128::from(*step);
                *len > 0 && away % step == 0 && (0..*len as i128).contains(&(away / step))
            }
            Range::Float { start, step, len, anchor, .. } => {
                let near = if *step == 0.0 { 0.0 } else { ((x - start) / step).round() };
                near >= 0.0 && near < *len as f64 && anchor.element(near as i64) == x
            }
        }
    }

    /// Is the integer one of the elements?
    pub fn contains_int(&self, x: i64) -> bool {
        match self {
            Range::Int { start, step, len, .. } => {
                let away = i128::from(x) - i128::from(*start);
                let step = i128::from(*step);
                *len > 0 && away % step == 0 && (0..*len as i128).contains(&(away / step))
            }
            Range::Float { .. } => x as f64 as i128 == i128::from(x) && self.contains(x as f64),
        }
    }

    /// The elements in a vector.
    pub fn to_array(&self) -> Outcome<Array> {
        match self {
            Range::Int { start, step, len, .. } => {
                let mut items = reserve::<i64>(*len)?;
                if *step == 1 {
                    // Without a product, several at once.
                    items.extend((0..*len as i64).map(|k| start.wrapping_add(k)));
                } else {
                    items.extend((0..*len as i64).map(|k| int_element(*start, *step, k)));
                }
                Ok(Array::vector(items))
            }
            Range::Float { .. } => Ok(Array::vector(self.to_floats()?)),
        }
    }

    /// The elements as floats.
    pub fn to_floats(&self) -> Outcome<Vec<f64>> {
        let mut items = reserve::<f64>(self.len())?;
        items.extend((0..self.len()).map(|k| self.get_float(k)));
        Ok(items)
    }

    /// The elements numbered `by` apart from number `first` on (from 0), `len` of them; `unit` if the index range was.
    #[must_use]
    pub fn sliced(&self, first: i64, by: i64, len: usize, unit: bool) -> Range {
        match self {
            Range::Int { start, step, unit: whole, .. } => Range::Int {
                start: int_element(*start, *step, first),
                step: step.wrapping_mul(by),
                len,
                unit: unit && *whole,
            },
            Range::Float { anchor, .. } => Range::anchored(anchor.sliced(first, by, len), len),
        }
    }

    /// The elements from the last to the first.
    #[must_use]
    pub fn reversed(&self) -> Range {
        match self {
            Range::Int { start, step, len, .. } => {
                let last = int_element(*start, *step, *len as i64 - 1);
                Range::Int { start: last, step: step.wrapping_neg(), len: *len, unit: false }
            }
            Range::Float { len, anchor, .. } => Range::anchored(anchor.reversed(*len), *len),
        }
    }

    /// `-r`
    pub fn negated(&self) -> Outcome<Value> {
        match self {
            Range::Int { .. } => self.scaled(&Value::Int(-1)),
            Range::Float { len, anchor, .. } => Ok(value(Range::anchored(anchor.negated(), *len))),
        }
    }

    /// `r * x` for a Bool, integer or float; a range again, or a vector where the step vanishes.
    pub fn scaled(&self, by: &Value) -> Outcome<Value> {
        match (self, Bound::of(by, Part::Right)?) {
            (Range::Int { start, step, len, .. }, Bound::Int(by)) => {
                let times = |x: i64| x.checked_mul(by).ok_or_else(overflow);
                Range::int_value(times(*start)?, times(*step)?, *len, false)
            }
            (Range::Int { start, step, len, .. }, Bound::Float(by)) => {
                Ok(Range::float_value(*start as f64 * by, *step as f64 * by, *len))
            }
            (Range::Float { len, anchor, .. }, by) => Ok(value(Range::anchored(anchor.scaled(by.float(), *len), *len))),
        }
    }

    /// `r / x` for a Bool, integer or float.
    pub fn divided(&self, by: &Value) -> Outcome<Value> {
        let by = Bound::of(by, Part::Right)?.float();
        match self {
            Range::Int { start, step, len, .. } => Ok(Range::float_value(*start as f64 / by, *step as f64 / by, *len)),
            Range::Float { len, anchor, .. } => Ok(value(Range::anchored(anchor.divided(by, *len), *len))),
        }
    }

    /// `r .+ x` for a Bool, integer or float.
    pub fn shifted(&self, by: &Value) -> Outcome<Value> {
        match (self, Bound::of(by, Part::Right)?) {
            (Range::Int { start, step, len, unit }, Bound::Int(by)) => {
                let start = start.checked_add(by).ok_or_else(overflow)?;
                Range::int_value(start, *step, *len, *unit)
            }
            (Range::Int { start, step, len, .. }, Bound::Float(by)) => {
                Ok(Range::float_value(*start as f64 + by, *step as f64, *len))
            }
            (Range::Float { len, anchor, .. }, by) => Ok(value(Range::anchored(anchor.shifted(by.float()), *len))),
        }
    }

    /// `r + s` of ranges with as many elements.
    pub fn plus(&self, other: &Range) -> Outcome<Value> {
        let len = self.len();
        match (self, other) {
            (Range::Int { start: a, step: s, .. }, Range::Int { start: b, step: t, .. }) => {
                let sum = |x: i64, y: i64| x.checked_add(y).ok_or_else(overflow);
                Range::int_value(sum(*a, *b)?, sum(*s, *t)?, len, false)
            }
            (a, b) => Ok(value(Range::anchored(a.to_anchor().plus(&b.to_anchor(), len), len))),
        }
    }

    fn to_anchor(&self) -> Anchor {
        match self {
            Range::Int { start, step, len, .. } => Anchor::stepped(*start as f64, *step as f64, *len),
            Range::Float { anchor, .. } => *anchor,
        }
    }

    fn int_value(start: i64, step: i64, len: usize, unit: bool) -> Outcome<Value> {
        let last = i128::from(start) + i128::from(step) * (len as i128 - 1).max(0);
        if i64::try_from(last).is_err() {
            return Err(overflow());
        }
        let range = Range::Int { start, step, len, unit };
        if step == 0 { Ok(Value::array(range.to_array()?)) } else { Ok(value(range)) }
    }

    fn float_value(start: f64, step: f64, len: usize) -> Value {
        value(Range::anchored(Anchor::stepped(start, step, len), len))
    }
}

/// An end or step of a range.
#[derive(Clone, Copy)]
enum Bound {
    Int(i64),
    Float(f64),
}

impl Bound {
    fn of(value: &Value, part: Part) -> Outcome<Bound> {
        match value {
            Value::Bool(x) => Ok(Bound::Int(x.get().into())),
            Value::Int(x) => Ok(Bound::Int(*x)),
            Value::Float(x) => Ok(Bound::Float(x.get())),
            other => {
                let what = super::display::describe(other);
                Err(Fault::method(format!("a range is made of real numbers, not of {what}")).label(part, what))
            }
        }
    }

    fn float(self) -> f64 {
        match self {
            Bound::Int(x) => x as f64,
            Bound::Float(x) => x,
        }
    }
}

/// Wraps where `step * k` alone does not fit although the element does.
#[inline]
fn int_element(start: i64, step: i64, k: i64) -> i64 {
    start.wrapping_add(step.wrapping_mul(k))
}

fn value(range: Range) -> Value {
    Value::Range(Rc::new(range))
}

/// Lengths are integers of the language.
fn counted(range: Range) -> Outcome<Range> {
    if range.len() > i64::MAX as usize { Err(too_long()) } else { Ok(range) }
}

#[cold]
fn zero_step() -> Fault {
    Fault::argument("the step of a range cannot be zero")
}

#[cold]
fn too_long() -> Fault {
    Fault::overflow("the range has more elements than an Int64 can count")
}

#[cold]
fn overflow() -> Fault {
    Fault::overflow("an element of the range does not fit into 64 bits")
        .hint("floats have room: multiply or add a float such as 2.0")
}

#[cfg(test)]
mod tests;
