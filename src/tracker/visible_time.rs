//! A page view that is held until it can tell how long its page was looked at.
//!
//! It is kept at once, like any record, and again with the time so far whenever the page is hidden: a page that dies then
//! leaves that to whoever adopts its records. It leaves with the next page view, when the page is left, by `flush` and `stop`.

use super::{Moment, Tracker, storage};
use crate::privacy::{Consent, Kind};

impl Tracker {
    /// The page is visible: as the tracker begins to listen, and whenever it is again.
    pub(super) fn visible(&mut self, moment: Moment) {
        self.seen_again(moment);
        self.visible_time.show(moment.now);
    }

    /// The page is hidden and may never be seen again, but is not left yet: as [`Tracker::leaving`], but that the view of the
    /// page is still held.
    pub(super) fn hidden(&mut self, moment: Moment) {
        self.conclude_unseen(moment);
        self.note_visible_time(true, moment);
        self.visible_time.hide(moment.now);
        self.hurry(moment);
    }

    /// Another page is shown: the view of the one before may leave. Returns whether its own is to be held.
    pub(super) fn start_page(&mut self, moment: Moment) -> bool {
        if self.settings.capture.durations {
            self.note_visible_time(false, moment);
            self.visible_time.begin(moment.now);
            self.pump(moment);
        }
        self.settings.capture.durations
    }

    /// Writes into the view that is held how long its page was looked at until now, and whether it is held any longer.
    pub(super) fn note_visible_time(&mut self, is_held: bool, moment: Moment) {
        let Some(view) = self.queue.entries_mut().find(|entry| entry.is_held && entry.kind == Kind::PageView) else {
            return;
        };
        let seconds = self.visible_time.seconds(moment.now);
        view.change(|record| record.duration = Some(seconds as f64));
        view.is_held = is_held;
        if self.consent == Consent::Granted {
            self.effects.push(storage::keep(view));
        }
    }
}
