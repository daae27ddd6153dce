//! How values look: `print`, `repr`, and `display` in the styles of Julia, MATLAB, NumPy and PyTorch.

mod brackets;
mod fraction;
mod grid;
mod julia;
mod matlab;
mod number;
mod numpy;
mod python;
mod show;
mod text;
mod torch;

use super::factorization::Factorization;
use super::{Screen, Style, Value};
use crate::fault::ErrorKind;
use show::{Context, show};

pub use matlab::matlab_assignment;
pub use number::float_text;

/// What `print` writes: strings as they are, arrays on one line.
pub fn print_text(value: &Value) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        Value::Error(error) if error.message.is_empty() => error.kind.name(),
        Value::Error(error) => match (error.kind, &error.fields[..]) {
            (ErrorKind::DomainError, [(_, val), why @ ..]) => {
                let why: String = why.iter().map(|(_, why)| print_text(why)).collect();
                format!("{} with {}:\n{why}", error.kind.name(), repr(val))
            }
            _ => format!("{}: {}", error.kind.name(), error.message),
        },
        _ => repr(value),
    }
}

/// What `repr` gives: text that reads back as the value.
pub fn repr(value: &Value) -> String {
    let mut out = String::new();
    show(&mut out, value, &Context::whole());
    out
}

/// The same where space is scarce: floats have six digits at most.
pub fn compact_repr(value: &Value) -> String {
    let mut out = String::new();
    show(&mut out, value, &Context::compact());
    out
}

/// What `display` and the prompt show, without a newline at the end.
pub fn display_text(value: &Value, screen: Screen) -> String {
    if let (Some(kind), Value::Tuple(tuple)) = (Factorization::of(value), value) {
        let part = |name: &&str| Some(format!("{name}:\n{}", display_text(&tuple.field(name)?, screen)));
        return kind.displayed().iter().filter_map(part).collect::<Vec<_>>().join("\n");
    }
    match screen.style {
        Style::Julia | Style::Plain => julia::display(value, screen),
        Style::Matlab => matlab::display(value, screen),
        Style::NumPy => numpy::display(value),
        Style::Torch => torch::display(value),
    }
}

/// `a 3-vector`, `an Int64`, `a 2×3 matrix`.
pub fn with_article(noun: &str) -> String {
    let noun = if noun.contains('×') && !noun.contains(' ') { format!("{noun} matrix") } else { noun.to_string() };
    let vowel = noun.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']) || noun.starts_with('8');
    if noun == "nothing" || noun.starts_with("the ") || noun.starts_with("a ") || noun.starts_with("an ") {
        noun
    } else if vowel {
        format!("an {noun}")
    } else {
        format!("a {noun}")
    }
}

/// What a value is, for labels and messages: `2×3`, `3-vector`, `Int64`, `String`.
pub fn describe(value: &Value) -> String {
    match value {
        Value::Undefined | Value::Variable(_) => "undefined".to_owned(),
        Value::Nothing => "nothing".to_owned(),
        Value::Colon => ":".to_owned(),
        Value::Array(array) => array.size_text(),
        Value::Range(range) => format!("{}-vector", range.len()),
        Value::Tuple(tuple) if tuple.names.is_some() => "a named tuple".to_owned(),
        Value::Tuple(tuple) => format!("a tuple of {}", tuple.items.len()),
        Value::Pair(_) => "Pair".to_owned(),
        Value::Type(ty) => format!("the type {ty}"),
        Value::Function(function) if function.name.starts_with('#') => "a function".to_owned(),
        Value::Function(function) => format!("the function {}", function.name),
        Value::Iterator(_) => "an iterator".to_owned(),
        Value::Reference(_) => "a Ref".to_owned(),
        Value::Stream(stream) => stream.name(),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Complex(_)
        | Value::Str(_)
        | Value::CartesianIndex(_)
        | Value::Scaling(_)
        | Value::Error(_) => value.type_of().to_string(),
    }
}

#[cfg(test)]
mod literal;
#[cfg(test)]
mod tests;
