//! What the handlers share.

use crate::faults::Faults;
use crate::limit::Limit;
use crate::options::Options;
use crate::relay::Relay;
use crate::requests::Requests;
use crate::store::{Copies, Store};
use crate::tokens::{self, TOKEN_SECONDS};
use serde_json::Value;
use tokio::sync::{Notify, broadcast};

/// What the handlers share. It knows none of them.
pub struct App {
    pub store: Store,
    /// What ID tokens are signed with.
    pub secret: Vec<u8>,
    pub limit: Limit,
    pub copies: Copies,
    pub requests: Requests,
    pub faults: Faults,
    /// Where `/relay/` is passed on to.
    pub relay: Option<Relay>,
    /// `http://127.0.0.1:8787`
    pub origin: String,
    /// Is told when there may be something to deliver.
    pub outbox: Notify,
    pub webhook_retry_ms: u64,
    /// Every new interaction with its profile.
    created: broadcast::Sender<(String, Value)>,
}

impl App {
    /// An app that has counted, noted and broken nothing yet.
    ///
    /// # Errors
    /// The database has no secret, or an option is not acceptable.
    pub fn new(store: Store, options: &Options, origin: String) -> Result<App, String> {
        Ok(App {
            secret: store.secret().map_err(|error| error.to_string())?,
            store,
            limit: Limit::new(options.rate_limit),
            copies: if options.drop_copies { Copies::Dropped } else { Copies::Kept },
            requests: Requests::default(),
            faults: Faults::default(),
            relay: options.relay.as_deref().map(Relay::read).transpose()?,
            origin,
            outbox: Notify::new(),
            webhook_retry_ms: options.webhook_retry_ms,
            created: broadcast::channel(256).0,
        })
    }

    /// A token for that profile and its end in Unix seconds.
    pub fn mint(&self, profile: &str) -> (String, u64) {
        tokens::mint(&self.secret, profile, self.faults.token_seconds().unwrap_or(TOKEN_SECONDS))
    }

    /// Tells whoever listens of a new interaction; nobody need.
    pub fn announce(&self, profile: &str, record: Value) {
        let _ = self.created.send((profile.to_owned(), record));
    }

    /// Every interaction that is new from now on, with its profile.
    pub fn listen(&self) -> broadcast::Receiver<(String, Value)> {
        self.created.subscribe()
    }
}
