//! Completion: what may stand at the cursor, each with a line of what it is.

use super::symbols;
use crate::console;
use crate::help;
use crate::library;
use crate::session::Session;
use crate::syntax::pieces;
use crate::value::Value;
use crate::value::display::describe;
use rustyline::completion::Pair;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

/// Columns of the list's first part at most: signatures may be long.
const WIDEST: usize = 34;

/// Something that may stand at the cursor.
struct Candidate {
    /// What is put in.
    text: String,
    /// What the list shows for it: a signature, a symbol.
    shown: String,
    /// A line about it.
    about: String,
}

impl Candidate {
    fn new(text: impl Into<String>, shown: impl Into<String>, about: impl Into<String>) -> Candidate {
        Candidate { text: text.into(), shown: shown.into(), about: about.into() }
    }
}

/// Where the part begins that is completed, and what may take its place. A line of the list has so many columns.
pub(super) fn complete(session: &Session, line: &str, cursor: usize, columns: usize) -> (usize, Vec<Pair>) {
    let before = &line[..cursor];
    let (start, mut found) = candidates(session, before);
    found.sort_by(|a, b| a.text.cmp(&b.text));
    found.dedup_by(|a, b| a.text == b.text);
    let width = found.iter().map(|c| c.shown.width()).max().unwrap_or(0).min(WIDEST);
    let pairs = found
        .into_iter()
        .map(|candidate| Pair { display: listed(&candidate, width, columns), replacement: candidate.text });
    (start, pairs.collect())
}

/// A line of the list, not longer than the screen is wide.
fn listed(candidate: &Candidate, width: usize, columns: usize) -> String {
    let blanks = " ".repeat(width.saturating_sub(candidate.shown.width()));
    let line = format!("{}{blanks}  {}", candidate.shown, candidate.about);
    let line = console::for_terminal(&line);
    let mut short = String::new();
    for c in line.trim_end().chars() {
        if short.width() + 3 > columns {
            return short + &console::for_terminal("…");
        }
        short.push(c);
    }
    short
}

fn candidates(session: &Session, before: &str) -> (usize, Vec<Candidate>) {
    if let Some(command) = before.strip_prefix(';') {
        let start = command.rfind(char::is_whitespace).map_or(0, |at| at + 1) + 1;
        return (path_start(before, start), paths(&before[start..]));
    }
    if let Some(start) = pieces::open_string(before) {
        return (path_start(before, start), paths(&before[start..]));
    }
    if let Some(at) = symbol_start(before) {
        return (at, by_symbol(&before[at + 1..]));
    }
    let start = word_start(before);
    let word = &before[start..];
    if before[..start].ends_with('@') {
        return (start - 1, macros(word));
    }
    if let Some(object) = before[..start].strip_suffix('.') {
        return (start, fields(session, &object[word_start(object)..], word));
    }
    let mut found = keywords_of_call(session, before, start, word);
    // After a semicolon a call takes nothing else.
    let only_keywords = !found.is_empty() && before[..start].trim_end().ends_with(';');
    if !word.is_empty() && !only_keywords {
        found.extend(names(session, word));
    }
    (start, found)
}

/// The backslash of a `\name` that ends the text.
fn symbol_start(before: &str) -> Option<usize> {
    let at = before.rfind('\\')?;
    let name = &before[at + 1..];
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(at)
}

fn by_symbol(name: &str) -> Vec<Candidate> {
    let line = |name: &str, symbol: &str| Candidate::new(symbol, format!("\\{name}"), symbol);
    if let Some(symbol) = symbols::symbol(name) {
        return vec![line(name, symbol)];
    }
    // Until one name is left it is the name that is completed.
    let found: Vec<(&str, &str)> = symbols::beginning(name).collect();
    match found.as_slice() {
        [(name, symbol)] => vec![line(name, symbol)],
        several => {
            let listed =
                several.iter().map(|(name, symbol)| Candidate::new(format!("\\{name}"), format!("\\{name}"), *symbol));
            listed.collect()
        }
    }
}

fn word_start(before: &str) -> usize {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '!' || ('\u{2080}'..='\u{209C}').contains(&c);
    before.char_indices().rev().take_while(|(_, c)| part(*c)).last().map_or(before.len(), |(at, _)| at)
}

fn macros(word: &str) -> Vec<Candidate> {
    let begins = |name: &&str| name.strip_prefix('@').is_some_and(|rest| rest.starts_with(word));
    let all = help::SIGNS.iter().flat_map(|sign| sign.names.iter().map(move |name| (name, sign)));
    all.filter(|(name, _)| begins(name)).map(|(name, sign)| Candidate::new(*name, *name, sign.doc)).collect()
}

