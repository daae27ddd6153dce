//! Scans: `cumsum` and `cumprod`.

use super::numbers::too_large;
use super::{check_dimension, elements_of};
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::kernel::builder::ArrayBuilder;
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::value::array::dense;
use crate::value::display::describe;
use crate::value::{Array, Elements, Form, Value};
use nalgebra::{DMatrix, Scalar};
use std::ops::Add;

/// Sums of the first 1, 2, … elements; `dims` is needed for a matrix. A Bool counts as an integer.
pub fn cumsum(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    let scan = Scan::new("cumsum", over, dims)?;
    let elements = match &*scan.array.elements() {
        Elements::Bool(m) => Elements::Int(scan.run(m.map(i64::from), |x, y| checked(x.checked_add(y)))?),
        Elements::Int(m) => Elements::Int(scan.run(m.clone(), |x, y| checked(x.checked_add(y)))?),
        Elements::Float(m) if scan.is_down_a_vector() => Elements::Float(pairwise(m)),
        Elements::Complex(m) if scan.is_down_a_vector() => Elements::Complex(pairwise(m)),
        Elements::Float(m) => Elements::Float(scan.run(m.clone(), |x, y| Ok(x + y))?),
        Elements::Complex(m) => Elements::Complex(scan.run(m.clone(), |x, y| Ok(x + y))?),
        Elements::Any(m, _) => return scan.values(m, BinaryOp::Add, over),
    };
    scan.finish(elements, over)
}

/// Products of the first 1, 2, … elements; `dims` is needed for a matrix.
pub fn cumprod(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    let scan = Scan::new("cumprod", over, dims)?;
    let elements = match &*scan.array.elements() {
        Elements::Bool(m) => Elements::Bool(scan.run(m.clone(), |x, y| Ok(x & y))?),
        Elements::Int(m) => Elements::Int(scan.run(m.clone(), |x, y| checked(x.checked_mul(y)))?),
        Elements::Float(m) => Elements::Float(scan.run(m.clone(), |x, y| Ok(x * y))?),
        Elements::Complex(m) => Elements::Complex(scan.run(m.clone(), |x, y| Ok(x * y))?),
        Elements::Any(m, _) => return scan.values(m, BinaryOp::Mul, over),
    };
    scan.finish(elements, over)
}

fn checked(result: Option<i64>) -> Outcome<i64> {
    result.ok_or_else(|| too_large("an element of the result"))
}

/// What is scanned, and along which dimension.
struct Scan {
    array: std::rc::Rc<Array>,
    dims: usize,
}

impl Scan {
    fn new(name: &str, over: &Value, dims: Option<usize>) -> Outcome<Scan> {
        let array = elements_of(name, over)?;
        if let Some(dims) = dims {
            check_dimension(dims)?;
        }
        match dims {
            Some(dims) => Ok(Scan { array, dims }),
            None if array.is_vector() => Ok(Scan { array, dims: 1 }),
            None => Err(Fault::new(ErrorKind::UndefKeywordError, format!("`{name}` of a matrix needs dims"))
                .rule("dims=1 goes down the columns, dims=2 along the rows")
                .label(Part::Argument(0), describe(over))
                .hint(format!("{name}(A, dims=1)"))),
        }
    }

    fn is_down_a_vector(&self) -> bool {
        self.array.is_vector() && self.dims == 1
    }

    /// How far an element's predecessor is away, and whether an element has one.
    fn predecessor(&self, rows: usize) -> (usize, impl Fn(usize) -> bool) {
        let dims = self.dims;
        let distance = if dims == 1 { 1 } else { rows };
        let has = move |k: usize| match dims {
            1 => !k.is_multiple_of(rows),
            2 => k >= rows,
            _ => false,
        };
        (distance, has)
    }

    fn run<T: Scalar + Copy>(&self, mut m: DMatrix<T>, f: impl Fn(T, T) -> Outcome<T>) -> Outcome<DMatrix<T>> {
        let (distance, has_predecessor) = self.predecessor(m.nrows());
        let items = m.as_mut_slice();
        for k in 0..items.len() {
            if has_predecessor(k) {
                items[k] = f(items[k - distance], items[k])?;
            }
        }
        Ok(m)
    }

    /// Scans values of any type.
    fn values(&self, m: &DMatrix<Value>, op: BinaryOp, over: &Value) -> Outcome<Value> {
        let (rows, cols) = m.shape();
        let (distance, has_predecessor) = self.predecessor(rows);
        let mut results: Vec<Value> = Vec::with_capacity(m.len());
        for (k, item) in m.iter().enumerate() {
            let result =
                if has_predecessor(k) { operators::binary(op, &results[k - distance], item)? } else { item.clone() };
            results.push(result);
        }
        if let Value::Tuple(_) = over {
            return Ok(Value::tuple(results));
        }
        let mut builder = ArrayBuilder::new(results.len());
        results.into_iter().try_for_each(|value| builder.push(value))?;
        builder.finish(rows, cols, self.form()).map(Value::array)
    }

    fn form(&self) -> Form {
        if self.array.is_vector() { Form::Vector } else { Form::Matrix }
    }

    /// The result as a tuple if a tuple was scanned, as a number for a number, else as an array.
    fn finish(&self, elements: Elements, over: &Value) -> Outcome<Value> {
        match over {
            Value::Tuple(_) => Ok(Value::tuple((0..elements.len()).map(|k| elements.value(k)).collect())),
            Value::Array(_) | Value::Range(_) => Ok(Value::array(Array::new(self.form(), elements))),
            _ => Ok(elements.value(0)),
        }
    }
}

/// Elements of a vector that are added one after the other.
const BLOCK: usize = 128;

/// The scan of a vector of floats: the sum up to a block is added to the sums within it, so that rounding errors don't
/// pile up. The order of additions is Julia's.
fn pairwise<T: Scalar + Copy + Add<Output = T>>(m: &DMatrix<T>) -> DMatrix<T> {
    let mut results = m.as_slice().to_vec();
    if let [first, rest @ ..] = results.as_mut_slice()
        && !rest.is_empty()
    {
        scan_halves(*first, rest);
    }
    dense(m.nrows(), m.ncols(), results)
}

/// Scans a part of a vector whose predecessors have the sum `before`, and gives the part's own sum.
fn scan_halves<T: Copy + Add<Output = T>>(before: T, items: &mut [T]) -> T {
    if items.len() < BLOCK {
        let mut sum = items[0];
        items[0] = before + sum;
        for item in &mut items[1..] {
            sum = sum + *item;
            *item = before + sum;
        }
        return sum;
    }
    let (left, right) = items.split_at_mut(items.len() / 2);
    let sum = scan_halves(before, left);
    sum + scan_halves(before + sum, right)
}
