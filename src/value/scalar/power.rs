//! Powers of real numbers.

use crate::fault::{Fault, Outcome, Part};
use crate::maths;

/// `x ^ n` for `n >= 0`, by squaring.
pub fn integer_power(x: i64, n: i64) -> Outcome<i64> {
    // From 2^63 on no base but these three has a power that fits, so that larger exponents never reach `pow`.
    match (x, u32::try_from(n)) {
        (0 | 1, _) => Ok(if n == 0 { 1 } else { x }),
        (-1, _) => Ok(if n % 2 == 0 { 1 } else { -1 }),
        (x, Ok(n)) => x.checked_pow(n).ok_or_else(|| too_large(x, n.into())),
        (x, Err(_)) => Err(too_large(x, n)),
    }
}

/// `x ^ y` of floats; a `DomainError` where the power is complex.
pub(super) fn checked_float_power(x: f64, y: f64) -> Outcome<f64> {
    if maths::power_is_complex(x, y) { Err(complex_power(x, y)) } else { Ok(maths::power(x, y)) }
}

#[cold]
fn complex_power(x: f64, y: f64) -> Fault {
    let fault = Fault::domain(format!("{x:?} to the power {y:?} is not real"))
        .rule("a negative number to a fractional power is complex, and asks for a complex base")
        .label(Part::Left, format!("{x:?}"))
        .label(Part::Right, format!("{y:?}"));
    let fault = if y == 1.0 / 3.0 { fault.hint(format!("the real cube root is `cbrt({x:?})`")) } else { fault };
    fault.hint(format!("complex({x:?})^({y:?})"))
}

#[cold]
fn too_large(x: i64, n: i64) -> Fault {
    super::overflow(&format!("{x}^{n}"), &format!("floats have room, with 16 digits: `{:?}^{n}`", x as f64))
}
