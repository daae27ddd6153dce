//! Linear algebra: products, determinants and inverses, norms, parts of matrices and what kind of matrix one is.

use super::arguments::{integer, is_number};
use super::arrays::{Shape, gather, masked, number_of_type};
use super::scalar::not_square;
use crate::fault::{Fault, Outcome, Part};
use crate::kernel::linalg::Tolerance;
use crate::kernel::{linalg, operators};
use crate::op::BinaryOp;
use crate::value::array::{Array, Elements};
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Value, index, promote};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "dot(x, y) | dot(x, A, y)",
        doc: "The inner product, x' * y: the sum of the products of the elements, as x ⋅ y.",
        more: "",
        run: Run::Call(dot),
        examples: &[Shows("dot([1, 2, 3], [4, 5, 6])", "32"), Fails("dot([1, 2], [1, 2, 3])", "elements")],
    },
    Builtin {
        sig: "cross(x, y)",
        doc: "The cross product of two 3-vectors, as x × y.",
        more: "",
        run: Run::Call(|args, _| linalg::cross(args.at(0), args.at(1))),
        examples: &[Shows("cross([1, 0, 0], [0, 1, 0])", "3-element Vector{Int64}:\n 0\n 0\n 1")],
    },
    Builtin {
        sig: "kron(A, B, rest...)",
        doc: "The Kronecker product: every element of A times the whole of B, as A ⊗ B.",
        more: "",
        run: Run::Call(|args, _| folded(args, linalg::kron)),
        examples: &[Shows("kron([1 2], [1, 10])", "2×2 Matrix{Int64}:\n  1   2\n 10  20")],
    },
    Builtin {
        sig: "det(A)",
        doc: "The determinant of a square matrix.",
        more: "",
        run: Run::Call(|args, _| linalg::det(args.at(0))),
        examples: &[Shows("det([2 1; 0 3])", "6.0"), Fails("det([1 2 3; 4 5 6])", "square")],
    },
    Builtin {
        sig: "inv(A)",
        doc: "The inverse of a square matrix, or of a number.",
        more: "To solve A*x = b, write A \\ b: it is faster and more exact than inv(A) * b.",
        run: Run::Call(|args, _| linalg::inv(args.at(0))),
        examples: &[
            Shows("inv([2 0; 0 4])", "2×2 Matrix{Float64}:\n 0.5  0.0\n 0.0  0.25"),
            Fails("inv([1 2; 2 4])", ""),
        ],
    },
    Builtin {
        sig: "pinv(A; atol, rtol)",
        doc: "The pseudo-inverse of any matrix (Moore and Penrose).",
        more: "pinv(A) * b is the shortest of the x that bring A*x nearest to b. Singular values up to the larger of atol and \
               rtol times the largest one count as zero.",
        run: Run::Call(|args, _| linalg::pinv(args.at(0), tolerance(args)?)),
        examples: &[Runs("pinv([1 2; 2 4])")],
    },
    Builtin {
        sig: "tr(A)",
        doc: "The trace: the sum of the diagonal of a square matrix.",
        more: "",
        run: Run::Call(|args, _| linalg::tr(args.at(0))),
        examples: &[Shows("tr([1 2; 3 4])", "5")],
    },
    Builtin {
        sig: "rank(A; atol, rtol)",
        doc: "The number of independent rows, up to rounding.",
        more: "It is the number of singular values above the larger of atol and rtol times the largest one.",
        run: Run::Call(|args, _| linalg::rank(args.at(0), tolerance(args)?)),
        examples: &[Shows("rank([1 2; 2 4])", "1")],
    },
    Builtin {
        sig: "norm(A, p = 2)",
        doc: "The length of a vector; of a matrix, that of all its elements as one vector (Frobenius).",
        more: "p=1 adds the absolute values, p=Inf takes the largest. opnorm(A) is how much A stretches a vector at most.",
        run: Run::Call(norm),
        examples: &[Shows("norm([3, 4])", "5.0"), Shows("norm([3, 4], 1)", "7.0"), Shows("norm([3, 4], Inf)", "4.0")],
    },
    Builtin {
        sig: "opnorm(A, p = 2)",
        doc: "How much a matrix stretches a vector at most, in the p-norm; p is 1, 2 or Inf.",
        more: "",
        run: Run::Call(|args, _| {
            let p = if args.count() == 2 { args.float(1)? } else { 2.0 };
            linalg::opnorm(diagonal_number(args.at(0)).unwrap_or(args.at(0)), p)
        }),
        examples: &[Shows("opnorm([3 0; 0 4], 1)", "4.0")],
    },
    Builtin {
        sig: "cond(A, p = 2)",
        doc: "The condition number: how much A can make relative errors grow; Inf for a singular matrix.",
        more: "In solving A*x = b about log10(cond(A)) digits are lost. p is 1, 2 or Inf.",
        run: Run::Call(|args, _| {
            let p = if args.count() == 2 { args.float(1)? } else { 2.0 };
            linalg::cond(diagonal_number(args.at(0)).unwrap_or(args.at(0)), p)
        }),
        examples: &[Shows("cond([2 0; 0 1])", "2.0"), Shows("cond([1 2; 2 4], 1)", "Inf")],
    },
    Builtin {
        sig: "logdet(A)",
        doc: "The logarithm of the determinant, also where the determinant itself is too large for a float.",
        more: "",
        run: Run::Call(|args, _| linalg::logdet(args.at(0))),
        examples: &[Shows("logdet([1 0; 0 1])", "0.0"), Fails("logdet([0 1; 1 0])", "negative")],
    },
    Builtin {
        sig: "logabsdet(A)",
        doc: "The logarithm of the determinant's absolute value, and its sign, as a tuple.",
        more: "",
        run: Run::Call(logabsdet),
        examples: &[Shows("logabsdet([0 1; 1 0])", "(0.0, -1.0)")],
    },
    Builtin {
        sig: "nullspace(A; atol, rtol)",
        doc: "An orthonormal basis of the x with A*x = 0, as the columns of a matrix.",
        more: "Singular values up to the larger of atol and rtol times the largest one count as zero. The largest element \
               of every column is positive.",
        run: Run::Call(|args, _| linalg::nullspace(args.at(0), tolerance(args)?)),
        examples: &[
            Shows("A = [1 2; 2 4]; norm(A * nullspace(A)) < 1e-12", "true"),
            Shows("size(nullspace([1 0; 0 1]))", "(2, 0)"),
        ],
    },
    Builtin {
        sig: "orth(A; atol, rtol)",
        doc: "An orthonormal basis of the range of A, which is what A*x can be, as the columns of a matrix.",
        more: "MATLAB's name; the columns of svd(A).U to singular values that are not zero.",
        run: Run::Call(|args, _| linalg::orth(args.at(0), tolerance(args)?)),
        examples: &[Shows("orth([0 0; 3 0])", "2×1 Matrix{Float64}:\n 0.0\n 1.0")],
    },
    Builtin {
        sig: "lyap(A, C)",
        doc: "The solution X of Lyapunov's equation A*X + X*A' + C = 0.",
        more: "",
        run: Run::Call(|args, _| linalg::lyap(args.at(0), args.at(1))),
        examples: &[Shows("lyap([1 0; 0 2], [-2 0; 0 -4])", "2×2 Matrix{Float64}:\n 1.0  0.0\n 0.0  1.0")],
    },
    Builtin {
        sig: "sylvester(A, B, C)",
        doc: "The solution X of Sylvester's equation A*X + X*B + C = 0.",
        more: "",
        run: Run::Call(|args, _| linalg::sylvester(args.at(0), args.at(1), args.at(2))),
        examples: &[
            Shows("sylvester([1 0; 0 2], [1 0; 0 2], [-2 -3; -3 -4])", "2×2 Matrix{Float64}:\n 1.0  1.0\n 1.0  1.0"),
            Fails("sylvester([1 0; 0 2], [-1 0; 0 3], [1 1; 1 1])", "no single solution"),
        ],
    },
    Builtin {
        sig: "normalize(v, p = 2)",
        doc: "The vector of length 1 in the direction of v.",
        more: "",
        run: Run::Call(normalize),
        examples: &[Shows("normalize([3, 4])", "2-element Vector{Float64}:\n 0.6\n 0.8")],
    },
    Builtin {
        sig: "diag(A, k = 0)",
        doc: "The diagonal of a matrix as a vector; k > 0 above it, k < 0 below.",
        more: "",
        run: Run::Call(diag),
        examples: &[
            Shows("diag([1 2; 3 4])", "2-element Vector{Int64}:\n 1\n 4"),
            Shows("diag([1 2; 3 4], 1)", "1-element Vector{Int64}:\n 2"),
        ],
    },
    Builtin {
        sig: "diagm(v) | diagm(pairs...) | diagm(m, n, v)",
        doc: "The matrix with v on its diagonal; diagm(k => v) puts it k places above.",
        more: "diagm(x) * y is x .* y.",
        run: Run::Call(diagm),
        examples: &[
            Shows("diagm([1, 2])", "2×2 Matrix{Int64}:\n 1  0\n 0  2"),
            Shows("diagm(1 => [7])", "2×2 Matrix{Int64}:\n 0  7\n 0  0"),
        ],
    },
    Builtin {
        sig: "Diagonal(v)",
        doc: "The matrix with v on its diagonal; of a matrix, its diagonal with zeros elsewhere.",
        more: "In hlang a plain matrix, as diagm(v).",
        run: Run::Call(diagonal),
        examples: &[Shows("Diagonal([1, 2])", "2×2 Matrix{Int64}:\n 1  0\n 0  2")],
    },
    Builtin {
        sig: "Tridiagonal(below, diagonal, above)",
        doc: "The matrix with these three diagonals; in hlang a plain matrix.",
        more: "",
        run: Run::Call(|args, host| tridiagonal(args, [0, 1, 2], host)),
        examples: &[Shows("Tridiagonal([1], [5, 6], [2])", "2×2 Matrix{Int64}:\n 5  2\n 1  6")],
    },
    Builtin {
        sig: "SymTridiagonal(diagonal, beside)",
        doc: "The symmetric matrix with these diagonals; in hlang a plain matrix.",
        more: "",
        run: Run::Call(|args, host| tridiagonal(args, [1, 0, 1], host)),
        examples: &[Shows("SymTridiagonal([2, 2], [-1])", "2×2 Matrix{Int64}:\n  2  -1\n -1   2")],
    },
    Builtin {
        sig: "triu(A, k = 0)",
        doc: "The upper triangle, with zeros below the diagonal number k.",
        more: "",
        run: Run::Call(|args, _| triangle(args, |i, j, k| j - i >= k)),
        examples: &[Shows("triu([1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  2\n 0  4")],
    },
    Builtin {
        sig: "tril(A, k = 0)",
        doc: "The lower triangle, with zeros above the diagonal number k.",
        more: "",
        run: Run::Call(|args, _| triangle(args, |i, j, k| j - i <= k)),
        examples: &[Shows("tril([1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  0\n 3  4")],
    },
    Builtin {
        sig: "UpperTriangular(A)",
        doc: "The upper triangle; in hlang a plain matrix, as triu(A).",
        more: "",
        run: Run::Call(|args, _| square_argument(args).and_then(|_| triangle(args, |i, j, _| j >= i))),
        examples: &[Shows("UpperTriangular([1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  2\n 0  4")],
    },
    Builtin {
        sig: "LowerTriangular(A)",
        doc: "The lower triangle; in hlang a plain matrix, as tril(A).",
        more: "",
        run: Run::Call(|args, _| square_argument(args).and_then(|_| triangle(args, |i, j, _| j <= i))),
        examples: &[Shows("LowerTriangular([1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  0\n 3  4")],
    },
    Builtin {
        sig: "Symmetric(A)",
        doc: "The symmetric matrix with the upper triangle of A.",
        more: "",
        run: Run::Call(|args, _| mirrored(args, false)),
        examples: &[Shows("Symmetric([1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  2\n 2  4")],
    },
    Builtin {
        sig: "Hermitian(A)",
        doc: "The matrix that equals its adjoint, with the upper triangle of A.",
        more: "",
        run: Run::Call(|args, _| mirrored(args, true)),
        examples: &[Shows("Hermitian([1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  2\n 2  4")],
    },
    Builtin {
        sig: "issymmetric(A)",
        doc: "Is the matrix equal to its transpose?",
        more: "",
        run: Run::Call(|args, _| equals_its(args, linalg::transpose)),
        examples: &[Shows("issymmetric([1 2; 2 1])", "true")],
    },
    Builtin {
        sig: "ishermitian(A)",
        doc: "Is the matrix equal to its adjoint?",
        more: "",
        run: Run::Call(|args, _| equals_its(args, linalg::adjoint)),
        examples: &[Shows("ishermitian([1 2; 2 1])", "true")],
    },
    Builtin {
        sig: "isdiag(A)",
        doc: "Are all elements beside the diagonal zero?",
        more: "",
        run: Run::Call(|args, _| zero_where(args, |above, _| above != 0)),
        examples: &[Shows("isdiag([1 0; 0 2])", "true")],
    },
    Builtin {
        sig: "istriu(A, k = 0)",
        doc: "Are all elements below the diagonal number k zero?",
        more: "",
        run: Run::Call(|args, _| zero_where(args, |above, k| above < k)),
        examples: &[Shows("istriu([1 2; 0 3])", "true")],
    },
    Builtin {
        sig: "istril(A, k = 0)",
        doc: "Are all elements above the diagonal number k zero?",
        more: "",
        run: Run::Call(|args, _| zero_where(args, |above, k| above > k)),
        examples: &[Shows("istril([1 0; 2 3])", "true")],
    },
    Builtin {
        sig: "isposdef(A)",
        doc: "Is the matrix Hermitian, and x'*A*x positive for every x but zero?",
        more: "",
        run: Run::Call(isposdef),
        examples: &[Shows("isposdef([2 1; 1 2])", "true"), Shows("isposdef([1 2; 2 1])", "false")],
    },
];

