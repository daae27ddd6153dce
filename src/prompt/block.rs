//! Inputs of several lines: their further lines stand under the first one, behind the prompt's width of blanks, and are
//! indented as their blocks and brackets ask.

use crate::syntax::pieces::{self, Open};

/// Blanks of one level.
const LEVEL: usize = 4;

/// The text without the margin, if every further line has it.
pub(super) fn without_margin(text: &str, margin: usize) -> String {
    let blanks = " ".repeat(margin);
    let margined = |line: &str| line.trim().is_empty() || line.starts_with(&blanks);
    if pieces::has_long_string(text) || !text.lines().skip(1).all(margined) {
        return text.to_owned();
    }
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(line.get(margin..).unwrap_or("").trim_end());
    }
    out
}

/// The text with the margin before each further line. In a string it would change the value.
pub(super) fn with_margin(text: &str, margin: usize) -> String {
    if pieces::has_long_string(text) {
        return text.to_owned();
    }
    text.replace('\n', &format!("\n{}", " ".repeat(margin)))
}

/// A new line after this text, with the blanks that it begins with.
pub(super) fn new_line(before: &str, margin: usize) -> String {
    let columns = match pieces::open_at_end(before) {
        Open::Text => return "\n".to_owned(),
        Open::Blocks(depth) => margin + LEVEL * depth,
        Open::Bracket(at) => {
            let line = before[..at].rfind('\n').map_or(0, |newline| newline + 1);
            // The first line has the prompt before it.
            let prompt = if line == 0 { margin } else { 0 };
            prompt + before[line..at].chars().count() + 1
        }
    };
    format!("\n{}", " ".repeat(columns))
}

/// Words that stand one level further out than what is before them.
const OUTER: &[&str] = &["end", "else", "elseif", "catch", "finally"];

/// The present line as it should begin, where the letter completes a word that stands further out.
pub(super) fn moved_out(before: &str, letter: char, margin: usize) -> Option<String> {
    let start = before.rfind('\n')? + 1;
    let word = format!("{}{letter}", before[start..].trim_start());
    if !OUTER.contains(&word.as_str()) {
        return None;
    }
    let Open::Blocks(depth @ 1..) = pieces::open_at_end(&before[..start]) else { return None };
    let columns = margin + LEVEL * (depth - 1);
    let now = before[start..].chars().take_while(|c| *c == ' ').count();
    (now > columns).then(|| format!("{}{word}", " ".repeat(columns)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_comes_and_goes() {
        let text = "function f(x)\n    x + 1\nend";
        let typed = with_margin(text, 7);
        assert_eq!(typed, "function f(x)\n           x + 1\n       end");
        assert_eq!(without_margin(&typed, 7), text);
        assert_eq!(without_margin(text, 7), text);
        let string = "s = \"\"\"a\n       b\"\"\"";
        assert_eq!(without_margin(string, 7), string);
    }

    #[test]
    fn lines_are_indented() {
        assert_eq!(new_line("for i in 1:2", 7), format!("\n{}", " ".repeat(11)));
        assert_eq!(new_line("A = [1 2", 7), format!("\n{}", " ".repeat(12)));
        assert_eq!(new_line("s = \"\"\"a", 7), "\n");
        assert_eq!(moved_out("for i in 1:2\n           en", 'd', 7), Some("       end".to_owned()));
        assert_eq!(moved_out("for i in 1:2\n       en", 'd', 7), None);
        assert_eq!(moved_out("for i in 1:2\n           be", 'd', 7), None);
    }
}
