//! Types of values, comparison, and errors that a program raises itself.

use super::arguments::is_number;
use super::conversion::convert;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::kernel::operators;
use crate::value::display::{describe, print_text};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Type, Value, promote, types};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "typeof(x)",
        doc: "The type of a value.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::type_of_name(args.at(0).type_of()))),
        examples: &[
            Shows("typeof(1)", "Int64"),
            Shows("typeof([1.5])", "Vector{Float64} (alias for Array{Float64, 1})"),
        ],
    },
    Builtin {
        sig: "isa(x, T)",
        doc: "Is x a value of type T? As x isa T.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(types::is_a(args.at(0), type_argument(args, 1)?)))),
        examples: &[Shows("isa(1, Number)", "true")],
    },
    Builtin {
        sig: "convert(T, x)",
        doc: "x as a value of type T.",
        more: "",
        run: Run::Call(|args, _| convert(type_argument(args, 0)?, args.at(1))),
        examples: &[Shows("convert(Float64, 1)", "1.0"), Fails("convert(Int64, 1.5)", "1.5")],
    },
    Builtin {
        sig: "promote(x, rest...)",
        doc: "The numbers as a tuple of one type that holds them all.",
        more: "",
        run: Run::Call(promoted),
        examples: &[Shows("promote(1, 2.5)", "(1.0, 2.5)")],
    },
    Builtin {
        sig: "promote_type(T, rest...)",
        doc: "The type to which numbers of these types are converted before they are added.",
        more: "",
        run: Run::Call(promote_type),
        examples: &[Shows("promote_type(Int64, Float64)", "Float64")],
    },
    Builtin {
        sig: "oftype(x, y)",
        doc: "y in the type of x.",
        more: "",
        run: Run::Call(|args, _| convert(&args.at(0).type_of(), args.at(1))),
        examples: &[Shows("oftype(1.0, 2)", "2.0")],
    },
    Builtin {
        sig: "oneunit(x)",
        doc: "The number 1 in the type of x, as one(x).",
        more: "",
        run: Run::Call(|args, host| match super::function("one") {
            Some(one) => host.call(&one, args.positional),
            None => Err(args.refuse(0, "a number")),
        }),
        examples: &[Shows("oneunit(2.5)", "1.0")],
    },
    Builtin {
        sig: "sizeof(x)",
        doc: "How many bytes the elements of an array, the characters of a string or a number take.",
        more: "",
        run: Run::Call(sizeof),
        examples: &[Shows("sizeof([1, 2])", "16"), Shows("sizeof(\"añ\")", "3")],
    },
    Builtin {
        sig: "isapprox(x, y; atol = 0, rtol, nans = false)",
        doc: "Are x and y equal up to rounding? As x ≈ y; of arrays, by the length of their difference.",
        more: "rtol is the allowed part of the larger of the two, atol an allowed distance.",
        run: Run::Call(isapprox),
        examples: &[Shows("isapprox(0.1 + 0.2, 0.3)", "true"), Shows("isapprox(1, 1.1, atol=0.2)", "true")],
    },
    Builtin {
        sig: "isequal(x, y) | isequal(y)",
        doc: "Are x and y equal, NaN being equal to itself? isequal(y) is the test of being equal to y.",
        more: "",
        run: Run::Call(|args, _| match args.positional {
            [x, y] => Ok(Value::bool(operators::is_equal(x, y))),
            _ => super::arguments::fixed_second(args),
        }),
        examples: &[Shows("isequal(NaN, NaN)", "true"), Shows("findfirst(isequal(NaN), [1, NaN])", "2")],
    },
    Builtin {
        sig: "isnothing(x)",
        doc: "Is x nothing?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(matches!(args.at(0), Value::Nothing)))),
        examples: &[Shows("isnothing(nothing)", "true")],
    },
    Builtin {
        sig: "something(items...)",
        doc: "The first of its arguments that is not nothing.",
        more: "",
        run: Run::Call(|args, _| match args.positional.iter().find(|x| !matches!(x, Value::Nothing)) {
            Some(x) => Ok(x.clone()),
            None => {
                Err(Fault::argument("there is nothing but nothing").hint("the last argument is used if all else is"))
            }
        }),
        examples: &[Shows("something(findfirst(iseven, [1, 3]), 0)", "0")],
    },
    Builtin {
        sig: "error(items...)",
        doc: "Stops with an error whose message is the texts of the arguments.",
        more: "try … catch goes on after it.",
        run: Run::Call(error),
        examples: &[Fails("error(\"x is \", 3)", "x is 3")],
    },
    Builtin {
        sig: "throw(e)",
        doc: "Stops with an error: throw(ArgumentError(\"n must be even\")).",
        more: "",
        run: Run::Call(throw),
        examples: &[Fails("throw(ArgumentError(\"n must be even\"))", "n must be even")],
    },
    Builtin {
        sig: "rethrow() | rethrow(e)",
        doc: "Stops again with the error that the catch block around it handles.",
        more: "",
        run: Run::Call(rethrow),
        examples: &[Fails("try error(\"a\") catch e; rethrow() end", "a")],
    },
];

