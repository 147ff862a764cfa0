use super::*;
use proptest::prelude::*;

const LEAST: &str =
    r#"{"action":"view","channel":"website","signal":0,"name":"Viewed page","namespace":"web-engagement"}"#;

fn with(field: &str, value: &str) -> String {
    format!("{},{field:?}:{value}}}", &LEAST[..LEAST.len() - 1])
}

fn read(text: &str) -> Result<Interaction, Vec<Invalid>> {
    Interaction::try_from(json(text))
}

fn refusals(field: &str, value: &str) -> Vec<String> {
    read(&with(field, value)).unwrap_err().iter().map(Invalid::message).collect()
}

#[test]
fn the_five_required_fields_are_enough() {
    assert_eq!(written(&read(LEAST).unwrap()), LEAST);
}

#[test]
fn every_missing_field_is_named() {
    let invalid = read("{}").unwrap_err();
    let named: Vec<&str> = invalid.iter().map(|invalid| &*invalid.field).collect();
    assert_eq!(named, ["action", "channel", "signal", "name", "namespace"]);
    assert_eq!(
        invalid[0].message(),
        "`action` is missing; accepted: broadcast, disclose, feedback, product, reach, refer, service, visit, view"
    );
}

#[test]
fn the_words_for_people_are_the_vocabularies() {
    assert_eq!(FIELDS[0].accepted, Action::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", "));
    assert_eq!(FIELDS[1].accepted, Channel::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", "));
}

