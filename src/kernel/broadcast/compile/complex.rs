//! Which steps operators and functions become where an operand is complex. Results are those of `value::scalar`; what is
//! made of integers only stays so, and goes the general way.

use super::operations::small;
use super::{CellType, Compiler, Operand, Source};
use crate::op::{BinaryOp, UnaryOp};
use crate::value::Complex64;
use crate::value::function::{OnComplex, Scalar, Scalar2};
use crate::value::scalar::{self, ComplexOperand};

/// What a number is beside the complex one that it is converted to.
#[derive(Clone, Copy)]
struct Nature {
    real: bool,
    integral: bool,
}

impl Nature {
    fn of(a: Operand) -> Nature {
        match a {
            Operand::Bool(_) | Operand::Int(_) => Nature { real: true, integral: true },
            Operand::Float(_) => Nature { real: true, integral: false },
            Operand::Complex(_) => Nature { real: false, integral: false },
            Operand::Whole(_) => Nature { real: false, integral: true },
        }
    }

    fn operand(self, z: Complex64) -> ComplexOperand {
        ComplexOperand { z, real: self.real, integral: self.integral }
    }
}

impl Compiler<'_> {
    /// Any number as a complex one.
    pub(super) fn as_complex(&mut self, a: Operand) -> Option<Source<Complex64>> {
        let converted = match a {
            Operand::Complex(z) => return Some(z),
            Operand::Whole(z) => return Some(Source::Constant(z)),
            Operand::Bool(_) | Operand::Int(_) | Operand::Float(_) => {
                let a = self.float(a)?;
                self.each(a, |x| (Complex64::new(x, 0.0), false))?
            }
        };
        if let Operand::Complex(z) = converted { Some(z) } else { None }
    }

    /// A complex number as the real one that it is; fails where it is none.
    pub(super) fn without_imaginary_part(&mut self, a: Operand) -> Option<Operand> {
        let z = self.as_complex(a)?;
        self.each(z, |z| (z.re, z.im != 0.0))
    }

    pub(super) fn complex_unary(&mut self, op: UnaryOp, a: Operand) -> Option<Operand> {
        match (op, a) {
            (UnaryOp::Plus, a) => Some(a),
            // An integer zero has no sign.
            (UnaryOp::Neg, Operand::Whole(z)) => Some(Operand::Whole(Complex64::new(0.0 - z.re, 0.0 - z.im))),
            (UnaryOp::Neg, a) => {
                let z = self.as_complex(a)?;
                self.single(self.kernels.complex_neg, z)
            }
            (UnaryOp::Sqrt, a) => {
                let z = self.as_complex(a)?;
                self.each(z, |z| (scalar::complex_sqrt(z), false))
            }
            (UnaryOp::Cbrt | UnaryOp::Not | UnaryOp::BitNot | UnaryOp::Adjoint, _) => None,
        }
    }

    pub(super) fn complex_binary(&mut self, op: BinaryOp, a: Operand, b: Operand) -> Option<Operand> {
        if Nature::of(a).integral && Nature::of(b).integral {
            return None;
        }
        let k = self.kernels;
        match (op, a, b) {
            (BinaryOp::Add, Operand::Complex(x), Operand::Complex(y)) => self.pair(k.complex_add, x, y),
            (BinaryOp::Sub, Operand::Complex(x), Operand::Complex(y)) => self.pair(k.complex_sub, x, y),
            (BinaryOp::Mul | BinaryOp::Hadamard, Operand::Complex(x), Operand::Complex(y)) => {
                self.pair(k.complex_mul, x, y)
            }
            (BinaryOp::Mul | BinaryOp::Hadamard, Operand::Complex(z), Operand::Float(by))
            | (BinaryOp::Mul | BinaryOp::Hadamard, Operand::Float(by), Operand::Complex(z)) => {
                self.pair(k.complex_scale, z, by)
            }
            (BinaryOp::Div | BinaryOp::HadamardDiv, Operand::Complex(z), Operand::Float(by)) => {
                self.pair(k.complex_div_real, z, by)
            }
            (BinaryOp::Add, ..) => self.complex_arithmetic(a, b, scalar::complex_sum),
            (BinaryOp::Sub, ..) => self.complex_arithmetic(a, b, scalar::complex_difference),
            (BinaryOp::Mul | BinaryOp::Hadamard | BinaryOp::Kron, ..) => {
                self.complex_arithmetic(a, b, scalar::complex_product)
            }
            (BinaryOp::Div | BinaryOp::HadamardDiv, ..) => self.complex_arithmetic(a, b, scalar::complex_quotient),
            (BinaryOp::LeftDiv, ..) => self.complex_arithmetic(b, a, scalar::complex_quotient),
            (BinaryOp::Pow, a, Operand::Int(n)) => {
                let z = self.as_complex(a)?;
                self.each_pair(z, n, |z, n| (scalar::complex_integer_power(z, n), false))
            }
            (BinaryOp::Pow, _, Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_)) => {
                self.complex_arithmetic(a, b, |x, y| scalar::complex_power(x.z, y.z))
            }
            (BinaryOp::Eq, ..) => self.complex_comparison(a, b, |x, y| x == y),
            (BinaryOp::Ne, ..) => self.complex_comparison(a, b, |x, y| x != y),
            // Others are rare, or have no meaning for complex numbers.
            _ => None,
        }
    }

    fn complex_arithmetic(
        &mut self,
        a: Operand,
        b: Operand,
        f: impl Fn(ComplexOperand, ComplexOperand) -> Complex64 + Send + Sync + 'static,
    ) -> Option<Operand> {
        let (left, right) = (Nature::of(a), Nature::of(b));
        let (x, y) = (self.as_complex(a)?, self.as_complex(b)?);
        self.each_pair(x, y, move |x, y| (f(left.operand(x), right.operand(y)), false))
    }

    /// A large integer is not the float that it is rounded to.
    fn complex_comparison(&mut self, a: Operand, b: Operand, f: fn(Complex64, Complex64) -> bool) -> Option<Operand> {
        let exact = |a: Operand| a.cell_type() != CellType::Int || small(a);
        if !exact(a) || !exact(b) {
            return None;
        }
        let (x, y) = (self.as_complex(a)?, self.as_complex(b)?);
        self.each_pair(x, y, move |x, y| (f(x, y), false))
    }

    pub(super) fn complex_function(&mut self, function: &'static Scalar, a: Operand) -> Option<Operand> {
        if function.integral && Nature::of(a).integral {
            return None;
        }
        let z = self.as_complex(a)?;
        if let Some(kernel) = function.kernel.and_then(|kernel| self.complex_kernel(kernel)) {
            return self.by_kernel(kernel, z);
        }
        match &function.complex {
            OnComplex::ToComplex(f) => self.each(z, |z| (f(z), false)),
            OnComplex::ToFloat(f) => self.each(z, |z| (f(z), false)),
            OnComplex::ToBool(f) => self.each(z, |z| (f(z), false)),
            OnComplex::No => None,
        }
    }

    pub(super) fn complex_function_of_two(
        &mut self,
        function: &'static Scalar2,
        a: Operand,
        b: Operand,
    ) -> Option<Operand> {
        let f = function.complex?;
        if Nature::of(a).integral && Nature::of(b).integral {
            return None;
        }
        let (x, y) = (self.as_complex(a)?, self.as_complex(b)?);
        self.each_pair(x, y, move |x, y| (f(x, y), false))
    }
}
