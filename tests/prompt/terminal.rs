//! The program at a pseudo-terminal, and its screen as a terminal emulator shows it.

use super::support;
use nix::pty::{Winsize, openpty};
use nix::unistd::setsid;
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex, MutexGuard};

const LIMIT: u64 = 10;

const ROWS: u16 = 30;
const COLS: u16 = 80;

/// Columns of the usual prompt.
const PROMPT: u16 = 7;

pub const UP: &str = "\x1b[A";
pub const DOWN: &str = "\x1b[B";
pub const RIGHT: &str = "\x1b[C";
pub const LEFT: &str = "\x1b[D";
pub const ALT_ENTER: &str = "\x1b\r";

/// A program at a terminal. It is ended with the test.
pub struct Terminal {
    child: Child,
    keyboard: File,
    emulator: Arc<Mutex<vt100::Parser>>,
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Terminal {
    /// Starts the prompt; nothing on a machine that gives no terminals.
    pub fn start(test: &str, args: &[&str]) -> Option<Terminal> {
        let mut terminal = Terminal::start_with(test, |command| {
            command.args(args);
        })?;
        terminal.ready();
        Some(terminal)
    }

    /// Starts the program, changed as the test wants.
    pub fn start_with(test: &str, change: impl FnOnce(&mut Command)) -> Option<Terminal> {
        let size = Winsize { ws_row: ROWS, ws_col: COLS, ws_xpixel: 0, ws_ypixel: 0 };
        let Ok(pty) = openpty(Some(&size), None) else {
            eprintln!("skipped: no pseudo-terminal can be opened");
            return None;
        };
        let slave = File::from(pty.slave);
        let mut command = support::hlang();
        command.env("XDG_STATE_HOME", state(test)).env("XDG_CONFIG_HOME", state(test).join("config"));
        command
            .env_remove("COLORFGBG")
            .env_remove("HLANG_KEYS")
            .env_remove("HLANG_BANNER")
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_CTYPE");
        change(&mut command);
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
        let emulator = Arc::new(Mutex::new(vt100::Parser::new(side(ROWS), side(COLS), 1000)));
        let shared = emulator.clone();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            // Reading fails when the program has ended.
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                shared.lock().expect("no panic while it is held").process(&chunk[..n]);
            }
        });
        Some(Terminal { child, keyboard, emulator })
    }

    pub fn type_in(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the program reads");
    }

    fn emulator(&self) -> MutexGuard<'_, vt100::Parser> {
        self.emulator.lock().expect("no panic while it is held")
    }

    /// What is on the screen now; blanks at the ends of lines are not.
    pub fn screen(&self) -> String {
        let emulator = self.emulator();
        let text = emulator.screen().contents();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// The screen stands as a picture in the page on the prompt.
    #[track_caller]
    pub fn is_pictured(&self) {
        let page = std::fs::read_to_string(support::root().join("docs/prompt.md")).expect("the page is there");
        let picture = format!("```screen\n{}\n```", self.screen());
        assert!(page.contains(&picture), "docs/prompt.md does not show\n{picture}");
    }

    /// Row and column of the cursor, from 0.
    pub fn cursor(&self) -> (u16, u16) {
        self.emulator().screen().cursor_position()
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub fn shows(&mut self, part: &str) {
        let found = support::wait_for(LIMIT, || self.screen().contains(part));
        assert!(found, "{part:?} is not on the screen\n{}", self.screen());
    }

    /// Waits until the screen ends with a text.
    #[track_caller]
    pub fn ends_with(&mut self, end: &str) {
        let found = support::wait_for(LIMIT, || self.screen().ends_with(end));
        assert!(found, "the screen does not end with {end:?}\n{}", self.screen());
    }

    /// Waits for an empty input.
    #[track_caller]
    pub fn ready(&mut self) {
        let found = support::wait_for(LIMIT, || self.is_ready());
        assert!(found, "there is no prompt\n{}", self.screen());
    }

    fn is_ready(&self) -> bool {
        let (row, column) = self.cursor();
        column == PROMPT && self.row(row).starts_with("hlang>")
    }

    fn row(&self, row: u16) -> String {
        self.emulator().screen().contents_between(row, 0, row, COLS)
    }

    /// Waits until the cursor stands in a new line of the input.
    #[track_caller]
    pub fn on_new_line(&mut self) {
        let found = support::wait_for(LIMIT, || self.row(self.cursor().0).trim().is_empty() && self.cursor().1 > 0);
        assert!(found, "there is no new line\n{}", self.screen());
    }

    /// Types a line and waits for a part of the answer and the next prompt. Without a line, what is typed already is run.
    #[track_caller]
    pub fn enter(&mut self, line: &str, answer: &str) {
        self.type_in(line);
        let typed = support::wait_for(LIMIT, || !self.is_ready());
        assert!(typed, "{line:?} is not typed\n{}", self.screen());
        self.type_in("\r");
        self.ready();
        self.shows(answer);
    }

    /// Clears the screen, so that what is shown later is not taken for what was there.
    #[track_caller]
    pub fn clear(&mut self) {
        self.type_in("\x0c");
        let cleared = support::wait_for(LIMIT, || self.cursor() == (0, PROMPT));
        assert!(cleared, "the screen is not cleared\n{}", self.screen());
    }

    /// How the last occurrence of a text on the screen is painted: the colour and whether it is dim.
    pub fn paint_of(&self, text: &str) -> (vt100::Color, bool) {
        let Some(cell) = self.cell_of(text) else { panic!("{text:?} is not on the screen\n{}", self.screen()) };
        (cell.fgcolor(), cell.dim())
    }

    /// Is the last occurrence of a text on the screen shown inverse?
    pub fn is_inverse(&self, text: &str) -> bool {
        self.cell_of(text).is_some_and(|cell| cell.inverse())
    }

    /// Waits until the last occurrence of a text is shown inverse.
    pub fn becomes_inverse(&self, text: &str) -> bool {
        support::wait_for(LIMIT, || self.is_inverse(text))
    }

    /// The first cell of the last occurrence of a text on the screen.
    fn cell_of(&self, text: &str) -> Option<vt100::Cell> {
        let emulator = self.emulator();
        let screen = emulator.screen();
        (0..ROWS).rev().find_map(|row| {
            let line: Vec<String> = (0..COLS).map(|column| contents(screen, row, column)).collect();
            let start = (0..line.len()).rev().find(|k| line[*k..].concat().starts_with(text))?;
            screen.cell(row, start as u16).cloned()
        })
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, rows: u16, cols: u16) {
        let size = Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 };
        // SAFETY: the descriptor is open and the structure is the one that the call reads.
        let set = unsafe { nix::libc::ioctl(self.keyboard.as_raw_fd(), nix::libc::TIOCSWINSZ as _, &size) };
        assert_eq!(set, 0, "the terminal takes a size");
        self.emulator().screen_mut().set_size(side(rows), side(cols));
    }

    pub fn exit_code(&mut self) -> Option<i32> {
        let child = &mut self.child;
        support::wait_for(LIMIT, || child.try_wait().expect("it is our child").is_some());
        self.child.try_wait().expect("it is our child").expect("the program ends").code()
    }

    /// Ends the program as closing the window does.
    pub fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is our child");
    }
}

fn side(length: u16) -> NonZero<u16> {
    NonZero::new(length).expect("a window has a size")
}

fn contents(screen: &vt100::Screen, row: u16, column: u16) -> String {
    let cell = screen.cell(row, column).map(vt100::Cell::contents).unwrap_or_default();
    if cell.is_empty() { " ".to_owned() } else { cell.to_owned() }
}

/// The directory for what a test's programs remember.
pub fn state(test: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("prompt-{test}"));
    std::fs::create_dir_all(&directory).expect("the target directory can be written");
    directory
}

/// The directory for what a test's programs remember, empty.
pub fn fresh_state(test: &str) {
    std::fs::remove_dir_all(state(test)).expect("it is ours");
}
