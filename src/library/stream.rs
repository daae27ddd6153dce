//! Reductions of what gives its elements one at a time: nothing is collected, so that a generator may be as long as it
//! likes and Ctrl-C stops it. What a kernel can compute, it computes piece by piece.

use super::arguments::is_number;
use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::broadcast;
use crate::value::iterate::Cursor;
use crate::value::{Elements, Host, Lazy, Range, Value, index, iterate, promote};
use std::rc::Rc;

/// Elements that are in memory at a time. Longer ranges and arrays are gone through where a function is called for every
/// element; of shorter ones its values are put in an array, which is faster to reduce.
const BLOCK: usize = 1 << 18;

/// Elements of the first piece, where a few may be enough.
const FEW: usize = 1 << 10;

/// Is it to be reduced without putting the values of a function for its elements in an array?
pub fn is_stream(over: &Value) -> bool {
    match over {
        Value::Iterator(_) => true,
        Value::Range(_) | Value::Array(_) => iterate::length(over).is_none_or(|len| len > BLOCK),
        _ => false,
    }
}

/// `f(x) for x in over`, if there is an `f`.
pub fn with_function(f: Option<&Value>, over: &Value) -> Value {
    match f {
        Some(f) => Value::Iterator(Rc::new(Lazy::Map(f.clone(), over.clone()))),
        None => over.clone(),
    }
}

/// The elements put together from the left, beginning with `init` or the first of them; `None` if there is nothing.
pub fn fold(
    over: &Value,
    init: Option<Value>,
    host: &dyn Host,
    mut step: impl FnMut(Value, Value) -> Outcome<Value>,
) -> Outcome<Option<Value>> {
    let mut cursor = Cursor::new(over)?;
    let mut so_far = match init {
        Some(init) => init,
        None => match cursor.next(host)? {
            Some(first) => first,
            None => return Ok(None),
        },
    };
    while let Some(item) = cursor.next(host)? {
        interrupt::check()?;
        so_far = step(so_far, item)?;
    }
    Ok(Some(so_far))
}

/// What a generator over an array or a range gives, as an array, where it is worth it and kernels can compute it.
pub fn computed(over: &Value, host: &dyn Host) -> Outcome<Option<Value>> {
    if count(over) == 0 {
        return Ok(None);
    }
    // Whoever collects elements knows best what type none of them have.
    let values = by_kernels(over, host)?;
    Ok(values.filter(|values| iterate::length(values) != Some(0)))
}

/// Kernels compute functions without effects only, so that it cannot be seen what is computed and then not used.
fn by_kernels(over: &Value, host: &dyn Host) -> Outcome<Option<Value>> {
    let Value::Iterator(lazy) = over else { return Ok(None) };
    let (Lazy::Map(f, inner) | Lazy::Filter(f, inner)) = &**lazy else { return Ok(None) };
    let computed = by_kernels(inner, host)?;
    let inner = computed.as_ref().unwrap_or(inner);
    match (broadcast::mapped(f, std::slice::from_ref(inner), host)?, &**lazy) {
        (Some(mask), Lazy::Filter(..)) if is_mask(&mask) => index::get(inner, &[mask]).map(Some),
        (_, Lazy::Filter(..)) => Ok(None),
        (values, _) => Ok(values),
    }
}

/// How many elements a generator takes from an array or a range; 0 if kernels do not know it, or if they are too few.
fn count(over: &Value) -> usize {
    source(over).and_then(iterate::length).filter(|len| *len >= broadcast::FEW_ELEMENTS).unwrap_or(0)
}

/// Is it an array of Bools?
pub fn is_mask(value: &Value) -> bool {
    matches!(value, Value::Array(array) if matches!(&*array.elements(), Elements::Bool(_)))
}

/// The elements of a value in pieces: arrays that kernels have computed, where they can. Another piece has to be gone
/// through, one element at a time, before the next is asked for.
pub struct Pieces<'a> {
    over: &'a Value,
    /// Elements of the array or range that is cut in pieces; none if it cannot be.
    len: usize,
    /// Where the next piece begins.
    start: usize,
    /// Elements of the next piece.
    size: usize,
    done: bool,
}

