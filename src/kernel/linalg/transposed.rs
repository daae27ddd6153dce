//! `A'` and `transpose(A)`.

use super::{Scalar, factors};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::threads;
use crate::value::array::{dense, written};
use crate::value::factorization::Factorization;
use crate::value::nesting::inside;
use crate::value::promote::as_array;
use crate::value::{Array, Complex64, Elements, Form, Value};
use nalgebra::DMatrix;
use std::mem::MaybeUninit;

/// `transpose(A)`, without conjugation. Of a vector a row, and of that row the vector again; of a factorisation that of
/// the matrix.
pub fn transpose(a: &Value) -> Outcome<Value> {
    if let Some(kind) = Factorization::of(a) {
        return transpose(&factors::whole(kind, a)?);
    }
    let Some(array) = as_array(a)? else { return of_scalar(a, |z| z) };
    let form = match array.form() {
        Form::Vector => Form::TransposeVector,
        Form::AdjointVector | Form::TransposeVector => Form::Vector,
        Form::Matrix => Form::TransposeMatrix,
        Form::AdjointMatrix | Form::TransposeMatrix => Form::Matrix,
    };
    turned(&array, form, |z| z, transpose)
}

/// `A'`: transposed and conjugated. Of a vector a row, and of that row the vector again; of a factorisation that of the
/// matrix.
pub fn adjoint(a: &Value) -> Outcome<Value> {
    if let Some(kind) = Factorization::of(a) {
        return adjoint(&factors::whole(kind, a)?);
    }
    let Some(array) = as_array(a)? else { return of_scalar(a, |z| z.conj()) };
    turned(&array, adjoint_form(array.form()), |z| z.conj(), adjoint)
}

/// What the adjoint of an array of that form is.
pub fn adjoint_form(form: Form) -> Form {
    match form {
        Form::Vector => Form::AdjointVector,
        Form::AdjointVector | Form::TransposeVector => Form::Vector,
        Form::Matrix => Form::AdjointMatrix,
        Form::AdjointMatrix | Form::TransposeMatrix => Form::Matrix,
    }
}

/// A number is its own transpose.
fn of_scalar(a: &Value, each: fn(Complex64) -> Complex64) -> Outcome<Value> {
    match a {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => Ok(a.clone()),
        Value::Complex(x) if x.integral => Ok(Value::complex_int(each(x.z))),
        Value::Complex(x) => Ok(Value::complex(each(x.z))),
        Value::Scaling(scale) => Ok(Value::Scaling(std::rc::Rc::new(of_scalar(scale, each)?))),
        other => Err(no_transpose(other)),
    }
}

/// The side of the squares in which a matrix is transposed: a row of one is a line of the cache.
const TILE: usize = 8;

/// Rows of the transpose that one thread writes before it looks for more.
const BAND: usize = 32;

/// The elements of the transpose of a matrix, each through `map`. Square by square: a large matrix read along its rows
/// would wait for memory at every element.
pub(crate) fn transposed<T: Copy + Send + Sync>(
    items: &[T],
    rows: usize,
    cols: usize,
    map: impl Fn(T) -> T + Sync,
) -> Outcome<Vec<T>> {
    let write = |to: &mut [MaybeUninit<T>]| {
        if rows.min(cols) <= 1 {
            // The elements stand in the same order.
            to.iter_mut().zip(items).for_each(|(to, x)| _ = to.write(map(*x)));
            return Ok(());
        }
        let bands = to.chunks_mut(BAND * cols).enumerate();
        let turn = |(k, to): (usize, &mut [MaybeUninit<T>])| turn_band(items, rows, cols, k * BAND, to, &map);
        if items.len() < threads::WORTHWHILE {
            bands.for_each(turn);
        } else {
            threads::for_each(bands.collect(), turn);
        }
        Ok(())
    };
    // SAFETY: every band writes all of its rows.
    unsafe { written(items.len(), write) }
}

