//! Rounding, signs, sizes of floats, and what kind of number a number is.

use super::arguments::{integer, is_number, real};
use super::arrays::number_of_type;
use super::conversion::convert;
use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::operators;
use crate::maths;
use crate::op::{MathKernel, PairKernel, UnaryOp};
use crate::value::compare::compare_reals;
use crate::value::display::{describe, repr, with_article};
use crate::value::function::{Arguments, Example::*, Run, Scalar, Scalar2};
use crate::value::{Builtin, Complex64, Host, Type, Value};
use std::cmp::Ordering;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "round(x; digits, sigdigits, base = 10) | round(T, x)",
        doc: "The nearest whole number as a float, halves to the even one; with a type first, as that type.",
        more: "digits=2 keeps two places after the point; sigdigits=3 keeps three digits altogether.",
        run: Run::Scalar(&ROUND),
        examples: &[
            Shows("round(2.5)", "2.0"),
            Shows("round(3.14159, digits=2)", "3.14"),
            Shows("round(Int, 2.7)", "3"),
            Shows("round.(Int, [1.2, 2.7])", "2-element Vector{Int64}:\n 1\n 3"),
        ],
    },
    Builtin {
        sig: "floor(x; digits, sigdigits, base = 10) | floor(T, x)",
        doc: "The largest whole number that is not above x; with a type first, as that type.",
        more: "",
        run: Run::Scalar(&FLOOR),
        examples: &[Shows("floor(-1.5)", "-2.0"), Shows("floor(Int, 2.7)", "2")],
    },
    Builtin {
        sig: "ceil(x; digits, sigdigits, base = 10) | ceil(T, x)",
        doc: "The smallest whole number that is not below x; with a type first, as that type.",
        more: "",
        run: Run::Scalar(&CEIL),
        examples: &[Shows("ceil(1.2)", "2.0"), Shows("ceil(Int, 1.2)", "2")],
    },
    Builtin {
        sig: "trunc(x; digits, sigdigits, base = 10) | trunc(T, x)",
        doc: "x without its decimal places; with a type first, as that type.",
        more: "",
        run: Run::Scalar(&TRUNC),
        examples: &[Shows("trunc(-1.7)", "-1.0"), Shows("trunc(Int, 1.7)", "1"), Fails("trunc(Int, 1e20)", "64 bits")],
    },
    Builtin {
        sig: "abs(x)",
        doc: "The absolute value of a number; of a complex number, its distance from 0.",
        more: "abs takes one number: abs.(A) takes the absolute value of every element, norm(v) is the length of a vector.",
        run: Run::Scalar(
            &Scalar::real(f64::abs)
                .int(abs_int)
                .complex_to_float(|z| maths::hypot(z.re, z.im))
                .kernel(MathKernel::Abs)
                .keeps_bool(),
        ),
        examples: &[Shows("abs(-3)", "3"), Shows("abs(3 + 4im)", "5.0"), Fails("abs([1, -2])", "takes a number")],
    },
    Builtin {
        sig: "sign(x)",
        doc: "-1, 0 or 1; of a complex number, the number of length 1 in its direction.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::sign)
                .int(|x| Ok(x.signum()))
                .complex(sign_complex)
                .kernel(MathKernel::Sign)
                .keeps_bool(),
        ),
        examples: &[Shows("sign(-3)", "-1"), Shows("sign(2.5)", "1.0")],
    },
    Builtin {
        sig: "signbit(x)",
        doc: "Has x a minus sign? True for -0.0 too.",
        more: "",
        run: Run::Scalar(&Scalar::test(|x| x < 0, f64::is_sign_negative).kernel(MathKernel::SignBit)),
        examples: &[Shows("signbit(-3)", "true"), Shows("signbit(-0.0)", "true")],
    },
    Builtin {
        sig: "copysign(x, y)",
        doc: "x with the sign of y.",
        more: "",
        run: Run::Scalar2(
            &Scalar2::real(f64::copysign)
                .int(|x, y| if (x < 0) == (y < 0) { Ok(x) } else { negated(x) })
                .kernel(PairKernel::CopySign),
        ),
        examples: &[Shows("copysign(3, -1)", "-3")],
    },
    Builtin {
        sig: "flipsign(x, y)",
        doc: "-x if y is negative, x otherwise.",
        more: "",
        run: Run::Scalar2(
            &Scalar2::real(|x, y| if y.is_sign_negative() { -x } else { x })
                .int(|x, y| if y < 0 { negated(x) } else { Ok(x) })
                .other(flipped_sign),
        ),
        examples: &[Shows("flipsign(3, -2)", "-3")],
    },
    Builtin {
        sig: "max(x, rest...)",
        doc: "The largest of two or more numbers; max.(A, B) compares element by element.",
        more: "The largest element of one array is maximum(A).",
        run: Run::Scalar2(&MAX),
        examples: &[
            Shows("max(2, 3)", "3"),
            Shows("max.([1, 5], [4, 2])", "2-element Vector{Int64}:\n 4\n 5"),
            Fails("max([1, 2, 3])", "maximum"),
        ],
    },
    Builtin {
        sig: "min(x, rest...)",
        doc: "The smallest of two or more numbers; min.(A, B) compares element by element.",
        more: "The smallest element of one array is minimum(A).",
        run: Run::Scalar2(&MIN),
        examples: &[Shows("min(2, 3)", "2"), Fails("min([1, 2, 3])", "minimum")],
    },
    Builtin {
        sig: "minmax(x, y) | minmax(x)",
        doc: "The smaller and the larger of two numbers, as a tuple.",
        more: "",
        run: Run::Call(minmax),
        examples: &[Shows("minmax(3, 1)", "(1, 3)")],
    },
    Builtin {
        sig: "clamp(x, low, high)",
        doc: "x, or the nearer limit if x lies outside of low to high.",
        more: "",
        run: Run::Call(clamp),
        examples: &[
            Shows("clamp(5, 1, 3)", "3"),
            Shows("clamp.([0, 2, 9], 1, 3)", "3-element Vector{Int64}:\n 1\n 2\n 3"),
        ],
    },
    Builtin {
        sig: "isinteger(x)",
        doc: "Is x a whole number, of whatever type?",
        more: "",
        run: Run::Scalar(
            &Scalar::test(|_| true, |x| x.is_finite() && x.fract() == 0.0)
                .kernel(MathKernel::IsInteger)
                .complex_test(|z| z.im == 0.0 && z.re.is_finite() && z.re.fract() == 0.0),
        ),
        examples: &[Shows("isinteger(2.0)", "true"), Shows("isinteger(2.5)", "false")],
    },
    Builtin {
        sig: "iszero(x)",
        doc: "Is x zero? Of an array: are all elements zero?",
        more: "",
        run: Run::Scalar(
            &Scalar::test(|x| x == 0, |x| x == 0.0).complex_test(|z| z.re == 0.0 && z.im == 0.0).other(iszero),
        ),
        examples: &[Shows("iszero(0.0)", "true"), Shows("iszero([0, 1])", "false")],
    },
    Builtin {
        sig: "isone(x)",
        doc: "Is x one? Of a matrix: is it the identity?",
        more: "",
        run: Run::Scalar(
            &Scalar::test(|x| x == 1, |x| x == 1.0).complex_test(|z| z.re == 1.0 && z.im == 0.0).other(isone),
        ),
        examples: &[Shows("isone(1.0)", "true"), Shows("isone([1 0; 0 1])", "true")],
    },
    Builtin {
        sig: "zero(x)",
        doc: "0 in the type of x; of an array, zeros of its size.",
        more: "",
        run: Run::Call(zero),
        examples: &[Shows("zero(2.5)", "0.0"), Shows("zero([1 2])", "1×2 Matrix{Int64}:\n 0  0")],
    },
    Builtin {
        sig: "one(x)",
        doc: "1 in the type of x; of a square matrix, the identity.",
        more: "",
        run: Run::Call(one),
        examples: &[Shows("one(2.5)", "1.0")],
    },
];

