//! Indexing against answers of Julia.

use super::*;
use crate::value::Range;

fn matrix() -> Value {
    Value::matrix(2, 3, vec![1_i64, 4, 2, 5, 3, 6])
}

fn range(a: i64, b: i64) -> Value {
    Value::Range(Rc::new(Range::unit(a, b)))
}

fn ints(items: &[i64]) -> Value {
    Value::vector(items.to_vec())
}

fn at(object: &Value, indices: &[Value]) -> Value {
    get(object, indices).expect("valid indices")
}

#[test]
fn numbers_drop_their_dimension() {
    let (a, one) = (matrix(), Value::Int(1));
    assert_eq!(at(&a, &[one.clone(), Value::Int(3)]), Value::Int(3));
    assert_eq!(at(&a, &[Value::Int(2)]), Value::Int(4));
    assert_eq!(at(&a, &[one.clone(), Value::Colon]), ints(&[1, 2, 3]));
    assert_eq!(at(&a, &[Value::Colon, one.clone()]), ints(&[1, 4]));
    assert_eq!(at(&a, &[range(1, 1), Value::Colon]), Value::matrix(1, 3, vec![1_i64, 2, 3]));
    assert_eq!(at(&a, &[Value::Colon]), ints(&[1, 4, 2, 5, 3, 6]));
    assert_eq!(at(&a, &[Value::Int(2), Value::Int(3), one.clone()]), Value::Int(6));
    assert_eq!(at(&ints(&[7, 8]), &[Value::Int(2), one]), Value::Int(8));
}

#[test]
fn vectors_masks_and_matrices_of_indices() {
    let a = matrix();
    assert_eq!(at(&a, &[Value::Colon, ints(&[3, 1])]), Value::matrix(2, 2, vec![3_i64, 6, 1, 4]));
    let mask = Value::matrix(2, 3, vec![true, false, false, false, false, true]);
    assert_eq!(at(&a, &[mask]), ints(&[1, 6]));
    assert_eq!(at(&a, &[Value::vector(vec![false, true]), Value::Colon]), Value::matrix(1, 3, vec![4_i64, 5, 6]));
    let table = Value::matrix(2, 2, vec![1_i64, 1, 2, 2]);
    assert_eq!(at(&ints(&[5, 6]), &[table]), Value::matrix(2, 2, vec![5_i64, 5, 6, 6]));
    let corner = Value::CartesianIndex(Rc::new([2, 3]));
    assert_eq!(at(&a, std::slice::from_ref(&corner)), Value::Int(6));
    let corners = Value::array(Array::vector_of(vec![corner], crate::value::Type::CartesianIndex));
    assert_eq!(at(&a, &[corners]), ints(&[6]));
}

#[test]
fn ranges_strings_and_tuples() {
    assert_eq!(at(&range(11, 20), &[range(2, 3)]), range(12, 13));
    assert_eq!(at(&range(11, 20), &[Value::Int(10)]), Value::Int(20));
    assert_eq!(at(&range(11, 20), &[ints(&[1, 3])]), ints(&[11, 13]));
    assert_eq!(at(&Value::str("aéb"), &[Value::Int(2)]), Value::str("é"));
    assert_eq!(at(&Value::str("hello"), &[range(2, 4)]), Value::str("ell"));
    let tuple = Value::tuple(vec![Value::Int(1), Value::Nothing]);
    assert_eq!(at(&tuple, &[Value::Int(2)]), Value::Nothing);
    assert_eq!(at(&Value::Int(5), &[Value::Int(1)]), Value::Int(5));
}

#[test]
fn the_last_index() {
    assert_eq!(last(&matrix(), 0, 1), Ok(6));
    assert_eq!((last(&matrix(), 0, 2), last(&matrix(), 1, 2), last(&matrix(), 2, 3)), (Ok(2), Ok(3), Ok(1)));
    assert_eq!(last(&Value::str("aéb"), 0, 1), Ok(3));
}

#[test]
fn assignment() {
    let a = matrix();
    set(&a, &[Value::Int(1), Value::Int(2)], &Value::float(9.0)).expect("9.0 is whole");
    set(&a, &[Value::Colon, Value::Int(1)], &range(7, 8)).expect("two for two");
    assert_eq!(a, Value::matrix(2, 3, vec![7_i64, 8, 9, 5, 3, 6]));
    set(&a, &[Value::Int(2), Value::Colon], &Value::matrix(1, 3, vec![1_i64, 2, 3])).expect("a row for a row");
    assert_eq!(a, Value::matrix(2, 3, vec![7_i64, 1, 9, 2, 3, 3]));
    set(&a, &[Value::Colon], &a).expect("an array onto itself");
    let any = Value::array(Array::vector_of(vec![Value::Nothing], crate::value::Type::Any));
    set(&any, &[Value::Int(1)], &Value::str("x")).expect("anything fits");
    assert_eq!(at(&any, &[Value::Int(1)]), Value::str("x"));
}

#[test]
fn selections_give_positions() {
    let selection = resolve_indices(&matrix(), &[Value::Int(2), range(2, 3)]).expect("valid indices");
    assert_eq!(selection.positions().collect::<Vec<_>>(), [3, 5]);
    assert_eq!((selection.shape(), selection.len(), selection.position(1)), ((2, 1), 2, 5));
}
