//! How a site sets the tracker up.

use crate::delivery::Route;
use crate::interaction::{CHANNELS, HANDLE, Invalid, decimal, is_handle, list};
use crate::json::Json;
use crate::privacy::{Consent, Policy, Purposes, cut};
use crate::queue::{Batch, Limits};

/// The settings of a tracker, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Whose interactions the records join, and how.
    pub route: Route,
    /// The address every record is posted to.
    pub url: String,
    /// The namespace of records that name none.
    pub namespace: String,
    /// The channel of records that name none.
    pub channel: String,
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

impl Settings {
    /// Reads the settings. Global Privacy Control counts as *denied* unless the site set `globalPrivacyControl` to
    /// `ignore`, Do Not Track only where it set `doNotTrack` to `deny`.
    ///
    /// # Errors
    /// The first setting that cannot be, by its path.
    pub fn read(given: Json<'_>, signals: Signals) -> Result<Settings, Invalid> {
        known(Some(given), "settings", SETTINGS)?;
        let honours = |name: &str, usual: &str| {
            word(given, name, usual, "deny or ignore", |text| text == "deny" || text == "ignore")
                .map(|text| text == "deny")
        };
        let honours = Signals {
            global_privacy_control: honours("globalPrivacyControl", "deny")?,
            do_not_track: honours("doNotTrack", "ignore")?,
        };
        let declined = signals.global_privacy_control && honours.global_privacy_control
            || signals.do_not_track && honours.do_not_track;
        let consent = given.field("consent");
        let answer = consent.map_or(Some((Consent::Unknown, Purposes::default())), Consent::read_json);
        let (consent, purposes) = answer.ok_or_else(|| Invalid::new("consent", consent, CONSENTS))?;
        let route = given.field("route").map_or(Ok(Route::Me), Route::read)?;
        Ok(Settings {
            url: route.url(&origin(given)?),
            batch: batch(given.field("batch"), &route)?,
            route,
            namespace: word(given, "namespace", "web-engagement", HANDLE, is_handle)?,
            channel: word(given, "channel", "website", "one of Omneo's channels", |text| CHANNELS.contains(&text))?,
            consent: if declined { Consent::Denied } else { consent },
            purposes,
            declined,
            policy: Policy::read(given.field("policy").unwrap_or(Json::view("{}")))?,
            capture: capture(given.field("capture"))?,
            clienteling_ms: clienteling(given.field("clienteling"))?,
            limits: LIMITS,
        })
    }
}

fn capture(given: Option<Json<'_>>) -> Result<Capture, Invalid> {
    known(given, "capture", CAPTURES)?;
    let is_on = |name: &str| match given.and_then(|given| given.field(name)) {
        None => Ok(name != DURATIONS),
        Some(value) if value.as_str() == "true" => Ok(true),
        Some(value) if value.as_str() == "false" => Ok(false),
        other => Err(Invalid::new(&["capture.", name].concat(), other, "true or false")),
    };
    let mut on = [true; CAPTURES.len()];
    for (at, name) in CAPTURES.iter().enumerate() {
        on[at] = is_on(name)?;
    }
    let [page_views, product_views, forms, logins, durations] = on;
    Ok(Capture { page_views, product_views, forms, logins, durations })
}

fn clienteling(given: Option<Json<'_>>) -> Result<i64, Invalid> {
    known(given, "clienteling", &["minutes"])?;
    let minutes = number(given, "clienteling.minutes", 60.0, 1.0, 720.0, "a number from 1 to 720")?;
    Ok((minutes * 60_000.0) as i64)
}

// Only a relay takes many records in one request. Where each has its own, waiting saves none, and what has left is safe.
fn batch(given: Option<Json<'_>>, route: &Route) -> Result<Batch, Invalid> {
    known(given, "batch", &["records", "seconds"])?;
    let seconds = if *route == Route::Relay { 5.0 } else { 0.0 };
    let seconds = number(given, "batch.seconds", seconds, 0.0, 300.0, "a number from 0 to 300")?;
    Ok(Batch {
        records: number(given, "batch.records", 20.0, 1.0, 100.0, "a number from 1 to 100")? as usize,
        wait_ms: (seconds * 1_000.0) as i64,
    })
}

/// The number at that path of one dot.
fn number(
    given: Option<Json<'_>>,
    path: &str,
    usual: f64,
    least: f64,
    most: f64,
    accepted: &str,
) -> Result<f64, Invalid> {
    let name = cut(path, b'.').1;
    let Some(value) = given.and_then(|given| given.field(name)) else { return Ok(usual) };
    let number = value.text_or_number().and_then(|text| decimal(&text));
    let number = number.filter(|number| *number >= least && *number <= most);
    number.ok_or_else(|| Invalid::new(path, Some(value), accepted))
}

/// Checks that what is given is an object of members that `names` has.
fn known(given: Option<Json<'_>>, field: &str, names: &[&str]) -> Result<(), Invalid> {
    let Some(given) = given else { return Ok(()) };
    if !given.is_object() {
        return Err(Invalid::new(field, Some(given), &["an object with ", &list(names)].concat()));
    }
    for (name, value) in given.members() {
        if !names.iter().any(|known| name.is(known)) {
            let name = name.text().unwrap_or_default();
            let path = if field == "settings" { name } else { [field, ".", &name].concat() };
            return Err(Invalid::new(&path, Some(value), &list(names)));
        }
    }
    Ok(())
}

fn word(given: Json<'_>, name: &str, usual: &str, accepted: &str, fits: fn(&str) -> bool) -> Result<String, Invalid> {
    let Some(value) = given.field(name) else { return Ok(usual.to_owned()) };
    value.text().filter(|text| fits(text)).ok_or_else(|| Invalid::new(name, Some(value), accepted))
}

