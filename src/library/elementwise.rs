//! Elementary functions: roots, exponentials and logarithms, and tests of floats.

use super::matrix_functions as matrix;
use super::scalar::call_scalar2;
use crate::fault::{Fault, Outcome};
use crate::kernel::complex;
use crate::maths;
use crate::op::{MathKernel, PairKernel};
use crate::value::display::{describe, with_article};
use crate::value::function::{Arguments, Example::*, OnComplex, OnFloat, OnInt, Run, Scalar, Scalar2};
use crate::value::{Builtin, Host, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "sqrt(x)",
        doc: "The square root; of a square matrix A without a dot, the matrix X with X*X = A.",
        more: "A negative real number has no real root: ask for the complex one with sqrt(complex(x)). √x is the same.",
        run: Run::Scalar(
            &Scalar::real(f64::sqrt)
                .complex(complex::sqrt)
                .domain(|x| x >= 0.0, "a negative number has a complex root: sqrt(complex(x))")
                .kernel(MathKernel::Sqrt)
                .other(matrix::sqrt),
        ),
        examples: &[
            Shows("sqrt(9)", "3.0"),
            Shows("sqrt.([1, 4])", "2-element Vector{Float64}:\n 1.0\n 2.0"),
            Shows("sqrt(complex(-1))", "0.0 + 1.0im"),
            Fails("sqrt(-1)", "not a real number"),
        ],
    },
    Builtin {
        sig: "cbrt(x)",
        doc: "The real cube root, of negative numbers too.",
        more: "",
        run: Run::Scalar(&Scalar::real(maths::cbrt).kernel(MathKernel::Cbrt)),
        examples: &[Shows("cbrt(27)", "3.0"), Shows("cbrt(-8)", "-2.0")],
    },
    Builtin {
        sig: "exp(x)",
        doc: "e to the power of x; of a square matrix without a dot, the matrix exponential.",
        more: "exp.(A) is the exponential of every element and is another matrix than exp(A).",
        run: Run::Scalar(&Scalar::real(maths::exp).complex(complex::exp).kernel(MathKernel::Exp).other(matrix::exp)),
        examples: &[
            Shows("exp(0)", "1.0"),
            Shows("exp([0 0; 0 0])", "2×2 Matrix{Float64}:\n 1.0  0.0\n 0.0  1.0"),
            Shows("exp.([0 0; 0 0])", "2×2 Matrix{Float64}:\n 1.0  1.0\n 1.0  1.0"),
            Fails("exp([1 2 3; 4 5 6])", "square"),
        ],
    },
    Builtin {
        sig: "exp2(x)",
        doc: "2 to the power of x.",
        more: "",
        run: Run::Scalar(&Scalar::real(maths::exp2).complex(complex::exp2).kernel(MathKernel::Exp2)),
        examples: &[Shows("exp2(3)", "8.0")],
    },
    Builtin {
        sig: "exp10(x)",
        doc: "10 to the power of x.",
        more: "",
        run: Run::Scalar(&Scalar::real(maths::exp10).complex(complex::exp10).kernel(MathKernel::Exp10)),
        examples: &[Shows("exp10(2)", "100.0")],
    },
    Builtin {
        sig: "expm1(x)",
        doc: "exp(x) - 1, without losing digits when x is near 0.",
        more: "",
        run: Run::Scalar(&Scalar::real(maths::expm1).complex(complex::expm1).kernel(MathKernel::Expm1)),
        examples: &[Shows("expm1(1e-10)", "1.00000000005e-10")],
    },
    Builtin {
        sig: "log(x) | log(b, x)",
        doc: "The natural logarithm, or the logarithm to base b; of a square matrix without a dot, the matrix logarithm.",
        more: "A negative real number has no real logarithm: log(complex(x)) is the complex one.",
        run: Run::Scalar(
            &Scalar::real(maths::log)
                .complex(complex::log)
                .domain(|x| x >= 0.0, "a negative number has a complex logarithm: log(complex(x))")
                .kernel(MathKernel::Log)
                .other(matrix::log)
                .more(log_to_base),
        ),
        examples: &[Shows("log(1)", "0.0"), Shows("log(2, 8)", "3.0"), Fails("log(-1)", "not a real number")],
    },
    Builtin {
        sig: "log2(x)",
        doc: "The logarithm to base 2.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::log2)
                .complex(complex::log2)
                .kernel(MathKernel::Log2)
                .domain(|x| x >= 0.0, "a negative number has a complex logarithm: log2(complex(x))"),
        ),
        examples: &[Shows("log2(8)", "3.0")],
    },
    Builtin {
        sig: "log10(x)",
        doc: "The logarithm to base 10.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::log10)
                .complex(complex::log10)
                .kernel(MathKernel::Log10)
                .domain(|x| x >= 0.0, "a negative number has a complex logarithm: log10(complex(x))"),
        ),
        examples: &[Shows("log10(1000)", "3.0")],
    },
    Builtin {
        sig: "log1p(x)",
        doc: "log(1 + x), without losing digits when x is near 0.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::log1p)
                .complex(complex::log1p)
                .kernel(MathKernel::Log1p)
                .domain(|x| x >= -1.0, "below -1 the logarithm is complex: log1p(complex(x))"),
        ),
        examples: &[Shows("log1p(0)", "0.0")],
    },
    Builtin {
        sig: "hypot(x, y, rest...)",
        doc: "The length of a vector with these components, without overflow on the way.",
        more: "",
        run: Run::Scalar2(&HYPOT),
        examples: &[Shows("hypot(3, 4)", "5.0"), Shows("hypot(2, 3, 6)", "7.0")],
    },
    Builtin {
        sig: "issubnormal(x)",
        doc: "Is x a float so small that it has fewer digits?",
        more: "",
        run: Run::Scalar(&Scalar::test(|_| false, f64::is_subnormal)),
        examples: &[Shows("issubnormal(1e-310)", "true"), Shows("issubnormal(0.0)", "false")],
    },
    Builtin {
        sig: "isnan(x)",
        doc: "Is x the float NaN, which is no number?",
        more: "NaN is the result of 0 / 0 and is not equal to anything, itself included.",
        run: Run::Scalar(
            &Scalar::test(|_| false, f64::is_nan)
                .complex_test(|z| z.re.is_nan() || z.im.is_nan())
                .kernel(MathKernel::IsNan),
        ),
        examples: &[Shows("isnan(0 / 0)", "true"), Shows("isnan(1.0)", "false")],
    },
    Builtin {
        sig: "isinf(x)",
        doc: "Is x infinite?",
        more: "",
        run: Run::Scalar(
            &Scalar::test(|_| false, f64::is_infinite)
                .complex_test(|z| z.re.is_infinite() || z.im.is_infinite())
                .kernel(MathKernel::IsInf),
        ),
        examples: &[Shows("isinf(1 / 0)", "true")],
    },
    Builtin {
        sig: "isfinite(x)",
        doc: "Is x neither infinite nor NaN?",
        more: "",
        run: Run::Scalar(
            &Scalar::new(
                OnInt::ToBool(|_| true),
                OnFloat::ToBool(f64::is_finite),
                OnComplex::ToBool(|z| z.re.is_finite() && z.im.is_finite()),
            )
            .kernel(MathKernel::IsFinite),
        ),
        examples: &[Shows("isfinite(1.0)", "true"), Shows("isfinite(Inf)", "false")],
    },
];

