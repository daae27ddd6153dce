//! Dotted expressions: leaves are computed, then one kernel runs.

use super::assign::IndexNodes;
use super::node::{BoxNode, Frame, Node, Run, Thrown};
use super::offers;
use super::vm::Vm;
use crate::fault::Fault;
use crate::kernel::broadcast::{self, Dotted};
use crate::source::Span;
use crate::value::Value;
use std::rc::Rc;

fn leaves(nodes: &[BoxNode], frame: &mut Frame, vm: &Vm) -> Run<Vec<Value>> {
    nodes.iter().map(|node| node.eval(frame, vm)).collect()
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
}

impl Node for Broadcast {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let values = leaves(&self.leaves, frame, vm)?;
        broadcast::broadcast(&self.tree, &values, vm)
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
}

impl Node for BroadcastInto {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let target = self.target.eval(frame, vm)?;
        let at = self.indices.as_ref().map(|i| i.eval(&target, frame, vm)).transpose()?;
        let values = leaves(&self.leaves, frame, vm)?;
        let done = match &at {
            None => broadcast::broadcast_into(&target, &self.tree, &values, vm),
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
