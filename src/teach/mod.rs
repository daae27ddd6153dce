//! The teaching kit: how a value comes about, step by step, and products side by side. Functions from values to text;
//! what is computed, and when, is not decided here.

mod compare;
mod explain;
mod number;
mod page;
mod picture;
mod trace;

pub use compare::{compare, with_article};
pub use explain::explain;
pub use page::{Page, ascii};
pub use trace::{Trace, parts, places};

use crate::source::Span;
use crate::value::{Screen, Value};

/// What explanations are made for and from: the texts of the program and the screen.
pub struct Desk<'a> {
    /// The text of a span.
    pub text: &'a dyn Fn(Span) -> String,
    /// The definition of a function of the program for so many arguments.
    pub definition: &'a dyn Fn(&Value, usize) -> Option<String>,
    /// Where the lines are shown.
    pub screen: Screen,
}

/// `2×3`, `3-vector`, `number`: what sizes are shown for.
pub fn size(value: &Value) -> String {
    match value {
        Value::Bool(_) => "Bool".to_string(),
        Value::Int(_) | Value::Float(_) | Value::Complex(_) => "number".to_string(),
        Value::Str(_) => "string".to_string(),
        Value::Scaling(_) => "I".to_string(),
        other => crate::value::display::describe(other),
    }
}
