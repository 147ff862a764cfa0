//! A session in which somebody of the staff assists the customer, in one tab.

use crate::interaction::{Instant, Interaction, Map, Stored, Value, id_of};

/// A staff-assisted session of this tab. With consent it is kept, so that it survives the way to the tab's next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clienteling {
    /// When it was opened.
    opened: Instant,
    /// Whom it assists; `None` where no token has said yet whom.
    pub profile: Option<Box<str>>,
    location_id: Option<u64>,
    staff_id: Option<u64>,
    organisation_id: Option<u64>,
}

impl Clienteling {
    /// The namespace of its views.
    pub const NAMESPACE: &str = "clienteling";

    /// The session with what `call` names, for that profile; `None` where it names nobody and no place.
    pub fn open(call: &Interaction, profile: Option<Box<str>>, now: Instant) -> Option<Clienteling> {
        let &Interaction { location_id, staff_id, organisation_id, .. } = call;
        let names_any = location_id.or(staff_id).or(organisation_id).is_some();
        names_any.then_some(Clienteling { opened: now, profile, location_id, staff_id, organisation_id })
    }

    /// Sets what it lends to its views, by the names of an interaction's fields.
    pub fn lend_to(&self, fields: &mut Map) {
        for (name, id) in
            [("location_id", self.location_id), ("staff_id", self.staff_id), ("organisation_id", self.organisation_id)]
        {
            if let Some(id) = id {
                fields.set(name, id as f64);
            }
        }
        fields.set("namespace", Clienteling::NAMESPACE);
    }

    /// Lends a view its fields.
    pub fn lend(&self, view: &mut Interaction) {
        view.location_id = self.location_id.or(view.location_id);
        view.staff_id = self.staff_id.or(view.staff_id);
        view.organisation_id = self.organisation_id.or(view.organisation_id);
        view.namespace = Clienteling::NAMESPACE.into();
    }

    /// Whether it assists somebody else than that profile.
    pub fn belongs_to_other(&self, profile: &str) -> bool {
        self.profile.as_deref().is_some_and(|own| own != profile)
    }

    /// Whether its time is up, `limit_ms` after it was opened. A clock that was set back makes it longer by as much again at most.
    pub fn is_over(&self, limit_ms: i64, now: Instant) -> bool {
        (now.0 - self.opened.0).abs() >= limit_ms
    }

    /// The object it is kept as.
    pub fn to_stored(&self) -> Value {
        let mut map = Stored::map();
        map.set("opened", self.opened.to_stored());
        map.set("profile", self.profile.clone().map_or(Value::Null, Value::from));
        self.lend_to(&mut map);
        map.into()
    }

    /// Reads it back; `None` for anything that no version of this tracker wrote.
    pub fn from_stored(stored: &Stored) -> Option<Clienteling> {
        if let Some(map) = stored.current() {
            let profile = map.get("profile")?;
            let profile = if profile.is_null() { None } else { Some(profile.text()?) };
            return Clienteling::read(Instant::from_stored(map.get("opened")?)?, profile, &stored.object);
        }
        // 0.1: `1764000000000 <profile> {"staff_id":501,"namespace":"clienteling"}`, and `?` where no token had named one.
        let [opened, profile, rest] = stored.words();
        let profile = Some(profile).filter(|profile| *profile != UNKNOWN_IN_0_1);
        Clienteling::read(Instant::from_digits(opened)?, profile, &stored.object).filter(|_| rest.is_empty())
    }

    fn read(opened: Instant, profile: Option<&str>, lent: &Value) -> Option<Clienteling> {
        let id = |name| match lent.get(name) {
            None => Some(None),
            Some(id) => id_of(id).map(Some),
        };
        let [location_id, staff_id, organisation_id] = [id("location_id")?, id("staff_id")?, id("organisation_id")?];
        let names_any = location_id.or(staff_id).or(organisation_id).is_some();
        let profile = profile.map(Into::into);
        names_any.then_some(Clienteling { opened, profile, location_id, staff_id, organisation_id })
    }
}

const UNKNOWN_IN_0_1: &str = "?";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::json;

    const NOW: Instant = Instant(1_764_000_000_000);

    fn open(more: &str) -> Option<Clienteling> {
        let call = format!(r#"{{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n"{more}}}"#);
        Clienteling::open(&Interaction::try_from(json(&call)).unwrap(), None, NOW)
    }

    #[test]
    fn it_lends_what_the_call_names_and_is_none_without() {
        for (call, lent) in [
            (r#","staff_id":501,"location_id":7"#, r#"{"location_id":7,"staff_id":501,"namespace":"clienteling"}"#),
            (r#","organisation_id":3"#, r#"{"organisation_id":3,"namespace":"clienteling"}"#),
        ] {
            let mut all = Map::new();
            open(call).unwrap().lend_to(&mut all);
            assert_eq!(Value::Map(all), json(lent));
        }
        assert_eq!(open(""), None);
    }

    #[test]
    fn it_is_over_at_its_limit_whichever_way_the_clock_goes() {
        let session = open(r#","staff_id":501"#).unwrap();
        for (passed, is_over) in [(0, false), (59_999, false), (60_000, true), (-59_999, false), (-60_000, true)] {
            assert_eq!(session.is_over(60_000, Instant(NOW.0 + passed)), is_over, "{passed}");
        }
    }

    #[test]
    fn it_is_read_back_and_foreign_text_is_not() {
        let session = open(r#","staff_id":501"#).unwrap();
        for profile in [None, Some("ada".into()), Some("".into())] {
            let session = Clienteling { profile, ..session.clone() };
            let stored = Stored { object: session.to_stored(), ..Stored::default() };
            assert_eq!(Clienteling::from_stored(&stored), Some(session));
        }
        for text in [
            "",
            "{}",
            "1",
            "1 ada",
            "1 ada [1]",
            "1 ada {",
            "1 ada {}",
            "x ada {\"staff_id\":1}",
            "ada {\"staff_id\":1}",
            "99999999999999999999 ada {\"staff_id\":1}",
            r#"{"version":2,"opened":1,"profile":null}"#,
        ] {
            assert_eq!(Clienteling::from_stored(&text.into()), None, "{text}");
        }
    }

    #[test]
    fn what_no_view_may_have_is_not_lent_to_any() {
        for lent in [r#""staff_id":"x""#, r#""staff_id":-1"#, r#""staf_id":7"#] {
            for stored in [format!("1 ? {{{lent}}}"), format!(r#"{{"version":2,"opened":1,"profile":null,{lent}}}"#)] {
                assert_eq!(Clienteling::from_stored(&stored.as_str().into()), None, "{stored}");
            }
        }
    }

    #[test]
    fn what_the_last_release_kept_is_read() {
        let read = |text: &str| Clienteling::from_stored(&text.into()).unwrap();
        let named = read(r#"1764000000000 ada {"staff_id":501,"namespace":"clienteling"}"#);
        assert_eq!((named.profile.as_deref(), named.staff_id), (Some("ada"), Some(501)));
        assert_eq!(read(r#"1764000000000 ? {"location_id":7,"namespace":"clienteling"}"#).profile, None);
    }
}
