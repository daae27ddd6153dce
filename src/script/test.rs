//! `hlang test FILE…`: runs files for their `@test`s and counts them.

use super::{FAILED, INTERRUPTED, Origin, read, stop_at_ctrl_c};
use crate::console::{self, ColorChoice, Output, Terminal};
use crate::fault::ErrorKind;
use crate::report;
use crate::session::{Session, TestCounts};
use crate::value::Style;
use std::io;
use std::path::{Path, PathBuf};

/// What a directory's programs end with.
const EXTENSION: &str = "hlang";

/// Directories inside directories that are searched.
const DEEPEST: usize = 40;

/// How a file ended.
enum End {
    /// With its last statement, or `exit(0)`.
    Whole,
    /// With an error outside its tests, or another `exit`.
    Early(String),
    Interrupted,
}

/// Runs every file, and every `*.hlang` file under a directory, each in a session of its own. A line for each says how its
/// tests went. Gives the exit status: 0 if all tests passed and every file was run to its end.
pub fn test(paths: &[PathBuf], color: ColorChoice) -> u8 {
    let color = color.for_errors();
    let output = Output::stdout();
    let files = match files(paths) {
        Ok(files) => files,
        Err(message) => {
            console::write_error(&output, &report::render_plain(&message, None, color));
            return FAILED;
        }
    };
    stop_at_ctrl_c();
    let mut total = TestCounts::default();
    let mut early = 0;
    for file in &files {
        let (counts, end) = run(file, &output, color);
        total.passed += counts.passed;
        total.failed += counts.failed;
        output.fresh_line();
        let line = match &end {
            End::Whole => counts.to_string(),
            End::Early(why) => format!("{counts}, {why}"),
            End::Interrupted => format!("{counts}, interrupted"),
        };
        output.write(&format!("{}: {line}\n", file.display()));
        match end {
            End::Whole => {}
            End::Early(_) => early += 1,
            End::Interrupted => {
                output.flush();
                return INTERRUPTED;
            }
        }
    }
    if files.len() > 1 {
        let early = if early == 0 { String::new() } else { format!(", {early} ended early") };
        output.write(&format!("{} files: {total}{early}\n", files.len()));
    }
    output.flush();
    if total.failed == 0 && early == 0 { 0 } else { FAILED }
}

/// Runs one file.
fn run(file: &Path, output: &Output, color: bool) -> (TestCounts, End) {
    let (name, text) = match read(&Origin::File(file.to_path_buf())) {
        Ok(program) => program,
        Err(problem) => {
            console::write_error(output, &report::render_plain(&problem.message, problem.hint, color));
            return (TestCounts::default(), End::Early("not read".to_string()));
        }
    };
    let terminal = Terminal::new(output.clone(), console::read_stdin_line, color);
    let mut session = Session::new(Box::new(terminal), console::screen(Style::Julia));
    session.go_on_after_tests();
    let ran = session.eval(&name, &text);
    let end = match (ran, session.exit_status()) {
        (_, Some(0)) | (Ok(_), _) => End::Whole,
        (_, Some(status)) => End::Early(format!("ended by exit({status})")),
        (Err(diagnostic), None) => {
            let text = report::render(&diagnostic, &session.sources(), color, session.screen().cols);
            console::write_error(output, &text);
            match diagnostic.kind {
                ErrorKind::InterruptException => End::Interrupted,
                _ => End::Early("stopped by an error".to_string()),
            }
        }
    };
    (session.tests(), end)
}

/// The files that are named, and those of the directories that are named.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        search(path, DEEPEST, &mut files).map_err(|error| format!("cannot search {}: {error}", path.display()))?;
        if files.len() == before {
            return Err(format!("there is no *.{EXTENSION} file under {}", path.display()));
        }
    }
    Ok(files)
}

/// The programs under a directory, in the order of their names.
fn search(directory: &Path, depth: usize, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if depth == 0 {
        return Ok(());
    }
    let entries = std::fs::read_dir(directory)?.map(|entry| entry.map(|e| e.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            search(&entry, depth - 1, files)?;
        } else if entry.extension().is_some_and(|extension| extension == EXTENSION) {
            files.push(entry);
        }
    }
    Ok(())
}
