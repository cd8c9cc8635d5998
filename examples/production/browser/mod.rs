//! A page that logs in, and its session: the refresh token is in a cookie that no script can read, and the access token in the
//! memory of the page, which is gone with it.

mod cookie;
mod origin;
mod page;
mod session;

use axum::middleware::from_fn_with_state;
use axum_scopes::secure::{Router, get, post, public};

use self::origin::Origin;
use crate::{app::App, config::Config};

/// The page at `/app`, and its session below `/session`, which answers this page alone.
pub fn routes(config: &Config) -> Router<App> {
    let (in_cookie, shown) = ("the cookie is the credential", "a page without a login is for everybody");
    let session = Router::new()
        .route(
            "/session",
            post(public("a login needs no token", session::log_in)).delete(public(in_cookie, session::log_out)),
        )
        .route("/session/refresh", post(public(in_cookie, session::refresh)))
        .route_layer(from_fn_with_state(Origin::of(config), origin::check));
    Router::new()
        .route("/app", get(public(shown, page::html)))
        .route("/app/page.js", get(public(shown, page::script)))
        .route("/app/page.css", get(public(shown, page::style)))
        .merge(session)
}
