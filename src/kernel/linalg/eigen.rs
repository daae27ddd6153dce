//! Eigenvalues and eigenvectors.
//!
//! Those of a Hermitian matrix are real and ascending, its vectors orthonormal. Those of any other are sorted by real,
//! then by imaginary part; its vectors have length 1, and a real matrix has conjugate vectors to conjugate eigenvalues.
//! Signs and phases are the normal ones, as `spectral` says.

use super::scans::{self, is_hermitian};
use super::schur::{eigenvalues_of_real_schur, schur, schur_blocks, triangular_schur};
use super::solve::multiplied;
use super::spectral::{self, hermitian_parts, normal_phase, with_phase};
use super::{Dense, Scalar, no_convergence, quotient, tamed};
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
    let order = sorted(&values);
    let sorted_values: Vec<Complex64> = order.iter().map(|k| values[*k]).collect();
    let all_real = values.iter().all(|z| z.im == 0.0);
    if all_real && super::solve::is_upper(&t) {
        let exact: Vec<f64> = values.iter().map(|z| z.re).collect();
        let vectors = triangular_vectors(&z, &t, &exact)?.select_columns(&order);
        return Ok(Eigen { values: sorted_values, vectors: Dense::Real(vectors) });
    }
    let (z, t) = triangular_schur(&z, &t);
    // Of a pair either may stand first on the diagonal.
    let on_diagonal = |(k, z): (usize, &Complex64)| Complex64::new(z.re, z.im.abs().copysign(t[(k, k)].im));
    let in_place: Vec<Complex64> = values.iter().enumerate().map(on_diagonal).collect();
    let mut vectors = triangular_vectors(&z, &t, &in_place)?;
    let mut k = 0;
    while k < values.len() {
        if values[k].im == 0.0 {
            straighten(&mut vectors, k);
            k += 1;
            continue;
        }
        // Zero is added so that no -0.0 appears.
        let conjugate = vectors.column(k).map(|x| x.conj() + Complex64::new(0.0, 0.0));
        let (same, other) = if in_place[k].im == values[k].im { (k, k + 1) } else { (k + 1, k) };
        let own = vectors.column(k).into_owned();
        vectors.set_column(same, &own);
        vectors.set_column(other, &conjugate);
        k += 2;
    }
    let vectors = vectors.select_columns(&order);
    let vectors = if all_real { Dense::Real(vectors.map(|z| z.re)) } else { Dense::Complex(vectors) };
    Ok(Eigen { values: sorted_values, vectors })
}

/// From this size on faer is faster than the Schur form and substitution: at 16 they took 44 µs and faer 57, at 64 1.47 ms
/// and faer 1.25.
const BLOCKED: usize = 48;
/// The same where no vectors are wanted: our own steps touch the block at work only.
const BLOCKED_VALUES: usize = 160;

/// The eigenvalues of a large real matrix.
fn blocked_eigen(m: DMatrix<f64>, name: &str, with_vectors: bool) -> Outcome<Eigen> {
    spectral::check_finite(&m, name)?;
    let (m, scale) = tamed(m);
    let (found, mut parts) = blocked::eigen(m, with_vectors)?.ok_or_else(|| no_convergence(name))?;
    let values: Vec<Complex64> = found.iter().map(|z| z.scale(scale)).collect();
    let order = sorted(&values);
    let sorted_values: Vec<Complex64> = order.iter().map(|k| values[*k]).collect();
    if !with_vectors || values.iter().all(|z| z.im == 0.0) {
        normalize(&mut parts);
        let vectors = if with_vectors { parts.select_columns(&order) } else { parts };
        return Ok(Eigen { values: sorted_values, vectors: Dense::Real(vectors) });
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
    Ok(Eigen { values: sorted_values, vectors: Dense::Complex(vectors.select_columns(&order)) })
}

/// Makes a complex multiple of a real vector real.
fn straighten(vectors: &mut DMatrix<Complex64>, k: usize) {
    let mut real: Vec<f64> = vectors.column(k).iter().map(|z| z.re).collect();
    let phase = normal_phase(&real);
    real.iter_mut().for_each(|x| *x = with_phase(*x, phase));
    let length = super::norms::of_sizes(real.len(), || real.iter().map(|x| x.abs()), 2.0);
    for (i, x) in real.iter().enumerate() {
        vectors[(i, k)] = Complex64::new(x / length, 0.0);
    }
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
    let largest = t.iter().map(|x| x.modulus()).fold(0.0, f64::max);
    // Equal eigenvalues are told apart by this much, so that the vector of a defective matrix stays finite.
    let smallest = (largest * f64::EPSILON).max(f64::MIN_POSITIVE);
    let mut vectors = DMatrix::<T>::zeros(size, size);
    for (k, value) in values.iter().enumerate() {
        interrupt::check()?;
        let mut x = DVector::<T>::zeros(size);
        x.rows_mut(0, k).copy_from(&(-t.column(k).rows(0, k)));
        x[k] = T::one();
        for i in (0..k).rev() {
            let apart = t[(i, i)] - *value;
            x[i] = quotient(x[i], if apart.modulus() < smallest { T::from_real(smallest) } else { apart });
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
