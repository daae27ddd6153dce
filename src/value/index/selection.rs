//! What indices choose: every index of an array resolved to numbers from 0, checked against the size.

use super::super::array::{reserve, written};
use super::super::display::describe;
use super::super::{Array, Elements, Form, Range, Value};
use super::{Positions, faults, gather};
use crate::fault::{Fault, Outcome, Part};
use std::mem::MaybeUninit;

/// Numbers that are checked without a branch for each.
const SEEN_TOGETHER: usize = 1024;

/// The size that indices are checked against.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub rows: usize,
    pub cols: usize,
}

impl Extent {
    /// The size of an object that can be indexed.
    pub(super) fn of(object: &Value) -> Outcome<Extent> {
        let line = |rows: usize| Ok(Extent { rows, cols: 1 });
        match object {
            Value::Array(array) => {
                let (rows, cols) = array.shape();
                Ok(Extent { rows, cols })
            }
            Value::Range(range) => line(range.len()),
            Value::Str(text) => line(text.chars().count()),
            Value::Tuple(tuple) => line(tuple.items.len()),
            Value::Pair(_) | Value::CartesianIndex(_) => line(2),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => line(1),
            Value::Iterator(_) => match super::super::iterate::length(object) {
                Some(len) => line(len),
                None => Err(faults::not_indexable(object)),
            },
            Value::Undefined
            | Value::Nothing
            | Value::Colon
            | Value::Scaling(_)
            | Value::Type(_)
            | Value::Function(_)
            | Value::Error(_)
            | Value::Reference(_)
            | Value::Stream(_)
            | Value::Variable(_) => Err(faults::not_indexable(object)),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows * self.cols
    }
}

/// Numbers from 1 of elements, all of which there are.
struct Numbered<'a>(&'a [i64]);

impl Positions for Numbered<'_> {
    fn copy<T: Clone>(self, from: &[T], to: &mut Vec<T>) {
        to.extend(self.0.iter().map(|number| from[*number as usize - 1].clone()));
    }
}

/// Are all of these numbers from 1 up to the count?
fn all_within(numbers: &[i64], count: usize) -> bool {
    let within = |number: &i64| (*number as u64).wrapping_sub(1) < count as u64;
    numbers.chunks(SEEN_TOGETHER).all(|part| part.iter().fold(true, |all, number| all & within(number)))
}

/// The elements of an array whose numbers an array of integers holds, if there are all of them: then nothing need be
/// resolved first.
pub(super) fn take_numbered(array: &Array, index: &Array) -> Outcome<Option<Value>> {
    let elements = index.elements();
    let Elements::Int(numbers) = &*elements else { return Ok(None) };
    if numbers.is_empty() || !all_within(numbers.as_slice(), array.len()) {
        return Ok(None);
    }
    let (rows, cols) = numbers.shape();
    let form = if index.is_vector() { Form::Vector } else { Form::Matrix };
    gather(array, Numbered(numbers.as_slice()), rows, cols, form).map(Value::array).map(Some)
}

/// The numbers, from 0, that one index chooses along its dimension.
#[derive(Clone, Debug, PartialEq)]
pub enum Axis {
    /// A number; the dimension is dropped.
    One(usize),
    /// A range or `:`: every `step`-th number from `first` on.
    Span { first: usize, step: isize, len: usize },
    /// A vector or a mask.
    List(Vec<usize>),
    /// A matrix of numbers, with its rows.
    Table(Vec<usize>, usize),
}

