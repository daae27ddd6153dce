//! Reductions: sums, products, extremes and means, of all elements or along a dimension.

use super::{Explainer, Named, Step, entry_label, place_of};
use crate::syntax::ast::Field;
use crate::teach::page::Piece;
use crate::teach::picture::{Table, joined, operand, short};
use crate::value::{Builtin, Value};

/// Results of a reduction that are all written out.
const MOST_RESULTS: usize = 9;

/// How a reduction is written.
struct Reduction {
    name: &'static str,
    /// What it does with the elements.
    rule: &'static str,
    /// Before the elements, between them, after them; `n` after them is their number.
    around: [&'static str; 3],
}

const REDUCTIONS: &[Reduction] = &[
    Reduction { name: "sum", rule: "All elements added up", around: ["", " + ", ""] },
    Reduction { name: "prod", rule: "All elements multiplied", around: ["", " * ", ""] },
    Reduction { name: "maximum", rule: "The largest element", around: ["largest of ", ", ", ""] },
    Reduction { name: "minimum", rule: "The smallest element", around: ["smallest of ", ", ", ""] },
    Reduction { name: "mean", rule: "The elements added up, divided by their number", around: ["(", " + ", ") / n"] },
    Reduction { name: "any", rule: "Is one of the elements true?", around: ["", " or ", ""] },
    Reduction { name: "all", rule: "Are all elements true?", around: ["", " and ", ""] },
    Reduction { name: "count", rule: "How many elements are true", around: ["true among ", ", ", ""] },
    Reduction { name: "cumsum", rule: "Running sums: each element plus all before it", around: ["", " + ", ""] },
    Reduction { name: "cumprod", rule: "Running products: each element times all before it", around: ["", " * ", ""] },
];

impl Explainer<'_> {
    /// Explains `sum(A)` and its like; false if it is none of them.
    pub(super) fn reduces(&mut self, builtin: &Builtin, a: &Named, keyword: &[Field], step: &Step<'_>) -> bool {
        let Some(reduction) = REDUCTIONS.iter().find(|r| r.name == builtin.name()) else { return false };
        let dims = match keyword {
            [] => None,
            [Field::Named(name, value)] if &*name.node == "dims" => match self.trace.value(value) {
                Some(Value::Int(dims @ (1 | 2))) => Some(dims),
                _ => return false,
            },
            _ => return false,
        };
        if !a.is_array() || a.table().len() == 0 {
            return false;
        }
        self.reduce(reduction, a, dims, step);
        true
    }

    fn reduce(&mut self, reduction: &Reduction, a: &Named, dims: Option<i64>, step: &Step<'_>) {
        let (table, result) = (a.table(), Table::of(&step.value));
        let (rows, cols) = table.shape();
        let along = match dims {
            Some(1) => format!(", down each column: dims = 1 runs along the {rows} rows"),
            Some(_) => format!(", along each row: dims = 2 runs along the {cols} columns"),
            None if table.is_vector() => String::new(),
            None => ", column after column".to_string(),
        };
        self.page.text(&format!("{}{along}.", reduction.rule));
        if result.is_array() {
            self.page.equation(&[a.piece(), Piece::Sign("→"), self.whole(step)]);
        }
        let running = reduction.name.starts_with("cum");
        let count = match dims {
            Some(1) => cols,
            Some(_) => rows,
            None => 1,
        };
        let mut out = Vec::new();
        for k in 0..count.min(MOST_RESULTS) {
            let label = match dims {
                Some(1) => format!("column {}", k + 1),
                Some(_) => format!("row {}", k + 1),
                None => String::new(),
            };
            let line = Line { table: &table, dims, k };
            if running {
                for n in 1..=line.len().min(MOST_RESULTS) {
                    let place = line.place(n - 1);
                    let value = short(&result.get(place.0, place.1));
                    let label = if n == 1 { label.clone() } else { String::new() };
                    out.push([label, entry_label(&result, place), format!("{} = {value}", line.written(reduction, n))]);
                }
            } else {
                let value = if result.is_array() { result.at(k) } else { step.value.clone() };
                let sign = if matches!(value, Value::Bool(_)) { "is" } else { "=" };
                let text = format!("{} {sign} {}", line.written(reduction, line.len()), short(&value));
                out.push([label, String::new(), text]);
            }
        }
        if count > MOST_RESULTS {
            out.push(["⋯".to_string(), String::new(), String::new()]);
        }
        self.page.table(&out);
    }
}

/// A row, a column or all the elements of an array, which one result is made of.
struct Line<'a> {
    table: &'a Table,
    dims: Option<i64>,
    k: usize,
}

impl Line<'_> {
    fn len(&self) -> usize {
        match self.dims {
            Some(1) => self.table.shape().0,
            Some(_) => self.table.shape().1,
            None => self.table.len(),
        }
    }

    fn place(&self, n: usize) -> (usize, usize) {
        match self.dims {
            Some(1) => (n, self.k),
            Some(_) => (self.k, n),
            None => place_of(self.table, n),
        }
    }

    /// The first `count` elements as the reduction puts them together.
    fn written(&self, reduction: &Reduction, count: usize) -> String {
        let [before, between, after] = reduction.around;
        let listed = between.trim() == ",";
        let term = |n: usize| {
            let (i, j) = self.place(n);
            let value = self.table.get(i, j);
            if listed || n == 0 { short(&value) } else { operand(&value) }
        };
        format!("{before}{}{}", joined(count, term, between), after.replace('n', &count.to_string()))
    }
}
