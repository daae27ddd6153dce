//! Complex numbers: their parts, their angle, and numbers as floats.

use super::arguments::{complex, integer};
use super::arrays::Shape;
use super::scalar::{call_scalar, not_a_number};
use crate::fault::{Fault, Outcome};
use crate::maths;
use crate::op::MathKernel;
use crate::value::array::Elements;
use crate::value::function::{Arguments, Example::*, Run, Scalar};
use crate::value::nesting::inside;
use crate::value::{Builtin, Complex64, Host, Type, Value, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "real(z)",
        doc: "The real part of a number, or of every element of an array.",
        more: "",
        run: Run::Scalar(&REAL),
        examples: &[Shows("real(3 + 4im)", "3"), Shows("real([1 + 2im, 3])", "2-element Vector{Float64}:\n 1.0\n 3.0")],
    },
    Builtin {
        sig: "imag(z)",
        doc: "The imaginary part of a number, or of every element of an array.",
        more: "",
        run: Run::Scalar(&IMAG),
        examples: &[Shows("imag(3 + 4im)", "4"), Shows("imag(2.5)", "0.0")],
    },
    Builtin {
        sig: "reim(z)",
        doc: "The real and the imaginary part, as a tuple.",
        more: "",
        run: Run::Call(reim),
        examples: &[Shows("reim(3 + 4im)", "(3, 4)")],
    },
    Builtin {
        sig: "conj(z)",
        doc: "The conjugate: the imaginary part with the other sign.",
        more: "",
        run: Run::Scalar(&CONJ),
        examples: &[Shows("conj(3 + 4im)", "3 - 4im")],
    },
    Builtin {
        sig: "abs2(z)",
        doc: "The square of the absolute value.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| x * x)
                .int(square)
                .complex_to_float(|z| z.norm_sqr())
                .kernel(MathKernel::Abs2)
                .integral()
                .keeps_bool(),
        ),
        examples: &[Shows("abs2(3 + 4im)", "25"), Shows("abs2(-3)", "9")],
    },
    Builtin {
        sig: "angle(z)",
        doc: "The angle of a complex number in radians, between -π and π.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| maths::atan2(0.0, x))
                .complex_to_float(|z| maths::atan2(z.im, z.re))
                .kernel(MathKernel::Angle),
        ),
        examples: &[Shows("angle(1im)", "1.5707963267948966"), Shows("angle(-1)", "3.141592653589793")],
    },
    Builtin {
        sig: "complex(z) | complex(re, im)",
        doc: "The number as a complex one, or the complex number with these parts.",
        more: "sqrt(complex(-1)) is 0.0 + 1.0im, where sqrt(-1) is an error.",
        run: Run::Call(complex_of),
        examples: &[Shows("complex(1, 2)", "1 + 2im"), Shows("complex(2.0)", "2.0 + 0.0im")],
    },
    Builtin {
        sig: "cis(x)",
        doc: "cos(x) + im*sin(x): the complex number of length 1 at angle x.",
        more: "",
        run: Run::Call(cis),
        examples: &[Shows("cis(0)", "1.0 + 0.0im")],
    },
    Builtin {
        sig: "isreal(z)",
        doc: "Is the imaginary part zero? Of an array: of every element?",
        more: "",
        run: Run::Scalar(&Scalar::test(|_| true, |_| true).complex_test(|z| z.im == 0.0).other(isreal)),
        examples: &[Shows("isreal(1 + 0im)", "true"), Shows("isreal(2im)", "false")],
    },
    Builtin {
        sig: "float(x)",
        doc: "The number as a float, or an array with every element as one.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| x).complex(|z| z).kernel(MathKernel::Float).other(float_array)),
        examples: &[Shows("float(3)", "3.0"), Shows("float([1, 2])", "2-element Vector{Float64}:\n 1.0\n 2.0")],
    },
];

static REAL: Scalar = Scalar::real(|x| x)
    .int(Ok)
    .complex_to_float(|z| z.re)
    .kernel(MathKernel::Real)
    .integral()
    .keeps_bool()
    .other(|x| each("real", &REAL, x));
