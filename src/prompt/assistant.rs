//! What the line editor asks while a line is edited: colours, hints, completions, whether the input is complete.

use super::block;
use super::command;
use super::complete;
use super::input::Manner;
use super::keys::Shared;
use super::paint::{self, Theme};
use crate::console;
use crate::session::Session;
use crate::sizes;
use crate::syntax;
use rustyline::completion::{Completer, Pair};
use rustyline::config::CompletionType;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// What an input is for, told by its first character.
#[derive(Clone, Copy, PartialEq)]
enum Purpose {
    Program,
    Help,
    Shell,
}

/// Answers for one session.
pub(super) struct Assistant {
    session: Rc<RefCell<Session>>,
    shared: Arc<Shared>,
    theme: Theme,
    /// Columns of the prompt.
    margin: usize,
    /// Is the size of what is typed shown?
    size_hints: bool,
    /// Is the input being finished? Then the brackets at the cursor are not lit up.
    finished: Cell<bool>,
    purpose: Cell<Purpose>,
}

impl Assistant {
    /// Answers for this session, behind a prompt of this width.
    pub fn new(session: Rc<RefCell<Session>>, shared: Arc<Shared>, manner: &Manner, margin: usize) -> Assistant {
        let Manner { theme, size_hints, .. } = *manner;
        let (finished, purpose) = (Cell::new(false), Cell::new(Purpose::Program));
        Assistant { session, shared, theme, margin, size_hints, finished, purpose }
    }

    /// The prompt for help or the shell, of the same width as the usual one.
    fn prompt_for(&self, purpose: Purpose, usual: &str) -> Option<String> {
        let word = match purpose {
            Purpose::Program => return None,
            Purpose::Help => "help?>",
            Purpose::Shell => "shell>",
        };
        (usual.width() == word.len() + 1).then(|| format!("{word} "))
    }
}

impl Helper for Assistant {}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        if self.purpose.get() != Purpose::Program {
            return Cow::Borrowed(line);
        }
        let session = self.session.borrow();
        let cursor = (!self.finished.get()).then_some(pos);
        Cow::Owned(paint::paint(line, self.theme, |name| session.knows(name) || command::is_word(name), cursor))
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, default: bool) -> Cow<'b, str> {
        const GREEN: u8 = 32;
        const YELLOW: u8 = 33;
        const RED: u8 = 31;
        let purpose = if default { self.purpose.get() } else { Purpose::Program };
        let text = self.prompt_for(purpose, prompt);
        let color = match purpose {
            Purpose::Program => GREEN,
            Purpose::Help => YELLOW,
            Purpose::Shell => RED,
        };
        Cow::Owned(paint::prompt(text.as_deref().unwrap_or(prompt), color))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(paint::hint(hint))
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        match candidate.find("  ") {
            Some(at) => Cow::Owned(format!("{}{}", &candidate[..at], paint::hint(&candidate[at..]))),
            None => Cow::Borrowed(candidate),
        }
    }

    fn highlight_char(&self, line: &str, _: usize, kind: CmdKind) -> bool {
        self.finished.set(kind == CmdKind::ForcedRefresh);
        self.purpose.set(match line.chars().next() {
            Some('?') => Purpose::Help,
            Some(';') => Purpose::Shell,
            Some(_) | None => Purpose::Program,
        });
        true
    }
}

impl Assistant {
    /// The size of what is typed, where there is room for it.
    fn size_of(&self, line: &str) -> Option<Grey> {
        if !self.size_hints || line.starts_with(['?', ';']) {
            return None;
        }
        let session = self.session.borrow();
        let text = block::without_margin(line, self.margin);
        let size = sizes::hint(&text, &|name| session.variable(name))?;
        let shown = console::for_terminal(&format!("  ⟨{size}⟩")).into_owned();
        let last = line.rfind('\n').map_or(line.width() + self.margin, |newline| line[newline + 1..].width());
        let columns = console::size().1;
        (last + shown.width() < columns).then_some(Grey { shown, taken: None })
    }
}

/// Grey text after the cursor.
pub(super) struct Grey {
    shown: String,
    /// What → puts in, if it puts in anything.
    taken: Option<String>,
}

impl Hint for Grey {
    fn display(&self) -> &str {
        &self.shown
    }

    fn completion(&self) -> Option<&str> {
        self.taken.as_deref()
    }
}

impl Hinter for Assistant {
    type Hint = Grey;

    fn hint(&self, line: &str, _: usize, _: &Context<'_>) -> Option<Grey> {
        if !line.is_empty() {
            return self.size_of(line);
        }
        let offers = self.shared.offers();
        let first = block::with_margin(offers.first()?, self.margin);
        let columns = console::size().1;
        let mut shown = first.clone();
        for (k, other) in offers.iter().enumerate().skip(1) {
            let next = format!("   Alt-{}: {other}", k + 1);
            if shown.contains('\n') || self.margin + shown.width() + next.width() >= columns {
                break;
            }
            shown.push_str(&next);
        }
        Some(Grey { shown, taken: Some(first) })
    }
}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        if let Some((start, text)) = self.shared.take_rewriting() {
            return Ok((start, vec![Pair { display: text.clone(), replacement: text }]));
        }
        let columns = console::size().1;
        Ok(complete::complete(&self.session.borrow(), line, pos, columns))
    }
}

/// Asked where the terminal can only give whole lines; elsewhere Enter decides.
impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        let incomplete = !text.starts_with(['?', ';']) && syntax::is_incomplete(text);
        Ok(if incomplete { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}
