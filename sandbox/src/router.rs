//! The routes, and the layers around them.

use crate::answers::Failure;
use crate::app::App;
use crate::layers::{guard, note, strike, take_in};
use crate::options::Options;
use crate::routes::{auth, interactions, pages, profiles, records, relay, shop, testing, webhooks};
use axum::Router;
use axum::http::{Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{Any, CorsLayer};

/// Every route, and what each request goes through before it is answered.
pub fn router(app: Arc<App>, options: &Options) -> Router {
    // The pages come last, so that no file of a site can stand in front of the API.
    // Notes are taken outermost, so that a browser's preflight is noted too.
    // Faults come within CORS, so that a browser sees the status of a faulty answer; those of preflights around it, as it answers
    // them. Both come within the reading of the body, so that the client may go while a fault takes its time.
    let strike = from_fn_with_state(app.clone(), strike::strike);
    let strike_preflight = from_fn_with_state(app.clone(), strike::strike_preflight);
    let take_in = from_fn(take_in::take_in);
    let opened = |routes: Router<Arc<App>>, cors: CorsLayer| {
        routes.layer(strike.clone()).layer(take_in.clone()).layer(cors).layer(strike_preflight.clone())
    };
    let own_pages = from_fn(guard::own_pages);
    let passed_on = relay::routes().layer(strike.clone()).layer(take_in.clone());
    let admin = opened(admin(), cors()).layer(own_pages.clone());
    let api =
        opened(customers(), cors()).merge(admin).merge(passed_on).layer(from_fn_with_state(app.clone(), note::note));
    let own =
        testing::routes().merge(records::routes()).merge(shop::routes().layer(strike)).layer(take_in).layer(own_pages);
    api.merge(own).with_state(app).merge(pages::routes(options)).layer(from_fn(guard::this_machine))
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
        .route("/profiles/{profile}/interaction/{id}", interactions::one())
        .route("/webhooks", webhooks::many())
        .route("/webhooks/{id}", webhooks::one());
    let auth = Router::new().route("/token", post(auth::mint));
    let shopify = Router::new().route("/api/v1/auth/token", post(auth::mint_for_shopify));
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
