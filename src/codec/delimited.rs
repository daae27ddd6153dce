//! Rows of cells from text and back: blanks or a delimiter between cells, quotes around them as RFC 4180 has it, comments.

use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::push;
use std::borrow::Cow;

/// What stands between the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter<'o> {
    /// Any number of blanks and tabs.
    Blanks,
    /// This text, each time: two of them enclose an empty cell.
    Text(&'o str),
}

/// How a text is cut into cells.
#[derive(Clone, Copy, Debug)]
pub struct Grammar<'o> {
    /// Between cells.
    pub delimiter: Delimiter<'o>,
    /// Between rows; a `\r` before `"\n"` belongs to it.
    pub line_end: &'o str,
    /// May a cell stand in quotes? Two quotes inside of them are one.
    pub quotes: bool,
    /// What begins a comment, which goes on to the end of its line.
    pub comment: Option<&'o str>,
    /// Lines at the beginning that hold no rows.
    pub skip_lines: usize,
    /// Is a line with nothing on it no row?
    pub skip_blank: bool,
}

impl Default for Grammar<'_> {
    fn default() -> Self {
        Grammar {
            delimiter: Delimiter::Blanks,
            line_end: "\n",
            quotes: true,
            comment: None,
            skip_lines: 0,
            skip_blank: true,
        }
    }
}

/// A text with the name of where it came from, for telling what is wrong with it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    /// The path of a file.
    pub name: &'t str,
    /// All of it.
    pub text: &'t str,
}

impl Source<'_> {
    /// The error for what stands at a byte of the text: `iris.csv:3:12: …`, line and character counted from 1.
    #[cold]
    pub fn fault(&self, at: usize, what: impl std::fmt::Display) -> Fault {
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |k| k + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        Fault::argument(format!("{}:{line}:{column}: {what}", self.name))
    }
}

/// One cell: its text without quotes, and the byte at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// Without its quotes.
    pub text: Cow<'t, str>,
    /// In the text.
    pub at: usize,
    /// Did it stand in quotes?
    pub quoted: bool,
}

/// The cells of a text, row by row.
#[derive(Debug)]
pub struct Rows<'t> {
    /// Where they come from.
    pub source: Source<'t>,
    cells: Vec<Cell<'t>>,
    /// Where each row ends among the cells.
    ends: Vec<usize>,
}

impl<'t> Rows<'t> {
    /// Number of rows.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The row with this number from 0.
    pub fn row(&self, k: usize) -> &[Cell<'t>] {
        let start = if k == 0 { 0 } else { self.ends[k - 1] };
        &self.cells[start..self.ends[k]]
    }

    /// Cells of the longest row, from a row on.
    pub fn width(&self, from: usize) -> usize {
        (from..self.count()).map(|k| self.row(k).len()).max().unwrap_or(0)
    }

    /// The error for a row that is longer or shorter than it should be.
    #[cold]
    pub fn fault_of_length(&self, k: usize, width: usize, rule: &str) -> Fault {
        let row = self.row(k);
        let at = row.get(width).or(row.first()).map_or(0, |cell| cell.at);
        let cells = |n: usize| if n == 1 { "1 cell".to_owned() } else { format!("{n} cells") };
        self.source.fault(at, format!("this row has {}, not {width}", cells(row.len()))).rule(rule)
    }
}

/// Cuts a text into rows of cells; an `ArgumentError` with the place where quotes do not fit.
pub fn split<'t>(source: Source<'t>, grammar: &Grammar<'_>) -> Outcome<Rows<'t>> {
    let mut rows = Rows { source, cells: Vec::new(), ends: Vec::new() };
    let mut at = skip_lines(source.text, grammar);
    while at < source.text.len() {
        if rows.ends.len().is_multiple_of(1024) {
            interrupt::check()?;
        }
        let first = rows.cells.len();
        at = row(&mut rows.cells, source, grammar, at)?;
        let blank = match &rows.cells[first..] {
            [] => true,
            [only] => only.text.is_empty() && !only.quoted,
            _ => false,
        };
        if blank && grammar.skip_blank {
            rows.cells.truncate(first);
        } else {
            push(&mut rows.ends, rows.cells.len())?;
        }
    }
    Ok(rows)
}

