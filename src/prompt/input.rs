//! One complete input from the line editor: further lines are asked for until the parser is content.

use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{Config, Editor};
use std::io;
use std::path::PathBuf;

/// Inputs that the history keeps.
const REMEMBERED: usize = 10_000;

/// What the user did.
pub(super) enum Input {
    /// Typed a text that is complete, or that Ctrl-D declared finished.
    Text(String),
    /// Pressed Ctrl-C: the line is dropped.
    Cancelled,
    /// Pressed Ctrl-D on an empty line.
    End,
}

/// The line editor with its history.
pub(super) struct Lines {
    editor: Editor<(), DefaultHistory>,
    history: Option<PathBuf>,
}

impl Lines {
    /// An editor that remembers in the given file.
    pub fn open(history: Option<PathBuf>) -> io::Result<Lines> {
        let config = Config::builder().max_history_size(REMEMBERED).map_err(other)?.auto_add_history(false).build();
        let mut editor = Editor::with_config(config).map_err(other)?;
        if let Some(file) = &history {
            // There is none before the first session.
            let _ = editor.load_history(file);
        }
        Ok(Lines { editor, history })
    }

    /// The next input. Its further lines stand under its first, behind a prompt of the same width.
    pub fn next(&mut self, prompt: &str, is_incomplete: impl Fn(&str) -> bool) -> io::Result<Input> {
        let mut text = match self.editor.readline(prompt) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted) => return Ok(Input::Cancelled),
            Err(ReadlineError::Eof) => return Ok(Input::End),
            Err(error) => return Err(other(error)),
        };
        let under = " ".repeat(prompt.chars().count());
        while is_incomplete(&text) {
            match self.editor.readline(&under) {
                Ok(line) => {
                    text.push('\n');
                    text.push_str(&line);
                }
                Err(ReadlineError::Interrupted) => return Ok(Input::Cancelled),
                // Whoever does not know what is missing gets an error that says it.
                Err(ReadlineError::Eof) => break,
                Err(error) => return Err(other(error)),
            }
        }
        self.remember(&text);
        Ok(Input::Text(text))
    }

    /// Keeps an input at once, so that a session that ends badly loses none.
    fn remember(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let added = self.editor.add_history_entry(text.trim_end()).unwrap_or(false);
        if let (true, Some(file)) = (added, &self.history) {
            // A history that cannot be written is no reason to disturb the user.
            let _ = self.editor.append_history(file);
        }
    }
}

/// A line for a program that reads input while it runs. Ctrl-C there is an interrupt of the program.
pub(super) fn ask() -> io::Result<Option<String>> {
    let mut editor = Editor::<(), DefaultHistory>::new().map_err(other)?;
    match editor.readline("") {
        Ok(line) => Ok(Some(line)),
        Err(ReadlineError::Eof) => Ok(None),
        Err(ReadlineError::Interrupted) => {
            crate::interrupt::request();
            Err(io::Error::new(io::ErrorKind::Interrupted, "interrupted"))
        }
        Err(error) => Err(other(error)),
    }
}

fn other(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        error => io::Error::other(error.to_string()),
    }
}
