//! A body of the service's own for all refusals of its schemes. Status, challenge and `Retry-After` are what they are without it.

use std::time::Duration;

use axum::{
    body::Body,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    routing::post,
};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, HmacKey, HttpBasic, HttpBasicScheme, TokenVerifier,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, HttpDigest, OpenIdConnect},
    error::ErrorKind,
    guard,
    login::OAuth2PasswordRequestForm,
    scheme::{ErrorStyle, HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme},
    verified,
};
use axum_scopes_tests::prelude::*;
use serde_json::{Value, json};

/// One function for all schemes. What it says of what the library decides is wrong on purpose.
fn problem(error: &AuthError) -> Response {
    let body = json!({
        "kind": format!("{:?}", error.kind()),
        "detail": error.detail(),
        "status": error.status().as_u16(),
        "challenge": error.challenge(),
        "retry_after": error.retry_after(),
    });
    let headers = [
        (CONTENT_TYPE, "application/problem+json"),
        (WWW_AUTHENTICATE, "Negotiate"),
        (RETRY_AFTER, "99"),
        ("x-own".parse().unwrap(), "yes"),
    ];
    (StatusCode::IM_A_TEAPOT, headers, Json(body)).into_response()
}

type Own = Option<fn(&AuthError) -> Response>;

/// Each scheme twice: with a body of the service's own, and without.
macro_rules! schemes {
    ($($Own:ident, $Plain:ident: $Trait:ident { $($constants:tt)* })*) => {
        $(
            struct $Own;
            impl $Trait for $Own {
                $($constants)*
                const ERROR_RESPONSE: Own = Some(problem);
            }
            struct $Plain;
            impl $Trait for $Plain {
                $($constants)*
            }
        )*
    };
}

schemes! {
    Mine, Theirs: OAuth2Scheme {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &[(&str, &str)] = &[("items", "")];
    }
    MineRfc, TheirsRfc: OAuth2Scheme {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &[(&str, &str)] = &[("items", "")];
        const REALM: Option<&str> = Some("shop");
        const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    }
    MineBasic, TheirsBasic: HttpBasicScheme {
        const REALM: Option<&str> = Some("staff");
    }
    MineDigest, TheirsDigest: HttpDigestScheme {}
    MineBearer, TheirsBearer: HttpBearerScheme {}
    MineConnect, TheirsConnect: OpenIdConnectScheme {
        const OPEN_ID_CONNECT_URL: &str = "https://id.example/.well-known/openid-configuration";
    }
    MineKey, TheirsKey: ApiKeyScheme {
        const NAME: &str = "Key";
        const PARAMETER: &str = "key";
    }
}

/// Refuses as its token says.
#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AuthError> {
    match token.as_str() {
        "bad" => Err(required.unauthorized("Could not validate credentials")),
        "disabled" => Err(AuthError::bad_request("Inactive user")),
        "stale" => Err(required.insufficient_user_authentication(&["mfa"], Some(Duration::from_secs(60)))),
        "busy" => Err(AuthError::unavailable(7)),
        "unknown" => Err(AuthError::unauthorized("Gone")),
        "foreign" => Err(AuthError::forbidden("Not the owner")),
        "unchecked" => Ok(()),
        granted => required.check(&Scopes::from(granted)),
    }
}

#[security(scopes = ["items"])]
async fn items<S: OAuth2Scheme>(_: Depends<user<S>>) {}

/// As services have it: one error type, which knows a refusal and makes a response of it.
enum AppError {
    Auth(AuthError),
}

impl From<AuthError> for AppError {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let Self::Auth(error) = self;
        error.into_response()
    }
}

#[security(scopes = ["items"])]
async fn wrapped<S: OAuth2Scheme>(_: Depends<wrapped_user<S>>) {}

#[security]
async fn wrapped_user<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AppError> {
    match token.as_str() {
        "bad" => Err(required.unauthorized("Could not validate credentials"))?,
        "unknown" => Err(AuthError::unauthorized("Gone"))?,
        "busy" => Err(AuthError::unavailable(7))?,
        granted => Ok(required.check(&Scopes::from(granted))?),
    }
}

