//! Whole scripts in another system: statements, functions, loops, and the comments between them.

use super::infer::{self, fitted};
use super::kind::{Kind, Shape};
use super::script::{Script, Tuples};
use super::survey::{changed_names, count_of_results, each_index, is_statement, mentions, single, trial};
use super::system::{ARGUMENT, System};
use super::systems::JULIA;
use super::term::Term;
use super::write::{Binding, Writer};
use crate::error::Diagnostic;
use crate::op::BinaryOp;
use crate::source::Span;
use crate::syntax::ast::{Args, Expr, ExprKind, ForClause, FunctionExpr, Name, Program};
use crate::syntax::pieces::{self, Class};
use std::ops::Range;

/// A script as a system writes it.
#[derive(Debug)]
pub struct Translated {
    /// The text. What has no counterpart stands in it as a comment.
    pub text: String,
    /// What has no counterpart.
    pub missing: Vec<Diagnostic>,
}

/// One line's indentation.
const INDENT: &str = "    ";

/// What a block gives whose last statement is a value.
#[derive(Clone, Debug, PartialEq)]
enum Gives {
    Nothing,
    /// The value is that of the function: it is returned, or put into these names.
    Returned(Vec<String>),
}

type Wrote<T = ()> = Result<T, Box<Diagnostic>>;

/// Writes a whole script.
pub fn program(program: &Program, text: &str, system: &'static System, script: &'static Script) -> Translated {
    let comments = pieces::pieces(text).into_iter().filter(|(class, _)| *class == Class::Comment);
    let mut printer = Printer {
        writer: Writer::new(system, Vec::new(), &infer::usual),
        script,
        source: text,
        comments: comments.map(|(_, range)| range).collect(),
        next_comment: 0,
        last_end: 0,
        out: Vec::new(),
        depth: 0,
        loops: 0,
        in_function: false,
        globals: Vec::new(),
        missing: Vec::new(),
        changed: Vec::new(),
    };
    printer.changed = changed_names(program);
    printer.lines(script.head);
    for statement in &program.statements {
        printer.before(statement.expr.span.start as usize);
        printer.tried(&statement.expr, &Gives::Nothing);
        printer.last_end = statement.expr.span.end as usize;
    }
    printer.before(text.len());
    Translated { text: printer.out.join("\n") + "\n", missing: printer.missing }
}

