//! Makes a counterexample smaller: rows and columns are left out, then numbers become simpler, as long as the law still
//! fails.

use super::judge::Judgement;
use super::layout::{Extent, Layout};
use super::sample::{Field, Sample, Shape, real};
use super::sets::Set;
use super::trial::{Case, Trial};
use crate::fault::Outcome;
use crate::value::{Complex64, Value};
use std::time::{Duration, Instant};

/// How long shrinking may take.
const TIME: Duration = Duration::from_millis(400);

/// Sizes are not made smaller than this: matrices of one number are hardly seen as matrices.
const SMALLEST: usize = 2;

/// A case in which a law fails.
#[derive(Clone, Debug)]
pub struct Failure {
    pub samples: Vec<Sample>,
    /// The values of the law's sides.
    pub sides: Vec<Value>,
}

/// The smallest failure that can be reached from one.
pub fn shrink(trial: &Trial<'_>, layout: &Layout, failure: Failure) -> Outcome<Failure> {
    let sets = (0..trial.law.free).map(|name| trial.law.sets_of(name)).collect();
    let mut shrinking = Shrinking { trial, layout, sets, best: failure, until: Instant::now() + TIME };
    while shrinking.leave_out()? {}
    while shrinking.simplify()? {}
    Ok(shrinking.best)
}

struct Shrinking<'a> {
    trial: &'a Trial<'a>,
    layout: &'a Layout,
    sets: Vec<Vec<Set>>,
    best: Failure,
    until: Instant,
}

impl Shrinking<'_> {
    /// Takes other samples if the law still fails for them.
    fn accept(&mut self, samples: Vec<Sample>) -> Outcome<bool> {
        crate::interrupt::check()?;
        let member = |(sample, sets): (&Sample, &Vec<Set>)| sets.iter().all(|set| set.contains(sample));
        if Instant::now() > self.until || !samples.iter().zip(&self.sets).all(member) {
            return Ok(false);
        }
        match self.trial.careful_case(&samples)? {
            Case::Judged(Judgement::Fails(_), sides) => {
                self.best = Failure { samples, sides };
                Ok(true)
            }
            Case::Judged(..) | Case::Broken { .. } | Case::Unmet => Ok(false),
        }
    }

    /// Leaves out one index of a class of sizes, in all names that have it.
    fn leave_out(&mut self) -> Outcome<bool> {
        for class in 0..self.layout.classes {
            let size = self.size(class);
            if size <= SMALLEST {
                continue;
            }
            for index in (0..size).rev() {
                let samples = (0..self.best.samples.len()).map(|name| self.without(name, class, index)).collect();
                if self.accept(samples)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn size(&self, class: usize) -> usize {
        for (sample, (extents, kind)) in
            self.best.samples.iter().zip(self.layout.extents.iter().zip(&self.layout.kinds))
        {
            let (rows, cols) = sample.shape.size();
            for (extent, size) in extents.iter().zip([rows, cols]).take(kind.axes()) {
                if *extent == Extent::Class(class) {
                    return size;
                }
            }
        }
        0
    }

    fn without(&self, name: usize, class: usize, index: usize) -> Sample {
        let (sample, kind) = (&self.best.samples[name], self.layout.kinds[name]);
        let (rows, cols) = sample.shape.size();
        let has = |axis: usize| axis < kind.axes() && self.layout.extents[name][axis] == Extent::Class(class);
        let after = |kept: usize, has: bool| if has && kept >= index { kept + 1 } else { kept };
        let sizes = [rows - usize::from(has(0)), cols - usize::from(has(1))];
        Sample::of(kind.shape(sizes), sample.field, |i, j| sample.at(after(i, has(0)), after(j, has(1))))
    }

    /// Makes numbers simpler: all of a name at once, else one by one.
    fn simplify(&mut self) -> Outcome<bool> {
        for name in 0..self.best.samples.len() {
            for simpler in wholes(&self.best.samples[name]) {
                if weight(&simpler) < weight(&self.best.samples[name]) && self.accept(self.with(name, simpler))? {
                    return Ok(true);
                }
            }
        }
        let mut changed = false;
        for name in 0..self.best.samples.len() {
            for place in 0..self.best.samples[name].numbers.len() {
                for simpler in simpler_numbers(self.best.samples[name].numbers[place]) {
                    let sample = self.replaced(name, place, simpler);
                    if weight(&sample) < weight(&self.best.samples[name]) && self.accept(self.with(name, sample))? {
                        changed = true;
                        break;
                    }
                }
            }
        }
        Ok(changed)
    }

    fn with(&self, name: usize, sample: Sample) -> Vec<Sample> {
        let mut samples = self.best.samples.clone();
        samples[name] = sample;
        samples
    }

    /// A number exchanged, with its mirror image in a symmetric matrix.
    fn replaced(&self, name: usize, place: usize, number: Complex64) -> Sample {
        let mut sample = self.best.samples[name].clone();
        sample.numbers[place] = number;
        if self.sets[name].iter().any(|set| set.is_mirrored()) {
            let (rows, _) = sample.shape.size();
            let (i, j) = (place % rows, place / rows);
            if i != j {
                sample.numbers[j + i * rows] = number.conj();
            }
        }
        sample
    }
}

/// Simple samples of the same shape, and the same numbers as simpler kinds.
fn wholes(sample: &Sample) -> Vec<Sample> {
    let constant = |x: f64| Sample::of(sample.shape, Field::Integer, |_, _| real(x));
    let mut simpler = vec![constant(0.0)];
    if let Shape::Matrix(rows, cols) = sample.shape
        && rows == cols
    {
        simpler.push(Sample::identity(rows, Field::Integer));
    }
    simpler.push(constant(1.0));
    if sample.field != Field::Integer {
        simpler.push(Sample::of(sample.shape, Field::Integer, |i, j| real(sample.at(i, j).re.round())));
        simpler.push(Sample::of(sample.shape, Field::Decimal, |i, j| real(sample.at(i, j).re)));
    }
    simpler
}

/// Numbers that could stand for one, the simplest first.
fn simpler_numbers(z: Complex64) -> Vec<Complex64> {
    let mut simpler = vec![real(0.0), real(1.0), Complex64::new(0.0, 1.0), real(z.re.abs()), real(z.re.trunc())];
    let toward_zero = z.re - z.re.signum();
    simpler.push(real(toward_zero.trunc()));
    simpler.push(real(z.re));
    simpler
}

/// How hard a sample is to read; shrinking only goes down.
fn weight(sample: &Sample) -> f64 {
    let one = |z: &Complex64| {
        let sign = if z.re < 0.0 { 0.5 } else { 0.0 };
        let fraction = if z.re.fract() != 0.0 || z.im.fract() != 0.0 { 20.0 } else { 0.0 };
        2.0 * z.re.abs() + 3.0 * z.im.abs() + sign + fraction
    };
    let field = match sample.field {
        Field::Integer => 0.0,
        Field::Decimal => 100.0,
        Field::Complex => 200.0,
    };
    field + sample.numbers.iter().map(one).sum::<f64>()
}
