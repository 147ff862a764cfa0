//! From an accepted record to a delivered one.

use super::{Effect, Moment, Tracker};
use crate::capture::Session;
use crate::delivery::{Backoff, KEEPALIVE_BYTES, Outcome, PARALLEL, Token, retry_after_ms};
use crate::interaction::Instant;
use crate::json::{Json, Object, digits, whole};
use crate::privacy::Consent;
use crate::queue::Entry;

/// What the tracker knows of the way out.
#[derive(Debug, Default)]
pub(super) struct Sending {
    access: Access,
    /// The profile of the last token, until somebody else signs in.
    profile: Option<String>,
    /// Told by the site that the customer just signed in, so the next token is no news.
    told_of_login: bool,
    /// Names the token question whose answer counts; an answer to an earlier one is too late.
    question: u32,
    /// Which token each request under way carries, by the question that brought it.
    under_way: Vec<(String, u32)>,
    /// Refusals of tokens in a row.
    refusals: u32,
    backoff: Backoff,
    /// No request before that time.
    pause: Option<Instant>,
    /// A batch is on its way: everything that waits goes, without waiting for the next to be due.
    draining: bool,
}

#[derive(Debug, Default)]
enum Access {
    #[default]
    Unasked,
    Asked,
    Open(Token),
    SignedOut,
}

impl Sending {
    pub(super) fn is_signed_out(&self) -> bool {
        matches!(self.access, Access::SignedOut)
    }

    pub(super) fn profile(&self) -> Option<String> {
        self.profile.clone()
    }

    /// Somebody signed in: whatever token there was may be another customer's.
    pub(super) fn log_in(&mut self) {
        self.access = Access::Unasked;
        self.profile = None;
        self.told_of_login = true;
        self.pause = None;
    }

    pub(super) fn sign_out(&mut self) {
        self.access = Access::SignedOut;
        self.profile = None;
    }

    /// Whatever is under way will not be answered.
    pub(super) fn stop(&mut self) {
        self.under_way.clear();
        self.draining = false;
        self.pause = None;
        if matches!(self.access, Access::Asked) {
            self.access = Access::Unasked;
        }
    }
}

impl Tracker {
    /// Sends what waits now, and asks for [`Effect::Settled`] once that is done or cannot be.
    pub fn flush(&mut self, moment: Moment) {
        self.sending.draining = true;
        self.pump(moment);
    }

    /// The page is about to go: what waits leaves now, even while it would pause. What a page that closes cannot wait for is
    /// a token; the requests that leave outlive the page as long as their bodies fit [`KEEPALIVE_BYTES`].
    pub fn leaving(&mut self, moment: Moment) {
        self.sending.pause = None;
        self.flush(moment);
    }

    /// The time of [`Effect::Wake`] has come.
    pub fn woke(&mut self, moment: Moment) {
        self.pump(moment);
    }

    /// The network is back: no reason to pause any longer.
    pub fn online(&mut self, moment: Moment) {
        self.sending.pause = None;
        self.pump(moment);
    }

    /// What the token source answered to that question, as JSON; `None` where it failed.
    pub fn token(&mut self, question: &str, answer: Option<Json<'_>>, moment: Moment) {
        if question != digits(self.sending.question.into()) || !matches!(self.sending.access, Access::Asked) {
            return;
        }
        match answer.map(Token::read) {
            Some(Ok(Some(token))) => self.open(token, moment),
            Some(Ok(None)) => self.nobody_is_signed_in(),
            Some(Err(_)) | None => {
                self.sending.access = Access::Unasked;
                self.pause(None, moment);
                self.emit(
                    "failed",
                    r#"{"reason":"The token source gave no token; it will be asked again."}"#.to_owned(),
                );
            }
        }
        self.pump(moment);
    }

    /// The receiver answered the request of that record with a status, 0 for none, and perhaps a `Retry-After`.
    pub fn answered(&mut self, id: &str, status: &str, retry_after: &str, moment: Moment) {
        let Some(at) = self.sending.under_way.iter().position(|(under_way, _)| under_way == id) else { return };
        let (_, question) = self.sending.under_way.swap_remove(at);
        let status = whole(status, 3).unwrap_or(0) as u16;
        match Outcome::of(status) {
            Outcome::Delivered => self.delivered(id, status),
            Outcome::TokenRefused => self.token_refused(id, question, moment),
            Outcome::Rejected => {
                if let Some(entry) = self.queue.confirm(id) {
                    self.fail(&entry, "The receiver will not accept this record.", status);
                }
            }
            Outcome::Later => {
                self.queue.release(id);
                self.pause(retry_after_ms(retry_after, moment.now), moment);
            }
        }
        self.pump(moment);
    }

