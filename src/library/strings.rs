//! Strings: taking them apart, putting them together, searching and replacing.

use super::arguments::is_callable;
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::operators;
use crate::value::array::reserve;
use crate::value::display::{print_text, repr};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Host, Range, Type, Value, iterate, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "string(items...; base = 10, pad = 1)",
        doc: "The texts of its arguments, one after the other.",
        more: "string(\"x = \", 3) is what \"x = $x\" writes. Of a whole number, base and pad choose the digits.",
        run: Run::Call(string),
        examples: &[Shows("string(\"x = \", 3)", "\"x = 3\""), Shows("string(5, base=2, pad=4)", "\"0101\"")],
    },
    Builtin {
        sig: "repr(x)",
        doc: "The text that reads back as x.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::str(repr(args.at(0))))),
        examples: &[Shows("repr([1 2; 3 4])", "\"[1 2; 3 4]\"")],
    },
    Builtin {
        sig: "join(v, between = \"\") | join(v, between, last)",
        doc: "The texts of the elements with another text between them.",
        more: "",
        run: Run::Call(join),
        examples: &[Shows("join([1, 2, 3], \", \")", "\"1, 2, 3\"")],
    },
    Builtin {
        sig: "split(s; limit = 0, keepempty) | split(s, between; limit = 0, keepempty)",
        doc: "The parts of a string between blanks, or between another text.",
        more: "",
        run: Run::Call(split),
        examples: &[
            Shows("split(\"a b\")", "2-element Vector{String}:\n \"a\"\n \"b\""),
            Shows("split(\"1,2\", \",\")", "2-element Vector{String}:\n \"1\"\n \"2\""),
        ],
    },
    Builtin {
        sig: "rsplit(s; limit = 0, keepempty) | rsplit(s, between; limit = 0, keepempty)",
        doc: "As split, but limit counts from the end.",
        more: "",
        run: Run::Call(rsplit),
        examples: &[Shows("rsplit(\"a.b.c\", \".\", limit=2)", "2-element Vector{String}:\n \"a.b\"\n \"c\"")],
    },
    Builtin {
        sig: "strip(s) | strip(s, chars)",
        doc: "The string without blanks, or without these characters, at both ends.",
        more: "",
        run: Run::Call(|args, _| stripped(args, true, true)),
        examples: &[Shows("strip(\"  a b \")", "\"a b\"")],
    },
    Builtin {
        sig: "lstrip(s) | lstrip(s, chars)",
        doc: "The string without blanks at its beginning.",
        more: "",
        run: Run::Call(|args, _| stripped(args, true, false)),
        examples: &[Shows("lstrip(\"  a \")", "\"a \"")],
    },
    Builtin {
        sig: "rstrip(s) | rstrip(s, chars)",
        doc: "The string without blanks at its end.",
        more: "",
        run: Run::Call(|args, _| stripped(args, false, true)),
        examples: &[Shows("rstrip(\" a  \")", "\" a\"")],
    },
    Builtin {
        sig: "uppercase(s)",
        doc: "The string in capital letters.",
        more: "",
        run: Run::Call(|args, _| text(args, str::to_uppercase)),
        examples: &[Shows("uppercase(\"ab\")", "\"AB\"")],
    },
    Builtin {
        sig: "lowercase(s)",
        doc: "The string in small letters.",
        more: "",
        run: Run::Call(|args, _| text(args, str::to_lowercase)),
        examples: &[Shows("lowercase(\"AB\")", "\"ab\"")],
    },
    Builtin {
        sig: "uppercasefirst(s)",
        doc: "The string with a capital first letter.",
        more: "",
        run: Run::Call(|args, _| text(args, |s| first_letter(s, |c| c.to_uppercase().collect()))),
        examples: &[Shows("uppercasefirst(\"ab\")", "\"Ab\"")],
    },
    Builtin {
        sig: "lowercasefirst(s)",
        doc: "The string with a small first letter.",
        more: "",
        run: Run::Call(|args, _| text(args, |s| first_letter(s, |c| c.to_lowercase().collect()))),
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
        sig: "replace(s, pairs...; count) | replace(f, v)",
        doc: "The string with parts replaced, or the array with elements replaced: \"a\" => \"b\".",
        more: "",
        run: Run::Call(replace),
        examples: &[
            Shows("replace(\"banana\", \"a\" => \"o\")", "\"bonono\""),
            Shows("replace([1, 2, 1], 1 => 7)", "3-element Vector{Int64}:\n 7\n 2\n 7"),
        ],
    },
    Builtin {
        sig: "occursin(part, s)",
        doc: "Is the part somewhere in the string?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(args.text(1)?.contains(args.text(0)?)))),
        examples: &[Shows("occursin(\"an\", \"banana\")", "true")],
    },
    Builtin {
        sig: "contains(s, part)",
        doc: "Is the part somewhere in the string?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(args.text(0)?.contains(args.text(1)?)))),
        examples: &[Shows("contains(\"banana\", \"an\")", "true")],
    },
    Builtin {
        sig: "startswith(s, beginning)",
        doc: "Does the string begin like this?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(args.text(0)?.starts_with(args.text(1)?)))),
        examples: &[Shows("startswith(\"banana\", \"ba\")", "true")],
    },
    Builtin {
        sig: "endswith(s, end)",
        doc: "Does the string end like this?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(args.text(0)?.ends_with(args.text(1)?)))),
        examples: &[Shows("endswith(\"banana\", \"na\")", "true")],
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
    if !(2..=36).contains(&base) {
        return Err(Fault::argument(format!("base={base}: a base lies between 2 and 36")));
    }
    let mut digits = Vec::new();
    let mut rest = n.unsigned_abs();
    while rest > 0 || digits.is_empty() {
        digits.push(char::from_digit((rest % base as u64) as u32, base as u32).unwrap_or('?'));
        rest /= base as u64;
    }
    let wanted = usize::try_from(pad.unwrap_or(1)).unwrap_or(0).max(digits.len());
    reserve::<char>(wanted)?;
    digits.resize(wanted, '0');
    let sign = if n < 0 { "-" } else { "" };
    Ok(Value::str(format!("{sign}{}", digits.iter().rev().collect::<String>())))
}

