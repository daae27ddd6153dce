//! Trigonometry, in radians and degrees, and the hyperbolic functions.

use super::matrix_functions as matrix;
use super::scalar::not_a_number;
use crate::fault::{Fault, Outcome};
use crate::kernel::angles::{self, cosd, cospi, sind, sinpi, tand};
use crate::kernel::complex;
use crate::maths;
use crate::op::MathKernel;
use crate::value::function::{Arguments, Example::*, Run, Scalar};
use crate::value::{Builtin, Complex64, Host, Value};
use std::f64::consts::PI;

/// For functions that have no limit at infinity.
const FINITE: &str = "an infinite angle has no direction: (x) must be finite";

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "sin(x)",
        doc: "The sine of x in radians; of a square matrix without a dot, the matrix sine.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::sin)
                .complex(complex::sin)
                .domain(|x| x.is_finite(), FINITE)
                .kernel(MathKernel::Sin)
                .other(matrix::sin),
        ),
        examples: &[
            Shows("sin(0)", "0.0"),
            Shows("sin.([0, π / 2])", "2-element Vector{Float64}:\n 0.0\n 1.0"),
            Fails("sin([1 2 3; 4 5 6])", "square"),
        ],
    },
    Builtin {
        sig: "cos(x)",
        doc: "The cosine of x in radians; of a square matrix without a dot, the matrix cosine.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::cos)
                .complex(complex::cos)
                .domain(|x| x.is_finite(), FINITE)
                .kernel(MathKernel::Cos)
                .other(matrix::cos),
        ),
        examples: &[Shows("cos(0)", "1.0"), Shows("cos(π)", "-1.0")],
    },
    Builtin {
        sig: "tan(x)",
        doc: "The tangent of x in radians; of a square matrix without a dot, the matrix tangent.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::tan)
                .complex(complex::tan)
                .domain(|x| x.is_finite(), FINITE)
                .kernel(MathKernel::Tan)
                .other(matrix::tan),
        ),
        examples: &[Shows("tan(0)", "0.0")],
    },
    Builtin {
        sig: "sincos(x)",
        doc: "The sine and the cosine of x as a tuple.",
        more: "",
        run: Run::Call(sincos),
        examples: &[Shows("sincos(0)", "(0.0, 1.0)")],
    },
    Builtin {
        sig: "asin(x)",
        doc: "The angle in radians whose sine is x, between -π/2 and π/2.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::asin)
                .complex(complex::asin)
                .kernel(MathKernel::Asin)
                .domain(
                    in_unit_interval,
                    "a sine lies between -1 and 1; elsewhere the angle is complex: asin(complex(x))",
                )
                .other(matrix::asin),
        ),
        examples: &[Shows("asin(0)", "0.0"), Fails("asin(2)", "not a real number")],
    },
    Builtin {
        sig: "acos(x)",
        doc: "The angle in radians whose cosine is x, between 0 and π.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::acos)
                .complex(complex::acos)
                .kernel(MathKernel::Acos)
                .domain(
                    in_unit_interval,
                    "a cosine lies between -1 and 1; elsewhere the angle is complex: acos(complex(x))",
                )
                .other(matrix::acos),
        ),
        examples: &[Shows("acos(1)", "0.0")],
    },
    Builtin {
        sig: "atan(x) | atan(y, x)",
        doc: "The angle in radians whose tangent is x, or the direction of the point (x, y).",
        more: "atan(y, x) knows the quadrant, and gives an angle between -π and π.",
        run: Run::Scalar(
            &Scalar::real(maths::atan).complex(complex::atan).kernel(MathKernel::Atan).more(atan2).other(matrix::atan),
        ),
        examples: &[Shows("atan(0)", "0.0"), Shows("atan(1, 0) == π / 2", "true")],
    },
    Builtin {
        sig: "sinh(x)",
        doc: "The hyperbolic sine; of a square matrix without a dot, the matrix function.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::sinh).complex(complex::sinh).kernel(MathKernel::Sinh).other(matrix::sinh),
        ),
        examples: &[Shows("sinh(0)", "0.0")],
    },
    Builtin {
        sig: "cosh(x)",
        doc: "The hyperbolic cosine; of a square matrix without a dot, the matrix function.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::cosh).complex(complex::cosh).kernel(MathKernel::Cosh).other(matrix::cosh),
        ),
        examples: &[Shows("cosh(0)", "1.0")],
    },
    Builtin {
        sig: "tanh(x)",
        doc: "The hyperbolic tangent; of a square matrix without a dot, the matrix function.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(maths::tanh).complex(complex::tanh).kernel(MathKernel::Tanh).other(matrix::tanh),
        ),
        examples: &[Shows("tanh(0)", "0.0"), Shows("tanh(Inf)", "1.0")],
    },
    Builtin {
        sig: "asinh(x)",
        doc: "The number whose hyperbolic sine is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(angles::asinh).complex(complex::asinh).other(matrix::asinh)),
        examples: &[Shows("asinh(0)", "0.0")],
    },
    Builtin {
        sig: "acosh(x)",
        doc: "The number from 0 whose hyperbolic cosine is x.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(angles::acosh)
                .complex(complex::acosh)
                .domain(
                    |x| x >= 1.0,
                    "a hyperbolic cosine is 1 or more; below, the result is complex: acosh(complex(x))",
                )
                .other(matrix::acosh),
        ),
        examples: &[Shows("acosh(1)", "0.0")],
    },
    Builtin {
        sig: "atanh(x)",
        doc: "The number whose hyperbolic tangent is x.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(angles::atanh)
                .complex(complex::atanh)
                .domain(
                    in_unit_interval,
                    "a hyperbolic tangent lies between -1 and 1; elsewhere the result is complex: atanh(complex(x))",
                )
                .other(matrix::atanh),
        ),
        examples: &[Shows("atanh(0)", "0.0")],
    },
    Builtin {
        sig: "sec(x)",
        doc: "The secant, 1 / cos(x).",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| 1.0 / maths::cos(x))
                .complex(|z| z.cos().inv())
                .domain(|x| x.is_finite(), FINITE)
                .other(matrix::sec),
        ),
        examples: &[Shows("sec(0)", "1.0")],
    },
    Builtin {
        sig: "csc(x)",
        doc: "The cosecant, 1 / sin(x).",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| 1.0 / maths::sin(x))
                .complex(|z| z.sin().inv())
                .domain(|x| x.is_finite(), FINITE)
                .other(matrix::csc),
        ),
        examples: &[Shows("csc(0)", "Inf")],
    },
    Builtin {
        sig: "cot(x)",
        doc: "The cotangent, 1 / tan(x).",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| 1.0 / maths::tan(x))
                .complex(|z| z.tan().inv())
                .domain(|x| x.is_finite(), FINITE)
                .other(matrix::cot),
        ),
        examples: &[Shows("cot(0)", "Inf")],
    },
    Builtin {
        sig: "sech(x)",
        doc: "The hyperbolic secant, 1 / cosh(x).",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| 1.0 / x.cosh()).complex(|z| z.cosh().inv()).other(matrix::sech)),
        examples: &[Shows("sech(0)", "1.0")],
    },
    Builtin {
        sig: "csch(x)",
        doc: "The hyperbolic cosecant, 1 / sinh(x).",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| 1.0 / x.sinh()).complex(|z| z.sinh().inv()).other(matrix::csch)),
        examples: &[Shows("csch(0)", "Inf")],
    },
    Builtin {
        sig: "coth(x)",
        doc: "The hyperbolic cotangent, 1 / tanh(x).",
        more: "",
        run: Run::Scalar(&Scalar::real(angles::coth).complex(|z| z.tanh().inv()).other(matrix::coth)),
        examples: &[Shows("coth(0)", "Inf")],
    },
    Builtin {
        sig: "sind(x)",
        doc: "The sine of x in degrees; exact where it is a short fraction.",
        more: "",
        run: Run::Scalar(&Scalar::real(sind).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("sind(30)", "0.5"), Shows("sind(180)", "0.0")],
    },
    Builtin {
        sig: "cosd(x)",
        doc: "The cosine of x in degrees; exact where it is a short fraction.",
        more: "",
        run: Run::Scalar(&Scalar::real(cosd).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("cosd(60)", "0.5"), Shows("cosd(90)", "0.0")],
    },
    Builtin {
        sig: "tand(x)",
        doc: "The tangent of x in degrees.",
        more: "",
        run: Run::Scalar(&Scalar::real(tand).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("tand(45)", "1.0")],
    },
    Builtin {
        sig: "asind(x)",
        doc: "The angle in degrees whose sine is x.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| x.asin().to_degrees())
                .domain(in_unit_interval, "a sine lies between -1 and 1, and (x) does not"),
        ),
        examples: &[Shows("asind(1)", "90.0")],
    },
    Builtin {
        sig: "acosd(x)",
        doc: "The angle in degrees whose cosine is x.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| x.acos().to_degrees())
                .domain(in_unit_interval, "a cosine lies between -1 and 1, and (x) does not"),
        ),
        examples: &[Shows("acosd(0)", "90.0")],
    },
    Builtin {
        sig: "atand(x) | atand(y, x)",
        doc: "The angle in degrees whose tangent is x, or the direction of the point (x, y).",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| x.atan().to_degrees()).more(atand2)),
        examples: &[Shows("atand(1)", "45.0"), Shows("atand(1, 0)", "90.0")],
    },
    Builtin {
        sig: "sinpi(x)",
        doc: "sin(π*x), exact at whole and half numbers.",
        more: "",
        run: Run::Scalar(&Scalar::real(sinpi).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("sinpi(1)", "0.0")],
    },
    Builtin {
        sig: "cospi(x)",
        doc: "cos(π*x), exact at whole and half numbers.",
        more: "",
        run: Run::Scalar(&Scalar::real(cospi).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("cospi(1)", "-1.0")],
    },
    Builtin {
        sig: "sinc(x)",
        doc: "sin(π*x) / (π*x), and 1 at 0.",
        more: "",
        run: Run::Scalar(&Scalar::real(sinc).complex(sinc_complex)),
        examples: &[Shows("sinc(0.0)", "1.0"), Shows("sinc(1.0)", "0.0")],
    },
    Builtin {
        sig: "cosc(x)",
        doc: "The derivative of sinc: cos(π*x) / x - sin(π*x) / (π*x^2), and 0 at 0.",
        more: "",
        run: Run::Scalar(&Scalar::real(cosc).complex(cosc_complex)),
        examples: &[Shows("cosc(1.0)", "-1.0"), Shows("cosc(0)", "0.0")],
    },
    Builtin {
        sig: "asec(x)",
        doc: "The angle in radians whose secant is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(angles::asec).complex(|z| complex::acos(z.inv())).domain(
            |x| x.abs() >= 1.0,
            "a secant is 1 or more, or -1 or less; elsewhere the angle is complex: asec(complex(x))",
        )),
        examples: &[Shows("asec(1)", "0.0")],
    },
    Builtin {
        sig: "acsc(x)",
        doc: "The angle in radians whose cosecant is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(angles::acsc).complex(|z| complex::asin(z.inv())).domain(
            |x| x.abs() >= 1.0,
            "a cosecant is 1 or more, or -1 or less; elsewhere the angle is complex: acsc(complex(x))",
        )),
        examples: &[Shows("acsc(1) == π / 2", "true")],
    },
    Builtin {
        sig: "asech(x)",
        doc: "The number whose hyperbolic secant is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(angles::asech).complex(|z| complex::acosh(z.inv())).domain(
            |x| (0.0..=1.0).contains(&x),
            "a hyperbolic secant lies between 0 and 1; elsewhere the result is complex: asech(complex(x))",
        )),
        examples: &[Shows("asech(1)", "0.0")],
    },
    Builtin {
        sig: "acoth(x)",
        doc: "The number whose hyperbolic cotangent is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(angles::acoth).complex(|z| complex::atanh(z.inv())).domain(
            |x| x.abs() >= 1.0,
            "a hyperbolic cotangent is 1 or more, or -1 or less; elsewhere the result is complex: acoth(complex(x))",
        )),
        examples: &[Shows("acoth(Inf)", "0.0")],
    },
    Builtin {
        sig: "acot(x)",
        doc: "The angle in radians whose cotangent is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| (1.0 / x).atan()).complex(|z| complex::atan(z.inv()))),
        examples: &[Shows("acot(Inf)", "0.0")],
    },
    Builtin {
        sig: "acsch(x)",
        doc: "The number whose hyperbolic cosecant is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| angles::asinh(1.0 / x)).complex(|z| complex::asinh(z.inv()))),
        examples: &[Shows("acsch(Inf)", "0.0")],
    },
    Builtin {
        sig: "secd(x)",
        doc: "The secant of x in degrees.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| 1.0 / cosd(x)).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("secd(60)", "2.0")],
    },
    Builtin {
        sig: "cscd(x)",
        doc: "The cosecant of x in degrees.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| 1.0 / sind(x)).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("cscd(30)", "2.0")],
    },
    Builtin {
        sig: "cotd(x)",
        doc: "The cotangent of x in degrees.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| 1.0 / tand(x)).domain(|x| x.is_finite(), FINITE)),
        examples: &[Shows("cotd(45)", "1.0")],
    },
    Builtin {
        sig: "asecd(x)",
        doc: "The angle in degrees whose secant is x.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| angles::asec(x).to_degrees())
                .domain(|x| x.abs() >= 1.0, "it is 1 or more, or -1 or less, and (x) is not"),
        ),
        examples: &[Shows("asecd(1)", "0.0")],
    },
    Builtin {
        sig: "acscd(x)",
        doc: "The angle in degrees whose cosecant is x.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|x| angles::acsc(x).to_degrees())
                .domain(|x| x.abs() >= 1.0, "it is 1 or more, or -1 or less, and (x) is not"),
        ),
        examples: &[Shows("acscd(1)", "90.0")],
    },
    Builtin {
        sig: "acotd(x)",
        doc: "The angle in degrees whose cotangent is x.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| (1.0 / x).atan().to_degrees())),
        examples: &[Shows("acotd(1)", "45.0")],
    },
    Builtin {
        sig: "deg2rad(x)",
        doc: "Degrees in radians.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| x * (PI / 180.0)).complex(|z| z * (PI / 180.0))),
        examples: &[Shows("deg2rad(180)", "3.141592653589793")],
    },
    Builtin {
        sig: "rad2deg(x)",
        doc: "Radians in degrees.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| x * (180.0 / PI)).complex(|z| z * (180.0 / PI))),
        examples: &[Shows("rad2deg(π)", "180.0")],
    },
];

