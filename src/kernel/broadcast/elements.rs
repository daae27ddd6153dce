//! The general way through a dotted expression: one element at a time, as values. It also finds out which element a
//! program failed at, and with which error.

use super::Dotted;
use super::shape::{Kind, Shape, Shapes};
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::builder::ArrayBuilder;
use crate::kernel::operators;
use crate::kernel::program::BLOCK;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::array::element_count;
use crate::value::display::describe;
use crate::value::{Form, Function, FunctionKind, Host, Value, scalar};
use std::rc::Rc;

/// Elements between two looks at the interrupt flag.
const ELEMENTS_PER_CHECK: usize = 1 << 12;

/// A dotted expression with what it needs to compute an element.
pub(super) struct Elements<'a> {
    pub tree: &'a Dotted,
    pub leaves: &'a [Value],
    pub shapes: &'a Shapes,
    pub host: &'a dyn Host,
}

impl Elements<'_> {
    /// The whole result.
    pub fn collect(&self) -> Outcome<Value> {
        let Shape { kind, rows, cols } = self.shapes.result;
        let form = match kind {
            Kind::Scalar => return self.at(0, 0),
            Kind::Tuple => return (0..rows).map(|row| self.at(row, 0)).collect::<Outcome<_>>().map(Value::tuple),
            Kind::Vector => Form::Vector,
            Kind::Matrix => Form::Matrix,
        };
        let mut builder = ArrayBuilder::new(element_count(rows, cols)?);
        self.each(rows, cols, 0, |_, value| builder.push(value))?;
        builder.finish(rows, cols, form).map(Value::array)
    }

    /// Computes the elements of a block that a program failed in, for the error of the first that fails.
    pub fn each_of_block(&self, rows: usize, cols: usize, start: usize) -> Outcome<()> {
        let end = element_count(rows, cols)?.min(start + BLOCK);
        (start..end).try_for_each(|k| self.at(k % rows, k / rows).map(drop).map_err(|f| located(f, rows, cols, k)))
    }

    /// Computes the elements of a result of that size from number `start` on, column by column, and hands them over
    /// with their numbers.
    pub fn each(
        &self,
        rows: usize,
        cols: usize,
        start: usize,
        mut receive: impl FnMut(usize, Value) -> Outcome<()>,
    ) -> Outcome<()> {
        for k in start..element_count(rows, cols)? {
            if k % ELEMENTS_PER_CHECK == ELEMENTS_PER_CHECK - 1 {
                interrupt::check()?;
            }
            self.at(k % rows, k / rows)
                .and_then(|value| receive(k, value))
                .map_err(|fault| located(fault, rows, cols, k))?;
        }
        Ok(())
    }

    /// One element of the result.
    pub fn at(&self, row: usize, col: usize) -> Outcome<Value> {
        self.evaluate(self.tree, row, col)
    }

    fn evaluate(&self, tree: &Dotted, row: usize, col: usize) -> Outcome<Value> {
        match tree {
            Dotted::Leaf(k) => element(&self.leaves[*k], self.shapes.leaves[*k], row, col),
            Dotted::Constant(value) => Ok(value.clone()),
            Dotted::Unary(op, a) => {
                let x = self.evaluate(a, row, col)?;
                unary(*op, &x).map_err(|fault| relabel(fault, &[a]))
            }
            Dotted::Binary(op, a, b) => {
                let (x, y) = (self.evaluate(a, row, col)?, self.evaluate(b, row, col)?);
                self.binary(*op, &x, &y).map_err(|fault| relabel(fault, &[a, b]))
            }
            Dotted::And(a, b) => match truth(&self.evaluate(a, row, col)?, a, ".&&")? {
                true => self.evaluate(b, row, col),
                false => Ok(Value::bool(false)),
            },
            Dotted::Or(a, b) => match truth(&self.evaluate(a, row, col)?, a, ".||")? {
                true => Ok(Value::bool(true)),
                false => self.evaluate(b, row, col),
            },
            Dotted::If(parts) => {
                let [condition, then, other] = &**parts;
                let holds = truth(&self.evaluate(condition, row, col)?, condition, "? :")?;
                self.evaluate(if holds { then } else { other }, row, col)
            }
            Dotted::Call { function, args, keyword } => self.call(*function, args, keyword, row, col),
        }
    }

    fn binary(&self, op: BinaryOp, a: &Value, b: &Value) -> Outcome<Value> {
        match op {
            BinaryOp::Pair => Ok(Value::Pair(Rc::new((a.clone(), b.clone())))),
            BinaryOp::Pipe => self.host.call(b, std::slice::from_ref(a)),
            BinaryOp::PipeLeft => self.host.call(a, std::slice::from_ref(b)),
            BinaryOp::Compose => {
                let kind = FunctionKind::Composed(a.clone(), b.clone());
                Ok(Value::Function(Rc::new(Function { name: Rc::from("∘"), kind })))
            }
            op => operators::binary(op, a, b),
        }
    }

    fn call(
        &self,
        function: usize,
        args: &[Dotted],
        keyword: &[(Rc<str>, usize)],
        row: usize,
        col: usize,
    ) -> Outcome<Value> {
        let function = &self.leaves[function];
        let result = match (args, keyword) {
            ([a], []) => self.host.call(function, &[self.evaluate(a, row, col)?]),
            ([a, b], []) => self.host.call(function, &[self.evaluate(a, row, col)?, self.evaluate(b, row, col)?]),
            _ => {
                let values: Vec<_> = args.iter().map(|arg| self.evaluate(arg, row, col)).collect::<Outcome<_>>()?;
                let keyword: Vec<_> =
                    keyword.iter().map(|(name, leaf)| (Rc::clone(name), self.leaves[*leaf].clone())).collect();
                self.host.call_with(function, &values, &keyword)
            }
        };
        result.map_err(|fault| relabel(fault, &args.iter().collect::<Vec<_>>()))
    }
}

