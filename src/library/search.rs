//! Finding elements and their places: `findall`, `findfirst`, `argmax`, `in`, …

use super::arguments::is_callable;
use super::arrays::{Shape, index_value, shaped, vector};
use super::reduce::truth;
use super::stream;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::{broadcast, linalg, operators, reduce};
use crate::op::BinaryOp;
use crate::value::array::reserve;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Elements, Form, Host, Range, Value, index, iterate};
use std::cmp::Ordering;
use std::rc::Rc;

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

/// Elements that are tested one after the other before kernels are asked: perhaps no more are needed.
const FEW: usize = 16;

/// Elements that are tested at a time at most.
const MANY: usize = 1 << 18;

/// The elements of what is searched.
enum Items {
    Array(Rc<Array>),
    Range(Rc<Range>),
    Values(Vec<Value>),
}

impl Items {
    fn len(&self) -> usize {
        match self {
            Items::Array(array) => array.len(),
            Items::Range(range) => range.len(),
            Items::Values(values) => values.len(),
        }
    }

    /// The element with this number from 0; `None` where a test has made the array shorter meanwhile.
    fn get(&self, k: usize) -> Option<Value> {
        match self {
            Items::Array(array) if k < array.len() => Some(array.value(k)),
            Items::Range(range) if k < range.len() => Some(range.get(k)),
            Items::Values(values) => values.get(k).cloned(),
            Items::Array(_) | Items::Range(_) => None,
        }
    }
}

