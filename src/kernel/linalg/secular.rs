//! The eigenvalues and eigenvectors of a diagonal matrix to which one of rank one is added, `D + rho * z * z'`.
//!
//! The eigenvalues are the zeros of the secular function `f(x) = 1/rho + sum(z^2 / (d - x))`, one between every two of
//! its poles d and one behind the last: R.-C. Li, "Solving secular equations stably and efficiently" (1993). As M. Gu and
//! S. C. Eisenstat, "A stable and efficient algorithm for the rank-one modification of the symmetric eigenproblem" (1994),
//! the vectors are those of the matrix that has exactly the eigenvalues found: they are orthogonal however close those are.

use crate::fault::Outcome;
use crate::interrupt;
use crate::kernel::threads;
use pulp::{Arch, Simd, WithSimd};
use std::array::from_fn;

/// Zeros that are looked for at once; those that are found make room for others.
const LANES: usize = 8;

/// Distances from poles, with a division by each, that are worth another thread.
const WORTHWHILE: usize = threads::WORTHWHILE / 8;

/// The function f, and the matrix: rho is positive, the poles are ascending and no two of them, nor any element of z
/// and zero, so close that it makes no difference.
pub(super) struct Secular<'a> {
    pub(super) poles: &'a [f64],
    /// The vector z.
    pub(super) z: &'a [f64],
    pub(super) rho: f64,
}

/// An eigenvalue: its distance from the pole that is nearest to it. It is known to the last digit, and so are the
/// distances from the other poles.
#[derive(Clone, Copy, Default)]
pub(super) struct Root {
    pub(super) pole: f64,
    pub(super) offset: f64,
}

impl Root {
    pub(super) fn value(self) -> f64 {
        self.pole + self.offset
    }
}

impl Secular<'_> {
    /// All eigenvalues, ascending. It can be interrupted.
    pub(super) fn roots(&self) -> Outcome<Vec<Root>> {
        let mut roots = vec![Root::default(); self.poles.len()];
        let width = self.places_together();
        let mut parts: Vec<_> =
            roots.chunks_mut(width).enumerate().map(|(k, part)| (k * width, part, Ok(()))).collect();
        threads::for_each(parts.iter_mut().collect(), |(first, part, done)| *done = self.find(*first, part));
        parts.into_iter().try_for_each(|(.., done)| done)?;
        Ok(roots)
    }

    /// How many places make a part that is worth giving to a thread.
    fn places_together(&self) -> usize {
        (WORTHWHILE / self.poles.len().max(1)).next_multiple_of(LANES).max(LANES)
    }

    /// The roots from number `first` on.
    fn find(&self, first: usize, roots: &mut [Root]) -> Outcome<()> {
        let arch = Arch::new();
        let mut waiting = 0..roots.len();
        let mut lanes: [(Option<usize>, Search); LANES] = from_fn(|_| {
            let place = waiting.next();
            (place, Search::begin(self, first + place.unwrap_or(0)))
        });
        while lanes.iter().any(|(place, _)| place.is_some()) {
            interrupt::check()?;
            let poles: [f64; LANES] = from_fn(|l| lanes[l].1.pole);
            let offsets: [f64; LANES] = from_fn(|l| lanes[l].1.offset);
            let sums = arch.dispatch(Evaluation { secular: self, poles: &poles, offsets: &offsets });
            for (l, (place, search)) in lanes.iter_mut().enumerate() {
                let Some(here) = *place else { continue };
                if search.advance(self, sums[l]) {
                    roots[here] = Root { pole: search.pole, offset: search.offset };
                    *place = waiting.next();
                    if let Some(next) = *place {
                        *search = Search::begin(self, first + next);
                    }
                }
            }
        }
        Ok(())
    }

    /// The vector z of the matrix with the same poles that has exactly those eigenvalues: by K. Löwner's formula.
    pub(super) fn repaired(&self, roots: &[Root]) -> Vec<f64> {
        let (arch, mut products) = (Arch::new(), vec![0.0; self.poles.len()]);
        let width = self.places_together();
        threads::for_each(products.chunks_mut(width).enumerate().collect(), |(part, products): (usize, &mut [f64])| {
            for (k, to) in products.chunks_mut(LANES).enumerate() {
                arch.dispatch(Products { secular: self, roots, first: part * width + k * LANES, to });
            }
        });
        products.iter().zip(self.z).map(|(product, z)| product.abs().sqrt().copysign(*z)).collect()
    }
}

/// What a place gives: f there, its derivative, and the sum of the absolute values of what f adds up.
#[derive(Clone, Copy)]
struct Sums {
    value: f64,
    slope: f64,
    size: f64,
}

/// What some places give. Without the fused instruction, every processor finds the same.
struct Evaluation<'a> {
    secular: &'a Secular<'a>,
    poles: &'a [f64; LANES],
    offsets: &'a [f64; LANES],
}