/// Status, headers and body.
async fn whole(app: &Router, request: axum::http::request::Builder, body: &'static str) -> (u16, HeaderMap, Vec<u8>) {
    let response = tower::ServiceExt::oneshot(app.clone(), request.body(Body::from(body)).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), parts.headers, body.to_vec())
}

fn values(headers: &HeaderMap, name: axum::http::HeaderName) -> Vec<&HeaderValue> {
    headers.get_all(name).iter().collect()
}

/// Both refuse with the same status and headers, but only the first has a body of its own. It says what they are.
async fn same_but_for_the_body(
    (own, plain): (&Router, &Router),
    request: impl Fn() -> axum::http::request::Builder,
    body: &'static str,
    kind: ErrorKind,
) -> Value {
    let (expected, was, _) = whole(plain, request(), body).await;
    let (status, is, answer) = whole(own, request(), body).await;
    let described = || format!("{:?}", request().body(()).unwrap());
    for name in [WWW_AUTHENTICATE, RETRY_AFTER, CACHE_CONTROL] {
        assert_eq!(values(&is, name.clone()), values(&was, name), "{}", described());
    }
    assert_eq!(status, expected, "{}", described());
    assert_eq!(is[CONTENT_TYPE], "application/problem+json", "{}", described());
    assert_eq!(is["x-own"], "yes");
    assert_eq!(was[CONTENT_TYPE], "application/json");
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["kind"], format!("{kind:?}"), "{}", described());
    assert_eq!(answer["status"], status);
    assert_eq!(answer["challenge"].as_str(), is.get(WWW_AUTHENTICATE).map(|value| value.to_str().unwrap()));
    let seconds = answer["retry_after"].as_u64().map(|seconds| seconds.to_string());
    assert_eq!(seconds.as_deref(), is.get(RETRY_AFTER).map(|value| value.to_str().unwrap()));
    answer
}

/// What tokens are refused for.
const TOKENS: [(&str, ErrorKind); 7] = [
    ("bad", ErrorKind::InvalidToken),
    ("none", ErrorKind::InsufficientScope),
    ("stale", ErrorKind::InsufficientUserAuthentication),
    ("disabled", ErrorKind::Other),
    ("busy", ErrorKind::Unavailable),
    ("unknown", ErrorKind::InvalidToken),
    ("foreign", ErrorKind::Other),
];

async fn every_token(own: Router, plain: Router, tokens: &[(&str, ErrorKind)]) {
    let get = || Request::get("/");
    same_but_for_the_body((&own, &plain), get, "", ErrorKind::NoCredential).await;
    for (token, kind) in tokens {
        let request = || Request::get("/").header("authorization", format!("Bearer {token}"));
        same_but_for_the_body((&own, &plain), request, "", *kind).await;
    }
    let accepted = Request::get("/").header("authorization", "Bearer items");
    assert_eq!(whole(&own, accepted, "").await.0, 200);
}

#[tokio::test]
async fn dependencies_refuse_with_the_schemes_body() {
    let at = |route: axum::routing::MethodRouter| Router::new().route("/", route);
    every_token(at(get(items::<Mine>)), at(get(items::<Theirs>)), &TOKENS).await;
    every_token(at(get(items::<MineRfc>)), at(get(items::<TheirsRfc>)), &TOKENS).await;
}

