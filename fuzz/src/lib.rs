//! Every reader of outside data, each held against what it promises: not only that it stays alive.
//!
//! A target is a function of a text. What is JSON in it is read by `serde_json`, as the sandbox and the relay do; the browser's own
//! reader hands over the same values. `tests/corpus.rs` replays what is in `corpus/`; `src/search.rs` looks for more, led by which
//! code each input reaches. `npm run fuzz` runs both.

mod answers;
#[cfg(feature = "search")]
mod overflow;
mod page;
mod readers;
#[cfg(feature = "relay")]
mod relay;
mod shown;
mod step;
mod storage;
mod stored;
mod walk;

use omneo_interactions::interaction::Value;
use serde::Serialize;
use std::thread;

/// A reader, and the name of its folder in `corpus/`.
pub struct Target {
    /// The name.
    pub name: &'static str,
    /// Panics where the reader breaks a promise.
    check: fn(&str),
}

/// Every reader of outside data.
pub const TARGETS: &[Target] = &[
    Target { name: "record", check: readers::record },
    Target { name: "settings", check: readers::settings },
    Target { name: "policy", check: readers::policy },
    Target { name: "consent", check: readers::consent },
    Target { name: "token", check: readers::token },
    Target { name: "stored", check: stored::check },
    Target { name: "adopted", check: stored::adopted },
    Target { name: "answer", check: answers::check },
    Target { name: "product", check: shown::product },
    Target { name: "fields", check: shown::fields },
    Target { name: "text", check: shown::text },
    Target { name: "walk", check: walk::check },
    #[cfg(feature = "relay")]
    Target { name: "intake", check: relay::intake },
    #[cfg(feature = "relay")]
    Target { name: "configuration", check: relay::configuration },
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
        // A thread of its own has little stack, as the module does.
        thread::scope(|scope| {
            let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || check(text));
            if let Err(panic) = reader.expect("a thread").join() {
                std::panic::resume_unwind(panic);
            }
        });
    }
}

/// The value of a JSON text; `None` where it is none.
fn value(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

/// The value of a JSON text of our own.
fn own(json: &str) -> Value {
    value(json).expect("JSON")
}

/// The JSON text of what is kept, sent or emitted.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("all of it can be written")
}

/// The module has 64 KiB (`tools/build/compile.mjs`); the frames of this machine are larger, and without optimisation several times.
const STACK: usize = 256 << 10;
