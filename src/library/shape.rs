//! Sizes, first and last elements, and parts of arrays.

use super::arguments::{is_number, tuple_items};
use super::arrays::gather_vector;
use crate::fault::{Fault, Outcome, Part};
use crate::value::array::{element_count, reserve};
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Gives, Quick, Run};
use crate::value::{Array, Builtin, Form, Host, Range, Type, Value, index, iterate, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "size(A) | size(A, dim)",
        doc: "The size of an array as a tuple, or along one dimension.",
        more: "",
        run: Run::Quick(Quick { arguments: 2, run: quick_size, gives: Gives::Int }, size),
        examples: &[
            Shows("size([1 2 3; 4 5 6])", "(2, 3)"),
            Shows("size([1 2 3; 4 5 6], 2)", "3"),
            Shows("size([1, 2])", "(2,)"),
        ],
    },
    Builtin {
        sig: "length(x)",
        doc: "The number of elements, of a string the number of characters.",
        more: "norm(v) is the length of a vector in geometry.",
        run: Run::Quick(
            Quick { arguments: 1, run: |x, _| array_length(x).map(|n| Value::Int(n as i64)), gives: Gives::Int },
            length,
        ),
        examples: &[Shows("length([1 2 3; 4 5 6])", "6"), Shows("length(\"añb\")", "3")],
    },
    Builtin {
        sig: "ndims(A)",
        doc: "The number of dimensions: 1 for a vector, 2 for a matrix, 0 for a number.",
        more: "",
        run: Run::Call(ndims),
        examples: &[Shows("ndims([1, 2])", "1"), Shows("ndims([1 2])", "2")],
    },
    Builtin {
        sig: "eltype(A)",
        doc: "The type of the elements.",
        more: "",
        run: Run::Call(eltype),
        examples: &[Shows("eltype([1, 2])", "Int64"), Shows("eltype([1, 2.5])", "Float64")],
    },
    Builtin {
        sig: "axes(A) | axes(A, dim)",
        doc: "The range of indices of every dimension, or of one.",
        more: "",
        run: Run::Call(axes),
        examples: &[Shows("axes([1 2 3; 4 5 6], 2)", "1:3")],
    },
    Builtin {
        sig: "eachindex(A)",
        doc: "The numbers of all elements, from 1, to loop over.",
        more: "",
        run: Run::Call(|args, _| Ok(range_to(count_of(args, 0)?))),
        examples: &[Shows("eachindex([7, 8])", "1:2")],
    },
    Builtin {
        sig: "keys(A)",
        doc: "The indices of a vector, or the names of a named tuple.",
        more: "",
        run: Run::Call(keys),
        examples: &[Shows("keys([7, 8])", "1:2")],
    },
    Builtin {
        sig: "CartesianIndices(A)",
        doc: "The places of a matrix: CartesianIndex(i, j) for every row and column.",
        more: "for I in CartesianIndices(A) goes through them column by column; A[I] is the element, I[1] the row.",
        run: Run::Call(cartesian_indices),
        examples: &[Shows("A = [10 20]; [A[I] + I[2] for I in CartesianIndices(A)]", "1×2 Matrix{Int64}:\n 11  22")],
    },
    Builtin {
        sig: "isempty(x)",
        doc: "Are there no elements?",
        more: "",
        run: Run::Quick(
            Quick { arguments: 1, run: |x, _| array_length(x).map(|n| Value::bool(n == 0)), gives: Gives::Bool },
            isempty,
        ),
        examples: &[Shows("isempty([])", "true"), Shows("isempty(\"a\")", "false")],
    },
    Builtin {
        sig: "first(x) | first(x, n)",
        doc: "The first element, or the first n.",
        more: "",
        run: Run::Call(first),
        examples: &[Shows("first([7, 8])", "7"), Shows("first(\"hello\", 2)", "\"he\"")],
    },
    Builtin {
        sig: "last(x) | last(x, n)",
        doc: "The last element, or the last n.",
        more: "",
        run: Run::Call(last),
        examples: &[Shows("last([7, 8])", "8"), Shows("last(1:5, 2)", "2-element Vector{Int64}:\n 4\n 5")],
    },
    Builtin {
        sig: "firstindex(A)",
        doc: "The first index, always 1.",
        more: "",
        run: Run::Call(|args, _| count_of(args, 0).map(|_| Value::Int(1))),
        examples: &[Shows("firstindex([7, 8])", "1")],
    },
    Builtin {
        sig: "lastindex(A) | lastindex(A, dim)",
        doc: "The last index, what end means in A[end].",
        more: "",
        run: Run::Call(lastindex),
        examples: &[Shows("lastindex([7, 8])", "2")],
    },
    Builtin {
        sig: "only(x)",
        doc: "The one element there is; an error if there are more or none.",
        more: "",
        run: Run::Call(only),
        examples: &[Shows("only([7])", "7"), Fails("only([7, 8])", "2 elements")],
    },
    Builtin {
        sig: "selectdim(A, dim, k)",
        doc: "Row k (dim 1) or column k (dim 2) of a matrix.",
        more: "",
        run: Run::Call(selectdim),
        examples: &[Shows("selectdim([1 2; 3 4], 1, 2)", "2-element Vector{Int64}:\n 3\n 4")],
    },
    Builtin {
        sig: "getindex(A, indices...)",
        doc: "The element or part at these indices, as A[indices...].",
        more: "",
        run: Run::Call(|args, _| index::get(args.at(0), &args.positional[1..])),
        examples: &[Shows("getindex([7, 8], 2)", "8")],
    },
    Builtin {
        sig: "get(A, index, default)",
        doc: "The element at an index, or the default if there is none.",
        more: "",
        run: Run::Call(get),
        examples: &[Shows("get([7, 8], 3, 0)", "0")],
    },
    Builtin {
        sig: "checkbounds(A, indices...) | checkbounds(Bool, A, indices...)",
        doc: "Stops with a BoundsError where A[indices...] would; with Bool first, says whether they are inside.",
        more: "",
        run: Run::Call(checkbounds),
        examples: &[Shows("checkbounds(Bool, [7, 8], 3)", "false"), Fails("checkbounds([7, 8], 3)", "3")],
    },
    Builtin {
        sig: "diagind(A, k = 0)",
        doc: "The places of the diagonal of a matrix, as A[diagind(A)] takes them; k names the one above.",
        more: "",
        run: Run::Call(diagind),
        examples: &[Shows("diagind([1 2; 3 4])", "1:3:4")],
    },
    Builtin {
        sig: "getfield(t, k)",
        doc: "Item k of a tuple; of a named tuple, also the field with the name k.",
        more: "",
        run: Run::Call(getfield),
        examples: &[Shows("getfield((7, 8), 2)", "8"), Shows("getfield((a = 1,), \"a\")", "1")],
    },
    Builtin {
        sig: "empty(v)",
        doc: "A vector of the same element type without elements.",
        more: "",
        run: Run::Call(|args, _| match args.at(0) {
            Value::Tuple(_) => Ok(Value::tuple(Vec::new())),
            _ => gather_vector(&*args.read_array(0)?, &[]),
        }),
        examples: &[Shows("empty([1.5])", "Float64[]")],
    },
    Builtin {
        sig: "view(A, indices...)",
        doc: "A[indices...]: a copy that cannot be written to, because hlang has no views.",
        more: "In Julia writing to a view writes to A; here that is an error that says how to write to A.",
        run: Run::Call(|args, _| index::get(args.at(0), &args.positional[1..]).map(Value::into_part)),
        examples: &[
            Shows("view([7, 8, 9], 2:3)", "2-element Vector{Int64}:\n 8\n 9"),
            Fails("v = view([7, 8, 9], 2:3); v[1] = 0", "copy"),
        ],
    },
];

