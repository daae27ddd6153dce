//! Scalars and tuples as Python's `repr` writes them.

use super::show::{Context, show};
use crate::value::{Complex64, Value};

/// Any value. Arrays that contain themselves end in `...`.
pub fn python_repr(value: &Value, context: &Context<'_>) -> String {
    match value {
        Value::Array(array) if context.excludes(array) => "...".to_owned(),
        Value::Tuple(_) if context.is_too_deep() => "...".to_owned(),
        Value::Nothing => "None".to_owned(),
        Value::Bool(x) => bool_text(x.get()).to_owned(),
        Value::Int(x) => x.to_string(),
        Value::Float(x) => float_repr(x.get()),
        Value::Complex(x) => complex_repr(x.z),
        Value::Str(x) => string_repr(x),
        Value::Array(array) => super::numpy::array_text(array, context),
        Value::Tuple(tuple) if tuple.names.is_none() => {
            let inner = context.field(None);
            let items: Vec<String> = tuple.items.iter().map(|item| python_repr(item, &inner)).collect();
            format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
        }
        _ => {
            let mut out = String::new();
            show(&mut out, value, &Context::whole());
            out
        }
    }
}

/// `True` or `False`.
pub fn bool_text(x: bool) -> &'static str {
    if x { "True" } else { "False" }
}

/// A float: shortest digits, with an exponent below 1e-4 and from 1e16 on.
fn float_repr(x: f64) -> String {
    let text = float_digits(x);
    let bare = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if bare { text + ".0" } else { text }
}

/// As [`float_repr`], without `.0` after an integer.
fn float_digits(x: f64) -> String {
    if !x.is_finite() {
        return nonfinite(x).to_owned();
    }
    let scientific = format!("{x:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        -4..16 => format!("{x}"),
        power => format!("{mantissa}{}", exponent_text(power, 2)),
    }
}

/// `inf`, `-inf` or `nan`.
pub fn nonfinite(x: f64) -> &'static str {
    match x {
        x if x.is_nan() => "nan",
        x if x > 0.0 => "inf",
        _ => "-inf",
    }
}

/// `e+05`: an exponent with its sign and at least so many digits.
pub fn exponent_text(power: i32, digits: usize) -> String {
    let sign = if power < 0 { '-' } else { '+' };
    format!("e{sign}{:0digits$}", power.unsigned_abs())
}

fn complex_repr(z: Complex64) -> String {
    let im = float_digits(z.im);
    if z.re == 0.0 && z.re.is_sign_positive() {
        return format!("{im}j");
    }
    let plus = if im.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{im}j)", float_digits(z.re))
}

/// A string in the quotes that need no escape, single ones if possible.
pub fn string_repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c == quote => out.extend(['\\', c]),
            c if (c as u32) < 0x100 && c.is_control() => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::super::literal::literal;
    use super::*;

    #[test]
    fn scalars() {
        let cases = [
            ("5", "5"),
            ("1.0", "1.0"),
            ("1.0e10", "10000000000.0"),
            ("1.0e16", "1e+16"),
            ("1.0e-5", "1e-05"),
            ("0.0001", "0.0001"),
            ("-Inf", "-inf"),
            ("NaN", "nan"),
            ("true", "True"),
            ("nothing", "None"),
            ("1 + 2im", "(1+2j)"),
            ("0.0 - 2.5im", "-2.5j"),
            ("1.5 + 0.0im", "(1.5+0j)"),
            ("\"it's\"", "\"it's\""),
            ("\"a\\nb\"", "'a\\nb'"),
            ("(1, \"a\", 2.0)", "(1, 'a', 2.0)"),
            ("(1,)", "(1,)"),
            ("1:3", "1:3"),
        ];
        for (value, text) in cases {
            assert_eq!(python_repr(&literal(value), &Context::whole()), text);
        }
    }
}
