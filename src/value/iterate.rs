//! Going through a value one element at a time, as `for` does.

use super::display::describe;
use super::{Array, Form, Host, Lazy, Range, Stream, Tuple, Value};
use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::array::with_elements;
use std::rc::Rc;

/// A place in an iteration. Holds the value, never a borrow of its elements.
pub struct Cursor {
    place: Place,
}

/// What is gone through, and how far.
enum Place {
    /// A number, which is its own only element.
    Once(Option<Value>),
    Array(Rc<Array>, usize),
    Range(Rc<Range>, usize),
    /// With the byte at which the next character begins.
    Text(Rc<String>, usize),
    Tuple(Rc<Tuple>, usize),
    /// Values that were collected beforehand.
    List(std::vec::IntoIter<Value>),
    Enumerate(Box<Cursor>, i64),
    Zip(Vec<Cursor>),
    Map(Value, Box<Cursor>),
    Filter(Value, Box<Cursor>),
    Product(Product),
    Flatten(Box<Cursor>, Option<Box<Cursor>>),
    /// Rows or columns.
    Lines(Rc<Array>, Line, usize),
    /// What a stream still gives, line by line.
    Read(Rc<Stream>),
    Pairs(Value, Box<Cursor>, usize),
    /// Elements in reverse, which are collected at the first step.
    Backwards(Value),
    Take(Box<Cursor>, usize),
    Drop(Box<Cursor>, usize),
    /// What is gone through again and again, and the present round; without a round there was nothing in the last.
    Cycle(Value, Option<Box<Cursor>>),
}

/// Rows or columns of a matrix.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Row,
    Column,
}

/// Every combination of the elements of several values, the first fastest.
struct Product {
    over: Vec<Value>,
    cursors: Vec<Cursor>,
    /// The combination given last; empty before the first.
    current: Vec<Value>,
    done: bool,
}

impl Cursor {
    /// Before the first element; a fault if the value cannot be iterated.
    pub fn new(over: &Value) -> Outcome<Cursor> {
        Ok(Cursor { place: Place::new(over)? })
    }

    /// The next element. Lazy iterators call their functions through the host.
    pub fn next(&mut self, host: &dyn Host) -> Outcome<Option<Value>> {
        match &mut self.place {
            Place::Once(value) => Ok(value.take()),
            Place::Array(array, k) => Ok(next_of_array(array, k)),
            Place::Range(range, k) => Ok((*k < range.len()).then(|| range.get(step(k)))),
            Place::Text(text, at) => Ok(next_character(text, at)),
            Place::Tuple(tuple, k) => Ok(tuple.items.get(step(k)).cloned()),
            Place::List(items) => Ok(items.next()),
            Place::Enumerate(inner, count) => Ok(inner.next(host)?.map(|item| {
                *count += 1;
                Value::tuple(vec![Value::Int(*count), item])
            })),
            Place::Zip(cursors) => next_zipped(cursors, host),
            Place::Map(function, inner) => match inner.next(host)? {
                Some(item) => host.call(function, &[item]).map(Some),
                None => Ok(None),
            },
            Place::Filter(keep, inner) => next_kept(keep, inner, host),
            Place::Product(product) => product.next(host),
            Place::Flatten(outer, inner) => next_flat(outer, inner, host),
            Place::Lines(matrix, line, k) => Ok(next_line(matrix, *line, k)?.map(Value::into_part)),
            Place::Read(stream) => Ok(stream.read_line(host)?.map(Value::str)),
            Place::Pairs(of, inner, k) => Ok(inner.next(host)?.map(|item| {
                let key = key_of(of, step(k));
                Value::Pair(Rc::new((key, item)))
            })),
            Place::Backwards(over) => {
                let mut items = elements(over, host)?;
                items.reverse();
                self.place = Place::List(items.into_iter());
                self.next(host)
            }
            Place::Take(_, 0) => Ok(None),
            Place::Take(inner, left) => {
                *left -= 1;
                inner.next(host)
            }
            Place::Drop(inner, left) => {
                while *left > 0 {
                    interrupt::check()?;
                    *left -= 1;
                    if inner.next(host)?.is_none() {
                        *left = 0;
                    }
                }
                inner.next(host)
            }
            Place::Cycle(over, round) => next_again(over, round, host),
        }
    }
}

