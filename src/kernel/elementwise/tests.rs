//! Every kernel against a plain loop and against the baseline level, at sizes around the ends of vectors and blocks.

use super::*;
use std::fmt::Debug;

const SIZES: [usize; 9] = [0, 1, 3, 7, 8, 255, 256, 257, 1000];

/// Elements of a type: ordinary, special and extreme ones.
trait Sample: Copy + Default + Debug {
    fn sample(k: u64) -> Self;
    /// Equal, for what a kernel promises: the same bits, or both NaN.
    fn same(self, other: Self) -> bool;
}

fn scrambled(k: u64) -> u64 {
    let x = (k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 31)
}

impl Sample for f64 {
    fn sample(k: u64) -> f64 {
        const SPECIAL: [f64; 10] =
            [0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 5e-324, 1e300, -2.5, 1e7, 9.3e18];
        match k % 3 {
            0 => SPECIAL[(scrambled(k) % 10) as usize],
            1 => (scrambled(k) % 2000) as f64 / 16.0 - 60.0,
            _ => f64::from_bits(scrambled(k)),
        }
    }
    fn same(self, other: f64) -> bool {
        self.to_bits() == other.to_bits() || (self.is_nan() && other.is_nan())
    }
}

impl Sample for i64 {
    fn sample(k: u64) -> i64 {
        const SPECIAL: [i64; 6] = [0, 1, -1, i64::MAX, i64::MIN, 1 << 32];
        match k % 3 {
            0 => SPECIAL[(scrambled(k) % 6) as usize],
            1 => (scrambled(k) % 2000) as i64 - 1000,
            _ => scrambled(k) as i64,
        }
    }
    fn same(self, other: i64) -> bool {
        self == other
    }
}

impl Sample for bool {
    fn sample(k: u64) -> bool {
        scrambled(k) & 1 == 1
    }
    fn same(self, other: bool) -> bool {
        self == other
    }
}

impl Sample for Complex64 {
    fn sample(k: u64) -> Complex64 {
        Complex64::new(f64::sample(2 * k), f64::sample(2 * k + 1))
    }
    fn same(self, other: Complex64) -> bool {
        self.re.same(other.re) && self.im.same(other.im)
    }
}

impl Sample for i128 {
    fn sample(k: u64) -> i128 {
        scrambled(k).into()
    }
    fn same(self, other: i128) -> bool {
        self == other
    }
}

fn samples<T: Sample>(count: usize, seed: u64) -> Vec<T> {
    (0..count as u64).map(|k| T::sample(k.wrapping_add(seed * 1000))).collect()
}