#[tokio::test]
async fn the_body_is_made_of_the_refusal() {
    let (own, plain) =
        (Router::new().route("/", get(items::<MineRfc>)), Router::new().route("/", get(items::<TheirsRfc>)));
    let stale = || Request::get("/").header("authorization", "Bearer stale");
    let kind = ErrorKind::InsufficientUserAuthentication;
    assert_eq!(
        same_but_for_the_body((&own, &plain), stale, "", kind).await,
        json!({
            "kind": "InsufficientUserAuthentication",
            "detail": "A different or more recent login is required",
            "status": 401,
            "challenge": r#"Bearer realm="shop", error="insufficient_user_authentication", acr_values="mfa", max_age="60""#,
            "retry_after": null,
        })
    );
    let two = || Request::get("/").header("authorization", "Bearer a").header("authorization", "Bearer b");
    let answer = same_but_for_the_body((&own, &plain), two, "", ErrorKind::InvalidRequest).await;
    assert_eq!((&answer["status"], &answer["detail"]), (&json!(400), &json!("More than one credential was sent")));
}

/// A mistake of the service is refused as one, and with the scheme's body, too.
#[tokio::test]
async fn a_function_that_checks_nothing_refuses_with_the_schemes_body() {
    let (own, plain) = (Router::new().route("/", get(items::<Mine>)), Router::new().route("/", get(items::<Theirs>)));
    let request = || Request::get("/").header("authorization", "Bearer unchecked");
    let answer = same_but_for_the_body((&own, &plain), request, "", ErrorKind::ServerError).await;
    assert_eq!(answer["status"], 500);
}

#[tokio::test]
async fn error_types_of_the_service_keep_the_schemes_body() {
    let tokens =
        [("bad", ErrorKind::InvalidToken), ("unknown", ErrorKind::InvalidToken), ("busy", ErrorKind::Unavailable)];
    let at = |route: axum::routing::MethodRouter| Router::new().route("/", route);
    every_token(at(get(wrapped::<Mine>)), at(get(wrapped::<Theirs>)), &tokens).await;
    every_token(at(get(wrapped::<MineRfc>)), at(get(wrapped::<TheirsRfc>)), &tokens).await;
}

#[tokio::test]
async fn guards_refuse_with_the_schemes_body() {
    let open = || Router::new().route("/", get(async || ()));
    let own = guard!(scopes = ["items"], depends(user<Mine>)).protect(open());
    let plain = guard!(scopes = ["items"], depends(user<Theirs>)).protect(open());
    every_token(own, plain, &TOKENS).await;
}

#[tokio::test]
async fn ready_made_dependencies_refuse_with_the_schemes_body() {
    #[security(scopes = ["items"])]
    async fn ready_made<S: OAuth2Scheme>(_: Depends<verified<S>>) {}
    let verifier = TokenVerifier::hs256(&HmacKey::new("a secret of at least thirty-two bytes").unwrap());
    let own = Router::new().route("/", get(ready_made::<MineRfc>)).with_state(verifier.clone());
    let plain = Router::new().route("/", get(ready_made::<TheirsRfc>)).with_state(verifier);
    let request = || Request::get("/").header("authorization", "Bearer a.b.c");
    same_but_for_the_body((&own, &plain), request, "", ErrorKind::InvalidToken).await;
}

#[tokio::test]
async fn extractors_refuse_with_the_schemes_body() {
    for (own, plain) in [
        (get(async |_: Bearer<Mine>| ()), get(async |_: Bearer<Theirs>| ())),
        (get(async |_: HttpBasic<MineBasic>| ()), get(async |_: HttpBasic<TheirsBasic>| ())),
        (get(async |_: HttpDigest<MineDigest>| ()), get(async |_: HttpDigest<TheirsDigest>| ())),
        (get(async |_: HttpBearer<MineBearer>| ()), get(async |_: HttpBearer<TheirsBearer>| ())),
        (get(async |_: OpenIdConnect<MineConnect>| ()), get(async |_: OpenIdConnect<TheirsConnect>| ())),
        (get(async |_: ApiKeyHeader<MineKey>| ()), get(async |_: ApiKeyHeader<TheirsKey>| ())),
        (get(async |_: ApiKeyQuery<MineKey>| ()), get(async |_: ApiKeyQuery<TheirsKey>| ())),
        (get(async |_: ApiKeyCookie<MineKey>| ()), get(async |_: ApiKeyCookie<TheirsKey>| ())),
    ] {
        let (own, plain) = (Router::new().route("/", own), Router::new().route("/", plain));
        same_but_for_the_body((&own, &plain), || Request::get("/"), "", ErrorKind::NoCredential).await;
    }
    let own = Router::new().route("/", get(async |_: HttpBasic<MineBasic>| ()));
    let plain = Router::new().route("/", get(async |_: HttpBasic<TheirsBasic>| ()));
    let malformed = || Request::get("/").header("authorization", "Basic ?");
    same_but_for_the_body((&own, &plain), malformed, "", ErrorKind::InvalidToken).await;
}

