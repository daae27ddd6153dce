//! Floats as fractions of integers: `format("rational")`.

/// How far the fraction may be from the number, as a part of it: MATLAB's `rat` allows as much.
const TOLERANCE: f64 = 1e-6;

/// Larger integers stand for no particular float any more.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// The first convergent of the continued fraction that is near enough: `355/113`, `-1/2`, `3`. Nothing where numerator
/// or denominator would be too large, and for infinities and NaN.
pub fn fraction(x: f64) -> Option<String> {
    let (mut before, mut now) = ((0.0, 1.0), (1.0, 0.0));
    let mut rest = x.abs();
    loop {
        let whole = rest.floor();
        let next = (whole * now.0 + before.0, whole * now.1 + before.1);
        if !(next.0 < LARGEST && next.1 < LARGEST) {
            return None;
        }
        (before, now) = (now, next);
        if (x.abs() - now.0 / now.1).abs() <= TOLERANCE * x.abs() {
            break;
        }
        rest = 1.0 / (rest - whole);
    }
    let sign = if x < 0.0 { "-" } else { "" };
    Some(if now.1 == 1.0 { format!("{sign}{}", now.0) } else { format!("{sign}{}/{}", now.0, now.1) })
}

#[cfg(test)]
mod tests {
    use super::fraction;

    #[test]
    fn fractions_near_floats() {
        let cases = [
            (0.5, "1/2"),
            (-0.75, "-3/4"),
            (1.0 / 3.0, "1/3"),
            (std::f64::consts::PI, "355/113"),
            (0.1 + 0.2, "3/10"),
            (7.0, "7"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e15, "1000000000000000"),
            (2.5e-7, "1/4000000"),
        ];
        for (x, text) in cases {
            assert_eq!(fraction(x).as_deref(), Some(text), "{x}");
        }
        for x in [f64::NAN, f64::INFINITY, 1e300, 5e-324] {
            assert_eq!(fraction(x), None, "{x}");
        }
    }
}
