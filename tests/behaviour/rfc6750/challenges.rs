//! Each kind of credential is answered with the status, challenge and body of RFC 6750 §3.

use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, HttpBasic, HttpBasicScheme,
    credential::{HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    scheme::{ErrorStyle, HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme, ProtectedResource, SchemeKind},
};

use super::*;

/// Accepts every token except `bad`. A token is the list of granted scopes, joined by `+`.
#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AuthError> {
    if token.as_str() == "bad" {
        return Err(required.unauthorized("Could not validate credentials"));
    }
    required.check(&token.as_str().split('+').collect::<Vec<_>>())
}

#[security(scopes = ["me"])]
async fn active<S: OAuth2Scheme>(_: Depends<user<S>>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = ["items"])]
async fn items<S: OAuth2Scheme>(_: Depends<active<S>>) {}

#[security]
async fn anything<S: OAuth2Scheme>(_: Depends<user<S>>) {}

#[security(scopes = ["items"])]
async fn optional<S: OAuth2Scheme>(_: Depends<anyone<S>>) -> &'static str {
    "in"
}

#[security]
async fn anyone<S: OAuth2Scheme>(required: SecurityScopes, token: Option<Bearer<S>>) -> Result<(), AuthError> {
    match token {
        Some(Bearer(token)) => required.check(&Scopes::from(token.as_str())),
        None => Err(required.not_authenticated()),
    }
}

fn app<S: OAuth2Scheme>() -> App {
    App::new(
        Router::new()
            .route("/items", get(items::<S>))
            .route("/any", get(anything::<S>))
            .route("/optional", get(optional::<S>)),
    )
}

