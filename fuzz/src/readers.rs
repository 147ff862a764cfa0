//! What a site says: records, settings, policies, answers of the visitor, tokens.

use crate::page::{PROFILE, context, says_why};
use crate::{json, own, value};
use omneo_interactions::delivery::{Route, Token, token_in};
use omneo_interactions::interaction::{Instant, Interaction, Value};
use omneo_interactions::privacy::{Consent, FormField, Kind, Policy};
use omneo_interactions::tracker::{Input, Settings, Signals, Tracker};

/// A record that is accepted is written as JSON and read back the same, scrubbed or not.
pub fn record(text: &str) {
    let Some(given) = value(text) else { return };
    let policy = Policy::read(&own("{}")).expect("the default rules");
    match Interaction::try_from(given) {
        Ok(record) => {
            assert_eq!(reread(&record), record);
            assert!(json(&record).len() <= record.json_bytes(), "it takes no more bytes than were counted");
            let scrubbed = policy.scrubbed(record);
            assert_eq!(reread(&scrubbed), scrubbed);
            assert_eq!(policy.scrubbed(scrubbed.clone()), scrubbed, "scrubbing twice changes nothing more");
            let verdict = policy.verdict(Kind::of_record(&scrubbed), &scrubbed);
            assert!(!verdict.rule.is_empty() && !verdict.reason.is_empty());
        }
        Err(invalid) => says_why(&invalid),
    }
}

/// Reads back what a record is written as.
fn reread(record: &Interaction) -> Interaction {
    let written = json(record);
    Interaction::try_from(own(&written)).unwrap_or_else(|invalid| panic!("{invalid:?} of {written}"))
}

/// Settings that are accepted make a tracker that starts.
pub fn settings(text: &str) {
    let Some(given) = value(text) else { return };
    for global_privacy_control in [false, true] {
        let signals = Signals { global_privacy_control, do_not_track: false };
        match Settings::read(&given, signals) {
            Ok(settings) => {
                assert!(settings.url.starts_with("http"), "{}", settings.url);
                assert!((1..=100).contains(&settings.batch.records) && (0..=300_000).contains(&settings.batch.wait_ms));
                assert!(!settings.declined || settings.consent == Consent::Denied);
                let started = Tracker::new(settings).handle(Input::Start, &context(NOW));
                assert!(!started.effects.is_empty() && started.result.is_ok());
            }
            Err(invalid) => says_why(&[invalid]),
        }
    }
}

/// A policy that is accepted decides on every record, and keeps what can be kept.
pub fn policy(text: &str) {
    let Some(given) = value(text) else { return };
    let policy = match Policy::read(&given) {
        Ok(policy) => policy,
        Err(invalid) => return says_why(&[invalid]),
    };
    let fields = [["a", "", "A", "text", "1"], ["password", "", "", "password", "secret"], ["", "b", "", "", ""]].map(
        |[name, id, label, kind, value]| FormField {
            name: name.into(),
            id: id.into(),
            label: label.into(),
            kind: kind.into(),
            value: Some(value.into()),
            ..FormField::default()
        },
    );
    for kind in Kind::ALL {
        let record = Interaction::try_from(own(RECORD)).expect("valid");
        let verdict = policy.verdict(*kind, &record);
        assert!(!verdict.rule.is_empty() && !verdict.reason.is_empty());
        let kept = policy.kept(*kind, record, &fields);
        assert!(!json(&reread(&kept.record)).contains("secret"));
        assert!(kept.dropped.iter().all(|dropped| !dropped.field.is_empty() && !dropped.reason.is_empty()));
    }
    let once = policy.clean("https://shop.example/a/b?page=2&a=1#/c?page=3");
    assert_eq!(policy.clean(&once), once);
}

const RECORD: &str = r#"{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"/a/b","meta":{"form":"f","a":1,"b":{"c":[]}}}"#;

/// An answer is one of three words, or a list of texts, all of which it covers.
pub fn consent(text: &str) {
    let Some(given) = value(text) else { return };
    let Some((consent, purposes)) = Consent::read(&given) else { return };
    assert!(purposes.cover(None));
    match &given {
        Value::List(items) => {
            assert_eq!(consent, Consent::Granted);
            assert!(items.iter().all(|purpose| purposes.cover(Some(purpose.text().expect("a text")))));
        }
        word => assert!(word.is(consent.as_str())),
    }
}

/// A token fits a header, is never printed, and knows its end at any time. The first line has the answer, the second the claims.
pub fn token(text: &str) {
    let (answer, claims) = text.split_once('\n').unwrap_or((text, "null"));
    let (Some(answer), Some(claims)) = (value(answer), value(claims)) else { return };
    for route in [Route::Me, Route::Profile(PROFILE.into())] {
        let Ok(Some(token)) = Token::read(&answer, &claims, &route) else { continue };
        assert!(token.text.bytes().all(|byte| byte.is_ascii_graphic()) && token.text.len() <= 16_384);
        assert_eq!(token_in(&answer), Some(&*token.text), "its claims are those of the token that is sent");
        assert_eq!(token.profile.len(), PROFILE.len(), "a UUID says whose it is");
        assert_eq!(format!("{token:?}"), "Token(…)");
        for now in [0, 1_764_000_000_000, 253_402_300_799_999].map(Instant) {
            let is_good = token.is_good(now);
            assert!(token.clone().trusted_from(now).is_good(now), "{is_good}");
        }
    }
}

const NOW: Instant = Instant(1_764_000_000_000);
