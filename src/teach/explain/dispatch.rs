//! Which explanation an operation gets: its heading with the sizes, and one line here for each kind.

use super::{Explainer, LONGEST_NAME, Named, Step, is_atom, is_square};
use crate::op::{BinaryOp, UnaryOp};
use crate::syntax::ast::{Expr, ExprKind};
use crate::teach::page::{Piece, unbroken};
use crate::teach::picture::{Table, operand, short};
use crate::teach::size;
use crate::teach::trace::parts;
use crate::value::display::print_text;
use crate::value::{Array, Type, Value};
use unicode_width::UnicodeWidthStr;

impl Explainer<'_> {
    /// One operation under its heading.
    pub(super) fn step(&mut self, number: &str, step: &Step<'_>) {
        let title = unbroken(&self.title(step.expr));
        if let Some(line) = self.arithmetic(step) {
            let line = if line.starts_with(&format!("{title} ")) { line } else { format!("{title}    {line}") };
            return self.page.heading(&format!("{number}{line}"));
        }
        self.page.heading(&format!("{number}{title}{}", self.sizes(step)));
        self.body(step);
    }

    /// An operation that failed: what went in. The error itself is reported after the explanation.
    pub(super) fn failure(&mut self, number: &str, expr: &Expr) {
        let failed = self.failed(expr);
        let known = |part: &Expr| self.trace.value(part);
        let inputs: Vec<Value> = parts(failed).into_iter().filter_map(known).collect();
        let sizes = match (&failed.kind, inputs.as_slice()) {
            (ExprKind::Binary { op, dotted, .. }, [a, b]) => infix(a, *op, *dotted, b),
            (_, inputs) => inputs.iter().map(size).collect::<Vec<_>>().join(", "),
        };
        let title = unbroken(&self.title(failed));
        self.page.heading(&format!("{number}{title}    {sizes} → error"));
        if let ExprKind::Binary { op: BinaryOp::LeftDiv, dotted: false, lhs, rhs, .. } = &failed.kind
            && let Some((a, b)) = self.pair(lhs, rhs)
            && is_square(&a.value)
        {
            self.eliminated(&a.value, &b, "x");
        }
    }

    /// The innermost operation without a value whose operands have theirs.
    fn failed<'e>(&self, expr: &'e Expr) -> &'e Expr {
        let unknown = |part: &&Expr| !self.trace.recorded(part) && !is_atom(part);
        let candidates = match &expr.kind {
            ExprKind::Ternary { cond, then, other } => match self.trace.value(cond) {
                None => vec![&**cond],
                Some(Value::Bool(holds)) if holds.get() => vec![&**then],
                Some(_) => vec![&**other],
            },
            _ => parts(expr),
        };
        for part in candidates.into_iter().filter(unknown) {
            let inner = self.failed(part);
            // A dotted operation inside a dotted one has no value of its own.
            if !is_dotted(inner) || !is_dotted(expr) {
                return inner;
            }
        }
        expr
    }

    /// `2×3 * 3×2 → 2×2`; nothing where there are only numbers.
    fn sizes(&self, step: &Step<'_>) -> String {
        let fused =
            is_dotted(step.expr) && parts(step.expr).iter().any(|part| !self.trace.recorded(part) && !is_atom(part));
        let inputs: Vec<Value> = if fused {
            self.leaves(step.expr).into_iter().map(|leaf| leaf.value).collect()
        } else {
            parts(step.expr).into_iter().filter_map(|part| self.trace.value(part)).collect()
        };
        let arrays = |value: &Value| Table::of(value).is_array();
        if !inputs.iter().any(arrays) && !arrays(&step.value) {
            return String::new();
        }
        let after = size(&step.value);
        let before = match (&step.expr.kind, inputs.as_slice()) {
            (ExprKind::Binary { op, dotted, .. }, [a, b]) if !fused => infix(a, *op, *dotted, b),
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
        unbroken(&if before.is_empty() { format!("    {after}") } else { format!("    {before} → {after}") })
    }

    /// An operator between numbers is one line: `2 * 3 = 6`.
    fn arithmetic(&self, step: &Step<'_>) -> Option<String> {
        let plain =
            |value: &Value| matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_));
        let sign = if matches!(step.value, Value::Bool(_)) { "is" } else { "=" };
        match &step.expr.kind {
            ExprKind::Binary { op, lhs, rhs, .. } => {
                let (a, b) = (self.trace.value(lhs)?, self.trace.value(rhs)?);
                let power = *op == BinaryOp::Pow;
                let (left, blank) = if power { (operand(&a), "") } else { (short(&a), " ") };
                (plain(&a) && plain(&b) && plain(&step.value))
                    .then(|| format!("{left}{blank}{}{blank}{} {sign} {}", op.text(), operand(&b), short(&step.value)))
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
            _ if is_dotted(step.expr) => self.broadcast(step),
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
        let scaling = [a, b].iter().any(|named| matches!(named.value, Value::Scaling(_)));
        match (op, a.is_array(), b.is_array()) {
            _ if scaling => self.scaling(op, a, b, step),
            (BinaryOp::Mul, true, true) => self.matrix_product(a, b, step),
            (BinaryOp::LeftDiv, true, true) => self.left_division(a, b, step),
            (BinaryOp::Div, true, true) => self.right_division(a, b, step),
            (BinaryOp::Pow, true, false) => self.matrix_power(a, b, step),
            (BinaryOp::Dot, true, true) => self.dot_product(a, b, step),
            (BinaryOp::Cross, true, true) => self.cross_product(a, b, step),
            (BinaryOp::Kron, true, true) => self.kronecker(a, b, step),
            (BinaryOp::Eq | BinaryOp::Ne, true, true) => self.whole_comparison(op, a, b, step),
            (BinaryOp::In, _, true) => self.membership(a, b, step),
            (BinaryOp::Pipe, _, _) => self.applied(b, &[a], step),
            _ => match elementwise_rule(op, a, b) {
                Some(rule) => self.elements(&rule, step, &[a.clone(), b.clone()]),
                None => {
                    let (left, right) = (shown(&a.value), shown(&b.value));
                    self.page.text(&format!("{left} {} {right} = {}", op.text(), shown(&step.value)));
                }
            },
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
        let result = self.whole(step);
        self.page.equation(&[Piece::Sign(sign), a.piece(), Piece::Sign("="), result]);
    }

    /// `A + 2I`, `I * A`
    fn scaling(&mut self, op: BinaryOp, a: &Named, b: &Named, step: &Step<'_>) {
        let array = if a.is_array() { a } else { b };
        let square = is_square(&array.value);
        let rule = match op {
            BinaryOp::Add | BinaryOp::Sub if square => {
                "I is the identity of the size that fits: only the diagonal changes. (With a dot, every element would.)"
            }
            BinaryOp::Mul if square => "I is the identity of the size that fits: I times a matrix is the matrix.",
            _ => "I is the identity matrix of whatever size fits.",
        };
        self.page.text(rule);
        if !square {
            return self.result(step);
        }
        let piece = |named: &Named| match &named.value {
            Value::Scaling(scale) => Piece::Value(named.name.clone(), diagonal(scale, array.table().shape().0)),
            _ => named.piece(),
        };
        self.page.equation(&[piece(a), Piece::Sign(op.text()), piece(b), Piece::Sign("="), self.whole(step)]);
    }

    /// `A'`, `transpose(A)`
    pub(super) fn transposed(&mut self, a: &Named, step: &Step<'_>, conjugates: bool) {
        let complex = matches!(&a.value, Value::Array(array) if array.eltype() == Type::ComplexF64);
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
            let result = self.whole(step);
            self.page.equation(&[a.piece(), Piece::Sign("→"), result]);
        } else {
            self.result(step);
        }
    }

    /// The value alone, after the text of what gives it.
    pub(super) fn result(&mut self, step: &Step<'_>) {
        let text = self.text(step.expr.span);
        self.equals(if text.width() <= LONGEST_NAME { &text } else { "" }, step);
    }

    /// `f(2) = 5`, or an array after the text.
    pub(super) fn equals(&mut self, text: &str, step: &Step<'_>) {
        let equals = if text.is_empty() { "=".to_string() } else { format!("{text} =") };
        if Table::of(&step.value).is_array() {
            let value = Piece::Value(self.text(step.expr.span), step.value.clone());
            self.page.equation(&[Piece::Caption(equals), value]);
        } else {
            self.page.text(&format!("{equals} {}", shown(&step.value)));
        }
    }
}

