//! The tracker of an app in Rust, in a real browser.
#![cfg(target_arch = "wasm32")]

use js_sys::eval;
use omneo_interactions::app::{Capture, Consent, Event, Map, Options, ProductView, Report, Tracker, Value};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// {"alg":"HS256"} . {"pid":"97e9c263-0f79-4e73-b734-bb19fb453d5d"}
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQifQ.c2ln";

/// What listeners heard: the name of each event.
type Heard = Rc<RefCell<Vec<&'static str>>>;

/// A tracker that sees nothing by itself, on a page whose receiver takes all, and what it tells.
fn start() -> (Tracker, Heard) {
    run("localStorage.clear(); window.fetch = async () => new Response('{}', { status: 201 })");
    let heard = Heard::default();
    let told = heard.clone();
    let tracker = options().on(move |event: &Event| told.borrow_mut().push(event.name())).start(token);
    (tracker.expect("a tracker"), heard)
}

fn options() -> Options {
    let nothing = Capture { page_views: false, product_views: false, forms: false, logins: false, durations: false };
    Options::tenant("acme").consent(Consent::Granted).capture(nothing)
}

async fn token() -> Result<Value, String> {
    Ok(Map::from_iter([("token", TOKEN.into())]).into())
}

fn dress() -> ProductView {
    ProductView::new().product_id(1001).name("Linen wrap dress")
}

fn run(script: &str) -> JsValue {
    eval(script).expect(script)
}

/// How much of the tracker's is in storage.
fn kept() -> Option<f64> {
    run("Object.keys(localStorage).filter((key) => key.startsWith('omneo:')).length").as_f64()
}

#[wasm_bindgen_test]
async fn what_is_recorded_is_delivered_and_told() {
    let (tracker, heard) = start();
    tracker.product_view(dress()).expect("a view");
    let report = tracker.flush().await;
    assert_eq!(report, Report { delivered: 1, ..Report::default() });
    assert_eq!(*heard.borrow(), ["recorded", "delivered"]);
}

#[wasm_bindgen_test]
async fn a_mistake_is_returned_where_it_is_made() {
    let (tracker, heard) = start();
    let error = tracker.product_view(ProductView::new().product_id(0)).expect_err("no product has that id");
    assert_eq!(error.to_string(), "`productId` is 0; accepted: a whole number from 1 to 9007199254740991");
    assert_eq!(tracker.record(Map::new()).expect_err("no record").code(), "invalid-interaction");
    assert!(heard.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn what_a_token_source_returns_no_token_for_waits() {
    let tracker = options().start(async || Err::<Value, _>("offline")).expect("a tracker");
    tracker.product_view(dress()).expect("a view");
    assert_eq!(tracker.flush().await, Report { kept: 1, ..Report::default() });
    tracker.sign_out();
    // But when that was.
    assert_eq!(run("Object.keys(localStorage).join()"), "omneo:session");
}

#[wasm_bindgen_test]
async fn a_listener_may_call_and_drop_the_tracker() {
    run("localStorage.clear()");
    let tracker: Rc<RefCell<Option<Tracker>>> = Rc::default();
    let own = tracker.clone();
    let started = options().on(move |_| {
        let tracker = own.take();
        if let Some(tracker) = tracker {
            tracker.product_view(dress().name("Another")).expect("a view");
        }
    });
    *tracker.borrow_mut() = started.start(token).ok();
    let clone = tracker.borrow().clone().expect("a tracker");
    clone.product_view(dress()).expect("a view");
    assert!(tracker.borrow().is_none());
    assert_eq!(clone.flush().await.delivered, 2);
}

#[wasm_bindgen_test]
async fn where_it_has_stopped_nothing_is_recorded_and_all_is_taken_back() {
    let (tracker, heard) = start();
    tracker.stop();
    tracker.flush().await;
    run("localStorage.setItem('omneo:session', '{}')");
    tracker.product_view(dress()).expect("no mistake");
    tracker.consent(Consent::Granted);
    let record =
        [("action", "visit"), ("channel", "website"), ("signal", "1"), ("name", "Tried on"), ("namespace", "shop")];
    let record: Map = record.into_iter().map(|(name, text)| (name, text.into())).collect();
    assert_eq!(&*tracker.explain(record).expect("a record").rule, "stopped");
    assert_eq!(tracker.flush().await, Report::default());
    assert!(heard.borrow().is_empty());
    assert_eq!(kept(), Some(1.0));
    tracker.consent(Consent::Denied);
    assert_eq!(kept(), Some(0.0));
}

#[wasm_bindgen_test]
async fn a_prerendered_page_records_once_it_is_shown() {
    run(
        "Object.defineProperty(Document.prototype, 'prerendering', { get: () => !window.isShown, configurable: true })",
    );
    let (tracker, heard) = start();
    tracker.product_view(dress()).expect("a view");
    tracker.product_view(ProductView::new().product_id(0)).expect("nothing is looked at yet");
    let flushed = tracker.flush();
    assert!(heard.borrow().is_empty());
    assert_eq!(kept(), Some(0.0));
    run("window.isShown = true; document.dispatchEvent(new Event('prerenderingchange'))");
    assert_eq!(flushed.await.delivered, 1);
    assert_eq!(*heard.borrow(), ["recorded", "failed", "delivered"]);
    run("delete Document.prototype.prerendering");
}
