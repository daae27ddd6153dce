//! Going through things: with numbers, together, line by line, in part. Nothing is stored; elements are made as they are
//! asked for.

use super::arguments::is_callable;
use crate::fault::{Fault, Outcome};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Lazy, Value, iterate};
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
