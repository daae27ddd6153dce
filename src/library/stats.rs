//! Means, spreads, quantiles and correlations.

use super::arguments::{is_callable, real};
use super::arrays::{Shape, shaped};
use super::functional::mapped;
use super::reduce::{not_a_function, stored};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::{linalg, operators, reduce};
use crate::op::BinaryOp;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Elements, Host, Type, Value, index, iterate, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "mean(A; dims) | mean(f, A; dims)",
        doc: "The arithmetic mean of all elements, or along a dimension.",
        more: "",
        run: Run::Call(mean),
        examples: &[
            Shows("mean([1, 2, 6])", "3.0"),
            Shows("mean([1 2; 3 4], dims=1)", "1×2 Matrix{Float64}:\n 2.0  3.0"),
        ],
    },
    Builtin {
        sig: "median(A; dims)",
        doc: "The middle element in order; of an even number of elements, the mean of the two in the middle.",
        more: "",
        run: Run::Call(|args, host| along(args, host, middle_of_sorted)),
        examples: &[Shows("median([1, 9, 3])", "3.0")],
    },
    Builtin {
        sig: "var(A; dims, mean, corrected = true)",
        doc: "The variance: the mean square of the distances from the mean, divided by n - 1.",
        more: "corrected=false divides by n.",
        run: Run::Call(|args, host| along(args, host, variance)),
        examples: &[Shows("var([1, 2, 3])", "1.0")],
    },
    Builtin {
        sig: "std(A; dims, mean, corrected = true)",
        doc: "The standard deviation, the square root of the variance.",
        more: "",
        run: Run::Call(|args, host| along(args, host, |args, v| Ok(variance(args, v)?.sqrt()))),
        examples: &[Shows("std([1, 2, 3])", "1.0")],
    },
    Builtin {
        sig: "quantile(v, p)",
        doc: "The value below which the part p of the elements lies, between the elements by a straight line.",
        more: "p may be a vector of parts.",
        run: Run::Call(quantile),
        examples: &[Shows("quantile([1, 2, 3, 4], 0.5)", "2.5")],
    },
    Builtin {
        sig: "middle(x) | middle(x, y)",
        doc: "The number half-way between two, or between the extremes of an array.",
        more: "",
        run: Run::Call(middle),
        examples: &[Shows("middle(1, 4)", "2.5")],
    },
    Builtin {
        sig: "cov(x; dims = 1, corrected = true) | cov(x, y; dims = 1, corrected = true)",
        doc: "The covariance of two vectors, or the covariance matrix of the columns of a matrix.",
        more: "",
        run: Run::Call(cov),
        examples: &[Shows("cov([1, 2, 3], [2, 4, 6])", "2.0")],
    },
    Builtin {
        sig: "cor(x; dims = 1) | cor(x, y; dims = 1)",
        doc: "The correlation of two vectors, or the correlation matrix of the columns of a matrix.",
        more: "",
        run: Run::Call(cor),
        examples: &[Shows("cor([1, 2, 3], [2, 4, 6])", "1.0")],
    },
];

fn mean(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let over = match args.positional {
        [f, over] if is_callable(f) => mapped(f, over, host)?,
        [_, _] => return Err(not_a_function(args)),
        _ => stored(args.at(0), host)?,
    };
    reduce::mean(&over, args.dims()?)
}

