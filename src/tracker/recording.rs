//! From a call or a captured action to an accepted record.

use super::attempts::of_submission;
use super::calls::{CallName, Page};
use super::storage::keep;
use super::{Context, Effect, Error, Event, Explanation, Failed, Moment, Recorded, Refused, Tracker};
use crate::capture::{Look, Markup, Navigation, Source, Submission, product};
use crate::interaction::{Action, Instant, Interaction, Invalid, Map, Value};
use crate::privacy::{Consent, EVENT_ID, FormField, Kept, Kind, OWN_MODEL, Struck, Verdict};
use crate::queue::{Entry, Owner};
use std::rc::Rc;

/// What a page shows of a product.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Nobody wants to know: the site switched product views off.
    NotWanted,
    /// No product, or several; its markup may still come.
    Nothing,
    /// What `productView` takes, and the site's own `id` of the product.
    Product(Map),
}

impl Tracker {
    /// Makes a call of the site's.
    pub(super) fn call(&mut self, call: CallName, given: Value, context: &Context) -> Result<(), Error> {
        let moment = context.moment;
        let mistake = if call == CallName::Record { Error::InvalidInteraction } else { Error::InvalidCall };
        if call == CallName::Clienteling && given.is_null() {
            return self.assist(None, moment.now).map_err(mistake);
        }
        self.end_clienteling_by(moment.now);
        let mut struck = Struck::default();
        let record = self.read(call, given, context, &mut struck).map_err(mistake)?;
        match call {
            CallName::Clienteling => return self.assist(Some(&record), moment.now).map_err(mistake),
            CallName::Login => self.log_in(moment),
            _ => {}
        }
        self.consider(Source::Call, call, record, struck, &[], moment);
        Ok(())
    }

    /// What the tracker would do with a whole record. Nothing is recorded.
    ///
    /// # Errors
    /// Each mistake in what was given.
    pub fn explain(&self, given: Value) -> Result<Explanation, Error> {
        self.explain_as(None, given)
    }

    /// The same of what a call of that kind would make: a login and a submission cannot be told from other records.
    ///
    /// # Errors
    /// Each mistake in what was given.
    pub fn explain_as(&self, kind: Option<Kind>, given: Value) -> Result<Explanation, Error> {
        let record = Interaction::try_from(given).map_err(Error::InvalidCall)?;
        let kind = kind.unwrap_or_else(|| Kind::of_record(&record));
        Ok(self.foresee(kind, record, Struck::default(), &[]))
    }

    /// What would become of a record. Nothing is recorded.
    pub(super) fn foresee(
        &self,
        kind: Kind,
        mut record: Interaction,
        mut struck: Struck,
        fields: &[FormField],
    ) -> Explanation {
        self.settings.policy.scrub(&mut record, &mut struck);
        let Verdict { allowed, rule, reason, purpose: _ } = self.verdict(kind, &record);
        let Kept { record, dropped } = self.settings.policy.kept(kind, record, fields);
        Explanation { allowed, dropped, struck, rule, reason, record }
    }

    /// Perhaps another page is shown, or has its title.
    pub(super) fn navigated(&mut self, navigation: Navigation, context: &Context) {
        if self.consent == Consent::Denied {
            return;
        }
        let address = self.settings.policy.clean(&context.address);
        self.note_struck(&context.address, &address);
        loop {
            match self.pages.look(navigation, &address, &context.title, context.moment.now) {
                Look::Done => return,
                Look::Again(after_ms) => return self.effects.push(Effect::LookAgain { after_ms }),
                Look::View => self.viewed(context),
                Look::Title { is_settled } => self.titled(is_settled, context),
            }
        }
    }

    // The address of a view is kept as it is after something was struck from it.
    fn note_struck(&mut self, address: &str, cleaned: &str) {
        self.struck_address = if *address == *cleaned { "" } else { cleaned }.into();
    }

    // Its address and since when it was shown are those of the view, not of the page that may be there by now.
    fn viewed(&mut self, context: &Context) {
        self.conclude_unseen(context.moment);
        let (address, now) = self.pages.viewed();
        self.deduplicator.start_page(&address);
        if self.settings.capture.page_views {
            let moment = Moment { now, ..context.moment };
            let viewed = self.context_of_view(moment);
            self.captured(Source::Capture, CallName::PageView, Map::new(), &[], &viewed);
        }
        self.effects.push(Effect::FindProduct { address });
    }

    // What is sent of the last view has its title, and leaves once that has settled.
    fn titled(&mut self, is_settled: bool, context: &Context) {
        let viewed = self.context_of_view(context.moment);
        let record = self.read(CallName::PageView, Value::Map(Map::new()), &viewed, &mut Struck::default());
        let Ok(record) = record else { return };
        let name = self.settings.policy.scrubbed(record).name;
        let has_duration = self.settings.capture.durations;
        let Some(view) = self.queue.entries_mut().find(|entry| entry.is_held && entry.id == self.view) else { return };
        view.change(|record| record.name = name);
        view.is_held = has_duration || !is_settled;
        if self.consent == Consent::Granted {
            self.effects.push(keep(view));
        }
        self.pump(context.moment);
    }

