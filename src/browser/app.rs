//! The tracker of an app in Rust, which is in the same module.

use super::edge::Edge;
use super::host::Host;
use super::keys::PREFIX;
use super::listener::{Listeners, Phase};
use super::perform::open;
use super::value::to_js;
use super::window::{signals, window};
use super::{calls, context, guard, tabs};
use crate::interaction::{Interaction, Invalid, Value};
use crate::privacy::Consent;
use crate::tracker::{CallName, Error, Event, Explanation, Failed, Input, Listener, Report, Scope, Settings, Tracker};
use js_sys::{Array, Function};
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;
use web_sys::AbortSignal;

/// A tracker and the page around it. It stops when this is dropped.
pub(crate) struct Page {
    edge: Edge,
    flushes: Flushes,
    early: Early,
    _shown: Option<Listeners>,
}

/// What was called before the page was shown; `None` since then. Nobody sees a prerendered page yet, and perhaps nobody ever will.
type Early = Rc<RefCell<Option<Vec<Box<dyn FnOnce(&Edge)>>>>>;

impl Page {
    pub(crate) fn open<F>(
        settings: &Value,
        token: impl Fn() -> F + 'static,
        listeners: Vec<Listener>,
    ) -> Result<Page, Invalid>
    where
        F: Future<Output = Result<Value, String>> + 'static,
    {
        let settings = Settings::read(settings, signals())?;
        let flushes = Flushes::default();
        let app = App {
            page: new_key(),
            entry: Entry::new(),
            follows_forms: settings.capture.forms,
            token: Box::new(move || promise(token())),
            listeners,
            flushes: flushes.clone(),
        };
        let edge = open(Tracker::new(settings), Box::new(app));
        let early: Early = Rc::new(RefCell::new(Some(Vec::new())));
        let _shown = if is_prerendered() {
            Some(start_when_shown(&edge, &early))
        } else {
            start(&edge, &early);
            None
        };
        Ok(Page { edge, flushes, early, _shown })
    }

    pub(crate) fn call(&self, call: CallName, given: Value) -> Result<(), Error> {
        let input = Input::Call { call, given };
        // Whoever stopped it wants nothing more recorded.
        if self.is_over() {
            return Ok(());
        }
        if !self.is_early() {
            return self.edge.try_tell(input);
        }
        self.when_shown(move |edge| tell_early(edge, input));
        Ok(())
    }

    pub(crate) fn explain(&self, given: Value) -> Result<Explanation, Error> {
        if !self.is_over() {
            return self.edge.ask(|tracker, _| tracker.explain(given));
        }
        let record = Interaction::try_from(given).map_err(Error::InvalidCall)?;
        Ok(Explanation::refused(record, "stopped", "The tracker was stopped."))
    }

    pub(crate) fn consent(&self, answer: Value) -> Result<(), Error> {
        if Consent::read(&answer).is_none() {
            return Err(Error::InvalidCall(vec![Invalid::new("consent", Some(&answer), ANSWERS)]));
        }
        if !self.has_ended() {
            self.when_shown(move |edge| _ = calls::consent(edge, &answer));
        } else if answer.is("denied") {
            self.take_back(|edge| _ = calls::consent(edge, &answer));
        }
        Ok(())
    }

    pub(crate) fn sign_out(&self) {
        if self.has_ended() {
            self.take_back(calls::sign_out);
        } else {
            self.when_shown(calls::sign_out);
        }
    }

    pub(crate) fn flush(&self) -> impl Future<Output = Report> + use<> {
        let settled = self.flushes.next();
        if self.has_ended() {
            self.flushes.settle(Report::default());
        } else {
            self.when_shown(calls::flush);
        }
        settled
    }

    pub(crate) fn stop(&self) {
        if !self.is_over() {
            self.early.take();
            calls::stop(&self.edge);
        }
    }

    fn is_over(&self) -> bool {
        self.edge.parts().page.is_over.get()
    }

    fn has_ended(&self) -> bool {
        self.edge.host().ended().aborted()
    }

    // What the visitor takes back is taken back on every page, also where this one records nothing any more.
    fn take_back(&self, act: impl FnOnce(&Edge)) {
        tabs::listen(&self.edge);
        act(&self.edge);
        self.edge.parts().tabs.channel.close();
    }

    fn when_shown(&self, act: impl FnOnce(&Edge) + 'static) {
        if !self.is_early() {
            act(&self.edge);
        } else if let Some(early) = &mut *self.early.borrow_mut() {
            early.push(Box::new(act));
        }
    }

