//! Call nodes. One to three plain arguments are evaluated on the machine's stack and put straight into the callee's frame.

use super::function::{Method, UserFunction, call_value};
use super::kind::Kind;
use super::node::{BoxNode, Frame, Node, Run, Thrown};
use super::offers;
use super::read::{Computed, Few, Operand, ReadGlobal};
use super::vm::Vm;
use crate::fault::Fault;
use crate::library;
use crate::source::Span;
use crate::value::function::{
    Arguments, Call as BuiltinCall, FunctionKind, OnFloat, OnFloat2, OnInt, OnInt2, Quick, Run as BuiltinRun, Scalar,
    Scalar2,
};
use crate::value::{Builtin, Function, Value};
use std::cell::UnsafeCell;
use std::rc::{Rc, Weak};

/// A call with N plain arguments.
pub struct Call<C, const N: usize> {
    pub callee: C,
    pub args: [Computed; N],
    /// Where the caller's own slots end: callees live behind.
    pub free: usize,
    /// What was called last, while the callee can be seen to be the same.
    pub chosen: Chosen,
    pub span: Span,
}

/// What a call chose last. Looked at before every call, so it is kept without the count of a `RefCell`.
#[derive(Default)]
pub struct Chosen(UnsafeCell<Option<Known>>);

/// What a function gave to call for a number of arguments. Neither is kept alive.
struct Known {
    function: *const Function,
    /// No other function is made at its address.
    _function: Weak<Function>,
    choice: Choice<Weak<Method>>,
}

impl Chosen {
    /// What was called last, if another choice would be the same.
    #[inline(always)]
    fn get(&self, callee: &impl Callee) -> Option<Choice<Rc<Method>>> {
        // SAFETY: the reference lives only until this returns. Comparing the callee and counting a method run no code that
        // could reach this call; nodes are not shared between threads (`Rc`).
        let known = unsafe { &*self.0.get() }.as_ref().filter(|known| callee.is(known.function))?;
        match &known.choice {
            Choice::Method(method) => method.upgrade().filter(|m| m.is_current()).map(Choice::Method),
            Choice::Builtin(builtin) => Some(Choice::Builtin(*builtin)),
        }
    }

    /// Keeps a choice for the next call, if it can be seen then that the callee is the same.
    fn set(&self, callee: &impl Callee, function: &Rc<Function>, choice: &Choice<Rc<Method>>) {
        let at = Rc::as_ptr(function);
        if !callee.is(at) {
            return;
        }
        let choice = match choice {
            Choice::Method(method) => Choice::Method(Rc::downgrade(method)),
            Choice::Builtin(builtin) => Choice::Builtin(*builtin),
        };
        let known = Known { function: at, _function: Rc::downgrade(function), choice };
        // SAFETY: as for `get`, whose reference has ended; what is replaced is dropped after the write is finished.
        let old = unsafe { (*self.0.get()).replace(known) };
        drop(old);
    }
}

/// What is called: a method of the program, counted or not, or a builtin.
enum Choice<M> {
    Method(M),
    Builtin(Decided),
}

/// A builtin, and its function if the number of arguments fits.
#[derive(Clone, Copy)]
struct Decided {
    builtin: &'static Builtin,
    run: Option<BuiltinCall>,
}

impl Choice<Rc<Method>> {
    fn of(function: &Function, count: usize) -> Option<Choice<Rc<Method>>> {
        match &function.kind {
            FunctionKind::Builtin(builtin) => {
                Some(Choice::Builtin(Decided { builtin, run: library::decided(builtin, count) }))
            }
            _ => UserFunction::of_function(function)?.method(count).map(Choice::Method),
        }
    }
}

/// What is known of a call when it is built.
#[derive(Clone, Copy, Default)]
pub struct KnownCall {
    /// The slot of the first argument, if that is a local that the other arguments cannot change: its array is not counted.
    pub kept: Option<usize>,
    /// Whoever runs it makes sure that the called name still stands for what it stood for.
    pub trusted: bool,
}

/// What a call calls.
pub trait Callee: Operand {
    /// Does it hold this function now? Asked to save counting it; `false` if that cannot be seen.
    fn is(&self, function: *const Function) -> bool;

    /// The node of a call of it.
    fn node<const N: usize>(call: Call<Self, N>, _known: KnownCall) -> BoxNode
    where
        Self: Sized,
    {
        Box::new(call)
    }
}

impl Callee for ReadGlobal {
    #[inline(always)]
    fn is(&self, function: *const Function) -> bool {
        self.global.variable.is_function(function)
    }

    fn node<const N: usize>(call: Call<ReadGlobal, N>, known: KnownCall) -> BoxNode {
        match QuickCall::new(call, known) {
            Ok(quick) => Box::new(quick),
            Err(call) => Box::new(call),
        }
    }
}

impl Callee for Computed {
    #[inline(always)]
    fn is(&self, _: *const Function) -> bool {
        false
    }
}

