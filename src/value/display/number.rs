//! Numbers as text, in Julia's forms.

use super::super::Complex;
use super::fraction::fraction;
use std::fmt::Write;

/// How a float is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatForm {
    /// The fewest digits that read back as the same number.
    Shortest,
    /// At most so many of them.
    Cut(usize),
    /// A fraction of integers near it.
    Fraction,
}

/// Significant digits of a float where space is scarce: in matrices of several columns.
pub const COMPACT: FloatForm = FloatForm::Cut(6);

/// Writes a float.
pub fn push_float(out: &mut String, x: f64, form: FloatForm) {
    if form == FloatForm::Fraction
        && let Some(fraction) = fraction(x)
    {
        return out.push_str(&fraction);
    }
    if x.is_nan() {
        return out.push_str("NaN");
    }
    if x.is_sign_negative() {
        out.push('-');
    }
    if x.is_infinite() {
        return out.push_str("Inf");
    }
    if x == 0.0 {
        return out.push_str("0.0");
    }
    let (mut digits, mut point) = decimal(&format!("{:e}", x.abs()));
    if let FloatForm::Cut(most) = form
        && digits.len() > most
    {
        (digits, point) = decimal(&format!("{:.*e}", most.saturating_sub(1), x.abs()));
    }
    if -4 < point && point <= 6 && !loses_integer_digits(x, &digits, point) {
        push_fixed(out, &digits, point);
    } else {
        push_scientific(out, &digits, point);
    }
}

/// A float as text.
pub fn float_text(x: f64) -> String {
    let mut out = String::new();
    push_float(&mut out, x, FloatForm::Shortest);
    out
}

/// Splits Rust's `1.25e-3` into the digits `125` without zeros at the end, and the decimal point's place `-2`
/// (0.125 · 10^-2).
fn decimal(scientific: &str) -> (String, i32) {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_end_matches('0').len().max(1);
    (digits[..significant].to_owned(), exponent.parse::<i32>().unwrap_or(0) + 1)
}

/// Do the digits stop at or before the point although the number has a fraction? `123456.789` cut to six digits is
/// then written `1.23457e5` rather than `123457.0`, which would look exact.
fn loses_integer_digits(x: f64, digits: &str, point: i32) -> bool {
    let missing = point - digits.len() as i32;
    missing >= 0 && ((x + 0.05).rem_euclid(10f64.powi(missing)) - 0.05).abs() > 0.05
}

fn push_fixed(out: &mut String, digits: &str, point: i32) {
    if point <= 0 {
        out.push_str("0.");
        push_zeros(out, point.unsigned_abs() as usize);
        return out.push_str(digits);
    }
    let point = point as usize;
    if point >= digits.len() {
        out.push_str(digits);
        push_zeros(out, point - digits.len());
        return out.push_str(".0");
    }
    out.push_str(&digits[..point]);
    out.push('.');
    out.push_str(&digits[point..]);
}

fn push_scientific(out: &mut String, digits: &str, point: i32) {
    out.push_str(&digits[..1]);
    out.push('.');
    out.push_str(if digits.len() > 1 { &digits[1..] } else { "0" });
    out.push('e');
    push_int(out, i64::from(point - 1));
}

fn push_zeros(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n('0', count));
}

/// Writes an integer.
pub fn push_int(out: &mut String, x: i64) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{x}");
}

/// Writes a complex number: `1.0 - 2.0im`, `1 + 2im`; without the blanks if `compact`. The constant `im` is itself.
pub fn push_complex(out: &mut String, x: &Complex, compact: bool, form: FloatForm) {
    if x.is_unit() {
        return out.push_str("im");
    }
    let push = |out: &mut String, part: f64| match x.integral {
        true => push_int(out, part as i64),
        false => push_float(out, part, form),
    };
    push(out, x.z.re);
    let negative = match x.integral {
        true => x.z.im < 0.0,
        false => x.z.im.is_sign_negative() && !x.z.im.is_nan(),
    };
    out.push_str(match (negative, compact) {
        (false, false) => " + ",
        (true, false) => " - ",
        (false, true) => "+",
        (true, true) => "-",
    });
    push(out, if negative { -x.z.im } else { x.z.im });
    out.push_str(if x.z.im.is_finite() { "im" } else { "*im" });
}

