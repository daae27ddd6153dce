//! Sums, products, extrema and scans of arrays, ranges and tuples, of everything or along a dimension.

mod columns;
mod groups;
mod numbers;
mod places;
mod products;
mod scan;

pub use numbers::{larger, smaller};
pub use places::place_in;
pub use products::{average, centered_columns, product_sum, squares_around, squares_around_rows, squares_of_columns};
pub use scan::{Step, accumulate, cumprod, cumsum, diff};

use super::operators;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::op::BinaryOp;
use crate::value::display::{describe, with_article};
use crate::value::{Array, Complex64, Element, Elements, Range, Type, Value, promote};
use groups::{along, along_values, check_dimension, in_pairs};
use std::cmp::Ordering;
use std::rc::Rc;

/// The sum of all elements, or along dimension `dims` (1 or 2); a Bool counts as an integer.
/// Sums of floats are pairwise, so that rounding errors stay small.
pub fn sum(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    if let (Value::Range(range), None) = (over, dims)
        && let Range::Int { start, step, len, .. } = **range
    {
        return numbers::sum_of_range(start, step, len).map(Value::Int);
    }
    let array = elements_of("sum", over)?;
    match &*array.elements() {
        Elements::Bool(m) => {
            let add = (i64::from, |x: i64, y: i64| x + y);
            in_pairs(&array, m, dims, |items| Ok(numbers::count(items)), add, Ok)
        }
        Elements::Int(m) => {
            let add = (i128::from, |x: i128, y: i128| x + y);
            in_pairs(&array, m, dims, numbers::sum_ints, add, numbers::int_sum)
        }
        Elements::Float(m) => {
            let add = (|x: f64| x, |x: f64, y: f64| x + y);
            in_pairs(&array, m, dims, |items| Ok(numbers::sum_floats(items)), add, Ok)
        }
        Elements::Complex(m) => {
            let add = (|z: Complex64| z, |z: Complex64, w: Complex64| z + w);
            in_pairs(&array, m, dims, |items| Ok(numbers::sum_complexes(items)), add, Ok)
        }
        Elements::Any(m, eltype) => {
            along_values(&array, m, dims, |items| fold_values(BinaryOp::Add, items, "sum", eltype))
        }
    }
}

/// The product of all elements, or along a dimension.
pub fn prod(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    if matches!(over, Value::Tuple(tuple) if tuple.items.is_empty()) {
        return Ok(Value::Int(1));
    }
    let array = elements_of("prod", over)?;
    match &*array.elements() {
        Elements::Bool(m) => along(&array, m, dims, |items| Ok(!items.contains(&false))),
        Elements::Int(m) => along(&array, m, dims, numbers::product_of_ints),
        Elements::Float(m) => along(&array, m, dims, |items| Ok(items.iter().product::<f64>())),
        Elements::Complex(m) => along(&array, m, dims, |items| Ok(items.iter().product::<Complex64>())),
        Elements::Any(m, eltype) => {
            along_values(&array, m, dims, |items| fold_values(BinaryOp::Mul, items, "prod", eltype))
        }
    }
}

/// The smallest element, or along a dimension; NaN if there is one. An `ArgumentError` for no elements.
pub fn minimum(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    extreme("minimum", Ordering::Less, over, dims)
}

/// The largest element, or along a dimension; NaN if there is one. An `ArgumentError` for no elements.
pub fn maximum(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    extreme("maximum", Ordering::Greater, over, dims)
}

