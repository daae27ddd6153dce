//! From resolved code to the nodes that run: one line for each kind, the fast nodes where operands allow them.

mod indexed;

use super::arithmetic::{AdjointProduct, Chain, MakeRange, Side, Unary};
use super::array::{Comprehension, Generator, LoopNodes, MakeLazy, MakeNamedTuple, MakeRows, MakeTuple, MakeVector};
use super::assign::{Assign, AssignConstant, IndexNodes, Store, Unpack};
use super::bodies::Bodies;
use super::broadcast::{Broadcast, BroadcastInto};
use super::call::{Call, Callee, Chosen, GeneralCall, Item, KeywordNode, KnownCall};
use super::control::{Block, For, Fresh, If, Leave, Logic, Return, Scope, Try, While};
use super::formula::FormulaCode;
use super::function::{KeywordParam, MethodCode};
use super::index::{End, Field, TypeParameters};
use super::kind::{Kind, SlotKinds, Trusted};
use super::macros::{Macro, MacroNode};
use super::make_function::{Define, MakeFunction};
use super::node::{BoxNode, Condition, Flow};
use super::number_call::{self, Awaited, Called};
use super::operands::{self, At, Built, Decided, Goal, Operation};
use super::probe::Probe;
use super::read::{Computed, Constant, ReadGlobal, ReadLocal, ReadShared};
use super::teach::Traced;
use super::test::Tested;
use super::text::{Interpolate, Part};
use crate::kernel::broadcast::Kept;
use crate::op::{BinaryOp, UnaryOp};
use crate::resolve::code::{
    self, Code, CodeKind, FunctionCode, Keyword, LazyCode, Local, MacroCode, Place, Target, TestCode, TextPart, TopCode,
};
use crate::source::Span;
use crate::value::Value;
use crate::value::function::{Gives, Run};
use indexed::keeps_locals;
use std::rc::Rc;

/// The node of a statement of the top level.
pub fn top(code: &TopCode) -> BoxNode {
    let build = |kinds: &SlotKinds| Builder { slots: code.slots, kinds }.node(&code.code);
    // It runs at once.
    SlotKinds::settle(code.slots, &[], true, build).0
}

/// The body of a function for arguments of these kinds, and what it trusts if it may.
pub fn body(function: &FunctionCode, arguments: &[Kind], trusting: bool) -> (BoxNode, Vec<Trusted>) {
    SlotKinds::settle(function.slots, arguments, trusting, |kinds| {
        let builder = Builder { slots: function.slots, kinds };
        let filled = function.captures.iter().map(|(_, inner)| inner).chain(&function.keyword_rest);
        filled.for_each(|local| kinds.learn(local.slot as usize, Kind::Any));
        let params: Vec<(usize, Store)> =
            function.unpack.iter().map(|(slot, target)| (*slot as usize, builder.store(target, Kind::Any))).collect();
        let body = builder.tail(&function.body);
        if params.is_empty() { body } else { Box::new(Unpack { params, body }) }
    })
}

/// Builds the nodes of one function.
#[derive(Clone, Copy)]
struct Builder<'a> {
    /// Slots of the function's frame: callees live behind.
    slots: usize,
    kinds: &'a SlotKinds,
}

