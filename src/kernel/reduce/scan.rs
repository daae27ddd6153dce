//! Scans: `cumsum`, `cumprod` and the like, and the differences that undo them.

use super::numbers::{larger, smaller, too_large};
use super::{check_dimension, elements_of};
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::builder::ArrayBuilder;
use crate::kernel::{operators, threads};
use crate::op::BinaryOp;
use crate::value::array::{dense, reserve};
use crate::value::display::describe;
use crate::value::{Array, Element, Elements, Form, Value};
use nalgebra::{DMatrix, Scalar};
use std::ops::Add;
use std::sync::atomic::{AtomicBool, Ordering};

/// Sums of the first 1, 2, … elements; `dims` is needed for a matrix. A Bool counts as an integer.
pub fn cumsum(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    let scan = Scan::new("cumsum", over, dims)?;
    let elements = match &*scan.array.elements() {
        Elements::Bool(m) => Elements::Int(scan.run(m.map(i64::from), |x, y| x.checked_add(y))?),
        Elements::Int(m) => Elements::Int(scan.run(m.clone(), |x, y| x.checked_add(y))?),
        Elements::Float(m) if scan.is_down_a_vector() => Elements::Float(pairwise(m)),
        Elements::Complex(m) if scan.is_down_a_vector() => Elements::Complex(pairwise(m)),
        Elements::Float(m) => Elements::Float(scan.run(m.clone(), |x, y| Some(x + y))?),
        Elements::Complex(m) => Elements::Complex(scan.run(m.clone(), |x, y| Some(x + y))?),
        Elements::Any(m, _) => return scan.values(m, BinaryOp::Add, over),
    };
    scan.finish(elements, over)
}

/// Products of the first 1, 2, … elements; `dims` is needed for a matrix.
pub fn cumprod(over: &Value, dims: Option<usize>) -> Outcome<Value> {
    let scan = Scan::new("cumprod", over, dims)?;
    let elements = match &*scan.array.elements() {
        Elements::Bool(m) => Elements::Bool(scan.run(m.clone(), |x, y| Some(x & y))?),
        Elements::Int(m) => Elements::Int(scan.run(m.clone(), |x, y| x.checked_mul(y))?),
        Elements::Float(m) => Elements::Float(scan.run(m.clone(), |x, y| Some(x * y))?),
        Elements::Complex(m) => Elements::Complex(scan.run(m.clone(), |x, y| Some(x * y))?),
        Elements::Any(m, _) => return scan.values(m, BinaryOp::Mul, over),
    };
    scan.finish(elements, over)
}

/// What [`accumulate`] puts elements together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Add,
    Mul,
    Larger,
    Smaller,
}

/// Every element put to what there is before it, in order, along a dimension or down a vector; `None` where only the
/// operation itself knows what comes of it.
pub fn accumulate(step: Step, over: &Value, dims: Option<usize>) -> Outcome<Option<Value>> {
    let Value::Array(array) = over else { return Ok(None) };
    if dims.is_none() && !array.is_vector() {
        return Ok(None);
    }
    let scan = Scan::new("accumulate", over, dims)?;
    let elements = match &*array.elements() {
        Elements::Int(m) => {
            let scanned = match step {
                Step::Add => scan.run(m.clone(), i64::checked_add),
                Step::Mul => scan.run(m.clone(), i64::checked_mul),
                Step::Larger => scan.run(m.clone(), |x, y| Some(x.max(y))),
                Step::Smaller => scan.run(m.clone(), |x, y| Some(x.min(y))),
            };
            interrupt::check()?;
            // The operation says best where it overflows.
            let Ok(scanned) = scanned else { return Ok(None) };
            Elements::Int(scanned)
        }
        Elements::Float(m) => Elements::Float(match step {
            Step::Add => scan.run(m.clone(), |x, y| Some(x + y))?,
            Step::Mul => scan.run(m.clone(), |x, y| Some(x * y))?,
            Step::Larger => scan.run(m.clone(), |x, y| Some(larger(x, y)))?,
            Step::Smaller => scan.run(m.clone(), |x, y| Some(smaller(x, y)))?,
        }),
        Elements::Bool(_) | Elements::Complex(_) | Elements::Any(..) => return Ok(None),
    };
    scan.finish(elements, over).map(Some)
}

/// The differences of neighbours down the columns (`dims` 1) or along the rows (2) of stored numbers; `None` where there
/// are other elements, or where a difference does not fit.
pub fn diff(array: &Array, dims: usize) -> Outcome<Option<Value>> {
    fn differences<T: Element + Copy>(
        m: &DMatrix<T>,
        dims: usize,
        form: Form,
        f: impl Fn(T, T) -> Option<T>,
    ) -> Outcome<Option<Value>> {
        let (rows, cols) = m.shape();
        let (distance, shape) =
            if dims == 1 { (1, (rows.saturating_sub(1), cols)) } else { (rows, (rows, cols.saturating_sub(1))) };
        let mut items = reserve(m.len())?;
        let mut fits = true;
        // Down the columns each is by itself; along the rows all elements are one long line.
        for line in m.as_slice().chunks(if dims == 1 { rows.max(1) } else { m.len().max(1) }) {
            interrupt::check()?;
            let pairs = line.iter().zip(line.get(distance..).unwrap_or_default());
            items.extend(pairs.map(|(x, y)| {
                let difference = f(*y, *x);
                fits &= difference.is_some();
                difference.unwrap_or(*x)
            }));
        }
        Ok(fits.then(|| Value::array(Array::new(form, T::wrap(dense(shape.0, shape.1, items))))))
    }
    let form = if array.is_vector() { Form::Vector } else { Form::Matrix };
    match &*array.elements() {
        Elements::Int(m) => differences(m, dims, form, i64::checked_sub),
        Elements::Float(m) => differences(m, dims, form, |y, x| Some(y - x)),
        Elements::Complex(m) => differences(m, dims, form, |y, x| Some(y - x)),
        Elements::Bool(_) | Elements::Any(..) => Ok(None),
    }
}

/// Whether every element of a column could be put to what there is before it.
fn scan_down<T: Copy>(column: &mut [T], f: impl Fn(T, T) -> Option<T>) -> bool {
    let Some((first, rest)) = column.split_first_mut() else { return true };
    let mut so_far = *first;
    for x in rest {
        let Some(result) = f(so_far, *x) else { return false };
        *x = result;
        so_far = result;
    }
    true
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

    /// Puts every element to what there is before it, in order; an overflow where there is no result.
    fn run<T: Scalar + Copy + Send>(
        &self,
        mut m: DMatrix<T>,
        f: impl Fn(T, T) -> Option<T> + Sync,
    ) -> Outcome<DMatrix<T>> {
        let rows = m.nrows();
        let items = m.as_mut_slice();
        let fits = AtomicBool::new(true);
        match self.dims {
            _ if rows == 0 => {}
            1 => threads::for_lines(items, rows, |part| {
                if interrupt::requested() || !part.chunks_exact_mut(rows).all(|column| scan_down(column, &f)) {
                    fits.store(false, Ordering::Relaxed);
                }
            }),
            2 => {
                for start in (rows..items.len()).step_by(rows) {
                    interrupt::check()?;
                    let (before, rest) = items.split_at_mut(start);
                    for (x, so_far) in rest[..rows].iter_mut().zip(&before[start - rows..]) {
                        *x = f(*so_far, *x).ok_or_else(|| too_large("an element of the result"))?;
                    }
                }
            }
            _ => {}
        }
        interrupt::check()?;
        if fits.into_inner() { Ok(m) } else { Err(too_large("an element of the result")) }
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
