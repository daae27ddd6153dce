//! Numbers from their text, as `parse(Float64, s)` and the readers of tables take them.

use super::{Complex64, Value};
use crate::fault::{Fault, Outcome};

/// The integer that a text writes in a base, or with a base's mark (`0xff`); `None` if it writes none. An `OverflowError`
/// where it does not fit into 64 bits.
pub fn integer(s: &str, base: i64) -> Outcome<Option<i64>> {
    if !(2..=36).contains(&base) {
        return Err(Fault::argument(format!("base={base}: a base lies between 2 and 36")));
    }
    let (sign, digits) = match s.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", s.strip_prefix('+').unwrap_or(s)),
    };
    let (digits, base) = match digits.get(..2) {
        Some("0x") if base == 10 => (&digits[2..], 16),
        Some("0b") if base == 10 => (&digits[2..], 2),
        Some("0o") if base == 10 => (&digits[2..], 8),
        _ => (digits, base),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(base as u32)) {
        return Ok(None);
    }
    i64::from_str_radix(&format!("{sign}{digits}"), base as u32)
        .map(Some)
        .map_err(|_| Fault::overflow(format!("{s} does not fit into 64 bits")))
}

/// The float that a text writes. Rust reads what Julia does, and more: only digits, a point and an exponent are let
/// through, and the special words.
pub fn float(s: &str) -> Option<f64> {
    let unsigned = s.trim_start_matches(['+', '-']);
    let special = ["Inf", "NaN", "inf", "nan", "Infinity", "infinity"].contains(&unsigned);
    let plain = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if special || plain { s.parse().ok() } else { None }
}

/// The complex number that a text writes: `1 + 2im`, `3`, `-2i`.
pub fn complex(s: &str) -> Option<Value> {
    let complex = |re: f64, im: f64| Value::complex(Complex64::new(re, im));
    let Some(body) = s.strip_suffix("im").or_else(|| s.strip_suffix('i')) else {
        return float(s).map(|re| complex(re, 0.0));
    };
    // The sign between the parts is the last one that does not belong to an exponent.
    let mut signs =
        body.char_indices().filter(|(k, c)| matches!(c, '+' | '-') && *k > 0 && !body[..*k].ends_with(['e', 'E']));
    match signs.next_back() {
        Some((k, _)) => {
            let (re, im) = (body[..k].trim(), body[k..].replace(' ', ""));
            Some(complex(float(re)?, float(&im)?))
        }
        None => float(body.trim()).map(|im| complex(0.0, im)),
    }
}
