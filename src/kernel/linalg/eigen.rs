//! Eigenvalues and eigenvectors.
//!
//! Those of a Hermitian matrix are real and ascending, its vectors orthonormal. Those of any other are sorted by real,
//! then by imaginary part; its vectors have length 1, and a real matrix has conjugate vectors to conjugate eigenvalues.
//! Signs and phases are the normal ones, as `spectral` says.

use super::scans::{self, is_hermitian};
use super::schur::{eigenvalues_of_real_schur, schur, schur_blocks};
use super::solve::multiplied;
use super::spectral::{self, hermitian_parts};
use super::{Dense, Scalar, about_one, no_convergence, quotient};
use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::blocked;
use crate::value::{Complex64, Form, Value};
use nalgebra::{DMatrix, DVector};

/// The eigenvalues of a square matrix, as a vector of floats if all are real.
pub fn eigvals(a: &Value) -> Outcome<Value> {
    match Dense::square_or_number(a, "eigvals")? {
        Dense::Real(m) => Ok(values_of(real_eigen(m, "eigvals", false)?.values)),
        Dense::Complex(m) => Ok(values_of(complex_eigen(m, "eigvals", false)?.values)),
    }
}

/// The named tuple of the eigenvalues of a square matrix and of its eigenvectors, which are the columns of a matrix.
pub fn eigen(a: &Value) -> Outcome<Value> {
    let found = match Dense::square_or_number(a, "eigen")? {
        Dense::Real(m) => real_eigen(m, "eigen", true)?,
        Dense::Complex(m) => complex_eigen(m, "eigen", true)?,
    };
    let vectors = found.vectors.into_value(Form::Matrix);
    Ok(Value::named_tuple(vec![("values", values_of(found.values)), ("vectors", vectors)]))
}

/// Eigenvalues in their order, and a vector to each; none if they were not wanted.
struct Eigen {
    values: Vec<Complex64>,
    vectors: Dense,
}

/// As floats if all are real.
pub(super) fn values_of(values: Vec<Complex64>) -> Value {
    if values.iter().all(|z| z.im == 0.0) {
        Value::vector(values.into_iter().map(|z| z.re).collect())
    } else {
        Value::vector(values)
    }
}

fn real_eigen(m: DMatrix<f64>, name: &str, with_vectors: bool) -> Outcome<Eigen> {
    if is_hermitian(&m) {
        return of_hermitian(m, name, with_vectors);
    }
    if m.nrows() >= if with_vectors { BLOCKED } else { BLOCKED_VALUES } {
        return blocked_eigen(m, name, with_vectors);
    }
    if !with_vectors {
        let mut values = eigenvalues_of_real_schur(&schur_blocks(m, name)?);
        values = sorted(&values).into_iter().map(|k| values[k]).collect();
        return Ok(Eigen { values, vectors: Dense::Real(DMatrix::zeros(0, 0)) });
    }
    let (z, t) = schur(m, name)?;
    let values = eigenvalues_of_real_schur(&t);
    let parts = multiplied(&z, &quasi_triangular_vectors(&t, &values)?)?;
    Ok(assembled(values, parts))
}

/// From this size on faer is faster than the Schur form and substitution: at 16 they took 34 µs and faer 57, at 64 0.9 ms
/// and faer 1.3.
const BLOCKED: usize = 100;
/// The same where no vectors are wanted: our own steps touch the block at work only.
const BLOCKED_VALUES: usize = 160;

/// The eigenvalues of a large real matrix.
fn blocked_eigen(m: DMatrix<f64>, name: &str, with_vectors: bool) -> Outcome<Eigen> {
    spectral::check_finite(&m, name)?;
    let (m, scale) = about_one(m);
    let (found, parts) = blocked::eigen(m, with_vectors)?.ok_or_else(|| no_convergence(name))?;
    let values: Vec<Complex64> = found.iter().map(|z| z.scale(scale)).collect();
    if !with_vectors {
        let values = sorted(&values).into_iter().map(|k| values[k]).collect();
        return Ok(Eigen { values, vectors: Dense::Real(parts) });
    }
    Ok(assembled(values, parts))
}

