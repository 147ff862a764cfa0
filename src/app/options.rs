//! How an app sets a tracker up.

use super::{Page, Tracker};
use crate::delivery::Route;
use crate::interaction::{Channel, Map, Value};
use crate::privacy::Consent;
use crate::tracker::{Capture, Error, Event, Listener};

/// The settings of a tracker; docs/configuration.md has what each is for. [`Options::start`] says what is wrong with them.
#[must_use = "the tracker starts by `start`"]
pub struct Options {
    settings: Map,
    listeners: Vec<Listener>,
}

impl Options {
    /// Of the Omneo tenant of that handle.
    pub fn tenant(handle: &str) -> Options {
        Options::new("tenant", handle)
    }

    /// Of whatever stands in for Omneo at that address: a relay, or the sandbox.
    pub fn endpoint(address: &str) -> Options {
        Options::new("endpoint", address)
    }

    fn new(name: &str, text: &str) -> Options {
        Options { settings: Map::from_iter([(name, text.into())]), listeners: Vec::new() }
    }

    /// The visitor's answer as the page begins; [`Consent::Unknown`] by default.
    pub fn consent(self, consent: Consent) -> Options {
        self.set("consent", consent.as_str())
    }

    /// The visitor agreed, to these purposes.
    pub fn consent_to<T: Into<Box<str>>>(self, purposes: impl IntoIterator<Item = T>) -> Options {
        self.set("consent", Value::List(purposes.into_iter().map(|purpose| Value::Text(purpose.into())).collect()))
    }

    /// Whose interactions the records join, and how; [`Route::Me`] by default.
    pub fn route(self, route: Route) -> Options {
        let route = match route {
            Route::Me => "me".into(),
            Route::Relay => "relay".into(),
            Route::Profile(id) => Map::from_iter([("profile", Value::Text(id))]).into(),
        };
        self.set::<Value>("route", route)
    }

    /// The channel of records that name none; [`Channel::Website`] by default.
    pub fn channel(self, channel: Channel) -> Options {
        self.set("channel", channel.as_str())
    }

    /// The namespace of records that name none; `web-engagement` by default.
    pub fn namespace(self, namespace: &str) -> Options {
        self.set("namespace", namespace)
    }

    /// What is recorded without a call.
    pub fn capture(self, capture: Capture) -> Options {
        let switches = [
            ("pageViews", capture.page_views),
            ("productViews", capture.product_views),
            ("forms", capture.forms),
            ("logins", capture.logins),
            ("durations", capture.durations),
        ];
        self.set("capture", switches.into_iter().map(|(name, is_on)| (name, is_on.into())).collect::<Map>())
    }

    /// Any other setting, by its name in docs/configuration.md: `policy`, `batch`, `clienteling`, `globalPrivacyControl`, `doNotTrack`.
    pub fn set<V: Into<Value>>(mut self, name: &str, value: V) -> Options {
        self.settings.set(name, value);
        self
    }

    /// Calls `listener` with every event. It may call the tracker.
    pub fn on(mut self, listener: impl Fn(&Event) + 'static) -> Options {
        self.listeners.push(Box::new(listener));
        self
    }

    /// Starts a tracker. `token` is asked who is signed in, whenever that matters: it returns a text, or an object as Omneo's token
    /// endpoints have it, and [`Value::Null`] where nobody is signed in. Where it fails, what is recorded waits.
    ///
    /// A prerendered page is one that nobody sees yet: there the tracker starts once it is shown.
    ///
    /// # Errors
    /// The first setting that cannot be.
    pub fn start<F, E>(self, token: impl Fn() -> F + 'static) -> Result<Tracker, Error>
    where
        F: Future<Output = Result<Value, E>> + 'static,
        E: ToString + 'static,
    {
        let token = move || {
            let answer = token();
            async { answer.await.map_err(|error| error.to_string()) }
        };
        let page = Page::open(&self.settings.into(), token, self.listeners);
        page.map(Tracker::of).map_err(Error::InvalidSettings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracker::{Settings, Signals};

    fn read(options: Options) -> Settings {
        Settings::read(&options.settings.into(), Signals::default()).unwrap()
    }

    #[test]
    fn every_option_is_a_setting() {
        let capture = Capture { page_views: false, forms: false, ..Capture::default() };
        let profile = "97e9c263-0f79-4e73-b734-bb19fb453d5d";
        let settings = read(
            Options::endpoint("http://127.0.0.1:8787")
                .consent(Consent::Granted)
                .route(Route::Profile(profile.into()))
                .channel(Channel::App)
                .namespace("kiosk")
                .capture(capture)
                .set("batch", Map::from_iter([("records", 7.0.into())])),
        );
        assert_eq!(
            &*settings.url,
            "http://127.0.0.1:8787/api/v3/profiles/97e9c263-0f79-4e73-b734-bb19fb453d5d/interactions"
        );
        assert_eq!(
            (settings.consent, settings.channel, &*settings.namespace),
            (Consent::Granted, Channel::App, "kiosk")
        );
        assert_eq!((settings.capture, settings.batch.records), (capture, 7));
    }

    #[test]
    fn what_is_not_said_is_as_without_rust() {
        let settings = Settings::read(&crate::interaction::json(r#"{"tenant":"acme"}"#), Signals::default());
        assert_eq!(read(Options::tenant("acme").capture(Capture::default())), settings.unwrap());
        for (route, name) in [(Route::Me, "me"), (Route::Relay, "relay")] {
            assert_eq!(read(Options::tenant("acme").route(route)), read(Options::tenant("acme").set("route", name)));
        }
    }

    #[test]
    fn the_visitor_may_agree_to_some_purposes() {
        let settings = read(Options::tenant("acme").consent_to(["analytics"]));
        assert_eq!((settings.consent, settings.purposes.cover(Some("marketing"))), (Consent::Granted, false));
    }

    #[test]
    fn a_mistake_is_named() {
        let started = Options::tenant("Acme Ltd").start(async || Ok::<_, String>(Value::Null));
        let error = started.err().unwrap();
        assert_eq!(error.code(), "invalid-settings");
        assert_eq!(
            error.to_string(),
            "`tenant` is \"Acme Ltd\"; accepted: the handle of an Omneo tenant: a-z, 0-9 and -"
        );
    }
}
