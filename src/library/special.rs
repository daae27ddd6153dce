//! Special functions: the gamma and error functions and their families, integrals, Airy's functions.
//!
//! `libm` and `spec_math` (the functions of Cephes) compute them.

use super::scalar::not_two_numbers;
use crate::fault::{Fault, Outcome, Part};
use crate::value::display::repr;
use crate::value::function::{Arguments, Example::*, Run, Scalar, Scalar2};
use crate::value::{Builtin, Value};
use spec_math::{cephes64 as cephes, misc};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "gamma(x)",
        doc: "The gamma function: the factorial between the whole numbers, gamma(n + 1) = n!.",
        more: "It has no value at -1, -2, …",
        run: Run::Scalar(&Scalar::real(libm::tgamma).domain(has_gamma, "gamma grows without bound at -1, -2, …")),
        examples: &[Shows("gamma(5)", "24.0"), Shows("gamma(0.5)^2 ≈ π", "true"), Fails("gamma(-1)", "without bound")],
    },
    Builtin {
        sig: "loggamma(x)",
        doc: "The logarithm of gamma(x), where gamma(x) itself would overflow.",
        more: "Where gamma is negative, lgamma(x) is the logarithm of its size.",
        run: Run::Scalar(&Scalar::real(libm::lgamma).domain(
            |x| x >= 0.0 || x.floor() % 2.0 == 0.0,
            "gamma is negative there; the logarithm of its size is lgamma(x)",
        )),
        examples: &[Shows("loggamma(1)", "0.0"), Fails("loggamma(-0.5)", "lgamma(-0.5)")],
    },
    Builtin {
        sig: "lgamma(x)",
        doc: "The logarithm of the size of gamma(x).",
        more: "",
        run: Run::Scalar(&Scalar::real(libm::lgamma)),
        examples: &[Shows("lgamma(101) ≈ sum(log.(1:100))", "true")],
    },
    Builtin {
        sig: "beta(x, y)",
        doc: "The beta function, gamma(x) * gamma(y) / gamma(x + y).",
        more: "",
        run: Run::Scalar2(&Scalar2::real(beta)),
        examples: &[Shows("beta(2, 3) ≈ 1 / 12", "true")],
    },
    Builtin {
        sig: "logbeta(x, y)",
        doc: "The logarithm of the size of beta(x, y).",
        more: "",
        run: Run::Scalar2(&Scalar2::real(logbeta)),
        examples: &[Shows("logbeta(2, 3) ≈ log(1 / 12)", "true")],
    },
    Builtin {
        sig: "digamma(x)",
        doc: "The derivative of the logarithm of gamma(x).",
        more: "It has no value at 0, -1, -2, …",
        run: Run::Scalar(
            &Scalar::real(cephes::psi).domain(|x| !is_pole(x), "digamma grows without bound at 0, -1, -2, …"),
        ),
        examples: &[Shows("digamma(1)", "-0.5772156649015329"), Fails("digamma(0)", "without bound")],
    },
    Builtin {
        sig: "polygamma(m, x)",
        doc: "The derivative of order m of digamma(x); x is positive.",
        more: "",
        run: Run::Call(|args, _| polygamma(args)),
        examples: &[Shows("polygamma(1, 1) ≈ π^2 / 6", "true"), Fails("polygamma(-1, 2)", "from 0 on")],
    },
    Builtin {
        sig: "zeta(s) | zeta(s, q)",
        doc: "Riemann's zeta function, the sum of 1 / n^s from n = 1 on; with q, the sum of 1 / (n + q)^s from n = 0 on.",
        more: "zeta(s) is continued to every s but 1; zeta(s, q) needs s > 1 and q > 0.",
        run: Run::Scalar(
            &Scalar::real(cephes::riemann_zeta).more(|args, _| {
                within(args, |s, q| s > 1.0 && q > 0.0, "zeta(s, q) needs s > 1 and q > 0", cephes::zeta)
            }),
        ),
        examples: &[
            Shows("zeta(2) ≈ π^2 / 6", "true"),
            Shows("zeta(2, 1) ≈ zeta(2)", "true"),
            Fails("zeta(0.5, 1)", "needs s > 1"),
        ],
    },
    Builtin {
        sig: "gamma_inc(a, x)",
        doc: "The incomplete gamma functions P and Q of a and x as a tuple; they add up to 1.",
        more: "P is the integral of t^(a-1) exp(-t) from 0 to x, divided by gamma(a).",
        run: Run::Call(|args, _| gamma_inc(args)),
        examples: &[Shows("P, Q = gamma_inc(1, 2); P ≈ 1 - exp(-2)", "true"), Fails("gamma_inc(-1, 2)", "a > 0")],
    },
    Builtin {
        sig: "beta_inc(a, b, x)",
        doc: "The incomplete beta function of a, b and x, and 1 less it, as a tuple.",
        more: "The integral of t^(a-1) (1-t)^(b-1) from 0 to x, divided by beta(a, b).",
        run: Run::Call(|args, _| beta_inc(args)),
        examples: &[Shows("beta_inc(2, 2, 0.5)", "(0.5, 0.5)"), Fails("beta_inc(1, 1, 2)", "0 ≤ x ≤ 1")],
    },
    Builtin {
        sig: "erf(x)",
        doc: "The error function: the integral of 2/√π exp(-t^2) from 0 to x.",
        more: "",
        run: Run::Scalar(&Scalar::real(libm::erf)),
        examples: &[
            Shows("erf(0)", "0.0"),
            Shows("erf.([0.5, Inf])", "2-element Vector{Float64}:\n 0.5204998778130465\n 1.0"),
        ],
    },
    Builtin {
        sig: "erfc(x)",
        doc: "1 - erf(x), without losing digits when x is large.",
        more: "",
        run: Run::Scalar(&Scalar::real(libm::erfc)),
        examples: &[Shows("erfc(10)", "2.088487583762545e-45")],
    },
    Builtin {
        sig: "erfcx(x)",
        doc: "The scaled function exp(x^2) * erfc(x), where erfc(x) itself vanishes.",
        more: "",
        run: Run::Scalar(&Scalar::real(erfcx)),
        examples: &[Shows("erfcx(0)", "1.0"), Shows("erfcx(1e10) ≈ 1 / (1e10 * √π)", "true")],
    },
    Builtin {
        sig: "erfinv(x)",
        doc: "The y with erf(y) = x, for x from -1 to 1.",
        more: "",
        run: Run::Scalar(&Scalar::real(erfinv).domain(|x| x.abs() <= 1.0, "erf has values from -1 to 1")),
        examples: &[Shows("erfinv(erf(0.3)) ≈ 0.3", "true"), Fails("erfinv(2)", "from -1 to 1")],
    },
    Builtin {
        sig: "erfcinv(x)",
        doc: "The y with erfc(y) = x, for x from 0 to 2.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(misc::erfcinv).domain(|x| (0.0..=2.0).contains(&x), "erfc has values from 0 to 2"),
        ),
        examples: &[Shows("erfcinv(erfc(3)) ≈ 3", "true"), Fails("erfcinv(3)", "from 0 to 2")],
    },
    Builtin {
        sig: "expint(x)",
        doc: "The exponential integral: the integral of exp(-t) / t from x to infinity, for x from 0 on.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| cephes::expn(1, x)).domain(|x| x >= 0.0, "expint is defined from 0 on")),
        examples: &[Shows("expint(1) ≈ 0.21938393439552029", "true"), Fails("expint(-1)", "from 0 on")],
    },
    Builtin {
        sig: "sinint(x)",
        doc: "The sine integral: the integral of sin(t) / t from 0 to x.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| cephes::sici(x).0)),
        examples: &[Shows("sinint(0)", "0.0")],
    },
    Builtin {
        sig: "cosint(x)",
        doc: "The cosine integral: less the integral of cos(t) / t from x to infinity, for x from 0 on.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| cephes::sici(x).1).domain(|x| x >= 0.0, "cosint is defined from 0 on")),
        examples: &[Shows("cosint(0)", "-Inf"), Fails("cosint(-1)", "from 0 on")],
    },
    Builtin {
        sig: "ellipk(m)",
        doc: "The complete elliptic integral of the first kind of the parameter m = k^2 up to 1.",
        more: "",
        run: Run::Scalar(
            &Scalar::real(|m| cephes::ellpk(1.0 - m)).domain(|m| m <= 1.0, "ellipk is defined up to m = 1"),
        ),
        examples: &[Shows("ellipk(0) ≈ π / 2", "true"), Fails("ellipk(2)", "up to m = 1")],
    },
    Builtin {
        sig: "ellipe(m)",
        doc: "The complete elliptic integral of the second kind of the parameter m = k^2 up to 1.",
        more: "",
        run: Run::Scalar(&Scalar::real(cephes::ellpe).domain(|m| m <= 1.0, "ellipe is defined up to m = 1")),
        examples: &[Shows("ellipe(1)", "1.0"), Fails("ellipe(2)", "up to m = 1")],
    },
    Builtin {
        sig: "airyai(x)",
        doc: "Airy's function Ai, a solution of y'' = x*y that vanishes for large x.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| cephes::airy(x).0)),
        examples: &[Shows("airyai(0)", "0.3550280538878172")],
    },
    Builtin {
        sig: "airybi(x)",
        doc: "Airy's function Bi, the solution of y'' = x*y that grows.",
        more: "",
        run: Run::Scalar(&Scalar::real(|x| cephes::airy(x).2)),
        examples: &[Shows("airybi(0)", "0.6149266274460007")],
    },
];

