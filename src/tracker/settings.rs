//! How a site sets the tracker up.

use crate::delivery::Route;
use crate::interaction::{Channel, HANDLE, Invalid, Map, Members, Mistake, Value, is_handle};
use crate::privacy::{Consent, Policy, Purposes, Words};
use crate::queue::{Batch, Limits};

/// The settings of a tracker, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Whose interactions the records join, and how.
    pub route: Route,
    /// The address every record is posted to.
    pub url: Box<str>,
    /// The address that a withdrawal is told to, where there is one.
    pub waiting_url: Option<Box<str>>,
    /// The namespace of records that name none.
    pub namespace: Box<str>,
    /// The channel of records that name none.
    pub channel: Channel,
    /// The visitor's answer as the page begins.
    pub consent: Consent,
    /// What for.
    pub purposes: Purposes,
    /// The browser declines for the visitor, and the site honours that: no other answer counts.
    pub declined: bool,
    /// The allowlist.
    pub policy: Policy,
    /// What is recorded without a call.
    pub capture: Capture,
    /// How long a staff-assisted session goes on, in milliseconds.
    pub clienteling_ms: i64,
    /// When what waits leaves.
    pub batch: Batch,
    /// The bounds of the queue.
    pub limits: Limits,
}

/// What the browser says for the visitor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// Global Privacy Control (the W3C's), `navigator.globalPrivacyControl`.
    pub global_privacy_control: bool,
    /// Do Not Track, `navigator.doNotTrack`, which browsers are about to drop.
    pub do_not_track: bool,
}

/// What is recorded without a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Views of pages.
    pub page_views: bool,
    /// Views of products that the page's markup names.
    pub product_views: bool,
    /// Submissions of forms.
    pub forms: bool,
    /// The first token of a session.
    pub logins: bool,
    /// With a page view, how long the page was looked at; not unless the site says so.
    pub durations: bool,
}

impl Default for Capture {
    fn default() -> Capture {
        Capture { page_views: true, product_views: true, forms: true, logins: true, durations: false }
    }
}

impl Settings {
    /// Reads the settings. Global Privacy Control counts as *denied* unless the site set `globalPrivacyControl` to
    /// `ignore`, Do Not Track only where it set `doNotTrack` to `deny`.
    ///
    /// # Errors
    /// The first setting that cannot be, by its path.
    pub fn read(given: &Value, signals: Signals) -> Result<Settings, Invalid> {
        Settings::read_with(given, signals, Words::default())
    }

    /// The same with these words for a form's fields.
    pub(crate) fn read_with(given: &Value, signals: Signals, words: Words) -> Result<Settings, Invalid> {
        let mistake = Mistake::default();
        let members = Members::of(given, "settings", NAMES, &mistake);
        let url = origin(&members);
        let route = members.read("route", Route::ACCEPTED, Route::read).unwrap_or(Route::Me);
        let ignores_control = members.word("globalPrivacyControl", &["deny", "ignore"]) == Some(1);
        let heeds_do_not_track = members.word("doNotTrack", &["deny", "ignore"]) == Some(0);
        let declined = signals.global_privacy_control && !ignores_control || signals.do_not_track && heeds_do_not_track;
        let answer = members.read("consent", CONSENTS, Consent::read);
        let (consent, purposes) = answer.unwrap_or((Consent::Unknown, Purposes::All));
        let nothing = Value::Map(Map::new());
        let group = |name, names| Members::of(members.get(name).unwrap_or(&nothing), name, names, &mistake);
        let clienteling = group("clienteling", &["minutes"]);
        let settings = Settings {
            url: route.url(&url),
            waiting_url: route.waiting_url(&url),
            batch: read_batch(&group("batch", &["records", "seconds"]), &route),
            route,
            namespace: members.text("namespace", HANDLE, is_handle).unwrap_or_else(|| "web-engagement".into()),
            channel: members.word("channel", Channel::WORDS).map_or(Channel::Website, |place| Channel::ALL[place]),
            consent: if declined { Consent::Denied } else { consent },
            purposes,
            declined,
            policy: Policy::read_noting(members.get("policy").unwrap_or(&nothing), words, &mistake),
            capture: read_capture(&group("capture", CAPTURES)),
            clienteling_ms: (clienteling.number("minutes", 1, 720, 60.0) * 60_000.0) as i64,
            limits: LIMITS,
        };
        mistake.unless(settings)
    }
}

fn origin(members: &Members<'_>) -> Box<str> {
    let tenant = members.text("tenant", "the handle of an Omneo tenant: a-z, 0-9 and -", is_host_label);
    let endpoint = members.text("endpoint", "an https address, or http on this machine", is_safe_address);
    match (tenant, endpoint) {
        (Some(handle), None) => ["https://api.", &handle, ".getomneo.com"].concat().into(),
        (None, Some(address)) => address,
        _ => {
            members.refuse("tenant", "either tenant or endpoint");
            Box::default()
        }
    }
}

