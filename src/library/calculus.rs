//! Integrals of sampled values, by straight lines between them.

use super::arrays::Shape;
use super::numbers::Numbers;
use crate::fault::{Fault, Outcome, Part};
use crate::value::array::reserve;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "trapz(y; dims) | trapz(x, y; dims)",
        doc: "The area under the points, joined by straight lines.",
        more: "Without x, the points are 1 apart. Of a matrix, dims=1 (as without dims) goes down every column, dims=2 along \
               every row.",
        run: Run::Call(|args, _| integrated(args, Kept::Last)),
        examples: &[
            Shows("trapz([1, 2, 3])", "4.0"),
            Shows("trapz([0, 2, 4], [1, 2, 3])", "8.0"),
            Shows("trapz([1 2; 3 4])", "1×2 Matrix{Float64}:\n 2.0  3.0"),
            Fails("trapz([0, 1], [1, 2, 3])", "2 x for 3 y"),
        ],
    },
    Builtin {
        sig: "cumtrapz(y; dims) | cumtrapz(x, y; dims)",
        doc: "The area under the points so far, joined by straight lines; it begins with 0.",
        more: "As trapz, whose value is the last element.",
        run: Run::Call(|args, _| integrated(args, Kept::All)),
        examples: &[Shows("cumtrapz([1, 2, 3])", "3-element Vector{Float64}:\n 0.0\n 1.5\n 4.0")],
    },
];

/// Which of the areas up to each point are wanted.
#[derive(Clone, Copy, PartialEq)]
enum Kept {
    Last,
    All,
}

fn integrated(args: &Arguments<'_>, kept: Kept) -> Outcome<Value> {
    let place = args.count() - 1;
    let array = args.read_array(place)?;
    let shape = Shape::of(&array);
    let y = match Numbers::of(&array)? {
        Some(Numbers::Int(y)) => y.into_iter().map(|y| y as f64).collect(),
        Some(Numbers::Float(y)) => y,
        None if array.is_empty() => Vec::new(),
        _ => return Err(args.refuse_elements(place, "real numbers")),
    };
    let along = match args.dims()? {
        Some(2) if array.is_vector() => return Err(Fault::argument("a vector has one dimension: dims=1")),
        // A row by itself lies along the rows.
        None => shape.rows == 1 && !array.is_vector(),
        dims => dims == Some(2),
    };
    let (count, lines) = if along { (shape.cols, shape.rows) } else { (shape.rows, shape.cols) };
    let x = if args.count() == 2 { Some(args.reals(0)?) } else { None };
    if let Some(x) = &x
        && x.len() != count
    {
        return Err(Fault::dimension(format!("{} x for {count} y", x.len()))
            .rule(format!("{} needs an x for every y", args.name))
            .label(Part::Argument(0), describe(args.at(0)))
            .label(Part::Argument(1), describe(args.at(1))));
    }
    let (stride, next_line) = if along { (shape.rows, 1) } else { (1, shape.rows) };
    let mut areas = reserve::<f64>(shape.count()?.max(lines))?;
    areas.resize(if kept == Kept::All { y.len() } else { lines }, 0.0);
    for line in 0..lines {
        crate::interrupt::check()?;
        let at = |k: usize| line * next_line + k * stride;
        let mut area = 0.0;
        for k in 1..count {
            let width = x.as_ref().map_or(1.0, |x| x[k] - x[k - 1]);
            area += width * (y[at(k - 1)] + y[at(k)]) / 2.0;
            match kept {
                Kept::All => areas[at(k)] = area,
                Kept::Last => areas[line] = area,
            }
        }
    }
    if kept == Kept::All {
        return Ok(shape.fill_with(areas));
    }
    // One line of numbers has one area.
    match areas.as_slice() {
        [area] if array.is_vector() || shape.rows == 1 || shape.cols == 1 => Ok(Value::float(*area)),
        _ if along => Ok(Shape::matrix(lines, 1).fill_with(areas)),
        _ => Ok(Shape::matrix(1, lines).fill_with(areas)),
    }
}