static HYPOT: Scalar2 = Scalar2::real(maths::hypot).kernel(PairKernel::Hypot).other(hypot_other).more(hypot_many);

fn log_to_base(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let log = |x: f64, complex: &str| {
        if x < 0.0 {
            return Err(Fault::domain(format!("log of {x} is not a real number")).hint(complex.to_string()));
        }
        Ok(maths::log(x))
    };
    if let [Value::Complex(_), _] | [_, Value::Complex(_)] = args.positional
        && let (Some(b), Some(x)) = (super::arguments::complex(args.at(0)), super::arguments::complex(args.at(1)))
    {
        return Ok(Value::complex(complex::log(x) / complex::log(b)));
    }
    let hint = "a negative number has a complex logarithm: log(complex(b), complex(x))";
    Ok(Value::float(log(args.float(1)?, hint)? / log(args.float(0)?, hint)?))
}

/// Of complex numbers it is the length of their magnitudes.
fn hypot_other(x: &Value, y: &Value) -> Outcome<Value> {
    match (super::arguments::complex(x), super::arguments::complex(y)) {
        (Some(a), Some(b)) => Ok(Value::float(maths::hypot(maths::hypot(a.re, a.im), maths::hypot(b.re, b.im)))),
        (None, _) => Err(Fault::method(format!("hypot takes numbers, not {}", with_article(&describe(x))))
            .hint("norm(v) is the length of a vector")),
        (_, None) => Err(Fault::method(format!("hypot takes numbers, not {}", with_article(&describe(y))))
            .hint("norm(v) is the length of a vector")),
    }
}

fn hypot_many(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let mut length = Value::float(0.0);
    for x in args.positional {
        length = call_scalar2(args.name, &HYPOT, &length, x)?;
    }
    Ok(length)
}
