//! The page for whoever runs the relay: `/status/`.

use super::Ops;
use crate::clock;
use crate::http::Fault;
use crate::store::{Dead, Totals};
use crate::tenant::Tenant;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use maud::{DOCTYPE, Markup, html};
use omneo_interactions::interaction::Instant;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// `GET /status/`: plain HTML without a script.
pub async fn page(State(ops): State<Arc<Ops>>) -> Result<impl IntoResponse, Fault> {
    let mut tenants = Vec::new();
    for tenant in &ops.shared.tenants {
        let totals = ops.shared.store.totals(&tenant.name).await?;
        let dead = ops.shared.store.dead(Some(&tenant.name), SHOWN).await?;
        tenants.push(section(tenant, &totals, &dead, ops.started.elapsed().as_secs_f64()));
    }
    let has_room = ops.shared.has_room.load(Ordering::Relaxed);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Relay" }
                link rel="stylesheet" href="style.css";
            }
            body {
                main {
                    h1 { "Relay" }
                    @if !has_room { p.alarm role="alert" { "There is no room for more records: new ones are answered 503." } }
                    @for tenant in &tenants { (tenant) }
                    footer { p { "As of " (Instant(clock::now()).to_iso()) ". " a href="" { "Look again" } } }
                }
            }
        }
    };
    Ok((POLICY, Html(page.into_string())))
}

/// `GET /status/style.css`
pub async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

fn section(tenant: &Tenant, totals: &Totals, dead: &[Dead], seconds: f64) -> Markup {
    let flow = &tenant.flow;
    let balance = totals.balance();
    html! {
        section aria-labelledby=(format!("tenant-{}", tenant.name)) {
            h2 id=(format!("tenant-{}", tenant.name)) { (tenant.name) }
            p { (state(tenant)) }
            dl {
                (figure("Waiting", totals.waiting, totals.oldest.map(|at| format!("the oldest for {}", duration(clock::now() - at)))))
                (figure("Delivered", totals.delivered, None))
                (figure("Dead", totals.dead, None))
                (figure("Withdrawn", totals.withdrawn, None))
                (figure("Erased", totals.erased, None))
                (figure("Accepted", totals.accepted, None))
                (figure("Balance", balance, Some(if balance == 0 { "as it must be".into() } else { "this must be 0: please report it".into() })))
                (figure("Requests a second", format!("{:.1}", flow.pace.rate()), Some(format!("at most, to Omneo; up for {}", duration((seconds * 1_000.0) as i64)))))
            }
            @if dead.is_empty() {
                p { "No record is dead." }
            } @else {
                h3 { "Dead records, the newest first" }
                div.wide tabindex="0" role="region" aria-label=(format!("Dead records of {}", tenant.name)) {
                    table {
                        thead { tr { th scope="col" { "Number" } th scope="col" { "When" } th scope="col" { "Why" } th scope="col" { "Status" } th scope="col" { "Fields" } th scope="col" { "Event" } } }
                        tbody {
                            @for one in dead {
                                tr {
                                    td { (one.seq) }
                                    td { (Instant(one.died_at).to_iso()) }
                                    td { (one.reason) }
                                    td { @if one.status > 0 { (one.status) } }
                                    td { (one.detail) }
                                    td { code { (one.event_id) } }
                                }
                            }
                        }
                    }
                }
                p { "To send them again: " code { "omneo-relay dead replay --tenant " (tenant.name) } }
            }
        }
    }
}

fn state(tenant: &Tenant) -> Markup {
    let flow = &tenant.flow;
    if flow.is_held.load(Ordering::Relaxed) {
        html! { strong.alarm { "Held." } " Its operator said so; records are taken in, and wait." }
    } else if flow.is_refused.load(Ordering::Relaxed) {
        html! { strong.alarm { "Omneo refuses our token." } " Records are taken in, and wait for another." }
    } else if flow.breaker.is_open() {
        html! { strong.alarm { "Omneo does not answer." } " Records are taken in, and wait until it does." }
    } else {
        html! { strong.good { "Forwarding." } }
    }
}

fn figure(name: &str, value: impl std::fmt::Display, note: Option<String>) -> Markup {
    html! {
        div { dt { (name) } dd { (value.to_string()) @if let Some(note) = note { small { (note) } } } }
    }
}

fn duration(ms: i64) -> String {
    match ms.max(0) / 1_000 {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..=7_199 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}

const SHOWN: u32 = 50;
const POLICY: [(header::HeaderName, &str); 2] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
];
const STYLE: &str = include_str!("status.css");
