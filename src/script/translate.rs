//! Writing a script for another system: `hlang translate FILE --to SYSTEM`.

use super::{FAILED, Origin, read};
use crate::console::{self, ColorChoice, Output};
use crate::notation::{self, System};
use crate::report;
use crate::source::Sources;
use crate::syntax;
use crate::value::Style;
use std::path::Path;

/// Writes the script to standard output; gives the exit status. What has no counterpart is said on standard error, and
/// stands in the output as a comment.
pub fn translate(path: &Path, system: &'static System, color: ColorChoice) -> u8 {
    let color = color.for_errors();
    let output = Output::stdout();
    let origin = if path == Path::new("-") { Origin::Stdin } else { Origin::File(path.into()) };
    let (name, text) = match read(&origin) {
        Ok(program) => program,
        Err(problem) => {
            console::write_error(&output, &report::render_plain(&problem.message, problem.hint, color));
            return FAILED;
        }
    };
    let mut sources = Sources::default();
    let source = sources.add(name, text.clone());
    let width = console::screen(Style::Julia).cols;
    let program = match syntax::parse(&text, source) {
        Ok(program) => program,
        Err(diagnostic) => {
            console::write_error(&output, &report::render(&diagnostic, &sources, color, width));
            return FAILED;
        }
    };
    let Some(translated) = notation::translate_script(&program, &text, system) else {
        let message = format!("whole scripts are not written for {}", system.name);
        let hint = "notation, at the prompt, writes single expressions for it";
        console::write_error(&output, &report::render_plain(&message, Some(hint), color));
        return FAILED;
    };
    output.write(&translated.text);
    output.flush();
    for diagnostic in &translated.missing {
        console::write_error(&output, &report::render(diagnostic, &sources, color, width));
    }
    if translated.missing.is_empty() { 0 } else { FAILED }
}
