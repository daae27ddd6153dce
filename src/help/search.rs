//! Searching the help: functions, operators and names of other systems by words.

use super::page::Page;
use super::signs::SIGNS;
use crate::library::find::{Entry, find};

/// Writes what has all the words, best first; if nothing has, what has most of them.
pub fn results(page: &mut Page, text: &str) {
    let found = find(text, signs());
    if found.is_empty() {
        page.text(&format!("Nothing in the help says {text}."));
    }
    for entry in found {
        page.entry(&entry.term, &entry.doc);
    }
}

/// Writes what the help has about a word that names nothing.
pub fn related(page: &mut Page, topic: &str) {
    let found = find(topic, signs());
    if !found.is_empty() {
        page.blank();
        page.text(&format!("The help says \"{topic}\" here:"));
        for entry in found.into_iter().take(5) {
            page.entry(&entry.term, &entry.doc);
        }
    }
}

fn signs() -> impl Iterator<Item = Entry> {
    SIGNS.iter().map(|sign| Entry {
        term: sign.usage.to_owned(),
        doc: sign.doc.to_owned(),
        fields: [sign.names.join(" ").to_lowercase(), sign.doc.to_lowercase(), String::new()],
    })
}
