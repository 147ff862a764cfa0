//! The calls of the JavaScript face, as data: what each takes and which record it makes.

use super::Settings;
use crate::interaction::{Interaction, Invalid};
use crate::json::{Json, Object};
use crate::privacy::{FORM_SUBMISSION, Kind, LOGIN, PAGE_VIEW, PRODUCT_VIEW, RECORD, scrub};
use crate::text::{joined, text_of};

/// What a call finds as it is made.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// The page's address, without what the policy strikes.
    pub(super) address: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// The fields that a clienteling session lends to its views.
    pub(super) lent: Json<'a>,
}

/// What a call takes, and what it makes of it.
pub(super) struct Call {
    /// Its name, and the kind of what it records.
    pub(super) kind: Kind,
    action: &'static str,
    /// The record's name, before `: ` and the subject.
    label: &'static str,
    /// Whether the page's address belongs on the record.
    has_url: bool,
    takes: &'static [(&'static str, Place)],
}

/// Where a member of a call goes.
#[derive(Clone, Copy)]
enum Place {
    /// Into that field of the record.
    Field(&'static str),
    /// Into that key of `meta`.
    Meta,
    /// Behind the label, in the record's name.
    Subject,
}

/// `pageView({title, url})`
pub(super) static PAGE: Call = Call {
    kind: PAGE_VIEW,
    action: "view",
    label: "Viewed page",
    has_url: true,
    takes: &[("title", Place::Subject), URL],
};

/// `productView({name, productId, variantId, categoryId, sku, gtin, url})`
pub(super) static PRODUCT: Call = Call {
    kind: PRODUCT_VIEW,
    action: "view",
    label: "Viewed product",
    has_url: true,
    takes: &[
        ("name", Place::Subject),
        ("productId", Place::Field("product_id")),
        ("variantId", Place::Field("product_variant_id")),
        ("categoryId", Place::Field("product_category_id")),
        ("sku", Place::Meta),
        ("gtin", Place::Meta),
        URL,
    ],
};

/// `login({method})`
pub(super) static SIGN_IN: Call =
    Call { kind: LOGIN, action: "visit", label: "Logged in", has_url: false, takes: &[("method", Place::Meta)] };

/// `formSubmission({form, name, url})`
pub(super) static FORM: Call = Call {
    kind: FORM_SUBMISSION,
    action: "disclose",
    label: "Submitted form",
    has_url: true,
    takes: &[("form", Place::Meta), ("name", Place::Subject), URL],
};

/// `clienteling({staffId, locationId, organisationId})`, which records nothing itself: its fields are lent to the views of the
/// session that it opens.
pub(super) static CLIENTELING: Call = Call {
    kind: "clienteling",
    action: "service",
    label: "Clienteling",
    has_url: false,
    takes: &[
        ("staffId", Place::Field("staff_id")),
        ("locationId", Place::Field("location_id")),
        ("organisationId", Place::Field("organisation_id")),
    ],
};

/// `record({action, channel, …})`: a whole record in Omneo's own names, nothing added but when it happened.
pub(super) static WHOLE: Call = Call { kind: RECORD, action: "", label: "", has_url: false, takes: &[] };

/// The call of that name.
pub(super) fn named(name: &str) -> Option<&'static Call> {
    [&PAGE, &PRODUCT, &SIGN_IN, &FORM, &CLIENTELING, &WHOLE].into_iter().find(|call| call.kind == name)
}

impl Call {
    /// Reads the record that the call makes on a page of that address, already cleaned, and title.
    ///
    /// # Errors
    /// Each mistake, by the name that the caller used.
    pub(super) fn interaction(
        &self,
        given: Json<'_>,
        page: Page<'_>,
        settings: &Settings,
    ) -> Result<Interaction, Vec<Invalid>> {
        if self.kind == RECORD {
            return Interaction::read(given);
        }
        let record = self.record(given, page, settings).map_err(|invalid| vec![invalid])?;
        Interaction::read(Json::view(&record)).map_err(|mut invalid| {
            invalid.iter_mut().for_each(|one| self.name_as_caller_does(one));
            invalid
        })
    }

