//! What has a model of its own in Omneo, and is no interaction.

use super::{RECORD, next_word};
use crate::interaction::Interaction;
use crate::json::Json;

/// The model that records what this interaction tells of, where there is one: told by the record's name and by the `event`
/// or `event_name` in its `meta`, in the words of Google Analytics 4, Segment, Meta, Shopify and others, however they are
/// written (`order_completed`, `Order Completed`); by where a visit was; and by what feedback carries.
pub(super) fn model_of(kind: &str, interaction: &Interaction) -> Option<&'static str> {
    let is = |name: &str, word: &str| interaction.field(name).is_some_and(|value| value.is(word));
    // A login has a call of its own, and may be made at a kiosk.
    if kind == RECORD && is("action", "visit") && is("channel", "location") {
        return Some("Visit");
    }
    let meta = interaction.field("meta").unwrap_or(Json::EMPTY_LIST);
    for told in [interaction.field("name"), meta.field("event"), meta.field("event_name")] {
        let Some(told) = told.and_then(Json::text) else { continue };
        let (mut events, mut model) = (EVENTS, "");
        while let Some(word) = next_word(&mut events) {
            if word.as_bytes()[0].is_ascii_uppercase() {
                model = word;
            } else if is_same(&told, word) {
                return Some(model);
            }
        }
    }
    let is_scored = || ["score", "rating", "nps", "csat"].iter().any(|key| meta.field(key).is_some());
    (is("action", "feedback") && is_scored()).then_some("Rating")
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

/// Each model, and the events that it records.
const EVENTS: &str = "Transaction|purchase|purchased|inapppurchase|transaction|order|orderplaced|placedorder|placeorder|placeanorder|\
ordercompleted|completedorder|ordercreated|orderpaid|orderupdated|orderfulfilled|fulfilledorder|orderedproduct|\
ordercancelled|cancelledorder|orderrefunded|refundedorder|refund|refunded|begincheckout|checkoutstarted|\
startedcheckout|initiatecheckout|checkoutcompleted|completedcheckout|completepayment|addpaymentinfo|paymentinfoentered|\
paymentinfosubmitted|Visit|storevisit|visitedstore|appointment|appointmentbooked|bookedappointment|bookappointment|\
appointmentscheduled|schedule|Rating|rating|rated|productrated|productreviewed|review|reviewsubmitted|nps|npsscore|\
npssubmitted|csat|csatscore|csatsubmitted|Profile|profileupdated|updatedprofile|updateprofile|profileupdate|\
profilechanged|identify|emailchanged|addresschanged";

#[cfg(test)]
mod tests {
    use super::*;

    fn model(name: &str, more: &str) -> Option<&'static str> {
        let text =
            format!(r#"{{"action":"service","channel":"website","signal":0,"name":"{name}","namespace":"n"{more}}}"#);
        model_of(RECORD, &Interaction::read(Json::parse(&text).unwrap()).unwrap())
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
        let read = |text: &str| model_of(RECORD, &Interaction::read(Json::parse(text).unwrap()).unwrap());
        let visit = r#"{"action":"visit","channel":"location","signal":0,"name":"Came by","namespace":"n"}"#;
        assert_eq!(read(visit), Some("Visit"));
        assert_eq!(read(&visit.replace("location", "website")), None);
        let login = Interaction::read(Json::parse(visit).unwrap()).unwrap();
        assert_eq!(model_of("login", &login), None, "at a kiosk");
        let feedback = r#"{"action":"feedback","channel":"website","signal":1,"name":"Liked it","namespace":"n","meta":{"score":9}}"#;
        assert_eq!(read(feedback), Some("Rating"));
        assert_eq!(read(&feedback.replace("score", "order")), None, "feedback on an order is no order");
    }
}
