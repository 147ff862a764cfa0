//! What an answer of the receiver changes.

use super::sending::Lookup;
use super::storage::keep;
use super::{Answer, Delivered, Event, Failed, Moment, Tracker};
use crate::delivery::{Outcome, Route, is_before_the_work, retry_after_ms};
use crate::interaction::Value;
use crate::privacy::EVENT_ID;
use crate::queue::Entry;

impl Tracker {
    /// The receiver answered that request.
    pub(super) fn answered(&mut self, request: u32, answer: &Answer, moment: Moment) {
        let Some(question) = self.sending.take(request) else { return };
        let &Answer { status, ref retry_after, ref body } = answer;
        let lookup = self.sending.lookup.take_if(|lookup| lookup.request == request);
        let is_certain = is_before_the_work(status) && lookup.is_none();
        match (Outcome::of(status), lookup) {
            (Outcome::TokenRefused, _) => {
                self.settle_each(request, &|_| status, is_certain);
                self.token_refused(question, moment);
            }
            (Outcome::Delivered, Some(lookup)) if matches!(body.get("data"), Some(Value::List(_))) => {
                self.looked_up(lookup, body, status);
            }
            // A second copy can set off a second reward; whether this would be one, nobody can tell.
            (Outcome::Rejected, Some(_)) => self.give_up_unconfirmed(request, status),
            (Outcome::Rejected, None) if status == TOO_LARGE && self.halve(request) => {}
            (outcome, lookup) => {
                let by_record = self.settings.route == Route::Relay && outcome == Outcome::Delivered;
                let status = if lookup.is_some() { NO_ANSWER } else { status };
                let own = |entry: &Entry| if by_record { status_of(entry, body) } else { status };
                if self.settle_each(request, &own, is_certain) {
                    self.pause(retry_after_ms(retry_after, moment.now), moment);
                }
            }
        }
        self.pump(moment);
    }

    // Each record by its own status. Returns whether any must wait. Where the answer was certainly given before the work, it need not
    // be looked for.
    fn settle_each(&mut self, request: u32, status_of: &dyn Fn(&Entry) -> u16, is_certain: bool) -> bool {
        let mut waits = false;
        for entry in self.queue.entries_mut().filter(|entry| entry.request == Some(request)) {
            if !matches!(Outcome::of(status_of(entry)), Outcome::Delivered | Outcome::Rejected) {
                entry.request = None;
                waits = true;
                if is_certain {
                    entry.unconfirmed = None;
                    self.effects.push(keep(entry));
                }
            }
        }
        while let Some(entry) = self.queue.extract(&|entry| entry.request == Some(request)) {
            let status = status_of(&entry);
            if Outcome::of(status) == Outcome::Delivered {
                self.delivered(&entry, status);
            } else {
                self.drop_kept(&entry);
                self.fail(&entry, "rejected", if status == TOO_LARGE { LARGE } else { REJECTED }, status);
            }
        }
        waits
    }

    // A page of the receiver's list of what it has: what is in it has arrived. What is on no page has not.
    fn looked_up(&mut self, lookup: Lookup, list: &Value, status: u16) {
        let request = lookup.request;
        let on_page = list.get("data").map_or(&[][..], Value::items);
        for record in on_page {
            let id = record.get("meta").and_then(|meta| meta.get(EVENT_ID)?.text()).unwrap_or_default();
            if let Some(entry) = self.queue.extract(&|entry| entry.request == Some(request) && *entry.id == *id) {
                self.delivered(&entry, status);
            }
        }
        self.sending.succeeded();
        // Some servers give fewer a page than they are asked for, and say how many pages there are, as Laravel does; or only how many came.
        let last_page = list.get("meta").and_then(|meta| meta.get("last_page")?.number());
        let is_last = last_page
            .map_or(on_page.len() < Lookup::PER_PAGE, |last| on_page.is_empty() || f64::from(lookup.page) >= last);
        if !is_last && self.queue.entries().any(|entry| entry.request == Some(request)) {
            return self.look_up_next(lookup);
        }
        for entry in self.queue.entries_mut().filter(|entry| entry.request == Some(request)) {
            entry.request = None;
            entry.unconfirmed = None;
            self.effects.push(keep(entry));
        }
    }

    pub(super) fn give_up_unconfirmed(&mut self, request: u32, status: u16) {
        while let Some(entry) = self.queue.extract(&|entry| entry.request == Some(request)) {
            self.drop_kept(&entry);
            self.fail(&entry, "unconfirmed", UNCONFIRMED, status);
        }
    }

    fn delivered(&mut self, entry: &Entry, status: u16) {
        self.sending.succeeded();
        self.totals.delivered += 1;
        self.drop_kept(entry);
        self.emit(Event::Delivered(Delivered { status, record: entry.record().clone() }));
    }

    /// Gives a record up. Status 0 stands for no answer.
    pub(super) fn fail(&mut self, entry: &Entry, rule: &'static str, reason: &str, status: u16) {
        self.totals.failed += 1;
        self.emit(Event::Failed(Failed {
            rule: Some(rule),
            reason: reason.into(),
            status: Some(status),
            record: Some(entry.record().clone()),
        }));
    }
}

// Of a relay's `[{event_id, status, errors?}]`, no more than a batch may have; what it leaves out is sent again.
fn status_of(entry: &Entry, results: &Value) -> u16 {
    let results = results.items().iter().take(MOST_RESULTS);
    let mut own = results.filter(|result| result.get(EVENT_ID).is_some_and(|id| id.is(&entry.id)));
    let status = own.next().and_then(|result| result.get("status")?.number());
    status.filter(|status| (0.0..1_000.0).contains(status)).map_or(NO_ANSWER, |status| status as u16)
}

const MOST_RESULTS: usize = 100;

/// Stands for no answer at all.
const NO_ANSWER: u16 = 0;
/// 413 (RFC 9110, section 15.5.14).
const TOO_LARGE: u16 = 413;

const REJECTED: &str = "The receiver will not accept this record.";
const LARGE: &str = "The receiver takes no request as large as this record alone.";
const UNCONFIRMED: &str = "It may have arrived, and the receiver does not let the tracker look whether it did.";
