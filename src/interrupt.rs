//! Ctrl-C: a flag that the signal handler sets and that loops and long kernels ask for.

use crate::fault::{ErrorKind, Fault, Outcome};
use std::sync::atomic::{AtomicBool, Ordering};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Asks the running evaluation to stop. Safe to call from a signal handler.
pub fn request() {
    REQUESTED.store(true, Ordering::Relaxed);
}

/// The flag itself, for a signal handler that may do nothing but set it.
pub fn flag() -> &'static AtomicBool {
    &REQUESTED
}

/// Forgets an earlier request; called before an evaluation begins.
pub fn clear() {
    REQUESTED.store(false, Ordering::Relaxed);
}

/// Has the user asked to stop?
#[inline(always)]
pub fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// The error to leave with if the user asked to stop; for long loops in kernels and builtins.
#[inline(always)]
pub fn check() -> Outcome<()> {
    if requested() { Err(stopped()) } else { Ok(()) }
}

#[cold]
#[inline(never)]
fn stopped() -> Fault {
    Fault::new(ErrorKind::InterruptException, "interrupted")
}
