//! Inputs that are too deep or too large to lie in a repository.

/// A target, and an input that grows with a number.
pub type Growing = (&'static str, fn(usize) -> String);

/// All of them.
pub const GROWING: &[Growing] = &[
    ("record", |n| record(&format!(r#""meta":{{"deep":{}}}"#, deep(n)))),
    ("record", |n| record(&members(n))),
    ("record", |n| record(&format!(r#""tags":[{}]"#, many(n, r#""a""#, |_| r#""a""#.to_owned())))),
    ("record", |n| format!("{{{}", r#""meta":{"#.repeat(n))),
    ("record", |n| record(&format!(r#""meta":{{{}}}"#, members(n)))),
    ("settings", |n| format!(r#"{{"tenant":"acme","consent":[{}]}}"#, many(n, "", |at| format!("\"{at}\"")))),
    ("settings", |n| format!(r#"{{"tenant":"acme","policy":{}}}"#, deep(n))),
    ("settings", |n| format!(r#"{{"tenant":{}}}"#, deep(n))),
    ("policy", |n| format!(r#"{{"rules":[{}]}}"#, many(n, "", |at| format!(r#"{{"rule":"r{at}","url":["/{at}"]}}"#)))),
    ("policy", |n| {
        format!(
            r#"{{"rules":[{{"rule":"r","form":["f"],"fields":[{}]}}]}}"#,
            many(n / 16, "", |at| format!("\"f{at}\""))
        )
    }),
    ("policy", |n| format!(r#"{{"rules":{}}}"#, deep(n))),
    ("consent", |n| format!("[{}]", many(n, "", |at| format!("\"{at}\"")))),
    ("consent", deep),
    ("token", |n| format!(r#"{{"token":"e30.{}"}}"#, "a".repeat(n * 8))),
    ("token", |n| format!(r#"{{"data":{}}}"#, deep(n))),
    ("token", |n| format!("\"e30.e30.c2ln\"\n{{{}}}", members(n))),
    ("stored", |n| kept(0, &format!(r#","deep":{}"#, deep(n)))),
    ("stored", |n| kept(0, &format!(",{}", members(n)))),
    ("stored", |n| format!(r#"{{"version":2,"opened":1,"profile":null,"staff_id":7,{}}}"#, members(n))),
    ("stored", |n| format!("1 {} {{", "a ".repeat(n))),
    ("adopted", |n| format!("\n\n{}", (0..n).map(|at| kept(at, "")).collect::<String>())),
    ("adopted", |n| format!("\n\n{}", kept(0, &format!(r#","deep":{}"#, deep(n))))),
    ("answer", |n| format!("200\n\n{}", deep(n))),
    ("answer", |n| {
        format!(r#"{}{{"data":[{}]}}"#, "200\n\n", many(n, "", |at| format!(r#"{{"meta":{{"event_id":"{at}"}}}}"#)))
    }),
    ("answer", |n| format!("200\n\n[{}]", many(n, "", |at| format!(r#"{{"event_id":"{at}","status":201}}"#)))),
    ("answer", |n| format!("503\n{}\n", "9".repeat(n))),
    ("product", |n| format!(r#"{{"said":[[{{"@type":{},"name":"x"}}]]}}"#, deep(n))),
    ("product", |n| format!(r#"{{"said":[[{}1{}]]}}"#, r#"{"@graph":["#.repeat(n), "]}".repeat(n))),
    ("product", |n| format!(r#"{{"said":[[{}1{}]]}}"#, r#"{"mainEntity":"#.repeat(n), "}".repeat(n))),
    ("product", |n| {
        format!(r#"{{"said":[[{}]]}}"#, many(n, "", |at| format!(r#"{{"@type":"Product","name":"{at}"}}"#)))
    }),
    ("product", |n| {
        format!(r#"{{"said":[[{{"@type":"Product",{}}}]]}}"#, many(n, "", |at| format!(r#""sku":"{at}""#)))
    }),
    ("product", |n| format!(r#"{{"said":{}}}"#, deep(n))),
    ("fields", |n| (0..n / 16).map(|at| format!("size|id{at}|Size {at}|checkbox|off\n")).collect()),
    ("fields", |n| format!("size||{}|text|", "label ".repeat(n))),
    ("text", |n| "%25".repeat(n)),
    ("text", |n| "%2525252540".repeat(n)),
    ("text", |n| "a@".repeat(n)),
    ("text", |n| "aB1".repeat(n)),
    ("text", |n| "4 ".repeat(n)),
    ("text", |n| "?page=1&page=2".repeat(n)),
    ("walk", |n| format!("{GRANTED}\n0 at /a {}\n0 pageView {{}}\n0 navigated \"load\"", "4111 ".repeat(n))),
    ("walk", |n| format!("{GRANTED}\n0 pageView {{\"meta\":{}}}", deep(n))),
    ("walk", |n| format!("{GRANTED}\n0 pageView {{\"meta\":{{{}}}}}", members(n))),
    ("walk", |n| format!("{GRANTED}\n0 clicked [{{{}}},\"a\"]", members(n))),
    ("walk", |n| format!("{GRANTED}\n0 takenOver [{}]", many(n, "", |at| format!("\"{at}\"")))),
];

const GRANTED: &str = r#"{"tenant":"acme","consent":"granted"}"#;

fn deep(n: usize) -> String {
    "[".repeat(n) + &"]".repeat(n)
}

fn many(n: usize, first: &str, one: fn(usize) -> String) -> String {
    (0..n).map(|at| if at == 0 && !first.is_empty() { first.to_owned() } else { one(at) }).collect::<Vec<_>>().join(",")
}

fn members(n: usize) -> String {
    many(n, "", |at| format!(r#""name{at}":1"#))
}

fn record(more: &str) -> String {
    format!(r#"{{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n",{more}}}"#)
}

fn kept(at: usize, more: &str) -> String {
    let time = 1_763_000_000_000 + at;
    let record = record(&format!(r#""meta":{{"event_id":"i{at}"{more}}}"#));
    format!("{{\"version\":2,\"accepted\":{time},\"until\":null,\"last\":null,\"purpose\":null,\"record\":{record}}}\n")
}
