//! From a call or a captured action to an accepted record.

use super::calls::{self, Call, Page};
use super::{Moment, Tracker};
use crate::capture::{Look, Source, product};
use crate::interaction::{Instant, Interaction, Invalid};
use crate::json::{Json, Object, quoted};
use crate::privacy::{Consent, EVENT_ID, Kept, Kind, LOGIN, OWN_MODEL, PAGE_VIEW, RECORD, Verdict, kind_of};
use crate::queue::{Entry, Owner};
use crate::text::joined;

impl Tracker {
    /// Makes the call of that name on a page of that address and title: `pageView`, `productView`, `login`,
    /// `formSubmission`, `clienteling` or `record`.
    ///
    /// # Errors
    /// Each mistake in what was given; nothing is recorded then.
    pub fn call(
        &mut self,
        name: &str,
        given: Json<'_>,
        address: &str,
        title: &str,
        moment: Moment,
    ) -> Result<(), Vec<Invalid>> {
        let Some(call) = calls::named(name) else {
            return Err(vec![Invalid::new("call", Some(Json::view(&quoted(name))), "the name of a call")]);
        };
        let is_clienteling = call.kind == calls::CLIENTELING.kind;
        if is_clienteling && given.is_null() {
            return self.assist(None, moment.now);
        }
        let interaction = self.read(call, given, address, title, moment.now)?;
        if is_clienteling {
            return self.assist(Some(&interaction), moment.now);
        }
        if call.kind == LOGIN {
            self.log_in(moment);
        }
        self.consider(Source::Call, call.kind, interaction, NO_FIELDS, moment);
        Ok(())
    }

    /// What the tracker would do with a whole record: `{"allowed","dropped","rule","reason","record"}`, without `dropped` where
    /// nothing of it was. Nothing is recorded.
    ///
    /// # Errors
    /// Each mistake in what was given.
    pub fn explain(&self, given: Json<'_>) -> Result<Box<str>, Vec<Invalid>> {
        let interaction = self.settings.policy.scrubbed(Interaction::read(given)?);
        let kind = kind_of(&interaction);
        let verdict = self.verdict(kind, &interaction);
        let mut explained = Object::new();
        explained.put("allowed", if verdict.allowed { "true" } else { "false" });
        let kept = self.settings.policy.kept(kind, interaction, NO_FIELDS);
        name_dropped(&mut explained, &kept);
        Ok(told(explained, &verdict.rule, &verdict.reason, &kept.record.to_json()))
    }

    /// Looks at the page that is shown, see [`Pages::look`](crate::capture::Pages::look): ask before reading its markup.
    pub fn look(&mut self, how: &str, address: &str, title: &str, moment: Moment) -> Look {
        if self.consent == Consent::Denied {
            return Look::Done;
        }
        self.pages.look(how, &self.settings.policy.clean(address), title, moment.now)
    }

    /// The page came back from the back/forward cache, so it is shown again.
    pub fn restored(&mut self) {
        self.pages.restored();
    }

    /// [`Look::View`]: the page has that title. Answers its address.
    pub fn viewed(&mut self, title: &str, moment: Moment) -> Box<str> {
        let (address, now) = self.pages.viewed();
        self.echoes.turn(&address);
        if self.settings.capture.page_views {
            let moment = Moment { now, ..moment };
            self.captured((Source::Capture, &calls::PAGE), "{}", NO_FIELDS, &address, title, moment);
        }
        address
    }

    /// The product that the markup of the page shows, see [`product`], as JSON: `null` where it shows none, `false` where nobody
    /// wants to know.
    pub fn product_of(&self, markup: Json<'_>) -> Box<str> {
        let product = || product(markup, &self.pages.viewed().0).unwrap_or_else(|| "null".into());
        if self.settings.capture.product_views { product() } else { "false".into() }
    }

    /// The page shows that product: what `productView` takes, as the page's markup and the site's own setting have it.
    pub fn shown(&mut self, product: Json<'_>, moment: Moment) {
        self.captured((Source::Capture, &calls::PRODUCT), product.as_str(), NO_FIELDS, "", "", moment.after());
    }

    /// A form was submitted: which one (its `name`, else its `id`), and what people call it (its accessible name); what for, where it
    /// is a `search` or a `dialog` that closes, which discloses nothing and counts only where a rule names the form; and its fields,
    /// each as `[name, id, label, type, autocomplete]`.
    ///
    /// Where the policy keeps any of them, nothing is recorded yet, and the answer is an array of their places: then it is to
    /// be told again, with the values of those behind them. The value of no other field is ever asked for.
    pub fn submitted(
        &mut self,
        form: &str,
        name: &str,
        purpose: &str,
        fields: Json<'_>,
        address: &str,
        moment: Moment,
    ) -> Box<str> {
        if !self.settings.capture.forms || !purpose.is_empty() && !self.settings.policy.names_form(form) {
            return Box::default();
        }
        let mut submission = Object::new();
        if !form.is_empty() {
            submission.put_text("form", form);
        }
        submission.put_text("name", name);
        self.captured((Source::Capture, &calls::FORM), &submission.finish(), fields, address, "", moment)
    }

