//! What is open at a place in the text.

use super::{After, Layout, Step};
use crate::codes::Code;
use crate::error::Diagnostic;
use crate::syntax::ast::MAX_DEPTH;
use crate::syntax::lexeme::{Keyword, Lexeme};
use crate::syntax::token::Token;

/// Brackets and blocks can be this deep in one another.
const MAX_FRAMES: usize = 1_000;

/// Something open.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// What it is.
    pub kind: FrameKind,
    /// What opened it.
    pub opener: Lexeme,
    /// Its column, if it is the first on its line.
    pub indentation: Option<u32>,
    /// How many operators were waiting for their right operand when it was opened.
    pub pending: u32,
    /// How many of them bind tighter than `*`.
    pub tight: u32,
}

/// What can be open. The last four end without a closer that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// `( )`
    Paren { loops: Loops },
    /// `[ ]`; in an `index` the word `end` is a value.
    Bracket { index: bool, loops: Loops },
    /// `{ }` with the parameters of a type.
    Brace,
    /// A string.
    Text,
    /// `if … end` and the like; the head is what stands before the body.
    Block { keyword: Keyword, head: bool, loops: Loops },
    /// The body of `x -> …`.
    Lambda,
    /// `c ? a : b`; `then` before the colon.
    Ternary { then: bool },
    /// What `return`, `global` or `using` takes.
    Greedy,
    /// What `@show` takes, separated by blanks.
    MacroArguments,
}

/// How far the clauses of a loop or comprehension are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loops {
    /// There are none.
    None,
    /// The next `in`, `=` or `∈` belongs to the clause.
    Target,
    /// It has been read.
    Inside,
}

impl FrameKind {
    /// Does it end with a closer that is written, such as `)` or `end`?
    pub fn is_closed_by_writing(self) -> bool {
        match self {
            FrameKind::Paren { .. }
            | FrameKind::Bracket { .. }
            | FrameKind::Brace
            | FrameKind::Text
            | FrameKind::Block { .. } => true,
            FrameKind::Lambda | FrameKind::Ternary { .. } | FrameKind::Greedy | FrameKind::MacroArguments => false,
        }
    }

    /// How far its loops are read, if it can have any.
    pub fn loops(&mut self) -> Option<&mut Loops> {
        match self {
            FrameKind::Paren { loops } | FrameKind::Bracket { loops, .. } | FrameKind::Block { loops, .. } => {
                Some(loops)
            }
            FrameKind::Brace
            | FrameKind::Text
            | FrameKind::Lambda
            | FrameKind::Ternary { .. }
            | FrameKind::Greedy
            | FrameKind::MacroArguments => None,
        }
    }
}

/// Where a blank before an operand separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// In a row of a matrix or a macro's arguments; the number of that frame.
    Columns(usize),
    /// Between a block's head and its body; the number of the block's frame.
    Head(usize),
    /// Nowhere.
    None,
}

