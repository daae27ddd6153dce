//! Elements at indices: reading, assigning and updating them, by fast nodes where there are one or two indices.

use super::super::assign::{AssignFew, AssignIndex, IndexNodes, UpdateFew, UpdateIndex};
use super::super::index::{Index, IndexFew, IndexForm};
use super::super::kind::Kind;
use super::super::node::BoxNode;
use super::super::operands::Built;
use super::super::read::{Computed, Object};
use super::Builder;
use crate::op::BinaryOp;
use crate::resolve::code::{self, Code, CodeKind};
use crate::source::Span;
use crate::value::Value;

/// What is done with the element at one or two indices.
enum Purpose<'a> {
    Read,
    /// `… = value`
    Assign {
        value: &'a Code,
        span: Span,
    },
    /// `… op= value`
    Update {
        op: BinaryOp,
        op_span: Span,
        value: &'a Code,
        span: Span,
    },
}

impl Builder<'_> {
    pub(super) fn index(self, object: &Code, keep: Option<code::Slot>, indices: &[code::Item], span: Span) -> BoxNode {
        match indices {
            [i] if keep.is_none() && !i.splat => self.few(object, [&i.code], span, Purpose::Read),
            [i, j] if keep.is_none() && !i.splat && !j.splat => {
                self.few(object, [&i.code, &j.code], span, Purpose::Read)
            }
            _ => {
                let keep = keep.map(|slot| slot as usize);
                let indices = IndexNodes { keep, items: self.items(indices), span };
                Box::new(Index { object: self.node(object), indices, span })
            }
        }
    }

    pub(super) fn assign_index(self, object: &Code, indices: &code::Indices, value: &Code, span: Span) -> BoxNode {
        let purpose = Purpose::Assign { value, span };
        match indices.items.as_slice() {
            [i] if indices.keep.is_none() && !i.splat => self.few(object, [&i.code], indices.span, purpose),
            [i, j] if indices.keep.is_none() && !i.splat && !j.splat => {
                self.few(object, [&i.code, &j.code], indices.span, purpose)
            }
            _ => {
                let value = self.node(value);
                Box::new(AssignIndex { object: self.node(object), indices: self.indices(indices), value, span })
            }
        }
    }

    pub(super) fn update_index(
        self,
        object: &Code,
        indices: &code::Indices,
        (op, op_span): (BinaryOp, Span),
        value: &Code,
        span: Span,
    ) -> BoxNode {
        let purpose = Purpose::Update { op, op_span, value, span };
        match indices.items.as_slice() {
            [i] if indices.keep.is_none() && !i.splat => self.few(object, [&i.code], indices.span, purpose),
            [i, j] if indices.keep.is_none() && !i.splat && !j.splat => {
                self.few(object, [&i.code, &j.code], indices.span, purpose)
            }
            _ => Box::new(UpdateIndex {
                object: self.node(object),
                indices: self.indices(indices),
                op,
                op_span,
                value: self.node(value),
                span,
            }),
        }
    }

    /// What is done with `object[indices]`.
    fn few<const N: usize>(self, object: &Code, indices: [&Code; N], span: Span, purpose: Purpose<'_>) -> BoxNode {
        let between = match &purpose {
            Purpose::Update { value, .. } => keeps_locals(value),
            Purpose::Read | Purpose::Assign { .. } => true,
        };
        match self.local(object) {
            Some(object) if between && indices.iter().all(|i| keeps_locals(i)) => {
                self.few_of(object, indices, span, purpose)
            }
            _ => self.few_of(Computed(self.node(object)), indices, span, purpose),
        }
    }

    fn few_of<A: Object, const N: usize>(
        self,
        object: A,
        indices: [&Code; N],
        span: Span,
        purpose: Purpose<'_>,
    ) -> BoxNode {
        let indices = indices.map(|i| self.operand(i));
        if indices.iter().all(|i| i.kind() == Kind::Int) {
            self.few_at(IndexFew { object, indices: indices.map(Built::simple::<i64>), span }, purpose)
        } else {
            self.few_at(IndexFew { object, indices: indices.map(Built::simple::<Value>), span }, purpose)
        }
    }

    fn few_at<A: Object, T: IndexForm, const N: usize>(
        self,
        place: IndexFew<A, T, N>,
        purpose: Purpose<'_>,
    ) -> BoxNode {
        match purpose {
            Purpose::Read => Box::new(place),
            Purpose::Assign { value, span } => {
                let value = self.operand(value);
                match value.kind() {
                    Kind::Int => Box::new(AssignFew { place, value: value.simple::<i64>(), span }),
                    Kind::Float => Box::new(AssignFew { place, value: value.simple::<f64>(), span }),
                    Kind::Bool | Kind::Never | Kind::Any => {
                        Box::new(AssignFew { place, value: value.simple::<Value>(), span })
                    }
                }
            }
            Purpose::Update { op, op_span, value, span } => {
                Box::new(UpdateFew { place, op, op_span, value: self.operand(value).simple(), span })
            }
        }
    }
}

/// Can running it change none of the locals that no function shares? Then what such a local holds may be looked at
/// after it has run.
pub(super) fn keeps_locals(code: &Code) -> bool {
    let keeps_items = |items: &[code::Item]| items.iter().all(|item| keeps_locals(&item.code));
    match &code.kind {
        CodeKind::Constant(_) | CodeKind::Read(_) | CodeKind::End { .. } => true,
        CodeKind::Unary { operand, .. } => keeps_locals(operand),
        CodeKind::Binary { lhs, rhs, .. } | CodeKind::And(lhs, rhs) | CodeKind::Or(lhs, rhs) => {
            keeps_locals(lhs) && keeps_locals(rhs)
        }
        CodeKind::Call { callee, args, keyword } => {
            keeps_locals(callee) && keeps_items(args) && keyword.iter().all(|k| keeps_locals(&k.value))
        }
        CodeKind::Index { object, indices, .. } => keeps_locals(object) && keeps_items(indices),
        CodeKind::Field { object, .. } => keeps_locals(object),
        CodeKind::Tuple(items) => keeps_items(items),
        CodeKind::Vector { eltype: None, items } => keeps_items(items),
        _ => false,
    }
}
