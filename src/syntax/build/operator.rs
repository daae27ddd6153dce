//! Operators, ranges and what stands in parentheses and brackets.

use super::{Brackets, Build, Tree, height, unboxed};
use crate::op::{BinaryOp, UnaryOp};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Comparison, Expr, ExprKind, Field, ForClause, Generator, GeneratorLoop, OperatorName};
use crate::syntax::token::{Infix, Prefix, Token};

const UNNAMED: &str = "an element of a named tuple needs a name: `name = value`";

impl Build<'_> {
    /// `a * b`
    pub fn binary(&mut self, lhs: Tree, op: Spanned<Infix>, rhs: Tree) -> Tree {
        let span = lhs.span.to(rhs.span);
        let height = lhs.depth.max(rhs.depth);
        let Infix { op: node, dotted } = op.node;
        self.tree(ExprKind::Binary { op: node, dotted, op_span: op.span, juxtaposed: false, lhs, rhs }, span, height)
    }

    /// `2x`
    pub fn juxtapose(&mut self, lhs: Tree, rhs: Tree) -> Tree {
        let span = lhs.span.to(rhs.span);
        let height = lhs.depth.max(rhs.depth);
        let op_span = lhs.span.after();
        let kind = ExprKind::Binary { op: BinaryOp::Mul, dotted: false, op_span, juxtaposed: true, lhs, rhs };
        self.tree(kind, span, height)
    }

    /// `-x`
    pub fn prefix(&mut self, op: Spanned<Prefix>, operand: Tree) -> Tree {
        self.unary(op.node.op, op.node.dotted, op.span, operand)
    }

    /// `x'`
    pub fn adjoint(&mut self, operand: Tree, op: Spanned<Token>) -> Tree {
        self.unary(UnaryOp::Adjoint, false, op.span, operand)
    }

    fn unary(&mut self, op: UnaryOp, dotted: bool, op_span: Span, operand: Tree) -> Tree {
        let span = op_span.to(operand.span);
        let height = operand.depth;
        self.tree(ExprKind::Unary { op, dotted, op_span, operand }, span, height)
    }

    /// `a < b`, `a < b <= c`
    pub fn comparison(&mut self, first: Tree, mut rest: Vec<(Spanned<Infix>, Tree)>) -> Tree {
        if rest.len() == 1
            && let Some((op, rhs)) = rest.pop()
        {
            return self.binary(first, op, rhs);
        }
        let height = rest.iter().map(|(_, rhs)| rhs.depth).fold(first.depth, u32::max);
        let span = rest.last().map_or(first.span, |(_, rhs)| first.span.to(rhs.span));
        let rest = rest
            .into_iter()
            .map(|(op, rhs)| Comparison { op: op.node.op, dotted: op.node.dotted, op_span: op.span, rhs: *rhs })
            .collect();
        self.tree(ExprKind::Chain { first, rest }, span, height)
    }

    /// `a && b`, `a .&& b`
    pub fn and(&mut self, lhs: Tree, op: Spanned<bool>, rhs: Tree) -> Tree {
        self.lazy(lhs, op, rhs, BinaryOp::And, ExprKind::And)
    }

    /// `a || b`, `a .|| b`
    pub fn or(&mut self, lhs: Tree, op: Spanned<bool>, rhs: Tree) -> Tree {
        self.lazy(lhs, op, rhs, BinaryOp::Or, ExprKind::Or)
    }

    /// The dotted forms have nothing to skip over whole arrays: they are `.&` and `.|`.
    fn lazy(
        &mut self,
        lhs: Tree,
        op: Spanned<bool>,
        rhs: Tree,
        eager: BinaryOp,
        lazy: fn(Tree, Tree) -> ExprKind,
    ) -> Tree {
        if op.node {
            return self.binary(lhs, Spanned::new(Infix { op: eager, dotted: true }, op.span), rhs);
        }
        let span = lhs.span.to(rhs.span);
        let height = lhs.depth.max(rhs.depth);
        self.tree(lazy(lhs, rhs), span, height)
    }

    /// `c ? a : b`
    pub fn ternary(&mut self, cond: Tree, then: Tree, other: Tree) -> Tree {
        let cond = self.condition(cond);
        let span = cond.span.to(other.span);
        let height = cond.depth.max(then.depth).max(other.depth);
        self.tree(ExprKind::Ternary { cond, then, other }, span, height)
    }

    /// `a:b`, `a:s:b`; a fourth part makes a range of the first three, as in Julia.
    pub fn range(&mut self, first: Tree, rest: Vec<Tree>) -> Tree {
        let mut start = first;
        let mut rest = rest.into_iter();
        while let Some(next) = rest.next() {
            let (step, stop) = match rest.next() {
                Some(stop) => (Some(next), stop),
                None => (None, next),
            };
            let span = start.span.to(stop.span);
            let height = start.depth.max(stop.depth).max(step.as_ref().map_or(0, |e| e.depth));
            start = self.tree(ExprKind::Range { start, step, stop }, span, height);
        }
        start
    }

    /// `v...`
    pub fn splat(&mut self, e: Tree, r: usize) -> Tree {
        let span = e.span.to(self.span(r, r));
        let height = e.depth;
        self.tree(ExprKind::Splat(e), span, height)
    }

    /// Something in parentheses: its place takes them in, so that its text can be copied into another expression.
    pub fn parenthesised(&mut self, l: usize, mut e: Tree, r: usize) -> Tree {
        e.span = self.span(l, r);
        self.not_spread(&e);
        if e.kind == ExprKind::Colon {
            e.kind = ExprKind::Operator { op: OperatorName::Range, dotted: false };
        }
        e
    }

    /// A tuple; its place is the parentheses'.
    pub fn tuple(&mut self, l: usize, items: Vec<Tree>) -> Tree {
        let span = self.span(l, l);
        let height = height(&items);
        self.tree(ExprKind::Tuple(unboxed(items)), span, height)
    }

    /// `a, b` without parentheses.
    pub fn bare_tuple(&mut self, l: usize, items: Vec<Tree>, last: Option<Tree>, r: usize) -> Tree {
        let mut tuple = self.tuple_of(l, items, last);
        tuple.span = self.span(l, r);
        tuple
    }

    /// `(a, b)`, or `(a = 1, b = 2)`.
    pub fn tuple_of(&mut self, l: usize, items: Vec<Tree>, last: Option<Tree>) -> Tree {
        let items = self.list(items, last);
        if items.iter().any(|e| as_named(e)) { self.named_tuple(l, items) } else { self.tuple(l, items) }
    }

    /// `(; a, b = 1)`, `(a = 1, b = 2)`
    pub fn named_tuple(&mut self, l: usize, items: Vec<Tree>) -> Tree {
        let span = self.span(l, l);
        let height = height(&items);
        let fields = items.into_iter().filter_map(|e| self.field_of(*e, UNNAMED)).collect();
        self.tree(ExprKind::NamedTuple(fields), span, height)
    }

    /// `k = v`, `k`, `t.k`, `kw...`; anything else is answered with the message.
    pub(super) fn field_of(&mut self, e: Expr, otherwise: &str) -> Option<Field> {
        let span = e.span;
        match e.kind {
            ExprKind::Assign { target, value, op: None, dotted: false, .. } if target.as_name().is_some() => {
                Some(Field::Named(Spanned::new(target.as_name()?.clone(), target.span), *value))
            }
            ExprKind::Name(ref name) => Some(Field::Named(Spanned::new(name.clone(), span), e)),
            ExprKind::Field { ref name, .. } => Some(Field::Named(name.clone(), e)),
            ExprKind::Splat(inner) => Some(Field::Splat(*inner)),
            _ => {
                self.parse_error(otherwise, span);
                None
            }
        }
    }

    /// `[a, b]`, `[a b; c d]`, `[x for x in v]`
    pub fn vector(&mut self, l: usize, items: Brackets, r: usize) -> Tree {
        let span = self.span(l, r);
        self.brackets(None, items, span)
    }

    /// `Float64[1, 2]`
    pub fn typed(&mut self, eltype: Tree, items: Brackets, r: usize) -> Tree {
        let span = eltype.span.to(self.span(r, r));
        self.brackets(Some(eltype), items, span)
    }

    fn brackets(&mut self, eltype: Option<Tree>, items: Brackets, span: Span) -> Tree {
        match items {
            Brackets::Items(items) => {
                let height = height(&items);
                self.tree(ExprKind::Vector { eltype, items: unboxed(items) }, span, height)
            }
            Brackets::Rows(rows) => {
                let height = rows.iter().map(|row| height(row)).max().unwrap_or(0);
                let rows = rows.into_iter().map(unboxed).collect();
                self.tree(ExprKind::Rows { eltype, rows }, span, height)
            }
            Brackets::Comprehension(generator) => {
                let height = generator_height(&generator);
                self.tree(ExprKind::Comprehension { eltype, generator }, span, height)
            }
        }
    }

    /// `x^2 for x in v`
    pub fn loops_of(&self, body: Tree, loops: Vec<GeneratorLoop>) -> Generator {
        Generator { body, loops }
    }

    /// `(x^2 for x in v)`, with or without parentheses of its own.
    pub fn generator(&mut self, body: Tree, loops: Vec<GeneratorLoop>) -> Tree {
        let end = loops.last().map_or(body.span, loop_end);
        let span = body.span.to(end);
        let generator = Generator { body, loops };
        let height = generator_height(&generator);
        self.tree(ExprKind::Generator(generator), span, height)
    }

    /// Arguments of which the last is a generator: `all(p, x^2 for x in v)`.
    pub fn and_generator(&mut self, items: Vec<Tree>, body: Tree, loops: Vec<GeneratorLoop>) -> Vec<Tree> {
        let generator = self.generator(body, loops);
        self.list(items, Some(generator))
    }

    /// `for x in v if p(x)`
    pub fn generator_loop(&self, clauses: Vec<ForClause>, filter: Option<Tree>) -> GeneratorLoop {
        GeneratorLoop { clauses, filter: filter.map(|e| *e) }
    }

    /// One more `i in v`.
    pub fn clauses(&self, mut all: Vec<ForClause>, next: ForClause) -> Vec<ForClause> {
        all.push(next);
        all
    }
}

/// `k = v` without parentheses around it.
pub(super) fn as_named(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Assign { target, op: None, dotted: false, .. } => {
            target.as_name().is_some() && target.span.start == e.span.start
        }
        _ => false,
    }
}

fn loop_end(each: &GeneratorLoop) -> Span {
    let clause = each.clauses.last().map(|c| c.iterable.span);
    each.filter.as_ref().map(|e| e.span).or(clause).unwrap_or_default()
}

fn generator_height(generator: &Generator) -> u32 {
    let clauses = generator.loops.iter().map(|each| {
        let filter = each.filter.as_ref().map_or(0, |e| e.depth);
        clauses_height(&each.clauses).max(filter)
    });
    clauses.fold(generator.body.depth, u32::max)
}

/// Height of the highest tree in the clauses of a loop.
pub(super) fn clauses_height(clauses: &[ForClause]) -> u32 {
    clauses.iter().map(|c| c.target.depth.max(c.iterable.depth)).max().unwrap_or(0)
}
