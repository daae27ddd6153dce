//! Searching the help: functions, operators and names of other systems by words.

use super::page::Page;
use super::signs::SIGNS;
use crate::library::{self, foreign};
use crate::value::function::Example;

/// Results that are shown at most.
const MOST: usize = 15;

/// Something that can be found.
struct Entry {
    term: String,
    doc: String,
    /// Where words are looked for, most telling first.
    fields: [String; 3],
}

/// Writes what has all the words, best first; if nothing has, what has most of them.
pub fn results(page: &mut Page, text: &str) {
    let found = find(text);
    if found.is_empty() {
        page.text(&format!("Nothing in the help says {text}."));
    }
    for (term, doc) in found {
        page.entry(&term, &doc);
    }
}

/// Writes what the help has about a word that names nothing.
pub fn related(page: &mut Page, topic: &str) {
    let found = find(topic);
    if !found.is_empty() {
        page.blank();
        page.text(&format!("The help says \"{topic}\" here:"));
        for (term, doc) in found.into_iter().take(5) {
            page.entry(&term, &doc);
        }
    }
}

fn find(text: &str) -> Vec<(String, String)> {
    let words: Vec<String> = text.split_whitespace().map(stem).collect();
    let mut found: Vec<(usize, usize, Entry)> = Vec::new();
    for entry in entries() {
        let scores: Vec<usize> = words.iter().map(|word| score(&entry, word)).collect();
        let hits = scores.iter().filter(|score| **score > 0).count();
        if hits > 0 {
            found.push((hits, scores.iter().sum(), entry));
        }
    }
    let most = found.iter().map(|(hits, ..)| *hits).max().unwrap_or(0);
    // Half of the words is too little to be what was meant.
    found.retain(|(hits, ..)| *hits == most && 2 * most > words.len());
    found.sort_by_key(|(_, score, entry)| (std::cmp::Reverse(*score), entry.term.len()));
    found.into_iter().take(MOST).map(|(_, _, entry)| (entry.term, entry.doc)).collect()
}

/// How much a word says about an entry: more in its name than in its text.
fn score(entry: &Entry, word: &str) -> usize {
    const WORTH: [usize; 3] = [9, 4, 1];
    let hits = entry.fields.iter().zip(WORTH).filter(|(field, _)| field.contains(word));
    let name = &entry.fields[0];
    // `kron` is short for the Kronecker product.
    let is_short_for = name.len() > 2 && word.starts_with(name.as_str());
    let named: usize = if name == word || is_short_for { 9 } else { 0 };
    named + hits.map(|(_, worth)| worth).sum::<usize>()
}

/// Lower case, without the ending of a plural: `rows` finds `row`.
fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    match word.strip_suffix('s') {
        Some(singular) if singular.len() > 2 && !singular.ends_with('s') => singular.to_owned(),
        _ => word,
    }
}

fn entries() -> Vec<Entry> {
    let mut all = Vec::new();
    for (title, family) in library::FAMILIES {
        all.extend(family.iter().map(|builtin| Entry {
            term: builtin.sig.split(" | ").next().unwrap_or(builtin.sig).to_owned(),
            doc: builtin.doc.to_owned(),
            fields: [
                builtin.name().to_lowercase(),
                format!("{} {}", builtin.doc, builtin.more).to_lowercase(),
                format!("{title} {}", builtin.examples.iter().map(line).collect::<Vec<_>>().join(" ")).to_lowercase(),
            ],
        }));
    }
    all.extend(SIGNS.iter().map(|sign| Entry {
        term: sign.usage.to_owned(),
        doc: sign.doc.to_owned(),
        fields: [sign.names.join(" ").to_lowercase(), sign.doc.to_lowercase(), String::new()],
    }));
    all.extend(foreign::FOREIGN.iter().map(|entry| Entry {
        term: entry.here.to_owned(),
        doc: format!("what {} calls {}", entry.system, entry.name),
        fields: [String::new(), entry.name.to_lowercase(), entry.here.to_lowercase()],
    }));
    all
}

fn line(example: &Example) -> &'static str {
    match example {
        Example::Shows(line, _) | Example::Fails(line, _) | Example::Runs(line) => line,
    }
}
