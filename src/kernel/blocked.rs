//! The bridge to faer: products and decompositions by blocks, with the vector instructions of the processor at hand, on
//! the storage of our matrices where it stands.
//!
//! What faer computes may depend on the number of parts that it divides its work into, where it adds up what they give:
//! there it works in one part. Everywhere else there is one to a thread.

mod orthogonal;

pub use orthogonal::{
    SingularParts, apply_reflections, bidiagonal, eigen, hermitian, hessenberg, qr, singular, tridiagonal,
    tridiagonal_eigen,
};

use super::threads;
use crate::fault::Outcome;
use crate::interrupt;
use crate::value::Complex64;
use crate::value::array::{dense, element_count, reserve};
use faer::dyn_stack::{MemStack, StackReq};
use faer::linalg::cholesky::llt::factor as llt;
use faer::linalg::lu::partial_pivoting as partial;
use faer::linalg::matmul::matmul_with_conj;
use faer::linalg::triangular_solve;
use faer::perm::PermRef;
use faer::reborrow::ReborrowMut;
use faer::{Accum, Conj, MatMut, MatRef, Par, Spec};
use nalgebra::{ComplexField, DMatrix};
use std::mem::MaybeUninit;

/// Multiplications between two looks at whether the user wants to stop: some 50 milliseconds.
const PANEL_WORK: usize = 1 << 30;
/// Columns that a product takes at least between two looks; with fewer it does not use the caches.
const PANEL_WIDTH: usize = 64;
/// Multiplications that take so long that Ctrl-C must be answered meanwhile.
const LONG_WORK: usize = 1 << 29;
/// Multiplications that are worth other threads: 0.2 milliseconds. At 2^21 two threads were as fast as one, at 2^24
/// 1.4 times as fast.
const PARALLEL_WORK: usize = 1 << 22;
/// The same in products of a matrix and a vector, which wait for memory: 1.7 times as fast at 2^20, as fast at 2^16.
const PARALLEL_VECTOR_WORK: usize = 1 << 19;
/// The larger side up to which elimination and inverses go column by column.
const SMALL: usize = 8;

/// The numbers of floats, real or complex.
pub trait Number: nalgebra::ComplexField<RealField = f64> + faer::traits::ComplexField<Real = f64> + Copy {}
impl Number for f64 {}
impl Number for Complex64 {}

/// `x / y`, for complex numbers of every size: their own division squares y.
pub fn quotient<T: Number>(x: T, y: T) -> T {
    let size = y.modulus();
    x.unscale(size) * y.unscale(size).conjugate()
}

fn view<T>(m: &DMatrix<T>) -> MatRef<'_, T> {
    MatRef::from_column_major_slice(m.as_slice(), m.nrows(), m.ncols())
}

fn view_mut<T>(m: &mut DMatrix<T>) -> MatMut<'_, T> {
    let (rows, cols) = m.shape();
    MatMut::from_column_major_slice_mut(m.as_mut_slice(), rows, cols)
}

/// A matrix of zeros; an `OutOfMemoryError` if there is no room.
fn zeros<T: Number>(rows: usize, cols: usize) -> Outcome<DMatrix<T>> {
    let count = element_count(rows, cols)?;
    let mut items = reserve(count)?;
    items.resize(count, T::zero());
    Ok(dense(rows, cols, items))
}

/// The memory that an algorithm needs beside its matrices.
struct Workspace(Vec<u8>);

impl Workspace {
    fn of(needed: StackReq) -> Outcome<Workspace> {
        reserve(needed.unaligned_bytes_required()).map(Workspace)
    }

    fn stack(&mut self) -> &mut MemStack {
        let free: &mut [MaybeUninit<u8>] = self.0.spare_capacity_mut();
        MemStack::new(free)
    }
}

/// How the threads share work of that many multiplications, of which each part is done by itself.
fn shared(work: usize) -> Par {
    match threads::count() {
        1 => Par::Seq,
        _ if work < PARALLEL_WORK => Par::Seq,
        _ => Par::rayon(threads::started()),
    }
}