impl Place {
    fn new(over: &Value) -> Outcome<Place> {
        match over {
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) => Ok(Place::Once(Some(over.clone()))),
            Value::Array(array) => Ok(Place::Array(array.clone(), 0)),
            Value::Range(range) => Ok(Place::Range(range.clone(), 0)),
            Value::Str(text) => Ok(Place::Text(text.clone(), 0)),
            Value::Tuple(tuple) => Ok(Place::Tuple(tuple.clone(), 0)),
            Value::Pair(pair) => Ok(Place::List(vec![pair.0.clone(), pair.1.clone()].into_iter())),
            Value::Iterator(lazy) => Place::lazy(lazy),
            Value::Reference(held) => Ok(Place::Once(Some(held.get()))),
            Value::Undefined
            | Value::Nothing
            | Value::Colon
            | Value::CartesianIndex(_)
            | Value::Scaling(_)
            | Value::Type(_)
            | Value::Function(_)
            | Value::Error(_)
            | Value::Stream(_)
            | Value::Variable(_) => Err(not_iterable(over)),
        }
    }

    fn lazy(lazy: &Lazy) -> Outcome<Place> {
        let inner = |of: &Value| Cursor::new(of).map(Box::new);
        Ok(match lazy {
            Lazy::Enumerate(of) => Place::Enumerate(inner(of)?, 0),
            Lazy::Zip(of) => Place::Zip(of.iter().map(Cursor::new).collect::<Outcome<_>>()?),
            Lazy::Map(function, of) => Place::Map(function.clone(), inner(of)?),
            Lazy::Filter(keep, of) => Place::Filter(keep.clone(), inner(of)?),
            Lazy::Product(of) => Place::Product(Product::new(of)?),
            Lazy::Flatten(of) => Place::Flatten(inner(of)?, None),
            Lazy::Rows(of) => Place::lines(of, Line::Row)?,
            Lazy::Columns(of) => Place::lines(of, Line::Column)?,
            Lazy::Pairs(of) => Place::Pairs(of.clone(), inner(of)?, 0),
            Lazy::Reverse(of) => match of {
                Value::Range(range) => Place::Range(Rc::new(range.reversed()), 0),
                _ => {
                    inner(of)?;
                    Place::Backwards(of.clone())
                }
            },
            Lazy::Take(of, count) => Place::Take(inner(of)?, *count),
            Lazy::Drop(of, count) => Place::Drop(inner(of)?, *count),
            Lazy::Cycle(of) => Place::Cycle(of.clone(), Some(inner(of)?)),
            Lazy::Lines(stream) => Place::Read(stream.clone()),
        })
    }

    fn lines(of: &Value, line: Line) -> Outcome<Place> {
        match super::promote::as_array(of)? {
            Some(array) => Ok(Place::Lines(array, line, 0)),
            None => Err(not_iterable(of)),
        }
    }
}

/// The count, one higher afterwards.
fn step(k: &mut usize) -> usize {
    *k += 1;
    *k - 1
}

fn next_of_array(array: &Array, k: &mut usize) -> Option<Value> {
    // The length is asked for at every step: the loop's body may push to the array.
    let elements = array.elements();
    with_elements!(&*elements, m => m.as_slice().get(step(k)).map(super::Element::to_value))
}

fn next_character(text: &str, at: &mut usize) -> Option<Value> {
    let character = text.get(*at..)?.chars().next()?;
    *at += character.len_utf8();
    Some(Value::str(character))
}

