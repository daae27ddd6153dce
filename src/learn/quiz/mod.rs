//! Questions without end: asked, answered, explained, counted, and harder with success.

mod draw;
mod pool;

pub use draw::{Kind, NONE, Question, draw};
pub use pool::LEVELS;

use super::page::{INDENT, Page};
use super::room::Room;
use super::scratch::Scratch;
use crate::law::Random;
use crate::report;
use crate::value::Screen;
use crate::value::display::display_text;

/// Right answers in a row that lead to the next level, wrong ones that lead back.
const UP: usize = 3;
const DOWN: usize = 2;

/// How many questions back a line is not asked about again, and how often a new one is looked for.
const MEMORY: usize = 4;
const NEW: usize = 20;

/// Questions that are being asked.
pub struct Quiz {
    random: Random,
    /// From 1.
    level: usize,
    right: usize,
    answered: usize,
    /// Right answers since the last wrong one or the last change of level; wrong ones likewise.
    streak: usize,
    misses: usize,
    question: Option<Question>,
    /// The lines of the last questions.
    lines: Vec<String>,
}

impl Quiz {
    /// Questions from a seed, which gives the same ones every time; without one, others every time.
    pub fn new(seed: Option<u64>) -> Quiz {
        let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seed = seed.unwrap_or_else(|| now().map_or(0, |time| time.as_nanos() as u64));
        let random = Random::new(seed);
        Quiz { random, level: 1, right: 0, answered: 0, streak: 0, misses: 0, question: None, lines: Vec::new() }
    }

    /// How many choices the present question has.
    pub fn choices(&self) -> usize {
        self.question.as_ref().map_or(0, |question| question.choices.len())
    }

    /// Says how it goes, and asks the first question.
    pub fn begin(&mut self, room: &mut Room<'_>) {
        let mut page = room.page();
        page.heading("Quiz", "");
        page.blank();
        page.text("Answer with the number of a line. `skip` shows the answer, `again` the question, `stop` ends.");
        page.blank();
        room.show(page);
        self.next(room);
    }

    /// Shows the question again.
    pub fn ask(&mut self, room: &mut Room<'_>) {
        let mut page = room.page();
        match &self.question {
            Some(question) => {
                pose(&mut page, question, &format!("question {}, level {}", self.answered + 1, self.level))
            }
            None => page.text("There is no question."),
        }
        page.blank();
        room.show(page);
    }

    /// Takes an answer (from 1), says whether it is right and why, and asks the next one.
    pub fn answer(&mut self, number: usize, room: &mut Room<'_>) -> bool {
        let Some(question) = self.question.take() else { return false };
        let right = number == question.right + 1;
        self.answered += 1;
        self.right += usize::from(right);
        let mut page = room.page();
        explain(&mut page, &question, (!right).then_some(number.saturating_sub(1)), room);
        page.blank();
        // Below the explanation, which may be longer than the window.
        let mut said = format!("{} of {} so far.", self.right, self.answered);
        if let Some(grade) = self.grade(right) {
            said.push(' ');
            said.push_str(&grade);
        }
        match right {
            true => page.right("Right.", &said),
            false => page.wrong("No:", &format!("it is {}. {said}", stated(&question))),
        }
        page.blank();
        room.show(page);
        self.next(room);
        right
    }

    /// Shows the answer without counting it, and asks the next one.
    pub fn skip(&mut self, room: &mut Room<'_>) {
        let Some(question) = self.question.take() else { return };
        let mut page = room.page();
        explain(&mut page, &question, None, room);
        page.blank();
        page.text(&format!("It is {}.", stated(&question)));
        page.blank();
        room.show(page);
        self.next(room);
    }

    /// What came out.
    pub fn result(&self, page: &mut Page) {
        match self.answered {
            0 => page.text("The quiz is over."),
            all => page.text(&format!("The quiz is over: {} of {all} right, level {}.", self.right, self.level)),
        }
    }

    /// Moves between the levels; says so.
    fn grade(&mut self, right: bool) -> Option<String> {
        (self.streak, self.misses) = if right { (self.streak + 1, 0) } else { (0, self.misses + 1) };
        let level = match (self.streak >= UP, self.misses >= DOWN) {
            (true, _) => (self.level + 1).min(LEVELS),
            (_, true) => (self.level - 1).max(1),
            (false, false) => self.level,
        };
        if level == self.level {
            return None;
        }
        (self.level, self.streak, self.misses) = (level, 0, 0);
        Some(format!("Level {level} now."))
    }

    fn next(&mut self, room: &mut Room<'_>) {
        for _ in 0..NEW {
            self.question = draw(&mut self.random, self.level, room.session.screen());
            let line = self.question.as_ref().map(|question| question.line.clone()).unwrap_or_default();
            if !self.lines.contains(&line) {
                self.lines.push(line);
                break;
            }
        }
        // Of the lines before, the last ones are not asked again.
        if self.lines.len() > MEMORY {
            self.lines.remove(0);
        }
        self.ask(room);
    }
}

/// A question with its choices.
fn pose(page: &mut Page, question: &Question, place: &str) {
    page.heading(question.kind.asks(), place);
    page.blank();
    page.picture(&question.shown);
    page.blank();
    for (k, choice) in question.choices.iter().enumerate() {
        page.choice(k + 1, choice);
    }
}

/// The answer with its number, within a sentence.
fn stated(question: &Question) -> String {
    let (number, choice) = (question.right + 1, &question.choices[question.right]);
    match question.kind {
        Kind::Size => format!("{number}, {choice}"),
        Kind::Defined | Kind::Result => format!("{number}, `{choice}`"),
    }
}

/// How the answer comes about; of the choice that was taken for it, what it gives.
fn explain(page: &mut Page, question: &Question, taken: Option<usize>, room: &Room<'_>) {
    let screen = room.session.screen();
    let mut scratch = Scratch::new(Screen { cols: screen.cols.saturating_sub(INDENT), ..screen });
    // It was evaluated when the question was made.
    let _ = scratch.run("quiz", &question.setup);
    page.picture(&question.setup);
    page.blank();
    page.lines(how(&mut scratch, &question.line).trim_end());
    if question.kind == Kind::Size {
        return;
    }
    let others = question.choices.iter().enumerate().filter(|(k, _)| match question.kind {
        Kind::Defined => *k != question.right,
        Kind::Size | Kind::Result => taken == Some(*k) && *k != question.right,
    });
    for (_, line) in others {
        page.blank();
        match scratch.run("quiz", line) {
            Ok(entered) => {
                page.text(&format!("`{line}` gives another value:"));
                page.lines(&display_text(&entered.value, screen));
            }
            Err(diagnostic) => {
                page.text(&format!("`{line}` is not defined: {}.", diagnostic.message.trim_end_matches('.')))
            }
        }
    }
}

/// The explanation of a line; of one that is not defined, its error.
fn how(scratch: &mut Scratch, line: &str) -> String {
    match scratch.run("quiz", &format!("@explain {line}")) {
        Ok(_) => scratch.take_output(),
        Err(_) => {
            scratch.take_output();
            let Err(diagnostic) = scratch.run("quiz", line) else { return String::new() };
            let cols = scratch.session.screen().cols;
            report::render(&diagnostic, &scratch.session.sources(), false, cols)
        }
    }
}
