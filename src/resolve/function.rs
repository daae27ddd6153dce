//! Functions: parameters, captured variables, methods.

use super::code::{Code, CodeKind, FunctionCode, Local, ParamCode, Place, Slot, Target};
use super::{Around, Resolved, Resolver, refuse};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{ExprKind, FunctionExpr, Name, Param};
use std::rc::Rc;

/// Bodies of nameless functions up to this length are repeated in messages.
const LONGEST_BODY: usize = 30;

/// What a function is called in messages.
#[derive(Clone, Copy)]
pub(super) enum FunctionName<'a> {
    Named(&'a str),
    /// `x -> …`
    Nameless,
    /// A step of a generator, which nobody knows as a function.
    Step,
}

impl Resolver<'_> {
    /// A function with the name that messages call it by.
    pub(super) fn function(
        &mut self,
        name: FunctionName<'_>,
        function: &FunctionExpr,
        span: Span,
    ) -> Resolved<Rc<FunctionCode>> {
        // An `end` in the body counts nothing of an index around the function.
        let indexed = std::mem::take(&mut self.indexed);
        let around = if let FunctionName::Step = name { Around::Comprehension } else { Around::Nothing };
        self.scopes.enter_function();
        let parts = self.within(around, |this| this.function_parts(function));
        let mut locals = self.scopes.leave();
        let (captures, slots) = self.scopes.leave_function();
        self.indexed = indexed;
        let parts = parts?;
        let own = locals.split_off(parts.declared);
        let body_span = parts.body.span;
        let (name, head) = self.name_and_head(name, function);
        Ok(Rc::new(FunctionCode {
            name,
            rest: function.params.last().is_some_and(|p| p.rest),
            params: parts.params,
            keywords: parts.keywords,
            keyword_rest: parts.keyword_rest,
            unpack: parts.unpack,
            captures,
            body: Code::new(CodeKind::Scope { locals: own, body: Box::new(parts.body) }, body_span),
            slots,
            head,
            span,
        }))
    }

    fn function_parts(&mut self, function: &FunctionExpr) -> Resolved<Parts> {
        let FunctionExpr { params, keywords, keyword_rest, body } = function;
        // Parameters take the first slots, in order, before anything else asks for one.
        let count = params.len() + keywords.len() + usize::from(keyword_rest.is_some());
        let mut slots = (0..count).map(|_| self.scopes.temporary()).collect::<Vec<_>>().into_iter();
        // A default sees the parameters before its own; any other name is that of something outside the function.
        let mut bind = |this: &mut Self, param: &Param| {
            let slot = slots.next().expect("there is a slot for each parameter");
            let default = param.default.as_ref().map(|d| this.branch(d)).transpose()?;
            Ok(ParamCode { local: this.parameter(param, slot)?, default })
        };
        let bound = params.iter().map(|p| bind(self, p)).collect::<Resolved<Vec<_>>>()?;
        let keywords = keywords.iter().map(|p| bind(self, p)).collect::<Resolved<Vec<_>>>()?;
        let keyword_rest = match (keyword_rest, slots.next()) {
            (Some(name), Some(slot)) => Some(self.bound(&name.node, slot)),
            _ => None,
        };
        let mut unpack = Vec::new();
        for (param, code) in params.iter().zip(&bound) {
            if param.target.as_name().is_none() {
                self.declare_targets(&param.target);
                unpack.push((code.local.slot, self.target(&param.target)?));
            }
        }
        let declared = self.scopes.declared();
        self.scopes.declare_assigned(body);
        let body = self.expr(body)?;
        Ok(Parts { params: bound, keywords, keyword_rest, unpack, declared, body })
    }

    fn parameter(&mut self, param: &Param, slot: Slot) -> Resolved<Rc<Local>> {
        match &param.target.kind {
            ExprKind::Name(name) if &**name != "_" && self.scopes.is_declared_here(name) => {
                refuse(format!("two parameters are called {name}"), param.target.span)
            }
            ExprKind::Name(name) => Ok(self.bound(name, slot)),
            ExprKind::Tuple(_) | ExprKind::NamedTuple(_) => Ok(self.bound(&Rc::from("#"), slot)),
            _ => refuse("a parameter is a name, or a tuple of names to take apart", param.target.span),
        }
    }

    fn bound(&mut self, name: &Name, slot: Slot) -> Rc<Local> {
        let local = self.scopes.declare_in(name, slot);
        self.scopes.note_binding(&local);
        local
    }

    /// `f(x) = …`
    pub(super) fn define(&mut self, name: &Spanned<Name>, function: &FunctionExpr, span: Span) -> Resolved<CodeKind> {
        // The place first, so that the body can call the function by its name.
        let place = self.place(&name.node, name.span)?;
        let function = self.function(FunctionName::Named(&name.node), function, span)?;
        if let Place::Local(local) = &place {
            // Later methods and recursion must see the function that the name holds then.
            local.root().changes.set(true);
        }
        Ok(CodeKind::Define { place, function })
    }

    /// The name and the head that messages show: `f` and `f(x, y = 2)`; `x -> …` and `x -> x + 1`.
    fn name_and_head(&self, name: FunctionName<'_>, function: &FunctionExpr) -> (Rc<str>, String) {
        let name = match name {
            FunctionName::Named(name) => name,
            FunctionName::Nameless => "",
            FunctionName::Step => return (Rc::from(""), String::new()),
        };
        let params = self.parameters(function);
        if !name.is_empty() {
            return (Rc::from(name), format!("{name}({params})"));
        }
        let alone = matches!(function.params.as_slice(), [only] if !only.rest && only.default.is_none());
        let params = if alone && function.keywords.is_empty() { params } else { format!("({params})") };
        let body = self.sources.text(function.body.span);
        let short = !body.contains('\n') && !body.is_empty() && body.chars().count() <= LONGEST_BODY;
        (Rc::from(format!("{params} -> …")), format!("{params} -> {}", if short { body } else { "…" }))
    }

    fn parameters(&self, function: &FunctionExpr) -> String {
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
        format!("{positional}{keywords}")
    }
}

struct Parts {
    params: Vec<ParamCode>,
    keywords: Vec<ParamCode>,
    keyword_rest: Option<Rc<Local>>,
    unpack: Vec<(Slot, Target)>,
    /// Locals that the parameters make.
    declared: usize,
    body: Code,
}
