//! Types as functions: `Int64(2.0)`, `Float64("…")`, `Matrix(I, 2, 2)`, `Vector{Float64}(undef, 3)`, `ArgumentError("…")`.

use super::arguments::{integer, is_number};
use super::arrays::{Shape, number_of_type, shape_argument, vector};
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::value::array::{Array, Elements, dense, reserve};
use crate::value::display::{describe, repr, with_article};
use crate::value::function::Arguments;
use crate::value::{Complex64, Host, Stream, Type, Value, iterate, promote};
use std::rc::Rc;

/// Calls a type with arguments.
pub fn construct(ty: &Type, args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match ty {
        Type::Complex | Type::ComplexF64 | Type::ComplexInt if args.count() == 2 => two_parts(ty, args),
        Type::String | Type::AbstractString => one(args).and_then(|_| args.text(0)).map(Value::str),
        Type::Error(kind) => Ok(super::errors::made(*kind, args)),
        Type::CartesianIndex => cartesian_index(args),
        Type::Vector(element) | Type::AbstractVector(element) => array_of(args, element.as_deref(), Some(1), host),
        Type::Matrix(element) | Type::AbstractMatrix(element) => array_of(args, element.as_deref(), Some(2), host),
        Type::Array(element) | Type::AbstractArray(element) => array_of(args, element.as_deref(), None, host),
        Type::Tuple(_) => Ok(Value::tuple(iterate::elements(one(args)?, host)?)),
        Type::Pair(_) => pair(args),
        Type::NamedTuple(_) if args.count() == 0 => Ok(Value::named_tuple(Vec::new())),
        Type::Buffer => match args.positional {
            [] => Ok(Value::stream(Stream::buffer())),
            _ => Ok(Value::stream(Stream::of_text(args.text(0)?))),
        },
        Type::UniformScaling => Ok(Value::Scaling(Rc::new(one(args)?.clone()))),
        _ => convert(ty, one(args)?),
    }
}

/// A type with the parameters in its braces; `Array{T, 2}` is `Matrix{T}`.
pub fn parametrised(of: &Value, parameters: &[Value]) -> Outcome<Value> {
    let Value::Type(ty) = of else {
        return Err(Fault::method(format!("{} takes no parameters in braces", with_article(&describe(of))))
            .rule("types take parameters: `Vector{Int64}`"));
    };
    let (base, given) = match (&**ty, parameters) {
        (Type::Array(None), [of, Value::Int(1)]) => (&Type::Vector(None), std::slice::from_ref(of)),
        (Type::Array(None), [of, Value::Int(2)]) => (&Type::Matrix(None), std::slice::from_ref(of)),
        (Type::AbstractArray(None), [of, Value::Int(1)]) => (&Type::AbstractVector(None), std::slice::from_ref(of)),
        (Type::AbstractArray(None), [of, Value::Int(2)]) => (&Type::AbstractMatrix(None), std::slice::from_ref(of)),
        (Type::Array(None) | Type::AbstractArray(None), [_, Value::Int(n)]) => {
            return Err(
                Fault::argument(format!("an array of {n} dimensions")).rule("an array has one dimension or two")
            );
        }
        (ty, parameters) => (ty, parameters),
    };
    let types: Option<Vec<Type>> =
        given.iter().map(|p| if let Value::Type(t) = p { Some((**t).clone()) } else { None }).collect();
    let made = types.and_then(|types| base.with_parameters(&types)).map(Value::type_of_name);
    made.ok_or_else(|| {
        let given: Vec<String> = parameters.iter().map(repr).collect();
        Fault::new(ErrorKind::TypeError, format!("{ty} does not take the parameters {{{}}}", given.join(", ")))
            .hint("the parameter of an array type is the type of its elements: `Vector{Int64}`")
    })
}

fn one<'a>(args: &Arguments<'a>) -> Outcome<&'a Value> {
    match args.positional {
        [x] => Ok(x),
        [] => Err(Fault::method(format!("{} is called without an argument", args.name))),
        more => Err(Fault::method(format!("{} converts one value; {} are given", args.name, more.len()))
            .label(Part::Argument(1), "one too many")),
    }
}

