//! The Hadamard family: products of arrays element by element, column by column, row by row and block by block.

use super::arrays::{Shape, gather};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::{linalg, operators};
use crate::op::BinaryOp;
use crate::value::array::element_count;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value, concat, index, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "hadamard(A, B, rest...) | hadamard(n)",
        doc: "The Hadamard product A ⊙ B: element by element, of arrays of one size; with one number, the Hadamard matrix.",
        more: "A column vector with as many rows as the matrix multiplies its rows. hadamard(n) has elements 1 and -1 and \
               orthogonal rows; n is a power of 2, or one times p + 1 with a prime p = 4k + 3, as 12, 20, 24.",
        run: Run::Call(hadamard),
        examples: &[
            Shows("hadamard([1 2; 3 4], [10 20; 30 40])", "2×2 Matrix{Int64}:\n 10   40\n 90  160"),
            Shows("hadamard(2)", "2×2 Matrix{Int64}:\n 1   1\n 1  -1"),
        ],
    },
    Builtin {
        sig: "khatrirao(A, B)",
        doc: "The column-wise Khatri–Rao product: the Kronecker products of the columns, side by side.",
        more: "",
        run: Run::Call(khatrirao),
        examples: &[Shows(
            "khatrirao([1 2; 3 4], [1 1; 10 10])",
            "4×2 Matrix{Int64}:\n  1   2\n 10  20\n  3   4\n 30  40",
        )],
    },
    Builtin {
        sig: "facesplit(A, B)",
        doc: "The face-splitting product: the Kronecker products of the rows, below each other.",
        more: "",
        run: Run::Call(facesplit),
        examples: &[Shows("facesplit([1 2; 3 4], [1 10; 1 10])", "2×4 Matrix{Int64}:\n 1  10  2  20\n 3  30  4  40")],
    },
    Builtin {
        sig: "penetratingface(A, B)",
        doc: "The penetrating face product: A times every block of B, element by element; B = [B1 B2 …] has blocks of A's size.",
        more: "",
        run: Run::Call(penetratingface),
        examples: &[
            Shows(
                "penetratingface([1 2; 3 4], [1 1 10 10; 1 1 10 10])",
                "2×4 Matrix{Int64}:\n 1  2  10  20\n 3  4  30  40",
            ),
            Fails("penetratingface([1 2; 3 4], [1 2 3; 4 5 6])", "blocks"),
        ],
    },
];

fn hadamard(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if args.count() > 1 {
        return folded(args, |a, b| operators::binary(BinaryOp::Hadamard, a, b));
    }
    let n = args.size(0)?;
    element_count(n, n)?;
    let Some(core) = core_order(n) else {
        return Err(Fault::argument(format!("no Hadamard matrix of order {n} can be built here"))
            .rule("n is a power of 2, or one times p + 1 with a prime p = 4k + 3")
            .label(Part::Argument(0), n.to_string()));
    };
    Shape::matrix(n, n).made_at(|i, j| sylvester_sign(i / core, j / core) * paley_sign(core, i % core, j % core))
}

/// The order of the matrix that the doubling starts from: 1, or one that Paley's construction gives.
fn core_order(n: usize) -> Option<usize> {
    if n.is_power_of_two() {
        return Some(1);
    }
    if n == 0 {
        return None;
    }
    let is_paley = |m: &usize| *m > 2 && m.is_multiple_of(4) && is_prime(m - 1);
    let halves = std::iter::successors(Some(n), |m| (m % 2 == 0).then_some(m / 2));
    halves.filter(is_paley).last()
}

fn is_prime(n: usize) -> bool {
    n > 1 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d))
}

/// Sylvester's construction: the sign at (i, j) is the parity of the bits that i and j have in common.
fn sylvester_sign(i: usize, j: usize) -> i64 {
    if (i & j).count_ones().is_multiple_of(2) { 1 } else { -1 }
}

/// Paley's construction, first row and column positive: is the distance of i and j a square modulo the order less one?
fn paley_sign(order: usize, i: usize, j: usize) -> i64 {
    if i == 0 || j == 0 {
        return 1;
    }
    let p = order - 1;
    let distance = (i + p - j) % p;
    let is_square = (1..=p / 2).any(|x| x * x % p == distance);
    if distance == 0 || is_square { -1 } else { 1 }
}

fn khatrirao(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (a, b) = (args.read_array(0)?, args.read_array(1)?);
    if a.shape().1 != b.shape().1 {
        return Err(Fault::dimension(format!("columns of A ({}) ≠ columns of B ({})", a.shape().1, b.shape().1))
            .rule("khatrirao multiplies column by column")
            .label(Part::Argument(0), a.size_text())
            .label(Part::Argument(1), b.size_text()));
    }
    let columns = (1..=a.shape().1 as i64).map(|k| {
        let column = |v: &Value| index::get(v, &[Value::Colon, Value::Int(k)]);
        linalg::kron(&column(args.at(0))?, &column(args.at(1))?)
    });
    concat::hcat(&columns.collect::<Outcome<Vec<_>>>()?)
}

fn facesplit(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (a, b) = (args.read_array(0)?, args.read_array(1)?);
    if a.shape().0 != b.shape().0 {
        return Err(Fault::dimension(format!("rows of A ({}) ≠ rows of B ({})", a.shape().0, b.shape().0))
            .rule("facesplit multiplies row by row")
            .label(Part::Argument(0), a.size_text())
            .label(Part::Argument(1), b.size_text()));
    }
    let turned = [linalg::transpose(args.at(0))?, linalg::transpose(args.at(1))?];
    let product = khatrirao(&Arguments { name: args.name, positional: &turned, keyword: &[] }, host)?;
    let Some(product) = promote::as_array(&product)? else { return Ok(product) };
    let (rows, cols) = product.shape();
    gather(&product, Shape::matrix(cols, rows), |i, j| j + i * rows)
}

fn folded(args: &Arguments<'_>, op: fn(&Value, &Value) -> Outcome<Value>) -> Outcome<Value> {
    args.positional[1..].iter().try_fold(args.at(0).clone(), |product, next| op(&product, next))
}

fn penetratingface(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (a, b) = (args.read_array(0)?, args.read_array(1)?);
    let ((rows, cols), (b_rows, b_cols)) = (a.shape(), b.shape());
    if rows != b_rows || cols == 0 || b_cols % cols != 0 {
        return Err(Fault::dimension(format!("{b_rows}×{b_cols} is not made of {rows}×{cols} blocks side by side"))
            .rule("penetratingface multiplies A with every block of B, which has the size of A")
            .label(Part::Argument(0), a.size_text())
            .label(Part::Argument(1), b.size_text()));
    }
    let repeated = gather(&a, Shape::matrix(rows, b_cols), |i, j| i + j % cols * rows)?;
    operators::binary(BinaryOp::Hadamard, &repeated, &gather(&b, Shape::of(&b), |i, j| i + j * rows)?)
}
