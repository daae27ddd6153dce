//! Making samples: matrices of many characters, and members of the sets that `where` names.

use super::random::Random;
use super::sample::{Field, Sample, Shape, real};
use super::sets::Set;
use crate::value::Complex64;

/// What the samples of a case look like, where no set says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Character {
    Zeros,
    Ones,
    Identity,
    /// Zeros, with a few ones.
    Units,
    Singular,
    Triangular,
    Diagonal,
    Permutation,
    /// Small numbers of either sign.
    Small,
    /// All names of one size have the same value.
    Same,
    /// Square matrices that commute: combinations of one matrix and the identity.
    Commuting,
}

/// Every character, the simplest first.
pub const CHARACTERS: &[Character] = &[
    Character::Zeros,
    Character::Identity,
    Character::Ones,
    Character::Units,
    Character::Singular,
    Character::Triangular,
    Character::Diagonal,
    Character::Permutation,
    Character::Small,
    Character::Same,
    Character::Commuting,
];

/// What one name of a case is drawn as.
pub struct Wanted<'a> {
    pub shape: Shape,
    /// A whole number that is not negative, as an exponent is.
    pub count: bool,
    pub sets: &'a [Set],
    pub character: Character,
    pub field: Field,
    /// The same for all names of a case.
    pub case: u64,
}

/// Draws a sample; `None` where the sets leave nothing of the kind that is wanted.
pub fn draw(wanted: &Wanted<'_>, random: &mut Random) -> Option<Sample> {
    let field = field(wanted)?;
    let mut sample = if wanted.count || wanted.sets.contains(&Set::Natural) {
        let n = random.between(0, 4) as f64;
        Sample::of(wanted.shape, Field::Integer, |_, _| real(n))
    } else {
        match wanted.sets.iter().find_map(|set| member(*set, wanted.shape, field, random)) {
            Some(sample) => sample,
            None => of_character(wanted, field, random),
        }
    };
    for z in &mut sample.numbers {
        if wanted.sets.contains(&Set::Positive) {
            *z = real(if z.re == 0.0 { 1.0 } else { z.re.abs() });
        } else if wanted.sets.contains(&Set::Nonnegative) {
            *z = real(z.re.abs());
        } else if wanted.sets.contains(&Set::Nonzero) && z.norm() == 0.0 {
            *z = real(1.0);
        }
    }
    wanted.sets.iter().all(|set| set.contains(&sample)).then_some(sample)
}

/// The kind of numbers that is wanted, or the simplest that the sets admit instead.
fn field(wanted: &Wanted<'_>) -> Option<Field> {
    let admitted = |field: &Field| wanted.sets.iter().all(|set| set.admits(*field));
    [wanted.field, Field::Integer, Field::Decimal, Field::Complex].into_iter().find(admitted)
}

/// One number of a kind.
fn number(field: Field, random: &mut Random) -> Complex64 {
    match field {
        Field::Integer => real(random.between(-3, 3) as f64),
        Field::Decimal => real(random.between(-300, 300) as f64 / 100.0),
        Field::Complex => Complex64::new(random.between(-2, 2) as f64, random.between(-2, 2) as f64),
    }
}

fn any(shape: Shape, field: Field, random: &mut Random) -> Sample {
    Sample::of(shape, field, |_, _| number(field, random))
}

fn zero_or_one(one: bool) -> Complex64 {
    real(f64::from(u8::from(one)))
}

