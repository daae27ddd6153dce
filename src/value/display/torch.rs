//! What Python's prompt shows for PyTorch's tensors: `tensor([[1, 2], [3, 4]])`.

use super::brackets::{Items, Shown};
use super::python::{bool_text, exponent_text, nonfinite, python_repr};
use super::show::Context;
use crate::value::{Array, Complex64, Elements, Type, Value};

const PREFIX: &str = "tensor(";
const LINE_WIDTH: usize = 80;
/// Digits after the point.
const PRECISION: usize = 4;

/// A value as Python's prompt shows it.
pub fn display(value: &Value) -> String {
    match value {
        Value::Array(array) => tensor_text(array),
        Value::Bool(x) => format!("tensor({})", bool_text(x.get())),
        Value::Int(x) => format!("tensor({x})"),
        Value::Float(x) => format!("tensor({})", float_words(&[x.get()]).concat()),
        Value::Complex(x) => format!("tensor({})", complex_words(&[x.z]).concat()),
        _ => python_repr(value, &Context::whole()),
    }
}

fn tensor_text(array: &Array) -> String {
    if array.is_empty() {
        return empty_text(array);
    }
    let shown = Shown::of(array);
    let Some(words) = words(&Items::of(array, &shown)) else {
        return super::numpy::array_text(array, &Context::whole());
    };
    let mut words = words.iter();
    let mut out = String::from(PREFIX);
    if array.is_vector() {
        push_row(&mut out, &shown, &mut words, PREFIX.len());
        return out + ")";
    }
    let indent = PREFIX.len() + 1;
    out.push('[');
    for (k, row) in shown.rows.iter().enumerate() {
        if k > 0 {
            out.push_str(",\n");
            out.extend(std::iter::repeat_n(' ', indent));
        }
        match row {
            Some(_) => push_row(&mut out, &shown, &mut words, indent),
            None => out.push_str("..."),
        }
    }
    out + "])"
}

fn empty_text(array: &Array) -> String {
    let mut out = format!("{PREFIX}[]");
    if !array.is_vector() {
        let (rows, cols) = array.shape();
        out.push_str(&format!(", size=({rows}, {cols})"));
    }
    match &*array.elements() {
        Elements::Bool(_) => out.push_str(", dtype=torch.bool"),
        Elements::Int(_) => out.push_str(", dtype=torch.int64"),
        Elements::Complex(_) | Elements::Any(_, Type::ComplexInt) => out.push_str(", dtype=torch.complex64"),
        Elements::Float(_) | Elements::Any(..) => {}
    }
    out + ")"
}

/// Writes the next row of words, with as many on a line as fit.
fn push_row<'a>(out: &mut String, shown: &Shown, words: &mut impl Iterator<Item = &'a String>, indent: usize) {
    let row: Vec<&str> = shown
        .cols
        .iter()
        .map(|column| if column.is_some() { words.next().map_or("", String::as_str) } else { " ..." })
        .collect();
    let width = row.iter().map(|word| word.len()).max().unwrap_or(0);
    let on_a_line = ((LINE_WIDTH - indent) / (width + 2)).max(1);
    out.push('[');
    for (k, line) in row.chunks(on_a_line).enumerate() {
        if k > 0 {
            out.push_str(",\n");
            out.extend(std::iter::repeat_n(' ', indent + 1));
        }
        out.push_str(&line.join(", "));
    }
    out.push(']');
}

/// The elements as words of one width; `None` for anything but numbers, of which there are no tensors.
fn words(items: &Items) -> Option<Vec<String>> {
    match items {
        Items::Bool(items) => Some(right_aligned(items.iter().map(|x| bool_text(*x).to_owned()).collect())),
        Items::Int(items) => Some(right_aligned(items.iter().map(i64::to_string).collect())),
        Items::Float(items) => Some(float_words(items)),
        Items::Complex(items) => Some(complex_words(items)),
        Items::String(_) | Items::Other(_) => None,
    }
}

