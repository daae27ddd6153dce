//! Random numbers. Every algorithm here is fixed, so that a seed gives the same numbers on every machine.

use super::arrays::{Shape, gather_vector, shape_argument, shaped};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::normals;
use crate::maths;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Complex64, Host, Range, Type, Value, iterate};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "rand(sizes...) | rand(T, sizes...) | rand(S, sizes...)",
        doc: "Random numbers between 0 and 1, of a type T, or chosen from the elements of S.",
        more: "rand(1:6, 3) throws three dice, rand(Bool, 2, 2) tosses four coins. Random.seed!(n) makes them repeatable.",
        run: Run::Call(rand),
        examples: &[
            Shows("size(rand(2, 3))", "(2, 3)"),
            Shows("all(1 .<= rand(1:6, 10) .<= 6)", "true"),
            Shows("eltype(rand(Bool, 2, 2))", "Bool"),
        ],
    },
    Builtin {
        sig: "randn(sizes...) | randn(T, sizes...)",
        doc: "Normally distributed random numbers with mean 0 and standard deviation 1.",
        more: "",
        run: Run::Call(randn),
        examples: &[Shows("size(randn(3))", "(3,)")],
    },
    Builtin {
        sig: "randexp(sizes...)",
        doc: "Exponentially distributed random numbers with mean 1.",
        more: "",
        run: Run::Call(randexp),
        examples: &[Shows("randexp() >= 0", "true")],
    },
    Builtin {
        sig: "bitrand(sizes...)",
        doc: "An array of random Bools.",
        more: "",
        run: Run::Call(|args, host| shape_argument(args, 0)?.made(|| coin(host))),
        examples: &[Shows("length(bitrand(3))", "3")],
    },
    Builtin {
        sig: "randi(n, sizes...) | randi((a, b), sizes...)",
        doc: "Random integers from 1 to n, or from a to b.",
        more: "MATLAB's name; rand(1:n, sizes...) is the same.",
        run: Run::Call(randi),
        examples: &[Shows("1 <= randi(6) <= 6", "true")],
    },
    Builtin {
        sig: "randperm(n)",
        doc: "The numbers from 1 to n in random order.",
        more: "",
        run: Run::Call(randperm),
        examples: &[Shows("sort(randperm(3))", "3-element Vector{Int64}:\n 1\n 2\n 3")],
    },
    Builtin {
        sig: "randcycle(n)",
        doc: "A random permutation of 1 to n that is one cycle.",
        more: "",
        run: Run::Call(randcycle),
        examples: &[Shows("length(randcycle(4))", "4")],
    },
    Builtin {
        sig: "shuffle(v)",
        doc: "The elements of a vector in random order.",
        more: "",
        run: Run::Call(shuffle),
        examples: &[Shows("sort(shuffle([1, 2]))", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "shuffle!(v)",
        doc: "Puts the elements of a vector in random order, in place.",
        more: "",
        run: Run::Call(shuffle_in_place),
        examples: &[Runs("shuffle!([1, 2, 3])")],
    },
    Builtin {
        sig: "sample(v) | sample(v, n; replace = true)",
        doc: "A random element of v, or n of them; with replace=false no place is drawn twice.",
        more: "",
        run: Run::Call(sample),
        examples: &[
            Shows("sort(sample(1:3, 3, replace=false))", "3-element Vector{Int64}:\n 1\n 2\n 3"),
            Fails("sample(1:3, 4, replace=false)", "3 elements"),
        ],
    },
    Builtin {
        sig: "rand!(A)",
        doc: "Fills an array of floats with random numbers between 0 and 1.",
        more: "",
        run: Run::Call(|args, host| refill(args, host, uniform)),
        examples: &[Runs("rand!(zeros(3))")],
    },
    Builtin {
        sig: "randn!(A)",
        doc: "Fills an array of floats with normally distributed random numbers.",
        more: "",
        run: Run::Call(|args, host| refill(args, host, normal)),
        examples: &[Runs("randn!(zeros(3))")],
    },
    Builtin {
        sig: "randexp!(A)",
        doc: "Fills an array of floats with exponentially distributed random numbers.",
        more: "",
        run: Run::Call(|args, host| refill(args, host, exponential)),
        examples: &[Runs("randexp!(zeros(3))")],
    },
    Builtin {
        sig: "seed!(n)",
        doc: "Starts the random numbers again from a seed, so that they can be repeated; also Random.seed!(n).",
        more: "",
        run: Run::Call(seed),
        examples: &[Shows("seed!(1); x = rand(); seed!(1); x == rand()", "true")],
    },
];

/// A float from 0 (included) to 1 (not included): the 53 highest of 64 random bits.
fn uniform(host: &dyn Host) -> f64 {
    (host.random() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

fn coin(host: &dyn Host) -> bool {
    host.random() >> 63 == 1
}

/// An integer below `n`, each with the same probability (Lemire's method); `n` is not 0.
fn below(host: &dyn Host, n: u64) -> u64 {
    let unfair = n.wrapping_neg() % n;
    loop {
        let product = u128::from(host.random()) * u128::from(n);
        if product as u64 >= unfair {
            return (product >> 64) as u64;
        }
    }
}

/// A normal deviate by Box and Muller, on the logarithm and cosine that are the same on every machine; [`normals::fill`]
/// makes the same of the same numbers.
fn normal(host: &dyn Host) -> f64 {
    let radius = (-2.0 * maths::log(1.0 - uniform(host))).sqrt();
    radius * maths::cos(std::f64::consts::TAU * uniform(host))
}

fn exponential(host: &dyn Host) -> f64 {
    -maths::log(1.0 - uniform(host))
}

fn rand(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.get(0) {
        Some(Value::Type(ty)) => rand_of_type(args, ty, host),
        None | Some(Value::Int(_) | Value::Bool(_)) => floats(args, 0, host, uniform),
        // `rand(size(A))`; among the items of a tuple one chooses with rand([…]).
        Some(Value::Tuple(sizes)) if args.count() == 1 && sizes.items.iter().all(|s| matches!(s, Value::Int(_))) => {
            floats(args, 0, host, uniform)
        }
        Some(Value::Range(range)) if matches!(**range, Range::Int { .. }) => rand_of_range(args, range, host),
        Some(collection) => rand_of_collection(args, collection, host),
    }
}

fn floats(args: &Arguments<'_>, from: usize, host: &dyn Host, one: fn(&dyn Host) -> f64) -> Outcome<Value> {
    if args.count() == from {
        return Ok(Value::float(one(host)));
    }
    shape_argument(args, from)?.made(|| one(host))
}

fn rand_of_type(args: &Arguments<'_>, ty: &Type, host: &dyn Host) -> Outcome<Value> {
    let single = args.count() == 1;
    match ty {
        Type::Float64 => floats(args, 1, host, uniform),
        Type::Bool if single => Ok(Value::bool(coin(host))),
        Type::Bool => shape_argument(args, 1)?.made(|| coin(host)),
        Type::Int64 if single => Ok(Value::Int(host.random() as i64)),
        Type::Int64 => shape_argument(args, 1)?.made(|| host.random() as i64),
        Type::ComplexF64 => complexes(args, host, || Complex64::new(uniform(host), uniform(host))),
        _ => Err(args.refuse(0, "Float64, Int64, Bool or ComplexF64")),
    }
}

fn complexes(args: &Arguments<'_>, _host: &dyn Host, mut one: impl FnMut() -> Complex64) -> Outcome<Value> {
    if args.count() == 1 { Ok(Value::complex(one())) } else { shape_argument(args, 1)?.made(one) }
}

fn nothing_to_choose() -> Fault {
    Fault::argument("there is no element to choose from").label(Part::Argument(0), "empty")
}

fn rand_of_range(args: &Arguments<'_>, range: &Range, host: &dyn Host) -> Outcome<Value> {
    let Range::Int { start, step, len, .. } = *range else { return Err(nothing_to_choose()) };
    if len == 0 {
        return Err(nothing_to_choose());
    }
    // Inside the range nothing overflows, because its last element is an integer too.
    let one = || start.wrapping_add(step.wrapping_mul(below(host, len as u64) as i64));
    if args.count() == 1 { Ok(Value::Int(one())) } else { shape_argument(args, 1)?.made(one) }
}

fn rand_of_collection(args: &Arguments<'_>, collection: &Value, host: &dyn Host) -> Outcome<Value> {
    if super::arguments::is_number(collection) || super::arguments::is_callable(collection) {
        return Err(args.refuse(0, "sizes, a type, or something to choose from"));
    }
    let items = iterate::elements(collection, host)?;
    if items.is_empty() {
        return Err(nothing_to_choose());
    }
    let choose = || items[below(host, items.len() as u64) as usize].clone();
    if args.count() == 1 {
        return Ok(choose());
    }
    let shape = shape_argument(args, 1)?;
    let mut chosen = crate::value::array::reserve::<Value>(shape.count()?)?;
    for _ in 0..shape.count()? {
        chosen.push(choose());
    }
    shaped(chosen, shape)
}

fn randn(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.get(0) {
        Some(Value::Type(ty)) => match **ty {
            Type::Float64 => normal_floats(args, 1, host),
            // The variance 1 is shared by the two parts.
            Type::ComplexF64 => {
                complexes(args, host, || Complex64::new(normal(host), normal(host)) * std::f64::consts::FRAC_1_SQRT_2)
            }
            _ => Err(args.refuse(0, "Float64 or ComplexF64")),
        },
        _ => normal_floats(args, 0, host),
    }
}

fn normal_floats(args: &Arguments<'_>, from: usize, host: &dyn Host) -> Outcome<Value> {
    if args.count() == from {
        return Ok(Value::float(normal(host)));
    }
    let shape = shape_argument(args, from)?;
    let mut items = crate::value::array::reserve(shape.count()?)?;
    items.resize(shape.count()?, 0.0);
    normals::fill(&mut items, || uniform(host))?;
    Ok(shape.fill_with(items))
}

fn randexp(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    floats(args, 0, host, exponential)
}

fn randi(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let range = match super::arguments::tuple_items(args.at(0)) {
        Some([Value::Int(a), Value::Int(b)]) => Range::between(*a, *b)?,
        Some(_) => return Err(args.refuse(0, "an integer or two of them")),
        None => Range::unit(1, args.int(0)?),
    };
    rand_of_range(args, &range, host)
}

/// The numbers from 0 to `n` in random order (Fisher and Yates).
fn permutation(host: &dyn Host, n: usize) -> Outcome<Vec<usize>> {
    let mut places = crate::value::array::reserve::<usize>(n)?;
    places.extend(0..n);
    for k in (1..n).rev() {
        if k % 65536 == 0 {
            crate::interrupt::check()?;
        }
        places.swap(k, below(host, k as u64 + 1) as usize);
    }
    Ok(places)
}

fn randperm(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let places = permutation(host, args.size(0)?)?;
    Ok(Value::vector(places.into_iter().map(|k| k as i64 + 1).collect::<Vec<i64>>()))
}

/// Sattolo's variant of the shuffle: an element never stays in its place.
fn randcycle(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let n = args.size(0)?;
    let mut cycle = crate::value::array::reserve::<i64>(n)?;
    cycle.extend(1..=n as i64);
    for k in (1..n).rev() {
        cycle.swap(k, below(host, k as u64) as usize);
    }
    Ok(Value::vector(cycle))
}

fn sample(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    if args.count() == 1 {
        return if array.is_empty() {
            Err(nothing_to_choose())
        } else {
            Ok(array.value(below(host, array.len() as u64) as usize))
        };
    }
    let count = args.size(1)?;
    if args.flag("replace", true)? {
        return rand_of_collection(&Arguments { keyword: &[], ..*args }, args.at(0), host);
    }
    if count > array.len() {
        return Err(Fault::argument(format!("{count} of {} elements cannot be drawn", array.len()))
            .rule("with replace=false every place is drawn once at most")
            .label(Part::Argument(0), crate::value::display::describe(args.at(0)))
            .label(Part::Argument(1), count.to_string()));
    }
    gather_vector(&array, &permutation(host, array.len())?[..count])
}

fn shuffle(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    gather_vector(&array, &permutation(host, array.len())?)
}

fn shuffle_in_place(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.array(0)?;
    let shuffled = gather_vector(array, &permutation(host, array.len())?)?;
    super::overwrite::replace_elements(array, &shuffled, Shape::of(array))?;
    Ok(args.at(0).clone())
}

fn refill(args: &Arguments<'_>, host: &dyn Host, one: fn(&dyn Host) -> f64) -> Outcome<Value> {
    let array: &Array = args.array(0)?;
    let crate::value::Elements::Float(m) = &mut *array.writable()? else {
        return Err(args.refuse(0, "an array of floats"));
    };
    for x in m.iter_mut() {
        *x = one(host);
    }
    Ok(args.at(0).clone())
}

fn seed(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    host.seed(args.int(0)? as u64);
    Ok(Value::Nothing)
}