impl WithSimd for Evaluation<'_> {
    type Output = [Sums; LANES];

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> [Sums; LANES] {
        let (poles, offsets) = (S::as_simd_f64s(self.poles).0, S::as_simd_f64s(self.offsets).0);
        let (mut values, mut slopes, mut sizes) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        let inverse = simd.splat_f64s(1.0 / self.secular.rho);
        let places = poles.iter().zip(offsets).zip(S::as_mut_simd_f64s(&mut values).0);
        let results = S::as_mut_simd_f64s(&mut slopes).0.iter_mut().zip(S::as_mut_simd_f64s(&mut sizes).0);
        for (((place, offset), to_value), (to_slope, to_size)) in places.zip(results) {
            let (mut value, mut slope, mut size) = (inverse, simd.splat_f64s(0.0), inverse);
            for (pole, z) in self.secular.poles.iter().zip(self.secular.z) {
                let (pole, z) = (simd.splat_f64s(*pole), simd.splat_f64s(*z));
                let part = simd.div_f64s(z, simd.sub_f64s(simd.sub_f64s(pole, *place), *offset));
                let product = simd.mul_f64s(z, part);
                value = simd.add_f64s(value, product);
                slope = simd.add_f64s(slope, simd.mul_f64s(part, part));
                size = simd.add_f64s(size, simd.abs_f64s(product));
            }
            (*to_value, *to_slope, *to_size) = (value, slope, size);
        }
        from_fn(|l| Sums { value: values[l], slope: slopes[l], size: sizes[l] })
    }
}

/// To every pole from number `first` on the product of its distances from all roots, divided by those from the other poles.
struct Products<'a> {
    secular: &'a Secular<'a>,
    roots: &'a [Root],
    first: usize,
    to: &'a mut [f64],
}

impl WithSimd for Products<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Products { secular, roots, first, to } = self;
        let end = (first + LANES).min(roots.len());
        // Places behind the last pole are far from all.
        let poles: [f64; LANES] = from_fn(|l| secular.poles.get(first + l).copied().unwrap_or(f64::MAX));
        let mut products = [1.0; LANES];
        for (pole, to) in S::as_simd_f64s(&poles).0.iter().zip(S::as_mut_simd_f64s(&mut products).0) {
            let mut product = *to;
            for part in [0..first, end..roots.len()] {
                for (root, other) in roots[part.clone()].iter().zip(&secular.poles[part]) {
                    let near = simd.sub_f64s(simd.splat_f64s(root.pole), *pole);
                    let distance = simd.add_f64s(near, simd.splat_f64s(root.offset));
                    let quotient = simd.div_f64s(distance, simd.sub_f64s(simd.splat_f64s(*other), *pole));
                    product = simd.mul_f64s(product, quotient);
                }
            }
            *to = product;
        }
        for (l, (to, product)) in to.iter_mut().zip(products).enumerate() {
            *to = product;
            for (k, root) in roots[first..end].iter().enumerate() {
                let other = if k == l { 1.0 } else { secular.poles[first + k] - poles[l] };
                *to *= ((root.pole - poles[l]) + root.offset) / other;
            }
        }
    }
}

/// The search for one root.
struct Search {
    /// Its number: that of the pole to its left.
    k: usize,
    /// The pole that distances are counted from, and the distance of the place that is looked at.
    pole: f64,
    offset: f64,
    /// The root is between them.
    low: f64,
    high: f64,
    /// The absolute value of f at the place before; infinite before the first step.
    before: f64,
    /// Which half of the interval the root is in is not yet known.
    is_first: bool,
    is_right: bool,
}

impl Search {
    /// In the middle of the interval; the last root is not farther from the last pole than `rho * z' * z`.
    fn begin(f: &Secular<'_>, k: usize) -> Search {
        let pole = f.poles[k];
        let high = match f.poles.get(k + 1) {
            Some(next) => next - pole,
            None => f.rho * f.z.iter().map(|z| z * z).sum::<f64>(),
        };
        Search {
            k,
            pole,
            offset: high / 2.0,
            low: 0.0,
            high,
            before: f64::INFINITY,
            is_first: k + 1 < f.poles.len(),
            is_right: false,
        }
    }

    /// Takes what the place gives, and goes to the next; true if this one was the root.
    fn advance(&mut self, f: &Secular<'_>, sums: Sums) -> bool {
        // What rounding leaves of the sums, and of the place.
        let noise = f64::EPSILON * (8.0 * sums.size + self.offset.abs() * sums.slope);
        if sums.value.abs() <= noise {
            return true;
        }
        if sums.value < 0.0 {
            self.low = self.offset;
        } else {
            self.high = self.offset;
        }
        let is_slow = sums.value.abs() > self.before / 8.0;
        let next = if std::mem::take(&mut self.is_first) {
            self.guess(f, sums)
        } else {
            self.before = sums.value.abs();
            self.step(f, sums)
        };
        let is_inside = self.low < next && next < self.high;
        let next = if is_inside && !is_slow { next } else { self.low + (self.high - self.low) / 2.0 };
        let is_done = next == self.offset || next == self.low || next == self.high;
        self.offset = next;
        is_done
    }