impl<'a> Pieces<'a> {
    pub fn new(over: &'a Value) -> Pieces<'a> {
        Pieces { over, len: count(over), start: 0, size: BLOCK, done: false }
    }

    /// The first pieces are smaller: perhaps no more are asked for.
    pub fn growing(over: &'a Value) -> Pieces<'a> {
        Pieces { size: FEW, ..Pieces::new(over) }
    }

    /// The next piece.
    pub fn next(&mut self, host: &dyn Host) -> Outcome<Option<Value>> {
        if self.done {
            return Ok(None);
        }
        if self.len > 0 {
            let stop = self.len.min(self.start + self.size);
            let piece = if stop - self.start == self.len { self.over.clone() } else { self.cut(self.over, stop)? };
            let values = by_kernels(&piece, host)?;
            // What has been computed once has no effects, and may be gone through in pieces from there on.
            if values.is_some() || self.start > 0 {
                self.start = stop;
                self.size = BLOCK.min(2 * self.size);
                self.done = stop == self.len;
                return Ok(Some(values.unwrap_or(piece)));
            }
        }
        self.done = true;
        Ok(Some(self.over.clone()))
    }

    /// The generator over the next elements of its source only.
    fn cut(&self, over: &Value, stop: usize) -> Outcome<Value> {
        let lazy = match over {
            Value::Iterator(lazy) => &**lazy,
            _ => {
                let places = Range::unit(self.start as i64 + 1, stop as i64);
                return index::get(over, &[Value::Range(Rc::new(places))]);
            }
        };
        Ok(Value::Iterator(Rc::new(match lazy {
            Lazy::Map(f, over) => Lazy::Map(f.clone(), self.cut(over, stop)?),
            Lazy::Filter(keep, over) => Lazy::Filter(keep.clone(), self.cut(over, stop)?),
            _ => return Ok(over.clone()),
        })))
    }
}

/// What a generator of one clause goes through, if kernels can.
fn source(over: &Value) -> Option<&Value> {
    match over {
        Value::Iterator(lazy) => match &**lazy {
            Lazy::Map(_, over) | Lazy::Filter(_, over) => source(over),
            _ => None,
        },
        Value::Range(_) => Some(over),
        Value::Array(array) => match &*array.elements() {
            Elements::Bool(_) | Elements::Int(_) | Elements::Float(_) => Some(over),
            Elements::Complex(_) | Elements::Any(..) => None,
        },
        _ => None,
    }
}

/// The elements of a value in arrays of a bounded size, none of them empty.
pub struct Blocks<'a> {
    pieces: Pieces<'a>,
    /// In a piece that kernels could not compute.
    cursor: Option<Cursor>,
}

impl<'a> Blocks<'a> {
    pub fn new(over: &'a Value) -> Blocks<'a> {
        Blocks { pieces: Pieces::new(over), cursor: None }
    }

    /// The next block.
    pub fn next(&mut self, host: &dyn Host) -> Outcome<Option<Value>> {
        loop {
            interrupt::check()?;
            if let Some(cursor) = &mut self.cursor {
                let items = collected(cursor, host)?;
                if !items.is_empty() {
                    return promote::collect(items).map(|items| Some(Value::array(items)));
                }
                self.cursor = None;
            }
            match self.pieces.next(host)? {
                Some(Value::Array(array)) if array.is_empty() => {}
                Some(Value::Array(array)) => return Ok(Some(Value::Array(array))),
                Some(piece) => self.cursor = Some(Cursor::new(&piece)?),
                None => return Ok(None),
            }
        }
    }
}

/// The next elements of a cursor, up to a full block; one that is no number may itself be large, and ends the block.
fn collected(cursor: &mut Cursor, host: &dyn Host) -> Outcome<Vec<Value>> {
    let mut items = Vec::new();
    while items.len() < BLOCK
        && items.last().is_none_or(is_number)
        && let Some(item) = cursor.next(host)?
    {
        interrupt::check()?;
        items.push(item);
    }
    Ok(items)
}
