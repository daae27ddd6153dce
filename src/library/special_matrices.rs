//! Matrices with a name, and the reduced row echelon form; the names are MATLAB's where Julia has none.

use super::arrays::{Shape, gather, values_of};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Host, Value, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "companion(p)",
        doc: "The companion matrix of a polynomial, the highest power first: its eigenvalues are the roots.",
        more: "MATLAB calls it compan.",
        run: Run::Call(companion),
        examples: &[Shows("companion([1, -3, 2])", "2×2 Matrix{Float64}:\n 3.0  -2.0\n 1.0   0.0")],
    },
    Builtin {
        sig: "hankel(c) | hankel(c, r)",
        doc: "The matrix with constant diagonals upwards, first column c and last row r (zeros without it).",
        more: "",
        run: Run::Call(hankel),
        examples: &[
            Shows("hankel([1, 2])", "2×2 Matrix{Int64}:\n 1  2\n 2  0"),
            Shows("hankel([1, 2], [2, 5, 6])", "2×3 Matrix{Int64}:\n 1  2  5\n 2  5  6"),
        ],
    },
    Builtin {
        sig: "circulant(v)",
        doc: "The matrix whose columns are v, moved down in a circle by one more each.",
        more: "circulant(v) * x is the circular convolution of v and x.",
        run: Run::Call(circulant),
        examples: &[Shows("circulant([1, 2, 3])", "3×3 Matrix{Int64}:\n 1  3  2\n 2  1  3\n 3  2  1")],
    },
    Builtin {
        sig: "pascal(n)",
        doc: "The symmetric matrix of Pascal's triangle.",
        more: "",
        run: Run::Call(pascal),
        examples: &[Shows("pascal(3)", "3×3 Matrix{Int64}:\n 1  1  1\n 1  2  3\n 1  3  6")],
    },
    Builtin {
        sig: "invhilb(n)",
        doc: "The inverse of the Hilbert matrix, exactly, in integers.",
        more: "",
        run: Run::Call(invhilb),
        examples: &[Shows("invhilb(2)", "2×2 Matrix{Int64}:\n  4  -6\n -6  12"), Fails("invhilb(40)", "do not fit")],
    },
    Builtin {
        sig: "rosser()",
        doc: "Rosser's 8×8 matrix, on which methods for eigenvalues are tried.",
        more: "It has a double eigenvalue 1000, three nearly equal ones, a zero and a small one.",
        run: Run::Call(|_, _| Ok(Value::matrix(8, 8, ROSSER.to_vec()))),
        examples: &[Shows("rosser()[1, 1:3]", "3-element Vector{Int64}:\n  611\n  196\n -192")],
    },
    Builtin {
        sig: "wilkinson(n)",
        doc: "Wilkinson's matrix: tridiagonal, with pairs of eigenvalues that are nearly equal.",
        more: "",
        run: Run::Call(wilkinson),
        examples: &[Shows("wilkinson(3)", "3×3 Matrix{Float64}:\n 1.0  1.0  0.0\n 1.0  0.0  1.0\n 0.0  1.0  1.0")],
    },
    Builtin {
        sig: "blkdiag(matrices...)",
        doc: "The matrices along the diagonal, with zeros elsewhere.",
        more: "",
        run: Run::Call(blkdiag),
        examples: &[Shows("blkdiag([1 2], 3)", "2×3 Matrix{Int64}:\n 1  2  0\n 0  0  3")],
    },
    Builtin {
        sig: "rref(A)",
        doc: "The reduced row echelon form: what elimination leaves, with ones as pivots and zeros above and below them.",
        more: "",
        run: Run::Call(rref),
        examples: &[Shows("rref([1 2 3; 4 5 6])", "2×3 Matrix{Float64}:\n 1.0  0.0  -1.0\n 0.0  1.0   2.0")],
    },
];

