//! Subspaces by bases: of rows, of columns, of what is orthogonal to them; projections onto them; Gram and Schmidt.

use super::linalg::{square_argument, tolerance};
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::{linalg, operators};
use crate::op::BinaryOp;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "columnspace(A; atol, rtol)",
        doc: "An orthonormal basis of the column space, which is what A*x can be, as the columns of a matrix.",
        more: "As orth(A).",
        run: Run::Call(|args, _| linalg::orth(args.at(0), tolerance(args)?)),
        examples: &[Shows("columnspace([0 0; 3 6])", "2×1 Matrix{Float64}:\n 0.0\n 1.0")],
    },
    Builtin {
        sig: "rowspace(A; atol, rtol)",
        doc: "An orthonormal basis of the row space, as the columns of a matrix.",
        more: "It is the column space of A'; what is orthogonal to it is nullspace(A).",
        run: Run::Call(|args, _| linalg::orth(&linalg::adjoint(args.at(0))?, tolerance(args)?)),
        examples: &[
            Shows("size(rowspace([1 2 3; 2 4 6]))", "(3, 1)"),
            Shows("A = [1 2; 2 4]; norm(rowspace(A)' * nullspace(A)) < 1e-12", "true"),
        ],
    },
    Builtin {
        sig: "leftnullspace(A; atol, rtol)",
        doc: "An orthonormal basis of the y with y'*A = 0, as the columns of a matrix.",
        more: "It is nullspace(A'); what is orthogonal to it is columnspace(A).",
        run: Run::Call(|args, _| linalg::nullspace(&linalg::adjoint(args.at(0))?, tolerance(args)?)),
        examples: &[Shows("leftnullspace([0 0; 3 6])", "2×1 Matrix{Float64}:\n 1.0\n 0.0")],
    },
    Builtin {
        sig: "gramschmidt(A; normalize = true)",
        doc: "The columns of A made orthonormal, one after the other, as the columns of a matrix.",
        more: "A column that depends on those before it is left out. With normalize=false they keep the length that is left \
               of them. qr(A) finds the same basis up to signs.",
        run: Run::Call(|args, _| linalg::gram_schmidt(args.at(0), args.flag("normalize", true)?)),
        examples: &[
            Shows("gramschmidt([3 1; 0 2])", "2×2 Matrix{Float64}:\n 1.0  0.0\n 0.0  1.0"),
            Shows("gramschmidt([1 1; 1 0]; normalize=false)", "2×2 Matrix{Float64}:\n 1.0   0.5\n 1.0  -0.5"),
            Shows("size(gramschmidt([1 2; 2 4]))", "(2, 1)"),
        ],
    },
    Builtin {
        sig: "projection(A) | projection(A, b)",
        doc: "The matrix that projects orthogonally onto the column space of A, or onto a vector; with b, where it brings b.",
        more: "projection(A, b) is A * x for the x that brings A*x nearest to b: x = A \\ b.",
        run: Run::Call(projection),
        examples: &[
            Shows("projection([1, 1])", "2×2 Matrix{Float64}:\n 0.5  0.5\n 0.5  0.5"),
            Shows("projection([1, 1], [3, 1])", "2-element Vector{Float64}:\n 2.0\n 2.0"),
            Fails("projection([1, 1], [3, 1, 2])", "rows"),
        ],
    },
    Builtin {
        sig: "isorthogonal(Q; atol)",
        doc: "Is the matrix real and square, and Q' * Q the identity matrix, up to rounding?",
        more: "Then its columns are orthonormal, its rows too, and Q' is its inverse. atol is how long Q'Q - I may be.",
        run: Run::Call(is_orthogonal),
        examples: &[Shows("isorthogonal([0 -1; 1 0])", "true"), Shows("isorthogonal([1 1; 0 1])", "false")],
    },
    Builtin {
        sig: "isunitary(Q; atol)",
        doc: "Is the matrix square, and Q' * Q the identity matrix, up to rounding?",
        more: "isorthogonal(Q) asks the same of real matrices. atol is how long Q'Q - I may be.",
        run: Run::Call(is_unitary),
        examples: &[Shows("isunitary([0 im; 1 0])", "true")],
    },
    Builtin {
        sig: "linsolve(A, b)",
        doc: "The x with A*x = b: MATLAB's name for A \\ b.",
        more: "By substitution if A is triangular, by lu(A) if it is square, else the least squares solution.",
        run: Run::Call(|args, _| linalg::solve(args.at(0), args.at(1))),
        examples: &[
            Shows("linsolve([2 0; 0 4], [2, 2])", "2-element Vector{Float64}:\n 1.0\n 0.5"),
            Fails("linsolve([1 2; 2 4], [1, 1])", "singular"),
        ],
    },
    Builtin {
        sig: "inertia(A)",
        doc: "How many eigenvalues of a Hermitian matrix are positive, negative and zero, as a named tuple.",
        more: "They say what kind of quadratic form x'*A*x is: all positive, it is positive definite; positive and negative \
               ones, it is indefinite.",
        run: Run::Call(inertia),
        examples: &[
            Shows("inertia([0 1; 1 0])", "(positive = 1, negative = 1, zero = 0)"),
            Fails("inertia([0 1; 2 0])", "symmetric"),
        ],
    },
];