fn origin(given: Json<'_>) -> Result<String, Invalid> {
    match (given.field("tenant"), given.field("endpoint")) {
        (Some(tenant), None) => match tenant.text() {
            Some(handle) if is_host_label(&handle) => Ok(["https://api.", &handle, ".getomneo.com"].concat()),
            _ => Err(Invalid::new("tenant", Some(tenant), "the handle of an Omneo tenant: a-z, 0-9 and -")),
        },
        (None, Some(endpoint)) => match endpoint.text() {
            Some(address) if is_safe_address(&address) => Ok(address),
            _ => Err(Invalid::new("endpoint", Some(endpoint), "an https address, or http on this machine")),
        },
        (tenant, _) => Err(Invalid::new("tenant", tenant, "either tenant or endpoint")),
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
        .any(|own| text.starts_with(own) && matches!(text.as_bytes().get(own.len()), None | Some(b':' | b'/')));
    is_whole && (is_local || text.starts_with("https://") && text.len() > 8)
}

const SETTINGS: &[&str] = &[
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
const CONSENTS: &str = "unknown, granted, denied, an array of purposes, the name of a consent platform, or a function";
const CAPTURES: &[&str; 5] = &["pageViews", "productViews", "forms", "logins", DURATIONS];
const DURATIONS: &str = "durations";
const LIMITS: Limits = Limits { records: 500, bytes: 1024 * 1024 };

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        Settings::read(Json::parse(text).unwrap(), Signals::default()).map_err(|invalid| invalid.message())
    }

    #[test]
    fn a_tenant_is_all_it_takes() {
        let settings = read(r#"{"tenant":"acme"}"#).unwrap();
        assert_eq!(settings.url, "https://api.acme.getomneo.com/id/api/v1/profiles/me/interactions");
        assert_eq!(
            (settings.namespace.as_str(), settings.channel.as_str(), settings.consent),
            ("web-engagement", "website", Consent::Unknown)
        );
        assert_eq!(settings.batch, Batch { records: 20, wait_ms: 0 });
        let capture = Capture { page_views: true, product_views: true, forms: true, logins: true, durations: false };
        assert_eq!(settings.capture, capture);
        assert_eq!(settings.clienteling_ms, 3_600_000);
    }

    #[test]
    fn a_relay_gets_batches() {
        let settings = read(r#"{"tenant":"acme","route":"relay"}"#).unwrap();
        assert_eq!(settings.batch, Batch { records: 20, wait_ms: 5_000 });
    }

    #[test]
    fn every_setting_is_read() {
        let settings = read(
            r#"{"endpoint":"http://127.0.0.1:8787/","route":{"profile":"97e9c263-0f79-4e73-b734-bb19fb453d5d"},"namespace":"kiosk","channel":"app",
            "consent":"granted","policy":{"query":["page"]},"capture":{"forms":false,"durations":true},"clienteling":{"minutes":90},"batch":{"records":1,"seconds":0.25}}"#,
        )
        .unwrap();
        assert_eq!(
            settings.url,
            "http://127.0.0.1:8787/api/v3/profiles/97e9c263-0f79-4e73-b734-bb19fb453d5d/interactions"
        );
        assert_eq!(
            (settings.namespace.as_str(), settings.channel.as_str(), settings.consent),
            ("kiosk", "app", Consent::Granted)
        );
        assert_eq!(settings.policy.clean("/?page=2&x=1"), "/?page=2");
        assert_eq!(settings.batch, Batch { records: 1, wait_ms: 250 });
        let capture = Capture { page_views: true, product_views: true, forms: false, logins: true, durations: true };
        assert_eq!(settings.capture, capture);
        assert_eq!(settings.clienteling_ms, 90 * 60_000);
    }

    #[test]
    fn global_privacy_control_counts_as_denied_unless_the_site_says_otherwise() {
        let signals = Signals { global_privacy_control: true, do_not_track: false };
        let read = |text: &str| Settings::read(Json::parse(text).unwrap(), signals).unwrap();
        let settings = read(r#"{"tenant":"acme","consent":"granted"}"#);
        assert_eq!((settings.consent, settings.declined), (Consent::Denied, true));
        let settings = read(r#"{"tenant":"acme","consent":"granted","globalPrivacyControl":"ignore"}"#);
        assert_eq!((settings.consent, settings.declined), (Consent::Granted, false));
    }

    #[test]
    fn do_not_track_counts_as_denied_where_the_site_says_so() {
        let signals = Signals { global_privacy_control: false, do_not_track: true };
        let read = |text: &str| Settings::read(Json::parse(text).unwrap(), signals).unwrap().consent;
        assert_eq!(read(r#"{"tenant":"acme","consent":"granted"}"#), Consent::Granted);
        assert_eq!(read(r#"{"tenant":"acme","consent":"granted","doNotTrack":"deny"}"#), Consent::Denied);
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
            (r#"{"tenant":"acme","channel":"web"}"#, "`channel` is \"web\"; accepted: one of Omneo's channels"),
            (r#"{"tenant":"acme","capture":{"forms":1}}"#, "`capture.forms` is 1; accepted: true or false"),
            (
                r#"{"tenant":"acme","capture":{"clicks":true}}"#,
                "`capture.clicks` is true; accepted: pageViews, productViews, forms, logins, durations",
            ),
            (r#"{"tenant":"acme","batch":{"records":0}}"#, "`batch.records` is 0; accepted: a number from 1 to 100"),
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
