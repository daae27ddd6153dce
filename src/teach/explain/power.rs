//! `A^n` of a matrix, against `A.^n`.

use super::{Explainer, Named, Step};
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::teach::page::Piece;
use crate::teach::picture::Table;
use crate::value::array::dense;
use crate::value::{Array, Elements, Form, Type, Value};

/// Factors of a power that are multiplied one by one.
const MOST_FACTORS: i64 = 4;

/// Elements of a matrix whose powers are computed again for the explanation.
const MOST_ELEMENTS: usize = 400;

impl Explainer<'_> {
    /// `A^n`
    pub(super) fn matrix_power(&mut self, a: &Named, exponent: &Named, step: &Step<'_>) {
        let name = &a.name;
        match &exponent.value {
            Value::Int(2) => {
                self.page.text(&format!("A power of a matrix is the matrix product with itself: {name} * {name}."));
                self.matrix_product(a, a, step);
            }
            Value::Int(n) if (3..=MOST_FACTORS).contains(n) => {
                let factors = vec![name.as_str(); *n as usize].join(" * ");
                self.page.text(&format!("A power of a matrix is the matrix product with itself: {factors}."));
                self.powers(a, *n);
            }
            Value::Int(0) => self.page.text("The power 0 of a square matrix is the identity."),
            Value::Int(1) => self.page.text("The power 1 is the matrix itself."),
            Value::Int(-1) => self.inverse(a, step),
            Value::Int(n) if *n < 0 => {
                self.page
                    .text(&format!("A negative power is a power of the inverse: inv({name})^{}.", n.unsigned_abs()));
            }
            Value::Int(n) => {
                self.page.text(&format!("The matrix product of {n} factors {name}, by squaring again and again."));
            }
            _ => self.page.text(&format!(
                "A power that is no whole number goes through the eigenvalues: {name} = V * D * inv(V), and only the \
                 diagonal D is raised."
            )),
        }
        if !matches!(exponent.value, Value::Int(2 | -1)) {
            self.result(step);
        }
        self.against_elementwise(a, exponent);
    }

    /// `A^2`, `A^3` … up to the one before the last.
    fn powers(&mut self, a: &Named, n: i64) {
        if a.table().len() > MOST_ELEMENTS {
            return;
        }
        let mut power = a.value.clone();
        for k in 2..n {
            let Ok(next) = operators::binary(BinaryOp::Mul, &power, &a.value) else { return };
            power = next;
            let name = format!("{}^{k}", a.name);
            let caption = Piece::Caption(format!("{name} ="));
            self.page.equation(&[caption, Piece::Value(name, power.clone())]);
        }
    }

    /// The same with a dot, which is something else.
    fn against_elementwise(&mut self, a: &Named, exponent: &Named) {
        if a.table().len() > MOST_ELEMENTS {
            return;
        }
        let dotted = format!("{}.^{}", a.name, exponent.name);
        let power = |x: &Value| operators::binary(BinaryOp::Pow, x, &exponent.value).ok();
        let Some(value) = every(&a.table(), power) else { return };
        self.page.text(&format!("With a dot every element by itself, which is something else: {dotted}"));
        self.page.equation(&[Piece::Value(dotted, value)]);
    }
}

/// A function of every entry, in a matrix of the same shape.
pub(super) fn every(table: &Table, f: impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    let (rows, cols) = table.shape();
    let places = (0..cols).flat_map(|j| (0..rows).map(move |i| (i, j)));
    let items = places.map(|(i, j)| f(&table.get(i, j))).collect::<Option<Vec<_>>>()?;
    Some(Value::array(Array::new(Form::Matrix, Elements::Any(dense(rows, cols, items), Type::Any))))
}
