//! Equality, identity and order of any two values.

use super::display::describe;
use super::nesting::inside;
use super::{Array, Elements, Lazy, Range, Value};
use crate::fault::{Fault, Outcome, Part};
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::rc::Rc;

/// `a == b` for any two values. Numbers compare exactly across types, arrays by size and elements, ranges as vectors.
pub fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => x == y,
        (Value::Float(x), Value::Float(y)) => x.get() == y.get(),
        (Value::Str(x), Value::Str(y)) => x == y,
        (Value::Array(x), Value::Array(y)) => equal_arrays(x, y, equal),
        (Value::Range(x), Value::Range(y)) => equal_ranges(x, y),
        (Value::Array(x), Value::Range(y)) | (Value::Range(y), Value::Array(x)) => equal_to_range(x, y),
        _ if is_number(a) && is_number(b) => equal_numbers(a, b),
        _ => equal_others(a, b, equal),
    }
}

/// `isequal(a, b)`: as `==`, but NaN equals itself and 0.0 differs from -0.0.
pub fn is_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(x), Value::Array(y)) => equal_arrays(x, y, is_equal),
        (Value::Range(x), Value::Range(y)) => equal_ranges(x, y),
        (Value::Array(x), Value::Range(y)) | (Value::Range(y), Value::Array(x)) => {
            x.is_vector() && x.len() == y.len() && (0..y.len()).all(|k| is_equal(&x.value(k), &y.get(k)))
        }
        _ if is_number(a) && is_number(b) => {
            let ((a_re, a_im), (b_re, b_im)) = (parts(a), parts(b));
            let same =
                |x: f64, y: f64| (x.is_nan() && y.is_nan()) || (x == y && x.is_sign_negative() == y.is_sign_negative());
            if matches!((a, b), (Value::Int(_), _) | (_, Value::Int(_))) {
                return equal_numbers(a, b) && same(a_re, b_re) && same(a_im, b_im);
            }
            same(a_re, b_re) && same(a_im, b_im)
        }
        _ => equal_others(a, b, is_equal),
    }
}

/// `a === b`: the same array, or scalars of the same type and value.
pub fn identical(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => same_float(x.get(), y.get()),
        (Value::Complex(x), Value::Complex(y)) => {
            x.integral == y.integral && same_float(x.z.re, y.z.re) && same_float(x.z.im, y.z.im)
        }
        (Value::Array(x), Value::Array(y)) => Rc::ptr_eq(x, y),
        (Value::Tuple(x), Value::Tuple(y)) => {
            x.names == y.names
                && x.items.len() == y.items.len()
                && x.items.iter().zip(&y.items).all(|(p, q)| identical(p, q))
        }
        (Value::Pair(x), Value::Pair(y)) => identical(&x.0, &y.0) && identical(&x.1, &y.1),
        (Value::Scaling(x), Value::Scaling(y)) => identical(x, y),
        _ => a == b,
    }
}

/// The same float: zeros by their sign; the bits of a NaN depend on the processor, so that one is as good as another.
fn same_float(x: f64, y: f64) -> bool {
    x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan())
}

/// The order of `isless`, that `sort` follows: NaN last, strings by character, tuples and vectors by element.
pub fn order(a: &Value, b: &Value) -> Outcome<Ordering> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => Ok(x.cmp(y)),
        (Value::Float(x), Value::Float(y)) => Ok(order_floats(x.get(), y.get())),
        (Value::Str(x), Value::Str(y)) => Ok(x.cmp(y)),
        (Value::Tuple(x), Value::Tuple(y)) => {
            order_sequences(x.items.len(), y.items.len(), |k| order(&x.items[k], &y.items[k]))
        }
        (Value::Pair(x), Value::Pair(y)) => Ok(order(&x.0, &y.0)?.then(order(&x.1, &y.1)?)),
        (Value::CartesianIndex(x), Value::CartesianIndex(y)) => Ok((x[1], x[0]).cmp(&(y[1], y[0]))),
        (Value::Array(x), Value::Array(y)) if x.is_vector() && y.is_vector() => {
            inside(|| order_sequences(x.len(), y.len(), |k| order(&x.value(k), &y.value(k))))
        }
        (Value::Float(x), _) if x.get() == 0.0 && integer(b).is_some() => Ok(order_floats(x.get(), parts(b).0)),
        (_, Value::Float(y)) if y.get() == 0.0 && integer(a).is_some() => Ok(order_floats(parts(a).0, y.get())),
        _ if is_real(a) && is_real(b) => Ok(compare_reals(a, b).unwrap_or_else(|| {
            // One is NaN, and stands after everything.
            parts(a).0.is_nan().cmp(&parts(b).0.is_nan())
        })),
        _ => Err(no_order(a, b)),
    }
}