fn next_zipped(cursors: &mut [Cursor], host: &dyn Host) -> Outcome<Option<Value>> {
    let mut items = Vec::with_capacity(cursors.len());
    for cursor in cursors.iter_mut() {
        match cursor.next(host)? {
            Some(item) => items.push(item),
            None => return Ok(None),
        }
    }
    Ok((!items.is_empty()).then(|| Value::tuple(items)))
}

fn next_kept(keep: &Value, inner: &mut Cursor, host: &dyn Host) -> Outcome<Option<Value>> {
    while let Some(item) = inner.next(host)? {
        interrupt::check()?;
        match host.call(keep, std::slice::from_ref(&item))? {
            Value::Bool(kept) if kept.get() => return Ok(Some(item)),
            Value::Bool(_) => {}
            other => {
                return Err(Fault::new(
                    crate::fault::ErrorKind::TypeError,
                    format!("the condition of a filter is true or false, not {}", describe(&other)),
                ));
            }
        }
    }
    Ok(None)
}

fn next_flat(outer: &mut Cursor, inner: &mut Option<Box<Cursor>>, host: &dyn Host) -> Outcome<Option<Value>> {
    loop {
        if let Some(cursor) = inner
            && let Some(item) = cursor.next(host)?
        {
            return Ok(Some(item));
        }
        interrupt::check()?;
        match outer.next(host)? {
            Some(next) => *inner = Some(Box::new(Cursor::new(&next)?)),
            None => return Ok(None),
        }
    }
}

fn next_again(over: &Value, round: &mut Option<Box<Cursor>>, host: &dyn Host) -> Outcome<Option<Value>> {
    let Some(cursor) = round else { return Ok(None) };
    if let Some(item) = cursor.next(host)? {
        return Ok(Some(item));
    }
    **cursor = Cursor::new(over)?;
    let first = cursor.next(host)?;
    if first.is_none() {
        *round = None;
    }
    Ok(first)
}

fn next_line(matrix: &Array, line: Line, k: &mut usize) -> Outcome<Option<Value>> {
    let (rows, cols) = matrix.shape();
    let (count, len) = if line == Line::Row { (rows, cols) } else { (cols, rows) };
    let number = step(k);
    if number >= count {
        return Ok(None);
    }
    let position = |i: usize| if line == Line::Row { number + i * rows } else { number * rows + i };
    let positions = (0..len).map(position);
    Ok(Some(Value::array(super::index::gather(matrix, positions, len, 1, Form::Vector)?)))
}

/// The key of element number `k` from 0, as `pairs` gives it.
fn key_of(of: &Value, k: usize) -> Value {
    match of {
        Value::Array(array) if !array.is_vector() => {
            let rows = array.shape().0.max(1);
            Value::CartesianIndex(Rc::new([(k % rows) as i64 + 1, (k / rows) as i64 + 1]))
        }
        Value::Tuple(tuple) => match &tuple.names {
            Some(names) => names.get(k).map_or(Value::Nothing, |name| Value::str(name.to_string())),
            None => Value::Int(k as i64 + 1),
        },
        _ => Value::Int(k as i64 + 1),
    }
}

impl Product {
    fn new(over: &[Value]) -> Outcome<Product> {
        let cursors = over.iter().map(Cursor::new).collect::<Outcome<Vec<Cursor>>>()?;
        Ok(Product { over: over.to_vec(), cursors, current: Vec::new(), done: false })
    }

    fn next(&mut self, host: &dyn Host) -> Outcome<Option<Value>> {
        if self.done {
            return Ok(None);
        }
        let advanced = if self.current.is_empty() { self.begin(host)? } else { self.advance(host)? };
        self.done = !advanced;
        Ok(advanced.then(|| Value::tuple(self.current.clone())))
    }

    /// The first combination; false if one of the values is empty.
    fn begin(&mut self, host: &dyn Host) -> Outcome<bool> {
        for cursor in &mut self.cursors {
            match cursor.next(host)? {
                Some(item) => self.current.push(item),
                None => return Ok(false),
            }
        }
        Ok(!self.current.is_empty())
    }

