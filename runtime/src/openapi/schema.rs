//! The schemas of this crate's types in documents.

use serde_json::{Value, json};

/// The schema of [`OAuth2PasswordRequestForm`](crate::login::OAuth2PasswordRequestForm), or of its strict form.
pub(crate) fn login(strict: bool) -> Value {
    let required = if strict { json!(["grant_type", "username", "password"]) } else { json!(["username", "password"]) };
    json!({
        "type": "object",
        "description": "The form of the password grant, RFC 6749 §4.3.2.",
        "properties": {
            "grant_type": {"type": "string", "pattern": "^password$"},
            "username": {"type": "string", "minLength": 1},
            "password": {"type": "string", "format": "password", "minLength": 1},
            "scope": {"type": "string", "description": "The requested scopes, separated by spaces."},
            "client_id": {"type": "string"},
            "client_secret": {"type": "string", "format": "password"},
        },
        "required": required,
    })
}

/// The schema of [`TokenRequest`](crate::login::TokenRequest).
#[cfg(feature = "login")]
pub(crate) fn token_request() -> Value {
    json!({
        "type": "object",
        "description": "A request at the token endpoint, RFC 6749 §4.3.2, §4.4.2, §6.",
        "properties": {
            "grant_type": {"type": "string", "enum": ["password", "refresh_token", "client_credentials"]},
            "username": {"type": "string", "description": "For `password`."},
            "password": {"type": "string", "format": "password", "description": "For `password`."},
            "refresh_token": {"type": "string", "format": "password", "description": "For `refresh_token`."},
            "scope": {"type": "string", "description": "The requested scopes, separated by spaces."},
            "client_id": {"type": "string", "description": "Unless it is in the header `Authorization`."},
            "client_secret": {
                "type": "string", "format": "password",
                "description": "Of a confidential client, unless it is in the header `Authorization`.",
            },
        },
        "required": ["grant_type"],
    })
}

/// The schema of [`RevocationRequest`](crate::login::RevocationRequest).
#[cfg(feature = "login")]
pub(crate) fn revocation_request() -> Value {
    json!({
        "type": "object",
        "description": "A request to revoke a token, RFC 7009 §2.1.",
        "properties": {
            "token": {"type": "string", "format": "password"},
            "token_type_hint": {"type": "string", "enum": ["access_token", "refresh_token"]},
            "client_id": {"type": "string", "description": "Unless it is in the header `Authorization`."},
            "client_secret": {
                "type": "string", "format": "password",
                "description": "Of a confidential client, unless it is in the header `Authorization`.",
            },
        },
        "required": ["token"],
    })
}

/// The schema of [`TokenResponse`](crate::login::TokenResponse).
pub(crate) fn token() -> Value {
    json!({
        "type": "object",
        "description": "The response to a login, RFC 6749 §5.1.",
        "properties": {
            "access_token": {"type": "string"},
            "token_type": {"type": "string", "description": "`bearer`, or `DPoP` if the token is bound to a key."},
            "expires_in": {"type": "integer", "minimum": 0, "description": "Seconds."},
            "refresh_token": {"type": "string"},
            "scope": {"type": "string", "description": "The granted scopes, separated by spaces."},
        },
        "required": ["access_token", "token_type"],
    })
}

/// The schema of [`Scopes`](crate::Scopes).
pub(crate) fn scopes() -> Value {
    json!({"type": "string", "description": "Scopes, separated by spaces (RFC 6749 §3.3)."})
}

/// The schema of [`AuthError`](crate::AuthError) in each of its styles.
pub(crate) fn refusal() -> Value {
    json!({
        "type": "object",
        "description": "Why a request is refused.",
        "properties": {
            "detail": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "object"}}]},
            "error": {"type": "string"},
            "error_description": {"type": "string"},
        },
    })
}
