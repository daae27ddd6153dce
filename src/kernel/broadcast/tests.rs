//! Programs against the scalar operators, element by element, and what surrounds them: shapes, ranges, destinations.

use super::*;
use crate::maths;
use crate::op::{BinaryOp, MathKernel};
use crate::value::function::{Builtin, CallsOnly, Function, FunctionKind, OnFloat, Run, Scalar};
use crate::value::{Range, scalar};

/// Calls builtins of one float, and `half`, which keeps even integers integers.
const HOST: CallsOnly = CallsOnly(call_value);

fn call_value(function: &Value, args: &[Value]) -> Outcome<Value> {
    let Value::Function(function) = function else { return Err(Fault::method("no function")) };
    match (&function.kind, args) {
        (FunctionKind::Builtin(Builtin { run: Run::Scalar(scalar), .. }), [x]) => {
            let x = match x {
                Value::Int(x) => *x as f64,
                Value::Float(x) => x.get(),
                _ => return Err(Fault::method("no number")),
            };
            if scalar.domain.as_ref().is_some_and(|domain| !(domain.allows)(x)) {
                return Err(Fault::domain("outside").label(Part::Argument(0), x.to_string()));
            }
            match scalar.float {
                OnFloat::ToFloat(f) => Ok(Value::float(f(x))),
                OnFloat::ToBool(f) => Ok(Value::bool(f(x))),
                OnFloat::No => Err(Fault::method("no floats")),
            }
        }
        (FunctionKind::User(_), [Value::Int(x)]) if x % 2 == 0 => Ok(Value::Int(x / 2)),
        (FunctionKind::User(_), [Value::Int(x)]) => Ok(Value::float(*x as f64 / 2.0)),
        _ => Err(Fault::method("not a call of these tests")),
    }
}

static SQRT: Builtin = Builtin {
    sig: "sqrt(x)",
    doc: "",
    more: "",
    run: Run::Scalar(&Scalar::real(f64::sqrt).domain(|x| x.is_nan() || x >= 0.0, "").kernel(MathKernel::Sqrt)),
    examples: &[],
};

static EXP: Builtin = Builtin {
    sig: "exp(x)",
    doc: "",
    more: "",
    run: Run::Scalar(&Scalar::real(maths::exp).kernel(MathKernel::Exp)),
    examples: &[],
};

fn builtin(builtin: &'static Builtin) -> Value {
    Value::Function(Rc::new(Function::builtin(builtin)))
}

fn half() -> Value {
    Value::Function(Rc::new(Function { name: Rc::from("half"), kind: FunctionKind::User(Box::new(())) }))
}

fn leaf(k: usize) -> Dotted {
    Dotted::Leaf(k)
}

fn binary(op: BinaryOp, a: Dotted, b: Dotted) -> Dotted {
    Dotted::Binary(op, Box::new(a), Box::new(b))
}

fn call(function: usize, args: Vec<Dotted>) -> Dotted {
    Dotted::Call { function, args, keyword: Vec::new() }
}

fn int(x: i64) -> Dotted {
    Dotted::Constant(Value::Int(x))
}

fn run(tree: &Dotted, leaves: &[Value]) -> Outcome<Value> {
    broadcast(tree, leaves, &HOST)
}

fn range(start: i64, stop: i64) -> Value {
    Value::Range(Rc::new(Range::unit(start, stop)))
}

/// Text that tells -0.0 from 0.0 and takes NaN as equal to itself.
fn text(value: &Value) -> String {
    format!("{value:?}")
}

/// Elements that succeed with every operator of the test, by type.
fn operand(real: CellType, count: usize, shift: usize) -> Vec<Value> {
    const FLOATS: [f64; 9] = [0.5, -0.0, 1.0, 2.0, f64::NAN, f64::INFINITY, 3.75, 1e300, 9007199254740993.0];
    const INTS: [i64; 6] = [1, 2, 3, 7, 9, 5];
    (0..count)
        .map(|k| match real {
            CellType::Bool => Value::bool((k + shift) % 3 == 1),
            CellType::Int => Value::Int(INTS[(k + shift) % INTS.len()]),
            CellType::Float => Value::float(FLOATS[(k + shift) % FLOATS.len()]),
            CellType::Complex => Value::complex(Complex64::new(FLOATS[k % FLOATS.len()], FLOATS[shift % FLOATS.len()])),
        })
        .collect()
}

