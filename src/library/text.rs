//! Parts of strings: finding, replacing and splitting at them. What is looked for is a text, a test of one character,
//! or a choice of characters.

use super::arguments::{fixed_second, is_callable};
use super::reduce::truth;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::kernel::operators;
use crate::value::display::print_text;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Host, Range, Type, Value, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
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
        sig: "occursin(part, s) | occursin(s)",
        doc: "Is the part somewhere in the string?",
        more: "",
        run: Run::Call(|args, _| compared(args, |part, s| s.contains(part))),
        examples: &[Shows("occursin(\"an\", \"banana\")", "true")],
    },
    Builtin {
        sig: "contains(s, part) | contains(part)",
        doc: "Is the part somewhere in the string?",
        more: "",
        run: Run::Call(|args, _| compared(args, |s, part| s.contains(part))),
        examples: &[Shows("contains(\"banana\", \"an\")", "true")],
    },
    Builtin {
        sig: "startswith(s, beginning) | startswith(beginning)",
        doc: "Does the string begin like this?",
        more: "",
        run: Run::Call(|args, _| compared(args, |s, start| s.starts_with(start))),
        examples: &[Shows("startswith(\"banana\", \"ba\")", "true")],
    },
    Builtin {
        sig: "endswith(s, end) | endswith(end)",
        doc: "Does the string end like this?",
        more: "",
        run: Run::Call(|args, _| compared(args, |s, end| s.ends_with(end))),
        examples: &[Shows("endswith(\"banana\", \"na\")", "true")],
    },
    Builtin {
        sig: "SubString(s, from = 1) | SubString(s, from, to)",
        doc: "The characters from one number to another, as s[from:to].",
        more: "",
        run: Run::Call(part_of),
        examples: &[Shows("SubString(\"banana\", 2, 4)", "\"ana\"")],
    },
];

fn part_of(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if args.count() == 1 {
        return args.text(0).map(Value::str);
    }
    let len = args.text(0)?.chars().count() as i64;
    if let Value::Range(_) = args.at(1) {
        return crate::value::index::get(args.at(0), &args.positional[1..]);
    }
    let range = Range::unit(args.int(1)?, args.int_or(2, len)?);
    crate::value::index::get(args.at(0), &[Value::Range(Rc::new(range))])
}

/// What is looked for in a text.
pub enum Matcher<'a> {
    /// White space.
    White,
    /// A text; the empty one is found everywhere.
    Text(&'a str),
    /// One of these characters.
    OneOf(String),
    /// A character for which the function is true.
    Test(&'a Value, &'a Arguments<'a>),
}

impl<'a> Matcher<'a> {
    /// The matcher that an argument describes.
    pub fn of(args: &'a Arguments<'a>, k: usize) -> Outcome<Matcher<'a>> {
        Matcher::from(args, k, args.at(k))
    }

    /// The same, but a text means its characters: `strip(s, "xy")`.
    pub fn of_characters(args: &'a Arguments<'a>, k: usize) -> Outcome<Matcher<'a>> {
        match args.at(k) {
            Value::Str(s) => Ok(Matcher::OneOf(s.to_string())),
            other => Matcher::from(args, k, other),
        }
    }

    fn from(args: &'a Arguments<'a>, k: usize, what: &'a Value) -> Outcome<Matcher<'a>> {
        let texts = |items: &[Value]| Matcher::OneOf(items.iter().map(print_text).collect());
        match what {
            Value::Str(s) => Ok(Matcher::Text(s)),
            Value::Array(array) => Ok(texts(&super::arrays::values_of(array))),
            Value::Tuple(tuple) => Ok(texts(&tuple.items)),
            test if is_callable(test) => Ok(Matcher::Test(test, args)),
            _ => Err(args.refuse(k, "a string, characters or a test of characters")),
        }
    }

    /// Is this character looked for?
    pub fn takes(&self, c: char, host: &dyn Host) -> Outcome<bool> {
        match self {
            Matcher::White => Ok(c.is_whitespace()),
            Matcher::Text(text) => Ok(text.chars().eq([c])),
            Matcher::OneOf(chars) => Ok(chars.contains(c)),
            Matcher::Test(test, args) => truth(args, &host.call(test, &[Value::str(c)])?),
        }
    }

    /// How many characters match at the beginning of a text, if it begins so.
    fn at_start(&self, text: &[char], host: &dyn Host) -> Outcome<Option<usize>> {
        if let Matcher::Text(part) = self {
            let len = part.chars().count();
            return Ok((len <= text.len() && part.chars().eq(text[..len].iter().copied())).then_some(len));
        }
        match text.first() {
            Some(c) if self.takes(*c, host)? => Ok(Some(1)),
            _ => Ok(None),
        }
    }

    /// The first match that begins at `from` or later, as its two ends.
    fn next(&self, text: &[char], from: usize, host: &dyn Host) -> Outcome<Option<(usize, usize)>> {
        for start in from..=text.len() {
            if let Some(len) = self.at_start(&text[start..], host)? {
                return Ok(Some((start, start + len)));
            }
        }
        Ok(None)
    }

    /// The last match that ends at `to` or earlier.
    fn previous(&self, text: &[char], to: usize, host: &dyn Host) -> Outcome<Option<(usize, usize)>> {
        let text = &text[..to.min(text.len())];
        for start in (0..=text.len()).rev() {
            if let Some(len) = self.at_start(&text[start..], host)? {
                return Ok(Some((start, start + len)));
            }
        }
        Ok(None)
    }
}

