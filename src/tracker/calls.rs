//! The calls that record, as data: what each takes and which record it makes.

use super::Settings;
use crate::capture::Clienteling;
use crate::interaction::{Action, Interaction, Invalid, Map, Value, words};
use crate::privacy::{Kind, Struck, scrub};

words! {
    /// A call that records something, or lends something to what is recorded.
    CallName {
        /// `pageView({title, url})`
        PageView = "pageView",
        /// `productView({name, productId, variantId, categoryId, sku, gtin, url})`
        ProductView = "productView",
        /// `login({method})`
        Login = "login",
        /// `formSubmission({form, name, url})`
        FormSubmission = "formSubmission",
        /// `clienteling({staffId, locationId, organisationId})`, which records nothing itself: its fields are lent to the views of the
        /// session that it opens. It is no record, and has no more to say than these three.
        Clienteling = "clienteling",
        /// `record({action, channel, …})`: a whole record in Omneo's own names, nothing added but when it happened.
        Record = "record",
    }
}

impl CallName {
    /// The kind of what it records.
    pub(super) fn kind(self) -> Kind {
        match self {
            CallName::PageView => Kind::PageView,
            CallName::ProductView => Kind::ProductView,
            CallName::Login => Kind::Login,
            CallName::FormSubmission => Kind::FormSubmission,
            CallName::Clienteling | CallName::Record => Kind::Record,
        }
    }

    /// Whether a site may have emitted it for others already.
    pub(super) fn is_emitted(self) -> bool {
        !matches!(self, CallName::Clienteling | CallName::Record)
    }

    /// Reads the record that the call makes on a page of that address, already cleaned, and title; adds the fields from which something
    /// was struck out on the way to `struck`.
    ///
    /// # Errors
    /// Each mistake, by the name that the caller used.
    pub(super) fn interaction(
        self,
        given: Value,
        page: Page<'_>,
        settings: &Settings,
        struck: &mut Struck,
    ) -> Result<Interaction, Vec<Invalid>> {
        match self.call() {
            Some(call) => call.interaction(given, page, settings, struck),
            None => Interaction::try_from(given),
        }
    }

    fn call(self) -> Option<Call> {
        let (action, label, takes): (_, _, &[_]) = match self {
            CallName::PageView => (Action::View, "Viewed page", &[("title", Subject), ("url", Field("url"))]),
            CallName::ProductView => (
                Action::View,
                "Viewed product",
                &[
                    ("name", Subject),
                    ("productId", Field("product_id")),
                    ("variantId", Field("product_variant_id")),
                    ("categoryId", Field("product_category_id")),
                    ("sku", Key),
                    ("gtin", Key),
                    ("url", Field("url")),
                ],
            ),
            CallName::Login => (Action::Visit, "Logged in", &[("method", Key)]),
            CallName::FormSubmission => {
                (Action::Disclose, "Submitted form", &[("form", Key), ("name", Subject), ("url", Field("url"))])
            }
            CallName::Clienteling => (
                Action::Service,
                "Clienteling",
                &[
                    ("staffId", Field("staff_id")),
                    ("locationId", Field("location_id")),
                    ("organisationId", Field("organisation_id")),
                ],
            ),
            CallName::Record => return None,
        };
        Some(Call { name: self, action, label, takes })
    }
}

/// What a call finds as it is made.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// The page's address, without what the policy strikes.
    pub(super) address: &'a str,
    /// The same where something was struck from it; else empty.
    pub(super) struck: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// The clienteling session that lends fields to its views.
    pub(super) clienteling: Option<&'a Clienteling>,
}

/// What a call takes, and what it makes of it.
struct Call {
    name: CallName,
    action: Action,
    /// The record's name, before `: ` and the subject.
    label: &'static str,
    /// Each member that it takes besides [`COMMON`], and what becomes of it.
    takes: &'static [(&'static str, Member)],
}

