//! What a lesson is made of, and the lessons that hlang comes with.

use super::marks::{self, Problem};

/// A lesson: steps, one after the other.
#[derive(Debug)]
pub struct Lesson {
    /// What it is called on the command line: `dot`, or the path of a file.
    pub name: String,
    pub title: String,
    /// What stands before the first step, by paragraphs; the first is its summary.
    pub introduction: Vec<String>,
    pub steps: Vec<Step>,
}

/// One thing to learn.
#[derive(Debug)]
pub struct Step {
    pub heading: String,
    /// What is shown before the learner types, in order.
    pub parts: Vec<Part>,
    /// What the learner is asked for; a step without a question is only read.
    pub question: Option<Question>,
}

/// What is shown in a step.
#[derive(Debug)]
pub enum Part {
    /// Running text.
    Paragraph(String),
    /// Lines as they are: a picture, code of another language.
    Picture(String),
    /// Lines that give the learner's session its variables; their results are not shown.
    Setup(Snippet),
    /// Lines with their results.
    Example(Snippet),
    /// Lines that end in the error that is to be seen.
    Mistake(Snippet),
}

/// Code of a lesson.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The line of the lesson that it begins in, from 1.
    pub line: usize,
    pub text: String,
}

/// What the learner is asked for.
#[derive(Debug)]
pub struct Question {
    /// The model answer first; the others are right too.
    pub answers: Vec<Snippet>,
    /// Is the answer a line that ends in an error?
    pub fails: bool,
    /// Expressions that tell whether an answer is right, in place of its own value.
    pub check: Option<Snippet>,
    pub wrong: Vec<Wrong>,
    /// Each says more than the one before it.
    pub hints: Vec<String>,
    /// What is said to a right answer.
    pub right: Option<String>,
}

/// A wrong answer that is to be expected.
#[derive(Debug)]
pub struct Wrong {
    pub answer: Snippet,
    /// What is said to it.
    pub remark: Option<String>,
}

impl Lesson {
    /// The first paragraph.
    pub fn summary(&self) -> &str {
        self.introduction.first().map_or("", String::as_str)
    }

    /// Reads a lesson; a problem says where and what.
    pub fn read(name: &str, text: &str) -> Result<Lesson, Problem> {
        marks::read(name, text)
    }

    /// The lesson that hlang has under a name or number (from 1).
    pub fn named(name: &str) -> Option<Result<Lesson, Problem>> {
        let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let found = LESSONS.iter().enumerate().find(|(k, (known, _))| *known == name || number == Some(*k));
        found.map(|(_, (name, text))| Lesson::read(name, text))
    }
}

/// The lessons in the order in which they are best taken: name and text.
pub const LESSONS: &[(&str, &str)] = &[
    ("dot", include_str!("../../docs/lessons/dot.md")),
    ("sizes", include_str!("../../docs/lessons/sizes.md")),
    ("broadcasting", include_str!("../../docs/lessons/broadcasting.md")),
    ("vectors", include_str!("../../docs/lessons/vectors.md")),
    ("functions", include_str!("../../docs/lessons/functions.md")),
    ("solving", include_str!("../../docs/lessons/solving.md")),
    ("hadamard", include_str!("../../docs/lessons/hadamard.md")),
    ("matlab", include_str!("../../docs/lessons/matlab.md")),
    ("numpy", include_str!("../../docs/lessons/numpy.md")),
    ("julia", include_str!("../../docs/lessons/julia.md")),
];
