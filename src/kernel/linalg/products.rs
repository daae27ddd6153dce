//! Trace, inner product, cross product, Kronecker product.

use super::{Dense, label_operand, not_numbers, not_square};
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::kernel::reduce;
use crate::op::BinaryOp;
use crate::value::array::{dense, element_count, reserve};
use crate::value::compare::equal;
use crate::value::display::describe;
use crate::value::nesting::inside;
use crate::value::promote::{Numeric, as_array, as_numeric, collect_shaped, to_complexes, to_floats, to_ints};
use crate::value::{Array, Complex64, Elements, Form, Value, scalar};
use std::rc::Rc;

/// The sum of the diagonal of a square matrix, in the type of its elements.
pub fn tr(a: &Value) -> Outcome<Value> {
    let Value::Array(array) = a else {
        return match a {
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => Ok(a.clone()),
            Value::Scaling(scale) if equal(scale, &Value::Int(0)) => Ok((**scale).clone()),
            Value::Scaling(_) => Err(Fault::argument("the trace of `I` depends on its size, which it has not")
                .rule("only 0I has a trace, which is 0")
                .hint("`tr(I(3))` is of the 3×3 identity matrix")),
            other => Err(not_square(other, "tr")),
        };
    };
    let (rows, cols) = array.shape();
    if array.is_vector() || rows != cols {
        return Err(not_square(a, "tr"));
    }
    let elements = array.elements();
    let zero = match &*elements {
        Elements::Float(m) => {
            return Ok(Value::float(m.as_slice().iter().step_by(rows + 1).fold(0.0, |sum, x| sum + x)));
        }
        Elements::Complex(_) => Value::complex(Complex64::new(0.0, 0.0)),
        Elements::Bool(_) | Elements::Int(_) | Elements::Any(..) => Value::Int(0),
    };
    (0..rows).try_fold(zero, |sum, k| scalar::binary(BinaryOp::Add, &sum, &elements.value(k * (rows + 1))))
}

/// The inner product, conjugating the left side; of matrices the sum over all elements.
pub fn dot(a: &Value, b: &Value) -> Outcome<Value> {
    let (left, right) = match (as_list(a)?, as_list(b)?) {
        (Some(left), Some(right)) => (left, right),
        (None, None) => return scalar::binary(BinaryOp::Dot, a, b),
        (None, Some(_)) => return Err(one_is_a_number(a, b, 0)),
        (Some(_), None) => return Err(one_is_a_number(a, b, 1)),
    };
    if left.len() != right.len() {
        return Err(lengths_differ(a, b, left.len(), right.len()));
    }
    dot_elements(&left.elements(), &right.elements())
}

/// A number, or what is none, beside an array.
#[cold]
fn one_is_a_number(a: &Value, b: &Value, alone: usize) -> Fault {
    let value = if alone == 0 { a } else { b };
    if Numeric::of_value(value).is_none() {
        return not_numbers(value, "dot", alone);
    }
    let fault = Fault::method("`dot` takes two arrays or two numbers, not one of each")
        .hint("`*` multiplies every element of an array by a number");
    label_operand(label_operand(fault, 0, &describe(a)), 1, &describe(b))
}

/// An array, a range or a tuple as an array.
fn as_list(value: &Value) -> Outcome<Option<Rc<Array>>> {
    match value {
        Value::Tuple(tuple) => crate::value::promote::literal_vector(tuple.items.clone()).map(|v| Some(Rc::new(v))),
        _ => as_array(value),
    }
}

/// The inner product of as many elements.
fn dot_elements(left: &Elements, right: &Elements) -> Outcome<Value> {
    let (Some(x), Some(y)) = (as_numeric(left)?, as_numeric(right)?) else {
        return dot_values(left, right);
    };
    Ok(match Numeric::of(&x).max(Numeric::of(&y)) {
        Some(Numeric::Complex) => {
            let (x, y) = (to_complexes(&x)?, to_complexes(&y)?);
            Value::complex(x.iter().zip(y.iter()).map(|(p, q)| p.conj() * q).sum())
        }
        Some(Numeric::Float) => {
            let (x, y) = (to_floats(&x)?, to_floats(&y)?);
            Value::float(reduce::product_sum((&x, 0.0), (&y, 0.0)))
        }
        Some(Numeric::Bool | Numeric::Int) | None => {
            let (x, y) = (to_ints(&x)?, to_ints(&y)?);
            let sum = x.iter().zip(y.iter()).try_fold(0_i64, |sum, (p, q)| sum.checked_add(p.checked_mul(*q)?));
            Value::Int(sum.ok_or_else(overflow)?)
        }
    })
}

/// Vectors of vectors, or no elements at all.
fn dot_values(left: &Elements, right: &Elements) -> Outcome<Value> {
    let mut sum = Value::Int(0);
    for k in 0..left.len() {
        interrupt::check()?;
        let term = inside(|| dot(&left.value(k), &right.value(k)))?;
        sum = scalar::binary(BinaryOp::Add, &sum, &term)?;
    }
    Ok(sum)
}

