use super::*;
use crate::interaction::json;

fn policy(text: &str) -> Result<Policy, String> {
    Policy::read(&json(text)).map_err(|invalid| invalid.message())
}

fn record(text: &str) -> Interaction {
    Interaction::try_from(json(text)).unwrap()
}

fn interaction(action: &str, channel: &str, namespace: &str) -> Interaction {
    let text =
        format!(r#"{{"action":"{action}","channel":"{channel}","signal":0,"name":"n","namespace":"{namespace}"}}"#);
    record(&text)
}

#[test]
fn the_default_allows_the_four_and_nothing_else() {
    let default = policy("{}").unwrap();
    let rule = |kind, namespace| default.verdict(kind, &interaction("view", "website", namespace)).rule;
    assert_eq!(&*rule(Kind::Login, "web-engagement"), "login");
    assert_eq!(&*rule(Kind::PageView, "web-engagement"), "view");
    assert_eq!(&*rule(Kind::ProductView, "clienteling"), "clienteling");
    assert_eq!(&*rule(Kind::FormSubmission, "web-engagement"), "form");
    let verdict = default.verdict(Kind::Record, &interaction("service", "website", "web-engagement"));
    assert_eq!((verdict.allowed, &*verdict.rule), (false, "not-listed"));
    assert!(verdict.reason.contains("has action service, channel website, namespace web-engagement, kind record;"));
}

#[test]
fn a_login_by_text_message_is_not_a_login_on_website_or_app() {
    assert!(!policy("{}").unwrap().verdict(Kind::Login, &interaction("visit", "sms", "web-engagement")).allowed);
}

#[test]
fn a_site_adds_rules_or_begins_with_none() {
    let rule = r#"{"rule":"store-finder","because":"You asked for a store.","action":["service"]}"#;
    let more = policy(&format!(r#"{{"rules":[{rule}]}}"#)).unwrap();
    let (service, view) = (interaction("service", "website", "n"), interaction("view", "website", "n"));
    let verdict = more.verdict(Kind::Record, &service);
    assert_eq!((&*verdict.rule, &*verdict.reason), ("store-finder", "You asked for a store."));
    assert!(more.verdict(Kind::PageView, &view).allowed);
    for text in
        [format!(r#"{{"extends":"nothing","rules":[{rule}]}}"#), format!(r#"{{"rules":[{rule}],"extends":"nothing"}}"#)]
    {
        let only = policy(&text).unwrap();
        assert!(only.verdict(Kind::Record, &service).allowed);
        assert!(!only.verdict(Kind::PageView, &view).allowed);
    }
}

/// The JSON Schema is held against the same examples, in `tests/tools/policy.test.mjs`.
#[test]
fn the_examples_are_accepted_and_rejected_with_the_path_of_the_mistake() {
    let examples = json(include_str!("../../../tests/policies.json"));
    let list = |name: &str| examples.get(name).unwrap().items().iter();
    for accepted in list("accepted") {
        assert!(Policy::read(accepted).is_ok(), "{accepted}");
    }
    let rejected = list("rejected").chain(list("rejectedForTheirWords"));
    assert!(rejected.clone().count() > 30);
    for rejected in rejected {
        let invalid = Policy::read(rejected.get("policy").unwrap()).unwrap_err();
        assert!(rejected.get("path").unwrap().is(&invalid.field), "{} in {rejected}", invalid.field);
    }
}

#[test]
fn a_rule_asks_for_a_path_and_a_form() {
    let rules = r#"{"rule":"guide","url":["/guides/*","*/help"]},{"rule":"survey","form":["survey-*"]}"#;
    let policy = policy(&format!(r#"{{"extends":"nothing","rules":[{rules}]}}"#)).unwrap();
    let rule = |more: &str| {
        let least = r#""action":"service","channel":"website","signal":0,"name":"n","namespace":"n""#;
        let text = format!("{{{least},{more}}}");
        policy.verdict(Kind::Record, &record(&text)).rule
    };
    assert_eq!(&*rule(r#""url":"https://shop.example/guides/wool?page=2""#), "guide");
    assert_eq!(&*rule(r#""url":"/sizes/help""#), "guide");
    assert_eq!(&*rule(r#""url":"https://shop.example/?/guides/wool""#), "not-listed");
    assert_eq!(&*rule(r#""meta":{"form":"survey-2026"}"#), "survey");
    assert_eq!(&*rule(r#""meta":{"form":"login"}"#), "not-listed");
}

#[test]
fn a_sites_own_rule_comes_before_a_default_one() {
    let own = policy(r#"{"rules":[{"rule":"survey","form":["survey"]}]}"#).unwrap();
    let text =
        r#"{"action":"disclose","channel":"website","signal":0,"name":"n","namespace":"n","meta":{"form":"survey"}}"#;
    let submission = record(text);
    assert_eq!(&*own.verdict(Kind::FormSubmission, &submission).rule, "survey");
}

#[test]
fn what_has_a_model_of_its_own_is_refused_whatever_the_policy_says() {
    let all = policy(r#"{"rules":[{"rule":"all","namespace":["*","n"]}]}"#);
    assert!(all.is_err(), "a star is no handle");
    let all = policy(r#"{"rules":[{"rule":"all","channel":["website"]}]}"#).unwrap();
    let text = r#"{"action":"service","channel":"website","signal":1,"name":"Order Completed","namespace":"n"}"#;
    let verdict = all.verdict(Kind::Record, &record(text));
    assert_eq!((verdict.allowed, &*verdict.rule), (false, "own-model"));
    assert_eq!(&*verdict.reason, "Omneo has a model of its own for this, Transaction; it is no interaction.");
}

#[test]
fn a_mistake_is_named_with_its_path() {
    for (text, message) in [
        ("[]", "`policy` is []; accepted: an object with extends, rules, query"),
        (r#"{"rule":[]}"#, "`policy.rule` is []; accepted: extends, rules, query"),
        (r#"{"extends":"all"}"#, r#"`policy.extends` is "all"; accepted: one of ["default","nothing"]"#),
        (r#"{"rules":{}}"#, "`policy.rules` is {}; accepted: an array, each a rule"),
        (
            r#"{"rules":[{"rule":"x","action":["buy"]}]}"#,
            r#"`policy.rules[0].action` is ["buy"]; accepted: an array, each one of ["broadcast","disclose","feedback","product","reach","refer","service","visit","view"]"#,
        ),
        (
            r#"{"rules":[{"rule":"x","action":[]}]}"#,
            "`policy.rules[0].action` is []; accepted: an array of one or more",
        ),
        (
            r#"{"rules":[{"rule":"x","namespace":["a b"]}]}"#,
            "`policy.rules[0].namespace` is [\"a b\"]; accepted: an array, each a handle of 1 to 255 letters, digits or . _ : -",
        ),
        (
            r#"{"rules":[{"action":["view"]}]}"#,
            "`policy.rules[0].rule` is missing; accepted: a handle of 1 to 255 letters, digits or . _ : -",
        ),
        (
            r#"{"rules":[{"rule":"x"}]}"#,
            "`policy.rules[0]` is {\"rule\":\"x\"}; accepted: a rule with at least one of kind, action, channel, namespace, url, form",
        ),
        (
            r#"{"rules":[{"rule":"x","actions":["view"]}]}"#,
            "`policy.rules[0].actions` is [\"view\"]; accepted: rule, because, purpose, kind, action, channel, namespace, url, form, meta, fields",
        ),
        (
            r#"{"rules":[7]}"#,
            "`policy.rules[0]` is 7; accepted: an object with rule, because, purpose, kind, action, channel, namespace, url, form, meta, fields",
        ),
        (r#"{"query":["page",7]}"#, "`policy.query` is [\"page\",7]; accepted: an array, each text"),
    ] {
        assert_eq!(policy(text).unwrap_err(), message);
    }
}

#[test]
fn a_relay_lets_no_more_through_than_the_tracker_and_all_that_the_tracker_lets() {
    let text = r#"{"rules":[{"rule":"size","form":["newsletter"],"fields":["size"],"meta":["form"]}]}"#;
    let policy = policy(text).unwrap();
    let form = record(
        r#"{"action":"disclose","channel":"website","signal":0,"name":"Submitted form","namespace":"n",
        "meta":{"event_id":"e","form":"newsletter","more":1,"fields":{"size":"M","password":"hunter2"}}}"#,
    );
    let kept = policy.readmit(Kind::FormSubmission, form.clone()).unwrap();
    assert_eq!(kept.meta("fields"), Some(&json(r#"{"size":"M"}"#)));
    assert_eq!((kept.meta("event_id"), kept.meta("more")), (Some(&json("\"e\"")), None));
    assert_eq!(policy.readmit(Kind::FormSubmission, kept.clone()), Ok(kept), "a second look changes nothing");
    assert_eq!(&*policy.readmit(Kind::Login, form).unwrap_err().rule, "other-kind");
    let service = interaction("service", "website", "n");
    assert_eq!(&*policy.readmit(Kind::Record, service).unwrap_err().rule, "not-listed");
}
