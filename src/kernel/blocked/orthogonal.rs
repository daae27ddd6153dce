//! The part of the bridge to faer that works with reflections: QR factorisations, the small forms of a matrix, singular
//! values, eigenvalues.

use super::{LONG_WORK, Number, Workspace, cubed, everywhere, run, shared, view, view_mut, zeros};
use crate::fault::Outcome;
use crate::interrupt;
use crate::value::Complex64;
use faer::diag::{DiagMut, DiagRef};
use faer::dyn_stack::{MemStack, StackReq};
use faer::linalg::evd::tridiag::{self, TridiagParams};
use faer::linalg::evd::{self, ComputeEigenvectors, SelfAdjointEvdParams, hessenberg};
use faer::linalg::householder as reflections;
use faer::linalg::qr::no_pivoting::factor as householder;
use faer::linalg::svd::bidiag::{self, BidiagParams};
use faer::linalg::svd::{self, ComputeSvdVectors, SvdParams};
use faer::reborrow::ReborrowMut;
use faer::{Auto, Conj, MatMut, MatRef, Par, Spec};
use nalgebra::{ComplexField, DMatrix};

/// The smaller side from which the threads share what makes Q of a QR factorisation: the factorisation itself is slower on
/// two at 256, and gains nothing at 1000.
const PARALLEL_QR: usize = 512;
/// The same for singular vectors and for eigenvectors of Hermitian matrices: from the small form on two threads took 8
/// tenths of the time at 256, 7 at 1000. On faer's way to the small form one thread waits for the other in every step.
/// Other eigenvalues gain nothing at any size.
const PARALLEL_VECTORS: usize = 256;
/// The size below which singular values and vectors, and those of Hermitian matrices, are found by QR steps and not by
/// dividing (faer's own choice is 128): 12 hundredths faster at 64.
const RECURSION: usize = 48;

/// Thin `Q` and `R` of a real matrix, with LAPACK's signs; `None` if a column depends on those before it, where faer's
/// `R` is none of a QR factorisation's.
pub fn qr(mut a: DMatrix<f64>) -> Outcome<Option<(DMatrix<f64>, DMatrix<f64>)>> {
    let (rows, cols) = a.shape();
    let size = rows.min(cols);
    if size == 0 {
        return Ok(None);
    }
    let is_shared = size >= PARALLEL_QR;
    let par = if is_shared { everywhere() } else { Par::Seq };
    let block = householder::recommended_block_size::<f64>(rows, cols);
    let mut memory = Workspace::of(StackReq::any_of(&[
        householder::qr_in_place_scratch::<f64>(rows, cols, block, Par::Seq, Spec::default()),
        reflections::apply_block_householder_on_the_left_in_place_scratch::<f64>(rows, block, size),
    ]))?;
    let (mut tau, mut q) = (zeros(block, size)?, zeros(rows, size)?);
    run(is_shared, move || {
        let found =
            householder::qr_in_place(view_mut(&mut a), view_mut(&mut tau), Par::Seq, memory.stack(), Spec::default());
        if found.rank < size {
            return None;
        }
        q.fill_diagonal(1.0);
        let below = view(&a).submatrix(0, 0, rows, size);
        apply_to_identity(below, view(&tau), view_mut(&mut q), par, memory.stack());
        let mut r = if rows > size { a.rows(0, size).into_owned() } else { a };
        r.fill_lower_triangle(0.0, 1);
        Some((q, r))
    })
}

/// `Q` and an upper Hessenberg `H` with `A = Q * H * Q'`, and Q without rows if it is not wanted; A is real and square.
pub fn hessenberg(mut a: DMatrix<f64>, with_vectors: bool) -> Outcome<(DMatrix<f64>, DMatrix<f64>)> {
    let size = a.nrows();
    let count = size.saturating_sub(1);
    let block = householder::recommended_block_size::<f64>(count, count);
    let mut memory = Workspace::of(StackReq::any_of(&[
        hessenberg::hessenberg_in_place_scratch::<f64>(size, block, Par::Seq, Spec::default()),
        reflections::apply_block_householder_on_the_left_in_place_scratch::<f64>(size, block, size),
    ]))?;
    let (mut tau, mut q) = (zeros(block, count)?, zeros(if with_vectors { size } else { 0 }, size)?);
    run(cubed(size, 3) >= LONG_WORK, move || {
        hessenberg::hessenberg_in_place(
            view_mut(&mut a),
            view_mut(&mut tau),
            Par::Seq,
            memory.stack(),
            Spec::default(),
        );
        if with_vectors {
            q.fill_diagonal(1.0);
            let below = view(&a).submatrix(1, 0, count, count);
            let rest = view_mut(&mut q).submatrix_mut(1, 1, count, count);
            apply_to_identity(below, view(&tau), rest, Par::Seq, memory.stack());
        }
        a.fill_lower_triangle(0.0, 2);
        (q, a)
    })
}

