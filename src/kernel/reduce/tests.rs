//! Reductions on small arrays of each type, empty ones and extremes.

use super::*;

fn ints(items: &[i64]) -> Value {
    Value::vector(items.to_vec())
}

fn matrix() -> Value {
    Value::matrix(2, 3, vec![1_i64, 2, 3, 4, 5, 6])
}

#[test]
fn sums_of_everything_and_along_dimensions() {
    assert_eq!(sum(&matrix(), None), Ok(Value::Int(21)));
    assert_eq!(sum(&matrix(), Some(1)), Ok(Value::matrix(1, 3, vec![3_i64, 7, 11])));
    assert_eq!(sum(&matrix(), Some(2)), Ok(Value::matrix(2, 1, vec![9_i64, 12])));
    assert_eq!(sum(&matrix(), Some(3)), Ok(matrix()));
    assert_eq!(sum(&ints(&[1, 2]), Some(1)), Ok(ints(&[3])));
    assert_eq!(sum(&ints(&[1, 2]), Some(2)), Ok(ints(&[1, 2])));
    assert!(sum(&matrix(), Some(0)).is_err());
}

#[test]
fn long_rows_are_gathered_in_bundles() {
    let (rows, cols) = (37, 5);
    let items: Vec<f64> = (0..rows * cols).map(f64::from).collect();
    let expected: Vec<f64> = (0..rows).map(|r| (0..cols).map(|c| f64::from(r + c * rows)).sum()).collect();
    let result = sum(&Value::matrix(37, 5, items), Some(2));
    assert_eq!(result, Ok(Value::matrix(37, 1, expected)));
}

#[test]
fn empty_sums_are_zero_and_empty_extremes_are_errors() {
    assert_eq!(sum(&ints(&[]), None), Ok(Value::Int(0)));
    assert_eq!(prod(&Value::vector(Vec::<f64>::new()), None), Ok(Value::float(1.0)));
    assert_eq!(mean(&ints(&[]), None).map(|m| format!("{m:?}")), Ok("Float(NaN)".to_string()));
    assert!(maximum(&ints(&[]), None).is_err());
    assert!(maximum(&Value::matrix(0, 2, Vec::<f64>::new()), Some(1)).is_err());
    assert_eq!(maximum(&Value::matrix(0, 2, Vec::<f64>::new()), Some(2)), Ok(Value::matrix(0, 1, Vec::<f64>::new())));
    assert_eq!(sum(&Value::matrix(0, 2, Vec::<i64>::new()), Some(1)), Ok(Value::matrix(1, 2, vec![0_i64, 0])));
    assert_eq!(sum(&Value::matrix(2, 0, Vec::<i64>::new()), Some(2)), Ok(Value::matrix(2, 1, vec![0_i64, 0])));
}

#[test]
fn integer_sums_are_exact_or_an_error() {
    assert_eq!(sum(&ints(&[i64::MAX, 1, -2]), None), Ok(Value::Int(i64::MAX - 1)));
    assert!(sum(&ints(&[i64::MAX, 1]), None).is_err());
    assert_eq!(prod(&ints(&[i64::MAX, 2, 0]), None), Ok(Value::Int(0)));
    assert!(prod(&ints(&[i64::MAX, 2]), None).is_err());
    assert_eq!(sum(&ints(&vec![-3; 1000]), None), Ok(Value::Int(-3000)));
}

#[test]
fn ranges_are_summed_without_going_through_them() {
    let range = |range| Value::Range(Rc::new(range));
    assert_eq!(sum(&range(Range::unit(1, 2_000_000_000)), None), Ok(Value::Int(2_000_000_001_000_000_000)));
    assert_eq!(sum(&range(Range::unit(1, 0)), None), Ok(Value::Int(0)));
    assert!(sum(&range(Range::unit(1, i64::MAX)), None).is_err());
}

#[test]
fn float_sums_are_accurate() {
    let tenths = Value::vector(vec![0.1; 1_000_000]);
    let Ok(Value::Float(total)) = sum(&tenths, None) else { panic!("a float") };
    assert!((total.get() - 100_000.0).abs() < 1e-9, "{}", total.get());
    let few = Value::vector(vec![0.1, 0.2, 0.3]);
    assert_eq!(sum(&few, None), Ok(Value::float(0.1 + 0.2 + 0.3)));
    assert_eq!(sum(&Value::vector(vec![-0.0]), None).map(|x| format!("{x:?}")), Ok("Float(-0.0)".to_string()));
}

#[test]
fn nan_is_the_largest_and_the_smallest() {
    let items = Value::vector(vec![1.0, f64::NAN, 3.0]);
    assert_eq!(maximum(&items, None).map(|x| format!("{x:?}")), Ok("Float(NaN)".to_string()));
    assert_eq!(minimum(&items, None).map(|x| format!("{x:?}")), Ok("Float(NaN)".to_string()));
    assert_eq!(extrema(&ints(&[3, 1, 2]), None), Ok(Value::tuple(vec![Value::Int(1), Value::Int(3)])));
}