/// The order of floats that `sort` follows: -0.0 before 0.0, NaN last.
pub fn order_floats(x: f64, y: f64) -> Ordering {
    match x.partial_cmp(&y) {
        Some(Ordering::Equal) => y.is_sign_negative().cmp(&x.is_sign_negative()),
        Some(ordering) => ordering,
        None => x.is_nan().cmp(&y.is_nan()),
    }
}

/// The order of two real numbers of any types, exactly; `None` if one is NaN or no real number.
pub fn compare_reals(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => x.get().partial_cmp(&y.get()),
        (Value::Float(x), _) => compare_int_float(integer(b)?, x.get()).map(Ordering::reverse),
        (_, Value::Float(y)) => compare_int_float(integer(a)?, y.get()),
        _ => Some(integer(a)?.cmp(&integer(b)?)),
    }
}

/// An integer against a float, without rounding the integer.
pub fn compare_int_float(x: i64, y: f64) -> Option<Ordering> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if y.is_nan() {
        None
    } else if y >= TWO_63 {
        Some(Ordering::Less)
    } else if y < -TWO_63 {
        Some(Ordering::Greater)
    } else {
        let whole = y.trunc();
        Some(x.cmp(&(whole as i64)).then(0.0_f64.partial_cmp(&(y - whole))?))
    }
}

/// `isapprox` of two numbers: they differ by at most `rtol` of the larger one, or by `atol`.
pub fn approx(a: &Value, b: &Value, rtol: f64, atol: f64) -> bool {
    if equal(a, b) {
        return true;
    }
    let ((a_re, a_im), (b_re, b_im)) = (parts(a), parts(b));
    if is_real(a) && is_real(b) {
        return near(a_re, b_re, rtol, atol);
    }
    let size = |re: f64, im: f64| re.hypot(im);
    let finite = [a_re, a_im, b_re, b_im].iter().all(|x| x.is_finite());
    finite && size(a_re - b_re, a_im - b_im) <= atol.max(rtol * size(a_re, a_im).max(size(b_re, b_im)))
}

/// The same of two floats.
#[inline]
pub fn near(x: f64, y: f64, rtol: f64, atol: f64) -> bool {
    x == y || (x.is_finite() & y.is_finite() && (x - y).abs() <= atol.max(rtol * x.abs().max(y.abs())))
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(x) => Some(x.get().into()),
        Value::Int(x) => Some(*x),
        _ => None,
    }
}

fn is_real(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_))
}

fn is_number(value: &Value) -> bool {
    is_real(value) || matches!(value, Value::Complex(_))
}

/// Real and imaginary part of a number.
fn parts(value: &Value) -> (f64, f64) {
    match value {
        Value::Bool(x) => (x.get().into(), 0.0),
        Value::Int(x) => (*x as f64, 0.0),
        Value::Float(x) => (x.get(), 0.0),
        Value::Complex(x) => (x.z.re, x.z.im),
        _ => (f64::NAN, 0.0),
    }
}

fn equal_numbers(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Complex(x), Value::Complex(y)) => x.z == y.z,
        (Value::Complex(x), real) | (real, Value::Complex(x)) => {
            x.z.im == 0.0 && compare_reals(&Value::float(x.z.re), real) == Some(Ordering::Equal)
        }
        _ => compare_reals(a, b) == Some(Ordering::Equal),
    }
}

