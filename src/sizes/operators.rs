//! What operators make of sizes.

use super::array;
use super::size::{Items, Shape, Size, Sized, misfit, unknown};
use crate::library;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::Value;
use crate::value::function::{OnFloat, OnFloat2, Run};

/// A prefix operator, or the adjoint.
pub(super) fn unary(op: UnaryOp, dotted: bool, operand: Size) -> Sized {
    use UnaryOp::{Adjoint, BitNot, Cbrt, Neg, Not, Plus, Sqrt};
    match (op, operand) {
        (Adjoint, Size::Array(shape, items)) => Ok(Size::Array(transposed(shape), items)),
        (Adjoint | Plus, operand @ (Size::Number(_) | Size::Truth)) => Ok(operand),
        (Neg, Size::Number(Some(Value::Int(x)))) => Ok(Size::Number(x.checked_neg().map(Value::Int))),
        (Neg, Size::Number(Some(Value::Float(x)))) => Ok(Size::Number(Some(Value::float(-x.get())))),
        (Neg | Sqrt | Cbrt | BitNot, Size::Number(_)) => Ok(Size::number()),
        (Not, Size::Truth) => Ok(Size::Truth),
        (Neg | Plus, Size::Scaling) => Ok(Size::Scaling),
        (Not, Size::Array(shape, Items::Truths)) if dotted => Ok(Size::Array(shape.plain(), Items::Truths)),
        (Neg | Plus | Sqrt | Cbrt | BitNot, Size::Array(shape, items)) if dotted => {
            Ok(Size::Array(shape.plain(), items.computed()))
        }
        (Neg | Plus, Size::Array(shape, items)) => Ok(Size::Array(shape, items.computed())),
        (Sqrt, Size::Array(shape, _)) => square(shape, "√"),
        _ => unknown(),
    }
}

/// Of a square matrix, one of the same size.
pub(super) fn square(shape: Shape, what: &str) -> Sized {
    match shape {
        Shape::Matrix(rows, cols) if rows == cols => Ok(array(shape)),
        Shape::Matrix(..) => misfit(format!("{what}({shape})")),
        Shape::Vector(_) | Shape::Row(_) => unknown(),
    }
}

/// Rows for columns.
pub(super) fn transposed(shape: Shape) -> Shape {
    match shape {
        Shape::Vector(n) => Shape::Row(n),
        Shape::Row(n) => Shape::Vector(n),
        Shape::Matrix(rows, cols) => Shape::Matrix(cols, rows),
    }
}

