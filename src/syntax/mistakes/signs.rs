//! Habits about operators, quotes and comments.

use super::tables::{Instead, OPERATORS, Spelling};
use super::{Finding, Site, finding, range};
use crate::op::BinaryOp;
use crate::syntax::lexeme::{Bad, Keyword, Kind, Lexeme, ends_operand};

/// `A @ B`
pub fn matrix_product(site: &Site) -> Option<Finding> {
    let lexeme = site.lexeme(site.at)?;
    let operand = site.before(site.at).is_some_and(|l| ends_operand(l.kind));
    let bare = operand && lexeme.kind == Kind::Bad(Bad::Foreign) && site.slice(lexeme) == "@";
    let attached = operand && lexeme.kind == Kind::Macro;
    if !bare && !attached {
        return None;
    }
    let start = lexeme.start as usize;
    let text = if attached { "* " } else { "*" };
    Some(finding("@", "Python", "`*` is the matrix product", lexeme).edit(start..start + 1, text).perhaps())
}

/// `x++`
pub fn increment(site: &Site) -> Option<Finding> {
    let sign = site.lexeme(site.at).filter(|l| l.kind == Kind::Bad(Bad::Foreign))?;
    let (instead, rule) = match site.slice(sign) {
        "++" => (" += 1", "add one with `x += 1`"),
        "--" => (" -= 1", "take one away with `x -= 1`"),
        _ => return None,
    };
    let name = site.before(site.at).filter(|l| l.kind == Kind::Name && !sign.blank)?;
    if !matches!(site.kind(site.at + 1), None | Some(Kind::Newline | Kind::Semicolon | Kind::Keyword(Keyword::End))) {
        return None;
    }
    let all = Lexeme { start: name.start, ..sign };
    Some(finding(&site.text[range(all)], "C", rule, all).edit(range(sign), instead))
}

/// `5!`
pub fn factorial(site: &Site) -> Option<Finding> {
    let sign = site.lexeme(site.at).filter(|l| !l.blank && site.slice(*l) == "!")?;
    let number = site.before(site.at).filter(|l| l.kind == Kind::Number)?;
    let all = Lexeme { start: number.start, ..sign };
    let call = format!("factorial({})", site.slice(number));
    Some(
        finding(site.text[range(all)].to_owned(), "mathematics", "the factorial is a function", all)
            .edit(range(all), call),
    )
}

/// `|x|`
pub fn bars(site: &Site) -> Option<Finding> {
    let bar = |l: &Lexeme| site.slice(*l) == "|";
    let open = site.lexeme(site.at).filter(bar)?;
    let line = site.line(site.at);
    let rest = site.lexemes.get(site.at + 1..line.end)?;
    let close = *rest.iter().find(|l| bar(l))?;
    let all = Lexeme { end: close.end, ..open };
    let rule = "the absolute value is `abs(x)`, the length of a vector `norm(v)`, the determinant `det(A)`";
    let found = finding(site.text[range(all)].to_owned(), "mathematics", rule, all);
    Some(found.edit(range(open), "abs(").edit(range(close), ")"))
}

/// `'text'`
pub fn quoted_text(site: &Site) -> Option<Finding> {
    let text = site.lexeme(site.at).filter(|l| l.kind == Kind::Bad(Bad::Quote))?;
    let written = site.slice(text);
    if written.len() < 2 || !written.ends_with('\'') {
        return None;
    }
    let inner = &written[1..written.len() - 1];
    let quoted = format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$"));
    Some(
        finding(written, "MATLAB and Python", "strings stand between double quotes; `'` alone is the adjoint", text)
            .edit(range(text), quoted),
    )
}

/// `f"x = {x}"`
pub fn formatted_string(site: &Site) -> Option<Finding> {
    let quotes = site.lexeme(site.at).filter(|l| matches!(l.kind, Kind::StringOpen { .. }) && !l.blank)?;
    let letter = site.before(site.at).filter(|l| l.kind == Kind::Name && site.slice(*l) == "f")?;
    let all = Lexeme { start: letter.start, ..quotes };
    Some(finding("f\"…\"", "Python", "every string inserts values: `\"x = $x\"`, `\"twice: $(2x)\"`", all))
}

