//! Several schemes in one tree: each is asked for itself, with the scopes of its own path.

use axum::body::Body;
use axum_scopes::{
    ApiKeyHeader, ApiKeyQuery, ApiKeyScheme, HttpBasic, HttpBasicScheme, OpenIdConnect, OpenIdConnectScheme,
};
use axum_scopes_tests::{prelude::*, send};

use crate::answers::{Answer, accepted};

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
    // In a query, a plus is a space.
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

/// `None` leaves a credential out.
async fn ask(key: Option<&str>, feed: Option<&str>, token: Option<&str>) -> Answer {
    let app = Router::new().route("/", get(all));
    let mut request = Request::get(feed.map_or("/".to_owned(), |feed| format!("/?feed={feed}")));
    if let Some(key) = key {
        request = request.header("x-partner", key);
    }
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    send(&app, request.body(Body::empty()).unwrap()).await
}

fn refused(challenge: &str, detail: &str) -> Answer {
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
async fn what_one_scheme_grants_is_nothing_to_another() {
    let (key, feed, token) = (Some("read+write"), Some("feed"), Some("items+me"));
    let everything = Some("read+write+feed+items+me");
    let not_enough = "Not enough permissions";
    assert_eq!(ask(Some("read"), everything, everything).await, refused("APIKey", not_enough));
    assert_eq!(ask(everything, Some("read"), everything).await, refused("APIKey", not_enough));
    let scoped = r#"Bearer scope="items me""#;
    assert_eq!(ask(everything, everything, Some("items")).await, refused(scoped, not_enough));
    assert_eq!(ask(key, feed, token).await.0, 200);
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
    let app = Router::new().route("/", get(side_by_side));
    let request = |uri: &str, headers: &[(&'static str, &'static str)]| {
        let mut request = Request::get(uri).body(Body::empty()).unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        request
    };
    let (key, basic) = (("x-partner", "k"), ("authorization", "Basic am9lOnNlY3JldA=="));
    let missing = |challenge| refused(challenge, "Not authenticated");
    assert_eq!(send(&app, request("/", &[])).await, missing("APIKey"));
    assert_eq!(send(&app, request("/?feed=f", &[basic])).await, missing("APIKey"));
    assert_eq!(send(&app, request("/", &[key])).await, missing(r#"Basic realm="staff""#));
    assert_eq!(send(&app, request("/", &[key, basic])).await, missing("APIKey"));
    assert_eq!(send(&app, request("/?feed=f", &[key, basic])).await, accepted("k joe f"));
}

/// One header, two readers, with different scopes.
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
async fn one_header_may_have_two_readers() {
    let app = Router::new().route("/", get(two_readers));
    assert_eq!(call(&app, "/", "items+other").await, accepted("items|other"));
    let not_enough = "Not enough permissions";
    assert_eq!(call(&app, "/", "items").await, refused(r#"Bearer scope="other""#, not_enough));
    assert_eq!(call(&app, "/", "other").await, refused(r#"Bearer scope="items""#, not_enough));
}
