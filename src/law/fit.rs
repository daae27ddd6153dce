//! Finds out for which kinds and sizes of its names a law is defined, by trying: the functions themselves know best what
//! they take, the program's own included.
//!
//! Names get their kinds and sizes one after the other, and every operation of the law is evaluated as soon as its names
//! have theirs, so that what cannot fit is given up early.

use super::judge::Judgement;
use super::layout::{Kind, Layout};
use super::sample::{Field, Sample, Shape, real};
use super::trial::{Case, Trial};
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::value::Value;
use std::time::{Duration, Instant};

/// Sizes that are tried: two that differ show which sizes must agree.
const SIZES: &[usize] = &[2, 3];

/// Sizes that are tried where these fit nowhere, as where a constant matrix has another size.
const MORE_SIZES: &[usize] = &[1, 2, 3, 4, 6];

/// How long the search may take.
const TIME: Duration = Duration::from_millis(700);

/// Solutions that are enough to see which sizes agree.
const ENOUGH: usize = 4096;

/// What the names of a law may be.
pub struct Fit {
    pub layout: Layout,
    /// Why the names are not what their letters suggest.
    pub unusual: Option<Misfit>,
}

/// What could not be made to fit.
#[derive(Clone, Debug)]
pub struct Misfit {
    /// The operation.
    pub text: String,
    /// What it says.
    pub message: String,
}

/// What the search ends with.
pub enum Found {
    Fit(Fit),
    /// All is defined, but the sides never have the same size: a case that shows it.
    SizesDiffer(Vec<Sample>),
    Nothing(Misfit),
}

/// Looks for the kinds and sizes of the free names.
pub fn fit(trial: &Trial<'_>) -> Outcome<Found> {
    let law = trial.law;
    let candidates: Vec<Vec<Kind>> =
        (0..law.free).map(|name| Kind::candidates(&law.names[name], &law.sets_of(name))).collect();
    let until = Instant::now() + TIME;
    let mut usual: Option<Misfit> = None;
    let mut differ: Option<Vec<Sample>> = None;
    for sizes in [SIZES, MORE_SIZES] {
        for kinds in choices(&candidates) {
            let mut search = Search::new(trial, &kinds, sizes, until);
            search.go_on(0)?;
            let is_usual = kinds.iter().zip(&candidates).all(|(kind, of)| *kind == of[0]);
            let alike = if search.alike.is_empty() { &search.unmet } else { &search.alike };
            if !alike.is_empty() {
                let unusual = usual.filter(|_| !is_usual);
                return Ok(Found::Fit(Fit { layout: Layout::of(&kinds, alike), unusual }));
            }
            if let Some(sizes) = &search.unlike {
                let samples = Harmless::samples(&kinds, sizes);
                if is_usual {
                    return Ok(Found::SizesDiffer(samples));
                }
                differ.get_or_insert(samples);
            }
            usual = usual.or(search.misfit.map(|(_, misfit)| misfit));
            if Instant::now() > until {
                break;
            }
        }
    }
    if let Some(samples) = differ {
        return Ok(Found::SizesDiffer(samples));
    }
    let unknown = || Misfit { text: law.text.clone(), message: "nothing that was tried fits".to_owned() };
    Ok(Found::Nothing(usual.unwrap_or_else(unknown)))
}

/// Every choice of kinds, those nearest to the usual ones first. Where vectors do not fit, numbers are meant.
fn choices(candidates: &[Vec<Kind>]) -> Vec<Vec<Kind>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for kinds in candidates {
        // With many names only a few kinds can be tried.
        let tried = if candidates.len() > 5 { 1 } else { kinds.len() };
        all = all.iter().flat_map(|front| (0..tried).map(move |k| [front.as_slice(), &[k]].concat())).collect();
    }
    let numbers: Vec<usize> = candidates
        .iter()
        .map(|kinds| match kinds.as_slice() {
            [Kind::Vector, other, ..] if *other == Kind::Number => 1,
            _ => 0,
        })
        .collect();
    all.sort_by_key(|choice| {
        let unusual = choice.iter().filter(|k| **k > 0).count();
        let order = if unusual == 0 {
            0
        } else if *choice == numbers {
            1
        } else {
            2
        };
        (order, unusual, choice.iter().sum::<usize>())
    });
    all.iter().map(|choice| choice.iter().zip(candidates).map(|(k, kinds)| kinds[*k]).collect()).collect()
}

/// Harmless samples: symmetric positive definite matrices of small integers where they are square.
struct Harmless;

impl Harmless {
    fn sample(shape: Shape) -> Sample {
        let (rows, cols) = shape.size();
        match shape {
            Shape::Number => Sample::of(shape, Field::Integer, |_, _| real(2.0)),
            Shape::Vector(_) => Sample::of(shape, Field::Integer, |i, _| real(i as f64 + 1.0)),
            Shape::Matrix(..) => Sample::of(shape, Field::Integer, |i, j| {
                let diagonal = if i == j && rows == cols { 4.0 * rows as f64 } else { 0.0 };
                real(((i + j) % 4) as f64 + 1.0 + diagonal)
            }),
        }
    }

    fn samples(kinds: &[Kind], sizes: &[[usize; 2]]) -> Vec<Sample> {
        kinds.iter().zip(sizes).map(|(kind, sizes)| Self::sample(kind.shape(*sizes))).collect()
    }
}

