//! Functions of the program: methods by number of arguments, binding of arguments, calls of any function value.

use super::bodies::Bodies;
use super::formula::FormulaCode;
use super::node::{BoxNode, Flow, Frame, Run, Thrown, put};
use super::probe::Probe;
use super::read::Few;
use super::vm::Vm;
use crate::codes::Code;
use crate::error::{Call, Diagnostic, Places};
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::library;
use crate::source::Span;
use crate::value::dotted::Formula;
use crate::value::function::{Arguments, Function, FunctionKind};
use crate::value::{Value, Variable};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Calls that an error report lists at most.
const MOST_CALLS: usize = 12;

/// The place of a call that a builtin makes; no call in a text is empty.
pub const UNPLACED: Span = Span { source: 0, start: 0, end: 0 };

/// What a [`FunctionKind::User`] holds: the methods of a function of the program.
pub struct UserFunction {
    methods: RefCell<Vec<Rc<Method>>>,
}

/// A method with the values that it captured.
pub struct Method {
    code: Rc<MethodCode>,
    captured: Box<[Value]>,
    /// Its function has got another method since: a call that chose this one must choose again.
    outdated: Cell<bool>,
}

/// A function's code, built.
pub struct MethodCode {
    pub name: Rc<str>,
    /// Positional parameters without a default.
    pub required: usize,
    /// Defaults of the parameters after them, in order.
    pub defaults: Vec<BoxNode>,
    /// The parameter after those takes all further arguments.
    pub rest: bool,
    /// Neither defaults, nor `rest...`, nor keywords: the arguments are the first slots.
    pub simple: bool,
    pub keywords: Vec<KeywordParam>,
    /// The slot that takes every other keyword argument.
    pub keyword_rest: Option<usize>,
    /// It captures variables, or shares its parameters with functions inside it.
    pub closed: bool,
    /// Slots of captured variables.
    pub captures: Vec<usize>,
    /// Parameters that functions share.
    pub shared: Vec<usize>,
    pub bodies: Bodies,
    /// Whether it may be run on a sample.
    pub probe: Option<Probe>,
    /// What it computes, if it is nothing but arithmetic.
    pub formula: Option<FormulaCode>,
    /// Slots of a frame.
    pub slots: usize,
    /// `f(x, y = 2)`
    pub head: String,
    pub span: Span,
}

/// A keyword parameter.
pub struct KeywordParam {
    pub name: Rc<str>,
    pub slot: usize,
    pub default: Option<BoxNode>,
}

impl UserFunction {
    /// A function value with one method.
    pub fn value(name: Rc<str>, method: Method) -> Value {
        let function = UserFunction { methods: RefCell::new(vec![Rc::new(method)]) };
        Value::Function(Rc::new(Function { name, kind: FunctionKind::User(Box::new(function)) }))
    }

    /// The function of the program behind a value.
    pub fn of(value: &Value) -> Option<&UserFunction> {
        match value {
            Value::Function(function) => UserFunction::of_function(function),
            _ => None,
        }
    }

    #[inline(always)]
    pub(super) fn of_function(function: &Function) -> Option<&UserFunction> {
        match &function.kind {
            FunctionKind::User(inside) => inside.downcast_ref(),
            _ => None,
        }
    }