/// Sends every kind of credential, and expects challenges that begin with `realm` and end with `metadata`.
async fn expect_all(app: &App, realm: &str, metadata: &str) {
    // Commas separate the parameters, and a space stands before the first one.
    let challenge = |parameters: &str| {
        let all = [realm, parameters, metadata].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
        Some(format!("Bearer {}", all.join(", ")).trim_end().to_owned())
    };
    let unauthorized = r#"{"detail":"Unauthorized"}"#.to_owned();
    let missing = (401, challenge(r#"scope="items me""#), unauthorized.clone());
    let missing_of_any = (401, challenge(""), unauthorized);
    let could_not = body("invalid_token", "Could not validate credentials");
    let invalid = (401, challenge(r#"error="invalid_token", scope="items me""#), could_not.clone());
    let invalid_of_any = (401, challenge(r#"error="invalid_token""#), could_not);
    let weak = (
        403,
        challenge(r#"error="insufficient_scope", scope="items me""#),
        body("insufficient_scope", "Not enough permissions"),
    );
    let repeated =
        (400, challenge(r#"error="invalid_request""#), body("invalid_request", "More than one credential was sent"));
    for (values, expected) in [
        (&[][..], &missing),
        (&[""], &missing),
        (&["Basic Og=="], &missing),
        (&["Bearer bad"], &invalid),
        (&["Bearer items"], &weak),
        (&["Bearer me+other"], &weak),
        (&["Bearer items+me", "Bearer items+me"], &repeated),
        (&["Bearer items+me", "Basic Og=="], &repeated),
        (&["", "Bearer items+me"], &repeated),
        (&["Basic Og==", "Digest x", "Bearer bad"], &repeated),
    ] {
        assert_eq!(refused(app, "/items", values).await, *expected, "{values:?}");
        let any = ask(app, "/any", values).await;
        if expected.0 == 403 {
            assert_eq!(any.status(), 200, "{values:?}");
        } else {
            // Where no scopes are required, the challenge names none.
            let expected = match expected {
                expected if *expected == missing => &missing_of_any,
                expected if *expected == invalid => &invalid_of_any,
                expected => expected,
            };
            assert_eq!(json(any), *expected, "{values:?}");
        }
    }
    assert_eq!(ask(app, "/items", &["Bearer items+me"]).await.status(), 200);
}

#[tokio::test]
async fn each_credential_has_its_status_challenge_and_body() {
    expect_all(&app::<Bare>(), "", "").await;
    let metadata = r#"resource_metadata="https://api.example/.well-known/oauth-protected-resource/v1""#;
    expect_all(&app::<Full>(), r#"realm="the shop, 2nd floor""#, metadata).await;
}

struct RealmAlone;
impl OAuth2Scheme for RealmAlone {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const REALM: Option<&str> = Some("");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

struct MetadataAlone;
impl OAuth2Scheme for MetadataAlone {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("http://localhost:8000/"));
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[tokio::test]
async fn realm_and_metadata_are_independent() {
    expect_all(&app::<RealmAlone>(), r#"realm="""#, "").await;
    let metadata = r#"resource_metadata="http://localhost:8000/.well-known/oauth-protected-resource""#;
    expect_all(&app::<MetadataAlone>(), "", metadata).await;
}

/// The service must not treat two credentials as if there were none.
#[tokio::test]
async fn two_credentials_are_refused_where_one_is_optional() {
    let app = app::<Bare>();
    assert_eq!(ask(&app, "/optional", &["Bearer items"]).await.status(), 200);
    assert_eq!(ask(&app, "/optional", &[]).await.status(), 401);
    let answer = refused(&app, "/optional", &["Bearer items", "Bearer items"]).await;
    let challenge = Some(r#"Bearer error="invalid_request""#.to_owned());
    assert_eq!(answer, (400, challenge, body("invalid_request", "More than one credential was sent")));
}

/// A scheme in FastAPI's style, with a realm and metadata.
struct FastApiStyle;
impl OAuth2Scheme for FastApiStyle {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const REALM: Option<&str> = Some("shop");
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://api.example"));
}

#[tokio::test]
async fn fastapis_challenges_have_realm_and_metadata_around_the_scopes() {
    let app = app::<FastApiStyle>();
    let url = "https://api.example/.well-known/oauth-protected-resource";
    let scoped = format!(r#"Bearer realm="shop", scope="items me", resource_metadata="{url}""#);
    let plain = format!(r#"Bearer realm="shop", resource_metadata="{url}""#);
    for (path, value, challenge, detail) in [
        ("/items", "", &plain, "Not authenticated"),
        ("/items", "Bearer bad", &scoped, "Could not validate credentials"),
        ("/items", "Bearer me", &scoped, "Not enough permissions"),
        ("/any", "Bearer bad", &plain, "Could not validate credentials"),
    ] {
        let expected = (401, Some(challenge.clone()), format!(r#"{{"detail":"{detail}"}}"#));
        assert_eq!(refused(&app, path, &[value]).await, expected, "{path} {value}");
    }
    let two = refused(&app, "/items", &["Bearer items+me"; 2]).await;
    assert_eq!(two, (401, Some(plain), r#"{"detail":"Not authenticated"}"#.to_owned()));
}

/// Challenges of all three sizes that are made at compile time, up to the longest one.
mod long {
    use super::*;

    const REALM: &str = "a realm whose name is longer than those of services of people who have no time to lose";

    macro_rules! scopes {
        ($($scope:literal)*) => {
            const SCOPES: &[(&str, &str)] = &[$(($scope, "")),*];
            #[security(scopes = [$($scope),*])]
            async fn all(_: Depends<user<Long>>) {}
        };
    }

    struct Long;
    impl OAuth2Scheme for Long {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &[(&str, &str)] = SCOPES;
        const REALM: Option<&str> = Some(REALM);
        const PROTECTED_RESOURCE: Option<ProtectedResource> =
            Some(ProtectedResource::new("https://a-host-whose-name-is-long.example/and/a/path"));
        const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    }
    scopes!("a-scope-with-a-number-10" "a-scope-with-a-number-11" "a-scope-with-a-number-12" "a-scope-with-a-number-13" "a-scope-with-a-number-14" "a-scope-with-a-number-15" "a-scope-with-a-number-16" "a-scope-with-a-number-17" "a-scope-with-a-number-18" "a-scope-with-a-number-19" "a-scope-with-a-number-20" "a-scope-with-a-number-21" "a-scope-with-a-number-22" "a-scope-with-a-number-23" "a-scope-with-a-number-24" "a-scope-with-a-number-25" "a-scope-with-a-number-26" "a-scope-with-a-number-27" "a-scope-with-a-number-28" "a-scope-with-a-number-29" "a-scope-with-a-number-30" "a-scope-with-a-number-31" "a-scope-with-a-number-32" "a-scope-with-a-number-33" "a-scope-with-a-number-34" "a-scope-with-a-number-35" "a-scope-with-a-number-36" "a-scope-with-a-number-37" "a-scope-with-a-number-38" "a-scope-with-a-number-39");

    #[tokio::test]
    async fn long_challenges_are_not_cut() {
        let app = App::new(Router::new().route("/", get(all)));
        let answer = refused(&app, "/", &["Bearer x"]).await;
        let scopes: Vec<_> = SCOPES.iter().map(|(name, _)| *name).collect();
        let expected = format!(
            "Bearer realm=\"{REALM}\", error=\"insufficient_scope\", scope=\"{}\", resource_metadata=\"{}\"",
            scopes.join(" "),
            "https://a-host-whose-name-is-long.example/.well-known/oauth-protected-resource/and/a/path"
        );
        assert_eq!((answer.status(), answer.challenge()), (403, Some(expected.as_str())));
    }
}

struct Other;
impl HttpBasicScheme for Other {
    const REALM: Option<&str> = Some("staff");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}
impl HttpDigestScheme for Other {
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}
impl ApiKeyScheme for Other {
    const NAME: &str = "Key";
    const PARAMETER: &str = "authorization";
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}
impl HttpBearerScheme for Other {
    const REALM: Option<&str> = Some("http");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}
impl OpenIdConnectScheme for Other {
    const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
    const REALM: Option<&str> = Some("oidc");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security]
async fn taken<E: Describe + FromRequestParts<()> + Send + 'static>(_: E) {}

fn taking<E: Describe + FromRequestParts<()> + Send + 'static>() -> App {
    App::new(Router::new().route("/", get(taken::<E>)))
}

#[tokio::test]
async fn every_scheme_has_its_own_challenges() {
    for (app, plain, two) in [
        (taking::<HttpBearer<Other>>(), r#"Bearer realm="http""#, r#"Bearer realm="http", error="invalid_request""#),
        (taking::<OpenIdConnect<Other>>(), r#"Bearer realm="oidc""#, r#"Bearer realm="oidc", error="invalid_request""#),
        (taking::<OAuth2<Bare>>(), "Bearer", r#"Bearer error="invalid_request""#),
        (taking::<HttpBasic<Other>>(), r#"Basic realm="staff""#, r#"Basic realm="staff""#),
        (taking::<HttpDigest<Other>>(), "Digest", "Digest"),
    ] {
        let missing = refused(&app, "/", &[]).await;
        assert_eq!(missing, (401, Some(plain.to_owned()), r#"{"detail":"Unauthorized"}"#.to_owned()));
        let repeated = refused(&app, "/", &["Bearer a", "Bearer a"]).await;
        let description = body("invalid_request", "More than one credential was sent");
        assert_eq!(repeated, (400, Some(two.to_owned()), description));
    }
}

/// The service's own extractors for an OAuth2 scheme, one of which reads an API key.
struct InQuery;
impl Describe for InQuery {
    const NODE: &'static Node = &Node::scheme(
        &SchemeInfo::oauth2::<Full>().with_kind(SchemeKind::ApiKeyQuery("t")).with_kind(SchemeKind::Other),
    );
}
struct InBody;
impl Describe for InBody {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::oauth2::<Full>().with_kind(SchemeKind::Other));
}

#[tokio::test]
async fn a_scheme_that_describes_itself_keeps_its_challenge_parameters() {
    async fn handler<E: Describe>() -> AuthError {
        AuthError::unauthorized("Gone").in_style_of::<E>()
    }
    let app = Router::new().route("/body", get(handler::<InBody>)).route("/query", get(handler::<InQuery>));
    let app = App::new(app);
    let challenge = async |path| refused(&app, path, &[]).await.challenge().unwrap().to_owned();
    assert!(challenge("/body").await.starts_with(r#"Bearer realm="the shop, 2nd floor", error="invalid_token", "#));
    assert_eq!(challenge("/query").await, r#"Bearer error="invalid_token""#);
}

#[tokio::test]
async fn two_api_keys_count_as_none() {
    let answer = refused(&taking::<ApiKeyHeader<Other>>(), "/", &["a", "b"]).await;
    assert_eq!(answer, (401, Some("APIKey".to_owned()), r#"{"detail":"Unauthorized"}"#.to_owned()));
}
