//! Shapes and the making of arrays from values, for the builtins that build, reorder or collect.

use super::arguments::{integer, tuple_items};
use crate::fault::{Fault, Outcome, Part};
use crate::value::array::with_elements;
use crate::value::array::{self, Array, Element, Elements, Form};
use crate::value::display::{describe, repr};
use crate::value::function::Arguments;
use crate::value::{Complex64, Type, Value, promote};
use std::rc::Rc;

/// Rows, columns, and how they count as dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub rows: usize,
    pub cols: usize,
    pub form: Form,
}

impl Shape {
    /// A vector of `len`.
    pub fn vector(len: usize) -> Shape {
        Shape { rows: len, cols: 1, form: Form::Vector }
    }

    /// A matrix.
    pub fn matrix(rows: usize, cols: usize) -> Shape {
        Shape { rows, cols, form: Form::Matrix }
    }

    /// The shape of an array; the adjoint of a vector counts as the matrix of one row that it is.
    pub fn of(array: &Array) -> Shape {
        let (rows, cols) = array.shape();
        if array.is_vector() { Shape::vector(rows) } else { Shape::matrix(rows, cols) }
    }

    /// Number of elements; an `OutOfMemoryError` where it is beyond counting.
    pub fn count(self) -> Outcome<usize> {
        array::element_count(self.rows, self.cols)
    }

    /// The array of these elements, in column-major order.
    pub fn fill_with<T: Element>(self, items: Vec<T>) -> Value {
        Value::array(Array::new(self.form, T::wrap(array::dense(self.rows, self.cols, items))))
    }

    /// The array in which every element is `item`.
    pub fn filled<T: Element + Clone>(self, item: T) -> Outcome<Value> {
        let count = self.count()?;
        let mut items = array::reserve::<T>(count)?;
        items.resize(count, item);
        Ok(self.fill_with(items))
    }

    /// The array of as many elements as `make` gives when it is asked for each in turn.
    pub fn made<T: Element>(self, mut make: impl FnMut() -> T) -> Outcome<Value> {
        let count = self.count()?;
        let mut items = array::reserve::<T>(count)?;
        for k in 0..count {
            if k % 4096 == 0 {
                crate::interrupt::check()?;
            }
            items.push(make());
        }
        Ok(self.fill_with(items))
    }

    /// The array whose element in row i and column j, from 0, is `element(i, j)`.
    pub fn made_at<T: Element>(self, element: impl Fn(usize, usize) -> T) -> Outcome<Value> {
        let mut items = array::reserve::<T>(self.count()?)?;
        for j in 0..self.cols {
            crate::interrupt::check()?;
            items.extend((0..self.rows).map(|i| element(i, j)));
        }
        Ok(self.fill_with(items))
    }
}

/// The sizes that follow argument `from`: `zeros(3)`, `zeros(2, 3)`, `zeros((2, 3))`.
pub fn shape_argument(args: &Arguments<'_>, from: usize) -> Outcome<Shape> {
    let given = &args.positional[from..];
    if let [one] = given
        && let Some(items) = tuple_items(one)
    {
        return shape_of_sizes(args, items, |_| Part::Argument(from));
    }
    shape_of_sizes(args, given, |k| Part::Argument(from + k))
}

fn shape_of_sizes(args: &Arguments<'_>, sizes: &[Value], part: impl Fn(usize) -> Part) -> Outcome<Shape> {
    let one = |k: usize| -> Outcome<usize> {
        let n = integer(&sizes[k]).ok_or_else(|| not_a_size(args.name, &sizes[k], part(k)))?;
        usize::try_from(n).map_err(|_| {
            Fault::argument(format!("a size must not be negative; {n} is given")).label(part(k), "negative")
        })
    };
    match sizes.len() {
        0 => Err(Fault::method(format!("{} needs a size: {0}(3) is a vector, {0}(2, 3) a matrix", args.name))),
        1 => Ok(Shape::vector(one(0)?)),
        2 => Ok(Shape::matrix(one(0)?, one(1)?)),
        n => Err(Fault::argument(format!("{n} sizes are given"))
            .rule("an array has one dimension or two")
            .label(part(2), "a third dimension")),
    }
}

#[cold]
fn not_a_size(name: &str, given: &Value, part: Part) -> Fault {
    let kind = describe(given);
    let fault =
        Fault::method(format!("{name} takes integers as sizes, not {}", crate::value::display::with_article(&kind)));
    let fault = fault.label(part, kind);
    match given {
        Value::Float(x) if x.get().fract() == 0.0 => fault.hint(format!("{} for {}", x.get(), repr(given))),
        Value::Array(_) => fault.hint(format!("{name}(size(A)) has the size of A")),
        _ => fault,
    }
}

