//! Formatting by a template, as in C: `%d`, `%8.3f`, `%-10s`, with Julia's meaning of each conversion.

use super::Value;
use super::display::print_text;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use unicode_width::UnicodeWidthStr;

/// Columns and digits that a conversion may ask for.
const LIMIT: usize = 100_000;
/// Digits of a float after its point that can differ from zero.
const MAX_DECIMALS: usize = 1100;

/// A template in parts.
enum Piece {
    Text(String),
    Conversion(Conversion),
}

/// `%-8.3f`
#[derive(Clone)]
struct Conversion {
    left: bool,
    plus: bool,
    blank: bool,
    zero: bool,
    alternate: bool,
    /// An integer conversion does not round what is no integer, but shows it as `%e` does.
    keeps_fractions: bool,
    width: Amount,
    precision: Amount,
    letter: char,
}

/// A width or precision.
#[derive(Clone, Copy, PartialEq)]
enum Amount {
    None,
    Fixed(usize),
    /// `*`: the next argument.
    Next,
}

/// The template with its conversions replaced by the arguments, one for each.
pub fn format(spec: &str, args: &[Value]) -> Outcome<String> {
    let pieces = parse(spec)?;
    let expected = needed(&pieces);
    if expected != args.len() {
        return Err(Fault::argument(format!(
            "the format has {expected} conversion{}, but {} value{} given",
            if expected == 1 { "" } else { "s" },
            args.len(),
            if args.len() == 1 { " is" } else { "s are" },
        ))
        .rule("every conversion like %d takes one value"));
    }
    let mut out = String::new();
    // Argument 0 of the call is the template.
    fill(&mut out, &pieces, &mut args.iter().enumerate().map(|(k, value)| (k + 1, value)))?;
    Ok(out)
}

/// As MATLAB does it: the template is used again until all values are taken, and ends before the first conversion that
/// finds none; an integer conversion shows a number with decimal places as %e does. Every value comes with the number of
/// the argument that it is from.
pub fn format_again(spec: &str, values: &[(usize, Value)]) -> Outcome<String> {
    let mut pieces = parse(spec)?;
    for piece in &mut pieces {
        if let Piece::Conversion(conversion) = piece {
            conversion.keeps_fractions = true;
        }
    }
    let mut out = String::new();
    let mut args = values.iter().map(|(argument, value)| (*argument, value)).peekable();
    loop {
        interrupt::check()?;
        let complete = fill(&mut out, &pieces, &mut args)?;
        if !complete || args.peek().is_none() || needed(&pieces) == 0 {
            return Ok(out);
        }
    }
}

/// How many arguments the template takes.
fn needed(pieces: &[Piece]) -> usize {
    let amount = |amount: Amount| usize::from(amount == Amount::Next);
    let count = |piece: &Piece| match piece {
        Piece::Text(_) => 0,
        Piece::Conversion(c) => 1 + amount(c.width) + amount(c.precision),
    };
    pieces.iter().map(count).sum()
}

/// Writes the pieces; false if the arguments ended first.
fn fill<'a>(out: &mut String, pieces: &[Piece], args: &mut impl Iterator<Item = (usize, &'a Value)>) -> Outcome<bool> {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Conversion(conversion) => {
                let mut conversion = conversion.clone();
                if conversion.width == Amount::Next {
                    let Some((k, value)) = args.next() else { return Ok(false) };
                    let (left, width) = star(k, value)?;
                    conversion.left |= left;
                    conversion.width = Amount::Fixed(width);
                }
                if conversion.precision == Amount::Next {
                    let Some((k, value)) = args.next() else { return Ok(false) };
                    let (negative, digits) = star(k, value)?;
                    conversion.precision = if negative { Amount::None } else { Amount::Fixed(digits) };
                }
                let Some((k, value)) = args.next() else { return Ok(false) };
                out.push_str(&conversion.apply(value).map_err(|fault| label(fault, k, value))?);
            }
        }
    }
    Ok(true)
}

fn label(fault: Fault, argument: usize, value: &Value) -> Fault {
    fault.label(Part::Argument(argument), super::display::describe(value))
}

/// What stands for `*`: is it negative, and its size.
fn star(k: usize, value: &Value) -> Outcome<(bool, usize)> {
    let size = match value {
        Value::Int(x) => usize::try_from(x.unsigned_abs()).ok().filter(|x| *x <= LIMIT).map(|size| (*x < 0, size)),
        _ => None,
    };
    size.ok_or_else(|| label(Fault::argument("a width or precision given by * must be a small integer"), k, value))
}

