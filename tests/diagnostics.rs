//! What beginners get to read: every file of `tests/diagnostics` holds mistakes, one after another, and beside it
//! stands the text of every report, as `x.txt`; `colour.hlang` is also rendered in colour, as `colour.ansi`.
//!
//! A file is a list of inputs, separated by lines of dashes. They run in one session, as at the prompt; what comes
//! before the first line of dashes must succeed. `HLANG_BLESS=1` writes the texts.

mod support;

use hlang::report;
use std::path::Path;

/// Columns of the screen that the reports are made for.
const WIDTH: usize = 100;

#[test]
fn mistakes_are_explained() {
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        for file in support::files("tests/diagnostics", "hlang") {
            let plain = reports(&file, false);
            problems.extend(support::compare(&file.with_extension("txt"), &plain).err());
            if file.file_stem().is_some_and(|stem| stem == "colour") {
                let colored = reports(&file, true);
                problems.extend(support::compare(&file.with_extension("ansi"), &colored).err());
            }
        }
        support::report(problems);
    });
}

/// The inputs of a file, each with its report.
fn reports(file: &Path, color: bool) -> String {
    let text = std::fs::read_to_string(file).expect("the file was just found");
    let mut inputs = text.split("\n---\n");
    let (mut session, _) = support::session();
    if let Some(setup) = inputs.next()
        && let Err(diagnostic) = session.eval("setup", setup)
    {
        panic!("{}: {}", support::name(file), report::render(&diagnostic, &session.sources(), false, WIDTH));
    }
    let mut out = String::new();
    for input in inputs {
        let input = input.trim_end_matches('\n');
        out.push_str(&format!("{input}\n\n"));
        match session.eval("prompt", input) {
            Ok(_) => out.push_str("(no error)\n"),
            Err(diagnostic) => out.push_str(&report::render(&diagnostic, &session.sources(), color, WIDTH)),
        }
        out.push_str("\n---\n\n");
    }
    out
}
