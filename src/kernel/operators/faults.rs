//! Operands that do not fit, labelled with what they are.

use crate::codes::Code;
use crate::fault::{Fault, Part};
use crate::op::{BinaryOp, UnaryOp};
use crate::value::display::describe;
use crate::value::{Array, Value};

/// Labels both operands with what they are.
#[cold]
pub(super) fn with_operands(fault: Fault, a: &Value, b: &Value) -> Fault {
    fault.label(Part::Left, describe(a)).label(Part::Right, describe(b))
}

/// An operator for numbers got arrays.
#[cold]
pub(super) fn needs_dot(op: BinaryOp, a: &Value, b: &Value) -> Fault {
    let text = op.text();
    let fault = Fault::method(format!("`{text}` is for numbers, not for whole arrays"))
        .code(Code::ArrayComparison)
        .rule("without a dot an operator takes the whole array; with one it goes element by element")
        .hint(format!("write `.{text}`: `x .{text} y`"));
    with_operands(fault, a, b)
}

/// A prefix operator for numbers got an array.
#[cold]
pub(super) fn prefix_needs_dot(op: UnaryOp, a: &Value) -> Fault {
    let text = op.text();
    Fault::method(format!("`{text}` is for numbers, not for whole arrays"))
        .code(Code::ArrayComparison)
        .rule("without a dot an operator takes the whole array; with one it goes element by element")
        .label(Part::Left, describe(a))
        .hint(format!("write `.{text}`: `.{text}x`"))
}

/// `A + 1`
#[cold]
pub(super) fn array_and_number(op: BinaryOp, a: &Value, b: &Value) -> Fault {
    let text = op.text();
    let verb = if op == BinaryOp::Add { "added to" } else { "subtracted from" };
    let fault = Fault::method(format!("a number and an array cannot be {verb} each other"))
        .code(Code::NumberPlusArray)
        .rule("a matrix adds to a matrix of its size")
        .hint(format!("`.{text}` takes the number with every element"));
    let array = if matches!(a, Value::Array(_)) { a } else { b };
    let is_square = matches!(array, Value::Array(m) if !m.is_vector() && m.shape().0 == m.shape().1);
    let fault = if is_square { fault.hint(format!("`{text} 2I` takes 2 on the diagonal only")) } else { fault };
    with_operands(fault, a, b)
}

/// Sizes that have to be equal are not.
#[cold]
pub(super) fn sizes_differ(op: BinaryOp, a: &Value, b: &Value, left: &Array, right: &Array) -> Fault {
    let ((rows, cols), (other_rows, other_cols)) = (left.shape(), right.shape());
    let which = match (rows != other_rows, cols != other_cols) {
        (true, true) => format!("rows {rows} ≠ {other_rows}, columns {cols} ≠ {other_cols}"),
        (false, _) => format!("columns {cols} ≠ {other_cols}"),
        (true, false) if left.is_vector() && right.is_vector() => format!("elements {rows} ≠ {other_rows}"),
        (true, false) => format!("rows {rows} ≠ {other_rows}"),
    };
    let (code, rule) = match op {
        BinaryOp::Hadamard | BinaryOp::HadamardDiv => (
            Code::HadamardSizes,
            "both sides have the same size, or one is a vector with as many elements as the other has rows",
        ),
        _ => (Code::SumSizes, "both sides have the same size"),
    };
    let (left, right) = (left.size_text(), right.size_text());
    let fault = Fault::dimension(format!("{left} {} {right}: {which}", op.text()))
        .code(code)
        .label(Part::Operator, which)
        .rule(rule);
    with_operands(fault, a, b)
}

/// `A * B` where the inner sizes differ.
#[cold]
pub(super) fn inner_sizes_differ(a: &Value, b: &Value, left: &Array, right: &Array) -> Fault {
    let (cols, rows) = (left.shape().1, right.shape().0);
    let which = format!("columns of the left ({cols}) ≠ rows of the right ({rows})");
    let fault = if left.is_vector() && right.is_vector() {
        Fault::method("a vector times a vector has no meaning by itself")
            .code(Code::VectorProduct)
            .hint("`x' * y` is their inner product, `x * y'` a matrix, `x .* y` goes element by element")
    } else {
        Fault::dimension(format!("{} times {}: the sizes do not fit", left.size_text(), right.size_text()))
            .code(Code::ProductSizes)
    };
    let fault = if cols == rows { fault } else { fault.label(Part::Operator, which) };
    with_operands(fault.rule("`*` is the matrix product: the left has as many columns as the right has rows"), a, b)
}

/// `1 / x`, `x / y`.
#[cold]
pub(super) fn division_by_array(a: &Value, b: &Value) -> Fault {
    let is_vector = match b {
        Value::Array(array) => array.is_vector(),
        _ => true,
    };
    let noun = if is_vector { "vector" } else { "matrix" };
    let rule = "`A / B` solves X*B = A for matrices; `./` divides element by element";
    let fault =
        Fault::method(format!("division by a {noun} is not defined here")).code(Code::DivisionByVector).rule(rule);
    let fault = match (is_plain_number(a), is_vector) {
        (true, true) => fault.hint("`1 ./ x` divides by every element").hint("`pinv(x)` is the pseudo-inverse"),
        (true, false) => fault.hint("`1 ./ A` divides by every element").hint("`inv(A)` is the inverse"),
        (false, _) => {
            fault.hint("`x ./ y` divides element by element").hint("`x * pinv(y)` solves in the least-squares sense")
        }
    };
    with_operands(fault, a, b)
}

fn is_plain_number(value: &Value) -> bool {
    super::is_number(value)
}

/// `x ^ 2`, and powers of matrices that are not square.
#[cold]
pub(super) fn power_of(a: &Value, b: &Value) -> Fault {
    let is_vector = matches!(a, Value::Range(_)) || matches!(a, Value::Array(array) if array.is_vector());
    let fault = if is_vector {
        Fault::method("a vector has no power").hint("`x' * x` is its inner product with itself")
    } else {
        Fault::dimension("only a square matrix has a power")
    };
    let fault = fault
        .code(Code::ArrayPower)
        .rule("`^` repeats `*`, which needs a square matrix")
        .hint("`.^` takes the power of every element");
    with_operands(fault, a, b)
}

/// `I` beside something that is not square.
#[cold]
pub(super) fn not_square_for_identity(a: &Value, b: &Value) -> Fault {
    let fault = Fault::dimension("`I` has the size of the matrix beside it, which has to be square here")
        .code(Code::NotSquare)
        .rule("an identity matrix is square");
    with_operands(fault, a, b)
}
