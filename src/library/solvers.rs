//! Zeros and minima of functions, under MATLAB's names.

use super::arguments::real;
use super::callbacks::Callback;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::value::display::repr;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "fzero(f, x0)",
        doc: "A zero of a continuous function: near the number x0, or in the interval x0 = (a, b).",
        more: "MATLAB's name. At the ends of an interval the function must have different signs; from a number, an interval is \
               searched for. The zero is found as exactly as floats allow, by Brent's method.",
        run: Run::Call(fzero),
        examples: &[
            Shows("fzero(x -> x^2 - 2, (0, 2)) ≈ sqrt(2)", "true"),
            Shows("fzero(cos, 1) ≈ π / 2", "true"),
            Fails("fzero(x -> x^2 + 1, (0, 2))", "same sign"),
        ],
    },
    Builtin {
        sig: "fminbnd(f, a, b; tol = 1e-8)",
        doc: "Where a function of one number is smallest between a and b.",
        more: "MATLAB's name; of several minima, one is found. Brent's method: golden sections and parabolas.",
        run: Run::Call(fminbnd),
        examples: &[Shows("round(fminbnd(x -> (x - 1)^2, -3, 3), digits=6)", "1.0")],
    },
    Builtin {
        sig: "fminsearch(f, x0; tol = 1e-8, maxiter)",
        doc: "Where a function of a vector has a minimum, searched from x0 without derivatives.",
        more: "MATLAB's name; the method of Nelder and Mead. f takes a vector as long as x0, or a number if x0 is one.",
        run: Run::Call(fminsearch),
        examples: &[
            Shows(
                "round.(fminsearch(v -> (v[1] - 1)^2 + (v[2] + 2)^2, [0, 0]), digits=6)",
                "2-element Vector{Float64}:\n  1.0\n -2.0",
            ),
            Fails("fminsearch(v -> v, [0, 0])", "gives a real number"),
        ],
    },
];

fn finite(args: &Arguments<'_>, k: usize, x: f64) -> Outcome<f64> {
    if x.is_finite() {
        return Ok(x);
    }
    Err(Fault::argument(format!("{} begins at {}", args.name, repr(&Value::float(x))))
        .rule(format!("argument {} of {} is finite", k + 1, args.name))
        .label(Part::Argument(k), x.to_string()))
}

/// An end of an interval with the function's value.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

impl Point {
    fn of(f: &Callback<'_>, x: f64) -> Outcome<Point> {
        Ok(Point { x, y: f.at(x)? })
    }

    /// Is there a zero here, or between here and the other, if the function is continuous?
    fn encloses_zero_with(self, other: Point) -> bool {
        self.y == 0.0 || other.y == 0.0 || (self.y < 0.0 && other.y > 0.0) || (self.y > 0.0 && other.y < 0.0)
    }
}

fn fzero(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = Callback::of(args, host, "x -> x^2 - 2")?;
    let (a, b) = match (real(args.at(1)), args.pair(1)?) {
        (Some(start), _) => bracket(&f, finite(args, 1, start)?)?,
        (None, Some([a, b])) => (Point::of(&f, finite(args, 1, a)?)?, Point::of(&f, finite(args, 1, b)?)?),
        (None, None) => return Err(args.refuse(1, "a number to begin at or an interval (a, b)")),
    };
    if !a.encloses_zero_with(b) {
        if let Some(end) = [a, b].iter().find(|end| end.y.is_nan()) {
            return Err(f.not_finite(end.x, end.y.into()));
        }
        let [x1, y1, x2, y2] = [a.x, a.y, b.x, b.y].map(|x| repr(&Value::float(x)));
        return Err(Fault::argument(format!("fzero: f({x1}) = {y1} and f({x2}) = {y2} have the same sign"))
            .rule("at the ends of the interval the function must have different signs")
            .label(Part::Argument(1), "no change of sign")
            .hint("f.(a:0.1:b) shows where the sign changes"));
    }
    brent_zero(&f, a, b).map(Value::float)
}

