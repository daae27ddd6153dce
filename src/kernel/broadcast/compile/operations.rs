//! Which kernels an operator becomes, by the types of its operands.
//!
//! Results are those of `value::scalar`, element by element; a tested law.

use super::functions::FUNCTION_WEIGHT;
use super::{CellType, Compiler, Operand, Source};
use crate::kernel::elementwise::Kernel2;
use crate::kernel::program::Traits;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::compare;
use crate::value::scalar::{self, integer_power};
use std::cmp::Ordering;

/// Up to here every integer is a float.
const EXACT: f64 = 9007199254740992.0;

const MINUS_ZERO: Source<f64> = Source::Constant(-0.0);

/// What a vectorised power takes.
const POWER_WEIGHT: usize = 15;

impl Compiler<'_> {
    /// The real operand as a float.
    pub(super) fn float(&mut self, a: Operand) -> Option<Source<f64>> {
        let converted = match a {
            Operand::Float(a) => return Some(a),
            Operand::Int(a) => self.single(self.kernels.int_to_float, a),
            Operand::Bool(a) => self.single(self.kernels.bool_to_float, a),
            Operand::Complex(_) | Operand::Whole(_) => None,
        };
        match converted {
            Some(Operand::Float(a)) => Some(a),
            _ => None,
        }
    }

    /// A Bool as an integer; another number stays what it is.
    pub(super) fn integer(&mut self, a: Operand) -> Operand {
        match a {
            Operand::Bool(a) => self.single(self.kernels.bool_to_int, a).unwrap_or(Operand::Bool(a)),
            Operand::Int(_) | Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_) => a,
        }
    }

    /// The operand as it can be stored in an array of a type; fails where an element cannot.
    pub(super) fn convert(&mut self, a: Operand, to: CellType) -> Option<Operand> {
        match (to, a) {
            (CellType::Complex, a) => self.as_complex(a).map(Operand::Complex),
            (_, Operand::Complex(_) | Operand::Whole(_)) => {
                let a = self.without_imaginary_part(a)?;
                self.convert(a, to)
            }
            (CellType::Float, a) => Some(Operand::Float(self.float(a)?)),
            (CellType::Int, Operand::Float(a)) => self.single(self.kernels.float_to_int, a),
            (CellType::Int, a) => Some(self.integer(a)),
            (CellType::Bool, Operand::Float(a)) => self.single(self.kernels.float_to_bool, a),
            (CellType::Bool, Operand::Int(a)) => self.single(self.kernels.int_to_bool, a),
            (CellType::Bool, Operand::Bool(_)) => Some(a),
        }
    }

    pub(super) fn unary(&mut self, op: UnaryOp, a: Operand) -> Option<Operand> {
        if a.cell_type() == CellType::Complex {
            return self.complex_unary(op, a);
        }
        match op {
            UnaryOp::Neg => match self.integer(a) {
                Operand::Int(a) => self.single(self.kernels.int_neg, a),
                // -0.0 less a number is the number with the other sign, zeros too.
                Operand::Float(a) if self.is_product(a, MINUS_ZERO) => {
                    self.fuse(self.kernels.sub_multiply, a, MINUS_ZERO)
                }
                Operand::Float(a) => self.single(self.kernels.neg, a),
                Operand::Bool(_) | Operand::Complex(_) | Operand::Whole(_) => None,
            },
            UnaryOp::Plus => Some(self.integer(a)),
            UnaryOp::Not => match a {
                Operand::Bool(a) => self.single(self.kernels.not, a),
                Operand::Int(_) | Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_) => None,
            },
            UnaryOp::BitNot => match a {
                Operand::Bool(a) => self.single(self.kernels.not, a),
                Operand::Int(a) => self.single(self.kernels.bit_not, a),
                Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_) => None,
            },
            UnaryOp::Sqrt => {
                let a = self.float(a)?;
                self.check(self.kernels.has_negative, |x: f64| x.is_nan() || x >= 0.0, a)?;
                self.single(self.kernels.sqrt, a)
            }
            UnaryOp::Cbrt => {
                let a = self.float(a)?;
                self.traits.weight += FUNCTION_WEIGHT;
                self.single(self.kernels.cbrt, a)
            }
            UnaryOp::Adjoint => None,
        }
    }

    pub(super) fn binary(&mut self, op: BinaryOp, a: Operand, b: Operand) -> Option<Operand> {
        if let (Some(a), Some(b)) = (a.value(), b.value()) {
            return Operand::constant(&scalar::binary(op, &a, &b).ok()?);
        }
        if a.cell_type() == CellType::Complex || b.cell_type() == CellType::Complex {
            return self.complex_binary(op, a, b);
        }
        let k = self.kernels;
        match op {
            BinaryOp::Add => match self.promoted(a, b)? {
                Promoted::Int(a, b) => self.pair(k.int_add, a, b),
                Promoted::Float(a, b) if self.is_product(a, b) => self.fuse(k.multiply_add, a, b),
                Promoted::Float(a, b) if self.is_product(b, a) => self.fuse(k.multiply_add, b, a),
                Promoted::Float(a, b) => self.pair(k.add, a, b),
            },
            BinaryOp::Sub => match self.promoted(a, b)? {
                Promoted::Int(a, b) => self.pair(k.int_sub, a, b),
                Promoted::Float(a, b) if self.is_product(a, b) => self.fuse(k.multiply_sub, a, b),
                Promoted::Float(a, b) if self.is_product(b, a) => self.fuse(k.sub_multiply, b, a),
                Promoted::Float(a, b) => self.pair(k.sub, a, b),
            },
            BinaryOp::Mul | BinaryOp::Hadamard | BinaryOp::Kron | BinaryOp::Dot => match (a, b) {
                (Operand::Bool(a), Operand::Bool(b)) => self.pair(k.and, a, b),
                (Operand::Bool(bit), Operand::Float(x)) | (Operand::Float(x), Operand::Bool(bit)) => {
                    self.pair(k.bit_times, bit, x)
                }
                _ => match self.promoted(a, b)? {
                    Promoted::Int(a, b) => self.pair(k.int_mul, a, b),
                    Promoted::Float(a, b) => {
                        let result = self.pair(k.mul, a, b)?;
                        self.keep_product(a, b, result);
                        Some(result)
                    }
                },
            },
            BinaryOp::Div | BinaryOp::HadamardDiv => {
                let (a, b) = (self.float(a)?, self.float(b)?);
                self.pair(k.div, a, b)
            }
            BinaryOp::LeftDiv => self.binary(BinaryOp::Div, b, a),
            BinaryOp::Pow => self.power(a, b),
            BinaryOp::IntDiv => self.whole_division(a, b, k.int_div, |x, y| ((x - x % y) / y).round_ties_even()),
            BinaryOp::Rem => self.whole_division(a, b, k.int_rem, |x, y| x % y),
            BinaryOp::Eq => self.compare(a, b, k.bool_eq, k.int_eq, k.eq, |o| o == Some(Ordering::Equal)),
            BinaryOp::Ne => self.compare(a, b, k.xor, k.int_ne, k.ne, |o| o != Some(Ordering::Equal)),
            BinaryOp::Lt => self.compare(a, b, k.bool_lt, k.int_lt, k.lt, |o| o == Some(Ordering::Less)),
            BinaryOp::Gt => self.compare(a, b, k.bool_gt, k.int_gt, k.gt, |o| o == Some(Ordering::Greater)),
            BinaryOp::Le => self.compare(a, b, k.bool_le, k.int_le, k.le, |o| o.is_some_and(Ordering::is_le)),
            BinaryOp::Ge => self.compare(a, b, k.bool_ge, k.int_ge, k.ge, |o| o.is_some_and(Ordering::is_ge)),
            BinaryOp::And => self.bits(a, b, k.and, k.int_and),
            BinaryOp::Or => self.bits(a, b, k.or, k.int_or),
            BinaryOp::Xor => self.bits(a, b, k.xor, k.int_xor),
            BinaryOp::ShiftLeft => self.shift(a, b, k.shift_left),
            BinaryOp::ShiftRight => self.shift(a, b, k.shift_right),
            BinaryOp::ShiftRightUnsigned => self.shift(a, b, k.shift_right_unsigned),
            BinaryOp::Approx => self.approx(a, b, true),
            BinaryOp::NotApprox => self.approx(a, b, false),
            BinaryOp::Rational
            | BinaryOp::Identical
            | BinaryOp::NotIdentical
            | BinaryOp::In
            | BinaryOp::NotIn
            | BinaryOp::Contains
            | BinaryOp::NotContains
            | BinaryOp::Subset
            | BinaryOp::NotSubset
            | BinaryOp::Isa
            | BinaryOp::Cross
            | BinaryOp::Union
            | BinaryOp::Intersect
            | BinaryOp::Compose
            | BinaryOp::Pipe
            | BinaryOp::PipeLeft
            | BinaryOp::Pair => None,
        }
    }

    /// Both operands as integers, or as floats if one is.
    pub(super) fn promoted(&mut self, a: Operand, b: Operand) -> Option<Promoted> {
        if a.cell_type() == CellType::Float || b.cell_type() == CellType::Float {
            return Some(Promoted::Float(self.float(a)?, self.float(b)?));
        }
        match (self.integer(a), self.integer(b)) {
            (Operand::Int(a), Operand::Int(b)) => Some(Promoted::Int(a, b)),
            (a, b) => Some(Promoted::Float(self.float(a)?, self.float(b)?)),
        }
    }

    fn whole_division(
        &mut self,
        a: Operand,
        b: Operand,
        ints: Kernel2<i64, i64, i64>,
        floats: fn(f64, f64) -> f64,
    ) -> Option<Operand> {
        if let (Operand::Bool(_), Operand::Bool(_)) = (a, b) {
            return None;
        }
        match self.promoted(a, b)? {
            Promoted::Int(a, b) => {
                self.traits.weight += FUNCTION_WEIGHT;
                self.pair(ints, a, b)
            }
            Promoted::Float(a, b) => self.each_pair(a, b, move |x, y| (floats(x, y), false)),
        }
    }

    fn bits(
        &mut self,
        a: Operand,
        b: Operand,
        bools: Kernel2<bool, bool, bool>,
        ints: Kernel2<i64, i64, i64>,
    ) -> Option<Operand> {
        if let (Operand::Bool(a), Operand::Bool(b)) = (a, b) {
            return self.pair(bools, a, b);
        }
        match self.promoted(a, b)? {
            Promoted::Int(a, b) => self.pair(ints, a, b),
            Promoted::Float(..) => None,
        }
    }

    fn shift(&mut self, a: Operand, b: Operand, kernel: Kernel2<i64, i64, i64>) -> Option<Operand> {
        match self.promoted(a, b)? {
            Promoted::Int(a, b) => self.pair(kernel, a, b),
            Promoted::Float(..) => None,
        }
    }

    /// `a ≈ b`, or that it is not; integers are only near what they are equal to.
    fn approx(&mut self, a: Operand, b: Operand, near: bool) -> Option<Operand> {
        match self.promoted(a, b)? {
            Promoted::Int(..) => self.binary(if near { BinaryOp::Eq } else { BinaryOp::Ne }, a, b),
            Promoted::Float(a, b) => {
                let rtol = f64::EPSILON.sqrt();
                self.each_pair(a, b, move |x, y| (compare::near(x, y, rtol, 0.0) == near, false))
            }
        }
    }

    /// An integer and a float are compared exactly, not after rounding the integer to a float.
    fn compare(
        &mut self,
        a: Operand,
        b: Operand,
        bools: Kernel2<bool, bool, bool>,
        ints: Kernel2<i64, i64, bool>,
        floats: Kernel2<f64, f64, bool>,
        holds: fn(Option<Ordering>) -> bool,
    ) -> Option<Operand> {
        if let (Operand::Bool(a), Operand::Bool(b)) = (a, b) {
            return self.pair(bools, a, b);
        }
        let (a, b) = (self.integer(a), self.integer(b));
        match (a, b) {
            (Operand::Int(a), Operand::Int(b)) => self.pair(ints, a, b),
            (Operand::Int(x), Operand::Float(y)) if !small(a) && !small(b) => {
                self.each_pair(x, y, move |x, y| (holds(compare_exactly(x, y)), false))
            }
            (Operand::Float(x), Operand::Int(y)) if !small(a) && !small(b) => {
                self.each_pair(x, y, move |x, y| (holds(compare_exactly(y, x).map(Ordering::reverse)), false))
            }
            // Against a number below 2^53 the rounding of larger integers makes no difference.
            (a, b) => {
                let (a, b) = (self.float(a)?, self.float(b)?);
                self.pair(floats, a, b)
            }
        }
    }

    fn power(&mut self, a: Operand, b: Operand) -> Option<Operand> {
        match (a, b) {
            (Operand::Bool(_), _) | (_, Operand::Bool(_)) => None,
            (Operand::Int(x), Operand::Int(Source::Constant(n))) if n >= 0 => match n {
                1 => Some(a),
                2 => self.pair(self.kernels.int_mul, x, x),
                3 => self.single(self.kernels.int_cube, x),
                n => self.each(x, move |x| integer_power(x, n).map_or((0, true), |power| (power, false))),
            },
            (Operand::Int(x), Operand::Int(n))
                if !(self.task.float_powers && self.frames.is_empty()) && b.value().is_none() =>
            {
                // The values of a function are what they are, one by one; a power in it does not change the others.
                self.has_int_powers |= self.frames.is_empty();
                self.each_pair(x, n, |x, n| {
                    if n < 0 {
                        return (0, true);
                    }
                    integer_power(x, n).map_or((0, true), |power| (power, false))
                })
            }
            (a, b) => {
                let (a, b) = (self.float(a)?, self.float(b)?);
                self.float_power(a, b)
            }
        }
    }

    fn float_power(&mut self, a: Source<f64>, b: Source<f64>) -> Option<Operand> {
        let k = self.kernels;
        match b {
            Source::Constant(1.0) => Some(Operand::Float(a)),
            Source::Constant(2.0) => {
                let square = self.single(k.square, a)?;
                self.keep_product(a, a, square);
                Some(square)
            }
            Source::Constant(3.0) => self.single(k.cube, a),
            Source::Constant(-1.0) => self.single(k.inverse, a),
            Source::Constant(_) | Source::Input(_) | Source::Register(_) => {
                self.traits = Traits { weight: self.traits.weight + POWER_WEIGHT, can_fail: true };
                self.pair(k.power, a, b)
            }
        }
    }
}

/// Two operands of one type.
pub(super) enum Promoted {
    Int(Source<i64>, Source<i64>),
    Float(Source<f64>, Source<f64>),
}

/// A constant below 2^53, infinity or NaN.
pub(super) fn small(a: Operand) -> bool {
    match a {
        Operand::Int(Source::Constant(x)) => (x as f64).abs() < EXACT,
        Operand::Float(Source::Constant(x)) => !(EXACT..f64::INFINITY).contains(&x.abs()),
        Operand::Int(_) | Operand::Float(_) | Operand::Bool(_) | Operand::Complex(_) | Operand::Whole(_) => false,
    }
}

/// The order of an integer and a float, as numbers.
fn compare_exactly(x: i64, y: f64) -> Option<Ordering> {
    match (x as f64).partial_cmp(&y)? {
        // The integer may have been rounded to the float. 2^63 is no i64, and larger than all of them.
        Ordering::Equal if y >= 9223372036854775808.0 => Some(Ordering::Less),
        Ordering::Equal => Some(x.cmp(&(y as i64))),
        unequal => Some(unequal),
    }
}
