//! From resolved code to the nodes that run: one line for each kind, the fast nodes where operands allow them.

use super::arithmetic::{self, AdjointProduct, Binary, Chain, FastBinary, MakeRange, Side, Unary};
use super::array::{Comprehension, Generator, LoopNodes, MakeLazy, MakeNamedTuple, MakeRows, MakeTuple, MakeVector};
use super::assign::{Assign, AssignConstant, AssignIndex, AssignLocal, IndexNodes, Store, UpdateIndex};
use super::broadcast::{Broadcast, BroadcastInto};
use super::call::{Call, GeneralCall, Item, KeywordNode};
use super::control::{Block, For, Fresh, If, Leave, Logic, Return, Scope, Try, While};
use super::formula::FormulaCode;
use super::function::{KeywordParam, MethodCode};
use super::index::{End, Field, Index, IndexOne, IndexTwo, TypeParameters};
use super::macros::{Macro, MacroNode};
use super::make_function::{Define, MakeFunction};
use super::node::{BoxNode, Flow};
use super::probe::Probe;
use super::read::{Computed, Constant, Operand, ReadGlobal, ReadLocal, ReadShared};
use super::teach::Traced;
use super::test::Tested;
use super::text::{Interpolate, Part};
use crate::op::{BinaryOp, UnaryOp};
use crate::resolve::code::{
    self, Code, CodeKind, FunctionCode, Keyword, LazyCode, Local, MacroCode, Place, Target, TestCode, TextPart, TopCode,
};
use crate::source::Span;
use std::marker::PhantomData;
use std::rc::Rc;

/// The node of a statement of the top level.
pub fn top(code: &TopCode) -> BoxNode {
    Builder { slots: code.slots }.node(&code.code)
}

/// Builds the nodes of one function.
#[derive(Clone, Copy)]
struct Builder {
    /// Slots of the function's frame: callees live behind.
    slots: usize,
}

/// The code of a function, built.
fn method(function: &FunctionCode) -> MethodCode {
    let builder = Builder { slots: function.slots };
    let positional = function.params.len() - usize::from(function.rest);
    let required = function.params[..positional].iter().take_while(|p| p.default.is_none()).count();
    let defaults = function.params[required..positional].iter();
    let params = function.params.iter().chain(&function.keywords).map(|p| &p.local).chain(&function.keyword_rest);
    MethodCode {
        name: function.name.clone(),
        required,
        defaults: defaults.filter_map(|p| p.default.as_ref()).map(|d| builder.node(d)).collect(),
        rest: function.rest,
        keywords: function.keywords.iter().map(|p| builder.keyword_param(p)).collect(),
        keyword_rest: function.keyword_rest.as_ref().map(|l| l.slot as usize),
        captures: function.captures.iter().map(|(_, inner)| inner.slot as usize).collect(),
        shared: params.filter(|l| l.is_shared()).map(|l| l.slot as usize).collect(),
        unpack: function.unpack.iter().map(|(slot, target)| (*slot as usize, builder.store(target))).collect(),
        body: builder.tail(&function.body),
        probe: Probe::of(&function.body),
        formula: FormulaCode::of_function(function),
        slots: function.slots,
        head: function.head.clone(),
        span: function.span,
    }
}

