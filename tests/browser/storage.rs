//! Storage that is full, blocked, or another page's as well.

use crate::page::Page;
use wasm_bindgen_test::wasm_bindgen_test;

async fn delivers(page: &Page) {
    page.until("page.heard.some(([event]) => event === 'recorded')").await;
    page.run("page.call('flush')").await;
    page.until("page.heard.some(([event]) => event === 'delivered')").await;
    assert_eq!(page.traps(), [""; 0]);
}

#[wasm_bindgen_test]
async fn full_storage_stops_nothing() {
    let fill = "((at) => {
        for (let size = 1 << 24; size >= 1; size /= 2) try { while (true) localStorage[at += 1] = 'x'.repeat(size) } catch { continue }
    })(0)";
    let page = Page::start_with("{}", &["(", fill, ", {})"].concat());
    delivers(&page).await;
    assert_eq!(page.json("return Object.keys(localStorage).filter((key) => key.startsWith(page.page))").await, "[]");
}

#[wasm_bindgen_test]
async fn blocked_storage_stops_nothing() {
    let blocked = "page.names = ['localStorage', 'sessionStorage'], \
        page.own = page.names.map((name) => Object.getOwnPropertyDescriptor(window, name)), \
        page.names.forEach((name) => Object.defineProperty(window, name, \
            { configurable: true, get() { throw new DOMException('', 'SecurityError') } }))";
    let page = Page::start_with("{}", &["(", blocked, ", {})"].concat());
    delivers(&page).await;
    let restored = "page.names.forEach((name, at) => page.own[at] ? Object.defineProperty(window, name, page.own[at]) : delete window[name])";
    page.run(restored).await;
}

#[wasm_bindgen_test]
async fn what_a_page_leaves_another_delivers() {
    let gone = Page::start_with(r#"{"batch":{"seconds":60}}"#, "{}");
    gone.until("page.heard.some(([event]) => event === 'recorded')").await;
    let kept = "Object.keys(localStorage).filter((key) => /^omneo:\\d+:/.test(key))";
    let versions = ["return ", kept, ".map((key) => JSON.parse(localStorage[key]).version)"].concat();
    assert_eq!(gone.json(&versions).await, "[2]");
    // It goes without a word to the receiver.
    gone.run("page.kept = { ...localStorage, [page.page]: '' }; page.call('stop')").await;
    gone.until(&[kept, ".length === 0"].concat()).await;
    gone.run("Object.assign(localStorage, page.kept)").await;
    let heir = Page::start();
    heir.until("page.heard.filter(([event]) => event === 'delivered').length === 2").await;
    heir.until(&[kept, ".length === 0"].concat()).await;
    assert_eq!(heir.traps(), [""; 0]);
}
