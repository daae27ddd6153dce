//! Strings: taking them apart, putting them together, searching and replacing.

use super::arguments::is_callable;
use super::text::Matcher;
use crate::fault::{Fault, Outcome, Part};
use crate::value::array::reserve;
use crate::value::display::{display_text, print_text, repr};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Type, Value, iterate, parse};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "string(items...; base = 10, pad = 1)",
        doc: "The texts of its arguments, one after the other.",
        more: "string(\"x = \", 3) is what \"x = $x\" writes. Of a whole number, base and pad choose the digits.",
        run: Run::Call(string),
        examples: &[Shows("string(\"x = \", 3)", "\"x = 3\""), Shows("string(5, base=2, pad=4)", "\"0101\"")],
    },
    Builtin {
        sig: "repr(x) | repr(form, x)",
        doc: "The text that reads back as x; in the form \"text/plain\" the text that the prompt shows.",
        more: "",
        run: Run::Call(|args, host| match args.positional {
            [x] => Ok(Value::str(repr(x))),
            _ if args.text(0)? == "text/plain" => Ok(Value::str(display_text(args.at(1), host.screen()))),
            _ => Err(args.refuse(0, "\"text/plain\"")),
        }),
        examples: &[Shows("repr([1 2; 3 4])", "\"[1 2; 3 4]\"")],
    },
    Builtin {
        sig: "join(v, between = \"\") | join(v, between, last) | join(io, v, between, last)",
        doc: "The texts of the elements with another text between them.",
        more: "With a stream first they are written to it.",
        run: Run::Call(join),
        examples: &[Shows("join([1, 2, 3], \", \")", "\"1, 2, 3\"")],
    },
    Builtin {
        sig: "strip(s) | strip(s, chars) | strip(p, s)",
        doc: "The string without blanks, or without these characters, at both ends.",
        more: "",
        run: Run::Call(|args, host| stripped(args, host, true, true)),
        examples: &[Shows("strip(\"  a b \")", "\"a b\"")],
    },
    Builtin {
        sig: "lstrip(s) | lstrip(s, chars) | lstrip(p, s)",
        doc: "The string without blanks at its beginning.",
        more: "",
        run: Run::Call(|args, host| stripped(args, host, true, false)),
        examples: &[Shows("lstrip(\"  a \")", "\"a \"")],
    },
    Builtin {
        sig: "rstrip(s) | rstrip(s, chars) | rstrip(p, s)",
        doc: "The string without blanks at its end.",
        more: "",
        run: Run::Call(|args, host| stripped(args, host, false, true)),
        examples: &[Shows("rstrip(\" a  \")", "\" a\"")],
    },
    Builtin {
        sig: "uppercase(s)",
        doc: "The string in capital letters.",
        more: "",
        run: Run::Call(|args, _| text(args, |s| s.chars().map(upper).collect())),
        examples: &[Shows("uppercase(\"ab\")", "\"AB\"")],
    },
    Builtin {
        sig: "lowercase(s)",
        doc: "The string in small letters.",
        more: "",
        run: Run::Call(|args, _| text(args, |s| s.chars().map(lower).collect())),
        examples: &[Shows("lowercase(\"AB\")", "\"ab\"")],
    },
    Builtin {
        sig: "uppercasefirst(s)",
        doc: "The string with a capital first letter.",
        more: "",
        run: Run::Call(|args, _| text(args, |s| first_letter(s, |c| upper(c).to_string()))),
        examples: &[Shows("uppercasefirst(\"ab\")", "\"Ab\"")],
    },
    Builtin {
        sig: "lowercasefirst(s)",
        doc: "The string with a small first letter.",
        more: "",
        run: Run::Call(|args, _| text(args, |s| first_letter(s, |c| lower(c).to_string()))),
        examples: &[Shows("lowercasefirst(\"AB\")", "\"aB\"")],
    },
    Builtin {
        sig: "titlecase(s)",
        doc: "The string with a capital letter at the beginning of every word.",
        more: "",
        run: Run::Call(|args, _| text(args, titlecase)),
        examples: &[Shows("titlecase(\"the end\")", "\"The End\"")],
    },
    Builtin {
        sig: "lpad(s, n, with = \" \")",
        doc: "The text at least n characters long, filled up at its beginning.",
        more: "",
        run: Run::Call(|args, _| padded(args, true)),
        examples: &[Shows("lpad(7, 3)", "\"  7\""), Shows("lpad(7, 3, \"0\")", "\"007\"")],
    },
    Builtin {
        sig: "rpad(s, n, with = \" \")",
        doc: "The text at least n characters long, filled up at its end.",
        more: "",
        run: Run::Call(|args, _| padded(args, false)),
        examples: &[Shows("rpad(\"a\", 3)", "\"a  \"")],
    },
    Builtin {
        sig: "chop(s; head = 0, tail = 1)",
        doc: "The string without its last character, or without some at either end.",
        more: "",
        run: Run::Call(chop),
        examples: &[Shows("chop(\"abc\")", "\"ab\"")],
    },
    Builtin {
        sig: "chomp(s)",
        doc: "The string without a newline at its end.",
        more: "",
        run: Run::Call(|args, _| {
            text(args, |s| s.strip_suffix('\n').map_or(s, |s| s.strip_suffix('\r').unwrap_or(s)).to_string())
        }),
        examples: &[Shows("chomp(\"a\\n\")", "\"a\"")],
    },
    Builtin {
        sig: "parse(T, s; base = 10)",
        doc: "The number that is written in a string.",
        more: "",
        run: Run::Call(parse),
        examples: &[
            Shows("parse(Int, \"42\")", "42"),
            Shows("parse(Float64, \"1e3\")", "1000.0"),
            Fails("parse(Int, \"4.2\")", "\"4.2\""),
        ],
    },
    Builtin {
        sig: "tryparse(T, s; base = 10)",
        doc: "The number that is written in a string, or nothing if none is.",
        more: "",
        run: Run::Call(|args, _| Ok(parsed(args)?.unwrap_or(Value::Nothing))),
        examples: &[Shows("tryparse(Int, \"42\")", "42")],
    },
];

