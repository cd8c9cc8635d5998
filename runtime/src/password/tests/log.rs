//! The log of a stored hash that cannot be used: it has the reason, and never the hash.

use axum_scopes_test_support::Log;

use super::{BCRYPT, Tested, cheap};
use crate::password::stored::Stored;

/// The log of reading `stored`.
pub(super) fn logged(stored: &str) -> Tested<String> {
    let policy = cheap()?;
    let (log, _guard) = Log::listen();
    Stored::read(stored, &policy.params);
    Ok(log.text())
}

#[test]
fn an_unreadable_hash_is_logged_without_its_text() -> Tested {
    for stored in [
        "hunter2",
        "$argon2id$hunter2",
        "$2b$12$hunter2",
        "$2b$17$hunter2",
        "$2x$12$hunter2",
        "pbkdf2_sha256$hunter2",
        "scrypt$hunter2",
    ] {
        let logged = logged(stored)?;
        assert!(logged.starts_with("WARN ") && logged.contains("the login is refused"), "{logged}");
        assert!(!logged.contains("hunter2"), "{logged}");
    }
    Ok(())
}

#[cfg(not(feature = "bcrypt"))]
#[test]
fn a_bcrypt_hash_without_the_feature_is_refused_and_the_log_names_the_feature() -> Tested {
    for prefix in ["$2a$", "$2b$", "$2y$"] {
        let logged = logged(&BCRYPT.replace("$2b$", prefix))?;
        assert!(logged.contains("the feature `bcrypt` of axum-scopes"), "{logged}");
    }
    let other = logged(&BCRYPT.replace("$2b$", "$2x$"))?;
    assert!(!other.contains("feature"), "{other}");
    Ok(())
}

#[cfg(feature = "bcrypt")]
#[test]
fn a_bcrypt_hash_that_costs_too_much_is_logged_with_its_cost() -> Tested {
    let logged = logged(&BCRYPT.replace("$12$", "$17$"))?;
    assert!(logged.contains("cost=17 ") || logged.ends_with("cost=17"), "{logged}");
    assert_eq!(self::logged(BCRYPT)?, "");
    Ok(())
}
