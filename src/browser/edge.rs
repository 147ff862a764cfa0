//! How the parts of the edge reach the tracker, and how what the tracker asks for is carried out.

use super::events::{self, Events};
use super::host::Host;
use super::listener::{Listeners, Pending};
use super::page::{self, Page};
use super::past::Past;
use super::post::{self, Post};
use super::storage::Storage;
use super::tabs::Tabs;
use super::{context, locks, token, value};
use crate::capture::Navigation;
use crate::interaction::Value;
use crate::privacy::Consent;
use crate::tracker::{CallName, Context, Effect, Error, Handled, Input, Scope, Tracker};
use js_sys::{Array, Function};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// One tracker and the page around it; cheap to clone.
///
/// What a page's code does within anything that is called here may lead back here: an input is handled at once, and what it asks
/// for is carried out after what is under way.
#[derive(Clone)]
pub(crate) struct Edge(Rc<Parts>);

pub(super) struct Parts {
    host: Box<dyn Host>,
    tracker: RefCell<Tracker>,
    effects: RefCell<VecDeque<Effect>>,
    is_busy: Cell<bool>,
    /// Whether what happens now has happened on another page of the site.
    is_heard: Cell<bool>,
    /// While what was noted before the tracker was there is told.
    past: RefCell<Option<Past>>,
    pub(super) events: Events,
    pub(super) page: Page,
    pub(super) pending: Pending,
    pub(super) post: Post,
    pub(super) storage: Storage,
    pub(super) tabs: Tabs,
}

impl Edge {
    pub(crate) fn new(tracker: Tracker, host: Box<dyn Host>) -> Edge {
        let parts = Parts {
            tracker: RefCell::new(tracker),
            effects: RefCell::default(),
            is_busy: Cell::default(),
            is_heard: Cell::default(),
            past: RefCell::default(),
            events: Events::default(),
            page: Page::default(),
            pending: Pending::default(),
            post: Post::default(),
            storage: Storage::new(&*host),
            tabs: Tabs::default(),
            host,
        };
        let edge = Edge(Rc::new(parts));
        edge.0.tabs.listen(&edge);
        edge.0.storage.adoption.listen(&edge);
        edge
    }

    /// Tells the tracker what happened, and carries out what it asks for, unless that is under way: then it comes in its turn.
    pub(crate) fn tell(&self, input: Input) {
        _ = self.try_tell(input);
    }

    /// As [`Edge::tell`].
    ///
    /// # Errors
    /// What was wrong with a call.
    pub(crate) fn try_tell(&self, input: Input) -> Result<(), Error> {
        self.follow_consent();
        let context = self.context(input.scope());
        self.remember(&input);
        let Handled { effects, result } = self.0.tracker.borrow_mut().handle(input, &context);
        self.0.effects.borrow_mut().extend(effects);
        if !self.0.is_busy.get() {
            self.perform_all();
        }
        result
    }

