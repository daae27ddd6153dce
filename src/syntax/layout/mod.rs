//! The layout pass: from lexemes to the grammar's tokens, making explicit what Julia says with white space.
//!
//! Why not let the grammar do it, or the lexer? Because what a blank, a newline or a sign means depends on what is
//! open around it and on what stands before it, and neither a lexer nor a context-free grammar sees both:
//!
//! * `[1 -2]` has two elements, `[1 - 2]` and `(1 -2)` are one number, `[f(1 -2) 3]` has two elements again;
//! * `[a' b']` is a row of two adjoints, `[a 'b']` holds a text of another language;
//! * `f(x)` calls, and in `[f (x)]`, `if f (x) end` or `@show f (x)` stand two expressions;
//! * a newline ends a statement, is a row in `[ ]`, nothing in `( )`, and a statement's end once more in the
//!   `begin … end` inside those parentheses; after `x +` it is nothing anywhere;
//! * `for` loops, and goes round in `[x for x in v]`; `end` closes a block, and is the last index in `A[f(end)]`;
//! * `:` makes a range, stands alone in `A[:, 1]`, and answers the `?` in `c ? a : b`;
//! * `for i in 1:3 s += i end` has a body although nothing separates it from the head.
//!
//! So this pass keeps a stack of what is open ([`Frame`]) and whether an operand has just ended ([`After`]). It puts
//! in separators (`sep`, `row`, `col`), juxtapositions, and a `close` where something ends that has no closer of its
//! own: a lambda's body, the last part of `c ? a : b`, what follows `return`, a macro's arguments. It also finds every
//! bracket and block that is not closed, closed twice or closed wrongly, and can say where it was opened.

mod block;
mod bracket;
mod frame;
mod operand;
mod trouble;

use super::lexeme::{Bad, Keyword, Kind, Lexeme};
use super::token::{Assigning, Token};
use crate::error::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::Declaration;
use frame::{Frame, FrameKind, Loops};
use std::collections::VecDeque;

/// A token with its place, as the parser takes it.
type Placed = (usize, Token, usize);

/// What reading a lexeme can end in.
type Step = Result<(), Box<Diagnostic>>;

/// What stands just before the place that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// The beginning of a statement, a bracket or a row: nothing has to follow.
    Start,
    /// A word such as `return`, after which something can follow on the same line.
    Optional,
    /// A comma: more follows, or a closer.
    Comma,
    /// An operator that needs an operand.
    Operator,
    /// The end of an operand.
    Operand,
}

/// Reads lexemes and gives tokens.
pub struct Layout<'t> {
    text: &'t str,
    source: u32,
    lexemes: &'t [Lexeme],
    /// Number of the lexeme that is read next.
    next: usize,
    /// The last lexeme that was read, newlines aside.
    last: Option<Lexeme>,
    after: After,
    frames: Vec<Frame>,
    /// How many operators wait for their right operand, so that the parser's stack stays bounded.
    pending: u32,
    /// How many of them are the last ones and bind tighter than `*`: the next looser operator ends their wait.
    tight: u32,
    /// A block that seems to have lost its `end`, and the `end` that closed it instead.
    suspect: Option<(Frame, Lexeme)>,
    ready: VecDeque<Placed>,
    finished: bool,
}

