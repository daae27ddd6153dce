//! Values between given points: straight lines, steps, and cubic pieces.

use super::arguments::real;
use super::arrays::Shape;
use super::numbers::Numbers;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::array::reserve;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value};

pub static BUILTINS: &[Builtin] = &[Builtin {
    sig: "interp1(x, y, xq, method = \"linear\") | interp1(x, y, xq; method = \"linear\")",
    doc: "The values at xq between the points (x, y).",
    more: "method is \"linear\", \"nearest\", \"previous\", \"next\", \"pchip\" (cubic pieces that do not overshoot) or \"spline\" \
           (cubic pieces with two smooth derivatives, not-a-knot at the ends). Beyond the points the cubic pieces go on, and \
           the others give NaN.",
    run: Run::Call(interp1),
    examples: &[
        Shows("interp1([0, 1, 2], [0, 10, 40], 1.5)", "25.0"),
        Shows("interp1([0, 1, 2], [0, 10, 40], [0.5, 3])", "2-element Vector{Float64}:\n   5.0\n NaN"),
        Shows("interp1([0, 1, 2, 3], [0, 1, 8, 27], 1.5, \"spline\") ≈ 1.5^3", "true"),
        Fails("interp1([0, 1], [0, 1], 0.5, \"quadratic\")", "method"),
        Fails("interp1([0, 0], [0, 1], 0.5)", "different"),
    ],
}];

/// How to go from point to point.
#[derive(Clone, Copy, PartialEq)]
enum Method {
    Linear,
    Nearest,
    Previous,
    Next,
    Pchip,
    Spline,
}

const METHODS: &[(&str, Method)] = &[
    ("linear", Method::Linear),
    ("nearest", Method::Nearest),
    ("previous", Method::Previous),
    ("next", Method::Next),
    ("pchip", Method::Pchip),
    ("cubic", Method::Pchip),
    ("spline", Method::Spline),
];

/// Points in ascending order, and for cubic pieces the slope at each.
struct Curve {
    x: Vec<f64>,
    y: Vec<f64>,
    slopes: Vec<f64>,
    method: Method,
}

fn interp1(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (x, y) = (args.reals(0)?, args.reals(1)?);
    args.same_length([0, 1], [x.len(), y.len()], ["x", "y"])?;
    let method = args.choice(3, "method", METHODS)?;
    let curve = Curve::through(x, y, method.unwrap_or(Method::Linear))?;
    if let Some(place) = real(args.at(2)) {
        return Ok(Value::float(curve.at(place)));
    }
    let array = args.read_array(2)?;
    let places = match Numbers::of(&array)? {
        Some(Numbers::Int(v)) => v.into_iter().map(|x| x as f64).collect(),
        Some(Numbers::Float(v)) => v,
        None if array.is_empty() => Vec::new(),
        _ => return Err(args.refuse_elements(2, "real numbers")),
    };
    let mut values = reserve::<f64>(places.len())?;
    for block in places.chunks(4096) {
        interrupt::check()?;
        values.extend(block.iter().map(|place| curve.at(*place)));
    }
    Ok(Shape::of(&array).fill_with(values))
}

impl Curve {
    fn through(x: Vec<f64>, y: Vec<f64>, method: Method) -> Outcome<Curve> {
        if x.len() < 2 {
            return Err(Fault::argument(format!("interp1 has {} points", x.len()))
                .rule("there must be two points at least")
                .label(Part::Argument(0), "too few"));
        }
        let mut points: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if let Some(pair) =
            points.windows(2).find(|pair| pair[0].0.is_nan() || pair[1].0.is_nan() || pair[0].0 == pair[1].0)
        {
            let what = if pair[0].0 == pair[1].0 {
                format!("{} is there twice", pair[0].0)
            } else {
                "NaN is among them".into()
            };
            return Err(Fault::argument(format!("the x of interp1 must be different numbers: {what}"))
                .rule("every x has one y")
                .label(Part::Argument(0), what));
        }
        let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        let slopes = match method {
            Method::Pchip => pchip_slopes(&x, &y),
            Method::Spline => spline_slopes(&x, &y),
            Method::Linear | Method::Nearest | Method::Previous | Method::Next => Vec::new(),
        };
        Ok(Curve { x, y, slopes, method })
    }

