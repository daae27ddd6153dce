//! Literals in another system's notation: numbers, strings, vectors, matrices, blocks of matrices, ranges.

use super::kind::{Element, Kind, Shape};
use super::system::{ARGUMENT, ATOM, Operation, Vectors};
use super::term::{self, Term};
use super::write::{Writer, Wrote};
use crate::error::Diagnostic;
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, StrPart};

impl Writer<'_> {
    /// `true`, `42`, `1.5`, `"text"`
    pub(super) fn literal(&self, expr: &Expr) -> Wrote {
        match &expr.kind {
            ExprKind::Bool(value) => {
                let name = if *value { "true" } else { "false" };
                let known = self.system.literals.constants.iter().find(|(known, _)| *known == name);
                match known {
                    Some((_, text)) => Ok(Term::atom(*text, Kind::number(Element::Bool))),
                    None => Err(self.missing(&format!("constant `{name}`"), expr.span)),
                }
            }
            ExprKind::Int(value) => Ok(Term::atom(self.number(&value.to_string()), Kind::number(Element::Int))),
            ExprKind::Float(value) => {
                // `{:?}` is the shortest text that gives the same float.
                Ok(Term::atom(self.number(&format!("{value:?}")), Kind::number(Element::Real)))
            }
            ExprKind::Str(parts) => self.string(parts, expr.span),
            _ => Err(self.missing("literal of this form", expr.span)),
        }
    }

    fn number(&self, text: &str) -> String {
        let literals = &self.system.literals;
        let text = text.replace("e-", &format!("{}{}", literals.exponent, literals.minus));
        if literals.exponent == "e" { text } else { text.replace('e', literals.exponent) }
    }

    fn string(&self, parts: &[StrPart], span: Span) -> Wrote {
        let text = match parts {
            [] => "",
            [StrPart::Text(text)] => text.as_str(),
            _ => return self.interpolated(parts, span),
        };
        Ok(Term::atom(self.quoted(text, span)?, Kind::of(Shape::Text)))
    }

    /// A text between the system's quotes.
    pub(super) fn quoted(&self, text: &str, span: Span) -> Result<String, Box<Diagnostic>> {
        let Some((quote, doubled)) = self.system.literals.quote else {
            return Err(self.missing("strings", span));
        };
        let escapes = doubled.starts_with('\\');
        let mut out = String::from(quote);
        for c in text.chars() {
            match c {
                c if c == quote => out.push_str(doubled),
                '\\' if escapes => out.push_str("\\\\"),
                '$' if self.system.literals.dollar => out.push_str("\\$"),
                '\n' if escapes => out.push_str("\\n"),
                '\t' if escapes => out.push_str("\\t"),
                c if c.is_control() => return Err(self.missing("control characters in strings", span)),
                c => out.push(c),
            }
        }
        out.push(quote);
        Ok(out)
    }

    /// `"x = $x"`: the parts, joined.
    fn interpolated(&self, parts: &[StrPart], span: Span) -> Wrote {
        let mut all: Option<Term> = None;
        for part in parts {
            let term = match part {
                StrPart::Text(text) => Term::atom(self.quoted(text, span)?, Kind::of(Shape::Text)),
                StrPart::Value(value) => {
                    let value = self.expr(value)?;
                    if value.kind.shape == Shape::Text {
                        value
                    } else {
                        self.call_named("string", vec![value], false, None, span)?
                    }
                }
            };
            all = Some(match all {
                None => term,
                Some(before) => {
                    self.operation(Operation::Concatenation, &[&before, &term], Kind::of(Shape::Text), span)?
                }
            });
        }
        all.ok_or_else(|| self.missing("empty strings", span))
    }

    /// `[1, 2, 3]`
    pub(super) fn vector(&self, eltype: Option<&Expr>, items: &[Expr], span: Span) -> Wrote {
        self.no_eltype(eltype)?;
        let terms = items.iter().map(|item| self.expr(item)).collect::<Result<Vec<_>, _>>()?;
        if terms.iter().any(|term| !term.kind.is_number()) {
            return Err(self.missing("vectors of anything but numbers", span));
        }
        self.vector_of(items, &terms, span)
    }

    fn vector_of(&self, items: &[Expr], terms: &[Term], span: Span) -> Wrote {
        let literals = &self.system.literals;
        let kind = Kind { shape: Shape::Vector, element: element(terms), rows: Some(terms.len()), cols: None };
        let (open, between, close) = literals.vector;
        let texts = self.elements(items, terms, between, span)?;
        if let ([text], Some(single)) = (texts.as_slice(), literals.single) {
            return Ok(Term::new(single.replace("$1", text), literals.level, kind));
        }
        if texts.is_empty() {
            return Err(self.missing("empty vectors whose elements have no type", span));
        }
        Ok(Term::new(format!("{open}{}{close}", texts.join(between)), literals.level, kind))
    }

    /// The texts of elements of a literal.
    fn elements(
        &self,
        items: &[Expr],
        terms: &[Term],
        between: &str,
        span: Span,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        let literals = &self.system.literals;
        if literals.constant_elements && !items.iter().all(is_constant) {
            return Err(self.missing("literal matrices with anything but constants in them", span));
        }
        // Between blanks an element must hold together; a negative number does.
        let level = if between.trim().is_empty() { ATOM } else { ARGUMENT };
        let text = |(item, term): (&Expr, &Term)| {
            let text = if is_constant(item) { term.text.clone() } else { term.at(level) };
            let integer = text.chars().all(|c| c.is_ascii_digit() || c == '-');
            if literals.floats && integer { format!("{text}.0") } else { text }
        };
        Ok(items.iter().zip(terms).map(text).collect())
    }

    /// `[1 2; 3 4]`, `[A B; C D]`
    pub(super) fn rows(&self, eltype: Option<&Expr>, rows: &[Vec<Expr>], span: Span) -> Wrote {
        self.no_eltype(eltype)?;
        let terms = rows
            .iter()
            .map(|row| row.iter().map(|item| self.expr(item)).collect::<Result<Vec<_>, _>>())
            .collect::<Result<Vec<_>, _>>()?;
        let numbers = terms.iter().flatten().all(|term| term.kind.is_number());
        let cols = rows.first().map_or(0, Vec::len);
        if !numbers || rows.iter().any(|row| row.len() != cols) {
            return self.blocks(&terms, span);
        }
        if cols == 1 {
            let (items, terms): (Vec<Expr>, Vec<Term>) =
                rows.iter().flatten().cloned().zip(terms.into_iter().flatten()).unzip();
            return self.vector_of(&items, &terms, span);
        }
        self.grid(rows, &terms, span)
    }

    fn grid(&self, rows: &[Vec<Expr>], terms: &[Vec<Term>], span: Span) -> Wrote {
        let literals = &self.system.literals;
        let Some(grid) = literals.matrix else {
            return Err(self.missing("literal matrices", span));
        };
        let (m, n) = (rows.len(), rows.first().map_or(0, Vec::len));
        let texts = rows
            .iter()
            .zip(terms)
            .map(|(items, terms)| self.elements(items, terms, grid.row.1, span))
            .collect::<Result<Vec<_>, _>>()?;
        let lines: Vec<Vec<String>> = match grid.by_columns {
            false => texts,
            true => (0..n).map(|j| texts.iter().map(|row| row[j].clone()).collect()).collect(),
        };
        let (open, between, close) = grid.row;
        let lines: Vec<String> = lines.iter().map(|line| format!("{open}{}{close}", line.join(between))).collect();
        let sized = |text: &str| text.replace("$m", &m.to_string()).replace("$n", &n.to_string());
        let text = format!("{}{}{}", sized(grid.open), lines.join(grid.between), sized(grid.close));
        let element = terms.iter().map(|row| element(row)).fold(Element::Bool, Ord::max);
        let kind = Kind { shape: Shape::Matrix, element, rows: Some(m), cols: Some(n) };
        Ok(Term::new(text, literals.level, kind))
    }

    /// Blocks: rows beside each other, then one below the other.
    fn blocks(&self, rows: &[Vec<Term>], span: Span) -> Wrote {
        let mut lines = Vec::new();
        for row in rows {
            lines.push(match row.as_slice() {
                [one] => one.clone(),
                _ => self.joined("hcat", row.clone(), span)?,
            });
        }
        match lines.len() {
            1 => lines.pop().ok_or_else(|| self.missing("empty matrices", span)),
            _ => self.joined("vcat", lines, span),
        }
    }

    /// `hcat` or `vcat`: by the system's rule for all, or of two and two.
    fn joined(&self, name: &str, parts: Vec<Term>, span: Span) -> Wrote {
        let flat = self.system.vectors == Vectors::Flat;
        let rule = self.call_rule(name, "", "");
        let pairs = rule.is_some_and(|rule| term::places(rule) == 2);
        let parts = parts.into_iter().map(|part| match part.kind.shape {
            Shape::Vector if flat && name == "hcat" => self.operation(Operation::Column, &[&part], part.kind, span),
            _ => Ok(part),
        });
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        if !pairs {
            return self.call_named(name, parts, false, None, span);
        }
        let mut parts = parts.into_iter();
        let Some(mut all) = parts.next() else { return Err(self.missing("empty matrices", span)) };
        for part in parts {
            all = self.call_named(name, vec![all, part], false, None, span)?;
        }
        Ok(all)
    }

    fn no_eltype(&self, eltype: Option<&Expr>) -> Result<(), Box<Diagnostic>> {
        match eltype {
            Some(eltype) => Err(self.missing("element types before brackets", eltype.span)),
            None => Ok(()),
        }
    }

    /// `a:b`, `a:s:b` as a vector.
    pub(super) fn range(&self, start: &Expr, step: Option<&Expr>, stop: &Expr, span: Span) -> Wrote {
        let literal = |expr: &Expr| if let ExprKind::Int(value) = expr.kind { Some(value) } else { None };
        let by = match step {
            None => Some(1),
            Some(step) => match &step.kind {
                ExprKind::Int(value) => Some(*value),
                ExprKind::Unary { op: UnaryOp::Neg, operand, .. } => literal(operand).and_then(i64::checked_neg),
                _ => None,
            },
        };
        let one_more = match (self.system.half_open_ranges, by) {
            (false, _) => 0,
            (true, Some(by)) if by != 0 => by.signum(),
            (true, _) => return Err(self.missing("ranges with a step that is not a whole number", span)),
        };
        let from_1 =
            (step.is_none() && literal(start) == Some(1)).then(|| self.call_rule("range from 1", "", "")).flatten();
        let rule = if step.is_some() { self.system.stepped } else { from_1.unwrap_or(self.system.range) };
        let first = self.expr(start)?;
        let last = if one_more == 0 { self.expr(stop)? } else { self.plus(stop, one_more)? };
        let step = match step {
            Some(step) => self.expr(step)?,
            None => Term::atom("1", Kind::number(Element::Int)),
        };
        let rows = match (literal(start), literal(stop), by) {
            (Some(a), Some(b), Some(1)) => usize::try_from(b.saturating_sub(a).saturating_add(1)).ok(),
            _ => None,
        };
        let element = first.kind.element.max(last.kind.element).max(step.kind.element);
        let kind = Kind { shape: Shape::Vector, element, rows, cols: None };
        self.placed(term::apply(rule, &[&first, &last, &step]), kind, span)
    }

    /// An expression and a small number more, which is added to a literal at once.
    pub(super) fn plus(&self, expr: &Expr, more: i64) -> Wrote {
        let literal = |value: i64| Expr::leaf(ExprKind::Int(value), expr.span);
        let sum = |lhs: &Expr, value: i64| -> Wrote {
            if value == 0 {
                return self.expr(lhs);
            }
            let op = if value > 0 { BinaryOp::Add } else { BinaryOp::Sub };
            let (a, b) = (self.expr(lhs)?, self.literal(&literal(value.saturating_abs()))?);
            self.binary(op, a.kind.is_array(), a, b, expr.span)
        };
        match &expr.kind {
            ExprKind::Int(value) => {
                let value = value.saturating_add(more);
                if value >= 0 {
                    return self.literal(&literal(value));
                }
                let digits = self.number(&value.unsigned_abs().to_string());
                let text = format!("{}{digits}", self.system.literals.minus);
                Ok(Term::new(text, ATOM - 20, Kind::number(Element::Int)))
            }
            ExprKind::Binary { op: op @ (BinaryOp::Add | BinaryOp::Sub), dotted: false, lhs, rhs, .. } => {
                match (op, &rhs.kind, &lhs.kind) {
                    (BinaryOp::Add, ExprKind::Int(value), _) => sum(lhs, value.saturating_add(more)),
                    (BinaryOp::Sub, ExprKind::Int(value), _) => sum(lhs, more.saturating_sub(*value)),
                    _ => sum(expr, more),
                }
            }
            _ => sum(expr, more),
        }
    }

    /// A text as an argument.
    pub(super) fn argument(term: &Term) -> String {
        term.at(ARGUMENT)
    }
}

/// The elements that all of these fit in.
fn element(terms: &[Term]) -> Element {
    terms.iter().map(|term| term.kind.element).fold(Element::Bool, Ord::max)
}

/// `2`, `-1.5`, `true`
fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Int(_) | ExprKind::Float(_) => true,
        ExprKind::Unary { op: UnaryOp::Neg, operand, .. } => is_constant(operand),
        _ => false,
    }
}
