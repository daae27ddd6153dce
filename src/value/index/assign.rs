//! Indexed assignment: `A[i, j] = x`, `A[:, 1] = v`.

use super::super::display::{describe, repr};
use super::super::promote::{as_array, convert_elements, convert_value};
use super::super::{Array, Elements, Type, Value, Variable};
use super::selection::Selection;
use super::{faults, offset, resolve_indices};
use crate::codes::Code;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use std::rc::Rc;

/// `object[indices...] = value`, in place. An array on the right fills as many elements as it has.
pub fn set(object: &Value, indices: &[Value], value: &Value) -> Outcome<()> {
    if let (Value::Reference(held), []) = (object, indices) {
        return refill(held, value);
    }
    let Value::Array(array) = object else { return Err(immutable(object)) };
    let position = match indices {
        [Value::Int(i)] => offset(*i, array.len()),
        [Value::Int(i), Value::Int(j)] => {
            let (rows, cols) = array.shape();
            offset(*i, rows).zip(offset(*j, cols)).map(|(i, j)| i + j * rows)
        }
        _ => None,
    };
    if let Some(position) = position {
        return store(array, position, value);
    }
    let selection = resolve_indices(object, indices)?;
    if selection.is_single() {
        return store(array, selection.position(0), value);
    }
    match as_array(value)? {
        Some(source) => {
            check_counts(&selection, &source)?;
            // A copy where both sides are one array: what is read must not be what is written.
            let source = if Rc::ptr_eq(&source, array) { Rc::new(source.copy()) } else { source };
            scatter(array, &selection, &source)
        }
        None => Err(one_for_many(&selection, value)),
    }
}

/// Puts the elements of another array of its type, one for all or as many as are chosen, where the indices of `array` were
/// resolved to, unless it has another size by now.
pub fn put(array: &Array, selection: &Selection, size: (usize, usize), source: &Array) -> Outcome<bool> {
    if array.shape() != size {
        return Ok(false);
    }
    scatter(array, selection, source)?;
    Ok(true)
}

/// `r[] = value`
fn refill(held: &Variable, value: &Value) -> Outcome<()> {
    let ty = held.get().type_of();
    let converted = convert_value(value, &ty).map_err(|fault| {
        let Some(report) = fault.report() else { return fault };
        let (holds, text) = (name(&ty), repr(value));
        Fault::new(report.kind, format!("the Ref holds {holds}, and {text} is not one"))
            .code(Code::ElementType)
            .rule("a Ref keeps the type of the value that it was made with")
            .label(Part::Left, format!("holds {holds}"))
            .label(Part::Right, describe(value))
    })?;
    held.set(converted);
    Ok(())
}

/// Puts a value at a position from 0, converted to the element type.
fn store(array: &Array, position: usize, value: &Value) -> Outcome<()> {
    if store_unchanged(&mut *array.writable()?, position, value) {
        return Ok(());
    }
    store_converted(array, position, value)
}

/// Is the value one that the array holds as it is?
fn store_unchanged(elements: &mut Elements, position: usize, value: &Value) -> bool {
    match (elements, value) {
        (Elements::Float(m), Value::Float(x)) => m[position] = x.get(),
        (Elements::Int(m), Value::Int(x)) => m[position] = *x,
        (Elements::Float(m), Value::Int(x)) => m[position] = *x as f64,
        (Elements::Bool(m), Value::Bool(x)) => m[position] = x.get(),
        (Elements::Any(m, Type::Any), _) => m[position] = value.clone(),
        _ => return false,
    }
    true
}

#[cold]
fn store_converted(array: &Array, position: usize, value: &Value) -> Outcome<()> {
    let eltype = array.eltype();
    // The value may be the array itself, which the conversion and its fault read.
    let converted = convert_value(value, &eltype).map_err(|fault| does_not_fit(fault, &eltype, value))?;
    match (&mut *array.writable()?, converted) {
        (Elements::Bool(m), Value::Bool(x)) => m[position] = x.get(),
        (Elements::Int(m), Value::Int(x)) => m[position] = x,
        (Elements::Float(m), Value::Float(x)) => m[position] = x.get(),
        (Elements::Complex(m), Value::Complex(x)) => m[position] = x.z,
        (Elements::Any(m, _), x) => m[position] = x,
        (_, x) => return Err(Fault::method(format!("the array does not hold {}", describe(&x)))),
    }
    Ok(())
}