fn string(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (base, pad) = (args.int_keyword("base")?, args.int_keyword("pad")?);
    if base.is_none() && pad.is_none() {
        return Ok(Value::str(args.positional.iter().map(print_text).collect::<String>()));
    }
    let n = if args.count() == 1 {
        args.int(0)?
    } else {
        return Err(Fault::argument("base and pad are for one whole number"));
    };
    let base = base.unwrap_or(10);
    if !(2..=62).contains(&base.unsigned_abs()) {
        return Err(Fault::argument(format!("base={base}: a base lies between 2 and 62, or -62 and -2")));
    }
    let numbers = super::digits::digits_of(n, base);
    let mut digits: Vec<char> = numbers.iter().map(|d| digit(d.unsigned_abs(), base.unsigned_abs())).collect();
    if digits.is_empty() {
        digits.push('0');
    }
    let wanted = usize::try_from(pad.unwrap_or(1)).unwrap_or(0).max(digits.len());
    reserve::<char>(wanted)?;
    digits.resize(wanted, '0');
    let sign = if n < 0 && base > 0 { "-" } else { "" };
    Ok(Value::str(format!("{sign}{}", digits.iter().rev().collect::<String>())))
}

/// Letters stand for the digits from ten on; above base 36 capitals come first.
fn digit(d: u64, base: u64) -> char {
    let letter = if base > 36 {
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    } else {
        b"abcdefghijklmnopqrstuvwxyz__________________________"
    };
    let place = usize::try_from(d).unwrap_or(0);
    char::from(if place < 10 { b"0123456789"[place] } else { letter[(place - 10).min(letter.len() - 1)] })
}

fn join(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.positional {
        [Value::Stream(stream), over, more @ ..] => {
            stream.write(&joined(over, more, host)?, host)?;
            Ok(Value::Nothing)
        }
        [over, more @ ..] => joined(over, more, host).map(Value::str),
        [] => Ok(Value::str("")),
    }
}

/// The texts of the elements, with the first of `more` between them and the second before the last.
fn joined(over: &Value, more: &[Value], host: &dyn Host) -> Outcome<String> {
    let texts: Vec<String> = iterate::elements(over, host)?.iter().map(print_text).collect();
    let between = more.first().map_or(String::new(), print_text);
    match (more.get(1), texts.split_last()) {
        (Some(last), Some((end, rest))) if !rest.is_empty() => {
            Ok(format!("{}{}{end}", rest.join(&between), print_text(last)))
        }
        _ => Ok(texts.join(&between)),
    }
}

