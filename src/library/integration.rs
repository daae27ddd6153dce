//! Integrals of functions, by adaptive quadrature.

use super::callbacks::Callback;
use crate::fault::{Fault, Outcome, Part};
use crate::value::array::push;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Complex64, Host, Value};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

pub static BUILTINS: &[Builtin] = &[Builtin {
    sig: "quadgk(f, a, b, more...; rtol, atol = 0, maxevals = 10^7)",
    doc: "The integral of f from a to b and an estimate of its error, as a tuple.",
    more: "Limits may be Inf. More limits name places where f has a corner or a jump. The interval with the largest error is \
           halved until the error is less than atol or rtol times the integral; rtol is 1.5e-8 unless atol is given; or until only rounding is left of it.",
    run: Run::Call(quadgk),
    examples: &[
        Shows("I, E = quadgk(x -> 3x^2, 0, 2); I ≈ 8", "true"),
        Shows("quadgk(x -> exp(-x^2), -Inf, Inf)[1] ≈ sqrt(π)", "true"),
        Shows("abs(quadgk(sin, 0, 2π)[1]) < 1e-12", "true"),
        Fails("quadgk(x -> [x, x], 0, 1)", "gives a number"),
    ],
}];

/// The nodes of Kronrod's rule with 15 points from the outermost to the middle; every second is one of Gauss's rule with 7.
/// R. Piessens et al., QUADPACK (1983), routine QK15.
const NODES: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_82,
];
/// The weights of Gauss's rule at nodes 1, 3, 5 and 7.
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];
const EVALUATIONS: i64 = 15;
/// What rounding does to a sum, against the sum of the absolute values.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// A part of the interval, in the variable of [`Line`].
struct Piece {
    from: f64,
    to: f64,
    integral: Complex64,
    error: f64,
    /// The integral of the absolute value.
    size: f64,
}

impl PartialEq for Piece {
    fn eq(&self, other: &Piece) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Piece {}

impl PartialOrd for Piece {
    fn partial_cmp(&self, other: &Piece) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The largest error comes first out of a heap.
impl Ord for Piece {
    fn cmp(&self, other: &Piece) -> Ordering {
        self.error.total_cmp(&other.error)
    }
}

/// How a finite variable t runs through the places x; infinite ends are brought to t = ±1.
#[derive(Clone, Copy)]
enum Line {
    /// x = t
    Finite,
    /// x = t / (1 - t²)
    Whole,
    /// x = start + t / (1 - t)
    Up { start: f64 },
    /// x = start - t / (1 - t)
    Down { start: f64 },
}

impl Line {
    fn between(low: f64, high: f64) -> Line {
        match (low == f64::NEG_INFINITY, high == f64::INFINITY) {
            (true, true) => Line::Whole,
            (false, true) => Line::Up { start: low },
            (true, false) => Line::Down { start: high },
            (false, false) => Line::Finite,
        }
    }

    /// The t of a place.
    fn variable(self, x: f64) -> f64 {
        let half_line = |d: f64| if d.is_infinite() { 1.0 } else { d / (1.0 + d) };
        match self {
            Line::Finite => x,
            Line::Whole if x.is_infinite() => x.signum(),
            Line::Whole => 2.0 * x / (1.0 + (1.0 + 4.0 * x * x).sqrt()),
            Line::Up { start } => half_line(x - start),
            Line::Down { start } => half_line(start - x),
        }
    }

