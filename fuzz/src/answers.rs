//! What the receiver answers.

use crate::page::Page;
use crate::storage::stored;
use crate::value;
use omneo_interactions::tracker::{Answer, CallName, Input, StoredRecord};

/// An answer: its status, its `Retry-After` and, to the end, its body. Whatever it is, each record is delivered, given up with a
/// reason, or kept: once, and none of them twice.
pub fn check(text: &str) {
    let mut lines = text.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let Ok(status) = next().parse() else { return };
    let answer = Answer { status, retry_after: next().into(), body: value(next()).unwrap_or_default() };
    for settings in [ME, RELAY] {
        let mut page = Page::open(settings).expect("settings");
        page.input(Input::Start);
        page.input(Input::Adopted { records: vec![StoredRecord { id: "7".into(), stored: stored(KEPT) }] });
        for name in ["One", "Two"] {
            page.call(CallName::PageView, &format!(r#"{{"title":"{name}"}}"#));
        }
        page.sign_in();
        page.input(Input::Flush);
        for _ in 0..3 {
            for request in page.take_requests() {
                page.input(Input::Answered { request, answer: answer.clone() });
            }
        }
        page.adds_up(3);
    }
}

const ME: &str = r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#;
const RELAY: &str = r#"{"tenant":"acme","consent":"granted","route":"relay","capture":{"logins":false}}"#;
/// A record that an earlier page left, which may have arrived.
const KEPT: &str = r#"{"version":2,"accepted":1763999999000,"until":null,"profile":"97e9c263-0f79-4e73-b734-bb19fb453d5d","purpose":null,"record":{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","meta":{"event_id":"7"}}}"#;