#[rustfmt::skip]
const ROSSER: [i64; 64] = [
     611,  196, -192,  407,   -8,  -52,  -49,   29,
     196,  899,  113, -192,  -71,  -43,   -8,  -44,
    -192,  113,  899,  196,   61,   49,    8,   52,
     407, -192,  196,  611,    8,   44,   59,  -23,
      -8,  -71,   61,    8,  411, -599,  208,  208,
     -52,  -43,   49,   44, -599,  411,  208,  208,
     -49,   -8,    8,   59,  208,  208,   99, -911,
      29,  -44,   52,  -23,  208,  208, -911,   99,
];

/// The companion matrix of a polynomial whose first coefficient is not zero: its eigenvalues are the roots.
pub fn companion(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let p = args.read_array(0)?;
    let leading = (!p.is_empty()).then(|| p.value(0)).filter(|x| !operators::equal(x, &Value::Int(0)));
    let (true, Some(leading)) = (p.is_vector() && p.len() > 1, leading) else {
        return Err(Fault::argument("companion takes the coefficients of a polynomial, the first of them not zero")
            .label(Part::Argument(0), describe(args.at(0))));
    };
    let n = p.len() - 1;
    let scaled = values_of(&p).into_iter().skip(1).map(|x| {
        let quotient = operators::binary(BinaryOp::Div, &x, &leading)?;
        operators::binary(BinaryOp::Sub, &Value::float(0.0), &quotient)
    });
    let mut items = scaled.collect::<Outcome<Vec<Value>>>()?;
    // After the coefficients a zero and a one, for the rows below.
    items.extend([Value::float(0.0), Value::float(1.0)]);
    gather(&promote::collect(items)?, Shape::matrix(n, n), |i, j| match i {
        0 => j,
        _ => n + usize::from(i == j + 1),
    })
}

fn hankel(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let c = vector(args, 0)?;
    let mut items = values_of(&c);
    let cols = if args.count() == 2 {
        let r = vector(args, 1)?;
        items.extend(values_of(&r).into_iter().skip(1));
        r.len()
    } else {
        let zeros = items.iter().skip(1).map(|x| operators::binary(BinaryOp::Mul, x, &Value::Int(0)));
        let zeros = zeros.collect::<Outcome<Vec<_>>>()?;
        items.extend(zeros);
        c.len()
    };
    gather(&promote::collect(items)?, Shape::matrix(c.len(), cols), |i, j| i + j)
}

fn circulant(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let v = vector(args, 0)?;
    let n = v.len();
    gather(&v, Shape::matrix(n, n), |i, j| (i + n - j) % n)
}

fn vector(args: &Arguments<'_>, k: usize) -> Outcome<std::rc::Rc<Array>> {
    let array = args.read_array(k)?;
    if array.is_vector() { Ok(array) } else { Err(args.refuse(k, "a vector")) }
}

fn pascal(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = args.size(0)?;
    let count = Shape::matrix(n, n).count()?;
    let mut items = crate::value::array::reserve::<i64>(count)?;
    for k in 0..count {
        let (i, j) = (k % n, k / n);
        let sum = if i == 0 || j == 0 { Some(1) } else { i64::checked_add(items[k - 1], items[k - n]) };
        items.push(sum.ok_or_else(|| do_not_fit(args, n))?);
    }
    Ok(Shape::matrix(n, n).fill_with(items))
}

/// By the formula with binomial coefficients, in wide integers.
fn invhilb(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = args.size(0)?;
    let count = Shape::matrix(n, n).count()?;
    // From order 15 on some element is too large, and before no intermediate one is.
    if n > 14 {
        return Err(do_not_fit(args, n));
    }
    let binomial = |n: usize, k: usize| (0..k).fold(1_i128, |sofar, i| sofar * (n - i) as i128 / (i + 1) as i128);
    let element = |i: usize, j: usize| {
        let sign = if (i + j).is_multiple_of(2) { 1 } else { -1 };
        let square = binomial(i + j, i) * binomial(i + j, i);
        sign * (i + j + 1) as i128 * binomial(n + i, n - j - 1) * binomial(n + j, n - i - 1) * square
    };
    let items = (0..count).map(|k| i64::try_from(element(k % n, k / n)).map_err(|_| do_not_fit(args, n)));
    Ok(Shape::matrix(n, n).fill_with(items.collect::<Outcome<Vec<_>>>()?))
}

