//! Types as values: what `typeof` and `eltype` give, what `zeros(Int64, 3)` takes and `isa` asks for.

mod names;
mod relations;
#[cfg(test)]
mod tests;

pub use relations::{is_a, promote, type_join};

use super::{Array, Complex, Form, FunctionKind, Range, Value};
use crate::fault::ErrorKind;
use std::fmt;
use std::rc::Rc;

/// Names and types of a named tuple's fields.
pub type Fields = Vec<(Rc<str>, Type)>;

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
    NamedTuple(Option<Rc<Fields>>),
    Pair(Option<Rc<(Type, Type)>>),
    CartesianIndex,
    UniformScaling,
    Function,
    /// `typeof(sin)`: the type of one function.
    TypeOf(Rc<str>),
    DataType,
    /// `Type`: any type's type.
    Type,
    Colon,
    Exception,
    Error(ErrorKind),
    Iterator,
    /// `Base.RefValue{Int64}`
    Reference(Rc<Type>),
    /// `IO`: any stream.
    Stream,
    /// `Base.TTY`: of stdin, stdout and stderr, wherever they lead.
    Terminal,
    /// `Base.DevNull`
    DevNull,
    /// `IOBuffer`
    Buffer,
    /// `IOStream`: an open file
    File,
    /// `undef`, which stands for elements that are not given: `Vector{Int64}(undef, 3)`.
    UndefInitializer,
    /// `Union{}`: the element type of nothing at all.
    Bottom,
    /// `Union{A, B}`; empty for the bare name `Union`.
    Union(Rc<Vec<Type>>),
}

impl Value {
    /// The type, as `typeof` gives it.
    pub fn type_of(&self) -> Type {
        match self {
            Value::Undefined | Value::Variable(_) => Type::Bottom,
            Value::Nothing => Type::Nothing,
            Value::Colon => Type::Colon,
            Value::Bool(_) => Type::Bool,
            Value::Int(_) => Type::Int64,
            Value::Float(_) => Type::Float64,
            Value::Complex(x) => x.type_of(),
            Value::Str(_) => Type::String,
            Value::Array(array) => array.type_of(),
            Value::Range(range) => range.type_of(),
            Value::Tuple(tuple) => match &tuple.names {
                None => Type::Tuple(Some(Rc::new(tuple.items.iter().map(Value::type_of).collect()))),
                Some(names) => {
                    let fields = names.iter().cloned().zip(tuple.items.iter().map(Value::type_of));
                    Type::NamedTuple(Some(Rc::new(fields.collect())))
                }
            },
            Value::Pair(pair) => Type::Pair(Some(Rc::new((pair.0.type_of(), pair.1.type_of())))),
            Value::CartesianIndex(_) => Type::CartesianIndex,
            Value::Scaling(_) => Type::UniformScaling,
            Value::Type(_) => Type::DataType,
            Value::Function(function) => match &function.kind {
                FunctionKind::Builtin(_) | FunctionKind::User(_) | FunctionKind::Operator { .. } => {
                    Type::TypeOf(function.name.clone())
                }
                FunctionKind::Composed(..) | FunctionKind::Partial(..) => Type::Function,
            },
            Value::Error(error) => Type::Error(error.kind),
            Value::Iterator(_) => Type::Iterator,
            Value::Stream(stream) => stream.type_of(),
            // A Ref in a Ref is not looked into: they may be nested as deeply as memory allows.
            Value::Reference(x) => Type::Reference(Rc::new(match x.get() {
                Value::Reference(_) => Type::Any,
                held => held.type_of(),
            })),
        }
    }
}

impl Complex {
    /// `ComplexF64` or `Complex{Int64}`.
    pub fn type_of(&self) -> Type {
        if self.integral { Type::ComplexInt } else { Type::ComplexF64 }
    }
}

impl Array {
    /// `Vector{Int64}`, `Adjoint{Float64, Vector{Float64}}` …
    pub fn type_of(&self) -> Type {
        let eltype = Some(Rc::new(self.eltype()));
        match self.form() {
            Form::Vector => Type::Vector(eltype),
            Form::Matrix => Type::Matrix(eltype),
            Form::AdjointVector => Type::Adjoint(Rc::new(Type::Vector(eltype))),
            Form::TransposeVector => Type::Transpose(Rc::new(Type::Vector(eltype))),
            Form::AdjointMatrix => Type::Adjoint(Rc::new(Type::Matrix(eltype))),
            Form::TransposeMatrix => Type::Transpose(Rc::new(Type::Matrix(eltype))),
        }
    }
}

impl Range {
    /// `UnitRange{Int64}`, `StepRange{Int64, Int64}` or `StepRangeLen{Float64, …}`.
    pub fn type_of(&self) -> Type {
        match self {
            Range::Int { unit: true, .. } => Type::UnitRange,
            Range::Int { unit: false, .. } => Type::StepRange,
            Range::Float { .. } => Type::StepRangeLen,
        }
    }
}

/// Julia's text.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::ComplexInt => f.write_str("Complex{Int64}"),
            Type::UnitRange => f.write_str("UnitRange{Int64}"),
            Type::StepRange => f.write_str("StepRange{Int64, Int64}"),
            Type::StepRangeLen => {
                f.write_str("StepRangeLen{Float64, Base.TwicePrecision{Float64}, Base.TwicePrecision{Float64}, Int64}")
            }
            Type::Vector(Some(of))
            | Type::Matrix(Some(of))
            | Type::Array(Some(of))
            | Type::AbstractVector(Some(of))
            | Type::AbstractMatrix(Some(of))
            | Type::AbstractArray(Some(of)) => write!(f, "{}{{{of}}}", self.name()),
            Type::Adjoint(parent) | Type::Transpose(parent) => {
                write!(f, "{}{{{}, {parent}}}", self.name(), parent.element_type().unwrap_or(Type::Any))
            }
            Type::Tuple(Some(fields)) => write_list(f, "Tuple{", fields),
            Type::NamedTuple(Some(fields)) => write_named_tuple(f, fields),
            Type::Pair(Some(sides)) => write!(f, "Pair{{{}, {}}}", sides.0, sides.1),
            Type::Reference(of) => write!(f, "{}{{{of}}}", self.name()),
            Type::CartesianIndex => f.write_str("CartesianIndex{2}"),
            Type::TypeOf(name) => write!(f, "typeof({name})"),
            Type::Bottom => f.write_str("Union{}"),
            Type::Union(parts) if !parts.is_empty() => write_list(f, "Union{", parts),
            Type::Error(kind) => f.write_str(&kind.name()),
            _ => f.write_str(self.name()),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, open: &str, types: &[Type]) -> fmt::Result {
    f.write_str(open)?;
    for (k, ty) in types.iter().enumerate() {
        if k > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{ty}")?;
    }
    f.write_str("}")
}

fn write_named_tuple(f: &mut fmt::Formatter<'_>, fields: &[(Rc<str>, Type)]) -> fmt::Result {
    f.write_str("NamedTuple{(")?;
    for (k, (name, _)) in fields.iter().enumerate() {
        write!(f, "{}:{name}", if k > 0 { ", " } else { "" })?;
    }
    f.write_str(if fields.len() == 1 { ",), " } else { "), " })?;
    let types: Vec<Type> = fields.iter().map(|(_, ty)| ty.clone()).collect();
    write_list(f, "Tuple{", &types)?;
    f.write_str("}")
}
