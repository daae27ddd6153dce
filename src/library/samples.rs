//! Samples described: how often and in which order their values are, their shape, and the normal distribution.

use super::matlab::renamed;
use super::sets::Places;
use super::stats::{along, average, empty, floats, quantile_of_sorted};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::broadcast::{Dotted, broadcast};
use crate::op::BinaryOp;
use crate::value::array::{element_count, reserve};
use crate::value::display::{describe, repr};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value, compare, iterate};
use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2, TAU};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "mode(A; dims)",
        doc: "The value that is there most often; of several, the one that comes first.",
        more: "",
        run: Run::Call(|args, host| along(args, host, |args, v, _| mode(args, v, host))),
        examples: &[
            Shows("mode([3, 1, 3, 2])", "3"),
            Shows("mode([1 2; 1 3; 0 3], dims=1)", "1×2 Matrix{Int64}:\n 1  3"),
        ],
    },
    Builtin {
        sig: "counts(v) | counts(v, levels)",
        doc: "How often each of the levels is in v.",
        more: "Without levels v has integers, and these are all from the smallest to the largest.",
        run: Run::Call(counts),
        examples: &[
            Shows("counts([1, 2, 2, 4])", "4-element Vector{Int64}:\n 1\n 2\n 0\n 1"),
            Shows("counts([\"a\", \"b\", \"a\"], [\"a\", \"b\"])", "2-element Vector{Int64}:\n 2\n 1"),
        ],
    },
    Builtin {
        sig: "histogram(v, bins = 10)",
        doc: "How many values lie in each of some intervals, as a named tuple (counts, edges).",
        more: "bins is a number of intervals from the smallest to the largest value, all of one width, or their edges in order. \
               An interval holds its lower edge, the last one its upper edge too; values outside of the edges are left out.",
        run: Run::Call(histogram),
        examples: &[
            Shows("histogram([1, 2, 2, 5], 2).counts", "2-element Vector{Int64}:\n 3\n 1"),
            Shows("histogram([1, 2, 2, 5], 0:2:6).counts", "3-element Vector{Int64}:\n 1\n 2\n 1"),
            Shows("sum(histogram([1e38, 1e38]).counts)", "2"),
            Fails("histogram([1, 2], [3, 1])", "in order"),
            Fails("histogram([1.0, nextfloat(1.0)])", "too close"),
        ],
    },
    Builtin {
        sig: "tiedrank(v)",
        doc: "The place of each element in the sorted vector; equal elements share the mean of their places.",
        more: "",
        run: Run::Call(tiedrank),
        examples: &[Shows("tiedrank([10, 30, 10])", "3-element Vector{Float64}:\n 1.5\n 3.0\n 1.5")],
    },
    Builtin {
        sig: "zscore(A; dims) | zscore(A, mean, std)",
        doc: "By how many standard deviations each element lies above the mean.",
        more: "With dims, each column or row is measured by its own mean and deviation.",
        run: Run::Call(zscore),
        examples: &[
            Shows("zscore([1, 2, 3])", "3-element Vector{Float64}:\n -1.0\n  0.0\n  1.0"),
            Shows("zscore([1 10; 3 30], dims=1)[1, 1] == zscore([1 10; 3 30], dims=1)[1, 2]", "true"),
        ],
    },
    Builtin {
        sig: "percentile(v, p)",
        doc: "The value below which p percent of the elements lie: quantile(v, p / 100).",
        more: "",
        run: Run::Call(|args, host| along(&first_of(args), host, |inner, v, _| percentile(args, inner, v))),
        examples: &[Shows("percentile(0:10, 25)", "2.5"), Fails("percentile([1, 2], 101)", "0 and 100")],
    },
    Builtin {
        sig: "iqr(A; dims)",
        doc: "The distance between the quartiles, between which the middle half of the elements lies.",
        more: "",
        run: Run::Call(|args, host| described(args, host, |v| quartile(v, 0.75) - quartile(v, 0.25))),
        examples: &[Shows("iqr([1, 2, 3, 4, 5])", "2.0")],
    },
    Builtin {
        sig: "geomean(A; dims)",
        doc: "The geometric mean: the root of order n of the product of n elements.",
        more: "",
        run: Run::Call(|args, host| {
            described(args, host, |v| average(&v.iter().map(|x| x.ln()).collect::<Vec<f64>>()).exp())
        }),
        examples: &[Shows("geomean([1, 4])", "2.0")],
    },
    Builtin {
        sig: "harmmean(A; dims)",
        doc: "The harmonic mean: the inverse of the mean of the inverses.",
        more: "",
        run: Run::Call(|args, host| {
            described(args, host, |v| average(&v.iter().map(|x| x.recip()).collect::<Vec<f64>>()).recip())
        }),
        examples: &[Shows("harmmean([1, 3])", "1.5")],
    },
    Builtin {
        sig: "rms(A; dims)",
        doc: "The root of the mean of the squares.",
        more: "",
        run: Run::Call(|args, host| {
            described(args, host, |v| average(&v.iter().map(|x| x * x).collect::<Vec<f64>>()).sqrt())
        }),
        examples: &[Shows("rms([1, -1])", "1.0")],
    },
    Builtin {
        sig: "skewness(A; dims)",
        doc: "How far a sample leans to one side: its third moment around the mean, in standard deviations.",
        more: "Without a correction for small samples; 0 for a symmetric one.",
        run: Run::Call(|args, host| described(args, host, |v| moment(v, 3) / moment(v, 2).powf(1.5))),
        examples: &[Shows("skewness([1, 2, 3])", "0.0")],
    },
    Builtin {
        sig: "kurtosis(A; dims)",
        doc: "How heavy the tails of a sample are: its fourth moment around the mean, in standard deviations, less 3.",
        more: "Without a correction for small samples; 0 for the normal distribution.",
        run: Run::Call(|args, host| described(args, host, |v| moment(v, 4) / moment(v, 2).powi(2) - 3.0)),
        examples: &[Shows("kurtosis([1, 2, 3])", "-1.5")],
    },
    Builtin {
        sig: "normpdf(x, mean = 0, std = 1)",
        doc: "The density of the normal distribution at x.",
        more: "",
        run: Run::Call(|args, _| normal(args, |z, std| (-z * z / 2.0).exp() / (std * TAU.sqrt()))),
        examples: &[Shows("normpdf(0) ≈ 1 / sqrt(2π)", "true"), Fails("normpdf(0, 0, -1)", "positive")],
    },
    Builtin {
        sig: "normcdf(x, mean = 0, std = 1)",
        doc: "The probability that a normally distributed number is not larger than x.",
        more: "",
        run: Run::Call(|args, _| normal(args, |z, _| libm::erfc(-z * FRAC_1_SQRT_2) / 2.0)),
        examples: &[Shows("normcdf(0)", "0.5"), Shows("round(normcdf(1.96), digits=4)", "0.975")],
    },
    Builtin {
        sig: "norminv(p, mean = 0, std = 1)",
        doc: "The number that a normally distributed one does not exceed with probability p.",
        more: "",
        run: Run::Call(norminv),
        examples: &[Shows("round(norminv(0.975), digits=4)", "1.96"), Fails("norminv(2)", "between 0 and 1")],
    },
];

