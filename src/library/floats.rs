//! Floats as the machine has them: neighbours, limits of the number types, parts.

use crate::fault::{Fault, Outcome, Part};
use crate::value::function::{Arguments, Example::*, Run, Scalar};
use crate::value::{Builtin, Host, Type, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "nextfloat(x, n = 1)",
        doc: "The float that follows x; the n-th one.",
        more: "",
        run: Run::Call(nextfloat),
        examples: &[Shows("nextfloat(1.0)", "1.0000000000000002")],
    },
    Builtin {
        sig: "prevfloat(x, n = 1)",
        doc: "The float before x; the n-th one.",
        more: "",
        run: Run::Call(prevfloat),
        examples: &[Shows("prevfloat(1.0)", "0.9999999999999999")],
    },
    Builtin {
        sig: "eps(x = 1.0) | eps(T)",
        doc: "The distance from x to the next larger float.",
        more: "",
        run: Run::Call(eps),
        examples: &[Shows("eps()", "2.220446049250313e-16"), Shows("eps(1000.0)", "1.1368683772161603e-13")],
    },
    Builtin {
        sig: "typemax(T)",
        doc: "The largest value of a type.",
        more: "",
        run: Run::Call(typemax),
        examples: &[Shows("typemax(Int64)", "9223372036854775807"), Shows("typemax(Float64)", "Inf")],
    },
    Builtin {
        sig: "typemin(T)",
        doc: "The smallest value of a type.",
        more: "",
        run: Run::Call(typemin),
        examples: &[Shows("typemin(Int64)", "-9223372036854775808")],
    },
    Builtin {
        sig: "floatmax(T = Float64)",
        doc: "The largest finite float.",
        more: "",
        run: Run::Call(|args, _| of_floats(args, f64::MAX)),
        examples: &[Shows("floatmax()", "1.7976931348623157e308")],
    },
    Builtin {
        sig: "floatmin(T = Float64)",
        doc: "The smallest positive float of full precision.",
        more: "",
        run: Run::Call(|args, _| of_floats(args, f64::MIN_POSITIVE)),
        examples: &[Shows("floatmin()", "2.2250738585072014e-308")],
    },
    Builtin {
        sig: "maxintfloat(T = Float64)",
        doc: "The whole number up to which every whole number is a float.",
        more: "",
        run: Run::Call(|args, _| of_floats(args, 9_007_199_254_740_992.0)),
        examples: &[Shows("maxintfloat()", "9.007199254740992e15")],
    },
    Builtin {
        sig: "modf(x)",
        doc: "The decimal places and the whole part of x, as a tuple.",
        more: "",
        run: Run::Call(modf),
        examples: &[Shows("modf(3.5)", "(0.5, 3.0)")],
    },
    Builtin {
        sig: "exponent(x)",
        doc: "The power of two in a float: x is significand(x) * 2^exponent(x).",
        more: "",
        run: Run::Call(exponent),
        examples: &[Shows("exponent(8.0)", "3")],
    },
    Builtin {
        sig: "significand(x)",
        doc: "The factor from 1 to 2 in a float: x is significand(x) * 2^exponent(x).",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| if x == 0.0 || !x.is_finite() { x } else { x / 2f64.powi(exponent_of(x)) })),
        examples: &[Shows("significand(10.0)", "1.25")],
    },
];

fn step_float(args: &Arguments<'_>, up: bool) -> Outcome<Value> {
    let mut x = args.float(0)?;
    let n = args.int_or(1, 1)?;
    let up = up == (n >= 0);
    if n.unsigned_abs() < 1 << 10 {
        for _ in 0..n.unsigned_abs() {
            x = if up { x.next_up() } else { x.next_down() };
        }
        return Ok(Value::float(x));
    }
    if x.is_nan() {
        return Ok(Value::float(x));
    }
    // Floats in order are their bits in order, counted from zero to both sides.
    let place = i128::from(x.abs().to_bits()) * if x.is_sign_negative() { -1 } else { 1 };
    let steps = i128::from(n.unsigned_abs()) * if up { 1 } else { -1 };
    let end = i128::from(f64::INFINITY.to_bits());
    let moved = (place + steps).clamp(-end, end);
    let size = f64::from_bits(moved.unsigned_abs() as u64);
    Ok(Value::float(if moved < 0 { -size } else { size }))
}

fn nextfloat(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    step_float(args, true)
}

fn prevfloat(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    step_float(args, false)
}

fn eps(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match args.get(0) {
        None => Ok(Value::float(f64::EPSILON)),
        Some(Value::Type(ty)) if **ty == Type::Float64 => Ok(Value::float(f64::EPSILON)),
        Some(Value::Float(x)) => {
            let a = x.get().abs();
            Ok(Value::float(if a.is_finite() {
                if a == f64::MAX { a - a.next_down() } else { a.next_up() - a }
            } else {
                f64::NAN
            }))
        }
        Some(_) => Err(args.refuse(0, "a float")),
    }
}

fn type_argument<'a>(args: &Arguments<'a>) -> Outcome<&'a Type> {
    match args.at(0) {
        Value::Type(ty) => Ok(ty),
        _ => Err(args.refuse(0, "a type").hint(format!("{0}(Int64), {0}(Float64)", args.name))),
    }
}

/// A number that belongs to the type of floats, the only type that may be given.
fn of_floats(args: &Arguments<'_>, x: f64) -> Outcome<Value> {
    match args.get(0) {
        None => Ok(Value::float(x)),
        Some(Value::Type(ty)) if matches!(**ty, Type::Float64) => Ok(Value::float(x)),
        Some(Value::Float(_)) => Ok(Value::float(x)),
        Some(_) => Err(args.refuse(0, "the type Float64")),
    }
}

fn typemax(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match type_argument(args)? {
        Type::Int64 => Ok(Value::Int(i64::MAX)),
        Type::Float64 => Ok(Value::float(f64::INFINITY)),
        Type::Bool => Ok(Value::bool(true)),
        ty => Err(Fault::method(format!("{} has no largest value", ty))),
    }
}

fn typemin(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match type_argument(args)? {
        Type::Int64 => Ok(Value::Int(i64::MIN)),
        Type::Float64 => Ok(Value::float(f64::NEG_INFINITY)),
        Type::Bool => Ok(Value::bool(false)),
        Type::String => Ok(Value::str("")),
        ty => Err(Fault::method(format!("{} has no smallest value", ty))),
    }
}

fn modf(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let x = args.float(0)?;
    let fraction = if x.is_infinite() { 0f64.copysign(x) } else { x - x.trunc() };
    Ok(Value::tuple(vec![Value::float(fraction), Value::float(x.trunc())]))
}

/// The power of two of a finite float that is not zero.
fn exponent_of(x: f64) -> i32 {
    let bits = ((x.to_bits() >> 52) & 0x7ff) as i32;
    if bits == 0 { exponent_of(x * 2f64.powi(54)) - 54 } else { bits - 1023 }
}

fn exponent(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let x = args.float(0)?;
    if x == 0.0 || !x.is_finite() {
        return Err(Fault::domain(format!("{x} has no exponent")).label(Part::Argument(0), x.to_string()));
    }
    Ok(Value::Int(i64::from(exponent_of(x))))
}
