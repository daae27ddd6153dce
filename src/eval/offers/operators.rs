//! Operators that fail, plain and dotted: both operands labelled, other operators offered.

use super::*;
use crate::error::Places;
use crate::eval::node::Thrown;
use crate::fault::{ErrorKind, FaultReport, Part};
use std::rc::Rc;

/// `a op b` failed.
#[cold]
#[inline(never)]
pub fn binary(vm: &Vm, op: BinaryOp, a: &Value, b: &Value, fault: Fault, [op_span, left, right]: [Span; 3]) -> Thrown {
    let Fault::Raised(report) = fault else { return Thrown };
    let report = *report;
    if report.kind == ErrorKind::InterruptException {
        return vm.throw(Diagnostic::from_report(report, Places::at(left.to(right))));
    }
    let mut a = Operand::new(vm, a, left, ["A", "x"]);
    let mut b = Operand::new(vm, b, right, ["B", "y"]);
    let columns = |operand: &Operand<'_>| around::columns_instead(vm, operand.value, operand.span).is_some();
    if report.kind == ErrorKind::DomainError || columns(&a) || columns(&b) {
        // What is offered then repeats the texts themselves.
        (a.lettered, b.lettered) = (false, false);
    }
    let meant = around::joined_comparisons(vm, op, op_span);
    let candidates = if meant.is_some() || size(a.value) + size(b.value) > MOST_ELEMENTS {
        Vec::new()
    } else {
        binary_candidates(vm, op, &a, &b, &report)
    };
    let diagnostic = Diagnostic::from_report(
        FaultReport { labels: operator_labels(&report), ..report },
        Places { operator: op_span, left: Some(left), right: Some(right), arguments: &[] },
    );
    let mut diagnostic = offer(diagnostic, candidates);
    if let Some(line) = meant {
        diagnostic.hints.clear();
        let sign = op.text();
        diagnostic = diagnostic
            .rule(format!("`{sign}` binds more tightly than comparisons, which need parentheses beside it"))
            .hint(format!("for each pair of elements: {line}"));
    }
    if op == BinaryOp::Mul {
        let squares = [&a, &b].into_iter().filter_map(|x| around::square_instead(vm, x.value, x.span));
        diagnostic = squares.fold(diagnostic, Diagnostic::hint);
    }
    vm.throw(b.label(a.label(diagnostic)))
}

/// The labels of a report that stand at the operator; the operands get their own.
fn operator_labels(report: &FaultReport) -> Vec<(Part, String)> {
    let at_operator = |(part, _): &&(Part, String)| *part == Part::Operator;
    report.labels.iter().filter(at_operator).cloned().collect()
}

fn binary_candidates<'a>(
    vm: &'a Vm,
    op: BinaryOp,
    a: &Operand<'a>,
    b: &Operand<'a>,
    report: &FaultReport,
) -> Vec<Candidate<'a>> {
    if op == BinaryOp::Pow && report.kind == ErrorKind::DomainError {
        return root_candidates(vm, a, b);
    }
    if !matches!(report.kind, ErrorKind::DimensionMismatch | ErrorKind::MethodError | ErrorKind::ArgumentError) {
        return Vec::new();
    }
    let (x, y) = (a.value, b.value);
    let (left, right) = (&a.name, &b.name);
    if !is_array(x) && !is_array(y) {
        return text_candidates(vm, op, a, b);
    }
    let dotted =
        |op: BinaryOp| Candidate::new(format!("{left} .{} {right}", op.text()), move || pairwise(vm, op, x, y));
    let mut list: Vec<Candidate<'a>> = Vec::new();
    for operand in [a, b] {
        if let Some((code, columns)) = around::columns_instead(vm, operand.value, operand.span) {
            list.push(Candidate::new(code, move || builtin_of(vm, "hcat", &columns)).meaning("a matrix of columns"));
        }
    }
    if !list.is_empty() {
        return list;
    }
    match op {
        BinaryOp::Mul if is_vector(x) && is_vector(y) => {
            list.push(dotted(op).meaning("element by element"));
            let inner = Candidate::new(format!("{left}' * {right}"), move || product(&adjoint(x)?, y));
            let outer = Candidate::new(format!("{left} * {right}'"), move || product(x, &adjoint(y)?));
            list.extend([inner.meaning("the inner product"), outer.meaning("the outer product")]);
        }
        BinaryOp::Mul => {
            list.push(dotted(op));
            list.push(Candidate::new(format!("{left} * {right}'"), move || product(x, &adjoint(y)?)));
            list.push(Candidate::new(format!("{left}' * {right}"), move || product(&adjoint(x)?, y)));
            list.push(Candidate::new(format!("{right} * {left}"), move || product(y, x)));
        }
        BinaryOp::Add | BinaryOp::Sub => {
            let every = if is_number(y) || is_number(x) { "every element" } else { "" };
            list.push(dotted(op).meaning(every));
            if is_square(x) && is_number(y) {
                let code = format!("{left} {} {}", op.text(), scaled_identity(right));
                list.push(Candidate::new(code, move || with_identity(op, x, y)).meaning("the diagonal"));
            }
        }
        BinaryOp::Pow => {
            list.push(dotted(op).meaning("every element"));
            if is_vector(x) {
                let inner = Candidate::new(format!("{left}' * {left}"), move || product(&adjoint(x)?, x));
                list.push(inner.meaning("the inner product"));
            }
        }
        BinaryOp::Div if is_vector(y) && !is_array(x) => {
            list.push(dotted(op).meaning("every element"));
            let code = if left == "1" { format!("pinv({right})") } else { format!("{left} * pinv({right})") };
            let inverse = Candidate::new(code, move || product(x, &builtin(vm, "pinv", y)?));
            list.push(inverse.meaning("the pseudo-inverse"));
        }
        BinaryOp::Hadamard => list.push(dotted(BinaryOp::Mul).meaning("with broadcasting")),
        BinaryOp::HadamardDiv => list.push(dotted(BinaryOp::Div).meaning("with broadcasting")),
        _ => {
            list.push(dotted(op));
            if is_matrix(x) && is_matrix(y) {
                list.push(Candidate::new(format!("{left} * {right}"), move || product(x, y)));
                list.push(Candidate::new(format!("{right} * {left}"), move || product(y, x)));
            }
        }
    }
    list
}

