//! Changing arrays in place: vectors that grow and shrink, and arrays that are written over. Every name ends in `!`.

use super::arguments::{is_callable, tuple_items};
use super::arrays::{Shape, gather_vector, values_of};
use super::reduce::truth;
use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::value::array::{self, Array, Element, Elements, change_list, make_room, with_elements};
use crate::value::display::{describe, repr};
use crate::value::function::{Arguments, Example::*, Gives, Quick, Run};
use crate::value::{Builtin, Complex64, Host, Type, Value, index, iterate, promote};
use nalgebra::{DMatrix, Scalar};
use std::rc::Rc;

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
    Builtin {
        sig: "reverse!(v) | reverse!(v, start) | reverse!(v, start, stop)",
        doc: "Puts the elements of a vector, or those from start to stop, in the opposite order, in place.",
        more: "",
        run: Run::Call(reverse),
        examples: &[Shows("reverse!([1, 2])", "2-element Vector{Int64}:\n 2\n 1")],
    },
    Builtin {
        sig: "circshift!(v, shift) | circshift!(B, A, shift)",
        doc: "Moves the elements down by shift places, what falls out coming in at the top, in place.",
        more: "",
        run: Run::Call(circshift),
        examples: &[Shows("circshift!([1, 2, 3], 1)", "3-element Vector{Int64}:\n 3\n 1\n 2")],
    },
    Builtin {
        sig: "fill!(A, x)",
        doc: "Makes every element of an array x.",
        more: "",
        run: Run::Call(fill),
        examples: &[Shows("fill!([1, 2], 7)", "2-element Vector{Int64}:\n 7\n 7")],
    },
    Builtin {
        sig: "copyto!(B, A) | copyto!(B, start, A) | copyto!(B, start, A, from) | copyto!(B, start, A, from, n)",
        doc: "Writes the elements of A into B, from place start on.",
        more: "",
        run: Run::Call(copyto),
        examples: &[Shows("copyto!([0, 0, 0], [1, 2])", "3-element Vector{Int64}:\n 1\n 2\n 0")],
    },
    Builtin {
        sig: "copy!(B, A)",
        doc: "Makes B equal to A, in place.",
        more: "",
        run: Run::Call(copy),
        examples: &[Shows("copy!([0, 0], [1, 2])", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "setindex!(A, x, indices...)",
        doc: "Puts x at these indices, as A[indices...] = x.",
        more: "",
        run: Run::Call(|args, _| {
            index::set(args.at(0), &args.positional[2..], args.at(1))?;
            Ok(args.at(0).clone())
        }),
        examples: &[Shows("setindex!([1, 2], 7, 1)", "2-element Vector{Int64}:\n 7\n 2")],
    },
    Builtin {
        sig: "replace!(v, pairs...; count) | replace!(f, v)",
        doc: "Replaces elements, as replace, in place.",
        more: "",
        run: Run::Call(|args, host| {
            let last = usize::from(is_callable(args.at(0)));
            let result = super::text::replace(args, host)?;
            write_into(args, args.array(last)?, &result)?;
            Ok(args.at(last).clone())
        }),
        examples: &[Shows("replace!([1, 2], 1 => 7)", "2-element Vector{Int64}:\n 7\n 2")],
    },
    Builtin {
        sig: "rmul!(A, x)",
        doc: "Multiplies every element of A by the number x, in place.",
        more: "",
        run: Run::Call(|args, _| {
            scaled(args, args.array(0)?, &operators::binary(BinaryOp::Mul, args.at(0), args.at(1))?, 0)
        }),
        examples: &[Shows("rmul!([1, 2], 3)", "2-element Vector{Int64}:\n 3\n 6")],
    },
    Builtin {
        sig: "lmul!(x, A)",
        doc: "Multiplies every element of A by the number x, in place.",
        more: "",
        run: Run::Call(|args, _| {
            scaled(args, args.array(1)?, &operators::binary(BinaryOp::Mul, args.at(0), args.at(1))?, 1)
        }),
        examples: &[Shows("lmul!(3, [1, 2])", "2-element Vector{Int64}:\n 3\n 6")],
    },
    Builtin {
        sig: "mul!(C, A, B) | mul!(C, A, B, alpha, beta)",
        doc: "Writes the matrix product A * B into C; with numbers, A * B * alpha + C * beta.",
        more: "",
        run: Run::Call(|args, _| {
            let product = operators::binary(BinaryOp::Mul, args.at(1), args.at(2))?;
            let (Some(alpha), Some(beta)) = (args.get(3), args.get(4)) else {
                return scaled(args, args.array(0)?, &product, 0);
            };
            let product = operators::binary(BinaryOp::Mul, &product, alpha)?;
            let before = operators::binary(BinaryOp::Mul, args.at(0), beta)?;
            scaled(args, args.array(0)?, &operators::binary(BinaryOp::Add, &product, &before)?, 0)
        }),
        examples: &[Shows("mul!([0, 0], [1 0; 0 2], [3, 4])", "2-element Vector{Int64}:\n 3\n 8")],
    },
    Builtin {
        sig: "axpy!(a, x, y)",
        doc: "Adds a*x to y, in place.",
        more: "",
        run: Run::Call(|args, _| {
            let product = operators::binary(BinaryOp::Mul, args.at(0), args.at(1))?;
            scaled(args, args.array(2)?, &operators::binary(BinaryOp::Add, args.at(2), &product)?, 2)
        }),
        examples: &[Shows("axpy!(2, [1, 2], [10, 20])", "2-element Vector{Int64}:\n 12\n 24")],
    },
    Builtin {
        sig: "normalize!(v)",
        doc: "Makes the length of a vector of floats 1, in place.",
        more: "",
        run: Run::Call(|args, _| {
            let length = crate::kernel::linalg::norm(args.at(0), 2.0)?;
            scaled(args, args.array(0)?, &operators::binary(BinaryOp::Div, args.at(0), &length)?, 0)
        }),
        examples: &[Shows("normalize!([3.0, 4.0])", "2-element Vector{Float64}:\n 0.6\n 0.8")],
    },
];

/// Puts the elements of a fresh array of the same element type in the place of an array's own, under a new shape.
pub fn replace_elements(array: &Array, with: &Value, shape: Shape) -> Outcome<()> {
    if let Value::Array(fresh) = with {
        let elements = fresh.elements().clone();
        *array.writable()? = elements.reshaped(shape.rows, shape.cols);
    }
    Ok(())
}

/// Writes the elements of a value of the same size into an array, converting each.
pub fn write_into(args: &Arguments<'_>, array: &Array, from: &Value) -> Outcome<()> {
    let Some(from) = promote::as_array(from)? else { return Err(args.refuse(0, "an array")) };
    if from.shape() != array.shape() {
        return Err(Fault::dimension(format!(
            "{} gives a {}, and the array to write into is a {}",
            args.name,
            from.size_text(),
            array.size_text()
        ))
        .label(Part::Argument(0), array.size_text()));
    }
    let eltype = array.eltype();
    let converted = promote::convert_elements(&from.elements(), &eltype)?;
    *array.writable()? = converted;
    Ok(())
}

fn scaled(args: &Arguments<'_>, array: &Array, result: &Value, k: usize) -> Outcome<Value> {
    write_into(args, array, result)?;
    Ok(args.at(k).clone())
}

/// One value that the vector's element type can hold, or an `InexactError` that says what to do.
fn fitting(array: &Array, x: &Value, part: Part) -> Outcome<Value> {
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
fn keep_places(array: &Array, places: &[usize]) -> Outcome<()> {
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

fn reverse(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.vector(0)?;
    let n = array.len() as i64;
    let (start, stop) = (args.int_or(1, 1)?, args.int_or(2, n)?);
    if start <= stop && (start < 1 || stop > n) {
        return Err(Fault::bounds(format!("{start} to {stop} is not inside of 1 to {n}"))
            .label(Part::Argument(0), describe(args.at(0))));
    }
    let mut places: Vec<usize> = (0..array.len()).collect();
    if start <= stop {
        places[start as usize - 1..stop as usize].reverse();
    }
    keep_places(array, &places)?;
    Ok(args.at(0).clone())
}

fn circshift(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let last = args.count() - 1;
    let from = args.read_array(last - 1)?;
    let shifted = super::arrange::shifted(&from, super::arrange::shifts(args, last)?)?;
    write_into(args, args.array(0)?, &shifted)?;
    Ok(args.at(0).clone())
}

fn fill(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.array(0)?;
    let item = fitting(array, args.at(1), Part::Argument(1))?;
    let filled = super::arrays::filled(Shape::of(array), &item)?;
    write_into(args, array, &filled)?;
    Ok(args.at(0).clone())
}

fn copyto(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.array(0)?;
    let (start, source) = if args.count() == 2 { (1, 1) } else { (args.int(1)?, 2) };
    let from = args.int_or(3, 1)?;
    let stored = match args.at(source) {
        Value::Array(stored) if !Rc::ptr_eq(stored, array) => Some(stored),
        _ => None,
    };
    let items = match (stored, tuple_items(args.at(source))) {
        (Some(_), _) => Vec::new(),
        (None, Some(items)) => items.to_vec(),
        (None, None) => iterate::elements(args.at(source), host)?,
    };
    let len = stored.map_or(items.len(), |stored| stored.len());
    let count = args.int_or(4, len as i64 - from + 1)?;
    if count <= 0 {
        return Ok(args.at(0).clone());
    }
    let fits =
        |first: i64, len: usize| first >= 1 && first.checked_add(count - 1).is_some_and(|last| last <= len as i64);
    if !fits(start, array.len()) || !fits(from, len) {
        return Err(Fault::bounds(format!(
            "{count} elements do not fit into a {} from place {start} on",
            describe(args.at(0))
        ))
        .label(Part::Argument(0), describe(args.at(0)))
        .label(Part::Argument(source), describe(args.at(source))));
    }
    if let Some(stored) = stored
        && copied(&mut *array.writable()?, &stored.elements(), [start, from, count].map(|k| k as usize))
    {
        return Ok(args.at(0).clone());
    }
    for k in 0..count {
        let place = (from - 1 + k) as usize;
        let item =
            fitting(array, &stored.map_or_else(|| items[place].clone(), |a| a.value(place)), Part::Argument(source))?;
        index::set(args.at(0), &[Value::Int(start + k)], &item)?;
    }
    Ok(args.at(0).clone())
}

/// Writes elements over others of the same type: those from `from` on, `count` of them, to `start`, counted from 1. Says
/// whether they were numbers of one type.
fn copied(to: &mut Elements, from: &Elements, places: [usize; 3]) -> bool {
    fn of_type<T: Element>(to: &mut Elements, from: &Elements, [start, first, count]: [usize; 3]) -> bool {
        let (Some(to), Some(from)) = (T::peek_mut(to), T::peek(from)) else { return false };
        to.as_mut_slice()[start - 1..][..count].clone_from_slice(&from.as_slice()[first - 1..][..count]);
        true
    }
    of_type::<f64>(to, from, places)
        || of_type::<i64>(to, from, places)
        || of_type::<bool>(to, from, places)
        || of_type::<Complex64>(to, from, places)
}

fn copy(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.array(0)?;
    let from = args.read_array(1)?;
    if array.is_vector() && from.is_vector() {
        let converted = promote::convert_elements(&from.elements(), &array.eltype())?;
        *array.writable()? = converted;
        return Ok(args.at(0).clone());
    }
    write_into(args, array, args.at(1))?;
    Ok(args.at(0).clone())
}