/// A float for all elements, or along a dimension.
fn described(args: &Arguments<'_>, host: &dyn Host, one: fn(&[f64]) -> f64) -> Outcome<Value> {
    along(args, host, |args, over, _| {
        let v = floats(args, 0, over)?;
        if v.is_empty() { Err(empty(args)) } else { Ok(Value::float(one(&v))) }
    })
}

fn first_of<'a>(args: &Arguments<'a>) -> Arguments<'a> {
    Arguments { name: args.name, positional: &args.positional[..1], keyword: args.keyword }
}

fn quartile(v: &[f64], part: f64) -> f64 {
    let mut sorted = v.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, part, (1.0, 1.0)).unwrap_or(f64::NAN)
}

fn moment(v: &[f64], order: i32) -> f64 {
    let center = average(v);
    average(&v.iter().map(|x| (x - center).powi(order)).collect::<Vec<f64>>())
}

fn percentile(args: &Arguments<'_>, inner: &Arguments<'_>, over: &Value) -> Outcome<Value> {
    let p = args.float(1)?;
    if !(0.0..=100.0).contains(&p) {
        return Err(Fault::argument(format!("{} percent", repr(args.at(1))))
            .rule("percent are between 0 and 100")
            .label(Part::Argument(1), repr(args.at(1))));
    }
    let v = floats(inner, 0, over)?;
    if v.is_empty() { Err(empty(args)) } else { Ok(Value::float(quartile(&v, p / 100.0))) }
}

fn mode(args: &Arguments<'_>, over: &Value, host: &dyn Host) -> Outcome<Value> {
    let items = iterate::elements(over, host)?;
    let places = Places::of(&items);
    let mut count = reserve::<usize>(items.len())?;
    count.resize(items.len(), 0);
    for item in &items {
        count[places.find(item).unwrap_or(0)] += 1;
    }
    let most = count.iter().copied().max().unwrap_or(0);
    match items.into_iter().zip(count).find(|(_, count)| *count == most) {
        Some((item, _)) => Ok(item),
        None => Err(empty(args)),
    }
}

fn counts(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let items = iterate::elements(args.at(0), host)?;
    if args.count() == 2 {
        let levels = iterate::elements(args.at(1), host)?;
        let places = Places::of(&levels);
        return Ok(Value::vector(counted(items.iter().filter_map(|item| places.find(item)), levels.len())?));
    }
    let ints = items.iter().map(super::arguments::integer).collect::<Option<Vec<i64>>>();
    let Some(ints) = ints else {
        return Err(args
            .refuse(0, "a list of integers")
            .hint("counts(v, unique(v)) counts anything; histogram(v) counts in intervals"));
    };
    let (Some(low), Some(high)) = (ints.iter().min(), ints.iter().max()) else {
        return Ok(Value::vector(Vec::<i64>::new()));
    };
    let levels = usize::try_from(i128::from(*high) - i128::from(*low) + 1).unwrap_or(usize::MAX);
    element_count(levels, 1)?;
    Ok(Value::vector(counted(ints.iter().map(|x| x.abs_diff(*low) as usize), levels)?))
}

