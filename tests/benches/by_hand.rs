//! The extractor that the library is compared with.

use axum::{
    Json,
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use crate::App;

/// The sender of the request, with scopes `items` and `me`, as a careful engineer writes it without this crate.
pub(crate) struct UserByHand(String);

#[derive(serde::Deserialize)]
struct ClaimsByHand {
    sub: String,
    scope: String,
    #[serde(rename = "exp")]
    _exp: u64,
}

impl FromRequestParts<App> for UserByHand {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        const INVALID: &str = "Could not validate credentials";
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim_start())
            .ok_or_else(|| refusal("Not authenticated", "Bearer"))?;
        let (key, validation) = &*app.by_hand;
        let claims = jsonwebtoken::decode::<ClaimsByHand>(token, key, validation)
            .map_err(|_| refusal(INVALID, "Bearer scope=\"items me\""))?
            .claims;
        if !["items", "me"].iter().all(|scope| claims.scope.split(' ').any(|granted| granted == *scope)) {
            return Err(refusal("Not enough permissions", "Bearer scope=\"items me\""));
        }
        Ok(Self(claims.sub))
    }
}

fn refusal(detail: &'static str, challenge: &'static str) -> Response {
    #[derive(serde::Serialize)]
    struct Detail {
        detail: &'static str,
    }
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)], Json(Detail { detail })).into_response()
}

pub(crate) async fn by_hand(UserByHand(user): UserByHand) -> String {
    user
}
