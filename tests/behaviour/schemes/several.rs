//! Each of several schemes in one tree is enforced for itself, with the scopes of its own path.

use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, HttpBasic, HttpBasicScheme,
    credential::{ApiKeyQuery, OpenIdConnect},
    scheme::OpenIdConnectScheme,
};
use axum_scopes_tests::prelude::*;

use crate::answers::{Expected, accepted};

struct Partner;
impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-partner";
}

struct Feed;
impl ApiKeyScheme for Feed {
    const NAME: &str = "FeedKey";
    const PARAMETER: &str = "feed";
}

struct Staff;
impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff");
}

struct Other;
impl OpenIdConnectScheme for Other {
    const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
    const SCOPES: &[(&str, &str)] = &[("other", "")];
}

/// The key is the list of granted scopes, joined by `+`, as the tokens are.
#[security]
async fn partner(
    required: SecurityScopes,
    ApiKeyHeader(key): ApiKeyHeader<Partner>,
) -> Result<&'static str, AuthError> {
    required.check(&key.as_str().split('+').collect::<Vec<_>>())?;
    Ok(required.scope_str())
}

#[security]
async fn feed(required: SecurityScopes, ApiKeyQuery(key): ApiKeyQuery<Feed>) -> Result<&'static str, AuthError> {
    // A plus sign in a query is a space.
    required.check(&Scopes::from(key.as_str()))?;
    Ok(required.scope_str())
}

#[security]
async fn user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<&'static str, AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())?;
    Ok(required.scope_str())
}

#[security(scopes = ["me"])]
async fn active(Depends(scopes): Depends<user>) -> Result<&'static str, AuthError> {
    Ok(scopes)
}

#[security]
async fn all(
    #[security(scopes = ["read", "write"])] Depends(partner): Depends<partner>,
    #[security(scopes = ["feed"])] Depends(feed): Depends<feed>,
    #[security(scopes = ["items"])] Depends(user): Depends<active>,
) -> String {
    format!("{partner}|{feed}|{user}")
}

/// Sends those credentials that are `Some`.
async fn ask(key: Option<&str>, feed: Option<&str>, token: Option<&str>) -> Answer {
    let app = App::new(Router::new().route("/", get(all)));
    let call = app.get(feed.map_or("/".to_owned(), |feed| format!("/?feed={feed}"))).headers("x-partner", key);
    call.headers("authorization", token.map(|token| format!("Bearer {token}"))).await
}

fn refused(challenge: &str, detail: &str) -> Expected {
    (401, Some(challenge.to_owned()), format!(r#"{{"detail":"{detail}"}}"#))
}

#[tokio::test]
async fn each_scheme_sees_the_scopes_of_its_own_path() {
    let answer = ask(Some("write+read"), Some("feed"), Some("items+me")).await;
    assert_eq!(answer, accepted("read write|feed|items me"));
}

#[tokio::test]
async fn each_missing_credential_is_asked_for_by_its_own_scheme() {
    let (key, feed, token) = (Some("read+write"), Some("feed"), Some("items+me"));
    assert_eq!(ask(None, None, None).await, refused("APIKey", "Not authenticated"));
    assert_eq!(ask(None, feed, token).await, refused("APIKey", "Not authenticated"));
    assert_eq!(ask(key, None, token).await, refused("APIKey", "Not authenticated"));
    assert_eq!(ask(key, feed, None).await, refused("Bearer", "Not authenticated"));
}

#[tokio::test]
async fn scopes_of_one_scheme_grant_nothing_for_another() {
    let (key, feed, token) = (Some("read+write"), Some("feed"), Some("items+me"));
    let everything = Some("read+write+feed+items+me");
    let not_enough = "Not enough permissions";
    assert_eq!(ask(Some("read"), everything, everything).await, refused("APIKey", not_enough));
    assert_eq!(ask(everything, Some("read"), everything).await, refused("APIKey", not_enough));
    let scoped = r#"Bearer scope="items me""#;
    assert_eq!(ask(everything, everything, Some("items")).await, refused(scoped, not_enough));
    assert_eq!(ask(key, feed, token).await.status(), 200);
}

#[security]
async fn side_by_side(
    ApiKeyHeader(key): ApiKeyHeader<Partner>,
    HttpBasic(staff): HttpBasic<Staff>,
    ApiKeyQuery(feed): ApiKeyQuery<Feed>,
) -> String {
    format!("{} {} {}", key.as_str(), staff.username, feed.as_str())
}

#[tokio::test]
async fn schemes_side_by_side_are_asked_in_the_order_of_the_parameters() {
    let app = App::new(Router::new().route("/", get(side_by_side)));
    let missing = |challenge| refused(challenge, "Not authenticated");
    assert_eq!(app.get("/").await, missing("APIKey"));
    assert_eq!(app.get("/?feed=f").basic("joe", "secret").await, missing("APIKey"));
    assert_eq!(app.get("/").header("x-partner", "k").await, missing(r#"Basic realm="staff""#));
    assert_eq!(app.get("/").header("x-partner", "k").basic("joe", "secret").await, missing("APIKey"));
    let all = app.get("/?feed=f").header("x-partner", "k").basic("joe", "secret").await;
    assert_eq!(all, accepted("k joe f"));
}

/// A second reader of the same header, with other scopes.
#[security]
async fn by_header(
    required: SecurityScopes,
    OpenIdConnect(header): OpenIdConnect<Other>,
) -> Result<&'static str, AuthError> {
    required.check(&header.as_str().trim_start_matches("Bearer ").split('+').collect::<Vec<_>>())?;
    Ok(required.scope_str())
}

#[security]
async fn two_readers(
    #[security(scopes = ["items"])] Depends(first): Depends<user>,
    #[security(scopes = ["other"])] Depends(second): Depends<by_header>,
) -> String {
    format!("{first}|{second}")
}

#[tokio::test]
async fn two_schemes_can_read_one_header() {
    let app = App::new(Router::new().route("/", get(two_readers)));
    assert_eq!(app.get("/").bearer("items+other").await, accepted("items|other"));
    let not_enough = "Not enough permissions";
    assert_eq!(app.get("/").bearer("items").await, refused(r#"Bearer scope="other""#, not_enough));
    assert_eq!(app.get("/").bearer("other").await, refused(r#"Bearer scope="items""#, not_enough));
}