/// How many characters of a real number stand before its decimal point or exponent. (The `f` of `Inf` counts as an
/// exponent's, as it does in Julia, so that `Inf` ends one column after the point.)
pub fn point_of_real(text: &str) -> usize {
    text.find(['.', 'e', 'E', 'f', 'F']).unwrap_or(text.len())
}

/// How many bytes of a complex number stand up to the sign between its parts; all if there is none to align at.
pub fn sign_of_complex(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_sign = |k: &usize| matches!(bytes[*k], b'+' | b'-') && !matches!(bytes[k - 1], b'e' | b'f');
    (1..bytes.len()).rev().find(is_sign).map_or(text.len(), |k| k + 1)
}

#[cfg(test)]
mod tests {
    use super::super::super::Complex64;
    use super::*;

    fn compact(x: f64) -> String {
        let mut out = String::new();
        push_float(&mut out, x, COMPACT);
        out
    }

    #[test]
    fn floats_are_shortest_in_julias_form() {
        let cases = [
            (1.0, "1.0"),
            (1e10, "1.0e10"),
            (1e-5, "1.0e-5"),
            (0.0001, "0.0001"),
            (100000.0, "100000.0"),
            (999999.0, "999999.0"),
            (1e6, "1.0e6"),
            (9.999999e6, "9.999999e6"),
            (0.1 + 0.2, "0.30000000000000004"),
            (-0.0, "-0.0"),
            (0.0, "0.0"),
            (f64::INFINITY, "Inf"),
            (-f64::INFINITY, "-Inf"),
            (f64::NAN, "NaN"),
            (-f64::NAN, "NaN"),
            (1.7976931348623157e308, "1.7976931348623157e308"),
            (5e-324, "5.0e-324"),
            (6.02214076e23, "6.02214076e23"),
            (123456.789, "123456.789"),
            (-2.5e-5, "-2.5e-5"),
            (8.949265621831442e-7, "8.949265621831442e-7"),
        ];
        for (x, text) in cases {
            assert_eq!(float_text(x), text);
        }
    }

    #[test]
    fn compact_floats_have_six_digits() {
        let cases = [
            (1000.125, "1000.12"),
            (123456.789, "1.23457e5"),
            (-123456.789, "-1.23457e5"),
            (123456.0, "123456.0"),
            (1.0 / 3.0, "0.333333"),
            (2.0 / 3.0, "0.666667"),
            (2f64.sqrt(), "1.41421"),
            (999999.9, "1.0e6"),
            (1234567.0, "1.23457e6"),
            (1e-5, "1.0e-5"),
            (1.23456789e-7, "1.23457e-7"),
            (99999.95, "99999.9"),
            (5e-324, "5.0e-324"),
            (0.1 + 0.2, "0.3"),
        ];
        for (x, text) in cases {
            assert_eq!(compact(x), text);
        }
    }

    #[test]
    fn complex_numbers() {
        let text = |re, im, integral, compact| {
            let mut out = String::new();
            push_complex(&mut out, &Complex::new(Complex64::new(re, im), integral), compact, FloatForm::Shortest);
            out
        };
        assert_eq!(text(1.5, -2.5, false, false), "1.5 - 2.5im");
        assert_eq!(text(1.5, 2.0, false, true), "1.5+2.0im");
        assert_eq!(text(0.0, -0.0, false, false), "0.0 - 0.0im");
        assert_eq!(text(4.0, 1.0, true, false), "4 + 1im");
        assert_eq!(text(0.0, 1.0, true, false), "0 + 1im");
        assert_eq!(text(-2.0, -3.0, true, false), "-2 - 3im");
        assert_eq!(text(f64::NAN, 0.0, false, false), "NaN + 0.0im");
        assert_eq!(text(1.0, -f64::INFINITY, false, false), "1.0 - Inf*im");
        assert_eq!(text(1.0, f64::NAN, false, false), "1.0 + NaN*im");
        let mut out = String::new();
        push_complex(&mut out, &Complex::UNIT, false, FloatForm::Shortest);
        assert_eq!(out, "im");
    }

    #[test]
    fn where_numbers_align() {
        assert_eq!(point_of_real("-12.5"), 3);
        assert_eq!(point_of_real("Inf"), 2);
        assert_eq!(point_of_real("NaN"), 3);
        assert_eq!(sign_of_complex("1.0e-5-2.0e-6im"), 7);
        assert_eq!(sign_of_complex("-1.0 + 2.0im"), 6);
        assert_eq!(sign_of_complex("im"), 2);
    }
}
