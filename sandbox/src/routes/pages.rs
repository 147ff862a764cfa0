//! The storefront's pages and the tracker's files.

use crate::options::Options;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::uri::{PathAndQuery, Uri};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{map_request, map_response};
use axum::response::Response;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// `/` from the storefront's folder, where `/about` is `about.html` or `about/index.html`; `/omneo/` from the tracker's; what
/// is no file under `/lookbook/` by the one page there, which routes by itself.
pub fn routes<S: Clone + Send + Sync + 'static>(options: &Options) -> Router<S> {
    let lookbook = ServeFile::new(options.www.join("lookbook/index.html"));
    let missing = ServeFile::new(options.www.join("404.html"));
    let clean = Router::new()
        .fallback_service(ServeDir::new(&options.www).not_found_service(missing))
        .layer(map_request(with_extension));
    let headers = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        // So that a rebuilt tracker or a changed page is seen at once.
        (header::CACHE_CONTROL, "no-cache"),
    ];
    let pages = Router::new()
        .nest_service("/omneo", ServeDir::new(&options.dist))
        .route_service("/lookbook/{*view}", ServeDir::new(&options.www).fallback(lookbook))
        .fallback_service(ServeDir::new(&options.www).fallback(clean));
    let pages = if options.relay.is_some() { pages.layer(map_response(through_relay)) } else { pages };
    headers.into_iter().fold(pages, |pages, (name, value)| pages.layer(always(name, value)))
}

// A page's tag names no route, so its records go to Omneo. Where there is a relay, it is shown as a shop with a relay writes it.
async fn through_relay(page: Response) -> Response {
    let is_html =
        page.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_html {
        return page;
    }
    let (mut parts, body) = page.into_parts();
    let bytes = to_bytes(body, LARGEST_PAGE).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).replace(TAG, &[TAG, r#" data-route="relay""#].concat());
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(text))
}

/// What each page's tag has.
const TAG: &str = r#"src="/omneo/snippet.js" data-endpoint="/""#;
const LARGEST_PAGE: usize = 1 << 20;

// `ServeDir` looks only at the path, so the query may go.
async fn with_extension(mut request: Request) -> Request {
    let path = format!("{}.html", request.uri().path());
    if let Ok(path) = path.parse::<PathAndQuery>() {
        *request.uri_mut() = Uri::from(path);
    }
    request
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Strict, so that the demo shows what the tracker needs of it: `'wasm-unsafe-eval'` for the module, nothing inline. Rules for
/// prerendering are no script; the fault bench writes some into its page.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; \
    script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'";