fn extreme(name: &str, wanted: Ordering, over: &Value, dims: Option<usize>) -> Outcome<Value> {
    if let (Value::Range(range), None) = (over, dims) {
        if range.is_empty() {
            return Err(no_elements(name));
        }
        return better(wanted, range.first(), range.last());
    }
    let array = elements_of(name, over)?;
    match &*array.elements() {
        Elements::Bool(m) => along(&array, m, dims, |items| {
            let found = items.contains(&(wanted == Ordering::Greater));
            if items.is_empty() { Err(no_elements(name)) } else { Ok(found == (wanted == Ordering::Greater)) }
        }),
        Elements::Int(m) => {
            let whole = |items: &[i64]| {
                let extreme = if wanted == Ordering::Less { items.iter().min() } else { items.iter().max() };
                extreme.copied().ok_or_else(|| no_elements(name))
            };
            let of_two = |x: i64, y: i64| if wanted == Ordering::Less { x.min(y) } else { x.max(y) };
            in_pairs(&array, m, dims, whole, (|x: i64| x, of_two), Ok)
        }
        Elements::Float(m) => {
            let whole = |items: &[f64]| {
                if items.is_empty() {
                    return Err(no_elements(name));
                }
                Ok(if wanted == Ordering::Less { numbers::smallest(items) } else { numbers::largest(items) })
            };
            if wanted == Ordering::Less {
                in_pairs(&array, m, dims, whole, (|x: f64| x, numbers::smaller), Ok)
            } else {
                in_pairs(&array, m, dims, whole, (|x: f64| x, numbers::larger), Ok)
            }
        }
        Elements::Complex(_) => Err(Fault::method(format!("`{name}` is not defined for complex numbers"))
            .rule("complex numbers have no order")
            .hint("compare their sizes: `abs.(z)`")),
        Elements::Any(m, _) => along_values(&array, m, dims, |items| {
            let mut items = items.iter().cloned();
            let first = items.next().ok_or_else(|| no_elements(name))?;
            items.try_fold(first, |best, x| better(wanted, best, x))
        }),
    }
}

/// The one that is smaller, or larger; NaN beats everything.
fn better(wanted: Ordering, best: Value, x: Value) -> Outcome<Value> {
    let is_nan = |v: &Value| matches!(v, Value::Float(x) if x.get().is_nan());
    if is_nan(&best) {
        return Ok(best);
    }
    let replaces = is_nan(&x) || operators::order(&x, &best)? == wanted;
    Ok(if replaces { x } else { best })
}

/// `(minimum, maximum)`; along a dimension an array of such pairs.
pub fn extrema(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    let (low, high) =
        (extreme("extrema", Ordering::Less, over, dims)?, extreme("extrema", Ordering::Greater, over, dims)?);
    let (Value::Array(lows), Value::Array(highs), Some(_)) = (&low, &high, dims) else {
        return Ok(Value::tuple(vec![low, high]));
    };
    let (rows, cols) = lows.shape();
    let pairs = (0..lows.len()).map(|k| Value::tuple(vec![lows.value(k), highs.value(k)])).collect();
    let array = promote::collect(pairs)?;
    let elements = array.elements().clone().reshaped(rows, cols);
    Ok(Value::array(Array::new(lows.form(), elements)))
}

/// Is any element true? Elements must be Bools.
pub fn any(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    of_bools("any", over, dims, |items| items.contains(&true))
}

/// Are all elements true? Elements must be Bools.
pub fn all(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    of_bools("all", over, dims, |items| !items.contains(&false))
}

/// How many elements are true; elements must be Bools.
pub fn count(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    of_bools("count", over, dims, numbers::count)
}

fn of_bools<R: Element>(name: &str, over: &Value, dims: Option<usize>, f: fn(&[bool]) -> R) -> Outcome<Value> {
    let array = elements_of(name, over)?;
    let whole = |items: &[bool]| Ok(f(items));
    match &*array.elements() {
        Elements::Bool(m) => along(&array, m, dims, whole),
        other => {
            let truth = |k: usize| match other.value(k) {
                Value::Bool(x) => Ok(x.get()),
                value => Err(not_a_bool(name, &value)),
            };
            let bools = (0..other.len()).map(truth).collect::<Outcome<Vec<bool>>>()?;
            let (rows, cols) = other.shape();
            along(&array, &crate::value::array::dense(rows, cols, bools), dims, whole)
        }
    }
}

