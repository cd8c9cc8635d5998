//! The cookie with the refresh token.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::config::Config;

/// Browsers take a cookie with this beginning only from `https`, only from this host, and only for all of its paths. No page at another
/// name below the same domain can set it, and so log a browser in as somebody else.
const HOST_PREFIX: &str = "__Host-";

/// The refresh token that the browser has sent.
pub fn refresh_token(jar: &CookieJar, config: &Config) -> Option<String> {
    jar.get(&name(config)).map(|cookie| cookie.value().to_owned())
}

/// A cookie that the browser keeps until it is closed, or until the session ends.
pub fn keep(token: String, config: &Config) -> Cookie<'static> {
    // Over `http` it is for this path alone: at another port of this machine, another service may ask.
    let path = if is_https(config) { "/" } else { "/session" };
    let cookie = Cookie::build((name(config), token)).path(path).http_only(true).same_site(SameSite::Strict);
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
    format!("{}refresh", if is_https(config) { HOST_PREFIX } else { "" })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{Config, forget, keep};

    /// A page at another name below the same domain could set any other cookie, and so log the browser in as somebody else.
    #[test]
    fn no_other_host_can_set_the_cookie() {
        let config = |url: &str| Config::from_env(&|name| (name == "PUBLIC_URL").then(|| url.to_owned())).unwrap();
        let https = config("https://api.example.com");
        for cookie in [keep("abc".to_owned(), &https), forget(&https)] {
            let text = cookie.to_string();
            assert!(text.starts_with("__Host-refresh=") && text.contains("; Path=/"), "{text}");
            assert_eq!((cookie.path(), cookie.domain(), cookie.secure()), (Some("/"), None, Some(true)), "{text}");
            assert!(text.contains("HttpOnly") && text.contains("SameSite=Strict"), "{text}");
        }
        let http = keep("abc".to_owned(), &config("http://localhost:8000"));
        assert_eq!((http.name(), http.path(), http.secure()), ("refresh", Some("/session"), Some(false)));
    }
}