fn folded(args: &Arguments<'_>, op: fn(&Value, &Value) -> Outcome<Value>) -> Outcome<Value> {
    args.positional[1..].iter().try_fold(args.at(0).clone(), |product, next| op(&product, next))
}

fn dot(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if args.count() == 3 {
        return linalg::dot(args.at(0), &operators::binary(BinaryOp::Mul, args.at(1), args.at(2))?);
    }
    linalg::dot(args.at(0), args.at(1))
}

fn norm(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    linalg::norm(args.at(0), if args.count() == 2 { args.float(1)? } else { 2.0 })
}

fn normalize(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    operators::binary(BinaryOp::Div, args.at(0), &norm(args, host)?)
}

fn diag(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    if array.is_vector() {
        return Err(args.refuse(0, "a matrix").hint("diagm(v) is the matrix with v on its diagonal"));
    }
    let k = args.int_or(1, 0)?;
    let (rows, cols) = array.shape();
    let (down, right) = if k < 0 { (k.unsigned_abs() as usize, 0) } else { (0, k as usize) };
    let len = rows.saturating_sub(down).min(cols.saturating_sub(right));
    gather(&array, Shape::vector(len), |i, _| i + down + (i + right) * rows)
}

/// `k => v`, or `v` for the diagonal itself.
fn diagonals(args: &Arguments<'_>) -> Outcome<Vec<(i64, Rc<Array>)>> {
    let one = |k: usize| match args.at(k) {
        Value::Pair(pair) => {
            let place = integer(&pair.0).ok_or_else(|| args.refuse(k, "an integer before =>"))?;
            let array = promote::as_array(&pair.1)?.ok_or_else(|| args.refuse(k, "a vector after =>"))?;
            Ok((place, array))
        }
        _ if args.count() == 1 => Ok((0, args.read_array(0)?)),
        _ => Err(args.refuse(k, "a pair, as 1 => [7, 8]")),
    };
    (0..args.count()).map(one).collect()
}

