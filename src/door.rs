//! How texts cross between JavaScript and [`crate::api`]: the exports of the module.
//!
//! JavaScript asks for [`room`], writes sixteen random bytes and a text into it, and calls. The answer is a text that ends with
//! a zero byte, which JSON has nowhere; it is read before anything else is called. So between two calls nothing is alive but
//! the trackers.

use crate::ALLOCATOR;
use crate::afresh::Afresh;
use crate::api::{self, TRACKERS};
use crate::text::joined;
use crate::tracker::Tracker;
use core::cell::Cell;

/// Room for so many bytes, until the next call.
#[unsafe(no_mangle)]
extern "C" fn room(bytes: usize) -> *mut u8 {
    if ALLOCATOR.taken() > LIMIT.get() {
        tidy();
    }
    Vec::with_capacity(bytes).leak().as_mut_ptr()
}

/// [`api::open`] with the text of that length behind the random bytes.
#[unsafe(no_mangle)]
extern "C" fn open(room: *const u8, length: usize, global_privacy_control: bool, do_not_track: bool) -> *const u8 {
    let answer = answer(&api::open(read(room, length).1, global_privacy_control, do_not_track));
    FLOOR.set(ALLOCATOR.taken());
    answer
}

/// [`api::input`] with the text of that length behind the random bytes.
#[unsafe(no_mangle)]
extern "C" fn input(room: *const u8, length: usize, tracker: usize, now: f64) -> *const u8 {
    let (entropy, text) = read(room, length);
    answer(&api::input(tracker, text, now, entropy))
}

fn read(room: *const u8, length: usize) -> ([u8; 16], &'static str) {
    // SAFETY: `js/module.js` filled the room, its text in UTF-8, and nothing writes there until the next call.
    unsafe {
        let text = core::slice::from_raw_parts(room.add(16), length);
        (*room.cast(), core::str::from_utf8_unchecked(text))
    }
}

fn answer(text: &str) -> *const u8 {
    Box::leak(joined(&[text, "\0"])).as_ptr()
}

// What the trackers own is written anew behind all that is taken, and then from the floor on.
fn tidy() {
    TRACKERS.with_borrow_mut(|trackers| {
        let taken = ALLOCATOR.taken();
        trackers.iter_mut().for_each(Tracker::afresh);
        // What is alive was taken once, so it fits.
        if ALLOCATOR.taken() - taken <= taken - FLOOR.get() {
            // SAFETY: the second copy is as large as the first, and ends before that begins.
            unsafe { ALLOCATOR.rewind(FLOOR.get()) };
            trackers.iter_mut().for_each(Tracker::afresh);
        }
    });
    LIMIT.set(ALLOCATOR.taken() * 2 + SPARE);
}

thread_local! {
    // Below are the trackers themselves and what they were opened with, which never moves.
    static FLOOR: Cell<usize> = const { Cell::new(0) };
    static LIMIT: Cell<usize> = const { Cell::new(SPARE) };
}

/// How many bytes may be taken by what is no longer needed before it is worth the way: 256 KiB.
const SPARE: usize = 1 << 18;
