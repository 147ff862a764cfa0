//! Where a record goes.

use crate::interaction::Value;
use uuid::Uuid;

/// Whose interactions a record joins, and how: one POST a record, as Omneo documents it, or many to a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The profile of the token, through Omneo ID: for customers' browsers.
    Me,
    /// The profile of that id, through the profile-scoped route: for a kiosk or a clienteling screen that holds a token with
    /// the scope `create-interactions`, which must never be on a public page.
    Profile(Box<str>),
    /// The profile of the token, through a relay of the site's own: one POST of a JSON array a batch, answered by
    /// `[{event_id, status, errors?}]`.
    Relay,
}

impl Route {
    /// What [`Route::read`] takes, in words.
    pub(crate) const ACCEPTED: &str = "\"me\", \"relay\" or {\"profile\": \"<uuid of the profile>\"}";

    /// Reads `"me"`, `"relay"` or `{"profile": "<uuid>"}`; `None` for anything else.
    pub fn read(given: &Value) -> Option<Route> {
        match given.get("profile") {
            Some(profile) => profile.text().and_then(profile_id).map(Route::Profile),
            None if given.is("me") => Some(Route::Me),
            None if given.is("relay") => Some(Route::Relay),
            None => None,
        }
    }

    /// Where a withdrawal is told of: what waits there, and is not with Omneo yet. Only a relay has it.
    pub fn waiting_url(&self, origin: &str) -> Option<Box<str>> {
        let origin = origin.strip_suffix('/').unwrap_or(origin);
        (*self == Route::Relay).then(|| [origin, "/relay/v1/profiles/me/waiting"].concat().into())
    }

    /// The one address that every record of this route is posted to: a browser caches its preflight by full URL.
    ///
    /// `origin` is Omneo's, `https://api.{tenant}.getomneo.com`, or that of whatever stands in for it.
    pub fn url(&self, origin: &str) -> Box<str> {
        let origin = origin.strip_suffix('/').unwrap_or(origin);
        match self {
            Route::Me => [origin, "/id/api/v1/profiles/me/interactions"].concat().into(),
            Route::Profile(id) => [origin, "/api/v3/profiles/", id, "/interactions"].concat().into(),
            Route::Relay => [origin, "/relay/v1/profiles/me/interactions"].concat().into(),
        }
    }
}

/// A profile's id, as it is compared: a UUID in lower case; `None` for anything else.
pub(super) fn profile_id(text: &str) -> Option<Box<str>> {
    let id = Uuid::try_parse(text).ok().filter(|_| text.len() == HYPHENATED)?;
    Some((&*id.hyphenated().encode_lower(&mut Uuid::encode_buffer())).into())
}

/// How long a UUID is that is written as RFC 9562 writes it.
const HYPHENATED: usize = 36;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::json;

    const UUID: &str = "97e9c263-0f79-4e73-b734-bb19fb453d5d";

    fn route(text: &str) -> Option<Route> {
        Route::read(&json(text))
    }

    #[test]
    fn each_route_has_one_fixed_address() {
        let origin = "https://api.acme.getomneo.com/";
        assert_eq!(
            &*route("\"me\"").unwrap().url(origin),
            "https://api.acme.getomneo.com/id/api/v1/profiles/me/interactions"
        );
        assert_eq!(
            &*route("\"relay\"").unwrap().url("https://shop.example"),
            "https://shop.example/relay/v1/profiles/me/interactions"
        );
        let profile = route(&format!(r#"{{"profile":"{UUID}"}}"#)).unwrap();
        assert_eq!(*profile.url(origin), format!("https://api.acme.getomneo.com/api/v3/profiles/{UUID}/interactions"));
    }

    #[test]
    fn what_is_no_route_is_refused() {
        for given in
            ["\"you\"", "null", "{\"profile\":\"me\"}", "{\"profile\":\"../../tokens/aaaaaaaaaaaaaaaaaaaaaaa\"}", "{}"]
        {
            assert_eq!(route(given), None, "{given}");
        }
    }
}
