//! The headers of the pages: takes origins, yields a policy of what the page may load and call.

use std::collections::BTreeSet;

use axum::http::{
    HeaderName,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
};

/// The headers of all files. Cached copies are checked before each use, so that a new version is seen at once.
pub(super) const COMMON: [(HeaderName, &str); 2] = [(CACHE_CONTROL, "no-cache"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];

pub(super) const HTML: (HeaderName, &str) = (CONTENT_TYPE, "text/html; charset=utf-8");

/// The URL of a page can contain an authorization code.
pub(super) const NO_REFERRER: (HeaderName, &str) = (REFERRER_POLICY, "no-referrer");

/// The policy of the page that the authorization endpoint redirects to.
pub(super) const REDIRECT: (HeaderName, &str) = (
    CONTENT_SECURITY_POLICY,
    "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The policy of a page that connects to this service and to `origins` (CSP 3 §6).
pub(super) fn page(origins: &BTreeSet<String>) -> String {
    let connect: String = origins.iter().map(|origin| format!(" {origin}")).collect();
    // `data:` is for icons in the style sheet, `blob:` for images in responses. Inline styles are refused. Only descriptions
    // have some, such as the alignment of a table.
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; \
         connect-src 'self'{connect}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
