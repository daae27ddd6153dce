//! From text to tree: one door, [`parse`].
//!
//! Text becomes lexemes (`lexer`), these become tokens with everything that white space means made explicit
//! (`layout`), and the parser generated from `grammar/hlang.lalrpop` calls the builder (`build`) for each node.

pub mod ast;
mod build;
mod error;
mod layout;
mod lexeme;
mod lexer;
mod mistakes;
pub mod pieces;
#[cfg(test)]
mod sexpr;
#[cfg(test)]
mod tests;
mod token;

use crate::error::Diagnostic;
use ast::Program;
use build::Build;
use layout::Layout;
pub use mistakes::{Habit, habit};

lalrpop_util::lalrpop_mod!(
    #[allow(clippy::all, clippy::unwrap_used, unused)]
    grammar,
    "/hlang.rs"
);

/// Parses a whole text. `source` is the number that spans carry. The first error ends it; an error whose
/// `incomplete` is set means that more text could complete the input.
pub fn parse(text: &str, source: u32) -> Result<Program, Box<Diagnostic>> {
    parse_plainly(text, source).map_err(|error| mistakes::explain(error, text, &lexer::lexemes(text)))
}

/// Would more text complete this input?
pub fn is_incomplete(text: &str) -> bool {
    parse(text, 0).is_err_and(|error| error.incomplete)
}

/// Is the text a name that a program can give to a variable or a field?
pub fn is_name(text: &str) -> bool {
    lexer::is_name_start(text.chars().next().unwrap_or(' '))
        && text.trim_end_matches('!').chars().all(lexer::is_name_part)
        && lexeme::Keyword::from_text(text).is_none()
}

/// A name made of a text: what no name has becomes `_`. `None` if nothing of it is left.
pub fn name_from(text: &str) -> Option<String> {
    let kept: String = text.chars().map(|c| if lexer::is_name_part(c) { c } else { '_' }).collect();
    let kept = kept.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let started = kept.starts_with(lexer::is_name_start);
    match kept.as_str() {
        "" => None,
        _ if text.chars().all(lexer::is_name_part) && is_name(text) => Some(text.to_owned()),
        _ if started && is_name(&kept) => Some(kept),
        _ if started => Some(format!("{kept}_")),
        _ => Some(format!("_{kept}")),
    }
}

/// Parses without recognising the habits of other languages.
fn parse_plainly(text: &str, source: u32) -> Result<Program, Box<Diagnostic>> {
    let lexemes = lexer::lexemes(text);
    let mut build = Build::new(text, source);
    let parsed = grammar::ProgramParser::new().parse(&mut build, Layout::new(text, source, &lexemes));
    match (build.take_error(), parsed) {
        (Some(noted), _) => Err(noted),
        (None, Ok(program)) => Ok(program),
        (None, Err(error)) => Err(error::diagnostic(error, text, source)),
    }
}
