//! Linear algebra against answers of Julia.

use super::*;
use crate::fault::ErrorKind;

fn matrix(rows: usize, cols: usize, items: &[f64]) -> Value {
    Value::matrix(rows, cols, items.to_vec())
}

fn numbers(value: &Value) -> Vec<f64> {
    match Dense::of(value, "test", 0).expect("numbers") {
        Dense::Real(m) => m.iter().copied().collect(),
        Dense::Complex(m) => m.iter().flat_map(|z| [z.re, z.im]).collect(),
    }
}

fn close(value: Outcome<Value>, expected: &[f64]) {
    let found = numbers(&value.expect("defined"));
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (x, y) in found.iter().zip(expected) {
        assert!((x - y).abs() <= 1e-12 * (1.0 + y.abs()), "{found:?} is not {expected:?}");
    }
}

#[test]
fn systems() {
    let a = matrix(2, 2, &[1.0, 3.0, 2.0, 4.0]);
    close(solve(&a, &Value::vector(vec![5_i64, 6])), &[-4.0, 4.5]);
    close(inv(&a), &[-2.0, 1.5, 1.0, -0.5]);
    close(det(&a), &[-2.0]);
    let tall = matrix(3, 2, &[1.0, 1.0, 1.0, 1.0, 2.0, 3.0]);
    close(solve(&tall, &Value::vector(vec![1_i64, 2, 2])), &[2.0 / 3.0, 0.5]);
    close(solve(&matrix(1, 2, &[1.0, 1.0]), &Value::vector(vec![2_i64])), &[1.0, 1.0]);
    close(solve(&Value::vector(vec![1_i64, 2]), &Value::vector(vec![3_i64, 4])), &[2.2]);
    close(solve_right(&a, &a), &[1.0, 0.0, 0.0, 1.0]);
    close(pinv(&matrix(2, 2, &[1.0, 2.0, 2.0, 4.0]), Tolerance::default()), &[0.04, 0.08, 0.08, 0.16]);
}

#[test]
fn norms_and_rank() {
    let a = matrix(2, 2, &[1.0, 3.0, 2.0, 4.0]);
    close(norm(&Value::vector(vec![3_i64, 4]), 2.0), &[5.0]);
    close(norm(&Value::vector(vec![3e200, 4e200]), 2.0), &[5e200]);
    close(norm(&Value::vector(vec![3_i64, -4]), 3.0), &[4.497_941_445_275_415]);
    close(opnorm(&a, 1.0), &[6.0]);
    close(opnorm(&a, f64::INFINITY), &[7.0]);
    close(opnorm(&a, 2.0), &[5.464_985_704_219_043]);
    assert_eq!(rank(&matrix(2, 2, &[1.0, 2.0, 2.0, 4.0]), Tolerance::default()), Ok(Value::Int(1)));
    assert_eq!(rank(&matrix(0, 0, &[]), Tolerance::default()), Ok(Value::Int(0)));
    let fault = rank(&matrix(1, 1, &[f64::NAN]), Tolerance::default()).expect_err("not finite");
    assert_eq!(fault.report().map(|r| r.kind), Some(ErrorKind::ArgumentError));
}

#[test]
fn matrix_functions() {
    let a = matrix(2, 2, &[0.0, -1.0, 1.0, 0.0]);
    let (sin, cos) = 1.0_f64.sin_cos();
    close(matrix_exp(&a), &[cos, -sin, sin, cos]);
    close(matrix_log(&matrix_exp(&a).expect("finite")), &[0.0, -1.0, 1.0, 0.0]);
    let b = matrix(2, 2, &[7.0, 15.0, 10.0, 22.0]);
    close(power(&matrix_sqrt(&b).expect("defined"), &Value::Int(2)), &[7.0, 15.0, 10.0, 22.0]);
    close(power(&b, &Value::float(0.5)), &numbers(&matrix_sqrt(&b).expect("defined")));
    close(matrix_exp(&matrix(2, 2, &[10.0, 0.0, 0.0, -10.0])), &[10.0_f64.exp(), 0.0, 0.0, (-10.0_f64).exp()]);
    close(
        matrix_sqrt(&matrix(2, 2, &[2.0, 1.0, 1.0, 2.0])),
        &[1.366_025_403_784_438_6, 0.366_025_403_784_438_6, 0.366_025_403_784_438_6, 1.366_025_403_784_438_6],
    );
    let (c, s) = (matrix_cos(&b).expect("defined"), matrix_sin(&b).expect("defined"));
    let square = |m: &Value| numbers(&power(m, &Value::Int(2)).expect("square"));
    let sum: Vec<f64> = square(&c).iter().zip(square(&s)).map(|(x, y)| x + y).collect();
    for (found, wanted) in sum.iter().zip([1.0, 0.0, 0.0, 1.0]) {
        assert!((found - wanted).abs() < 1e-9, "{sum:?}");
    }
}

