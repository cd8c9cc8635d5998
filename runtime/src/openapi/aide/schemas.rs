//! Schemas of the login form, its answer and a refusal.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::{
    error::AuthError,
    form::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, Token, schema},
};

macro_rules! schemas {
    ($($Type:ident: $schema:expr),*) => {
        $(
            impl JsonSchema for $Type {
                fn schema_name() -> Cow<'static, str> {
                    Cow::Borrowed(stringify!($Type))
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
    OAuth2PasswordRequestForm: schema::login(false),
    OAuth2PasswordRequestFormStrict: schema::login(true),
    Token: schema::token(),
    AuthError: schema::refusal()
);