/// Values in their order and vectors of length 1, from values as they were found and their vectors: to a pair the real and
/// the imaginary part of the vector of the first one, which is that above the real axis.
fn assembled(values: Vec<Complex64>, mut parts: DMatrix<f64>) -> Eigen {
    let order = sorted(&values);
    let sorted_values: Vec<Complex64> = order.iter().map(|k| values[*k]).collect();
    if values.iter().all(|z| z.im == 0.0) {
        normalize(&mut parts);
        return Eigen { values: sorted_values, vectors: Dense::Real(parts.select_columns(&order)) };
    }
    let mut vectors = parts.map(|x| Complex64::new(x, 0.0));
    let firsts: Vec<usize> = (0..values.len()).filter(|k| values[*k].im > 0.0).collect();
    for k in &firsts {
        let pair = parts.columns(*k, 2);
        let first = pair.column(0).zip_map(&pair.column(1), Complex64::new);
        vectors.set_column(*k, &first);
    }
    normalize(&mut vectors);
    for k in firsts {
        // Zero is added so that no -0.0 appears.
        let conjugate = vectors.column(k).map(|x| x.conj() + Complex64::new(0.0, 0.0));
        vectors.set_column(k + 1, &conjugate);
    }
    Eigen { values: sorted_values, vectors: Dense::Complex(vectors.select_columns(&order)) }
}

/// The eigenvectors of T, upper triangular but for blocks of two rows, by substitution; `values` are its eigenvalues as
/// they stand on the diagonal. Pairs as in `assembled`.
fn quasi_triangular_vectors(t: &DMatrix<f64>, values: &[Complex64]) -> Outcome<DMatrix<f64>> {
    let size = t.nrows();
    let smallest = smallest_distance(t);
    let mut parts = DMatrix::zeros(size, size);
    let mut k = 0;
    while k < size {
        interrupt::check()?;
        let is_block = k + 1 < size && t[(k + 1, k)] != 0.0;
        let rows = if is_block { 2 } else { 1 };
        if is_block && values[k].im != 0.0 {
            let x = substituted(t, values[k], k, rows, smallest);
            for (i, x) in x.iter().enumerate() {
                (parts[(i, k)], parts[(i, k + 1)]) = (x.re, x.im);
            }
        } else {
            for (column, value) in values.iter().enumerate().skip(k).take(rows) {
                let x = substituted(t, value.re, k, rows, smallest);
                parts.column_mut(column).as_mut_slice()[..x.len()].copy_from_slice(&x);
            }
        }
        k += rows;
    }
    Ok(parts)
}

/// The eigenvector of T to an eigenvalue of its block that has so many rows from row `first` on; what follows is zero.
/// Numbers nearer to zero than `smallest` are taken for that.
fn substituted<F: Scalar>(t: &DMatrix<f64>, value: F, first: usize, rows: usize, smallest: f64) -> Vec<F> {
    let mut x = vec![F::zero(); first + rows];
    let at = |i: usize, j: usize| F::from_real(t[(i, j)]);
    if rows == 1 {
        x[first] = F::one();
    } else {
        // By the row in which more stands beside the diagonal.
        let (above, below) = (at(first, first + 1), at(first + 1, first));
        (x[first], x[first + 1]) = if above.norm1() >= below.norm1() {
            (above, value - at(first, first))
        } else {
            (value - at(first + 1, first + 1), below)
        };
    }
    let subtract = |x: &mut [F], from: usize, end: usize| {
        let factor = x[from];
        x[..end].iter_mut().zip(t.column(from).iter()).for_each(|(x, t)| *x -= factor.scale(*t));
    };
    (first..first + rows).for_each(|k| subtract(&mut x, k, first));
    let mut end = first;
    while end > 0 {
        let i = end - 1;
        let apart = |i: usize| at(i, i) - value;
        if i > 0 && t[(i, i - 1)] != 0.0 {
            let (a, b, c, d) = (apart(i - 1), at(i - 1, i), at(i, i - 1), apart(i));
            let size = [a, b, c, d].iter().map(|x| x.norm1()).fold(smallest, f64::max);
            let [a, b, c, d] = [a, b, c, d].map(|x| x.unscale(size));
            let determinant = farther(a * d - b * c, smallest / size).scale(size);
            let (above, below) = (x[i - 1], x[i]);
            x[i - 1] = quotient(above * d - b * below, determinant);
            x[i] = quotient(a * below - c * above, determinant);
            subtract(&mut x, i - 1, i - 1);
            subtract(&mut x, i, i - 1);
            end = i - 1;
        } else {
            x[i] = quotient(x[i], farther(apart(i), smallest));
            subtract(&mut x, i, i);
            end = i;
        }
        if x[end].norm1().max(x[i].norm1()) > 1e100 {
            x.iter_mut().for_each(|x| *x = x.scale(1e-100));
        }
    }
    x
}

