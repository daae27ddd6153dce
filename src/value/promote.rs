//! Which array holds given values: promotion for literals, joining of types for what is collected, conversion between
//! element types.

use super::array::{dense, reserve};
use super::display::describe;
use super::{Array, Complex64, Elements, Form, Type, Value};
use crate::fault::{Fault, Outcome, Part};
use std::borrow::Cow;
use std::rc::Rc;

/// The number types that arrays store, in the order of promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Numeric {
    Bool,
    Int,
    Float,
    Complex,
}

impl Numeric {
    /// The type that stores this value; `None` if it is no number.
    pub fn of_value(value: &Value) -> Option<Numeric> {
        match value {
            Value::Bool(_) => Some(Numeric::Bool),
            Value::Int(_) => Some(Numeric::Int),
            Value::Float(_) => Some(Numeric::Float),
            Value::Complex(_) => Some(Numeric::Complex),
            _ => None,
        }
    }

    /// The type of the elements, if they are stored as numbers.
    pub fn of(elements: &Elements) -> Option<Numeric> {
        match elements {
            Elements::Bool(_) => Some(Numeric::Bool),
            Elements::Int(_) => Some(Numeric::Int),
            Elements::Float(_) => Some(Numeric::Float),
            Elements::Complex(_) => Some(Numeric::Complex),
            Elements::Any(..) => None,
        }
    }

    /// The type that stores values of this type; `None` if they are no numbers, or of several kinds.
    pub fn of_type(ty: &Type) -> Option<Numeric> {
        match ty {
            Type::Bool => Some(Numeric::Bool),
            Type::Int64 => Some(Numeric::Int),
            Type::Float64 => Some(Numeric::Float),
            Type::ComplexF64 | Type::ComplexInt => Some(Numeric::Complex),
            _ => None,
        }
    }

    /// The type as a value of the language.
    pub fn to_type(self) -> Type {
        match self {
            Numeric::Bool => Type::Bool,
            Numeric::Int => Type::Int64,
            Numeric::Float => Type::Float64,
            Numeric::Complex => Type::ComplexF64,
        }
    }
}

/// The type that holds all the values; `None` if one is no number or there are none.
fn common_numeric(items: &[Value]) -> Option<Numeric> {
    let mut common = Numeric::of_value(items.first()?)?;
    for item in &items[1..] {
        common = common.max(Numeric::of_value(item)?);
    }
    Some(common)
}

/// The vector that the literal `[a, b, c]` makes: numbers are promoted to one type.
pub fn literal_vector(items: Vec<Value>) -> Outcome<Array> {
    let len = items.len();
    Ok(Array::new(Form::Vector, literal_elements(items, len, 1)?))
}

/// The matrix of a literal of scalars, `rows * cols` items in column-major order.
pub fn literal_matrix(items: Vec<Value>, rows: usize, cols: usize) -> Outcome<Array> {
    Ok(Array::new(Form::Matrix, literal_elements(items, rows, cols)?))
}

fn literal_elements(items: Vec<Value>, rows: usize, cols: usize) -> Outcome<Elements> {
    if let Some(common) = common_numeric(&items) {
        return elements_of(items, rows, cols, &common.to_type());
    }
    if let Some((form, inner)) = common_array_type(&items) {
        let arrays = items.iter().map(|item| convert_array(item, inner)).collect::<Outcome<Vec<Value>>>()?;
        let inner = Some(Rc::new(inner.to_type()));
        let eltype = if form == Form::Vector { Type::Vector(inner) } else { Type::Matrix(inner) };
        return Ok(Elements::Any(dense(rows, cols, arrays), eltype));
    }
    let eltype = joined_type(&items);
    Ok(Elements::Any(dense(rows, cols, items), eltype))
}

