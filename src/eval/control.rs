//! Control: blocks, conditions, loops, `return`, `try`, and the scopes that begin anew.

use super::assign::Store;
use super::kind::Kind;
use super::node::{BoxNode, Condition, Flow, Frame, Node, Run, Thrown, put};
use super::vm::Vm;
use crate::error::Diagnostic;
use crate::progress::Loop;
use crate::source::Span;
use crate::value::iterate::Cursor;
use crate::value::{ErrorValue, Range, Value, Variable};
use std::rc::Rc;

/// Statements in order; the last one's value is the block's.
pub struct Block {
    pub items: Vec<BoxNode>,
    /// It ends a function, so that a `return` in it need not be thrown.
    pub tail: bool,
    pub span: Span,
}

impl Node for Block {
    fn kind(&self) -> Kind {
        // A `return` before the end gives another value only where the block ends a function, whose kind nobody asks.
        self.items.last().map_or(Kind::Any, |last| last.kind())
    }
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let Some((last, init)) = self.items.split_last() else { return Ok(Value::Nothing) };
        for item in init {
            match item.exec(frame, vm)? {
                Flow::Next => {}
                Flow::Return if self.tail => return Ok(vm.take_returned()),
                flow => return Err(vm.unwind(flow)),
            }
        }
        last.eval(frame, vm)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        for item in &self.items {
            let flow = item.exec(frame, vm)?;
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// What happens to a slot when its scope is entered again.
pub enum Fresh {
    /// It forgets its value.
    Forget(usize),
    /// It gets a new variable for functions to share.
    Variable(usize),
}

impl Fresh {
    #[inline(always)]
    pub(super) fn apply(&self, frame: &mut Frame) {
        match self {
            Fresh::Forget(slot) => put(&mut frame[*slot], Value::Undefined),
            Fresh::Variable(slot) => {
                let variable = Rc::new(Variable::new(Value::Undefined));
                put(&mut frame[*slot], Value::Variable(variable));
            }
        }
    }
}

/// A body with variables of its own.
pub struct Scope {
    pub fresh: Vec<Fresh>,
    pub body: BoxNode,
}

impl Node for Scope {
    fn kind(&self) -> Kind {
        self.body.kind()
    }
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.fresh.iter().for_each(|f| f.apply(frame));
        self.body.eval(frame, vm)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        self.fresh.iter().for_each(|f| f.apply(frame));
        self.body.exec(frame, vm)
    }
    fn span(&self) -> Span {
        self.body.span()
    }
}

/// `a && b`, `a || b`. The right side's value is the result where it decides.
pub struct Logic {
    pub lhs: BoxNode,
    pub rhs: BoxNode,
    /// `&&`
    pub and: bool,
    pub span: Span,
}

impl Logic {
    /// Does the left side leave the answer to the right one?
    #[inline(always)]
    fn undecided(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        match self.lhs.cond(frame, vm) {
            Ok(lhs) => Ok(lhs == self.and),
            Err(Thrown) => Err(super::offers::logic(vm, self.and, self.lhs.span(), self.rhs.span())),
        }
    }
}

impl Node for Logic {
    fn kind(&self) -> Kind {
        Kind::Bool.or(self.rhs.kind())
    }
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        if self.undecided(frame, vm)? { self.rhs.eval(frame, vm) } else { Ok(Value::bool(!self.and)) }
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        if self.undecided(frame, vm)? { self.rhs.exec(frame, vm) } else { Ok(Flow::Next) }
    }
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        if self.undecided(frame, vm)? { self.rhs.cond(frame, vm) } else { Ok(!self.and) }
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `if c … else … end`, `c ? a : b`; further arms stand in `other`.
pub struct If<C> {
    pub cond: C,
    pub then: BoxNode,
    pub other: Option<BoxNode>,
    pub span: Span,
}

impl<C: Condition> Node for If<C> {
    fn kind(&self) -> Kind {
        self.other.as_ref().map_or(Kind::Any, |other| self.then.kind().or(other.kind()))
    }
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        if self.cond.holds(frame, vm)? {
            return self.then.eval(frame, vm);
        }
        match &self.other {
            Some(other) => other.eval(frame, vm),
            None => Ok(Value::Nothing),
        }
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        if self.cond.holds(frame, vm)? {
            return self.then.exec(frame, vm);
        }
        match &self.other {
            Some(other) => other.exec(frame, vm),
            None => Ok(Flow::Next),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// Takes what a round of a loop left behind, thrown or not. Nothing: another round follows; else the loop ends so.
#[inline(always)]
fn after_round(result: Run<Flow>, vm: &Vm) -> Run<Option<Flow>> {
    match result {
        Ok(Flow::Next) => Ok(None),
        other => after_leaving(other, vm),
    }
}

#[inline(never)]
fn after_leaving(result: Run<Flow>, vm: &Vm) -> Run<Option<Flow>> {
    let flow = match result {
        Ok(flow) => flow,
        Err(Thrown) => match vm.take_unwinding() {
            Flow::Next => return Err(Thrown),
            flow => flow,
        },
    };
    Ok(match flow {
        Flow::Next | Flow::Continue => None,
        Flow::Break | Flow::Return => Some(flow),
    })
}

/// A loop's value is nothing, unless control leaves the function from inside it.
fn loop_value(flow: Flow, vm: &Vm) -> Run<Value> {
    match flow {
        Flow::Next => Ok(Value::Nothing),
        flow => Err(vm.unwind(flow)),
    }
}

/// `while c … end`
pub struct While<C> {
    pub cond: C,
    pub body: BoxNode,
    pub span: Span,
}

impl<C: Condition> Node for While<C> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let flow = self.exec(frame, vm)?;
        loop_value(flow, vm)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        while self.cond.holds(frame, vm)? {
            vm.poll(&self.span)?;
            match after_round(self.body.exec(frame, vm), vm)? {
                None => {}
                Some(Flow::Return) => return Ok(Flow::Return),
                Some(_) => break,
            }
        }
        Ok(Flow::Next)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `for target in iterable … end`
pub struct For {
    pub target: Store,
    pub iterable: BoxNode,
    pub body: BoxNode,
    pub fresh: Vec<Fresh>,
    /// It stands in another clause of the same `for`: `break` leaves that one too.
    pub inner: bool,
    pub span: Span,
}

impl For {
    #[inline(always)]
    fn round(&self, value: Value, frame: &mut Frame, vm: &Vm) -> Run<Option<Flow>> {
        vm.poll(&self.span)?;
        for fresh in &self.fresh {
            fresh.apply(frame);
        }
        self.target.store(value, frame, vm)?;
        after_round(self.body.exec(frame, vm), vm)
    }

    /// Counts in a local: by far the commonest loop, in which nothing is looked up between the rounds.
    #[inline(never)]
    fn count(&self, slot: usize, [start, step]: [i64; 2], len: usize, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        let progress = Loop::begin(len);
        let mut next = start;
        for round in 0..len {
            if let Some(progress) = &progress {
                progress.done(round);
            }
            vm.poll(&self.span)?;
            put(&mut frame[slot], Value::Int(next));
            if let Some(flow) = after_round(self.body.exec(frame, vm), vm)? {
                return Ok(self.left(flow));
            }
            next = next.wrapping_add(step);
        }
        Ok(Flow::Next)
    }

    /// How the loop ends that was left in a round.
    fn left(&self, flow: Flow) -> Flow {
        match flow {
            Flow::Break if !self.inner => Flow::Next,
            flow => flow,
        }
    }
}

impl Node for For {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let flow = self.exec(frame, vm)?;
        loop_value(flow, vm)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        let over = self.iterable.eval(frame, vm)?;
        if let Value::Range(range) = &over
            && let Range::Int { start, step, len, .. } = **range
        {
            if let (Store::Local(slot), []) = (&self.target, self.fresh.as_slice()) {
                return self.count(*slot, [start, step], len, frame, vm);
            }
            let mut next = start;
            let progress = Loop::begin(len);
            for round in 0..len {
                if let Some(progress) = &progress {
                    progress.done(round);
                }
                if let Some(flow) = self.round(Value::Int(next), frame, vm)? {
                    return Ok(self.left(flow));
                }
                next = next.wrapping_add(step);
            }
            return Ok(Flow::Next);
        }
        let mut cursor = vm.at(Cursor::new(&over), self.iterable.span())?;
        while let Some(value) = vm.at(cursor.next(vm), self.iterable.span())? {
            if let Some(flow) = self.round(value, frame, vm)? {
                return Ok(self.left(flow));
            }
        }
        Ok(Flow::Next)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `return value`
pub struct Return {
    pub value: BoxNode,
    pub span: Span,
}

impl Node for Return {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let flow = self.exec(frame, vm)?;
        Err(vm.unwind(flow))
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        let value = self.value.eval(frame, vm)?;
        vm.set_returned(value);
        Ok(Flow::Return)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `break`, `continue`
pub struct Leave {
    pub flow: Flow,
    pub span: Span,
}

impl Node for Leave {
    fn eval(&self, _: &mut Frame, vm: &Vm) -> Run<Value> {
        Err(vm.unwind(self.flow))
    }
    fn exec(&self, _: &mut Frame, _: &Vm) -> Run<Flow> {
        Ok(self.flow)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `try … catch e … else … finally … end`
pub struct Try {
    pub body: BoxNode,
    pub error: Option<Store>,
    pub catch: Option<BoxNode>,
    pub other: Option<BoxNode>,
    pub finally: Option<BoxNode>,
    pub span: Span,
}

impl Try {
    fn guarded<T>(
        &self,
        frame: &mut Frame,
        vm: &Vm,
        run: impl Fn(&dyn Node, &mut Frame, &Vm) -> Run<T>,
        nothing: T,
    ) -> Run<T> {
        match run(&*self.body, frame, vm) {
            Ok(value) => match &self.other {
                Some(other) => run(&**other, frame, vm),
                None => Ok(value),
            },
            Err(Thrown) => {
                let flow = vm.take_unwinding();
                if flow != Flow::Next {
                    return Err(vm.unwind(flow));
                }
                let diagnostic = vm.take_raised();
                if vm.ends_program(&diagnostic) {
                    return Err(vm.throw_again(diagnostic));
                }
                let Some(catch) = &self.catch else {
                    return if self.finally.is_some() { Err(vm.throw_again(diagnostic)) } else { Ok(nothing) };
                };
                let value = caught(vm, &diagnostic);
                vm.enter_catch(*diagnostic, value.clone());
                let result = self.handle(&**catch, value, frame, vm, run);
                vm.leave_catch();
                result
            }
        }
    }

    fn handle<T>(
        &self,
        catch: &dyn Node,
        value: Value,
        frame: &mut Frame,
        vm: &Vm,
        run: impl Fn(&dyn Node, &mut Frame, &Vm) -> Run<T>,
    ) -> Run<T> {
        if let Some(error) = &self.error {
            error.store(value, frame, vm)?;
        }
        run(catch, frame, vm)
    }

    /// Runs `finally` whatever happened, and lets what happened go on unless `finally` itself leaves.
    fn finish<T>(&self, result: Run<T>, frame: &mut Frame, vm: &Vm) -> Run<T> {
        let Some(finally) = &self.finally else { return result };
        let pending = match &result {
            Ok(_) => None,
            Err(Thrown) => Some(match vm.take_unwinding() {
                Flow::Next => Err((vm.take_raised(), vm.take_thrown_value())),
                flow => Ok((flow, vm.take_returned())),
            }),
        };
        match finally.exec(frame, vm)? {
            Flow::Next => {}
            flow => return Err(vm.unwind(flow)),
        }
        match pending {
            None => result,
            Some(Err((diagnostic, thrown))) => {
                vm.keep_thrown_value(thrown);
                Err(vm.throw_again(diagnostic))
            }
            Some(Ok((flow, value))) => {
                vm.set_returned(value);
                Err(vm.unwind(flow))
            }
        }
    }
}

impl Node for Try {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let result = self.guarded(frame, vm, |node, frame, vm| node.eval(frame, vm), Value::Nothing);
        self.finish(result, frame, vm)
    }
    fn exec(&self, frame: &mut Frame, vm: &Vm) -> Run<Flow> {
        // Control that leaves must pass `finally`, so it is thrown like an error and caught by the loop or function.
        let run = |node: &dyn Node, frame: &mut Frame, vm: &Vm| match node.exec(frame, vm)? {
            Flow::Next => Ok(Flow::Next),
            flow => Err(vm.unwind(flow)),
        };
        let result = self.guarded(frame, vm, run, Flow::Next);
        self.finish(result, frame, vm)
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// The value that `catch e` binds.
fn caught(vm: &Vm, diagnostic: &Diagnostic) -> Value {
    vm.take_thrown_value().unwrap_or_else(|| {
        Value::Error(Rc::new(ErrorValue {
            kind: diagnostic.kind,
            message: diagnostic.message.clone(),
            fields: Vec::new(),
        }))
    })
}
