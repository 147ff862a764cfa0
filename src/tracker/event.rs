//! What the site's listeners hear.

use crate::capture::Source;
use crate::interaction::{Interaction, Map, Value};
use crate::privacy::{Dropped, Kind, Struck};
use std::rc::Rc;

/// What became of a record, or of a call of `flush`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It was accepted.
    Recorded(Recorded),
    /// It was refused by consent, by the allowlist, or because nobody is signed in.
    Refused(Refused),
    /// The receiver has it.
    Delivered(Delivered),
    /// It was given up, or something else went wrong.
    Failed(Failed),
    /// Everything that could leave has left or is waiting for a later try, which answers whoever called `flush`.
    Settled(Report),
    /// A record came a stage further, for whoever inspects the page.
    Stage(Stage),
}

/// Hears of every event.
pub(crate) type Listener = Box<dyn Fn(&Event)>;

/// See [`Event::Recorded`].
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The kind of what was recorded.
    pub kind: Kind,
    /// Who told of it.
    pub source: Source,
    /// The rule that allows it.
    pub rule: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// What was left out of it.
    pub dropped: Vec<Dropped>,
    /// The fields from which something was struck out.
    pub struck: Struck,
    /// The record as it is kept.
    pub record: Rc<Interaction>,
}

/// See [`Event::Refused`].
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The kind of what was refused; `None` where it had been accepted before.
    pub kind: Option<Kind>,
    /// Who told of it; `None` in the same way.
    pub source: Option<Source>,
    /// The rule that refused it.
    pub rule: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// The fields from which something was struck out.
    pub struck: Struck,
    /// The record as it would have been kept.
    pub record: Rc<Interaction>,
}

/// See [`Event::Delivered`].
#[derive(Clone, Debug, PartialEq)]
pub struct Delivered {
    /// The HTTP status that says so.
    pub status: u16,
    /// The record.
    pub record: Rc<Interaction>,
}

/// See [`Event::Failed`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failed {
    /// Why a record was given up.
    pub rule: Option<&'static str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// The HTTP status that a record was given up for, 0 for none.
    pub status: Option<u16>,
    /// The record that was given up.
    pub record: Option<Rc<Interaction>>,
}

/// What became of the records of this page so far, and how many wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The receiver confirmed them.
    pub delivered: u64,
    /// Refused by consent, by the allowlist, or because nobody is signed in.
    pub refused: u64,
    /// They wait.
    pub kept: u64,
    /// Refused by the receiver for good, or given up because the queue was full.
    pub failed: u64,
}

/// A stage on the way of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Which.
    pub kind: StageKind,
    /// The `event_id` of each that is stored or sent; none where a request only asks which of them the receiver has.
    pub ids: Vec<Box<str>>,
    /// The number of the request; 0 for none.
    pub request: u32,
    /// The HTTP status; 0 for none.
    pub status: u16,
}

/// See [`Stage`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageKind {
    /// The browser has stored them.
    Stored,
    /// The request with them has begun.
    Sent,
    /// The request is answered.
    Answered,
}

/// What the tracker would do with a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Whether it would be recorded.
    pub allowed: bool,
    /// What would be left out of it.
    pub dropped: Vec<Dropped>,
    /// The fields from which something would be struck out.
    pub struck: Struck,
    /// The rule that decides.
    pub rule: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// The record as it would be kept.
    pub record: Interaction,
}

impl Event {
    /// What whoever inspects the page listens to.
    pub const STAGE: &str = "stage";

    /// What a site listens to it as.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Recorded(_) => "recorded",
            Event::Refused(_) => "refused",
            Event::Delivered(_) => "delivered",
            Event::Failed(_) => "failed",
            Event::Settled(_) => "settled",
            Event::Stage(_) => Event::STAGE,
        }
    }

    /// What a listener of the site's is given: the members of what it tells, without those that are not set.
    pub fn detail(&self) -> Value {
        let mut map = Map::new();
        match self {
            Event::Recorded(Recorded { kind, source, rule, reason, dropped, struck, record }) => {
                map.set("kind", kind.as_str());
                map.set("source", source.as_str());
                map.set("rule", &**rule);
                map.set("reason", &**reason);
                set_dropped(&mut map, dropped);
                set_texts(&mut map, "struck", &mut struck.names());
                map.set("record", &**record);
            }
            Event::Refused(Refused { kind, source, rule, reason, struck, record }) => {
                if let Some(kind) = kind {
                    map.set("kind", kind.as_str());
                }
                if let Some(source) = source {
                    map.set("source", source.as_str());
                }
                map.set("rule", &**rule);
                map.set("reason", &**reason);
                set_texts(&mut map, "struck", &mut struck.names());
                map.set("record", &**record);
            }
            Event::Delivered(Delivered { status, record }) => {
                map.set("status", f64::from(*status));
                map.set("record", &**record);
            }
            Event::Failed(Failed { rule, reason, status, record }) => {
                if let Some(rule) = rule {
                    map.set("rule", *rule);
                }
                map.set("reason", &**reason);
                if let Some(status) = status {
                    map.set("status", f64::from(*status));
                }
                if let Some(record) = record {
                    map.set("record", &**record);
                }
            }
            Event::Settled(Report { delivered, refused, kept, failed }) => {
                for (name, count) in
                    [("delivered", delivered), ("refused", refused), ("kept", kept), ("failed", failed)]
                {
                    map.set(name, *count as f64);
                }
            }
            Event::Stage(Stage { kind, ids, request, status }) => {
                map.set("stage", kind.as_str());
                set_texts(&mut map, "ids", &mut ids.iter().map(|id| &**id));
                map.set("request", f64::from(*request));
                map.set("status", f64::from(*status));
            }
        }
        Value::Map(map)
    }
}

impl StageKind {
    fn as_str(self) -> &'static str {
        match self {
            StageKind::Stored => "stored",
            StageKind::Sent => "sent",
            StageKind::Answered => "answered",
        }
    }
}

impl Explanation {
    /// That a record would not be recorded, whatever it says.
    pub(crate) fn refused(record: Interaction, rule: &str, reason: &str) -> Explanation {
        let (rule, reason) = (rule.into(), reason.into());
        Explanation { allowed: false, dropped: Vec::new(), struck: Struck::default(), rule, reason, record }
    }

    /// What the site is given, without the members that are not set.
    pub fn detail(&self) -> Value {
        let Explanation { allowed, dropped, struck, rule, reason, record } = self;
        let mut map = Map::new();
        map.set("allowed", *allowed);
        set_dropped(&mut map, dropped);
        set_texts(&mut map, "struck", &mut struck.names());
        map.set("rule", &**rule);
        map.set("reason", &**reason);
        map.set("record", record);
        Value::Map(map)
    }
}

fn set_dropped(map: &mut Map, dropped: &[Dropped]) {
    let one = |Dropped { field, reason }: &Dropped| {
        let mut one = Map::new();
        one.set("field", &**field);
        one.set("reason", &**reason);
        Value::Map(one)
    };
    if !dropped.is_empty() {
        map.set("dropped", Value::List(dropped.iter().map(one).collect()));
    }
}

// Once for all kinds of iterators.
pub(super) fn set_texts(map: &mut Map, name: &str, texts: &mut dyn Iterator<Item = &str>) {
    let mut list = Vec::new();
    for text in texts {
        list.push(text.into());
    }
    if !list.is_empty() {
        map.set(name, Value::List(list));
    }
}