/// Writes the rows of the transpose from `first` on.
fn turn_band<T: Copy>(
    items: &[T],
    rows: usize,
    cols: usize,
    first: usize,
    to: &mut [MaybeUninit<T>],
    map: &impl Fn(T) -> T,
) {
    let height = to.len() / cols;
    for left in (0..cols).step_by(TILE) {
        for top in (0..height).step_by(TILE) {
            let column = |j: usize| &items[(left + j) * rows + first + top..];
            if left + TILE <= cols && top + TILE <= height {
                let columns: [&[T]; TILE] = std::array::from_fn(|j| &column(j)[..TILE]);
                for i in 0..TILE {
                    let row = &mut to[(top + i) * cols + left..][..TILE];
                    row.iter_mut().zip(columns).for_each(|(to, column)| _ = to.write(map(column[i])));
                }
                continue;
            }
            for j in 0..TILE.min(cols - left) {
                for (i, x) in column(j).iter().take(TILE.min(height - top)).enumerate() {
                    to[(top + i) * cols + left + j].write(map(*x));
                }
            }
        }
    }
}

/// The elements of an array with rows as columns, whatever they are.
pub fn permuted(array: &Array) -> Outcome<Array> {
    fn turned<T: Copy + nalgebra::Scalar + Send + Sync>(m: &DMatrix<T>) -> Outcome<DMatrix<T>> {
        let (rows, cols) = m.shape();
        Ok(dense(cols, rows, transposed(m.as_slice(), rows, cols, |x| x)?))
    }
    let elements = match &*array.elements() {
        Elements::Bool(m) => Elements::Bool(turned(m)?),
        Elements::Int(m) => Elements::Int(turned(m)?),
        Elements::Float(m) => Elements::Float(turned(m)?),
        Elements::Complex(m) => Elements::Complex(turned(m)?),
        Elements::Any(m, eltype) => Elements::Any(m.transpose(), eltype.clone()),
    };
    Ok(Array::new(Form::Matrix, elements))
}

/// The adjoint of a matrix.
pub(super) fn adjoint_of<T: Scalar>(m: &DMatrix<T>) -> Outcome<DMatrix<T>> {
    let (rows, cols) = m.shape();
    Ok(dense(cols, rows, transposed(m.as_slice(), rows, cols, |x| x.conjugate())?))
}

fn turned(
    array: &Array,
    form: Form,
    complex: fn(Complex64) -> Complex64,
    inner: fn(&Value) -> Outcome<Value>,
) -> Outcome<Value> {
    let (rows, cols) = array.shape();
    let elements = match &*array.elements() {
        Elements::Bool(m) => Elements::Bool(dense(cols, rows, transposed(m.as_slice(), rows, cols, |x| x)?)),
        Elements::Int(m) => Elements::Int(dense(cols, rows, transposed(m.as_slice(), rows, cols, |x| x)?)),
        Elements::Float(m) => Elements::Float(dense(cols, rows, transposed(m.as_slice(), rows, cols, |x| x)?)),
        Elements::Complex(m) => Elements::Complex(dense(cols, rows, transposed(m.as_slice(), rows, cols, complex)?)),
        Elements::Any(m, eltype) => {
            let turned = m.transpose();
            let items = turned.iter().map(|item| inside(|| inner(item))).collect::<Outcome<Vec<Value>>>()?;
            Elements::Any(dense(turned.nrows(), turned.ncols(), items), eltype.clone())
        }
    };
    Ok(Value::array(Array::new(form, elements)))
}

#[cold]
fn no_transpose(value: &Value) -> Fault {
    let what = crate::value::display::describe(value);
    Fault::method(format!("{what} has no transpose"))
        .rule("numbers and arrays of numbers are transposed")
        .label(Part::Left, what.clone())
        .label(Part::Argument(0), what)
        .hint("`permutedims` turns an array of anything")
}
