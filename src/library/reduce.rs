//! Sums, products, extremes and running totals, of everything or along a dimension, also of a function of the elements.

use super::arguments::is_callable;
use super::functional::mapped;
use super::stream;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::{operators, reduce};
use crate::op::BinaryOp;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::iterate::Cursor;
use crate::value::{Builtin, Host, Value, index, iterate, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "sum(A; dims, init) | sum(f, A; dims, init)",
        doc: "The sum of all elements, or along a dimension; with a function first, of its values.",
        more: "dims=1 adds down the columns and gives a row, dims=2 along the rows and gives a column.",
        run: Run::Call(|args, host| total(args, host, reduce::sum, BinaryOp::Add)),
        examples: &[
            Shows("sum([1 2; 3 4])", "10"),
            Shows("sum([1 2; 3 4], dims=1)", "1×2 Matrix{Int64}:\n 4  6"),
            Shows("sum(x -> x^2, [1, 2, 3])", "14"),
            Fails("sum([1 2; 3 4], 1)", "keyword"),
        ],
    },
    Builtin {
        sig: "prod(A; dims, init) | prod(f, A; dims, init)",
        doc: "The product of all elements, or along a dimension; with a function first, of its values.",
        more: "",
        run: Run::Call(|args, host| total(args, host, reduce::prod, BinaryOp::Mul)),
        examples: &[Shows("prod([2, 3, 4])", "24")],
    },
    Builtin {
        sig: "maximum(A; dims, init) | maximum(f, A; dims, init)",
        doc: "The largest element, or along a dimension; with a function first, of its values.",
        more: "The larger of two numbers is max(a, b).",
        run: Run::Call(|args, host| extreme(args, host, reduce::maximum, "max")),
        examples: &[
            Shows("maximum([3, 1, 2])", "3"),
            Shows("maximum([1 5; 4 2], dims=2)", "2×1 Matrix{Int64}:\n 5\n 4"),
        ],
    },
    Builtin {
        sig: "minimum(A; dims, init) | minimum(f, A; dims, init)",
        doc: "The smallest element, or along a dimension; with a function first, of its values.",
        more: "The smaller of two numbers is min(a, b).",
        run: Run::Call(|args, host| extreme(args, host, reduce::minimum, "min")),
        examples: &[Shows("minimum([3, 1, 2])", "1")],
    },
    Builtin {
        sig: "extrema(A; dims) | extrema(f, A; dims)",
        doc: "The smallest and the largest element, as a tuple.",
        more: "",
        run: Run::Call(|args, host| plain(args, host, reduce::extrema)),
        examples: &[Shows("extrema([3, 1, 2])", "(1, 3)")],
    },
    Builtin {
        sig: "any(A; dims) | any(f, A; dims)",
        doc: "Is any of the Bools true? With a function first, of its values.",
        more: "",
        run: Run::Call(|args, host| tested(args, host, reduce::any, Some(true))),
        examples: &[
            Shows("any([1, 5] .> 4)", "true"),
            Shows("any(iseven, [1, 3])", "false"),
            Fails("any([1, 0])", "true or false"),
        ],
    },
    Builtin {
        sig: "all(A; dims) | all(f, A; dims)",
        doc: "Are all of the Bools true? With a function first, of its values.",
        more: "",
        run: Run::Call(|args, host| tested(args, host, reduce::all, Some(false))),
        examples: &[Shows("all([1, 5] .> 4)", "false"), Shows("all(isodd, [1, 3])", "true")],
    },
    Builtin {
        sig: "count(A; dims) | count(f, A; dims)",
        doc: "How many of the Bools are true; with a function first, for how many elements it is.",
        more: "",
        run: Run::Call(|args, host| tested(args, host, reduce::count, None)),
        examples: &[Shows("count([1, 5, 7] .> 4)", "2"), Shows("count(iseven, 1:5)", "2")],
    },
    Builtin {
        sig: "cumsum(A; dims)",
        doc: "The sums of the first 1, 2, 3, … elements.",
        more: "Of a matrix, dims=1 runs down the columns, dims=2 along the rows.",
        run: Run::Call(|args, host| running(args, host, reduce::cumsum)),
        examples: &[Shows("cumsum([1, 2, 3])", "3-element Vector{Int64}:\n 1\n 3\n 6")],
    },
    Builtin {
        sig: "cumprod(A; dims)",
        doc: "The products of the first 1, 2, 3, … elements.",
        more: "",
        run: Run::Call(|args, host| running(args, host, reduce::cumprod)),
        examples: &[Shows("cumprod([1, 2, 3])", "3-element Vector{Int64}:\n 1\n 2\n 6")],
    },
    Builtin {
        sig: "cumsum!(B, A; dims)",
        doc: "Writes the running sums of A into B.",
        more: "",
        run: Run::Call(|args, _| running_into(args, reduce::cumsum)),
        examples: &[Shows("B = [0, 0]; cumsum!(B, [1, 2]); B", "2-element Vector{Int64}:\n 1\n 3")],
    },
    Builtin {
        sig: "cumprod!(B, A; dims)",
        doc: "Writes the running products of A into B.",
        more: "",
        run: Run::Call(|args, _| running_into(args, reduce::cumprod)),
        examples: &[Shows("B = [0, 0]; cumprod!(B, [2, 3]); B", "2-element Vector{Int64}:\n 2\n 6")],
    },
    Builtin {
        sig: "diff(A; dims)",
        doc: "The differences of neighbouring elements.",
        more: "",
        run: Run::Call(diff),
        examples: &[Shows("diff([1, 4, 9])", "2-element Vector{Int64}:\n 3\n 5")],
    },
];

