//! The prompt through a pseudo-terminal: what is typed, and what is on the screen then.
#![cfg(unix)]

mod support;

use nix::pty::{Winsize, openpty};
use nix::unistd::setsid;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Child;
use std::sync::{Arc, Mutex};

const LIMIT: u64 = 30;

/// A program at a terminal. It is ended with the test.
struct Terminal {
    child: Child,
    keyboard: File,
    screen: Arc<Mutex<Vec<u8>>>,
    /// Characters of the screen that earlier waits have passed.
    seen: usize,
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Terminal {
    /// Starts the prompt; nothing on a machine that gives no terminals.
    fn start(test: &str, args: &[&str]) -> Option<Terminal> {
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let Ok(pty) = openpty(Some(&size), None) else {
            eprintln!("skipped: no pseudo-terminal can be opened");
            return None;
        };
        let slave = File::from(pty.slave);
        let mut command = support::hlang();
        command.args(args).env("XDG_STATE_HOME", state(test));
        command.stdin(slave.try_clone().expect("it is open"));
        command.stdout(slave.try_clone().expect("it is open"));
        command.stderr(slave.try_clone().expect("it is open"));
        let terminal = slave.as_raw_fd();
        // SAFETY: between fork and exec only these two system calls are made, and both may be.
        unsafe {
            command.pre_exec(move || {
                setsid()?;
                // Without a controlling terminal Ctrl-C would be no signal.
                if nix::libc::ioctl(terminal, nix::libc::TIOCSCTTY as _, 0) < 0 {
                    return Err(std::io::Error::last_os_error());
                }
                Ok(())
            });
        }
        let child = command.spawn().expect("the program is built");
        drop(slave);
        let keyboard = File::from(pty.master);
        let mut reader = keyboard.try_clone().expect("it is open");
        let screen = Arc::new(Mutex::new(Vec::new()));
        let shared = screen.clone();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            // Reading fails when the program has ended.
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                shared.lock().expect("no panic while it is held").extend_from_slice(&chunk[..n]);
            }
        });
        let mut terminal = Terminal { child, keyboard, screen, seen: 0 };
        terminal.wait_for("hlang> ");
        Some(terminal)
    }

    fn type_in(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the program reads");
    }

    /// What was written so far, without escape sequences.
    fn text(&self) -> String {
        let bytes = self.screen.lock().expect("no panic while it is held");
        without_escapes(&String::from_utf8_lossy(&bytes))
    }

    /// Waits until a text appears after the last one that was waited for.
    #[track_caller]
    fn wait_for(&mut self, part: &str) {
        let mut found = None;
        support::wait_for(LIMIT, || {
            found = self.text().get(self.seen..).and_then(|new| new.find(part));
            found.is_some()
        });
        match found {
            Some(at) => self.seen += at + part.len(),
            None => panic!("{part:?} does not appear in\n{}", self.text()),
        }
    }

    /// Types a line and waits for a part of the answer and the next prompt.
    #[track_caller]
    fn enter(&mut self, line: &str, answer: &str) {
        self.type_in(line);
        self.type_in("\r");
        self.wait_for(answer);
        self.wait_for("hlang> ");
    }

    fn ends_with(&mut self) -> Option<i32> {
        let child = &mut self.child;
        support::wait_for(LIMIT, || child.try_wait().expect("it is our child").is_some());
        self.child.try_wait().expect("it is our child").expect("the program ends").code()
    }
}

fn state(test: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("prompt-{test}"));
    std::fs::create_dir_all(&directory).expect("the target directory can be written");
    directory
}

/// The text without control sequences; carriage returns go too.
fn without_escapes(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => {
                if chars.next() == Some('[') {
                    chars.find(|c| ('@'..='~').contains(c));
                }
            }
            '\r' => {}
            _ => out.push(c),
        }
    }
    out
}