pub fn is_whole(x: f64) -> bool {
    x == x.floor()
}

/// Is it one of 0, -1, -2, …?
fn is_pole(x: f64) -> bool {
    x <= 0.0 && is_whole(x)
}

/// 0 is a pole too, but there the sign of zero says from which side.
fn has_gamma(x: f64) -> bool {
    x == 0.0 || !is_pole(x)
}

fn beta(x: f64, y: f64) -> f64 {
    let (small, large) = if x < y { (x, y) } else { (y, x) };
    // While nothing overflows, the quotient keeps more digits than the logarithms.
    let is_direct = small > 0.0 && small + large < 170.0;
    if is_direct {
        return libm::tgamma(large) / libm::tgamma(x + y) * libm::tgamma(small);
    }
    let sign: i32 = [x, y, x + y].iter().map(|x| libm::lgamma_r(*x).1).product();
    f64::from(sign) * logbeta(x, y).exp()
}

fn logbeta(x: f64, y: f64) -> f64 {
    if x > 0.0 && y > 0.0 {
        // Where one is much larger, its two logarithms of gamma would cancel.
        return cephes::lbeta(x, y);
    }
    libm::lgamma(x) + libm::lgamma(y) - libm::lgamma(x + y)
}

/// By erfc while it has all digits, beyond by its expansion in powers of 1/x.
fn erfcx(x: f64) -> f64 {
    const EXPANSION_FROM: f64 = 25.0;
    if x < EXPANSION_FROM {
        // What rounding takes from x² would come back multiplied by exp(x²).
        let square = x * x;
        let rest = x.mul_add(x, -square);
        let scaled = square.exp() * libm::erfc(x);
        return if square.is_finite() && scaled.is_finite() { scaled * (1.0 + rest) } else { scaled };
    }
    let y = 0.5 / (x * x);
    let sum = (1..=9).rev().fold(1.0, |sum, k| 1.0 - f64::from(2 * k - 1) * y * sum);
    0.5 * std::f64::consts::FRAC_2_SQRT_PI / x * sum
}

