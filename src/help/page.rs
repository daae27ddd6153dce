//! A page of help: headings, running text and lines of code, each set off in its own way.

use unicode_width::UnicodeWidthStr;

/// Columns of running text.
const WIDTH: usize = 76;

const BOLD: &str = "\x1b[1m";
const CODE: &str = "\x1b[36m";
const FAINT: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// A page that is being written.
pub struct Page {
    text: String,
    color: bool,
}

impl Page {
    /// An empty page.
    pub fn new(color: bool) -> Page {
        Page { text: String::new(), color }
    }

    /// A heading, such as a signature.
    pub fn heading(&mut self, text: &str) {
        self.styled(BOLD, text);
    }

    /// Lines of code, as they are.
    pub fn code(&mut self, text: &str) {
        self.styled(CODE, text);
    }

    /// A drawing of several lines, set in from the text.
    pub fn drawing(&mut self, lines: &str) {
        for line in lines.lines() {
            self.line(format!("    {line}").trim_end());
        }
    }

    /// Is the page written in colour?
    pub fn has_color(&self) -> bool {
        self.color
    }

    /// What a line of code gives.
    pub fn output(&mut self, text: &str) {
        for line in text.lines() {
            self.line(line);
        }
    }

    /// A remark that matters less.
    pub fn faint(&mut self, text: &str) {
        self.styled(FAINT, text);
    }

    /// Running text, broken into lines.
    pub fn text(&mut self, text: &str) {
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in paragraph.split(' ') {
                if !line.is_empty() && line.width() + 1 + word.width() > WIDTH {
                    self.line(&std::mem::take(&mut line));
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            self.line(&line);
        }
    }

    /// Two columns: a term, and what it is. A long term gets a line of its own.
    pub fn entry(&mut self, term: &str, text: &str) {
        const TERM: usize = 26;
        let room = WIDTH.saturating_sub(TERM + 2);
        let text = shortened(text, room);
        let blanks = " ".repeat(TERM.saturating_sub(term.width()));
        let term = self.in_style(CODE, term);
        if blanks.is_empty() {
            self.line(&term);
            self.line(&format!("{}  {text}", " ".repeat(TERM)));
        } else {
            self.line(&format!("{term}{blanks}  {text}"));
        }
    }

    /// Two blocks of lines side by side.
    pub fn beside(&mut self, left: &str, right: &str) {
        const GAP: usize = 4;
        // Wide enough for most, so that blocks below each other stand in the same columns.
        const LEFT: usize = 32;
        let width = left.lines().map(UnicodeWidthStr::width).max().unwrap_or(0).max(LEFT) + GAP;
        for k in 0..left.lines().count().max(right.lines().count()) {
            let (l, r) = (left.lines().nth(k).unwrap_or(""), right.lines().nth(k).unwrap_or(""));
            self.line(format!("{l}{}{r}", " ".repeat(width - l.width())).trim_end());
        }
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// The page.
    pub fn finish(self) -> String {
        self.text
    }

    fn styled(&mut self, style: &str, text: &str) {
        for line in text.lines() {
            let line = self.in_style(style, line);
            self.line(&line);
        }
    }

    fn in_style(&self, style: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }

    fn line(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.push_str("  ");
            self.text.push_str(text);
        }
        self.text.push('\n');
    }
}

/// The text, or its beginning with `…`.
fn shortened(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + 2 > columns {
            break;
        }
        short.push(c);
    }
    short.truncate(short.trim_end_matches([' ', ',', ';', ':']).len());
    short + "…"
}
