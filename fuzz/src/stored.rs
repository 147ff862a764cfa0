//! What storage gives back, which a page or an extension may have written.

use crate::quoted::quoted;
use crate::walk::Page;
use omneo_interactions::capture::{Clienteling, Session};
use omneo_interactions::interaction::Instant;
use omneo_interactions::json::Json;
use omneo_interactions::queue::Entry;

/// What is read of storage is written and read back the same.
pub fn check(text: &str) {
    if let Some(entry) = Entry::from_text(text) {
        assert!(Json::parse(&entry.body).is_ok_and(Json::is_object), "what is sent is a record");
        let _ = entry.happened().to_iso();
        assert_eq!(Entry::from_text(&entry.to_text()).as_ref(), Some(&entry));
    }
    if let Some(session) = Session::from_text(text) {
        assert_eq!(Session::from_text(&session.to_text()).as_ref(), Some(&session));
        let _ = session.is_over("ada", NOW);
    }
    let clienteling = Clienteling::from_text(text);
    assert_eq!(Clienteling::from_text(clienteling.as_str()), clienteling);
    assert!(clienteling.as_str().is_empty() || clienteling.lent().is_object());
    let _ = (clienteling.is_over(60_000, NOW), clienteling.assisting("ada"), clienteling.is_another_s("ada"));
}

/// What storage gives to a page that has just started: a line for the session, one for the clienteling of the tab, and then one a
/// record. Whatever it is, a view that comes afterwards is recorded.
pub fn adopted(text: &str) {
    let mut lines = text.lines();
    let mut page = Page::open(r#"{"tenant":"acme","consent":"granted"}"#).expect("settings");
    page.input("start", "");
    let kept = [lines.next().unwrap_or_default(), lines.next().unwrap_or_default()].map(quoted);
    page.input("recalled", &format!("[{}]", kept.join(",")));
    let pairs: Vec<String> = lines
        .map(|line| {
            let id = Entry::from_text(line).map(|entry| entry.id).unwrap_or_default();
            format!("[{},{}]", quoted(&id), quoted(line))
        })
        .collect();
    page.input("adopt", &format!("[{}]", pairs.join(",")));
    let before = page.count("recorded");
    page.input("pageView", "{}");
    assert_eq!(page.count("recorded"), before + 1);
}

const NOW: Instant = Instant(1_764_000_000_000);
