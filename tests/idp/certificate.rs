//! A provider over HTTPS is used only if the system trusts its certificate.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

use std::time::Duration;

use axum_scopes::issuer::{Issuer, IssuerVerifier, RefreshError};

/// The result of the first refresh.
async fn first_refresh() -> Result<(), RefreshError> {
    let url = std::env::var("IDP_TLS_URL").expect("IDP_TLS_URL names the provider: see tests/idp/run.sh");
    let verifier = IssuerVerifier::start([Issuer::new(url)]).unwrap();
    loop {
        let status = verifier.status().remove(0);
        match status.last_failure {
            Some((_, error)) => return Err(error),
            None if status.last_success.is_some() => return Ok(()),
            None => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn a_trusted_certificate_is_accepted() {
    assert_eq!(first_refresh().await, Ok(()));
}

#[tokio::test]
#[ignore = "needs the provider: tests/idp/run.sh"]
async fn an_untrusted_certificate_is_refused() {
    let refreshed = first_refresh().await;
    assert!(matches!(refreshed, Err(RefreshError::Tls(_))), "{refreshed:?}");
}
