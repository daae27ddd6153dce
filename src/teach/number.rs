//! Numbers as a student computes with them by hand: fractions while they are exact, decimals otherwise.

use super::picture::short;
use crate::value::Value;

/// A number of an elimination.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Numerator and positive denominator without a common divisor.
    Exact(i128, i128),
    Float(f64),
}

/// Denominators up to which a float is taken for a fraction of integers that are powers of two.
const LARGEST_DENOMINATOR: f64 = 1024.0;

/// Numbers up to which floats are exact.
const LARGEST_WHOLE: f64 = 1e12;

impl Number {
    pub const ZERO: Number = Number::Exact(0, 1);
    pub const ONE: Number = Number::Exact(1, 1);

    /// A real number; nothing for any other value.
    pub fn of(value: &Value) -> Option<Number> {
        match value {
            Value::Bool(x) => Some(Number::Exact(i128::from(x.get()), 1)),
            Value::Int(x) => Some(Number::Exact(i128::from(*x), 1)),
            Value::Float(x) => Some(Number::of_float(x.get())),
            _ => None,
        }
    }

    /// Floats such as 2.0 and 0.25 are computed with exactly.
    fn of_float(x: f64) -> Number {
        let scaled = x * LARGEST_DENOMINATOR;
        if scaled.is_finite() && scaled == scaled.trunc() && scaled.abs() < LARGEST_WHOLE {
            Number::fraction(scaled as i128, LARGEST_DENOMINATOR as i128).unwrap_or(Number::Float(x))
        } else {
            Number::Float(x)
        }
    }

    fn fraction(numerator: i128, denominator: i128) -> Option<Number> {
        let divisor = gcd(numerator.checked_abs()?, denominator.checked_abs()?);
        if divisor == 0 || denominator == 0 {
            return None;
        }
        let sign = denominator.signum();
        Some(Number::Exact(sign * (numerator / divisor), sign * (denominator / divisor)))
    }

    pub fn is_zero(self) -> bool {
        self == Number::ZERO || self == Number::Float(0.0)
    }

    pub fn is_one(self) -> bool {
        self == Number::ONE || self == Number::Float(1.0)
    }

    /// Its distance from zero, roughly.
    pub fn magnitude(self) -> f64 {
        self.float().abs()
    }

    pub fn float(self) -> f64 {
        match self {
            Number::Exact(p, q) => p as f64 / q as f64,
            Number::Float(x) => x,
        }
    }

    pub fn minus(self, other: Number) -> Number {
        self.plus(other.negative())
    }

    pub fn plus(self, other: Number) -> Number {
        let exact = |p: i128, q: i128, r: i128, s: i128| {
            Number::fraction(p.checked_mul(s)?.checked_add(r.checked_mul(q)?)?, q.checked_mul(s)?)
        };
        self.combined(other, exact, |x, y| x + y)
    }

    pub fn times(self, other: Number) -> Number {
        let exact = |p: i128, q: i128, r: i128, s: i128| Number::fraction(p.checked_mul(r)?, q.checked_mul(s)?);
        self.combined(other, exact, |x, y| x * y)
    }

    /// The quotient; by an exact zero a float.
    pub fn over(self, other: Number) -> Number {
        let exact = |p: i128, q: i128, r: i128, s: i128| Number::fraction(p.checked_mul(s)?, q.checked_mul(r)?);
        self.combined(other, exact, |x, y| x / y)
    }

    pub fn negative(self) -> Number {
        match self {
            Number::Exact(p, q) => p.checked_neg().map_or(Number::Float(-self.float()), |p| Number::Exact(p, q)),
            Number::Float(x) => Number::Float(-x),
        }
    }

    /// Exactly, or as floats where an integer becomes too large.
    fn combined(
        self,
        other: Number,
        exact: impl Fn(i128, i128, i128, i128) -> Option<Number>,
        float: impl Fn(f64, f64) -> f64,
    ) -> Number {
        match (self, other) {
            (Number::Exact(p, q), Number::Exact(r, s)) => exact(p, q, r, s),
            _ => None,
        }
        .unwrap_or_else(|| Number::Float(float(self.float(), other.float())))
    }

    /// `5`, `-7/2`, `0.333333`
    pub fn text(self) -> String {
        match self {
            Number::Exact(p, 1) => p.to_string(),
            Number::Exact(p, q) => format!("{p}/{q}"),
            Number::Float(x) => short(&Value::float(x)),
        }
    }

    /// The same as an operand: in parentheses if it has a sign or a bar.
    pub fn operand(self) -> String {
        let text = self.text();
        if text.starts_with('-') || text.contains('/') { format!("({text})") } else { text }
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_stay_exact() {
        let third = Number::ONE.over(Number::Exact(3, 1));
        assert_eq!(third.text(), "1/3");
        assert_eq!(third.plus(third).plus(third), Number::ONE);
        assert_eq!(Number::of(&Value::float(0.75)), Some(Number::Exact(3, 4)));
        assert_eq!(third.negative().operand(), "(-1/3)");
        assert_eq!(Number::Exact(2, 4).times(Number::Exact(1, 1)), Number::Exact(1, 2));
    }

    #[test]
    fn what_does_not_fit_becomes_a_float() {
        let large = Number::Exact(i128::MAX, 1);
        assert!(matches!(large.times(large), Number::Float(_)));
        assert!(matches!(Number::ONE.over(Number::ZERO), Number::Float(x) if x.is_infinite()));
        assert_eq!(Number::of(&Value::float(0.1)), Some(Number::Float(0.1)));
    }
}
