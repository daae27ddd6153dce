//! Integers divided by a literal: a multiplication, as compilers do it. A division takes a processor several times longer.

use super::kind::Kind;
use super::node::{Frame, Node, Run};
use super::read::Operand;
use super::vm::Vm;
use crate::source::Span;
use crate::value::Value;
use std::marker::PhantomData;

/// A divisor with what it is multiplied by instead (Granlund and Montgomery, "Division by invariant integers using
/// multiplication", figure 5.2).
#[derive(Clone, Copy)]
pub struct Divisor {
    divisor: i64,
    /// The reciprocal as a 64-bit fraction, without its leading one.
    fraction: i64,
    shift: u32,
}

impl Divisor {
    /// For divisors from 2 on: their quotients and remainders always exist.
    pub fn new(divisor: i64) -> Option<Divisor> {
        if divisor < 2 {
            return None;
        }
        let bits = 64 - (divisor - 1).leading_zeros();
        let reciprocal = (1_u128 << (63 + bits)) / divisor as u128 + 1;
        Some(Divisor { divisor, fraction: reciprocal as u64 as i64, shift: bits - 1 })
    }

    #[inline(always)]
    fn quotient(self, n: i64) -> i64 {
        let high = ((i128::from(self.fraction) * i128::from(n)) >> 64) as i64;
        (n.wrapping_add(high) >> self.shift) - (n >> 63)
    }
}

/// Which result of a division is wanted.
pub trait Wanted: 'static {
    fn of(n: i64, by: Divisor) -> i64;
}

/// `n ÷ 2`, cut off towards zero.
pub struct Quotient;

/// `n % 2`, with the sign of n.
pub struct Remainder;

impl Wanted for Quotient {
    #[inline(always)]
    fn of(n: i64, by: Divisor) -> i64 {
        by.quotient(n)
    }
}

impl Wanted for Remainder {
    #[inline(always)]
    fn of(n: i64, by: Divisor) -> i64 {
        n - by.quotient(n) * by.divisor
    }
}

/// `lhs ÷ literal`, `lhs % literal` for an integer.
pub struct DivideBy<W, A> {
    lhs: A,
    by: Divisor,
    span: Span,
    wanted: PhantomData<W>,
}

impl<W, A> DivideBy<W, A> {
    /// What is divided, and the literal.
    pub fn new(lhs: A, by: Divisor, span: Span) -> DivideBy<W, A> {
        DivideBy { lhs, by, span, wanted: PhantomData }
    }
}

impl<W: Wanted, A: Operand<i64>> Operand<i64> for DivideBy<W, A> {
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<i64> {
        Ok(W::of(self.lhs.get(frame, vm)?, self.by))
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<W: Wanted, A: Operand<i64>> Node for DivideBy<W, A> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.get(frame, vm).map(Value::Int)
    }
    fn int(&self, frame: &mut Frame, vm: &Vm) -> Run<i64> {
        self.get(frame, vm)
    }
    fn kind(&self) -> Kind {
        Kind::Int
    }
    fn span(&self) -> Span {
        self.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_and_remainders_are_those_of_a_division() {
        let near = |x: i64| (-3..=3).map(move |d| x.saturating_add(d));
        let mut numbers: Vec<i64> = (0..63).flat_map(|k| near(1 << k)).chain(near(i64::MAX)).collect();
        numbers.extend([7, 10, 641, 1_000_003, 6_700_417, 123_456_789_012_345_678]);
        numbers.extend(numbers.clone().iter().map(|n| n.wrapping_neg()));
        numbers.push(i64::MIN);
        for divisor in numbers.iter().copied() {
            let Some(by) = Divisor::new(divisor) else { continue };
            let multiples = numbers.iter().flat_map(|n| near(n.wrapping_mul(divisor)));
            for n in numbers.iter().copied().chain(multiples) {
                assert_eq!(Quotient::of(n, by), n / divisor, "{n} ÷ {divisor}");
                assert_eq!(Remainder::of(n, by), n % divisor, "{n} % {divisor}");
            }
        }
    }
}
