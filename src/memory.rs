//! The program's allocator. Blocks of a few megabytes and more are kept when they are freed and used again: a fresh one
//! costs a page fault for every 4 KiB, which takes longer than most arithmetic on it. All else is the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Smaller blocks are the system's: its own caches keep them.
const SMALLEST: usize = 4 << 20;
/// Larger blocks are the system's: they are too much to keep.
const LARGEST: usize = 256 << 20;
/// Bytes that are kept at most.
const MOST_KEPT: usize = 512 << 20;
/// Blocks that are kept at most.
const SLOTS: usize = 16;
/// Blocks begin and end at such multiples, so that the system can back them with huge pages.
const PAGE: usize = 2 << 20;
/// A block's contents begin at one of so many cache lines: arrays that all begin at the same place of a page would
/// compete for the same lines of the cache.
const COLOURS: usize = 32;
const LINE: usize = 64;

/// The system's allocator with a store of large blocks.
pub struct Recycling;

/// Freed blocks, oldest first: address and size.
struct Store {
    blocks: [(usize, usize); SLOTS],
    count: usize,
    bytes: usize,
}

static STORE: Mutex<Store> = Mutex::new(Store { blocks: [(0, 0); SLOTS], count: 0, bytes: 0 });
static COLOUR: AtomicUsize = AtomicUsize::new(0);

fn store() -> MutexGuard<'static, Store> {
    STORE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    /// A block of exactly this size, the one that was freed last.
    fn take(&mut self, size: usize) -> Option<usize> {
        let k = self.blocks[..self.count].iter().rposition(|block| block.1 == size)?;
        Some(self.remove(k).0)
    }

    fn remove(&mut self, k: usize) -> (usize, usize) {
        let block = self.blocks[k];
        self.blocks.copy_within(k + 1..self.count, k);
        self.count -= 1;
        self.bytes -= block.1;
        block
    }

    /// Room for a block of this size: the oldest block, if it must go first.
    fn evict(&mut self, size: usize) -> Option<(usize, usize)> {
        let full = self.count == SLOTS || self.bytes + size > MOST_KEPT;
        (full && self.count > 0).then(|| self.remove(0))
    }

    fn put(&mut self, address: usize, size: usize) {
        self.blocks[self.count] = (address, size);
        self.count += 1;
        self.bytes += size;
    }
}

/// Does the store serve this layout?
fn is_ours(layout: Layout) -> bool {
    (SMALLEST..=LARGEST).contains(&layout.size()) && layout.align() <= LINE
}

/// The size of the block that holds so many bytes at any colour.
fn block_size(bytes: usize) -> usize {
    (bytes + COLOURS * LINE).next_multiple_of(PAGE)
}

fn block_layout(size: usize) -> Layout {
    // SAFETY: the alignment is a power of two, and sizes are a few hundred megabytes at most.
    unsafe { Layout::from_size_align_unchecked(size, PAGE) }
}

#[cold]
fn take_block(bytes: usize) -> *mut u8 {
    let size = block_size(bytes);
    let kept = store().take(size);
    let address = match kept {
        Some(address) => address as *mut u8,
        None => fresh_block(size),
    };
    if address.is_null() {
        return address;
    }
    let colour = COLOUR.fetch_add(5, Ordering::Relaxed) % COLOURS;
    // SAFETY: a block has room for its bytes behind every colour.
    unsafe { address.add(colour * LINE) }
}

fn fresh_block(size: usize) -> *mut u8 {
    // SAFETY: the size is not zero.
    let address = unsafe { System.alloc(block_layout(size)) };
    if address.is_null() {
        // What is kept may be what is missing.
        while let Some((address, size)) = { store().evict(MOST_KEPT) } {
            // SAFETY: it was allocated with this layout, and the store has given it away.
            unsafe { System.dealloc(address as *mut u8, block_layout(size)) };
        }
        // SAFETY: as above.
        return unsafe { System.alloc(block_layout(size)) };
    }
    advise(address, size);
    address
}

