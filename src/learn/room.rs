//! Where a lesson takes place: the learner's session and screen.

use super::marks::Problem;
use super::page::Page;
use crate::console::{self, Output};
use crate::error::Diagnostic;
use crate::report;
use crate::session::Session;

/// The learner's session and screen.
pub struct Room<'a> {
    pub session: &'a mut Session,
    pub output: &'a Output,
    /// What stands before the lines that are typed.
    pub prompt: &'a str,
    pub color: bool,
}

impl Room<'_> {
    /// An empty page for this screen.
    pub fn page(&self) -> Page {
        Page::new(self.session.screen(), self.color)
    }

    /// Writes a page.
    pub fn show(&self, page: Page) {
        self.output.write(&page.finish());
    }

    /// Shows an error, if there is one.
    pub fn report(&self, error: Option<Box<Diagnostic>>) {
        if let Some(diagnostic) = error {
            let cols = self.session.screen().cols;
            self.output.fresh_line();
            console::write_error(self.output, &report::render(&diagnostic, &self.session.sources(), self.color, cols));
        }
    }

    /// Shows an error that is about no text.
    pub fn refuse_plainly(&self, message: &str) {
        console::write_error(self.output, &report::render_plain(message, None, self.color));
    }

    /// Shows why a lesson is none.
    pub fn refuse(&self, problem: &Problem) {
        let mut text = report::render_plain(&problem.to_string(), None, self.color);
        for line in problem.more.iter().flat_map(|more| more.lines()) {
            text.push_str(&format!("  {line}\n"));
        }
        console::write_error(self.output, &text);
    }
}
