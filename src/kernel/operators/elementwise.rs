//! Sums and differences of equal sizes, strict elementwise products, products with a number.

use super::{binary, faults, is_number, kept_form};
use crate::fault::{Fault, Outcome};
use crate::kernel::elementwise::{Output, kernels};
use crate::op::BinaryOp;
use crate::value::array::{dense, reserve, written};
use crate::value::nesting::inside;
use crate::value::promote::{self, Numeric, as_array, as_numeric, collect_shaped, to_complexes, to_floats, to_ints};
use crate::value::{Array, Complex64, Elements, Form, Value, scalar};
use std::rc::Rc;

/// `a + b`, `a - b` where one side is no number.
pub(super) fn add(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    match (a, b) {
        (Value::Range(x), Value::Range(y)) if x.len() == y.len() => {
            if op == BinaryOp::Add {
                return x.plus(y);
            }
            if let Value::Range(minus) = y.negated()? {
                return x.plus(&minus);
            }
        }
        (Value::Scaling(x), Value::Scaling(y)) => return Ok(Value::Scaling(Rc::new(binary(op, x, y)?))),
        (Value::Scaling(x), _) if is_number(b) => return binary(op, x, b),
        (_, Value::Scaling(y)) if is_number(a) => return binary(op, a, y),
        (Value::Scaling(_), _) | (_, Value::Scaling(_)) => return add_scaling(op, a, b),
        _ if is_number(a) || is_number(b) => return Err(faults::array_and_number(op, a, b)),
        _ => {}
    }
    match (as_array(a)?, as_array(b)?) {
        (Some(x), Some(y)) => {
            if x.shape() != y.shape() {
                return Err(faults::sizes_differ(op, a, b, &x, &y));
            }
            let elements = combine(op, &x.elements(), &y.elements())?;
            Ok(Value::array(Array::new(common_form(&x, &y), elements)))
        }
        _ => Err(scalar::undefined(op, a, b)),
    }
}

/// Two rows make a row, two vectors a vector, anything else a matrix.
fn common_form(x: &Array, y: &Array) -> Form {
    if x.form() == y.form() { kept_form(x) } else { Form::Matrix }
}

/// `A + 2I`
fn add_scaling(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    let (array, scale, scale_is_left) = match (a, b) {
        (Value::Array(array), Value::Scaling(scale)) => (array, scale, false),
        (Value::Scaling(scale), Value::Array(array)) => (array, scale, true),
        _ => return Err(scalar::undefined(op, a, b)),
    };
    let (rows, cols) = array.shape();
    if rows != cols || array.is_vector() {
        return Err(faults::not_square_for_identity(a, b));
    }
    let elements = array.elements();
    let common = match (Numeric::of(&elements), Numeric::of_value(scale)) {
        (Some(x), Some(y)) => x.max(y).max(Numeric::Int).to_type(),
        _ => return Err(scalar::undefined(op, a, b)),
    };
    let mut diagonal = reserve(rows * rows)?;
    let zero = Value::Int(0);
    diagonal.extend((0..rows * rows).map(|k| if k % (rows + 1) == 0 { (**scale).clone() } else { zero.clone() }));
    let scaling = promote::elements_of(diagonal, rows, rows, &common)?;
    let result = if scale_is_left { combine(op, &scaling, &elements)? } else { combine(op, &elements, &scaling)? };
    Ok(Value::array(Array::new(Form::Matrix, result)))
}

/// `A ⊙ B`, `A ⊘ B`: equal sizes, or a vector with as many elements as the other side has rows.
pub(super) fn hadamard(op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
    let (Some(x), Some(y)) = (as_array(a)?, as_array(b)?) else { return Err(faults::needs_dot(plain(op), a, b)) };
    let (rows, cols) = x.shape();
    let (other_rows, other_cols) = y.shape();
    let plain_op = plain(op);
    if x.shape() == y.shape() {
        let elements = combine(plain_op, &x.elements(), &y.elements())?;
        return Ok(Value::array(Array::new(common_form(&x, &y), elements)));
    }
    if rows == other_rows && x.is_vector() {
        let wide = repeated(&x.elements(), other_cols)?;
        return Ok(Value::array(Array::new(Form::Matrix, combine(plain_op, &wide, &y.elements())?)));
    }
    if rows == other_rows && y.is_vector() {
        let wide = repeated(&y.elements(), cols)?;
        return Ok(Value::array(Array::new(Form::Matrix, combine(plain_op, &x.elements(), &wide)?)));
    }
    Err(faults::sizes_differ(op, a, b, &x, &y))
}

/// The operator that the strict one applies to every pair.
fn plain(op: BinaryOp) -> BinaryOp {
    if op == BinaryOp::HadamardDiv { BinaryOp::Div } else { BinaryOp::Mul }
}