/// The product of reflections, which stand below the diagonal of `below`, times a part of the identity matrix, in its
/// place. From the last block on: each finds the rows and columns before it as they are in the identity.
fn apply_to_identity(
    below: MatRef<'_, f64>,
    tau: MatRef<'_, f64>,
    mut q: MatMut<'_, f64>,
    par: Par,
    stack: &mut MemStack,
) {
    let (rows, size, block) = (below.nrows(), below.ncols(), tau.nrows());
    for start in (0..size).step_by(block).rev() {
        let width = block.min(size - start);
        reflections::apply_block_householder_on_the_left_in_place_with_conj(
            below.submatrix(start, start, rows - start, width),
            tau.submatrix(0, start, width, width),
            Conj::No,
            q.rb_mut().submatrix_mut(start, start, rows - start, size - start),
            par,
            stack,
        );
    }
}

/// Multiplies a matrix from the left with a product of reflections, of which the first comes last: number k is
/// `I - v * v' / tau` where v has 1 in row k + 1, and below it what stands there in column k of `below`. It can be
/// interrupted.
pub fn apply_reflections(below: &DMatrix<f64>, tau: &[f64], m: &mut DMatrix<f64>) -> Outcome<()> {
    let (count, cols) = (tau.len(), m.ncols());
    if count == 0 {
        return Ok(());
    }
    let block = householder::recommended_block_size::<f64>(count, count);
    let par = shared(count.saturating_mul(count).saturating_mul(cols));
    let mut factor = zeros::<f64>(block, block)?;
    let mut memory =
        Workspace::of(reflections::apply_block_householder_on_the_left_in_place_scratch::<f64>(count, block, cols))?;
    for start in (0..count).step_by(block).rev() {
        interrupt::check()?;
        let width = block.min(count - start);
        let vectors = view(below).submatrix(start + 1, start, count - start, width);
        let mut factor = view_mut(&mut factor).submatrix_mut(0, 0, width, width);
        tau[start..start + width].iter().enumerate().for_each(|(k, tau)| factor[(k, k)] = *tau);
        reflections::upgrade_householder_factor(factor.rb_mut(), vectors, width, 1, Par::Seq);
        reflections::apply_block_householder_on_the_left_in_place_with_conj(
            vectors,
            factor.as_ref(),
            Conj::No,
            view_mut(m).subrows_mut(start + 1, count - start),
            par,
            memory.stack(),
        );
    }
    Ok(())
}

/// U, the singular values, the largest first, and V, all thin, and U and V without columns if they are not wanted; `None`
/// if the steps do not converge. The signs are as they come.
pub type SingularParts<T> = Option<(DMatrix<T>, Vec<f64>, DMatrix<T>)>;

/// The singular value decomposition.
pub fn singular<T: Number>(a: DMatrix<T>, with_vectors: bool) -> Outcome<SingularParts<T>> {
    let (rows, cols) = a.shape();
    let size = rows.min(cols);
    let is_long = size >= PARALLEL_VECTORS;
    let par = if is_long && with_vectors { everywhere() } else { Par::Seq };
    let mut steps = <SvdParams as Auto<T>>::auto();
    steps.recursion_threshold = if with_vectors { RECURSION } else { usize::MAX };
    steps.bidiag.par_threshold = usize::MAX;
    steps.qr.par_threshold = usize::MAX;
    let wanted = if with_vectors { ComputeSvdVectors::Thin } else { ComputeSvdVectors::No };
    let mut memory = Workspace::of(svd::svd_scratch::<T>(rows, cols, wanted, wanted, par, steps.into()))?;
    let width = if with_vectors { size } else { 0 };
    let (mut u, mut values, mut v) = (zeros(rows, width)?, vec![T::zero(); size], zeros(cols, width)?);
    run(is_long, move || {
        let found = svd::svd(
            view(&a),
            DiagMut::from_slice_mut(&mut values),
            with_vectors.then(|| view_mut(&mut u)),
            with_vectors.then(|| view_mut(&mut v)),
            par,
            memory.stack(),
            steps.into(),
        );
        found.ok().map(|()| (u, values.iter().map(|x| x.real()).collect(), v))
    })
}

/// The absolute values of an upper bidiagonal B with `A = U * B * V'`: its diagonal, and what stands above it. A has at
/// least as many rows as columns, and a column.
pub fn bidiagonal<T: Number>(mut a: DMatrix<T>) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let (rows, cols) = a.shape();
    let mut steps = <BidiagParams as Auto<T>>::auto();
    steps.par_threshold = usize::MAX;
    let mut memory = Workspace::of(bidiag::bidiag_in_place_scratch::<T>(rows, cols, Par::Seq, steps.into()))?;
    let (mut left, mut right) = (zeros(1, cols)?, zeros(1, cols - 1)?);
    run(cubed(cols, 2) >= LONG_WORK, move || {
        let (left, right) = (view_mut(&mut left), view_mut(&mut right));
        bidiag::bidiag_in_place(view_mut(&mut a), left, right, Par::Seq, memory.stack(), steps.into());
        let size_at = |i, j| ComplexField::modulus(a[(i, j)]);
        ((0..cols).map(|k| size_at(k, k)).collect(), (1..cols).map(|k| size_at(k - 1, k)).collect())
    })
}

