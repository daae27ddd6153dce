//! A lesson being taken: its steps are shown, what the learner types is judged, hints come one by one.

use super::judge::{self, Given, Line};
use super::lesson::{Lesson, Part, Question, Snippet, Wrong};
use super::marks::Problem;
use super::page::Page;
use super::rehearsal::{Expected, rehearse};
use super::room::Room;
use crate::fault::ErrorKind;
use crate::session::Session;
use crate::syntax;
use crate::transcript;
use std::collections::BTreeSet;

/// A lesson and where in it the learner is.
pub struct Tour {
    lesson: Lesson,
    /// What is expected in each step.
    expected: Vec<Option<Expected>>,
    at: usize,
    /// Wrong answers and hints in this step.
    wrong: usize,
    hints: usize,
}

/// What a line was to the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No answer: the learner tries or looks at something.
    None,
    Wrong,
    Right,
}

impl Tour {
    /// A lesson that goes on at a step (from 0), not shown yet. A lesson that does not keep its own promises is refused.
    pub fn new(lesson: Lesson, at: usize, room: &Room<'_>) -> Result<Tour, Problem> {
        let expected = rehearse(&lesson, room.session.screen())?;
        Ok(Tour { lesson, expected, at, wrong: 0, hints: 0 })
    }

    /// What the lesson is called.
    pub fn name(&self) -> &str {
        &self.lesson.name
    }

    /// What stands above the lesson.
    pub fn title(&self) -> &str {
        &self.lesson.title
    }

