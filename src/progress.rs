//! How far a long loop is, for whoever watches the evaluation.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

static WATCHED: AtomicBool = AtomicBool::new(false);

/// Rounds of the loop that is watched; 0 while there is none.
static ROUNDS: AtomicU64 = AtomicU64::new(0);

/// Rounds of it that are done.
static DONE: AtomicU64 = AtomicU64::new(0);

/// From now on loops say how far they are.
pub fn watch() {
    WATCHED.store(true, Ordering::Relaxed);
}

/// The loop that is watched: how many of its rounds are done, of how many.
pub fn now() -> Option<(u64, u64)> {
    match ROUNDS.load(Ordering::Relaxed) {
        0 => None,
        rounds => Some((DONE.load(Ordering::Relaxed).min(rounds), rounds)),
    }
}

/// A loop that says how far it is: the outermost one. It ends with this.
pub struct Loop(());

impl Loop {
    /// A loop of so many rounds, if somebody watches and it stands in no other one.
    pub fn begin(rounds: usize) -> Option<Loop> {
        if !WATCHED.load(Ordering::Relaxed) || ROUNDS.load(Ordering::Relaxed) != 0 || rounds == 0 {
            return None;
        }
        DONE.store(0, Ordering::Relaxed);
        ROUNDS.store(rounds as u64, Ordering::Relaxed);
        Some(Loop(()))
    }

    /// So many rounds are done. This is one store that nothing waits for.
    #[inline(always)]
    pub fn done(&self, rounds: usize) {
        DONE.store(rounds as u64, Ordering::Relaxed);
    }
}

impl Drop for Loop {
    fn drop(&mut self) {
        ROUNDS.store(0, Ordering::Relaxed);
    }
}
