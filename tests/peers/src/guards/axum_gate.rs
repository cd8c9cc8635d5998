//! The bearer gate of axum-gate. It reads tokens of its own form: an account with permissions, which are numbers, and an issuer
//! that it checks. One permission of several suffices for its policy, so that it requires `items`, and the handler `me`, as its
//! users write it. It does not check `nbf`, which its own tokens have as `null`. It demands that a token's header is the one that
//! it would write itself. It verifies with jsonwebtoken, here by aws-lc.

use std::sync::Arc;

use axum::{
    Extension, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use axum_gate::prelude::{
    AccessPolicy, Account, Gate, Group, JsonWebToken, JsonWebTokenOptions, JwtClaims, PermissionId, Permissions,
    RegisteredClaims, Role,
};
use serde_json::{Value, json};

use super::{BARE, Guard, verification_10};
use crate::{
    keys::{Algorithm, Issuer},
    requests::{plain, soon},
    server::Server,
};

pub(super) const GUARD: Guard = Guard {
    name: "axum-gate",
    form,
    server,
    checks: true,
    bare: BARE,
    note: "reads longer tokens of its own form, and the handler checks the second permission",
};

const ISSUER: &str = "api";

type Claims = JwtClaims<Account<Role, Group>>;

fn form(algorithm: Algorithm, scopes: &[&str]) -> (Value, Value) {
    let account = Account::<Role, Group>::new("johndoe", &[Role::User], &[])
        .with_permissions(Permissions::from_iter(scopes.iter().copied()));
    let claims = Claims::new(account, RegisteredClaims::new(ISSUER, soon()));
    (plain(algorithm, scopes).0, json!(claims))
}

async fn handler(Extension(account): Extension<Account<Role, Group>>) -> Response {
    if !account.has_permission("me") {
        return StatusCode::FORBIDDEN.into_response();
    }
    account.user_id.into_response()
}

fn server(issuer: &Issuer) -> Option<Server> {
    let (key, mut validation) = verification_10(issuer);
    validation.validate_nbf = false;
    let codec = JsonWebToken::<Claims>::new_with_options(JsonWebTokenOptions {
        // It signs nothing here.
        enc_key: jsonwebtoken_10::EncodingKey::from_secret(&[]),
        dec_key: key,
        header: Some(jsonwebtoken_10::Header::new(validation.algorithms[0])),
        validation: Some(validation),
    });
    let gate = Gate::bearer::<_, Role, Group>(ISSUER, Arc::new(codec))
        .with_policy(AccessPolicy::require_permission(PermissionId::from("items")));
    Some(Router::new().route("/", get(handler)).layer(gate).into())
}
