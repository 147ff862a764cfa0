//! A record's way to the receiver, which is a real sandbox: its address and a customer's token come from whoever runs
//! the tests, `tools/test/in-browser.mjs`.

use crate::page::Page;
use gloo_net::http::Request;
use omneo_interactions::interaction::Value;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_was_posted_is_read_back_from_the_sandbox() {
    let sandbox: Value =
        Request::get("/sandbox.json").send().await.expect("an answer").json().await.expect("the sandbox's address");
    let [origin, token] = ["origin", "token"].map(|name| sandbox.get(name).and_then(Value::text).expect(name));
    let endpoint = [r#"{"endpoint":""#, origin, r#""}"#].concat();
    let page = Page::start_with(&endpoint, &["{ isReal: true, askToken: async () => '", token, "' }"].concat());
    page.run("page.call('pageView', { title: 'Café “été”', url: 'https://shop.example/café?utm=1' })").await;
    page.run("page.call('flush')").await;
    page.until("page.heard.filter(([event]) => event === 'delivered').length === 2").await;
    assert_eq!(page.traps(), [""; 0]);

    let list = [origin, "/id/api/v1/profiles/me/interactions?per_page=100"].concat();
    let bearer = ["Bearer ", token].concat();
    let answer: Value = Request::get(&list)
        .header("Authorization", &bearer)
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    let records = answer.get("data").map(Value::items).unwrap_or_default();
    let record =
        records.iter().find(|record| record.get("name").is_some_and(|name| name.is("Viewed page: Café “été”")));
    let record = record.unwrap_or_else(|| panic!("the record is not among {answer}"));
    assert_eq!(record.get("url").and_then(Value::text), Some("https://shop.example/café"));
    assert_eq!(record.get("action").and_then(Value::text), Some("view"));
}

// Whatever the page has put onto the prototypes of what everything is made of.
#[wasm_bindgen_test]
async fn what_is_sent_does_not_depend_on_the_page_s_prototypes() {
    let page = Page::start();
    page.until("page.heard.some(([event]) => event === 'delivered')").await;
    page.run(
        "const prototypes = [Object, Array, String, Number].map(({ prototype }) => prototype);
         for (const prototype of prototypes) Object.defineProperty(prototype, 'toJSON', { value: () => 'x', configurable: true, writable: true });
         for (const name of ['name', 'url', 'meta', '0']) Object.defineProperty(Object.prototype, name, { set() {}, configurable: true });
         try {
           page.call('pageView', { title: 'Shirts' });
           // It is stored before the task it was made in is over.
           await undefined;
           page.kept = Object.keys(localStorage).filter((key) => /^omneo:\\d+:/.test(key)).map((key) => localStorage[key]);
           page.call('flush');
           await page.until('page.sent.length > 1');
         } finally {
           for (const prototype of prototypes) delete prototype.toJSON;
           for (const name of ['name', 'url', 'meta', '0']) delete Object.prototype[name];
         }",
    )
    .await;
    assert_eq!(page.json("return page.sent[1].body.name").await, r#""Viewed page: Shirts""#);
    assert_eq!(page.json("return JSON.parse(page.kept[0]).record.name").await, r#""Viewed page: Shirts""#);
    assert_eq!(page.traps(), [""; 0]);
}

#[wasm_bindgen_test]
async fn time_is_the_browser_s() {
    let page = Page::start_with(r#"{"batch":{"seconds":0.5}}"#, "{}");
    page.until("page.heard.some(([event]) => event === 'recorded')").await;
    page.run("page.since = performance.now(); await new Promise((later) => setTimeout(later, 200))").await;
    assert_eq!(page.json("return page.sent.length").await, "0");
    page.until("page.sent.length === 1").await;
    assert_eq!(page.json("return performance.now() - page.since > 400").await, "true");
    // Nothing waits for a page that is about to go.
    page.run("page.call('pageView', { title: 'Last' }); dispatchEvent(new PageTransitionEvent('pagehide'))").await;
    page.run("await new Promise((later) => setTimeout(later, 50))").await;
    assert_eq!(page.json("return page.sent.length").await, "2");
    assert_eq!(page.traps(), [""; 0]);
}
