//! Finding in the help by words: functions of the tables, names of other systems, and what else the caller has.

use super::FAMILIES;
use super::foreign::FOREIGN;
use crate::value::function::Example;

/// Results that are given at most.
const MOST: usize = 15;

/// Something that can be found.
pub struct Entry {
    /// How it is used: `sum(A; dims)`.
    pub term: String,
    /// What it does, in a line.
    pub doc: String,
    /// Where words are looked for, in lower case, most telling first: names, text, the rest.
    pub fields: [String; 3],
}

/// What has all the words, best first; if nothing has, what has most of them. Looks in the library, and in `more`.
pub fn find(text: &str, more: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let words: Vec<String> = text.split_whitespace().map(stem).collect();
    let mut found: Vec<(usize, usize, Entry)> = Vec::new();
    for entry in functions().chain(more).chain(foreign()) {
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
    found.into_iter().take(MOST).map(|(.., entry)| entry).collect()
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

fn functions() -> impl Iterator<Item = Entry> {
    let builtins = FAMILIES.iter().flat_map(|(title, family)| family.iter().map(move |builtin| (title, builtin)));
    builtins.map(|(title, builtin)| Entry {
        term: builtin.sig.split(" | ").next().unwrap_or(builtin.sig).to_owned(),
        doc: builtin.doc.to_owned(),
        fields: [
            builtin.name().to_lowercase(),
            format!("{} {}", builtin.doc, builtin.more).to_lowercase(),
            format!("{title} {}", builtin.examples.iter().map(line).collect::<Vec<_>>().join(" ")).to_lowercase(),
        ],
    })
}

fn foreign() -> impl Iterator<Item = Entry> {
    FOREIGN.iter().map(|entry| Entry {
        term: entry.here.to_owned(),
        doc: format!("what {} calls {}", entry.system, entry.name),
        fields: [String::new(), entry.name.to_lowercase(), entry.here.to_lowercase()],
    })
}

fn line(example: &Example) -> &'static str {
    match example {
        Example::Shows(line, _) | Example::Fails(line, _) | Example::Runs(line) => line,
    }
}
