//! `#[security(credential_required)]`: of several optional credentials one has to be there.

use axum::body::Body;
use axum_scopes::{ApiKeyCookie, ApiKeyHeader, ApiKeyScheme};
use axum_scopes_tests::{prelude::*, send};

use crate::answers::{Answer, not_authenticated};

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

/// A handler refuses as well, and so does one whose error is the service's own.
#[security(credential_required)]
async fn handler(
    (mut bearer, cookie): (Option<Bearer<Api>>, Option<ApiKeyCookie<Session>>),
    key: (HeaderMap, Option<ApiKeyHeader<Partner>>),
    (_, _): (HeaderMap, Option<axum_scopes::ApiKeyQuery<Partner>>),
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

/// A body has a place in the tree, and is no credential.
#[security(credential_required)]
async fn handler_with_a_body(
    _: Option<Bearer<Api>>,
    _: Option<ApiKeyCookie<Session>>,
    _: String,
) -> Result<&'static str, AuthError> {
    Ok("somebody")
}

/// Two ways of having none.
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

fn app() -> Router {
    #[security]
    async fn of_generic(Depends(found): Depends<generic<Api>>) -> String {
        found
    }
    Router::new()
        .route("/dependency", get(dependent))
        .route("/handler", get(handler))
        .route("/generic", get(of_generic))
        .route("/opaque", get(handler_of_an_opaque_type))
        .route("/alias", get(handler_of_an_alias))
        .route("/body", get(handler_with_a_body))
}

async fn ask(path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    send(&app(), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn without_any_credential_the_function_does_not_run() {
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
            assert_eq!(ask(path, &[credential]).await.0, 200, "{path} {credential:?}");
        }
        assert_eq!(ask(path, &credentials).await.0, 200, "{path}");
    }
    // One that nobody names counts, and so does one that stands in a tuple beside something else.
    assert_eq!(ask("/dependency", &[("x-key", "k")]).await.2, "false false");
    assert_eq!(ask("/handler", &[("x-key", "k")]).await.2, "false false");
    assert_eq!(ask("/handler?x-key=k", &[]).await.2, "false true");
    assert_eq!(ask("/alias", &[("x-key", "k")]).await.2, "true");
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
async fn a_scheme_of_ones_own_takes_part() {
    let app = Router::new().route("/", get(own));
    assert_eq!(send(&app, Request::get("/").body(Body::empty()).unwrap()).await.0, 401);
    assert_eq!(send(&app, Request::get("/").header("x-own", "").body(Body::empty()).unwrap()).await.0, 200);
}

#[test]
fn the_tree_says_so() {
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
