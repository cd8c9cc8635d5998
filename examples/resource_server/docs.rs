//! The document and the docs page, which logs in at the issuer: served as soon as that has said where its endpoints are.

use std::{
    error::Error,
    sync::{Arc, OnceLock},
};

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use axum_scopes::{
    AuthError, Bearer,
    docs::Docs,
    openapi::SetEndpoints,
    scheme::Endpoints,
    secure::{Router, get, public},
};
use tower::ServiceExt;
use utoipa::openapi::OpenApi;

use crate::{app::App, auth::Api, config::Config};

/// What the page is made of, once the endpoints are known.
struct Page {
    api: OpenApi,
    client_id: String,
    audience: String,
    /// Endpoints that move are seen after a restart. `None` where the page cannot be made.
    made: OnceLock<Option<axum::Router>>,
}

/// Why the page is public.
const FOR_EVERYBODY: &str = "the API is documented for everybody";

/// `/docs` and `/openapi.json`: 503 until the issuer's document of discovery has named its endpoints.
pub fn routes(api: OpenApi, config: &Config) -> Router<App> {
    let (client_id, audience) = (config.client_id.clone(), config.audience.clone());
    let page = Arc::new(Page { api, client_id, audience, made: OnceLock::new() });
    let answer = move |State(app): State<App>, request: Request| answer(Arc::clone(&page), app, request);
    ["/docs", "/docs/", "/docs/{file}", "/openapi.json"]
        .into_iter()
        .fold(Router::new(), |router, path| router.route(path, get(public(FOR_EVERYBODY, answer.clone()))))
}

async fn answer(page: Arc<Page>, app: App, request: Request) -> Response {
    let Some(router) = page.router(&app) else {
        return AuthError::unavailable(5).in_style_of::<Bearer<Api>>().into_response();
    };
    router.oneshot(request).await.into_response()
}

impl Page {
    fn router(&self, app: &App) -> Option<axum::Router> {
        if let Some(made) = self.made.get() {
            return made.clone();
        }
        let endpoints = app.verifier.status().into_iter().find_map(|issuer| issuer.endpoints)?;
        let make = || {
            let page = docs(self.api.clone(), endpoints, &self.client_id, &self.audience);
            page.inspect_err(|error| tracing::error!(%error, "cannot make the docs page")).ok()
        };
        self.made.get_or_init(make).clone()
    }
}

/// The page over a document that names the issuer's endpoints, and asks it for tokens of this API (RFC 8707 §2).
pub fn docs(
    mut api: OpenApi,
    issuer: Endpoints,
    client_id: &str,
    audience: &str,
) -> Result<axum::Router, Box<dyn Error>> {
    api.set_endpoints::<Bearer<Api>>(&issuer.authorization_parameter("resource", audience))?;
    Ok(Docs::new(&api)?.client_id(client_id).into_router())
}