/// The number 0 or 1 of a numeric type.
pub fn number_of_type(ty: &Type, x: i64) -> Option<Value> {
    match ty {
        Type::Bool => Some(Value::bool(x != 0)),
        Type::Int64 | Type::Integer => Some(Value::Int(x)),
        Type::Float64 | Type::AbstractFloat | Type::Real | Type::Number => Some(Value::float(x as f64)),
        Type::ComplexF64 | Type::Complex => Some(Value::complex(Complex64::new(x as f64, 0.0))),
        Type::ComplexInt => Some(Value::complex_int(Complex64::new(x as f64, 0.0))),
        _ => None,
    }
}

/// An array whose elements are all this value, stored by its type.
pub fn filled(shape: Shape, item: &Value) -> Outcome<Value> {
    match item {
        Value::Bool(x) => shape.filled(x.get()),
        Value::Int(x) => shape.filled(*x),
        Value::Float(x) => shape.filled(x.get()),
        Value::Complex(c) if !c.integral => shape.filled(c.z),
        other => {
            let count = shape.count()?;
            let mut items = array::reserve::<Value>(count)?;
            items.resize(count, other.clone());
            let elements = Elements::Any(array::dense(shape.rows, shape.cols, items), other.type_of());
            Ok(Value::array(Array::new(shape.form, elements)))
        }
    }
}

/// Values under a shape, in column-major order, with the element type that joins theirs.
pub fn shaped(items: Vec<Value>, shape: Shape) -> Outcome<Value> {
    promote::collect_shaped(items, shape.rows, shape.cols, shape.form).map(Value::array)
}

/// A vector of values, with the element type that joins theirs.
pub fn vector(items: Vec<Value>) -> Outcome<Value> {
    promote::collect(items).map(Value::array)
}

/// The elements at these places (from 0, column-major) of another array, as a new array of the same element type.
pub fn gather(from: &Array, shape: Shape, place: impl Fn(usize, usize) -> usize) -> Outcome<Value> {
    let elements = from.elements();
    let (rows, cols) = (shape.rows, shape.cols);
    let gathered = match &*elements {
        Elements::Bool(m) => Elements::Bool(pick(m, rows, cols, place)?),
        Elements::Int(m) => Elements::Int(pick(m, rows, cols, place)?),
        Elements::Float(m) => Elements::Float(pick(m, rows, cols, place)?),
        Elements::Complex(m) => Elements::Complex(pick(m, rows, cols, place)?),
        Elements::Any(m, ty) => Elements::Any(pick(m, rows, cols, place)?, ty.clone()),
    };
    Ok(Value::array(Array::new(shape.form, gathered)))
}

fn pick<T: Element>(
    from: &nalgebra::DMatrix<T>,
    rows: usize,
    cols: usize,
    place: impl Fn(usize, usize) -> usize,
) -> Outcome<nalgebra::DMatrix<T>> {
    let count = array::element_count(rows, cols)?;
    let mut items = array::reserve::<T>(count)?;
    // No elements may still mean very many columns of none.
    for j in 0..if count == 0 { 0 } else { cols } {
        for i in 0..rows {
            items.push(from[place(i, j)].clone());
        }
    }
    Ok(array::dense(rows, cols, items))
}

/// The elements at these places (from 0), as a vector of the same element type.
pub fn gather_vector(from: &Array, places: &[usize]) -> Outcome<Value> {
    gather(from, Shape::vector(places.len()), |i, _| places[i])
}

/// A copy in which `keep` decides which elements stay and the others become zero: `triu`, `Diagonal`.
pub fn masked(from: &Array, keep: impl Fn(usize, usize) -> bool) -> Outcome<Value> {
    let copy = Array::new(Shape::of(from).form, from.elements().clone());
    {
        let mut elements = copy.elements_mut();
        match &mut *elements {
            Elements::Bool(m) => clear(m, keep, &false),
            Elements::Int(m) => clear(m, keep, &0),
            Elements::Float(m) => clear(m, keep, &0.0),
            Elements::Complex(m) => clear(m, keep, &Complex64::new(0.0, 0.0)),
            Elements::Any(m, _) => clear(m, keep, &Value::Int(0)),
        }
    }
    Ok(Value::array(copy))
}

fn clear<T: Element>(m: &mut nalgebra::DMatrix<T>, keep: impl Fn(usize, usize) -> bool, zero: &T) {
    let rows = m.nrows();
    for (j, column) in m.as_mut_slice().chunks_mut(rows.max(1)).enumerate() {
        for (i, x) in column.iter_mut().enumerate() {
            if !keep(i, j) {
                x.clone_from(zero);
            }
        }
    }
}

/// Every element of an array as a value, in order.
pub fn values_of(array: &Array) -> Vec<Value> {
    let elements = array.elements();
    with_elements!(&*elements, m => m.iter().map(Element::to_value).collect())
}

/// The index of an element as programs write it: a number for a vector, `CartesianIndex(i, j)` for a matrix.
pub fn index_value(place: usize, shape: Shape) -> Value {
    if shape.form == Form::Vector {
        return Value::Int(place as i64 + 1);
    }
    let rows = shape.rows.max(1);
    Value::CartesianIndex(Rc::new([(place % rows) as i64 + 1, (place / rows) as i64 + 1]))
}
