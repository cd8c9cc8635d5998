//! URLs that may be fetched: takes text, yields URLs of the same server.

use axum::http::{Uri, uri::Scheme};

use crate::text::safe_url;

/// A URL that may be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SafeUrl(Uri);

impl SafeUrl {
    /// `None` if [`safe_url::parse`] refuses it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        safe_url::parse(text).map(Self)
    }

    /// Whether it is plain HTTP.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.scheme() == Some(&Scheme::HTTP)
    }

    pub(crate) fn has_query(&self) -> bool {
        self.0.query().is_some()
    }

    /// The path without a slash at its end; empty for the root.
    pub(crate) fn path(&self) -> &str {
        let path = self.0.path();
        path.strip_suffix('/').unwrap_or(path)
    }

    /// The URL of another path on the same server.
    pub(crate) fn at(&self, path: &str) -> Option<Uri> {
        let mut parts = self.0.clone().into_parts();
        parts.path_and_query = Some(path.parse().ok()?);
        Uri::from_parts(parts).ok()
    }

    pub(crate) fn into_uri(self) -> Uri {
        self.0
    }
}