    /// The site emitted that to somebody else: one of the calls with what it takes, or, without, the name of any other event.
    /// Of those, what has a model of its own is refused, so that the site hears which; the rest is none of Omneo's concern.
    pub fn heard(&mut self, name: &str, given: Option<Json<'_>>, address: &str, title: &str, moment: Moment) {
        let call = calls::named(name).filter(|call| call.is_emitted());
        if let (Some(call), Some(given)) = (call, given.filter(|given| given.is_object())) {
            self.captured((Source::Emitted, call), given.as_str(), NO_FIELDS, address, title, moment);
        } else if let Some(refused) = self.own_model_of(name) {
            self.totals.refused += 1;
            self.emit("refused", &refused);
        }
    }

    fn own_model_of(&self, event: &str) -> Option<Box<str>> {
        let mut fields = Object::new();
        for (name, text) in [
            ("action", "service"),
            ("channel", &self.settings.channel),
            ("name", event),
            ("namespace", &self.settings.namespace),
        ] {
            fields.put_text(name, text);
        }
        fields.put("signal", "0");
        let record = Interaction::read(Json::view(&fields.finish())).ok()?;
        let verdict = self.settings.policy.verdict(RECORD, &record);
        (*verdict.rule == *OWN_MODEL).then(|| told(of_kind(RECORD), &verdict.rule, &verdict.reason, &record.to_json()))
    }

    /// An element that has `data-omneo-interaction` was clicked: what that gives, besides the channel, signal, namespace and address
    /// of whatever names none. A mistake names the element.
    pub fn clicked(&mut self, given: Json<'_>, element: &str, address: &str, moment: Moment) {
        let mut fields = Object::new();
        fields.put_text("channel", &self.settings.channel);
        fields.put("signal", "0");
        fields.put_text("namespace", &self.settings.namespace);
        fields.put_text("url", address);
        for (name, value) in given.members() {
            fields.put(&name.text().unwrap_or_default(), value.as_str());
        }
        let fields = fields.finish();
        let whole = if given.is_object() { Json::view(&fields) } else { given };
        match self.read(&calls::WHOLE, whole, address, "", moment.now) {
            Ok(interaction) => _ = self.consider(Source::Call, RECORD, interaction, NO_FIELDS, moment),
            Err(invalid) => self.fail_to_read(&joined(&["data-omneo-interaction of ", element, ": "]), &invalid),
        }
    }

    pub(super) fn logged_in(&mut self, moment: Moment) {
        if self.settings.capture.logins {
            self.captured((Source::Capture, &calls::SIGN_IN), "{}", NO_FIELDS, "", "", moment);
        }
    }

    // What a page's own markup gets wrong must not throw into the page: the site hears of it as a failure.
    fn captured(
        &mut self,
        (source, call): (Source, &Call),
        given: &str,
        fields: Json<'_>,
        address: &str,
        title: &str,
        moment: Moment,
    ) -> Box<str> {
        match self.read(call, Json::view(given), address, title, moment.now) {
            Ok(interaction) => self.consider(source, call.kind, interaction, fields, moment),
            Err(invalid) => {
                self.fail_to_read("", &invalid);
                Box::default()
            }
        }
    }

    fn fail_to_read(&mut self, place: &str, invalid: &[Invalid]) {
        let mut failed = Object::new();
        let message = invalid.first().map(Invalid::message).unwrap_or_default();
        failed.put_text("reason", &joined(&[place, &message]));
        self.emit("failed", &failed.finish());
    }

    fn read(
        &mut self,
        call: &Call,
        given: Json<'_>,
        address: &str,
        title: &str,
        now: Instant,
    ) -> Result<Interaction, Vec<Invalid>> {
        self.end_clienteling_by(now);
        let address = self.settings.policy.clean(address);
        let page = Page { address: &address, title, lent: self.clienteling.lent() };
        call.interaction(given, page, &self.settings)
    }