/// A column beside itself, `cols` times.
fn repeated(column: &Elements, cols: usize) -> Outcome<Elements> {
    fn again<T: nalgebra::Scalar>(m: &nalgebra::DMatrix<T>, cols: usize) -> Outcome<nalgebra::DMatrix<T>> {
        let mut items = reserve(crate::value::array::element_count(m.nrows(), cols)?)?;
        for _ in 0..cols {
            items.extend_from_slice(m.as_slice());
        }
        Ok(dense(m.nrows(), cols, items))
    }
    Ok(match column {
        Elements::Bool(m) => Elements::Bool(again(m, cols)?),
        Elements::Int(m) => Elements::Int(again(m, cols)?),
        Elements::Float(m) => Elements::Float(again(m, cols)?),
        Elements::Complex(m) => Elements::Complex(again(m, cols)?),
        Elements::Any(m, eltype) => Elements::Any(again(m, cols)?, eltype.clone()),
    })
}

/// `+A`: a copy; Bools become integers.
pub(super) fn unchanged(array: &Array) -> Outcome<Value> {
    match &*array.elements() {
        elements @ Elements::Bool(_) => {
            let integers = promote::convert_elements(elements, &crate::value::Type::Int64)?;
            Ok(Value::array(Array::new(kept_form(array), integers)))
        }
        _ => Ok(Value::array(array.copy())),
    }
}

/// `-A`
pub(super) fn negated(array: &Array) -> Outcome<Value> {
    let elements = match &*array.elements() {
        Elements::Bool(m) => Elements::Int(m.map(|x| -i64::from(x))),
        Elements::Int(m) => {
            // SAFETY: the kernel is one of `kernels()`, which are for this processor.
            let negative = by_kernel(m.len(), |out| unsafe { (kernels().int_neg)(m.as_slice(), out) })?;
            let overflow = || scalar::overflow("the negative of an element", "floats have room: `-float(x)`");
            Elements::Int(dense(m.nrows(), m.ncols(), negative.ok_or_else(overflow)?))
        }
        Elements::Float(m) => Elements::Float(-m),
        Elements::Complex(m) => Elements::Complex(-m),
        Elements::Any(m, _) => {
            let negative = |x: &Value| inside(|| super::unary(crate::op::UnaryOp::Neg, x));
            let items = m.iter().map(negative).collect::<Outcome<Vec<Value>>>()?;
            collect_shaped(items, m.nrows(), m.ncols(), kept_form(array))?.elements().clone()
        }
    };
    Ok(Value::array(Array::new(kept_form(array), elements)))
}

/// `+`, `-`, `*` or `/` of every pair of elements; both sides have the same shape.
pub(super) fn combine(op: BinaryOp, x: &Elements, y: &Elements) -> Outcome<Elements> {
    let (rows, cols) = x.shape();
    let (Some(p), Some(q)) = (as_numeric(x)?, as_numeric(y)?) else { return combine_values(op, x, y) };
    let common = Numeric::of(&p).max(Numeric::of(&q));
    if let (BinaryOp::Mul, Elements::Bool(mask), Elements::Float(m))
    | (BinaryOp::Mul, Elements::Float(m), Elements::Bool(mask)) = (op, &*p, &*q)
    {
        let items = pairs(mask.as_slice(), m.as_slice(), scalar::bit_times)?;
        return Ok(Elements::Float(dense(rows, cols, items)));
    }
    Ok(match (common, op) {
        (Some(Numeric::Complex), _) => {
            let (p, q) = (to_complexes(&p)?, to_complexes(&q)?);
            Elements::Complex(dense(rows, cols, pairs(&p, &q, complex_operation(op))?))
        }
        (Some(Numeric::Float), _) | (_, BinaryOp::Div) => {
            let (p, q) = (to_floats(&p)?, to_floats(&q)?);
            let items = match op {
                BinaryOp::Add => pairs(&p, &q, |x, y| x + y)?,
                BinaryOp::Sub => pairs(&p, &q, |x, y| x - y)?,
                BinaryOp::Mul => pairs(&p, &q, |x, y| x * y)?,
                _ => pairs(&p, &q, |x, y| x / y)?,
            };
            Elements::Float(dense(rows, cols, items))
        }
        (Some(Numeric::Bool), BinaryOp::Mul) => {
            let (p, q) = (to_ints(&p)?, to_ints(&q)?);
            Elements::Bool(dense(rows, cols, pairs(&p, &q, |x, y| x & y == 1)?))
        }
        (Some(Numeric::Bool | Numeric::Int) | None, _) => {
            let (p, q) = (to_ints(&p)?, to_ints(&q)?);
            let kernel = match op {
                BinaryOp::Add => kernels().int_add,
                BinaryOp::Sub => kernels().int_sub,
                _ => kernels().int_mul,
            };
            // SAFETY: as above; both sides have as many elements.
            let items = by_kernel(p.len(), |out| unsafe { (kernel.blocks)(&p, &q, out) })?;
            Elements::Int(dense(rows, cols, items.ok_or_else(overflow)?))
        }
    })
}

