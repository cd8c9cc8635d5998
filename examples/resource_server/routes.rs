//! The routes, and their document.

use std::error::Error;

use axum::{Json, extract::State, http::StatusCode};
use axum_scopes::{
    Bearer, Depends,
    issuer::IssuerVerifier,
    secure::{
        Router,
        utoipa::{OpenApiRouter, routes},
    },
    security,
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::{
    app::App,
    auth::{Api, get_owner},
    config::Config,
    docs,
};

/// What the document says beside the routes.
#[derive(OpenApi)]
#[openapi(info(title = "Notes", description = "An API behind an OpenID provider.", version = "0.1.0"))]
struct Document;

/// All routes, and the document that describes them, but for the issuer's URLs.
pub fn routes() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(read_notes, write_note))
        .routes(routes!(is_ready))
        .split()
}

/// The service, with docs page and metadata, whose keys are being fetched from now on. The metadata are for everybody.
pub fn router(config: &Config) -> Result<axum::Router, Box<dyn Error>> {
    let app = App::start(config)?;
    let (router, api) = routes();
    let router = router.merge(docs::routes(api, config)).with_state(app);
    Ok(config.resource.publish::<Bearer<Api>, _>(router.into_router()))
}

/// A note.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct Note {
    #[schema(example = "Buy milk")]
    text: String,
}

/// Read your notes
#[security]
#[utoipa::path(get, path = "/notes", responses((status = OK, description = "The notes of the token's subject", body = [Note])))]
async fn read_notes(Depends(owner): Depends<get_owner>, State(app): State<App>) -> Json<Vec<Note>> {
    Json(app.notes(&owner).into_iter().map(|text| Note { text }).collect())
}

/// Write a note
#[security(scopes = ["notes:write"])]
#[utoipa::path(
    post,
    path = "/notes",
    request_body = Note,
    responses(
        (status = CREATED, description = "The note is written"),
        (status = BAD_REQUEST, description = "Not JSON, or more than one credential"),
        (status = CONFLICT, description = "The note is too long, or there are too many"),
        (status = UNSUPPORTED_MEDIA_TYPE, description = "Not JSON"),
        (status = UNPROCESSABLE_ENTITY, description = "Not a note"),
    )
)]
pub async fn write_note(
    Depends(owner): Depends<get_owner>,
    State(app): State<App>,
    Json(note): Json<Note>,
) -> StatusCode {
    if app.add(owner, note.text) { StatusCode::CREATED } else { StatusCode::CONFLICT }
}

/// Whether tokens can be verified
#[security(public = "load balancers have no token")]
#[utoipa::path(
    get,
    path = "/ready",
    responses(
        (status = OK, description = "The issuer's keys are at hand"),
        (status = SERVICE_UNAVAILABLE, description = "They are not"),
    )
)]
async fn is_ready(State(verifier): State<IssuerVerifier>) -> StatusCode {
    if verifier.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
