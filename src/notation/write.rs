//! Expressions in another system's notation: which operation each operator is, and the text that the system's rules make
//! of it. What differs between systems is data; nothing here asks which system it is.

use super::kind::{self, Combined, Element, Kind, Shape};
use super::system::{Operation, Rule, Spread, System, Vectors};
use super::term::{self, Term, Written};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::op::{BinaryOp, UnaryOp};
use crate::source::Span;
use crate::syntax::ast::{Args, Comparison, Expr, ExprKind, Name};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A term, or why there is none.
pub type Wrote = Result<Term, Box<Diagnostic>>;

/// What a name stands for.
#[derive(Clone, Debug)]
pub struct Binding {
    pub name: Name,
    pub kind: Kind,
    /// How it is written, if not as in hlang.
    pub text: Option<String>,
    /// Of a function: the kind of what it gives.
    pub gives: Option<Kind>,
}

/// Writes expressions for one system.
pub struct Writer<'a> {
    pub system: &'static System,
    /// What names stand for, the innermost last.
    pub names: RefCell<Vec<Binding>>,
    /// Of names that nobody has given a value.
    pub unknown: &'a dyn Fn(&str) -> Kind,
    /// Operations whose operands could never fit.
    pub conflicts: Cell<usize>,
    /// Is the next index the left side of an assignment?
    pub(super) indexing_only: Cell<bool>,
    /// What `end` is at this place: the object, which of how many indices.
    pub(super) ends: RefCell<Vec<(Term, usize, usize)>>,
}