    /// Was it defined under this name? A function that a name was merely assigned is not extended.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.methods.borrow().first().is_some_and(|m| &*m.code.name == name)
    }

    /// Adds a method; it takes the place of one with the same parameters.
    pub fn add(&self, method: Method) {
        let mut methods = self.methods.borrow_mut();
        // A call that chose one of them must choose again: what it holds is outdated, though it may be chosen again.
        for known in methods.iter_mut() {
            known.outdated.set(true);
            *known = Rc::new(Method::new(known.code.clone(), known.captured.clone()));
        }
        let same = |m: &Rc<Method>| m.code.arity() == method.code.arity();
        match methods.iter().position(same) {
            Some(k) => methods[k] = Rc::new(method),
            None => methods.push(Rc::new(method)),
        }
    }

    /// The method for this many positional arguments: a fixed number goes before `rest...`, later before earlier.
    #[inline(always)]
    pub(super) fn method(&self, count: usize) -> Option<Rc<Method>> {
        let methods = self.methods.borrow();
        if let [only] = methods.as_slice() {
            return only.code.takes(count).then(|| only.clone());
        }
        let fixed = methods.iter().rev().find(|m| !m.code.rest && m.code.takes(count));
        fixed.or_else(|| methods.iter().rev().find(|m| m.code.takes(count))).cloned()
    }

    /// Does this hold for the probes of all methods?
    pub(super) fn probes(&self, holds: impl Fn(Option<&Probe>) -> bool) -> bool {
        self.methods.borrow().iter().all(|method| holds(method.code.probe.as_ref()))
    }

    /// The heads of all methods, for messages.
    pub(super) fn heads(&self) -> Vec<String> {
        self.methods.borrow().iter().map(|m| m.code.head.clone()).collect()
    }

    /// Head and place of every method.
    pub fn definitions(&self) -> Vec<(String, Span)> {
        self.methods.borrow().iter().map(|m| (m.code.head.clone(), m.code.span)).collect()
    }

    /// Number of methods.
    pub fn method_count(&self) -> usize {
        self.methods.borrow().len()
    }
}

impl MethodCode {
    fn arity(&self) -> (usize, usize, bool) {
        (self.required, self.defaults.len(), self.rest)
    }

    #[inline(always)]
    fn takes(&self, count: usize) -> bool {
        count >= self.required && (self.rest || count <= self.required + self.defaults.len())
    }
}

impl Method {
    /// A method with the values of its captured variables.
    pub fn new(code: Rc<MethodCode>, captured: Box<[Value]>) -> Method {
        Method { code, captured, outdated: Cell::new(false) }
    }

    /// The text of its definition.
    pub(super) fn span(&self) -> Span {
        self.code.span
    }

    /// What the method computes, if it is nothing but arithmetic, with the values that its names stand for now.
    pub(super) fn formula(&self) -> Option<Formula> {
        let captured = |slot: usize| {
            let number = self.code.captures.iter().position(|captured| *captured == slot);
            number.map_or(Value::Undefined, |k| self.captured[k].clone())
        };
        self.code.formula.as_ref()?.now(captured)
    }

    /// Has its function had no other method since a call chose this one?
    #[inline(always)]
    pub(super) fn is_current(&self) -> bool {
        !self.outdated.get()
    }

    /// Runs the method in a frame whose first slots hold the arguments, and clears the frame. A builtin that calls it
    /// knows no place in the text: the call is [`UNPLACED`] until the builtin's own call is left.
    #[inline(always)]
    fn run(&self, params: usize, frame: &mut Frame, vm: &Vm, call: &Span) -> Run<Value> {
        let code = &*self.code;
        if code.closed {
            self.open(frame);
        }
        let result = code.bodies.body(&frame[..params]).eval(frame, vm);
        for slot in &mut frame[..code.slots] {
            put(slot, Value::Undefined);
        }
        match result {
            Ok(value) => Ok(value),
            Err(Thrown) => self.left(vm, *call),
        }
    }

    /// Puts the captured values in their slots, and makes parameters variables that functions share.
    #[inline(never)]
    fn open(&self, frame: &mut Frame) {
        for (slot, value) in self.code.captures.iter().zip(&self.captured) {
            frame[*slot] = value.clone();
        }
        for slot in &self.code.shared {
            share(&mut frame[*slot]);
        }
    }

    /// What leaves a body without being its value: a `return`, or an error that notes the call.
    #[cold]
    #[inline(never)]
    fn left(&self, vm: &Vm, call: Span) -> Run<Value> {
        match vm.take_unwinding() {
            Flow::Return => Ok(vm.take_returned()),
            Flow::Next => {
                if !self.code.name.is_empty() {
                    vm.note_call(Call { name: self.code.name.to_string(), span: call }, MOST_CALLS);
                }
                Err(Thrown)
            }
            Flow::Break | Flow::Continue => {
                Err(vm.error(ErrorKind::ParseError, "`break` and `continue` stand inside a loop", self.code.span))
            }
        }
    }

