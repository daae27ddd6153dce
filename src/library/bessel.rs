//! Bessel functions: of whole and of real order, and the modified ones.
//!
//! `libm` computes the orders 0 and 1 of the first two kinds, [`crate::kernel::bessel`] the others.

use super::special::{is_whole, within};
use crate::kernel::bessel::{self, LARGEST_ORDER};
use crate::value::Builtin;
use crate::value::function::{Example::*, Run, Scalar};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "besselj0(x)",
        doc: "Bessel's function of the first kind and order 0.",
        more: "",
        run: Run::Scalar(&Scalar::real(libm::j0)),
        examples: &[Shows("besselj0(0)", "1.0")],
    },
    Builtin {
        sig: "besselj1(x)",
        doc: "Bessel's function of the first kind and order 1.",
        more: "",
        run: Run::Scalar(&Scalar::real(libm::j1)),
        examples: &[Shows("besselj1(0)", "0.0")],
    },
    Builtin {
        sig: "besselj(nu, x)",
        doc: "Bessel's function of the first kind and order nu.",
        more: "x may be negative where nu is a whole number.",
        run: Run::Call(|args, _| within(args, has_value, BESSEL, bessel::besselj)),
        examples: &[Shows("besselj(0, 1) ≈ besselj0(1)", "true"), Fails("besselj(0.5, -1)", "from 0 on")],
    },
    Builtin {
        sig: "bessely0(x)",
        doc: "Bessel's function of the second kind and order 0, for x from 0 on.",
        more: "",
        run: Run::Scalar(&Scalar::real(libm::y0).domain(|x| x >= 0.0, FROM_0)),
        examples: &[Shows("bessely0(1)", "0.08825696421567697"), Fails("bessely0(-1)", "from 0 on")],
    },
    Builtin {
        sig: "bessely1(x)",
        doc: "Bessel's function of the second kind and order 1, for x from 0 on.",
        more: "",
        run: Run::Scalar(&Scalar::real(libm::y1).domain(|x| x >= 0.0, FROM_0)),
        examples: &[Shows("bessely1(0)", "-Inf")],
    },
    Builtin {
        sig: "bessely(nu, x)",
        doc: "Bessel's function of the second kind and order nu, for x from 0 on.",
        more: "",
        run: Run::Call(|args, _| within(args, has_value_from_0, BESSEL, bessel::bessely)),
        examples: &[Shows("bessely(1, 2) ≈ bessely1(2)", "true"), Fails("bessely(1, -1)", "from 0 on")],
    },
    Builtin {
        sig: "besseli(nu, x)",
        doc: "The modified Bessel function of the first kind and order nu, which grows as exp(x).",
        more: "x may be negative where nu is a whole number.",
        run: Run::Call(|args, _| within(args, has_value, BESSEL, bessel::besseli)),
        examples: &[
            Shows("besseli(0, 0)", "1.0"),
            Shows("besseli(0.5, 2) ≈ sqrt(2 / (π * 2)) * sinh(2)", "true"),
            Fails("besseli(0.5, -1)", "from 0 on"),
        ],
    },
    Builtin {
        sig: "besselk(nu, x)",
        doc: "The modified Bessel function of the second kind and order nu, which falls as exp(-x), for x from 0 on.",
        more: "",
        run: Run::Call(|args, _| within(args, has_value_from_0, BESSEL, bessel::besselk)),
        examples: &[
            Shows("besselk(0.5, 2) ≈ sqrt(π / (2 * 2)) * exp(-2)", "true"),
            Shows("besselk(1, 0)", "Inf"),
            Fails("besselk(1, -1)", "from 0 on"),
        ],
    },
];

const FROM_0: &str = "the function is real from 0 on";
const BESSEL: &str = "x is a number from 0 on, and the order is not larger than 10^6";

fn has_value(nu: f64, x: f64) -> bool {
    nu.abs() <= LARGEST_ORDER && (x >= 0.0 || is_whole(nu))
}

fn has_value_from_0(nu: f64, x: f64) -> bool {
    nu.abs() <= LARGEST_ORDER && x >= 0.0
}
