//! What ranges contain, against answers of Julia.

use super::Range;
use crate::value::Value;

fn floats(start: f64, step: f64, stop: f64) -> Vec<f64> {
    let range = Range::from_values(&Value::float(start), Some(&Value::float(step)), &Value::float(stop));
    range.and_then(|r| r.to_floats()).expect("a valid range")
}

#[test]
fn elements_are_the_decimals() {
    let tenths: Vec<f64> = (0..=10).map(|k| f64::from(k) / 10.0).collect();
    assert_eq!(floats(0.0, 0.1, 1.0), tenths);
    assert_eq!(floats(0.1, 0.1, 0.3), [0.1, 0.2, 0.3]);
    assert_eq!(floats(-0.3, 0.1, 0.3), [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]);
    assert_eq!(floats(1.0, -0.25, 0.0), [1.0, 0.75, 0.5, 0.25, 0.0]);
    assert_eq!(floats(0.0, 0.3, 1.0), [0.0, 0.3, 0.6, 0.9]);
    assert!(floats(1.0, 0.5, 0.0).is_empty());
}

#[test]
fn linear_ranges_meet_both_ends() {
    for (start, stop, len) in [(0.0, 1.0, 7), (0.1, 0.7, 13), (-1.0, std::f64::consts::PI, 101), (-1e308, 1e308, 5)] {
        let items = Range::linear(start, stop, len).and_then(|r| r.to_floats()).expect("a valid range");
        assert_eq!((items.len(), items[0], items[len - 1]), (len, start, stop));
    }
}

#[test]
fn integer_ranges() {
    let len = |a: i64, s: i64, b: i64| {
        Range::from_values(&Value::Int(a), Some(&Value::Int(s)), &Value::Int(b)).expect("a valid range").len()
    };
    assert_eq!((len(1, 2, 6), len(1, 2, 7), len(5, -2, 1), len(5, 2, 1), len(3, 5, 3)), (3, 4, 3, 0, 1));
    assert_eq!(Range::unit(5, 1).last(), Value::Int(4));
    assert!(Range::from_values(&Value::Int(1), Some(&Value::Int(0)), &Value::Int(3)).is_err());
    let step = Range::from_values(&Value::Int(i64::MIN), None, &Value::Int(i64::MAX));
    assert!(step.is_err());
    assert!(Range::unit(1, 5).contains(3.0) && !Range::unit(1, 5).contains(6.0) && !Range::unit(1, 5).contains(2.5));
}

#[test]
fn arithmetic_keeps_ranges() {
    let r = Range::unit(1, 3);
    assert_eq!(
        r.scaled(&Value::Int(2)),
        Ok(Value::Range(Range::Int { start: 2, step: 2, len: 3, unit: false }.into()))
    );
    assert_eq!(r.shifted(&Value::Int(2)), Ok(Value::Range(Range::unit(3, 5).into())));
    assert_eq!(r.scaled(&Value::Int(0)), Ok(Value::vector(vec![0_i64, 0, 0])));
    assert!(Range::unit(1, i64::MAX).scaled(&Value::Int(2)).is_err());
    assert_eq!(r.sliced(1, 1, 2, true), Range::unit(2, 3));
}
