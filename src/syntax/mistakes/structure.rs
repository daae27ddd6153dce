//! Recognisers of habits: each looks at the place of the error and the lexemes around it.

use super::tables::{ENDS, Instead, OPERATORS, Spelling, UNSUPPORTED, WORDS};
use super::{Edit, Finding, Site, range};
use crate::op::BinaryOp;
use crate::syntax::lexeme::{Bad, Keyword, Kind, Lexeme, ends_operand};

/// All recognisers, the more certain ones first.
pub const RECOGNISERS: &[fn(&Site) -> Option<Finding>] = &[
    assignment_in_condition,
    unsupported_word,
    else_if,
    end_word,
    python_colon,
    python_definition,
    loop_in_c,
    loop_in_parentheses,
    two_targets,
    matlab_function,
    function_with_equals,
    function_handle,
    matrix_product,
    annotation,
    braces,
    increment,
    quoted_text,
    formatted_string,
    foreign_operator,
    continuation,
    slash_comment,
    percent_comment,
    rows_with_commas,
    index_with_parentheses,
    do_after_head,
    conditional_expression,
    lambda_word,
    import_as,
    foreign_word,
];

fn finding(written: impl Into<String>, language: &'static str, rule: &'static str, lexeme: Lexeme) -> Finding {
    Finding { written: written.into(), language, rule, range: range(lexeme), edits: Vec::new(), certain: true }
}

impl Finding {
    fn edit(mut self, range: std::ops::Range<usize>, text: impl Into<String>) -> Finding {
        self.edits.push(Edit::new(range, text));
        self
    }

    /// Only if the change makes the text readable.
    fn perhaps(mut self) -> Finding {
        self.certain = false;
        self
    }
}

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
fn assignment_in_condition(site: &Site) -> Option<Finding> {
    let equals = site.lexeme(site.at).filter(|l| l.kind == Kind::Assign { op: None, dotted: false })?;
    let head = site.kind(site.line(site.at).start);
    let condition = matches!(head, Some(Kind::Keyword(Keyword::If | Keyword::ElseIf | Keyword::While)));
    condition.then(|| {
        finding("=", "", "`=` assigns; a condition compares with `==`", equals).edit(range(equals), "==").perhaps()
    })
}

/// `struct`, `module` …
fn unsupported_word(site: &Site) -> Option<Finding> {
    let lexeme = site.lexeme(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::Unsupported))?;
    let word = site.slice(lexeme);
    let (_, rule) = UNSUPPORTED.iter().find(|(w, _)| *w == word)?;
    Some(finding(word, "part of Julia", rule, lexeme))
}

/// `else if`
fn else_if(site: &Site) -> Option<Finding> {
    let word = site.lexeme(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::Else))?;
    let next = site.lexeme(site.at + 1).filter(|l| l.kind == Kind::Keyword(Keyword::If))?;
    let both = Lexeme { end: next.end, ..word };
    Some(finding("else if", "C", "a further condition is one word, `elseif`", both).edit(range(both), "elseif"))
}

