//! Paths whose only fault is the slash at their end: FastAPI leads to the other spelling, and axum answers 404.

use std::collections::BTreeSet;

use axum::{
    Router,
    extract::OriginalUri,
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
    routing::any,
};

/// The fallback of a router with the routes `paths`. It answers 307 where one of them would match but for the slash at its
/// end, as FastAPI does (`redirect_slashes`).
///
/// It is a plain router of axum, because whoever mounts it says why everybody may call it. Only what the other router does not
/// know comes here, whatever the method is, and no dependency has run by then.
pub fn redirect_slashes(paths: impl IntoIterator<Item = impl AsRef<str>>) -> Router {
    let others: BTreeSet<_> = paths.into_iter().filter_map(|path| other_spelling(path.as_ref())).collect();
    others.iter().fold(Router::new(), |others, path| others.route(path, any(redirect)))
}

/// Without the slash at its end, or with one. `None` where the route matches both (`/{*rest}`), or is the root.
fn other_spelling(path: &str) -> Option<String> {
    match path.strip_suffix('/') {
        Some("") => None,
        Some(shorter) => Some(shorter.to_owned()),
        None if path.contains("{*") => None,
        None => Some(format!("{path}/")),
    }
}

/// FastAPI's `Location` is absolute, made of the header `Host`. A path alone leads to the same place, whatever that header
/// says, and keeps the client on `https` where a proxy has ended TLS. So it keeps its token, too.
async fn redirect(OriginalUri(uri): OriginalUri) -> Response {
    // A browser takes the text behind `//` or `/\` for a host.
    let is_path = uri.path().strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']));
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = other_spelling(uri.path()).filter(|_| is_path).map(|path| HeaderValue::try_from(path + &query));
    match location {
        Some(Ok(location)) => (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, location)]).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
