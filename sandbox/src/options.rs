//! The command line.

use clap::Parser;
use std::path::PathBuf;

/// Omneo's Interactions API on your own machine, with a demo storefront.
#[derive(Clone, Debug, Parser)]
#[command(name = "omneo-sandbox", version)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any that is free.
    #[arg(long, env = "PORT", default_value_t = 8787)]
    pub port: u16,
    /// The SQLite file that everything is kept in.
    #[arg(long, default_value = ".sandbox/omneo.sqlite")]
    pub database: PathBuf,
    /// Begin with an empty database.
    #[arg(long)]
    pub fresh: bool,
    /// The folder of the storefront's pages.
    #[arg(long, default_value = "www")]
    pub www: PathBuf,
    /// The folder of the built tracker, served under /omneo/.
    #[arg(long, default_value = "dist")]
    pub dist: PathBuf,
    /// The most requests that each token may make a minute; more are answered 429. No limit where it is left out.
    #[arg(long)]
    pub rate_limit: Option<u32>,
    /// Pass `/relay/` on to the relay that listens there, such as http://127.0.0.1:8790, and show the pages with `data-route="relay"`.
    #[arg(long)]
    pub relay: Option<String>,
    /// So many customers beside those of the demo. They have no password.
    #[arg(long, default_value_t = 0)]
    pub customers: u32,
    /// Tell a made-up quarter of a year of made-up customers, for the reports.
    #[arg(long)]
    pub story: bool,
    /// Drop a second copy of a record, by its `meta.event_id`. Omneo promises no such thing, so every copy is kept otherwise.
    #[arg(long)]
    pub drop_copies: bool,
    /// How long a webhook's delivery waits before it is tried again, in milliseconds; twice as long each time after that.
    #[arg(long, default_value_t = 1_000)]
    pub webhook_retry_ms: u64,
}
