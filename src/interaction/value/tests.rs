use super::*;
use proptest::prelude::*;

/// The value of a JSON text.
pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Any value of JSON, as serde_json has it.
pub(crate) fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        (-(1_i64 << 53)..1 << 53).prop_map(Into::into),
        (-1e6..1e6_f64).prop_map(|number| ((number * 1e3).round() / 1e3).into()),
        ".{0,12}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(".{0,6}", inner, 0..6)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn of_a_name_that_stands_twice_the_last_counts_at_the_place_of_the_first() {
    let value = json(r#"{"a":1,"b":2,"a":3}"#);
    assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"a":3,"b":2}"#);
    assert_eq!(value.get("a"), Some(&Value::Number(3.0)));
    assert_eq!((value.get("c"), json("[1]").get("a")), (None, None));
}

#[test]
fn a_number_is_a_number_also_in_a_text() {
    assert_eq!(json("151.20").number(), json("\"151.20\"").number());
    assert_eq!(json("7").text_or_number().as_deref(), Some("7"));
    assert_eq!((json("[7]").number(), json("true").text_or_number()), (None, None));
}

#[test]
fn a_message_shows_a_value_as_json_has_it() {
    for text in [r#"{"a":[1,-0.5,null,true,false,"x\"\\\n"],"b":{}}"#, "[]", "7"] {
        assert_eq!(json(text).to_string(), text);
    }
    assert_eq!(Value::from("\0").to_string(), "\"\u{fffd}\"");
}

proptest! {
    #[test]
    fn what_serde_json_reads_it_writes_again_and_the_bytes_are_counted(value in any_json()) {
        let text = value.to_string();
        let read = json(&text);
        let written = serde_json::to_string(&read).unwrap();
        prop_assert_eq!(written.len(), read.json_bytes());
        prop_assert_eq!(json(&written), read);
    }

    #[test]
    fn depth_is_counted_in_arrays_and_objects(depth in 0_usize..40) {
        let nested = json(&format!("{}1{}", "[{\"a\":".repeat(depth), "}]".repeat(depth)));
        prop_assert!(nested.is_within(2 * depth));
        prop_assert!(depth == 0 || !nested.is_within(2 * depth - 1));
    }
}
