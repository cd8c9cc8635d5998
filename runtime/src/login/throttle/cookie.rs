//! The cookie in which a browser keeps what makes its device known: its name, and the headers that set it and have it.

use std::time::Duration;

use axum::http::{HeaderValue, request::Parts};

use crate::credential::api_key::cookie_named;

/// Browsers take it only over HTTPS, and send it to no other host (RFC 6265bis §4.1.3.2).
const NAME: &str = "__Host-known-device";
/// Without the prefix, which needs HTTPS.
const NAME_OVER_HTTP: &str = "known-device";

/// The cookie of a device that has logged in before. It only counts attempts, and lets nobody in.
///
/// [`Throttle::device_cookie`](crate::login::Throttle::device_cookie) makes it. An
/// [`AuthorizationServer`](crate::login::AuthorizationServer) uses it by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceCookie {
    lifetime: Duration,
    is_secure: bool,
}

impl DeviceCookie {
    pub(super) const fn new(lifetime: Duration) -> Self {
        Self { lifetime, is_secure: true }
    }

    /// The cookie without `Secure`, for development over HTTP. Browsers that do not count `localhost` as secure would not take it
    /// otherwise. Whoever can read the traffic has it then, as they have the password.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::MemoryThrottle}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// let header = throttle.device_cookie().insecure().header("abc").unwrap();
    /// assert_eq!(header, "known-device=abc; Path=/; Max-Age=15552000; HttpOnly; SameSite=Strict");
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub const fn insecure(mut self) -> Self {
        self.is_secure = false;
        self
    }

    /// The value that the request has, for [`Attempt::device`](crate::login::Attempt::device).
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::MemoryThrottle}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// let request = axum::http::Request::post("/token").header("cookie", "__Host-known-device=abc");
    /// let (parts, ()) = request.body(())?.into_parts();
    /// assert_eq!(throttle.device_cookie().read(&parts), Some("abc"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn read(self, parts: &Parts) -> Option<&str> {
        cookie_named(parts, self.name())
    }

    /// The header `Set-Cookie` for the value that [`Admitted::succeeded`](crate::login::Admitted::succeeded) returns. `None` if the
    /// value has other characters than base64url, or is empty.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, login::{Throttle, store::MemoryThrottle}};
    /// let throttle = Throttle::new(MemoryThrottle::default(), &HmacKey::new([7; 32])?);
    /// let header = throttle.device_cookie().header("abc").unwrap();
    /// assert_eq!(header, "__Host-known-device=abc; Path=/; Max-Age=15552000; HttpOnly; Secure; SameSite=Strict");
    /// assert_eq!(throttle.device_cookie().header("abc; Domain=example.org"), None);
    /// # Ok::<(), axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn header(self, value: &str) -> Option<HeaderValue> {
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if value.is_empty() || !value.bytes().all(is_safe) {
            return None;
        }
        let secure = if self.is_secure { " Secure;" } else { "" };
        let max_age = self.lifetime.as_secs();
        let cookie = format!("{}={value}; Path=/; Max-Age={max_age}; HttpOnly;{secure} SameSite=Strict", self.name());
        HeaderValue::try_from(cookie).ok()
    }

    const fn name(self) -> &'static str {
        if self.is_secure { NAME } else { NAME_OVER_HTTP }
    }
}

#[cfg(test)]
mod tests {
    use super::{DeviceCookie, Duration};

    #[test]
    fn a_value_that_could_add_something_to_the_cookie_makes_none() {
        let cookie = DeviceCookie::new(Duration::from_secs(60));
        let expected = "__Host-known-device=aZ-_9; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict";
        assert_eq!(cookie.header("aZ-_9").as_ref().map(|value| value.as_bytes()), Some(expected.as_bytes()));
        for value in ["", "a; Domain=example.com", "a b", "a,b", "a=b", "\"a\"", "a\r\nset-cookie: b=c", "\u{e9}"] {
            assert_eq!(cookie.header(value), None, "{value}");
        }
    }
}
