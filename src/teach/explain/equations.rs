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
            self.eliminated(&a.value, b, unknown);
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
        let result = Piece::Value(unknown.to_string(), step.value.clone());
        self.page.equation(&[Piece::Caption(format!("{unknown} =")), result]);
    }

    /// `b / A`: the same for the transposes.
    pub(super) fn right_division(&mut self, b: &Named, a: &Named, step: &Step<'_>) {
        let right = &b.name;
        self.page.text(&format!(
            "Solves X * {} = {} for X. The transposes turn it into {}' * X' = {}', which elimination solves.",
            a.name, b.name, a.name, b.name
        ));
        let transposed = |value: &Value| operators::unary(UnaryOp::Adjoint, value).ok();
        if let (Some(a), Some(b)) = (transposed(&a.value), transposed(&b.value))
            && is_square(&a)
        {
            self.eliminated(&a, &Named { name: format!("{}'", right), value: b }, "X'");
        }
        let result = Piece::Value("X".to_string(), step.value.clone());
        self.page.equation(&[Piece::Caption("X =".to_string()), result]);
    }

    /// The elimination of a square system, and the unknowns from below.
    pub(super) fn eliminated(&mut self, a: &Value, b: &Named, unknown: &str) {
        let mut table = match numbers(&b.value).and_then(|right| Elimination::of(a, &right)) {
            Ok(table) => table,
            Err(why) => return self.page.text(&why),
        };
        let start = table.picture();
        let regular = table.downwards();
        self.log(&format!("The equations as a table, {} behind the bar", b.name), &start, &table);
        if !regular {
            return self.page.text("No pivot is left for the next column: the matrix is singular.");
        }
        if b.table().shape().1 == 1 {
            self.substituted_back(&table, Table::of(a).shape().0, unknown);
        } else {
            let before = table.log().len();
            table.upwards();
            self.log_from(before, &table);
            self.page.text(&format!("Behind the bar stands {unknown}."));
        }
    }

    /// Back substitution, the last unknown first.
    fn substituted_back(&mut self, table: &Elimination, n: usize, unknown: &str) {
        self.page.text("From the last row upwards:");
        let mut known = vec![Number::ZERO; n];
        let mut rows = Vec::new();
        for i in (0..n).rev() {
            let mut sum = table.entry(i, n);
            let mut text = sum.text();
            for (j, solved) in known.iter().enumerate().skip(i + 1) {
                let factor = table.entry(i, j);
                if factor.is_zero() {
                    continue;
                }
                sum = sum.minus(factor.times(*solved));
                text.push_str(&format!(" - {}*{}", factor.operand(), solved.operand()));
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
            rows.push([format!("{unknown}[{}] = {text}", i + 1)]);
        }
        self.page.table(&rows);
    }

    /// `A' * A * x = A' * b` for a least squares problem.
    fn normal_equations(&mut self, a: &Named, b: &Named, unknown: &str) {
        let times = |x: &Value, y: &Value| operators::binary(BinaryOp::Mul, x, y).ok();
        let Ok(transposed) = operators::unary(UnaryOp::Adjoint, &a.value) else { return };
        let (Some(square), Some(right)) = (times(&transposed, &a.value), times(&transposed, &b.value)) else { return };
        self.page.text(&format!("It solves {}' * {} * {unknown} = {}' * {}:", a.name, a.name, a.name, b.name));
        let right = Named { name: format!("{}' * {}", a.name, b.name), value: right };
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
        match Elimination::of(&a.value, &identity(n)) {
            Ok(mut table) => {
                let start = table.picture();
                if table.downwards() {
                    table.upwards();
                }
                self.log(&format!("{}, and I behind the bar", a.name), &start, &table);
            }
            Err(why) => self.page.text(&why),
        }
        let result = Piece::Value(self.title(step.expr), step.value.clone());
        self.page.equation(&[Piece::Caption(format!("inv({}) =", a.name)), result]);
    }

    /// `det(A)`
    pub(super) fn determinant(&mut self, a: &Named, step: &Step<'_>) {
        let entries = a.table().entries();
        let n = entries.len();
        let entry = |i: usize, j: usize| operand(&entries[i][j]);
        let value = short(&step.value);
        self.page.equation(&[Piece::Sign("det"), a.piece(), Piece::Caption(format!("= {value}"))]);
        let numbers = match numbers(&a.value) {
            Ok(numbers) => numbers,
            Err(why) => return self.page.text(&why),
        };
        let minor = |rows: [usize; 2], cols: [usize; 2]| {
            let product = |i: usize, j: usize| numbers[rows[0]][i].times(numbers[rows[1]][j]);
            let text = format!(
                "{}*{} - {}*{}",
                entry(rows[0], cols[0]),
                entry(rows[1], cols[1]),
                entry(rows[0], cols[1]),
                entry(rows[1], cols[0])
            );
            (text, product(cols[0], cols[1]).minus(product(cols[1], cols[0])))
        };
        match n {
            2 => {
                self.page.text("Two by two: the product of the diagonal minus that of the other diagonal.");
                let (text, result) = minor([0, 1], [0, 1]);
                self.page.text(&format!("{text} = {}", result.text()));
            }
            3 => {
                self.page.text(
                    "Along the first row: each entry times the determinant of what is left without its row and column, \
                     with the signs + - +.",
                );
                let minors = [[1, 2], [0, 2], [0, 1]].map(|cols| minor([1, 2], cols));
                let [first, second, third] = [0, 1, 2].map(|k| format!("{} * ({})", entry(0, k), minors[k].0));
                self.page.text(&format!("{first} - {second} + {third}"));
                let [first, second, third] = [0, 1, 2].map(|k| format!("{} * {}", entry(0, k), minors[k].1.operand()));
                let term = |k: usize| numbers[0][k].times(minors[k].1);
                let result = term(0).minus(term(1)).plus(term(2));
                self.page.text(&format!("= {first} - {second} + {third} = {}", result.text()));
            }
            _ => self.determinant_by_elimination(a, &value),
        }
    }

    fn determinant_by_elimination(&mut self, a: &Named, value: &str) {
        let mut table = match Elimination::of(&a.value, &[]) {
            Ok(table) => table,
            Err(why) => return self.page.text(&why),
        };
        self.page.text(
            "Elimination leaves the determinant as it is, a swap of two rows turns its sign; that of a triangle is the \
             product of its diagonal.",
        );
        let start = table.picture();
        let regular = table.downwards();
        self.log(&a.name, &start, &table);
        if !regular {
            return self.page.text(&format!("No pivot is left for the next column: the determinant is {value}."));
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
