//! Sorting: stable, NaN last, fast on numbers. Values of other types follow `operators::order`.

use super::linalg::transposed;
use super::{operators, threads};
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::interrupt;
use crate::value::array::{dense, reserve, written};
use crate::value::display::describe;
use crate::value::{Array, Elements, Form, Tuple, Value};
use nalgebra::{DMatrix, Scalar};
use std::cmp::Ordering;
use std::mem::MaybeUninit;
use std::rc::Rc;

/// A sorted copy of a vector (or range); `rev` for descending order. Equal elements keep their order either way.
/// A matrix is refused: its dimension must be said (see [`sort_dims`]).
pub fn sort(vector: &Value, rev: bool) -> Outcome<Value> {
    if let (Value::Range(range), false) = (vector, rev) {
        let ascending = match range.step() {
            Value::Int(step) => step > 0,
            Value::Float(step) => step.get() >= 0.0,
            _ => true,
        };
        return Ok(if ascending { vector.clone() } else { Value::Range(Rc::new(range.reversed())) });
    }
    let array = vector_of("sort", vector)?;
    let mut elements = array.elements().clone();
    match &mut elements {
        Elements::Bool(m) => sort_bools(m.as_mut_slice(), rev),
        Elements::Int(m) => sort_ints(m.as_mut_slice(), rev),
        Elements::Float(m) => sort_floats(m.as_mut_slice(), rev),
        Elements::Complex(_) => return Err(complex_has_no_order()),
        Elements::Any(m, _) => sort_values(m.as_mut_slice(), rev)?,
    }
    Ok(Value::array(Array::new(Form::Vector, elements)))
}

/// A copy of a matrix with its columns (`dims` 1) or rows (2) sorted.
pub fn sort_dims(matrix: &Value, dims: usize, rev: bool) -> Outcome<Value> {
    let array = match matrix {
        Value::Array(array) => Rc::clone(array),
        Value::Range(range) => Rc::new(range.to_array()?),
        other => return Err(not_sortable("sort", other)),
    };
    let elements = match array.elements().clone() {
        Elements::Bool(m) => Elements::Bool(sort_lines(m, dims, |line| sort_bools(line, rev))?),
        Elements::Int(m) => Elements::Int(sort_lines(m, dims, |line| sort_ints(line, rev))?),
        Elements::Float(m) => Elements::Float(sort_lines(m, dims, |line| sort_floats(line, rev))?),
        Elements::Complex(_) => return Err(complex_has_no_order()),
        Elements::Any(m, eltype) => Elements::Any(sort_values_lines(m, dims, rev)?, eltype),
    };
    let form = if array.is_vector() { Form::Vector } else { Form::Matrix };
    Ok(Value::array(Array::new(form, elements)))
}

/// Sorts each column or row of numbers, several at once; along further dimensions every line is a single element.
fn sort_lines<T: Scalar + Copy + Send + Sync>(
    mut m: DMatrix<T>,
    dims: usize,
    sort: impl Fn(&mut [T]) + Sync,
) -> Outcome<DMatrix<T>> {
    check_dimension(dims)?;
    let (rows, cols) = m.shape();
    match dims {
        1 if rows > 0 => threads::for_lines(m.as_mut_slice(), rows, |part| {
            for line in part.chunks_exact_mut(rows) {
                if !interrupt::requested() {
                    sort(line);
                }
            }
        }),
        2 => {
            let turned = dense(cols, rows, transposed(m.as_slice(), rows, cols, |x| x)?);
            let sorted = sort_lines(turned, 1, sort)?;
            return Ok(dense(rows, cols, transposed(sorted.as_slice(), cols, rows, |x| x)?));
        }
        _ => {}
    }
    interrupt::check()?;
    Ok(m)
}

