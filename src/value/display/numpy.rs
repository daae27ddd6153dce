//! What Python's prompt shows for NumPy's arrays: `array([[1, 2], [3, 4]])`.

use super::brackets::{Items, Shown};
use super::python::{bool_text, exponent_text, nonfinite, python_repr, string_repr};
use super::show::Context;
use crate::value::{Array, Elements, Type, Value};

const PREFIX: &str = "array(";
const LINE_WIDTH: usize = 75;
/// Digits after the point, at most.
const PRECISION: usize = 8;

/// A value as Python's prompt shows it.
pub fn display(value: &Value) -> String {
    python_repr(value, &Context::whole())
}

/// `array([1, 2, 3])`
pub fn array_text(array: &Array, context: &Context<'_>) -> String {
    let mut text = String::from(PREFIX);
    let mut extras = Vec::new();
    if array.is_empty() {
        text.push_str("[]");
        if !array.is_vector() {
            extras.push(shape_text(array));
        }
    } else {
        let shown = Shown::of(array);
        let words = words(&Items::of(array, &shown), &context.inside(array, None));
        push_nested(&mut text, array, &shown, &words);
        if shown.cut {
            extras.push(shape_text(array));
        }
    }
    extras.extend(dtype_text(array));
    if extras.is_empty() {
        return text + ")";
    }
    text.push(',');
    let extras = extras.join(", ") + ")";
    let last_line = text.rsplit('\n').next().map_or(0, |line| line.chars().count());
    if last_line + extras.len() + 1 > LINE_WIDTH {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', PREFIX.len()));
    } else {
        text.push(' ');
    }
    text + &extras
}

fn shape_text(array: &Array) -> String {
    let (rows, cols) = array.shape();
    if array.is_vector() { format!("shape=({rows},)") } else { format!("shape=({rows}, {cols})") }
}

/// The element type, where the elements do not show it.
fn dtype_text(array: &Array) -> Option<String> {
    let elements = array.elements();
    let name = match &*elements {
        Elements::Any(m, Type::String) => {
            let len = |value: &Value| if let Value::Str(text) = value { text.chars().count() } else { 0 };
            return Some(format!("dtype='<U{}'", m.iter().map(len).max().unwrap_or(0).max(1)));
        }
        Elements::Any(_, Type::ComplexInt) | Elements::Complex(_) => "complex128",
        Elements::Any(..) => return Some("dtype=object".to_owned()),
        Elements::Bool(_) => "bool",
        Elements::Int(_) => "int64",
        Elements::Float(_) => "float64",
    };
    elements.is_empty().then(|| format!("dtype={name}"))
}

/// Writes the words in brackets, with a line for every row of a matrix and more where a row is long.
fn push_nested(out: &mut String, array: &Array, shown: &Shown, words: &[String]) {
    let mut words = words.iter();
    // The closing parenthesis is counted to every line, and so is a bracket for each dimension but the last.
    let room = LINE_WIDTH - 1;
    if array.is_vector() {
        return push_row(out, shown, &mut words, PREFIX.len() + 1, room);
    }
    out.push('[');
    for (k, row) in shown.rows.iter().enumerate() {
        if k > 0 {
            out.push_str(",\n");
            out.extend(std::iter::repeat_n(' ', PREFIX.len() + 1));
        }
        match row {
            Some(_) => push_row(out, shown, &mut words, PREFIX.len() + 2, room - 1),
            None => out.push_str("..."),
        }
    }
    out.push(']');
}

fn push_row<'a>(
    out: &mut String,
    shown: &Shown,
    words: &mut impl Iterator<Item = &'a String>,
    indent: usize,
    room: usize,
) {
    // The comma or bracket after a word needs a column.
    let room = room - 1;
    let mut line = indent;
    out.push('[');
    for (k, column) in shown.cols.iter().enumerate() {
        let word = if column.is_some() { words.next().map_or("", String::as_str) } else { "..." };
        let width = word.chars().count();
        if k > 0 {
            out.push(',');
            line += 2;
            if line + width > room && line > indent {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent));
                line = indent;
            } else {
                out.push(' ');
            }
        }
        out.push_str(word);
        line += width;
    }
    out.push(']');
}

