//! Indexing and indexed assignment: `A[i, j]`, `A[:, 2]`, `A[mask]`, `A[2:end] .= v`.

mod assign;
mod faults;
mod selection;

pub use assign::{put, set};
pub use selection::{Axis, Selection, places_of_true};

use super::array::{dense, reserve};
use super::{Array, Elements, Form, Lazy, Range, Tuple, Value};
use crate::fault::Outcome;
use selection::Extent;
use std::rc::Rc;

/// `object[indices...]` for every kind of object and index; scalar indices drop their dimension.
/// Faults carry `Part::Argument(k)` labels for the index at fault.
pub fn get(object: &Value, indices: &[Value]) -> Outcome<Value> {
    match (object, indices) {
        (_, [index]) => get1(object, index),
        (Value::Array(array), [Value::Int(i), Value::Int(j)]) => {
            let (rows, cols) = array.shape();
            match (offset(*i, rows), offset(*j, cols)) {
                (Some(i), Some(j)) => Ok(array.value(i + j * rows)),
                _ => select(object, array, indices),
            }
        }
        (Value::Array(array), _) => select(object, array, indices),
        (Value::Scaling(scale), [Value::Int(i), Value::Int(j)]) => {
            let bit = Value::bool(i == j);
            super::scalar::binary(crate::op::BinaryOp::Mul, scale, &bit)
        }
        (Value::Reference(held), []) => Ok(held.get()),
        _ => get_other(object, indices),
    }
}

/// `object[index]`
pub fn get1(object: &Value, index: &Value) -> Outcome<Value> {
    match (object, index) {
        (Value::Array(array), Value::Int(i)) => match offset(*i, array.len()) {
            Some(k) => Ok(array.value(k)),
            None => select(object, array, std::slice::from_ref(index)),
        },
        (Value::Range(range), Value::Int(i)) if offset(*i, range.len()).is_some() => Ok(range.get(*i as usize - 1)),
        (Value::Tuple(tuple), Value::Int(i)) if offset(*i, tuple.items.len()).is_some() => {
            Ok(tuple.items[*i as usize - 1].clone())
        }
        (Value::Array(array), _) => select(object, array, std::slice::from_ref(index)),
        _ => get_other(object, std::slice::from_ref(index)),
    }
}

/// What `end` means as index number `position` (from 0) of `count`; `begin` is 1.
pub fn last(object: &Value, position: usize, count: usize) -> Outcome<i64> {
    let extent = Extent::of(object)?;
    let last = match (count, position) {
        (1, _) => extent.len(),
        (_, 0) => extent.rows,
        (_, 1) => extent.cols,
        _ => 1,
    };
    Ok(last as i64)
}

/// The positions that indices choose, and the shape of the result.
pub fn resolve_indices(object: &Value, indices: &[Value]) -> Outcome<Selection> {
    Selection::resolve(object, &Extent::of(object)?, indices)
}

/// An index from 1 as one from 0, if it is within the length.
#[inline(always)]
fn offset(index: i64, len: usize) -> Option<usize> {
    let k = (index as u64).wrapping_sub(1);
    (k < len as u64).then_some(k as usize)
}

/// Positions in the column-major elements of an array.
pub trait Positions {
    /// Appends the elements at the positions.
    fn copy<T: Clone>(self, from: &[T], to: &mut Vec<T>);
}

impl<I: Iterator<Item = usize>> Positions for I {
    fn copy<T: Clone>(self, from: &[T], to: &mut Vec<T>) {
        to.extend(self.map(|k| from[k].clone()));
    }
}

/// The elements of an array at the positions, in a new array of `rows * cols`.
pub fn gather(array: &Array, positions: impl Positions, rows: usize, cols: usize, form: Form) -> Outcome<Array> {
    fn copy<T: nalgebra::Scalar>(
        from: &nalgebra::DMatrix<T>,
        positions: impl Positions,
        rows: usize,
        cols: usize,
    ) -> Outcome<nalgebra::DMatrix<T>> {
        let mut items = reserve(super::array::element_count(rows, cols)?)?;
        positions.copy(from.as_slice(), &mut items);
        Ok(dense(rows, cols, items))
    }
    let elements = match &*array.elements() {
        Elements::Bool(m) => Elements::Bool(copy(m, positions, rows, cols)?),
        Elements::Int(m) => Elements::Int(copy(m, positions, rows, cols)?),
        Elements::Float(m) => Elements::Float(copy(m, positions, rows, cols)?),
        Elements::Complex(m) => Elements::Complex(copy(m, positions, rows, cols)?),
        Elements::Any(m, eltype) => Elements::Any(copy(m, positions, rows, cols)?, eltype.clone()),
    };
    Ok(Array::new(form, elements))
}

