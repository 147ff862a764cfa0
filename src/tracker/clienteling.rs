//! The staff-assisted session of this tab: opened by a call, ended by another, by a sign-out or by its time limit.

use super::{Moment, Tracker};
use crate::capture::Clienteling;
use crate::interaction::{Instant, Interaction, Invalid};
use crate::json::{Json, quoted};
use crate::privacy::{Consent, Kind, PAGE_VIEW, PRODUCT_VIEW};

impl Tracker {
    /// What is kept with consent, as `[session, clienteling]`: asked for by [`super::Effect::Recall`], and again whenever another
    /// page may have changed it, before this one sends or records anything more. A text that storage did not give
    /// is left out, or null; where there is nothing it is empty.
    pub fn recalled(&mut self, kept: Json<'_>, moment: Moment) {
        if self.consent != Consent::Granted {
            return;
        }
        let mut kept = kept.items().map(Json::text);
        if let Some(text) = kept.next().flatten() {
            self.recall_session(&text, moment);
        }
        if let Some(text) = kept.next().flatten() {
            self.clienteling = Clienteling::from_text(&text);
            self.knows_clienteling = true;
            // The customer may have signed out in another tab meanwhile.
            let profile = self.session.as_ref().map_or("", |session| &session.profile);
            self.end_clienteling_where(self.clienteling.is_another_s(profile));
            self.end_clienteling_by(moment.now);
            self.assist_what_waits();
        }
        self.pump(moment);
    }

    /// `clienteling({…})`, read as a record; none to end it.
    pub(super) fn assist(&mut self, call: Option<&Interaction>, now: Instant) -> Result<(), Vec<Invalid>> {
        let session = call.map(|call| Clienteling::open(call, self.sending.profile(), now)).unwrap_or_default();
        if call.is_some() && session.as_str().is_empty() {
            let accepted = "staffId, locationId or organisationId; or null to end it";
            return Err(vec![Invalid::new("staffId", None, accepted)]);
        }
        self.queue.entries_mut().for_each(|entry| entry.unassisted = None);
        self.set_clienteling(session);
        Ok(())
    }

    /// A token says whom the session assists; it is not for whoever signs in after them.
    pub(super) fn assist_only(&mut self, profile: &str) {
        let is_another_s = self.clienteling.is_another_s(profile);
        let session = if is_another_s { Clienteling::default() } else { self.clienteling.assisting(profile) };
        if session != self.clienteling {
            self.set_clienteling(session);
        }
    }

    /// Nobody is signed in: whoever was assisted has signed out. A session that nobody signed in to yet goes on.
    pub(super) fn assist_nobody(&mut self) {
        self.end_clienteling_where(self.clienteling.is_somebody_s());
    }

    /// Ends it where its time is up.
    pub(super) fn end_clienteling_by(&mut self, now: Instant) {
        self.end_clienteling_where(self.clienteling.is_over(self.settings.clienteling_ms, now));
    }

    /// With consent, what the tab keeps is the truth; without, it lives in the memory of its page.
    pub(super) fn remember_in_tab(&mut self) {
        if self.consent == Consent::Granted {
            self.effects.ask("rememberInTab", &[&quoted(self.clienteling.as_str())]);
        }
    }

    fn end_clienteling_where(&mut self, is_over: bool) {
        if is_over {
            self.set_clienteling(Clienteling::default());
        }
    }

    #[inline(never)]
    fn set_clienteling(&mut self, session: Clienteling) {
        self.clienteling = session;
        self.knows_clienteling = true;
        self.remember_in_tab();
    }

    /// The kind of a view that may belong to a session which only storage knows of.
    pub(super) fn may_be_assisted(&self, kind: Kind, view: &Interaction) -> Option<Kind> {
        let is_view = kind == PAGE_VIEW || kind == PRODUCT_VIEW;
        let is_usual = || view.field("namespace").is_some_and(|namespace| namespace.is(&self.settings.namespace));
        (is_view && !self.knows_clienteling && is_usual()).then_some(kind)
    }

    // Before the answer nobody could look whether an earlier page of the tab had opened a session, and the views since then
    // belong to it as much as those that follow.
    fn assist_what_waits(&mut self) {
        for entry in self.queue.entries_mut() {
            let Some(kind) = entry.unassisted.take().filter(|_| !self.clienteling.as_str().is_empty()) else {
                continue;
            };
            let view = Interaction::of_ours(&entry.body).with_all(self.clienteling.lent());
            let verdict = self.settings.policy.verdict(kind, &view);
            if verdict.allowed {
                let kept = self.settings.policy.kept(kind, view, Json::EMPTY_LIST);
                entry.body = kept.record.to_json();
                entry.purpose = verdict.purpose;
                self.effects.keep(entry);
            }
        }
    }
}
