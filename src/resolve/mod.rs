//! From the parsed tree to the resolved one: names become places, dotted expressions kernels, macros what they mean.

mod assign;
mod broadcast;
pub mod code;
mod dots;
mod expr;
mod function;
mod lazy;
mod loops;
mod macros;
mod scope;

pub use macros::macros;
pub use scope::Globals;

use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::{Sources, Span};
use crate::syntax::ast::Expr;
use code::{Code, CodeKind, TopCode};
use scope::Scopes;
use std::collections::HashSet;

/// What an assignment to a constant is told.
pub const CONSTANT_RULE: &str = "a name declared `const` keeps its value";

/// What resolving gives, or the error that a program meets before it runs.
type Resolved<T> = Result<T, Box<Diagnostic>>;

/// Resolves a statement of the top level. `sources` holds the text, which some macros show.
pub fn resolve(statement: &Expr, globals: &mut Globals, sources: &Sources) -> Resolved<TopCode> {
    let mut resolver = Resolver {
        scopes: Scopes::new(globals),
        sources,
        indexed: Vec::new(),
        around: Around::Nothing,
        traced: HashSet::new(),
    };
    let code = resolver.top(statement)?;
    Ok(TopCode { code, slots: resolver.scopes.slots() })
}

/// The state of a walk over one statement.
struct Resolver<'a> {
    scopes: Scopes<'a>,
    sources: &'a Sources,
    /// Objects whose index is being resolved, innermost last: what `end` counts.
    indexed: Vec<Indexed>,
    /// What `break`, `continue` and `return` would leave.
    around: Around,
    /// Places whose values an explanation wants.
    traced: HashSet<Span>,
}

/// What stands around a place, from the function or comprehension that it is in.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Nothing,
    Loop,
    Comprehension,
}

/// An object whose index is being resolved.
struct Indexed {
    /// Where the object is kept, once an `end` has asked for it.
    keep: Option<code::Slot>,
    position: usize,
    count: usize,
}

impl Resolver<'_> {
    /// A statement of the top level: a scope of its own only if it declares a `local`.
    fn top(&mut self, statement: &Expr) -> Resolved<Code> {
        if !self.scopes.enter_if_local(statement) {
            return self.expr(statement);
        }
        let code = self.expr(statement);
        let locals = self.scopes.leave();
        Ok(Code::new(CodeKind::Scope { locals, body: Box::new(code?) }, statement.span))
    }

    /// Resolves a part with something else around it.
    fn within<T>(&mut self, around: Around, resolve: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.around, around);
        let resolved = resolve(self);
        self.around = outside;
        resolved
    }

    fn exprs(&mut self, exprs: &[Expr]) -> Resolved<Vec<Code>> {
        exprs.iter().map(|e| self.expr(e)).collect()
    }

    fn boxed(&mut self, expr: &Expr) -> Resolved<Box<Code>> {
        self.expr(expr).map(Box::new)
    }

    fn optional(&mut self, expr: Option<&Expr>) -> Resolved<Option<Box<Code>>> {
        expr.map(|e| self.boxed(e)).transpose()
    }
}

/// Something that the grammar allows and the language does not.
#[cold]
fn refuse<T>(message: impl Into<String>, span: Span) -> Resolved<T> {
    Err(Box::new(Diagnostic::new(ErrorKind::ParseError, message, span)))
}
