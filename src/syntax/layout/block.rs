//! Blocks: their words, heads and bodies.

use super::frame::{Frame, FrameKind, Loops};
use super::{After, Layout, Step};
use crate::syntax::lexeme::{Keyword, Kind, Lexeme};
use crate::syntax::token::Token;

impl Layout<'_> {
    /// A word that opens a block.
    pub(super) fn open_block(&mut self, keyword: Keyword, token: Token, lexeme: Lexeme) -> Step {
        self.begin_operand(lexeme)?;
        let head = !matches!(keyword, Keyword::Begin | Keyword::Try);
        let loops = if keyword == Keyword::For { Loops::Target } else { Loops::None };
        self.push(FrameKind::Block { keyword, head, loops }, lexeme)?;
        self.emit(token, lexeme, After::Start);
        Ok(())
    }

    /// `begin` opens a block, and is the first index in `A[begin]`.
    pub(super) fn begin(&mut self, lexeme: Lexeme) -> Step {
        if self.in_index() {
            return self.operand(Token::BeginValue, lexeme);
        }
        self.open_block(Keyword::Begin, Token::Begin, lexeme)
    }

    /// `if` opens a block, and filters in `[x for x in v if c]`.
    pub(super) fn if_keyword(&mut self, lexeme: Lexeme) -> Step {
        let filters = self.after == After::Operand && self.bracket_loops().is_some_and(|loops| loops != Loops::None);
        if !filters {
            return self.open_block(Keyword::If, Token::If, lexeme);
        }
        self.close_open_ended()?;
        self.emit(Token::Filter, lexeme, After::Operator);
        Ok(())
    }

    /// `for` opens a block, and goes round in `[x for x in v]`.
    pub(super) fn for_keyword(&mut self, lexeme: Lexeme) -> Step {
        if self.after != After::Operand || self.bracket_loops().is_none() {
            return self.open_block(Keyword::For, Token::For, lexeme);
        }
        self.close_open_ended()?;
        if let Some(loops) = self.frames.last_mut().and_then(|f| f.kind.loops()) {
            *loops = Loops::Target;
        }
        self.emit(Token::Each, lexeme, After::Operator);
        Ok(())
    }

    /// The loops of the bracket that is open, if a comprehension can stand here.
    fn bracket_loops(&self) -> Option<Loops> {
        for frame in self.frames.iter().rev() {
            match frame.kind {
                FrameKind::Paren { loops } | FrameKind::Bracket { loops, .. } => return Some(loops),
                FrameKind::Lambda | FrameKind::Ternary { .. } | FrameKind::Greedy => {}
                FrameKind::MacroArguments | FrameKind::Block { .. } | FrameKind::Brace | FrameKind::Text => {
                    return None;
                }
            }
        }
        None
    }

    /// Is an index closer than any block, so that `end` is its last position?
    fn in_index(&self) -> bool {
        for frame in self.frames.iter().rev() {
            match frame.kind {
                FrameKind::Bracket { index: true, .. } => return true,
                FrameKind::Block { .. } => return false,
                FrameKind::Bracket { .. }
                | FrameKind::Paren { .. }
                | FrameKind::Brace
                | FrameKind::Text
                | FrameKind::Lambda
                | FrameKind::Ternary { .. }
                | FrameKind::Greedy
                | FrameKind::MacroArguments => {}
            }
        }
        false
    }

    /// `end` closes a block, and is the last index in `A[end]`.
    pub(super) fn end(&mut self, lexeme: Lexeme) -> Step {
        if self.in_index() {
            return self.operand(Token::EndValue, lexeme);
        }
        self.finish_part(lexeme)?;
        self.suspect_lost_end(lexeme);
        self.pop();
        self.emit(Token::End, lexeme, After::Operand);
        Ok(())
    }

    /// An `end` that is indented like an outer block, not like the one that it closes: the inner one may lack its own.
    /// Only if an `end` is missing in the end is anything said about it.
    fn suspect_lost_end(&mut self, end: Lexeme) {
        let column = self.indentation(end);
        let Some((closed, outer)) = self.frames.split_last() else { return };
        let misplaced = column.is_some() && closed.indentation.is_some() && closed.indentation != column;
        let is_outer = |f: &Frame| matches!(f.kind, FrameKind::Block { .. }) && f.indentation == column;
        if misplaced && self.suspect.is_none() && outer.iter().any(is_outer) {
            self.suspect = Some((*closed, end));
        }
    }

    /// Ends a body, or a head without a body, before a word that closes or continues its block.
    fn finish_part(&mut self, lexeme: Lexeme) -> Step {
        let open = self.frames.iter().rev().find(|f| f.kind.is_closed_by_writing()).copied();
        match open {
            None => return Err(self.closes_nothing(lexeme)),
            Some(frame) if !matches!(frame.kind, FrameKind::Block { .. }) => {
                return Err(self.wrong_closer(frame, lexeme));
            }
            Some(_) => {}
        }
        if self.after == After::Operator {
            return Err(self.missing_operand(lexeme));
        }
        self.close_open_ended()?;
        let headed = matches!(self.top(), Some(FrameKind::Block { head: true, .. }));
        if headed && (self.after == After::Operand || self.head_may_be_empty()) {
            self.insert(Token::Separator(false));
            self.end_head();
        }
        Ok(())
    }

    /// `else`, `elseif`, `finally`: the next part of a block.
    pub(super) fn clause(&mut self, word: Keyword, token: Token, lexeme: Lexeme) -> Step {
        let open = self.frames.iter().rev().map(|f| f.kind).find(|kind| kind.is_closed_by_writing());
        if let Some(FrameKind::Block { keyword, .. }) = open
            && !continues(keyword, word)
        {
            return Err(self.stray_clause(lexeme));
        }
        if open.is_none() {
            return Err(self.stray_clause(lexeme));
        }
        if word == Keyword::Else && self.peek().is_some_and(|l| l.kind == Kind::Keyword(Keyword::If)) {
            return Err(self.else_if(lexeme));
        }
        self.finish_part(lexeme)?;
        if let Some(FrameKind::Block { head, .. }) = self.frames.last_mut().map(|f| &mut f.kind) {
            *head = matches!(word, Keyword::ElseIf | Keyword::Catch);
        }
        self.emit(token, lexeme, After::Start);
        Ok(())
    }

    /// `catch`, with the name of the error on the same line or without.
    pub(super) fn catch(&mut self, lexeme: Lexeme) -> Step {
        self.clause(Keyword::Catch, Token::Catch, lexeme)?;
        let next = self.peek().map(|l| l.kind);
        match next {
            None
            | Some(Kind::Newline | Kind::Semicolon | Kind::Keyword(Keyword::End | Keyword::Finally | Keyword::Else)) => {
                self.ready.push_back((lexeme.end as usize, Token::Separator(false), lexeme.end as usize));
                self.end_head();
                Ok(())
            }
            Some(Kind::Name) if !self.name_continues() => Ok(()),
            Some(_) => Err(self.no_error_name(lexeme)),
        }
    }

    /// After the name that is next, does its expression go on?
    fn name_continues(&self) -> bool {
        let Some(after) = self.lexemes.get(self.next + 1) else { return false };
        match after.kind {
            Kind::ParenOpen { .. } | Kind::BracketOpen | Kind::Dot | Kind::Prime => !after.blank,
            Kind::Operator { .. } | Kind::Assign { .. } => true,
            _ => false,
        }
    }

    /// `do` after a call: parameters, then a body.
    pub(super) fn do_keyword(&mut self, lexeme: Lexeme) -> Step {
        let after_call = self.after == After::Operand && self.last.is_some_and(|l| l.kind == Kind::ParenClose);
        if !after_call {
            return Err(self.do_without_call(lexeme));
        }
        self.push(FrameKind::Block { keyword: Keyword::Do, head: true, loops: Loops::None }, lexeme)?;
        self.emit(Token::Do, lexeme, After::Start);
        Ok(())
    }
}

/// Is this word a part of that block?
fn continues(block: Keyword, word: Keyword) -> bool {
    match block {
        Keyword::If => matches!(word, Keyword::Else | Keyword::ElseIf),
        Keyword::Try => matches!(word, Keyword::Catch | Keyword::Else | Keyword::Finally),
        _ => false,
    }
}
