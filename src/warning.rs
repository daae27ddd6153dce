//! Warnings: what a computation found doubtful about its result, kept until its statement has run.

use std::cell::RefCell;

/// Warnings of one statement beyond these are dropped: a loop would fill the screen.
const MOST: usize = 5;

thread_local! {
    static PENDING: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Warns of something, in one line. The same warning is said once for a statement.
#[cold]
pub fn warn(text: String) {
    PENDING.with_borrow_mut(|pending| {
        if pending.len() < MOST && !pending.contains(&text) {
            pending.push(text);
        }
    });
}

/// The warnings since the last time, which are forgotten.
pub fn take() -> Vec<String> {
    PENDING.with_borrow_mut(std::mem::take)
}
