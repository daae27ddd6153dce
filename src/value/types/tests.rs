//! Texts of types, and how types relate, as Julia has them.

use super::*;

fn ty(name: &str) -> Type {
    Type::from_name(name).expect("a type's name")
}

fn of(name: &str, parameters: &[Type]) -> Type {
    ty(name).with_parameters(parameters).expect("a type with these parameters")
}

#[test]
fn types_of_values_have_julias_text() {
    let cases = [
        (Value::Int(1), "Int64"),
        (Value::float(1.0), "Float64"),
        (Value::bool(true), "Bool"),
        (Value::complex_int(Default::default()), "Complex{Int64}"),
        (Value::complex(Default::default()), "ComplexF64"),
        (Value::str("a"), "String"),
        (Value::Nothing, "Nothing"),
        (Value::vector(vec![1]), "Vector{Int64}"),
        (Value::matrix(1, 1, vec![1.0]), "Matrix{Float64}"),
        (Value::array(Array::vector_of(vec![], of("Vector", &[Type::Int64]))), "Vector{Vector{Int64}}"),
        (Value::Range(Rc::new(Range::unit(1, 3))), "UnitRange{Int64}"),
        (Value::Range(Rc::new(Range::Int { start: 1, step: 2, len: 3, unit: false })), "StepRange{Int64, Int64}"),
        (Value::tuple(vec![Value::Int(1), Value::float(2.0)]), "Tuple{Int64, Float64}"),
        (Value::tuple(vec![]), "Tuple{}"),
        (
            Value::named_tuple(vec![("a", Value::Int(1)), ("b", Value::Int(2))]),
            "NamedTuple{(:a, :b), Tuple{Int64, Int64}}",
        ),
        (Value::named_tuple(vec![("a", Value::Int(1))]), "NamedTuple{(:a,), Tuple{Int64}}"),
        (Value::Pair(Rc::new((Value::Int(1), Value::str("a")))), "Pair{Int64, String}"),
        (Value::CartesianIndex(Rc::new([1, 2])), "CartesianIndex{2}"),
        (Value::type_of_name(Type::Int64), "DataType"),
    ];
    for (value, text) in cases {
        assert_eq!(value.type_of().to_string(), text);
    }
    assert_eq!(
        Type::StepRangeLen.to_string(),
        "StepRangeLen{Float64, Base.TwicePrecision{Float64}, Base.TwicePrecision{Float64}, Int64}"
    );
    assert_eq!(Type::TypeOf(Rc::from("sin")).to_string(), "typeof(sin)");
    let row = Array::new(Form::AdjointVector, Value::matrix(1, 1, vec![1]).as_elements());
    assert_eq!(row.type_of().to_string(), "Adjoint{Int64, Vector{Int64}}");
    assert_eq!(of("Union", &[Type::Int64, Type::Float64]).to_string(), "Union{Int64, Float64}");
    assert_eq!(of("Union", &[]).to_string(), "Union{}");
    assert_eq!(of("Union", &[Type::Int64, Type::Real]), Type::Real);
}

impl Value {
    fn as_elements(&self) -> crate::value::Elements {
        let Value::Array(array) = self else { panic!("no array") };
        array.elements().clone()
    }
}

#[test]
fn every_name_names_a_type() {
    for name in Type::names() {
        let found = ty(&name);
        assert!(found.is_subtype(&Type::Any));
    }
    assert_eq!(ty("Int"), Type::Int64);
    assert_eq!(ty("DimensionMismatch"), Type::Error(ErrorKind::DimensionMismatch));
    assert_eq!(Type::from_name("Foo"), None);
    assert_eq!(ty("Vector").to_string(), "Vector");
    assert_eq!(ty("Union").to_string(), "Union");
}

#[test]
fn parameters() {
    assert_eq!(of("Complex", &[Type::Float64]), Type::ComplexF64);
    assert_eq!(of("Tuple", &[Type::Int64, Type::String]).to_string(), "Tuple{Int64, String}");
    assert_eq!(of("Matrix", &[Type::Bool]).long_form().as_deref(), Some("Array{Bool, 2}"));
    assert_eq!(ty("AbstractVector").long_form().as_deref(), Some("AbstractArray{T, 1} where T"));
    assert_eq!(ty("Float64").with_parameters(&[Type::Int64]), None);
    assert_eq!(ty("Vector").with_parameters(&[Type::Int64, Type::Int64]), None);
}

