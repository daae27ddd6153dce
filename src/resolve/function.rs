//! Functions: parameters, captured variables, methods.

use super::code::{Code, CodeKind, FunctionCode, Local, ParamCode, Place};
use super::{Resolved, Resolver, refuse};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{ExprKind, FunctionExpr, Name, Param};
use std::rc::Rc;

impl Resolver<'_> {
    /// A function with the name that messages call it by.
    pub(super) fn function(&mut self, name: &str, function: &FunctionExpr, span: Span) -> Resolved<Rc<FunctionCode>> {
        // An `end` in the body counts nothing of an index around the function.
        let indexed = std::mem::take(&mut self.indexed);
        self.scopes.enter_function();
        let parts = self.function_parts(function);
        let locals = self.scopes.leave();
        let (captures, slots) = self.scopes.leave_function();
        self.indexed = indexed;
        let parts = parts?;
        let count = parts.params.len() + parts.keywords.len() + usize::from(parts.keyword_rest.is_some());
        let own = locals.into_iter().skip(count).collect();
        let body_span = parts.body.span;
        Ok(Rc::new(FunctionCode {
            name: Rc::from(name),
            rest: function.params.last().is_some_and(|p| p.rest),
            params: parts.params,
            keywords: parts.keywords,
            keyword_rest: parts.keyword_rest,
            unpack: parts.unpack,
            captures,
            body: Code::new(CodeKind::Scope { locals: own, body: Box::new(parts.body) }, body_span),
            slots,
            head: self.head(name, function),
            span,
        }))
    }

    fn function_parts(&mut self, function: &FunctionExpr) -> Resolved<Parts> {
        // Parameters take the first slots, in order, before anything else asks for one.
        let positional = function.params.iter().map(|p| self.parameter(p)).collect::<Resolved<Vec<_>>>()?;
        let keywords = function.keywords.iter().map(|p| self.parameter(p)).collect::<Resolved<Vec<_>>>()?;
        let keyword_rest = function.keyword_rest.as_ref().map(|name| self.bound(&name.node));
        let mut unpack = Vec::new();
        for (param, local) in function.params.iter().zip(&positional) {
            if param.target.as_name().is_none() {
                self.declare_targets(&param.target);
                unpack.push((local.slot, self.target(&param.target)?));
            }
        }
        let params = self.defaults(&function.params, positional)?;
        let keywords = self.defaults(&function.keywords, keywords)?;
        self.scopes.declare_assigned(&function.body);
        let body = self.expr(&function.body)?;
        Ok(Parts { params, keywords, keyword_rest, unpack, body })
    }

    fn parameter(&mut self, param: &Param) -> Resolved<Rc<Local>> {
        match &param.target.kind {
            ExprKind::Name(name) if &**name != "_" && self.scopes.is_declared_here(name) => {
                refuse(format!("two parameters are called {name}"), param.target.span)
            }
            ExprKind::Name(name) => Ok(self.bound(name)),
            ExprKind::Tuple(_) | ExprKind::NamedTuple(_) => Ok(self.bound(&Rc::from("#"))),
            _ => refuse("a parameter is a name, or a tuple of names to take apart", param.target.span),
        }
    }

    fn bound(&mut self, name: &Name) -> Rc<Local> {
        let local = self.scopes.declare(name);
        self.scopes.note_binding(&local);
        local
    }

    fn defaults(&mut self, params: &[Param], locals: Vec<Rc<Local>>) -> Resolved<Vec<ParamCode>> {
        let params = params.iter().zip(locals).map(|(param, local)| {
            let default = param.default.as_ref().map(|d| self.branch(d)).transpose()?;
            Ok(ParamCode { local, default })
        });
        params.collect()
    }

    /// `f(x) = …`
    pub(super) fn define(&mut self, name: &Spanned<Name>, function: &FunctionExpr, span: Span) -> Resolved<CodeKind> {
        // The place first, so that the body can call the function by its name.
        let place = self.place(&name.node, name.span)?;
        let function = self.function(&name.node, function, span)?;
        if let Place::Local(local) = &place {
            // Later methods and recursion must see the function that the name holds then.
            local.root().changes.set(true);
        }
        Ok(CodeKind::Define { place, function })
    }

    fn head(&self, name: &str, function: &FunctionExpr) -> String {
        let one = |param: &Param| {
            let target = self.sources.text(param.target.span);
            match (&param.default, param.rest) {
                (Some(default), _) => format!("{target} = {}", self.sources.text(default.span)),
                (None, true) => format!("{target}..."),
                (None, false) => target.to_string(),
            }
        };
        let positional = function.params.iter().map(one).collect::<Vec<_>>().join(", ");
        let mut keywords = function.keywords.iter().map(one).collect::<Vec<_>>();
        keywords.extend(function.keyword_rest.as_ref().map(|rest| format!("{}...", rest.node)));
        let keywords = if keywords.is_empty() { String::new() } else { format!("; {}", keywords.join(", ")) };
        format!("{name}({positional}{keywords})")
    }
}

struct Parts {
    params: Vec<ParamCode>,
    keywords: Vec<ParamCode>,
    keyword_rest: Option<Rc<Local>>,
    unpack: Vec<(super::code::Slot, super::code::Target)>,
    body: Code,
}