fn array(rows: usize, cols: usize, items: &[Value]) -> Value {
    let mut builder = crate::kernel::builder::ArrayBuilder::new(items.len());
    items.iter().for_each(|item| builder.push(item.clone()).expect("fits"));
    Value::array(builder.finish(rows, cols, Form::Matrix).expect("as many elements"))
}

#[test]
fn every_operator_agrees_with_the_scalar_one() {
    use BinaryOp::{IntDiv, Rem};
    let reals = [CellType::Bool, CellType::Int, CellType::Float];
    for (_, op) in BinaryOp::SPELLINGS.iter().copied() {
        for (x, y) in reals.into_iter().flat_map(|x| reals.map(|y| (x, y))) {
            for (rows, cols) in [(1, 1), (3, 1), (255, 1), (256, 1), (257, 1), (20, 30)] {
                // Whole with whole, with a row, with a column, with a scalar; divisors are never zero.
                for (b_rows, b_cols) in [(rows, cols), (1, cols), (rows, 1), (1, 1)] {
                    let a = operand(x, rows * cols, 0);
                    let b = match (op, y) {
                        (IntDiv | Rem, CellType::Bool) => vec![Value::bool(true); b_rows * b_cols],
                        _ => operand(y, b_rows * b_cols, 1),
                    };
                    let at = |k: usize| {
                        let (row, col) = (k % rows, k / rows);
                        (if b_rows == 1 { 0 } else { row }) + b_rows * (if b_cols == 1 { 0 } else { col })
                    };
                    let expected: Outcome<Vec<Value>> =
                        (0..rows * cols).map(|k| scalar::binary(op, &a[k], &b[at(k)])).collect();
                    let Ok(expected) = expected else { continue };
                    let leaves = [array(rows, cols, &a), array(b_rows, b_cols, &b)];
                    let result = run(&binary(op, leaf(0), leaf(1)), &leaves);
                    let expected = text(&array(rows, cols, &expected));
                    assert_eq!(result.map(|r| text(&r)), Ok(expected), "{op:?} of {x:?} and {y:?}, {rows}×{cols}");
                }
            }
        }
    }
}

#[test]
fn operators_on_complex_numbers_agree_with_the_scalar_ones() {
    use BinaryOp::*;
    let z = |re: f64, im: f64| Value::complex(Complex64::new(re, im));
    let parts = [0.0, -0.0, 1.5, -2.0, f64::NAN, f64::INFINITY, 1e300];
    let complexes: Vec<Value> = parts.iter().flat_map(|re| parts.map(|im| z(*re, im))).collect();
    let others = [
        z(0.5, -2.0),
        z(0.0, 1.0),
        Value::complex_int(Complex64::new(0.0, 1.0)),
        Value::complex_int(Complex64::new(2.0, -3.0)),
        Value::Int(0),
        Value::Int(3),
        Value::Int(-2),
        Value::float(-0.0),
        Value::float(2.5),
        Value::float(f64::INFINITY),
        Value::bool(true),
        Value::bool(false),
    ];
    let count = complexes.len();
    for op in [Add, Sub, Mul, Div, LeftDiv, Pow, Eq, Ne, Hadamard] {
        for other in &others {
            let column = vec![other.clone(); count];
            for other_first in [false, true] {
                let pair =
                    |z: &Value| if other_first { scalar::binary(op, other, z) } else { scalar::binary(op, z, other) };
                let expected: Vec<Value> = complexes.iter().map(|z| pair(z).expect("numbers")).collect();
                for second in [other.clone(), array(count, 1, &column)] {
                    let leaves = [array(count, 1, &complexes), second];
                    let tree = if other_first { binary(op, leaf(1), leaf(0)) } else { binary(op, leaf(0), leaf(1)) };
                    let result = run(&tree, &leaves).map(|r| text(&r));
                    assert_eq!(result, Ok(text(&array(count, 1, &expected))), "{op:?} with {other:?}");
                }
            }
        }
    }
}

