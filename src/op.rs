//! The operators: one table of what they are called and how they are written, for the parser, the evaluator and the errors.

/// An infix operator. Each has a dotted form with the same meaning for every pair of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    LeftDiv,
    Pow,
    IntDiv,
    Rem,
    Rational,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Approx,
    NotApprox,
    Identical,
    NotIdentical,
    In,
    NotIn,
    Contains,
    NotContains,
    Subset,
    NotSubset,
    Isa,
    Dot,
    Cross,
    Hadamard,
    HadamardDiv,
    Kron,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    Union,
    Intersect,
    Compose,
    Pipe,
    PipeLeft,
    Pair,
}

impl BinaryOp {
    /// Every operator with its spelling; the first spelling of an operator is the one that is shown.
    pub const SPELLINGS: &'static [(&'static str, BinaryOp)] = &[
        ("+", BinaryOp::Add),
        ("-", BinaryOp::Sub),
        ("*", BinaryOp::Mul),
        ("/", BinaryOp::Div),
        ("\\", BinaryOp::LeftDiv),
        ("^", BinaryOp::Pow),
        ("÷", BinaryOp::IntDiv),
        ("%", BinaryOp::Rem),
        ("//", BinaryOp::Rational),
        ("==", BinaryOp::Eq),
        ("!=", BinaryOp::Ne),
        ("≠", BinaryOp::Ne),
        ("<", BinaryOp::Lt),
        ("<=", BinaryOp::Le),
        ("≤", BinaryOp::Le),
        (">", BinaryOp::Gt),
        (">=", BinaryOp::Ge),
        ("≥", BinaryOp::Ge),
        ("≈", BinaryOp::Approx),
        ("≉", BinaryOp::NotApprox),
        ("===", BinaryOp::Identical),
        ("≡", BinaryOp::Identical),
        ("!==", BinaryOp::NotIdentical),
        ("≢", BinaryOp::NotIdentical),
        ("∈", BinaryOp::In),
        ("in", BinaryOp::In),
        ("∉", BinaryOp::NotIn),
        ("∋", BinaryOp::Contains),
        ("∌", BinaryOp::NotContains),
        ("⊆", BinaryOp::Subset),
        ("⊈", BinaryOp::NotSubset),
        ("isa", BinaryOp::Isa),
        ("⋅", BinaryOp::Dot),
        ("×", BinaryOp::Cross),
        ("⊙", BinaryOp::Hadamard),
        ("⊘", BinaryOp::HadamardDiv),
        ("⊗", BinaryOp::Kron),
        ("&", BinaryOp::And),
        ("|", BinaryOp::Or),
        ("⊻", BinaryOp::Xor),
        ("<<", BinaryOp::ShiftLeft),
        (">>", BinaryOp::ShiftRight),
        (">>>", BinaryOp::ShiftRightUnsigned),
        ("∪", BinaryOp::Union),
        ("∩", BinaryOp::Intersect),
        ("∘", BinaryOp::Compose),
        ("|>", BinaryOp::Pipe),
        ("<|", BinaryOp::PipeLeft),
        ("=>", BinaryOp::Pair),
    ];

    /// How the operator is written, without a dot: `*`.
    pub fn text(self) -> &'static str {
        Self::SPELLINGS.iter().find(|(_, op)| *op == self).map_or("?", |(text, _)| text)
    }

    /// The operator with this spelling, without a dot.
    pub fn from_text(text: &str) -> Option<BinaryOp> {
        Self::SPELLINGS.iter().find(|(spelling, _)| *spelling == text).map(|(_, op)| *op)
    }

    /// Operators that compare and chain: `a < b <= c`.
    pub fn is_comparison(self) -> bool {
        use BinaryOp::*;
        matches!(
            self,
            Eq | Ne
                | Lt
                | Le
                | Gt
                | Ge
                | Approx
                | NotApprox
                | Identical
                | NotIdentical
                | In
                | NotIn
                | Contains
                | NotContains
                | Subset
                | NotSubset
                | Isa
        )
    }
}

/// A prefix operator, or the postfix adjoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    Neg,
    Plus,
    Not,
    BitNot,
    Sqrt,
    Cbrt,
    Adjoint,
}

impl UnaryOp {
    /// Every operator with its spelling.
    pub const SPELLINGS: &'static [(&'static str, UnaryOp)] = &[
        ("-", UnaryOp::Neg),
        ("+", UnaryOp::Plus),
        ("!", UnaryOp::Not),
        ("~", UnaryOp::BitNot),
        ("√", UnaryOp::Sqrt),
        ("∛", UnaryOp::Cbrt),
        ("'", UnaryOp::Adjoint),
    ];

    /// How the operator is written, without a dot: `√`.
    pub fn text(self) -> &'static str {
        Self::SPELLINGS.iter().find(|(_, op)| *op == self).map_or("?", |(text, _)| text)
    }
}

/// The functions of one number that have block kernels of their own, of floats or of other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MathKernel {
    /// Of a float it is the float.
    Float,
    Real,
    Imag,
    Conj,
    Angle,
    Abs,
    Abs2,
    Sign,
    SignBit,
    IsNan,
    IsInf,
    IsFinite,
    IsInteger,
    IsEven,
    IsOdd,
    Cbrt,
    Sqrt,
    Exp,
    Exp2,
    Exp10,
    Expm1,
    Log,
    Log2,
    Log10,
    Log1p,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Floor,
    Ceil,
    Round,
    Trunc,
}

/// The functions of two numbers that have block kernels of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PairKernel {
    Max,
    Min,
    Hypot,
    CopySign,
    Xor,
    Div,
    Rem,
    Fld,
    Mod,
}
