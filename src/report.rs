//! Diagnostics as text: a miette report on the exact source, in colour or plain.

use crate::error::Diagnostic;
use crate::source::Sources;

/// The report that a user reads. `width` is the terminal's.
pub fn render(_diagnostic: &Diagnostic, _sources: &Sources, _color: bool, _width: usize) -> String {
    unimplemented!()
}
