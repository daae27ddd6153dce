//! Division with remainder, common divisors, factorials.

use super::scalar::call_scalar2;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::op::{MathKernel, PairKernel};
use crate::value::function::{Arguments, Example::*, OnComplex, OnFloat, OnInt, Run, Scalar, Scalar2};
use crate::value::{Builtin, Host, Value, iterate};
use std::f64::consts::TAU;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "div(x, y)",
        doc: "The quotient x / y without its decimal places, as x ÷ y.",
        more: "",
        run: Run::Scalar2(&Scalar2::real(div_float).int(div_int).kernel(PairKernel::Div)),
        examples: &[Shows("div(7, 2)", "3"), Shows("div(-7, 2)", "-3"), Fails("div(1, 0)", "zero")],
    },
    Builtin {
        sig: "fld(x, y)",
        doc: "The quotient x / y rounded down.",
        more: "",
        run: Run::Scalar2(&Scalar2::real(fld_float).int(fld_int).kernel(PairKernel::Fld)),
        examples: &[Shows("fld(-7, 2)", "-4")],
    },
    Builtin {
        sig: "cld(x, y)",
        doc: "The quotient x / y rounded up.",
        more: "",
        run: Run::Scalar2(&Scalar2::real(|x, y| -fld_float(-x, y)).int(cld_int)),
        examples: &[Shows("cld(7, 2)", "4")],
    },
    Builtin {
        sig: "rem(x, y)",
        doc: "What is left of x after dividing by y, with the sign of x, as x % y.",
        more: "",
        run: Run::Scalar2(&Scalar2::real(|x, y| x % y).int(rem_int).kernel(PairKernel::Rem)),
        examples: &[Shows("rem(-7, 3)", "-1")],
    },
    Builtin {
        sig: "mod(x, y)",
        doc: "What is left of x after dividing by y, with the sign of y.",
        more: "",
        run: Run::Scalar2(&Scalar2::real(mod_float).int(mod_int).kernel(PairKernel::Mod)),
        examples: &[Shows("mod(-7, 3)", "2"), Shows("mod(5.5, 2)", "1.5")],
    },
    Builtin {
        sig: "mod1(x, y)",
        doc: "As mod, but from 1 to y: what an index does that goes round.",
        more: "",
        run: Run::Scalar2(&Scalar2::real(mod1_float).int(mod1_int)),
        examples: &[Shows("mod1(4, 3)", "1"), Shows("mod1(3, 3)", "3")],
    },
    Builtin {
        sig: "fld1(x, y)",
        doc: "The round in which mod1(x, y) is reached: x is (fld1 - 1)*y + mod1.",
        more: "",
        run: Run::Scalar2(&Scalar2::real(|x, y| ((x - mod1_float(x, y)) / y).round_ties_even() + 1.0).int(fld1_int)),
        examples: &[Shows("fld1(4, 3)", "2")],
    },
    Builtin {
        sig: "divrem(x, y)",
        doc: "Quotient and rest of a division, (div(x, y), rem(x, y)).",
        more: "",
        run: Run::Call(|args, _| two(args, "div", "rem")),
        examples: &[Shows("divrem(7, 2)", "(3, 1)")],
    },
    Builtin {
        sig: "fldmod(x, y)",
        doc: "Quotient and rest of a division rounded down, (fld(x, y), mod(x, y)).",
        more: "",
        run: Run::Call(|args, _| two(args, "fld", "mod")),
        examples: &[Shows("fldmod(-7, 2)", "(-4, 1)")],
    },
    Builtin {
        sig: "fldmod1(x, y)",
        doc: "The round and the place in it, (fld1(x, y), mod1(x, y)).",
        more: "",
        run: Run::Call(|args, _| two(args, "fld1", "mod1")),
        examples: &[Shows("fldmod1(4, 3)", "(2, 1)")],
    },
    Builtin {
        sig: "mod2pi(x)",
        doc: "The angle x between 0 and 2π.",
        more: "",
        run: Run::Scalar(&Scalar::real(turned_back)),
        examples: &[Shows("mod2pi(0.5)", "0.5")],
    },
    Builtin {
        sig: "gcd(v) | gcd(x, y, rest...)",
        doc: "The greatest common divisor of integers, or of the elements of an array.",
        more: "",
        run: Run::Scalar2(&GCD),
        examples: &[Shows("gcd(12, 18)", "6"), Shows("gcd(12, 18, 27)", "3")],
    },
    Builtin {
        sig: "lcm(v) | lcm(x, y, rest...)",
        doc: "The least common multiple of integers, or of the elements of an array.",
        more: "",
        run: Run::Scalar2(&LCM),
        examples: &[Shows("lcm(4, 6)", "12")],
    },
    Builtin {
        sig: "gcdx(x, y)",
        doc: "The greatest common divisor d with factors u and v such that u*x + v*y == d, as (d, u, v).",
        more: "",
        run: Run::Call(gcdx),
        examples: &[Shows("gcdx(12, 18)", "(6, -1, 1)")],
    },
    Builtin {
        sig: "invmod(n, m)",
        doc: "The number x from 0 to m with n*x ≡ 1 modulo m.",
        more: "",
        run: Run::Call(invmod),
        examples: &[Shows("invmod(3, 7)", "5"), Fails("invmod(2, 4)", "common divisor")],
    },
    Builtin {
        sig: "powermod(x, p, m)",
        doc: "mod(x^p, m), also where x^p is far too large.",
        more: "",
        run: Run::Call(powermod),
        examples: &[Shows("powermod(2, 100, 7)", "2")],
    },
    Builtin {
        sig: "factorial(n)",
        doc: "1 * 2 * … * n.",
        more: "Up to factorial(20) fits into 64 bits.",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(factorial), OnFloat::No, OnComplex::No)),
        examples: &[
            Shows("factorial(5)", "120"),
            Fails("factorial(21)", "64 bits"),
            Fails("factorial(-1)", "negative"),
        ],
    },
    Builtin {
        sig: "binomial(n, k)",
        doc: "The number of ways to choose k of n things.",
        more: "",
        run: Run::Scalar2(&Scalar2::whole(binomial)),
        examples: &[Shows("binomial(5, 2)", "10")],
    },
    Builtin {
        sig: "isqrt(n)",
        doc: "The square root of a whole number, rounded down.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(isqrt), OnFloat::No, OnComplex::No)),
        examples: &[Shows("isqrt(17)", "4")],
    },
    Builtin {
        sig: "iseven(n)",
        doc: "Is n divisible by 2?",
        more: "",
        run: Run::Scalar(&Scalar::test(|n| n % 2 == 0, |x| x % 2.0 == 0.0).kernel(MathKernel::IsEven)),
        examples: &[Shows("iseven(4)", "true")],
    },
    Builtin {
        sig: "isodd(n)",
        doc: "Is n a whole number that is not divisible by 2?",
        more: "",
        run: Run::Scalar(&Scalar::test(|n| n % 2 != 0, |x| (x % 2.0).abs() == 1.0).kernel(MathKernel::IsOdd)),
        examples: &[Shows("isodd(3)", "true")],
    },
    Builtin {
        sig: "ispow2(n)",
        doc: "Is n a power of 2?",
        more: "",
        run: Run::Scalar(&Scalar::test(
            |n| n > 0 && n & (n - 1) == 0,
            |x| x > 0.0 && x.is_finite() && x.to_bits() << 12 == 0,
        )),
        examples: &[Shows("ispow2(8)", "true")],
    },
];