/// The range of the numbers of characters, as an index of the text; nothing for no match.
fn as_range(found: Option<(usize, usize)>) -> Value {
    match found {
        Some((start, end)) => Value::Range(Rc::new(Range::unit(start as i64 + 1, end as i64))),
        None => Value::Nothing,
    }
}

/// `findfirst(part, text)`, `findlast(part, text)`; with a place as third argument `findnext` and `findprev`.
pub fn place_of(args: &Arguments<'_>, backwards: bool, host: &dyn Host) -> Outcome<Value> {
    let (part, text) = (Matcher::Text(args.text(0)?), args.text(1)?.chars().collect::<Vec<char>>());
    let from = match (args.count() > 2, backwards) {
        (true, _) => args.int(2)?,
        (false, true) => text.len() as i64,
        (false, false) => 1,
    };
    let inside = if backwards { from >= 0 } else { (1..=text.len() as i64 + 1).contains(&from) };
    let place = usize::try_from(from).ok().filter(|_| inside).ok_or_else(|| {
        let count = text.len();
        Fault::new(ErrorKind::BoundsError, format!("the string has {count} characters, and no number {from}"))
            .label(Part::Argument(2), from.to_string())
    })?;
    let found = if backwards { part.previous(&text, place, host)? } else { part.next(&text, place - 1, host)? };
    Ok(as_range(found))
}

/// `findall(part, text; overlap)`
pub fn places_of(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (part, text) = (Matcher::Text(args.text(0)?), args.text(1)?.chars().collect::<Vec<char>>());
    let overlap = args.flag("overlap", false)?;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = part.next(&text, from, host)? {
        crate::interrupt::check()?;
        found.push(as_range(Some((start, end))));
        from = if overlap || end == start { start + 1 } else { end };
        if from > text.len() {
            break;
        }
    }
    super::arrays::vector(found)
}

/// Does the text at one end of the first argument match the second? With one argument, the test that asks so.
fn compared(args: &Arguments<'_>, test: fn(&str, &str) -> bool) -> Outcome<Value> {
    if args.count() == 1 {
        args.text(0)?;
        return fixed_second(args);
    }
    Ok(Value::bool(test(args.text(0)?, args.text(1)?)))
}

fn strings(parts: &[&[char]]) -> Value {
    let texts = parts.iter().map(|part| Value::str(part.iter().collect::<String>())).collect();
    Value::array(Array::vector_of(texts, Type::String))
}

/// The matcher, whether empty parts count, and how many parts there may be.
fn splitting<'a>(args: &'a Arguments<'a>) -> Outcome<(Matcher<'a>, bool, usize)> {
    let matcher = if args.count() == 2 { Matcher::of(args, 1)? } else { Matcher::White };
    let keep_empty = args.flag("keepempty", args.count() == 2)?;
    let limit = usize::try_from(args.int_keyword("limit")?.unwrap_or(0)).unwrap_or(0);
    Ok((matcher, keep_empty, if limit == 0 { usize::MAX } else { limit }))
}

fn split(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (matcher, keep_empty, limit) = splitting(args)?;
    let text: Vec<char> = args.text(0)?.chars().collect();
    let mut parts: Vec<&[char]> = Vec::new();
    let (mut begin, mut from) = (0, 0);
    while parts.len() + 1 < limit {
        let Some((start, end)) = matcher.next(&text, from, host)?.filter(|(start, _)| *start < text.len()) else {
            break;
        };
        if begin < end {
            if keep_empty || begin < start {
                parts.push(&text[begin..start]);
            }
            begin = end;
        }
        from = end.max(start + 1);
    }
    if keep_empty || begin < text.len() {
        parts.push(&text[begin..]);
    }
    Ok(strings(&parts))
}

