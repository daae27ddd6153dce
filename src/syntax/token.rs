//! The tokens that the grammar reads, and the one table of what a person calls them.

use crate::op::{BinaryOp, UnaryOp};
use crate::syntax::ast::{Declaration, OperatorName};

/// An infix operator, plain or dotted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Infix {
    /// Which operator.
    pub op: BinaryOp,
    /// `.+` instead of `+`.
    pub dotted: bool,
}

/// An assignment sign: `=`, `.=`, `+=`, `.+=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigning {
    /// The operator of an updating form.
    pub op: Option<BinaryOp>,
    /// `.=` and the like: into the elements.
    pub dotted: bool,
}

/// A prefix operator, plain or dotted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// Which operator.
    pub op: UnaryOp,
    /// `.-` instead of `-`.
    pub dotted: bool,
}

/// A token of the grammar. Names, numbers and texts are read from the source by their place, so a token is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `42`, `1.5`, `0xff`
    Number,
    /// `x`
    Name,
    /// `true`
    True,
    /// `false`
    False,
    /// `end` inside an index.
    EndValue,
    /// `begin` inside an index.
    BeginValue,
    /// `:` alone as an index or argument.
    Colon,
    /// An operator as a value: `map(+, a)`.
    Operator(OperatorName, bool),
    /// The opening quotes of a string; `"""` if the flag is set.
    StringOpen(bool),
    /// A stretch of text in a string.
    StringText,
    /// The name in `"$name"`.
    StringName,
    /// The closing quotes of a string.
    StringClose,
    /// `@name`
    Macro,

    /// `=`, `+=`, `.=`
    Assign(Assigning),
    /// `=>`
    Pair(Infix),
    /// `?`
    Question,
    /// The `:` of `c ? a : b`.
    Otherwise,
    /// `||`, `.||`
    Or(bool),
    /// `&&`, `.&&`
    And(bool),
    /// `<`, `==`, `in` …
    Comparison(Infix),
    /// `<|`
    PipeLeft(Infix),
    /// `|>`
    PipeRight(Infix),
    /// The `:` of `a:b`.
    Range,
    /// `+`, `-`, `|`, `⊻`, `∪`
    Sum(Infix),
    /// `*`, `/`, `⋅` …
    Product(Infix),
    /// `//`
    Rational(Infix),
    /// `<<`, `>>`, `>>>`
    Shift(Infix),
    /// `^`
    Power(Infix),
    /// `-x`, `!x`, `√x`
    Prefix(Prefix),
    /// Postfix `'`
    Adjoint,
    /// Nothing at all, as in `2x`: put in by the layout.
    Juxtaposed,
    /// `...`
    Splat,
    /// `.` before a field's name.
    Dot,
    /// `->`
    Arrow,

    /// `(` that groups.
    ParenOpen,
    /// `(` that opens the parameters of `(x, y) -> …`.
    ParamsOpen,
    /// `(` that calls.
    CallOpen,
    /// `.(` that calls for every element.
    DotCallOpen,
    /// `$(` in a string.
    InterpolationOpen,
    /// `)`
    ParenClose,
    /// `[` of a vector or matrix.
    VectorOpen,
    /// `[` after the name of a type: `Float64[`.
    TypedOpen,
    /// `[` of an index.
    IndexOpen,
    /// `]`
    BracketClose,
    /// `{` of a type's parameters.
    BraceOpen,
    /// `}`
    BraceClose,
    /// `,`
    Comma,
    /// A blank between two elements of a row, or two arguments of a macro.
    Column,
    /// `;` or a new line between two rows.
    Row,
    /// `;` inside parentheses.
    Semicolon,
    /// A new line or `;` between statements; the flag says that it was a `;`.
    Separator(bool),
    /// Where something without a closer of its own ends: a lambda's body, `c ? a : b`, `return`, a macro's arguments.
    Close,

    /// `begin` of a block.
    Begin,
    /// `end` of a block.
    End,
    /// `if`
    If,
    /// `elseif`
    ElseIf,
    /// `else`
    Else,
    /// `while`
    While,
    /// `for` of a loop.
    For,
    /// `in`, `=` or `∈` of a loop.
    LoopIn,
    /// `for` of a comprehension.
    Each,
    /// `if` of a comprehension.
    Filter,
    /// `function`
    Function,
    /// `let`
    Let,
    /// `do`
    Do,
    /// `try`
    Try,
    /// `catch`
    Catch,
    /// `finally`
    Finally,
    /// `return`
    Return,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `global`, `local`, `const`
    Declare(Declaration),
    /// `using`, `import`
    Using,
}

/// What the grammar's terminals are called in a list of what could stand somewhere. Terminals with the same words
/// are said once; those that are not listed go without saying.
const EXPECTED: &[(&str, &str)] = &[
    ("name", "a name"),
    ("number", "an expression"),
    ("in", "`in`"),
    ("sep", "a new line"),
    (",", "`,`"),
    ("col", "a blank"),
    ("row", "`;`"),
    (")", "`)`"),
    ("]", "`]`"),
    ("}", "`}`"),
    ("end", "`end`"),
    (":?", "`:`"),
    ("call(", "`(`"),
    ("=", "`=`"),
    ("->", "`->`"),
    ("+", "an operator"),
];

/// What could have stood there, in words, from the names that the parser generator uses.
pub fn expected_words(terminals: &[String]) -> Vec<&'static str> {
    let has = |name: &str| terminals.iter().any(|t| t.trim_matches('"') == name);
    let operand = has("number");
    EXPECTED.iter().filter(|(name, _)| has(name) && !(operand && *name == "name")).map(|(_, words)| *words).collect()
}

impl Token {
    /// What a person calls a token that stands where it should not; `text` is how it is written.
    pub fn describe(self, text: &str) -> String {
        match self {
            Token::Number => format!("the number `{text}`"),
            Token::Name | Token::StringName => format!("the name `{text}`"),
            Token::StringOpen(_) | Token::StringText | Token::StringClose => "a string".to_string(),
            Token::Separator(false) => "the end of the line".to_string(),
            Token::Column => "a blank between two elements".to_string(),
            Token::Row => "a new row".to_string(),
            Token::Juxtaposed | Token::Close => "the end of an expression".to_string(),
            _ => format!("`{text}`"),
        }
    }

    /// The token of an infix operator: its level decides how tightly it binds.
    pub fn infix(infix: Infix) -> Token {
        use BinaryOp::*;
        match infix.op {
            Add | Sub | Or | Xor | Union => Token::Sum(infix),
            Mul | Div | LeftDiv | IntDiv | Rem | Dot | Cross | Hadamard | HadamardDiv | Kron | And | Intersect
            | Compose => Token::Product(infix),
            Pow => Token::Power(infix),
            BinaryOp::Rational => Token::Rational(infix),
            ShiftLeft | ShiftRight | ShiftRightUnsigned => Token::Shift(infix),
            Eq | Ne | Lt | Le | Gt | Ge | Approx | NotApprox | Identical | NotIdentical | In | NotIn | Contains
            | NotContains | Subset | NotSubset | Isa => Token::Comparison(infix),
            Pipe => Token::PipeRight(infix),
            BinaryOp::PipeLeft => Token::PipeLeft(infix),
            BinaryOp::Pair => Token::Pair(infix),
        }
    }
}
