//! What beginners get to read: every file of `tests/diagnostics` holds mistakes, one after another, and beside it
//! stands the text of every report, as `x.txt`, and in colour, as `x.ansi`.
//!
//! A file is a list of inputs, separated by lines of dashes. They run in one session, as at the prompt; what comes
//! before the first line of dashes must succeed. `HLANG_BLESS=1` writes the texts.
//!
//! Here too: every code has a page that its own wrong example reaches, and no report speaks of the program's insides.

mod support;

use hlang::codes::Code;
use hlang::error::Diagnostic;
use hlang::{library, report};
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
            let colored = reports(&file, true);
            problems.extend(support::compare(&file.with_extension("ansi"), &colored).err());
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

#[test]
fn every_code_is_reached_by_the_wrong_example_of_its_page() {
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        for code in Code::ALL {
            let (page, number) = (code.page(), code.number());
            let found = first_error(&page.wrong).map(|error| error.code);
            if found != Some(*code) {
                problems.push(format!("{number} {}: its wrong example gives {found:?}", page.title));
            }
            let answers = page.exercises.iter().map(|exercise| exercise.answer.as_str());
            let lines: Vec<&str> = std::iter::once(page.right.as_str()).chain(answers).collect();
            if let Some(error) = first_error(&lines.join("\n")) {
                problems.push(format!("{number} {}: what is right gives {}", page.title, error.message));
            }
        }
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    });
}

/// The first error of lines that are typed one after another in a new session.
fn first_error(lines: &str) -> Option<Diagnostic> {
    let (mut session, _) = support::session();
    let mut input = String::new();
    for (k, line) in lines.lines().enumerate() {
        input.push_str(line);
        input.push('\n');
        if session.is_incomplete(&input) && k + 1 < lines.lines().count() {
            continue;
        }
        if let Err(error) = session.eval("prompt", &std::mem::take(&mut input)) {
            return Some(*error);
        }
    }
    None
}

/// What builtins are called with: nothing that many of them take.
const NONSENSE: &[&str] = &[
    "",
    "nothing",
    "\"text\"",
    "[1 2 3; 4 5 6]",
    "[1.5, -2.0]",
    "Any[1, \"a\"]",
    "(1, 2)",
    "-1",
    "1 + 2im",
    "sin",
    "Int64",
    "1:0",
    "[1 2 3; 4 5 6], nothing",
    "\"text\", 2",
    "sin, 3",
    "[1, 2], \"a\"",
    "2.5, [1 2; 3 4]",
    "[1 2; 3 4], dims=7",
    "1, 2, 3, 4, 5, 6",
];

/// Builtins that wait for something, end the program, or change files.
const NOT_CALLED: &[&str] = &[
    "exit",
    "sleep",
    "readline",
    "readlines",
    "input",
    "write",
    "save",
    "open",
    "mkdir",
    "mkpath",
    "mktempdir",
    "rm",
    "cp",
    "mv",
    "cd",
    "writenpy",
    "writenpz",
    "writemat",
    "writedlm",
    "writecsv",
    "writematrix",
    "csvwrite",
    "imwrite",
];

/// Words of the program itself, which a user has never heard of.
const INSIDE: &[&str] = &[
    "Value",
    "DMatrix",
    "Fault",
    "usize",
    "isize",
    "i64",
    "u64",
    "f64",
    "u8",
    "i128",
    "Elements",
    "Rc<",
    "RefCell",
    "Vec<",
    "Option",
    "Some(",
    "None",
    "Err(",
    "Ok(",
    "unwrap",
    "panicked",
    "nalgebra",
    "faer",
    "Arguments",
    "Builtin",
    "Host",
    "::",
];

#[test]
fn no_report_speaks_of_the_insides() {
    // Some of the calls write files.
    support::enter_scratch_directory("nonsense");
    hlang::session::on_large_stack(|| {
        let (mut session, _) = support::session();
        let screen = session.screen();
        let mut problems = Vec::new();
        let mut failed = 0;
        for name in library::names().filter(|name| name.chars().all(|c| c.is_alphanumeric() || "_!".contains(c))) {
            if NOT_CALLED.contains(&name) {
                continue;
            }
            for arguments in NONSENSE {
                let line = format!("{name}({arguments})");
                let Err(error) = session.eval("prompt", &line) else { continue };
                failed += 1;
                for said in words(&error) {
                    if let Some(inside) = INSIDE.iter().find(|inside| speaks_of(&said, inside)) {
                        problems.push(format!("{line} says `{inside}`: {said}"));
                    }
                }
                // A call may have changed the style; the next one begins as the first did.
                session.set_screen(screen);
            }
        }
        assert!(failed > 2000, "only {failed} calls failed");
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    });
}

/// Everything that a report says in words.
fn words(error: &Diagnostic) -> Vec<String> {
    let labels = error.labels.iter().map(|label| label.text.clone());
    let offers = error.offers.iter().map(|offer| offer.gives.clone());
    let rest = error.note.iter().chain(&error.rule).chain(&error.hints).cloned();
    std::iter::once(error.message.clone()).chain(rest).chain(labels).chain(offers).collect()
}

/// Does a text have this word, and not as a part of another such as `Int64`?
fn speaks_of(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let is_joined = word.starts_with(char::is_alphanumeric) && joins(before)
            || word.ends_with(char::is_alphanumeric) && joins(after);
        !is_joined
    })
}
