//! What leaves: requests to the receiver, and their answers.

use super::edge::Edge;
use super::timers::{self, Timer};
use super::{context, guard, json, stages, storage, value};
use crate::tracker::{Answer, Body, Input, Request, Secret};
use gloo_net::http::{Headers, Request as Built, RequestBuilder, Response};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, Event, RequestMode};

/// To begin a request takes the browser longer than all that comes before it, and neither whoever recorded something nor what the
/// visitor is to see for a click should wait for that.
pub(super) fn send(edge: &Edge, request: Request) {
    let waiting = &edge.parts().post.waiting;
    waiting.borrow_mut().push((context::now().0, request));
    if waiting.borrow().len() == 1 {
        timers::after_frame(edge, begin);
    }
}

pub(super) fn abort(edge: &Edge) {
    let post = &edge.parts().post;
    post.waiting.borrow_mut().clear();
    post.under_way.borrow_mut().clear();
    let abort = post.abort.borrow_mut().take();
    if let Some(abort) = abort {
        abort.abort();
    }
}

/// At once, as the page may be left for good with the visitor's answer, and not to be aborted by anything: the only request that leaves
/// after a withdrawal. Nobody waits for what comes of it.
pub(super) fn withdraw(edge: &Edge, url: &str, token: &Secret) {
    let headers = Headers::new();
    headers.set("Authorization", &bearer(token));
    let Ok(never) = AbortController::new() else { return };
    let built = Built::delete(url).mode(RequestMode::Cors).headers(headers).build();
    let sent = built.map(|built| guard::send(&built.into(), &JsValue::UNDEFINED, true, &never.signal(), PATIENCE_MS));
    if let Ok(Ok(response)) = sent {
        timers::then(edge, &response, |_, _| {});
    }
}

/// Firefox never settles the promises of what was under way as the page went into the back/forward cache.
pub(super) fn give_up(edge: &Edge) {
    let under_way = edge.parts().post.under_way.borrow().clone();
    under_way.into_iter().for_each(|number| answered(edge, number, Answer::default()));
}

/// The page is left, and `hide` tells so. What waits leaves with `keepalive`, and only now: no browser but Firefox lets such a
/// request be aborted. What is under way without it goes with the page; where the page rests in the back/forward cache, Chromium
/// would go on with it, and a withdrawal on the next page would not stop it.
pub(super) fn leave(edge: &Edge, hide: impl FnOnce(&Edge)) {
    let post = &edge.parts().post;
    let under_way = post.abort.borrow_mut().take();
    post.is_leaving.set(true);
    hide(edge);
    begin(edge);
    post.is_leaving.set(false);
    if let Some(under_way) = under_way {
        under_way.abort();
    }
}

/// A link was followed, or a form is sent by the browser: what has not begun goes with `keepalive` as the page is left, since what
/// began right before would be cancelled. Where the page stays, it begins all the same.
pub(super) fn expect_to_leave(edge: &Edge, event: &Event) {
    if !event.default_prevented() {
        let timer = Timer::new(edge, LEAVES_MS, stay);
        edge.parts().post.leaves.replace(Some(timer));
    }
}

/// The page is not left after all.
pub(super) fn stay(edge: &Edge) {
    edge.parts().post.leaves.take();
    begin(edge);
}

// Whoever is here now, and whatever another page has taken over: what must not leave any more does not. Nor does what was asked
// for before the device slept: the time that it may be under way has begun. 425 says that it never was (RFC 8470).
fn begin(edge: &Edge) {
    let post = &edge.parts().post;
    if post.leaves.borrow().is_some() && !post.is_leaving.get() {
        return;
    }
    if !post.waiting.borrow().is_empty() {
        storage::refresh(edge);
        storage::write(edge);
    }
    for (asked, request) in post.waiting.take() {
        if context::now().0 - asked < LATE_MS {
            begin_one(edge, &request);
        } else {
            edge.tell(Input::Answered { request: request.number, answer: Answer { status: 425, ..Answer::default() } });
        }
    }
}