/// What is searched, with the shape that decides how indices look; and the test, if there is one.
struct Search<'a> {
    test: Option<&'a Value>,
    over: &'a Value,
    items: Items,
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
        let items = match over {
            Value::Array(array) => Items::Array(Rc::clone(array)),
            Value::Range(range) => Items::Range(Rc::clone(range)),
            _ => Items::Values(iterate::elements(over, host)?),
        };
        let shape = match iterate::shape(over) {
            Some((rows, cols, form)) if form != Form::Vector => Shape::matrix(rows, cols),
            _ => Shape::vector(items.len()),
        };
        Ok(Search { test, over, items, shape })
    }

    fn is_true(&self, args: &Arguments<'_>, item: Value, host: &dyn Host) -> Outcome<bool> {
        match (self.test, item) {
            (Some(test), item) => truth(args, &host.call(test, &[item])?),
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

    /// Whether the elements in these places are what is looked for, where that takes no call for each of them.
    fn mask(&self, places: &std::ops::Range<usize>, host: &dyn Host) -> Outcome<Option<Value>> {
        let whole = *places == (0..self.items.len());
        let part = match self.items {
            Items::Values(_) => return Ok(None),
            Items::Array(_) | Items::Range(_) if whole => self.over.clone(),
            Items::Array(_) | Items::Range(_) => {
                let numbers = Range::unit(places.start as i64 + 1, places.end as i64);
                index::get(self.over, &[Value::Range(Rc::new(numbers))])?
            }
        };
        let mask = match self.test {
            Some(test) => broadcast::mapped(test, std::slice::from_ref(&part), host)?,
            None => Some(part),
        };
        Ok(mask.filter(stream::is_mask))
    }

    /// The first of some places, or the last one, that is looked for.
    fn first(
        &self,
        args: &Arguments<'_>,
        mut places: std::ops::Range<usize>,
        backwards: bool,
        host: &dyn Host,
    ) -> Outcome<Value> {
        let mut size = FEW;
        while !places.is_empty() {
            interrupt::check()?;
            let next = if backwards {
                places.end.saturating_sub(size).max(places.start)..places.end
            } else {
                places.start..places.end.min(places.start + size)
            };
            let mask = if size > FEW { self.mask(&next, host)? } else { None };
            let found = match mask {
                Some(mask) => position(&mask, backwards).map(|k| next.start + k),
                None if backwards => self.one_by_one(args, next.clone().rev(), host)?,
                None => self.one_by_one(args, next.clone(), host)?,
            };
            if let Some(k) = found {
                return Ok(self.index(k));
            }
            places = if backwards { places.start..next.start } else { next.end..places.end };
            size = MANY.min(size * 64);
        }
        Ok(Value::Nothing)
    }

    fn one_by_one(
        &self,
        args: &Arguments<'_>,
        places: impl Iterator<Item = usize>,
        host: &dyn Host,
    ) -> Outcome<Option<usize>> {
        for k in places {
            if let Some(item) = self.items.get(k)
                && self.is_true(args, item, host)?
            {
                return Ok(Some(k));
            }
        }
        Ok(None)
    }
}

/// The first or the last place, from 0, at which a mask is true.
fn position(mask: &Value, backwards: bool) -> Option<usize> {
    let Value::Array(array) = mask else { return None };
    let Elements::Bool(m) = &*array.elements() else { return None };
    let mut chosen = m.as_slice().iter();
    if backwards { chosen.rposition(|chosen| *chosen) } else { chosen.position(|chosen| *chosen) }
}

/// All places at which it is true, each as `what` makes it of its number from 0.
fn all_places<T: Copy>(
    args: &Arguments<'_>,
    search: &Search<'_>,
    host: &dyn Host,
    what: impl Fn(usize) -> T,
) -> Outcome<Vec<T>> {
    if let Some(Value::Array(mask)) = search.mask(&(0..search.items.len()), host)?
        && let Elements::Bool(m) = &*mask.elements()
    {
        return index::places_of_true(m.as_slice(), what);
    }
    let mut places = Vec::new();
    for k in 0..search.items.len() {
        interrupt::check()?;
        if let Some(item) = search.items.get(k)
            && search.is_true(args, item, host)?
        {
            places.push(what(k));
        }
    }
    Ok(places)
}

fn findall(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let [Value::Str(_), Value::Str(_)] = args.positional {
        return super::text::places_of(args, host);
    }
    let search = Search::of(args, args.count() == 2, host)?;
    if search.shape.form == Form::Vector {
        return all_places(args, &search, host, |k| k as i64 + 1).map(Value::vector);
    }
    let places = all_places(args, &search, host, |k| k)?;
    vector(places.into_iter().map(|k| search.index(k)).collect())
}

fn one_place(args: &Arguments<'_>, host: &dyn Host, backwards: bool) -> Outcome<Value> {
    if let [Value::Str(_), Value::Str(_)] = args.positional {
        return super::text::place_of(args, backwards, host);
    }
    let search = Search::of(args, args.count() == 2, host)?;
    search.first(args, 0..search.items.len(), backwards, host)
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
        (Ok(start), true) if start <= n => search.first(args, 0..start, true, host),
        (Ok(start), false) if start > n => Ok(Value::Nothing),
        (Ok(start), false) if start >= 1 => search.first(args, start - 1..n, false, host),
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

/// The first of the places at which the best element stands.
fn best(
    item: impl Fn(usize) -> Option<Value>,
    places: impl Iterator<Item = usize>,
    wanted: Ordering,
) -> Outcome<Option<(usize, Value)>> {
    let mut best: Option<(usize, Value)> = None;
    for k in places {
        interrupt::check()?;
        let Some(item) = item(k) else { continue };
        best = match best {
            Some(best) if !better(&item, &best.1, wanted)? => Some(best),
            _ => Some((k, item)),
        };
    }
    Ok(best)
}

/// The same for all elements of an array.
fn best_of(array: &Array, wanted: Ordering) -> Outcome<Option<(usize, Value)>> {
    let elements = array.elements();
    match reduce::place_in(&elements, 0, elements.len(), wanted) {
        Some(k) => Ok(Some((k, elements.value(k)))),
        None => best(|k| Some(elements.value(k)), 0..elements.len(), wanted),
    }
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
    let found = match &search.items {
        Items::Array(array) => best_of(array, wanted)?,
        items @ (Items::Range(_) | Items::Values(_)) => best(|k| items.get(k), 0..items.len(), wanted)?,
    };
    let (k, value) = found.ok_or_else(|| nothing_found(args))?;
    Ok(result(value, search.index(k)))
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
    let values = if search.items.len() < broadcast::FEW_ELEMENTS {
        None
    } else {
        broadcast::mapped(args.at(0), &args.positional[1..2], host)?
    };
    let found = match values {
        Some(Value::Array(values)) => best_of(&values, wanted)?,
        _ => {
            let places = 0..search.items.len();
            let mut values = reserve(places.len())?;
            for k in places.clone() {
                values.push(search.items.get(k).map(|item| host.call(args.at(0), &[item])).transpose()?);
            }
            best(|k| values[k].clone(), places, wanted)?
        }
    };
    let (k, value) = found.ok_or_else(|| nothing_found(args))?;
    let names_element = args.name.starts_with("arg");
    let element = if names_element { search.items.get(k) } else { None };
    Ok(result(value, element.unwrap_or_else(|| search.index(k))))
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
    // Rows are gone through as the columns of the transpose.
    let turned = match &search.items {
        Items::Array(array) if dims == 2 => Some(linalg::permuted(array)?),
        Items::Array(_) | Items::Range(_) | Items::Values(_) => None,
    };
    let lines = match (&turned, &search.items) {
        (Some(turned), _) => Some(turned.elements()),
        (None, Items::Array(array)) if dims == 1 => Some(array.elements()),
        (None, _) => None,
    };
    let (mut values, mut indices) = (Vec::new(), Vec::new());
    let (count, len) = if dims == 1 { (cols, rows) } else { (rows, cols) };
    for line in 0..count {
        let place = |k: usize| if dims == 1 { line * rows + k } else { line + k * rows };
        let quick = lines.as_ref().and_then(|lines| reduce::place_in(lines, line * len, len, wanted));
        let found = match quick {
            Some(k) => search.items.get(place(k)).map(|value| (place(k), value)),
            None => best(|k| search.items.get(k), (0..len).map(place), wanted)?,
        };
        let (k, value) = found.ok_or_else(|| nothing_found(args))?;
        values.push(value);
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
