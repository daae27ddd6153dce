//! Arithmetic and comparison of two scalars: promotion, checked integers, complex numbers, strings.

mod complex;
mod integer;
mod power;
mod roots;

pub use complex::{Operand as ComplexOperand, difference as complex_difference, divide as complex_divide};
pub use complex::{integer_power as complex_integer_power, power as complex_power, product as complex_product};
pub use complex::{quotient as complex_quotient, sum as complex_sum};
pub use integer::{bits, overflow};
pub use power::integer_power;
pub use roots::{complex_sqrt, sum_of_squares};

use super::display::describe;
use super::{Complex64, Value, compare};
use crate::codes::Code;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::maths;
use crate::op::{BinaryOp, UnaryOp};
use complex::Operand;
use std::cmp::Ordering;
use std::rc::Rc;

/// A binary operator on two scalars (numbers, strings, tuples, nothing: anything but arrays and ranges).
pub fn binary(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    use BinaryOp::*;
    match op {
        Add | Sub | Mul | Div | LeftDiv | Pow | IntDiv | Rem | Hadamard | HadamardDiv | Kron | Dot => {
            arithmetic(op, a, b)
        }
        And | Or | Xor | ShiftLeft | ShiftRight | ShiftRightUnsigned => bitwise(op, a, b),
        Eq => Ok(Value::bool(compare::equal(a, b))),
        Ne => Ok(Value::bool(!compare::equal(a, b))),
        Identical => Ok(Value::bool(compare::identical(a, b))),
        NotIdentical => Ok(Value::bool(!compare::identical(a, b))),
        Lt | Le | Gt | Ge => ordering(op, a, b),
        Approx | NotApprox => match (Number::of(a), Number::of(b)) {
            (Some(x), Some(y)) => {
                let exact = x.is_integer() && y.is_integer();
                let rtol = if exact { 0.0 } else { f64::EPSILON.sqrt() };
                Ok(Value::bool(compare::approx(a, b, rtol, 0.0) == (op == Approx)))
            }
            _ => Err(undefined(op, a, b)),
        },
        Isa => match b {
            Value::Type(ty) => Ok(Value::bool(super::types::is_a(a, ty))),
            _ => Err(undefined(op, a, b).hint("on the right of `isa` stands a type: `x isa Number`")),
        },
        Pair => Ok(Value::Pair(Rc::new((a.clone(), b.clone())))),
        Rational => Err(undefined(op, a, b).hint("hlang has no fractions: `a / b` is a float, `a ÷ b` whole")),
        Cross => Err(undefined(op, a, b).hint("`×` is the cross product of two 3-vectors; numbers multiply with `*`")),
        In | NotIn | Contains | NotContains | Subset | NotSubset | Union | Intersect | Compose | Pipe | PipeLeft => {
            Err(undefined(op, a, b))
        }
    }
}

/// A prefix operator on a scalar.
pub fn unary(op: UnaryOp, a: &Value) -> Outcome<Value> {
    let Some(number) = Number::of(a) else { return Err(undefined_prefix(op, a)) };
    match (op, number) {
        (UnaryOp::Not, Number::Bool(x)) => Ok(Value::bool(!x)),
        (UnaryOp::Not, _) => {
            Err(undefined_prefix(op, a).hint("`!` turns true and false round; compare first: `x == 0`"))
        }
        (UnaryOp::BitNot, Number::Bool(x)) => Ok(Value::bool(!x)),
        (UnaryOp::BitNot, Number::Int(x)) => Ok(Value::Int(!x)),
        (UnaryOp::BitNot, _) => Err(undefined_prefix(op, a)),
        (UnaryOp::Plus, Number::Bool(x)) => Ok(Value::Int(x.into())),
        (UnaryOp::Plus, _) => Ok(a.clone()),
        (UnaryOp::Neg, Number::Bool(x)) => Ok(Value::Int(-i64::from(x))),
        (UnaryOp::Neg, Number::Int(x)) => {
            x.checked_neg().map(Value::Int).ok_or_else(|| overflow(&format!("-({x})"), "use floats: `-float(x)`"))
        }
        (UnaryOp::Neg, Number::Float(x)) => Ok(Value::float(-x)),
        (UnaryOp::Neg, Number::Complex(z, true)) => {
            // An integer zero has no sign.
            Ok(complex::value(Complex64::new(-z.re + 0.0, -z.im + 0.0), true))
        }
        (UnaryOp::Neg, Number::Complex(z, false)) => Ok(complex::value(-z, false)),
        (UnaryOp::Adjoint, Number::Complex(z, integral)) => Ok(complex::value(z.conj(), integral)),
        (UnaryOp::Adjoint, _) => Ok(a.clone()),
        (UnaryOp::Sqrt, Number::Complex(z, _)) => Ok(Value::complex(complex_sqrt(z))),
        (UnaryOp::Sqrt, real) => {
            let x = real.float();
            if x < 0.0 {
                return Err(Fault::domain(format!("the square root of {x} is not real"))
                    .rule("√ of a negative number is complex, and asks for a complex argument")
                    .label(Part::Left, x.to_string())
                    .hint(format!("sqrt(complex({x}))")));
            }
            Ok(Value::float(x.sqrt()))
        }
        (UnaryOp::Cbrt, Number::Complex(..)) => Err(undefined_prefix(op, a).hint("z ^ (1/3) is the principal root")),
        (UnaryOp::Cbrt, real) => Ok(Value::float(maths::cbrt(real.float()))),
    }
}

