//! The macros of the language, and `using`.

use super::code::{Code, CodeKind, MacroCode, TestCode};
use super::dots::dot_all;
use super::function::FunctionName;
use super::{Resolved, Resolver};
use crate::codes;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::law;
use crate::library;
use crate::op::BinaryOp;
use crate::source::{Span, Spanned};
use crate::suggest;
use crate::syntax::ast::{Args, Expr, ExprKind, Field, FunctionExpr, Name, Param};
use crate::teach;
use crate::value::Value;
use std::path::Path;
use std::rc::Rc;

/// Every macro with what it wants, as messages say it.
const MACROS: &[(&str, &str)] = &[
    (".", "@. x + y^2"),
    ("show", "@show x"),
    ("time", "@time f(x)"),
    ("elapsed", "@elapsed f(x)"),
    ("assert", "@assert x > 0 \"x must be positive\""),
    ("test", "@test f(2) == 4"),
    ("test_throws", "@test_throws DomainError sqrt(-1)"),
    ("testset", "@testset \"name\" begin … end"),
    ("printf", "@printf \"%.2f\\n\" x"),
    ("sprintf", "@sprintf \"%.2f\" x"),
    ("explain", "@explain A * B"),
    ("compare", "@compare A B"),
    ("law", law::USAGE),
    ("notation", "@notation A .* B"),
    ("__DIR__", "@__DIR__"),
    ("__FILE__", "@__FILE__"),
    ("__LINE__", "@__LINE__"),
];

/// The names of all macros, without `@`.
pub fn macros() -> impl Iterator<Item = &'static str> {
    MACROS.iter().map(|(name, _)| *name)
}

