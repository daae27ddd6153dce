//! Types as values: what `typeof` and `eltype` give, what `zeros(Int64, 3)` takes and `isa` asks for.

use crate::fault::ErrorKind;
use std::rc::Rc;

/// A type, concrete or abstract. None can be defined by a program.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Any,
    Number,
    Real,
    Integer,
    AbstractFloat,
    Bool,
    Int64,
    Float64,
    /// `Complex{Int64}`: a complex scalar of integers.
    ComplexInt,
    ComplexF64,
    /// `Complex`: either.
    Complex,
    AbstractString,
    String,
    Nothing,
    /// `UnitRange{Int64}`
    UnitRange,
    /// `StepRange{Int64, Int64}`
    StepRange,
    /// `StepRangeLen{Float64, …}`
    StepRangeLen,
    AbstractRange,
    /// `Vector{T}`; without a parameter any vector.
    Vector(Option<Rc<Type>>),
    Matrix(Option<Rc<Type>>),
    Array(Option<Rc<Type>>),
    AbstractVector(Option<Rc<Type>>),
    AbstractMatrix(Option<Rc<Type>>),
    AbstractArray(Option<Rc<Type>>),
    /// `Adjoint{Int64, Vector{Int64}}`; the inner type is the parent's.
    Adjoint(Rc<Type>),
    Transpose(Rc<Type>),
    /// `Tuple{Int64, Float64}`; `None` for any tuple.
    Tuple(Option<Rc<Vec<Type>>>),
    NamedTuple(Option<Rc<Vec<(Rc<str>, Type)>>>),
    Pair(Option<Rc<(Type, Type)>>),
    CartesianIndex,
    UniformScaling,
    Function,
    DataType,
    Exception,
    Error(ErrorKind),
    Iterator,
    /// `Union{}`: the element type of nothing at all.
    Bottom,
    /// `Union{A, B}`
    Union(Rc<Vec<Type>>),
}

/// `value isa ty`
pub fn is_a(_value: &super::Value, _ty: &Type) -> bool {
    unimplemented!()
}

impl super::Value {
    /// The type of the value.
    pub fn type_of(&self) -> Type {
        use super::Value;
        match self {
            Value::Bool(_) => Type::Bool,
            Value::Int(_) => Type::Int64,
            Value::Float(_) => Type::Float64,
            Value::Complex(_) => Type::ComplexF64,
            Value::Str(_) => Type::String,
            Value::Array(a) => Type::Array(Some(Rc::new(a.eltype()))),
            _ => Type::Any,
        }
    }
}
