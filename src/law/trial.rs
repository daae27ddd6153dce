//! One case of a law: its names get values, its parts are evaluated, its claim is judged.

use super::judge::{self, Judgement, Numbers};
use super::random::Random;
use super::sample::{Field, Sample};
use super::statement::Law;
use crate::fault::{Fault, Outcome};
use crate::value::Value;

/// How much the samples are changed to find out what is rounding.
const NUDGE: f64 = 1e-9;

/// How many times farther apart than what nudging changes the sides of a failure must be.
const MARGIN: f64 = 10.0;

/// Evaluates the parts of a law.
pub trait Evaluate {
    /// The value of a part for these values of the names that it takes. A raised fault says why it has none there;
    /// [`Fault::Passing`] ends the program.
    fn value(&self, part: usize, names: &[Value]) -> Outcome<Value>;
}

/// What came of a case.
#[derive(Debug)]
pub enum Case {
    /// A condition is not met.
    Unmet,
    /// The claim is judged, from the values of the sides.
    Judged(Judgement, Vec<Value>),
    /// A part has no value.
    Broken { part: usize, fault: Fault },
}

/// A law and its evaluator.
pub struct Trial<'a> {
    pub law: &'a Law,
    pub evaluator: &'a dyn Evaluate,
}

/// Goes on with a part's value, or ends the case.
macro_rules! value_of {
    ($this:expr, $part:expr, $names:expr) => {
        match $this.evaluator.value($part, $names) {
            Ok(value) => value,
            Err(Fault::Passing) => return Err(Fault::Passing),
            Err(fault) => return Ok(Case::Broken { part: $part, fault }),
        }
    };
}

impl Trial<'_> {
    /// Tries the law with a sample for each free name.
    pub fn case(&self, samples: &[Sample]) -> Outcome<Case> {
        let mut defined: Vec<Value> = Vec::new();
        // Every part gets arrays of its own, in case it changes them.
        let names = |defined: &[Value]| -> Vec<Value> {
            samples.iter().map(Sample::to_value).chain(defined.iter().cloned()).collect()
        };
        for part in &self.law.definitions {
            let value = value_of!(self, *part, &names(&defined));
            defined.push(value);
        }
        for part in &self.law.conditions {
            let value = value_of!(self, *part, &names(&defined));
            if !matches!(judge::truth(&value), Judgement::Holds) {
                return Ok(Case::Unmet);
            }
        }
        let mut sides = Vec::with_capacity(self.law.sides.len());
        for part in &self.law.sides {
            sides.push(value_of!(self, *part, &names(&defined)));
        }
        Ok(Case::Judged(self.judge(&sides), sides))
    }

    /// The weakest of what is found of each relation.
    fn judge(&self, sides: &[Value]) -> Judgement {
        if let ([side], Some(set)) = (sides, self.law.belongs) {
            return judge::belongs(side, set);
        }
        if let [side] = sides {
            return judge::truth(side);
        }
        let mut found = Judgement::Holds;
        for (pair, op) in sides.windows(2).zip(&self.law.relations) {
            match judge::compare(*op, &pair[0], &pair[1]) {
                Judgement::Holds => {}
                Judgement::HoldsRounded => found = Judgement::HoldsRounded,
                other => return other,
            }
        }
        found
    }

    /// Tries a case, and looks twice where it seems to fail: sides that are apart only because they magnify rounding
    /// say nothing.
    pub fn careful_case(&self, samples: &[Sample]) -> Outcome<Case> {
        let case = self.case(samples)?;
        match &case {
            Case::Judged(Judgement::Fails(Some(apart)), sides)
                if self.magnifies_rounding(samples, sides, *apart)? =>
            {
                let reason = "rounding is magnified too much to tell".to_owned();
                Ok(Case::Judged(Judgement::Undefined(reason), Vec::new()))
            }
            _ => Ok(case),
        }
    }

    /// Would a change of the samples in the ninth digit change the sides about as much as they differ?
    fn magnifies_rounding(&self, samples: &[Sample], sides: &[Value], apart: f64) -> Outcome<bool> {
        let mut random = Random::new(1);
        for _ in 0..2 {
            let nudged: Vec<Sample> = samples.iter().map(|sample| nudged(sample, &mut random)).collect();
            // Where the law is not defined beside the case, nothing is known against it.
            let Case::Judged(_, beside) = self.case(&nudged)? else { return Ok(false) };
            for (side, beside) in sides.iter().zip(&beside) {
                let (Some(side), Some(beside)) = (Numbers::of(side), Numbers::of(beside)) else { continue };
                let moved = judge::distance(&side.sample, &beside.sample);
                if !moved.is_finite() || moved * MARGIN > apart {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// A sample times nearly 1, which keeps its structure; a number that counts stays.
fn nudged(sample: &Sample, random: &mut Random) -> Sample {
    if sample.shape == super::sample::Shape::Number && sample.field == Field::Integer {
        return sample.clone();
    }
    let factor = 1.0 + NUDGE * random.between(100, 200) as f64 / 100.0;
    let field = if sample.field == Field::Integer { Field::Decimal } else { sample.field };
    Sample { shape: sample.shape, field, numbers: sample.numbers.iter().map(|z| z * factor).collect() }
}
