//! The shape of a dotted expression's result: sizes must be equal, or 1, in each dimension.

use super::Dotted;
use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use crate::value::display::describe;
use crate::value::{Form, Value};

/// What a value looks like to a broadcast, in order of which one decides the result's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The same for every element: numbers, strings, functions, `nothing`.
    Scalar,
    Tuple,
    Vector,
    Matrix,
}

/// A shape. A scalar is 1×1, a tuple and a vector have one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub kind: Kind,
    pub rows: usize,
    pub cols: usize,
}

impl Shape {
    pub const SCALAR: Shape = Shape { kind: Kind::Scalar, rows: 1, cols: 1 };

    /// The shape of a value; a fault for the few kinds that cannot be broadcast.
    pub fn of(value: &Value) -> Outcome<Shape> {
        match value {
            Value::Array(array) => {
                let (rows, cols) = array.shape();
                let kind = if array.form() == Form::Vector { Kind::Vector } else { Kind::Matrix };
                Ok(Shape { kind, rows, cols })
            }
            Value::Range(range) => Ok(Shape { kind: Kind::Vector, rows: range.len(), cols: 1 }),
            Value::Tuple(tuple) if tuple.names.is_some() => Err(Fault::argument("a named tuple cannot be broadcast")
                .rule("a dot goes through vectors, matrices, ranges and plain tuples")
                .hint("`values(t)` gives its values as a tuple")),
            Value::Tuple(tuple) => Ok(Shape { kind: Kind::Tuple, rows: tuple.items.len(), cols: 1 }),
            Value::Scaling(_) => Err(Fault::method("`I` has no size, so it has no elements to go through")
                .rule("`A + I` adds to the diagonal; a dot goes through every element")),
            Value::Undefined
            | Value::Nothing
            | Value::Colon
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Complex(_)
            | Value::Str(_)
            | Value::Pair(_)
            | Value::CartesianIndex(_)
            | Value::Type(_)
            | Value::Function(_)
            | Value::Error(_)
            | Value::Iterator(_)
            | Value::Reference(_)
            | Value::Stream(_)
            | Value::Variable(_) => Ok(Shape::SCALAR),
        }
    }

    /// Number of elements; it fits, as an array of that shape exists or will be reserved with a check.
    pub fn count(self) -> Option<usize> {
        self.rows.checked_mul(self.cols)
    }

    /// Number in this shape's elements, column by column, of the one at a place of the result.
    #[inline]
    pub fn index(self, row: usize, col: usize) -> usize {
        let row = if self.rows == 1 { 0 } else { row };
        let col = if self.cols == 1 { 0 } else { col };
        row + col * self.rows
    }

    /// The same rows and columns?
    pub fn same_size(self, other: Shape) -> bool {
        self.rows == other.rows && self.cols == other.cols
    }
}

/// The shape of a value whose elements are gone through, for the kinds that programs read.
pub(super) fn of_elements(over: &Value) -> Option<Shape> {
    match over {
        Value::Array(_) | Value::Range(_) => Shape::of(over).ok(),
        _ => None,
    }
}

/// The shapes of all leaves, and of the result.
#[derive(Debug)]
pub(super) struct Shapes {
    /// By number of the leaf; of functions and keyword values too, where they don't count.
    pub leaves: Vec<Shape>,
    pub result: Shape,
}

/// Finds the common shape of a tree's leaves. A `DimensionMismatch` labels the two leaves that do not fit.
pub(super) fn shapes(tree: &Dotted, values: &[Value]) -> Outcome<Shapes> {
    let mut common = Common { values, leaves: vec![Shape::SCALAR; values.len()], result: Shape::SCALAR, by: [None; 2] };
    common.add(tree)?;
    Ok(Shapes { leaves: common.leaves, result: common.result })
}

struct Common<'a> {
    values: &'a [Value],
    leaves: Vec<Shape>,
    result: Shape,
    /// The leaves that decided rows and columns.
    by: [Option<usize>; 2],
}

impl Common<'_> {
    fn add(&mut self, tree: &Dotted) -> Outcome<()> {
        match tree {
            Dotted::Leaf(k) => self.leaf(*k),
            Dotted::Constant(_) => Ok(()),
            Dotted::Unary(_, a) => self.add(a),
            Dotted::Binary(_, a, b) | Dotted::And(a, b) | Dotted::Or(a, b) => {
                self.add(a)?;
                self.add(b)
            }
            Dotted::If(parts) => parts.iter().try_for_each(|part| self.add(part)),
            Dotted::Call { args, .. } => args.iter().try_for_each(|arg| self.add(arg)),
        }
    }

    fn leaf(&mut self, k: usize) -> Outcome<()> {
        let shape =
            Shape::of(&self.values[k]).map_err(|fault| fault.label(Part::Argument(k), describe(&self.values[k])))?;
        self.leaves[k] = shape;
        if shape.kind == Kind::Scalar {
            return Ok(());
        }
        self.result.kind = self.result.kind.max(shape.kind);
        self.result.rows = self.dimension(0, self.result.rows, shape.rows, k)?;
        self.result.cols = self.dimension(1, self.result.cols, shape.cols, k)?;
        Ok(())
    }

    fn dimension(&mut self, dimension: usize, so_far: usize, size: usize, leaf: usize) -> Outcome<usize> {
        if so_far == size || size == 1 {
            return Ok(so_far);
        }
        match self.by[dimension] {
            Some(other) if so_far != 1 => Err(self.mismatch(dimension, so_far, size, other, leaf)),
            _ => {
                self.by[dimension] = Some(leaf);
                Ok(size)
            }
        }
    }

    #[cold]
    fn mismatch(&self, dimension: usize, so_far: usize, size: usize, first: usize, second: usize) -> Fault {
        let fault = Fault::dimension(rule_broken(dimension, so_far, size)).code(Code::BroadcastSizes);
        let fault = fault.label(Part::Argument(first), describe(&self.values[first]));
        fault.label(Part::Argument(second), describe(&self.values[second]))
    }
}

/// `dimension 2: 3 against 2; sizes must be equal or 1`
fn rule_broken(dimension: usize, first: usize, second: usize) -> String {
    format!("dimension {}: {first} against {second}; sizes must be equal or 1", dimension + 1)
}

/// Checks that a result of this shape can be written to a destination: sizes equal, or 1 in the result.
pub(super) fn check_fits(shapes: &Shapes, destination: &Value, values: &[Value]) -> Outcome<Shape> {
    let to = Shape::of(destination)?;
    let from = shapes.result;
    for (dimension, wanted, size) in [(0, to.rows, from.rows), (1, to.cols, from.cols)] {
        if size == wanted || size == 1 {
            continue;
        }
        let message = format!(
            "dimension {}: the target has {wanted}, the right side {size}; sizes must be equal, or 1 on the right",
            dimension + 1
        );
        let fault = Fault::dimension(message).code(Code::BroadcastSizes).label(Part::Left, describe(destination));
        let same = |shape: &Shape| if dimension == 0 { shape.rows == size } else { shape.cols == size };
        let leaf = shapes.leaves.iter().position(|shape| shape.kind != Kind::Scalar && same(shape));
        return Err(match leaf {
            Some(k) => fault.label(Part::Argument(k), describe(&values[k])),
            None => fault,
        });
    }
    Ok(to)
}
