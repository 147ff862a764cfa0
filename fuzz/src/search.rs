//! The search for inputs that break a promise, by LLVM's libFuzzer. `tools/fuzz.mjs` says for which target.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omneo_fuzz::{Target, named};
use std::sync::OnceLock;

static TARGET: OnceLock<&'static Target> = OnceLock::new();

fuzz_target!(|input: &[u8]| {
    let target = TARGET.get_or_init(|| {
        let name = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET, the name of a target");
        named(&name).expect("a target of that name")
    });
    target.run(input);
});
