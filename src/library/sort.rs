//! Sorting, and places in sorted vectors.

use super::arguments::is_callable;
use super::arrays::{Shape, vector};
use super::functional::mapped;
use super::reduce::truth;
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::kernel::{operators, sort};
use crate::value::array::reserve;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Elements, Host, Range, Value, index, iterate};
use std::cmp::Ordering;
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "sort(v; rev = false, by, lt, dims)",
        doc: "The elements in ascending order, as a new vector; of a matrix, along dims.",
        more: "rev=true for descending order, by=f to compare the values of f. Equal elements keep their order.",
        run: Run::Call(sorted),
        examples: &[
            Shows("sort([3, 1, 2])", "3-element Vector{Int64}:\n 1\n 2\n 3"),
            Shows("sort([3, 1, 2], rev=true)", "3-element Vector{Int64}:\n 3\n 2\n 1"),
            Shows("sort([-3, 1, 2], by=abs)", "3-element Vector{Int64}:\n  1\n  2\n -3"),
        ],
    },
    Builtin {
        sig: "sort!(v; rev = false, by, lt, dims)",
        doc: "Puts the elements in ascending order, in place.",
        more: "",
        run: Run::Call(sort_in_place),
        examples: &[Shows("v = [3, 1, 2]; sort!(v); v", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "sortperm(v; rev = false, by, lt)",
        doc: "The indices that sort v: v[sortperm(v)] is sort(v).",
        more: "",
        run: Run::Call(sortperm),
        examples: &[Shows("sortperm([3, 1, 2])", "3-element Vector{Int64}:\n 2\n 3\n 1")],
    },
    Builtin {
        sig: "issorted(v; rev = false, by, lt)",
        doc: "Are the elements in ascending order?",
        more: "",
        run: Run::Call(issorted),
        examples: &[Shows("issorted([1, 2, 2])", "true")],
    },
    Builtin {
        sig: "sortslices(A; dims, rev = false, by, lt)",
        doc: "The rows (dims=1) or columns (dims=2) of a matrix in order.",
        more: "",
        run: Run::Call(sortslices),
        examples: &[Shows("sortslices([3 4; 1 2], dims=1)", "2×2 Matrix{Int64}:\n 1  2\n 3  4")],
    },
    Builtin {
        sig: "partialsort(v, k; rev = false, by, lt)",
        doc: "The element in place k, or the elements in places k, of sort(v).",
        more: "",
        run: Run::Call(partialsort),
        examples: &[Shows("partialsort([3, 1, 2], 2)", "2")],
    },
    Builtin {
        sig: "partialsortperm(v, k; rev = false, by, lt)",
        doc: "The places of the smallest elements: place k in order of size, or places k if it is a range.",
        more: "",
        run: Run::Call(partialsortperm),
        examples: &[Shows("partialsortperm([30, 10, 20], 1:2)", "2-element Vector{Int64}:\n 2\n 3")],
    },
    Builtin {
        sig: "sortperm!(p, v; rev = false, by, lt)",
        doc: "Writes the permutation that sorts v into p.",
        more: "",
        run: Run::Call(sortperm_into),
        examples: &[Shows("sortperm!([0, 0], [7, 3])", "2-element Vector{Int64}:\n 2\n 1")],
    },
    Builtin {
        sig: "searchsortedfirst(v, x; rev = false, by, lt)",
        doc: "The first place in a sorted vector whose element is not before x.",
        more: "",
        run: Run::Call(|args, host| place(args, false, host).map(|k| Value::Int(k as i64 + 1))),
        examples: &[Shows("searchsortedfirst([1, 3, 5], 3)", "2")],
    },
    Builtin {
        sig: "searchsortedlast(v, x; rev = false, by, lt)",
        doc: "The last place in a sorted vector whose element is not after x.",
        more: "",
        run: Run::Call(|args, host| place(args, true, host).map(|k| Value::Int(k as i64))),
        examples: &[Shows("searchsortedlast([1, 3, 5], 4)", "2")],
    },
    Builtin {
        sig: "searchsorted(v, x; rev = false, by, lt)",
        doc: "The range of places in a sorted vector whose elements equal x.",
        more: "",
        run: Run::Call(searchsorted),
        examples: &[Shows("searchsorted([1, 3, 3, 5], 3)", "2:3")],
    },
    Builtin {
        sig: "isperm(p)",
        doc: "Does a vector hold every number from 1 to its length once?",
        more: "",
        run: Run::Call(isperm),
        examples: &[Shows("isperm([2, 1, 3])", "true")],
    },
    Builtin {
        sig: "invperm(p)",
        doc: "The permutation that undoes p.",
        more: "",
        run: Run::Call(invperm),
        examples: &[Shows("invperm([2, 3, 1])", "3-element Vector{Int64}:\n 3\n 1\n 2")],
    },
    Builtin {
        sig: "cmp(x, y)",
        doc: "-1, 0 or 1 as x is before, equal to or after y.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::Int(operators::order(args.at(0), args.at(1))? as i64))),
        examples: &[Shows("cmp(1, 2)", "-1")],
    },
    Builtin {
        sig: "isless(x, y)",
        doc: "Is x before y in the order that sort follows, with NaN last?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(operators::order(args.at(0), args.at(1))? == Ordering::Less))),
        examples: &[Shows("isless(1, NaN)", "true")],
    },
];

/// What `by`, `lt` and `rev` make of the order.
struct Order<'a> {
    by: Option<&'a Value>,
    lt: Option<&'a Value>,
    rev: bool,
}