struct Printer<'a> {
    writer: Writer<'a>,
    script: &'static Script,
    source: &'a str,
    comments: Vec<Range<usize>>,
    next_comment: usize,
    /// Where the last statement ended.
    last_end: usize,
    out: Vec<String>,
    depth: usize,
    /// Loops around this place, of the function that it is in.
    loops: usize,
    in_function: bool,
    /// What has a value outside of loops and functions.
    globals: Vec<Name>,
    missing: Vec<Diagnostic>,
    /// Names whose elements are changed somewhere.
    changed: Vec<Name>,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push(format!("{}{text}", INDENT.repeat(self.depth)));
    }

    fn lines(&mut self, lines: &[&str]) {
        lines.iter().for_each(|line| self.line(line));
    }

    /// Comments and empty lines up to a place.
    fn before(&mut self, place: usize) {
        while let Some(comment) = self.comments.get(self.next_comment).cloned().filter(|c| c.start < place) {
            self.next_comment += 1;
            let text = self.source.get(comment.clone()).unwrap_or("");
            let between = self.source.get(self.last_end..comment.start).unwrap_or("\n");
            let beside = self.last_end > 0 && !between.contains('\n');
            let lines: Vec<String> = text.lines().map(|line| self.comment(line)).collect();
            match (beside, self.out.last_mut(), lines.as_slice()) {
                (true, Some(line), [one]) => {
                    line.push_str("  ");
                    line.push_str(one);
                }
                _ => {
                    self.gap(comment.start);
                    lines.iter().for_each(|line| self.line(line));
                }
            }
            self.last_end = comment.end;
        }
        if place < self.source.len() {
            self.gap(place);
        }
    }

    /// An empty line where the script has some.
    fn gap(&mut self, place: usize) {
        let between = self.source.get(self.last_end.min(place)..place).unwrap_or("");
        let empty = between.matches('\n').count() > 1 && self.last_end > 0;
        if empty && self.out.last().is_some_and(|line| !line.is_empty()) {
            self.out.push(String::new());
        }
    }

    /// The text of a comment with the system's sign.
    fn comment(&self, line: &str) -> String {
        let text =
            line.trim().trim_start_matches('#').trim_start_matches('=').trim_end_matches('#').trim_end_matches('=');
        format!("{} {}", self.script.comment, text.trim()).trim_end().to_string()
    }

    /// A statement; what has no counterpart becomes a comment.
    fn tried(&mut self, expr: &Expr, gives: &Gives) {
        let (lines, names) = (self.out.len(), self.writer.names.borrow().len());
        if let Err(problem) = self.statement(expr, gives) {
            self.out.truncate(lines);
            self.writer.names.borrow_mut().truncate(names);
            let said = format!("{} {}:", self.script.comment, problem.message);
            self.line(&said);
            let text = self.source.get(expr.span.range()).unwrap_or("").to_string();
            for line in text.lines() {
                let line = format!("{}   {}", self.script.comment, line);
                self.line(line.trim_end());
            }
            self.missing.push(*problem);
        }
    }

    /// The statements of a body, indented.
    fn body(&mut self, body: &Expr, gives: &Gives) {
        self.depth += 1;
        let lines = self.out.len();
        let statements = match &body.kind {
            ExprKind::Block(statements) => statements.as_slice(),
            ExprKind::Nothing => &[],
            _ => std::slice::from_ref(body),
        };
        for (k, statement) in statements.iter().enumerate() {
            self.before(statement.span.start as usize);
            let last = k + 1 == statements.len();
            self.tried(statement, if last { gives } else { &Gives::Nothing });
            self.last_end = statement.span.end as usize;
        }
        let empty = !self.out[lines..].iter().any(|line| !line.trim_start().starts_with(self.script.comment));
        if empty && !self.script.empty.is_empty() {
            self.line(self.script.empty);
        }
        self.depth -= 1;
    }

    fn term(&self, expr: &Expr) -> Wrote<Term> {
        self.writer.expr(expr)
    }

    fn text(&self, expr: &Expr) -> Wrote<String> {
        Ok(self.term(expr)?.at(ARGUMENT))
    }

    fn statement(&mut self, expr: &Expr, gives: &Gives) -> Wrote {
        match &expr.kind {
            ExprKind::Nothing | ExprKind::Using { .. } => Ok(()),
            ExprKind::Block(statements) => {
                for statement in statements {
                    self.statement(statement, &Gives::Nothing)?;
                }
                Ok(())
            }
            ExprKind::Assign { target, op, dotted, value, .. } => self.assign(target, *op, *dotted, value, expr.span),
            ExprKind::Declare { assign: Some(assign), .. } => self.statement(assign, gives),
            ExprKind::FunctionDef { name, function } => self.function(&name.node, function, expr.span),
            ExprKind::If { arms, other } => self.conditional(arms, other.as_deref(), gives),
            ExprKind::And(cond, then) if is_statement(then) => {
                let arms = [((**cond).clone(), (**then).clone())];
                self.conditional(&arms, None, &Gives::Nothing)
            }
            ExprKind::While { cond, body } => self.while_loop(cond, body),
            ExprKind::For { clauses, body } => self.for_loop(clauses, body),
            ExprKind::Return(value) => match value {
                Some(value) => self.give(value, gives, true),
                None => {
                    self.line(&self.script.statement("return"));
                    Ok(())
                }
            },
            ExprKind::Break => {
                self.line(&self.script.statement("break"));
                Ok(())
            }
            ExprKind::Continue => {
                self.line(&self.script.statement("continue"));
                Ok(())
            }
            ExprKind::Call { callee, args, dotted: false } if callee.as_name().is_some() => {
                let name = callee.as_name().map_or("", |name| &**name);
                match self.command(name, args, expr.span)? {
                    true => Ok(()),
                    false => self.give(expr, gives, false),
                }
            }
            ExprKind::Macro { name, args } => self.macro_call(&name.node, args, expr),
            _ => self.give(expr, gives, false),
        }
    }

    /// A value at the end of a function, or one that nobody sees.
    fn give(&mut self, value: &Expr, gives: &Gives, returned: bool) -> Wrote {
        let items: Vec<&Expr> = match &value.kind {
            ExprKind::Tuple(items) => items.iter().collect(),
            _ => vec![value],
        };
        let texts = items.iter().map(|item| self.text(item)).collect::<Wrote<Vec<_>>>()?;
        match gives {
            Gives::Nothing if !returned => self.line(&self.script.statement(&texts.join(", "))),
            Gives::Nothing => self.line(&self.script.statement(&format!("return {}", texts.join(", ")))),
            Gives::Returned(names) if names.is_empty() => {
                self.line(&self.script.statement(&format!("return {}", texts.join(", "))));
            }
            Gives::Returned(names) => {
                for (name, text) in names.iter().zip(&texts) {
                    self.line(&self.script.statement(&format!("{name} = {text}")));
                }
                if returned {
                    self.line(&self.script.statement("return"));
                }
            }
        }
        Ok(())
    }

    fn while_loop(&mut self, cond: &Expr, body: &Expr) -> Wrote {
        let cond = self.text(cond)?;
        self.line(&self.script.while_head.replace("$1", &cond));
        self.loop_body(body);
        self.end();
        Ok(())
    }

    fn loop_body(&mut self, body: &Expr) {
        self.loops += 1;
        self.body(body, &Gives::Nothing);
        self.loops -= 1;
    }

    /// What stands before an assignment to these names; those outside of loops and functions are remembered.
    fn before_names(&mut self, names: &[&Name]) -> &'static str {
        if self.in_function {
            return "";
        }
        if self.loops == 0 {
            self.globals.extend(names.iter().map(|name| (*name).clone()));
            return "";
        }
        if names.iter().any(|name| self.globals.contains(name)) { self.script.from_outside } else { "" }
    }

    fn end(&mut self) {
        if !self.script.end.is_empty() {
            self.line(self.script.end);
        }
    }

    fn conditional(&mut self, arms: &[(Expr, Expr)], other: Option<&Expr>, gives: &Gives) -> Wrote {
        let conds = arms.iter().map(|(cond, _)| self.text(cond)).collect::<Wrote<Vec<_>>>()?;
        for (k, ((_, body), cond)) in arms.iter().zip(&conds).enumerate() {
            let head = if k == 0 { self.script.if_head } else { self.script.elseif_head };
            self.line(&head.replace("$1", cond));
            self.body(body, gives);
        }
        if let Some(other) = other {
            self.line(self.script.else_head);
            self.body(other, gives);
        }
        self.end();
        Ok(())
    }

    fn for_loop(&mut self, clauses: &[ForClause], body: &Expr) -> Wrote {
        let outside = self.depth;
        for (k, clause) in clauses.iter().enumerate() {
            let (names, through) = self.clause(clause)?;
            self.line(&self.script.for_head.replace("$1", &names).replace("$2", &through));
            if k + 1 < clauses.len() {
                self.depth += 1;
            }
        }
        self.loop_body(body);
        while self.depth > outside {
            self.end();
            self.depth -= 1;
        }
        self.end();
        Ok(())
    }

    /// The names of a loop and what it goes through.
    fn clause(&mut self, clause: &ForClause) -> Wrote<(String, String)> {
        let span = clause.target.span;
        if let (ExprKind::Tuple(names), ExprKind::Call { callee, args, .. }) =
            (&clause.target.kind, &clause.iterable.kind)
            && let ([index, item], Some("enumerate"), [array]) =
                (names.as_slice(), callee.as_name().map(|name| &**name), args.positional.as_slice())
            && let (Some(index), Some(item), Some(form)) = (index.as_name(), item.as_name(), self.script.enumerate)
        {
            let array = self.term(array)?;
            self.bind(index, Kind::number(super::kind::Element::Int));
            self.bind(item, Kind::number(array.kind.element));
            let names = format!("{}, {}", self.writer.spelled(index, span)?, self.writer.spelled(item, span)?);
            return Ok((names, form.replace("$1", &array.at(ARGUMENT))));
        }
        let Some(name) = clause.target.as_name() else {
            return Err(self.writer.missing("loops over pairs like this", span));
        };
        let range = each_index(&clause.iterable);
        let iterable = range.as_ref().unwrap_or(&clause.iterable);
        let through = self.writer.looped(iterable)?;
        let kind = if through.kind.is_array() { Kind::number(through.kind.element) } else { Kind::OTHER };
        let text = self.writer.spelled(name, span)?;
        self.bind(name, kind);
        Ok((text, through.at(ARGUMENT)))
    }

    fn bind(&mut self, name: &Name, kind: Kind) {
        self.writer.names.borrow_mut().push(infer::binding(name, kind));
    }

    fn assign(&mut self, target: &Expr, op: Option<BinaryOp>, dotted: bool, value: &Expr, span: Span) -> Wrote {
        if let ExprKind::Tuple(targets) = &target.kind {
            return self.assign_tuple(targets, value, span);
        }
        if let (Some(name), ExprKind::Lambda(function), None) = (target.as_name(), &value.kind, op) {
            return self.short_function(name, function, span);
        }
        let value = match op {
            Some(op) => {
                let (lhs, rhs) = (Box::new(target.clone()), Box::new(value.clone()));
                let kind = ExprKind::Binary { op, dotted, op_span: span, juxtaposed: false, lhs, rhs };
                Expr::new(kind, span, target.depth.max(value.depth) + 1)
            }
            None => value.clone(),
        };
        match &target.kind {
            ExprKind::Name(name) if dotted => {
                let form = self.script.fill.replace("$1", &self.writer.spelled(name, target.span)?);
                let value = self.text(&value)?;
                self.line(&self.script.statement(&form.replace("$2", &value)));
                Ok(())
            }
            ExprKind::Name(name) => {
                let term = self.value(name, &value)?;
                let text = self.writer.spelled(name, target.span)?;
                let before = self.before_names(&[name]);
                self.line(&self.script.statement(&format!("{before}{text} = {}", term.at(ARGUMENT))));
                self.bind(name, term.kind);
                Ok(())
            }
            ExprKind::Index { object, args } => {
                if self.script.copies
                    && let Some(name) = object.as_name()
                    && self.writer.binding(name).is_some_and(|binding| binding.gives.is_some())
                {
                    let what = "changes of a caller's array: return the changed array";
                    return Err(self.writer.missing(what, target.span));
                }
                let place = self.writer.place(object, args, target.span)?;
                let value = self.text(&value)?;
                let sign = if dotted { self.script.fill_part } else { "=" };
                self.line(&self.script.statement(&format!("{} {sign} {value}", place.text)));
                Ok(())
            }
            _ => Err(self.writer.missing("assignments of this form", target.span)),
        }
    }

    /// A value that gets a name.
    fn value(&self, name: &Name, value: &Expr) -> Wrote<Term> {
        let term = self.term(value)?;
        if !term.kind.is_array() {
            return Ok(term);
        }
        match &value.kind {
            // Two names for one array are told apart only where it is changed.
            ExprKind::Name(other) if self.script.copies && [name, other].iter().any(|n| self.changed.contains(n)) => {
                let what = "second name for an array that is changed: write copy(…)";
                Err(self.writer.missing(what, value.span))
            }
            ExprKind::Index { .. } if self.script.views => {
                let text = format!("{}.copy()", term.text);
                Ok(Term { text, ..term })
            }
            _ => Ok(term),
        }
    }

    fn assign_tuple(&mut self, targets: &[Expr], value: &Expr, span: Span) -> Wrote {
        let names: Option<Vec<&Name>> = targets.iter().map(Expr::as_name).collect();
        let Some(names) = names else { return Err(self.writer.missing("assignments to such a list", span)) };
        let texts = names.iter().map(|name| self.writer.spelled(name, span)).collect::<Wrote<Vec<_>>>()?;
        let (values, kinds) = match &value.kind {
            ExprKind::Tuple(items) => {
                let terms = items.iter().map(|item| self.term(item)).collect::<Wrote<Vec<_>>>()?;
                let texts: Vec<String> = terms.iter().map(|term| term.at(ARGUMENT)).collect();
                let listed = match self.script.tuples {
                    Tuples::Listed => texts.join(", "),
                    Tuples::Dealt => format!("deal({})", texts.join(", ")),
                };
                (listed, terms.iter().map(|term| term.kind).collect())
            }
            ExprKind::Call { .. } => (self.text(value)?, vec![Kind::OTHER; names.len()]),
            _ => return Err(self.writer.missing("assignments of such a list", value.span)),
        };
        let left = match self.script.tuples {
            Tuples::Listed => texts.join(", "),
            Tuples::Dealt => format!("[{}]", texts.join(", ")),
        };
        let before = self.before_names(&names);
        self.line(&self.script.statement(&format!("{before}{left} = {values}")));
        names.into_iter().zip(kinds).for_each(|(name, kind)| self.bind(name, kind));
        Ok(())
    }

    /// `f(x) = …`, `function f(x) … end`
    fn function(&mut self, name: &Name, function: &FunctionExpr, span: Span) -> Wrote {
        let body = single(&function.body);
        if self.script.short_functions
            && let Some(body) = body
            && !mentions(&function.body, name)
        {
            let short = FunctionExpr { body: body.clone(), ..function.clone() };
            return self.short_function(name, &short, span);
        }
        let params = self.params(function, span)?;
        let kinds = self.parameter_kinds(&params, function);
        let assumed = assumptions(&kinds);
        let text = self.writer.spelled(name, span)?;
        let listed = params.iter().map(|param| self.writer.spelled(param, span)).collect::<Wrote<Vec<_>>>()?;
        let gives = self.script.results(count_of_results(&function.body));
        let known = self.writer.names.borrow().iter().cloned().chain(kinds.iter().cloned()).collect();
        let value = trial(&Writer::new(&JULIA, known, &infer::usual), &function.body);
        let outside = self.writer.names.borrow().len();
        // Inside, a parameter is marked by what it would give: its changes are seen by the caller.
        let inside = kinds.iter().cloned().map(|kind| Binding { gives: Some(Kind::OTHER), ..kind });
        self.writer.names.borrow_mut().extend(inside);
        let head = self.script.function_head.replace("$1", &text).replace("$2", &listed.join(", "));
        if !assumed.is_empty() {
            self.line(&format!("{} here {assumed}", self.script.comment));
        }
        self.line(&head.replace("$3", &result_list(&gives)));
        let outside_of = (std::mem::take(&mut self.loops), std::mem::replace(&mut self.in_function, true));
        self.body(&function.body, &Gives::Returned(gives));
        (self.loops, self.in_function) = outside_of;
        self.end();
        self.writer.names.borrow_mut().truncate(outside);
        let kind = Kind::of(Shape::Function);
        self.writer.names.borrow_mut().push(Binding { name: name.clone(), kind, text: None, gives: Some(value) });
        Ok(())
    }

    /// A function that is one expression.
    fn short_function(&mut self, name: &Name, function: &FunctionExpr, span: Span) -> Wrote {
        let params = self.params(function, span)?;
        let kinds = self.parameter_kinds(&params, function);
        let assumed = assumptions(&kinds);
        let listed = params.iter().map(|param| self.writer.spelled(param, span)).collect::<Wrote<Vec<_>>>()?;
        let body = single(&function.body).unwrap_or(&function.body);
        let body = self.writer.with_names(kinds, || self.term(body))?;
        let text = self.writer.spelled(name, span)?;
        if !assumed.is_empty() {
            self.line(&format!("{} here {assumed}", self.script.comment));
        }
        let form = self.script.short_function.replace("$1", &text).replace("$2", &listed.join(", "));
        for line in form.replace("$3", &body.at(ARGUMENT)).lines() {
            self.line(line);
        }
        let text = self.script.short_functions.then_some(text);
        let binding = Binding { name: name.clone(), kind: Kind::of(Shape::Function), text, gives: Some(body.kind) };
        self.writer.names.borrow_mut().push(binding);
        Ok(())
    }

    fn params(&self, function: &FunctionExpr, span: Span) -> Wrote<Vec<Name>> {
        let plain = function.keywords.is_empty()
            && function.keyword_rest.is_none()
            && function.params.iter().all(|param| param.default.is_none() && !param.rest);
        let names: Option<Vec<Name>> = function.params.iter().map(|param| param.target.as_name().cloned()).collect();
        names
            .filter(|_| plain)
            .ok_or_else(|| self.writer.missing("counterpart of such parameters that hlang knows of", span))
    }

    /// Kinds of parameters that fit the body: it is written for Julia, which has everything, and conflicts are counted.
    fn parameter_kinds(&self, params: &[Name], function: &FunctionExpr) -> Vec<Binding> {
        let known = self.writer.names.borrow().clone();
        fitted(params, &|names| {
            let all = known.iter().cloned().chain(names).collect();
            let writer = Writer::new(&JULIA, all, &infer::usual);
            trial(&writer, &function.body);
            writer.conflicts.get()
        })
    }

    /// A call that is a statement of its own: printing, growing.
    fn command(&mut self, name: &str, args: &Args, span: Span) -> Wrote<bool> {
        if self.writer.binding(name).is_some() || !args.keyword.is_empty() {
            return Ok(false);
        }
        let Some((_, form)) = self.script.commands.iter().find(|(known, _)| *known == name) else { return Ok(false) };
        let mut texts = Vec::new();
        for arg in &args.positional {
            let term = self.term(arg)?;
            texts.push((term.at(ARGUMENT), term.kind));
        }
        let line = form(&texts).ok_or_else(|| self.writer.missing(&format!("`{name}` of this form"), span))?;
        self.line(&self.script.statement(&line));
        Ok(true)
    }

    fn macro_call(&mut self, name: &str, args: &[Expr], expr: &Expr) -> Wrote {
        let forms = self.script.macros.iter().find(|(known, _)| *known == name);
        let Some((_, form)) = forms else {
            return Err(self.writer.missing(&format!("counterpart of @{name}"), expr.span));
        };
        for group in if name == "show" { args.chunks(1) } else { args.chunks(args.len().max(1)) } {
            let mut texts = Vec::new();
            for arg in group {
                let term = self.term(arg)?;
                texts.push((term.at(ARGUMENT), term.kind));
            }
            let source = group.first().and_then(|arg| self.source.get(arg.span.range())).unwrap_or("");
            let label = self.writer.quoted(&format!("{source} = "), expr.span)?;
            let line =
                form(&texts, &label).ok_or_else(|| self.writer.missing(&format!("@{name} of this form"), expr.span))?;
            self.line(&self.script.statement(&line));
        }
        Ok(())
    }
}

/// `out`, `[out1, out2]`
fn result_list(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

/// `A and B are taken as matrices`: what parameters are assumed to be.
fn assumptions(kinds: &[Binding]) -> String {
    let word = |kind: &Kind| match kind.shape {
        Shape::Number => "a number",
        Shape::Vector => "a vector",
        Shape::Row => "a row",
        Shape::Matrix => "a matrix",
        Shape::Text | Shape::Function | Shape::Other => "any value",
    };
    kinds.iter().map(|binding| format!("{} is {}", binding.name, word(&binding.kind))).collect::<Vec<_>>().join(", ")
}