fn in_unit_interval(x: f64) -> bool {
    x.abs() <= 1.0
}

fn atan2(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    Ok(Value::float(maths::atan2(args.float(0)?, args.float(1)?)))
}

fn atand2(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    Ok(Value::float(maths::atan2(args.float(0)?, args.float(1)?).to_degrees()))
}

fn sincos(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let Value::Complex(c) = args.at(0) {
        return Ok(Value::tuple(vec![Value::complex(complex::sin(c.z)), Value::complex(complex::cos(c.z))]));
    }
    let Some(x) = super::arguments::real(args.at(0)) else { return Err(not_a_number(args.name, args.at(0))) };
    if x.is_infinite() {
        return Err(Fault::domain("sincos(Inf) is not a real number"));
    }
    Ok(Value::tuple(vec![Value::float(maths::sin(x)), Value::float(maths::cos(x))]))
}

fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else if x.is_infinite() {
        0.0
    } else {
        sinpi(x) / (PI * x)
    }
}

/// Near 0 by its series, where the two terms would cancel.
fn cosc(x: f64) -> f64 {
    if x.is_infinite() || x == 0.0 {
        0.0
    } else if x.abs() < 0.01 {
        let square = (PI * x) * (PI * x);
        PI * (PI * x) * (-1.0 / 3.0 + square * (1.0 / 30.0 - square * (1.0 / 840.0 - square / 45360.0)))
    } else {
        cospi(x) / x - sinpi(x) / (PI * x * x)
    }
}

fn sinc_complex(z: Complex64) -> Complex64 {
    if z.im == 0.0 {
        return Complex64::new(sinc(z.re), 0.0);
    }
    complex::sin(z * PI) / (z * PI)
}

fn cosc_complex(z: Complex64) -> Complex64 {
    if z.im == 0.0 {
        return Complex64::new(cosc(z.re), 0.0);
    }
    complex::cos(z * PI) / z - complex::sin(z * PI) / (z * z * PI)
}