impl<'a> Order<'a> {
    fn of(args: &Arguments<'a>) -> Outcome<Order<'a>> {
        for name in ["by", "lt"] {
            if let Some(given) = args.keyword(name)
                && !is_callable(given)
            {
                return Err(args.refuse_keyword(name, "a function", given));
            }
        }
        Ok(Order { by: args.keyword("by"), lt: args.keyword("lt"), rev: args.flag("rev", false)? })
    }

    /// Are the elements themselves compared, as `isless` does?
    fn is_plain(&self) -> bool {
        self.by.is_none() && self.lt.is_none()
    }

    fn key(&self, x: &Value, host: &dyn Host) -> Outcome<Value> {
        self.by.map_or(Ok(x.clone()), |by| host.call(by, std::slice::from_ref(x)))
    }

    fn compare(&self, args: &Arguments<'_>, a: &Value, b: &Value, host: &dyn Host) -> Outcome<Ordering> {
        let (a, b) = if self.rev { (b, a) } else { (a, b) };
        let Some(lt) = self.lt else { return operators::order(a, b) };
        if truth(args, &host.call(lt, &[a.clone(), b.clone()])?)? {
            return Ok(Ordering::Less);
        }
        let after = truth(args, &host.call(lt, &[b.clone(), a.clone()])?)?;
        Ok(if after { Ordering::Greater } else { Ordering::Equal })
    }

    /// The places (from 0) of a vector's elements in this order.
    fn places(&self, args: &Arguments<'_>, vector: &Value, host: &dyn Host) -> Outcome<Vec<usize>> {
        let keys = match self.by {
            Some(by) => mapped(by, vector, host)?,
            None => vector.clone(),
        };
        if self.lt.is_none() {
            return sort::order(&keys, self.rev);
        }
        let keys = iterate::elements(&keys, host)?;
        sort::order_by(keys.len(), &mut |a, b| self.compare(args, &keys[a], &keys[b], host))
    }
}

/// Are they stored numbers with an order?
fn has_numbers(array: &Array) -> bool {
    match &*array.elements() {
        Elements::Bool(_) | Elements::Int(_) | Elements::Float(_) => true,
        Elements::Complex(_) | Elements::Any(..) => false,
    }
}

/// A vector to sort: an array, a range, a tuple, or what an iterator gives.
fn operand(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.at(0) {
        Value::Array(_) | Value::Range(_) => Ok(args.at(0).clone()),
        Value::Iterator(_) | Value::Tuple(_) => super::construct::collect_value(args.at(0), host),
        Value::Str(_) => {
            Err(args.refuse(0, "a vector").hint("join(sort(collect(s))) sorts the characters of a string"))
        }
        _ => Err(args.refuse(0, "a vector")),
    }
}

fn sorted(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let vector = operand(args, host)?;
    let order = Order::of(args)?;
    if let Value::Array(array) = &vector
        && !array.is_vector()
    {
        let Some(dims) = args.dims()? else { return Err(needs_dims(args)) };
        if order.by.is_some() || order.lt.is_some() {
            return Err(Fault::argument("sort of a matrix compares the elements themselves")
                .hint("sort each column: mapslices(c -> sort(c, by=f), A, dims=1)"));
        }
        return sort::sort_dims(&vector, dims, order.rev);
    }
    if order.is_plain() {
        return sort::sort(&vector, order.rev);
    }
    sort::permute(&vector, &order.places(args, &vector, host)?)
}

#[cold]
fn needs_dims(args: &Arguments<'_>) -> Fault {
    Fault::new(ErrorKind::UndefKeywordError, format!("{} of a matrix needs dims", args.name))
        .hint(format!("{0}(A, dims=1) for every column, {0}(A, dims=2) for every row", args.name))
}

fn sort_in_place(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.array(0)?;
    let result = sorted(args, host)?;
    super::overwrite::replace_elements(array, &result, Shape::of(array))?;
    Ok(args.at(0).clone())
}

fn sortperm(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let places = Order::of(args)?.places(args, &operand(args, host)?, host)?;
    Ok(Value::vector(places.into_iter().map(|k| k as i64 + 1).collect::<Vec<i64>>()))
}

fn issorted(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let order = Order::of(args)?;
    if order.is_plain()
        && let Value::Array(array) = args.at(0)
        && array.is_vector()
        && has_numbers(array)
    {
        return sort::is_sorted(args.at(0), order.rev).map(Value::bool);
    }
    let items = iterate::elements(args.at(0), host)?;
    let keys = items.iter().map(|x| order.key(x, host)).collect::<Outcome<Vec<_>>>()?;
    for pair in keys.windows(2) {
        if order.compare(args, &pair[0], &pair[1], host)? == Ordering::Greater {
            return Ok(Value::bool(false));
        }
    }
    Ok(Value::bool(true))
}

fn sortslices(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.array(0)?;
    let order = Order::of(args)?;
    let Some(dims) = args.dims()? else { return Err(needs_dims(args)) };
    let (rows, cols) = array.shape();
    let count = if dims == 1 { rows } else { cols };
    let slice = |k: usize| {
        let k = Value::Int(k as i64 + 1);
        let indices = if dims == 1 { [k, Value::Colon] } else { [Value::Colon, k] };
        index::get(args.at(0), &indices).and_then(|slice| order.key(&slice, host))
    };
    let keys = (0..count).map(slice).collect::<Outcome<Vec<_>>>()?;
    let places = sort::order_by(count, &mut |a, b| order.compare(args, &keys[a], &keys[b], host))?;
    let shape = Shape::matrix(rows, cols);
    super::arrays::gather(array, shape, |i, j| if dims == 1 { places[i] + j * rows } else { i + places[j] * rows })
}

fn partialsort(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let Some(chosen) = partialsort_floats(args)? {
        return Ok(chosen);
    }
    let rest = Arguments { name: args.name, positional: &args.positional[..1], keyword: args.keyword };
    index::get(&sorted(&rest, host)?, &args.positional[1..])
}

/// Of a vector of floats, without sorting the rest of it; `None` for other elements, places or orders.
fn partialsort_floats(args: &Arguments<'_>) -> Outcome<Option<Value>> {
    let order = Order::of(args)?;
    let Value::Array(array) = args.at(0) else { return Ok(None) };
    let n = array.len() as i64;
    let (first, last) = match args.at(1) {
        Value::Int(k) => (*k, *k),
        Value::Range(range) => match &**range {
            Range::Int { start, len, unit: true, .. } if *len > 0 => (*start, start.saturating_add(*len as i64 - 1)),
            Range::Int { .. } | Range::Float { .. } => return Ok(None),
        },
        _ => return Ok(None),
    };
    let Elements::Float(m) = &*array.elements() else { return Ok(None) };
    if !array.is_vector() || !order.is_plain() || order.rev || first < 1 || last > n {
        return Ok(None);
    }
    let (first, last) = (first as usize - 1, last as usize - 1);
    let mut items = reserve(m.len())?;
    items.extend_from_slice(m.as_slice());
    sort::place(&mut items, &[first, last]);
    if let Value::Int(_) = args.at(1) {
        return Ok(Some(Value::float(items[first])));
    }
    let chosen = Value::vector(items[first..=last].to_vec());
    sort::sort(&chosen, false).map(Some)
}

fn partialsortperm(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let rest = Arguments { name: args.name, positional: &args.positional[..1], keyword: args.keyword };
    index::get(&sortperm(&rest, host)?, &args.positional[1..])
}

fn sortperm_into(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let rest = Arguments { name: args.name, positional: &args.positional[1..], keyword: args.keyword };
    super::overwrite::write_into(args, args.array(0)?, &sortperm(&rest, host)?)?;
    Ok(args.at(0).clone())
}

/// How many elements of a sorted vector are before `x`, or before and equal.
fn place(args: &Arguments<'_>, equal_too: bool, host: &dyn Host) -> Outcome<usize> {
    let order = Order::of(args)?;
    let over = match args.at(0) {
        Value::Array(_) | Value::Range(_) => args.at(0).clone(),
        other => vector(iterate::elements(other, host)?)?,
    };
    let key = order.key(args.at(1), host)?;
    let (mut low, mut high) = (0, iterate::length(&over).unwrap_or(0));
    while low < high {
        let middle = low.midpoint(high);
        let item = index::get1(&over, &Value::Int(middle as i64 + 1))?;
        let found = order.compare(args, &order.key(&item, host)?, &key, host)?;
        if found == Ordering::Less || (equal_too && found == Ordering::Equal) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn searchsorted(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (first, last) = (place(args, false, host)?, place(args, true, host)?);
    Ok(Value::Range(Rc::new(Range::unit(first as i64 + 1, last as i64))))
}

/// The places (from 0) that a permutation names, if it is one.
fn permutation(args: &Arguments<'_>) -> Outcome<Option<Vec<usize>>> {
    let items = match args.at(0) {
        Value::Tuple(tuple) => tuple.items.clone(),
        _ => super::arrays::values_of(&*args.read_array(0)?),
    };
    let n = items.len();
    let mut seen = vec![false; n];
    let mut places = Vec::with_capacity(n);
    for item in items {
        match item {
            Value::Int(p) if p >= 1 && p as usize <= n && !seen[p as usize - 1] => {
                seen[p as usize - 1] = true;
                places.push(p as usize - 1);
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(places))
}

fn isperm(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    permutation(args).map(|p| Value::bool(p.is_some()))
}

fn invperm(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let places = permutation(args)?.ok_or_else(|| Fault::argument("this is no permutation of 1, 2, 3, …"))?;
    let mut inverse = vec![0; places.len()];
    for (k, p) in places.into_iter().enumerate() {
        inverse[p] = k as i64 + 1;
    }
    match args.at(0) {
        Value::Tuple(_) => Ok(Value::tuple(inverse.into_iter().map(Value::Int).collect())),
        _ => Ok(Value::vector(inverse)),
    }
}