/// A number for all elements, or an array of one for each column or row.
fn along(
    args: &Arguments<'_>,
    host: &dyn Host,
    one: impl Fn(&Arguments<'_>, &Value) -> Outcome<f64>,
) -> Outcome<Value> {
    let over = stored(args.at(0), host)?;
    let Some((rows, cols, form)) = iterate::shape(&over) else {
        return if real(&over).is_some() {
            one(args, &over).map(Value::float)
        } else {
            Err(args.refuse(0, "an array of numbers"))
        };
    };
    let Some(dims) = args.dims()? else { return one(args, &over).map(Value::float) };
    if form == crate::value::Form::Vector {
        return if dims == 1 {
            Ok(Value::vector(vec![one(args, &over)?]))
        } else {
            Err(Fault::argument("a vector has one dimension: dims=1"))
        };
    }
    let count = if dims == 1 { cols } else { rows };
    let line = |k: usize| {
        let k = Value::Int(k as i64 + 1);
        let indices = if dims == 1 { [Value::Colon, k] } else { [k, Value::Colon] };
        one(args, &index::get(&over, &indices)?).map(Value::float)
    };
    let values = (0..count).map(line).collect::<Outcome<Vec<_>>>()?;
    shaped(values, if dims == 1 { Shape::matrix(1, count) } else { Shape::matrix(count, 1) })
}

/// The elements as floats.
fn floats(args: &Arguments<'_>, k: usize, over: &Value) -> Outcome<Vec<f64>> {
    if let Some(x) = real(over) {
        return Ok(vec![x]);
    }
    if let Value::Tuple(tuple) = over {
        return tuple.items.iter().map(promote::to_float).collect();
    }
    match promote::as_array(over)? {
        Some(array) if !matches!(&*array.elements(), Elements::Complex(_)) => {
            Ok(promote::to_floats(&array.elements())?.into_owned())
        }
        _ => Err(args.refuse(k, "an array of real numbers")),
    }
}

#[cold]
fn empty(args: &Arguments<'_>) -> Fault {
    Fault::argument(format!("{} of an empty array has no value", args.name)).label(Part::Argument(0), "empty")
}

fn middle_of_sorted(args: &Arguments<'_>, over: &Value) -> Outcome<f64> {
    let mut v = floats(args, 0, over)?;
    if v.is_empty() {
        return Err(empty(args));
    }
    if v.iter().any(|x| x.is_nan()) {
        return Ok(f64::NAN);
    }
    v.sort_by(f64::total_cmp);
    let half = v.len() / 2;
    Ok(if v.len() % 2 == 1 { v[half] } else { v[half - 1] / 2.0 + v[half] / 2.0 })
}

fn divisor(args: &Arguments<'_>, n: usize) -> Outcome<f64> {
    Ok(if args.flag("corrected", true)? { n as f64 - 1.0 } else { n as f64 })
}

fn average(v: &[f64]) -> f64 {
    v.iter().sum::<f64>() / v.len() as f64
}

/// In two passes, the mean first. Complex numbers count by their distance from it.
fn variance(args: &Arguments<'_>, over: &Value) -> Outcome<f64> {
    if let Value::Array(array) = over
        && let Elements::Complex(m) = &*array.elements()
    {
        let n = m.len();
        let center = m.iter().sum::<crate::value::Complex64>() / n as f64;
        return Ok(m.iter().map(|z| (z - center).norm_sqr()).sum::<f64>() / divisor(args, n)?);
    }
    let v = floats(args, 0, over)?;
    let center = args.float_keyword("mean")?.unwrap_or_else(|| average(&v));
    if v.is_empty() {
        return Ok(f64::NAN);
    }
    Ok(v.iter().map(|x| (x - center) * (x - center)).sum::<f64>() / divisor(args, v.len())?)
}

fn quantile(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let mut v = floats(args, 0, &stored(args.at(0), host)?)?;
    if v.is_empty() {
        return Err(empty(args));
    }
    if v.iter().any(|x| x.is_nan()) {
        return Err(
            Fault::argument("quantile of an array with NaN in it is not defined").label(Part::Argument(0), "has NaN")
        );
    }
    v.sort_by(f64::total_cmp);
    // The parts 0 and 1 as integers ask for elements themselves, which stay integers.
    let whole = |array: &Value| {
        matches!(array, Value::Array(a) if a.eltype() == Type::Int64)
            || matches!(array, Value::Range(r) if r.eltype() == Type::Int64)
    };
    match args.at(1) {
        Value::Int(_) if whole(args.at(0)) => quantile_of_sorted(&v, args.float(1)?).map(|x| Value::Int(x as i64)),
        p if real(p).is_some() => quantile_of_sorted(&v, args.float(1)?).map(Value::float),
        parts => {
            let parts = floats(args, 1, parts)?;
            let values = parts.into_iter().map(|p| quantile_of_sorted(&v, p)).collect::<Outcome<Vec<f64>>>()?;
            Ok(Value::vector(values))
        }
    }
}

/// Julia's definition 7: the elements lie at equal distances from 0 to 1, with straight lines between them.
fn quantile_of_sorted(v: &[f64], p: f64) -> Outcome<f64> {
    if !(0.0..=1.0).contains(&p) {
        return Err(Fault::argument(format!("the part {p} does not lie between 0 and 1"))
            .label(Part::Argument(1), "between 0 and 1"));
    }
    let place = p * (v.len() - 1) as f64;
    let low = (place.floor() as usize).min(v.len().saturating_sub(2));
    let (a, b) = (v[low], v[(low + 1).min(v.len() - 1)]);
    let share = place - low as f64;
    Ok(if a.is_finite() && b.is_finite() { a + share * (b - a) } else { (1.0 - share) * a + share * b })
}

fn middle(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if args.count() == 2 {
        return Ok(Value::float(args.float(0)? / 2.0 + args.float(1)? / 2.0));
    }
    let v = floats(args, 0, &stored(args.at(0), host)?)?;
    if v.is_empty() {
        return Err(empty(args));
    }
    let (low, high) = v.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(*x), b.max(*x)));
    Ok(Value::float(low / 2.0 + high / 2.0))
}

