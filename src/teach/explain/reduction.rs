//! Reductions: sums, products, extremes and means, of all elements or along a dimension.

use super::product::sum;
use super::{Explainer, Named, Step, entry_label};
use crate::syntax::ast::Field;
use crate::teach::page::Piece;
use crate::teach::picture::{Picture, Table, operand, short};
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
            let text = self.text(step.expr.span);
            let picture = Picture::of(&step.value, self.page.room());
            self.page.equation(&[a.picture(&self.page), Piece::Sign("→"), Piece::Matrix(text, picture)]);
        }
        let lines = groups(&table, dims);
        let running = reduction.name.starts_with("cum");
        let mut out = Vec::new();
        for (k, line) in lines.iter().enumerate().take(MOST_RESULTS) {
            let label = match dims {
                Some(1) => format!("column {}", k + 1),
                Some(_) => format!("row {}", k + 1),
                None => String::new(),
            };
            if running {
                for (at, place) in line.iter().enumerate().take(MOST_RESULTS) {
                    let value = result.get(place.0, place.1);
                    let text = format!("{} = {}", written(reduction, &table, &line[..=at]), short(&value));
                    out.push([if at == 0 { label.clone() } else { String::new() }, entry_label(&result, *place), text]);
                }
            } else {
                let value = match dims {
                    Some(1) => result.get(0, k),
                    Some(_) => result.get(k, 0),
                    None => step.value.clone(),
                };
                let sign = if matches!(value, Value::Bool(_)) { "is" } else { "=" };
                out.push([
                    label,
                    String::new(),
                    format!("{} {sign} {}", written(reduction, &table, line), short(&value)),
                ]);
            }
        }
        if lines.len() > MOST_RESULTS {
            out.push(["⋯".to_string(), String::new(), String::new()]);
        }
        self.page.table(&out);
    }
}

/// The places that each result is made of.
fn groups(table: &Table, dims: Option<i64>) -> Vec<Vec<(usize, usize)>> {
    let (rows, cols) = table.shape();
    match dims {
        Some(1) => (0..cols).map(|j| (0..rows).map(|i| (i, j)).collect()).collect(),
        Some(_) => (0..rows).map(|i| (0..cols).map(|j| (i, j)).collect()).collect(),
        None => vec![(0..cols).flat_map(|j| (0..rows).map(move |i| (i, j))).collect()],
    }
}

fn written(reduction: &Reduction, table: &Table, places: &[(usize, usize)]) -> String {
    let [before, between, after] = reduction.around;
    let listed = between.trim() == ",";
    let term = |(i, j): &(usize, usize)| {
        let value = table.get(*i, *j);
        if listed { short(&value) } else { operand(&value) }
    };
    let terms = sum(places.iter().map(term).collect(), between);
    format!("{before}{terms}{}", after.replace('n', &places.len().to_string()))
}
