//! Systems of equations, inverses and determinants.

use super::elimination::{Elimination, identity, numbers};
use super::{Explainer, Named, Step, is_square};
use crate::kernel::operators;
use crate::op::{BinaryOp, UnaryOp};
use crate::teach::number::Number;
use crate::teach::page::Piece;
use crate::teach::picture::{Picture, Table, operand, short};
use crate::value::Value;

impl Explainer<'_> {
    /// `A \ b`
    pub(super) fn left_division(&mut self, a: &Named, b: &Named, step: &Step<'_>) {
        let unknown = if b.table().is_vector() { "x" } else { "X" };
        let equation = format!("{} * {unknown} = {}", a.name, b.name);
        if is_square(&a.value) {
            self.page.text(&format!("Solves {equation} for {unknown} by elimination, without an inverse."));
            self.eliminated(&a.value, &b.value, unknown);
        } else if a.table().shape().0 > a.table().shape().1 {
            self.page.text(&format!(
                "More equations than unknowns: {equation} has no solution in general. Least squares: the {unknown} for \
                 which norm({} * {unknown} - {}) is smallest.",
                a.name, b.name
            ));
            self.normal_equations(a, b, unknown);
        } else {
            self.page.text(&format!(
                "Fewer equations than unknowns: of all solutions of {equation}, the one of the smallest norm."
            ));
        }
        let result = Piece::Matrix(unknown.to_string(), Picture::of(&step.value, self.page.room()));
        self.page.equation(&[Piece::Matrix(String::new(), Picture::text(&format!("{unknown} ="))), result]);
    }

    /// `b / A`: the same for the transposes.
    pub(super) fn right_division(&mut self, b: &Named, a: &Named, step: &Step<'_>) {
        self.page.text(&format!(
            "Solves X * {} = {} for X. The transposes turn it into {}' * X' = {}', which elimination solves.",
            a.name, b.name, a.name, b.name
        ));
        let transposed = |value: &Value| operators::unary(UnaryOp::Adjoint, value).ok();
        if let (Some(a), Some(b)) = (transposed(&a.value), transposed(&b.value))
            && is_square(&a)
        {
            self.eliminated(&a, &b, "X'");
        }
        let result = Piece::Matrix("X".to_string(), Picture::of(&step.value, self.page.room()));
        self.page.equation(&[Piece::Matrix(String::new(), Picture::text("X =")), result]);
    }

    /// The elimination of a square system, and the unknowns from below.
    fn eliminated(&mut self, a: &Value, b: &Value, unknown: &str) {
        let right = numbers(b);
        let Some(mut table) = right.and_then(|right| Elimination::of(a, &right)) else { return };
        let start = table.picture();
        let regular = table.downwards();
        self.log("the system", &start, &table);
        if !regular {
            return self.page.text("a column has no pivot left: the matrix is singular");
        }
        if Table::of(b).shape().1 == 1 {
            self.from_below(&table, Table::of(a).shape().0, unknown);
        } else {
            let before = table.log().len();
            table.upwards();
            self.log_from(before, &table);
        }
    }

    /// Back substitution, the last unknown first.
    fn from_below(&mut self, table: &Elimination, n: usize, unknown: &str) {
        self.page.text("From the last row upwards:");
        let mut known = vec![Number::ZERO; n];
        let mut rows = Vec::new();
        for i in (0..n).rev() {
            let mut sum = table.entry(i, n);
            let mut text = sum.text();
            for j in i + 1..n {
                let factor = table.entry(i, j);
                if factor.is_zero() {
                    continue;
                }
                sum = sum.minus(factor.times(known[j]));
                text.push_str(&format!(" - {}*{}", factor.operand(), known[j].operand()));
            }
            let pivot = table.entry(i, i);
            known[i] = sum.over(pivot);
            let plain = text == known[i].text();
            let quotient = match (pivot.is_one(), text.contains(' ')) {
                (true, _) => text,
                (false, true) => format!("({text}) / {}", pivot.operand()),
                (false, false) => format!("{} / {}", sum.operand(), pivot.operand()),
            };
            let value = known[i].text();
            let text = if pivot.is_one() && plain { value } else { format!("{quotient} = {value}") };
            rows.push([format!("{unknown}[{}]", i + 1), format!("= {text}")]);
        }
        self.page.table(&rows);
    }

    /// `A' * A * x = A' * b` for a least squares problem.
    fn normal_equations(&mut self, a: &Named, b: &Named, unknown: &str) {
        let times = |x: &Value, y: &Value| operators::binary(BinaryOp::Mul, x, y).ok();
        let Ok(transposed) = operators::unary(UnaryOp::Adjoint, &a.value) else { return };
        let (Some(square), Some(right)) = (times(&transposed, &a.value), times(&transposed, &b.value)) else { return };
        self.page.text(&format!("It solves {}' * {} * {unknown} = {}' * {}:", a.name, a.name, a.name, b.name));
        self.eliminated(&square, &right, unknown);
    }

    /// `inv(A)`
    pub(super) fn inverse(&mut self, a: &Named, step: &Step<'_>) {
        let (n, _) = a.table().shape();
        self.page.text(&format!(
            "The inverse: {} * X = I. Elimination on {} beside the identity; when {} has become I, the right side is the \
             inverse.",
            a.name, a.name, a.name
        ));
        if let Some(mut table) = Elimination::of(&a.value, &identity(n)) {
            let start = table.picture();
            if table.downwards() {
                table.upwards();
            }
            self.log("the start", &start, &table);
        }
        let result = Piece::Matrix(self.title(step.expr), Picture::of(&step.value, self.page.room()));
        self.page.equation(&[Piece::Matrix(String::new(), Picture::text(&format!("inv({}) =", a.name))), result]);
    }

    /// `det(A)`
    pub(super) fn determinant(&mut self, a: &Named, step: &Step<'_>) {
        let entries = a.table().entries();
        let n = entries.len();
        let entry = |i: usize, j: usize| operand(&entries[i][j]);
        let value = short(&step.value);
        self.page.equation(&[Piece::Sign("det"), a.picture(&self.page), Piece::Sign("=")]);
        match n {
            2 => {
                self.page.text("Two by two: the product of the diagonal minus that of the other diagonal.");
                let (p, q) = (format!("{}*{}", entry(0, 0), entry(1, 1)), format!("{}*{}", entry(0, 1), entry(1, 0)));
                self.page.text(&format!("{p} - {q} = {value}"));
            }
            3 => {
                self.page.text("Expanded along the first row: each entry times the determinant of what is left without its row and column, with signs + - +.");
                let minor = |j: usize| {
                    let cols: Vec<usize> = (0..3).filter(|k| *k != j).collect();
                    let (p, q) = (cols[0], cols[1]);
                    format!("{} * ({}*{} - {}*{})", entry(0, j), entry(1, p), entry(2, q), entry(1, q), entry(2, p))
                };
                self.page.text(&format!("{} - {} + {} = {value}", minor(0), minor(1), minor(2)));
            }
            _ => self.determinant_by_elimination(a, &value),
        }
    }

    fn determinant_by_elimination(&mut self, a: &Named, value: &str) {
        self.page.text("Elimination changes no determinant, but a swap of two rows its sign; that of a triangle is the product of its diagonal.");
        let Some(mut table) = Elimination::of(&a.value, &[]) else {
            return self.page.text(&format!("= {value}"));
        };
        let start = table.picture();
        let regular = table.downwards();
        self.log("the start", &start, &table);
        if !regular {
            return self.page.text(&format!("A column has no pivot left: the determinant is {value}."));
        }
        let swaps = if table.swapped() { " (an odd number of swaps)" } else { "" };
        self.page.text(&format!("{} = {value}{swaps}", table.determinant()));
    }

    fn log(&mut self, caption: &str, start: &Picture, table: &Elimination) {
        self.page.text(&format!("{caption}:"));
        self.page.lines(start.lines());
        self.log_from(0, table);
    }

    fn log_from(&mut self, first: usize, table: &Elimination) {
        for (done, picture) in &table.log()[first..] {
            self.page.text(&format!("{done}:"));
            self.page.lines(picture.lines());
        }
    }
}
