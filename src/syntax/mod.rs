//! From text to tree: one door, [`parse`].

pub mod ast;

use crate::error::Diagnostic;
use ast::Program;

/// Parses a whole text. `source` is the number that spans carry. The first error ends it; an error whose
/// `incomplete` is set means that more text could complete the input.
pub fn parse(_text: &str, _source: u32) -> Result<Program, Box<Diagnostic>> {
    unimplemented!("written by the syntax work")
}

pub fn is_incomplete(_: &str) -> bool {
    unimplemented!()
}
