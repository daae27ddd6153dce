//! Indices in another system's notation: first places, `end`, slices, lists of places, masks.

use super::kind::{Element, Kind, Shape};
use super::system::{ATOM, Operation};
use super::term::{self, Term};
use super::write::{Writer, Wrote};
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};
use std::rc::Rc;

/// An index that is written.
struct Part {
    /// As in [`super::system::Indexing::forms`].
    letter: char,
    term: Term,
}

impl Writer<'_> {
    /// `A[i, j]`
    pub(super) fn index(&self, object: &Expr, args: &[Expr], span: Span) -> Wrote {
        let indexing = &self.system.indexing;
        if indexing.names_only && object.as_name().is_none() {
            return Err(self.missing("index after anything but a name: give the value a name first", span));
        }
        let whole = self.expr(object)?;
        let mut parts = Vec::with_capacity(args.len());
        for (k, arg) in args.iter().enumerate() {
            self.ends.borrow_mut().push((whole.clone(), k, args.len()));
            let part = self.part(arg);
            self.ends.borrow_mut().pop();
            parts.push(part?);
        }
        let kind = indexed(whole.kind, &parts);
        let letters = parts.iter().map(|part| part.letter.to_string()).collect::<Vec<_>>().join(" ");
        let first = match whole.kind.shape {
            Shape::Vector => "v",
            Shape::Row => "r",
            Shape::Matrix => "m",
            Shape::Number | Shape::Text | Shape::Function | Shape::Other => "o",
        };
        let keys = [format!("{first}[{letters}]"), format!("[{letters}]")];
        let form = keys.iter().find_map(|key| indexing.forms.iter().find(|(known, _)| known == key));
        let operands: Vec<&Term> = std::iter::once(&whole).chain(parts.iter().map(|part| &part.term)).collect();
        let assigned = self.indexing_only.replace(false);
        if assigned && form.is_some() && !self.system.indexing.assigned.contains(&letters.as_str()) {
            return Err(self.missing("assignment to places like these", span));
        }
        if let Some((_, rule)) = form.filter(|_| !assigned || letters == "v v") {
            return self.placed(term::apply(*rule, &operands), kind, span);
        }
        if let Some(odd) = parts.iter().find(|part| part.term.text == UNWRITABLE) {
            return Err(self.missing(&format!("index of this kind ({})", named(odd.letter)), span));
        }
        let (open, between, close) = indexing.brackets;
        let texts: Vec<String> = parts.iter().map(|part| Self::argument(&part.term)).collect();
        let text = format!("{}{open}{}{close}", whole.at(ATOM), texts.join(between));
        let there = Term::atom(text, kind);
        let picks_row = matches!(parts.as_slice(), [Part { letter: 'n', .. }, rest] if rest.letter != 'n');
        if indexing.rows_stay && picks_row && !assigned {
            let column = self.operation(Operation::Transpose, &[&there], kind, span)?;
            return Ok(Term { row: Some(Rc::new(there)), ..column });
        }
        Ok(there)
    }

    /// `A[i, j]` as the left side of an assignment.
    pub(super) fn place(&self, object: &Expr, args: &[Expr], span: Span) -> Wrote {
        let plain = self.indexing_only.replace(true);
        let place = self.index(object, args, span);
        self.indexing_only.set(plain);
        place
    }

    fn part(&self, arg: &Expr) -> Result<Part, Box<crate::error::Diagnostic>> {
        let indexing = &self.system.indexing;
        let part = |letter: char, term: Term| Ok(Part { letter, term });
        match &arg.kind {
            ExprKind::Colon => part(':', Term::atom(indexing.all, Kind::OTHER)),
            ExprKind::Range { start, step, stop } => match self.slice(start, step.as_deref(), stop, arg.span)? {
                Some(term) => part('s', term),
                None => part('v', self.shifted(arg)?),
            },
            ExprKind::Vector { items, .. } if items.iter().all(|item| place(item).is_some()) => {
                part('v', self.list(items, arg.span)?)
            }
            _ => {
                let letter = match self.expr(arg) {
                    Ok(term) if term.kind.is_array() && term.kind.element == Element::Bool => return part('b', term),
                    Ok(term) if term.kind.is_array() => 'v',
                    Ok(_) | Err(_) => 'n',
                };
                part(letter, self.shifted(arg)?)
            }
        }
    }

    /// A place, or a vector of places, counted as the system does.
    fn shifted(&self, arg: &Expr) -> Wrote {
        let indexing = &self.system.indexing;
        if let (true, Some(back)) = (indexing.last.negative, from_end(arg)) {
            return Ok(self.negative(back + 1));
        }
        // A word for the last place counts as the system does.
        if let (0, Some(word), Some(back)) = (indexing.base, indexing.last.word, from_end(arg)) {
            let kind = Kind::number(Element::Int);
            return match back {
                0 => Ok(Term::atom(word, kind)),
                back => {
                    let back = Term::atom(back.to_string(), kind);
                    self.binary(BinaryOp::Sub, false, Term::atom(word, kind), back, arg.span)
                }
            };
        }
        match indexing.base - 1 {
            0 => self.expr(arg),
            shift => self.plus(arg, shift),
        }
    }

    /// So many places before the one after the last.
    fn negative(&self, back: i64) -> Term {
        Term::new(format!("{}{back}", self.system.literals.minus), ATOM - 20, Kind::number(Element::Int))
    }

    /// A literal list of places.
    fn list(&self, items: &[Expr], span: Span) -> Wrote {
        let shift = self.system.indexing.base - 1;
        let places = items.iter().map(|item| match place(item) {
            Some(place) => Expr::leaf(ExprKind::Int(place.saturating_add(shift)), item.span),
            None => item.clone(),
        });
        let places: Vec<Expr> = places.collect();
        let Some((open, between, close)) = self.system.indexing.list else {
            return self.vector(None, &places, span);
        };
        let texts = places.iter().map(|item| self.expr(item).map(|term| term.text)).collect::<Result<Vec<_>, _>>()?;
        let kind = Kind { element: Element::Int, ..Kind::of(Shape::Vector) };
        Ok(Term::atom(format!("{open}{}{close}", texts.join(between)), kind))
    }

    /// `a:b`, `a:s:b`, unless that is better written as a vector of places.
    fn slice(
        &self,
        start: &Expr,
        step: Option<&Expr>,
        stop: &Expr,
        span: Span,
    ) -> Result<Option<Term>, Box<crate::error::Diagnostic>> {
        let indexing = &self.system.indexing;
        let rule = if step.is_some() { indexing.stepped } else { indexing.slice };
        let by = match step.map(|step| &step.kind) {
            None => 1,
            Some(ExprKind::Int(by)) => *by,
            Some(ExprKind::Unary { op: UnaryOp::Neg, operand, .. }) => match operand.kind {
                ExprKind::Int(by) => by.saturating_neg(),
                _ => 0,
            },
            Some(_) => 0,
        };
        let writable = by > 0 || by < 0 && indexing.backwards;
        let Some(rule) = rule.filter(|_| writable) else { return Ok(None) };
        let first = self.shifted(start)?;
        let nothing = || Term::atom("", Kind::OTHER);
        let last = match (indexing.half_open, by > 0) {
            (false, _) => self.shifted(stop)?,
            (true, true) => match from_end(stop) {
                Some(0) => nothing(),
                Some(back) if indexing.last.negative => self.negative(back),
                _ => self.plus(stop, indexing.base)?,
            },
            // Backwards the place after the last one lies before it; before the first there is none.
            (true, false) => match place(stop) {
                Some(1) => nothing(),
                Some(place) if place > 1 => self.plus(stop, indexing.base - 2)?,
                _ => return Ok(None),
            },
        };
        let step = match step {
            Some(step) => self.expr(step)?,
            None => nothing(),
        };
        self.placed(term::apply(rule, &[&first, &last, &step]), Kind::of(Shape::Vector), span).map(Some)
    }

    /// `end`
    pub(super) fn end(&self, span: Span) -> Wrote {
        let innermost = self.ends.borrow().last().cloned();
        let Some((object, place, count)) = innermost else {
            return Err(self.missing("`end` here", span));
        };
        let last = &self.system.indexing.last;
        let kind = Kind::number(Element::Int);
        if let Some(word) = last.word {
            let counted = if self.system.indexing.base == 0 { format!("({word} + 1)") } else { word.to_string() };
            return Ok(Term::atom(counted, kind));
        }
        let rule = last.sizes.map(|sizes| if count == 1 { sizes[0] } else { sizes[1 + place.min(1)] });
        match rule {
            Some(_) if count == 1 && object.kind.shape == Shape::Matrix => {
                Err(self.missing("`end` for all places of a matrix", span))
            }
            Some(rule) => self.placed(term::apply(rule, &[&object]), kind, span),
            None => Err(self.missing("`end` here", span)),
        }
    }
}

