//! Going through things: with numbers, together, line by line, in part. Nothing is stored; elements are made as they are
//! asked for.

use super::arguments::is_callable;
use super::arrays::vector;
use crate::fault::{Fault, Outcome, Part};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Lazy, Range, Value, index, iterate, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "enumerate(v)",
        doc: "Goes through the elements with their numbers: (1, v[1]), (2, v[2]) and so on.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Enumerate(args.at(0).clone())))),
        examples: &[Shows("collect(enumerate([7, 8]))", "2-element Vector{Tuple{Int64, Int64}}:\n (1, 7)\n (2, 8)")],
    },
    Builtin {
        sig: "zip(arrays...)",
        doc: "Goes through the first elements of each, then the second ones, … as tuples.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Zip(args.positional.to_vec())))),
        examples: &[Shows("collect(zip([1, 2], [3, 4]))", "2-element Vector{Tuple{Int64, Int64}}:\n (1, 3)\n (2, 4)")],
    },
    Builtin {
        sig: "pairs(v)",
        doc: "Goes through the elements with their indices: 1 => v[1], 2 => v[2] and so on.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Pairs(args.at(0).clone())))),
        examples: &[Shows("[k * x for (k, x) in pairs([7, 8])]", "2-element Vector{Int64}:\n  7\n 16")],
    },
    Builtin {
        sig: "eachrow(A)",
        doc: "Goes through the rows of a matrix, each a vector.",
        more: "",
        run: Run::Call(|args, _| args.array(0).map(|_| lazy(Lazy::Rows(args.at(0).clone())))),
        examples: &[Shows("[sum(r) for r in eachrow([1 2; 3 4])]", "2-element Vector{Int64}:\n 3\n 7")],
    },
    Builtin {
        sig: "eachcol(A)",
        doc: "Goes through the columns of a matrix, each a vector.",
        more: "",
        run: Run::Call(|args, _| args.array(0).map(|_| lazy(Lazy::Columns(args.at(0).clone())))),
        examples: &[Shows("[sum(c) for c in eachcol([1 2; 3 4])]", "2-element Vector{Int64}:\n 4\n 6")],
    },
    Builtin {
        sig: "Iterators.take(v, n)",
        doc: "Goes through the first n elements.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Take(gone_through(args, 0)?, count(args)?)))),
        examples: &[Shows("sum(Iterators.take(1:10^12, 3))", "6")],
    },
    Builtin {
        sig: "Iterators.drop(v, n)",
        doc: "Goes through all but the first n elements.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Drop(gone_through(args, 0)?, count(args)?)))),
        examples: &[Shows("collect(Iterators.drop([7, 8, 9], 1))", "2-element Vector{Int64}:\n 8\n 9")],
    },
    Builtin {
        sig: "Iterators.filter(f, v)",
        doc: "Goes through the elements for which f is true.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Filter(function(args)?, gone_through(args, 1)?)))),
        examples: &[Shows("sum(Iterators.filter(iseven, 1:10))", "30")],
    },
    Builtin {
        sig: "Iterators.map(f, v)",
        doc: "Goes through the values of f for the elements.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Map(function(args)?, gone_through(args, 1)?)))),
        examples: &[Shows("collect(Iterators.map(abs, [-1, 2]))", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "Iterators.reverse(v)",
        doc: "Goes through the elements from the last to the first.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Reverse(gone_through(args, 0)?)))),
        examples: &[Shows("collect(Iterators.reverse([7, 8]))", "2-element Vector{Int64}:\n 8\n 7")],
    },
    Builtin {
        sig: "Iterators.flatten(v)",
        doc: "Goes through the elements of the elements.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Flatten(gone_through(args, 0)?)))),
        examples: &[Shows("collect(Iterators.flatten([[1, 2], [3]]))", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "Iterators.product(iterators...)",
        doc: "Goes through every combination of an element of each, the first one changing fastest.",
        more: "",
        run: Run::Call(|args, _| {
            let over = (0..args.count()).map(|k| gone_through(args, k)).collect::<Outcome<_>>()?;
            Ok(lazy(Lazy::Product(over)))
        }),
        examples: &[Shows("length(collect(Iterators.product(1:2, 1:3)))", "6")],
    },
    Builtin {
        sig: "Iterators.cycle(v)",
        doc: "Goes through the elements again and again, without an end.",
        more: "",
        run: Run::Call(|args, _| Ok(lazy(Lazy::Cycle(gone_through(args, 0)?)))),
        examples: &[Shows(
            "collect(Iterators.take(Iterators.cycle([1, 2]), 3))",
            "3-element Vector{Int64}:\n 1\n 2\n 1",
        )],
    },
    Builtin {
        sig: "Iterators.repeated(x) | Iterators.repeated(x, n)",
        doc: "Gives x n times, or without an end.",
        more: "",
        run: Run::Call(|args, _| {
            let always = lazy(Lazy::Cycle(Value::tuple(vec![args.at(0).clone()])));
            Ok(if args.count() == 2 { lazy(Lazy::Take(always, count(args)?)) } else { always })
        }),
        examples: &[Shows("collect(Iterators.repeated(7, 2))", "2-element Vector{Int64}:\n 7\n 7")],
    },
    Builtin {
        sig: "Iterators.partition(v, n)",
        doc: "The elements in parts of n, as a vector of them; the last part may be shorter.",
        more: "",
        run: Run::Call(partition),
        examples: &[Shows("Iterators.partition([1, 2, 3], 2)", "2-element Vector{Vector{Int64}}:\n [1, 2]\n [3]")],
    },
];

fn lazy(lazy: Lazy) -> Value {
    Value::Iterator(Rc::new(lazy))
}

/// An argument that can be gone through.
fn gone_through(args: &Arguments<'_>, k: usize) -> Outcome<Value> {
    iterate::Cursor::new(args.at(k)).map(|_| args.at(k).clone())
}

fn function(args: &Arguments<'_>) -> Outcome<Value> {
    if is_callable(args.at(0)) { Ok(args.at(0).clone()) } else { Err(args.refuse(0, "a function")) }
}

fn count(args: &Arguments<'_>) -> Outcome<usize> {
    usize::try_from(args.int(1)?).map_err(|_| Fault::argument(format!("{} takes a count of 0 or more", args.name)))
}

fn partition(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (over, n) = (args.at(0), count(args)?);
    if n == 0 {
        return Err(Fault::argument("a part has one element at least").label(Part::Argument(1), "0"));
    }
    if let Value::Range(range) = over {
        let part = |from: usize| {
            let to = range.len().min(from.saturating_add(n));
            index::get(over, &[Value::Range(Rc::new(Range::unit(from as i64 + 1, to as i64)))])
        };
        return vector((0..range.len()).step_by(n).map(part).collect::<Outcome<_>>()?);
    }
    let items = iterate::elements(over, host)?;
    let parts = items.chunks(n).map(|part| promote::literal_vector(part.to_vec()).map(Value::array));
    vector(parts.collect::<Outcome<_>>()?)
}