// Only a relay takes many records in one request, and as many as a batch may have: they compress the better, and each request has a
// token. Where each record has its own request, waiting saves none, and what has left is safe.
fn read_batch(members: &Members<'_>, route: &Route) -> Batch {
    let (records, seconds) = if *route == Route::Relay { (100.0, 5.0) } else { (20.0, 0.0) };
    Batch {
        records: members.number("records", 1, 100, records) as usize,
        wait_ms: (members.number("seconds", 0, 300, seconds) * 1_000.0) as i64,
    }
}

fn read_capture(members: &Members<'_>) -> Capture {
    let default = Capture::default();
    Capture {
        page_views: members.switch("pageViews", default.page_views),
        product_views: members.switch("productViews", default.product_views),
        forms: members.switch("forms", default.forms),
        logins: members.switch("logins", default.logins),
        durations: members.switch("durations", default.durations),
    }
}

fn is_host_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

// A token must not cross a network in the clear; what stays on this machine does not cross one.
fn is_safe_address(text: &str) -> bool {
    let is_whole = text.bytes().all(|byte| byte > b' ' && !matches!(byte, b'?' | b'#' | b'@'));
    let is_local = ["http://localhost", "http://127.0.0.1", "http://[::1]"]
        .iter()
        .filter_map(|own| text.strip_prefix(own))
        .any(|rest| matches!(rest.as_bytes(), [] | [b':' | b'/', ..]));
    is_whole && (is_local || text.starts_with("https://") && text.len() > 8)
}

