//! The token source, the requests under way, and a receiver that keeps every copy.

use super::browser::Life;
use super::*;

/// A request that has not arrived by then never does: less than [`UNDER_WAY_MS`], as that is a bound.
pub(super) const LIFE_MS: i64 = UNDER_WAY_MS - 1;

/// What the token source says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Token(Customer),
    Nobody,
    None,
}

/// A request that was begun.
pub(super) struct Request {
    pub(super) page: usize,
    number: u32,
    pub(super) customer: Customer,
    pub(super) ids: Vec<String>,
    bytes: usize,
    /// Whether its page was being left.
    pub(super) keepalive: bool,
    begun: i64,
    pub(super) began: u32,
    /// Whether its page waits for it no more, and whether that is because it had an answer, or the word that there is none.
    has_ended: bool,
    pub(super) is_answered: bool,
    has_arrived: bool,
    /// What the receiver said and is on its way back.
    reply: Option<(u16, String)>,
}

/// What the receiver does with what arrives: its status, and whether it has written it.
pub(super) type Fate = (u16, bool);

impl World {
    /// Who is signed in by now is what the token source says.
    pub(super) fn serve(&mut self, at: usize, fails: bool) {
        let answer = match self.signed_in {
            _ if fails || self.is_offline => Answer::None,
            Some(customer) => Answer::Token(customer),
            None => Answer::Nobody,
        };
        if let Some(question) = self.pages[at].questions.iter_mut().find(|question| question.answer.is_none()) {
            question.answer = Some(answer);
        }
    }

    pub(super) fn send(&mut self, page: usize, request: super::Request, is_leaving: bool) {
        let customer = self.tokens.iter().position(|token| *token == request.token).expect("a customer's token");
        let began = self.tick();
        self.requests.push(Request {
            page,
            number: request.number,
            customer,
            ids: ids(&request.body),
            bytes: request.body.len(),
            keepalive: is_leaving && request.keepalive,
            begun: self.now,
            began,
            has_ended: false,
            is_answered: false,
            has_arrived: false,
            reply: None,
        });
        let own = |request: &&Sent| request.page == page && request.keepalive && request.begun == self.now;
        let bytes = self.requests.iter().filter(own).map(|request| request.bytes).sum();
        self.begins(self.requests.len() - 1, bytes);
        if self.is_offline {
            self.lose(self.requests.len() - 1);
        }
    }

    /// What that page has under way is aborted: a request with `keepalive` may arrive all the same.
    pub(super) fn abort(&mut self, page: usize) {
        self.cancel(page);
        self.requests.iter_mut().filter(|request| request.page == page).for_each(|request| request.has_ended = true);
    }

    /// What the page began without `keepalive`, and still waits for, never arrives.
    pub(super) fn cancel(&mut self, page: usize) {
        let is_cancelled = |request: &Sent| request.page == page && !request.has_ended && !request.keepalive;
        self.requests.iter_mut().filter(|request| is_cancelled(request)).for_each(|request| request.has_arrived = true);
    }

    /// A request reaches the receiver, which answers.
    pub(super) fn arrive(&mut self, which: usize, (status, is_written): Fate) {
        if self.is_offline {
            return;
        }
        let request = &mut self.requests[which];
        request.has_arrived = true;
        let (customer, ids) = (request.customer, request.ids.clone());
        self.arrives(which);
        // A relay drops second copies.
        for id in ids.iter().filter(|_| is_written) {
            if !self.is_relay || !self.promises.has(id) {
                self.writes(id, customer);
            }
        }
        let body = match (self.requests[which].bytes == 0, status) {
            (true, 200..=299) => self.list(customer),
            (false, 200..=299) => {
                let results: Vec<String> =
                    ids.iter().map(|id| format!(r#"{{"event_id":"{id}","status":{status}}}"#)).collect();
                format!("[{}]", results.join(","))
            }
            _ => String::new(),
        };
        self.requests[which].reply = Some((status, body));
    }

    fn list(&self, customer: Customer) -> String {
        let has: Vec<String> =
            self.promises.of(customer).map(|id| format!(r#"{{"meta":{{"event_id":"{id}"}}}}"#)).collect();
        format!(r#"{{"data":[{}]}}"#, has.join(","))
    }

    /// The page hears the answer; or that there is none, and then the request may still be on its way.
    pub(super) fn reply(&mut self, which: usize) {
        let Sent { page, number, has_ended, .. } = self.requests[which];
        if has_ended || self.pages[page].life != Life::Shown {
            return;
        }
        let (status, body) = self.requests[which].reply.take().unwrap_or_default();
        (self.requests[which].has_ended, self.requests[which].is_answered) = (true, true);
        self.tell(page, |tracker, moment| {
            tracker.answered(&number.to_string(), &status.to_string(), "", &body, moment);
        });
    }

    /// It never arrives, and the page hears of it.
    pub(super) fn lose(&mut self, which: usize) {
        self.requests[which].has_arrived = true;
        self.requests[which].reply = None;
        self.reply(which);
    }

    /// The page came back and waits for nothing of before.
    pub(super) fn answer_all(&mut self, page: usize) {
        for which in self.of(page) {
            self.requests[which].reply = None;
            self.reply(which);
        }
    }

    fn of(&self, page: usize) -> Vec<usize> {
        let own = |request: &Sent| request.page == page && !request.has_ended;
        (0..self.requests.len()).filter(|which| own(&self.requests[*which])).collect()
    }

    /// Those that may still arrive.
    pub(super) fn on_their_way(&self) -> Vec<usize> {
        (0..self.requests.len()).filter(|which| !self.requests[*which].has_arrived).collect()
    }

    /// Those whose page still waits for an answer.
    pub(super) fn unanswered(&self) -> Vec<usize> {
        let waits = |request: &Sent| !request.has_ended && self.pages[request.page].life == Life::Shown;
        (0..self.requests.len()).filter(|which| waits(&self.requests[*which])).collect()
    }

    /// Time has passed: a page waits for half a minute, and nothing is under way for longer than its bound.
    pub(super) fn expire(&mut self) {
        for which in self.unanswered() {
            if self.now - self.requests[which].begun >= PATIENCE_MS {
                self.requests[which].reply = None;
                self.reply(which);
            }
        }
        for request in self.requests.iter_mut().filter(|request| self.now - request.begun > LIFE_MS) {
            request.has_arrived = true;
        }
    }
}

/// The `event_id` of a record, or of each of a batch.
fn ids(body: &str) -> Vec<String> {
    let json = Json::view(body);
    let records: Vec<Json<'_>> = if json.is_array() { json.items().collect() } else { vec![json] };
    let id = |record: Json<'_>| record.field("meta")?.field("event_id")?.text().map(String::from);
    records.into_iter().filter_map(id).collect()
}

const PATIENCE_MS: i64 = 30_000;
