//! Running a program from a file, from standard input or from the command line, to its exit status.

use crate::console::{self, ColorChoice, Output, Terminal};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::interrupt;
use crate::report;
use crate::session::Session;
use crate::transcript;
use crate::value::Style;
use std::io::{self, Read};
use std::path::Path;

mod test;
mod translate;

pub use test::test;
pub use translate::translate;

/// Status after an error in the program.
pub const FAILED: u8 = 1;
/// Status after Ctrl-C, as shells have it: 128 and the number of the signal.
pub const INTERRUPTED: u8 = 130;

/// Where a program is read from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A file, as it was named.
    File(std::path::PathBuf),
    /// Standard input.
    Stdin,
    /// The argument of `-e`.
    Code(String),
}

/// How a program is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// What the program finds in `ARGS`.
    pub args: Vec<String>,
    /// Show every input with its result.
    pub echo: bool,
    /// Whose way of showing results; hlang's own prompt with Julia's way without it.
    pub style: Option<Style>,
    /// When colours are used.
    pub color: ColorChoice,
}

/// Runs a program; gives the exit status. Errors are on standard error then.
pub fn run(origin: &Origin, options: &Options) -> u8 {
    let color = options.color.for_errors();
    let output = Output::stdout();
    let (name, text) = match read(origin) {
        Ok(program) => program,
        Err(problem) => {
            console::write_error(&output, &report::render_plain(&problem.message, problem.hint, color));
            return FAILED;
        }
    };
    stop_at_ctrl_c();
    console::status::enable();
    let watched = console::status::begin();
    let screen = console::screen(options.style.unwrap_or(Style::Julia));
    let terminal = Terminal::new(output.clone(), console::read_stdin_line, color);
    let mut session = Session::new(Box::new(terminal), screen);
    session.set_args(&options.args);
    let ran = if options.echo {
        let prompt = options.style.map_or(transcript::PROMPT, transcript::prompt_of);
        transcript::echo(&mut session, &output, prompt, &name, &text)
    } else if matches!(origin, Origin::Code(_)) {
        transcript::enter(&mut session, &name, &text).map(|shown| {
            if let Some(shown) = shown {
                output.write(&format!("{shown}\n"));
            }
        })
    } else {
        session.eval(&name, &text).map(drop)
    };
    output.flush();
    drop(watched);
    status(&session, ran, &output, color)
}

fn status(session: &Session, ran: Result<(), Box<Diagnostic>>, output: &Output, color: bool) -> u8 {
    if let Some(status) = session.exit_status() {
        // What the system keeps of a status is its last eight bits.
        return (status & 0xff) as u8;
    }
    let Err(diagnostic) = ran else { return 0 };
    let text = report::render(&diagnostic, &session.sources(), color, session.screen().cols);
    console::write_error(output, &text);
    if diagnostic.kind == ErrorKind::InterruptException { INTERRUPTED } else { FAILED }
}

/// The first Ctrl-C asks the evaluation to stop; a second one, should nothing have asked for it, ends the process.
fn stop_at_ctrl_c() {
    let flag = interrupt::flag();
    let signal = signal_hook::consts::SIGINT;
    // The order decides: the second signal finds the flag that the first one set. Without handlers Ctrl-C ends the
    // process as it always did.
    let registered = signal_hook::flag::register_conditional_shutdown(signal, i32::from(INTERRUPTED), flag);
    if registered.is_ok() {
        let _ = signal_hook::flag::register(signal, flag);
    }
}

/// A program that cannot be read.
#[derive(Debug, PartialEq)]
struct Problem {
    message: String,
    hint: Option<&'static str>,
}

/// A program's name and text.
fn read(origin: &Origin) -> Result<(String, String), Problem> {
    match origin {
        Origin::Code(code) => Ok(("-e".to_string(), code.clone())),
        Origin::File(path) => {
            let name = path.display().to_string();
            let bytes = read_file(path, &name)?;
            Ok((name.clone(), decode(&name, bytes)?))
        }
        Origin::Stdin => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| Problem { message: format!("cannot read standard input: {error}"), hint: None })?;
            Ok(("stdin".to_string(), decode("stdin", bytes)?))
        }
    }
}

fn read_file(path: &Path, name: &str) -> Result<Vec<u8>, Problem> {
    if path.is_dir() {
        let message = format!("cannot run {name}: it is a directory");
        return Err(Problem { message, hint: Some("name a file in it, or start the prompt with hlang alone") });
    }
    std::fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Problem {
            message: format!("cannot read {name}: there is no such file"),
            hint: Some("to evaluate an expression, write hlang -e \"…\""),
        },
        io::ErrorKind::PermissionDenied => {
            Problem { message: format!("cannot read {name}: you have no permission"), hint: None }
        }
        _ => Problem { message: format!("cannot read {name}: {error}"), hint: None },
    })
}

/// The text of a program. Spans count bytes with 32 bits, so a larger program is refused.
fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(Problem { message: format!("cannot run {name}: a program has 4 GB at most"), hint: None });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..good].iter().filter(|b| **b == b'\n').count() + 1;
        let message = format!(
            "cannot run {name}: it is not UTF-8 text (byte {} in line {line} is 0x{:02x})",
            good + 1,
            bytes[good]
        );
        let hint = match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it looks like UTF-16: save it as UTF-8 in your editor",
            _ => "save it as UTF-8 in your editor, or name another file",
        };
        Problem { message, hint: Some(hint) }
    })?;
    // Some editors begin a file with a byte order mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text() {
        let problem = decode("f", b"x = 1\ny = \xe9\n".to_vec()).expect_err("not UTF-8");
        assert_eq!(problem.message, "cannot run f: it is not UTF-8 text (byte 11 in line 2 is 0xe9)");
        let problem = decode("f", b"\xff\xfex\0".to_vec()).expect_err("not UTF-8");
        assert!(problem.hint.is_some_and(|hint| hint.contains("UTF-16")));
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        assert_eq!(decode("f", b"\xef\xbb\xbfx = 1".to_vec()), Ok("x = 1".to_string()));
    }

    #[test]
    fn files_that_are_none() {
        let missing = read(&Origin::File("no/such/file".into())).expect_err("there is none");
        assert_eq!(missing.message, "cannot read no/such/file: there is no such file");
        let directory = read(&Origin::File(".".into())).expect_err("no file");
        assert_eq!(directory.message, "cannot run .: it is a directory");
    }
}
