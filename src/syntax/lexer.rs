//! From text to lexemes.
//!
//! logos finds the lexemes of code; strings with their interpolations are read here, with a stack of what is open.

use super::lexeme::{Bad, Keyword, Kind, Lexeme, ends_operand};
use crate::op::{BinaryOp, UnaryOp};
use logos::Logos;

/// What logos tells apart.
#[derive(Logos, Clone, Copy, Debug, PartialEq)]
enum Raw {
    #[regex(r"[ \t\r\x0b\x0c]+")]
    Blank,
    #[token("\n")]
    Newline,
    #[token("#", comment)]
    Comment(bool),
    #[regex(r"[0-9]", number)]
    #[regex(r"\.[0-9]", number)]
    Number,
    #[regex(r"[A-Za-z_]", name)]
    Word,
    #[token("@", macro_name)]
    Macro(bool),
    #[regex(
        r"\.?(\+|-|−|\*|/|//|\\|\^|÷|%|==|!=|≠|<|<=|≤|>|>=|≥|≈|≉|===|≡|!==|≢|∈|∉|∋|∌|⊆|⊈|⋅|·|\u{387}|×|⊙|⊘|⊗|&|\||⊻|<<|>>|>>>|∪|∩|∘|\|>|<\||=>)",
        operator
    )]
    Operator((BinaryOp, bool)),
    #[regex(r"\.?(!|¬|~|√|∛)", unary)]
    Unary((UnaryOp, bool)),
    #[regex(r"\.?(\+|-|−|\*|/|//|\\|\^|÷|%|&|\||⊻|<<|>>|>>>)=", updating)]
    Updating((BinaryOp, bool)),
    #[token("=", |_| false)]
    #[token(".=", |_| true)]
    Assign(bool),
    #[token("&&", |_| false)]
    #[token(".&&", |_| true)]
    And(bool),
    #[token("||", |_| false)]
    #[token(".||", |_| true)]
    Or(bool),
    #[token("->")]
    Arrow,
    #[token("?")]
    Question,
    #[token(":")]
    Colon,
    #[token(".")]
    Dot,
    #[token("...")]
    Splat,
    #[token("'")]
    Prime,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token("(")]
    ParenOpen,
    #[token(")")]
    ParenClose,
    #[token("[")]
    BracketOpen,
    #[token("]")]
    BracketClose,
    #[token("{")]
    BraceOpen,
    #[token("}")]
    BraceClose,
    #[token("\"", |_| false)]
    #[token("\"\"\"", |_| true)]
    Quotes(bool),
    #[regex(r"\+\+|--|\*\*|~=|:=|::|\.\.|-->|<:|>:|\$|`|\.'")]
    Foreign,
    #[regex(r"[^\x00-\x7F]", other, priority = 1)]
    Other(Other),
}

/// The types that take parameters; a `{` after anything else belongs to another language.
const PARAMETRIC: &[&str] = &[
    "Vector",
    "Matrix",
    "Array",
    "AbstractVector",
    "AbstractMatrix",
    "AbstractArray",
    "Complex",
    "Tuple",
    "Pair",
    "Union",
    "UnitRange",
    "StepRange",
];

/// What a character beyond ASCII can begin.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Other {
    Name,
    Blank,
    Unknown,
}

type Lexer<'t> = logos::Lexer<'t, Raw>;

/// Passes over a comment; false for a `#=` that is never closed.
fn comment(lexer: &mut Lexer<'_>) -> bool {
    let rest = lexer.remainder().as_bytes();
    if rest.first() != Some(&b'=') {
        lexer.bump(rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()));
        return true;
    }
    let mut depth = 1;
    let mut at = 1;
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            (b'#', b'=') => depth += 1,
            (b'=', b'#') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            lexer.bump(at);
            return true;
        }
    }
    lexer.bump(rest.len());
    false
}

fn number(lexer: &mut Lexer<'_>) {
    let first = lexer.slice().len();
    let text = &lexer.source()[lexer.span().start..];
    lexer.bump(number_length(text) - first);
}

/// How many bytes of the text are one number.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let at = |k: usize| bytes.get(k).copied().unwrap_or(0);
    if at(0) == b'0' && matches!(at(1), b'x' | b'b' | b'o') {
        return radix_length(bytes);
    }
    let digits = |mut k: usize| {
        while at(k).is_ascii_digit() || (at(k) == b'_' && at(k + 1).is_ascii_digit()) {
            k += 1;
        }
        k
    };
    let mut end = digits(0);
    if at(end) == b'.' && !dot_belongs_to_what_follows(&text[end + 1..]) {
        end = digits(end + 1);
    }
    let sign = usize::from(matches!(at(end + 1), b'+' | b'-'));
    if matches!(at(end), b'e' | b'E' | b'f') && at(end + 1 + sign).is_ascii_digit() {
        end = digits(end + 1 + sign);
    }
    end
}

