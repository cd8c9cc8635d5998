//! What is logged of a refresh that fails and of the tokens that wait for it: the issuer and why, and nothing of a token.

use std::fmt::{self, Write};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span, subscriber,
};

use super::*;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("axum_scopes")
    }

    fn event(&self, event: &Event<'_>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = write!(lines, "{} ", event.metadata().level());
        event.record(&mut Line(&mut lines));
        lines.push('\n');
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[tokio::test(start_paused = true)]
async fn the_issuer_and_the_reason_are_logged_once_for_each_refresh() -> Tested {
    let lines = Lines::default();
    let _guard = subscriber::set_default(lines.clone());
    let fake = Fake::new(Answer::Error(RefreshError::Status(502)));
    let verifier = fake.verifier();
    let token = Signer::new("a-secret-name")?.token(URL);
    for _ in 0..10 {
        assert!(is_unavailable(verify(&verifier, &token).await));
    }
    let logged = lines.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let warnings: Vec<_> = logged.lines().filter(|line| line.starts_with("WARN")).collect();
    assert_eq!(warnings.len(), 1, "{logged}");
    assert!(warnings[0].contains(URL) && warnings[0].contains("status 502"), "{logged}");
    assert!(!logged.contains("a-secret-name") && !token.split('.').any(|part| logged.contains(part)), "{logged}");
    Ok(())
}
