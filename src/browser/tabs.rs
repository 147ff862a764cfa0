//! The site's other pages in this browser: what the visitor answered, and that the customer signed out, holds on all of them at once.

use super::edge::Edge;
use super::events::to_js;
use super::listener::{Listeners, Phase};
use super::{guard, value};
use crate::interaction::Value;
use crate::tracker::Input;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// The way to them: `{told}` is the visitor's answer, a word or an array, or `signed-out`.
#[derive(Default)]
pub(super) struct Tabs {
    channel: Channel,
}

impl Tabs {
    pub(super) fn listen(&self, edge: &Edge) {
        self.channel.open(edge, "omneo", heard);
    }

    pub(super) fn close(&self) {
        self.channel.close();
    }

    pub(super) fn tell_sign_out(&self) {
        self.tell(SIGNED_OUT.into());
    }

    pub(super) fn tell_consent(&self, answer: &Value) {
        self.tell(answer.clone());
    }

    fn tell(&self, told: Value) {
        self.channel.post(&guard::message(&to_js(&told)));
    }
}

const SIGNED_OUT: &str = "signed-out";

fn heard(edge: &Edge, data: &Value) {
    edge.hear_tab(|edge| match data.get("told") {
        Some(told) if told.is(SIGNED_OUT) => edge.tell(Input::SignedOutElsewhere),
        Some(answer) => _ = edge.answer(answer),
        None => {}
    });
    edge.parts().storage.refresh(edge);
}

/// Where pages tell each other; nowhere where storage is blocked, as Firefox then refuses.
#[derive(Default)]
pub(super) struct Channel {
    channel: RefCell<Option<BroadcastChannel>>,
    listeners: RefCell<Option<Listeners>>,
}

impl Channel {
    pub(super) fn open(&self, edge: &Edge, name: &str, heard: fn(&Edge, &Value)) {
        let Ok(channel) = BroadcastChannel::new(name) else { return };
        let listeners = Listeners::new(edge);
        listeners.on(&channel, "message", Phase::Bubble, move |edge, event| {
            let event: MessageEvent = event.unchecked_into();
            heard(edge, &value::read(&event.data()).unwrap_or_default());
        });
        self.listeners.replace(Some(listeners));
        self.channel.replace(Some(channel));
    }

    pub(super) fn post(&self, message: &JsValue) {
        if let Some(channel) = &*self.channel.borrow() {
            _ = channel.post_message(message);
        }
    }

    pub(super) fn close(&self) {
        self.listeners.take();
        if let Some(channel) = self.channel.take() {
            channel.close();
        }
    }
}