impl Builder {
    fn node(self, code: &Code) -> BoxNode {
        let span = code.span;
        match &code.kind {
            CodeKind::Constant(value) => Box::new(Constant { value: value.clone(), span }),
            CodeKind::Read(place) => read(place, span),
            CodeKind::Text(parts) => Box::new(Interpolate { parts: self.parts(parts), span }),
            CodeKind::Unary { op, op_span, operand } => {
                Box::new(Unary { op: *op, operand: self.node(operand), op_span: *op_span, span })
            }
            CodeKind::Binary { op, op_span, lhs, rhs } => self.binary(*op, *op_span, lhs, rhs, span),
            CodeKind::Chain { first, rest } => {
                let rest = rest.iter().map(|(op, at, rhs)| (*op, *at, self.node(rhs))).collect();
                Box::new(Chain { first: self.node(first), rest, span })
            }
            CodeKind::And(lhs, rhs) => Box::new(Logic { lhs: self.node(lhs), rhs: self.node(rhs), and: true, span }),
            CodeKind::Or(lhs, rhs) => Box::new(Logic { lhs: self.node(lhs), rhs: self.node(rhs), and: false, span }),
            CodeKind::Range { start, step, stop } => {
                let step = step.as_ref().map(|s| self.node(s));
                Box::new(MakeRange { start: self.node(start), step, stop: self.node(stop), span })
            }
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
                span,
            }),
            CodeKind::Lazy(lazy) => Box::new(Generator { lazy: self.lazy(lazy), span }),
            CodeKind::Broadcast { tree, leaves } => {
                Box::new(Broadcast { tree: tree.clone(), leaves: self.nodes(leaves), span })
            }
            CodeKind::BroadcastInto { target, indices, tree, leaves } => Box::new(BroadcastInto {
                target: self.node(target),
                indices: indices.as_ref().map(|i| self.indices(i)),
                tree: tree.clone(),
                leaves: self.nodes(leaves),
                span,
            }),
            CodeKind::Function(function) => Box::new(make_function(function)),
            CodeKind::Define { place, function } => {
                Box::new(Define { target: store_place(place, span), function: make_function(function) })
            }
            CodeKind::Assign { place, value } => self.assign(place, value, span),
            CodeKind::AssignIndex { object, indices, value } => Box::new(AssignIndex {
                object: self.node(object),
                indices: self.indices(indices),
                value: self.node(value),
                span,
            }),
            CodeKind::UpdateIndex { object, indices, op, op_span, value } => Box::new(UpdateIndex {
                object: self.node(object),
                indices: self.indices(indices),
                op: *op,
                op_span: *op_span,
                value: self.node(value),
                span,
            }),
            CodeKind::Destructure { target, value } => {
                Box::new(Assign { target: self.store(target), value: self.node(value), span })
            }
            CodeKind::AssignConstant { globals, assign } => {
                Box::new(AssignConstant { globals: globals.clone(), assign: self.node(assign), span })
            }
            CodeKind::Block(items) => self.block(items, false, span),
            CodeKind::Scope { locals, body } => self.scope(locals, self.node(body)),
            CodeKind::If { arms, other } => self.if_chain(arms, other.as_deref(), span, false),
            CodeKind::While { cond, body } => Box::new(While { cond: self.node(cond), body: self.node(body), span }),
            CodeKind::For { target, iterable, body, inner, locals } => Box::new(For {
                target: self.store(target),
                iterable: self.node(iterable),
                body: self.node(body),
                fresh: fresh(locals),
                inner: *inner,
                span,
            }),
            CodeKind::Try { body, error, catch, other, finally } => Box::new(Try {
                body: self.node(body),
                error: error.as_ref().map(|place| store_place(place, span)),
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
            None => Box::new(Constant { value: crate::value::Value::Nothing, span }),
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
        let mut rest = other.map(branch);
        for (cond, then) in arms.iter().rev() {
            rest = Some(Box::new(If { cond: self.node(cond), then: branch(then), other: rest, span }));
        }
        rest.unwrap_or_else(|| Box::new(Constant { value: crate::value::Value::Nothing, span }))
    }

    fn assign(self, place: &Place, value: &Code, span: Span) -> BoxNode {
        let value = self.node(value);
        match place {
            Place::Local(local) if !local.is_shared() => {
                Box::new(AssignLocal { slot: local.slot as usize, value, span })
            }
            _ => Box::new(Assign { target: store_place(place, span), value, span }),
        }
    }

    fn store(self, target: &Target) -> Store {
        match target {
            Target::Place(place, span) => store_place(place, *span),
            Target::Index { object, indices, .. } => {
                Store::Index { object: self.node(object), indices: self.indices(indices) }
            }
            Target::Tuple(targets, span) => Store::Tuple(targets.iter().map(|t| self.store(t)).collect(), *span),
            Target::Rest(target) => Store::Rest(Box::new(self.store(target))),
            Target::Fields(fields, span) => {
                Store::Fields(fields.iter().map(|(name, t)| (name.clone(), self.store(t))).collect(), *span)
            }
            Target::Nothing => Store::Nothing,
        }
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
            clauses: one.clauses.iter().map(|(target, over)| (self.store(target), self.node(over))).collect(),
            filter: one.filter.as_ref().map(|f| self.node(f)),
            fresh: fresh(&one.locals),
        }
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
        let args: Vec<BoxNode> = args.iter().map(|a| self.node(&a.code)).collect();
        match &callee.kind {
            CodeKind::Read(Place::Global(global)) => {
                call_with(ReadGlobal { global: global.clone(), span: callee.span }, args, self.slots, span)
            }
            _ => call_with(Computed(self.node(callee)), args, self.slots, span),
        }
    }