impl<'t> Layout<'t> {
    /// A layout of the lexemes of a text.
    pub fn new(text: &'t str, source: u32, lexemes: &'t [Lexeme]) -> Layout<'t> {
        Layout {
            text,
            source,
            lexemes,
            next: 0,
            last: None,
            after: After::Start,
            frames: Vec::new(),
            pending: 0,
            tight: 0,
            suspect: None,
            ready: VecDeque::new(),
            finished: false,
        }
    }

    fn span(&self, lexeme: Lexeme) -> Span {
        Span { source: self.source, start: lexeme.start, end: lexeme.end }
    }

    fn text_of(&self, lexeme: Lexeme) -> &'t str {
        &self.text[lexeme.start as usize..lexeme.end as usize]
    }

    fn peek(&self) -> Option<Lexeme> {
        self.lexemes.get(self.next).copied()
    }

    /// The next lexeme that is not a newline.
    fn peek_beyond_newlines(&self) -> Option<Lexeme> {
        self.lexemes[self.next.min(self.lexemes.len())..].iter().copied().find(|l| l.kind != Kind::Newline)
    }

    /// Is there white space, or the end, after the lexeme that was just taken?
    fn blank_follows(&self) -> bool {
        self.peek().is_none_or(|l| l.blank || l.kind == Kind::Newline)
    }

    /// The column of the lexeme that was just taken, if it is the first on its line.
    fn indentation(&self, lexeme: Lexeme) -> Option<u32> {
        let before = self.next.checked_sub(2).map(|k| self.lexemes[k]);
        match before {
            None => Some(lexeme.start),
            Some(Lexeme { kind: Kind::Newline, end, .. }) => Some(lexeme.start - end),
            Some(_) => None,
        }
    }

    /// Does this lexeme follow directly, without white space?
    fn follows_directly(&self, test: impl Fn(Kind) -> bool) -> bool {
        self.peek().is_some_and(|l| !l.blank && test(l.kind))
    }

    fn emit(&mut self, token: Token, lexeme: Lexeme, after: After) {
        self.ready.push_back((lexeme.start as usize, token, lexeme.end as usize));
        self.after = after;
    }

    /// Puts in a token that is not written, just after the last lexeme.
    fn insert(&mut self, token: Token) {
        let at = self.last.map_or(0, |l| l.end as usize);
        self.ready.push_back((at, token, at));
    }

    /// Puts in a token that the white space before this lexeme stands for.
    fn insert_before(&mut self, token: Token, lexeme: Lexeme) {
        let start = self.last.map_or(lexeme.start, |l| l.end);
        self.ready.push_back((start as usize, token, lexeme.start as usize));
    }

    /// Reads one lexeme.
    fn step(&mut self) -> Step {
        let Some(lexeme) = self.peek() else { return self.finish() };
        self.next += 1;
        self.read(lexeme)?;
        if lexeme.kind != Kind::Newline {
            // Some lexemes are read together with the next one: `.` with the name of a field.
            self.last = self.lexemes.get(self.next - 1).copied();
        }
        Ok(())
    }

    fn read(&mut self, lexeme: Lexeme) -> Step {
        match lexeme.kind {
            Kind::Newline => self.newline(lexeme),
            Kind::Semicolon => self.semicolon(lexeme),
            Kind::Comma => self.comma(lexeme),

            Kind::Number => self.operand(Token::Number, lexeme),
            Kind::Name => self.operand(Token::Name, lexeme),
            Kind::Keyword(keyword) => self.keyword(keyword, lexeme),
            Kind::Macro => self.macro_name(lexeme),

            Kind::Operator { op, dotted } => self.operator(op, dotted, lexeme),
            Kind::Unary { op, dotted } => self.unary(op, dotted, lexeme),
            Kind::Assign { op, dotted } => self.assign(Assigning { op, dotted }, lexeme),
            Kind::And { dotted } => self.infix_from_right(Token::And(dotted), lexeme),
            Kind::Or { dotted } => self.infix_from_right(Token::Or(dotted), lexeme),
            Kind::Arrow => self.arrow(lexeme),
            Kind::Question => self.question(lexeme),
            Kind::Colon => self.colon(lexeme),
            Kind::Dot => self.dot(lexeme),
            Kind::Splat => self.splat(lexeme),
            Kind::Prime => self.postfix(Token::Adjoint, lexeme),

            Kind::ParenOpen { arrow, .. } => self.paren_open(arrow, lexeme),
            Kind::ParenClose => self.paren_close(lexeme),
            Kind::BracketOpen => self.bracket_open(lexeme),
            Kind::BracketClose => self.bracket_close(lexeme),
            Kind::BraceOpen => self.brace_open(lexeme),
            Kind::BraceClose => self.brace_close(lexeme),

            Kind::StringOpen { triple } => self.string_open(triple, lexeme),
            Kind::StringText => self.string_piece(Token::StringText, lexeme),
            Kind::StringName => self.string_piece(Token::StringName, lexeme),
            Kind::InterpolationOpen => self.interpolation_open(lexeme),
            Kind::StringClose => self.string_close(lexeme),
            Kind::Bad(bad) => Err(self.bad(bad, lexeme)),
        }
    }

    fn keyword(&mut self, keyword: Keyword, lexeme: Lexeme) -> Step {
        match keyword {
            Keyword::True => self.operand(Token::True, lexeme),
            Keyword::False => self.operand(Token::False, lexeme),
            Keyword::Break => self.operand(Token::Break, lexeme),
            Keyword::Continue => self.operand(Token::Continue, lexeme),
            Keyword::Return => self.greedy(Token::Return, lexeme, After::Optional),
            Keyword::Global => self.greedy(Token::Declare(Declaration::Global), lexeme, After::Operator),
            Keyword::Local => self.greedy(Token::Declare(Declaration::Local), lexeme, After::Operator),
            Keyword::Const => self.greedy(Token::Declare(Declaration::Const), lexeme, After::Operator),
            Keyword::Using => self.greedy(Token::Using, lexeme, After::Operator),
            Keyword::Begin => self.begin(lexeme),
            Keyword::End => self.end(lexeme),
            Keyword::If => self.if_keyword(lexeme),
            Keyword::For => self.for_keyword(lexeme),
            Keyword::While => self.open_block(Keyword::While, Token::While, lexeme),
            Keyword::Function => self.open_block(Keyword::Function, Token::Function, lexeme),
            Keyword::Let => self.open_block(Keyword::Let, Token::Let, lexeme),
            Keyword::Try => self.open_block(Keyword::Try, Token::Try, lexeme),
            Keyword::Do => self.do_keyword(lexeme),
            Keyword::ElseIf => self.clause(Keyword::ElseIf, Token::ElseIf, lexeme),
            Keyword::Else => self.clause(Keyword::Else, Token::Else, lexeme),
            Keyword::Catch => self.catch(lexeme),
            Keyword::Finally => self.clause(Keyword::Finally, Token::Finally, lexeme),
            Keyword::Unsupported => Err(self.unsupported(lexeme)),
        }
    }

    /// The end of a line: nothing in parentheses, a row in brackets, the end of a statement elsewhere.
    fn newline(&mut self, lexeme: Lexeme) -> Step {
        match self.enclosing() {
            Some(FrameKind::Paren { .. } | FrameKind::Brace | FrameKind::Text) => Ok(()),
            Some(FrameKind::Bracket { loops, .. }) => self.newline_in_brackets(loops, lexeme),
            Some(FrameKind::Block { .. }) | None => self.newline_in_block(lexeme),
            Some(FrameKind::Lambda | FrameKind::Ternary { .. } | FrameKind::Greedy | FrameKind::MacroArguments) => {
                Ok(())
            }
        }
    }

    fn newline_in_brackets(&mut self, loops: Loops, lexeme: Lexeme) -> Step {
        if self.after != After::Operand {
            return Ok(());
        }
        match self.peek_beyond_newlines().map(|l| l.kind) {
            None | Some(Kind::BracketClose | Kind::Comma | Kind::Semicolon | Kind::Keyword(Keyword::For)) => Ok(()),
            Some(Kind::Keyword(Keyword::If)) if loops != Loops::None => Ok(()),
            Some(_) => self.row(lexeme),
        }
    }

    fn newline_in_block(&mut self, lexeme: Lexeme) -> Step {
        match self.after {
            After::Operand | After::Optional => self.separate(lexeme, false),
            After::Start if self.head_may_be_empty() => self.separate(lexeme, false),
            After::Start | After::Comma | After::Operator => Ok(()),
        }
    }

    fn semicolon(&mut self, lexeme: Lexeme) -> Step {
        if self.after == After::Operator {
            return Err(self.missing_operand(lexeme));
        }
        match self.enclosing() {
            Some(FrameKind::Paren { .. } | FrameKind::Brace | FrameKind::Text) => {
                self.close_open_ended()?;
                self.emit(Token::Semicolon, lexeme, After::Start);
                Ok(())
            }
            Some(FrameKind::Bracket { .. }) => {
                if let Some(second) = self.peek().filter(|l| l.kind == Kind::Semicolon) {
                    return Err(self.double_semicolon(lexeme, second));
                }
                self.row(lexeme)
            }
            Some(_) | None => match self.after {
                After::Operand | After::Optional => self.separate(lexeme, true),
                After::Start if self.head_may_be_empty() => self.separate(lexeme, true),
                After::Start => Ok(()),
                After::Comma | After::Operator => Err(self.missing_operand(lexeme)),
            },
        }
    }

    /// Ends a row of a matrix.
    fn row(&mut self, lexeme: Lexeme) -> Step {
        self.close_open_ended()?;
        self.emit(Token::Row, lexeme, After::Start);
        Ok(())
    }

    /// Ends a statement, or the head of a block.
    fn separate(&mut self, lexeme: Lexeme, hides: bool) -> Step {
        self.close_open_ended()?;
        self.emit(Token::Separator(hides), lexeme, After::Start);
        self.end_head();
        self.settle();
        Ok(())
    }

    fn comma(&mut self, lexeme: Lexeme) -> Step {
        match self.after {
            After::Operand => {}
            After::Operator => return Err(self.missing_operand(lexeme)),
            After::Start | After::Optional | After::Comma => return Err(self.nothing_before(lexeme)),
        }
        while let Some(FrameKind::Lambda | FrameKind::Ternary { .. }) = self.top() {
            self.close_one()?;
        }
        self.settle();
        if let Some(loops) = self.frames.last_mut().and_then(|f| f.kind.loops())
            && *loops == Loops::Inside
        {
            *loops = Loops::Target;
        }
        self.emit(Token::Comma, lexeme, After::Comma);
        Ok(())
    }

    /// The end of the text.
    fn finish(&mut self) -> Step {
        self.finished = true;
        if let Some(frame) = self.frames.iter().rev().find(|f| f.kind.is_closed_by_writing()).copied() {
            return Err(self.never_closed(frame));
        }
        if matches!(self.after, After::Operator | After::Comma) {
            return Err(self.ends_early());
        }
        self.close_open_ended()
    }

    /// What a lexeme that can never stand in a program is told.
    fn bad(&self, bad: Bad, lexeme: Lexeme) -> Box<Diagnostic> {
        match bad {
            Bad::Character => self.strange_character(lexeme),
            Bad::OpenComment | Bad::OpenString => self.open_text(bad, lexeme),
            Bad::Quote => self.quoted(lexeme),
            Bad::Dollar => self.dollar(lexeme),
            Bad::Foreign => self.foreign(lexeme),
        }
    }
}

impl Iterator for Layout<'_> {
    type Item = Result<Placed, Box<Diagnostic>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(token) = self.ready.pop_front() {
                return Some(Ok(token));
            }
            if self.finished {
                return None;
            }
            if let Err(error) = self.step() {
                self.finished = true;
                self.ready.clear();
                return Some(Err(error));
            }
        }
    }
}