/// One part to a thread.
fn everywhere() -> Par {
    match threads::count() {
        1 => Par::Seq,
        count => Par::rayon(count),
    }
}

/// Runs an algorithm that cannot be interrupted: apart if it takes long.
fn run<R: Send + 'static>(is_long: bool, algorithm: impl FnOnce() -> R + Send + 'static) -> Outcome<R> {
    if is_long { threads::apart(algorithm) } else { Ok(algorithm()) }
}

/// `size^3 * times`
fn cubed(size: usize, times: usize) -> usize {
    size.saturating_mul(size).saturating_mul(size).saturating_mul(times)
}

/// A factor of a product: a matrix, or its transpose or adjoint, which is read where it stands.
#[derive(Clone, Copy)]
pub struct Factor<'a, T> {
    view: MatRef<'a, T>,
    conjugation: Conj,
}

impl<'a, T: Number> Factor<'a, T> {
    /// The elements of a matrix, column by column.
    pub fn new(items: &'a [T], (rows, cols): (usize, usize)) -> Factor<'a, T> {
        Factor { view: MatRef::from_column_major_slice(items, rows, cols), conjugation: Conj::No }
    }

    /// The adjoint of the matrix.
    pub fn adjoint(self) -> Factor<'a, T> {
        Factor { view: self.view.transpose(), conjugation: Conj::Yes }
    }
}

impl<'a, T: Number> From<&'a DMatrix<T>> for Factor<'a, T> {
    fn from(m: &'a DMatrix<T>) -> Factor<'a, T> {
        Factor { view: view(m), conjugation: Conj::No }
    }
}

/// The product of two factors whose sizes fit. It can be interrupted.
pub fn multiply<T: Number>(a: Factor<'_, T>, b: Factor<'_, T>) -> Outcome<DMatrix<T>> {
    let (rows, inner, cols) = (a.view.nrows(), a.view.ncols(), b.view.ncols());
    let mut result = zeros(rows, cols)?;
    if cols == 1 && rows.saturating_mul(inner) >= PARALLEL_VECTOR_WORK {
        in_bands(result.as_mut_slice(), a, b);
        return Ok(result);
    }
    let column_work = rows.saturating_mul(inner);
    let par = if rows == 1 && inner.saturating_mul(cols) >= PARALLEL_VECTOR_WORK {
        shared(PARALLEL_WORK)
    } else {
        shared(column_work.saturating_mul(cols))
    };
    in_panels(&mut result, column_work, |start, to| {
        let b = Factor { view: b.view.subcols(start, to.ncols()), ..b };
        times(to, a, b, par);
    })?;
    Ok(result)
}

/// Works on panel after panel of a matrix, of which each is given with the number of its first column; between two of
/// them the user can stop it. A column takes `column_work` multiplications.
fn in_panels<T>(
    matrix: &mut DMatrix<T>,
    column_work: usize,
    mut work: impl FnMut(usize, MatMut<'_, T>),
) -> Outcome<()> {
    let cols = matrix.ncols();
    let width = (PANEL_WORK / column_work.max(1)).max(PANEL_WIDTH);
    for start in (0..cols).step_by(width) {
        interrupt::check()?;
        work(start, view_mut(matrix).subcols_mut(start, width.min(cols - start)));
    }
    Ok(())
}

fn times<T: Number>(to: MatMut<'_, T>, a: Factor<'_, T>, b: Factor<'_, T>, par: Par) {
    let one = <T as nalgebra::ComplexField>::from_real(1.0);
    matmul_with_conj(to, Accum::Replace, a.view, a.conjugation, b.view, b.conjugation, one, par);
}

/// The product with a vector, in bands of rows: faer itself would add up vectors from parts of the columns.
fn in_bands<T: Number>(to: &mut [T], a: Factor<'_, T>, x: Factor<'_, T>) {
    let height = to.len().div_ceil(threads::count()).max(1);
    let bands = to.chunks_mut(height).enumerate().collect();
    threads::for_each(bands, |(k, band): (usize, &mut [T])| {
        let rows = band.len();
        let a = Factor { view: a.view.subrows(k * height, rows), ..a };
        times(MatMut::from_column_major_slice_mut(band, rows, 1), a, x, Par::Seq);
    });
}

/// Which triangle of a matrix is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Triangle {
    Upper,
    Lower,
}

