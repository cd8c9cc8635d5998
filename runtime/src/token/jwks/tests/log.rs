//! What is logged of a refresh that fails and of the tokens that wait for it: the issuer and why, and nothing of a token.

use tracing::subscriber;

use super::*;
use crate::test_log::Log;

#[tokio::test(start_paused = true)]
async fn the_issuer_and_the_reason_are_logged_once_for_each_refresh() -> Tested {
    let log = Log::default();
    let _guard = subscriber::set_default(log.clone());
    let fake = Fake::new(Answer::Error(RefreshError::Status(502)));
    let verifier = fake.verifier();
    let token = Signer::new("a-secret-name")?.token(URL);
    for _ in 0..10 {
        assert!(is_unavailable(verify(&verifier, &token).await));
    }
    let logged = log.text();
    let warnings: Vec<_> = logged.lines().filter(|line| line.starts_with("WARN")).collect();
    assert_eq!(warnings.len(), 1, "{logged}");
    assert!(warnings[0].contains(URL) && warnings[0].contains("status 502"), "{logged}");
    assert!(!logged.contains("a-secret-name") && !token.split('.').any(|part| logged.contains(part)), "{logged}");
    Ok(())
}
