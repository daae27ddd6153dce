//! Calls that fail: arguments labelled, the dotted call, the keyword or the index that was meant offered.

use super::*;
use crate::error::Places;
use crate::eval::node::Thrown;
use crate::fault::ErrorKind;
use crate::value::FunctionKind;
use crate::value::function::Run as BuiltinRun;
use std::rc::Rc;

/// The places of a call.
#[derive(Clone, Copy)]
pub struct CallPlaces<'a> {
    /// The called name.
    pub callee: Span,
    /// The arguments; none where some were spread.
    pub args: &'a [Span],
}

/// A call failed.
#[cold]
#[inline(never)]
pub fn call(vm: &Vm, callee: &Value, args: &[Value], fault: Fault, places: CallPlaces<'_>) -> Thrown {
    let Fault::Raised(report) = fault else { return Thrown };
    let report = *report;
    let kind = report.kind;
    let labelled = report.labels.clone();
    let mut diagnostic = Diagnostic::from_report(
        report,
        Places { operator: places.callee, left: places.args.first().copied(), right: None, arguments: places.args },
    );
    if diagnostic.kind == ErrorKind::InterruptException || places.args.len() != args.len() {
        return vm.throw(diagnostic);
    }
    let typed = matches!(kind, ErrorKind::MethodError | ErrorKind::DimensionMismatch);
    if typed && labelled.is_empty() {
        for (value, span) in args.iter().zip(places.args) {
            diagnostic = diagnostic.label(*span, describe(value));
        }
    }
    let name = vm.text(places.callee);
    let candidates = if typed {
        call_candidates(vm, callee, &name, args, &places)
    } else if kind == ErrorKind::DomainError {
        complex_candidates(vm, callee, &name, args, &places)
    } else {
        Vec::new()
    };
    // What the hint says of the domain stays when the offer takes the place of its line.
    let domain = diagnostic.hints.first().and_then(|hint| hint.rsplit_once(": ")).map(|(why, _)| why.to_string());
    let mut diagnostic = offer(diagnostic, candidates);
    if kind == ErrorKind::DomainError && !diagnostic.offers.is_empty() {
        diagnostic.rule = diagnostic.rule.or(domain);
    }
    vm.throw(diagnostic)
}

fn call_candidates<'a>(
    vm: &'a Vm,
    callee: &'a Value,
    name: &str,
    args: &'a [Value],
    places: &CallPlaces<'_>,
) -> Vec<Candidate<'a>> {
    let total = args.iter().map(size).fold(0, usize::saturating_add);
    // Only builtins are tried: a function of the program may do anything.
    let Value::Function(function) = callee else { return index_candidates(vm, callee, name, args, places) };
    let FunctionKind::Builtin(builtin) = &function.kind else { return Vec::new() };
    if total > MOST_ELEMENTS || args.is_empty() || !args.iter().any(is_array) {
        return Vec::new();
    }
    let texts: Vec<String> = places.args.iter().map(|span| vm.text(*span)).collect();
    let mut list: Vec<Candidate<'a>> = Vec::new();
    if let ("max" | "min", [arg]) = (name, args) {
        let full = if name == "max" { "maximum" } else { "minimum" };
        let code = format!("{full}({})", texts[0]);
        list.push(Candidate::new(code, move || self::builtin(vm, full, arg)).meaning("the one element"));
        let code = format!("{full}({}, dims=1)", texts[0]);
        list.push(Candidate::new(code, move || along_columns(vm, full, arg)).meaning("one for each column"));
        return list;
    }
    if let (true, [first, Value::Int(dims @ 1..=2)]) = (library::takes_keyword(builtin, "dims"), args) {
        let keyword = vec![(Rc::from("dims"), Value::Int(*dims))];
        let attempt = move || {
            let args = Arguments { name: builtin.name(), positional: std::slice::from_ref(first), keyword: &keyword };
            library::call(builtin, &args, vm)
        };
        list.push(Candidate::new(format!("{name}({}, dims={dims})", texts[0]), attempt));
        return list;
    }
    // A function of whole arrays, such as `inv`, is no better off element by element.
    if !matches!(builtin.run, BuiltinRun::Scalar(_) | BuiltinRun::Scalar2(_)) {
        return list;
    }
    let tree = Dotted::Call { function: 0, args: (1..=args.len()).map(Dotted::Leaf).collect(), keyword: Vec::new() };
    let leaves: Vec<Value> = std::iter::once(callee).chain(args).cloned().collect();
    let code = format!("{name}.({})", texts.join(", "));
    list.push(Candidate::new(code, move || run_broadcast(&tree, &leaves, vm)).meaning("every element"));
    list
}

/// `sqrt(-1)`: the function of a complex number, if it has one.
fn complex_candidates<'a>(
    vm: &'a Vm,
    callee: &'a Value,
    name: &str,
    args: &'a [Value],
    places: &CallPlaces<'_>,
) -> Vec<Candidate<'a>> {
    let (Value::Function(function), [x @ (Value::Int(_) | Value::Float(_))]) = (callee, args) else {
        return Vec::new();
    };
    let FunctionKind::Builtin(called) = &function.kind else { return Vec::new() };
    if !matches!(called.run, BuiltinRun::Scalar(_)) {
        return Vec::new();
    }
    let code = format!("{name}(complex({}))", vm.text(places.args[0]));
    vec![Candidate::new(code, move || self::builtin(vm, called.name(), &self::builtin(vm, "complex", x)?))]
}

/// `A(1, 2)` where an index was meant.
fn index_candidates<'a>(
    vm: &'a Vm,
    object: &'a Value,
    name: &str,
    args: &'a [Value],
    places: &CallPlaces<'_>,
) -> Vec<Candidate<'a>> {
    let texts: Vec<String> = places.args.iter().map(|span| vm.text(*span)).collect();
    vec![Candidate::new(format!("{name}[{}]", texts.join(", ")), move || crate::value::index::get(object, args))]
}

fn along_columns(vm: &Vm, name: &str, arg: &Value) -> Outcome<Value> {
    let builtin = library::builtin(name).ok_or(Fault::Passing)?;
    let keyword = [(Rc::from("dims"), Value::Int(1))];
    library::call(builtin, &Arguments { name, positional: std::slice::from_ref(arg), keyword: &keyword }, vm)
}
