//! Whole-value operators against answers of Julia.

use super::*;
use crate::value::{Complex64, Range};

fn run(op: BinaryOp, a: &Value, b: &Value) -> Value {
    binary(op, a, b).expect("defined")
}

fn ints(items: &[i64]) -> Value {
    Value::vector(items.to_vec())
}

fn range(a: i64, b: i64) -> Value {
    Value::Range(Rc::new(Range::unit(a, b)))
}

fn adjoint(a: &Value) -> Value {
    unary(UnaryOp::Adjoint, a).expect("numbers")
}

fn form(value: &Value) -> Option<Form> {
    if let Value::Array(array) = value { Some(array.form()) } else { None }
}

#[test]
fn products_by_shape() {
    let (x, y) = (ints(&[1, 2, 3]), ints(&[4, 5, 6]));
    let a = Value::matrix(2, 3, vec![1_i64, 4, 2, 5, 3, 6]);
    assert_eq!(run(BinaryOp::Mul, &adjoint(&x), &y), Value::Int(32));
    assert_eq!(run(BinaryOp::Mul, &x, &adjoint(&ints(&[1, 10]))), Value::matrix(3, 2, vec![1_i64, 2, 3, 10, 20, 30]));
    assert_eq!(run(BinaryOp::Mul, &a, &x), ints(&[14, 32]));
    assert_eq!(run(BinaryOp::Mul, &a, &range(1, 3)), ints(&[14, 32]));
    assert_eq!(form(&run(BinaryOp::Mul, &adjoint(&ints(&[1, 2])), &a)), Some(Form::AdjointVector));
    assert_eq!(form(&run(BinaryOp::Mul, &Value::matrix(1, 2, vec![1_i64, 2]), &ints(&[3, 4]))), Some(Form::Vector));
    let z = Value::vector(vec![Complex64::new(0.0, 1.0)]);
    assert_eq!(run(BinaryOp::Mul, &adjoint(&z), &z), Value::complex(Complex64::new(1.0, 0.0)));
}

#[test]
fn numbers_scale() {
    assert_eq!(run(BinaryOp::Mul, &Value::Int(2), &ints(&[1, 2])), ints(&[2, 4]));
    assert_eq!(run(BinaryOp::Div, &ints(&[1, 2]), &Value::Int(2)), Value::vector(vec![0.5, 1.0]));
    assert_eq!(run(BinaryOp::LeftDiv, &Value::Int(2), &ints(&[1, 2])), Value::vector(vec![0.5, 1.0]));
    assert!(matches!(run(BinaryOp::Mul, &Value::Int(2), &range(1, 3)), Value::Range(_)));
    assert_eq!(form(&run(BinaryOp::Mul, &Value::Int(2), &adjoint(&ints(&[1])))), Some(Form::AdjointVector));
    assert!(binary(BinaryOp::Mul, &Value::Int(2), &ints(&[i64::MAX])).is_err());
    assert_eq!(run(BinaryOp::Mul, &Value::bool(true), &Value::vector(vec![true])), Value::vector(vec![true]));
}

#[test]
fn sums_of_equal_sizes() {
    assert_eq!(run(BinaryOp::Add, &ints(&[1, 2]), &Value::vector(vec![0.5, 1.0])), Value::vector(vec![1.5, 3.0]));
    assert_eq!(run(BinaryOp::Add, &Value::vector(vec![true]), &Value::vector(vec![true])), ints(&[2]));
    assert!(equal(&run(BinaryOp::Add, &range(1, 3), &range(2, 4)), &ints(&[3, 5, 7])));
    assert!(equal(&run(BinaryOp::Sub, &range(1, 3), &range(1, 3)), &ints(&[0, 0, 0])));
    let a = Value::matrix(2, 2, vec![1_i64, 2, 3, 4]);
    let eye = Value::Scaling(Rc::new(Value::Int(2)));
    assert_eq!(run(BinaryOp::Add, &a, &eye), Value::matrix(2, 2, vec![3_i64, 2, 3, 6]));
    assert_eq!(run(BinaryOp::Sub, &eye, &a), Value::matrix(2, 2, vec![1_i64, -2, -3, -2]));
    assert_eq!(run(BinaryOp::Mul, &a, &eye), Value::matrix(2, 2, vec![2_i64, 4, 6, 8]));
}

#[test]
fn strict_products() {
    let a = Value::matrix(2, 2, vec![1_i64, 2, 3, 4]);
    assert_eq!(run(BinaryOp::Hadamard, &a, &a), Value::matrix(2, 2, vec![1_i64, 4, 9, 16]));
    assert_eq!(run(BinaryOp::Hadamard, &ints(&[1, 10]), &a), Value::matrix(2, 2, vec![1_i64, 20, 3, 40]));
    assert_eq!(run(BinaryOp::HadamardDiv, &a, &ints(&[1, 2])), Value::matrix(2, 2, vec![1.0, 1.0, 3.0, 2.0]));
}

#[test]
fn membership_and_sets() {
    let holds = |op, a: &Value, b: &Value| run(op, a, b) == Value::bool(true);
    assert!(
        holds(BinaryOp::In, &Value::Int(2), &range(1, 3)) && holds(BinaryOp::NotIn, &Value::float(2.5), &range(1, 3))
    );
    assert!(holds(BinaryOp::In, &Value::float(2.0), &ints(&[1, 2])));
    assert!(holds(BinaryOp::In, &Value::str("b"), &Value::str("abc")));
    assert!(
        holds(BinaryOp::Subset, &ints(&[1, 2]), &range(1, 3)) && holds(BinaryOp::NotSubset, &ints(&[4]), &range(1, 3))
    );
    assert_eq!(run(BinaryOp::Union, &ints(&[1, 2, 1]), &ints(&[3, 2])), ints(&[1, 2, 3]));
    assert_eq!(run(BinaryOp::Intersect, &ints(&[1, 2, 2]), &range(2, 3)), ints(&[2]));
}

#[test]
fn approximately() {
    let (x, y) = (Value::vector(vec![1.0, 2.0]), Value::vector(vec![1.0 + 1e-10, 2.0]));
    assert_eq!(approx(&x, &y, None, 0.0), Ok(true));
    assert_eq!(approx(&ints(&[1]), &ints(&[2]), None, 0.0), Ok(false));
    assert_eq!(approx(&Value::float(0.1 + 0.2), &Value::float(0.3), None, 0.0), Ok(true));
    assert_eq!(approx(&Value::float(1.0), &Value::float(1.5), None, 1.0), Ok(true));
    let infinite = Value::vector(vec![f64::INFINITY, 1.0]);
    assert_eq!(approx(&infinite, &infinite, None, 0.0), Ok(true));
}

#[test]
fn adjoints_come_back() {
    let x = ints(&[1, 2]);
    assert_eq!(adjoint(&adjoint(&x)), x);
    let a = Value::matrix(1, 2, vec![1_i64, 2]);
    assert_eq!(form(&adjoint(&a)), Some(Form::AdjointMatrix));
    assert_eq!(adjoint(&adjoint(&a)), a);
    assert_eq!(form(&unary(UnaryOp::Neg, &adjoint(&x)).expect("numbers")), Some(Form::AdjointVector));
}
