//! Products: of matrices and vectors, of numbers and arrays, the Kronecker and the cross product.

use super::{Explainer, Named, Step, entry_label, explained_entries};
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::teach::page::{Page, Piece};
use crate::teach::picture::{Picture, Table, joined, operand, short};
use crate::value::Value;
use unicode_width::UnicodeWidthStr;

impl Explainer<'_> {
    /// `a * b` of two arrays.
    pub(super) fn matrix_product(&mut self, a: &Named, b: &Named, step: &Step<'_>) {
        let result = Table::of(&step.value);
        let ((rows, inner), (_, cols)) = (a.table().shape(), b.table().shape());
        let (left, right) = (&a.name, &b.name);
        let rule = match (rows, inner, cols) {
            (1, _, 1) if !result.is_array() => {
                format!("Row times column, the inner product: {left} and {right} have {inner} entries each.")
            }
            (_, 1, _) if rows > 1 && cols > 1 => {
                format!(
                    "Column times row, the outer product: entry [i, j] is entry i of {left} times entry j of {right}."
                )
            }
            (_, _, 1) => format!("{} Entry [i] is row i of {left} times {right}.", the_rule(left, right, inner)),
            _ => format!("{} Entry [i, j] is row i of {left} times column j of {right}.", the_rule(left, right, inner)),
        };
        self.page.text(&rule);
        let product = Piece::Value(format!("{left} * {right}"), step.value.clone());
        self.page.equation(&[a.piece(), Piece::Sign("*"), b.piece(), Piece::Sign("="), product]);
        if !result.is_array() {
            let (row, column) = row_and_column(a, b, (0, 0));
            return self.page.text(&format!("{} = {}", sum_of_products(&row, &column), short(&step.value)));
        }
        if let Some(entry) = step.chosen {
            return one_entry(&mut self.page, a, b, &result, entry);
        }
        let rows = explained_entries(&result, None).into_iter().map(|entry| match entry {
            Some(entry) => entry_of_product(a, b, &result, entry),
            None => left_out(&result, &self.text(step.expr.span)),
        });
        self.page.table(&rows.collect::<Vec<_>>());
    }

    /// `a ⊗ b`
    pub(super) fn kronecker(&mut self, a: &Named, b: &Named, step: &Step<'_>) {
        let (table, (p, q)) = (a.table(), b.table().shape());
        self.page.text(&format!(
            "The Kronecker product: every entry of {} times the whole of {}, as blocks of {p}×{q}.",
            a.name, b.name
        ));
        let (rows, cols) = table.shape();
        let blocks = if rows * cols <= super::MOST_ENTRIES {
            let block = |value: &Value| format!("{}*{}", operand(value), b.name);
            let cells = table.entries().iter().map(|row| row.iter().map(block).collect()).collect();
            vec![Piece::Drawn("the blocks".to_string(), Picture::grid(cells, None)), Piece::Sign("=")]
        } else {
            Vec::new()
        };
        let result = Piece::Value(format!("{} ⊗ {}", a.name, b.name), step.value.clone());
        let pieces: Vec<Piece> = blocks.into_iter().chain([result]).collect();
        self.page.equation(&pieces);
        let result = Table::of(&step.value);
        if let Some((i, j)) = step.chosen {
            let (x, y) = (table.get(i / p.max(1), j / q.max(1)), b.table().get(i % p.max(1), j % q.max(1)));
            let sum = format!("{} * {} = {}", operand(&x), operand(&y), short(&result.get(i, j)));
            let place = format!(
                "entry {} of {}, entry {} of {}",
                entry_label(&table, (i / p.max(1), j / q.max(1))),
                a.name,
                entry_label(&b.table(), (i % p.max(1), j % q.max(1))),
                b.name
            );
            self.page.table(&[[entry_label(&result, (i, j)), place, sum]]);
        }
    }

    /// `x × y`
    pub(super) fn cross_product(&mut self, a: &Named, b: &Named, step: &Step<'_>) {
        self.page.text(&format!("The cross product: perpendicular to {} and to {}.", a.name, b.name));
        let (x, y, result) = (a.table(), b.table(), Table::of(&step.value));
        if x.len() != 3 || y.len() != 3 {
            return;
        }
        let rows = [(0, 1, 2), (1, 2, 0), (2, 0, 1)].map(|(k, i, j)| {
            let term = |i, j| format!("{}*{}", operand(&x.get(i, 0)), operand(&y.get(j, 0)));
            [format!("[{}]", k + 1), format!("{} - {} = {}", term(i, j), term(j, i), short(&result.get(k, 0)))]
        });
        self.page.table(&rows);
    }

    /// `x ⋅ y`, `dot(x, y)`
    pub(super) fn dot_product(&mut self, a: &Named, b: &Named, step: &Step<'_>) {
        self.page.text(&format!("The inner product {}' * {}: pairs multiplied and added up.", a.name, b.name));
        let (x, y) = (a.table(), b.table());
        let term = |k: usize| format!("{}*{}", operand(&x.at(k)), operand(&y.at(k)));
        self.page.text(&format!("{} = {}", joined(x.len().min(y.len()), term, " + "), short(&step.value)));
    }
}