impl Axis {
    /// How many numbers.
    pub fn len(&self) -> usize {
        match self {
            Axis::One(_) => 1,
            Axis::Span { len, .. } => *len,
            Axis::List(numbers) | Axis::Table(numbers, _) => numbers.len(),
        }
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number `k` of the chosen ones.
    #[inline]
    pub fn at(&self, k: usize) -> usize {
        match self {
            Axis::One(number) => *number,
            Axis::Span { first, step, .. } => first.wrapping_add_signed(step.wrapping_mul(k as isize)),
            Axis::List(numbers) | Axis::Table(numbers, _) => numbers[k],
        }
    }

    /// The dimensions that the index gives to the result.
    fn dimensions(&self) -> impl Iterator<Item = usize> {
        let (first, second) = match self {
            Axis::One(_) => (None, None),
            Axis::Span { len, .. } => (Some(*len), None),
            Axis::List(numbers) => (Some(numbers.len()), None),
            Axis::Table(numbers, rows) => (Some(*rows), Some(numbers.len() / (*rows).max(1))),
        };
        first.into_iter().chain(second)
    }

    fn all(len: usize) -> Axis {
        Axis::Span { first: 0, step: 1, len }
    }
}

/// The positions that indices choose in the column-major elements, and the shape of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    rows: Axis,
    /// With the rows of the indexed array, if there are two indices.
    cols: Option<(Axis, usize)>,
    shape: (usize, usize),
    /// `None` for a single element.
    form: Option<Form>,
}

impl Selection {
    pub(super) fn resolve(object: &Value, extent: &Extent, indices: &[Value]) -> Outcome<Selection> {
        let along = Along { object, extent };
        let is_line = matches!(object, Value::Str(_) | Value::Tuple(_) | Value::Pair(_) | Value::CartesianIndex(_));
        match indices {
            [_, _, ..] if is_line => Err(faults::extra_index(object, 1)),
            [_, _, ..] if indices.iter().any(|index| matches!(index, Value::CartesianIndex(_))) => {
                Selection::resolve(object, extent, &spelled_out(indices))
            }
            [] if extent.len() == 1 => Selection::linear(Axis::One(0)),
            [] => Err(faults::no_index(object)),
            [index] => match cartesian(index)? {
                Some(axis) => Selection::linear(axis.positions(&along, 0)?),
                None => Selection::linear(along.axis(index, Dimension::Linear, 0)?),
            },
            [rows, cols, extra @ ..] => {
                for (k, index) in extra.iter().enumerate() {
                    if *index != Value::Int(1) {
                        return Err(faults::extra_index(object, k + 2));
                    }
                }
                let rows = along.axis(rows, Dimension::Rows, 0)?;
                let cols = along.axis(cols, Dimension::Columns, 1)?;
                Selection::grid(rows, cols, extent.rows)
            }
        }
    }

    fn linear(axis: Axis) -> Outcome<Selection> {
        let (shape, form) = result_shape(axis.dimensions())?;
        Ok(Selection { rows: axis, cols: None, shape, form })
    }

    fn grid(rows: Axis, cols: Axis, stride: usize) -> Outcome<Selection> {
        let (shape, form) = result_shape(rows.dimensions().chain(cols.dimensions()))?;
        Ok(Selection { rows, cols: Some((cols, stride)), shape, form })
    }

    /// How many positions.
    pub fn len(&self) -> usize {
        self.rows.len() * self.cols.as_ref().map_or(1, |(cols, _)| cols.len())
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One element, by numbers only: the result is no array.
    pub fn is_single(&self) -> bool {
        self.form.is_none()
    }

    /// Rows and columns of the result; a vector has one column.
    pub fn shape(&self) -> (usize, usize) {
        self.shape
    }

    /// The form of the result; `None` for a single element.
    pub fn form(&self) -> Option<Form> {
        self.form
    }

    /// How many positions each index chooses, as indexed assignment counts them.
    pub(super) fn counts(&self) -> (usize, Option<usize>) {
        (self.rows.len(), self.cols.as_ref().map(|(cols, _)| cols.len()))
    }

    /// Position number `k`, column by column, in the elements of the indexed array.
    #[inline]
    pub fn position(&self, k: usize) -> usize {
        match &self.cols {
            None => self.rows.at(k),
            Some((cols, stride)) => self.rows.at(k % self.rows.len()) + stride * cols.at(k / self.rows.len()),
        }
    }

    /// Every position, column by column.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        let cols = self.cols.as_ref().map_or(1, |(cols, _)| cols.len());
        (0..cols).flat_map(move |j| {
            let base = self.cols.as_ref().map_or(0, |(cols, stride)| stride * cols.at(j));
            (0..self.rows.len()).map(move |i| base + self.rows.at(i))
        })
    }