    /// From the middle of an interval: decides for the nearer pole, and finds where f would be zero if only the two poles
    /// beside it moved.
    fn guess(&mut self, f: &Secular<'_>, sums: Sums) -> f64 {
        let gap = f.poles[self.k + 1] - self.pole;
        let (left, right) = (f.z[self.k] * f.z[self.k], f.z[self.k + 1] * f.z[self.k + 1]);
        let rest = sums.value + 2.0 * (left - right) / gap;
        self.is_right = sums.value < 0.0;
        if self.is_right {
            self.pole = f.poles[self.k + 1];
            (self.low, self.high) = (-gap / 2.0, 0.0);
            self.offset = -gap / 2.0;
            // The mirror image.
            return -smaller_root(-rest, -rest * gap + left + right, right * gap);
        }
        smaller_root(rest, rest * gap + left + right, left * gap)
    }

    /// By a function with two poles that has the value and the slope of f here: the nearer pole is f's own.
    fn step(&self, f: &Secular<'_>, sums: Sums) -> f64 {
        let left = (f.poles[self.k] - self.pole) - self.offset;
        let Some(next) = f.poles.get(self.k + 1) else {
            // Behind the last pole: a constant and one pole.
            return self.offset + left * sums.value / (sums.value - sums.slope * left);
        };
        let right = (next - self.pole) - self.offset;
        let gap = next - f.poles[self.k];
        let constant = if self.is_right {
            let own = f.z[self.k + 1] / right;
            sums.value - left * sums.slope - gap * own * own
        } else {
            let own = f.z[self.k] / left;
            sums.value - right * sums.slope + gap * own * own
        };
        let middle = (left + right) * sums.value - left * right * sums.slope;
        self.offset + smaller_root(constant, middle, left * right * sums.value)
    }
}

/// The zero of `c*x^2 - a*x + b` that is between the poles.
fn smaller_root(c: f64, a: f64, b: f64) -> f64 {
    let root = (a * a - 4.0 * b * c).abs().sqrt();
    if a <= 0.0 { (a - root) / (2.0 * c) } else { 2.0 * b / (a + root) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{DMatrix, DVector};

    /// The roots and the vectors of a matrix, and the matrix that they make.
    fn put_together(secular: &Secular<'_>) -> (Vec<f64>, DMatrix<f64>, DMatrix<f64>) {
        let roots = secular.roots().expect("nobody interrupts");
        let z = secular.repaired(&roots);
        let mut vectors =
            DMatrix::from_fn(z.len(), z.len(), |i, j| z[i] / ((secular.poles[i] - roots[j].pole) - roots[j].offset));
        vectors.column_iter_mut().for_each(|mut v| {
            v.normalize_mut();
        });
        let values: Vec<f64> = roots.iter().map(|root| root.value()).collect();
        let whole = &vectors * DMatrix::from_diagonal(&DVector::from_vec(values.clone())) * vectors.transpose();
        (values, vectors, whole)
    }

    #[test]
    fn vectors_are_orthogonal_and_give_the_matrix_back() {
        for n in [1_usize, 2, 3, 8, 9, 40] {
            let even: Vec<f64> = (0..n).map(|k| k as f64 / n as f64).collect();
            // Poles that are as close as deflation leaves them, and far away.
            let close: Vec<f64> = (0..n).map(|k| (k / 2) as f64 + if k % 2 == 1 { 1e-13 } else { 0.0 }).collect();
            let steep: Vec<f64> = (0..n).map(|k| 0.5_f64.powi((n - k) as i32)).collect();
            for (kind, poles) in [even, close, steep].into_iter().enumerate() {
                for small in [1.0, 1e-7, 1e-13] {
                    for rho in [1e-6, 0.5, 1e3] {
                        let z: Vec<f64> = (0..n).map(|k| if k % 3 == 1 { -small } else { 1.0 }).collect();
                        let (values, vectors, found) = put_together(&Secular { poles: &poles, z: &z, rho });
                        let z = DVector::from_vec(z);
                        let wanted =
                            DMatrix::from_diagonal(&DVector::from_vec(poles.clone())) + &z * z.transpose() * rho;
                        let name = format!("{n} poles of kind {kind}, {small}, {rho}");
                        assert!((found - &wanted).amax() <= 1e-14 * n as f64 * wanted.amax(), "{name}");
                        let gram = vectors.transpose() * &vectors - DMatrix::identity(n, n);
                        assert!(gram.amax() <= 1e-14 * n as f64, "{name}: {gram}");
                        assert!(values.is_sorted() && values[0] >= poles[0], "{name}: {values:?}");
                    }
                }
            }
        }
    }
}
