//! Help on functions: the library's by their tables, the user's by their source and the comment above it.

use super::page::Page;
use crate::library;
use crate::session::Session;
use crate::source::Source;
use crate::value::display::{describe, repr};
use crate::value::function::Example;
use crate::value::{Builtin, Digits, Screen, Style, Type, Value};

/// Other functions that a page names at most.
const MOST_RELATED: usize = 8;

/// A line of what a name stands for, for lists: `sum(A; dims)  Adds …`.
pub fn summary(name: &str) -> Option<(&'static str, &'static str)> {
    library::builtin(name).map(|builtin| (builtin.sig, builtin.doc))
}

/// Signature, text, examples with their outputs, and what belongs to it.
pub fn builtin(page: &mut Page, builtin: &Builtin) {
    for form in builtin.sig.split(" | ") {
        page.heading(form);
    }
    page.blank();
    page.text(builtin.doc);
    if !builtin.more.is_empty() {
        page.blank();
        page.text(builtin.more);
    }
    for example in builtin.examples {
        page.blank();
        self::example(page, example);
    }
    let related = related(builtin);
    if !related.is_empty() {
        page.blank();
        page.faint(&format!("see also: {}", related.join(", ")));
    }
}

fn example(page: &mut Page, example: &Example) {
    match example {
        Example::Shows(line, output) => {
            page.code(&format!("hlang> {line}"));
            page.output(output);
        }
        Example::Fails(line, message) => {
            page.code(&format!("hlang> {line}"));
            page.output(&format!("ERROR: … {message} …"));
        }
        Example::Runs(line) => page.code(&format!("hlang> {line}")),
    }
}

/// The functions that the text names, then those whose text names it, then its neighbours in the table.
fn related(builtin: &Builtin) -> Vec<&'static str> {
    let name = builtin.name();
    let Some((_, family)) = library::FAMILIES.iter().find(|(_, family)| family.iter().any(|b| b.name() == name)) else {
        return Vec::new();
    };
    let own: Vec<&str> = words(builtin).collect();
    let all = || library::FAMILIES.iter().flat_map(|(_, family)| family.iter());
    let named = all().filter(|b| own.contains(&b.name()));
    let naming = all().filter(|b| words(b).any(|word| word == name));
    let place = family.iter().position(|b| b.name() == name).unwrap_or(0);
    let neighbours = family.iter().skip(place.saturating_sub(2)).take(5);
    let mut found: Vec<&str> = Vec::new();
    for other in named.chain(naming).chain(neighbours) {
        if other.name() != name && !found.contains(&other.name()) {
            found.push(other.name());
        }
    }
    found.truncate(MOST_RELATED);
    found
}

/// The names of calls in a text: words that a `(` follows.
fn words(builtin: &Builtin) -> impl Iterator<Item = &'static str> + use<> {
    let calls = |text: &'static str| {
        text.match_indices('(').filter_map(move |(at, _)| {
            let head = &text[..at];
            let start = head
                .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '!'))
                .map_or(0, |k| k + head[k..].chars().next().map_or(1, char::len_utf8));
            Some(&head[start..]).filter(|word| !word.is_empty())
        })
    };
    calls(builtin.doc).chain(calls(builtin.more))
}

/// A constant or type: what it is.
pub fn constant(page: &mut Page, name: &str) -> bool {
    let Some(value) = library::constant(name) else { return false };
    page.heading(name);
    page.blank();
    match &value {
        Value::Type(ty) => page.text(&type_text(ty)),
        Value::Nothing => page.text("The value of what gives none; the prompt does not show it."),
        Value::Scaling(_) => page.text("The identity matrix of whatever size fits: A + I, 2I, I(3)."),
        value => page.text(&format!("The constant {}.", repr(value))),
    }
    true
}

fn type_text(ty: &Type) -> String {
    let name = ty.to_string();
    let usage = match name.as_str() {
        "Int64" | "Float64" | "Bool" | "ComplexF64" => format!("{name}(x) converts, {name}.(A) every element"),
        _ => format!("x isa {name} asks for it"),
    };
    format!("The type {name}: {usage}, typeof(x) gives a value's type.")
}

/// What the user has under a name: a function with its source and the comment above, or a value.
pub fn own(page: &mut Page, session: &Session, name: &str) -> bool {
    let Some(value) = session.variable(name) else { return false };
    let definitions = session.definitions(name);
    if definitions.is_empty() {
        page.heading(&format!("{name}: {}", kind(&value)));
        page.blank();
        let screen = Screen { rows: 12, cols: 76, style: Style::Julia, digits: Digits::Usual };
        page.output(&crate::value::display::display_text(&value, screen));
        return true;
    }
    let sources = session.sources();
    for (k, definition) in definitions.iter().enumerate() {
        if k > 0 {
            page.blank();
        }
        page.heading(&definition.head);
        let Some(source) = sources.get(definition.span.source) else { continue };
        let comment = comment_above(source, definition.span.start as usize);
        if !comment.is_empty() {
            page.blank();
            page.text(&comment);
        }
        page.blank();
        page.code(sources.text(definition.span));
        page.faint(&format!("{}, line {}", source.name, source.line_column(definition.span.start as usize).0));
    }
    true
}

fn kind(value: &Value) -> String {
    let (what, of_type) = (describe(value), value.type_of().to_string());
    if what == of_type { what } else { format!("{what}, {of_type}") }
}

/// The lines `# …` that stand directly above the line of a place.
fn comment_above(source: &Source, at: usize) -> String {
    let before = &source.text[..source.text.floor_char_boundary(at)];
    let above = before.rfind('\n').map_or("", |end| &before[..end]);
    let mut lines: Vec<&str> = Vec::new();
    for line in above.lines().rev() {
        match line.trim_start().strip_prefix('#') {
            Some(text) => lines.push(text.strip_prefix(' ').unwrap_or(text)),
            None => break,
        }
    }
    lines.reverse();
    lines.join("\n")
}
