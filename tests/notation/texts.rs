//! Snapshots: what every system writes for the expressions of `expressions.hlang`, and the page of the manual.

use crate::support;
use hlang::notation::{self, Kind};
use hlang::session::Session;
use hlang::value::{Digits, Screen, Style};

/// What the names of the expressions stand for.
pub const SETUP: &str = "\
A = [1.5 2.0; -3.0 4.0]
B = [2.0 0.5; 1.0 3.0]
H = [1.0 2.0 3.0; 4.0 5.0 7.0]
M = A .> 1
u = [1.0, 2.5]
v = [3.0, -1.0]
w = [2.0, 0.5, 4.0]
s = 2.5
n = 2
f(x) = x^2 + 1
g(x, y) = x * y + 1
";

/// A session with these names.
pub fn session() -> Session {
    let (mut session, _) = support::session();
    session.eval("setup", SETUP).expect("the setup runs");
    session
}

/// The expressions of the snapshot; lines that are blank or begin with `#` only divide them.
pub fn expressions() -> Vec<String> {
    let text = include_str!("expressions.hlang");
    text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// An expression in a system, or what it says of it.
pub fn translated(session: &mut Session, line: &str, system: &'static notation::System) -> Result<String, String> {
    let program = session.parse("line", line).expect("the line is an expression");
    let known = |name: &str| session.variable(name).map(|value| Kind::of_value(&value));
    notation::translate(&program.statements[0].expr, system, &known).map_err(|diagnostic| diagnostic.message)
}

#[test]
fn every_system_writes_every_expression() {
    hlang::session::on_large_stack(|| {
        let mut session = session();
        let mut out = String::new();
        for line in expressions() {
            out.push_str(&format!("{line}\n"));
            for system in notation::SYSTEMS {
                let text = match translated(&mut session, &line, system) {
                    Ok(text) => text,
                    Err(message) => format!("– {message}"),
                };
                out.push_str(&format!("  {:<18}{text}\n", system.title()));
            }
            out.push('\n');
        }
        support::report(
            support::compare(&support::root().join("tests/notation/expressions.txt"), &out).err().into_iter().collect(),
        );
    });
}

/// What the prompt shows, at several widths; names without values are taken for what they look like.
#[test]
fn the_prompt_shows_tables() {
    hlang::session::on_large_stack(|| {
        let mut out = String::new();
        for (width, line) in [
            (80, "@notation"),
            (80, "@notation A .* B'"),
            (80, "@notation x' * A * x + b"),
            (40, "@notation sum((A .* B) .^ 2, dims=1) ./ (A \\ v)"),
            (80, "x = 3; @notation x * A"),
            (80, "g(A) = @notation A * A'\ng([1, 2])"),
        ] {
            let (mut session, written) = support::session();
            session.set_screen(Screen { rows: 24, cols: width, style: Style::Julia, digits: Digits::Usual });
            if let Err(diagnostic) = session.eval("prompt", line) {
                panic!("{line}: {}", diagnostic.message);
            }
            out.push_str(&format!("{line} at {width} columns\n\n{}\n", written.borrow()));
        }
        support::report(
            support::compare(&support::root().join("tests/notation/tables.txt"), &out).err().into_iter().collect(),
        );
    });
}

/// The tables of `docs/notation.md` are written from the systems.
#[test]
fn the_page_is_current() {
    hlang::session::on_large_stack(|| {
        let page = support::root().join("docs/notation.md");
        let mut text = std::fs::read_to_string(&page).expect("the page is there");
        for (mark, lines) in [
            ("operations", &["A * B", "A .* B", "A ./ B", "A .^ 2", "f.(A)", "A'", "A \\ b", "A ⊗ B"][..]),
            ("arrays", &["A * x", "x' * y", "A .* x", "sum(A, dims=1)", "[1 2; 3 4]", "A[1, :]", "x[2:end]"][..]),
        ] {
            text = with_table(&text, mark, lines);
        }
        support::report(support::compare(&page, &text).err().into_iter().collect());
    });
}

/// The page with the table after a mark written anew.
fn with_table(page: &str, mark: &str, lines: &[&str]) -> String {
    let open = format!("<!-- {mark} -->\n");
    let (before, rest) = page.split_once(&open).expect("the page has the mark");
    let (_, after) = rest.split_once("<!-- end -->").expect("the mark has an end");
    let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
    let mut table = format!("| hlang | {} |\n", lines.iter().map(|line| code(line)).collect::<Vec<_>>().join(" | "));
    table.push_str(&format!("|{}\n", "---|".repeat(lines.len() + 1)));
    let (mut session, _) = support::session();
    let matrix = session.eval("b", "zeros(2)").expect("it runs").map(|value| Kind::of_value(&value));
    for system in notation::SYSTEMS {
        let cells = lines.iter().map(|line| {
            let program = session.parse("line", line).expect("the line is an expression");
            let known = |name: &str| matrix.filter(|_| name == "b");
            match notation::translate(&program.statements[0].expr, system, &known) {
                Ok(text) => code(&text),
                Err(_) => "–".to_string(),
            }
        });
        let cells: Vec<String> = cells.collect();
        table.push_str(&format!("| {} | {} |\n", system.title(), cells.join(" | ")));
    }
    format!("{before}{open}{table}<!-- end -->{after}")
}