/// `end if`
fn end_word(site: &Site) -> Option<Finding> {
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
fn python_colon(site: &Site) -> Option<Finding> {
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
fn python_definition(site: &Site) -> Option<Finding> {
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
fn loop_in_c(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let word = site.lexeme(line.start).filter(|l| l.kind == Kind::Keyword(Keyword::For))?;
    let semicolon = site.lexemes[line.clone()].iter().any(|l| l.kind == Kind::Semicolon);
    let paren = matches!(site.kind(line.start + 1), Some(Kind::ParenOpen { .. }));
    (paren && semicolon).then(|| finding("for (…; …; …)", "C", "a loop is `for i in 1:n … end`", word))
}

/// `for (i = 1:n)`
fn loop_in_parentheses(site: &Site) -> Option<Finding> {
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
fn two_targets(site: &Site) -> Option<Finding> {
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

/// `function y = f(x)`, `function [a, b] = f(x)`
fn matlab_function(site: &Site) -> Option<Finding> {
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
fn function_with_equals(site: &Site) -> Option<Finding> {
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

/// `@(x) x^2`
fn function_handle(site: &Site) -> Option<Finding> {
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

/// `A @ B`
fn matrix_product(site: &Site) -> Option<Finding> {
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

/// `x::Int`
fn annotation(site: &Site) -> Option<Finding> {
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

/// `Vector{Int}(…)`, `{1, 2}`, `x{1}`, `if (x) {`
fn braces(site: &Site) -> Option<Finding> {
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
        return Some(
            finding(
                "{…}",
                "MATLAB's cell array",
                "a vector can hold values of different types: `Any[1, \"a\"]`",
                brace,
            )
            .edit(start..end, format!("Any[{list}]"))
            .perhaps(),
        )
        .or_else(|| Some(finding("{", "another language", "vectors stand in `[ ]`, blocks end with `end`", brace)));
    };
    Some(constructor(site, name, brace, end))
}

/// `Vector{Int}(undef, 3)`
fn constructor(site: &Site, name: Lexeme, brace: Lexeme, end: usize) -> Finding {
    let start = name.start as usize;
    let parameters = &site.text[brace.end as usize..end.saturating_sub(1).max(brace.end as usize)];
    let element = parameters.split(',').next().unwrap_or("").trim();
    let written = &site.text[start..end];
    let found = Finding {
        range: start..end,
        ..finding(
            written,
            "a type with parameters in Julia",
            "arrays are made with `zeros`, `fill` or `Float64[…]`",
            brace,
        )
    };
    let rest = &site.text[end..];
    let arrays = matches!(site.slice(name), "Vector" | "Matrix" | "Array");
    if arrays && rest.starts_with("(undef, ") {
        let call = if element == "Float64" { "zeros(".to_string() } else { format!("zeros({element}, ") };
        return found.edit(start..end + "(undef, ".len(), call);
    }
    if arrays && rest.starts_with("()") {
        return found.edit(start..end + 2, format!("{element}[]"));
    }
    found
}

/// `x++`
fn increment(site: &Site) -> Option<Finding> {
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

/// `'text'`
fn quoted_text(site: &Site) -> Option<Finding> {
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
fn formatted_string(site: &Site) -> Option<Finding> {
    let quotes = site.lexeme(site.at).filter(|l| matches!(l.kind, Kind::StringOpen { .. }) && !l.blank)?;
    let letter = site.before(site.at).filter(|l| l.kind == Kind::Name && site.slice(*l) == "f")?;
    let all = Lexeme { start: letter.start, ..quotes };
    Some(finding("f\"…\"", "Python", "every string inserts values: `\"x = $x\"`, `\"twice: $(2x)\"`", all))
}

/// The operators of the table.
fn foreign_operator(site: &Site) -> Option<Finding> {
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
        let Some(spelling) = OPERATORS.iter().find(known) else { continue };
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
fn continuation(site: &Site) -> Option<Finding> {
    let mut line = site.line(site.at);
    let last = line.next_back().filter(|k| site.kind(*k) == Some(Kind::Splat))?;
    let dots = site.lexeme(last)?;
    let next = site.lexeme(last + 2)?;
    let joint = if dots.blank { "" } else { " " };
    let rule = "a line goes on by itself after an operator, a comma or an open bracket";
    Some(finding("...", "MATLAB", rule, dots).edit(dots.start as usize..next.start as usize, joint).perhaps())
}

/// `// note`, `/* note */`
fn slash_comment(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let slash = site.lexemes[line].iter().copied().find(|l| {
        matches!(l.kind, Kind::Operator { op: BinaryOp::Rational | BinaryOp::Div, dotted: false })
            && (site.text[l.start as usize..].starts_with("//") || site.text[l.start as usize..].starts_with("/*"))
    })?;
    let start = slash.start as usize;
    if site.text[start..].starts_with("//") {
        return Some(finding("//", "C", "a comment begins with `#`", slash).edit(range(slash), "#").perhaps());
    }
    let found = finding("/*", "C", "a comment of several lines stands between `#=` and `=#`", slash).perhaps();
    let end = start + site.text[start..].find("*/")?;
    Some(found.edit(start..start + 2, "#=").edit(end..end + 2, "=#"))
}

/// `% note`
fn percent_comment(site: &Site) -> Option<Finding> {
    let mut line = site.line(site.at);
    let number = line.find(|k| matches!(site.kind(*k), Some(Kind::Operator { op: BinaryOp::Rem, dotted: false })))?;
    let percent = site.lexeme(number)?;
    Some(finding("%", "MATLAB", "a comment begins with `#`", percent).edit(range(percent), "#").perhaps())
}

/// `[1, 2; 3, 4]`
fn rows_with_commas(site: &Site) -> Option<Finding> {
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
fn index_with_parentheses(site: &Site) -> Option<Finding> {
    let here = site.lexeme(site.at)?;
    let opener = if matches!(here.kind, Kind::ParenOpen { .. }) { site.at } else { site.opener(site.at)? };
    let paren = site.lexeme(opener).filter(|l| matches!(l.kind, Kind::ParenOpen { .. }) && !l.blank)?;
    let name = site.before(opener).filter(|l| l.kind == Kind::Name)?;
    let number = site.closer(opener)?;
    let closer = site.lexeme(number)?;
    let assigned = matches!(site.kind(number + 1), Some(Kind::Assign { .. }));
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

/// `while c do`
fn do_after_head(site: &Site) -> Option<Finding> {
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

/// `x if c else y`
fn conditional_expression(site: &Site) -> Option<Finding> {
    let word = site.lexeme(site.at).filter(|l| l.kind == Kind::Keyword(Keyword::If))?;
    let line = site.line(site.at);
    let other = (site.at..line.end).find(|k| site.kind(*k) == Some(Kind::Keyword(Keyword::Else)))?;
    let first = (line.start..site.at).rev().find(|k| {
        matches!(site.kind(*k), Some(Kind::Assign { .. } | Kind::Keyword(Keyword::Return) | Kind::ParenOpen { .. }))
    });
    let first = site.lexeme(first.map_or(line.start, |k| k + 1))?;
    let last = site.lexeme(line.end.checked_sub(1)?)?;
    let part = |from: u32, to: u32| site.text[from as usize..to as usize].trim();
    let value = part(first.start, word.start);
    let cond = part(word.end, site.lexeme(other)?.start);
    let otherwise = part(site.lexeme(other)?.end, last.end);
    Some(
        finding("… if … else …", "Python", "a choice is written `condition ? this : that`", word)
            .edit(first.start as usize..last.end as usize, format!("{cond} ? {value} : {otherwise}")),
    )
}

/// `lambda x: x^2`
fn lambda_word(site: &Site) -> Option<Finding> {
    let word = site.before(site.at).filter(|l| l.kind == Kind::Name && site.slice(*l) == "lambda")?;
    let line = site.line(site.at);
    let colon = (site.at..line.end).find(|k| site.kind(*k) == Some(Kind::Colon))?;
    let params = site.text[word.end as usize..site.lexeme(colon)?.start as usize].trim();
    let params = if params.contains(',') { format!("({params})") } else { params.to_string() };
    let colon = site.lexeme(colon)?;
    Some(
        finding("lambda", "Python", "a function without a name is `x -> …`", word)
            .edit(word.start as usize..colon.end as usize, format!("{params} ->")),
    )
}

/// `import numpy as np`
fn import_as(site: &Site) -> Option<Finding> {
    let line = site.line(site.at);
    let word = site.lexeme(line.start).filter(|l| l.kind == Kind::Keyword(Keyword::Using))?;
    site.lexemes[line].iter().find(|l| l.kind == Kind::Name && site.slice(**l) == "as")?;
    Some(finding(
        "import … as",
        "Python",
        "everything is loaded already; `using LinearAlgebra` is accepted and does nothing",
        word,
    ))
}

/// The words of the table, before or after which something else stands without an operator.
fn foreign_word(site: &Site) -> Option<Finding> {
    let candidates = [Some(site.at), site.at.checked_sub(1)];
    candidates.into_iter().flatten().find_map(|number| {
        let word = site.lexeme(number)?;
        let is_word = matches!(word.kind, Kind::Name | Kind::Keyword(Keyword::Do));
        let followed = site.lexeme(number + 1).is_some_and(|l| l.blank && l.kind != Kind::Newline);
        let spelling = WORDS.iter().find(|s| is_word && s.written == site.slice(word))?;
        if !followed && spelling.written != "then" {
            return None;
        }
        Some(replaced(site, number, word, spelling))
    })
}

fn replaced(site: &Site, number: usize, word: Lexeme, spelling: &Spelling) -> Finding {
    let found = finding(spelling.written, spelling.language, spelling.rule, word);
    match spelling.instead {
        Instead::Nothing => found,
        Instead::Text(text) => {
            let next = site.lexeme(number + 1).map_or(word.end, |l| l.start) as usize;
            let tight = text.is_empty() || text == "!";
            let end = if tight { next } else { word.end as usize };
            let start = if text == ";" { site.before(number).map_or(word.start, |l| l.end) } else { word.start };
            let last = matches!(site.kind(number + 1), None | Some(Kind::Newline));
            found.edit(start as usize..end, if text == ";" && last { "" } else { text })
        }
        Instead::Call(function) => {
            let line = site.line(number);
            let ends = |k: &usize| site.kind(*k) == Some(Kind::Semicolon);
            let end = (number..line.end).find(ends).unwrap_or(line.end);
            match (site.lexeme(number + 1), site.before(end)) {
                (Some(first), Some(last)) if last.start >= first.start => found
                    .edit(word.start as usize..first.start as usize, format!("{function}("))
                    .edit(last.end as usize..last.end as usize, ")"),
                _ => found,
            }
        }
    }
}
