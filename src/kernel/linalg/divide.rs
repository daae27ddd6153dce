//! Eigenvalues and eigenvectors of a real symmetric tridiagonal matrix by dividing it in two: J. J. M. Cuppen, "A divide
//! and conquer method for the symmetric tridiagonal eigenproblem" (1981), with the deflation of LAPACK's `dlaed2`.
//!
//! Without two elements beside the diagonal, which a matrix of rank one puts back, the two halves have nothing to do with
//! each other. With their eigenvectors Q the whole is `Q * (D + rho * z * z') * Q'`.

use super::secular::{Root, Secular};
use super::tridiagonal;
use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::blocked::{self, Factor};
use crate::kernel::threads;
use crate::value::array::{dense, element_count, reserve};
use nalgebra::DMatrix;
use pulp::{Arch, Simd, WithSimd};
use std::ops::Range;

/// What is nothing beside 1, far below its last digit.
const NOTHING: f64 = f64::EPSILON * f64::EPSILON * f64::EPSILON;
/// The size up to which a part is not divided.
const WHOLE: usize = 16;
/// The size from which the halves of a part are worth two threads.
const SHARED: usize = 128;

/// Eigenvalues, ascending, and orthonormal eigenvectors of the matrix with that diagonal and with `beside` above and below
/// it; `None` if the steps for a part do not converge. It can be interrupted.
pub(super) fn eigen(mut diagonal: Vec<f64>, mut beside: Vec<f64>) -> Outcome<Option<(Vec<f64>, DMatrix<f64>)>> {
    let size = diagonal.len();
    // What is small enough to leave out is so beside numbers about 1.
    let scale = diagonal.iter().chain(&beside).fold(0.0_f64, |largest, x| largest.max(x.abs()));
    if scale > 0.0 {
        diagonal.iter_mut().chain(&mut beside).for_each(|x| *x /= scale);
    }
    beside.iter_mut().filter(|x| x.abs() < NOTHING).for_each(|x| *x = 0.0);
    let (mut vectors, mut packed, mut small) = (zeros(size)?, zeros(size)?, zeros(size)?);
    let mut order = vec![0; size];
    let part = Part {
        diagonal: &mut diagonal,
        beside: &mut beside,
        vectors: &mut vectors,
        order: &mut order,
        packed: &mut packed,
        small: &mut small,
        first: 0,
        stride: size,
    };
    if !part.solve()? {
        return Ok(None);
    }
    let values = order.iter().map(|k| diagonal[*k] * scale).collect();
    let columns = small.chunks_exact_mut(size.max(1)).zip(&order);
    columns.for_each(|(to, k)| to.copy_from_slice(&vectors[k * size..(k + 1) * size]));
    Ok(Some((values, dense(size, size, small))))
}

/// Room for a square matrix.
fn zeros(size: usize) -> Outcome<Vec<f64>> {
    let count = element_count(size, size)?;
    let mut items = reserve(count)?;
    items.resize(count, 0.0);
    Ok(items)
}

/// A part of the matrix, some rows and columns, and room for what becomes of it.
struct Part<'a> {
    /// In the end the eigenvalues.
    diagonal: &'a mut [f64],
    beside: &'a mut [f64],
    /// Columns of the whole matrix of eigenvectors, of which the part's own rows begin at `first`; the others are zero.
    vectors: &'a mut [f64],
    first: usize,
    stride: usize,
    /// The numbers of the eigenvalues in ascending order.
    order: &'a mut [usize],
    /// Room for two matrices of the part's size.
    packed: &'a mut [f64],
    small: &'a mut [f64],
}