    /// Puts one item at all positions.
    pub(super) fn fill<T: Clone>(&self, to: &mut [T], item: &T) {
        match (&self.rows, &self.cols) {
            (Axis::List(numbers) | Axis::Table(numbers, _), None) => {
                numbers.iter().for_each(|number| to[*number] = item.clone());
            }
            _ => self.positions().for_each(|position| to[position] = item.clone()),
        }
    }

    /// Puts items at the positions, in order.
    pub(super) fn put<T: Clone>(&self, to: &mut [T], mut items: &[T]) {
        let cols = self.cols.as_ref().map_or(1, |(cols, _)| cols.len());
        for j in 0..cols {
            let base = self.cols.as_ref().map_or(0, |(cols, stride)| stride * cols.at(j));
            let (column, rest) = items.split_at(self.rows.len());
            items = rest;
            match &self.rows {
                Axis::Span { first, step: 1, len } => to[base + first..][..*len].clone_from_slice(column),
                Axis::List(numbers) | Axis::Table(numbers, _) => {
                    for (number, item) in numbers.iter().zip(column) {
                        to[base + number] = item.clone();
                    }
                }
                Axis::One(_) | Axis::Span { .. } => {
                    for (i, item) in column.iter().enumerate() {
                        to[base + self.rows.at(i)] = item.clone();
                    }
                }
            }
        }
    }

    /// The chosen elements: a value or a new array.
    pub(super) fn take(&self, array: &Array) -> Outcome<Value> {
        match self.form {
            None => Ok(array.value(self.position(0))),
            Some(form) => gather(array, self, self.shape.0, self.shape.1, form).map(Value::array),
        }
    }

    /// The chosen items of something that is no array: a value or a tuple.
    pub(super) fn pick(&self, item: impl Fn(usize) -> Value) -> Value {
        if self.is_single() { item(self.position(0)) } else { Value::tuple(self.positions().map(item).collect()) }
    }
}

impl Positions for &Selection {
    fn copy<T: Clone>(self, from: &[T], to: &mut Vec<T>) {
        if let (Axis::One(row), Some((Axis::Span { first, step, len }, stride))) = (&self.rows, &self.cols) {
            // What a row asks for lies far apart: nothing else may stand between the loads.
            let (place, step) = (row + stride * first, step.wrapping_mul(*stride as isize));
            return to.extend((0..*len as isize).map(|j| from[place.wrapping_add_signed(step * j)].clone()));
        }
        let cols = self.cols.as_ref().map_or(1, |(cols, _)| cols.len());
        for j in 0..cols {
            let base = self.cols.as_ref().map_or(0, |(cols, stride)| stride * cols.at(j));
            match &self.rows {
                Axis::One(number) => to.push(from[base + number].clone()),
                Axis::Span { first, step: 1, len } => to.extend_from_slice(&from[base + first..][..*len]),
                Axis::Span { first, step: -1, len } => {
                    to.extend(from[base + first + 1 - len..][..*len].iter().rev().cloned());
                }
                Axis::Span { first, step, len } => {
                    let (first, gap) = (base + first, step.unsigned_abs());
                    // A span of no elements has the step 1.
                    let reach = gap * (len - 1);
                    match step.signum() {
                        1 => to.extend(from[first..=first + reach].chunks(gap).map(|part| part[0].clone())),
                        -1 => {
                            let parts = from[first - reach..=first].rchunks(gap);
                            to.extend(parts.map(|part| part[part.len() - 1].clone()));
                        }
                        _ => to.extend(std::iter::repeat_n(&from[first], *len).cloned()),
                    }
                }
                Axis::List(numbers) | Axis::Table(numbers, _) => {
                    to.extend(numbers.iter().map(|k| from[base + k].clone()));
                }
            }
        }
    }
}

