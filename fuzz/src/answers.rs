//! What the receiver answers.

use crate::walk::{Page, TOKEN};

/// An answer: its status, its `Retry-After` and, to the end, its body. Whatever it is, each record is delivered, given up with a
/// reason, or kept: once, and none of them twice.
pub fn check(text: &str) {
    let mut lines = text.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let (status, retry_after, body) = (next(), next(), next());
    for settings in [ME, RELAY] {
        let mut page = Page::open(settings).expect("settings");
        page.input("start", "");
        page.input("adopt", KEPT);
        for name in ["One", "Two"] {
            page.input("pageView", &format!(r#"{{"title":"{name}"}}"#));
        }
        page.input("token", &format!(r#"["1","{TOKEN}"]"#));
        page.input("flush", "");
        for _ in 0..3 {
            for request in page.take_requests() {
                page.answer(&request, status, retry_after, body);
            }
        }
        page.adds_up(3);
    }
}

const ME: &str = r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#;
const RELAY: &str = r#"{"tenant":"acme","consent":"granted","route":"relay","capture":{"logins":false}}"#;
/// A record that an earlier page left, which may have arrived.
const KEPT: &str = r#"[["7","1763999999000 97e9c263-0f79-4e73-b734-bb19fb453d5d  {\"action\":\"view\",\"channel\":\"website\",\"signal\":0,\"name\":\"n\",\"namespace\":\"n\",\"meta\":{\"event_id\":\"7\"}}"]]"#;
