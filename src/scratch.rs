//! The memory of a compilation: the program's allocator, which takes small blocks from a region of their own
//! while source becomes code.
//!
//! The parser's tree is many small boxes, and so is much of what the passes make; almost all of it is dropped
//! when the code object is there.  Inside [`within`] such a block costs a few instructions: it lies behind the
//! one before, so that what is made together lies together in the caches, and it is given back by counting.
//! The region is cut into chunks; a chunk whose blocks are all gone is used again.  Blocks that outlive the
//! compilation, those of the code object, keep their chunks, and a chunk that is not full yet is filled by the
//! next one; when a quarter of the chunks is kept so, compilations leave the region alone until some are gone.
//! Large blocks, those of other threads meanwhile, and whatever is asked for outside of [`within`] come from the
//! system.
//!
//! This is the one place in the program with `unsafe`; a global allocator cannot be written without.  What it
//! rests on:
//!
//! - A block is handed out once until it is given back: `top` only grows within a chunk, and a chunk begins
//!   anew only when as many of its blocks were given back as were made.
//! - [`Owner`] is reached only by the thread that holds the region, which `HOLDS` says, and never by two calls at
//!   once: nothing here allocates.
//! - Any thread may give a block back at any time.  The holder does so in [`Owner`], others count it in `gone`,
//!   which the holder reads before it uses a chunk again.
//!
//! `benches/README.md` has what it gains.

#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

/// Bytes of a chunk.
const CHUNK: usize = 64 * 1024;
/// Chunks of the region: 64 MB, of which the system gives what is touched.
const CHUNKS: usize = 1024;
/// Chunks that may be kept by what earlier compilations have made: most of a chunk may lie waste.
const KEPT: usize = CHUNKS / 4;
/// Bytes of the region.
const SIZE: usize = CHUNK * CHUNKS;
/// How the system is asked for it.
const WHOLE: Layout = match Layout::from_size_align(SIZE, CHUNK) {
    Ok(layout) => layout,
    Err(_) => panic!("a region is smaller than half of all addresses"),
};
/// The largest block that is taken from it, in bytes.
const LARGEST: usize = 16 * 1024;
/// Where the region begins as long as there is none: no block lies behind that.
const NOWHERE: usize = usize::MAX - SIZE;

/// The allocator of the program.
#[derive(Debug)]
pub struct Allocator;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

static REGION: Region = Region::new();

thread_local! {
    /// Whether this thread holds the region.
    static HOLDS: Cell<bool> = const { Cell::new(false) };
}

/// Does `work`, and takes the small blocks that it asks for from the region unless another thread does so.
///
/// It means nothing for what `work` does, but for its speed.
pub fn within<T>(work: impl FnOnce() -> T) -> T {
    let _held = Held::take();
    work()
}

/// The region, as long as this thread holds it.
struct Held(bool);

impl Held {
    fn take() -> Self {
        // One that holds it already goes on with it.
        let takes = !HOLDS.get() && REGION.take();
        if takes {
            HOLDS.set(true);
        }
        Self(takes)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.0 {
            HOLDS.set(false);
            REGION.leave();
        }
    }
}

/// Chunks of memory, and how many blocks of each are in use.
struct Region {
    /// The address of its first byte.
    start: AtomicUsize,
    /// Whether some thread holds it.
    is_held: AtomicBool,
    /// By chunk: blocks that were given back by others than the holder.
    gone: [AtomicU32; CHUNKS],
    owner: UnsafeCell<Owner>,
}

/// What only the holder sees.
struct Owner {
    /// The first byte of the region.
    base: *mut u8,
    /// By chunk: blocks that were made, less those that the holder gave back.
    made: [u32; CHUNKS],
    /// The chunk that is being filled.
    chunk: usize,
    /// Offsets in the region: the first free byte of that chunk, and its end; both 0 as long as there is none.
    top: usize,
    end: usize,
    /// Chunks that were used, and are empty now.
    empty: [u16; CHUNKS],
    empties: usize,
    /// Chunks that were ever used.
    used: usize,
    /// Whether the present holder has found no empty chunk.
    is_full: bool,
}

// SAFETY: all but `owner` is atomic, and `owner` is reached by one thread at a time, the one that holds the
// region: `is_held` is taken with `Acquire` and given back with `Release`.
unsafe impl Sync for Region {}

impl Region {
    const fn new() -> Self {
        let owner = Owner {
            base: ptr::null_mut(),
            made: [0; CHUNKS],
            chunk: 0,
            top: 0,
            end: 0,
            empty: [0; CHUNKS],
            empties: 0,
            used: 0,
            is_full: false,
        };
        Self {
            start: AtomicUsize::new(NOWHERE),
            is_held: AtomicBool::new(false),
            gone: [const { AtomicU32::new(0) }; CHUNKS],
            owner: UnsafeCell::new(owner),
        }
    }

