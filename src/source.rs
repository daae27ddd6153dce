//! Where text comes from and where in it something stands: spans, sources, lines and columns.

use std::rc::Rc;

/// A stretch of a source's bytes. Twelve bytes, so that every node of a tree can carry one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Number of the source in [`Sources`].
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of a source.
    pub fn new(source: u32, start: usize, end: usize) -> Span {
        Span { source, start: start as u32, end: end as u32 }
    }

    /// The shortest stretch that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty stretch just after this one.
    pub fn after(self) -> Span {
        Span { source: self.source, start: self.end, end: self.end }
    }

    /// The bytes as a range, to slice the text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Something and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// The thing.
    pub node: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A thing at a place.
    pub fn new(node: T, span: Span) -> Spanned<T> {
        Spanned { node, span }
    }
}

/// A piece of program text: a file, a line of the prompt, the argument of `-e`.
#[derive(Debug)]
pub struct Source {
    /// What errors call it: the path as the user gave it, or `prompt`, `-e`, `stdin`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// Line and column of a byte, both from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        (line, column)
    }
}

/// Every text read in a session, so that a span can always be shown.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Rc<Source>>,
}

impl Sources {
    /// Adds a text and gives the number that its spans carry.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        self.list.push(Rc::new(Source { name: name.into(), text: text.into() }));
        (self.list.len() - 1) as u32
    }

    /// The text with this number.
    pub fn get(&self, source: u32) -> Option<&Rc<Source>> {
        self.list.get(source as usize)
    }

    /// The text that a span covers; empty if the span is not of these sources.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text.get(span.range())).unwrap_or("")
    }
}
