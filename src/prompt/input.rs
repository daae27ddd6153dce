//! One complete input from the line editor, and its history.

use super::assistant::Assistant;
use super::block;
use super::history::Inputs;
use super::keys::{Keys, Shared};
use super::paint::Theme;
use crate::session::Session;
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{Cmd, ColorMode, CompletionType, Config, EditMode, Editor, Event, EventHandler, KeyEvent};
use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// Milliseconds after which a lone Esc is no beginning of another key.
const ESCAPE: u16 = 100;

/// What the user did.
pub(super) enum Input {
    /// Typed a text that is complete, or that Ctrl-D declared finished.
    Text(String),
    /// Pressed Ctrl-C: the line is dropped.
    Cancelled,
    /// Pressed Ctrl-D on an empty line.
    End,
}

/// How the user wants to edit.
pub(super) struct Manner {
    pub color: bool,
    pub theme: Theme,
    pub vi: bool,
    /// Is the size of what is typed shown behind it?
    pub size_hints: bool,
    /// Inputs that the history keeps.
    pub history: usize,
}

/// The line editor with its history.
pub(super) struct Lines {
    editor: Editor<Assistant, Inputs>,
    history: Option<PathBuf>,
    prompt: &'static str,
}

impl Lines {
    /// An editor for the inputs of a session, which remembers in the given file.
    pub fn open(
        session: Rc<RefCell<Session>>,
        shared: &Arc<Shared>,
        prompt: &'static str,
        history: Option<PathBuf>,
        manner: &Manner,
    ) -> io::Result<Lines> {
        let margin = prompt.width();
        let config = Config::builder()
            .max_history_size(manner.history)
            .map_err(other)?
            .auto_add_history(false)
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            .bracketed_paste(true)
            // Whose keys are whose: see `Keys`.
            .edit_mode(EditMode::Vi)
            .keyseq_timeout(Some(ESCAPE))
            .color_mode(if manner.color { ColorMode::Forced } else { ColorMode::Disabled })
            .build();
        let inputs = Inputs::new(&config, margin);
        let mut editor = Editor::with_history(config, inputs).map_err(other)?;
        editor.set_helper(Some(Assistant::new(session, shared.clone(), manner, margin)));
        let keys = Keys::new(shared.clone(), margin, manner.vi);
        editor.bind_sequence(Event::Any, EventHandler::Conditional(Box::new(keys)));
        editor.bind_sequence(Event::KeySeq(vec![KeyEvent::ctrl('X'), KeyEvent::ctrl('U')]), Cmd::Undo(1));
        if let Some(file) = &history {
            // There is none before the first session.
            let _ = editor.load_history(file);
        }
        Ok(Lines { editor, history, prompt })
    }

    /// The next input.
    pub fn next(&mut self) -> io::Result<Input> {
        let text = match self.editor.readline(self.prompt) {
            Ok(text) => block::without_margin(&text, self.prompt.width()),
            Err(ReadlineError::Interrupted) => return Ok(Input::Cancelled),
            Err(ReadlineError::Eof) => return Ok(Input::End),
            Err(error) => return Err(other(error)),
        };
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
