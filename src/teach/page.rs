//! The page that an explanation is written on: wrapped text, columns of labels and texts, pictures beside each other.

use super::picture::{Picture, Table, beside};
use crate::value::{Screen, Style, Value};
use unicode_width::UnicodeWidthStr;

/// Blanks before what belongs to a heading.
const INDENT: usize = 2;

/// Blanks between the columns of a table.
const GAP: usize = 2;

/// A blank at which no line is broken.
const FIXED_BLANK: char = '\u{a0}';

/// Columns that are used even if the screen has fewer.
const NARROWEST: usize = 24;

/// Text for a screen, in lines that fit.
pub struct Page {
    width: usize,
    plain: bool,
    out: String,
}

/// A piece of an equation.
pub enum Piece {
    /// `*`, `=`, `→`
    Sign(&'static str),
    /// `x =`; left out where the pieces stand below each other.
    Caption(String),
    /// A value, with what it is called where it stands alone.
    Value(String, Value),
    /// A picture that is no value.
    Drawn(String, Picture),
}

impl Piece {
    fn name(&self) -> &str {
        match self {
            Piece::Sign(_) | Piece::Caption(_) => "",
            Piece::Value(name, _) | Piece::Drawn(name, _) => name,
        }
    }

    fn picture(&self, width: usize) -> Picture {
        match self {
            Piece::Sign(sign) => Picture::text(sign),
            Piece::Caption(text) => Picture::text(text),
            Piece::Value(_, value) => Picture::of(value, width),
            Piece::Drawn(_, picture) => picture.clone(),
        }
    }
}

impl Page {
    /// An empty page for a screen.
    pub fn new(screen: Screen) -> Page {
        Page { width: screen.cols.max(NARROWEST), plain: screen.style == Style::Plain, out: String::new() }
    }

    /// Columns for what belongs to a heading.
    pub fn room(&self) -> usize {
        self.width - INDENT
    }

    /// A line at the margin.
    pub fn heading(&mut self, text: &str) {
        self.wrapped("", 2 * INDENT, text);
    }

    /// Text below a heading.
    pub fn text(&mut self, text: &str) {
        self.wrapped(&" ".repeat(INDENT), 0, text);
    }

    /// An empty line, unless the page is empty or one is there.
    pub fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Rows of cells in columns; the last cell is wrapped within its own column, or below where that is narrow.
    pub fn table<const N: usize>(&mut self, rows: &[[String; N]]) {
        let widths = std::array::from_fn::<usize, N, _>(|k| rows.iter().map(|row| row[k].width()).max().unwrap_or(0));
        let before: usize = widths[..N - 1].iter().filter(|width| **width > 0).map(|width| width + GAP).sum();
        let crowded = before + INDENT > self.width / 2;
        for row in rows {
            let mut start = " ".repeat(INDENT);
            for (cell, width) in row[..N - 1].iter().zip(widths).filter(|(_, width)| *width > 0) {
                start.push_str(&padded(cell, width + GAP));
            }
            if crowded && start.width() + row[N - 1].width() > self.width {
                let start = start.trim_end().to_string();
                self.wrapped("", 2 * INDENT, &start);
                self.wrapped(&" ".repeat(2 * INDENT), 0, &row[N - 1]);
            } else {
                self.wrapped(&start, 0, &row[N - 1]);
            }
        }
    }

    /// Lines as they are; what is too long is left to the screen.
    pub fn lines(&mut self, lines: &[String]) {
        for line in lines {
            self.push(&format!("{}{line}", " ".repeat(INDENT)));
        }
    }