fn right_aligned(words: Vec<String>) -> Vec<String> {
    let width = words.iter().map(String::len).max().unwrap_or(0);
    words.iter().map(|word| format!("{word:>width$}")).collect()
}

fn complex_words(items: &[Complex64]) -> Vec<String> {
    let real = float_words(&items.iter().map(|z| z.re).collect::<Vec<_>>());
    let imaginary = float_words(&items.iter().map(|z| z.im).collect::<Vec<_>>());
    let join = |(re, im): (String, String)| {
        let im = im.trim_start();
        format!("{re}{}{im}j", if im.starts_with('-') { "" } else { "+" })
    };
    real.into_iter().zip(imaginary).map(join).collect()
}

/// Floats as wide as the widest: `1.` if all are integers, otherwise four digits, with an exponent where sizes differ
/// too much.
fn float_words(items: &[f64]) -> Vec<String> {
    let sized = || items.iter().copied().filter(|x| x.is_finite() && *x != 0.0);
    let (least, most) = sized().map(f64::abs).fold((f64::INFINITY, 0.0), |(a, b), x| (x.min(a), x.max(b)));
    let integers = sized().all(|x| x == x.ceil());
    let exponent = most > 0.0 && (most / least > 1000.0 || most > 1e8 || (!integers && least < 1e-4));
    let word = |x: f64| {
        if !x.is_finite() {
            return nonfinite(x).to_owned();
        }
        match (exponent, integers) {
            (true, _) => scientific(x),
            (false, true) => format!("{x:.0}."),
            (false, false) => format!("{x:.PRECISION$}"),
        }
    };
    // Zeros, infinities and NaN do not count for the width.
    let width = sized().map(|x| word(x).len()).max().unwrap_or(1);
    items.iter().map(|x| format!("{:>width$}", word(*x))).collect()
}

fn scientific(x: f64) -> String {
    let text = format!("{x:.PRECISION$e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{mantissa}{}", exponent_text(power.parse().unwrap_or(0), 2))
}

#[cfg(test)]
mod tests {
    use super::super::literal::literal;
    use super::*;

    #[test]
    fn tensors() {
        let cases = [
            ("[2 4 6; 8 10 12]", "tensor([[ 2,  4,  6],\n        [ 8, 10, 12]])"),
            ("[1.0, 2.5]", "tensor([1.0000, 2.5000])"),
            ("[1.0, 2.0]", "tensor([1., 2.])"),
            ("[-1.5 2.0; 10.25 0.0]", "tensor([[-1.5000,  2.0000],\n        [10.2500,  0.0000]])"),
            ("[0.00001, 1.0]", "tensor([1.0000e-05, 1.0000e+00])"),
            ("[1.0, 10000.0]", "tensor([1.0000e+00, 1.0000e+04])"),
            ("Bool[1, 0]", "tensor([ True, False])"),
            ("[1.0 + 2.0im, 0.0 - 1.0im]", "tensor([1.+2.j, 0.-1.j])"),
            ("[1.5, Inf, NaN]", "tensor([1.5000,    inf,    nan])"),
            ("[1, 2, 3]'", "tensor([[1, 2, 3]])"),
            ("5", "tensor(5)"),
            ("1.5", "tensor(1.5000)"),
            ("true", "tensor(True)"),
            ("Float64[]", "tensor([])"),
            ("Matrix{Float64}(undef, 0, 3)", "tensor([], size=(0, 3))"),
            ("Int64[]", "tensor([], dtype=torch.int64)"),
            ("\"a\"", "'a'"),
            ("nothing", "None"),
        ];
        for (value, text) in cases {
            assert_eq!(display(&literal(value)), text, "{value}");
        }
    }

    #[test]
    fn long_tensors() {
        let many = Value::vector((0..2000).collect::<Vec<i64>>());
        assert_eq!(display(&many), "tensor([   0,    1,    2,  ..., 1997, 1998, 1999])");
        let wide = Value::vector((0..30).collect::<Vec<i64>>());
        let text = "tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,\n        \
                    18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])";
        assert_eq!(display(&wide), text);
    }
}
