//! Arrays under other shapes, put together, and turned round.

use super::arguments::{integer, tuple_items};
use super::arrays::{Shape, gather, gather_vector};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::{linalg, sort};
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::index::{self, Positions};
use crate::value::{Array, Builtin, Form, Host, Value, concat, iterate};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "reshape(A, sizes...)",
        doc: "The same elements, column by column, under another size; one of the sizes may be `:`.",
        more: "",
        run: Run::Call(reshape),
        examples: &[
            Shows("reshape(1:6, 2, 3)", "2×3 Matrix{Int64}:\n 1  3  5\n 2  4  6"),
            Shows("reshape([1 2; 3 4], :)", "4-element Vector{Int64}:\n 1\n 3\n 2\n 4"),
            Fails("reshape(1:6, 2, 2)", "6 elements"),
        ],
    },
    Builtin {
        sig: "vec(A)",
        doc: "All elements as one vector, column by column.",
        more: "",
        run: Run::Call(vec_of),
        examples: &[Shows("vec([1 2; 3 4])", "4-element Vector{Int64}:\n 1\n 3\n 2\n 4")],
    },
    Builtin {
        sig: "dropdims(A; dims)",
        doc: "A matrix of one row or column as a vector.",
        more: "",
        run: Run::Call(dropdims),
        examples: &[Shows("dropdims([1 2], dims=1)", "2-element Vector{Int64}:\n 1\n 2")],
    },
    Builtin {
        sig: "vcat(arrays...)",
        doc: "Arrays one below the other, as [A; B].",
        more: "",
        run: Run::Call(|args, _| concat::vcat(args.positional)),
        examples: &[
            Shows("vcat([1, 2], 3)", "3-element Vector{Int64}:\n 1\n 2\n 3"),
            Shows("vcat([1 2], [3 4])", "2×2 Matrix{Int64}:\n 1  2\n 3  4"),
        ],
    },
    Builtin {
        sig: "hcat(arrays...)",
        doc: "Arrays side by side, as [A B].",
        more: "",
        run: Run::Call(|args, _| concat::hcat(args.positional)),
        examples: &[Shows("hcat([1, 2], [3, 4])", "2×2 Matrix{Int64}:\n 1  3\n 2  4")],
    },
    Builtin {
        sig: "cat(arrays...; dims)",
        doc: "Arrays put together along a dimension: 1 below each other, 2 side by side.",
        more: "",
        run: Run::Call(cat),
        examples: &[Shows("cat([1, 2], [3, 4], dims=2)", "2×2 Matrix{Int64}:\n 1  3\n 2  4")],
    },
    Builtin {
        sig: "repeat(A, m, n) | repeat(A, m) | repeat(A; inner, outer) | repeat(s, n)",
        doc: "The array m times downwards and n times to the right; a string n times.",
        more: "inner repeats every element, outer the whole.",
        run: Run::Call(repeat),
        examples: &[
            Shows("repeat([1, 2], 2)", "4-element Vector{Int64}:\n 1\n 2\n 1\n 2"),
            Shows("repeat([1 2], 2, 2)", "2×4 Matrix{Int64}:\n 1  2  1  2\n 1  2  1  2"),
            Shows("repeat(\"ab\", 3)", "\"ababab\""),
        ],
    },
    Builtin {
        sig: "transpose(A)",
        doc: "Rows become columns; complex numbers stay as they are, where A' conjugates them.",
        more: "",
        run: Run::Call(|args, _| linalg::transpose(args.at(0))),
        examples: &[Shows("transpose([1 2; 3 4])[1, 2]", "3")],
    },
    Builtin {
        sig: "adjoint(A)",
        doc: "Rows become columns and complex numbers their conjugates, as A'.",
        more: "",
        run: Run::Call(|args, _| linalg::adjoint(args.at(0))),
        examples: &[Shows("adjoint([1 2; 3 4])[1, 2]", "3"), Shows("adjoint(1 + 2im)", "1 - 2im")],
    },
    Builtin {
        sig: "Adjoint(A)",
        doc: "Rows become columns and complex numbers their conjugates, as A'.",
        more: "",
        run: Run::Call(|args, _| linalg::adjoint(args.at(0))),
        examples: &[Shows("Adjoint([1 2; 3 4])[1, 2]", "3")],
    },
    Builtin {
        sig: "Transpose(A)",
        doc: "Rows become columns, as transpose(A).",
        more: "",
        run: Run::Call(|args, _| linalg::transpose(args.at(0))),
        examples: &[Shows("Transpose([1 2; 3 4])[1, 2]", "3")],
    },
    Builtin {
        sig: "permutedims(A) | permutedims(A, order)",
        doc: "Rows become columns in a new array; a vector becomes a matrix of one row.",
        more: "",
        run: Run::Call(permutedims),
        examples: &[Shows("permutedims([1, 2])", "1×2 Matrix{Int64}:\n 1  2")],
    },
    Builtin {
        sig: "reverse(x; dims) | reverse(x, start) | reverse(x, start, stop)",
        doc: "The elements in the opposite order; of a string, the characters; of a matrix, along dims.",
        more: "",
        run: Run::Call(reverse),
        examples: &[
            Shows("reverse([1, 2, 3])", "3-element Vector{Int64}:\n 3\n 2\n 1"),
            Shows("reverse([1 2; 3 4], dims=1)", "2×2 Matrix{Int64}:\n 3  4\n 1  2"),
            Shows("reverse(\"abc\")", "\"cba\""),
        ],
    },
    Builtin {
        sig: "circshift(A, shift)",
        doc: "The elements moved down by shift places, what falls out coming in at the top; (i, j) moves down and right.",
        more: "",
        run: Run::Call(circshift),
        examples: &[Shows("circshift([1, 2, 3], 1)", "3-element Vector{Int64}:\n 3\n 1\n 2")],
    },
    Builtin {
        sig: "rotl90(A, k = 1)",
        doc: "The matrix turned to the left by a quarter, k times.",
        more: "",
        run: Run::Call(|args, _| rotate(args, args.int_or(1, 1)?)),
        examples: &[Shows("rotl90([1 2; 3 4])", "2×2 Matrix{Int64}:\n 2  4\n 1  3")],
    },
    Builtin {
        sig: "rotr90(A, k = 1)",
        doc: "The matrix turned to the right by a quarter, k times.",
        more: "",
        run: Run::Call(|args, _| rotate(args, args.int_or(1, 1)?.wrapping_neg())),
        examples: &[Shows("rotr90([1 2; 3 4])", "2×2 Matrix{Int64}:\n 3  1\n 4  2")],
    },
    Builtin {
        sig: "rot180(A, k = 1)",
        doc: "The matrix turned upside down.",
        more: "",
        run: Run::Call(|args, _| rotate(args, args.int_or(1, 1)?.wrapping_mul(2))),
        examples: &[Shows("rot180([1 2; 3 4])", "2×2 Matrix{Int64}:\n 4  3\n 2  1")],
    },
];