/// The code of a function. Its defaults may be given arguments of any kind.
fn method(function: &Rc<FunctionCode>) -> MethodCode {
    let anything = vec![Kind::Any; function.slots];
    let build = |kinds: &SlotKinds| {
        let builder = Builder { slots: function.slots, kinds };
        let positional = function.params.len() - usize::from(function.rest);
        let required = function.params[..positional].iter().take_while(|p| p.default.is_none()).count();
        let defaults = function.params[required..positional].iter();
        let params = function.params.iter().chain(&function.keywords).map(|p| &p.local).chain(&function.keyword_rest);
        let shared: Vec<usize> = params.filter(|l| l.is_shared()).map(|l| l.slot as usize).collect();
        MethodCode {
            name: function.name.clone(),
            required,
            defaults: defaults.filter_map(|p| p.default.as_ref()).map(|d| builder.node(d)).collect(),
            rest: function.rest,
            simple: required == function.params.len()
                && function.keywords.is_empty()
                && function.keyword_rest.is_none(),
            keywords: function.keywords.iter().map(|p| builder.keyword_param(p)).collect(),
            keyword_rest: function.keyword_rest.as_ref().map(|l| l.slot as usize),
            captures: function.captures.iter().map(|(_, inner)| inner.slot as usize).collect(),
            closed: !function.captures.is_empty() || !shared.is_empty(),
            shared,
            bodies: Bodies::new(function),
            probe: Probe::of(&function.body),
            formula: FormulaCode::of_function(function),
            slots: function.slots,
            head: function.head.clone(),
            span: function.span,
        }
    };
    SlotKinds::settle(function.slots, &anything, false, build).0
}