    /// The place, and dx/dt.
    fn place(self, t: f64) -> (f64, f64) {
        let rest = 1.0 - t;
        match self {
            Line::Finite => (t, 1.0),
            Line::Whole => {
                let rest = 1.0 - t * t;
                (t / rest, (1.0 + t * t) / (rest * rest))
            }
            Line::Up { start } => (start + t / rest, 1.0 / (rest * rest)),
            Line::Down { start } => (start - t / rest, -1.0 / (rest * rest)),
        }
    }
}

fn quadgk(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = Callback::of(args, host, "x -> x^2")?;
    let limits = (1..args.count()).map(|k| limit(args, k)).collect::<Outcome<Vec<f64>>>()?;
    let atol = args.tolerance("atol")?;
    let default = if atol.is_some_and(|atol| atol > 0.0) { 0.0 } else { f64::EPSILON.sqrt() };
    let (rtol, atol) = (args.tolerance("rtol")?.unwrap_or(default), atol.unwrap_or(0.0));
    let most = args.int_keyword("maxevals")?.unwrap_or(10_000_000);
    let low = limits.iter().copied().fold(f64::INFINITY, f64::min);
    let high = limits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let line = Line::between(low, high);
    let mut is_real = true;
    let mut heap: Vec<Piece> = Vec::new();
    for pair in limits.windows(2) {
        push(&mut heap, piece(&f, line, line.variable(pair[0]), line.variable(pair[1]), &mut is_real)?)?;
    }
    let mut heap = BinaryHeap::from(heap);
    let totals = |heap: &BinaryHeap<Piece>| {
        heap.iter().fold((Complex64::new(0.0, 0.0), 0.0), |(i, e), piece| (i + piece.integral, e + piece.error))
    };
    let (mut integral, mut error) = totals(&heap);
    let mut evaluations = EVALUATIONS * heap.len() as i64;
    // Where positive and negative parts cancel, the error cannot fall below the rounding of the parts.
    let rounding = |heap: &BinaryHeap<Piece>| heap.iter().map(|piece| piece.size).sum::<f64>() * ROUNDING;
    let mut least = rounding(&heap);
    while error > atol.max(rtol * integral.norm()).max(least) && evaluations < most {
        let Some(worst) = heap.pop() else { break };
        let middle = worst.from / 2.0 + worst.to / 2.0;
        if middle == worst.from || middle == worst.to {
            heap.push(worst);
            break;
        }
        let halves =
            [piece(&f, line, worst.from, middle, &mut is_real)?, piece(&f, line, middle, worst.to, &mut is_real)?];
        integral += halves[0].integral + halves[1].integral - worst.integral;
        error += halves[0].error + halves[1].error - worst.error;
        least += (halves[0].size + halves[1].size - worst.size) * ROUNDING;
        heap.extend(halves);
        evaluations += 2 * EVALUATIONS;
    }
    // Summed again, without the rounding of all the steps.
    (integral, error) = totals(&heap);
    let integral = if is_real { Value::float(integral.re) } else { Value::complex(integral) };
    Ok(Value::tuple(vec![integral, Value::float(error)]))
}

fn limit(args: &Arguments<'_>, k: usize) -> Outcome<f64> {
    let limit = args.float(k)?;
    if !limit.is_nan() {
        return Ok(limit);
    }
    Err(Fault::argument("a limit of the integral is NaN")
        .rule("limits are numbers or ±Inf")
        .label(Part::Argument(k), "NaN"))
}

/// The integral over a piece by Kronrod's rule; the error is how far Gauss's is from it.
fn piece(f: &Callback<'_>, line: Line, from: f64, to: f64, is_real: &mut bool) -> Outcome<Piece> {
    let zero = Complex64::new(0.0, 0.0);
    if from == to {
        return Ok(Piece { from, to, integral: zero, error: 0.0, size: 0.0 });
    }
    let (center, half) = (from / 2.0 + to / 2.0, to / 2.0 - from / 2.0);
    let mut at = |t: f64| -> Outcome<Complex64> {
        let (x, stretch) = line.place(t);
        let y = f.complex_at(x)?;
        *is_real &= y.im == 0.0;
        let weighted = y * stretch;
        if weighted.is_finite() {
            return Ok(weighted);
        }
        // Far out the stretch overflows before the function has vanished for good.
        if y.norm_sqr() == 0.0 {
            return Ok(zero);
        }
        Err(f
            .not_finite(x, y)
            .rule("the function must be finite between the limits")
            .hint("a place where it is not may be a limit: quadgk(f, a, place, b)"))
    };
    let middle = at(center)?;
    let (mut kronrod, mut gauss) = (middle * KRONROD[7], middle * GAUSS[3]);
    let mut size = middle.norm() * KRONROD[7];
    for k in 0..7 {
        let (left, right) = (at(center - half * NODES[k])?, at(center + half * NODES[k])?);
        let sum = left + right;
        size += (left.norm() + right.norm()) * KRONROD[k];
        kronrod += sum * KRONROD[k];
        if k % 2 == 1 {
            gauss += sum * GAUSS[k / 2];
        }
    }
    Ok(Piece { from, to, integral: kronrod * half, error: ((kronrod - gauss) * half).norm(), size: size * half.abs() })
}