#[test]
fn whole_powers_agree_with_the_scalar_ones() {
    for real in [CellType::Int, CellType::Float] {
        let items = operand(real, 300, 0);
        for n in [-3, -2, -1, 0, 1, 2, 3, 4, 7] {
            let expected: Outcome<Vec<Value>> =
                items.iter().map(|x| scalar::binary(BinaryOp::Pow, x, &Value::Int(n))).collect();
            let expected = text(&array(300, 1, &expected.expect("powers of small numbers")));
            let result = run(&binary(BinaryOp::Pow, leaf(0), int(n)), &[array(300, 1, &items)]);
            assert_eq!(result.map(|r| text(&r)), Ok(expected), "{real:?} ^ {n}");
        }
    }
}

#[test]
fn negative_powers_of_integers_are_floats() {
    let power = binary(BinaryOp::Pow, leaf(0), leaf(1));
    let bases = Value::vector(vec![1_i64, 2]);
    assert_eq!(run(&power, &[bases.clone(), Value::vector(vec![1_i64, 1])]), Ok(bases.clone()));
    assert_eq!(run(&power, &[bases.clone(), Value::vector(vec![1_i64, -1])]), Ok(Value::vector(vec![1.0, 0.5])));
    assert_eq!(run(&power, &[bases, Value::Int(-1)]), Ok(Value::vector(vec![1.0, 0.5])));
}

#[test]
fn fused_expressions_use_every_kind_of_input() {
    // x .* r .^ 2 .- sqrt.(4) .+ row, with a range and a repeated row
    let squared = binary(BinaryOp::Mul, leaf(0), binary(BinaryOp::Pow, leaf(1), int(2)));
    let root = call(2, vec![int(4)]);
    let tree = binary(BinaryOp::Add, binary(BinaryOp::Sub, squared, root), leaf(3));
    let x: Vec<f64> = (0..600).map(|k| f64::from(k) / 8.0).collect();
    let row = Value::matrix(1, 2, vec![10_i64, 20]);
    let leaves = [Value::matrix(300, 2, x.clone()), range(1, 300), builtin(&SQRT), row];
    let expected = (0..600).map(|k| x[k] * ((k % 300 + 1) as f64).powi(2) - 2.0 + [10.0, 20.0][k / 300]).collect();
    assert_eq!(run(&tree, &leaves), Ok(Value::matrix(300, 2, expected)));
}

#[test]
fn functions_have_the_same_bits_with_and_without_a_dot() {
    let x: Vec<f64> = (0..1000).map(|k| f64::from(k) * 0.37 - 180.0).collect();
    let expected = x.iter().map(|x| maths::exp(*x)).collect();
    let result = run(&call(0, vec![leaf(1)]), &[builtin(&EXP), Value::vector(x)]);
    assert_eq!(result, Ok(Value::vector::<f64>(expected)));
}

