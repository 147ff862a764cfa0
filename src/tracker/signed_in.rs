//! Who is signed in: the token that records are sent with, and whose it is.

use super::{Moment, Tracker};
use crate::capture::Session;
use crate::delivery::{Route, Token};
use crate::json::{Json, digits, quoted};
use crate::privacy::{Consent, scrub};
use crate::text::joined;

/// What is known of the token.
#[derive(Debug, Default)]
pub(super) enum Access {
    #[default]
    Unasked,
    Asked,
    Open(Token),
    SignedOut,
}

impl Tracker {
    /// What the token source answered to that question, as JSON; where it failed, why, as `{error}`.
    pub fn token(&mut self, question: &str, answer: Option<Json<'_>>, moment: Moment) {
        if *question != *digits(self.sending.question.into()) || !matches!(self.sending.access, Access::Asked) {
            return;
        }
        match answer.map(Token::read) {
            Some(Ok(Some(token))) => self.open(token, moment),
            Some(Ok(None)) => self.nobody_is_signed_in(moment),
            Some(Err(_)) | None => {
                self.sending.access = Access::Unasked;
                self.pause(None, moment);
                // What it says may quote a token.
                let error = answer.and_then(|answer| answer.field("error")?.text());
                let why = scrub(error.as_deref().unwrap_or("its answer has none"));
                let reason = quoted(&joined(&["The token source gave no token and will be asked again: ", &why]));
                self.emit("failed", &joined(&["{\"reason\":", &reason, "}"]));
            }
        }
        self.pump(moment);
    }

    pub(super) fn ask(&mut self) {
        self.sending.access = Access::Asked;
        self.sending.question += 1;
        self.effects.ask("ask", &[&digits(self.sending.question.into())]);
    }

    fn open(&mut self, token: Token, moment: Moment) {
        let profile = match &self.settings.route {
            Route::Profile(id) => id.clone(),
            Route::Me | Route::Relay => token.profile.clone().unwrap_or_default(),
        };
        self.refuse_entries("another-customer", "Another customer signed in before it left.", &|entry| {
            entry.profile.as_ref().is_some_and(|own| *own != profile)
        });
        for entry in self.queue.entries_mut().filter(|entry| entry.profile.is_none()) {
            entry.profile = Some(profile.clone());
            self.effects.keep(entry);
        }
        self.assist_only(&profile);
        self.sending.access = Access::Open(token.trusted_from(moment.now));
        self.begin_session(profile, moment);
    }

    // A token that is renewed on one page begins none, however long nobody did anything there.
    fn begin_session(&mut self, profile: Box<str>, moment: Moment) {
        let is_renewed = self.sending.profile.as_ref() == Some(&profile);
        let told = core::mem::take(&mut self.sending.told_of_login);
        let is_new = self.session.as_ref().is_none_or(|session| session.is_over(&profile, moment.now));
        self.sending.profile = Some(profile.clone());
        self.session = Some(Session { profile, seen: moment.now, signed_out: self.sending.signed_out });
        self.note_session(moment);
        if is_new && !told && !is_renewed {
            self.logged_in(moment);
        }
    }

    /// The customer is here. As a page goes as well: the next one may be shown an hour after its token came.
    pub(super) fn note_session(&mut self, moment: Moment) {
        if let Some(session) = self.session.as_mut().filter(|_| self.consent == Consent::Granted) {
            session.seen = moment.now;
            self.effects.ask("remember", &[&quoted(&session.to_text())]);
        }
    }

    /// The customer signs in: whatever was done until now on other pages, by nobody that is known, was before that.
    pub(super) fn log_in(&mut self, moment: Moment) {
        self.sending.signed_out = moment.now;
        self.refuse_nobody_s();
        self.sending.log_in();
    }

    // Kept, as the page that learns it may be left before that which an earlier one left is here.
    fn nobody_is_signed_in(&mut self, moment: Moment) {
        self.sending.sign_out();
        self.assist_nobody();
        self.refuse_entries("signed-out", super::SIGNED_OUT, &|entry| entry.request.is_none());
        self.sending.signed_out = moment.now;
        self.session = Some(Session { profile: NOBODY.into(), seen: moment.now, signed_out: moment.now });
        self.note_session(moment);
    }

    /// What an earlier page left, and that was done while nobody was signed in, is nobody's.
    pub(super) fn refuse_nobody_s(&mut self) {
        let until = self.sending.signed_out;
        self.refuse_entries("signed-out", super::SIGNED_OUT, &|entry| {
            entry.profile.is_none() && entry.is_doubtful && entry.accepted <= until
        });
    }

    // One new token at once; where that is refused as well, the source needs time.
    pub(super) fn token_refused(&mut self, question: u32, moment: Moment) {
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
}

/// No profile is called so.
const NOBODY: &str = "?";