type Kernel = fn(&Value, Option<usize>) -> Outcome<Value>;

/// The array that is reduced: the last argument, or the values of the function before it.
fn operand(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.positional {
        [f, over] if is_callable(f) => mapped(f, over, host),
        [_, _] => Err(not_a_function(args)),
        _ => stored(args.at(0), host),
    }
}

/// What the kernels can go through: an iterator's elements are collected first.
pub fn stored(over: &Value, host: &dyn Host) -> Outcome<Value> {
    match over {
        Value::Iterator(_) => super::construct::collect_value(over, host),
        _ => Ok(over.clone()),
    }
}

/// The error for `sum(A, 1)` and for anything else that is not a function first.
#[cold]
pub fn not_a_function(args: &Arguments<'_>) -> Fault {
    if let Some(fault) = args.dims_as_position(true) {
        return fault;
    }
    let fault = args.refuse(0, "a function");
    fault.hint(format!("{0}(A), {0}(A, dims=1) or {0}(f, A)", args.name))
}

fn plain(args: &Arguments<'_>, host: &dyn Host, kernel: Kernel) -> Outcome<Value> {
    reduced(args, &operand(args, host)?, kernel, kernel)
}

/// Reduces along the dimension that `dims` names, or along both of them one after the other: `again` is for the
/// second.
pub fn reduced(args: &Arguments<'_>, over: &Value, kernel: Kernel, again: Kernel) -> Outcome<Value> {
    let Some(listed) = args.listed_dims()? else { return kernel(over, args.dims()?) };
    let mut result = over.clone();
    for (k, dims) in listed.into_iter().enumerate() {
        result = if k == 0 { kernel(&result, Some(dims))? } else { again(&result, Some(dims))? };
    }
    Ok(result)
}

/// The function before what is reduced, if there is one, and what is reduced, where that gives its elements one at a
/// time and is reduced whole.
fn streamed(args: &Arguments<'_>) -> Outcome<Option<Value>> {
    let (f, over) = match args.positional {
        [f, over] if is_callable(f) => (Some(f), over),
        [over] => (None, over),
        _ => return Ok(None),
    };
    // The kernels know sums and extremes of a plain range without going through it.
    let goes = stream::is_stream(over) && (f.is_some() || matches!(over, Value::Iterator(_)));
    Ok((goes && args.keyword("dims").is_none()).then(|| stream::with_function(f, over)))
}

fn total(args: &Arguments<'_>, host: &dyn Host, kernel: Kernel, op: BinaryOp) -> Outcome<Value> {
    let result = match streamed(args)? {
        Some(over) => {
            let both = |a: Value, b: Value| operators::binary(op, &a, &b);
            match by_blocks(&over, None, host, |block| kernel(block, None), both)? {
                Some(total) => total,
                None => kernel(&Value::array(promote::collect(Vec::new())?), None)?,
            }
        }
        None => plain(args, host, kernel)?,
    };
    match args.keyword("init") {
        Some(init) => operators::binary(op, init, &result),
        None => Ok(result),
    }
}

/// Reduces an iterator, however long, without storing it: `whole` reduces a block of elements, `both` puts results
/// together. `None` if there is nothing.
pub fn by_blocks(
    over: &Value,
    init: Option<Value>,
    host: &dyn Host,
    whole: impl Fn(&Value) -> Outcome<Value>,
    both: impl Fn(Value, Value) -> Outcome<Value>,
) -> Outcome<Option<Value>> {
    let mut result = init;
    let mut blocks = stream::Blocks::new(over);
    while let Some(block) = blocks.next(host)? {
        let part = whole(&block)?;
        result = Some(match result {
            Some(before) => both(before, part)?,
            None => part,
        });
    }
    Ok(result)
}

fn extreme(args: &Arguments<'_>, host: &dyn Host, kernel: Kernel, pick: &str) -> Outcome<Value> {
    if let Some(over) = streamed(args)? {
        let pair = |a: Value, b: Value| kernel(&Value::tuple(vec![a, b]), None);
        let init = args.keyword("init").cloned();
        if let Some(found) = by_blocks(&over, init, host, |block| kernel(block, None), pair)? {
            return Ok(found);
        }
    }
    let over = operand(args, host)?;
    let Some(init) = args.keyword("init") else { return reduced(args, &over, kernel, kernel) };
    if iterate::length(&over) == Some(0) {
        return Ok(init.clone());
    }
    let found = kernel(&over, args.dims()?)?;
    match super::function(pick) {
        Some(f) => host.call(&f, &[init.clone(), found]),
        None => Ok(found),
    }
}

