//! `@.`: a dot on every call, operator and assignment of an expression.

use crate::op::UnaryOp;
use crate::syntax::ast::{Args, Comparison, Expr, ExprKind, FunctionExpr};
use std::rc::Rc;

/// The expression with a dot everywhere. Indices, ranges, arrays' brackets, adjoints and `$`-free literals stay.
pub(super) fn dot_all(expr: &Expr) -> Expr {
    let boxed = |e: &Expr| Box::new(dot_all(e));
    let kind = match &expr.kind {
        ExprKind::Unary { op: UnaryOp::Adjoint, .. } => expr.kind.clone(),
        ExprKind::Unary { op, op_span, operand, .. } => {
            ExprKind::Unary { op: *op, dotted: !is_number(operand), op_span: *op_span, operand: boxed(operand) }
        }
        ExprKind::Binary { op, op_span, juxtaposed, lhs, rhs, .. } => ExprKind::Binary {
            op: *op,
            dotted: true,
            op_span: *op_span,
            juxtaposed: *juxtaposed,
            lhs: boxed(lhs),
            rhs: boxed(rhs),
        },
        ExprKind::Chain { first, rest } => ExprKind::Chain {
            first: boxed(first),
            rest: rest.iter().map(|c| Comparison { dotted: true, rhs: dot_all(&c.rhs), ..c.clone() }).collect(),
        },
        ExprKind::And(a, b) => ExprKind::And(boxed(a), boxed(b)),
        ExprKind::Or(a, b) => ExprKind::Or(boxed(a), boxed(b)),
        ExprKind::Ternary { cond, then, other } => {
            ExprKind::Ternary { cond: boxed(cond), then: boxed(then), other: boxed(other) }
        }
        ExprKind::Call { callee, args, .. } => {
            ExprKind::Call { callee: callee.clone(), args: arguments(args), dotted: true }
        }
        ExprKind::Tuple(items) => ExprKind::Tuple(items.iter().map(dot_all).collect()),
        ExprKind::Block(items) => ExprKind::Block(items.iter().map(dot_all).collect()),
        ExprKind::Assign { target, op, op_span, value, .. } => {
            ExprKind::Assign { target: target.clone(), op: *op, dotted: true, op_span: *op_span, value: boxed(value) }
        }
        ExprKind::FunctionDef { name, function } => {
            ExprKind::FunctionDef { name: name.clone(), function: Rc::new(dotted_function(function)) }
        }
        ExprKind::Lambda(function) => ExprKind::Lambda(Rc::new(dotted_function(function))),
        _ => expr.kind.clone(),
    };
    Expr::new(kind, expr.span, expr.depth)
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Int(_) | ExprKind::Float(_))
}

/// Keyword values are not broadcast, so they stay as they are.
fn arguments(args: &Args) -> Args {
    Args { positional: args.positional.iter().map(dot_all).collect(), keyword: args.keyword.clone() }
}

fn dotted_function(function: &FunctionExpr) -> FunctionExpr {
    FunctionExpr { body: dot_all(&function.body), ..function.clone() }
}
