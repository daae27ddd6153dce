//! Calls in another system's notation: functions of the library by the system's table, the user's own, functions without
//! a name, comprehensions.

use super::kind::{self, Combined, Conflict, Element, Kind, Shape};
use super::system::Rule;
use super::term::{self, Term};
use super::write::{Binding, Writer, Wrote, float_literal};
use crate::error::Diagnostic;
use crate::library;
use crate::op::BinaryOp;
use crate::source::Span;
use crate::syntax::ast::{Args, Expr, ExprKind, ForClause, FunctionExpr, Generator, Name};

/// Functions that are operators: which, and with a dot?
const OPERATORS: &[(&str, BinaryOp, bool)] = &[
    ("times", BinaryOp::Mul, true),
    ("rdivide", BinaryOp::Div, true),
    ("ldivide", BinaryOp::LeftDiv, true),
    ("power", BinaryOp::Pow, true),
    ("mtimes", BinaryOp::Mul, false),
    ("mrdivide", BinaryOp::Div, false),
    ("mldivide", BinaryOp::LeftDiv, false),
    ("mpower", BinaryOp::Pow, false),
    ("plus", BinaryOp::Add, true),
    ("minus", BinaryOp::Sub, true),
    ("hadamard", BinaryOp::Hadamard, false),
    ("kron", BinaryOp::Kron, false),
    ("dot", BinaryOp::Dot, false),
    ("cross", BinaryOp::Cross, false),
    ("div", BinaryOp::IntDiv, false),
    ("rem", BinaryOp::Rem, false),
    ("xor", BinaryOp::Xor, false),
];

/// Functions that give one number for a whole array, or with `dims` a matrix of one row or column.
const REDUCTIONS: &[&str] = &["sum", "prod", "maximum", "minimum", "mean", "std", "var", "median", "any", "all"];

/// Functions that give a number.
const NUMBERS: &[&str] =
    &["norm", "opnorm", "det", "tr", "rank", "length", "cond", "count", "size", "argmax", "argmin"];

/// Functions whose arguments must have the same type in systems that declare types.
const OF_EQUAL_TYPES: &[&str] = &["max", "min", "mod", "hypot", "atan"];

/// Functions of numbers for which a whole matrix has a meaning of its own.
const OF_MATRICES: &[&str] = &["exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh"];

