//! The builder: what the grammar's actions call. It makes the tree, keeps it from growing too deep and notes the
//! first thing that is wrong with it.

mod block;
mod call;
mod literal;
mod operator;
mod target;

use crate::codes::Code;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Expr, ExprKind, Generator, MAX_DEPTH, Name, OperatorName, Program, Statement};
use std::collections::HashMap;
use std::rc::Rc;

/// A tree under construction.
pub type Tree = Box<Expr>;

/// A piece of a string literal, as it is written.
pub enum Piece {
    /// Text with its escapes.
    Text(Span),
    /// What an interpolation inserts.
    Value(Tree),
}

/// The arguments of a call or the parameters of a function, as they are written: `k = v` is still an assignment.
pub struct Arguments {
    /// Before the semicolon.
    items: Vec<Tree>,
    /// Where the semicolon stands.
    semicolon: Option<usize>,
    /// After the semicolon.
    after: Vec<Tree>,
}

impl Arguments {
    /// `a, b`
    pub fn plain(items: Vec<Tree>) -> Arguments {
        Arguments { items, semicolon: None, after: Vec::new() }
    }

    /// `a, b; c`
    pub fn with_semicolon(items: Vec<Tree>, semicolon: usize, after: Vec<Tree>) -> Arguments {
        Arguments { items, semicolon: Some(semicolon), after }
    }
}

/// What stands between square brackets.
pub enum Brackets {
    /// `[a, b]`
    Items(Vec<Tree>),
    /// `[a b; c d]`
    Rows(Vec<Vec<Tree>>),
    /// `[x for x in v]`
    Comprehension(Generator),
}

impl Brackets {
    /// Rows, of which the last may lack its semicolon.
    pub fn rows(mut rows: Vec<Vec<Tree>>, last: Option<Vec<Tree>>) -> Brackets {
        rows.extend(last);
        Brackets::Rows(rows)
    }
}

/// What the actions share.
pub struct Build<'t> {
    text: &'t str,
    source: u32,
    /// The first error. The builders go on with stand-ins, so that none of them can fail.
    error: Option<Box<Diagnostic>>,
    /// Where the semicolon of a call stands, by the end of the call: `f(x, k = 1) = …` gives a default to a
    /// parameter and `f(x; k = 1) = …` a keyword, but both are read as calls first.
    semicolons: HashMap<u32, usize>,
}

