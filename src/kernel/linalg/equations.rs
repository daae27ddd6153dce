//! Matrix equations with the unknown on two sides.

use super::schur::complex_schur;
use super::solve::multiplied;
use super::{Dense, array, label_operand, quotient};
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::interrupt;
use crate::value::display::describe;
use crate::value::{Complex64, Form, Value};
use nalgebra::DMatrix;

/// The solution X of `A*X + X*B + C = 0`; a `SingularException` if A and -B have an eigenvalue in common.
pub fn sylvester(a: &Value, b: &Value, c: &Value) -> Outcome<Value> {
    let (left, right) = (Dense::square(a, "sylvester")?, Dense::square(b, "sylvester")?);
    equation(left, right, c, 2, "sylvester")
}

/// The solution X of `A*X + X*A' + C = 0`.
pub fn lyap(a: &Value, c: &Value) -> Outcome<Value> {
    let left = Dense::square(a, "lyap")?;
    let right = Dense::square(&super::adjoint(a)?, "lyap")?;
    equation(left, right, c, 1, "lyap")
}

/// By the Schur forms of A and B, in which the equation is solved one element after the other.
fn equation(a: Dense, b: Dense, c: &Value, argument: usize, name: &str) -> Outcome<Value> {
    let constant = Dense::of(c, name, argument)?;
    let wanted = (a.shape().0, b.shape().0);
    if constant.shape() != wanted {
        let (rows, cols) = wanted;
        let fault = Fault::dimension(format!("C is {}, and must be {rows}×{cols} here", describe(c)))
            .rule("C has the rows of A and the columns of B");
        return Err(label_operand(fault, argument, &describe(c)).label(Part::Argument(argument), describe(c)));
    }
    let is_real = matches!((&a, &b, &constant), (Dense::Real(_), Dense::Real(_), Dense::Real(_)));
    let (u, r) = complex_schur(a.into_complex(), name)?;
    let (v, s) = complex_schur(b.into_complex(), name)?;
    let mut y = -multiplied(&multiplied(&u.adjoint(), &constant.into_complex())?, &v)?;
    let scale = [&r, &s].iter().flat_map(|m| m.iter()).map(|z| z.norm()).fold(0.0, f64::max);
    for k in 0..y.ncols() {
        interrupt::check()?;
        solve_column(&mut y, k, &r, &s, scale * f64::EPSILON)?;
    }
    let x = multiplied(&multiplied(&u, &y)?, &v.adjoint())?;
    Ok(if is_real { array(x.map(|z| z.re), Form::Matrix) } else { array(x, Form::Matrix) })
}

/// Column k of the solution of `R*Y + Y*S = F`, R and S upper triangular; `y` holds F in the columns from k on.
fn solve_column(
    y: &mut DMatrix<Complex64>,
    k: usize,
    r: &DMatrix<Complex64>,
    s: &DMatrix<Complex64>,
    noise: f64,
) -> Outcome<()> {
    let one = Complex64::new(1.0, 0.0);
    for j in 0..k {
        let (known, mut column) = y.columns_range_pair_mut(j, k);
        column.axpy(-s[(j, k)], &known, one);
    }
    for i in (0..y.nrows()).rev() {
        let pivot = r[(i, i)] + s[(k, k)];
        if pivot.norm() <= noise {
            return Err(Fault::new(ErrorKind::SingularException, "the equation has no single solution")
                .rule("A*X + X*B + C = 0 has one if no eigenvalue of A is one of -B"));
        }
        let x = quotient(y[(i, k)], pivot);
        y[(i, k)] = x;
        for h in 0..i {
            y[(h, k)] -= r[(h, i)] * x;
        }
    }
    Ok(())
}
