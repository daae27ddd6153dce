//! Help on what is not hlang's: names and operators of other systems, with what says it here.

use super::page::Page;
use super::{functions, signs};
use crate::library::{self, foreign};
use crate::syntax;

/// A name or operator of another system, or of Julia for what the language leaves out.
pub fn describe(page: &mut Page, topic: &str) -> bool {
    if let Some(entry) = foreign::lookup(topic) {
        page.heading(&format!("{topic} ({})", entry.system));
        page.blank();
        page.text("In hlang it is written");
        page.code(&format!("    {}", entry.here));
        counterpart(page, entry.here);
        return true;
    }
    if let Some(limit) = foreign::limit(topic) {
        page.heading(topic);
        page.blank();
        page.text(&format!("{}.", limit.rule));
        page.code(&format!("    {}", limit.here));
        return true;
    }
    let Some(habit) = syntax::habit(topic) else { return false };
    match habit.language {
        "" => page.heading(topic),
        language => page.heading(&format!("{topic} ({language})")),
    }
    page.blank();
    page.text(&format!("{}.", habit.rule));
    if let Some(sign) = habit.instead.map(str::trim).and_then(signs::lookup) {
        page.blank();
        signs::describe(page, sign);
    }
    true
}

/// The help of the function that a line calls.
fn counterpart(page: &mut Page, line: &str) {
    let name: &str = line.split(['(', '.']).next().unwrap_or("");
    if let Some(builtin) = library::builtin(name) {
        page.blank();
        functions::builtin(page, builtin);
    }
}