/// One step of Newton's method gives the last digits near 0.
fn erfinv(x: f64) -> f64 {
    let y = misc::erfinv(x);
    if x.abs() > 0.5 || x == 0.0 {
        return y;
    }
    y - (libm::erf(y) - x) / (std::f64::consts::FRAC_2_SQRT_PI * (-y * y).exp())
}

/// A function of two real numbers that is not defined for all; NaN stays NaN.
pub fn within(
    args: &Arguments<'_>,
    allows: fn(f64, f64) -> bool,
    rule: &str,
    f: fn(f64, f64) -> f64,
) -> Outcome<Value> {
    let (x, y) = two_reals(args)?;
    if x.is_nan() || y.is_nan() {
        return Ok(Value::float(f64::NAN));
    }
    if !allows(x, y) {
        return Err(outside(args, rule));
    }
    Ok(Value::float(f(x, y)))
}

fn two_reals(args: &Arguments<'_>) -> Outcome<(f64, f64)> {
    let reals = super::arguments::real(args.at(0)).zip(super::arguments::real(args.at(1)));
    reals.ok_or_else(|| not_two_numbers(args.name, args.at(0), args.at(1)))
}

#[cold]
fn outside(args: &Arguments<'_>, rule: &str) -> Fault {
    let shown: Vec<String> = args.positional.iter().map(repr).collect();
    let fault = Fault::domain(format!("{}({}) is not a real number", args.name, shown.join(", "))).rule(rule);
    shown.into_iter().enumerate().fold(fault, |fault, (k, shown)| fault.label(Part::Argument(k), shown))
}

/// By the sum of 1 / (n + x)^(m + 1), whose terms the derivatives of digamma's are.
fn polygamma(args: &Arguments<'_>) -> Outcome<Value> {
    let (order, x) = two_reals(args)?;
    if order < 0.0 || !is_whole(order) {
        return Err(outside(args, "the order m is a whole number from 0 on"));
    }
    if x <= 0.0 {
        return Err(outside(args, "polygamma(m, x) needs x > 0"));
    }
    if order == 0.0 {
        return Ok(Value::float(cephes::psi(x)));
    }
    let sign = if order % 2.0 == 0.0 { -1.0 } else { 1.0 };
    Ok(Value::float(sign * libm::tgamma(order + 1.0) * cephes::zeta(order + 1.0, x)))
}

fn gamma_inc(args: &Arguments<'_>) -> Outcome<Value> {
    let (a, x) = two_reals(args)?;
    if a <= 0.0 || x < 0.0 {
        return Err(outside(args, "gamma_inc(a, x) needs a > 0 and x ≥ 0"));
    }
    Ok(Value::tuple(vec![Value::float(cephes::igam(a, x)), Value::float(cephes::igamc(a, x))]))
}

fn beta_inc(args: &Arguments<'_>) -> Outcome<Value> {
    let (a, b, x) = (args.float(0)?, args.float(1)?, args.float(2)?);
    if a <= 0.0 || b <= 0.0 || !(0.0..=1.0).contains(&x) {
        return Err(outside(args, "beta_inc(a, b, x) needs a > 0, b > 0 and 0 ≤ x ≤ 1"));
    }
    let part = |a, b, x| Value::float(cephes::incbet(a, b, x));
    Ok(Value::tuple(vec![part(a, b, x), part(b, a, 1.0 - x)]))
}