    // Of a field that stands twice the last counts, so what is usual comes first.
    fn record(&self, given: Json<'_>, page: Page<'_>, settings: &Settings) -> Result<Box<str>, Invalid> {
        if !given.is_object() {
            return Err(Invalid::new("argument", Some(given), &joined(&["an object with ", &self.accepted()])));
        }
        let mut fields = Object::new();
        let mut meta = Object::new();
        let mut subject: Box<str> = if self.kind == PAGE_VIEW { page.title.into() } else { Box::default() };
        fields.put_text("action", self.action);
        fields.put_text("channel", &settings.channel);
        fields.put("signal", "0");
        fields.put_text("namespace", &settings.namespace);
        if self.has_url && !page.address.is_empty() {
            fields.put_text("url", page.address);
        }
        for (name, value) in page.lent.members().filter(|_| self.action == "view") {
            fields.put(&text_of(name), value.as_str());
        }
        for (name, value) in given.members() {
            let name = text_of(name);
            match self.place(&name) {
                Some(_) if value.is_null() => {}
                Some(Place::Field("meta")) if value.is_object() => {
                    value.members().for_each(|(key, value)| meta.put(&text_of(key), value.as_str()));
                }
                Some(Place::Field(field)) => fields.put(field, value.as_str()),
                Some(place) => {
                    let text = value.text_or_number().ok_or_else(|| Invalid::new(&name, Some(value), "text"))?;
                    if let Place::Meta = place { meta.put_text(&name, &text) } else { subject = text }
                }
                None => return Err(Invalid::new(&name, Some(value), &self.accepted())),
            }
        }
        fields.put_text("name", &self.name(subject, given));
        if !meta.is_empty() {
            fields.put("meta", &meta.finish());
        }
        Ok(fields.finish())
    }

    // A form that has no name for people is called by its handle. Scrubbed before it is cut, which could leave half a number.
    fn name(&self, mut subject: Box<str>, given: Json<'_>) -> Box<str> {
        if subject.is_empty() {
            subject = text_of(given.field("form"));
        }
        let between = if subject.is_empty() { "" } else { ": " };
        joined(&[self.label, between, &scrub(&subject)]).chars().take(255).collect()
    }

    /// Whether a site may have emitted it for others already.
    pub(super) fn is_emitted(&self) -> bool {
        !matches!(self.kind, RECORD | "clienteling")
    }

    fn place(&self, name: &str) -> Option<Place> {
        self.members().find(|(taken, _)| *taken == name).map(|(_, place)| *place)
    }

    fn accepted(&self) -> Box<str> {
        let mut names = String::new();
        for (name, _) in self.members() {
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(name);
        }
        names.into()
    }

    fn name_as_caller_does(&self, invalid: &mut Invalid) {
        for (name, place) in self.takes {
            if matches!(place, Place::Field(field) if **field == *invalid.field) {
                invalid.field = (*name).into();
            }
        }
    }

    // A clienteling session is no record, and has no more to say than its own three.
    fn members(&self) -> impl Iterator<Item = &(&'static str, Place)> {
        let more = if self.kind == CLIENTELING.kind { &[] } else { EVERY_CALL };
        self.takes.iter().chain(more)
    }
}

const URL: (&str, Place) = ("url", Place::Field("url"));

/// What every call takes besides its own, in Omneo's names.
static EVERY_CALL: &[(&str, Place)] = &[
    ("channel", Place::Field("channel")),
    ("namespace", Place::Field("namespace")),
    ("signal", Place::Field("signal")),
    ("description", Place::Field("description")),
    ("duration", Place::Field("duration")),
    ("tags", Place::Field("tags")),
    ("meta", Place::Field("meta")),
];