/// The cross product of two 3-vectors.
pub fn cross(a: &Value, b: &Value) -> Outcome<Value> {
    let (Some(left), Some(right)) = (as_array(a)?, as_array(b)?) else { return Err(not_three(a, b)) };
    if left.len() != 3 || right.len() != 3 || !left.is_vector() || !right.is_vector() {
        return Err(not_three(a, b));
    }
    let component = |i: usize, j: usize| {
        let first = scalar::binary(BinaryOp::Mul, &left.value(i), &right.value(j))?;
        let second = scalar::binary(BinaryOp::Mul, &left.value(j), &right.value(i))?;
        scalar::binary(BinaryOp::Sub, &first, &second)
    };
    let items = vec![component(1, 2)?, component(2, 0)?, component(0, 1)?];
    crate::value::promote::literal_vector(items).map(Value::array)
}

/// The Kronecker product: a block `a[i, j] * B` for every element. Of two vectors a vector.
pub fn kron(a: &Value, b: &Value) -> Outcome<Value> {
    let (left, right) = match (as_array(a)?, as_array(b)?) {
        (Some(left), Some(right)) => (left, right),
        (None, None) => return scalar::binary(BinaryOp::Kron, a, b),
        (left, right) => {
            let one_by_one = |value: &Value| Ok(Rc::new(Array::new(Form::Vector, Dense::one(value)?)));
            (left.map_or_else(|| one_by_one(a), Ok)?, right.map_or_else(|| one_by_one(b), Ok)?)
        }
    };
    let form = if left.is_vector() && right.is_vector() { Form::Vector } else { Form::Matrix };
    let (x, y) = (left.elements(), right.elements());
    let (Some(x), Some(y)) = (as_numeric(&x)?, as_numeric(&y)?) else {
        let argument = if matches!(&*left.elements(), Elements::Any(..)) { 0 } else { 1 };
        return Err(not_numbers(if argument == 0 { a } else { b }, "kron", argument));
    };
    let elements = match Numeric::of(&x).max(Numeric::of(&y)) {
        Some(Numeric::Complex) => {
            Elements::Complex(blocks(&to_complexes(&x)?, x.shape(), &to_complexes(&y)?, y.shape(), |p, q| Ok(p * q))?)
        }
        Some(Numeric::Float) => {
            Elements::Float(blocks(&to_floats(&x)?, x.shape(), &to_floats(&y)?, y.shape(), |p, q| Ok(p * q))?)
        }
        Some(Numeric::Bool) => {
            let bits = |e: &Elements| to_ints(e).map(|items| items.iter().map(|i| *i == 1).collect::<Vec<bool>>());
            Elements::Bool(blocks(&bits(&x)?, x.shape(), &bits(&y)?, y.shape(), |p, q| Ok(p && q))?)
        }
        Some(Numeric::Int) | None => {
            Elements::Int(blocks(&to_ints(&x)?, x.shape(), &to_ints(&y)?, y.shape(), |p, q| {
                p.checked_mul(q).ok_or_else(overflow)
            })?)
        }
    };
    Ok(Value::array(Array::new(form, elements)))
}

impl Dense {
    /// A number as stored elements.
    fn one(value: &Value) -> Outcome<Elements> {
        Dense::of(value, "kron", 0)?;
        let array = collect_shaped(vec![value.clone()], 1, 1, Form::Vector)?;
        let elements = array.elements().clone();
        Ok(elements)
    }
}

fn blocks<T: nalgebra::Scalar + Copy>(
    x: &[T],
    (rows, cols): (usize, usize),
    y: &[T],
    (height, width): (usize, usize),
    times: impl Fn(T, T) -> Outcome<T>,
) -> Outcome<nalgebra::DMatrix<T>> {
    let (all_rows, all_cols) = (element_count(rows, height)?, element_count(cols, width)?);
    let mut items = reserve(element_count(all_rows, all_cols)?)?;
    for j in 0..cols {
        interrupt::check()?;
        for n in 0..width {
            for factor in &x[j * rows..(j + 1) * rows] {
                for item in &y[n * height..(n + 1) * height] {
                    items.push(times(*factor, *item)?);
                }
            }
        }
    }
    Ok(dense(all_rows, all_cols, items))
}

/// The sum of the products of two complex vectors' elements, without conjugation.
pub(crate) fn plain_dot(x: &Elements, y: &Elements) -> Outcome<Value> {
    if !matches!((x, y), (Elements::Complex(_), _)) {
        return dot_elements(x, y);
    }
    let (x, y) = (to_complexes(x)?, to_complexes(y)?);
    Ok(Value::complex(x.iter().zip(y.iter()).map(|(p, q)| p * q).sum()))
}

#[cold]
fn overflow() -> Fault {
    scalar::overflow("an element of the product", "floats have room, with 16 digits: `float(x)`")
}

#[cold]
fn lengths_differ(a: &Value, b: &Value, left: usize, right: usize) -> Fault {
    let fault = Fault::dimension(format!("elements of the left ({left}) ≠ elements of the right ({right})"))
        .rule("an inner product pairs every element of one side with one of the other");
    label_operand(label_operand(fault, 0, &describe(a)), 1, &describe(b))
}

#[cold]
fn not_three(a: &Value, b: &Value) -> Fault {
    let fault =
        Fault::dimension("the cross product is for two 3-vectors").rule("`×` is defined in three dimensions only");
    label_operand(label_operand(fault, 0, &describe(a)), 1, &describe(b))
}
