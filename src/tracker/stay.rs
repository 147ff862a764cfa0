//! A page view that is held until it can tell how long its page was looked at.
//!
//! It is kept at once, like any record, and again with the time so far whenever the page is hidden: a page that dies then
//! leaves that to whoever adopts its records. It leaves with the next page view, when the page is left, by `flush` and `stop`.

use super::{Moment, Tracker};
use crate::interaction::Interaction;
use crate::json::digits;
use crate::privacy::Consent;

impl Tracker {
    /// The page is visible: as the tracker begins to listen, and whenever it is again.
    pub fn visible(&mut self, moment: Moment) {
        self.seen_again(moment);
        self.stay.show(moment.now);
    }

    /// The page is hidden and may never be seen again, but is not left yet: as [`Tracker::leaving`], but that the view of the
    /// page is still held.
    pub fn hidden(&mut self, moment: Moment) {
        self.note_stay(true, moment);
        self.stay.hide(moment.now);
        self.hurry(moment);
    }

    /// Another page is shown: the view of the one before may leave. Answers whether its own is to be held.
    pub(super) fn turn_page(&mut self, moment: Moment) -> bool {
        if self.settings.capture.durations {
            self.note_stay(false, moment);
            self.stay.begin(moment.now);
            self.pump(moment);
        }
        self.settings.capture.durations
    }

    /// Writes into the view that is held how long its page was looked at until now, and whether it is held any longer.
    pub(super) fn note_stay(&mut self, is_held: bool, moment: Moment) {
        let Some(view) = self.queue.entries_mut().find(|entry| entry.is_held) else { return };
        let seconds = digits(self.stay.seconds(moment.now));
        view.body = Interaction::of_ours(&view.body).with("duration", seconds).to_json();
        view.is_held = is_held;
        if self.consent == Consent::Granted {
            self.effects.keep(view);
        }
    }
}