    /// Takes hold of the region; `false` where another thread has it, the system gives no memory, or too much of
    /// it is in use for good.
    fn take(&self) -> bool {
        if self.is_held.swap(true, Ordering::Acquire) {
            return false;
        }
        // SAFETY: nobody else held it, and nobody else can take it now.
        let owner = unsafe { &mut *self.owner.get() };
        if owner.base.is_null() {
            // SAFETY: the size is not zero.
            owner.base = unsafe { System.alloc(WHOLE) };
            if owner.base.is_null() {
                self.leave();
                return false;
            }
            self.start.store(owner.base.addr(), Ordering::Release);
        }
        owner.find_empties(&self.gone);
        owner.is_full = false;
        let has_room = owner.used - owner.empties <= KEPT;
        if !has_room {
            self.leave();
        }
        has_room
    }

    /// Gives the region back; only who has taken it may call this.
    fn leave(&self) {
        self.is_held.store(false, Ordering::Release);
    }

    /// Where a block lies in the region, if it does.
    fn offset(&self, block: *mut u8) -> Option<usize> {
        let offset = block.addr().wrapping_sub(self.start.load(Ordering::Relaxed));
        (offset < SIZE).then_some(offset)
    }

    /// Counts a block as given back by a thread that does not hold the region.
    fn count_gone(&self, offset: usize) {
        // `Release`: what the thread did with the block comes before the block is used again.
        self.gone[offset / CHUNK].fetch_add(1, Ordering::Release);
    }
}

impl Owner {
    /// A block in the chunk that is being filled.
    #[inline]
    fn alloc_here(&mut self, layout: Layout) -> Option<*mut u8> {
        // Alignments are powers of two.
        let start = self.top + (self.top.wrapping_neg() & (layout.align() - 1));
        let end = start + layout.size();
        if end > self.end {
            return None;
        }
        self.top = end;
        self.made[self.chunk] += 1;
        // SAFETY: `end` is at most `SIZE`, the bytes of what `base` was given as.
        Some(unsafe { self.base.add(start) })
    }

    /// Begins a chunk that is empty, if there is one.
    fn next_chunk(&mut self, gone: &[AtomicU32; CHUNKS]) {
        if self.empties == 0 && self.used == CHUNKS && !self.is_full {
            self.find_empties(gone);
            self.is_full = self.empties == 0;
        }
        let chunk = if let Some(last) = self.empties.checked_sub(1) {
            self.empties = last;
            usize::from(self.empty[last])
        } else if self.used < CHUNKS {
            self.used += 1;
            self.used - 1
        } else {
            return;
        };
        self.made[chunk] = 0;
        gone[chunk].store(0, Ordering::Relaxed);
        self.chunk = chunk;
        self.top = chunk * CHUNK;
        self.end = self.top + CHUNK;
    }

    /// Gives the block of `size` bytes at `offset` back.
    fn free(&mut self, offset: usize, size: usize, gone: &[AtomicU32; CHUNKS]) {
        let chunk = offset / CHUNK;
        self.made[chunk] -= 1;
        if self.made[chunk] == gone[chunk].load(Ordering::Acquire) {
            self.emptied(chunk, gone);
        } else if self.chunk == chunk && offset + size == self.top {
            self.top = offset;
        }
    }

    /// All blocks of a chunk are gone.
    #[cold]
    fn emptied(&mut self, chunk: usize, gone: &[AtomicU32; CHUNKS]) {
        self.made[chunk] = 0;
        gone[chunk].store(0, Ordering::Relaxed);
        if self.chunk == chunk {
            self.top = chunk * CHUNK;
        } else {
            self.empty[self.empties] = chunk as u16;
            self.empties += 1;
        }
    }

    /// Looks for chunks that others have emptied.
    fn find_empties(&mut self, gone: &[AtomicU32; CHUNKS]) {
        for chunk in 0..self.used {
            let others = gone[chunk].load(Ordering::Acquire);
            // One with nothing made and nothing gone is among the empty ones already.
            if others != 0 && others == self.made[chunk] {
                self.emptied(chunk, gone);
            }
        }
    }

    /// Makes the block of `size` bytes at `offset` one of `new_size` where it lies; whether that could be.
    fn resize(&mut self, offset: usize, size: usize, new_size: usize) -> bool {
        let is_last = offset + size == self.top && self.chunk == offset / CHUNK;
        if is_last && offset + new_size <= self.end {
            self.top = offset + new_size;
            return true;
        }
        new_size <= size
    }
}