/// The form of arrays of numbers and the element type that they have in common, if they differ in it alone.
fn common_array_type(items: &[Value]) -> Option<(Form, Numeric)> {
    let numeric = |item: &Value| match item {
        Value::Array(array) if matches!(array.form(), Form::Vector | Form::Matrix) => {
            Some((array.form(), Numeric::of(&array.elements())?))
        }
        _ => None,
    };
    let (form, first) = numeric(items.first()?)?;
    let mut common = first;
    let mut differ = false;
    for item in &items[1..] {
        let (_, this) = numeric(item).filter(|(this, _)| *this == form)?;
        differ |= this != first;
        common = common.max(this);
    }
    differ.then_some((form, common))
}

fn convert_array(item: &Value, to: Numeric) -> Outcome<Value> {
    let Some(array) = as_array(item)? else { return Ok(item.clone()) };
    if Numeric::of(&array.elements()) == Some(to) {
        return Ok(Value::Array(array));
    }
    let elements = convert_elements(&array.elements(), &to.to_type())?;
    Ok(Value::array(Array::new(array.form(), elements)))
}

/// The vector `T[a, b, c]`.
pub fn typed_vector(items: Vec<Value>, eltype: &Type) -> Outcome<Array> {
    let len = items.len();
    Ok(Array::new(Form::Vector, elements_of(items, len, 1, eltype)?))
}

/// The vector that collecting makes (comprehensions, `map`, `f.(x)` by element): types are joined as Julia does, so that
/// integers among floats stay themselves under the element type `Real`.
pub fn collect(items: Vec<Value>) -> Outcome<Array> {
    let len = items.len();
    collect_shaped(items, len, 1, Form::Vector)
}

/// What collecting makes, under a shape: `rows * cols` items in column-major order.
pub fn collect_shaped(items: Vec<Value>, rows: usize, cols: usize, form: Form) -> Outcome<Array> {
    let first = items.first().and_then(Numeric::of_value);
    let elements = match first {
        Some(numeric) if items.iter().all(|item| Numeric::of_value(item) == first) => {
            elements_of(items, rows, cols, &numeric.to_type())?
        }
        _ => {
            let eltype = joined_type(&items);
            Elements::Any(dense(rows, cols, items), eltype)
        }
    };
    Ok(Array::new(form, elements))
}

/// The type that collected values have in common; `Any` for none.
fn joined_type(items: &[Value]) -> Type {
    let Some(first) = items.first() else { return Type::Any };
    let mut joined = first.type_of();
    for item in &items[1..] {
        if joined == Type::Any {
            break;
        }
        if !matches!((&joined, item), (Type::String, Value::Str(_))) {
            joined = join(&joined, &item.type_of());
        }
    }
    joined
}

/// The smallest type that Julia's collecting finds above two types: `Real` of `Int64` and `Float64`.
pub fn join(a: &Type, b: &Type) -> Type {
    if a == b || *b == Type::Bottom {
        return a.clone();
    }
    if *a == Type::Bottom {
        return b.clone();
    }
    for (nothing, other) in [(a, b), (b, a)] {
        if *nothing == Type::Nothing {
            return Type::Union(Rc::new(vec![Type::Nothing, other.clone()]));
        }
        if let Type::Union(members) = nothing
            && members.contains(other)
        {
            return nothing.clone();
        }
    }
    match (a, b) {
        (Type::Tuple(Some(x)), Type::Tuple(Some(y))) if x.len() == y.len() => {
            Type::Tuple(Some(Rc::new(x.iter().zip(y.iter()).map(|(p, q)| join(p, q)).collect())))
        }
        (Type::Tuple(_), Type::Tuple(_)) => Type::Tuple(None),
        (Type::NamedTuple(_), Type::NamedTuple(_)) => Type::NamedTuple(None),
        (Type::Pair(_), Type::Pair(_)) => Type::Pair(None),
        _ => join_families(a, b),
    }
}