    /// The next combination, as an odometer counts; false after the last.
    fn advance(&mut self, host: &dyn Host) -> Outcome<bool> {
        for k in 0..self.cursors.len() {
            if let Some(item) = self.cursors[k].next(host)? {
                self.current[k] = item;
                return Ok(true);
            }
            self.cursors[k] = Cursor::new(&self.over[k])?;
            match self.cursors[k].next(host)? {
                Some(item) => self.current[k] = item,
                None => return Ok(false),
            }
        }
        Ok(false)
    }
}

/// All elements, in order.
pub fn elements(over: &Value, host: &dyn Host) -> Outcome<Vec<Value>> {
    if let Value::Array(array) = over {
        let mut items = super::array::reserve(array.len())?;
        let elements = array.elements();
        items.extend((0..elements.len()).map(|k| elements.value(k)));
        return Ok(items);
    }
    let mut items = match shape(over) {
        Some((rows, cols, _)) => super::array::reserve(super::array::element_count(rows, cols)?)?,
        None => Vec::new(),
    };
    let mut cursor = Cursor::new(over)?;
    while let Some(item) = cursor.next(host)? {
        interrupt::check()?;
        super::array::push(&mut items, item)?;
    }
    Ok(items)
}

/// Rows and columns that collecting a value gives, where its shape is known beforehand (`None`: a vector of unknown
/// length); used by comprehensions and `collect`.
pub fn shape(over: &Value) -> Option<(usize, usize, Form)> {
    let vector = |len: usize| Some((len, 1, Form::Vector));
    match over {
        Value::Array(array) => {
            let (rows, cols) = array.shape();
            Some((rows, cols, if array.is_vector() { Form::Vector } else { Form::Matrix }))
        }
        Value::Range(range) => vector(range.len()),
        Value::Str(text) => vector(text.chars().count()),
        Value::Tuple(tuple) => vector(tuple.items.len()),
        Value::Pair(_) => vector(2),
        Value::Iterator(lazy) => match &**lazy {
            Lazy::Enumerate(of) | Lazy::Map(_, of) | Lazy::Pairs(of) => shape(of),
            Lazy::Reverse(of) => length(of).and_then(vector),
            Lazy::Zip(of) => zipped_shape(of),
            Lazy::Product(of) => product_shape(of),
            Lazy::Rows(of) => shape(of).and_then(|(rows, _, _)| vector(rows)),
            Lazy::Columns(of) => shape(of).and_then(|(_, cols, _)| vector(cols)),
            Lazy::Take(of, count) => length(of).and_then(|len| vector(len.min(*count))),
            Lazy::Drop(of, count) => length(of).and_then(|len| vector(len.saturating_sub(*count))),
            Lazy::Filter(..) | Lazy::Flatten(_) | Lazy::Cycle(_) | Lazy::Lines(_) => None,
        },
        _ => None,
    }
}

/// Number of elements, where it is known beforehand.
pub fn length(over: &Value) -> Option<usize> {
    match over {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) | Value::Reference(_) => Some(1),
        _ => shape(over).and_then(|(rows, cols, _)| rows.checked_mul(cols)),
    }
}

/// Values of one shape keep it; otherwise the shortest decides.
fn zipped_shape(of: &[Value]) -> Option<(usize, usize, Form)> {
    let shapes = of.iter().map(shape).collect::<Option<Vec<_>>>()?;
    let first = *shapes.first()?;
    if shapes.iter().all(|s| *s == first) {
        return Some(first);
    }
    let shortest = shapes.iter().map(|(rows, cols, _)| rows.saturating_mul(*cols)).min()?;
    Some((shortest, 1, Form::Vector))
}

fn product_shape(of: &[Value]) -> Option<(usize, usize, Form)> {
    match of {
        [only] => length(only).map(|len| (len, 1, Form::Vector)),
        [rows, cols] => Some((length(rows)?, length(cols)?, Form::Matrix)),
        _ => None,
    }
}