fn rsplit(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (matcher, keep_empty, limit) = splitting(args)?;
    let text: Vec<char> = args.text(0)?.chars().collect();
    let everywhere = matches!(matcher, Matcher::Text(""));
    let mut parts: Vec<&[char]> = Vec::new();
    let mut to = text.len();
    while parts.len() + 1 < limit {
        let found = if everywhere { (to > 1).then(|| (to - 1, to - 1)) } else { matcher.previous(&text, to, host)? };
        let Some((start, end)) = found else { break };
        if keep_empty || end < to {
            parts.push(&text[end..to]);
        }
        to = start;
    }
    if keep_empty || to > 0 {
        parts.push(&text[..to]);
    }
    parts.reverse();
    Ok(strings(&parts))
}

/// `replace` of strings by text, of arrays by equality, of arrays by a function.
pub fn replace(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let [f, over] = args.positional
        && is_callable(f)
    {
        return super::functional::mapped(f, over, host);
    }
    let pairs = (1..args.count()).map(|k| match args.at(k) {
        Value::Pair(pair) => Ok(&**pair),
        _ => Err(args.refuse(k, "a pair, as \"a\" => \"b\"")),
    });
    let pairs = pairs.collect::<Outcome<Vec<&(Value, Value)>>>()?;
    let count = match args.int_keyword("count")? {
        Some(n) => usize::try_from(n)
            .map_err(|_| Fault::domain(format!("count={n}: a number of replacements is not negative")))?,
        None => usize::MAX,
    };
    match args.at(0) {
        Value::Str(s) => replace_text(args, s, &pairs, count, host),
        over => replace_elements(args, over, &pairs, count),
    }
}

/// All pairs at once: what a replacement puts in is not looked at again.
fn replace_text(
    args: &Arguments<'_>,
    s: &str,
    pairs: &[&(Value, Value)],
    count: usize,
    host: &dyn Host,
) -> Outcome<Value> {
    let matchers = pairs.iter().enumerate().map(|(k, pair)| Matcher::from(args, k + 1, &pair.0));
    let matchers = matchers.collect::<Outcome<Vec<Matcher>>>()?;
    let text: Vec<char> = s.chars().collect();
    let mut result = String::new();
    let (mut at, mut done) = (0, 0);
    while at <= text.len() {
        crate::interrupt::check()?;
        let mut hit = None;
        for (matcher, pair) in matchers.iter().zip(pairs) {
            if done < count
                && let Some(len) = matcher.at_start(&text[at..], host)?
            {
                hit = Some((len, &pair.1));
                break;
            }
        }
        let mut taken = 0;
        if let Some((len, with)) = hit {
            let part: String = text[at..at + len].iter().collect();
            let with = if is_callable(with) { host.call(with, &[Value::str(part)])? } else { with.clone() };
            result.push_str(&print_text(&with));
            (taken, done) = (len, done + 1);
        }
        if taken == 0 {
            result.extend(text.get(at));
            taken = 1;
        }
        at += taken;
    }
    Ok(Value::str(result))
}

fn replace_elements(args: &Arguments<'_>, over: &Value, pairs: &[&(Value, Value)], count: usize) -> Outcome<Value> {
    let tuple = super::arguments::tuple_items(over).map(<[Value]>::to_vec);
    let array = promote::as_array(over)?;
    let mut items = match (&tuple, &array) {
        (Some(items), _) => items.clone(),
        (None, Some(array)) => super::arrays::values_of(array),
        (None, None) => return Err(args.refuse(0, "a string or an array")),
    };
    let mut done = 0;
    for item in &mut items {
        if done == count {
            break;
        }
        if let Some(pair) = pairs.iter().find(|pair| operators::is_equal(&pair.0, item)) {
            *item = pair.1.clone();
            done += 1;
        }
    }
    let Some(array) = array.filter(|_| tuple.is_none()) else { return Ok(Value::tuple(items)) };
    let shape = super::arrays::Shape::of(&array);
    match promote::elements_of(items.clone(), shape.rows, shape.cols, &array.eltype()) {
        Ok(elements) => Ok(Value::array(Array::new(shape.form, elements))),
        Err(_) => super::arrays::shaped(items, shape),
    }
}