fn type_argument<'a>(args: &Arguments<'a>, k: usize) -> Outcome<&'a Type> {
    match args.at(k) {
        Value::Type(ty) => Ok(ty),
        _ => Err(args.refuse(k, "a type").hint("types are Int64, Float64, String, Vector, …")),
    }
}

fn common_type(types: impl Iterator<Item = Type>) -> Option<Type> {
    types.map(Some).reduce(|a, b| types::promote(&a?, &b?)).flatten()
}

fn promoted(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let Some(ty) = common_type(args.positional.iter().map(Value::type_of)) else {
        let k = args.positional.iter().position(|x| !is_number(x)).unwrap_or(0);
        return Err(args.refuse(k, "numbers"));
    };
    args.positional.iter().map(|x| convert(&ty, x)).collect::<Outcome<_>>().map(Value::tuple)
}

fn promote_type(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let types = (0..args.count()).map(|k| type_argument(args, k).cloned()).collect::<Outcome<Vec<_>>>()?;
    let joined = types.iter().cloned().reduce(|a, b| promote::join(&a, &b)).unwrap_or(Type::Bottom);
    Ok(Value::type_of_name(common_type(types.into_iter()).unwrap_or(joined)))
}

fn sizeof(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let of_type = |ty: &Type| match ty {
        Type::Bool => 1,
        Type::ComplexF64 | Type::ComplexInt | Type::Complex => 16,
        _ => 8,
    };
    let bytes = match args.at(0) {
        Value::Str(s) => s.len(),
        Value::Array(array) => array.len() * of_type(&array.eltype()),
        Value::Type(ty) => of_type(ty),
        x if is_number(x) => of_type(&x.type_of()),
        _ => return Err(args.refuse(0, "an array, a string or a number")),
    };
    Ok(Value::Int(bytes as i64))
}

fn isapprox(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (x, y) = (args.at(0), args.at(1));
    let atol = args.float_keyword("atol")?.unwrap_or(0.0);
    if args.flag("nans", false)? && operators::is_equal(x, y) {
        return Ok(Value::bool(true));
    }
    for (k, value) in [x, y].into_iter().enumerate() {
        if !is_number(value) && !matches!(value, Value::Array(_) | Value::Range(_) | Value::Scaling(_)) {
            return Err(args.refuse(k, "numbers or arrays of numbers"));
        }
    }
    operators::approx(x, y, args.float_keyword("rtol")?, atol).map(Value::bool)
}

fn error(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    Err(Fault::new(ErrorKind::ErrorException, args.positional.iter().map(print_text).collect::<String>()))
}

fn throw(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.at(0) {
        Value::Type(ty) if matches!(**ty, Type::Error(_)) => {
            Err(Fault::method(format!("{ty} is a kind of error, not an error"))
                .label(Part::Argument(0), describe(args.at(0)))
                .hint(format!("throw({ty}(\"what went wrong\"))")))
        }
        thrown => Err(host.throw(thrown)),
    }
}

fn rethrow(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.positional {
        [] => Err(host.rethrow()),
        [error, ..] => Err(host.throw(error)),
    }
}