/// The operators of the table.
pub fn foreign_operator(site: &Site) -> Option<Finding> {
    let lexeme = site.lexeme(site.at)?;
    let operator = matches!(
        lexeme.kind,
        Kind::Bad(Bad::Foreign) | Kind::Operator { .. } | Kind::Assign { .. } | Kind::Name | Kind::Unary { .. }
    );
    if !operator {
        return None;
    }
    // The error may stand at any part of a sign that hlang reads as several.
    let attached = site.before(site.at).filter(|l| l.end == lexeme.start).map(|l| l.start as usize);
    for start in std::iter::once(lexeme.start as usize).chain(attached) {
        let rest = &site.text[start..];
        let bad = lexeme.kind == Kind::Bad(Bad::Foreign);
        let known =
            |s: &&Spelling| rest.starts_with(s.written) && (bad || start + s.written.len() > lexeme.start as usize);
        let Some(spelling) = OPERATORS.iter().filter(known).max_by_key(|s| s.written.len()) else { continue };
        if !bad && spelling.written.len() == 1 {
            continue;
        }
        let all = start..start + spelling.written.len();
        let found =
            Finding { range: all.clone(), ..finding(spelling.written, spelling.language, spelling.rule, lexeme) };
        return Some(match spelling.instead {
            Instead::Text(text) => found.edit(all, text),
            Instead::Call(_) | Instead::Nothing => found,
        });
    }
    None
}

/// `...` at the end of a line
pub fn continuation(site: &Site) -> Option<Finding> {
    let mut line = site.line(site.at);
    let last = line.next_back().filter(|k| site.kind(*k) == Some(Kind::Splat))?;
    let dots = site.lexeme(last)?;
    let next = site.lexeme(last + 2)?;
    let joint = if dots.blank { "" } else { " " };
    let rule = "a line goes on by itself after an operator, a comma or an open bracket";
    Some(finding("...", "MATLAB", rule, dots).edit(dots.start as usize..next.start as usize, joint).perhaps())
}

/// Does the sign with this number begin its line, or do words follow it that stand side by side as in a sentence?
fn is_before_prose(site: &Site, number: usize) -> bool {
    let first = number.checked_sub(1).is_none_or(|k| site.kind(k) == Some(Kind::Newline));
    let word = |l: Lexeme| matches!(l.kind, Kind::Name | Kind::Number | Kind::Keyword(_));
    let side_by_side = site.at > number
        && site.lexeme(site.at).is_some_and(|l| l.blank && (word(l) || matches!(l.kind, Kind::Operator { .. })))
        && site.before(site.at).is_some_and(word);
    first || side_by_side
}

/// `// note`, `/* note */`
pub fn slash_comment(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let number = line.into_iter().find(|k| {
        site.lexeme(*k).is_some_and(|l| {
            let rest = &site.text[l.start as usize..];
            l.blank && matches!(l.kind, Kind::Operator { .. }) && (rest.starts_with("//") || rest.starts_with("/*"))
        })
    })?;
    let slash = site.lexeme(number).filter(|_| is_before_prose(site, number))?;
    let start = slash.start as usize;
    if site.text[start..].starts_with("//") {
        return Some(finding("//", "C", "a comment begins with `#`", slash).edit(range(slash), "#").perhaps());
    }
    let found = finding("/*", "C", "a comment of several lines stands between `#=` and `=#`", slash).perhaps();
    let end = start + site.text[start..].find("*/")?;
    Some(found.edit(start..start + 2, "#=").edit(end..end + 2, "=#"))
}

/// `% note`
pub fn percent_comment(site: &Site) -> Option<Finding> {
    let mut line = site.line(site.at);
    let number = line.find(|k| matches!(site.kind(*k), Some(Kind::Operator { op: BinaryOp::Rem, dotted: false })))?;
    let percent = site.lexeme(number).filter(|l| l.blank && is_before_prose(site, number))?;
    Some(finding("%", "MATLAB", "a comment begins with `#`", percent).edit(range(percent), "#").perhaps())
}
