//! The marks of a lesson's text: Markdown in which headings are steps, ```` ```hlang answer ```` blocks say what is asked
//! for, and `> hint: …` lines help.

use super::lesson::{Lesson, Part, Question, Snippet, Step, Wrong};
use crate::suggest;
use std::fmt;

/// Why a text is no lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What the lesson is called: the path of its file.
    pub lesson: String,
    /// Its line, from 1.
    pub line: usize,
    pub message: String,
    /// More about it: the report of code that does not run, or what to write instead.
    pub more: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.lesson, self.line, self.message)
    }
}

/// What may stand after ```` ```hlang ````.
const BLOCKS: &[&str] = &["setup", "error", "answer", "answer error", "check", "wrong"];

/// What may stand after `>`.
const REMARKS: [&str; 3] = ["hint", "right", "wrong"];

/// Reads a lesson.
pub fn read(name: &str, text: &str) -> Result<Lesson, Problem> {
    let mut reader = Reader { name, lesson: None, paragraph: Paragraph::default(), remark: None, block: None };
    let lines: Vec<&str> = text.lines().collect();
    for (k, line) in lines.iter().enumerate() {
        reader.line(k + 1, line.trim_end())?;
    }
    if let Some(block) = &reader.block {
        return Err(reader.problem(block.line, "this block is never closed", "close it with a line of ```"));
    }
    reader.end_paragraph()?;
    let Some(lesson) = reader.lesson else {
        return Err(reader.problem(1, "there is no lesson in this file", TITLE));
    };
    match lesson.steps.iter().any(|step| step.question.is_some()) {
        true => Ok(lesson),
        false => {
            let message = "nothing is asked in this lesson".to_string();
            let more = Some("a step asks by a block that begins with ```hlang answer".to_string());
            Err(Problem { lesson: name.to_string(), line: lines.len().max(1), message, more })
        }
    }
}

const TITLE: &str = "a lesson begins with its title: # The dot";

/// Lines of running text that belong together.
#[derive(Default)]
struct Paragraph {
    line: usize,
    text: String,
}

/// A block that is open.
struct Block {
    /// The line of its fence.
    line: usize,
    /// What stands after the fence.
    info: String,
    text: String,
}

struct Reader<'t> {
    name: &'t str,
    lesson: Option<Lesson>,
    paragraph: Paragraph,
    /// The kind of the `>` lines that may go on in the next line.
    remark: Option<&'static str>,
    block: Option<Block>,
}