/// Values of neither numbers nor arrays; `same` compares what is inside them.
fn equal_others(a: &Value, b: &Value, same: fn(&Value, &Value) -> bool) -> bool {
    match (a, b) {
        (Value::Tuple(x), Value::Tuple(y)) => {
            x.names == y.names
                && x.items.len() == y.items.len()
                && x.items.iter().zip(&y.items).all(|(p, q)| same(p, q))
        }
        (Value::Pair(x), Value::Pair(y)) => same(&x.0, &y.0) && same(&x.1, &y.1),
        (Value::Scaling(x), Value::Scaling(y)) => same(x, y),
        (Value::Scaling(scale), Value::Array(m)) | (Value::Array(m), Value::Scaling(scale)) => {
            is_scaled_identity(m, scale)
        }
        (Value::Iterator(x), Value::Iterator(y)) => equal_lazily(x, y, same),
        _ => a == b,
    }
}

fn equal_lazily(a: &Rc<Lazy>, b: &Rc<Lazy>, same: fn(&Value, &Value) -> bool) -> bool {
    match (&**a, &**b) {
        (Lazy::Rows(x), Lazy::Rows(y)) | (Lazy::Columns(x), Lazy::Columns(y)) => same(x, y),
        _ => Rc::ptr_eq(a, b),
    }
}

/// Is the matrix `scale * I`?
fn is_scaled_identity(matrix: &Array, scale: &Value) -> bool {
    let (rows, cols) = matrix.shape();
    let zero = Value::Int(0);
    !matrix.is_vector()
        && rows == cols
        && (0..rows * cols).all(|k| equal(&matrix.value(k), if k % (rows + 1) == 0 { scale } else { &zero }))
}

fn equal_arrays(a: &Array, b: &Array, same: fn(&Value, &Value) -> bool) -> bool {
    if a.shape() != b.shape() || a.ndims() != b.ndims() {
        return false;
    }
    let (a, b) = (a.elements(), b.elements());
    let strict = same(&Value::float(f64::NAN), &Value::float(f64::NAN));
    match (&*a, &*b) {
        (Elements::Bool(x), Elements::Bool(y)) => all_pairs(x.as_slice(), y.as_slice(), |p, q| p == q),
        (Elements::Int(x), Elements::Int(y)) => all_pairs(x.as_slice(), y.as_slice(), |p, q| p == q),
        (Elements::Float(x), Elements::Float(y)) if strict => {
            all_pairs(x.as_slice(), y.as_slice(), |p, q| (p.to_bits() == q.to_bits()) | (p.is_nan() & q.is_nan()))
        }
        (Elements::Float(x), Elements::Float(y)) => all_pairs(x.as_slice(), y.as_slice(), |p, q| p == q),
        (Elements::Complex(x), Elements::Complex(y)) if !strict => all_pairs(x.as_slice(), y.as_slice(), |p, q| p == q),
        (Elements::Any(x, _), Elements::Any(y, _)) => {
            compare_once(x.as_ptr(), y.as_ptr(), || x.iter().zip(y).all(|(p, q)| same(p, q)))
        }
        _ => (0..a.len()).all(|k| same(&a.value(k), &b.value(k))),
    }
}

/// Elements that are compared without a branch for each.
const COMPARED_TOGETHER: usize = 256;

/// Is it true of the elements of both in every place? There are as many in one as in the other.
fn all_pairs<T: Copy>(a: &[T], b: &[T], same: impl Fn(T, T) -> bool) -> bool {
    let together = |(a, b): (&[T], &[T])| a.iter().zip(b).fold(true, |all, (x, y)| all & same(*x, *y));
    a.chunks(COMPARED_TOGETHER).zip(b.chunks(COMPARED_TOGETHER)).all(together)
}

/// Is it true of one element at least?
pub fn any_element<T: Copy>(items: &[T], is: impl Fn(T) -> bool) -> bool {
    items.chunks(COMPARED_TOGETHER).any(|part| part.iter().fold(false, |found, x| found | is(*x)))
}

