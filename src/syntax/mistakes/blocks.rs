//! Habits about blocks, loops and the heads of functions.

use super::tables::{ENDS, UNSUPPORTED};
use super::{Finding, Site, finding, range};
use crate::codes::Code;
use crate::op::BinaryOp;
use crate::syntax::lexeme::{Keyword, Kind, Lexeme};

/// `endif` where a block is still open at the end of the text.
pub fn foreign_end(site: &Site) -> Option<Finding> {
    for (number, lexeme) in site.lexemes.iter().enumerate() {
        if lexeme.kind != Kind::Name {
            continue;
        }
        let word = site.slice(*lexeme);
        let Some((_, language)) = ENDS.iter().find(|(end, _)| *end == word) else { continue };
        let alone = site.line(number);
        if alone.start == number && matches!(site.kind(number + 1), None | Some(Kind::Newline | Kind::Semicolon)) {
            return Some(finding(word, language, "a block ends with `end`", *lexeme));
        }
    }
    None
}

/// `if x = 1`
pub fn assignment_in_condition(site: &Site) -> Option<Finding> {
    let equals = site.lexeme(site.at).filter(|l| l.kind == Kind::Assign { op: None, dotted: false })?;
    let head = site.kind(site.line(site.at).start);
    let condition = matches!(head, Some(Kind::Keyword(Keyword::If | Keyword::ElseIf | Keyword::While)));
    condition.then(|| {
        finding("=", "", "`=` assigns; a condition compares with `==`", equals)
            .code(Code::AssignmentInCondition)
            .edit(range(equals), "==")
            .perhaps()
    })
}

/// `struct`, `module` …
pub fn unsupported_word(site: &Site) -> Option<Finding> {
    let lexeme = site.lexeme(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::Unsupported))?;
    let word = site.slice(lexeme);
    let (_, rule) = UNSUPPORTED.iter().find(|(w, _)| *w == word)?;
    Some(finding(word, "part of Julia", rule, lexeme))
}

/// `else if`
pub fn else_if(site: &Site) -> Option<Finding> {
    let word = site.lexeme(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::Else))?;
    let next = site.lexeme(site.at + 1).filter(|l| l.kind == Kind::Keyword(Keyword::If))?;
    let both = Lexeme { end: next.end, ..word };
    Some(finding("else if", "C", "a further condition is one word, `elseif`", both).edit(range(both), "elseif"))
}

/// `end if`
pub fn end_word(site: &Site) -> Option<Finding> {
    let end = site.before(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::End))?;
    let word = site.lexeme(site.at)?;
    let opens = matches!(site.slice(word), "if" | "for" | "while" | "function" | "do" | "try" | "program" | "loop");
    if !opens {
        return None;
    }
    let both = Lexeme { end: word.end, ..end };
    Some(finding(&site.text[range(both)], "Fortran", "a block ends with `end` alone", both).edit(range(both), "end"))
}

/// `if x:`, `else:`
pub fn python_colon(site: &Site) -> Option<Finding> {
    let colon = site.lexeme(site.at).filter(|l| l.kind == Kind::Colon)?;
    let last = matches!(site.kind(site.at + 1), None | Some(Kind::Newline));
    let head = site.kind(site.line(site.at).start);
    let opens = matches!(
        head,
        Some(Kind::Keyword(
            Keyword::If
                | Keyword::ElseIf
                | Keyword::Else
                | Keyword::For
                | Keyword::While
                | Keyword::Function
                | Keyword::Try
                | Keyword::Catch
                | Keyword::Finally
        ))
    );
    (last && opens).then(|| {
        finding(":", "Python", "the line that opens a block has no `:`; the block ends with `end`", colon)
            .edit(range(colon), "")
    })
}

/// `def f(x):`, with or without its colon
pub fn python_definition(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let def = site.lexeme(line.start).filter(|l| l.kind == Kind::Name && site.slice(*l) == "def")?;
    if site.kind(line.start + 1) != Some(Kind::Name) {
        return None;
    }
    let found = finding("def", "Python", "a function is `function f(x)`, its body and `end`; or `f(x) = …`", def)
        .edit(range(def), "function");
    let last = site.lexeme(line.end.checked_sub(1)?)?;
    Some(if last.kind == Kind::Colon { found.edit(range(last), "") } else { found })
}

