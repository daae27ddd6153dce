//! Gauss's elimination as it is done by hand: each step with what is done to which row, and the table after it.

use crate::teach::number::Number;
use crate::teach::picture::{Picture, Table};
use crate::value::Value;

/// Rows and columns up to which an elimination is worth reading.
pub const MOST: usize = 5;

/// Magnitude below which a float of an elimination counts as zero.
const NEGLIGIBLE: f64 = 1e-12;

/// A table that is reduced row by row; columns from `width` on stand behind a bar.
#[derive(Clone)]
pub struct Elimination {
    rows: Vec<Vec<Number>>,
    width: usize,
    log: Vec<(String, Picture)>,
    /// -1 for an odd number of swaps.
    sign: i64,
}

impl Elimination {
    /// The table of a matrix beside right-hand sides. An error is the sentence why it is not shown.
    pub fn of(matrix: &Value, right: &[Vec<Number>]) -> Result<Elimination, String> {
        let rows = numbers(matrix)?;
        let width = rows.first().map_or(0, Vec::len);
        if rows.is_empty() {
            return Err("There is nothing to eliminate: the matrix is empty.".to_string());
        }
        let beside = |i: usize| right.get(i).map_or(&[][..], Vec::as_slice);
        let rows = rows.iter().enumerate().map(|(i, row)| row.iter().chain(beside(i)).copied().collect()).collect();
        let mut table = Elimination { rows, width, log: Vec::new(), sign: 1 };
        table.write_alike();
        Ok(table)
    }

    /// Fractions and decimals are not mixed: with one decimal among them all numbers are decimals.
    fn write_alike(&mut self) {
        let decimal = |x: &Number| matches!(x, Number::Float(_));
        if self.rows.iter().flatten().any(decimal) {
            self.rows.iter_mut().flatten().for_each(|x| *x = Number::Float(x.float()));
        }
    }

    /// The table as it is now.
    pub fn picture(&self) -> Picture {
        let cells = self.rows.iter().map(|row| row.iter().map(|x| x.text()).collect()).collect();
        let behind = self.rows.first().map_or(0, Vec::len) > self.width;
        Picture::grid(cells, behind.then_some(self.width))
    }

    /// What was done so far, each with the table after it.
    pub fn log(&self) -> &[(String, Picture)] {
        &self.log
    }

    /// An entry, from 0.
    pub fn entry(&self, i: usize, j: usize) -> Number {
        self.rows[i][j]
    }

    /// Zeros below the diagonal. False if a column has no pivot: the matrix is singular.
    pub fn downwards(&mut self) -> bool {
        for k in 0..self.width {
            if !self.pivot(k) {
                return false;
            }
            let below: Vec<usize> = (k + 1..self.rows.len()).collect();
            self.clear(k, &below);
        }
        true
    }

    /// Ones on the diagonal and zeros above it, after `downwards`.
    pub fn upwards(&mut self) {
        for k in (0..self.width).rev() {
            let pivot = self.rows[k][k];
            if !pivot.is_one() {
                for x in &mut self.rows[k] {
                    *x = x.over(pivot);
                }
                self.note(vec![format!("row {} / {}", k + 1, pivot.operand())]);
            }
            let above: Vec<usize> = (0..k).collect();
            self.clear(k, &above);
        }
    }

    /// The determinant of a table without right-hand sides, after `downwards`, and how it is written.
    pub fn determinant(&self) -> String {
        let factors: Vec<String> = (0..self.width).map(|k| self.rows[k][k].operand()).collect();
        let product = factors.join(" * ");
        if self.sign < 0 { format!("-({product})") } else { product }
    }

    /// Were rows swapped an odd number of times?
    pub fn swapped(&self) -> bool {
        self.sign < 0
    }

    /// Brings a row with a pivot to place `k`: by hand the first one, with floats the largest.
    fn pivot(&mut self, k: usize) -> bool {
        let candidates = k..self.rows.len();
        let exact = self.rows.iter().flatten().all(|x| matches!(x, Number::Exact(..)));
        let best = if exact {
            candidates.into_iter().find(|i| !self.rows[*i][k].is_zero())
        } else {
            let size = |i: &usize| self.rows[*i][k].magnitude();
            candidates.max_by(|i, j| size(i).total_cmp(&size(j)).then(j.cmp(i))).filter(|i| size(i) > NEGLIGIBLE)
        };
        let Some(best) = best else { return false };
        if best != k {
            self.rows.swap(k, best);
            self.sign = -self.sign;
            self.note(vec![format!("swap rows {} and {}", k + 1, best + 1)]);
        }
        true
    }