/// An interval around `start` in which the sign changes: it is widened by the factor √2 as in MATLAB's fzero.
fn bracket(f: &Callback<'_>, start: f64) -> Outcome<(Point, Point)> {
    let mut low = Point::of(f, start)?;
    let mut high = low;
    let mut distance = if start == 0.0 { 1.0 / 50.0 } else { start.abs() / 50.0 };
    while !low.encloses_zero_with(high) {
        distance *= std::f64::consts::SQRT_2;
        let next = Point::of(f, start - distance)?;
        if next.encloses_zero_with(high) {
            return Ok((next, high));
        }
        low = next;
        let next = Point::of(f, start + distance)?;
        let is_lost = low.y.is_nan() || next.y.is_nan() || !(start + distance).is_finite() || distance > 1e100;
        if is_lost {
            return Err(Fault::argument(format!(
                "fzero finds no change of sign around {}",
                repr(&Value::float(start))
            ))
            .rule("the search from a number widens an interval until the function changes its sign")
            .label(Part::Argument(1), "searched from here")
            .hint("give the ends of an interval: fzero(f, (a, b))"));
        }
        high = next;
    }
    Ok((low, high))
}

/// R. P. Brent, Algorithms for Minimization Without Derivatives (1973), chapter 4, procedure zero, with tolerance 0: the
/// end is a zero to the last bit or two.
fn brent_zero(f: &Callback<'_>, mut a: Point, mut b: Point) -> Outcome<f64> {
    let mut c = a;
    let mut step = b.x - a.x;
    let mut step_before = step;
    loop {
        if c.y.abs() < b.y.abs() {
            (a, b, c) = (b, c, b);
        }
        let tolerance = 2.0 * f64::EPSILON * b.x.abs();
        let half = (c.x - b.x) / 2.0;
        if half.abs() <= tolerance || b.y == 0.0 {
            return Ok(b.x);
        }
        if step_before.abs() < tolerance || a.y.abs() <= b.y.abs() {
            (step, step_before) = (half, half);
        } else {
            let s = b.y / a.y;
            let (mut p, mut q) = if a.x == c.x {
                (2.0 * half * s, 1.0 - s)
            } else {
                let (q, r) = (a.y / c.y, b.y / c.y);
                (s * (2.0 * half * q * (q - r) - (b.x - a.x) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
            };
            if p > 0.0 {
                q = -q
            } else {
                p = -p
            }
            let previous = step_before;
            step_before = step;
            if 2.0 * p < 3.0 * half * q - (tolerance * q).abs() && p < (previous * q / 2.0).abs() {
                step = p / q;
            } else {
                (step, step_before) = (half, half);
            }
        }
        a = b;
        let least = tolerance.max(f64::MIN_POSITIVE).copysign(half);
        b = Point::of(f, b.x + if step.abs() > tolerance { step } else { least })?;
        if b.y.is_nan() {
            return Err(f.not_finite(b.x, b.y.into()));
        }
        if (b.y > 0.0) == (c.y > 0.0) {
            c = a;
            step = b.x - a.x;
            step_before = step;
        }
    }
}

/// Brent's procedure localmin, chapter 5 of the same book.
fn fminbnd(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = Callback::of(args, host, "x -> x^2 - 2")?;
    let (mut a, mut b) = (finite(args, 1, args.float(1)?)?, finite(args, 2, args.float(2)?)?);
    if a > b {
        return Err(Fault::argument(format!("fminbnd: the interval from {a} to {b} is empty"))
            .rule("a is not larger than b")
            .label(Part::Argument(1), "a")
            .label(Part::Argument(2), "b")
            .hint(format!("fminbnd(f, {b}, {a})")));
    }
    let tol = args.tolerance("tol")?.unwrap_or(1e-8).max(f64::MIN_POSITIVE);
    // The square of the golden section.
    let golden = (3.0 - 5.0f64.sqrt()) / 2.0;
    let first = Point::of(&f, a + golden * (b - a))?;
    let (mut best, mut second, mut third) = (first, first, first);
    let (mut step, mut step_before) = (0.0f64, 0.0f64);
    loop {
        let middle = a / 2.0 + b / 2.0;
        let least = f64::EPSILON.sqrt() * best.x.abs() + tol / 3.0;
        if (best.x - middle).abs() <= 2.0 * least - (b - a) / 2.0 {
            return Ok(Value::float(best.x));
        }
        let (mut p, mut q, mut r) = (0.0, 0.0, 0.0);
        if step_before.abs() > least {
            r = (best.x - second.x) * (best.y - third.y);
            q = (best.x - third.x) * (best.y - second.y);
            p = (best.x - third.x) * q - (best.x - second.x) * r;
            q = 2.0 * (q - r);
            if q > 0.0 {
                p = -p
            } else {
                q = -q
            }
            r = step_before;
            step_before = step;
        }
        if p.abs() < (q * r / 2.0).abs() && p > q * (a - best.x) && p < q * (b - best.x) {
            step = p / q;
            let next = best.x + step;
            if next - a < 2.0 * least || b - next < 2.0 * least {
                step = least.copysign(middle - best.x);
            }
        } else {
            step_before = if best.x < middle { b - best.x } else { a - best.x };
            step = golden * step_before;
        }
        let next = Point::of(&f, best.x + if step.abs() >= least { step } else { least.copysign(step) })?;
        if next.y <= best.y {
            if next.x < best.x {
                b = best.x
            } else {
                a = best.x
            }
            (third, second, best) = (second, best, next);
        } else {
            if next.x < best.x {
                a = next.x
            } else {
                b = next.x
            }
            if next.y <= second.y || second.x == best.x {
                (third, second) = (second, next);
            } else if next.y <= third.y || third.x == best.x || third.x == second.x {
                third = next;
            }
        }
    }
}

/// A corner of the simplex with the function's value.
#[derive(Clone)]
struct Corner {
    x: Vec<f64>,
    y: f64,
}

/// J. A. Nelder and R. Mead (1965) with the coefficients of J. C. Lagarias et al., SIAM J. Optim. 9 (1998).
fn fminsearch(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = Callback::of(args, host, "v -> sum(v .^ 2)")?;
    let single = real(args.at(1));
    let start = match single {
        Some(x) => vec![x],
        None => args.reals(1)?,
    };
    let n = start.len();
    if n == 0 {
        return Err(Fault::argument("fminsearch begins at an empty vector").label(Part::Argument(1), "empty"));
    }
    for x in &start {
        finite(args, 1, *x)?;
    }
    let tol = args.tolerance("tol")?.unwrap_or(1e-8);
    let most = args.int_keyword("maxiter")?.unwrap_or_else(|| 2000i64.saturating_mul(n as i64));
    let given = |x: &[f64]| if single.is_some() { Value::float(x[0]) } else { Value::vector(x.to_vec()) };
    let corner = |x: Vec<f64>| -> Outcome<Corner> {
        let y = f.real(&[given(&x)])?;
        // A NaN is worse than every number.
        Ok(Corner { x, y: if y.is_nan() { f64::INFINITY } else { y } })
    };
    crate::value::array::check_room(n.saturating_mul(n + 1).saturating_mul(size_of::<f64>()))?;
    let mut simplex = vec![corner(start.clone())?];
    for k in 0..n {
        let mut x = start.clone();
        x[k] = if x[k] == 0.0 { 0.00025 } else { 1.05 * x[k] };
        simplex.push(corner(x)?);
    }
    for _ in 0..most {
        simplex.sort_by(|a, b| a.y.total_cmp(&b.y));
        let (best, worst) = (&simplex[0], &simplex[n]);
        if best.y == f64::NEG_INFINITY {
            return Err(Fault::domain("fminsearch: the function falls below every number")
                .rule("a minimum is searched for, and there is none where a function falls without end")
                .label(Part::Argument(0), "has no minimum"));
        }
        let size = |x: &[f64]| x.iter().fold(1.0, |most: f64, x| most.max(x.abs()));
        let spread =
            simplex[1..].iter().flat_map(|c| c.x.iter().zip(&best.x)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        if spread <= tol * size(&best.x) && worst.y - best.y <= tol * best.y.abs().max(1.0) {
            return Ok(given(&best.x));
        }
        let center: Vec<f64> = (0..n).map(|k| simplex[..n].iter().map(|c| c.x[k]).sum::<f64>() / n as f64).collect();
        let away = |factor: f64| corner(center.iter().zip(&worst.x).map(|(c, w)| c + factor * (c - w)).collect());
        let reflected = away(1.0)?;
        let accepted = if reflected.y < best.y {
            let expanded = away(2.0)?;
            Some(if expanded.y < reflected.y { expanded } else { reflected })
        } else if reflected.y < simplex[n - 1].y {
            Some(reflected)
        } else {
            let outside = reflected.y < worst.y;
            let contracted = away(if outside { 0.5 } else { -0.5 })?;
            (contracted.y < reflected.y.min(worst.y)).then_some(contracted)
        };
        match accepted {
            Some(corner) => simplex[n] = corner,
            None => {
                let best = simplex[0].x.clone();
                for c in &mut simplex[1..] {
                    *c = corner(best.iter().zip(&c.x).map(|(b, x)| b + (x - b) / 2.0).collect())?;
                }
            }
        }
    }
    Err(Fault::new(ErrorKind::ErrorException, format!("fminsearch has not settled after {most} steps"))
        .rule("it ends when the points that it compares are within tol of each other")
        .hint("begin nearer to the minimum, or give a larger maxiter"))
}