static ROUND: Scalar = rounding(maths::round, MathKernel::Round);
static FLOOR: Scalar = rounding(f64::floor, MathKernel::Floor);
static CEIL: Scalar = rounding(f64::ceil, MathKernel::Ceil);
static TRUNC: Scalar = rounding(f64::trunc, MathKernel::Trunc);

static MAX: Scalar2 = Scalar2::real(maths::larger)
    .int(|x, y| Ok(x.max(y)))
    .kernel(PairKernel::Max)
    .keeps_bool()
    .other(|x, y| extreme("max", x, y))
    .more(extreme_many);
static MIN: Scalar2 = Scalar2::real(maths::smaller)
    .int(|x, y| Ok(x.min(y)))
    .kernel(PairKernel::Min)
    .keeps_bool()
    .other(|x, y| extreme("min", x, y))
    .more(extreme_many);

const fn rounding(f: fn(f64) -> f64, kernel: MathKernel) -> Scalar {
    let scalar = Scalar::real(f).int(Ok).kernel(kernel).keeps_bool().more(round_more);
    match kernel {
        MathKernel::Round => scalar.complex(|z| Complex64::new(maths::round(z.re), maths::round(z.im))),
        _ => scalar,
    }
}

fn rounding_of(name: &str) -> fn(f64) -> f64 {
    match name {
        "floor" => f64::floor,
        "ceil" => f64::ceil,
        "trunc" => f64::trunc,
        _ => maths::round,
    }
}

