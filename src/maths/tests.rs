//! The cores against the C library, exact results, and special arguments.

use super::*;

/// Distance in floats that can be represented; equal infinities and NaN with NaN are at no distance.
fn ulps(a: f64, b: f64) -> u64 {
    if a == b || (a.is_nan() && b.is_nan()) {
        return 0;
    }
    if a.is_nan() || b.is_nan() || a.is_infinite() || b.is_infinite() {
        return u64::MAX;
    }
    let ordered = |x: f64| if x < 0.0 { -((x.to_bits() << 1 >> 1) as i128) } else { x.to_bits() as i128 };
    (ordered(a) - ordered(b)).unsigned_abs() as u64
}

/// Floats of every exponent and sign, from a small generator.
fn floats(count: usize) -> impl Iterator<Item = f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    (0..count).map(move |_| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        f64::from_bits(state ^ (state >> 29))
    })
}

const SPECIAL: [f64; 23] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    std::f64::consts::PI,
    1e-300,
    5e-324,
    -5e-324,
    f64::MIN_POSITIVE,
    709.7,
    709.79,
    -745.0,
    -745.2,
    -708.5,
    1e6,
    1e9,
    1e9 + 0.1,
    1e22,
    f64::MAX,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

fn close(name: &str, ours: fn(f64) -> f64, theirs: fn(f64) -> f64, arguments: impl Iterator<Item = f64>) {
    // These of the C library are not exact to one themselves.
    let most = if matches!(name, "tanh" | "sinh" | "cosh" | "expm1" | "log2" | "log10" | "log1p") { 2 } else { 1 };
    for x in arguments {
        let (a, b) = (ours(x), theirs(x));
        assert!(ulps(a, b) <= most, "{name}({x:e}) gives {a:e}, the C library {b:e}");
    }
}

#[test]
fn the_cores_are_near_the_c_library() {
    let scaled = |scale: f64| (0..20_000).map(move |k| (f64::from(k) - 10_000.0) * scale);
    for (name, ours, theirs) in [
        ("exp", exp as fn(f64) -> f64, f64::exp as fn(f64) -> f64),
        ("log", log, f64::ln),
        ("sin", sin, f64::sin),
        ("cos", cos, f64::cos),
        ("tan", tan, f64::tan),
        ("tanh", tanh, f64::tanh),
        ("exp2", exp2, f64::exp2),
        ("exp10", exp10, |x| 10_f64.powf(x)),
        ("expm1", expm1, f64::exp_m1),
        ("log2", log2, f64::log2),
        ("log10", log10, f64::log10),
        ("log1p", log1p, f64::ln_1p),
        ("asin", asin, f64::asin),
        ("acos", acos, f64::acos),
        ("atan", atan, f64::atan),
        ("sinh", sinh, f64::sinh),
        ("cosh", cosh, f64::cosh),
        ("cbrt", cbrt, f64::cbrt),
    ] {
        close(name, ours, theirs, SPECIAL.into_iter());
        close(name, ours, theirs, floats(50_000));
        close(name, ours, theirs, scaled(0.0731));
        close(name, ours, theirs, scaled(1e-5));
        close(name, ours, theirs, scaled(std::f64::consts::FRAC_PI_2));
    }
}

#[test]
fn careful_forms_have_the_bits_of_the_cores() {
    type Form = fn(f64) -> f64;
    for (name, is_ordinary, core, careful) in [
        ("exp", exp_is_ordinary as fn(f64) -> bool, exp_core as Form, exp_careful as Form),
        ("log", log_is_ordinary, log_core, log_careful),
        ("log2", log_is_ordinary, log2_core, log2_careful),
        ("log10", log_is_ordinary, log10_core, log10_careful),
        ("log1p", log1p_is_ordinary, log1p_core, log1p_careful),
        ("exp2", exp2_is_ordinary, exp2_core, exp2_careful),
        ("exp10", exp10_is_ordinary, exp10_core, exp10_careful),
        ("expm1", expm1_is_ordinary, expm1_core, expm1_careful),
        ("sinh", expm1_is_ordinary, sinh_core, sinh_careful),
        ("cosh", expm1_is_ordinary, cosh_core, cosh_careful),
    ] {
        let some = floats(20_000).chain((0..2000).map(|k| f64::from(k) * 0.71 - 708.0)).chain(SPECIAL);
        for x in some.filter(|x| is_ordinary(*x)) {
            assert_eq!(core(x).to_bits(), careful(x).to_bits(), "{name}({x:e})");
        }
    }
    for (x, y) in floats(20_000).map(f64::abs).zip((0..20_000).map(|k| f64::from(k) * 1e-4 - 1.0)) {
        let log = power_log(base_log(x), y);
        if power_is_ordinary(x, y, log.0) {
            let (core, careful) = (power_of_log(log), power_of_log_carefully(x, y, log));
            assert_eq!(core.to_bits(), careful.to_bits(), "{x:e}^{y:e}");
        }
    }
}