static GCD: Scalar2 = Scalar2::whole(gcd).more(common);
static LCM: Scalar2 = Scalar2::whole(lcm).more(common);

/// The error of an integer division by zero.
#[cold]
pub fn division_by_zero() -> Fault {
    Fault::new(ErrorKind::DivideError, "integer division by zero").label(Part::Argument(1), "zero")
}

#[cold]
pub fn too_large(what: impl std::fmt::Display) -> Fault {
    Fault::overflow(format!("{what} does not fit into 64 bits"))
}

fn div_int(x: i64, y: i64) -> Outcome<i64> {
    if y == 0 { Err(division_by_zero()) } else { x.checked_div(y).ok_or_else(|| too_large(format!("{x} ÷ {y}"))) }
}

fn rem_int(x: i64, y: i64) -> Outcome<i64> {
    if y == 0 { Err(division_by_zero()) } else { Ok(x.wrapping_rem(y)) }
}

fn mod_int(x: i64, y: i64) -> Outcome<i64> {
    let r = rem_int(x, y)?;
    Ok(if r != 0 && (r < 0) != (y < 0) { r + y } else { r })
}

fn fld_int(x: i64, y: i64) -> Outcome<i64> {
    let q = div_int(x, y)?;
    Ok(if x % y != 0 && (x < 0) != (y < 0) { q - 1 } else { q })
}