pub(super) const NAMES: &[&str] = &[
    "tenant",
    "endpoint",
    "route",
    "namespace",
    "channel",
    "consent",
    "globalPrivacyControl",
    "doNotTrack",
    "policy",
    "capture",
    "clienteling",
    "batch",
];
const CAPTURES: &[&str] = &["pageViews", "productViews", "forms", "logins", "durations"];
const CONSENTS: &str = "unknown, granted, denied, an array of purposes, the name of a consent platform, or a function";
const LIMITS: Limits = Limits { records: 500, bytes: 1024 * 1024 };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::json;

    fn read(text: &str) -> Result<Settings, String> {
        Settings::read(&json(text), Signals::default()).map_err(|invalid| invalid.message())
    }

    #[test]
    fn a_tenant_is_all_it_takes() {
        let settings = read(r#"{"tenant":"acme"}"#).unwrap();
        assert_eq!(&*settings.url, "https://api.acme.getomneo.com/id/api/v1/profiles/me/interactions");
        assert_eq!(
            (&*settings.namespace, settings.channel, settings.consent),
            ("web-engagement", Channel::Website, Consent::Unknown)
        );
        assert_eq!(settings.batch, Batch { records: 20, wait_ms: 0 });
        let capture = Capture { page_views: true, product_views: true, forms: true, logins: true, durations: false };
        assert_eq!(settings.capture, capture);
        assert_eq!((settings.clienteling_ms, settings.waiting_url), (3_600_000, None));
    }

    #[test]
    fn a_relay_gets_batches() {
        let settings = read(r#"{"tenant":"acme","route":"relay"}"#).unwrap();
        assert_eq!(settings.batch, Batch { records: 100, wait_ms: 5_000 });
        assert_eq!(settings.waiting_url.as_deref(), Some("https://api.acme.getomneo.com/relay/v1/profiles/me/waiting"));
    }

    #[test]
    fn every_setting_is_read() {
        let settings = read(
            r#"{"endpoint":"http://127.0.0.1:8787/","route":{"profile":"97e9c263-0f79-4e73-b734-bb19fb453d5d"},"namespace":"kiosk","channel":"app",
            "consent":"granted","policy":{"query":["page"]},"capture":{"forms":false,"durations":true},"clienteling":{"minutes":90},"batch":{"records":1,"seconds":0.25}}"#,
        )
        .unwrap();
        assert_eq!(
            &*settings.url,
            "http://127.0.0.1:8787/api/v3/profiles/97e9c263-0f79-4e73-b734-bb19fb453d5d/interactions"
        );
        assert_eq!(
            (&*settings.namespace, settings.channel, settings.consent),
            ("kiosk", Channel::App, Consent::Granted)
        );
        assert_eq!(&*settings.policy.clean("/?page=2&x=1"), "/?page=2");
        assert_eq!(settings.batch, Batch { records: 1, wait_ms: 250 });
        let capture = Capture { page_views: true, product_views: true, forms: false, logins: true, durations: true };
        assert_eq!(settings.capture, capture);
        assert_eq!(settings.clienteling_ms, 90 * 60_000);
    }

    #[test]
    fn global_privacy_control_counts_as_denied_unless_the_site_says_otherwise() {
        let signals = Signals { global_privacy_control: true, do_not_track: false };
        let read = |text: &str| Settings::read(&json(text), signals).unwrap();
        let settings = read(r#"{"tenant":"acme","consent":"granted"}"#);
        assert_eq!((settings.consent, settings.declined), (Consent::Denied, true));
        let settings = read(r#"{"tenant":"acme","consent":"granted","globalPrivacyControl":"ignore"}"#);
        assert_eq!((settings.consent, settings.declined), (Consent::Granted, false));
    }

    #[test]
    fn do_not_track_counts_as_denied_where_the_site_says_so() {
        let signals = Signals { global_privacy_control: false, do_not_track: true };
        let read = |text: &str| Settings::read(&json(text), signals).unwrap().consent;
        assert_eq!(read(r#"{"tenant":"acme","consent":"granted"}"#), Consent::Granted);
        assert_eq!(read(r#"{"tenant":"acme","consent":"granted","doNotTrack":"deny"}"#), Consent::Denied);
    }

    #[test]
    fn any_channel_of_omneo_is_one() {
        for channel in Channel::ALL {
            let settings = read(&format!(r#"{{"tenant":"acme","channel":"{}"}}"#, channel.as_str())).unwrap();
            assert_eq!(settings.channel, *channel);
        }
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_is_accepted() {
        for (text, message) in [
            (
                "7",
                "`settings` is 7; accepted: an object with tenant, endpoint, route, namespace, channel, consent, globalPrivacyControl, doNotTrack, policy, capture, clienteling, batch",
            ),
            ("{}", "`tenant` is missing; accepted: either tenant or endpoint"),
            (
                r#"{"tenant":"acme","endpoint":"https://x.example"}"#,
                "`tenant` is \"acme\"; accepted: either tenant or endpoint",
            ),
            (
                r#"{"tenant":"Acme Ltd"}"#,
                "`tenant` is \"Acme Ltd\"; accepted: the handle of an Omneo tenant: a-z, 0-9 and -",
            ),
            (
                r#"{"endpoint":"http://shop.example"}"#,
                "`endpoint` is \"http://shop.example\"; accepted: an https address, or http on this machine",
            ),
            (
                r#"{"endpoint":"http://localhost.evil.example"}"#,
                "`endpoint` is \"http://localhost.evil.example\"; accepted: an https address, or http on this machine",
            ),
            (
                r#"{"tenant":"acme","consent":true}"#,
                "`consent` is true; accepted: unknown, granted, denied, an array of purposes, the name of a consent platform, or a function",
            ),
            (
                r#"{"tenant":"acme","channel":"web"}"#,
                r#"`channel` is "web"; accepted: one of ["app","email","location","push","sms","social","support","website"]"#,
            ),
            (
                r#"{"tenant":"acme","namespace":"a b"}"#,
                "`namespace` is \"a b\"; accepted: a handle of 1 to 255 letters, digits or . _ : -",
            ),
            (r#"{"tenant":"acme","doNotTrack":true}"#, r#"`doNotTrack` is true; accepted: one of ["deny","ignore"]"#),
            (
                r#"{"tenant":"acme","globalPrivacyControl":"no"}"#,
                r#"`globalPrivacyControl` is "no"; accepted: one of ["deny","ignore"]"#,
            ),
            (r#"{"tenant":"acme","capture":{"forms":1}}"#, "`capture.forms` is 1; accepted: one of [true,false]"),
            (
                r#"{"tenant":"acme","capture":{"durations":"true"}}"#,
                "`capture.durations` is \"true\"; accepted: one of [true,false]",
            ),
            (r#"{"tenant":"acme","policy":[]}"#, "`policy` is []; accepted: an object with extends, rules, query"),
            (
                r#"{"tenant":"acme","capture":{"clicks":true}}"#,
                "`capture.clicks` is true; accepted: pageViews, productViews, forms, logins, durations",
            ),
            (r#"{"tenant":"acme","batch":{"records":0}}"#, "`batch.records` is 0; accepted: a number from 1 to 100"),
            (
                r#"{"tenant":"acme","batch":{"records":101}}"#,
                "`batch.records` is 101; accepted: a number from 1 to 100",
            ),
            (
                r#"{"tenant":"acme","batch":{"seconds":"soon"}}"#,
                "`batch.seconds` is \"soon\"; accepted: a number from 0 to 300",
            ),
            (
                r#"{"tenant":"acme","clienteling":{"minutes":0.5}}"#,
                "`clienteling.minutes` is 0.5; accepted: a number from 1 to 720",
            ),
            (r#"{"tenant":"acme","clienteling":{"hours":1}}"#, "`clienteling.hours` is 1; accepted: minutes"),
            (r#"{"tenant":"acme","batch":5}"#, "`batch` is 5; accepted: an object with records, seconds"),
            (
                r#"{"tenant":"acme","route":"you"}"#,
                "`route` is \"you\"; accepted: \"me\", \"relay\" or {\"profile\": \"<uuid of the profile>\"}",
            ),
            (
                r#"{"tenant":"acme","apiKey":"x"}"#,
                "`apiKey` is \"x\"; accepted: tenant, endpoint, route, namespace, channel, consent, globalPrivacyControl, doNotTrack, policy, capture, clienteling, batch",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), message);
        }
    }
}