/// An infix operator.
pub(super) fn binary(op: BinaryOp, dotted: bool, a: &Size, b: &Size) -> Sized {
    if dotted {
        let result = broadcast(op.text(), &[a, b])?;
        let truths = is_test(op) || (is_logical(op) && both_truths(a, b));
        return Ok(match result {
            Size::Array(shape, Items::Other) => Size::Array(shape, Items::Other),
            Size::Array(shape, _) => Size::Array(shape, if truths { Items::Truths } else { Items::Numbers }),
            _ if truths => Size::Truth,
            _ => return binary(op, false, a, b),
        });
    }
    if let (Size::Array(_, Items::Other), _) | (_, Size::Array(_, Items::Other)) = (a, b)
        && !is_test(op)
    {
        return unknown();
    }
    match op {
        BinaryOp::Mul => multiply(a, b),
        BinaryOp::Div => divide(a, b),
        BinaryOp::LeftDiv => solve(a, b),
        BinaryOp::Pow => power(a, b),
        BinaryOp::Add | BinaryOp::Sub => add(op, a, b),
        BinaryOp::Hadamard | BinaryOp::HadamardDiv => hadamard(op, a, b),
        BinaryOp::Kron => kron(a, b),
        BinaryOp::Dot => match (a, b) {
            (Size::Array(Shape::Vector(m), _), Size::Array(Shape::Vector(n), _)) if m != n => fails(op, a, b),
            (Size::Array(Shape::Vector(_), _), Size::Array(Shape::Vector(_), _)) => Ok(Size::number()),
            _ => unknown(),
        },
        BinaryOp::Cross => match (a, b) {
            (Size::Array(Shape::Vector(3), _), Size::Array(Shape::Vector(3), _)) => Ok(array(Shape::Vector(3))),
            (Size::Array(Shape::Vector(_), _), Size::Array(Shape::Vector(_), _)) => fails(op, a, b),
            _ => unknown(),
        },
        BinaryOp::IntDiv | BinaryOp::Rem | BinaryOp::Rational if a.is_number() && b.is_number() => {
            Ok(Size::Number(folded(op, a, b)))
        }
        BinaryOp::And | BinaryOp::Or | BinaryOp::Xor if both_truths(a, b) => Ok(Size::Truth),
        BinaryOp::And
        | BinaryOp::Or
        | BinaryOp::Xor
        | BinaryOp::ShiftLeft
        | BinaryOp::ShiftRight
        | BinaryOp::ShiftRightUnsigned
            if a.is_number() && b.is_number() =>
        {
            Ok(Size::number())
        }
        BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Identical | BinaryOp::NotIdentical => Ok(Size::Truth),
        BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge | BinaryOp::Approx | BinaryOp::NotApprox
            if a.is_number() && b.is_number() =>
        {
            Ok(Size::Truth)
        }
        BinaryOp::Approx | BinaryOp::NotApprox if a.shape() == b.shape() && a.shape().is_ok() => Ok(Size::Truth),
        BinaryOp::In | BinaryOp::NotIn | BinaryOp::Contains | BinaryOp::NotContains => Ok(Size::Truth),
        BinaryOp::IntDiv
        | BinaryOp::Rem
        | BinaryOp::Rational
        | BinaryOp::Lt
        | BinaryOp::Le
        | BinaryOp::Gt
        | BinaryOp::Ge
        | BinaryOp::Approx
        | BinaryOp::NotApprox
        | BinaryOp::Subset
        | BinaryOp::NotSubset
        | BinaryOp::Isa
        | BinaryOp::And
        | BinaryOp::Or
        | BinaryOp::Xor
        | BinaryOp::ShiftLeft
        | BinaryOp::ShiftRight
        | BinaryOp::ShiftRightUnsigned
        | BinaryOp::Union
        | BinaryOp::Intersect
        | BinaryOp::Compose
        | BinaryOp::Pipe
        | BinaryOp::PipeLeft
        | BinaryOp::Pair => unknown(),
    }
}

fn fails(op: BinaryOp, a: &Size, b: &Size) -> Sized {
    misfit(format!("{a} {} {b}", op.text()))
}

fn is_test(op: BinaryOp) -> bool {
    op.is_comparison()
}

fn is_logical(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Xor)
}

fn both_truths(a: &Size, b: &Size) -> bool {
    let truths = |size: &Size| matches!(size, Size::Truth | Size::Array(_, Items::Truths));
    truths(a) && truths(b)
}

/// Integers that sizes may come from: `zeros(2n, n + 1)`.
fn folded(op: BinaryOp, a: &Size, b: &Size) -> Option<Value> {
    let (Size::Number(Some(Value::Int(a))), Size::Number(Some(Value::Int(b)))) = (a, b) else { return None };
    let value = match op {
        BinaryOp::Add => a.checked_add(*b),
        BinaryOp::Sub => a.checked_sub(*b),
        BinaryOp::Mul => a.checked_mul(*b),
        BinaryOp::IntDiv => a.checked_div(*b),
        BinaryOp::Rem => a.checked_rem(*b),
        BinaryOp::Pow => u32::try_from(*b).ok().and_then(|b| a.checked_pow(b)),
        _ => None,
    };
    value.map(Value::Int)
}

fn multiply(a: &Size, b: &Size) -> Sized {
    use Shape::{Matrix, Row, Vector};
    let (left, right) = match (a, b) {
        (Size::Text, Size::Text) => return Ok(Size::Text),
        (Size::Scaling, Size::Number(_) | Size::Truth | Size::Scaling)
        | (Size::Number(_) | Size::Truth, Size::Scaling) => return Ok(Size::Scaling),
        (Size::Scaling | Size::Number(_) | Size::Truth, Size::Array(shape, _)) => return Ok(array(*shape)),
        (Size::Array(shape, _), Size::Number(_) | Size::Truth) => return Ok(array(*shape)),
        (Size::Array(shape @ Matrix(..), _), Size::Scaling) => return Ok(array(*shape)),
        (Size::Array(left, _), Size::Array(right, _)) => (*left, *right),
        _ if a.is_number() && b.is_number() => return Ok(Size::Number(folded(BinaryOp::Mul, a, b))),
        _ => return unknown(),
    };
    match (left, right) {
        (Row(m), Vector(n)) if m == n => Ok(Size::number()),
        (Row(m), Matrix(n, cols)) if m == n => Ok(array(Row(cols))),
        (Vector(m), Row(n)) | (Vector(m), Matrix(1, n)) => Ok(array(Matrix(m, n))),
        (Matrix(rows, m), Vector(n)) if m == n => Ok(array(Vector(rows))),
        (Matrix(rows, m), Matrix(n, cols)) if m == n => Ok(array(Matrix(rows, cols))),
        (Matrix(rows, 1), Row(n)) => Ok(array(Matrix(rows, n))),
        (Row(1), Row(_)) => unknown(),
        (Row(_) | Vector(_) | Matrix(..), Row(_) | Vector(_) | Matrix(..)) => fails(BinaryOp::Mul, a, b),
    }
}

