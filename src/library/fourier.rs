//! Discrete Fourier transforms of vectors and matrices, under the names of Julia's FFTW and AbstractFFTs.

use super::arguments::{integer, tuple_items};
use super::arrange::shifted;
use super::arrays::{Shape, values_of};
use super::numbers::Numbers;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::array::{element_count, reserve};
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Complex64, Host, Value, promote};
use rustfft::{FftDirection, FftPlanner};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "fft(A, dims = 1:ndims(A))",
        doc: "The discrete Fourier transform: of a vector, or of a matrix in both dimensions.",
        more: "fft(A, 1) transforms every column, fft(A, 2) every row. Of n elements, element k + 1 is the sum of \
               A[j + 1] * cis(-2π * j * k / n). A product of transforms is the transform of the circular convolution.",
        run: Run::Call(|args, _| both_ways(args, FftDirection::Forward)),
        examples: &[
            Shows(
                "fft([1, 2, 3, 4])",
                "4-element Vector{ComplexF64}:\n 10.0 + 0.0im\n -2.0 + 2.0im\n -2.0 + 0.0im\n -2.0 - 2.0im",
            ),
            Shows("fft([1 2; 3 4], 1)", "2×2 Matrix{ComplexF64}:\n  4.0+0.0im   6.0+0.0im\n -2.0+0.0im  -2.0+0.0im"),
            Shows("v = [1, 2, 3]; w = [4, 5, 6]; ifft(fft(v) .* fft(w)) ≈ circulant(v) * w", "true"),
            Fails("fft([1, 2], 8)", "dimensions"),
        ],
    },
    Builtin {
        sig: "ifft(A, dims = 1:ndims(A))",
        doc: "The inverse of fft.",
        more: "",
        run: Run::Call(|args, _| both_ways(args, FftDirection::Inverse)),
        examples: &[Shows("real(ifft(fft([1, 2, 3, 4])))", "4-element Vector{Float64}:\n 1.0\n 2.0\n 3.0\n 4.0")],
    },
    Builtin {
        sig: "fft2(A)",
        doc: "The Fourier transform of a matrix in both dimensions, as fft(A).",
        more: "MATLAB's name.",
        run: Run::Call(|args, _| both_ways(args, FftDirection::Forward)),
        examples: &[Shows("fft2([1 2; 3 4]) == fft([1 2; 3 4])", "true")],
    },
    Builtin {
        sig: "ifft2(A)",
        doc: "The inverse of fft2, as ifft(A).",
        more: "MATLAB's name.",
        run: Run::Call(|args, _| both_ways(args, FftDirection::Inverse)),
        examples: &[Shows("ifft2(fft2([1 2; 3 4])) ≈ [1 2; 3 4]", "true")],
    },
    Builtin {
        sig: "rfft(A, dims = 1:ndims(A))",
        doc: "The Fourier transform of real numbers without the half that is conjugate to the other.",
        more: "Along the first of the dimensions, n elements give n ÷ 2 + 1. irfft(X, n) leads back.",
        run: Run::Call(rfft),
        examples: &[
            Shows("rfft([1, 2, 3, 4])", "3-element Vector{ComplexF64}:\n 10.0 + 0.0im\n -2.0 + 2.0im\n -2.0 + 0.0im"),
            Fails("rfft([1im, 2])", "real"),
        ],
    },
    Builtin {
        sig: "irfft(X, n, dims = 1:ndims(X))",
        doc: "The real numbers whose rfft is X; n is how many they were along the first of the dimensions.",
        more: "",
        run: Run::Call(irfft),
        examples: &[
            Shows("irfft(rfft([1, 2, 3, 4]), 4)", "4-element Vector{Float64}:\n 1.0\n 2.0\n 3.0\n 4.0"),
            Fails("irfft([1, 2, 3], 8)", "n ÷ 2 + 1"),
        ],
    },
    Builtin {
        sig: "fftshift(A, dims = 1:ndims(A))",
        doc: "The halves exchanged, so that frequency zero stands in the middle.",
        more: "",
        run: Run::Call(|args, _| exchanged(args, |n| n / 2)),
        examples: &[Shows("fftshift([0, 1, 2, -2, -1])", "5-element Vector{Int64}:\n -2\n -1\n  0\n  1\n  2")],
    },
    Builtin {
        sig: "ifftshift(A, dims = 1:ndims(A))",
        doc: "The inverse of fftshift.",
        more: "",
        run: Run::Call(|args, _| exchanged(args, |n| n - n / 2)),
        examples: &[Shows("ifftshift([-2, -1, 0, 1, 2])", "5-element Vector{Int64}:\n  0\n  1\n  2\n -2\n -1")],
    },
    Builtin {
        sig: "fftfreq(n, fs = 1)",
        doc: "The frequencies that the elements of fft belong to, for n samples at the rate fs.",
        more: "",
        run: Run::Call(fftfreq),
        examples: &[Shows("fftfreq(4, 8)", "4-element Vector{Float64}:\n  0.0\n  2.0\n -4.0\n -2.0")],
    },
    Builtin {
        sig: "rfftfreq(n, fs = 1)",
        doc: "The frequencies that the elements of rfft belong to, for n samples at the rate fs.",
        more: "",
        run: Run::Call(rfftfreq),
        examples: &[Shows("rfftfreq(4, 8)", "3-element Vector{Float64}:\n 0.0\n 2.0\n 4.0")],
    },
];

