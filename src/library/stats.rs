//! Means, spreads, quantiles and correlations.

use super::arguments::{is_callable, is_number, real};
use super::arrays::{Shape, shaped};
use super::functional::mapped;
use super::reduce::{not_a_function, stored};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::{linalg, operators, reduce, sort};
use crate::op::BinaryOp;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Complex64, Elements, Host, Type, Value, index, iterate, promote};
use nalgebra::DMatrix;
use std::borrow::Cow;
use std::rc::Rc;

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
        run: Run::Call(|args, host| along(args, host, |args, v, _| middle_of_sorted(args, v).map(Value::float))),
        examples: &[Shows("median([1, 9, 3])", "3.0")],
    },
    Builtin {
        sig: "var(A; dims, mean, corrected = true)",
        doc: "The variance: the mean square of the distances from the mean, divided by n - 1.",
        more: "corrected=false divides by n.",
        run: Run::Call(|args, host| spread(args, host, false)),
        examples: &[Shows("var([1, 2, 3])", "1.0")],
    },
    Builtin {
        sig: "std(A; dims, mean, corrected = true)",
        doc: "The standard deviation, the square root of the variance.",
        more: "",
        run: Run::Call(|args, host| spread(args, host, true)),
        examples: &[Shows("std([1, 2, 3])", "1.0")],
    },
    Builtin {
        sig: "varm(A, mean; dims, corrected = true)",
        doc: "The variance around a mean that is known.",
        more: "",
        run: Run::Call(|args, host| around(args, host, false)),
        examples: &[Shows("varm([1, 2, 3], 2)", "1.0")],
    },
    Builtin {
        sig: "stdm(A, mean; dims, corrected = true)",
        doc: "The standard deviation around a mean that is known.",
        more: "",
        run: Run::Call(|args, host| around(args, host, true)),
        examples: &[Shows("stdm([1, 2, 3], 2)", "1.0")],
    },
    Builtin {
        sig: "quantile(v, p; sorted = false, alpha = 1.0, beta = alpha)",
        doc: "The value below which the part p of the elements lies, between the elements by a straight line.",
        more: "p may be a vector of parts. alpha and beta choose among the definitions of Hyndman and Fan.",
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
    super::reduce::reduced(args, &over, reduce::mean, reduce::mean)
}

