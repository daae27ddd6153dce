//! Values between given points, on a line and on a grid: straight lines, steps, and cubic pieces.

use super::arguments::real;
use super::arrays::Shape;
use super::numbers::Numbers;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::array::reserve;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
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
    },
    Builtin {
        sig: "spline(x, y, xq)",
        doc: "The values at xq on the cubic spline through the points (x, y): pieces with two smooth derivatives.",
        more: "At the ends it is not-a-knot: the first two pieces are one cubic, and the last two. With two more y than x, the \
               first and the last y are the slopes at the ends.",
        run: Run::Call(spline),
        examples: &[
            Shows("spline([0, 1, 2, 3], [0, 1, 8, 27], 1.5) ≈ 1.5^3", "true"),
            Shows("spline([0, 1], [0, 0, 1, 0], 0.5)", "0.5"),
            Fails("spline([0, 1, 2], [0, 1], 0.5)", "3 x for 2 y"),
        ],
    },
    Builtin {
        sig: "interp2(x, y, Z, xq, yq, method = \"linear\") | interp2(Z, xq, yq)",
        doc: "The values at (xq, yq) between those of the matrix Z on a grid: x belongs to its columns, y to its rows.",
        more: "method is \"linear\" or \"nearest\". Without x and y they are the numbers of the columns and rows. xq and yq \
               have one size, or xq is a row and yq a column: then the result is a grid too. Outside the values are NaN.",
        run: Run::Call(interp2),
        examples: &[
            Shows("interp2([0, 1], [0, 1], [0 10; 20 30], 0.5, 0.5)", "15.0"),
            Shows(
                "interp2([0 10; 20 30], [1 1.5 2], [1, 2])",
                "2×3 Matrix{Float64}:\n  0.0   5.0  10.0\n 20.0  25.0  30.0",
            ),
            Fails("interp2([0, 1, 2], [0, 1], [0 10; 20 30], 0.5, 0.5)", "3 x for 2 columns"),
        ],
    },
];

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
    let curve = Curve::through(args.name, x, y, method.unwrap_or(Method::Linear))?;
    curve.along(args)
}

fn spline(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (x, mut y) = (args.reals(0)?, args.reals(1)?);
    if y.len() != x.len() + 2 {
        args.same_length([0, 1], [x.len(), y.len()], ["x", "y"])?;
        return Curve::through(args.name, x, y, Method::Spline)?.along(args);
    }
    let last = y.pop().unwrap_or(f64::NAN);
    let first = y.remove(0);
    // The slopes belong to the ends as they are given; the points are sorted.
    let ends = if x.first() <= x.last() { [first, last] } else { [last, first] };
    let mut curve = Curve::through(args.name, x, y, Method::Linear)?;
    curve.slopes = clamped_slopes(&curve.x, &curve.y, ends);
    curve.method = Method::Spline;
    curve.along(args)
}

/// The numbers of an argument that is one real number or an array of them.
fn places(args: &Arguments<'_>, k: usize) -> Outcome<(Vec<f64>, Option<Shape>)> {
    if let Some(place) = real(args.at(k)) {
        return Ok((vec![place], None));
    }
    let array = args.read_array(k)?;
    let places = match Numbers::of(&array)? {
        Some(Numbers::Int(v)) => v.into_iter().map(|x| x as f64).collect(),
        Some(Numbers::Float(v)) => v,
        None if array.is_empty() => Vec::new(),
        Some(Numbers::Complex(_)) | None => return Err(args.refuse_elements(k, "real numbers")),
    };
    Ok((places, Some(Shape::of(&array))))
}

fn interp2(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    // Z alone, or x and y before it.
    let at = if args.count() == 3 { 0 } else { 2 };
    let array = args.read_array(at)?;
    let (rows, cols) = array.shape();
    let (heights, _) = places(args, at)?;
    let (x, y) = match at {
        0 => ((1..=cols).map(|k| k as f64).collect(), (1..=rows).map(|k| k as f64).collect()),
        _ => (args.reals(0)?, args.reals(1)?),
    };
    args.same_length([0, at], [x.len(), cols], ["x", "columns"])?;
    args.same_length([if at == 0 { 0 } else { 1 }, at], [y.len(), rows], ["y", "rows"])?;
    let [across, down] = [(&x, 0), (&y, if at == 0 { 0 } else { 1 })].map(|(grid, k)| ascending(args, grid, k));
    let (across, down) = (across?, down?);
    let nearest = args.choice(5, "method", &[("linear", false), ("nearest", true)])?.unwrap_or(false);
    let height = |i: usize, j: usize| heights[down[i].1 + across[j].1 * rows];
    let value = |place_x: f64, place_y: f64| -> f64 {
        let (Some((j, right)), Some((i, below))) = (cell(&across, place_x), cell(&down, place_y)) else {
            return f64::NAN;
        };
        if nearest {
            return height(i + usize::from(below >= 0.5), j + usize::from(right >= 0.5));
        }
        // At a point of the grid its neighbours do not count, not even if they are NaN or Inf.
        let between = |a: f64, b: f64, part: f64| match part {
            0.0 => a,
            1.0 => b,
            part => a + part * (b - a),
        };
        let row = |i: usize| match right {
            0.0 => height(i, j),
            1.0 => height(i, j + 1),
            right => between(height(i, j), height(i, j + 1), right),
        };
        between(row(i), if below == 0.0 { 0.0 } else { row(i + 1) }, below)
    };
    let ((xq, x_shape), (yq, y_shape)) = (places(args, at + 1)?, places(args, at + 2)?);
    let (Some(x_shape), Some(y_shape)) = (x_shape, y_shape) else {
        let (at_x, at_y) = (xq.first().copied(), yq.first().copied());
        return match (x_shape, y_shape) {
            (None, None) => Ok(Value::float(value(at_x.unwrap_or(f64::NAN), at_y.unwrap_or(f64::NAN)))),
            (Some(shape), _) => shape.made_at(|i, j| value(xq[i + j * shape.rows], at_y.unwrap_or(f64::NAN))),
            (_, Some(shape)) => shape.made_at(|i, j| value(at_x.unwrap_or(f64::NAN), yq[i + j * shape.rows])),
        };
    };
    if x_shape == y_shape {
        return x_shape.made_at(|i, j| value(xq[i + j * x_shape.rows], yq[i + j * x_shape.rows]));
    }
    if x_shape.rows == 1 && y_shape.cols == 1 {
        return Shape::matrix(y_shape.rows, x_shape.cols).made_at(|i, j| value(xq[j], yq[i]));
    }
    Err(Fault::dimension(format!("xq is {}, yq is {}", describe(args.at(at + 1)), describe(args.at(at + 2))))
        .rule("xq and yq have one size, or xq is a row and yq a column")
        .label(Part::Argument(at + 1), describe(args.at(at + 1)))
        .label(Part::Argument(at + 2), describe(args.at(at + 2))))
}

