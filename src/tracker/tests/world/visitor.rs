//! What the visitor and the site do on a page, and what other pages hear of it.

use super::*;

/// What comes from another page, in time.
#[derive(Clone, Copy)]
pub(super) enum Message {
    Consent(Consent),
    SignedOut,
    /// The session's text was written.
    Storage,
}

impl World {
    pub(super) fn call(&mut self, at: usize, call: CallName, given: &str) {
        self.tell(at, Input::Call { call, given: json(given) });
    }

    /// The visitor answers, on that page.
    pub(super) fn answer_consent(&mut self, at: usize, answer: Consent) {
        self.hear(at);
        self.consent = answer;
        if answer == Consent::Denied {
            self.is_withdrawn();
        }
        self.pages[at].follows = Some(answer);
        self.consent_on(at, answer);
        self.post(at, Message::Consent(answer));
    }

    /// A consent platform tells what is new.
    pub(super) fn follow(&mut self, at: usize) {
        let consent = self.consent;
        if self.has_platform && self.pages[at].follows != Some(consent) {
            self.pages[at].follows = Some(consent);
            self.consent_on(at, consent);
        }
    }

    fn consent_on(&mut self, at: usize, consent: Consent) {
        self.answers(at, consent);
        self.tell(at, Input::Consent { consent, purposes: Purposes::All });
    }

    /// A customer signs in at the site; the site tells the tracker, or not.
    pub(super) fn sign_in(&mut self, at: usize, customer: Customer, told: bool) {
        self.hear(at);
        self.signed_in = Some(customer);
        if told {
            self.logs_in_on(at);
            self.call(at, CallName::Login, "{}");
        }
    }

    pub(super) fn sign_out(&mut self, at: usize) {
        self.hear(at);
        self.signed_in = None;
        if self.pages[at].knows.consent == Consent::Granted {
            self.ends();
        }
        self.is_signed_out_for(at);
        self.tell(at, Input::SignOut);
        self.post(at, Message::SignedOut);
    }

    /// Every other page that is shown will hear of it.
    pub(super) fn post(&mut self, from: usize, message: Message) {
        for (_, page) in self.pages.iter_mut().enumerate().filter(|(at, page)| *at != from && page.life == Life::Shown)
        {
            page.messages.push_back(message);
        }
    }

    /// What other pages sent arrives.
    pub(super) fn hear(&mut self, at: usize) {
        while let Some(message) = self.pages[at].messages.pop_front() {
            match message {
                Message::Consent(answer) => self.consent_on(at, answer),
                Message::SignedOut => {
                    self.is_signed_out_for(at);
                    self.tell(at, Input::SignedOutElsewhere);
                }
                Message::Storage => self.refresh(at),
            }
        }
    }
}
