//! Calls of builtins on numbers whose kinds are known before: `sin(x)`, `max(i, j)`. Nothing is looked up when they run.

use super::call::refused;
use super::kind::{Carried, Kind};
use super::node::{BoxNode, Frame, Node, Run};
use super::operands::Built;
use super::read::{Operand, Simple};
use super::vm::Vm;
use crate::library;
use crate::source::Span;
use crate::value::function::{Arguments, Domain, OnFloat, OnFloat2, OnInt, OnInt2, Run as BuiltinRun, Scalar, Scalar2};
use crate::value::{Builtin, Function, Value};
use std::marker::PhantomData;
use std::rc::Rc;

/// A call of a builtin, and where it stands.
#[derive(Clone, Copy)]
pub struct Called {
    pub builtin: &'static Builtin,
    /// The called name.
    pub callee: Span,
    pub span: Span,
}

/// May a call of the builtin be one of these, once the kinds of so many arguments are known?
pub fn is_possible(builtin: &Builtin, arguments: usize) -> bool {
    matches!((&builtin.run, arguments), (BuiltinRun::Scalar(_), 1) | (BuiltinRun::Scalar2(_), 2))
}

/// The node of a call with numbers for arguments; the arguments come back where there is none for their kinds.
pub fn node(called: Called, args: Vec<Built>) -> Result<BoxNode, Vec<Built>> {
    match (&called.builtin.run, args.as_slice()) {
        (BuiltinRun::Scalar(scalar), [arg]) => of_one(called, scalar, arg.kind(), args),
        (BuiltinRun::Scalar2(scalar), [a, b]) => of_two(called, scalar, [a.kind(), b.kind()], args),
        _ => Err(args),
    }
}

fn of_one(called: Called, scalar: &'static Scalar, kind: Kind, args: Vec<Built>) -> Result<BoxNode, Vec<Built>> {
    let domain = scalar.domain.as_ref();
    match (kind, &scalar.int, &scalar.float) {
        (Kind::Float, _, OnFloat::ToFloat(f)) => Ok(to_float(called, args, *f, domain, |x: f64| x)),
        (Kind::Float, _, OnFloat::ToBool(f)) if domain.is_none() => {
            let f = *f;
            Ok(call(called, args, move |[x]: [f64; 1]| Some(f(x))))
        }
        (Kind::Int, OnInt::ViaFloat, OnFloat::ToFloat(f)) => Ok(to_float(called, args, *f, domain, |n: i64| n as f64)),
        (Kind::Int, OnInt::ToInt(f), _) => {
            let f = *f;
            Ok(call(called, args, move |[n]: [i64; 1]| f(n).ok()))
        }
        (Kind::Int, OnInt::ToBool(f), _) => {
            let f = *f;
            Ok(call(called, args, move |[n]: [i64; 1]| Some(f(n))))
        }
        _ => Err(args),
    }
}

fn to_float<T: Carried + Copy + Default>(
    called: Called,
    args: Vec<Built>,
    f: fn(f64) -> f64,
    domain: Option<&'static Domain>,
    float: impl Fn(T) -> f64 + 'static,
) -> BoxNode {
    match domain {
        None => call(called, args, move |[x]: [T; 1]| Some(f(float(x)))),
        Some(domain) => call(called, args, move |[x]: [T; 1]| {
            let x = float(x);
            (domain.allows)(x).then(|| f(x))
        }),
    }
}

