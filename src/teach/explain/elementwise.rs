//! Elementwise operations: pairs, broadcasting, the calls that a dot makes. Also those operators without a dot that go
//! element by element: the sum, a number times an array, `⊙`.

use super::product::left_out;
use super::{Explainer, Named, Step, entry_label, explained_entries, is_atom};
use crate::op::{BinaryOp, UnaryOp};
use crate::syntax::ast::{Expr, ExprKind, Field};
use crate::teach::page::Piece;
use crate::teach::picture::{Table, operand, short};
use crate::teach::trace::parts;
use crate::value::Value;
use crate::value::array::dense;
use crate::value::{Array, Elements, Form, Type};

/// Entries of a stretched operand that is drawn.
const MOST_STRETCHED: usize = 64;

impl Explainer<'_> {
    /// A dotted expression: the rule, what is stretched, and what happens to each element.
    pub(super) fn broadcast(&mut self, step: &Step<'_>) {
        let leaves = self.leaves(step.expr);
        let rule = self.rule_of_dots(step.expr, &leaves, &Table::of(&step.value));
        self.elements(&rule, step, &leaves);
    }

    /// The equation and the entries of an elementwise operation.
    pub(super) fn elements(&mut self, rule: &str, step: &Step<'_>, leaves: &[Named]) {
        self.page.text(rule);
        let result = Table::of(&step.value);
        if result.is_array() {
            self.stretching(leaves, &result);
            self.drawn(step, leaves);
        }
        let text = self.text(step.expr.span);
        let rows =
            explained_entries(&result, step.chosen.filter(|_| result.is_array())).into_iter().map(
                |entry| match entry {
                    Some((i, j)) => {
                        let value = result.get(i, j);
                        let sign = if matches!(value, Value::Bool(_)) { "is" } else { "=" };
                        let formula = self.formula(step.expr, (i, j), true).0;
                        [entry_label(&result, (i, j)), format!("{formula} {sign} {}", short(&value))]
                    }
                    None => left_out(&result, &text),
                },
            );
        let rows = rows.collect::<Vec<_>>();
        self.page.table(&rows);
    }

    /// The values that a dotted expression goes over, as they are written.
    pub(super) fn leaves(&self, expr: &Expr) -> Vec<Named> {
        let mut leaves: Vec<Named> = Vec::new();
        for part in parts(expr) {
            if !self.trace.recorded(part) && !is_atom(part) {
                leaves.extend(self.leaves(part));
            } else if let Some(leaf) = self.named(part, "one operand")
                && !leaves.iter().any(|known| known.name == leaf.name)
            {
                leaves.push(leaf);
            }
        }
        leaves
    }

    fn rule_of_dots(&self, expr: &Expr, leaves: &[Named], result: &Table) -> String {
        let single = parts(expr).iter().all(|part| self.trace.recorded(part) || is_atom(part));
        match &expr.kind {
            _ if !single => {
                "One loop over all elements does every dotted step at once; no array is made in between.".to_string()
            }
            ExprKind::Binary { op, lhs, rhs, .. } => {
                let (a, b) = (self.name(lhs, "the one"), self.name(rhs, "the other"));
                let scalar = leaves.iter().any(|leaf| !leaf.is_array());
                let word = in_words(*op);
                match (op, scalar) {
                    (BinaryOp::Mul, false) => {
                        format!(
                            "The Hadamard product: every element of {a} times the element of {b} at the same place."
                        )
                    }
                    (_, true) => format!("For every element: {a} {word} {b}."),
                    (_, false) => format!("For every element: that of {a} {word} that of {b} at the same place."),
                }
            }
            ExprKind::Call { callee, .. } => {
                let calls = if result.len() == 1 { "1 call".to_string() } else { format!("{} calls", result.len()) };
                format!("{} is called for every element: {calls}.", self.text(callee.span))
            }
            _ => "Element by element.".to_string(),
        }
    }

    /// Rows and columns that are used again and again.
    fn stretching(&mut self, leaves: &[Named], result: &Table) {
        let (rows, cols) = result.shape();
        for leaf in leaves.iter().filter(|leaf| leaf.is_array()) {
            let table = leaf.table();
            let how = match table.shape() {
                shape if shape == (rows, cols) => continue,
                (1, 1) => format!("the one element of {} is used everywhere", leaf.name),
                (1, _) => format!("{} is one row: it is used for each of the {rows} rows", leaf.name),
                (_, 1) => format!("{} is one column: it is used for each of the {cols} columns", leaf.name),
                _ => continue,
            };
            self.page.text(&format!("{how}."));
            if rows * cols <= MOST_STRETCHED {
                let picture = stretched(&table, rows, cols);
                let pieces = [leaf.piece(), Piece::Sign("→"), Piece::Value("stretched".to_string(), picture)];
                self.page.equation(&pieces);
            }
        }
    }

    /// `A .* B = C` for an operator between two operands; of anything else the result.
    fn drawn(&mut self, step: &Step<'_>, leaves: &[Named]) {
        let result = self.whole(step);
        let operator = match &step.expr.kind {
            ExprKind::Binary { op, dotted, lhs, rhs, .. } if leaves.len() <= 2 => {
                operator_sign(*op, *dotted).zip(self.pair(lhs, rhs))
            }
            _ => None,
        };
        match operator {
            Some((sign, (a, b))) => {
                self.page.equation(&[a.piece(), Piece::Sign(sign), b.piece(), Piece::Sign("="), result]);
            }
            None => match leaves.iter().filter(|leaf| leaf.is_array()).collect::<Vec<_>>().as_slice() {
                [only] => self.page.equation(&[only.piece(), Piece::Sign("→"), result]),
                _ => self.result(step),
            },
        }
    }

    /// The element of an operand that an entry is made of, unless the operand is itself a dotted operation.
    fn element(&self, expr: &Expr, (i, j): (usize, usize)) -> Option<Value> {
        self.trace.value(expr).map(|value| Table::of(&value).stretched(i, j))
    }

    /// What is computed for one entry, with the numbers in their places, and how tightly it binds.
    fn formula(&self, expr: &Expr, at: (usize, usize), root: bool) -> (String, u8) {
        if !root && (self.trace.recorded(expr) || is_atom(expr)) {
            let value = self.element(expr, at);
            return (value.map_or_else(|| self.text(expr.span), |value| operand(&value)), TIGHTEST);
        }
        let part = |expr: &Expr, least: u8| {
            let (text, binds) = self.formula(expr, at, false);
            if binds < least { format!("({text})") } else { text }
        };
        match &expr.kind {
            ExprKind::Binary { op, lhs, rhs, .. } => {
                let binds = binding(*op);
                let (op, blank) = (scalar_text(*op), if binds == POWER { "" } else { " " });
                // At the beginning a sign needs no parentheses, unless a power follows.
                let left = match self.element(lhs, at) {
                    Some(value @ (Value::Int(_) | Value::Float(_))) if binds != POWER => short(&value),
                    _ => part(lhs, binds),
                };
                (format!("{left}{blank}{op}{blank}{}", part(rhs, binds + 1)), binds)
            }
            ExprKind::Unary { op: UnaryOp::Adjoint, operand, .. } => {
                (format!("{}'", part(operand, TIGHTEST)), TIGHTEST)
            }
            ExprKind::Unary { op, operand, .. } => (format!("{}{}", op.text(), part(operand, POWER)), POWER),
            ExprKind::Call { callee, args, .. } => {
                let positional = args.positional.iter().map(|arg| bare(part(arg, 0)));
                let keyword = args.keyword.iter().map(|field| match field {
                    Field::Named(name, value) => format!("{} = {}", name.node, self.text(value.span)),
                    Field::Splat(value) => format!("{}...", self.text(value.span)),
                });
                let arguments: Vec<String> = positional.chain(keyword).collect();
                let callee = self.name(callee, "f");
                (format!("{callee}({})", arguments.join(", ")), TIGHTEST)
            }
            ExprKind::Chain { first, rest } => {
                let rest = rest.iter().map(|c| format!(" {} {}", c.op.text(), part(&c.rhs, COMPARISON + 1)));
                (format!("{}{}", part(first, COMPARISON + 1), rest.collect::<String>()), COMPARISON)
            }
            _ => (self.text(expr.span), 0),
        }
    }
}

