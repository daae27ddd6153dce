//! Convolution of vectors and matrices, and filters.

use super::arrays::Shape;
use super::fourier::{Dims, transform};
use super::numbers::{Numbers, Pair, is_list};
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::array::{element_count, reserve};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Complex64, Host, Value};
use rustfft::FftDirection;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "conv(u, v, shape = \"full\")",
        doc: "The convolution of two vectors, which is the product of polynomials; of two matrices, in both dimensions.",
        more: "shape=\"same\" keeps the middle part, as large as u; \"valid\" keeps what is made without the zeros around u.",
        run: Run::Call(conv),
        examples: &[
            Shows("conv([1, 1], [1, -1])", "3-element Vector{Int64}:\n  1\n  0\n -1"),
            Shows("conv([1, 2, 3], [1, 1, 1], \"same\")", "3-element Vector{Int64}:\n 3\n 6\n 5"),
            Fails("conv([1, 2], [1], \"sam\")", "same"),
        ],
    },
    Builtin {
        sig: "conv2(A, B, shape = \"full\")",
        doc: "The convolution of two matrices.",
        more: "MATLAB's name; shape is \"full\", \"same\" or \"valid\", as for conv. A vector counts as a column.",
        run: Run::Call(conv2),
        examples: &[
            Shows("conv2([1 2; 3 4], [1 1])", "2×3 Matrix{Int64}:\n 1  3  2\n 3  7  4"),
            Shows("conv2([1 2 3; 4 5 6; 7 8 9], ones(Int64, 2, 2), \"valid\")", "2×2 Matrix{Int64}:\n 12  16\n 24  28"),
        ],
    },
    Builtin {
        sig: "filter2(h, A)",
        doc: "A with each element replaced by the sum of its neighbours, weighted by h.",
        more: "MATLAB's name: the convolution of A with h turned by 180 degrees, as large as A.",
        run: Run::Call(filter2),
        examples: &[Shows("filter2([0 0 1], [1 2 3])", "1×3 Matrix{Int64}:\n 2  3  0")],
    },
    Builtin {
        sig: "filt(b, x) | filt(b, a, x)",
        doc: "The signal x through the digital filter with coefficients b, and a for what is fed back.",
        more: "a[1]*y[n] = b[1]*x[n] + b[2]*x[n-1] + … - a[2]*y[n-1] - … It is MATLAB's filter(b, a, x).",
        run: Run::Call(filt),
        examples: &[
            Shows("filt([0.5, 0.5], [1, 2, 3])", "3-element Vector{Float64}:\n 0.5\n 1.5\n 2.5"),
            Shows("filt([1], [1, -0.5], [1, 0, 0])", "3-element Vector{Float64}:\n 1.0\n 0.5\n 0.25"),
        ],
    },
];

/// Which part of a convolution is kept.
#[derive(Clone, Copy, PartialEq)]
enum Kept {
    Full,
    Same,
    Valid,
}

const KEPT: &[(&str, Kept)] = &[("full", Kept::Full), ("same", Kept::Same), ("valid", Kept::Valid)];

/// Products of floats beyond which the way through the Fourier transform is shorter.
const DIRECT: usize = 1 << 22;

fn conv(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (u, v) = (args.read_array(0)?, args.read_array(1)?);
    let (a, b) = (operand(args, 0)?, operand(args, 1)?);
    if !is_list(&u) || !is_list(&v) {
        return convolved(args, a, b);
    }
    // Lists lie in the direction of u.
    let lying = u.shape().0 == 1 && !u.is_vector();
    let turned = |(numbers, _): (Numbers, Shape)| {
        let n = numbers.len();
        (numbers, if lying { Shape::matrix(1, n) } else { Shape { rows: n, cols: 1, form: Shape::of(&u).form } })
    };
    convolved(args, turned(a), turned(b))
}

fn conv2(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (a, b) = (operand(args, 0)?, operand(args, 1)?);
    let matrix = |(numbers, shape): (Numbers, Shape)| (numbers, Shape::matrix(shape.rows, shape.cols));
    convolved(args, matrix(a), matrix(b))
}

fn filter2(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (mut weights, weights_shape) = operand(args, 0)?;
    match &mut weights {
        Numbers::Int(v) => v.reverse(),
        Numbers::Float(v) => v.reverse(),
        Numbers::Complex(v) => v.reverse(),
    }
    full(operand(args, 1)?, (weights, weights_shape), Kept::Same)
}

fn operand(args: &Arguments<'_>, k: usize) -> Outcome<(Numbers, Shape)> {
    let array = args.read_array(k)?;
    if array.is_empty() {
        return Err(
            Fault::argument(format!("{} of an empty array has no value", args.name)).label(Part::Argument(k), "empty")
        );
    }
    let numbers = Numbers::of(&array)?.ok_or_else(|| args.refuse_elements(k, "numbers"))?;
    Ok((numbers, Shape::of(&array)))
}

fn convolved(args: &Arguments<'_>, a: (Numbers, Shape), b: (Numbers, Shape)) -> Outcome<Value> {
    full(a, b, args.choice(2, "shape", KEPT)?.unwrap_or(Kept::Full))
}

