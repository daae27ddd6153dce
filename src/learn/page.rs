//! The page that a lesson is written on: text in lines that fit the terminal, code set off from it.

use crate::report;
use crate::teach;
use crate::value::{Screen, Style};
use unicode_width::UnicodeWidthStr;

/// Blanks before everything.
pub const INDENT: usize = 2;

/// Columns of text at most: longer lines are hard to read.
const WIDEST: usize = 80;

/// Columns that are used even if the screen has fewer.
const NARROWEST: usize = 24;

/// A blank at which no line is broken.
const FIXED_BLANK: char = '\u{a0}';

/// The mark of code where colour replaces it: a sign without width.
const NO_COLUMN: char = '\u{2060}';

const BOLD: &str = "\x1b[1m";
const CODE: &str = "\x1b[36m";
const FAINT: &str = "\x1b[2m";
const GOOD: &str = "\x1b[1;32m";
const BAD: &str = "\x1b[1;33m";
const PLAIN: &str = "\x1b[0m";

/// Text that is being written. Code in it stands between backticks, which colour replaces.
pub struct Page {
    width: usize,
    color: bool,
    ascii: bool,
    out: String,
}

impl Page {
    /// An empty page.
    pub fn new(screen: Screen, color: bool) -> Page {
        let width = screen.cols.clamp(NARROWEST, WIDEST) - INDENT;
        Page { width, color, ascii: screen.style == Style::Plain, out: String::new() }
    }

    /// A heading: what is begun, and where in it one is.
    pub fn heading(&mut self, text: &str, place: &str) {
        let gap = if place.is_empty() { "" } else { "  " };
        let (text, place) = (self.signs(text), self.signs(place));
        let (text, place) = (self.styled(BOLD, &text), self.styled(FAINT, &place));
        self.push(&format!("{text}{gap}{place}"));
    }

    /// A paragraph. What begins with `- ` is an item of a list.
    pub fn text(&mut self, text: &str) {
        match text.strip_prefix("- ") {
            Some(item) => self.wrapped("- ", item),
            None => self.wrapped("", text),
        }
    }

    /// A paragraph that begins with a word of praise.
    pub fn right(&mut self, word: &str, text: &str) {
        self.judged(GOOD, word, text);
    }

    /// A paragraph that begins with a word of doubt.
    pub fn wrong(&mut self, word: &str, text: &str) {
        self.judged(BAD, word, text);
    }

    fn judged(&mut self, style: &str, word: &str, text: &str) {
        let text = format!("{} {text}", word.replace(' ', &FIXED_BLANK.to_string()));
        let from = self.out.len();
        self.wrapped("", text.trim_end());
        if self.color {
            let written = self.out[from..].replacen(word, &format!("{style}{word}{PLAIN}"), 1);
            self.out.truncate(from);
            self.out.push_str(&written);
        }
    }

    /// Lines as they are.
    pub fn picture(&mut self, text: &str) {
        for line in self.signs(text).lines() {
            let line = self.styled(CODE, &format!("  {line}"));
            self.push(&line);
        }
    }

    /// A choice: its number and what it is.
    pub fn choice(&mut self, number: usize, text: &str) {
        let text = self.signs(text);
        let line = format!("{}  {text}", self.styled(BOLD, &number.to_string()));
        self.push(&line);
    }

    /// Lines as they are, below what they belong to.
    pub fn lines(&mut self, text: &str) {
        for line in text.lines() {
            self.push(line);
        }
    }

    /// Rows of three columns, the first in the style of code; the last is wrapped below itself.
    pub fn rows(&mut self, rows: &[[String; 3]]) {
        let [first, second] = [0, 1].map(|k| rows.iter().map(|row| row[k].width()).max().unwrap_or(0));
        for [a, b, c] in rows {
            let (a, b, c) = (self.signs(a), self.signs(b), self.signs(c));
            let gap = " ".repeat((first + 2).saturating_sub(a.width()));
            let line = format!("{}{gap}{b:second$}  {}", self.styled(CODE, &a), self.styled(FAINT, &c));
            self.push(line.trim_end());
        }
    }

    /// An empty line, unless one is there.
    pub fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.out
    }

    fn wrapped(&mut self, start: &str, text: &str) {
        let text = self.signs(&self.glued(text));
        for (k, line) in report::wrap(&text, self.width.saturating_sub(start.len())).iter().enumerate() {
            let line = self.painted(&line.replace(FIXED_BLANK, " "));
            let before = if k == 0 { start.to_string() } else { " ".repeat(start.len()) };
            self.push(&format!("{before}{line}"));
        }
    }

    /// The text with its code unbroken, between marks that take the columns they will have.
    fn glued(&self, text: &str) -> String {
        let mark = if self.color { NO_COLUMN } else { '`' };
        let glue = |part: &str| part.replace(' ', &FIXED_BLANK.to_string());
        let parts = text.split('`').enumerate();
        let parts = parts.map(|(k, part)| if k % 2 == 1 { glue(part) } else { part.to_string() });
        parts.collect::<Vec<_>>().join(&mark.to_string())
    }

    /// A line with its code in colour.
    fn painted(&self, line: &str) -> String {
        if !self.color {
            return line.to_string();
        }
        let parts = line.split(NO_COLUMN).enumerate();
        parts.map(|(k, part)| if k % 2 == 1 { self.styled(CODE, part) } else { part.to_string() }).collect()
    }

    /// The text with the signs that the style allows.
    fn signs(&self, text: &str) -> String {
        if self.ascii { teach::ascii(text) } else { text.to_string() }
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{PLAIN}") } else { text.to_string() }
    }

    fn push(&mut self, line: &str) {
        if !line.trim().is_empty() {
            self.out.push_str(&" ".repeat(INDENT));
            self.out.push_str(line.trim_end());
        }
        self.out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Digits;

    fn page(cols: usize, color: bool) -> Page {
        Page::new(Screen { rows: 24, cols, style: Style::Julia, digits: Digits::Usual }, color)
    }

    #[test]
    fn code_is_not_broken() {
        let mut narrow = page(28, false);
        narrow.text("- The product of both is `A .* B` here");
        assert_eq!(narrow.finish(), "  - The product of both is\n    `A .* B` here\n");
    }

    #[test]
    fn colour_stands_for_the_backticks() {
        let mut colored = page(80, true);
        colored.right("Right.", "It is `A .* B`.");
        assert_eq!(colored.finish(), "  \x1b[1;32mRight.\x1b[0m It is \x1b[36mA .* B\x1b[0m.\n");
        let mut narrow = page(26, true);
        narrow.text("A line of `24` columns, in two");
        assert_eq!(narrow.finish(), "  A line of \x1b[36m24\x1b[0m columns, in\n  two\n");
    }
}