impl Layout<'_> {
    pub(super) fn top(&self) -> Option<FrameKind> {
        self.frames.last().map(|f| f.kind)
    }

    /// The innermost bracket or block.
    pub(super) fn enclosing(&self) -> Option<FrameKind> {
        self.frames.iter().rev().map(|f| f.kind).find(|kind| kind.is_closed_by_writing())
    }

    pub(super) fn push(&mut self, kind: FrameKind, opener: Lexeme) -> Step {
        if self.frames.len() >= MAX_FRAMES {
            return Err(self.too_deep(opener, MAX_FRAMES));
        }
        let indentation = self.indentation(opener);
        let tight = std::mem::take(&mut self.tight);
        self.frames.push(Frame { kind, opener, indentation, pending: self.pending, tight });
        Ok(())
    }

    /// Closes the innermost of what ends without a closer.
    pub(super) fn close_one(&mut self) -> Step {
        let Some(frame) = self.frames.last().copied() else { return Ok(()) };
        if self.after == After::Operator
            && let Some(at) = self.peek_back()
        {
            return Err(self.missing_operand(at));
        }
        if frame.kind == (FrameKind::Ternary { then: true }) {
            return Err(self.question_without_colon(frame.opener));
        }
        self.insert(Token::Close);
        self.pop();
        Ok(())
    }

    /// The lexeme that was just taken, or the last one at the end of the text.
    fn peek_back(&self) -> Option<Lexeme> {
        self.lexemes.get(self.next.checked_sub(1)?).copied()
    }

    /// Closes everything that ends here without a closer.
    pub(super) fn close_open_ended(&mut self) -> Step {
        while self.top().is_some_and(|kind| !kind.is_closed_by_writing()) {
            self.close_one()?;
        }
        Ok(())
    }

    /// Closes everything above the frame with this number.
    pub(super) fn close_down_to(&mut self, number: usize) -> Step {
        while self.frames.len() > number + 1 {
            self.close_one()?;
        }
        Ok(())
    }

    /// What a blank before an operand means here.
    pub(super) fn spacing(&self) -> Spacing {
        for (number, frame) in self.frames.iter().enumerate().rev() {
            match frame.kind {
                FrameKind::Lambda | FrameKind::Ternary { .. } | FrameKind::Greedy => {}
                // The loops of `[x for x in 1 -1]` stand for one value: blanks mean nothing there.
                FrameKind::Bracket { loops: Loops::Target | Loops::Inside, .. } => return Spacing::None,
                FrameKind::MacroArguments | FrameKind::Bracket { loops: Loops::None, .. } => {
                    return Spacing::Columns(number);
                }
                FrameKind::Block { head: true, keyword, .. } if keyword != Keyword::Let => {
                    return Spacing::Head(number);
                }
                FrameKind::Block { .. } | FrameKind::Paren { .. } | FrameKind::Brace | FrameKind::Text => {
                    return Spacing::None;
                }
            }
        }
        Spacing::None
    }

    /// May the head of the block that is open be empty, as after `let` or `do`?
    pub(super) fn head_may_be_empty(&self) -> bool {
        matches!(self.top(), Some(FrameKind::Block { head: true, keyword: Keyword::Let | Keyword::Do, .. }))
    }

    /// Goes from the head of a block to its body.
    pub(super) fn end_head(&mut self) {
        if let Some(Frame { kind: FrameKind::Block { head, loops, .. }, .. }) = self.frames.last_mut() {
            *head = false;
            *loops = Loops::None;
        }
    }

    /// Closes the innermost frame, whose closer has just been read.
    pub(super) fn pop(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.pending = frame.pending;
            self.tight = frame.tight;
        }
    }

    /// Notes that an operator waits for its right operand.
    pub(super) fn wait(&mut self, lexeme: Lexeme) -> Step {
        self.pending += 1;
        if self.pending > MAX_DEPTH {
            return Err(self.too_deep(lexeme, MAX_DEPTH as usize));
        }
        Ok(())
    }

    /// Notes that a prefix operator or `^` waits.
    pub(super) fn wait_tightly(&mut self, lexeme: Lexeme) -> Step {
        self.tight += 1;
        self.wait(lexeme)
    }

    /// A looser operator: what binds tightly waits no longer.
    pub(super) fn loosen(&mut self) {
        self.pending -= std::mem::take(&mut self.tight);
    }

    /// A comma or separator: nothing inside the innermost frame waits any longer.
    pub(super) fn settle(&mut self) {
        self.pending = self.frames.last().map_or(0, |f| f.pending);
        self.tight = 0;
    }
}

/// Errors about nesting.
impl Layout<'_> {
    fn too_deep(&self, lexeme: Lexeme, limit: usize) -> Box<Diagnostic> {
        Box::new(
            self.error("this is nested too deeply", lexeme)
                .code(Code::NestedTooDeeply)
                .rule(format!("brackets and blocks can be nested about {limit} levels deep")),
        )
    }
}