#[cold]
fn not_iterable(value: &Value) -> Fault {
    let what = describe(value);
    let fault =
        Fault::method(format!("{what} has no elements to go through")).code(Code::NoElements).label(Part::Left, what);
    match value {
        Value::Function(f) => fault.hint(format!("call it to get a value: `{}(…)`", f.name)),
        Value::CartesianIndex(_) => fault.hint("Tuple(index) gives its numbers"),
        Value::Stream(_) => fault.hint("eachline(io) goes through its lines"),
        _ => fault.rule("arrays, ranges, strings, tuples and numbers have elements"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::function::CallsOnly;

    /// A world in which every function doubles its argument, or says whether it is above 2.
    const DOUBLING: CallsOnly = CallsOnly(|function, args| match (function, &args[0]) {
        (Value::Nothing, Value::Int(x)) => Ok(Value::Int(2 * x)),
        (_, Value::Int(x)) => Ok(Value::bool(*x > 2)),
        _ => Ok(Value::Nothing),
    });

    fn all(value: Value) -> Vec<Value> {
        elements(&value, &DOUBLING).expect("it has elements")
    }

    fn lazy(lazy: Lazy) -> Value {
        Value::Iterator(Rc::new(lazy))
    }

    fn ints(items: &[i64]) -> Vec<Value> {
        items.iter().map(|x| Value::Int(*x)).collect()
    }

    fn range(stop: i64) -> Value {
        Value::Range(Rc::new(Range::unit(1, stop)))
    }

    #[test]
    fn plain_values() {
        assert_eq!(all(range(3)), ints(&[1, 2, 3]));
        assert_eq!(all(Value::Int(7)), ints(&[7]));
        assert_eq!(all(Value::str("aé")), [Value::str("a"), Value::str("é")]);
        assert_eq!(all(Value::matrix(2, 2, vec![1_i64, 2, 3, 4])), ints(&[1, 2, 3, 4]));
    }

    #[test]
    fn lazy_values() {
        let pair = |a, b| Value::tuple(ints(&[a, b]));
        assert_eq!(
            all(lazy(Lazy::Product(vec![range(2), range(2)]))),
            [pair(1, 1), pair(2, 1), pair(1, 2), pair(2, 2)]
        );
        assert_eq!(all(lazy(Lazy::Product(vec![range(0), range(2)]))), []);
        assert_eq!(all(lazy(Lazy::Zip(vec![range(2), range(5)]))), [pair(1, 1), pair(2, 2)]);
        assert_eq!(all(lazy(Lazy::Map(Value::Nothing, range(3)))), ints(&[2, 4, 6]));
        assert_eq!(all(lazy(Lazy::Filter(Value::Colon, range(4)))), ints(&[3, 4]));
        assert_eq!(all(lazy(Lazy::Reverse(range(3)))), ints(&[3, 2, 1]));
        assert_eq!(all(lazy(Lazy::Drop(range(4), 2))), ints(&[3, 4]));
        assert_eq!(all(lazy(Lazy::Take(range(4), 2))), ints(&[1, 2]));
        let nested = Value::tuple(vec![range(2), Value::tuple(vec![]), range(1)]);
        assert_eq!(all(lazy(Lazy::Flatten(nested))), ints(&[1, 2, 1]));
    }

    #[test]
    fn rows_and_columns() {
        let matrix = || Value::matrix(2, 2, vec![1_i64, 2, 3, 4]);
        assert_eq!(all(lazy(Lazy::Rows(matrix()))), [Value::vector(vec![1_i64, 3]), Value::vector(vec![2_i64, 4])]);
        assert_eq!(all(lazy(Lazy::Columns(matrix()))), [Value::vector(vec![1_i64, 2]), Value::vector(vec![3_i64, 4])]);
    }

    #[test]
    fn shapes() {
        assert_eq!(shape(&lazy(Lazy::Product(vec![range(2), range(3)]))), Some((2, 3, Form::Matrix)));
        assert_eq!(shape(&lazy(Lazy::Filter(Value::Nothing, range(3)))), None);
    }
}