fn join(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let texts: Vec<String> = iterate::elements(args.at(0), host)?.iter().map(print_text).collect();
    let between = args.get(1).map_or(String::new(), print_text);
    match (args.get(2), texts.split_last()) {
        (Some(last), Some((end, rest))) if !rest.is_empty() => {
            Ok(Value::str(format!("{}{}{end}", rest.join(&between), print_text(last))))
        }
        _ => Ok(Value::str(texts.join(&between))),
    }
}

fn strings(parts: Vec<String>) -> Value {
    Value::array(Array::vector_of(parts.into_iter().map(Value::str).collect(), Type::String))
}

/// The parts of a string, as `split` and `rsplit` count them; a limit of 0 is none.
fn parts(args: &Arguments<'_>, from_end: bool) -> Outcome<Vec<String>> {
    let s = args.text(0)?;
    let limit = args.int_keyword("limit")?.unwrap_or(0).max(0) as usize;
    let limit = if limit == 0 { usize::MAX } else { limit };
    let between = if args.count() == 2 { Some(args.text(1)?) } else { None };
    let keep_empty = args.flag("keepempty", between.is_some())?;
    let whole: Vec<String> = match between {
        Some("") => s.chars().map(String::from).collect(),
        Some(between) if from_end => s.rsplitn(limit, between).map(String::from).collect(),
        Some(between) => s.splitn(limit, between).map(String::from).collect(),
        None if from_end => s.rsplitn(limit, char::is_whitespace).map(String::from).collect(),
        None if keep_empty || limit == usize::MAX => s.splitn(limit, char::is_whitespace).map(String::from).collect(),
        None => words(s, limit),
    };
    let whole: Vec<String> = if from_end && between != Some("") { whole.into_iter().rev().collect() } else { whole };
    Ok(whole.into_iter().filter(|part| keep_empty || !part.is_empty()).collect())
}

/// Words between any amount of white space; the last one keeps the rest.
fn words(s: &str, limit: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = s.trim_start();
    while !rest.is_empty() {
        match rest.find(char::is_whitespace) {
            Some(end) if found.len() + 1 < limit => {
                found.push(rest[..end].to_string());
                rest = rest[end..].trim_start();
            }
            _ => {
                found.push(rest.to_string());
                rest = "";
            }
        }
    }
    found
}

