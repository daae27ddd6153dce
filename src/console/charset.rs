//! Terminals that do not show UTF-8: what hlang draws and writes, in ASCII.

use std::borrow::Cow;
use std::sync::OnceLock;

/// Does the terminal show UTF-8, as far as the locale tells? Where nothing tells, it does.
fn shows_unicode() -> bool {
    static ANSWER: OnceLock<bool> = OnceLock::new();
    *ANSWER.get_or_init(|| {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        cfg!(windows) || is_utf8(["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).as_deref())
    })
}

/// Is this locale one of UTF-8?
fn is_utf8(locale: Option<&str>) -> bool {
    locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// A text as the terminal can show it.
pub fn for_terminal(text: &str) -> Cow<'_, str> {
    if shows_unicode() { Cow::Borrowed(text) } else { in_ascii(text) }
}

fn in_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // Dots between columns take as much room as before.
    for c in text.replace("  …  ", " ... ").chars() {
        match c {
            c if c.is_ascii() => out.push(c),
            '─' | '━' => out.push('-'),
            '│' | '┃' => out.push('|'),
            '╭' | '╮' | '╰' | '╯' | '├' | '┤' | '┬' | '┴' | '┼' => out.push('+'),
            '▶' => out.push('>'),
            '×' | '✗' => out.push('x'),
            '·' | '⋅' => out.push('.'),
            '⋮' => out.push(':'),
            '⋱' => out.push('\\'),
            '…' | '⋯' => out.push_str("..."),
            '⟨' => out.push('<'),
            '⟩' => out.push('>'),
            '≠' => out.push_str("!="),
            '≤' => out.push_str("<="),
            '≥' => out.push_str(">="),
            '→' => out.push_str("->"),
            '↑' => out.push_str("Up"),
            'π' => out.push_str("pi"),
            '√' => out.push_str("sqrt"),
            '÷' => out.push_str("div"),
            '⊙' => out.push_str("(.)"),
            '⊗' => out.push_str("(x)"),
            _ => out.push('?'),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales() {
        for (locale, answer) in
            [("C.UTF-8", true), ("de_DE.utf8", true), ("C", false), ("POSIX", false), ("en_US", false)]
        {
            assert_eq!(is_utf8(Some(locale)), answer, "{locale}");
        }
        assert!(is_utf8(None));
    }

    #[test]
    fn what_has_a_form_in_ascii() {
        assert_eq!(in_ascii("2×3 ╭─ 1.0  …  1.0 ⟨2×2 ✗⟩ é"), "2x3 +- 1.0 ... 1.0 <2x2 x> ?");
        assert!(matches!(in_ascii("plain"), Cow::Borrowed("plain")));
    }
}
