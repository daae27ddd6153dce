//! Indexing: which rows and columns are meant.

use super::dispatch::shown;
use super::{Explainer, Step, place_of};
use crate::syntax::ast::{Expr, ExprKind};
use crate::teach::page::Piece;
use crate::teach::picture::{Table, short};
use crate::value::Value;

/// Indices that a sentence lists.
const MOST_LISTED: usize = 8;

impl Explainer<'_> {
    /// `A[i, j]`
    pub(super) fn index(&mut self, object: &Expr, args: &[Expr], step: &Step<'_>) {
        let (Some(a), Some(indices)) = (self.named(object, "the array"), self.indices(args)) else {
            return self.result(step);
        };
        let table = a.table();
        let name = &a.name;
        let sentence = match indices.as_slice() {
            [Value::Int(k)] if !table.is_vector() && table.is_array() && *k > 0 => {
                let (i, j) = place_of(&table, *k as usize - 1);
                format!("Element {k}, counted down the columns: row {}, column {} of {name}", i + 1, j + 1)
            }
            [Value::Int(k)] => format!("Element {k} of {name}"),
            [only] if is_mask(only) => format!(
                "The elements of {name} where the mask is true, {} of {}",
                Table::of(&step.value).len(),
                table.len()
            ),
            [only] => format!("{} of {name}", listed("element", "elements", only)),
            [Value::Int(i), Value::Int(j)] => format!("Row {i}, column {j} of {name}"),
            [rows, cols] => {
                format!("{}, {} of {name}", listed("row", "rows", rows), listed("column", "columns", cols))
            }
            _ => String::new(),
        };
        let sentence = capitalised(&sentence);
        if !Table::of(&step.value).is_array() {
            return self.page.text(&format!("{sentence}: {}", shown(&step.value)));
        }
        if !sentence.is_empty() {
            self.page.text(&format!("{sentence}."));
        }
        if a.is_array() {
            let result = self.whole(step);
            self.page.equation(&[a.piece(), Piece::Sign("→"), result]);
        } else {
            self.result(step);
        }
    }

    fn indices(&self, args: &[Expr]) -> Option<Vec<Value>> {
        let value = |arg: &Expr| match arg.kind {
            ExprKind::Colon => Some(Value::Colon),
            ExprKind::Splat(_) => None,
            _ => self.trace.value(arg),
        };
        args.iter().map(value).collect()
    }
}

fn is_mask(index: &Value) -> bool {
    matches!(index, Value::Array(array) if array.eltype() == crate::value::Type::Bool)
}

/// `row 2`, `all columns`, `rows 1, 3`, `rows where the mask is true`
fn listed(one: &str, many: &str, index: &Value) -> String {
    let table = Table::of(index);
    match index {
        Value::Colon => format!("all {many}"),
        _ if is_mask(index) => format!("the {many} where the mask is true"),
        _ if !table.is_array() => format!("{one} {}", short(index)),
        Value::Range(range) if range.len() > 1 && range.step() == Value::Int(1) => {
            format!("{many} {} to {}", short(&range.first()), short(&range.last()))
        }
        _ if table.len() > MOST_LISTED => format!("{} {many}", table.len()),
        _ => {
            let items: Vec<String> = table.entries().iter().flatten().map(short).collect();
            format!("{} {}", if items.len() == 1 { one } else { many }, items.join(", "))
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
