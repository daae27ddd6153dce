//! The tree that the parser makes: names as written, every node with its span. The evaluator never sees it; teacher and formatter do.

use crate::op::{BinaryOp, UnaryOp};
use crate::source::{Span, Spanned};
use std::rc::Rc;

/// A name as it is written.
pub type Name = Rc<str>;

/// Trees deeper than this are refused by the parser, so that every later walk may recurse.
pub const MAX_DEPTH: u32 = 10_000;

/// An expression; statements are expressions too.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// The text it was read from.
    pub span: Span,
    /// Height of the tree from here: 1 for a leaf.
    pub depth: u32,
}

/// What an expression can be.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `nothing` written as no expression: an empty block, a bare `return`.
    Nothing,
    /// `true`
    Bool(bool),
    /// `42`, `0xff`
    Int(i64),
    /// `1.5`
    Float(f64),
    /// `"a $x"`: pieces in order; one literal piece or none for a plain string.
    Str(Vec<StrPart>),
    /// `x`; also `im`, `π`, `Inf`, `nothing`, type names: they are ordinary names.
    Name(Name),
    /// `+` used as a value: `map(+, a, b)`; `dotted` for `.+`.
    Operator { op: OperatorName, dotted: bool },
    /// `:` alone as an index or argument.
    Colon,
    /// `end` inside an index.
    End,
    /// `begin` inside an index.
    Begin,

    /// `-x`, `!x`, `√x`, and postfix `x'`; `dotted` for `.-x`. `op_span` is the operator's own place.
    Unary { op: UnaryOp, dotted: bool, op_span: Span, operand: Box<Expr> },
    /// `a * b`, `a .* b`. Juxtaposition `2x` is `Mul` with an empty `op_span` between the operands and `juxtaposed`.
    Binary { op: BinaryOp, dotted: bool, op_span: Span, juxtaposed: bool, lhs: Box<Expr>, rhs: Box<Expr> },
    /// `a < b <= c`: at least two comparisons.
    Chain { first: Box<Expr>, rest: Vec<Comparison> },
    /// `a && b`
    And(Box<Expr>, Box<Expr>),
    /// `a || b`
    Or(Box<Expr>, Box<Expr>),
    /// `c ? a : b`
    Ternary { cond: Box<Expr>, then: Box<Expr>, other: Box<Expr> },
    /// `a:b`, `a:s:b`
    Range { start: Box<Expr>, step: Option<Box<Expr>>, stop: Box<Expr> },

    /// `f(a, b...; k = v)`, `f.(x)`. A `do` block is the first argument.
    Call { callee: Box<Expr>, args: Args, dotted: bool },
    /// `A[i, j]`
    Index { object: Box<Expr>, args: Vec<Expr> },
    /// `Vector{Int}`
    TypeParameters { of: Box<Expr>, parameters: Vec<Expr> },
    /// `t.x`
    Field { object: Box<Expr>, name: Spanned<Name> },
    /// `v...` inside arguments, tuples and brackets.
    Splat(Box<Expr>),

    /// `(a, b)`, `(a,)`, `()`; also the bare `a, b`.
    Tuple(Vec<Expr>),
    /// `(a = 1, b = 2)`, `(; a, b, others...)`
    NamedTuple(Vec<Field>),
    /// `[a, b, c]`, `Int64[a, b]`, `[]`
    Vector { eltype: Option<Box<Expr>>, items: Vec<Expr> },
    /// `[1 2; 3 4]`: rows of items; `[1; 2]` is two rows of one; `[1 2]` one row. `Float64[1 2]` has an eltype.
    Rows { eltype: Option<Box<Expr>>, rows: Vec<Vec<Expr>> },
    /// `[f(x) for x in v if p(x)]`
    Comprehension { eltype: Option<Box<Expr>>, generator: Generator },
    /// `(f(x) for x in v)`, or bare in a call's arguments.
    Generator(Generator),

    /// `x -> …`, `(x, y) -> …`, `function (x) … end`, a `do` block.
    Lambda(Rc<FunctionExpr>),
    /// `f(x) = …`, `function f(x) … end`
    FunctionDef { name: Spanned<Name>, function: Rc<FunctionExpr> },
    /// `x = v`, `x += v`, `A[i] .= v`, `(a, b) = v`; `op` for the updating forms; `dotted` for `.=` and `.+=`.
    Assign { target: Box<Expr>, op: Option<BinaryOp>, dotted: bool, op_span: Span, value: Box<Expr> },

    /// `begin … end`, `(a; b)`, and every body.
    Block(Vec<Expr>),
    /// `let x = 1, y, f(n) = … … end`: a binding without a value declares; a function's is its definition.
    Let { bindings: Vec<(Expr, Option<Expr>)>, body: Box<Expr> },
    /// `if … elseif … else … end`: conditions with bodies, in order.
    If { arms: Vec<(Expr, Expr)>, other: Option<Box<Expr>> },
    /// `while c … end`
    While { cond: Box<Expr>, body: Box<Expr> },
    /// `for i in a, j in b … end`
    For { clauses: Vec<ForClause>, body: Box<Expr> },
    /// `try … catch e … else … finally … end`
    Try {
        body: Box<Expr>,
        error: Option<Spanned<Name>>,
        catch: Option<Box<Expr>>,
        other: Option<Box<Expr>>,
        finally: Option<Box<Expr>>,
    },
    /// `return v`
    Return(Option<Box<Expr>>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `global x, y = 1`, `local x`, `const x = 1`: names, and the assignment if there is one.
    Declare { how: Declaration, names: Vec<Spanned<Name>>, assign: Option<Box<Expr>> },
    /// `@show x y`; `name` without the `@`; `@.` has the name `.`.
    Macro { name: Spanned<Name>, args: Vec<Expr> },
    /// `using LinearAlgebra, Printf`; also `import`.
    Using { modules: Vec<Spanned<Name>>, names: Vec<Spanned<Name>> },
}