/// Along which dimensions: down the columns, along the rows.
#[derive(Clone, Copy)]
pub struct Dims {
    pub down: bool,
    pub along: bool,
}

impl Dims {
    /// Both, where a vector has only one.
    pub fn all(shape: Shape) -> Dims {
        Dims { down: true, along: shape.form != crate::value::Form::Vector }
    }

    /// The conjugate of the element in row i and column j stands there in the transform of real numbers.
    fn partner(self, shape: Shape, i: usize, j: usize) -> (usize, usize) {
        let opposite = |k: usize, n: usize| if k == 0 { 0 } else { n - k };
        (if self.down { opposite(i, shape.rows) } else { i }, if self.along { opposite(j, shape.cols) } else { j })
    }
}

/// The dimensions that argument `k` lists; all without it.
fn dims(args: &Arguments<'_>, k: usize, shape: Shape) -> Outcome<Dims> {
    let all = Dims::all(shape);
    let Some(given) = args.get(k) else { return Ok(all) };
    let listed = match given {
        Value::Array(_) | Value::Range(_) => promote::as_array(given)?.map_or(Vec::new(), |array| values_of(&array)),
        _ => tuple_items(given).map_or_else(|| vec![given.clone()], <[Value]>::to_vec),
    };
    let mut found = Dims { down: false, along: false };
    for dim in &listed {
        match integer(dim).ok_or_else(|| args.refuse(k, "dimensions: 1, 2 or both"))? {
            1 => found.down = true,
            2 if all.along => found.along = true,
            other => return Err(no_such_dimension(args, k, other, all.along)),
        }
    }
    Ok(found)
}

#[cold]
fn no_such_dimension(args: &Arguments<'_>, k: usize, given: i64, is_matrix: bool) -> Fault {
    let has = if is_matrix { "the dimensions 1 and 2" } else { "dimension 1 only" };
    Fault::argument(format!("{} along dimension {given}: the array has {has}", args.name))
        .rule(format!("argument {} of {} says along which dimensions to go", k + 1, args.name))
        .label(Part::Argument(0), describe(args.at(0)))
        .label(Part::Argument(k), "no dimension of it")
        .hint("for more places, put zeros behind the elements: [v; zeros(k)]")
}

/// The numbers of argument 0 with their shape.
fn numbers(args: &Arguments<'_>) -> Outcome<(Numbers, Shape)> {
    let array = args.read_array(0)?;
    if array.is_empty() {
        return Ok((Numbers::Float(Vec::new()), Shape::of(&array)));
    }
    let numbers = Numbers::of(&array)?.ok_or_else(|| args.refuse_elements(0, "numbers"))?;
    Ok((numbers, Shape::of(&array)))
}

fn both_ways(args: &Arguments<'_>, direction: FftDirection) -> Outcome<Value> {
    let (numbers, shape) = numbers(args)?;
    let dims = dims(args, 1, shape)?;
    let is_real = !matches!(numbers, Numbers::Complex(_));
    let mut items = numbers.into_complexes();
    transform(&mut items, shape, dims, direction)?;
    if is_real && !items.is_empty() {
        symmetrize(&mut items, shape, dims);
    }
    Ok(shape.fill_with(items))
}

/// Transforms numbers in column-major order in place; the inverse is divided by the number of elements that it sums.
pub fn transform(items: &mut Vec<Complex64>, shape: Shape, dims: Dims, direction: FftDirection) -> Outcome<()> {
    if items.is_empty() {
        return Ok(());
    }
    if dims.down {
        columns(items, shape.rows, direction)?;
    }
    if dims.along {
        let mut turned = transposed(items, shape.rows)?;
        columns(&mut turned, shape.cols, direction)?;
        *items = transposed(&turned, shape.cols)?;
    }
    let count = if dims.down { shape.rows } else { 1 } * if dims.along { shape.cols } else { 1 };
    if direction == FftDirection::Inverse {
        for z in items.iter_mut() {
            *z /= count as f64;
        }
    }
    Ok(())
}