    /// Calls with the arguments in hand, in the free part of the caller's frame.
    #[inline(always)]
    pub(super) fn call<const N: usize>(
        &self,
        args: &mut Few<N>,
        free: Option<&mut Frame>,
        vm: &Vm,
        call: &Span,
    ) -> Run<Value> {
        match free {
            Some(frame) if self.code.simple && frame.len() > self.code.slots && vm.has_stack() => {
                vm.poll(call)?;
                args.move_to(frame);
                self.run(N, frame, vm, call)
            }
            _ => self.call_slice(args, &[], vm, *call),
        }
    }

    /// Calls with any number of arguments, in a piece of the value stack of its own.
    pub(super) fn call_slice(&self, args: &[Value], keyword: &[(Rc<str>, Value)], vm: &Vm, call: Span) -> Run<Value> {
        if !vm.has_stack() {
            return Err(stack_overflow(vm, self.place(call)));
        }
        vm.poll(&self.place(call))?;
        let params = self.code.bodies.params();
        vm.with_segment(self.code.slots, |frame| {
            if self.code.simple && keyword.is_empty() {
                frame[..args.len()].clone_from_slice(args);
                return self.run(params, frame, vm, &call);
            }
            if let Err(Thrown) = self.bind(args, keyword, frame, vm, self.place(call)) {
                frame[..self.code.slots].fill(Value::Undefined);
                return Err(Thrown);
            }
            self.run(params, frame, vm, &call)
        })
    }

    /// Where the call stands in the text, or else the function.
    fn place(&self, call: Span) -> Span {
        if call == UNPLACED { self.code.span } else { call }
    }

    /// Puts arguments, defaults and keywords in their slots. A default sees the parameters before its own.
    fn bind(&self, args: &[Value], keyword: &[(Rc<str>, Value)], frame: &mut Frame, vm: &Vm, call: Span) -> Run<()> {
        let code = &*self.code;
        // Defaults may read what was captured.
        for (slot, value) in code.captures.iter().zip(&self.captured) {
            frame[*slot] = value.clone();
        }
        let positional = code.required + code.defaults.len();
        let given = args.len().min(positional);
        frame[..given].clone_from_slice(&args[..given]);
        (0..given).for_each(|slot| self.share(slot, frame));
        for k in given..positional {
            frame[k] = code.defaults[k - code.required].eval(frame, vm)?;
            self.share(k, frame);
        }
        if code.rest {
            frame[positional] = Value::tuple(args[given..].to_vec());
            self.share(positional, frame);
        }
        for param in &code.keywords {
            let passed = keyword.iter().rev().find(|(name, _)| *name == param.name);
            frame[param.slot] = match (passed, &param.default) {
                (Some((_, value)), _) => value.clone(),
                (None, Some(default)) => default.eval(frame, vm)?,
                (None, None) => {
                    let message = format!("{} needs the keyword argument `{}`", code.head, param.name);
                    return Err(vm.error(ErrorKind::UndefKeywordError, message, call));
                }
            };
            self.share(param.slot, frame);
        }
        let unknown = keyword.iter().filter(|(name, _)| !code.keywords.iter().any(|p| p.name == *name));
        let unknown: Vec<(Rc<str>, Value)> = unknown.cloned().collect();
        match (code.keyword_rest, unknown.first()) {
            (Some(slot), _) => {
                let fields = unknown.iter().map(|(name, value)| (&**name, value.clone())).collect();
                frame[slot] = Value::named_tuple(fields);
                Ok(())
            }
            (None, None) => Ok(()),
            (None, Some((name, _))) => Err(self.unknown_keyword(name, vm, call)),
        }
    }

