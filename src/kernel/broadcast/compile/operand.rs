//! What the compiler of programs works with: operands of four types, and the registers that they are kept in.

use crate::kernel::program::{Cell, Saved, Source};
use crate::value::{Complex64, Elements, Value};

/// The element types of programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum CellType {
    Bool,
    Int,
    Float,
    Complex,
}

impl CellType {
    /// The type of an array's elements, if programs have it.
    pub(in super::super) fn of(elements: &Elements) -> Option<CellType> {
        match elements {
            Elements::Bool(_) => Some(CellType::Bool),
            Elements::Int(_) => Some(CellType::Int),
            Elements::Float(_) => Some(CellType::Float),
            Elements::Complex(_) => Some(CellType::Complex),
            Elements::Any(..) => None,
        }
    }
}

/// A block of one of the types.
#[derive(Clone, Copy)]
pub(super) enum Operand {
    Bool(Source<bool>),
    Int(Source<i64>),
    Float(Source<f64>),
    Complex(Source<Complex64>),
    /// A complex number of integers, which follows rules of its own: `im`.
    Whole(Complex64),
}

impl Operand {
    pub(super) fn cell_type(self) -> CellType {
        match self {
            Operand::Bool(_) => CellType::Bool,
            Operand::Int(_) => CellType::Int,
            Operand::Float(_) => CellType::Float,
            Operand::Complex(_) | Operand::Whole(_) => CellType::Complex,
        }
    }

    pub(super) fn constant(value: &Value) -> Option<Operand> {
        match value {
            Value::Bool(x) => Some(Operand::Bool(Source::Constant(x.get()))),
            Value::Int(x) => Some(Operand::Int(Source::Constant(*x))),
            Value::Float(x) => Some(Operand::Float(Source::Constant(x.get()))),
            Value::Complex(x) if x.integral => Some(Operand::Whole(x.z)),
            Value::Complex(x) => Some(Operand::Complex(Source::Constant(x.z))),
            _ => None,
        }
    }

    /// The register, if the destination's copy is in it.
    pub(super) fn saved(self) -> Option<Saved> {
        match self {
            Operand::Bool(Source::Register(k)) => Some(Saved::Bool(k)),
            Operand::Int(Source::Register(k)) => Some(Saved::Int(k)),
            Operand::Float(Source::Register(k)) => Some(Saved::Float(k)),
            Operand::Complex(Source::Register(k)) => Some(Saved::Complex(k)),
            Operand::Bool(_) | Operand::Int(_) | Operand::Float(_) | Operand::Complex(_) | Operand::Whole(_) => None,
        }
    }

    /// The value, if it is constant.
    pub(super) fn value(self) -> Option<Value> {
        match self {
            Operand::Bool(Source::Constant(x)) => Some(Value::bool(x)),
            Operand::Int(Source::Constant(x)) => Some(Value::Int(x)),
            Operand::Float(Source::Constant(x)) => Some(Value::float(x)),
            Operand::Complex(Source::Constant(z)) => Some(Value::complex(z)),
            Operand::Whole(z) => Some(Value::complex_int(z)),
            Operand::Bool(_) | Operand::Int(_) | Operand::Float(_) | Operand::Complex(_) => None,
        }
    }
}

/// Registers of one type.
#[derive(Default)]
pub(super) struct Pool {
    pub(super) count: usize,
    pub(super) free: Vec<usize>,
}

impl Pool {
    pub(super) fn take(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.count += 1;
            self.count - 1
        })
    }
}

#[derive(Default)]
pub(super) struct Pools {
    pub(super) bools: Pool,
    pub(super) ints: Pool,
    pub(super) floats: Pool,
    pub(super) complexes: Pool,
}

/// What the compiler needs to know of a register type.
pub(super) trait Typed: Cell {
    const TYPE: CellType;
    fn pool(pools: &mut Pools) -> &mut Pool;
    fn operand(source: Source<Self>) -> Operand;
}

macro_rules! typed {
    ($t:ty, $variant:ident, $pool:ident) => {
        impl Typed for $t {
            const TYPE: CellType = CellType::$variant;
            fn pool(pools: &mut Pools) -> &mut Pool {
                &mut pools.$pool
            }
            fn operand(source: Source<Self>) -> Operand {
                Operand::$variant(source)
            }
        }
    };
}
typed!(bool, Bool, bools);
typed!(i64, Int, ints);
typed!(f64, Float, floats);
typed!(Complex64, Complex, complexes);