#[test]
fn shapes_are_joined() {
    let plus = binary(BinaryOp::Add, leaf(0), leaf(1));
    let vector = Value::vector(vec![1_i64, 2]);
    let row = Value::matrix(1, 2, vec![10_i64, 20]);
    let adjoint = Value::array(Array::new(Form::AdjointVector, ArrayElements::Int(dense(1, 2, vec![10, 20]))));
    let table = Value::matrix(2, 2, vec![11_i64, 12, 21, 22]);
    assert_eq!(run(&plus, &[vector.clone(), row.clone()]), Ok(table.clone()));
    assert_eq!(run(&plus, &[vector.clone(), adjoint.clone()]), Ok(table));
    assert_eq!(run(&plus, &[adjoint, Value::Int(1)]), Ok(Value::matrix(1, 2, vec![11_i64, 21])));
    assert_eq!(run(&plus, &[Value::Int(1), Value::Int(1)]), Ok(Value::Int(2)));
    let pair = Value::tuple(vec![Value::Int(1), Value::Int(2)]);
    let sums = Value::tuple(vec![Value::Int(2), Value::Int(3)]);
    assert_eq!(run(&plus, &[pair.clone(), Value::Int(1)]), Ok(sums));
    assert_eq!(run(&plus, &[pair, vector]), Ok(Value::vector(vec![2_i64, 4])));
    let one = Value::vector(vec![5_i64]);
    assert_eq!(run(&plus, &[one, range(1, 3)]), Ok(Value::vector(vec![6_i64, 7, 8])));
    let columns = binary(BinaryOp::Mul, leaf(0), leaf(1));
    assert_eq!(run(&columns, &[range(1, 2), row]), Ok(Value::matrix(2, 2, vec![10_i64, 20, 20, 40])));
}

#[test]
fn empty_results_know_their_type() {
    let none = Value::vector(Vec::<i64>::new());
    let plus = |x: Value| run(&binary(BinaryOp::Add, leaf(0), leaf(1)), &[none.clone(), x]);
    assert_eq!(plus(Value::Int(1)), Ok(none.clone()));
    assert_eq!(plus(Value::float(1.0)), Ok(Value::vector(Vec::<f64>::new())));
    let equal = run(&binary(BinaryOp::Eq, leaf(0), leaf(1)), &[none.clone(), Value::Nothing]);
    assert_eq!(equal, Ok(Value::vector(Vec::<bool>::new())));
    let row = Value::matrix(1, 3, vec![1_i64, 2, 3]);
    assert_eq!(plus(row), Ok(Value::matrix(0, 3, Vec::<i64>::new())));
}

#[test]
fn ranges_stay_ranges() {
    let tree = binary(BinaryOp::Add, binary(BinaryOp::Mul, int(2), leaf(0)), int(1));
    let odd = Range::Int { start: 3, step: 2, len: 3, unit: false };
    assert_eq!(run(&tree, &[range(1, 3)]), Ok(Value::Range(Rc::new(odd))));
    assert_eq!(run(&binary(BinaryOp::Sub, leaf(0), int(1)), &[range(1, 3)]), Ok(range(0, 2)));
    let squares = run(&binary(BinaryOp::Mul, leaf(0), leaf(0)), &[range(1, 3)]);
    assert_eq!(squares, Ok(Value::vector(vec![1_i64, 4, 9])));
}

#[test]
fn user_functions_widen_the_result() {
    let tree = call(0, vec![leaf(1)]);
    let even = run(&tree, &[half(), Value::vector(vec![2_i64, 4])]);
    assert_eq!(even, Ok(Value::vector(vec![1_i64, 2])));
    let mixed = run(&tree, &[half(), Value::vector(vec![2_i64, 3])]);
    let values = vec![Value::Int(1), Value::float(1.5)];
    assert_eq!(mixed, Ok(Value::array(Array::vector_of(values, Type::Real))));
}

#[test]
fn the_first_element_that_fails_gives_the_error() {
    let overflow = run(&binary(BinaryOp::Add, leaf(0), int(1)), &[Value::vector(vec![1, 2, i64::MAX])]);
    let report = overflow.expect_err("too large");
    let report = report.report().expect("raised");
    assert_eq!(report.kind, crate::fault::ErrorKind::OverflowError);
    assert!(report.hints.iter().any(|hint| hint.contains("element 3")), "{report:?}");

    let mut items = vec![1.0; 600];
    items[300] = -1.0;
    let root = run(&call(0, vec![leaf(1)]), &[builtin(&SQRT), Value::vector(items)]);
    let report = root.expect_err("negative");
    let labels = &report.report().expect("raised").labels;
    assert_eq!(labels, &[(Part::Argument(1), "-1".to_string())]);

    let zero = run(&binary(BinaryOp::IntDiv, leaf(0), int(0)), &[Value::vector(vec![1_i64, 2])]);
    assert!(zero.is_err());
}

