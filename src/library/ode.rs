//! Initial value problems of ordinary differential equations.

use super::arguments::real;
use super::arrays::Shape;
use super::callbacks::Callback;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::value::array::{make_room, push, reserve};
use crate::value::display::{describe, repr};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value};

pub static BUILTINS: &[Builtin] = &[Builtin {
    sig: "ode45(f, t, y0; rtol = 1e-6, atol = 1e-9)",
    doc: "Solves y' = f(t, y) from y = y0 at the first t on; gives the times and the values of y as a tuple.",
    more: "MATLAB's name; the method of Dormand and Prince, orders 5 and 4. t = (begin, end) gives the values at the steps that \
           the method takes, t with more numbers the values at these. A number y0 gives a vector of values; a vector y0 a \
           matrix with a row for each time, and f gives a vector as long as y0.",
    run: Run::Call(ode45),
    examples: &[
        Shows("t, y = ode45((t, y) -> -y, (0, 1), 1); round(y[end], digits=5)", "0.36788"),
        Shows(
            "t, Y = ode45((t, y) -> [y[2], -y[1]], [0, π/2, π], [1, 0]); round.(Y, digits=4) .+ 0",
            "3×2 Matrix{Float64}:\n  1.0   0.0\n  0.0  -1.0\n -1.0   0.0",
        ),
        Fails("ode45((t, y) -> y, (0, 1), [1, 2, NaN])", "NaN"),
    ],
}];

/// The method of J. R. Dormand and P. J. Prince, J. Comp. Appl. Math. 6 (1980): where each stage after the first is, and
/// how it weighs the slopes before it. The last stage is the first of the next step.
const STAGES: [(f64, &[f64]); 6] = [
    (1.0 / 5.0, &[1.0 / 5.0]),
    (3.0 / 10.0, &[3.0 / 40.0, 9.0 / 40.0]),
    (4.0 / 5.0, &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0]),
    (8.0 / 9.0, &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0]),
    (1.0, &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0]),
    (1.0, &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0]),
];
/// What the solution of order 5 weighs otherwise than that of order 4.
const ERROR: [f64; 7] =
    [71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339_200.0, 22.0 / 525.0, -1.0 / 40.0];
/// The term of order 4 of the solution between two steps: E. Hairer, S. P. Nørsett and G. Wanner, Solving Ordinary
/// Differential Equations I, section II.6, routine CONTD5.
const BETWEEN: [f64; 7] = [
    -12_715_105_075.0 / 11_282_082_432.0,
    0.0,
    87_487_479_700.0 / 32_700_410_799.0,
    -10_690_763_975.0 / 1_880_347_072.0,
    701_980_252_875.0 / 199_316_789_632.0,
    -1_453_857_185.0 / 822_651_844.0,
    69_997_945.0 / 29_380_423.0,
];

/// The right side of the equation.
struct Slope<'a> {
    f: Callback<'a>,
    /// Is y a number, and not a vector?
    is_single: bool,
}

impl Slope<'_> {
    fn at(&self, t: f64, y: &[f64]) -> Outcome<Vec<f64>> {
        let t = Value::float(t);
        match y {
            [y] if self.is_single => Ok(vec![self.f.real(&[t, Value::float(*y)])?]),
            _ => self.f.reals(&[t, Value::vector(y.to_vec())], y.len()),
        }
    }
}

/// How exact each step is.
struct Tolerance {
    relative: f64,
    absolute: f64,
}

impl Tolerance {
    fn of(args: &Arguments<'_>) -> Outcome<Tolerance> {
        let relative = args.tolerance("rtol")?.unwrap_or(1e-6);
        Ok(Tolerance { relative, absolute: args.tolerance("atol")?.unwrap_or(1e-9) })
    }

    /// The largest component, each measured by what is tolerated where y has the values of `a` and `b`; NaN if one is.
    fn measure(&self, components: impl Iterator<Item = f64>, a: &[f64], b: &[f64]) -> f64 {
        let sizes = a.iter().zip(b).map(|(a, b)| self.absolute + self.relative * a.abs().max(b.abs()));
        components.zip(sizes).map(|(x, size)| (x / size).abs()).fold(
            0.0,
            |most: f64, x| {
                if x.is_nan() || x > most { x } else { most }
            },
        )
    }
}

/// A step that was taken, to look into.
struct Step<'a> {
    t: f64,
    width: f64,
    before: &'a [f64],
    after: &'a [f64],
    slopes: &'a [Vec<f64>],
}

impl Step<'_> {
    /// The values at a time within the step.
    fn between(&self, t: f64) -> Vec<f64> {
        let part = (t - self.t) / self.width;
        let rest = 1.0 - part;
        let component = |k: usize| {
            let rise = self.after[k] - self.before[k];
            let bend = self.width * self.slopes[0][k] - rise;
            let turn = rise - self.width * self.slopes[6][k] - bend;
            let fourth = self.width * BETWEEN.iter().zip(self.slopes).map(|(d, slope)| d * slope[k]).sum::<f64>();
            self.before[k] + part * (rise + rest * (bend + part * (turn + rest * fourth)))
        };
        (0..self.before.len()).map(component).collect()
    }
}

/// The times and values that are given back.
struct Solution {
    times: Vec<f64>,
    /// All components at the first time, then at the next.
    values: Vec<f64>,
}

impl Solution {
    fn add(&mut self, t: f64, y: &[f64]) -> Outcome<()> {
        push(&mut self.times, t)?;
        make_room(&mut self.values, y.len())?;
        self.values.extend_from_slice(y);
        Ok(())
    }

