//! The lines that an error offers, as the next input would be.

use crate::error::{Diagnostic, Offer};
use crate::fault::ErrorKind;
use crate::library;
use crate::session::Session;
use crate::source::Span;
use crate::suggest;
use crate::syntax;

/// Names that are offered in place of a misspelt one.
const MOST_NAMES: usize = 3;

/// The input, changed as the error offers; nothing for an error in another text.
pub(super) fn lines(session: &Session, diagnostic: &Diagnostic, input: &str) -> Vec<String> {
    let here = session.sources().get(diagnostic.span.source).is_some_and(|source| source.text == input);
    if !here {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    let offers = diagnostic.offers.iter().filter_map(|offer| changed(diagnostic, offer, input));
    for line in offers.chain(renamed(session, diagnostic, input)) {
        if !lines.contains(&line) && line != input {
            lines.push(line);
        }
    }
    lines
}

/// The input with what is offered. An offer is a whole line or stands for what the error labels.
fn changed(diagnostic: &Diagnostic, offer: &Offer, input: &str) -> Option<String> {
    let whole = line_around(input, diagnostic.span);
    let labelled = diagnostic.labels.iter().fold(diagnostic.span, |all, label| all.to(label.span));
    let code = spelled_out(diagnostic, &offer.code, input);
    let attempts = match diagnostic.kind {
        ErrorKind::ParseError => [whole, labelled],
        _ => [labelled, whole],
    };
    let lines = attempts.into_iter().filter_map(|span| replaced(input, span, &code));
    lines.into_iter().find(|line| syntax::parse(line, 0).is_ok())
}

/// The offer with the operands themselves, where it calls them by letters.
fn spelled_out(diagnostic: &Diagnostic, code: &str, input: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let word = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        let length = word.max(c.len_utf8());
        let part = &rest[..length];
        let letter = diagnostic.letters.iter().find(|letter| letter.text == part);
        match letter.and_then(|letter| input.get(letter.span.range())) {
            Some(text) if closed(text) => out.push_str(text),
            Some(text) => out.push_str(&format!("({text})")),
            None => out.push_str(part),
        }
        rest = &rest[length..];
    }
    out
}

/// Does a text stay together beside an operator: `[1, 2]`, `f(x)`?
fn closed(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.is_some_and(|inner| !inner.contains(['[', ']']))
}

/// The line, of several, that a place stands in.
fn line_around(input: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let from = input.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let to = input.get(end..).and_then(|after| after.find('\n')).map_or(input.len(), |newline| end + newline);
    Span::new(span.source, from, to)
}

fn replaced(input: &str, span: Span, code: &str) -> Option<String> {
    let (before, after) = (input.get(..span.start as usize)?, input.get(span.end as usize..)?);
    Some(format!("{before}{code}{after}"))
}

/// The input with the nearest names in place of one that is not defined.
fn renamed(session: &Session, diagnostic: &Diagnostic, input: &str) -> Vec<String> {
    let Some(name) = input.get(diagnostic.span.range()) else { return Vec::new() };
    if diagnostic.kind != ErrorKind::UndefVarError || !diagnostic.offers.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = session.names().into_iter().chain(library::names().map(str::to_owned)).collect();
    let near = suggest::nearest(name, names.iter().map(String::as_str), MOST_NAMES);
    near.into_iter().filter_map(|near| replaced(input, diagnostic.span, near)).collect()
}