impl Writer<'_> {
    /// `f(a, b)`, `f.(a)`
    pub(super) fn call(&self, callee: &Expr, args: &Args, dotted: bool, span: Span) -> Wrote {
        let name = callee.as_name();
        let own = name.and_then(|name| self.binding(name));
        if let (Some(name), None) = (name, &own)
            && &**name == "map"
            && let [function, array] = args.positional.as_slice()
            && args.keyword.is_empty()
        {
            let args = Args { positional: vec![array.clone()], ..Args::default() };
            return self.call(function, &args, true, span);
        }
        let dims = self.dims(args)?;
        let known = name.filter(|name| own.is_none() && library::builtin(name).is_some());
        if let Some(name) = known {
            let terms = self.arguments(args)?;
            return self.call_named(name, terms, dotted, dims, span);
        }
        if dims.is_some() {
            return Err(self.missing("keyword arguments of your functions", span));
        }
        self.own_call(callee, own, args, dotted, span)
    }

    fn arguments(&self, args: &Args) -> Result<Vec<Term>, Box<Diagnostic>> {
        args.positional.iter().map(|arg| self.expr(arg)).collect()
    }

    /// What is written after `dims=`; any other keyword has no counterpart.
    fn dims(&self, args: &Args) -> Result<Option<i64>, Box<Diagnostic>> {
        match args.keyword.as_slice() {
            [] => Ok(None),
            [field] if field.name().is_some_and(|name| &*name.node == "dims") => match field.value().kind {
                ExprKind::Int(dim @ (1 | 2)) => Ok(Some(dim)),
                _ => Err(self.missing("`dims` other than 1 or 2 here", field.value().span)),
            },
            [field, ..] => {
                let name = field.name().map_or("...", |name| &*name.node);
                Err(self.missing(&format!("keyword `{name}` here"), field.value().span))
            }
        }
    }

    /// A function of the library.
    pub(super) fn call_named(
        &self,
        name: &str,
        mut args: Vec<Term>,
        dotted: bool,
        dims: Option<i64>,
        span: Span,
    ) -> Wrote {
        if let ([_, _], Some((_, op, dot))) = (args.as_slice(), OPERATORS.iter().find(|(known, ..)| *known == name))
            && let (Some(b), Some(a)) = (args.pop(), args.pop())
        {
            if *op == BinaryOp::LeftDiv && (*dot || dotted) {
                return self.binary(BinaryOp::Div, true, b, a, span);
            }
            return self.binary(*op, *dot || dotted, a, b, span);
        }
        if let ("adjoint" | "transpose", [_]) = (name, args.as_slice())
            && let Some(inner) = args.pop()
        {
            return self.transposed(inner, name == "adjoint", span);
        }
        if self.system.literals.floats && OF_EQUAL_TYPES.contains(&name) {
            args = args.into_iter().map(float_literal).collect();
        }
        let kinds: Vec<Kind> = args.iter().map(|term| term.kind).collect();
        let kind = self.combined(result(name, &kinds, dotted, dims));
        let letters = kinds.iter().map(|kind| letter(*kind)).collect::<Vec<_>>().join(" ");
        let each = dotted && kinds.iter().any(|kind| kind.is_array());
        let dims = dims.map_or_else(String::new, |dim| format!(" dims={dim}"));
        let looked_up = if each { format!("{name}.") } else { name.to_string() };
        let operands: Vec<&Term> = args.iter().collect();
        let bools = matches!(kinds.as_slice(), [kind] if kind.is_array() && kind.element == Element::Bool);
        let key = format!("{looked_up} bools{dims}");
        let of_bools = self.system.calls.iter().find(|(known, _)| bools && *known == key).map(|(_, rule)| *rule);
        if let Some(rule) = of_bools.or_else(|| self.call_rule(&looked_up, &letters, &dims))
            && (term::places(rule) >= operands.len() || term::places(rule) == 0)
        {
            return self.placed(term::apply(rule, &operands), kind, span);
        }
        let elementwise = dims.is_empty() && (each || kinds.iter().all(|kind| !kind.is_array()));
        if let (true, [argument]) = (elementwise, operands.as_slice()) {
            let renamed = self.system.renamed.iter().find(|(known, _)| *known == name).map(|(_, there)| *there);
            let there = renamed.or_else(|| self.system.same.iter().find(|known| **known == name).copied());
            let rule = self.system.function_each.filter(|_| each).unwrap_or(self.system.function);
            if let Some(there) = there {
                return match &argument.flat {
                    Some(vector) if each => {
                        let written = term::apply_named(rule, there, &[vector]);
                        let vector = self.placed(written, kind.transposed(), span)?;
                        self.row_of(&vector, span)
                    }
                    _ => self.placed(term::apply_named(rule, there, &operands), kind, span),
                };
            }
        }
        if let Some((call, call_each)) = self.system.others.filter(|_| !self.system.lacking.contains(&name)) {
            let rule = if each { call_each } else { call };
            let mut operands = operands;
            let keyword = Term::atom(dims.trim_start(), Kind::OTHER);
            operands.extend((!dims.is_empty()).then_some(&keyword));
            return self.placed(term::apply_named(rule, name, &operands), kind, span);
        }
        let dot = if each { "." } else { "" };
        Err(self
            .missing(&format!("counterpart of `{name}{dot}({})` that hlang knows of", described(&kinds, &dims)), span))
    }

    /// A function of the user, or one without a name.
    fn own_call(&self, callee: &Expr, own: Option<Binding>, args: &Args, dotted: bool, span: Span) -> Wrote {
        let terms = self.arguments(args)?;
        let operands: Vec<&Term> = terms.iter().collect();
        let stretched =
            || terms.iter().try_fold(Kind::number(Element::Int), |all, term| kind::stretched(all, term.kind));
        let each = dotted && terms.iter().any(|term| term.kind.is_array());
        let gives = own.as_ref().and_then(|own| own.gives).unwrap_or(Kind::number(Element::Real));
        if !each {
            let function = match callee.as_name() {
                Some(name) => match own.and_then(|own| own.text) {
                    Some(text) => text,
                    None => self.spelled(name, callee.span)?,
                },
                None => self.expr(callee)?.at(super::system::ATOM),
            };
            return self.placed(term::apply_named(self.system.call, &function, &operands), gives, span);
        }
        let kind = self.combined(stretched()).with(gives.element);
        let flat = matches!(terms.as_slice(), [Term { flat: Some(_), .. }]);
        let vector = kind.shape == Shape::Vector || kind.shape == Shape::Row && flat;
        let rule = if vector { self.system.map_vector } else { self.system.map_matrix };
        let function = match callee.as_name() {
            Some(name) => {
                let text = self.spelled(name, callee.span)?;
                let lambda = own.is_some_and(|own| own.text.is_some());
                if lambda { text } else { self.system.handle.replace("$f", &text) }
            }
            None => {
                let first = matches!(rule, Rule::Form(text) | Rule::Mixed(text, ..) if text.starts_with("$f"));
                self.expr(callee)?.at(if first { super::system::ATOM } else { super::system::ARGUMENT })
            }
        };
        if term::places(rule) < operands.len() {
            return Err(self.missing("call of a function for pairs of elements", span));
        }
        if let (Shape::Row, [Term { flat: Some(vector), .. }]) = (kind.shape, terms.as_slice()) {
            let written = term::apply_named(rule, &function, &[vector]);
            let vector = self.placed(written, kind.transposed(), span)?;
            return self.row_of(&vector, span);
        }
        self.placed(term::apply_named(rule, &function, &operands), kind, span)
    }

    /// `x -> …`
    pub(super) fn lambda(&self, function: &FunctionExpr, span: Span) -> Wrote {
        let params = function.params.iter().map(|param| param.target.as_name().cloned()).collect::<Option<Vec<Name>>>();
        let plain = function.keywords.is_empty() && function.params.iter().all(|p| p.default.is_none() && !p.rest);
        let Some(params) = params.filter(|_| plain) else {
            return Err(self.missing("functions without a name of such parameters", span));
        };
        self.function_of(&params, &function.body, span)
    }

    fn function_of(&self, params: &[Name], body: &Expr, span: Span) -> Wrote {
        let lambda = &self.system.lambda;
        let fixed = match (&lambda.names, params.len()) {
            (Some(names), 1) => Some(names[0]),
            (Some(names), 2) => Some(names[1]),
            (Some(_), _) => return Err(self.missing("functions without a name of so many parameters", span)),
            (None, _) => None,
        };
        let mut texts = Vec::new();
        for (k, name) in params.iter().enumerate() {
            texts.push(match fixed.and_then(|names| names.get(k)) {
                Some(text) => (*text).to_string(),
                None => self.spelled(name, span)?,
            });
        }
        let bound = params.iter().zip(&texts).map(|(name, text)| Binding {
            name: name.clone(),
            kind: Kind::number(Element::Real),
            text: Some(text.clone()),
            gives: None,
        });
        let body = self.with_names(bound.collect(), || self.expr(body))?;
        let listed: Vec<String> = texts.iter().map(|text| format!("{}{text}", lambda.before)).collect();
        let params = Term::new(listed.join(lambda.between), super::system::ARGUMENT, Kind::OTHER);
        self.placed(term::apply(lambda.rule, &[&params, &body]), Kind::of(Shape::Function), span)
    }

    /// `[f(x) for x in v]`
    pub(super) fn comprehension(&self, generator: &Generator, span: Span) -> Wrote {
        let [each] = generator.loops.as_slice() else {
            return Err(self.missing("comprehensions with several `for`", span));
        };
        match (each.clauses.as_slice(), &each.filter) {
            ([clause], filter) => self.comprehension_of_one(&generator.body, clause, filter.as_ref(), span),
            ([outer, inner], None) => self.comprehension_of_two(&generator.body, outer, inner, span),
            _ => Err(self.missing("comprehensions of this form", span)),
        }
    }

    /// The name of a clause, what it goes through, and the kind of its elements.
    fn clause(&self, clause: &ForClause) -> Result<(Name, Term, Binding), Box<Diagnostic>> {
        let Some(name) = clause.target.as_name() else {
            return Err(self.missing("tuples as names of a loop", clause.target.span));
        };
        let through = self.iterable(&clause.iterable)?;
        let element = match through.kind.shape {
            Shape::Vector | Shape::Row | Shape::Matrix => Kind::number(through.kind.element),
            Shape::Number | Shape::Text | Shape::Function | Shape::Other => Kind::OTHER,
        };
        let text = self.spelled(name, clause.target.span)?;
        let binding = Binding { name: name.clone(), kind: element, text: Some(text), gives: None };
        Ok((name.clone(), through, binding))
    }

    /// What a loop goes through: ranges in the form that loops have.
    pub(super) fn iterable(&self, expr: &Expr) -> Wrote {
        let range = |start: &Expr, step: Option<&Expr>, stop: &Expr| -> Wrote {
            let stop = if self.system.half_open_ranges { self.plus(stop, 1)? } else { self.expr(stop)? };
            let start = self.expr(start)?;
            let kind = Kind { element: start.kind.element, ..Kind::of(Shape::Vector) };
            let written = match step {
                None => self.system.calls.iter().find(|(name, _)| *name == "for range").map(|(_, rule)| *rule),
                Some(_) => self.system.calls.iter().find(|(name, _)| *name == "for range step").map(|(_, rule)| *rule),
            };
            let Some(rule) = written else { return self.expr(expr) };
            let step = step.map(|step| self.expr(step)).transpose()?;
            let step = step.unwrap_or_else(|| Term::atom("1", Kind::number(Element::Int)));
            self.placed(term::apply(rule, &[&start, &stop, &step]), kind, expr.span)
        };
        match &expr.kind {
            ExprKind::Range { start, step: None, stop } => range(start, None, stop),
            // Of steps only whole ones end where the range ends.
            ExprKind::Range { start, step: Some(step), stop } if matches!(step.kind, ExprKind::Int(1..)) => {
                range(start, Some(step), stop)
            }
            _ => self.expr(expr),
        }
    }

    /// What a `for` goes through.
    pub(super) fn looped(&self, expr: &Expr) -> Wrote {
        let rule = |name: &str| self.system.calls.iter().find(|(known, _)| *known == name).map(|(_, rule)| *rule);
        if let ExprKind::Range { start, step, stop } = &expr.kind {
            let whole = step.as_ref().is_none_or(|step| matches!(step.kind, ExprKind::Int(1..)));
            let name = if step.is_some() { "loop range step" } else { "loop range" };
            if let (true, Some(rule)) = (whole || !self.system.half_open_ranges, rule(name)) {
                let stop = if self.system.half_open_ranges { self.plus(stop, 1)? } else { self.expr(stop)? };
                let start = self.expr(start)?;
                let kind = Kind { element: start.kind.element, ..Kind::of(Shape::Vector) };
                let step = step.as_ref().map(|step| self.expr(step)).transpose()?;
                let step = step.unwrap_or_else(|| Term::atom("1", Kind::number(Element::Int)));
                return self.placed(term::apply(rule, &[&start, &stop, &step]), kind, expr.span);
            }
        }
        let through = self.expr(expr)?;
        let name = format!("loop {}", letter(through.kind));
        match rule(&name).or_else(|| rule("loop")) {
            Some(rule) => self.placed(term::apply(rule, &[&through]), through.kind, expr.span),
            None => Ok(through),
        }
    }

    fn comprehension_of_one(&self, body: &Expr, clause: &ForClause, filter: Option<&Expr>, span: Span) -> Wrote {
        let (name, through, binding) = self.clause(clause)?;
        let item = Term::atom(self.spelled(&name, clause.target.span)?, binding.kind);
        let fixed = self.system.lambda.names.is_some();
        let (written, cond) = self.with_names(vec![binding], || -> Result<_, Box<Diagnostic>> {
            let cond = filter.map(|filter| self.expr(filter)).transpose()?;
            Ok((if fixed { None } else { Some(self.expr(body)?) }, cond))
        })?;
        let kind_of = |kind: Kind| match kind.shape {
            Shape::Number => Kind { shape: Shape::Vector, element: kind.element, rows: through.kind.rows, cols: None },
            _ => Kind::OTHER,
        };
        let uses = |rule: Rule, place: usize| matches!(rule, Rule::Form(text) | Rule::Mixed(text, ..) if text.contains(&format!("${place}")));
        let ranged = match (&clause.iterable.kind, self.system.comprehension_range) {
            (ExprKind::Range { start, step: None, stop }, Some(rule)) if filter.is_none() => Some((rule, start, stop)),
            _ => None,
        };
        let rule = match (filter, &ranged) {
            (Some(_), _) => self.system.comprehension_filtered,
            (None, Some((rule, ..))) => *rule,
            (None, None) => self.system.comprehension,
        };
        let blank = || Term::atom("", Kind::OTHER);
        let lambda = if uses(rule, 4) { self.function_of(std::slice::from_ref(&name), body, span)? } else { blank() };
        let kind = written.as_ref().map_or(Kind::of(Shape::Vector), |body| kind_of(body.kind));
        let fifth = match (&ranged, cond) {
            (Some((_, start, _)), _) => self.expr(start)?,
            (None, Some(cond)) => cond,
            (None, None) => blank(),
        };
        let sixth = match &ranged {
            Some((_, _, stop)) => self.expr(stop)?,
            None => blank(),
        };
        let body = written.unwrap_or_else(blank);
        self.placed(term::apply(rule, &[&body, &item, &through, &lambda, &fifth, &sixth]), kind, span)
    }

    fn comprehension_of_two(&self, body: &Expr, outer: &ForClause, inner: &ForClause, span: Span) -> Wrote {
        let (x, v, first) = self.clause(outer)?;
        let (y, w, second) = self.clause(inner)?;
        let names = [&x, &y].map(|name| self.spelled(name, span));
        let body = self.with_names(vec![first, second], || self.expr(body))?;
        let [x, y] = names;
        let (x, y) = (Term::atom(x?, Kind::OTHER), Term::atom(y?, Kind::OTHER));
        let kind = Kind { element: body.kind.element, rows: v.kind.rows, cols: w.kind.rows, ..Kind::of(Shape::Matrix) };
        self.placed(term::apply(self.system.comprehension_matrix, &[&body, &x, &v, &y, &w]), kind, span)
    }
}