#[tokio::test]
async fn handlers_refuse_with_the_body_of_the_scheme_that_they_name() {
    let handler = |refuse: fn() -> AuthError| Router::new().route("/", get(async move || refuse()));
    let own = handler(|| AuthError::unauthorized("Gone").in_style_of::<Bearer<MineRfc>>());
    let plain = handler(|| AuthError::unauthorized("Gone").in_style_of::<Bearer<TheirsRfc>>());
    same_but_for_the_body((&own, &plain), || Request::get("/"), "", ErrorKind::InvalidToken).await;
}

#[tokio::test]
async fn a_login_form_of_a_scheme_refuses_with_the_schemes_body() {
    async fn login<S: OAuth2Scheme>(_: OAuth2PasswordRequestForm<S>) {}
    let at = |route: axum::routing::MethodRouter| Router::new().route("/", route);
    let form = || Request::post("/").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (own, plain, status) in [
        (at(post(login::<Mine>)), at(post(login::<Theirs>)), 422),
        (at(post(login::<MineRfc>)), at(post(login::<TheirsRfc>)), 400),
    ] {
        let both = (&own, &plain);
        let answer = same_but_for_the_body(both, form, "username=joe", ErrorKind::InvalidRequest).await;
        assert_eq!(answer["status"], status);
        assert!(answer["detail"].as_str().unwrap().contains("password"), "{answer}");
        let other = "username=a&password=b&grant_type=other";
        same_but_for_the_body(both, form, other, ErrorKind::UnsupportedGrantType).await;
    }
    let (own, plain) = (at(post(login::<MineRfc>)), at(post(login::<TheirsRfc>)));
    let repeated = "username=a&username=b&password=c";
    same_but_for_the_body((&own, &plain), form, repeated, ErrorKind::InvalidRequest).await;
    assert_eq!(whole(&own, form(), repeated).await.1[CACHE_CONTROL], "no-store");
}

