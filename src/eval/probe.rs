//! What elements would have been: of an empty comprehension or `map` the element type is that of a sample, so that
//! `sum([x^2 for x in v if x > 9])` is 0 and not an error where nothing is left. Julia infers the type; here the
//! expression is run once on a one of the right type, if running it can neither be seen nor go on for long.

use super::function::UserFunction;
use super::vm::Vm;
use crate::resolve::code::{Code, CodeKind, Global, Item, Place, TextPart};
use crate::value::function::Run;
use crate::value::{Complex64, FunctionKind, Host, Type, Value};
use std::rc::Rc;

/// Functions inside functions that are looked into.
const DEEPEST: usize = 4;

/// Builtins that are harmless and quick on any sample; those of one or two numbers are anyway.
const HARMLESS: &[&str] = &["length", "string", "sum", "prod", "maximum", "minimum", "uppercase", "lowercase"];

/// An expression without loops and effects of its own, and the globals that it calls.
pub struct Probe {
    calls: Vec<Rc<Global>>,
}

impl Probe {
    /// The probe for an expression, if it may be run on a sample.
    pub fn of(code: &Code) -> Option<Probe> {
        let mut probe = Probe { calls: Vec::new() };
        probe.admits(code).then_some(probe)
    }

    fn admits(&mut self, code: &Code) -> bool {
        match &code.kind {
            CodeKind::Constant(_) | CodeKind::Read(_) => true,
            CodeKind::Text(parts) => parts.iter().all(|part| match part {
                TextPart::Text(_) => true,
                TextPart::Value(value) => self.admits(value),
            }),
            CodeKind::Unary { operand, .. } => self.admits(operand),
            CodeKind::Binary { lhs, rhs, .. } => self.admits(lhs) && self.admits(rhs),
            CodeKind::Chain { first, rest } => self.admits(first) && rest.iter().all(|(_, _, code)| self.admits(code)),
            CodeKind::And(a, b) | CodeKind::Or(a, b) => self.admits(a) && self.admits(b),
            CodeKind::Tuple(items) => self.admits_all(items),
            CodeKind::Block(items) => items.iter().all(|item| self.admits(item)),
            CodeKind::Scope { body, .. } => self.admits(body),
            CodeKind::If { arms, other } => {
                arms.iter().all(|(cond, body)| self.admits(cond) && self.admits(body))
                    && other.as_ref().is_none_or(|other| self.admits(other))
            }
            CodeKind::Call { callee, args, keyword } => {
                let CodeKind::Read(Place::Global(global)) = &callee.kind else { return false };
                self.calls.push(global.clone());
                keyword.is_empty() && self.admits_all(args)
            }
            _ => false,
        }
    }

    fn admits_all(&mut self, items: &[Item]) -> bool {
        items.iter().all(|item| !item.splat && self.admits(&item.code))
    }

    /// Is what it calls harmless as things are now?
    pub fn may_run(&self) -> bool {
        self.calls_are_harmless(DEEPEST)
    }

    fn calls_are_harmless(&self, depth: usize) -> bool {
        self.calls.iter().all(|global| is_harmless(&global.variable.get(), depth))
    }
}

fn is_harmless(callee: &Value, depth: usize) -> bool {
    match callee {
        Value::Type(_) => true,
        Value::Function(function) => match &function.kind {
            FunctionKind::Builtin(builtin) => {
                !matches!(builtin.run, Run::Call(_) | Run::Quick(..)) || HARMLESS.contains(&builtin.name())
            }
            FunctionKind::Operator { .. } => true,
            FunctionKind::Composed(f, g) => is_harmless(f, depth) && is_harmless(g, depth),
            FunctionKind::Partial(f, _) => is_harmless(f, depth),
            // A function that calls itself runs out of depth here.
            FunctionKind::User(_) => {
                depth > 0 && UserFunction::of(callee).is_some_and(|user| user.is_harmless(depth - 1))
            }
        },
        _ => false,
    }
}

impl UserFunction {
    fn is_harmless(&self, depth: usize) -> bool {
        self.probes(|probe| probe.is_some_and(|probe| probe.calls_are_harmless(depth)))
    }
}

/// The type that a function gives for arguments of these types, if that can be found out.
pub fn result_type(vm: &Vm, function: &Value, arguments: &[Type]) -> Option<Type> {
    if !is_harmless(function, DEEPEST) {
        return None;
    }
    let samples = arguments.iter().map(sample).collect::<Option<Vec<_>>>()?;
    match vm.call(function, &samples) {
        Ok(value) => Some(value.type_of()),
        Err(_) => {
            vm.forget_raised();
            None
        }
    }
}

/// The type of what going through a value gives.
pub fn element_type(value: &Value) -> Option<Type> {
    match value {
        Value::Array(array) => Some(array.eltype()),
        Value::Range(range) => Some(range.eltype()),
        Value::Str(_) => Some(Type::String),
        _ => None,
    }
}

/// A value of a type with which most expressions work.
pub fn sample(ty: &Type) -> Option<Value> {
    match ty {
        Type::Bool => Some(Value::bool(true)),
        Type::Int64 => Some(Value::Int(1)),
        Type::Float64 => Some(Value::float(1.0)),
        Type::ComplexF64 => Some(Value::complex(Complex64::new(1.0, 0.0))),
        Type::String => Some(Value::str("")),
        Type::Tuple(Some(types)) => types.iter().map(sample).collect::<Option<_>>().map(Value::tuple),
        _ => None,
    }
}
