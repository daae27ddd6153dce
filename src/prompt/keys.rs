//! What the keys do where the line editor's own keys do something else or nothing.

use super::block;
use super::pasted;
use crate::syntax;
use rustyline::{
    At, Cmd, ConditionalEventHandler, Event, EventContext, InputMode, KeyCode, KeyEvent, Modifiers, Movement,
    RepeatCount, Word,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Blanks that Tab puts in at the beginning of a line.
const TAB: &str = "    ";

/// What the keys, the line editor's questions and the prompt share.
#[derive(Default)]
pub(super) struct Shared {
    offers: Mutex<Vec<String>>,
    rewriting: Mutex<Option<(usize, String)>>,
}

impl Shared {
    /// The lines that Alt-1 … Alt-9 take.
    pub fn offers(&self) -> Vec<String> {
        locked(&self.offers).clone()
    }

    /// Other lines for Alt-1 … Alt-9.
    pub fn offer(&self, lines: Vec<String>) {
        *locked(&self.offers) = lines;
    }

    /// What a key has put in place of the text from an offset to the cursor. The line editor has no such command for a
    /// key, but a completion can do it.
    pub fn take_rewriting(&self) -> Option<(usize, String)> {
        locked(&self.rewriting).take()
    }

    fn rewrite(&self, start: usize, text: String) -> Cmd {
        *locked(&self.rewriting) = Some((start, text));
        Cmd::Complete
    }
}

/// No thread panics while it holds one of these.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What ↑ and ↓ go through.
#[derive(Clone, Copy, PartialEq)]
enum Browsing {
    /// Nothing: the last key was another one.
    No,
    /// All inputs.
    All,
    /// The inputs that begin with what stands before the cursor.
    Beginning,
}

/// The handler of every key.
///
/// In its emacs mode the line editor takes Alt and a digit for the beginning of a number before it asks anyone. So it is
/// always in its vi mode, of which a user of emacs keys sees the inserting half only, with these keys bound here.
pub(super) struct Keys {
    shared: Arc<Shared>,
    /// Columns of the prompt.
    margin: usize,
    vi: bool,
    browsing: Mutex<Browsing>,
}

impl Keys {
    /// Keys of emacs or vi, for a prompt of this width.
    pub fn new(shared: Arc<Shared>, margin: usize, vi: bool) -> Keys {
        Keys { shared, margin, vi, browsing: Mutex::new(Browsing::No) }
    }

    fn browsing(&self, now: Browsing) -> Browsing {
        std::mem::replace(&mut *locked(&self.browsing), now)
    }

    /// Enter runs a complete input, and continues one that is not or whose block is being edited.
    fn enter(&self, line: &str, pos: usize) -> Cmd {
        let inside = line.contains('\n') && !line[pos..].trim().is_empty();
        let for_prompt = line.starts_with(['?', ';']) || pasted::inputs(line).is_some();
        if for_prompt || !(inside || syntax::is_incomplete(&block::without_margin(line, self.margin))) {
            return Cmd::AcceptLine;
        }
        self.new_line(line, pos)
    }

    fn new_line(&self, line: &str, pos: usize) -> Cmd {
        Cmd::Insert(1, block::new_line(&line[..pos], self.margin))
    }

    /// ↑ moves up in a block; in its first line it looks for inputs that begin with what stands before the cursor.
    fn up(&self, line: &str, pos: usize, before: Browsing) -> Cmd {
        if line[..pos].contains('\n') {
            self.browsing(before);
            return Cmd::LineUpOrPreviousHistory(1);
        }
        if before == Browsing::All || pos == 0 {
            self.browsing(Browsing::All);
            return Cmd::LineUpOrPreviousHistory(1);
        }
        self.browsing(Browsing::Beginning);
        Cmd::HistorySearchBackward
    }

    fn down(&self, line: &str, pos: usize, before: Browsing) -> Cmd {
        self.browsing(before);
        if before == Browsing::Beginning && !line[pos..].contains('\n') {
            return Cmd::HistorySearchForward;
        }
        Cmd::LineDownOrNextHistory(1)
    }

    fn tab(line: &str, pos: usize, hint: Option<&str>) -> Cmd {
        let start = line[..pos].rfind('\n').map_or(0, |newline| newline + 1);
        if hint.is_some() && pos == line.len() {
            Cmd::CompleteHint
        } else if line[start..pos].trim().is_empty() {
            Cmd::Insert(1, TAB.to_owned())
        } else {
            Cmd::Complete
        }
    }

    fn offered(&self, digit: char, line: &str) -> Option<Cmd> {
        let number = digit.to_digit(10)?.checked_sub(1)? as usize;
        let offer = self.shared.offers().get(number).filter(|_| line.is_empty())?.clone();
        Some(Cmd::Insert(1, block::with_margin(&offer, self.margin)))
    }

    /// Keys that are the same for all.
    fn common(&self, key: KeyEvent, ctx: &EventContext<'_>, before: Browsing) -> Option<Cmd> {
        use KeyCode::{BackTab, Char, Down, Enter, Right, Tab, Up};
        const NONE: Modifiers = Modifiers::NONE;
        let (line, pos) = (ctx.line(), ctx.pos());
        let KeyEvent(code, with) = key;
        Some(match (code, with) {
            (Enter, NONE) | (Char('M' | 'J'), Modifiers::CTRL) => self.enter(line, pos),
            (Enter | Char('\r' | '\n' | 'M' | 'J'), _) if with.contains(Modifiers::ALT) => self.new_line(line, pos),
            (Tab, NONE) | (Char('I'), Modifiers::CTRL) => Keys::tab(line, pos, ctx.hint_text()),
            (BackTab, NONE) => Cmd::Complete,
            (Up, NONE) => self.up(line, pos, before),
            (Down, NONE) => self.down(line, pos, before),
            (Right, NONE) if pos == line.len() => Cmd::CompleteHint,
            (Char(digit @ '1'..='9'), Modifiers::ALT) => self.offered(digit, line)?,
            (Char('D'), Modifiers::CTRL) if at_empty_last_line(line, pos) => Cmd::AcceptLine,
            (Char(letter), NONE) if pos == line.len() || line[pos..].starts_with('\n') => {
                let start = line[..pos].rfind('\n').map_or(0, |newline| newline + 1);
                self.shared.rewrite(start, block::moved_out(&line[..pos], letter, self.margin)?)
            }
            _ => return None,
        })
    }
}

/// Whoever does not know what an unfinished input lacks says so with Ctrl-D, and is told.
fn at_empty_last_line(line: &str, pos: usize) -> bool {
    let last = line[..pos].rfind('\n').map(|newline| &line[newline + 1..]);
    last.is_some_and(|last| last.trim().is_empty())
}

/// The keys of emacs that the other mode of the line editor does not have.
fn emacs(key: KeyEvent, line: &str) -> Option<Cmd> {
    use KeyCode::{Backspace, Char, Esc, Left, Right};
    const ALT: Modifiers = Modifiers::ALT;
    const CTRL: Modifiers = Modifiers::CTRL;
    let KeyEvent(code, with) = key;
    Some(match (code, with) {
        (Char('A'), CTRL) => Cmd::Move(Movement::BeginningOfLine),
        (Char('E'), CTRL) => Cmd::Move(Movement::EndOfLine),
        (Char('B'), CTRL) => Cmd::Move(Movement::BackwardChar(1)),
        (Char('F'), CTRL) => Cmd::Move(Movement::ForwardChar(1)),
        (Char('D'), CTRL) if !line.is_empty() => Cmd::Kill(Movement::ForwardChar(1)),
        (Char('K'), CTRL) => Cmd::Kill(Movement::EndOfLine),
        (Char('L'), CTRL) => Cmd::ClearScreen,
        (Char('N'), CTRL) => Cmd::NextHistory,
        (Char('P'), CTRL) => Cmd::PreviousHistory,
        (Char('G'), CTRL) | (Esc, Modifiers::NONE) => Cmd::Abort,
        (Backspace, ALT) => Cmd::Kill(Movement::BackwardWord(1, Word::Emacs)),
        (Char('<'), ALT) => Cmd::BeginningOfHistory,
        (Char('>'), ALT) => Cmd::EndOfHistory,
        (Char('b' | 'B') | Left, ALT) | (Left, CTRL) => Cmd::Move(Movement::BackwardWord(1, Word::Emacs)),
        (Char('f' | 'F') | Right, ALT) | (Right, CTRL) => {
            Cmd::Move(Movement::ForwardWord(1, At::AfterEnd, Word::Emacs))
        }
        (Char('d' | 'D'), ALT) => Cmd::Kill(Movement::ForwardWord(1, At::AfterEnd, Word::Emacs)),
        (Char('c' | 'C'), ALT) => Cmd::CapitalizeWord,
        (Char('l' | 'L'), ALT) => Cmd::DowncaseWord,
        (Char('u' | 'U'), ALT) => Cmd::UpcaseWord,
        (Char('t' | 'T'), ALT) => Cmd::TransposeWords(1),
        (Char('y' | 'Y'), ALT) => Cmd::YankPop,
        // Any other letter with Alt would leave the inserting half of vi.
        (Char(_), ALT) => Cmd::Noop,
        _ => return None,
    })
}

impl ConditionalEventHandler for Keys {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, ctx: &EventContext) -> Option<Cmd> {
        let key = *event.get(0)?;
        let before = self.browsing(Browsing::No);
        if self.vi && ctx.input_mode() == InputMode::Command {
            // The letters of vi are the line editor's; Enter runs and continues as ever.
            return matches!(key.0, KeyCode::Enter).then(|| self.enter(ctx.line(), ctx.pos()));
        }
        let common = self.common(key, ctx, before);
        if self.vi { common } else { common.or_else(|| emacs(key, ctx.line())) }
    }
}
