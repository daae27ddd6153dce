//! What can go wrong, before anyone knows where: the kinds of errors and the span-free [`Fault`].
//!
//! Values and kernels return faults; `error.rs` turns a fault into a diagnostic once the place in the text is known.

use crate::codes::Code;

/// The kinds of errors, under Julia's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    ArgumentError,
    AssertionError,
    BoundsError,
    DimensionMismatch,
    DivideError,
    DomainError,
    EOFError,
    ErrorException,
    InexactError,
    InterruptException,
    KeyError,
    LoadError,
    MethodError,
    OutOfMemoryError,
    OverflowError,
    ParseError,
    PosDefException,
    SingularException,
    StackOverflowError,
    StringIndexError,
    SystemError,
    TestFailure,
    TypeError,
    UndefKeywordError,
    UndefVarError,
}

impl ErrorKind {
    /// Every kind, for looking one up by its name.
    pub const ALL: &'static [ErrorKind] = {
        use ErrorKind::*;
        &[
            ArgumentError,
            AssertionError,
            BoundsError,
            DimensionMismatch,
            DivideError,
            DomainError,
            EOFError,
            ErrorException,
            InexactError,
            InterruptException,
            KeyError,
            LoadError,
            MethodError,
            OutOfMemoryError,
            OverflowError,
            ParseError,
            PosDefException,
            SingularException,
            StackOverflowError,
            StringIndexError,
            SystemError,
            TestFailure,
            TypeError,
            UndefKeywordError,
            UndefVarError,
        ]
    };

    /// The name as it is written and shown: `DimensionMismatch`.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// The code of an error of this kind for which nobody knows a finer one.
    pub fn code(self) -> Code {
        match self {
            ErrorKind::ArgumentError => Code::Argument,
            ErrorKind::AssertionError => Code::Assertion,
            ErrorKind::BoundsError => Code::Index,
            ErrorKind::DimensionMismatch => Code::Sizes,
            ErrorKind::DivideError => Code::DivisionByZero,
            ErrorKind::DomainError => Code::Domain,
            ErrorKind::EOFError => Code::System,
            ErrorKind::ErrorException => Code::OwnError,
            ErrorKind::InexactError => Code::Inexact,
            ErrorKind::InterruptException => Code::Interrupted,
            ErrorKind::KeyError => Code::Index,
            ErrorKind::LoadError => Code::System,
            ErrorKind::MethodError => Code::Method,
            ErrorKind::OutOfMemoryError => Code::Memory,
            ErrorKind::OverflowError => Code::Overflow,
            ErrorKind::ParseError => Code::Syntax,
            ErrorKind::PosDefException => Code::NotPositiveDefinite,
            ErrorKind::SingularException => Code::Singular,
            ErrorKind::StackOverflowError => Code::Depth,
            ErrorKind::StringIndexError => Code::Index,
            ErrorKind::SystemError => Code::System,
            ErrorKind::TestFailure => Code::Test,
            ErrorKind::TypeError => Code::Type,
            ErrorKind::UndefKeywordError => Code::MissingKeyword,
            ErrorKind::UndefVarError => Code::UnknownName,
        }
    }
}

/// Which part of an operation a fault or a label is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The operator or the called name.
    Operator,
    /// The left operand, or the only one; the indexed thing; the target of an assignment.
    Left,
    /// The right operand; the assigned value.
    Right,
    /// The argument or index with this number, from 0.
    Argument(usize),
}

/// An error without a place.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultReport {
    /// Which kind of error.
    pub kind: ErrorKind,
    /// Why, more finely than the kind: which page explains it.
    pub code: Code,
    /// What happened, in one line, without the kind: `columns of A (3) ≠ rows of B (2)`.
    pub message: String,
    /// The rule that was broken, in one sentence, if the message does not say it.
    pub rule: Option<String>,
    /// Short texts for parts of the operation: under the third index `row 3 of 2`.
    pub labels: Vec<(Part, String)>,
    /// Advice in words, each a line.
    pub hints: Vec<String>,
}

/// An error on its way to a place in the text. One pointer wide.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A new error that still needs its place.
    Raised(Box<FaultReport>),
    /// An error of called user code that is already placed and waits in the evaluator; pass it on untouched.
    Passing,
}

/// What a value operation, kernel or builtin gives.
pub type Outcome<T> = Result<T, Fault>;

impl Fault {
    /// A new error.
    #[cold]
    #[inline(never)]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Fault {
        Fault::Raised(Box::new(FaultReport {
            kind,
            code: kind.code(),
            message: message.into(),
            rule: None,
            labels: Vec::new(),
            hints: Vec::new(),
        }))
    }

    /// With a finer code than that of its kind.
    #[must_use]
    pub fn code(self, code: Code) -> Fault {
        self.change(|r| r.code = code)
    }

    /// With the rule that was broken.
    #[must_use]
    pub fn rule(self, rule: impl Into<String>) -> Fault {
        self.change(|r| r.rule = Some(rule.into()))
    }

    /// With a text for a part of the operation.
    #[must_use]
    pub fn label(self, part: Part, text: impl Into<String>) -> Fault {
        self.change(|r| r.labels.push((part, text.into())))
    }

    /// With a line of advice.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Fault {
        self.change(|r| r.hints.push(hint.into()))
    }

    fn change(mut self, change: impl FnOnce(&mut FaultReport)) -> Fault {
        if let Fault::Raised(report) = &mut self {
            change(report);
        }
        self
    }

    /// The report, if the error is new.
    pub fn report(&self) -> Option<&FaultReport> {
        match self {
            Fault::Raised(report) => Some(report),
            Fault::Passing => None,
        }
    }
}

/// Shorthands for the commonest kinds.
impl Fault {
    /// Sizes that do not fit.
    #[cold]
    pub fn dimension(message: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::DimensionMismatch, message)
    }

    /// Arguments of types or numbers that the function does not take.
    #[cold]
    pub fn method(message: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::MethodError, message)
    }

    /// An argument whose value cannot be used.
    #[cold]
    pub fn argument(message: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::ArgumentError, message)
    }

    /// A number outside the function's domain.
    #[cold]
    pub fn domain(message: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::DomainError, message)
    }

    /// An index outside its array.
    #[cold]
    pub fn bounds(message: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::BoundsError, message)
    }

    /// An integer result too large for 64 bits.
    #[cold]
    pub fn overflow(message: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::OverflowError, message)
    }

    /// A value that its target's type cannot hold.
    #[cold]
    pub fn inexact(message: impl Into<String>) -> Fault {
        Fault::new(ErrorKind::InexactError, message)
    }
}
