//! Folds: a function of two that puts the elements of an array together, one after the other, as a program that writes over
//! its only element.

use super::compile::{self, Borrowed, CellType, Compiled, Root, Task};
use super::shape::{self, Shape, Shapes};
use super::{Dotted, FEW_ELEMENTS};
use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::program::Cell;
use crate::value::array::{dense, reserve};
use crate::value::{Array, Element, Form, Host, Value, index};
use std::rc::Rc;

/// Which end a fold begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `f(f(a, b), c)`
    Left,
    /// `f(a, f(b, c))`
    Right,
}

impl Side {
    /// The place of element number `k` of `count` that is put in.
    fn place(self, k: usize, count: usize) -> usize {
        match self {
            Side::Left => k,
            Side::Right => count - 1 - k,
        }
    }
}

/// The fold of an array of numbers or a range. `None` where there is no program: the function may then do anything, and
/// has not been called.
pub fn folded(
    function: &Value,
    init: Option<&Value>,
    over: &Value,
    side: Side,
    host: &dyn Host,
) -> Outcome<Option<Value>> {
    let Some(count) = count_of(over) else { return Ok(None) };
    let element = |k: usize| index::get1(over, &Value::Int(side.place(k, count) as i64 + 1));
    let (mut so_far, mut done) = match init {
        Some(init) => (init.clone(), 0),
        None => (element(0)?, 1),
    };
    // The first value may have another type than those after it.
    for _ in 0..2 {
        match part(function, &so_far, over, side, (done, count), host)? {
            Part::No => return Ok(None),
            Part::Done(value) => return Ok(Some(value)),
            Part::Until(value, place) => (so_far, done) = (value, place),
        }
        if done == count {
            return Ok(Some(so_far));
        }
        so_far = call(function, so_far, element(done)?, side, host)?;
        done += 1;
    }
    for k in done..count {
        interrupt::check()?;
        so_far = call(function, so_far, element(k)?, side, host)?;
    }
    Ok(Some(so_far))
}

/// All values of a fold from the left, under the shape of what is folded. `None` where no program gives them all: the
/// function has not been called then.
pub fn accumulated(function: &Value, over: &Value, host: &dyn Host) -> Outcome<Option<Value>> {
    let Some(count) = count_of(over) else { return Ok(None) };
    match index::get1(over, &Value::Int(1))? {
        Value::Bool(first) => steps(first.get(), CellType::Bool, function, over, count, host),
        Value::Int(first) => steps(first, CellType::Int, function, over, count, host),
        Value::Float(first) => steps(first.get(), CellType::Float, function, over, count, host),
        Value::Complex(first) if !first.integral => steps(first.z, CellType::Complex, function, over, count, host),
        _ => Ok(None),
    }
}

fn steps<T: Cell + Element>(
    first: T,
    real: CellType,
    function: &Value,
    over: &Value,
    count: usize,
    host: &dyn Host,
) -> Outcome<Option<Value>> {
    let mut items = reserve(count)?;
    items.push(first);
    let mut so_far = first;
    let all = with_program(first, real, function, over, Side::Left, host, |compiled| {
        if compiled.result != real {
            return Ok(false);
        }
        Ok(compiled.program.fold(&compiled.inputs, &mut so_far, 1..count, |step| items.push(step))?.is_none())
    })?;
    let (Some(true), Some(shape)) = (all, shape::of_elements(over)) else { return Ok(None) };
    let form = if shape.kind == shape::Kind::Vector { Form::Vector } else { Form::Matrix };
    Ok(Some(Value::array(Array::new(form, T::wrap(dense(shape.rows, shape.cols, items))))))
}

/// The number of elements, if it is worth a program.
fn count_of(over: &Value) -> Option<usize> {
    shape::of_elements(over)?.count().filter(|count| *count >= FEW_ELEMENTS)
}

fn call(function: &Value, so_far: Value, element: Value, side: Side, host: &dyn Host) -> Outcome<Value> {
    match side {
        Side::Left => host.call(function, &[so_far, element]),
        Side::Right => host.call(function, &[element, so_far]),
    }
}

/// What a program has made of a fold.
enum Part {
    /// There is none.
    No,
    Done(Value),
    /// So many elements are in the value; the next one gives another type, or an error.
    Until(Value, usize),
}

/// Puts elements in from number `done` on.
fn part(
    function: &Value,
    so_far: &Value,
    over: &Value,
    side: Side,
    (done, count): (usize, usize),
    host: &dyn Host,
) -> Outcome<Part> {
    match so_far {
        Value::Bool(x) => part_of(x.get(), CellType::Bool, function, over, side, (done, count), host),
        Value::Int(x) => part_of(*x, CellType::Int, function, over, side, (done, count), host),
        Value::Float(x) => part_of(x.get(), CellType::Float, function, over, side, (done, count), host),
        Value::Complex(z) if !z.integral => part_of(z.z, CellType::Complex, function, over, side, (done, count), host),
        _ => Ok(Part::No),
    }
}

fn part_of<T: Cell + Element>(
    mut so_far: T,
    real: CellType,
    function: &Value,
    over: &Value,
    side: Side,
    (done, count): (usize, usize),
    host: &dyn Host,
) -> Outcome<Part> {
    let ended = with_program(so_far, real, function, over, side, host, |compiled| {
        if compiled.result != real {
            return Ok(Some(side.place(done, count)));
        }
        let places = (done..count).map(|k| side.place(k, count));
        compiled.program.fold(&compiled.inputs, &mut so_far, places, |_| {})
    })?;
    Ok(match ended {
        None => Part::No,
        Some(None) => Part::Done(so_far.to_value()),
        Some(Some(place)) => Part::Until(so_far.to_value(), side.place(place, count)),
    })
}

/// Runs with the program of the function for a value so far of this type and the elements, if there is one.
fn with_program<T: Cell + Element, R>(
    so_far: T,
    real: CellType,
    function: &Value,
    over: &Value,
    side: Side,
    host: &dyn Host,
    run: impl FnOnce(&Compiled<'_>) -> Outcome<R>,
) -> Outcome<Option<R>> {
    let Some(shape) = shape::of_elements(over) else { return Ok(None) };
    let args = match side {
        Side::Left => vec![Dotted::Leaf(1), Dotted::Leaf(2)],
        Side::Right => vec![Dotted::Leaf(2), Dotted::Leaf(1)],
    };
    let call = Dotted::Call { function: 0, args, keyword: Vec::new() };
    let array = Rc::new(Array::new(Form::Vector, T::wrap(dense(1, 1, vec![so_far]))));
    let leaves = [function.clone(), Value::Array(Rc::clone(&array)), over.clone()];
    let borrowed = Borrowed::new(&leaves, Some(&array));
    // The value so far stands beside every element.
    let shapes = Shapes { leaves: vec![Shape::SCALAR, shape, shape], result: shape };
    let task = Task {
        root: Root::Tree(&call),
        leaves: &leaves,
        borrowed: &borrowed,
        shapes: &shapes,
        host,
        result: shape,
        destination: Some((&array, real)),
        float_powers: false,
        folds: true,
    };
    compile::compile(task).map(|compiled| run(&compiled)).transpose()
}
