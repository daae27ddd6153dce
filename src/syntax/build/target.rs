//! What can be assigned to: names, elements, tuples of them; declarations and loop variables.

use super::{Build, Tree};
use crate::codes::Code;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Declaration, Expr, ExprKind, ForClause, Name};
use crate::syntax::token::Assigning;

impl Build<'_> {
    /// `x = v`, `A[i] += v`, `(a, b) = t`, `f(x) = …`
    pub fn assign(&mut self, target: Tree, op: Spanned<Assigning>, value: Tree) -> Tree {
        self.not_spread(&value);
        let Assigning { op: updating, dotted } = op.node;
        let plain = updating.is_none() && !dotted;
        if plain && matches!(target.kind, ExprKind::Call { dotted: false, .. }) {
            return self.short_definition(*target, value);
        }
        let problem = if dotted { None } else { target_problem(&target, updating.is_some()) };
        if let Some(problem) = problem {
            let message = match problem.kind {
                ExprKind::Tuple(_) => "`+=` and the like change one variable, not a tuple",
                _ => "this cannot be assigned to",
            };
            self.fail(
                Diagnostic::new(ErrorKind::ParseError, message, problem.span)
                    .code(Code::NotATarget)
                    .label(op.span, "assigns")
                    .rule("on the left of `=` stands a name, an element such as `A[i, j]`, or a tuple of them"),
            );
            return value;
        }
        let span = target.span.to(value.span);
        let height = target.depth.max(value.depth);
        self.tree(ExprKind::Assign { target, op: updating, dotted, op_span: op.span, value }, span, height)
    }

    /// `i in v` of a loop.
    pub fn clause(&mut self, target: Expr, iterable: Expr) -> ForClause {
        if let Some(problem) = pattern_problem(&target) {
            self.fail(
                Diagnostic::new(ErrorKind::ParseError, "a loop runs over a name", problem)
                    .rule("a loop is written `for i in 1:n` or `for (i, x) in enumerate(v)`"),
            );
        }
        ForClause { target, iterable }
    }

    /// `global x`, `const x = 1`
    pub fn declare(&mut self, l: usize, how: Declaration, e: Tree) -> Tree {
        let span = self.span(l, l).to(e.span);
        let height = e.depth;
        let mut names = Vec::new();
        let complete = collect_names(declared(&e), &mut names);
        let assigns = matches!(e.kind, ExprKind::Assign { .. } | ExprKind::FunctionDef { .. });
        if !complete {
            self.parse_error("only names can be declared", e.span);
        } else if !assigns && how == Declaration::Const {
            self.fail(
                Diagnostic::new(ErrorKind::ParseError, "a constant needs its value", e.span)
                    .rule("a constant is declared with its value: `const g = 9.81`"),
            );
        }
        let assign = if assigns { Some(e) } else { None };
        self.tree(ExprKind::Declare { how, names, assign }, span, height)
    }

    /// `using LinearAlgebra, Printf`, `import Base.Iterators: take, drop`
    pub fn using(&mut self, l: usize, e: &Expr) -> Tree {
        let span = self.span(l, l).to(e.span);
        let items = match &e.kind {
            ExprKind::Tuple(items) => &items[..],
            _ => std::slice::from_ref(e),
        };
        let (mut modules, mut names) = (Vec::new(), Vec::new());
        match items {
            [Expr { kind: ExprKind::Range { start, step: None, stop }, .. }, rest @ ..] => {
                self.module(start, &mut modules);
                std::iter::once(&**stop).chain(rest).for_each(|name| self.imported(name, &mut names));
            }
            _ => items.iter().for_each(|item| self.module(item, &mut modules)),
        }
        self.tree(ExprKind::Using { modules, names }, span, 0)
    }

    /// What stands after the `:`; operators are there anyway.
    fn imported(&mut self, e: &Expr, names: &mut Vec<Spanned<Name>>) {
        match &e.kind {
            ExprKind::Name(name) => names.push(Spanned::new(name.clone(), e.span)),
            ExprKind::Operator { .. } | ExprKind::Macro { .. } => {}
            _ => self.parse_error("`using` takes names after the `:`: `using Statistics: mean, std`", e.span),
        }
    }

    /// A module by its whole name: `Base.Iterators`.
    fn module(&mut self, e: &Expr, modules: &mut Vec<Spanned<Name>>) {
        match &e.kind {
            ExprKind::Name(name) => modules.push(Spanned::new(name.clone(), e.span)),
            ExprKind::Field { object, name } => {
                self.module(object, modules);
                if let Some(whole) = modules.last_mut() {
                    *whole = Spanned::new(Name::from(format!("{}.{}", whole.node, name.node)), e.span);
                }
            }
            _ => self.parse_error("`using` takes names of packages: `using LinearAlgebra, Statistics`", e.span),
        }
    }
}

/// What a declaration gives names to.
fn declared(e: &Expr) -> &Expr {
    match &e.kind {
        ExprKind::Assign { target, .. } => target,
        _ => e,
    }
}

/// Collects the names of a pattern; false if there is anything else in it.
fn collect_names(e: &Expr, names: &mut Vec<Spanned<Name>>) -> bool {
    match &e.kind {
        ExprKind::Name(name) => names.push(Spanned::new(name.clone(), e.span)),
        ExprKind::FunctionDef { name, .. } => names.push(name.clone()),
        ExprKind::Splat(inner) => return collect_names(inner, names),
        ExprKind::Tuple(items) => return items.iter().all(|item| collect_names(item, names)),
        ExprKind::NamedTuple(fields) => names.extend(fields.iter().filter_map(|field| field.name().cloned())),
        _ => return false,
    }
    true
}

/// The part of a target that cannot be assigned to. An updating assignment takes no tuple.
fn target_problem(e: &Expr, updating: bool) -> Option<&Expr> {
    match &e.kind {
        ExprKind::Name(_) | ExprKind::Index { .. } | ExprKind::Field { .. } => None,
        ExprKind::Tuple(_) if updating => Some(e),
        ExprKind::Tuple(items) => items.iter().find_map(|item| match &item.kind {
            ExprKind::Splat(inner) => target_problem(inner, false),
            _ => target_problem(item, false),
        }),
        ExprKind::NamedTuple(fields) if !updating => {
            fields.iter().find(|field| !field.is_bare()).map(|field| field.value())
        }
        _ => Some(e),
    }
}

/// Where a pattern of names, as parameters and loops take, is something else.
pub(super) fn pattern_problem(e: &Expr) -> Option<Span> {
    match &e.kind {
        ExprKind::Name(_) => None,
        ExprKind::Tuple(items) => items.iter().find_map(|item| match &item.kind {
            ExprKind::Splat(inner) => pattern_problem(inner),
            _ => pattern_problem(item),
        }),
        ExprKind::NamedTuple(fields) => fields.iter().find(|field| !field.is_bare()).map(|field| field.value().span),
        _ => Some(e.span),
    }
}
