//! The site's other pages in this browser: what the visitor answered, and that the customer signed out, holds on all of them at once.

use super::edge::Edge;
use super::storage;
use crate::interaction::Value;
use crate::tracker::Input;

/// Begins to hear of them.
pub(super) fn listen(edge: &Edge) {
    edge.parts().tabs.channel.open(edge, "omneo", heard);
}

/// Tells them that the customer signed out.
pub(super) fn tell_sign_out(edge: &Edge) {
    edge.parts().tabs.tell(&SIGNED_OUT.into());
}

fn heard(edge: &Edge, data: &Value) {
    let is_heard = &edge.parts().tabs.is_heard;
    is_heard.set(true);
    match data.get("told") {
        Some(told) if told.is(SIGNED_OUT) => edge.tell(Input::SignedOutElsewhere),
        Some(answer) => _ = edge.answer(answer),
        None => {}
    }
    is_heard.set(false);
    storage::refresh(edge);
}

const SIGNED_OUT: &str = "signed-out";
