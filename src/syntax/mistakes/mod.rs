//! Habits of other languages: recognised where reading failed, and answered with what to write instead.
//!
//! A habit is a line of a table ([`tables`]) or, where one lexeme does not tell, a recogniser of its own. What
//! is offered is the user's own line with the habit replaced; it is read again before it is shown.

mod blocks;
mod brackets;
mod signs;
mod tables;
mod words;

use super::lexeme::{Kind, Lexeme};
use super::parse_plainly;
use crate::codes::Code;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::Span;
use std::ops::Range;

pub use tables::{Habit, habit};

/// All recognisers, the more certain ones first.
const RECOGNISERS: &[fn(&Site) -> Option<Finding>] = &[
    blocks::assignment_in_condition,
    blocks::unsupported_word,
    blocks::else_if,
    blocks::end_word,
    blocks::python_colon,
    blocks::python_definition,
    blocks::loop_in_c,
    blocks::loop_in_parentheses,
    blocks::two_targets,
    blocks::matlab_function,
    blocks::function_with_equals,
    brackets::function_handle,
    signs::matrix_product,
    brackets::annotation,
    brackets::braces,
    signs::increment,
    signs::factorial,
    signs::bars,
    signs::quoted_text,
    signs::formatted_string,
    signs::foreign_operator,
    signs::continuation,
    signs::slash_comment,
    signs::percent_comment,
    brackets::rows_with_commas,
    brackets::index_with_parentheses,
    blocks::do_after_head,
    words::conditional_expression,
    words::lambda_word,
    words::import_as,
    words::foreign_word,
    brackets::blank_before_bracket,
    brackets::missing_operator,
    brackets::missing_comma,
];

/// Longer lines are not offered: nobody would read them.
const MAX_OFFER: usize = 200;

/// A habit that was found in a text.
struct Finding {
    /// As it is written there: `x++`.
    written: String,
    /// Whose habit it is: `C`; empty if it is nobody's in particular.
    language: &'static str,
    /// How hlang says it, in one sentence.
    rule: &'static str,
    /// Which page explains it.
    code: Code,
    /// Where it stands.
    range: Range<usize>,
    /// What would change the text to hlang's way; none if that takes more than a line.
    edits: Vec<Edit>,
    /// Is it the habit even if the changed text cannot be read either?
    certain: bool,
}

/// Bytes of the text, and what goes there instead.
struct Edit {
    range: Range<usize>,
    text: String,
}

impl Edit {
    fn new(range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { range, text: text.into() }
    }
}

fn finding(written: impl Into<String>, language: &'static str, rule: &'static str, lexeme: Lexeme) -> Finding {
    let code = Code::ForeignSyntax;
    Finding { written: written.into(), language, rule, code, range: range(lexeme), edits: Vec::new(), certain: true }
}

impl Finding {
    fn edit(mut self, range: std::ops::Range<usize>, text: impl Into<String>) -> Finding {
        self.edits.push(Edit::new(range, text));
        self
    }

    /// With the page that explains it, where it is no habit of another language.
    fn code(mut self, code: Code) -> Finding {
        self.code = code;
        self
    }

    /// Only if the change makes the text readable.
    fn perhaps(mut self) -> Finding {
        self.certain = false;
        self
    }
}

/// The place where reading failed.
struct Site<'t> {
    text: &'t str,
    lexemes: &'t [Lexeme],
    /// Number of the lexeme that the error points at.
    at: usize,
}

impl<'t> Site<'t> {
    fn lexeme(&self, number: usize) -> Option<Lexeme> {
        self.lexemes.get(number).copied()
    }

    fn kind(&self, number: usize) -> Option<Kind> {
        self.lexeme(number).map(|l| l.kind)
    }

    /// The lexeme before one.
    fn before(&self, number: usize) -> Option<Lexeme> {
        self.lexeme(number.checked_sub(1)?)
    }

