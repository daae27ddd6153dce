//! Lexemes: what can be told from the characters alone, before the layout decides what white space means.

use crate::op::{BinaryOp, UnaryOp};

/// A piece of text and what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lexeme {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// A blank, a comment or a new line stands before it.
    pub blank: bool,
}

/// What a lexeme can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `42`, `1.5e3`
    Number,
    /// `x`, `β̂`, `push!`
    Name,
    /// `for`, `end` …
    Keyword(Keyword),
    /// `@show`, `@.`
    Macro,
    /// `+`, `.*`, `in` …
    Operator { op: BinaryOp, dotted: bool },
    /// `!`, `√` …: operators that are never infix.
    Unary { op: UnaryOp, dotted: bool },
    /// `=`, `+=`, `.=` …
    Assign { op: Option<BinaryOp>, dotted: bool },
    /// `&&`, `.&&`
    And { dotted: bool },
    /// `||`, `.||`
    Or { dotted: bool },
    /// `->`
    Arrow,
    /// `?`
    Question,
    /// `:`
    Colon,
    /// `.` of a field or a dotted call.
    Dot,
    /// `...`
    Splat,
    /// `'` directly after an operand.
    Prime,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// The end of a line.
    Newline,
    /// `(`; whether a comma or `...` stands in it, and whether `->` follows its closer.
    ParenOpen { listed: bool, arrow: bool },
    /// `)`
    ParenClose,
    /// `[`
    BracketOpen,
    /// `]`
    BracketClose,
    /// `{` directly after the name of a type that takes parameters.
    BraceOpen,
    /// `}` that closes it.
    BraceClose,
    /// `"` or `"""` that opens.
    StringOpen { triple: bool },
    /// Text in a string.
    StringText,
    /// The name of `$name`, without the `$`.
    StringName,
    /// `$(` in a string.
    InterpolationOpen,
    /// `"` or `"""` that closes.
    StringClose,
    /// Never part of a program; the layout reports it when it gets there.
    Bad(Bad),
}

/// What is wrong with a lexeme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// A character that means nothing.
    Character,
    /// `#=` without its `=#`.
    OpenComment,
    /// `"` without its closer; the lexeme is the opener.
    OpenString,
    /// `'text'`
    Quote,
    /// `$` in a string, with nothing that it could insert.
    Dollar,
    /// An operator or bracket of another language: `++`, `::`, `{` …
    Foreign,
}

/// The reserved words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    Begin,
    Break,
    Catch,
    Const,
    Continue,
    Do,
    Else,
    ElseIf,
    End,
    False,
    Finally,
    For,
    Function,
    Global,
    If,
    Let,
    Local,
    Return,
    True,
    Try,
    Using,
    While,
    /// A word of Julia for something that hlang does not have: `struct`, `module` …
    Unsupported,
}

impl Keyword {
    const SPELLINGS: &'static [(&'static str, Keyword)] = &[
        ("begin", Keyword::Begin),
        ("break", Keyword::Break),
        ("catch", Keyword::Catch),
        ("const", Keyword::Const),
        ("continue", Keyword::Continue),
        ("do", Keyword::Do),
        ("else", Keyword::Else),
        ("elseif", Keyword::ElseIf),
        ("end", Keyword::End),
        ("false", Keyword::False),
        ("finally", Keyword::Finally),
        ("for", Keyword::For),
        ("function", Keyword::Function),
        ("global", Keyword::Global),
        ("if", Keyword::If),
        ("let", Keyword::Let),
        ("local", Keyword::Local),
        ("return", Keyword::Return),
        ("true", Keyword::True),
        ("try", Keyword::Try),
        ("using", Keyword::Using),
        ("import", Keyword::Using),
        ("while", Keyword::While),
        ("struct", Keyword::Unsupported),
        ("module", Keyword::Unsupported),
        ("baremodule", Keyword::Unsupported),
        ("macro", Keyword::Unsupported),
        ("quote", Keyword::Unsupported),
        ("export", Keyword::Unsupported),
    ];

    /// The word with this spelling.
    pub fn from_text(text: &str) -> Option<Keyword> {
        Self::SPELLINGS.iter().find(|(spelling, _)| *spelling == text).map(|(_, keyword)| *keyword)
    }
}

/// Can an operand end with this?
pub fn ends_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Number
            | Kind::Name
            | Kind::Keyword(Keyword::End | Keyword::Begin | Keyword::True | Keyword::False)
            | Kind::Prime
            | Kind::ParenClose
            | Kind::BracketClose
            | Kind::BraceClose
            | Kind::StringClose
    )
}
