//! What is in `corpus/`, replayed: inputs written by hand, and those that the search found and that broke a promise once.

use omneo_fuzz::{TARGETS, named};
use std::fs;
use std::path::Path;

fn replay(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut inputs: Vec<_> =
        fs::read_dir(&folder).expect("a folder of inputs").map(|file| file.expect("a file").path()).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "{name} has no inputs");
    for input in inputs {
        println!("{}", input.display());
        named(name).expect("a target").run(&fs::read(&input).expect("an input"));
    }
}

macro_rules! replays {
    ($all:ident: $($name:ident)*) => {
        const $all: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { replay(stringify!($name)); })*
    };
}

replays!(OF_THE_TRACKER: record settings policy consent token stored adopted answer product fields text walk);
#[cfg(feature = "relay")]
replays!(OF_THE_RELAY: intake configuration);
#[cfg(not(feature = "relay"))]
const OF_THE_RELAY: &[&str] = &[];

#[test]
fn every_target_is_replayed() {
    let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, [OF_THE_TRACKER, OF_THE_RELAY].concat());
}