fn pair(args: &Arguments<'_>) -> Outcome<Value> {
    match args.positional {
        [a, b] => Ok(Value::Pair(Rc::new((a.clone(), b.clone())))),
        _ => Err(Fault::method("a Pair is made of two values").hint("Pair(1, 2) is 1 => 2")),
    }
}

fn cartesian_index(args: &Arguments<'_>) -> Outcome<Value> {
    if let [Value::Tuple(tuple)] = args.positional {
        return cartesian_index(&Arguments { positional: &tuple.items, ..*args });
    }
    if args.count() != 2 {
        return Err(Fault::method("CartesianIndex takes a row and a column").hint("CartesianIndex(1, 2)"));
    }
    Ok(Value::CartesianIndex(Rc::new([args.int(0)?, args.int(1)?])))
}

fn two_parts(ty: &Type, args: &Arguments<'_>) -> Outcome<Value> {
    if matches!(ty, Type::ComplexF64) {
        return Ok(Value::complex(Complex64::new(args.float(0)?, args.float(1)?)));
    }
    super::complex::from_parts(args)
}

/// The value as one of this type; an `InexactError` if the type cannot hold it.
pub fn convert(ty: &Type, value: &Value) -> Outcome<Value> {
    match ty {
        Type::Any => Ok(value.clone()),
        Type::Bool | Type::Int64 | Type::Integer | Type::Float64 | Type::AbstractFloat | Type::ComplexF64
            if is_number(value) =>
        {
            promote::convert_value(&without_zero_imaginary(value), ty)
        }
        Type::Complex if is_number(value) => to_complex(value),
        Type::ComplexInt if is_number(value) => to_complex_int(value),
        _ if value.type_of().is_subtype(ty) => Ok(value.clone()),
        Type::Vector(element)
        | Type::Matrix(element)
        | Type::Array(element)
        | Type::AbstractVector(element)
        | Type::AbstractMatrix(element)
        | Type::AbstractArray(element) => to_array(ty, element.as_deref(), value),
        _ => Err(no_conversion(ty, value)),
    }
}

#[cold]
fn no_conversion(ty: &Type, value: &Value) -> Fault {
    let kind = describe(value);
    let fault = Fault::method(format!("{} cannot be made {}", with_article(&kind), with_article(&ty.to_string())));
    let fault = fault.label(Part::Argument(0), kind);
    match value {
        Value::Str(_) => fault.hint(format!("parse({}, s) reads a number from a string", ty)),
        Value::Array(_) | Value::Range(_) => fault.hint(format!("{}.(…) converts every element", ty)),
        _ => fault,
    }
}

/// A complex number whose imaginary part is zero as the real number that it equals.
fn without_zero_imaginary(value: &Value) -> Value {
    match value {
        Value::Complex(c) if c.z.im == 0.0 => Value::float(c.z.re),
        _ => value.clone(),
    }
}

/// A number as a complex one; integers give one of integers.
fn to_complex(value: &Value) -> Outcome<Value> {
    match value {
        Value::Complex(_) => Ok(value.clone()),
        _ => {
            let z = promote::to_complex(value)?;
            Ok(if integer(value).is_some() { Value::complex_int(z) } else { Value::complex(z) })
        }
    }
}

fn to_complex_int(value: &Value) -> Outcome<Value> {
    let z = promote::to_complex(value)?;
    promote::to_int(&Value::float(z.re))?;
    promote::to_int(&Value::float(z.im))?;
    Ok(Value::complex_int(z))
}