impl<C: Callee, const N: usize> Node for Call<C, N> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        match self.chosen.get(&self.callee) {
            Some(Choice::Method(method)) => {
                let mut args = Few::new();
                args.fill(&self.args, frame, vm)?;
                method.call(&mut args, frame.get_mut(self.free..), vm, &self.span)
            }
            Some(Choice::Builtin(builtin)) => self.builtin(builtin, frame, vm),
            None => self.choose(frame, vm),
        }
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<C: Callee, const N: usize> Call<C, N> {
    /// Calls a builtin whose function need not be counted.
    #[inline(never)]
    fn builtin(&self, decided: Decided, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let mut args = Few::new();
        args.fill(&self.args, frame, vm)?;
        self.run_builtin(decided, &args, vm)
    }

    fn run_builtin(&self, Decided { builtin, run }: Decided, args: &Few<N>, vm: &Vm) -> Run<Value> {
        let callee = || Value::Function(Rc::new(Function::builtin(builtin)));
        if let Some(run) = run {
            let arguments = Arguments { name: builtin.name(), positional: args, keyword: &[] };
            return run(&arguments, vm).map_err(|fault| self.refused(&callee(), args, fault, vm));
        }
        match fast(builtin, args) {
            Some(value) => Ok(value),
            None => self.slow(&callee(), args, vm),
        }
    }

    #[inline(never)]
    fn choose(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let callee = self.callee.get(frame, vm)?;
        let mut args = Few::<N>::new();
        args.fill(&self.args, frame, vm)?;
        if let Value::Function(function) = &callee
            && let Some(choice) = Choice::of(function, N)
        {
            self.chosen.set(&self.callee, function, &choice);
            match choice {
                Choice::Method(method) => {
                    return method.call(&mut args, frame.get_mut(self.free..), vm, &self.span);
                }
                Choice::Builtin(Decided { builtin, .. }) => {
                    if let Some(value) = fast(builtin, &args) {
                        return Ok(value);
                    }
                }
            }
        }
        self.slow(&callee, &args, vm)
    }

    #[inline(never)]
    fn slow(&self, callee: &Value, args: &[Value], vm: &Vm) -> Run<Value> {
        call_value(vm, callee, args, &[]).map_err(|fault| self.refused(callee, args, fault, vm))
    }

    /// The fault of the called function, at the places of the call.
    #[cold]
    fn refused(&self, callee: &Value, args: &[Value], fault: Fault, vm: &Vm) -> Thrown {
        refused(vm, callee, args, fault, self.callee.span(), &self.args.each_ref().map(|arg| arg.0.span()))
    }
}

/// The fault of a called function, at the places of the called name and the arguments.
#[cold]
pub fn refused(vm: &Vm, callee: &Value, args: &[Value], fault: Fault, name: Span, spans: &[Span]) -> Thrown {
    vm.passing(name);
    offers::call(vm, callee, args, fault, offers::CallPlaces { callee: name, args: spans })
}

/// A call of a builtin that serves the commonest arguments on the spot: `push!(v, x)`, `length(v)`.
pub struct QuickCall<const N: usize> {
    quick: &'static Quick,
    /// What the called name stands for while the call may be served so.
    function: Rc<Function>,
    decided: Decided,
    known: KnownCall,
    call: Call<ReadGlobal, N>,
}

impl<const N: usize> QuickCall<N> {
    /// The node of a call, if it calls such a builtin now.
    fn new(call: Call<ReadGlobal, N>, known: KnownCall) -> Result<QuickCall<N>, Call<ReadGlobal, N>> {
        let Value::Function(function) = call.callee.global.variable.get() else { return Err(call) };
        let FunctionKind::Builtin(builtin) = &function.kind else { return Err(call) };
        match &builtin.run {
            BuiltinRun::Quick(quick, _) if quick.arguments == N => {
                let decided = Decided { builtin, run: library::decided(builtin, N) };
                Ok(QuickCall { quick, function, decided, known, call })
            }
            _ => Err(call),
        }
    }
}

impl<const N: usize> Node for QuickCall<N> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        if !self.known.trusted && !self.call.callee.is(Rc::as_ptr(&self.function)) {
            return self.call.eval(frame, vm);
        }
        let mut args = Few::<N>::new();
        // The error for an undefined variable comes before what the other arguments do.
        let kept = self.known.kept.filter(|slot| !matches!(frame[*slot], Value::Undefined));
        let served = match kept {
            Some(slot) => {
                args.fill_rest(&self.call.args, frame, vm)?;
                let served = (self.quick.run)(&frame[slot], &args[1..]);
                if served.is_none() {
                    args.put(0, frame[slot].clone());
                }
                served
            }
            None => {
                args.fill(&self.call.args, frame, vm)?;
                (self.quick.run)(&args[0], &args[1..])
            }
        };
        match served {
            Some(value) => Ok(value),
            None => self.call.run_builtin(self.decided, &args, vm),
        }
    }
    fn kind(&self) -> Kind {
        if self.known.trusted { Kind::given(self.quick.gives) } else { Kind::Any }
    }
    fn span(&self) -> Span {
        self.call.span
    }
}

