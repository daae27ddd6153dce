//! What the statements of a script are, before they are written: kinds of their values, functions of one expression,
//! names whose elements change.

use super::infer;
use super::kind::{Kind, Shape};
use super::write::Writer;
use crate::syntax::ast::{Expr, ExprKind, Name, Program};

/// Writes the expressions of statements, for the conflicts that they have; gives the kind of the last one's value.
pub fn trial(writer: &Writer<'_>, expr: &Expr) -> Kind {
    let outside = writer.names.borrow().len();
    let kind = visit(writer, expr);
    writer.names.borrow_mut().truncate(outside);
    kind
}

fn visit(writer: &Writer<'_>, expr: &Expr) -> Kind {
    let of = |expr: &Expr| writer.expr(expr).map_or(Kind::OTHER, |term| term.kind);
    let push = |name: &Name, kind: Kind| writer.names.borrow_mut().push(infer::binding(name, kind));
    match &expr.kind {
        ExprKind::Block(statements) => {
            statements.iter().map(|statement| visit(writer, statement)).last().unwrap_or(Kind::OTHER)
        }
        ExprKind::Assign { target, op: None, dotted: false, value, .. } => {
            let kind = of(value);
            if let Some(name) = target.as_name() {
                push(name, kind);
            }
            kind
        }
        ExprKind::If { arms, other } => {
            let mut kinds = Vec::new();
            for (cond, body) in arms {
                of(cond);
                kinds.push(visit(writer, body));
            }
            kinds.extend(other.iter().map(|body| visit(writer, body)));
            kinds.into_iter().find(|kind| kind.shape != Shape::Other).unwrap_or(Kind::OTHER)
        }
        ExprKind::While { cond, body } => {
            of(cond);
            visit(writer, body);
            Kind::OTHER
        }
        ExprKind::For { clauses, body } => {
            for clause in clauses {
                let range = each_index(&clause.iterable);
                let through = of(range.as_ref().unwrap_or(&clause.iterable));
                if let Some(name) = clause.target.as_name() {
                    push(name, if through.is_array() { Kind::number(through.element) } else { Kind::OTHER });
                }
            }
            visit(writer, body);
            Kind::OTHER
        }
        ExprKind::Return(Some(value)) => visit(writer, value),
        ExprKind::Tuple(items) => {
            items.iter().for_each(|item| {
                of(item);
            });
            Kind::OTHER
        }
        _ => of(expr),
    }
}

/// `eachindex(v)` as `1:length(v)`.
pub fn each_index(expr: &Expr) -> Option<Expr> {
    let ExprKind::Call { callee, args, dotted: false } = &expr.kind else { return None };
    if callee.as_name().is_none_or(|name| &**name != "eachindex") || args.positional.len() != 1 {
        return None;
    }
    let name = Expr::leaf(ExprKind::Name(Name::from("length")), callee.span);
    let length = ExprKind::Call { callee: Box::new(name), args: args.clone(), dotted: false };
    let stop = Box::new(Expr::new(length, expr.span, expr.depth));
    let start = Box::new(Expr::leaf(ExprKind::Int(1), expr.span));
    Some(Expr::new(ExprKind::Range { start, step: None, stop }, expr.span, expr.depth + 1))
}

/// What stands after `&&` and makes it a condition.
pub fn is_statement(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Break | ExprKind::Continue | ExprKind::Return(_) | ExprKind::Assign { .. } | ExprKind::Block(_)
    ) || matches!(&expr.kind, ExprKind::Call { callee, .. } if callee.as_name().is_some_and(|name| matches!(&**name, "println" | "print" | "error")))
}

/// The one expression that a body is.
pub fn single(body: &Expr) -> Option<&Expr> {
    match &body.kind {
        ExprKind::Block(items) => match items.as_slice() {
            [one] => single(one),
            _ => None,
        },
        ExprKind::Return(value) => value.as_deref().and_then(single),
        ExprKind::Assign { .. }
        | ExprKind::If { .. }
        | ExprKind::For { .. }
        | ExprKind::While { .. }
        | ExprKind::Try { .. }
        | ExprKind::Let { .. }
        | ExprKind::Tuple(_)
        | ExprKind::Macro { .. }
        | ExprKind::FunctionDef { .. }
        | ExprKind::Nothing => None,
        ExprKind::Call { callee, .. }
            if callee.as_name().is_some_and(|name| matches!(&**name, "println" | "print")) =>
        {
            None
        }
        _ => Some(body),
    }
}

/// How many values a function gives: that of its last statement or `return`.
pub fn count_of_results(body: &Expr) -> usize {
    match &body.kind {
        ExprKind::Block(items) => {
            let returned = items.iter().map(count_of_results).max().unwrap_or(0);
            returned.max(1)
        }
        ExprKind::Return(Some(value)) => count_of_results(value),
        ExprKind::Tuple(items) => items.len(),
        ExprKind::If { arms, other } => {
            let bodies = arms.iter().map(|(_, body)| body).chain(other.as_deref());
            bodies.map(count_of_results).max().unwrap_or(1)
        }
        _ => 1,
    }
}

/// Is a name called in an expression?
pub fn mentions(expr: &Expr, name: &Name) -> bool {
    let mut found = false;
    walk(expr, &mut |expr| {
        found |= expr.as_name() == Some(name);
    });
    found
}

/// Names whose elements are assigned somewhere in a program.
pub fn changed_names(program: &Program) -> Vec<Name> {
    let mut changed = Vec::new();
    for statement in &program.statements {
        walk(&statement.expr, &mut |expr| {
            if let ExprKind::Assign { target, dotted, .. } = &expr.kind {
                let object = match &target.kind {
                    ExprKind::Index { object, .. } => object.as_name(),
                    ExprKind::Name(name) if *dotted => Some(name),
                    _ => None,
                };
                changed.extend(object.cloned());
            }
        });
    }
    changed
}

/// Every expression inside one, itself first.
fn walk(expr: &Expr, see: &mut dyn FnMut(&Expr)) {
    see(expr);
    match &expr.kind {
        ExprKind::Block(items) | ExprKind::Tuple(items) => items.iter().for_each(|item| walk(item, see)),
        ExprKind::Assign { target, value, .. } => {
            walk(target, see);
            walk(value, see);
        }
        ExprKind::If { arms, other } => {
            for (cond, body) in arms {
                walk(cond, see);
                walk(body, see);
            }
            other.iter().for_each(|body| walk(body, see));
        }
        ExprKind::While { cond, body } => {
            walk(cond, see);
            walk(body, see);
        }
        ExprKind::For { body, .. } => walk(body, see),
        ExprKind::FunctionDef { function, .. } | ExprKind::Lambda(function) => walk(&function.body, see),
        ExprKind::Return(Some(value)) => walk(value, see),
        ExprKind::Binary { lhs, rhs, .. } | ExprKind::And(lhs, rhs) | ExprKind::Or(lhs, rhs) => {
            walk(lhs, see);
            walk(rhs, see);
        }
        ExprKind::Unary { operand, .. } => walk(operand, see),
        ExprKind::Ternary { cond, then, other } => [cond, then, other].into_iter().for_each(|part| walk(part, see)),
        ExprKind::Call { callee, args, .. } => {
            walk(callee, see);
            args.positional.iter().for_each(|arg| walk(arg, see));
        }
        ExprKind::Index { object, args } => {
            walk(object, see);
            args.iter().for_each(|arg| walk(arg, see));
        }
        _ => {}
    }
}
