//! Operands and the operators between them.

use super::frame::{FrameKind, Loops, Spacing};
use super::{After, Layout, Step};
use crate::error::Diagnostic;
use crate::op::{BinaryOp, UnaryOp};
use crate::syntax::ast::OperatorName;
use crate::syntax::lexeme::{Keyword, Kind, Lexeme};
use crate::syntax::mistakes::is_foreign_in_head;
use crate::syntax::token::{Assigning, Infix, Prefix, Token};

/// `-9223372036854775808` is an Int64 although its digits alone are not.
const LEAST_INT_DIGITS: &str = "9223372036854775808";

impl Layout<'_> {
    /// An operand of one lexeme.
    pub(super) fn operand(&mut self, token: Token, lexeme: Lexeme) -> Step {
        self.begin_operand(lexeme)?;
        self.emit(token, lexeme, After::Operand);
        Ok(())
    }

    /// Puts in what belongs between an operand that has ended and one that begins.
    pub(super) fn begin_operand(&mut self, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return Ok(());
        }
        if !lexeme.blank && self.juxtaposes(lexeme)? {
            self.insert(Token::Juxtaposed);
            return Ok(());
        }
        match self.spacing() {
            Spacing::Columns(number) if lexeme.blank => {
                self.close_down_to(number)?;
                self.settle();
                self.insert_before(Token::Column, lexeme);
                self.after = After::Start;
            }
            Spacing::Head(number) if !self.foreign_word_joins(lexeme) => {
                self.close_down_to(number)?;
                self.settle();
                self.insert_before(Token::Separator(false), lexeme);
                self.after = After::Start;
                self.end_head();
            }
            Spacing::Columns(_) | Spacing::Head(_) | Spacing::None => return Err(self.side_by_side(lexeme)),
        }
        Ok(())
    }

    /// In `if x and y` the word is meant as an operator, not as the beginning of the body.
    fn foreign_word_joins(&self, lexeme: Lexeme) -> bool {
        let foreign = |l: Lexeme| l.kind == Kind::Name && is_foreign_in_head(self.text_of(l));
        foreign(lexeme) || self.last.is_some_and(foreign)
    }

    /// Do the last lexeme and this one multiply, with nothing between them?
    fn juxtaposes(&self, lexeme: Lexeme) -> Result<bool, Box<Diagnostic>> {
        let Some(last) = self.last else { return Ok(false) };
        let root = matches!(lexeme.kind, Kind::Unary { op: UnaryOp::Sqrt | UnaryOp::Cbrt, dotted: false });
        let word = matches!(lexeme.kind, Kind::Name | Kind::Keyword(Keyword::True | Keyword::False | Keyword::End));
        let fits = match last.kind {
            Kind::Number => word || root || matches!(lexeme.kind, Kind::ParenOpen { .. }),
            Kind::ParenClose | Kind::BracketClose | Kind::Prime => word || root,
            Kind::Name => root,
            _ => false,
        };
        if fits && last.kind == Kind::Number && self.text_of(last).ends_with('.') {
            return Err(self.number_ends_with_dot(last, lexeme));
        }
        Ok(fits)
    }

    /// Something that follows an operand and leaves an operand: `'`.
    pub(super) fn postfix(&mut self, token: Token, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return Err(self.nothing_before(lexeme));
        }
        self.emit(token, lexeme, After::Operand);
        Ok(())
    }

    /// Something that stands between two operands and groups from the right, looser than `*`.
    pub(super) fn infix_from_right(&mut self, token: Token, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return Err(self.nothing_before(lexeme));
        }
        self.loosen();
        self.wait(lexeme)?;
        self.emit(token, lexeme, After::Operator);
        Ok(())
    }

    /// `+`, `.*`, `in`: infix after an operand, else prefix or a value.
    pub(super) fn operator(&mut self, op: BinaryOp, dotted: bool, lexeme: Lexeme) -> Step {
        let prefix = match op {
            BinaryOp::Add => Some(UnaryOp::Plus),
            BinaryOp::Sub => Some(UnaryOp::Neg),
            _ => None,
        };
        let signs = prefix.is_some() || (op == BinaryOp::And && !dotted);
        if self.after == After::Operand && !self.begins_element(signs, lexeme) {
            return self.infix_operator(Infix { op, dotted }, lexeme);
        }
        self.begin_operand(lexeme)?;
        if self.is_operator_value(prefix.is_some()) {
            self.emit(Token::Operator(OperatorName::Binary(op), dotted), lexeme, After::Operand);
            return Ok(());
        }
        match prefix {
            Some(UnaryOp::Neg) if !dotted && self.least_int(lexeme) => Ok(()),
            Some(op) => self.prefix(Prefix { op, dotted }, lexeme),
            None => Err(self.nothing_before(lexeme)),
        }
    }

    fn infix_operator(&mut self, infix: Infix, lexeme: Lexeme) -> Step {
        if infix.op == BinaryOp::In && !infix.dotted && self.takes_loop_in() {
            self.emit(Token::LoopIn, lexeme, After::Operator);
            return Ok(());
        }
        match Token::infix(infix) {
            token @ (Token::Pair(_) | Token::PipeLeft(_)) => return self.infix_from_right(token, lexeme),
            token @ Token::Power(_) => {
                self.wait_tightly(lexeme)?;
                self.emit(token, lexeme, After::Operator);
            }
            token => {
                self.loosen();
                self.emit(token, lexeme, After::Operator);
            }
        }
        Ok(())
    }

    /// In `[1 -2]` the sign begins a new element; in `[1 - 2]` and `[1-2]` it doesn't.
    fn begins_element(&self, can_be_prefix: bool, lexeme: Lexeme) -> bool {
        can_be_prefix && lexeme.blank && !self.blank_follows() && matches!(self.spacing(), Spacing::Columns(_))
    }

    /// Is the operator that was just taken a value, as in `map(+, a)` or `+(1, 2)`?
    fn is_operator_value(&self, can_be_prefix: bool) -> bool {
        let in_parens = matches!(self.enclosing(), Some(FrameKind::Paren { .. }));
        let next = if in_parens { self.peek_beyond_newlines() } else { self.peek() };
        let Some(next) = next else { return self.after != After::Operator || can_be_prefix };
        match next.kind {
            Kind::Comma | Kind::Semicolon | Kind::ParenClose | Kind::BracketClose => true,
            Kind::Newline => can_be_prefix || self.after != After::Start,
            Kind::ParenOpen { listed, .. } if !next.blank => listed || !can_be_prefix,
            Kind::Dot if !next.blank => true,
            _ => false,
        }
    }

    /// Takes in the digits after a `-` if only together they are an Int64.
    fn least_int(&mut self, minus: Lexeme) -> bool {
        let Some(number) = self.peek().filter(|l| l.kind == Kind::Number && !l.blank) else { return false };
        if self.text_of(number).replace('_', "") != LEAST_INT_DIGITS {
            return false;
        }
        self.next += 1;
        self.emit(Token::Number, Lexeme { end: number.end, ..minus }, After::Operand);
        true
    }

    fn prefix(&mut self, prefix: Prefix, lexeme: Lexeme) -> Step {
        self.wait_tightly(lexeme)?;
        self.emit(Token::Prefix(prefix), lexeme, After::Operator);
        Ok(())
    }

    /// `!`, `√`: prefix or a value.
    pub(super) fn unary(&mut self, op: UnaryOp, dotted: bool, lexeme: Lexeme) -> Step {
        if op == UnaryOp::BitNot && self.after == After::Operand && self.blank_follows() {
            return Err(self.infix_tilde(lexeme));
        }
        self.begin_operand(lexeme)?;
        if self.is_operator_value(true) {
            self.emit(Token::Operator(OperatorName::Unary(op), dotted), lexeme, After::Operand);
            return Ok(());
        }
        self.prefix(Prefix { op, dotted }, lexeme)
    }

    /// `=` and the updating forms; in the head of a loop `=` means `in`.
    pub(super) fn assign(&mut self, assigning: Assigning, lexeme: Lexeme) -> Step {
        if self.after != After::Operand && !(self.after == After::Comma && self.ends_pattern()) {
            return Err(self.nothing_before(lexeme));
        }
        if assigning == (Assigning { op: None, dotted: false }) && self.takes_loop_in() {
            self.emit(Token::LoopIn, lexeme, After::Operator);
            return Ok(());
        }
        self.loosen();
        self.wait(lexeme)?;
        self.emit(Token::Assign(assigning), lexeme, After::Operator);
        Ok(())
    }

    /// `a, = v` takes the first element.
    fn ends_pattern(&self) -> bool {
        matches!(self.enclosing(), Some(FrameKind::Block { .. }) | None)
    }

    /// Is this the `in` of a loop's clause? Then the rest of the clause follows.
    fn takes_loop_in(&mut self) -> bool {
        let Some(loops) = self.frames.last_mut().and_then(|f| f.kind.loops()) else { return false };
        if *loops != Loops::Target {
            return false;
        }
        *loops = Loops::Inside;
        true
    }

    /// `->`
    pub(super) fn arrow(&mut self, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return Err(self.nothing_before(lexeme));
        }
        self.push(FrameKind::Lambda, lexeme)?;
        self.emit(Token::Arrow, lexeme, After::Operator);
        Ok(())
    }

    /// `?`
    pub(super) fn question(&mut self, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return Err(self.nothing_before(lexeme));
        }
        if !lexeme.blank || !self.blank_follows() {
            return Err(self.blanks_needed(lexeme));
        }
        self.push(FrameKind::Ternary { then: true }, lexeme)?;
        self.emit(Token::Question, lexeme, After::Operator);
        Ok(())
    }

    /// `:` answers a `?`, makes a range or stands alone.
    pub(super) fn colon(&mut self, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return self.lone_colon(lexeme);
        }
        if let Some(number) = self.open_question() {
            if !lexeme.blank || !self.blank_follows() {
                return Err(self.blanks_needed(lexeme));
            }
            self.close_down_to(number)?;
            if let Some(frame) = self.frames.last_mut() {
                frame.kind = FrameKind::Ternary { then: false };
            }
            self.emit(Token::Otherwise, lexeme, After::Operator);
            return Ok(());
        }
        if self.begins_element(true, lexeme) {
            self.begin_operand(lexeme)?;
            return self.lone_colon(lexeme);
        }
        let newline = self.peek().map(|l| l.kind == Kind::Newline);
        let in_block = matches!(self.enclosing(), Some(FrameKind::Block { .. }) | None);
        let in_head = matches!(self.spacing(), Spacing::Head(_));
        if (newline == Some(true) && in_block) || (newline.is_none() && in_head) {
            return Err(self.colon_at_end(lexeme));
        }
        self.emit(Token::Range, lexeme, After::Operator);
        Ok(())
    }

    /// The innermost `?` that still waits for its `:`, unless a bracket or block was opened since.
    fn open_question(&self) -> Option<usize> {
        let open_ended = self.frames.iter().enumerate().rev().take_while(|(_, f)| !f.kind.is_closed_by_writing());
        open_ended.filter(|(_, f)| f.kind == FrameKind::Ternary { then: true }).map(|(number, _)| number).next()
    }

    fn lone_colon(&mut self, lexeme: Lexeme) -> Step {
        let alone = match self.peek_beyond_newlines().map(|l| l.kind) {
            Some(Kind::Comma | Kind::Semicolon | Kind::ParenClose | Kind::BracketClose) | None => true,
            Some(_) => false,
        };
        if !alone {
            return Err(self.symbol(lexeme));
        }
        self.emit(Token::Colon, lexeme, After::Operand);
        Ok(())
    }

    /// `.` of `t.x` or `f.(x)`.
    pub(super) fn dot(&mut self, lexeme: Lexeme) -> Step {
        if self.after != After::Operand || lexeme.blank {
            return Err(self.nothing_before(lexeme));
        }
        match self.peek().filter(|l| !l.blank) {
            Some(name @ Lexeme { kind: Kind::Name, .. }) => {
                self.next += 1;
                self.emit(Token::Dot, lexeme, After::Operator);
                self.emit(Token::Name, name, After::Operand);
                Ok(())
            }
            Some(paren @ Lexeme { kind: Kind::ParenOpen { .. }, .. }) => {
                self.next += 1;
                self.push(FrameKind::Paren { loops: Loops::None }, paren)?;
                self.emit(Token::DotCallOpen, Lexeme { end: paren.end, ..lexeme }, After::Start);
                Ok(())
            }
            Some(_) | None => Err(self.stray_dot(lexeme)),
        }
    }

    /// `...` after what is spread.
    pub(super) fn splat(&mut self, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return Err(self.nothing_before(lexeme));
        }
        while let Some(FrameKind::Lambda | FrameKind::Ternary { .. }) = self.top() {
            self.close_one()?;
        }
        self.emit(Token::Splat, lexeme, After::Operand);
        Ok(())
    }

    /// `@name`, with parentheses or with arguments after blanks.
    pub(super) fn macro_name(&mut self, lexeme: Lexeme) -> Step {
        self.begin_operand(lexeme)?;
        if self.follows_directly(|kind| matches!(kind, Kind::ParenOpen { .. })) {
            self.emit(Token::Macro, lexeme, After::Operand);
            return Ok(());
        }
        self.push(FrameKind::MacroArguments, lexeme)?;
        self.emit(Token::Macro, lexeme, After::Optional);
        Ok(())
    }

    /// A word that takes everything after it: `return`, `global`.
    pub(super) fn greedy(&mut self, token: Token, lexeme: Lexeme, after: After) -> Step {
        self.begin_operand(lexeme)?;
        self.push(FrameKind::Greedy, lexeme)?;
        self.emit(token, lexeme, after);
        Ok(())
    }
}
