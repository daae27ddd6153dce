//! The parser generator's errors, put in words.

use super::token::{Token, expected_words};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::Span;
use lalrpop_util::ParseError;

/// What the parser gives up with.
pub type ParserError = ParseError<usize, Token, Box<Diagnostic>>;

/// The one place where an error of the generated parser becomes a diagnostic.
pub fn diagnostic(error: ParserError, text: &str, source: u32) -> Box<Diagnostic> {
    match error {
        ParseError::User { error } => error,
        ParseError::UnrecognizedToken { token, expected } => unexpected(token, &expected, text, source),
        ParseError::ExtraToken { token } => unexpected(token, &[], text, source),
        ParseError::InvalidToken { location } | ParseError::UnrecognizedEof { location, .. } => {
            let span = Span::new(source, location, location);
            Box::new(Diagnostic::new(ErrorKind::ParseError, "the text ends too early", span).incomplete())
        }
    }
}

fn unexpected((l, token, r): (usize, Token, usize), expected: &[String], text: &str, source: u32) -> Box<Diagnostic> {
    let span = Span::new(source, l, r);
    let error = Diagnostic::new(ErrorKind::ParseError, message(token, &text[l..r]), span);
    let words = expected_words(expected);
    let error = match (token, words.as_slice()) {
        (Token::Column, _) => {
            error.rule("in brackets a blank begins a new column, `;` a new row, and a list has commas")
        }
        (_, []) => error,
        (_, words) => error.rule(format!("here could stand {}", one_of(words))),
    };
    Box::new(error)
}

fn message(token: Token, text: &str) -> String {
    if matches!(token, Token::Separator(false)) && !text.contains('\n') {
        return "the head of this block is not complete".to_string();
    }
    format!("{} cannot stand here", token.describe(text))
}

/// `a`, `a or b`, `a, b or c`
fn one_of(words: &[&str]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_string(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