    fn slice(&self, lexeme: Lexeme) -> &'t str {
        &self.text[range(lexeme)]
    }

    /// The lexemes on the line of a lexeme, without its end.
    fn line(&self, number: usize) -> Range<usize> {
        let newline = |l: &Lexeme| l.kind == Kind::Newline;
        let number = number.min(self.lexemes.len());
        let start = self.lexemes[..number].iter().rposition(newline).map_or(0, |k| k + 1);
        let length = self.lexemes[start..].iter().position(newline).unwrap_or(self.lexemes.len() - start);
        start..start + length
    }

    /// The closer of the bracket with this number.
    fn closer(&self, opener: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (number, lexeme) in self.lexemes.iter().enumerate().skip(opener) {
            match lexeme.kind {
                Kind::ParenOpen { .. } | Kind::BracketOpen | Kind::InterpolationOpen => depth += 1,
                Kind::ParenClose | Kind::BracketClose => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(number);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The innermost bracket around a lexeme that is open there.
    fn opener(&self, number: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (number, lexeme) in self.lexemes[..number.min(self.lexemes.len())].iter().enumerate().rev() {
            match lexeme.kind {
                Kind::ParenClose | Kind::BracketClose => depth += 1,
                Kind::ParenOpen { .. } | Kind::BracketOpen | Kind::InterpolationOpen if depth == 0 => {
                    return Some(number);
                }
                Kind::ParenOpen { .. } | Kind::BracketOpen | Kind::InterpolationOpen => depth -= 1,
                _ => {}
            }
        }
        None
    }
}

fn range(lexeme: Lexeme) -> Range<usize> {
    lexeme.start as usize..lexeme.end as usize
}

/// The error, or a better one if a habit of another language led to it.
pub fn explain(error: Box<Diagnostic>, text: &str, lexemes: &[Lexeme]) -> Box<Diagnostic> {
    let start = error.span.start;
    let at = lexemes.partition_point(|l| l.end <= start);
    let site = Site { text, lexemes, at };
    if error.incomplete {
        // At the prompt an open block is no mistake, unless it was closed in another language.
        return match blocks::foreign_end(&site) {
            Some(finding) => Box::new(told(&finding, error.span.source)),
            None => error,
        };
    }
    for find in RECOGNISERS {
        let Some(finding) = find(&site) else { continue };
        let line = finding_line(&finding, text);
        if line.is_none() && !finding.certain {
            continue;
        }
        let diagnostic = told(&finding, error.span.source);
        return Box::new(match line {
            Some(line) => diagnostic.offer(line, ""),
            None => diagnostic,
        });
    }
    error
}

fn told(finding: &Finding, source: u32) -> Diagnostic {
    let span = Span::new(source, finding.range.start, finding.range.end);
    if finding.language.is_empty() {
        return Diagnostic::new(ErrorKind::ParseError, finding.rule, span).code(finding.code);
    }
    let message = format!("`{}` is {}, not hlang", finding.written, finding.language);
    Diagnostic::new(ErrorKind::ParseError, message, span).code(finding.code).rule(finding.rule)
}

/// Does a word of another language stand between a block's head and its body, where it would be taken for the body?
pub fn is_foreign_in_head(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "then")
}

/// The changed line, if the text can be read at least beyond it.
fn finding_line(finding: &Finding, text: &str) -> Option<String> {
    let first = finding.edits.first()?;
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    let mut last_end = 0;
    for edit in &finding.edits {
        changed.push_str(text.get(from..edit.range.start)?);
        changed.push_str(&edit.text);
        from = edit.range.end;
        last_end = changed.len();
    }
    changed.push_str(text.get(from..)?);
    let readable = match parse_plainly(&changed, 0) {
        Ok(_) => true,
        Err(error) => error.incomplete || error.span.start as usize >= last_end,
    };
    let start = changed[..first.range.start].rfind('\n').map_or(0, |k| k + 1);
    let end = changed[last_end.max(start)..].find('\n').map_or(changed.len(), |k| last_end.max(start) + k);
    let line = changed[start..end].trim();
    (readable && !line.is_empty() && line.len() <= MAX_OFFER && !line.contains('\n')).then(|| line.to_string())
}
