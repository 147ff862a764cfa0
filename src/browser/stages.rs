//! Which stage of its way a record has come to, for whoever inspects the page; where nobody does, nothing comes of it.

use super::edge::Edge;
use crate::interaction::{Interaction, Value};
use crate::privacy::EVENT_ID;
use crate::queue::Snapshot;
use crate::tracker::{Body, Event, Request, Stage, StageKind};
use std::rc::Rc;

pub(super) fn stored(edge: &Edge, records: &[Rc<Snapshot>]) {
    if !records.is_empty() {
        tell(edge, StageKind::Stored, 0, 0, || records.iter().map(|snapshot| id(snapshot.record())).collect());
    }
}

pub(super) fn sent(edge: &Edge, request: &Request) {
    tell(edge, StageKind::Sent, request.number, 0, || match &request.body {
        Body::None => Vec::new(),
        Body::One(record) => vec![id(record)],
        Body::Batch(batch) => batch.iter().map(|batched| id(&batched.record)).collect(),
    });
}

pub(super) fn answered(edge: &Edge, request: u32, status: u16) {
    tell(edge, StageKind::Answered, request, status, Vec::new);
}

fn tell(edge: &Edge, kind: StageKind, request: u32, status: u16, ids: impl FnOnce() -> Vec<Box<str>>) {
    if edge.host().is_inspecting() {
        edge.host().emit(&Event::Stage(Stage { kind, ids: ids(), request, status }));
    }
}

fn id(record: &Interaction) -> Box<str> {
    record.meta(EVENT_ID).and_then(Value::text).unwrap_or_default().into()
}