fn words(items: &Items, context: &Context<'_>) -> Vec<String> {
    match items {
        Items::Bool(items) => items.iter().map(|x| format!("{:>5}", bool_text(*x))).collect(),
        Items::Int(items) => {
            let width = items.iter().map(|x| x.to_string().len()).max().unwrap_or(0);
            items.iter().map(|x| format!("{x:width$}")).collect()
        }
        Items::Float(items) => {
            let format = FloatFormat::of(items, false);
            items.iter().map(|x| format.word(*x)).collect()
        }
        Items::Complex(items) => {
            let real = FloatFormat::of(&items.iter().map(|z| z.re).collect::<Vec<_>>(), false);
            let imaginary = FloatFormat::of(&items.iter().map(|z| z.im).collect::<Vec<_>>(), true);
            let part = |x: f64| {
                let word = imaginary.word(x);
                let digits = word.trim_end();
                format!("{digits}j{}", &word[digits.len()..])
            };
            items.iter().map(|z| real.word(z.re) + &part(z.im)).collect()
        }
        Items::String(items) => items.iter().map(|x| string_repr(x)).collect(),
        Items::Other(items) => items.iter().map(|item| python_repr(item, context)).collect(),
    }
}

/// How all floats of an array are written, so that their points stand below each other.
struct FloatFormat {
    /// With an exponent of so many digits.
    exponent: Option<usize>,
    /// Digits after the point: exactly so many with an exponent, at most so many without.
    precision: usize,
    /// Columns before the point.
    left: usize,
    /// Columns after the point.
    right: usize,
    /// Is a sign written before positive numbers too?
    plus: bool,
}

impl FloatFormat {
    fn of(items: &[f64], plus: bool) -> FloatFormat {
        let mut format = FloatFormat { exponent: None, precision: 0, left: 0, right: 0, plus };
        let finite = || items.iter().copied().filter(|x| x.is_finite());
        let sizes = || finite().map(f64::abs).filter(|x| *x != 0.0);
        let (least, most) = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(0.0, f64::max));
        let exponent = most > 0.0 && (most >= 1e8 || least < 1e-4 || most / least > 1000.0);
        for x in finite() {
            let (whole, fraction, power) = if exponent { scientific(x, plus) } else { positional(x, plus) };
            format.left = format.left.max(whole.len());
            format.precision = format.precision.max(fraction.len());
            if exponent {
                let digits = power.unsigned_abs().to_string().len().max(2);
                format.exponent = Some(format.exponent.unwrap_or(0).max(digits));
            }
        }
        // An exponent takes its letter and its sign beside the digits.
        format.right = format.precision + format.exponent.map_or(0, |digits| digits + 2);
        for x in items.iter().filter(|x| !x.is_finite()) {
            format.left = format.left.max(format.nonfinite_text(*x).len().saturating_sub(format.right + 1));
        }
        format
    }

    fn nonfinite_text(&self, x: f64) -> String {
        let text = nonfinite(x);
        if self.plus && !text.starts_with('-') { format!("+{text}") } else { text.to_owned() }
    }

    fn word(&self, x: f64) -> String {
        let FloatFormat { left, right, precision, .. } = *self;
        if !x.is_finite() {
            return format!("{:>1$}", self.nonfinite_text(x), left + right + 1);
        }
        match self.exponent {
            Some(digits) => {
                let (whole, fraction, power) = scientific(x, self.plus);
                format!("{whole:>left$}.{fraction:0<precision$}{}", exponent_text(power, digits))
            }
            None => {
                let (whole, fraction, _) = positional(x, self.plus);
                format!("{whole:>left$}.{fraction:<right$}")
            }
        }
    }
}

/// Whole part with its sign, shortest fraction of at most [`PRECISION`] digits, and the power of ten.
fn scientific(x: f64, plus: bool) -> (String, String, i32) {
    let shortest = format!("{x:e}");
    let decimals = shortest.split(['.', 'e']).nth(1).filter(|_| shortest.contains('.')).map_or(0, str::len);
    let text = if decimals <= PRECISION { shortest } else { format!("{x:.PRECISION$e}") };
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = split(mantissa, plus);
    (whole, fraction, power.parse().unwrap_or(0))
}

fn positional(x: f64, plus: bool) -> (String, String, i32) {
    let shortest = format!("{x}");
    let decimals = shortest.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let text = if decimals <= PRECISION { shortest } else { format!("{x:.PRECISION$}") };
    let (whole, fraction) = split(&text, plus);
    (whole, fraction, 0)
}

fn split(text: &str, plus: bool) -> (String, String) {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let sign = if plus && !whole.starts_with('-') { "+" } else { "" };
    (format!("{sign}{whole}"), fraction.trim_end_matches('0').to_owned())
}
