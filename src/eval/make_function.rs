//! Nodes that make functions: closures take the values of their captured slots with them.

use super::assign::Store;
use super::function::{Method, MethodCode, UserFunction};
use super::node::{Frame, Node, Run};
use super::vm::Vm;
use crate::source::Span;
use crate::value::Value;
use std::rc::Rc;

/// `x -> …`
pub struct MakeFunction {
    pub code: Rc<MethodCode>,
    /// Slots of the captured locals, or of the variables that are shared.
    pub captures: Vec<usize>,
    pub span: Span,
}

impl MakeFunction {
    fn method(&self, frame: &Frame) -> Method {
        Method::new(self.code.clone(), self.captures.iter().map(|slot| frame[*slot].clone()).collect())
    }
}

impl Node for MakeFunction {
    fn eval(&self, frame: &mut Frame, _: &Vm) -> Run<Value> {
        Ok(UserFunction::value(self.code.name.clone(), self.method(frame)))
    }
    fn span(&self) -> Span {
        self.span
    }
}

/// `f(x) = …`: a further method of the function that the name holds, or a new function.
pub struct Define {
    pub target: Store,
    pub function: MakeFunction,
}

impl Define {
    /// The function that was defined under this name before.
    fn existing(&self, frame: &Frame) -> Option<Value> {
        let value = self.target.current(frame)?;
        UserFunction::of(&value)?.is_named(&self.function.code.name).then_some(value)
    }
}

impl Node for Define {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        if let Some(value) = self.existing(frame)
            && let Some(function) = UserFunction::of(&value)
        {
            function.add(self.function.method(frame));
            return Ok(value);
        }
        let value = self.function.eval(frame, vm)?;
        self.target.store(value.clone(), frame, vm)?;
        Ok(value)
    }
    fn span(&self) -> Span {
        self.function.span
    }
}
