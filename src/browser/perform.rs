//! How what the tracker asks for is carried out.

use super::edge::{Edge, Parts};
use super::host::Host;
use super::{adoption, ending, events, locks, navigation, page, post, products, storage, tabs, token};
use crate::tracker::{Effect, Tracker};

/// Puts a tracker into the page, which has not begun yet.
pub(crate) fn open(tracker: Tracker, host: Box<dyn Host>) -> Edge {
    let edge = Edge::new(tracker, host, perform_all);
    tabs::listen(&edge);
    adoption::listen(&edge);
    edge
}

// The site's listeners are told behind all else, because their calls may ask for the opposite: a withdrawal must not come before the
// end of what it ends.
fn perform_all(edge: &Edge) {
    edge.each_effect(|effect| perform(edge, effect));
    events::emit_all(edge);
    if edge.parts().page.is_over.get() {
        ending::finish_soon(edge);
    }
}

fn perform(edge: &Edge, effect: Effect) {
    let Parts { page, tabs, .. } = edge.parts();
    match effect {
        Effect::Listen => page::listen(edge),
        Effect::Unlisten => page.unlisten(),
        Effect::LookAgain { after_ms } => navigation::look_again(edge, after_ms),
        Effect::FindProduct { address } => find_product(edge, address),
        Effect::Recall => recall(edge),
        Effect::Remember { session } => storage::remember(edge, &session),
        Effect::RememberInTab { clienteling } => storage::remember_in_tab(edge, clienteling.as_ref()),
        Effect::Keep { id, stored } => storage::keep(edge, id, stored),
        Effect::Drop { id } => storage::drop(edge, &id),
        Effect::Forget => storage::forget(edge, tabs.is_heard.get()),
        Effect::AskToken { question } => token::ask(edge, question),
        Effect::Send(request) => post::send(edge, request),
        Effect::Abort => post::abort(edge),
        Effect::Withdraw { url, token } => post::withdraw(edge, &url, &token),
        Effect::TakeTurn => locks::take_turn(edge),
        Effect::Wake { after_ms } => page::wake(edge, after_ms),
        Effect::Emit(event) => events::add(edge, event),
    }
}

// There is one page to look at, and it is the last one.
fn find_product(edge: &Edge, address: Box<str>) {
    if let Some(past) = &mut *edge.parts().past.borrow_mut() {
        past.shown = Some(address);
        return;
    }
    products::find(edge, &address);
}

fn recall(edge: &Edge) {
    storage::recall(edge);
    adoption::adopt(edge);
}
