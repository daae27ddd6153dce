//! Is an answer right? It is judged by what it gives, not by how it is written.

use crate::error::Diagnostic;
use crate::fault::ErrorKind;
use crate::kernel::operators;
use crate::syntax::{self, ast::Expr, ast::ExprKind};
use crate::teach;
use crate::transcript::Entered;
use crate::value::display::repr;
use crate::value::{Value, compare};

/// Decimals are equal if they differ by less than this, relative to the larger.
const ROUNDING: f64 = 1e-6;

/// What is shown of a value within a sentence.
const SHORT: usize = 40;

/// What a line gave.
#[derive(Clone, Debug)]
pub enum Given {
    Value(Value),
    Nothing,
    Error(ErrorKind),
}

impl Given {
    /// What an input gave.
    pub fn of(entered: &Result<Entered, Box<Diagnostic>>) -> Given {
        match entered {
            Ok(Entered { value: Value::Nothing, .. }) => Given::Nothing,
            Ok(Entered { value, .. }) => Given::Value(value.clone()),
            Err(diagnostic) => Given::Error(diagnostic.kind),
        }
    }

    /// The same, with an array of its own, which nothing changes later.
    pub fn kept(self) -> Given {
        match self {
            Given::Value(Value::Array(array)) => Given::Value(Value::array(array.copy())),
            other => other,
        }
    }

    /// Are both the same answer?
    pub fn agrees(&self, other: &Given) -> bool {
        match (self, other) {
            (Given::Value(a), Given::Value(b)) => same(a, b),
            (Given::Error(a), Given::Error(b)) => a == b,
            (Given::Nothing, Given::Nothing) => true,
            (Given::Value(_) | Given::Error(_) | Given::Nothing, _) => false,
        }
    }

    /// `[1, 2]`, `a 20×20`, `an error`
    pub fn in_words(&self) -> String {
        match self {
            Given::Value(value) => {
                let large = matches!(value, Value::Array(array) if array.len() > SHORT);
                let text = if large { String::new() } else { repr(value) };
                match text.chars().count() {
                    1..=SHORT => text,
                    _ => teach::with_article(&teach::size(value)),
                }
            }
            Given::Nothing => "nothing".to_string(),
            Given::Error(kind) => format!("an error ({})", kind.name()),
        }
    }
}

/// Equal in type (a Bool is no number), size and elements, decimals up to rounding.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Bool(_), _) | (_, Value::Bool(_)) => a == b,
        (Value::Tuple(x), Value::Tuple(y)) => {
            x.items.len() == y.items.len() && x.items.iter().zip(&y.items).all(|(p, q)| same(p, q))
        }
        (Value::Array(_) | Value::Range(_), Value::Array(_) | Value::Range(_)) => same_arrays(a, b),
        _ if is_number(a) && is_number(b) => {
            compare::is_equal(a, b) || operators::approx(a, b, Some(ROUNDING), ROUNDING).unwrap_or(false)
        }
        _ => compare::is_equal(a, b),
    }
}

fn same_arrays(a: &Value, b: &Value) -> bool {
    use crate::value::promote::as_array;
    let (Ok(Some(x)), Ok(Some(y))) = (as_array(a), as_array(b)) else { return false };
    if x.ndims() != y.ndims() || x.shape() != y.shape() {
        return false;
    }
    (0..x.len()).all(|k| same(&x.value(k), &y.value(k)))
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Float(_) | Value::Complex(_))
}

/// Why an answer is not the right one, as a sentence.
pub fn difference(given: &Given, asked: &Given) -> String {
    match (given, asked) {
        (Given::Error(_), Given::Error(_)) => "that is another error than the one asked for.".to_string(),
        (Given::Error(_), _) => "that line is an error.".to_string(),
        (_, Given::Error(_)) => "that line works; asked for is one that does not.".to_string(),
        (Given::Nothing, _) => "that line has no value.".to_string(),
        (_, Given::Nothing) => "asked for is a line without a value.".to_string(),
        (Given::Value(a), Given::Value(b)) => values_differ(a, b),
    }
}

fn values_differ(given: &Value, asked: &Value) -> String {
    if matches!(asked, Value::Bool(_)) {
        return match given {
            Value::Bool(_) => "it is the other one.".to_string(),
            _ => "the answer is true or false.".to_string(),
        };
    }
    if matches!(asked, Value::Tuple(_)) || matches!(given, Value::Tuple(_)) {
        return match (given, asked) {
            (Value::Tuple(_), Value::Tuple(_)) => "the numbers are others.".to_string(),
            (_, Value::Tuple(_)) => "the answer is in parentheses, such as (2, 3).".to_string(),
            _ => format!("the answer is {}.", teach::with_article(&teach::size(asked))),
        };
    }
    let (is, should) = (teach::size(given), teach::size(asked));
    if is != should {
        let [is, should] = [is, should].map(|size| teach::with_article(&size));
        return format!("that is {is}, and the answer is {should}.");
    }
    match asked {
        Value::Array(_) | Value::Range(_) => format!("the size is right ({is}), the elements are not."),
        _ => "the answer is another one.".to_string(),
    }
}

/// Calls that look at a value.
const LOOKS: &[&str] = &["size", "length", "ndims", "typeof", "eltype", "display", "println", "print", "whos"];

/// What a line is, as far as it may answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// It looks at something: a name, `size(A)`, `@explain …`.
    Look,
    /// It gives a name a value, or changes one.
    Change,
    /// Anything else.
    Expression,
}

impl Line {
    /// What a text is; an error of syntax is an attempt.
    pub fn of(text: &str) -> Line {
        let Ok(program) = syntax::parse(text, 0) else { return Line::Expression };
        program.statements.last().map_or(Line::Look, |statement| Line::of_expr(&statement.expr))
    }

    fn of_expr(expr: &Expr) -> Line {
        match &expr.kind {
            ExprKind::Assign { .. } | ExprKind::FunctionDef { .. } | ExprKind::Declare { .. } => Line::Change,
            ExprKind::Name(_) | ExprKind::Macro { .. } | ExprKind::Nothing | ExprKind::Using { .. } => Line::Look,
            ExprKind::Call { callee, .. } => match callee.as_name() {
                Some(name) if name.ends_with('!') => Line::Change,
                Some(name) if LOOKS.contains(&&**name) => Line::Look,
                Some(_) | None => Line::Expression,
            },
            // No other form is told apart here.
            _ => Line::Expression,
        }
    }
}

/// The names that a program gives values to, at its top level.
pub fn assigned(text: &str) -> Vec<String> {
    let Ok(program) = syntax::parse(text, 0) else { return Vec::new() };
    let mut names = Vec::new();
    for statement in &program.statements {
        targets(&statement.expr, &mut names);
    }
    names
}

fn targets(expr: &Expr, names: &mut Vec<String>) {
    match &expr.kind {
        ExprKind::Assign { target, value, .. } => {
            match &target.kind {
                ExprKind::Tuple(items) => names.extend(items.iter().filter_map(Expr::as_name).map(|n| n.to_string())),
                _ => names.extend(target.as_name().map(|name| name.to_string())),
            }
            targets(value, names);
        }
        ExprKind::FunctionDef { name, .. } => names.push(name.node.to_string()),
        _ => {}
    }
}
