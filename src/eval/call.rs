//! Call nodes. One to three plain arguments are evaluated on the machine's stack and put straight into the callee's frame.

use super::function::{UserFunction, call_value};
use super::node::{BoxNode, Frame, Node, Run};
use super::offers;
use super::read::Operand;
use super::vm::Vm;
use crate::source::Span;
use crate::value::function::{FunctionKind, OnFloat, OnFloat2, OnInt, OnInt2, Run as BuiltinRun, Scalar};
use crate::value::{Function, Value};
use std::rc::Rc;

/// A call with N plain arguments.
pub struct Call<C, const N: usize> {
    pub callee: C,
    pub args: [BoxNode; N],
    /// Where the caller's own slots end: callees live behind.
    pub free: usize,
    pub span: Span,
}

impl<C: Operand, const N: usize> Node for Call<C, N> {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let callee = self.callee.get(frame, vm)?;
        let mut args = [const { Value::Undefined }; N];
        for (arg, node) in args.iter_mut().zip(&self.args) {
            *arg = node.eval(frame, vm)?;
        }
        if let Value::Function(function) = &callee {
            if let Some(method) = UserFunction::of_function(function).and_then(|user| user.method(N)) {
                return method.call(args, frame.get_mut(self.free..), vm, self.span);
            }
            let fast = match args.as_slice() {
                [x] => fast_scalar(function, x),
                [x, y] => fast_scalar2(function, x, y),
                _ => None,
            };
            if let Some(value) = fast {
                return Ok(value);
            }
        }
        self.slow(&callee, &args, vm)
    }
    fn span(&self) -> Span {
        self.span
    }
}

impl<C: Operand, const N: usize> Call<C, N> {
    #[inline(never)]
    fn slow(&self, callee: &Value, args: &[Value], vm: &Vm) -> Run<Value> {
        call_value(vm, callee, args, &[]).map_err(|fault| {
            vm.passing(self.callee.span());
            let spans: Vec<Span> = self.args.iter().map(|a| a.span()).collect();
            offers::call(vm, callee, args, fault, offers::CallPlaces { callee: self.callee.span(), args: &spans })
        })
    }
}

/// A scalar builtin on a real number in its domain.
#[inline(always)]
fn fast_scalar(function: &Function, arg: &Value) -> Option<Value> {
    let FunctionKind::Builtin(builtin) = &function.kind else { return None };
    let BuiltinRun::Scalar(scalar) = &builtin.run else { return None };
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

/// A scalar builtin on two real numbers of one type.
#[inline(always)]
fn fast_scalar2(function: &Function, x: &Value, y: &Value) -> Option<Value> {
    let FunctionKind::Builtin(builtin) = &function.kind else { return None };
    let BuiltinRun::Scalar2(scalar) = &builtin.run else { return None };
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