thread_local! {
    /// The pairs of arrays, by their elements' addresses, that the running comparison has come to.
    static MET: RefCell<HashSet<(*const Value, *const Value)>> = RefCell::default();
    /// How many comparisons of arrays of anything stand inside each other.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Compares the elements of a pair of arrays unless the running comparison has come to this pair before. Arrays that
/// contain themselves end in this way: they are equal if no difference is found. A difference ends the whole comparison,
/// so that a pair which was met is equal or still being looked at.
fn compare_once(x: *const Value, y: *const Value, compare: impl FnOnce() -> bool) -> bool {
    if !MET.with_borrow_mut(|met| met.insert((x, y))) {
        return true;
    }
    DEPTH.set(DEPTH.get() + 1);
    let same = compare();
    DEPTH.set(DEPTH.get() - 1);
    if DEPTH.get() == 0 {
        MET.with_borrow_mut(HashSet::clear);
    }
    same
}

fn equal_ranges(a: &Range, b: &Range) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (a, b) {
        (Range::Int { start: x, step: s, len, .. }, Range::Int { start: y, step: t, .. }) => {
            *len == 0 || (x == y && (*len == 1 || s == t))
        }
        // Evenly spaced numbers: the ends decide.
        _ => a.is_empty() || (equal(&a.first(), &b.first()) && equal(&a.last(), &b.last())),
    }
}

fn equal_to_range(array: &Array, range: &Range) -> bool {
    if !array.is_vector() || array.len() != range.len() {
        return false;
    }
    let elements = array.elements();
    (0..range.len()).all(|k| equal(&elements.value(k), &range.get(k)))
}

fn order_sequences(a: usize, b: usize, at: impl Fn(usize) -> Outcome<Ordering>) -> Outcome<Ordering> {
    for k in 0..a.min(b) {
        let ordering = at(k)?;
        if ordering.is_ne() {
            return Ok(ordering);
        }
    }
    Ok(a.cmp(&b))
}

#[cold]
fn no_order(a: &Value, b: &Value) -> Fault {
    let (left, right) = (describe(a), describe(b));
    Fault::method(format!("{left} and {right} have no order")).label(Part::Left, left).label(Part::Right, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_and_floats_compare_exactly() {
        let large = 9_007_199_254_740_993;
        assert!(!equal(&Value::Int(large), &Value::float(large as f64)));
        assert_eq!(compare_int_float(large, large as f64), Some(Ordering::Greater));
        assert_eq!(compare_int_float(i64::MAX, 9.3e18), Some(Ordering::Less));
        assert_eq!(compare_int_float(-3, -3.5), Some(Ordering::Greater));
        assert_eq!(compare_int_float(1, f64::NAN), None);
        assert!(equal(&Value::bool(true), &Value::complex(super::super::Complex64::new(1.0, 0.0))));
    }

    #[test]
    fn order_puts_nan_last() {
        let nan = Value::float(f64::NAN);
        assert_eq!(order(&Value::Int(1), &nan), Ok(Ordering::Less));
        assert_eq!(order(&nan, &nan), Ok(Ordering::Equal));
        assert_eq!(order(&Value::float(-0.0), &Value::float(0.0)), Ok(Ordering::Less));
        assert!(is_equal(&nan, &nan) && !equal(&nan, &nan) && !is_equal(&Value::float(0.0), &Value::float(-0.0)));
    }

    #[test]
    fn arrays_compare_by_size_and_elements() {
        let (ints, floats) = (Value::vector(vec![1_i64, 2]), Value::vector(vec![1.0, 2.0]));
        assert!(equal(&ints, &floats) && !identical(&ints, &Value::vector(vec![1_i64, 2])) && identical(&ints, &ints));
        assert!(equal(&ints, &Value::Range(Range::unit(1, 2).into())));
        assert!(!equal(&ints, &Value::matrix(2, 1, vec![1_i64, 2])));
        assert!(!equal(&Value::vector(vec![f64::NAN]), &Value::vector(vec![f64::NAN])));
        assert!(is_equal(&Value::vector(vec![f64::NAN]), &Value::vector(vec![f64::NAN])));
    }
}
