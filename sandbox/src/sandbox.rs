//! The server, from its port to its end.

use crate::app::App;
use crate::deliver::deliver;
use crate::options::Options;
use crate::router::router;
use crate::serve;
use crate::store::{Copies, Store};
use crate::story;
use crate::tenant::{ADMIN_TOKEN, READ_ONLY_TOKEN, SHOPIFY_SECRET, WEBHOOK_SECRET};
use axum::Router;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// A sandbox that holds its port and has yet to serve.
pub struct Sandbox {
    listener: TcpListener,
    app: Arc<App>,
    router: Router,
    address: SocketAddr,
    copies: Copies,
    /// The folder of the storefront's pages, where it has none.
    no_pages: Option<PathBuf>,
}

impl Sandbox {
    /// Takes the port and opens the database.
    ///
    /// # Errors
    /// One sentence that names the port or the file.
    pub async fn open(options: Options) -> Result<Sandbox, String> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let listener = TcpListener::bind(wanted).await;
        let listener = listener
            .map_err(|error| format!("cannot listen on {wanted} ({error}); choose another port with --port or PORT"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let store = Store::open(&options.database, options.fresh, options.customers)?;
        if options.story {
            story::tell(&mut store.connection()).map_err(|error| format!("the story cannot be told: {error}"))?;
        }
        let app = Arc::new(App::new(store, &options, origin(address))?);
        let no_pages = Some(options.www.clone()).filter(|www| !www.join("index.html").is_file());
        let copies = app.copies;
        let router = router(app.clone(), &options);
        Ok(Sandbox { listener, app, router, address, copies, no_pages })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What somebody who just started it wants to know.
    pub fn welcome(&self) -> String {
        let origin = origin(self.address);
        let to_try = match &self.no_pages {
            Some(www) => format!(
                "Without the demo storefront, whose pages are not in {}: --www names their folder.\n",
                www.display()
            ),
            None => format!(
                "Try this:\n\
                 \x20 1. Open {origin}/ and accept or decline in the banner.\n\
                 \x20 2. Sign in at {origin}/account/ as ada@example.com or grace@example.com, password demo.\n\
                 \x20 3. Watch {origin}/timeline/ while you look at products, and the newsletter form.\n\
                 \x20 4. See what a brand makes of it on {origin}/reports/.\n"
            ),
        };
        let copies = match self.copies {
            Copies::Kept => "Every copy of a record is kept, as Omneo may; --drop-copies drops the second.",
            Copies::Dropped => "A second copy of a record is dropped, which Omneo does not promise.",
        };
        format!(
            "Listening on {origin}/\n\n\
             {to_try}\n\
             {copies}\n\
             Omneo's surfaces: {origin}/api/v3  {origin}/id/api/v1  {origin}/shopify\n\
             Admin tokens: {ADMIN_TOKEN} (all scopes), {READ_ONLY_TOKEN}; Shopify secret: {SHOPIFY_SECRET}; \
             webhook secret: {WEBHOOK_SECRET}\n\n\
             This is no server for the internet: everybody knows these. It serves this machine and its pages only.\n"
        )
    }

    /// Serves until it is interrupted, and delivers to webhooks meanwhile.
    pub async fn serve(self) {
        tokio::spawn(deliver(self.app));
        serve::serve(self.listener, self.router).await;
    }
}

fn origin(address: SocketAddr) -> String {
    format!("http://{address}")
}
