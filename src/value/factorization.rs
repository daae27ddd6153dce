//! Factorisations are named tuples; the names of their fields say which one a value is.

use super::Value;

/// The kinds of factorisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factorization {
    /// `A[p, :] == L * U`, `P * A == L * U`
    Lu,
    /// `A == Q * R`
    Qr,
    /// `A == L * L'`, `U == L'`
    Cholesky,
    /// `A == U * Diagonal(S) * Vt`, `V == Vt'`
    Svd,
    /// `A * vectors == vectors * Diagonal(values)`
    Eigen,
    /// `A == Z * T * Z'`
    Schur,
    /// `A == Q * H * Q'`
    Hessenberg,
}

impl Factorization {
    const ALL: [Factorization; 7] = [
        Factorization::Lu,
        Factorization::Qr,
        Factorization::Cholesky,
        Factorization::Svd,
        Factorization::Eigen,
        Factorization::Schur,
        Factorization::Hessenberg,
    ];

    /// The names of the parts, in the order in which `a, b = F` takes them.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Factorization::Lu => &["L", "U", "p", "P"],
            Factorization::Qr => &["Q", "R"],
            Factorization::Cholesky => &["L", "U"],
            Factorization::Svd => &["U", "S", "V", "Vt"],
            Factorization::Eigen => &["values", "vectors"],
            Factorization::Schur => &["T", "Z", "values"],
            Factorization::Hessenberg => &["Q", "H"],
        }
    }

    /// The parts that are displayed; the others say the same again.
    pub fn displayed(self) -> &'static [&'static str] {
        match self {
            Factorization::Lu => &["L", "U", "p"],
            Factorization::Svd => &["U", "S", "Vt"],
            Factorization::Qr
            | Factorization::Cholesky
            | Factorization::Eigen
            | Factorization::Schur
            | Factorization::Hessenberg => self.fields(),
        }
    }

    /// The factorisation that a value is: a named tuple of arrays under exactly these names.
    pub fn of(value: &Value) -> Option<Factorization> {
        let Value::Tuple(tuple) = value else { return None };
        let names = tuple.names.as_ref()?;
        let are_arrays = tuple.items.iter().all(|item| matches!(item, Value::Array(_)));
        Factorization::ALL
            .into_iter()
            .find(|kind| are_arrays && names.iter().map(|name| &**name).eq(kind.fields().iter().copied()))
    }
}
