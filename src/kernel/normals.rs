//! Normal deviates by Box and Muller, many at a time.

use super::elementwise::{as_output, kernels};
use crate::fault::Outcome;
use crate::interrupt;

/// Deviates whose logarithms and cosines are computed together.
const TOGETHER: usize = 512;

/// Writes normal deviates over the elements, each made of the next two numbers of `uniform`, which are from 0 (included) to
/// 1 (not included).
pub fn fill(items: &mut [f64], mut uniform: impl FnMut() -> f64) -> Outcome<()> {
    let (mut radii, mut angles) = ([0.0; TOGETHER], [0.0; TOGETHER]);
    let mut cosines = [0.0; TOGETHER];
    for part in items.chunks_mut(TOGETHER) {
        interrupt::check()?;
        for (radius, angle) in radii.iter_mut().zip(&mut angles).take(part.len()) {
            *radius = 1.0 - uniform();
            *angle = std::f64::consts::TAU * uniform();
        }
        let n = part.len();
        // SAFETY: the kernels of `kernels()` are for this processor.
        unsafe {
            (kernels().log)(&radii[..n], as_output(part));
            (kernels().cos)(&angles[..n], as_output(&mut cosines[..n]));
        }
        part.iter_mut().zip(cosines).for_each(|(x, cosine)| *x = (-2.0 * *x).sqrt() * cosine);
    }
    Ok(())
}
