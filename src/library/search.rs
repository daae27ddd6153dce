//! Finding elements and their places: `findall`, `findfirst`, `argmax`, `in`, …

use super::arguments::is_callable;
use super::arrays::{Shape, index_value, shaped, vector};
use super::reduce::truth;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Elements, Form, Host, Value, index, iterate};
use std::cmp::Ordering;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "findall(mask) | findall(p, A) | findall(part, text; overlap = false)",
        doc: "The indices at which a Bool array is true, or p is true of the element.",
        more: "Of a matrix they are CartesianIndex(i, j); A[findall(mask)] is A[mask]. In a text, ranges of characters.",
        run: Run::Call(findall),
        examples: &[
            Shows("findall([5, 1, 7] .> 4)", "2-element Vector{Int64}:\n 1\n 3"),
            Shows("findall(iseven, [1, 2, 4])", "2-element Vector{Int64}:\n 2\n 3"),
        ],
    },
    Builtin {
        sig: "findfirst(mask) | findfirst(p, A) | findfirst(part, text)",
        doc: "The first index at which it is true, or nothing.",
        more: "",
        run: Run::Call(|args, host| one_place(args, host, false)),
        examples: &[Shows("findfirst(iseven, [1, 2, 4])", "2")],
    },
    Builtin {
        sig: "findlast(mask) | findlast(p, A) | findlast(part, text)",
        doc: "The last index at which it is true, or nothing.",
        more: "",
        run: Run::Call(|args, host| one_place(args, host, true)),
        examples: &[Shows("findlast(iseven, [1, 2, 4])", "3")],
    },
    Builtin {
        sig: "findnext(mask, k) | findnext(p, A, k) | findnext(part, text, k)",
        doc: "The first index from k on at which it is true, or nothing.",
        more: "",
        run: Run::Call(|args, host| from_place(args, host, false)),
        examples: &[Shows("findnext(iseven, [2, 1, 4], 2)", "3")],
    },
    Builtin {
        sig: "findprev(mask, k) | findprev(p, A, k) | findprev(part, text, k)",
        doc: "The last index up to k at which it is true, or nothing.",
        more: "",
        run: Run::Call(|args, host| from_place(args, host, true)),
        examples: &[Shows("findprev(iseven, [2, 1, 4], 2)", "1")],
    },
    Builtin {
        sig: "findmax(A; dims) | findmax(f, A)",
        doc: "The largest element and its index, as a tuple.",
        more: "",
        run: Run::Call(|args, host| found(args, host, Ordering::Greater, pair)),
        examples: &[Shows("findmax([3, 7, 5])", "(7, 2)")],
    },
    Builtin {
        sig: "findmin(A; dims) | findmin(f, A)",
        doc: "The smallest element and its index, as a tuple.",
        more: "",
        run: Run::Call(|args, host| found(args, host, Ordering::Less, pair)),
        examples: &[Shows("findmin([3, 7, 5])", "(3, 1)")],
    },
    Builtin {
        sig: "argmax(A; dims) | argmax(f, A)",
        doc: "The index of the largest element; with a function, the element for which it is largest.",
        more: "Of a matrix it is CartesianIndex(i, j).",
        run: Run::Call(|args, host| found(args, host, Ordering::Greater, |_, index| index)),
        examples: &[Shows("argmax([3, 7, 5])", "2"), Shows("argmax([1 2; 9 4])", "CartesianIndex(2, 1)")],
    },
    Builtin {
        sig: "argmin(A; dims) | argmin(f, A)",
        doc: "The index of the smallest element; with a function, the element for which it is smallest.",
        more: "",
        run: Run::Call(|args, host| found(args, host, Ordering::Less, |_, index| index)),
        examples: &[Shows("argmin([3, 7, 5])", "1")],
    },
    Builtin {
        sig: "in(x, v)",
        doc: "Is x one of the elements? As x in v and x ∈ v.",
        more: "",
        run: Run::Call(|args, _| operators::binary(BinaryOp::In, args.at(0), args.at(1))),
        examples: &[Shows("in(2, [1, 2])", "true"), Shows("3 ∈ [1, 2]", "false")],
    },
    Builtin {
        sig: "indexin(a, b)",
        doc: "For every element of a its first index in b, or nothing.",
        more: "",
        run: Run::Call(indexin),
        examples: &[Shows("indexin([2, 9], [1, 2])", "2-element Vector{Union{Nothing, Int64}}:\n 2\n  nothing")],
    },
];