/// `for (i = 0; i < n; i++)`
pub fn loop_in_c(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let word = site.lexeme(line.start).filter(|l| l.kind == Kind::Keyword(Keyword::For))?;
    let semicolon = site.lexemes[line.clone()].iter().any(|l| l.kind == Kind::Semicolon);
    let paren = matches!(site.kind(line.start + 1), Some(Kind::ParenOpen { .. }));
    (paren && semicolon).then(|| finding("for (…; …; …)", "C", "a loop is `for i in 1:n … end`", word))
}

/// `for (i = 1:n)`
pub fn loop_in_parentheses(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let word = site.lexeme(line.start).filter(|l| l.kind == Kind::Keyword(Keyword::For))?;
    let paren = site.lexeme(line.start + 1).filter(|l| matches!(l.kind, Kind::ParenOpen { .. }))?;
    let closer = site.lexeme(site.closer(line.start + 1)?)?;
    let name = site.kind(line.start + 2) == Some(Kind::Name);
    let names =
        matches!(site.kind(line.start + 3), Some(Kind::Assign { .. } | Kind::Operator { op: BinaryOp::In, .. }));
    (name && names).then(|| {
        finding("for (…)", "MATLAB", "the head of a loop has no parentheses: `for i in 1:n`", word)
            .edit(range(paren), "")
            .edit(range(closer), "")
    })
}

/// `for i, x in v`
pub fn two_targets(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let comma = site.lexeme(site.at).filter(|l| l.kind == Kind::Comma)?;
    let first = site.before(site.at).filter(|l| l.kind == Kind::Name)?;
    let second = site.lexeme(site.at + 1).filter(|l| l.kind == Kind::Name)?;
    let after_for = site.at >= 2 && site.kind(site.at - 2) == Some(Kind::Keyword(Keyword::For));
    let takes = matches!(site.kind(site.at + 2), Some(Kind::Operator { op: BinaryOp::In, .. } | Kind::Assign { .. }));
    if !after_for || !takes || line.is_empty() {
        return None;
    }
    let names = format!("({}, {})", site.slice(first), site.slice(second));
    let all = first.start as usize..second.end as usize;
    Some(
        finding(&site.text[all.clone()], "Python", "several loop variables stand in parentheses", comma)
            .edit(all, names),
    )
}

/// `while c do`
pub fn do_after_head(site: &Site) -> Option<Finding> {
    let word = site.lexeme(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::Do))?;
    let head = site.kind(site.line(site.at).start);
    let opens = matches!(head, Some(Kind::Keyword(Keyword::While | Keyword::For | Keyword::If)));
    let start = site.before(site.at)?.end as usize;
    let last = matches!(site.kind(site.at + 1), None | Some(Kind::Newline));
    opens.then(|| {
        finding("do", "Lua", "the body follows the head of a block on a new line", word)
            .edit(start..word.end as usize, if last { "" } else { ";" })
    })
}

/// `function y = f(x)`, `function [a, b] = f(x)`
pub fn matlab_function(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let number = line.clone().find(|k| site.kind(*k) == Some(Kind::Keyword(Keyword::Function)))?;
    let word = site.lexeme(number)?;
    let equals = line.clone().find(|k| matches!(site.kind(*k), Some(Kind::Assign { op: None, dotted: false })))?;
    let output = match site.kind(number + 1)? {
        Kind::Name => equals == number + 2,
        Kind::BracketOpen => site.closer(number + 1).is_some_and(|closer| equals == closer + 1),
        _ => false,
    };
    let name = site.lexeme(equals + 1).filter(|l| l.kind == Kind::Name)?;
    if !output {
        return None;
    }
    let outputs = site.lexeme(number + 1)?.start as usize;
    Some(
        finding("function … = …", "MATLAB", "a function gives back its last value, or what `return` says", word)
            .edit(outputs..name.start as usize, ""),
    )
}

/// `function f(x) = x^2`
pub fn function_with_equals(site: &Site) -> Option<Finding> {
    let equals = site.lexeme(site.at).filter(|l| matches!(l.kind, Kind::Assign { op: None, .. }))?;
    let line = site.line(site.at);
    let word = site.lexeme(line.start).filter(|l| l.kind == Kind::Keyword(Keyword::Function))?;
    let name = site.lexeme(line.start + 1)?;
    let end = range(equals).end;
    let rule = "a function is either `f(x) = …` on one line, or `function f(x)`, its body and `end`";
    (site.before(site.at)?.kind == Kind::ParenClose).then(|| {
        let mut found = finding("function … =", "", rule, word);
        found.range.end = end;
        found.edit(word.start as usize..name.start as usize, "")
    })
}
