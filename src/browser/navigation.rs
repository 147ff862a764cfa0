//! Looks whether another page is shown than the last time.

use super::edge::Edge;
use super::guard::is_without_room;
use super::timers::Timer;
use crate::capture::Navigation;
use crate::tracker::Input;

/// Looks now; perhaps its title is still to come.
pub(crate) fn look(edge: &Edge, navigation: Navigation) {
    let page = &edge.parts().page;
    if page.listeners.borrow().is_some() {
        page.looking.take();
        let navigation = if is_without_room().is_ok_and(|is_so| is_so) { Navigation::Unseen } else { navigation };
        edge.tell(Input::Navigated { navigation });
    }
}

/// Looks once more, a little later.
pub(super) fn look_again(edge: &Edge, after_ms: u32) {
    let timer = Timer::new(edge, after_ms as i32, |edge| look(edge, Navigation::Again));
    edge.parts().page.looking.replace(Some(timer));
}