/// A value for all elements, or an array of one for each column or row, whose number from 0 is given too.
pub fn along(
    args: &Arguments<'_>,
    host: &dyn Host,
    one: impl Fn(&Arguments<'_>, &Value, usize) -> Outcome<Value>,
) -> Outcome<Value> {
    let over = stored(args.at(0), host)?;
    let Some((rows, cols, form)) = iterate::shape(&over) else {
        return if real(&over).is_some() { one(args, &over, 0) } else { Err(args.refuse(0, "an array of numbers")) };
    };
    let Some(dims) = args.dims()? else { return one(args, &over, 0) };
    if form == crate::value::Form::Vector {
        return if dims == 1 {
            super::arrays::vector(vec![one(args, &over, 0)?])
        } else {
            Err(Fault::argument("a vector has one dimension: dims=1"))
        };
    }
    let count = if dims == 1 { cols } else { rows };
    let line = |k: usize| {
        let place = Value::Int(k as i64 + 1);
        let indices = if dims == 1 { [Value::Colon, place] } else { [place, Value::Colon] };
        one(args, &index::get(&over, &indices)?, k)
    };
    let values = (0..count).map(line).collect::<Outcome<Vec<_>>>()?;
    shaped(values, if dims == 1 { Shape::matrix(1, count) } else { Shape::matrix(count, 1) })
}

/// The elements as floats.
pub fn floats(args: &Arguments<'_>, k: usize, over: &Value) -> Outcome<Vec<f64>> {
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

/// The error where there is no element.
#[cold]
pub fn empty(args: &Arguments<'_>) -> Fault {
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
    let half = v.len() / 2;
    sort::place(&mut v, &[half.saturating_sub(1), half]);
    Ok(if v.len() % 2 == 1 { v[half] } else { v[half - 1] / 2.0 + v[half] / 2.0 })
}

fn divisor(args: &Arguments<'_>, n: usize) -> Outcome<f64> {
    Ok(if args.flag("corrected", true)? { n as f64 - 1.0 } else { n as f64 })
}

/// The arithmetic mean.
pub fn average(v: &[f64]) -> f64 {
    v.iter().sum::<f64>() / v.len() as f64
}

/// The mean that the keyword gives, for column or row number `k` where it gives several.
fn given_mean(args: &Arguments<'_>, k: usize) -> Outcome<Option<Value>> {
    match args.keyword("mean") {
        None | Some(Value::Nothing) => Ok(None),
        Some(mean) if is_number(mean) => Ok(Some(mean.clone())),
        Some(means) => match promote::as_array(means)? {
            Some(array) if k < array.len() => Ok(Some(array.value(k))),
            Some(_) => Err(Fault::dimension(format!("{} needs as many means as there are columns or rows", args.name))),
            None => Err(args.refuse_keyword("mean", "a number or an array of numbers", means)),
        },
    }
}

/// In two passes, the mean first. Complex numbers count by their distance from it.
fn variance(args: &Arguments<'_>, over: &Value, k: usize) -> Outcome<f64> {
    let mean = given_mean(args, k)?;
    if let Value::Array(array) = over
        && let Elements::Complex(m) = &*array.elements()
    {
        let n = m.len();
        let center = match mean {
            Some(mean) => promote::to_complex(&mean)?,
            None => m.iter().sum::<Complex64>() / n as f64,
        };
        return Ok(m.iter().map(|z| (z - center).norm_sqr()).sum::<f64>() / divisor(args, n)?);
    }
    let has_no_type = match over {
        Value::Tuple(_) => true,
        Value::Array(array) => matches!(&*array.elements(), Elements::Any(..)),
        _ => false,
    };
    let of = |v: &[f64]| {
        if v.is_empty() {
            return if has_no_type { Err(empty(args)) } else { Ok(f64::NAN) };
        }
        let center = mean.map_or_else(|| Ok(reduce::average(v)), |mean| promote::to_float(&mean))?;
        Ok(reduce::squares_around(v, center) / divisor(args, v.len())?)
    };
    match over {
        Value::Array(array) if let Elements::Float(m) = &*array.elements() => of(m.as_slice()),
        _ => of(&floats(args, 0, over)?),
    }
}

/// `varm(A, mean)` and `stdm(A, mean)`: the same with the mean as an argument.
fn around(args: &Arguments<'_>, host: &dyn Host, root: bool) -> Outcome<Value> {
    let mut keyword = args.keyword.to_vec();
    keyword.push((Rc::from("mean"), args.at(1).clone()));
    spread(&Arguments { name: args.name, positional: &args.positional[..1], keyword: &keyword }, host, root)
}

/// The variance, or its square root, of everything or along a dimension.
fn spread(args: &Arguments<'_>, host: &dyn Host, root: bool) -> Outcome<Value> {
    let finished = |variance: f64| if root { variance.sqrt() } else { variance };
    if let (Value::Array(array), Some(dims), None) = (args.at(0), args.dims()?, args.keyword("mean"))
        && let Elements::Float(m) = &*array.elements()
        && !array.is_vector()
    {
        let (rows, cols) = m.shape();
        let (n, shape) = if dims == 1 { (rows, Shape::matrix(1, cols)) } else { (cols, Shape::matrix(rows, 1)) };
        let divisor = divisor(args, n)?;
        let finish = |sum: f64| if n == 0 { f64::NAN } else { finished(sum / divisor) };
        let sums = squares_along(args.at(0), m, dims)?;
        return Ok(shape.fill_with(sums.into_iter().map(finish).collect::<Vec<f64>>()));
    }
    along(args, host, |args, v, k| variance(args, v, k).map(|x| Value::float(finished(x))))
}

/// For every column (1) or row (2) the sum of the squares of the distances from its mean.
fn squares_along(matrix: &Value, m: &DMatrix<f64>, dims: usize) -> Outcome<Vec<f64>> {
    if dims == 1 {
        return reduce::squares_of_columns(m);
    }
    let numbers = |v: &Value| match v {
        Value::Array(array) => promote::to_floats(&array.elements()).map(Cow::into_owned),
        _ => Ok(Vec::new()),
    };
    let means = numbers(&reduce::mean(matrix, Some(2))?)?;
    let squares = Shape::matrix(m.nrows(), m.ncols()).fill_with(reduce::squares_around_rows(m, &means)?);
    numbers(&reduce::sum(&squares, Some(2))?)
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
    let sorted = args.flag("sorted", false)?;
    let plotting = (args.float_keyword("alpha")?.unwrap_or(1.0), args.float_keyword("beta")?);
    let plotting = (plotting.0, plotting.1.unwrap_or(plotting.0));
    // The parts 0 and 1 as integers ask for elements themselves, which stay integers.
    let whole = |array: &Value| {
        matches!(array, Value::Array(a) if a.eltype() == Type::Int64)
            || matches!(array, Value::Range(r) if r.eltype() == Type::Int64)
    };
    match args.at(1) {
        Value::Int(_) if whole(args.at(0)) => {
            quantiles(&mut v, sorted, &[args.float(1)?], plotting).map(|x| Value::Int(x[0] as i64))
        }
        p if real(p).is_some() => quantiles(&mut v, sorted, &[args.float(1)?], plotting).map(|x| Value::float(x[0])),
        parts => {
            let parts = floats(args, 1, parts)?;
            let values = quantiles(&mut v, sorted, &parts, plotting)?;
            if let Value::Tuple(_) = args.at(1) {
                return Ok(Value::tuple(values.into_iter().map(Value::float).collect()));
            }
            Ok(Value::vector(values))
        }
    }
}

/// Parts that are looked for one by one; for more the elements are sorted.
const FEW_PARTS: usize = 8;

/// What lies at each of these parts of the elements, which are put in order as far as that asks for.
fn quantiles(v: &mut [f64], sorted: bool, parts: &[f64], plotting: (f64, f64)) -> Outcome<Vec<f64>> {
    if !sorted && parts.len() > FEW_PARTS {
        sort::place_all(v);
    } else if !sorted {
        let mut places = Vec::with_capacity(2 * parts.len());
        for p in parts {
            let (below, _) = place_of_part(v.len(), *p, plotting)?;
            places.extend([below - 1, below.min(v.len() - 1)]);
        }
        places.sort_unstable();
        sort::place(v, &places);
    }
    parts.iter().map(|p| quantile_of_sorted(v, *p, plotting)).collect()
}

/// What lies at the part `p` of sorted elements.
///
/// The elements lie on straight lines over the parts; alpha and beta say how far from 0 and 1 the first and the last
/// one are (1 and 1, the usual definition 7: at 0 and 1 themselves).
pub fn quantile_of_sorted(v: &[f64], p: f64, plotting: (f64, f64)) -> Outcome<f64> {
    let (below, share) = place_of_part(v.len(), p, plotting)?;
    let (a, b) = (v[below - 1], v[below.min(v.len() - 1)]);
    Ok(if a.is_finite() && b.is_finite() { a + share * (b - a) } else { (1.0 - share) * a + share * b })
}

/// The element, from 1, that the part `p` of `len` sorted elements lies behind, and how far it is on the way to the next.
fn place_of_part(len: usize, p: f64, (alpha, beta): (f64, f64)) -> Outcome<(usize, f64)> {
    if !(0.0..=1.0).contains(&p) {
        return Err(Fault::argument(format!("the part {p} does not lie between 0 and 1"))
            .label(Part::Argument(1), "between 0 and 1"));
    }
    for (name, x) in [("alpha", alpha), ("beta", beta)] {
        if !(0.0..=1.0).contains(&x) {
            return Err(Fault::argument(format!("{name}={x} does not lie between 0 and 1")));
        }
    }
    let place = len as f64 * p + (alpha + p * (1.0 - alpha - beta));
    let last = len.saturating_sub(1).max(1);
    let below = (place.trunc().max(1.0) as usize).min(last);
    Ok((below, (place - below as f64).clamp(0.0, 1.0)))
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
    if let Value::Array(array) = &matrix
        && let Elements::Float(m) = &*array.elements()
    {
        return Ok(Shape::matrix(m.nrows(), m.ncols()).fill_with(reduce::centered_columns(m)?));
    }
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
    Ok((operators::binary(BinaryOp::Mul, &linalg::transpose(&x)?, &conjugated(&y))?, n))
}

/// Every element's conjugate; of real numbers the same array.
fn conjugated(matrix: &Value) -> Value {
    let Value::Array(array) = matrix else { return matrix.clone() };
    let elements = array.elements();
    match &*elements {
        Elements::Complex(m) => Value::array(Array::new(array.form(), Elements::Complex(m.map(|z| z.conj())))),
        _ => matrix.clone(),
    }
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

/// Two vectors of real numbers, or one with itself: the sums of the squares of the distances from their means, and that
/// of the products. `None` for anything else, and where their lengths differ.
fn comoments_of_vectors(args: &Arguments<'_>) -> Outcome<Option<(f64, f64, f64, usize)>> {
    if !all_vectors(args) {
        return Ok(None);
    }
    let arrays = (args.read_array(0)?, args.read_array(args.count() - 1)?);
    let (x, y) = (arrays.0.elements(), arrays.1.elements());
    let is_real = |v: &Elements| matches!(v, Elements::Bool(_) | Elements::Int(_) | Elements::Float(_));
    if !is_real(&x) || !is_real(&y) || x.len() != y.len() {
        return Ok(None);
    }
    let (x, y) = (promote::to_floats(&x)?, promote::to_floats(&y)?);
    let (a, b) = (reduce::average(&x), reduce::average(&y));
    let product = reduce::product_sum((&x, a), (&y, b));
    Ok(Some((reduce::squares_around(&x, a), reduce::squares_around(&y, b), product, x.len())))
}

fn cov(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let Some((_, _, product, n)) = comoments_of_vectors(args)? {
        return Ok(Value::float(product / divisor(args, n)?));
    }
    let (products, n) = comoments(args)?;
    let divided = operators::binary(BinaryOp::Div, &products, &Value::float(divisor(args, n)?))?;
    match number_if(all_vectors(args), divided) {
        // With itself, a vector has a real covariance.
        Value::Complex(c) if args.count() == 1 => Ok(Value::float(c.z.re)),
        covariance => Ok(covariance),
    }
}

/// The smaller sum under the root keeps exact what is exact.
fn correlation(product: Complex64, x: f64, y: f64) -> Complex64 {
    let (small, large) = (x.min(y), x.max(y));
    let ratio = product / large / (small / large).sqrt();
    // Rounding may leave the limits all the same.
    if product.im == 0.0 { Complex64::new(ratio.re.clamp(-1.0, 1.0), 0.0) } else { ratio }
}

fn cor(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let (2, Some((x, y, product, _))) = (args.count(), comoments_of_vectors(args)?) {
        return Ok(Value::float(correlation(Complex64::new(product, 0.0), x, y).re));
    }
    let (products, _) = comoments(args)?;
    let squares = |k: usize| -> Outcome<Vec<f64>> {
        let Some(array) = promote::as_array(&centered(args, k)?)? else { return Ok(Vec::new()) };
        let (rows, cols) = array.shape();
        let elements = array.elements();
        let numbers = promote::to_complexes(&elements)?;
        let column = |j: usize| numbers[j * rows..(j + 1) * rows].iter().map(Complex64::norm_sqr).sum();
        Ok((0..cols).map(column).collect())
    };
    let (x, y) = (squares(0)?, squares(args.count() - 1)?);
    let Some(array) = promote::as_array(&products)? else { return Ok(products) };
    let same = args.count() == 1;
    let shape = Shape::matrix(x.len(), y.len());
    let vectors = all_vectors(args);
    if same && vectors {
        return Ok(Value::float(1.0));
    }
    let entry = |k: usize, product: Complex64| {
        let (i, j) = (k % x.len(), k / x.len());
        if same && i == j {
            return Complex64::new(1.0, 0.0);
        }
        correlation(product, x[i], y[j])
    };
    let elements = array.elements();
    let sums = promote::to_complexes(&elements)?;
    let values = sums.iter().enumerate().map(|(k, p)| entry(k, *p));
    if let Elements::Complex(_) = &*elements {
        return Ok(number_if(vectors, shape.fill_with(values.collect::<Vec<Complex64>>())));
    }
    Ok(number_if(vectors, shape.fill_with(values.map(|z| z.re).collect::<Vec<f64>>())))
}