fn the_rule(left: &str, right: &str, inner: usize) -> String {
    format!("The matrix product: columns of {left} = rows of {right} = {inner}.")
}

/// `[1, 2]`, `row 1 of A · column 2 of B`, `1*8 + 2*10 = 28`
fn entry_of_product(a: &Named, b: &Named, result: &Table, (i, j): (usize, usize)) -> [String; 3] {
    let (row, column) = row_and_column(a, b, (i, j));
    let sum = format!("{} = {}", sum_of_products(&row, &column), short(&result.get(i, j)));
    [entry_label(result, (i, j)), format!("{} · {}", row_name(a, i), column_name(b, j)), sum]
}

fn row_and_column(a: &Named, b: &Named, (i, j): (usize, usize)) -> (Vec<Value>, Vec<Value>) {
    let (left, right) = (a.table(), b.table());
    let row = (0..left.shape().1).map(|k| left.get(i, k)).collect();
    (row, (0..right.shape().0).map(|k| right.get(k, j)).collect())
}

fn row_name(a: &Named, i: usize) -> String {
    let (rows, cols) = a.table().shape();
    if cols == 1 && rows > 1 {
        return format!("entry {} of {}", i + 1, a.name);
    }
    if rows == 1 { a.name.clone() } else { format!("row {} of {}", i + 1, a.name) }
}

fn column_name(b: &Named, j: usize) -> String {
    let (rows, cols) = b.table().shape();
    if rows == 1 && cols > 1 {
        return format!("entry {} of {}", j + 1, b.name);
    }
    if cols == 1 { b.name.clone() } else { format!("column {} of {}", j + 1, b.name) }
}

/// `1*7 + 2*(-9) + … + 3*11`
fn sum_of_products(row: &[Value], column: &[Value]) -> String {
    let term = |k: usize| format!("{}*{}", operand(&row[k]), operand(&column[k]));
    joined(row.len().min(column.len()), term, " + ")
}

/// One entry in full: row above column, their products, the sum.
fn one_entry(page: &mut Page, a: &Named, b: &Named, result: &Table, (i, j): (usize, usize)) {
    let (row, column) = row_and_column(a, b, (i, j));
    let product = |(x, y): (&Value, &Value)| operators::binary(BinaryOp::Mul, x, y).unwrap_or(Value::Nothing);
    let products: Vec<Value> = row.iter().zip(&column).map(product).collect();
    let lines = [&row, &column, &products].map(|values| values.iter().map(short).collect::<Vec<_>>());
    let widths: Vec<usize> =
        (0..row.len()).map(|k| lines.iter().map(|line| line[k].width()).max().unwrap_or(0)).collect();
    let [row_text, column_text, product_text] = lines.map(|line| {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{}{cell}", " ".repeat(width - cell.width())));
        cells.collect::<Vec<_>>().join("  ")
    });
    page.table(&[
        [row_name(a, i), row_text],
        [column_name(b, j), column_text],
        ["products".to_string(), product_text],
        [
            format!("entry {}", entry_label(result, (i, j))),
            format!("{} = {}", joined(products.len(), |k| operand(&products[k]), " + "), short(&result.get(i, j))),
        ],
    ]);
}

/// The row that stands for entries that are not explained.
pub(super) fn left_out<const N: usize>(result: &Table, text: &str) -> [String; N] {
    let mut row = [const { String::new() }; N];
    row[0] = "⋯".to_string();
    let last = entry_label(result, (result.shape().0 / 2, result.shape().1 / 2));
    row[N - 1] = format!("{} entries; a single one: @explain ({text}){last}", result.len());
    row
}