#[test]
fn a_message_says_field_given_and_accepted() {
    assert_eq!(refusals("signal", "2"), ["`signal` is 2; accepted: 1 (positive), 0 (neutral) or -1 (negative)"]);
    assert_eq!(refusals("latitude", "90.0001"), ["`latitude` is 90.0001; accepted: a number from -90 to 90"]);
    assert_eq!(
        refusals("tags", r#"["a",""]"#),
        [r#"`tags` is ["a",""]; accepted: an array of texts, each of 1 to 255 characters"#]
    );
    assert!(
        refusals("productId", "1")[0]
            .starts_with("`productId` is 1; accepted: a field of an interaction: action, channel,")
    );
}

#[test]
fn a_long_value_is_cut_in_the_message() {
    let message = &refusals("name", &format!("\"{}\"", "é".repeat(300)))[0];
    assert_eq!(message, &format!("`name` is \"{}…; accepted: text of 1 to 255 characters", "é".repeat(59)));
}

#[test]
fn values_outside_their_limits_are_refused_by_name() {
    for (field, value) in [
        ("action", "\"buy\""),
        ("action", "\"View\""),
        ("channel", "\"web\""),
        ("channel", "7"),
        ("signal", "0.5"),
        ("signal", "true"),
        ("name", "\" \""),
        ("name", "5"),
        ("namespace", "\"web engagement\""),
        ("namespace", "\"\""),
        ("description", "[]"),
        ("duration", "-0.1"),
        ("duration", "\"NaN\""),
        ("latitude", "-91"),
        ("longitude", "180.5"),
        ("longitude", "\"east\""),
        ("interacted_at", "\"now\""),
        ("interacted_at", "1764000000"),
        ("location_id", "0"),
        ("product_id", "-1"),
        ("product_id", "1.5"),
        ("product_variant_id", "9007199254740992"),
        ("product_category_id", "\"shoes\""),
        ("staff_id", "\"\""),
        ("organisation_id", "[1]"),
        ("tags", "\"sale\""),
        ("tags", "[1]"),
        ("meta", "\"x\""),
        ("meta", "[1]"),
        ("url", "{}"),
    ] {
        let invalid = read(&with(field, value)).unwrap_err();
        assert_eq!((invalid.len(), &*invalid[0].field), (1, field), "{field} {value}");
    }
}

#[test]
fn the_polymorphic_pair_comes_whole_or_not_at_all() {
    let pair = "; accepted: both interacted_type and interacted_id, or neither";
    assert_eq!(refusals("interacted_type", "\"order\""), [["`interacted_id` is missing", pair].concat()]);
    assert_eq!(refusals("interacted_id", "7"), [["`interacted_type` is missing", pair].concat()]);
    assert_eq!(refusals("interacted_type", "7").len(), 2, "wrong, and alone");
}

#[test]
fn a_record_too_large_to_leave_a_closing_page_is_refused() {
    let message = &refusals("description", &format!("\"{}\"", "x".repeat(MAX_BYTES)))[0];
    assert_eq!(message, "`interaction` is 32883; accepted: at most 32768 bytes of JSON in all");
}

#[test]
fn a_record_that_would_not_be_read_back_is_refused() {
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    assert!(read(&with("meta", &nested(MAX_LEVELS - 1))).is_ok());
    assert!(refusals("meta", &nested(MAX_LEVELS))[0].ends_with("; accepted: JSON of at most 64 levels"));
}

#[test]
fn null_and_numbers_in_strings_are_read_as_omneo_s_sdk_writes_them() {
    let given = r#"{"action":"view","channel":"website","signal":"1","name":"n","namespace":"n","latitude":"-37.81","duration":null,"product_id":"42","meta":[]}"#;
    assert_eq!(
        written(&read(given).unwrap()),
        r#"{"action":"view","channel":"website","signal":1,"name":"n","namespace":"n","latitude":-37.81,"product_id":42,"meta":{}}"#
    );
}

fn text() -> impl Strategy<Value = String> {
    "[^\\s\\x00-\\x1f].{0,40}"
}

fn thousandths(range: std::ops::Range<i32>) -> impl Strategy<Value = f64> {
    range.prop_map(|thousandths| f64::from(thousandths) / 1_000.0)
}

fn record() -> impl Strategy<Value = serde_json::Value> {
    let required = (
        prop::sample::select(Action::ALL).prop_map(Action::as_str),
        prop::sample::select(Channel::ALL).prop_map(Channel::as_str),
        -1..=1_i8,
        text(),
        "[a-z-]{1,20}",
    );
    let optional = (
        prop::option::of(text()),
        prop::option::of(thousandths(0..1_000_000_000)),
        prop::option::of((thousandths(-90_000..90_000), thousandths(-180_000..180_000))),
        prop::option::of(1..1_u64 << 53),
        prop::option::of(("[a-z_]{1,20}", "[a-z0-9-]{1,36}")),
        prop::collection::vec(text(), 0..4),
        prop::collection::btree_map(text(), any::<i32>(), 0..4),
    );
    (required, optional).prop_map(|((action, channel, signal, name, namespace), optional)| {
        let (description, duration, place, product, subject, tags, meta) = optional;
        serde_json::json!({
            "action": action, "channel": channel, "signal": signal, "name": name, "namespace": namespace,
            "description": description, "duration": duration, "latitude": place.map(|place| place.0),
            "longitude": place.map(|place| place.1), "product_id": product, "interacted_type": subject.as_ref().map(|pair| &pair.0),
            "interacted_id": subject.as_ref().map(|pair| &pair.1), "tags": tags, "meta": meta,
        })
    })
}

proptest! {
    #[test]
    fn what_is_valid_is_kept_field_by_field(record in record()) {
        let kept = read(&record.to_string()).unwrap();
        for field in FIELDS {
            let given = record.get(field.name).filter(|value| !value.is_null()).map(|value| json(&value.to_string()));
            prop_assert_eq!(kept.field(field.name), given.map(|value| id_as_number(field.name, value)));
        }
        let text = written(&kept);
        prop_assert_eq!(text.len(), kept.json_bytes());
        prop_assert_eq!(&read(&text).unwrap(), &kept);
        prop_assert_eq!(Value::from(&kept), json(&text));
    }

    #[test]
    fn any_object_is_read_or_refused_by_name(fields in prop::collection::vec((0..FIELDS.len(), ".{0,8}"), 0..8)) {
        let given: Map = fields.iter().map(|(at, text)| (FIELDS[*at].name, Value::from(&**text))).collect();
        if let Err(invalid) = Interaction::try_from(Value::Map(given)) {
            prop_assert!(!invalid.is_empty());
            prop_assert!(invalid.iter().all(|invalid| FIELDS.iter().any(|field| *field.name == *invalid.field)));
        }
    }
}

// An `interacted_id` of digits is kept as the number that it is.
fn id_as_number(field: &str, value: Value) -> Value {
    let id = value.text().filter(|text| text.len() <= 16).and_then(|text| text.parse::<u64>().ok());
    match id.filter(|id| field == "interacted_id" && (1..1 << 53).contains(id)) {
        Some(id) => Value::Number(id as f64),
        None => value,
    }
}

fn written(interaction: &Interaction) -> String {
    serde_json::to_string(interaction).unwrap()
}
