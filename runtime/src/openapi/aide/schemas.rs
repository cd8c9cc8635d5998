//! The schemas of this crate's types.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

#[cfg(feature = "login")]
use crate::login::{RevocationRequest, TokenRequest};
use crate::{
    error::AuthError,
    login::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, token_response::TokenResponse},
    openapi::schema,
    scopes::set::Scopes,
};

macro_rules! schemas {
    ($($Type:ident $name:literal: $schema:expr),*) => {
        $(
            impl JsonSchema for $Type {
                fn schema_name() -> Cow<'static, str> {
                    Cow::Borrowed($name)
                }

                fn schema_id() -> Cow<'static, str> {
                    Cow::Borrowed(concat!("axum_scopes::", stringify!($Type)))
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    Schema::try_from($schema).unwrap_or_default()
                }
            }
        )*
    };
}

schemas!(
    OAuth2PasswordRequestForm "OAuth2PasswordRequestForm": schema::login(false),
    OAuth2PasswordRequestFormStrict "OAuth2PasswordRequestFormStrict": schema::login(true),
    // The name in FastAPI's tutorial.
    TokenResponse "Token": schema::token(),
    Scopes "Scopes": schema::scopes(),
    AuthError "AuthError": schema::refusal()
);

#[cfg(feature = "login")]
schemas!(
    TokenRequest "TokenRequest": schema::token_request(),
    RevocationRequest "RevocationRequest": schema::revocation_request()
);
