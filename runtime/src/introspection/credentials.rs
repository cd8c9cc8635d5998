//! The service's own credentials at the endpoint: take a client ID and a secret, yield the header or the fields of a request.

use std::fmt;

use axum::{body::Bytes, http::HeaderValue};
use base64::{Engine, engine::general_purpose::STANDARD};
use form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use super::error::IntrospectionError;

/// The client ID and the secret with which this service authenticates itself at the endpoint (RFC 7662 §2.1). `Debug` does not
/// show the secret. Its memory is overwritten when it is dropped.
///
/// ```
/// use axum_scopes::introspection::ClientCredentials;
///
/// let credentials = ClientCredentials::basic("api", "a secret of the service");
/// assert_eq!(format!("{credentials:?}"), r#"ClientCredentials { method: Basic, id: "api", secret: [redacted] }"#);
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    method: Method,
    id: String,
    secret: Zeroizing<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Basic,
    Post,
}

impl ClientCredentials {
    /// Sends them in the header `Authorization` (`client_secret_basic`, RFC 6749 §2.3.1). Both are form-encoded first, as the RFC
    /// requires, so that a colon in the ID is possible.
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// let credentials = ClientCredentials::basic("api", "a secret of the service");
    /// let introspection = Introspection::new("https://id.example.com/introspect", credentials);
    /// ```
    #[must_use]
    pub fn basic(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { method: Method::Basic, id: id.into(), secret: Zeroizing::new(secret.into()) }
    }

    /// Sends them in the body, as `client_id` and `client_secret` (`client_secret_post`). Some servers accept no others; the RFC
    /// recommends [`basic`](Self::basic).
    ///
    /// ```
    /// # use axum_scopes::introspection::{ClientCredentials, Introspection};
    /// let credentials = ClientCredentials::post("api", "a secret of the service");
    /// let introspection = Introspection::new("https://id.example.com/introspect", credentials);
    /// ```
    #[must_use]
    pub fn post(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { method: Method::Post, ..Self::basic(id, secret) }
    }

    /// The client ID, which is the audience of signed answers.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Refuses an empty ID or secret: it is a setting that is missing.
    pub(super) fn check(&self) -> Result<(), IntrospectionError> {
        if self.id.is_empty() || self.secret.is_empty() { Err(IntrospectionError::Credentials) } else { Ok(()) }
    }

    /// The value of `Authorization`. Copies of it share one memory, which is overwritten with the last.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        if self.method == Method::Post {
            return None;
        }
        let mut pair = Zeroizing::new(String::with_capacity(3 * (self.id.len() + self.secret.len()) + 1));
        pair.extend(byte_serialize(self.id.as_bytes()));
        pair.push(':');
        pair.extend(byte_serialize(self.secret.as_bytes()));
        let mut value = Zeroizing::new(String::with_capacity("Basic ".len() + pair.len().div_ceil(3) * 4));
        value.push_str("Basic ");
        STANDARD.encode_string(pair.as_bytes(), &mut value);
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(Secret(value))).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The form of a request about `token`, with the credentials if they are sent there.
    pub(super) fn form(&self, token: &str) -> Bytes {
        let mut fields = vec![("token", token), ("token_type_hint", "access_token")];
        if self.method == Method::Post {
            fields.extend([("client_id", self.id.as_str()), ("client_secret", self.secret.as_str())]);
        }
        // Escapes are three times as long. The buffer never grows, so no copy of it is left behind.
        let length = fields.iter().map(|(name, value)| name.len() + 3 * value.len() + 2).sum();
        let mut form = Zeroizing::new(String::with_capacity(length));
        for (name, value) in fields {
            if !form.is_empty() {
                form.push('&');
            }
            form.push_str(name);
            form.push('=');
            form.extend(byte_serialize(value.as_bytes()));
        }
        Bytes::from_owner(Secret(form))
    }
}

/// Shared text that is overwritten when the last copy is dropped.
struct Secret(Zeroizing<String>);

impl AsRef<[u8]> for Secret {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("method", &self.method)
            .field("id", &self.id)
            .field("secret", &format_args!("[redacted]"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::{ClientCredentials, IntrospectionError, Secret, Zeroizing};

    #[test]
    fn the_memory_of_a_secret_is_overwritten() {
        fn is_overwritten<T: ZeroizeOnDrop>(_: impl Fn(&ClientCredentials) -> &T) {}
        is_overwritten(|credentials| &credentials.secret);
        let _ = |Secret(shared): Secret| -> Zeroizing<String> { shared };
    }

    /// The example of RFC 6749 §2.3.1, and what Python's `base64` and `quote_plus` make of other pairs.
    #[test]
    fn basic_credentials_are_form_encoded_first() {
        for (id, secret, expected) in [
            ("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw", "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"),
            ("a:b", "c d&=+%", "Basic YSUzQWI6YytkJTI2JTNEJTJCJTI1"),
            ("p\u{e4}", "*-._", "Basic cCVDMyVBNDoqLS5f"),
        ] {
            let header = ClientCredentials::basic(id, secret).header();
            assert_eq!(header.as_ref().and_then(|value| value.to_str().ok()), Some(expected), "{id}");
            assert!(header.is_some_and(|value| value.is_sensitive()));
        }
    }

    #[test]
    fn a_form_has_the_token_and_the_credentials_only_if_they_are_posted() {
        let form = |credentials: ClientCredentials| {
            let form = credentials.form("a+/b==");
            (String::from_utf8_lossy(&form).into_owned(), credentials.header().is_some())
        };
        let token = "token=a%2B%2Fb%3D%3D&token_type_hint=access_token";
        assert_eq!(form(ClientCredentials::basic("api", "a b")), (token.to_owned(), true));
        let posted = format!("{token}&client_id=api&client_secret=a+b");
        assert_eq!(form(ClientCredentials::post("api", "a b")), (posted, false));
    }

    #[test]
    fn missing_credentials_are_refused() {
        for (id, secret) in [("", "secret"), ("api", ""), ("", "")] {
            let credentials = [ClientCredentials::basic(id, secret), ClientCredentials::post(id, secret)];
            assert!(credentials.iter().all(|each| each.check() == Err(IntrospectionError::Credentials)));
        }
        assert_eq!(ClientCredentials::basic("api", "secret").check(), Ok(()));
    }
}
