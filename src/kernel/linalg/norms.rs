//! Norms of vectors and matrices.

use super::svd::singular_values;
use super::{Dense, either, not_numbers};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::reduce;
use crate::value::nesting::inside;
use crate::value::{Elements, Value};
use nalgebra::{ComplexField, DMatrix};

/// The p-norm of the elements, as of one long vector (p = 2 for a matrix: Frobenius).
pub fn norm(a: &Value, p: f64) -> Outcome<Value> {
    if let Value::Tuple(tuple) = a {
        return norm(&Value::array(crate::value::promote::literal_vector(tuple.items.clone())?), p);
    }
    if let Value::Array(array) = a
        && let crate::value::Elements::Any(items, _) = &*array.elements()
    {
        if items.is_empty() {
            return Err(not_numbers(a, "norm", 0).rule("without elements and their type it has no zero to give"));
        }
        // A vector of vectors has the norm of its elements' norms.
        let sizes = items.iter().map(|item| inside(|| norm(item, 2.0))).collect::<Outcome<Vec<_>>>()?;
        let sizes = sizes.iter().map(crate::value::promote::to_float).collect::<Outcome<Vec<_>>>()?;
        return Ok(Value::float(of_sizes(sizes.len(), || sizes.iter().copied(), p)));
    }
    if let Value::Array(array) = a
        && let Some(result) = of_elements(&array.elements(), p)
    {
        return Ok(Value::float(result));
    }
    let dense = Dense::of(a, "norm", 0)?;
    let result = either!(&dense, m => of_sizes(m.len(), || m.iter().map(|x| x.modulus()), p));
    Ok(Value::float(result))
}

/// The p-norm of stored numbers where there is a faster way to it; `None` where squares might overflow or vanish.
fn of_elements(elements: &Elements, p: f64) -> Option<f64> {
    match elements {
        Elements::Float(m) => of_floats(m.as_slice(), p),
        Elements::Complex(m) if p == 2.0 => {
            let items = m.as_slice();
            // SAFETY: a complex number is its real and its imaginary part, one after the other, and nothing else.
            let parts = unsafe { std::slice::from_raw_parts(items.as_ptr().cast::<f64>(), 2 * items.len()) };
            of_floats(parts, p)
        }
        Elements::Complex(_) | Elements::Bool(_) | Elements::Int(_) | Elements::Any(..) => None,
    }
}

fn of_floats(items: &[f64], p: f64) -> Option<f64> {
    if p != 2.0 {
        return None;
    }
    let squares = reduce::squares_around(items, 0.0);
    // NaN is in no range.
    (1e-270..1e290).contains(&squares).then(|| squares.sqrt())
}

/// The p-norm of numbers whose absolute values are given.
pub(super) fn of_sizes<I: Iterator<Item = f64>>(len: usize, sizes: impl Fn() -> I, p: f64) -> f64 {
    if len == 0 {
        return 0.0;
    }
    // Not `f64::max`, which loses NaN.
    let larger = |a: f64, b: f64| if b > a || b.is_nan() { b } else { a };
    let smaller = |a: f64, b: f64| if b < a || b.is_nan() { b } else { a };
    if p == f64::INFINITY {
        return sizes().fold(0.0, larger);
    }
    if p == f64::NEG_INFINITY {
        return sizes().fold(f64::INFINITY, smaller);
    }
    if p == 0.0 {
        return sizes().filter(|x| *x != 0.0).count() as f64;
    }
    if p == 1.0 {
        return sizes().sum();
    }
    // Divided by the largest, so that no square overflows or vanishes.
    let largest = sizes().fold(0.0, larger);
    if largest == 0.0 || !largest.is_finite() {
        return largest;
    }
    let in_range = (1e-140..1e140).contains(&largest) && p == 2.0;
    if in_range {
        return sizes().map(|x| x * x).sum::<f64>().sqrt();
    }
    if p == 2.0 {
        return largest * sizes().map(|x| (x / largest) * (x / largest)).sum::<f64>().sqrt();
    }
    largest * sizes().map(|x| (x / largest).powf(p)).sum::<f64>().powf(1.0 / p)
}

/// The operator norm of a matrix for p = 1, 2 or Inf.
pub fn opnorm(a: &Value, p: f64) -> Outcome<Value> {
    if !matches!(a, Value::Array(_) | Value::Range(_)) {
        return match a {
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => norm(a, 2.0),
            _ => Err(not_numbers(a, "opnorm", 0)),
        };
    }
    let dense = Dense::of(a, "opnorm", 0)?;
    let result = if p == 1.0 {
        either!(&dense, m => largest_line(m.ncols(), |j| column_sum(m, j)))
    } else if p == f64::INFINITY {
        either!(&dense, m => largest_line(m.nrows(), |i| row_sum(m, i)))
    } else if p == 2.0 {
        either!(dense, m => singular_values(m, "opnorm")?.first().copied().unwrap_or(0.0))
    } else {
        return Err(Fault::argument(format!("there is no operator norm for p = {p} here"))
            .rule("opnorm takes p = 1 (largest column sum), 2 (largest singular value) or Inf (largest row sum)")
            .label(Part::Argument(1), p.to_string()));
    };
    Ok(Value::float(result))
}

fn largest_line(count: usize, sum: impl Fn(usize) -> f64) -> f64 {
    (0..count).map(sum).fold(0.0, |a, b| if b > a || b.is_nan() { b } else { a })
}

fn column_sum<T: ComplexField<RealField = f64> + Copy>(m: &DMatrix<T>, j: usize) -> f64 {
    m.column(j).iter().map(|x| x.modulus()).sum()
}

fn row_sum<T: ComplexField<RealField = f64> + Copy>(m: &DMatrix<T>, i: usize) -> f64 {
    m.row(i).iter().map(|x| x.modulus()).sum()
}
