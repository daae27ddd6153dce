//! The groups of elements that a reduction puts together: everything, each column, or each row.

use super::columns::Columns;
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::kernel::builder::ArrayBuilder;
use crate::value::array::{dense, reserve};
use crate::value::{Array, Element, Form, Value};
use nalgebra::{DMatrix, Scalar};

/// Rows that are copied side by side at a time, so that each cache line of a column is read once.
const ROWS_AT_ONCE: usize = 16;

/// Fewer rows are gathered, and each is reduced as a slice.
const FEW_ROWS: usize = 16;

/// A dimension as a user numbers them; from 3 on all dimensions have one element.
pub(super) fn check_dimension(dims: usize) -> Outcome<()> {
    if dims == 0 {
        return Err(Fault::argument("dimensions are numbered from 1, and dims is 0")
            .hint("dims=1 goes down the columns, dims=2 along the rows"));
    }
    Ok(())
}

/// Reduces everything to one value, or each group along a dimension to an element of an array of as many dimensions.
/// `m` are the array's elements, or others in the same places.
pub(super) fn along<T: Scalar, R: Element>(
    array: &Array,
    m: &DMatrix<T>,
    dims: Option<usize>,
    whole: impl Fn(&[T]) -> Outcome<R>,
) -> Outcome<Value> {
    let Some(dims) = dims else { return Ok(whole(m.as_slice())?.to_value()) };
    let (rows, cols) = reduced(m, dims)?;
    let mut results = reserve::<R>(rows * cols)?;
    groups(m, dims, |items| {
        results.push(whole(items)?);
        Ok(())
    })?;
    Ok(Value::array(Array::new(form(array), R::wrap(dense(rows, cols, results)))))
}

/// The same for a reduction that puts elements together two by two, in whatever order: of each element is made a start,
/// of two starts one, and of the last one the result. Along the rows that goes column by column.
pub(super) fn in_pairs<T: Scalar + Copy + Sync, A: Copy + Send, R: Element>(
    array: &Array,
    m: &DMatrix<T>,
    dims: Option<usize>,
    whole: impl Fn(&[T]) -> Outcome<R>,
    (start, both): (impl Fn(T) -> A + Sync, impl Fn(A, A) -> A + Sync),
    result: impl Fn(A) -> Outcome<R>,
) -> Outcome<Value> {
    let (rows, cols) = m.shape();
    if dims != Some(2) || cols == 0 || rows < FEW_ROWS {
        return along(array, m, dims, whole);
    }
    let mut so_far = reserve::<A>(rows)?;
    let columns = Columns { items: m.as_slice(), rows, start, both };
    columns.put_together(&mut so_far)?;
    let mut results = reserve::<R>(rows)?;
    for x in so_far {
        results.push(result(x)?);
    }
    Ok(Value::array(Array::new(form(array), R::wrap(dense(rows, 1, results)))))
}

/// The same with results of any type.
pub(super) fn along_values<T: Scalar>(
    array: &Array,
    m: &DMatrix<T>,
    dims: Option<usize>,
    whole: impl Fn(&[T]) -> Outcome<Value>,
) -> Outcome<Value> {
    let Some(dims) = dims else { return whole(m.as_slice()) };
    let (rows, cols) = reduced(m, dims)?;
    let mut results = ArrayBuilder::new(rows * cols);
    groups(m, dims, |items| results.push(whole(items)?))?;
    results.finish(rows, cols, form(array)).map(Value::array)
}

fn form(array: &Array) -> Form {
    if array.is_vector() { Form::Vector } else { Form::Matrix }
}

/// Rows and columns of the result.
fn reduced<T: Scalar>(m: &DMatrix<T>, dims: usize) -> Outcome<(usize, usize)> {
    check_dimension(dims)?;
    Ok(match dims {
        1 => (1, m.ncols()),
        2 => (m.nrows(), 1),
        _ => m.shape(),
    })
}

/// Hands over each group of elements along a dimension, in the order of the result's elements.
fn groups<T: Scalar>(m: &DMatrix<T>, dims: usize, mut each: impl FnMut(&[T]) -> Outcome<()>) -> Outcome<()> {
    let (rows, cols) = m.shape();
    let items = m.as_slice();
    match dims {
        1 => (0..cols).try_for_each(|col| {
            interrupt::check()?;
            each(&items[col * rows..(col + 1) * rows])
        }),
        2 if cols == 1 => items.chunks(1).try_for_each(each),
        2 => {
            let mut bundle = reserve::<T>(ROWS_AT_ONCE.min(rows) * cols)?;
            for first in (0..rows).step_by(ROWS_AT_ONCE) {
                interrupt::check()?;
                let count = ROWS_AT_ONCE.min(rows - first);
                transpose(items, rows, cols, first, count, &mut bundle);
                if cols == 0 {
                    (0..count).try_for_each(|_| each(&[]))?;
                } else {
                    bundle.chunks(cols).try_for_each(&mut each)?;
                }
            }
            Ok(())
        }
        _ => items.chunks(1).try_for_each(each),
    }
}

/// Copies `count` rows, each contiguous in the bundle.
fn transpose<T: Scalar>(items: &[T], rows: usize, cols: usize, first: usize, count: usize, bundle: &mut Vec<T>) {
    bundle.clear();
    let Some(any) = items.first() else { return };
    bundle.resize(count * cols, any.clone());
    for col in 0..cols {
        let column = &items[col * rows + first..][..count];
        for (row, item) in column.iter().enumerate() {
            bundle[row * cols + col] = item.clone();
        }
    }
}