fn text(args: &Arguments<'_>, f: impl Fn(&str) -> String) -> Outcome<Value> {
    args.text(0).map(|s| Value::str(f(s)))
}

/// The string without what the test or the characters name, at either end.
fn stripped(args: &Arguments<'_>, host: &dyn Host, start: bool, end: bool) -> Outcome<Value> {
    let (s, matcher) = match args.positional {
        [first, _] if is_callable(first) => (args.text(1)?, Matcher::of(args, 0)?),
        [_, _] => (args.text(0)?, Matcher::of_characters(args, 1)?),
        _ => (args.text(0)?, Matcher::White),
    };
    let chars: Vec<char> = s.chars().collect();
    let (mut from, mut to) = (0, chars.len());
    while start && from < to && matcher.takes(chars[from], host)? {
        from += 1;
    }
    while end && from < to && matcher.takes(chars[to - 1], host)? {
        to -= 1;
    }
    Ok(Value::str(chars[from..to].iter().collect::<String>()))
}

/// The capital of a letter, one for one as in Julia: that of ß is ẞ.
fn upper(c: char) -> char {
    let mut capital = c.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(only), None) => only,
        _ if c == 'ß' => 'ẞ',
        _ => c,
    }
}

/// The small letter of a capital, one for one.
fn lower(c: char) -> char {
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

fn first_letter(s: &str, change: impl Fn(char) -> String) -> String {
    let mut chars = s.chars();
    chars.next().map_or(String::new(), |c| change(c) + chars.as_str())
}

fn titlecase(s: &str) -> String {
    let mut result = String::new();
    let mut in_word = false;
    for c in s.chars() {
        if in_word {
            result.push(lower(c));
        } else {
            result.push(upper(c));
        }
        in_word = c.is_alphabetic() || (in_word && c == '\'');
    }
    result
}

fn padded(args: &Arguments<'_>, left: bool) -> Outcome<Value> {
    let s = print_text(args.at(0));
    let wanted = args.int(1)?;
    let with = match args.get(2) {
        Some(_) => args.text(2)?,
        None => " ",
    };
    let missing = usize::try_from(wanted).unwrap_or(0).saturating_sub(s.chars().count());
    if missing == 0 || with.is_empty() {
        return Ok(Value::str(s));
    }
    reserve::<u8>(missing)?;
    let filling: String = with.chars().cycle().take(missing).collect();
    Ok(Value::str(if left { filling + &s } else { s + &filling }))
}

fn chop(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let chars: Vec<char> = args.text(0)?.chars().collect();
    let head = args.int_keyword("head")?.unwrap_or(0).max(0) as usize;
    let tail = args.int_keyword("tail")?.unwrap_or(1).max(0) as usize;
    let end = chars.len().saturating_sub(tail);
    Ok(Value::str(chars.get(head..end).unwrap_or_default().iter().collect::<String>()))
}

fn parse(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    parsed(args)?.ok_or_else(|| {
        let fault = Fault::argument(format!("{} is not written as {}", repr(args.at(1)), type_name(args)));
        fault.label(Part::Argument(1), "not a number like that")
    })
}

fn type_name(args: &Arguments<'_>) -> String {
    crate::value::display::with_article(&print_text(args.at(0)))
}

fn parsed(args: &Arguments<'_>) -> Outcome<Option<Value>> {
    let Value::Type(ty) = args.at(0) else {
        return Err(args.refuse(0, "a type").hint("parse(Int, s) or parse(Float64, s)"));
    };
    let s = args.text(1)?.trim();
    let base = args.int_keyword("base")?.unwrap_or(10);
    match **ty {
        Type::Int64 | Type::Integer => Ok(parse::integer(s, base)?.map(Value::Int)),
        Type::Float64 | Type::AbstractFloat | Type::Real => Ok(parse::float(s).map(Value::float)),
        Type::Bool => Ok(match (s, s.trim_start_matches('0')) {
            ("true", _) | (_, "1") => Some(Value::bool(true)),
            ("false", _) => Some(Value::bool(false)),
            (zeros, "") if !zeros.is_empty() => Some(Value::bool(false)),
            _ => None,
        }),
        Type::ComplexF64 | Type::Complex | Type::Number => Ok(parse::complex(s)),
        _ => Err(args.refuse(0, "a type of numbers")),
    }
}
