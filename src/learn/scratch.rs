//! A session of our own, beside the learner's: nothing that is tried in it is seen or changes anything.

use crate::error::Diagnostic;
use crate::report;
use crate::session::{Console, Session};
use crate::source::Sources;
use crate::transcript::{self, Entered};
use crate::value::Screen;
use std::cell::RefCell;
use std::io;
use std::rc::Rc;

/// A session whose output is kept.
pub struct Scratch {
    pub session: Session,
    written: Rc<RefCell<String>>,
}

impl Scratch {
    /// A fresh one, with results for this screen.
    pub fn new(screen: Screen) -> Scratch {
        let written = Rc::new(RefCell::new(String::new()));
        let session = Session::new(Box::new(Kept(written.clone())), screen);
        Scratch { session, written }
    }

    /// Runs a text as one input.
    pub fn run(&mut self, name: &str, text: &str) -> Result<Entered, Box<Diagnostic>> {
        transcript::evaluate(&mut self.session, name, text)
    }

    /// What was written since the last time.
    pub fn take_output(&mut self) -> String {
        self.written.take()
    }
}

struct Kept(Rc<RefCell<String>>);

impl Console for Kept {
    fn write(&mut self, text: &str) {
        self.0.borrow_mut().push_str(text);
    }

    fn write_error(&mut self, text: &str) {
        self.write(text);
    }

    fn flush(&mut self) {}

    fn read_line(&mut self) -> io::Result<Option<String>> {
        Ok(None)
    }

    fn report(&mut self, diagnostic: &Diagnostic, sources: &Sources, screen: Screen) {
        self.write(&report::render(diagnostic, sources, false, screen.cols));
    }

    fn warn(&mut self, text: &str) {
        self.write(&report::render_warning(text, false));
    }
}
