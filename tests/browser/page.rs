//! A page with a tracker on it.

use js_sys::{JSON, Promise};
use omneo_interactions::api::{Handle, Script};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

/// A page with a tracker on it, which is stopped in the end.
pub struct Page(TestPage);

impl Page {
    /// A page whose tracker has started: a customer is signed in, and whatever is sent is created.
    pub fn start() -> Page {
        Page::start_with("{}", "{}")
    }

    /// A page whose tracker has started, with these settings more, as JSON, and what its site has of its own, as a script.
    pub fn start_with(more: &str, site: &str) -> Page {
        let page = TestPage::new(site);
        page.set_words(include_str!("../../src/privacy/field-words.txt"));
        page.set_see(&READ_FIELDS.with(JsValue::clone));
        let host: Script = page.clone().unchecked_into();
        page.set_handle(&Handle::new(&settings(more), host).expect("a tracker").into());
        page.call("start", &JsValue::FALSE);
        Page(page)
    }

    /// Runs a script, in which the page is `page`, and waits for what it returns.
    pub async fn run(&self, script: &str) -> JsValue {
        JsFuture::from(self.0.run(script)).await.expect(script)
    }

    /// Waits until the expression is true.
    pub async fn until(&self, expression: &str) {
        JsFuture::from(self.0.until(expression)).await.expect(expression);
    }

    /// What the script returns, as JSON.
    pub async fn json(&self, script: &str) -> String {
        let value = self.run(script).await;
        JSON::stringify(&value).map(String::from).unwrap_or_default()
    }

    /// The names of the records that were accepted.
    pub async fn recorded(&self) -> String {
        self.json("return page.heard.filter(([event]) => event === 'recorded').map(([, { record }]) => record.name)")
            .await
    }

    /// What left the module by a throw.
    pub fn traps(&self) -> Vec<String> {
        self.0.traps()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.0.close();
    }
}

// What `js/kept-fields.js` has.
#[wasm_bindgen(module = "/js/seen.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = see)]
    static READ_FIELDS: JsValue;
}

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[derive(Clone)]
    type TestPage;

    #[wasm_bindgen(constructor)]
    fn new(site: &str) -> TestPage;

    fn settings(json: &str) -> JsValue;

    #[wasm_bindgen(method, setter)]
    fn set_handle(this: &TestPage, handle: &JsValue);

    #[wasm_bindgen(method, setter)]
    fn set_words(this: &TestPage, words: &str);

    #[wasm_bindgen(method, setter)]
    fn set_see(this: &TestPage, see: &JsValue);

    #[wasm_bindgen(method)]
    fn close(this: &TestPage);

    #[wasm_bindgen(method)]
    fn call(this: &TestPage, name: &str, given: &JsValue);

    #[wasm_bindgen(method)]
    fn run(this: &TestPage, script: &str) -> Promise;

    #[wasm_bindgen(method)]
    fn until(this: &TestPage, expression: &str) -> Promise;

    #[wasm_bindgen(method, getter)]
    fn traps(this: &TestPage) -> Vec<String>;
}
