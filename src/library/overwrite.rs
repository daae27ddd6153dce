//! Arrays that are written over, and keep their sizes. Every name ends in `!`.

use super::arguments::{is_callable, tuple_items};
use super::arrays::Shape;
use super::mutate::{fitting, keep_places};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::value::array::{Array, Element, Elements};
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Complex64, Host, Value, index, iterate, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
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
