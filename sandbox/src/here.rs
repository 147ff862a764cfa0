//! Which hosts are this machine.

use axum::http::uri::Authority;
use std::net::IpAddr;

/// Whether that host is this machine, by its address or by a name. Browsers let nobody's name server say where a name under
/// `localhost` leads.
pub fn is_here(authority: &Authority) -> bool {
    let host = authority.host().to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.map_or_else(|_| host == "localhost" || host.ends_with(".localhost"), |address| address.is_loopback())
}
