//! The line that tells how long an evaluation takes already and how far its loop is. It stands on standard error, on a
//! terminal only, from the third second on, and is gone before anything else is written.

use crate::progress;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

/// How long an evaluation may take before the line appears.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often the line changes.
const PACE: Duration = Duration::from_millis(500);

/// Rounds are counted for so long before the rest is estimated.
const MEASURED: Duration = Duration::from_secs(1);

/// Erases the line that the cursor is in.
const ERASE: &str = "\r\x1b[2K";

static ENABLED: AtomicBool = AtomicBool::new(false);
static LINE: Mutex<Line> = Mutex::new(Line::new());
static CHANGED: Condvar = Condvar::new();

struct Line {
    /// When the evaluation began; nothing while none runs or while it waits for the user.
    since: Option<Instant>,
    shown: bool,
    /// Does the cursor stand at the beginning of a line?
    free: bool,
    /// A moment with the rounds that were done then, and of how many.
    measured: Option<(Instant, u64, u64)>,
}

/// Shows the line from now on, if standard error is a terminal that can erase it.
pub fn enable() {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if dumb || !io::stderr().is_terminal() {
        return;
    }
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        // Without a thread there is no line, and nothing else is lost.
        if std::thread::Builder::new().name("status".to_owned()).spawn(watch).is_ok() {
            ENABLED.store(true, Ordering::Relaxed);
            progress::watch();
        }
    });
}

/// An evaluation that is watched until this is dropped.
pub struct Watched(());

/// An evaluation begins.
pub fn begin() -> Watched {
    restart(Some(Instant::now()));
    Watched(())
}

impl Drop for Watched {
    fn drop(&mut self) {
        restart(None);
    }
}

/// Does something that needs the terminal for itself; the clock begins anew after it.
pub fn pause<T>(work: impl FnOnce() -> T) -> T {
    let running = ENABLED.load(Ordering::Relaxed) && line().since.is_some();
    restart(None);
    let result = work();
    if running {
        restart(Some(Instant::now()));
    }
    result
}

/// Writes a text to the terminal, where the line must not be.
pub(super) fn aside<T>(text: &[u8], write: impl FnOnce() -> T) -> T {
    if !ENABLED.load(Ordering::Relaxed) {
        return write();
    }
    let mut line = line();
    line.erase();
    let result = write();
    if let Some(last) = text.last() {
        line.free = *last == b'\n';
    }
    result
}

fn restart(since: Option<Instant>) {
    if !ENABLED.load(Ordering::Relaxed) {
        return;
    }
    let mut line = line();
    line.erase();
    line.since = since;
    line.measured = None;
    // What the user typed ended with Enter.
    line.free = true;
    CHANGED.notify_all();
}

/// No thread panics while it holds it.
fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn watch() {
    let mut line = line();
    loop {
        let Some(since) = line.since else {
            line = CHANGED.wait(line).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        let wait = PATIENCE.checked_sub(since.elapsed()).unwrap_or(PACE);
        line = CHANGED.wait_timeout(line, wait).unwrap_or_else(PoisonError::into_inner).0;
        if line.since == Some(since) && since.elapsed() >= PATIENCE {
            line.show(since);
        }
    }
}

impl Line {
    const fn new() -> Line {
        Line { since: None, shown: false, free: true, measured: None }
    }

    fn erase(&mut self) {
        if std::mem::take(&mut self.shown) {
            // A terminal that cannot be written to shows nothing that must be erased.
            let _ = io::stderr().write_all(ERASE.as_bytes());
        }
    }

    fn show(&mut self, since: Instant) {
        if !self.free {
            return;
        }
        let mut text = elapsed(since.elapsed());
        if let Some((done, rounds)) = progress::now() {
            let percent = (done as f64 / rounds as f64 * 100.0).floor();
            text.push_str(&format!(", round {} of {rounds} ({percent} %)", (done + 1).min(rounds)));
            if let Some(rest) = self.rest(done, rounds) {
                text.push_str(&format!(", about {} to go", elapsed(rest)));
            }
        }
        let columns = super::size().1;
        let text: String = text.chars().take(columns.saturating_sub(1)).collect();
        self.shown = io::stderr().write_all(format!("{ERASE}{text}").as_bytes()).is_ok();
    }

    /// The time that the remaining rounds may take, if they go on as those since the first look.
    fn rest(&mut self, done: u64, rounds: u64) -> Option<Duration> {
        let now = Instant::now();
        let (moment, then, of) = *self.measured.get_or_insert((now, done, rounds));
        if of != rounds || then > done {
            self.measured = Some((now, done, rounds));
            return None;
        }
        let (took, went) = (now - moment, done - then);
        if took < MEASURED || went == 0 {
            return None;
        }
        Duration::try_from_secs_f64(took.as_secs_f64() / went as f64 * (rounds - done) as f64).ok()
    }
}

/// `12 s`, `3 min 5 s`, `2 h 10 min`
fn elapsed(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        3600.. => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        let texts = [5, 185, 7800].map(|seconds| elapsed(Duration::from_secs(seconds)));
        assert_eq!(texts, ["5 s", "3 min 5 s", "2 h 10 min"]);
    }
}
