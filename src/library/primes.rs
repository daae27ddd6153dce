//! Prime numbers and what they tell of a whole number.

use super::integers::too_large;
use crate::fault::{Fault, Outcome, Part};
use crate::value::function::{Arguments, Example::*, OnComplex, OnFloat, OnInt, Run, Scalar};
use crate::value::{Builtin, Host, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "isprime(n)",
        doc: "Is n a prime number?",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToBool(is_prime), OnFloat::No, OnComplex::No)),
        examples: &[Shows("isprime(7)", "true"), Shows("isprime(9)", "false")],
    },
    Builtin {
        sig: "primes(n)",
        doc: "The prime numbers up to n.",
        more: "",
        run: Run::Call(primes),
        examples: &[Shows("primes(10)", "4-element Vector{Int64}:\n 2\n 3\n 5\n 7")],
    },
    Builtin {
        sig: "nextprime(n)",
        doc: "The smallest prime number that is not smaller than n.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(next_prime), OnFloat::No, OnComplex::No)),
        examples: &[Shows("nextprime(14)", "17"), Fails("nextprime(typemax(Int))", "64 bits")],
    },
    Builtin {
        sig: "prevprime(n)",
        doc: "The largest prime number that is not larger than n.",
        more: "",
        run: Run::Scalar(&Scalar::new(OnInt::ToInt(previous_prime), OnFloat::No, OnComplex::No)),
        examples: &[Shows("prevprime(14)", "13"), Fails("prevprime(1)", "from 2 on")],
    },
    Builtin {
        sig: "factor(n)",
        doc: "The prime numbers whose product is n, in order, each as often as it divides n.",
        more: "",
        run: Run::Call(factor),
        examples: &[Shows("factor(12)", "3-element Vector{Int64}:\n 2\n 2\n 3"), Fails("factor(0)", "from 1 on")],
    },
    Builtin {
        sig: "divisors(n)",
        doc: "All numbers from 1 to n that divide n.",
        more: "",
        run: Run::Call(divisors),
        examples: &[Shows("divisors(6)", "4-element Vector{Int64}:\n 1\n 2\n 3\n 6")],
    },
    Builtin {
        sig: "totient(n)",
        doc: "Euler's function: how many of the numbers from 1 to n have no divisor in common with n.",
        more: "",
        run: Run::Call(totient),
        examples: &[Shows("totient(12)", "4")],
    },
];

fn mul_mod(a: u64, b: u64, m: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(m)) as u64
}

fn pow_mod(mut base: u64, mut exponent: u64, m: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = mul_mod(result, base, m);
        }
        base = mul_mod(base, base, m);
        exponent >>= 1;
    }
    result
}

/// The test of Miller and Rabin; these twelve bases decide every 64-bit number.
fn is_prime(n: i64) -> bool {
    const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    let Ok(n) = u64::try_from(n) else { return false };
    if n < 2 {
        return false;
    }
    if let Some(p) = BASES.iter().find(|p| n.is_multiple_of(**p)) {
        return n == *p;
    }
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    BASES.iter().all(|base| {
        let mut x = pow_mod(*base, odd, n);
        if x == 1 || x == n - 1 {
            return true;
        }
        (1..twos).any(|_| {
            x = mul_mod(x, x, n);
            x == n - 1
        })
    })
}

fn primes(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let Ok(n) = usize::try_from(args.int(0)?) else { return Ok(Value::vector(Vec::<i64>::new())) };
    let length = n.checked_add(1).ok_or_else(|| too_large("the sieve"))?;
    let mut composite = crate::value::array::reserve::<bool>(length)?;
    composite.resize(length, false);
    let mut found = Vec::new();
    for p in 2..length {
        if p % 65536 == 0 {
            crate::interrupt::check()?;
        }
        if composite[p] {
            continue;
        }
        found.push(p as i64);
        for multiple in (p.saturating_mul(p)..length).step_by(p) {
            composite[multiple] = true;
        }
    }
    Ok(Value::vector(found))
}

fn next_prime(n: i64) -> Outcome<i64> {
    (n.max(2)..=i64::MAX).find(|n| is_prime(*n)).ok_or_else(|| too_large("the next prime number"))
}

fn previous_prime(n: i64) -> Outcome<i64> {
    let found = (2..=n).rev().find(|n| is_prime(*n));
    found.ok_or_else(|| {
        Fault::argument(format!("there is no prime number up to {n}")).rule("prime numbers are from 2 on")
    })
}

fn positive(args: &Arguments<'_>) -> Outcome<u64> {
    let n = args.int(0)?;
    if n >= 1 {
        return Ok(n as u64);
    }
    Err(Fault::domain(format!("{}({n})", args.name))
        .rule(format!("{} is defined for whole numbers from 1 on", args.name))
        .label(Part::Argument(0), n.to_string()))
}

/// The prime factors in order.
fn prime_factors(n: u64) -> Outcome<Vec<u64>> {
    let mut factors = Vec::new();
    let mut rest = n;
    for p in 2..100 {
        while rest.is_multiple_of(p) {
            factors.push(p);
            rest /= p;
        }
    }
    let mut open = vec![rest];
    while let Some(m) = open.pop() {
        if m == 1 {
            continue;
        }
        if is_prime(m as i64) {
            factors.push(m);
            continue;
        }
        let d = divisor(m)?;
        open.extend([d, m / d]);
    }
    factors.sort_unstable();
    Ok(factors)
}

/// A proper divisor of an odd number that is not prime, by Pollard's rho method: x -> x^2 + c runs into a circle modulo
/// each divisor, and a circle of its own tells the divisor.
fn divisor(n: u64) -> Outcome<u64> {
    for c in 1..n {
        let step = |x: u64| ((u128::from(x) * u128::from(x) + u128::from(c)) % u128::from(n)) as u64;
        let (mut slow, mut fast) = (2, 2);
        let mut steps = 0u32;
        loop {
            slow = step(slow);
            fast = step(step(fast));
            steps = steps.wrapping_add(1);
            if steps.is_multiple_of(65536) {
                crate::interrupt::check()?;
            }
            let d = gcd(slow.abs_diff(fast), n);
            if d == n {
                break;
            }
            if d > 1 {
                return Ok(d);
            }
        }
    }
    Ok(n)
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn factor(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let factors = prime_factors(positive(args)?)?;
    Ok(Value::vector(factors.into_iter().map(|p| p as i64).collect::<Vec<i64>>()))
}

fn divisors(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let mut found = vec![1];
    for power in prime_factors(positive(args)?)?.chunk_by(|a, b| a == b) {
        let before = found.len();
        let mut factor = 1;
        for p in power {
            factor *= *p as i64;
            found.extend_from_within(..before);
            let new = found.len() - before;
            for divisor in &mut found[new..] {
                *divisor *= factor;
            }
        }
    }
    found.sort_unstable();
    Ok(Value::vector(found))
}

fn totient(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = positive(args)?;
    let mut factors = prime_factors(n)?;
    factors.dedup();
    Ok(Value::Int(factors.into_iter().fold(n, |n, p| n / p * (p - 1)) as i64))
}
