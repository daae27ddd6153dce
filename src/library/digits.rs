//! Digits, bits and powers of a base.

use super::integers::too_large;
use crate::fault::{Fault, Outcome};
use crate::kernel::operators;
use crate::op::{BinaryOp, PairKernel};
use crate::value::array::reserve;
use crate::value::function::{Arguments, Example::*, OnComplex, OnFloat, OnInt, Run, Scalar, Scalar2};
use crate::value::{Builtin, Host, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "nextpow(a, x)",
        doc: "The smallest power of a that is not below x.",
        more: "",
        run: Run::Call(nextpow),
        examples: &[Shows("nextpow(2, 9)", "16")],
    },
    Builtin {
        sig: "prevpow(a, x)",
        doc: "The largest power of a that is not above x.",
        more: "",
        run: Run::Call(prevpow),
        examples: &[Shows("prevpow(2, 9)", "8")],
    },
    Builtin {
        sig: "nextprod(factors, n)",
        doc: "The smallest product of powers of the factors that is n or more.",
        more: "Lengths like that are what an FFT likes.",
        run: Run::Call(nextprod),
        examples: &[Shows("nextprod([2, 3], 105)", "108")],
    },
    Builtin {
        sig: "digits!(v, n; base = 10)",
        doc: "Writes the digits of n into v, the lowest first, and zeros behind them.",
        more: "",
        run: Run::Call(digits_into),
        examples: &[Shows("digits!([9, 9, 9], 42)", "3-element Vector{Int64}:\n 2\n 4\n 0")],
    },
    Builtin {
        sig: "digits(n; base = 10, pad = 1)",
        doc: "The digits of a whole number, the last one first.",
        more: "",
        run: Run::Call(digits),
        examples: &[Shows("digits(123)", "3-element Vector{Int64}:\n 3\n 2\n 1")],
    },
    Builtin {
        sig: "ndigits(n; base = 10)",
        doc: "The number of digits of a whole number.",
        more: "",
        run: Run::Call(ndigits),
        examples: &[Shows("ndigits(1234)", "4")],
    },
    Builtin {
        sig: "bitstring(n)",
        doc: "The 64 bits of a number.",
        more: "",
        run: Run::Call(bitstring),
        examples: &[Shows("length(bitstring(3))", "64")],
    },
    Builtin {
        sig: "count_ones(n)",
        doc: "How many of the bits of n are 1.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(i64::from(n.count_ones()))), OnFloat::No, OnComplex::No)),
        examples: &[Shows("count_ones(7)", "3")],
    },
    Builtin {
        sig: "count_zeros(n)",
        doc: "How many of the 64 bits of n are 0.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(i64::from(n.count_zeros()))), OnFloat::No, OnComplex::No)),
        examples: &[Shows("count_zeros(7)", "61")],
    },
    Builtin {
        sig: "leading_zeros(n)",
        doc: "How many of the highest bits of n are 0.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(i64::from(n.leading_zeros()))), OnFloat::No, OnComplex::No)),
        examples: &[Shows("leading_zeros(1)", "63")],
    },
    Builtin {
        sig: "trailing_zeros(n)",
        doc: "How often n is divisible by 2.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(i64::from(n.trailing_zeros()))), OnFloat::No, OnComplex::No)),
        examples: &[Shows("trailing_zeros(8)", "3")],
    },
    Builtin {
        sig: "leading_ones(n)",
        doc: "How many of the highest bits of n are 1.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(i64::from(n.leading_ones()))), OnFloat::No, OnComplex::No)),
        examples: &[Shows("leading_ones(-1)", "64")],
    },
    Builtin {
        sig: "trailing_ones(n)",
        doc: "How many of the lowest bits of n are 1.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(i64::from(n.trailing_ones()))), OnFloat::No, OnComplex::No)),
        examples: &[Shows("trailing_ones(7)", "3")],
    },
    Builtin {
        sig: "bitreverse(n)",
        doc: "The integer with the bits of n in the opposite order.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(n.reverse_bits())), OnFloat::No, OnComplex::No)),
        examples: &[Shows("bitreverse(2)", "4611686018427387904")],
    },
    Builtin {
        sig: "bswap(n)",
        doc: "The integer with the bytes of n in the opposite order.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(|n| Ok(n.swap_bytes())), OnFloat::No, OnComplex::No)),
        examples: &[Shows("bswap(1)", "72057594037927936")],
    },
    Builtin {
        sig: "xor(x, rest...)",
        doc: "Exclusive or, bit by bit or of two Bools, as x ⊻ y.",
        more: "",
        run: Run::Scalar2(
            &Scalar2::whole(|x, y| Ok(x ^ y))
                .kernel(PairKernel::Xor)
                .keeps_bool()
                .more(|args, _| fold(args, BinaryOp::Xor)),
        ),
        examples: &[Shows("xor(true, false)", "true"), Shows("xor(5, 1)", "4")],
    },
    Builtin {
        sig: "muladd(x, y, z)",
        doc: "The sum x*y + z.",
        more: "",
        run: Run::Call(muladd),
        examples: &[Shows("muladd(2, 3, 4)", "10")],
    },
    Builtin {
        sig: "fma(x, y, z)",
        doc: "x*y + z, of floats rounded once.",
        more: "",
        run: Run::Call(|args, host| match args.positional {
            [Value::Int(_), Value::Int(_), Value::Int(_)] => muladd(args, host),
            _ => Ok(Value::float(args.float(0)?.mul_add(args.float(1)?, args.float(2)?))),
        }),
        examples: &[Shows("fma(2.0, 3.0, 4.0)", "10.0")],
    },
    Builtin {
        sig: "ldexp(x, n)",
        doc: "The product x * 2^n.",
        more: "",
        run: Run::Call(ldexp),
        examples: &[Shows("ldexp(0.5, 3)", "4.0")],
    },
];

