//! Eigenvalues, singular values and the factorisations of matrices, each a named tuple of its parts.

use crate::fault::{Fault, Outcome, Part};
use crate::kernel::{linalg, operators};
use crate::op::BinaryOp;
use crate::value::display::{describe, with_article};
use crate::value::factorization::Factorization;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Elements, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "eigvals(A) | eigvals(A, B)",
        doc: "The eigenvalues of a square matrix: the λ with A*x = λ*x (or A*x = λ*B*x) for some x but zero.",
        more: "Of a symmetric matrix they are real and ascending; else they are sorted by real, then by imaginary part.",
        run: Run::Call(|args, _| linalg::eigvals(&pencil(args)?)),
        examples: &[
            Shows("eigvals([2 0; 0 1])", "2-element Vector{Float64}:\n 1.0\n 2.0"),
            Shows("eigvals([0 -1; 1 0])", "2-element Vector{ComplexF64}:\n 0.0 - 1.0im\n 0.0 + 1.0im"),
        ],
    },
    Builtin {
        sig: "eigvecs(A) | eigvecs(A, B)",
        doc: "The eigenvectors of a square matrix, as the columns of a matrix, in the order of eigvals(A).",
        more: "Every column has length 1, and its element of largest absolute value is positive (of several the last); a \
               complex column is turned until the first of them is real. Those of a symmetric matrix are orthogonal.",
        run: Run::Call(|args, _| field(&linalg::eigen(&pencil(args)?)?, "vectors")),
        examples: &[Shows("eigvecs([2 0; 0 1])", "2×2 Matrix{Float64}:\n 0.0  1.0\n 1.0  0.0")],
    },
    Builtin {
        sig: "eigen(A) | eigen(A, B)",
        doc: "The eigenvalues and eigenvectors of a square matrix, as a named tuple (values, vectors).",
        more: "A * vectors == vectors * Diagonal(values), up to rounding. eigvals and eigvecs tell order and signs.",
        run: Run::Call(|args, _| linalg::eigen(&pencil(args)?)),
        examples: &[
            Shows(
                "eigen([2 0; 0 1])",
                "values:\n2-element Vector{Float64}:\n 1.0\n 2.0\nvectors:\n2×2 Matrix{Float64}:\n 0.0  1.0\n 1.0  0.0",
            ),
            Shows("λ, V = eigen([2 1; 1 2]); λ", "2-element Vector{Float64}:\n 1.0\n 3.0"),
        ],
    },
    Builtin {
        sig: "eigmax(A)",
        doc: "The largest eigenvalue of a square matrix with real eigenvalues.",
        more: "",
        run: Run::Call(|args, _| extreme(args, f64::max)),
        examples: &[Shows("eigmax([2 0; 0 1])", "2.0"), Fails("eigmax([0 -1; 1 0])", "complex")],
    },
    Builtin {
        sig: "eigmin(A)",
        doc: "The smallest eigenvalue of a square matrix with real eigenvalues.",
        more: "",
        run: Run::Call(|args, _| extreme(args, f64::min)),
        examples: &[Shows("eigmin([2 0; 0 1])", "1.0")],
    },
    Builtin {
        sig: "svd(A; full = false)",
        doc: "The singular value decomposition A = U * Diagonal(S) * Vt, as a named tuple (U, S, V, Vt).",
        more: "U and V have orthonormal columns, as many as the smaller side of A (with full=true they are square); S is \
               descending. The largest element of every column of V is positive.",
        run: Run::Call(|args, _| linalg::svd_parts(args.at(0), args.flag("full", false)?)),
        examples: &[
            Shows("svd([0 2; 1 0]).S", "2-element Vector{Float64}:\n 2.0\n 1.0"),
            Shows("U, S, V = svd([0 2; 1 0]); U * Diagonal(S) * V'", "2×2 Matrix{Float64}:\n 0.0  2.0\n 1.0  0.0"),
        ],
    },
    Builtin {
        sig: "svdvals(A)",
        doc: "The singular values of a matrix, largest first: how much it stretches in orthogonal directions.",
        more: "",
        run: Run::Call(|args, _| linalg::svdvals(args.at(0))),
        examples: &[Shows("svdvals([3 0; 0 4])", "2-element Vector{Float64}:\n 4.0\n 3.0")],
    },
    Builtin {
        sig: "lu(A)",
        doc: "Elimination with row exchanges: A[p, :] = L * U, as a named tuple (L, U, p, P).",
        more: "L is lower triangular with ones on its diagonal, U upper triangular; P is p as a matrix: P * A = L * U. \
               lu(A) \\ b solves A*x = b.",
        run: Run::Call(|args, _| linalg::lu(args.at(0))),
        examples: &[
            Shows("lu([1 2; 2 6]).L", "2×2 Matrix{Float64}:\n 1.0  0.0\n 0.5  1.0"),
            Shows("L, U, p = lu([1 2; 2 6]); p", "2-element Vector{Int64}:\n 2\n 1"),
            Shows("lu([2 0; 0 4]) \\ [2, 4]", "2-element Vector{Float64}:\n 1.0\n 1.0"),
        ],
    },
    Builtin {
        sig: "qr(A)",
        doc: "A = Q * R with orthonormal columns in Q and upper triangular R, as a named tuple (Q, R).",
        more: "Q is thin, a plain matrix with as many columns as the smaller side of A. qr(A) \\ b solves A*x = b, by least \
               squares if A is tall. The signs are LAPACK's: Householder's reflections.",
        run: Run::Call(|args, _| linalg::qr(args.at(0))),
        examples: &[
            Shows("qr([3 0; 4 5]).R", "2×2 Matrix{Float64}:\n -5.0  -4.0\n  0.0   3.0"),
            Shows("Q, R = qr([1 2; 3 4]); Q * R ≈ [1 2; 3 4]", "true"),
        ],
    },
    Builtin {
        sig: "cholesky(A)",
        doc: "A = L * U with lower triangular L and U = L', of a positive definite matrix, as a named tuple (L, U).",
        more: "A PosDefException if the matrix is not positive definite, or not symmetric.",
        run: Run::Call(|args, _| linalg::cholesky(args.at(0))),
        examples: &[
            Shows("cholesky([4 2; 2 2]).L", "2×2 Matrix{Float64}:\n 2.0  0.0\n 1.0  1.0"),
            Fails("cholesky([1 2; 2 1])", "not positive definite"),
        ],
    },
    Builtin {
        sig: "factorize(A)",
        doc: "The factorisation that suits A for solving: cholesky if it is positive definite, lu if square, else qr.",
        more: "factorize(A) \\ b solves A*x = b; for many b the work of factorising is done once.",
        run: Run::Call(|args, _| linalg::factorize(args.at(0))),
        examples: &[Shows("factorize([4 2; 2 2]).U", "2×2 Matrix{Float64}:\n 2.0  1.0\n 0.0  1.0")],
    },
    Builtin {
        sig: "schur(A)",
        doc: "A = Z * T * Z' with unitary Z and (nearly) triangular T, as a named tuple (T, Z, values).",
        more: "T of a real matrix is real, with a 2×2 block on its diagonal for every pair of complex eigenvalues.",
        run: Run::Call(|args, _| linalg::schur_parts(args.at(0))),
        examples: &[
            Shows("schur([1 2; 0 3]).values", "2-element Vector{Float64}:\n 1.0\n 3.0"),
            Shows("T, Z = schur([1 2; 3 4]); Z * T * Z' ≈ [1 2; 3 4]", "true"),
        ],
    },
    Builtin {
        sig: "hessenberg(A)",
        doc: "A = Q * H * Q' with unitary Q and H zero below its first subdiagonal, as a named tuple (Q, H).",
        more: "",
        run: Run::Call(|args, _| linalg::hessenberg_parts(args.at(0))),
        examples: &[Shows("F = hessenberg([1 2 3; 4 5 6; 7 8 9]); F.Q * F.H * F.Q' ≈ [1 2 3; 4 5 6; 7 8 9]", "true")],
    },
    Builtin {
        sig: "eig(A)",
        doc: "MATLAB's name for eigvals(A).",
        more: "eigen(A) gives the eigenvectors too.",
        run: Run::Call(|args, _| linalg::eigvals(args.at(0))),
        examples: &[Shows("eig([2 0; 0 1])", "2-element Vector{Float64}:\n 1.0\n 2.0")],
    },
    Builtin {
        sig: "chol(A)",
        doc: "MATLAB's name for cholesky(A).U.",
        more: "",
        run: Run::Call(|args, _| field(&linalg::cholesky(args.at(0))?, "U")),
        examples: &[Shows("chol([4 2; 2 2])", "2×2 Matrix{Float64}:\n 2.0  1.0\n 0.0  1.0")],
    },
    Builtin {
        sig: "hess(A)",
        doc: "MATLAB's name for hessenberg(A).H.",
        more: "",
        run: Run::Call(|args, _| field(&linalg::hessenberg_parts(args.at(0))?, "H")),
        examples: &[Shows("hess([1 2; 3 4])", "2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0")],
    },
];

