//! What a prompt shows: inputs, results in the style of Julia, MATLAB, NumPy or PyTorch, and the blank lines between.

use crate::console::Output;
use crate::error::Diagnostic;
use crate::session::Session;
use crate::syntax::ast::{Expr, ExprKind, Statement};
use crate::value::display::{display_text, matlab_assignment};
use crate::value::{Style, Value};

/// The prompt of hlang itself.
pub const PROMPT: &str = "hlang> ";

/// The prompt of the system whose style is followed.
pub fn prompt_of(style: Style) -> &'static str {
    match style {
        Style::Julia => "julia> ",
        Style::Plain => PROMPT,
        Style::Matlab => ">> ",
        Style::NumPy | Style::Torch => ">>> ",
    }
}

/// What an input gave: the value of its last statement, and how the prompt shows it.
pub struct Entered {
    pub value: Value,
    pub shown: Option<String>,
}

/// Runs the statements of one input. `ans` is the value of the last one.
pub fn run_input(session: &mut Session, statements: &[Statement]) -> Result<Entered, Box<Diagnostic>> {
    let nothing = Entered { value: Value::Nothing, shown: None };
    let mut last = None;
    for statement in statements {
        let value = session.run(statement)?;
        if session.exit_status().is_some() {
            return Ok(nothing);
        }
        last = Some((statement, value));
    }
    let Some((statement, value)) = last else { return Ok(nothing) };
    if matches!(value, Value::Nothing) {
        return Ok(nothing);
    }
    let shown = if statement.shown { result(session, &statement.expr, &value) } else { None };
    session.set_ans(value.clone());
    Ok(Entered { value, shown })
}

/// Parses and runs one input, as typed at a prompt.
pub fn evaluate(session: &mut Session, name: &str, text: &str) -> Result<Entered, Box<Diagnostic>> {
    let program = session.parse(name, text)?;
    run_input(session, &program.statements)
}

/// Parses and runs one input, as typed at a prompt or given to `-e`; gives what is shown.
pub fn enter(session: &mut Session, name: &str, text: &str) -> Result<Option<String>, Box<Diagnostic>> {
    evaluate(session, name, text).map(|entered| entered.shown)
}

/// The text that is shown for a statement's value. MATLAB names it; at Python's prompt an assignment shows nothing.
fn result(session: &Session, expr: &Expr, value: &Value) -> Option<String> {
    let screen = session.screen();
    let assigned = assigned_name(expr);
    match screen.style {
        Style::Julia | Style::Plain => Some(display_text(value, screen)),
        Style::Matlab => Some(matlab_assignment(assigned.unwrap_or("ans"), value, screen).trim_end().to_string()),
        Style::NumPy | Style::Torch if is_assignment(expr) => None,
        Style::NumPy | Style::Torch => Some(display_text(value, screen)),
    }
}

fn is_assignment(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Assign { .. } | ExprKind::Declare { .. } | ExprKind::FunctionDef { .. })
}

fn assigned_name(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Assign { target, .. } => target.as_name().map(|name| &**name),
        ExprKind::Declare { assign: Some(assign), .. } => assigned_name(assign),
        _ => None,
    }
}

/// Is there a blank line after an input, given whether it showed or printed something?
pub fn blank_after(style: Style, showed: bool) -> bool {
    match style {
        Style::Julia | Style::Plain => true,
        Style::Matlab => showed,
        Style::NumPy | Style::Torch => false,
    }
}

/// Runs a script and writes it as it would look when typed at a prompt, each input with its result.
pub fn echo(
    session: &mut Session,
    output: &Output,
    prompt: &str,
    name: &str,
    text: &str,
) -> Result<(), Box<Diagnostic>> {
    let program = session.parse(name, text)?;
    let mut blank = false;
    for input in inputs(text, &program.statements) {
        if std::mem::take(&mut blank) {
            output.write("\n");
        }
        output.write(&typed(prompt, input.text));
        if input.statements.is_empty() {
            continue;
        }
        let written = output.count();
        let shown = run_input(session, input.statements)?.shown;
        let mut showed = output.count() > written;
        output.fresh_line();
        if let Some(shown) = shown {
            output.write(&format!("{shown}\n"));
            showed = true;
        }
        if session.exit_status().is_some() {
            break;
        }
        blank = blank_after(session.screen().style, showed);
    }
    Ok(())
}

