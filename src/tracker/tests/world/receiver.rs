//! The token source, the requests under way, and a receiver that keeps every copy.

use super::browser::LATE_MS;
use super::*;

/// A request that has not arrived by then never does: [`UNDER_WAY_MS`] is a bound of that and of the time before it begins.
pub(super) const LIFE_MS: i64 = UNDER_WAY_MS - LATE_MS;

/// Who is there, as the token source says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    Customer(Customer),
    Nobody,
    /// It fails.
    NoAnswer,
}

impl From<Who> for TokenAnswer {
    fn from(who: Who) -> TokenAnswer {
        match who {
            Who::Customer(customer) => {
                let name = NAMES[customer];
                let claims = Map::from_iter([("pid", Value::from(profile_of(name)))]);
                TokenAnswer::Answered { answer: name.into(), claims: claims.into() }
            }
            Who::Nobody => TokenAnswer::Answered { answer: Value::Null, claims: Value::Null },
            Who::NoAnswer => TokenAnswer::Failed { error: "503".into() },
        }
    }
}

/// A request that was begun.
pub(super) struct Sent {
    pub(super) page: usize,
    number: u32,
    pub(super) customer: Customer,
    pub(super) ids: Vec<Box<str>>,
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
    reply: Option<Answer>,
}

/// What the receiver does with what arrives: its status, and whether it has written it.
pub(super) type Fate = (u16, bool);

impl World {
    /// Who is signed in by now is what the token source says.
    pub(super) fn serve(&mut self, at: usize, fails: bool) {
        let answer = match self.signed_in {
            _ if fails || self.is_offline => Who::NoAnswer,
            Some(customer) => Who::Customer(customer),
            None => Who::Nobody,
        };
        if let Some(question) = self.pages[at].questions.iter_mut().find(|question| question.answer.is_none()) {
            question.answer = Some(answer);
        }
    }

    pub(super) fn send(&mut self, page: usize, request: &Request, is_leaving: bool) {
        let customer = NAMES.iter().position(|name| **name == *request.token.0).expect("a customer's token");
        let began = self.tick();
        self.requests.push(Sent {
            page,
            number: request.number,
            customer,
            ids: ids(&request.body),
            bytes: bytes(&request.body),
            keepalive: is_leaving && request.may_outlive_page,
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
        let request = &mut self.requests[which];
        if self.is_offline || request.has_arrived {
            return;
        }
        request.has_arrived = true;
        let (customer, mut ids) = (request.customer, request.ids.clone());
        self.arrives(which);
        // A relay drops second copies, and takes a batch up to its limit.
        let is_relay = self.settings.route == Route::Relay;
        if is_relay && status == UP_TO_LIMIT {
            ids.truncate(ids.len().div_ceil(2));
        }
        for id in ids.iter().filter(|_| is_written) {
            if !is_relay || !self.promises.has(id) {
                self.writes(id, customer);
            }
        }
        let body = match (ids.is_empty(), status) {
            (true, 200..=299) => self.list(customer),
            (false, 200..=299) => {
                let results = ids.iter().map(|id| format!(r#"{{"event_id":"{id}","status":{status}}}"#));
                json(&format!("[{}]", results.collect::<Vec<_>>().join(",")))
            }
            _ => Value::Null,
        };
        self.requests[which].reply = Some(Answer { status, body, ..Answer::default() });
    }

    fn list(&self, customer: Customer) -> Value {
        let has = self.promises.of(customer).map(|id| format!(r#"{{"meta":{{"event_id":"{id}"}}}}"#));
        json(&format!(r#"{{"data":[{}]}}"#, has.collect::<Vec<_>>().join(",")))
    }

    /// The page hears the answer; or that there is none, and then the request may still be on its way.
    pub(super) fn reply(&mut self, which: usize) {
        let Sent { page, number, has_ended, .. } = self.requests[which];
        if has_ended || self.pages[page].life != Life::Shown {
            return;
        }
        let answer = self.requests[which].reply.take().unwrap_or_default();
        (self.requests[which].has_ended, self.requests[which].is_answered) = (true, true);
        self.tell(page, Input::Answered { request: number, answer });
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

    pub(super) fn of(&self, page: usize) -> Vec<usize> {
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
fn ids(body: &Body) -> Vec<Box<str>> {
    let id = |record: &Interaction| event_id(record).expect("every record has one").into();
    match body {
        Body::None => Vec::new(),
        Body::One(record) => vec![id(record)],
        Body::Batch(batch) => batch.iter().map(|batched| id(&batched.record)).collect(),
    }
}

/// How many bytes travel.
fn bytes(body: &Body) -> usize {
    let text = match body {
        Body::None => return 0,
        Body::One(record) => serde_json::to_string(record),
        Body::Batch(records) => serde_json::to_string(records),
    };
    text.unwrap().len()
}

/// What a relay answers that leaves out half of a batch.
pub(super) const UP_TO_LIMIT: u16 = 200;
const PATIENCE_MS: i64 = 30_000;
