//! The keys that sign access tokens, with their dates: takes a private JWK Set, signs with one key of it, publishes the public ones.

mod dated;
mod error;
mod rotation;
pub(super) mod state;
#[cfg(test)]
pub(super) mod tests;
mod times;

use std::{
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

pub use self::error::SigningKeysError;
use self::{
    dated::DatedKey,
    state::State,
    times::{CACHE, KEEP_AT_MOST, SKEW},
};
use crate::{jose::algorithm::Algorithm, token::verify::now};

/// The keys that sign access tokens: a JWK Set (RFC 7517 §5) of private keys for ES256, EdDSA or RS256. Each key has a `kid`, and the
/// members `nbf` and `exp`, in whole seconds since 1970: from `nbf` to `exp` it may sign. Of the keys that may, the one with the latest
/// `nbf` signs.
///
/// A key is published as soon as it is in the set, and until the last token that it has signed has expired. Others may cache the
/// published keys for 5 minutes, so a new key has to be in the set for longer before its `nbf` comes; [`replace`](Self::replace) refuses
/// it otherwise. So no honest token meets a verifier that does not know its key.
///
/// Copies share the keys, so [`replace`](Self::replace) is seen by all of them.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use axum_scopes::login::SigningKeys;
///
/// // Once, and the text goes to where only the service can read it.
/// let year = Duration::from_secs(365 * 24 * 3600);
/// let jwks = SigningKeys::generate(SystemTime::now(), year)?;
///
/// let keys = SigningKeys::from_jwks(&jwks)?;
/// assert!(!keys.jwks().contains(r#""d":"#));
///
/// // A year later; the running service reads it by `replace`.
/// let takes_over = SystemTime::now() + Duration::from_secs(24 * 3600);
/// let jwks = SigningKeys::rotate(&jwks, takes_over, year)?;
/// keys.replace(&jwks)?;
/// # Ok::<_, axum_scopes::login::SigningKeysError>(())
/// ```
#[derive(Clone)]
pub struct SigningKeys(Arc<Shared>);

struct Shared {
    state: RwLock<Arc<State>>,
    /// That of the state, to be compared without a lock.
    version: AtomicU64,
    /// How long a key is accepted after it has signed, in seconds; 0 as long as nobody has said it.
    keep: AtomicU64,
}

impl SigningKeys {
    /// Reads private keys from a JWK Set. The caller overwrites the text.
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    /// use axum_scopes::login::{SigningKeys, SigningKeysError};
    ///
    /// let tomorrow = SystemTime::now() + Duration::from_secs(24 * 3600);
    /// let jwks = SigningKeys::generate(tomorrow, Duration::from_secs(3600))?;
    /// assert_eq!(SigningKeys::from_jwks(&jwks).unwrap_err(), SigningKeysError::NoneSigns);
    /// # Ok::<_, SigningKeysError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SigningKeysError`] if a key is refused, if none may sign now, or if none would for a while later.
    pub fn from_jwks(jwks: &str) -> Result<Self, SigningKeysError> {
        Self::from_jwks_at(jwks, now())
    }

    fn from_jwks_at(jwks: &str, now: f64) -> Result<Self, SigningKeysError> {
        let keys = dated::read(jwks)?;
        dated::check_no_gap(&keys, now)?;
        let state = State::new(keys.into(), now, KEEP_AT_MOST, 0);
        Ok(Self(Arc::new(Shared {
            state: RwLock::new(Arc::new(state)),
            version: AtomicU64::new(0),
            keep: AtomicU64::new(0),
        })))
    }

    /// Makes a key for ES256 that signs from `from` for `lifetime`, as a JWK Set with one private key for
    /// [`from_jwks`](Self::from_jwks). It is secret: write it to where only the service can read it.
    ///
    /// # Errors
    ///
    /// [`SigningKeysError::Key`] if the operating system has no random numbers.
    pub fn generate(from: SystemTime, lifetime: Duration) -> Result<String, SigningKeysError> {
        Self::generate_for(Algorithm::ES256, from, lifetime)
    }

    /// The same for ES256 or EdDSA.
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    /// use axum_scopes::{jose::Algorithm, login::SigningKeys};
    ///
    /// let hour = Duration::from_secs(3600);
    /// let jwks = SigningKeys::generate_for(Algorithm::EdDSA, SystemTime::now(), hour)?;
    /// assert!(SigningKeys::from_jwks(&jwks).is_ok());
    /// # Ok::<_, axum_scopes::login::SigningKeysError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SigningKeysError::Key`] for another algorithm, or if the operating system has no random numbers.
    pub fn generate_for(
        algorithm: Algorithm,
        from: SystemTime,
        lifetime: Duration,
    ) -> Result<String, SigningKeysError> {
        Ok(rotation::set_of(&[&rotation::new_key(algorithm, from, lifetime)?]))
    }

    /// Adds a key for ES256 to a private JWK Set: it takes over at `from` and signs for `lifetime`. Keys whose time is over are left out,
    /// and the others stay as they are. The result is secret as well.
    ///
    /// # Errors
    ///
    /// Those of [`generate`](Self::generate), [`from_jwks`](Self::from_jwks) and [`replace`](Self::replace): among them
    /// [`SigningKeysError::TooSoon`] if `from` is less than 5 minutes away, and [`SigningKeysError::Gap`] if the other keys end before
    /// it.
    pub fn rotate(jwks: &str, from: SystemTime, lifetime: Duration) -> Result<String, SigningKeysError> {
        Self::rotate_for(Algorithm::ES256, jwks, from, lifetime)
    }

    /// The same for ES256 or EdDSA. The keys of a set may have several algorithms.
    ///
    /// # Errors
    ///
    /// Those of [`rotate`](Self::rotate), and [`SigningKeysError::Key`] for another algorithm.
    pub fn rotate_for(
        algorithm: Algorithm,
        jwks: &str,
        from: SystemTime,
        lifetime: Duration,
    ) -> Result<String, SigningKeysError> {
        let key = rotation::new_key(algorithm, from, lifetime)?;
        rotation::with_key(jwks, &key, now(), CACHE)
    }

    /// Replaces the keys in all copies. A key that is missing in the new set is refused from now on, for example because it was stolen:
    /// leave a key in as long as its tokens may be valid.
    ///
    /// # Errors
    ///
    /// Those of [`from_jwks`](Self::from_jwks); [`SigningKeysError::TooSoon`] if a new key would sign within 5 minutes although one from
    /// before can sign until then; [`SigningKeysError::DuplicateId`] if a `kid` was another key's. The keys then stay as they were.
    pub fn replace(&self, jwks: &str) -> Result<(), SigningKeysError> {
        self.replace_at(jwks, now())
    }

    fn replace_at(&self, jwks: &str, now: f64) -> Result<(), SigningKeysError> {
        let keys = dated::read(jwks)?;
        dated::check_no_gap(&keys, now)?;
        self.change(now, |before| {
            dated::check_follows(before, &keys, now, CACHE)?;
            Ok(keys.into())
        })
        .map(drop)
    }

    /// The public keys as a JWK Set: those that will sign, sign, or have signed tokens that are still accepted. Nothing of a private key
    /// is in it.
    #[must_use]
    pub fn jwks(&self) -> String {
        String::from_utf8_lossy(&self.state_at(now()).jwks).into_owned()
    }

    /// The response of a route such as `/.well-known/jwks.json`: the public keys, with a `Cache-Control` that agrees with the dates.
    ///
    /// ```
    /// use axum::{Router, routing::get};
    /// use axum_scopes::login::SigningKeys;
    ///
    /// fn routes(keys: SigningKeys) -> Router {
    ///     Router::new().route("/.well-known/jwks.json", get(async move || keys.jwks_response()))
    /// }
    /// ```
    #[must_use]
    pub fn jwks_response(&self) -> Response {
        self.jwks_response_at(now())
    }

    fn jwks_response_at(&self, now: f64) -> Response {
        let state = self.state_at(now);
        // A cached set does not outlive its first key.
        let age = (state.shrinks - now).clamp(0.0, CACHE as f64) as u64;
        let cached = HeaderValue::try_from(format!("public, max-age={age}"));
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (CACHE_CONTROL, cached.unwrap_or(HeaderValue::from_static("no-cache"))),
        ];
        (headers, state.jwks.clone()).into_response()
    }

    /// When the last key ends. Without a new key, nobody can log in from then on, so tell somebody before.
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    /// # use axum_scopes::login::SigningKeys;
    /// const DAY: Duration = Duration::from_secs(24 * 3600);
    /// let now = SystemTime::now();
    /// let keys = SigningKeys::from_jwks(&SigningKeys::generate(now, 5 * DAY)?)?;
    /// assert!(keys.signs_until() < now + 7 * DAY, "less than a week is left: add a key by `rotate`");
    /// # Ok::<_, axum_scopes::login::SigningKeysError>(())
    /// ```
    #[must_use]
    pub fn signs_until(&self) -> SystemTime {
        let exp = self.read().keys.iter().map(|key| key.exp).max().unwrap_or_default();
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(exp)).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Keeps keys for tokens that live for `lifetime`.
    pub(super) fn keep_for(&self, lifetime: Duration, now: f64) {
        let keep = lifetime.as_secs() + SKEW;
        if self.0.keep.fetch_max(keep, Ordering::Relaxed) < keep {
            // This does not fail.
            let _ = self.change(now, |keys| Ok(Arc::clone(keys)));
        }
    }

    fn keep(&self) -> u64 {
        match self.0.keep.load(Ordering::Relaxed) {
            0 => KEEP_AT_MOST,
            keep => keep,
        }
    }

    /// The number of the newest state.
    pub(super) fn version(&self) -> u64 {
        self.0.version.load(Ordering::Acquire)
    }

    /// The state that holds at `now`.
    pub(super) fn state_at(&self, now: f64) -> Arc<State> {
        let state = self.read();
        if state.holds.contains(&now) {
            return state;
        }
        self.change(now, |keys| Ok(Arc::clone(keys))).unwrap_or(state)
    }

    fn read(&self) -> Arc<State> {
        Arc::clone(&self.0.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A new state at `now`, with the keys that come of those before.
    fn change(
        &self,
        now: f64,
        keys: impl FnOnce(&Arc<[DatedKey]>) -> Result<Arc<[DatedKey]>, SigningKeysError>,
    ) -> Result<Arc<State>, SigningKeysError> {
        let mut state = self.0.state.write().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(&state.keys)?;
        *state = Arc::new(State::new(keys, now, self.keep(), state.version + 1));
        // Before the lock is given back: whoever signs with the new state is verified by one that is as new.
        self.0.version.store(state.version, Ordering::Release);
        Ok(Arc::clone(&state))
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.read();
        f.debug_list().entries(state.keys.iter().map(|DatedKey { kid, nbf, exp, .. }| (kid, nbf, exp))).finish()
    }
}