fn of_two(called: Called, scalar: &'static Scalar2, kinds: [Kind; 2], args: Vec<Built>) -> Result<BoxNode, Vec<Built>> {
    match (kinds, &scalar.int, &scalar.float) {
        ([Kind::Float, Kind::Float], _, OnFloat2::ToFloat(f)) => {
            let f = *f;
            Ok(call(called, args, move |[x, y]: [f64; 2]| Some(f(x, y))))
        }
        ([Kind::Float, Kind::Float], _, OnFloat2::ToBool(f)) => {
            let f = *f;
            Ok(call(called, args, move |[x, y]: [f64; 2]| Some(f(x, y))))
        }
        ([Kind::Int, Kind::Int], OnInt2::ToInt(f), _) => {
            let f = *f;
            Ok(call(called, args, move |[x, y]: [i64; 2]| f(x, y).ok()))
        }
        ([Kind::Int, Kind::Int], OnInt2::ToBool(f), _) => {
            let f = *f;
            Ok(call(called, args, move |[x, y]: [i64; 2]| Some(f(x, y))))
        }
        _ => Err(args),
    }
}

/// The node for as many arguments as the function takes.
fn call<T: Carried + Copy + Default, R: Carried, const N: usize>(
    called: Called,
    args: Vec<Built>,
    apply: impl Fn([T; N]) -> Option<R> + 'static,
) -> BoxNode {
    let mut args = args.into_iter();
    let args = std::array::from_fn(|_| args.next().expect("the arguments were counted").simple());
    Box::new(NumberCall { apply, args, called, form: PhantomData })
}

/// A call with N numbers in one form. `None` sends them the way of all values, which finds the error.
struct NumberCall<F, T, R, const N: usize> {
    apply: F,
    args: [Simple<T>; N],
    called: Called,
    form: PhantomData<R>,
}

impl<F, T, R, const N: usize> NumberCall<F, T, R, N>
where
    F: Fn([T; N]) -> Option<R> + 'static,
    T: Carried + Copy + Default,
    R: Carried,
{
    #[inline(always)]
    fn get(&self, frame: &mut Frame, vm: &Vm) -> Run<R> {
        let mut numbers = [T::default(); N];
        for (number, arg) in numbers.iter_mut().zip(&self.args) {
            *number = arg.get(frame, vm)?;
        }
        match (self.apply)(numbers) {
            Some(result) => Ok(result),
            None => self.slow(numbers, vm),
        }
    }

    #[cold]
    #[inline(never)]
    fn slow(&self, numbers: [T; N], vm: &Vm) -> Run<R> {
        let Called { builtin, callee, .. } = self.called;
        let args = numbers.map(Carried::value);
        let arguments = Arguments { name: builtin.name(), positional: &args, keyword: &[] };
        match library::call(builtin, &arguments, vm) {
            Ok(value) => Ok(R::known(value)),
            Err(fault) => {
                let function = Value::Function(Rc::new(Function::builtin(builtin)));
                let spans = self.args.each_ref().map(Operand::span);
                Err(refused(vm, &function, &args, fault, callee, &spans))
            }
        }
    }
}

impl<F, T, R, const N: usize> Node for NumberCall<F, T, R, N>
where
    F: Fn([T; N]) -> Option<R> + 'static,
    T: Carried + Copy + Default,
    R: Carried,
{
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.get(frame, vm).map(Carried::value)
    }
    fn cond(&self, frame: &mut Frame, vm: &Vm) -> Run<bool> {
        let value = self.get(frame, vm)?.value();
        vm.truth(value, self.called.span)
    }
    fn int(&self, frame: &mut Frame, vm: &Vm) -> Run<i64> {
        self.get(frame, vm).map(|result| Carried::known(result.value()))
    }
    fn float(&self, frame: &mut Frame, vm: &Vm) -> Run<f64> {
        self.get(frame, vm).map(|result| Carried::known(result.value()))
    }
    fn kind(&self) -> Kind {
        R::KIND
    }
    fn span(&self) -> Span {
        self.called.span
    }
}

/// A call whose result has a kind as soon as its arguments have.
pub struct Awaited(pub BoxNode);

impl Node for Awaited {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        self.0.eval(frame, vm)
    }
    fn kind(&self) -> Kind {
        Kind::Never
    }
    fn span(&self) -> Span {
        self.0.span()
    }
}