/// An argument needs no parentheses of its own.
fn bare(text: String) -> String {
    let inner = text.strip_prefix("(-").and_then(|inner| inner.strip_suffix(')'));
    match inner.filter(|inner| !inner.contains(['(', ')'])) {
        Some(inner) => format!("-{inner}"),
        None => text,
    }
}

const COMPARISON: u8 = 1;
const SUM: u8 = 2;
const PRODUCT: u8 = 3;
const POWER: u8 = 4;
const TIGHTEST: u8 = 5;

fn binding(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Add | BinaryOp::Sub | BinaryOp::Or | BinaryOp::Xor => SUM,
        BinaryOp::Pow => POWER,
        _ if op.is_comparison() => COMPARISON,
        _ => PRODUCT,
    }
}

/// `plus`, `times`; an operator without a word stays as it is.
fn in_words(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "plus",
        BinaryOp::Sub => "minus",
        BinaryOp::Mul => "times",
        BinaryOp::Div => "divided by",
        BinaryOp::Pow => "to the power",
        other => other.text(),
    }
}

/// The operator between two elements.
fn scalar_text(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Hadamard => "*",
        BinaryOp::HadamardDiv => "/",
        other => other.text(),
    }
}

fn operator_sign(op: BinaryOp, dotted: bool) -> Option<&'static str> {
    let sign = match (op, dotted) {
        (BinaryOp::Mul, true) => ".*",
        (BinaryOp::Add, true) => ".+",
        (BinaryOp::Sub, true) => ".-",
        (BinaryOp::Div, true) => "./",
        (BinaryOp::Pow, true) => ".^",
        (BinaryOp::Lt, true) => ".<",
        (BinaryOp::Gt, true) => ".>",
        (BinaryOp::Le, true) => ".<=",
        (BinaryOp::Ge, true) => ".>=",
        (BinaryOp::Eq, true) => ".==",
        (BinaryOp::Ne, true) => ".!=",
        (_, true) => return None,
        (other, false) => other.text(),
    };
    Some(sign)
}

fn stretched(table: &Table, rows: usize, cols: usize) -> Value {
    let items = (0..cols).flat_map(|j| (0..rows).map(move |i| (i, j)));
    let items: Vec<Value> = items.map(|(i, j)| table.stretched(i, j)).collect();
    Value::array(Array::new(Form::Matrix, Elements::Any(dense(rows, cols, items), Type::Any)))
}