impl<'a> Writer<'a> {
    /// A writer that knows these names.
    pub fn new(system: &'static System, names: Vec<Binding>, unknown: &'a dyn Fn(&str) -> Kind) -> Writer<'a> {
        Writer {
            system,
            names: RefCell::new(names),
            unknown,
            conflicts: Cell::new(0),
            indexing_only: Cell::new(false),
            ends: RefCell::default(),
        }
    }

    /// An expression.
    pub fn expr(&self, expr: &Expr) -> Wrote {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Bool(_) | ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Str(_) => self.literal(expr),
            ExprKind::Name(name) => self.name(name, span),
            ExprKind::Unary { op, dotted, operand, .. } => self.unary(*op, *dotted, operand, span),
            ExprKind::Binary { op, dotted, lhs, rhs, .. } => self.operator(*op, *dotted, lhs, rhs, span),
            ExprKind::Chain { first, rest } => self.chain(first, rest, span),
            ExprKind::And(a, b) => self.lazy(Operation::AndAlso, a, b, span),
            ExprKind::Or(a, b) => self.lazy(Operation::OrElse, a, b, span),
            ExprKind::Ternary { cond, then, other } => {
                let [cond, mut then, mut other] = [self.expr(cond)?, self.expr(then)?, self.expr(other)?];
                if self.system.literals.floats {
                    (then, other) = (float_literal(then), float_literal(other));
                }
                let kind = if then.kind.shape == other.kind.shape { then.kind } else { Kind::OTHER };
                self.operation(Operation::Choice, &[&cond, &then, &other], kind, span)
            }
            ExprKind::Range { start, step, stop } => self.range(start, step.as_deref(), stop, span),
            ExprKind::Call { callee, args, dotted } => self.call(callee, args, *dotted, span),
            ExprKind::Index { object, args } => self.index(object, args, span),
            ExprKind::End => self.end(span),
            ExprKind::Vector { eltype, items } => self.vector(eltype.as_deref(), items, span),
            ExprKind::Rows { eltype, rows } => self.rows(eltype.as_deref(), rows, span),
            ExprKind::Comprehension { generator, .. } => self.comprehension(generator, span),
            ExprKind::Lambda(function) => self.lambda(function, span),
            ExprKind::Block(items) if items.len() == 1 => self.expr(&items[0]),
            ExprKind::Macro { name, args } if &*name.node == "." && args.len() == 1 => {
                Err(self.missing("`@.`: write the dots themselves", span))
            }
            ExprKind::Operator { op: _, .. } => Err(self.missing("operators as values", span)),
            ExprKind::Tuple(_) | ExprKind::NamedTuple(_) => Err(self.missing("tuples inside an expression", span)),
            ExprKind::Generator(_) => Err(self.missing("generators here; brackets make it an array", span)),
            ExprKind::Nothing
            | ExprKind::Colon
            | ExprKind::Begin
            | ExprKind::TypeParameters { .. }
            | ExprKind::Field { .. }
            | ExprKind::Splat(_)
            | ExprKind::FunctionDef { .. }
            | ExprKind::Assign { .. }
            | ExprKind::Block(_)
            | ExprKind::Let { .. }
            | ExprKind::If { .. }
            | ExprKind::While { .. }
            | ExprKind::For { .. }
            | ExprKind::Try { .. }
            | ExprKind::Return(_)
            | ExprKind::Break
            | ExprKind::Continue
            | ExprKind::Declare { .. }
            | ExprKind::Macro { .. }
            | ExprKind::Using { .. } => Err(self.missing(what(&expr.kind), span)),
        }
    }

    /// That the system has something not.
    #[cold]
    pub fn missing(&self, what: &str, span: Span) -> Box<Diagnostic> {
        let message = format!("{} has no {what}", self.system.name);
        Box::new(Diagnostic::new(ErrorKind::ArgumentError, message, span).note("has no counterpart"))
    }

    /// What a rule wrote, at its place.
    pub fn placed(&self, written: Written, kind: Kind, span: Span) -> Wrote {
        let (text, level) = written.map_err(|what| self.missing(what, span))?;
        Ok(Term::new(text, level, kind))
    }

    /// An operation by its rule.
    pub fn operation(&self, operation: Operation, operands: &[&Term], kind: Kind, span: Span) -> Wrote {
        match self.system.rule(operation) {
            Some(rule) => self.placed(term::apply(rule, operands), kind, span),
            None => Err(self.missing(&operation.name(), span)),
        }
    }

    /// The kind, or that operands never fit.
    pub fn combined(&self, kind: Combined) -> Kind {
        kind.unwrap_or_else(|kind::Conflict| {
            self.conflicts.set(self.conflicts.get() + 1);
            Kind::OTHER
        })
    }

    /// What a name stands for.
    pub fn binding(&self, name: &str) -> Option<Binding> {
        self.names.borrow().iter().rev().find(|binding| &*binding.name == name).cloned()
    }

    /// Works with more names.
    pub fn with_names<T>(&self, names: Vec<Binding>, work: impl FnOnce() -> T) -> T {
        let outside = self.names.borrow().len();
        self.names.borrow_mut().extend(names);
        let result = work();
        self.names.borrow_mut().truncate(outside);
        result
    }

    fn name(&self, name: &Name, span: Span) -> Wrote {
        if let Some(binding) = self.binding(name) {
            let text = match binding.text {
                Some(text) => text,
                None => self.spelled(name, span)?,
            };
            return Ok(Term::atom(text, binding.kind));
        }
        if let Some(element) = constant(name) {
            let known = self.system.literals.constants.iter().find(|(known, _)| *known == &**name);
            return match known {
                Some((_, text)) => Ok(Term::atom(*text, Kind { element, ..Kind::number(element) })),
                None => Err(self.missing(&format!("constant `{name}`"), span)),
            };
        }
        if &**name == "I" {
            return Err(self.missing("identity `I` without a size here", span));
        }
        let text = self.spelled(name, span)?;
        Ok(Term::atom(text, (self.unknown)(name)))
    }

    /// A name, if the system can have it.
    pub fn spelled(&self, name: &str, span: Span) -> Result<String, Box<Diagnostic>> {
        if self.system.can_be_name(name) {
            return Ok(name.to_string());
        }
        let message = format!("`{name}` cannot be a name in {}", self.system.name);
        Err(Box::new(Diagnostic::new(ErrorKind::ArgumentError, message, span).note("give it another name")))
    }

    fn unary(&self, op: UnaryOp, dotted: bool, operand: &Expr, span: Span) -> Wrote {
        if op == UnaryOp::Adjoint {
            return self.adjoint(operand, span);
        }
        if matches!(op, UnaryOp::Sqrt | UnaryOp::Cbrt) {
            let name = if op == UnaryOp::Sqrt { "sqrt" } else { "cbrt" };
            return self.call_named(name, vec![self.expr(operand)?], dotted, None, span);
        }
        let inner = self.expr(operand)?;
        let kind = self.combined(kind::unary(op, dotted, inner.kind));
        if op == UnaryOp::Plus {
            return Ok(Term { kind, ..inner });
        }
        let minus = self.system.literals.minus;
        if op == UnaryOp::Neg && matches!(operand.kind, ExprKind::Int(_) | ExprKind::Float(_)) && minus != "-" {
            return Ok(Term { text: format!("{minus}{}", inner.text), kind, ..inner });
        }
        let sign = if dotted { Operation::SignEach(op) } else { Operation::Sign(op) };
        let flat = match &inner.flat {
            Some(vector) => Some(self.operation(sign, &[vector], kind.transposed(), span)?),
            None => None,
        };
        let whole = match &flat {
            Some(vector) => self.row_of(vector, span)?,
            None => self.operation(sign, &[&inner], kind, span)?,
        };
        Ok(Term { flat: flat.map(Rc::new), kind, ..whole })
    }

    fn adjoint(&self, operand: &Expr, span: Span) -> Wrote {
        // A transposed row is the vector that it was.
        if let ExprKind::Unary { op: UnaryOp::Adjoint, operand: inner, .. } = &operand.kind {
            return self.expr(inner);
        }
        let inner = self.expr(operand)?;
        self.transposed(inner, true, span)
    }

    /// The transpose, conjugated or not.
    pub fn transposed(&self, inner: Term, conjugated: bool, span: Span) -> Wrote {
        let kind = inner.kind.transposed();
        let complex = kind.element == Element::Complex && conjugated;
        if let Some(row) = inner.row.as_deref().filter(|_| !complex) {
            return Ok(Term { kind, ..row.clone() });
        }
        match kind.shape {
            Shape::Number if !complex => Ok(inner),
            Shape::Number => self.call_named("conj", vec![inner], false, None, span),
            Shape::Vector if inner.flat.is_some() => {
                Ok(inner.flat.map_or_else(|| Term::new("", 0, kind), |vector| (*vector).clone()))
            }
            Shape::Row if self.system.vectors == Vectors::Flat => {
                let vector = if complex { self.call_named("conj", vec![inner], true, None, span)? } else { inner };
                self.row_of(&vector, span)
            }
            Shape::Row | Shape::Vector | Shape::Matrix | Shape::Text | Shape::Function | Shape::Other => {
                let operation = match (complex, conjugated) {
                    (true, _) => Operation::ComplexAdjoint,
                    (false, true) => Operation::Adjoint,
                    (false, false) => Operation::Transpose,
                };
                self.operation(operation, &[&inner], kind, span)
            }
        }
    }

    /// The row of a vector that has no direction.
    pub fn row_of(&self, vector: &Term, span: Span) -> Wrote {
        let row = self.operation(Operation::RowOf, &[vector], vector.kind.transposed(), span)?;
        Ok(Term { flat: Some(Rc::new(vector.clone())), ..row })
    }

    fn operator(&self, op: BinaryOp, dotted: bool, lhs: &Expr, rhs: &Expr, span: Span) -> Wrote {
        match op {
            BinaryOp::Pipe => {
                return self.call(rhs, &Args { positional: vec![lhs.clone()], ..Args::default() }, dotted, span);
            }
            BinaryOp::PipeLeft => {
                return self.call(lhs, &Args { positional: vec![rhs.clone()], ..Args::default() }, dotted, span);
            }
            BinaryOp::Mul if !dotted => {
                if let Some(constant) = self.imaginary(lhs, rhs, span)? {
                    return Ok(constant);
                }
            }
            _ => {}
        }
        if let Some(term) = self.with_identity(op, dotted, lhs, rhs, span)? {
            return Ok(term);
        }
        let (a, b) = (self.expr(lhs)?, self.expr(rhs)?);
        if op == BinaryOp::LeftDiv && (dotted || a.kind.is_number()) {
            return self.binary(BinaryOp::Div, dotted, b, a, span);
        }
        let floats = self.system.literals.floats;
        if floats && matches!(op, BinaryOp::Div | BinaryOp::HadamardDiv) && a.kind.is_number() && b.kind.is_number() {
            return self.binary(op, dotted, float_literal(a), float_literal(b), span);
        }
        self.binary(op, dotted, a, b, span)
    }

    /// `2im`, `2 * im`.
    fn imaginary(&self, lhs: &Expr, rhs: &Expr, span: Span) -> Result<Option<Term>, Box<Diagnostic>> {
        let is_im = |expr: &Expr| expr.as_name().is_some_and(|name| &**name == "im") && self.binding("im").is_none();
        let literal = matches!(lhs.kind, ExprKind::Int(_) | ExprKind::Float(_));
        let (true, true, Some(text)) = (is_im(rhs), literal, self.system.literals.imaginary) else { return Ok(None) };
        let factor = self.expr(lhs)?;
        let text = term::fill(text, &[&factor], None);
        let _ = span;
        Ok(Some(Term::atom(text, Kind::number(Element::Complex))))
    }

    /// `A + I`, `2I - A`: the identity takes its size from the other side.
    fn with_identity(
        &self,
        op: BinaryOp,
        dotted: bool,
        lhs: &Expr,
        rhs: &Expr,
        span: Span,
    ) -> Result<Option<Term>, Box<Diagnostic>> {
        let is_identity =
            |expr: &Expr| expr.as_name().is_some_and(|name| &**name == "I") && self.binding("I").is_none();
        let multiple = |expr: &Expr| match &expr.kind {
            ExprKind::Binary { op: BinaryOp::Mul, lhs, rhs, .. } if is_identity(rhs) => Some((**lhs).clone()),
            _ => None,
        };
        let on_right = is_identity(rhs) || multiple(rhs).is_some();
        let (side, other) = if on_right { (rhs, lhs) } else { (lhs, rhs) };
        if dotted || !(is_identity(side) || multiple(side).is_some()) || is_identity(other) {
            return Ok(None);
        }
        let other = self.expr(other)?;
        if other.kind.is_number() {
            return Err(self.missing("identity `I` without a size here", span));
        }
        let identity = self.call_named("I", vec![other.clone()], false, None, span)?;
        let identity = match multiple(side) {
            Some(factor) => {
                let factor = self.expr(&factor)?;
                self.binary(BinaryOp::Mul, false, factor, identity, span)?
            }
            None => identity,
        };
        let (a, b) = if on_right { (other, identity) } else { (identity, other) };
        self.binary(op, false, a, b, span).map(Some)
    }

    /// An operator between terms.
    pub fn binary(&self, op: BinaryOp, dotted: bool, a: Term, b: Term, span: Span) -> Wrote {
        let kind = self.combined(kind::binary(op, dotted, a.kind, b.kind));
        if a.kind.shape == Shape::Text && b.kind.shape == Shape::Text && op == BinaryOp::Mul {
            return self.operation(Operation::Concatenation, &[&a, &b], kind, span);
        }
        let strict = matches!(op, BinaryOp::Hadamard | BinaryOp::HadamardDiv);
        match (a.kind.is_array(), b.kind.is_array()) {
            (false, false) => {
                let operation = if dotted && !a.kind.is_number() { Operation::Each(op) } else { Operation::Plain(op) };
                self.operation(operation, &[&a, &b], kind, span)
            }
            _ if dotted || strict => self.elementwise(op, &a, &b, kind, span),
            (true, false) if a.kind.shape == Shape::Matrix && op == BinaryOp::Pow => {
                self.operation(Operation::MatrixPower, &[&a, &b], kind, span)
            }
            (true, false) | (false, true) if matches!(op, BinaryOp::Mul | BinaryOp::Div) => {
                self.along(Operation::Scaled(op), &a, &b, kind, span)
            }
            (true, true) => self.whole(op, &a, &b, kind, span),
            _ => self.operation(Operation::Plain(op), &[&a, &b], kind, span),
        }
    }

    /// Whole arrays, as linear algebra has it.
    fn whole(&self, op: BinaryOp, a: &Term, b: &Term, kind: Kind, span: Span) -> Wrote {
        let operation = match op {
            BinaryOp::Mul => return self.product(a, b, kind, span),
            BinaryOp::LeftDiv => match (a.kind.rows, a.kind.cols) {
                (Some(rows), Some(cols)) if rows != cols => Operation::LeastSquares,
                _ => Operation::Solve,
            },
            BinaryOp::Div => Operation::SolveRight,
            BinaryOp::Eq => Operation::SameArray,
            BinaryOp::Ne => Operation::OtherArray,
            BinaryOp::Approx => Operation::CloseArrays,
            BinaryOp::Add | BinaryOp::Sub => return self.along(Operation::Total(op), a, b, kind, span),
            other => Operation::Plain(other),
        };
        self.operation(operation, &[a, b], kind, span)
    }

    fn product(&self, a: &Term, b: &Term, kind: Kind, span: Span) -> Wrote {
        use Shape::{Matrix, Row, Vector};
        match (a.kind.shape, b.kind.shape, &a.flat, &b.flat) {
            (Row, Vector, Some(x), _) => self.operation(Operation::Inner, &[x, b], kind, span),
            (Row, Vector, None, _) => self.operation(Operation::RowVector, &[a, b], kind, span),
            (Vector, Row, _, Some(y)) => self.operation(Operation::Outer, &[a, y], kind, span),
            (Row, Matrix, Some(x), _) => {
                let vector = self.operation(Operation::VectorMatrix, &[x, b], kind.transposed(), span)?;
                self.row_of(&vector, span)
            }
            (Vector, Matrix, ..) if self.system.vectors == Vectors::Flat => {
                let column = self.operation(Operation::Column, &[a], a.kind, span)?;
                self.operation(Operation::Product, &[&column, b], kind, span)
            }
            (Matrix, Vector, ..) => self.operation(Operation::MatrixVector, &[a, b], kind, span),
            _ => self.operation(Operation::Product, &[a, b], kind, span),
        }
    }

    /// An operation that goes through the elements of equal places; of rows, it goes through their vectors.
    fn along(&self, operation: Operation, a: &Term, b: &Term, kind: Kind, span: Span) -> Wrote {
        let of = |term: &Term| term.flat.clone().unwrap_or_else(|| Rc::new(term.clone()));
        let flat = |term: &Term| term.flat.is_some() || term.kind.is_number();
        if kind.shape == Shape::Row && flat(a) && flat(b) {
            let vector = self.operation(operation, &[&of(a), &of(b)], kind.transposed(), span)?;
            return self.row_of(&vector, span);
        }
        self.operation(operation, &[a, b], kind, span)
    }

    /// A dotted operator, of which one operand at least is an array.
    fn elementwise(&self, op: BinaryOp, a: &Term, b: &Term, kind: Kind, span: Span) -> Wrote {
        use Shape::{Matrix, Row, Vector};
        let spreads = &self.system.spreads;
        let same = Operation::Each(op);
        match (a.kind.shape, b.kind.shape) {
            (Shape::Number, _) => self.along(Operation::EachOfNumber(op), a, b, kind, span),
            (_, Shape::Number) => self.along(Operation::EachByNumber(op), a, b, kind, span),
            (Vector, Matrix) => self.spread(op, spreads.column, b, a, false, kind, span),
            (Matrix, Vector) => self.spread(op, spreads.column, a, b, true, kind, span),
            (Row, Matrix) => self.spread(op, spreads.row, b, a, false, kind, span),
            (Matrix, Row) => self.spread(op, spreads.row, a, b, true, kind, span),
            (Row, Vector) => self.spread(op, spreads.cross, b, a, false, kind, span),
            (Vector, Row) => self.spread(op, spreads.cross, a, b, true, kind, span),
            (Matrix, Matrix) if is_thin(a.kind, b.kind) && !spreads.matrices => {
                Err(self.missing("stretching of a matrix over another", span))
            }
            _ => self.along(same, a, b, kind, span),
        }
    }

    /// A vector over a matrix. `in_order` if the matrix stands on the left.
    #[allow(clippy::too_many_arguments, reason = "an operation with both operands, their order and their place")]
    fn spread(
        &self,
        op: BinaryOp,
        spread: Option<Spread>,
        array: &Term,
        vector: &Term,
        in_order: bool,
        kind: Kind,
        span: Span,
    ) -> Wrote {
        let Some(spread) = spread else {
            return Err(self.missing(&Operation::EachSpread(op).name(), span));
        };
        let flat = vector.flat.clone().filter(|_| spread.of_flat);
        let vector = flat.as_deref().unwrap_or(vector);
        let part = |text: &str, of: &Term| match text {
            "$1" | "$2" => of.clone(),
            text => Term::atom(term::fill(text, &[array, vector], None), of.kind),
        };
        let (array, vector) = (part(spread.array, array), part(spread.vector, vector));
        let operands = if in_order { [&array, &vector] } else { [&vector, &array] };
        let whole = self.operation(Operation::EachSpread(op), &operands, kind, span)?;
        if spread.whole == "$1" {
            return Ok(whole);
        }
        Ok(Term::atom(term::fill(spread.whole, &[&whole], None), kind))
    }

    fn chain(&self, first: &Expr, rest: &[Comparison], span: Span) -> Wrote {
        let mut left = self.expr(first)?;
        let mut all: Option<Term> = None;
        for step in rest {
            let right = self.expr(&step.rhs)?;
            let part = self.binary(step.op, step.dotted, left, right.clone(), span)?;
            all = Some(match all {
                None => part,
                Some(before) if before.kind.is_array() || part.kind.is_array() => {
                    self.binary(BinaryOp::And, true, before, part, span)?
                }
                Some(before) => {
                    self.operation(Operation::AndAlso, &[&before, &part], Kind::number(Element::Bool), span)?
                }
            });
            left = right;
        }
        all.ok_or_else(|| self.missing("comparison without operands", span))
    }

    fn lazy(&self, operation: Operation, a: &Expr, b: &Expr, span: Span) -> Wrote {
        let (a, b) = (self.expr(a)?, self.expr(b)?);
        self.operation(operation, &[&a, &b], Kind::number(Element::Bool), span)
    }

    /// A rule for names in a table of calls: `sum m dims=1`, then `sum dims=1`; `sum m`, then `sum`. An array of Bools may
    /// have a rule of its own before: `sum bools`.
    pub fn call_rule(&self, name: &str, letters: &str, dims: &str) -> Option<Rule> {
        let keys = [format!("{name} {letters}{dims}"), format!("{name}{dims}")];
        let find = |key: &String| self.system.calls.iter().find(|(known, _)| known == key).map(|(_, rule)| *rule);
        keys.iter().find_map(find)
    }
}