/// The numbers of a grid in ascending order, each with its place.
fn ascending(args: &Arguments<'_>, grid: &[f64], k: usize) -> Outcome<Vec<(f64, usize)>> {
    let mut sorted: Vec<(f64, usize)> = grid.iter().copied().zip(0..).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    if sorted.len() < 2 {
        return Err(Fault::argument(format!("a grid for {} has two rows and two columns at least", args.name))
            .label(Part::Argument(k), "too few"));
    }
    if sorted.iter().any(|(x, _)| x.is_nan()) || sorted.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Fault::argument(format!("the numbers of a grid for {} must be different, and not NaN", args.name))
            .label(Part::Argument(k), describe(args.at(k))));
    }
    Ok(sorted)
}

/// Between which two numbers a place is, and how far, from 0 to 1; `None` outside.
fn cell(grid: &[(f64, usize)], place: f64) -> Option<(usize, f64)> {
    let last = grid.len() - 1;
    if !(grid[0].0..=grid[last].0).contains(&place) {
        return None;
    }
    let k = grid.partition_point(|(x, _)| *x <= place).saturating_sub(1).min(last - 1);
    let (low, high) = (grid[k].0, grid[k + 1].0);
    Some((k, if place == high { 1.0 } else { (place - low) / (high - low) }))
}

impl Curve {
    fn through(name: &str, x: Vec<f64>, y: Vec<f64>, method: Method) -> Outcome<Curve> {
        if x.len() < 2 {
            return Err(Fault::argument(format!("{name} has {} points", x.len()))
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
            return Err(Fault::argument(format!("the x of {name} must be different numbers: {what}"))
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

    /// The values at argument 2, a number or an array of them.
    fn along(&self, args: &Arguments<'_>) -> Outcome<Value> {
        let (places, shape) = places(args, 2)?;
        let Some(shape) = shape else { return Ok(Value::float(self.at(places[0]))) };
        let mut values = reserve::<f64>(places.len())?;
        for block in places.chunks(4096) {
            interrupt::check()?;
            values.extend(block.iter().map(|place| self.at(*place)));
        }
        Ok(shape.fill_with(values))
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
    let (first, last) = (h[0] + h[1], h[n - 2] + h[n - 3]);
    let start = [h[1], first, ((h[0] + 2.0 * first) * h[1] * rises[0] + h[0] * h[0] * rises[1]) / first];
    let right = (h[n - 2] * h[n - 2] * rises[n - 3] + (2.0 * last + h[n - 2]) * h[n - 3] * rises[n - 2]) / last;
    smooth_slopes(&h, &rises, start, [last, h[n - 3], right])
}

/// The slopes of the cubic spline with the given ones at its ends.
fn clamped_slopes(x: &[f64], y: &[f64], [first, last]: [f64; 2]) -> Vec<f64> {
    let (h, rises) = pieces(x, y);
    smooth_slopes(&h, &rises, [1.0, 0.0, first], [0.0, 1.0, last])
}

/// The slopes for which the second derivative does not jump, by elimination: the first equation is on the diagonal,
/// above it and on the right side, the last below the diagonal, on it and on the right side.
fn smooth_slopes(h: &[f64], rises: &[f64], start: [f64; 3], end: [f64; 3]) -> Vec<f64> {
    let n = h.len() + 1;
    let mut below = vec![0.0; n];
    let mut on = vec![0.0; n];
    let mut above = vec![0.0; n];
    let mut slopes = vec![0.0; n];
    [on[0], above[0], slopes[0]] = start;
    for k in 1..n - 1 {
        (below[k], on[k], above[k]) = (h[k], 2.0 * (h[k - 1] + h[k]), h[k - 1]);
        slopes[k] = 3.0 * (h[k] * rises[k - 1] + h[k - 1] * rises[k]);
    }
    [below[n - 1], on[n - 1], slopes[n - 1]] = end;
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
