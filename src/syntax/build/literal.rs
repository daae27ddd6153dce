//! Literals: numbers, strings with their escapes, interpolations and dedentation.

use super::{Build, Piece, Tree};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, StrPart};

impl Build<'_> {
    /// `42`, `1_000`, `0xff`, `1.5e-3`; also `-9223372036854775808`, which the layout reads as one number.
    pub fn number(&mut self, l: usize, r: usize) -> Tree {
        let span = self.span(l, r);
        let text: String = self.text[l..r].chars().filter(|c| *c != '_').collect();
        let kind = match parse_number(&text) {
            Ok(kind) => kind,
            Err(problem) => {
                self.fail(problem.diagnostic(&text, span));
                ExprKind::Int(0)
            }
        };
        Box::new(Expr::leaf(kind, span))
    }

    /// `"a $x"`, `"""…"""`
    pub fn string(&mut self, l: usize, triple: bool, pieces: Vec<Piece>, r: usize) -> Tree {
        let span = self.span(l, r);
        let dedent = if triple { Dedent::of(self.text, &pieces) } else { Dedent::default() };
        let mut parts = Vec::with_capacity(pieces.len());
        let mut depth = 0;
        for (number, piece) in pieces.into_iter().enumerate() {
            match piece {
                Piece::Text(at) => {
                    let raw = self.text[at.range()].replace("\r\n", "\n");
                    let raw = if triple { dedent.apply(&raw, number == 0) } else { raw };
                    let text = self.unescape(&raw, at);
                    if !text.is_empty() {
                        parts.push(StrPart::Text(text));
                    }
                }
                Piece::Value(e) => {
                    depth = depth.max(e.depth);
                    parts.push(StrPart::Value(*e));
                }
            }
        }
        self.tree(ExprKind::Str(parts), span, depth)
    }

    /// Resolves the escapes of a stretch of text.
    fn unescape(&mut self, raw: &str, at: Span) -> String {
        if !raw.contains('\\') {
            return raw.to_string();
        }
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(k) = rest.find('\\') {
            out.push_str(&rest[..k]);
            let (c, length) = match escape(&rest[k + 1..]) {
                Some(found) => found,
                None => {
                    let written: String = rest[k..].chars().take(2).collect();
                    self.fail(
                        Diagnostic::new(
                            ErrorKind::ParseError,
                            format!("`{written}` does not stand for any character"),
                            at,
                        )
                        .hint("a backslash itself is written `\\\\`; a new line `\\n`, a tab `\\t`, a quote `\\\"`"),
                    );
                    (None, 0)
                }
            };
            out.extend(c);
            rest = &rest[k + 1 + length..];
        }
        out.push_str(rest);
        out
    }
}

/// Why a number cannot be read.
enum Problem {
    TooLarge,
    Single,
    HexFloat,
}

impl Problem {
    fn diagnostic(&self, text: &str, span: Span) -> Diagnostic {
        let error = |message: String| Diagnostic::new(ErrorKind::ParseError, message, span);
        match self {
            Problem::TooLarge if text.bytes().all(|b| b.is_ascii_digit()) => {
                error(format!("the integer {text} does not fit in Int64"))
                    .rule("an Int64 goes up to 9223372036854775807")
                    .offer(format!("{text}.0"), "Float64")
            }
            Problem::TooLarge => {
                error(format!("`{text}` does not fit in Int64")).rule("an Int64 goes up to 9223372036854775807")
            }
            Problem::Single => {
                let double: f64 = text.replace('f', "e").parse().unwrap_or(0.0);
                error("there are no single-precision numbers in hlang".to_string())
                    .rule("`f` in a number is Julia's Float32; every float here is a Float64")
                    .offer(format!("{double:?}"), "Float64")
            }
            Problem::HexFloat => error(format!("`{text}` is not a number")),
        }
    }
}

fn parse_number(text: &str) -> Result<ExprKind, Problem> {
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] {
        let Some(digits) = text.strip_prefix(prefix) else { continue };
        if let Some((mantissa, exponent)) = digits.split_once(['p', 'P']) {
            return hex_float(mantissa, exponent).map(ExprKind::Float).ok_or(Problem::HexFloat);
        }
        if !digits.chars().all(|c| c.is_digit(radix)) {
            return Err(Problem::HexFloat);
        }
        return i64::from_str_radix(digits, radix).map(ExprKind::Int).map_err(|_| Problem::TooLarge);
    }
    if text.contains('f') {
        return Err(Problem::Single);
    }
    if text.contains(['.', 'e', 'E']) {
        let value: f64 = text.parse().map_err(|_| Problem::HexFloat)?;
        // What overflows is an error, as in Julia; an infinity is written `Inf`.
        return if value.is_finite() { Ok(ExprKind::Float(value)) } else { Err(Problem::HexFloat) };
    }
    text.parse().map(ExprKind::Int).map_err(|_| Problem::TooLarge)
}

