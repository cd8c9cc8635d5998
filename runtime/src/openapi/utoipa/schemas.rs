//! The schemas of this crate's types, for `request_body` and `body` in `#[utoipa::path]`.

use std::borrow::Cow;

use ::utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

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
            impl PartialSchema for $Type {
                fn schema() -> RefOr<Schema> {
                    serde_json::from_value($schema).unwrap_or_else(|_| RefOr::T(Schema::default()))
                }
            }

            impl ToSchema for $Type {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed($name)
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