impl Part<'_> {
    fn size(&self) -> usize {
        self.diagonal.len()
    }

    /// The part's rows of an eigenvector.
    fn column(&self, k: usize) -> &[f64] {
        &self.vectors[k * self.stride + self.first..][..self.size()]
    }

    /// Finds all that is to be found; false if the steps do not converge.
    fn solve(mut self) -> Outcome<bool> {
        let size = self.size();
        if size <= WHOLE {
            return self.solve_whole();
        }
        interrupt::check()?;
        let half = size / 2;
        let rho = self.beside[half - 1];
        self.diagonal[half - 1] -= rho.abs();
        self.diagonal[half] -= rho.abs();
        let (left, right) = self.halves(half);
        let (left, right) = if size >= SHARED {
            threads::join(|| left.solve(), || right.solve())
        } else {
            (left.solve(), right.solve())
        };
        if !(left? && right?) {
            return Ok(false);
        }
        self.order[half..].iter_mut().for_each(|k| *k += half);
        self.merge(half, rho)?;
        Ok(true)
    }

    /// The rows and columns before the given one, and the others.
    fn halves(&mut self, half: usize) -> (Part<'_>, Part<'_>) {
        let (first, stride) = (self.first, self.stride);
        let (diagonal, diagonal_right) = self.diagonal.split_at_mut(half);
        let (beside, beside_right) = self.beside.split_at_mut(half);
        let (vectors, vectors_right) = self.vectors.split_at_mut(half * stride);
        let (order, order_right) = self.order.split_at_mut(half);
        let (packed, packed_right) = self.packed.split_at_mut(half * half);
        let (small, small_right) = self.small.split_at_mut(half * half);
        let left = Part { diagonal, beside: &mut beside[..half - 1], vectors, first, stride, order, packed, small };
        let right = Part {
            diagonal: diagonal_right,
            beside: beside_right,
            vectors: vectors_right,
            first: first + half,
            stride,
            order: order_right,
            packed: packed_right,
            small: small_right,
        };
        (left, right)
    }

    fn solve_whole(self) -> Outcome<bool> {
        let size = self.size();
        let mut columns = vec![[0.0; WHOLE]; size];
        columns.iter_mut().enumerate().for_each(|(k, column)| column[k] = 1.0);
        if !tridiagonal::eigen(self.diagonal, self.beside, &mut columns)? {
            return Ok(false);
        }
        for (k, column) in columns.iter().enumerate() {
            self.vectors[k * self.stride + self.first..][..size].copy_from_slice(&column[..size]);
            self.order[k] = k;
        }
        self.order.sort_by(|a, b| self.diagonal[*a].total_cmp(&self.diagonal[*b]));
        Ok(true)
    }

    /// Puts two halves together that `rho` connects.
    fn merge(&mut self, half: usize, rho: f64) -> Outcome<()> {
        let size = self.size();
        let sign = 1_f64.copysign(rho);
        // A vector of length 1: each half of it is a row of an orthogonal matrix.
        let z = (0..size).map(|k| {
            let column = self.column(k);
            (if k < half { column[half - 1] } else { sign * column[half] }) * std::f64::consts::FRAC_1_SQRT_2
        });
        let (kept, left_out) = self.deflate(half, z.collect(), 2.0 * rho.abs());
        if !kept.poles.is_empty() {
            self.rotate(half, &kept, &left_out)?;
        }
        let diagonal = &*self.diagonal;
        self.order.iter_mut().enumerate().for_each(|(k, to)| *to = k);
        self.order.sort_by(|a, b| diagonal[*a].total_cmp(&diagonal[*b]));
        Ok(())
    }

    /// Leaves out what the other half does not change: where z is nothing, or can be made nothing by rotating two
    /// eigenvectors whose eigenvalues are as good as equal. Gives what is kept, and the columns that are left out.
    fn deflate(&mut self, half: usize, mut z: Vec<f64>, rho: f64) -> (Kept, Vec<usize>) {
        self.order.sort_by(|a, b| self.diagonal[*a].total_cmp(&self.diagonal[*b]));
        let largest = |items: &[f64]| items.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let nothing = 8.0 * f64::EPSILON * largest(self.diagonal).max(largest(&z));
        let mut sides: Vec<Side> = (0..self.size()).map(|k| if k < half { Side::Top } else { Side::Bottom }).collect();
        let (mut kept, mut left_out) = (Vec::new(), Vec::new());
        let mut last: Option<usize> = None;
        for place in 0..self.size() {
            let k = self.order[place];
            if rho * z[k].abs() <= nothing {
                left_out.push(k);
                continue;
            }
            if let Some(other) = last {
                let length = z[k].hypot(z[other]);
                let (cosine, sine) = (z[k] / length, -z[other] / length);
                let (a, b) = (self.diagonal[other], self.diagonal[k]);
                if ((b - a) * cosine * sine).abs() <= nothing {
                    (z[k], z[other]) = (length, 0.0);
                    self.rotate_pair(other, k, cosine, sine);
                    self.diagonal[other] = a * cosine * cosine + b * sine * sine;
                    self.diagonal[k] = a * sine * sine + b * cosine * cosine;
                    if sides[k] != sides[other] {
                        sides[k] = Side::Both;
                    }
                    left_out.push(other);
                } else {
                    kept.push(other);
                }
            }
            last = Some(k);
        }
        kept.extend(last);
        let at = |items: &[f64]| kept.iter().map(|k| items[*k]).collect();
        let sides = kept.iter().map(|k| sides[*k]).collect();
        (Kept { poles: at(self.diagonal), z: at(&z), rho, sides, columns: kept }, left_out)
    }

    /// Rotates the eigenvectors of two columns.
    fn rotate_pair(&mut self, a: usize, b: usize, cosine: f64, sine: f64) {
        let (first, size, stride) = (self.first, self.size(), self.stride);
        for row in first..first + size {
            let (x, y) = (self.vectors[a * stride + row], self.vectors[b * stride + row]);
            self.vectors[a * stride + row] = cosine * x + sine * y;
            self.vectors[b * stride + row] = cosine * y - sine * x;
        }
    }

    /// Finds the eigenvalues of what is kept, and multiplies its columns with the eigenvectors; they come first then, those
    /// that are left out behind them.
    fn rotate(&mut self, half: usize, kept: &Kept, left_out: &[usize]) -> Outcome<()> {
        let (first, size, stride, count) = (self.first, self.size(), self.stride, kept.poles.len());
        let secular = Secular { poles: &kept.poles, z: &kept.z, rho: kept.rho };
        let roots = secular.roots()?;
        let groups = kept.groups();
        let [top, bottom, others] = self.pack(half, kept, &groups, left_out);
        let (top, bottom) = (&self.packed[top], &self.packed[bottom]);
        write_vectors(&secular, &roots, &groups.order, &mut self.small[..count * count]);
        let rotation = Factor::new(&self.small[..count * count], (count, count));
        let (top, bottom) =
            (Factor::new(top, (half, groups.top)), Factor::new(bottom, (size - half, count - groups.bottom)));
        let vectors = &mut self.vectors[first..];
        blocked::multiply_to(vectors, stride, top, rotation.rows(0..groups.top))?;
        blocked::multiply_to(&mut vectors[half..], stride, bottom, rotation.rows(groups.bottom..count))?;
        let values: Vec<f64> = left_out.iter().map(|k| self.diagonal[*k]).collect();
        self.diagonal.iter_mut().zip(roots.iter().map(|root| root.value()).chain(values)).for_each(|(to, x)| *to = x);
        for (k, from) in self.packed[others].chunks_exact(size).enumerate() {
            self.vectors[(count + k) * stride + first..][..size].copy_from_slice(from);
        }
        Ok(())
    }

    /// Puts away what stands in the columns, without the halves that are zero: the upper halves of what is kept, the lower
    /// ones, and the columns that are left out. Says where they are.
    fn pack(&mut self, half: usize, kept: &Kept, groups: &Groups, left_out: &[usize]) -> [Range<usize>; 3] {
        let (first, size, stride) = (self.first, self.size(), self.stride);
        let mut end = 0;
        let mut put = |columns: &mut dyn Iterator<Item = usize>, rows: Range<usize>| {
            let start = end;
            for k in columns {
                let from = &self.vectors[k * stride + first..][rows.clone()];
                self.packed[end..end + rows.len()].copy_from_slice(from);
                end += rows.len();
            }
            start..end
        };
        let column = |k: &usize| kept.columns[*k];
        [
            put(&mut groups.order[..groups.top].iter().map(column), 0..half),
            put(&mut groups.order[groups.bottom..].iter().map(column), half..size),
            put(&mut left_out.iter().copied(), 0..size),
        ]
    }
}

