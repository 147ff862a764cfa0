//! Omneo's Interactions API on your own machine, with a demo storefront: `omneo-sandbox --help`.

use clap::Parser;
use omneo_sandbox::{Options, Sandbox};

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match run().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("omneo-sandbox: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::open(Options::parse()).await?;
    println!("{}", sandbox.welcome());
    sandbox.serve().await;
    Ok(())
}
