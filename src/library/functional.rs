//! Functions of functions: `map`, `filter`, `reduce`, `accumulate`, and what goes through arrays in other ways.

use super::arguments::{is_callable, tuple_items};
use super::arrays::{Shape, gather_vector, shaped, vector};
use super::reduce::{by_blocks, truth};
use super::stream;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::broadcast::{self, Dotted, Side, broadcast};
use crate::kernel::reduce;
use crate::op::BinaryOp;
use crate::value::array::reserve;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Form, FunctionKind, Host, Tuple, Type, Value, concat, index, iterate, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "map(f, collections...)",
        doc: "The values of f for every element; of several arrays, for their elements in the same places.",
        more: "f.(A) does the same and stretches sizes of 1.",
        run: Run::Call(map),
        examples: &[
            Shows("map(x -> x^2, [1, 2])", "2-element Vector{Int64}:\n 1\n 4"),
            Shows("map(+, [1, 2], [10, 20])", "2-element Vector{Int64}:\n 11\n 22"),
        ],
    },
    Builtin {
        sig: "map!(f, B, A, rest...)",
        doc: "Writes the values of f for every element of A into B.",
        more: "",
        run: Run::Call(map_into),
        examples: &[Shows("B = [0, 0]; map!(x -> 2x, B, [1, 2]); B", "2-element Vector{Int64}:\n 2\n 4")],
    },
    Builtin {
        sig: "broadcast(f, arrays...)",
        doc: "f.(A, …): the values of f for every element, with sizes of 1 stretched.",
        more: "",
        run: Run::Call(broadcast_call),
        examples: &[Shows("broadcast(+, [1, 2], 10)", "2-element Vector{Int64}:\n 11\n 12")],
    },
    Builtin {
        sig: "foreach(f, collections...)",
        doc: "Calls f for every element and gives nothing back.",
        more: "",
        run: Run::Call(foreach),
        examples: &[Shows("s = 0; foreach(x -> (global s += x), [1, 2]); s", "3")],
    },
    Builtin {
        sig: "filter(p, v)",
        doc: "The elements for which p is true.",
        more: "",
        run: Run::Call(filter),
        examples: &[Shows("filter(iseven, [1, 2, 4])", "2-element Vector{Int64}:\n 2\n 4")],
    },
    Builtin {
        sig: "reduce(op, v; dims, init)",
        doc: "Puts the elements together by a function of two, from the left.",
        more: "reduce(vcat, v) and reduce(hcat, v) join a vector of arrays.",
        run: Run::Call(|args, host| in_any_order(args, args.at(0), args.at(1).clone(), host)),
        examples: &[Shows("reduce(+, [1, 2, 3])", "6"), Shows("reduce(max, [1, 3, 2])", "3")],
    },
    Builtin {
        sig: "foldl(op, v; init)",
        doc: "Puts the elements together by a function of two: op(op(a, b), c).",
        more: "",
        run: Run::Call(|args, host| left(args, args.at(0), args.at(1).clone(), host)),
        examples: &[Shows("foldl(-, [1, 2, 3])", "-4")],
    },
    Builtin {
        sig: "foldr(op, v; init)",
        doc: "Puts the elements together by a function of two: op(a, op(b, c)).",
        more: "",
        run: Run::Call(|args, host| from_the_right(args, args.at(1), host)),
        examples: &[Shows("foldr(-, [1, 2, 3])", "2")],
    },
    Builtin {
        sig: "mapreduce(f, op, v, rest...; dims, init)",
        doc: "Puts the values of f together by a function of two, as reduce(op, map(f, v)).",
        more: "",
        run: Run::Call(mapreduce),
        examples: &[Shows("mapreduce(x -> x^2, +, [1, 2, 3])", "14")],
    },
    Builtin {
        sig: "mapfoldl(f, op, v; init)",
        doc: "Puts the values of f together from the left, as foldl(op, map(f, v)).",
        more: "",
        run: Run::Call(mapreduce),
        examples: &[Shows("mapfoldl(x -> x^2, -, [1, 2, 3])", "-12")],
    },
    Builtin {
        sig: "mapfoldr(f, op, v; init)",
        doc: "Puts the values of f together from the right, as foldr(op, map(f, v)).",
        more: "",
        run: Run::Call(|args, host| right(args, args.at(1), &mapped(args.at(0), args.at(2), host)?, host)),
        examples: &[Shows("mapfoldr(x -> x^2, -, [1, 2, 3])", "6")],
    },
    Builtin {
        sig: "accumulate(op, v; dims, init)",
        doc: "All the steps of a reduction from the left.",
        more: "accumulate(+, v) is cumsum(v).",
        run: Run::Call(accumulate),
        examples: &[Shows("accumulate(*, [1, 2, 3])", "3-element Vector{Int64}:\n 1\n 2\n 6")],
    },
    Builtin {
        sig: "mapslices(f, A; dims)",
        doc: "The values of f for every column (dims=1) or row (dims=2) of a matrix.",
        more: "",
        run: Run::Call(mapslices),
        examples: &[Shows("mapslices(sum, [1 2; 3 4], dims=1)", "1×2 Matrix{Int64}:\n 4  6")],
    },
    Builtin {
        sig: "identity(x)",
        doc: "x itself.",
        more: "",
        run: Run::Call(|args, _| Ok(args.at(0).clone())),
        examples: &[Shows("identity(7)", "7")],
    },
    Builtin {
        sig: "ifelse(condition, x, y)",
        doc: "x if the condition is true, y otherwise; ifelse.(mask, A, B) chooses element by element.",
        more: "",
        run: Run::Call(|args, _| Ok(args.at(if truth(args, args.at(0))? { 1 } else { 2 }).clone())),
        examples: &[
            Shows("ifelse(2 > 1, \"yes\", \"no\")", "\"yes\""),
            Shows("ifelse.([1, -2] .> 0, 1, 0)", "2-element Vector{Int64}:\n 1\n 0"),
        ],
    },
];

