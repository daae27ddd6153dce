//! Exact texts of Julia's prompt, `print` and `repr`; the answers are real Julia's.

use super::literal::literal;
use super::*;
use crate::fault::ErrorKind;
use crate::value::{Array, Complex64, Digits, ErrorValue, Function, FunctionKind, Lazy, Type};
use std::rc::Rc;

fn screen(rows: usize, cols: usize) -> Screen {
    Screen { rows, cols, style: Style::Julia, digits: Digits::Usual }
}

fn shown(value: &Value) -> String {
    display_text(value, screen(24, 80))
}

/// A matrix of `f(row, column)`, both from 1.
fn table<T: crate::value::Element>(rows: usize, cols: usize, f: impl Fn(usize, usize) -> T) -> Value {
    let items = (1..=cols).flat_map(|j| (1..=rows).map(move |i| (i, j))).map(|(i, j)| f(i, j)).collect();
    Value::matrix(rows, cols, items)
}

#[test]
fn one_line_forms_read_back() {
    let lines = [
        "1",
        "-0.0",
        "1.0e10",
        "true",
        "nothing",
        "1 + 2im",
        "1.5 - 2.5im",
        "NaN + 0.0im",
        "im",
        "\"a\\\"b\\n\"",
        "[1, 2, 3]",
        "[1.0, 2.5]",
        "Bool[1, 0]",
        "Bool[0; 1; 1;;]",
        "Bool[1 0; 0 1]",
        "[1 2 3; 4 5 6]",
        "[1 2 3]",
        "[2.0; 2.6; -0.25;;]",
        "[\"a\", \"b\"]",
        "[\"a\" \"b\"; \"c\" \"d\"]",
        "Any[1, \"a\"]",
        "Any[]",
        "Int64[]",
        "String[]",
        "Vector{Int64}[]",
        "Matrix{Float64}(undef, 0, 3)",
        "Matrix{ComplexF64}(undef, 0, 2)",
        "Real[1, 2.5]",
        "ComplexF64[-1.0 + 2.0im, -1.0 + 4.0im]",
        "Complex{Int64}[0 + 10im 4 + 8im; 0 + 15im 6 + 12im]",
        "[[1, 2], [3]]",
        "[[1, 2], Int64[]]",
        "[[1 2; 3 4], [5 6]]",
        "Any[1, [2, 3], Bool[1, 0], true]",
        "Any[(1, 2) 3]",
        "[(1, \"a\"), (2, \"b\")]",
        "Tuple{Int64, Bool}[(1, 1)]",
        "CartesianIndex{2}[CartesianIndex(1, 1)]",
        "UnitRange{Int64}[1:2]",
        "(1, 2)",
        "(1,)",
        "()",
        "(true, Bool[1])",
        "(a = 1, b = 2.5)",
        "(a = 1,)",
        "1 => \"a\"",
        "[1 => 2, 3 => 4]",
        "1:5",
        "1:2:9",
        "10:-1:1",
        "CartesianIndex(2, 1)",
        "Vector{Int64}",
        "DimensionMismatch(\"sizes differ\")",
    ];
    for line in lines {
        assert_eq!(repr(&literal(line)), line);
    }
    assert_eq!(repr(&literal("5:1")), "5:4");
    assert_eq!(repr(&literal("[1, 2, 3]'")), "[1 2 3]");
    assert_eq!(repr(&literal("Any[1:3, 5:2:1]")), "Any[1:3, 5:2:4]");
}

#[test]
fn printing_leaves_quotes_away_only_outside() {
    assert_eq!(print_text(&literal("\"a\\nb\"")), "a\nb");
    assert_eq!(print_text(&literal("[\"a\"]")), "[\"a\"]");
    assert_eq!(print_text(&literal("1.0e6")), "1.0e6");
    assert_eq!(print_text(&literal("BoundsError(\"row 3 of 2\")")), "BoundsError: row 3 of 2");
}