/// How long a number is that begins with `0x`, `0b` or `0o`. With a `p` it is a hexadecimal float: `0x1.8p-3`.
fn radix_length(bytes: &[u8]) -> usize {
    let at = |k: usize| bytes.get(k).copied().unwrap_or(0);
    let digits = |mut k: usize| {
        while at(k).is_ascii_hexdigit() || at(k) == b'_' {
            k += 1;
        }
        k
    };
    let whole = digits(2);
    let mantissa = if at(1) == b'x' && at(whole) == b'.' { digits(whole + 1) } else { whole };
    let sign = usize::from(matches!(at(mantissa + 1), b'+' | b'-'));
    if at(1) != b'x' || !matches!(at(mantissa), b'p' | b'P') || !at(mantissa + 1 + sign).is_ascii_digit() {
        return whole;
    }
    let mut end = mantissa + 1 + sign;
    while at(end).is_ascii_digit() {
        end += 1;
    }
    end
}

/// In `2.*x` and `1:2...` the dot is part of the operator, not of the number.
fn dot_belongs_to_what_follows(rest: &str) -> bool {
    match rest.chars().next() {
        Some(c) if c.is_ascii() => "+-*/\\^%&|<>=!~.('".contains(c),
        Some(c) => !is_name_start(c) && !c.is_whitespace(),
        None => false,
    }
}

/// Takes in the rest of a name. A `!` belongs to it, unless it begins `!=`.
fn name(lexer: &mut Lexer<'_>) {
    let length = name_length(lexer.remainder());
    lexer.bump(length);
}

/// How many bytes at the beginning of a text go on with a name.
pub fn name_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let bang = c == '!' && chars.peek().is_none_or(|(_, next)| *next != '=');
        if !bang && !is_name_part(c) {
            return at;
        }
    }
    rest.len()
}

/// Takes in the name after an `@`; false if there is none.
fn macro_name(lexer: &mut Lexer<'_>) -> bool {
    let rest = lexer.remainder();
    let length = match rest.chars().next() {
        Some('.') => 1,
        Some(c) if is_name_start(c) => name_length(rest),
        Some(_) | None => 0,
    };
    lexer.bump(length);
    length > 0
}

fn other(lexer: &mut Lexer<'_>) -> Other {
    match lexer.slice().chars().next() {
        Some(c) if is_name_start(c) => {
            name(lexer);
            Other::Name
        }
        Some(c) if c.is_whitespace() => Other::Blank,
        Some(_) | None => Other::Unknown,
    }
}

pub fn is_name_start(c: char) -> bool {
    c.is_alphabetic()
        || c == '_'
        || matches!(
            c,
            '∂' | '∇'
                | '∞'
                | '∅'
                | '∆'
                | '∏'
                | '∑'
                | '∫'
                | '∬'
                | '∭'
                | '∮'
                | '⊤'
                | '⊥'
                | '°'
                | '€'
                | '£'
        )
        || ('\u{1F300}'..='\u{1FAFF}').contains(&c)
}

pub fn is_name_part(c: char) -> bool {
    is_name_start(c)
        || c.is_numeric()
        || matches!(c, '\u{2032}'..='\u{2037}' | '\u{2057}' | '₊' | '₋' | '₌' | '₍' | '₎' | '⁺' | '⁻' | '⁼' | '⁽' | '⁾')
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

fn undotted<'t>(lexer: &Lexer<'t>) -> (&'t str, bool) {
    let text = lexer.slice();
    text.strip_prefix('.').map_or((text, false), |rest| (rest, true))
}

/// The operator of a spelling, with the look-alikes that other programs write.
fn spelled(text: &str) -> Option<BinaryOp> {
    match text {
        "−" => Some(BinaryOp::Sub),
        "·" | "\u{387}" => Some(BinaryOp::Dot),
        _ => BinaryOp::from_text(text),
    }
}

fn operator(lexer: &mut Lexer<'_>) -> Option<(BinaryOp, bool)> {
    let (text, dotted) = undotted(lexer);
    spelled(text).map(|op| (op, dotted))
}

