//! Parentheses, square brackets, braces and strings.

use super::frame::{FrameKind, Loops};
use super::{After, Layout, Step};
use crate::syntax::lexeme::{Keyword, Kind, Lexeme};
use crate::syntax::token::Token;

/// Names after which `[` opens a literal of that element type, not an index.
const ELEMENT_TYPES: &[&str] = &[
    "Any",
    "Bool",
    "Int",
    "Int64",
    "Float64",
    "Complex",
    "ComplexF64",
    "String",
    "Number",
    "Real",
    "Integer",
    "AbstractFloat",
    "AbstractString",
    "Function",
    "Tuple",
    "NamedTuple",
];

impl Layout<'_> {
    /// `(` directly after an operand calls it; anywhere else it groups.
    pub(super) fn paren_open(&mut self, arrow: bool, lexeme: Lexeme) -> Step {
        let number = self.last.is_some_and(|l| l.kind == Kind::Number);
        let calls = self.after == After::Operand && !lexeme.blank && !number;
        let token = if calls || self.opens_signature() {
            Token::CallOpen
        } else {
            self.begin_operand(lexeme)?;
            if arrow { Token::ParamsOpen } else { Token::ParenOpen }
        };
        self.push(FrameKind::Paren { loops: Loops::None }, lexeme)?;
        self.emit(token, lexeme, After::Start);
        Ok(())
    }

    /// Is this the `(` of `function (x) … end`?
    fn opens_signature(&self) -> bool {
        self.after == After::Start
            && matches!(self.top(), Some(FrameKind::Block { keyword: Keyword::Function, head: true, .. }))
    }

    pub(super) fn paren_close(&mut self, lexeme: Lexeme) -> Step {
        self.check_closer(lexeme, |kind| matches!(kind, FrameKind::Paren { .. }))?;
        self.pop();
        self.emit(Token::ParenClose, lexeme, After::Operand);
        // The signature of a function ends here, so that the body of `function f(x) -x end` is `-x`.
        if let Some(FrameKind::Block { keyword: Keyword::Function, head: true, .. }) = self.top() {
            let at = lexeme.end as usize;
            self.ready.push_back((at, Token::Separator(false), at));
            self.after = After::Start;
            self.end_head();
        }
        Ok(())
    }

    /// `[` directly after an operand indexes it, or gives the type of a literal; anywhere else it makes a vector.
    pub(super) fn bracket_open(&mut self, lexeme: Lexeme) -> Step {
        let token = if self.after == After::Operand && !lexeme.blank {
            let typed = self.last.is_some_and(|l| match l.kind {
                Kind::Name => ELEMENT_TYPES.contains(&self.text_of(l)),
                kind => kind == Kind::BraceClose,
            });
            if typed { Token::TypedOpen } else { Token::IndexOpen }
        } else {
            self.begin_operand(lexeme)?;
            Token::VectorOpen
        };
        self.push(FrameKind::Bracket { index: token == Token::IndexOpen, loops: Loops::None }, lexeme)?;
        self.emit(token, lexeme, After::Start);
        Ok(())
    }

    pub(super) fn bracket_close(&mut self, lexeme: Lexeme) -> Step {
        self.check_closer(lexeme, |kind| matches!(kind, FrameKind::Bracket { .. }))?;
        self.pop();
        self.emit(Token::BracketClose, lexeme, After::Operand);
        Ok(())
    }

    /// `{` after a type's name.
    pub(super) fn brace_open(&mut self, lexeme: Lexeme) -> Step {
        self.push(FrameKind::Brace, lexeme)?;
        self.emit(Token::BraceOpen, lexeme, After::Start);
        Ok(())
    }

    pub(super) fn brace_close(&mut self, lexeme: Lexeme) -> Step {
        self.check_closer(lexeme, |kind| kind == FrameKind::Brace)?;
        self.pop();
        self.emit(Token::BraceClose, lexeme, After::Operand);
        Ok(())
    }

    /// Checks that a closer closes what is open, and ends what has no closer before it.
    fn check_closer(&mut self, lexeme: Lexeme, fits: fn(FrameKind) -> bool) -> Step {
        let open = self.frames.iter().rev().find(|f| f.kind.is_closed_by_writing()).copied();
        match open {
            None => return Err(self.closes_nothing(lexeme)),
            Some(frame) if !fits(frame.kind) => return Err(self.wrong_closer(frame, lexeme)),
            Some(_) => {}
        }
        if self.after == After::Operator {
            return Err(self.missing_operand(lexeme));
        }
        self.close_open_ended()
    }

    pub(super) fn string_open(&mut self, triple: bool, lexeme: Lexeme) -> Step {
        if self.after == After::Operand && !lexeme.blank {
            return Err(self.next_to_string(lexeme));
        }
        self.begin_operand(lexeme)?;
        self.push(FrameKind::Text, lexeme)?;
        self.emit(Token::StringOpen(triple), lexeme, After::Start);
        Ok(())
    }

    pub(super) fn string_piece(&mut self, token: Token, lexeme: Lexeme) -> Step {
        self.emit(token, lexeme, After::Start);
        Ok(())
    }

    pub(super) fn interpolation_open(&mut self, lexeme: Lexeme) -> Step {
        self.push(FrameKind::Paren { loops: Loops::None }, lexeme)?;
        self.emit(Token::InterpolationOpen, lexeme, After::Start);
        Ok(())
    }

    pub(super) fn string_close(&mut self, lexeme: Lexeme) -> Step {
        self.pop();
        self.emit(Token::StringClose, lexeme, After::Operand);
        Ok(())
    }
}
