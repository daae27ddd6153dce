//! Characters, which are strings of length one: tests of what they are, and texts written with escapes.

use crate::fault::{Fault, Outcome, Part};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "isascii(s)",
        doc: "Are all characters ASCII?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(args.text(0)?.is_ascii()))),
        examples: &[Shows("isascii(\"añ\")", "false")],
    },
    Builtin {
        sig: "isspace(s)",
        doc: "Is every character white space?",
        more: "",
        run: Run::Call(|args, _| characters(args, char::is_whitespace)),
        examples: &[Shows("isspace(\" \")", "true")],
    },
    Builtin {
        sig: "isletter(s)",
        doc: "Is every character a letter?",
        more: "",
        run: Run::Call(|args, _| characters(args, char::is_alphabetic)),
        examples: &[Shows("isletter(\"a\")", "true")],
    },
    Builtin {
        sig: "isdigit(s)",
        doc: "Is every character one of 0 to 9?",
        more: "",
        run: Run::Call(|args, _| characters(args, |c| c.is_ascii_digit())),
        examples: &[Shows("isdigit(\"7\")", "true")],
    },
    Builtin {
        sig: "isuppercase(s)",
        doc: "Is every character a capital letter?",
        more: "",
        run: Run::Call(|args, _| characters(args, char::is_uppercase)),
        examples: &[Shows("isuppercase(\"A\")", "true")],
    },
    Builtin {
        sig: "islowercase(s)",
        doc: "Is every character a small letter?",
        more: "",
        run: Run::Call(|args, _| characters(args, char::is_lowercase)),
        examples: &[Shows("islowercase(\"a\")", "true")],
    },
    Builtin {
        sig: "isnumeric(s)",
        doc: "Is every character a number, in any script?",
        more: "",
        run: Run::Call(|args, _| characters(args, char::is_numeric)),
        examples: &[Shows("isnumeric(\"½\")", "true")],
    },
    Builtin {
        sig: "isxdigit(s)",
        doc: "Is every character a hexadecimal digit?",
        more: "",
        run: Run::Call(|args, _| characters(args, |c| c.is_ascii_hexdigit())),
        examples: &[Shows("isxdigit(\"fF0\")", "true")],
    },
    Builtin {
        sig: "iscntrl(s)",
        doc: "Is every character a control character?",
        more: "",
        run: Run::Call(|args, _| characters(args, char::is_control)),
        examples: &[Shows("iscntrl(\"\\n\")", "true")],
    },
    Builtin {
        sig: "ispunct(s)",
        doc: "Is every character a punctuation mark?",
        more: "",
        run: Run::Call(|args, _| characters(args, is_punctuation)),
        examples: &[Shows("ispunct(\"!\")", "true"), Shows("ispunct(\"+\")", "false")],
    },
    Builtin {
        sig: "isprint(s)",
        doc: "Can every character be printed?",
        more: "",
        run: Run::Call(|args, _| characters(args, is_printable)),
        examples: &[Shows("isprint(\"é\")", "true"), Shows("isprint(\"\\n\")", "false")],
    },
    Builtin {
        sig: "ascii(s)",
        doc: "The string itself, if all of its characters are ASCII; an error otherwise.",
        more: "",
        run: Run::Call(ascii),
        examples: &[Shows("ascii(\"ab\")", "\"ab\""), Fails("ascii(\"añ\")", "ASCII")],
    },
    Builtin {
        sig: "isvalid(s) | isvalid(s, k)",
        doc: "Is k the number of a character? A string alone is always valid.",
        more: "",
        run: Run::Call(|args, _| {
            let len = args.text(0)?.chars().count() as i64;
            Ok(Value::bool(args.count() == 1 || (1..=len).contains(&args.int(1)?)))
        }),
        examples: &[Shows("isvalid(\"abc\", 4)", "false")],
    },
    Builtin {
        sig: "nextind(s, k, n = 1)",
        doc: "The index of the next character, or of the nth after it.",
        more: "Characters are numbered 1, 2, 3, …, so it is k + n.",
        run: Run::Call(|args, _| neighbour(args, 1)),
        examples: &[Shows("nextind(\"añb\", 2)", "3")],
    },
    Builtin {
        sig: "prevind(s, k, n = 1)",
        doc: "The index of the character before, or of the nth before it.",
        more: "",
        run: Run::Call(|args, _| neighbour(args, -1)),
        examples: &[Shows("prevind(\"añb\", 3)", "2")],
    },
    Builtin {
        sig: "thisind(s, k)",
        doc: "The index at which character k begins: k.",
        more: "",
        run: Run::Call(|args, _| neighbour(args, 0)),
        examples: &[Shows("thisind(\"añb\", 3)", "3")],
    },
    Builtin {
        sig: "ncodeunits(s)",
        doc: "How many bytes the string takes in UTF-8.",
        more: "length(s) counts characters.",
        run: Run::Call(|args, _| Ok(Value::Int(args.text(0)?.len() as i64))),
        examples: &[Shows("ncodeunits(\"añ\")", "3")],
    },
    Builtin {
        sig: "escape_string(s, also = \"\")",
        doc: "The string as it is written between quotes: newlines as \\n, quotes as \\\".",
        more: "The characters of also get a backslash, too.",
        run: Run::Call(escape_string),
        examples: &[Shows("escape_string(\"a\\tb\")", "\"a\\\\tb\"")],
    },
    Builtin {
        sig: "unescape_string(s, keep = \"\")",
        doc: "The string whose text between quotes would be s: \\n becomes a newline.",
        more: "Escapes of the characters of keep stay as they are.",
        run: Run::Call(unescape_string),
        examples: &[Shows("length(unescape_string(\"a\\\\n\"))", "2")],
    },
];

