//! Dotted expressions: leaves are computed, then one kernel runs.

use super::assign::IndexNodes;
use super::node::{BoxNode, Frame, Node, Run, Thrown};
use super::offers;
use super::vm::Vm;
use crate::fault::Fault;
use crate::kernel::broadcast::{self, Dotted, Kept};
use crate::source::Span;
use crate::value::Value;
use smallvec::SmallVec;
use std::rc::Rc;

fn leaves(nodes: &[BoxNode], frame: &mut Frame, vm: &Vm) -> Run<SmallVec<[Value; 6]>> {
    let mut values = SmallVec::new();
    for node in nodes {
        values.push(node.eval(frame, vm)?);
    }
    Ok(values)
}

#[cold]
fn failed(vm: &Vm, values: &[Value], fault: Fault, span: Span, leaves: &[BoxNode]) -> Thrown {
    vm.passing(span);
    let spans: Vec<Span> = leaves.iter().map(|node| node.span()).collect();
    offers::broadcast(vm, values, fault, span, &spans)
}

/// A maximal dotted expression.
pub struct Broadcast {
    pub tree: Rc<Dotted>,
    pub leaves: Vec<BoxNode>,
    pub span: Span,
    pub kept: Kept,
}

impl Node for Broadcast {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let values = leaves(&self.leaves, frame, vm)?;
        broadcast::broadcast_again(&self.tree, &values, vm, &self.kept)
            .map_err(|fault| failed(vm, &values, fault, self.span, &self.leaves))
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `target .= tree`, `target[indices] .= tree`
pub struct BroadcastInto {
    pub target: BoxNode,
    pub indices: Option<IndexNodes>,
    pub tree: Rc<Dotted>,
    pub leaves: Vec<BoxNode>,
    pub span: Span,
    pub kept: Kept,
}

impl Node for BroadcastInto {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let target = self.target.eval(frame, vm)?;
        let at = self.indices.as_ref().map(|i| i.eval(&target, frame, vm)).transpose()?;
        let values = leaves(&self.leaves, frame, vm)?;
        let done = match &at {
            None => broadcast::broadcast_into_again(&target, &self.tree, &values, vm, &self.kept),
            Some(at) => broadcast::broadcast_into_index(&target, at, &self.tree, &values, vm),
        };
        match done {
            Ok(()) => Ok(target),
            Err(fault) => Err(failed(vm, &values, fault, self.span, &self.leaves)),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}