    fn context_of_view(&self, moment: Moment) -> Context {
        Context { moment, address: self.pages.viewed().0, title: self.pages.title().into() }
    }

    /// The product that the markup of the page shows. Nothing is recorded.
    pub fn product(&self, markup: &Markup, context: &Context) -> Found {
        if !self.settings.capture.product_views {
            return Found::NotWanted;
        }
        product(markup, &self.pages.viewed().0, &context.title).map_or(Found::Nothing, Found::Product)
    }

    /// The page shows that product: what `productView` takes, as the page's markup and the site's own setting have it.
    pub(super) fn product_shown(&mut self, product: Map, context: &Context) {
        // The millisecond after the page's own view, so that their order can be told: they travel side by side, and either may
        // arrive first.
        let moment = Moment { now: Instant(context.moment.now.0 + 1), ..context.moment };
        let shown = Context { moment, address: Box::default(), title: Box::default() };
        self.captured(Source::Capture, CallName::ProductView, product, &[], &shown);
    }

    /// The places of the fields of a form whose values are to be read before [`super::Input::Submitted`]: those that the policy keeps.
    /// The value of no other field ever is.
    pub fn fields_to_read(&self, submission: &Submission, context: &Context) -> Vec<usize> {
        if !self.counts(submission, context) {
            return Vec::new();
        }
        let given = Value::Map(of_submission(submission));
        let record = self.read(CallName::FormSubmission, given, context, &mut Struck::default());
        let Ok(record) = record else { return Vec::new() };
        let record = self.settings.policy.scrubbed(record);
        if !self.verdict(Kind::FormSubmission, &record).allowed {
            return Vec::new();
        }
        self.settings.policy.fields_to_read(Kind::FormSubmission, &record, &submission.fields)
    }

    /// The site emitted that to somebody else: one of the calls with what it takes, or, without, the name of any other event.
    /// Of those, what has a model of its own is refused, so that the site hears which; the rest is none of Omneo's concern.
    pub(super) fn emitted(&mut self, event: &str, given: Option<Value>, context: &Context) {
        match (CallName::of(event).filter(|call| call.is_emitted()), given) {
            (Some(call), Some(Value::Map(given))) => self.captured(Source::Emitted, call, given, &[], context),
            _ => {
                if let Some(refused) = self.own_model_of(event) {
                    self.totals.refused += 1;
                    self.emit(Event::Refused(refused));
                }
            }
        }
    }

    fn own_model_of(&self, event: &str) -> Option<Refused> {
        let mut fields = self.usual_fields();
        fields.set("action", Action::Service.as_str());
        fields.set("name", event);
        let record = Interaction::try_from(Value::Map(fields)).ok()?;
        let Verdict { rule, reason, .. } = self.settings.policy.verdict(Kind::Record, &record);
        let is_own_model = *rule == *OWN_MODEL;
        is_own_model.then(|| Refused {
            kind: Some(Kind::Record),
            source: Some(Source::Emitted),
            rule,
            reason,
            struck: Struck::default(),
            record: Rc::new(record),
        })
    }

    /// An element that has `data-omneo-interaction` was clicked: what that gives, besides the channel, signal, namespace and address
    /// of whatever names none. A mistake names the element.
    pub(super) fn clicked(&mut self, given: Value, element: &str, context: &Context) {
        self.end_clienteling_by(context.moment.now);
        let whole = match given {
            Value::Map(mut given) => {
                let mut usual = self.usual_fields();
                usual.set("url", &*context.address);
                for (name, value) in usual {
                    if given.get(&name).is_none() {
                        given.push(name, value);
                    }
                }
                Value::Map(given)
            }
            other => other,
        };
        match Interaction::try_from(whole) {
            Ok(record) => self.consider(Source::Call, CallName::Record, record, Struck::default(), &[], context.moment),
            Err(invalid) => self.fail_to_read(&["data-omneo-interaction of ", element, ": "].concat(), &invalid),
        }
    }

    fn usual_fields(&self) -> Map {
        let mut fields = Map::new();
        fields.set("channel", self.settings.channel.as_str());
        fields.set("signal", 0.0);
        fields.set("namespace", &*self.settings.namespace);
        fields
    }

    pub(super) fn logged_in(&mut self, moment: Moment) {
        if self.settings.capture.logins {
            let nowhere = Context { moment, address: Box::default(), title: Box::default() };
            self.captured(Source::Capture, CallName::Login, Map::new(), &[], &nowhere);
        }
    }

    // What a page's own markup gets wrong must not throw into the page: the site hears of it as a failure.
    pub(super) fn captured(
        &mut self,
        source: Source,
        call: CallName,
        given: Map,
        fields: &[FormField],
        context: &Context,
    ) {
        self.end_clienteling_by(context.moment.now);
        let mut struck = Struck::default();
        match self.read(call, Value::Map(given), context, &mut struck) {
            Ok(record) => self.consider(source, call, record, struck, fields, context.moment),
            Err(invalid) => self.fail_to_read("", &invalid),
        }
    }