/// The same for values of any type.
fn sort_values_lines(mut m: DMatrix<Value>, dims: usize, rev: bool) -> Outcome<DMatrix<Value>> {
    check_dimension(dims)?;
    let rows = m.nrows();
    match dims {
        1 if rows > 0 => m.as_mut_slice().chunks_mut(rows).try_for_each(|line| sort_values(line, rev))?,
        2 => return Ok(sort_values_lines(m.transpose(), 1, rev)?.transpose()),
        _ => {}
    }
    Ok(m)
}

fn check_dimension(dims: usize) -> Outcome<()> {
    if dims == 0 { Err(Fault::argument("dimensions are numbered from 1, and dims is 0")) } else { Ok(()) }
}

/// The indices, from 1, that would sort a vector.
pub fn sortperm(vector: &Value, rev: bool) -> Outcome<Value> {
    vector_of("sortperm", vector)?;
    let places = order(vector, rev)?;
    Ok(Value::vector(places.into_iter().map(|k| k as i64 + 1).collect()))
}

/// The places, from 0, that would sort a vector; with [`permute`] this sorts by keys.
pub fn order(keys: &Value, rev: bool) -> Outcome<Vec<usize>> {
    let array = vector_of("sort", keys)?;
    match &*array.elements() {
        Elements::Bool(m) => order_of_keys(m.as_slice(), rev, |x| *x),
        Elements::Int(m) => order_of_keys(m.as_slice(), rev, |x| *x),
        Elements::Float(m) => order_of_keys(m.as_slice(), rev, |x| float_key(*x)),
        Elements::Complex(_) => Err(complex_has_no_order()),
        Elements::Any(m, _) => order_by(m.len(), &mut |a, b| compare(&m[a], &m[b], rev)),
    }
}

fn order_of_keys<T, K: Ord>(items: &[T], rev: bool, key: impl Fn(&T) -> K) -> Outcome<Vec<usize>> {
    let mut places = reserve(items.len())?;
    places.extend(0..items.len());
    if rev {
        places.sort_by_key(|k| std::cmp::Reverse(key(&items[*k])));
    } else {
        places.sort_by_key(|k| key(&items[*k]));
    }
    Ok(places)
}

/// The places, from 0, of `count` things in the order of a comparison that may fail. Stable; a comparison that
/// contradicts itself gives some order.
pub fn order_by(count: usize, cmp: &mut dyn FnMut(usize, usize) -> Outcome<Ordering>) -> Outcome<Vec<usize>> {
    let mut places: Vec<usize> = reserve(count)?;
    places.extend(0..count);
    let mut merged: Vec<usize> = reserve(count)?;
    // The standard library's sorts cannot stop at an error, so this is a merge sort of growing runs.
    let mut run = 1;
    while run < count {
        interrupt::check()?;
        merged.clear();
        for pair in places.chunks(run * 2) {
            let (left, right) = pair.split_at(run.min(pair.len()));
            merge(left, right, &mut merged, cmp)?;
        }
        std::mem::swap(&mut places, &mut merged);
        run *= 2;
    }
    Ok(places)
}