/// The solution of `A*X = B` where A is triangular without zeros on its diagonal; of A only that triangle is read. It can
/// be interrupted.
pub fn solve_triangular<T: Number>(a: &DMatrix<T>, triangle: Triangle, mut b: DMatrix<T>) -> Outcome<DMatrix<T>> {
    let par = shared(a.len().saturating_mul(b.ncols()));
    in_panels(&mut b, a.len(), |_, x| match triangle {
        Triangle::Upper => triangular_solve::solve_upper_triangular_in_place(view(a), x, par),
        Triangle::Lower => triangular_solve::solve_lower_triangular_in_place(view(a), x, par),
    })?;
    Ok(b)
}

/// `P * A = L * U`: elimination with the largest element of every column as pivot.
pub struct Lu<T> {
    /// U, and below the diagonal L without its ones.
    packed: DMatrix<T>,
    /// The rows of A in the order of P's.
    order: Vec<usize>,
    inverse_order: Vec<usize>,
    is_odd: bool,
}

impl<T: Number> Lu<T> {
    /// Eliminates in place.
    pub fn of(mut a: DMatrix<T>) -> Outcome<Lu<T>> {
        let (rows, cols) = a.shape();
        if rows.max(cols) <= SMALL {
            return Ok(Lu::of_small(a));
        }
        let work = cubed(rows.max(cols), 1) / 3;
        let par = shared(work);
        let (mut order, mut inverse_order) = (vec![0; rows], vec![0; rows]);
        let mut memory =
            Workspace::of(partial::factor::lu_in_place_scratch::<usize, T>(rows, cols, par, Spec::default()))?;
        run(work >= LONG_WORK, move || {
            let (found, _) = partial::factor::lu_in_place(
                view_mut(&mut a),
                &mut order,
                &mut inverse_order,
                par,
                memory.stack(),
                Spec::default(),
            );
            Lu { packed: a, order, inverse_order, is_odd: !found.transposition_count.is_multiple_of(2) }
        })
    }

    /// Column by column; up to a few rows, dividing the work into blocks takes longer than the work.
    fn of_small(mut a: DMatrix<T>) -> Lu<T> {
        let (rows, cols) = a.shape();
        let (mut order, mut is_odd): (Vec<usize>, bool) = ((0..rows).collect(), false);
        for k in 0..rows.min(cols) {
            let size = |i: usize| ComplexField::norm1(a[(i, k)]);
            let pivot = (k + 1..rows).fold(k, |best, i| if size(i) > size(best) { i } else { best });
            if pivot != k {
                a.swap_rows(k, pivot);
                order.swap(k, pivot);
                is_odd = !is_odd;
            }
            let divisor = a[(k, k)];
            if divisor.is_zero() {
                continue;
            }
            for i in k + 1..rows {
                a[(i, k)] = quotient(a[(i, k)], divisor);
            }
            for j in k + 1..cols {
                let factor = a[(k, j)];
                for i in k + 1..rows {
                    let part = a[(i, k)] * factor;
                    a[(i, j)] -= part;
                }
            }
        }
        let mut inverse_order = vec![0; rows];
        order.iter().enumerate().for_each(|(to, from)| inverse_order[*from] = to);
        Lu { packed: a, order, inverse_order, is_odd }
    }

    /// The inverse of a small A, column by column.
    fn small_inverse(&self) -> DMatrix<T> {
        let (size, lu) = (self.packed.nrows(), &self.packed);
        let mut result = DMatrix::zeros(size, size);
        for (mut x, first) in result.column_iter_mut().zip(&self.inverse_order) {
            x[*first] = T::one();
            for k in *first..size {
                let factor = x[k];
                for i in k + 1..size {
                    x[i] -= lu[(i, k)] * factor;
                }
            }
            for k in (0..size).rev() {
                let factor = quotient(x[k], lu[(k, k)]);
                x[k] = factor;
                for i in 0..k {
                    x[i] -= lu[(i, k)] * factor;
                }
            }
        }
        result
    }

