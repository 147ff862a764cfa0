//! A session in which somebody of the staff assists the customer, in one tab.

use crate::afresh::Afresh;
use crate::interaction::{Instant, Interaction};
use crate::json::{Json, Object, digits, whole};
use crate::privacy::cut;
use crate::text::joined;

/// A staff-assisted session of this tab, or none: the text that it is kept as, with consent, so that it survives the way to the
/// tab's next page. That is when it was opened, whom it assists and what it lends to its views, with a space between; `?` where
/// no token has said yet whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clienteling(Box<str>);

impl Clienteling {
    /// The session with what `call` names, for that profile; none where it names nobody and no place.
    pub fn open(call: &Interaction, profile: Option<Box<str>>, now: Instant) -> Clienteling {
        let mut lent = Object::new();
        for name in ["location_id", "staff_id", "organisation_id"] {
            if let Some(id) = call.field(name) {
                lent.put(name, id.as_str());
            }
        }
        if lent.is_empty() {
            return Clienteling::default();
        }
        lent.put_text("namespace", "clienteling");
        let opened = digits(now.0.max(0) as u64);
        Clienteling(joined(&[&opened, " ", profile.as_deref().unwrap_or(UNKNOWN), " ", &lent.finish()]))
    }

    /// Reads it back; none for anything that this tracker did not write.
    pub fn from_text(text: &str) -> Clienteling {
        let session = Clienteling(text.into());
        let [opened, _, lent] = session.parts();
        // What no view may have would cost the tab each of its views.
        let view = joined(&[
            r#"{"action":"view","channel":"website","signal":0,"name":"n","#,
            lent.get(1..).unwrap_or_default(),
        ]);
        let is_own =
            whole(opened, 15).is_some() && lent.starts_with('{') && Interaction::read(Json::view(&view)).is_ok();
        if is_own { session } else { Clienteling::default() }
    }

    /// The text it is kept as; empty where there is none.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The fields that it lends to its views.
    pub fn lent(&self) -> Json<'_> {
        Json::view(self.parts()[2])
    }

    /// Whether it assists a customer that a token named.
    pub fn is_somebody_s(&self) -> bool {
        !self.0.is_empty() && self.parts()[1] != UNKNOWN
    }

    /// Whether it assists somebody else than that profile.
    pub fn is_another_s(&self, profile: &str) -> bool {
        self.is_somebody_s() && self.parts()[1] != profile
    }

    /// Whether its time is up, `limit_ms` after it was opened. A clock that was set back makes it longer by as much again at most.
    pub fn is_over(&self, limit_ms: i64, now: Instant) -> bool {
        let opened = whole(self.parts()[0], 15).unwrap_or_default() as i64;
        !self.0.is_empty() && (now.0 - opened).abs() >= limit_ms
    }

    /// The same session, for that profile; none stays none.
    #[must_use]
    pub fn assisting(&self, profile: &str) -> Clienteling {
        let [opened, _, lent] = self.parts();
        Clienteling(if lent.is_empty() { Box::default() } else { joined(&[opened, " ", profile, " ", lent]) })
    }

    #[inline(never)]
    fn parts(&self) -> [&str; 3] {
        let (opened, rest) = cut(&self.0, b' ');
        let (profile, lent) = cut(rest, b' ');
        [opened, profile, lent]
    }
}

impl Afresh for Clienteling {
    fn afresh(&mut self) {
        let Clienteling(text) = self;
        text.afresh();
    }
}

/// No profile is called so.
const UNKNOWN: &str = "?";

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(1_764_000_000_000);

    #[test]
    fn what_no_view_may_have_is_not_lent_to_any() {
        for lent in
            [r#"{"staff_id":"x","namespace":"n"}"#, r#"{"staf_id":7,"namespace":"n"}"#, r#"{"staff_id":7}"#, "[]", "{"]
        {
            assert_eq!(Clienteling::from_text(&format!("1 ? {lent}")), Clienteling::default(), "{lent}");
        }
    }

    fn open(more: &str) -> Clienteling {
        let call = format!(r#"{{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n"{more}}}"#);
        Clienteling::open(&Interaction::read(Json::parse(&call).unwrap()).unwrap(), None, NOW)
    }

    #[test]
    fn it_lends_what_the_call_names_and_is_none_without() {
        for (call, lent) in [
            (r#","staff_id":501,"location_id":7"#, r#"{"location_id":7,"staff_id":501,"namespace":"clienteling"}"#),
            (r#","organisation_id":3"#, r#"{"organisation_id":3,"namespace":"clienteling"}"#),
            ("", ""),
        ] {
            assert_eq!(open(call).lent().as_str(), lent);
        }
        assert_eq!(open(""), Clienteling::default());
        assert!(!open("").is_over(1, NOW) && !open("").is_another_s("ada"));
        assert_eq!(open("").assisting("ada"), Clienteling::default());
    }

    #[test]
    fn it_is_over_at_its_limit_whichever_way_the_clock_goes() {
        let session = open(r#","staff_id":501"#);
        for (passed, is_over) in [(0, false), (59_999, false), (60_000, true), (-59_999, false), (-60_000, true)] {
            assert_eq!(session.is_over(60_000, Instant(NOW.0 + passed)), is_over, "{passed}");
        }
    }

    #[test]
    fn it_is_read_back_and_foreign_text_is_not() {
        let session = open(r#","staff_id":501"#);
        for (session, is_ada_s, is_somebody_s) in [
            (session.clone(), true, false),
            (session.assisting(""), false, true),
            (session.assisting("ada"), true, true),
            (session.assisting("grace").assisting("ada"), true, true),
        ] {
            assert_eq!(Clienteling::from_text(session.as_str()), session);
            assert_eq!((!session.is_another_s("ada"), session.is_somebody_s()), (is_ada_s, is_somebody_s));
        }
        for text in
            ["", "{}", "1", "1 ada", "1 ada [1]", "1 ada {", "x ada {}", "ada {}", "99999999999999999999 ada {}"]
        {
            assert_eq!(Clienteling::from_text(text), Clienteling::default(), "{text}");
        }
    }
}