/// The arithmetic mean of all elements, or along a dimension: NaN for no numbers.
pub fn mean(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    let array = elements_of("mean", over)?;
    match &*array.elements() {
        Elements::Bool(m) => along(&array, m, dims, |items| Ok(numbers::count(items) as f64 / items.len() as f64)),
        Elements::Int(m) => along(&array, m, dims, |items| Ok(numbers::exact_sum(items) as f64 / items.len() as f64)),
        Elements::Float(m) => {
            let count = m.ncols() as f64;
            let add = (|x: f64| x, |x: f64, y: f64| x + y);
            let whole = |items: &[f64]| Ok(numbers::sum_floats(items) / items.len() as f64);
            in_pairs(&array, m, dims, whole, add, |sum| Ok(sum / count))
        }
        Elements::Complex(m) => along(&array, m, dims, |items| Ok(numbers::sum_complexes(items) / items.len() as f64)),
        Elements::Any(m, eltype) => along_values(&array, m, dims, |items| {
            let sum = fold_values(BinaryOp::Add, items, "mean", eltype)?;
            operators::binary(BinaryOp::Div, &sum, &Value::Int(items.len() as i64))
        }),
    }
}

/// `a[1] op a[2] op …` from the left, or along a dimension: `foldl(-, v)`. An `ArgumentError` for no elements.
pub fn fold(op: BinaryOp, over: &Value, dims: Option<usize>) -> Outcome<Value> {
    let array = elements_of("reduce", over)?;
    let elements = array.elements();
    let values: Vec<Value> = (0..elements.len()).map(|k| elements.value(k)).collect();
    let (rows, cols) = elements.shape();
    let eltype = elements.eltype();
    along_values(&array, &crate::value::array::dense(rows, cols, values), dims, |items| {
        fold_values(op, items, "reduce", &eltype)
    })
}

/// Values put together from the left.
fn fold_values(op: BinaryOp, items: &[Value], name: &str, eltype: &Type) -> Outcome<Value> {
    let mut items = items.iter();
    let Some(first) = items.next() else {
        return Err(match op {
            BinaryOp::Add | BinaryOp::Mul => no_beginning(name, eltype),
            _ => no_elements(name),
        });
    };
    items.try_fold(first.clone(), |so_far, x| operators::binary(op, &so_far, x))
}

/// The elements of what a reduction takes, in an array; a number is its own only element.
fn elements_of(name: &str, over: &Value) -> Outcome<Rc<Array>> {
    match over {
        Value::Array(array) => Ok(Rc::clone(array)),
        Value::Range(range) => range.to_array().map(Rc::new),
        Value::Tuple(tuple) => promote::collect(tuple.items.clone()).map(Rc::new),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => {
            promote::collect(vec![over.clone()]).map(Rc::new)
        }
        Value::Undefined
        | Value::Nothing
        | Value::Colon
        | Value::Str(_)
        | Value::Pair(_)
        | Value::CartesianIndex(_)
        | Value::Scaling(_)
        | Value::Type(_)
        | Value::Function(_)
        | Value::Error(_)
        | Value::Iterator(_)
        | Value::Reference(_)
        | Value::Stream(_)
        | Value::Variable(_) => {
            let what = describe(over);
            Err(Fault::method(format!("`{name}` takes an array, a range or a tuple, not {}", with_article(&what)))
                .label(Part::Argument(0), what))
        }
    }
}

#[cold]
fn no_elements(name: &str) -> Fault {
    Fault::argument(format!("`{name}` of no elements: reducing over an empty collection is not allowed"))
        .hint("consider supplying `init`, what it begins with")
}

/// A sum or product of no elements whose type has no zero or one.
#[cold]
pub fn no_beginning(name: &str, eltype: &Type) -> Fault {
    Fault::method(format!("`{name}` of no elements of type {eltype}"))
        .rule("a sum of nothing is the zero of its elements' type, a product the one; only types of numbers have them")
        .hint("consider supplying `init`, what it begins with")
}

#[cold]
fn not_a_bool(name: &str, value: &Value) -> Fault {
    let what = describe(value);
    Fault::new(ErrorKind::TypeError, format!("`{name}` takes elements that are true or false, and one is {what}"))
        .label(Part::Argument(0), what)
        .hint(format!("compare first: `{name}(x .!= 0)`"))
}

#[cfg(test)]
mod tests;
