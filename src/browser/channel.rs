//! Where the pages of a site tell each other.

use super::listener::{Listeners, Owner, Phase};
use super::value;
use crate::interaction::Value;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel under a name; none where storage is blocked, as Firefox then refuses.
#[derive(Default)]
pub(super) struct Channel {
    channel: RefCell<Option<BroadcastChannel>>,
    listeners: RefCell<Option<Listeners>>,
}

impl Channel {
    pub(super) fn open<E: Owner>(&self, edge: &E, name: &str, heard: fn(&E, &Value)) {
        let Ok(channel) = BroadcastChannel::new(name) else { return };
        let listeners = Listeners::new(edge.host());
        listeners.on(edge, &channel, "message", Phase::Bubble, move |edge, event| {
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