fn skip_lines(text: &str, grammar: &Grammar<'_>) -> usize {
    let mut at = 0;
    for _ in 0..grammar.skip_lines {
        match text[at..].find(grammar.line_end) {
            Some(k) => at += k + grammar.line_end.len(),
            None => return text.len(),
        }
    }
    at
}

/// One row from a byte of the text; gives where the next one begins.
fn row<'t>(cells: &mut Vec<Cell<'t>>, source: Source<'t>, grammar: &Grammar<'_>, mut at: usize) -> Outcome<usize> {
    let text = source.text;
    loop {
        if grammar.delimiter == Delimiter::Blanks {
            at += text[at..].len() - text[at..].trim_start_matches(is_blank).len();
            if let Some(end) = row_end(text, grammar, at) {
                return Ok(end);
            }
        } else if let Some(end) = row_end(text, grammar, at) {
            // Nothing stands before the end of the line or after a delimiter: an empty cell.
            push(cells, Cell { text: Cow::Borrowed(""), at, quoted: false })?;
            return Ok(end);
        }
        let start = at;
        let cell = if grammar.quotes && text[at..].starts_with('"') {
            let (cell, end) = quoted(source, at)?;
            at = end;
            if !ends_cell(text, grammar, at) {
                return Err(source
                    .fault(at, "a quote closes before this, and the cell goes on")
                    .rule("a quote inside of quotes is written twice, \"\""));
            }
            Cell { text: cell, at: start, quoted: true }
        } else {
            at += plain_length(&text[at..], grammar);
            Cell { text: Cow::Borrowed(&text[start..at]), at: start, quoted: false }
        };
        push(cells, cell)?;
        if let Some(end) = row_end(text, grammar, at) {
            return Ok(end);
        }
        if let Delimiter::Text(delimiter) = grammar.delimiter {
            at += delimiter.len();
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{b}' | '\u{c}' | '\u{a0}')
}

/// Where the next row begins, if this one ends here.
fn row_end(text: &str, grammar: &Grammar<'_>, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if rest.is_empty() {
        return Some(at);
    }
    if let Some(mark) = grammar.comment
        && rest.starts_with(mark)
    {
        return Some(rest.find(grammar.line_end).map_or(text.len(), |k| at + k + grammar.line_end.len()));
    }
    let carriage = usize::from(grammar.line_end == "\n" && rest.starts_with('\r'));
    if rest[carriage..].starts_with(grammar.line_end) {
        return Some(at + carriage + grammar.line_end.len());
    }
    (carriage == rest.len()).then_some(text.len())
}

fn ends_cell(text: &str, grammar: &Grammar<'_>, at: usize) -> bool {
    let delimited = match grammar.delimiter {
        Delimiter::Blanks => text[at..].starts_with(is_blank),
        Delimiter::Text(delimiter) => text[at..].starts_with(delimiter),
    };
    delimited || row_end(text, grammar, at).is_some()
}

/// The bytes of a cell without quotes.
fn plain_length(text: &str, grammar: &Grammar<'_>) -> usize {
    // Most bytes of a table end nothing; only what may end a cell is looked at closely.
    let may_end = |byte: &u8| {
        let delimits = match grammar.delimiter {
            Delimiter::Blanks => *byte <= b' ' || *byte == 0xc2,
            Delimiter::Text(delimiter) => delimiter.as_bytes().first() == Some(byte),
        };
        delimits
            || grammar.line_end.as_bytes().first() == Some(byte)
            || *byte == b'\r'
            || grammar.comment.is_some_and(|mark| mark.as_bytes().first() == Some(byte))
    };
    let mut at = 0;
    while let Some(k) = text.as_bytes()[at..].iter().position(may_end) {
        at += k;
        if ends_cell(text, grammar, at) {
            return at;
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    text.len()
}

/// The cell in the quotes that open here, and where it ends.
fn quoted(source: Source<'_>, open: usize) -> Outcome<(Cow<'_, str>, usize)> {
    let text = source.text;
    let mut at = open + 1;
    loop {
        let Some(k) = text[at..].find('"') else {
            return Err(source.fault(open, "the quote that opens here is never closed"));
        };
        at += k + 1;
        if !text[at..].starts_with('"') {
            break;
        }
        at += 1;
    }
    let inside = &text[open + 1..at - 1];
    let cell = if inside.contains('"') { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
    Ok((cell, at))
}

/// The delimiter that a table has most often in its first line: a comma, a semicolon, a tab or `|`; blanks if none.
pub fn guess(text: &str) -> Delimiter<'static> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut quoted = false;
    let mut counts = [(",", 0), (";", 0), ("\t", 0), ("|", 0)];
    for c in first.chars() {
        quoted ^= c == '"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && delimiter.starts_with(c));
        }
    }
    // Of equally many the first is meant.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| *count > 0).map_or(Delimiter::Blanks, |(delimiter, _)| Delimiter::Text(delimiter))
}

/// Writes a cell; in quotes where it could be taken for something else.
pub fn write_cell(out: &mut String, cell: &str, delimiter: &str) {
    let special = |c: char| matches!(c, '"' | '\n' | '\r');
    if !cell.contains(special) && !cell.contains(delimiter) {
        return out.push_str(cell);
    }
    out.push('"');
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, grammar: Grammar<'_>) -> Result<Vec<Vec<String>>, String> {
        let rows = split(Source { name: "t", text }, &grammar).map_err(|fault| match fault.report() {
            Some(report) => report.message.clone(),
            None => String::new(),
        })?;
        Ok((0..rows.count()).map(|k| rows.row(k).iter().map(|cell| cell.text.to_string()).collect()).collect())
    }

    fn commas() -> Grammar<'static> {
        Grammar { delimiter: Delimiter::Text(","), ..Grammar::default() }
    }

    #[test]
    fn cells_are_cut_at_blanks_or_delimiters() {
        let table: &[(&str, Grammar<'_>, &[&[&str]])] = &[
            ("1 2\n3 4", Grammar::default(), &[&["1", "2"], &["3", "4"]]),
            ("  1 \t 2 \r\n\n3\n", Grammar::default(), &[&["1", "2"], &["3"]]),
            ("a,,b\n,", commas(), &[&["a", "", "b"], &["", ""]]),
            ("\"a,\"\"b\"\"\nc\",d\r\n", commas(), &[&["a,\"b\"\nc", "d"]]),
            ("\"\"\n", commas(), &[&[""]]),
            ("a\r\nb\r", commas(), &[&["a"], &["b"]]),
            ("\n\n", Grammar { skip_blank: false, ..commas() }, &[&[""], &[""]]),
            (
                "x\n1 2 # c\n# d\n3",
                Grammar { comment: Some("#"), skip_lines: 1, ..Grammar::default() },
                &[&["1", "2"], &["3"]],
            ),
            ("1,2;3,4;", Grammar { line_end: ";", ..commas() }, &[&["1", "2"], &["3", "4"]]),
            (
                "a::é::\u{a0}",
                Grammar { delimiter: Delimiter::Text("::"), ..Grammar::default() },
                &[&["a", "é", "\u{a0}"]],
            ),
            ("a\u{a0}é b", Grammar::default(), &[&["a", "é", "b"]]),
            ("\"a\" b", Grammar { quotes: false, ..Grammar::default() }, &[&["\"a\"", "b"]]),
            ("", commas(), &[]),
        ];
        for (text, grammar, wanted) in table {
            let got = cells(text, *grammar).expect("the quotes fit");
            assert_eq!(got, *wanted, "{text:?}");
        }
    }

    #[test]
    fn quotes_that_do_not_fit_are_placed() {
        assert_eq!(cells("a,b\nc,\"d", commas()), Err("t:2:3: the quote that opens here is never closed".to_owned()));
        let goes_on = "t:1:4: a quote closes before this, and the cell goes on";
        assert_eq!(cells("\"é\"b,c", commas()), Err(goes_on.to_owned()));
    }

    #[test]
    fn the_delimiter_is_guessed_outside_of_quotes() {
        assert_eq!(guess("\n\"a,b,c\";d\n1,2,3,4"), Delimiter::Text(";"));
        assert_eq!(guess("a,b;c"), Delimiter::Text(","));
        assert_eq!(guess("1 2"), Delimiter::Blanks);
    }

    #[test]
    fn cells_come_back_as_they_were_written() {
        for cell in ["a", "a,b", "say \"x\"", "two\nlines", "é", " "] {
            let mut text = String::new();
            write_cell(&mut text, cell, ",");
            assert_eq!(cells(&text, commas()), Ok(vec![vec![cell.to_owned()]]));
        }
    }
}