/// The letter of a kind in a table of calls.
fn letter(kind: Kind) -> &'static str {
    match kind.shape {
        Shape::Number => "n",
        Shape::Vector => "v",
        Shape::Row => "r",
        Shape::Matrix => "m",
        Shape::Text => "s",
        Shape::Function => "f",
        Shape::Other => "o",
    }
}

/// `matrix, number`
fn described(kinds: &[Kind], dims: &str) -> String {
    let words = kinds.iter().map(|kind| match kind.shape {
        Shape::Number => "number",
        Shape::Vector => "vector",
        Shape::Row => "row",
        Shape::Matrix => "matrix",
        Shape::Text => "string",
        Shape::Function => "function",
        Shape::Other => "value",
    });
    let listed = words.collect::<Vec<_>>().join(", ");
    if dims.is_empty() { listed } else { format!("{listed};{dims}") }
}

/// The kind of what a function of the library gives.
fn result(name: &str, args: &[Kind], dotted: bool, dims: Option<i64>) -> Combined {
    let first = args.first().copied().unwrap_or(Kind::OTHER);
    if dotted && args.iter().any(|kind| kind.is_array()) {
        let all = args.iter().try_fold(Kind::number(Element::Bool), |all, kind| kind::stretched(all, *kind))?;
        let element = args.iter().map(|kind| kind.element).fold(Element::Bool, Ord::max);
        return Ok(all.with(element_of(name, element)));
    }
    if REDUCTIONS.contains(&name) {
        let element = element_of(name, first.element);
        return match (dims, first.shape) {
            (_, Shape::Number) if dims.is_none() => Ok(first.with(element)),
            (None, _) => Ok(Kind::number(element)),
            (Some(1), _) => Ok(Kind { shape: Shape::Matrix, element, rows: Some(1), cols: first.cols }),
            (Some(_), Shape::Vector) => Ok(first),
            (Some(_), _) => Ok(Kind { shape: Shape::Matrix, element, rows: first.rows, cols: Some(1) }),
        };
    }
    if NUMBERS.contains(&name) {
        return Ok(match (name, args.len()) {
            ("size", 1) => Kind::OTHER,
            ("argmax" | "argmin", _) if first.shape != Shape::Vector => Kind::OTHER,
            ("length" | "rank" | "count" | "size" | "argmax" | "argmin", _) => Kind::number(Element::Int),
            _ => Kind::number(Element::Real),
        });
    }
    let matrix = |kind: Kind| Kind { shape: Shape::Matrix, ..kind };
    let unsized_vector = Kind { rows: None, cols: None, shape: Shape::Vector, ..first };
    Ok(match (name, args) {
        ("zeros" | "ones" | "rand" | "randn" | "trues" | "falses", [_]) => Kind::of(Shape::Vector),
        ("zeros" | "ones" | "rand" | "randn" | "trues" | "falses", [_, _]) => Kind::of(Shape::Matrix),
        ("fill", [value, _]) => Kind::of(Shape::Vector).with(value.element),
        ("fill", [value, _, _]) => Kind::of(Shape::Matrix).with(value.element),
        ("eye" | "I" | "magic" | "hilb" | "hcat" | "diagm" | "Diagonal" | "repeat" | "repmat", _) => {
            Kind::of(Shape::Matrix).with(first.element)
        }
        ("vcat", _) if args.iter().all(|kind| matches!(kind.shape, Shape::Vector | Shape::Number)) => Kind {
            rows: None,
            ..Kind::of(Shape::Vector).with(args.iter().map(|k| k.element).fold(Element::Bool, Ord::max))
        },
        ("vcat", _) => Kind::of(Shape::Matrix).with(first.element),
        ("linspace" | "range" | "collect" | "diag" | "vec" | "eigvals" | "svdvals", _) => match (name, first.shape) {
            ("collect", Shape::Matrix) => first,
            ("linspace" | "range", _) => Kind::of(Shape::Vector),
            _ => unsized_vector,
        },
        ("reshape", [_, _, _]) => Kind { rows: None, cols: None, ..matrix(first) },
        ("reshape", [_, _]) => unsized_vector,
        ("pinv", [_]) => first.transposed().with(first.element.max(Element::Real)),
        ("inv", [_]) if first.shape == Shape::Vector => return Err(Conflict),
        ("inv", [_]) => first.with(first.element.max(Element::Real)),
        ("triu" | "tril", [_, ..]) if !first.is_array() => return Err(Conflict),
        ("triu" | "tril" | "cumsum" | "cumprod" | "sort" | "reverse" | "copy" | "unique", _) => first,
        ("max" | "min" | "mod" | "hypot" | "atan", [a, b]) if a.is_array() || b.is_array() => return Err(Conflict),
        _ if is_elementwise(name) => match first.shape {
            Shape::Vector | Shape::Row => return Err(Conflict),
            Shape::Matrix if !OF_MATRICES.contains(&name) => return Err(Conflict),
            _ => first.with(args.iter().map(|kind| kind.element).fold(element_of(name, first.element), Ord::max)),
        },
        ("string" | "repr" | "join" | "uppercase" | "lowercase", _) => Kind::of(Shape::Text),
        _ => Kind::OTHER,
    })
}

