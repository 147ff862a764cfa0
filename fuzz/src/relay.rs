//! What comes to a relay: a body of records, and its operator's settings.

use crate::value;
use omneo_interactions::interaction::{Interaction, Value, json as body};
use omneo_relay::admit::admit;
use omneo_relay::config::{Config, DEMO};
use omneo_relay::store::{Arrival, Source};
use omneo_relay::subject::Subject;
use omneo_relay::tenant::Tenant;
use std::sync::OnceLock;

/// Each record of a body is refused with what is wrong, or kept as an interaction within its bounds, of which a second look takes
/// nothing more away.
pub fn intake(text: &str) {
    let Ok(given) = body::read(text.as_bytes().to_vec()) else { return };
    let records = match given {
        Value::List(records) => records,
        one => vec![one],
    };
    let customer = Subject::profile(crate::page::PROFILE).expect("a UUID");
    for record in records {
        for (source, subject) in WAYS {
            let subject = subject.then_some(&customer);
            let handed_in = |record| admit(tenant(), source, subject, record, NOW, MOST_BYTES);
            match handed_in(record.clone()) {
                Ok(arrival) => {
                    assert_eq!(subject.is_some(), arrival.identification.is_none());
                    assert_eq!(kept(&arrival).meta("event_id").and_then(Value::text), Some(&*arrival.event_id));
                    let again = handed_in(with_identification(&arrival, &record)).expect("what was kept may be kept");
                    assert_eq!((again.body, again.subject), (arrival.body, arrival.subject));
                }
                Err(refused) => {
                    assert!(!refused.rule.is_empty() && !refused.errors.is_empty(), "{refused:?}");
                    assert!(refused.errors.iter().all(|(_, why)| !why.is_empty()), "{refused:?}");
                }
            }
        }
    }
}

fn kept(arrival: &Arrival) -> Interaction {
    // Beside the record, its body may have gained the time at which it came.
    assert!(arrival.body.len() <= MOST_BYTES + 64, "{} bytes", arrival.body.len());
    let record = value(&arrival.body).expect("JSON");
    Interaction::try_from(record).unwrap_or_else(|invalid| panic!("{invalid:?} of {}", arrival.body))
}

// The record that was kept, as whoever handed it in would hand it in again.
fn with_identification(arrival: &Arrival, given: &Value) -> Value {
    let mut record = value(&arrival.body).expect("JSON");
    let Value::Map(members) = &mut record else { panic!("no object: {}", arrival.body) };
    let beside = ["identifier", "email", "mobile"].into_iter().filter(|_| arrival.identification.is_some());
    for name in beside.chain(["kind"]) {
        if let Some(value) = given.get(name) {
            members.set(name, value.clone());
        }
    }
    record
}

fn tenant() -> &'static Tenant {
    static TENANT: OnceLock<Tenant> = OnceLock::new();
    TENANT.get_or_init(|| {
        let config = Config::of_text(DEMO).expect("the demo's settings");
        let (name, own) = config.tenants.iter().next().expect("a tenant");
        omneo_relay::check(&config).expect("the demo's settings");
        Tenant::new(name, own, b"a key".to_vec(), &config.limits).expect("a tenant")
    })
}

/// Settings that are taken are within their bounds and show no secret; others are refused with a sentence for each mistake.
pub fn configuration(text: &str) {
    match Config::of_text(text) {
        Ok(config) => {
            assert!(!config.tenants.is_empty() && config.admin_key.is_some());
            assert!((1..=100).contains(&config.limits.records));
            let printed = format!("{config:?}");
            let secrets = config.tenants.values().flat_map(|tenant| [&tenant.omneo_token, &tenant.identifier_key]);
            for secret in secrets.chain([&config.admin_key]).flatten().map(|secret| secret.expose()) {
                // A short one may stand elsewhere as well.
                assert!(secret.len() < 24 || text.matches(secret).count() > 1 || !printed.contains(secret), "{secret}");
            }
        }
        Err(mistakes) => assert!(!mistakes.is_empty() && mistakes.iter().all(|one| !one.is_empty()), "{mistakes:?}"),
    }
}

/// Who hands it in, and whether its customer is known.
const WAYS: [(Source, bool); 3] = [(Source::Browser, true), (Source::Server, true), (Source::Server, false)];
const NOW: i64 = 1_764_000_000_000;
const MOST_BYTES: usize = 32 << 10;
