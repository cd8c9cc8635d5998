//! How the keys of an issuer are fetched: from where, how often, and how long an answer may take.

use std::time::Duration;

use super::{issuer::Issuer, place::Configured};

/// A shorter interval would flood the issuer. A longer one would miss a daily rotation of keys.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
const LONGEST_INTERVAL: Duration = DAY;
const LONGEST_KEY_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Requests wait for a refresh, each with its memory and its connection.
const LONGEST_REFRESH: Duration = Duration::from_secs(30);
const SHORTEST_REFRESH: Duration = Duration::from_millis(100);

impl Issuer {
    /// Fetches the metadata from `url` instead of the well-known places below the issuer's URL: for an issuer whose tokens
    /// name it by another URL than the one where it can be reached, as in a network of containers, or whose document lies
    /// elsewhere, as that of Azure AD B2C. Its `issuer` must name the issuer all the same.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// // Browsers reach it at `localhost`, and this service at `keycloak`.
    /// let issuer = Issuer::new("http://localhost:8080/realms/main")
    ///     .metadata_url("http://keycloak:8080/realms/main/.well-known/openid-configuration")
    ///     .trusted_host("keycloak:8080");
    /// ```
    #[must_use]
    pub fn metadata_url(mut self, url: impl Into<String>) -> Self {
        self.place = Configured::Metadata(url.into());
        self
    }

    /// Fetches the keys from `url`, without any metadata: for an issuer that publishes none, or whose document names a URL
    /// that cannot be reached from here. This replaces [`metadata_url`](Self::metadata_url), and the last call decides.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("https://kubernetes.default.svc.cluster.local")
    ///     .jwks_url("https://kubernetes.default.svc/openid/v1/jwks");
    /// ```
    #[must_use]
    pub fn jwks_url(mut self, url: impl Into<String>) -> Self {
        self.place = Configured::Keys(url.into());
        self
    }

    /// Allows plain HTTP to exactly this host and port (80 if it names none), for the issuer's URL, its metadata and its
    /// keys. Anybody on the way there can replace the keys, and so sign tokens: name a host only if nobody is on the way, as
    /// in a network of containers on one machine.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// let issuer = Issuer::new("http://keycloak:8080/realms/main").trusted_host("keycloak:8080");
    /// ```
    #[must_use]
    pub fn trusted_host(mut self, host: impl Into<String>) -> Self {
        self.trusted.add(host.into());
        self
    }

    /// Fetches keys at least once in each interval, which is 1 second to 24 hours. The default is 10 minutes. If the answer
    /// with the keys says that it is fresh for a shorter time (`Cache-Control: max-age`, RFC 9111 §5.2.2.1), they are fetched
    /// again after that time, but at least a minute later. A longer time is ignored, because a key may be withdrawn within
    /// it. A withdrawn key is accepted for at most this time while the issuer can be reached, and for
    /// [`max_key_age`](Self::max_key_age) while it cannot.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # use std::time::Duration;
    /// let issuer = Issuer::new("https://id.example.com").refresh_interval(Duration::from_secs(60));
    /// ```
    #[must_use]
    pub fn refresh_interval(mut self, interval: Duration) -> Self {
        self.refresh_interval = interval.clamp(SHORTEST_INTERVAL, LONGEST_INTERVAL);
        self
    }

    /// Uses keys for at most this time after the last successful refresh: at least the
    /// [`refresh_interval`](Self::refresh_interval), at most 30 days. The default is a day. Older keys may have been
    /// withdrawn unnoticed, so requests get 503 until a refresh succeeds.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # use std::time::Duration;
    /// let issuer = Issuer::new("https://id.example.com").max_key_age(Duration::from_secs(2 * 60 * 60));
    /// ```
    #[must_use]
    pub fn max_key_age(mut self, age: Duration) -> Self {
        self.max_key_age = age.min(LONGEST_KEY_AGE);
        self
    }

    /// The longest time of a refresh, with all its requests: 100 milliseconds to 30 seconds. The default is 5 seconds.
    /// Requests that need a key wait for at most this time.
    ///
    /// ```
    /// # use axum_scopes::issuer::Issuer;
    /// # use std::time::Duration;
    /// let issuer = Issuer::new("https://id.example.com").refresh_timeout(Duration::from_secs(2));
    /// ```
    #[must_use]
    pub fn refresh_timeout(mut self, timeout: Duration) -> Self {
        self.refresh_timeout = timeout.clamp(SHORTEST_REFRESH, LONGEST_REFRESH);
        self
    }
}
