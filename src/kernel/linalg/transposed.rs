//! `A'` and `transpose(A)`.

use super::factors;
use crate::fault::{Fault, Outcome, Part};
use crate::value::factorization::Factorization;
use crate::value::nesting::inside;
use crate::value::promote::as_array;
use crate::value::{Array, Complex64, Elements, Form, Value};

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
    let form = match array.form() {
        Form::Vector => Form::AdjointVector,
        Form::AdjointVector | Form::TransposeVector => Form::Vector,
        Form::Matrix => Form::AdjointMatrix,
        Form::AdjointMatrix | Form::TransposeMatrix => Form::Matrix,
    };
    turned(&array, form, |z| z.conj(), adjoint)
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

fn turned(
    array: &Array,
    form: Form,
    complex: fn(Complex64) -> Complex64,
    inner: fn(&Value) -> Outcome<Value>,
) -> Outcome<Value> {
    let elements = match &*array.elements() {
        Elements::Bool(m) => Elements::Bool(m.transpose()),
        Elements::Int(m) => Elements::Int(m.transpose()),
        Elements::Float(m) => Elements::Float(m.transpose()),
        Elements::Complex(m) => Elements::Complex(m.transpose().map(complex)),
        Elements::Any(m, eltype) => {
            let turned = m.transpose();
            let items = turned.iter().map(|item| inside(|| inner(item))).collect::<Outcome<Vec<Value>>>()?;
            Elements::Any(crate::value::array::dense(turned.nrows(), turned.ncols(), items), eltype.clone())
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