impl Builder<'_> {
    fn node(self, code: &Code) -> BoxNode {
        let span = code.span;
        match &code.kind {
            CodeKind::Constant(_) | CodeKind::Read(_) => self.operand(code).node(Goal::Asker),
            CodeKind::Text(parts) => Box::new(Interpolate { parts: self.parts(parts), span }),
            CodeKind::Unary { op, op_span, operand } => {
                Box::new(Unary { op: *op, operand: self.node(operand), op_span: *op_span, span })
            }
            CodeKind::Binary { op_span, lhs, rhs, .. } if is_adjoint_product(code) => {
                Box::new(AdjointProduct { lhs: self.side(lhs), rhs: self.side(rhs), op_span: *op_span, span })
            }
            CodeKind::Binary { op, op_span, lhs, rhs } => {
                operands::binary(self.operation(*op, *op_span, lhs, rhs, span), Goal::Asker)
            }
            CodeKind::Chain { first, rest } => {
                let rest = rest.iter().map(|(op, at, rhs)| (*op, *at, self.node(rhs))).collect();
                Box::new(Chain { first: self.node(first), rest, span })
            }
            CodeKind::And(lhs, rhs) => Box::new(Logic { lhs: self.node(lhs), rhs: self.node(rhs), and: true, span }),
            CodeKind::Or(lhs, rhs) => Box::new(Logic { lhs: self.node(lhs), rhs: self.node(rhs), and: false, span }),
            CodeKind::Range { .. } => self.iterable(code).0,
            CodeKind::Call { callee, args, keyword } => self.call(callee, args, keyword, span),
            CodeKind::Index { object, keep, indices } => self.index(object, *keep, indices, span),
            CodeKind::End { object, position, count } => {
                Box::new(End { object: *object as usize, position: *position, count: *count, span })
            }
            CodeKind::TypeParameters { of, parameters } => {
                Box::new(TypeParameters { of: self.node(of), parameters: self.items(parameters), span })
            }
            CodeKind::Field { object, name, name_span } => {
                Box::new(Field { object: self.node(object), name: name.clone(), name_span: *name_span, span })
            }
            CodeKind::Tuple(items) => Box::new(MakeTuple { items: self.items(items), span }),
            CodeKind::NamedTuple(fields) => Box::new(MakeNamedTuple { fields: self.keywords(fields), span }),
            CodeKind::Vector { eltype, items } => {
                Box::new(MakeVector { eltype: self.optional(eltype), items: self.items(items), span })
            }
            CodeKind::Rows { eltype, rows } => {
                let rows = rows.iter().map(|row| self.items(row)).collect();
                Box::new(MakeRows { eltype: self.optional(eltype), rows, span })
            }
            CodeKind::Comprehension { eltype, loops, body } => Box::new(Comprehension {
                eltype: self.optional(eltype),
                loops: loops.iter().map(|l| self.loop_nodes(l)).collect(),
                body: self.node(body),
                probe: Probe::of(body),
                formula: if eltype.is_none() { FormulaCode::of_loops(loops, body) } else { None },
                filter: FormulaCode::of_filter(loops),
                span,
            }),
            CodeKind::Lazy(lazy) => Box::new(Generator { lazy: self.lazy(lazy), span }),
            CodeKind::Broadcast { tree, leaves } => {
                Box::new(Broadcast { tree: tree.clone(), leaves: self.nodes(leaves), span, kept: Kept::default() })
            }
            CodeKind::BroadcastInto { target, indices, tree, leaves } => Box::new(BroadcastInto {
                target: self.node(target),
                indices: indices.as_ref().map(|i| self.indices(i)),
                tree: tree.clone(),
                leaves: self.nodes(leaves),
                span,
                kept: Kept::default(),
            }),
            CodeKind::Function(function) => Box::new(make_function(function)),
            CodeKind::Define { place, function } => {
                Box::new(Define { target: self.store_place(place, span, Kind::Any), function: make_function(function) })
            }
            CodeKind::Assign { place, value } => self.assign(place, value, span),
            CodeKind::AssignIndex { object, indices, value } => self.assign_index(object, indices, value, span),
            CodeKind::UpdateIndex { object, indices, op, op_span, value } => {
                self.update_index(object, indices, (*op, *op_span), value, span)
            }
            CodeKind::Destructure { target, value } => {
                Box::new(Assign { target: self.store(target, Kind::Any), value: self.node(value), span })
            }
            CodeKind::AssignConstant { globals, assign } => {
                Box::new(AssignConstant { globals: globals.clone(), assign: self.node(assign), span })
            }
            CodeKind::Block(items) => self.block(items, false, span),
            CodeKind::Scope { locals, body } => self.scope(locals, self.node(body)),
            CodeKind::If { arms, other } => self.if_chain(arms, other.as_deref(), span, false),
            CodeKind::While { cond, body } => self.decided(cond, Repeated { body: self.node(body), span }),
            CodeKind::For { target, iterable, body, inner, locals } => {
                let (iterable, kind) = self.iterable(iterable);
                let target = self.store(target, kind);
                let (body, fresh) = (self.node(body), fresh(locals));
                Box::new(For { target, iterable, body, fresh, inner: *inner, span })
            }
            CodeKind::Try { body, error, catch, other, finally } => Box::new(Try {
                body: self.node(body),
                error: error.as_ref().map(|place| self.store_place(place, span, Kind::Any)),
                catch: self.optional(catch),
                other: self.optional(other),
                finally: self.optional(finally),
                span,
            }),
            CodeKind::Return(value) => Box::new(Return { value: self.returned(value.as_deref(), span), span }),
            CodeKind::Break => Box::new(Leave { flow: Flow::Break, span }),
            CodeKind::Continue => Box::new(Leave { flow: Flow::Continue, span }),
            CodeKind::Macro(code) => self.macro_node(code, span),
            CodeKind::Traced(code) => Box::new(Traced { node: self.node(code) }),
        }
    }

    /// The end of a function: what is returned there is simply the value.
    fn tail(self, code: &Code) -> BoxNode {
        match &code.kind {
            CodeKind::Return(value) => match value {
                Some(value) => self.tail(value),
                None => self.returned(None, code.span),
            },
            CodeKind::Block(items) => self.block(items, true, code.span),
            CodeKind::Scope { locals, body } => self.scope(locals, self.tail(body)),
            CodeKind::If { arms, other } => self.if_chain(arms, other.as_deref(), code.span, true),
            _ => self.node(code),
        }
    }

    fn returned(self, value: Option<&Code>, span: Span) -> BoxNode {
        match value {
            Some(value) => self.node(value),
            None => Box::new(Constant { value: Value::Nothing, span }),
        }
    }

    fn nodes(self, codes: &[Code]) -> Vec<BoxNode> {
        codes.iter().map(|code| self.node(code)).collect()
    }

    fn optional(self, code: &Option<Box<Code>>) -> Option<BoxNode> {
        code.as_ref().map(|code| self.node(code))
    }

    fn items(self, items: &[code::Item]) -> Vec<Item> {
        items.iter().map(|item| Item { node: self.node(&item.code), splat: item.splat }).collect()
    }

    fn keywords(self, keywords: &[Keyword]) -> Vec<KeywordNode> {
        keywords.iter().map(|k| KeywordNode { name: k.name.clone(), node: self.node(&k.value) }).collect()
    }

    fn parts(self, parts: &[TextPart]) -> Vec<Part> {
        let part = |part: &TextPart| match part {
            TextPart::Text(text) => Part::Text(text.clone()),
            TextPart::Value(code) => Part::Value(self.node(code)),
        };
        parts.iter().map(part).collect()
    }

    fn block(self, items: &[Code], tail: bool, span: Span) -> BoxNode {
        if let [only] = items {
            return if tail { self.tail(only) } else { self.node(only) };
        }
        let mut nodes = Vec::with_capacity(items.len());
        if let Some((last, init)) = items.split_last() {
            nodes.extend(init.iter().map(|item| self.node(item)));
            nodes.push(if tail { self.tail(last) } else { self.node(last) });
        }
        Box::new(Block { items: nodes, tail, span })
    }

    fn scope(self, locals: &[Rc<Local>], body: BoxNode) -> BoxNode {
        let fresh = fresh(locals);
        if fresh.is_empty() { body } else { Box::new(Scope { fresh, body }) }
    }

    fn if_chain(self, arms: &[(Code, Code)], other: Option<&Code>, span: Span, tail: bool) -> BoxNode {
        let branch = |code: &Code| if tail { self.tail(code) } else { self.node(code) };
        self.if_arms(arms, other.map(branch), branch, span)
    }

    /// The arms of an `if` over what is left when none is taken.
    fn if_arms(
        self,
        arms: &[(Code, Code)],
        other: Option<BoxNode>,
        branch: impl Fn(&Code) -> BoxNode,
        span: Span,
    ) -> BoxNode {
        let arm = |rest: Option<BoxNode>, (cond, then): &(Code, Code)| -> Option<BoxNode> {
            Some(self.decided(cond, Branches { then: branch(then), other: rest, span }))
        };
        let chain = arms.iter().rev().fold(other, arm);
        chain.unwrap_or_else(|| Box::new(Constant { value: Value::Nothing, span }))
    }

    /// A node around a condition.
    fn decided(self, cond: &Code, decided: impl Decided) -> BoxNode {
        match &cond.kind {
            CodeKind::Binary { op, op_span, lhs, rhs } if op.is_comparison() => {
                operands::condition(self.operation(*op, *op_span, lhs, rhs, cond.span), decided)
            }
            _ => decided.by(self.node(cond)),
        }
    }

    fn assign(self, place: &Place, value: &Code, span: Span) -> BoxNode {
        let Place::Local(local) = place else { return self.assign_elsewhere(place, value, span) };
        if local.is_shared() {
            return self.assign_elsewhere(place, value, span);
        }
        let slot = local.slot as usize;
        let goal = Goal::Local(slot, span);
        let node = match &value.kind {
            CodeKind::If { arms, other: Some(other) } => {
                let branch = |code: &Code| self.assign(place, code, span);
                return self.if_arms(arms, Some(branch(other)), branch, value.span);
            }
            CodeKind::Binary { op, op_span, lhs, rhs } if !is_adjoint_product(value) => {
                operands::binary(self.operation(*op, *op_span, lhs, rhs, value.span), goal)
            }
            _ => self.operand(value).node(goal),
        };
        self.kinds.learn(slot, node.kind());
        node
    }

    fn operation(self, op: BinaryOp, op_span: Span, lhs: &Code, rhs: &Code, span: Span) -> Operation {
        Operation { op, lhs: self.operand(lhs), rhs: self.operand(rhs), at: At { op_span, span } }
    }

    fn assign_elsewhere(self, place: &Place, value: &Code, span: Span) -> BoxNode {
        let value = self.node(value);
        Box::new(Assign { target: self.store_place(place, span, value.kind()), value, span })
    }

    /// A place for values of a kind.
    fn store(self, target: &Target, kind: Kind) -> Store {
        let any = |target: &Target| self.store(target, Kind::Any);
        match target {
            Target::Place(place, span) => self.store_place(place, *span, kind),
            Target::Index { object, indices, .. } => {
                Store::Index { object: self.node(object), indices: self.indices(indices) }
            }
            Target::Tuple(targets, span) => Store::Tuple(targets.iter().map(any).collect(), *span),
            Target::Rest(target) => Store::Rest(Box::new(any(target))),
            Target::Fields(fields, span) => {
                Store::Fields(fields.iter().map(|(name, target)| (name.clone(), any(target))).collect(), *span)
            }
            Target::Nothing => Store::Nothing,
        }
    }

    fn store_place(self, place: &Place, span: Span, kind: Kind) -> Store {
        match place {
            Place::Global(global) => Store::Global(global.clone(), span),
            Place::Local(local) if local.is_shared() => Store::Shared(local.slot as usize),
            Place::Local(local) => {
                self.kinds.learn(local.slot as usize, kind);
                Store::Local(local.slot as usize)
            }
        }
    }

    /// What is iterated, and the kind of its elements.
    fn iterable(self, code: &Code) -> (BoxNode, Kind) {
        let CodeKind::Range { start, step, stop } = &code.kind else { return (self.node(code), Kind::Any) };
        let step = step.as_ref().map(|s| self.node(s));
        let range = MakeRange { start: self.node(start), step, stop: self.node(stop), span: code.span };
        let kind = range.element_kind();
        (Box::new(range), kind)
    }

    fn indices(self, indices: &code::Indices) -> IndexNodes {
        IndexNodes {
            keep: indices.keep.map(|slot| slot as usize),
            items: self.items(&indices.items),
            span: indices.span,
        }
    }

    fn loop_nodes(self, one: &code::Loops) -> LoopNodes {
        LoopNodes {
            clauses: one.clauses.iter().map(|(target, over)| self.clause(target, over)).collect(),
            filter: one.filter.as_ref().map(|f| self.node(f)),
            fresh: fresh(&one.locals),
        }
    }

    fn clause(self, target: &Target, over: &Code) -> (Store, BoxNode) {
        let (over, kind) = self.iterable(over);
        (self.store(target, kind), over)
    }

    fn lazy(self, lazy: &LazyCode) -> MakeLazy {
        match lazy {
            LazyCode::Map { function, over } => {
                MakeLazy::Map { function: self.node(function), over: Box::new(self.lazy(over)) }
            }
            LazyCode::Filter { function, over } => {
                MakeLazy::Filter { function: self.node(function), over: Box::new(self.lazy(over)) }
            }
            LazyCode::Product(over) => MakeLazy::Product(self.nodes(over)),
            LazyCode::Flatten(over) => MakeLazy::Flatten(Box::new(self.lazy(over))),
            LazyCode::Over(code) => MakeLazy::Over(self.node(code)),
        }
    }

    fn keyword_param(self, param: &code::ParamCode) -> KeywordParam {
        KeywordParam {
            name: param.local.name.clone(),
            slot: param.local.slot as usize,
            default: param.default.as_ref().map(|d| self.node(d)),
        }
    }

    fn macro_node(self, code: &MacroCode, span: Span) -> BoxNode {
        let node = match code {
            MacroCode::Show(shown) => {
                MacroNode::Show(shown.iter().map(|(text, code)| (text.clone(), self.node(code))).collect())
            }
            MacroCode::Time(code) => MacroNode::Time(self.node(code)),
            MacroCode::Elapsed(code) => MacroNode::Elapsed(self.node(code)),
            MacroCode::Assert { cond, text, message } => {
                MacroNode::Assert { cond: self.node(cond), text: text.clone(), message: self.optional(message) }
            }
            MacroCode::Test { cond, text } => MacroNode::Test { cond: self.tested(cond), text: text.clone() },
            MacroCode::TestThrows { kind, body, text } => {
                MacroNode::TestThrows { kind: self.node(kind), body: self.node(body), text: text.clone() }
            }
            MacroCode::TestSet { name, body } => {
                MacroNode::TestSet { name: self.optional(name), body: self.node(body) }
            }
            MacroCode::Printf(args) => MacroNode::Printf(self.items(args)),
            MacroCode::Sprintf(args) => MacroNode::Sprintf(self.items(args)),
            MacroCode::Explain { expr, code } => MacroNode::Explain { expr: expr.clone(), node: self.node(code) },
            MacroCode::Compare(compared) => {
                MacroNode::Compare(compared.each_ref().map(|(text, code)| (text.clone(), self.node(code))))
            }
            MacroCode::Notation { expr, names } => {
                let names = names.iter().map(|(name, code)| (name.clone(), self.node(code))).collect();
                MacroNode::Notation { expr: expr.clone(), names }
            }
            MacroCode::Law { law, parts } => {
                MacroNode::Law { law: law.clone(), parts: parts.iter().map(|part| self.node(part)).collect() }
            }
            MacroCode::Constant(value) => return Box::new(Constant { value: value.clone(), span }),
        };
        Box::new(Macro { node, span })
    }

    fn tested(self, cond: &TestCode) -> Tested {
        match cond {
            TestCode::Condition(cond) => Tested::Condition(self.node(cond)),
            TestCode::Comparison { op, op_span, lhs, rhs } => {
                Tested::Comparison { op: *op, op_span: *op_span, lhs: self.node(lhs), rhs: self.node(rhs) }
            }
        }
    }

    fn call(self, callee: &Code, args: &[code::Item], keyword: &[Keyword], span: Span) -> BoxNode {
        if !keyword.is_empty() || args.iter().any(|a| a.splat) || args.len() > 3 {
            let (callee, args, keyword) = (self.node(callee), self.items(args), self.keywords(keyword));
            return Box::new(GeneralCall { callee, args, keyword, span });
        }
        let kept = self.kept_first(args);
        let args: Vec<Built> = args.iter().map(|a| self.operand(&a.code)).collect();
        let CodeKind::Read(Place::Global(global)) = &callee.kind else {
            return call_with(Computed(self.node(callee)), args, self.slots, span, KnownCall::default());
        };
        let callee = ReadGlobal { global: global.clone(), span: callee.span };
        let Some(builtin) = self.kinds.of_library(global) else {
            return call_with(callee, args, self.slots, span, KnownCall { kept, trusted: false });
        };
        if number_call::is_possible(builtin, args.len()) {
            self.kinds.trust(global);
            if args.iter().any(|arg| arg.kind() == Kind::Never) {
                let call = call_with(callee, args, self.slots, span, KnownCall::default());
                return Box::new(Awaited(call));
            }
            return match number_call::node(Called { builtin, callee: callee.span, span }, args) {
                Ok(node) => node,
                Err(args) => call_with(callee, args, self.slots, span, KnownCall::default()),
            };
        }
        let trusted = matches!(&builtin.run, Run::Quick(quick, _) if quick.gives != Gives::Anything);
        if trusted {
            self.kinds.trust(global);
        }
        call_with(callee, args, self.slots, span, KnownCall { kept, trusted })
    }

    /// The slot of the first argument, if that is a local that the other arguments cannot change.
    fn kept_first(self, args: &[code::Item]) -> Option<usize> {
        let (first, others) = args.split_first()?;
        let local = self.local(&first.code)?;
        others.iter().all(|other| keeps_locals(&other.code)).then_some(local.slot)
    }

    /// A factor without its `'`.
    fn side(self, code: &Code) -> Side {
        match &code.kind {
            CodeKind::Unary { op: UnaryOp::Adjoint, op_span, operand } => {
                Side { node: self.node(operand), adjoint: Some((*op_span, code.span)) }
            }
            _ => Side { node: self.node(code), adjoint: None },
        }
    }

    /// What an operator takes: a local or a literal as it is, anything else as a node.
    fn operand(self, code: &Code) -> Built {
        let span = code.span;
        match &code.kind {
            CodeKind::Constant(value) => Built::Constant(Constant { value: value.clone(), span }),
            CodeKind::Read(Place::Global(global)) => Built::Global(ReadGlobal { global: global.clone(), span }),
            CodeKind::Read(Place::Local(local)) => match self.local(code) {
                Some(local) => Built::Local(local),
                None => {
                    let (slot, name) = (local.slot as usize, local.name.clone());
                    Built::Computed(Box::new(ReadShared { slot, name, span }))
                }
            },
            CodeKind::Binary { op, op_span, lhs, rhs } if !is_adjoint_product(code) => {
                operands::operand(self.operation(*op, *op_span, lhs, rhs, span))
            }
            _ => Built::Computed(self.node(code)),
        }
    }

    /// A local whose slot holds the value itself.
    fn local(self, code: &Code) -> Option<ReadLocal> {
        match &code.kind {
            CodeKind::Read(Place::Local(local)) if !local.is_shared() => {
                let (slot, name) = (local.slot as usize, local.name.clone());
                Some(ReadLocal { slot, name, kind: self.kinds.get(slot), span: code.span })
            }
            _ => None,
        }
    }
}