    /// Makes the parameter in a slot a variable, if functions share it.
    fn share(&self, slot: usize, frame: &mut Frame) {
        if self.code.shared.contains(&slot) {
            share(&mut frame[slot]);
        }
    }

    #[cold]
    fn unknown_keyword(&self, name: &str, vm: &Vm, call: Span) -> Thrown {
        let head = &self.code.head;
        let message = format!("{head} has no keyword argument `{name}`");
        let names = self.code.keywords.iter().map(|p| &*p.name);
        let near = crate::suggest::nearest(name, names, 1);
        let diagnostic = Diagnostic::new(ErrorKind::MethodError, message, call).code(Code::UnknownKeyword);
        vm.throw(near.iter().fold(diagnostic, |d, near| d.hint(format!("did you mean `{near}`?"))))
    }
}

/// Makes a slot's value a variable that functions share, unless it is one already.
fn share(slot: &mut Value) {
    if !matches!(slot, Value::Variable(_)) {
        let value = std::mem::replace(slot, Value::Undefined);
        *slot = Value::Variable(Rc::new(Variable::new(value)));
    }
}

#[cold]
#[inline(never)]
fn stack_overflow(vm: &Vm, call: Span) -> Thrown {
    vm.throw(
        Diagnostic::new(ErrorKind::StackOverflowError, "the calls are nested too deeply", call)
            .rule("a function that calls itself needs a case in which it does not"),
    )
}

/// `f ∘ g`
pub fn compose(f: &Value, g: &Value) -> Value {
    let name = Rc::from("∘");
    Value::Function(Rc::new(Function { name, kind: FunctionKind::Composed(f.clone(), g.clone()) }))
}

/// Calls any function value for a builtin.
pub fn call_value(vm: &Vm, function: &Value, args: &[Value], keyword: &[(Rc<str>, Value)]) -> Outcome<Value> {
    match function {
        Value::Function(inner) => match &inner.kind {
            FunctionKind::Builtin(builtin) => {
                library::call(builtin, &Arguments { name: &inner.name, positional: args, keyword }, vm)
            }
            FunctionKind::User(_) => {
                let user = UserFunction::of_function(inner).expect("user functions hold a UserFunction");
                let Some(method) = user.method(args.len()) else { return Err(wrong_count(inner, user, args.len())) };
                method.call_slice(args, keyword, vm, UNPLACED).map_err(|Thrown| Fault::Passing)
            }
            FunctionKind::Composed(f, g) => {
                let inside = call_value(vm, g, args, keyword)?;
                call_value(vm, f, &[inside], &[])
            }
            FunctionKind::Partial(f, right) => {
                let [left] = args else { return Err(Fault::method(format!("{} takes one argument", inner.name))) };
                call_value(vm, f, &[left.clone(), right.clone()], keyword)
            }
            FunctionKind::Operator { op, unary, dotted } => call_operator(vm, *op, *unary, *dotted, args),
        },
        Value::Type(ty) => library::construct(ty, &Arguments { name: ty.name(), positional: args, keyword }, vm),
        Value::Scaling(scale) => library::call_scaling(scale, &Arguments { name: "I", positional: args, keyword }),
        other => Err(not_callable(vm, other)),
    }
}

#[cold]
fn not_callable(vm: &Vm, value: &Value) -> Fault {
    let fault = Fault::method(format!("{} is not a function", vm.describe(value))).code(Code::NotAFunction);
    match value {
        Value::Array(_) | Value::Range(_) | Value::Tuple(_) | Value::Str(_) => {
            fault.rule("parentheses call a function; elements are read with brackets: `A[1, 2]`")
        }
        _ => fault.rule("only functions and types can be called"),
    }
}

#[cold]
fn wrong_count(function: &Function, user: &UserFunction, count: usize) -> Fault {
    let arguments = if count == 1 { "1 argument".to_string() } else { format!("{count} arguments") };
    let heads = user.heads();
    let fault = Fault::method(format!("{} has no method with {arguments}", function.name)).code(Code::ArgumentCount);
    heads.iter().fold(fault, |fault, head| fault.hint(format!("it is defined as {head}")))
}