/// The shape that going through a value keeps; a vector of the given length if it has none.
fn shape_of(over: &Value, len: usize) -> Shape {
    match iterate::shape(over) {
        Some((rows, cols, form)) if form != Form::Vector && rows * cols == len => Shape::matrix(rows, cols),
        _ => Shape::vector(len),
    }
}

/// The values of `f` for every element, under the shape of what is gone through.
pub fn mapped(f: &Value, over: &Value, host: &dyn Host) -> Outcome<Value> {
    let worthwhile = iterate::length(over).is_some_and(|len| len >= broadcast::FEW_ELEMENTS);
    if worthwhile && let Some(values) = broadcast::mapped(f, std::slice::from_ref(over), host)? {
        return Ok(values);
    }
    let mut values = reserve(iterate::length(over).unwrap_or(0))?;
    let mut cursor = iterate::Cursor::new(over)?;
    while let Some(item) = cursor.next(host)? {
        interrupt::check()?;
        crate::value::array::push(&mut values, host.call(f, &[item])?)?;
    }
    let shape = shape_of(over, values.len());
    if values.is_empty()
        && let Value::Array(array) = over
        && let Some(eltype) = host.result_type(f, &[array.eltype()])
    {
        let elements = promote::elements_of(values, shape.rows, shape.cols, &eltype)?;
        return Ok(Value::array(Array::new(shape.form, elements)));
    }
    shaped(values, shape)
}

fn function_first<'a>(args: &Arguments<'a>) -> Outcome<&'a Value> {
    if is_callable(args.at(0)) { Ok(args.at(0)) } else { Err(args.refuse(0, "a function")) }
}