/// Appends two sorted runs in order; of equal elements those of the left run come first.
fn merge(
    mut left: &[usize],
    mut right: &[usize],
    merged: &mut Vec<usize>,
    cmp: &mut dyn FnMut(usize, usize) -> Outcome<Ordering>,
) -> Outcome<()> {
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
        if cmp(*b, *a)?.is_lt() {
            merged.push(*b);
            right = right_rest;
        } else {
            merged.push(*a);
            left = left_rest;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    Ok(())
}

/// The elements of a vector at these places (from 0), as a new vector of the same element type.
pub fn permute(vector: &Value, places: &[usize]) -> Outcome<Value> {
    fn pick<T: Scalar>(m: &DMatrix<T>, places: &[usize]) -> Outcome<DMatrix<T>> {
        let mut items = reserve(places.len())?;
        for place in places {
            let item = m.as_slice().get(*place).ok_or_else(|| Fault::bounds(format!("element {}", place + 1)))?;
            items.push(item.clone());
        }
        Ok(dense(items.len(), 1, items))
    }
    let array = vector_of("sort", vector)?;
    let elements = match &*array.elements() {
        Elements::Bool(m) => Elements::Bool(pick(m, places)?),
        Elements::Int(m) => Elements::Int(pick(m, places)?),
        Elements::Float(m) => Elements::Float(pick(m, places)?),
        Elements::Complex(m) => Elements::Complex(pick(m, places)?),
        Elements::Any(m, eltype) => Elements::Any(pick(m, places)?, eltype.clone()),
    };
    Ok(Value::array(Array::new(Form::Vector, elements)))
}

/// Sorts values by a comparison that may fail, such as a call of the user's function. Stable.
pub fn sort_by(items: &mut Vec<Value>, cmp: &mut dyn FnMut(&Value, &Value) -> Outcome<Ordering>) -> Outcome<()> {
    let places = order_by(items.len(), &mut |a, b| cmp(&items[a], &items[b]))?;
    *items = places.iter().map(|k| items[*k].clone()).collect();
    Ok(())
}

/// Are the elements of a vector in ascending (or descending) order?
pub fn is_sorted(vector: &Value, rev: bool) -> Outcome<bool> {
    let array = vector_of("issorted", vector)?;
    let elements = array.elements();
    match &*elements {
        Elements::Bool(m) => Ok(keys_are_sorted(m.as_slice(), rev, |x| *x)),
        Elements::Int(m) => Ok(keys_are_sorted(m.as_slice(), rev, |x| *x)),
        Elements::Float(m) => Ok(keys_are_sorted(m.as_slice(), rev, |x| float_key(*x))),
        Elements::Complex(_) => Err(complex_has_no_order()),
        Elements::Any(m, _) => {
            for pair in m.as_slice().windows(2) {
                if compare(&pair[0], &pair[1], rev)?.is_gt() {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}

fn keys_are_sorted<T, K: Ord>(items: &[T], rev: bool, key: impl Fn(&T) -> K) -> bool {
    items.is_sorted_by(|a, b| if rev { key(a) >= key(b) } else { key(a) <= key(b) })
}

/// The elements in the opposite order: of a vector, range, tuple or string; of a matrix along `dims`, or of all
/// elements without it.
pub fn reverse(of: &Value, dims: Option<usize>) -> Outcome<Value> {
    match of {
        Value::Array(array) => reverse_array(array, dims),
        Value::Range(range) => Ok(Value::Range(Rc::new(range.reversed()))),
        Value::Str(text) => Ok(Value::str(text.chars().rev().collect::<String>())),
        Value::Tuple(tuple) => Ok(Value::Tuple(Rc::new(Tuple {
            items: tuple.items.iter().rev().cloned().collect(),
            names: tuple.names.as_ref().map(|names| Rc::new(names.iter().rev().cloned().collect())),
        }))),
        other => {
            let what = describe(other);
            Err(Fault::method(format!("`reverse` takes an array, a range, a tuple or a string, not {what}"))
                .label(Part::Argument(0), what))
        }
    }
}

fn reverse_array(array: &Array, dims: Option<usize>) -> Outcome<Value> {
    fn reversed<T: Scalar>(m: &DMatrix<T>, dims: Option<usize>) -> Outcome<DMatrix<T>> {
        let (rows, cols) = m.shape();
        let write = |to: &mut [MaybeUninit<T>]| {
            for col in 0..cols {
                let from = if dims == Some(1) { col } else { cols - 1 - col };
                let from = &m.as_slice()[from * rows..(from + 1) * rows];
                let to = &mut to[col * rows..(col + 1) * rows];
                // A loop that knows both lengths takes a third of the time of one that appends.
                if dims == Some(2) {
                    to.iter_mut().zip(from).for_each(|(to, x)| _ = to.write(x.clone()));
                } else {
                    to.iter_mut().zip(from.iter().rev()).for_each(|(to, x)| _ = to.write(x.clone()));
                }
            }
            Ok(())
        };
        // SAFETY: every column is written from its first element to its last.
        Ok(dense(rows, cols, unsafe { written(m.len(), write) }?))
    }
    if !matches!(dims, None | Some(1 | 2)) {
        return Err(Fault::argument("a dimension is 1 (down the columns) or 2 (along the rows)"));
    }
    let elements = match &*array.elements() {
        Elements::Bool(m) => Elements::Bool(reversed(m, dims)?),
        Elements::Int(m) => Elements::Int(reversed(m, dims)?),
        Elements::Float(m) => Elements::Float(reversed(m, dims)?),
        Elements::Complex(m) => Elements::Complex(reversed(m, dims)?),
        Elements::Any(m, eltype) => Elements::Any(reversed(m, dims)?, eltype.clone()),
    };
    let form = if array.is_vector() { Form::Vector } else { Form::Matrix };
    Ok(Value::array(Array::new(form, elements)))
}

fn sort_bools(items: &mut [bool], rev: bool) {
    let trues = items.iter().filter(|x| **x).count();
    let boundary = if rev { trues } else { items.len() - trues };
    items[..boundary].fill(rev);
    items[boundary..].fill(!rev);
}

fn sort_ints(items: &mut [i64], rev: bool) {
    // Equal integers cannot be told apart, so that an unstable sort is a stable one.
    items.sort_unstable();
    if rev {
        items.reverse();
    }
}

fn sort_floats(items: &mut [f64], rev: bool) {
    // As integers in their order they are compared without a look at NaN and zeros.
    items.iter_mut().for_each(|x| *x = f64::from_bits(float_key(*x) as u64));
    items.sort_unstable_by_key(|x| x.to_bits() as i64);
    items.iter_mut().for_each(|x| *x = f64::from_bits(ordered(x.to_bits() as i64) as u64));
    if rev {
        items.reverse();
    }
}

/// An integer in the order of the floats: -0.0 before 0.0, every NaN last.
fn float_key(x: f64) -> i64 {
    if x.is_nan() { i64::MAX } else { ordered(x.to_bits() as i64) }
}

/// The bits of floats, which grow with the magnitude, as integers in the order of the floats; and back.
fn ordered(bits: i64) -> i64 {
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

/// Puts floats in ascending order, NaN last.
pub fn place_all(items: &mut [f64]) {
    sort_floats(items, false);
}

/// Puts the elements that stand at these places of the sorted floats there; all elements before are smaller, all after
/// larger, and in no order. Places ascend. NaN comes last.
pub fn place(mut items: &mut [f64], places: &[usize]) {
    let mut before = 0;
    for place in places {
        let Some(k) = place.checked_sub(before).filter(|k| *k < items.len()) else { continue };
        items.select_nth_unstable_by_key(k, |x| float_key(*x));
        items = &mut std::mem::take(&mut items)[k + 1..];
        before = place + 1;
    }
}

fn sort_values(items: &mut [Value], rev: bool) -> Outcome<()> {
    let places = order_by(items.len(), &mut |a, b| compare(&items[a], &items[b], rev))?;
    let sorted: Vec<Value> = places.iter().map(|k| items[*k].clone()).collect();
    items.clone_from_slice(&sorted);
    Ok(())
}

fn compare(a: &Value, b: &Value, rev: bool) -> Outcome<Ordering> {
    if rev { operators::order(b, a) } else { operators::order(a, b) }
}

/// The vector that is sorted; a fault for what is none.
fn vector_of(name: &str, value: &Value) -> Outcome<Rc<Array>> {
    match value {
        Value::Array(array) if array.is_vector() => Ok(Rc::clone(array)),
        Value::Range(range) => range.to_array().map(Rc::new),
        Value::Array(_) => Err(Fault::new(ErrorKind::UndefKeywordError, format!("`{name}` of a matrix needs dims"))
            .rule("dims=1 sorts each column, dims=2 each row")
            .label(Part::Argument(0), describe(value))
            .hint(format!("`{name}(vec(A))` sorts all elements of A"))),
        other => Err(not_sortable(name, other)),
    }
}

#[cold]
fn not_sortable(name: &str, value: &Value) -> Fault {
    let what = describe(value);
    let fault = Fault::method(format!("`{name}` takes a vector, not {what}")).label(Part::Argument(0), what);
    match value {
        Value::Tuple(_) | Value::Str(_) | Value::Iterator(_) => fault.hint(format!("{name}(collect(x))")),
        _ => fault,
    }
}

#[cold]
fn complex_has_no_order() -> Fault {
    Fault::method("complex numbers have no order")
        .rule("sorting needs elements of which one is smaller")
        .hint("by size: `sort(z, by=abs)`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(items: &[f64]) -> Value {
        Value::vector(items.to_vec())
    }

    #[test]
    fn floats_sort_with_nan_last_and_signed_zeros_in_order() {
        let sorted = sort(&floats(&[1.0, f64::NAN, 0.0, -1.5, -0.0, f64::INFINITY]), false).expect("a vector");
        assert_eq!(format!("{sorted:?}"), format!("{:?}", floats(&[-1.5, -0.0, 0.0, 1.0, f64::INFINITY, f64::NAN])));
        let descending = sort(&floats(&[1.0, f64::NAN, 2.0]), true).expect("a vector");
        assert_eq!(format!("{descending:?}"), format!("{:?}", floats(&[f64::NAN, 2.0, 1.0])));
    }

    #[test]
    fn places_of_equal_keys_keep_their_order_either_way() {
        let keys = Value::vector(vec![2_i64, 1, 2, 1]);
        assert_eq!(order(&keys, false), Ok(vec![1, 3, 0, 2]));
        assert_eq!(order(&keys, true), Ok(vec![0, 2, 1, 3]));
        assert_eq!(sortperm(&keys, false), Ok(Value::vector(vec![2_i64, 4, 1, 3])));
    }

    #[test]
    fn a_comparison_that_fails_stops_the_sort() {
        let mut calls = 0;
        let result = order_by(10, &mut |_, _| {
            calls += 1;
            if calls == 3 { Err(Fault::argument("no")) } else { Ok(Ordering::Less) }
        });
        assert_eq!((result.is_err(), calls), (true, 3));
    }

    #[test]
    fn merging_sorts_every_length() {
        for count in 0..40_usize {
            let keys: Vec<usize> = (0..count).map(|k| k * 7919 % 13).collect();
            let mut expected: Vec<usize> = (0..count).collect();
            expected.sort_by_key(|k| keys[*k]);
            assert_eq!(order_by(count, &mut |a, b| Ok(keys[a].cmp(&keys[b]))), Ok(expected));
        }
    }

    #[test]
    fn matrices_sort_and_reverse_along_a_dimension() {
        let matrix = Value::matrix(2, 2, vec![3_i64, 2, 1, 4]);
        assert_eq!(sort_dims(&matrix, 1, false), Ok(Value::matrix(2, 2, vec![2_i64, 3, 1, 4])));
        assert_eq!(sort_dims(&matrix, 2, true), Ok(Value::matrix(2, 2, vec![3_i64, 4, 1, 2])));
        assert_eq!(reverse(&matrix, Some(1)), Ok(Value::matrix(2, 2, vec![2_i64, 3, 4, 1])));
        assert_eq!(reverse(&matrix, Some(2)), Ok(Value::matrix(2, 2, vec![1_i64, 4, 3, 2])));
        assert_eq!(reverse(&matrix, None), Ok(Value::matrix(2, 2, vec![4_i64, 1, 2, 3])));
    }

    #[test]
    fn bools_sort_by_counting() {
        let bools = Value::vector(vec![true, false, true]);
        assert_eq!(sort(&bools, false), Ok(Value::vector(vec![false, true, true])));
        assert_eq!(sort(&bools, true), Ok(Value::vector(vec![true, true, false])));
        assert_eq!(is_sorted(&bools, false), Ok(false));
    }
}
