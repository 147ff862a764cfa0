//! A customer's row, which whoever changes what waits of the customer locks first.

use deadpool_postgres::Client;
use tokio_postgres::Error;

/// Locks the row, also where nothing waits: what comes of them meanwhile waits until this is done.
pub async fn lock(client: &Client, tenant: &str, subject: &str) -> Result<(), Error> {
    let lock = "INSERT INTO customers (tenant, subject, due) VALUES ($1, $2, 0)
                ON CONFLICT (tenant, subject) DO UPDATE SET due = customers.due";
    let lock = client.prepare_cached(lock).await?;
    client.execute(&lock, &[&tenant, &subject]).await.map(drop)
}

/// Forgets a customer of whom nothing waits. The row must be locked by an earlier statement.
pub async fn leave(client: &Client, tenant: &str, subject: &str) -> Result<(), Error> {
    let leave = "DELETE FROM customers WHERE tenant = $1 AND subject = $2
                 AND NOT EXISTS (SELECT 1 FROM outbox WHERE tenant = $1 AND subject = $2)";
    let leave = client.prepare_cached(leave).await?;
    client.execute(&leave, &[&tenant, &subject]).await.map(drop)
}
