//! Powers of many floats: the logarithms of a few elements first, then the powers, so that the processor can work on several
//! of the long chains of operations at once.

use super::elementwise::{Operand, Output};
use crate::maths;

/// Elements whose logarithms are kept.
const CHUNK: usize = 64;

/// Powers with the bits of [`maths::power`]; true if one of them is complex.
#[inline(always)]
pub(super) fn in_chunks(x: Operand<'_, f64>, y: Operand<'_, f64>, out: Output<'_, f64>) -> bool {
    let (mut high, mut low) = ([0.0; CHUNK], [0.0; CHUNK]);
    let (mut x_room, mut y_room) = ([0.0; CHUNK], [0.0; CHUNK]);
    let x_log = if let Operand::Constant(x) = x { Some(maths::base_log(x)) } else { None };
    let mut failed = false;
    let mut start = 0;
    for out in out.chunks_mut(CHUNK) {
        let xs = chunk(x, start, out.len(), &mut x_room);
        let ys = chunk(y, start, out.len(), &mut y_room);
        start += out.len();
        let logs = high.iter_mut().zip(&mut low).zip(xs).zip(ys);
        let mut ordinary = true;
        if let Some(log) = x_log {
            for (((high, low), x), y) in logs {
                (*high, *low) = maths::power_log(log, *y);
                ordinary &= maths::power_is_ordinary(*x, *y, *high);
            }
        } else {
            for (((high, low), x), y) in logs {
                (*high, *low) = maths::power_log(maths::base_log(*x), *y);
                ordinary &= maths::power_is_ordinary(*x, *y, *high);
            }
        }
        let logs = out.iter_mut().zip(&high).zip(&low);
        if ordinary {
            for ((out, high), low) in logs {
                out.write(maths::power_of_log((*high, *low)));
            }
        } else {
            for ((((out, high), low), x), y) in logs.zip(xs).zip(ys) {
                out.write(maths::power_of_log_carefully(*x, *y, (*high, *low)));
                failed |= maths::power_is_complex(*x, *y);
            }
        }
    }
    failed
}

/// Elements of an operand, one for each of the chunk.
#[inline(always)]
fn chunk<'a>(operand: Operand<'a, f64>, start: usize, count: usize, room: &'a mut [f64; CHUNK]) -> &'a [f64] {
    match operand {
        Operand::Constant(x) => {
            room.fill(x);
            &room[..count]
        }
        Operand::Block(items) => &items[start..start + count],
    }
}