/// A builtin of one or two numbers on real numbers in its domain.
#[inline(always)]
fn fast(builtin: &Builtin, args: &[Value]) -> Option<Value> {
    match (&builtin.run, args) {
        (BuiltinRun::Scalar(scalar), [x]) => fast_scalar(scalar, x),
        (BuiltinRun::Scalar2(scalar), [x, y]) => fast_scalar2(scalar, x, y),
        _ => None,
    }
}

#[inline(always)]
fn fast_scalar(scalar: &Scalar, arg: &Value) -> Option<Value> {
    match (arg, &scalar.int) {
        (Value::Float(x), _) => on_float(scalar, x.get()),
        (Value::Int(x), OnInt::ViaFloat) => on_float(scalar, *x as f64),
        (Value::Int(x), OnInt::ToBool(f)) => Some(Value::bool(f(*x))),
        (Value::Int(x), OnInt::ToInt(f)) => f(*x).ok().map(Value::Int),
        _ => None,
    }
}

#[inline(always)]
fn on_float(scalar: &Scalar, x: f64) -> Option<Value> {
    if scalar.domain.as_ref().is_some_and(|d| !(d.allows)(x)) {
        return None;
    }
    match scalar.float {
        OnFloat::ToFloat(f) => Some(Value::float(f(x))),
        OnFloat::ToBool(f) => Some(Value::bool(f(x))),
        OnFloat::No => None,
    }
}

/// On two numbers of one type.
#[inline(always)]
fn fast_scalar2(scalar: &Scalar2, x: &Value, y: &Value) -> Option<Value> {
    match (x, y) {
        (Value::Int(x), Value::Int(y)) => match scalar.int {
            OnInt2::ToInt(f) => f(*x, *y).ok().map(Value::Int),
            OnInt2::ToBool(f) => Some(Value::bool(f(*x, *y))),
            OnInt2::ViaFloat | OnInt2::No => None,
        },
        (Value::Float(x), Value::Float(y)) => match scalar.float {
            OnFloat2::ToFloat(f) => Some(Value::float(f(x.get(), y.get()))),
            OnFloat2::ToBool(f) => Some(Value::bool(f(x.get(), y.get()))),
            OnFloat2::No => None,
        },
        _ => None,
    }
}

/// An argument, item or index that may be spread.
pub struct Item {
    pub node: BoxNode,
    pub splat: bool,
}

/// Evaluates items, spreading the splatted ones.
pub fn items(items: &[Item], frame: &mut Frame, vm: &Vm) -> Run<Vec<Value>> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        let value = item.node.eval(frame, vm)?;
        if item.splat {
            values.extend(vm.at(crate::value::iterate::elements(&value, vm), item.node.span())?);
        } else {
            values.push(value);
        }
    }
    Ok(values)
}

/// `name = value`; without a name a named tuple that is spread.
pub struct KeywordNode {
    pub name: Option<Rc<str>>,
    pub node: BoxNode,
}

/// Evaluates keyword arguments or the elements of a named tuple, in order; a name may come twice.
pub fn keywords(keywords: &[KeywordNode], frame: &mut Frame, vm: &Vm) -> Run<Vec<(Rc<str>, Value)>> {
    let mut values = Vec::with_capacity(keywords.len());
    for KeywordNode { name, node } in keywords {
        let value = node.eval(frame, vm)?;
        match name {
            Some(name) => values.push((name.clone(), value)),
            None => values.extend(spread_fields(&value, node.span(), vm)?),
        }
    }
    Ok(values)
}

/// Any other call: many arguments, splats, keywords.
pub struct GeneralCall {
    pub callee: BoxNode,
    pub args: Vec<Item>,
    pub keyword: Vec<KeywordNode>,
    pub span: Span,
}

impl Node for GeneralCall {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let callee = self.callee.eval(frame, vm)?;
        let args = items(&self.args, frame, vm)?;
        let keyword = keywords(&self.keyword, frame, vm)?;
        if let Some(method) = UserFunction::of(&callee).and_then(|user| user.method(args.len())) {
            return method.call_slice(&args, &keyword, vm, self.span);
        }
        call_value(vm, &callee, &args, &keyword).map_err(|fault| {
            vm.passing(self.callee.span());
            let spread = self.args.iter().any(|a| a.splat);
            let spans: Vec<Span> = if spread { Vec::new() } else { self.args.iter().map(|a| a.node.span()).collect() };
            let places = offers::CallPlaces { callee: self.callee.span(), args: &spans };
            offers::call(vm, &callee, &args, fault, places)
        })
    }
    fn span(&self) -> Span {
        self.span
    }
}

fn spread_fields(value: &Value, span: Span, vm: &Vm) -> Run<Vec<(Rc<str>, Value)>> {
    if let Value::Tuple(tuple) = value
        && let Some(fields) = tuple.fields()
    {
        return Ok(fields);
    }
    let message = format!("`...` after `;` spreads a named tuple, and this is {}", vm.describe(value));
    Err(vm.error(crate::fault::ErrorKind::MethodError, message, span))
}
