//! The command line.

use clap::Parser;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Hands in records, and says how it went.
#[derive(Debug, Parser)]
pub struct Options {
    /// Where the relay listens.
    #[arg(long)]
    pub address: SocketAddr,
    /// The secret of the brand's tokens (HS256).
    #[arg(long)]
    pub key: String,
    /// Their issuer.
    #[arg(long, default_value = "https://shop.example")]
    pub issuer: String,
    /// Their audience.
    #[arg(long, default_value = "omneo-relay")]
    pub audience: String,
    /// How many customers there are; each request is the next one's.
    #[arg(long, default_value_t = 4_000)]
    pub customers: u64,
    /// Records a request.
    #[arg(long, default_value_t = 20)]
    pub batch: u64,
    /// Connections, each with one request at a time.
    #[arg(long, default_value_t = 64)]
    pub clients: u64,
    /// Records a second in all; as many as are answered without it.
    #[arg(long)]
    pub rate: Option<f64>,
    /// For how long.
    #[arg(long, default_value_t = 10.0)]
    pub seconds: f64,
    /// End after so many records.
    #[arg(long)]
    pub records: Option<u64>,
    /// Up to eight hexadecimal digits that begin each record's id: the same ones are the same records.
    #[arg(long, default_value_t = 0)]
    pub run: u32,
    /// Write the numbers of those requests here whose records are all kept.
    #[arg(long)]
    pub acknowledged: Option<PathBuf>,
    /// Send the requests again whose numbers are here.
    #[arg(long)]
    pub again: Option<PathBuf>,
}
