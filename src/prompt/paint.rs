//! The colours of what is typed.

use crate::syntax::pieces::{self, Class};

/// Colours that suit the terminal's background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Dark,
    Light,
}

impl Theme {
    /// What terminals say of their background in `COLORFGBG`; dark if they say nothing.
    pub fn of_terminal() -> Theme {
        let told = std::env::var("COLORFGBG").unwrap_or_default();
        match told.rsplit(';').next() {
            Some("7" | "15") => Theme::Light,
            Some(_) | None => Theme::Dark,
        }
    }

    /// The sequence that begins a colour; empty for what stays plain.
    fn style(self, class: Class) -> &'static str {
        let dark = self == Theme::Dark;
        match class {
            Class::Keyword => {
                if dark {
                    "\x1b[95m"
                } else {
                    "\x1b[35m"
                }
            }
            Class::Number => {
                if dark {
                    "\x1b[96m"
                } else {
                    "\x1b[36m"
                }
            }
            Class::Text => "\x1b[32m",
            Class::Comment => "\x1b[90m",
            Class::Operator => {
                if dark {
                    "\x1b[94m"
                } else {
                    "\x1b[34m"
                }
            }
            // The dot decides what is computed: nothing else has its colour.
            Class::Dotted => {
                if dark {
                    "\x1b[1;93m"
                } else {
                    "\x1b[1;31m"
                }
            }
            Class::Macro => {
                if dark {
                    "\x1b[94m"
                } else {
                    "\x1b[34m"
                }
            }
            Class::Bad => "\x1b[31m",
            Class::Name | Class::Field | Class::Bracket => "",
        }
    }
}

/// A name that stands for nothing yet.
const UNKNOWN: &str = "\x1b[2m";

/// The brackets at the cursor.
const PARTNERS: &str = "\x1b[1;7m";

/// What is offered or told, and not typed.
const HINT: &str = "\x1b[90m";

/// The line that names size and type of a result.
const HEADER: &str = "\x1b[36m";

const PLAIN: &str = "\x1b[0m";

/// The text in colour. Names for which `is_known` says no are dimmed; `cursor` lights up the brackets that it stands at.
pub(super) fn paint(text: &str, theme: Theme, is_known: impl Fn(&str) -> bool, cursor: Option<usize>) -> String {
    let bound = pieces::bound_names(text);
    let partners = cursor.and_then(|place| pieces::brackets_at(text, place));
    let mut painted = String::with_capacity(text.len() * 2);
    let mut end = 0;
    for (class, range) in pieces::pieces(text) {
        painted.push_str(&text[end..range.start]);
        end = range.end;
        let piece = &text[range.clone()];
        let style = match class {
            Class::Name if !(bound.contains(piece) || is_known(piece)) => UNKNOWN,
            Class::Bracket if partners.is_some_and(|pair| pair.contains(&(range.end - 1))) => PARTNERS,
            class => theme.style(class),
        };
        push(&mut painted, style, piece);
    }
    painted.push_str(&text[end..]);
    painted
}

/// What is offered or told, and not typed.
pub(super) fn hint(text: &str) -> String {
    let mut painted = String::new();
    push(&mut painted, HINT, text);
    painted
}

/// A result, with the line in colour that names its size and type.
pub(super) fn result(shown: &str) -> String {
    match shown.split_once('\n') {
        Some((header, rest)) if header.ends_with(':') => format!("{HEADER}{header}{PLAIN}\n{rest}"),
        Some(_) | None => shown.to_owned(),
    }
}

/// The prompt in bold, in a colour for what the line is for.
pub(super) fn prompt(text: &str, color: u8) -> String {
    format!("\x1b[1;{color}m{text}{PLAIN}")
}

fn push(painted: &mut String, style: &str, text: &str) {
    painted.push_str(style);
    painted.push_str(text);
    if !style.is_empty() {
        painted.push_str(PLAIN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dark(text: &str, cursor: Option<usize>) -> String {
        paint(text, Theme::Dark, |name| name == "A", cursor)
    }

    #[test]
    fn colours() {
        assert_eq!(dark("A .* 2", None), "A \x1b[1;93m.*\x1b[0m \x1b[96m2\x1b[0m");
        assert_eq!(dark("B", None), "\x1b[2mB\x1b[0m");
        assert_eq!(dark("B = A", None), "B \x1b[94m=\x1b[0m A");
        assert_eq!(dark("(A)", Some(3)), "\x1b[1;7m(\x1b[0mA\x1b[1;7m)\x1b[0m");
    }

    #[test]
    fn nothing_of_the_text_is_lost() {
        for text in ["", "  x # c", "\"a $(b) ", "x'y", "f(\n  ∂x", "#= open", "é $ ~"] {
            let painted = dark(text, Some(0));
            let mut plain = String::new();
            let mut rest = painted.as_str();
            while let Some((before, after)) = rest.split_once('\x1b') {
                plain.push_str(before);
                rest = after.split_once('m').map_or("", |(_, rest)| rest);
            }
            assert_eq!(plain + rest, text);
        }
    }
}