fn result_shape(mut dimensions: impl Iterator<Item = usize>) -> Outcome<((usize, usize), Option<Form>)> {
    match (dimensions.next(), dimensions.next(), dimensions.count()) {
        (None, ..) => Ok(((1, 1), None)),
        (Some(len), None, _) => Ok(((len, 1), Some(Form::Vector))),
        (Some(rows), Some(cols), 0) => Ok(((rows, cols), Some(Form::Matrix))),
        (Some(_), Some(_), more) => {
            Err(Fault::argument(format!("these indices would give an array of {} dimensions", more + 2))
                .rule("arrays have at most two dimensions"))
        }
    }
}

/// Which dimension an index counts along.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Dimension {
    /// The only index: all elements, column by column.
    Linear,
    Rows,
    Columns,
}

/// `CartesianIndex` values as the only index.
enum Cartesian {
    One([i64; 2]),
    Many(Vec<[i64; 2]>),
}

/// The indices with two numbers in place of every `CartesianIndex`.
fn spelled_out(indices: &[Value]) -> Vec<Value> {
    let numbers = |index: &Value| match index {
        Value::CartesianIndex(at) => vec![Value::Int(at[0]), Value::Int(at[1])],
        other => vec![other.clone()],
    };
    indices.iter().flat_map(numbers).collect()
}

/// The index as `CartesianIndex` values, if it is one or an array of them.
fn cartesian(index: &Value) -> Outcome<Option<Cartesian>> {
    match index {
        Value::CartesianIndex(at) => Ok(Some(Cartesian::One(**at))),
        Value::Array(array) => {
            let elements = array.elements();
            let Elements::Any(items, _) = &*elements else { return Ok(None) };
            if items.is_empty() {
                return Ok(None);
            }
            let at = |item: &Value| if let Value::CartesianIndex(at) = item { Some(**at) } else { None };
            Ok(items.iter().map(at).collect::<Option<Vec<_>>>().map(Cartesian::Many))
        }
        _ => Ok(None),
    }
}

impl Cartesian {
    fn positions(self, along: &Along<'_>, argument: usize) -> Outcome<Axis> {
        let position = |[i, j]: [i64; 2]| {
            let row = along.number(i, Dimension::Rows, argument)?;
            let col = along.number(j, Dimension::Columns, argument)?;
            Ok(row + col * along.extent.rows)
        };
        match self {
            Cartesian::One(at) => position(at).map(Axis::One),
            Cartesian::Many(all) => all.into_iter().map(position).collect::<Outcome<Vec<_>>>().map(Axis::List),
        }
    }
}

/// The object that is indexed, for resolving an index and saying what is wrong with it.
pub(super) struct Along<'a> {
    pub object: &'a Value,
    pub extent: &'a Extent,
}