    /// The step that the learner is in, from 0, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        (self.at, self.lesson.steps.len())
    }

    /// Shows the lesson's beginning and the step. `ours` are the variables that came from lessons.
    pub fn begin(&mut self, ours: &mut BTreeSet<String>, room: &mut Room<'_>) {
        let mut page = room.page();
        page.heading(&self.lesson.title, "");
        page.blank();
        if self.at == 0 {
            for text in &self.lesson.introduction {
                page.text(text);
                page.blank();
            }
        }
        if let Some(text) = self.replaced(ours, room.session) {
            page.text(&text);
            page.blank();
        }
        room.show(page);
        self.catch_up(room);
        self.show(room);
    }

    /// Shows the step that the learner is in, and those before it that ask nothing.
    pub fn show(&mut self, room: &mut Room<'_>) {
        (self.wrong, self.hints) = (0, 0);
        while let Some(step) = self.lesson.steps.get(self.at) {
            let mut page = room.page();
            page.heading(&step.heading, &format!("{} of {}", self.at + 1, self.lesson.steps.len()));
            room.show(page);
            let mut before = None;
            for part in &step.parts {
                room.part(part, before, &self.lesson.name);
                before = Some(part);
            }
            room.output.write("\n");
            if step.question.is_some() {
                return;
            }
            self.at += 1;
        }
    }

    /// Shows the step again, with the lesson's variables as they were.
    pub fn again(&mut self, room: &mut Room<'_>) {
        self.catch_up(room);
        self.show(room);
    }

    /// Goes to the step before that asks something; false if there is none.
    pub fn back(&mut self) -> bool {
        let asked = |k: &usize| self.lesson.steps[*k].question.is_some();
        let before = (0..self.at.min(self.lesson.steps.len())).rev().find(asked);
        self.at = before.unwrap_or(self.at);
        before.is_some()
    }

    /// Judges what the learner's line gave, and says so. A right answer is the end of the step.
    pub fn judge(&mut self, text: &str, given: &Given, room: &mut Room<'_>) -> Verdict {
        let Some((question, expected)) = self.asked() else { return Verdict::None };
        let verdict = verdict(text, given, question, expected, room.session);
        let mut page = room.page();
        match verdict {
            Verdict::None => return verdict,
            Verdict::Right => page.right("Right.", &praise(text, question)),
            Verdict::Wrong => {
                let remark = known(text, given, question, expected).and_then(|wrong| wrong.remark.clone());
                let known = remark.is_some();
                let remark = remark.or_else(|| failed_check(expected, room.session));
                let remark = remark.unwrap_or_else(|| judge::difference(given, &expected.answer));
                page.wrong("Not yet:", &remark);
                if let Some(text) = changed(expected, room.session) {
                    page.text(&text);
                }
                self.wrong += 1;
                // What is said to a known mistake is a hint by itself.
                if !known || self.wrong > 1 {
                    self.next_hint(&mut page);
                }
            }
        }
        page.blank();
        room.show(page);
        if verdict == Verdict::Right {
            self.at += 1;
        }
        verdict
    }

    /// Says the next hint; after the last one, the answer.
    pub fn hint(&mut self, room: &mut Room<'_>) {
        let mut page = room.page();
        self.next_hint(&mut page);
        page.blank();
        room.show(page);
    }

    /// Shows the answer as if it were typed, and goes on.
    pub fn skip(&mut self, room: &mut Room<'_>) {
        let Some((question, _)) = self.asked() else { return };
        if let Some(model) = question.answers.first() {
            room.play(&model.text, &self.lesson.name);
        }
        room.output.write("\n");
        let mut page = room.page();
        if let Some(text) = &question.right {
            page.text(text);
        }
        page.blank();
        room.show(page);
        self.at += 1;
    }

    /// Has the learner come to the end?
    pub fn is_over(&self) -> bool {
        self.at >= self.lesson.steps.len()
    }

    fn asked(&self) -> Option<(&Question, &Expected)> {
        let question = self.lesson.steps.get(self.at)?.question.as_ref()?;
        Some((question, self.expected.get(self.at)?.as_ref()?))
    }

    fn next_hint(&mut self, page: &mut Page) {
        let Some((question, _)) = self.asked() else { return };
        match (question.hints.get(self.hints), question.answers.first()) {
            (Some(hint), _) => page.text(&format!("Hint: {hint}")),
            (None, Some(model)) => {
                page.text("So it goes:");
                page.picture(&model.text);
                page.text("Type it, or `skip`.");
            }
            (None, None) => {}
        }
        self.hints += 1;
    }

    /// Gives the learner's session what the steps before this one have left in it.
    fn catch_up(&self, room: &mut Room<'_>) {
        for step in &self.lesson.steps[..self.at.min(self.lesson.steps.len())] {
            let setups = step.parts.iter().filter_map(|part| match part {
                Part::Setup(code) | Part::Example(code) => Some(code),
                Part::Paragraph(_) | Part::Picture(_) | Part::Mistake(_) => None,
            });
            let answers = step.question.iter().filter_map(|question| question.answers.first());
            for code in setups.chain(answers).filter(|code| !judge::assigned(&code.text).is_empty()) {
                // It was played before; in this session another value of a name may be in its way.
                let _ = room.session.eval(&self.lesson.name, &code.text);
            }
        }
    }

    /// Which of the learner's variables the lesson will replace.
    fn replaced(&self, ours: &mut BTreeSet<String>, session: &Session) -> Option<String> {
        let steps = &self.lesson.steps;
        let setups = steps.iter().flat_map(|step| &step.parts).filter_map(|part| match part {
            Part::Setup(code) | Part::Example(code) => Some(code),
            Part::Paragraph(_) | Part::Picture(_) | Part::Mistake(_) => None,
        });
        let mut names: Vec<String> = setups.flat_map(|code: &Snippet| judge::assigned(&code.text)).collect();
        names.sort();
        names.dedup();
        names.retain(|name| ours.insert(name.clone()) && session.variable(name).is_some());
        let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match names.len() {
            0 => None,
            1 => Some(format!("(The lesson gives your variable {listed} another value.)")),
            _ => Some(format!("(The lesson gives your variables {listed} other values.)")),
        }
    }
}

fn verdict(text: &str, given: &Given, question: &Question, expected: &Expected, session: &mut Session) -> Verdict {
    let line = Line::of(text);
    let right = match (&question.check, line) {
        (Some(_), Line::Change) => expected.accepts(given, &check(expected, session)),
        (Some(_), Line::Look | Line::Expression) => false,
        (None, _) => expected.accepts(given, &[]),
    };
    match (right, line, given) {
        // Ctrl-C ends a line that was no answer.
        (_, _, Given::Error(ErrorKind::InterruptException)) => Verdict::None,
        (true, ..) => Verdict::Right,
        _ if known(text, given, question, expected).is_some() => Verdict::Wrong,
        (false, Line::Look, Given::Value(_) | Given::Nothing) => Verdict::None,
        (false, Line::Look | Line::Change | Line::Expression, Given::Error(_)) => Verdict::Wrong,
        (false, Line::Change, _) if question.check.is_some() => Verdict::Wrong,
        (false, Line::Expression, Given::Value(_)) if question.check.is_none() => Verdict::Wrong,
        (false, Line::Change | Line::Expression, Given::Value(_) | Given::Nothing) => Verdict::None,
    }
}

/// What the check's expressions give in the learner's session.
fn check(expected: &Expected, session: &mut Session) -> Vec<(String, Given)> {
    let run = |(text, _): &(String, Given)| {
        let value = session.eval("check", text);
        let given = match value {
            Ok(Some(value)) => Given::Value(value),
            Ok(None) => Given::Nothing,
            Err(diagnostic) => Given::Error(diagnostic.kind),
        };
        (text.clone(), given)
    };
    expected.check.iter().map(run).collect()
}

