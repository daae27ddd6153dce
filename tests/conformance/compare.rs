//! Is a printed value the expected one? Numbers may differ by rounding, everything else must be equal.

use crate::value::{Number, Printed, read};

/// Numbers may differ by this part of the larger one,
const RELATIVE: f64 = 1e-8;
/// or by this part of the largest number in the whole value.
const ABSOLUTE: f64 = 1e-10;
/// Longer ranges are not spread out.
const LONGEST: f64 = 1e6;

/// Do the texts stand for the same value?
pub fn equal(expected: &str, got: &str) -> bool {
    if expected.trim() == got.trim() {
        return true;
    }
    let (Ok(expected), Ok(got)) = (read(expected), read(got)) else { return false };
    let scale = largest(&expected).max(1.0);
    same(&expected, &got, scale, false)
}

/// `mixed` allows an integer for a float, as in an array of any elements.
fn same(expected: &Printed, got: &Printed, scale: f64, mixed: bool) -> bool {
    use Printed::*;
    match (expected, got) {
        (Range(_), _) | (_, Range(_)) => match (spread(expected), spread(got)) {
            (Some(a), Some(b)) => same(&a, &b, scale, mixed),
            _ => false,
        },
        (Number(a), Number(b)) => same_number(*a, *b, scale, mixed),
        (Bool(a), Bool(b)) => a == b,
        (Bool(b), Number(x)) | (Number(x), Bool(b)) => mixed && x.float() == f64::from(u8::from(*b)),
        (Complex(a, b), Complex(c, d)) => close(a.float(), c.float(), scale) && close(b.float(), d.float(), scale),
        (Str(a), Str(b)) | (Char(a), Char(b)) | (Name(a), Name(b)) => a == b,
        (Nothing, Nothing) => true,
        (Pair(a, b), Pair(c, d)) => same(a, c, scale, false) && same(b, d, scale, false),
        (Call(f, a), Call(g, b)) => f == g && same(a, b, scale, false),
        (Tuple(a), Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, scale, false)),
        (Array(shape, a, prefix), Array(other_shape, b, other_prefix)) => {
            let mixed = matches!(prefix.as_str(), "Any" | "Real" | "Number");
            let element = |item: &Printed, prefix: &str| match item {
                Number(x) if prefix == "Bool" => Bool(x.float() != 0.0),
                item => item.clone(),
            };
            shape == other_shape
                && a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| same(&element(a, prefix), &element(b, other_prefix), scale, mixed))
        }
        _ => false,
    }
}

fn same_number(a: Number, b: Number, scale: f64, mixed: bool) -> bool {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => a == b,
        (Number::Float(a), Number::Float(b)) => close(a, b, scale),
        (a, b) => mixed && close(a.float(), b.float(), scale),
    }
}

fn close(a: f64, b: f64, scale: f64) -> bool {
    if a.is_nan() || b.is_nan() {
        return a.is_nan() && b.is_nan();
    }
    if a.is_infinite() || b.is_infinite() {
        return a == b;
    }
    (a - b).abs() <= (RELATIVE * a.abs().max(b.abs())).max(ABSOLUTE * scale)
}

/// A range as the array of its elements; other values as they are.
fn spread(value: &Printed) -> Option<Printed> {
    let Printed::Range(parts) = value else { return Some(value.clone()) };
    let (start, stop) = (parts.first()?.float(), parts.last()?.float());
    let step = if parts.len() == 3 { parts[1].float() } else { 1.0 };
    let floats = parts.iter().any(|part| matches!(part, Number::Float(_)));
    let last = ((stop - start) / step * (1.0 + 1e-12) + 1e-9).floor();
    if last.is_nan() || last > LONGEST {
        return None;
    }
    let length = if last < 0.0 { 0 } else { last as usize + 1 };
    let element = |k: usize| {
        let x = start + step * k as f64;
        Printed::Number(if floats { Number::Float(x) } else { Number::Int(x as i128) })
    };
    Some(Printed::Array(vec![length], (0..length).map(element).collect(), String::new()))
}

/// The largest absolute value of the finite numbers in a value.
fn largest(value: &Printed) -> f64 {
    let finite = |x: &Number| if x.float().is_finite() { x.float().abs() } else { 0.0 };
    let of_all = |items: &[Printed]| items.iter().map(largest).fold(0.0, f64::max);
    match value {
        Printed::Number(x) => finite(x),
        Printed::Complex(a, b) => finite(a).max(finite(b)),
        Printed::Range(parts) => parts.iter().map(finite).fold(0.0, f64::max),
        Printed::Tuple(items) | Printed::Array(_, items, _) => of_all(items),
        _ => 0.0,
    }
}