    fn fail_to_read(&mut self, place: &str, invalid: &[Invalid]) {
        let message = invalid.first().map(Invalid::message).unwrap_or_default();
        let reason = [place, &message].concat().into();
        self.emit(Event::Failed(Failed { reason, ..Failed::default() }));
    }

    /// The record that a call makes; the fields from which something was struck out on the way are added to `struck`.
    pub(super) fn read(
        &self,
        call: CallName,
        given: Value,
        context: &Context,
        struck: &mut Struck,
    ) -> Result<Interaction, Vec<Invalid>> {
        let address = self.settings.policy.clean(&context.address);
        let was_struck = if *address == *context.address { &*self.struck_address } else { &*address };
        let page = Page {
            address: &address,
            struck: was_struck,
            title: &context.title,
            clienteling: self.clienteling.as_ref(),
        };
        call.interaction(given, page, &self.settings, struck)
    }

    fn consider(
        &mut self,
        source: Source,
        call: CallName,
        mut record: Interaction,
        mut struck: Struck,
        fields: &[FormField],
        moment: Moment,
    ) {
        let may_be_assisted = self.may_be_assisted(call, &record);
        let kind = if call == CallName::Record { Kind::of_record(&record) } else { call.kind() };
        self.settings.policy.scrub(&mut record, &mut struck);
        if !self.deduplicator.is_new(source, kind, &record) {
            return;
        }
        if source == Source::Emitted && kind == Kind::Login {
            self.log_in(moment);
        }
        let is_view = call == CallName::PageView;
        let is_timed = is_view && self.start_page(moment) && record.duration.is_none();
        let is_settling = is_view && source == Source::Capture && self.pages.is_settling();
        let Verdict { allowed, rule, reason, purpose } = self.verdict(kind, &record);
        if !allowed {
            self.totals.refused += 1;
            let (kind, source, record) = (Some(kind), Some(source), Rc::new(record));
            return self.emit(Event::Refused(Refused { kind, source, rule, reason, struck, record }));
        }
        let Kept { record, dropped } = self.settings.policy.kept(kind, record, fields);
        let mut entry = self.entry(kind, record, moment);
        entry.purpose = purpose;
        entry.may_be_assisted = may_be_assisted;
        entry.is_held = is_timed || is_settling;
        if is_settling {
            self.view = entry.id.clone();
        }
        let record = entry.record().clone();
        self.take_in(entry, Recorded { kind, source, rule, reason, dropped, struck, record }, moment);
    }

    fn verdict(&self, kind: Kind, record: &Interaction) -> Verdict {
        if self.consent == Consent::Denied {
            return Verdict::refused("consent-denied", "The visitor declined to be recorded.");
        }
        let verdict = self.settings.policy.verdict(kind, record);
        if self.consent == Consent::Granted && !self.purposes.cover(verdict.purpose.as_deref()) {
            return Verdict::refused("purpose", super::UNCOVERED);
        }
        if event_id(record).is_some_and(|id| self.queue.has(id)) {
            return Verdict::refused("repeated", "A record with its event_id waits already.");
        }
        if verdict.allowed && self.sending.is_signed_out() {
            return Verdict::refused("signed-out", super::SIGNED_OUT);
        }
        verdict
    }

    // What the caller already set stays: an id of the caller's own makes a record the same one as long as it waits, also on another page.
    fn entry(&self, kind: Kind, mut record: Interaction, moment: Moment) -> Entry {
        record.interacted_at.get_or_insert_with(|| moment.now.to_iso().into());
        let id = match event_id(&record) {
            Some(id) => id.into(),
            None => {
                let id = uuid(moment.entropy);
                record.meta.get_or_insert_default().set(EVENT_ID, &*id);
                id
            }
        };
        let owner = match self.sending.profile() {
            Some(profile) => Owner::Profile(profile),
            None => Owner::Next { last: self.last_profile() },
        };
        Entry::new(id, owner, moment.now, kind, record)
    }

    pub(super) fn accept(&mut self, entry: Entry, moment: Moment) {
        let id = entry.id.clone();
        let dropped = self.queue.push(entry);
        self.give_up(dropped);
        self.pump(moment);
        // In the same task, so that it survives a tab that closes in the next. What leaves at once is kept already.
        if let Some(entry) = self.queue.entries().rfind(|entry| entry.id == id && entry.unconfirmed.is_none())
            && self.consent == Consent::Granted
        {
            self.effects.push(keep(entry));
        }
    }
}

fn event_id(record: &Interaction) -> Option<&str> {
    record.meta(EVENT_ID)?.text().filter(|id| !id.is_empty())
}

/// A version 4 UUID (RFC 9562, section 5.4).
fn uuid(random: [u8; 16]) -> Box<str> {
    let id = uuid::Builder::from_random_bytes(random).into_uuid();
    (&*id.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer())).into()
}