/// A number, taken out of its value.
#[derive(Clone, Copy)]
enum Number {
    Bool(bool),
    Int(i64),
    Float(f64),
    /// With whether the parts are integers.
    Complex(Complex64, bool),
}

impl Number {
    fn of(value: &Value) -> Option<Number> {
        match value {
            Value::Bool(x) => Some(Number::Bool(x.get())),
            Value::Int(x) => Some(Number::Int(*x)),
            Value::Float(x) => Some(Number::Float(x.get())),
            Value::Complex(x) => Some(Number::Complex(x.z, x.integral)),
            _ => None,
        }
    }

    fn is_integer(self) -> bool {
        match self {
            Number::Bool(_) | Number::Int(_) => true,
            Number::Float(_) => false,
            Number::Complex(_, integral) => integral,
        }
    }

    /// The real number as a float; of a complex number the real part.
    fn float(self) -> f64 {
        match self {
            Number::Bool(x) => f64::from(u8::from(x)),
            Number::Int(x) => x as f64,
            Number::Float(x) => x,
            Number::Complex(z, _) => z.re,
        }
    }

    fn operand(self) -> Operand {
        match self {
            Number::Complex(z, integral) => Operand { z, real: false, integral },
            real => Operand { z: Complex64::new(real.float(), 0.0), real: true, integral: real.is_integer() },
        }
    }
}

/// Two numbers of one type.
enum Promoted {
    Bool(bool, bool),
    Int(i64, i64),
    Float(f64, f64),
    Complex(Operand, Operand),
}

fn promote(a: Number, b: Number) -> Promoted {
    match (a, b) {
        (Number::Complex(..), _) | (_, Number::Complex(..)) => Promoted::Complex(a.operand(), b.operand()),
        (Number::Float(_), _) | (_, Number::Float(_)) => Promoted::Float(a.float(), b.float()),
        (Number::Bool(x), Number::Bool(y)) => Promoted::Bool(x, y),
        (Number::Int(x), Number::Int(y)) => Promoted::Int(x, y),
        (Number::Int(x), Number::Bool(y)) => Promoted::Int(x, y.into()),
        (Number::Bool(x), Number::Int(y)) => Promoted::Int(x.into(), y),
    }
}

fn arithmetic(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    let (Some(x), Some(y)) = (Number::of(a), Number::of(b)) else {
        return text_arithmetic(op, a, b);
    };
    // On numbers the array products are the ordinary ones.
    let op = match op {
        BinaryOp::Hadamard | BinaryOp::Kron => BinaryOp::Mul,
        BinaryOp::HadamardDiv => BinaryOp::Div,
        BinaryOp::LeftDiv => return arithmetic(BinaryOp::Div, b, a),
        BinaryOp::Dot => match x {
            Number::Complex(z, integral) => return arithmetic(BinaryOp::Mul, &complex::value(z.conj(), integral), b),
            _ => BinaryOp::Mul,
        },
        op => op,
    };
    if op == BinaryOp::Mul
        && let (Number::Bool(bit), Number::Float(x)) | (Number::Float(x), Number::Bool(bit)) = (x, y)
    {
        return Ok(Value::float(bit_times(bit, x)));
    }
    match promote(x, y) {
        Promoted::Bool(x, y) => integer::on_bools(op, x, y),
        Promoted::Int(x, y) => match (op, b) {
            (BinaryOp::Pow, _) if matches!(a, Value::Bool(_)) && y >= 0 => Ok(Value::bool(x == 1 || y == 0)),
            _ => integer::on_ints(op, x, y),
        },
        Promoted::Float(x, y) => on_floats(op, x, y),
        Promoted::Complex(x, y) => {
            let exponent = match b {
                Value::Int(n) => Some(*n),
                Value::Bool(n) => Some(n.get().into()),
                _ => None,
            };
            complex::on_complex(op, x, y, exponent).unwrap_or_else(|| Err(undefined(op, a, b)))
        }
    }
}

/// `false` times anything is zero, NaN and Inf too: a mask blots out what it does not choose.
#[inline]
pub fn bit_times(bit: bool, x: f64) -> f64 {
    if bit { x } else { 0.0_f64.copysign(x) }
}

fn on_floats(op: BinaryOp, x: f64, y: f64) -> Outcome<Value> {
    let result = match op {
        BinaryOp::Add => x + y,
        BinaryOp::Sub => x - y,
        BinaryOp::Mul => x * y,
        BinaryOp::Div => x / y,
        BinaryOp::Pow => return power::checked_float_power(x, y).map(Value::float),
        BinaryOp::IntDiv => ((x - x % y) / y).round_ties_even(),
        BinaryOp::Rem => x % y,
        other => unreachable_operator(other),
    };
    Ok(Value::float(result))
}

