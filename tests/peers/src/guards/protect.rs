//! `#[protect]` of protect-axum, which checks scopes and reads no tokens. The function that tells it the scopes is the
//! extractor that is written by hand, with its refusals.

use std::collections::HashSet;

use axum::{
    Extension, Router,
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jsonwebtoken::{DecodingKey, Validation};
use protect_axum::{GrantsLayer, protect};

use super::{BARE, Guard, verification};
use crate::{
    keys::{Algorithm, Issuer},
    requests::plain,
    server::Server,
};

pub(super) const GUARD: Guard = Guard {
    name: "protect-axum",
    form: plain,
    server,
    checks: true,
    bare: BARE,
    note: "reads no tokens, so `jsonwebtoken` does",
};

#[derive(Clone)]
struct User(String);

#[derive(serde::Deserialize)]
struct Claims {
    sub: String,
    scope: String,
}

#[protect("items", "me")]
async fn handler(Extension(User(user)): Extension<User>) -> String {
    user
}

fn scopes(request: &mut Request, key: &DecodingKey, validation: &Validation) -> Result<HashSet<String>, Response> {
    let value = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim_start())
        .ok_or_else(refusal)?;
    let claims = jsonwebtoken::decode::<Claims>(token, key, validation).map_err(|_| refusal())?.claims;
    let scopes = claims.scope.split(' ').map(str::to_owned).collect();
    request.extensions_mut().insert(User(claims.sub));
    Ok(scopes)
}

fn refusal() -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
}

/// Makes a function of the kind that the layer takes, which has no place for a key, for each algorithm.
macro_rules! layered {
    ($issuer:ident, $($algorithm:ident)*) => {
        match $issuer.algorithm {
            $(Algorithm::$algorithm => {
                static KEY: std::sync::OnceLock<(DecodingKey, Validation)> = std::sync::OnceLock::new();
                KEY.get_or_init(|| verification($issuer));
                async fn extract(request: &mut Request) -> Result<HashSet<String>, Response> {
                    let (key, validation) = KEY.get().expect("it is set before the first request");
                    scopes(request, key, validation)
                }
                Router::new().route("/", get(handler)).layer(GrantsLayer::with_extractor(extract))
            })*
        }
    };
}

fn server(issuer: &Issuer) -> Option<Server> {
    let router: Router = layered!(issuer, HS256 RS256 ES256 EdDSA);
    Some(router.into())
}
