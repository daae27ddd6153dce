//! Which kernels a call of a function becomes, by the types of its operands.
//!
//! Results are those of the function, element by element; a tested law.

use super::operations::Promoted;
use super::{CellType, Compiler, Operand, Source, Typed};
use crate::kernel::broadcast::Dotted;
use crate::kernel::elementwise::{Kernel1, Kernel2, kernels};
use crate::maths;
use crate::op::{BinaryOp, MathKernel, PairKernel};
use crate::value::function::{Domain, OnFloat, OnFloat2, OnInt, OnInt2, Run, Scalar, Scalar2};
use crate::value::{Complex64, Function, FunctionKind, Type, Value};
use std::rc::Rc;

/// What a vectorised function takes for an element, in steps of simple arithmetic.
pub(super) const FUNCTION_WEIGHT: usize = 5;

/// What a function does with a block of numbers of one type.
pub(super) enum Numbers<T> {
    /// Each is its own value.
    Same,
    /// Numbers of the type, by simple arithmetic
    Simple(Kernel1<T, T>),
    /// or more than that.
    Function(Kernel1<T, T>),
    /// Floats, by simple arithmetic.
    ToFloat(Kernel1<T, f64>),
    Test(Kernel1<T, bool>),
}

impl Compiler<'_> {
    /// A call of a function.
    pub(super) fn call(&mut self, function: &Value, args: &[Operand]) -> Option<Operand> {
        match (function, args) {
            (Value::Function(function), _) => self.call_function(function, args),
            (Value::Type(ty), [a]) => match **ty {
                Type::Float64 => self.convert(*a, CellType::Float),
                Type::Int64 => self.convert(*a, CellType::Int),
                Type::Bool => self.convert(*a, CellType::Bool),
                _ => None,
            },
            _ => None,
        }
    }

    fn call_function(&mut self, function: &Rc<Function>, args: &[Operand]) -> Option<Operand> {
        match (&function.kind, args) {
            (FunctionKind::Builtin(builtin), _) => match (&builtin.run, args) {
                (Run::Scalar(scalar), [a]) => self.scalar(scalar, *a),
                (Run::Scalar2(scalar), [a, b]) => self.scalar_pair(scalar, *a, *b),
                (Run::Call(_), [Operand::Bool(mask), a, b]) if builtin.name() == "ifelse" => self.choose(*mask, *a, *b),
                (Run::Call(_), [x, low, high]) if builtin.name() == "clamp" => self.clamp(*x, *low, *high),
                (Run::Call(_), [a]) if builtin.name() == "identity" => Some(*a),
                (Run::Call(_), [a]) if builtin.name() == "inv" => {
                    self.binary(BinaryOp::Div, Operand::Int(Source::Constant(1)), *a)
                }
                (Run::Call(_), [re, im]) if builtin.name() == "complex" => self.complex_of(*re, *im),
                (Run::Scalar(log), [base, x]) if builtin.name() == "log" => {
                    if args.iter().any(|a| a.cell_type() == CellType::Complex) {
                        return None;
                    }
                    let (base, x) = (self.scalar(log, *base)?, self.scalar(log, *x)?);
                    self.binary(BinaryOp::Div, x, base)
                }
                (Run::Scalar(_), [y, x]) if builtin.name() == "atan" => {
                    let (y, x) = (self.float(*y)?, self.float(*x)?);
                    self.traits.weight += FUNCTION_WEIGHT;
                    self.pair(self.kernels.atan2, y, x)
                }
                (Run::Scalar(_) | Run::Scalar2(_) | Run::Call(_) | Run::Quick(..), _) => None,
            },
            (FunctionKind::Operator { unary: Some(op), .. }, [a]) => self.unary(*op, *a),
            (FunctionKind::Operator { op: Some(op), .. }, [a, b]) => self.binary(*op, *a, *b),
            (FunctionKind::Operator { .. }, _) => None,
            (FunctionKind::User(_), _) => self.inline(function, args),
            (FunctionKind::Composed(f, g), _) => {
                let inside = self.call(g, args)?;
                self.call(f, &[inside])
            }
            (FunctionKind::Partial(f, right), [a]) => {
                let right = Operand::constant(right)?;
                self.call(f, &[*a, right])
            }
            (FunctionKind::Partial(..), _) => None,
        }
    }

    /// The function that rounds to whole numbers, if it is one, and its kernel.
    fn rounding(function: &Value) -> Option<(&'static Scalar, Kernel1<f64, f64>)> {
        let Value::Function(function) = function else { return None };
        let FunctionKind::Builtin(builtin) = &function.kind else { return None };
        let Run::Scalar(scalar) = &builtin.run else { return None };
        let k = kernels();
        match scalar.kernel? {
            MathKernel::Floor => Some((scalar, k.floor)),
            MathKernel::Ceil => Some((scalar, k.ceil)),
            MathKernel::Round => Some((scalar, k.round)),
            MathKernel::Trunc => Some((scalar, k.trunc)),
            _ => None,
        }
    }

    /// `floor(Int, x)` and its like.
    pub(super) fn rounded_to_type(&mut self, function: &Value, ty: &Dotted, x: &Dotted) -> Option<Operand> {
        let Dotted::Leaf(k) = ty else { return None };
        let (scalar, _) = Self::rounding(function)?;
        if !matches!(self.function(*k)?, Value::Type(ty) if *ty == Type::Int64) {
            return None;
        }
        let x = self.tree(x)?;
        let rounded = self.scalar(scalar, x)?;
        self.convert(rounded, CellType::Int)
    }

    /// A call with keywords: `round(x, digits = 2)` and its like, as `maths::round_to_digits` has it.
    pub(super) fn call_with(
        &mut self,
        function: &Value,
        args: &[Dotted],
        keyword: &[(Rc<str>, usize)],
    ) -> Option<Operand> {
        const BASE: f64 = 10.0;
        let (scalar, kernel) = Self::rounding(function)?;
        let ([x], [(name, leaf)], OnFloat::ToFloat(f)) = (args, keyword, &scalar.float) else { return None };
        let Value::Int(digits) = self.function(*leaf)? else { return None };
        let x = self.tree(x)?;
        let x = self.float(x)?;
        match &**name {
            "digits" if digits >= 0 => {
                let k = self.kernels;
                let scale = Source::Constant(maths::scale_of_digits(digits, BASE));
                // What cannot be scaled stays as it is: the operand is read again, and so is the result.
                self.held.push(Operand::Float(x));
                let scaled = self.pair(k.mul, x, scale)?;
                let whole = self.float(scaled)?;
                let whole = self.single(kernel, whole)?;
                let whole = self.float(whole)?;
                let rounded = self.pair(k.div, whole, scale)?;
                self.held.push(rounded);
                let rounded_floats = self.float(rounded)?;
                let finite = self.single(k.is_finite, rounded_floats);
                self.held.truncate(self.held.len() - 2);
                self.choose_by(finite, rounded, Operand::Float(x))
            }
            "digits" => self.each(x, move |x| (maths::round_to_digits(f, x, digits, BASE), false)),
            "sigdigits" if digits > 0 => {
                self.each(x, move |x| (maths::round_to_significant(f, x, digits, BASE), false))
            }
            _ => None,
        }
    }

    /// `clamp(x, low, high)`, all of them integers or all of them floats.
    fn clamp(&mut self, x: Operand, low: Operand, high: Operand) -> Option<Operand> {
        let operands = [x, low, high];
        let floats = operands.iter().any(|operand| operand.cell_type() == CellType::Float);
        let [x, low, high] = match floats {
            true => [self.float(x)?, self.float(low)?, self.float(high)?].map(Operand::Float),
            false => operands,
        };
        if !floats && operands.iter().any(|operand| operand.cell_type() != CellType::Int) {
            return None;
        }
        // The operands are read twice, by a comparison first: their registers must last.
        self.held.extend([x, low, high]);
        let below = self.binary(BinaryOp::Lt, x, low);
        let within = self.choose_by(below, low, x);
        let above = self.binary(BinaryOp::Gt, x, high);
        let clamped = self.choose_by(above, high, within?);
        self.held.truncate(self.held.len() - 3);
        for operand in [x, low, high] {
            self.free_operand(operand);
        }
        clamped
    }

    fn choose_by(&mut self, mask: Option<Operand>, a: Operand, b: Operand) -> Option<Operand> {
        let Operand::Bool(mask) = mask? else { return None };
        self.choose(mask, a, b)
    }

    /// `complex(re, im)`, unless both are whole: then the number is one of integers.
    fn complex_of(&mut self, re: Operand, im: Operand) -> Option<Operand> {
        match self.promoted(re, im)? {
            Promoted::Int(..) => None,
            Promoted::Float(re, im) => self.pair(self.kernels.complex_of, re, im),
        }
    }

    fn scalar(&mut self, function: &'static Scalar, a: Operand) -> Option<Operand> {
        if a.cell_type() == CellType::Complex {
            return self.complex_function(function, a);
        }
        if function.keeps_bool && matches!(a, Operand::Bool(_)) {
            return None;
        }
        let a = self.integer(a);
        match (a, &function.int) {
            (Operand::Int(a), OnInt::ToInt(_) | OnInt::ToBool(_) | OnInt::No) => {
                match (function.kernel.and_then(|kernel| self.int_kernel(kernel)), &function.int) {
                    (_, OnInt::No | OnInt::ViaFloat) => None,
                    (Some(kernel), OnInt::ToInt(_) | OnInt::ToBool(_)) => self.by_kernel(kernel, a),
                    (None, OnInt::ToInt(f)) => self.each(a, |x| f(x).map_or((0, true), |result| (result, false))),
                    (None, OnInt::ToBool(f)) => self.each(a, |x| (f(x), false)),
                }
            }
            (a, _) => {
                let a = self.float(a)?;
                if let Some(domain) = &function.domain {
                    self.check_domain(domain, function.kernel, a)?;
                }
                match (function.kernel.and_then(|kernel| self.float_kernel(kernel)), &function.float) {
                    (_, OnFloat::No) => None,
                    (Some(kernel), OnFloat::ToFloat(_) | OnFloat::ToBool(_)) => self.by_kernel(kernel, a),
                    (None, OnFloat::ToFloat(f)) => self.each(a, |x| (f(x), false)),
                    (None, OnFloat::ToBool(f)) => self.each(a, |x| (f(x), false)),
                }
            }
        }
    }

    pub(super) fn by_kernel<T: Typed>(&mut self, kernel: Numbers<T>, a: Source<T>) -> Option<Operand> {
        match kernel {
            Numbers::Same => Some(T::operand(a)),
            Numbers::Simple(kernel) => self.single(kernel, a),
            Numbers::Function(kernel) => {
                self.traits.weight += FUNCTION_WEIGHT;
                self.single(kernel, a)
            }
            Numbers::ToFloat(kernel) => self.single(kernel, a),
            Numbers::Test(kernel) => self.single(kernel, a),
        }
    }

    /// What a function of floats does with a block of them, if there is a kernel.
    fn float_kernel(&self, kernel: MathKernel) -> Option<Numbers<f64>> {
        let k = self.kernels;
        Some(match kernel {
            MathKernel::Float | MathKernel::Real | MathKernel::Conj => Numbers::Same,
            MathKernel::Imag | MathKernel::Angle | MathKernel::IsEven | MathKernel::IsOdd => return None,
            MathKernel::Abs => Numbers::Simple(k.abs),
            MathKernel::Abs2 => Numbers::Simple(k.square),
            MathKernel::Sign => Numbers::Simple(k.sign),
            MathKernel::SignBit => Numbers::Test(k.is_negative),
            MathKernel::IsNan => Numbers::Test(k.is_nan),
            MathKernel::IsInf => Numbers::Test(k.is_infinite),
            MathKernel::IsFinite => Numbers::Test(k.is_finite),
            MathKernel::IsInteger => Numbers::Test(k.is_integer),
            MathKernel::Sqrt => Numbers::Function(k.sqrt),
            MathKernel::Cbrt => Numbers::Function(k.cbrt),
            MathKernel::Exp => Numbers::Function(k.exp),
            MathKernel::Exp2 => Numbers::Function(k.exp2),
            MathKernel::Exp10 => Numbers::Function(k.exp10),
            MathKernel::Expm1 => Numbers::Function(k.expm1),
            MathKernel::Log => Numbers::Function(k.log),
            MathKernel::Log2 => Numbers::Function(k.log2),
            MathKernel::Log10 => Numbers::Function(k.log10),
            MathKernel::Log1p => Numbers::Function(k.log1p),
            MathKernel::Sin => Numbers::Function(k.sin),
            MathKernel::Cos => Numbers::Function(k.cos),
            MathKernel::Tan => Numbers::Function(k.tan),
            MathKernel::Asin => Numbers::Function(k.asin),
            MathKernel::Acos => Numbers::Function(k.acos),
            MathKernel::Atan => Numbers::Function(k.atan),
            MathKernel::Sinh => Numbers::Function(k.sinh),
            MathKernel::Cosh => Numbers::Function(k.cosh),
            MathKernel::Tanh => Numbers::Function(k.tanh),
            MathKernel::Floor => Numbers::Simple(k.floor),
            MathKernel::Ceil => Numbers::Simple(k.ceil),
            MathKernel::Round => Numbers::Simple(k.round),
            MathKernel::Trunc => Numbers::Simple(k.trunc),
        })
    }

    /// What a function does with a block of integers, if there is a kernel that keeps them what they are.
    fn int_kernel(&self, kernel: MathKernel) -> Option<Numbers<i64>> {
        let k = self.kernels;
        match kernel {
            MathKernel::Real
            | MathKernel::Conj
            | MathKernel::Floor
            | MathKernel::Ceil
            | MathKernel::Round
            | MathKernel::Trunc => Some(Numbers::Same),
            MathKernel::Abs => Some(Numbers::Simple(k.int_abs)),
            MathKernel::Abs2 => Some(Numbers::Simple(k.int_square)),
            MathKernel::Sign => Some(Numbers::Simple(k.int_sign)),
            MathKernel::SignBit => Some(Numbers::Test(k.int_is_negative)),
            MathKernel::IsEven => Some(Numbers::Test(k.int_is_even)),
            MathKernel::IsOdd => Some(Numbers::Test(k.int_is_odd)),
            // The others are functions of floats, or nobody asks.
            _ => None,
        }
    }

    /// What a function does with a block of complex numbers, if there is a kernel.
    pub(super) fn complex_kernel(&self, kernel: MathKernel) -> Option<Numbers<Complex64>> {
        let k = self.kernels;
        match kernel {
            MathKernel::Float => Some(Numbers::Same),
            MathKernel::Real => Some(Numbers::ToFloat(k.complex_real)),
            MathKernel::Imag => Some(Numbers::ToFloat(k.complex_imag)),
            MathKernel::Abs => Some(Numbers::ToFloat(k.complex_abs)),
            MathKernel::Abs2 => Some(Numbers::ToFloat(k.complex_abs2)),
            MathKernel::Angle => Some(Numbers::ToFloat(k.complex_angle)),
            MathKernel::Conj => Some(Numbers::Simple(k.complex_conj)),
            // The others are called for every element.
            _ => None,
        }
    }

    fn check_domain(&mut self, domain: &'static Domain, kernel: Option<MathKernel>, a: Source<f64>) -> Option<()> {
        match kernel {
            Some(MathKernel::Sqrt | MathKernel::Log | MathKernel::Log2 | MathKernel::Log10) => {
                self.check(self.kernels.has_negative, domain.allows, a)
            }
            Some(MathKernel::Log1p) => self.check(self.kernels.has_below_minus_one, domain.allows, a),
            Some(MathKernel::Asin | MathKernel::Acos) => self.check(self.kernels.has_beyond_one, domain.allows, a),
            Some(MathKernel::Sin | MathKernel::Cos | MathKernel::Tan) => {
                self.check(self.kernels.has_infinite, domain.allows, a)
            }
            _ => self.check_each(domain.allows, a),
        }
    }

    fn scalar_pair(&mut self, function: &'static Scalar2, a: Operand, b: Operand) -> Option<Operand> {
        if a.cell_type() == CellType::Complex || b.cell_type() == CellType::Complex {
            return self.complex_function_of_two(function, a, b);
        }
        let kernel = function.kernel;
        if let (true, Operand::Bool(a), Operand::Bool(b)) = (function.keeps_bool, a, b) {
            let k = self.kernels;
            return match kernel? {
                PairKernel::Max => self.pair(k.or, a, b),
                PairKernel::Min => self.pair(k.and, a, b),
                PairKernel::Xor => self.pair(k.xor, a, b),
                PairKernel::Hypot
                | PairKernel::CopySign
                | PairKernel::Div
                | PairKernel::Rem
                | PairKernel::Fld
                | PairKernel::Mod => None,
            };
        }
        let (a, b) = match (self.promoted(a, b)?, &function.int) {
            (Promoted::Int(a, b), OnInt2::ToInt(f)) => {
                return match kernel.and_then(|kernel| self.int_pair_kernel(kernel)) {
                    Some(kernel) => self.pair(kernel, a, b),
                    None => self.each_pair(a, b, |x, y| f(x, y).map_or((0, true), |result| (result, false))),
                };
            }
            (Promoted::Int(a, b), OnInt2::ToBool(f)) => return self.each_pair(a, b, |x, y| (f(x, y), false)),
            (Promoted::Int(..), OnInt2::No) => return None,
            (Promoted::Int(a, b), OnInt2::ViaFloat) => (self.float(Operand::Int(a))?, self.float(Operand::Int(b))?),
            (Promoted::Float(a, b), _) => (a, b),
        };
        match (kernel.and_then(|kernel| self.float_pair_kernel(kernel)), &function.float) {
            (_, OnFloat2::No) => None,
            (Some(kernel), OnFloat2::ToFloat(_) | OnFloat2::ToBool(_)) => self.pair(kernel, a, b),
            (None, OnFloat2::ToFloat(f)) => self.each_pair(a, b, |x, y| (f(x, y), false)),
            (None, OnFloat2::ToBool(f)) => self.each_pair(a, b, |x, y| (f(x, y), false)),
        }
    }

    fn float_pair_kernel(&mut self, kernel: PairKernel) -> Option<Kernel2<f64, f64, f64>> {
        let k = self.kernels;
        match kernel {
            PairKernel::Max => Some(k.larger),
            PairKernel::Min => Some(k.smaller),
            PairKernel::Hypot => {
                self.traits.weight += FUNCTION_WEIGHT;
                Some(k.hypot)
            }
            PairKernel::CopySign => Some(k.copy_sign),
            PairKernel::Xor | PairKernel::Div | PairKernel::Rem | PairKernel::Fld | PairKernel::Mod => None,
        }
    }

    fn int_pair_kernel(&mut self, kernel: PairKernel) -> Option<Kernel2<i64, i64, i64>> {
        let k = self.kernels;
        let divides = matches!(kernel, PairKernel::Div | PairKernel::Rem | PairKernel::Fld | PairKernel::Mod);
        self.traits.weight += if divides { FUNCTION_WEIGHT } else { 0 };
        match kernel {
            PairKernel::Max => Some(k.int_larger),
            PairKernel::Min => Some(k.int_smaller),
            PairKernel::Xor => Some(k.int_xor),
            PairKernel::Div => Some(k.int_div),
            PairKernel::Rem => Some(k.int_rem),
            PairKernel::Fld => Some(k.int_fld),
            PairKernel::Mod => Some(k.int_mod),
            PairKernel::Hypot | PairKernel::CopySign => None,
        }
    }
}
