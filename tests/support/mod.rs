//! What the tests share: running the program, captured output, files of a directory, and snapshots.
#![allow(dead_code, reason = "every test uses a part of it")]

use hlang::error::Diagnostic;
use hlang::session::{Console, Session};
use hlang::source::Sources;
use hlang::transcript;
use hlang::value::{Digits, Screen, Style};
use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The built program, independent of the user's settings.
pub fn hlang() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hlang"));
    command.current_dir(root()).env_remove("NO_COLOR").env_remove("LINES").env_remove("COLUMNS").env("TERM", "xterm");
    command
}

/// Runs a command with a text on its standard input. A run of more than `limit` seconds fails the test.
pub fn run(command: &mut Command, input: &[u8], limit: u64) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program is built");
    let mut stdin = child.stdin.take().expect("it was piped");
    let input = input.to_vec();
    // A program that does not read its input closes the pipe; that is its business.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let id = child.id();
    let (done, waits) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        let late = waits.recv_timeout(Duration::from_secs(limit)).is_err();
        if late {
            end(id);
        }
        late
    });
    let output = child.wait_with_output().expect("the program was started");
    done.send(()).ok();
    let late = watch.join().expect("the watch does not panic");
    writer.join().expect("the writer does not panic").ok();
    assert!(!late, "the program ran longer than {limit} s");
    Ran {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("errors are UTF-8"),
    }
}

#[cfg(unix)]
fn end(id: u32) {
    use nix::sys::signal::{Signal, kill};
    kill(nix::unistd::Pid::from_raw(id as i32), Signal::SIGKILL).ok();
}

#[cfg(not(unix))]
fn end(_id: u32) {}

/// Waits until something holds, for at most `limit` seconds.
pub fn wait_for(limit: u64, mut holds: impl FnMut() -> bool) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(limit) {
        if holds() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    holds()
}

/// The package's directory.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Makes an empty directory the current one, for examples that write files.
pub fn enter_scratch_directory(name: &str) {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&directory).ok();
    std::fs::create_dir_all(&directory).expect("the directory of the build can be written");
    std::env::set_current_dir(&directory).expect("it was just made");
}

/// The files of a directory with this extension, in order.
pub fn files(directory: &str, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(directory)).expect("the directory is part of the package");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

/// A path from the package's directory, with `/` everywhere.
pub fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Compares a text with its snapshot; `HLANG_BLESS=1` writes the snapshot instead. An empty text has no file.
pub fn compare(path: &Path, got: &str) -> Result<(), String> {
    if std::env::var_os("HLANG_BLESS").is_some() {
        if got.is_empty() {
            std::fs::remove_file(path).ok();
        } else {
            std::fs::write(path, got).expect("snapshots can be written");
        }
        return Ok(());
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == got {
        return Ok(());
    }
    let differs = expected.lines().zip(got.lines()).position(|(a, b)| a != b);
    let line = differs.unwrap_or_else(|| expected.lines().count().min(got.lines().count())) + 1;
    Err(format!("{} differs in line {line}\n--- expected\n{expected}\n--- got\n{got}", name(path)))
}

/// Fails with every message, if there are any.
pub fn report(problems: Vec<String>) {
    assert!(
        problems.is_empty(),
        "{} problems (HLANG_BLESS=1 accepts them):\n\n{}",
        problems.len(),
        problems.join("\n")
    );
}

/// A session whose output is kept.
pub fn session() -> (Session, Rc<RefCell<String>>) {
    let written = Rc::new(RefCell::new(String::new()));
    let screen = Screen { rows: 24, cols: 80, style: Style::Julia, digits: Digits::Usual };
    (Session::new(Box::new(Capture(written.clone())), screen), written)
}

struct Capture(Rc<RefCell<String>>);

impl Console for Capture {
    fn write(&mut self, text: &str) {
        self.0.borrow_mut().push_str(text);
    }

    fn write_error(&mut self, text: &str) {
        self.write(text);
    }

    fn flush(&mut self) {}

    fn read_line(&mut self) -> std::io::Result<Option<String>> {
        Ok(None)
    }

    fn report(&mut self, diagnostic: &Diagnostic, sources: &Sources, screen: Screen) {
        self.0.borrow_mut().push_str(&hlang::report::render(diagnostic, sources, false, screen.cols));
    }

    fn warn(&mut self, text: &str) {
        self.0.borrow_mut().push_str(&hlang::report::render_warning(text, false));
    }
}

/// What a prompt of 80 columns shows while these inputs are typed in a new session.
pub fn typed<S: AsRef<str>>(inputs: &[S]) -> String {
    let (mut session, written) = session();
    let under = " ".repeat(transcript::PROMPT.len());
    for input in inputs {
        let input = input.as_ref();
        let typed = input.replace('\n', &format!("\n{under}"));
        written.borrow_mut().push_str(&format!("{}{typed}\n", transcript::PROMPT));
        let shown = match transcript::enter(&mut session, "prompt", input) {
            Ok(Some(shown)) => format!("{shown}\n"),
            Ok(None) => String::new(),
            Err(diagnostic) => hlang::report::render(&diagnostic, &session.sources(), false, 80),
        };
        written.borrow_mut().push_str(&format!("{shown}\n"));
    }
    written.borrow().trim_end().to_string()
}

/// What a program gives: its last value's text, or its error's kind, message and hints.
pub fn outcome(program: &str) -> String {
    match session().0.eval("test", program) {
        Ok(None) => "nothing".to_owned(),
        Ok(Some(value)) => hlang::value::display::repr(&value),
        Err(error) => format!("{}: {} {:?}", error.kind.name(), error.message, error.hints),
    }
}
