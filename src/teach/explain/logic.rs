//! Comparisons, conditions and choices.

use super::dispatch::shown;
use super::{Explainer, Named, Step, entry_label};
use crate::kernel::operators;
use crate::op::BinaryOp;
use crate::syntax::ast::{Comparison, Expr};
use crate::teach::picture::short;
use crate::value::Value;

impl Explainer<'_> {
    /// `A == B` of arrays: one answer.
    pub(super) fn whole_comparison(&mut self, op: BinaryOp, a: &Named, b: &Named, step: &Step<'_>) {
        let (x, y) = (a.table(), b.table());
        let (left, right) = (&a.name, &b.name);
        self.page.text(&format!(
            "One answer for the whole: are sizes and all elements the same? A Bool for every element: {left} .{} {right}",
            op.text()
        ));
        if x.shape() != y.shape() || x.is_vector() != y.is_vector() {
            return self.page.text(&format!(
                "The sizes differ, {} and {}: {}.",
                a.size(),
                b.size(),
                shown(&step.value)
            ));
        }
        let (rows, cols) = x.shape();
        let mut places = (0..rows).flat_map(|i| (0..cols).map(move |j| (i, j)));
        let differing = places.find(|(i, j)| !operators::equal(&x.get(*i, *j), &y.get(*i, *j)));
        match differing {
            None => self.page.text(&format!("All {} elements are equal: {}.", x.len(), shown(&step.value))),
            Some((i, j)) => {
                let (p, q) = (short(&x.get(i, j)), short(&y.get(i, j)));
                let place = entry_label(&x, (i, j));
                self.page.text(&format!("At {place} stand {p} and {q}: {}.", shown(&step.value)));
            }
        }
    }

    /// `x ∈ v`
    pub(super) fn membership(&mut self, x: &Named, collection: &Named, step: &Step<'_>) {
        let table = collection.table();
        let (rows, cols) = table.shape();
        let mut places = (0..cols).flat_map(|j| (0..rows).map(move |i| (i, j)));
        let found = places.find(|(i, j)| operators::equal(&table.get(*i, *j), &x.value));
        let answer = match found {
            Some(place) => {
                format!("{} stands at {} of {}", short(&x.value), entry_label(&table, place), collection.name)
            }
            None => format!("{} is none of the {} elements of {}", short(&x.value), table.len(), collection.name),
        };
        self.page.text(&format!("{answer}: {}.", shown(&step.value)));
    }

    /// `a < b <= c`
    pub(super) fn chain(&mut self, first: &Expr, rest: &[Comparison], step: &Step<'_>) {
        let mut left = self.trace.value(first);
        let mut pairs = Vec::new();
        for comparison in rest {
            let right = self.trace.value(&comparison.rhs);
            if let (Some(a), Some(b)) = (&left, &right) {
                pairs.push(format!("{} {} {}", shown(a), comparison.op.text(), shown(b)));
            }
            left = right;
        }
        self.page.text(&format!("{} is {}", pairs.join(" and "), shown(&step.value)));
    }

    /// `a && b`, `a || b`
    pub(super) fn both(&mut self, a: &Expr, b: &Expr, op: &str, step: &Step<'_>) {
        let left = self.trace.value(a).map_or_else(String::new, |value| shown(&value));
        let text = match self.trace.value(b) {
            Some(right) => format!("{left} {op} {} = {}", shown(&right), shown(&step.value)),
            None => format!("{left} {op} …: the left side decides, {} is not computed", self.text(b.span)),
        };
        self.page.text(&text);
    }

    /// `c ? a : b`
    pub(super) fn choice(&mut self, cond: &Expr, then: &Expr, other: &Expr, step: &Step<'_>) {
        let holds = matches!(self.trace.value(cond), Some(Value::Bool(holds)) if holds.get());
        let (taken, left) = if holds { (then, other) } else { (other, then) };
        self.page.text(&format!(
            "{} is {holds}, so {} is taken and {} is not computed.",
            self.text(cond.span),
            self.text(taken.span),
            self.text(left.span)
        ));
        self.result(step);
    }
}
