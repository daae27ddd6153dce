//! What Julia's prompt shows: a header that names the type, and the elements below it in columns.

use super::grid::push_grid;
use super::show::{Context, show};
use super::text::push_quoted_within;
use crate::value::{Array, Form, FunctionKind, Screen, Type, Value};

/// What follows a function's name.
pub const GENERIC_FUNCTION: &str = " (generic function with 1 method)";
/// Lines of the screen that the prompt, the header and the next prompt need.
const OTHER_LINES: usize = 4;
/// A string by itself may take this many lines before its middle is cut out.
const STRING_LINES: usize = 7;

/// A value as Julia's prompt shows it.
pub fn display(value: &Value, screen: Screen) -> String {
    let context = Context::cut(screen);
    let mut out = String::new();
    match value {
        Value::Array(array) if !(array.is_empty() && array.is_vector()) => return display_array(array, screen),
        Value::Str(text) => {
            let limit = screen.cols.max(20).saturating_mul(STRING_LINES);
            push_quoted_within(&mut out, text, limit);
        }
        Value::Scaling(scale) => return display_scaling(scale),
        Value::Type(ty) => return display_type(ty),
        Value::Function(function) => {
            show(&mut out, value, &context);
            if !matches!(function.kind, FunctionKind::Composed(..)) {
                out.push_str(GENERIC_FUNCTION);
            }
        }
        _ => show(&mut out, value, &context),
    }
    out
}

fn display_array(array: &Array, screen: Screen) -> String {
    let mut out = summary(array);
    if array.is_empty() {
        return out;
    }
    let height = screen.rows.saturating_sub(OTHER_LINES);
    if height == 0 {
        out.push_str(": …");
        return out;
    }
    out.push_str(":\n");
    let mut context = Context::cut(screen);
    context.compact = array.shape().1 > 1;
    push_grid(&mut out, array, &context, height, screen.cols);
    out
}

/// Size and type of an array: `2×3 Matrix{Int64}`, `1×3 adjoint(::Vector{Int64}) with eltype Int64`.
pub fn summary(array: &Array) -> String {
    let eltype = array.eltype();
    let (rows, cols) = array.shape();
    let wrapped = |name: &str, of: &str| format!("{rows}×{cols} {name}(::{of}{{{eltype}}}) with eltype {eltype}");
    match array.form() {
        Form::Vector => format!("{rows}-element Vector{{{eltype}}}"),
        Form::Matrix => format!("{rows}×{cols} Matrix{{{eltype}}}"),
        Form::AdjointVector => wrapped("adjoint", "Vector"),
        Form::TransposeVector => wrapped("transpose", "Vector"),
        Form::AdjointMatrix => wrapped("adjoint", "Matrix"),
        Form::TransposeMatrix => wrapped("transpose", "Matrix"),
    }
}

fn display_scaling(scale: &Value) -> String {
    let mut factor = String::new();
    show(&mut factor, scale, &Context::whole());
    let sum = matches!(scale, Value::Complex(x) if !x.is_unit());
    let factor = if sum { format!("({factor})") } else { factor };
    format!("UniformScaling{{{}}}\n{factor}*I", scale.type_of())
}

/// A type, with what it is short for.
fn display_type(ty: &Type) -> String {
    match ty.long_form() {
        Some(long) => format!("{ty} (alias for {long})"),
        None => ty.to_string(),
    }
}