    /// Matrices and the signs between them, beside each other if they fit, with columns left out if that helps; else
    /// one below the other with their names.
    pub fn equation(&mut self, pieces: &[Piece]) {
        let room = self.room();
        let count = pieces.iter().filter(|piece| !piece.name().is_empty()).count().max(1);
        for width in [room, room.saturating_sub(4 * count) / count] {
            let line = beside(&pieces.iter().map(|piece| piece.picture(width)).collect::<Vec<_>>());
            if line.width() <= room {
                return self.lines(line.lines());
            }
        }
        for piece in pieces.iter().filter(|piece| !piece.name().is_empty()) {
            let caption = Picture::text(&format!("{} =", piece.name()));
            let named = beside(&[caption, piece.picture(room.saturating_sub(piece.name().width() + 3))]);
            if named.width() <= room {
                self.lines(named.lines());
            } else {
                self.text(&format!("{} =", piece.name()));
                self.lines(piece.picture(room).lines());
            }
        }
    }

    /// Rows of a comparison: cells in columns, beside each a picture where there is room, else below.
    pub fn outcomes(&mut self, rows: &[([String; 3], Option<Value>)]) {
        let width =
            |k: usize| rows.iter().filter(|row| row.1.is_some() || k < 2).map(|(cells, _)| cells[k].width()).max();
        let [first, second, third] = [0, 1, 2].map(|k| width(k).unwrap_or(0));
        for (k, (cells, value)) in rows.iter().enumerate() {
            let picture = value.as_ref().map(|value| Picture::of(value, self.room()));
            let tall = |value: &Option<Value>| value.as_ref().is_some_and(|value| Table::of(value).shape().0 > 1);
            if k > 0 && (tall(value) || tall(&rows[k - 1].1)) {
                self.blank();
            }
            let start = format!("{}{}", padded(&cells[0], first + GAP), padded(&cells[1], second + GAP));
            let whole = Picture::text(&format!("{start}{}", padded(&cells[2], third + GAP)));
            match picture {
                None => self.wrapped(&format!("{}{start}", " ".repeat(INDENT)), 0, &cells[2]),
                Some(picture) if whole.width() + picture.width() < self.room() => {
                    self.lines(beside(&[whole, picture]).lines());
                }
                Some(picture) => {
                    self.wrapped(&format!("{}{start}", " ".repeat(INDENT)), 0, &cells[2]);
                    let indent = Picture::text(&" ".repeat(INDENT));
                    self.lines(beside(&[indent, picture]).lines());
                }
            }
        }
    }

    /// The text.
    pub fn finish(self) -> String {
        if self.plain { ascii(&self.out) } else { self.out }
    }

    /// A paragraph: `start`, then words up to the width, further lines below the end of `start` and `hang` more.
    fn wrapped(&mut self, start: &str, hang: usize, text: &str) {
        let below = " ".repeat((start.width() + hang).min(self.width / 2));
        let mut line = start.to_string();
        let mut fresh = true;
        for word in text.split(' ') {
            let gap = usize::from(!fresh);
            if !fresh && line.width() + gap + word.width() > self.width {
                self.push(&line);
                line = below.clone();
                fresh = true;
            }
            if !fresh {
                line.push(' ');
            }
            line.push_str(word);
            fresh = false;
        }
        self.push(&line);
    }

    fn push(&mut self, line: &str) {
        self.out.push_str(&line.trim_end().replace(FIXED_BLANK, " "));
        self.out.push('\n');
    }
}

/// A text that stays on one line.
pub fn unbroken(text: &str) -> String {
    text.chars().map(|c| if c == ' ' { FIXED_BLANK } else { c }).collect()
}

/// A text with blanks after it.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The signs of explanations in ASCII.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '×' => out.push('x'),
            '→' => out.push_str("->"),
            '⋯' | '…' => out.push_str("..."),
            '⋮' => out.push(':'),
            '·' => out.push('*'),
            '⎡' | '⎢' | '⎣' | '⎤' | '⎥' | '⎦' | '│' => out.push('|'),
            '├' | '└' => out.push('+'),
            '≈' => out.push('~'),
            '–' => out.push('-'),
            other => out.push(other),
        }
    }
    out
}
