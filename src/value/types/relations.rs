//! How types relate: subtypes, the type that holds values of two types, the type that numbers are promoted to.

use super::Type;
use crate::value::Value;
use std::rc::Rc;

/// How many dimensions an array type has, if it says so.
type Dimensions = Option<usize>;

/// Is the value of this type or of a subtype?
pub fn is_a(value: &Value, ty: &Type) -> bool {
    value.type_of().is_subtype(ty)
}

/// The element type of a vector that holds values of both types unchanged, as comprehensions collect them:
/// `Int64` and `Float64` make `Real`, `Nothing` and `T` make `Union{Nothing, T}`.
pub fn type_join(a: &Type, b: &Type) -> Type {
    match (a.without_nothing(), b.without_nothing()) {
        (None, None) => a.joined(b),
        (rest_a, rest_b) => {
            let rest = rest_a.as_ref().unwrap_or(a).joined(rest_b.as_ref().unwrap_or(b));
            if rest == Type::Any { Type::Any } else { Type::union_of(&[Type::Nothing, rest]) }
        }
    }
}

/// The type that two numbers are converted to before they are added; `None` if one of the types is no number's.
pub fn promote(a: &Type, b: &Type) -> Option<Type> {
    let (a, b) = (rank(a)?, rank(b)?);
    let complex =
        matches!(a, Rank::ComplexInt | Rank::ComplexFloat) || matches!(b, Rank::ComplexInt | Rank::ComplexFloat);
    let float = matches!(a, Rank::Float | Rank::ComplexFloat) || matches!(b, Rank::Float | Rank::ComplexFloat);
    Some(match (complex, float) {
        (true, true) => Type::ComplexF64,
        (true, false) => Type::ComplexInt,
        (false, true) => Type::Float64,
        (false, false) if a == Rank::Bool && b == Rank::Bool => Type::Bool,
        (false, false) => Type::Int64,
    })
}

#[derive(PartialEq)]
enum Rank {
    Bool,
    Int,
    Float,
    ComplexInt,
    ComplexFloat,
}

fn rank(ty: &Type) -> Option<Rank> {
    match ty {
        Type::Bool => Some(Rank::Bool),
        Type::Int64 => Some(Rank::Int),
        Type::Float64 => Some(Rank::Float),
        Type::ComplexInt => Some(Rank::ComplexInt),
        Type::ComplexF64 => Some(Rank::ComplexFloat),
        _ => None,
    }
}

impl Type {
    /// Is every value of this type one of the other type too? Parameters must be equal: `Vector{Int64}` is a `Vector`,
    /// but no `Vector{Real}`.
    pub fn is_subtype(&self, other: &Type) -> bool {
        if self == other || *other == Type::Any || *self == Type::Bottom {
            return true;
        }
        if let Type::Union(parts) = self {
            return !parts.is_empty() && parts.iter().all(|part| part.is_subtype(other));
        }
        match other {
            Type::Union(parts) => parts.iter().any(|part| self.is_subtype(part)),
            Type::Number => matches!(self, Type::Complex | Type::ComplexInt | Type::ComplexF64) || self.is_real(),
            Type::Real => self.is_real(),
            Type::Integer => matches!(self, Type::Bool | Type::Int64),
            Type::AbstractFloat => *self == Type::Float64,
            Type::Complex => matches!(self, Type::ComplexInt | Type::ComplexF64),
            Type::AbstractString => *self == Type::String,
            Type::AbstractRange => matches!(self, Type::UnitRange | Type::StepRange | Type::StepRangeLen),
            Type::Vector(None) => matches!(self, Type::Vector(_)),
            Type::Matrix(None) => matches!(self, Type::Matrix(_)),
            Type::Array(of) => match self {
                Type::Vector(mine) | Type::Matrix(mine) | Type::Array(mine) => of.is_none() || mine == of,
                _ => false,
            },
            Type::AbstractVector(of) => self.is_array_of(Some(1), of.as_deref()),
            Type::AbstractMatrix(of) => self.is_array_of(Some(2), of.as_deref()),
            Type::AbstractArray(of) => self.is_array_of(None, of.as_deref()),
            Type::Tuple(None) => matches!(self, Type::Tuple(_)),
            // Tuples are the exception: their fields need only be subtypes.
            Type::Tuple(Some(fields)) => match self {
                Type::Tuple(Some(mine)) => {
                    mine.len() == fields.len() && mine.iter().zip(fields.iter()).all(|(a, b)| a.is_subtype(b))
                }
                _ => false,
            },
            Type::NamedTuple(None) => matches!(self, Type::NamedTuple(_)),
            Type::Pair(None) => matches!(self, Type::Pair(_)),
            Type::Function => matches!(self, Type::TypeOf(_)),
            Type::Type => *self == Type::DataType,
            Type::Stream => matches!(self, Type::Terminal | Type::DevNull | Type::Buffer | Type::File),
            Type::Exception => matches!(self, Type::Error(_)),
            _ => false,
        }
    }

    fn is_real(&self) -> bool {
        matches!(self, Type::Real | Type::Integer | Type::AbstractFloat | Type::Bool | Type::Int64 | Type::Float64)
    }

    fn is_array_of(&self, dims: Dimensions, of: Option<&Type>) -> bool {
        let Some((my_dims, mine)) = self.array_parts() else {
            return false;
        };
        (dims.is_none() || my_dims == dims) && (of.is_none() || mine.as_ref() == of)
    }