/// `(-8)^(1/3)`: the real cube root, and the power of a complex number.
fn root_candidates<'a>(vm: &'a Vm, a: &Operand<'a>, b: &Operand<'a>) -> Vec<Candidate<'a>> {
    let bare = |span| vm.text(span).trim_start_matches('(').trim_end_matches(')').to_string();
    let (x, y) = (a.value, b.value);
    let (base, exponent) = (bare(a.span), bare(b.span));
    let exponent = if exponent.chars().all(char::is_alphanumeric) { exponent } else { format!("({exponent})") };
    let mut list = Vec::new();
    if matches!(y, Value::Float(p) if p.get() == 1.0 / 3.0) {
        list.push(Candidate::new(format!("cbrt({base})"), move || builtin(vm, "cbrt", x)).meaning("the real root"));
    }
    let power = move || arithmetic::binary(BinaryOp::Pow, &builtin(vm, "complex", x)?, y);
    list.push(Candidate::new(format!("complex({base})^{exponent}"), power));
    list
}

/// `"a" + "b"`, `"a" + 1`
fn text_candidates<'a>(vm: &'a Vm, op: BinaryOp, a: &Operand<'a>, b: &Operand<'a>) -> Vec<Candidate<'a>> {
    let (x, y) = (a.value, b.value);
    let joined = || {
        let code = format!("string({}, {})", a.name, b.name);
        Candidate::new(code, move || builtin_of(vm, "string", &[x.clone(), y.clone()]))
    };
    match (op, x, y) {
        (BinaryOp::Add, Value::Str(_), Value::Str(_)) => {
            vec![Candidate::new(format!("{} * {}", a.name, b.name), move || arithmetic::binary(BinaryOp::Mul, x, y))]
        }
        (BinaryOp::Add | BinaryOp::Mul, Value::Str(_), _) | (BinaryOp::Add | BinaryOp::Mul, _, Value::Str(_)) => {
            vec![joined()]
        }
        _ => Vec::new(),
    }
}

/// `1I` for a literal, `c*I` for anything else.
fn scaled_identity(text: &str) -> String {
    if text.chars().all(|c| c.is_ascii_digit() || c == '.') { format!("{text}I") } else { format!("{text}*I") }
}

fn with_identity(op: BinaryOp, a: &Value, number: &Value) -> Outcome<Value> {
    arithmetic::binary(op, a, &Value::Scaling(Rc::new(number.clone())))
}

/// `op a` failed.
#[cold]
#[inline(never)]
pub fn unary(vm: &Vm, op: UnaryOp, a: &Value, fault: Fault, [op_span, operand]: [Span; 2]) -> Thrown {
    let Fault::Raised(report) = fault else { return Thrown };
    let report = *report;
    let a = Operand::new(vm, a, operand, ["A", "x"]);
    let value = a.value;
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    if is_array(value) && size(value) <= MOST_ELEMENTS && op != UnaryOp::Adjoint {
        let attempt = move || {
            let tree = Dotted::Unary(op, Box::new(Dotted::Leaf(0)));
            run_broadcast(&tree, std::slice::from_ref(value), vm)
        };
        candidates.push(Candidate::new(format!(".{}{}", op.text(), a.name), attempt));
    }
    let diagnostic = Diagnostic::from_report(
        FaultReport { labels: operator_labels(&report), ..report },
        Places { operator: op_span, left: Some(operand), right: None, arguments: &[] },
    );
    vm.throw(a.label(offer(diagnostic, candidates)))
}

/// A dotted expression failed.
#[cold]
#[inline(never)]
pub fn broadcast(vm: &Vm, leaves: &[Value], fault: Fault, span: Span, spans: &[Span]) -> Thrown {
    let Fault::Raised(report) = fault else { return Thrown };
    let report = *report;
    let labelled = !report.labels.is_empty();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    if let (ErrorKind::DimensionMismatch, [x, y], [left, right]) = (report.kind, leaves, spans)
        && size(x) + size(y) <= MOST_ELEMENTS
        && vm.text(left.to(*right)).contains(".*")
    {
        let a = Operand::new(vm, x, *left, ["A", "x"]);
        let b = Operand::new(vm, y, *right, ["B", "y"]);
        candidates.push(Candidate::new(format!("{} * {}", a.name, b.name), move || product(x, y)));
        candidates.push(Candidate::new(format!("{} * {}", b.name, a.name), move || product(y, x)));
    }
    let mut diagnostic =
        Diagnostic::from_report(report, Places { operator: span, left: None, right: None, arguments: spans });
    if !labelled {
        for (value, span) in leaves.iter().zip(spans).filter(|(value, _)| is_array(value)) {
            diagnostic = diagnostic.label(*span, describe(value));
        }
    }
    vm.throw(offer(diagnostic, candidates))
}
