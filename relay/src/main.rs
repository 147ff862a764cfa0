//! `omneo-relay --help`.

use clap::{Args, Parser, Subcommand};
use omneo_relay::config::{Config, is_demo, shown};
use omneo_relay::{Relay, dead, open_store};
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Takes interactions in on a brand's own origin, keeps them durably, and brings each to Omneo once.
#[derive(Debug, Parser)]
#[command(name = "omneo-relay", version)]
struct Options {
    /// The settings, in TOML. Without any, also in the environment, it serves the demo: the sandbox on this machine.
    #[arg(long, env = "OMNEO_RELAY_CONFIG", global = true)]
    config: Option<PathBuf>,
    /// Say whether the settings are good, and end.
    #[arg(long)]
    check_config: bool,
    /// Print the settings, without secrets, and end.
    #[arg(long)]
    print_config: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Records that were given up.
    Dead(DeadOptions),
    /// After a backup was put back, and before the relay starts: whatever waits is looked for at Omneo before it is sent.
    Restored,
}

#[derive(Debug, Args)]
struct DeadOptions {
    #[command(subcommand)]
    what: Dead,
    /// Of which tenant; all without it.
    #[arg(long, global = true)]
    tenant: Option<String>,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Dead {
    /// Which there are, and why, without what they say.
    List,
    /// Put them back, to be sent again; with a number, that one.
    Replay {
        /// The number that `list` shows.
        seq: Option<i64>,
    },
    /// Print them as lines of JSON, with what they say.
    Export,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("omneo-relay: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), String> {
    let file = options.config.as_deref();
    if options.print_config {
        println!("{}", shown(file)?);
        return Ok(());
    }
    let config = Config::read(file).map_err(|mistakes| mistakes.join("\nomneo-relay: "))?;
    if options.check_config {
        omneo_relay::check(&config)?;
        println!("The settings are good.");
        return Ok(());
    }
    if let Some(Command::Restored) = options.command {
        let marked = open_store(&config, true).await?.doubt_all().await.map_err(|error| error.to_string())?;
        println!("{marked} records will be looked for before they are sent.");
        return Ok(());
    }
    if let Some(Command::Dead(DeadOptions { what, tenant })) = options.command {
        let store = open_store(&config, false).await?;
        let text = match what {
            Dead::List => dead::list(&*store, tenant.as_deref()).await,
            Dead::Replay { seq } => dead::replay(&*store, &config, tenant.as_deref(), seq).await,
            Dead::Export => dead::export(&*store, tenant.as_deref()).await,
        };
        print!("{}", text.map_err(|error| error.to_string())?);
        return Ok(());
    }
    log();
    let relay = Relay::open(config).await?;
    welcome(&relay, is_demo(file))?;
    relay.serve(end()).await
}

// Lines of JSON on the standard error stream. `RUST_LOG` says how much.
fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn welcome(relay: &Relay, is_demo: bool) -> Result<(), String> {
    let address = relay.address().map_err(|error| error.to_string())?;
    let admin = relay.admin_address().map_err(|error| error.to_string())?;
    println!("Listening on http://{address}/\nFor its operator: http://{admin}/status/ /metrics /readyz");
    if is_demo {
        println!(
            "\nNothing is configured, so this is the demo: records go to the sandbox on http://127.0.0.1:8787/, which\n\
             `cargo run -p omneo-sandbox` starts, and wait until it is there. Try this:\n\n\
             \x20 curl http://{address}/relay/v1/interactions -H 'Authorization: Bearer demo-server-key' \\\n\
             \x20   -H 'Content-Type: application/json' -d '{{\"email\": \"ada@example.com\", \"action\": \"service\",\n\
             \x20   \"channel\": \"support\", \"signal\": 1, \"name\": \"Asked about a parcel\", \"namespace\": \"support\",\n\
             \x20   \"meta\": {{\"event_id\": \"first\"}}}}'\n\n\
             \x20 Open http://{admin}/status/ with any name and the password demo-admin-key.\n\n\
             Everybody knows these keys; it listens on this machine only. `docs/relay.md` says how to run your own."
        );
    }
    Ok(())
}

// Ctrl-C, or what a service manager sends.
async fn end() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("the operating system has signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
