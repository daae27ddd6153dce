//! The sizes of expressions, from the sizes of their variables alone: nothing is evaluated. The prompt shows them while a
//! line is typed.
//!
//! A size is given only where it is certain that the value will have it, if it has one at all: an error that depends on
//! elements (a singular matrix) is none of sizes.

mod brackets;
mod functions;
mod index;
mod operators;
mod size;

pub use size::Size;

use crate::op::BinaryOp;
use crate::syntax::ast::{Expr, ExprKind, Name, OperatorName};
use crate::syntax::{self};
use crate::value::Value;
use size::{Items, Shape, Sized, Unsized, unknown};
use std::cell::Cell;
use std::collections::HashMap;

/// Longer texts are not looked at: the hint has to be there before the next key.
const LONGEST: usize = 1000;

/// Neither are deeper trees.
const DEEPEST: u32 = 100;

/// What the last statement of a text will be: `2×2`, `3-vector`, or the sizes that do not fit: `2×3 * 2×3 ✗`. Nothing
/// where sizes alone do not tell, or where no array is involved. `variable` gives what a name holds now.
pub fn hint(text: &str, variable: &dyn Fn(&str) -> Option<Value>) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let program = syntax::parse(text, 0).ok()?;
    let mut sizer = Sizer { text, variable, assigned: HashMap::new(), ends: Vec::new(), arrays: Cell::new(false) };
    let mut last = None;
    for statement in &program.statements {
        if statement.expr.depth > DEEPEST {
            return None;
        }
        sizer.arrays.set(false);
        match sizer.of(&statement.expr) {
            Ok(size) => last = Some(size),
            Err(Unsized::Misfit(what)) => return Some(format!("{what} ✗")),
            // It may change the size of anything: `push!(v, 1); v`.
            Err(Unsized::Unknown) => return None,
        }
    }
    let last = last?;
    (sizer.arrays.get() && !matches!(last, Size::Tuple(_) | Size::Text)).then(|| last.to_string())
}

/// A walk over the statements of one text.
struct Sizer<'a> {
    text: &'a str,
    variable: &'a dyn Fn(&str) -> Option<Value>,
    /// What the text itself has assigned; nothing where its size is not known.
    assigned: HashMap<Name, Option<Size>>,
    /// What `end` stands for in the indices around this place, innermost last.
    ends: Vec<usize>,
    /// Has an array been met?
    arrays: Cell<bool>,
}