#[test]
fn the_right_side_of_and_is_not_asked_where_the_left_is_false() {
    let positive = binary(BinaryOp::Gt, leaf(1), int(0));
    let root = binary(BinaryOp::Gt, call(0, vec![leaf(1)]), int(1));
    let tree = Dotted::And(Box::new(positive), Box::new(root));
    let result = run(&tree, &[builtin(&SQRT), Value::vector(vec![-4.0, 4.0])]);
    assert_eq!(result, Ok(Value::vector(vec![false, true])));
}

#[test]
fn sizes_that_do_not_fit_are_labelled() {
    let plus = binary(BinaryOp::Add, leaf(0), leaf(1));
    let leaves = [Value::matrix(2, 3, vec![0_i64; 6]), Value::matrix(2, 2, vec![0_i64; 4])];
    let fault = run(&plus, &leaves).expect_err("sizes differ");
    let report = fault.report().expect("raised");
    assert_eq!(report.message, "dimension 2: 3 against 2; sizes must be equal or 1");
    let labels: Vec<_> = report.labels.iter().map(|(part, _)| *part).collect();
    assert_eq!(labels, [Part::Argument(0), Part::Argument(1)]);
}

#[test]
fn a_destination_keeps_its_type_and_is_its_own_input() {
    let x = Value::vector((0..700).map(f64::from).collect::<Vec<f64>>());
    // x .= 2 .* x .+ 1
    let tree = binary(BinaryOp::Add, binary(BinaryOp::Mul, int(2), leaf(0)), int(1));
    let alias = x.clone();
    assert_eq!(broadcast_into(&x, &tree, &[alias], &HOST), Ok(()));
    assert_eq!(x, Value::vector((0..700).map(|k| 2.0 * f64::from(k) + 1.0).collect::<Vec<f64>>()));
    // Integers from floats, a column into a matrix.
    let matrix = Value::matrix(2, 2, vec![0_i64; 4]);
    assert_eq!(broadcast_into(&matrix, &leaf(0), &[Value::vector(vec![1.0, 2.0])], &HOST), Ok(()));
    assert_eq!(matrix, Value::matrix(2, 2, vec![1_i64, 2, 1, 2]));
    assert_eq!(broadcast_into(&matrix, &int(7), &[], &HOST), Ok(()));
    assert_eq!(matrix, Value::matrix(2, 2, vec![7_i64; 4]));
    assert_eq!(broadcast_into(&matrix, &leaf(0), std::slice::from_ref(&matrix), &HOST), Ok(()));
}

#[test]
fn a_failed_block_leaves_its_own_input_as_it_was() {
    let mut items = vec![1_i64; 600];
    items[300] = i64::MAX;
    let x = Value::vector(items.clone());
    let tree = binary(BinaryOp::Add, leaf(0), int(1));
    let fault = broadcast_into(&x, &tree, std::slice::from_ref(&x), &HOST).expect_err("too large");
    let hints = &fault.report().expect("raised").hints;
    assert!(hints.iter().any(|hint| hint.contains("element 301")), "{hints:?}");
    items[..300].fill(2);
    assert_eq!(x, Value::vector(items));
}

#[test]
fn a_destination_has_its_own_size() {
    let vector = Value::vector(vec![0.0; 3]);
    let fault = broadcast_into(&vector, &leaf(0), &[Value::vector(vec![1.0, 2.0])], &HOST);
    let fault = fault.expect_err("sizes differ");
    let labels: Vec<_> = fault.report().expect("raised").labels.iter().map(|(part, _)| *part).collect();
    assert_eq!(labels, [Part::Left, Part::Argument(0)]);
    assert!(broadcast_into(&range(1, 3), &int(0), &[], &HOST).is_err());
}

