//! The routes, and their document.

use axum::{Json, extract::State};
use axum_scopes::{
    AuthError, Depends,
    access::DocumentError,
    docs::Docs,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    secure::{
        Router, public,
        utoipa::{OpenApiRouter, routes},
    },
    security,
};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::{
    app::App,
    auth::{Api, get_current_active_user, get_current_user, log_in},
    slashes::redirect_slashes,
    users::User,
};

/// What the document says beside the routes.
#[derive(OpenApi)]
#[openapi(info(title = "Tutorial", description = "OAuth2 scopes, from the route to this page.", version = "0.1.0"))]
struct Document;

/// All routes, and the document that describes them.
pub fn routes() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(login))
        .routes(routes!(read_users_me))
        .routes(routes!(read_own_items))
        .routes(routes!(read_system_status))
        .split()
}

/// The service over the given state, with `/docs` and `/openapi.json`.
pub fn router(app: App) -> Result<Router, DocumentError> {
    let (router, api) = routes();
    let docs = public("the API is documented for everybody", Docs::new(&api)?.into_router());
    let paths = api.paths.paths.keys().map(String::as_str).chain(["/openapi.json"]);
    let redirects = public("a redirect tells only a path", redirect_slashes(paths));
    Ok(router.merge(docs).with_state(app).fallback_service(redirects))
}

/// Log in
///
/// Exchanges name and password for a token with the scopes that were asked for and that the user may have.
#[security(public = "a login needs no token")]
#[utoipa::path(
    post,
    path = "/token",
    request_body(content = OAuth2PasswordRequestForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = OK, description = "The token", body = TokenResponse),
        (status = BAD_REQUEST, description = "Incorrect username or password", body = AuthError),
        (status = UNPROCESSABLE_ENTITY, description = "Fields are missing or wrong", body = AuthError),
        (status = SERVICE_UNAVAILABLE, description = "Too many logins at once", body = AuthError),
    )
)]
async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm<Api>) -> Result<TokenResponse, AuthError> {
    log_in(&app, &form).await
}

/// Read yourself
#[security]
#[utoipa::path(
    get,
    path = "/users/me/",
    responses(
        (status = OK, description = "The user whom the token names", body = User),
        (status = BAD_REQUEST, description = "Inactive user", body = AuthError),
    )
)]
async fn read_users_me(Depends(user): Depends<get_current_active_user>) -> Json<User> {
    Json(user)
}

/// Something that a user owns.
#[derive(Serialize, ToSchema)]
pub struct Item {
    item_id: &'static str,
    owner: &'static str,
}

/// Read your items
#[security(scopes = ["items"])]
#[utoipa::path(
    get,
    path = "/users/me/items/",
    responses(
        (status = OK, description = "What the user owns", body = [Item]),
        (status = BAD_REQUEST, description = "Inactive user", body = AuthError),
    )
)]
pub async fn read_own_items(Depends(user): Depends<get_current_active_user>) -> Json<[Item; 1]> {
    Json([Item { item_id: "Foo", owner: user.username }])
}

/// How the service is.
#[derive(Serialize, ToSchema)]
struct Status {
    #[schema(example = "ok")]
    status: &'static str,
}

/// Read the system's status
#[security]
#[utoipa::path(get, path = "/status/", responses((status = OK, description = "How the service is", body = Status)))]
async fn read_system_status(_: Depends<get_current_user>) -> Json<Status> {
    Json(Status { status: "ok" })
}