impl<'t> Build<'t> {
    /// A builder for a text.
    pub fn new(text: &'t str, source: u32) -> Build<'t> {
        Build { text, source, error: None, semicolons: HashMap::new() }
    }

    /// The first error that was noted.
    pub fn take_error(&mut self) -> Option<Box<Diagnostic>> {
        self.error.take()
    }

    /// The bytes `l..r` of the text.
    pub fn span(&self, l: usize, r: usize) -> Span {
        Span::new(self.source, l, r)
    }

    /// Something with its place.
    pub fn place<T>(&self, l: usize, node: T, r: usize) -> Spanned<T> {
        Spanned::new(node, self.span(l, r))
    }

    fn fail(&mut self, diagnostic: Diagnostic) {
        self.error.get_or_insert_with(|| Box::new(diagnostic));
    }

    fn parse_error(&mut self, message: impl Into<String>, span: Span) {
        self.fail(Diagnostic::new(ErrorKind::ParseError, message, span));
    }

    /// A node over children of at most this height. One that would be too high becomes a stand-in, so that no walk
    /// over a tree, nor dropping it, can run out of stack.
    fn tree(&mut self, kind: ExprKind, span: Span, height: u32) -> Tree {
        if height >= MAX_DEPTH {
            self.fail(
                Diagnostic::new(ErrorKind::ParseError, "this is nested too deeply", span)
                    .code(Code::NestedTooDeeply)
                    .rule(format!("an expression can be nested {MAX_DEPTH} levels deep"))
                    .hint("split it into several statements; add up many numbers with `sum([…])`"),
            );
            return Box::new(Expr::leaf(ExprKind::Nothing, span));
        }
        Box::new(Expr::new(kind, span, height + 1))
    }

    fn leaf(&self, kind: ExprKind, l: usize, r: usize) -> Tree {
        Box::new(Expr::leaf(kind, self.span(l, r)))
    }

    /// `x`
    pub fn identifier(&self, l: usize, r: usize) -> Spanned<Name> {
        Spanned::new(canonical(&self.text[l..r]), self.span(l, r))
    }

    /// A name as an expression.
    pub fn name(&self, name: Spanned<Name>) -> Tree {
        Box::new(Expr::leaf(ExprKind::Name(name.node), name.span))
    }

    /// The name at `l..r` as an expression.
    pub fn name_at(&self, l: usize, r: usize) -> Tree {
        self.name(self.identifier(l, r))
    }

    /// `true`, `false`
    pub fn boolean(&self, l: usize, value: bool, r: usize) -> Tree {
        self.leaf(ExprKind::Bool(value), l, r)
    }

    /// `end` in an index.
    pub fn end_value(&self, l: usize, r: usize) -> Tree {
        self.leaf(ExprKind::End, l, r)
    }

    /// `begin` in an index.
    pub fn begin_value(&self, l: usize, r: usize) -> Tree {
        self.leaf(ExprKind::Begin, l, r)
    }

    /// `:` alone.
    pub fn colon(&self, l: usize, r: usize) -> Tree {
        self.leaf(ExprKind::Colon, l, r)
    }

    /// `+` as a value.
    pub fn operator_value(&self, l: usize, (op, dotted): (OperatorName, bool), r: usize) -> Tree {
        self.leaf(ExprKind::Operator { op, dotted }, l, r)
    }

    /// A list of which the last element may lack its comma.
    pub fn list<T>(&self, mut items: Vec<T>, last: Option<T>) -> Vec<T> {
        items.extend(last);
        items
    }

    /// A row of a matrix.
    pub fn row(&self, mut items: Vec<Tree>, last: Tree) -> Vec<Tree> {
        items.push(last);
        items
    }

    /// Statements of a program.
    pub fn program(&mut self, mut lines: Vec<Statement>, last: Option<Tree>) -> Program {
        lines.extend(last.map(|e| self.line(e, false)));
        Program { statements: lines }
    }

    /// A statement and whether a `;` hides its value.
    pub fn line(&mut self, e: Tree, hidden: bool) -> Statement {
        self.not_spread(&e);
        Statement { expr: *e, shown: !hidden }
    }

    /// Complains about `v...` where there is nothing to spread it into.
    pub(super) fn not_spread(&mut self, e: &Expr) {
        if matches!(e.kind, ExprKind::Splat(_)) {
            self.parse_error("`...` spreads a list into a call, a tuple or brackets", e.span);
        }
    }

    /// Statements as one expression.
    pub fn body(&mut self, l: usize, lines: Vec<Tree>, last: Option<Tree>, r: usize) -> Tree {
        let lines = self.list(lines, last);
        lines.iter().for_each(|e| self.not_spread(e));
        let span = match (lines.first(), lines.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.span(l, r),
        };
        let height = height(&lines);
        self.tree(ExprKind::Block(unboxed(lines)), span, height)
    }
}

/// Height of the highest tree.
fn height(trees: &[Tree]) -> u32 {
    trees.iter().map(|e| e.depth).max().unwrap_or(0)
}

fn unboxed(trees: Vec<Tree>) -> Vec<Expr> {
    trees.into_iter().map(|e| *e).collect()
}

/// The name in Julia's spelling: the micro sign and the open e of keyboards are the Greek letters.
fn canonical(name: &str) -> Name {
    match name.contains(['µ', 'ɛ']) {
        true => Rc::from(name.replace('µ', "μ").replace('ɛ', "ε")),
        false => Rc::from(name),
    }
}