/// An operator as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorName {
    /// `+`, `*`, `==` … : infix and, for `+` and `-`, prefix too.
    Binary(BinaryOp),
    /// `!`, `√`, `~`: prefix only.
    Unary(UnaryOp),
    /// `:` as a function: `(:)(1, 3)`.
    Range,
}

/// One step of a comparison chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// `<`
    pub op: BinaryOp,
    /// `.<`
    pub dotted: bool,
    /// Where the operator stands.
    pub op_span: Span,
    /// What is compared with.
    pub rhs: Expr,
}

/// A piece of a string literal.
#[derive(Clone, Debug, PartialEq)]
pub enum StrPart {
    /// Text with its escapes resolved.
    Text(String),
    /// `$x`, `$(x + 1)`
    Value(Expr),
}

/// Arguments of a call.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Args {
    /// In order; may hold [`ExprKind::Splat`] and, alone, [`ExprKind::Generator`].
    pub positional: Vec<Expr>,
    /// `k = v` after a comma or a semicolon; `f(; k)` is `k = k`.
    pub keyword: Vec<Field>,
}

/// A keyword argument of a call, or an element of a named tuple.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// `k = v`
    Named(Spanned<Name>, Expr),
    /// `; nt...`
    Splat(Expr),
}

impl Field {
    /// The name, unless it is a spread named tuple.
    pub fn name(&self) -> Option<&Spanned<Name>> {
        match self {
            Field::Named(name, _) => Some(name),
            Field::Splat(_) => None,
        }
    }

    /// What is written after the name or before the dots.
    pub fn value(&self) -> &Expr {
        match self {
            Field::Named(_, value) | Field::Splat(value) => value,
        }
    }

    /// `a` alone, as in the pattern `(; a, b) = t`.
    pub fn is_bare(&self) -> bool {
        self.name().is_some_and(|name| self.value().as_name() == Some(&name.node))
    }
}

/// `body for … in … if …`, with every loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Generator {
    /// What each round gives.
    pub body: Box<Expr>,
    /// One entry for each `for`; a `for` with several clauses makes a matrix, a second `for` flattens.
    pub loops: Vec<GeneratorLoop>,
}

/// One `for` of a generator.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneratorLoop {
    /// `i in a, j in b`
    pub clauses: Vec<ForClause>,
    /// The condition after `if`.
    pub filter: Option<Expr>,
}

/// `i in v`, `(i, x) = pairs(v)`
#[derive(Clone, Debug, PartialEq)]
pub struct ForClause {
    /// A name or a tuple of them.
    pub target: Expr,
    /// What is iterated.
    pub iterable: Expr,
}

/// Parameters and body of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionExpr {
    /// Positional parameters in order.
    pub params: Vec<Param>,
    /// Keyword parameters.
    pub keywords: Vec<Param>,
    /// `; kw...`
    pub keyword_rest: Option<Spanned<Name>>,
    /// What a call evaluates.
    pub body: Expr,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// A name, or a tuple of them to take apart.
    pub target: Expr,
    /// `y = 2`
    pub default: Option<Expr>,
    /// `rest...`
    pub rest: bool,
}

/// Which declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declaration {
    Global,
    Local,
    Const,
}

impl Expr {
    /// A node of known height.
    pub fn new(kind: ExprKind, span: Span, depth: u32) -> Expr {
        Expr { kind, span, depth }
    }

    /// A leaf.
    pub fn leaf(kind: ExprKind, span: Span) -> Expr {
        Expr { kind, span, depth: 1 }
    }

    /// The name, if it is one.
    pub fn as_name(&self) -> Option<&Name> {
        match &self.kind {
            ExprKind::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// A parsed text: top-level statements in order. `shown` is false for a statement that a `;` follows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Program {
    /// The statements.
    pub statements: Vec<Statement>,
}

/// A statement of the top level.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it does.
    pub expr: Expr,
    /// Would the prompt show its value? False after a trailing `;`.
    pub shown: bool,
}
