//! Conditions that are no Bool, and names that nothing is called by.

use super::*;
use crate::codes::Code;
use crate::eval::node::Thrown;
use crate::fault::ErrorKind;
use std::rc::Rc;

/// What stands where a condition must is no Bool.
#[cold]
pub fn condition(vm: &Vm, value: &Value, span: Span) -> Diagnostic {
    let name = vm.text(span);
    let diagnostic = Diagnostic::new(
        ErrorKind::TypeError,
        format!("a condition is true or false, and this is {}", with_article(&describe(value))),
        span,
    )
    .code(Code::Condition)
    .note(describe(value));
    match value {
        Value::Array(array) if matches!(*array.elements(), crate::value::Elements::Bool(_)) => {
            let candidates: Vec<Candidate<'_>> = vec![
                Candidate::new(format!("any({name})"), move || builtin(vm, "any", value)),
                Candidate::new(format!("all({name})"), move || builtin(vm, "all", value)),
            ];
            offer(diagnostic, candidates)
        }
        Value::Array(_) | Value::Range(_) => {
            let nonzero = move || pairwise(vm, BinaryOp::Ne, value, &Value::Int(0));
            let candidates: Vec<Candidate<'_>> = vec![
                Candidate::new(format!("any({name} .!= 0)"), move || builtin(vm, "any", &nonzero()?)),
                Candidate::new(format!("all({name} .!= 0)"), move || builtin(vm, "all", &nonzero()?)),
            ];
            offer(diagnostic, candidates)
        }
        Value::Int(_) | Value::Float(_) => {
            let attempt = move || arithmetic::binary(BinaryOp::Ne, value, &Value::Int(0));
            offer(diagnostic, vec![Candidate::new(format!("{name} != 0"), attempt)])
        }
        _ => diagnostic,
    }
}

/// `a 3-vector`, `an Int64`
fn with_article(what: &str) -> String {
    let vowel = what.starts_with(['A', 'E', 'I', 'O', 'U', '8']);
    format!("{} {what}", if vowel { "an" } else { "a" })
}

/// A name that nothing is called by: its counterpart here if another system has it, else the nearest names.
#[cold]
pub fn undefined(vm: &Vm, name: &str, span: Span) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(ErrorKind::UndefVarError, format!("`{name}` is not defined"), span).note("not defined");
    if let Some(number) = around::imaginary(vm, name, span) {
        let rule = "the imaginary unit is `im`, so that `i` and `j` can count";
        return diagnostic.code(Code::ForeignName).rule(rule).offer(number, "");
    }
    if let Some(hint) = around::in_foreign_module(vm, name, span) {
        return diagnostic.code(Code::ForeignName).hint(hint);
    }
    if let Some(foreign) = library::foreign::lookup(name) {
        let hint =
            format!("`{name}` is a name of {}; in hlang it is written like this: {}", foreign.system, foreign.here);
        return diagnostic.code(Code::ForeignName).hint(hint);
    }
    if let Some(limit) = library::foreign::limit(name) {
        return diagnostic
            .code(Code::ForeignName)
            .rule(limit.rule)
            .hint(format!("in hlang, for example: {}", limit.here));
    }
    if let Some(hint) = raised(name) {
        return diagnostic.hint(hint);
    }
    let globals = vm.globals.borrow();
    let defined = globals.own_globals().filter(|g| !matches!(g.variable.get(), Value::Undefined));
    let own: Vec<Rc<str>> = defined.map(|g| g.name.clone()).collect();
    let mut candidates: Vec<&str> = own.iter().map(|n| &**n).collect();
    for name in library::names() {
        candidates.push(name);
    }
    let near = crate::suggest::nearest(name, candidates, 3);
    match crate::suggest::question(&near) {
        Some(question) => diagnostic.hint(question),
        None => diagnostic,
    }
}

/// `x²` and `A⁻¹` are names of their own; who writes them means a power.
fn raised(name: &str) -> Option<String> {
    const DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let stem = name.trim_end_matches(|c| DIGITS.contains(c) || c == '⁻');
    let exponent = &name[stem.len()..];
    if let Some(stem) = name.strip_suffix('ᵀ').filter(|stem| !stem.is_empty()) {
        return Some(format!("the transpose is written `{stem}'`"));
    }
    if stem.is_empty() || exponent.trim_start_matches('⁻').is_empty() {
        return None;
    }
    let digit = |c: char| DIGITS.chars().position(|d| d == c).map_or("-".to_string(), |k| k.to_string());
    Some(format!("a power is written `{stem}^{}`", exponent.chars().map(digit).collect::<String>()))
}

/// `&&` and `||` take one Bool: with arrays of them, `.&` and `.|` were meant.
#[cold]
pub fn logic(vm: &Vm, and: bool, lhs: Span, rhs: Span) -> Thrown {
    let code = format!("({}) .{} ({})", vm.text(lhs), if and { "&" } else { "|" }, vm.text(rhs));
    vm.amend(lhs, |diagnostic| diagnostic.hint(format!("for each pair of elements: {code}")));
    Thrown
}
