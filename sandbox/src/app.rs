//! The server: what its handlers share, and its routes.

use crate::answers::Failure;
use crate::faults::{self, Faults};
use crate::limit::Limit;
use crate::options::Options;
use crate::record::Copies;
use crate::requests::{self, Requests};
use crate::store::Store;
use crate::tenant::{ADMIN_TOKEN, READ_ONLY_TOKEN, SHOPIFY_SECRET};
use crate::tokens::{self, TOKEN_SECONDS};
use crate::{bounds, guard, interactions, ledger, pages, profiles, relay, serve, shop};
use axum::Router;
use axum::http::{Method, header};
use axum::middleware;
use axum::routing::{get, post};
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tower_http::cors::{Any, CorsLayer};

/// What the handlers share.
pub struct App {
    pub store: Store,
    /// What ID tokens are signed with.
    pub secret: Vec<u8>,
    pub limit: Limit,
    pub copies: Copies,
    pub requests: Requests,
    pub faults: Faults,
    /// Every new interaction with its profile.
    pub created: broadcast::Sender<(String, Value)>,
    address: SocketAddr,
}

impl App {
    /// `http://127.0.0.1:8787`
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A token for that profile and its end in Unix seconds.
    pub fn mint(&self, profile: &str) -> (String, u64) {
        tokens::mint(&self.secret, profile, self.faults.token_seconds().unwrap_or(TOKEN_SECONDS))
    }

    /// Tells whoever listens of a new interaction; nobody need.
    pub fn announce(&self, profile: &str, record: Value) {
        let _ = self.created.send((profile.to_owned(), record));
    }
}

/// A sandbox that holds its port and has yet to serve.
pub struct Sandbox {
    listener: TcpListener,
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
        let store = Store::open(&options.database, options.fresh)?;
        let app = App {
            secret: store.secret().map_err(|error| error.to_string())?,
            store,
            limit: Limit::new(options.rate_limit),
            copies: if options.drop_copies { Copies::Dropped } else { Copies::Kept },
            requests: Requests::default(),
            faults: Faults::default(),
            created: broadcast::channel(256).0,
            address,
        };
        let no_pages = Some(options.www.clone()).filter(|www| !www.join("index.html").is_file());
        let copies = app.copies;
        Ok(Sandbox { listener, router: router(Arc::new(app), &options), address, copies, no_pages })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What somebody who just started it wants to know.
    pub fn welcome(&self) -> String {
        let origin = format!("http://{}", self.address);
        let to_try = match &self.no_pages {
            Some(www) => format!(
                "Without the demo storefront, whose pages are not in {}: --www names their folder.\n",
                www.display()
            ),
            None => format!(
                "Try this:\n\
                 \x20 1. Open {origin}/ and accept or decline in the banner.\n\
                 \x20 2. Sign in at {origin}/account/ as ada@example.com or grace@example.com, password demo.\n\
                 \x20 3. Watch {origin}/timeline/ while you look at products, and the newsletter form.\n"
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
             Admin tokens: {ADMIN_TOKEN} (all scopes), {READ_ONLY_TOKEN}; Shopify secret: {SHOPIFY_SECRET}\n\n\
             This is no server for the internet: everybody knows these. It serves this machine and its pages only.\n"
        )
    }

    /// Serves until it is interrupted.
    pub async fn serve(self) {
        serve::serve(self.listener, self.router).await;
    }
}

fn router(app: Arc<App>, options: &Options) -> Router {
    // The pages come last, so that no file of a site can stand in front of the API.
    // Notes are taken outermost, so that a browser's preflight is noted too.
    // Faults come within CORS, so that a browser sees the status of a faulty answer; those of preflights around it, as it answers
    // them. Both come within the reading of the body, so that the client may go while a fault takes its time.
    let strike = middleware::from_fn_with_state(app.clone(), faults::strike);
    let strike_preflight = middleware::from_fn_with_state(app.clone(), faults::strike_preflight);
    let take_in = middleware::from_fn(bounds::take_in);
    let opened = |routes: Router<Arc<App>>, cors: CorsLayer| {
        routes.layer(strike.clone()).layer(take_in.clone()).layer(cors).layer(strike_preflight.clone())
    };
    let own_pages = middleware::from_fn(guard::own_pages);
    let customers = opened(customers(), cors()).merge(opened(relay::own(), relay::cors()));
    let admin = opened(admin(), cors()).merge(opened(relay::admin(), relay::cors())).layer(own_pages.clone());
    let api = customers.merge(admin).layer(middleware::from_fn_with_state(app.clone(), requests::note));
    let own = Router::new()
        .route("/_sandbox/requests", get(requests::list).delete(requests::forget))
        .route("/_sandbox/faults", get(faults::show).post(faults::set).delete(faults::clear))
        .route("/_sandbox/ledger", get(ledger::list).delete(ledger::forget))
        .merge(shop::routes().layer(strike))
        .layer(take_in)
        .layer(own_pages);
    api.merge(own).with_state(app).merge(pages::routes(options)).layer(middleware::from_fn(guard::this_machine))
}

/// What a customer's own token opens, for the pages of any site, as with Omneo.
fn customers() -> Router<Arc<App>> {
    let id = Router::new()
        .route("/profiles/me", get(profiles::own))
        .route("/profiles/me/interactions", interactions::many())
        .route("/profiles/me/interactions/{id}", interactions::one());
    surface("/id/api/v1", id)
}

/// What the admin token and Shopify's secret open, which everybody knows.
fn admin() -> Router<Arc<App>> {
    let admin = Router::new()
        .route("/interactions", interactions::many())
        .route("/interactions/{id}", interactions::one())
        .route("/profiles/{profile}", get(profiles::one))
        .route("/profiles/{profile}/interactions", interactions::many())
        .route("/profiles/{profile}/interactions/{id}", interactions::one())
        // The official JavaScript SDK spells this route so.
        .route("/profiles/{profile}/interaction/{id}", interactions::one());
    let auth = Router::new().route("/token", post(profiles::mint));
    let shopify = Router::new().route("/api/v1/auth/token", post(profiles::mint_for_shopify));
    surface("/api/v3", admin).merge(surface("/id/api/v1/auth", auth)).merge(surface("/shopify", shopify))
}

fn surface(path: &str, routes: Router<Arc<App>>) -> Router<Arc<App>> {
    let routes =
        routes.fallback(async || Failure::NotFound).method_not_allowed_fallback(async || Failure::MethodNotAllowed);
    Router::new().nest(path, routes)
}

// Only the two headers that Omneo's answer allows: a tracker that sends another fails here as it would there.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .max_age(Duration::from_secs(7_200))
}
