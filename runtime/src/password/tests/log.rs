//! What is logged of a stored hash that lets nobody in: why, and never the hash.

use std::{
    fmt::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span, subscriber,
};

use super::{BCRYPT, Tested, cheap};
use crate::password::stored::Stored;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

impl Subscriber for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn event(&self, event: &Event<'_>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = write!(lines, "{} ", event.metadata().level());
        event.record(&mut Line(&mut lines));
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// What reading `stored` logs.
fn logged(stored: &str) -> Tested<String> {
    let (lines, policy) = (Lines::default(), cheap()?);
    subscriber::with_default(lines.clone(), || Stored::read(stored, &policy.params));
    let logged = lines.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(logged)
}

#[test]
fn what_cannot_be_read_is_logged_without_the_hash() -> Tested {
    for stored in ["hunter2", "$argon2id$hunter2", "$2b$12$hunter2", "$2b$17$hunter2", "$2x$12$hunter2"] {
        let logged = logged(stored)?;
        assert!(logged.starts_with("WARN ") && logged.contains("the login is refused"), "{logged}");
        assert!(!logged.contains("hunter2"), "{logged}");
    }
    Ok(())
}

#[cfg(not(feature = "bcrypt"))]
#[test]
fn without_the_feature_a_bcrypt_hash_is_refused_and_the_log_names_the_feature() -> Tested {
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