fn select(object: &Value, array: &Array, indices: &[Value]) -> Outcome<Value> {
    if let [Value::Array(index)] = indices
        && let Some(taken) = selection::take_numbered(array, index)?
    {
        return Ok(taken);
    }
    let selection = Selection::resolve(object, &Extent::of(object)?, indices)?;
    selection.take(array)
}

/// Indexing of anything but an array.
#[inline(never)]
fn get_other(object: &Value, indices: &[Value]) -> Outcome<Value> {
    let extent = Extent::of(object)?;
    let selection = Selection::resolve(object, &extent, indices)?;
    match object {
        Value::Range(range) => take_of_range(range, &selection, indices),
        Value::Str(text) => Ok(Value::str(take_of_text(text, &selection))),
        Value::Tuple(tuple) => Ok(take_of_tuple(tuple, &selection)),
        Value::Pair(pair) => Ok(selection.pick(|k| if k == 0 { pair.0.clone() } else { pair.1.clone() })),
        Value::CartesianIndex(index) => Ok(selection.pick(|k| Value::Int(index[k.min(1)]))),
        Value::Iterator(lazy) => take_of_lines(lazy, &selection),
        number => Ok(number.clone()),
    }
}

/// A range indexed by a range stays one.
fn take_of_range(range: &Range, selection: &Selection, indices: &[Value]) -> Outcome<Value> {
    match indices {
        [Value::Colon] => Ok(Value::Range(Rc::new(range.clone()))),
        [Value::Range(by)] => {
            if let Range::Int { start, step, len, unit } = **by {
                return Ok(Value::Range(Rc::new(range.sliced(start.wrapping_sub(1), step, len, unit))));
            }
            selection.take(&range.to_array()?)
        }
        _ if selection.is_single() => Ok(range.get(selection.position(0))),
        _ => selection.take(&range.to_array()?),
    }
}

/// The characters at the positions, as a string.
fn take_of_text(text: &str, selection: &Selection) -> String {
    if text.is_ascii() {
        return selection.positions().map(|k| char::from(text.as_bytes()[k])).collect();
    }
    if selection.is_single() {
        return text.chars().nth(selection.position(0)).map(String::from).unwrap_or_default();
    }
    let characters: Vec<char> = text.chars().collect();
    selection.positions().map(|k| characters[k]).collect()
}

fn take_of_tuple(tuple: &Tuple, selection: &Selection) -> Value {
    if selection.is_single() {
        return tuple.items[selection.position(0)].clone();
    }
    let items = selection.positions().map(|k| tuple.items[k].clone()).collect();
    let names = tuple.names.as_ref().map(|names| Rc::new(selection.positions().map(|k| names[k].clone()).collect()));
    Value::Tuple(Rc::new(Tuple { items, names }))
}

/// `eachcol(A)[2]`
fn take_of_lines(lazy: &Lazy, selection: &Selection) -> Outcome<Value> {
    let (matrix, is_row) = match lazy {
        Lazy::Rows(matrix) => (matrix, true),
        Lazy::Columns(matrix) => (matrix, false),
        other => return Err(faults::not_indexable(&Value::Iterator(Rc::new(other.clone())))),
    };
    let line = |k: usize| {
        let number = Value::Int(k as i64 + 1);
        get(matrix, &if is_row { [number, Value::Colon] } else { [Value::Colon, number] }).map(Value::into_part)
    };
    if selection.is_single() {
        return line(selection.position(0));
    }
    let lines = selection.positions().map(line).collect::<Outcome<Vec<Value>>>()?;
    super::promote::collect(lines).map(Value::array)
}

#[cfg(test)]
mod tests;
