//! Arrays as sets: elements once each, compared by `isequal`.

use super::arrays::{Shape, gather_vector, vector};
use crate::fault::Outcome;
use crate::kernel::operators;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Elements, Host, Range, Type, Value, iterate, promote};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "unique(v) | unique(f, v) | unique(A; dims)",
        doc: "The elements without repetitions, in the order in which they come first.",
        more: "",
        run: Run::Call(unique),
        examples: &[Shows("unique([2, 1, 2])", "2-element Vector{Int64}:\n 2\n 1")],
    },
    Builtin {
        sig: "unique!(v) | unique!(f, v)",
        doc: "Takes repetitions out of a vector, in place.",
        more: "",
        run: Run::Call(unique_in_place),
        examples: &[Shows("v = [2, 1, 2]; unique!(v); v", "2-element Vector{Int64}:\n 2\n 1")],
    },
    Builtin {
        sig: "allunique(v)",
        doc: "Is no element there twice?",
        more: "",
        run: Run::Call(allunique),
        examples: &[Shows("allunique([1, 2, 1])", "false")],
    },
    Builtin {
        sig: "union(v, rest...)",
        doc: "The elements of any of the vectors, as a ∪ b.",
        more: "",
        run: Run::Call(union),
        examples: &[Shows("union([1, 2], [2, 3])", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "intersect(v, rest...)",
        doc: "The elements of all of the vectors, as a ∩ b.",
        more: "",
        run: Run::Call(intersect),
        examples: &[Shows("intersect([1, 2], [2, 3])", "1-element Vector{Int64}:\n 2")],
    },
    Builtin {
        sig: "setdiff(v, rest...)",
        doc: "The elements of the first vector that are in none of the others.",
        more: "",
        run: Run::Call(|args, host| chosen(args, host, |in_others, _| in_others == 0)),
        examples: &[Shows("setdiff([1, 2], [2, 3])", "1-element Vector{Int64}:\n 1")],
    },
    Builtin {
        sig: "symdiff(v, rest...)",
        doc: "The elements that are in an odd number of the vectors.",
        more: "",
        run: Run::Call(symdiff),
        examples: &[Shows("symdiff([1, 2], [2, 3])", "2-element Vector{Int64}:\n 1\n 3")],
    },
    Builtin {
        sig: "union!(v, rest...)",
        doc: "Makes v the union of all of them, in place.",
        more: "",
        run: Run::Call(|args, host| in_place(args, union(args, host))),
        examples: &[Shows("union!([1, 2], [2, 3])", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "intersect!(v, rest...)",
        doc: "Keeps the elements of v that are in all of the others, in place.",
        more: "",
        run: Run::Call(|args, host| in_place(args, intersect(args, host))),
        examples: &[Shows("intersect!([1, 2], [2, 3])", "1-element Vector{Int64}:\n 2")],
    },
    Builtin {
        sig: "setdiff!(v, rest...)",
        doc: "Takes the elements of the others out of v, in place.",
        more: "",
        run: Run::Call(|args, host| in_place(args, chosen(args, host, |in_others, _| in_others == 0))),
        examples: &[Shows("setdiff!([1, 2], [2, 3])", "1-element Vector{Int64}:\n 1")],
    },
    Builtin {
        sig: "symdiff!(v, rest...)",
        doc: "Makes v the elements that are in an odd number of them, in place.",
        more: "",
        run: Run::Call(|args, host| in_place(args, symdiff(args, host))),
        examples: &[Shows("symdiff!([1, 2], [2, 3])", "2-element Vector{Int64}:\n 1\n 3")],
    },
    Builtin {
        sig: "issubset(a, b)",
        doc: "Is every element of a in b? As a ⊆ b.",
        more: "",
        run: Run::Call(|args, host| holds_all(args, host, 0, 1).map(Value::bool)),
        examples: &[Shows("issubset([1], [1, 2])", "true")],
    },
    Builtin {
        sig: "issetequal(a, b)",
        doc: "Have a and b the same elements?",
        more: "",
        run: Run::Call(|args, host| Ok(Value::bool(holds_all(args, host, 0, 1)? && holds_all(args, host, 1, 0)?))),
        examples: &[Shows("issetequal([1, 2], [2, 1, 1])", "true")],
    },
    Builtin {
        sig: "isdisjoint(a, b)",
        doc: "Have a and b no element in common?",
        more: "",
        run: Run::Call(isdisjoint),
        examples: &[Shows("isdisjoint([1], [2])", "true")],
    },
];

/// The first places of values, found again by `isequal`.
pub struct Places {
    by_hash: HashMap<u64, Vec<usize>>,
    values: Vec<Value>,
}

impl Places {
    /// No values yet.
    pub fn new() -> Places {
        Places { by_hash: HashMap::new(), values: Vec::new() }
    }

    /// The places of these values, from 0.
    pub fn of(values: &[Value]) -> Places {
        let mut places = Places::new();
        for value in values {
            places.push(value);
        }
        places
    }

    /// Adds a value, also one that is there already. Was it new?
    fn push(&mut self, value: &Value) -> bool {
        let is_new = self.find(value).is_none();
        self.by_hash.entry(hash(value)).or_default().push(self.values.len());
        self.values.push(value.clone());
        is_new
    }

    /// The first place of a value.
    pub fn find(&self, value: &Value) -> Option<usize> {
        let same = self.by_hash.get(&hash(value))?;
        same.iter().copied().find(|k| operators::is_equal(&self.values[*k], value))
    }
}

impl Places {
    /// How often a value is there.
    fn count(&self, value: &Value) -> usize {
        let same = self.by_hash.get(&hash(value)).map_or(&[][..], Vec::as_slice);
        same.iter().filter(|k| operators::is_equal(&self.values[**k], value)).count()
    }
}

/// Values that are `isequal` have one hash; numbers are hashed by value, whatever their type.
fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    match value {
        Value::Str(text) => text.hash(&mut hasher),
        Value::Tuple(tuple) => tuple.items.iter().for_each(|item| hash(item).hash(&mut hasher)),
        _ => match promote::to_complex(value) {
            Ok(z) if z.re.is_nan() => u64::MAX.hash(&mut hasher),
            Ok(z) => (z.re.to_bits(), z.im == 0.0).hash(&mut hasher),
            Err(_) => match value {
                Value::Array(array) => hash_first(&mut hasher, array.len(), |k| array.value(k)),
                Value::Range(range) => hash_first(&mut hasher, range.len(), |k| range.get(k)),
                // The rest share a hash and are told apart by comparing them.
                _ => 0u8.hash(&mut hasher),
            },
        },
    }
    hasher.finish()
}

/// Hashes the number of elements and a few of them, without what is inside these: an array may contain itself.
fn hash_first(hasher: &mut DefaultHasher, len: usize, element: impl Fn(usize) -> Value) {
    len.hash(hasher);
    let simple = |value: &Value| !matches!(value, Value::Array(_) | Value::Range(_) | Value::Tuple(_));
    (0..len.min(8)).map(element).filter(simple).for_each(|value| hash(&value).hash(hasher));
}

/// Mixes the bits of a number: what a table of numbers needs of a hash, and no more.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, x: u64) {
        // Half the golden ratio, as Knuth proposes; the upper half of the product depends on all bits.
        let product = u128::from(self.0 ^ x) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Places at which stored numbers come for the first time; `None` for other elements.
fn first_places_of_numbers(array: &Array) -> Option<Vec<usize>> {
    fn first(keys: impl Iterator<Item = u64>) -> Vec<usize> {
        let mut seen: HashSet<u64, BuildHasherDefault<Mixed>> = HashSet::default();
        keys.enumerate().filter(|(_, key)| seen.insert(*key)).map(|(k, _)| k).collect()
    }
    match &*array.elements() {
        Elements::Bool(m) => Some(first(m.iter().map(|x| u64::from(*x)))),
        Elements::Int(m) => Some(first(m.iter().map(|x| *x as u64))),
        // One NaN is as good as another; zeros are told apart.
        Elements::Float(m) => Some(first(m.iter().map(|x| if x.is_nan() { u64::MAX } else { x.to_bits() }))),
        Elements::Complex(_) | Elements::Any(..) => None,
    }
}

/// Places at which elements come for the first time.
fn first_places(keys: &[Value]) -> Vec<usize> {
    let mut seen = Places::new();
    keys.iter().enumerate().filter(|(_, key)| seen.push(key)).map(|(k, _)| k).collect()
}

fn chosen_elements(over: &Value, items: &[Value], places: &[usize]) -> Outcome<Value> {
    match promote::as_array(over)? {
        Some(array) => gather_vector(&array, places),
        None => vector(places.iter().map(|k| items[*k].clone()).collect()),
    }
}

fn unique(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let over = args.at(args.count() - 1);
    if let Some(dims) = args.dims()? {
        return unique_lines(args, dims);
    }
    if let (1, Value::Array(array)) = (args.count(), over)
        && let Some(places) = first_places_of_numbers(array)
    {
        return gather_vector(array, &places);
    }
    let items = iterate::elements(over, host)?;
    let places = if args.count() == 2 {
        let keys = items.iter().map(|x| host.call(args.at(0), std::slice::from_ref(x))).collect::<Outcome<Vec<_>>>()?;
        first_places(&keys)
    } else {
        first_places(&items)
    };
    chosen_elements(over, &items, &places)
}

/// The rows (1) or columns (2) of a matrix without repetitions.
fn unique_lines(args: &Arguments<'_>, dims: usize) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let (rows, cols) = array.shape();
    let elements = super::arrays::values_of(&array);
    let line = |k: usize| -> Vec<Value> {
        match dims {
            1 => elements.iter().skip(k).step_by(rows).cloned().collect(),
            _ => elements[k * rows..(k + 1) * rows].to_vec(),
        }
    };
    let count = if dims == 1 { rows } else { cols };
    let lines: Vec<Value> = (0..count).map(|k| Value::tuple(line(k))).collect();
    let places = first_places(&lines);
    let shape = match (array.is_vector(), dims) {
        (true, _) => Shape::vector(if dims == 1 { places.len() } else { rows }),
        (false, 1) => Shape::matrix(places.len(), cols),
        (false, _) => Shape::matrix(rows, places.len()),
    };
    super::arrays::gather(&array, shape, |i, j| if dims == 1 { places[i] + j * rows } else { i + places[j] * rows })
}

fn unique_in_place(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let last = args.count() - 1;
    let array = args.vector(last)?;
    let result = unique(args, host)?;
    super::overwrite::replace_elements(array, &result, Shape::vector(iterate::length(&result).unwrap_or(0)))?;
    Ok(args.at(last).clone())
}

/// Puts what a set operation gives in the place of the elements of its first argument.
fn in_place(args: &Arguments<'_>, result: Outcome<Value>) -> Outcome<Value> {
    let (array, result) = (args.vector(0)?, result?);
    let items = promote::as_array(&result)?.ok_or_else(|| args.refuse(0, "a vector"))?;
    let converted = promote::convert_elements(&items.elements(), &array.eltype())?;
    *array.writable()? = converted;
    Ok(args.at(0).clone())
}

fn allunique(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let Value::Array(array) = args.at(0)
        && let Some(places) = first_places_of_numbers(array)
    {
        return Ok(Value::bool(places.len() == array.len()));
    }
    let items = iterate::elements(args.at(0), host)?;
    Ok(Value::bool(first_places(&items).len() == items.len()))
}

/// The arguments as lists; only things with elements can be sets.
fn lists(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Vec<Vec<Value>>> {
    args.positional.iter().map(|v| iterate::elements(v, host)).collect()
}

/// The element type that the result of joining all of them has, also when it is empty.
fn joined(args: &Arguments<'_>, items: Vec<Value>) -> Outcome<Value> {
    let eltype = |v: &Value| match v {
        Value::Array(array) => Some(array.eltype()),
        Value::Range(range) => Some(range.eltype()),
        _ => None,
    };
    let types: Option<Vec<Type>> = args.positional.iter().map(eltype).collect();
    match types
        .and_then(|types| types.into_iter().reduce(|a, b| crate::value::types::promote(&a, &b).unwrap_or(Type::Any)))
    {
        Some(ty) => promote::typed_vector(items, &ty).map(Value::array),
        None => vector(items),
    }
}

fn union(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let items: Vec<Value> = lists(args, host)?.concat();
    let places = first_places(&items);
    joined(args, places.into_iter().map(|k| items[k].clone()).collect())
}

/// Elements of the first list, once each, for which `keep` says yes to the number of other lists that hold them.
fn chosen(args: &Arguments<'_>, host: &dyn Host, keep: fn(usize, usize) -> bool) -> Outcome<Value> {
    let lists = lists(args, host)?;
    let others: Vec<Places> = lists[1..].iter().map(|list| Places::of(list)).collect();
    let first = &lists[0];
    let wanted = |k: &usize| keep(others.iter().filter(|o| o.find(&first[*k]).is_some()).count(), others.len());
    let places: Vec<usize> = first_places(first).into_iter().filter(wanted).collect();
    chosen_elements(args.at(0), first, &places)
}

fn intersect(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let [Value::Range(a), Value::Range(b)] = args.positional
        && let (Range::Int { start: i, len: m, unit: true, .. }, Range::Int { start: j, len: n, unit: true, .. }) =
            (&**a, &**b)
        && *m > 0
        && *n > 0
    {
        // The last elements are integers too, so nothing overflows.
        let stop = (i + (*m as i64 - 1)).min(j + (*n as i64 - 1));
        return Ok(Value::Range(Rc::new(Range::unit(*i.max(j), stop))));
    }
    chosen(args, host, |in_others, others| in_others == others)
}

/// What comes an odd number of times, all of them and every repetition counted.
fn symdiff(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let items = lists(args, host)?.concat();
    let all = Places::of(&items);
    let odd = |k: &usize| all.count(&items[*k]) % 2 == 1;
    let places: Vec<usize> = first_places(&items).into_iter().filter(odd).collect();
    joined(args, places.into_iter().map(|k| items[k].clone()).collect())
}

fn holds_all(args: &Arguments<'_>, host: &dyn Host, inner: usize, outer: usize) -> Outcome<bool> {
    if let range @ Value::Range(_) = args.at(outer) {
        for item in iterate::elements(args.at(inner), host)? {
            if operators::binary(crate::op::BinaryOp::In, &item, range)? != Value::bool(true) {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let outer = Places::of(&iterate::elements(args.at(outer), host)?);
    Ok(iterate::elements(args.at(inner), host)?.iter().all(|x| outer.find(x).is_some()))
}

fn isdisjoint(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let b = Places::of(&iterate::elements(args.at(1), host)?);
    Ok(Value::bool(iterate::elements(args.at(0), host)?.iter().all(|x| b.find(x).is_none())))
}