/// Checks a kernel's results and whether it says that one failed.
fn check<R: Sample>(name: &str, expected: &[(R, bool)], run: impl FnOnce(Output<'_, R>) -> bool) {
    let mut results = vec![R::default(); expected.len()];
    let failed = run(as_output(&mut results));
    assert_eq!(failed, expected.iter().any(|(_, failed)| *failed), "{name} of {} elements", expected.len());
    for (k, (result, (wanted, fails))) in results.iter().zip(expected).enumerate() {
        assert!(*fails || result.same(*wanted), "{name}, element {k}: {result:?}, not {wanted:?}");
    }
}

fn check_single<A: Sample, R: Sample>(name: &str, kernel: Kernel1<A, R>, f: impl Fn(A) -> (R, bool)) {
    for size in SIZES {
        let a: Vec<A> = samples(size, 0);
        let expected: Vec<_> = a.iter().map(|x| f(*x)).collect();
        // SAFETY: the kernels of `levels()` are for this processor.
        check(name, &expected, |out| unsafe { kernel(&a, out) });
    }
}

fn check_pair<A: Sample, B: Sample, R: Sample>(name: &str, kernel: Kernel2<A, B, R>, f: impl Fn(A, B) -> (R, bool)) {
    for size in SIZES {
        let (a, b): (Vec<A>, Vec<B>) = (samples(size, 0), samples(size, 7));
        let expected: Vec<_> = a.iter().zip(&b).map(|(x, y)| f(*x, *y)).collect();
        // SAFETY: as above.
        check(name, &expected, |out| unsafe { (kernel.blocks)(&a, &b, out) });
        for seed in 0..4 {
            let (x, y) = (A::sample(seed), B::sample(seed));
            let expected: Vec<_> = a.iter().map(|x| f(*x, y)).collect();
            // SAFETY: as above.
            check(name, &expected, |out| unsafe { (kernel.right_scalar)(&a, y, out) });
            let expected: Vec<_> = b.iter().map(|y| f(x, *y)).collect();
            // SAFETY: as above.
            check(name, &expected, |out| unsafe { (kernel.left_scalar)(x, &b, out) });
        }
        let Some(in_place) = kernel.in_place else { continue };
        for (left, right) in [(None, None), (None, Some(B::sample(2))), (Some(A::sample(2)), None)] {
            let (x, y) = (|k: usize| left.unwrap_or(a[k]), |k: usize| right.unwrap_or(b[k]));
            let expected: Vec<_> = (0..size).map(|k| f(x(k), y(k)).0).collect();
            if left.is_none() {
                let mut written = a.clone();
                // SAFETY: as above.
                unsafe { (in_place.left)(&mut written, right.map_or(Operand::Block(&b), Operand::Constant)) };
                assert_eq!(text(&written), text(&expected), "{name} over the left one");
            }
            if right.is_none() {
                let mut written = b.clone();
                // SAFETY: as above.
                unsafe { (in_place.right)(&mut written, left.map_or(Operand::Block(&a), Operand::Constant)) };
                assert_eq!(text(&written), text(&expected), "{name} over the right one");
            }
        }
    }
}

/// Tells -0.0 from 0.0, and takes NaN as equal to itself.
fn text<T: Debug>(items: &[T]) -> String {
    format!("{items:?}")
}

fn check_fused(name: &str, kernel: KernelFused, f: impl Fn(f64, f64) -> f64) {
    for size in SIZES {
        let [a, b, c]: [Vec<f64>; 3] = [samples(size, 0), samples(size, 3), samples(size, 7)];
        for a in [Operand::Block(&a[..]), Operand::Constant(1.5)] {
            for b in [Operand::Block(&b[..]), Operand::Constant(-3.0)] {
                for c in [Operand::Block(&c[..]), Operand::Constant(0.1)] {
                    let expected: Vec<_> = (0..size).map(|k| (f(a.get(k) * b.get(k), c.get(k)), false)).collect();
                    check(name, &expected, |out| {
                        // SAFETY: as above.
                        unsafe { (kernel.blocks)(a, b, c, out) };
                        false
                    });
                }
                let mut written = c.clone();
                let expected: Vec<f64> = (0..size).map(|k| f(a.get(k) * b.get(k), c[k])).collect();
                // SAFETY: as above.
                unsafe { (kernel.in_place)(a, b, &mut written) };
                assert_eq!(text(&written), text(&expected), "{name} in place");
            }
        }
    }
}

fn check_fold<A: Sample, R: Sample>(name: &str, kernel: Fold<A, R>, baseline: Fold<A, R>) {
    for size in SIZES {
        let a: Vec<A> = samples(size, 3);
        // SAFETY: as above.
        let (result, wanted) = unsafe { (kernel(&a), baseline(&a)) };
        assert!(result.same(wanted), "{name} of {size} elements: {result:?}, not {wanted:?}");
    }
}

fn check_choose<T: Sample>(name: &str, kernel: KernelChoose<T>) {
    for size in SIZES {
        let (mask, a, b): (Vec<bool>, Vec<T>, Vec<T>) = (samples(size, 0), samples(size, 3), samples(size, 7));
        for a in [Operand::Block(&a[..]), Operand::Constant(T::sample(1))] {
            for b in [Operand::Block(&b[..]), Operand::Constant(T::sample(2))] {
                let expected: Vec<_> =
                    mask.iter().enumerate().map(|(k, m)| (if *m { a.get(k) } else { b.get(k) }, false)).collect();
                check(name, &expected, |out| {
                    // SAFETY: as above.
                    unsafe { kernel(&mask, a, b, out) };
                    false
                });
            }
        }
    }
}

macro_rules! check_all {
    (
        $level:ident
        whole { $($w:ident: $wa:ty => $wr:ty = $wf:expr;)* }
        whole_pair { $($w2:ident: $w2a:ty, $w2b:ty => $w2r:ty = $w2f:expr, $w2one:expr;)* }
        choose { $($c:ident: $ct:ty;)* }
        fused { $($p:ident = $pf:expr;)* }
        fold { $($f:ident: $fa:ty => $fr:ty = $ff:expr;)* }
        test { $($t:ident: $ta:ty = $tf:expr;)* }
        unary { $($u:ident: $ua:ty => $ur:ty = $uf:expr;)* }
        checked_unary { $($cu:ident: $cua:ty => $cur:ty = $cuf:expr;)* }
        arithmetic { $($m:ident = $mf:expr;)* }
        binary { $($b:ident: $ba:ty, $bb:ty => $br:ty = $bf:expr;)* }
        checked_binary { $($cb:ident: $cba:ty, $cbb:ty => $cbr:ty = $cbf:expr;)* }
    ) => {
        fn check_level(kernels: &Kernels) {
            $(check_single(stringify!($w), kernels.$w, |x: $wa| (maths::$w(x), false));)*
            $(check_pair(stringify!($w2), kernels.$w2, $w2one);)*
            $(check_choose(stringify!($c), kernels.$c);)*
            $(check_fused(stringify!($p), kernels.$p, $pf);)*
            $(check_fold(stringify!($f), kernels.$f, baseline::KERNELS.$f);)*
            $(for size in SIZES {
                let a: Vec<$ta> = samples(size, 1);
                // SAFETY: the kernels of `levels()` are for this processor.
                assert_eq!(unsafe { (kernels.$t)(&a) }, a.iter().any(|x| ($tf)(*x)), stringify!($t));
            })*
            $(check_single(stringify!($u), kernels.$u, |x: $ua| (($uf)(x), false));)*
            $(check_single(stringify!($cu), kernels.$cu, $cuf);)*
            $(check_pair(stringify!($m), kernels.$m, |x: f64, y: f64| (($mf)(x, y), false));)*
            $(check_pair(stringify!($b), kernels.$b, |x: $ba, y: $bb| (($bf)(x, y), false));)*
            $(check_pair(stringify!($cb), kernels.$cb, $cbf);)*
        }
    };
}
list!(check_all, none);

#[test]
fn every_level_gives_the_results_of_a_plain_loop() {
    for kernels in levels() {
        check_level(kernels);
    }
}

#[test]
fn small_integers_are_multiplied_and_divided_exactly() {
    let edges = |bits: u32| [-1_i64 << bits, 1 - (1 << bits), (1 << bits) - 1, (1 << (bits - 1)) + 1];
    let some = |bits| (-40..40).chain(edges(bits)).chain([1_000_003, -999_999_999, 123_456_789]);
    for kernels in levels() {
        for (name, kernel, bits, one) in [
            ("int_mul", kernels.int_mul, 31, i64::overflowing_mul as fn(i64, i64) -> (i64, bool)),
            ("int_div", kernels.int_div, 51, |x, y| (x / y, false)),
            ("int_rem", kernels.int_rem, 51, |x, y| (x % y, false)),
            ("int_fld", kernels.int_fld, 51, |x, y| (x.div_euclid(y) - i64::from(y < 0 && x % y != 0), false)),
            ("int_mod", kernels.int_mod, 51, |x, y| (((x % y) + y) % y, false)),
        ] {
            let a: Vec<i64> = some(bits).collect();
            for y in some(bits).filter(|y| *y != 0) {
                let b = vec![y; a.len()];
                let expected: Vec<_> = a.iter().map(|x| one(*x, y)).collect();
                // SAFETY: the kernels of `levels()` are for this processor.
                unsafe {
                    check(name, &expected, |out| (kernel.blocks)(&a, &b, out));
                    check(name, &expected, |out| (kernel.right_scalar)(&a, y, out));
                }
                let divisors: Vec<i64> = a.iter().map(|x| if *x == 0 { 1 } else { *x }).collect();
                let expected: Vec<_> = divisors.iter().map(|x| one(y, *x)).collect();
                // SAFETY: as above.
                check(name, &expected, |out| unsafe { (kernel.left_scalar)(y, &divisors, out) });
            }
        }
    }
}

#[test]
fn extremes_see_nan_and_signed_zeros() {
    for kernels in levels() {
        // SAFETY: the kernels of `levels()` are for this processor.
        unsafe {
            assert!((kernels.largest)(&[1.0, f64::NAN, 2.0]).is_nan());
            assert!((kernels.largest)(&[-0.0, 0.0, -0.0]).is_sign_positive());
            assert!((kernels.smallest)(&[0.0, -0.0, 0.0]).is_sign_negative());
            assert!((kernels.largest)(&[-0.0, -0.0]).is_sign_negative());
            assert_eq!((kernels.smallest)(&[3.0, -1.0, 2.0]), -1.0);
        }
    }
}

#[test]
fn an_element_never_depends_on_its_neighbours() {
    let alone = [0.7, 1.3e6, -2.0, 1e22];
    for kernels in levels() {
        let mut results = [0.0; 4];
        // SAFETY: the kernels of `levels()` are for this processor.
        unsafe { (kernels.sin)(&alone, as_output(&mut results)) };
        assert_eq!(results.map(f64::to_bits), alone.map(|x| maths::sin(x).to_bits()));
    }
}