/// RFC 6749 §5.2 has one form for it, which clients read.
#[tokio::test]
async fn token_endpoint_refusals_keep_their_form() {
    #[security]
    async fn refuses(_: Option<Bearer<Mine>>) -> Result<(), AuthError> {
        Err(AuthError::invalid_grant("Incorrect username or password"))
    }
    #[security]
    async fn handler(_: Depends<refuses>) {}
    let app = Router::new().route("/", get(handler));
    let (status, headers, body) = whole(&app, Request::get("/"), "").await;
    assert_eq!((status, &headers[CONTENT_TYPE]), (400, &"application/json".parse().unwrap()));
    assert_eq!(body, br#"{"error":"invalid_grant","error_description":"Incorrect username or password"}"#);
}

/// A refusal that another scheme has decided is that one's.
#[tokio::test]
async fn the_body_is_that_of_the_scheme_that_decides() {
    #[security]
    async fn either(_: Option<Bearer<Mine>>, _: Option<HttpBasic<TheirsBasic>>) -> Result<(), AuthError> {
        Err(AuthError::unauthorized("Gone").in_style_of::<HttpBasic<TheirsBasic>>())
    }
    #[security]
    async fn handler(_: Depends<either>) {}
    let (status, headers, body) = whole(&Router::new().route("/", get(handler)), Request::get("/"), "").await;
    assert_eq!((status, headers[WWW_AUTHENTICATE].to_str().unwrap()), (401, r#"Basic realm="staff""#));
    assert_eq!(body, br#"{"detail":"Gone"}"#);
}

/// A function that has no answer for some refusal returns the library's, and does not call itself.
#[tokio::test]
async fn the_function_may_return_the_librarys_body() {
    fn only_forbidden(error: &AuthError) -> Response {
        if error.status() == StatusCode::FORBIDDEN { "no".into_response() } else { error.clone().into_response() }
    }
    struct Half;
    impl OAuth2Scheme for Half {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &[(&str, &str)] = &[("items", "")];
        const ERROR_RESPONSE: Own = Some(only_forbidden);
    }
    let (own, plain) = (Router::new().route("/", get(items::<Half>)), Router::new().route("/", get(items::<Theirs>)));
    for token in ["none", "busy", "bad"] {
        let request = || Request::get("/").header("authorization", format!("Bearer {token}"));
        assert_eq!(whole(&own, request(), "").await, whole(&plain, request(), "").await);
    }
    let foreign = Request::get("/").header("authorization", "Bearer foreign");
    let (status, _, body) = whole(&own, foreign, "").await;
    assert_eq!((status, body), (403, b"no".to_vec()));
}

/// An error type that renders everything by hand: no scheme has a say in its body, and the challenge is not lost.
#[tokio::test]
async fn a_body_by_hand_keeps_status_challenge_and_retry_after() {
    struct ByHand(AuthError);
    impl IntoResponse for ByHand {
        fn into_response(self) -> Response {
            let body = Json(json!({ "challenge": self.0.challenge(), "title": self.0.detail() }));
            self.0.respond_with((StatusCode::IM_A_TEAPOT, [(RETRY_AFTER, "99")], body))
        }
    }
    #[security]
    async fn refuses<S: HttpBasicScheme>(Path(how): Path<String>, _: Option<HttpBasic<S>>) -> Result<(), ByHand> {
        Err(ByHand(if how == "busy" { AuthError::unavailable(7) } else { AuthError::unauthorized("Gone") }))
    }
    #[security]
    async fn handler<S: HttpBasicScheme>(_: Depends<refuses<S>>) {}
    for route in [get(handler::<MineBasic>), get(handler::<TheirsBasic>)] {
        let app = Router::new().route("/{how}", route);
        let (status, headers, body) = whole(&app, Request::get("/gone"), "").await;
        assert_eq!((status, headers[WWW_AUTHENTICATE].to_str().unwrap()), (401, r#"Basic realm="staff""#));
        assert_eq!(headers.get(RETRY_AFTER), None);
        assert_eq!(body, br#"{"challenge":"Basic realm=\"staff\"","title":"Gone"}"#);
        let (status, headers, _) = whole(&app, Request::get("/busy"), "").await;
        assert_eq!((status, &headers[RETRY_AFTER]), (503, &HeaderValue::from_static("7")));
        assert_eq!(headers.get(WWW_AUTHENTICATE), None);
    }
}

/// Somebody's own extractor, whose scheme is a constant of no trait.
#[tokio::test]
async fn a_scheme_of_the_services_own_has_a_body_too() {
    const SCHEME: &SchemeInfo = &SchemeInfo::new("Own").with_error_response(problem);
    struct Ticket;
    impl Describe for Ticket {
        const NODE: &'static Node = &Node::scheme(SCHEME);
    }
    impl<S: Sync> FromRequestParts<S> for Ticket {
        type Rejection = AuthError;
        async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, AuthError> {
            Err(AuthError::unauthorized("No ticket"))
        }
    }
    #[security]
    async fn visitor(_: Ticket) -> Result<(), AuthError> {
        Ok(())
    }
    #[security]
    async fn handler(_: Depends<visitor>) {}
    let (status, headers, body) = whole(&Router::new().route("/", get(handler)), Request::get("/"), "").await;
    assert_eq!((status, headers[WWW_AUTHENTICATE].to_str().unwrap()), (401, "Bearer"));
    assert!(body.starts_with(br#"{"challenge":"Bearer","detail":"No ticket","kind":"InvalidToken""#));
}