fn cld_int(x: i64, y: i64) -> Outcome<i64> {
    let q = div_int(x, y)?;
    Ok(if x % y != 0 && (x < 0) == (y < 0) { q + 1 } else { q })
}

fn mod1_int(x: i64, y: i64) -> Outcome<i64> {
    let m = mod_int(x, y)?;
    Ok(if m == 0 { y } else { m })
}

fn fld1_int(x: i64, y: i64) -> Outcome<i64> {
    let q = fld_int(x, y)?;
    Ok(if mod_int(x, y)? == 0 { q } else { q + 1 })
}

fn div_float(x: f64, y: f64) -> f64 {
    ((x - x % y) / y).round_ties_even()
}

fn fld_float(x: f64, y: f64) -> f64 {
    ((x - mod_float(x, y)) / y).round_ties_even()
}

fn mod_float(x: f64, y: f64) -> f64 {
    let r = x % y;
    if r == 0.0 {
        r.copysign(y)
    } else if (r > 0.0) != (y > 0.0) {
        r + y
    } else {
        r
    }
}

/// The angle between 0 and 2π. Sine and cosine know large angles exactly; small ones need no detour.
fn turned_back(x: f64) -> f64 {
    if x.abs() < 2.0 * TAU {
        return mod_float(x, TAU);
    }
    let angle = x.sin().atan2(x.cos());
    if angle < 0.0 { angle + TAU } else { angle }
}

fn mod1_float(x: f64, y: f64) -> f64 {
    let m = mod_float(x, y);
    if m == 0.0 { y } else { m }
}

fn two(args: &Arguments<'_>, first: &str, second: &str) -> Outcome<Value> {
    let of = |name: &str| match super::builtin(name).map(|b| &b.run) {
        Some(Run::Scalar2(scalar)) => call_scalar2(args.name, scalar, args.at(0), args.at(1)),
        Some(Run::Scalar(_) | Run::Call(_) | Run::Quick(..)) | None => Err(args.refuse(0, "two numbers")),
    };
    Ok(Value::tuple(vec![of(first)?, of(second)?]))
}

fn gcd(x: i64, y: i64) -> Outcome<i64> {
    let (mut a, mut b) = (x.unsigned_abs(), y.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).map_err(|_| too_large(format!("gcd({x}, {y})")))
}

fn lcm(x: i64, y: i64) -> Outcome<i64> {
    if x == 0 || y == 0 {
        return Ok(0);
    }
    let multiple = (x / gcd(x, y)?).checked_mul(y).and_then(i64::checked_abs);
    multiple.ok_or_else(|| too_large(format!("lcm({x}, {y})")))
}

fn common(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let scalar = if args.name == "gcd" { &GCD } else { &LCM };
    let numbers = match args.positional {
        [only] => iterate::elements(only, host)?,
        several => several.to_vec(),
    };
    let nothing = Value::Int(if args.name == "gcd" { 0 } else { 1 });
    numbers.iter().try_fold(nothing, |result, x| call_scalar2(args.name, scalar, &result, x))
}

