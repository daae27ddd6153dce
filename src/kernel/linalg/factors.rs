//! Factorisations as named tuples, and what can be done with one: solving, determinant, inverse.

use super::eigen::values_of;
use super::scans::is_hermitian;
use super::schur::{eigenvalues_of_real_schur, schur};
use super::solve::{describe_singular, multiplied, singular, solve};
use super::svd::singular_values;
use super::transposed::adjoint_of;
use super::{Dense, Scalar, array, both, either, householder, label_operand, svd, tamed};
use crate::codes::Code;
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::kernel::blocked::{self, Lu};
use crate::kernel::product::product;
use crate::value::display::describe;
use crate::value::factorization::Factorization;
use crate::value::{Array, Form, Value};
use nalgebra::DMatrix;
use std::rc::Rc;

/// `L`, `U`, the order of the rows `p` and its matrix `P`, with `A[p, :] == P * A == L * U`: elimination with the
/// largest element of every column as pivot.
pub fn lu(a: &Value) -> Outcome<Value> {
    either!(matrix(a, "lu")?, m => lu_of(m, a))
}

fn lu_of<T: Scalar>(m: DMatrix<T>, a: &Value) -> Outcome<Value> {
    let (rows, smaller) = (m.nrows(), m.nrows().min(m.ncols()));
    if smaller == 0 {
        return Ok(lu_tuple(DMatrix::<T>::zeros(rows, 0), DMatrix::zeros(0, m.ncols()), (1..=rows as i64).collect()));
    }
    let (m, scale) = tamed(m);
    let lu = Lu::of(m)?;
    if lu.is_singular() {
        return Err(describe_singular(singular(), a));
    }
    let (l, mut u, order) = lu.unpack();
    if scale != 1.0 {
        u.scale_mut(scale);
    }
    Ok(lu_tuple(l, u, order.into_iter().map(|k| k as i64 + 1).collect()))
}

fn lu_tuple<T: Scalar>(l: DMatrix<T>, u: DMatrix<T>, p: Vec<i64>) -> Value {
    let mut permutation = DMatrix::<f64>::zeros(p.len(), p.len());
    p.iter().enumerate().for_each(|(i, k)| permutation[(i, *k as usize - 1)] = 1.0);
    Value::named_tuple(vec![
        ("L", array(l, Form::Matrix)),
        ("U", array(u, Form::Matrix)),
        ("p", Value::vector(p)),
        ("P", array(permutation, Form::Matrix)),
    ])
}

/// Thin `Q` with orthonormal columns and upper triangular `R`, with `A == Q * R`; the signs are LAPACK's.
pub fn qr(a: &Value) -> Outcome<Value> {
    either!(matrix(a, "qr")?, m => {
        let (q, r) = householder::qr(m)?;
        Ok(Value::named_tuple(vec![("Q", array(q, Form::Matrix)), ("R", array(r, Form::Matrix))]))
    })
}

/// `L` and `U == L'` with `A == L * U`, of a positive definite matrix; a `PosDefException` for any other.
pub fn cholesky(a: &Value) -> Outcome<Value> {
    either!(Dense::square_or_number(a, "cholesky")?, m => {
        if !is_hermitian(&m) {
            return Err(not_positive(a, "it is not equal to its own adjoint"));
        }
        let l = blocked::cholesky(m)?.map_err(|k| {
            not_positive(a, &format!("the determinant of its first {k} rows and columns is not positive"))
        })?;
        let u = adjoint_of(&l)?;
        Ok(Value::named_tuple(vec![("L", array(l, Form::Matrix)), ("U", array(u, Form::Matrix))]))
    })
}

/// Is the matrix equal to its adjoint, and `x' * A * x` positive for every x but zero?
pub fn is_positive_definite(a: &Value) -> Outcome<bool> {
    either!(Dense::square_or_number(a, "isposdef")?, m => Ok(is_hermitian(&m) && blocked::cholesky(m)?.is_ok()))
}

/// `U`, the singular values `S`, largest first, `V` and `Vt == V'`, with `A == U * Diagonal(S) * Vt`. `full` makes U and
/// V square.
pub fn svd_parts(a: &Value, full: bool) -> Outcome<Value> {
    either!(Dense::of(a, "svd", 0)?, m => {
        let mut found = svd(m, "svd")?;
        if full {
            found.u = super::spectral::completed(&found.u)?;
            found.v = super::spectral::completed(&found.v)?;
        }
        let vt = adjoint_of(&found.v)?;
        Ok(Value::named_tuple(vec![
            ("U", array(found.u, Form::Matrix)),
            ("S", Value::vector(found.values)),
            ("V", array(found.v, Form::Matrix)),
            ("Vt", array(vt, Form::Matrix)),
        ]))
    })
}