fn diagm(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let sized = args.count() == 3 && is_number(args.at(0)) && is_number(args.at(1));
    let (diagonals, size) = if sized {
        (vec![(0, args.read_array(2)?)], Some((args.size(0)?, args.size(1)?)))
    } else {
        (diagonals(args)?, None)
    };
    let needed = diagonals.iter().map(|(k, v)| v.len().saturating_add(k.unsigned_abs() as usize)).max().unwrap_or(0);
    let (rows, cols) = size.unwrap_or((needed, needed));
    if rows.min(cols) < needed && size.is_some() {
        return Err(Fault::dimension(format!("{needed} elements do not fit on the diagonal of a {rows}×{cols}")));
    }
    let eltype = diagonals.iter().map(|(_, v)| v.eltype()).reduce(|a, b| promote::join(&a, &b));
    let zero = eltype.as_ref().and_then(|ty| number_of_type(ty, 0)).unwrap_or(Value::Int(0));
    let matrix = super::arrays::filled(Shape::matrix(rows, cols), &zero)?;
    for (k, v) in &diagonals {
        for i in 0..v.len() as i64 {
            let place = [Value::Int(i + 1 + (-k).max(0)), Value::Int(i + 1 + (*k).max(0))];
            // Diagonals that are given twice add up.
            let sum = operators::binary(BinaryOp::Add, &index::get(&matrix, &place)?, &v.value(i as usize))?;
            index::set(&matrix, &place, &sum)?;
        }
    }
    Ok(matrix)
}

