//! Asks every route of a finished router without a credential: the routes come in, and those that let the request in go out.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode},
};
use tower_service::Service;

use crate::{
    error::grpc,
    secure::path::{Paths, paths_of, shown},
};

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

/// Asks each route of a finished router with each method, without a credential, and lists the routes that answer. 401 and 403 are
/// refusals, as `UNAUTHENTICATED` and `PERMISSION_DENIED` are with gRPC, and every other status is an answer. Each line is a method, a path and the status, such as `GET /status 200`.
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
/// - Each parameter of a path is `1`, or the next number that stands in no path, and bodies are empty. A route that rejects that before it asks for a credential is listed, with
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
    let value = value_in_none_of(&routes, &fallbacks);
    let of_routes = routes.iter().map(|path| (path.clone(), filled(path, &value), false));
    // A fallback is asked only where no route is.
    let of_fallbacks = fallbacks.into_iter().filter_map(|path| {
        let uri = uris_of_fallback(&path, &value).find(|uri| !routes.iter().any(|route| is_at(route, uri)))?;
        Some((path, uri, true))
    });
    let all: Vec<_> = of_routes.chain(of_fallbacks).collect();
    for (path, uri, is_fallback) in all {
        let mut of_get = None;
        for method in METHODS {
            let status = ask(router.clone(), &method, &path, &uri).await;
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

async fn ask(mut router: Router, method: &Method, path: &str, uri: &str) -> StatusCode {
    let Ok(request) = Request::builder().method(method).uri(uri).body(Body::empty()) else {
        panic!("the route `{path}` cannot be asked, because `{uri}` is not a URI");
    };
    let Ok(response) = Service::<Request<Body>>::call(&mut router, request).await;
    grpc::status(&response)
}

/// A number that stands in none of these paths, so that a path with a parameter is no other path once it is filled.
fn value_in_none_of(routes: &[String], fallbacks: &[String]) -> String {
    let is_new = |value: &String| !routes.iter().chain(fallbacks).any(|path| path.contains(value.as_str()));
    (1_u64..).map(|value| value.to_string()).find(is_new).unwrap_or_default()
}

/// The path with this value for each parameter. axum compares paths as they were sent, so a brace stays one.
fn filled(path: &str, value: &str) -> String {
    let (mut filled, mut rest) = (String::new(), path);
    while let Some(at) = rest.find(['{', '}']) {
        filled.push_str(&rest[..at]);
        let (brace, behind) = rest[at..].split_at(1);
        rest = if let Some(behind) = behind.strip_prefix(brace) {
            filled.push_str(brace);
            behind
        } else {
            filled.push_str(value);
            behind.split_once('}').map_or("", |(_, behind)| behind)
        };
    }
    filled + rest
}

/// Where a fallback answers if there is no route. First deep down, where few routes are.
fn uris_of_fallback<'a>(path: &'a str, value: &'a str) -> impl Iterator<Item = String> + 'a {
    let depths: &[usize] = if path.contains("{*") { &[4, 1, 2, 3, 5, 6, 7, 8] } else { &[1] };
    depths.iter().map(move |depth| {
        let deep = vec![value; *depth].join("/");
        filled(&path.replace("{*__private__axum_fallback}", &deep), value)
    })
}

/// Whether a route of this path may get a request with this URI. What it takes for a value has no brace.
fn is_at(route: &str, uri: &str) -> bool {
    if route.contains("{{") || route.contains("}}") {
        return false;
    }
    let (mut of_route, mut of_uri) = (route.split('/'), uri.split('/'));
    loop {
        match (of_route.next(), of_uri.next()) {
            (None, None) => return true,
            (Some(pattern), Some(segment)) => match pattern.split_once('{') {
                Some((prefix, name)) if segment.len() > prefix.len() && segment.starts_with(prefix) => {
                    if name.starts_with('*') {
                        return true;
                    }
                }
                None if pattern == segment => {}
                _ => return false,
            },
            _ => return false,
        }
    }
}