fn of_character(wanted: &Wanted<'_>, field: Field, random: &mut Random) -> Sample {
    let shape = wanted.shape;
    let (rows, cols) = shape.size();
    match wanted.character {
        Character::Zeros => Sample::of(shape, field, |_, _| real(0.0)),
        Character::Ones => Sample::of(shape, field, |_, _| real(1.0)),
        Character::Identity => Sample::of(shape, field, |i, j| zero_or_one(i == j)),
        Character::Units => Sample::of(shape, field, |_, _| match random.between(0, 7) {
            0 | 1 => real(1.0),
            2 => real(-1.0),
            _ => real(0.0),
        }),
        Character::Small => any(shape, field, random),
        Character::Same => any(shape, field, &mut Random::new(wanted.case)),
        Character::Triangular => {
            Sample::of(shape, field, |i, j| if i <= j { number(field, random) } else { real(0.0) })
        }
        Character::Diagonal => Sample::of(shape, field, |i, j| if i == j { number(field, random) } else { real(0.0) }),
        Character::Permutation => {
            let order = random.order(rows.max(cols));
            Sample::of(shape, field, |i, j| zero_or_one(order[i] == j))
        }
        Character::Singular if rows > 1 && cols > 1 => low_rank(rows, cols, rows.min(cols) - 1, field, random),
        Character::Commuting => match shape.order() {
            Some(_) => {
                let base = any(shape, field, &mut Random::new(wanted.case));
                let (scale, shift) = (random.between(-2, 2) as f64, random.between(-2, 2) as f64);
                Sample::of(shape, field, |i, j| base.at(i, j) * scale + zero_or_one(i == j) * shift)
            }
            None => any(shape, field, random),
        },
        Character::Singular => any(shape, field, random),
    }
}

/// A product of thin factors of small integers.
fn low_rank(rows: usize, cols: usize, rank: usize, field: Field, random: &mut Random) -> Sample {
    let mut factor = |rows: usize, cols: usize| {
        Sample::of(Shape::Matrix(rows, cols), field, |_, _| real(random.between(-1, 2) as f64))
    };
    factor(rows, rank).times(&factor(rank, cols))
}

/// A member of a set with a structure of its own; `None` for sets that only restrict.
fn member(set: Set, shape: Shape, field: Field, random: &mut Random) -> Option<Sample> {
    let n = shape.order()?;
    let square = |rows: usize, cols: usize| Shape::Matrix(rows, cols);
    let mirrored = |random: &mut Random, sign: f64, conjugate: bool| {
        let base = any(shape, field, random);
        Sample::of(shape, field, |i, j| {
            let (a, b) = (base.at(i.min(j), i.max(j)), i.cmp(&j));
            let below = if conjugate { a.conj() } else { a };
            match b {
                std::cmp::Ordering::Less => a,
                std::cmp::Ordering::Equal if sign < 0.0 => real(0.0),
                std::cmp::Ordering::Equal => (a + below) / 2.0,
                std::cmp::Ordering::Greater => below * sign,
            }
        })
    };
    let sample = match set {
        Set::Symmetric => mirrored(random, 1.0, false),
        Set::Hermitian => mirrored(random, 1.0, true),
        Set::Skew => mirrored(random, -1.0, false),
        Set::Psd => {
            let rank = random.between(0, n as i64) as usize;
            let factor = any(square(n, rank), field, random);
            factor.times(&factor.adjoint())
        }
        Set::Spd => {
            let factor = any(shape, field, random);
            let product = factor.times(&factor.adjoint());
            Sample::of(shape, field, |i, j| product.at(i, j) + zero_or_one(i == j))
        }
        Set::Orthogonal | Set::Unitary => isometry(n, field, random),
        Set::Regular => {
            let (lower, upper) = (any(shape, field, random), any(shape, field, random));
            let unit = |i: usize, j: usize, inside: bool, z: Complex64| match (i == j, inside) {
                (true, _) => real(1.0),
                (false, true) => z,
                (false, false) => real(0.0),
            };
            let lower = Sample::of(shape, field, |i, j| unit(i, j, i > j, lower.at(i, j)));
            let upper = Sample::of(shape, field, |i, j| unit(i, j, i < j, upper.at(i, j)));
            if random.once_in(2) { lower.times(&upper) } else { any(shape, field, random) }
        }
        Set::Singular => low_rank(n, n, random.between(0, n as i64 - 1) as usize, field, random),
        Set::Diagonal => Sample::of(shape, field, |i, j| if i == j { number(field, random) } else { real(0.0) }),
        Set::Upper => Sample::of(shape, field, |i, j| if i <= j { number(field, random) } else { real(0.0) }),
        Set::Lower => Sample::of(shape, field, |i, j| if i >= j { number(field, random) } else { real(0.0) }),
        Set::Triangular => member(random.one_of(&[Set::Upper, Set::Lower]), shape, field, random)?,
        Set::Permutation => {
            let order = random.order(n);
            Sample::of(shape, field, |i, j| zero_or_one(order[i] == j))
        }
        Set::Projection => {
            let frame = isometry(n, field, random);
            let rank = random.between(0, n as i64) as usize;
            let kept = Sample::of(shape, frame.field, |i, j| zero_or_one(i == j && i < rank));
            let product = frame.times(&kept).times(&frame.adjoint());
            // Exactly its own adjoint, which rounding may have spoilt.
            Sample::of(shape, product.field, |i, j| (product.at(i, j) + product.at(j, i).conj()) / 2.0)
        }
        Set::Stochastic => {
            let weights = Sample::of(shape, Field::Decimal, |_, _| real(random.between(0, 4) as f64));
            let sum = |i: usize| (0..n).map(|j| weights.at(i, j).re).sum::<f64>();
            Sample::of(shape, Field::Decimal, |i, j| match sum(i) {
                0.0 => zero_or_one(i == j),
                sum => weights.at(i, j) / sum,
            })
        }
        Set::Scalar
        | Set::Vector
        | Set::Matrix
        | Set::Square
        | Set::Natural
        | Set::Integer
        | Set::Real
        | Set::Complex
        | Set::Positive
        | Set::Nonnegative
        | Set::Nonzero => return None,
    };
    Some(sample)
}

