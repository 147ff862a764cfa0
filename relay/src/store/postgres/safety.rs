//! Whether the server keeps what it commits.

use deadpool_postgres::Client;
use tokio_postgres::Config;

/// Refuses a server with which an acknowledged record could be lost.
///
/// # Errors
/// One sentence: the server's setting, its value, and what is accepted.
pub async fn check(client: &Client, address: &str) -> Result<(), String> {
    let version: i32 = setting(client, "server_version_num").await?.parse().unwrap_or_default();
    if version < 150_000 {
        return Err(format!("PostgreSQL is version {}; accepted: 15 or later", version / 10_000));
    }
    for name in ["fsync", "full_page_writes"] {
        let value = setting(client, name).await?;
        if value != "on" {
            return Err(refusal(name, &value, "on; otherwise a crash can lose what was acknowledged"));
        }
    }
    let commit = setting(client, "synchronous_commit").await?;
    if !matches!(commit.as_str(), "on" | "remote_apply") {
        return Err(refusal(
            "synchronous_commit",
            &commit,
            "on or remote_apply, also of this role (ALTER ROLE … SET synchronous_commit = on)",
        ));
    }
    let hosts = address.parse::<Config>().map(|config| config.get_hosts().len()).unwrap_or_default();
    let standbys = setting(client, "synchronous_standby_names").await?;
    if hosts > 1 && standbys.is_empty() {
        return Err(refusal(
            "synchronous_standby_names",
            "''",
            "ANY 1 (…), as `database` names several hosts: after a failover the other must have what was acknowledged",
        ));
    }
    Ok(())
}

async fn setting(client: &Client, name: &str) -> Result<String, String> {
    let row = client.query_one("SELECT current_setting($1)", &[&name]).await.map_err(|error| error.to_string())?;
    row.try_get(0).map_err(|error| error.to_string())
}

fn refusal(name: &str, value: &str, accepted: &str) -> String {
    format!("PostgreSQL's setting {name} is {value}; accepted: {accepted}")
}
