//! What the singular values tell: rank, null space, range, condition.

use super::svd::singular_values;
use super::{Dense, Scalar, array, either, opnorm, spectral, svd};
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::blocked::{Factor, multiply};
use crate::value::promote::to_float;
use crate::value::{Form, Value};
use nalgebra::{DMatrix, DVector};

/// Below which singular values count as zero: the larger of `absolute` and `relative` times the largest one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tolerance {
    pub absolute: Option<f64>,
    pub relative: Option<f64>,
}

impl Tolerance {
    /// For a matrix of this shape. Without a wish it is the rounding error of the largest singular value.
    pub(super) fn of(self, (rows, cols): (usize, usize), largest: f64) -> f64 {
        let rounding = rows.min(cols) as f64 * f64::EPSILON;
        let relative = self.relative.unwrap_or(if self.absolute.is_some_and(|x| x > 0.0) { 0.0 } else { rounding });
        self.absolute.unwrap_or(0.0).max(relative * largest)
    }
}

/// The numerical rank: how many singular values are above the tolerance.
pub fn rank(a: &Value, tolerance: Tolerance) -> Outcome<Value> {
    let dense = Dense::of(a, "rank", 0)?;
    either!(dense, m => Ok(Value::Int(numerical_rank(m, tolerance, "rank")? as i64)))
}

pub(super) fn numerical_rank<T: Scalar>(m: DMatrix<T>, tolerance: Tolerance, name: &str) -> Outcome<usize> {
    let shape = m.shape();
    Ok(count_above(&singular_values(m, name)?, shape, tolerance))
}

/// How many of the singular values, the largest first, are above the tolerance.
fn count_above(values: &[f64], shape: (usize, usize), tolerance: Tolerance) -> usize {
    let limit = values.first().map_or(0.0, |largest| tolerance.of(shape, *largest));
    values.iter().filter(|x| **x > limit).count()
}

/// An orthonormal basis of the x with `A * x == 0`, as the columns of a matrix.
pub fn nullspace(a: &Value, tolerance: Tolerance) -> Outcome<Value> {
    either!(Dense::of(a, "nullspace", 0)?, m => {
        let shape = m.shape();
        let found = svd(m, "nullspace")?;
        let rank = count_above(&found.values, shape, tolerance);
        let v = spectral::completed(&found.v)?;
        Ok(array(v.columns(rank, shape.1 - rank).into_owned(), Form::Matrix))
    })
}

/// An orthonormal basis of the range of A, as the columns of a matrix.
pub fn orth(a: &Value, tolerance: Tolerance) -> Outcome<Value> {
    either!(Dense::of(a, "orth", 0)?, m => {
        let shape = m.shape();
        let mut found = svd(m, "orth")?;
        let rank = count_above(&found.values, shape, tolerance);
        spectral::normalize_signs(&mut found.u, 0);
        Ok(array(found.u.columns(0, rank).into_owned(), Form::Matrix))
    })
}

/// The columns of A made orthogonal one after the other, by the process of Gram and Schmidt; a column that depends on those
/// before it is left out. With `normalize` they get length 1.
pub fn gram_schmidt(a: &Value, normalize: bool) -> Outcome<Value> {
    either!(Dense::of(a, "gramschmidt", 0)?, m => {
        spectral::check_finite(&m, "gramschmidt")?;
        Ok(array(orthogonalized(&m, normalize)?, Form::Matrix))
    })
}

fn orthogonalized<T: Scalar>(m: &DMatrix<T>, normalize: bool) -> Outcome<DMatrix<T>> {
    let rounding = (m.nrows() + m.ncols()) as f64 * 8.0 * f64::EPSILON;
    let mut kept: Vec<DVector<T>> = Vec::new();
    for column in m.column_iter() {
        interrupt::check()?;
        let mut rest = column.into_owned();
        let length = rest.norm();
        // What rounding leaves of the parts along the others goes away the second time.
        for _ in 0..2 {
            for other in &kept {
                let part = other.dotc(&rest).unscale(other.norm_squared());
                rest.axpy(-part, other, T::one());
            }
        }
        let is_independent = rest.norm() > rounding * length;
        if is_independent {
            kept.push(if normalize { rest.normalize() } else { rest });
        }
    }
    Ok(if kept.is_empty() { DMatrix::zeros(m.nrows(), 0) } else { DMatrix::from_columns(&kept) })
}

/// Has the matrix orthonormal columns and rows? `tolerance` is for the length of Q'Q - I.
pub fn is_unitary(q: &Value, name: &str, tolerance: Option<f64>) -> Outcome<bool> {
    either!(Dense::of(q, name, 0)?, m => {
        let n = m.nrows();
        let allowed = tolerance.unwrap_or(f64::EPSILON.sqrt() * (n as f64).sqrt());
        let factor = Factor::from(&m);
        Ok(n == m.ncols() && (multiply(factor.adjoint(), (&m).into())? - DMatrix::identity(n, n)).norm() <= allowed)
    })
}

/// The condition number for p = 1, 2 or Inf: infinite for a singular matrix.
pub fn cond(a: &Value, p: f64) -> Outcome<Value> {
    if p == 2.0 {
        let values = either!(Dense::of(a, "cond", 0)?, m => singular_values(m, "cond")?);
        return Ok(Value::float(match (values.first(), values.last()) {
            (Some(largest), Some(smallest)) if *smallest > 0.0 => largest / smallest,
            (Some(_), _) => f64::INFINITY,
            (None, _) => 0.0,
        }));
    }
    if p != 1.0 && p != f64::INFINITY {
        return Err(Fault::argument(format!("there is no condition number for p = {p} here"))
            .rule("cond takes p = 1, 2 or Inf")
            .label(Part::Argument(1), p.to_string()));
    }
    Dense::square(a, "cond")?;
    let Ok(inverse) = super::inv(a) else { return Ok(Value::float(f64::INFINITY)) };
    Ok(Value::float(to_float(&opnorm(a, p)?)? * to_float(&opnorm(&inverse, p)?)?))
}