/// A real tridiagonal matrix with the eigenvalues of a complex Hermitian one that has a row: its diagonal, and what stands
/// beside it. Only the lower triangle is read.
pub fn tridiagonal(mut a: DMatrix<Complex64>) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let size = a.nrows();
    let mut steps = <TridiagParams as Auto<Complex64>>::auto();
    steps.par_threshold = usize::MAX;
    let mut memory = Workspace::of(tridiag::tridiag_in_place_scratch::<Complex64>(size, Par::Seq, steps.into()))?;
    let mut tau = zeros(1, size - 1)?;
    run(cubed(size, 1) >= LONG_WORK, move || {
        tridiag::tridiag_in_place(view_mut(&mut a), view_mut(&mut tau), Par::Seq, memory.stack(), steps.into());
        let beside = |k: usize| ComplexField::modulus(a[(k, k - 1)]);
        ((0..size).map(|k| ComplexField::real(a[(k, k)])).collect(), (1..size).map(beside).collect())
    })
}

/// Eigenvalues, ascending, and orthonormal eigenvectors of a complex Hermitian matrix with elements about 1, of which only
/// the lower triangle is read; `None` if the steps do not converge. The signs are as they come.
pub fn hermitian(a: DMatrix<Complex64>) -> Outcome<Option<(Vec<f64>, DMatrix<Complex64>)>> {
    let size = a.nrows();
    let (par, steps) = dividing::<Complex64>(size);
    let wanted = ComputeEigenvectors::Yes;
    let mut memory = Workspace::of(evd::self_adjoint_evd_scratch::<Complex64>(size, wanted, par, steps.into()))?;
    let (mut values, mut vectors) = (vec![Complex64::default(); size], zeros(size, size)?);
    run(size >= PARALLEL_VECTORS, move || {
        let diagonal = DiagMut::from_slice_mut(&mut values);
        let vectors_here = Some(view_mut(&mut vectors));
        let found = evd::self_adjoint_evd(view(&a), diagonal, vectors_here, par, memory.stack(), steps.into());
        found.ok().map(|()| (values.iter().map(|x| x.re).collect(), vectors))
    })
}

/// The same of a real symmetric tridiagonal matrix that has a row: by its diagonal, and what stands beside it.
pub fn tridiagonal_eigen(diagonal: Vec<f64>, mut beside: Vec<f64>) -> Outcome<Option<(Vec<f64>, DMatrix<f64>)>> {
    let size = diagonal.len();
    let (par, steps) = dividing::<f64>(size);
    let wanted = ComputeEigenvectors::Yes;
    let mut memory = Workspace::of(evd::self_adjoint_evd_scratch::<f64>(size, wanted, par, steps.into()))?;
    let (mut values, mut vectors) = (vec![0.0; size], zeros(size, size)?);
    // faer takes as many as on the diagonal.
    beside.push(0.0);
    run(size >= PARALLEL_VECTORS, move || {
        let (diagonal, beside) = (DiagRef::from_slice(&diagonal), DiagRef::from_slice(&beside));
        let (values_here, vectors_here) = (DiagMut::from_slice_mut(&mut values), Some(view_mut(&mut vectors)));
        let memory = memory.stack();
        evd::tridiagonal_self_adjoint_evd(diagonal, beside, values_here, vectors_here, par, memory, steps.into())
            .ok()
            .map(|()| (values, vectors))
    })
}

/// How eigenvectors of Hermitian matrices are found, and by which threads.
fn dividing<T: Number>(size: usize) -> (Par, SelfAdjointEvdParams) {
    let mut steps = <SelfAdjointEvdParams as Auto<T>>::auto();
    steps.recursion_threshold = RECURSION;
    steps.tridiag.par_threshold = usize::MAX;
    (if size >= PARALLEL_VECTORS { everywhere() } else { Par::Seq }, steps)
}

/// Eigenvalues of a real matrix in the order in which they are found, complex ones in pairs with the one above the real
/// axis first, and their vectors, without columns if they are not wanted: to a pair the real and the imaginary part of
/// the first one's. `None` if the steps do not converge.
pub fn eigen(a: DMatrix<f64>, with_vectors: bool) -> Outcome<Option<(Vec<Complex64>, DMatrix<f64>)>> {
    let size = a.nrows();
    let wanted = if with_vectors { ComputeEigenvectors::Yes } else { ComputeEigenvectors::No };
    let (left, par) = (ComputeEigenvectors::No, Par::Seq);
    let mut memory = Workspace::of(evd::evd_scratch::<f64>(size, left, wanted, par, Spec::default()))?;
    let (mut re, mut im) = (vec![0.0; size], vec![0.0; size]);
    let mut vectors = zeros(size, if with_vectors { size } else { 0 })?;
    run(cubed(size, 25) >= LONG_WORK, move || {
        let found = evd::evd_real(
            view(&a),
            DiagMut::from_slice_mut(&mut re),
            DiagMut::from_slice_mut(&mut im),
            None,
            with_vectors.then(|| view_mut(&mut vectors)),
            par,
            memory.stack(),
            Spec::default(),
        );
        found.ok().map(|()| (re.iter().zip(&im).map(|(x, y)| Complex64::new(*x, *y)).collect(), vectors))
    })
}
