//! `GET /_sandbox/records`: all that was recorded, for the reports, a line each.

use crate::answers::Failure;
use crate::app::App;
use crate::work::blocking;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use rusqlite::params;
use serde_json::json;
use std::sync::Arc;
use tokio_stream::StreamExt;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/_sandbox/records", get(records))
}

/// `{"total"}`, then the records by id, of whoever they are, then `{"end": true}`: what has no such end is not all there is. A record
/// is `{id, at, action, channel, signal, namespace, name, url, product_id, form}`, `at` in milliseconds since 1970.
async fn records(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Failure> {
    let counting = app.clone();
    let count = "SELECT count(*) FROM interactions";
    let total: i64 = blocking(move || Ok(counting.store.connection().query_row(count, [], |row| row.get(0))?)).await?;
    let (sender, receiver) = tokio::sync::mpsc::channel(2);
    tokio::spawn(async move {
        let mut after = Some(0);
        while let Some(id) = after {
            let app = app.clone();
            let Ok((lines, last)) = blocking(move || some(&app, id)).await else { return };
            after = last;
            if sender.send(lines).await.is_err() {
                return; // Whoever asked has gone.
            }
        }
        let _ = sender.send(line(&json!({ "end": true }).to_string())).await;
    });
    let first = tokio_stream::once(line(&json!({ "total": total }).to_string()));
    let rest = tokio_stream::wrappers::ReceiverStream::new(receiver);
    let lines = first.chain(rest).map(|lines| Ok::<_, std::convert::Infallible>(Bytes::from(lines)));
    Ok((
        [(header::CONTENT_TYPE, "application/x-ndjson"), (header::CACHE_CONTROL, "no-store")],
        Body::from_stream(lines),
    ))
}

/// The lines of the records after that one, and the last of these where there may be more: nobody waits long for the database.
fn some(app: &App, after: i64) -> Result<(String, Option<i64>), Failure> {
    const MOST: usize = 5_000;
    let connection = app.store.connection();
    let mut statement = connection.prepare_cached(SELECT)?;
    let mut rows = statement.query(params![after, MOST as i64])?;
    let (mut lines, mut last, mut count) = (String::new(), after, 0);
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        lines.push_str(row.get_ref(1)?.as_str().unwrap_or_default());
        lines.push('\n');
        count += 1;
    }
    Ok((lines, (count == MOST).then_some(last)))
}

fn line(text: &str) -> String {
    format!("{text}\n")
}

/// What does not say when it happened, happened when it was recorded.
const SELECT: &str = "
    SELECT id, json_object(
        'id', id, 'at', moment(coalesce(json_extract(record, '$.interacted_at'), created_at)),
        'action', json_extract(record, '$.action'), 'channel', json_extract(record, '$.channel'),
        'signal', json_extract(record, '$.signal'), 'namespace', json_extract(record, '$.namespace'),
        'name', json_extract(record, '$.name'), 'url', json_extract(record, '$.url'),
        'product_id', json_extract(record, '$.product_id'), 'form', json_extract(record, '$.meta.form')
    )
    FROM interactions WHERE id > ?1 ORDER BY id LIMIT ?2";
