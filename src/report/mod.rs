//! Diagnostics as text: what happened, the exact source with its labels, the rule, lines that work, and the calls.
//!
//! miette draws the source; the rest is written here, because an error of hlang says more than one `help:` line.

mod excerpt;
mod snippet;

use crate::error::{Call, Diagnostic, Offer};
use crate::source::Sources;
use unicode_width::UnicodeWidthStr;

/// Calls that are shown before the rest is only counted.
const CALLS_SHOWN: usize = 6;

/// Narrower screens are treated as this wide.
const LEAST_WIDTH: usize = 40;

/// The report that a user reads, with a newline at its end. `width` is the terminal's.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, color: bool, width: usize) -> String {
    let more = format!("more: ?{}", diagnostic.code.number());
    format!("{}  {}\n", render_alone(diagnostic, sources, color, width), Paint { color }.faint(&more))
}

/// The report without the line that says where more is to be read: on the page that explains it.
pub fn render_alone(diagnostic: &Diagnostic, sources: &Sources, color: bool, width: usize) -> String {
    let width = width.max(LEAST_WIDTH);
    let paint = Paint { color };
    let mut out = headline(&paint, &diagnostic.kind.name(), &diagnostic.message);
    out.push_str(&snippet::draw(diagnostic, sources, color, width));
    if let Some(rule) = &diagnostic.rule {
        remark(&mut out, &paint, "rule", rule, width);
    }
    offers(&mut out, &paint, &diagnostic.offers);
    for hint in &diagnostic.hints {
        remark(&mut out, &paint, "hint", hint, width);
    }
    calls(&mut out, &paint, diagnostic, sources);
    out
}

/// An error that is about no place in a program, such as a file that cannot be read.
pub fn render_plain(message: &str, hint: Option<&str>, color: bool) -> String {
    let paint = Paint { color };
    let mut out = format!("{} {}\n", paint.error("error:"), paint.strong(message));
    if let Some(hint) = hint {
        remark(&mut out, &paint, "hint", hint, usize::MAX);
    }
    out
}

/// A warning, which stops nothing.
pub fn render_warning(message: &str, color: bool) -> String {
    format!("{} {message}\n", Paint { color }.remark("warning:"))
}

/// A quiet note beside a result.
pub fn render_note(note: &str, color: bool) -> String {
    let paint = Paint { color };
    note.lines().map(|line| format!("{}\n", paint.faint(line))).collect()
}

/// Colours by meaning; without colour the text itself.
struct Paint {
    color: bool,
}

impl Paint {
    fn error(&self, text: &str) -> String {
        self.code("1;31", text)
    }

    fn strong(&self, text: &str) -> String {
        self.code("1", text)
    }

    fn remark(&self, text: &str) -> String {
        self.code("36", text)
    }

    fn good(&self, text: &str) -> String {
        self.code("32", text)
    }

    fn faint(&self, text: &str) -> String {
        self.code("2", text)
    }

    fn code(&self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
}

fn headline(paint: &Paint, kind: &str, message: &str) -> String {
    if message.is_empty() {
        return format!("{}\n", paint.error(&format!("error: {kind}")));
    }
    format!("{} {}\n", paint.error(&format!("error: {kind}:")), paint.strong(&excerpt::visible(message)))
}

/// `  rule: …` with its further lines under the first.
fn remark(out: &mut String, paint: &Paint, head: &str, text: &str, width: usize) {
    let indent = head.len() + 4;
    for (k, line) in wrap(text, width.saturating_sub(indent)).iter().enumerate() {
        if k == 0 {
            out.push_str(&format!("  {} {line}\n", paint.remark(&format!("{head}:"))));
        } else {
            out.push_str(&format!("{:indent$}{line}\n", ""));
        }
    }
}

fn offers(out: &mut String, paint: &Paint, offers: &[Offer]) {
    if offers.is_empty() {
        return;
    }
    let head = if offers.len() == 1 { "this works:" } else { "these work:" };
    out.push_str(&format!("  {}\n", paint.remark(head)));
    let widest = offers.iter().map(|offer| offer.code.width()).max().unwrap_or(0);
    for offer in offers {
        let gap = widest - offer.code.width();
        out.push_str(&format!("    {}", paint.good(&offer.code)));
        if !offer.gives.is_empty() {
            out.push_str(&format!("{:gap$}  → {}", "", offer.gives));
        }
        out.push('\n');
    }
}

/// Where the error was reached from, innermost call first. Equal neighbours, as a recursion makes them, are counted.
fn calls(out: &mut String, paint: &Paint, diagnostic: &Diagnostic, sources: &Sources) {
    let groups = diagnostic.calls.chunk_by(|a, b| a == b);
    let mut hidden = 0;
    for (k, group) in groups.enumerate() {
        if k >= CALLS_SHOWN {
            hidden += group.len();
            continue;
        }
        let times = if group.len() > 1 { format!(" ({} times)", group.len()) } else { String::new() };
        let line = format!("while calling {}, {}{times}", group[0].name, place(&group[0], diagnostic, sources));
        out.push_str(&format!("  {}\n", paint.faint(&line)));
    }
    if hidden > 0 {
        let line = format!("… and {hidden} more calls");
        out.push_str(&format!("  {}\n", paint.faint(&line)));
    }
}

/// `line 3`, with the source's name if the error itself is in another source.
fn place(call: &Call, diagnostic: &Diagnostic, sources: &Sources) -> String {
    let Some(source) = sources.get(call.span.source) else {
        return "somewhere".to_string();
    };
    let (line, _) = source.line_column(call.span.start as usize);
    if call.span.source == diagnostic.span.source {
        format!("line {line}")
    } else {
        format!("{} line {line}", excerpt::visible(&source.name))
    }
}

/// Breaks a text at blanks into lines of at most `width` columns; a longer word has a line of its own.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut columns = 0;
        for word in paragraph.split_inclusive(' ') {
            let word_columns = word.trim_end().width();
            if columns > 0 && columns + word_columns > width {
                lines.push(line.trim_end().to_string());
                line.clear();
                columns = 0;
            }
            line.push_str(word);
            columns += word.width();
        }
        lines.push(line.trim_end().to_string());
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::ErrorKind;
    use crate::source::Span;

