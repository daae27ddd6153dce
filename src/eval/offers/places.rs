//! Indices and indexed assignments that fail: the index at fault pointed at, an assignment that works offered.

use super::*;
use crate::error::Places;
use crate::eval::node::Thrown;
use crate::fault::{ErrorKind, FaultReport, Part};
use crate::kernel::broadcast::broadcast_into_index;

/// An index failed.
#[cold]
#[inline(never)]
pub fn index(vm: &Vm, object: &Value, at: &[Value], fault: Fault, span: Span, spans: &[Span]) -> Thrown {
    let Fault::Raised(report) = fault else { return Thrown };
    let report = *report;
    vm.throw(indexed(vm, object, at, report, span, spans))
}

/// The place of the indexed object: the text before the brackets.
fn object_span(vm: &Vm, span: Span) -> Span {
    let text = vm.text(span);
    let length = text.find('[').unwrap_or(text.len());
    Span { end: span.start + length as u32, ..span }
}

fn indexed(vm: &Vm, object: &Value, at: &[Value], report: FaultReport, span: Span, spans: &[Span]) -> Diagnostic {
    // Spread indices have no places of their own.
    let arguments = if spans.len() == at.len() { spans } else { &[] };
    let object_span = object_span(vm, span);
    let points_at = report.labels.iter().find_map(|(part, _)| match part {
        Part::Argument(k) => arguments.get(*k).copied(),
        Part::Operator | Part::Left | Part::Right => None,
    });
    let places = Places { operator: points_at.unwrap_or(span), left: Some(object_span), right: None, arguments };
    let mut diagnostic = Diagnostic::from_report(report, places);
    // The index at fault is where the error points: its label becomes the note.
    if let Some(k) = diagnostic.labels.iter().position(|l| Some(l.span) == points_at) {
        diagnostic.note = Some(diagnostic.labels.remove(k).text);
    }
    let labelled = diagnostic.labels.iter().any(|l| l.span == object_span);
    if is_array(object) && object_span != span && !labelled {
        diagnostic = diagnostic.label(object_span, describe(object));
    }
    diagnostic
}

/// An indexed assignment failed.
#[cold]
#[inline(never)]
pub fn assign_index(
    vm: &Vm,
    object: &Value,
    at: &[Value],
    value: &Value,
    fault: Fault,
    span: Span,
    spans: &[Span],
) -> Thrown {
    let Fault::Raised(report) = fault else { return Thrown };
    let report = *report;
    let kind = report.kind;
    let diagnostic = indexed(vm, object, at, report, span, spans);
    let (target, name) = (vm.text(span), vm.text(object_span(vm, span)));
    let (Value::Array(array), true) = (object, size(object) <= MOST_ELEMENTS && is_atom(&name)) else {
        return vm.throw(diagnostic);
    };
    let shown = repr(value);
    let candidate = match kind {
        ErrorKind::ArgumentError if !is_array(value) => Candidate::new(format!("{target} .= {shown}"), move || {
            let copy = Value::array(array.copy());
            broadcast_into_index(&copy, at, &Dotted::Leaf(0), std::slice::from_ref(value), vm)?;
            Ok(copy)
        }),
        ErrorKind::BoundsError if array.is_vector() && at.len() == 1 => {
            let attempt = move || builtin_of(vm, "push!", &[Value::array(array.copy()), value.clone()]);
            Candidate::new(format!("push!({name}, {shown})"), attempt).meaning("longer by one")
        }
        ErrorKind::InexactError if is_number(value) => {
            let attempt = move || {
                let floats = builtin(vm, "float", object)?;
                crate::value::index::set(&floats, at, value).map(|()| floats)
            };
            Candidate::new(format!("{name} = float({name})"), attempt).meaning("which holds it")
        }
        _ => return vm.throw(diagnostic),
    };
    vm.throw(offer(diagnostic, vec![candidate]))
}
