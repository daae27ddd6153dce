//! Errors that a program makes by hand: `DomainError(-1, "must be positive")`. Messages and fields are Julia's.

use crate::fault::ErrorKind;
use crate::value::display::{print_text, repr};
use crate::value::function::Arguments;
use crate::value::{ErrorValue, Value};
use std::rc::Rc;

/// The error of this kind that the arguments describe. Kinds that hold no more than a message take any texts.
pub fn made(kind: ErrorKind, args: &Arguments<'_>) -> Value {
    let (names, message): (&[&'static str], String) = match (kind, args.positional) {
        (ErrorKind::BoundsError, [a]) => (&["a"], access(a)),
        (ErrorKind::BoundsError, [a, i]) => (&["a", "i"], format!("{} at index [{}]", access(a), place(i))),
        (ErrorKind::DomainError, [val]) => (&["val"], repr(val)),
        (ErrorKind::DomainError, [val, msg]) => (&["val", "msg"], format!("{}: {}", repr(val), print_text(msg))),
        (ErrorKind::DivideError, []) => (&[], "integer division error".to_owned()),
        (ErrorKind::EOFError, []) => (&[], "read end of file".to_owned()),
        (ErrorKind::InexactError, [func, _, val]) => {
            (&["func", "T", "val"], format!("{}({})", print_text(func), repr(val)))
        }
        (ErrorKind::KeyError, [key]) => (&["key"], format!("key {} not found", repr(key))),
        (ErrorKind::UndefVarError, [var]) => (&["var"], format!("`{}` not defined", print_text(var))),
        (ErrorKind::MethodError, [f, Value::Tuple(args)]) => {
            let types: Vec<String> = args.items.iter().map(|arg| format!("::{}", arg.type_of())).collect();
            (&["f", "args"], format!("no method matching {}({})", print_text(f), types.join(", ")))
        }
        (ErrorKind::TypeError, [func, expected, got]) => {
            (&["func", "expected", "got"], mismatch(&print_text(func), expected, got))
        }
        (ErrorKind::TypeError, [func, context, expected, got]) => {
            let place = format!("{}, in {}", print_text(func), print_text(context));
            (&["func", "context", "expected", "got"], mismatch(&place, expected, got))
        }
        (_, texts) => (&[], texts.iter().map(print_text).collect::<Vec<String>>().join(", ")),
    };
    let mut fields: Vec<(&'static str, Value)> = names.iter().copied().zip(args.positional.iter().cloned()).collect();
    if let (ErrorKind::DomainError, [_]) = (kind, &fields[..]) {
        fields.push(("msg", Value::str("")));
    }
    Value::Error(Rc::new(ErrorValue { kind, message, fields }))
}

/// `attempt to access 2-element Vector{Int64}`
fn access(a: &Value) -> String {
    let what = match a {
        Value::Array(array) if !array.is_vector() => {
            let (rows, cols) = array.shape();
            format!("{rows}×{cols} {}", array.type_of())
        }
        Value::Array(array) => format!("{}-element {}", array.len(), array.type_of()),
        Value::Range(range) => format!("{}-element {}", range.len(), range.type_of()),
        Value::Str(text) => format!("{}-codeunit String", text.len()),
        other => other.type_of().to_string(),
    };
    format!("attempt to access {what}")
}

/// An index, or several in a tuple.
fn place(i: &Value) -> String {
    match i {
        Value::Tuple(indices) => indices.items.iter().map(repr).collect::<Vec<String>>().join(", "),
        one => repr(one),
    }
}

fn mismatch(place: &str, expected: &Value, got: &Value) -> String {
    format!("in {place}, expected {}, got a value of type {}", repr(expected), got.type_of())
}
