//! Whether two values stand in a relation: exactly, up to rounding, or not.

use super::sample::{Field, Sample, Shape, real};
use super::sets::Set;
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::value::{Array, Complex64, Elements, Value};

/// Differences below this, relative to the larger side or to 1, are rounding.
const ROUNDING: f64 = 1e-8;

/// What is found out about a claim in one case.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    Holds,
    /// Its sides differ in their last digits only.
    HoldsRounded,
    /// How far from each other the sides are, where rounding could have a part in it.
    Fails(Option<f64>),
    /// The sides have different sizes.
    SizesDiffer,
    /// Why it says nothing here.
    Undefined(String),
}

/// A value as numbers, if it is made of them.
pub struct Numbers {
    pub sample: Sample,
    /// Integers and Bools: no rounding.
    pub exact: bool,
}

impl Numbers {
    /// The numbers of a number or an array.
    pub fn of(value: &Value) -> Option<Numbers> {
        let one = |z: Complex64, field: Field, exact: bool| {
            Some(Numbers { sample: Sample { shape: Shape::Number, field, numbers: vec![z] }, exact })
        };
        match value {
            Value::Bool(x) => one(real(f64::from(u8::from(x.get()))), Field::Integer, true),
            Value::Int(x) => one(real(*x as f64), Field::Integer, true),
            Value::Float(x) => one(real(x.get()), Field::Decimal, false),
            Value::Complex(z) => one(z.z, Field::Complex, z.integral),
            Value::Array(array) => of_array(array),
            Value::Range(_) => {
                let array = crate::value::promote::as_array(value).ok().flatten()?;
                of_array(&array)
            }
            _ => None,
        }
    }

    fn is_finite(&self) -> bool {
        self.sample.numbers.iter().all(|z| z.re.is_finite() && z.im.is_finite())
    }
}

fn of_array(array: &Array) -> Option<Numbers> {
    let (rows, cols) = array.shape();
    let shape = if array.is_vector() { Shape::Vector(rows) } else { Shape::Matrix(rows, cols) };
    let (numbers, field, exact) = match &*array.elements() {
        Elements::Bool(m) => (m.iter().map(|x| real(f64::from(u8::from(*x)))).collect(), Field::Integer, true),
        Elements::Int(m) => (m.iter().map(|x| real(*x as f64)).collect(), Field::Integer, true),
        Elements::Float(m) => (m.iter().map(|x| real(*x)).collect(), Field::Decimal, false),
        Elements::Complex(m) => (m.iter().copied().collect(), Field::Complex, false),
        Elements::Any(..) => return None,
    };
    Some(Numbers { sample: Sample { shape, field, numbers }, exact })
}

/// Is a value, claimed to be true, true? Of an array every element must be.
pub fn truth(value: &Value) -> Judgement {
    let holds = match value {
        Value::Bool(x) => x.get(),
        Value::Array(array) => match &*array.elements() {
            Elements::Bool(m) => m.iter().all(|x| *x),
            _ => return no_claim(),
        },
        _ => return no_claim(),
    };
    if holds { Judgement::Holds } else { Judgement::Fails(None) }
}

fn no_claim() -> Judgement {
    Judgement::Undefined("a law is a comparison, or something that is true or false".to_owned())
}

/// Is a value in a set?
pub fn belongs(value: &Value, set: Set) -> Judgement {
    match Numbers::of(value) {
        Some(numbers) if !numbers.is_finite() => not_finite(),
        Some(numbers) if set.contains(&rounded(&numbers.sample, set)) => Judgement::Holds,
        Some(_) | None => Judgement::Fails(None),
    }
}

/// Sets that look at single entries are asked without the rounding of decimals.
fn rounded(sample: &Sample, set: Set) -> Sample {
    let mut rounded = sample.clone();
    if set.is_mirrored() {
        return Sample::of(sample.shape, sample.field, |i, j| match sample.shape.order() {
            Some(_) if (sample.at(i, j) - sample.at(j, i).conj()).norm() < ROUNDING => {
                (sample.at(i, j) + sample.at(j, i).conj()) / 2.0
            }
            _ => sample.at(i, j),
        });
    }
    rounded.numbers.iter_mut().filter(|z| z.norm() < ROUNDING).for_each(|z| *z = real(0.0));
    rounded
}

fn not_finite() -> Judgement {
    Judgement::Undefined("there is a division by zero, or a number too large".to_owned())
}

/// How two sides stand to each other.
pub fn compare(op: BinaryOp, left: &Value, right: &Value) -> Judgement {
    let (Some(l), Some(r)) = (numbers_beside(left, right), numbers_beside(right, left)) else {
        return by_operator(op, left, right);
    };
    if !l.is_finite() || !r.is_finite() {
        return not_finite();
    }
    if l.sample.shape != r.sample.shape {
        return Judgement::SizesDiffer;
    }
    match by_operator(op, left, right) {
        Judgement::Fails(_) if l.exact && r.exact => Judgement::Fails(None),
        Judgement::Fails(_) => near(op, &l.sample, &r.sample),
        decided => decided,
    }
}

fn by_operator(op: BinaryOp, left: &Value, right: &Value) -> Judgement {
    match operators::binary(op, left, right) {
        Ok(value) => truth(&value),
        Err(fault) => Judgement::Undefined(fault.report().map_or_else(String::new, |report| report.message.clone())),
    }
}

/// A value's numbers; of `2I` as the matrix that it is beside the other side.
fn numbers_beside(value: &Value, other: &Value) -> Option<Numbers> {
    let Value::Scaling(scale) = value else { return Numbers::of(value) };
    let (scale, beside) = (Numbers::of(scale)?, Numbers::of(other)?);
    let order = beside.sample.shape.order()?;
    let factor = scale.sample.numbers[0];
    let identity = Sample::identity(order, scale.sample.field);
    let sample = Sample::of(identity.shape, identity.field, |i, j| identity.at(i, j) * factor);
    Some(Numbers { sample, exact: scale.exact })
}

/// The largest difference of two samples of one shape.
pub fn distance(a: &Sample, b: &Sample) -> f64 {
    a.numbers.iter().zip(&b.numbers).map(|(x, y)| (x - y).norm()).fold(0.0, f64::max)
}

fn near(op: BinaryOp, l: &Sample, r: &Sample) -> Judgement {
    let largest = l.numbers.iter().chain(&r.numbers).map(|z| z.norm()).fold(1.0, f64::max);
    let apart = distance(l, r);
    let by_rounding = apart <= ROUNDING * largest;
    match op {
        BinaryOp::Eq | BinaryOp::Approx | BinaryOp::Le | BinaryOp::Ge if by_rounding => Judgement::HoldsRounded,
        BinaryOp::Eq | BinaryOp::Approx | BinaryOp::Le | BinaryOp::Ge => Judgement::Fails(Some(apart)),
        _ => Judgement::Fails(None),
    }
}
