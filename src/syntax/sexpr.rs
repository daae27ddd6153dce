//! A tree in one line, for tests.

use super::ast::{
    Args, Expr, ExprKind, Field, ForClause, FunctionExpr, Generator, OperatorName, Param, Program, StrPart,
};
use crate::op::{BinaryOp, UnaryOp};

/// All statements; those that show their value are followed by nothing, hidden ones by `;`.
pub fn program(program: &Program) -> String {
    let lines = program.statements.iter().map(|s| expr(&s.expr) + if s.shown { "" } else { ";" });
    lines.collect::<Vec<_>>().join(" ")
}

fn list<'a>(head: &str, items: impl IntoIterator<Item = &'a Expr>) -> String {
    let parts = std::iter::once(head.to_string()).chain(items.into_iter().map(expr));
    form(parts)
}

fn form(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    format!("({})", parts.join(" "))
}

fn dot(dotted: bool) -> &'static str {
    if dotted { "." } else { "" }
}

fn infix(op: BinaryOp, dotted: bool) -> String {
    format!("{}{}", dot(dotted), op.text())
}

fn maybe(e: Option<&Expr>) -> String {
    e.map(expr).unwrap_or_default()
}

/// One expression.
pub fn expr(e: &Expr) -> String {
    match &e.kind {
        ExprKind::Nothing => "nothing".to_string(),
        ExprKind::Bool(b) => b.to_string(),
        ExprKind::Int(i) => i.to_string(),
        ExprKind::Float(x) => format!("{x:?}"),
        ExprKind::Str(parts) => string(parts),
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Operator { op, dotted } => {
            let text = match op {
                OperatorName::Binary(op) => op.text(),
                OperatorName::Unary(op) => op.text(),
                OperatorName::Range => ":",
            };
            format!("`{}{text}`", dot(*dotted))
        }
        ExprKind::Colon => ":".to_string(),
        ExprKind::End => "end".to_string(),
        ExprKind::Begin => "begin".to_string(),
        ExprKind::Unary { op: UnaryOp::Adjoint, operand, .. } => list("'", [&**operand]),
        ExprKind::Unary { op, dotted, operand, .. } => list(&format!("{}{}", dot(*dotted), op.text()), [&**operand]),
        ExprKind::Binary { juxtaposed: true, lhs, rhs, .. } => list("juxt", [&**lhs, &**rhs]),
        ExprKind::Binary { op, dotted, lhs, rhs, .. } => list(&infix(*op, *dotted), [&**lhs, &**rhs]),
        ExprKind::Chain { first, rest } => {
            let steps = rest.iter().flat_map(|c| [infix(c.op, c.dotted), expr(&c.rhs)]);
            form(["chain".to_string(), expr(first)].into_iter().chain(steps))
        }
        ExprKind::And(a, b) => list("&&", [&**a, &**b]),
        ExprKind::Or(a, b) => list("||", [&**a, &**b]),
        ExprKind::Ternary { cond, then, other } => list("?", [&**cond, &**then, &**other]),
        ExprKind::Range { start, step, stop } => form([":".into(), expr(start), maybe(step.as_deref()), expr(stop)]),
        ExprKind::Call { callee, args, dotted } => {
            form([format!("call{}", dot(*dotted)), expr(callee), arguments(args)])
        }
        ExprKind::Index { object, args } => list("ref", std::iter::once(&**object).chain(args)),
        ExprKind::TypeParameters { of, parameters } => list("curly", std::iter::once(&**of).chain(parameters)),
        ExprKind::Field { object, name } => form(["field".into(), expr(object), name.node.to_string()]),
        ExprKind::Splat(inner) => list("...", [&**inner]),
        ExprKind::Tuple(items) => list("tuple", items),
        ExprKind::NamedTuple(fields) => form(std::iter::once("named".to_string()).chain(fields.iter().map(field))),
        ExprKind::Vector { eltype, items } => typed("vect", eltype.as_deref(), items.iter().map(expr)),
        ExprKind::Rows { eltype, rows } => typed("rows", eltype.as_deref(), rows.iter().map(|row| list("row", row))),
        ExprKind::Comprehension { eltype, generator } => typed("comp", eltype.as_deref(), [each(generator)]),
        ExprKind::Generator(generator) => form(["gen".into(), each(generator)]),
        ExprKind::Lambda(f) => form(["->".into(), function(f)]),
        ExprKind::FunctionDef { name, function: f } => form(["def".into(), name.node.to_string(), function(f)]),
        ExprKind::Assign { target, op, dotted, value, .. } => {
            list(&format!("{}{}=", dot(*dotted), op.map_or("", BinaryOp::text)), [&**target, &**value])
        }
        ExprKind::Block(items) => list("block", items),
        ExprKind::Let { bindings, body } => {
            let bindings = bindings.iter().map(|(t, v)| form([expr(t), maybe(v.as_ref())]));
            form(std::iter::once("let".to_string()).chain(bindings).chain([expr(body)]))
        }
        ExprKind::If { arms, other } => {
            let arms = arms.iter().flat_map(|(c, b)| [expr(c), expr(b)]);
            form(std::iter::once("if".to_string()).chain(arms).chain([maybe(other.as_deref())]))
        }
        ExprKind::While { cond, body } => list("while", [&**cond, &**body]),
        ExprKind::For { clauses, body } => form(["for".into(), self::clauses(clauses), expr(body)]),
        ExprKind::Try { body, error, catch, other, finally } => {
            let part = |word: &str, e: &Option<Box<Expr>>| {
                e.as_ref().map(|e| format!("{word} {}", expr(e))).unwrap_or_default()
            };
            let error = error.as_ref().map(|n| n.node.to_string()).unwrap_or_default();
            form(["try".into(), expr(body), error, part("catch", catch), part("else", other), part("finally", finally)])
        }
        ExprKind::Return(e) => form(["return".into(), maybe(e.as_deref())]),
        ExprKind::Break => "break".to_string(),
        ExprKind::Continue => "continue".to_string(),
        ExprKind::Declare { how, names, assign } => {
            let names: Vec<&str> = names.iter().map(|n| &*n.node).collect();
            form([format!("{how:?}").to_lowercase(), names.join(","), maybe(assign.as_deref())])
        }
        ExprKind::Macro { name, args } => list(&format!("@{}", name.node), args),
        ExprKind::Using { modules, names } => {
            let written = modules.iter().chain(names).map(|n| n.node.to_string());
            form(std::iter::once("using".to_string()).chain(written))
        }
    }
}

