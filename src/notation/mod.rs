//! The same expression in other systems: MATLAB, Julia, NumPy and a dozen more. One printer ([`write`](self)) for all; a
//! system is a table in `systems`: operators with their precedences, forms of literals and indices, names of functions.
//! What a system has not is said and never guessed.

mod calls;
mod index;
mod infer;
mod kind;
mod literal;
mod program;
mod script;
mod survey;
mod system;
mod systems;
mod table;
mod term;
mod write;

pub use kind::{Kind, Shape};
pub use program::Translated;
pub use system::System;
pub use systems::{JULIA, MATLAB, NUMPY, SYSTEMS, named};
pub use table::{everywhere, products};

use crate::error::Diagnostic;
use crate::syntax::ast::{Expr, Program};

/// Writes an expression for a system. `known` gives the kinds of names that have values; the others get kinds that fit.
pub fn translate(
    expr: &Expr,
    system: &'static System,
    known: &dyn Fn(&str) -> Option<Kind>,
) -> Result<String, Box<Diagnostic>> {
    let names = infer::bindings(expr, known);
    Ok(write::Writer::new(system, names, &infer::usual).expr(expr)?.text)
}

/// Writes a whole script, whose text is `text`; `None` for a system that only expressions are written for.
pub fn translate_script(program: &Program, text: &str, system: &'static System) -> Option<Translated> {
    Some(program::program(program, text, system, script::script(system)?))
}
