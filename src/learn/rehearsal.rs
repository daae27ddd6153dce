//! A lesson is played once before the learner sees it: what its answers give, and whether it keeps its own promises.

use super::judge::{self, Given};
use super::lesson::{Lesson, Part, Question, Snippet};
use super::marks::Problem;
use super::scratch::Scratch;
use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::report;
use crate::value::Screen;

/// What right and wrong answers to a step's question give.
#[derive(Debug)]
pub struct Expected {
    /// The model answer.
    pub answer: Given,
    /// The expressions of the check after it, each with its text.
    pub check: Vec<(String, Given)>,
    /// The wrong answers that the lesson knows, in its order.
    pub wrong: Vec<Given>,
    /// The lesson's variables before the learner answers.
    pub variables: Vec<(String, Given)>,
}

/// Plays a lesson with its model answers; gives what is expected in each step that asks something.
pub fn rehearse(lesson: &Lesson, screen: Screen) -> Result<Vec<Option<Expected>>, Problem> {
    let mut stage = Stage { lesson, scratch: Scratch::new(screen), names: Vec::new() };
    lesson.steps.iter().map(|step| stage.step(&step.parts, step.question.as_ref())).collect()
}

struct Stage<'l> {
    lesson: &'l Lesson,
    scratch: Scratch,
    /// What the lesson has given values to so far.
    names: Vec<String>,
}

impl Stage<'_> {
    fn step(&mut self, parts: &[Part], question: Option<&Question>) -> Result<Option<Expected>, Problem> {
        for part in parts {
            match part {
                Part::Paragraph(_) | Part::Picture(_) => {}
                Part::Setup(code) | Part::Example(code) => {
                    self.play(code, "this block ends in an error")?;
                }
                Part::Mistake(code) => {
                    if !matches!(self.run(code)?.0, Given::Error(_)) {
                        let more = "leave out the word error where there is none";
                        return Err(self.problem(code, "this block is said to end in an error, and does not", more));
                    }
                }
            }
        }
        question.map(|question| self.question(question)).transpose()
    }

    fn question(&mut self, question: &Question) -> Result<Expected, Problem> {
        let names = self.names.iter();
        let variables = names.filter_map(|name| {
            let value = self.scratch.session.variable(name)?;
            Some((name.clone(), Given::Value(value).kept()))
        });
        let variables = variables.collect();
        let mut expected = Expected { answer: Given::Nothing, check: Vec::new(), wrong: Vec::new(), variables };
        let Some((model, others)) = question.answers.split_first() else { return Ok(expected) };
        (expected.answer, expected.check) = self.answer(model, question)?;
        if matches!(expected.answer, Given::Nothing) && expected.check.is_empty() {
            let more = "a block ```hlang check says what tells whether it is right";
            return Err(self.problem(model, "this answer has no value to judge by", more));
        }
        if let Some((text, _)) = expected.check.iter().find(|(_, given)| matches!(given, Given::Error(_))) {
            let message = format!("after the answer, the check `{text}` is an error");
            return Err(self.problem(question.check.as_ref().unwrap_or(model), &message, "a check has to work then"));
        }
        for other in others {
            let (given, check) = self.answer(other, question)?;
            if !expected.accepts(&given, &check) {
                let message =
                    format!("this answer gives {}, and the first one {}", given.in_words(), expected.answer.in_words());
                return Err(self.problem(other, &message, "a value that is not right belongs into ```hlang wrong"));
            }
        }
        for wrong in &question.wrong {
            let (given, _) = self.run(&wrong.answer)?;
            let check = self.check(question)?;
            if expected.accepts(&given, &check) {
                let more = "choose variables for which right and wrong differ";
                return Err(self.problem(&wrong.answer, "this wrong answer gives what the right one gives", more));
            }
            expected.wrong.push(given);
        }
        if !(question.wrong.is_empty() && others.is_empty()) {
            // What follows stands on the model answer.
            self.answer(model, question)?;
        }
        Ok(expected)
    }

    /// What an answer gives, and the checks after it.
    fn answer(&mut self, code: &Snippet, question: &Question) -> Result<(Given, Vec<(String, Given)>), Problem> {
        let given = if question.fails {
            let given = self.run(code)?.0;
            if !matches!(given, Given::Error(_)) {
                let more = "leave out the word error where there is none";
                return Err(self.problem(code, "this answer is said to be an error, and is none", more));
            }
            given
        } else {
            self.play(code, "this answer ends in an error")?
        };
        let check = self.check(question)?;
        Ok((given, check))
    }

    fn check(&mut self, question: &Question) -> Result<Vec<(String, Given)>, Problem> {
        let Some(check) = &question.check else { return Ok(Vec::new()) };
        let lines = check.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(k, line)| {
                let code = Snippet { line: check.line + k, text: line.to_string() };
                Ok((line.trim().to_string(), self.run(&code)?.0))
            })
            .collect()
    }

    /// Runs code that must not fail.
    fn play(&mut self, code: &Snippet, otherwise: &str) -> Result<Given, Problem> {
        self.names.extend(judge::assigned(&code.text));
        self.names.sort();
        self.names.dedup();
        match self.run(code)? {
            (given, None) => Ok(given),
            (_, Some(diagnostic)) => Err(self.failed(code, otherwise, &diagnostic)),
        }
    }

    /// Runs code that may fail, but not for its syntax unless the syntax of an answer is what is asked for.
    fn run(&mut self, code: &Snippet) -> Result<(Given, Option<Box<Diagnostic>>), Problem> {
        // Lines before it, so that a report has the line of the lesson.
        let text = format!("{}{}", "\n".repeat(code.line - 1), code.text);
        let entered = self.scratch.run(&self.lesson.name, &text);
        self.scratch.take_output();
        let given = Given::of(&entered).kept();
        if self.scratch.session.exit_status().is_some() {
            return Err(self.problem(code, "this block leaves hlang", "exit belongs into no lesson"));
        }
        if matches!(given, Given::Error(ErrorKind::InterruptException)) {
            return Err(self.problem(
                code,
                "this block was interrupted",
                "the lesson is played once before it is shown",
            ));
        }
        Ok((given, entered.err()))
    }

    fn failed(&self, code: &Snippet, message: &str, diagnostic: &Diagnostic) -> Problem {
        let sources = self.scratch.session.sources();
        let report = report::render(diagnostic, &sources, false, self.scratch.session.screen().cols);
        self.problem(code, message, report.trim_end())
    }

    fn problem(&self, code: &Snippet, message: &str, more: &str) -> Problem {
        let more = Some(more.to_string());
        Problem { lesson: self.lesson.name.clone(), line: code.line, message: message.to_string(), more }
    }
}

impl Expected {
    /// Is an answer right that gives this, and after which the checks give that?
    pub fn accepts(&self, given: &Given, check: &[(String, Given)]) -> bool {
        if self.check.is_empty() {
            return given.agrees(&self.answer);
        }
        self.check.len() == check.len() && self.check.iter().zip(check).all(|((_, a), (_, b))| a.agrees(b))
    }
}
