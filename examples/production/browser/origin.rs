//! Against forged requests of other sites (CSRF): a browser says where a request comes from, and only this service's own pages may
//! use the cookie.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::config::Config;

/// The origin of the service's own pages.
#[derive(Clone)]
pub struct Origin(Arc<str>);

impl Origin {
    pub fn of(config: &Config) -> Self {
        Self(config.public_url.as_str().into())
    }

    /// Whether a page of this origin has sent a request. `SameSite` does not tell: to a browser, a page at another port or at another
    /// name below the same domain is of the same site.
    fn has_sent(&self, headers: &HeaderMap) -> bool {
        // Browsers send it, and no script can set it. It says most.
        if let Some(site) = headers.get("sec-fetch-site") {
            return site == "same-origin";
        }
        // Older browsers. A request that names no origin may come from anywhere.
        headers.get(header::ORIGIN).is_some_and(|origin| origin == &*self.0)
    }
}

/// Refuses what other pages make a browser send.
pub async fn check(State(origin): State<Origin>, request: Request, next: Next) -> Response {
    if origin.has_sent(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "Cross-site request").into_response()
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, Origin};

    #[test]
    fn only_a_page_of_this_origin_has_sent_a_request() {
        let origin = Origin("https://api.example.com".into());
        for (site, from, expected) in [
            (Some("same-origin"), None, true),
            (Some("same-origin"), Some("https://api.example.com"), true),
            (Some("same-site"), Some("https://api.example.com"), false),
            (Some("cross-site"), Some("https://api.example.com"), false),
            (Some("none"), None, false),
            (Some(""), None, false),
            (None, Some("https://api.example.com"), true),
            (None, Some("https://api.example.com:444"), false),
            (None, Some("https://app.example.com"), false),
            (None, Some("http://api.example.com"), false),
            (None, Some("null"), false),
            (None, None, false),
        ] {
            let headers = [("sec-fetch-site", site), ("origin", from)];
            let headers =
                headers.iter().filter_map(|(name, value)| Some((name.parse().ok()?, value.as_ref()?.parse().ok()?)));
            assert_eq!(origin.has_sent(&headers.collect::<HeaderMap>()), expected, "{site:?} {from:?}");
        }
    }
}
