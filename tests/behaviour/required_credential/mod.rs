//! `#[security(credential_required)]` refuses a request that has none of several optional credentials.

mod parameters;

use axum_scopes::{AccessTable, ApiKeyHeader, ApiKeyScheme, credential::ApiKeyCookie};
use axum_scopes_tests::prelude::*;

use crate::answers::not_authenticated;

struct Session;

impl ApiKeyScheme for Session {
    const NAME: &str = "Session";
    const PARAMETER: &str = "session";
}

struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "Partner";
    const PARAMETER: &str = "x-key";
}

type Maybe<T> = Option<T>;

#[security(credential_required)]
async fn caller(
    bearer: Option<Bearer<Api>>,
    cookie: Maybe<ApiKeyCookie<Session>>,
    _: Result<ApiKeyHeader<Partner>, AuthError>,
) -> Result<String, AuthError> {
    Ok(format!("{} {}", bearer.is_some(), cookie.is_some()))
}

#[security]
async fn dependent(Depends(caller): Depends<caller>) -> String {
    caller
}

/// A handler can have the argument as well, also with the service's own error type.
#[security(credential_required)]
async fn handler(
    (mut bearer, cookie): (Option<Bearer<Api>>, Option<ApiKeyCookie<Session>>),
    key: (HeaderMap, Option<ApiKeyHeader<Partner>>),
    (_, _): (HeaderMap, Option<axum_scopes::credential::ApiKeyQuery<Partner>>),
) -> Result<String, Refused> {
    Ok(format!("{} {}", bearer.take().is_some(), cookie.is_some() || key.1.is_none()))
}

#[security(credential_required)]
fn generic<S: OAuth2Scheme>(bearer: Option<Bearer<S>>, _: Option<ApiKeyCookie<Session>>) -> Result<String, AuthError> {
    Ok(bearer.is_some().to_string())
}

#[security(credential_required)]
async fn handler_of_an_opaque_type(
    _: Option<Bearer<Api>>,
    _: Option<ApiKeyCookie<Session>>,
) -> Result<impl IntoResponse, AuthError> {
    Ok("somebody")
}

type Both = (Option<Bearer<Api>>, Option<ApiKeyCookie<Session>>);

#[security(credential_required)]
async fn handler_of_an_alias(
    (_, _): Both,
    #[allow(unused_parens)] (key): Option<ApiKeyHeader<Partner>>,
) -> Result<String, AuthError> {
    Ok(key.is_some().to_string())
}

/// A body is part of the tree, but is no credential.
#[security(credential_required)]
async fn handler_with_a_body(
    _: Option<Bearer<Api>>,
    _: Option<ApiKeyCookie<Session>>,
    _: String,
) -> Result<&'static str, AuthError> {
    Ok("somebody")
}

/// A credential that can be missing in two ways.
#[security(credential_required)]
async fn nested(_: Option<Option<Bearer<Api>>>) -> Result<(), AuthError> {
    Ok(())
}

#[derive(Debug)]
struct Refused(AuthError);

impl From<AuthError> for Refused {
    fn from(error: AuthError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

fn app() -> App {
    #[security]
    async fn of_generic(Depends(found): Depends<generic<Api>>) -> String {
        found
    }
    App::new(
        Router::new()
            .route("/dependency", get(dependent))
            .route("/handler", get(handler))
            .route("/generic", get(of_generic))
            .route("/opaque", get(handler_of_an_opaque_type))
            .route("/alias", get(handler_of_an_alias))
            .route("/body", get(handler_with_a_body)),
    )
}

async fn ask(path: &str, headers: &[(&str, &str)]) -> Answer {
    headers.iter().fold(app().get(path), |call, (name, value)| call.header(name, *value)).await
}

#[tokio::test]
async fn a_function_does_not_run_without_any_credential() {
    for path in ["/dependency", "/handler", "/generic", "/opaque", "/alias", "/body"] {
        assert_eq!(ask(path, &[]).await, not_authenticated(), "{path}");
        assert_eq!(ask(path, &[("authorization", "Basic x"), ("cookie", "session=")]).await, not_authenticated());
    }
}

#[tokio::test]
async fn any_credential_is_enough() {
    let credentials = [("authorization", "Bearer x"), ("cookie", "session=1")];
    for path in ["/dependency", "/handler", "/generic", "/opaque", "/alias", "/body"] {
        for credential in credentials {
            assert_eq!(ask(path, &[credential]).await.status(), 200, "{path} {credential:?}");
        }
        assert_eq!(ask(path, &credentials).await.status(), 200, "{path}");
    }
    // A credential counts even if its parameter is `_`, or if it is in a tuple with another extractor.
    assert_eq!(ask("/dependency", &[("x-key", "k")]).await.text(), "false false");
    assert_eq!(ask("/handler", &[("x-key", "k")]).await.text(), "false false");
    assert_eq!(ask("/handler?x-key=k", &[]).await.text(), "false true");
    assert_eq!(ask("/alias", &[("x-key", "k")]).await.text(), "true");
    assert_eq!(ask("/generic", &[("x-key", "k")]).await, not_authenticated());
}

#[tokio::test]
async fn a_direct_call_is_refused_as_well() {
    assert_eq!(caller(None, None, Err(AuthError::internal())).await.unwrap_err().status(), 401);
    let (no_key, no_query) = ((HeaderMap::new(), None), (HeaderMap::new(), None));
    assert_eq!(handler((None, None), no_key, no_query).await.unwrap_err().0.status(), 401);
    for none in [None, Some(None)] {
        assert_eq!(nested(none).await.unwrap_err().status(), 401);
    }
}

#[derive(Clone)]
struct OwnToken;

impl Describe for OwnToken {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("OwnToken"));
}

impl<S: Sync> axum::extract::OptionalFromRequestParts<S> for OwnToken {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, AuthError> {
        Ok(parts.headers.contains_key("x-own").then_some(Self))
    }
}

#[security(credential_required)]
async fn own(_: Option<OwnToken>) -> Result<&'static str, AuthError> {
    Ok("own")
}

#[tokio::test]
async fn a_scheme_of_the_service_counts_as_well() {
    let app = App::new(Router::new().route("/", get(own)));
    assert_eq!(app.get("/").await.status(), 401);
    assert_eq!(app.get("/").header("x-own", "").await.status(), 200);
}

#[test]
fn the_tree_says_that_a_credential_is_required() {
    assert_eq!(
        Tree::of::<dependent>().to_string(),
        "\
dependent []
└─ caller [] credential_required
   ├─ Option<…>
   │  └─ OAuth2PasswordBearer
   ├─ Option<…>
   │  └─ Session
   └─ Option<…>
      └─ Partner
"
    );
}

#[test]
fn the_table_says_that_a_credential_is_required() {
    assert_eq!(AccessTable::new().route("GET", "/", own).to_string(), "GET  /  OwnToken\n");
}
