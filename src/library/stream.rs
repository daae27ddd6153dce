//! Reductions of what gives its elements one at a time: nothing is collected, so that a generator may be as long as it
//! likes and Ctrl-C stops it.

use crate::fault::Outcome;
use crate::interrupt;
use crate::value::iterate::Cursor;
use crate::value::{Host, Lazy, Value, iterate};
use std::rc::Rc;

/// Ranges with more elements are gone through; shorter ones are put in an array, which is faster to reduce.
const COLLECTED: usize = 1 << 16;

/// Is it to be reduced one element at a time?
pub fn is_stream(over: &Value) -> bool {
    match over {
        Value::Iterator(_) => true,
        Value::Range(_) => iterate::length(over).is_none_or(|len| len > COLLECTED),
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