    fn index(self, object: &Code, keep: Option<code::Slot>, indices: &[code::Item], span: Span) -> BoxNode {
        let plain = keep.is_none() && !indices.iter().any(|i| i.splat);
        match indices {
            [i] if plain => match local(object) {
                Some(object) => self.index_one(object, &i.code, span),
                None => self.index_one(Computed(self.node(object)), &i.code, span),
            },
            [i, j] if plain => match local(object) {
                Some(object) => self.index_two(object, &i.code, &j.code, span),
                None => self.index_two(Computed(self.node(object)), &i.code, &j.code, span),
            },
            _ => {
                let keep = keep.map(|slot| slot as usize);
                let indices = IndexNodes { keep, items: self.items(indices), span };
                Box::new(Index { object: self.node(object), indices, span })
            }
        }
    }

    fn index_one<A: Operand>(self, object: A, i: &Code, span: Span) -> BoxNode {
        match local(i) {
            Some(index) => Box::new(IndexOne { object, index, span }),
            None => Box::new(IndexOne { object, index: Computed(self.node(i)), span }),
        }
    }

    fn index_two<A: Operand>(self, object: A, i: &Code, j: &Code, span: Span) -> BoxNode {
        match (local(i), local(j)) {
            (Some(row), Some(column)) => Box::new(IndexTwo { object, row, column, span }),
            _ => {
                let (row, column) = (Computed(self.node(i)), Computed(self.node(j)));
                Box::new(IndexTwo { object, row, column, span })
            }
        }
    }