/// A matrix of observations in rows: each argument's columns less their mean.
fn centered(args: &Arguments<'_>, k: usize) -> Outcome<Value> {
    let Some(array) = promote::as_array(args.at(k))? else { return Err(args.refuse(k, "an array of numbers")) };
    let matrix = if array.is_vector() {
        let elements = array.elements().clone();
        Value::array(Array::new(crate::value::Form::Matrix, elements))
    } else if args.dims()? == Some(2) {
        linalg::transpose(args.at(k))?
    } else {
        Value::Array(array)
    };
    let means = reduce::mean(&matrix, Some(1))?;
    let rows = iterate::shape(&matrix).map_or(0, |(rows, _, _)| rows);
    let column = Shape::matrix(rows, 1).filled(1.0)?;
    operators::binary(BinaryOp::Sub, &matrix, &operators::binary(BinaryOp::Mul, &column, &means)?)
}

/// The products of centered columns, not yet divided; one number for two vectors.
fn comoments(args: &Arguments<'_>) -> Outcome<(Value, usize)> {
    let x = centered(args, 0)?;
    let y = if args.count() == 2 { centered(args, 1)? } else { x.clone() };
    let rows = |v: &Value| iterate::shape(v).map_or(0, |(rows, _, _)| rows);
    if rows(&x) != rows(&y) {
        let label = |k: usize| crate::value::display::describe(args.at(k));
        return Err(Fault::dimension(format!("{} needs as many values in one as in the other", args.name))
            .label(Part::Argument(0), label(0))
            .label(Part::Argument(1), label(1)));
    }
    let n = rows(&x);
    Ok((operators::binary(BinaryOp::Mul, &linalg::adjoint(&x)?, &y)?, n))
}

fn all_vectors(args: &Arguments<'_>) -> bool {
    args.positional.iter().all(|v| matches!(v, Value::Range(_)) || matches!(v, Value::Array(a) if a.is_vector()))
}

/// A 1×1 result of vectors is a number.
fn number_if(vectors: bool, matrix: Value) -> Value {
    match &matrix {
        Value::Array(array) if vectors && array.len() == 1 => array.value(0),
        _ => matrix,
    }
}

fn cov(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (products, n) = comoments(args)?;
    let divided = operators::binary(BinaryOp::Div, &products, &Value::float(divisor(args, n)?))?;
    Ok(number_if(all_vectors(args), divided))
}

fn cor(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (products, _) = comoments(args)?;
    let squares = |k: usize| -> Outcome<Vec<f64>> {
        let Some(array) = promote::as_array(&centered(args, k)?)? else { return Ok(Vec::new()) };
        let (rows, cols) = array.shape();
        let elements = array.elements();
        let floats = promote::to_floats(&elements)?;
        Ok((0..cols).map(|j| floats[j * rows..(j + 1) * rows].iter().map(|x| x * x).sum()).collect())
    };
    let (x, y) = (squares(0)?, squares(args.count() - 1)?);
    let Some(array) = promote::as_array(&products)? else { return Ok(products) };
    let same = args.count() == 1;
    let values = promote::to_floats(&array.elements())?
        .iter()
        .enumerate()
        .map(|(k, product)| {
            let (i, j) = (k % x.len(), k / x.len());
            if same && i == j {
                return 1.0;
            }
            // The smaller sum under the root keeps exact what is exact; rounding may leave the limits all the same.
            let (small, large) = (x[i].min(y[j]), x[i].max(y[j]));
            (product / large / (small / large).sqrt()).clamp(-1.0, 1.0)
        })
        .collect::<Vec<f64>>();
    let shape = Shape::matrix(x.len(), y.len());
    Ok(number_if(all_vectors(args), shape.fill_with(values)))
}