/// A, or of the two matrices in `A*x = λ*B*x` the one with the same eigenvalues; of a factorisation its matrix.
fn pencil(args: &Arguments<'_>) -> Outcome<Value> {
    if args.count() == 2 {
        return operators::binary(BinaryOp::LeftDiv, args.at(1), args.at(0));
    }
    match Factorization::of(args.at(0)) {
        Some(kind) => linalg::factored_matrix(kind, args.at(0)),
        None => Ok(args.at(0).clone()),
    }
}

fn field(f: &Value, name: &str) -> Outcome<Value> {
    match f {
        Value::Tuple(tuple) => tuple.field(name).ok_or_else(|| Fault::method(format!("{} has no {name}", describe(f)))),
        _ => Err(Fault::method(format!("{} has no {name}", with_article(&describe(f))))),
    }
}

fn extreme(args: &Arguments<'_>, better: fn(f64, f64) -> f64) -> Outcome<Value> {
    let values = linalg::eigvals(args.at(0))?;
    let Value::Array(array) = &values else { return Ok(values) };
    match &*array.elements() {
        Elements::Float(m) if m.is_empty() => {
            Err(Fault::argument(format!("{} of a matrix without elements", args.name)))
        }
        Elements::Float(m) => Ok(Value::float(m.iter().copied().fold(f64::NAN, better))),
        Elements::Bool(_) | Elements::Int(_) | Elements::Complex(_) | Elements::Any(..) => {
            let fault = Fault::domain("some eigenvalues are complex, and complex numbers have no order");
            Err(fault.label(Part::Argument(0), describe(args.at(0))).hint("eigvals(A) gives all of them"))
        }
    }
}
