//! Operators on integers, checked, and on Bools.

use super::{divided_by_zero, integer_power};
use crate::fault::{Fault, Outcome};
use crate::op::BinaryOp;
use crate::value::Value;

/// Arithmetic of two integers. `/` and negative powers give floats.
pub(super) fn on_ints(op: BinaryOp, x: i64, y: i64) -> Outcome<Value> {
    let checked = match op {
        BinaryOp::Add => x.checked_add(y),
        BinaryOp::Sub => x.checked_sub(y),
        BinaryOp::Mul => x.checked_mul(y),
        BinaryOp::Div => return Ok(Value::float(x as f64 / y as f64)),
        BinaryOp::Pow if y < 0 => return Ok(Value::float(crate::maths::power(x as f64, y as f64))),
        BinaryOp::Pow => return integer_power(x, y).map(Value::Int),
        BinaryOp::IntDiv | BinaryOp::Rem if y == 0 => return Err(divided_by_zero()),
        BinaryOp::IntDiv => x.checked_div(y),
        _ => Some(x.wrapping_rem(y)),
    };
    checked.map(Value::Int).ok_or_else(|| too_large(op, x, y))
}

/// Arithmetic of two Bools: sums are integers, products Bools.
pub(super) fn on_bools(op: BinaryOp, x: bool, y: bool) -> Outcome<Value> {
    match op {
        BinaryOp::Mul => Ok(Value::bool(x && y)),
        BinaryOp::Pow => Ok(Value::bool(x || !y)),
        BinaryOp::IntDiv | BinaryOp::Rem if !y => Err(divided_by_zero()),
        BinaryOp::IntDiv => Ok(Value::bool(x)),
        BinaryOp::Rem => Ok(Value::bool(false)),
        op => on_ints(op, x.into(), y.into()),
    }
}

/// `&`, `|`, `⊻` and the shifts. A shift by a negative number goes the other way; one by 64 or more leaves no bit.
#[inline]
pub fn bits(op: BinaryOp, x: i64, y: i64) -> i64 {
    let distance = y.unsigned_abs().min(64) as u32;
    let left = x.checked_shl(distance).unwrap_or(0);
    let right = x >> distance.min(63);
    let right_unsigned = (x as u64).checked_shr(distance).unwrap_or(0) as i64;
    match (op, y < 0) {
        (BinaryOp::And, _) => x & y,
        (BinaryOp::Or, _) => x | y,
        (BinaryOp::Xor, _) => x ^ y,
        (BinaryOp::ShiftLeft, false) => left,
        (BinaryOp::ShiftLeft, true) => right,
        (BinaryOp::ShiftRight, false) => right,
        (BinaryOp::ShiftRightUnsigned, false) => right_unsigned,
        _ => left,
    }
}

/// `&`, `|`, `⊻` of Bools are Bools; shifts are integers.
pub(super) fn bits_of_bools(op: BinaryOp, x: bool, y: bool) -> Value {
    match op {
        BinaryOp::And => Value::bool(x & y),
        BinaryOp::Or => Value::bool(x | y),
        BinaryOp::Xor => Value::bool(x ^ y),
        shift => Value::Int(bits(shift, x.into(), y.into())),
    }
}

#[cold]
fn too_large(op: BinaryOp, x: i64, y: i64) -> Fault {
    let hint = format!("floats have room, with 16 digits: `{:?} {} {y}`", x as f64, op.text());
    overflow(&format!("{x} {} {y}", op.text()), &hint)
}

/// An integer result that does not fit: what was computed, and what to write instead.
#[cold]
pub fn overflow(what: &str, hint: &str) -> Fault {
    Fault::overflow(format!("{what} does not fit into an Int64"))
        .rule("an Int64 holds whole numbers up to 9223372036854775807")
        .hint(hint)
}