/// The values of `f` for the first elements of each argument, the second ones and so on, as long as all have one.
fn values_together(args: &Arguments<'_>, from: usize, host: &dyn Host) -> Outcome<Vec<Value>> {
    let f = args.at(0);
    let mut cursors = args.positional[from..].iter().map(iterate::Cursor::new).collect::<Outcome<Vec<_>>>()?;
    let mut values = Vec::new();
    loop {
        interrupt::check()?;
        let mut items = Vec::with_capacity(cursors.len());
        for cursor in &mut cursors {
            match cursor.next(host)? {
                Some(item) => items.push(item),
                None => return Ok(values),
            }
        }
        values.push(host.call(f, &items)?);
    }
}

fn map(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = function_first(args)?;
    if args.count() == 1 {
        return host.call(f, &[]);
    }
    if let [_, over] = args.positional {
        return match tuple_items(over) {
            Some(items) => {
                let values = items.iter().map(|x| host.call(f, std::slice::from_ref(x))).collect::<Outcome<_>>()?;
                Ok(named_as(over, values))
            }
            None if super::arguments::is_number(over) => host.call(f, std::slice::from_ref(over)),
            None => match over {
                Value::Str(text) => map_text(f, text, host),
                _ => mapped(f, over, host),
            },
        };
    }
    if args.positional[1..].iter().all(super::arguments::is_number) {
        return host.call(f, &args.positional[1..]);
    }
    check_sizes(args)?;
    check_names(args)?;
    if let Some(values) = mapped_together(args, host)? {
        return Ok(values);
    }
    let values = values_together(args, 1, host)?;
    if args.positional[1..].iter().all(|v| tuple_items(v).is_some()) {
        return Ok(named_as(args.at(1), values));
    }
    let shape = shape_of(args.at(1), values.len());
    shaped(values, shape)
}

