//! The expression as a tree, with the size of every part.

use super::{Explainer, is_atom};
use crate::syntax::ast::{Expr, ExprKind};
use crate::teach::page::padded;
use crate::teach::picture::{Table, short};
use crate::teach::size;
use crate::teach::trace::parts;
use unicode_width::UnicodeWidthStr;

impl Explainer<'_> {
    /// The tree, a line for each part: what it is, and its size or value.
    pub(super) fn tree(&mut self, expr: &Expr) {
        let mut rows = Vec::new();
        self.branch(expr, "", "", &mut rows);
        let width = rows.iter().map(|(text, _)| text.width()).max().unwrap_or(0).min(self.page.room() * 2 / 3);
        let lines: Vec<String> =
            rows.into_iter().map(|(text, size)| format!("{}  {size}", padded(&text, width))).collect();
        self.page.lines(&lines);
    }

    fn branch(&self, expr: &Expr, first: &str, rest: &str, rows: &mut Vec<(String, String)>) {
        rows.push((format!("{first}{}", self.title(expr)), self.outcome(expr)));
        if is_atom(expr) {
            return;
        }
        let parts = self.computed_parts(expr);
        for (k, part) in parts.iter().enumerate() {
            let last = k + 1 == parts.len();
            let (knot, below) = if last { ("└ ", "  ") } else { ("├ ", "│ ") };
            self.branch(part, &format!("{rest}{knot}"), &format!("{rest}{below}"), rows);
        }
    }

    /// The parts with a value of their own; of a dotted expression the arrays that its loop goes over.
    fn computed_parts<'e>(&self, expr: &'e Expr) -> Vec<&'e Expr> {
        let mut found = Vec::new();
        for part in parts(expr) {
            if self.trace.recorded(part) {
                found.push(part);
            } else if !is_atom(part) {
                found.extend(self.computed_parts(part));
            }
        }
        // A name that stands in an expression twice is shown once.
        let mut seen = Vec::new();
        found.retain(|part| match &part.kind {
            ExprKind::Name(name) if seen.contains(name) => false,
            ExprKind::Name(name) => {
                seen.push(name.clone());
                true
            }
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Bool(_) | ExprKind::Str(_) | ExprKind::Colon => false,
            _ => true,
        });
        found
    }

    fn outcome(&self, expr: &Expr) -> String {
        match self.trace.value(expr) {
            Some(value) if Table::of(&value).is_array() => size(&value),
            Some(value) => short(&value),
            // What came before the error has its value; this is the operation that failed, or what needed it.
            None => "error".to_string(),
        }
    }
}
