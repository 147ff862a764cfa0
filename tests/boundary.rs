//! The boundary to JavaScript, in a real browser: what crosses, and what becomes of its memory. `tests/js/module.test.mjs` has both
//! of the module as it is shipped.
#![cfg(target_arch = "wasm32")]

use core::arch::wasm32::memory_size;
use omneo_interactions::api::Handle;
use omneo_interactions::json::Json;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const NOW: f64 = 1_764_000_000_000.0;
const DICE: [u8; 16] = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 255, 255, 255, 255];

/// A tracker as a page has it.
struct PageUnderTest(Handle);

impl PageUnderTest {
    fn open(settings: &str) -> PageUnderTest {
        PageUnderTest(Handle::new(settings, false, false).expect("a tracker"))
    }

    fn input(&mut self, name: &str, detail: &str) -> String {
        let lines = [name, "https://shop.example/café?utm=1#top", "Café “été”", detail].join("\n");
        self.0.input(&lines, NOW, &DICE)
    }

    fn effects(&mut self, name: &str, detail: &str) -> Vec<String> {
        let answer = self.input(name, detail);
        let answer = Json::parse(&answer).expect("the boundary answers JSON");
        answer.field("effects").expect("effects").items().map(|effect| effect.as_str().to_owned()).collect()
    }
}

// {"alg":"HS256"} . {"pid":"97e9c263-0f79-4e73-b734-bb19fb453d5d"}
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQifQ.c2ln";

const GRANTED: &str = r#"{"tenant":"acme","consent":"granted","capture":{"logins":false},"batch":{"seconds":60}}"#;

#[wasm_bindgen_test]
fn a_page_view_goes_in_and_a_request_comes_out() {
    let mut page = PageUnderTest::open(GRANTED);
    assert_eq!(page.effects("start", ""), [r#"["recall"]"#, r#"["listen"]"#]);
    let recorded = page.effects("pageView", "{}");
    assert!(
        recorded[0].starts_with(r#"["emit","recorded",{"kind":"pageView","record":{"action":"view""#),
        "{recorded:?}"
    );
    assert!(recorded[0].contains(r#""name":"Viewed page: Café “été”""#));
    assert!(recorded[0].contains(r#""event_id":"00000001-0000-4002-8000-0003ffffffff""#));
    assert_eq!(recorded[1], r#"["ask",1]"#);
    assert!(
        recorded[2].starts_with(r#"["keep","00000001-0000-4002-8000-0003ffffffff","1764000000000 ?  {"#),
        "{recorded:?}"
    );
    page.effects("token", &format!(r#"["1",{{"token":"{TOKEN}"}}]"#));
    page.effects("turn", "");
    let sent = page.effects("flush", "");
    let marked = r#"["keep","00000001-0000-4002-8000-0003ffffffff","1764000000000+1764000100000 97e9c263-0f79-4e73-b734-bb19fb453d5d  {"#;
    assert!(
        sent[0].starts_with(marked),
        "before the request begins, it is kept until when it may be under way: {sent:?}"
    );
    let request: Vec<String> =
        Json::view(&sent[1]).items().filter_map(Json::text_or_number).map(String::from).collect();
    assert_eq!(
        request[..5],
        ["request", "1", "1", "https://api.acme.getomneo.com/id/api/v1/profiles/me/interactions", TOKEN]
    );
    assert!(
        Json::parse(&request[5]).expect("the body is JSON").field("url").expect("url").is("https://shop.example/café")
    );
    let delivered = page.effects("answered", r#"[1,201,"","{}"]"#);
    assert_eq!(delivered[0], r#"["drop","00000001-0000-4002-8000-0003ffffffff"]"#);
    assert!(delivered[1].starts_with(r#"["emit","delivered",{"status":201,"record":{"#), "{delivered:?}");
    assert_eq!(delivered[2], r#"["emit","settled",{"delivered":1,"refused":0,"kept":0,"failed":0}]"#);
}

#[wasm_bindgen_test]
fn a_mistake_names_field_given_and_accepted() {
    let mistake = r#"{"mistake":{"field":"signal","given":"2","accepted":"1 (positive), 0 (neutral) or -1 (negative)","message":"`signal` is 2; accepted: 1 (positive), 0 (neutral) or -1 (negative)"}}"#;
    let mut page = PageUnderTest::open(GRANTED);
    assert_eq!(
        page.input("record", r#"{"action":"view","channel":"website","signal":2,"name":"n","namespace":"n"}"#),
        mistake
    );
    assert!(page.input("consent", "maybe").starts_with(r#"{"mistake":{"field":"consent","given":"maybe""#));
    assert!(page.input("purchase", "{}").starts_with(r#"{"mistake":{"field":"call","given":"\"purchase\"""#));
    let refused = Handle::new(r#"{"tenant":7}"#, false, false).err().expect("a mistake");
    assert!(refused.starts_with(r#"{"mistake":{"field":"tenant","given":"7""#), "{refused}");
    assert!(page.0.input("", NOW, &DICE).starts_with(r#"{"mistake":{"field":"call","given":"\"\"""#), "no lines");
    assert!(page.0.input("start", NOW, &[]).starts_with(r#"{"mistake":{"field":"entropy""#), "no dice");
}

#[wasm_bindgen_test]
fn whatever_crosses_leaves_the_tracker_at_work() {
    let mut page = PageUnderTest::open(GRANTED);
    for name in [
        "token",
        "answered",
        "adopt",
        "taken",
        "product",
        "shown",
        "look",
        "viewed",
        "submitted",
        "clicked",
        "recalled",
        "explain",
        "record",
        "pageView",
        "consent",
    ] {
        for detail in ["", "[", "{", "{\"", "\"\\u", "[[[[", "nul", "[\"é", "\u{0}", "{\"said\":[{\"@type\":"] {
            let answer = page.input(name, detail);
            assert!(Json::parse(&answer).is_ok(), "{name} {detail} {answer}");
        }
    }
}

#[wasm_bindgen_test]
fn a_thousand_trackers_leave_the_memory_as_the_first_one_did() {
    let visit = || {
        let mut page = PageUnderTest::open(GRANTED);
        page.input("start", "");
        for name in ["pageView", "login", "flush", "leaving"] {
            page.input(name, "{}");
        }
    };
    visit();
    let pages = memory_size::<0>();
    (0..1_000).for_each(|_| visit());
    assert_eq!(memory_size::<0>(), pages);
}