fn nextpow(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    power_near(args, |power, x| power < x, false)
}

fn prevpow(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    power_near(args, |power, x| power <= x, true)
}

/// Powers of the base from 1 while `goes_on`; `before` gives the last power that did.
fn power_near(args: &Arguments<'_>, goes_on: fn(f64, f64) -> bool, before: bool) -> Outcome<Value> {
    let (a, x) = (args.int(0)?, args.float(1)?);
    if a < 2 || x.is_nan() || x.is_infinite() || x <= 0.0 || (before && x < 1.0) {
        return Err(Fault::domain(format!("{}({a}, {x}) is not defined", args.name))
            .rule("the base is 2 or more, and x is above 0, for prevpow 1 or more"));
    }
    let (mut last, mut power) = (1i64, 1i64);
    while goes_on(power as f64, x) {
        last = power;
        match power.checked_mul(a) {
            Some(next) => power = next,
            None if before => break,
            None => return Err(too_large(format!("{}({a}, {x})", args.name))),
        }
    }
    Ok(Value::Int(if before { last } else { power }))
}

fn base(args: &Arguments<'_>) -> Outcome<i64> {
    let base = args.int_keyword("base")?.unwrap_or(10);
    if base.unsigned_abs() < 2 {
        return Err(Fault::domain(format!("base={base}: a base is 2 or more, or -2 or less")));
    }
    Ok(base)
}

/// Lowest first; those of a negative number are negative, but in a negative base none is.
pub fn digits_of(n: i64, base: i64) -> Vec<i64> {
    let (mut rest, base) = (i128::from(n), i128::from(base));
    let mut digits = Vec::new();
    while rest != 0 {
        let digit = if base < 0 { rest.rem_euclid(base) } else { rest % base };
        digits.push(digit as i64);
        rest = (rest - digit) / base;
    }
    digits
}

fn digits(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let mut digits = digits_of(args.int(0)?, base(args)?);
    let pad = usize::try_from(args.int_keyword("pad")?.unwrap_or(1)).unwrap_or(0);
    if digits.len() < pad {
        reserve::<i64>(pad)?;
        digits.resize(pad, 0);
    }
    Ok(Value::vector(digits))
}

fn digits_into(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    let mut digits = digits_of(args.int(1)?, base(args)?);
    digits.resize(array.len(), 0);
    super::overwrite::write_into(args, array, &Value::vector(digits))?;
    Ok(args.at(0).clone())
}

fn nextprod(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let items = crate::value::iterate::elements(args.at(0), host)?;
    let factors: Option<Vec<i64>> = items.iter().map(super::arguments::integer).collect();
    let factors = factors.filter(|f| !f.is_empty() && f.iter().all(|f| *f > 1));
    let factors = factors.ok_or_else(|| args.refuse(0, "integers above 1"))?;
    let n = args.int(1)?;
    smallest_product(&factors, 1, n).map(Value::Int).ok_or_else(|| too_large(format!("nextprod(…, {n})")))
}

/// The smallest product of powers of the factors, times `so_far`, that is `n` or more and fits.
fn smallest_product(factors: &[i64], so_far: i64, n: i64) -> Option<i64> {
    if so_far >= n {
        return Some(so_far);
    }
    let (first, rest) = factors.split_first()?;
    let without = smallest_product(rest, so_far, n);
    let with = so_far.checked_mul(*first).and_then(|product| smallest_product(factors, product, n));
    match (without, with) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn ndigits(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    Ok(Value::Int(digits_of(args.int(0)?, base(args)?).len().max(1) as i64))
}

fn bitstring(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match args.at(0) {
        Value::Int(n) => Ok(Value::str(format!("{n:064b}"))),
        Value::Float(x) => Ok(Value::str(format!("{:064b}", x.get().to_bits()))),
        Value::Bool(b) => Ok(Value::str(format!("{:08b}", u8::from(b.get())))),
        _ => Err(args.refuse(0, "a number")),
    }
}

fn fold(args: &Arguments<'_>, op: BinaryOp) -> Outcome<Value> {
    let mut result = args.at(0).clone();
    for x in &args.positional[1..] {
        result = operators::binary(op, &result, x)?;
    }
    Ok(result)
}

fn muladd(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    operators::binary(BinaryOp::Add, &operators::binary(BinaryOp::Mul, args.at(0), args.at(1))?, args.at(2))
}

fn ldexp(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (x, n) = (args.float(0)?, args.int(1)?.clamp(-2200, 2200) as i32);
    // In two steps, so that neither power of two leaves the range of floats while the result is in it.
    let half = n / 2;
    Ok(Value::float(x * 2f64.powi(half) * 2f64.powi(n - half)))
}