/// Climbs from `a` through its supertypes to the first that `b` lies under. Containers of equal elements keep them.
fn join_families(a: &Type, b: &Type) -> Type {
    let element = match (element_type(a), element_type(b)) {
        (Some(x), Some(y)) if x == y => Some(Rc::new(x)),
        _ => None,
    };
    let family = family_of(a, b);
    match family {
        Type::AbstractVector(_) => Type::AbstractVector(element),
        Type::Array(_) => Type::Array(element),
        Type::AbstractMatrix(_) => Type::AbstractMatrix(element),
        Type::AbstractArray(_) => Type::AbstractArray(element),
        other => other,
    }
}

/// What a container type says of its elements.
fn element_type(container: &Type) -> Option<Type> {
    match container {
        Type::Vector(of)
        | Type::Matrix(of)
        | Type::Array(of)
        | Type::AbstractVector(of)
        | Type::AbstractMatrix(of)
        | Type::AbstractArray(of) => of.as_deref().cloned(),
        Type::UnitRange | Type::StepRange => Some(Type::Int64),
        Type::StepRangeLen => Some(Type::Float64),
        Type::Adjoint(parent) | Type::Transpose(parent) => element_type(parent),
        _ => None,
    }
}

fn family_of(a: &Type, b: &Type) -> Type {
    const FAMILIES: &[Family] = &[
        (Type::Integer, |t| matches!(t, Type::Bool | Type::Int64 | Type::Integer)),
        (Type::AbstractFloat, |t| matches!(t, Type::Float64 | Type::AbstractFloat)),
        (Type::Real, is_real),
        (Type::Complex, |t| matches!(t, Type::ComplexInt | Type::ComplexF64 | Type::Complex)),
        (Type::Number, |t| {
            is_real(t) || matches!(t, Type::ComplexInt | Type::ComplexF64 | Type::Complex | Type::Number)
        }),
        (Type::AbstractRange, is_range),
        (Type::Vector(None), |t| matches!(t, Type::Vector(_))),
        (Type::Matrix(None), |t| matches!(t, Type::Matrix(_))),
        (Type::AbstractVector(None), |t| matches!(t, Type::Vector(_) | Type::AbstractVector(_)) || is_range(t)),
        (Type::Array(None), |t| matches!(t, Type::Vector(_) | Type::Matrix(_) | Type::Array(_))),
        (Type::AbstractMatrix(None), |t| {
            matches!(t, Type::Matrix(_) | Type::AbstractMatrix(_) | Type::Adjoint(_) | Type::Transpose(_))
        }),
        (Type::AbstractArray(None), |t| {
            matches!(
                t,
                Type::Vector(_)
                    | Type::Matrix(_)
                    | Type::Array(_)
                    | Type::AbstractVector(_)
                    | Type::AbstractMatrix(_)
                    | Type::AbstractArray(_)
                    | Type::Adjoint(_)
                    | Type::Transpose(_)
            ) || is_range(t)
        }),
    ];
    FAMILIES.iter().find(|(_, holds)| holds(a) && holds(b)).map_or(Type::Any, |(family, _)| family.clone())
}

/// An abstract type and what lies under it.
type Family = (Type, fn(&Type) -> bool);

fn is_real(t: &Type) -> bool {
    matches!(t, Type::Bool | Type::Int64 | Type::Float64 | Type::Integer | Type::AbstractFloat | Type::Real)
}

fn is_range(t: &Type) -> bool {
    matches!(t, Type::UnitRange | Type::StepRange | Type::StepRangeLen | Type::AbstractRange)
}

