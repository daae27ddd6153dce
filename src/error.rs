//! The one diagnostic: an error with its place, labels, rule and offers, and how a span-free fault becomes one.

use crate::codes::Code;
use crate::fault::{ErrorKind, Fault, FaultReport, Part};
use crate::source::Span;

/// A short text at a place, such as `2×3` under an operand.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// A changed line that works: it was tried before it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What to write, as it is shown: `A .* B`.
    pub code: String,
    /// What it gives: `2×3`.
    pub gives: String,
}

/// One call of the user's own functions under an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function's name.
    pub name: String,
    /// The call in the text.
    pub span: Span,
}

/// An error with its place. It cannot be built without a span.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which kind of error.
    pub kind: ErrorKind,
    /// Why, more finely than the kind: which page explains it.
    pub code: Code,
    /// What happened, in one line, without the kind.
    pub message: String,
    /// The exact text that the error is about.
    pub span: Span,
    /// The text under `span` itself, if any: `columns of the left (3) ≠ rows of the right (2)`.
    pub note: Option<String>,
    /// What else is labelled, such as the operands' sizes.
    pub labels: Vec<Label>,
    /// The rule that was broken, in one sentence.
    pub rule: Option<String>,
    /// Advice in words, each a line.
    pub hints: Vec<String>,
    /// Checked lines that would work, best first.
    pub offers: Vec<Offer>,
    /// What the offers call operands whose own text is long: the letter, and what it stands for.
    pub letters: Vec<Label>,
    /// Calls of the user's functions that led here, innermost first.
    pub calls: Vec<Call>,
    /// The text ended before it was complete: the prompt asks for another line.
    pub incomplete: bool,
}

impl Diagnostic {
    /// An error at a place.
    #[cold]
    #[inline(never)]
    pub fn new(kind: ErrorKind, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic {
            kind,
            code: kind.code(),
            message: message.into(),
            span,
            note: None,
            labels: Vec::new(),
            rule: None,
            hints: Vec::new(),
            offers: Vec::new(),
            letters: Vec::new(),
            calls: Vec::new(),
            incomplete: false,
        }
    }

    /// With a finer code than that of its kind.
    #[must_use]
    pub fn code(mut self, code: Code) -> Diagnostic {
        self.code = code;
        self
    }

    /// With a text under the error's own span.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.note = Some(note.into());
        self
    }

    /// With a text at another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// With the rule that was broken.
    #[must_use]
    pub fn rule(mut self, rule: impl Into<String>) -> Diagnostic {
        self.rule = Some(rule.into());
        self
    }

    /// With a line of advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }

    /// With a line that works; the caller has tried it.
    #[must_use]
    pub fn offer(mut self, code: impl Into<String>, gives: impl Into<String>) -> Diagnostic {
        self.offers.push(Offer { code: code.into(), gives: gives.into() });
        self
    }

    /// With a letter that the offers use for what stands at a place.
    #[must_use]
    pub fn letter(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.letters.push(Label { span, text: text.into() });
        self
    }

    /// Marks that more text could complete the input.
    #[must_use]
    pub fn incomplete(mut self) -> Diagnostic {
        self.incomplete = true;
        self
    }
}

/// The places of an operation's parts, for turning a fault into a diagnostic.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// The operator or the called name: where the error points.
    pub operator: Span,
    /// The left operand or the indexed thing.
    pub left: Option<Span>,
    /// The right operand or the assigned value.
    pub right: Option<Span>,
    /// Arguments or indices.
    pub arguments: &'a [Span],
}

impl<'a> Places<'a> {
    /// One place for everything.
    pub fn at(span: Span) -> Places<'a> {
        Places { operator: span, left: None, right: None, arguments: &[] }
    }

    fn of(&self, part: Part) -> Option<Span> {
        match part {
            Part::Operator => Some(self.operator),
            Part::Left => self.left,
            Part::Right => self.right,
            Part::Argument(k) => self.arguments.get(k).copied(),
        }
    }
}

impl Diagnostic {
    /// A fault at its place. Labels of parts that have no place there are dropped.
    #[cold]
    #[inline(never)]
    pub fn from_report(report: FaultReport, places: Places<'_>) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(report.kind, report.message, places.operator);
        diagnostic.code = report.code;
        diagnostic.rule = report.rule;
        diagnostic.hints = report.hints;
        for (part, text) in report.labels {
            match (part, places.of(part)) {
                (Part::Operator, _) => diagnostic.note = Some(text),
                (_, Some(span)) => diagnostic.labels.push(Label { span, text }),
                (_, None) => {}
            }
        }
        diagnostic
    }
}

/// The bridge from span-free faults to diagnostics.
pub trait At<T> {
    /// Places the fault. `Err(None)` means that a placed error of called user code is passing through.
    fn at(self, span: Span) -> Result<T, Option<Box<Diagnostic>>>;
}

impl<T> At<T> for Result<T, Fault> {
    fn at(self, span: Span) -> Result<T, Option<Box<Diagnostic>>> {
        self.map_err(|fault| match fault {
            Fault::Raised(report) => Some(Box::new(Diagnostic::from_report(*report, Places::at(span)))),
            Fault::Passing => None,
        })
    }
}