fn diagonal(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let array = args.read_array(0)?;
    if array.is_vector() { diagm(args, host) } else { masked(&array, |i, j| i == j) }
}

fn triangle(args: &Arguments<'_>, keep: fn(i64, i64, i64) -> bool) -> Outcome<Value> {
    let array = args.read_array(0)?;
    if array.is_vector() {
        return Err(args.refuse(0, "a matrix"));
    }
    let k = args.int_or(1, 0)?;
    masked(&array, |i, j| keep(i as i64, j as i64, k))
}

/// The matrix that a builtin takes as its first argument, which must be square.
pub(super) fn square_argument(args: &Arguments<'_>) -> Outcome<Rc<Array>> {
    let array = args.read_array(0)?;
    let (rows, cols) = array.shape();
    if array.is_vector() || rows != cols {
        return Err(Fault::dimension(format!(
            "{} is defined for square matrices; this one is {}",
            args.name,
            describe(args.at(0))
        ))
        .label(Part::Argument(0), describe(args.at(0))));
    }
    Ok(array)
}

fn mirrored(args: &Arguments<'_>, conjugate: bool) -> Outcome<Value> {
    let array = square_argument(args)?;
    let n = array.shape().0;
    let mirror = gather(&array, Shape::matrix(n, n), |i, j| if i <= j { i + j * n } else { j + i * n })?;
    if let Value::Array(mirrored) = &mirror
        && let Elements::Complex(m) = &mut *mirrored.elements_mut()
        && conjugate
    {
        for j in 0..n {
            m[(j, j)].im = 0.0;
            for i in j + 1..n {
                m[(i, j)] = m[(i, j)].conj();
            }
        }
    }
    Ok(mirror)
}

