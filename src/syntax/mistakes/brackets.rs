//! Habits about brackets, commas and types.

use super::{Finding, Site, finding, range};
use crate::codes::Code;
use crate::op::BinaryOp;
use crate::syntax::lexeme::{Bad, Keyword, Kind, Lexeme, ends_operand};

/// `@(x) x^2`
pub fn function_handle(site: &Site) -> Option<Finding> {
    let at = site.lexeme(site.at).filter(|l| l.kind == Kind::Bad(Bad::Foreign) && site.slice(*l) == "@")?;
    if !matches!(site.kind(site.at + 1), Some(Kind::ParenOpen { .. })) {
        return None;
    }
    let closer = site.lexeme(site.closer(site.at + 1)?)?;
    Some(
        finding("@(…)", "MATLAB", "a function without a name is `x -> …`", at)
            .edit(range(at), "")
            .edit(closer.end as usize..closer.end as usize, " ->"),
    )
}

/// `x::Int`
pub fn annotation(site: &Site) -> Option<Finding> {
    let colons = site.lexeme(site.at).filter(|l| l.kind == Kind::Bad(Bad::Foreign) && site.slice(*l) == "::")?;
    let name = site.lexeme(site.at + 1).filter(|l| l.kind == Kind::Name);
    let mut end = name.map_or(colons.end, |l| l.end) as usize;
    if site.text[end..].starts_with('{') {
        end += site.text[end..].find('}').map_or(0, |k| k + 1);
    }
    let written = &site.text[colons.start as usize..end];
    Some(
        finding(
            written,
            "a type annotation of Julia",
            "hlang has no type annotations: every value knows its type",
            colons,
        )
        .edit(colons.start as usize..end, ""),
    )
}

/// `Dict{String, Int}(…)`, `{1, 2}`, `x{1}`, `if (x) {`
pub fn braces(site: &Site) -> Option<Finding> {
    let brace = site.lexeme(site.at).filter(|l| l.kind == Kind::Bad(Bad::Foreign))?;
    if site.slice(brace) == "}" {
        return Some(finding("}", "C", "a block ends with `end`", brace));
    }
    if site.slice(brace) != "{" {
        return None;
    }
    let start = brace.start as usize;
    let end = start + site.text[start..].find('}').map_or(1, |k| k + 1);
    let line_ends = matches!(site.kind(site.at + 1), None | Some(Kind::Newline));
    if line_ends {
        return Some(
            finding("{", "C", "a block has no opening brace and ends with `end`", brace).edit(range(brace), ""),
        );
    }
    let Some(name) = site.before(site.at).filter(|l| l.kind == Kind::Name && !brace.blank) else {
        let list = &site.text[start + 1..end.saturating_sub(1).max(start + 1)];
        let rule = "a vector can hold values of different types: `Any[1, \"a\"]`";
        return Some(finding("{…}", "MATLAB's cell array", rule, brace).edit(start..end, format!("Any[{list}]")));
    };
    Some(constructor(site, name, brace, end))
}

/// `Dict{String, Int}()`
fn constructor(site: &Site, name: Lexeme, brace: Lexeme, end: usize) -> Finding {
    let start = name.start as usize;
    Finding {
        range: start..end,
        ..finding(
            &site.text[start..end],
            "a type with parameters in Julia",
            "arrays are made with `zeros`, `fill` or `Float64[…]`",
            brace,
        )
    }
}

/// `[1, 2; 3, 4]`
pub fn rows_with_commas(site: &Site) -> Option<Finding> {
    let found = site.lexeme(site.at).filter(|l| matches!(l.kind, Kind::Semicolon | Kind::Newline | Kind::Comma))?;
    let opener = site.opener(site.at)?;
    if site.kind(opener) != Some(Kind::BracketOpen) {
        return None;
    }
    let closer = site.closer(opener)?;
    let rule = "in brackets blanks separate columns and `;` separates rows";
    let mut all = finding("[…, …; …]", "MATLAB", rule, found).perhaps();
    let mut depth = 0;
    for number in opener + 1..closer {
        let lexeme = site.lexeme(number)?;
        match lexeme.kind {
            Kind::ParenOpen { .. } | Kind::BracketOpen | Kind::InterpolationOpen => depth += 1,
            Kind::ParenClose | Kind::BracketClose => depth -= 1,
            Kind::Comma if depth == 0 => {
                let blank = site.lexeme(number + 1).is_some_and(|l| l.blank);
                all = all.edit(range(lexeme), if blank { "" } else { " " });
            }
            Kind::Newline if depth == 0 && site.before(number).is_some_and(|l| ends_operand(l.kind)) => {
                let next = site.lexemes[number..].iter().find(|l| l.kind != Kind::Newline)?;
                let text = if next.kind == Kind::BracketClose { "" } else { "; " };
                all = all.edit(lexeme.start as usize..next.start as usize, text);
            }
            _ => {}
        }
    }
    all.range = site.lexeme(opener)?.start as usize..site.lexeme(closer)?.end as usize;
    Some(all)
}

