//! What a site says: records, settings, policies, answers of the visitor, tokens.

use omneo_interactions::delivery::Token;
use omneo_interactions::interaction::{Instant, Interaction, Invalid};
use omneo_interactions::json::Json;
use omneo_interactions::privacy::{Consent, KINDS, Policy, kind_of};
use omneo_interactions::tracker::{Settings, Signals, Tracker};

/// A record that is accepted is written as JSON and read back the same, scrubbed or not.
pub fn record(text: &str) {
    let policy = Policy::read(Json::view("{}")).expect("the default rules");
    match Interaction::read(Json::view(text)) {
        Ok(record) => {
            assert_eq!(reread(&record), record);
            let scrubbed = policy.scrubbed(record);
            assert_eq!(reread(&scrubbed), scrubbed);
            assert_eq!(policy.scrubbed(scrubbed.clone()), scrubbed, "scrubbing twice changes nothing more");
            let verdict = policy.verdict(kind_of(&scrubbed), &scrubbed);
            assert!(!verdict.rule.is_empty() && !verdict.reason.is_empty());
        }
        Err(invalid) => says_why(&invalid),
    }
}

/// Reads back what a record is written as.
pub fn reread(record: &Interaction) -> Interaction {
    let written = record.to_json();
    let json = Json::parse(&written).expect("a record is written as JSON");
    Interaction::read(json).unwrap_or_else(|invalid| panic!("{invalid:?} of {written}"))
}

/// Whoever made a mistake is told which, and in few words.
fn says_why(invalid: &[Invalid]) {
    assert!(!invalid.is_empty());
    for mistake in invalid {
        assert!(!mistake.accepted.is_empty() && mistake.given.chars().count() <= 61, "{mistake}");
    }
}

/// Settings that are accepted make a tracker that starts.
pub fn settings(text: &str) {
    for global_privacy_control in [false, true] {
        let signals = Signals { global_privacy_control, do_not_track: false };
        match Settings::read(Json::view(text), signals) {
            Ok(settings) => {
                assert!(settings.url.starts_with("http"), "{}", settings.url);
                assert!((1..=100).contains(&settings.batch.records) && (0..=300_000).contains(&settings.batch.wait_ms));
                assert!(!settings.declined || settings.consent == Consent::Denied);
                let mut tracker = Tracker::new(settings);
                tracker.start();
                assert!(!tracker.effects().is_empty());
            }
            Err(invalid) => says_why(&[invalid]),
        }
    }
}

/// A policy that is accepted decides on every record, and keeps what can be kept.
pub fn policy(text: &str) {
    let policy = match Policy::read(Json::view(text)) {
        Ok(policy) => policy,
        Err(invalid) => return says_why(&[invalid]),
    };
    let fields =
        Json::view(r#"[["a","","A","text","","1"],["password","","","password","","secret"],["","b","","","",""]]"#);
    for kind in KINDS {
        let record = Interaction::read(Json::view(RECORD)).expect("valid");
        let verdict = policy.verdict(kind, &record);
        assert!(!verdict.rule.is_empty() && !verdict.reason.is_empty());
        let kept = policy.kept(kind, record, fields);
        assert!(!reread(&kept.record).to_json().contains("secret"));
        assert!(kept.dropped.is_empty() || Json::parse(&kept.dropped).is_ok_and(Json::is_array));
    }
    let once = policy.clean("https://shop.example/a/b?page=2&a=1#/c?page=3");
    assert_eq!(policy.clean(&once), once);
}

const RECORD: &str = r#"{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"/a/b","meta":{"form":"f","a":1,"b":{"c":[]}}}"#;

/// An answer is one of three words or a list of texts, and says the same where settings have it.
pub fn consent(text: &str) {
    if let Some((consent, purposes)) = Consent::read(text) {
        assert!(purposes.cover(""));
        let list = Json::parse(text).ok().filter(|list| list.is_array());
        assert_eq!(list.is_none(), consent.as_str() == text, "a word or a list");
        for purpose in list.into_iter().flat_map(Json::items) {
            assert!(purposes.cover(&purpose.text().expect("a text")));
        }
        if list.is_some() {
            assert!(Consent::read_json(Json::view(text)).is_some_and(|(own, _)| own == consent));
        }
    }
}

/// A token fits a header, is never printed, and knows its end at any time.
pub fn token(text: &str) {
    if let Ok(Some(token)) = Token::read(Json::view(text)) {
        assert!(token.text.bytes().all(|byte| byte.is_ascii_graphic()) && token.text.len() <= 16_384);
        assert_eq!(format!("{token:?}"), "Token(…)");
        for now in [0, 1_764_000_000_000, 253_402_300_799_999].map(Instant) {
            let is_good = token.is_good(now);
            assert!(token.clone().trusted_from(now).is_good(now), "{is_good}");
        }
    }
}
