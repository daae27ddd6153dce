//! Writing past the cache: a result that is larger than the cache would only push out of it what is still needed.

use super::{BLOCK, Cell};
use crate::kernel::elementwise::Output;
use std::mem::MaybeUninit;

/// Writes a block to the cache first and from there past it, so that memory is not read only to be overwritten.
#[inline]
pub(super) fn streamed<T: Cell>(out: Output<'_, T>, write: impl FnOnce(Output<'_, T>) -> bool) -> bool {
    let mut block = [MaybeUninit::<T>::uninit(); BLOCK];
    let block = &mut block[..out.len()];
    let failed = write(block);
    stream(block, out);
    failed
}

/// Copies elements past the cache, sixteen bytes at a time.
#[cfg(target_arch = "x86_64")]
fn stream<T: Cell>(block: &[MaybeUninit<T>], out: Output<'_, T>) {
    use std::arch::x86_64::{__m128i, _mm_loadu_si128, _mm_stream_si128};
    let bytes = size_of_val(out);
    let (from, to) = (block.as_ptr().cast::<u8>(), out.as_mut_ptr().cast::<u8>());
    if !to.addr().is_multiple_of(16) || !bytes.is_multiple_of(16) {
        out.copy_from_slice(block);
        return;
    }
    for k in (0..bytes).step_by(16) {
        // SAFETY: sixteen bytes at `k` are within both slices, which have the same length, and those written are
        // aligned. SSE2 is part of x86-64.
        unsafe { _mm_stream_si128(to.add(k).cast::<__m128i>(), _mm_loadu_si128(from.add(k).cast::<__m128i>())) };
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn stream<T: Cell>(block: &[MaybeUninit<T>], out: Output<'_, T>) {
    out.copy_from_slice(block);
}

/// Makes what was streamed visible to other threads, as everything else that was written.
pub(super) fn end_of_stream() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: SSE is part of x86-64.
    unsafe {
        std::arch::x86_64::_mm_sfence()
    };
}
