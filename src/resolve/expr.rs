//! Expressions: one line for each kind in the dispatcher, a function for each that needs more.

use super::code::{Code, CodeKind, Item, Keyword, Place, Slot, TextPart};
use super::function::FunctionName;
use super::{Indexed, Resolved, Resolver, refuse};
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::library;
use crate::op::BinaryOp;
use crate::source::{Span, Spanned};
use crate::suggest;
use crate::syntax::ast::{Args, Expr, ExprKind, Field, Name, OperatorName, StrPart};
use crate::value::Value;
use crate::value::function::{Function, FunctionKind};
use std::rc::Rc;

impl Resolver<'_> {
    /// Resolves an expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> Resolved<Code> {
        let kind = match &expr.kind {
            ExprKind::Nothing => CodeKind::Constant(Value::Nothing),
            ExprKind::Bool(x) => CodeKind::Constant(Value::bool(*x)),
            ExprKind::Int(x) => CodeKind::Constant(Value::Int(*x)),
            ExprKind::Float(x) => CodeKind::Constant(Value::float(*x)),
            ExprKind::Str(parts) => self.text(parts)?,
            ExprKind::Name(name) => CodeKind::Read(self.scopes.read(name)),
            ExprKind::Operator { op, dotted } => CodeKind::Constant(operator_value(*op, *dotted)),
            ExprKind::Colon => CodeKind::Constant(Value::Colon),
            ExprKind::End => self.end(expr.span)?,
            ExprKind::Begin => CodeKind::Constant(Value::Int(1)),
            ExprKind::Unary { dotted: true, .. } | ExprKind::Binary { dotted: true, .. } => self.broadcast(expr)?,
            ExprKind::Unary { op, op_span, operand, .. } => {
                CodeKind::Unary { op: *op, op_span: *op_span, operand: self.boxed(operand)? }
            }
            ExprKind::Binary { op, op_span, lhs, rhs, .. } => self.binary(*op, *op_span, lhs, rhs)?,
            ExprKind::Chain { rest, .. } if rest.iter().any(|c| c.dotted) => self.broadcast(expr)?,
            ExprKind::Chain { first, rest } => CodeKind::Chain {
                first: self.boxed(first)?,
                rest: rest.iter().map(|c| Ok((c.op, c.op_span, self.expr(&c.rhs)?))).collect::<Resolved<_>>()?,
            },
            ExprKind::And(a, b) => CodeKind::And(self.boxed(a)?, Box::new(self.branch(b)?)),
            ExprKind::Or(a, b) => CodeKind::Or(self.boxed(a)?, Box::new(self.branch(b)?)),
            ExprKind::Ternary { cond, then, other } => CodeKind::If {
                arms: vec![(self.expr(cond)?, self.branch(then)?)],
                other: Some(Box::new(self.branch(other)?)),
            },
            ExprKind::Range { start, step, stop } => CodeKind::Range {
                start: self.boxed(start)?,
                step: self.optional(step.as_deref())?,
                stop: self.boxed(stop)?,
            },
            ExprKind::Call { dotted: true, .. } => self.broadcast(expr)?,
            ExprKind::Call { callee, args, .. } => self.call(callee, args)?,
            ExprKind::Index { object, args } => self.index(object, args)?,
            ExprKind::TypeParameters { of, parameters } => {
                CodeKind::TypeParameters { of: self.boxed(of)?, parameters: self.items(parameters)? }
            }
            ExprKind::Field { object, name } => {
                if let Some(value) = self.in_module(object, name)? {
                    CodeKind::Constant(value)
                } else {
                    CodeKind::Field { object: self.boxed(object)?, name: name.node.clone(), name_span: name.span }
                }
            }
            ExprKind::Splat(_) => {
                return refuse("`...` spreads a collection inside a call's arguments, a tuple or brackets", expr.span);
            }
            ExprKind::Tuple(items) => CodeKind::Tuple(self.items(items)?),
            ExprKind::NamedTuple(fields) => CodeKind::NamedTuple(self.keywords(fields)?),
            ExprKind::Vector { eltype, items } => {
                CodeKind::Vector { eltype: self.optional(eltype.as_deref())?, items: self.items(items)? }
            }
            ExprKind::Rows { eltype, rows } => CodeKind::Rows {
                eltype: self.optional(eltype.as_deref())?,
                rows: rows.iter().map(|row| self.items(row)).collect::<Resolved<_>>()?,
            },
            ExprKind::Comprehension { eltype, generator } => self.comprehension(eltype.as_deref(), generator)?,
            ExprKind::Generator(generator) => self.generator(generator, expr.span)?,
            ExprKind::Lambda(function) => {
                CodeKind::Function(self.function(FunctionName::Nameless, function, expr.span)?)
            }
            ExprKind::FunctionDef { name, function } => self.define(name, function, expr.span)?,
            ExprKind::Assign { target, op, dotted, op_span, value } => {
                self.assignment(target, *op, *dotted, *op_span, value)?
            }
            ExprKind::Block(items) => CodeKind::Block(self.exprs(items)?),
            ExprKind::Let { bindings, body } => self.let_block(bindings, body)?,
            ExprKind::If { arms, other } => self.if_block(arms, other.as_deref())?,
            ExprKind::While { cond, body } => self.while_loop(cond, body)?,
            ExprKind::For { clauses, body } => self.for_loop(clauses, body, &mut Vec::new())?,
            ExprKind::Try { body, error, catch, other, finally } => {
                self.try_block(body, error.as_ref(), [catch, other, finally].map(|b| b.as_deref()))?
            }
            ExprKind::Return(value) => self.return_from(value.as_deref(), expr.span)?,
            ExprKind::Break => self.leave_loop(CodeKind::Break, expr.span)?,
            ExprKind::Continue => self.leave_loop(CodeKind::Continue, expr.span)?,
            ExprKind::Declare { how, names, assign } => self.declaration(*how, names, assign.as_deref())?,
            ExprKind::Macro { name, args } => self.macro_call(name, args, expr.span)?,
            ExprKind::Using { modules, names } => self.using(modules, names)?,
        };
        let code = Code::new(kind, expr.span);
        if self.traced.contains(&expr.span) {
            return Ok(Code::new(CodeKind::Traced(Box::new(code)), expr.span));
        }
        Ok(code)
    }

    /// An expression that may not be run.
    pub(super) fn branch(&mut self, expr: &Expr) -> Resolved<Code> {
        self.scopes.enter_branch();
        let code = self.expr(expr);
        self.scopes.leave_branch();
        code
    }

    fn text(&mut self, parts: &[StrPart]) -> Resolved<CodeKind> {
        if parts.is_empty() {
            return Ok(CodeKind::Constant(Value::str("")));
        }
        if let [StrPart::Text(text)] = parts {
            return Ok(CodeKind::Constant(Value::str(text.as_str())));
        }
        let parts = parts.iter().map(|part| match part {
            StrPart::Text(text) => Ok(TextPart::Text(Rc::new(text.clone()))),
            StrPart::Value(value) => self.expr(value).map(TextPart::Value),
        });
        Ok(CodeKind::Text(parts.collect::<Resolved<_>>()?))
    }

    fn binary(&mut self, op: BinaryOp, op_span: Span, lhs: &Expr, rhs: &Expr) -> Resolved<CodeKind> {
        Ok(CodeKind::Binary { op, op_span, lhs: self.boxed(lhs)?, rhs: self.boxed(rhs)? })
    }

    /// Items with their splats.
    pub(super) fn items(&mut self, items: &[Expr]) -> Resolved<Vec<Item>> {
        items.iter().map(|item| self.item(item)).collect()
    }

    fn item(&mut self, item: &Expr) -> Resolved<Item> {
        match &item.kind {
            ExprKind::Splat(inner) => Ok(Item { code: self.expr(inner)?, splat: true }),
            _ => Ok(Item { code: self.expr(item)?, splat: false }),
        }
    }

    fn call(&mut self, callee: &Expr, args: &Args) -> Resolved<CodeKind> {
        // `end` inside a call's arguments still belongs to the index around the call.
        let callee = self.boxed(callee)?;
        Ok(CodeKind::Call { callee, args: self.items(&args.positional)?, keyword: self.keywords(&args.keyword)? })
    }

    pub(super) fn keywords(&mut self, keyword: &[Field]) -> Resolved<Vec<Keyword>> {
        let keywords = keyword.iter().map(|k| match k {
            Field::Named(name, value) => Ok(Keyword { name: Some(name.node.clone()), value: self.expr(value)? }),
            Field::Splat(value) => Ok(Keyword { name: None, value: self.expr(value)? }),
        });
        keywords.collect()
    }

    /// What `Random.seed!` names, unless the program has a variable of the module's name.
    fn in_module(&mut self, object: &Expr, name: &Spanned<Name>) -> Resolved<Option<Value>> {
        let ExprKind::Name(module) = &object.kind else { return Ok(None) };
        if !library::MODULES.contains(&&**module) {
            return Ok(None);
        }
        match self.scopes.read(module) {
            Place::Global(global) if matches!(global.variable.get(), Value::Undefined) => {}
            Place::Global(_) | Place::Local(_) => return Ok(None),
        }
        library::qualified(module, &name.node).map(Some).ok_or_else(|| {
            let message = format!("`{}` is not defined in {module}", name.node);
            let near = suggest::nearest(&name.node, library::names(), 3);
            let diagnostic = Diagnostic::new(ErrorKind::UndefVarError, message, name.span).note("not defined");
            Box::new(match suggest::question(&near) {
                Some(question) => diagnostic.hint(question),
                None => diagnostic,
            })
        })
    }

    fn index(&mut self, object: &Expr, args: &[Expr]) -> Resolved<CodeKind> {
        if let ExprKind::Name(name) = &object.kind
            && matches!(&**name, "Vector" | "Matrix" | "Array")
        {
            return refuse(
                format!("`{name}[…]` makes no array; write the elements' type, as in `Float64[…]`"),
                object.span,
            );
        }
        let object = self.boxed(object)?;
        let (keep, indices) = self.indices(args)?;
        Ok(CodeKind::Index { object, keep, indices })
    }

    /// Indices, and the slot that keeps the object if one of them uses `end`.
    pub(super) fn indices(&mut self, args: &[Expr]) -> Resolved<(Option<Slot>, Vec<Item>)> {
        self.indexed.push(Indexed { keep: None, position: 0, count: args.len() });
        let mut items = Vec::with_capacity(args.len());
        for (position, arg) in args.iter().enumerate() {
            self.indexed.last_mut().expect("pushed above").position = position;
            items.push(self.item(arg)?);
        }
        let keep = self.indexed.pop().and_then(|indexed| indexed.keep);
        Ok((keep, items))
    }

    fn end(&mut self, span: Span) -> Resolved<CodeKind> {
        let temporary = match self.indexed.last() {
            None => return refuse("`end` counts elements only inside an index, as in `A[end]`", span),
            Some(Indexed { keep: Some(slot), .. }) => *slot,
            Some(_) => self.scopes.temporary(),
        };
        let indexed = self.indexed.last_mut().expect("checked above");
        indexed.keep = Some(temporary);
        Ok(CodeKind::End { object: temporary, position: indexed.position, count: indexed.count })
    }

    fn if_block(&mut self, arms: &[(Expr, Expr)], other: Option<&Expr>) -> Resolved<CodeKind> {
        let arms = arms.iter().map(|(cond, body)| Ok((self.expr(cond)?, self.branch(body)?)));
        let arms = arms.collect::<Resolved<_>>()?;
        let other = other.map(|body| self.branch(body).map(Box::new)).transpose()?;
        Ok(CodeKind::If { arms, other })
    }
}

/// The function value of an operator.
pub(super) fn operator_value(op: OperatorName, dotted: bool) -> Value {
    use crate::op::UnaryOp;
    let (name, op, unary) = match op {
        OperatorName::Binary(op) => {
            let unary = match op {
                BinaryOp::Sub => Some(UnaryOp::Neg),
                BinaryOp::Add => Some(UnaryOp::Plus),
                _ => None,
            };
            (op.text(), Some(op), unary)
        }
        OperatorName::Unary(op) => (op.text(), None, Some(op)),
        OperatorName::Range => (":", None, None),
    };
    let name = if dotted { format!(".{name}") } else { name.to_string() };
    Value::Function(Rc::new(Function { name: Rc::from(name), kind: FunctionKind::Operator { op, unary, dotted } }))
}