    /// What the tracker says. Nothing that can run a page's code belongs in `ask`.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Tracker, &Context) -> T) -> T {
        let context = self.context(Scope::Page);
        ask(&self.0.tracker.borrow(), &context)
    }

    /// Tells the site's listeners of `failed`; `error` is what was thrown.
    pub(crate) fn failed(&self, reason: &str, error: &JsValue) {
        self.0.host.failed(reason, error);
    }

    /// Looks whether another page is shown than the last time; perhaps its title is still to come.
    pub(crate) fn look(&self, navigation: Navigation) {
        page::look(self, navigation);
    }

    /// What listens to the page, while anything does.
    pub(crate) fn listeners(&self) -> Option<Rc<Listeners>> {
        self.0.page.listeners()
    }

    /// The site's own setting `product`: a function that returns Omneo's ids of a product, or a promise of them.
    pub(crate) fn identify(&self) -> Option<Function> {
        self.0.host.identify()
    }

    /// The adapters of embedded forms, each a function `(submitted, signal)`; `None` where no form is to be followed.
    pub(crate) fn embeds(&self) -> Option<Array> {
        self.0.host.embeds()
    }

    /// The page begins. `is_signed_out`: the customer signed out, as whoever was there before knew.
    pub(crate) fn start(&self, is_signed_out: bool) {
        self.0.storage.leave_for_previous(self);
        if is_signed_out {
            self.tell(Input::SignOut);
        }
        self.tell(Input::Start);
    }

    /// What is told from here on happened then and there, until [`Edge::catch_up`].
    pub(crate) fn go_back_to(&self, ms: f64, address: &str, title: &str) {
        self.0.past.borrow_mut().get_or_insert_default().go_to(context::instant(ms), address, title);
    }

    /// What is told from here on happens now.
    pub(crate) fn catch_up(&self) {
        let Some(past) = self.0.past.take() else { return };
        if let Some(address) = past.shown {
            page::find_product(self, &address);
        }
        self.look(Navigation::Other);
    }

    /// A form was submitted before the tracker was there.
    pub(crate) fn tell_submission(&self, form: &str, name: &str) {
        let submission = self.0.past.borrow_mut().get_or_insert_default().submission(form, name);
        self.tell(Input::Submitted { submission });
    }

    pub(super) fn is_in_past(&self) -> bool {
        self.0.past.borrow().is_some()
    }

    /// What the visitor answered, by a call, holds on every page of the site at once. Whether it is an answer.
    pub(crate) fn consent(&self, answer: &Value) -> bool {
        let is_answer = self.answer(answer);
        if is_answer && !answer.is("unknown") {
            self.0.tabs.tell_consent(answer);
        }
        is_answer
    }

    /// So does it that the customer signed out.
    pub(crate) fn sign_out(&self) {
        self.tell(Input::SignOut);
        self.0.tabs.tell_sign_out();
    }

    /// Sends what waits.
    pub(crate) fn flush(&self) {
        post::stay(self);
        self.look(Navigation::Leave);
        self.tell(Input::Flush);
    }

    /// The site told somebody else of an event.
    #[cfg(feature = "module")]
    pub(crate) fn hear(&self, event: Box<str>, given: Option<Value>) {
        if self.listeners().is_some() {
            self.tell(Input::Emitted { event, given });
        }
    }

    /// Stops; what is under way goes on, and then all is freed.
    pub(crate) fn stop(&self) {
        page::stop(self);
    }

    /// Whoever holds the tracker.
    pub(crate) fn host(&self) -> &dyn Host {
        &*self.0.host
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0
    }

    /// Takes in what happened on another page of the site.
    pub(super) fn hear_tab(&self, take: impl FnOnce(&Edge)) {
        self.0.is_heard.set(true);
        take(self);
        self.0.is_heard.set(false);
    }

    /// Ends what it still has: whoever comes may have what is kept.
    pub(super) fn end(&self) {
        self.0.storage.end(self);
        self.0.tabs.close();
        self.0.host.end();
        self.0.pending.end();
    }

    /// Takes in what the visitor answered on the consent platform, which may tell of a change or not.
    pub(crate) fn follow_consent(&self) {
        let answer = self.0.host.consent().unwrap_or(JsValue::UNDEFINED);
        if answer.is_undefined() {
            return;
        }
        let answer = value::read(&answer).unwrap_or_default();
        self.0.tabs.tell_consent(&answer);
        self.answer(&answer);
    }

    /// The visitor answered. Whether it is an answer.
    pub(crate) fn answer(&self, answer: &Value) -> bool {
        let Some((consent, purposes)) = Consent::read(answer) else { return false };
        self.0.host.remember_answer(answer);
        self.tell(Input::Consent { consent, purposes });
        true
    }

    // In the order they were asked for, also where one leads to more; then the site's listeners are told, whose calls may ask for
    // the opposite: a withdrawal must not come before the end of what it ends.
    fn perform_all(&self) {
        self.0.is_busy.set(true);
        while let Some(effect) = self.next_effect() {
            self.perform(effect);
        }
        self.0.is_busy.set(false);
        events::emit_all(self);
        if self.0.page.is_over() {
            page::finish_soon(self);
        }
    }

    // For the instance that comes in the place of one that traps.
    fn remember(&self, input: &Input) {
        match input {
            Input::SignOut | Input::SignedOutElsewhere => self.0.host.remember_signed_out(true),
            Input::Call { call: CallName::Login, .. } => self.0.host.remember_signed_out(false),
            _ => {}
        }
    }

    fn context(&self, scope: Scope) -> Context {
        let context = context::read(scope);
        self.0.past.borrow().as_ref().map_or_else(|| context.clone(), |past| past.context(&context))
    }

    // There is one page to look at, and it is the last one.
    fn find_product(&self, address: Box<str>) {
        if let Some(past) = &mut *self.0.past.borrow_mut() {
            past.shown = Some(address);
            return;
        }
        page::find_product(self, &address);
    }

    fn next_effect(&self) -> Option<Effect> {
        self.0.effects.borrow_mut().pop_front()
    }

    fn perform(&self, effect: Effect) {
        let Parts { events, page, post, storage, .. } = self.parts();
        match effect {
            Effect::Listen => page::listen(self),
            Effect::Unlisten => page.unlisten(),
            Effect::LookAgain { after_ms } => page::look_again(self, after_ms),
            Effect::FindProduct { address } => self.find_product(address),
            Effect::Recall => storage.recall(self),
            Effect::Remember { session } => storage.remember(self, &session),
            Effect::RememberInTab { clienteling } => storage.remember_in_tab(self, clienteling.as_ref()),
            Effect::Keep { id, stored } => storage.keep(self, id, stored),
            Effect::Drop { id } => storage.drop(self, &id),
            Effect::Forget => storage.forget(self, self.0.is_heard.get()),
            Effect::AskToken { question } => token::ask(self, question),
            Effect::Send(request) => post.send(self, request),
            Effect::Abort => post.abort(),
            Effect::TakeTurn => locks::take_turn(self),
            Effect::Wake { after_ms } => page::wake(self, after_ms),
            Effect::Emit(event) => events.add(self, event),
        }
    }
}
