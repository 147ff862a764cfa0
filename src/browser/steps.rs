//! Which step a record takes, for whoever inspects the page; where nobody does, nothing comes of it.

use super::edge::Edge;
use crate::interaction::{Interaction, Value};
use crate::privacy::EVENT_ID;
use crate::queue::Snapshot;
use crate::tracker::{Body, Event, Request, Step};
use std::rc::Rc;

pub(super) fn stored(edge: &Edge, records: &[Rc<Snapshot>]) {
    if !records.is_empty() {
        tell(edge, || Step::Stored { ids: records.iter().map(|snapshot| id(snapshot.record())).collect() });
    }
}

pub(super) fn sent(edge: &Edge, request: &Request) {
    tell(edge, || {
        let ids = match &request.body {
            Body::None => Vec::new(),
            Body::One(record) => vec![id(record)],
            Body::Batch(batch) => batch.iter().map(|batched| id(&batched.record)).collect(),
        };
        Step::Sent { request: request.number, ids }
    });
}

pub(super) fn answered(edge: &Edge, request: u32, status: u16) {
    tell(edge, || Step::Answered { request, status });
}

fn tell(edge: &Edge, step: impl FnOnce() -> Step) {
    if edge.host().is_inspecting() {
        edge.host().emit(&Event::Step(step()));
    }
}

fn id(record: &Interaction) -> Box<str> {
    record.meta(EVENT_ID).and_then(Value::text).unwrap_or_default().into()
}