/// The first check that does not give what it should.
fn failed_check(expected: &Expected, session: &mut Session) -> Option<String> {
    let now = check(expected, session);
    let mut pairs = expected.check.iter().zip(&now);
    let ((text, should), (_, is)) = pairs.find(|((_, should), (_, is))| !should.agrees(is))?;
    Some(format!("`{text}` should give {}, and gives {}.", should.in_words(), is.in_words()))
}

/// The wrong answer of the lesson that a line is: the same text, or the same value.
fn known<'q>(text: &str, given: &Given, question: &'q Question, expected: &Expected) -> Option<&'q Wrong> {
    let by_value = question.check.is_none() && Line::of(text) == Line::Expression;
    let mut pairs = question.wrong.iter().zip(&expected.wrong);
    let known = pairs.find(|(wrong, gives)| {
        let same_value = match gives {
            Given::Value(_) => by_value && given.agrees(gives),
            // Many mistakes end in the same kind of error.
            Given::Error(_) | Given::Nothing => false,
        };
        same_value || without_blanks(&wrong.answer.text) == without_blanks(text)
    });
    known.map(|(wrong, _)| wrong)
}

/// What is said to a right answer: the lesson's words, and its own line where that was another.
fn praise(text: &str, question: &Question) -> String {
    let mut praise = question.right.clone().unwrap_or_default();
    let same = |code: &&Snippet| without_blanks(&code.text) == without_blanks(text);
    let known = question.answers.iter().find(same);
    if let (None, Some(model)) = (known, question.answers.first().filter(|model| model.text.lines().count() == 1)) {
        let gap = if praise.is_empty() { "" } else { " " };
        praise.push_str(&format!("{gap}(The lesson's line: `{}`.)", model.text.trim()));
    }
    praise
}

/// Which of the lesson's variables the learner has changed.
fn changed(expected: &Expected, session: &Session) -> Option<String> {
    let names = expected.variables.iter().filter(|(name, should)| {
        let is = session.variable(name).map_or(Given::Nothing, Given::Value);
        let comparable = !matches!(should, Given::Value(crate::value::Value::Function(_)));
        comparable && !is.agrees(should)
    });
    let names: Vec<String> = names.map(|(name, _)| format!("`{name}`")).collect();
    let verb = if names.len() == 1 { "has" } else { "have" };
    let listed = names.join(", ");
    (!names.is_empty()).then(|| format!("{listed} {verb} no longer the lesson's value; `again` puts that right."))
}

fn without_blanks(text: &str) -> String {
    text.trim().trim_end_matches(';').chars().filter(|c| !c.is_whitespace()).collect()
}

impl Room<'_> {
    /// Shows a part of a step. Items of a list stand together, as do lines of setups.
    fn part(&mut self, part: &Part, before: Option<&Part>, lesson: &str) {
        let item = |part: &Part| matches!(part, Part::Paragraph(text) if text.starts_with("- "));
        let together = match (before, part) {
            (Some(Part::Setup(_)), Part::Setup(_)) => true,
            (Some(before), part) => item(before) && item(part),
            (None, _) => false,
        };
        if !together {
            self.output.write("\n");
        }
        let mut page = self.page();
        match part {
            Part::Paragraph(text) => page.text(text),
            Part::Picture(text) => page.picture(text),
            Part::Setup(code) => {
                for input in inputs(&code.text) {
                    self.output.write(&transcript::typed(self.prompt, &input));
                }
                let ran = self.session.eval(lesson, &code.text);
                self.report(ran.err());
            }
            Part::Example(code) | Part::Mistake(code) => self.play(&code.text, lesson),
        }
        self.show(page);
    }

    /// Runs lines as if they were typed, with their results.
    fn play(&mut self, text: &str, lesson: &str) {
        let ran = transcript::echo(self.session, self.output, self.prompt, lesson, text);
        self.report(ran.err());
    }
}

/// A text by inputs: lines up to where a line is complete.
fn inputs(text: &str) -> Vec<String> {
    let mut inputs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match inputs.last_mut() {
            Some(input) if open => {
                input.push('\n');
                input.push_str(line);
            }
            Some(_) | None => inputs.push(line.to_string()),
        }
        open = inputs.last().is_some_and(|input| syntax::is_incomplete(input));
    }
    inputs.retain(|input| !input.trim().is_empty());
    inputs
}
