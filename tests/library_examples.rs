//! Runs every example of every builtin: the line that the help shows must give what the help says.

mod support;

use hlang::value::Builtin;
use hlang::value::function::Example;
use hlang::{library, report, transcript};

#[test]
fn examples_of_builtins_are_true() {
    support::enter_scratch_directory("examples");
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        let mut count = 0;
        for builtin in library::names().filter_map(library::builtin) {
            for example in builtin.examples {
                count += 1;
                problems.extend(check(builtin, example).err());
            }
        }
        assert!(count > 0, "builtins have examples");
        support::report(problems);
    });
}

/// They read what a person types, clear the screen or end the program.
const WITHOUT_EXAMPLE: &[&str] = &["readline", "input", "clc", "exit"];

#[test]
fn builtins_are_documented() {
    let problems = library::names().filter_map(library::builtin).filter_map(|builtin| {
        let name = builtin.name();
        if builtin.examples.is_empty() && !WITHOUT_EXAMPLE.contains(&name) {
            Some(format!("{name} has no example"))
        } else if !builtin.doc.ends_with(['.', '?']) || builtin.doc.contains('\n') {
            Some(format!("{name}: its doc is not one sentence: {:?}", builtin.doc))
        } else {
            None
        }
    });
    support::report(problems.collect());
}

/// A name of another system is undefined here, and its counterpart is a line that hlang can read.
#[test]
fn foreign_names_have_counterparts() {
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        for entry in library::foreign::FOREIGN {
            let (mut session, _) = support::session();
            match transcript::enter(&mut session, "example", entry.name) {
                Err(diagnostic) if diagnostic.hints.iter().any(|hint| hint.contains(entry.here)) => {}
                _ => problems.push(format!("{}: its counterpart is not said", entry.name)),
            }
            problems.extend(session.parse("here", entry.here).err().map(|e| format!("{}: {}", entry.here, e.message)));
        }
        support::report(problems);
    });
}

/// What the language leaves out is said, with a line that runs.
#[test]
fn limits_are_said() {
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        for limit in library::foreign::LIMITS {
            for name in limit.names {
                let (mut session, _) = support::session();
                match transcript::enter(&mut session, "example", name) {
                    Err(diagnostic) if diagnostic.rule.as_deref() == Some(limit.rule) => {}
                    _ => problems.push(format!("{name}: its limit is not said")),
                }
            }
            let (mut session, _) = support::session();
            let ran = transcript::enter(&mut session, "here", limit.here);
            problems.extend(ran.err().map(|e| format!("{}: {}", limit.here, e.message)));
        }
        support::report(problems);
    });
}

fn check(builtin: &Builtin, example: &Example) -> Result<(), String> {
    let (line, wanted) = match example {
        Example::Shows(line, shown) => (line, Wanted::Shown(shown)),
        Example::Fails(line, part) => (line, Wanted::Message(part)),
        Example::Runs(line) => (line, Wanted::Anything),
    };
    let (mut session, written) = support::session();
    let got = transcript::enter(&mut session, "example", line);
    let name = builtin.name();
    match (got, wanted) {
        (Ok(_), Wanted::Anything) => Ok(()),
        (Ok(shown), Wanted::Shown(wanted)) => {
            let got = format!("{}{}", written.borrow(), shown.unwrap_or_default());
            if got.trim_end() == wanted.trim_end() {
                return Ok(());
            }
            Err(format!("{name}: {line}\n  wanted {wanted:?}\n  got    {got:?}"))
        }
        (Ok(_), Wanted::Message(part)) => Err(format!("{name}: {line}\n  wanted an error with {part:?}, got none")),
        (Err(diagnostic), Wanted::Message(part)) => {
            let text = report::render(&diagnostic, &session.sources(), false, 200);
            if text.contains(part) { Ok(()) } else { Err(format!("{name}: {line}\n  wanted {part:?} in\n{text}")) }
        }
        (Err(diagnostic), Wanted::Anything | Wanted::Shown(_)) => {
            Err(format!("{name}: {line}\n{}", report::render(&diagnostic, &session.sources(), false, 200)))
        }
    }
}

enum Wanted<'a> {
    Shown(&'a str),
    Message(&'a str),
    Anything,
}
