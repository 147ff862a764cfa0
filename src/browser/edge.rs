//! How the parts of the edge reach the tracker, and how what the tracker asks for is carried out.

use super::host::Host;
use super::listener::Listeners;
use crate::capture::Navigation;
use crate::tracker::{Context, Error, Input, Tracker};
use js_sys::{Array, Function};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// One tracker and the page around it; cheap to clone.
///
/// What a page's code does within anything that is called here may lead back here: an input is handled at once, and what it asks
/// for is carried out after what is under way.
#[derive(Clone)]
pub(crate) struct Edge(Rc<Inner>);

struct Inner {
    host: Host,
}

impl Edge {
    /// Tells the tracker what happened, and carries out what it asks for, unless that is under way: then it comes in its turn.
    pub(crate) fn tell(&self, input: Input) {
        _ = self.try_tell(input);
    }

    /// As [`Edge::tell`].
    ///
    /// # Errors
    /// What was wrong with a call.
    pub(crate) fn try_tell(&self, input: Input) -> Result<(), Error> {
        todo!()
    }

    /// What the tracker says; `None` where it is done, and gone. Nothing that can run a page's code belongs in `ask`.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Tracker, &Context) -> T) -> Option<T> {
        todo!()
    }

    /// Tells the site's listeners of `failed`; `error` is what was thrown.
    pub(crate) fn failed(&self, reason: &str, error: &JsValue) {
        todo!()
    }

    /// Looks whether another page is shown than the last time.
    pub(crate) fn look(&self, navigation: Navigation) {
        todo!()
    }

    /// What listens to the page, while anything does.
    pub(crate) fn listeners(&self) -> Option<Rc<Listeners>> {
        todo!()
    }

    /// The site's own setting `product`: a function that returns Omneo's ids of a product, or a promise of them.
    pub(crate) fn identify(&self) -> Option<Function> {
        self.0.host.identify()
    }

    /// The adapters of embedded forms, each a function `(submitted, signal)`; `None` where no form is to be followed.
    pub(crate) fn embeds(&self) -> Option<Array> {
        self.0.host.embeds()
    }

    /// What stands around the module in JavaScript.
    pub(crate) fn host(&self) -> &Host {
        &self.0.host
    }
}