    fn product() -> (Diagnostic, Sources) {
        let mut sources = Sources::default();
        sources.add("demo.hlang", "A = [1 2 3; 4 5 6]\nA * B\n");
        let diagnostic =
            Diagnostic::new(ErrorKind::DimensionMismatch, "columns of A (3) ≠ rows of B (2)", Span::new(0, 21, 22))
                .note("columns of the left (3) ≠ rows of the right (2)")
                .label(Span::new(0, 19, 20), "2×3")
                .label(Span::new(0, 23, 24), "2×3")
                .rule("a matrix product needs as many columns on the left as rows on the right")
                .offer("A .* B", "2×3")
                .offer("A * B'", "2×2");
        (diagnostic, sources)
    }

    #[test]
    fn the_whole_report_in_plain_text() {
        let (diagnostic, sources) = product();
        let expected = "\
error: DimensionMismatch: columns of A (3) ≠ rows of B (2)
   ╭─[demo.hlang:2:3]
 2 │ A * B
   · ┬ ┬ ┬
   · │ │ ╰── 2×3
   · │ ╰── columns of the left (3) ≠ rows of the right (2)
   · ╰── 2×3
   ╰────
  rule: a matrix product needs as many columns on the left as rows on the right
  these work:
    A .* B  → 2×3
    A * B'  → 2×2
  more: ?H0010
";
        assert_eq!(render(&diagnostic, &sources, false, 80), expected);
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let (diagnostic, sources) = product();
        let colored = render(&diagnostic, &sources, true, 80);
        assert!(colored.contains("\x1b[1;31merror: DimensionMismatch:\x1b[0m"));
        let mut plain = String::new();
        let mut rest = colored.as_str();
        while let Some((before, after)) = rest.split_once('\x1b') {
            plain.push_str(before);
            rest = after.split_once('m').map_or("", |(_, text)| text);
        }
        plain.push_str(rest);
        assert_eq!(plain, render(&diagnostic, &sources, false, 80));
    }

    #[test]
    fn calls_of_a_recursion_are_counted() {
        let (mut diagnostic, mut sources) = product();
        let other = sources.add("lib.hlang", "f(x) = f(x)");
        for _ in 0..500 {
            diagnostic.calls.push(Call { name: "f".into(), span: Span::new(other, 7, 11) });
        }
        diagnostic.calls.push(Call { name: "main".into(), span: Span::new(0, 19, 24) });
        let text = render(&diagnostic, &sources, false, 80);
        assert!(
            text.contains("  while calling f, lib.hlang line 1 (500 times)\n  while calling main, line 2\n"),
            "{text}"
        );
    }

    #[test]
    fn words_wrap_under_their_head() {
        let mut out = String::new();
        remark(&mut out, &Paint { color: false }, "rule", "one two three four", 16);
        assert_eq!(out, "  rule: one two\n        three\n        four\n");
    }

    #[test]
    fn a_span_of_no_known_source_has_no_snippet() {
        let diagnostic = Diagnostic::new(ErrorKind::ErrorException, "boom", Span::new(7, 0, 3));
        assert_eq!(render_alone(&diagnostic, &Sources::default(), true, 80).lines().count(), 1);
    }
}