/// The value of `0x1.8p-3`: hexadecimal digits around a point, times a power of two.
fn hex_float(mantissa: &str, exponent: &str) -> Option<f64> {
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() + fraction.len() == 0 {
        return None;
    }
    let digits = |text: &str| text.chars().try_fold(0.0, |x, c| Some(x * 16.0 + f64::from(c.to_digit(16)?)));
    let places = i32::try_from(fraction.len()).ok()?;
    let value = digits(&format!("{whole}{fraction}"))?;
    let power = exponent.parse::<i32>().ok()?.clamp(-4000, 4000) - 4 * places.min(4000);
    // In two steps, so that neither power of two leaves the range of floats while the result is in it.
    Some(value * 2f64.powi(power / 2) * 2f64.powi(power - power / 2))
}

/// The character of the escape whose text follows a backslash, and its length; none for a continued line.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let first = rest.chars().next()?;
    let simple = match first {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\x07',
        'b' => '\x08',
        'e' => '\x1b',
        'f' => '\x0c',
        'v' => '\x0b',
        '\\' | '"' | '$' | '\'' => first,
        '\n' => return Some((None, rest.len() - rest[1..].trim_start_matches([' ', '\t']).len())),
        'x' => return numbered(rest, 1, 2, 16),
        'u' => return numbered(rest, 1, 4, 16),
        'U' => return numbered(rest, 1, 8, 16),
        '0'..='7' => return numbered(rest, 0, 3, 8),
        _ => return None,
    };
    Some((Some(simple), 1))
}

/// The character whose number stands after `skip` bytes in at most `most` digits.
fn numbered(rest: &str, skip: usize, most: usize, radix: u32) -> Option<(Option<char>, usize)> {
    let length = rest[skip..].chars().take(most).take_while(|c| c.is_digit(radix)).count();
    let code = u32::from_str_radix(&rest[skip..skip + length], radix).ok()?;
    // `\x80` and above would be a lone byte, which no text can hold.
    if most <= 3 && code > 127 {
        return None;
    }
    Some((Some(char::from_u32(code)?), skip + length))
}

/// How far the lines of a `"""` text are indented together.
#[derive(Default)]
struct Dedent {
    common: String,
}

impl Dedent {
    /// The white space that every line after the first begins with. Blank lines don't count, the closer's line does.
    fn of(source: &str, pieces: &[Piece]) -> Dedent {
        let mut common: Option<String> = None;
        let mut narrow = |indent: &str| {
            common = Some(match common.take() {
                None => indent.to_string(),
                Some(old) => old.chars().zip(indent.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect(),
            });
        };
        for (number, piece) in pieces.iter().enumerate() {
            let Piece::Text(at) = piece else { continue };
            let text = &source[at.range()];
            let last_piece = number + 1 == pieces.len();
            for (line, end) in lines_after_first(text) {
                let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
                let blank = line.trim_end_matches('\r').len() == indent.len();
                // At the end of a piece an interpolation or the closer follows, so that the line is not blank.
                let followed = end && (!last_piece || blank);
                if !blank || followed {
                    narrow(indent);
                }
            }
        }
        Dedent { common: common.unwrap_or_default() }
    }

    /// The text without the common indentation, and without the line end right after the opener.
    fn apply(&self, text: &str, first: bool) -> String {
        let mut out = String::with_capacity(text.len());
        for (number, line) in text.split('\n').enumerate() {
            if number == 0 {
                out.push_str(line);
                continue;
            }
            if !(first && number == 1 && out.is_empty()) {
                out.push('\n');
            }
            let shared = line.chars().zip(self.common.chars()).take_while(|(a, b)| a == b).count();
            out.push_str(&line[shared..]);
        }
        out
    }
}

/// The lines of a text after its first line end, and whether the text ends with each.
fn lines_after_first(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut lines = text.split('\n').peekable();
    lines.next();
    std::iter::from_fn(move || {
        let line = lines.next()?;
        Some((line, lines.peek().is_none()))
    })
}
