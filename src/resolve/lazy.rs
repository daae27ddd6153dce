//! Generators: `f(x) for x in v if p(x)` becomes maps and filters over function values, computed as they are asked for.

use super::code::{Code, CodeKind, LazyCode};
use super::function::FunctionName;
use super::{Resolved, Resolver};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, FunctionExpr, Generator, GeneratorLoop, Param};

impl Resolver<'_> {
    /// A generator as a value.
    pub(super) fn generator(&mut self, generator: &Generator, span: Span) -> Resolved<CodeKind> {
        let lazy = self.lazy(&generator.loops, &generator.body, span)?;
        Ok(CodeKind::Lazy(Box::new(lazy)))
    }

    fn lazy(&mut self, loops: &[GeneratorLoop], body: &Expr, span: Span) -> Resolved<LazyCode> {
        let (first, rest) = loops.split_first().expect("a generator has a loop");
        let parameter = parameter(first, span);
        let mut over = self.over(first)?;
        if let Some(filter) = &first.filter {
            over = LazyCode::Filter { function: self.step(&parameter, filter.clone(), span)?, over: Box::new(over) };
        }
        if rest.is_empty() {
            let function = self.step(&parameter, body.clone(), span)?;
            return Ok(LazyCode::Map { function, over: Box::new(over) });
        }
        let inner = Generator { body: Box::new(body.clone()), loops: rest.to_vec() };
        let inner = Expr::new(ExprKind::Generator(inner), span, body.depth + 1);
        let function = self.step(&parameter, inner, span)?;
        Ok(LazyCode::Flatten(Box::new(LazyCode::Map { function, over: Box::new(over) })))
    }

    fn over(&mut self, first: &GeneratorLoop) -> Resolved<LazyCode> {
        match first.clauses.as_slice() {
            [clause] => Ok(LazyCode::Over(self.expr(&clause.iterable)?)),
            clauses => {
                Ok(LazyCode::Product(clauses.iter().map(|c| self.expr(&c.iterable)).collect::<Resolved<Vec<Code>>>()?))
            }
        }
    }

    /// The function that is called for each element.
    fn step(&mut self, parameter: &Param, body: Expr, span: Span) -> Resolved<Code> {
        let function = FunctionExpr { params: vec![parameter.clone()], keywords: Vec::new(), keyword_rest: None, body };
        Ok(Code::new(CodeKind::Function(self.function(FunctionName::Step, &function, span)?), span))
    }
}

/// The parameter that takes an element: the clause's target, or a tuple of them for several clauses.
fn parameter(first: &GeneratorLoop, span: Span) -> Param {
    let target = match first.clauses.as_slice() {
        [clause] => clause.target.clone(),
        clauses => {
            let targets = clauses.iter().map(|c| c.target.clone()).collect();
            Expr::new(ExprKind::Tuple(targets), span, 2)
        }
    };
    Param { target, default: None, rest: false }
}