/// `a' * b`, `a * b'` or `a' * b'`
fn is_adjoint_product(code: &Code) -> bool {
    let is_adjoint = |code: &Code| matches!(code.kind, CodeKind::Unary { op: UnaryOp::Adjoint, .. });
    match &code.kind {
        CodeKind::Binary { op: BinaryOp::Mul, lhs, rhs, .. } => is_adjoint(lhs) || is_adjoint(rhs),
        _ => false,
    }
}

/// The branches of an `if` that wait for its condition.
struct Branches {
    then: BoxNode,
    other: Option<BoxNode>,
    span: Span,
}

impl Decided for Branches {
    fn by(self, cond: impl Condition) -> BoxNode {
        let Branches { then, other, span } = self;
        Box::new(If { cond, then, other, span })
    }
}

/// The body of a `while` that waits for its condition.
struct Repeated {
    body: BoxNode,
    span: Span,
}

impl Decided for Repeated {
    fn by(self, cond: impl Condition) -> BoxNode {
        Box::new(While { cond, body: self.body, span: self.span })
    }
}

fn call_with<C: Callee>(callee: C, args: Vec<Built>, free: usize, span: Span, known: KnownCall) -> BoxNode {
    let chosen = Chosen::default();
    let mut args = args.into_iter().map(|arg| Computed(arg.node(Goal::Asker)));
    match (args.next(), args.next(), args.next()) {
        (None, _, _) => Box::new(Call { callee, args: [], free, chosen, span }),
        (Some(a), None, _) => C::node(Call { callee, args: [a], free, chosen, span }, known),
        (Some(a), Some(b), None) => C::node(Call { callee, args: [a, b], free, chosen, span }, known),
        (Some(a), Some(b), Some(c)) => Box::new(Call { callee, args: [a, b, c], free, chosen, span }),
    }
}

/// What entering a scope does to its locals: only those that must begin anew are touched.
fn fresh(locals: &[Rc<Local>]) -> Vec<Fresh> {
    let one = |local: &Rc<Local>| {
        let slot = local.slot as usize;
        if local.is_shared() { Some(Fresh::Variable(slot)) } else { local.reset.get().then_some(Fresh::Forget(slot)) }
    };
    locals.iter().filter_map(one).collect()
}

fn make_function(function: &Rc<FunctionCode>) -> MakeFunction {
    let captures = function.captures.iter().map(|(outer, _)| match outer {
        Place::Local(local) => local.slot as usize,
        Place::Global(_) => unreachable!("globals are not captured"),
    });
    MakeFunction { code: Rc::new(method(function)), captures: captures.collect(), span: function.span }
}
