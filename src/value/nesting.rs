//! Following values that stand inside each other: arrays of arrays, which may contain themselves.

use crate::fault::{ErrorKind, Fault, Outcome};
use crate::interrupt;
use std::cell::Cell;

/// Values inside each other that an operation follows. The machine's stack has room for many more.
const DEEPEST: usize = 1000;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Does the same inside a value as around it; a `StackOverflowError` where that has no end.
pub fn inside<T>(follow: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    interrupt::check()?;
    let depth = DEPTH.get();
    if depth == DEEPEST {
        return Err(too_deep());
    }
    DEPTH.set(depth + 1);
    let result = follow();
    DEPTH.set(depth);
    result
}

#[cold]
fn too_deep() -> Fault {
    Fault::new(ErrorKind::StackOverflowError, "arrays stand inside each other too deeply")
        .hint("`push!(a, a)` makes an array that contains itself")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_a_fault() {
        fn endless() -> Outcome<()> {
            inside(endless)
        }
        assert!(endless().is_err());
        assert!(inside(|| Ok(())).is_ok(), "the depth is counted back");
    }
}