#[test]
fn whole_arguments_have_their_exact_results() {
    assert_eq!(exp(0.0), 1.0);
    assert_eq!(log(1.0), 0.0);
    assert_eq!(cos(0.0), 1.0);
    for f in [sin, tan, asin, atan, sinh, tanh, expm1, log1p] {
        assert_eq!(f(-0.0).to_bits(), (-0.0_f64).to_bits());
    }
    assert_eq!(round(2.5), 2.0);
    for k in -1000..1000 {
        let x = f64::from(k);
        assert_eq!(cbrt(x * x * x).to_bits(), x.to_bits());
    }
}

#[test]
fn functions_of_two_are_near_the_c_library() {
    let near = |x: f64, y: f64| {
        for (name, ours, theirs) in [("hypot", hypot(x, y), f64::hypot(x, y)), ("atan2", atan2(x, y), f64::atan2(x, y))]
        {
            let same_sign = ours.is_nan() || ours.is_sign_negative() == theirs.is_sign_negative();
            assert!(
                ulps(ours, theirs) <= 1 && same_sign,
                "{name}({x:e}, {y:e}) is {ours:e}, for the C library {theirs:e}"
            );
        }
    };
    for x in SPECIAL {
        SPECIAL.into_iter().for_each(|y| near(x, y));
        floats(500).for_each(|y| near(x, y));
        floats(500).for_each(|y| near(y, x));
    }
    for (x, y) in floats(50_000).zip(floats(50_001).skip(1)) {
        near(x, y);
        // Of one size, where the components matter equally.
        let of_its_size = x * (1.0 + y.to_bits() as f64 * 2f64.powi(-63));
        near(x, of_its_size);
        near(of_its_size * 0.3, -x);
    }
}

#[test]
fn larger_and_smaller_know_nan_and_the_sign_of_zero() {
    let text = |x: f64| if x.is_nan() { "NaN".to_owned() } else { format!("{x:?}") };
    for (x, y, above, below) in [
        (1.0, 2.0, "2.0", "1.0"),
        (0.0, -0.0, "0.0", "-0.0"),
        (-0.0, 0.0, "0.0", "-0.0"),
        (f64::NAN, 1.0, "NaN", "NaN"),
        (1.0, f64::NAN, "NaN", "NaN"),
        (f64::NEG_INFINITY, f64::INFINITY, "inf", "-inf"),
    ] {
        assert_eq!((text(larger(x, y)), text(smaller(x, y))), (above.to_owned(), below.to_owned()));
    }
}

#[test]
fn powers_are_near_the_c_library() {
    let near = |x: f64, y: f64| {
        let (ours, theirs) = (power(x, y), x.powf(y));
        let same_sign = ours.is_nan() || ours.is_sign_negative() == theirs.is_sign_negative();
        assert!(ulps(ours, theirs) <= 1 && same_sign, "{x:e}^{y:e} gives {ours:e}, the C library {theirs:e}");
    };
    let exponents =
        SPECIAL.into_iter().chain([-3.0, -2.5, -1.5, 1.5, 2.0, 2.5, 3.0, 1.0 / 3.0, 9007199254740993.0, -1e300]);
    for y in exponents {
        SPECIAL.into_iter().chain([-2.0, -0.1, 3.0, 1.0 + f64::EPSILON]).for_each(|x| near(x, y));
        floats(2000).for_each(|x| near(x, y));
    }
    // Results of every size: of bases of every size, and of bases near 1.
    for (k, x) in (0..50_000).zip(floats(50_000)) {
        let log = f64::from(k) * 0.03 - 750.0;
        for x in [x.abs(), 1.0 + 1e-3 * f64::from(k % 997)] {
            near(x, log / x.ln());
        }
    }
}

#[test]
fn exact_powers_are_exact() {
    for k in -1022..1024 {
        assert_eq!((exp2(k.into()), log2(2.0_f64.powi(k))), (2.0_f64.powi(k), k.into()));
    }
    for k in 0..=22_u32 {
        let ten = 10_u128.pow(k) as f64;
        assert_eq!((exp10(k.into()), log10(ten)), (ten, k.into()));
    }
    for k in -1074..1024 {
        assert_eq!(
            power(2.0, k.into()),
            if k < -1022 { f64::from_bits(1 << (k + 1074)) } else { 2.0_f64.powi(k) },
            "2^{k}"
        );
    }
    for k in 0..=22_u32 {
        assert_eq!(power(10.0, k.into()), 10_u128.pow(k) as f64, "10^{k}");
    }
    for x in floats(20_000).filter(|x| !x.is_nan()) {
        let one = power_of_log_carefully(x, 1.0, power_log(base_log(x), 1.0));
        assert_eq!(one.to_bits(), x.to_bits(), "{x:e}^1");
    }
}
