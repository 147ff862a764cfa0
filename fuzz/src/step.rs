//! The steps of a visit, as the lines of a text.

use crate::shown::{field, markup};
use crate::storage::stored;
use crate::value;
use omneo_interactions::capture::{Attempt, Markup, Navigation, Purpose, Signs, Submission};
use omneo_interactions::interaction::{Stored, Value};
use omneo_interactions::privacy::Consent;
use omneo_interactions::tracker::{Answer, CallName, Input, StoredRecord, TokenAnswer};

/// What happens next.
pub enum Step {
    /// The page has another address and title.
    At { address: Box<str>, title: Box<str> },
    /// A form is submitted: of its fields those are read that the tracker asks for.
    Submit(Submission),
    /// The tracker is asked for the product of the page.
    Markup(Markup),
    /// The tracker is asked what it would do with a record.
    Explain(Value),
    /// The tracker is told.
    Input(Input),
}

/// Reads a line: the name of an input, or of a call, and what belongs to it as JSON, where there is more to say an array of it.
/// `at` has the address and the title behind it, with a space between. `None` for what is no step.
pub fn step(line: &str) -> Option<Step> {
    let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
    if name == "at" {
        let (address, title) = rest.split_once(' ').unwrap_or((rest, ""));
        return Some(Step::At { address: address.into(), title: title.into() });
    }
    let detail = if rest.is_empty() { Value::Null } else { value(rest)? };
    match name {
        "submitted" => Some(Step::Submit(submission(&detail))),
        "markup" => Some(Step::Markup(markup(&detail))),
        "explain" => Some(Step::Explain(detail)),
        _ => input(name, detail).map(Step::Input),
    }
}

fn input(name: &str, detail: Value) -> Option<Input> {
    let items = detail.items();
    let texts = items.iter().map(|item| item.text().unwrap_or_default().into());
    Some(match name {
        "start" => Input::Start,
        "consent" => {
            let (consent, purposes) = Consent::read(&detail)?;
            Input::Consent { consent, purposes }
        }
        "recalled" => Input::Recalled { session: kept(items.first()), clienteling: kept(items.get(1)) },
        "adopted" => Input::Adopted { records: items.iter().filter_map(stored_record).collect() },
        "formSeen" => Input::FormSeen { number: number(items.first()), signs: Signs(text(items.get(1))) },
        "takenOver" => Input::TakenOver { ids: texts.collect() },
        "storageFailed" => Input::StorageFailed,
        "signOut" => Input::SignOut,
        "signedOutElsewhere" => Input::SignedOutElsewhere,
        "token" => Input::Token {
            question: number(items.first()),
            answer: TokenAnswer::Answered { answer: own(items.get(1)), claims: own(items.get(2)) },
        },
        "tokenFailed" => {
            Input::Token { question: number(items.first()), answer: TokenAnswer::Failed { error: text(items.get(1)) } }
        }
        "answered" => Input::Answered {
            request: number(items.first()),
            answer: Answer {
                status: number(items.get(1)) as u16,
                retry_after: text(items.get(2)),
                body: own(items.get(3)),
            },
        },
        "turnCame" => Input::TurnCame,
        "flush" => Input::Flush,
        "woke" => Input::Woke,
        "online" => Input::Online,
        "visible" => Input::Visible,
        "hidden" => Input::Hidden,
        "leaving" => Input::Leaving,
        "restored" => Input::Restored,
        "navigated" => Input::Navigated { navigation: navigation(detail.text()?)? },
        "productShown" => match detail {
            Value::Map(product) => Input::ProductShown { product },
            _ => return None,
        },
        "clicked" => Input::Clicked { given: own(items.first()), element: text(items.get(1)) },
        "emitted" => Input::Emitted { event: text(items.first()), given: items.get(1).cloned() },
        _ => Input::Call { call: CallName::of(name)?, given: detail },
    })
}

fn submission(detail: &Value) -> Submission {
    let items = detail.items();
    let purpose = match &*text(items.get(2)) {
        "search" => Some(Purpose::Search),
        "dialog" => Some(Purpose::Dialog),
        _ => None,
    };
    let fields = items.get(3).map(Value::items).unwrap_or_default();
    let is = |at| items.get(at) == Some(&Value::Bool(true));
    Submission {
        form: text(items.first()),
        name: text(items.get(1)),
        purpose,
        // Which of the page's forms, whether it was changed since the last time, and whether a script sends it.
        number: number(items.get(4)),
        changes: number(items.get(5)),
        attempt: is(6).then(Attempt::default),
        signs: Signs(text(items.get(8))),
        is_continued: is(7),
        fields: fields.iter().map(|given| field(&mut given.items().iter().filter_map(Value::text))).collect(),
    }
}

fn navigation(word: &str) -> Option<Navigation> {
    Some(match word {
        "load" => Navigation::Load,
        "app" => Navigation::App,
        "replace" => Navigation::Replace,
        "leave" => Navigation::Leave,
        "other" => Navigation::Other,
        "again" => Navigation::Again,
        "unseen" => Navigation::Unseen,
        _ => return None,
    })
}

// Null where storage gives nothing.
fn kept(text: Option<&Value>) -> Option<Stored> {
    text?.text().map(stored)
}

fn stored_record(pair: &Value) -> Option<StoredRecord> {
    let [id, kept] = pair.items() else { return None };
    Some(StoredRecord { id: id.text()?.into(), stored: stored(kept.text()?) })
}

fn own(item: Option<&Value>) -> Value {
    item.cloned().unwrap_or_default()
}

fn text(item: Option<&Value>) -> Box<str> {
    item.and_then(Value::text).unwrap_or_default().into()
}

// Of a number that is too large, the largest.
fn number(item: Option<&Value>) -> u32 {
    item.and_then(Value::number).unwrap_or_default() as u32
}
