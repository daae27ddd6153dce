//! Orders and choices of the elements of a list.

use super::arrays::{Shape, gather, gather_vector, shaped};
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::array::{element_count, reserve};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Host, Value, iterate, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "permutations(v) | permutations(v, k)",
        doc: "The orders of the elements of v, as a vector of vectors; with k, of every k of them.",
        more: "Elements count by their places: equal ones are exchanged too. perms(v) has them as rows of a matrix.",
        run: Run::Call(permutations),
        examples: &[
            Shows("permutations([1, 2])", "2-element Vector{Vector{Int64}}:\n [1, 2]\n [2, 1]"),
            Shows("length(permutations(1:5, 2))", "20"),
            Fails("permutations([1, 2], 3)", "3 of 2"),
        ],
    },
    Builtin {
        sig: "combinations(v) | combinations(v, k)",
        doc: "The choices of k elements of v in their order, as a vector of vectors; without k, of one, two and more.",
        more: "Their number is binomial(length(v), k).",
        run: Run::Call(combinations),
        examples: &[
            Shows("combinations([1, 2, 3], 2)", "3-element Vector{Vector{Int64}}:\n [1, 2]\n [1, 3]\n [2, 3]"),
            Shows("length(combinations(1:4))", "15"),
        ],
    },
    Builtin {
        sig: "perms(v)",
        doc: "The orders of the elements of v, as the rows of a matrix, the last order first.",
        more: "MATLAB's name; permutations(v) is a vector of vectors.",
        run: Run::Call(perms),
        examples: &[Shows("perms([1, 2])", "2×2 Matrix{Int64}:\n 2  1\n 1  2")],
    },
];

/// The elements of a collection as a vector.
fn collected(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Rc<Array>> {
    if let Some(array) = promote::as_array(args.at(0))? {
        return Ok(array);
    }
    match args.at(0) {
        Value::Tuple(_) => Ok(Rc::new(promote::collect(iterate::elements(args.at(0), host)?)?)),
        _ => Err(args.refuse(0, "a vector")),
    }
}

/// How many elements are asked for, of n.
fn chosen(args: &Arguments<'_>, n: usize) -> Outcome<usize> {
    let k = args.size(1)?;
    if k <= n {
        return Ok(k);
    }
    Err(Fault::argument(format!("{k} of {n} elements cannot be chosen"))
        .rule("k is not larger than the number of elements")
        .label(Part::Argument(0), format!("{n} elements"))
        .label(Part::Argument(1), k.to_string()))
}

/// How many orders there are of k of n elements.
fn count_orders(n: usize, k: usize) -> usize {
    (n - k + 1..=n).fold(1, usize::saturating_mul)
}

/// How many choices there are of k of n elements.
fn count_choices(n: usize, k: usize) -> usize {
    // Every quotient on the way is a number of choices itself.
    (0..k).fold(1, |count: usize, i| count.saturating_mul(n - i) / (i + 1))
}

/// Room for so many vectors of k elements, each an array of its own.
fn room_for(count: usize, k: usize) -> Outcome<Vec<Value>> {
    const WORDS_OF_AN_ARRAY: usize = 24;
    // Only the check: the arrays are made one by one.
    reserve::<u64>(element_count(count, k.saturating_add(WORDS_OF_AN_ARRAY))?)?;
    reserve(count)
}

/// The order with a number, counted from 0 as words in a dictionary: the places of its elements.
fn order(n: usize, k: usize, number: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..n).collect();
    let (mut number, mut behind) = (number, count_orders(n, k));
    (0..k)
        .map(|_| {
            behind /= left.len();
            let place = number / behind;
            number %= behind;
            left.remove(place)
        })
        .collect()
}

fn permutations(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = collected(args, host)?;
    let n = array.len();
    let k = if args.count() == 2 { chosen(args, n)? } else { n };
    let count = count_orders(n, k);
    let mut all = room_for(count, k)?;
    for number in 0..count {
        interrupt::check()?;
        all.push(gather_vector(&array, &order(n, k, number))?);
    }
    shaped(all, Shape::vector(count))
}

fn perms(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = collected(args, host)?;
    let n = array.len();
    let count = count_orders(n, n);
    let mut places = reserve::<usize>(element_count(count, n)?)?;
    for number in (0..count).rev() {
        interrupt::check()?;
        places.extend(order(n, n, number));
    }
    gather(&array, Shape::matrix(count, n), |i, j| places[i * n + j])
}

fn combinations(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = collected(args, host)?;
    let n = array.len();
    let sizes = if args.count() == 2 { [chosen(args, n)?; 2] } else { [1, n] };
    let count = (sizes[0]..=sizes[1]).map(|k| count_choices(n, k)).fold(0, usize::saturating_add);
    let mut all = room_for(count, sizes[1])?;
    for k in sizes[0]..=sizes[1] {
        let mut places: Vec<usize> = (0..k).collect();
        loop {
            interrupt::check()?;
            all.push(gather_vector(&array, &places)?);
            // The last place that can go on does, and those behind it follow closely.
            let Some(last) = (0..k).rev().find(|i| places[*i] < n - k + i) else { break };
            places[last] += 1;
            for i in last + 1..k {
                places[i] = places[i - 1] + 1;
            }
        }
    }
    shaped(all, Shape::vector(count))
}
