//! The face to JavaScript, text in, text out; `src/door.rs` is how they cross.
//!
//! There are two calls, and the module imports nothing: what the page tells goes in as values, what is to be done comes out as
//! values, all of it text. That is the smallest boundary there is, it is crossed once an event, and as no call ever leads from
//! here into JavaScript, none can come back while a tracker is at work. `js/page.js` carries out the effects, `js/tracker.js`
//! makes the typed, throwing face that a site sees.

use crate::capture::Look;
use crate::interaction::{Instant, Invalid};
use crate::json::{Json, Object, digits, quoted};
use crate::privacy::Consent;
use crate::text::{joined, text_of};
use crate::tracker::{Moment, Settings, Signals, Tracker};
use std::cell::RefCell;

/// Opens a tracker with these settings, as JSON; then whether the browser sends Global Privacy Control and Do Not Track. Answers
/// `{"answer": number}`, the number that [`input`] takes, or `{"mistake": …}`.
pub fn open(settings: &str, global_privacy_control: bool, do_not_track: bool) -> String {
    let signals = Signals { global_privacy_control, do_not_track };
    match Settings::read(Json::view(settings), signals) {
        Ok(settings) => TRACKERS.with_borrow_mut(|trackers| {
            trackers.push(Tracker::new(settings));
            answer(&digits(trackers.len() as u64 - 1), "")
        }),
        Err(invalid) => mistake(&[invalid]),
    }
}

/// Tells a tracker what happened: at `now`, in milliseconds since 1970, with random bytes for what it sets off.
///
/// `lines` are the input's name, the page's address, its title, and the input's detail to the end: an address has no line
/// break, and neither has `document.title`, which strips and collapses white space (HTML standard, "the title attribute").
///
/// Answers `{"answer": …, "effects": [[name, …], …]}`, or `{"mistake": {field, given, accepted, message}}`. Inputs and what
/// their `detail` is:
///
/// | input | detail | answer |
/// | --- | --- | --- |
/// | `start`, `flush`, `visible`, `hidden`, `leaving`, `woke`, `online`, `turn`, `signOut`, `signedOut` (on another page) | | |
/// | `consent` | `unknown`, `granted`, `denied`, or an array of purposes | |
/// | `recalled` | `[session, clienteling]`, each as it was kept, empty where there is none, null where storage gives nothing | |
/// | `adopt` | `[[id, text], …]`, the records that no open page has any more | |
/// | `taken` | `[id, …]`, what another page adopted meanwhile | |
/// | `unkept` | storage is full or blocked | |
/// | `token` | `[question, answer]`, the answer being `{error}` where the source failed | |
/// | `answered` | `[request, status, retryAfter, body]` | |
/// | `look` | how the page came there, see [`crate::capture::Pages::look`] | true: `viewed`, and look again; a number: look again in so many milliseconds |
/// | `viewed` | | the page's address, cleaned |
/// | `restored` | | |
/// | `product` | the page's markup, see [`crate::capture::product`] | what `shown` takes, and the site's own `id` of it |
/// | `shown` | a product, as `productView` takes it | |
/// | `clicked` | `[interaction, element]`, what the element's attribute gives and how to call it | |
/// | `submitted` | `[form, name, purpose, fields]`, the purpose being `search`, `dialog` or nothing, a field being `[name, id, label, type, autocomplete]` and its value once read | the places of the fields to read before it is told again, or nothing |
/// | `heard` | `[call, what it takes]`, or `[the name of another event]`, as the site emitted it to somebody else | |
/// | `explain` | a record | what would become of it |
/// | `pageView`, `productView`, `login`, `formSubmission`, `clienteling`, `record` | what the call takes | |
pub fn input(tracker: usize, lines: &str, now: f64, entropy: [u8; 16]) -> String {
    // A page may have broken its clock. Within the years that ISO 8601 writes, no time that is computed from it overflows.
    let moment = Moment { now: Instant((now as i64).clamp(0, LATEST_MS)), entropy };
    let (name, lines) = line(lines);
    let (address, lines) = line(lines);
    let (title, detail) = line(lines);
    TRACKERS.with_borrow_mut(|trackers| match trackers.get_mut(tracker) {
        Some(tracker) => match take(tracker, name, detail, address, title, moment) {
            Ok(answered) => answer(&answered, &tracker.asked()),
            Err(invalid) => mistake(&invalid),
        },
        None => String::new(),
    })
}

