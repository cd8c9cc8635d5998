//! The documents of aide and of utoipa agree on the same handlers.

use aide::axum::{ApiRouter, routing};
use axum::Router;
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Bearer, Depends, Flows, HttpBasic, HttpBasicScheme, OAuth2Scheme, Scopes,
    SecurityScopes, guard,
    issuer::IssuerVerifier,
    openapi::{SetEndpoints, SplitSecured, routes},
    scheme::{Endpoints, ErrorStyle},
    security, verified,
};
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;

use crate::service::{Api, finished, get_active_user, get_user};

struct Key;

impl ApiKeyScheme for Key {
    const NAME: &str = "Key";
    const PARAMETER: &str = "x-key";
}

struct Staff;

impl HttpBasicScheme for Staff {}

/// A scheme in RFC 6750's style.
struct Rfc;

impl OAuth2Scheme for Rfc {
    const NAME: &str = "Rfc";
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

type CurrentUser = Depends<get_active_user>;

#[security]
async fn either(_: Option<Bearer<Api>>, _key: Option<ApiKeyHeader<Key>>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn key_or_staff(
    required: SecurityScopes,
    _key: Option<ApiKeyHeader<Key>>,
    _staff: Option<HttpBasic<Staff>>,
) -> Result<(), AuthError> {
    required.check(&["me"])
}

#[security]
async fn user_if_any(required: SecurityScopes, _: Option<Bearer<Api>>) -> Result<(), AuthError> {
    required.check(&Scopes::default())
}

#[security]
async fn by_key(required: SecurityScopes, _: ApiKeyHeader<Key>) -> Result<String, AuthError> {
    required.check(&["me", "items"]).map(|()| "key".to_owned())
}

#[security]
async fn by_staff(required: SecurityScopes, _: HttpBasic<Staff>) -> Result<String, AuthError> {
    required.check(&["me", "items"]).map(|()| "staff".to_owned())
}

/// Requires two credentials. One of them is required elsewhere, too.
#[security]
async fn pair(_: Depends<by_key>, _: Depends<get_user>) -> Result<(), AuthError> {
    Ok(())
}

macro_rules! handlers {
    ($($path:literal $name:ident $security:tt ($($parameters:tt)*);)*) => {
        $(
            #[security $security]
            #[utoipa::path(get, path = $path, responses((status = OK)))]
            async fn $name($($parameters)*) {}
        )*

        fn by_aide() -> ApiRouter<IssuerVerifier> {
            ApiRouter::new()$(.api_route($path, routing::get($name)))*
        }

        fn by_utoipa() -> OpenApiRouter<IssuerVerifier> {
            OpenApiRouter::new()$(.routes(routes!($name)))*
        }
    };
}

handlers! {
    "/public" public () ();
    "/any" any () (_: Depends<get_user>);
    "/items" items (scopes = ["items"]) (_: Depends<get_active_user>);
    "/edge" edge (scopes = ["admin"]) (#[security(scopes = ["items"])] _user: Depends<get_active_user>);
    "/alias" alias (scopes = ["items"]) (#[security] _user: CurrentUser);
    "/effect" effect (scopes = ["admin"], depends(get_user)) ();
    "/two" two () (#[security(scopes = ["items"])] _user: Depends<get_user>, _: Depends<get_active_user>);
    "/key" key () (_: ApiKeyHeader<Key>);
    "/together" together (scopes = ["items"]) (_: ApiKeyHeader<Key>, _: Depends<get_user>);
    "/optional" optional () (_: Option<Bearer<Api>>, _key: Option<ApiKeyHeader<Key>>, _staff: HttpBasic<Staff>);
    "/last" last () (_staff: HttpBasic<Staff>, _: Depends<get_user>, _key: Option<ApiKeyHeader<Key>>);
    "/issued" issued (scopes = ["items"]) (_: Depends<verified<Api, IssuerVerifier>>);
    "/either" both (scopes = ["me"]) (_: Depends<either>, _: Depends<get_user>);
    "/only-optional" only_optional () (_key: Option<ApiKeyHeader<Key>>, _: Option<Bearer<Rfc>>);
    "/last-of-all" last_of_all () (_: Depends<get_user>, _: Option<Bearer<Rfc>>);
    "/tuple" tuple () (_: (Option<Bearer<Rfc>>, ApiKeyHeader<Key>), _staff: Option<HttpBasic<Staff>>);
    "/public-or" public_or () (_: Depends<either>, _staff: Option<HttpBasic<Staff>>);
    "/two-enforcers" two_enforcers (scopes = ["me"])
        (_: Depends<key_or_staff>, #[security(scopes = ["items"])] _: Depends<user_if_any>);
    "/optional-user" optional_user (scopes = ["items"]) (_: Option<Depends<get_active_user>>);
    "/optional-users" optional_users ()
        (#[security(scopes = ["items"])] _user: Option<CurrentUser>, _: Option<Depends<by_key>>, _: HttpBasic<Staff>);
    "/optional-last" optional_last () (_: Option<Bearer<Rfc>>, _: Depends<by_key>, _user: Option<Depends<get_user>>);
    "/optional-twice" optional_twice ()
        (#[security(scopes = ["items"])] _: Depends<get_user>, #[security(scopes = ["me"])] _user: Option<Depends<get_user>>);
    "/optional-if-any" optional_if_any (scopes = ["items"]) (_: Option<Depends<user_if_any>>, _: Depends<either>);
    "/optional-pair" optional_pair (scopes = ["items"]) (_: Option<Depends<pair>>, _: Depends<by_key>);
    "/choice" choice (scopes = ["items"]) (_: Depends<axum_scopes::either<get_user, by_key>>);
    "/choices" choices (scopes = ["items"])
        (_: Depends<axum_scopes::either<by_staff, axum_scopes::either<by_key, get_user>>>, _: Depends<by_key>);
    "/optional-choice" optional_choice (scopes = ["items"])
        (_: Option<Depends<axum_scopes::either<get_user, by_key>>>, #[security(scopes = ["me"])] _: Option<Depends<by_staff>>);
    "/verified-choice" verified_choice (scopes = ["items"])
        (_: Option<Depends<axum_scopes::either<verified<Api, IssuerVerifier>, by_key>>>);
}

fn compare(aide: ApiRouter<IssuerVerifier>, utoipa: OpenApiRouter<IssuerVerifier>) {
    let (_, aide) = finished(aide);
    let (_, utoipa): (Router<_>, _) = utoipa.split_secured();
    let (aide, utoipa) = (serde_json::to_value(&aide).unwrap(), serde_json::to_value(&utoipa).unwrap());
    let paths = utoipa["paths"].as_object().unwrap();
    assert_eq!(paths.keys().collect::<Vec<_>>(), aide["paths"].as_object().unwrap().keys().collect::<Vec<_>>());
    for path in paths.keys() {
        let (aide, utoipa) = (&aide["paths"][path]["get"], &utoipa["paths"][path]["get"]);
        assert_eq!(aide["security"], utoipa["security"], "{path}");
        assert_eq!(aide["x-enforced-security"], utoipa["x-enforced-security"], "{path}");
        for status in ["400", "401", "403", "503"] {
            let refuses = |operation: &Value| operation["responses"].get(status).is_some();
            assert_eq!(refuses(aide), refuses(utoipa), "{path}: {status}");
        }
    }
    assert_eq!(aide["components"]["securitySchemes"], utoipa["components"]["securitySchemes"]);
}

#[test]
fn handlers_require_the_same_in_both_documents() {
    compare(by_aide(), by_utoipa());
}

#[test]
fn guarded_handlers_require_the_same_in_both_documents() {
    let (inner, outer) = (guard!(scopes = ["me"], depends(get_user)), guard!(depends(either)));
    compare(outer.protect(inner.protect(by_aide())), outer.protect(inner.protect(by_utoipa())));
}

#[test]
fn both_documents_take_the_endpoints_of_a_scheme() {
    let endpoints = Endpoints::new("https://id.example/authorize", "https://id.example/token").unwrap();
    let (_, mut aide) = finished(by_aide());
    let (_, mut utoipa): (Router<_>, _) = by_utoipa().split_secured();
    aide.set_endpoints::<Bearer<Api>>(&endpoints).unwrap();
    utoipa.set_endpoints::<Bearer<Api>>(&endpoints).unwrap();
    let schemes = [serde_json::to_value(&aide), serde_json::to_value(&utoipa)]
        .map(|api| api.unwrap()["components"]["securitySchemes"].take());
    assert_eq!(schemes[0], schemes[1]);
    assert_eq!(schemes[0]["OAuth2PasswordBearer"]["flows"]["password"]["tokenUrl"], "https://id.example/token");
    assert!(aide.set_endpoints::<Bearer<Api>>(&endpoints).is_err());
}