impl Reader<'_> {
    fn problem(&self, line: usize, message: impl Into<String>, more: impl Into<String>) -> Problem {
        Problem { lesson: self.name.to_string(), line, message: message.into(), more: Some(more.into()) }
    }

    fn line(&mut self, number: usize, line: &str) -> Result<(), Problem> {
        if let Some(mut block) = self.block.take() {
            if line.starts_with("```") {
                return self.end_block(block);
            }
            block.text.push_str(line);
            block.text.push('\n');
            self.block = Some(block);
            return Ok(());
        }
        let goes_on = self.remark.take();
        if let Some(info) = line.strip_prefix("```") {
            self.end_paragraph()?;
            self.block = Some(Block { line: number, info: info.trim().to_string(), text: String::new() });
            return Ok(());
        }
        if let Some(remark) = line.strip_prefix('>') {
            self.end_paragraph()?;
            return self.remark(number, remark.trim(), goes_on);
        }
        if line.starts_with('#') {
            self.end_paragraph()?;
            return self.heading(number, line);
        }
        if line.trim().is_empty() {
            return self.end_paragraph();
        }
        if line.starts_with("- ") {
            self.end_paragraph()?;
        }
        if self.paragraph.text.is_empty() {
            self.paragraph.line = number;
        } else {
            self.paragraph.text.push(' ');
        }
        self.paragraph.text.push_str(line.trim());
        Ok(())
    }

    fn heading(&mut self, number: usize, line: &str) -> Result<(), Problem> {
        let marks = line.len() - line.trim_start_matches('#').len();
        let text = line[marks..].trim();
        match (marks, &mut self.lesson) {
            (1 | 2, _) if text.is_empty() => Err(self.problem(number, "this heading has no text", TITLE)),
            (1, None) => {
                let name = self.name.to_string();
                let title = text.to_string();
                self.lesson = Some(Lesson { name, title, introduction: Vec::new(), steps: Vec::new() });
                Ok(())
            }
            (1, Some(_)) => Err(self.problem(
                number,
                "a lesson has one title",
                "the heading of a step has two marks: ## Two products",
            )),
            (2, Some(lesson)) => {
                lesson.steps.push(Step { heading: text.to_string(), parts: Vec::new(), question: None });
                Ok(())
            }
            (_, None) => Err(self.problem(number, "this stands before the title", TITLE)),
            (_, Some(_)) => {
                Err(self.problem(number, "a heading has one mark or two", "# is the lesson's title, ## begins a step"))
            }
        }
    }

    /// The step that is being written, for what stands in this line.
    fn step(&mut self, line: usize, what: &str) -> Result<&mut Step, Problem> {
        let missing = match &self.lesson {
            None => Some(("title", TITLE)),
            Some(lesson) if lesson.steps.is_empty() => {
                Some(("first step", "a step begins with its heading: ## Two products"))
            }
            Some(_) => None,
        };
        if let Some((place, more)) = missing {
            return Err(self.problem(line, format!("{what} stands before the {place}"), more));
        }
        Ok(self.lesson.as_mut().and_then(|lesson| lesson.steps.last_mut()).expect("there is a last step"))
    }

    /// The question of the step, to which a mark in this line belongs.
    fn question(&mut self, line: usize, what: &str) -> Result<&mut Question, Problem> {
        if self.step(line, what)?.question.is_none() {
            let message = format!("{what} stands before the answer that it belongs to");
            return Err(self.problem(line, message, "first a block ```hlang answer, then what belongs to it"));
        }
        Ok(self.step(line, what)?.question.as_mut().expect("it was looked for"))
    }

    fn end_paragraph(&mut self) -> Result<(), Problem> {
        let Paragraph { line, text } = std::mem::take(&mut self.paragraph);
        if text.is_empty() {
            return Ok(());
        }
        if let Some(lesson) = self.lesson.as_mut().filter(|lesson| lesson.steps.is_empty()) {
            lesson.introduction.push(text);
            return Ok(());
        }
        self.show(line, "this text", Part::Paragraph(text))
    }

    /// Adds what is shown before the learner types.
    fn show(&mut self, line: usize, what: &str, part: Part) -> Result<(), Problem> {
        let step = self.step(line, what)?;
        if step.question.is_some() {
            let message = format!("{what} stands after the answer, where nobody sees it");
            return Err(self.problem(line, message, "say it before the answer, or to a right answer: > right: …"));
        }
        step.parts.push(part);
        Ok(())
    }

    fn end_block(&mut self, block: Block) -> Result<(), Problem> {
        let Block { line, info, text } = block;
        let mut words = info.split_whitespace();
        let (language, role) = (words.next().unwrap_or(""), words.collect::<Vec<_>>().join(" "));
        if text.trim().is_empty() {
            return Err(self.problem(line, "this block is empty", "write its code, or leave it out"));
        }
        if language != "hlang" && (language.starts_with("hlang") || BLOCKS.contains(&role.as_str())) {
            let message = format!("there is no block ```{info}");
            return Err(self.problem(line, message, "a blank stands between the two words: ```hlang answer"));
        }
        if language != "hlang" {
            return self.show(line, "this block", Part::Picture(text));
        }
        let code = Snippet { line: line + 1, text };
        match role.as_str() {
            "" => self.show(line, "this example", Part::Example(code)),
            "setup" => self.show(line, "this setup", Part::Setup(code)),
            "error" => self.show(line, "this example", Part::Mistake(code)),
            "answer" | "answer error" => self.answer(line, code, role == "answer error"),
            "check" => {
                let question = self.question(line, "this check")?;
                if question.check.is_some() {
                    return Err(self.problem(line, "this question has a check already", "put both into one block"));
                }
                question.check = Some(code);
                Ok(())
            }
            "wrong" => {
                self.question(line, "this wrong answer")?.wrong.push(Wrong { answer: code, remark: None });
                Ok(())
            }
            unknown => {
                let near = suggest::nearest(unknown, BLOCKS.iter().copied(), 1);
                let message = format!("there is no block ```hlang {unknown}");
                Err(self.problem(line, message, advice(&near, "after ```hlang may stand", BLOCKS)))
            }
        }
    }

    fn answer(&mut self, line: usize, code: Snippet, fails: bool) -> Result<(), Problem> {
        let step = self.step(line, "this answer")?;
        let Some(question) = &mut step.question else {
            let question =
                Question { answers: vec![code], fails, check: None, wrong: vec![], hints: vec![], right: None };
            step.question = Some(question);
            return Ok(());
        };
        if fails || question.fails {
            let more = "an answer that ends in an error is the only one of its step";
            return Err(self.problem(line, "this step has an answer already", more));
        }
        question.answers.push(code);
        Ok(())
    }

    /// A line after `>`; without a word and a colon it goes on with the one before it.
    fn remark(&mut self, line: usize, text: &str, goes_on: Option<&'static str>) -> Result<(), Problem> {
        let marked = text.split_once(':').filter(|(word, _)| word.chars().all(char::is_alphabetic));
        let (word, text) = match (marked, goes_on) {
            (Some((word, rest)), _) if REMARKS.contains(&word) => (word, rest.trim()),
            (_, Some(kind)) => {
                let said = self.said(line, kind)?;
                said.push(' ');
                said.push_str(text);
                self.remark = Some(kind);
                return Ok(());
            }
            (marked, None) => {
                let word = marked.map_or("", |(word, _)| word);
                let near = suggest::nearest(word, REMARKS.iter().copied(), 1);
                let message = match word {
                    "" => "this line after > says not what it is".to_string(),
                    word => format!("there is no mark > {word}:"),
                };
                let all = REMARKS.map(|word| format!("{word}:"));
                let all: Vec<&str> = all.iter().map(String::as_str).collect();
                return Err(self.problem(line, message, advice(&near, "after > may stand", &all)));
            }
        };
        let kind = REMARKS.iter().copied().find(|kind| *kind == word).unwrap_or("");
        let question = self.question(line, &format!("this > {kind}:"))?;
        let taken = match kind {
            "hint" => {
                question.hints.push(text.to_string());
                false
            }
            "right" => question.right.replace(text.to_string()).is_some(),
            _ => match question.wrong.last_mut() {
                Some(wrong) => wrong.remark.replace(text.to_string()).is_some(),
                None => {
                    let more = "a block ```hlang wrong comes before what is said to it";
                    return Err(self.problem(line, "this > wrong: belongs to no wrong answer", more));
                }
            },
        };
        if taken {
            let message = format!("there is a > {kind}: already");
            return Err(self.problem(line, message, "a longer text goes on in lines that begin with > alone"));
        }
        self.remark = Some(kind);
        Ok(())
    }

    /// The text that a line goes on with.
    fn said(&mut self, line: usize, kind: &'static str) -> Result<&mut String, Problem> {
        let question = self.question(line, "this line")?;
        let text = match kind {
            "hint" => question.hints.last_mut(),
            "right" => question.right.as_mut(),
            _ => question.wrong.last_mut().and_then(|wrong| wrong.remark.as_mut()),
        };
        Ok(text.expect("the line before it began this text"))
    }
}

/// `did you mean …?`, or everything that there is.
fn advice(near: &[&str], before: &str, all: &[&str]) -> String {
    suggest::question(near).unwrap_or_else(|| format!("{before} {}", all.join(", ")))
}