fn characters(args: &Arguments<'_>, test: fn(char) -> bool) -> Outcome<Value> {
    let s = args.text(0)?;
    Ok(Value::bool(!s.is_empty() && s.chars().all(test)))
}

/// The characters of Unicode's punctuation classes, as far as texts use them; ASCII's symbols are not among them.
fn is_punctuation(c: char) -> bool {
    match c {
        '!'..='#' | '%'..='*' | ','..='/' | ':' | ';' | '?' | '@' | '['..=']' | '_' | '{' | '}' => true,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' => !matches!(c, '\u{2044}' | '\u{2052}'),
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' => true,
        _ => false,
    }
}

fn is_printable(c: char) -> bool {
    !c.is_control() && (c == ' ' || !c.is_whitespace()) && c != '\u{ad}' && !matches!(c, '\u{200b}'..='\u{200f}')
}

fn ascii(args: &Arguments<'_>, _host: &dyn crate::value::Host) -> Outcome<Value> {
    let s = args.text(0)?;
    match s.chars().position(|c| !c.is_ascii()) {
        None => Ok(args.at(0).clone()),
        Some(k) => Err(Fault::argument(format!("character {} of the string is not ASCII", k + 1))
            .label(Part::Argument(0), "not only ASCII")),
    }
}

/// The index `n` characters further on in one direction; 0 stays.
fn neighbour(args: &Arguments<'_>, direction: i64) -> Outcome<Value> {
    let len = match args.at(0) {
        Value::Str(s) => s.chars().count() as i64,
        // The indices of anything else are not looked at.
        _ => i64::MAX - 1,
    };
    let (k, n) = (args.int(1)?, args.int_or(2, 1)?);
    let inside = match direction {
        1 => 0..=len,
        -1 => 1..=len + 1,
        _ => 0..=len + 1,
    };
    if n < 0 {
        return Err(Fault::argument(format!("{n} characters further on has no meaning"))
            .label(Part::Argument(2), n.to_string()));
    }
    if !inside.contains(&k) {
        return Err(Fault::new(
            crate::fault::ErrorKind::BoundsError,
            format!("the string has {len} characters, and no number {k}"),
        )
        .label(Part::Argument(1), k.to_string()));
    }
    let moved = n.checked_mul(direction).and_then(|by| k.checked_add(by));
    Ok(Value::Int(moved.ok_or_else(|| Fault::overflow(format!("{k} + {n} does not fit into an Int64")))?.max(0)))
}

