//! Asks every route of a finished router without a credential: the routes come in, and those that let the request in go out.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode},
};
use tower_service::Service;

use crate::secure::path::{Paths, paths_of, shown};

/// The methods that axum routes. HEAD comes after GET, which answers it if nothing else does.
const METHODS: [Method; 9] = [
    Method::GET,
    Method::HEAD,
    Method::OPTIONS,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::TRACE,
    Method::CONNECT,
];

/// Asks each route of a finished router with each method, without a credential, and lists what answers with something else than a
/// refusal: not with 401 or 403. Each line is a method, a path and the status, such as `GET /status 200`.
///
/// It works for any router of axum, whether its handlers have `#[security]` or not. Compare the list with a text in a test:
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_scopes::{
///     Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, security, testing::open_routes, verified,
/// };
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(_: Depends<verified<Api>>) {}
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let router = Router::new()
///     .route("/items/{id}", get(read_items))
///     .route("/status", get(async || "up"))
///     .with_state(TokenVerifier::hs256(&HmacKey::new([7; 32]).unwrap()));
/// assert_eq!(open_routes(router).await, ["GET /status 200"]);
/// # }
/// ```
///
/// # Limits
///
/// - Handlers run. Use a state without effects, for instance a database in memory.
/// - Each parameter of a path is `1`, and bodies are empty. A route that rejects that before it asks for a credential is listed, with
///   the status of that answer, 400 or 415 for example. It may be protected.
/// - A route that asks for a credential by other means than 401 or 403, such as a redirect to a login page, is listed.
/// - A route that answers 405 counts as one without this method. HEAD is left out where GET answers the same.
/// - A service, also one that `nest_service` mounts, is asked at one path. What routes it has inside is not known. Fallbacks are asked
///   at one path each, and left out if they answer 404.
/// - A route may ask only some requests for a credential, for instance by a parameter of the query.
///
/// # Panics
///
/// If the routes cannot be read. axum shows them only in the router's `Debug` output, whose form another version may change. It never
/// returns a list of some routes only. A handler that panics panics here, too.
pub async fn open_routes(router: Router) -> Vec<String> {
    let Some(Paths { routes, fallbacks, .. }) = paths_of(&router) else {
        panic!("the routes of this router cannot be read, because this version of axum shows them in another form");
    };
    let mut open = Vec::new();
    // A fallback is asked only where no route is.
    let fallbacks: Vec<_> = fallbacks.into_iter().filter(|path| !routes.contains(path)).collect();
    let (routes, fallbacks) =
        (routes.into_iter().map(|path| (path, false)), fallbacks.into_iter().map(|path| (path, true)));
    for (path, is_fallback) in routes.chain(fallbacks) {
        let mut of_get = None;
        for method in METHODS {
            let status = ask(router.clone(), &method, &path).await;
            let is_get_again = method == Method::HEAD && of_get == Some(status);
            if method == Method::GET {
                of_get = Some(status);
            }
            if !is_get_again && is_open(status, is_fallback) {
                let label = if is_fallback { " (fallback)" } else { "" };
                open.push((shown(&path), format!("{method} {}{label} {}", shown(&path), status.as_u16())));
            }
        }
    }
    // Stable, so that the methods of a path keep their order.
    open.sort_by(|(a, _), (b, _)| a.cmp(b));
    open.into_iter().map(|(_, line)| line).collect()
}

fn is_open(status: StatusCode, is_fallback: bool) -> bool {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED => false,
        StatusCode::NOT_FOUND => !is_fallback,
        _ => true,
    }
}

async fn ask(mut router: Router, method: &Method, path: &str) -> StatusCode {
    let uri = filled(path);
    let Ok(request) = Request::builder().method(method).uri(&uri).body(Body::empty()) else {
        panic!("the route `{path}` cannot be asked, because `{uri}` is not a URI");
    };
    let Ok(response) = Service::<Request<Body>>::call(&mut router, request).await;
    response.status()
}

/// The path with a value for each parameter. What a fallback answers is deep, where few routes are.
fn filled(path: &str) -> String {
    let path = path.replace("{*__private__axum_fallback}", "1/1/1/1");
    let segments = path.split('/').map(|segment| {
        let (mut filled, mut rest) = (String::new(), segment);
        while let Some(at) = rest.find(['{', '}']) {
            filled.push_str(&rest[..at]);
            let brace = &rest[at..at + 1];
            if rest[at + 1..].starts_with(brace) {
                filled.push_str(if brace == "{" { "%7B" } else { "%7D" });
                rest = &rest[at + 2..];
            } else {
                filled.push('1');
                rest = rest[at..].split_once('}').map_or("", |(_, rest)| rest);
            }
        }
        filled + rest
    });
    segments.collect::<Vec<_>>().join("/")
}