#[test]
fn scalars_and_containers_at_the_prompt() {
    let cases = [
        ("1", "1"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("im", "im"),
        ("0.0 + 0.1im", "0.0 + 0.1im"),
        ("\"text\"", "\"text\""),
        ("(\"x\", nothing)", "(\"x\", nothing)"),
        ("1:2:9", "1:2:9"),
        ("([1, 10, 3], 14)", "([1, 10, 3], 14)"),
        ("String", "String"),
        ("Vector{Int64}", "Vector{Int64} (alias for Array{Int64, 1})"),
        ("ComplexF64", "ComplexF64 (alias for Complex{Float64})"),
        ("Int64[]", "Int64[]"),
        ("Any[]", "Any[]"),
        ("Matrix{Float64}(undef, 0, 3)", "0×3 Matrix{Float64}"),
    ];
    for (value, text) in cases {
        assert_eq!(shown(&literal(value)), text);
    }
    assert_eq!(shown(&Value::Scaling(Rc::new(Value::bool(true)))), "UniformScaling{Bool}\ntrue*I");
    assert_eq!(shown(&Value::Scaling(Rc::new(Value::Int(2)))), "UniformScaling{Int64}\n2*I");
    assert_eq!(shown(&Value::Scaling(Rc::new(literal("1 + 2im")))), "UniformScaling{Complex{Int64}}\n(1 + 2im)*I");
    assert_eq!(repr(&Value::Scaling(Rc::new(Value::bool(true)))), "UniformScaling{Bool}(true)");
}

#[test]
fn arrays_at_the_prompt() {
    let cases = [
        ("[1.5, 2.25, 3.125]", "3-element Vector{Float64}:\n 1.5\n 2.25\n 3.125"),
        ("[10, 2, 300]", "3-element Vector{Int64}:\n  10\n   2\n 300"),
        ("[-1.5, 2.0, 30.0]", "3-element Vector{Float64}:\n -1.5\n  2.0\n 30.0"),
        ("[\"a\", \"bb\"]", "2-element Vector{String}:\n \"a\"\n \"bb\""),
        ("[10 2; 3 400]", "2×2 Matrix{Int64}:\n 10    2\n  3  400"),
        ("[1.0 10.5; 100.25 1000.125]", "2×2 Matrix{Float64}:\n   1.0     10.5\n 100.25  1000.12"),
        ("[123456.789 1.0; 0.001 22.5]", "2×2 Matrix{Float64}:\n 1.23457e5   1.0\n 0.001      22.5"),
        (
            "[1.5 + 2.0im 3.0 + 0.0im; 4.0 + 0.0im 0.0 - 5.0im]",
            "2×2 Matrix{ComplexF64}:\n 1.5+2.0im  3.0+0.0im\n 4.0+0.0im  0.0-5.0im",
        ),
        ("[1, 2, 3]'", "1×3 adjoint(::Vector{Int64}) with eltype Int64:\n 1  2  3"),
        ("[1 2 3]'", "3×1 adjoint(::Matrix{Int64}) with eltype Int64:\n 1\n 2\n 3"),
        ("[[1 2; 3 4], [5 6; 7 8]]", "2-element Vector{Matrix{Int64}}:\n [1 2; 3 4]\n [5 6; 7 8]"),
        ("Any[1, 2.5, \"a\"]", "3-element Vector{Any}:\n 1\n 2.5\n  \"a\""),
        ("[1.0, 1.0e6]", "2-element Vector{Float64}:\n 1.0\n 1.0e6"),
        ("[0.30000000000000004, 1.0]", "2-element Vector{Float64}:\n 0.30000000000000004\n 1.0"),
        ("[0.30000000000000004 1.0]", "1×2 Matrix{Float64}:\n 0.3  1.0"),
        ("[1.5, Inf, NaN, -Inf]", "4-element Vector{Float64}:\n   1.5\n  Inf\n NaN\n -Inf"),
        ("Bool[1 0; 0 1]", "2×2 Matrix{Bool}:\n 1  0\n 0  1"),
        ("Any[true, 1]", "2-element Vector{Any}:\n true\n    1"),
        ("[1 => 2, 100 => 3]", "2-element Vector{Pair{Int64, Int64}}:\n   1 => 2\n 100 => 3"),
        ("[CartesianIndex(2, 1)]", "1-element Vector{CartesianIndex{2}}:\n CartesianIndex(2, 1)"),
        (
            "[(1, 2.5), (3, 0.3333333333333333)]",
            "2-element Vector{Tuple{Int64, Float64}}:\n (1, 2.5)\n (3, 0.3333333333333333)",
        ),
        ("[\"日本\" \"a\"; \"b\" \"ccc\"]", "2×2 Matrix{String}:\n \"日本\"  \"a\"\n \"b\"     \"ccc\""),
        (
            "Any[1 2.5 \"a\"; 0.3333333333333333 [1.5] 1 => 2.5]",
            "2×3 Matrix{Any}:\n 1         2.5       \"a\"\n 0.333333   [1.5]  1=>2.5",
        ),
        ("Any[Int64[], Matrix{Float64}(undef, 0, 3)]", "2-element Vector{Any}:\n Int64[]\n 0×3 Matrix{Float64}"),
    ];
    for (value, text) in cases {
        assert_eq!(shown(&literal(value)), text, "{value}");
    }
}

#[test]
fn large_arrays_are_cut_to_the_screen() {
    let squares = Value::vector((1..=50).map(|i| i * i).collect::<Vec<i64>>());
    let product = table(50, 50, |i, j| (i * j) as i64);
    let narrow = table(50, 2, |i, j| (i * j) as i64);
    let cases = [
        (&squares, 12, 80, "50-element Vector{Int64}:\n    1\n    4\n    9\n   16\n    ⋮\n 2304\n 2401\n 2500"),
        (
            &product,
            14,
            60,
            "50×50 Matrix{Int64}:
  1    2    3    4    5    6  …    47    48    49    50
  2    4    6    8   10   12       94    96    98   100
  3    6    9   12   15   18      141   144   147   150
  4    8   12   16   20   24      188   192   196   200
  5   10   15   20   25   30      235   240   245   250
  ⋮                        ⋮  ⋱                    \n 47   94  141  188  235  282     2209  2256  2303  2350
 48   96  144  192  240  288     2256  2304  2352  2400
 49   98  147  196  245  294     2303  2352  2401  2450
 50  100  150  200  250  300     2350  2400  2450  2500",
        ),
        (
            &table(3, 30, |i, j| i as f64 / j as f64),
            24,
            50,
            "3×30 Matrix{Float64}:
 1.0  0.5  0.333333  …  0.0344828  0.0333333
 2.0  1.0  0.666667     0.0689655  0.0666667
 3.0  1.5  1.0          0.103448   0.1",
        ),
        (
            &table(30, 3, |i, j| i as f64 / j as f64),
            10,
            80,
            "30×3 Matrix{Float64}:
  1.0   0.5   0.333333
  2.0   1.0   0.666667
  3.0   1.5   1.0
  ⋮          \n 29.0  14.5   9.66667
 30.0  15.0  10.0",
        ),
        (
            &table(2, 10, |i, j| Complex64::new(i as f64 / j as f64, -(j as f64))),
            24,
            80,
            "2×10 Matrix{ComplexF64}:
 1.0-1.0im  0.5-2.0im  0.333333-3.0im  …  0.111111-9.0im  0.1-10.0im
 2.0-1.0im  1.0-2.0im  0.666667-3.0im     0.222222-9.0im  0.2-10.0im",
        ),
        (&narrow, 6, 80, "50×2 Matrix{Int64}:\n 1  2\n ⋮  "),
        (&narrow, 5, 80, "50×2 Matrix{Int64}:\n ⋮      ⋱  "),
        (&narrow, 4, 80, "50×2 Matrix{Int64}: …"),
        (&narrow, 0, 0, "50×2 Matrix{Int64}: …"),
    ];
    for (value, rows, cols, text) in cases {
        assert_eq!(display_text(value, screen(rows, cols)), text);
    }
    let all = display_text(&squares, screen(usize::MAX, usize::MAX));
    assert_eq!(all.lines().count(), 51);
    assert!(display_text(&product, screen(24, 1)).starts_with("50×50"));
}

#[test]
fn long_values_inside_others_are_cut() {
    let long = Value::vector((1..=30).collect::<Vec<i64>>());
    let square = table(6, 6, |i, j| (i * j) as i64);
    let both = Value::array(Array::vector_of(vec![long.clone(), square], Type::Any));
    let text = "2-element Vector{Any}:
 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10  …  21, 22, 23, 24, 25, 26, 27, 28, 29, 30]
 [1 2 … 5 6; 2 4 … 10 12; … ; 5 10 … 25 30; 6 12 … 30 36]";
    assert_eq!(shown(&both), text);
    let tuple = Value::tuple(vec![long.clone(), Value::str("a")]);
    assert_eq!(shown(&tuple), "([1, 2, 3, 4, 5, 6, 7, 8, 9, 10  …  21, 22, 23, 24, 25, 26, 27, 28, 29, 30], \"a\")");
    assert_eq!(repr(&long).len(), 111);
}

