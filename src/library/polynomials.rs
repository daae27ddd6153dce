//! Polynomials as vectors of their coefficients, the highest power first, as in MATLAB: values, roots, products, fits.

use super::arguments::is_number;
use super::arrays::{Shape, filled};
use super::numbers::{Numbers, Pair, is_list};
use super::special_matrices::companion;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::broadcast::{Dotted, broadcast};
use crate::kernel::{linalg, operators};
use crate::op::BinaryOp;
use crate::value::array::{element_count, reserve};
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Complex64, Host, Type, Value, iterate, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "polyval(p, x)",
        doc: "The value at x of the polynomial with coefficients p, the highest power first.",
        more: "x may be an array: then the value at every element. evalpoly(x, p) is Julia's, with the lowest power first.",
        run: Run::Call(polyval),
        examples: &[
            Shows("polyval([1, 2, 3], 2)", "11"),
            Shows("polyval([1, 0, -1], [0, 1, 2])", "3-element Vector{Int64}:\n -1\n  0\n  3"),
        ],
    },
    Builtin {
        sig: "evalpoly(x, p)",
        doc: "The value at x of the polynomial with coefficients p, the lowest power first.",
        more: "Julia's name and order.",
        run: Run::Call(|args, host| horner(args.at(0), iterate::elements(args.at(1), host)?.into_iter().rev())),
        examples: &[Shows("evalpoly(2, (1, 2, 3))", "17")],
    },
    Builtin {
        sig: "polyfit(x, y, n)",
        doc: "The coefficients of the polynomial of degree n that comes nearest to the points (x, y), the highest power first.",
        more: "Nearest by least squares. polyval(p, x) gives the values of what is found.",
        run: Run::Call(polyfit),
        examples: &[
            Shows("round.(polyfit([0, 1, 2], [1, 3, 5], 1), digits=10)", "2-element Vector{Float64}:\n 2.0\n 1.0"),
            Fails("polyfit([0, 1], [1, 3], 2)", "3 different x"),
        ],
    },
    Builtin {
        sig: "roots(p)",
        doc: "Where the polynomial with coefficients p, the highest power first, is zero.",
        more: "They are the eigenvalues of companion(p), sorted by real, then by imaginary part; poly(r) leads back.",
        run: Run::Call(roots),
        examples: &[
            Shows("round.(roots([1, -3, 2]), digits=10)", "2-element Vector{Float64}:\n 1.0\n 2.0"),
            Shows("roots([1, 0, 1])", "2-element Vector{ComplexF64}:\n 0.0 - 1.0im\n 0.0 + 1.0im"),
        ],
    },
    Builtin {
        sig: "poly(r)",
        doc: "The coefficients of the polynomial with the roots r; of a square matrix, its characteristic polynomial.",
        more: "The highest power comes first, with coefficient 1.",
        run: Run::Call(poly),
        examples: &[
            Shows("poly([1, 2])", "3-element Vector{Int64}:\n  1\n -3\n  2"),
            Shows("round.(poly([2 1; 1 2]), digits=10)", "3-element Vector{Float64}:\n  1.0\n -4.0\n  3.0"),
        ],
    },
    Builtin {
        sig: "deconv(u, v)",
        doc: "The quotient and the remainder of the polynomials u and v, as a named tuple (q, r).",
        more: "conv(v, q) + r is u. Coefficients stand with the highest power first.",
        run: Run::Call(deconv),
        examples: &[
            Shows("q, r = deconv([1, 0, -1], [1, 1]); q", "2-element Vector{Float64}:\n  1.0\n -1.0"),
            Fails("deconv([1, 2], [0, 1])", "first coefficient"),
        ],
    },
    Builtin {
        sig: "polyder(p)",
        doc: "The derivative of a polynomial.",
        more: "",
        run: Run::Call(polyder),
        examples: &[Shows("polyder([1, 2, 3])", "2-element Vector{Int64}:\n 2\n 2")],
    },
    Builtin {
        sig: "polyint(p, k = 0)",
        doc: "The integral of a polynomial, with the constant k.",
        more: "",
        run: Run::Call(polyint),
        examples: &[Shows("polyint([2, 2], 3)", "3-element Vector{Float64}:\n 1.0\n 2.0\n 3.0")],
    },
];

