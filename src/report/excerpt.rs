//! The few lines of a source that a report shows: cut to the screen, free of tabs and control characters, and with
//! their places in the original.
//!
//! miette reads a source from its beginning and draws lines whole. A program may be one line of ten megabytes, so it
//! gets these lines instead.

use crate::source::Span;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a tab stop.
const TAB: usize = 4;

/// Columns that line number and frame take beside a line.
const GUTTER: usize = 12;

/// What stands for a stretch that was left out.
const ELLIPSIS: char = '…';

/// A stretch of the source with the text that is written under it.
pub(super) struct Mark {
    pub span: Span,
    pub text: Option<String>,
    /// Is it the error's own place?
    pub primary: bool,
}

impl Mark {
    /// Takes another mark of the same place in.
    pub fn join(&mut self, other: Mark) {
        self.primary |= other.primary;
        self.text = match (self.text.take(), other.text) {
            (Some(a), Some(b)) if a != b => Some(format!("{a}; {b}")),
            (a, b) => a.or(b),
        };
    }
}

/// Lines of a source with their marks.
pub(super) struct Excerpt<'a> {
    name: String,
    source: &'a str,
    width: usize,
    blocks: Vec<Block>,
}

/// Consecutive lines that are drawn together. Blocks follow each other in one space of offsets, a byte apart.
struct Block {
    offset: usize,
    text: String,
    /// Number of the first line, from 0.
    line: usize,
    lines: usize,
    /// Where in the original this block's error is, for the `name:line:column` on top.
    column: usize,
    column_line: usize,
}

/// A line of the source, as offsets without its newline.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    start: usize,
    end: usize,
    number: usize,
}