fn array_of(
    args: &Arguments<'_>,
    element: Option<&Type>,
    dimensions: Option<usize>,
    host: &dyn Host,
) -> Outcome<Value> {
    match args.positional {
        [] if dimensions == Some(1) => empty_array(element.unwrap_or(&Type::Any), Shape::vector(0)),
        [Value::Type(undef)] if **undef == Type::UndefInitializer => {
            Err(Fault::method("undef is followed by a size").hint(format!("{}(undef, 3)", args.name)))
        }
        [Value::Type(undef), ..] if **undef == Type::UndefInitializer => {
            let shape = dimensioned(shape_argument(args, 1)?, dimensions)?;
            empty_array(element.unwrap_or(&Type::Any), shape)
        }
        [Value::Scaling(scale), ..] => scaling_matrix(scale, element, shape_argument(args, 1)?),
        [one] => {
            let array = match promote::as_array(one)? {
                Some(array) => Value::array(array.copy()),
                None => vector(iterate::elements(one, host)?)?,
            };
            let array = check_dimensions(array, dimensions)?;
            element.map_or(Ok(array.clone()), |ty| with_eltype(ty, &array))
        }
        _ => Err(Fault::method(format!("{} takes one array, or undef and a size", args.name))
            .hint(format!("{}(undef, 3)", args.name))),
    }
}

fn dimensioned(shape: Shape, dimensions: Option<usize>) -> Outcome<Shape> {
    let given = if shape == Shape::vector(shape.rows) { 1 } else { 2 };
    match dimensions {
        Some(wanted) if wanted != given => {
            let what = if wanted == 1 { "a Vector has one size" } else { "a Matrix has two sizes" };
            Err(Fault::method(what))
        }
        _ => Ok(shape),
    }
}

fn check_dimensions(array: Value, dimensions: Option<usize>) -> Outcome<Value> {
    let Value::Array(a) = &array else { return Ok(array) };
    match dimensions {
        Some(1) if !a.is_vector() => Err(Fault::method(format!("a {} is not a vector", describe(&array)))
            .label(Part::Argument(0), describe(&array))
            .hint("vec(A) takes the elements of a matrix as one vector")),
        Some(2) if a.is_vector() => Err(Fault::method(format!("a {} is not a matrix", describe(&array)))
            .label(Part::Argument(0), describe(&array))
            .hint("reshape(v, :, 1) makes a matrix of one column")),
        _ => {
            let plain = Array::new(Shape::of(a).form, a.elements().clone());
            Ok(Value::array(plain))
        }
    }
}

/// An array of a type with zeros in it; `undef` promises nothing about the elements, and zeros surprise least.
pub fn empty_array(ty: &Type, shape: Shape) -> Outcome<Value> {
    match number_of_type(ty, 0) {
        Some(zero) if !matches!(ty, Type::Real | Type::Number | Type::Integer | Type::ComplexInt) => {
            super::arrays::filled(shape, &zero)
        }
        zero => {
            let filler = zero.unwrap_or(if *ty == Type::String { Value::str("") } else { Value::Nothing });
            let mut items = reserve::<Value>(shape.count()?)?;
            items.resize(shape.count()?, filler);
            Ok(Value::array(Array::new(shape.form, Elements::Any(dense(shape.rows, shape.cols, items), ty.clone()))))
        }
    }
}

fn scaling_matrix(scale: &Value, element: Option<&Type>, shape: Shape) -> Outcome<Value> {
    let shape = dimensioned(shape, Some(2))?;
    let scale = element.map_or(Ok(scale.clone()), |ty| convert(ty, scale))?;
    let zero = number_of_type(&scale.type_of(), 0).unwrap_or(Value::Int(0));
    let matrix = super::arrays::filled(shape, &zero)?;
    for k in 1..=shape.rows.min(shape.cols) as i64 {
        crate::value::index::set(&matrix, &[Value::Int(k), Value::Int(k)], &scale)?;
    }
    Ok(matrix)
}

fn to_array(ty: &Type, element: Option<&Type>, value: &Value) -> Outcome<Value> {
    let Some(array) = promote::as_array(value)? else { return Err(no_conversion(ty, value)) };
    let array = Value::Array(array);
    element.map_or(Ok(array.clone()), |element| with_eltype(element, &array))
}

/// A copy of an array with every element converted.
pub fn with_eltype(ty: &Type, array: &Value) -> Outcome<Value> {
    let Some(from) = promote::as_array(array)? else { return Err(no_conversion(ty, array)) };
    let elements = promote::convert_elements(&from.elements(), ty)?;
    Ok(Value::array(Array::new(Shape::of(&from).form, elements)))
}
