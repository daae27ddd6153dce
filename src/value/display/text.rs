//! Strings as they are shown: quoted, escaped, measured in columns, cut in the middle.

use unicode_width::UnicodeWidthStr;

/// Columns that a text takes on screen.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Writes a string as a literal: in double quotes, with escapes for what could not be read back or seen.
pub fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_hexdigit);
        match c {
            '"' | '\\' | '$' => out.extend(['\\', c]),
            '\0' if !digit_follows => out.push_str("\\0"),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\x0b' => out.push_str("\\v"),
            '\x0c' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\x1b' => out.push_str("\\e"),
            c if c.is_ascii_control() => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if is_visible(c) => out.push(c),
            c if c as u32 > 0xffff && digit_follows => out.push_str(&format!("\\U{:08x}", c as u32)),
            c if c as u32 > 0xffff => out.push_str(&format!("\\U{:x}", c as u32)),
            c if digit_follows => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push_str(&format!("\\u{:x}", c as u32)),
        }
    }
    out.push('"');
}

/// Is the character one that can be seen? Controls, formatting marks and private characters are not.
fn is_visible(c: char) -> bool {
    let hidden = matches!(
        c as u32,
        0xad | 0x600..=0x605
            | 0x61c
            | 0x6dd
            | 0x70f
            | 0x180e
            | 0x200b..=0x200f
            | 0x2028..=0x202e
            | 0x2060..=0x206f
            | 0xe000..=0xf8ff
            | 0xfeff
            | 0xfff9..=0xfffb
            | 0xe0000..=0xe0fff
            | 0xf0000..
    );
    !hidden && !c.is_control()
}

/// Writes a string as a literal, with its middle cut out if it is longer than `limit` columns.
pub fn push_quoted_within(out: &mut String, text: &str, limit: usize) {
    match ends_within(text, limit) {
        None => push_quoted(out, text),
        Some((head, tail)) => {
            push_quoted(out, &text[..head]);
            out.push_str(&format!(" ⋯ {} bytes ⋯ ", tail - head));
            push_quoted(out, &text[tail..]);
        }
    }
}

/// Where the cut begins and ends in bytes, if there is enough to cut out.
fn ends_within(text: &str, limit: usize) -> Option<(usize, usize)> {
    const QUOTES: usize = 2;
    if text.len() <= limit.saturating_sub(QUOTES) {
        return None;
    }
    let note = " ⋯  bytes ⋯ ".chars().count() + 2 * QUOTES;
    let mut chars = limit.max(note + 1) - note;
    // The count of bytes takes room itself; taking it away may make the count longer.
    let digits = digits_of(text.len().saturating_sub(chars));
    chars = chars.saturating_sub(digits);
    if digits != digits_of(text.len() - chars.min(text.len())) {
        chars = chars.saturating_sub(1);
    }
    let head = text.char_indices().nth(chars.div_ceil(2)).map(|(at, _)| at)?;
    let tail = match chars / 2 {
        0 => text.len(),
        count => text.char_indices().rev().nth(count - 1).map(|(at, _)| at)?,
    };
    let least = note + digits_of(text.len() - chars.min(text.len())) - 1;
    let skipped = tail.checked_sub(head)?;
    let worthwhile = 4 * least <= skipped || (least <= skipped && least <= text[head..tail].chars().count());
    worthwhile.then_some((head, tail))
}

fn digits_of(count: usize) -> usize {
    count.checked_ilog10().map_or(1, |log| log as usize + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        let mut out = String::new();
        push_quoted(&mut out, text);
        out
    }

    #[test]
    fn escapes_are_julias() {
        assert_eq!(quoted("quote\"d"), r#""quote\"d""#);
        assert_eq!(quoted("a\n\t\\$x"), r#""a\n\t\\\$x""#);
        assert_eq!(quoted("\0a\x011\x1b\x7f"), r#""\x00a\x011\e\x7f""#);
        assert_eq!(quoted("\0"), r#""\0""#);
        assert_eq!(quoted("x₁ β̂ ✓ 日本 \u{a0}"), "\"x₁ β̂ ✓ 日本 \u{a0}\"");
        assert_eq!(quoted("\u{200b}z\u{200b}1"), r#""\u200bz\u200b1""#);
        assert_eq!(quoted(""), "\"\"");
    }

    #[test]
    fn long_strings_lose_their_middle() {
        let cut = |count| {
            let mut out = String::new();
            push_quoted_within(&mut out, &"x".repeat(count), 80);
            out
        };
        let end = "x".repeat(31);
        assert_eq!(cut(78), quoted(&"x".repeat(78)));
        assert_eq!(cut(100), format!("\"{end}\" ⋯ 38 bytes ⋯ \"{end}\""));
    }
}
