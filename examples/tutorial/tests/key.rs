//! With the published key, only this machine reaches the service; with a key of one's own, others may.

use crate::key::SigningKey;

const OF_FASTAPIS_TUTORIAL: &str = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";

fn published() -> SigningKey {
    SigningKey::published().unwrap()
}

fn secret() -> SigningKey {
    SigningKey::secret(&"0123456789abcdEF".repeat(4)).unwrap()
}

fn refusal(key: &SigningKey, address: &str) -> Option<String> {
    key.check(address.parse().unwrap()).err()
}

#[test]
fn with_the_published_key_only_this_machine_reaches_the_service() {
    for address in ["127.0.0.1:8000", "127.1.2.3:1", "[::1]:8000", "[::ffff:127.0.0.1]:8000"] {
        assert_eq!(refusal(&published(), address), None, "{address}");
    }
    for address in
        ["0.0.0.0:8000", "[::]:8000", "192.168.1.2:80", "[::ffff:0.0.0.0]:80", "[fe80::1]:80", "128.0.0.1:80"]
    {
        let refusal = refusal(&published(), address).unwrap();
        assert!(refusal.contains("anybody could sign one. Set SECRET_KEY"), "{refusal}");
    }
}

#[test]
fn with_a_secret_key_others_may_reach_it() {
    for address in ["0.0.0.0:8000", "[::]:8000", "192.168.1.2:80", "127.0.0.1:8000"] {
        assert_eq!(refusal(&secret(), address), None, "{address}");
    }
}

#[test]
fn a_secret_key_is_32_random_bytes_in_hexadecimal() {
    let long = "7".repeat(63);
    let (no_hex, line) = (format!("{long}g"), format!("{long}7\n"));
    for secret in ["", "secret", &long, &no_hex, &line, "not a secret: everybody can read this example, and know it"] {
        let error = SigningKey::secret(secret).err().unwrap();
        assert!(error.contains("32 bytes or more in hexadecimal"), "{error}");
        assert!(secret.is_empty() || !error.contains(secret), "the error shows the value");
    }
    let published = SigningKey::secret(OF_FASTAPIS_TUTORIAL).err().unwrap();
    assert_eq!(published, "SECRET_KEY is no key: the secret is publicly known");
}

#[tokio::test]
async fn the_address_is_judged_before_anything_listens() {
    for address in ["127.0.0.1:0", "localhost:0"] {
        let listener = published().listen(address).await.unwrap();
        assert!(listener.local_addr().unwrap().ip().is_loopback(), "{address}");
    }
    for address in ["0.0.0.0:0", "[::]:0"] {
        let error = published().listen(address).await.unwrap_err();
        assert!(error.contains("will not listen on"), "{error}");
    }
    assert!(secret().listen("0.0.0.0:0").await.is_ok());
    for none in ["", "8000", "127.0.0.1", "no such host:80"] {
        let error = secret().listen(none).await.unwrap_err();
        assert!(error.contains("choose another with LISTEN"), "{error}");
    }
}