fn parse(spec: &str) -> Outcome<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = spec;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            text.push('%');
            rest = after;
            continue;
        }
        let (conversion, after) = parse_conversion(rest)?;
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(Piece::Conversion(conversion));
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

/// Reads what follows a `%`.
fn parse_conversion(text: &str) -> Outcome<(Conversion, &str)> {
    let flags_end = text.find(|c| !"-+ 0#".contains(c)).unwrap_or(text.len());
    let (flags, rest) = text.split_at(flags_end);
    let (width, rest) = parse_amount(rest)?;
    let (precision, rest) = match rest.strip_prefix('.') {
        None => (Amount::None, rest),
        Some(rest) => match parse_amount(rest)? {
            (Amount::None, rest) => (Amount::Fixed(0), rest),
            found => found,
        },
    };
    // C's lengths (`%ld`, `%lld`) mean nothing here and are passed over.
    let rest = rest.trim_start_matches(['h', 'l', 'L', 'j', 'z', 't', 'q']);
    let letter = rest.chars().next().filter(|c| "diufFeEgGxXosc".contains(*c));
    let Some(letter) = letter else {
        let shown: String = text.chars().take(text.len() - rest.len() + 1).collect();
        return Err(Fault::argument(format!("%{shown} is no conversion"))
            .rule("a % begins a conversion: %d, %f, %e, %g, %s, %c, %x, %o")
            .hint("write %% for a percent sign"));
    };
    let conversion = Conversion {
        left: flags.contains('-'),
        plus: flags.contains('+'),
        blank: flags.contains(' '),
        zero: flags.contains('0'),
        alternate: flags.contains('#'),
        keeps_fractions: false,
        width,
        precision,
        letter,
    };
    Ok((conversion, &rest[1..]))
}

fn parse_amount(text: &str) -> Outcome<(Amount, &str)> {
    if let Some(rest) = text.strip_prefix('*') {
        return Ok((Amount::Next, rest));
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return Ok((Amount::None, rest));
    }
    match digits.parse::<usize>() {
        Ok(amount) if amount <= LIMIT => Ok((Amount::Fixed(amount), rest)),
        _ => Err(Fault::argument(format!("a width or precision of {digits} is too large"))),
    }
}

impl Conversion {
    fn apply(&self, value: &Value) -> Outcome<String> {
        match self.letter {
            's' => Ok(self.padded(&self.cut(print_text(value)))),
            'c' => Ok(self.padded(&character(value)?)),
            'd' | 'i' | 'u' | 'x' | 'X' | 'o' => match number(value, self.letter)? {
                Number::Int(x) => Ok(self.integer(x)),
                Number::Float(x) if self.keeps_fractions && x.fract() != 0.0 => {
                    Ok(self.float(x, 'e', self.digits().unwrap_or(6)))
                }
                // A float is rounded to an integer, whatever the letter.
                Number::Float(x) => Ok(self.float(x, 'f', 0)),
            },
            letter => {
                let x = match number(value, letter)? {
                    Number::Int(x) => x as f64,
                    Number::Float(x) => x,
                };
                Ok(self.float(x, letter, self.digits().unwrap_or(6)))
            }
        }
    }

    fn digits(&self) -> Option<usize> {
        if let Amount::Fixed(digits) = self.precision { Some(digits) } else { None }
    }

    fn cut(&self, text: String) -> String {
        match self.digits() {
            Some(most) => text.chars().take(most).collect(),
            None => text,
        }
    }

    fn integer(&self, x: i64) -> String {
        let size = x.unsigned_abs();
        let (prefix, mut digits) = match self.letter {
            'x' => ("0x", format!("{size:x}")),
            'X' => ("0X", format!("{size:X}")),
            'o' => ("0", format!("{size:o}")),
            _ => ("", size.to_string()),
        };
        if let Some(least) = self.digits() {
            digits = "0".repeat(least.saturating_sub(digits.len())) + &digits;
        }
        let prefix = if self.alternate { prefix } else { "" };
        // With a precision, zeros are not used for padding.
        self.number(x < 0, prefix, &digits, self.digits().is_none())
    }

    fn float(&self, x: f64, letter: char, precision: usize) -> String {
        let negative = x.is_sign_negative() && !x.is_nan();
        if !x.is_finite() {
            return self.number(negative, "", if x.is_nan() { "NaN" } else { "Inf" }, false);
        }
        let size = x.abs();
        let digits = match letter.to_ascii_lowercase() {
            'e' => scientific(size, precision),
            'g' => general(size, precision, self.alternate),
            _ => fixed(size, precision),
        };
        let digits = if letter.is_ascii_uppercase() { digits.to_uppercase() } else { digits };
        self.number(negative, "", &digits, true)
    }