fn projection(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let a = args.at(0);
    let rows = args.read_array(0)?.shape().0;
    let times = |a: &Value, b: &Value| operators::binary(BinaryOp::Mul, a, b);
    if let Some(b) = args.get(1) {
        let count = promote::as_array(b)?.ok_or_else(|| args.refuse(1, "a vector or a matrix"))?.shape().0;
        if count != rows {
            return Err(Fault::dimension(format!("rows of A ({rows}) ≠ rows of b ({count})"))
                .rule("projection(A, b) is of a b with as many rows as A")
                .label(Part::Argument(0), describe(a))
                .label(Part::Argument(1), describe(b)));
        }
    }
    let zero = |x: &Value| operators::equal(x, &Value::Int(0));
    let squared = if args.read_array(0)?.is_vector() { linalg::dot(a, a)? } else { Value::Int(0) };
    // Of a vector without a root: it stays exact where it can.
    let (left, right) = if zero(&squared) {
        let basis = linalg::orth(a, linalg::Tolerance::default())?;
        (basis.clone(), linalg::adjoint(&basis)?)
    } else {
        (a.clone(), operators::binary(BinaryOp::Div, &linalg::adjoint(a)?, &squared)?)
    };
    match args.get(1) {
        None => times(&left, &right),
        Some(b) => times(&left, &times(&right, b)?),
    }
}

fn is_unitary(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    linalg::is_unitary(args.at(0), args.name, args.tolerance("atol")?).map(Value::bool)
}

fn is_orthogonal(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let is_complex =
        promote::as_array(args.at(0))?.is_some_and(|array| array.eltype() == crate::value::Type::ComplexF64);
    if is_complex { Ok(Value::bool(false)) } else { is_unitary(args, host) }
}

fn inertia(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    square_argument(args)?;
    let a = args.at(0);
    if !operators::equal(a, &linalg::adjoint(a)?) {
        return Err(Fault::argument("inertia takes a matrix that is symmetric, or equals its adjoint")
            .rule("a quadratic form x'*A*x belongs to a symmetric matrix")
            .label(Part::Argument(0), "not symmetric")
            .hint("(A + A') / 2 has the same form, and is symmetric"));
    }
    let eigenvalues = linalg::eigvals(a)?;
    let Some(array) = promote::as_array(&eigenvalues)? else { return Err(args.refuse(0, "a square matrix")) };
    let values = promote::to_floats(&array.elements())?.into_owned();
    let largest = values.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let rounding = largest * values.len() as f64 * f64::EPSILON;
    let count = |picks: &dyn Fn(f64) -> bool| Value::Int(values.iter().filter(|x| picks(**x)).count() as i64);
    Ok(Value::named_tuple(vec![
        ("positive", count(&|x| x > rounding)),
        ("negative", count(&|x| x < -rounding)),
        ("zero", count(&|x| x.abs() <= rounding)),
    ]))
}