fn divide(a: &Size, b: &Size) -> Sized {
    use Shape::{Matrix, Row, Vector};
    match (a, b) {
        (Size::Array(shape, _), Size::Number(_) | Size::Truth) => Ok(array(*shape)),
        (Size::Array(Matrix(rows, m), _), Size::Array(Matrix(p, n), _)) if m == n => Ok(array(Matrix(*rows, *p))),
        (Size::Array(Matrix(..), _), Size::Array(Matrix(..), _)) => fails(BinaryOp::Div, a, b),
        (Size::Array(Row(m), _), Size::Array(Matrix(p, n), _)) if m == n && p == n => Ok(array(Row(*p))),
        (Size::Number(_) | Size::Truth, Size::Array(Vector(_), _)) => fails(BinaryOp::Div, a, b),
        _ if a.is_number() && b.is_number() => Ok(Size::number()),
        _ => unknown(),
    }
}

fn solve(a: &Size, b: &Size) -> Sized {
    use Shape::{Matrix, Vector};
    match (a, b) {
        (Size::Number(_) | Size::Truth, Size::Array(shape, _)) => Ok(array(*shape)),
        (Size::Array(Matrix(m, cols), _), Size::Array(Vector(n), _)) if m == n => Ok(array(Vector(*cols))),
        (Size::Array(Matrix(m, cols), _), Size::Array(Matrix(n, p), _)) if m == n => Ok(array(Matrix(*cols, *p))),
        (Size::Array(Matrix(..), _), Size::Array(Vector(_) | Matrix(..), _)) => fails(BinaryOp::LeftDiv, a, b),
        _ if a.is_number() && b.is_number() => Ok(Size::number()),
        _ => unknown(),
    }
}

fn power(a: &Size, b: &Size) -> Sized {
    match (a, b) {
        (Size::Text, Size::Number(_)) => Ok(Size::Text),
        (Size::Array(Shape::Matrix(rows, cols), _), Size::Number(_)) if rows != cols => fails(BinaryOp::Pow, a, b),
        (Size::Array(shape @ Shape::Matrix(..), _), Size::Number(_))
        | (Size::Number(_), Size::Array(shape @ Shape::Matrix(..), _)) => square(*shape, "^"),
        _ if a.is_number() && b.is_number() => Ok(Size::Number(folded(BinaryOp::Pow, a, b))),
        _ => unknown(),
    }
}

fn add(op: BinaryOp, a: &Size, b: &Size) -> Sized {
    use Shape::{Matrix, Row, Vector};
    match (a, b) {
        (Size::Array(left, _), Size::Array(right, _)) => match (*left, *right) {
            (left, right) if left == right => Ok(array(left)),
            (Row(m), Matrix(1, n)) | (Matrix(1, n), Row(m)) if m == n => Ok(array(Matrix(1, n))),
            // A matrix of one column beside a vector.
            (Vector(m), right) if right.dims() == (m, 1) => unknown(),
            (left, Vector(n)) if left.dims() == (n, 1) => unknown(),
            (Vector(_) | Row(_) | Matrix(..), Vector(_) | Row(_) | Matrix(..)) => fails(op, a, b),
        },
        (Size::Array(shape @ Matrix(rows, cols), _), Size::Scaling)
        | (Size::Scaling, Size::Array(shape @ Matrix(rows, cols), _)) => {
            if rows == cols {
                Ok(array(*shape))
            } else {
                fails(op, a, b)
            }
        }
        (Size::Array(..), Size::Number(_) | Size::Truth) | (Size::Number(_) | Size::Truth, Size::Array(..)) => {
            fails(op, a, b)
        }
        (Size::Scaling, Size::Scaling) => Ok(Size::Scaling),
        _ if a.is_number() && b.is_number() => Ok(Size::Number(folded(op, a, b))),
        _ => unknown(),
    }
}

