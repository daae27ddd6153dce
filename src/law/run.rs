//! Tries a law: special cases first, then random ones, over sizes and kinds of numbers; the first failure is made small.

use super::draw::{CHARACTERS, Character, Wanted, draw};
use super::fit::{self, Fit, Found, Misfit};
use super::judge::Judgement;
use super::layout::{Kind, Layout};
use super::random::Random;
use super::sample::{Field, Sample, real};
use super::sets::Set;
use super::shrink::{Failure, shrink};
use super::statement::Law;
use super::trial::{Case, Evaluate, Trial};
use crate::fault::Outcome;
use std::time::{Duration, Instant};

/// How long the cases of a law may take together.
const TIME: Duration = Duration::from_millis(1000);

/// Sizes that every character is tried with.
const SPECIAL_SIZES: &[&[usize]] = &[&[2], &[3], &[1], &[2, 3, 1, 4]];

/// Largest size of random cases.
const LARGEST: i64 = 4;

/// Random cases for each kind of numbers.
const RANDOM_CASES: &[(Field, usize)] = &[(Field::Integer, 160), (Field::Decimal, 80), (Field::Complex, 60)];

/// Draws before a case is given up whose conditions are never met.
const DRAWS: usize = 20;

/// What is known about a law after all cases.
pub enum Verdict {
    Holds {
        layout: Layout,
        unusual: Option<Misfit>,
        evidence: Evidence,
    },
    Fails {
        failure: Failure,
        unusual: Option<Misfit>,
    },
    /// The sides never have the same size.
    SizesDiffer(Failure),
    /// No kinds and sizes make it defined.
    Nonsense(Misfit),
    /// In no case did it say anything: why not, if a reason is known.
    Untested(Option<String>),
}

/// What was tried.
#[derive(Default)]
pub struct Evidence {
    pub held: usize,
    /// Cases in which a side had no value,
    pub undefined: usize,
    /// and the reason in the first of them.
    pub reason: Option<String>,
    /// Did the sides ever differ by rounding?
    pub rounded: bool,
    /// The kinds of numbers in it.
    pub fields: Vec<Field>,
    /// The smallest and the largest size.
    pub sizes: Option<(usize, usize)>,
    /// Real numbers obey the law and complex ones do not.
    pub complex_failure: Option<Failure>,
}

/// Finds out whether a law holds.
pub fn run(law: &Law, evaluator: &dyn Evaluate) -> Outcome<Verdict> {
    let trial = Trial { law, evaluator };
    let Fit { layout, unusual } = match fit::fit(&trial)? {
        Found::Fit(fit) => fit,
        Found::Nothing(misfit) => return Ok(Verdict::Nonsense(misfit)),
        Found::SizesDiffer(shapes) => return sizes_differ(&trial, &shapes),
    };
    let sets: Vec<Vec<Set>> = (0..law.free).map(|name| law.sets_of(name)).collect();
    let mut tour = Tour { trial, layout, sets, evidence: Evidence::default(), until: Instant::now() + TIME };
    match tour.all_cases()? {
        Some(failure) => {
            let failure = shrink(&tour.trial, &tour.layout, failure)?;
            Ok(Verdict::Fails { failure, unusual })
        }
        None if tour.evidence.held == 0 => Ok(Verdict::Untested(tour.evidence.reason)),
        None => Ok(Verdict::Holds { layout: tour.layout, unusual, evidence: tour.evidence }),
    }
}

/// A case that shows different sizes: of ones, if the sides have values there.
fn sizes_differ(trial: &Trial<'_>, samples: &[Sample]) -> Outcome<Verdict> {
    let ones = samples.iter().map(|s| Sample::of(s.shape, Field::Integer, |_, _| real(1.0))).collect();
    for samples in [ones, samples.to_vec()] {
        if let Case::Judged(Judgement::SizesDiffer, sides) = trial.case(&samples)? {
            return Ok(Verdict::SizesDiffer(Failure { samples, sides }));
        }
    }
    Ok(Verdict::Untested(None))
}

/// The way through the cases.
struct Tour<'a> {
    trial: Trial<'a>,
    layout: Layout,
    sets: Vec<Vec<Set>>,
    evidence: Evidence,
    until: Instant,
}