/// Functions of numbers, as far as kinds depend on them.
fn is_elementwise(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "abs",
        "sqrt",
        "cbrt",
        "exp",
        "log",
        "log2",
        "log10",
        "log1p",
        "expm1",
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "asinh",
        "acosh",
        "atanh",
        "floor",
        "ceil",
        "round",
        "trunc",
        "sign",
        "max",
        "min",
        "mod",
        "rem",
        "hypot",
        "real",
        "imag",
        "conj",
        "angle",
        "abs2",
        "gamma",
        "erf",
        "factorial",
        "gcd",
        "lcm",
        "isnan",
        "isinf",
        "iseven",
        "isodd",
        "iszero",
    ];
    NAMES.contains(&name)
}

/// The elements of what a function makes of such elements.
fn element_of(name: &str, of: Element) -> Element {
    match name {
        "any" | "all" | "isnan" | "isinf" | "iseven" | "isodd" | "iszero" => Element::Bool,
        "sum" | "prod" => of.max(Element::Int),
        "maximum" | "minimum" | "max" | "min" | "mod" | "rem" | "sign" | "conj" | "gcd" | "lcm" | "floor" | "ceil"
        | "round" | "trunc" => of,
        "abs" | "real" | "imag" | "abs2" if of == Element::Complex => Element::Real,
        "abs" | "real" | "imag" | "abs2" => of,
        _ => of.max(Element::Real),
    }
}
