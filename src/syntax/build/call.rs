//! Calls, indices, fields, macros, and the functions that are called: parameters, lambdas and definitions.

use super::operator::as_named;
use super::target::pattern_problem;
use super::{Arguments, Build, Tree, height, unboxed};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Args, Expr, ExprKind, Field, FunctionExpr, Name, Param};
use crate::syntax::lexer::name_length;
use std::rc::Rc;

const AFTER_SEMICOLON: &str = "after `;` in a call stand keyword arguments: `name = value`";

impl Build<'_> {
    /// `f(a; k = v)`, `f.(a)`
    pub fn call(&mut self, callee: Tree, arguments: Arguments, dotted: bool, r: usize) -> Tree {
        let span = callee.span.to(self.span(r, r));
        if let Some(semicolon) = arguments.semicolon {
            self.semicolons.insert(span.end, semicolon);
        }
        let height = callee.depth.max(height(&arguments.items)).max(height(&arguments.after));
        let mut args = Args::default();
        for item in arguments.items {
            if as_named(&item) {
                args.keyword.extend(self.field_of(*item, AFTER_SEMICOLON));
            } else {
                args.positional.push(*item);
            }
        }
        for item in arguments.after {
            args.keyword.extend(self.field_of(*item, AFTER_SEMICOLON));
        }
        self.tree(ExprKind::Call { callee, args, dotted }, span, height)
    }

    /// `map(v) do x … end`: the function goes first.
    pub fn do_block(&mut self, mut call: Tree, params: Vec<Tree>, body: Expr, r: usize) -> Tree {
        let span = call.span.to(self.span(r, r));
        let at = params.first().map_or(body.span, |p| p.span).to(self.span(r, r));
        let function = self.function_expr(Arguments::plain(params), body);
        let lambda = self.lambda_tree(function, at);
        if let ExprKind::Call { args, .. } = &mut call.kind {
            args.positional.insert(0, *lambda);
        }
        let height = call.depth.max(args_height(&call));
        self.tree(call.kind, span, height)
    }

    /// `A[i, j]`
    pub fn index(&mut self, object: Tree, args: Vec<Tree>, r: usize) -> Tree {
        let span = object.span.to(self.span(r, r));
        let height = object.depth.max(height(&args));
        self.tree(ExprKind::Index { object, args: unboxed(args) }, span, height)
    }

    /// `Vector{Int}`
    pub fn type_parameters(&mut self, of: Tree, parameters: Vec<Tree>, r: usize) -> Tree {
        let span = of.span.to(self.span(r, r));
        let height = of.depth.max(height(&parameters));
        self.tree(ExprKind::TypeParameters { of, parameters: unboxed(parameters) }, span, height)
    }

    /// `t.x`
    pub fn field(&mut self, object: Tree, name: Spanned<Name>) -> Tree {
        let span = object.span.to(name.span);
        let height = object.depth;
        self.tree(ExprKind::Field { object, name }, span, height)
    }

    /// `@show a b`
    pub fn macro_call(&mut self, l: usize, args: Vec<Tree>, last: Option<Tree>, r: usize) -> Tree {
        let args = self.list(args, last);
        self.macro_tree(l, args, r)
    }

    /// `@show(a, b)`
    pub fn macro_call_parenthesised(&mut self, l: usize, mut args: Arguments, r: usize) -> Tree {
        args.items.extend(args.after);
        self.macro_tree(l, args.items, r)
    }

    fn macro_tree(&mut self, l: usize, args: Vec<Tree>, r: usize) -> Tree {
        let written = &self.text[l + 1..];
        let name = if written.starts_with('.') { "." } else { &written[..name_length(written)] };
        let name = Spanned::new(Rc::from(name), self.span(l, l + 1 + name.len()));
        let height = height(&args);
        let span = self.span(l, r);
        self.tree(ExprKind::Macro { name, args: unboxed(args) }, span, height)
    }

    /// `x -> …`
    pub fn lambda_of_one(&mut self, param: Tree, body: Expr) -> Tree {
        let span = param.span.to(body.span);
        let function = self.function_expr(Arguments::plain(vec![param]), body);
        self.lambda_tree(function, span)
    }

    /// `(x, y) -> …`
    pub fn lambda(&mut self, l: usize, params: Arguments, body: Expr) -> Tree {
        let span = self.span(l, l).to(body.span);
        let function = self.function_expr(params, body);
        self.lambda_tree(function, span)
    }

    fn lambda_tree(&mut self, function: FunctionExpr, span: Span) -> Tree {
        let height = function_height(&function);
        self.tree(ExprKind::Lambda(Rc::new(function)), span, height)
    }

    /// `function f(x) … end`, `function (x) … end`
    pub fn function(&mut self, l: usize, name: Option<Spanned<Name>>, params: Arguments, body: Expr, r: usize) -> Tree {
        let span = self.span(l, r);
        let function = self.function_expr(params, body);
        match name {
            Some(name) => self.definition(name, function, span),
            None => self.lambda_tree(function, span),
        }
    }

    fn definition(&mut self, name: Spanned<Name>, function: FunctionExpr, span: Span) -> Tree {
        let height = function_height(&function);
        self.tree(ExprKind::FunctionDef { name, function: Rc::new(function) }, span, height)
    }

    /// `function f end` announces a function. Names are looked up when they are used, so there is nothing to do.
    pub fn forward_declaration(&self, l: usize, r: usize) -> Tree {
        self.leaf(ExprKind::Nothing, l, r)
    }

    /// `f(x) = …`, from the call on its left.
    pub(super) fn short_definition(&mut self, signature: Expr, value: Tree) -> Tree {
        let span = signature.span.to(value.span);
        let ExprKind::Call { callee, args, .. } = signature.kind else { return value };
        let Some(name) = callee.as_name().cloned() else {
            let problem = match &callee.kind {
                ExprKind::Operator { .. } => "an operator cannot be given a new meaning",
                _ => "a function is defined under a name: `f(x) = …`",
            };
            self.parse_error(problem, callee.span);
            return value;
        };
        let params = self.signature(args, signature.span);
        let function = self.function_expr(params, *value);
        self.definition(Spanned::new(name, callee.span), function, span)
    }

    /// The arguments of a call as they were written, to be read as parameters.
    fn signature(&mut self, args: Args, call: Span) -> Arguments {
        let semicolon = self.semicolons.get(&call.end).copied();
        let mut arguments = Arguments { items: Vec::new(), semicolon, after: Vec::new() };
        arguments.items.extend(args.positional.into_iter().map(Box::new));
        for keyword in args.keyword {
            let e = match keyword {
                Field::Named(name, value) => named(name, value),
                Field::Splat(e) => {
                    let (span, depth) = (e.span, e.depth);
                    Box::new(Expr::new(ExprKind::Splat(Box::new(e)), span, depth + 1))
                }
            };
            let after = semicolon.is_some_and(|at| e.span.start as usize > at);
            if after { arguments.after.push(e) } else { arguments.items.push(e) }
        }
        arguments.items.sort_by_key(|e| e.span.start);
        arguments
    }

    fn function_expr(&mut self, arguments: Arguments, body: Expr) -> FunctionExpr {
        let mut params = Vec::with_capacity(arguments.items.len());
        for item in arguments.items {
            params.extend(self.param(*item));
        }
        if let Some(k) = params.iter().position(|p: &Param| p.rest)
            && k + 1 < params.len()
        {
            self.parse_error("a parameter with `...` takes all the rest, so it stands last", params[k].target.span);
        }
        let mut keywords = Vec::new();
        let mut keyword_rest = None;
        for item in arguments.after {
            match item.kind {
                ExprKind::Splat(inner) if inner.as_name().is_some() => {
                    keyword_rest = inner.as_name().map(|name| Spanned::new(name.clone(), inner.span));
                }
                ExprKind::Splat(_) => self.parse_error("keywords are collected under a name: `; kw...`", item.span),
                _ => keywords.extend(self.keyword_param(*item)),
            }
        }
        FunctionExpr { params, keywords, keyword_rest, body }
    }

    /// `x`, `(a, b)`, `x = 1`, `rest...`
    fn param(&mut self, e: Expr) -> Option<Param> {
        let (target, default, rest) = match e.kind {
            ExprKind::Assign { target, value, op: None, dotted: false, .. } => (*target, Some(*value), false),
            ExprKind::Splat(inner) => (*inner, None, true),
            _ => (e, None, false),
        };
        if let Some(problem) = pattern_problem(&target) {
            let error = Diagnostic::new(ErrorKind::ParseError, "a parameter is a name", problem)
                .rule("what a function is called with gets a name in its definition: `f(x, y) = …`");
            self.fail(error);
            return None;
        }
        Some(Param { target, default, rest })
    }

    fn keyword_param(&mut self, e: Expr) -> Option<Param> {
        let span = e.span;
        let param = self.param(e)?;
        if param.target.as_name().is_none() {
            self.parse_error("a keyword parameter is a name, with or without a default: `; tol = 1e-8`", span);
            return None;
        }
        Some(param)
    }
}

fn named(name: Spanned<Name>, value: Expr) -> Tree {
    // A keyword that was only its name, as in `f(; k) = …`, has no default.
    if value.as_name() == Some(&name.node) && value.span == name.span {
        return Box::new(value);
    }
    let span = name.span.to(value.span);
    let depth = value.depth.saturating_add(1);
    let target = Box::new(Expr::leaf(ExprKind::Name(name.node), name.span));
    let kind = ExprKind::Assign { target, op: None, dotted: false, op_span: name.span.after(), value: Box::new(value) };
    Box::new(Expr::new(kind, span, depth))
}

fn args_height(call: &Expr) -> u32 {
    match &call.kind {
        ExprKind::Call { args, .. } => args.positional.first().map_or(0, |e| e.depth),
        _ => 0,
    }
}

fn function_height(function: &FunctionExpr) -> u32 {
    let params = function.params.iter().chain(&function.keywords);
    let heights = params.map(|p| p.target.depth.max(p.default.as_ref().map_or(0, |e| e.depth)));
    heights.fold(function.body.depth, u32::max)
}