/// Copies the elements of `source`, in order, to the selected positions.
fn scatter(array: &Array, selection: &Selection, source: &Array) -> Outcome<()> {
    if scatter_unchanged(&mut *array.writable()?, selection, &source.elements()) {
        return Ok(());
    }
    let eltype = array.eltype();
    let converted = convert_elements(&source.elements(), &eltype).map_err(|fault| {
        let fits = |k: &usize| convert_value(&source.value(*k), &eltype).is_err();
        let culprit = (0..source.len()).find(fits).map_or(Value::Nothing, |k| source.value(k));
        does_not_fit(fault, &eltype, &culprit)
    })?;
    let is_stored = match (&mut *array.writable()?, &converted) {
        (Elements::Any(to, _), Elements::Any(from, _)) => {
            selection.put(to.as_mut_slice(), from.as_slice());
            true
        }
        (to, from) => scatter_unchanged(to, selection, from),
    };
    if is_stored {
        return Ok(());
    }
    Err(Fault::method(format!("the array does not hold the elements of {}", source.size_text())))
}

/// Are the elements numbers of the type that the array holds?
fn scatter_unchanged(to: &mut Elements, selection: &Selection, from: &Elements) -> bool {
    fn put<T: Clone>(to: &mut [T], selection: &Selection, from: &[T]) -> bool {
        match from {
            [one] => selection.fill(to, one),
            _ => selection.put(to, from),
        }
        true
    }
    match (to, from) {
        (Elements::Bool(to), Elements::Bool(from)) => put(to.as_mut_slice(), selection, from.as_slice()),
        (Elements::Int(to), Elements::Int(from)) => put(to.as_mut_slice(), selection, from.as_slice()),
        (Elements::Float(to), Elements::Float(from)) => put(to.as_mut_slice(), selection, from.as_slice()),
        (Elements::Complex(to), Elements::Complex(from)) => put(to.as_mut_slice(), selection, from.as_slice()),
        _ => false,
    }
}

/// The right side has as many elements as are assigned, and the same rows unless one side is a single line.
fn check_counts(selection: &Selection, source: &Array) -> Outcome<()> {
    let (first, second) = selection.counts();
    let wanted = first * second.unwrap_or(1);
    let same_rows = match second {
        Some(_) if !source.is_vector() => {
            let rows = source.shape().0;
            first == 1 || rows == 1 || rows == first
        }
        _ => true,
    };
    if source.len() == wanted && same_rows {
        return Ok(());
    }
    let target = match second {
        Some(second) => format!("{first}×{second}"),
        None => format!("{first} elements"),
    };
    let size = source.size_text();
    Err(Fault::dimension(format!("{size} cannot be assigned to {target}"))
        .code(Code::AssignedSizes)
        .rule("both sides of an indexed assignment have the same size")
        .label(Part::Left, target)
        .label(Part::Right, size))
}

#[cold]
fn one_for_many(selection: &Selection, value: &Value) -> Fault {
    let what = describe(value);
    Fault::argument(format!("one value cannot be assigned to {} elements with `=`", selection.len()))
        .code(Code::OneValueForMany)
        .rule("`=` fills elements from an array of their size; `.=` fills every one with a value")
        .label(Part::Right, what)
        .hint(format!("write `.=`: `x[…] .= {}`", repr(value)))
}

/// The conversion's fault in the words of an assignment.
#[cold]
fn does_not_fit(fault: Fault, eltype: &Type, value: &Value) -> Fault {
    let Some(report) = fault.report() else { return fault };
    let (holds, text) = (name(eltype), repr(value));
    let fault = Fault::new(report.kind, format!("the array holds {holds}, and {text} is not one"))
        .code(Code::ElementType)
        .rule("an array keeps its element type; what is assigned is converted to it exactly or not at all")
        .label(Part::Left, format!("holds {holds}"))
        .label(Part::Right, describe(value));
    match (report.kind, value) {
        (ErrorKind::InexactError, Value::Complex(_)) => {
            fault.hint("make it an array of complex numbers first: `x = complex(x)`")
        }
        (ErrorKind::InexactError, _) => fault.hint("make it an array of floats first: `x = float(x)`"),
        _ => fault,
    }
}

/// An element type by its name.
fn name(eltype: &Type) -> String {
    repr(&Value::type_of_name(eltype.clone()))
}

#[cold]
fn immutable(object: &Value) -> Fault {
    let what = describe(object);
    let fault = Fault::method(format!("an element of {what} cannot be changed")).label(Part::Left, what);
    match object {
        Value::Range(_) => fault.rule("a range is computed, not stored").hint("`x = collect(x)` makes a vector of it"),
        Value::Str(_) => fault.rule("strings cannot be changed").hint("`replace` and `*` make new ones"),
        Value::Tuple(_) => fault.rule("tuples cannot be changed").hint("`[x...]` is a vector of its elements"),
        Value::Function(_) | Value::Nothing | Value::Reference(_) => faults::not_indexable(object),
        _ => fault,
    }
}