/// The dispatch above sends only arithmetic here; another operator would be a mistake of ours, answered by NaN.
fn unreachable_operator(op: BinaryOp) -> f64 {
    debug_assert!(false, "{op:?} is not arithmetic");
    f64::NAN
}

/// `"a" * "b"`, `"ab" ^ 2`.
fn text_arithmetic(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    match (op, a, b) {
        (BinaryOp::Mul, Value::Str(x), Value::Str(y)) => {
            super::array::check_room(x.len() + y.len())?;
            Ok(Value::str([x.as_str(), y.as_str()].concat()))
        }
        (BinaryOp::Pow, Value::Str(x), Value::Int(_) | Value::Bool(_)) => {
            let n = if let Value::Int(n) = b { *n } else { i64::from(matches!(b, Value::Bool(one) if one.get())) };
            let times = usize::try_from(n).map_err(|_| {
                Fault::argument("a string cannot be repeated a negative number of times")
                    .label(Part::Right, n.to_string())
            })?;
            super::array::reserve::<u8>(super::array::element_count(x.len(), times)?)?;
            Ok(Value::str(x.repeat(times)))
        }
        _ => Err(undefined(op, a, b)),
    }
}

fn bitwise(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    let (Some(x), Some(y)) = (Number::of(a), Number::of(b)) else { return Err(undefined(op, a, b)) };
    match promote(x, y) {
        Promoted::Bool(x, y) => Ok(integer::bits_of_bools(op, x, y)),
        Promoted::Int(x, y) => Ok(Value::Int(integer::bits(op, x, y))),
        Promoted::Float(..) | Promoted::Complex(..) => {
            Err(undefined(op, a, b).hint(format!("`{}` works on integers and on true and false", op.text())))
        }
    }
}

/// `<` and its kin on numbers, strings and tuples.
fn ordering(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    let ordering = match (a, b) {
        (Value::Str(x), Value::Str(y)) => Some(x.cmp(y)),
        (Value::Tuple(_), Value::Tuple(_)) => Some(compare::order(a, b)?),
        (Value::CartesianIndex(x), Value::CartesianIndex(y)) => Some((x[1], x[0]).cmp(&(y[1], y[0]))),
        _ => match (Number::of(a), Number::of(b)) {
            (Some(Number::Complex(..)), Some(_)) | (Some(_), Some(Number::Complex(..))) => {
                return Err(undefined(op, a, b).hint("complex numbers have no order; compare `abs(z)` or `real(z)`"));
            }
            (Some(_), Some(_)) => compare::compare_reals(a, b),
            _ => return Err(undefined(op, a, b)),
        },
    };
    let holds = match op {
        BinaryOp::Lt => ordering == Some(Ordering::Less),
        BinaryOp::Le => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        BinaryOp::Gt => ordering == Some(Ordering::Greater),
        _ => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
    };
    Ok(Value::bool(holds))
}

/// Says that an operator takes no such operands, with advice where strings meet numbers.
#[cold]
pub fn undefined(op: BinaryOp, a: &Value, b: &Value) -> Fault {
    let (left, right) = (describe(a), describe(b));
    let message = format!("`{}` is not defined for {left} and {right}", op.text());
    let fault = Fault::method(message).label(Part::Left, left).label(Part::Right, right);
    match (op, a, b) {
        (BinaryOp::Add, Value::Str(x), Value::Str(y)) if x.len() + y.len() < 40 => {
            fault.code(Code::TextArithmetic).rule("strings are joined with `*`").hint(format!("{x:?} * {y:?}"))
        }
        (BinaryOp::Add, Value::Str(_), Value::Str(_)) => {
            fault.code(Code::TextArithmetic).rule("strings are joined with `*`")
        }
        (BinaryOp::Add | BinaryOp::Mul, Value::Str(_), _) | (BinaryOp::Add | BinaryOp::Mul, _, Value::Str(_)) => {
            fault.code(Code::TextArithmetic).rule("a number is made into text before it is joined").hint("string(x, y)")
        }
        (BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge, Value::Str(_), _)
        | (BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge, _, Value::Str(_)) => {
            fault.rule("text compares with text, numbers with numbers")
        }
        _ => fault,
    }
}

#[cold]
fn undefined_prefix(op: UnaryOp, a: &Value) -> Fault {
    let what = describe(a);
    Fault::method(format!("`{}` is not defined for {what}", op.text())).label(Part::Left, what)
}

#[cold]
fn divided_by_zero() -> Fault {
    Fault::new(ErrorKind::DivideError, "integer division by zero")
        .label(Part::Right, "0")
        .hint("`/` gives a float: `1 / 0` is Inf")
}

#[cfg(test)]
mod tests;