    /// Dimensions and element type of an array type, as far as it says them.
    fn array_parts(&self) -> Option<(Dimensions, Option<Type>)> {
        let of = |of: &Option<Rc<Type>>| of.as_deref().cloned();
        match self {
            Type::Vector(t) | Type::AbstractVector(t) => Some((Some(1), of(t))),
            Type::Matrix(t) | Type::AbstractMatrix(t) => Some((Some(2), of(t))),
            Type::Array(t) | Type::AbstractArray(t) => Some((None, of(t))),
            Type::Adjoint(parent) | Type::Transpose(parent) => Some((Some(2), parent.element_type())),
            Type::UnitRange | Type::StepRange => Some((Some(1), Some(Type::Int64))),
            Type::StepRangeLen => Some((Some(1), Some(Type::Float64))),
            Type::AbstractRange => Some((Some(1), None)),
            _ => None,
        }
    }

    /// The element type of an array type that says it.
    pub fn element_type(&self) -> Option<Type> {
        self.array_parts()?.1
    }

    /// `Union{…}` of types, flattened, without those that others include, `Nothing` first; one type alone is itself.
    pub fn union_of(types: &[Type]) -> Type {
        let mut parts: Vec<Type> = Vec::new();
        let flat = types.iter().flat_map(|ty| match ty {
            Type::Union(inner) => inner.as_ref().clone(),
            other => vec![other.clone()],
        });
        for ty in flat {
            if parts.iter().any(|part| ty.is_subtype(part)) {
                continue;
            }
            parts.retain(|part| !part.is_subtype(&ty));
            parts.push(ty);
        }
        parts.sort_by_key(|part| *part != Type::Nothing);
        match parts.len() {
            0 => Type::Bottom,
            1 => parts.remove(0),
            _ => Type::Union(Rc::new(parts)),
        }
    }

    /// A union with `Nothing` without it, `Union{}` for `Nothing` itself; `None` where there is no `Nothing`.
    fn without_nothing(&self) -> Option<Type> {
        match self {
            Type::Nothing => Some(Type::Bottom),
            Type::Union(parts) if parts.contains(&Type::Nothing) => {
                let rest: Vec<Type> = parts.iter().filter(|part| **part != Type::Nothing).cloned().collect();
                Some(Type::union_of(&rest))
            }
            _ => None,
        }
    }

    /// The narrowest type with a name that includes both.
    fn joined(&self, other: &Type) -> Type {
        if self.is_subtype(other) {
            return other.clone();
        }
        if other.is_subtype(self) {
            return self.clone();
        }
        if let (Type::Tuple(Some(a)), Type::Tuple(Some(b))) = (self, other)
            && a.len() == b.len()
        {
            return Type::Tuple(Some(Rc::new(a.iter().zip(b.iter()).map(|(a, b)| type_join(a, b)).collect())));
        }
        if let Some(array) =
            self.wider_arrays().into_iter().find(|wider| self.is_subtype(wider) && other.is_subtype(wider))
        {
            return array;
        }
        let mut above = self.parent();
        while !other.is_subtype(&above) {
            above = above.parent();
        }
        above
    }

    /// The array types that may include this array type and others, the narrowest first.
    fn wider_arrays(&self) -> Vec<Type> {
        let Some((_, of)) = self.array_parts() else {
            return Vec::new();
        };
        let of = of.map(Rc::new);
        vec![
            Type::Vector(None),
            Type::Matrix(None),
            Type::Array(of.clone()),
            Type::Array(None),
            Type::AbstractRange,
            Type::AbstractVector(of.clone()),
            Type::AbstractVector(None),
            Type::AbstractMatrix(of.clone()),
            Type::AbstractMatrix(None),
            Type::AbstractArray(of),
            Type::AbstractArray(None),
        ]
    }

    /// The next wider type; `Any` is its own. For arrays, which have several, see [`Type::wider_arrays`].
    fn parent(&self) -> Type {
        match self {
            Type::Bool | Type::Int64 => Type::Integer,
            Type::Float64 => Type::AbstractFloat,
            Type::Integer | Type::AbstractFloat => Type::Real,
            Type::ComplexInt | Type::ComplexF64 => Type::Complex,
            Type::Real | Type::Complex => Type::Number,
            Type::String => Type::AbstractString,
            Type::Tuple(Some(_)) => Type::Tuple(None),
            Type::NamedTuple(Some(_)) => Type::NamedTuple(None),
            Type::Pair(Some(_)) => Type::Pair(None),
            Type::TypeOf(_) => Type::Function,
            Type::Error(_) => Type::Exception,
            Type::DataType => Type::Type,
            Type::Any
            | Type::Number
            | Type::AbstractString
            | Type::Nothing
            | Type::UnitRange
            | Type::StepRange
            | Type::StepRangeLen
            | Type::AbstractRange
            | Type::Vector(_)
            | Type::Matrix(_)
            | Type::Array(_)
            | Type::AbstractVector(_)
            | Type::AbstractMatrix(_)
            | Type::AbstractArray(_)
            | Type::Adjoint(_)
            | Type::Transpose(_)
            | Type::Tuple(None)
            | Type::NamedTuple(None)
            | Type::Pair(None)
            | Type::CartesianIndex
            | Type::UniformScaling
            | Type::Function
            | Type::Type
            | Type::Colon
            | Type::Exception
            | Type::Iterator
            | Type::Reference(_)
            | Type::Stream
            | Type::Terminal
            | Type::DevNull
            | Type::Buffer
            | Type::File
            | Type::UndefInitializer
            | Type::Bottom
            | Type::Union(_) => Type::Any,
        }
    }
}