/// Euclid's algorithm with the factors kept; 128 bits leave room for them.
fn extended_gcd(x: i64, y: i64) -> (i128, i128, i128) {
    let (mut r, mut s, mut t) = ((i128::from(x), i128::from(y)), (1, 0), (0, 1));
    while r.1 != 0 {
        let q = r.0 / r.1;
        r = (r.1, r.0 - q * r.1);
        s = (s.1, s.0 - q * s.1);
        t = (t.1, t.0 - q * t.1);
    }
    if r.0 < 0 { (-r.0, -s.0, -t.0) } else { (r.0, s.0, t.0) }
}

fn gcdx(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (d, u, v) = extended_gcd(args.int(0)?, args.int(1)?);
    let fits = |n: i128| i64::try_from(n).map(Value::Int).map_err(|_| too_large("gcdx"));
    Ok(Value::tuple(vec![fits(d)?, fits(u)?, fits(v)?]))
}

fn invmod(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (n, m) = (args.int(0)?, args.int(1)?);
    let (d, u, _) = extended_gcd(n, m);
    if m == 0 || d != 1 {
        return Err(Fault::domain(format!("{n} has no inverse modulo {m}: they have the common divisor {d}")));
    }
    let inverse = u.rem_euclid(i128::from(m).abs());
    // The result has the sign of the modulus, as that of mod.
    Ok(Value::Int((if m < 0 && inverse != 0 { inverse + i128::from(m) } else { inverse }) as i64))
}

fn powermod(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (x, p, m) = (args.int(0)?, args.int(1)?, args.int(2)?);
    if m == 0 {
        return Err(division_by_zero());
    }
    if p < 0 {
        let pair = [Value::Int(x), Value::Int(m)];
        let inverse = invmod(&Arguments { name: "invmod", positional: &pair, keyword: &[] }, host)?;
        let again = [inverse, Value::Int(p.saturating_neg()), Value::Int(m)];
        return powermod(&Arguments { name: args.name, positional: &again, keyword: &[] }, host);
    }
    let modulus = i128::from(m);
    let (mut base, mut rest, mut result) = (i128::from(x).rem_euclid(modulus.abs()), p, 1 % modulus.abs());
    while rest > 0 {
        if rest & 1 == 1 {
            result = result * base % modulus.abs();
        }
        base = base * base % modulus.abs();
        rest >>= 1;
    }
    // The result has the sign of the modulus, as that of mod.
    let signed = if m < 0 && result != 0 { result + modulus } else { result };
    Ok(Value::Int(signed as i64))
}

fn factorial(n: i64) -> Outcome<i64> {
    if n < 0 {
        return Err(Fault::domain(format!("factorial({n}): {n} is negative")).rule("factorials are defined from 0 on"));
    }
    (1..=n.min(21)).try_fold(1i64, i64::checked_mul).ok_or_else(|| {
        too_large(format!("factorial({n})")).hint(format!("prod(1.0:{n}) is the float that is nearest to it"))
    })
}

fn binomial(n: i64, k: i64) -> Outcome<i64> {
    if k < 0 {
        return Ok(0);
    }
    if n < 0 {
        let sign = if k % 2 == 0 { 1 } else { -1 };
        let n = k.checked_sub(n).and_then(|s| s.checked_sub(1)).ok_or_else(|| too_large("binomial"))?;
        return Ok(sign * binomial(n, k)?);
    }
    if k > n {
        return Ok(0);
    }
    let k = k.min(n - k);
    let mut result: i128 = 1;
    for i in 1..=k {
        result = result * i128::from(n - k + i) / i128::from(i);
        if result > i128::from(i64::MAX) {
            return Err(too_large(format!("binomial({n}, {k})")));
        }
    }
    Ok(result as i64)
}

fn isqrt(n: i64) -> Outcome<i64> {
    if n < 0 {
        return Err(Fault::domain(format!("isqrt({n}): {n} is negative")).rule("a negative number has no real root"));
    }
    Ok(n.isqrt())
}