fn equals_its(args: &Arguments<'_>, turned: fn(&Value) -> Outcome<Value>) -> Outcome<Value> {
    if let Some(x) = diagonal_number(args.at(0)) {
        return Ok(Value::bool(operators::equal(x, &turned(x)?)));
    }
    let array = args.read_array(0)?;
    if array.is_vector() {
        return Err(not_square(args.name, args.at(0)));
    }
    let (rows, cols) = array.shape();
    Ok(Value::bool(rows == cols && operators::equal(args.at(0), &turned(args.at(0))?)))
}

/// A number, or what `I` is multiplied by: what is asked of the matrix on whose diagonal it stands.
fn diagonal_number(a: &Value) -> Option<&Value> {
    match a {
        Value::Scaling(scale) => Some(scale),
        _ => is_number(a).then_some(a),
    }
}

/// Are the elements zero on the diagonals that the test picks, counted above the main one, given `k`?
fn zero_where(args: &Arguments<'_>, picks: fn(i64, i64) -> bool) -> Outcome<Value> {
    let k = args.int_or(1, 0)?;
    if let Some(x) = diagonal_number(args.at(0)) {
        return Ok(Value::bool(!picks(0, k) || operators::equal(x, &Value::Int(0))));
    }
    let array = args.read_array(0)?;
    let place = |i: usize, j: usize| picks(j as i64 - i as i64, k);
    let (rows, cols) = array.shape();
    let zero = Value::Int(0);
    let all = (0..cols).all(|j| (0..rows).all(|i| !place(i, j) || operators::equal(&array.value(i + j * rows), &zero)));
    Ok(Value::bool(all))
}

fn isposdef(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if let Some(x) = diagonal_number(args.at(0)) {
        let imaginary = matches!(x, Value::Complex(c) if c.z.im != 0.0);
        return Ok(Value::bool(!imaginary && promote::to_complex(x)?.re > 0.0));
    }
    square_argument(args)?;
    linalg::is_positive_definite(args.at(0)).map(Value::bool)
}

/// The keywords of functions that count singular values.
pub(super) fn tolerance(args: &Arguments<'_>) -> Outcome<Tolerance> {
    Ok(Tolerance { absolute: args.float_keyword("atol")?, relative: args.float_keyword("rtol")? })
}

fn logabsdet(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let (log, sign) = linalg::logabsdet(args.at(0))?;
    Ok(Value::tuple(vec![Value::float(log), sign]))
}

/// The matrix with three diagonals: below the main one, on it, above it.
fn tridiagonal(args: &Arguments<'_>, places: [usize; 3], host: &dyn Host) -> Outcome<Value> {
    let [below, main, above] = places;
    for k in [below, above] {
        let (beside, along) = (args.read_array(k)?, args.read_array(main)?);
        if beside.len() + 1 != along.len().max(1) {
            return Err(Fault::dimension(format!(
                "{} elements beside a diagonal of {}; there must be one less",
                beside.len(),
                along.len()
            ))
            .label(Part::Argument(k), describe(args.at(k)))
            .label(Part::Argument(main), describe(args.at(main))));
        }
    }
    let on = |k: i64, v: usize| Value::Pair(Rc::new((Value::Int(k), args.at(v).clone())));
    let pairs = [on(-1, below), on(0, main), on(1, above)];
    diagm(&Arguments { name: args.name, positional: &pairs, keyword: &[] }, host)
}
