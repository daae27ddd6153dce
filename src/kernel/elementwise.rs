//! Kernels: one operation on blocks of elements, compiled for several instruction sets and chosen when first used.
//!
//! The bodies are plain loops without branches; the compiler vectorises them once for each level. No level contracts
//! `a * b + c` into one rounding by itself, and what asks for it gets it at all levels: they give the same bits.

mod folds;
mod integers;
mod loops;

use super::powers;
use crate::maths;
use crate::op::BinaryOp;
use crate::value::{Complex64, scalar};
use folds::{count_of_true, int_sum_by_halves, largest_in_lanes, smallest_in_lanes, sum_in_lanes};
use integers::Division;
use loops::{by_kind, choose, find, fused, fused_in_place, map, run, update, zip};
use std::mem::MaybeUninit;

/// Where a kernel writes: every element is written, none is read.
pub type Output<'a, T> = &'a mut [MaybeUninit<T>];

/// A kernel of one operand; true if an element failed (overflow, an inexact conversion), its result is then useless.
///
/// Calling it needs a processor of its level, which [`kernels`] makes sure of.
pub type Kernel1<A, R> = unsafe fn(&[A], Output<'_, R>) -> bool;

/// All elements put together to one number.
pub type Fold<A, R> = unsafe fn(&[A]) -> R;

/// A test of a block: is there an element like that?
pub type Test<A> = unsafe fn(&[A]) -> bool;

/// A kernel of two operands, of which one may be a scalar. Slices have the output's length.
#[derive(Clone, Copy)]
pub struct Kernel2<A, B, R> {
    /// Block with block.
    pub blocks: unsafe fn(&[A], &[B], Output<'_, R>) -> bool,
    /// Block with scalar.
    pub right_scalar: unsafe fn(&[A], B, Output<'_, R>) -> bool,
    /// Scalar with block.
    pub left_scalar: unsafe fn(A, &[B], Output<'_, R>) -> bool,
    /// Written over an operand, where the result has its type.
    pub in_place: Option<InPlace<A, B>>,
}

/// A kernel of two operands that writes over one of them.
#[derive(Clone, Copy)]
pub struct InPlace<A, B> {
    /// Over the left one.
    pub left: Update<A, B>,
    /// Over the right one.
    pub right: Update<B, A>,
}

/// Writes over the elements of one operand, with those of another.
pub type Update<T, S> = unsafe fn(&mut [T], Operand<'_, S>);

/// A kernel that takes each element from one operand or the other, by a mask.
pub type KernelChoose<T> = unsafe fn(&[bool], Operand<'_, T>, Operand<'_, T>, Output<'_, T>);

/// A kernel of a product and a third operand, in one go: the product is rounded, as two kernels would have done.
#[derive(Clone, Copy)]
pub struct KernelFused {
    /// All three are read.
    pub blocks: unsafe fn(Operand<'_, f64>, Operand<'_, f64>, Operand<'_, f64>, Output<'_, f64>),
    /// The third is written over.
    pub in_place: unsafe fn(Operand<'_, f64>, Operand<'_, f64>, &mut [f64]),
}

/// The elements of an operand for one block.
#[derive(Clone, Copy)]
pub enum Operand<'a, T> {
    /// The same for all.
    Constant(T),
    /// One for each.
    Block(&'a [T]),
}

impl<'a, T: Copy> Operand<'a, T> {
    /// So many elements from one on.
    #[inline(always)]
    fn part(self, start: usize, count: usize) -> Operand<'a, T> {
        match self {
            Operand::Constant(x) => Operand::Constant(x),
            Operand::Block(items) => Operand::Block(&items[start..start + count]),
        }
    }

    /// Element `k` of the block.
    #[inline]
    pub fn get(self, k: usize) -> T {
        match self {
            Operand::Constant(x) => x,
            Operand::Block(items) => items[k],
        }
    }
}

/// A function by its core where all arguments of a block are ordinary ones, else by the careful form.
macro_rules! by_kind {
    ($is_ordinary:ident, $core:ident, $careful:ident) => {
        |a, out| by_kind(a, out, maths::$is_ordinary, maths::$core, maths::$careful)
    };
}

/// A whole division as a kernel that sees the whole block.
macro_rules! division {
    ($what:ident) => {
        |a, b, out| integers::divide(a, b, out, Division::$what)
    };
}

/// The list of all kernels, handed to a macro: their names, types and what they do to an element. Those under `checked`
/// give the result and whether it failed; those that see a whole block of pairs have that beside them for one pair.
macro_rules! list {
    ($receiver:ident, $level:ident) => {
        $receiver! {
            $level
            whole {
                exp: f64 => f64 = by_kind!(exp_is_ordinary, exp_core, exp_careful);
                exp2: f64 => f64 = by_kind!(exp2_is_ordinary, exp2_core, exp2_careful);
                exp10: f64 => f64 = by_kind!(exp10_is_ordinary, exp10_core, exp10_careful);
                expm1: f64 => f64 = by_kind!(expm1_is_ordinary, expm1_core, expm1_careful);
                log: f64 => f64 = by_kind!(log_is_ordinary, log_core, log_careful);
                log2: f64 => f64 = by_kind!(log_is_ordinary, log2_core, log2_careful);
                log10: f64 => f64 = by_kind!(log_is_ordinary, log10_core, log10_careful);
                log1p: f64 => f64 = by_kind!(log1p_is_ordinary, log1p_core, log1p_careful);
                sin: f64 => f64 = by_kind!(angle_is_ordinary, sin_core, sin_careful);
                cos: f64 => f64 = by_kind!(angle_is_ordinary, cos_core, cos_careful);
                tan: f64 => f64 = by_kind!(angle_is_ordinary, tan_core, tan_careful);
                sinh: f64 => f64 = by_kind!(expm1_is_ordinary, sinh_core, sinh_careful);
                cosh: f64 => f64 = by_kind!(expm1_is_ordinary, cosh_core, cosh_careful);
            }
            whole_pair {
                power: f64, f64 => f64 = powers::in_chunks, |x, y| (maths::power(x, y), maths::power_is_complex(x, y));
                int_mul: i64, i64 => i64 = integers::multiply, i64::overflowing_mul;
                int_div: i64, i64 => i64 = division!(Quotient), |x, y| integers::divided(x, y, Division::Quotient);
                int_rem: i64, i64 => i64 = division!(Rest), |x, y| integers::divided(x, y, Division::Rest);
                int_fld: i64, i64 => i64 = division!(Floor), |x, y| integers::divided(x, y, Division::Floor);
                int_mod: i64, i64 => i64 = division!(Modulo), |x, y| integers::divided(x, y, Division::Modulo);
            }
            choose {
                choose_bool: bool;
                choose_int: i64;
                choose_float: f64;
                choose_complex: Complex64;
            }
            fused {
                multiply_add = |product: f64, c: f64| product + c;
                multiply_sub = |product: f64, c: f64| product - c;
                sub_multiply = |product: f64, c: f64| c - product;
            }
            fold {
                sum: f64 => f64 = sum_in_lanes;
                largest: f64 => f64 = largest_in_lanes;
                smallest: f64 => f64 = smallest_in_lanes;
                int_sum: i64 => i128 = int_sum_by_halves;
                bool_sum: bool => i64 = count_of_true;
            }
            test {
                has_negative: f64 = |x: f64| x < 0.0;
                has_infinite: f64 = |x: f64| x.abs() == f64::INFINITY;
                has_below_minus_one: f64 = |x: f64| x < -1.0;
                has_beyond_one: f64 = |x: f64| x.abs() > 1.0;
            }
            unary {
                copy_bool: bool => bool = |x: bool| x;
                copy_int: i64 => i64 = |x: i64| x;
                copy_float: f64 => f64 = |x: f64| x;
                copy_complex: Complex64 => Complex64 = |z: Complex64| z;
                complex_abs: Complex64 => f64 = |z: Complex64| maths::hypot_core(z.re, z.im);
                complex_angle: Complex64 => f64 = |z: Complex64| maths::atan2_core(z.im, z.re);
                complex_abs2: Complex64 => f64 = |z: Complex64| z.norm_sqr();
                complex_real: Complex64 => f64 = |z: Complex64| z.re;
                complex_imag: Complex64 => f64 = |z: Complex64| z.im;
                complex_conj: Complex64 => Complex64 = |z: Complex64| z.conj();
                complex_neg: Complex64 => Complex64 = |z: Complex64| -z;
                bool_to_int: bool => i64 = |x: bool| i64::from(x);
                bool_to_float: bool => f64 = |x: bool| f64::from(u8::from(x));
                int_to_float: i64 => f64 = |x: i64| x as f64;
                not: bool => bool = |x: bool| !x;
                bit_not: i64 => i64 = |x: i64| !x;
                int_sign: i64 => i64 = |x: i64| x.signum();
                int_is_negative: i64 => bool = |x: i64| x < 0;
                int_is_even: i64 => bool = |x: i64| x & 1 == 0;
                int_is_odd: i64 => bool = |x: i64| x & 1 != 0;
                is_nan: f64 => bool = |x: f64| x.is_nan();
                is_infinite: f64 => bool = |x: f64| x.abs() == f64::INFINITY;
                is_finite: f64 => bool = |x: f64| x.abs() < f64::INFINITY;
                is_negative: f64 => bool = |x: f64| x.is_sign_negative();
                is_integer: f64 => bool = |x: f64| x - x.trunc() == 0.0;
                sign: f64 => f64 = |x: f64| maths::sign(x);
                neg: f64 => f64 = |x: f64| -x;
                abs: f64 => f64 = |x: f64| x.abs();
                square: f64 => f64 = |x: f64| x * x;
                cube: f64 => f64 = |x: f64| x * x * x;
                inverse: f64 => f64 = |x: f64| 1.0 / x;
                sqrt: f64 => f64 = |x: f64| x.sqrt();
                cbrt: f64 => f64 = |x: f64| maths::cbrt_core(x);
                tanh: f64 => f64 = |x: f64| maths::tanh_core(x);
                asin: f64 => f64 = |x: f64| maths::asin_core(x);
                acos: f64 => f64 = |x: f64| maths::acos_core(x);
                atan: f64 => f64 = |x: f64| maths::atan_core(x);
                floor: f64 => f64 = |x: f64| x.floor();
                ceil: f64 => f64 = |x: f64| x.ceil();
                round: f64 => f64 = |x: f64| x.round_ties_even();
                trunc: f64 => f64 = |x: f64| x.trunc();
            }
            checked_unary {
                int_neg: i64 => i64 = |x: i64| x.overflowing_neg();
                int_abs: i64 => i64 = |x: i64| x.overflowing_abs();
                int_square: i64 => i64 = |x: i64| x.overflowing_mul(x);
                int_cube: i64 => i64 = |x: i64| {
                    let (square, first) = x.overflowing_mul(x);
                    let (cube, second) = square.overflowing_mul(x);
                    (cube, first | second)
                };
                float_to_int: f64 => i64 = |x: f64| {
                    // 2^63 itself does not fit; the comparison is false for NaN.
                    let fits = x.trunc() == x && (-9223372036854775808.0..9223372036854775808.0).contains(&x);
                    (x as i64, !fits)
                };
                int_to_bool: i64 => bool = |x: i64| (x != 0, x != 0 && x != 1);
                float_to_bool: f64 => bool = |x: f64| (x != 0.0, !(x == 0.0 || x == 1.0));
            }
            arithmetic {
                add = |x: f64, y: f64| x + y;
                sub = |x: f64, y: f64| x - y;
                mul = |x: f64, y: f64| x * y;
                div = |x: f64, y: f64| x / y;
            }
            binary {
                eq: f64, f64 => bool = |x: f64, y: f64| x == y;
                ne: f64, f64 => bool = |x: f64, y: f64| x != y;
                lt: f64, f64 => bool = |x: f64, y: f64| x < y;
                le: f64, f64 => bool = |x: f64, y: f64| x <= y;
                gt: f64, f64 => bool = |x: f64, y: f64| x > y;
                ge: f64, f64 => bool = |x: f64, y: f64| x >= y;
                larger: f64, f64 => f64 = |x: f64, y: f64| maths::larger(x, y);
                smaller: f64, f64 => f64 = |x: f64, y: f64| maths::smaller(x, y);
                atan2: f64, f64 => f64 = |y: f64, x: f64| maths::atan2_core(y, x);
                hypot: f64, f64 => f64 = |x: f64, y: f64| maths::hypot_core(x, y);
                copy_sign: f64, f64 => f64 = |x: f64, y: f64| x.copysign(y);
                bool_eq: bool, bool => bool = |x: bool, y: bool| x == y;
                bool_lt: bool, bool => bool = |x: bool, y: bool| !x & y;
                bool_le: bool, bool => bool = |x: bool, y: bool| !x | y;
                bool_gt: bool, bool => bool = |x: bool, y: bool| x & !y;
                bool_ge: bool, bool => bool = |x: bool, y: bool| x | !y;
                int_eq: i64, i64 => bool = |x: i64, y: i64| x == y;
                int_ne: i64, i64 => bool = |x: i64, y: i64| x != y;
                int_lt: i64, i64 => bool = |x: i64, y: i64| x < y;
                int_le: i64, i64 => bool = |x: i64, y: i64| x <= y;
                int_gt: i64, i64 => bool = |x: i64, y: i64| x > y;
                int_ge: i64, i64 => bool = |x: i64, y: i64| x >= y;
                int_and: i64, i64 => i64 = |x: i64, y: i64| x & y;
                int_or: i64, i64 => i64 = |x: i64, y: i64| x | y;
                int_xor: i64, i64 => i64 = |x: i64, y: i64| x ^ y;
                int_larger: i64, i64 => i64 = |x: i64, y: i64| x.max(y);
                int_smaller: i64, i64 => i64 = |x: i64, y: i64| x.min(y);
                shift_left: i64, i64 => i64 = |x: i64, n: i64| scalar::bits(BinaryOp::ShiftLeft, x, n);
                shift_right: i64, i64 => i64 = |x: i64, n: i64| scalar::bits(BinaryOp::ShiftRight, x, n);
                shift_right_unsigned: i64, i64 => i64 = |x: i64, n: i64| scalar::bits(BinaryOp::ShiftRightUnsigned, x, n);
                and: bool, bool => bool = |x: bool, y: bool| x & y;
                or: bool, bool => bool = |x: bool, y: bool| x | y;
                xor: bool, bool => bool = |x: bool, y: bool| x ^ y;
                complex_add: Complex64, Complex64 => Complex64 = |x: Complex64, y: Complex64| x + y;
                complex_sub: Complex64, Complex64 => Complex64 = |x: Complex64, y: Complex64| x - y;
                complex_mul: Complex64, Complex64 => Complex64 = |x: Complex64, y: Complex64| x * y;
                complex_of: f64, f64 => Complex64 = |re: f64, im: f64| Complex64::new(re, im);
                complex_scale: Complex64, f64 => Complex64 = |z: Complex64, by: f64| z * by;
                complex_div_real: Complex64, f64 => Complex64 = |z: Complex64, by: f64| z / by;
                bit_times: bool, f64 => f64 = |x: bool, y: f64| scalar::bit_times(x, y);
            }
            checked_binary {
                int_add: i64, i64 => i64 = |x: i64, y: i64| x.overflowing_add(y);
                int_sub: i64, i64 => i64 = |x: i64, y: i64| x.overflowing_sub(y);
            }
        }
    };
}

/// Declares the table of kernels.
macro_rules! table {
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
        /// Every kernel, for one instruction set. Without a prefix a kernel is one of floats (`not`, `and`, `or` and
        /// `xor`: of Bools).
        #[allow(missing_docs)]
        pub struct Kernels {
            /// The instruction set.
            pub level: &'static str,
            $(pub $w: Kernel1<$wa, $wr>,)*
            $(pub $w2: Kernel2<$w2a, $w2b, $w2r>,)*
            $(pub $c: KernelChoose<$ct>,)*
            $(pub $p: KernelFused,)*
            $(pub $f: Fold<$fa, $fr>,)*
            $(pub $t: Test<$ta>,)*
            $(pub $u: Kernel1<$ua, $ur>,)*
            $(pub $cu: Kernel1<$cua, $cur>,)*
            $(pub $m: Kernel2<f64, f64, f64>,)*
            $(pub $b: Kernel2<$ba, $bb, $br>,)*
            $(pub $cb: Kernel2<$cba, $cbb, $cbr>,)*
        }
    };
}

/// Puts the level's instruction set on a function.
macro_rules! at_level {
    (baseline, $($function:tt)*) => { $($function)* };
    (avx2, $($function:tt)*) => { #[target_feature(enable = "avx2,fma")] $($function)* };
    (avx512, $($function:tt)*) => {
        #[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl,avx512bw,avx512cd")]
        $($function)*
    };
}

/// Compiles every kernel for one instruction set.
macro_rules! level {
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
        mod $level {
            use super::*;
            $(at_level!($level, unsafe fn $w(a: &[$wa], out: Output<'_, $wr>) -> bool { run($wf, a, out) });)*
            $(mod $w2 {
                use super::*;
                at_level!($level, fn all(a: Operand<'_, $w2a>, b: Operand<'_, $w2b>, out: Output<'_, $w2r>) -> bool {
                    $w2f(a, b, out)
                });
                at_level!($level, unsafe fn blocks(a: &[$w2a], b: &[$w2b], out: Output<'_, $w2r>) -> bool {
                    all(Operand::Block(a), Operand::Block(b), out)
                });
                at_level!($level, unsafe fn right_scalar(a: &[$w2a], b: $w2b, out: Output<'_, $w2r>) -> bool {
                    all(Operand::Block(a), Operand::Constant(b), out)
                });
                at_level!($level, unsafe fn left_scalar(a: $w2a, b: &[$w2b], out: Output<'_, $w2r>) -> bool {
                    all(Operand::Constant(a), Operand::Block(b), out)
                });
                pub const FORMS: Kernel2<$w2a, $w2b, $w2r> = Kernel2 { blocks, right_scalar, left_scalar, in_place: None };
            })*
            $(at_level!($level, unsafe fn $c(
                mask: &[bool],
                a: Operand<'_, $ct>,
                b: Operand<'_, $ct>,
                out: Output<'_, $ct>
            ) {
                choose(mask, a, b, out)
            });)*
            $(mod $p {
                use super::*;
                at_level!($level, unsafe fn blocks(
                    a: Operand<'_, f64>,
                    b: Operand<'_, f64>,
                    c: Operand<'_, f64>,
                    out: Output<'_, f64>
                ) {
                    fused(a, b, c, out, $pf)
                });
                at_level!($level, unsafe fn in_place(a: Operand<'_, f64>, b: Operand<'_, f64>, c: &mut [f64]) {
                    fused_in_place(a, b, c, $pf)
                });
                pub const FORMS: KernelFused = KernelFused { blocks, in_place };
            })*
            $(at_level!($level, unsafe fn $f(a: &[$fa]) -> $fr { $ff(a) });)*
            $(at_level!($level, unsafe fn $t(a: &[$ta]) -> bool { find(a, $tf) });)*
            $(at_level!($level, unsafe fn $u(a: &[$ua], out: Output<'_, $ur>) -> bool {
                let f = $uf;
                map(a, out, |x| (f(x), false))
            });)*
            $(at_level!($level, unsafe fn $cu(a: &[$cua], out: Output<'_, $cur>) -> bool { map(a, out, $cuf) });)*
            $(mod $m {
                use super::*;
                at_level!($level, unsafe fn blocks(a: &[f64], b: &[f64], out: Output<'_, f64>) -> bool {
                    let f = $mf;
                    zip(a, b, out, |x, y| (f(x, y), false))
                });
                at_level!($level, unsafe fn right_scalar(a: &[f64], b: f64, out: Output<'_, f64>) -> bool {
                    let f = $mf;
                    map(a, out, |x| (f(x, b), false))
                });
                at_level!($level, unsafe fn left_scalar(a: f64, b: &[f64], out: Output<'_, f64>) -> bool {
                    let f = $mf;
                    map(b, out, |y| (f(a, y), false))
                });
                at_level!($level, unsafe fn left(a: &mut [f64], b: Operand<'_, f64>) { update(a, b, $mf) });
                at_level!($level, unsafe fn right(b: &mut [f64], a: Operand<'_, f64>) {
                    let f = $mf;
                    update(b, a, |y, x| f(x, y))
                });
                const IN_PLACE: Option<InPlace<f64, f64>> = Some(InPlace { left, right });
                pub const FORMS: Kernel2<f64, f64, f64> =
                    Kernel2 { blocks, right_scalar, left_scalar, in_place: IN_PLACE };
            })*
            $(mod $b {
                use super::*;
                at_level!($level, unsafe fn blocks(a: &[$ba], b: &[$bb], out: Output<'_, $br>) -> bool {
                    let f = $bf;
                    zip(a, b, out, |x, y| (f(x, y), false))
                });
                at_level!($level, unsafe fn right_scalar(a: &[$ba], b: $bb, out: Output<'_, $br>) -> bool {
                    let f = $bf;
                    map(a, out, |x| (f(x, b), false))
                });
                at_level!($level, unsafe fn left_scalar(a: $ba, b: &[$bb], out: Output<'_, $br>) -> bool {
                    let f = $bf;
                    map(b, out, |y| (f(a, y), false))
                });
                pub const FORMS: Kernel2<$ba, $bb, $br> = Kernel2 { blocks, right_scalar, left_scalar, in_place: None };
            })*
            $(mod $cb {
                use super::*;
                at_level!($level, unsafe fn blocks(a: &[$cba], b: &[$cbb], out: Output<'_, $cbr>) -> bool {
                    zip(a, b, out, $cbf)
                });
                at_level!($level, unsafe fn right_scalar(a: &[$cba], b: $cbb, out: Output<'_, $cbr>) -> bool {
                    let f = $cbf;
                    map(a, out, |x| f(x, b))
                });
                at_level!($level, unsafe fn left_scalar(a: $cba, b: &[$cbb], out: Output<'_, $cbr>) -> bool {
                    let f = $cbf;
                    map(b, out, |y| f(a, y))
                });
                pub const FORMS: Kernel2<$cba, $cbb, $cbr> = Kernel2 { blocks, right_scalar, left_scalar, in_place: None };
            })*
            pub static KERNELS: Kernels = Kernels {
                level: stringify!($level),
                $($w,)*
                $($w2: $w2::FORMS,)*
                $($c,)*
                $($p: $p::FORMS,)*
                $($f,)*
                $($t,)*
                $($u,)*
                $($cu,)*
                $($m: $m::FORMS,)*
                $($b: $b::FORMS,)*
                $($cb: $cb::FORMS,)*
            };
        }
    };
}

list!(table, none);
list!(level, baseline);
#[cfg(target_arch = "x86_64")]
list!(level, avx2);
#[cfg(target_arch = "x86_64")]
list!(level, avx512);

/// The kernels for the best instruction set that this processor has.
pub fn kernels() -> &'static Kernels {
    static BEST: std::sync::OnceLock<&'static Kernels> = std::sync::OnceLock::new();
    BEST.get_or_init(|| levels().last().copied().unwrap_or(&baseline::KERNELS))
}

/// The kernels of every level that this processor can run, the best last.
fn levels() -> Vec<&'static Kernels> {
    let mut levels = vec![&baseline::KERNELS];
    #[cfg(target_arch = "x86_64")]
    {
        let has_avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        if has_avx2 {
            levels.push(&avx2::KERNELS);
        }
        if has_avx2
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512cd")
        {
            levels.push(&avx512::KERNELS);
        }
    }
    levels
}

/// Initialised elements as a kernel's output.
pub fn as_output<T: Copy>(items: &mut [T]) -> Output<'_, T> {
    // SAFETY: the same elements under the same lifetime. Through the result only initialised values are written:
    // kernels write every element with `MaybeUninit::write`.
    unsafe { &mut *(items as *mut [T] as *mut [MaybeUninit<T>]) }
}

#[cfg(test)]
mod tests;