#[test]
fn lines_are_run_and_results_shown() {
    let Some(mut terminal) = Terminal::start("lines", &[]) else { return };
    terminal.enter("A = [1 2 3; 4 5 6]", "2×3 Matrix{Int64}:\n 1  2  3\n 4  5  6\n\n");
    terminal.enter("A .* A", "2×3 Matrix{Int64}:\n  1   4   9\n 16  25  36\n\n");
    terminal.enter("sum(ans)", "91\n\n");
    terminal.enter("B = 2A;", "\n\n");
    terminal.enter("println(\"six: \", B[1, 3])", "six: 6\n\n");
    terminal.enter("print(\"no newline\")", "no newline\n\n");
}

#[test]
fn an_input_continues_until_it_is_complete() {
    let Some(mut terminal) = Terminal::start("continuation", &[]) else { return };
    terminal.type_in("function twice(x)\r");
    terminal.wait_for("\n       ");
    terminal.type_in("2x\r");
    terminal.wait_for("\n       ");
    terminal.enter("end", "twice (generic function with 1 method)\n\n");
    terminal.type_in("[1 2\r");
    terminal.wait_for("\n       ");
    terminal.enter("3 4]", "2×2 Matrix{Int64}:\n 1  2\n 3  4\n\n");
}

#[test]
fn an_error_leaves_the_session_alive() {
    let Some(mut terminal) = Terminal::start("error", &[]) else { return };
    terminal.enter("A = [1 2 3; 4 5 6]", "4  5  6");
    terminal.enter("A * A", "DimensionMismatch");
    terminal.enter("nosuchname", "UndefVarError");
    terminal.enter("1 +* 2", "ParseError");
    terminal.enter("zeros(10^7, 10^7)", "OutOfMemoryError");
    terminal.enter("f(x) = f(x + 1) + 1; f(1)", "StackOverflowError");
    terminal.enter("size(A)", "(2, 3)");
}

#[test]
fn ctrl_c_clears_the_line_and_stops_what_runs() {
    let Some(mut terminal) = Terminal::start("interrupt", &[]) else { return };
    terminal.enter("x = 41", "41");
    terminal.type_in("this is not run");
    terminal.wait_for("not run");
    terminal.type_in("\x03");
    terminal.wait_for("hlang> ");
    terminal.type_in("begin\r");
    terminal.wait_for("\n       ");
    terminal.type_in("\x03");
    terminal.wait_for("hlang> ");
    terminal.type_in("while true end\r");
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.type_in("\x03");
    terminal.wait_for("InterruptException");
    terminal.wait_for("hlang> ");
    terminal.enter("x + 1", "42");
}

#[test]
fn there_are_three_ways_to_leave() {
    for (keys, status) in [("\x04", 0), ("exit\r", 0), ("exit(3)\r", 3)] {
        let Some(mut terminal) = Terminal::start("leave", &[]) else { return };
        terminal.type_in(keys);
        assert_eq!(terminal.ends_with(), Some(status), "{keys:?}");
    }
}

#[test]
fn ctrl_d_in_an_unfinished_input_says_what_is_missing() {
    let Some(mut terminal) = Terminal::start("unfinished", &[]) else { return };
    terminal.type_in("for i in 1:3\r");
    terminal.wait_for("\n       ");
    terminal.type_in("\x04");
    terminal.wait_for("ParseError");
    terminal.wait_for("hlang> ");
    terminal.enter("1 + 1", "2");
}

#[test]
fn history_is_remembered_by_the_next_session() {
    std::fs::remove_dir_all(state("history")).ok();
    let Some(mut terminal) = Terminal::start("history", &[]) else { return };
    terminal.enter("remembered = 6 * 7", "42");
    terminal.type_in("\x04");
    assert_eq!(terminal.ends_with(), Some(0));
    let Some(mut terminal) = Terminal::start("history", &[]) else { return };
    terminal.type_in("\x1b[A");
    terminal.wait_for("remembered = 6 * 7");
    terminal.type_in("\r");
    terminal.wait_for("42");
}

#[test]
fn a_style_changes_how_results_are_shown() {
    let Some(mut terminal) = Terminal::start("style", &[]) else { return };
    terminal.enter("style(\"matlab\");", "\n");
    terminal.enter("A = [1 2; 3 4]", "A =\n     1     2\n     3     4\n");
}
