//! Which explanation an operation gets: its heading with the sizes, and one line here for each kind.

use super::product::is_matrix_product;
use super::{Explainer, Named, Step};
use crate::op::{BinaryOp, UnaryOp};
use crate::syntax::ast::{Expr, ExprKind};
use crate::teach::page::Piece;
use crate::teach::picture::{Picture, Table, operand, short};
use crate::teach::size;
use crate::teach::trace::parts;
use crate::value::Value;
use crate::value::display::print_text;

impl Explainer<'_> {
    /// One operation under its heading.
    pub(super) fn step(&mut self, number: &str, step: &Step<'_>) {
        let title = self.title(step.expr);
        if let Some(line) = self.arithmetic(step) {
            let line = if line.starts_with(&format!("{title} ")) { line } else { format!("{title}    {line}") };
            return self.page.heading(&format!("{number}{line}"));
        }
        self.page.heading(&format!("{number}{title}{}", self.sizes(step)));
        self.body(step);
    }

    /// `2×3 * 3×2 → 2×2`; nothing where there are only numbers.
    fn sizes(&self, step: &Step<'_>) -> String {
        let known = |expr: &Expr| self.trace.value(expr);
        let inputs: Vec<Value> = parts(step.expr).into_iter().filter_map(known).collect();
        let arrays = |value: &Value| Table::of(value).is_array();
        if !inputs.iter().any(arrays) && !arrays(&step.value) {
            return String::new();
        }
        let after = size(&step.value);
        let before = match (&step.expr.kind, inputs.as_slice()) {
            (ExprKind::Binary { op, dotted, .. }, [a, b]) => {
                format!("{} {}{} {}", size(a), if *dotted { "." } else { "" }, op.text(), size(b))
            }
            (
                ExprKind::Binary { .. } | ExprKind::Chain { .. } | ExprKind::Unary { .. } | ExprKind::Call { .. },
                inputs,
            ) => {
                let sizes: Vec<String> = inputs.iter().filter(|value| arrays(value)).map(size).collect();
                sizes.join(", ")
            }
            (ExprKind::Index { .. }, [object, ..]) => size(object),
            _ => String::new(),
        };
        if before.is_empty() { format!("    {after}") } else { format!("    {before} → {after}") }
    }

    /// An operator between numbers is one line: `2 * 3 = 6`.
    fn arithmetic(&self, step: &Step<'_>) -> Option<String> {
        let plain =
            |value: &Value| matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_));
        let sign = if matches!(step.value, Value::Bool(_)) { "is" } else { "=" };
        match &step.expr.kind {
            ExprKind::Binary { op, lhs, rhs, .. } => {
                let (a, b) = (self.trace.value(lhs)?, self.trace.value(rhs)?);
                let numbers = plain(&a) && plain(&b) && plain(&step.value);
                let tight = if *op == BinaryOp::Pow { "" } else { " " };
                numbers.then(|| {
                    format!("{}{tight}{}{tight}{} {sign} {}", operand(&a), op.text(), operand(&b), short(&step.value))
                })
            }
            ExprKind::Unary { op, operand: inner, .. } if *op != UnaryOp::Adjoint => {
                let a = self.trace.value(inner)?;
                (plain(&a) && plain(&step.value))
                    .then(|| format!("{}{} {sign} {}", op.text(), operand(&a), short(&step.value)))
            }
            _ => None,
        }
    }

    fn body(&mut self, step: &Step<'_>) {
        match &step.expr.kind {
            ExprKind::Binary { dotted: true, .. }
            | ExprKind::Unary { dotted: true, .. }
            | ExprKind::Call { dotted: true, .. } => self.broadcast(step),
            ExprKind::Chain { rest, .. } if rest.iter().any(|c| c.dotted) => self.broadcast(step),
            ExprKind::Binary { op, lhs, rhs, .. } => match self.pair(lhs, rhs) {
                Some((a, b)) => self.binary(*op, &a, &b, step),
                None => self.result(step),
            },
            ExprKind::Unary { op, operand, .. } => match self.named(operand, "the operand") {
                Some(a) => self.unary(*op, &a, step),
                None => self.result(step),
            },
            ExprKind::Chain { first, rest } => self.chain(first, rest, step),
            ExprKind::And(a, b) => self.both(a, b, "&&", step),
            ExprKind::Or(a, b) => self.both(a, b, "||", step),
            ExprKind::Ternary { cond, then, other } => self.choice(cond, then, other, step),
            ExprKind::Range { .. } => self.range(step),
            ExprKind::Call { callee, args, .. } => self.call(callee, args, step),
            ExprKind::Index { object, args } => self.index(object, args, step),
            ExprKind::Field { object, name } => {
                let object = self.name(object, "the value");
                self.page.text(&format!("The part `{}` of {object}.", name.node));
                self.result(step);
            }
            ExprKind::Vector { items, .. } => self.vector(items, step),
            ExprKind::Rows { rows, .. } => self.rows(rows, step),
            ExprKind::Comprehension { generator, .. } => self.comprehension(generator, step),
            _ => self.result(step),
        }
    }

    fn binary(&mut self, op: BinaryOp, a: &Named, b: &Named, step: &Step<'_>) {
        let (left, right) = (&a.name, &b.name);
        let arrays = (a.is_array(), b.is_array());
        match (op, arrays) {
            _ if matches!(a.value, Value::Scaling(_)) || matches!(b.value, Value::Scaling(_)) => self.scaling(op, a, b, step),
            (BinaryOp::Mul, _) if is_matrix_product(op, a, b) => self.matrix_product(a, b, step),
            (BinaryOp::Mul, (false, true)) => self.every_element(&format!("A number times an array: every element times {left}."), a, b, step),
            (BinaryOp::Mul, (true, false)) => self.every_element(&format!("An array times a number: every element times {right}."), a, b, step),
            (BinaryOp::Div, (true, false)) => self.every_element(&format!("Every element divided by {right}."), a, b, step),
            (BinaryOp::Add, (true, true)) => self.every_element("Sizes must be the same: every element plus the one at the same place.", a, b, step),
            (BinaryOp::Sub, (true, true)) => self.every_element("Sizes must be the same: every element minus the one at the same place.", a, b, step),
            (BinaryOp::Hadamard, _) => self.every_element("The Hadamard product: every element times the one at the same place. Unlike .* it stretches nothing but a column vector beside a matrix.", a, b, step),
            (BinaryOp::HadamardDiv, _) => self.every_element("Every element divided by the one at the same place. Unlike ./ it stretches nothing but a column vector beside a matrix.", a, b, step),
            (BinaryOp::LeftDiv, (true, true)) => self.left_division(a, b, step),
            (BinaryOp::Div, (true, true)) => self.right_division(a, b, step),
            (BinaryOp::Pow, (true, false)) => self.matrix_power(a, b, step),
            (BinaryOp::Dot, (true, true)) => self.dot_product(a, b, step),
            (BinaryOp::Cross, (true, true)) => self.cross_product(a, b, step),
            (BinaryOp::Kron, (true, true)) => self.kronecker(a, b, step),
            (BinaryOp::Eq | BinaryOp::Ne, (true, true)) => self.whole_comparison(op, a, b, step),
            (BinaryOp::In, (_, true)) => self.membership(a, b, step),
            (BinaryOp::Pipe, _) => self.applied(b, &[a], step),
            _ => {
                self.page.text(&format!("{} {} {} = {}", shown(&a.value), op.text(), shown(&b.value), shown(&step.value)));
            }
        }
    }

    fn unary(&mut self, op: UnaryOp, a: &Named, step: &Step<'_>) {
        match op {
            UnaryOp::Adjoint => self.transposed(a, step, true),
            UnaryOp::Neg if a.is_array() => {
                self.page.text(&format!("Every element of {} with the other sign.", a.name));
                self.equation_of_one("-", a, step);
            }
            UnaryOp::Sqrt if a.is_array() => {
                self.page.text("The matrix square root: the X with X * X equal to the matrix.");
                self.equation_of_one("√", a, step);
            }
            UnaryOp::Neg | UnaryOp::Plus | UnaryOp::Not | UnaryOp::BitNot | UnaryOp::Sqrt | UnaryOp::Cbrt => {
                self.result(step)
            }
        }
    }

    /// `-A = …`
    pub(super) fn equation_of_one(&mut self, sign: &'static str, a: &Named, step: &Step<'_>) {
        let result = Piece::Matrix(self.text(step.expr.span), Picture::of(&step.value, self.page.room()));
        self.page.equation(&[Piece::Sign(sign), a.picture(&self.page), Piece::Sign("="), result]);
    }

    fn every_element(&mut self, rule: &str, a: &Named, b: &Named, step: &Step<'_>) {
        let leaves = [a, b].map(|named| Named { name: named.name.clone(), value: named.value.clone() });
        self.elements(rule, step, &leaves);
    }

    /// `A + 2I`, `I * A`
    fn scaling(&mut self, op: BinaryOp, a: &Named, b: &Named, step: &Step<'_>) {
        let array = if a.is_array() { a } else { b };
        match op {
            BinaryOp::Add | BinaryOp::Sub if array.is_array() => {
                self.page.text("I is the identity of the size that fits: only the diagonal changes. (With a dot, .+, every element would.)");
            }
            BinaryOp::Mul if array.is_array() => {
                self.page.text("I is the identity of the size that fits: I times a matrix is the matrix.")
            }
            _ => self.page.text("I is the identity matrix of whatever size fits."),
        }
        self.result(step);
    }

    /// `A'`, `transpose(A)`
    pub(super) fn transposed(&mut self, a: &Named, step: &Step<'_>, conjugates: bool) {
        let complex = matches!(&a.value, Value::Array(array) if array.eltype() == crate::value::Type::ComplexF64);
        let name = &a.name;
        let rule = if a.table().is_vector() {
            format!("The column {name} as a row.")
        } else {
            format!("Rows become columns: entry [i, j] is entry [j, i] of {name}.")
        };
        let conjugated =
            if complex && conjugates { " Complex entries are conjugated; transpose() leaves them." } else { "" };
        self.page.text(&format!("{rule}{conjugated}"));
        if a.is_array() {
            let result = Piece::Matrix(self.text(step.expr.span), Picture::of(&step.value, self.page.room()));
            self.page.equation(&[a.picture(&self.page), Piece::Sign("→"), result]);
        } else {
            self.result(step);
        }
    }

    /// The value alone: an array drawn, anything else after an equals sign.
    pub(super) fn result(&mut self, step: &Step<'_>) {
        if Table::of(&step.value).is_array() {
            let picture = Picture::of(&step.value, self.page.room());
            self.page.equation(&[Piece::Sign("="), Piece::Matrix(self.text(step.expr.span), picture)]);
        } else {
            self.page.text(&format!("= {}", shown(&step.value)));
        }
    }
}

/// A value on one line, its size where it is an array.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Range(_) => size(value),
        Value::Tuple(tuple) => {
            let named = |k: usize| tuple.names.as_ref().map_or(String::new(), |names| format!("{} = ", names[k]));
            let items = tuple.items.iter().enumerate().map(|(k, item)| format!("{}{}", named(k), shown(item)));
            format!("({})", items.collect::<Vec<_>>().join(", "))
        }
        Value::Function(_) | Value::Iterator(_) => print_text(value),
        other => short(other),
    }
}