fn range_to(n: usize) -> Value {
    Value::Range(Rc::new(Range::unit(1, n as i64)))
}

/// The sizes of an array, range or number.
fn sizes(args: &Arguments<'_>) -> Outcome<Vec<usize>> {
    let x = args.at(0);
    match x {
        Value::Array(array) => {
            let (rows, cols) = array.shape();
            Ok(if array.is_vector() { vec![rows] } else { vec![rows, cols] })
        }
        Value::Range(range) => Ok(vec![range.len()]),
        Value::Iterator(_) => match iterate::shape(x) {
            Some((rows, _, Form::Vector)) => Ok(vec![rows]),
            Some((rows, cols, _)) => Ok(vec![rows, cols]),
            None => Err(args.refuse(0, "an array").hint("length(collect(…)) counts what a generator gives")),
        },
        _ if is_number(x) => Ok(Vec::new()),
        _ => Err(args.refuse(0, "an array").hint("length(x) counts the elements of anything")),
    }
}

/// The dimension that argument 1 names.
fn dimension(args: &Arguments<'_>) -> Outcome<usize> {
    let d = args.int(1)?;
    if d < 1 {
        return Err(
            Fault::argument(format!("dimension {d}: dimensions are counted from 1")).label(Part::Argument(1), "from 1")
        );
    }
    Ok(d as usize)
}

