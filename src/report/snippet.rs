//! The labelled source of a report, drawn by miette.

use super::excerpt::{Excerpt, Mark};
use crate::error::Diagnostic;
use crate::source::{Sources, Span};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, ThemeStyles};
use std::fmt;

/// The marked lines of every source that the diagnostic points into; the source of the error itself comes first.
pub(super) fn draw(diagnostic: &Diagnostic, sources: &Sources, color: bool, width: usize) -> String {
    let mut out = String::new();
    for source in involved(diagnostic) {
        let Some(text) = sources.get(source) else { continue };
        let mut excerpt = Excerpt::new(&text.name, &text.text, width);
        let marks = separate(marks_in(diagnostic, source));
        let report = Snippet { labels: excerpt.place(&marks), excerpt };
        out.push_str(&graphics(&report, &marks, color, width));
    }
    out
}

fn involved(diagnostic: &Diagnostic) -> Vec<u32> {
    let mut list = vec![diagnostic.span.source];
    for label in &diagnostic.labels {
        if !list.contains(&label.span.source) {
            list.push(label.span.source);
        }
    }
    list
}

fn marks_in(diagnostic: &Diagnostic, source: u32) -> Vec<Mark> {
    let own = (diagnostic.span, diagnostic.note.clone(), true);
    let others = diagnostic.labels.iter().map(|label| (label.span, Some(label.text.clone()), false));
    std::iter::once(own)
        .chain(others)
        .filter(|(span, ..)| span.source == source)
        .map(|(span, text, primary)| Mark { span, text, primary })
        .collect()
}

/// Makes marks that do not overlap, in the order of the text: equal ones are joined, and one that holds others keeps
/// its first free stretch. miette would draw the inner ones behind the end of the outer one.
fn separate(marks: Vec<Mark>) -> Vec<Mark> {
    let mut joined: Vec<Mark> = Vec::new();
    for mark in marks {
        match joined.iter_mut().find(|known| known.span == mark.span) {
            Some(known) => known.join(mark),
            None => joined.push(mark),
        }
    }
    let spans: Vec<Span> = joined.iter().map(|mark| mark.span).collect();
    for mark in &mut joined {
        mark.span = free_stretch(mark.span, &spans);
    }
    joined.sort_by_key(|mark| (mark.span.start, mark.span.end));
    joined
}

/// The first part of a span that none of the spans inside it covers; the span itself if they cover it whole.
fn free_stretch(span: Span, all: &[Span]) -> Span {
    let inside = |other: &Span| *other != span && span.start <= other.start && other.end <= span.end;
    let mut inner: Vec<Span> = all.iter().filter(|other| inside(other)).copied().collect();
    inner.sort_by_key(|other| other.start);
    let mut start = span.start;
    for other in inner {
        if other.start > start {
            return Span { start, end: other.start, ..span };
        }
        start = start.max(other.end);
    }
    if start < span.end { Span { start, ..span } } else { span }
}

/// What miette is given: labels on an excerpt.
struct Snippet<'a> {
    excerpt: Excerpt<'a>,
    labels: Vec<LabeledSpan>,
}

fn graphics(snippet: &Snippet<'_>, marks: &[Mark], color: bool, width: usize) -> String {
    let mut theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    if color {
        theme.styles = ThemeStyles::ansi();
        let style = |mark: &Mark| if mark.primary { theme.styles.error } else { theme.styles.help };
        theme.styles.highlights = marks.iter().map(style).collect();
    }
    let handler = GraphicalReportHandler::new_themed(theme).with_context_lines(1).with_width(width);
    let mut text = String::new();
    if handler.render_report(&mut text, snippet).is_err() {
        return String::new();
    }
    // miette's own first line holds the message, which the headline has already.
    let drawn = text.split_once('\n').map_or("", |(_, rest)| rest);
    drawn.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

impl fmt::Debug for Snippet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Snippet")
    }
}

impl fmt::Display for Snippet<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet<'_> {}

impl miette::Diagnostic for Snippet<'_> {
    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::ErrorKind;

    fn drawn(text: &str, diagnostic: Diagnostic) -> String {
        let mut sources = Sources::default();
        sources.add("t", text);
        draw(&diagnostic, &sources, false, 80)
    }

    fn error(start: usize, end: usize) -> Diagnostic {
        Diagnostic::new(ErrorKind::ErrorException, "", Span::new(0, start, end))
    }

    #[test]
    fn a_label_inside_the_error() {
        let text = drawn("A[3, 1]", error(0, 7).note("A is 2×3").label(Span::new(0, 2, 3), "row 3 of 2"));
        assert_eq!(text, "   ╭─[t:1:1]\n 1 │ A[3, 1]\n   · ─┬┬\n   ·  │╰── row 3 of 2\n   ·  ╰── A is 2×3\n   ╰────\n");
    }

    #[test]
    fn two_labels_at_one_place_are_joined() {
        let text = drawn("x", error(0, 1).note("here").label(Span::new(0, 0, 1), "a 3-vector"));
        assert!(text.contains("╰── here; a 3-vector"), "{text}");
    }

    #[test]
    fn the_end_of_the_text_can_be_marked() {
        let text = drawn("for i in 1:3", error(12, 12).note("ends here").label(Span::new(0, 0, 3), "never closed"));
        assert!(text.contains("╰── ends here"), "{text}");
        assert!(text.contains("╰── never closed"), "{text}");
        let text = drawn("", error(0, 0).note("empty"));
        assert!(text.contains("empty"), "{text}");
        let text = drawn("[1,\n\n", error(5, 5).note("ends here").label(Span::new(0, 0, 1), "never closed"));
        assert!(text.contains("╰── ends here"), "{text}");
    }

    #[test]
    fn distant_lines_are_drawn_apart() {
        let text = format!("for i in 1:3\n{}end", "x\n".repeat(500));
        let end = text.len();
        let text = drawn(&text, error(end - 3, end).note("closes it").label(Span::new(0, 0, 3), "opens"));
        assert!(text.contains(" 1 │ for i in 1:3"), "{text}");
        assert!(text.contains("502 │ end"), "{text}");
        assert!(text.lines().count() < 12, "{text}");
    }

    #[test]
    fn a_very_long_line_is_cut_around_its_labels() {
        let text = format!("[{}] * [{}]", "1, ".repeat(1_000_000), "2; ".repeat(1_000_000));
        let star = text.find('*').expect("written above");
        let diagnostic = error(star, star + 1)
            .note("does not fit")
            .label(Span::new(0, 0, star - 1), "a vector")
            .label(Span::new(0, star + 2, text.len()), "another vector");
        let text = drawn(&text, diagnostic);
        for label in ["a vector", "does not fit", "another vector"] {
            assert!(text.contains(label), "{text}");
        }
        assert!(text.contains('…') && text.contains("] * ["), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn tabs_wide_characters_and_controls_keep_their_columns() {
        let text = drawn("\tx + \"漢字\" * y", error(15, 16).note("here"));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], " 1 │     x + \"漢字\" * y");
        assert_eq!(lines[2], "   ·                 ┬", "{text}");
        let text = drawn("x\0\x1b[31m y", error(8, 9).note("here"));
        assert!(text.contains("x␀␛[31m y"), "{text}");
    }

    #[test]
    fn a_span_of_many_lines_is_marked_on_its_first() {
        let text = drawn("[1 2\n 3 4] * x", error(10, 11).note("no").label(Span::new(0, 0, 10), "2×2"));
        assert!(text.contains("1 │ [1 2\n   · ──┬─\n   ·   ╰── 2×2"), "{text}");
    }
}