fn updating(lexer: &mut Lexer<'_>) -> Option<(BinaryOp, bool)> {
    let (text, dotted) = undotted(lexer);
    spelled(text.trim_end_matches('=')).map(|op| (op, dotted))
}

fn unary(lexer: &mut Lexer<'_>) -> Option<(UnaryOp, bool)> {
    let (text, dotted) = undotted(lexer);
    let text = if text == "¬" { "!" } else { text };
    UnaryOp::SPELLINGS.iter().find(|(spelling, _)| *spelling == text).map(|(_, op)| (*op, dotted))
}

/// Something open while the text is read, with the number of its lexeme.
#[derive(Clone, Copy)]
enum Open {
    Paren(usize),
    Bracket,
    Brace,
    Text { opener: usize, triple: bool },
}

/// Reads a whole text. What cannot be read becomes [`Kind::Bad`]; nothing is lost.
pub fn lexemes(text: &str) -> Vec<Lexeme> {
    let begin = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader =
        Reader { begin, lexer: Raw::lexer(&text[begin..]), out: Vec::new(), open: Vec::new(), closed: None };
    loop {
        let more = match reader.open.last() {
            Some(Open::Text { opener, triple }) => reader.string_piece(*opener, *triple),
            Some(Open::Paren(_) | Open::Bracket | Open::Brace) | None => reader.code(),
        };
        if !more {
            return reader.out;
        }
    }
}

struct Reader<'t> {
    begin: usize,
    lexer: Lexer<'t>,
    out: Vec<Lexeme>,
    open: Vec<Open>,
    /// The opener of a `)` that was just read.
    closed: Option<usize>,
}

