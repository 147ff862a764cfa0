//! What the calls of a tracker take. What is not said is the page's own, or the settings'.

use crate::interaction::{Channel, Map, Signal, Value};

/// Types of what a call takes: a method for each member, and its name in JavaScript.
macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident: $type:ty = $written:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name(Map);

        impl $name {
            /// Nothing is said yet.
            pub fn new() -> $name {
                $name::default()
            }

            $(
                $(#[$member_doc])*
                #[must_use]
                pub fn $member(mut self, $member: $type) -> $name {
                    self.0.set($written, $member.into_value());
                    self
                }
            )+
        }

        impl From<$name> for Value {
            fn from(call: $name) -> Value {
                Value::Map(call.0)
            }
        }
    )+};
}

/// What every call that records takes besides.
macro_rules! common {
    ($($name:ident)+) => {$(
        impl $name {
            /// Where it happened, in place of [`Options::channel`](super::Options::channel).
            #[must_use]
            pub fn channel(self, channel: Channel) -> $name {
                self.with("channel", channel.as_str())
            }

            /// Groups interactions, in place of [`Options::namespace`](super::Options::namespace).
            #[must_use]
            pub fn namespace(self, namespace: &str) -> $name {
                self.with("namespace", namespace)
            }

            /// Its sentiment; neutral where nothing is said.
            #[must_use]
            pub fn signal(self, signal: Signal) -> $name {
                self.with("signal", f64::from(signal.number()))
            }

            /// More for people.
            #[must_use]
            pub fn description(self, description: &str) -> $name {
                self.with("description", description)
            }

            /// How long it took, in seconds.
            #[must_use]
            pub fn duration(self, seconds: f64) -> $name {
                self.with("duration", seconds)
            }

            /// Words to find it by, each of 1 to 255 characters.
            #[must_use]
            pub fn tags<T: Into<Box<str>>>(self, tags: impl IntoIterator<Item = T>) -> $name {
                self.with("tags", Value::List(tags.into_iter().map(|tag| Value::Text(tag.into())).collect()))
            }

            /// Whatever else there is to say.
            #[must_use]
            pub fn meta(self, meta: Map) -> $name {
                self.with("meta", meta)
            }

            fn with(mut self, member: &str, value: impl Into<Value>) -> $name {
                self.0.set(member, value);
                self
            }
        }
    )+};
}

calls! {
    /// A view of a page, for [`Tracker::page_view`](super::Tracker::page_view).
    PageView {
        /// Its title, for people.
        title: &str = "title",
        /// Its address.
        url: &str = "url",
    }

    /// A view of a product, for [`Tracker::product_view`](super::Tracker::product_view).
    ProductView {
        /// What people call it.
        name: &str = "name",
        /// Omneo's product.
        product_id: u64 = "productId",
        /// Omneo's variant of the product.
        variant_id: u64 = "variantId",
        /// Omneo's category of products.
        category_id: u64 = "categoryId",
        /// The site's own number of it.
        sku: &str = "sku",
        /// Its Global Trade Item Number.
        gtin: &str = "gtin",
        /// The address of its page.
        url: &str = "url",
    }

    /// A login, for [`Tracker::login`](super::Tracker::login).
    Login {
        /// How: `password`, `passkey`, …
        method: &str = "method",
    }

    /// A submission of a form, for [`Tracker::form_submission`](super::Tracker::form_submission).
    FormSubmission {
        /// Which form it is, as rules name it.
        form: &str = "form",
        /// What people call it.
        name: &str = "name",
        /// The address of its page.
        url: &str = "url",
    }

    /// A staff-assisted session, for [`Tracker::clienteling`](super::Tracker::clienteling). Without a member of the staff it ends.
    Clienteling {
        /// Omneo's member of the staff.
        staff_id: u64 = "staffId",
        /// Omneo's location.
        location_id: u64 = "locationId",
        /// Omneo's organisation.
        organisation_id: u64 = "organisationId",
    }
}

common! { PageView ProductView Login FormSubmission }

/// What a member may be.
trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for &str {
    fn into_value(self) -> Value {
        self.into()
    }
}

// Beyond what a number of JSON can tell apart no id is accepted.
impl IntoValue for u64 {
    fn into_value(self) -> Value {
        (self as f64).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::{Instant, json};
    use crate::privacy::Kind;
    use crate::tracker::{CallName, Context, Effect, Event, Input, Moment, Settings, Signals, Tracker};

    /// The record that a call makes.
    fn recorded(call: CallName, given: impl Into<Value>) -> String {
        let settings = json(r#"{"tenant":"acme","policy":{"rules":[{"rule":"all","channel":["app","website"]}]}}"#);
        let mut tracker = Tracker::new(Settings::read(&settings, Signals::default()).unwrap());
        let moment = Moment { now: Instant(1_764_000_000_000), entropy: [0; 16] };
        let context = Context { moment, address: "https://shop.example/".into(), title: "Home".into() };
        let handled = tracker.handle(Input::Call { call, given: given.into() }, &context);
        assert_eq!(handled.result, Ok(()));
        let told = handled.effects.into_iter().find_map(|effect| match effect {
            Effect::Emit(Event::Recorded(recorded)) => Some(recorded),
            _ => None,
        });
        let told = told.expect("a record");
        assert_eq!(Kind::ALL.iter().find(|kind| kind.as_str() == call.as_str()), Some(&told.kind));
        Value::from(&*told.record).to_string()
    }

    #[test]
    fn each_call_takes_what_its_type_can_say() {
        let meta = || Map::from_iter([("size", Value::from("38"))]);
        for (call, given, parts) in [
            (
                CallName::PageView,
                Value::from(PageView::new().title("Dresses").url("https://shop.example/dresses").tags(["summer"])),
                [r#""name":"Viewed page: Dresses""#, r#""tags":["summer"]"#],
            ),
            (
                CallName::ProductView,
                ProductView::new()
                    .name("Linen wrap dress")
                    .product_id(1001)
                    .variant_id(2)
                    .category_id(3)
                    .sku("LWD")
                    .gtin("9780141439518")
                    .url("https://shop.example/dress")
                    .channel(Channel::App)
                    .namespace("shop")
                    .signal(Signal::Positive)
                    .description("From the lookbook")
                    .duration(1.5)
                    .meta(meta())
                    .into(),
                [
                    r#""action":"view","channel":"app","signal":1,"name":"Viewed product: Linen wrap dress","namespace":"shop","description":"From the lookbook","url":"https://shop.example/dress","duration":1.5,"#,
                    r#""product_id":1001,"product_variant_id":2,"product_category_id":3"#,
                ],
            ),
            (CallName::Login, Login::new().method("passkey").into(), [r#""name":"Logged in""#, "passkey"]),
            (
                CallName::FormSubmission,
                FormSubmission::new().form("sizes").name("Sizes").url("https://shop.example/sizes").into(),
                [r#""name":"Submitted form: Sizes""#, r#""form":"sizes""#],
            ),
        ] {
            let record = recorded(call, given);
            parts.iter().for_each(|part| assert!(record.contains(part), "{part} in {record}"));
        }
    }

    #[test]
    fn a_staff_assisted_session_takes_what_its_type_can_say() {
        let given = Clienteling::new().staff_id(7).location_id(8).organisation_id(9);
        assert_eq!(Value::from(given).to_string(), r#"{"staffId":7,"locationId":8,"organisationId":9}"#);
    }
}
