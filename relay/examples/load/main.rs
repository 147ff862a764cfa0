//! Load for `npm run bench:relay`: many customers, each with a token of the brand's, hand in records over connections that stay open.
//! It prints one line of JSON: how much was answered, how fast, and with what.
//!
//! Without `--rate` each client sends as soon as it has its answer. With it, requests are due at even intervals, and the time of
//! an answer counts from when its request was due, so that a relay that stalls is not asked more kindly.

mod client;
mod options;
mod records;
mod tally;

use clap::Parser;
use client::{Client, Work};
use options::Options;
use records::Records;
use std::fs;
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use tokio::time::Instant;

// One thread: what it costs, it takes from the relay on the same machine.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), String> {
    let options = Options::parse();
    let again = options.again.as_ref().map(read_numbers).transpose()?;
    let records = Arc::new(Records::new(&options));
    let work = Arc::new(Work::new(&options, again));
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..options.clients {
        let client = Client::new(options.address, work.clone(), records.clone());
        clients.spawn(client.run());
    }
    let mut tally = Tally::default();
    while let Some(ended) = clients.join_next().await {
        tally.add(ended.map_err(|error| error.to_string())?);
    }
    if let Some(file) = &options.acknowledged {
        let lines: Vec<String> = tally.acknowledged.iter().map(u64::to_string).collect();
        fs::write(file, lines.join("\n")).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    println!("{}", tally.told(work.begun, Instant::now()));
    Ok(())
}

fn read_numbers(file: &std::path::PathBuf) -> Result<Vec<u64>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(text.lines().filter_map(|line| line.parse().ok()).collect())
}

/// How long the first requests do not count: connections open, and caches fill.
const WARM_UP: Duration = Duration::from_millis(500);