/// An operator called by its name: `+(1, 2, 3)`, `map(*, a, b)`.
fn call_operator(
    vm: &Vm,
    op: Option<crate::op::BinaryOp>,
    unary: Option<crate::op::UnaryOp>,
    dotted: bool,
    args: &[Value],
) -> Outcome<Value> {
    use crate::kernel::broadcast::{Dotted, broadcast};
    use crate::kernel::operators;
    use crate::op::BinaryOp;
    match (op, unary, args) {
        (_, Some(unary), [a]) if dotted => {
            broadcast(&Dotted::Unary(unary, Box::new(Dotted::Leaf(0))), std::slice::from_ref(a), vm)
        }
        (_, Some(unary), [a]) => operators::unary(unary, a),
        (Some(op), _, [a, b]) if dotted => {
            let tree = Dotted::Binary(op, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
            broadcast(&tree, &[a.clone(), b.clone()], vm)
        }
        (Some(BinaryOp::Add | BinaryOp::Mul | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor), _, [a, b, rest @ ..])
            if dotted && !rest.is_empty() =>
        {
            let first = call_operator(vm, op, None, true, &[a.clone(), b.clone()])?;
            rest.iter().try_fold(first, |so_far, next| call_operator(vm, op, None, true, &[so_far, next.clone()]))
        }
        (Some(BinaryOp::Pipe), _, [a, f]) => call_value(vm, f, std::slice::from_ref(a), &[]),
        (Some(BinaryOp::PipeLeft), _, [f, a]) => call_value(vm, f, std::slice::from_ref(a), &[]),
        (Some(BinaryOp::Compose), _, [f, rest @ ..]) => {
            Ok(rest.iter().fold(f.clone(), |composed, g| compose(&composed, g)))
        }
        (Some(BinaryOp::Pair), _, [a, b]) => Ok(Value::Pair(Rc::new((a.clone(), b.clone())))),
        (Some(op), _, [a, b]) => operators::binary(op, a, b),
        (Some(BinaryOp::Mul | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor), _, [a]) => Ok(a.clone()),
        // `==(2)`, `in(v)`: the right operand is given, the left one comes later.
        (Some(op), _, [right]) if op.is_comparison() => {
            let name: Rc<str> = Rc::from(op.text());
            let kind = FunctionKind::Operator { op: Some(op), unary: None, dotted: false };
            let function = Value::Function(Rc::new(Function { name: name.clone(), kind }));
            Ok(Value::Function(Rc::new(Function { name, kind: FunctionKind::Partial(function, right.clone()) })))
        }
        (
            Some(op @ (BinaryOp::Add | BinaryOp::Mul | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor)),
            _,
            [a, b, rest @ ..],
        ) => {
            let first = operators::binary(op, a, b)?;
            rest.iter().try_fold(first, |sum, next| operators::binary(op, &sum, next))
        }
        (None, None, [start, stop]) => range(start, None, stop),
        (None, None, [start, step, stop]) => range(start, Some(step), stop),
        _ => {
            let name = op.map_or_else(|| unary.map_or(":", |u| u.text()), |op| op.text());
            Err(Fault::method(format!("the operator {name} does not take {} arguments", args.len()))
                .code(Code::ArgumentCount))
        }
    }
}

fn range(start: &Value, step: Option<&Value>, stop: &Value) -> Outcome<Value> {
    Ok(Value::Range(Rc::new(crate::value::Range::from_values(start, step, stop)?)))
}

/// Calls any function value at a place in the text.
pub fn call_at(vm: &Vm, function: &Value, args: &[Value], span: Span) -> Run<Value> {
    if let Some(user) = UserFunction::of(function)
        && let Some(method) = user.method(args.len())
    {
        return method.call_slice(args, &[], vm, span);
    }
    call_value(vm, function, args, &[]).map_err(|fault| vm.fault(fault, Places::at(span)))
}