fn complex_operation(op: BinaryOp) -> fn(Complex64, Complex64) -> Complex64 {
    match op {
        BinaryOp::Add => |x, y| x + y,
        BinaryOp::Sub => |x, y| x - y,
        BinaryOp::Mul => |x, y| x * y,
        _ => scalar::complex_divide,
    }
}

fn pairs<S: Copy, T: Copy, R>(x: &[S], y: &[T], f: impl Fn(S, T) -> R) -> Outcome<Vec<R>> {
    let mut items = reserve(x.len())?;
    items.extend(x.iter().zip(y).map(|(p, q)| f(*p, *q)));
    Ok(items)
}

/// What a kernel writes, of so many elements; `None` if one of them failed.
fn by_kernel<T>(count: usize, kernel: impl FnOnce(Output<'_, T>) -> bool) -> Outcome<Option<Vec<T>>> {
    let mut failed = false;
    let write = |out: Output<'_, T>| {
        failed = kernel(out);
        Ok(())
    };
    // SAFETY: a kernel writes every element.
    let items = unsafe { written(count, write) }?;
    Ok((!failed).then_some(items))
}

/// Elements that are no numbers: vectors of vectors, for one.
fn combine_values(op: BinaryOp, x: &Elements, y: &Elements) -> Outcome<Elements> {
    let (rows, cols) = x.shape();
    let items =
        (0..x.len()).map(|k| inside(|| binary(op, &x.value(k), &y.value(k)))).collect::<Outcome<Vec<Value>>>()?;
    let array = collect_shaped(items, rows, cols, Form::Matrix)?;
    let elements = array.elements().clone();
    Ok(elements)
}

/// `A * x` or `A / x` for a number x.
pub(super) fn scaled(op: BinaryOp, array: &Array, by: &Value) -> Outcome<Value> {
    let elements = scaled_elements(op, &array.elements(), by)?;
    Ok(Value::array(Array::new(kept_form(array), elements)))
}

fn scaled_elements(op: BinaryOp, elements: &Elements, by: &Value) -> Outcome<Elements> {
    let (rows, cols) = elements.shape();
    let (Some(numbers), Some(kind)) = (as_numeric(elements)?, Numeric::of_value(by)) else {
        let items = (0..elements.len())
            .map(|k| inside(|| binary(op, &elements.value(k), by)))
            .collect::<Outcome<Vec<Value>>>()?;
        let array = collect_shaped(items, rows, cols, Form::Matrix)?;
        let elements = array.elements().clone();
        return Ok(elements);
    };
    let divides = op == BinaryOp::Div;
    Ok(match (Numeric::of(&numbers), kind) {
        (_, Numeric::Complex) => {
            let (items, by) = (to_complexes(&numbers)?, promote::to_complex(by)?);
            let f = |z: Complex64| if divides { scalar::complex_divide(z, by) } else { z * by };
            Elements::Complex(dense(rows, cols, each(&items, f)?))
        }
        (Some(Numeric::Complex), _) => {
            let (items, by) = (to_complexes(&numbers)?, promote::to_float(by)?);
            Elements::Complex(dense(rows, cols, each(&items, |z| if divides { z / by } else { z * by })?))
        }
        _ if divides || is_float(&numbers, kind) => {
            if let (Elements::Bool(mask), Value::Float(x), false) = (&*numbers, by, divides) {
                let items = each(mask.as_slice(), |bit| scalar::bit_times(bit, x.get()))?;
                return Ok(Elements::Float(dense(rows, cols, items)));
            }
            if let (Value::Bool(bit), false) = (by, divides) {
                let items = each(&to_floats(&numbers)?, |x| scalar::bit_times(bit.get(), x))?;
                return Ok(Elements::Float(dense(rows, cols, items)));
            }
            let (items, by) = (to_floats(&numbers)?, promote::to_float(by)?);
            let items = if divides { each(&items, |x| x / by)? } else { each(&items, |x| x * by)? };
            Elements::Float(dense(rows, cols, items))
        }
        (Some(Numeric::Bool), Numeric::Bool) => {
            let by = promote::to_bool(by)?;
            let items = to_ints(&numbers)?;
            Elements::Bool(dense(rows, cols, each(&items, |x| x == 1 && by)?))
        }
        _ => {
            let (items, by) = (to_ints(&numbers)?, promote::to_int(by)?);
            // SAFETY: as above.
            let results = by_kernel(items.len(), |out| unsafe { (kernels().int_mul.right_scalar)(&items, by, out) })?;
            Elements::Int(dense(rows, cols, results.ok_or_else(overflow)?))
        }
    })
}

fn is_float(numbers: &Elements, kind: Numeric) -> bool {
    matches!(numbers, Elements::Float(_)) || kind == Numeric::Float
}

fn each<T: Copy, R>(items: &[T], f: impl Fn(T) -> R) -> Outcome<Vec<R>> {
    let mut results = reserve(items.len())?;
    results.extend(items.iter().map(|x| f(*x)));
    Ok(results)
}

#[cold]
fn overflow() -> Fault {
    scalar::overflow("an element of the result", "floats have room, with 16 digits: `float(x)`")
}
