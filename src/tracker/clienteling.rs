//! The staff-assisted session of this tab: opened by a call, ended by another, by a sign-out or by its time limit.

use super::{CallName, Effect, Moment, Tracker, storage};
use crate::capture::Clienteling;
use crate::interaction::{Instant, Interaction, Invalid, Stored};
use crate::privacy::Consent;

impl Tracker {
    /// The session as an earlier page of the tab kept it.
    pub(super) fn recall_clienteling(&mut self, stored: &Stored, moment: Moment) {
        self.clienteling = Clienteling::from_stored(stored);
        self.knows_clienteling = true;
        // The customer may have signed out in another tab meanwhile.
        let profile = self.session.as_ref().and_then(|session| session.profile.clone()).unwrap_or_default();
        self.end_clienteling_where(|session| session.belongs_to_other(&profile));
        self.end_clienteling_by(moment.now);
        self.assist_what_waits();
    }

    /// `clienteling({…})`, read as a record; `None` to end it.
    pub(super) fn assist(&mut self, call: Option<&Interaction>, now: Instant) -> Result<(), Vec<Invalid>> {
        let session = call.and_then(|call| Clienteling::open(call, self.sending.profile(), now));
        if call.is_some() && session.is_none() {
            let accepted = "staffId, locationId or organisationId; or null to end it";
            return Err(vec![Invalid::new("staffId", None, accepted)]);
        }
        self.queue.entries_mut().for_each(|entry| entry.may_be_assisted = false);
        self.set_clienteling(session);
        Ok(())
    }

    /// A token says whom the session assists; it is not for whoever signs in after them.
    pub(super) fn assist_only(&mut self, profile: &str) {
        self.end_clienteling_where(|session| session.belongs_to_other(profile));
        if let Some(mut session) = self.clienteling.clone().filter(|session| session.profile.is_none()) {
            session.profile = Some(profile.into());
            self.set_clienteling(Some(session));
        }
    }

    /// Nobody is signed in: whoever was assisted has signed out. A session that nobody signed in to yet goes on.
    pub(super) fn assist_nobody(&mut self) {
        self.end_clienteling_where(|session| session.profile.is_some());
    }

    /// Ends it where its time is up.
    pub(super) fn end_clienteling_by(&mut self, now: Instant) {
        let limit_ms = self.settings.clienteling_ms;
        self.end_clienteling_where(|session| session.is_over(limit_ms, now));
    }

    /// With consent, what the tab keeps is the truth; without, it lives in the memory of its page.
    pub(super) fn remember_in_tab(&mut self) {
        if self.consent == Consent::Granted {
            let clienteling = self.clienteling.as_ref().map(Clienteling::to_stored);
            self.effects.push(Effect::RememberInTab { clienteling });
        }
    }

    fn end_clienteling_where(&mut self, is_over: impl FnOnce(&Clienteling) -> bool) {
        if self.clienteling.as_ref().is_some_and(is_over) {
            self.set_clienteling(None);
        }
    }

    fn set_clienteling(&mut self, session: Option<Clienteling>) {
        self.clienteling = session;
        self.knows_clienteling = true;
        self.remember_in_tab();
    }

    /// Whether it is a view that may belong to a session which only storage knows of.
    pub(super) fn may_be_assisted(&self, call: CallName, view: &Interaction) -> bool {
        let is_view = matches!(call, CallName::PageView | CallName::ProductView);
        is_view && !self.knows_clienteling && view.namespace == self.settings.namespace
    }

    // Before the answer nobody could look whether an earlier page of the tab had opened a session, and the views since then
    // belong to it as much as those that follow.
    fn assist_what_waits(&mut self) {
        for entry in self.queue.entries_mut() {
            let (true, Some(session)) = (core::mem::take(&mut entry.may_be_assisted), &self.clienteling) else {
                continue;
            };
            let kind = entry.kind;
            let mut view = Interaction::clone(entry.record());
            session.lend(&mut view);
            let verdict = self.settings.policy.verdict(kind, &view);
            if verdict.allowed {
                let kept = self.settings.policy.kept(kind, view, &[]);
                entry.change(|record| *record = kept.record);
                entry.purpose = verdict.purpose;
                self.effects.push(storage::keep(entry));
            }
        }
    }
}
