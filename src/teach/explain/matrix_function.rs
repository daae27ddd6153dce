//! Functions of a square matrix: `exp(A)` against `exp.(A)`.

use super::power::every;
use super::{Explainer, Named, Step};
use crate::teach::page::Piece;
use crate::value::function::{OnFloat, Run};
use crate::value::promote::to_float;
use crate::value::{Builtin, Value};

/// What the matrix functions mean.
const MEANINGS: &[(&str, &str)] = &[
    ("exp", "The matrix exponential, I + A + A^2/2 + A^3/6 + …"),
    ("log", "The matrix logarithm: the X with exp(X) = A."),
    ("sqrt", "The matrix square root: the X with X * X = A."),
    ("cbrt", "The matrix cube root: the X with X * X * X = A."),
    ("sin", "The matrix sine, A - A^3/6 + A^5/120 - …"),
    ("cos", "The matrix cosine, I - A^2/2 + A^4/24 - …"),
];

/// What else every function of a matrix is.
const IN_GENERAL: &str =
    "A function of the matrix, by its eigenvalues: A = V * D * inv(V), and the function of the diagonal D.";

impl Explainer<'_> {
    /// `f(A)` of a square matrix, where `f` is a function of one number.
    pub(super) fn matrix_function(&mut self, builtin: &'static Builtin, a: &Named, step: &Step<'_>) {
        let name = builtin.name();
        let meaning = MEANINGS.iter().find(|(known, _)| *known == name).map_or(IN_GENERAL, |(_, meaning)| meaning);
        self.page.text(&in_names(meaning, &a.name));
        let result = Piece::Value(format!("{name}({})", a.name), step.value.clone());
        self.page.equation(&[Piece::Sign(name), a.piece(), Piece::Sign("="), result]);
        let Some(value) = every(&a.table(), |x| of_number(builtin, x)) else { return };
        let dotted = format!("{name}.({})", a.name);
        self.page.text(&format!("With a dot the function of every element, which is something else: {dotted}"));
        self.page.equation(&[Piece::Value(dotted, value)]);
    }
}

/// A rule about A for a matrix of another name.
fn in_names(rule: &str, name: &str) -> String {
    let spaced: Vec<String> = rule.split(' ').map(|word| in_name(word, name)).collect();
    spaced.join(" ")
}

fn in_name(word: &str, name: &str) -> String {
    match word.strip_prefix('A') {
        Some(rest) if !rest.starts_with(|c: char| c.is_alphanumeric()) => format!("{name}{rest}"),
        _ => word.to_string(),
    }
}

/// The function of one real number, where that is real.
fn of_number(builtin: &Builtin, x: &Value) -> Option<Value> {
    let Run::Scalar(scalar) = &builtin.run else { return None };
    let x = to_float(x).ok()?;
    if scalar.domain.as_ref().is_some_and(|domain| !(domain.allows)(x)) {
        return None;
    }
    match &scalar.float {
        OnFloat::ToFloat(f) => Some(Value::float(f(x))),
        OnFloat::ToBool(_) | OnFloat::No => None,
    }
}
