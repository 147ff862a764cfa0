//! A page's own code may call the tracker wherever it is called, throw, reject, or return what nobody can read.

use crate::page::Page;
use wasm_bindgen_test::wasm_bindgen_test;

/// What a function of the site's may do, as a script; `page.call` calls the tracker.
const ANSWERS: [&str; 9] = [
    "null",
    "{ page.call('pageView', { title: 'Within' }); return null; }",
    "{ throw 7; }",
    "Promise.reject(new Error('rejected'))",
    "({ then() { throw 7; } })",
    "new Proxy({}, { get() { throw 7; }, ownKeys() { throw 7; }, getPrototypeOf() { throw 7; } })",
    "{ const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; }",
    "({ get token() { page.call('pageView', { title: 'Within' }); throw 7; }, get productId() { throw 7; } })",
    "10n",
];

/// A function of the site's that does so.
fn function(answer: &str) -> String {
    if answer.starts_with('{') { ["() => ", answer].concat() } else { ["() => (", answer, ")"].concat() }
}

/// The tracker works on, and nothing left the module by a throw.
async fn works_on(page: &Page, what: &str) {
    page.run("page.call('pageView', { title: 'Afterwards' });").await;
    page.until("page.heard.some(([, { record }]) => record?.name === 'Viewed page: Afterwards')").await;
    assert_eq!(page.traps(), [""; 0], "{what}");
}

#[wasm_bindgen_test]
async fn a_token_source_may_do_anything() {
    for answer in ANSWERS {
        let page = Page::start_with("{}", &["{ askToken: ", &function(answer), " }"].concat());
        page.run("page.call('flush');").await;
        page.until("page.heard.some(([event]) => event === 'settled')").await;
        works_on(&page, answer).await;
    }
}

#[wasm_bindgen_test]
async fn the_setting_product_may_do_anything() {
    for answer in ANSWERS {
        let shown = "document.body.append(page.product = Object.assign(document.createElement('script'), \
            { type: 'application/ld+json', text: '{\"@type\":\"Product\",\"name\":\"Coat\"}' }))";
        let page = Page::start_with("{}", &["(", shown, ", { identify: ", &function(answer), " })"].concat());
        page.until("page.heard.some(([, { record }]) => record?.name === 'Viewed product: Coat')").await;
        works_on(&page, answer).await;
        page.run("page.product.remove()").await;
    }
}

#[wasm_bindgen_test]
async fn a_listener_may_do_anything() {
    for act in ["page.call('pageView', { title: 'Within' })", "page.call('consent', 'granted')", "page.call('flush')"] {
        let page = Page::start();
        let listen = ["let left = 50; page.onevent = () => (left -= 1) > 0 && ", act].concat();
        page.run(&listen).await;
        works_on(&page, act).await;
    }
    let page = Page::start();
    page.run("page.onevent = () => page.call('stop')").await;
    page.run("page.call('pageView', {})").await;
    assert_eq!(page.traps(), [""; 0]);
}

#[wasm_bindgen_test]
async fn what_a_call_is_given_may_do_anything() {
    let fields = "action: 'visit', channel: 'website', signal: 0, name: 'Tried on', namespace: 'shop'";
    let page = Page::start_with(r#"{"policy":{"rules":[{"rule":"all","kind":["record"]}]}}"#, "{}");
    let calling = [
        "page.call('record', { ",
        fields,
        ", get description() { page.call('pageView', { title: 'Within' }); return 'x' } })",
    ];
    page.run(&calling.concat()).await;
    page.until("page.heard.filter(([event]) => event === 'recorded').length > 2").await;
    let recorded = page.recorded().await;
    assert!(recorded.contains(r#""Viewed page: Within","Tried on""#), "{recorded}");
    for given in [
        "{ get name() { throw 7 } }",
        "{ toJSON() { throw 7 } }",
        "new Proxy({}, { get() { throw 7 } })",
        "new Proxy({}, { ownKeys() { throw 7 } })",
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()",
        "(() => { const own = {}; own.own = own; return own })()",
        "{ name: 10n }",
    ] {
        let thrown =
            ["try { page.call('record', ", given, ") } catch ({ code, field }) { return `${code} ${field}` }"].concat();
        assert_eq!(page.run(&thrown).await, "invalid-call argument", "{given}");
    }
    works_on(&page, "what cannot be read").await;
}
