//! Passes over all elements of a matrix: the largest, whether all are finite, whether it is its own adjoint.

use super::Scalar;
use nalgebra::DMatrix;

/// Numbers that a processor without any extension works on at once, and enough of them to hide how long one takes.
const LANES: usize = 8;

/// The largest absolute value, of complex numbers that of a real or an imaginary part; NaN is passed over.
pub(super) fn largest<T: Scalar>(items: &[T]) -> f64 {
    let (whole, left) = T::parts(items).as_chunks::<LANES>();
    let mut found = [0.0_f64; LANES];
    for chunk in whole {
        for (found, x) in found.iter_mut().zip(chunk) {
            let size = x.abs();
            *found = if size > *found { size } else { *found };
        }
    }
    found.iter().copied().chain(left.iter().map(|x| x.abs())).fold(0.0, f64::max)
}

/// Are all numbers finite?
pub(super) fn is_finite<T: Scalar>(items: &[T]) -> bool {
    let (whole, left) = T::parts(items).as_chunks::<LANES>();
    // Zero times NaN or infinity is NaN.
    let mut sums = [0.0_f64; LANES];
    for chunk in whole {
        for (sum, x) in sums.iter_mut().zip(chunk) {
            *sum += x * 0.0;
        }
    }
    sums.iter().all(|x| *x == 0.0) && left.iter().all(|x| x.is_finite())
}

/// The side of the squares that are compared with their mirror images: two of them fit into the nearest cache, where one
/// is read along its rows.
const TILE: usize = 32;

/// Is the square matrix exactly its own adjoint?
pub(super) fn is_hermitian<T: Scalar>(m: &DMatrix<T>) -> bool {
    let (size, items) = (m.nrows(), m.as_slice());
    (0..size).step_by(TILE).all(|first_col| {
        (0..=first_col).step_by(TILE).all(|first_row| {
            (first_col..size.min(first_col + TILE)).all(|j| {
                let rows = first_row..(j + 1).min(first_row + TILE);
                let column = &items[j * size..][rows.clone()];
                column.iter().zip(rows).all(|(x, i)| *x == items[i * size + j].conjugate())
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Complex64;

    #[test]
    fn every_element_counts() {
        for size in [1, 7, 8, 9, 33] {
            for k in 0..size {
                let mut items = vec![1.0; size];
                items[k] = -3.0;
                assert_eq!(largest(&items), 3.0, "{k} of {size}");
                assert!(is_finite(&items));
                for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                    items[k] = odd;
                    assert!(!is_finite(&items), "{odd} at {k} of {size}");
                }
                items[k] = f64::NAN;
                assert_eq!(largest(&items), if size == 1 { 0.0 } else { 1.0 });
            }
        }
        assert_eq!(largest(&[Complex64::new(1.0, -2.0)]), 2.0);
        assert!(!is_finite(&[Complex64::new(1.0, f64::NAN)]));
        assert!(largest::<f64>(&[]) == 0.0 && is_finite::<f64>(&[]));
    }

    #[test]
    fn one_element_spoils_symmetry() {
        for size in [1, 2, 31, 32, 33, 70] {
            let m = DMatrix::from_fn(size, size, |i, j| (i * j) as f64);
            assert!(is_hermitian(&m));
            for (i, j) in [(0, size - 1), (size - 1, size / 2), (size / 3, size / 2)] {
                let mut other = m.clone();
                other[(i, j)] += 1.0;
                assert_eq!(is_hermitian(&other), i == j, "{i}, {j} of {size}");
            }
        }
        let turned = DMatrix::from_fn(40, 40, |i, j| Complex64::new(1.0, i as f64 - j as f64));
        assert!(is_hermitian(&turned) && !is_hermitian(&turned.map(|z| z * z * Complex64::new(0.0, 1.0))));
    }
}