fn size(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let [Value::Tuple(tuple), Value::Int(1)] = args.positional {
        return Ok(Value::Int(tuple.items.len() as i64));
    }
    let sizes = sizes(args)?;
    if args.count() == 2 {
        let d = dimension(args)?;
        return Ok(Value::Int(sizes.get(d - 1).map_or(1, |n| *n as i64)));
    }
    Ok(Value::tuple(sizes.into_iter().map(|n| Value::Int(n as i64)).collect()))
}

fn axes(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let sizes = sizes(args)?;
    if args.count() == 2 {
        let d = dimension(args)?;
        return Ok(range_to(sizes.get(d - 1).copied().unwrap_or(1)));
    }
    Ok(Value::tuple(sizes.into_iter().map(range_to).collect()))
}

/// The rows or columns of an array.
fn quick_size(x: &Value, dimension: &[Value]) -> Option<Value> {
    let (Value::Array(array), [Value::Int(d)]) = (x, dimension) else { return None };
    let (rows, cols) = array.shape();
    match d {
        1 => Some(Value::Int(rows as i64)),
        2 => Some(Value::Int(cols as i64)),
        _ => None,
    }
}

fn array_length(x: &Value) -> Option<usize> {
    if let Value::Array(array) = x { Some(array.len()) } else { None }
}

fn count_of(args: &Arguments<'_>, k: usize) -> Outcome<usize> {
    iterate::length(args.at(k)).ok_or_else(|| {
        let fault = args.refuse(k, "something with elements");
        if let Value::Iterator(_) = args.at(k) {
            fault.hint("length(collect(…)) counts what a generator gives")
        } else {
            fault
        }
    })
}

fn length(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    count_of(args, 0).map(|n| Value::Int(n as i64))
}

fn ndims(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let Value::Scaling(_) = args.at(0) {
        return Ok(Value::Int(2));
    }
    sizes(args).map(|sizes| Value::Int(sizes.len() as i64))
}

fn eltype(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let x = args.at(0);
    let ty = match x {
        Value::Array(array) => array.eltype(),
        Value::Range(range) => range.eltype(),
        Value::Str(_) => Type::String,
        Value::Type(ty) => ty.element_type().unwrap_or_else(|| (**ty).clone()),
        Value::Tuple(tuple) => {
            tuple.items.iter().map(Value::type_of).reduce(|a, b| promote::join(&a, &b)).unwrap_or(Type::Bottom)
        }
        _ if is_number(x) => x.type_of(),
        _ => Type::Any,
    };
    Ok(Value::type_of_name(ty))
}

fn keys(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let Value::Tuple(tuple) = args.at(0)
        && let Some(names) = &tuple.names
    {
        return Ok(Value::tuple(names.iter().map(|n| Value::str(n.to_string())).collect()));
    }
    Ok(range_to(count_of(args, 0)?))
}

fn cartesian_indices(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let Some((rows, cols, Form::Matrix)) = iterate::shape(args.at(0)) else {
        return Err(args.refuse(0, "a matrix").hint("eachindex(v) goes through the indices of a vector"));
    };
    let mut places = reserve(element_count(rows, cols)?)?;
    for j in 1..=cols as i64 {
        places.extend((1..=rows as i64).map(|i| Value::CartesianIndex(Rc::new([i, j]))));
    }
    Ok(Value::array(Array::matrix_of(rows, cols, places, Type::CartesianIndex)))
}

fn isempty(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match iterate::length(args.at(0)) {
        Some(n) => Ok(Value::bool(n == 0)),
        None => Ok(Value::bool(iterate::Cursor::new(args.at(0))?.next(host)?.is_none())),
    }
}

fn no_element(args: &Arguments<'_>) -> Fault {
    Fault::bounds(format!("{} of nothing: there is no element", args.name)).label(Part::Argument(0), "empty")
}

fn first(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let x = args.at(0);
    if args.count() == 2 {
        return part(args, host, |len, n| (0, n.min(len)));
    }
    match x {
        Value::Array(array) if !array.is_empty() => Ok(array.value(0)),
        _ if is_number(x) => Ok(x.clone()),
        _ => iterate::Cursor::new(x)?.next(host)?.ok_or_else(|| no_element(args)),
    }
}

