//! The relay that a brand runs on its own origin.
//!
//! Browsers hand it batches, back-office systems hand it records by identifier. It checks them with the tracker's own crate, keeps
//! them durably, and brings each to Omneo once.
//!
//! A record walks in one direction: `http` takes the request, `auth` says whose it is, `admit` decides what may be kept,
//! `store` keeps it, and `forward` hands it to `omneo`. `ops` is what whoever runs the relay sees of it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod admit;
pub mod auth;
mod clock;
pub mod config;
pub mod dead;
mod flow;
mod forward;
mod http;
mod omneo;
mod ops;
mod relay;
mod remove;
pub mod store;
pub mod subject;
mod tenant;

pub use relay::{Relay, open_store};

/// Whether all that the settings name can be read: policies, keys, certificates. No port is taken, and no database opened.
///
/// # Errors
/// One sentence that names the setting.
pub fn check(config: &config::Config) -> Result<(), String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    tenant::Tenant::check_all(config)?;
    let missing = config.tls.iter().flat_map(|tls| [&tls.certificate, &tls.key]).find(|file| !file.is_file());
    missing.map_or(Ok(()), |file| Err(format!("`tls` names {}; there is no such file", file.display())))
}