/// More rows than are put together at a time, more columns than in order, few rows, a single column.
#[test]
fn rows_of_every_size_are_put_together() {
    for (rows, cols) in [(5000, 70), (40, 3000), (3, 500), (16, 16), (17, 5), (4097, 1)] {
        let item = |r: usize, c: usize| ((r * 31 + c * 17) % 101) as f64;
        let matrix = Value::matrix(rows, cols, (0..rows * cols).map(|k| item(k % rows, k / rows)).collect());
        let each = |reduce: fn(f64, f64) -> f64| {
            let row = |r: usize| (1..cols).fold(item(r, 0), |so_far, c| reduce(so_far, item(r, c)));
            Ok(Value::matrix(rows, 1, (0..rows).map(row).collect::<Vec<f64>>()))
        };
        assert_eq!(sum(&matrix, Some(2)), each(|x, y| x + y), "{rows}×{cols}");
        assert_eq!(maximum(&matrix, Some(2)), each(f64::max), "{rows}×{cols}");
        assert_eq!(minimum(&matrix, Some(2)), each(f64::min), "{rows}×{cols}");
    }
}

#[test]
fn extremes_of_rows_see_nan_and_signed_zeros() {
    let rows = [[-0.0, 0.0, -0.0], [0.0, -0.0, 0.0], [1.0, f64::NAN, 2.0], [f64::NAN, 1.0, -1.0], [3.0, 4.0, -5.0]];
    for count in [5, 20] {
        let items = (0..3).flat_map(|c| (0..count).map(move |r| rows[r % 5][c])).collect();
        let matrix = Value::matrix(count, 3, items);
        let shown = |found: Outcome<Value>| format!("{:?}", found.map(|m| first_five(&m)));
        assert_eq!(shown(maximum(&matrix, Some(2))), r#"Ok(["0.0", "0.0", "NaN", "NaN", "4.0"])"#);
        assert_eq!(shown(minimum(&matrix, Some(2))), r#"Ok(["-0.0", "-0.0", "NaN", "NaN", "-5.0"])"#);
    }
}

/// The first five elements as text, which tells zeros apart.
fn first_five(array: &Value) -> Vec<String> {
    let Value::Array(array) = array else { return Vec::new() };
    let Elements::Float(m) = &*array.elements() else { return Vec::new() };
    m.iter().take(5).map(|x| format!("{x:?}")).collect()
}

#[test]
fn bools_are_counted() {
    let mask = Value::matrix(2, 2, vec![true, true, false, true]);
    assert_eq!(count(&mask, None), Ok(Value::Int(3)));
    assert_eq!(sum(&mask, None), Ok(Value::Int(3)));
    assert_eq!(all(&mask, Some(1)), Ok(Value::matrix(1, 2, vec![true, false])));
    assert_eq!(any(&mask, None), Ok(Value::bool(true)));
    assert_eq!(prod(&mask, None), Ok(Value::bool(false)));
    assert_eq!(all(&ints(&[]), None), Ok(Value::bool(true)));
    assert_eq!(mean(&mask, None), Ok(Value::float(0.75)));
}

#[test]
fn scans() {
    assert_eq!(cumsum(&ints(&[1, 2, 3]), None), Ok(ints(&[1, 3, 6])));
    assert_eq!(cumsum(&Value::vector(vec![true, true]), None), Ok(ints(&[1, 2])));
    assert_eq!(cumsum(&matrix(), Some(1)), Ok(Value::matrix(2, 3, vec![1_i64, 3, 3, 7, 5, 11])));
    assert_eq!(cumsum(&matrix(), Some(2)), Ok(Value::matrix(2, 3, vec![1_i64, 2, 4, 6, 9, 12])));
    assert_eq!(cumprod(&ints(&[2, 3, 4]), None), Ok(ints(&[2, 6, 24])));
    assert!(cumsum(&ints(&[i64::MAX, 1]), None).is_err());
    let tuple = Value::tuple(vec![Value::Int(1), Value::Int(2)]);
    assert_eq!(cumsum(&tuple, None), Ok(Value::tuple(vec![Value::Int(1), Value::Int(3)])));
}

#[test]
fn float_scans_add_in_julias_order() {
    let result = cumsum(&Value::vector(vec![0.1, 0.2, 0.3]), None);
    assert_eq!(result, Ok(Value::vector(vec![0.1, 0.1 + 0.2, 0.1 + (0.2 + 0.3)])));
    let many = cumsum(&Value::vector(vec![1.0; 1000]), None);
    assert_eq!(many, Ok(Value::vector((1..=1000).map(f64::from).collect())));
}
