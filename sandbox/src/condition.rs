//! Conditions in JSON Logic (<https://jsonlogic.com>), as webhooks and reactions have them.

use datalogic_rs::Engine;
use serde_json::Value;
use std::sync::LazyLock;

/// Whether it is a rule at all.
///
/// # Errors
/// What is wrong with it.
pub fn check(rule: &Value) -> Result<(), String> {
    ENGINE.compile(rule).map_err(|error| error.to_string())?;
    // The engine compiles one that it does not know, and fails where it meets it.
    unknown_operator(rule).map_or(Ok(()), |name| Err(format!("unknown operator: {name}")))
}

/// Whether the rule says `true` of that context. What is only true-like does not count, and a rule that fails says nothing:
/// Omneo documents no more than that a webhook fires when its rule "returns true".
pub fn holds(rule: &Value, context: &Value) -> bool {
    ENGINE.eval_into::<Value, _, _>(rule, context).is_ok_and(|said| said == true)
}

fn unknown_operator(rule: &Value) -> Option<&str> {
    match rule {
        Value::Object(operation) => operation.iter().find_map(|(name, operands)| {
            let is_known = ENGINE.builtin_operator_names().any(|known| known == name);
            if is_known { unknown_operator(operands) } else { Some(name) }
        }),
        Value::Array(operands) => operands.iter().find_map(unknown_operator),
        _ => None,
    }
}

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_rule_holds_where_it_says_true_and_nothing_else() {
        let context = json!({ "action": "feedback", "signal": 1, "profile": { "point_balance": 50 }, "tags": ["vip"] });
        for (rule, wanted) in [
            (json!({ "===": [{ "var": "action" }, "feedback"] }), true),
            (json!({ "!==": [{ "var": "action" }, "feedback"] }), false),
            (json!({ ">=": [{ "var": "profile.point_balance" }, 50] }), true),
            (json!({ "in": ["vip", { "var": "tags" }] }), true),
            (json!({ "!": { "in": ["vip", { "var": "tags" }] } }), false),
            (json!({ "and": [{ "===": [{ "var": "signal" }, 1] }, { "or": [false, true] }] }), true),
            (json!({ "var": "signal" }), false),
            (json!({ "var": "nothing" }), false),
            (json!({ "+": ["a", 1] }), false),
        ] {
            assert_eq!(check(&rule), Ok(()), "{rule}");
            assert_eq!(holds(&rule, &context), wanted, "{rule}");
        }
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for rule in
            [json!({ "===": [1, 1], "!==": [1, 2] }), json!({ "equals": [1, 1] }), json!({ "and": [{ "is": 1 }] })]
        {
            assert!(check(&rule).is_err(), "{rule}");
        }
    }
}
