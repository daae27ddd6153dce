//! Quiet notes at the prompt: an operation on the whole matrix stood where beginners mean every element. The result is
//! right, so nothing is in its way: one line after it, once a session for each kind of operation.

use crate::op::BinaryOp;
use crate::session::Session;
use crate::syntax;
use crate::syntax::ast::{Expr, ExprKind};
use crate::teach;
use crate::value::Value;

/// Functions that mean something else for a square matrix than for each of its elements.
const MATRIX_FUNCTIONS: &[(&str, &str)] = &[
    ("exp", "the matrix exponential"),
    ("log", "the logarithm of the matrix"),
    ("sqrt", "the matrix whose square it is"),
    ("sin", "the sine of the matrix"),
    ("cos", "the cosine of the matrix"),
    ("tan", "the tangent of the matrix"),
    ("sinh", "the hyperbolic sine of the matrix"),
    ("cosh", "the hyperbolic cosine of the matrix"),
    ("tanh", "the hyperbolic tangent of the matrix"),
];

/// What a note is about; of each it is said once.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Topic {
    Function(&'static str),
    Power,
    Division,
    RangeInBrackets,
}

/// Which notes a session has had.
#[derive(Default)]
pub struct Notes {
    told: Vec<Topic>,
}

impl Notes {
    /// The note for an input that has run without an error, if there is one that was not told before.
    pub fn on(&mut self, session: &Session, text: &str) -> Option<String> {
        if !session.notes() {
            return None;
        }
        let program = syntax::parse(text, 0).ok()?;
        let found = program.statements.iter().find_map(|statement| {
            let topic = |expr: &Expr| note(session, text, expr).filter(|(topic, _)| !self.told.contains(topic));
            first(&statement.expr, &topic)
        });
        let (topic, note) = found?;
        let off = if self.told.is_empty() { "\n      notes(false) turns these notes off" } else { "" };
        self.told.push(topic);
        Some(format!("note: {note}{off}"))
    }
}

/// The first expression, from the outside, that something is to be said about.
fn first<T>(expr: &Expr, say: &impl Fn(&Expr) -> Option<T>) -> Option<T> {
    say(expr).or_else(|| teach::parts(expr).into_iter().find_map(|part| first(part, say)))
}

/// What is to be said about one operation.
fn note(session: &Session, text: &str, expr: &Expr) -> Option<(Topic, String)> {
    let written = |expr: &Expr| text.get(expr.span.range()).unwrap_or("");
    match &expr.kind {
        ExprKind::Call { callee, args, dotted: false } => {
            let (name, meaning) = MATRIX_FUNCTIONS.iter().find(|(name, _)| written(callee) == *name)?;
            let [argument] = args.positional.as_slice() else { return None };
            let argument = is_square(session, argument).then(|| written(argument))?;
            Some((
                Topic::Function(name),
                format!("{name}({argument}) is {meaning}; every element: {name}.({argument})"),
            ))
        }
        ExprKind::Binary { op: BinaryOp::Pow, dotted: false, lhs, rhs, .. } if is_square(session, lhs) => {
            let (a, p) = (written(lhs), written(rhs));
            Some((Topic::Power, format!("{a}^{p} multiplies the matrix with itself; every element: {a} .^ {p}")))
        }
        ExprKind::Binary { op: BinaryOp::Div, dotted: false, lhs, rhs, .. }
            if is_array(session, lhs) && is_array(session, rhs) =>
        {
            let (a, b) = (written(lhs), written(rhs));
            Some((Topic::Division, format!("{a} / {b} solves X * {b} = {a}; every element: {a} ./ {b}")))
        }
        ExprKind::Vector { eltype: None, items } => {
            let [range] = items.as_slice() else { return None };
            let written = matches!(range.kind, ExprKind::Range { .. }).then(|| written(range))?;
            let said = format!("[{written}] is a vector that holds one range; its elements: collect({written})");
            Some((Topic::RangeInBrackets, said))
        }
        _ => None,
    }
}

/// A name that holds a square matrix, or one that is written there.
fn is_square(session: &Session, expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => {
            matches!(session.variable(name), Some(Value::Array(a)) if !a.is_vector() && a.shape().0 == a.shape().1)
        }
        ExprKind::Rows { rows, .. } => rows.iter().all(|row| row.len() == rows.len()),
        _ => false,
    }
}

/// A name that holds an array, or an array that is written there.
fn is_array(session: &Session, expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => matches!(session.variable(name), Some(Value::Array(_))),
        ExprKind::Rows { .. } | ExprKind::Vector { .. } => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::Output;
    use crate::console::Terminal;
    use crate::value::Style;

    fn session() -> Session {
        let terminal = Terminal::new(Output::stdout(), || Ok(None), false);
        Session::new(Box::new(terminal), crate::console::screen(Style::Julia))
    }

    fn noted(notes: &mut Notes, session: &mut Session, text: &str) -> Option<String> {
        session.eval("prompt", text).expect("the line works");
        notes.on(session, text)
    }

    #[test]
    fn what_beginners_mean_elementwise_is_said_once() {
        let (mut notes, mut session) = (Notes::default(), session());
        let mut said = |text: &str| noted(&mut notes, &mut session, text);
        assert_eq!(said("S = [2 1; 1 2]; x = [1.0, 2]; exp.(S); sqrt(2.0); x / 2;"), None);
        let first = said("E = exp(S);").expect("a note");
        assert_eq!(
            first,
            "note: exp(S) is the matrix exponential; every element: exp.(S)\n      notes(false) turns these notes off"
        );
        assert_eq!(said("2 * exp(S);"), None);
        assert!(said("sqrt(S);").is_some_and(|note| note.ends_with("every element: sqrt.(S)")));
        assert_eq!(
            said("2 * S^2;").as_deref(),
            Some("note: S^2 multiplies the matrix with itself; every element: S .^ 2")
        );
        assert_eq!(said("S / S;").as_deref(), Some("note: S / S solves X * S = S; every element: S ./ S"));
        assert!(said("[1:3];").is_some_and(|note| note.ends_with("collect(1:3)")));
        assert_eq!(said("S^2; S / S; [1:3];"), None);
    }

    #[test]
    fn notes_can_be_turned_off() {
        let (mut notes, mut session) = (Notes::default(), session());
        assert_eq!(noted(&mut notes, &mut session, "notes(false); S = [2 1; 1 2]; exp(S);"), None);
        assert!(noted(&mut notes, &mut session, "notes(true); exp(S);").is_some());
    }
}
