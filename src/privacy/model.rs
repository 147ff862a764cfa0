//! What has a model of its own in Omneo, and is no interaction.

use super::Kind;
use crate::interaction::{Action, Channel, Interaction, Value};

/// The model that records what this interaction tells of, where there is one: told by the record's name and by the `event`
/// or `event_name` in its `meta`, in the words of Google Analytics 4, Segment, Meta, Shopify and others, however they are
/// written (`order_completed`, `Order Completed`); by where a visit was; and by what feedback carries.
pub(super) fn model_of(kind: Kind, record: &Interaction) -> Option<&'static str> {
    // A login has a call of its own, and may be made at a kiosk.
    if kind == Kind::Record && record.action == Action::Visit && record.channel == Channel::Location {
        return Some("Visit");
    }
    let event = |key| record.meta(key).and_then(Value::text);
    let told = [Some(&*record.name), event("event"), event("event_name")];
    if let Some(model) = told.into_iter().flatten().find_map(recorded_by) {
        return Some(model);
    }
    let is_scored = || ["score", "rating", "nps", "csat"].iter().any(|key| record.meta(key).is_some());
    (record.action == Action::Feedback && is_scored()).then_some("Rating")
}

// The model that records the event of that name.
fn recorded_by(event: &str) -> Option<&'static str> {
    let records = |(_, events): &&(&str, &str)| events.split('|').any(|word| is_same(event, word));
    EVENTS.iter().find(records).map(|(model, _)| *model)
}

/// Whether the letters and digits of a name are those of the word, which is small.
fn is_same(name: &str, word: &str) -> bool {
    let mut left = word.bytes();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() && left.next() != Some(byte.to_ascii_lowercase()) {
            return false;
        }
    }
    left.next().is_none()
}

/// Each model, and the events that it records, with a `|` between.
const EVENTS: &[(&str, &str)] = &[
    (
        "Transaction",
        "purchase|purchased|inapppurchase|transaction|order|orderplaced|placedorder|placeorder|placeanorder|\
ordercompleted|completedorder|ordercreated|orderpaid|orderupdated|orderfulfilled|fulfilledorder|orderedproduct|\
ordercancelled|cancelledorder|orderrefunded|refundedorder|refund|refunded|begincheckout|checkoutstarted|\
startedcheckout|initiatecheckout|checkoutcompleted|completedcheckout|completepayment|addpaymentinfo|paymentinfoentered|\
paymentinfosubmitted",
    ),
    (
        "Visit",
        "storevisit|visitedstore|appointment|appointmentbooked|bookedappointment|bookappointment|appointmentscheduled|schedule",
    ),
    (
        "Rating",
        "rating|rated|productrated|productreviewed|review|reviewsubmitted|nps|npsscore|npssubmitted|csat|csatscore|csatsubmitted",
    ),
    (
        "Profile",
        "profileupdated|updatedprofile|updateprofile|profileupdate|profilechanged|identify|emailchanged|addresschanged",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::json;

    fn record(text: &str) -> Interaction {
        Interaction::try_from(json(text)).unwrap()
    }

    fn model(name: &str, more: &str) -> Option<&'static str> {
        let text =
            format!(r#"{{"action":"service","channel":"website","signal":0,"name":"{name}","namespace":"n"{more}}}"#);
        model_of(Kind::Record, &record(&text))
    }

    #[test]
    fn well_known_events_have_a_model_however_they_are_written() {
        for (names, wanted) in [
            (
                &["purchase", "Purchase", "order_completed", "Order Completed", "orderCompleted", "ORDER-COMPLETED"][..],
                "Transaction",
            ),
            (
                &[
                    "checkout_completed",
                    "refund",
                    "add_payment_info",
                    "begin_checkout",
                    "Checkout Started",
                    "Placed Order",
                ],
                "Transaction",
            ),
            (&["Store visit", "Appointment booked"], "Visit"),
            (&["NPS", "csat_score", "Product Reviewed"], "Rating"),
            (&["Profile Updated", "update-profile"], "Profile"),
        ] {
            for name in names {
                assert_eq!(model(name, ""), Some(wanted), "{name}");
                assert_eq!(model("n", &format!(r#","meta":{{"event":"{name}"}}"#)), Some(wanted), "{name}");
                assert_eq!(model("n", &format!(r#","meta":{{"event_name":"{name}"}}"#)), Some(wanted), "{name}");
            }
        }
    }

    #[test]
    fn what_only_speaks_of_one_is_an_interaction() {
        for name in
            ["Opened store finder", "Viewed page: Order completed", "Purchase guide", "Ordering a catalogue", "n"]
        {
            assert_eq!(model(name, r#","meta":{"rating":4,"event":"opened"}"#), None, "{name}");
        }
    }

    #[test]
    fn a_visit_at_a_location_and_feedback_with_a_score_have_one() {
        let read = |text: &str| model_of(Kind::Record, &record(text));
        let visit = r#"{"action":"visit","channel":"location","signal":0,"name":"Came by","namespace":"n"}"#;
        assert_eq!(read(visit), Some("Visit"));
        assert_eq!(read(&visit.replace("location", "website")), None);
        let login = record(visit);
        assert_eq!(model_of(Kind::Login, &login), None, "at a kiosk");
        let feedback = r#"{"action":"feedback","channel":"website","signal":1,"name":"Liked it","namespace":"n","meta":{"score":9}}"#;
        assert_eq!(read(feedback), Some("Rating"));
        assert_eq!(read(&feedback.replace("score", "order")), None, "feedback on an order is no order");
    }
}
