//! While a service is for this machine alone: requests that come through a proxy are refused, because its clients may be anywhere, and
//! so are those of a page whose name somebody else makes an address of this machine (DNS rebinding).

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header::HOST},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::config::is_loopback;

/// What proxies add.
const ADDED: [&str; 5] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

const WHY: &str = "This service is for its own machine. To let others reach it, say its origin in PUBLIC_URL.";

pub async fn check(request: Request, next: Next) -> Response {
    let names_it = request.uri().authority().is_none_or(|authority| is_loopback(authority.as_str()));
    match names_it && is_of_this_machine(request.headers()) {
        true => next.run(request).await,
        false => (StatusCode::MISDIRECTED_REQUEST, WHY).into_response(),
    }
}

fn is_of_this_machine(headers: &HeaderMap) -> bool {
    let names_it = headers.get_all(HOST).iter().all(|host| host.to_str().is_ok_and(is_loopback));
    names_it && !ADDED.iter().any(|name| headers.contains_key(*name))
}