    /// The diagonal of U.
    pub fn pivots(&self) -> impl Iterator<Item = T> + '_ {
        (0..self.packed.nrows().min(self.packed.ncols())).map(|k| self.packed[(k, k)])
    }

    /// Is a pivot zero? Those after it mean nothing then.
    pub fn is_singular(&self) -> bool {
        self.pivots().any(|x| x.is_zero())
    }

    /// The determinant of P.
    pub fn sign(&self) -> f64 {
        if self.is_odd { -1.0 } else { 1.0 }
    }

    /// The determinant of a square A.
    pub fn determinant(&self) -> T {
        if self.is_singular() {
            return T::zero();
        }
        let sign = <T as nalgebra::ComplexField>::from_real(self.sign());
        self.pivots().fold(sign, |product, x| product * x)
    }

    /// L, U, and the rows of A, from 0, in their order.
    pub fn unpack(self) -> (DMatrix<T>, DMatrix<T>, Vec<usize>) {
        let (rows, cols) = self.packed.shape();
        let size = rows.min(cols);
        let mut upper = self.packed.rows(0, size).into_owned();
        upper.fill_lower_triangle(T::zero(), 1);
        let mut lower = if cols > size { self.packed.columns(0, size).into_owned() } else { self.packed };
        lower.fill_upper_triangle(T::zero(), 1);
        lower.fill_diagonal(T::one());
        (lower, upper, self.order)
    }

    /// The solution of `A*X = B` where A is square and not singular.
    pub fn solve(&self, b: &DMatrix<T>) -> Outcome<DMatrix<T>> {
        let par = shared(self.packed.len().saturating_mul(b.ncols()));
        let mut solution = b.select_rows(&self.order);
        in_panels(&mut solution, self.packed.len(), |_, mut x| {
            triangular_solve::solve_unit_lower_triangular_in_place(view(&self.packed), x.rb_mut(), par);
            triangular_solve::solve_upper_triangular_in_place(view(&self.packed), x, par);
        })?;
        Ok(solution)
    }

    /// The inverse of a square A that is not singular.
    pub fn inverse(self) -> Outcome<DMatrix<T>> {
        let size = self.packed.nrows();
        if size <= SMALL {
            return Ok(self.small_inverse());
        }
        let work = cubed(size, 1);
        let par = shared(work);
        let mut result = zeros(size, size)?;
        let mut memory = Workspace::of(partial::inverse::inverse_scratch::<usize, T>(size, par))?;
        run(work >= LONG_WORK, move || {
            let order = PermRef::new_checked(&self.order, &self.inverse_order, size);
            let packed = view(&self.packed);
            partial::inverse::inverse(view_mut(&mut result), packed, packed, order, par, memory.stack());
            result
        })
    }
}

/// The lower triangular L with `A = L * L'`, or the number of the row, from 1, where there is none. Of A only the lower
/// triangle is read.
pub fn cholesky<T: Number>(mut a: DMatrix<T>) -> Outcome<Result<DMatrix<T>, usize>> {
    let size = a.nrows();
    let work = cubed(size, 1) / 6;
    let par = shared(work);
    let mut memory = Workspace::of(llt::cholesky_in_place_scratch::<T>(size, par, Spec::default()))?;
    run(work >= LONG_WORK, move || {
        let plain = llt::LltRegularization::default();
        match llt::cholesky_in_place(view_mut(&mut a), plain, par, memory.stack(), Spec::default()) {
            Ok(_) => {
                a.fill_upper_triangle(T::zero(), 1);
                Ok(a)
            }
            Err(llt::LltError::NonPositivePivot { index }) => Err(index + 1),
        }
    })
}
