//! Blocks and what leaves them: `if`, loops, `let`, `try`, `return`.

use super::operator::clauses_height;
use super::target::pattern_problem;
use super::{Build, Tree};
use crate::source::Spanned;
use crate::syntax::ast::{Expr, ExprKind, ForClause, Name};

/// A condition and its body.
pub type Arm = (Tree, Tree);

impl Build<'_> {
    /// A body with the place of the whole block around it.
    pub fn spread(&mut self, l: usize, mut body: Tree, r: usize) -> Tree {
        body.span = self.span(l, r);
        body
    }

    /// A condition; an assignment there is meant as a comparison.
    pub fn condition(&mut self, e: Tree) -> Tree {
        if let ExprKind::Assign { target, op: None, dotted: false, op_span, .. } = &e.kind
            && target.span.start == e.span.start
        {
            self.parse_error("`=` assigns; a condition compares with `==`", *op_span);
        }
        e
    }

    /// `if … elseif … else … end`
    pub fn conditional(&mut self, l: usize, first: Arm, more: Vec<Arm>, other: Option<Tree>, r: usize) -> Tree {
        let mut height = other.as_ref().map_or(0, |e| e.depth);
        let mut arms = Vec::with_capacity(more.len() + 1);
        for (cond, body) in std::iter::once(first).chain(more) {
            height = height.max(cond.depth).max(body.depth);
            arms.push((*cond, *body));
        }
        let span = self.span(l, r);
        self.tree(ExprKind::If { arms, other }, span, height)
    }

    /// `while c … end`
    pub fn while_loop(&mut self, l: usize, (cond, body): Arm, r: usize) -> Tree {
        let height = cond.depth.max(body.depth);
        let span = self.span(l, r);
        self.tree(ExprKind::While { cond, body }, span, height)
    }

    /// `for i in v … end`
    pub fn for_loop(&mut self, l: usize, clauses: Vec<ForClause>, body: Tree, r: usize) -> Tree {
        let height = clauses_height(&clauses).max(body.depth);
        let span = self.span(l, r);
        self.tree(ExprKind::For { clauses, body }, span, height)
    }

    /// `let x = 1, y … end`
    pub fn let_block(&mut self, l: usize, bindings: Vec<Tree>, body: Tree, r: usize) -> Tree {
        let height = bindings.iter().map(|e| e.depth).fold(body.depth, u32::max);
        let bindings = bindings.into_iter().filter_map(|e| self.binding(*e)).collect();
        let span = self.span(l, r);
        self.tree(ExprKind::Let { bindings, body }, span, height)
    }

    fn binding(&mut self, e: Expr) -> Option<(Expr, Option<Expr>)> {
        let (target, value) = match e.kind {
            ExprKind::Assign { target, value, op: None, dotted: false, .. } => (*target, Some(*value)),
            ExprKind::FunctionDef { ref name, .. } => {
                (Expr::leaf(ExprKind::Name(name.node.clone()), name.span), Some(e))
            }
            _ => (e, None),
        };
        if let Some(problem) = pattern_problem(&target) {
            self.parse_error("`let` gives values to names: `let x = 1, y = 2`", problem);
            return None;
        }
        Some((target, value))
    }

    /// `try … catch e … else … finally … end`
    pub fn try_block(
        &mut self,
        l: usize,
        body: Tree,
        catch: Option<(Option<Spanned<Name>>, Tree)>,
        other: Option<Tree>,
        finally: Option<Tree>,
        r: usize,
    ) -> Tree {
        let span = self.span(l, r);
        if catch.is_none() && finally.is_none() {
            self.parse_error("`try` needs a `catch` or a `finally`", span);
        }
        let (error, catch) = catch.map_or((None, None), |(error, body)| (error, Some(body)));
        let parts = [catch.as_ref(), other.as_ref(), finally.as_ref()];
        let height = parts.into_iter().flatten().map(|e| e.depth).fold(body.depth, u32::max);
        self.tree(ExprKind::Try { body, error, catch, other, finally }, span, height)
    }

    /// `return v`
    pub fn return_value(&mut self, l: usize, e: Option<Tree>, r: usize) -> Tree {
        let height = e.as_ref().map_or(0, |e| e.depth);
        let span = self.span(l, r);
        self.tree(ExprKind::Return(e), span, height)
    }

    /// `break`
    pub fn break_loop(&self, l: usize, r: usize) -> Tree {
        self.leaf(ExprKind::Break, l, r)
    }

    /// `continue`
    pub fn continue_loop(&self, l: usize, r: usize) -> Tree {
        self.leaf(ExprKind::Continue, l, r)
    }
}