#[test]
fn a_selection_is_written() {
    let matrix = Value::matrix(2, 2, vec![1_i64, 2, 3, 4]);
    let indices = [Value::Colon, Value::Int(2)];
    assert_eq!(broadcast_into_index(&matrix, &indices, &int(0), &[], &HOST), Ok(()));
    assert_eq!(matrix, Value::matrix(2, 2, vec![1_i64, 2, 0, 0]));
}

/// Leaves for one expression, one after the other: sizes, types and numbers change, and come again.
fn rounds() -> Vec<[Value; 3]> {
    let floats = |n: usize, by: f64| Value::vector((0..n).map(|k| k as f64 * by - 20.0).collect::<Vec<f64>>());
    let ints = |n: i64| Value::vector((0..n).collect::<Vec<i64>>());
    vec![
        [floats(300, 0.5), floats(300, 0.25), floats(300, 3.0)],
        [floats(300, 1.5), floats(300, 0.75), floats(300, -3.0)],
        [floats(9, 1.5), floats(9, 0.75), floats(9, -3.0)],
        [floats(9, 2.5), floats(9, 0.75), Value::float(2.0)],
        [floats(9, 2.5), floats(9, 0.5), Value::float(2.0)],
        [floats(9, 2.5), floats(9, 0.5), Value::float(-2.0)],
        [ints(9), floats(9, 0.5), Value::float(-2.0)],
        [ints(9), ints(9), ints(9)],
        [ints(9), Value::vector(vec![i64::MAX; 9]), ints(9)],
        [ints(9), ints(9), ints(9)],
        [ints(9), range(1, 9), ints(9)],
        [floats(300, 0.5), Value::matrix(1, 2, vec![1.0, 2.0]), floats(300, 0.5)],
        [floats(300, 0.5), floats(300, 0.25), floats(300, 3.0)],
        [floats(300, 1.5), floats(300, 0.75), floats(300, -3.0)],
    ]
}

/// Sums, differences and products of three leaves, in every order that is put together to one step, and others.
fn trees() -> Vec<Dotted> {
    use BinaryOp::{Add, Mul, Sub};
    let product = || binary(Mul, leaf(0), leaf(1));
    let square = || binary(BinaryOp::Pow, leaf(1), int(2));
    vec![
        binary(Add, product(), leaf(2)),
        binary(Add, leaf(2), product()),
        binary(Sub, product(), leaf(2)),
        binary(Sub, leaf(2), product()),
        binary(Add, product(), product()),
        binary(Add, square(), square()),
        binary(Sub, binary(Add, square(), leaf(2)), product()),
        binary(Add, binary(Mul, int(3), leaf(0)), int(1)),
        binary(Add, leaf(0), leaf(0)),
        Dotted::Unary(UnaryOp::Neg, Box::new(square())),
        binary(Sub, int(1), leaf(2)),
    ]
}

#[test]
fn a_kept_program_gives_what_a_new_one_gives() {
    for tree in trees() {
        let kept = Kept::default();
        for leaves in rounds() {
            let again = broadcast_again(&tree, &leaves, &HOST, &kept).map(|value| text(&value));
            assert_eq!(again.ok(), run(&tree, &leaves).map(|value| text(&value)).ok(), "{tree:?} of {leaves:?}");
        }
    }
}

#[test]
fn writing_over_an_operand_gives_what_a_new_array_gives() {
    for tree in trees() {
        for own in 0..3 {
            let kept = Kept::default();
            for mut leaves in rounds() {
                let Value::Array(array) = &leaves[own] else { continue };
                let target = Value::array(array.copy());
                let Ok(expected) = run(&tree, &leaves) else { continue };
                let alike = |a: &Value, b: &Value| match (a, b) {
                    (Value::Array(a), Value::Array(b)) => a.shape() == b.shape() && a.eltype() == b.eltype(),
                    _ => false,
                };
                if alike(&target, &expected) {
                    leaves[own] = target.clone();
                    assert_eq!(broadcast_into_again(&target, &tree, &leaves, &HOST, &kept), Ok(()));
                    assert_eq!(text(&target), text(&expected), "{tree:?} over leaf {own}");
                }
            }
        }
    }
}