    fn into_value(self, components: usize, is_single: bool) -> Outcome<Value> {
        let count = self.times.len();
        let values = if is_single {
            Value::vector(self.values)
        } else {
            let mut columns = reserve::<f64>(self.values.len())?;
            for k in 0..components {
                columns.extend(self.values.iter().skip(k).step_by(components));
            }
            Shape::matrix(count, components).fill_with(columns)
        };
        Ok(Value::tuple(vec![Value::vector(self.times), values]))
    }
}

fn ode45(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = Callback::of(args, host, "(t, y) -> -y")?;
    let wanted = times(args)?;
    let single = real(args.at(2));
    let mut y = match single {
        Some(y) => vec![y],
        None => args.reals(2)?,
    };
    if let Some(wrong) = y.iter().find(|y| !y.is_finite()) {
        return Err(Fault::argument(format!("ode45 begins at y = {wrong}")).label(Part::Argument(2), wrong.to_string()));
    }
    let tolerance = Tolerance::of(args)?;
    let slope = Slope { f, is_single: single.is_some() };
    let (mut t, end) = (wanted[0], wanted[wanted.len() - 1]);
    let every_step = wanted.len() == 2;
    let mut solution = Solution { times: Vec::new(), values: Vec::new() };
    solution.add(t, &y)?;
    let mut next_wanted = 1;
    let mut first = slope.at(t, &y)?;
    let mut width = first_width(&slope, &tolerance, t, end, &y, &first)?;
    while t != end {
        let least = 16.0 * f64::EPSILON * t.abs().max(f64::MIN_POSITIVE);
        if width.is_nan() || width.abs() <= least {
            return Err(stuck(t));
        }
        // A last step that would leave next to nothing goes to the end.
        let is_last = (end - t).abs() <= 1.000_000_1 * width.abs();
        if is_last {
            width = end - t;
        }
        let mut slopes = vec![first.clone()];
        let mut after = y.clone();
        for (place, weights) in STAGES {
            after = advanced(&y, width, weights, &slopes);
            slopes.push(slope.at(t + place * width, &after)?);
        }
        let error = |k: usize| width * ERROR.iter().zip(&slopes).map(|(e, slope)| e * slope[k]).sum::<f64>();
        let error = tolerance.measure((0..y.len()).map(error), &y, &after);
        let factor = if error.is_nan() { 0.2 } else { (0.9 * error.powf(-0.2)).clamp(0.2, 5.0) };
        if error.is_nan() || error > 1.0 {
            width *= factor.min(0.9);
            continue;
        }
        let reached = if is_last { end } else { t + width };
        if every_step {
            solution.add(reached, &after)?;
        } else {
            let step = Step { t, width, before: &y, after: &after, slopes: &slopes };
            while let Some(&next) = wanted.get(next_wanted)
                && (reached - next) * width.signum() >= 0.0
            {
                if next == reached {
                    solution.add(next, &after)?
                } else {
                    solution.add(next, &step.between(next))?
                }
                next_wanted += 1;
            }
        }
        first = slopes.swap_remove(STAGES.len());
        (t, y) = (reached, after);
        width *= factor;
    }
    solution.into_value(y.len(), single.is_some())
}

/// The times that are asked for: two at least, in one direction.
fn times(args: &Arguments<'_>) -> Outcome<Vec<f64>> {
    let times = match args.pair(1)? {
        Some(pair) => pair.to_vec(),
        None => args.reals(1)?,
    };
    let [begin, .., end] = times.as_slice() else {
        return Err(Fault::argument("ode45 needs the times of begin and end")
            .rule("t is (begin, end), or a vector of two times or more")
            .label(Part::Argument(1), describe(args.at(1))));
    };
    let direction = (end - begin).signum();
    let is_ordered = times.iter().all(|t| t.is_finite()) && times.windows(2).all(|w| (w[1] - w[0]) * direction > 0.0);
    if is_ordered {
        return Ok(times);
    }
    Err(Fault::argument("ode45 needs finite times in order")
        .rule("the times go up, or all down, and none is twice there")
        .label(Part::Argument(1), "not in order"))
}

/// A width for the first step: the book's section II.4.
fn first_width(slope: &Slope<'_>, tolerance: &Tolerance, t: f64, end: f64, y: &[f64], first: &[f64]) -> Outcome<f64> {
    let measure = |x: &[f64]| tolerance.measure(x.iter().copied(), y, y);
    let (size, rise) = (measure(y), measure(first));
    let span = (end - t).abs();
    let guess = if size < 1e-5 || rise.is_nan() || rise < 1e-5 { 1e-6 } else { 0.01 * size / rise };
    let guess = guess.min(span).copysign(end - t);
    let euler: Vec<f64> = y.iter().zip(first).map(|(y, slope)| y + guess * slope).collect();
    let second = slope.at(t + guess, &euler)?;
    let change: Vec<f64> = second.iter().zip(first).map(|(b, a)| (b - a) / guess).collect();
    let most = rise.max(measure(&change));
    let width = if most > 1e-15 { (0.01 / most).powf(0.2) } else { (1e-3 * guess.abs()).max(1e-6) };
    Ok(width.min(100.0 * guess.abs()).min(span).copysign(end - t))
}

/// y after a step with a weighted mean of slopes.
fn advanced(y: &[f64], width: f64, weights: &[f64], slopes: &[Vec<f64>]) -> Vec<f64> {
    let rise = |k: usize| weights.iter().zip(slopes).map(|(w, slope)| w * slope[k]).sum::<f64>();
    y.iter().enumerate().map(|(k, y)| y + width * rise(k)).collect()
}

#[cold]
fn stuck(t: f64) -> Fault {
    Fault::new(ErrorKind::ErrorException, format!("ode45 comes no further than t = {}", repr(&Value::float(t))))
        .rule("at every step the error must become smaller than rtol and atol allow")
        .label(Part::Argument(0), "grows without bound, jumps or is NaN there")
        .hint("end before that time, or divide it there")
}
