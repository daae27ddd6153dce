//! `@explain`: the operations of an expression one at a time, innermost first, each with the sizes that go in and come
//! out. One file for each kind of operation; this one finds them and gives each its heading.

mod brackets;
mod call;
mod dispatch;
mod elementwise;
mod elimination;
mod equations;
mod index;
mod logic;
mod matrix_function;
mod power;
mod product;
mod reduction;
mod tree;

use super::page::{Page, Piece, unbroken};
use super::picture::Table;
use super::trace::{Trace, parts};
use super::{Desk, size};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::value::Value;
use crate::value::display::describe;
use unicode_width::UnicodeWidthStr;

/// Longest text that stands for a value in a sentence.
const LONGEST_NAME: usize = 24;

/// Longest text of an expression in a heading.
const LONGEST_TITLE: usize = 60;

/// Entries of a result that are all explained; of more, the first ones and the last.
const MOST_ENTRIES: usize = 9;

/// The explanation of an expression from the values that its parts had. Without a value of the expression itself, which
/// then failed, the operations up to there.
pub fn explain(expr: &Expr, trace: &Trace, desk: &Desk<'_>) -> String {
    let mut explainer = Explainer { trace, desk, page: Page::new(desk.screen) };
    let mut steps = Vec::new();
    explainer.collect(expr, None, &mut steps);
    let failed = !trace.recorded(expr) && !is_atom(expr);
    if steps.is_empty() && !failed {
        explainer.leaf(expr);
        explainer.page.blank();
        return explainer.page.finish();
    }
    let numbered = steps.len() + usize::from(failed) > 1;
    if numbered {
        explainer.tree(expr);
    }
    for (k, step) in steps.iter().enumerate() {
        explainer.page.blank();
        let number = if numbered { format!("{}. ", k + 1) } else { String::new() };
        explainer.step(&number, step);
    }
    if failed {
        explainer.page.blank();
        let number = if numbered { format!("{}. ", steps.len() + 1) } else { String::new() };
        explainer.failure(&number, expr);
    }
    explainer.page.blank();
    explainer.page.finish()
}

/// What writes an explanation.
struct Explainer<'a> {
    trace: &'a Trace,
    desk: &'a Desk<'a>,
    page: Page,
}

/// An operation whose value is known.
struct Step<'e> {
    expr: &'e Expr,
    value: Value,
    /// The one entry that is wanted, from 0: that of `(A * B)[2, 1]`.
    chosen: Option<(usize, usize)>,
}

/// An operand: what it is called, and its value.
#[derive(Clone)]
struct Named {
    name: String,
    value: Value,
}

impl Named {
    fn piece(&self) -> Piece {
        Piece::Value(self.name.clone(), self.value.clone())
    }

    fn table(&self) -> Table {
        Table::of(&self.value)
    }

    fn size(&self) -> String {
        size(&self.value)
    }

    fn is_array(&self) -> bool {
        self.table().is_array()
    }
}

impl Explainer<'_> {
    /// The operations below an expression and itself, innermost first.
    fn collect<'e>(&self, expr: &'e Expr, chosen: Option<(usize, usize)>, steps: &mut Vec<Step<'e>>) {
        if is_atom(expr) {
            return;
        }
        let wanted = self.chosen(expr);
        for (k, part) in parts(expr).into_iter().enumerate() {
            self.collect(part, wanted.filter(|_| k == 0), steps);
        }
        if matches!(expr.kind, ExprKind::Assign { .. } | ExprKind::Block(_)) || !self.trace.recorded(expr) {
            return;
        }
        // What stands in an expression twice is explained once.
        let again = |known: &Step<'_>, value: &Value| {
            known.value == *value && known.chosen == chosen && self.text(known.expr.span) == self.text(expr.span)
        };
        if let Some(value) = self.trace.value(expr)
            && !steps.iter().any(|known| again(known, &value))
        {
            steps.push(Step { expr, value, chosen });
        }
    }

    /// The entry of the indexed array that an index asks for, from 0.
    fn chosen(&self, expr: &Expr) -> Option<(usize, usize)> {
        let ExprKind::Index { object, args } = &expr.kind else { return None };
        let (rows, cols) = Table::of(&self.trace.value(object)?).shape();
        let index = |expr: &Expr| match self.trace.value(expr)? {
            Value::Int(k) => usize::try_from(k).ok()?.checked_sub(1),
            _ => None,
        };
        let (i, j) = match args.as_slice() {
            [i, j] => (index(i)?, index(j)?),
            [k] => place_of(&Table::of(&self.trace.value(object)?), index(k)?),
            _ => return None,
        };
        (i < rows && j < cols).then_some((i, j))
    }

    /// An expression in which nothing is computed.
    fn leaf(&mut self, expr: &Expr) {
        let text = self.text(expr.span);
        let Some(value) = self.trace.value(expr) else { return };
        if matches!(expr.kind, ExprKind::Range { .. }) {
            return self.step("", &Step { expr, value, chosen: None });
        }
        if Table::of(&value).is_array() {
            self.page.heading(&format!("{text}    {}, elements of type {}", describe(&value), element_type(&value)));
            self.page.equation(&[Piece::Value(text, value)]);
        } else {
            self.page.heading(&format!("{text}    {}", describe(&value)));
        }
    }

    /// The source text of a place, on one line, without parentheses around the whole.
    fn text(&self, span: Span) -> String {
        let text = (self.desk.text)(span).split_whitespace().collect::<Vec<_>>().join(" ");
        without_parentheses(&text).to_string()
    }

    /// The value of a whole step, called by its text.
    fn whole(&self, step: &Step<'_>) -> Piece {
        Piece::Value(self.text(step.expr.span), step.value.clone())
    }

    /// The source text, cut for a heading.
    fn title(&self, expr: &Expr) -> String {
        let text = self.text(expr.span);
        if text.width() <= LONGEST_TITLE { text } else { text.chars().take(LONGEST_TITLE - 1).chain(['…']).collect() }
    }

    /// What an operand is called in sentences: its own text, in parentheses where that is no atom.
    fn name(&self, expr: &Expr, otherwise: &str) -> String {
        let text = self.text(expr.span);
        if text.width() > LONGEST_NAME {
            return otherwise.to_string();
        }
        let enclosed = match expr.kind {
            ExprKind::Unary { op, .. } => op != crate::op::UnaryOp::Adjoint,
            ExprKind::Binary { .. }
            | ExprKind::Chain { .. }
            | ExprKind::And(..)
            | ExprKind::Or(..)
            | ExprKind::Ternary { .. }
            | ExprKind::Range { .. }
            | ExprKind::Lambda(_)
            | ExprKind::Assign { .. } => true,
            _ => false,
        };
        unbroken(&if enclosed { format!("({text})") } else { text })
    }

    /// An operand, if its value is known.
    fn named(&self, expr: &Expr, otherwise: &str) -> Option<Named> {
        Some(Named { name: self.name(expr, otherwise), value: self.trace.value(expr)? })
    }

    /// Both operands of an operator.
    fn pair(&self, lhs: &Expr, rhs: &Expr) -> Option<(Named, Named)> {
        Some((self.named(lhs, "the first matrix")?, self.named(rhs, "the second matrix")?))
    }
}

