//! Factorisations put together again, on ordinary and nasty matrices.

use super::*;
use crate::value::factorization::Factorization;

/// Random numbers between -1 and 1, the same every time.
fn noise(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

fn from_fn(rows: usize, cols: usize, f: impl Fn(usize, usize) -> f64) -> DMatrix<f64> {
    DMatrix::from_fn(rows, cols, f)
}

/// Square matrices of several sizes, with every kind of trouble.
fn squares() -> Vec<DMatrix<f64>> {
    let mut all = Vec::new();
    for n in [1, 2, 3, 5, 12] {
        all.push(DMatrix::from_vec(n, n, noise(n * n, n as u64)));
        all.push(from_fn(n, n, |i, j| 1.0 / (i + j + 1) as f64));
        all.push(from_fn(n, n, |i, j| if (i + 1) % n == j { 1.0 } else { 0.0 }));
        all.push(from_fn(n, n, |i, j| if i == j { 2.0 } else { f64::from(u8::from(i + 1 == j)) }));
        all.push(from_fn(n, n, |i, j| f64::from(u8::from(i == j + 1))));
        all.push(from_fn(n, n, |i, j| (i as f64 + 1.0) * (j as f64 - 1.5)));
        all.push(from_fn(n, n, |i, j| (i as f64 - j as f64).powi(3)));
        all.push(DMatrix::from_vec(n, n, noise(n * n, 7)) * 1e-180);
        all.push(DMatrix::from_vec(n, n, noise(n * n, 8)) * 1e140);
        all.push(DMatrix::from_element(n, n, 1.0));
        all.push(DMatrix::zeros(n, n));
    }
    all.push(DMatrix::from_element(60, 60, 1.0));
    all.push(DMatrix::zeros(0, 0));
    all
}

fn value(m: &DMatrix<f64>) -> Value {
    array(m.clone(), Form::Matrix)
}

/// The same with an imaginary part.
fn complex_value(m: &DMatrix<f64>) -> Value {
    let turned = m.transpose();
    array(m.zip_map(&turned, |x, y| Complex64::new(x, 0.5 * y)), Form::Matrix)
}

fn complex(value: &Value) -> DMatrix<Complex64> {
    Dense::of(value, "test", 0).expect("numbers").into_complex()
}

fn assert_near(found: &DMatrix<Complex64>, wanted: &DMatrix<Complex64>, scale: f64, what: &str) {
    let distance = (found - wanted).norm();
    assert!(distance <= 1e-12 * scale, "{what}: {distance} is not small against {scale}\n{wanted}");
}

fn field(f: &Value, name: &str) -> DMatrix<Complex64> {
    let Value::Tuple(tuple) = f else { panic!("no tuple: {f:?}") };
    complex(&tuple.field(name).expect(name))
}

fn assert_orthonormal(q: &DMatrix<Complex64>) {
    assert_near(&(q.adjoint() * q), &DMatrix::identity(q.ncols(), q.ncols()), q.ncols() as f64, "orthonormal");
}

fn assert_whole(f: &Value, kind: Factorization, a: &Value) {
    assert_eq!(Factorization::of(f), Some(kind));
    let wanted = complex(a);
    let scale = wanted.norm() * wanted.ncols() as f64;
    assert_near(&complex(&factored_matrix(kind, f).expect("whole")), &wanted, scale, &format!("{kind:?}"));
}

#[test]
fn square_matrices_come_back_from_their_factors() {
    for m in squares() {
        for a in [value(&m), complex_value(&m)] {
            let f = schur_parts(&a).expect("Schur form");
            assert_whole(&f, Factorization::Schur, &a);
            assert_orthonormal(&field(&f, "Z"));
            let f = hessenberg_parts(&a).expect("Hessenberg form");
            assert_whole(&f, Factorization::Hessenberg, &a);
            assert_orthonormal(&field(&f, "Q"));
            match lu(&a) {
                Ok(f) => assert_whole(&f, Factorization::Lu, &a),
                Err(fault) => assert_eq!(fault.report().map(|r| r.kind), Some(ErrorKind::SingularException)),
            }
        }
    }
}

#[test]
fn matrices_of_all_shapes_come_back_from_qr_and_svd() {
    let mut all = squares();
    for (rows, cols) in [(5, 2), (2, 5), (7, 1), (1, 4), (0, 3), (3, 0), (60, 50)] {
        all.push(DMatrix::from_vec(rows, cols, noise(rows * cols, 3)));
    }
    for m in all {
        let a = value(&m);
        let f = qr(&a).expect("QR");
        assert_whole(&f, Factorization::Qr, &a);
        assert_orthonormal(&field(&f, "Q"));
        for full in [false, true] {
            let f = svd_parts(&a, full).expect("SVD");
            assert_whole(&f, Factorization::Svd, &a);
            assert_orthonormal(&field(&f, "U"));
            assert_orthonormal(&field(&f, "V"));
        }
        let basis = complex(&nullspace(&a, Tolerance::default()).expect("finite"));
        assert_orthonormal(&basis);
        let wanted = DMatrix::zeros(m.nrows(), basis.ncols());
        assert_near(&(complex(&a) * &basis), &wanted, m.norm() * m.ncols() as f64, "null space");
        assert_eq!(rank(&a, Tolerance::default()), Ok(Value::Int((m.ncols() - basis.ncols()) as i64)));
    }
}

#[test]
fn eigenvectors_are_what_they_should_be() {
    for m in squares() {
        let symmetric = &m + m.transpose();
        for a in [value(&m), complex_value(&m), value(&symmetric)] {
            let f = eigen(&a).expect("converges");
            let (values, vectors) = (field(&f, "values"), field(&f, "vectors"));
            let whole = complex(&a);
            let scale = whole.norm() * whole.ncols() as f64;
            let stretched = &vectors * DMatrix::from_diagonal(&values.column(0).into_owned());
            assert_near(&(&whole * &vectors), &stretched, scale, "eigenvectors");
            assert_near(&complex(&eigvals(&a).expect("converges")), &values, scale, "eigenvalues");
            let is_sorted = values.as_slice().is_sorted_by(|x, y| (x.re, x.im) <= (y.re, y.im));
            assert!(is_sorted, "{values}");
            assert!(vectors.column_iter().all(|v| (v.norm() - 1.0).abs() < 1e-12));
        }
        assert_orthonormal(&field(&eigen(&value(&symmetric)).expect("converges"), "vectors"));
    }
}

#[test]
fn conjugate_eigenvalues_have_conjugate_vectors() {
    let a = from_fn(4, 4, |i, j| if (i + 1) % 4 == j { 1.0 } else { 0.0 });
    let f = eigen(&value(&a)).expect("converges");
    let (values, vectors) = (field(&f, "values"), field(&f, "vectors"));
    for (k, z) in values.iter().enumerate() {
        let partner = values.iter().position(|w| *w == z.conj()).expect("conjugate");
        assert_eq!(vectors.column(k).map(|x| x.conj()), vectors.column(partner));
    }
}

#[test]
fn cholesky_says_where_it_fails() {
    let a = Value::matrix(2, 2, vec![4.0, 2.0, 2.0, 2.0]);
    let f = cholesky(&a).expect("positive definite");
    assert_whole(&f, Factorization::Cholesky, &a);
    let b = Value::vector(vec![8.0, 6.0]);
    assert_eq!(solve_factored(Factorization::Cholesky, &f, &b), Ok(Value::vector(vec![1.0, 2.0])));
    let fault = cholesky(&Value::matrix(2, 2, vec![1_i64, 2, 2, 1])).expect_err("indefinite");
    let report = fault.report().expect("report");
    assert_eq!(report.kind, ErrorKind::PosDefException);
    assert!(report.message.contains("first 2 rows"), "{}", report.message);
}

#[test]
fn factors_solve() {
    let a = DMatrix::from_vec(5, 5, noise(25, 11));
    let b = Value::vector(noise(5, 12));
    let wanted = complex(&solve(&value(&a), &b).expect("regular"));
    for f in [lu(&value(&a)), qr(&value(&a)), svd_parts(&value(&a), false), eigen(&value(&a)), schur_parts(&value(&a))]
    {
        let f = f.expect("factors");
        let kind = Factorization::of(&f).expect("a factorisation");
        assert_near(&complex(&solve_factored(kind, &f, &b).expect("regular")), &wanted, 100.0, "solution");
        assert_near(&complex(&det(&f).expect("number")), &complex(&det(&value(&a)).expect("number")), 1.0, "det");
    }
}

#[test]
fn matrix_equations() {
    let (a, b, c) = (noise(9, 1), noise(4, 2), noise(6, 3));
    let (a, b, c) = (DMatrix::from_vec(3, 3, a), DMatrix::from_vec(2, 2, b), DMatrix::from_vec(3, 2, c));
    let x = sylvester(&value(&a), &value(&b), &value(&c)).expect("one solution");
    let Dense::Real(x) = Dense::of(&x, "test", 0).expect("numbers") else { panic!("not real") };
    assert!((&a * &x + &x * &b + &c).norm() < 1e-12 * (1.0 + x.norm()));
    let fault = sylvester(&value(&a), &value(&-&a), &value(&a)).expect_err("many solutions");
    assert_eq!(fault.report().map(|r| r.kind), Some(ErrorKind::SingularException));
}

#[test]
fn inverse_functions_invert() {
    let a = value(&(DMatrix::from_vec(4, 4, noise(16, 5)) * 0.3));
    let scale = 10.0;
    let wanted = complex(&a);
    assert_near(&complex(&matrix_sin(&matrix_asin(&a).expect("asin")).expect("sin")), &wanted, scale, "asin");
    assert_near(&complex(&matrix_cos(&matrix_acos(&a).expect("acos")).expect("cos")), &wanted, scale, "acos");
    let doubled = matrix_exp(&complex_times(2.0, &matrix_atanh(&a).expect("atanh"))).expect("exp");
    let one = DMatrix::<Complex64>::identity(4, 4);
    assert_near(&(complex(&doubled) * (&one - &wanted)), &(&one + &wanted), scale, "atanh");
}

fn complex_times(factor: f64, a: &Value) -> Value {
    array(complex(a).scale(factor), Form::Matrix)
}

#[test]
fn singular_matrices_say_which_row_depends() {
    let hints = |rows: usize, items: &[f64]| {
        let fault = inv(&Value::matrix(rows, rows, items.to_vec())).expect_err("singular");
        format!("{:?}", fault.report())
    };
    assert!(hints(2, &[1.0, 2.0, 2.0, 4.0]).contains("row 2 = 2 × row 1"));
    assert!(hints(3, &[1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 2.0]).contains("row 3 = row 1 + row 2"));
    assert!(hints(2, &[1.0, 0.0, 2.0, 0.0]).contains("row 2 is zero"));
}

#[test]
fn not_finite_is_refused_at_once() {
    let a = Value::matrix(2, 2, vec![f64::NAN, 1.0, 1.0, f64::INFINITY]);
    for found in [eigen(&a), eigvals(&a), schur_parts(&a), svd_parts(&a, true), nullspace(&a, Tolerance::default())] {
        assert_eq!(found.expect_err("NaN").report().map(|r| r.kind), Some(ErrorKind::ArgumentError));
    }
}

/// Numbers between -1 and 1 that are the same in every run.
fn scattered(rows: usize, cols: usize) -> DMatrix<f64> {
    let mut state = 0.5_f64;
    DMatrix::from_fn(rows, cols, |_, _| {
        state = 1.0 - 1.99 * state * state;
        state
    })
}

#[test]
fn large_matrices_have_their_eigenvectors() {
    let cycle = DMatrix::from_fn(90, 90, |i, j| if i == (j + 1) % 90 { 1.0 } else { 0.0 });
    let low_rank = scattered(70, 5) * scattered(5, 70);
    let companion = DMatrix::from_fn(60, 60, |i, j| if i == j + 1 || j == 59 { 1.0 } else { 0.0 });
    let doubled = DMatrix::from_fn(64, 64, |i, j| if i == j || j == i + 32 || (i == 60 && j == 3) { 2.0 } else { 0.0 });
    let wide = scattered(80, 80).map_with_location(|i, j, x| x * 10.0_f64.powi((i + j) as i32 / 8 - 10));
    let (tiny, huge) = (scattered(120, 120) * 1e-14, scattered(120, 120) * 1e12);
    for m in [scattered(64, 64), scattered(200, 200), cycle, low_rank, companion, doubled, wide, tiny, huge] {
        let (values, vectors) = real_eigen_parts(m.clone());
        let left = m.map(|x| Complex64::new(x, 0.0)) * &vectors;
        let right = &vectors * DMatrix::from_diagonal(&nalgebra::DVector::from_vec(values));
        assert!((left - right).camax() <= 1e-12 * m.norm(), "{} rows", m.nrows());
    }
}

fn real_eigen_parts(m: DMatrix<f64>) -> (Vec<Complex64>, DMatrix<Complex64>) {
    let found = eigen(&Dense::Real(m).into_value(Form::Matrix)).expect("finite");
    let Value::Tuple(tuple) = &found else { unreachable!("a named tuple") };
    let part = |name: &str| Dense::of(&tuple.field(name).expect("named"), "eigen", 0).expect("numbers").into_complex();
    (part("values").iter().copied().collect(), part("vectors"))
}

#[test]
fn large_matrices_come_back_from_their_factors() {
    let low_rank = scattered(70, 5) * scattered(5, 60);
    for m in [scattered(300, 300), scattered(90, 50), scattered(50, 90), low_rank, DMatrix::zeros(60, 60)] {
        let (rows, cols) = m.shape();
        let found = svd(m.clone(), "svd").expect("finite");
        let scaled = &found.u * DMatrix::from_diagonal(&nalgebra::DVector::from_vec(found.values.clone()));
        assert!((scaled * found.v.adjoint() - &m).norm() <= 1e-12 * m.norm().max(1.0), "svd of {rows}×{cols}");
        let size = rows.min(cols);
        assert!((found.u.adjoint() * &found.u - DMatrix::<f64>::identity(size, size)).norm() < 1e-11);
        let (q, r) = householder::qr(m.clone()).expect("room");
        assert!((&q * &r - &m).norm() <= 1e-12 * m.norm().max(1.0), "qr of {rows}×{cols}");
        assert!((q.adjoint() * &q - DMatrix::<f64>::identity(size, size)).norm() < 1e-11);
        let square = &m * m.adjoint();
        let (values, vectors) = spectral::hermitian_eigen(square.clone(), "eigen").expect("finite");
        let scaled = &vectors * DMatrix::from_diagonal(&nalgebra::DVector::from_vec(values));
        assert!((scaled * vectors.adjoint() - &square).norm() <= 1e-12 * square.norm().max(1.0));
    }
}