fn full((a, a_shape): (Numbers, Shape), (b, b_shape): (Numbers, Shape), kept: Kept) -> Outcome<Value> {
    let shapes = [a_shape, b_shape];
    let whole =
        Shape { rows: a_shape.rows + b_shape.rows - 1, cols: a_shape.cols + b_shape.cols - 1, form: a_shape.form };
    let work = a.len().saturating_mul(b.len());
    let zero = Complex64::new(0.0, 0.0);
    match Pair::of(a, b) {
        Pair::Int(a, b) => part(&direct(&a, &b, shapes, whole, 0, checked)?, whole, shapes, kept),
        Pair::Float(a, b) if work <= DIRECT => {
            part(&direct(&a, &b, shapes, whole, 0.0, |sum, x, y| Ok(sum + x * y))?, whole, shapes, kept)
        }
        Pair::Complex(a, b) if work <= DIRECT => {
            part(&direct(&a, &b, shapes, whole, zero, |sum, x, y| Ok(sum + x * y))?, whole, shapes, kept)
        }
        Pair::Float(a, b) => {
            let complex = |v: Vec<f64>| Numbers::Float(v).into_complexes();
            let items = through_fourier(&complex(a), &complex(b), shapes, whole)?;
            part(&items.into_iter().map(|z| z.re).collect::<Vec<f64>>(), whole, shapes, kept)
        }
        Pair::Complex(a, b) => part(&through_fourier(&a, &b, shapes, whole)?, whole, shapes, kept),
    }
}

fn checked(sum: i64, x: i64, y: i64) -> Outcome<i64> {
    let found = x.checked_mul(y).and_then(|product| sum.checked_add(product));
    found.ok_or_else(|| Fault::overflow("a sum of products is too large for an Int64").hint("conv(float(u), v)"))
}

/// `sum + x * y` for all pairs of elements, where their places meet.
fn direct<T: Copy>(
    a: &[T],
    b: &[T],
    [a_shape, b_shape]: [Shape; 2],
    whole: Shape,
    zero: T,
    add_product: impl Fn(T, T, T) -> Outcome<T>,
) -> Outcome<Vec<T>> {
    let mut sums = reserve::<T>(whole.count()?)?;
    sums.resize(whole.count()?, zero);
    for (k, x) in a.iter().enumerate() {
        interrupt::check()?;
        let (i, j) = (k % a_shape.rows, k / a_shape.rows);
        for (l, column) in b.chunks_exact(b_shape.rows).enumerate() {
            let start = i + (j + l) * whole.rows;
            for (sum, y) in sums[start..].iter_mut().zip(column) {
                *sum = add_product(*sum, *x, *y)?;
            }
        }
    }
    Ok(sums)
}

/// By the convolution theorem: the product of the transforms, with enough zeros that nothing goes round.
fn through_fourier(a: &[Complex64], b: &[Complex64], shapes: [Shape; 2], whole: Shape) -> Outcome<Vec<Complex64>> {
    // A power of two is transformed fastest.
    let padded = |n: usize| if n == 1 { 1 } else { n.next_power_of_two() };
    let room = Shape::matrix(padded(whole.rows), padded(whole.cols));
    let spread = |items: &[Complex64], shape: Shape| -> Outcome<Vec<Complex64>> {
        let mut wide = reserve::<Complex64>(element_count(room.rows, room.cols)?)?;
        wide.resize(room.rows * room.cols, Complex64::new(0.0, 0.0));
        for (column, target) in items.chunks_exact(shape.rows).zip(wide.chunks_exact_mut(room.rows)) {
            target[..shape.rows].copy_from_slice(column);
        }
        transform(&mut wide, room, Dims::all(room), FftDirection::Forward)?;
        Ok(wide)
    };
    let (mut product, other) = (spread(a, shapes[0])?, spread(b, shapes[1])?);
    for (x, y) in product.iter_mut().zip(&other) {
        *x *= y;
    }
    transform(&mut product, room, Dims::all(room), FftDirection::Inverse)?;
    let columns = product.chunks_exact(room.rows).take(whole.cols);
    Ok(columns.flat_map(|column| column[..whole.rows].iter().copied()).collect())
}

/// The part that is kept, of the whole of the convolution of arrays of two shapes.
fn part<T: crate::value::Element + Copy>(items: &[T], whole: Shape, [a, b]: [Shape; 2], kept: Kept) -> Outcome<Value> {
    let valid = |a: usize, b: usize| (a + 1).saturating_sub(b);
    let (from, rows, cols) = match kept {
        Kept::Full => ((0, 0), whole.rows, whole.cols),
        Kept::Same => ((b.rows / 2, b.cols / 2), a.rows, a.cols),
        Kept::Valid => ((b.rows - 1, b.cols - 1), valid(a.rows, b.rows), valid(a.cols, b.cols)),
    };
    Shape { rows, cols, form: whole.form }.made_at(|i, j| items[from.0 + i + (from.1 + j) * whole.rows])
}

fn filt(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let x_place = args.count() - 1;
    let (b, x) = (args.reals(0)?, args.reals(x_place)?);
    let a = if args.count() == 3 { args.reals(1)? } else { vec![1.0] };
    let Some(first) = a.first().copied().filter(|first| *first != 0.0) else {
        return Err(Fault::argument("the first coefficient of a is zero or missing")
            .rule("filt divides by a[1], which must not be zero")
            .label(Part::Argument(1), "a[1]"));
    };
    let mut y = reserve::<f64>(x.len())?;
    for n in 0..x.len() {
        interrupt::check()?;
        let fed: f64 = b.iter().zip(x[..=n].iter().rev()).map(|(b, x)| b * x).sum();
        let back: f64 = a[1..].iter().zip(y.iter().rev()).map(|(a, y): (&f64, &f64)| a * y).sum();
        y.push((fed - back) / first);
    }
    Ok(Value::vector(y))
}
