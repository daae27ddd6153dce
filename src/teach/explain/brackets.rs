//! What brackets put together: vectors, blocks, ranges, comprehensions.

use super::dispatch::shown;
use super::{Explainer, Step, entry_label, explained_entries};
use crate::syntax::ast::{Expr, ExprKind, Generator};
use crate::teach::picture::{Table, short};
use crate::teach::size;
use crate::value::Value;

impl Explainer<'_> {
    /// `[a, b]`
    pub(super) fn vector(&mut self, items: &[Expr], step: &Step<'_>) {
        let arrays = items.iter().any(|item| self.is_array(item));
        let rule = if arrays {
            "A comma between arrays makes a vector of arrays; `;` would put them one below the other."
        } else {
            "A vector of the values."
        };
        self.page.text(rule);
        self.result(step);
    }

    /// `[A B; C D]`
    pub(super) fn rows(&mut self, rows: &[Vec<Expr>], step: &Step<'_>) {
        let beside = rows.iter().any(|row| row.len() > 1);
        let below = rows.len() > 1;
        if rows.iter().flatten().any(|item| self.is_array(item)) {
            let rule = match (beside, below) {
                (true, true) => {
                    "Blocks: a blank puts them beside each other (same number of rows), `;` below (same number of \
                     columns)."
                }
                (true, false) => "A blank puts blocks beside each other: they must have the same number of rows.",
                (false, _) => "`;` puts blocks one below the other: they must have the same number of columns.",
            };
            self.page.text(rule);
            let line = |row: &Vec<Expr>| row.iter().map(|item| self.block(item)).collect::<Vec<_>>().join("   ");
            let lines: Vec<[String; 1]> = rows.iter().map(|row| [line(row)]).collect();
            self.page.table(&lines);
        }
        self.result(step);
    }

    fn block(&self, item: &Expr) -> String {
        let name = self.name(item, "block");
        match self.trace.value(item) {
            Some(value) if Table::of(&value).is_array() => format!("{name} ({})", size(&value)),
            _ => name,
        }
    }

    fn is_array(&self, item: &Expr) -> bool {
        self.trace.value(item).is_some_and(|value| Table::of(&value).is_array())
    }

    /// `a:s:b`
    pub(super) fn range(&mut self, step: &Step<'_>) {
        let Value::Range(range) = &step.value else { return self.result(step) };
        let by = short(&range.step());
        let mut items: Vec<String> = (0..range.len().min(6)).map(|k| short(&range.get(k))).collect();
        if range.len() > 7 {
            items.push("…".to_string());
        }
        if range.len() > 6 {
            items.push(short(&range.last()));
        }
        let count = if range.len() == 1 { "1 element".to_string() } else { format!("{} elements", range.len()) };
        self.page.text(&format!("Steps of {by}, {count}: {}", items.join(", ")));
    }

    /// `[f(x) for x in v]`
    pub(super) fn comprehension(&mut self, generator: &Generator, step: &Step<'_>) {
        let body = self.text(generator.body.span);
        let result = Table::of(&step.value);
        let clause = match generator.loops.as_slice() {
            [only] if only.clauses.len() == 1 && only.filter.is_none() => &only.clauses[0],
            _ => {
                self.page.text(&format!("{body} for every round of the loops: {} elements.", result.len()));
                return self.result(step);
            }
        };
        let target = self.text(clause.target.span);
        self.page.text(&format!("{body} for every {target}: {} elements.", result.len()));
        let Some(over) = self.trace.value(&clause.iterable) else { return self.result(step) };
        let over = Table::of(&over);
        let single = matches!(clause.target.kind, ExprKind::Name(_)) && over.shape() == result.shape();
        if !single {
            return self.result(step);
        }
        let rows = explained_entries(&result, step.chosen).into_iter().map(|entry| match entry {
            Some((i, j)) => {
                let (x, y) = (over.get(i, j), result.get(i, j));
                [entry_label(&result, (i, j)), format!("{target} = {}: {body} = {}", shown(&x), shown(&y))]
            }
            None => ["⋯".to_string(), String::new()],
        });
        let rows: Vec<[String; 2]> = rows.collect();
        self.page.table(&rows);
    }
}