impl<'a> Excerpt<'a> {
    /// No lines yet.
    pub fn new(name: &str, source: &'a str, width: usize) -> Excerpt<'a> {
        let width = width.saturating_sub(GUTTER).max(GUTTER);
        Excerpt { name: visible(name), source, width, blocks: Vec::new() }
    }

    /// Takes the lines of the marks in and gives the marks' places in the excerpt. Marks come in the order of the text.
    pub fn place(&mut self, marks: &[Mark]) -> Vec<LabeledSpan> {
        let mut labels = Vec::new();
        let mut known = Line { start: 0, end: 0, number: 0 };
        let mut rest = marks;
        let mut last: Option<usize> = None;
        while let Some(first) = rest.first() {
            let line = self.line_of(first.span.start as usize, known);
            known = line;
            let here = rest.iter().take_while(|mark| mark.span.start as usize <= line.end).count().max(1);
            let (on_line, later) = rest.split_at(here);
            rest = later;
            if last.is_none_or(|number| number + 1 != line.number) {
                self.begin_block(line.number);
            }
            last = Some(line.number);
            self.push_line(line, on_line, &mut labels);
        }
        labels
    }

    /// The line around an offset; `known` is a line before it, so that the source is walked only once.
    fn line_of(&self, offset: usize, known: Line) -> Line {
        let offset = self.source.floor_char_boundary(offset);
        let start = self.source[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.source[offset..].find('\n').map_or(self.source.len(), |at| offset + at);
        let newlines = self.source.as_bytes()[known.start..start.max(known.start)].iter().filter(|b| **b == b'\n');
        Line { start, end, number: known.number + newlines.count() }
    }

    fn begin_block(&mut self, line: usize) {
        let offset = self.blocks.last().map_or(0, |block| block.offset + block.text.len() + 1);
        self.blocks.push(Block { offset, text: String::new(), line, lines: 0, column: 0, column_line: line });
    }

    fn push_line(&mut self, line: Line, marks: &[Mark], labels: &mut Vec<LabeledSpan>) {
        let kept = self.kept(line, marks);
        let source = self.source;
        let Some(block) = self.blocks.last_mut() else { return };
        let begin = block.text.len();
        let places = write_line(&mut block.text, source, line, &kept);
        for (k, mark) in marks.iter().enumerate() {
            let (start, end) = within(line, mark.span);
            let from = block.offset + places.of(start, block.text.len());
            let to = (block.offset + places.of(end, block.text.len())).max(from);
            // Nothing to underline at the end of a line: the place behind it is marked.
            let length = if to == from && start == line.end { 1 } else { to - from };
            let span = SourceSpan::from((from, length));
            labels.push(if mark.primary {
                LabeledSpan::new_primary_with_span(mark.text.clone(), span)
            } else {
                LabeledSpan::new_with_span(mark.text.clone(), span)
            });
            if mark.primary || (k == 0 && begin == 0) {
                block.column = source[line.start..start].chars().count();
                block.column_line = line.number;
            }
        }
        block.text.push('\n');
        block.lines += 1;
    }

    /// The stretches of a line that are shown: all of it, or what stands around its marks.
    fn kept(&self, line: Line, marks: &[Mark]) -> Vec<(usize, usize)> {
        let text = &self.source[line.start..line.end];
        // A character takes at most four bytes, so that a much longer text need not be measured.
        let fits = text.len() <= 8 * self.width && columns(text) <= self.width;
        if fits {
            return vec![(line.start, line.end)];
        }
        let edges = 2 * marks.len().max(1);
        let around = (self.width / edges / 2).clamp(3, 20);
        let mut kept: Vec<(usize, usize)> = Vec::new();
        for mark in marks {
            let (start, end) = within(line, mark.span);
            kept.push((self.back(line, start, around), self.forward(line, start, around)));
            kept.push((self.back(line, end, around), self.forward(line, end, around)));
        }
        kept.sort_unstable();
        let mut merged: Vec<(usize, usize)> = Vec::new();
        for (start, end) in kept {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }

    /// The offset up to `columns` columns before `at`.
    fn back(&self, line: Line, at: usize, columns: usize) -> usize {
        let text = &self.source[line.start..at];
        let bytes: usize = take_columns(text.chars().rev(), columns);
        at - bytes
    }

    /// The offset up to `columns` columns after `at`.
    fn forward(&self, line: Line, at: usize, columns: usize) -> usize {
        let text = &self.source[at..line.end];
        at + take_columns(text.chars(), columns)
    }
}

/// Bytes of the first characters that take up to `columns` columns.
fn take_columns(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut taken = 0;
    let mut bytes = 0;
    for c in characters {
        taken += shown(c).width().unwrap_or(0).max(1);
        if taken > columns {
            break;
        }
        bytes += c.len_utf8();
    }
    bytes
}

/// The part of a span that lies on a line: a span of several lines is marked on its first.
fn within(line: Line, span: Span) -> (usize, usize) {
    let start = (span.start as usize).clamp(line.start, line.end);
    let end = (span.end as usize).clamp(start, line.end);
    (start, end)
}

/// Where the characters of the original went.
struct Places {
    /// Offset in the original and in the block, ascending.
    list: Vec<(usize, usize)>,
}

impl Places {
    /// The new offset of the first shown character at or after `offset`.
    fn of(&self, offset: usize, end: usize) -> usize {
        let at = self.list.partition_point(|(original, _)| *original < offset);
        self.list.get(at).map_or(end, |(_, new)| *new)
    }
}

/// Writes the kept stretches of a line, with tabs spread and control characters made visible.
fn write_line(out: &mut String, source: &str, line: Line, kept: &[(usize, usize)]) -> Places {
    let mut places = Places { list: Vec::new() };
    let mut column = 0;
    let mut shown_to = line.start;
    for &(start, end) in kept {
        if start > shown_to {
            places.list.push((shown_to, out.len()));
            out.push(ELLIPSIS);
            column += 1;
        }
        for (at, c) in source[start..end].char_indices() {
            places.list.push((start + at, out.len()));
            if c == '\t' {
                let spaces = TAB - column % TAB;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            } else if c != '\r' || start + at + 1 != line.end {
                out.push(shown(c));
                column += shown(c).width().unwrap_or(0);
            }
        }
        shown_to = end;
    }
    if shown_to < line.end {
        places.list.push((shown_to, out.len()));
        out.push(ELLIPSIS);
    }
    places
}

/// A character as it can be put on a screen: a control character becomes its picture, so that no text can steer the
/// terminal.
fn shown(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or(' '),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// A text with its control characters made visible; newlines and tabs stay.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { c } else { shown(c) }).collect()
}

fn columns(text: &str) -> usize {
    let tabs = text.bytes().filter(|b| *b == b'\t').count();
    text.width() + TAB * tabs
}

impl SourceCode for Excerpt<'_> {
    /// The whole block around the span: blocks are chosen so that they are what there is to see.
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let end = span.offset() + span.len();
        let holds = |block: &&Block| block.offset <= span.offset() && end <= block.offset + block.text.len();
        let block = self.blocks.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        // Without lines around it, miette asks for the place to name on top of the block.
        let (line, column) = if lines_before == 0 { (block.column_line, block.column) } else { (block.line, 0) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            block.text.as_bytes(),
            SourceSpan::from((block.offset, block.text.len())),
            line,
            column,
            // miette joins blocks whose line numbers touch; the lines after the first make them touch.
            block.lines.saturating_sub(1),
        )))
    }
}
