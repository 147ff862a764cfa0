//! Who is signed in: the site's own source of tokens is asked.

use super::edge::Edge;
use super::timers::{self, Timer};
use super::{ending, value};
use crate::delivery::token_in;
use crate::interaction::Value;
use crate::tracker::{Input, TokenAnswer};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Asks, and tells the tracker what came of it, once.
pub(super) fn ask(edge: &Edge, question: u32) {
    edge.parts().page.begin_wait();
    let patience: Rc<RefCell<Option<Timer>>> = Rc::default();
    let late = patience.clone();
    *patience.borrow_mut() = Some(Timer::new(edge, PATIENCE_MS, move |edge| {
        tell(edge, question, &late, || TokenAnswer::Failed { error: "no answer in time".into() });
    }));
    match edge.host().ask_token() {
        Ok(answer) => timers::then(edge, &answer, move |edge, answer| tell(edge, question, &patience, || read(answer))),
        Err(error) => tell(edge, question, &patience, || failed(&error)),
    }
}

fn tell(edge: &Edge, question: u32, patience: &RefCell<Option<Timer>>, answer: impl FnOnce() -> TokenAnswer) {
    if patience.take().is_some() {
        edge.tell(Input::Token { question, answer: answer() });
        ending::end_wait(edge);
    }
}

fn read(answer: Result<JsValue, JsValue>) -> TokenAnswer {
    match answer.and_then(|answer| value::read(&answer)) {
        Ok(answer) => TokenAnswer::Answered { claims: token_in(&answer).map(claims).unwrap_or_default(), answer },
        Err(error) => failed(&error),
    }
}

fn failed(error: &JsValue) -> TokenAnswer {
    TokenAnswer::Failed { error: error.as_string().unwrap_or_else(|| "its answer has none".into()).into() }
}

// The claims of a JSON Web Token (RFC 7519), in base64url. Each byte becomes one character, which is right for ASCII: the claims looked
// at are.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap_or_default().replace('-', "+").replace('_', "/");
    from_base64(&payload).map(|claims| value::parse(&claims)).unwrap_or_default()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = atob)]
    fn from_base64(text: &str) -> Result<JsValue, JsValue>;
}

/// How long a token source may take.
const PATIENCE_MS: i32 = 30_000;