#[test]
fn subtypes() {
    let vector = of("Vector", &[Type::Int64]);
    let yes = [
        (Type::Int64, Type::Integer),
        (Type::Bool, Type::Integer),
        (Type::Bool, Type::Number),
        (Type::Float64, Type::AbstractFloat),
        (Type::Integer, Type::Real),
        (Type::ComplexF64, Type::Complex),
        (Type::ComplexInt, Type::Number),
        (vector.clone(), ty("Vector")),
        (vector.clone(), ty("Array")),
        (vector.clone(), of("AbstractVector", &[Type::Int64])),
        (vector.clone(), ty("AbstractArray")),
        (Type::UnitRange, of("AbstractVector", &[Type::Int64])),
        (Type::StepRangeLen, ty("AbstractRange")),
        (of("Tuple", &[Type::Int64]), of("Tuple", &[Type::Real])),
        (Type::Bottom, Type::Int64),
        (Type::Int64, of("Union", &[Type::Int64, Type::String])),
        (Type::TypeOf(Rc::from("sin")), Type::Function),
        (Type::Error(ErrorKind::DomainError), Type::Exception),
        (Type::DataType, Type::Type),
    ];
    for (narrow, wide) in yes {
        assert!(narrow.is_subtype(&wide), "{narrow} <: {wide}");
        assert!(narrow == Type::Bottom || !wide.is_subtype(&narrow), "{wide} <: {narrow}");
    }
    let no = [
        (vector.clone(), of("Vector", &[Type::Real])),
        (vector.clone(), of("AbstractVector", &[Type::Float64])),
        (vector.clone(), ty("Matrix")),
        (Type::Adjoint(Rc::new(vector.clone())), ty("Matrix")),
        (Type::ComplexF64, Type::Real),
        (Type::Int64, Type::Float64),
        (of("Union", &[Type::Int64, Type::String]), Type::Int64),
        (of("Pair", &[Type::Int64, Type::Int64]), of("Pair", &[Type::Real, Type::Real])),
    ];
    for (a, b) in no {
        assert!(!a.is_subtype(&b), "{a} <: {b}");
    }
    assert!(is_a(&Value::Int(1), &Type::Number));
    assert!(!is_a(&Value::Nothing, &Type::Number));
}

#[test]
fn joined_types() {
    let vector = |ty: Type| of("Vector", &[ty]);
    let cases = [
        (Type::Int64, Type::Int64, "Int64"),
        (Type::Int64, Type::Float64, "Real"),
        (Type::Bool, Type::Int64, "Integer"),
        (Type::Int64, Type::ComplexF64, "Number"),
        (Type::Int64, Type::String, "Any"),
        (Type::Nothing, Type::Int64, "Union{Nothing, Int64}"),
        (of("Union", &[Type::Nothing, Type::Int64]), Type::Float64, "Union{Nothing, Real}"),
        (of("Union", &[Type::Nothing, Type::Int64]), Type::String, "Any"),
        (vector(Type::Int64), vector(Type::Float64), "Vector"),
        (vector(Type::Int64), of("Matrix", &[Type::Int64]), "Array{Int64}"),
        (vector(Type::Int64), of("Matrix", &[Type::Float64]), "Array"),
        (Type::UnitRange, vector(Type::Int64), "AbstractVector{Int64}"),
        (vector(Type::Float64), Type::UnitRange, "AbstractVector"),
        (Type::UnitRange, Type::StepRangeLen, "AbstractRange"),
        (Type::Adjoint(Rc::new(vector(Type::Int64))), of("Matrix", &[Type::Int64]), "AbstractMatrix{Int64}"),
        (of("Tuple", &[Type::Int64, Type::Int64]), of("Tuple", &[Type::Int64, Type::Float64]), "Tuple{Int64, Real}"),
        (of("Tuple", &[Type::Int64]), of("Tuple", &[]), "Tuple"),
        (Type::TypeOf(Rc::from("sin")), Type::TypeOf(Rc::from("cos")), "Function"),
        (Type::Error(ErrorKind::DomainError), Type::Error(ErrorKind::KeyError), "Exception"),
        (Type::Bottom, Type::Int64, "Int64"),
    ];
    for (a, b, text) in cases {
        assert_eq!(type_join(&a, &b).to_string(), text, "{a} with {b}");
        assert_eq!(type_join(&b, &a), type_join(&a, &b), "{b} with {a}");
    }
}

#[test]
fn promoted_numbers() {
    assert_eq!(promote(&Type::Bool, &Type::Bool), Some(Type::Bool));
    assert_eq!(promote(&Type::Bool, &Type::Int64), Some(Type::Int64));
    assert_eq!(promote(&Type::Int64, &Type::Float64), Some(Type::Float64));
    assert_eq!(promote(&Type::Int64, &Type::ComplexInt), Some(Type::ComplexInt));
    assert_eq!(promote(&Type::Float64, &Type::ComplexInt), Some(Type::ComplexF64));
    assert_eq!(promote(&Type::Int64, &Type::String), None);
}
