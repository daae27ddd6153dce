//! The threads that large kernels share: as many as the processor has cores, or as `HLANG_THREADS` says. They start when
//! the first kernel is large enough for more than one.
//!
//! What a kernel computes never depends on how many there are: elements do not depend on each other, and reductions put
//! their parts together in an order that only the number of elements decides.

use crate::fault::{ErrorKind, Fault, Outcome};
use crate::interrupt;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The work, in steps of simple arithmetic, that is worth waking another thread for: some 50 microseconds.
pub const WORTHWHILE: usize = 1 << 18;

/// How many threads compute.
pub fn count() -> usize {
    static COUNT: OnceLock<usize> = OnceLock::new();
    *COUNT.get_or_init(|| {
        let wanted = std::env::var("HLANG_THREADS").ok().and_then(|text| text.trim().parse::<usize>().ok());
        wanted.filter(|n| *n > 0).or_else(|| std::thread::available_parallelism().ok().map(usize::from)).unwrap_or(1)
    })
}

/// The threads; `None` if there is one only, or no more could be started.
fn pool() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    if count() == 1 {
        return None;
    }
    // The thread that asks is one of them: it begins with the work at once, whether others are free or not.
    let build = || ThreadPoolBuilder::new().num_threads(count()).use_current_thread().build().ok();
    POOL.get_or_init(build).as_ref()
}

/// Does the work for every part, in any order, at once where there are threads.
pub fn for_each<T: Send>(parts: Vec<T>, work: impl Fn(T) + Sync) {
    match pool() {
        None => parts.into_iter().for_each(work),
        Some(pool) => pool.scope(|scope| {
            let work = &work;
            for part in parts {
                scope.spawn(move |_| work(part));
            }
        }),
    }
}

/// Both results, computed at once where there are threads.
pub fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    match pool() {
        None => (a(), b()),
        Some(pool) => pool.join(a, b),
    }
}

/// Does both, at once where that is worthwhile.
pub fn join_if(worthwhile: bool, a: impl FnOnce() + Send, b: impl FnOnce() + Send) {
    if worthwhile {
        join(a, b);
    } else {
        a();
        b();
    }
}

/// The elements of one part of work that goes line by line.
const PART: usize = 1 << 15;

/// How many lines of that many elements make a part that is worth giving to a thread.
pub fn lines_together(len: usize) -> usize {
    (PART / len.max(1)).max(1)
}

/// Does the work for all lines of `len` elements, each part of whole lines, at once where that is worthwhile.
pub fn for_lines<T: Send>(items: &mut [T], len: usize, work: impl Fn(&mut [T]) + Sync) {
    if items.len() < WORTHWHILE {
        work(items);
    } else {
        for_each(items.chunks_mut((len * lines_together(len)).max(1)).collect(), work);
    }
}

/// How many threads share the work of a library that divides it itself among the threads of its caller; they run.
pub fn started() -> usize {
    pool().map_or(1, ThreadPool::current_num_threads)
}

/// How often one who waits looks whether the user wants to stop.
const PATIENCE: Duration = Duration::from_millis(20);

/// Does work that cannot be stopped, on threads of its own, and waits for it. If the user wants to stop, nobody waits: the
/// work goes on until its end, and what it gives is forgotten.
pub fn apart<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Outcome<R> {
    let (done, result) = channel();
    let run = move || {
        // Nobody may listen any more.
        let _ = done.send(work());
    };
    match ThreadPoolBuilder::new().num_threads(count()).panic_handler(|_| ()).build() {
        Ok(pool) => pool.spawn(run),
        Err(_) => run(),
    }
    loop {
        match result.recv_timeout(PATIENCE) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) => interrupt::check()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Fault::new(ErrorKind::ErrorException, "the computation broke off"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn every_part_is_done_once() {
        let sum = AtomicUsize::new(0);
        for_each((1..=100).collect(), |k| {
            sum.fetch_add(k, Ordering::Relaxed);
        });
        assert_eq!(sum.into_inner(), 5050);
        assert_eq!(join(|| 1, || 2), (1, 2));
    }

    #[test]
    fn work_apart_gives_its_result() {
        assert_eq!(apart(|| 6 * 7), Ok(42));
    }
}
