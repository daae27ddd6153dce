//! Calling the functions of one or two numbers that are declared by type: `sin(x)`, `mod(x, y)`.

use super::arguments::{complex, integer, is_number, real};
use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use crate::value::display::{describe, repr, with_article};
use crate::value::function::{OnComplex, OnFloat, OnFloat2, OnInt, OnInt2, Scalar, Scalar2};
use crate::value::{Complex, Value};

/// `f(x)`
pub fn call_scalar(name: &str, scalar: &Scalar, x: &Value) -> Outcome<Value> {
    match x {
        Value::Float(v) => on_float(name, scalar, v.get(), x),
        Value::Int(v) => on_int(name, scalar, *v, x),
        Value::Bool(v) => on_int(name, scalar, i64::from(v.get()), x).map(|y| as_bool(scalar.keeps_bool, y)),
        Value::Complex(c) => on_complex(name, scalar, c),
        other => match scalar.other {
            Some(f) => f(other),
            None => Err(not_a_number(name, other)),
        },
    }
}

/// A Bool again, where the function keeps Bools.
fn as_bool(keeps_bool: bool, result: Value) -> Value {
    match result {
        Value::Int(y) if keeps_bool => Value::bool(y != 0),
        result => result,
    }
}

fn on_int(name: &str, scalar: &Scalar, v: i64, x: &Value) -> Outcome<Value> {
    match scalar.int {
        OnInt::ViaFloat => on_float(name, scalar, v as f64, x),
        OnInt::ToInt(f) => f(v).map(Value::Int),
        OnInt::ToBool(f) => Ok(Value::bool(f(v))),
        OnInt::No => Err(refused(name, x)),
    }
}

fn on_float(name: &str, scalar: &Scalar, v: f64, x: &Value) -> Outcome<Value> {
    if let Some(domain) = &scalar.domain
        && !v.is_nan()
        && !(domain.allows)(v)
    {
        return Err(outside_domain(name, domain.hint, x));
    }
    match scalar.float {
        OnFloat::ToFloat(f) => Ok(Value::float(f(v))),
        OnFloat::ToBool(f) => Ok(Value::bool(f(v))),
        OnFloat::No => Err(refused(name, x)),
    }
}

fn on_complex(name: &str, scalar: &Scalar, c: &Complex) -> Outcome<Value> {
    let integral = c.integral && scalar.integral;
    match scalar.complex {
        OnComplex::ToComplex(f) => Ok(if integral { Value::complex_int(f(c.z)) } else { Value::complex(f(c.z)) }),
        OnComplex::ToFloat(f) if integral => Ok(Value::Int(f(c.z) as i64)),
        OnComplex::ToFloat(f) => Ok(Value::float(f(c.z))),
        OnComplex::ToBool(f) => Ok(Value::bool(f(c.z))),
        OnComplex::No => Err(refused(name, &Value::complex(c.z))),
    }
}

/// `f(x, y)`, by the type that both are promoted to.
pub fn call_scalar2(name: &str, scalar: &Scalar2, x: &Value, y: &Value) -> Outcome<Value> {
    if let (Some(a), Some(b)) = (integer(x), integer(y)) {
        let bools = matches!((x, y), (Value::Bool(_), Value::Bool(_)));
        return on_ints(name, scalar, (a, b), (x, y)).map(|z| as_bool(scalar.keeps_bool && bools, z));
    }
    if let (Some(a), Some(b)) = (real(x), real(y)) {
        return on_floats(name, scalar, (a, b), (x, y));
    }
    if let (Some(f), Some(a), Some(b)) = (scalar.complex, complex(x), complex(y)) {
        return Ok(Value::complex(f(a, b)));
    }
    if let Some(f) = scalar.other {
        return f(x, y);
    }
    Err(not_two_numbers(name, x, y))
}

