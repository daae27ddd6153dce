//! Runs programs and finds out what must never happen: a panic, and a program that Ctrl-C does not stop.

use hlang::session::{Console, Session};
use hlang::value::{Digits, Screen, Style};
use hlang::{interrupt, report};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

/// A statement may run so long before it is interrupted,
const PATIENCE: Duration = Duration::from_secs(1);
/// and so long until it has stopped. Beside other tests a slow machine needs its time.
const GRACE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

/// What runs now, since when; and the panic that was seen last.
static RUNNING: Mutex<Option<(Instant, String)>> = Mutex::new(None);
static PANIC: Mutex<String> = Mutex::new(String::new());
/// Where the program that runs is written, so that one which kills the process (by the end of its stack, of memory) is
/// known.
static LAST_PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Starts the watch over statements that do not end, and keeps panics quiet. Each program is written to `last_program`
/// before it runs.
pub fn begin(last_program: Option<PathBuf>) {
    if let Some(path) = last_program {
        LAST_PROGRAM.set(path).expect("the watch is started once");
    }
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let text = info.payload_as_str().unwrap_or("").lines().next().unwrap_or("").to_string();
        *lock(&PANIC) = format!("{place}: {text}");
    }));
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_millis(20));
            let running = lock(&RUNNING).clone();
            let Some((since, program)) = running else { continue };
            if since.elapsed() > PATIENCE + GRACE {
                eprintln!("This cannot be interrupted:\n{program}\n");
                std::process::abort();
            }
            if since.elapsed() > PATIENCE {
                interrupt::request();
            }
        }
    });
}

/// Enters the statements in a fresh session as at the prompt, each whatever came before; gives the panic, if there was one.
pub fn panics(statements: &[String]) -> Option<String> {
    let program = statements.join("\n");
    if let Some(path) = LAST_PROGRAM.get() {
        std::fs::write(path, &program).expect("the directory of the last program can be written");
    }
    let ran = panic::catch_unwind(AssertUnwindSafe(|| {
        let screen = Screen { rows: 24, cols: 80, style: Style::Julia, digits: Digits::Usual };
        let mut session = Session::new(Box::new(Sink), screen);
        for statement in statements {
            *lock(&RUNNING) = Some((Instant::now(), format!("{statement}\n\nin\n\n{program}")));
            enter(&mut session, statement);
            if session.exit_status().is_some() {
                break;
            }
        }
    }));
    *lock(&RUNNING) = None;
    ran.err().map(|_| lock(&PANIC).clone())
}

/// Runs a statement and shows what it gave, its value or its report.
fn enter(session: &mut Session, statement: &str) {
    session.is_incomplete(statement);
    match session.eval("fuzz", statement) {
        Ok(Some(value)) => session.display(&value),
        Ok(None) => {}
        Err(diagnostic) => drop(report::render(&diagnostic, &session.sources(), false, 80)),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Output that nobody reads.
struct Sink;

impl Console for Sink {
    fn write(&mut self, _text: &str) {}

    fn write_error(&mut self, _text: &str) {}

    fn flush(&mut self) {}

    fn read_line(&mut self) -> std::io::Result<Option<String>> {
        Ok(None)
    }

    fn report(&mut self, _: &hlang::error::Diagnostic, _: &hlang::source::Sources, _: hlang::value::Screen) {}

    fn warn(&mut self, _text: &str) {}
}