#[test]
fn arrays_that_contain_themselves_end() {
    let array = Rc::new(Array::vector_of(vec![Value::Int(1), Value::Nothing], Type::Any));
    if let crate::value::Elements::Any(m, _) = &mut *array.elements_mut() {
        m[1] = Value::Array(array.clone());
    }
    let value = Value::Array(array.clone());
    assert_eq!(repr(&value), "Any[1, #= circular reference @-1 =#]");
    for style in [Style::Julia, Style::Matlab, Style::NumPy, Style::Torch] {
        assert!(!display_text(&value, Screen { rows: 24, cols: 80, style, digits: Digits::Usual }).is_empty());
    }
    if let crate::value::Elements::Any(m, _) = &mut *array.elements_mut() {
        m[1] = Value::Nothing;
    }
    let deep = (0..5000).fold(Value::Int(1), |inner, _| Value::tuple(vec![inner]));
    assert!(repr(&deep).contains('…'));
}

#[test]
fn functions_errors_and_iterators() {
    let function = |name: &str, kind| Value::Function(Rc::new(Function { name: Rc::from(name), kind }));
    let sin = function("sin", FunctionKind::User(Box::new(())));
    assert_eq!(shown(&sin), "sin (generic function with 1 method)");
    assert_eq!(repr(&sin), "sin");
    assert_eq!(repr(&function("∘", FunctionKind::Composed(sin.clone(), sin.clone()))), "sin ∘ sin");
    assert_eq!(repr(&function("==", FunctionKind::Partial(sin.clone(), Value::Int(2)))), "sin(2)");
    let list = Value::array(Array::vector_of(vec![sin.clone()], Type::Function));
    assert_eq!(shown(&list), "1-element Vector{Function}:\n sin (generic function with 1 method)");
    let error = ErrorValue { kind: ErrorKind::ErrorException, message: "no \"x\"".to_owned(), fields: Vec::new() };
    assert_eq!(shown(&Value::Error(Rc::new(error))), "ErrorException(\"no \\\"x\\\"\")");
    let lazy = |lazy| repr(&Value::Iterator(Rc::new(lazy)));
    assert_eq!(lazy(Lazy::Enumerate(literal("[1, 2]"))), "enumerate([1, 2])");
    assert_eq!(lazy(Lazy::Zip(vec![literal("1:2"), literal("[3]")])), "zip(1:2, [3])");
    assert_eq!(lazy(Lazy::Take(literal("1:9"), 2)), "Iterators.take(1:9, 2)");
}