/// What no index looks like: a system writes such indices by forms only.
pub const UNWRITABLE: &str = "\0";

fn named(letter: char) -> &'static str {
    match letter {
        'n' => "a place",
        ':' => "all places",
        's' => "a range",
        'v' => "a vector of places",
        _ => "a mask",
    }
}

/// A literal place.
fn place(expr: &Expr) -> Option<i64> {
    if let ExprKind::Int(place) = expr.kind { Some(place) } else { None }
}

/// How far before the end: 0 for `end`, 1 for `end - 1`.
fn from_end(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::End => Some(0),
        ExprKind::Binary { op: BinaryOp::Sub, dotted: false, lhs, rhs, .. } if lhs.kind == ExprKind::End => {
            place(rhs).filter(|back| (0..i64::MAX).contains(back))
        }
        _ => None,
    }
}

/// The kind of what indices of these kinds pick.
fn indexed(object: Kind, parts: &[Part]) -> Kind {
    let arrays = parts.iter().filter(|part| part.letter != 'n').count();
    if !object.is_array() {
        return Kind::OTHER;
    }
    let shape = match (arrays, parts.len()) {
        (0, _) => Shape::Number,
        (2, 2) => Shape::Matrix,
        _ => Shape::Vector,
    };
    let sizes = |k: usize, of: Option<usize>| match parts.get(k) {
        Some(Part { letter: ':', .. }) => of,
        Some(part) => part.term.kind.rows,
        None => None,
    };
    match shape {
        Shape::Matrix => {
            Kind { shape, element: object.element, rows: sizes(0, object.rows), cols: sizes(1, object.cols) }
        }
        shape => Kind { shape, element: object.element, rows: None, cols: None },
    }
}