fn escape_string(args: &Arguments<'_>, _host: &dyn crate::value::Host) -> Outcome<Value> {
    let also = if args.count() > 1 { characters_of(args, 1)? } else { String::new() };
    let mut out = String::new();
    let mut rest = args.text(0)?.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_hexdigit);
        match c {
            c if also.contains(c) => out.extend(['\\', c]),
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\0' => out.push_str(if rest.peek().is_some_and(|c| c.is_digit(8)) { "\\x00" } else { "\\0" }),
            '\x07'..='\r' => out.extend(['\\', b"abtnvfr"[c as usize - 7] as char]),
            '\x1b' => out.push_str("\\e"),
            c if is_printable(c) => out.push(c),
            c if c.is_ascii() => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if c as u32 <= 0xffff && digit_follows => out.push_str(&format!("\\u{:04x}", c as u32)),
            c if c as u32 <= 0xffff => out.push_str(&format!("\\u{:x}", c as u32)),
            c if digit_follows => out.push_str(&format!("\\U{:08x}", c as u32)),
            c => out.push_str(&format!("\\U{:x}", c as u32)),
        }
    }
    Ok(Value::str(out))
}

/// The characters of a string, or of a vector or tuple of strings.
fn characters_of(args: &Arguments<'_>, k: usize) -> Outcome<String> {
    let texts = |items: &[Value]| items.iter().map(crate::value::display::print_text).collect();
    match args.at(k) {
        Value::Str(s) => Ok(s.to_string()),
        Value::Array(array) => Ok(texts(&super::arrays::values_of(array))),
        Value::Tuple(tuple) => Ok(texts(&tuple.items)),
        _ => Err(args.refuse(k, "characters")),
    }
}

fn unescape_string(args: &Arguments<'_>, _host: &dyn crate::value::Host) -> Outcome<Value> {
    let keep = if args.count() > 1 { characters_of(args, 1)? } else { String::new() };
    let mut out = String::new();
    let mut rest = args.text(0)?;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { return Err(bad_escape("a lone backslash at the end")) };
        if keep.contains(c) {
            out.extend(['\\', c]);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (meant, len) = escaped(rest).ok_or_else(|| bad_escape(&format!("\\{c}")))?;
        out.push(meant);
        rest = &rest[len..];
    }
    out.push_str(rest);
    Ok(Value::str(out))
}

#[cold]
fn bad_escape(what: &str) -> Fault {
    Fault::argument(format!("{what} is no escape that stands for a character"))
        .label(Part::Argument(0), "not escaped like that")
}

/// The character that the text after a backslash means, and the length of that text.
fn escaped(rest: &str) -> Option<(char, usize)> {
    let c = rest.chars().next()?;
    let numbered = |skip: usize, most: usize, radix: u32| {
        let digits: String = rest[skip..].chars().take(most).take_while(|c| c.is_digit(radix)).collect();
        let code = u32::from_str_radix(&digits, radix).ok()?;
        // A byte above 127 alone is no character.
        let whole = !matches!(c, 'x' | '0'..='7') || code < 128;
        char::from_u32(code).filter(|_| whole).map(|c| (c, skip + digits.len()))
    };
    let simple = match c {
        'a' => '\x07',
        'b' => '\x08',
        't' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        '\\' | '"' | '$' | '\'' | '`' => c,
        'x' => return numbered(1, 2, 16),
        'u' => return numbered(1, 4, 16),
        'U' => return numbered(1, 8, 16),
        '0'..='7' => return numbered(0, 3, 8),
        _ => return None,
    };
    Some((simple, 1))
}
