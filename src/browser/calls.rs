//! What whoever holds a tracker calls.

use super::edge::Edge;
use super::{navigation, post, storage, tabs};
use crate::capture::Navigation;
use crate::interaction::Value;
use crate::tracker::Input;

/// The page begins. `is_signed_out`: the customer signed out, as whoever was there before knew.
pub(crate) fn start(edge: &Edge, is_signed_out: bool) {
    storage::leave_for_previous(edge);
    if is_signed_out {
        edge.tell(Input::SignOut);
    }
    edge.tell(Input::Start);
}

/// What the visitor answered, by a call, holds on every page of the site at once. Whether it is an answer.
pub(crate) fn consent(edge: &Edge, answer: &Value) -> bool {
    let is_answer = edge.answer(answer);
    if is_answer && !answer.is("unknown") {
        edge.parts().tabs.tell(answer);
    }
    is_answer
}

/// So does it that the customer signed out.
pub(crate) fn sign_out(edge: &Edge) {
    edge.tell(Input::SignOut);
    tabs::tell_sign_out(edge);
}

/// Sends what waits.
pub(crate) fn flush(edge: &Edge) {
    post::stay(edge);
    navigation::look(edge, Navigation::Leave);
    edge.tell(Input::Flush);
}

/// The site told somebody else of an event.
#[cfg(feature = "module")]
pub(crate) fn hear(edge: &Edge, event: Box<str>, given: Option<Value>) {
    if edge.listeners().is_some() {
        edge.tell(Input::Emitted { event, given });
    }
}

/// Stops, and frees all that it has once nothing is under way any more. What is still kept then is whoever's comes.
pub(crate) fn stop(edge: &Edge) {
    let page = &edge.parts().page;
    navigation::look(edge, Navigation::Leave);
    page.unlisten();
    page.is_over.set(true);
    edge.tell(Input::Leaving);
}