/// `any` and `all` stop at the first value that decides.
fn tested(args: &Arguments<'_>, host: &dyn Host, kernel: Kernel, decides: Option<bool>) -> Outcome<Value> {
    if args.listed_dims()?.is_some() {
        let again = if decides.is_none() { reduce::sum } else { kernel };
        return reduced(args, &operand(args, host)?, kernel, again);
    }
    match (args.positional, decides, args.dims()?) {
        ([f, over], Some(decides), None) if is_callable(f) => until(args, Some(f), over, kernel, decides, host),
        ([over @ Value::Iterator(_)], Some(decides), None) => until(args, None, over, kernel, decides, host),
        ([f, over], None, None) if is_callable(f) => counted(args, Some(f), over, host),
        ([over @ Value::Iterator(_)], None, None) => counted(args, None, over, host),
        _ => kernel(&operand(args, host)?, args.dims()?),
    }
}

fn until(
    args: &Arguments<'_>,
    f: Option<&Value>,
    over: &Value,
    kernel: Kernel,
    decides: bool,
    host: &dyn Host,
) -> Outcome<Value> {
    let over = stream::with_function(f, over);
    let mut pieces = stream::Pieces::growing(&over);
    while let Some(piece) = pieces.next(host)? {
        if stream::is_mask(&piece) {
            match kernel(&piece, None)? {
                Value::Bool(found) if found.get() == decides => return Ok(Value::bool(decides)),
                _ => continue,
            }
        }
        let mut cursor = Cursor::new(&piece)?;
        while let Some(item) = cursor.next(host)? {
            interrupt::check()?;
            if truth(args, &item)? == decides {
                return Ok(Value::bool(decides));
            }
        }
    }
    Ok(Value::bool(!decides))
}

fn counted(args: &Arguments<'_>, f: Option<&Value>, over: &Value, host: &dyn Host) -> Outcome<Value> {
    let over = stream::with_function(f, over);
    let mut pieces = stream::Pieces::new(&over);
    let mut count = 0;
    while let Some(piece) = pieces.next(host)? {
        if stream::is_mask(&piece)
            && let Value::Int(more) = reduce::count(&piece, None)?
        {
            count += more;
            continue;
        }
        let mut cursor = Cursor::new(&piece)?;
        while let Some(item) = cursor.next(host)? {
            interrupt::check()?;
            count += i64::from(truth(args, &item)?);
        }
    }
    Ok(Value::Int(count))
}

/// A value of a test: a Bool, or a `TypeError`.
pub fn truth(args: &Arguments<'_>, value: &Value) -> Outcome<bool> {
    match value {
        Value::Bool(b) => Ok(b.get()),
        other => Err(Fault::new(
            ErrorKind::TypeError,
            format!("{} needs true or false from the function; it gives {}", args.name, describe(other)),
        )
        .label(Part::Argument(0), format!("gives {}", describe(other)))),
    }
}

fn running(args: &Arguments<'_>, host: &dyn Host, kernel: Kernel) -> Outcome<Value> {
    kernel(&stored(args.at(0), host)?, args.dims()?)
}

fn running_into(args: &Arguments<'_>, kernel: Kernel) -> Outcome<Value> {
    let result = kernel(args.at(1), args.dims()?)?;
    super::overwrite::write_into(args, args.array(0)?, &result)?;
    Ok(args.at(0).clone())
}

fn diff(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let (rows, cols) = array.shape();
    let whole = Value::Array(array.clone());
    let part =
        |from: usize, to: usize| Value::Range(std::rc::Rc::new(crate::value::Range::unit(from as i64, to as i64)));
    let pick = |place: Value, down: bool| {
        let indices = if array.is_vector() {
            vec![place]
        } else if down {
            vec![place, Value::Colon]
        } else {
            vec![Value::Colon, place]
        };
        index::get(&whole, &indices)
    };
    let down = match args.dims()? {
        None if !array.is_vector() => {
            return Err(Fault::new(ErrorKind::UndefKeywordError, "diff of a matrix needs dims")
                .hint("diff(A, dims=1) subtracts rows, diff(A, dims=2) columns"));
        }
        None | Some(1) => true,
        Some(_) if array.is_vector() => return Err(Fault::argument("a vector has one dimension: dims=1")),
        Some(_) => false,
    };
    if let Some(differences) = reduce::diff(&array, if down { 1 } else { 2 })? {
        return Ok(differences);
    }
    let n = if down { rows } else { cols };
    operators::binary(BinaryOp::Sub, &pick(part(2, n), down)?, &pick(part(1, n.saturating_sub(1)), down)?)
}
