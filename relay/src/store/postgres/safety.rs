//! Whether the server keeps what it commits.

use tokio_postgres::Client;

/// Refuses a server that a crash could make lose what it committed, at each connection: after a failover it is another. A commit
/// waits for the disk, and for a standby where one counts, whatever this role's default is.
///
/// # Errors
/// One sentence: the server's setting, its value, and what is accepted.
pub async fn check_server(client: &Client) -> Result<(), String> {
    let row = client.query_one(SERVER, &[]).await.map_err(|error| error.to_string())?;
    let text = |at: usize| row.try_get::<_, String>(at).map_err(|error| error.to_string());
    let version: i32 = text(0)?.parse().unwrap_or_default();
    if version < OLDEST {
        return Err(format!("PostgreSQL is version {}; accepted: 15 or later", version / 10_000));
    }
    for (at, name) in [(1, "fsync"), (2, "full_page_writes")] {
        let value = text(at)?;
        if value != "on" {
            return Err(refusal(name, &value, "on; otherwise a crash can lose what was acknowledged"));
        }
    }
    let commit = text(3)?;
    if !matches!(commit.as_str(), "on" | "remote_apply") {
        return Err(refusal("synchronous_commit", &commit, "on or remote_apply"));
    }
    Ok(())
}

/// Refuses, at the start, a server with standbys for none of which a commit waits: after a failover, what was acknowledged may be
/// missing. Not later: whoever has just taken over serves until it has a standby of its own.
///
/// # Errors
/// As above.
pub async fn check_standbys(client: &Client, hosts: usize) -> Result<(), String> {
    let row = client.query_one(STANDBYS, &[]).await.map_err(|error| error.to_string())?;
    let names: String = row.try_get(0).map_err(|error| error.to_string())?;
    let has_standby: bool = row.try_get(1).map_err(|error| error.to_string())?;
    if !names.is_empty() || hosts < 2 && !has_standby {
        return Ok(());
    }
    let reason = if has_standby { "a standby follows this server" } else { "`database` names several hosts" };
    let accepted = format!("ANY 1 (…), as {reason}: after a failover it must have what was acknowledged");
    Err(refusal("synchronous_standby_names", "''", &accepted))
}

fn refusal(name: &str, value: &str, accepted: &str) -> String {
    format!("PostgreSQL's setting {name} is {value}; accepted: {accepted}")
}

const OLDEST: i32 = 150_000;

const SERVER: &str = "
SELECT current_setting('server_version_num'), current_setting('fsync'), current_setting('full_page_writes'),
    CASE WHEN current_setting('synchronous_commit') IN ('on', 'remote_apply') THEN current_setting('synchronous_commit')
    ELSE set_config('synchronous_commit', 'on', false) END";

// What follows and is no standby: copies for a backup, and subscribers to a logical slot.
const STANDBYS: &str = "
SELECT current_setting('synchronous_standby_names'), EXISTS (
    SELECT 1 FROM pg_stat_replication WHERE application_name NOT IN ('pg_basebackup', 'pg_receivewal')
    AND NOT EXISTS (SELECT 1 FROM pg_replication_slots WHERE active_pid = pid AND slot_type = 'logical')
)";
