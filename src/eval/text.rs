//! Strings with values in them.

use super::node::{BoxNode, Frame, Node, Run};
use super::vm::Vm;
use crate::source::Span;
use crate::value::Value;
use crate::value::array::check_room;
use crate::value::display::print_text;
use std::rc::Rc;

/// A piece of a string.
pub enum Part {
    Text(Rc<String>),
    Value(BoxNode),
}

/// `"a $x"`
pub struct Interpolate {
    pub parts: Vec<Part>,
    pub span: Span,
}

impl Node for Interpolate {
    fn eval(&self, frame: &mut Frame, vm: &Vm) -> Run<Value> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(piece) => text.push_str(piece),
                Part::Value(node) => {
                    let piece = print_text(&node.eval(frame, vm)?);
                    vm.at(check_room(text.len() + piece.len()), self.span)?;
                    text.push_str(&piece);
                }
            }
        }
        Ok(Value::str(text))
    }
    fn span(&self) -> Span {
        self.span
    }
}