/// The fields of a named tuple, or what a module has.
fn fields(session: &Session, object: &str, word: &str) -> Vec<Candidate> {
    match session.variable(object) {
        Some(Value::Tuple(tuple)) => {
            let fields = tuple.fields().unwrap_or_default();
            let begins = fields.into_iter().filter(|(name, _)| name.starts_with(word));
            begins.map(|(name, value)| Candidate::new(&*name, &*name, describe(&value))).collect()
        }
        Some(_) => Vec::new(),
        None if library::MODULES.contains(&object) => of_library(word),
        None => Vec::new(),
    }
}

/// The keyword arguments of the call around the cursor.
fn keywords_of_call(session: &Session, before: &str, start: usize, word: &str) -> Vec<Candidate> {
    let Some((callee, inside)) = pieces::open_call(before) else { return Vec::new() };
    let at_argument = start == inside || before[..start].trim_end().ends_with([',', ';', '(']);
    if !at_argument {
        return Vec::new();
    }
    let heads = heads(session, callee);
    let mut found: Vec<Candidate> = Vec::new();
    for head in &heads {
        let keywords = library::keywords_of(head).into_iter().filter(|name| name.starts_with(word));
        found.extend(keywords.map(|name| Candidate::new(format!("{name}="), format!("{name}="), head.clone())));
    }
    if found.is_empty() && word.is_empty() {
        // Nothing to put in, but the signature is what one wants to see.
        found.extend(heads.into_iter().map(|head| Candidate::new("", head, "")));
    }
    found
}

/// The forms in which a function is called.
fn heads(session: &Session, callee: &str) -> Vec<String> {
    let own: Vec<String> = session.definitions(callee).into_iter().map(|definition| definition.head).collect();
    if !own.is_empty() {
        return own;
    }
    help::summary(callee).map_or_else(Vec::new, |(sig, _)| sig.split(" | ").map(str::to_owned).collect())
}

/// Variables, functions, constants, types and keywords.
fn names(session: &Session, word: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    for name in session.names().into_iter().filter(|name| name.starts_with(word)) {
        let heads: Vec<String> = session.definitions(&name).into_iter().map(|definition| definition.head).collect();
        match (heads.first(), session.variable(&name)) {
            (Some(head), _) => found.push(Candidate::new(name, head, "your function")),
            (None, Some(value)) => {
                let about = about(&value);
                found.push(Candidate::new(name.clone(), name, about));
            }
            (None, None) => {}
        }
    }
    let own: Vec<String> = found.iter().map(|candidate| candidate.text.clone()).collect();
    found.extend(of_library(word).into_iter().filter(|candidate| !own.contains(&candidate.text)));
    let letters = |name: &&str| name.starts_with(word) && name.starts_with(char::is_alphabetic);
    for sign in help::SIGNS {
        found.extend(sign.names.iter().copied().filter(letters).map(|name| Candidate::new(name, name, sign.doc)));
    }
    found
}

fn about(value: &Value) -> String {
    let (what, of_type) = (describe(value), value.type_of().to_string());
    if what == of_type { of_type } else { format!("{what} {of_type}") }
}

fn of_library(word: &str) -> Vec<Candidate> {
    let begins = library::names().filter(|name| name.starts_with(word));
    let candidate = |name: &'static str| match (help::summary(name), library::constant(name)) {
        (Some((sig, doc)), _) => Candidate::new(name, sig.split(" | ").next().unwrap_or(sig), doc),
        (None, Some(Value::Type(_))) => Candidate::new(name, name, "a type"),
        (None, Some(value)) => Candidate::new(name, name, describe(&value)),
        (None, None) => Candidate::new(name, name, ""),
    };
    begins.map(candidate).collect()
}

/// Where the last part of a path begins.
fn path_start(before: &str, start: usize) -> usize {
    before[start..].rfind('/').map_or(start, |at| start + at + 1)
}

/// The files and folders whose path begins so; hidden ones only if the dot is there.
fn paths(typed: &str) -> Vec<Candidate> {
    let (folder, beginning) = typed.rsplit_once('/').map_or(("", typed), |(folder, name)| (folder, name));
    let folder = if typed.starts_with('/') && folder.is_empty() { "/" } else { folder };
    let place = match (folder.strip_prefix('~'), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches('/')),
        _ if folder.is_empty() => Path::new(".").to_owned(),
        _ => Path::new(folder).to_owned(),
    };
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let hidden = name.starts_with('.') && !beginning.starts_with('.');
        if name.starts_with(beginning) && !hidden {
            let name = if entry.path().is_dir() { name + "/" } else { name };
            found.push(Candidate::new(name.clone(), name, ""));
        }
    }
    found
}
