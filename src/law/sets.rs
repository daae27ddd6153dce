//! The sets that `where A in psd` can name: what they ask of a name, and whether a sample belongs.

use super::sample::{Field, Sample, Shape, TINY};

/// A set of numbers, vectors or matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    Scalar,
    Vector,
    Matrix,
    Square,
    Natural,
    Integer,
    Real,
    Complex,
    Positive,
    Nonnegative,
    Nonzero,
    Symmetric,
    Hermitian,
    Skew,
    /// Positive semidefinite.
    Psd,
    /// Positive definite.
    Spd,
    Orthogonal,
    Unitary,
    Regular,
    Singular,
    Diagonal,
    Upper,
    Lower,
    Triangular,
    Permutation,
    Projection,
    /// Rows of nonnegative numbers whose sums are 1.
    Stochastic,
}

impl Set {
    /// Every set with the names that it goes by; the first is the one that is shown.
    pub const NAMES: &'static [(&'static str, Set)] = &[
        ("scalar", Set::Scalar),
        ("number", Set::Scalar),
        ("vector", Set::Vector),
        ("matrix", Set::Matrix),
        ("square", Set::Square),
        ("natural", Set::Natural),
        ("integer", Set::Integer),
        ("real", Set::Real),
        ("complex", Set::Complex),
        ("positive", Set::Positive),
        ("nonnegative", Set::Nonnegative),
        ("nonzero", Set::Nonzero),
        ("symmetric", Set::Symmetric),
        ("hermitian", Set::Hermitian),
        ("skew", Set::Skew),
        ("antisymmetric", Set::Skew),
        ("psd", Set::Psd),
        ("spd", Set::Spd),
        ("posdef", Set::Spd),
        ("orthogonal", Set::Orthogonal),
        ("unitary", Set::Unitary),
        ("invertible", Set::Regular),
        ("regular", Set::Regular),
        ("nonsingular", Set::Regular),
        ("singular", Set::Singular),
        ("diagonal", Set::Diagonal),
        ("upper", Set::Upper),
        ("lower", Set::Lower),
        ("triangular", Set::Triangular),
        ("permutation", Set::Permutation),
        ("projection", Set::Projection),
        ("stochastic", Set::Stochastic),
    ];

    /// The set with this name.
    pub fn named(name: &str) -> Option<Set> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, set)| *set)
    }

    /// The set of the matrices that a function of the library says yes to: `where issymmetric(A)`.
    pub fn tested_by(function: &str) -> Option<Set> {
        match function {
            "issymmetric" => Some(Set::Symmetric),
            "ishermitian" => Some(Set::Hermitian),
            "isposdef" => Some(Set::Spd),
            "isdiag" => Some(Set::Diagonal),
            "istriu" => Some(Set::Upper),
            "istril" => Some(Set::Lower),
            "isorthogonal" => Some(Set::Orthogonal),
            "isunitary" => Some(Set::Unitary),
            _ => None,
        }
    }

    /// The name that is shown.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, set)| *set == self).map_or("", |(name, _)| name)
    }

    /// Does it hold square matrices only?
    pub fn is_square(self) -> bool {
        use Set::*;
        match self {
            Square | Symmetric | Hermitian | Skew | Psd | Spd | Orthogonal | Unitary | Regular | Singular
            | Diagonal | Upper | Lower | Triangular | Permutation | Projection | Stochastic => true,
            Scalar | Vector | Matrix | Natural | Integer | Real | Complex | Positive | Nonnegative | Nonzero => false,
        }
    }

    /// Does the number at `(i, j)` decide the one at `(j, i)`, as its conjugate?
    pub fn is_mirrored(self) -> bool {
        matches!(self, Set::Symmetric | Set::Hermitian | Set::Psd | Set::Spd | Set::Projection)
    }

    /// May its members be made of numbers of this kind?
    pub fn admits(self, field: Field) -> bool {
        use Set::*;
        match self {
            Natural | Integer => field == Field::Integer,
            Real | Positive | Nonnegative | Symmetric | Orthogonal | Permutation | Stochastic => {
                field != Field::Complex
            }
            Complex => field == Field::Complex,
            Scalar | Vector | Matrix | Square | Nonzero | Hermitian | Skew | Psd | Spd | Unitary | Regular
            | Singular | Diagonal | Upper | Lower | Triangular | Projection => true,
        }
    }

    /// Does a sample belong, up to rounding?
    pub fn contains(self, sample: &Sample) -> bool {
        let all = |test: &dyn Fn(usize, usize) -> bool| {
            let (rows, cols) = sample.shape.size();
            (0..rows).all(|i| (0..cols).all(|j| test(i, j)))
        };
        let near = |a: &Sample, b: &Sample| {
            a.numbers.len() == b.numbers.len() && a.numbers.iter().zip(&b.numbers).all(|(x, y)| (x - y).norm() < TINY)
        };
        let zero = |i: usize, j: usize| sample.at(i, j).norm() == 0.0;
        if (self.is_square() && sample.shape.order().is_none()) || !self.admits(sample.field) {
            return false;
        }
        match self {
            Set::Scalar => sample.shape == Shape::Number,
            Set::Vector => matches!(sample.shape, Shape::Vector(_)),
            Set::Matrix => matches!(sample.shape, Shape::Matrix(..)),
            Set::Square | Set::Real | Set::Complex => true,
            Set::Integer => all(&|i, j| sample.at(i, j).re.fract() == 0.0),
            Set::Natural => sample.shape == Shape::Number && all(&|i, j| sample.at(i, j).re >= 0.0),
            Set::Positive => all(&|i, j| sample.at(i, j).re > 0.0),
            Set::Nonnegative => all(&|i, j| sample.at(i, j).re >= 0.0),
            Set::Nonzero => all(&|i, j| !zero(i, j)),
            Set::Symmetric => all(&|i, j| sample.at(i, j) == sample.at(j, i)),
            Set::Hermitian => all(&|i, j| sample.at(i, j) == sample.at(j, i).conj()),
            Set::Skew => all(&|i, j| sample.at(i, j) == -sample.at(j, i)),
            Set::Psd => Set::Hermitian.contains(sample) && is_semidefinite(sample),
            Set::Spd => Set::Hermitian.contains(sample) && sample.pivots(false).iter().all(|p| p.re > TINY),
            Set::Orthogonal | Set::Unitary => {
                let (rows, _) = sample.shape.size();
                near(&sample.adjoint().times(sample), &Sample::identity(rows, sample.field))
            }
            Set::Regular => sample.pivots(true).iter().all(|p| p.norm() > TINY),
            Set::Singular => sample.pivots(true).iter().any(|p| p.norm() <= TINY),
            Set::Diagonal => all(&|i, j| i == j || zero(i, j)),
            Set::Upper => all(&|i, j| i <= j || zero(i, j)),
            Set::Lower => all(&|i, j| i >= j || zero(i, j)),
            Set::Triangular => Set::Upper.contains(sample) || Set::Lower.contains(sample),
            Set::Permutation => {
                let ones = |numbers: &mut dyn Iterator<Item = bool>| numbers.filter(|one| *one).count() == 1;
                let (n, _) = sample.shape.size();
                let one = |i: usize, j: usize| sample.at(i, j).re == 1.0;
                all(&|i, j| zero(i, j) || one(i, j))
                    && (0..n).all(|k| ones(&mut (0..n).map(|j| one(k, j))) && ones(&mut (0..n).map(|i| one(i, k))))
            }
            Set::Projection => Set::Hermitian.contains(sample) && near(&sample.times(sample), sample),
            Set::Stochastic => {
                let (n, _) = sample.shape.size();
                let sum = |i: usize| (0..n).map(|j| sample.at(i, j).re).sum::<f64>();
                all(&|i, j| sample.at(i, j).re >= 0.0) && (0..n).all(|i| (sum(i) - 1.0).abs() < TINY)
            }
        }
    }
}

/// By elimination on the diagonal: no pivot is negative, and right of a zero pivot stand zeros only.
fn is_semidefinite(sample: &Sample) -> bool {
    let (n, _) = sample.shape.size();
    let mut work = sample.clone();
    for k in 0..n {
        let pivot = work.at(k, k).re;
        if pivot < -TINY {
            return false;
        }
        if pivot <= TINY {
            if (k + 1..n).any(|j| work.at(k, j).norm() > TINY) {
                return false;
            }
            continue;
        }
        for i in k + 1..n {
            let factor = work.at(i, k) / pivot;
            for j in k..n {
                let change = factor * work.at(k, j);
                work.numbers[i + j * n] -= change;
            }
        }
    }
    true
}