/// The values for the elements of several arrays of one size, where kernels compute them.
fn mapped_together(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Option<Value>> {
    let worthwhile = iterate::length(args.at(1)).is_some_and(|len| len >= broadcast::FEW_ELEMENTS);
    if worthwhile { broadcast::mapped(args.at(0), &args.positional[1..], host) } else { Ok(None) }
}

/// Characters for characters make a string again; anything else a vector.
fn map_text(f: &Value, text: &str, host: &dyn Host) -> Outcome<Value> {
    let mut values = Vec::new();
    for c in text.chars() {
        interrupt::check()?;
        values.push(host.call(f, &[Value::str(c)])?);
    }
    let characters = values.iter().map(|value| match value {
        Value::Str(s) if s.chars().count() == 1 => Some(s.as_str()),
        _ => None,
    });
    match characters.collect::<Option<String>>() {
        Some(characters) => Ok(Value::str(characters)),
        None => vector(values),
    }
}

/// A tuple of values, with the names of another if it has some.
fn named_as(named: &Value, items: Vec<Value>) -> Value {
    let names = match named {
        Value::Tuple(tuple) if tuple.items.len() == items.len() => tuple.names.clone(),
        _ => None,
    };
    Value::Tuple(Rc::new(Tuple { items, names }))
}

/// Named tuples are gone through together only where their names are the same.
fn check_names(args: &Arguments<'_>) -> Outcome<()> {
    let names = |v: &Value| match v {
        Value::Tuple(tuple) => tuple.names.clone(),
        _ => None,
    };
    let first = names(args.at(1));
    match args.positional[2..].iter().position(|v| first.is_some() && names(v) != first) {
        Some(k) => {
            Err(Fault::argument("the named tuples have other names").label(Part::Argument(k + 2), "other names"))
        }
        None => Ok(()),
    }
}

/// Matrices have to be of one size; of vectors, the shortest decides.
fn check_sizes(args: &Arguments<'_>) -> Outcome<()> {
    let shapes: Vec<_> = args.positional[1..].iter().filter_map(iterate::shape).collect();
    let matrix = shapes.iter().any(|(_, _, form)| *form != Form::Vector);
    let differ = shapes.iter().any(|(rows, cols, _)| (*rows, *cols) != (shapes[0].0, shapes[0].1));
    if matrix && differ {
        let fault = Fault::dimension(format!("{} needs arrays of one size", args.name));
        let labels = args.positional.iter().enumerate().skip(1);
        return Err(
            labels.fold(fault, |fault, (k, v)| fault.label(Part::Argument(k), crate::value::display::describe(v)))
        );
    }
    Ok(())
}

fn map_into(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    function_first(args)?;
    args.array(1)?;
    let values = values_together(args, 2, host)?;
    for (k, value) in values.iter().enumerate() {
        index::set(args.at(1), &[Value::Int(k as i64 + 1)], value)?;
    }
    Ok(args.at(1).clone())
}

fn broadcast_call(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = function_first(args)?;
    if args.count() == 1 {
        return host.call(f, &[]);
    }
    let leaves = (1..args.count()).map(Dotted::Leaf).collect();
    broadcast(&Dotted::Call { function: 0, args: leaves, keyword: Vec::new() }, args.positional, host)
}

fn foreach(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = function_first(args)?;
    if args.count() == 1 {
        return host.call(f, &[]).map(|_| Value::Nothing);
    }
    if args.count() > 2 {
        values_together(args, 1, host)?;
        return Ok(Value::Nothing);
    }
    let mut cursor = iterate::Cursor::new(args.at(1))?;
    while let Some(item) = cursor.next(host)? {
        interrupt::check()?;
        host.call(f, &[item])?;
    }
    Ok(Value::Nothing)
}

fn filter(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = function_first(args)?;
    if let Value::Str(text) = args.at(1) {
        let mut kept = String::new();
        for c in text.chars() {
            if truth(args, &host.call(f, &[Value::str(c)])?)? {
                kept.push(c);
            }
        }
        return Ok(Value::str(kept));
    }
    let worthwhile = iterate::length(args.at(1)).is_some_and(|len| len >= broadcast::FEW_ELEMENTS);
    if worthwhile
        && let Some(mask) = broadcast::mapped(f, &args.positional[1..], host)?
        && stream::is_mask(&mask)
    {
        return index::get(args.at(1), &[mask]);
    }
    let items = iterate::elements(args.at(1), host)?;
    let mut places = Vec::new();
    for (k, item) in items.iter().enumerate() {
        if truth(args, &host.call(f, std::slice::from_ref(item))?)? {
            places.push(k);
        }
    }
    if let Some(array) = promote::as_array(args.at(1))? {
        return gather_vector(&array, &places);
    }
    let kept: Vec<Value> = places.into_iter().map(|k| items[k].clone()).collect();
    if tuple_items(args.at(1)).is_some() { Ok(Value::tuple(kept)) } else { vector(kept) }
}

/// What a function is that the kernels know how to fold by.
enum Known {
    Operator(BinaryOp),
    Maximum,
    Minimum,
    Vcat,
    Hcat,
}

fn known(op: &Value) -> Option<Known> {
    let Value::Function(function) = op else { return None };
    match &function.kind {
        FunctionKind::Operator { op: Some(op), dotted: false, .. } => Some(Known::Operator(*op)),
        FunctionKind::Builtin(builtin) => match builtin.name() {
            "max" => Some(Known::Maximum),
            "min" => Some(Known::Minimum),
            "vcat" => Some(Known::Vcat),
            "hcat" => Some(Known::Hcat),
            _ => None,
        },
        FunctionKind::User(_)
        | FunctionKind::Composed(..)
        | FunctionKind::Partial(..)
        | FunctionKind::Operator { .. } => None,
    }
}

/// As [`left`], but for `+`, `*`, `min` and `max` of numbers, whose order does not matter but for rounding.
fn in_any_order(args: &Arguments<'_>, op: &Value, over: Value, host: &dyn Host) -> Outcome<Value> {
    let kernel = match known(op) {
        Some(Known::Operator(BinaryOp::Add)) => reduce::sum,
        Some(Known::Operator(BinaryOp::Mul)) => reduce::prod,
        Some(Known::Maximum) => reduce::maximum,
        Some(Known::Minimum) => reduce::minimum,
        Some(Known::Operator(_) | Known::Vcat | Known::Hcat) | None => return left(args, op, over, host),
    };
    let init = args.keyword("init");
    match over {
        Value::Iterator(_) if args.dims()?.is_none() => {
            let both = |a, b| host.call(op, &[a, b]);
            let whole = |block: &Value| {
                if has_numbers(block) {
                    return kernel(block, None);
                }
                stream::fold(block, None, host, both)?.ok_or_else(|| empty_fold(args, op))
            };
            by_blocks(&over, init.cloned(), host, whole, both)?.ok_or_else(|| empty_fold(args, op))
        }
        _ if init.is_none() && iterate::length(&over) != Some(0) && has_numbers(&over) => kernel(&over, args.dims()?),
        _ => left(args, op, over, host),
    }
}

/// Is it an array of numbers of one type?
fn has_numbers(over: &Value) -> bool {
    matches!(over, Value::Array(array) if !matches!(&*array.elements(), crate::value::Elements::Any(..)))
}

fn left(args: &Arguments<'_>, op: &Value, over: Value, host: &dyn Host) -> Outcome<Value> {
    if !is_callable(op) {
        return Err(args.refuse(0, "a function"));
    }
    let dims = args.dims()?;
    let init = args.keyword("init");
    if dims.is_none() && matches!(over, Value::Iterator(_)) && !matches!(known(op), Some(Known::Vcat | Known::Hcat)) {
        return fold_pieces(op, &over, init.cloned(), host)?.ok_or_else(|| empty_fold(args, op));
    }
    let over = super::reduce::stored(&over, host)?;
    if let (Some(value), None, None) = (of_nothing(op, &over), init, dims) {
        return Ok(value);
    }
    match (known(op), init) {
        (Some(Known::Operator(op)), None) if has_numbers(&over) || matches!(over, Value::Range(_)) => {
            return reduce::fold(op, &over, dims);
        }
        (Some(Known::Maximum), None) if has_numbers(&over) => return reduce::maximum(&over, dims),
        (Some(Known::Minimum), None) if has_numbers(&over) => return reduce::minimum(&over, dims),
        (Some(Known::Vcat), None) if iterate::length(&over) != Some(0) => {
            return concat::vcat(&iterate::elements(&over, host)?);
        }
        (Some(Known::Hcat), None) if iterate::length(&over) != Some(0) => {
            return concat::hcat(&iterate::elements(&over, host)?);
        }
        _ => {}
    }
    if let Some(dims) = dims {
        return slices(&over, dims, |slice| fold_values(args, op, init, &slice, host));
    }
    fold_values(args, op, init, &over, host)
}

/// What a generator gives, put together from the left; `None` if it gives nothing.
fn fold_pieces(op: &Value, over: &Value, init: Option<Value>, host: &dyn Host) -> Outcome<Option<Value>> {
    let call = |a, b| host.call(op, &[a, b]);
    let mut pieces = stream::Pieces::new(over);
    let first = pieces.next(host)?;
    let folded = match &first {
        Some(piece) => broadcast::folded(op, init.as_ref(), piece, Side::Left, host)?,
        None => None,
    };
    // A function that may do anything may also change what the generator gives next.
    let Some(mut so_far) = folded else { return stream::fold(over, init, host, call) };
    while let Some(piece) = pieces.next(host)? {
        so_far = match broadcast::folded(op, Some(&so_far), &piece, Side::Left, host)? {
            Some(folded) => folded,
            None => match stream::fold(&piece, Some(so_far), host, call)? {
                Some(folded) => folded,
                None => return Ok(None),
            },
        };
    }
    Ok(Some(so_far))
}

/// What a sum or product of no numbers of a known type is.
fn of_nothing(op: &Value, over: &Value) -> Option<Value> {
    let Value::Array(array) = over else { return None };
    match known(op)? {
        Known::Operator(BinaryOp::Add) if array.is_empty() => super::arrays::number_of_type(&array.eltype(), 0),
        Known::Operator(BinaryOp::Mul) if array.is_empty() => super::arrays::number_of_type(&array.eltype(), 1),
        _ => None,
    }
}

fn fold_values(
    args: &Arguments<'_>,
    op: &Value,
    init: Option<&Value>,
    over: &Value,
    host: &dyn Host,
) -> Outcome<Value> {
    if let Some(value) = broadcast::folded(op, init, over, Side::Left, host)? {
        return Ok(value);
    }
    let mut items = iterate::elements(over, host)?.into_iter();
    let first = init.cloned().or_else(|| items.next());
    let mut result = first.ok_or_else(|| empty_fold(args, op))?;
    for item in items {
        result = host.call(op, &[result, item])?;
    }
    Ok(result)
}

#[cold]
fn empty_fold(args: &Arguments<'_>, op: &Value) -> Fault {
    if let Some(Known::Operator(BinaryOp::Add | BinaryOp::Mul)) = known(op) {
        return reduce::no_beginning(args.name, &Type::Any);
    }
    Fault::argument(format!("`{}` of no elements: reducing over an empty collection is not allowed", args.name))
        .hint(format!("{}(…, init=0) says where to begin", args.name))
}

fn from_the_right(args: &Arguments<'_>, over: &Value, host: &dyn Host) -> Outcome<Value> {
    match of_nothing(args.at(0), over) {
        Some(value) if args.keyword("init").is_none() => Ok(value),
        _ => right(args, args.at(0), over, host),
    }
}

fn right(args: &Arguments<'_>, op: &Value, over: &Value, host: &dyn Host) -> Outcome<Value> {
    if !is_callable(op) {
        return Err(args.refuse(0, "a function"));
    }
    if let Some(value) = broadcast::folded(op, args.keyword("init"), over, Side::Right, host)? {
        return Ok(value);
    }
    let mut items = iterate::elements(over, host)?.into_iter().rev();
    let first = args.keyword("init").cloned().or_else(|| items.next());
    let mut result = first.ok_or_else(|| empty_fold(args, op))?;
    for item in items {
        result = host.call(op, &[item, result])?;
    }
    Ok(result)
}

fn mapreduce(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = function_first(args)?;
    if args.count() == 3 {
        let over = args.at(2);
        if stream::is_stream(over) && args.dims()?.is_none() {
            return in_any_order(args, args.at(1), stream::with_function(Some(f), over), host);
        }
        return in_any_order(args, args.at(1), mapped(f, over, host)?, host);
    }
    let mut pieces = vec![f.clone()];
    pieces.extend_from_slice(&args.positional[2..]);
    let together = Arguments { name: args.name, positional: &pieces, keyword: &[] };
    in_any_order(args, args.at(1), map(&together, host)?, host)
}

fn accumulate(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let op = function_first(args)?;
    if let (Some(step), None) = (step_of(op), args.keyword("init"))
        && let Some(steps) = reduce::accumulate(step, args.at(1), args.dims()?)?
    {
        return Ok(steps);
    }
    if args.dims()?.is_none()
        && args.keyword("init").is_none()
        && let Some(steps) = broadcast::accumulated(op, args.at(1), host)?
    {
        return Ok(steps);
    }
    let items = iterate::elements(args.at(1), host)?;
    if let (Some(dims), Some((rows, cols, _))) = (args.dims()?, iterate::shape(args.at(1))) {
        return accumulate_along(args, items, (rows, cols), dims, host);
    }
    let mut steps: Vec<Value> = Vec::new();
    for item in items {
        let before = steps.last().or(args.keyword("init")).cloned();
        steps.push(match before {
            Some(before) => host.call(op, &[before, item])?,
            None => item,
        });
    }
    let shape = shape_of(args.at(1), steps.len());
    shaped(steps, shape)
}

/// What the kernels put elements together by as this function does.
fn step_of(op: &Value) -> Option<reduce::Step> {
    match known(op)? {
        Known::Operator(BinaryOp::Add) => Some(reduce::Step::Add),
        Known::Operator(BinaryOp::Mul) => Some(reduce::Step::Mul),
        Known::Maximum => Some(reduce::Step::Larger),
        Known::Minimum => Some(reduce::Step::Smaller),
        Known::Operator(_) | Known::Vcat | Known::Hcat => None,
    }
}

/// The steps down every column (1) or along every row (2).
fn accumulate_along(
    args: &Arguments<'_>,
    mut items: Vec<Value>,
    (rows, cols): (usize, usize),
    dims: usize,
    host: &dyn Host,
) -> Outcome<Value> {
    for k in 0..items.len() {
        let (is_first, before) =
            if dims == 1 { (k % rows == 0, k.wrapping_sub(1)) } else { (k < rows, k.wrapping_sub(rows)) };
        let so_far = if is_first { args.keyword("init").cloned() } else { items.get(before).cloned() };
        if let Some(so_far) = so_far {
            items[k] = host.call(args.at(0), &[so_far, items[k].clone()])?;
        }
    }
    let shape = match shape_of(args.at(1), items.len()) {
        shape if shape.form == Form::Vector => shape,
        _ => Shape::matrix(rows, cols),
    };
    shaped(items, shape)
}

/// A value for every column (1) or row (2) of an array, put together as a row or column.
fn slices(over: &Value, dims: usize, mut one: impl FnMut(Value) -> Outcome<Value>) -> Outcome<Value> {
    let (rows, cols, _) = iterate::shape(over).unwrap_or((0, 0, Form::Vector));
    let count = if dims == 1 { cols } else { rows };
    let slice = |k: usize| {
        let k = Value::Int(k as i64 + 1);
        let vector = matches!(over, Value::Array(a) if a.is_vector()) || matches!(over, Value::Range(_));
        match (vector, dims) {
            (true, 1) => Ok(over.clone()),
            (true, _) => index::get(over, &[k]),
            (false, 1) => index::get(over, &[Value::Colon, k]),
            (false, _) => index::get(over, &[k, Value::Colon]),
        }
    };
    let mut values = reserve(count)?;
    for k in 0..count {
        values.push(one(slice(k)?)?);
    }
    let is_vector = matches!(over, Value::Array(a) if a.is_vector()) || matches!(over, Value::Range(_));
    let shape = if is_vector {
        Shape::vector(count)
    } else if dims == 1 {
        Shape::matrix(1, count)
    } else {
        Shape::matrix(count, 1)
    };
    shaped(values, shape)
}

fn mapslices(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let f = function_first(args)?;
    let dims = args.dims()?.ok_or_else(|| Fault::argument("mapslices needs dims=1 (columns) or dims=2 (rows)"))?;
    args.array(1)?;
    let mut parts = Vec::new();
    slices(args.at(1), dims, |slice| {
        parts.push(host.call(f, &[slice])?);
        Ok(Value::Int(0))
    })?;
    if parts.iter().all(super::arguments::is_number) {
        let shape = if dims == 1 { Shape::matrix(1, parts.len()) } else { Shape::matrix(parts.len(), 1) };
        return shaped(parts, shape);
    }
    if dims == 1 {
        return concat::hcat(&parts);
    }
    let rows = parts.iter().map(crate::kernel::linalg::transpose).collect::<Outcome<Vec<_>>>()?;
    concat::vcat(&rows)
}
