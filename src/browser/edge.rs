//! How the parts of the edge reach the tracker, and each what it remembers.

use super::host::Host;
use super::listener::{Listeners, Owner, Pending};
use super::past::Past;
use super::state::{Events, Page, Post, Storage, Tabs};
use super::{context, value};
use crate::interaction::Value;
use crate::privacy::Consent;
use crate::tracker::{CallName, Context, Effect, Error, Handled, Input, Scope, Tracker};
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
    /// Carries out all effects; given, since whatever does so knows the edge.
    perform: fn(&Edge),
    /// While what was noted before the tracker was there is told.
    pub(super) past: RefCell<Option<Past>>,
    pub(super) events: Events,
    pub(super) page: Page,
    pub(super) pending: Pending,
    pub(super) post: Post,
    pub(super) storage: Storage,
    pub(super) tabs: Tabs,
}

impl Edge {
    pub(super) fn new(tracker: Tracker, host: Box<dyn Host>, perform: fn(&Edge)) -> Edge {
        Edge(Rc::new(Parts {
            tracker: RefCell::new(tracker),
            effects: RefCell::default(),
            is_busy: Cell::default(),
            perform,
            past: RefCell::default(),
            events: Events::default(),
            page: Page::default(),
            pending: Pending::default(),
            post: Post::default(),
            storage: Storage::new(&*host),
            tabs: Tabs::default(),
            host,
        }))
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
            (self.0.perform)(self);
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

    /// What listens to the page, while anything does.
    pub(crate) fn listeners(&self) -> Option<Rc<Listeners>> {
        self.0.page.listeners.borrow().clone()
    }

    /// Whoever holds the tracker.
    pub(crate) fn host(&self) -> &dyn Host {
        &*self.0.host
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0
    }

    /// Carries out what the tracker asked for, in that order, also where one leads to more.
    pub(super) fn each_effect(&self, perform: impl Fn(Effect)) {
        self.0.is_busy.set(true);
        while let Some(effect) = self.next_effect() {
            perform(effect);
        }
        self.0.is_busy.set(false);
    }

    /// Takes in what the visitor answered on the consent platform, which may tell of a change or not.
    pub(crate) fn follow_consent(&self) {
        let answer = self.0.host.consent().unwrap_or(JsValue::UNDEFINED);
        if answer.is_undefined() {
            return;
        }
        let answer = value::read(&answer).unwrap_or_default();
        self.0.tabs.tell(&answer);
        self.answer(&answer);
    }

    /// The visitor answered. Whether it is an answer.
    pub(crate) fn answer(&self, answer: &Value) -> bool {
        let Some((consent, purposes)) = Consent::read(answer) else { return false };
        self.0.host.remember_answer(answer);
        self.tell(Input::Consent { consent, purposes });
        true
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

    fn next_effect(&self) -> Option<Effect> {
        self.0.effects.borrow_mut().pop_front()
    }
}

impl Owner for Edge {
    fn host(&self) -> &dyn Host {
        Edge::host(self)
    }

    fn pending(&self) -> &Pending {
        &self.0.pending
    }
}
