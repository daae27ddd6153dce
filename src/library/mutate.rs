//! Vectors that grow and shrink in place. Every name ends in `!`.

use super::arguments::is_callable;
use super::arrays::{Shape, gather_vector, values_of};
use super::overwrite::replace_elements;
use super::reduce::truth;
use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use crate::value::array::{self, Array, Element, Elements, change_list, make_room, with_elements};
use crate::value::display::{describe, repr};
use crate::value::function::{Arguments, Example::*, Gives, Quick, Run};
use crate::value::{Builtin, Host, Type, Value, iterate, promote};
use nalgebra::{DMatrix, Scalar};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "push!(v, items...)",
        doc: "Adds items at the end of a vector.",
        more: "",
        run: Run::Quick(Quick { arguments: 2, run: quick_push, gives: Gives::Anything }, push),
        examples: &[
            Shows("v = [1, 2]; push!(v, 3)", "3-element Vector{Int64}:\n 1\n 2\n 3"),
            Fails("push!([1, 2], 2.5)", "Int64"),
        ],
    },
    Builtin {
        sig: "pushfirst!(v, items...)",
        doc: "Adds items before the first element of a vector.",
        more: "",
        run: Run::Call(pushfirst),
        examples: &[Shows("v = [1, 2]; pushfirst!(v, 0)", "3-element Vector{Int64}:\n 0\n 1\n 2")],
    },
    Builtin {
        sig: "pop!(v)",
        doc: "Takes the last element out of a vector.",
        more: "",
        run: Run::Quick(Quick { arguments: 1, run: quick_pop, gives: Gives::Anything }, pop),
        examples: &[Shows("v = [1, 2]; pop!(v)", "2"), Fails("pop!([])", "empty")],
    },
    Builtin {
        sig: "popfirst!(v)",
        doc: "Takes the first element out of a vector.",
        more: "",
        run: Run::Call(popfirst),
        examples: &[Shows("v = [1, 2]; popfirst!(v)", "1")],
    },
    Builtin {
        sig: "popat!(v, k) | popat!(v, k, default)",
        doc: "Takes element k out of a vector; the default comes back if there is none.",
        more: "",
        run: Run::Call(popat),
        examples: &[Shows("v = [1, 2, 3]; popat!(v, 2)", "2")],
    },
    Builtin {
        sig: "append!(v, others...)",
        doc: "Adds the elements of other collections at the end of a vector.",
        more: "",
        run: Run::Call(append),
        examples: &[Shows("v = [1]; append!(v, [2, 3])", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "prepend!(v, other)",
        doc: "Adds the elements of another collection before the first element of a vector.",
        more: "",
        run: Run::Call(prepend),
        examples: &[Shows("v = [3]; prepend!(v, [1, 2])", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "insert!(v, k, x)",
        doc: "Puts x in place k of a vector, and what was there one place further.",
        more: "",
        run: Run::Call(insert),
        examples: &[Shows("v = [1, 3]; insert!(v, 2, 2)", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "deleteat!(v, k)",
        doc: "Takes the element or elements in places k out of a vector.",
        more: "",
        run: Run::Call(deleteat),
        examples: &[Shows("v = [1, 2, 3]; deleteat!(v, 2)", "2-element Vector{Int64}:\n 1\n 3")],
    },
    Builtin {
        sig: "splice!(v, k) | splice!(v, k, replacement)",
        doc: "Takes the element or elements in places k out of a vector and gives them back; a replacement comes in their place.",
        more: "",
        run: Run::Call(splice),
        examples: &[Shows("v = [1, 2, 3]; splice!(v, 2)", "2")],
    },
    Builtin {
        sig: "empty!(v)",
        doc: "Takes all elements out of a vector.",
        more: "",
        run: Run::Call(|args, _| {
            let array = args.vector(0)?;
            keep_places(array, &[])?;
            Ok(args.at(0).clone())
        }),
        examples: &[Shows("empty!([1, 2])", "Int64[]")],
    },
    Builtin {
        sig: "resize!(v, n)",
        doc: "Makes a vector n elements long; new elements are zeros.",
        more: "",
        run: Run::Call(resize),
        examples: &[Shows("resize!([1, 2, 3], 2)", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "filter!(p, v)",
        doc: "Keeps the elements of a vector for which p is true.",
        more: "",
        run: Run::Call(filter),
        examples: &[Shows("filter!(iseven, [1, 2, 4])", "2-element Vector{Int64}:\n 2\n 4")],
    },
];

/// One value that the vector's element type can hold, or an `InexactError` that says what to do.
pub(super) fn fitting(array: &Array, x: &Value, part: Part) -> Outcome<Value> {
    let eltype = array.eltype();
    promote::convert_value(x, &eltype).map_err(|fault| match fault {
        Fault::Raised(report) => {
            let shown = repr(x);
            let fault = Fault::new(report.kind, format!("the vector holds {eltype}, and {shown} is not one"))
                .code(Code::ElementType);
            let fault = fault.label(Part::Argument(0), describe_vector(array)).label(part, describe(x));
            if eltype == Type::Int64 { fault.hint("float(v) makes a vector that holds floats") } else { fault }
        }
        Fault::Passing => Fault::Passing,
    })
}

fn describe_vector(array: &Array) -> String {
    format!("{} of {}", array.size_text(), array.eltype())
}

/// Changes the list of a vector's elements; `items` fit its element type.
fn splice_in(
    array: &Array,
    at: usize,
    remove: usize,
    items: impl IntoIterator<IntoIter: ExactSizeIterator<Item = Value>>,
) -> Outcome<()> {
    let items = items.into_iter();
    fn change<T: Scalar>(
        m: &mut DMatrix<T>,
        [at, remove, add]: [usize; 3],
        items: impl Iterator<Item = T>,
    ) -> Outcome<()> {
        change_list(m, |list| {
            make_room(list, add)?;
            if at == list.len() {
                list.extend(items);
            } else {
                list.splice(at..at + remove, items);
            }
            Ok(())
        })
    }
    let place = [at, remove, items.len()];
    match &mut *array.writable()? {
        Elements::Bool(m) => change(m, place, items.map(|x| matches!(x, Value::Bool(b) if b.get()))),
        Elements::Int(m) => change(m, place, items.filter_map(|x| super::arguments::integer(&x))),
        Elements::Float(m) => change(m, place, items.filter_map(|x| super::arguments::real(&x))),
        Elements::Complex(m) => change(m, place, items.filter_map(|x| super::arguments::complex(&x))),
        Elements::Any(m, _) => change(m, place, items),
    }
}

fn fitting_items(array: &Array, items: &[Value], part: impl Fn(usize) -> Part) -> Outcome<Vec<Value>> {
    items.iter().enumerate().map(|(k, x)| fitting(array, x, part(k))).collect()
}

/// One item that the vector holds as it is, or an integer for a vector of floats.
fn quick_push(vector: &Value, items: &[Value]) -> Option<Value> {
    fn add<T: Scalar>(m: &mut DMatrix<T>, item: T) -> bool {
        change_list(m, |list| array::push(list, item).is_ok())
    }
    let (Value::Array(array), [item]) = (vector, items) else { return None };
    let put = |elements: &mut Elements| match (elements, item) {
        (Elements::Float(m), Value::Float(x)) => add(m, x.get()),
        (Elements::Int(m), Value::Int(x)) => add(m, *x),
        (Elements::Float(m), Value::Int(x)) => add(m, *x as f64),
        (Elements::Bool(m), Value::Bool(x)) => add(m, x.get()),
        (Elements::Any(m, Type::Any), x) => add(m, x.clone()),
        _ => false,
    };
    // SAFETY: appending an element reaches no array; at most it counts a reference to one.
    let added = array.is_vector() && unsafe { array.change(put) } == Some(true);
    added.then(|| vector.clone())
}

fn quick_pop(vector: &Value, _: &[Value]) -> Option<Value> {
    let Value::Array(array) = vector else { return None };
    if !array.is_vector() {
        return None;
    }
    let take = |elements: &mut Elements| with_elements!(elements, m => change_list(m, |list| list.pop()).map(|item| item.to_value()));
    // SAFETY: moving an element out reaches no array.
    unsafe { array.change(take) }?
}

fn push(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    let n = array.len();
    match args.positional {
        [_, item] => splice_in(array, n, 0, [fitting(array, item, Part::Argument(1))?])?,
        _ => splice_in(array, n, 0, fitting_items(array, &args.positional[1..], |k| Part::Argument(k + 1))?)?,
    }
    Ok(args.at(0).clone())
}

fn pushfirst(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    let items = fitting_items(array, &args.positional[1..], |k| Part::Argument(k + 1))?;
    splice_in(array, 0, 0, items)?;
    Ok(args.at(0).clone())
}

#[cold]
fn nothing_left(args: &Arguments<'_>) -> Fault {
    Fault::argument(format!("{}: the vector is empty", args.name)).label(Part::Argument(0), "empty")
}

fn take_out(args: &Arguments<'_>, place: impl Fn(usize) -> usize) -> Outcome<Value> {
    let array = args.vector(0)?;
    if array.is_empty() {
        return Err(nothing_left(args));
    }
    let k = place(array.len());
    let item = array.value(k);
    splice_in(array, k, 1, [])?;
    Ok(item)
}

fn pop(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    take_out(args, |n| n - 1)
}

fn popfirst(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    take_out(args, |_| 0)
}

/// A place in a vector as a number from 0; `most` is the last one allowed.
fn place(args: &Arguments<'_>, k: usize, most: usize) -> Outcome<usize> {
    let n = args.int(k)?;
    if n < 1 || n as u64 > most as u64 {
        let size = describe(args.at(0));
        return Err(Fault::bounds(format!("place {n} of a {size}"))
            .label(Part::Argument(0), size)
            .label(Part::Argument(k), format!("1 to {most}")));
    }
    Ok(n as usize - 1)
}

fn popat(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match (place(args, 1, args.vector(0)?.len()), args.get(2)) {
        (Ok(k), _) => take_out(args, |_| k),
        (Err(_), Some(default)) if args.int(1).is_ok() => Ok(default.clone()),
        (Err(fault), _) => Err(fault),
    }
}

fn append(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    for k in 1..args.count() {
        if let Value::Array(other) = args.at(k)
            && join(array, other)?
        {
            continue;
        }
        let items = fitting_items(array, &iterate::elements(args.at(k), host)?, |_| Part::Argument(k))?;
        let n = array.len();
        splice_in(array, n, 0, items)?;
    }
    Ok(args.at(0).clone())
}

/// Adds the elements of an array of the same element type; `false` for all others.
fn join(array: &Array, other: &Array) -> Outcome<bool> {
    fn add<T: Scalar>(m: &mut DMatrix<T>, items: &[T]) -> Outcome<bool> {
        change_list(m, |list| {
            make_room(list, items.len())?;
            list.extend_from_slice(items);
            Ok(true)
        })
    }
    if std::ptr::eq(array, other) {
        return Ok(false);
    }
    match (&mut *array.writable()?, &*other.elements()) {
        (Elements::Bool(m), Elements::Bool(items)) => add(m, items.as_slice()),
        (Elements::Int(m), Elements::Int(items)) => add(m, items.as_slice()),
        (Elements::Float(m), Elements::Float(items)) => add(m, items.as_slice()),
        (Elements::Complex(m), Elements::Complex(items)) => add(m, items.as_slice()),
        _ => Ok(false),
    }
}

fn prepend(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    let items = fitting_items(array, &iterate::elements(args.at(1), host)?, |_| Part::Argument(1))?;
    splice_in(array, 0, 0, items)?;
    Ok(args.at(0).clone())
}

fn insert(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    let k = place(args, 1, array.len() + 1)?;
    let item = fitting(array, args.at(2), Part::Argument(2))?;
    splice_in(array, k, 0, [item])?;
    Ok(args.at(0).clone())
}

/// Keeps the elements in these places (from 0) only.
pub(super) fn keep_places(array: &Array, places: &[usize]) -> Outcome<()> {
    let kept = gather_vector(array, places)?;
    replace_elements(array, &kept, Shape::vector(places.len()))?;
    Ok(())
}

/// The places (from 0, ascending) that an index names: a number, a range, a vector of numbers, a mask.
fn named_places(args: &Arguments<'_>, k: usize, host: &dyn Host) -> Outcome<Vec<usize>> {
    let n = args.vector(0)?.len();
    if let Value::Int(_) = args.at(k) {
        return Ok(vec![place(args, k, n)?]);
    }
    let items = iterate::elements(args.at(k), host)?;
    let is_mask = matches!(args.at(k), Value::Array(array) if array.eltype() == Type::Bool);
    if is_mask {
        if items.len() != n {
            return Err(Fault::bounds(format!("a mask of {} for a vector of {n}", items.len()))
                .label(Part::Argument(k), "mask"));
        }
        return Ok((0..n).filter(|i| items[*i] == Value::bool(true)).collect());
    }
    let mut places = Vec::with_capacity(items.len());
    for item in &items {
        let one = [args.at(0).clone(), item.clone()];
        places.push(place(&Arguments { name: args.name, positional: &one, keyword: &[] }, 1, n)?);
    }
    if places.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Fault::argument("the places must be in ascending order, each once")
            .label(Part::Argument(k), "not ascending"));
    }
    Ok(places)
}

fn delete(array: &Array, places: &[usize]) -> Outcome<()> {
    let mut gone = places.iter().peekable();
    let kept: Vec<usize> = (0..array.len()).filter(|k| gone.next_if(|p| *p == k).is_none()).collect();
    keep_places(array, &kept)
}

fn deleteat(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    delete(args.vector(0)?, &named_places(args, 1, host)?)?;
    Ok(args.at(0).clone())
}

fn splice(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    // First, because it may call functions of the program, and these may change the vector.
    let replacement = match args.get(2) {
        Some(x) => {
            let items = if super::arguments::is_number(x) { vec![x.clone()] } else { iterate::elements(x, host)? };
            fitting_items(array, &items, |_| Part::Argument(2))?
        }
        None => Vec::new(),
    };
    let places = named_places(args, 1, host)?;
    let removed = gather_vector(array, &places)?;
    // Where an empty range stands decides where the replacement goes: 2:1 is before element 2.
    let at = match (places.first(), args.at(1)) {
        (Some(first), _) => *first,
        (None, Value::Range(range)) => {
            super::arguments::integer(&range.first()).map_or(0, |k| (k.max(1) as usize - 1).min(array.len()))
        }
        (None, _) => 0,
    };
    delete(array, &places)?;
    splice_in(array, at, 0, replacement)?;
    if let Value::Int(_) = args.at(1)
        && let Value::Array(one) = &removed
    {
        return Ok(one.value(0));
    }
    Ok(removed)
}

fn resize(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    let (n, wanted) = (array.len(), args.size(1)?);
    if wanted <= n {
        keep_places(array, &(0..wanted).collect::<Vec<usize>>())?;
    } else {
        let zeros = super::conversion::empty_array(&array.eltype(), Shape::vector(wanted - n))?;
        let items = promote::as_array(&zeros)?.map_or(Vec::new(), |zeros| values_of(&zeros));
        splice_in(array, n, 0, items)?;
    }
    Ok(args.at(0).clone())
}

fn filter(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if !is_callable(args.at(0)) {
        return Err(args.refuse(0, "a function"));
    }
    let array = args.vector(1)?;
    let mut kept = Vec::new();
    for (k, item) in values_of(array).iter().enumerate() {
        if truth(args, &host.call(args.at(0), std::slice::from_ref(item))?)? {
            kept.push(k);
        }
    }
    if kept.iter().any(|k| *k >= array.len()) {
        return Err(Fault::argument("the vector became shorter while it was filtered"));
    }
    keep_places(array, &kept)?;
    Ok(args.at(1).clone())
}