// A relay also takes compressed bodies, which a page that is about to go has no time to make.
fn begin_one(edge: &Edge, request: &Request) {
    let post = &edge.parts().post;
    let is_leaving = post.is_leaving.get();
    post.under_way.borrow_mut().push(request.number);
    stages::sent(edge, request);
    let body = body(&request.body);
    let abort = abort_for(edge);
    let ready = Ready {
        number: request.number,
        builder: builder(request),
        keepalive: is_leaving && request.may_outlive_page,
        abort,
    };
    let is_large = body.as_ref().is_some_and(|text| text.len() > LARGE);
    let body = body.map_or(JsValue::UNDEFINED, JsValue::from);
    if request.may_compress && is_large && !is_leaving {
        compress(edge, &body, ready)
    } else {
        fetch(edge, ready, &body)
    }
}

// What aborts the requests that begin now.
fn abort_for(edge: &Edge) -> AbortController {
    let abort = &edge.parts().post.abort;
    abort.borrow_mut().get_or_insert_with(|| guard::period(&edge.host().ended())).clone()
}

/// A request, but for its body.
struct Ready {
    number: u32,
    builder: RequestBuilder,
    keepalive: bool,
    abort: AbortController,
}

// These are the only headers that Omneo's CORS answer allows. The mode is said because all objects of the page may inherit another.
fn builder(request: &Request) -> RequestBuilder {
    let headers = Headers::new();
    headers.set("Authorization", &bearer(&request.token));
    headers.set("Content-Type", "application/json");
    let builder = if request.body == Body::None { Built::get(&request.url) } else { Built::post(&request.url) };
    builder.mode(RequestMode::Cors).headers(headers)
}

fn bearer(token: &Secret) -> String {
    ["Bearer ", &token.0].concat()
}

fn body(body: &Body) -> Option<String> {
    match body {
        Body::None => None,
        Body::One(record) => Some(json::text(record)),
        Body::Batch(batch) => Some(json::text(batch)),
    }
}

fn compress(edge: &Edge, body: &JsValue, ready: Ready) {
    let compressed = guard::gzip(body).unwrap_or_else(|error| error);
    timers::then(edge, &compressed, move |edge, compressed| match compressed {
        Ok(body) => fetch(edge, Ready { builder: ready.builder.header("Content-Encoding", "gzip"), ..ready }, &body),
        Err(_) => answered(edge, ready.number, Answer::default()),
    });
}

fn fetch(edge: &Edge, ready: Ready, body: &JsValue) {
    let Ready { number, builder, keepalive, abort } = ready;
    let signal = abort.signal();
    let response = match builder.abort_signal(Some(&signal)).body(body) {
        Ok(built) => guard::send(&built.into(), body, keepalive, &signal, PATIENCE_MS),
        Err(_) => Err(JsValue::UNDEFINED),
    };
    match response {
        Ok(response) => timers::then(edge, &response, move |edge, response| read(edge, number, response)),
        Err(_) => answered(edge, number, Answer::default()),
    }
}

fn read(edge: &Edge, number: u32, response: Result<JsValue, JsValue>) {
    let Ok(response) = response else { return answered(edge, number, Answer::default()) };
    let response = Response::from(response.unchecked_into::<web_sys::Response>());
    let status = response.status();
    let retry_after = response.headers().get("Retry-After").unwrap_or_default().into();
    let Ok(text) = web_sys::Response::from(response).text() else { return answered(edge, number, Answer::default()) };
    timers::then(edge, &text, move |edge, text| {
        let body = text.map(|text| value::parse(&text)).unwrap_or_default();
        answered(edge, number, Answer { status, retry_after, body });
    });
}

// No answer at all: the tracker keeps the record and says when to try again.
fn answered(edge: &Edge, number: u32, answer: Answer) {
    let under_way = &edge.parts().post.under_way;
    let place = under_way.borrow().iter().position(|one| *one == number);
    if let Some(place) = place {
        under_way.borrow_mut().swap_remove(place);
        stages::answered(edge, number, answer.status);
        edge.tell(Input::Answered { request: number, answer });
    }
}

/// How long a page may take to be left.
const LEAVES_MS: i32 = 2_000;
const LATE_MS: i64 = 5_000;
/// How long a receiver may take.
const PATIENCE_MS: u32 = 30_000;
/// From how many bytes on a body is compressed.
const LARGE: usize = 1_024;