fn split(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    parts(args, false).map(strings)
}

fn rsplit(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    parts(args, true).map(strings)
}

fn text(args: &Arguments<'_>, f: impl Fn(&str) -> String) -> Outcome<Value> {
    args.text(0).map(|s| Value::str(f(s)))
}

fn characters(args: &Arguments<'_>, test: fn(char) -> bool) -> Outcome<Value> {
    let s = args.text(0)?;
    Ok(Value::bool(!s.is_empty() && s.chars().all(test)))
}

/// The characters to strip: white space, or those of a string or of a vector of strings.
fn stripped(args: &Arguments<'_>, start: bool, end: bool) -> Outcome<Value> {
    let s = args.text(0)?;
    let chars: Option<Vec<char>> = match args.get(1) {
        None => None,
        Some(Value::Str(chars)) => Some(chars.chars().collect()),
        Some(Value::Array(array)) => Some(
            super::arrays::values_of(array).iter().flat_map(|v| print_text(v).chars().collect::<Vec<_>>()).collect(),
        ),
        Some(_) => return Err(args.refuse(1, "characters")),
    };
    let goes = |c: char| chars.as_ref().map_or(c.is_whitespace(), |chars| chars.contains(&c));
    let s = if start { s.trim_start_matches(goes) } else { s };
    Ok(Value::str(if end { s.trim_end_matches(goes) } else { s }))
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
            result.extend(c.to_lowercase());
        } else {
            result.extend(c.to_uppercase());
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

/// `replace` of strings by text, of arrays by equality, of arrays by a function.
pub fn replace(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let [f, over] = args.positional
        && is_callable(f)
    {
        return super::functional::mapped(f, over, host);
    }
    let pairs = (1..args.count()).map(|k| match args.at(k) {
        Value::Pair(pair) => Ok(pair.clone()),
        _ => Err(args.refuse(k, "a pair, as \"a\" => \"b\"")),
    });
    let pairs = pairs.collect::<Outcome<Vec<Rc<(Value, Value)>>>>()?;
    let count = args.int_keyword("count")?.map_or(usize::MAX, |n| n.max(0) as usize);
    match args.at(0) {
        Value::Str(s) => replace_text(args, s, &pairs, count, host),
        over => replace_elements(args, over, &pairs, count),
    }
}

/// All pairs at once: what a replacement puts in is not looked at again.
fn replace_text(
    args: &Arguments<'_>,
    s: &str,
    pairs: &[Rc<(Value, Value)>],
    count: usize,
    host: &dyn Host,
) -> Outcome<Value> {
    let mut result = String::new();
    let mut rest = s;
    let mut done = 0;
    while !rest.is_empty() && done < count {
        let hit = pairs.iter().find_map(|pair| match &pair.0 {
            Value::Str(part) if !part.is_empty() && rest.starts_with(part.as_str()) => Some((part.len(), &pair.1)),
            _ => None,
        });
        match hit {
            Some((len, with)) => {
                let with = if is_callable(with) { host.call(with, &[Value::str(&rest[..len])])? } else { with.clone() };
                result.push_str(&print_text(&with));
                rest = &rest[len..];
                done += 1;
            }
            None => {
                let len = rest.chars().next().map_or(0, char::len_utf8);
                result.push_str(&rest[..len]);
                rest = &rest[len..];
            }
        }
    }
    if let Some(k) = pairs.iter().position(|pair| !matches!(pair.0, Value::Str(_))) {
        return Err(args.refuse(k + 1, "a pair of strings"));
    }
    Ok(Value::str(result + rest))
}

fn replace_elements(args: &Arguments<'_>, over: &Value, pairs: &[Rc<(Value, Value)>], count: usize) -> Outcome<Value> {
    let Some(array) = promote::as_array(over)? else { return Err(args.refuse(0, "a string or an array")) };
    let mut done = 0;
    let mut items = super::arrays::values_of(&array);
    for item in &mut items {
        if done == count {
            break;
        }
        if let Some(pair) = pairs.iter().find(|pair| operators::is_equal(&pair.0, item)) {
            *item = pair.1.clone();
            done += 1;
        }
    }
    let shape = super::arrays::Shape::of(&array);
    match promote::elements_of(items.clone(), shape.rows, shape.cols, &array.eltype()) {
        Ok(elements) => Ok(Value::array(Array::new(shape.form, elements))),
        Err(_) => super::arrays::shaped(items, shape),
    }
}

/// The range of characters where a part stands in a text for the first or last time, or nothing.
pub fn place_of(part: &str, text: &str, backwards: bool) -> Value {
    let found = if backwards { text.rfind(part) } else { text.find(part) };
    match found {
        None => Value::Nothing,
        Some(at) => {
            let start = text[..at].chars().count() as i64 + 1;
            Value::Range(Rc::new(Range::unit(start, start + part.chars().count() as i64 - 1)))
        }
    }
}

fn parse(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    parsed(args)?.ok_or_else(|| {
        let fault = Fault::argument(format!("{} is not written as {}", repr(args.at(1)), type_name(args)));
        fault.label(Part::Argument(1), "not a number like that")
    })
}

fn type_name(args: &Arguments<'_>) -> String {
    super::arguments::with_article(&print_text(args.at(0)))
}

fn parsed(args: &Arguments<'_>) -> Outcome<Option<Value>> {
    let Value::Type(ty) = args.at(0) else {
        return Err(args.refuse(0, "a type").hint("parse(Int, s) or parse(Float64, s)"));
    };
    let s = args.text(1)?.trim();
    let base = args.int_keyword("base")?.unwrap_or(10);
    match **ty {
        Type::Int64 | Type::Integer => Ok(parse_int(s, base)?.map(Value::Int)),
        Type::Float64 | Type::AbstractFloat | Type::Real => Ok(parse_float(s).map(Value::float)),
        Type::Bool => Ok(match s {
            "true" | "1" => Some(Value::bool(true)),
            "false" | "0" => Some(Value::bool(false)),
            _ => None,
        }),
        Type::ComplexF64 | Type::Complex | Type::Number => Ok(parse_complex(s)),
        _ => Err(args.refuse(0, "a type of numbers")),
    }
}

fn parse_int(s: &str, base: i64) -> Outcome<Option<i64>> {
    if !(2..=36).contains(&base) {
        return Err(Fault::argument(format!("base={base}: a base lies between 2 and 36")));
    }
    let (sign, digits) = match s.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", s.strip_prefix('+').unwrap_or(s)),
    };
    let (digits, base) = match digits.get(..2) {
        Some("0x") if base == 10 => (&digits[2..], 16),
        Some("0b") if base == 10 => (&digits[2..], 2),
        Some("0o") if base == 10 => (&digits[2..], 8),
        _ => (digits, base),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(base as u32)) {
        return Ok(None);
    }
    i64::from_str_radix(&format!("{sign}{digits}"), base as u32)
        .map(Some)
        .map_err(|_| Fault::overflow(format!("{s} does not fit into 64 bits")))
}

/// Rust reads what Julia does, and more: only digits, a point and an exponent are let through, and the special words.
fn parse_float(s: &str) -> Option<f64> {
    let unsigned = s.trim_start_matches(['+', '-']);
    let special = ["Inf", "NaN", "inf", "nan", "Infinity", "infinity"].contains(&unsigned);
    let plain = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if special || plain { s.parse().ok() } else { None }
}

fn parse_complex(s: &str) -> Option<Value> {
    let complex = |re: f64, im: f64| Value::complex(crate::value::Complex64::new(re, im));
    let Some(body) = s.strip_suffix("im").or_else(|| s.strip_suffix('i')) else {
        return parse_float(s).map(|re| complex(re, 0.0));
    };
    // The sign between the parts is the last one that does not belong to an exponent.
    let mut signs =
        body.char_indices().filter(|(k, c)| matches!(c, '+' | '-') && *k > 0 && !body[..*k].ends_with(['e', 'E']));
    match signs.next_back() {
        Some((k, _)) => {
            let (re, im) = (body[..k].trim(), body[k..].replace(' ', ""));
            Some(complex(parse_float(re)?, parse_float(&im)?))
        }
        None => parse_float(body.trim()).map(|im| complex(0.0, im)),
    }
}