/// Where an eigenvector of the halves is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Top,
    Both,
    Bottom,
}

/// What the connection of two halves changes.
struct Kept {
    /// The eigenvalues of the halves, ascending.
    poles: Vec<f64>,
    z: Vec<f64>,
    rho: f64,
    sides: Vec<Side>,
    /// The columns of their vectors.
    columns: Vec<usize>,
}

/// The numbers of eigenvectors: those of the upper half come before `top`, those of the lower half from `bottom` on.
struct Groups {
    order: Vec<usize>,
    top: usize,
    bottom: usize,
}

impl Kept {
    fn groups(&self) -> Groups {
        let of = |side: Side| self.sides.iter().enumerate().filter(move |(_, x)| **x == side).map(|(k, _)| k);
        let mut order: Vec<usize> = of(Side::Top).collect();
        let bottom = order.len();
        order.extend(of(Side::Both));
        let top = order.len();
        order.extend(of(Side::Bottom));
        Groups { order, top, bottom }
    }
}

/// Writes the eigenvectors to all roots, with their elements in the given order.
fn write_vectors(secular: &Secular<'_>, roots: &[Root], order: &[usize], to: &mut [f64]) {
    let (count, repaired, arch) = (order.len(), secular.repaired(roots), Arch::new());
    let z: Vec<f64> = order.iter().map(|k| repaired[*k]).collect();
    let poles: Vec<f64> = order.iter().map(|k| secular.poles[*k]).collect();
    let width = threads::lines_together(count);
    let parts: Vec<(&[Root], &mut [f64])> = roots.chunks(width).zip(to.chunks_mut(width * count)).collect();
    threads::for_each(parts, |(roots, columns)| {
        for (root, to) in roots.iter().zip(columns.chunks_exact_mut(count)) {
            arch.dispatch(Vector { root: *root, poles: &poles, z: &z, to });
        }
    });
}