/// `A(1, 2) = 3`, `x(end)`
pub fn index_with_parentheses(site: &Site) -> Option<Finding> {
    let here = site.lexeme(site.at)?;
    let opener = if matches!(here.kind, Kind::ParenOpen { .. }) { site.at } else { site.opener(site.at)? };
    let paren = site.lexeme(opener).filter(|l| matches!(l.kind, Kind::ParenOpen { .. }) && !l.blank)?;
    let name = site.before(opener).filter(|l| l.kind == Kind::Name)?;
    let number = site.closer(opener)?;
    let closer = site.lexeme(number)?;
    let index = match here.kind {
        Kind::Colon | Kind::ParenOpen { .. } => true,
        Kind::Number => {
            matches!(site.kind(site.at + 1), Some(Kind::Comma | Kind::ParenClose | Kind::Colon | Kind::Operator { .. }))
        }
        _ => false,
    };
    let assigned = index && matches!(site.kind(number + 1), Some(Kind::Assign { .. }));
    let last = (opener..number).any(|k| site.kind(k) == Some(Kind::Keyword(Keyword::End)));
    if !assigned && !last {
        return None;
    }
    let written = &site.text[name.start as usize..closer.end as usize];
    Some(
        Finding {
            range: name.start as usize..closer.end as usize,
            ..finding(written, "MATLAB", "an index stands in square brackets: `A[1, 2]`", paren)
        }
        .edit(range(paren), "[")
        .edit(range(closer), "]")
        .perhaps(),
    )
}

/// `f (x)`, `A [1]`
pub fn blank_before_bracket(site: &Site) -> Option<Finding> {
    let bracket = site.lexeme(site.at).filter(|l| l.blank)?;
    let name = site.before(site.at).filter(|l| l.kind == Kind::Name)?;
    let rule = match bracket.kind {
        Kind::ParenOpen { .. } => "a call has no blank before its parenthesis",
        Kind::BracketOpen => "an index has no blank before its bracket",
        _ => return None,
    };
    Some(
        finding("", "", rule, bracket)
            .code(Code::SideBySide)
            .edit(name.end as usize..bracket.start as usize, "")
            .perhaps(),
    )
}

/// `3 x`
pub fn missing_operator(site: &Site) -> Option<Finding> {
    let name = site.lexeme(site.at).filter(|l| l.kind == Kind::Name && l.blank)?;
    let number = site.before(site.at).filter(|l| l.kind == Kind::Number)?;
    let rule = "a product is written `2x`, without a blank, or `2 * x`";
    let in_brackets = site.opener(site.at).is_some_and(|k| site.kind(k) == Some(Kind::BracketOpen));
    (!in_brackets).then(|| {
        finding("", "", rule, name).code(Code::SideBySide).edit(number.end as usize..name.start as usize, "").perhaps()
    })
}

/// `[1, 2 3]`, `A[1 2]`, `f(x y)`
pub fn missing_comma(site: &Site) -> Option<Finding> {
    let second = site.lexeme(site.at).filter(|l| l.blank)?;
    let first = site.before(site.at).filter(|l| ends_operand(l.kind))?;
    let opener = site.opener(site.at)?;
    let gap = first.end as usize..second.start as usize;
    let signs = matches!(second.kind, Kind::Operator { op: BinaryOp::Add | BinaryOp::Sub, .. });
    let attached =
        site.before(opener).is_some_and(|l| ends_operand(l.kind)) && site.lexeme(opener).is_some_and(|l| !l.blank);
    let index = attached && site.kind(opener) == Some(Kind::BracketOpen);
    if signs && index {
        let rule = "in brackets a sign with a blank only before it begins a new element";
        return Some(finding("", "", rule, second).code(Code::SideBySide).edit(gap, "").perhaps());
    }
    let begins = matches!(
        second.kind,
        Kind::Number | Kind::Name | Kind::StringOpen { .. } | Kind::ParenOpen { .. } | Kind::BracketOpen
    );
    let rule = match site.kind(opener)? {
        _ if !begins => return None,
        Kind::BracketOpen if index => "indices are separated by commas",
        Kind::BracketOpen => "a list has commas between all its elements, a row has blanks",
        _ if attached => "arguments are separated by commas",
        _ => return None,
    };
    Some(finding("", "", rule, second).code(Code::SideBySide).edit(gap, ", ").perhaps())
}