/// Is one of two matrices a row or a column and the other known to be more?
fn is_thin(a: Kind, b: Kind) -> bool {
    let thinner = |a: Option<usize>, b: Option<usize>| a == Some(1) && b != Some(1);
    thinner(a.rows, b.rows) || thinner(b.rows, a.rows) || thinner(a.cols, b.cols) || thinner(b.cols, a.cols)
}

/// A literal integer as a float.
pub(super) fn float_literal(term: Term) -> Term {
    let integer = !term.text.is_empty() && term.text.chars().all(|c| c.is_ascii_digit());
    if integer { Term { text: format!("{}.0", term.text), ..term } } else { term }
}

/// The constants of the language, with what they are.
fn constant(name: &str) -> Option<Element> {
    Some(match name {
        "π" | "pi" | "ℯ" | "Inf" | "NaN" => Element::Real,
        "im" => Element::Complex,
        _ => return None,
    })
}

/// What a construct is called that is no expression elsewhere.
fn what(kind: &ExprKind) -> &'static str {
    match kind {
        ExprKind::Splat(_) => "`...` here",
        ExprKind::Field { .. } => "fields of named tuples here",
        ExprKind::TypeParameters { .. } => "types with parameters",
        ExprKind::Macro { .. } => "macros",
        ExprKind::Try { .. } => "`try` inside an expression",
        ExprKind::Colon => "`:` alone here",
        ExprKind::Begin => "`begin` here",
        _ => "statement inside an expression",
    }
}