    /// Sign, prefix and digits in the width asked for.
    fn number(&self, negative: bool, prefix: &str, digits: &str, may_fill: bool) -> String {
        let sign = match (negative, self.plus, self.blank) {
            (true, _, _) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            (false, false, false) => "",
        };
        let bare = sign.len() + prefix.len() + digits.len();
        let zeros = match self.width {
            Amount::Fixed(width) if self.zero && !self.left && may_fill => width.saturating_sub(bare),
            _ => 0,
        };
        self.padded(&format!("{sign}{prefix}{}{digits}", "0".repeat(zeros)))
    }

    fn padded(&self, text: &str) -> String {
        let width = if let Amount::Fixed(width) = self.width { width } else { 0 };
        let blanks = " ".repeat(width.saturating_sub(text.width()));
        if self.left { format!("{text}{blanks}") } else { format!("{blanks}{text}") }
    }
}

enum Number {
    Int(i64),
    Float(f64),
}

fn number(value: &Value, letter: char) -> Outcome<Number> {
    match value {
        Value::Bool(x) => Ok(Number::Int(i64::from(x.get()))),
        Value::Int(x) => Ok(Number::Int(*x)),
        Value::Float(x) => Ok(Number::Float(x.get())),
        _ => Err(Fault::method(format!("%{letter} cannot format {}", with_article(value)))
            .rule(format!("%{letter} takes a real number"))
            .hint("%s takes any value")),
    }
}

fn with_article(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Range(_) => format!("an array ({})", super::display::describe(value)),
        Value::Str(_) => "a string".to_owned(),
        Value::Complex(_) => "a complex number".to_owned(),
        _ => super::display::describe(value),
    }
}

/// The first character of a string, or the one with this code.
fn character(value: &Value) -> Outcome<String> {
    let found = match value {
        Value::Str(text) => text.chars().next(),
        Value::Int(code) => u32::try_from(*code).ok().and_then(char::from_u32),
        _ => None,
    };
    found.map(String::from).ok_or_else(|| {
        Fault::argument(format!("%c cannot format {}", with_article(value)))
            .rule("%c takes a string of one character, or a character's code")
    })
}

fn fixed(size: f64, precision: usize) -> String {
    let exact = precision.min(MAX_DECIMALS);
    let mut text = format!("{size:.exact$}");
    text.push_str(&"0".repeat(precision - exact));
    text
}