impl Allocator {
    /// What only the holder of the region may see, if this thread is that.
    #[inline]
    #[allow(clippy::mut_from_ref, reason = "the thread that holds the region has it alone")]
    fn owner(&self) -> Option<&mut Owner> {
        // SAFETY: this thread holds the region, so that no other reaches the owner, and each call of the
        // allocator is done with it before the next one.
        HOLDS.get().then(|| unsafe { &mut *REGION.owner.get() })
    }
}

/// A small block where the present chunk has no room for it.
#[cold]
#[inline(never)]
fn alloc_elsewhere(owner: &mut Owner, layout: Layout) -> *mut u8 {
    owner.next_chunk(&REGION.gone);
    // SAFETY: the layout is that of a call of the allocator.
    owner.alloc_here(layout).unwrap_or_else(|| unsafe { System.alloc(layout) })
}

// SAFETY: blocks are those of the system, or of the region, of which each lies in the bytes that no other block in
// use has, at a multiple of its alignment, as chunks begin at multiples of the largest.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if (layout.size() | layout.align()) <= LARGEST
            && let Some(owner) = self.owner()
        {
            return match owner.alloc_here(layout) {
                Some(block) => block,
                None => alloc_elsewhere(owner, layout),
            };
        }
        // SAFETY: what the caller says of the layout.
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if HOLDS.get() && layout.size() <= LARGEST {
            // SAFETY: what the caller says of the layout; the block has that many bytes.
            unsafe {
                let block = self.alloc(layout);
                if !block.is_null() {
                    block.write_bytes(0, layout.size());
                }
                return block;
            }
        }
        // SAFETY: what the caller says of the layout.
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(offset) = REGION.offset(block) else {
            // SAFETY: it is not the region's, and so the system's.
            return unsafe { System.dealloc(block, layout) };
        };
        match self.owner() {
            Some(owner) => owner.free(offset, layout.size(), &REGION.gone),
            None => REGION.count_gone(offset),
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let Some(offset) = REGION.offset(block) else {
            // SAFETY: it is not the region's, and so the system's.
            return unsafe { System.realloc(block, layout, new_size) };
        };
        let stays = match self.owner() {
            Some(owner) => owner.resize(offset, layout.size(), new_size),
            None => new_size <= layout.size(),
        };
        if stays {
            return block;
        }
        // SAFETY: the caller promises that the new size is one; both blocks have the bytes that are copied, and
        // they are two.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(new_size, layout.align()));
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Step {
        Make { size: usize, align: usize },
        Drop { which: usize, by_holder: bool },
        Resize { which: usize, size: usize },
        HandOver,
    }

    fn step() -> impl Strategy<Value = Step> {
        let size = prop_oneof![8 => 1..200usize, 1 => 1..=LARGEST];
        prop_oneof![
            6 => (size.clone(), 0..8u32).prop_map(|(size, align)| Step::Make { size, align: 1 << align }),
            4 => (any::<usize>(), any::<bool>()).prop_map(|(which, by_holder)| Step::Drop { which, by_holder }),
            2 => (any::<usize>(), size).prop_map(|(which, size)| Step::Resize { which, size }),
            1 => Just(Step::HandOver),
        ]
    }

    /// A block; null where the region is full.
    fn alloc(owner: &mut Owner, layout: Layout, region: &Region) -> *mut u8 {
        let here = owner.alloc_here(layout);
        let block = here.or_else(|| {
            owner.next_chunk(&region.gone);
            owner.alloc_here(layout)
        });
        block.unwrap_or(ptr::null_mut())
    }

    /// A block in use, and the byte it is filled with.
    struct Block {
        at: *mut u8,
        layout: Layout,
        mark: u8,
    }

    impl Block {
        fn fill(&self) {
            // SAFETY: the block has so many bytes.
            unsafe { self.at.write_bytes(self.mark, self.layout.size()) };
        }

        fn holds(&self, size: usize) -> bool {
            // SAFETY: the block has at least so many bytes, all of them written.
            unsafe { std::slice::from_raw_parts(self.at, size) }.iter().all(|&byte| byte == self.mark)
        }
    }

    proptest! {
        #[test]
        fn blocks_keep_what_is_in_them_and_chunks_are_used_again(steps in prop::collection::vec(step(), 1..400)) {
            let region = Box::new(Region::new());
            prop_assert!(region.take());
            prop_assert!(!region.take(), "two threads hold it");
            // SAFETY: this thread holds the region but where it hands it over, and then does nothing with it.
            let owner = || unsafe { &mut *region.owner.get() };
            let mut blocks: Vec<Block> = Vec::new();
            for (number, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Make { size, align } => {
                        let layout = Layout::from_size_align(size, align).unwrap();
                        let at = alloc(owner(), layout, &region);
                        prop_assert!(!at.is_null() && at.addr().is_multiple_of(align));
                        blocks.push(Block { at, layout, mark: number as u8 });
                        blocks.last().unwrap().fill();
                    }
                    Step::Drop { which, by_holder } if !blocks.is_empty() => {
                        let block = blocks.swap_remove(which % blocks.len());
                        prop_assert!(block.holds(block.layout.size()));
                        let offset = region.offset(block.at).unwrap();
                        if by_holder {
                            owner().free(offset, block.layout.size(), &region.gone);
                        } else {
                            region.count_gone(offset);
                        }
                    }
                    Step::Resize { which, size } if !blocks.is_empty() => {
                        let which = which % blocks.len();
                        let block = &mut blocks[which];
                        let before = block.layout.size();
                        if owner().resize(region.offset(block.at).unwrap(), before, size) {
                            prop_assert!(block.holds(before.min(size)));
                            block.layout = Layout::from_size_align(size, block.layout.align()).unwrap();
                            block.fill();
                        }
                    }
                    Step::Drop { .. } | Step::Resize { .. } => {}
                    Step::HandOver => {
                        region.leave();
                        prop_assert!(region.take());
                    }
                }
            }
            for block in blocks {
                prop_assert!(block.holds(block.layout.size()));
                region.count_gone(region.offset(block.at).unwrap());
            }
            region.leave();
            prop_assert!(region.take());
            let owner = owner();
            prop_assert_eq!(owner.empties + usize::from(owner.used > 0), owner.used);
            // SAFETY: it was asked for so, and nothing in it is in use.
            unsafe { System.dealloc(owner.base, WHOLE) };
        }
    }

    #[test]
    fn a_full_region_has_no_block() {
        let region = Box::new(Region::new());
        assert!(region.take());
        // SAFETY: this thread holds the region.
        let owner = unsafe { &mut *region.owner.get() };
        let layout = Layout::from_size_align(LARGEST, 1).unwrap();
        let blocks: Vec<_> = (0..SIZE / LARGEST).map(|_| alloc(owner, layout, &region)).collect();
        assert!(blocks.iter().all(|block| !block.is_null()));
        assert!(alloc(owner, layout, &region).is_null());
        region.count_gone(region.offset(blocks[7]).unwrap());
        assert!(alloc(owner, layout, &region).is_null(), "its chunk has others");
        for &block in &blocks[4..7] {
            owner.free(region.offset(block).unwrap(), LARGEST, &region.gone);
        }
        assert_eq!(alloc(owner, layout, &region), blocks[4], "the chunk is empty");
        // SAFETY: it was asked for so, and nothing in it is used any more.
        unsafe { System.dealloc(owner.base, WHOLE) };
    }

    #[test]
    fn a_region_that_is_kept_for_the_most_part_is_left_alone() {
        let region = Box::new(Region::new());
        assert!(region.take());
        // SAFETY: this thread holds the region as long as it does anything with it.
        let owner = unsafe { &mut *region.owner.get() };
        let layout = Layout::from_size_align(LARGEST, 1).unwrap();
        let blocks: Vec<_> = (0..=KEPT * CHUNK / LARGEST).map(|_| alloc(owner, layout, &region)).collect();
        region.leave();
        assert!(!region.take());
        region.count_gone(region.offset(blocks[KEPT * CHUNK / LARGEST]).unwrap());
        assert!(!region.take(), "the chunk that is being filled counts, too");
        for &block in &blocks[..CHUNK / LARGEST] {
            region.count_gone(region.offset(block).unwrap());
        }
        assert!(region.take());
        // SAFETY: it was asked for so, and nothing in it is used any more.
        unsafe { System.dealloc(owner.base, WHOLE) };
    }

    #[test]
    fn only_what_is_made_within_lies_in_the_region() {
        let lies_in_it = |block: &u64| REGION.offset(ptr::from_ref(block).cast_mut().cast()).is_some();
        assert!(!lies_in_it(&Box::new(1)));
        // Another test may hold the region; then nothing of this one is in it.
        let (inner, outlives) = within(|| (within(|| lies_in_it(&Box::new(2))), Box::new(3)));
        assert_eq!(inner, lies_in_it(&outlives));
        let text = within(|| "of some length".repeat(3));
        let handed_over = std::thread::spawn(move || text + "!");
        assert!(handed_over.join().unwrap().ends_with("th!"));
        assert_eq!(*outlives, 3);
        let failed = std::panic::catch_unwind(|| within(|| panic!("out of it")));
        assert!(failed.is_err() && !HOLDS.get());
    }
}