fn counted(places: impl Iterator<Item = usize>, levels: usize) -> Outcome<Vec<i64>> {
    let mut counts = reserve::<i64>(levels)?;
    counts.resize(levels, 0);
    for place in places {
        counts[place] += 1;
    }
    Ok(counts)
}

fn histogram(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let values = floats(args, 0, &super::reduce::stored(args.at(0), host)?)?;
    let edges = match args.get(1) {
        Some(Value::Array(_) | Value::Range(_)) => args.reals(1)?,
        bins => {
            let bins = if bins.is_some() { args.size(1)? } else { 10 };
            equal_edges(args, &values, bins)?
        }
    };
    let is_ordered = edges.len() >= 2 && edges.windows(2).all(|w| w[0] < w[1]);
    if !is_ordered {
        let fault = Fault::argument("the edges of a histogram's intervals")
            .rule("edges are two numbers or more in order, none twice");
        return Err(match args.get(1) {
            Some(edges) => fault.label(Part::Argument(1), describe(edges)),
            None => fault.label(Part::Argument(0), "values too close to each other for 10 intervals"),
        });
    }
    let last = edges.len() - 2;
    let place = |x: &f64| {
        let (low, high) = (edges[0], edges[last + 1]);
        (low..=high).contains(x).then(|| (edges.partition_point(|edge| edge <= x) - 1).min(last))
    };
    let counts = counted(values.iter().filter_map(place), last + 1)?;
    Ok(Value::named_tuple(vec![("counts", Value::vector(counts)), ("edges", Value::vector(edges))]))
}

/// The edges of `bins` intervals of one width from the smallest to the largest value.
fn equal_edges(args: &Arguments<'_>, values: &[f64], bins: usize) -> Outcome<Vec<f64>> {
    let finite = || values.iter().copied().filter(|x| x.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    if low > high {
        return Err(empty(args));
    }
    if bins == 0 {
        return Err(Fault::argument("a histogram has one interval at least").label(Part::Argument(1), "0"));
    }
    // Values that are all the same lie in the middle, of intervals wide enough for edges to differ.
    let half = (low.abs() * f64::EPSILON * bins as f64).max(0.5);
    let (low, high) = if low == high { ((low - half).max(f64::MIN), (high + half).min(f64::MAX)) } else { (low, high) };
    let mut edges = reserve::<f64>(bins.saturating_add(1))?;
    for k in 0..=bins {
        let part = k as f64 / bins as f64;
        edges.push(if k == bins { high } else { low * (1.0 - part) + high * part });
    }
    Ok(edges)
}

fn tiedrank(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let v = args.reals(0)?;
    let mut order = reserve::<usize>(v.len())?;
    order.extend(0..v.len());
    order.sort_by(|a, b| compare::order_floats(v[*a], v[*b]));
    let mut ranks = vec![0.0; v.len()];
    let mut below = 0;
    for tied in order.chunk_by(|a, b| v[*a] == v[*b]) {
        for place in tied {
            ranks[*place] = below as f64 + (tied.len() + 1) as f64 / 2.0;
        }
        below += tied.len();
    }
    Ok(Value::vector(ranks))
}

fn zscore(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (mean, std) = match args.positional {
        [_, mean, std] => (mean.clone(), std.clone()),
        _ => (renamed("mean", args, host)?, renamed("std", args, host)?),
    };
    let leaf = |k| Box::new(Dotted::Leaf(k));
    let distance = Dotted::Binary(BinaryOp::Sub, leaf(0), leaf(1));
    let tree = Dotted::Binary(BinaryOp::Div, Box::new(distance), leaf(2));
    broadcast(&tree, &[args.at(0).clone(), mean, std], host)
}

/// A function of the distance from the mean in standard deviations.
fn normal(args: &Arguments<'_>, f: fn(f64, f64) -> f64) -> Outcome<Value> {
    let (mean, std) = mean_and_std(args)?;
    Ok(Value::float(f((args.float(0)? - mean) / std, std)))
}

fn mean_and_std(args: &Arguments<'_>) -> Outcome<(f64, f64)> {
    let given = |k: usize, default: f64| if k < args.count() { args.float(k) } else { Ok(default) };
    let (mean, std) = (given(1, 0.0)?, given(2, 1.0)?);
    if std > 0.0 || std.is_nan() {
        return Ok((mean, std));
    }
    Err(Fault::argument(format!("{}: the standard deviation is {}", args.name, repr(args.at(2))))
        .rule("a standard deviation is positive")
        .label(Part::Argument(2), repr(args.at(2))))
}

fn norminv(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (mean, std) = mean_and_std(args)?;
    let p = args.float(0)?;
    if !(0.0..=1.0).contains(&p) && !p.is_nan() {
        return Err(Fault::domain(format!("norminv({})", repr(args.at(0))))
            .rule("a probability lies between 0 and 1")
            .label(Part::Argument(0), repr(args.at(0))));
    }
    Ok(Value::float(mean - std * SQRT_2 * spec_math::misc::erfcinv(2.0 * p)))
}
