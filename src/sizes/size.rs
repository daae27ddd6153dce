//! How large a value is.

use crate::value::{Form, Range, Type, Value};
use std::fmt;

/// How large a value is, and what it is as far as sizes depend on it.
#[derive(Clone, Debug, PartialEq)]
pub enum Size {
    /// A number; an integer or float itself, where it is written or a variable holds it: sizes may come from it.
    Number(Option<Value>),
    /// A Bool.
    Truth,
    /// `I`
    Scaling,
    /// A string.
    Text,
    /// A tuple of these.
    Tuple(Vec<Size>),
    /// An array.
    Array(Shape, Items),
}

/// Rows, columns, and what the array is in a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A vector of so many elements.
    Vector(usize),
    /// The adjoint of a vector: times a vector it is a number.
    Row(usize),
    /// Rows and columns.
    Matrix(usize, usize),
}

/// What the elements are, as far as an index made of them depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    Numbers,
    /// Integers of which these are the least and the greatest.
    Between(i64, i64),
    /// Bools: what they select depends on how many are true.
    Truths,
    /// Anything.
    Other,
}

/// Why an expression has no size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unsized {
    /// Sizes alone do not tell.
    Unknown,
    /// These do not fit: `2×3 * 2×3`.
    Misfit(String),
}

/// A size, or why there is none.
pub(super) type Sized = Result<Size, Unsized>;

pub(super) fn unknown() -> Sized {
    Err(Unsized::Unknown)
}

pub(super) fn misfit(what: impl Into<String>) -> Sized {
    Err(Unsized::Misfit(what.into()))
}

impl Shape {
    /// Rows and columns; a vector has one column.
    pub fn dims(self) -> (usize, usize) {
        match self {
            Shape::Vector(n) => (n, 1),
            Shape::Row(n) => (1, n),
            Shape::Matrix(rows, cols) => (rows, cols),
        }
    }

    /// The number of elements, if it can be counted.
    pub fn len(self) -> Option<usize> {
        let (rows, cols) = self.dims();
        rows.checked_mul(cols)
    }

    pub fn is_vector(self) -> bool {
        matches!(self, Shape::Vector(_))
    }

    /// A matrix in place of a row.
    pub fn plain(self) -> Shape {
        match self {
            Shape::Row(n) => Shape::Matrix(1, n),
            other => other,
        }
    }
}

impl Items {
    /// What the elements are after arithmetic.
    pub fn computed(self) -> Items {
        match self {
            Items::Numbers | Items::Between(..) | Items::Truths => Items::Numbers,
            Items::Other => Items::Other,
        }
    }
}

impl Size {
    /// An integer that is known.
    pub fn integer(n: usize) -> Size {
        Size::Number(i64::try_from(n).ok().map(Value::Int))
    }

    /// A number that is not known.
    pub fn number() -> Size {
        Size::Number(None)
    }

    /// The size of a value.
    pub(super) fn of(value: &Value) -> Sized {
        Ok(match value {
            Value::Bool(_) => Size::Truth,
            Value::Int(_) | Value::Float(_) => Size::Number(Some(value.clone())),
            Value::Complex(_) => Size::number(),
            Value::Str(_) => Size::Text,
            Value::Scaling(_) => Size::Scaling,
            Value::Range(range) => Size::of_range(range),
            Value::Tuple(tuple) => Size::Tuple(tuple.items.iter().map(Size::of).collect::<Result<_, _>>()?),
            Value::Array(array) => {
                let (rows, cols) = array.shape();
                let shape = match array.form() {
                    Form::Vector => Shape::Vector(rows),
                    Form::AdjointVector | Form::TransposeVector => Shape::Row(cols),
                    Form::Matrix | Form::AdjointMatrix | Form::TransposeMatrix => Shape::Matrix(rows, cols),
                };
                let items = match array.eltype() {
                    Type::Bool => Items::Truths,
                    Type::Int64 | Type::Float64 | Type::ComplexF64 | Type::ComplexInt => Items::Numbers,
                    _ => Items::Other,
                };
                Size::Array(shape, items)
            }
            _ => return unknown(),
        })
    }

    /// The size of a range.
    pub(super) fn of_range(range: &Range) -> Size {
        let ends = match (range.first(), range.last()) {
            (Value::Int(first), Value::Int(last)) if !range.is_empty() => {
                Items::Between(first.min(last), first.max(last))
            }
            _ => Items::Numbers,
        };
        Size::Array(Shape::Vector(range.len()), ends)
    }

    /// The number as a count of rows or columns.
    pub(super) fn count(&self) -> Result<usize, Unsized> {
        match self {
            Size::Number(Some(Value::Int(n))) => usize::try_from(*n).map_err(|_| Unsized::Unknown),
            _ => Err(Unsized::Unknown),
        }
    }

    /// The shape of an array.
    pub(super) fn shape(&self) -> Result<Shape, Unsized> {
        match self {
            Size::Array(shape, _) => Ok(*shape),
            _ => Err(Unsized::Unknown),
        }
    }

    /// A number or a Bool.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Size::Number(_) | Size::Truth)
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Vector(n) => write!(f, "{n}-vector"),
            Shape::Row(n) => write!(f, "1×{n}"),
            Shape::Matrix(rows, cols) => write!(f, "{rows}×{cols}"),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Size::Number(_) => f.write_str("number"),
            Size::Truth => f.write_str("Bool"),
            Size::Scaling => f.write_str("I"),
            Size::Text => f.write_str("string"),
            Size::Tuple(items) => write!(f, "tuple of {}", items.len()),
            Size::Array(shape, _) => shape.fmt(f),
        }
    }
}
