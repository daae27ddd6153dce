//! A piece of text in another system's notation, and how pieces are put together by rules.

use super::kind::Kind;
use super::system::{ARGUMENT, ATOM, Level, Rule};
use std::rc::Rc;

/// A text, how tightly it holds together, and what its value is.
#[derive(Clone, Debug)]
pub struct Term {
    pub text: String,
    pub level: Level,
    pub kind: Kind,
    /// Of a row: the vector that it is the transpose of, where vectors have no direction.
    pub flat: Option<Rc<Term>>,
    /// Of a vector that was a row and had to be transposed: that row.
    pub row: Option<Rc<Term>>,
}

impl Term {
    /// A piece of text.
    pub fn new(text: impl Into<String>, level: Level, kind: Kind) -> Term {
        Term { text: text.into(), level, kind, flat: None, row: None }
    }

    /// A name or call.
    pub fn atom(text: impl Into<String>, kind: Kind) -> Term {
        Term::new(text, ATOM, kind)
    }

    /// The text, in parentheses if the place needs more than it has.
    pub fn at(&self, level: Level) -> String {
        if self.level >= level { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// What a rule says there is not.
pub type Written = Result<(String, Level), &'static str>;

/// Writes an operation by its rule.
pub fn apply(rule: Rule, operands: &[&Term]) -> Written {
    let at = |k: usize, level: Level| operands.get(k).map_or_else(String::new, |term: &&Term| term.at(level));
    Ok(match rule {
        Rule::Left(sign, level) => (format!("{} {sign} {}", at(0, level), at(1, level + 1)), level),
        Rule::Right(sign, level) => (format!("{} {sign} {}", at(0, level + 1), at(1, level)), level),
        Rule::Tight(sign, level) => (format!("{}{sign}{}", at(0, level + 1), at(1, level)), level),
        Rule::Single(sign, level) => (format!("{} {sign} {}", at(0, level + 1), at(1, level + 1)), level),
        // Two signs in a row are another operator: `--A` counts down in C++ and Octave.
        Rule::Prefix(sign, level) if at(0, level).starts_with(sign) => (format!("{sign}({})", at(0, level)), level),
        Rule::Prefix(sign, level) => (format!("{sign}{}", at(0, level)), level),
        Rule::Postfix(sign, level) => (format!("{}{sign}", at(0, level)), level),
        Rule::Form(text) => (fill(text, operands, None), ATOM),
        Rule::Mixed(text, level, needs) => (fill(text, operands, Some(needs)), level),
        Rule::Missing(what) => return Err(what),
    })
}

/// A text with `$1`, `$2`, … replaced by operands, and `$*` by all of them with commas, `$;` with semicolons. Without needs an operand between commas or
/// brackets stands as it is, and any other holds together.
pub fn fill(text: &str, operands: &[&Term], needs: Option<&[Level]>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let Some(mark) = after[1..].chars().next() else { break };
        let end = &after[1 + mark.len_utf8()..];
        if matches!(mark, '*' | ';') {
            let all: Vec<String> = operands.iter().map(|term| term.at(ARGUMENT)).collect();
            out.push_str(&all.join(if mark == '*' { ", " } else { "; " }));
        } else if let Some(k) = mark.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1)) {
            let level = match needs {
                Some(needs) => needs.get(k).copied().unwrap_or(ATOM),
                None => level_between(&out, end),
            };
            out.push_str(&operands.get(k).map_or_else(String::new, |term| term.at(level)));
        } else {
            out.push('$');
            out.push(mark);
        }
        rest = end;
    }
    out.push_str(rest);
    out
}

/// Between commas, brackets or the ends of a text anything may stand.
fn level_between(before: &str, after: &str) -> Level {
    let opens = before.ends_with(['(', '[', '{', '|']) || before.ends_with(", ") || before.ends_with("= ");
    let closes = after.starts_with([')', ']', '}', ',', '|']) || after.is_empty();
    let whole = before.is_empty() && after.is_empty();
    if whole || opens && closes && !after.is_empty() { ARGUMENT } else { ATOM }
}

/// Writes a call by a rule in which `$f` is the function.
pub fn apply_named(rule: Rule, function: &str, operands: &[&Term]) -> Written {
    Ok(match rule {
        Rule::Form(text) => (fill(&text.replace("$f", function), operands, None), ATOM),
        Rule::Mixed(text, level, needs) => (fill(&text.replace("$f", function), operands, Some(needs)), level),
        Rule::Prefix(sign, level) => {
            let operand = operands.first().map_or_else(String::new, |term| term.at(level));
            (format!("{}{operand}", sign.replace("$f", function)), level)
        }
        other => return apply(other, operands),
    })
}

/// How many operands a rule has a place for.
pub fn places(rule: Rule) -> usize {
    match rule {
        Rule::Left(..) | Rule::Right(..) | Rule::Tight(..) | Rule::Single(..) => 2,
        Rule::Prefix(..) | Rule::Postfix(..) => 1,
        Rule::Form(text) | Rule::Mixed(text, ..) => match text.contains("$*") || text.contains("$;") {
            true => usize::MAX,
            false => (1..=9).filter(|k| text.contains(&format!("${k}"))).max().unwrap_or(0),
        },
        Rule::Missing(_) => usize::MAX,
    }
}