    fn consider(
        &mut self,
        source: Source,
        kind: Kind,
        interaction: Interaction,
        fields: Json<'_>,
        moment: Moment,
    ) -> Box<str> {
        let unassisted = self.may_be_assisted(kind, &interaction);
        let is_page = kind == PAGE_VIEW;
        let kind = if kind == RECORD { kind_of(&interaction) } else { kind };
        let interaction = self.settings.policy.scrubbed(interaction);
        if !self.echoes.is_news(source, kind, &interaction) {
            return Box::default();
        }
        if source == Source::Emitted && kind == LOGIN {
            self.log_in(moment);
        }
        let is_held = is_page && self.turn_page(moment) && interaction.field("duration").is_none();
        let verdict = self.verdict(kind, &interaction);
        if verdict.allowed {
            let mut kept = self.settings.policy.kept(kind, interaction, fields);
            if !kept.readable.is_empty() {
                return kept.readable;
            }
            kept.record = stamped(kept.record, moment);
            self.accept(kind, &kept, verdict.purpose, unassisted, is_held, moment);
        } else {
            self.totals.refused += 1;
            let detail = told(of_kind(kind), &verdict.rule, &verdict.reason, &interaction.to_json());
            self.emit("refused", &detail);
        }
        Box::default()
    }

    fn verdict(&self, kind: &str, interaction: &Interaction) -> Verdict {
        if self.consent == Consent::Denied {
            return Verdict::refused("consent-denied", "The visitor declined to be recorded.");
        }
        let verdict = self.settings.policy.verdict(kind, interaction);
        if self.consent == Consent::Granted && !self.purposes.cover(&verdict.purpose) {
            return Verdict::refused("purpose", super::UNCOVERED);
        }
        if event_id(interaction).is_some_and(|id| self.queue.has(&id)) {
            return Verdict::refused("repeated", "A record with its event_id waits already.");
        }
        if verdict.allowed && self.sending.is_signed_out() {
            return Verdict::refused("signed-out", super::SIGNED_OUT);
        }
        verdict
    }

    fn accept(
        &mut self,
        kind: &str,
        kept: &Kept,
        purpose: Box<str>,
        unassisted: Option<Kind>,
        is_held: bool,
        moment: Moment,
    ) {
        let body = kept.record.to_json();
        let id = event_id(&kept.record).unwrap_or_default();
        let entry = Entry {
            id: id.clone(),
            owner: match self.sending.profile() {
                Some(profile) => Owner::Profile(profile),
                None => Owner::Next { last: self.last_profile() },
            },
            purpose,
            unconfirmed: None,
            accepted: moment.now,
            body: body.clone(),
            request: None,
            unassisted,
            is_held,
        };
        let mut recorded = of_kind(kind);
        name_dropped(&mut recorded, kept);
        recorded.put("record", &body);
        self.emit("recorded", &recorded.finish());
        let dropped = self.queue.push(entry);
        self.give_up(dropped);
        self.pump(moment);
        // In the same task, so that it survives a tab that closes in the next. What leaves at once is kept already.
        if let Some(entry) = self.queue.entries().find(|entry| entry.id == id && entry.unconfirmed.is_none())
            && self.consent == Consent::Granted
        {
            self.effects.keep(entry);
        }
    }
}

impl Moment {
    // The millisecond after the page's own view, so that their order can be told: they travel side by side, and either may
    // arrive first.
    fn after(mut self) -> Moment {
        self.now.0 += 1;
        self
    }
}

fn of_kind(kind: &str) -> Object {
    let mut detail = Object::new();
    detail.put_text("kind", kind);
    detail
}

/// Adds what was left out of a record, where anything was.
fn name_dropped(detail: &mut Object, kept: &Kept) {
    if !kept.dropped.is_empty() {
        detail.put("dropped", &kept.dropped);
    }
}

/// Adds what a verdict says of a record.
pub(super) fn told(mut detail: Object, rule: &str, reason: &str, record: &str) -> Box<str> {
    detail.put_text("rule", rule);
    detail.put_text("reason", reason);
    detail.put("record", record);
    detail.finish()
}

// What the caller already set stays: an id of the caller's own makes a record the same one as long as it waits, also on another page.
fn stamped(mut interaction: Interaction, moment: Moment) -> Interaction {
    if interaction.field("interacted_at").is_none() {
        interaction = interaction.with("interacted_at", quoted(&moment.now.to_iso()));
    }
    if event_id(&interaction).is_none() {
        let mut meta = Object::new();
        for (key, value) in interaction.field("meta").into_iter().flat_map(Json::members) {
            meta.put(&key.text().unwrap_or_default(), value.as_str());
        }
        meta.put_text(EVENT_ID, &uuid(moment.entropy));
        interaction = interaction.with("meta", meta.finish());
    }
    interaction
}

fn event_id(interaction: &Interaction) -> Option<Box<str>> {
    interaction.field("meta")?.field(EVENT_ID)?.text().filter(|id| !id.is_empty())
}

/// A version 4 UUID (RFC 9562, section 5.4).
fn uuid(mut random: [u8; 16]) -> Box<str> {
    random[6] = random[6] & 0x0f | 0x40;
    random[8] = random[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in random.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    text.into()
}

const NO_FIELDS: Json<'static> = Json::EMPTY_LIST;