impl Along<'_> {
    /// How many numbers there are along a dimension.
    pub(super) fn count(&self, dimension: Dimension) -> usize {
        match dimension {
            Dimension::Linear => self.extent.len(),
            Dimension::Rows => self.extent.rows,
            Dimension::Columns => self.extent.cols,
        }
    }

    /// An index from 1 as a number from 0.
    #[inline]
    fn number(&self, index: i64, dimension: Dimension, argument: usize) -> Outcome<usize> {
        super::offset(index, self.count(dimension))
            .ok_or_else(|| faults::out_of_bounds(self, index, dimension, argument))
    }

    fn axis(&self, index: &Value, dimension: Dimension, argument: usize) -> Outcome<Axis> {
        match index {
            Value::Int(i) => self.number(*i, dimension, argument).map(Axis::One),
            Value::Colon => Ok(Axis::all(self.count(dimension))),
            Value::Range(range) => self.span(range, dimension, argument),
            Value::Array(array) => self.numbers(array, dimension, argument),
            other => Err(faults::not_an_index(other, argument)),
        }
    }

    fn span(&self, range: &Range, dimension: Dimension, argument: usize) -> Outcome<Axis> {
        match range {
            Range::Int { len: 0, .. } => Ok(Axis::Span { first: 0, step: 1, len: 0 }),
            Range::Int { start, step, len, .. } => {
                let first = self.number(*start, dimension, argument)?;
                if let Value::Int(last) = range.last() {
                    self.number(last, dimension, argument)?;
                }
                Ok(Axis::Span { first, step: *step as isize, len: *len })
            }
            Range::Float { .. } => Err(faults::not_an_index(&Value::Range(std::rc::Rc::new(range.clone())), argument)),
        }
    }

    fn numbers(&self, array: &Array, dimension: Dimension, argument: usize) -> Outcome<Axis> {
        let elements = array.elements();
        let numbers = match &*elements {
            Elements::Bool(mask) => {
                self.check_mask(array, dimension, argument)?;
                return places_of_true(mask.as_slice(), |k| k).map(Axis::List);
            }
            Elements::Int(items) => {
                let count = self.count(dimension);
                let mut numbers = reserve(items.len())?;
                numbers.extend(items.iter().map(|i| (*i as u64).wrapping_sub(1) as usize));
                if !all_within(items.as_slice(), count) {
                    items.iter().try_for_each(|i| self.number(*i, dimension, argument).map(drop))?;
                }
                numbers
            }
            Elements::Any(items, _) => items
                .iter()
                .map(|item| match item {
                    Value::Int(i) => self.number(*i, dimension, argument),
                    other => Err(faults::not_an_index(other, argument)),
                })
                .collect::<Outcome<Vec<_>>>()?,
            Elements::Float(items) if items.is_empty() => Vec::new(),
            Elements::Float(_) | Elements::Complex(_) => {
                return Err(Fault::argument(format!("{} numbers elements by integers only", describe(self.object)))
                    .rule("indices are integers, even where they are in an array")
                    .label(Part::Argument(argument), format!("elements are {}", eltype_name(&elements)))
                    .hint("Int.(index) makes integers of whole floats"));
            }
        };
        Ok(if array.is_vector() { Axis::List(numbers) } else { Axis::Table(numbers, array.shape().0) })
    }

    /// A mask has the size of what it chooses from.
    fn check_mask(&self, mask: &Array, dimension: Dimension, argument: usize) -> Outcome<()> {
        let count = self.count(dimension);
        let fits = if mask.is_vector() {
            mask.len() == count
        } else {
            dimension == Dimension::Linear && mask.shape() == (self.extent.rows, self.extent.cols)
        };
        if fits { Ok(()) } else { Err(faults::mask_size(self, mask, dimension, argument)) }
    }
}

/// Where a mask is true, each place as `what` makes it of its number from 0. There is no branch in the loop: nobody could
/// guess it.
pub fn places_of_true<T: Copy>(mask: &[bool], what: impl Fn(usize) -> T) -> Outcome<Vec<T>> {
    let count = mask.iter().filter(|chosen| **chosen).count();
    // What is false is written over by what comes after it, and the last by nothing.
    let write = |to: &mut [MaybeUninit<T>]| {
        let mut next = 0;
        for (k, chosen) in mask.iter().enumerate() {
            to[next].write(what(k));
            next += usize::from(*chosen);
        }
        // Behind the last true place.
        if let Some(last) = to.last_mut() {
            last.write(what(mask.len()));
        }
        Ok(())
    };
    // SAFETY: place after place is written until as many are as there are true elements, and the one behind them.
    let mut places = unsafe { written(count + 1, write) }?;
    places.truncate(count);
    Ok(places)
}

fn eltype_name(elements: &Elements) -> &'static str {
    if matches!(elements, Elements::Complex(_)) { "complex numbers" } else { "floats" }
}
