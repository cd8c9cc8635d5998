//! Name and password from the `Authorization` header (RFC 7617).

use std::fmt;

use axum::http::request::Parts;
use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

use crate::{
    credential::{
        authorization,
        extractor::{Unreadable, extractor},
        password::Password,
    },
    scheme::http::HttpBasicScheme,
    secret,
};

/// A name and a password that nobody has checked. `Debug` shows only the name. The password's memory is overwritten when it is
/// dropped.
///
/// ```
/// use axum_scopes::credential::HttpBasicCredentials;
///
/// let credentials = HttpBasicCredentials { username: "amy".to_owned(), password: "secret".into() };
/// assert!(!format!("{credentials:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct HttpBasicCredentials {
    /// The text before the first colon.
    pub username: String,
    /// The text behind the first colon.
    pub password: Password,
}

impl HttpBasicCredentials {
    /// Whether these are the name and the password of the service's configuration. For users, keep hashes of their passwords, and
    /// compare those by `Passwords`.
    ///
    /// Both are always compared. The time depends only on the lengths, so it does not tell which of the two is wrong. An empty
    /// `password` never matches.
    ///
    /// ```
    /// # use axum_scopes::credential::HttpBasicCredentials;
    /// let sent = HttpBasicCredentials { username: "scraper".to_owned(), password: "s3cret".into() };
    /// assert!(sent.matches("scraper", "s3cret"));
    /// assert!(!sent.matches("scraper", "guess") && !sent.matches("amy", "s3cret"));
    /// ```
    #[must_use]
    pub fn matches(&self, username: &str, password: &str) -> bool {
        let is_named = secret::is_same(&self.username, username);
        bool::from(is_named & secret::matches(self.password.as_str(), password))
    }
}

impl fmt::Debug for HttpBasicCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpBasicCredentials").field("username", &self.username).finish_non_exhaustive()
    }
}

extractor! {
    /// Name and password of scheme `S`, which nobody has checked.
    ///
    /// A request without them is refused: 401 "Not authenticated", with the realm in the challenge. `Option<HttpBasic<S>>` is
    /// `None` then. Malformed credentials are refused in both.
    ///
    /// ```
    /// use axum_scopes::{HttpBasic, HttpBasicScheme, credential::HttpBasicCredentials};
    ///
    /// struct Staff;
    /// impl HttpBasicScheme for Staff {}
    ///
    /// async fn name(HttpBasic(credentials): HttpBasic<Staff>) -> String {
    ///     credentials.username
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let credentials = HttpBasicCredentials { username: "amy".to_owned(), password: "secret".into() };
    /// assert_eq!(name(HttpBasic(credentials)).await, "amy");
    /// # }
    /// ```
    HttpBasic<HttpBasicScheme>(HttpBasicCredentials), http_basic, basic
}

/// Name and password, if the header has the scheme `Basic`.
pub(crate) fn basic(parts: &Parts) -> Result<Option<HttpBasicCredentials>, Unreadable> {
    // An empty credential is malformed: the client meant to send one.
    let Some(credential) = authorization::of_scheme(parts, "Basic")? else { return Ok(None) };
    let decoded = BASE64_STANDARD.decode(credential.as_str()).map_err(|_| Unreadable::Malformed)?;
    let decoded = Zeroizing::new(decoded);
    let text = str::from_utf8(&decoded).map_err(|_| Unreadable::Malformed)?;
    let (username, password) = text.split_once(':').ok_or(Unreadable::Malformed)?;
    Ok(Some(HttpBasicCredentials { username: username.to_owned(), password: password.into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_match_by_name_and_password_and_never_without_a_password() {
        let matches = |sent: (&str, &str), expected: (&str, &str)| {
            let sent = HttpBasicCredentials { username: sent.0.to_owned(), password: sent.1.into() };
            sent.matches(expected.0, expected.1)
        };
        assert!(matches(("amy", "secret"), ("amy", "secret")));
        for sent in [("amy", "guess"), ("bob", "secret"), ("bob", "guess"), ("", ""), ("amy", ""), ("amy", "secre")] {
            assert!(!matches(sent, ("amy", "secret")), "{sent:?}");
        }
        assert!(!matches(("amy", ""), ("amy", "")));
    }
}