/// Every `len` elements by themselves.
fn columns(items: &mut [Complex64], len: usize, direction: FftDirection) -> Outcome<()> {
    // The plan and its scratch take a few times the room of one column.
    crate::value::array::check_room(len.saturating_mul(8 * size_of::<Complex64>()))?;
    let plan = FftPlanner::<f64>::new().plan_fft(len, direction);
    let mut scratch = vec![Complex64::new(0.0, 0.0); plan.get_inplace_scratch_len()];
    for column in items.chunks_exact_mut(len) {
        interrupt::check()?;
        plan.process_with_scratch(column, &mut scratch);
    }
    Ok(())
}

fn transposed(items: &[Complex64], rows: usize) -> Outcome<Vec<Complex64>> {
    let cols = items.len() / rows;
    let mut turned = reserve::<Complex64>(items.len())?;
    for i in 0..rows {
        turned.extend((0..cols).map(|j| items[i + j * rows]));
    }
    Ok(turned)
}

/// Makes the transform of real numbers exactly what it is up to rounding: every element the conjugate of its partner.
fn symmetrize(items: &mut [Complex64], shape: Shape, dims: Dims) {
    for j in 0..shape.cols {
        for i in 0..shape.rows {
            let (row, col) = dims.partner(shape, i, j);
            let (here, there) = (i + j * shape.rows, row + col * shape.rows);
            if here == there {
                items[here].im = 0.0;
            } else if here < there {
                items[there] = items[here].conj();
            }
        }
    }
}

fn rfft(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (numbers, shape) = numbers(args)?;
    if matches!(numbers, Numbers::Complex(_)) {
        return Err(args.refuse_elements(0, "real numbers").hint("fft takes complex numbers too"));
    }
    let dims = dims(args, 1, shape)?;
    let mut items = numbers.into_complexes();
    transform(&mut items, shape, dims, FftDirection::Forward)?;
    if !items.is_empty() {
        symmetrize(&mut items, shape, dims);
    }
    let half = |n: usize| if n == 0 { 0 } else { n / 2 + 1 };
    let (rows, cols) = if dims.down { (half(shape.rows), shape.cols) } else { (shape.rows, half(shape.cols)) };
    let kept = Shape { rows, cols, ..shape };
    kept.made_at(|i, j| items[i + j * shape.rows])
}

fn irfft(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (numbers, half) = numbers(args)?;
    let dims = dims(args, 2, half)?;
    let n = args.size(1)?;
    let given = if dims.down { half.rows } else { half.cols };
    if n == 0 || n / 2 + 1 != given {
        return Err(Fault::dimension(format!("irfft: {given} elements are not the half of {n}"))
            .rule("of n real numbers, rfft keeps n ÷ 2 + 1 elements")
            .label(Part::Argument(0), describe(args.at(0)))
            .label(Part::Argument(1), format!("n ÷ 2 + 1 is {}", n / 2 + 1)));
    }
    let shape = if dims.down { Shape { rows: n, ..half } } else { Shape { cols: n, ..half } };
    let known = numbers.into_complexes();
    let mut items = reserve::<Complex64>(element_count(shape.rows, shape.cols)?)?;
    for j in 0..shape.cols {
        interrupt::check()?;
        for i in 0..shape.rows {
            items.push(if i < half.rows && j < half.cols {
                known[i + j * half.rows]
            } else {
                let (row, col) = dims.partner(shape, i, j);
                known[row + col * half.rows].conj()
            });
        }
    }
    transform(&mut items, shape, dims, FftDirection::Inverse)?;
    Ok(shape.fill_with(items.into_iter().map(|z| z.re).collect::<Vec<f64>>()))
}

fn exchanged(args: &Arguments<'_>, distance: fn(usize) -> usize) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let shape = Shape::of(&array);
    let dims = dims(args, 1, shape)?;
    let by = |chosen: bool, n: usize| if chosen { distance(n) as i64 } else { 0 };
    shifted(&array, (by(dims.down, shape.rows), by(dims.along, shape.cols)))
}

fn rate(args: &Arguments<'_>) -> Outcome<f64> {
    if args.count() == 2 { args.float(1) } else { Ok(1.0) }
}

fn fftfreq(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (n, fs) = (args.size(0)?, rate(args)?);
    let signed = |k: usize| if k < n.div_ceil(2) { k as f64 } else { k as f64 - n as f64 };
    Shape::vector(n).made_at(|k, _| signed(k) * fs / n as f64)
}

fn rfftfreq(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (n, fs) = (args.size(0)?, rate(args)?);
    Shape::vector(if n == 0 { 0 } else { n / 2 + 1 }).made_at(|k, _| k as f64 * fs / n as f64)
}
