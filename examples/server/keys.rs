//! Who knows what an example authenticates with, and from where it may be reached because of that.

use std::{
    env::{self, VarError},
    net::SocketAddr,
};

use axum_scopes::HmacKey;

use crate::StartError;

/// Who knows what requests are authenticated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Only those who are meant to.
    Secret,
    /// Everybody: the key that tokens are signed with is published, until `SECRET_KEY` replaces it.
    Published,
    /// Everybody: what the example accepts is written in its source, and nothing replaces it.
    Written,
}

/// The key that tokens are signed with: `SECRET_KEY`, or else `published`, which everybody knows.
///
/// As in FastAPI's tutorial, the key is the text itself, as `openssl rand -hex 32` prints it.
///
/// # Errors
///
/// Where one of them is no key, and where `SECRET_KEY` is anything but 32 bytes or more in hexadecimal.
pub fn signing_key(published: impl AsRef<[u8]>) -> Result<(HmacKey, Keys), StartError> {
    match env::var("SECRET_KEY") {
        Ok(secret) => Ok((secret_key(&secret)?, Keys::Secret)),
        Err(VarError::NotUnicode(_)) => Err(not_a_key()),
        Err(VarError::NotPresent) => {
            tracing::warn!(
                "tokens are signed with a published key; set SECRET_KEY (`openssl rand -hex 32` prints one)"
            );
            Ok((HmacKey::dangerous_even_if_public(published)?, Keys::Published))
        }
    }
}

fn secret_key(secret: &str) -> Result<HmacKey, StartError> {
    if secret.len() < 64 || !secret.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(not_a_key());
    }
    HmacKey::new(secret).map_err(|error| StartError(format!("SECRET_KEY is no key: {error}")))
}

/// Says nothing of the value, which may be a key with a slip of the pen.
fn not_a_key() -> StartError {
    StartError("SECRET_KEY is not 32 bytes or more in hexadecimal; `openssl rand -hex 32` prints one".to_owned())
}

/// Refuses an address that other machines can reach, where everybody knows the keys.
pub(crate) fn check(keys: Keys, address: SocketAddr) -> Result<(), StartError> {
    let remedy = match keys {
        _ if address.ip().to_canonical().is_loopback() => return Ok(()),
        Keys::Secret => return Ok(()),
        Keys::Published => {
            "tokens are signed with a key that is published, so anybody could sign one. Set SECRET_KEY to a key of your \
             own (`openssl rand -hex 32` prints one), or LISTEN to an address of this machine alone"
        }
        Keys::Written => {
            "the keys and passwords of this example are written in its source. Set LISTEN to an address of this machine \
             alone"
        }
    };
    Err(StartError(format!("will not listen on {address}, where others can reach it: {remedy}, say 127.0.0.1:8000")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const OF_FASTAPIS_TUTORIAL: &str = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";

    fn refusal(keys: Keys, address: &str) -> Option<String> {
        check(keys, address.parse().unwrap()).err().map(|error| error.to_string())
    }

    #[test]
    fn with_published_keys_only_this_machine_reaches_an_example() {
        for address in ["127.0.0.1:8000", "127.1.2.3:1", "[::1]:8000", "[::ffff:127.0.0.1]:8000"] {
            assert_eq!(refusal(Keys::Published, address), None, "{address}");
            assert_eq!(refusal(Keys::Written, address), None, "{address}");
        }
        for address in
            ["0.0.0.0:8000", "[::]:8000", "192.168.1.2:80", "[::ffff:0.0.0.0]:80", "[fe80::1]:80", "128.0.0.1:80"]
        {
            let published = refusal(Keys::Published, address).unwrap();
            assert!(published.contains("anybody could sign one. Set SECRET_KEY"), "{published}");
            let written = refusal(Keys::Written, address).unwrap();
            assert!(!written.contains("SECRET_KEY"), "nothing to be set: {written}");
        }
    }

    #[test]
    fn with_a_secret_key_others_may_reach_it() {
        for address in ["0.0.0.0:8000", "[::]:8000", "192.168.1.2:80", "127.0.0.1:8000"] {
            assert_eq!(refusal(Keys::Secret, address), None, "{address}");
        }
    }

    #[test]
    fn a_secret_key_is_32_random_bytes_in_hexadecimal() {
        assert!(secret_key(&"0123456789abcdEF".repeat(4)).is_ok());
        let long = "7".repeat(63);
        let (no_hex, line) = (format!("{long}g"), format!("{long}7\n"));
        for secret in
            ["", "secret", &long, &no_hex, &line, "not a secret: everybody can read this example, and know it"]
        {
            let error = secret_key(secret).unwrap_err().to_string();
            assert!(error.contains("32 bytes or more in hexadecimal"), "{error}");
            assert!(secret.is_empty() || !error.contains(secret), "the error shows the value");
        }
        let published = secret_key(OF_FASTAPIS_TUTORIAL).unwrap_err();
        assert_eq!(published.to_string(), "SECRET_KEY is no key: the secret is publicly known");
    }
}
