//! Optional dependencies and choices stand where any dependency stands.
#![no_implicit_prelude]

use ::axum_scopes::{ApiKeyHeader, ApiKeyScheme, AuthError, Depends, Either, either, security};
use ::axum_scopes_tests::prelude::{Api, Bearer, Root, User, get_current_user};

struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-key";
}

type CurrentUser = Depends<get_current_user>;
type Result<T> = ::core::result::Result<T, AuthError>;

#[security]
async fn get_partner(_: ApiKeyHeader<Partner>) -> Result<User> {
    Result::Ok(User(::std::convert::From::from("partner")))
}

#[security(scopes = ["items"])]
async fn optional(user: ::std::option::Option<Depends<get_current_user>>) -> &'static str {
    if user.is_some() { "user" } else { "nobody" }
}

#[security(crate = ::axum_scopes)]
async fn aliased(#[security(scopes = ["items"])] mut user: ::core::option::Option<CurrentUser>) -> Result<bool> {
    Result::Ok(user.take().is_some())
}

#[security]
async fn chosen(Depends(caller): Depends<either<get_current_user, get_partner>>) -> &'static str {
    match caller {
        Either::First(_) => "user",
        Either::Second(_) => "partner",
    }
}

#[security(credential_required)]
async fn required(
    _: ::std::option::Option<Depends<either<get_current_user, get_partner>>>,
    _: ::std::option::Option<::axum_scopes::credential::ApiKeyCookie<Partner>>,
) -> Result<()> {
    Result::Ok(())
}

/// Outside of any scopes on purpose.
async fn at_the_root(Depends(caller): Depends<either<get_current_user, get_partner>, Root>) -> &'static str {
    if let Either::First(_) = caller { "user" } else { "partner" }
}

#[security]
async fn reads_both(_: ::std::option::Option<Depends<aliased>>, _: ::std::option::Option<Bearer<Api>>) {}

fn main() {
    let _: ::axum::Router = ::axum::Router::new()
        .route("/optional", ::axum::routing::get(optional))
        .route("/chosen", ::axum::routing::get(chosen))
        .route("/required", ::axum::routing::get(required))
        .route("/root", ::axum::routing::get(at_the_root))
        .route("/both", ::axum::routing::get(reads_both));
}
