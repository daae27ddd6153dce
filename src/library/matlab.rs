//! Names that a MATLAB user types and Julia does not have; they mean here what they mean there.

use super::arrays::{Shape, shape_argument};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::broadcast::{Dotted, broadcast};
use crate::kernel::operators;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::display::{describe, print_text};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value, concat, iterate, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "times(A, B)",
        doc: "A .* B: element by element.",
        more: "times, power and rdivide work element by element; mtimes, mpower and mrdivide are those of matrices.",
        run: Run::Call(|args, host| dotted(args, host, BinaryOp::Mul)),
        examples: &[Shows("times([1, 2], [3, 4])", "2-element Vector{Int64}:\n 3\n 8")],
    },
    Builtin {
        sig: "rdivide(A, B)",
        doc: "A ./ B: element by element.",
        more: "",
        run: Run::Call(|args, host| dotted(args, host, BinaryOp::Div)),
        examples: &[Shows("rdivide([1, 2], 2)", "2-element Vector{Float64}:\n 0.5\n 1.0")],
    },
    Builtin {
        sig: "ldivide(A, B)",
        doc: "B ./ A: element by element.",
        more: "",
        run: Run::Call(|args, host| dotted(args, host, BinaryOp::LeftDiv)),
        examples: &[Shows("ldivide(2, [1, 2])", "2-element Vector{Float64}:\n 0.5\n 1.0")],
    },
    Builtin {
        sig: "power(A, p)",
        doc: "A .^ p: element by element.",
        more: "",
        run: Run::Call(|args, host| dotted(args, host, BinaryOp::Pow)),
        examples: &[Shows("power([1, 2], 2)", "2-element Vector{Int64}:\n 1\n 4")],
    },
    Builtin {
        sig: "plus(A, B)",
        doc: "A .+ B: element by element, as MATLAB adds.",
        more: "",
        run: Run::Call(|args, host| dotted(args, host, BinaryOp::Add)),
        examples: &[Shows("plus([1, 2], 1)", "2-element Vector{Int64}:\n 2\n 3")],
    },
    Builtin {
        sig: "minus(A, B)",
        doc: "A .- B: element by element, as MATLAB subtracts.",
        more: "",
        run: Run::Call(|args, host| dotted(args, host, BinaryOp::Sub)),
        examples: &[Shows("minus([1, 2], 1)", "2-element Vector{Int64}:\n 0\n 1")],
    },
    Builtin {
        sig: "uminus(A)",
        doc: "The negative, -A.",
        more: "",
        run: Run::Call(|args, _| operators::unary(UnaryOp::Neg, args.at(0))),
        examples: &[Shows("uminus([1, 2])", "2-element Vector{Int64}:\n -1\n -2")],
    },
    Builtin {
        sig: "mtimes(A, B)",
        doc: "A * B: the matrix product.",
        more: "",
        run: Run::Call(|args, _| operators::binary(BinaryOp::Mul, args.at(0), args.at(1))),
        examples: &[Shows("mtimes([1 2], [3, 4])", "1-element Vector{Int64}:\n 11")],
    },
    Builtin {
        sig: "mpower(A, p)",
        doc: "A ^ p: the power of a square matrix.",
        more: "",
        run: Run::Call(|args, _| operators::binary(BinaryOp::Pow, args.at(0), args.at(1))),
        examples: &[Shows("mpower([1 1; 0 1], 2)", "2×2 Matrix{Int64}:\n 1  2\n 0  1")],
    },
    Builtin {
        sig: "mrdivide(A, B)",
        doc: "A / B: the solution of X*B = A.",
        more: "",
        run: Run::Call(|args, _| operators::binary(BinaryOp::Div, args.at(0), args.at(1))),
        examples: &[Shows("mrdivide(6, 4)", "1.5")],
    },
    Builtin {
        sig: "mldivide(A, b)",
        doc: "A \\ b: the solution of A*x = b.",
        more: "",
        run: Run::Call(|args, _| operators::binary(BinaryOp::LeftDiv, args.at(0), args.at(1))),
        examples: &[Shows("mldivide([2 0; 0 4], [2, 4])", "2-element Vector{Float64}:\n 1.0\n 1.0")],
    },
    Builtin {
        sig: "ctranspose(A)",
        doc: "A': rows become columns and complex numbers their conjugates.",
        more: "",
        run: Run::Call(|args, _| operators::unary(UnaryOp::Adjoint, args.at(0))),
        examples: &[Shows("ctranspose([1 2; 3 4])[1, 2]", "3")],
    },
    Builtin {
        sig: "numel(A)",
        doc: "The number of elements, as length(A).",
        more: "",
        run: Run::Call(numel),
        examples: &[Shows("numel([1 2; 3 4])", "4")],
    },
    Builtin {
        sig: "horzcat(arrays...)",
        doc: "Arrays side by side, as [A B].",
        more: "",
        run: Run::Call(|args, _| concat::hcat(args.positional)),
        examples: &[Shows("horzcat([1, 2], [3, 4])", "2×2 Matrix{Int64}:\n 1  3\n 2  4")],
    },
    Builtin {
        sig: "vertcat(arrays...)",
        doc: "Arrays one below the other, as [A; B].",
        more: "",
        run: Run::Call(|args, _| concat::vcat(args.positional)),
        examples: &[Shows("vertcat([1 2], [3 4])", "2×2 Matrix{Int64}:\n 1  2\n 3  4")],
    },
    Builtin {
        sig: "fliplr(A)",
        doc: "The columns in the opposite order.",
        more: "",
        run: Run::Call(|args, _| flipped(args, 2)),
        examples: &[Shows("fliplr([1 2; 3 4])", "2×2 Matrix{Int64}:\n 2  1\n 4  3")],
    },
    Builtin {
        sig: "flipud(A)",
        doc: "The rows in the opposite order.",
        more: "",
        run: Run::Call(|args, _| flipped(args, 1)),
        examples: &[Shows("flipud([1 2; 3 4])", "2×2 Matrix{Int64}:\n 3  4\n 1  2")],
    },
    Builtin {
        sig: "repmat(A, m, n = m)",
        doc: "The array m times downwards and n times to the right.",
        more: "",
        run: Run::Call(repmat),
        examples: &[Shows("repmat([1 2], 2)", "2×4 Matrix{Int64}:\n 1  2  1  2\n 1  2  1  2")],
    },
    Builtin {
        sig: "isrow(A)",
        doc: "Is it a matrix of one row?",
        more: "",
        run: Run::Call(|args, _| shaped_like(args, |shape| shape.rows == 1 && shape != Shape::vector(1))),
        examples: &[Shows("isrow([1 2])", "true")],
    },
    Builtin {
        sig: "iscolumn(A)",
        doc: "Is it a vector or a matrix of one column?",
        more: "",
        run: Run::Call(|args, _| shaped_like(args, |shape| shape.cols == 1)),
        examples: &[Shows("iscolumn([1, 2])", "true")],
    },
    Builtin {
        sig: "issquare(A)",
        doc: "Has the matrix as many rows as columns?",
        more: "",
        run: Run::Call(|args, _| shaped_like(args, |shape| shape.rows == shape.cols)),
        examples: &[Shows("issquare([1 2; 3 4])", "true")],
    },
    Builtin {
        sig: "num2str(x)",
        doc: "The number as a text, as string(x).",
        more: "",
        run: Run::Call(|args, _| Ok(Value::str(print_text(args.at(0))))),
        examples: &[Shows("num2str(1.5)", "\"1.5\"")],
    },
    Builtin {
        sig: "str2num(s)",
        doc: "The number that is written in a text.",
        more: "",
        run: Run::Call(str2num),
        examples: &[Shows("str2num(\"1.5\")", "1.5")],
    },
    Builtin {
        sig: "fix(x)",
        doc: "x without its decimal places, as trunc(x).",
        more: "",
        run: Run::Scalar(&crate::value::function::Scalar::real(f64::trunc).int(Ok)),
        examples: &[Shows("fix(-1.7)", "-1.0")],
    },
    Builtin {
        sig: "nchoosek(n, k)",
        doc: "The number of ways to choose k of n things, as binomial(n, k).",
        more: "",
        run: Run::Call(|args, host| renamed("binomial", args, host)),
        examples: &[Shows("nchoosek(5, 2)", "10")],
    },
    Builtin {
        sig: "nthroot(x, n)",
        doc: "The real n-th root of x.",
        more: "",
        run: Run::Call(nthroot),
        examples: &[Shows("nthroot(-27, 3)", "-3.0")],
    },
    Builtin {
        sig: "atan2(y, x)",
        doc: "The direction of the point (x, y), as atan(y, x).",
        more: "",
        run: Run::Call(|args, host| renamed("atan", args, host)),
        examples: &[Shows("atan2(0, 1)", "0.0")],
    },
    Builtin {
        sig: "trace(A)",
        doc: "The sum of the diagonal, as tr(A).",
        more: "",
        run: Run::Call(|args, host| renamed("tr", args, host)),
        examples: &[Shows("trace([1 2; 3 4])", "5")],
    },
    Builtin {
        sig: "null(A; atol, rtol)",
        doc: "An orthonormal basis of the x with A*x = 0, as nullspace(A).",
        more: "",
        run: Run::Call(|args, host| renamed("nullspace", args, host)),
        examples: &[Shows("size(null([1 2; 2 4]))", "(2, 1)")],
    },
    Builtin {
        sig: "rot90(A, k = 1)",
        doc: "The matrix turned to the left k times by 90 degrees, as rotl90(A, k).",
        more: "",
        run: Run::Call(|args, host| renamed("rotl90", args, host)),
        examples: &[Shows("rot90([1 2; 3 4])", "2×2 Matrix{Int64}:\n 2  4\n 1  3")],
    },
    Builtin {
        sig: "expm(A)",
        doc: "The matrix exponential, as exp(A).",
        more: "",
        run: Run::Call(|args, host| renamed("exp", args, host)),
        examples: &[Shows("expm([0 0; 0 0])", "2×2 Matrix{Float64}:\n 1.0  0.0\n 0.0  1.0")],
    },
    Builtin {
        sig: "logm(A)",
        doc: "The matrix logarithm, as log(A).",
        more: "",
        run: Run::Call(|args, host| renamed("log", args, host)),
        examples: &[Runs("logm([1 0; 0 1])")],
    },
    Builtin {
        sig: "sqrtm(A)",
        doc: "The matrix square root, as sqrt(A).",
        more: "",
        run: Run::Call(|args, host| renamed("sqrt", args, host)),
        examples: &[Runs("sqrtm([4 0; 0 9])")],
    },
    Builtin {
        sig: "magic(n)",
        doc: "The magic square of order n: all rows, columns and diagonals have one sum.",
        more: "",
        run: Run::Call(magic),
        examples: &[Shows("magic(3)", "3×3 Matrix{Int64}:\n 8  1  6\n 3  5  7\n 4  9  2")],
    },
    Builtin {
        sig: "hilb(n)",
        doc: "The Hilbert matrix: 1 / (i + j - 1).",
        more: "",
        run: Run::Call(hilb),
        examples: &[Shows("hilb(2)", "2×2 Matrix{Float64}:\n 1.0  0.5\n 0.5  0.333333")],
    },
    Builtin {
        sig: "vander(v)",
        doc: "The Vandermonde matrix: the powers of the elements of v, the highest first.",
        more: "",
        run: Run::Call(vander),
        examples: &[Shows("vander([1, 2])", "2×2 Matrix{Int64}:\n 1  1\n 2  1")],
    },
    Builtin {
        sig: "toeplitz(c) | toeplitz(c, r)",
        doc: "The matrix with constant diagonals, first column c and first row r.",
        more: "",
        run: Run::Call(toeplitz),
        examples: &[Shows("toeplitz([1, 2])", "2×2 Matrix{Int64}:\n 1  2\n 2  1")],
    },
    Builtin {
        sig: "sub2ind(size, i, j)",
        doc: "The number of element (i, j), counted column by column.",
        more: "",
        run: Run::Call(sub2ind),
        examples: &[Shows("sub2ind((2, 3), 2, 2)", "4")],
    },
    Builtin {
        sig: "ind2sub(size, k)",
        doc: "Row and column of element number k, as a tuple.",
        more: "",
        run: Run::Call(ind2sub),
        examples: &[Shows("ind2sub((2, 3), 4)", "(2, 2)")],
    },
];