impl Reader<'_> {
    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let (start, end) = ((self.begin + start) as u32, (self.begin + end) as u32);
        let blank = self.out.last().is_none_or(|l| l.kind == Kind::Newline || l.end < start);
        self.out.push(Lexeme { kind, start, end, blank });
    }

    /// Reads one lexeme of code; false at the end of the text.
    fn code(&mut self) -> bool {
        let Some(raw) = self.lexer.next() else { return false };
        let Some(kind) = self.kind_of(raw) else { return true };
        let span = self.lexer.span();
        let number = self.out.len();
        let closed = self.closed.take();
        match kind {
            Kind::ParenOpen { .. } => self.open.push(Open::Paren(number)),
            Kind::BracketOpen => self.open.push(Open::Bracket),
            Kind::BraceOpen => self.open.push(Open::Brace),
            Kind::StringOpen { triple } => self.open.push(Open::Text { opener: number, triple }),
            Kind::ParenClose => {
                if let Some(Open::Paren(opener)) = self.open.last() {
                    self.closed = Some(*opener);
                    self.open.pop();
                }
            }
            Kind::BracketClose => {
                if let Some(Open::Bracket) = self.open.last() {
                    self.open.pop();
                }
            }
            Kind::BraceClose => {
                self.open.pop();
            }
            Kind::Comma | Kind::Splat => self.mark_listed(),
            Kind::Arrow => {
                if let Some(Kind::ParenOpen { arrow, .. }) = closed.map(|k| &mut self.out[k].kind) {
                    *arrow = true;
                }
            }
            _ => {}
        }
        self.push(kind, span.start, span.end);
        true
    }

    fn mark_listed(&mut self) {
        if let Some(Open::Paren(opener)) = self.open.last()
            && let Kind::ParenOpen { listed, .. } = &mut self.out[*opener].kind
        {
            *listed = true;
        }
    }

    /// What a raw lexeme is; `None` for blanks and comments.
    fn kind_of(&mut self, raw: Result<Raw, ()>) -> Option<Kind> {
        let slice = self.lexer.slice();
        Some(match raw {
            Ok(Raw::Blank | Raw::Comment(true) | Raw::Other(Other::Blank)) => return None,
            Ok(Raw::Comment(false)) => Kind::Bad(Bad::OpenComment),
            Ok(Raw::Newline) => Kind::Newline,
            Ok(Raw::Number) => Kind::Number,
            Ok(Raw::Word) => match slice {
                "in" => Kind::Operator { op: BinaryOp::In, dotted: false },
                "isa" => Kind::Operator { op: BinaryOp::Isa, dotted: false },
                _ => Keyword::from_text(slice).map_or(Kind::Name, Kind::Keyword),
            },
            Ok(Raw::Other(Other::Name)) => Kind::Name,
            Ok(Raw::Macro(true)) => Kind::Macro,
            Ok(Raw::Macro(false) | Raw::Foreign) => Kind::Bad(Bad::Foreign),
            Ok(Raw::Operator((op, dotted))) => Kind::Operator { op, dotted },
            Ok(Raw::Unary((op, dotted))) => Kind::Unary { op, dotted },
            Ok(Raw::Updating((op, dotted))) => Kind::Assign { op: Some(op), dotted },
            Ok(Raw::Assign(dotted)) => Kind::Assign { op: None, dotted },
            Ok(Raw::And(dotted)) => Kind::And { dotted },
            Ok(Raw::Or(dotted)) => Kind::Or { dotted },
            Ok(Raw::Arrow) => Kind::Arrow,
            Ok(Raw::Question) => Kind::Question,
            Ok(Raw::Colon) => Kind::Colon,
            Ok(Raw::Dot) => Kind::Dot,
            Ok(Raw::Splat) => Kind::Splat,
            Ok(Raw::Prime) => self.prime(),
            Ok(Raw::Comma) => Kind::Comma,
            Ok(Raw::Semicolon) => Kind::Semicolon,
            Ok(Raw::ParenOpen) => Kind::ParenOpen { listed: false, arrow: false },
            Ok(Raw::ParenClose) => Kind::ParenClose,
            Ok(Raw::BracketOpen) => Kind::BracketOpen,
            Ok(Raw::BracketClose) => Kind::BracketClose,
            Ok(Raw::BraceOpen) if self.takes_parameters() => Kind::BraceOpen,
            Ok(Raw::BraceClose) if matches!(self.open.last(), Some(Open::Brace)) => Kind::BraceClose,
            Ok(Raw::BraceOpen | Raw::BraceClose) => Kind::Bad(Bad::Foreign),
            Ok(Raw::Quotes(triple)) => Kind::StringOpen { triple },
            Ok(Raw::Other(Other::Unknown)) | Err(()) => Kind::Bad(Bad::Character),
        })
    }

    /// Does the name of a type that takes parameters end here?
    fn takes_parameters(&self) -> bool {
        let here = self.lexer.span().start;
        self.out.last().is_some_and(|l| {
            let name = (l.start as usize).checked_sub(self.begin).map(|start| &self.lexer.source()[start..here]);
            l.kind == Kind::Name && name.is_some_and(|name| PARAMETRIC.contains(&name))
        })
    }

    /// A `'` is the adjoint directly after an operand; anywhere else it begins a text of another language.
    fn prime(&mut self) -> Kind {
        let start = self.begin + self.lexer.span().start;
        let adjoint = self.out.last().is_some_and(|l| l.end as usize == start && ends_operand(l.kind));
        if adjoint {
            return Kind::Prime;
        }
        let rest = self.lexer.remainder();
        let end = rest.find(['\'', '\n']).unwrap_or(rest.len());
        self.lexer.bump(if rest[end..].starts_with('\'') { end + 1 } else { end });
        Kind::Bad(Bad::Quote)
    }

    /// Reads one piece of a text that is open; false at the end of the whole text.
    fn string_piece(&mut self, opener: usize, triple: bool) -> bool {
        let start = self.lexer.span().end;
        let rest = self.lexer.remainder();
        let bytes = rest.as_bytes();
        let closer: &[u8] = if triple { b"\"\"\"" } else { b"\"" };
        let mut at = 0;
        while at < bytes.len() && bytes[at] != b'$' && !bytes[at..].starts_with(closer) {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        if at >= bytes.len() {
            self.lexer.bump(rest.len());
            self.out[opener].kind = Kind::Bad(Bad::OpenString);
            return false;
        }
        if at > 0 {
            self.push(Kind::StringText, start, start + at);
        }
        let here = start + at;
        let length = if bytes[at] == b'$' {
            self.interpolation(&rest[at + 1..], here)
        } else {
            self.push(Kind::StringClose, here, here + closer.len());
            self.open.pop();
            closer.len()
        };
        self.lexer.bump(at + length);
        true
    }

    /// Reads what a `$` at `here` inserts and gives its length.
    fn interpolation(&mut self, rest: &str, here: usize) -> usize {
        match rest.chars().next() {
            Some('(') => {
                self.open.push(Open::Paren(self.out.len()));
                self.push(Kind::InterpolationOpen, here, here + 2);
                2
            }
            Some(c) if is_name_start(c) => {
                let length = name_length(rest);
                self.push(Kind::StringName, here + 1, here + 1 + length);
                1 + length
            }
            Some(_) | None => {
                self.push(Kind::Bad(Bad::Dollar), here, here + 1);
                1
            }
        }
    }
}