/// `round(Int, x)`, `round(x, digits = 2)`, `round(x, sigdigits = 3)`.
fn round_more(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let f = rounding_of(args.name);
    if let [Value::Type(ty), x] = args.positional {
        return round_to_type(args, f, ty, x);
    }
    if args.count() == 2 {
        return Err(args.refuse(0, "a type first").hint(format!("{0}(Int, x), or {0}(x, digits=2)", args.name)));
    }
    if let Value::Complex(c) = args.at(0) {
        return Ok(Value::complex(Complex64::new(round_part(args, f, c.z.re)?, round_part(args, f, c.z.im)?)));
    }
    let Some(x) = real(args.at(0)) else { return Err(super::scalar::not_a_number(args.name, args.at(0))) };
    round_part(args, f, x).map(Value::float)
}

/// Rounds to the digits that the keywords say.
fn round_part(args: &Arguments<'_>, f: fn(f64) -> f64, x: f64) -> Outcome<f64> {
    let base = args.int_keyword("base")?.unwrap_or(10) as f64;
    match (args.int_keyword("digits")?, args.int_keyword("sigdigits")?) {
        (Some(_), Some(_)) => Err(Fault::argument(format!("{} takes digits or sigdigits, not both", args.name))),
        (Some(digits), None) => Ok(maths::round_to_digits(f, x, digits, base)),
        (None, Some(digits)) if digits < 1 => {
            Err(Fault::domain(format!("sigdigits={digits}: at least one digit has to stay")))
        }
        (None, Some(digits)) => Ok(maths::round_to_significant(f, x, digits, base)),
        (None, None) => Ok(f(x)),
    }
}

fn round_to_type(args: &Arguments<'_>, f: fn(f64) -> f64, ty: &Type, x: &Value) -> Outcome<Value> {
    if let Some(n) = integer(x) {
        return convert(ty, &Value::Int(n));
    }
    let Some(v) = real(x) else { return Err(args.refuse(1, "a real number")) };
    let rounded = f(v);
    // 2^63 itself is a float and does not fit.
    if matches!(ty, Type::Int64) && !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&rounded) {
        return Err(Fault::inexact(format!("{}(Int64, {}): the result does not fit into 64 bits", args.name, repr(x)))
            .label(Part::Argument(1), repr(x)));
    }
    convert(ty, &Value::float(rounded))
}