static IMAG: Scalar = Scalar::real(|_| 0.0)
    .int(|_| Ok(0))
    .complex_to_float(|z| z.im)
    .kernel(MathKernel::Imag)
    .integral()
    .keeps_bool()
    .other(|x| each("imag", &IMAG, x));
static CONJ: Scalar = Scalar::real(|x| x)
    .int(Ok)
    .complex(|z| z.conj())
    .kernel(MathKernel::Conj)
    .integral()
    .keeps_bool()
    .other(|x| each("conj", &CONJ, x));

/// `real`, `imag` and `conj` of an array are those of its elements: there is no other meaning to confuse them with.
fn each(name: &str, scalar: &Scalar, x: &Value) -> Outcome<Value> {
    if let Value::Scaling(scale) = x {
        return call_scalar(name, scalar, scale).map(|scale| Value::Scaling(std::rc::Rc::new(scale)));
    }
    let Some(array) = promote::as_array(x)? else { return Err(not_a_number(name, x)) };
    if name != "imag" && matches!(&*array.elements(), Elements::Bool(_) | Elements::Int(_) | Elements::Float(_)) {
        return Ok(x.clone());
    }
    let shape = Shape::of(&array);
    let items: Outcome<Vec<Value>> =
        super::arrays::values_of(&array).iter().map(|v| inside(|| call_scalar(name, scalar, v))).collect();
    super::arrays::shaped(items?, shape)
}

fn square(x: i64) -> Outcome<i64> {
    x.checked_mul(x).ok_or_else(|| Fault::overflow(format!("abs2({x}) does not fit into 64 bits")))
}

/// Not a scalar function by type: of a real number it is complex.
fn cis(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let z = complex(args.at(0)).ok_or_else(|| not_a_number(args.name, args.at(0)))?;
    let (sin, cos) = (maths::sin(z.re), maths::cos(z.re));
    Ok(Value::complex(Complex64::new(cos, sin) * maths::exp(-z.im)))
}

fn reim(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let z = args.at(0);
    Ok(Value::tuple(vec![call_scalar(args.name, &REAL, z)?, call_scalar(args.name, &IMAG, z)?]))
}

/// Both parts integers or Bools: a complex number of integers. Otherwise of floats.
pub fn from_parts(args: &Arguments<'_>) -> Outcome<Value> {
    let z = Complex64::new(args.float(0)?, args.float(1)?);
    let whole = integer(args.at(0)).is_some() && integer(args.at(1)).is_some();
    Ok(if whole { Value::complex_int(z) } else { Value::complex(z) })
}

fn complex_of(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if args.count() == 2 {
        return from_parts(args);
    }
    let x = args.at(0);
    if let Value::Array(_) | Value::Range(_) = x {
        return super::conversion::with_eltype(&Type::ComplexF64, x);
    }
    complex(x).ok_or_else(|| not_a_number(args.name, x))?;
    super::conversion::convert(&Type::Complex, x)
}

fn isreal(x: &Value) -> Outcome<Value> {
    let Some(array) = promote::as_array(x)? else { return Err(not_a_number("isreal", x)) };
    let real = match &*array.elements() {
        Elements::Bool(_) | Elements::Int(_) | Elements::Float(_) => true,
        Elements::Complex(m) => m.iter().all(|z| z.im == 0.0),
        Elements::Any(m, _) => m.iter().all(|v| complex(v).is_some_and(|z| z.im == 0.0)),
    };
    Ok(Value::bool(real))
}

fn float_array(x: &Value) -> Outcome<Value> {
    if let Value::Scaling(scale) = x {
        return Ok(Value::Scaling(std::rc::Rc::new(super::conversion::convert(&Type::Float64, scale)?)));
    }
    match x {
        Value::Array(array) if array.eltype() == Type::ComplexF64 => Ok(x.clone()),
        Value::Array(_) | Value::Range(_) => super::conversion::with_eltype(&Type::Float64, x),
        _ => Err(not_a_number("float", x)),
    }
}