#[cold]
fn do_not_fit(args: &Arguments<'_>, n: usize) -> Fault {
    Fault::overflow(format!("the elements of {}({n}) do not fit into Int64", args.name))
        .label(Part::Argument(0), n.to_string())
}

fn wilkinson(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let n = args.size(0)?;
    let middle = (n as f64 - 1.0) / 2.0;
    Shape::matrix(n, n).made_at(|i, j| match i.abs_diff(j) {
        0 => (i as f64 - middle).abs(),
        1 => 1.0,
        _ => 0.0,
    })
}

fn blkdiag(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let mut items = Vec::new();
    let mut blocks = Vec::new();
    let (mut rows, mut cols) = (0_usize, 0_usize);
    for k in 0..args.count() {
        let block = match promote::as_array(args.at(k))? {
            Some(array) => array,
            None if super::arguments::is_number(args.at(k)) => {
                std::rc::Rc::new(promote::collect(vec![args.at(k).clone()])?)
            }
            None => return Err(args.refuse(k, "matrices")),
        };
        let (height, width) = block.shape();
        blocks.push((rows, cols, height, width, items.len()));
        items.extend(values_of(&block));
        (rows, cols) = (rows + height, cols + width);
    }
    let zero = match items.first() {
        Some(first) => operators::binary(BinaryOp::Mul, first, &Value::Int(0))?,
        None => Value::float(0.0),
    };
    let beside = items.len();
    items.push(zero);
    gather(&promote::collect(items)?, Shape::matrix(rows, cols), |i, j| {
        let inside = |(top, left, height, width, _): &&(usize, usize, usize, usize, usize)| {
            (*top..top + height).contains(&i) && (*left..left + width).contains(&j)
        };
        match blocks.iter().find(inside) {
            Some((top, left, height, _, start)) => start + (i - top) + (j - left) * height,
            None => beside,
        }
    })
}

fn rref(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    let (rows, cols) = array.shape();
    let elements = array.elements();
    if elements_are_complex(&elements) {
        return Err(args.refuse(0, "a matrix of real numbers"));
    }
    let mut a = promote::to_floats(&elements)?.into_owned();
    if a.iter().any(|x| !x.is_finite()) {
        return Err(Fault::argument("`rref` cannot work with NaN or Inf, and the matrix holds some")
            .label(Part::Argument(0), describe(args.at(0)))
            .hint("isfinite.(A) shows where"));
    }
    let at = |i: usize, j: usize| i + j * rows;
    let row_sum = |i: usize| (0..cols).map(|j| a[at(i, j)].abs()).sum::<f64>();
    let noise = (0..rows).map(row_sum).fold(0.0, f64::max) * rows.max(cols) as f64 * f64::EPSILON;
    let mut row = 0;
    for j in 0..cols {
        crate::interrupt::check()?;
        let pivot = (row..rows).max_by(|x, y| a[at(*x, j)].abs().total_cmp(&a[at(*y, j)].abs()));
        let Some(pivot) = pivot else { break };
        if a[at(pivot, j)].abs() <= noise {
            (row..rows).for_each(|i| a[at(i, j)] = 0.0);
            continue;
        }
        let divisor = a[at(pivot, j)];
        for k in j..cols {
            a.swap(at(pivot, k), at(row, k));
            a[at(row, k)] /= divisor;
        }
        for i in (0..rows).filter(|i| *i != row) {
            let factor = a[at(i, j)];
            for k in j..cols {
                // Adding zero turns -0.0 into 0.0.
                a[at(i, k)] = a[at(i, k)] - factor * a[at(row, k)] + 0.0;
            }
        }
        row += 1;
    }
    Ok(Value::matrix(rows, cols, a))
}

fn elements_are_complex(elements: &crate::value::Elements) -> bool {
    matches!(elements, crate::value::Elements::Complex(_))
}
