//! The calls of the JavaScript face, as data: what each takes and which record it makes.

use super::Settings;
use crate::interaction::{Interaction, Invalid};
use crate::json::{Json, Object};
use crate::privacy::{FORM_SUBMISSION, Kind, LOGIN, PAGE_VIEW, PRODUCT_VIEW, RECORD, scrub};
use crate::shape::names;
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
    /// Each member that it takes with the field of the record that this becomes, as JSON. `name` is the subject, which stands
    /// behind the label; `meta` is a key of `meta`, or that itself.
    takes: &'static str,
}

/// Members besides those that every call takes, in Omneo's names.
macro_rules! takes {
    ($own:literal) => {
        concat!(
            "{",
            $own,
            r#""channel":"channel","namespace":"namespace","signal":"signal","description":"description","#,
            r#""duration":"duration","tags":"tags","meta":"meta"}"#
        )
    };
}

/// `pageView({title, url})`
pub(super) static PAGE: Call =
    Call { kind: PAGE_VIEW, action: "view", label: "Viewed page", takes: takes!(r#""title":"name","url":"url","#) };

/// `productView({name, productId, variantId, categoryId, sku, gtin, url})`
pub(super) static PRODUCT: Call = Call {
    kind: PRODUCT_VIEW,
    action: "view",
    label: "Viewed product",
    takes: takes!(
        r#""name":"name","productId":"product_id","variantId":"product_variant_id","categoryId":"product_category_id",
"sku":"meta","gtin":"meta","url":"url","#
    ),
};

/// `login({method})`
pub(super) static SIGN_IN: Call =
    Call { kind: LOGIN, action: "visit", label: "Logged in", takes: takes!(r#""method":"meta","#) };

/// `formSubmission({form, name, url})`
pub(super) static FORM: Call = Call {
    kind: FORM_SUBMISSION,
    action: "disclose",
    label: "Submitted form",
    takes: takes!(r#""form":"meta","name":"name","url":"url","#),
};

/// `clienteling({staffId, locationId, organisationId})`, which records nothing itself: its fields are lent to the views of the
/// session that it opens. It is no record, and has no more to say than these three.
pub(super) static CLIENTELING: Call = Call {
    kind: "clienteling",
    action: "service",
    label: "Clienteling",
    takes: r#"{"staffId":"staff_id","locationId":"location_id","organisationId":"organisation_id"}"#,
};

/// `record({action, channel, …})`: a whole record in Omneo's own names, nothing added but when it happened.
pub(super) static WHOLE: Call = Call { kind: RECORD, action: "", label: "", takes: "" };

/// The call of that name.
pub(super) fn named(name: &str) -> Option<&'static Call> {
    [&PAGE, &PRODUCT, &SIGN_IN, &FORM, &CLIENTELING, &WHOLE].into_iter().find(|call| call.kind == name)
}

/// How much of a subject is read, in characters: a title may be longer than the rest of its page.
const MOST_READ: usize = 4_096;

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
        let takes = Json::view(self.takes);
        if !given.is_object() {
            return Err(Invalid::new("argument", Some(given), &joined(&["an object with ", &names(takes)])));
        }
        let mut fields = Object::new();
        let mut meta = Object::new();
        let mut subject: Box<str> = if self.kind == PAGE_VIEW { page.title.into() } else { Box::default() };
        fields.put_text("action", self.action);
        fields.put_text("channel", &settings.channel);
        fields.put("signal", "0");
        fields.put_text("namespace", &settings.namespace);
        if takes.field("url").is_some() && !page.address.is_empty() {
            fields.put_text("url", page.address);
        }
        for (name, value) in page.lent.members().filter(|_| self.action == "view") {
            fields.put(&text_of(name), value.as_str());
        }
        for (name, value) in given.members() {
            let name = text_of(name);
            let field = text_of(takes.field(&name));
            let (is_meta, is_subject) = (*field == *"meta", *field == *"name");
            if field.is_empty() {
                return Err(Invalid::new(&name, Some(value), &names(takes)));
            } else if value.is_null() {
            } else if is_subject || is_meta && *name != *field {
                let text = value.text_or_number().ok_or_else(|| Invalid::new(&name, Some(value), "text"))?;
                if is_meta { meta.put_text(&name, &text) } else { subject = text }
            } else if is_meta && value.is_object() {
                value.members().for_each(|(key, value)| meta.put(&text_of(key), value.as_str()));
            } else {
                fields.put(&field, value.as_str());
            }
        }
        fields.put_text("name", &self.name(&subject, given));
        if !meta.is_empty() {
            fields.put("meta", &meta.finish());
        }
        Ok(fields.finish())
    }

    // A form that has no name for people is called by its handle. Scrubbed before it is cut, which could leave half a number.
    fn name(&self, subject: &str, given: Json<'_>) -> Box<str> {
        let form = text_of(given.field("form"));
        let subject = if subject.is_empty() { &form } else { subject };
        let between = if subject.is_empty() { "" } else { ": " };
        let read: Box<str> = subject.chars().take(MOST_READ).collect();
        joined(&[self.label, between, &scrub(&read)]).chars().take(255).collect()
    }

    /// Whether a site may have emitted it for others already.
    pub(super) fn is_emitted(&self) -> bool {
        !matches!(self.kind, RECORD | "clienteling")
    }

    fn name_as_caller_does(&self, invalid: &mut Invalid) {
        for (name, field) in Json::view(self.takes).members() {
            if field.is(&invalid.field) && !field.is("meta") {
                invalid.field = text_of(name);
            }
        }
    }
}
