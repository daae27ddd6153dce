//! Types in the `.hld` format: the name of each, and of those with parameters what is inside.

use super::{Bytes, write_bytes, write_count, write_text};
use crate::fault::{Fault, Outcome};
use crate::value::Type;
use crate::value::array::push;
use crate::value::nesting::inside;
use std::rc::Rc;

/// The kinds of types by the byte that begins them.
mod kind {
    /// One with a name and nothing more.
    pub const NAMED: u8 = 0;
    /// With one parameter, by its name without: `Vector{Int64}`.
    pub const OF_ONE: u8 = 1;
    pub const TUPLE: u8 = 2;
    pub const NAMED_TUPLE: u8 = 3;
    pub const PAIR: u8 = 4;
    pub const UNION: u8 = 5;
    pub const ADJOINT: u8 = 6;
    pub const TRANSPOSE: u8 = 7;
    pub const COMPLEX_INT: u8 = 8;
    pub const BOTTOM: u8 = 9;
}

pub fn write(bytes: &mut Vec<u8>, ty: &Type) -> Outcome<()> {
    let one = |bytes: &mut Vec<u8>, of: &Type| {
        push(bytes, kind::OF_ONE)?;
        write_text(bytes, ty.name())?;
        inside(|| write(bytes, of))
    };
    match ty {
        Type::Vector(Some(of))
        | Type::Matrix(Some(of))
        | Type::Array(Some(of))
        | Type::AbstractVector(Some(of))
        | Type::AbstractMatrix(Some(of))
        | Type::AbstractArray(Some(of)) => one(bytes, of),
        Type::Adjoint(of) => {
            push(bytes, kind::ADJOINT)?;
            inside(|| write(bytes, of))
        }
        Type::Transpose(of) => {
            push(bytes, kind::TRANSPOSE)?;
            inside(|| write(bytes, of))
        }
        Type::Tuple(Some(fields)) => {
            push(bytes, kind::TUPLE)?;
            write_list(bytes, fields)
        }
        Type::Union(parts) if !parts.is_empty() => {
            push(bytes, kind::UNION)?;
            write_list(bytes, parts)
        }
        Type::NamedTuple(Some(fields)) => {
            push(bytes, kind::NAMED_TUPLE)?;
            write_count(bytes, fields.len())?;
            fields.iter().try_for_each(|(name, of)| {
                write_text(bytes, name)?;
                inside(|| write(bytes, of))
            })
        }
        Type::Pair(Some(sides)) => {
            push(bytes, kind::PAIR)?;
            inside(|| write(bytes, &sides.0))?;
            inside(|| write(bytes, &sides.1))
        }
        Type::ComplexInt => push(bytes, kind::COMPLEX_INT),
        Type::Bottom => push(bytes, kind::BOTTOM),
        plain => {
            let name = plain.to_string();
            let name = if Type::from_name(&name).as_ref() == Some(plain) { name } else { plain.name().to_owned() };
            if Type::from_name(&name).as_ref() != Some(plain) {
                return Err(Fault::argument(format!("the type {plain} cannot be stored"))
                    .rule("only types of data can be stored"));
            }
            write_bytes(bytes, &[kind::NAMED])?;
            write_text(bytes, &name)
        }
    }
}

fn write_list(bytes: &mut Vec<u8>, types: &[Type]) -> Outcome<()> {
    write_count(bytes, types.len())?;
    types.iter().try_for_each(|ty| inside(|| write(bytes, ty)))
}

fn read_list(bytes: &mut Bytes<'_>) -> Outcome<Vec<Type>> {
    let count = bytes.count(1, "the number of types")?;
    let mut types = Vec::new();
    for _ in 0..count {
        push(&mut types, inside(|| read(bytes))?)?;
    }
    Ok(types)
}

pub fn read(bytes: &mut Bytes<'_>) -> Outcome<Type> {
    let at = bytes.at();
    Ok(match bytes.byte("a type")? {
        kind::NAMED => {
            let name = bytes.text("the name of a type")?;
            Type::from_name(name).ok_or_else(|| bytes.fault_at(at, format!("there is no type {name:?}")))?
        }
        kind::OF_ONE => {
            let name = bytes.text("the name of a type")?;
            let of = Some(Rc::new(inside(|| read(bytes))?));
            match name {
                "Vector" => Type::Vector(of),
                "Matrix" => Type::Matrix(of),
                "Array" => Type::Array(of),
                "AbstractVector" => Type::AbstractVector(of),
                "AbstractMatrix" => Type::AbstractMatrix(of),
                "AbstractArray" => Type::AbstractArray(of),
                _ => return Err(bytes.fault_at(at, format!("the type {name:?} has no parameter"))),
            }
        }
        kind::TUPLE => Type::Tuple(Some(Rc::new(read_list(bytes)?))),
        kind::UNION => Type::Union(Rc::new(read_list(bytes)?)),
        kind::NAMED_TUPLE => {
            let count = bytes.count(1, "the number of fields")?;
            let mut fields = Vec::new();
            for _ in 0..count {
                let name = Rc::from(bytes.text("a name")?);
                push(&mut fields, (name, inside(|| read(bytes))?))?;
            }
            Type::NamedTuple(Some(Rc::new(fields)))
        }
        kind::PAIR => {
            let first = inside(|| read(bytes))?;
            Type::Pair(Some(Rc::new((first, inside(|| read(bytes))?))))
        }
        kind::ADJOINT => Type::Adjoint(Rc::new(inside(|| read(bytes))?)),
        kind::TRANSPOSE => Type::Transpose(Rc::new(inside(|| read(bytes))?)),
        kind::COMPLEX_INT => Type::ComplexInt,
        kind::BOTTOM => Type::Bottom,
        other => return Err(bytes.fault_at(at, format!("no kind of type begins with the byte {other}"))),
    })
}
