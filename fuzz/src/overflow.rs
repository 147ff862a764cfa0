//! An input that leaves the stack is written down like any other: libFuzzer does that when the signal comes, and needs another stack
//! for it. The standard library would see to that, but only in a program that begins in Rust.

use libc::{SA_ONSTACK, SIGSEGV, SS_DISABLE, sigaction, sigaltstack, stack_t};
use std::mem::zeroed;
use std::ptr::null_mut;
use std::sync::Once;

/// Does that with another stack for signals.
pub fn noticed(check: impl FnOnce()) {
    static ONCE: Once = Once::new();
    ONCE.call_once(use_it);
    let mut memory = vec![0_u8; BYTES];
    let other = stack_t { ss_sp: memory.as_mut_ptr().cast(), ss_flags: 0, ss_size: BYTES };
    // SAFETY: the memory lives until no signal can use it any more.
    unsafe { sigaltstack(&raw const other, null_mut()) };
    check();
    let none = stack_t { ss_sp: null_mut(), ss_flags: SS_DISABLE, ss_size: 0 };
    // SAFETY: nothing is on it, as this is no handler of a signal.
    unsafe { sigaltstack(&raw const none, null_mut()) };
}

// The handler is there already, libFuzzer's own.
fn use_it() {
    // SAFETY: the handler stays what it is, and so is one that fits its flags.
    unsafe {
        let mut action: sigaction = zeroed();
        sigaction(SIGSEGV, null_mut(), &raw mut action);
        action.sa_flags |= SA_ONSTACK;
        sigaction(SIGSEGV, &raw const action, null_mut());
    }
}

const BYTES: usize = 64 << 10;
