//! The program's end of the terminal: buffered output, input by lines, the screen's size, colour.

mod charset;
pub mod status;

pub use charset::for_terminal;

use crate::error::Diagnostic;
use crate::interrupt;
use crate::report;
use crate::session::Console;
use crate::source::Sources;
use crate::value::{Digits, Screen, Style};
use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::rc::Rc;

/// What puts the cursor into the first line, after the screen is cleared.
const HOME: &str = "\x1b[H";

/// Bytes that are collected before they are written to a pipe or a file.
const BLOCK: usize = 64 * 1024;

/// The screen that is assumed where there is none, as Julia does.
const ROWS: usize = 24;
const COLS: usize = 80;

/// Standard output, shared by the running program and by whatever shows its results.
///
/// A terminal gets every line at once, a pipe gets blocks. When nobody reads any more (`hlang f | head`) the process
/// ends quietly.
#[derive(Clone)]
pub struct Output {
    shared: Rc<RefCell<Writer>>,
}

struct Writer {
    sink: Box<dyn Write>,
    pending: Vec<u8>,
    by_line: bool,
    at_line_start: bool,
    writes: usize,
}

impl Output {
    /// The process's standard output.
    pub fn stdout() -> Output {
        Output::new(Box::new(io::stdout()), io::stdout().is_terminal())
    }

    /// Output to anything; `by_line` writes every line at once.
    pub fn new(sink: Box<dyn Write>, by_line: bool) -> Output {
        let writer = Writer { sink, pending: Vec::new(), by_line, at_line_start: true, writes: 0 };
        Output { shared: Rc::new(RefCell::new(writer)) }
    }

    /// Writes a text.
    pub fn write(&self, text: &str) {
        let Some(last) = text.as_bytes().last() else { return };
        let mut writer = self.shared.borrow_mut();
        writer.at_line_start = *last == b'\n' || text.ends_with(HOME);
        writer.pending.extend_from_slice(text.as_bytes());
        writer.writes += 1;
        let due = if writer.by_line { text.contains('\n') } else { writer.pending.len() >= BLOCK };
        if due {
            writer.flush();
        }
    }

    /// Begins a new line if something stands on the last one.
    pub fn fresh_line(&self) {
        let at_line_start = self.shared.borrow().at_line_start;
        if !at_line_start {
            self.write("\n");
        }
    }

    /// Writes what is still waiting.
    pub fn flush(&self) {
        self.shared.borrow_mut().flush();
    }

    /// Number of writes so far, to learn whether something was written in between.
    pub fn count(&self) -> usize {
        self.shared.borrow().writes
    }
}

impl Writer {
    fn flush(&mut self) {
        // What goes to a terminal must be what it can show.
        let text = self.by_line.then(|| std::str::from_utf8(&self.pending).map(for_terminal));
        let bytes = match &text {
            Some(Ok(text)) => text.as_bytes(),
            Some(Err(_)) | None => &self.pending,
        };
        let sink = &mut self.sink;
        let written = status::aside(bytes, || sink.write_all(bytes).and_then(|()| sink.flush()));
        self.pending.clear();
        if let Err(error) = written {
            give_up(&error);
        }
    }
}

/// Ends the process: a program whose output is lost has nothing more to do.
fn give_up(error: &io::Error) -> ! {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    // Nothing can be done if this cannot be written either.
    let _ = writeln!(io::stderr(), "error: cannot write the output: {error}");
    std::process::exit(1);
}

/// The console of a program: output as above, input from wherever `read_line` takes it.
pub struct Terminal<F> {
    output: Output,
    read_line: F,
    /// Are errors written in colour?
    color: bool,
}

impl<F: FnMut() -> io::Result<Option<String>>> Terminal<F> {
    /// A console; what was written before is on the screen before input is waited for.
    pub fn new(output: Output, read_line: F, color: bool) -> Terminal<F> {
        Terminal { output, read_line, color }
    }
}

impl<F: FnMut() -> io::Result<Option<String>>> Console for Terminal<F> {
    fn write(&mut self, text: &str) {
        self.output.write(text);
    }

    fn write_error(&mut self, text: &str) {
        write_error(&self.output, text);
    }

    fn flush(&mut self) {
        self.output.flush();
    }

    fn read_line(&mut self) -> io::Result<Option<String>> {
        self.output.flush();
        status::pause(|| (self.read_line)())
    }

    fn page(&mut self, text: &str) {
        self.output.flush();
        if !io::stdout().is_terminal() || !status::pause(|| page(text)) {
            self.output.write(text);
        }
    }

    fn report(&mut self, diagnostic: &Diagnostic, sources: &Sources, screen: Screen) {
        write_error(&self.output, &report::render(diagnostic, sources, self.color, screen.cols));
    }

    fn warn(&mut self, text: &str) {
        write_error(&self.output, &report::render_warning(text, self.color));
    }
}

/// A line of standard input without its end.
pub fn read_stdin_line() -> io::Result<Option<String>> {
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let without_end = line.trim_end_matches('\n').trim_end_matches('\r').len();
    line.truncate(without_end);
    Ok(Some(line))
}

/// A screen of the size that the terminal has now, in this style.
pub fn screen(style: Style) -> Screen {
    let (rows, cols) = size();
    Screen { rows, cols, style, digits: Digits::Usual }
}

/// Rows and columns as they are now: the terminal's, or `LINES` and `COLUMNS`, or 24×80.
pub fn size() -> (usize, usize) {
    if let Some((width, height)) = terminal_size::terminal_size() {
        return (usize::from(height.0).max(1), usize::from(width.0).max(1));
    }
    let variable = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok()).filter(|n| *n > 0);
    (variable("LINES").unwrap_or(ROWS), variable("COLUMNS").unwrap_or(COLS))
}

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// What the command line and the settings call them.
    pub const NAMES: &'static [(&'static str, ColorChoice)] =
        &[("auto", ColorChoice::Auto), ("always", ColorChoice::Always), ("never", ColorChoice::Never)];

    /// Are errors written in colour?
    pub fn for_errors(self) -> bool {
        self.on(&io::stderr())
    }

    /// Is what was asked for written in colour?
    pub fn for_output(self) -> bool {
        self.on(&io::stdout())
    }

    fn on(self, stream: &impl IsTerminal) -> bool {
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
                !refused && !dumb && stream.is_terminal()
            }
        }
    }
}

/// Writes an error, after everything that the program wrote before it.
pub fn write_error(output: &Output, text: &str) {
    output.flush();
    let text = if io::stderr().is_terminal() { for_terminal(text) } else { text.into() };
    // An error that cannot be shown is still in the exit status.
    let _ = status::aside(text.as_bytes(), || io::stderr().write_all(text.as_bytes()));
}

/// The pager where `PAGER` names none: it keeps colours and cuts long lines, which the arrow keys move.
const PAGER: &str = "less -RS";

/// Shows a text in the user's pager; false if that cannot be started.
fn page(text: &str) -> bool {
    let pager = std::env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let shell = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut command = Command::new(shell.0);
    command.arg(shell.1).arg(pager.as_deref().unwrap_or(PAGER)).stdin(Stdio::piped());
    let Ok(mut running) = command.spawn() else { return false };
    if let Some(mut input) = running.stdin.take() {
        // The user may leave the pager before the end.
        let _ = input.write_all(for_terminal(text).as_bytes());
    }
    let ended = running.wait();
    // Ctrl-C was for the pager.
    interrupt::clear();
    // A shell that does not find the pager says so with 127.
    ended.is_ok_and(|status| status.code() != Some(127))
}