/// The eigenvector to a root, with length 1.
struct Vector<'a> {
    root: Root,
    poles: &'a [f64],
    z: &'a [f64],
    to: &'a mut [f64],
}

impl WithSimd for Vector<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Vector { root, poles, z, to } = self;
        let ((whole, left), (z, z_left)) = (S::as_simd_f64s(poles), S::as_simd_f64s(z));
        let (to, to_left) = S::as_mut_simd_f64s(to);
        let (pole, offset) = (simd.splat_f64s(root.pole), simd.splat_f64s(root.offset));
        let mut squares = simd.splat_f64s(0.0);
        for ((to, here), z) in to.iter_mut().zip(whole).zip(z) {
            *to = simd.div_f64s(*z, simd.sub_f64s(simd.sub_f64s(*here, pole), offset));
            squares = simd.mul_add_e_f64s(*to, *to, squares);
        }
        let mut square = simd.reduce_sum_f64s(squares);
        for ((to, here), z) in to_left.iter_mut().zip(left).zip(z_left) {
            *to = z / ((here - root.pole) - root.offset);
            square += *to * *to;
        }
        let inverse = 1.0 / square.sqrt();
        to.iter_mut().for_each(|x| *x = simd.mul_f64s(*x, simd.splat_f64s(inverse)));
        to_left.iter_mut().for_each(|x| *x *= inverse);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::DVector;

    fn assert_eigen(name: &str, diagonal: Vec<f64>, beside: Vec<f64>) {
        let size = diagonal.len();
        let whole = DMatrix::from_fn(size, size, |i, j| match i.abs_diff(j) {
            0 => diagonal[i],
            1 => beside[i.min(j)],
            _ => 0.0,
        });
        let (values, vectors) = eigen(diagonal, beside).expect("nobody interrupts").expect("the steps converge");
        let slight = 1e-14 * size as f64;
        let rest = &whole * &vectors - &vectors * DMatrix::from_diagonal(&DVector::from_vec(values.clone()));
        assert!(rest.amax() <= slight * whole.amax(), "{name} of {size} rows leaves {:e}", rest.amax() / whole.amax());
        let gram = vectors.transpose() * &vectors - DMatrix::identity(size, size);
        assert!(gram.amax() <= slight, "{name} of {size} rows: {:e}", gram.amax());
        assert!(values.is_sorted(), "{name} of {size} rows: {values:?}");
    }

    #[test]
    fn matrices_of_every_kind() {
        for size in [1_usize, 2, 3, 16, 17, 33, 34, 63, 64, 65, 130, 300] {
            let at = |f: fn(f64) -> f64| (0..size).map(|k| f(k as f64)).collect::<Vec<_>>();
            let beside = |f: fn(f64) -> f64| at(f)[1..].to_vec();
            assert_eigen("second differences", at(|_| 2.0), beside(|_| -1.0));
            assert_eigen("a ring of values and their negatives", at(|_| 0.0), beside(|_| 1.0));
            assert_eigen("zeros", at(|_| 0.0), beside(|_| 0.0));
            assert_eigen("the identity", at(|_| 1.0), beside(|_| 0.0));
            assert_eigen("a diagonal", at(|k| (3.0 * k).sin()), beside(|_| 0.0));
            // Pairs of eigenvalues that agree to the last digit.
            assert_eigen("Wilkinson", at(|k| (k - 30.0).abs()), beside(|_| 1.0));
            assert_eigen(
                "glued",
                at(|k| (k % 21.0 - 10.0).abs()),
                beside(|k| if k % 21.0 == 0.0 { 1e-7 } else { 1.0 }),
            );
            assert_eigen("falling", at(|k| 0.5_f64.powf(k)), beside(|k| 0.3 * 0.5_f64.powf(k)));
            assert_eigen("steep", at(|k| 1e-9_f64.powf(k)), beside(|k| 0.3 * 1e-9_f64.powf(k)));
            assert_eigen("rising", at(|k| 2_f64.powf(k)), beside(|k| 0.3 * 2_f64.powf(k)));
            assert_eigen("waves", at(|k| (3.0 * k).sin()), beside(|k| (5.0 * k).cos()));
            assert_eigen("blocks", at(|k| k % 3.0), beside(|k| k % 2.0));
            assert_eigen("weak", at(|k| k % 5.0), beside(|k| 1e-9 * k.cos()));
            assert_eigen("tiny", at(|k| (3.0 * k).sin() * 1e-90), beside(|k| (5.0 * k).cos() * 1e-90));
            assert_eigen("huge", at(|k| (3.0 * k).sin() * 1e90), beside(|k| (5.0 * k).cos() * 1e90));
        }
    }

    #[test]
    fn half_a_matrix_of_zeros() {
        for zeros in [20, 32, 33, 50] {
            let diagonal = (0..64).map(|k| if k < zeros { 0.0 } else { f64::from(k).sin() }).collect::<Vec<_>>();
            let beside: Vec<f64> = (1..64).map(|k| if k <= zeros { 0.0 } else { 1.0 }).collect();
            let reversed = |items: &[f64]| items.iter().rev().copied().collect();
            assert_eigen("zeros first", diagonal.clone(), beside.clone());
            assert_eigen("zeros last", reversed(&diagonal), reversed(&beside));
        }
    }
}