fn negated(x: i64) -> Outcome<i64> {
    x.checked_neg()
        .ok_or_else(|| Fault::overflow(format!("-({x}) does not fit into 64 bits")).hint("float(x) has a wider range"))
}

/// Of a complex x the whole number changes its sign.
fn flipped_sign(x: &Value, y: &Value) -> Outcome<Value> {
    match (x, real(y)) {
        (Value::Complex(_), Some(sign)) if sign.is_sign_negative() => operators::unary(UnaryOp::Neg, x),
        (Value::Complex(_), Some(_)) => Ok(x.clone()),
        _ => Err(Fault::method(format!(
            "flipsign takes a number and a real number, not {} and {}",
            describe(x),
            describe(y)
        ))
        .label(Part::Argument(0), describe(x))
        .label(Part::Argument(1), describe(y))),
    }
}

fn abs_int(x: i64) -> Outcome<i64> {
    if x < 0 { negated(x) } else { Ok(x) }
}

fn sign_complex(z: Complex64) -> Complex64 {
    if z.re == 0.0 && z.im == 0.0 { z } else { z / z.norm() }
}

/// Strings and tuples have an order too; arrays are compared element by element or not at all.
fn extreme(name: &str, x: &Value, y: &Value) -> Outcome<Value> {
    let compound = |v: &Value| matches!(v, Value::Array(_) | Value::Range(_) | Value::Complex(_));
    if let Some(k) = [x, y].iter().position(|v| compound(v)) {
        let kind = describe([x, y][k]);
        let fault = Fault::method(format!("{name} compares two numbers, not {}", with_article(&kind)));
        let fault = fault.code(if kind.starts_with("Complex") { Code::Method } else { Code::ElementFunction });
        let fault = fault.label(Part::Argument(0), describe(x)).label(Part::Argument(1), describe(y));
        if kind.starts_with("Complex") {
            return Err(fault.rule("complex numbers have no order"));
        }
        return Err(fault.hint(format!("{name}.(…, …) compares element by element")).hint(whole_array(name)));
    }
    if let (Value::CartesianIndex(a), Value::CartesianIndex(b)) = (x, y) {
        let pick = |k: usize| if name == "max" { a[k].max(b[k]) } else { a[k].min(b[k]) };
        return Ok(Value::CartesianIndex(std::rc::Rc::new([pick(0), pick(1)])));
    }
    let larger = operators::order(x, y)? == Ordering::Greater;
    Ok(if larger == (name == "max") { x.clone() } else { y.clone() })
}

fn whole_array(name: &str) -> String {
    let word = if name == "max" { "maximum" } else { "minimum" };
    format!("{word}(A) is the {} element of one array", if name == "max" { "largest" } else { "smallest" })
}

fn extreme_many(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let [x] = args.positional {
        if !is_number(x) {
            let word = if args.name == "max" { "maximum" } else { "minimum" };
            return Err(Fault::method(format!(
                "{} compares two numbers or more; here is one {}",
                args.name,
                describe(x)
            ))
            .code(Code::ElementFunction)
            .label(Part::Argument(0), describe(x))
            .hint(format!("{word}(…) is the one element, {word}(…, dims=1) one for each column")));
        }
        return Ok(x.clone());
    }
    let scalar = if args.name == "max" { &MAX } else { &MIN };
    let mut result = args.at(0).clone();
    for x in &args.positional[1..] {
        result = super::scalar::call_scalar2(args.name, scalar, &result, x)?;
    }
    Ok(result)
}

fn minmax(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (x, y) = (args.at(0), args.at(args.count() - 1));
    let low = super::scalar::call_scalar2(args.name, &MIN, x, y)?;
    let high = super::scalar::call_scalar2(args.name, &MAX, x, y)?;
    Ok(Value::tuple(vec![low, high]))
}