fn on_ints(name: &str, scalar: &Scalar2, (a, b): (i64, i64), (x, y): (&Value, &Value)) -> Outcome<Value> {
    match scalar.int {
        OnInt2::ViaFloat => on_floats(name, scalar, (a as f64, b as f64), (x, y)),
        OnInt2::ToInt(f) => f(a, b).map(Value::Int),
        OnInt2::ToBool(f) => Ok(Value::bool(f(a, b))),
        OnInt2::No => Err(refused(name, x)),
    }
}

fn on_floats(name: &str, scalar: &Scalar2, (a, b): (f64, f64), (x, y): (&Value, &Value)) -> Outcome<Value> {
    match scalar.float {
        OnFloat2::ToFloat(f) => Ok(Value::float(f(a, b))),
        OnFloat2::ToBool(f) => Ok(Value::bool(f(a, b))),
        OnFloat2::No => {
            let (part, culprit) = if integer(x).is_none() { (0, x) } else { (1, y) };
            let fault = Fault::method(format!("{name} takes two integers; {} is a Float64", repr(culprit)));
            Err(fault.label(Part::Argument(part), "Float64"))
        }
    }
}

/// `hint` speaks of `x`; the number itself is put in its place.
#[cold]
fn outside_domain(name: &str, hint: &str, x: &Value) -> Fault {
    let shown = repr(x);
    Fault::domain(format!("{name}({shown}) is not a real number"))
        .label(Part::Argument(0), shown.clone())
        .hint(hint.replace("(x)", &format!("({shown})")))
}

#[cold]
fn refused(name: &str, x: &Value) -> Fault {
    let kind = describe(x);
    Fault::method(format!("{name} is not defined for {}", with_article(&kind))).label(Part::Argument(0), kind)
}

/// The error for `log2(A)`, where only `log2.(A)` has a meaning.
#[cold]
pub fn not_a_number(name: &str, x: &Value) -> Fault {
    let kind = describe(x);
    let fault = Fault::method(format!("{name} takes a number, not {}", with_article(&kind))).code(element_code(x));
    let fault = fault.label(Part::Argument(0), kind);
    match x {
        Value::Array(_) | Value::Range(_) => fault
            .rule("without a dot a function is called once, with the whole array; with a dot, for every element")
            .hint(format!("{name}.(…) calls it for every element")),
        _ => fault,
    }
}

/// The error for `mod(A, 2)`, where only `mod.(A, 2)` has a meaning.
#[cold]
pub fn not_two_numbers(name: &str, x: &Value, y: &Value) -> Fault {
    let (a, b) = (describe(x), describe(y));
    let culprit = if is_number(x) { &b } else { &a };
    let fault = Fault::method(format!("{name} takes two numbers, not {}", with_article(culprit)));
    let fault = fault.code(element_code(if is_number(x) { y } else { x }));
    let fault = fault.label(Part::Argument(0), a.clone()).label(Part::Argument(1), b.clone());
    if [x, y].iter().any(|v| matches!(v, Value::Array(_) | Value::Range(_))) {
        return fault
            .rule("without a dot a function is called once, with the whole array; with a dot, for every element")
            .hint(format!("{name}.(…, …) calls it for every element"));
    }
    fault
}

/// The error for the matrix function of something that is not a square matrix: `sin(x)` of a vector.
#[cold]
pub fn not_square(name: &str, x: &Value) -> Fault {
    let kind = describe(x);
    let fault = match x {
        Value::Array(a) if !a.is_vector() => Fault::dimension(format!(
            "{name} without a dot is the matrix function, defined for square matrices; this one is {kind}"
        ))
        .code(Code::MatrixFunction),
        _ => Fault::method(format!("{name} takes a number or a square matrix, not {}", with_article(&kind)))
            .code(element_code(x)),
    };
    let fault = fault.label(Part::Argument(0), kind);
    match x {
        Value::Array(_) | Value::Range(_) => fault.hint(format!("{name}.(…) calls it for every element")),
        _ => fault,
    }
}

/// The code for a function of numbers that was called with something else: for arrays there is the dot.
fn element_code(x: &Value) -> Code {
    if matches!(x, Value::Array(_) | Value::Range(_)) { Code::ElementFunction } else { Code::Method }
}