impl Sizer<'_> {
    /// The size of an expression's value.
    fn of(&mut self, expr: &Expr) -> Sized {
        let size = self.of_kind(expr)?;
        if let Size::Array(..) = size {
            self.arrays.set(true);
        }
        Ok(size)
    }

    fn of_kind(&mut self, expr: &Expr) -> Sized {
        match &expr.kind {
            ExprKind::Bool(_) => Ok(Size::Truth),
            ExprKind::Int(x) => Ok(Size::Number(Some(Value::Int(*x)))),
            ExprKind::Float(x) => Ok(Size::Number(Some(Value::float(*x)))),
            ExprKind::Str(_) => Ok(Size::Text),
            ExprKind::Name(name) => self.name(name),
            ExprKind::End => self.ends.last().map_or(unknown(), |end| Ok(Size::integer(*end))),
            ExprKind::Begin => Ok(Size::integer(1)),
            ExprKind::Unary { op, dotted, operand, .. } => {
                let operand = self.of(operand)?;
                operators::unary(*op, *dotted, operand)
            }
            ExprKind::Binary { op, dotted, lhs, rhs, .. } => self.binary(*op, *dotted, lhs, rhs),
            ExprKind::Chain { first, rest } => self.chain(first, rest),
            ExprKind::And(lhs, rhs) | ExprKind::Or(lhs, rhs) => match (self.of(lhs)?, self.of(rhs)?) {
                (Size::Truth, Size::Truth) => Ok(Size::Truth),
                _ => unknown(),
            },
            ExprKind::Ternary { then, other, .. } => {
                let (then, other) = (self.of(then)?, self.of(other)?);
                if then == other { Ok(then) } else { unknown() }
            }
            ExprKind::Range { start, step, stop } => self.range(start, step.as_deref(), stop),
            ExprKind::Call { callee, args, dotted } => self.call(callee, args, *dotted),
            ExprKind::Index { object, args } => self.index(object, args, expr.span),
            ExprKind::Field { object, name } => self.field(object, &name.node),
            ExprKind::Tuple(items) => {
                Ok(Size::Tuple(items.iter().map(|item| self.of(item)).collect::<Result<_, _>>()?))
            }
            ExprKind::Vector { items, .. } => self.vector(items),
            ExprKind::Rows { rows, .. } => self.rows(rows),
            ExprKind::Comprehension { generator, .. } => self.comprehension(generator),
            ExprKind::Assign { target, op, dotted, value, .. } => self.assign(target, *op, *dotted, value),
            ExprKind::Block(items) => {
                let mut last = unknown();
                for item in items {
                    last = Ok(self.of(item)?);
                }
                last
            }
            // What they give depends on more than sizes, or is no array.
            ExprKind::Nothing
            | ExprKind::Operator { .. }
            | ExprKind::Colon
            | ExprKind::TypeParameters { .. }
            | ExprKind::Splat(_)
            | ExprKind::NamedTuple(_)
            | ExprKind::Generator(_)
            | ExprKind::Lambda(_)
            | ExprKind::FunctionDef { .. }
            | ExprKind::Let { .. }
            | ExprKind::If { .. }
            | ExprKind::While { .. }
            | ExprKind::For { .. }
            | ExprKind::Try { .. }
            | ExprKind::Return(_)
            | ExprKind::Break
            | ExprKind::Continue
            | ExprKind::Declare { .. }
            | ExprKind::Macro { .. }
            | ExprKind::Using { .. } => unknown(),
        }
    }

    /// Does a name stand for what the library calls so?
    fn is_library(&self, name: &Name) -> bool {
        !self.assigned.contains_key(name) && (self.variable)(name).is_none()
    }

    fn name(&mut self, name: &Name) -> Sized {
        if let Some(assigned) = self.assigned.get(name) {
            return assigned.clone().ok_or(Unsized::Unknown);
        }
        match (self.variable)(name).or_else(|| crate::library::constant(name)) {
            Some(value) => Size::of(&value),
            None => unknown(),
        }
    }

    fn binary(&mut self, op: BinaryOp, dotted: bool, lhs: &Expr, rhs: &Expr) -> Sized {
        if op == BinaryOp::Pipe {
            let Some(name) = rhs.as_name().cloned() else { return unknown() };
            let argument = self.of(lhs)?;
            return self.call_named(&name, &[argument], &[], dotted);
        }
        let (a, b) = (self.of(lhs)?, self.of(rhs)?);
        operators::binary(op, dotted, &a, &b)
    }

    /// `a < b .<= c`: a Bool, or an array of them.
    fn chain(&mut self, first: &Expr, rest: &[syntax::ast::Comparison]) -> Sized {
        let mut sizes = vec![self.of(first)?];
        for comparison in rest {
            sizes.push(self.of(&comparison.rhs)?);
        }
        let mut result = Size::Truth;
        for (comparison, pair) in rest.iter().zip(sizes.windows(2)) {
            let step = operators::binary(comparison.op, comparison.dotted, &pair[0], &pair[1])?;
            result = operators::binary(BinaryOp::And, true, &result, &step)?;
        }
        Ok(result)
    }

    fn range(&mut self, start: &Expr, step: Option<&Expr>, stop: &Expr) -> Sized {
        let step = step.map(|step| self.of(step)).transpose()?;
        let step = match step {
            None => None,
            Some(Size::Number(Some(step))) => Some(step),
            Some(_) => return unknown(),
        };
        let (Size::Number(Some(start)), Size::Number(Some(stop))) = (self.of(start)?, self.of(stop)?) else {
            return unknown();
        };
        match crate::value::Range::from_values(&start, step.as_ref(), &stop) {
            Ok(range) => Ok(Size::of_range(&range)),
            Err(_) => unknown(),
        }
    }

    /// The field of a named tuple that a variable holds: `F.U`.
    fn field(&mut self, object: &Expr, field: &Name) -> Sized {
        let Some(name) = object.as_name().filter(|name| !self.assigned.contains_key(*name)) else { return unknown() };
        match (self.variable)(name) {
            Some(Value::Tuple(tuple)) => tuple.field(field).map_or(unknown(), |value| Size::of(&value)),
            _ => unknown(),
        }
    }

    fn assign(&mut self, target: &Expr, op: Option<BinaryOp>, dotted: bool, value: &Expr) -> Sized {
        let mut size = self.of(value);
        if let (Some(op), Ok(right)) = (op, &size) {
            let left = self.of(target);
            size = left.and_then(|left| operators::binary(op, dotted, &left, right));
        }
        if let Err(Unsized::Misfit(_)) = size {
            return size;
        }
        match &target.kind {
            ExprKind::Name(name) if dotted => {
                // The elements are put into what is there.
                let held = self.name(&name.clone())?;
                match (&held, &size) {
                    (Size::Array(..), Ok(right)) => operators::into(&held, right),
                    _ => unknown(),
                }
            }
            ExprKind::Name(name) => {
                self.assigned.insert(name.clone(), size.as_ref().ok().cloned());
                size
            }
            ExprKind::Tuple(targets) => {
                let parts = match &size {
                    Ok(Size::Tuple(parts)) if parts.len() == targets.len() => parts.iter().cloned().map(Some).collect(),
                    _ => vec![None; targets.len()],
                };
                for (target, part) in targets.iter().zip(parts) {
                    if let Some(name) = target.as_name() {
                        self.assigned.insert(name.clone(), part);
                    }
                }
                size
            }
            // The elements of something: what is assigned need not be looked at.
            _ => unknown(),
        }
    }

    fn call(&mut self, callee: &Expr, args: &syntax::ast::Args, dotted: bool) -> Sized {
        match &callee.kind {
            ExprKind::Name(name) if dotted => {
                let sizes = self.arguments(args)?;
                self.call_named(name, &sizes, &args.keyword, true)
            }
            ExprKind::Name(name) if self.is_library(name) => {
                // A first argument that is a function or a type has no size.
                let (first, rest) = match args.positional.split_first() {
                    Some((first, rest)) if self.is_function_or_type(first) => (Some(first), rest),
                    _ => (None, &args.positional[..]),
                };
                let sizes = rest.iter().map(|arg| self.of(arg)).collect::<Result<Vec<_>, _>>()?;
                match first {
                    Some(first) => self.call_with_function(name, first, &sizes, &args.keyword),
                    None => self.call_library(name, &sizes, &args.keyword),
                }
            }
            ExprKind::Operator { op: OperatorName::Binary(op), dotted: other } => match &self.arguments(args)?[..] {
                [a, b] => operators::binary(*op, dotted || *other, a, b),
                _ => unknown(),
            },
            _ => unknown(),
        }
    }

    fn arguments(&mut self, args: &syntax::ast::Args) -> Result<Vec<Size>, Unsized> {
        args.positional.iter().map(|arg| self.of(arg)).collect()
    }

    fn call_named(&mut self, name: &Name, args: &[Size], keywords: &[syntax::ast::Field], dotted: bool) -> Sized {
        if dotted {
            let is_library = self.is_library(name);
            if is_library && functions::takes_arrays(name) {
                return unknown();
            }
            return operators::mapped(name, is_library, args);
        }
        if self.is_library(name) { self.call_library(name, args, keywords) } else { unknown() }
    }

    /// What a piece of the text says.
    fn written(&self, span: crate::source::Span) -> &str {
        self.text.get(span.range()).unwrap_or("…")
    }
}

/// An array of a shape whose elements nothing is known of.
fn array(shape: Shape) -> Size {
    Size::Array(shape, Items::Numbers)
}
