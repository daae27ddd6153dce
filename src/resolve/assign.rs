//! Assignment: to names, indexed places and tuples of them, plain, updating and dotted; declarations.

use super::code::{Code, CodeKind, Indices, Place, Target};
use super::function::FunctionName;
use super::{CONSTANT_RULE, Resolved, Resolver, refuse};
use crate::codes;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::op::BinaryOp;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Declaration, Expr, ExprKind, Name};
use crate::value::Value;

impl Resolver<'_> {
    /// `target = value` in all its forms.
    pub(super) fn assignment(
        &mut self,
        target: &Expr,
        op: Option<BinaryOp>,
        dotted: bool,
        op_span: Span,
        value: &Expr,
    ) -> Resolved<CodeKind> {
        if dotted {
            return self.broadcast_assignment(target, op, value);
        }
        match &target.kind {
            ExprKind::Name(name) => self.assign_name(name, target.span, op, op_span, value),
            ExprKind::Index { object, args } => self.assign_index(object, args, target.span, op, op_span, value),
            ExprKind::Tuple(_) | ExprKind::NamedTuple(_) if op.is_none() => {
                let value = self.boxed(value)?;
                Ok(CodeKind::Destructure { target: Box::new(self.target(target)?), value })
            }
            ExprKind::Field { .. } => refuse("a named tuple cannot be changed; make a new one", target.span),
            _ => {
                let text = self.sources.text(target.span);
                Err(Box::new(
                    Diagnostic::new(ErrorKind::ParseError, format!("`{text}` cannot be assigned to"), target.span)
                        .code(codes::Code::NotATarget)
                        .rule("the left side of `=` is a name, an indexed place or a tuple of them")
                        .hint("comparison is `==`"),
                ))
            }
        }
    }

    fn assign_name(
        &mut self,
        name: &Name,
        span: Span,
        op: Option<BinaryOp>,
        op_span: Span,
        value: &Expr,
    ) -> Resolved<CodeKind> {
        let value = match op {
            None => self.named_value(name, value)?,
            Some(op) => {
                let lhs = Box::new(Code::new(CodeKind::Read(self.scopes.read(name)), span));
                let whole = span.to(value.span);
                Code::new(CodeKind::Binary { op, op_span, lhs, rhs: self.boxed(value)? }, whole)
            }
        };
        if &**name == "_" {
            return Ok(value.kind);
        }
        let place = self.place(name, span)?;
        Ok(CodeKind::Assign { place, value: Box::new(value) })
    }

    /// A function that is assigned to a name is called by it in messages.
    fn named_value(&mut self, name: &Name, value: &Expr) -> Resolved<Code> {
        match &value.kind {
            ExprKind::Lambda(function) => {
                let function = self.function(FunctionName::Named(name), function, value.span)?;
                Ok(Code::new(CodeKind::Function(function), value.span))
            }
            _ => self.expr(value),
        }
    }

    /// The place of a name that is assigned.
    pub(super) fn place(&mut self, name: &Name, span: Span) -> Resolved<Place> {
        let place = self.scopes.assign(name);
        if let Place::Global(global) = &place {
            if global.constant.get() {
                return Err(Box::new(
                    Diagnostic::new(ErrorKind::ErrorException, format!("{name} is a constant"), span)
                        .code(codes::Code::Constant)
                        .rule(CONSTANT_RULE),
                ));
            }
            global.own.set(true);
        }
        Ok(place)
    }

    fn assign_index(
        &mut self,
        object: &Expr,
        args: &[Expr],
        span: Span,
        op: Option<BinaryOp>,
        op_span: Span,
        value: &Expr,
    ) -> Resolved<CodeKind> {
        let object = self.boxed(object)?;
        let (keep, items) = self.indices(args)?;
        let indices = Indices { keep, items, span };
        let value = self.boxed(value)?;
        Ok(match op {
            None => CodeKind::AssignIndex { object, indices, value },
            Some(op) => CodeKind::UpdateIndex { object, indices, op, op_span, value },
        })
    }

    /// What a tuple assignment, a loop or a parameter puts values in.
    pub(super) fn target(&mut self, target: &Expr) -> Resolved<Target> {
        match &target.kind {
            ExprKind::Name(name) if &**name == "_" => Ok(Target::Nothing),
            ExprKind::Name(name) => Ok(Target::Place(self.place(name, target.span)?, target.span)),
            ExprKind::Tuple(items) => {
                let targets = items.iter().map(|item| self.target(item)).collect::<Resolved<Vec<_>>>()?;
                if targets.iter().rev().skip(1).any(|t| matches!(t, Target::Rest(_))) {
                    return refuse("`...` takes what is left, so it stands last", target.span);
                }
                Ok(Target::Tuple(targets, target.span))
            }
            ExprKind::NamedTuple(fields) => {
                let fields = fields
                    .iter()
                    .filter_map(|field| field.name())
                    .map(|name| Ok((name.node.clone(), Target::Place(self.place(&name.node, name.span)?, name.span))));
                Ok(Target::Fields(fields.collect::<Resolved<_>>()?, target.span))
            }
            ExprKind::Splat(inner) => Ok(Target::Rest(Box::new(self.target(inner)?))),
            ExprKind::Index { object, args } => {
                let object = self.boxed(object)?;
                let (keep, items) = self.indices(args)?;
                let indices = Indices { keep, items, span: target.span };
                Ok(Target::Index { object, indices, span: target.span })
            }
            _ => refuse("only names, indexed places and tuples of them can be assigned to", target.span),
        }
    }

    /// `global x`, `local x = 1`, `const c = 3`. The names were declared when their scope was entered.
    pub(super) fn declaration(
        &mut self,
        how: Declaration,
        names: &[Spanned<Name>],
        assign: Option<&Expr>,
    ) -> Resolved<CodeKind> {
        let Some(assign) = assign else { return Ok(CodeKind::Constant(Value::Nothing)) };
        if how != Declaration::Const {
            return Ok(self.expr(assign)?.kind);
        }
        let span = names.first().map_or(assign.span, |n| n.span);
        if !self.scopes.is_top() {
            return refuse("`const` declares a global; write it outside functions and loops", span);
        }
        // A constant may be declared again, as when a file is included twice, but not merely assigned.
        let globals: Vec<_> = names.iter().map(|name| self.scopes.globals.entry(&name.node)).collect();
        let were: Vec<bool> = globals.iter().map(|global| global.constant.replace(false)).collect();
        let assign = self.boxed(assign);
        globals.iter().zip(were).for_each(|(global, was)| global.constant.set(was));
        Ok(CodeKind::AssignConstant { globals, assign: assign? })
    }
}
