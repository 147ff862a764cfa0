//! What an answer of the receiver changes.

use super::{Moment, Tracker};
use crate::delivery::{Outcome, Route, retry_after_ms};
use crate::json::{Json, Object, digits, whole};
use crate::queue::Entry;
use crate::text::text_of;

impl Tracker {
    /// The receiver answered that request with a status, 0 for none, perhaps a `Retry-After`, and a body that may be no JSON.
    pub fn answered(&mut self, request: &str, status: &str, retry_after: &str, body: &str, moment: Moment) {
        let request = whole(request, 9).unwrap_or(0) as u32;
        let Some(question) = self.sending.take(request) else { return };
        let status = status_of(status);
        let body = Json::parse(body).unwrap_or(Json::view("null"));
        let is_checked = self.sending.check.take_if(|check| *check == request).is_some();
        match Outcome::of(status) {
            Outcome::TokenRefused => {
                self.settle_each(request, &|_| Outcome::Later, status);
                self.token_refused(question, moment);
            }
            Outcome::Delivered if is_checked => self.checked(body, status),
            // Whoever may not look must send again: better a second copy than none.
            Outcome::Rejected if is_checked => self.trust_nothing(),
            outcome => {
                let by_record = self.settings.route == Route::Relay && outcome == Outcome::Delivered;
                let results = if by_record { results_of(body) } else { Vec::new() };
                let own = |entry: &Entry| {
                    let result = results.iter().find(|(id, _)| *id == entry.id);
                    if by_record { result.map_or(Outcome::Later, |(_, outcome)| *outcome) } else { outcome }
                };
                let waits = self.settle_each(request, &own, status) || is_checked;
                if waits {
                    self.pause(retry_after_ms(retry_after, moment.now), moment);
                }
            }
        }
        self.pump(moment);
    }

    // Answers whether any record must be sent again.
    fn settle_each(&mut self, request: u32, outcome: &dyn Fn(&Entry) -> Outcome, status: u16) -> bool {
        let mut waits = false;
        for entry in self.queue.entries_mut().filter(|entry| entry.request == Some(request)) {
            if !matches!(outcome(entry), Outcome::Delivered | Outcome::Rejected) {
                entry.request = None;
                entry.is_doubtful |= may_have_arrived(status);
                waits = true;
            }
        }
        while let Some(entry) = self.queue.extract(&|entry| entry.request == Some(request)) {
            if outcome(&entry) == Outcome::Delivered {
                self.delivered(&entry, status);
            } else {
                self.drop_kept(&entry);
                self.fail(&entry, "rejected", "The receiver will not accept this record.", status);
            }
        }
        waits
    }

    // The receiver's list of what it has: what is in it has arrived, what is not has not.
    fn checked(&mut self, list: Json<'_>, status: u16) {
        for record in list.field("data").into_iter().flat_map(Json::items) {
            let id = text_of(record.field("meta").and_then(|meta| meta.field("event_id")));
            if let Some(entry) = self.queue.extract(&|entry| entry.is_doubtful && *entry.id == *id) {
                self.delivered(&entry, status);
            }
        }
        self.trust_nothing();
    }

    fn trust_nothing(&mut self) {
        self.queue.entries_mut().for_each(|entry| entry.is_doubtful = false);
    }

    fn delivered(&mut self, entry: &Entry, status: u16) {
        self.sending.succeeded();
        self.totals.delivered += 1;
        self.drop_kept(entry);
        self.emit("delivered", &with_status(Object::new(), status, entry));
    }

    /// Gives a record up. Status 0 stands for no answer.
    pub(super) fn fail(&mut self, entry: &Entry, rule: &str, reason: &str, status: u16) {
        self.totals.failed += 1;
        let mut failed = Object::new();
        failed.put_text("rule", rule);
        failed.put_text("reason", reason);
        self.emit("failed", &with_status(failed, status, entry));
    }
}

// Of a relay's `[{event_id, status, errors?}]`, no more than a batch may have; what it leaves out is sent again.
fn results_of(results: Json<'_>) -> Vec<(Box<str>, Outcome)> {
    let result = |result: Json<'_>| {
        let status = result.field("status").and_then(Json::text_or_number).unwrap_or_default();
        (text_of(result.field("event_id")), Outcome::of(status_of(&status)))
    };
    results.items().take(MOST_RESULTS).map(result).collect()
}

const MOST_RESULTS: usize = 100;

fn status_of(text: &str) -> u16 {
    whole(text, 3).unwrap_or(0) as u16
}

// These three are answered before anything is written.
fn may_have_arrived(status: u16) -> bool {
    !matches!(status, 401 | 425 | 429 | 503)
}

fn with_status(mut detail: Object, status: u16, entry: &Entry) -> Box<str> {
    detail.put("status", &digits(u64::from(status)));
    detail.put("record", &entry.body);
    detail.finish()
}
