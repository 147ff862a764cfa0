//! Many generated cases, fast: policies and texts made of what is hard for a reader.
//!
//! The usual suite runs a few of them. All ten million:
//! `cargo test -p omneo-interactions --release ten_million -- --ignored --nocapture`

use super::{FormField, Kind, Policy, scrub};
use crate::interaction::{Interaction, Value};
use std::time::Instant;

/// Xorshift (Marsaglia, 2003): a case is its number, so that one that fails can be made again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    fn text(&mut self, fragments: &[&str]) -> String {
        (0..self.below(9)).map(|_| fragments[self.below(fragments.len())]).collect()
    }
}

fn run(cases: u64) {
    let start = Instant::now();
    for case in 1..=cases {
        let mut random = Random(case.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        if case % 2 == 0 {
            let text = random.text(TEXT);
            let once = scrub(&text);
            assert!(once.len() <= text.len() && scrub(&once) == once, "case {case}: {text}");
        } else {
            read(case, &mut random);
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{cases} cases, {:.0} a second", cases as f64 / seconds);
}

/// A policy that is nearly one. Where it is read, it decides on a record, and keeps of it what it names.
fn read(case: u64, random: &mut Random) {
    let (members, fields) = (random.text(POLICY), random.text(POLICY));
    let shapes = [
        members.clone(),
        format!("{{\"rules\":[{{\"rule\":\"a\",{members}}}]}}"),
        format!("{{\"rules\":[{{\"rule\":\"a\",\"form\":[\"f\"],\"fields\":[{members}]}}]}}"),
    ];
    let shape = random.below(3);
    let Ok(given) = serde_json::from_str::<Value>(&shapes[shape]) else { return };
    if let Ok(policy) = Policy::read(&given) {
        let is_object = serde_json::from_str::<Value>(&members).is_ok_and(|value| value.map().is_some());
        let meta = if is_object { &members } else { "{\"form\":\"f\",\"a\":\"a@b.example\"}" };
        let record = format!(
            r#"{{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"/a/b","meta":{meta}}}"#
        );
        let record = serde_json::from_str::<Value>(&record).expect("JSON by its form");
        let record = Interaction::try_from(record).expect("valid by its form");
        let record = policy.scrubbed(record);
        let verdict = policy.verdict(Kind::FormSubmission, &record);
        assert!(!verdict.rule.is_empty() && !verdict.reason.is_empty(), "case {case}: {members}");
        let field = FormField { name: "a".into(), value: Some(fields.into()), ..FormField::default() };
        let kept = policy.kept(Kind::FormSubmission, record, &[field]);
        assert!(Interaction::try_from(Value::from(&kept.record)).is_ok(), "case {case}: {members}");
    }
}

#[test]
fn many_cases() {
    run(20_000);
}

#[test]
#[ignore = "takes about a minute"]
fn ten_million_cases() {
    run(10_000_000);
}

const TEXT: &[&str] = &[
    "a",
    "@",
    ".",
    "-",
    "_",
    "+",
    "%",
    "%25",
    "%40",
    "%2",
    "2",
    "40",
    "0",
    "00",
    "1",
    "12",
    "345",
    "4111",
    "1111 1111 1111",
    " ",
    "  ",
    "(",
    ")",
    "/",
    "é",
    "ß",
    "用",
    "\u{a0}",
    "\u{2011}",
    "\u{0}",
    "\n",
    "eyJ",
    "aB1",
    "x9Y8z7",
    "9f86d081884c7d659a2f",
    "ada",
    "example.com",
    "97e9c263-0f79-4e73-b734-bb19fb453d5d",
    "mail)",
    "(mail)",
    "(token)",
    "(card)",
    "(phone)",
    "%C3%A9",
    "%00",
    "😀",
];

const POLICY: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u00",
    "null",
    "true",
    "1",
    "1e9",
    "-",
    " ",
    "\"rule\":\"a\"",
    "\"rules\":[",
    "\"kind\":",
    "[\"record\"]",
    "[\"formSubmission\"]",
    "\"url\":[\"/a/*\"]",
    "\"form\":[\"f*\"]",
    "\"meta\":[\"a\"]",
    "\"fields\":[\"a\"]",
    "\"query\":[\"a\"]",
    "\"extends\":\"nothing\"",
    "\"a\"",
    "\"password\"",
    "{\"name\":\"a\"}",
    "\"personal\":true",
    "é",
    "用",
    "\"because\":\"b\"",
    "\"namespace\":[\"n\"]",
    "\"action\":[\"view\"]",
    "\"channel\":[]",
    "{}",
    "[]",
    "\"a\":\"a@b.example\"",
];
