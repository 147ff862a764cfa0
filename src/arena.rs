//! Memory that is never given back piece by piece.
//!
//! To free what is no longer needed costs a visitor a fifteenth of the module: the lists of what is free, and the code that
//! takes every text and record apart. So blocks lie one behind the other, and when nothing is alive but the trackers,
//! `src/door.rs` writes those anew over what is no longer needed.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;

/// The allocator of the module.
pub(crate) struct Arena {
    /// Where the next block begins; a multiple of [`ALIGN`].
    next: Cell<*mut u8>,
}

// SAFETY: the module has one thread.
unsafe impl Sync for Arena {}

impl Arena {
    /// All memory behind what the linker laid out.
    pub(crate) const fn new() -> Arena {
        Arena { next: Cell::new((&raw const __heap_base).cast_mut()) }
    }

    /// How many bytes are taken.
    pub(crate) fn taken(&self) -> usize {
        self.next.get() as usize - &raw const __heap_base as usize
    }

    /// Gives back all but the first so many bytes that were taken.
    ///
    /// # Safety
    /// Nothing may be needed any more that lies where blocks are placed from here on.
    pub(crate) unsafe fn rewind(&self, taken: usize) {
        self.next.set((&raw const __heap_base).cast_mut().wrapping_add(taken));
    }
}

// SAFETY: a block begins where the last one ends, and ends within the memory.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = self.next.get();
        let end = block as usize + length(layout.size());
        let memory = memory_size::<0>() * PAGE;
        if layout.align() > ALIGN || end > memory && memory_grow::<0>((end - memory).div_ceil(PAGE)) == usize::MAX {
            return core::ptr::null_mut();
        }
        self.next.set(end as *mut u8);
        block
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    // The last block grows where it lies.
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block as usize + length(layout.size()) == self.next.get() as usize {
            self.next.set(block);
        }
        // SAFETY: a layout with another size, which the caller knows to be one.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from(block, layout.size().min(size));
            }
            moved
        }
    }
}

fn length(size: usize) -> usize {
    (size + (ALIGN - 1)) & !(ALIGN - 1)
}

const ALIGN: usize = 8;
const PAGE: usize = 65_536;

unsafe extern "C" {
    /// The end of what the linker laid out, a multiple of 16.
    static __heap_base: u8;
}
