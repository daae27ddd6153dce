//! What types are called: the table of names, and types with parameters in braces.

use super::Type;
use crate::fault::ErrorKind;
use std::rc::Rc;

/// Every name of a type, in the order of the manual; of several names for one type the first is the one that is shown.
const NAMED: &[(&str, Type)] = &[
    ("Bool", Type::Bool),
    ("Int64", Type::Int64),
    ("Int", Type::Int64),
    ("Float64", Type::Float64),
    ("ComplexF64", Type::ComplexF64),
    ("Complex", Type::Complex),
    ("Integer", Type::Integer),
    ("Signed", Type::Integer),
    ("AbstractFloat", Type::AbstractFloat),
    ("Real", Type::Real),
    ("Number", Type::Number),
    ("String", Type::String),
    ("AbstractString", Type::AbstractString),
    ("Nothing", Type::Nothing),
    ("Vector", Type::Vector(None)),
    ("Matrix", Type::Matrix(None)),
    ("Array", Type::Array(None)),
    ("AbstractVector", Type::AbstractVector(None)),
    ("AbstractMatrix", Type::AbstractMatrix(None)),
    ("AbstractArray", Type::AbstractArray(None)),
    ("UnitRange", Type::UnitRange),
    ("StepRange", Type::StepRange),
    ("StepRangeLen", Type::StepRangeLen),
    ("AbstractRange", Type::AbstractRange),
    ("Tuple", Type::Tuple(None)),
    ("NamedTuple", Type::NamedTuple(None)),
    ("Pair", Type::Pair(None)),
    ("CartesianIndex", Type::CartesianIndex),
    ("UniformScaling", Type::UniformScaling),
    ("Function", Type::Function),
    ("DataType", Type::DataType),
    ("Type", Type::Type),
    ("IO", Type::Stream),
    ("IOBuffer", Type::Buffer),
    ("IOStream", Type::File),
    ("Colon", Type::Colon),
    ("Any", Type::Any),
    ("Exception", Type::Exception),
];

impl Type {
    /// The type with this name, as a program writes it without parameters.
    pub fn from_name(name: &str) -> Option<Type> {
        if name == "Union" {
            return Some(Type::Union(Rc::new(Vec::new())));
        }
        let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, ty)| ty.clone());
        named.or_else(|| ErrorKind::ALL.iter().find(|kind| kind.name() == name).map(|kind| Type::Error(*kind)))
    }

    /// Every name that [`Type::from_name`] knows.
    pub fn names() -> impl Iterator<Item = String> {
        let named = NAMED.iter().map(|(name, _)| (*name).to_owned());
        named.chain(["Union".to_owned()]).chain(ErrorKind::ALL.iter().map(|kind| kind.name()))
    }

    /// The name without parameters.
    pub fn name(&self) -> &'static str {
        match self {
            Type::Any => "Any",
            Type::Number => "Number",
            Type::Real => "Real",
            Type::Integer => "Integer",
            Type::AbstractFloat => "AbstractFloat",
            Type::Bool => "Bool",
            Type::Int64 => "Int64",
            Type::Float64 => "Float64",
            Type::ComplexInt | Type::Complex => "Complex",
            Type::ComplexF64 => "ComplexF64",
            Type::AbstractString => "AbstractString",
            Type::String => "String",
            Type::Nothing => "Nothing",
            Type::UnitRange => "UnitRange",
            Type::StepRange => "StepRange",
            Type::StepRangeLen => "StepRangeLen",
            Type::AbstractRange => "AbstractRange",
            Type::Vector(_) => "Vector",
            Type::Matrix(_) => "Matrix",
            Type::Array(_) => "Array",
            Type::AbstractVector(_) => "AbstractVector",
            Type::AbstractMatrix(_) => "AbstractMatrix",
            Type::AbstractArray(_) => "AbstractArray",
            Type::Adjoint(_) => "Adjoint",
            Type::Transpose(_) => "Transpose",
            Type::Tuple(_) => "Tuple",
            Type::NamedTuple(_) => "NamedTuple",
            Type::Pair(_) => "Pair",
            Type::CartesianIndex => "CartesianIndex",
            Type::UniformScaling => "UniformScaling",
            Type::Function | Type::TypeOf(_) => "Function",
            Type::DataType => "DataType",
            Type::Type => "Type",
            Type::Colon => "Colon",
            Type::Exception | Type::Error(_) => "Exception",
            Type::Iterator => "Iterator",
            Type::Reference(_) => "Base.RefValue",
            Type::Stream => "IO",
            Type::Terminal => "Base.TTY",
            Type::DevNull => "Base.DevNull",
            Type::Buffer => "IOBuffer",
            Type::File => "IOStream",
            Type::UndefInitializer => "UndefInitializer",
            Type::Bottom | Type::Union(_) => "Union",
        }
    }

    /// What the name is short for, where Julia says so: `Array{Int64, 1}` for `Vector{Int64}`.
    pub fn long_form(&self) -> Option<String> {
        let array = |name: &str, of: &Option<Rc<Type>>, dims: usize| match of {
            Some(of) => format!("{name}{{{of}, {dims}}}"),
            None => format!("{name}{{T, {dims}}} where T"),
        };
        match self {
            Type::Vector(of) => Some(array("Array", of, 1)),
            Type::Matrix(of) => Some(array("Array", of, 2)),
            Type::AbstractVector(of) => Some(array("AbstractArray", of, 1)),
            Type::AbstractMatrix(of) => Some(array("AbstractArray", of, 2)),
            Type::ComplexF64 => Some("Complex{Float64}".to_owned()),
            _ => None,
        }
    }

    /// The type with parameters: `Vector{Int64}` of `Vector` and `[Int64]`; `None` if it does not take these.
    pub fn with_parameters(&self, parameters: &[Type]) -> Option<Type> {
        let shared = |ty: &Type| Some(Rc::new(ty.clone()));
        match (self, parameters) {
            (Type::Vector(None), [of]) => Some(Type::Vector(shared(of))),
            (Type::Matrix(None), [of]) => Some(Type::Matrix(shared(of))),
            (Type::Array(None), [of]) => Some(Type::Array(shared(of))),
            (Type::AbstractVector(None), [of]) => Some(Type::AbstractVector(shared(of))),
            (Type::AbstractMatrix(None), [of]) => Some(Type::AbstractMatrix(shared(of))),
            (Type::AbstractArray(None), [of]) => Some(Type::AbstractArray(shared(of))),
            (Type::Complex, [Type::Int64]) => Some(Type::ComplexInt),
            (Type::Complex, [Type::Float64]) => Some(Type::ComplexF64),
            (Type::UnitRange, [Type::Int64]) => Some(Type::UnitRange),
            (Type::StepRange, [Type::Int64, Type::Int64]) => Some(Type::StepRange),
            (Type::Tuple(None), fields) => Some(Type::Tuple(Some(Rc::new(fields.to_vec())))),
            (Type::Pair(None), [first, second]) => Some(Type::Pair(Some(Rc::new((first.clone(), second.clone()))))),
            (Type::Union(parts), members) if parts.is_empty() => Some(Type::union_of(members)),
            _ => None,
        }
    }
}