impl Tour<'_> {
    /// The first failure, if there is one.
    fn all_cases(&mut self) -> Outcome<Option<Failure>> {
        let mut random = Random::new(20);
        for pattern in SPECIAL_SIZES {
            let sizes: Vec<usize> = pattern.iter().copied().cycle().take(self.layout.classes).collect();
            for character in CHARACTERS {
                let plan = Plan { sizes: Some(&sizes), character: Some(*character), field: Field::Integer };
                if let Some(failure) = self.case(&plan, &mut random)? {
                    return Ok(Some(failure));
                }
                if self.trial.law.free == 0 {
                    return Ok(None);
                }
            }
        }
        for (field, count) in RANDOM_CASES {
            for _ in 0..*count {
                let plan = Plan { sizes: None, character: None, field: *field };
                let Some(failure) = self.case(&plan, &mut random)? else { continue };
                let asked =
                    self.sets.iter().flatten().any(|set| matches!(set, Set::Complex | Set::Unitary | Set::Hermitian));
                if *field != Field::Complex || asked || self.evidence.held == 0 {
                    return Ok(Some(failure));
                }
                self.evidence.complex_failure = Some(shrink(&self.trial, &self.layout, failure)?);
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Draws a case that meets the conditions and tries it; a failure comes back.
    fn case(&mut self, plan: &Plan<'_>, random: &mut Random) -> Outcome<Option<Failure>> {
        for _ in 0..DRAWS {
            crate::interrupt::check()?;
            if Instant::now() > self.until {
                return Ok(None);
            }
            let Some(samples) = self.draw(plan, random) else { continue };
            match self.trial.careful_case(&samples)? {
                Case::Unmet => {}
                Case::Judged(Judgement::Fails(_), sides) => return Ok(Some(Failure { samples, sides })),
                Case::Judged(Judgement::Holds, _) => return self.held(&samples, false),
                Case::Judged(Judgement::HoldsRounded, _) => return self.held(&samples, true),
                Case::Judged(Judgement::SizesDiffer, _) => return Ok(None),
                Case::Judged(Judgement::Undefined(reason), _) => return self.undefined(&reason, plan.field),
                Case::Broken { fault, .. } => {
                    let message = fault.report().map_or("", |report| report.message.as_str());
                    return self.undefined(message, plan.field);
                }
            }
        }
        Ok(None)
    }

    fn draw(&self, plan: &Plan<'_>, random: &mut Random) -> Option<Vec<Sample>> {
        let drawn: Vec<usize>;
        let sizes = match plan.sizes {
            Some(sizes) => sizes,
            None => {
                drawn = (0..self.layout.classes).map(|_| random.between(1, LARGEST) as usize).collect();
                &drawn
            }
        };
        let case = random.bits();
        // A shared character now and then; else every name has its own, mostly small numbers.
        let shared = plan.character.or_else(|| random.once_in(5).then(|| random.one_of(CHARACTERS)));
        let usual = [CHARACTERS, &[Character::Small; 8], &[Character::Units; 4]].concat();
        let sample = |name: usize| {
            let character = shared.unwrap_or_else(|| random.one_of(&usual));
            let shape = self.layout.shape(name, sizes);
            let count = self.layout.kinds[name] == Kind::Count;
            draw(&Wanted { shape, count, sets: &self.sets[name], character, field: plan.field, case }, random)
        };
        (0..self.trial.law.free).map(sample).collect()
    }

    fn held(&mut self, samples: &[Sample], rounded: bool) -> Outcome<Option<Failure>> {
        let evidence = &mut self.evidence;
        evidence.held += 1;
        evidence.rounded |= rounded;
        for (sample, kind) in samples.iter().zip(&self.layout.kinds) {
            if !evidence.fields.contains(&sample.field) {
                evidence.fields.push(sample.field);
            }
            let (rows, cols) = sample.shape.size();
            for size in [rows, cols].into_iter().take(kind.axes()) {
                let (low, high) = evidence.sizes.unwrap_or((size, size));
                evidence.sizes = Some((low.min(size), high.max(size)));
            }
        }
        Ok(None)
    }

    /// That something is not defined for complex numbers is nothing to wonder about.
    fn undefined(&mut self, reason: &str, field: Field) -> Outcome<Option<Failure>> {
        if field == Field::Complex && self.evidence.held > 0 {
            return Ok(None);
        }
        self.evidence.undefined += 1;
        self.evidence.reason.get_or_insert_with(|| reason.to_owned());
        Ok(None)
    }
}

/// What a case is to be like; what is not said is random.
struct Plan<'a> {
    sizes: Option<&'a [usize]>,
    character: Option<Character>,
    field: Field,
}