/// What an operator without a dot does that goes element by element all the same.
fn elementwise_rule(op: BinaryOp, a: &Named, b: &Named) -> Option<String> {
    let (left, right) = (&a.name, &b.name);
    let rule = match (op, a.is_array(), b.is_array()) {
        (BinaryOp::Mul, false, true) => format!("A number times an array: every element times {left}."),
        (BinaryOp::Mul, true, false) => format!("An array times a number: every element times {right}."),
        (BinaryOp::Div, true, false) => format!("Every element divided by {right}."),
        (BinaryOp::Add, true, true) => {
            "The sizes must be the same: every element plus the one at the same place.".to_string()
        }
        (BinaryOp::Sub, true, true) => {
            "The sizes must be the same: every element minus the one at the same place.".to_string()
        }
        (BinaryOp::Hadamard, _, _) => {
            "The Hadamard product: every element times the one at the same place. Unlike .* it stretches nothing but a \
             column beside a matrix."
                .to_string()
        }
        (BinaryOp::HadamardDiv, _, _) => {
            "Every element divided by the one at the same place. Unlike ./ it stretches nothing but a column beside a \
             matrix."
                .to_string()
        }
        _ => return None,
    };
    Some(rule)
}

/// `2×3 .* 2×3`
fn infix(a: &Value, op: BinaryOp, dotted: bool, b: &Value) -> String {
    format!("{} {}{} {}", size(a), if dotted { "." } else { "" }, op.text(), size(b))
}

/// The matrix that `2I` stands for beside a matrix of n rows.
fn diagonal(scale: &Value, n: usize) -> Value {
    let entry = |k: usize| if k.is_multiple_of(n + 1) { scale.clone() } else { Value::Int(0) };
    Value::array(Array::matrix_of(n, n, (0..n * n).map(entry).collect(), Type::Any))
}

fn is_dotted(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary { dotted, .. } | ExprKind::Unary { dotted, .. } | ExprKind::Call { dotted, .. } => *dotted,
        ExprKind::Chain { rest, .. } => rest.iter().any(|comparison| comparison.dotted),
        _ => false,
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