    fn binary(self, op: BinaryOp, op_span: Span, lhs: &Code, rhs: &Code, span: Span) -> BoxNode {
        use arithmetic::{Add, Div, Eq, Ge, Gt, IntDiv, Le, Lt, Mul, Ne, Pow, Rem, Sub};
        let parts = Parts { lhs, rhs, op_span, span };
        match op {
            BinaryOp::Mul if is_adjoint(lhs) || is_adjoint(rhs) => {
                Box::new(AdjointProduct { lhs: self.side(lhs), rhs: self.side(rhs), op_span, span })
            }
            BinaryOp::Add => self.fast::<Add>(parts),
            BinaryOp::Sub => self.fast::<Sub>(parts),
            BinaryOp::Mul => self.fast::<Mul>(parts),
            BinaryOp::Div => self.fast::<Div>(parts),
            BinaryOp::IntDiv => self.fast::<IntDiv>(parts),
            BinaryOp::Rem => self.fast::<Rem>(parts),
            BinaryOp::Pow => self.fast::<Pow>(parts),
            BinaryOp::Eq => self.fast::<Eq>(parts),
            BinaryOp::Ne => self.fast::<Ne>(parts),
            BinaryOp::Lt => self.fast::<Lt>(parts),
            BinaryOp::Le => self.fast::<Le>(parts),
            BinaryOp::Gt => self.fast::<Gt>(parts),
            BinaryOp::Ge => self.fast::<Ge>(parts),
            _ => Box::new(Binary { op, lhs: self.node(lhs), rhs: self.node(rhs), op_span, span }),
        }
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

    fn fast<O: arithmetic::Fast>(self, parts: Parts<'_>) -> BoxNode {
        match (local(parts.lhs), &parts.lhs.kind) {
            (Some(lhs), _) => self.fast_lhs::<O, ReadLocal>(lhs, parts),
            (None, CodeKind::Read(Place::Global(global))) => {
                let lhs = ReadGlobal { global: global.clone(), span: parts.lhs.span };
                self.fast_lhs::<O, ReadGlobal>(lhs, parts)
            }
            _ => self.fast_lhs::<O, Computed>(Computed(self.node(parts.lhs)), parts),
        }
    }

    fn fast_lhs<O: arithmetic::Fast, A: Operand>(self, lhs: A, parts: Parts<'_>) -> BoxNode {
        let Parts { rhs, op_span, span, .. } = parts;
        if let Some(rhs) = local(rhs) {
            return Box::new(FastBinary::<O, A, ReadLocal> { lhs, rhs, op_span, span, op: PhantomData });
        }
        match &rhs.kind {
            CodeKind::Constant(value) => {
                let rhs = Constant { value: value.clone(), span: rhs.span };
                Box::new(FastBinary::<O, A, Constant> { lhs, rhs, op_span, span, op: PhantomData })
            }
            _ => {
                let rhs = Computed(self.node(rhs));
                Box::new(FastBinary::<O, A, Computed> { lhs, rhs, op_span, span, op: PhantomData })
            }
        }
    }
}

fn is_adjoint(code: &Code) -> bool {
    matches!(code.kind, CodeKind::Unary { op: UnaryOp::Adjoint, .. })
}

/// A binary operator's parts.
struct Parts<'a> {
    lhs: &'a Code,
    rhs: &'a Code,
    op_span: Span,
    span: Span,
}

fn call_with<C: Operand>(callee: C, args: Vec<BoxNode>, free: usize, span: Span) -> BoxNode {
    let mut args = args.into_iter();
    match (args.next(), args.next(), args.next()) {
        (None, _, _) => Box::new(Call { callee, args: [], free, span }),
        (Some(a), None, _) => Box::new(Call { callee, args: [a], free, span }),
        (Some(a), Some(b), None) => Box::new(Call { callee, args: [a, b], free, span }),
        (Some(a), Some(b), Some(c)) => Box::new(Call { callee, args: [a, b, c], free, span }),
    }
}

/// The operand of a local whose slot holds the value itself.
fn local(code: &Code) -> Option<ReadLocal> {
    match &code.kind {
        CodeKind::Read(Place::Local(local)) if !local.is_shared() => {
            Some(ReadLocal { slot: local.slot as usize, name: local.name.clone(), span: code.span })
        }
        _ => None,
    }
}

fn read(place: &Place, span: Span) -> BoxNode {
    match place {
        Place::Global(global) => Box::new(ReadGlobal { global: global.clone(), span }),
        Place::Local(local) => {
            let (slot, name) = (local.slot as usize, local.name.clone());
            if local.is_shared() {
                Box::new(ReadShared { slot, name, span })
            } else {
                Box::new(ReadLocal { slot, name, span })
            }
        }
    }
}

fn store_place(place: &Place, span: Span) -> Store {
    match place {
        Place::Global(global) => Store::Global(global.clone(), span),
        Place::Local(local) if local.is_shared() => Store::Shared(local.slot as usize),
        Place::Local(local) => Store::Local(local.slot as usize),
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