fn dotted(args: &Arguments<'_>, host: &dyn Host, op: BinaryOp) -> Outcome<Value> {
    let tree = Dotted::Binary(op, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
    broadcast(&tree, args.positional, host)
}

/// The same call of another builtin.
pub fn renamed(name: &str, args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match super::builtin(name) {
        Some(builtin) => super::call(builtin, args, host),
        None => Err(Fault::method(format!("{} has no meaning here", args.name))),
    }
}

fn numel(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = iterate::length(args.at(0)).ok_or_else(|| args.refuse(0, "an array"))?;
    Ok(Value::Int(n as i64))
}

fn flipped(args: &Arguments<'_>, dims: usize) -> Outcome<Value> {
    let array = args.array(0)?;
    // MATLAB has no vectors: one counts as a column.
    match (array.is_vector(), dims) {
        (true, 2) => Ok(Value::array(array.copy())),
        _ => crate::kernel::sort::reverse(args.at(0), Some(dims)),
    }
}

fn repmat(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let times = args.at(args.count() - 1).clone();
    renamed(
        "repeat",
        &Arguments { name: args.name, positional: &[args.at(0).clone(), args.at(1).clone(), times], keyword: &[] },
        host,
    )
}

fn shaped_like(args: &Arguments<'_>, test: fn(Shape) -> bool) -> Outcome<Value> {
    match promote::as_array(args.at(0))? {
        Some(array) => Ok(Value::bool(test(Shape::of(&array)))),
        None => Err(args.refuse(0, "an array")),
    }
}

fn str2num(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    for ty in [crate::value::Type::Int64, crate::value::Type::Float64, crate::value::Type::ComplexF64] {
        let pair = [Value::type_of_name(ty), Value::str(args.text(0)?)];
        let found = renamed("tryparse", &Arguments { name: args.name, positional: &pair, keyword: &[] }, host)?;
        if !matches!(found, Value::Nothing) {
            return Ok(found);
        }
    }
    Err(Fault::argument("there is no number in this text").label(Part::Argument(0), describe(args.at(0))))
}

fn nthroot(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (x, n) = (args.float(0)?, args.int(1)?);
    if n == 0 || (x < 0.0 && n % 2 == 0) {
        return Err(Fault::domain(format!("the root of order {n} of {x} is not a real number"))
            .label(Part::Argument(0), x.to_string()));
    }
    let root = x.abs().powf(1.0 / n as f64);
    // One step of Newton's method makes the roots of perfect powers exact.
    let power = root.powi(n.clamp(-1000, 1000) as i32);
    let better =
        if power.is_finite() && power != 0.0 { root - (power - x.abs()) * root / (n as f64 * power) } else { root };
    Ok(Value::float(better.copysign(x)))
}

fn magic(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = args.size(0)?;
    let mut items = crate::value::array::reserve::<i64>(crate::value::array::element_count(n, n)?)?;
    items.extend((0..n * n).map(|k| magic_element(n, k % n, k / n)));
    Ok(Shape::matrix(n, n).fill_with(items))
}

/// The element in row i and column j, from 0: the methods of MATLAB for odd, doubly even and singly even orders.
fn magic_element(n: usize, i: usize, j: usize) -> i64 {
    if n == 2 {
        return [[1, 3], [4, 2]][i][j];
    }
    if n % 2 == 1 {
        return odd_magic(n, i, j);
    }
    if n.is_multiple_of(4) {
        let plain = (i * n + j + 1) as i64;
        let crossed = matches!(i % 4, 0 | 3) == matches!(j % 4, 0 | 3);
        return if crossed { (n * n + 1) as i64 - plain } else { plain };
    }
    singly_even_magic(n, i, j)
}

fn odd_magic(n: usize, i: usize, j: usize) -> i64 {
    // MATLAB's formula, with its indices from 1 and each remainder kept positive.
    let a = (i + j + 2 + n - (n + 3) / 2 % n) % n;
    let b = (i + 1 + 2 * (j + 1) + n - 2 % n) % n;
    (a * n + b + 1) as i64
}

/// Four odd squares, with some rows of the left half exchanged (LUX by columns).
fn singly_even_magic(n: usize, i: usize, j: usize) -> i64 {
    let p = n / 2;
    let k = (n - 2) / 4;
    let in_left = j < k || j > n - k;
    let (row, col) = (i % p, j % p);
    let shifted = row == k && (j == 0 || j == k);
    let swap = in_left != shifted;
    let quarter = (((i >= p) != swap) as usize, (j >= p) as usize);
    let offset = match quarter {
        (0, 0) => 0,
        (0, _) => 2,
        (_, 0) => 3,
        (_, _) => 1,
    };
    odd_magic(p, row, col) + (offset * p * p) as i64
}

fn hilb(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = args.size(0)?;
    let mut k = 0;
    Shape::matrix(n, n).made(|| {
        let element = 1.0 / (k % n + k / n + 1) as f64;
        k += 1;
        element
    })
}

fn vander(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let v = args.read_array(0)?;
    let powers: Vec<i64> = (0..v.len() as i64).rev().collect();
    let row = Value::matrix(1, powers.len(), powers);
    let tree = Dotted::Binary(BinaryOp::Pow, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
    broadcast(&tree, &[args.at(0).clone(), row], host)
}

fn toeplitz(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let vector = |k: usize| args.read_array(k);
    let (c, r) = (vector(0)?, vector(args.count() - 1)?);
    // One list of both: the first row backwards without its first element, then the first column.
    let mut items: Vec<Value> = super::arrays::values_of(&r).into_iter().skip(1).rev().collect();
    let zero = items.len();
    items.extend(super::arrays::values_of(&c));
    super::arrays::gather(&promote::collect(items)?, Shape::matrix(c.len(), r.len()), |i, j| zero + i - j)
}

fn sub2ind(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let shape = shape_of_tuple(args)?;
    let (i, j) = (args.int(1)?, args.int(2)?);
    if i < 1 || j < 1 || i as usize > shape.rows || j as usize > shape.cols {
        return Err(Fault::bounds(format!("({i}, {j}) is not inside of a {}×{}", shape.rows, shape.cols)));
    }
    Ok(Value::Int(i + (j - 1) * shape.rows as i64))
}

fn ind2sub(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let shape = shape_of_tuple(args)?;
    let k = args.int(1)?;
    if k < 1 || k as usize > shape.count()? {
        return Err(Fault::bounds(format!("element {k} of a {}×{}", shape.rows, shape.cols)));
    }
    let rows = shape.rows as i64;
    Ok(Value::tuple(vec![Value::Int((k - 1) % rows + 1), Value::Int((k - 1) / rows + 1)]))
}

fn shape_of_tuple(args: &Arguments<'_>) -> Outcome<Shape> {
    shape_argument(&Arguments { name: args.name, positional: &args.positional[..1], keyword: &[] }, 0)
}