/// The number, or `smallest` if it is nearer to zero.
fn farther<F: Scalar>(x: F, smallest: f64) -> F {
    if x.modulus() < smallest { F::from_real(smallest) } else { x }
}

/// Equal eigenvalues are told apart by this much, so that the vector of a defective matrix stays finite.
fn smallest_distance<T: Scalar>(t: &DMatrix<T>) -> f64 {
    (scans::largest(t.as_slice()) * f64::EPSILON).max(f64::MIN_POSITIVE)
}

fn complex_eigen(m: DMatrix<Complex64>, name: &str, with_vectors: bool) -> Outcome<Eigen> {
    if is_hermitian(&m) {
        return of_hermitian(m, name, with_vectors);
    }
    let (z, t) = schur(m, name)?;
    let values: Vec<Complex64> = t.diagonal().iter().copied().collect();
    let order = sorted(&values);
    let vectors =
        if with_vectors { triangular_vectors(&z, &t, &values)?.select_columns(&order) } else { DMatrix::zeros(0, 0) };
    Ok(Eigen { values: order.iter().map(|k| values[*k]).collect(), vectors: Dense::Complex(vectors) })
}

fn of_hermitian<T: Scalar>(m: DMatrix<T>, name: &str, with_vectors: bool) -> Outcome<Eigen> {
    let (values, vectors) = hermitian_parts(m, name, with_vectors)?;
    let values = values.into_iter().map(|x| Complex64::new(x, 0.0)).collect();
    Ok(Eigen { values, vectors: T::pack(vectors) })
}

/// The places of the eigenvalues in their order.
fn sorted(values: &[Complex64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    // Adding zero makes 0.0 of -0.0, which would come first.
    let key = |k: usize| (values[k].re + 0.0, values[k].im + 0.0);
    order.sort_by(|a, b| key(*a).0.total_cmp(&key(*b).0).then(key(*a).1.total_cmp(&key(*b).1)));
    order
}

/// The eigenvectors of `Z * T * Z'`, T upper triangular, by substitution; `values` is the diagonal of T, perhaps more
/// exactly.
fn triangular_vectors<T: Scalar>(z: &DMatrix<T>, t: &DMatrix<T>, values: &[T]) -> Outcome<DMatrix<T>> {
    let size = t.nrows();
    let smallest = smallest_distance(t);
    let mut vectors = DMatrix::<T>::zeros(size, size);
    for (k, value) in values.iter().enumerate() {
        interrupt::check()?;
        let mut x = DVector::<T>::zeros(size);
        x.rows_mut(0, k).copy_from(&(-t.column(k).rows(0, k)));
        x[k] = T::one();
        for i in (0..k).rev() {
            x[i] = quotient(x[i], farther(t[(i, i)] - *value, smallest));
            if x[i].modulus() > 1e100 {
                x.scale_mut(1e-100);
            }
            let factor = -x[i];
            x.rows_mut(0, i).axpy(factor, &t.column(i).rows(0, i), T::one());
        }
        vectors.set_column(k, &x);
    }
    let mut vectors = multiplied(z, &vectors)?;
    normalize(&mut vectors);
    Ok(vectors)
}

/// Gives every column length 1 and its normal sign.
fn normalize<T: Scalar>(vectors: &mut DMatrix<T>) {
    for k in 0..vectors.ncols() {
        let mut column = vectors.column_mut(k);
        let largest = scans::largest(column.as_slice());
        if !(1e-100..1e100).contains(&largest) {
            column.unscale_mut(largest);
        }
        let length = column.norm();
        column.unscale_mut(length);
    }
    spectral::normalize_signs(vectors, 0);
}