#[test]
fn descriptions_name_size_or_type() {
    let cases = [
        ("[1 2 3; 4 5 6]", "2×3"),
        ("[1, 2, 3]", "3-vector"),
        ("[1, 2, 3]'", "1×3"),
        ("1:4", "4-vector"),
        ("1", "Int64"),
        ("\"a\"", "String"),
        ("1.0 + 2.0im", "ComplexF64"),
        ("(1, 2)", "a tuple of 2"),
        ("(a = 1,)", "a named tuple"),
        ("nothing", "nothing"),
        ("Int64", "the type Int64"),
    ];
    for (value, text) in cases {
        assert_eq!(describe(&literal(value)), text);
    }
}

#[test]
fn numpy_arrays() {
    let numpy =
        |value: &Value| display_text(value, Screen { rows: 24, cols: 80, style: Style::NumPy, digits: Digits::Usual });
    let cases = [
        ("[2 4 6; 8 10 12]", "array([[ 2,  4,  6],\n       [ 8, 10, 12]])"),
        ("[1.0, 2.5]", "array([1. , 2.5])"),
        ("Bool[1, 0]", "array([ True, False])"),
        ("[1.0 + 2.0im, 3.5 + 0.0im]", "array([1. +2.j, 3.5+0.j])"),
        ("Complex{Int64}[1 + 2im]", "array([1.+2.j])"),
        ("[0.001, 0.01, 1000.0]", "array([1.e-03, 1.e-02, 1.e+03])"),
        (
            "[Inf -546755785.5061384; -0.0 Inf]",
            "array([[            inf, -5.46755786e+08],\n       [-0.00000000e+00,             inf]])",
        ),
        ("[0.3333333333333333, -2.0]", "array([ 0.33333333, -2.        ])"),
        ("[NaN, 1.0]", "array([nan,  1.])"),
        ("[\"a\", \"bb\"]", "array(['a', 'bb'], dtype='<U2')"),
        ("Any[1, 2.5, \"a\", nothing]", "array([1, 2.5, 'a', None], dtype=object)"),
        ("Float64[]", "array([], dtype=float64)"),
        ("Matrix{Int64}(undef, 0, 3)", "array([], shape=(0, 3), dtype=int64)"),
        ("[1, 2, 3]'", "array([[1, 2, 3]])"),
        ("5", "5"),
        ("true", "True"),
    ];
    for (value, text) in cases {
        assert_eq!(numpy(&literal(value)), text, "{value}");
    }
    let long = Value::vector((0..2000).collect::<Vec<i64>>());
    assert_eq!(numpy(&long), "array([   0,    1,    2, ..., 1997, 1998, 1999], shape=(2000,))");
    let zeros = numpy(&table(40, 40, |_, _| 0.0));
    let row = "[0., 0., 0., ..., 0., 0., 0.]";
    let pad = " ".repeat(7);
    let rows = [row, row, row, "...", row, row, row].join(&format!(",\n{pad}"));
    assert_eq!(zeros, format!("array([{rows}], shape=(40, 40))"));
    let truths = numpy(&Value::vector(vec![true; 10]));
    let nine = [" True"; 9].join(", ");
    assert_eq!(truths, format!("array([{nine},\n{pad} True])"));
}

