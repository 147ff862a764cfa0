//! The relay with the fault that `tests/relay/disk.test.mjs` has to find: SQLite does not wait for the disk.

use omneo_relay::Relay;
use omneo_relay::config::Config;
use std::path::PathBuf;

#[tokio::main]
async fn main() -> Result<(), String> {
    let file = std::env::args_os().next_back().map(PathBuf::from);
    let config = Config::read(file.as_deref()).map_err(|mistakes| mistakes.join("\n"))?;
    Relay::open(config).await?.serve(std::future::pending()).await
}