impl Resolver<'_> {
    /// `@name args…`
    pub(super) fn macro_call(&mut self, name: &Spanned<Name>, args: &[Expr], span: Span) -> Resolved<CodeKind> {
        let text = |e: &Expr| -> Rc<str> { Rc::from(self.sources.text(e.span)) };
        let code = match (&*name.node, args) {
            ("." | "__dot__", [expr]) => return Ok(self.expr(&dot_all(expr))?.kind),
            ("show", [_, ..]) => {
                let shown = args.iter().map(|arg| Ok((text(arg), self.expr(arg)?))).collect::<Resolved<_>>();
                MacroCode::Show(shown?)
            }
            ("time", [expr]) => MacroCode::Time(self.boxed(expr)?),
            ("elapsed", [expr]) => MacroCode::Elapsed(self.boxed(expr)?),
            ("assert", [cond]) => MacroCode::Assert { text: text(cond), cond: self.boxed(cond)?, message: None },
            ("assert", [cond, message]) => {
                MacroCode::Assert { text: text(cond), cond: self.boxed(cond)?, message: Some(self.boxed(message)?) }
            }
            ("test", [cond]) => MacroCode::Test { text: text(cond), cond: self.tested(cond)? },
            ("test", [cond, options @ ..]) if options.iter().all(is_option) => {
                let (call, written) = (with_options(cond, options), text(cond));
                MacroCode::Test { text: written, cond: TestCode::Condition(self.boxed(&call)?) }
            }
            ("test_throws", [kind, body]) => {
                MacroCode::TestThrows { text: text(body), kind: self.boxed(kind)?, body: self.boxed(body)? }
            }
            ("testset", [body]) => MacroCode::TestSet { name: None, body: Box::new(self.closed(body)?) },
            ("testset", [name, body]) => {
                let name = Some(self.boxed(name)?);
                MacroCode::TestSet { name, body: Box::new(self.closed(body)?) }
            }
            ("printf", [_, ..]) => MacroCode::Printf(self.items(args)?),
            ("sprintf", [_, ..]) => MacroCode::Sprintf(self.items(args)?),
            ("explain", [expr]) => self.explained(expr)?,
            ("compare", [a, b]) => MacroCode::Compare([(text(a), self.boxed(a)?), (text(b), self.boxed(b)?)]),
            ("law", _) => self.law(args, span)?,
            ("notation", []) => MacroCode::Notation { expr: None, names: Vec::new() },
            ("notation", [expr]) => self.notation(expr)?,
            ("__FILE__", []) => MacroCode::Constant(Value::str(self.source_name(span))),
            ("__DIR__", []) => MacroCode::Constant(Value::str(directory(self.source_name(span)))),
            ("__LINE__", []) => {
                let line = self.sources.get(span.source).map_or(1, |s| s.line_column(span.start as usize).0);
                MacroCode::Constant(Value::Int(line as i64))
            }
            (other, _) => return Err(unknown(other, name.span)),
        };
        Ok(CodeKind::Macro(code))
    }

    /// What `@test` tests: of a comparison both sides, so that a failure can show them.
    fn tested(&mut self, cond: &Expr) -> Resolved<TestCode> {
        match &cond.kind {
            ExprKind::Binary { op, dotted: false, op_span, lhs, rhs, .. } if op.is_comparison() => {
                Ok(TestCode::Comparison { op: *op, op_span: *op_span, lhs: self.boxed(lhs)?, rhs: self.boxed(rhs)? })
            }
            _ => Ok(TestCode::Condition(self.boxed(cond)?)),
        }
    }

    /// `@explain expr`, with a trace of the parts of the expression.
    fn explained(&mut self, expr: &Expr) -> Resolved<MacroCode> {
        let expr = match &expr.kind {
            ExprKind::Macro { name, args } if &*name.node == "." => args.first().map_or_else(|| expr.clone(), dot_all),
            _ => expr.clone(),
        };
        let outside = std::mem::replace(&mut self.traced, teach::places(&expr));
        let code = self.boxed(&expr);
        self.traced = outside;
        Ok(MacroCode::Explain { expr: Rc::new(expr), code: code? })
    }

    /// `@notation expr`: globals are looked up when it runs, since the expression need not make sense here.
    fn notation(&mut self, expr: &Expr) -> Resolved<MacroCode> {
        let mut names = Vec::new();
        for name in law::free_names(expr) {
            if self.scopes.meaning_in_law(&name) == law::Meaning::Kept {
                names.push((name.clone(), self.expr(&Expr::leaf(ExprKind::Name(name), expr.span))?));
            }
        }
        Ok(MacroCode::Notation { expr: Some(Rc::new(expr.clone())), names })
    }

    /// `@law lhs == rhs where …`
    fn law(&mut self, args: &[Expr], span: Span) -> Resolved<MacroCode> {
        let text = |span: Span| self.sources.text(span).to_string();
        let meaning = |name: &Name| self.scopes.meaning_in_law(name);
        let law = law::Reader { text: &text, meaning: &meaning }.law(args, span)?;
        // An explanation around the law is not about its parts.
        let traced = std::mem::take(&mut self.traced);
        let parts = law.parts.iter().map(|part| {
            let params = law.names[..part.takes].iter().map(|name| parameter(name, span)).collect();
            let body = part.expr.clone();
            let function = FunctionExpr { params, keywords: Vec::new(), keyword_rest: None, body };
            let code = self.function(FunctionName::Step, &function, part.expr.span)?;
            Ok(Code::new(CodeKind::Function(code), part.expr.span))
        });
        let parts = parts.collect::<Resolved<_>>();
        self.traced = traced;
        Ok(MacroCode::Law { law: Rc::new(law), parts: parts? })
    }

    fn source_name(&self, span: Span) -> &str {
        self.sources.get(span.source).map_or("", |s| s.name.as_str())
    }

    /// `using LinearAlgebra`: everything is loaded already, so that a script runs in Julia too. Names that otherwise
    /// stand behind their module, as `Iterators.take`, can stand alone after `using Iterators: take`.
    pub(super) fn using(&mut self, modules: &[Spanned<Name>], names: &[Spanned<Name>]) -> Resolved<CodeKind> {
        let known = |name: &str| library::MODULES.contains(&name.split('.').next().unwrap_or(name));
        if let Some(module) = modules.iter().find(|m| !known(&m.node)) {
            return Err(Box::new(
                Diagnostic::new(ErrorKind::ArgumentError, format!("there is no package {}", module.node), module.span)
                    .code(codes::Code::UnknownPackage)
                    .rule("hlang has no packages: its whole library is loaded at the start"),
            ));
        }
        for module in modules {
            names.iter().try_for_each(|name| self.import(&module.node, name))?;
        }
        Ok(CodeKind::Constant(Value::Nothing))
    }

    /// Gives a name of a module its value, unless it has one.
    fn import(&mut self, module: &str, name: &Spanned<Name>) -> Resolved<()> {
        let inner = module.rsplit('.').next().unwrap_or(module);
        let Some(value) = library::qualified(inner, &name.node) else {
            let text = format!("`{}` is not defined in {module}", name.node);
            let mut diagnostic = Diagnostic::new(ErrorKind::UndefVarError, text, name.span);
            for near in suggest::nearest(&name.node, library::names(), 2) {
                diagnostic = diagnostic.hint(format!("did you mean `{near}`?"));
            }
            return Err(Box::new(diagnostic));
        };
        let global = self.scopes.globals.entry(&name.node);
        if matches!(global.variable.get(), Value::Undefined) {
            global.variable.set(value);
        }
        Ok(())
    }
}