/// What `format` gives in Julia's style and in MATLAB's.
#[test]
fn digits_that_the_user_wants() {
    let shown = |text: &str, style, digits| display_text(&literal(text), Screen { rows: 24, cols: 80, style, digits });
    let julia = |text: &str, digits| shown(text, Style::Julia, digits);
    assert_eq!(julia("3.141592653589793", Digits::Short), "3.1416");
    assert_eq!(julia("123456.789", Digits::Short), "1.2346e5");
    assert_eq!(julia("[0.3333333333333333 2.0]", Digits::Long), "1×2 Matrix{Float64}:\n 0.3333333333333333  2.0");
    assert_eq!(julia("[0.3333333333333333 20.0]", Digits::Rational), "1×2 Matrix{Float64}:\n 1/3  20");
    assert_eq!(julia("[0.5, 7.25]", Digits::Significant(2)), "2-element Vector{Float64}:\n 0.5\n 7.2");
    assert_eq!(julia("(1, 0.1234567)", Digits::Significant(3)), "(1, 0.123)");
    assert_eq!(julia("[1, 2]", Digits::Rational), "2-element Vector{Int64}:\n 1\n 2");
    let matlab = |text: &str, digits| shown(text, Style::Matlab, digits);
    assert_eq!(matlab("3.141592653589793", Digits::Short), "    3.1416");
    assert_eq!(matlab("3.141592653589793", Digits::Long), "   3.141592653589793");
    assert_eq!(
        matlab("[0.3333333333333333 0.6666666666666666]", Digits::Long),
        "   0.333333333333333   0.666666666666667"
    );
    assert_eq!(matlab("[0.5 0.25]", Digits::Rational), "       1/2       1/4");
    assert_eq!(matlab("0.5", Digits::Rational), "       1/2");
}