/// The value at a number, coefficients coming with the highest power first, by Horner's rule.
fn horner(x: &Value, coefficients: impl Iterator<Item = Value>) -> Outcome<Value> {
    let mut result: Option<Value> = None;
    for c in coefficients {
        result = Some(match result {
            None => c,
            Some(sum) => operators::binary(BinaryOp::Add, &operators::binary(BinaryOp::Mul, &sum, x)?, &c)?,
        });
    }
    result.ok_or_else(|| Fault::argument("a polynomial needs at least one coefficient"))
}

fn polyval(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let coefficients = iterate::elements(args.at(0), host)?;
    if is_number(args.at(1)) {
        return horner(args.at(1), coefficients.into_iter());
    }
    let points = promote::as_array(args.at(1))?.ok_or_else(|| args.refuse(1, "a number or an array"))?;
    let Some((first, rest)) = coefficients.split_first() else { return horner(args.at(1), coefficients.into_iter()) };
    let mut values = filled(Shape::of(&points), first)?;
    let product = Dotted::Binary(BinaryOp::Mul, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
    let step = Dotted::Binary(BinaryOp::Add, Box::new(product), Box::new(Dotted::Leaf(2)));
    for c in rest {
        values = broadcast(&step, &[values, args.at(1).clone(), c.clone()], host)?;
    }
    Ok(values)
}

fn polyfit(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (x, y) = (args.reals(0)?, args.numbers(1)?);
    args.same_length([0, 1], [x.len(), y.len()], ["x", "y"])?;
    let degree = args.size(2)?;
    let mut different = x.clone();
    different.sort_by(f64::total_cmp);
    different.dedup();
    if different.len() <= degree {
        return Err(Fault::argument(format!("polyfit has {} different x for degree {degree}", different.len()))
            .rule(format!("a polynomial of degree {degree} takes points at {} different x", degree.saturating_add(1)))
            .label(Part::Argument(0), describe(args.at(0)))
            .label(Part::Argument(2), "degree"));
    }
    if let Some(k) = x.iter().position(|x| !x.is_finite()) {
        return Err(Fault::argument(format!("polyfit takes finite x, and x[{}] is {}", k + 1, x[k]))
            .label(Part::Argument(0), "has NaN or Inf"));
    }
    // Columns of powers differ in size by many orders; each is divided by a power of two near its length, which changes
    // no digit.
    let mut powers = reserve::<f64>(element_count(x.len(), degree + 1)?)?;
    let mut scales = Vec::new();
    for power in (0..=degree).rev() {
        interrupt::check()?;
        let column = x.iter().map(|x| x.powi(i32::try_from(power).unwrap_or(i32::MAX)));
        let start = powers.len();
        powers.extend(column);
        let largest = powers[start..].iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        let scale = if largest > 0.0 && largest.is_finite() { largest.log2().round().exp2() } else { 1.0 };
        powers[start..].iter_mut().for_each(|x| *x /= scale);
        scales.push(scale);
    }
    let count = x.len();
    let matrix = Value::matrix(count, degree + 1, powers);
    let found = linalg::solve(&matrix, &y.into_value(Shape::vector(count)))?;
    let tree = Dotted::Binary(BinaryOp::Div, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
    broadcast(&tree, &[found, Value::vector(scales)], host)
}

fn roots(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let p = args.coefficients(0)?.into_complexes();
    if p.iter().any(|c| !c.is_finite()) {
        return Err(Fault::argument("roots takes finite coefficients").label(Part::Argument(0), "has NaN or Inf"));
    }
    let zero = |c: &Complex64| c.norm_sqr() == 0.0;
    let Some(first) = p.iter().position(|c| !zero(c)) else { return Ok(Value::vector(Vec::<f64>::new())) };
    // Zeros at the end are roots 0, exactly.
    let at_zero = p.iter().rev().take_while(|c| zero(c)).count();
    let inner = &p[first..p.len() - at_zero];
    let mut found = if inner.len() > 1 { roots_of(inner, args.name, host)? } else { Vec::new() };
    found.resize(found.len() + at_zero, Complex64::new(0.0, 0.0));
    found.sort_by(|a, b| a.re.total_cmp(&b.re).then(a.im.total_cmp(&b.im)));
    if found.iter().all(|z| z.im == 0.0) {
        return Ok(Value::vector(found.into_iter().map(|z| z.re).collect::<Vec<f64>>()));
    }
    Ok(Value::vector(found))
}

/// The eigenvalues of the companion matrix of a polynomial whose first and last coefficients are not zero.
fn roots_of(p: &[Complex64], name: &str, host: &dyn Host) -> Outcome<Vec<Complex64>> {
    let coefficients = match p.iter().all(|c| c.im == 0.0) {
        true => Value::vector(p.iter().map(|c| c.re).collect::<Vec<f64>>()),
        false => Value::vector(p.to_vec()),
    };
    let matrix = companion(&Arguments { name, positional: &[coefficients], keyword: &[] }, host)?;
    match promote::as_array(&linalg::eigvals(&matrix)?)? {
        Some(array) => Ok(promote::to_complexes(&array.elements())?.into_owned()),
        None => Ok(Vec::new()),
    }
}

fn poly(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    if is_list(&array) || array.is_empty() {
        let roots = Numbers::of(&array)?.ok_or_else(|| args.refuse_elements(0, "numbers"))?;
        return Ok(match roots {
            Numbers::Int(r) => Value::vector(with_roots(&r, 1, 0, |p, r, before| {
                let product = r.checked_mul(before).and_then(|product| p.checked_sub(product));
                product.ok_or_else(|| Fault::overflow("a coefficient is too large for an Int64").hint("poly(float(r))"))
            })?),
            Numbers::Float(r) => Value::vector(with_roots(&r, 1.0, 0.0, |p, r, before| Ok(p - r * before))?),
            Numbers::Complex(r) => Value::vector(expanded(&r)?),
        });
    }
    characteristic(args)
}

/// The characteristic polynomial of a matrix, from its eigenvalues.
pub(super) fn characteristic(args: &Arguments<'_>) -> Outcome<Value> {
    let is_real = !matches!(args.read_array(0)?.eltype(), Type::ComplexF64);
    let eigenvalues = linalg::eigvals(args.at(0))?;
    let Some(values) = promote::as_array(&eigenvalues)? else {
        return Err(args.refuse(0, "a vector or a square matrix"));
    };
    let p = expanded(&promote::to_complexes(&values.elements())?)?;
    // Eigenvalues of a real matrix come in conjugate pairs; what is left of imaginary parts is rounding.
    Ok(if is_real { Value::vector(p.into_iter().map(|z| z.re).collect::<Vec<f64>>()) } else { Value::vector(p) })
}

fn expanded(roots: &[Complex64]) -> Outcome<Vec<Complex64>> {
    with_roots(roots, Complex64::new(1.0, 0.0), Complex64::new(0.0, 0.0), |p, r, before| Ok(p - r * before))
}

/// The product of all `x - r`; `step(p, r, before)` is `p - r * before`.
fn with_roots<T: Copy>(roots: &[T], one: T, zero: T, step: impl Fn(T, T, T) -> Outcome<T>) -> Outcome<Vec<T>> {
    let mut p = reserve::<T>(roots.len() + 1)?;
    p.push(one);
    for r in roots {
        interrupt::check()?;
        p.push(zero);
        for k in (1..p.len()).rev() {
            p[k] = step(p[k], *r, p[k - 1])?;
        }
    }
    Ok(p)
}

fn deconv(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (u, v) = (args.coefficients(0)?, args.coefficients(1)?);
    let (q, r) = match Pair::of(u, v) {
        Pair::Int(u, v) => {
            let floats = |v: Vec<i64>| v.into_iter().map(|x| x as f64).collect::<Vec<f64>>();
            divided_reals(floats(u), &floats(v))?
        }
        Pair::Float(u, v) => divided_reals(u, &v)?,
        Pair::Complex(u, v) => {
            let (q, r) = divided(u, &v, Complex64::new(0.0, 0.0))?;
            (Value::vector(q), Value::vector(r))
        }
    };
    Ok(Value::named_tuple(vec![("q", q), ("r", r)]))
}

fn divided_reals(u: Vec<f64>, v: &[f64]) -> Outcome<(Value, Value)> {
    let (q, r) = divided(u, v, 0.0)?;
    Ok((Value::vector(q), Value::vector(r)))
}

/// Division on paper: quotient, and the remainder with as many coefficients as `u`.
fn divided<T>(mut u: Vec<T>, v: &[T], zero: T) -> Outcome<(Vec<T>, Vec<T>)>
where
    T: Copy + PartialEq + std::ops::Div<Output = T> + std::ops::Mul<Output = T> + std::ops::SubAssign,
{
    if v[0] == zero {
        return Err(Fault::domain("deconv divides by the first coefficient of v, and it is zero")
            .rule("the first coefficient of the divisor v must not be zero")
            .label(Part::Argument(1), "begins with 0")
            .hint("leave out the zeros at the front"));
    }
    if u.len() < v.len() {
        return Ok((vec![zero], u));
    }
    let mut q = reserve::<T>(u.len() - v.len() + 1)?;
    for k in 0..=u.len() - v.len() {
        interrupt::check()?;
        let factor = u[k] / v[0];
        q.push(factor);
        u[k] = zero;
        for (below, c) in u[k + 1..].iter_mut().zip(&v[1..]) {
            *below -= factor * *c;
        }
    }
    Ok((q, u))
}

fn polyder(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let p = args.coefficients(0)?;
    if p.len() == 1 {
        return Ok(Value::vector(vec![0i64]));
    }
    let powers = (1..p.len()).rev();
    Ok(match p {
        Numbers::Int(p) => {
            let product = |(c, n): (i64, usize)| c.checked_mul(n as i64);
            let products = p.into_iter().zip(powers).map(product).collect::<Option<Vec<i64>>>();
            Value::vector(products.ok_or_else(|| Fault::overflow("a coefficient is too large for an Int64"))?)
        }
        Numbers::Float(p) => Value::vector(p.into_iter().zip(powers).map(|(c, n)| c * n as f64).collect::<Vec<f64>>()),
        Numbers::Complex(p) => Value::vector(p.into_iter().zip(powers).map(|(c, n)| c * n as f64).collect::<Vec<_>>()),
    })
}

fn polyint(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let p = args.coefficients(0)?;
    let constant = match args.get(1) {
        None => Complex64::new(0.0, 0.0),
        Some(k) => super::arguments::complex(k).ok_or_else(|| args.refuse(1, "a number"))?,
    };
    let is_real = !matches!(p, Numbers::Complex(_)) && constant.im == 0.0;
    let powers = (1..=p.len()).rev();
    let mut integral: Vec<Complex64> = p.into_complexes().into_iter().zip(powers).map(|(c, n)| c / n as f64).collect();
    integral.push(constant);
    Ok(if is_real {
        Value::vector(integral.into_iter().map(|z| z.re).collect::<Vec<f64>>())
    } else {
        Value::vector(integral)
    })
}
