//! One record.

use crate::store::{Arrival, Source};
use crate::subject::{Identification, Subject};
use crate::tenant::Tenant;
use omneo_interactions::interaction::{Instant, Interaction, Invalid, Map, Value};
use omneo_interactions::privacy::{Kind, OWN_MODEL, Policy, Verdict};

/// Why one may not.
#[derive(Debug)]
pub struct Refused {
    /// Its `meta.event_id`, where it has one.
    pub event_id: Option<Box<str>>,
    /// The rule that refused it, or `invalid`.
    pub rule: Box<str>,
    /// Each field with what is wrong with it.
    pub errors: Vec<(String, String)>,
}

/// Decides about a record of a customer, or, without one, of whom the record itself says.
///
/// # Errors
/// Why it may not be kept.
pub fn admit(
    tenant: &Tenant,
    source: Source,
    subject: Option<&Subject>,
    given: Value,
    now: i64,
    most_bytes: usize,
) -> Result<Arrival, Refused> {
    let event_id = given.get("meta").and_then(|meta| meta.get("event_id")).and_then(Value::text).map(Box::from);
    let refused = |rule: &str, errors| Refused { event_id: event_id.clone(), rule: rule.into(), errors };
    let invalid = |mistakes: Vec<Invalid>| {
        refused("invalid", mistakes.iter().map(|one| (one.field.to_string(), one.message())).collect())
    };
    let Parts { kind, identification, record } = Parts::of(given, subject.is_none());
    let (subject, identification) = match subject {
        Some(subject) => (subject.clone(), None),
        None => identify(tenant, &identification).map_err(|mistake| invalid(vec![mistake]))?,
    };
    let interaction = Interaction::try_from(record).map_err(invalid)?;
    if interaction.json_bytes() > most_bytes {
        let bytes = Value::Number(interaction.json_bytes() as f64);
        let accepted = format!("at most {most_bytes} bytes of JSON in all");
        return Err(invalid(vec![Invalid::new("interaction", Some(&bytes), &accepted)]));
    }
    let kind = read_kind(&kind, &interaction).map_err(|mistake| invalid(vec![mistake]))?;
    let id = check_id(&interaction).map_err(|mistake| invalid(vec![mistake]))?;
    let mut kept = judge(tenant, source, kind, interaction)
        .map_err(|verdict| refused(&verdict.rule, vec![("interaction".into(), verdict.reason.into())]))?;
    // It may be a while until Omneo has it.
    kept.interacted_at.get_or_insert_with(|| Instant(now).to_iso().into());
    let body = serde_json::to_string(&kept).expect("an interaction is JSON");
    Ok(Arrival { tenant: tenant.name.clone(), subject, event_id: id, source, identification, body })
}

/// What a record is handed in with.
struct Parts {
    kind: Value,
    identification: Map,
    record: Value,
}

impl Parts {
    fn of(given: Value, is_identified: bool) -> Parts {
        let (mut kind, mut identification) = (Value::Null, Map::new());
        let Value::Map(members) = given else { return Parts { kind, identification, record: given } };
        let record = members.into_iter().filter_map(|(name, value)| {
            match &*name {
                "kind" => kind = value,
                "identifier" | "email" | "mobile" if is_identified => identification.set(&name, value),
                _ => return Some((name, value)),
            }
            None
        });
        let record = Value::Map(record.collect());
        Parts { kind, identification, record }
    }
}

// The identification goes to Omneo as it was given.
fn identify(tenant: &Tenant, given: &Map) -> Result<(Subject, Option<String>), Invalid> {
    let accepted = "one of identifier, email, mobile; an identifier also as {\"id\", \"handle\"}";
    let mut given_ones = given.iter().filter(|(_, value)| !value.is_null());
    let (Some((name, value)), None) = (given_ones.next(), given_ones.next()) else {
        return Err(Invalid::new("identifier", None, accepted));
    };
    let as_json = serde_json::to_value(value).unwrap_or_default();
    let identification = Identification::read(&as_json)
        .filter(|_| name == "identifier" || value.text().is_some())
        .ok_or_else(|| Invalid::new(name, Some(value), accepted))?;
    let subject = Subject::identified(&tenant.identifier_key, &tenant.name, &identification);
    Ok((subject, Some(serde_json::json!({ name: as_json }).to_string())))
}

fn read_kind(given: &Value, interaction: &Interaction) -> Result<Kind, Invalid> {
    match given.text().and_then(Kind::of) {
        // What a record handed over whole tells of, no page decides.
        Some(Kind::Record) => Ok(Kind::of_record(interaction)),
        None if given.is_null() => Ok(Kind::of_record(interaction)),
        Some(kind) => Ok(kind),
        None => Err(Invalid::new("kind", Some(given), &Kind::WORDS.join(", "))),
    }
}

fn check_id(interaction: &Interaction) -> Result<Box<str>, Invalid> {
    let given = interaction.meta("event_id");
    let is_id = |id: &&str| (1..=MOST_ID).contains(&id.len()) && !id.chars().any(char::is_control);
    given.and_then(Value::text).filter(is_id).map(Into::into).ok_or_else(|| {
        Invalid::new("meta.event_id", given, "a text of 1 to 255 bytes, such as a UUID, that no other record has")
    })
}

fn judge(tenant: &Tenant, source: Source, kind: Kind, interaction: Interaction) -> Result<Interaction, Verdict> {
    match (source, &tenant.server_policy) {
        (Source::Browser, _) => tenant.policy.readmit(kind, interaction),
        (Source::Server, Some(policy)) => policy.readmit(kind, interaction),
        (Source::Server, None) => without_policy(&tenant.policy, kind, interaction),
    }
}

// A server's record is nobody's page's. It is scrubbed all the same, and what has a model of its own in Omneo is no interaction.
fn without_policy(policy: &Policy, kind: Kind, interaction: Interaction) -> Result<Interaction, Verdict> {
    let scrubbed = policy.scrubbed(interaction);
    let verdict = policy.verdict(kind, &scrubbed);
    if !verdict.allowed && *verdict.rule == *OWN_MODEL { Err(verdict) } else { Ok(scrubbed) }
}

/// The longest id, in bytes.
const MOST_ID: usize = 255;