/// `a + b` of `(a + b)`, but `(a + b) * (c)` as it is.
fn without_parentheses(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return text };
    let mut depth = 0i32;
    let closes_early = inner.chars().any(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0
    });
    if closes_early || inner.contains([',', ';', '"']) { text } else { without_parentheses(inner) }
}

/// Names, literals, and arrays and ranges of literals: there is nothing to explain in them.
fn is_atom(expr: &Expr) -> bool {
    let constant = |expr: &Expr| !matches!(expr.kind, ExprKind::Name(_)) && is_plain(expr);
    match &expr.kind {
        ExprKind::Vector { items, .. } => items.iter().all(constant),
        ExprKind::Rows { rows, .. } => rows.iter().flatten().all(constant),
        ExprKind::Range { .. } => parts(expr).into_iter().all(is_plain),
        _ => is_plain(expr),
    }
}

fn is_plain(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Nothing
        | ExprKind::Bool(_)
        | ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Str(_)
        | ExprKind::Name(_)
        | ExprKind::Operator { .. }
        | ExprKind::Colon
        | ExprKind::End
        | ExprKind::Begin
        | ExprKind::Lambda(_)
        | ExprKind::FunctionDef { .. } => true,
        ExprKind::Unary { op: crate::op::UnaryOp::Neg, dotted: false, operand, .. } => {
            matches!(operand.kind, ExprKind::Int(_) | ExprKind::Float(_))
        }
        _ => false,
    }
}

fn element_type(value: &Value) -> String {
    match value {
        Value::Array(array) => array.eltype().to_string(),
        Value::Range(range) => range.eltype().to_string(),
        other => other.type_of().to_string(),
    }
}

/// Which entries of a result are explained, row by row; `None` stands for those left out.
fn explained_entries(table: &Table, chosen: Option<(usize, usize)>) -> Vec<Option<(usize, usize)>> {
    if let Some(entry) = chosen {
        return vec![Some(entry)];
    }
    let (rows, cols) = table.shape();
    if table.len() <= MOST_ENTRIES {
        return (0..rows).flat_map(|i| (0..cols).map(move |j| Some((i, j)))).collect();
    }
    let second = if cols > 1 { (0, 1) } else { (1, 0) };
    vec![Some((0, 0)), Some(second), None, Some((rows - 1, cols - 1))]
}

/// `[2, 1]`, of a vector `[2]`, of a number nothing.
fn entry_label(table: &Table, (i, j): (usize, usize)) -> String {
    if !table.is_array() {
        String::new()
    } else if table.is_vector() {
        format!("[{}]", i + 1)
    } else {
        format!("[{}, {}]", i + 1, j + 1)
    }
}

/// Row and column of element `k` from 0, counted down the columns.
fn place_of(table: &Table, k: usize) -> (usize, usize) {
    let rows = table.shape().0.max(1);
    (k % rows, k / rows)
}

/// A matrix with as many rows as columns.
fn is_square(value: &Value) -> bool {
    let table = Table::of(value);
    let (rows, cols) = table.shape();
    table.is_array() && !table.is_vector() && rows == cols
}
