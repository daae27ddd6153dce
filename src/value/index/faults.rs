//! What is wrong with an index, said with the size of what it points into.

use super::super::display::{describe, repr};
use super::super::{Array, Value};
use super::selection::{Along, Dimension};
use crate::codes::Code;
use crate::fault::{Fault, Part};

#[cold]
pub(super) fn out_of_bounds(along: &Along<'_>, index: i64, dimension: Dimension, argument: usize) -> Fault {
    let count = along.count(dimension);
    let (one, many) = match dimension {
        Dimension::Linear if matches!(along.object, Value::Str(_)) => ("character", "characters"),
        Dimension::Linear => ("element", "elements"),
        Dimension::Rows => ("row", "rows"),
        Dimension::Columns => ("column", "columns"),
    };
    let bounds = match count {
        0 => format!("it has no {many}"),
        _ => format!("{many} go from 1 to {count}"),
    };
    let fault = Fault::bounds(format!("{one} {index} of {}: {bounds}", noun(along.object)))
        .code(Code::OutOfRange)
        .label(Part::Left, describe(along.object))
        .label(Part::Argument(argument), format!("{one} {index}, but {bounds}"));
    match index {
        0 => fault.rule("indices start at 1"),
        ..0 => fault.rule("indices start at 1").hint("`end` is the last index, `end - 1` the one before it"),
        _ => fault,
    }
}

/// The object with an article: `a 2×3 matrix`.
fn noun(object: &Value) -> String {
    match object {
        Value::Array(array) if array.is_vector() => format!("a {}", array.size_text()),
        Value::Array(array) => format!("a {} matrix", array.size_text()),
        Value::Range(range) => format!("a range of {} elements", range.len()),
        Value::Str(text) => format!("a string of {} characters", text.chars().count()),
        Value::Tuple(tuple) => format!("a tuple of {}", tuple.items.len()),
        other => format!("this {}", describe(other)),
    }
}

#[cold]
pub(super) fn mask_size(along: &Along<'_>, mask: &Array, dimension: Dimension, argument: usize) -> Fault {
    let wanted = match dimension {
        Dimension::Linear => describe(along.object),
        Dimension::Rows => format!("{} rows", along.count(dimension)),
        Dimension::Columns => format!("{} columns", along.count(dimension)),
    };
    Fault::bounds(format!("a mask of size {} cannot choose from {wanted}", mask.size_text()))
        .code(Code::MaskSize)
        .rule("a mask has one Bool for every element that it may choose")
        .label(Part::Left, describe(along.object))
        .label(Part::Argument(argument), mask.size_text())
}

#[cold]
pub(super) fn not_an_index(index: &Value, argument: usize) -> Fault {
    let text = repr(index);
    let fault = Fault::argument(format!("{text} is not an index"))
        .code(Code::NotAnIndex)
        .rule("an index is an integer, a range or vector of integers, a mask of Bools, or `:`")
        .label(Part::Argument(argument), describe(index));
    match index {
        Value::Float(x) if x.get() == x.get().trunc() && x.get().abs() < 1e15 => {
            fault.hint(format!("write {}; `÷` and `round(Int, x)` give integers", x.get()))
        }
        Value::Float(_) => fault.hint("`÷` and `round(Int, x)` give integers"),
        _ => fault,
    }
}

#[cold]
pub(super) fn no_index(object: &Value) -> Fault {
    Fault::bounds(format!("{} needs an index here", describe(object)))
        .rule("`[]` without an index is for one element only")
}

#[cold]
pub(super) fn extra_index(object: &Value, argument: usize) -> Fault {
    let rule = match object {
        Value::Array(_) | Value::Range(_) => "arrays have at most two dimensions",
        _ => "it has one dimension",
    };
    Fault::bounds(format!("{} has no dimension number {}", describe(object), argument + 1))
        .code(Code::NoSuchDimension)
        .rule(rule)
        .label(Part::Argument(argument), "one index too many")
}

#[cold]
pub(super) fn not_indexable(object: &Value) -> Fault {
    let what = describe(object);
    let fault =
        Fault::method(format!("{what} has no elements to index")).code(Code::NotAnIndex).label(Part::Left, what);
    match object {
        Value::Function(f) => fault.rule("brackets index, parentheses call").hint(format!("call it: `{}(…)`", f.name)),
        Value::Iterator(_) => fault.hint("`collect` makes a vector of it, which can be indexed"),
        Value::Reference(_) => fault.hint("`r[]`, without an index, is what a Ref holds"),
        _ => fault,
    }
}