    /// Sends what is due, or arranges for it to be sent.
    pub(super) fn pump(&mut self, moment: Moment) {
        if self.consent != Consent::Granted {
            return self.settle();
        }
        if self.queue.waiting().next().is_none() {
            if self.queue.is_empty() {
                self.settle();
            }
            return;
        }
        if let Some(until) = self.sending.pause {
            if moment.now < until {
                self.effects.push(Effect::Wake(until.0 - moment.now.0));
                return self.settle();
            }
            // What was due before the pause is due after it.
            self.sending.pause = None;
            self.sending.draining = true;
        }
        match &self.sending.access {
            Access::Open(token) if token.is_good(moment.now) => self.send(moment),
            Access::Asked => {}
            Access::SignedOut => self.settle(),
            Access::Open(_) | Access::Unasked => self.ask(),
        }
    }

    /// Answers whoever called `flush`, once no more can leave for now.
    pub(super) fn settle(&mut self) {
        if self.sending.under_way.is_empty() && self.sending.draining {
            self.sending.draining = false;
            self.effects.push(Effect::Settled);
        }
    }

    /// Status 0 stands for no answer.
    pub(super) fn fail(&mut self, entry: &Entry, reason: &str, status: u16) {
        self.totals.failed += 1;
        let mut failed = Object::new();
        failed.put_text("reason", reason);
        self.emit("failed", with_status(failed, status, entry));
    }

    fn ask(&mut self) {
        self.sending.access = Access::Asked;
        self.sending.question += 1;
        self.effects.push(Effect::AskToken(self.sending.question));
    }

    fn send(&mut self, moment: Moment) {
        match self.settings.batch.due_in(&self.queue, moment.now) {
            Some(wait) if wait > 0 && !self.sending.draining => return self.effects.push(Effect::Wake(wait)),
            _ => self.sending.draining = true,
        }
        let Access::Open(token) = &self.sending.access else { return };
        let mut free = KEEPALIVE_BYTES.saturating_sub(self.queue.bytes_on_their_way());
        while self.sending.under_way.len() < PARALLEL {
            let Some(entry) = self.queue.lease(free) else { return };
            free -= entry.body.len();
            self.sending.under_way.push((entry.id.clone(), self.sending.question));
            self.effects.push(Effect::Post {
                id: entry.id.clone(),
                url: self.settings.url.clone(),
                token: token.text.clone(),
                body: entry.body.clone(),
            });
        }
    }

    fn open(&mut self, token: Token, moment: Moment) {
        let profile = token.profile.clone();
        self.queue.entries_mut().for_each(|entry| {
            entry.is_foreign = profile.is_some() && entry.profile.is_some() && entry.profile != profile
        });
        self.refuse_entries("another-customer", "Another customer signed in before it left.", |entry| entry.is_foreign);
        self.queue.entries_mut().for_each(|entry| entry.profile.clone_from(&profile));
        self.sending.profile = profile;
        self.sending.access = Access::Open(token.trusted_from(moment.now));
        self.note_session(moment);
    }

    fn note_session(&mut self, moment: Moment) {
        let profile = self.sending.profile().unwrap_or_default();
        let told = core::mem::take(&mut self.sending.told_of_login);
        let is_new = self.session.as_ref().is_none_or(|session| session.is_over(&profile, moment.now));
        let session = Session { profile, seen: moment.now };
        self.effects.push(Effect::Remember(session.to_text()));
        self.session = Some(session);
        if is_new && !told {
            self.logged_in(moment);
        }
    }

    fn nobody_is_signed_in(&mut self) {
        self.sending.sign_out();
        self.refuse_entries("signed-out", super::SIGNED_OUT, |entry| !entry.on_its_way);
    }

    fn delivered(&mut self, id: &str, status: u16) {
        self.sending.backoff.succeeded();
        self.sending.refusals = 0;
        if let Some(entry) = self.queue.confirm(id) {
            self.totals.delivered += 1;
            self.emit("delivered", with_status(Object::new(), status, &entry));
        }
    }

    // One new token at once; where that is refused as well, the source needs time.
    fn token_refused(&mut self, id: &str, question: u32, moment: Moment) {
        self.queue.release(id);
        let is_current = question == self.sending.question && matches!(self.sending.access, Access::Open(_));
        if !is_current {
            return;
        }
        self.sending.access = Access::Unasked;
        self.sending.refusals += 1;
        if self.sending.refusals > 1 {
            self.pause(None, moment);
        }
    }

    // Requests that failed together count as one failure.
    fn pause(&mut self, retry_after: Option<i64>, moment: Moment) {
        let named = retry_after.map(|wait| Instant(moment.now.0 + wait));
        self.sending.pause = match self.sending.pause {
            Some(until) => Some(named.map_or(until, |named| named.max(until))),
            None => {
                let random = u16::from_le_bytes([moment.entropy[0], moment.entropy[1]]);
                Some(Instant(moment.now.0 + self.sending.backoff.failed(random, retry_after)))
            }
        };
    }
}

fn with_status(mut detail: Object, status: u16, entry: &Entry) -> String {
    detail.put("status", &digits(u64::from(status)));
    detail.put("record", &entry.body);
    detail.finish()
}