/// What becomes of a member that a call takes.
#[derive(Clone, Copy)]
enum Member {
    /// It is a field of the record.
    Field(&'static str),
    /// It is a key of `meta`.
    Key,
    /// It stands in the record's name, behind the label.
    Subject,
}
use Member::{Field, Key, Subject};

/// Members that every call takes but `clienteling`, in Omneo's names.
const COMMON: &[(&str, Member)] = &[
    ("channel", Field("channel")),
    ("namespace", Field("namespace")),
    ("signal", Field("signal")),
    ("description", Field("description")),
    ("duration", Field("duration")),
    ("tags", Field("tags")),
    ("meta", Field("meta")),
];

impl Call {
    fn interaction(
        &self,
        given: Value,
        page: Page<'_>,
        settings: &Settings,
        struck: &mut Struck,
    ) -> Result<Interaction, Vec<Invalid>> {
        let record = self.record(&given, page, settings, struck).map_err(|invalid| vec![invalid])?;
        let is_struck = |url: &Value| !page.struck.is_empty() && url.is(page.struck);
        struck.note(Struck::URL, record.get("url").is_some_and(is_struck));
        Interaction::try_from(Value::Map(record)).map_err(|mut invalid| {
            invalid.iter_mut().for_each(|one| self.name_as_caller_does(one));
            invalid
        })
    }

    fn record(&self, given: &Value, page: Page<'_>, settings: &Settings, struck: &mut Struck) -> Result<Map, Invalid> {
        let Some(members) = given.map() else {
            return Err(Invalid::new("argument", Some(given), &["an object with ", &self.names()].concat()));
        };
        let mut fields = self.usual(page, settings);
        // As it is: to look for each of its names among the others would take the square of their number.
        let mut meta = given.get("meta").and_then(Value::map).cloned().unwrap_or_default();
        let mut subject: Box<str> = if self.name == CallName::PageView { page.title.into() } else { Box::default() };
        for (name, value) in members.iter() {
            let Some((_, member)) = self.members().find(|(own, _)| *own == name) else {
                return Err(Invalid::new(name, Some(value), &self.names()));
            };
            let text = || value.text_or_number().ok_or_else(|| Invalid::new(name, Some(value), "text"));
            match member {
                _ if value.is_null() => {}
                Subject => subject = text()?,
                Key => meta.set(name, text()?),
                Field("meta") if value.map().is_some() => {}
                Field(field) => fields.set(field, value.clone()),
            }
        }
        fields.set("name", self.label_of(&subject, given, struck));
        if !meta.is_empty() {
            fields.set("meta", meta);
        }
        Ok(fields)
    }

    // What the record has where the caller says nothing else.
    fn usual(&self, page: Page<'_>, settings: &Settings) -> Map {
        let mut fields = Map::new();
        fields.set("action", self.action.as_str());
        fields.set("channel", settings.channel.as_str());
        fields.set("signal", 0.0);
        fields.set("namespace", &*settings.namespace);
        if self.takes.iter().any(|(name, _)| *name == "url") && !page.address.is_empty() {
            fields.set("url", page.address);
        }
        if let Some(clienteling) = page.clienteling.filter(|_| self.action == Action::View) {
            clienteling.lend_to(&mut fields);
        }
        fields
    }

    // A form that has no name for people is called by its handle. Scrubbed before it is cut, which could leave half a number.
    fn label_of(&self, subject: &str, given: &Value, struck: &mut Struck) -> String {
        let form = given.get("form").and_then(Value::text).unwrap_or_default();
        let subject = if subject.is_empty() { form } else { subject };
        let between = if subject.is_empty() { "" } else { ": " };
        let subject = start_of(subject, MOST_READ);
        let scrubbed = scrub(subject);
        struck.note(Struck::NAME, *scrubbed != *subject);
        let label = [self.label, between, &scrubbed].concat();
        start_of(&label, 255).into()
    }

    fn members(&self) -> impl Iterator<Item = (&'static str, Member)> {
        let common = if self.name == CallName::Clienteling { &[] } else { COMMON };
        self.takes.iter().chain(common).copied()
    }

    fn names(&self) -> String {
        self.members().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
    }

    fn name_as_caller_does(&self, invalid: &mut Invalid) {
        for (name, member) in self.members() {
            let is_it = match member {
                Field(field) => *invalid.field == *field,
                Subject => *invalid.field == *"name",
                Key => false,
            };
            if is_it {
                invalid.field = name.into();
                return;
            }
        }
    }
}

/// The first characters of a text, so many at most.
fn start_of(text: &str, most: usize) -> &str {
    let end = if text.len() <= most { None } else { text.char_indices().nth(most) };
    end.map_or(text, |(end, _)| &text[..end])
}

/// How much of a subject is read, in characters: a title may be longer than the rest of its page.
const MOST_READ: usize = 4_096;
