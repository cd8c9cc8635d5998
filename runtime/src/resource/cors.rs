//! Metadata and challenges for pages of other origins: routes come in, and go out with the headers that let a browser hand them on
//! (Fetch, CORS protocol).

use axum::{
    Router,
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, WWW_AUTHENTICATE,
        },
    },
    middleware::map_response,
    response::Response,
    routing::MethodRouter,
};

use crate::scheme::challenge::DPOP_NONCE;

/// All origins, and all request headers: without credentials, nothing is in the answer that is not for everybody.
const ALL: HeaderValue = HeaderValue::from_static("*");

/// The same routes, whose answers all pages can read, with an answer to the question of a browser whether they can.
pub(super) fn readable_by_pages<T: Clone + Send + Sync + 'static>(routes: MethodRouter<T>) -> MethodRouter<T> {
    let preflight = async || {
        let headers = [
            (ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD")),
            (ACCESS_CONTROL_ALLOW_HEADERS, ALL),
            (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600")),
        ];
        (StatusCode::NO_CONTENT, headers)
    };
    routes.options(preflight).layer(map_response(async |mut response: Response| {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, ALL);
        response
    }))
}

/// The same routes, whose challenges and nonces for proofs a page can read that may read their answers: `Access-Control-Expose-Headers` with
/// `WWW-Authenticate` and `DPoP-Nonce`, in answers that have one of these. A client in a browser needs them to log in and to step up.
///
/// It lets no page read more answers: which origins may is for a CORS layer around the service to say, such as that of `tower-http`.
///
/// ```
/// use axum::{Router, body::Body, http::Request, routing::get};
/// use axum_scopes::{Bearer, Flows, OAuth2Scheme, resource::expose_challenges};
/// use tower::ServiceExt;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[];
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let router: Router = expose_challenges(Router::new().route("/", get(async |_: Bearer<Api>| "hello")));
/// let refusal = router.oneshot(Request::get("/").body(Body::empty())?).await?;
/// assert_eq!(refusal.headers()["access-control-expose-headers"], "WWW-Authenticate, DPoP-Nonce");
/// # Ok(())
/// # }
/// ```
pub fn expose_challenges<T: Clone + Send + Sync + 'static>(router: Router<T>) -> Router<T> {
    router.layer(map_response(async |mut response: Response| {
        const SHOWN: [HeaderName; 2] = [WWW_AUTHENTICATE, DPOP_NONCE];
        let headers = response.headers_mut();
        if SHOWN.iter().any(|name| headers.contains_key(name)) {
            // A service may expose others.
            headers.append(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("WWW-Authenticate, DPoP-Nonce"));
        }
        response
    }))
}
