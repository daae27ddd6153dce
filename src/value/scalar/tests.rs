//! Scalar operators against answers of Julia.

use super::*;
use crate::fault::ErrorKind;

fn run(op: BinaryOp, a: Value, b: Value) -> Outcome<Value> {
    binary(op, &a, &b)
}

fn kind(result: Outcome<Value>) -> Option<ErrorKind> {
    result.err().and_then(|fault| fault.report().map(|r| r.kind))
}

fn z(re: f64, im: f64) -> Complex64 {
    Complex64::new(re, im)
}

#[test]
fn bools_count_as_integers_in_sums_only() {
    let t = || Value::bool(true);
    assert_eq!(run(BinaryOp::Add, t(), t()), Ok(Value::Int(2)));
    assert_eq!(run(BinaryOp::Mul, t(), t()), Ok(t()));
    assert_eq!(run(BinaryOp::Div, t(), t()), Ok(Value::float(1.0)));
    assert_eq!(run(BinaryOp::Mul, t(), Value::Int(3)), Ok(Value::Int(3)));
    assert_eq!(run(BinaryOp::Pow, t(), Value::Int(3)), Ok(t()));
    assert_eq!(unary(UnaryOp::Neg, &t()), Ok(Value::Int(-1)));
}

#[test]
fn integers_are_checked() {
    let max = || Value::Int(i64::MAX);
    assert_eq!(kind(run(BinaryOp::Add, max(), Value::Int(1))), Some(ErrorKind::OverflowError));
    assert_eq!(kind(run(BinaryOp::Pow, Value::Int(10), Value::Int(19))), Some(ErrorKind::OverflowError));
    assert_eq!(kind(run(BinaryOp::Pow, Value::Int(3), max())), Some(ErrorKind::OverflowError));
    assert_eq!(kind(run(BinaryOp::IntDiv, Value::Int(1), Value::Int(0))), Some(ErrorKind::DivideError));
    assert_eq!(kind(run(BinaryOp::IntDiv, Value::Int(i64::MIN), Value::Int(-1))), Some(ErrorKind::OverflowError));
    assert_eq!(run(BinaryOp::Rem, Value::Int(i64::MIN), Value::Int(-1)), Ok(Value::Int(0)));
    assert_eq!(run(BinaryOp::Pow, Value::Int(-1), max()), Ok(Value::Int(-1)));
    assert_eq!(run(BinaryOp::Pow, Value::Int(2), Value::Int(-1)), Ok(Value::float(0.5)));
    assert_eq!(run(BinaryOp::Rem, Value::Int(-7), Value::Int(3)), Ok(Value::Int(-1)));
}

#[test]
fn floats_follow_julia() {
    assert_eq!(run(BinaryOp::IntDiv, Value::float(7.5), Value::Int(2)), Ok(Value::float(3.0)));
    assert_eq!(run(BinaryOp::Rem, Value::float(-7.5), Value::Int(2)), Ok(Value::float(-1.5)));
    assert_eq!(run(BinaryOp::Div, Value::Int(1), Value::Int(0)), Ok(Value::float(f64::INFINITY)));
    assert_eq!(kind(run(BinaryOp::Pow, Value::float(-8.0), Value::float(0.5))), Some(ErrorKind::DomainError));
    assert_eq!(run(BinaryOp::Pow, Value::float(-8.0), Value::float(2.0)), Ok(Value::float(64.0)));
    assert_eq!(kind(unary(UnaryOp::Sqrt, &Value::Int(-1))), Some(ErrorKind::DomainError));
}

#[test]
fn whole_complex_numbers_stay_whole() {
    let a = || Value::complex_int(z(1.0, 2.0));
    assert_eq!(run(BinaryOp::Mul, a(), a()), Ok(Value::complex_int(z(-3.0, 4.0))));
    assert_eq!(run(BinaryOp::Add, a(), Value::Int(1)), Ok(Value::complex_int(z(2.0, 2.0))));
    assert_eq!(run(BinaryOp::Add, a(), Value::float(1.0)), Ok(Value::complex(z(2.0, 2.0))));
    assert_eq!(run(BinaryOp::Div, a(), Value::Int(2)), Ok(Value::complex(z(0.5, 1.0))));
    assert_eq!(run(BinaryOp::Pow, a(), Value::Int(2)), Ok(Value::complex_int(z(-3.0, 4.0))));
    assert_eq!(
        run(BinaryOp::Mul, Value::float(f64::INFINITY), Value::complex_int(z(0.0, 1.0))),
        Ok(Value::complex(z(0.0, f64::INFINITY)))
    );
    let huge = Value::complex_int(z(9e15, 0.0));
    assert_eq!(kind(run(BinaryOp::Mul, huge.clone(), huge)), Some(ErrorKind::OverflowError));
}

#[test]
fn bits_and_shifts() {
    let shift = |op, x, n| run(op, Value::Int(x), Value::Int(n));
    assert_eq!(shift(BinaryOp::ShiftLeft, 1, 4), Ok(Value::Int(16)));
    assert_eq!(shift(BinaryOp::ShiftLeft, 16, -2), Ok(Value::Int(4)));
    assert_eq!(shift(BinaryOp::ShiftLeft, 1, 64), Ok(Value::Int(0)));
    assert_eq!(shift(BinaryOp::ShiftRight, -8, 1), Ok(Value::Int(-4)));
    assert_eq!(shift(BinaryOp::ShiftRight, -8, 100), Ok(Value::Int(-1)));
    assert_eq!(shift(BinaryOp::ShiftRightUnsigned, -1, 63), Ok(Value::Int(1)));
    assert_eq!(run(BinaryOp::Xor, Value::bool(true), Value::bool(true)), Ok(Value::bool(false)));
}

#[test]
fn strings_join_and_repeat() {
    assert_eq!(run(BinaryOp::Mul, Value::str("a"), Value::str("b")), Ok(Value::str("ab")));
    assert_eq!(run(BinaryOp::Pow, Value::str("ab"), Value::Int(2)), Ok(Value::str("abab")));
    assert_eq!(kind(run(BinaryOp::Pow, Value::str("ab"), Value::Int(i64::MAX))), Some(ErrorKind::OutOfMemoryError));
    assert_eq!(run(BinaryOp::Lt, Value::str("a"), Value::str("b")), Ok(Value::bool(true)));
}
