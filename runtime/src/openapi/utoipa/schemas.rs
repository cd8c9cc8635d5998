//! Schemas of the login form, its answer and a refusal, for `request_body` and `body` in `#[utoipa::path]`.

use std::borrow::Cow;

use ::utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    error::AuthError,
    form::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, Token, schema},
};

macro_rules! schemas {
    ($($Type:ident: $schema:expr),*) => {
        $(
            impl PartialSchema for $Type {
                fn schema() -> RefOr<Schema> {
                    serde_json::from_value($schema).unwrap_or_else(|_| RefOr::T(Schema::default()))
                }
            }

            impl ToSchema for $Type {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed(stringify!($Type))
                }
            }
        )*
    };
}

schemas!(
    OAuth2PasswordRequestForm: schema::login(false),
    OAuth2PasswordRequestFormStrict: schema::login(true),
    Token: schema::token(),
    AuthError: schema::refusal()
);
