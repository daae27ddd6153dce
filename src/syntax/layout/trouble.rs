//! What the layout says when something cannot stand where it stands.

use super::Layout;
use super::frame::{Frame, FrameKind};
use crate::codes::Code;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::Span;
use crate::syntax::lexeme::{Bad, Kind, Lexeme};

impl Layout<'_> {
    pub(super) fn error(&self, message: impl Into<String>, lexeme: Lexeme) -> Diagnostic {
        Diagnostic::new(ErrorKind::ParseError, message, self.span(lexeme))
    }

    /// How a lexeme is named in a message.
    fn word(&self, lexeme: Lexeme) -> String {
        match lexeme.kind {
            Kind::Newline => "the end of the line".to_string(),
            Kind::StringOpen { .. } | Kind::StringText | Kind::StringClose => "a string".to_string(),
            _ => format!("`{}`", self.text_of(lexeme)),
        }
    }

    /// `1 + )`, `x = ;`
    pub(super) fn missing_operand(&self, found: Lexeme) -> Box<Diagnostic> {
        let Some(last) = self.last else { return self.nothing_before(found) };
        Box::new(
            self.error(format!("{} needs something on its right", self.word(last)), last)
                .code(Code::MissingOperand)
                .label(self.span(found), "here comes the end of it"),
        )
    }

    /// `* 3`, `f(, a)`
    pub(super) fn nothing_before(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        let mut error =
            self.error(format!("{} needs something on its left", self.word(lexeme)), lexeme).code(Code::MissingOperand);
        let line_starts = self.next >= 2 && self.lexemes[self.next - 2].kind == Kind::Newline;
        if line_starts
            && matches!(lexeme.kind, Kind::Operator { .. } | Kind::And { .. } | Kind::Or { .. } | Kind::Question)
        {
            error = error.hint("to go on with the line before, put the operator at its end");
        }
        Box::new(error)
    }

    /// `a b`
    pub(super) fn side_by_side(&self, second: Lexeme) -> Box<Diagnostic> {
        let first = self.last.unwrap_or(second);
        let what = self.word(second);
        let mut error = self
            .error(format!("nothing joins {what} to what stands before it"), second)
            .code(Code::SideBySide)
            .label(self.span(first), "one expression ends here");
        error = match second.kind {
            Kind::ParenOpen { .. } if first.kind == Kind::Name => {
                let name = self.text_of(first);
                error.hint(format!("a call has no blank before its parenthesis: `{name}(…)`"))
            }
            Kind::BracketOpen => error.hint("an index has no blank before its bracket: `A[1]`"),
            _ => error.hint("put an operator or a comma between them, or begin a new line"),
        };
        Box::new(error)
    }

    /// `"a"x`
    pub(super) fn next_to_string(&self, string: Lexeme) -> Box<Diagnostic> {
        let first = self.last.unwrap_or(string);
        let error = self
            .error("a string cannot stand directly next to something else", string)
            .code(Code::SideBySide)
            .label(self.span(first), "this ends where the string begins");
        let error = match first.kind {
            Kind::Name => error.hint("string macros such as `r\"…\"` are not part of hlang"),
            _ => error.hint("strings are joined with `*`: `\"a\" * \"b\"`, or inserted: `\"a $x\"`"),
        };
        Box::new(error)
    }

    /// `2.x`
    pub(super) fn number_ends_with_dot(&self, number: Lexeme, next: Lexeme) -> Box<Diagnostic> {
        let (digits, name) = (self.text_of(number), self.text_of(next));
        let digits = digits.trim_end_matches('.');
        Box::new(
            self.error(format!("`{}{name}` can be read in two ways", self.text_of(number)), number)
                .hint(format!("a product is written `{digits}{name}` or `{digits}.0 * {name}`")),
        )
    }

    /// The text ends while something is open.
    pub(super) fn never_closed(&self, frame: Frame) -> Box<Diagnostic> {
        let suspect = self.suspect.filter(|_| matches!(frame.kind, FrameKind::Block { .. }));
        let (frame, taken) = suspect.map_or((frame, None), |(inner, end)| (inner, Some(end)));
        let opener = self.opener(frame);
        let closer = closer(frame.kind);
        let mut error = self
            .error(format!("this `{opener}` is never closed"), frame.opener)
            .code(Code::NeverClosed)
            .note(format!("needs its {closer}"))
            .incomplete();
        if let Some(end) = taken {
            error = error.label(self.span(end), "this `end` is indented like a block further out");
        }
        Box::new(error)
    }

    fn opener(&self, frame: Frame) -> &str {
        self.text_of(frame.opener)
    }

    /// The text ends after an operator.
    pub(super) fn ends_early(&self) -> Box<Diagnostic> {
        let Some(last) = self.last else {
            let nowhere = Span { source: self.source, start: 0, end: 0 };
            return Box::new(Diagnostic::new(ErrorKind::ParseError, "there is nothing here", nowhere).incomplete());
        };
        Box::new(
            self.error(format!("the text ends after {}", self.word(last)), last)
                .code(Code::MissingOperand)
                .note("something has to follow")
                .incomplete(),
        )
    }

    /// `(1]`
    pub(super) fn wrong_closer(&self, frame: Frame, found: Lexeme) -> Box<Diagnostic> {
        let opener = self.opener(frame);
        let closer = closer(frame.kind);
        let found_text = self.text_of(found);
        let message = match frame.kind {
            FrameKind::Block { .. } => format!("this `{found_text}` stands inside a `{opener}` that is still open"),
            _ => format!("this `{opener}` is never closed"),
        };
        let at = if matches!(frame.kind, FrameKind::Block { .. }) { found } else { frame.opener };
        let other = if at == found { frame.opener } else { found };
        let other_text = if at == found {
            format!("this `{opener}` needs its {closer} first")
        } else {
            format!("`{found_text}` comes before its {closer}")
        };
        Box::new(self.error(message, at).code(Code::NeverClosed).label(self.span(other), other_text))
    }

    /// `1)`, `end` without a block
    pub(super) fn closes_nothing(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error(format!("this `{}` closes nothing", self.text_of(lexeme)), lexeme).code(Code::ClosesNothing),
        )
    }

    /// `else` without `if`
    pub(super) fn stray_clause(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        let word = self.text_of(lexeme);
        let needs = match word {
            "catch" | "finally" => "`try`",
            "else" => "`if` or `try`",
            _ => "`if`",
        };
        let mut error = self.error(format!("this `{word}` belongs to no {needs}"), lexeme).code(Code::ClosesNothing);
        if let Some(frame) = self.frames.iter().rev().find(|f| f.kind.is_closed_by_writing()) {
            error = error.label(self.span(frame.opener), format!("this `{}` is open here", self.opener(*frame)));
        }
        Box::new(error)
    }

    /// `else if`
    pub(super) fn else_if(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("a further condition is one word, `elseif`", lexeme)
                .code(Code::ForeignSyntax)
                .hint("a new `if` inside `else` begins on a new line"),
        )
    }

    /// `if x:`
    pub(super) fn colon_at_end(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("a line does not end with `:`", lexeme)
                .code(Code::ForeignSyntax)
                .rule("a range stands on one line: `1:5`"),
        )
    }

    /// `x ~ y`
    pub(super) fn infix_tilde(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("`~` stands before one value: it turns its bits around", lexeme)
                .hint("nearly equal is `x ≈ y`, not equal `x != y`"),
        )
    }

    /// `c ? a` without its `: b`
    pub(super) fn question_without_colon(&self, question: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("this `?` has no `:`", question)
                .code(Code::NeverClosed)
                .rule("a choice is written `condition ? this : that`, with the `:` before the line ends"),
        )
    }

    /// `a?b:c`
    pub(super) fn blanks_needed(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        let mut error = self
            .error(format!("this `{}` needs a blank on both sides", self.text_of(lexeme)), lexeme)
            .rule("a choice is written `condition ? this : that`");
        if lexeme.kind == Kind::Colon {
            error = error.hint("a range between `?` and `:` goes in parentheses: `c ? (1:2) : 3`");
        }
        Box::new(error)
    }

    /// `:name`
    pub(super) fn symbol(&self, colon: Lexeme) -> Box<Diagnostic> {
        let next = self.peek().filter(|l| !l.blank && l.kind == Kind::Name);
        let error = match next {
            Some(name) => {
                let name = self.text_of(name);
                self.error(format!("`:{name}` is a symbol, which hlang does not have"), colon)
                    .code(Code::ForeignSyntax)
                    .hint(format!("use a string: `\"{name}\"`"))
            }
            None => self
                .error("`:` needs something on its left", colon)
                .hint("a range is written `1:5`; alone, `:` is a whole row or column: `A[:, 1]`"),
        };
        Box::new(error)
    }

    /// `x. y`
    pub(super) fn stray_dot(&self, dot: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("a name or `(` should follow this `.`", dot)
                .hint("`t.x` is the field x of t, `f.(v)` calls f for every element of v, `.*` multiplies elements"),
        )
    }

    /// `catch f(x)`
    pub(super) fn no_error_name(&self, catch: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("on the line of `catch` stands only a name for the error", catch)
                .hint("begin a new line after `catch`, or name the error: `catch e`"),
        )
    }

    /// `do` without a call
    pub(super) fn do_without_call(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("`do` follows a call", lexeme)
                .rule("`map(v) do x … end` gives map the function that the block describes"),
        )
    }

    /// `[1;; 2]`
    pub(super) fn double_semicolon(&self, first: Lexeme, second: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("`;;` does not separate anything in hlang", Lexeme { end: second.end, ..first })
                .rule("in brackets `;` begins a new row and a blank a new column"),
        )
    }

    /// A character that means nothing.
    pub(super) fn strange_character(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        let text = self.text_of(lexeme);
        let c = text.chars().next().unwrap_or('\0');
        let code = c as u32;
        let shown = if c.is_control() { format!("U+{code:04X}") } else { format!("`{c}` (U+{code:04X})") };
        let error = self.error(format!("the character {shown} means nothing here"), lexeme);
        let error = match c {
            '“' | '”' | '„' | '«' | '»' => error.hint("strings stand between straight quotes: `\"text\"`"),
            '‘' | '’' | '´' => error.hint("the adjoint is written with a straight quote: `A'`"),
            '…' => error.hint("three dots are written `...`"),
            '–' | '—' => error.hint("minus is written `-`"),
            '¹' | '²' | '³' => error.hint("a power is written with `^`: `x^2`"),
            _ => error,
        };
        Box::new(error)
    }

    /// A comment or string without its end.
    pub(super) fn open_text(&self, bad: Bad, lexeme: Lexeme) -> Box<Diagnostic> {
        let (message, note) = match bad {
            Bad::OpenComment => ("this comment is never closed", "needs its `=#`"),
            _ => ("this string is never closed", "needs its closing quotes"),
        };
        let length = self.text_of(lexeme).len().min(2) as u32;
        let opener = if bad == Bad::OpenComment { Lexeme { end: lexeme.start + length, ..lexeme } } else { lexeme };
        Box::new(self.error(message, opener).code(Code::NeverClosed).note(note).incomplete())
    }

    /// `'text'`
    pub(super) fn quoted(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        let text = self.text_of(lexeme);
        let inner = text.trim_matches('\'');
        let closed = text.len() > 1 && text.ends_with('\'');
        let error = if closed {
            self.error("strings stand between double quotes", lexeme)
                .code(Code::ForeignSyntax)
                .rule("a single quote after something is the adjoint: `A'`")
                .offer(format!("\"{inner}\""), "")
        } else {
            self.error("this `'` has nothing on its left", lexeme).rule(
                "a single quote directly after something is the adjoint: `A'`; strings stand between double quotes",
            )
        };
        Box::new(error)
    }

    /// `"costs $5"`
    pub(super) fn dollar(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error("this `$` inserts nothing", lexeme)
                .rule("in a string `$name` and `$(expression)` insert a value")
                .hint("a dollar sign itself is written `\\$`"),
        )
    }

    /// `++`, `{`
    pub(super) fn foreign(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error(format!("hlang does not have `{}`", self.text_of(lexeme)), lexeme).code(Code::ForeignSyntax),
        )
    }

    /// `struct`, `module`
    pub(super) fn unsupported(&self, lexeme: Lexeme) -> Box<Diagnostic> {
        Box::new(
            self.error(format!("hlang does not have `{}`", self.text_of(lexeme)), lexeme).code(Code::ForeignSyntax),
        )
    }
}

/// What closes a frame, in words.
fn closer(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Paren { .. } => "`)`",
        FrameKind::Bracket { .. } => "`]`",
        FrameKind::Brace => "`}`",
        FrameKind::Text => "closing quotes",
        FrameKind::Block { .. } => "`end`",
        FrameKind::Lambda | FrameKind::Ternary { .. } | FrameKind::Greedy | FrameKind::MacroArguments => "end",
    }
}