/// The values as elements of the given type, each converted; `rows * cols` of them in column-major order.
pub fn elements_of(items: Vec<Value>, rows: usize, cols: usize, eltype: &Type) -> Outcome<Elements> {
    fn all<T: nalgebra::Scalar>(
        items: &[Value],
        rows: usize,
        cols: usize,
        one: impl Fn(&Value) -> Outcome<T>,
    ) -> Outcome<nalgebra::DMatrix<T>> {
        let mut converted = reserve::<T>(items.len())?;
        for (k, item) in items.iter().enumerate() {
            converted.push(one(item).map_err(|fault| at_item(fault, k))?);
        }
        Ok(dense(rows, cols, converted))
    }
    match eltype {
        Type::Bool => all(&items, rows, cols, to_bool).map(Elements::Bool),
        Type::Int64 | Type::Integer => all(&items, rows, cols, to_int).map(Elements::Int),
        Type::Float64 | Type::AbstractFloat => all(&items, rows, cols, to_float).map(Elements::Float),
        Type::ComplexF64 | Type::ComplexInt | Type::Complex => {
            all(&items, rows, cols, to_complex).map(Elements::Complex)
        }
        other => {
            for (k, item) in items.iter().enumerate() {
                check_is_a(item, other).map_err(|fault| at_item(fault, k))?;
            }
            Ok(Elements::Any(dense(rows, cols, items), other.clone()))
        }
    }
}

#[cold]
fn at_item(fault: Fault, k: usize) -> Fault {
    let text = fault.report().map(|r| r.message.clone()).unwrap_or_default();
    fault.label(Part::Argument(k), text)
}

/// The elements in another type; an `InexactError` where one does not fit.
pub fn convert_elements(elements: &Elements, eltype: &Type) -> Outcome<Elements> {
    let (rows, cols) = elements.shape();
    match (elements, eltype) {
        (Elements::Bool(_) | Elements::Int(_), Type::Int64) => {
            Ok(Elements::Int(dense(rows, cols, to_ints(elements)?.into_owned())))
        }
        (Elements::Bool(_) | Elements::Int(_) | Elements::Float(_), Type::Float64) => {
            Ok(Elements::Float(dense(rows, cols, to_floats(elements)?.into_owned())))
        }
        (Elements::Bool(_) | Elements::Int(_) | Elements::Float(_) | Elements::Complex(_), Type::ComplexF64) => {
            Ok(Elements::Complex(dense(rows, cols, to_complexes(elements)?.into_owned())))
        }
        _ => {
            let mut items = reserve(elements.len())?;
            items.extend((0..elements.len()).map(|k| elements.value(k)));
            elements_of(items, rows, cols, eltype)
        }
    }
}

/// Every item of a slice through a function, into memory that was asked for.
fn converted<S, T>(items: &[S], one: impl FnMut(&S) -> T) -> Outcome<Vec<T>> {
    let mut result = reserve(items.len())?;
    result.extend(items.iter().map(one));
    Ok(result)
}

/// The elements as integers, borrowed if they are; for Bools and integers, and values that convert.
pub fn to_ints(elements: &Elements) -> Outcome<Cow<'_, [i64]>> {
    match elements {
        Elements::Int(m) => Ok(Cow::Borrowed(m.as_slice())),
        Elements::Bool(m) => Ok(Cow::Owned(converted(m.as_slice(), |x| i64::from(*x))?)),
        _ => (0..elements.len()).map(|k| to_int(&elements.value(k))).collect::<Outcome<Vec<_>>>().map(Cow::Owned),
    }
}

/// The elements as floats, borrowed if they are.
pub fn to_floats(elements: &Elements) -> Outcome<Cow<'_, [f64]>> {
    match elements {
        Elements::Float(m) => Ok(Cow::Borrowed(m.as_slice())),
        Elements::Int(m) => Ok(Cow::Owned(converted(m.as_slice(), |x| *x as f64)?)),
        Elements::Bool(m) => Ok(Cow::Owned(converted(m.as_slice(), |x| f64::from(u8::from(*x)))?)),
        Elements::Complex(_) | Elements::Any(..) => {
            (0..elements.len()).map(|k| to_float(&elements.value(k))).collect::<Outcome<Vec<_>>>().map(Cow::Owned)
        }
    }
}