fn reshape(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let count = array.len();
    let given = match &args.positional[1..] {
        [one] => tuple_items(one).unwrap_or(std::slice::from_ref(one)),
        more => more,
    };
    let shape = match free_dimension(given, count, args)? {
        Some(shape) => shape,
        None => super::arrays::shape_argument(args, 1)?,
    };
    if shape.count()? != count {
        let size = if shape.form == Form::Vector {
            format!("{}-vector", shape.rows)
        } else {
            format!("{}×{}", shape.rows, shape.cols)
        };
        return Err(Fault::dimension(format!("{count} elements do not make a {size}, which has {}", shape.count()?))
            .label(Part::Argument(0), describe(args.at(0)))
            .rule("reshape keeps all elements"));
    }
    let elements = array.elements().clone();
    Ok(Value::array(Array::new(shape.form, elements.reshaped(shape.rows, shape.cols))))
}

/// `reshape(A, :)`, `reshape(A, 2, :)`: the size that `:` stands for is computed.
fn free_dimension(given: &[Value], count: usize, args: &Arguments<'_>) -> Outcome<Option<Shape>> {
    let fixed = |value: &Value| integer(value).and_then(|n| usize::try_from(n).ok());
    let divided = |n: usize| {
        if n == 0 || !count.is_multiple_of(n) {
            return Err(Fault::dimension(format!("{count} elements cannot be divided into parts of {n}"))
                .label(Part::Argument(0), describe(args.at(0))));
        }
        Ok(count / n)
    };
    match given {
        [Value::Colon] => Ok(Some(Shape::vector(count))),
        [Value::Colon, Value::Colon] => Err(Fault::dimension("only one of the sizes can be `:`")),
        [Value::Colon, n] => match fixed(n) {
            Some(n) => Ok(Some(Shape::matrix(divided(n)?, n))),
            None => Ok(None),
        },
        [n, Value::Colon] => match fixed(n) {
            Some(n) => Ok(Some(Shape::matrix(n, divided(n)?))),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn vec_of(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match args.at(0) {
        Value::Range(_) => Ok(args.at(0).clone()),
        Value::Array(array) if array.is_vector() => Ok(args.at(0).clone()),
        _ => {
            let array = args.read_array(0)?;
            let elements = array.elements().clone();
            Ok(Value::array(Array::new(Form::Vector, elements.reshaped(array.len(), 1))))
        }
    }
}

fn dropdims(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let (rows, cols) = array.shape();
    let size = match args.dims()? {
        Some(1) => rows,
        Some(_) => cols,
        None => return Err(Fault::argument("dropdims needs dims=1 or dims=2")),
    };
    if size != 1 || array.is_vector() {
        return Err(
            Fault::argument("only a dimension of size 1 can be dropped").label(Part::Argument(0), describe(args.at(0)))
        );
    }
    vec_of(args, host)
}

fn cat(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if let Some(dims @ (Value::Tuple(_) | Value::Array(_) | Value::Range(_))) = args.keyword("dims")
        && iterate::elements(dims, host)? == [Value::Int(1), Value::Int(2)]
    {
        return along_diagonal(args);
    }
    match args.dims()? {
        Some(1) => concat::vcat(args.positional),
        Some(_) => concat::hcat(args.positional),
        None => Err(Fault::argument("cat needs dims=1 (below each other) or dims=2 (side by side)")),
    }
}

/// Blocks along the diagonal, zeros elsewhere: `cat(A, B, dims=(1, 2))`.
fn along_diagonal(args: &Arguments<'_>) -> Outcome<Value> {
    let blocks = args.positional.iter().map(|block| match crate::value::promote::as_array(block)? {
        Some(array) => Ok(array),
        None => crate::value::promote::collect(vec![block.clone()]).map(Rc::new),
    });
    let blocks = blocks.collect::<Outcome<Vec<Rc<Array>>>>()?;
    let rows = |skip: usize, block: &Array| -> Outcome<Value> {
        let shape = Shape::matrix(block.shape().0, skip);
        super::arrays::filled(shape, &Value::bool(false))
    };
    let width: usize = blocks.iter().map(|block| block.shape().1).sum();
    let mut before = 0;
    let mut lines = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let cols = block.shape().1;
        let line = [rows(before, block)?, Value::Array(Rc::clone(block)), rows(width - before - cols, block)?];
        lines.push(concat::hcat(&line)?);
        before += cols;
    }
    concat::vcat(&lines)
}

fn repeat(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let Value::Str(text) = args.at(0) {
        let n = if args.count() > 1 { args.size(1)? } else { 1 };
        crate::value::array::reserve::<u8>(crate::value::array::element_count(text.len(), n)?)?;
        return Ok(Value::str(text.repeat(n)));
    }
    let array = args.read_array(0)?;
    let pair = |name: &str| -> Outcome<(usize, usize)> {
        let Some(value) = args.keyword(name) else { return Ok((1, 1)) };
        let listed = crate::value::promote::as_array(value)?.map(|sizes| super::arrays::values_of(&sizes));
        let given = tuple_items(value).or(listed.as_deref()).unwrap_or(std::slice::from_ref(value));
        let sizes: Option<Vec<usize>> =
            given.iter().map(|v| integer(v).and_then(|n| usize::try_from(n).ok())).collect();
        match sizes.as_deref() {
            Some([down]) => Ok((*down, 1)),
            Some([down, right]) => Ok((*down, *right)),
            _ => Err(args.refuse_keyword(name, "one or two sizes", value)),
        }
    };
    let (inner, mut outer) = (pair("inner")?, pair("outer")?);
    if args.count() > 1 {
        outer = (args.size(1)?, if args.count() > 2 { args.size(2)? } else { 1 });
    }
    let (rows, cols) = array.shape();
    let times = |n: usize, a: usize, b: usize| {
        n.checked_mul(a)
            .and_then(|x| x.checked_mul(b))
            .ok_or_else(|| Fault::overflow("the repeated array is too large"))
    };
    let (down, right) = (times(rows, inner.0, outer.0)?, times(cols, inner.1, outer.1)?);
    let shape = if array.is_vector() && right == 1 { Shape::vector(down) } else { Shape::matrix(down, right) };
    let repeated = Repeated { rows, cols, inner, outer };
    index::gather(&array, repeated, shape.rows, shape.cols, shape.form).map(Value::array)
}

/// The elements of a matrix, each repeated downwards and to the right, and the whole likewise.
struct Repeated {
    rows: usize,
    cols: usize,
    inner: (usize, usize),
    outer: (usize, usize),
}

impl Positions for Repeated {
    fn copy<T: Clone>(self, from: &[T], to: &mut Vec<T>) {
        let width = self.cols * self.inner.1 * self.outer.1;
        // No elements may still mean very many columns of none.
        if self.rows * self.inner.0 * self.outer.0 == 0 {
            return;
        }
        for j in 0..width {
            let column = &from[(j / self.inner.1) % self.cols * self.rows..][..self.rows];
            for _ in 0..self.outer.0 {
                if self.inner.0 == 1 {
                    to.extend_from_slice(column);
                } else {
                    column.iter().for_each(|x| to.extend(std::iter::repeat_n(x, self.inner.0).cloned()));
                }
            }
        }
    }
}

fn permutedims(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let same = match args.get(1).and_then(tuple_items).or(None) {
        Some([Value::Int(1), Value::Int(2)]) => true,
        Some([Value::Int(2), Value::Int(1)]) => false,
        None if args.count() == 1 => false,
        _ => {
            return Err(
                Fault::argument("the order of the dimensions is (2, 1) or (1, 2)").label(Part::Argument(1), "order")
            );
        }
    };
    if same {
        return Ok(Value::array(array.copy()));
    }
    linalg::permuted(&array).map(Value::array)
}

fn reverse(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let [Value::Pair(pair)] = args.positional {
        return Ok(Value::Pair(Rc::new((pair.1.clone(), pair.0.clone()))));
    }
    if args.count() == 1 {
        let dims = args.dims()?;
        if dims == Some(2) && iterate::shape(args.at(0)).is_some_and(|(_, _, form)| form == Form::Vector) {
            return Err(Fault::argument("a vector has one dimension: dims=1").label(Part::Argument(0), "a vector"));
        }
        return sort::reverse(args.at(0), dims);
    }
    let array = args.read_array(0)?;
    let n = array.len();
    let (start, stop) = (args.int(1)?, args.int_or(2, n as i64)?);
    if start <= stop && (start < 1 || stop > n as i64) {
        return Err(Fault::bounds(format!("{start} to {stop} is not inside of 1 to {n}"))
            .label(Part::Argument(0), describe(args.at(0))));
    }
    let mut places: Vec<usize> = (0..n).collect();
    if start <= stop {
        places[start as usize - 1..stop as usize].reverse();
    }
    gather_vector(&array, &places)
}

/// How far the elements move down and right.
pub fn shifts(args: &Arguments<'_>, k: usize) -> Outcome<(i64, i64)> {
    match tuple_items(args.at(k)) {
        Some([Value::Int(down)]) => Ok((*down, 0)),
        Some([Value::Int(down), Value::Int(right)]) => Ok((*down, *right)),
        Some(_) => Err(args.refuse(k, "an integer or two of them")),
        None => Ok((args.int(k)?, 0)),
    }
}

fn circshift(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    shifted(&array, shifts(args, 1)?)
}

/// A copy with the elements moved round.
pub fn shifted(array: &Array, (down, right): (i64, i64)) -> Outcome<Value> {
    let shape = Shape::of(array);
    let (rows, cols) = (shape.rows, shape.cols);
    // Where there are no elements, nothing moves.
    let within = |shift: i64, len: usize| shift.rem_euclid(len.max(1) as i64) as usize;
    let shifted = Shifted { rows, cols, down: within(down, rows), right: within(right, cols) };
    index::gather(array, shifted, rows, cols, shape.form).map(Value::array)
}

/// The elements of a matrix moved down and right by less than there are rows and columns, what falls out coming in again.
struct Shifted {
    rows: usize,
    cols: usize,
    down: usize,
    right: usize,
}

impl Positions for Shifted {
    fn copy<T: Clone>(self, from: &[T], to: &mut Vec<T>) {
        if from.is_empty() {
            return;
        }
        let stays = self.cols - self.right;
        for j in (stays..self.cols).chain(0..stays) {
            let (above, below) = from[j * self.rows..][..self.rows].split_at(self.rows - self.down);
            to.extend_from_slice(below);
            to.extend_from_slice(above);
        }
    }
}

/// Quarter turns to the left.
fn rotate(args: &Arguments<'_>, quarters: i64) -> Outcome<Value> {
    let array = args.read_array(0)?;
    if array.is_vector() {
        return Err(args.refuse(0, "a matrix").hint("reverse(v) is a vector upside down"));
    }
    let (rows, cols) = array.shape();
    match quarters.rem_euclid(4) {
        0 => Ok(Value::array(array.copy())),
        1 => gather(&array, Shape::matrix(cols, rows), |i, j| j + (cols - 1 - i) * rows),
        2 => gather(&array, Shape::matrix(rows, cols), |i, j| rows - 1 - i + (cols - 1 - j) * rows),
        _ => gather(&array, Shape::matrix(cols, rows), |i, j| rows - 1 - j + i * rows),
    }
}
