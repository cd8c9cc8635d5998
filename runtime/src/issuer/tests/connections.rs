//! Failures below HTTP: name, connection, TLS and certificates.

use std::process::Command;

use axum::body::Body;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};

use super::{
    provider::{DOCUMENT, Page, Provider},
    *,
};
use crate::{
    http::{connect, connections::Connections},
    issuer::error::with_sources,
};

/// The first refresh of an issuer whose document names `url` for its keys.
async fn first_refresh(url: &str) -> Tested<(Option<RefreshError>, bool)> {
    let provider = Provider::start().await?;
    provider.serve(DOCUMENT, Page::Json(format!(r#"{{"issuer":"{}","jwks_uri":"{url}/keys"}}"#, provider.url)));
    let verifier = provider.verifier()?;
    let is_refused = is_unavailable(verify(&verifier, &Signer::new("1")?.token(&provider.url)).await);
    Ok((verifier.status().remove(0).last_failure.map(|(_, error)| error), is_refused))
}

/// An address on which nothing listens.
async fn nobody() -> Tested<String> {
    let url = Provider::start().await?.url.clone();
    tokio::time::sleep(Duration::from_millis(50)).await;
    Ok(url)
}

#[tokio::test]
async fn a_refused_connection_is_reported() -> Tested {
    let (error, is_refused) = first_refresh(&nobody().await?).await?;
    assert!(matches!(error, Some(RefreshError::Refused(_))) && is_refused, "{error:?}");
    let text = error.as_ref().map(|error| with_sources(error)).unwrap_or_default();
    assert!(text.contains("does not accept a connection") && text.contains("onnection refused"), "{text}");
    Ok(())
}

/// A label of a name cannot be this long, so no name server is asked.
#[tokio::test]
async fn an_unknown_host_is_reported() -> Tested {
    let host = format!("{}.invalid", "a".repeat(64));
    // TLS refuses this name, too.
    let (error, is_refused) = first_refresh(&format!("https://{host}")).await?;
    assert!(matches!(error, Some(RefreshError::UnknownHost(_))) && is_refused, "{error:?}");
    let client = Client::builder(TokioExecutor::new())
        .build::<_, Body>(Connections::new().connector(false).map_err(IssuerError::Certificates)?);
    let failed = client
        .get(format!("http://{host}/").parse()?)
        .await
        .map(drop)
        .map_err(|error| RefreshError::from(connect::http_error(error)));
    assert!(matches!(failed, Err(RefreshError::UnknownHost(_))), "{failed:?}");
    Ok(())
}

#[tokio::test]
async fn failed_tls_is_reported() -> Tested {
    let plain = Provider::start().await?;
    let (error, is_refused) = first_refresh(&plain.url.replace("http:", "https:")).await?;
    assert!(matches!(error, Some(RefreshError::Tls(_))) && is_refused, "{error:?}");
    assert!(plain.asked().is_empty());
    Ok(())
}

/// This runs in a copy of the test without certificates.
#[tokio::test]
async fn an_issuer_on_this_machine_needs_no_certificates() -> Tested {
    const NAME: &str = "issuer::tests::connections::an_issuer_on_this_machine_needs_no_certificates";
    if std::env::var_os("SSL_CERT_FILE").is_none_or(|file| file != "/dev/null") {
        let mut copy = Command::new(std::env::current_exe()?);
        let copy =
            copy.args(["--exact", NAME]).env("SSL_CERT_FILE", "/dev/null").env_remove("SSL_CERT_DIR").output()?;
        let said = String::from_utf8_lossy(&copy.stdout);
        assert!(copy.status.success() && said.contains("1 passed"), "{said}");
        return Ok(());
    }
    let elsewhere = || Issuer::new(URL);
    let refused = IssuerVerifier::start([elsewhere()]).err();
    assert!(matches!(refused, Some(IssuerError::Certificates(_))), "{refused:?}");
    assert!(refused.is_some_and(|error| error.source().is_some()));
    let known = Signer::new("1")?;
    let provider = Provider::with_keys(&[&known]).await?;
    assert!(IssuerVerifier::start([Issuer::new(&provider.url), elsewhere()]).is_err());
    verify(&provider.verifier()?, &known.token(&provider.url)).await?;
    Ok(())
}