/// The elements as complex numbers, borrowed if they are.
pub fn to_complexes(elements: &Elements) -> Outcome<Cow<'_, [Complex64]>> {
    let real = |x: f64| Complex64::new(x, 0.0);
    match elements {
        Elements::Complex(m) => Ok(Cow::Borrowed(m.as_slice())),
        Elements::Float(m) => Ok(Cow::Owned(converted(m.as_slice(), |x| real(*x))?)),
        Elements::Int(m) => Ok(Cow::Owned(converted(m.as_slice(), |x| real(*x as f64))?)),
        Elements::Bool(m) => Ok(Cow::Owned(converted(m.as_slice(), |x| real(f64::from(u8::from(*x))))?)),
        Elements::Any(..) => {
            (0..elements.len()).map(|k| to_complex(&elements.value(k))).collect::<Outcome<Vec<_>>>().map(Cow::Owned)
        }
    }
}

/// The elements as stored numbers: a vector that holds integers and floats side by side is promoted. `None` if one is no
/// number.
pub fn as_numeric(elements: &Elements) -> Outcome<Option<Cow<'_, Elements>>> {
    let Elements::Any(items, _) = elements else { return Ok(Some(Cow::Borrowed(elements))) };
    if items.is_empty() {
        return Ok(None);
    }
    match common_numeric(items.as_slice()) {
        Some(common) => convert_elements(elements, &common.to_type()).map(|e| Some(Cow::Owned(e))),
        None => Ok(None),
    }
}

/// The array that stores the elements of an array or range; `None` for any other value.
pub fn as_array(value: &Value) -> Outcome<Option<Rc<Array>>> {
    match value {
        Value::Array(array) => Ok(Some(array.clone())),
        Value::Range(range) => Ok(Some(Rc::new(range.to_array()?))),
        _ => Ok(None),
    }
}

/// The value in another type, as storing it into an array of that type does; an `InexactError` where it does not fit.
pub fn convert_value(value: &Value, to: &Type) -> Outcome<Value> {
    match to {
        Type::Bool => to_bool(value).map(Value::bool),
        Type::Int64 | Type::Integer => to_int(value).map(Value::Int),
        Type::Float64 | Type::AbstractFloat => to_float(value).map(Value::float),
        Type::ComplexF64 => to_complex(value).map(Value::complex),
        other => check_is_a(value, other).map(|()| value.clone()),
    }
}

/// A value as an integer, if it is a whole number.
pub fn to_int(value: &Value) -> Outcome<i64> {
    match value {
        Value::Int(x) => Ok(*x),
        Value::Bool(x) => Ok(x.get().into()),
        Value::Float(_) | Value::Complex(_) => {
            let x = real_part(value)?;
            let fits = x == x.trunc() && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&x);
            if fits { Ok(x as i64) } else { Err(inexact(value, "Int64")) }
        }
        other => Err(no_conversion(other, "Int64")),
    }
}

/// A value as a float, if it is a real number.
pub fn to_float(value: &Value) -> Outcome<f64> {
    match value {
        Value::Float(x) => Ok(x.get()),
        Value::Int(x) => Ok(*x as f64),
        Value::Bool(x) => Ok(x.get().into()),
        Value::Complex(_) => real_part(value).map_err(|_| inexact(value, "Float64")),
        other => Err(no_conversion(other, "Float64")),
    }
}

/// A value as a complex number, if it is a number.
pub fn to_complex(value: &Value) -> Outcome<Complex64> {
    match value {
        Value::Complex(x) => Ok(x.z),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => Ok(Complex64::new(to_float(value)?, 0.0)),
        other => Err(no_conversion(other, "ComplexF64")),
    }
}

/// A value as a Bool, if it is one, 0 or 1.
pub fn to_bool(value: &Value) -> Outcome<bool> {
    match value {
        Value::Bool(x) => Ok(x.get()),
        Value::Int(0 | 1) => Ok(*value == Value::Int(1)),
        Value::Float(x) if x.get() == 0.0 || x.get() == 1.0 => Ok(x.get() == 1.0),
        Value::Int(_) | Value::Float(_) | Value::Complex(_) => Err(inexact(value, "Bool")),
        other => Err(no_conversion(other, "Bool")),
    }
}

