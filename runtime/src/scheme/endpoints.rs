//! The endpoints of an issuer that is known only at run time: URLs come in, and go out checked.

use form_urlencoded::Serializer;

use crate::text::{https_url::UrlError, safe_url};

/// The endpoints of an issuer that is known only at run time (RFC 6749 §3). They come from the issuer's discovery document, by
/// `IssuerStatus::endpoints`, or from the service's configuration. `openapi::SetEndpoints` writes them into a document, over
/// the URLs of the scheme's constants.
///
/// ```
/// use axum_scopes::scheme::Endpoints;
///
/// let endpoints = Endpoints::new("https://id.example.com/authorize", "https://id.example.com/token")?;
/// assert_eq!(endpoints.token_url(), "https://id.example.com/token");
/// # Ok::<(), axum_scopes::resource::UrlError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    authorization_url: String,
    token_url: String,
}

impl Endpoints {
    /// Both URLs are absolute, and `https`, or `http` on a loopback address. They have neither a fragment nor a user.
    ///
    /// # Errors
    ///
    /// Returns [`UrlError`] if one of them is no such URL.
    ///
    /// ```
    /// # use axum_scopes::scheme::Endpoints;
    /// assert!(Endpoints::new("https://id.example.com/authorize", "http://id.example.com/token").is_err());
    /// ```
    pub fn new(authorization_url: impl Into<String>, token_url: impl Into<String>) -> Result<Self, UrlError> {
        let endpoints = Self { authorization_url: authorization_url.into(), token_url: token_url.into() };
        let are_safe =
            [&endpoints.authorization_url, &endpoints.token_url].iter().all(|url| safe_url::parse(url).is_some());
        if are_safe { Ok(endpoints) } else { Err(UrlError) }
    }

    /// The same endpoints with one more parameter in the query of the authorization URL, which clients keep (RFC 6749 §3.1). Some
    /// issuers need one, such as `resource` (RFC 8707 §2) or `audience`.
    ///
    /// ```
    /// # use axum_scopes::scheme::Endpoints;
    /// let endpoints = Endpoints::new("https://id.example.com/authorize", "https://id.example.com/token")?
    ///     .authorization_parameter("resource", "https://api.example.com");
    /// assert_eq!(
    ///     endpoints.authorization_url(),
    ///     "https://id.example.com/authorize?resource=https%3A%2F%2Fapi.example.com"
    /// );
    /// # Ok::<(), axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn authorization_parameter(mut self, name: &str, value: &str) -> Self {
        let separator = match self.authorization_url.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        self.authorization_url.push_str(separator);
        let parameter = Serializer::new(String::new()).append_pair(name, value).finish();
        self.authorization_url.push_str(&parameter);
        self
    }

    /// The URL where users log in.
    ///
    /// ```
    /// # use axum_scopes::scheme::Endpoints;
    /// let endpoints = Endpoints::new("https://id.example.com/authorize", "https://id.example.com/token")?;
    /// assert_eq!(endpoints.authorization_url(), "https://id.example.com/authorize");
    /// # Ok::<(), axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn authorization_url(&self) -> &str {
        &self.authorization_url
    }

    /// The URL where clients get tokens.
    ///
    /// ```
    /// # use axum_scopes::scheme::Endpoints;
    /// let endpoints = Endpoints::new("https://id.example.com/authorize", "https://id.example.com/token")?;
    /// assert_eq!(endpoints.token_url(), "https://id.example.com/token");
    /// # Ok::<(), axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn token_url(&self) -> &str {
        &self.token_url
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoints, UrlError, safe_url};

    #[test]
    fn both_urls_are_checked() {
        let good = "https://id.example.com/x?y=z";
        assert!(Endpoints::new(good, good).is_ok());
        for bad in ["", "/authorize", "javascript:alert(1)", "http://id.example.com/", "https://id.example.com/#x"] {
            assert_eq!(Endpoints::new(bad, good), Err(UrlError), "{bad}");
            assert_eq!(Endpoints::new(good, bad), Err(UrlError), "{bad}");
        }
    }

    #[test]
    fn parameters_are_put_into_the_query_and_stay_there() {
        for (url, expected) in [
            ("https://a.b/c", "https://a.b/c?r%26=%23%22+%3D"),
            ("https://a.b", "https://a.b?r%26=%23%22+%3D"),
            ("https://a.b/c?", "https://a.b/c?r%26=%23%22+%3D"),
            ("https://a.b/c?d=e", "https://a.b/c?d=e&r%26=%23%22+%3D"),
            ("https://a.b/c?d=e&", "https://a.b/c?d=e&r%26=%23%22+%3D"),
        ] {
            let endpoints = Endpoints::new(url, url).map(|endpoints| endpoints.authorization_parameter("r&", "#\" ="));
            assert_eq!(endpoints.as_ref().map(Endpoints::authorization_url), Ok(expected));
            assert_eq!(endpoints.as_ref().map(Endpoints::token_url), Ok(url));
            assert!(safe_url::parse(expected).is_some());
        }
    }
}