/// One input of a transcript: whole lines of the script. Comments on lines of their own have no statements.
#[derive(Debug, PartialEq)]
struct Input<'a> {
    text: &'a str,
    statements: &'a [Statement],
}

/// The text after the prompt, its further lines under its first.
pub fn typed(prompt: &str, text: &str) -> String {
    let mut typed = String::new();
    for (k, line) in text.lines().enumerate() {
        let head = if k == 0 { prompt } else { &" ".repeat(prompt.len()) };
        typed.push_str(&format!("{head}{}", line.trim_end()));
        typed.truncate(typed.trim_end_matches(' ').len());
        typed.push('\n');
    }
    typed
}

/// Splits a script into inputs: statements that share a line are one input, as are lines without a statement.
fn inputs<'a>(text: &'a str, statements: &'a [Statement]) -> Vec<Input<'a>> {
    let mut inputs = Vec::new();
    let mut at = first_line_after_shebang(text);
    let mut rest = statements;
    while let Some(first) = rest.first() {
        let start = line_start(text, first.expr.span.start as usize).max(at);
        let mut end = line_end(text, first.expr.span.end as usize);
        let mut together = 1;
        while let Some(next) = rest.get(together) {
            if next.expr.span.start as usize >= end {
                break;
            }
            end = line_end(text, next.expr.span.end as usize);
            together += 1;
        }
        inputs.extend(comments(&text[at..start]));
        let (now, later) = rest.split_at(together);
        inputs.push(Input { text: text[start..end].trim(), statements: now });
        rest = later;
        at = end;
    }
    inputs.extend(comments(&text[at..]));
    inputs
}

fn comments(between: &str) -> impl Iterator<Item = Input<'_>> {
    between.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(|text| Input { text, statements: &[] })
}

fn first_line_after_shebang(text: &str) -> usize {
    if text.starts_with("#!") { line_end(text, 0) } else { 0 }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The offset after the newline that ends the line of `at`.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn statement(text: &str, part: &str) -> Statement {
        let start = text.rfind(part).expect("the part stands in the text");
        let span = Span::new(0, start, start + part.len());
        Statement { expr: Expr::leaf(ExprKind::Nothing, span), shown: true }
    }

    fn split<'a>(text: &'a str, statements: &'a [Statement]) -> Vec<(&'a str, usize)> {
        inputs(text, statements).iter().map(|input| (input.text, input.statements.len())).collect()
    }

    #[test]
    fn inputs_are_whole_lines() {
        let text =
            "#!/usr/bin/env hlang\n# Two\n# lines.\n\nA = [1 2\n     3 4]  # a matrix\nx = 1; y = 2;\n\nA\n# end\n";
        let statements: Vec<Statement> =
            ["A = [1 2\n     3 4]", "x = 1", "y = 2", "A"].iter().map(|part| statement(text, part)).collect();
        let expected = [
            ("# Two\n# lines.", 0),
            ("A = [1 2\n     3 4]  # a matrix", 1),
            ("x = 1; y = 2;", 2),
            ("A", 1),
            ("# end", 0),
        ];
        assert_eq!(split(text, &statements), expected);
    }

    #[test]
    fn a_script_of_comments_has_no_statements() {
        assert_eq!(split("# only this", &[]), [("# only this", 0)]);
        assert_eq!(split("", &[]), []);
    }

    #[test]
    fn further_lines_stand_under_the_first() {
        assert_eq!(typed("hlang> ", "[1 2\n 3 4]"), "hlang> [1 2\n        3 4]\n");
    }
}