fn hadamard(op: BinaryOp, a: &Size, b: &Size) -> Sized {
    use Shape::{Matrix, Vector};
    match (a, b) {
        (Size::Array(left, _), Size::Array(right, _)) => match (*left, *right) {
            (left, right) if left == right => Ok(array(left)),
            (left, right) if left.dims() == right.dims() => unknown(),
            (Vector(n), matrix @ Matrix(m, _)) | (matrix @ Matrix(m, _), Vector(n)) if m == n => Ok(array(matrix)),
            _ => fails(op, a, b),
        },
        _ if a.is_number() && b.is_number() => Ok(Size::number()),
        _ => unknown(),
    }
}

/// The Kronecker product.
pub(super) fn kron(a: &Size, b: &Size) -> Sized {
    let (Size::Array(left, _), Size::Array(right, _)) = (a, b) else { return unknown() };
    let ((m, n), (p, q)) = (left.dims(), right.dims());
    match (m.checked_mul(p), n.checked_mul(q)) {
        (Some(rows), Some(_)) if left.is_vector() && right.is_vector() => Ok(array(Shape::Vector(rows))),
        (Some(rows), Some(cols)) => Ok(array(Shape::Matrix(rows, cols))),
        _ => unknown(),
    }
}

/// The common size of what a dot goes through; a number if nothing among it has elements.
pub(super) fn broadcast(what: &str, parts: &[&Size]) -> Sized {
    let mut result: Option<Shape> = None;
    let mut items = Items::Numbers;
    for part in parts {
        let shape = match part {
            Size::Number(_) | Size::Truth | Size::Text => continue,
            Size::Scaling | Size::Tuple(_) => return unknown(),
            Size::Array(shape, own) => {
                if *own == Items::Other {
                    items = Items::Other;
                }
                shape.plain()
            }
        };
        result = Some(match result {
            None => shape,
            Some(before) => {
                let ((m, n), (p, q)) = (before.dims(), shape.dims());
                let (Some(rows), Some(cols)) = (common(m, p), common(n, q)) else {
                    let sizes: Vec<String> = parts.iter().map(ToString::to_string).collect();
                    let separator =
                        if what.chars().all(char::is_alphanumeric) { ", ".into() } else { format!(" .{what} ") };
                    return misfit(sizes.join(&separator));
                };
                if before.is_vector() && shape.is_vector() { Shape::Vector(rows) } else { Shape::Matrix(rows, cols) }
            }
        });
    }
    Ok(result.map_or(Size::number(), |shape| Size::Array(shape, items)))
}

fn common(m: usize, n: usize) -> Option<usize> {
    match (m, n) {
        (1, n) => Some(n),
        (m, 1) => Some(m),
        (m, n) => (m == n).then_some(m),
    }
}

/// `held .= right`: the elements on the right fit into what is there.
pub(super) fn into(held: &Size, right: &Size) -> Sized {
    match broadcast("=", &[held, right])? {
        Size::Array(shape, _) if held.shape().is_ok_and(|held| held.dims() == shape.dims()) => Ok(held.clone()),
        _ => misfit(format!("{held} .= {right}")),
    }
}

/// `f.(a, b)`
pub(super) fn mapped(name: &str, is_library: bool, args: &[Size]) -> Sized {
    let parts: Vec<&Size> = args.iter().collect();
    let result = broadcast(name, &parts)?;
    let (items, scalar) = if is_library { answers(name) } else { (Items::Other, None) };
    match result {
        Size::Array(shape, own) => Ok(Size::Array(shape, if own == Items::Other { own } else { items })),
        _ => scalar.map_or(unknown(), Ok),
    }
}

/// What a function of numbers in the library gives for every element, and for one number.
pub(super) fn answers(name: &str) -> (Items, Option<Size>) {
    let test = match library::builtin(name).map(|builtin| &builtin.run) {
        Some(Run::Scalar(scalar)) => matches!(scalar.float, OnFloat::ToBool(_)),
        Some(Run::Scalar2(scalar)) => matches!(scalar.float, OnFloat2::ToBool(_)),
        Some(Run::Call(_) | Run::Quick(..)) | None => return (Items::Other, None),
    };
    if test { (Items::Truths, Some(Size::Truth)) } else { (Items::Numbers, Some(Size::number())) }
}