/// Asks for huge pages, where the system has them for those who ask.
#[cfg(target_os = "linux")]
fn advise(address: *mut u8, size: usize) {
    // SAFETY: the range is one whole block of ours. It is advice: nothing is lost if it is not taken.
    unsafe { libc::madvise(address.cast(), size, libc::MADV_HUGEPAGE) };
}

#[cfg(not(target_os = "linux"))]
fn advise(_: *mut u8, _: usize) {}

#[cold]
fn give_back(contents: *mut u8, bytes: usize) {
    let (address, size) = (contents as usize & !(PAGE - 1), block_size(bytes));
    loop {
        let mut store = store();
        let Some((old, size)) = store.evict(size) else {
            store.put(address, size);
            return;
        };
        drop(store);
        // SAFETY: it was allocated with this layout, and the store has given it away.
        unsafe { System.dealloc(old as *mut u8, block_layout(size)) };
    }
}

// SAFETY: a block is in one pair of hands at a time: the system's, the store's, or the caller's. Which of the two
// allocators has a block follows from its layout alone. Contents begin at most `COLOURS - 1` lines behind the start of
// a block that is aligned to `PAGE`, so that the start is found again by rounding down.
unsafe impl GlobalAlloc for Recycling {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are the system's.
        if is_ours(layout) { take_block(layout.size()) } else { unsafe { System.alloc(layout) } }
    }

    #[inline]
    unsafe fn dealloc(&self, contents: *mut u8, layout: Layout) {
        if is_ours(layout) {
            give_back(contents, layout.size());
        } else {
            // SAFETY: the layout says that it was allocated there.
            unsafe { System.dealloc(contents, layout) }
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !is_ours(layout) {
            // SAFETY: as above.
            return unsafe { System.alloc_zeroed(layout) };
        }
        let contents = take_block(layout.size());
        if !contents.is_null() {
            // SAFETY: the block has room for so many bytes.
            unsafe { contents.write_bytes(0, layout.size()) };
        }
        contents
    }

    unsafe fn realloc(&self, contents: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        // SAFETY: the caller promises that the size is valid for the alignment.
        let wanted = unsafe { Layout::from_size_align_unchecked(bytes, layout.align()) };
        match (is_ours(layout), is_ours(wanted)) {
            // SAFETY: as above.
            (false, false) => unsafe { System.realloc(contents, layout, bytes) },
            // The same block has room.
            (true, true) if block_size(bytes) == block_size(layout.size()) => contents,
            _ => {
                // SAFETY: both blocks have room for the bytes that are copied, and they are different blocks.
                unsafe {
                    let moved = self.alloc(wanted);
                    if !moved.is_null() {
                        moved.copy_from_nonoverlapping(contents, layout.size().min(bytes));
                        self.dealloc(contents, layout);
                    }
                    moved
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(bytes: usize) -> Layout {
        Layout::from_size_align(bytes, 8).expect("a small alignment")
    }

    #[test]
    fn blocks_come_back_and_keep_their_contents() {
        // SAFETY: every block is freed with the layout that it has then, and only its own bytes are touched.
        unsafe {
            let (small, large) = (layout(5 << 20), layout(9 << 20));
            let first = Recycling.alloc_zeroed(small);
            assert!(!first.is_null() && first.addr().is_multiple_of(LINE));
            assert_eq!(*first.add((5 << 20) - 1), 0);
            first.write_bytes(7, 5 << 20);
            let grown = Recycling.realloc(first, small, 9 << 20);
            assert_eq!((*grown, *grown.add((5 << 20) - 1)), (7, 7));
            let shrunk = Recycling.realloc(grown, large, 100);
            assert_eq!(*shrunk.add(99), 7);
            Recycling.dealloc(shrunk, layout(100));
            let again = Recycling.alloc_zeroed(small);
            assert_eq!(*again, 0);
            Recycling.dealloc(again, small);
        }
    }

    #[test]
    fn the_store_stays_small() {
        let blocks: Vec<*mut u8> = (0..2 * SLOTS).map(|_| take_block(SMALLEST)).collect();
        blocks.iter().for_each(|block| give_back(*block, SMALLEST));
        let store = store();
        assert!(store.count <= SLOTS && store.bytes <= MOST_KEPT);
    }
}