/// A matrix whose inverse is its adjoint: a permutation with signs, turned by a reflection unless integers are wanted.
fn isometry(n: usize, field: Field, random: &mut Random) -> Sample {
    let order = random.order(n);
    let signs: Vec<f64> = (0..n).map(|_| random.one_of(&[1.0, -1.0])).collect();
    let shape = Shape::Matrix(n, n);
    let signed = Sample::of(shape, field, |i, j| zero_or_one(order[i] == j) * signs[i]);
    let axis = any(Shape::Matrix(n, 1), field, random);
    let square: f64 = axis.numbers.iter().map(Complex64::norm_sqr).sum();
    if field == Field::Integer || square == 0.0 {
        return signed;
    }
    let reflection =
        Sample::of(shape, field, |i, j| zero_or_one(i == j) - axis.at(i, 0) * axis.at(j, 0).conj() * (2.0 / square));
    reflection.times(&signed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sample is in the set that it was drawn for, and every set is met often enough.
    #[test]
    fn members_belong() {
        let mut random = Random::new(1);
        for (name, set) in Set::NAMES {
            let shape = match set {
                Set::Scalar | Set::Natural => Shape::Number,
                Set::Vector => Shape::Vector(3),
                _ => Shape::Matrix(3, 3),
            };
            for field in [Field::Integer, Field::Decimal, Field::Complex] {
                let sets = [*set];
                let mut one = |character: Character| {
                    draw(&Wanted { shape, count: false, sets: &sets, character, field, case: 7 }, &mut random)
                };
                let drawn: Vec<Sample> = CHARACTERS.iter().filter_map(|character| one(*character)).collect();
                assert!(drawn.len() * 2 > CHARACTERS.len(), "{name} {field:?}: {} drawn", drawn.len());
                assert!(drawn.iter().all(|sample| set.contains(sample)), "{name} {field:?}");
            }
        }
    }

    #[test]
    fn sets_are_told_apart() {
        let matrix = |numbers: [f64; 4]| Sample {
            shape: Shape::Matrix(2, 2),
            field: Field::Integer,
            numbers: numbers.map(real).to_vec(),
        };
        assert!(Set::Psd.contains(&matrix([1.0, 1.0, 1.0, 1.0])));
        assert!(!Set::Spd.contains(&matrix([1.0, 1.0, 1.0, 1.0])));
        assert!(!Set::Psd.contains(&matrix([0.0, 1.0, 1.0, 0.0])));
        assert!(Set::Regular.contains(&matrix([0.0, 1.0, 1.0, 0.0])));
        assert!(Set::Singular.contains(&matrix([1.0, 2.0, 2.0, 4.0])));
        assert!(Set::Orthogonal.contains(&matrix([0.0, -1.0, 1.0, 0.0])));
        assert!(!Set::Symmetric.contains(&matrix([0.0, -1.0, 1.0, 0.0])));
        assert!(Set::Skew.contains(&matrix([0.0, -1.0, 1.0, 0.0])));
    }
}