#[test]
fn decompositions_of_hard_matrices() {
    // Rank one beside rounding errors, and a cyclic permutation.
    let column: Vec<f64> = (1..=9).map(|k| f64::from(k).sin()).collect();
    let low_rank = DMatrix::from_fn(9, 7, |i, j| column[i] * column[j] / 3.0);
    let found = svd(low_rank.clone(), "svd").expect("finite");
    let diagonal = DMatrix::from_diagonal(&nalgebra::DVector::from_vec(found.values.clone()));
    assert!((&found.u * diagonal * found.v.adjoint() - &low_rank).norm() < 1e-14);
    assert!((found.u.adjoint() * &found.u - DMatrix::<f64>::identity(7, 7)).norm() < 1e-13);
    let cycle = DMatrix::from_fn(6, 6, |i, j| if i == (j + 1) % 6 { 1.0 } else { 0.0 });
    let root = matrix_sqrt(&Dense::Real(cycle.clone()).into_value(Form::Matrix)).expect("defined");
    let square = power(&root, &Value::Int(2)).and_then(|m| Dense::of(&m, "test", 0)).expect("square");
    assert!((square.into_complex() - Dense::Real(cycle).into_complex()).norm() < 1e-12);
}

#[test]
fn powers_keep_integers() {
    let a = Value::matrix(2, 2, vec![1_i64, 3, 2, 4]);
    assert_eq!(power(&a, &Value::Int(2)), Ok(Value::matrix(2, 2, vec![7_i64, 15, 10, 22])));
    assert_eq!(power(&a, &Value::Int(0)), Ok(Value::matrix(2, 2, vec![1_i64, 0, 0, 1])));
    close(power(&a, &Value::Int(-1)), &[-2.0, 1.5, 1.0, -0.5]);
    let fault = power(&a, &Value::Int(60)).expect_err("too large");
    assert_eq!(fault.report().map(|r| r.kind), Some(ErrorKind::OverflowError));
}

#[test]
fn products_of_vectors() {
    let (x, y) = (Value::vector(vec![1_i64, 2, 3]), Value::vector(vec![4_i64, 5, 6]));
    assert_eq!(dot(&x, &y), Ok(Value::Int(32)));
    assert_eq!(cross(&x, &y), Ok(Value::vector(vec![-3_i64, 6, -3])));
    assert_eq!(
        kron(&Value::vector(vec![1_i64, 2]), &Value::vector(vec![3_i64, 4])),
        Ok(Value::vector(vec![3_i64, 4, 6, 8]))
    );
    let swap = Value::matrix(2, 2, vec![0_i64, 1, 1, 0]);
    assert_eq!(
        kron(&swap, &Value::matrix(1, 2, vec![5_i64, 6])),
        Ok(Value::matrix(2, 4, vec![0_i64, 5, 0, 6, 5, 0, 6, 0]))
    );
    assert_eq!(tr(&Value::matrix(2, 2, vec![1_i64, 3, 2, 4])), Ok(Value::Int(5)));
}

#[test]
fn transposing_twice_gives_it_back() {
    let x = Value::vector(vec![Complex64::new(1.0, 2.0)]);
    let row = adjoint(&x).expect("numbers");
    assert!(matches!(&row, Value::Array(a) if a.form() == Form::AdjointVector));
    assert_eq!(adjoint(&row), Ok(x));
}

#[test]
fn nearly_singular_triangles_are_warned_of() {
    let warned = |items: &[f64]| {
        solve(&matrix(2, 2, items), &Value::vector(vec![1_i64, 1])).expect("regular");
        crate::warning::take().len()
    };
    assert_eq!(warned(&[1.0, 0.0, 1e18, 1.0]), 1);
    assert_eq!(warned(&[1.0, 0.0, 3.0, 1.0]), 0);
    // Substitution is exact for rows of any length.
    assert_eq!(warned(&[1.0, 0.0, 0.0, 1e-30]), 0);
    assert_eq!(warned(&[1e30, 0.0, 1e30, 1.0]), 0);
}

#[test]
fn eigenvalues_of_every_size() {
    let turned = |scale: f64| matrix(2, 2, &[scale, scale, -scale, scale]);
    for scale in [1e-300, 1e300] {
        let values = numbers(&eigvals(&turned(scale)).expect("converges"));
        let expected = [1.0, -1.0, 1.0, 1.0].map(|x| x * scale);
        assert!(values.iter().zip(expected).all(|(x, y)| (x - y).abs() <= 1e-12 * scale), "{values:?}");
    }
}