    /// The value at a place.
    fn at(&self, place: f64) -> f64 {
        let last = self.x.len() - 1;
        let is_cubic = matches!(self.method, Method::Pchip | Method::Spline);
        if place.is_nan() || (!is_cubic && !(self.x[0]..=self.x[last]).contains(&place)) {
            return f64::NAN;
        }
        // The piece from point k to the next.
        let k = self.x.partition_point(|x| *x <= place).saturating_sub(1).min(last - 1);
        let (x0, x1, y0, y1) = (self.x[k], self.x[k + 1], self.y[k], self.y[k + 1]);
        let part = (place - x0) / (x1 - x0);
        match self.method {
            Method::Linear if place == x1 => y1,
            Method::Linear => y0 + part * (y1 - y0),
            Method::Nearest => {
                if part < 0.5 {
                    y0
                } else {
                    y1
                }
            }
            Method::Previous => {
                if place == x1 {
                    y1
                } else {
                    y0
                }
            }
            Method::Next => {
                if place == x0 {
                    y0
                } else {
                    y1
                }
            }
            Method::Pchip | Method::Spline => {
                // Hermite's cubic with the slopes at both ends.
                let (d, h) = (place - x0, x1 - x0);
                let (rise, s0, s1) = ((y1 - y0) / h, self.slopes[k], self.slopes[k + 1]);
                let (c, b) = ((3.0 * rise - 2.0 * s0 - s1) / h, (s0 - 2.0 * rise + s1) / (h * h));
                y0 + d * (s0 + d * (c + d * b))
            }
        }
    }
}

/// Distances between neighbouring x, and the slopes of the straight lines between the points.
fn pieces(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let h: Vec<f64> = x.windows(2).map(|x| x[1] - x[0]).collect();
    let rises = y.windows(2).zip(&h).map(|(y, h)| (y[1] - y[0]) / h).collect();
    (h, rises)
}

/// Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980): weighted harmonic means, zero where the slope changes its sign; at
/// the ends the three-point formula, cut so that the curve stays monotone.
fn pchip_slopes(x: &[f64], y: &[f64]) -> Vec<f64> {
    let (h, rises) = pieces(x, y);
    let n = x.len();
    if n == 2 {
        return vec![rises[0]; 2];
    }
    let inner = |k: usize| {
        let (before, after) = (rises[k - 1], rises[k]);
        if before * after <= 0.0 {
            return 0.0;
        }
        let (w1, w2) = (2.0 * h[k] + h[k - 1], h[k] + 2.0 * h[k - 1]);
        (w1 + w2) / (w1 / before + w2 / after)
    };
    let end = |h0: f64, h1: f64, first: f64, second: f64| {
        let slope = ((2.0 * h0 + h1) * first - h0 * second) / (h0 + h1);
        if slope * first <= 0.0 {
            0.0
        } else if first * second <= 0.0 && slope.abs() > 3.0 * first.abs() {
            3.0 * first
        } else {
            slope
        }
    };
    let mut slopes = vec![end(h[0], h[1], rises[0], rises[1])];
    slopes.extend((1..n - 1).map(inner));
    slopes.push(end(h[n - 2], h[n - 3], rises[n - 2], rises[n - 3]));
    slopes
}

/// The slopes of the cubic spline whose third derivative does not jump at the second and the last but one point; through
/// three points it is a parabola, through two a line. de Boor, A Practical Guide to Splines, chapter IV.
fn spline_slopes(x: &[f64], y: &[f64]) -> Vec<f64> {
    let (h, rises) = pieces(x, y);
    let n = x.len();
    if n == 2 {
        return vec![rises[0]; 2];
    }
    if n == 3 {
        let curvature = (rises[1] - rises[0]) / (x[2] - x[0]);
        return vec![rises[0] - curvature * h[0], rises[0] + curvature * h[0], rises[1] + curvature * h[1]];
    }
    // Tridiagonal equations for the slopes: below, on and above the diagonal, and the right side.
    let mut below = vec![0.0; n];
    let mut on = vec![0.0; n];
    let mut above = vec![0.0; n];
    let mut slopes = vec![0.0; n];
    let (first, last) = (h[0] + h[1], h[n - 2] + h[n - 3]);
    (on[0], above[0]) = (h[1], first);
    slopes[0] = ((h[0] + 2.0 * first) * h[1] * rises[0] + h[0] * h[0] * rises[1]) / first;
    for k in 1..n - 1 {
        (below[k], on[k], above[k]) = (h[k], 2.0 * (h[k - 1] + h[k]), h[k - 1]);
        slopes[k] = 3.0 * (h[k] * rises[k - 1] + h[k - 1] * rises[k]);
    }
    (below[n - 1], on[n - 1]) = (last, h[n - 3]);
    slopes[n - 1] = (h[n - 2] * h[n - 2] * rises[n - 3] + (2.0 * last + h[n - 2]) * h[n - 3] * rises[n - 2]) / last;
    for k in 1..n {
        let factor = below[k] / on[k - 1];
        on[k] -= factor * above[k - 1];
        slopes[k] -= factor * slopes[k - 1];
    }
    slopes[n - 1] /= on[n - 1];
    for k in (0..n - 1).rev() {
        slopes[k] = (slopes[k] - above[k] * slopes[k + 1]) / on[k];
    }
    slopes
}