    fn is_early(&self) -> bool {
        self.early.borrow().is_some()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.stop();
    }
}

fn is_prerendered() -> bool {
    guard::of_document("prerendering").is_ok_and(|is_prerendered| is_prerendered.is_truthy())
}

fn start_when_shown(edge: &Edge, early: &Early) -> Listeners {
    let (listeners, early) = (Listeners::new(edge.host()), early.clone());
    if let Some(document) = window().document() {
        listeners.on(edge, &document, "prerenderingchange", Phase::Bubble, move |edge, _| start(edge, &early));
    }
    listeners
}

fn start(edge: &Edge, early: &Early) {
    let Some(calls) = early.take() else { return };
    calls::start(edge, false);
    calls.into_iter().for_each(|call| call(edge));
}

// Whoever made the call has gone on.
fn tell_early(edge: &Edge, input: Input) {
    if let Err(error) = edge.try_tell(input) {
        edge.failed("A call was given what cannot be.", &error.to_string().into());
    }
}

// The key of a page in storage: a number that no other has.
fn new_key() -> String {
    let [_, _, _, _, _, _, _, _, random @ ..] = context::read(Scope::Moment).moment.entropy;
    [PREFIX, &u64::from_le_bytes(random).to_string()].concat()
}

/// What an app gives to its tracker.
struct App {
    page: String,
    entry: Entry,
    follows_forms: bool,
    /// Returns a promise.
    token: Box<dyn Fn() -> JsValue>,
    listeners: Vec<Listener>,
    flushes: Flushes,
}

impl Host for App {
    fn page(&self) -> String {
        self.page.clone()
    }

    fn ended(&self) -> AbortSignal {
        self.entry.ended()
    }

    fn end(&self) {
        self.entry.end();
        self.flushes.settle(Report::default());
    }

    fn guard(&self, run: &Function) -> Function {
        guard::guard(&self.entry, run)
    }

    fn ask_token(&self) -> Result<JsValue, JsValue> {
        Ok((self.token)())
    }

    fn embeds(&self) -> Option<Array> {
        self.follows_forms.then(Array::new)
    }

    fn see(&self) -> JsValue {
        SEE.with(JsValue::clone)
    }

    fn emit(&self, event: &Event) {
        match event {
            Event::Settled(report) => self.flushes.settle(*report),
            _ => self.listeners.iter().for_each(|listener| listener(event)),
        }
    }

    fn failed(&self, reason: &str, error: &JsValue) {
        let why = error.dyn_ref::<js_sys::Error>().map(|error| error.message().into()).or_else(|| error.as_string());
        let reason = [reason, " ", &why.unwrap_or_default()].concat().trim_end().into();
        self.emit(&Event::Failed(Failed { reason, ..Failed::default() }));
    }
}

#[wasm_bindgen(module = "/js/seen.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = see)]
    static SEE: JsValue;
}

fn promise(answer: impl Future<Output = Result<Value, String>> + 'static) -> JsValue {
    let answer = async { answer.await.map(|answer| to_js(&answer)).map_err(JsValue::from) };
    future_to_promise(answer).into()
}

/// How often all that could leave had left, and who waits for the next time.
#[derive(Clone, Default)]
struct Flushes(Rc<RefCell<Settled>>);

#[derive(Default)]
struct Settled {
    times: u32,
    last: Report,
    waiting: Vec<Waker>,
}

impl Flushes {
    fn next(&self) -> impl Future<Output = Report> + use<> {
        let (settled, before) = (self.0.clone(), self.0.borrow().times);
        poll_fn(move |context| {
            let mut settled = settled.borrow_mut();
            if settled.times == before {
                settled.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(settled.last)
        })
    }

    fn settle(&self, report: Report) {
        let mut settled = self.0.borrow_mut();
        settled.times += 1;
        settled.last = report;
        settled.waiting.drain(..).for_each(Waker::wake);
    }
}

#[wasm_bindgen(module = "/src/browser/guard.js")]
extern "C" {
    /// The way in for the page.
    #[wasm_bindgen(js_name = App)]
    type Entry;

    #[wasm_bindgen(constructor, js_class = App)]
    fn new() -> Entry;

    #[wasm_bindgen(method, getter, js_class = App)]
    fn ended(this: &Entry) -> AbortSignal;

    #[wasm_bindgen(method, js_class = App)]
    fn end(this: &Entry);
}

const ANSWERS: &str = "an array of purposes, at most 32768 bytes of JSON in all";
