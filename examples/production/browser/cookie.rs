//! The cookie with the refresh token.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::config::Config;

/// Below this path alone, so that no other route ever sees the cookie.
const PATH: &str = "/session";

/// Browsers take a cookie with this beginning only from `https`.
const SECURE_PREFIX: &str = "__Secure-";

/// The refresh token that the browser has sent.
pub fn refresh_token(jar: &CookieJar, config: &Config) -> Option<String> {
    jar.get(&name(config)).map(|cookie| cookie.value().to_owned())
}

/// A cookie that the browser keeps until it is closed, or until the session ends.
pub fn keep(token: String, config: &Config) -> Cookie<'static> {
    let cookie = Cookie::build((name(config), token)).path(PATH).http_only(true).same_site(SameSite::Strict);
    cookie.secure(is_https(config)).build()
}

/// A cookie that makes the browser forget it.
pub fn forget(config: &Config) -> Cookie<'static> {
    let mut cookie = keep(String::new(), config);
    cookie.make_removal();
    cookie
}

/// Plain `http` is only for this machine.
fn is_https(config: &Config) -> bool {
    config.public_url.starts_with("https://")
}

fn name(config: &Config) -> String {
    format!("{}refresh", if is_https(config) { SECURE_PREFIX } else { "" })
}