/// The named tuple of `T`, `Z` and the eigenvalues in the order of T's diagonal, with `A = Z * T * Z'`.
pub fn schur_parts(a: &Value) -> Outcome<Value> {
    let (z, t, values) = match Dense::square(a, "schur")? {
        Dense::Real(m) => {
            let (z, t) = schur(m, "schur")?;
            let values = eigenvalues_of_real_schur(&t);
            (Dense::Real(z), Dense::Real(t), values)
        }
        Dense::Complex(m) => {
            let (z, t) = schur(m, "schur")?;
            let values = t.diagonal().iter().copied().collect();
            (Dense::Complex(z), Dense::Complex(t), values)
        }
    };
    Ok(Value::named_tuple(vec![
        ("T", t.into_value(Form::Matrix)),
        ("Z", z.into_value(Form::Matrix)),
        ("values", values_of(values)),
    ]))
}

/// The named tuple of `Q` and `H`, which is zero below its first subdiagonal, with `A = Q * H * Q'`.
pub fn hessenberg_parts(a: &Value) -> Outcome<Value> {
    either!(Dense::square(a, "hessenberg")?, m => {
        let (q, h) = householder::hessenberg(m)?;
        Ok(Value::named_tuple(vec![("Q", array(q, Form::Matrix)), ("H", array(h, Form::Matrix))]))
    })
}

/// The singular values, largest first.
pub fn svdvals(a: &Value) -> Outcome<Value> {
    either!(Dense::of(a, "svdvals", 0)?, m => Ok(Value::vector(singular_values(m, "svdvals")?)))
}

/// The factorisation that suits the matrix for solving: Cholesky if it is positive definite, LU if it is square, else QR.
pub fn factorize(a: &Value) -> Outcome<Value> {
    let (rows, cols) = matrix(a, "factorize")?.shape();
    if rows != cols {
        return qr(a);
    }
    if is_positive_definite(a)? { cholesky(a) } else { lu(a) }
}

/// A matrix, and not a vector.
fn matrix(a: &Value, name: &str) -> Outcome<Dense> {
    match a {
        Value::Array(array) if !array.is_vector() => Dense::of(a, name, 0),
        _ => {
            let what = describe(a);
            let fault = Fault::method(format!("`{name}` takes a matrix, not {what}"));
            Err(label_operand(fault, 0, &what))
        }
    }
}

#[cold]
fn not_positive(a: &Value, why: &str) -> Fault {
    let fault = Fault::new(ErrorKind::PosDefException, format!("the matrix is not positive definite: {why}"))
        .rule("Cholesky's factorisation is for symmetric (or Hermitian) matrices with positive eigenvalues")
        .hint("lu(A) takes every regular matrix");
    label_operand(fault, 0, &describe(a))
}

/// The parts of a factorisation that were asked for, in their order.
fn parts<const N: usize>(f: &Value, names: [&str; N]) -> Outcome<[Rc<Array>; N]> {
    let Value::Tuple(tuple) = f else { return Err(not_a_factorization(f)) };
    let found = names.iter().map(|name| match tuple.field(name) {
        Some(Value::Array(array)) => Ok(array),
        _ => Err(not_a_factorization(f)),
    });
    found.collect::<Outcome<Vec<_>>>()?.try_into().map_err(|_| not_a_factorization(f))
}

#[cold]
fn not_a_factorization(f: &Value) -> Fault {
    Fault::method(format!("{} is no factorisation", describe(f)))
        .rule("lu, qr, cholesky, svd, eigen, schur and hessenberg give one")
}

fn times(a: &Value, b: &Value) -> Outcome<Value> {
    let (Value::Array(x), Value::Array(y)) = (a, b) else { return Err(not_a_factorization(a)) };
    let form = if y.is_vector() { Form::Vector } else { Form::Matrix };
    Ok(Value::array(Array::new(form, product(&x.elements(), &y.elements())?)))
}

/// `F \ b` where F is a factorisation of A: what `A \ b` is.
pub fn solve_factored(kind: Factorization, f: &Value, b: &Value) -> Outcome<Value> {
    match kind {
        Factorization::Lu => {
            let [l, u, p] = parts(f, ["L", "U", "p"])?;
            let inner = solve(&Value::Array(l), &permuted(b, &p)?)?;
            solve(&Value::Array(u), &inner)
        }
        Factorization::Cholesky => {
            let [l, u] = parts(f, ["L", "U"])?;
            solve(&Value::Array(u), &solve(&Value::Array(l), b)?)
        }
        Factorization::Qr => {
            let [q, r] = parts(f, ["Q", "R"])?;
            solve(&Value::Array(r), &times(&super::adjoint(&Value::Array(q))?, &column_array(b)?)?)
        }
        Factorization::Svd => {
            let inverse = reassembled(
                f,
                |s, largest, size| {
                    if s > largest * f64::EPSILON * size as f64 { 1.0 / s } else { 0.0 }
                },
            )?;
            times(&super::adjoint(&inverse)?, &column_array(b)?)
        }
        Factorization::Eigen | Factorization::Schur | Factorization::Hessenberg => solve(&whole(kind, f)?, b),
    }
}