fn last(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let x = args.at(0);
    if args.count() == 2 {
        return part(args, host, |len, n| (len - n.min(len), len));
    }
    match x {
        Value::Array(array) if !array.is_empty() => Ok(array.value(array.len() - 1)),
        Value::Range(range) if !range.is_empty() => Ok(range.last()),
        _ if is_number(x) => Ok(x.clone()),
        _ => iterate::elements(x, host)?.pop().ok_or_else(|| no_element(args)),
    }
}

/// The elements from the first number to the second (not included), which `bounds` computes from length and count.
fn part(args: &Arguments<'_>, host: &dyn Host, bounds: fn(usize, usize) -> (usize, usize)) -> Outcome<Value> {
    let n = args.size(1)?;
    match args.at(0) {
        Value::Str(text) => {
            let chars: Vec<char> = text.chars().collect();
            let (from, to) = bounds(chars.len(), n);
            Ok(Value::str(chars[from..to].iter().collect::<String>()))
        }
        x => match promote::as_array(x)? {
            Some(array) => {
                let (from, to) = bounds(array.len(), n);
                gather_vector(&array, &(from..to).collect::<Vec<usize>>())
            }
            None => {
                let items = iterate::elements(x, host)?;
                let (from, to) = bounds(items.len(), n);
                super::arrays::vector(items[from..to].to_vec())
            }
        },
    }
}

fn lastindex(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if args.count() == 2 {
        return index::last(args.at(0), dimension(args)? - 1, 2).map(Value::Int);
    }
    length(args, _host)
}

fn only(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if is_number(args.at(0)) {
        return Ok(args.at(0).clone());
    }
    let mut items = iterate::elements(args.at(0), host)?;
    match items.len() {
        1 => Ok(items.remove(0)),
        n => Err(Fault::argument(format!("only takes exactly one element; there are {n} elements"))
            .label(Part::Argument(0), describe(args.at(0)))),
    }
}

fn selectdim(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match dimension(args)? {
        1 => index::get(args.at(0), &[args.at(2).clone(), Value::Colon]),
        2 => index::get(args.at(0), &[Value::Colon, args.at(2).clone()]),
        d => Err(Fault::argument(format!("dimension {d}: a matrix has the dimensions 1 and 2"))
            .label(Part::Argument(1), "1 or 2")),
    }
}

fn checkbounds(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if !matches!(args.at(0), Value::Type(_)) {
        return index::get(args.at(0), &args.positional[1..]).map(|_| Value::Nothing);
    }
    if args.count() < 2 {
        return Err(args.refuse(0, "an array, or Bool and an array"));
    }
    match index::get(args.at(1), &args.positional[2..]) {
        Ok(_) => Ok(Value::bool(true)),
        Err(Fault::Raised(report)) if report.kind == crate::fault::ErrorKind::BoundsError => Ok(Value::bool(false)),
        Err(fault) => Err(fault),
    }
}

fn diagind(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.array(0)?;
    let (rows, cols) = (array.shape().0 as i64, array.shape().1 as i64);
    let k = args.int_or(1, 0)?;
    if array.is_vector() || k < -rows || k > cols {
        return Err(Fault::argument(format!("diagonal {k} of a {}", array.size_text()))
            .rule(format!("the diagonals of this matrix are {} to {cols}", -rows))
            .label(Part::Argument(0), array.size_text()));
    }
    let (start, len) = if k < 0 { (1 - k, cols.min(rows + k)) } else { (1 + k * rows, rows.min(cols - k)) };
    Ok(Value::Range(Rc::new(Range::Int { start, step: rows + 1, len: len.max(0) as usize, unit: false })))
}

fn getfield(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match args.positional {
        [Value::Tuple(tuple), Value::Str(name)] => {
            tuple.field(name).ok_or_else(|| Fault::argument(format!("the tuple has no field {name}")))
        }
        [tuple @ Value::Tuple(_), k] => index::get(tuple, std::slice::from_ref(k)),
        _ => Err(args.refuse(0, "a tuple")),
    }
}

fn get(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let indices = tuple_items(args.at(1)).unwrap_or(&args.positional[1..2]);
    match index::get(args.at(0), indices) {
        Err(Fault::Raised(report)) if report.kind == crate::fault::ErrorKind::BoundsError => Ok(args.at(2).clone()),
        result => result,
    }
}
