//! Help on the codes of errors: the page of one, with what its lines give, and the list of all.

use super::page::Page;
use crate::codes::{self, Code};
use crate::error::Diagnostic;
use crate::report;
use crate::session::{Console, Session};
use crate::source::Sources;
use crate::suggest;
use crate::value::display::display_text;
use crate::value::{Digits, Screen, Style};
use std::cell::RefCell;
use std::rc::Rc;

/// The topic that lists every code.
const ALL: &str = "codes";

const SCREEN: Screen = Screen { rows: 24, cols: 76, style: Style::Julia, digits: Digits::Usual };

/// What the lines of a page are called in its errors.
const NAME: &str = "prompt";

/// The pages of these codes, or the list of all; an error is a message for the user.
pub fn explain(topics: &[String], color: bool) -> Result<String, String> {
    let mut page = Page::new(color);
    if topics.is_empty() {
        list(&mut page);
    }
    for (k, topic) in topics.iter().enumerate() {
        if k > 0 {
            page.blank();
        }
        let number = topic.trim_start_matches('?');
        match Code::of(number) {
            Some(code) => one(&mut page, code),
            None => return Err(unknown(number)),
        }
    }
    Ok(page.finish())
}

/// A code, or the list of them, if the topic asks for that.
pub fn describe(page: &mut Page, topic: &str) -> bool {
    match Code::of(topic) {
        Some(code) => one(page, code),
        None if topic == ALL => list(page),
        None if codes::is_number(topic) => page.text(&unknown(topic)),
        None => return false,
    }
    true
}

fn unknown(number: &str) -> String {
    let near = suggest::nearest(&number.to_uppercase(), Code::ALL.iter().map(|code| code.number()), 2);
    let question = suggest::question(&near).map(|question| format!("; {question}")).unwrap_or_default();
    format!("no error has the code {number}{question}")
}

fn list(page: &mut Page) {
    for code in Code::ALL {
        page.entry(code.number(), &code.page().title);
    }
}

/// Title, rule, picture, what is wrong, what is right, exercises and their answers.
fn one(page: &mut Page, code: Code) {
    let said = code.page();
    page.heading(&format!("{}  {}", code.number(), said.title));
    page.blank();
    page.text(&said.rule);
    page.blank();
    page.drawing(&said.picture);
    page.blank();
    page.faint("wrong");
    typed(page, &mut example(), &said.wrong);
    page.blank();
    page.faint("right");
    let mut session = example();
    typed(page, &mut session, &said.right);
    page.blank();
    page.faint(if said.exercises.len() == 1 { "exercise" } else { "exercises" });
    for (k, exercise) in said.exercises.iter().enumerate() {
        page.text(&format!("{}. {}", k + 1, exercise.question));
    }
    page.blank();
    page.faint(if said.exercises.len() == 1 { "answer" } else { "answers" });
    for (k, exercise) in said.exercises.iter().enumerate() {
        page.text(&format!("{}.", k + 1));
        typed(page, &mut session, &exercise.answer);
    }
}

/// A line with what a new session shows for it.
pub fn shown(page: &mut Page, line: &str) {
    typed(page, &mut example(), line);
}

/// A session of its own for the lines of a page, and what they write.
fn example() -> (Session, Rc<RefCell<String>>) {
    let written = Rc::new(RefCell::new(String::new()));
    (Session::new(Box::new(Heard(written.clone())), SCREEN), written)
}

/// Lines as they are typed at the prompt, each input with what it shows.
fn typed(page: &mut Page, (session, written): &mut (Session, Rc<RefCell<String>>), lines: &str) {
    for input in inputs(session, lines) {
        for (k, line) in input.lines().enumerate() {
            page.code(&format!("{}{line}", if k == 0 { "hlang> " } else { "       " }));
        }
        let result = session.eval(NAME, &input);
        page.output(std::mem::take(&mut *written.borrow_mut()).trim_end());
        match result {
            Ok(Some(value)) => page.output(&display_text(&value, SCREEN)),
            Ok(None) => {}
            Err(error) => page.output(&report::render_alone(&error, &session.sources(), page.has_color(), SCREEN.cols)),
        }
    }
}

/// The lines, those of an input that goes on put together.
fn inputs(session: &Session, lines: &str) -> Vec<String> {
    let mut inputs: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines.lines() {
        match inputs.last_mut().filter(|_| open) {
            Some(input) => *input = format!("{input}\n{line}"),
            None => inputs.push(line.to_string()),
        }
        open = inputs.last().is_some_and(|input| session.is_incomplete(input));
    }
    inputs
}

/// A console that keeps what the lines of a page write.
struct Heard(Rc<RefCell<String>>);

impl Console for Heard {
    fn write(&mut self, text: &str) {
        self.0.borrow_mut().push_str(text);
    }

    fn write_error(&mut self, text: &str) {
        self.write(text);
    }

    fn flush(&mut self) {}

    fn read_line(&mut self) -> std::io::Result<Option<String>> {
        Ok(None)
    }

    fn report(&mut self, diagnostic: &Diagnostic, sources: &Sources, screen: Screen) {
        self.write(&report::render_alone(diagnostic, sources, false, screen.cols));
    }

    fn warn(&mut self, text: &str) {
        self.write(&report::render_warning(text, false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lists_and_unknown_codes() {
        let page = explain(&["?h0012".to_string()], false).expect("there is one");
        for part in ["H0012  Columns of the left", "hlang> A * B\n  error: DimensionMismatch", "2×3 Matrix", "(3, 3)"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        let list = explain(&[], false).expect("a list");
        assert_eq!(list.lines().count(), Code::ALL.len());
        let unknown = explain(&["H0099".to_string()], false).expect_err("there is none");
        assert!(unknown.starts_with("no error has the code H0099"), "{unknown}");
    }
}