/// The search for sizes, with the kinds given.
struct Search<'a> {
    trial: &'a Trial<'a>,
    kinds: &'a [Kind],
    tried: &'a [usize],
    until: Instant,
    /// Which names are square matrices.
    square: Vec<bool>,
    /// The sizes so far.
    sizes: Vec<[usize; 2]>,
    values: Vec<Value>,
    /// Sizes for which both sides are defined and alike,
    alike: Vec<Vec<[usize; 2]>>,
    /// those for which a condition is not met,
    unmet: Vec<Vec<[usize; 2]>>,
    /// and the first for which they are defined and not alike.
    unlike: Option<Vec<[usize; 2]>>,
    /// What did not fit, after how many names.
    misfit: Option<(usize, Misfit)>,
}

impl<'a> Search<'a> {
    fn new(trial: &'a Trial<'a>, kinds: &'a [Kind], tried: &'a [usize], until: Instant) -> Search<'a> {
        let square = (0..kinds.len()).map(|name| trial.law.sets_of(name).iter().any(|set| set.is_square())).collect();
        Search {
            trial,
            kinds,
            tried,
            until,
            square,
            sizes: Vec::new(),
            values: Vec::new(),
            alike: Vec::new(),
            unmet: Vec::new(),
            unlike: None,
            misfit: None,
        }
    }

    /// Gives the next name each of its sizes.
    fn go_on(&mut self, name: usize) -> Outcome<()> {
        if name == self.kinds.len() {
            return self.whole();
        }
        for sizes in self.sizes_of(name) {
            crate::interrupt::check()?;
            if Instant::now() > self.until || self.alike.len() >= ENOUGH {
                return Ok(());
            }
            self.sizes.push(sizes);
            self.values.push(Harmless::sample(self.kinds[name].shape(sizes)).to_value());
            if self.operations_fit(name)? {
                self.go_on(name + 1)?;
            }
            self.sizes.pop();
            self.values.pop();
        }
        Ok(())
    }

    fn sizes_of(&self, name: usize) -> Vec<[usize; 2]> {
        match self.kinds[name].axes() {
            0 => vec![[1, 1]],
            1 => self.tried.iter().map(|n| [*n, 1]).collect(),
            _ if self.square[name] => self.tried.iter().map(|n| [*n, *n]).collect(),
            _ => self.tried.iter().flat_map(|rows| self.tried.iter().map(move |cols| [*rows, *cols])).collect(),
        }
    }

    /// Are the operations defined whose last name has got its size now?
    fn operations_fit(&mut self, name: usize) -> Outcome<bool> {
        let law = self.trial.law;
        let ready = |uses: &[usize]| uses.contains(&name) && uses.iter().all(|used| *used <= name);
        for (part, operation) in law.parts.iter().enumerate() {
            if operation.takes != law.free || !ready(&operation.uses) {
                continue;
            }
            let mut values = self.values.clone();
            values.resize(law.free, Value::Nothing);
            match self.trial.evaluator.value(part, &values) {
                Ok(_) => {}
                Err(fault) => {
                    if self.is_misfit(part, fault)? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// Are sizes or kinds to blame? A singular matrix or a negative number under a root are of the values.
    fn is_misfit(&mut self, part: usize, fault: Fault) -> Outcome<bool> {
        use ErrorKind::*;
        let Some(report) = fault.report() else { return Err(fault) };
        match report.kind {
            ArgumentError | BoundsError | DimensionMismatch | KeyError | MethodError | StringIndexError | TypeError => {
                let depth = self.sizes.len();
                if self.misfit.as_ref().is_none_or(|(deepest, _)| depth > *deepest) {
                    let text = self.trial.law.parts[part].text.clone();
                    self.misfit = Some((depth, Misfit { text, message: report.message.clone() }));
                }
                Ok(true)
            }
            UndefVarError | UndefKeywordError | OutOfMemoryError | StackOverflowError | InterruptException
            | LoadError | SystemError | EOFError | ParseError | TestFailure => Err(fault),
            AssertionError | DivideError | DomainError | ErrorException | InexactError | OverflowError
            | PosDefException | SingularException => Ok(false),
        }
    }

    /// All names have their sizes: do the conditions and the sides make sense, and are the sides alike?
    fn whole(&mut self) -> Outcome<()> {
        let samples = Harmless::samples(self.kinds, &self.sizes);
        match self.trial.case(&samples)? {
            Case::Broken { part, fault } => {
                if !self.is_misfit(part, fault)? {
                    self.alike.push(self.sizes.clone());
                }
            }
            Case::Judged(Judgement::SizesDiffer, _) => {
                self.unlike.get_or_insert_with(|| self.sizes.clone());
            }
            Case::Judged(Judgement::Undefined(message), sides) if sides.iter().any(is_no_number) => {
                self.misfit = Some((self.sizes.len(), Misfit { text: self.trial.law.text.clone(), message }));
            }
            Case::Unmet => self.unmet.push(self.sizes.clone()),
            Case::Judged(..) => self.alike.push(self.sizes.clone()),
        }
        Ok(())
    }
}

/// Something that no claim can be about, as `nothing`.
fn is_no_number(value: &Value) -> bool {
    matches!(value, Value::Nothing | Value::Function(_))
}