/// A number.
pub(super) fn is_number(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_))
}

fn unary(op: UnaryOp, a: &Value) -> Outcome<Value> {
    if is_number(a) { scalar::unary(op, a) } else { operators::unary(op, a) }
}

/// The element of a leaf that belongs to a place of the result. A function that is called in the loop may have
/// shortened the array meanwhile.
fn element(leaf: &Value, shape: Shape, row: usize, col: usize) -> Outcome<Value> {
    if shape.kind == Kind::Scalar {
        return Ok(unwrapped(leaf));
    }
    let k = shape.index(row, col);
    let found = match leaf {
        Value::Array(array) => {
            let elements = array.elements();
            (k < elements.len()).then(|| elements.value(k))
        }
        Value::Range(range) => Some(range.get(k)),
        Value::Tuple(tuple) => tuple.items.get(k).cloned(),
        other => Some(other.clone()),
    };
    found.ok_or_else(|| Fault::bounds("the array became shorter while a function went through it"))
}

/// What a `Ref` holds; any other value itself.
pub(super) fn unwrapped(leaf: &Value) -> Value {
    if let Value::Reference(held) = leaf { held.get() } else { leaf.clone() }
}

fn truth(value: &Value, tree: &Dotted, op: &str) -> Outcome<bool> {
    if let Value::Bool(x) = value {
        return Ok(x.get());
    }
    let what = describe(value);
    let fault = Fault::new(ErrorKind::TypeError, format!("`{op}` takes true or false, not {what}"));
    Err(relabel(fault.label(Part::Left, what), &[tree]))
}

/// Labels for operands and arguments become labels for leaves, where an operand is one; others have no place.
fn relabel(fault: Fault, operands: &[&Dotted]) -> Fault {
    let Fault::Raised(mut report) = fault else { return fault };
    report.labels.retain_mut(|(part, _)| {
        let operand = match part {
            Part::Operator => return true,
            Part::Left => 0,
            Part::Right => 1,
            Part::Argument(k) => *k,
        };
        let Some(Dotted::Leaf(leaf)) = operands.get(operand) else { return false };
        *part = Part::Argument(*leaf);
        true
    });
    Fault::Raised(report)
}

/// Says which element of several failed.
fn located(fault: Fault, rows: usize, cols: usize, k: usize) -> Fault {
    match (rows, cols) {
        (1, 1) => fault,
        (_, 1) => fault.hint(format!("it happened at element {}", k + 1)),
        _ => fault.hint(format!("it happened at element [{}, {}]", k % rows + 1, k / rows + 1)),
    }
}
