//! Every reader of outside data, each held against what it promises: not only that it stays alive.
//!
//! A target is a function of a text. `tests/corpus.rs` replays what is in `corpus/`; `src/search.rs` looks for more, led by which
//! code each input reaches. `npm run fuzz` runs both.

mod answers;
#[cfg(feature = "search")]
mod overflow;
mod page;
mod quoted;
mod readers;
mod stored;
mod walk;

use std::thread;

/// A reader, and the name of its folder in `corpus/`.
pub struct Target {
    /// The name.
    pub name: &'static str,
    /// Panics where the reader breaks a promise.
    check: fn(&str),
}

/// Every reader of outside data.
pub const TARGETS: [Target; 12] = [
    Target { name: "record", check: readers::record },
    Target { name: "settings", check: readers::settings },
    Target { name: "policy", check: readers::policy },
    Target { name: "consent", check: readers::consent },
    Target { name: "token", check: readers::token },
    Target { name: "stored", check: stored::check },
    Target { name: "adopted", check: stored::adopted },
    Target { name: "answer", check: answers::check },
    Target { name: "product", check: page::product },
    Target { name: "fields", check: page::fields },
    Target { name: "text", check: page::text },
    Target { name: "walk", check: walk::check },
];

/// The target of that name.
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

impl Target {
    /// Hands an input to the reader. What is no UTF-8 never crosses the module's door.
    ///
    /// # Panics
    /// Where the reader breaks a promise.
    pub fn run(&self, input: &[u8]) {
        let Ok(text) = core::str::from_utf8(input) else { return };
        let check = self.check;
        #[cfg(feature = "search")]
        let check = |text| overflow::noticed(|| check(text));
        // A thread of its own has little stack, as the module does, and trackers of its own.
        thread::scope(|scope| {
            let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || check(text));
            if let Err(panic) = reader.expect("a thread").join() {
                std::panic::resume_unwind(panic);
            }
        });
    }
}

/// The module has 64 KiB (`tools/build/compile.mjs`); the frames of this machine are larger, and without optimisation several times.
const STACK: usize = 256 << 10;