fn parameter(name: &Name, span: Span) -> Param {
    Param { target: Expr::leaf(ExprKind::Name(name.clone()), span), default: None, rest: false }
}

fn directory(name: &str) -> String {
    let parent = Path::new(name).parent().filter(|p| !p.as_os_str().is_empty());
    parent.map_or_else(|| ".".to_string(), |p| p.display().to_string())
}

/// `@test a ≈ b atol=1e-3`: the options belong to `isapprox`.
fn is_option(option: &Expr) -> bool {
    matches!(&option.kind, ExprKind::Assign { op: None, dotted: false, target, .. } if target.as_name().is_some())
}

fn with_options(cond: &Expr, options: &[Expr]) -> Expr {
    let ExprKind::Binary { op: BinaryOp::Approx, dotted: false, lhs, rhs, op_span, .. } = &cond.kind else {
        return cond.clone();
    };
    let keyword = options.iter().filter_map(|option| match &option.kind {
        ExprKind::Assign { target, value, .. } => {
            Some(Field::Named(Spanned::new(target.as_name()?.clone(), target.span), (**value).clone()))
        }
        _ => None,
    });
    let callee = Box::new(Expr::leaf(ExprKind::Name(Rc::from("isapprox")), *op_span));
    let args = Args { positional: vec![(**lhs).clone(), (**rhs).clone()], keyword: keyword.collect() };
    Expr::new(ExprKind::Call { callee, args, dotted: false }, cond.span, cond.depth + 1)
}

#[cold]
fn unknown(name: &str, span: Span) -> Box<Diagnostic> {
    if let Some((_, usage)) = MACROS.iter().find(|(known, _)| *known == name) {
        return Box::new(
            Diagnostic::new(ErrorKind::ParseError, format!("@{name} is not used like this"), span)
                .code(codes::Code::MacroUse)
                .hint(format!("it is written like this: {usage}")),
        );
    }
    let mut diagnostic = Diagnostic::new(ErrorKind::UndefVarError, format!("@{name} is not a macro of hlang"), span)
        .code(codes::Code::UnknownMacro)
        .rule("macros cannot be defined; the language has a fixed set of them");
    for near in suggest::nearest(name, MACROS.iter().map(|(known, _)| *known), 2) {
        diagnostic = diagnostic.hint(format!("did you mean @{near}?"));
    }
    Box::new(diagnostic)
}
