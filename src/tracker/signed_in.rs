//! Who is signed in: the token that records are sent with, and whose it is.

use super::{Moment, Tracker};
use crate::capture::Session;
use crate::delivery::{NoToken, Route, Token};
use crate::json::{Json, digits, quoted};
use crate::privacy::{Consent, Purposes, scrub};
use crate::queue::{Entry, Owner};
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
        match answer.map_or(Err(NoToken::None), |answer| Token::read(answer, &self.settings.route)) {
            Ok(Some(token)) => self.open(token, moment),
            Ok(None) => self.nobody_is_signed_in(moment),
            Err(no_token) => {
                self.sending.access = Access::Unasked;
                self.pause(None, moment);
                // What it says may quote a token.
                let error = answer.and_then(|answer| answer.field("error")?.text());
                let why = scrub(error.as_deref().unwrap_or(no_token.reason()));
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
        let profile = token.profile.clone();
        for entry in self.queue.entries_mut().filter(|entry| matches!(entry.owner, Owner::Next { .. })) {
            entry.owner = Owner::Profile(profile.clone());
            self.effects.keep(entry);
        }
        self.keep_only(&profile);
        self.assist_only(&profile);
        self.sending.access = Access::Open(token.trusted_from(moment.now));
        self.go_on_with(profile, moment);
    }

    /// Of all that waits or is under way only that customer's goes on: with that token, or in one of theirs, it would land on the
    /// wrong profile.
    fn keep_only(&mut self, profile: &str) {
        for entry in self.queue.entries_mut().filter(|entry| entry.owner == Owner::Last(profile.into())) {
            entry.owner = Owner::Profile(profile.into());
            self.effects.keep(entry);
        }
        let own = Owner::Profile(profile.into());
        if self.queue.entries().any(|entry| entry.owner != own && entry.request.is_some()) {
            self.abort();
        }
        self.refuse_entries("unknown-customer", UNKNOWN_CUSTOMER, &|entry| entry.owner == Owner::Last(Box::default()));
        self.refuse_entries("another-customer", ANOTHER_CUSTOMER, &|entry| entry.owner != own);
    }

    /// Whether what an earlier page left may be sent by this one, as far as it knows who is there.
    pub(super) fn refuse_strangers(&mut self) {
        self.refuse_nobody_s();
        match &self.sending.access {
            Access::Open(token) => {
                let profile = token.profile.clone();
                self.keep_only(&profile);
            }
            Access::SignedOut => self.refuse_entries("signed-out", super::SIGNED_OUT, &|_| true),
            Access::Asked | Access::Unasked => {}
        }
    }

    /// The session as storage has it now: as the page begins, whenever it is shown again, and when another page has written it. Where
    /// it names somebody else than this page's last token did, or nobody, this page asks who is there before it goes on.
    pub(super) fn recall_session(&mut self, text: &str, moment: Moment) {
        if text.is_empty() {
            let is_taken_back = self.has_kept && self.keeps;
            return if is_taken_back { self.withdrawn_elsewhere(moment) } else { self.note_session(moment) };
        }
        let own = self.sending.profile().unwrap_or_else(|| self.last_profile());
        self.session = Session::from_text(text);
        self.has_kept = true;
        if let Some(session) = &self.session {
            // This page may have learnt of a later time since.
            self.sending.signed_out = self.sending.signed_out.max(session.signed_out);
        }
        let named = self.last_profile();
        if matches!(self.sending.access, Access::SignedOut) && !named.is_empty() {
            self.sending.access = Access::Unasked;
        } else if !own.is_empty() && named != own {
            self.abort();
            self.ask_again();
        }
    }

    /// The page is seen again. After a while away, anybody may be there.
    pub(super) fn seen_again(&mut self, moment: Moment) {
        if self.sending.hidden.take().is_some_and(|since| !(0..=AWAY_MS).contains(&(moment.now.0 - since.0))) {
            self.ask_again();
            self.pump(moment);
        }
    }

    fn ask_again(&mut self) {
        self.sending.doubted = self.sending.profile();
        self.doubt_customer();
    }

    pub(super) fn doubt_customer(&mut self) {
        self.sending.access = Access::Unasked;
        self.sending.profile = None;
        self.queue.entries_mut().for_each(Entry::leave_page);
    }

    // All that was kept is gone, so the visitor took the consent back on another page, which this one could not hear: what waited
    // goes as it did there, and what comes is held until there is another answer. What this page's own consent platform says may be
    // from before.
    fn withdrawn_elsewhere(&mut self, moment: Moment) {
        self.discard("consent-withdrawn", super::WITHDRAWN);
        self.doubt_customer();
        self.consent_to(Consent::Unknown, Purposes::default(), moment);
    }

    /// Whom storage knew to be signed in last; empty where nobody is.
    pub(super) fn last_profile(&self) -> Box<str> {
        let profile = self.session.as_ref().map(|session| session.profile.clone()).unwrap_or_default();
        if *profile == *NOBODY { Box::default() } else { profile }
    }

    // A token that is renewed on one page begins no session, however long nobody did anything there, and neither does one behind
    // `login()`. Else another page may be about to begin the same one.
    fn go_on_with(&mut self, profile: Box<str>, moment: Moment) {
        if self.sending.doubted.take().as_ref() == Some(&profile) {
            // The session stays another page's: two pages whose sources name two customers must not take it from each other for ever.
            self.sending.profile = Some(profile);
            return;
        }
        let is_known = self.sending.profile.as_ref() == Some(&profile) || self.sending.told_of_login;
        self.sending.told_of_login = false;
        self.sending.profile = Some(profile.clone());
        if is_known || !self.is_first_of_session(&profile, moment) {
            self.note_profile(profile, moment);
        } else {
            self.sending.awaits_turn = true;
            self.effects.ask("turn", &[]);
        }
    }

    /// It is this page's turn, and it has recalled the session: where no other page has counted the login, this one does.
    pub fn turn(&mut self, moment: Moment) {
        self.sending.awaits_turn = false;
        if let Some(profile) = self.sending.profile() {
            if self.is_first_of_session(&profile, moment) {
                self.logged_in(moment);
            }
            self.note_profile(profile, moment);
        }
        // Whoever called `flush` waited for it.
        self.pump(moment);
    }

    fn is_first_of_session(&self, profile: &str, moment: Moment) -> bool {
        self.session.as_ref().is_none_or(|session| session.is_over(profile, moment.now))
    }

    fn note_profile(&mut self, profile: Box<str>, moment: Moment) {
        self.session = Some(Session { profile, seen: moment.now, signed_out: self.sending.signed_out });
        self.note_session(moment);
    }

    /// The customer is here. As a page goes as well: the next one may be shown an hour after its token came.
    pub(super) fn note_session(&mut self, moment: Moment) {
        if let Some(session) = self.session.as_mut().filter(|_| self.consent == Consent::Granted) {
            session.seen = moment.now;
            self.has_kept = true;
            self.effects.ask("remember", &[&quoted(&session.to_text())]);
        }
    }

    /// The customer signs in: whatever was done until now on other pages, by nobody that is known, was before that. What this page
    /// has without a token is of whoever the session names; where it names nobody, of the customer who signs in.
    pub(super) fn log_in(&mut self, moment: Moment) {
        self.sending.signed_out = moment.now;
        self.refuse_nobody_s();
        let nobody = Owner::Next { last: Box::default() };
        self.queue.entries_mut().filter(|entry| entry.owner != nobody).for_each(Entry::leave_page);
        self.sending.log_in();
    }

    fn nobody_is_signed_in(&mut self, moment: Moment) {
        self.abort();
        self.assist_nobody();
        self.refuse_entries("signed-out", super::SIGNED_OUT, &|_| true);
        self.note_nobody(moment);
    }

    /// Kept, so that every page knows: those that are open, those that come back, and the next one before it has asked.
    pub(super) fn note_nobody(&mut self, moment: Moment) {
        self.sending.sign_out();
        self.sending.signed_out = moment.now;
        self.session = Some(Session { profile: NOBODY.into(), seen: moment.now, signed_out: moment.now });
        self.note_session(moment);
    }

    /// What an earlier page left, and that was done while nobody was signed in, is nobody's.
    pub(super) fn refuse_nobody_s(&mut self) {
        let until = self.sending.signed_out;
        // What this page has, and no token has come for, it never sent; of what comes from a relay's page, nobody knows.
        let is_relay = self.settings.route == Route::Relay;
        self.refuse_entries("signed-out", super::SIGNED_OUT, &|entry| {
            let is_left = entry.unconfirmed.is_some() || is_relay;
            is_left && matches!(entry.owner, Owner::Last(_)) && entry.accepted <= until
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
/// How long a page may be out of sight before it asks again who is there.
const AWAY_MS: i64 = 10_000;
const ANOTHER_CUSTOMER: &str = "Another customer signed in before it left.";
const UNKNOWN_CUSTOMER: &str =
    "Its page was left before a token said whose it is, and nobody had been signed in before.";