fn pair(value: Value, index: Value) -> Value {
    Value::tuple(vec![value, index])
}

/// What is searched, with the shape that decides how indices look; and the test, if there is one.
struct Search<'a> {
    test: Option<&'a Value>,
    items: Vec<Value>,
    shape: Shape,
}

impl<'a> Search<'a> {
    fn of(args: &Arguments<'a>, with_test: bool, host: &dyn Host) -> Outcome<Search<'a>> {
        let over = args.at(usize::from(with_test));
        let test = with_test.then(|| args.at(0));
        if let Some(test) = test
            && !is_callable(test)
        {
            return Err(args.refuse(0, "a function"));
        }
        let items = iterate::elements(over, host)?;
        let shape = match iterate::shape(over) {
            Some((rows, cols, form)) if form != Form::Vector => Shape::matrix(rows, cols),
            _ => Shape::vector(items.len()),
        };
        Ok(Search { test, items, shape })
    }

    fn is_true(&self, args: &Arguments<'_>, k: usize, host: &dyn Host) -> Outcome<bool> {
        match (self.test, &self.items[k]) {
            (Some(test), item) => truth(args, &host.call(test, std::slice::from_ref(item))?),
            (None, Value::Bool(b)) => Ok(b.get()),
            (None, _) => Err(Fault::new(
                ErrorKind::TypeError,
                format!("{} looks for true, and the elements are not Bools", args.name),
            )
            .label(Part::Argument(0), crate::value::display::describe(args.at(0)))
            .hint(format!("{}(A .!= 0), {0}(p, A)", args.name))),
        }
    }

    fn index(&self, k: usize) -> Value {
        index_value(k, self.shape)
    }

    fn first(&self, args: &Arguments<'_>, mut places: impl Iterator<Item = usize>, host: &dyn Host) -> Outcome<Value> {
        loop {
            match places.next() {
                None => return Ok(Value::Nothing),
                Some(k) if self.is_true(args, k, host)? => return Ok(self.index(k)),
                Some(_) => {}
            }
        }
    }
}

fn findall(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let [Value::Str(_), Value::Str(_)] = args.positional {
        return super::text::places_of(args, host);
    }
    if let [Value::Array(mask)] = args.positional
        && mask.is_vector()
        && let Elements::Bool(m) = &*mask.elements()
    {
        return index::places_of_true(m.as_slice(), |k| k as i64 + 1).map(Value::vector);
    }
    let search = Search::of(args, args.count() == 2, host)?;
    let mut found = Vec::new();
    for k in 0..search.items.len() {
        if search.is_true(args, k, host)? {
            found.push(search.index(k));
        }
    }
    if found.is_empty() && search.shape.form == Form::Vector {
        return Ok(Value::vector(Vec::<i64>::new()));
    }
    vector(found)
}

fn one_place(args: &Arguments<'_>, host: &dyn Host, backwards: bool) -> Outcome<Value> {
    if let [Value::Str(_), Value::Str(_)] = args.positional {
        return super::text::place_of(args, backwards, host);
    }
    let search = Search::of(args, args.count() == 2, host)?;
    let places = 0..search.items.len();
    if backwards { search.first(args, places.rev(), host) } else { search.first(args, places, host) }
}

fn from_place(args: &Arguments<'_>, host: &dyn Host, backwards: bool) -> Outcome<Value> {
    if let [Value::Str(_), Value::Str(_), _] = args.positional {
        return super::text::place_of(args, backwards, host);
    }
    let last = args.count() - 1;
    let rest = Arguments { name: args.name, positional: &args.positional[..last], keyword: args.keyword };
    let search = Search::of(&rest, last == 2, host)?;
    let n = search.items.len();
    let start = match args.at(last) {
        Value::CartesianIndex(place) => place[0] + (place[1] - 1) * search.shape.rows as i64,
        _ => args.int(last)?,
    };
    // Beyond the end that the search goes to there is nothing; before its beginning there is no element.
    match (usize::try_from(start), backwards) {
        (Ok(0) | Err(_), true) => Ok(Value::Nothing),
        (Ok(start), true) if start <= n => search.first(args, (0..start).rev(), host),
        (Ok(start), false) if start > n => Ok(Value::Nothing),
        (Ok(start), false) if start >= 1 => search.first(args, start - 1..n, host),
        _ => Err(Fault::new(ErrorKind::BoundsError, format!("there are {n} elements, and no number {start}"))
            .label(Part::Argument(last), start.to_string())),
    }
}

/// Is `a` to be preferred to `b`? NaN wins over everything, as in Julia, so that it is not overlooked.
fn better(a: &Value, b: &Value, wanted: Ordering) -> Outcome<bool> {
    let is_nan = |v: &Value| matches!(v, Value::Float(x) if x.get().is_nan());
    match (is_nan(a), is_nan(b)) {
        (_, true) => Ok(false),
        (true, false) => Ok(true),
        (false, false) => Ok(operators::order(a, b)? == wanted),
    }
}

fn best(items: &[Value], places: impl Iterator<Item = usize>, wanted: Ordering) -> Outcome<Option<usize>> {
    let mut best = None;
    for k in places {
        best = match best {
            Some(b) if !better(&items[k], &items[b], wanted)? => Some(b),
            _ => Some(k),
        };
    }
    Ok(best)
}

#[cold]
fn nothing_found(args: &Arguments<'_>) -> Fault {
    Fault::argument(format!("{} of an empty array has no value", args.name))
        .label(Part::Argument(args.count() - 1), "empty")
}

fn found(args: &Arguments<'_>, host: &dyn Host, wanted: Ordering, result: fn(Value, Value) -> Value) -> Outcome<Value> {
    if args.count() == 2 {
        return found_by(args, host, wanted, result);
    }
    let search = Search::of(args, false, host)?;
    if let Some(dims) = args.dims()? {
        return found_along(args, &search, dims, wanted, result);
    }
    let k = best(&search.items, 0..search.items.len(), wanted)?.ok_or_else(|| nothing_found(args))?;
    Ok(result(search.items[k].clone(), search.index(k)))
}

fn found_by(
    args: &Arguments<'_>,
    host: &dyn Host,
    wanted: Ordering,
    result: fn(Value, Value) -> Value,
) -> Outcome<Value> {
    if !is_callable(args.at(0)) {
        return Err(super::reduce::not_a_function(args));
    }
    let search = Search::of(args, true, host)?;
    let values =
        search.items.iter().map(|x| host.call(args.at(0), std::slice::from_ref(x))).collect::<Outcome<Vec<_>>>()?;
    let k = best(&values, 0..values.len(), wanted)?.ok_or_else(|| nothing_found(args))?;
    let names_element = args.name.starts_with("arg");
    let index = if names_element { search.items[k].clone() } else { search.index(k) };
    Ok(result(values[k].clone(), index))
}

/// Along a dimension: arrays of the values and of the indices.
fn found_along(
    args: &Arguments<'_>,
    search: &Search<'_>,
    dims: usize,
    wanted: Ordering,
    result: fn(Value, Value) -> Value,
) -> Outcome<Value> {
    let Shape { rows, cols, form } = search.shape;
    let (mut values, mut indices) = (Vec::new(), Vec::new());
    for line in 0..if dims == 1 { cols } else { rows } {
        let places: Vec<usize> = if dims == 1 {
            (line * rows..(line + 1) * rows).collect()
        } else {
            (line..rows * cols).step_by(rows).collect()
        };
        let k = best(&search.items, places.into_iter(), wanted)?.ok_or_else(|| nothing_found(args))?;
        values.push(search.items[k].clone());
        indices.push(search.index(k));
    }
    let shape = match (form, dims) {
        (Form::Vector, _) => Shape::vector(values.len()),
        (_, 1) => Shape::matrix(1, cols),
        (_, _) => Shape::matrix(rows, 1),
    };
    Ok(result(shaped(values, shape)?, shaped(indices, shape)?))
}

fn indexin(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let places = super::sets::Places::of(&iterate::elements(args.at(1), host)?);
    let a = iterate::elements(args.at(0), host)?;
    vector(a.iter().map(|x| places.find(x).map_or(Value::Nothing, |k| Value::Int(k as i64 + 1))).collect())
}
