//! Tells what happened before the tracker was there, see `past`.

use super::edge::Edge;
use super::{context, navigation, products};
use crate::capture::Navigation;
use crate::tracker::Input;

/// What is told from here on happened then and there, until [`catch_up`].
pub(crate) fn go_back_to(edge: &Edge, ms: f64, address: &str, title: &str) {
    edge.parts().past.borrow_mut().get_or_insert_default().go_to(context::instant(ms), address, title);
}

/// What is told from here on happens now.
pub(crate) fn catch_up(edge: &Edge) {
    let Some(past) = edge.parts().past.take() else { return };
    if let Some(address) = past.shown {
        products::find(edge, &address);
    }
    navigation::look(edge, Navigation::Other);
}

/// A form was submitted before the tracker was there.
pub(crate) fn tell_submission(edge: &Edge, form: &str, name: &str) {
    let submission = edge.parts().past.borrow_mut().get_or_insert_default().submission(form, name);
    edge.tell(Input::Submitted { submission });
}