/// The real part of a number without an imaginary part.
fn real_part(value: &Value) -> Outcome<f64> {
    match value {
        Value::Complex(x) if x.z.im == 0.0 => Ok(x.z.re),
        Value::Float(x) => Ok(x.get()),
        other => Err(inexact(other, "Int64")),
    }
}

fn check_is_a(value: &Value, ty: &Type) -> Outcome<()> {
    if *ty == Type::Any || super::types::is_a(value, ty) {
        return Ok(());
    }
    let what = describe(value);
    Err(Fault::method(format!("the array does not hold values like this: {what}")).label(Part::Right, what))
}

#[cold]
fn inexact(value: &Value, to: &str) -> Fault {
    let text = super::display::repr(value);
    let article = if to.to_string().starts_with(['A', 'I']) { "an" } else { "a" };
    let fault = Fault::inexact(format!("{text} is not exactly {article} {to}")).label(Part::Right, text.clone());
    match (to, value) {
        ("Int64", Value::Float(_)) => fault.hint(format!("round(Int, {text}) rounds it")),
        ("Float64" | "Int64", Value::Complex(_)) => fault.hint(format!("real({text}) is its real part")),
        _ => fault,
    }
}

#[cold]
fn no_conversion(value: &Value, to: &str) -> Fault {
    let what = describe(value);
    Fault::method(format!("{what} cannot be stored as {to}")).label(Part::Right, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eltype(items: Vec<Value>, how: fn(Vec<Value>) -> Outcome<Array>) -> Type {
        how(items).expect("values of any types fit").eltype()
    }

    #[test]
    fn literals_promote_and_collecting_joins() {
        let mixed = || vec![Value::Int(1), Value::float(2.5)];
        assert_eq!(eltype(mixed(), literal_vector), Type::Float64);
        assert_eq!(eltype(mixed(), collect), Type::Real);
        assert_eq!(eltype(vec![Value::Int(1), Value::bool(true)], literal_vector), Type::Int64);
        assert_eq!(eltype(vec![Value::Int(1), Value::bool(true)], collect), Type::Integer);
        assert_eq!(eltype(vec![Value::Int(1), Value::Int(2)], collect), Type::Int64);
        assert_eq!(eltype(vec![], collect), Type::Any);
    }

    #[test]
    fn vectors_in_literals_are_promoted() {
        let vectors = vec![Value::vector(vec![1_i64, 2]), Value::vector(vec![0.5])];
        let array = literal_vector(vectors).expect("vectors of numbers");
        assert_eq!(array.eltype(), Type::Vector(Some(Rc::new(Type::Float64))));
        assert_eq!(array.value(0), Value::vector(vec![1.0, 2.0]));
    }

    #[test]
    fn types_join_upwards() {
        assert_eq!(join(&Type::Int64, &Type::ComplexF64), Type::Number);
        assert_eq!(join(&Type::Int64, &Type::String), Type::Any);
        assert_eq!(join(&Type::Int64, &Type::Nothing), Type::Union(Rc::new(vec![Type::Nothing, Type::Int64])));
        let (ints, floats) = (Type::Vector(Some(Rc::new(Type::Int64))), Type::Vector(Some(Rc::new(Type::Float64))));
        assert_eq!(join(&Type::UnitRange, &ints), Type::AbstractVector(Some(Rc::new(Type::Int64))));
        assert_eq!(join(&floats, &ints), Type::Vector(None));
    }

    #[test]
    fn conversion_is_exact() {
        assert_eq!(to_int(&Value::float(3.0)), Ok(3));
        let floats = Elements::Float(dense(2, 1, vec![1.0, 2.0]));
        assert_eq!(convert_elements(&floats, &Type::Int64), Ok(Elements::Int(dense(2, 1, vec![1, 2]))));
    }
}
