//! Which names an expression reads, and which operations it is made of.

use crate::syntax::ast::{Args, Expr, ExprKind, FunctionExpr, Generator, Name, StrPart};

/// What a name means where a law stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Any value: the law is about all of them.
    Free,
    /// The value that the function or block around the law gives it.
    Kept,
    /// A function, a constant or a type.
    Known,
}

/// The names that an expression reads, but for called functions and what the expression binds itself; each once.
pub fn free_names(expr: &Expr) -> Vec<Name> {
    let mut walk = Walk::default();
    walk.visit(expr);
    walk.found
}

/// The operations and calls inside an expression whose values can be asked for by themselves, innermost first.
pub fn operations(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    collect_operations(expr, &mut found);
    found
}

fn collect_operations<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    let inner: Vec<&Expr> = match &expr.kind {
        ExprKind::Binary { lhs, rhs, .. } => vec![&**lhs, &**rhs],
        ExprKind::Unary { operand, .. } => vec![&**operand],
        ExprKind::Call { args, .. } => args.positional.iter().collect(),
        ExprKind::Chain { first, rest } => std::iter::once(&**first).chain(rest.iter().map(|step| &step.rhs)).collect(),
        ExprKind::Vector { items, .. } => items.iter().collect(),
        ExprKind::Rows { rows, .. } => rows.iter().flatten().collect(),
        ExprKind::Index { object, .. } => vec![&**object],
        ExprKind::Block(items) if items.len() == 1 => items.iter().collect(),
        // Anything else is only evaluated as a whole.
        _ => return,
    };
    inner.into_iter().for_each(|expr| collect_operations(expr, found));
    let compares = match &expr.kind {
        ExprKind::Binary { op, .. } => op.is_comparison(),
        ExprKind::Chain { .. } => true,
        _ => false,
    };
    if !compares {
        found.push(expr);
    }
}

#[derive(Default)]
struct Walk {
    found: Vec<Name>,
    /// Parameters and loop variables around the place.
    bound: Vec<Name>,
}

impl Walk {
    fn visit_all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.visit(expr));
    }

    fn visit(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => {
                if !self.bound.contains(name) && !self.found.contains(name) {
                    self.found.push(name.clone());
                }
            }
            ExprKind::Unary { operand, .. } => self.visit(operand),
            ExprKind::Binary { lhs, rhs, .. } => self.visit_all([&**lhs, &**rhs]),
            ExprKind::Chain { first, rest } => {
                self.visit(first);
                self.visit_all(rest.iter().map(|step| &step.rhs));
            }
            ExprKind::And(a, b) | ExprKind::Or(a, b) => self.visit_all([&**a, &**b]),
            ExprKind::Ternary { cond, then, other } => self.visit_all([&**cond, &**then, &**other]),
            ExprKind::Range { start, step, stop } => {
                self.visit(start);
                self.visit_all(step.as_deref());
                self.visit(stop);
            }
            ExprKind::Call { callee, args, .. } => {
                // A called name is a function, defined or not.
                if callee.as_name().is_none() {
                    self.visit(callee);
                }
                self.arguments(args);
            }
            ExprKind::Index { object, args } => {
                self.visit(object);
                self.visit_all(args);
            }
            ExprKind::TypeParameters { of, parameters } => {
                self.visit(of);
                self.visit_all(parameters);
            }
            ExprKind::Field { object, .. } => self.visit(object),
            ExprKind::Splat(inner) => self.visit(inner),
            ExprKind::Tuple(items) | ExprKind::Block(items) => self.visit_all(items),
            ExprKind::NamedTuple(fields) => self.visit_all(fields.iter().map(|field| field.value())),
            ExprKind::Vector { eltype, items } => {
                self.visit_all(eltype.as_deref());
                self.visit_all(items);
            }
            ExprKind::Rows { eltype, rows } => {
                self.visit_all(eltype.as_deref());
                self.visit_all(rows.iter().flatten());
            }
            ExprKind::Comprehension { eltype, generator } => {
                self.visit_all(eltype.as_deref());
                self.generator(generator);
            }
            ExprKind::Generator(generator) => self.generator(generator),
            ExprKind::Lambda(function) => self.function(function),
            ExprKind::Macro { args, .. } => self.visit_all(args),
            ExprKind::Str(parts) => self.visit_all(parts.iter().filter_map(|part| match part {
                StrPart::Value(value) => Some(value),
                StrPart::Text(_) => None,
            })),
            // Literals read nothing; statements bind names of their own, and a law is an expression.
            ExprKind::Nothing
            | ExprKind::Bool(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Operator { .. }
            | ExprKind::Colon
            | ExprKind::End
            | ExprKind::Begin
            | ExprKind::FunctionDef { .. }
            | ExprKind::Assign { .. }
            | ExprKind::Let { .. }
            | ExprKind::If { .. }
            | ExprKind::While { .. }
            | ExprKind::For { .. }
            | ExprKind::Try { .. }
            | ExprKind::Return(_)
            | ExprKind::Break
            | ExprKind::Continue
            | ExprKind::Declare { .. }
            | ExprKind::Using { .. } => {}
        }
    }

    fn arguments(&mut self, args: &Args) {
        self.visit_all(&args.positional);
        self.visit_all(args.keyword.iter().map(|field| field.value()));
    }

    fn function(&mut self, function: &FunctionExpr) {
        let outside = self.bound.len();
        function.params.iter().chain(&function.keywords).for_each(|param| self.bind(&param.target));
        self.visit(&function.body);
        self.bound.truncate(outside);
    }

    fn generator(&mut self, generator: &Generator) {
        let outside = self.bound.len();
        for round in &generator.loops {
            for clause in &round.clauses {
                self.visit(&clause.iterable);
                self.bind(&clause.target);
            }
            self.visit_all(round.filter.as_ref());
        }
        self.visit(&generator.body);
        self.bound.truncate(outside);
    }

    fn bind(&mut self, target: &Expr) {
        let mut inner = Walk::default();
        inner.visit(target);
        self.bound.append(&mut inner.found);
    }
}