    /// Subtracts multiples of row `k` from others, so that their column `k` becomes zero.
    fn clear(&mut self, k: usize, others: &[usize]) {
        let mut done = Vec::new();
        for i in others {
            let factor = self.rows[*i][k].over(self.rows[k][k]);
            if factor.is_zero() {
                continue;
            }
            for j in 0..self.rows[*i].len() {
                self.rows[*i][j] = self.rows[*i][j].minus(factor.times(self.rows[k][j]));
            }
            // What is zero by construction is shown as zero.
            self.rows[*i][k] = Number::ZERO;
            let (sign, factor) = if factor.float() < 0.0 { ("+", factor.negative()) } else { ("-", factor) };
            let multiple = if factor.is_one() { String::new() } else { format!("{} * ", factor.operand()) };
            done.push(format!("row {} {sign} {multiple}row {}", i + 1, k + 1));
        }
        if !done.is_empty() {
            self.note(done);
        }
    }

    fn note(&mut self, done: Vec<String>) {
        self.write_alike();
        self.log.push((done.join(",  "), self.picture()));
    }
}

/// The rows of a matrix or vector of real numbers. An error is the sentence why they are not shown.
pub fn numbers(value: &Value) -> Result<Vec<Vec<Number>>, String> {
    let table = Table::of(value);
    let (rows, cols) = table.shape();
    if rows.max(cols) > MOST {
        let size = crate::teach::size(value);
        return Err(format!("The steps of an elimination are shown up to {MOST}×{MOST}; this is {size}."));
    }
    let numbers = table.entries().iter().map(|row| row.iter().map(Number::of).collect()).collect::<Option<_>>();
    let complex = |x: &Value| matches!(x, Value::Complex(_));
    numbers.ok_or_else(|| match table.entries().iter().flatten().any(complex) {
        true => "The steps are the same with complex numbers; they are shown for real ones.".to_string(),
        false => "The steps are shown for real numbers.".to_string(),
    })
}

/// The rows of the identity matrix.
pub fn identity(n: usize) -> Vec<Vec<Number>> {
    let entry = |i, j| if i == j { Number::ONE } else { Number::ZERO };
    (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, cols: usize, items: &[i64]) -> Value {
        Value::matrix(rows, cols, items.to_vec())
    }

    #[test]
    fn fractions_of_integers() {
        let mut e =
            Elimination::of(&matrix(2, 2, &[2, 1, 1, 3]), &[vec![Number::ONE], vec![Number::ONE]]).expect("small");
        assert!(e.downwards());
        assert_eq!(e.log()[0].0, "row 2 - (1/2) * row 1");
        assert_eq!(e.determinant(), "2 * (5/2)");
        e.upwards();
        assert_eq!([e.entry(0, 2).text(), e.entry(1, 2).text()], ["2/5", "1/5"]);
    }

    #[test]
    fn decimals_and_fractions_are_not_mixed() {
        let floats = Value::matrix(2, 2, vec![0.1, 1.0, 2.0, 0.5]);
        let mut e = Elimination::of(&floats, &[]).expect("small");
        assert!(e.downwards());
        let texts = |table: &Elimination| table.rows.iter().flatten().map(|x| x.text()).collect::<Vec<_>>();
        assert!(texts(&e).iter().all(|text| !text.contains('/')), "{:?}", texts(&e));
    }

    #[test]
    fn what_is_not_shown_says_why() {
        let large = Value::matrix(6, 6, vec![1.0; 36]);
        assert!(Elimination::of(&large, &[]).is_err_and(|why| why.contains("up to 5×5") && why.contains("6×6")));
    }

    #[test]
    fn rows_are_swapped_and_singular_matrices_found() {
        let mut swapped = Elimination::of(&matrix(2, 2, &[0, 1, 1, 0]), &[]).expect("small");
        assert!(swapped.downwards() && swapped.swapped());
        let mut singular = Elimination::of(&matrix(2, 2, &[1, 2, 2, 4]), &[]).expect("small");
        assert!(!singular.downwards());
    }
}
