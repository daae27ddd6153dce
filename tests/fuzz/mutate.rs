//! Programs of the repository with some of their tokens and characters deleted, doubled, swapped and spliced.

use crate::dice::Dice;
use std::path::{Path, PathBuf};

/// What a mutation puts in.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "end",
    "begin",
    "if ",
    "else",
    "elseif ",
    "for ",
    "in ",
    "while true ",
    "do ",
    "->",
    "function ",
    "return ",
    "let ",
    "try ",
    "catch ",
    "finally ",
    "=",
    "==",
    ".",
    "..",
    "...",
    ".*",
    ".=",
    ".+=",
    "'",
    "''",
    "\"",
    "\"\"\"",
    "$(",
    "$",
    "\\",
    "#",
    "#=",
    "=#",
    "@",
    "@.",
    "@show ",
    "@printf \"%d\" ",
    "::",
    ":",
    ";",
    ",",
    "?",
    "&&",
    "||",
    "!",
    "|>",
    "∘",
    "⊗",
    "⊙",
    "√",
    "≤",
    "∉",
    "=>",
    "<:",
    "%",
    "~",
    "^",
    "^-",
    "//",
    "\n",
    " ",
    "\t",
    "\r",
    "\0",
    "\u{feff}",
    "é",
    "日",
    "💥",
    "x₁",
    "′",
    "1e999",
    "0x",
    "0b2",
    "1_",
    "9223372036854775808",
    "1.",
    ".5",
    "im",
    "2x",
    "const ",
    "global ",
    "local ",
    "where ",
    "struct ",
    "using ",
    "macro ",
    "quote ",
    "a.b",
    "a[",
    "f(",
    "x -> ",
];

/// The texts that are mutated.
pub struct Corpus {
    texts: Vec<String>,
}

impl Corpus {
    /// Every conformance case, example, script and mistake of the repository at this path.
    pub fn read(repository: &Path) -> Corpus {
        let mut texts = Vec::new();
        for directory in ["examples", "tests/scripts", "tests/scripts/julia", "tests/diagnostics"] {
            texts.extend(files(&repository.join(directory), "hlang").iter().map(|path| read(path)));
        }
        for path in files(&repository.join("tests/conformance"), "jsonl") {
            let text = read(&path);
            let cases = text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON"));
            texts.extend(cases.map(|case: serde_json::Value| {
                let field = |name: &str| case[name].as_str().unwrap_or_default().to_string();
                format!("{}\n{}", field("setup"), field("expr"))
            }));
        }
        Corpus { texts }
    }

    /// One of the texts, changed in a few places.
    pub fn mutant(&self, dice: &mut Dice) -> String {
        self.mutated(self.text(dice), dice)
    }

    /// This text, changed in a few places.
    pub fn mutated(&self, text: &str, dice: &mut Dice) -> String {
        let mut text: Vec<char> = text.chars().collect();
        for _ in 0..=dice.below(4) {
            self.change(&mut text, dice);
        }
        text.into_iter().collect()
    }

    fn text(&self, dice: &mut Dice) -> &str {
        &self.texts[dice.below(self.texts.len())]
    }

    fn change(&self, text: &mut Vec<char>, dice: &mut Dice) {
        let at = dice.below(text.len() + 1);
        let end = (at + dice.below(6)).min(text.len());
        match dice.below(7) {
            0 => drop(text.drain(at..end)),
            1 | 2 => drop(text.splice(at..at, dice.pick(PIECES).chars())),
            3 => drop(text.splice(at..end, dice.pick(PIECES).chars())),
            4 => {
                let word = word_at(text, at);
                let other: Vec<char> = self.text(dice).chars().collect();
                let from = word_at(&other, dice.below(other.len() + 1));
                text.splice(word, other[from].iter().copied());
            }
            5 => {
                let again = text[at..end].repeat(1 + dice.below(3));
                text.splice(at..at, again);
            }
            _ => {
                let other: Vec<char> = self.text(dice).chars().collect();
                let from = dice.below(other.len() + 1);
                text.truncate(at);
                text.extend_from_slice(&other[from..]);
            }
        }
    }
}

/// The word or the single character at a place; empty at the end of the text.
fn word_at(text: &[char], at: usize) -> std::ops::Range<usize> {
    let in_word = |c: &char| c.is_alphanumeric() || *c == '_';
    let start = text[..at].iter().rposition(|c| !in_word(c)).map_or(0, |k| k + 1);
    let end = text[at..].iter().position(|c| !in_word(c)).map_or(text.len(), |k| at + k);
    if start == end { at..(at + 1).min(text.len()) } else { start..end }
}

/// The files of a directory with this extension, in order.
fn files(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).expect("the directory is part of the repository");
    let paths = entries.map(|entry| entry.expect("its entries can be read").path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text of the repository is UTF-8")
}