fn clamp(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (x, low, high) = (args.at(0), args.at(1), args.at(2));
    if real(x).is_none() {
        return Err(super::scalar::not_a_number(args.name, x));
    }
    args.float(1)?;
    args.float(2)?;
    // As `ifelse(x > high, high, ifelse(x < low, low, x))`: NaN stays, and so does the sign of a zero.
    let chosen = match (compare_reals(x, high), compare_reals(x, low)) {
        (Some(Ordering::Greater), _) => high,
        (_, Some(Ordering::Less)) => low,
        _ => x,
    };
    let all = [x, low, high];
    Ok(if all.iter().any(|v| matches!(v, Value::Float(_))) {
        real(chosen).map_or(Value::Nothing, Value::float)
    } else if let (Value::Bool(bit), true) = (chosen, all.iter().any(|v| matches!(v, Value::Int(_)))) {
        Value::Int(bit.get().into())
    } else {
        chosen.clone()
    })
}

fn every(x: &Value, test: impl Fn(&Value) -> bool) -> Option<bool> {
    let array = crate::value::promote::as_array(x).ok()??;
    Some(super::arrays::values_of(&array).iter().all(test))
}

fn iszero(x: &Value) -> Outcome<Value> {
    if let Value::Scaling(scale) = x {
        return Ok(Value::bool(operators::equal(scale, &Value::Int(0))));
    }
    match every(x, |v| operators::equal(v, &Value::Int(0))) {
        Some(all) => Ok(Value::bool(all)),
        None => Err(super::scalar::not_a_number("iszero", x)),
    }
}

fn isone(x: &Value) -> Outcome<Value> {
    match x {
        Value::Array(array) if !array.is_vector() => {
            let (rows, cols) = array.shape();
            let expected = |k: usize| Value::Int(i64::from(k % rows.max(1) == k / rows.max(1)));
            let items = super::arrays::values_of(array);
            let all = rows == cols && items.iter().enumerate().all(|(k, v)| operators::equal(v, &expected(k)));
            Ok(Value::bool(all))
        }
        _ => Err(super::scalar::not_a_number("isone", x)),
    }
}

fn zero(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    unit(args, 0, |array| {
        let shape = super::arrays::Shape::of(array);
        number_of_type(&array.eltype(), 0).map(|zero| super::arrays::filled(shape, &zero))
    })
}

fn one(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    unit(args, 1, |array| {
        let (rows, cols) = array.shape();
        if array.is_vector() || rows != cols {
            return Some(Err(Fault::dimension(format!(
                "one(A) is the identity of a square matrix; this one is {}",
                array.size_text()
            ))
            .label(Part::Argument(0), array.size_text())));
        }
        number_of_type(&array.eltype(), 1).map(|one| super::construct::identity(rows, cols, &one))
    })
}

fn unit(
    args: &Arguments<'_>,
    number: i64,
    of_array: impl Fn(&crate::value::Array) -> Option<Outcome<Value>>,
) -> Outcome<Value> {
    let x = args.at(0);
    let result = match x {
        Value::Type(ty) => number_of_type(ty, number).map(Ok),
        Value::Array(_) | Value::Range(_) => crate::value::promote::as_array(x)?.and_then(|array| of_array(&array)),
        Value::Str(_) if number == 1 => Some(Ok(Value::str(""))),
        Value::Scaling(scale) => {
            number_of_type(&scale.type_of(), number).map(|n| Ok(Value::Scaling(std::rc::Rc::new(n))))
        }
        Value::CartesianIndex(_) => Some(Ok(Value::CartesianIndex(std::rc::Rc::new([number, number])))),
        _ => number_of_type(&x.type_of(), number).map(Ok),
    };
    result.unwrap_or_else(|| Err(args.refuse(0, "a number, an array of numbers or a type of numbers")))
}
