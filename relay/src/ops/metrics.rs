//! Figures for Prometheus.

use super::{Ops, set};
use crate::clock;
use crate::http::Fault;
use crate::store::Totals;
use crate::tenant::Tenant;
use ::metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

/// What all of the process is recorded by; made once.
pub fn recorder() -> PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    let make = || {
        let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), BUCKETS);
        let handle = builder.expect("there are buckets").install_recorder().expect("there is no other recorder");
        describe();
        handle
    };
    RECORDER.get_or_init(make).clone()
}

/// `GET /metrics`
pub async fn metrics(State(ops): State<Arc<Ops>>) -> Result<impl IntoResponse, Fault> {
    for tenant in &ops.shared.tenants {
        let totals = ops.shared.store.totals(&tenant.name).await?;
        show(tenant, &totals);
    }
    gauge!("omneo_relay_requests_in_work").set(ops.shared.in_work() as f64);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], ops.metrics.render()))
}

fn show(tenant: &Tenant, totals: &Totals) {
    let flow = &tenant.flow;
    let oldest = totals.oldest.map_or(0, |oldest| (clock::now() - oldest).max(0)) as f64 / 1_000.0;
    set("omneo_relay_outbox_records", tenant, totals.waiting as f64);
    set("omneo_relay_outbox_oldest_seconds", tenant, oldest);
    set("omneo_relay_dead_records", tenant, totals.dead as f64);
    set("omneo_relay_balance", tenant, totals.balance() as f64);
    set("omneo_relay_breaker_open", tenant, f64::from(flow.breaker.is_open()));
    let is_paused = flow.is_held.load(Ordering::Relaxed) || flow.is_refused.load(Ordering::Relaxed);
    set("omneo_relay_paused", tenant, f64::from(is_paused));
    set("omneo_relay_rate_per_second", tenant, flow.pace.rate());
    // From the start, so that a first failure is a change, and not a new series.
    for outcome in ["accepted", "known", "refused", "delivered", "dead", "erased", "withdrawn"] {
        counter!("omneo_relay_records_total", "tenant" => tenant.name.to_string(), "outcome" => outcome).increment(0);
    }
    for result in ["found", "absent"] {
        counter!("omneo_relay_unconfirmed_total", "tenant" => tenant.name.to_string(), "result" => result).increment(0);
    }
}

fn describe() {
    COUNTERS.iter().for_each(|(name, text)| describe_counter!(*name, *text));
    GAUGES.iter().for_each(|(name, text)| describe_gauge!(*name, *text));
    HISTOGRAMS.iter().for_each(|(name, text)| describe_histogram!(*name, *text));
}

const COUNTERS: &[(&str, &str)] = &[
    ("omneo_relay_records_total", "Records by what became of them, since this process began."),
    ("omneo_relay_refused_total", "Records that were not taken in, by the rule that refused them."),
    ("omneo_relay_omneo_answers_total", "Omneo's answers by status; none: no answer."),
    ("omneo_relay_unconfirmed_total", "Records that were looked for at Omneo, by whether they were there."),
];
const GAUGES: &[(&str, &str)] = &[
    ("omneo_relay_outbox_records", "Records that wait."),
    ("omneo_relay_outbox_bytes", "Bytes of the database."),
    ("omneo_relay_outbox_oldest_seconds", "How long the oldest has waited."),
    ("omneo_relay_dead_records", "Records that were given up."),
    ("omneo_relay_balance", "Accepted less delivered, dead, erased, withdrawn and waiting: always 0."),
    ("omneo_relay_breaker_open", "1 where Omneo is left alone, as it does not answer."),
    ("omneo_relay_paused", "1 where nothing is forwarded: Omneo refuses the token, or the operator said so."),
    ("omneo_relay_rate_per_second", "Requests a second that Omneo gets at most, now."),
    ("omneo_relay_disk_free_bytes", "Free space where the SQLite file lies."),
    ("omneo_relay_requests_in_work", "Requests in work."),
];
const HISTOGRAMS: &[(&str, &str)] = &[
    ("omneo_relay_commit_seconds", "How long commits took."),
    ("omneo_relay_intake_seconds", "How long until a request was answered."),
    ("omneo_relay_omneo_seconds", "How long Omneo took."),
];
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0];