// The first line, and what comes after it.
fn line(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| byte == b'\n').unwrap_or(text.len());
    (&text[..end], text.get(end + 1..).unwrap_or_default())
}

fn take(
    tracker: &mut Tracker,
    name: &str,
    detail: &str,
    address: &str,
    title: &str,
    moment: Moment,
) -> Result<Box<str>, Vec<Invalid>> {
    let json = Json::view(detail);
    let mut items = json.items();
    let mut text = || items.next().and_then(Json::text_or_number).unwrap_or_default();
    match name {
        "start" => tracker.start(),
        "flush" => tracker.flush(moment),
        "visible" => tracker.visible(moment),
        "hidden" => tracker.hidden(moment),
        "leaving" => tracker.leaving(moment),
        "woke" => tracker.woke(moment),
        "online" => tracker.online(moment),
        "turn" => tracker.turn(moment),
        "signOut" => tracker.sign_out(moment),
        "signedOut" => tracker.signed_out_elsewhere(moment),
        "recalled" => tracker.recalled(json, moment),
        "adopt" => tracker.adopt(json, moment),
        "taken" => tracker.taken(json, moment),
        "unkept" => tracker.keeps_no_more(),
        "consent" => match Consent::read(detail) {
            Some((consent, purposes)) => tracker.consent_to(consent, purposes, moment),
            None => {
                return Err(vec![Invalid::new(
                    "consent",
                    Some(json),
                    "unknown, granted, denied or an array of purposes",
                )]);
            }
        },
        "token" => tracker.token(&text(), items.next(), moment),
        "answered" => tracker.answered(&text(), &text(), &text(), &text(), moment),
        "look" => match tracker.look(detail, address, title, moment) {
            Look::Done => {}
            Look::Again(after_ms) => return Ok(digits(after_ms as u64)),
            Look::View => return Ok("true".into()),
        },
        "viewed" => return Ok(quoted(&tracker.viewed(title, moment))),
        "restored" => tracker.restored(),
        "product" => return Ok(tracker.product_of(json)),
        "shown" => tracker.shown(json, moment),
        "clicked" => {
            let given = items.next().unwrap_or(json);
            let element = text_of(items.next());
            tracker.clicked(given, &element, address, moment);
        }
        "submitted" => {
            let (form, name, purpose) = (text(), text(), text());
            let fields = items.next().unwrap_or(json);
            let places = tracker.submitted(&form, &name, &purpose, fields, address, moment);
            if !places.is_empty() {
                return Ok(places);
            }
        }
        "heard" => tracker.heard(&text(), items.next(), address, title, moment),
        "explain" => return tracker.explain(json),
        _ => tracker.call(name, json, address, title, moment)?,
    }
    Ok("null".into())
}

fn answer(answer: &str, effects: &str) -> String {
    joined(&["{\"answer\":", answer, ",\"effects\":[", effects, "]}"]).into()
}

fn mistake(invalid: &[Invalid]) -> String {
    let mut described = Object::new();
    if let Some(first) = invalid.first() {
        described.put_text("field", &first.field);
        described.put_text("given", &first.given);
        described.put_text("accepted", &first.accepted);
        described.put_text("message", &first.message());
    }
    joined(&["{\"mistake\":", &described.finish(), "}"]).into()
}

/// 9999-12-31T23:59:59.999Z.
const LATEST_MS: i64 = 253_402_300_799_999;

thread_local! {
    pub(crate) static TRACKERS: RefCell<Vec<Tracker>> = const { RefCell::new(Vec::new()) };
}