/// `U * Diagonal(factor.(S)) * Vt`; the function gets a singular value, the largest one and their number.
fn reassembled(f: &Value, factor: impl Fn(f64, f64, usize) -> f64) -> Outcome<Value> {
    let [u, s, vt] = parts(f, ["U", "S", "Vt"])?;
    let (u, vt) = (Dense::of(&Value::Array(u), "svd", 0)?, Dense::of(&Value::Array(vt), "svd", 0)?);
    let s = crate::value::promote::to_floats(&s.elements())?.into_owned();
    // U and Vt may be square, with fewer singular values.
    let count = s.len();
    both!(u, vt, |u, vt| {
        if u.ncols() < count || vt.nrows() < count {
            return Err(not_a_factorization(f));
        }
        let mut scaled = u.columns(0, count).into_owned();
        let largest = s.first().copied().unwrap_or(0.0);
        s.iter().enumerate().for_each(|(k, x)| scaled.column_mut(k).scale_mut(factor(*x, largest, count)));
        Ok(array(multiplied(&scaled, &vt.rows(0, count).into_owned())?, Form::Matrix))
    })
}

/// The determinant of a factorised matrix.
pub(super) fn det_factored(kind: Factorization, f: &Value) -> Outcome<Value> {
    match kind {
        Factorization::Lu => {
            let [u, p] = parts(f, ["U", "p"])?;
            let places = crate::value::promote::to_ints(&p.elements())?.into_owned();
            let inversions = (0..places.len()).map(|j| (0..j).filter(|i| places[*i] > places[j]).count());
            let sign = if inversions.sum::<usize>() % 2 == 0 { 1.0 } else { -1.0 };
            let u = super::det(&Value::Array(u))?;
            crate::value::scalar::binary(crate::op::BinaryOp::Mul, &Value::float(sign), &u)
        }
        Factorization::Cholesky => {
            let [l, u] = parts(f, ["L", "U"])?;
            let (l, u) = (super::det(&Value::Array(l))?, super::det(&Value::Array(u))?);
            crate::value::scalar::binary(crate::op::BinaryOp::Mul, &l, &u)
        }
        Factorization::Qr
        | Factorization::Svd
        | Factorization::Eigen
        | Factorization::Schur
        | Factorization::Hessenberg => super::det(&whole(kind, f)?),
    }
}

/// A range as the vector that it stands for.
fn column_array(b: &Value) -> Outcome<Value> {
    Ok(match crate::value::promote::as_array(b)? {
        Some(array) => Value::Array(array),
        None => b.clone(),
    })
}

/// The rows in the order p.
fn permuted(b: &Value, p: &Array) -> Outcome<Value> {
    let form = match b {
        Value::Array(array) if !array.is_vector() => Form::Matrix,
        _ => Form::Vector,
    };
    let order = crate::value::promote::to_ints(&p.elements())?.into_owned();
    either!(Dense::of(b, "\\", 1)?, m => {
        let rows = m.nrows();
        let in_range = |k: &i64| (1..=rows as i64).contains(k);
        if order.len() != rows || !order.iter().all(in_range) {
            return Err(Fault::dimension(format!("rows of the left ({}) ≠ rows of the right ({rows})", order.len()))
            .code(Code::SolveSizes)
                .rule("`F \\ b` solves A*X = b, where A and b have as many rows"));
        }
        let places: Vec<usize> = order.iter().map(|k| *k as usize - 1).collect();
        Ok(array(m.select_rows(&places), form))
    })
}

/// The matrix that was factorised.
pub fn whole(kind: Factorization, f: &Value) -> Outcome<Value> {
    match kind {
        Factorization::Lu => {
            let [l, u, permutation] = parts(f, ["L", "U", "P"])?;
            times(&super::adjoint(&Value::Array(permutation))?, &times(&Value::Array(l), &Value::Array(u))?)
        }
        Factorization::Qr => product_of(parts(f, ["Q", "R"])?),
        Factorization::Cholesky => product_of(parts(f, ["L", "U"])?),
        Factorization::Svd => reassembled(f, |s, _, _| s),
        Factorization::Eigen => {
            let [values, vectors] = parts(f, ["values", "vectors"])?;
            let values = Dense::of(&Value::Array(values), "eigen", 0)?;
            let vectors = Value::Array(vectors);
            let diagonal = either!(values, m => array(DMatrix::from_diagonal(&m.column(0).into_owned()), Form::Matrix));
            times(&times(&vectors, &diagonal)?, &super::inv(&vectors)?)
        }
        Factorization::Schur => {
            let [t, z] = parts(f, ["T", "Z"])?;
            similar(z, t)
        }
        Factorization::Hessenberg => {
            let [q, h] = parts(f, ["Q", "H"])?;
            similar(q, h)
        }
    }
}

fn product_of([a, b]: [Rc<Array>; 2]) -> Outcome<Value> {
    times(&Value::Array(a), &Value::Array(b))
}

/// `Q * H * Q'`
fn similar(q: Rc<Array>, h: Rc<Array>) -> Outcome<Value> {
    let q = Value::Array(q);
    times(&times(&q, &Value::Array(h))?, &super::adjoint(&q)?)
}
