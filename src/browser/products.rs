//! The product that a page shows: from its JSON-LD; from other kinds of markup, by a file of its own that is loaded only where there
//! are any; and from attributes, which are the explicit way.

use super::edge::Edge;
use super::listener::Callback;
use super::search::{Page, Search};
use super::timers::{self, Timer};
use super::value::{self, to_js};
use crate::capture::Markup;
use crate::interaction::{Map, Value};
use crate::tracker::{Found, Input};
use js_sys::{Array, Function};
use std::cell::Cell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::MutationObserver;

/// Looks for the product of the page that is shown, in the place of the one before. Where there is no product yet, it is looked for again
/// as the page changes, for a while. Whatever fails is told, and the rest goes on.
pub(super) fn find(edge: &Edge, address: &str) {
    let page = &edge.parts().page;
    page.end_search();
    if page.listeners.borrow().is_some() {
        let search = begin(edge, address);
        page.search.replace(Some(search));
    }
}

// Looks at once. Nothing is awaited unless there is something to wait for.
fn begin(edge: &Edge, address: &str) -> Search {
    let page = Rc::new_cyclic(|page: &Weak<Page>| {
        let [changed, end] = [page, page].map(Weak::clone);
        Page {
            address: address.into(),
            is_over: Cell::new(false),
            changed: Callback::new(edge, move |edge, _, _| changed.upgrade().iter().for_each(|page| page.change(edge))),
            observer: Cell::default(),
            next: Cell::default(),
            end: Cell::new(Some(Timer::new(edge, LATEST_MS, move |_| {
                end.upgrade().iter().for_each(|page| page.end())
            }))),
        }
    });
    page.look(edge);
    Search(page)
}

impl Page {
    fn look(self: &Rc<Page>, edge: &Edge) {
        if let Err(error) = self.try_look(edge) {
            fail(edge, &error);
        }
    }

    fn try_look(self: &Rc<Page>, edge: &Edge) -> Result<(), JsValue> {
        let mut markup = read_markup()?;
        let found = found_in(edge, &markup);
        let is_enough = match &found {
            Found::NotWanted => true,
            Found::Nothing => false,
            Found::Product(product) => product.get("name").is_some(),
        };
        let other = if is_enough { JsValue::UNDEFINED } else { other()? };
        if other.is_undefined() {
            self.settle(edge, found);
            return Ok(());
        }
        let page = self.clone();
        timers::then(edge, &other, move |edge, said| {
            match said {
                Ok(said) => markup.said.extend(said.unchecked_into::<Array>().iter().map(nodes)),
                Err(error) => fail(edge, &error),
            }
            page.settle(edge, found_in(edge, &markup));
        });
        Ok(())
    }

    fn settle(&self, edge: &Edge, found: Found) {
        match found {
            Found::NotWanted => {}
            Found::Nothing => self.observe(),
            Found::Product(found) => self.identify(edge, found),
        }
    }

    // The site's own setting may know Omneo's ids of it.
    fn identify(&self, edge: &Edge, found: Map) {
        let mut product = Map::new();
        product.set("url", self.address.clone());
        found.into_iter().for_each(|(name, value)| product.set(&name, value));
        let identify = edge.host().identify().filter(|_| product.get("productId").is_none());
        let Some(identify) = identify else { return show(edge, product) };
        let answer = identify.call1(&JsValue::UNDEFINED, &to_js(&product.clone().into()));
        let identified = move |edge: &Edge, answer: Result<JsValue, JsValue>| {
            match answer.and_then(|answer| value::read(&answer)) {
                Ok(Value::Map(ids)) => ids.into_iter().for_each(|(name, value)| product.set(&name, value)),
                Ok(_) => {}
                Err(error) => fail(edge, &error),
            }
            show(edge, product);
        };
        match answer {
            Ok(answer) => timers::then(edge, &answer, identified),
            Err(error) => identified(edge, Err(error)),
        }
    }

    fn observe(&self) {
        if !self.is_over.get() {
            self.observer.set(observe(self.changed.function()).ok());
        }
    }

    // What scripts put together comes in bursts. Each is one look, and until that nothing is observed.
    fn change(self: &Rc<Page>, edge: &Edge) {
        self.disconnect();
        let page = self.clone();
        self.next.set(Some(Timer::new(edge, BURST_MS, move |edge| page.look_again(edge))));
    }

    fn look_again(self: &Rc<Page>, edge: &Edge) {
        if !self.is_over.get() {
            self.look(edge);
        }
    }
}

// What was asked may be answered when nobody listens any more.
fn found_in(edge: &Edge, markup: &Markup) -> Found {
    if edge.listeners().is_some() {
        edge.ask(|tracker, context| tracker.product(markup, context))
    } else {
        Found::NotWanted
    }
}

// The number that a site has of its own is for the site's own setting.
fn show(edge: &Edge, product: Map) {
    let mut shown = Map::new();
    product.into_iter().filter(|(name, _)| **name != *"id").for_each(|(name, value)| shown.set(&name, value));
    if edge.listeners().is_some() {
        edge.tell(Input::ProductShown { product: shown });
    }
}

fn fail(edge: &Edge, error: &JsValue) {
    edge.failed("The page's product could not be told.", error);
}

fn read_markup() -> Result<Markup, JsValue> {
    let markup = read()?;
    let page = value::read(&markup.page())?;
    let said = |name: &str| page.get(name).and_then(Value::text).unwrap_or_default().into();
    Ok(Markup {
        said: vec![nodes(markup.json_ld())],
        canonical: said("canonical"),
        kind: said("kind"),
        heading: said("heading"),
        explicit: page.get("explicit").and_then(Value::map).cloned().unwrap_or_default(),
    })
}

// What is nested too deep is left out, and the rest is read.
fn nodes(list: JsValue) -> Vec<Value> {
    list.unchecked_into::<Array>().iter().filter_map(|node| value::read(&node).ok()).collect()
}

#[wasm_bindgen(module = "/src/browser/products.js")]
extern "C" {
    /// What the page says of its products, but for the other kinds of markup.
    type PageMarkup;

    #[wasm_bindgen(catch)]
    fn read() -> Result<PageMarkup, JsValue>;

    /// Of all JSON-LD, what its JSON has.
    #[wasm_bindgen(method, getter, js_name = jsonLd)]
    fn json_ld(this: &PageMarkup) -> JsValue;

    /// What the page says of itself: its address `canonical`, its `kind`, its only `heading` of the first rank, and Omneo's ids in its
    /// attributes, `explicit`.
    #[wasm_bindgen(method, getter)]
    fn page(this: &PageMarkup) -> JsValue;

    /// A promise of the nodes of each other kind of markup; undefined where the page has none.
    #[wasm_bindgen(catch)]
    fn other() -> Result<JsValue, JsValue>;

    /// Calls `changed` when the page has changed.
    #[wasm_bindgen(catch)]
    fn observe(changed: &Function) -> Result<MutationObserver, JsValue>;
}

// What `products.js` loads where a page has such markup. Nobody calls it from here: so the files come along to where an app in Rust is.
#[wasm_bindgen(module = "/js/product-markup.js")]
extern "C" {
    #[wasm_bindgen(js_name = read)]
    fn product_markup();
}

#[wasm_bindgen(module = "/js/product-text.js")]
extern "C" {
    #[wasm_bindgen(js_name = plain)]
    fn plain();
}

#[wasm_bindgen(module = "/js/document.js")]
extern "C" {
    #[wasm_bindgen(js_name = document)]
    fn document();
}

const BURST_MS: i32 = 500;

/// How long after its view a page may still tell its product.
const LATEST_MS: i32 = 10_000;
