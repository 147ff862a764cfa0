//! What an answer of the receiver changes.

use super::sending::Lookup;
use super::{Moment, Tracker};
use crate::delivery::{Outcome, Route, is_before_the_work, retry_after_ms};
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
        let lookup = self.sending.lookup.take_if(|lookup| lookup.request == request);
        let is_certain = is_before_the_work(status) && lookup.is_none();
        match (Outcome::of(status), lookup) {
            (Outcome::TokenRefused, _) => {
                self.settle_each(request, &|_| Outcome::Later, status, is_certain);
                self.token_refused(question, moment);
            }
            (Outcome::Delivered, Some(lookup)) if body.field("data").is_some_and(Json::is_array) => {
                self.looked_up(lookup, body, status);
            }
            // A second copy can set off a second reward; whether this would be one, nobody can tell.
            (Outcome::Rejected, Some(_)) => self.give_up_unconfirmed(request, status),
            (outcome, lookup) => {
                let by_record = self.settings.route == Route::Relay && outcome == Outcome::Delivered;
                let outcome = if lookup.is_some() { Outcome::Later } else { outcome };
                let results = if by_record { results_of(body) } else { Vec::new() };
                let own = |entry: &Entry| {
                    let result = results.iter().find(|(id, _)| *id == entry.id);
                    if by_record { result.map_or(Outcome::Later, |(_, outcome)| *outcome) } else { outcome }
                };
                if self.settle_each(request, &own, status, is_certain) {
                    self.pause(retry_after_ms(retry_after, moment.now), moment);
                }
            }
        }
        self.pump(moment);
    }

    // Returns whether any record must wait. Where the answer was certainly given before the work, it need not be looked for.
    fn settle_each(
        &mut self,
        request: u32,
        outcome: &dyn Fn(&Entry) -> Outcome,
        status: u16,
        is_certain: bool,
    ) -> bool {
        let mut waits = false;
        for entry in self.queue.entries_mut().filter(|entry| entry.request == Some(request)) {
            if !matches!(outcome(entry), Outcome::Delivered | Outcome::Rejected) {
                entry.request = None;
                waits = true;
                if is_certain {
                    entry.unconfirmed = None;
                    self.effects.keep(entry);
                }
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

    // A page of the receiver's list of what it has: what is in it has arrived. What is on no page has not.
    fn looked_up(&mut self, lookup: Lookup, list: Json<'_>, status: u16) {
        let request = lookup.request;
        let mut on_page = 0;
        for record in list.field("data").into_iter().flat_map(Json::items) {
            on_page += 1;
            let id = text_of(record.field("meta").and_then(|meta| meta.field("event_id")));
            if let Some(entry) = self.queue.extract(&|entry| entry.request == Some(request) && *entry.id == *id) {
                self.delivered(&entry, status);
            }
        }
        self.sending.succeeded();
        // Some servers give fewer a page than they are asked for, and say how many pages there are, as Laravel does; or only how many came.
        let last_page = list.field("meta").and_then(|meta| meta.field("last_page")?.text_or_number());
        let last_page = last_page.and_then(|text| whole(&text, 9));
        let is_last =
            last_page.map_or(on_page < Lookup::PER_PAGE, |last| on_page == 0 || u64::from(lookup.page) >= last);
        if !is_last && self.queue.entries().any(|entry| entry.request == Some(request)) {
            return self.look_up_next(lookup);
        }
        for entry in self.queue.entries_mut().filter(|entry| entry.request == Some(request)) {
            entry.request = None;
            entry.unconfirmed = None;
            self.effects.keep(entry);
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

const UNCONFIRMED: &str = "It may have arrived, and the receiver does not let the tracker look whether it did.";

fn with_status(mut detail: Object, status: u16, entry: &Entry) -> Box<str> {
    detail.put("status", &digits(u64::from(status)));
    detail.put("record", &entry.body);
    detail.finish()
}
