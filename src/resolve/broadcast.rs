//! Dotted expressions: a maximal tree of dots becomes one kernel over leaves that are computed first.

use super::code::{Code, CodeKind, Indices};
use super::expr::operator_value;
use super::{Resolved, Resolver, refuse};
use crate::kernel::broadcast::Dotted;
use crate::op::{BinaryOp, UnaryOp};
use crate::syntax::ast::{Args, Expr, ExprKind, Field, OperatorName};
use crate::value::Value;
use std::rc::Rc;

/// Leaves of a dotted tree, in the order in which they are computed.
#[derive(Default)]
struct Leaves {
    codes: Vec<Code>,
}

impl Leaves {
    fn add(&mut self, code: Code) -> usize {
        self.codes.push(code);
        self.codes.len() - 1
    }
}

impl Resolver<'_> {
    /// A dotted operator, call or chain, with everything dotted below it.
    pub(super) fn broadcast(&mut self, expr: &Expr) -> Resolved<CodeKind> {
        let mut leaves = Leaves::default();
        let tree = self.dotted(expr, &mut leaves)?;
        Ok(CodeKind::Broadcast { tree: Rc::new(tree), leaves: leaves.codes })
    }

    /// `target .= value`, `target .op= value`
    pub(super) fn broadcast_assignment(
        &mut self,
        target: &Expr,
        op: Option<BinaryOp>,
        value: &Expr,
    ) -> Resolved<CodeKind> {
        let (object, indices) = match &target.kind {
            ExprKind::Index { object, args } => {
                let object = self.boxed(object)?;
                let (keep, items) = self.indices(args)?;
                (object, Some(Indices { keep, items, span: target.span }))
            }
            ExprKind::Name(_) | ExprKind::Field { .. } | ExprKind::Call { .. } => (self.boxed(target)?, None),
            _ => return refuse("the left side of `.=` is an array or an indexed place", target.span),
        };
        let mut leaves = Leaves::default();
        let tree = match op {
            None => self.dotted(value, &mut leaves)?,
            Some(op) => {
                let old = Dotted::Leaf(leaves.add(self.expr(target)?));
                Dotted::Binary(op, Box::new(old), Box::new(self.dotted(value, &mut leaves)?))
            }
        };
        Ok(CodeKind::BroadcastInto { target: object, indices, tree: Rc::new(tree), leaves: leaves.codes })
    }

    fn dotted(&mut self, expr: &Expr, leaves: &mut Leaves) -> Resolved<Dotted> {
        match &expr.kind {
            ExprKind::Unary { op, dotted: true, operand, .. } if *op != UnaryOp::Adjoint => {
                Ok(Dotted::Unary(*op, Box::new(self.dotted(operand, leaves)?)))
            }
            ExprKind::Binary { op, dotted: true, lhs, rhs, .. } => {
                let lhs = self.dotted(lhs, leaves)?;
                Ok(Dotted::Binary(*op, Box::new(lhs), Box::new(self.dotted(rhs, leaves)?)))
            }
            ExprKind::Chain { first, rest } if rest.iter().any(|c| c.dotted) => {
                let mut lhs = self.dotted(first, leaves)?;
                let mut all: Option<Dotted> = None;
                for step in rest {
                    let rhs = self.dotted(&step.rhs, leaves)?;
                    let pair = Dotted::Binary(step.op, Box::new(lhs), Box::new(rhs.clone()));
                    all = Some(match all {
                        None => pair,
                        Some(before) => Dotted::Binary(BinaryOp::And, Box::new(before), Box::new(pair)),
                    });
                    lhs = rhs;
                }
                Ok(all.unwrap_or(lhs))
            }
            ExprKind::Call { callee, args, dotted: true } => self.dotted_call(callee, args, leaves),
            // A sign before a literal is part of it: `x .^ -1`.
            ExprKind::Unary { op: UnaryOp::Neg, dotted: false, operand, .. } => match operand.kind {
                ExprKind::Int(x) => Ok(Dotted::Constant(Value::Int(-x))),
                ExprKind::Float(x) => Ok(Dotted::Constant(Value::float(-x))),
                // The negative of an array is that of its elements: no array in between for `exp.(-x .^ 2)`.
                ExprKind::Binary { dotted: true, .. } | ExprKind::Call { dotted: true, .. } => {
                    Ok(Dotted::Unary(UnaryOp::Neg, Box::new(self.dotted(operand, leaves)?)))
                }
                _ => self.leaf(expr, leaves),
            },
            ExprKind::Int(x) => Ok(Dotted::Constant(Value::Int(*x))),
            ExprKind::Float(x) => Ok(Dotted::Constant(Value::float(*x))),
            ExprKind::Bool(x) => Ok(Dotted::Constant(Value::bool(*x))),
            _ => self.leaf(expr, leaves),
        }
    }

    fn leaf(&mut self, expr: &Expr, leaves: &mut Leaves) -> Resolved<Dotted> {
        let code = self.expr(expr)?;
        Ok(Dotted::Leaf(leaves.add(code)))
    }

    fn dotted_call(&mut self, callee: &Expr, args: &Args, leaves: &mut Leaves) -> Resolved<Dotted> {
        if args.positional.iter().any(|a| matches!(a.kind, ExprKind::Splat(_))) {
            return self.spread_call(callee, args, leaves);
        }
        // An operator by its name is that operator: `(+).(a, b)`, `+.(a, b)`.
        if let (ExprKind::Operator { op: OperatorName::Binary(op), dotted: false }, [lhs, rhs]) =
            (&callee.kind, args.positional.as_slice())
        {
            let lhs = self.dotted(lhs, leaves)?;
            return Ok(Dotted::Binary(*op, Box::new(lhs), Box::new(self.dotted(rhs, leaves)?)));
        }
        let function = match &callee.kind {
            ExprKind::Operator { op, dotted } => {
                leaves.add(Code::new(CodeKind::Constant(operator_value(*op, *dotted)), callee.span))
            }
            _ => {
                let code = self.expr(callee)?;
                leaves.add(code)
            }
        };
        let positional = args.positional.iter().map(|a| self.dotted(a, leaves)).collect::<Resolved<Vec<_>>>()?;
        let keyword = args.keyword.iter().map(|k| match k {
            Field::Named(name, value) => {
                let code = self.expr(value)?;
                Ok((name.node.clone(), leaves.add(code)))
            }
            Field::Splat(value) => refuse("`...` cannot be used in a dotted call", value.span),
        });
        let keyword = keyword.collect::<Resolved<Vec<_>>>()?;
        Ok(Dotted::Call { function, args: positional, keyword })
    }

    /// `f.(x...)`: how many arguments there are is known only when it runs, so `broadcast(f, x...)` is called.
    fn spread_call(&mut self, callee: &Expr, args: &Args, leaves: &mut Leaves) -> Resolved<Dotted> {
        let mut spread = args.clone();
        spread.positional.insert(0, callee.clone());
        let broadcast = Expr::leaf(ExprKind::Name(crate::syntax::ast::Name::from("broadcast")), callee.span);
        let depth = callee.depth.max(args.positional.iter().map(|a| a.depth).max().unwrap_or(0)) + 1;
        let kind = ExprKind::Call { callee: Box::new(broadcast), args: spread, dotted: false };
        self.leaf(&Expr { kind, span: callee.span, depth }, leaves)
    }
}
