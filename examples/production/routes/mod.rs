//! The routes, and their document.

mod health;
mod login;
pub mod me;
mod password;
mod personal;
mod published;
mod reports;

use axum::middleware::from_fn;
use axum_scopes::{
    access::DocumentError,
    docs::Docs,
    secure::{
        Router, public,
        utoipa::{OpenApiRouter, routes},
    },
};
use utoipa::OpenApi;

use crate::{app::App, browser, this_machine};

/// What the document says beside the routes.
#[derive(OpenApi)]
#[openapi(info(title = "Production", description = "The tutorial, grown up.", version = "0.1.0"))]
struct Document;

/// All routes, and the document that describes them.
pub fn routes() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(login::token))
        .routes(routes!(login::revoke))
        .routes(routes!(published::keys))
        .routes(routes!(published::metadata))
        .routes(routes!(me::read_users_me))
        .routes(routes!(me::read_own_items))
        .routes(routes!(me::log_out))
        .routes(routes!(password::change_password))
        .routes(routes!(personal::list_tokens, personal::create_token))
        .routes(routes!(personal::delete_token))
        .routes(routes!(reports::count_users))
        .routes(routes!(health::is_ready))
        .split()
}

/// All of them, with `/docs`, `/openapi.json` and the page at `/app`.
pub fn all(app: &App) -> Result<Router<App>, DocumentError> {
    let (router, api) = routes();
    let docs = public("the API is documented for everybody", Docs::new(&api)?.into_router());
    Ok(router.merge(docs).merge(browser::routes(&app.config)))
}

/// The service over the given state.
pub fn router(app: App) -> Result<axum::Router, DocumentError> {
    let is_for_this_machine = app.config.is_for_this_machine();
    let router = all(&app)?.with_state(app).into_router();
    Ok(if is_for_this_machine { router.layer(from_fn(this_machine::check)) } else { router })
}