fn scientific(size: f64, precision: usize) -> String {
    let exact = precision.min(MAX_DECIMALS);
    let text = format!("{size:.exact$e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    let sign = if power < 0 { '-' } else { '+' };
    format!("{mantissa}{}e{sign}{:02}", "0".repeat(precision - exact), power.unsigned_abs())
}

/// `%g`: so many significant digits, with an exponent where it is shorter; zeros at the end only with `#`.
fn general(size: f64, precision: usize, keep_zeros: bool) -> String {
    let precision = precision.max(1);
    let text = scientific(size, precision - 1);
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i64 = power.parse().unwrap_or(0);
    let trim = |digits: &str| match !keep_zeros && digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => digits.to_owned(),
    };
    if exponent < -4 || exponent >= precision as i64 {
        return format!("{}e{power}", trim(mantissa));
    }
    trim(&fixed(size, (precision as i64 - 1 - exponent).max(0) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(spec: &str, value: Value) -> String {
        format(spec, &[value]).expect("a good format")
    }

    #[test]
    fn integers() {
        let cases = [
            ("%d", 42, "42"),
            ("%5d|", 42, "   42|"),
            ("%-5d|", 42, "42   |"),
            ("%05d", -42, "-0042"),
            ("%+d", 42, "+42"),
            ("% d", 42, " 42"),
            ("%.5d", 42, "00042"),
            ("%8.5d", 42, "   00042"),
            ("%x", 255, "ff"),
            ("%#X", 255, "0XFF"),
            ("%o", 8, "10"),
            ("%i%%", 7, "7%"),
            ("%ld", 7, "7"),
            ("%d", i64::MIN, "-9223372036854775808"),
        ];
        for (spec, x, text) in cases {
            assert_eq!(one(spec, Value::Int(x)), text, "{spec}");
        }
        assert_eq!(one("%d", Value::float(3.0)), "3");
        assert_eq!(one("%d", Value::float(2.5)), "2");
        assert_eq!(one("%d", Value::bool(true)), "1");
    }

    #[test]
    fn floats() {
        let cases = [
            ("%f", 2.14159265, "2.141593"),
            ("%.2f", 2.14159265, "2.14"),
            ("%8.3f|", -2.14159265, "  -2.142|"),
            ("%-8.1f|", 2.14159265, "2.1     |"),
            ("%08.2f", -1.5, "-0001.50"),
            ("%.0f", 0.5, "0"),
            ("%.0f", 1.5, "2"),
            ("%e", 12345.678, "1.234568e+04"),
            ("%.1E", 0.00012, "1.2E-04"),
            ("%e", 1e-200, "1.000000e-200"),
            ("%e", 0.0, "0.000000e+00"),
            ("%g", 0.1 + 0.2, "0.3"),
            ("%g", 1e10, "1e+10"),
            ("%g", 123456.0, "123456"),
            ("%g", 1234567.0, "1.23457e+06"),
            ("%g", 0.0001, "0.0001"),
            ("%g", 0.00001, "1e-05"),
            ("%.3g", 99999.0, "1e+05"),
            ("%g", 0.0, "0"),
            ("%f", f64::INFINITY, "Inf"),
            ("%5.1f", f64::NAN, "  NaN"),
            ("%05f", f64::NEG_INFINITY, " -Inf"),
        ];
        for (spec, x, text) in cases {
            assert_eq!(one(spec, Value::float(x)), text, "{spec}");
        }
        assert_eq!(one("%.1f", Value::Int(2)), "2.0");
        assert_eq!(one("%.2000f", Value::float(0.5)).len(), 2002);
    }

    #[test]
    fn texts() {
        assert_eq!(one("%s", Value::str("abc")), "abc");
        assert_eq!(one("%6s|", Value::str("abc")), "   abc|");
        assert_eq!(one("%-6s|", Value::str("日本")), "日本  |");
        assert_eq!(one("%.2s", Value::str("abc")), "ab");
        assert_eq!(one("%s", Value::vector(vec![1, 2])), "[1, 2]");
        assert_eq!(one("%s", Value::float(1e10)), "1.0e10");
        assert_eq!(one("%c", Value::str("x")), "x");
        assert_eq!(one("%c", Value::Int(955)), "λ");
    }

    #[test]
    fn several_arguments_and_stars() {
        let args = [Value::str("x"), Value::Int(3), Value::float(0.5)];
        assert_eq!(format("%s = %d, %.1f\n", &args), Ok("x = 3, 0.5\n".to_owned()));
        assert_eq!(
            format("%*d|%.*f", &[Value::Int(-4), Value::Int(7), Value::Int(2), Value::float(1.0)]),
            Ok("7   |1.00".to_owned())
        );
        assert_eq!(format("plain", &[]), Ok("plain".to_owned()));
    }

    #[test]
    fn templates_are_used_again_for_more_arguments() {
        let numbers = |count: i64| (1..=count).map(|x| (1, Value::Int(x))).collect::<Vec<_>>();
        assert_eq!(format_again("%d ", &numbers(3)), Ok("1 2 3 ".to_owned()));
        assert_eq!(format_again("%d, %d\n", &numbers(3)), Ok("1, 2\n3, ".to_owned()));
        assert_eq!(format_again("%d!", &[]), Ok(String::new()));
        assert_eq!(format_again("done", &numbers(2)), Ok("done".to_owned()));
        assert_eq!(format_again("%d", &[(1, Value::float(2.5))]), Ok("2.500000e+00".to_owned()));
    }

    #[test]
    fn bad_templates_and_arguments() {
        let kind = |spec: &str, args: &[Value]| match format(spec, args) {
            Err(fault) => fault.report().map(|report| (report.kind.name(), report.message.clone())),
            Ok(_) => None,
        };
        let error = |kind: &str, message: &str| Some((kind.to_owned(), message.to_owned()));
        let wrong_count = error("ArgumentError", "the format has 2 conversions, but 1 value is given");
        assert_eq!(kind("%d %d", &[Value::Int(1)]), wrong_count);
        assert_eq!(kind("%y", &[Value::Int(1)]), error("ArgumentError", "%y is no conversion"));
        assert_eq!(kind("50%", &[]), error("ArgumentError", "% is no conversion"));
        assert_eq!(kind("%d", &[Value::str("a")]), error("MethodError", "%d cannot format a string"));
        assert_eq!(
            kind("%f", &[Value::vector(vec![1, 2])]),
            error("MethodError", "%f cannot format an array (2-vector)")
        );
        let too_wide = error("ArgumentError", "a width or precision of 999999999999 is too large");
        assert_eq!(kind("%999999999999d", &[Value::Int(1)]), too_wide);
    }
}