fn string(parts: &[StrPart]) -> String {
    match parts {
        [] => "\"\"".to_string(),
        [StrPart::Text(text)] => format!("{text:?}"),
        _ => form(std::iter::once("str".to_string()).chain(parts.iter().map(|part| match part {
            StrPart::Text(text) => format!("{text:?}"),
            StrPart::Value(e) => expr(e),
        }))),
    }
}

fn typed(head: &str, eltype: Option<&Expr>, items: impl IntoIterator<Item = String>) -> String {
    let head = eltype.map_or(head.to_string(), |t| format!("{head}:{}", expr(t)));
    form(std::iter::once(head).chain(items))
}

fn arguments(args: &Args) -> String {
    args.positional.iter().map(expr).chain(args.keyword.iter().map(field)).collect::<Vec<_>>().join(" ")
}

fn field(field: &Field) -> String {
    match field {
        Field::Named(name, e) => format!("{}={}", name.node, expr(e)),
        Field::Splat(e) => format!("{}...", expr(e)),
    }
}

fn clauses(clauses: &[ForClause]) -> String {
    form(clauses.iter().map(|c| format!("{}={}", expr(&c.target), expr(&c.iterable))))
}

fn each(generator: &Generator) -> String {
    let loops = generator.loops.iter().map(|l| {
        let filter = l.filter.as_ref().map(|e| format!(" if {}", expr(e))).unwrap_or_default();
        format!("for {}{filter}", clauses(&l.clauses))
    });
    std::iter::once(expr(&generator.body)).chain(loops).collect::<Vec<_>>().join(" ")
}

fn function(f: &FunctionExpr) -> String {
    let param = |p: &Param| {
        let default = p.default.as_ref().map(|e| format!("={}", expr(e))).unwrap_or_default();
        format!("{}{default}{}", expr(&p.target), if p.rest { "..." } else { "" })
    };
    let mut params: Vec<String> = f.params.iter().map(param).collect();
    if !f.keywords.is_empty() || f.keyword_rest.is_some() {
        params.push(";".to_string());
    }
    params.extend(f.keywords.iter().map(param));
    params.extend(f.keyword_rest.as_ref().map(|n| format!("{}...", n.node)));
    format!("({}) {}", params.join(" "), expr(&f.body))
}
